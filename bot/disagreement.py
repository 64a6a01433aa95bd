"""Two articles that give one figure or date differently: the newer speaks first, and that they differ is said.

Only what answers the question is compared, and only where both sentences say the same of the same thing. Knows words only:
no archive, no model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Disagreement, Evidence, Query, Sentence, Told
from bot.grammar import EXTENTS, GRAMMARS, MEASURES, TIME
from bot.select import Selection
from bot.texts import text
from index.alignment import Token, align, stem_of, tokens
from index.article import Article, Hit
from index.language import share_words, words
from index.numbers import days, quantities
from index.polarity import SOFTENERS, bound, negates
from index.split import units

_REACH = 10  # passages in which another figure is looked for
_ASKED = 0.67  # of the question's words stand in either sentence, names aside, which may stand in the title or the lead
_ALIKE = 0.5  # of the words around the one figure stand in the other's sentence
_LEAD = 400  # characters of an article that tell what it is about
_ROUND = 0.1  # by so much a rounded figure may differ
# The units of what "how long" and "how high" ask for; a sum of money answers neither.
_EXTENDED = frozenset({
    "kilometres", "metres", "miles", "scandinavian miles", "centimetres", "millimetres", "hours", "minutes", "seconds", "days",
    "weeks", "months", "years"})
_CHANGING = frozenset({"years"})  # ages and durations differ with the day on which they are told


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure or a date in a sentence: what it counts, every reading of its value, and its letters."""

    counts: str
    values: frozenset[str]
    start: int
    end: int
    rounded: bool


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence and the one figure in it."""

    evidence: Evidence
    figure: _Figure

    @property
    def shown(self) -> str:
        return self.evidence.text[self.figure.start:self.figure.end]


def disagreement(query: Query, hits: Sequence[Hit], selection: Selection) -> Told | None:
    """The two sentences, framed, where the figure that answers stands otherwise in another article; None where it does not.

    A question about a certain time asks for the figure of that time. Copies of one story are one source: what they give
    differently is told only where one is newer, which corrects the other.
    """
    if not selection.answers or TIME.search(query.text) or query.language not in GRAMMARS:
        return None
    best = max(range(len(selection.evidence)), key=lambda n: selection.evidence[n].score)
    evidence, said = selection.evidence[best], selection.answer_words[best]
    answering = [each for each in _tellings(evidence) if said.intersection(words(each.shown))]
    if len(answering) != 1 or not _answers(query, evidence):
        return None
    (ours,) = answering
    if EXTENTS.intersection(words(query.text)) and ours.figure.counts not in _EXTENDED:
        return None
    stories = {hit.article.id: hit.story for hit in hits}
    for other in _others(evidence, hits[:_REACH], query.language):
        if _copies(evidence, other, stories) and not _newer(evidence.article, other.article):
            continue
        for theirs in _tellings(other):
            if _differ(ours.figure, theirs.figure) and _answers(query, other) and _alike(ours, theirs):
                return _told(query, ours, theirs)
    return None


def _told(query: Query, ours: _Telling, theirs: _Telling) -> Told:
    order = _newer(ours.evidence.article, theirs.evidence.article)
    both = (theirs, ours) if order < 0 else (ours, theirs)
    frame = Sentence(text("answer.differ.newer" if order else "answer.differ", query.language), (), "framing")
    quoted = [Sentence(each.evidence.text, (n,), "quoted") for n, each in enumerate(both, 1)]
    return Told("answered", tuple(each.evidence for each in both), (frame, *quoted),
                (Disagreement((1, 2), tuple(each.shown for each in both)),))


def _newer(one: Article, other: Article) -> int:
    """1 where the first is newer, -1 where the second is, 0 where the dates do not tell."""
    ours, theirs = one.published or "", other.published or ""
    if "T" not in ours or "T" not in theirs:
        length = min(len(ours[:10]), len(theirs[:10]))
        ours, theirs = ours[:length], theirs[:length]
    return (ours > theirs) - (ours < theirs) if ours and theirs else 0


def _copies(one: Evidence, other: Evidence, stories: Mapping[str, int | None]) -> bool:
    story = stories.get(one.article.id)
    return story is not None and story == stories.get(other.article.id)


def _others(evidence: Evidence, hits: Sequence[Hit], language: str) -> Iterator[Evidence]:
    """The sentences found in other articles."""
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        article = hit.article
        if article.id == evidence.article.id or not share_words(language, article.language):
            continue
        for start, end in units(article.text, article.language, hit.passage.start, hit.passage.end):
            if (article.id, start) not in seen:
                seen.add((article.id, start))
                yield Evidence(article, start, end, article.text[start:end])


def _tellings(evidence: Evidence) -> Iterator[_Telling]:
    """The figures of a sentence that are the only ones there of their kind; what it denies aside ("not 412 million")."""
    found = list(_figures(evidence.text, evidence.article.language))
    for figure in found:
        if sum(other.counts == figure.counts for other in found) == 1:
            yield _Telling(evidence, figure)


def _figures(told: str, language: str) -> Iterator[_Figure]:
    parts = tokens(told, language)
    dated = days(told, language)
    for day in dated:
        before = [word.low for word in parts if word.end <= day.start][-2:]
        if day.month and not any(map(negates, before)):
            value = frozenset({f"{day.year}-{day.month}-{day.day}"})
            yield _Figure("date", value, day.start, day.end, False)
    for quantity in quantities(told, language):
        partial = told[quantity.end:quantity.end + 1] == "-"  # "in his 60s"
        if quantity.loose or partial or any(day.start <= quantity.start < day.end + 6 for day in dated):
            continue
        before = [word.low for word in parts if word.end <= quantity.start][-2:]
        following = next((word for word in parts if word.start >= quantity.end), None)
        counts = quantity.unit or (stem_of(following.low, language) if following and following.content else "")
        if counts and counts not in _CHANGING and not any(map(negates, before)):
            rounded = any(bound(low) or low in SOFTENERS for low in before)
            yield _Figure(counts, quantity.values, quantity.start, quantity.end, rounded)


def _differ(one: _Figure, other: _Figure) -> bool:
    if one.counts != other.counts or one.values & other.values:
        return False
    if one.counts == "date":
        return _days_differ(next(iter(one.values)), next(iter(other.values)))
    if one.rounded or other.rounded:
        return not any(_near(a, b) for a in one.values for b in other.values)
    return True


def _days_differ(one: str, other: str) -> bool:
    """Whether two dates cannot be the same day; what either leaves out contradicts nothing."""
    return any(a != b for a, b in zip(one.split("-"), other.split("-"), strict=True) if "0" not in (a, b))


def _near(one: str, other: str) -> bool:
    try:
        a, b = float(one), float(other)
    except ValueError:
        return True
    return abs(a - b) <= _ROUND * max(abs(a), abs(b))


def _answers(query: Query, evidence: Evidence) -> bool:
    """Whether a sentence is about what is asked: it says most of the words, and the names, which may stand in the title or
    the lead instead. A question without a name may be about many things of its kind."""
    article = evidence.article
    asking = GRAMMARS[query.language].asking
    asked = [word for word in tokens(query.text, article.language)
             if word.content and word.low not in asking | MEASURES]
    placed = align(asked, tokens(evidence.text, article.language), article.language)
    around = align(asked, tokens(f"{article.title}\n{article.text[:_LEAD]}", article.language), article.language)
    names = [n for n, word in enumerate(asked) if word.capital and not word.opening]
    if not names:
        return False
    others = [n for n in range(len(asked)) if n not in names]
    if any(placed[n] is None and around[n] is None for n in names):
        return False
    return sum(placed[n] is not None for n in others) >= _ASKED * len(others)


def _alike(ours: _Telling, theirs: _Telling) -> bool:
    """Whether the words around one figure stand around the other, and no year sets them apart."""
    if _years(ours.evidence.text) != _years(theirs.evidence.text) and ours.figure.counts != "date":
        return False
    language = ours.evidence.article.language
    mine, others = (tokens(each.evidence.text, each.evidence.article.language) for each in (ours, theirs))
    return all(_share(a, b, figure, language) >= _ALIKE for a, b, figure in (
        (mine, others, ours.figure), (others, mine, theirs.figure)))


def _share(mine: Sequence[Token], others: Sequence[Token], figure: _Figure, language: str) -> float:
    """Of the words in the clause of a figure, how many stand in the other sentence."""
    clause = next((word.clause for word in mine if word.end > figure.start), 0)
    around = [word for word in mine if word.clause == clause and word.content]
    placed = align(around, others, language)
    return sum(place is not None for place in placed) / len(around) if around else 0.0


def _years(told: str) -> set[str]:
    return {word for word in words(told) if word.isdigit() and len(word) == 4 and "1500" <= word <= "2099"}
