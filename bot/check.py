"""A draft against the archive: which of its quotations stand there word for word, by whom, and which claims are borne out.

The words of a quotation are looked for in the text of the articles, not only among the quotes that were stored: a
quotation may be of a sentence that nobody was found to have said. Knows no model; the retriever brings the passages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from bot.verify import Problem, verify
from index.archive import Archive
from index.article import Article, Quote
from index.language import detect, grams, sentences
from index.quotes import quotes
from index.retriever import Retriever, Weights
from index.wording import Change, Place, Wording, exact, nearest, wording

Kind = Literal["quotation", "claim"]
Verdict = Literal["verbatim", "altered", "misattributed", "supported", "contradicted", "not_found"]
Progress = Callable[[int, int], None]

_REACH = 60  # passages in whose articles the very words are looked for: a short quotation shares its words with many
_NEAR = 8  # and in whose articles the nearest words are
_SEARCHED = 60  # words of a long quotation that are searched for
_ALTERED = 0.6  # of the words are the same: below, it is another sentence
_ALTERED_BY_SPEAKER = 0.5  # where the archive has it from the same person
_OTHERS = 0.75  # of the words are the same, and somebody else said them
_KEPT = 1024  # articles whose words are kept
_PASSAGES = 5  # that a claim is held against
_TRIED = 4  # pieces of evidence
_NEARNESS = 0.5  # of a claim's grams stand in the evidence
_WHOLE = 0.8  # of a stored quote
_FEWEST = 3  # words in a claim
_FEW = 4  # words of a quotation: fewer are said by anybody, so that only the same speaker makes them the same quotation
# What speaks against a claim whose every other word stands in the evidence; the rest leaves it open.
_AGAINST = frozenset({"number", "date", "negation", "direction", "name", "speaker", "attribution", "role", "bound"})


@dataclass(frozen=True, slots=True)
class Match:
    """What the archive has: `article.text[start:end] == quote`. `speaker` is the one whose stored quote holds it;
    `whole`, that it is (nearly) all of that quote."""

    article: Article
    start: int
    end: int
    quote: str
    speaker: str | None = None
    whole: bool = False

    def as_json(self) -> dict[str, Any]:
        told = {"article_id": self.article.id, "quote": self.quote, "start": self.start, "end": self.end}
        return told | ({"speaker": self.speaker} if self.speaker else {})


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation or claim of a draft, `draft.text[start:end] == text`, and what the archive says of it.

    `match` is the source, or the nearest there is. `diff` runs through a quotation that is not word for word in `match`.
    `problems` tell why a claim is contradicted.
    """

    text: str
    start: int
    end: int
    kind: Kind
    verdict: Verdict
    speaker: str | None = None
    match: Match | None = None
    diff: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"text": self.text, "start": self.start, "end": self.end, "kind": self.kind,
                                "verdict": self.verdict}
        if self.speaker:
            told["speaker"] = self.speaker
        if self.match:
            told["match"] = self.match.as_json()
        if self.diff:
            told["diff"] = [{"kind": change.kind, "draft": change.quoted, "source": change.source}
                            for change in self.diff]
        return told


class Checker:
    """Checks drafts against one archive. Keeps the words of articles that it has read, no draft."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._retriever = Retriever(archive, Weights(grams=1.0, stems=0.4))  # what is quoted says it in those words
        self._wording = lru_cache(_KEPT)(wording)
        self._spoken = lru_cache(_KEPT)(self._quotes_of)

    def check(self, draft: Article, *, claims: bool = True, progress: Progress | None = None) -> tuple[Finding, ...]:
        """Every quotation, and with `claims` every other statement, in order of its place.

        `progress` is told how many are done, and their number.
        """
        quoted = [quote for quote in quotes(draft) if quote.kind == "direct"]
        stated = list(_claims(draft, quoted)) if claims else []
        total = len(quoted) + len(stated)
        language = draft.language or detect(draft.text)
        found: list[Finding] = []
        for quote in quoted:
            found.append(self._quotation(quote, language))
            if progress:
                progress(len(found), total)
        for start, end in stated:
            found.append(self._claim(draft.text[start:end], start, end, language))
            if progress:
                progress(len(found), total)
        return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))

    # -- quotations ---------------------------------------------------------------------------------------------------

    def _quotation(self, quote: Quote, language: str) -> Finding:
        sought = wording(quote.quote)
        articles = self._articles(sought, quote, language)
        places = [(place, match) for article in articles
                  for place, match in self._placed(exact(sought, self._wording(article.text)), article)]
        if not places:
            near = (nearest(sought, self._wording(article.text)) for article in articles[:_NEAR])
            places = [pair for article, place in zip(articles, near, strict=False) if place
                      for pair in self._placed([place], article)]
        if not places:
            return Finding(quote.quote, quote.start, quote.end, "quotation", "not_found", quote.speaker)
        place, match = max(places, key=lambda pair: (pair[0].share, _agreement(quote.speaker, pair[1].speaker)))
        return Finding(quote.quote, quote.start, quote.end, "quotation", _verdict(place, quote.speaker, match),
                       quote.speaker, match, place.changes)

    def _articles(self, sought: Wording, quote: Quote, language: str) -> list[Article]:
        """Those that may hold the quotation, the likeliest first."""
        keys = sought.keys
        middle = max(0, (len(keys) - _SEARCHED) // 2)  # of a long one; its ends may be what was changed
        hits = self._retriever.search(sought.part(middle, min(len(keys), middle + _SEARCHED)), k=_REACH, language=language)
        return list({hit.article.id: hit.article for hit in hits}.values())

    def _placed(self, places: Sequence[Place], article: Article) -> Iterator[tuple[Place, Match]]:
        spans = self._wording(article.text).spans
        for place in places:
            start, end = spans[place.first][0], spans[place.last - 1][1]
            holder = self._holder(article, start, end)
            whole = holder is not None and (end - start) >= _WHOLE * (holder.end - holder.start)
            yield place, Match(article, start, end, article.text[start:end], holder.speaker if holder else None, whole)

    def _holder(self, article: Article, start: int, end: int) -> Quote | None:
        """The stored quote that holds more than half of these words: it says whose they are."""
        shared = [(min(end, quote.end) - max(start, quote.start), quote) for quote in self._spoken(article)]
        most, holder = max(shared, key=lambda pair: pair[0], default=(0, None))
        return holder if most * 2 > end - start else None

    def _quotes_of(self, article: Article) -> tuple[Quote, ...]:
        return tuple(stored.quote for stored in self._archive.quotes(articles=[article.id]))

    # -- claims -------------------------------------------------------------------------------------------------------

    def _claim(self, text: str, start: int, end: int, language: str) -> Finding:
        """Supported where one piece of evidence bears it out; contradicted where the nearest says it otherwise."""
        verdict: Verdict = "not_found"
        shown: Match | None = None
        against: tuple[Problem, ...] = ()
        for article, first, last in self._evidence(text, language):
            holder = self._holder(article, first, last)
            speaker = holder.speaker if holder else None
            match = Match(article, first, last, article.text[first:last], speaker)
            problems = verify(text, match.quote, language=language, evidence_language=article.language,
                              speakers=[speaker] if speaker else []).problems
            if not problems:
                return Finding(text, start, end, "claim", "supported", match=match)
            shown = shown or match
            if not against and all(problem.kind in _AGAINST for problem in problems):
                verdict, shown, against = "contradicted", match, problems
        return Finding(text, start, end, "claim", verdict, match=shown, problems=against)

    def _evidence(self, text: str, language: str) -> list[tuple[Article, int, int]]:
        """One or two neighbouring sentences that share most with the claim, the nearest first."""
        wanted = set(grams(text))
        pieces: dict[tuple[str, int, int], tuple[float, Article]] = {}
        for hit in self._retriever.search(text, k=_PASSAGES, language=language):
            spans = sentences(hit.article.text, hit.article.language, hit.passage.start, hit.passage.end)
            for first, last in (*((span, span) for span in spans), *pairwise(spans)):
                held = set(grams(hit.article.text[first[0]:last[1]]))
                pieces[hit.article.id, first[0], last[1]] = len(wanted & held) / max(1, len(wanted)), hit.article
        ranked = sorted(pieces.items(), key=lambda item: (-item[1][0], item[0][2] - item[0][1]))
        return [(article, start, end) for (_, start, end), (share, article) in ranked[:_TRIED] if share >= _NEARNESS]


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same surname, and first names that do not differ."""
    ours, theirs = one.casefold().split(), other.casefold().split()
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return bool(ours and theirs) and (len(ours) == 1 or len(theirs) == 1) and (ours[0] in theirs or theirs[0] in ours)
    return len(ours) == 1 or len(theirs) == 1 or ours[0] == theirs[0] or set(ours) <= set(theirs) or set(theirs) <= set(ours)


def _agreement(quoted: str | None, source: str | None) -> int:
    """2 for the same person, 1 for another, 0 where either is unknown: the same words by a named person tell more."""
    if not quoted or not source:
        return 0
    return 2 if same_person(quoted, source) else 1


def _verdict(place: Place, quoted: str | None, match: Match) -> Verdict:
    agreement = _agreement(quoted, match.speaker)
    if place.last - place.first < _FEW and quoted and agreement < 2 and not match.whole:
        return "not_found"
    if agreement == 1:
        return "misattributed" if place.share >= _OTHERS else "not_found"
    if place.exact:
        return "verbatim"
    return "altered" if place.share >= (_ALTERED_BY_SPEAKER if agreement == 2 else _ALTERED) else "not_found"


def _claims(draft: Article, quoted: Sequence[Quote]) -> Iterator[tuple[int, int]]:
    """The sentences without a quotation that state something: questions and single words do not."""
    following = iter(quoted)
    quote = next(following, None)
    for start, end in sentences(draft.text, draft.language):
        while quote and quote.end <= start:
            quote = next(following, None)
        if quote and quote.start < end:
            continue
        stated = draft.text[start:end].rstrip()
        if not stated.endswith("?") and len(wording(stated).keys) >= _FEWEST:
            yield start, end
