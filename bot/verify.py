"""Whether a sentence says only what its evidence says. Pure: words, tables and order, no model and no archive.

The sentence is aligned with the evidence word by word, and each check asks one question of that alignment. When in
doubt the sentence is refused: the evidence can always speak for itself.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.alignment import LIGHT, Token, align, likeness, plain, tokens
from index.claims import CLAIMING, VOUCHING, Claim, claiming, claims, pronoun
from index.language import code, sentences
from index.numbers import VERBS_TOO, Quantity, days, month, quantities, unit, weekday
from index.polarity import (
    ALL, AMBIGUOUS_CAUSES, CAUSE_NOUNS, CAUSE_PHRASES, DENIALS, HEDGES, REASON_FOLLOWS, REASON_PRECEDES, ROLE_MODIFIERS, SEVERAL, SOME,
    STRONG_MODALS, bound, directions, modality, negates,
)

# How many content words may lack a counterpart, as a share of all; names, numbers and turning words never may.
SPARE = 0.12
_COMMON = {
    "sv": "och att är inte från för av jag hon ett på som till en det den var med har de efter när",
    "no": "og at er ikke fra for av jeg hun et på som til en det den var med har de etter når å ble",
    "da": "og at er ikke fra for af jeg hun et på som til en det den var med har de efter når blev",
    "en": "the of and to in is was for that with as on by it from are his at he she has had were be this",
}
_MARKS = str.maketrans({c: '"' for c in "«»“”„‟″"} | {c: "-" for c in "–—‐‑−"} | {c: "'" for c in "’‘`´"})
PREPOSITIONS = frozenset(
    "till til to av af by of från fra from mot against för for med with på on i in at hos ved vid om about över over under "
    "efter etter after før före before innan uten utan uden without mellom mellan between enn än end than".split()
)
AUXILIARIES = frozenset(
    "er var ble blir bli blitt blev bliver är blivit har hade hadde havde har haft is are was were be been being has have had "
    "kan skal ska vil vill kunne skulle ville will would can could may might should must bør bör må måste å".split()
)
AGENTS = frozenset({"", "av", "af", "by"})
ARTICLES = frozenset("en et ett den det de the a an sin sitt sine sina hans hennes deres deras their his her".split())
_QUOTED = re.compile(r"\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Problem:
    """What the evidence does not carry: a kind ("number", "name", "negation", ...) and the offending words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Supported where no problem was found."""

    problems: tuple[Problem, ...] = ()

    @property
    def supported(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence beside its evidence: both as words, and for each word of the sentence its place in the evidence."""

    sentence: str
    evidence: str
    language: str
    words: Sequence[Token]
    others: Sequence[Token]
    placed: Sequence[int | None]
    speakers: frozenset[str]

    def hit(self) -> set[int]:
        """Positions in the evidence that a content word or number of the sentence stands for."""
        return {j for word, j in zip(self.words, self.placed, strict=True) if j is not None and (word.content or word.number)}

    def around(self, i: int, reach: int = 4) -> list[int]:
        """Where the content neighbours of word `i` stand in the evidence."""
        near = range(max(0, i - reach), min(len(self.words), i + reach + 1))
        return [j for k in near if k != i and self.words[k].content and (j := self.placed[k]) is not None]


def verify(sentence: str, evidence: str, *, language: str = "", evidence_language: str = "",
           speakers: Collection[str] = ()) -> Verdict:
    """Whether the evidence (one or more cited sentences, joined by newlines) carries the sentence.

    `speakers`: full names of those whose words the evidence holds, which the sentence may use though the evidence
    says only "she". A whole sentence of the evidence, word for word, is always supported; where the two are in
    different languages nothing else is.
    """
    if _verbatim(sentence, evidence):
        return Verdict()
    theirs = code(evidence_language) or guess(evidence) or code(language) or guess(sentence)
    if theirs not in _COMMON or not _same_language(sentence, code(language), theirs):
        return Verdict((Problem("language", sentence[:40]),))
    pair = _pair(sentence, evidence, theirs, speakers)
    problems = dict.fromkeys(problem for check in _CHECKS for problem in check(pair))
    return Verdict(tuple(problems))


def guess(text: str) -> str:
    """Swedish, Norwegian, Danish or English by the commonest words; "" where none of them stands in the text."""
    counts = _counts(text)
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _counts(text: str) -> dict[str, int]:
    found = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {name: sum(word in common for word in found) for name, common in _common().items()}
    counts["sv"] += sum(c in "äöÄÖ" for c in text)
    for name in ("no", "da"):
        counts[name] += sum(c in "æøÆØ" for c in text)
    return counts


def _same_language(sentence: str, told: str, theirs: str) -> bool:
    """Whether a sentence is in the evidence's language; the Scandinavian ones share too many words to split hairs."""
    if told:
        return told == theirs or {told, theirs} == {"no", "da"}
    counts = _counts(sentence)
    return counts[theirs] + 1 >= max(counts.values())


@lru_cache(maxsize=1)
def _common() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _COMMON.items()}


def _typed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


def _bare(text: str) -> str:
    return _typed(text).strip(" \"'-.")


def _verbatim(sentence: str, evidence: str) -> bool:
    """Whether the sentence is one or more whole sentences of the evidence, typography aside."""
    wanted = _bare(sentence)
    if not wanted or wanted not in _typed(evidence):
        return False
    if wanted == _bare(evidence) or any(wanted == _bare(line) for line in evidence.split("\n")):
        return True
    spans = sentences(evidence, guess(evidence) or "en")
    return any(
        wanted == _bare(evidence[spans[a][0]:spans[b][1]])
        for a in range(len(spans)) for b in range(a, min(a + 4, len(spans)))
    )


def _pair(sentence: str, evidence: str, language: str, speakers: Collection[str]) -> Pair:
    sentence = unicodedata.normalize("NFC", sentence)
    evidence = unicodedata.normalize("NFC", evidence)
    words, others = tokens(sentence, language), tokens(evidence, language)
    named = frozenset(plain(part) for name in speakers for part in name.split())
    return Pair(sentence, evidence, language, words, others, align(words, others, language), named)


def _quotations(pair: Pair) -> Iterator[Problem]:
    """Every word between quotation marks stands in the evidence, in one piece."""
    spoken = " ".join(re.findall(r"\w+", pair.evidence.casefold()))
    for match in _QUOTED.finditer(_typed(pair.sentence)):
        wanted = " ".join(re.findall(r"\w+", match.group(1).casefold()))
        if wanted and f" {wanted} " not in f" {spoken} ":
            yield Problem("quotation", match.group(1))


def _numbers(pair: Pair) -> Iterator[Problem]:
    """Every number stands in the evidence with its unit and its bound; "en" may stand for 1."""
    ours, theirs = quantities(pair.sentence, pair.language), quantities(pair.evidence, pair.language)
    for quantity in ours:
        if quantity.loose:
            continue
        same = [other for other in theirs if quantity.agrees(other)]
        shown = pair.sentence[quantity.start:quantity.end]
        if not same:
            yield Problem("number", shown)
        elif not _year(quantity) and _bound_before(pair.words, quantity) not in {_bound_before(pair.others, o) for o in same}:
            yield Problem("bound", shown)


def _year(quantity: Quantity) -> bool:
    return not quantity.unit and any(value.isdigit() and 1000 <= int(value) <= 2100 for value in quantity.values)


def _bound_before(words: Sequence[Token], quantity: Quantity) -> str:
    before = [word for word in words if word.end <= quantity.start][-3:]
    if not before or quantity.start - before[-1].end > 3:
        return ""
    if found := bound(before[-1].low):
        return found
    if len(before) > 1 and before[-1].low in ("än", "enn", "end", "than", "mot", "til", "till", "to"):
        return bound(before[-2].low)
    return ""


def _heads(pair: Pair) -> Iterator[Problem]:
    """A number keeps company with the word that it counts: the same value beside another noun is another fact."""
    ours, theirs = quantities(pair.sentence, pair.language), quantities(pair.evidence, pair.language)
    strict = [q for q in theirs if not q.loose]
    if len({v for q in strict for v in q.values}) < 2:
        return
    for quantity in ours:
        if quantity.loose:
            continue
        head = _head(pair.words, quantity)
        place = None if head is None else pair.placed[head]
        if place is None:
            continue
        counting = _counting(pair.others, place, strict)
        if counting is not None and not quantity.values & counting.values:
            if not any(quantity.agrees(q) and abs(_position(pair.others, q) - place) <= 4 for q in strict):
                yield Problem("number", pair.sentence[quantity.start:quantity.end] + " " + pair.words[head or 0].text)


def _head(words: Sequence[Token], quantity: Quantity) -> int | None:
    """The word right after the number, a light word between them at most."""
    following = [i for i, word in enumerate(words) if word.start >= quantity.end][:2]
    return next((i for i in following if words[i].content and words[i].start - quantity.end < 12), None)


def _counting(words: Sequence[Token], place: int, found: Sequence[Quantity]) -> Quantity | None:
    """The number right before a word, if there is one."""
    return next((q for q in found if 0 < words[place].start - q.end < 12 and _head(words, q) == place), None)


def _position(words: Sequence[Token], quantity: Quantity) -> int:
    return next((i for i, word in enumerate(words) if word.end > quantity.start), len(words))


def _dates(pair: Pair) -> Iterator[Problem]:
    """Dates agree as far as they go; months and weekdays stand in the evidence."""
    theirs = days(pair.evidence, pair.language)
    for day in days(pair.sentence, pair.language):
        if not any(day.agrees(other) for other in theirs):
            yield Problem("date", pair.sentence[day.start:day.end])
    weekdays = {weekday(word.low) for word in pair.others}
    months = {other.month for other in theirs} | {month(word.low) for word in pair.others}
    for word in pair.words:
        if (wanted := weekday(word.low)) is not None and wanted not in weekdays:
            yield Problem("date", word.text)
        if (wanted := month(word.low)) is not None and wanted not in months and (word.capital or word.low not in VERBS_TOO):
            yield Problem("date", word.text)


def _names(pair: Pair) -> Iterator[Problem]:
    """Every name stands in the evidence, or is one of the speakers'."""
    for word, place in zip(pair.words, pair.placed, strict=True):
        if place is None and word.capital and not word.opening and not word.number and word.low not in LIGHT \
                and not _is_speaker(pair, word):
            yield Problem("name", word.text)


def _is_speaker(pair: Pair, word: Token) -> bool:
    return bool({word.low, word.low.removesuffix("s")} & pair.speakers)


def _words(pair: Pair) -> Iterator[Problem]:
    """Content words have counterparts; a few may be the writer's own."""
    content = [i for i, word in enumerate(pair.words) if word.content and not _is_speaker(pair, word)]
    missing = [i for i in content if pair.placed[i] is None and not _carried(pair, pair.words[i])]
    if len(missing) > SPARE * len(content) or any(_predicate(pair.words, i) for i in missing):
        yield from (Problem("word", pair.words[i].text) for i in missing)


def _predicate(words: Sequence[Token], i: int) -> bool:
    """Whether the word stands right behind an auxiliary: then it is what the sentence says, and nothing to spare."""
    return i > 0 and words[i - 1].low in AUXILIARIES and words[i - 1].clause == words[i].clause


def _carried(pair: Pair, word: Token) -> bool:
    """Words that other checks answer for: claim verbs, modals, dates."""
    return word.low in CLAIMING or bool(bound(word.low)) or unit(word.low) != "" or word.low in VOUCHING or weekday(word.low) is not None or month(word.low) is not None \
        or bool(modality(word.low)) or negates(word.low) or word.low in REASON_FOLLOWS or word.low in REASON_PRECEDES


def _negations(pair: Pair) -> Iterator[Problem]:
    """Each negation has its counterpart about the same words, both ways."""
    ours, theirs = _denying(pair.words), _denying(pair.others)
    free = dict.fromkeys(theirs)
    for i in ours:
        about = {j for k in _scope(pair.words, i) if (j := pair.placed[k]) is not None}
        match = max((j for j in free if _only(pair.others, j) == _only(pair.words, i)), default=None,
                    key=lambda j: len(about & set(_scope(pair.others, j))))
        if match is None or (about and not about & set(_scope(pair.others, match))):
            yield Problem("negation", pair.words[i].text)
        else:
            del free[match]
    softened = [word for word, place in zip(pair.words, pair.placed, strict=True) if word.low in DENIALS and place is None]
    hit = pair.hit()
    for j in free:
        if not _only(pair.others, j) and (_governs_hits(pair.others, j, hit) or _left_out(pair, j)):
            if softened:
                softened.pop()
            else:
                yield Problem("negation", pair.others[j].text)


def _governs_hits(words: Sequence[Token], j: int, hit: Collection[int]) -> bool:
    """Whether the sentence uses what is negated here: the next content word, or half of the clause."""
    scope = _scope(words, j)
    struck = [k for k in scope if k in hit]
    following = [k for k in scope if 0 < k - j <= 4][:1] or scope[:1]
    return bool(struck) and (len(struck) * 2 >= len(scope) or following[0] in hit)


def _left_out(pair: Pair, j: int) -> bool:
    """Whether the sentence goes on from the word before to the word after, as if nothing stood between."""
    around = [other.low for other in (*pair.others[max(0, j - 1):j], *pair.others[j + 1:j + 2])]
    low = [word.low for word in pair.words]
    return len(around) == 2 and any(low[i:i + 2] == around for i in range(len(low) - 1))


def _denying(words: Sequence[Token]) -> list[int]:
    """Positions of negations; the Swedish "utan" that means "but" is none."""
    found = []
    for i, word in enumerate(words):
        if not negates(word.low) or (word.low == "utan" and any(words[k].sentence == word.sentence for k in found)):
            continue
        found.append(i)
    return found


def _only(words: Sequence[Token], i: int) -> bool:
    """Whether it is "not only", which affirms."""
    return i + 1 < len(words) and words[i + 1].low in ("bara", "bare", "only", "minst", "least", "kun")


def _scope(words: Sequence[Token], i: int) -> list[int]:
    """The content words of the clause; those of the next clause where it has none."""
    here = [k for k, word in enumerate(words) if word.clause == words[i].clause and word.content]
    return here or [k for k, word in enumerate(words) if word.clause == words[i].clause + 1 and word.content]


def _modalities(pair: Pair) -> Iterator[Problem]:
    """What the evidence holds possible, intended or required is not told as done; nothing is told as required without cause."""
    told = {family for word in pair.words for family in modality(word.low)}
    known = {family for word in pair.others for family in modality(word.low)}
    for word in pair.words:
        if word.low in STRONG_MODALS and not modality(word.low) <= known:
            yield Problem("modality", word.text)
    hit = pair.hit()
    for j, other in enumerate(pair.others):
        families = modality(other.low)
        if families and not families & told and j not in hit and _struck(pair.others, j, hit):
            yield Problem("modality", other.text)
    marked = {word.low for word in pair.words}
    for j, other in enumerate(pair.others):
        if other.low in HEDGES and other.low not in marked and j not in hit and not (HEDGES & marked) and _struck(pair.others, j, hit):
            yield Problem("modality", other.text)


def _struck(words: Sequence[Token], j: int, hit: Collection[int]) -> bool:
    """Whether the sentence uses the words that a modal governs: the next content words of its clause, or most of it."""
    scope = _scope(words, j)
    near = [k for k in range(j + 1, len(words)) if words[k].sentence == words[j].sentence and words[k].content and not words[k].capital
            and words[k].low not in CLAIMING][:3]
    return sum(k in hit for k in near) >= min(2, len(near)) > 0 or sum(k in hit for k in scope) * 2 > len(scope) > 0


def _scopes(pair: Pair) -> Iterator[Problem]:
    """"All" needs an "all" in the evidence; a "some" there must not be lost."""
    theirs = [other.low for other in pair.others]
    for i, word in enumerate(pair.words):
        if word.low in ALL and not any(likeness(word.low, low, pair.language) >= 0.8 or (low in ALL) for low in theirs):
            yield Problem("scope", word.text)
    ours = {word.low for word in pair.words}
    hit = pair.hit()
    for j, other in enumerate(pair.others):
        if other.low in SOME and not ours & (SOME | SEVERAL) and j not in hit:
            near = [k for k in range(j + 1, min(j + 4, len(pair.others))) if pair.others[k].content][:1]
            if near and near[0] in hit:
                yield Problem("scope", other.text)


def _directions(pair: Pair) -> Iterator[Problem]:
    """Words that have opposites stand on the same side in the evidence."""
    sides = [directions(other.low) for other in pair.others]
    for i, word in enumerate(pair.words):
        ours = directions(word.low)
        if not ours or word.number:
            continue
        place = pair.placed[i]
        if place is not None and likeness(word.low, pair.others[place].low, pair.language) >= 0.9:
            continue
        same = [j for j, side in enumerate(sides) if side & ours]
        opposite = [j for j, side in enumerate(sides) if {(family, 1 - s) for family, s in ours} & side]
        if (opposite and not same) or (place is None and not same and word.content and word.low not in DENIALS):
            yield Problem("direction", word.text)


def _causes(pair: Pair) -> Iterator[Problem]:
    """A cause in the sentence is a cause in the evidence, and of the same thing."""
    theirs = [j for j in range(len(pair.others)) if _causal(pair.others, j, AMBIGUOUS_CAUSES | CAUSE_NOUNS)]
    for i in range(len(pair.words)):
        if not _causal(pair.words, i, frozenset()):
            continue
        reason = {j for k in _reason(pair.words, i) if (j := pair.placed[k]) is not None}
        if not theirs or (reason and not any(reason & set(_reason(pair.others, j)) for j in theirs)):
            yield Problem("cause", pair.words[i].text)


def _causal(words: Sequence[Token], i: int, also: frozenset[str]) -> bool:
    """Whether a cause is named here, by one word or by the first of several ("på grund av")."""
    low = words[i].low
    if low in REASON_FOLLOWS or low in REASON_PRECEDES or low in also:
        return True
    return any(phrase[0] == low and [word.low for word in words[i:i + len(phrase)]] == list(phrase) for phrase in CAUSE_PHRASES)


def _reason(words: Sequence[Token], i: int) -> list[int]:
    """The content words of the reason: after "because", before "therefore" and "led to"."""
    low = words[i].low
    if low in REASON_PRECEDES or any(phrase[0] == low and phrase[-1] in ("til", "till", "to") for phrase in CAUSE_PHRASES):
        return [k for k in range(max(0, i - 14), i) if words[k].content]
    start = max(0, i - 8) if low in CAUSE_NOUNS else i + 1
    return [k for k in range(start, min(i + 14, len(words))) if words[k].content and words[k].sentence == words[i].sentence]


def _roles(pair: Pair) -> Iterator[Problem]:
    """A title keeps what makes it another title: "vice", "former"."""
    hit = pair.hit()
    ours = {word.low for word in pair.words}
    for j, other in enumerate(pair.others[:-1]):
        if other.low in ROLE_MODIFIERS and other.low not in ours and j + 1 in hit and j not in hit:
            yield Problem("role", other.text)


def _exchanges(pair: Pair) -> Iterator[Problem]:
    """Two words must not have changed places: each under the preposition (or none) that the other has in the evidence."""
    known = [(i, j) for i, j in enumerate(pair.placed) if j is not None and pair.words[i].content]
    under = {i: (_governor(pair.words, i), _governor(pair.others, j)) for i, j in known}
    for n, (a, _) in enumerate(known):
        for b, _ in known[n + 1:]:
            if under[a][0] != under[b][0] and under[a] == under[b][::-1] and pair.placed[a] != pair.placed[b]:
                yield Problem("role", f"{pair.words[a].text}, {pair.words[b].text}")


def _governor(words: Sequence[Token], i: int) -> str:
    """The preposition before a word, articles, names and one other word between them at most; "" for none."""
    between = 0
    for k in range(i - 1, max(-1, i - 5), -1):
        if words[k].clause != words[i].clause:
            return ""
        if words[k].low in PREPOSITIONS:
            return words[k].low
        between += words[k].content and not words[k].capital
        if between > 1 or not (words[k].content or words[k].capital or words[k].low in ARTICLES):
            return ""
    return ""


def _substitutions(pair: Pair) -> Iterator[Problem]:
    """A word that stands where the evidence, in the same surroundings, has another one."""
    low, theirs = [word.low for word in pair.words], [other.low for other in pair.others]
    for i, word in enumerate(pair.words):
        kind = _kind(word)
        if pair.placed[i] is None or not kind:
            continue
        like = unlike = 0
        for j, other in enumerate(pair.others):
            if not other.content and not other.number:
                continue
            left, right = _company(low, i, theirs, j, -1), _company(low, i, theirs, j, 1)
            score = left + right
            if likeness(word.low, other.low, pair.language) >= 0.65 or j == pair.placed[i]:
                like = max(like, score)
            elif left and right and _kind(other) == kind:
                unlike = max(unlike, score)
        if unlike >= max(3, like + 2):
            yield Problem(kind, word.text)


def _kind(word: Token) -> str:
    """What a word can be taken for another of: number, date, name; "" for the rest."""
    if word.number:
        return "number"
    if weekday(word.low) is not None or month(word.low):
        return "date"
    return "name" if word.capital and word.low not in LIGHT else ""


def _company(words: Sequence[str], i: int, others: Sequence[str], j: int, step: int) -> int:
    """How far the same words stand on one side of two places, up to three; a word that carries something counts twice."""
    score = 0
    for n in range(1, 4):
        k, m = i + step * n, j + step * n
        if not (0 <= k < len(words) and 0 <= m < len(others)) or words[k] != others[m]:
            break
        score += 1 if words[k] in LIGHT else 2
    return score


def _full_names(pair: Pair) -> Iterator[Problem]:
    """First name and surname belong together in the evidence as they do in the sentence."""
    beside = {(a.low, b.low) for n, a in enumerate(pair.others) for b in pair.others[n + 1:n + 4]
              if a.capital and b.capital and a.sentence == b.sentence}
    for i in range(len(pair.words) - 1):
        first, last = pair.words[i], pair.words[i + 1]
        if not (first.capital and last.capital and last.start - first.end <= 1 and first.content and last.content) \
                or (first.opening and not any(first.text == other.text for other in pair.others)):
            continue
        if _is_speaker(pair, first) and _is_speaker(pair, last):
            continue
        if None not in pair.placed[i:i + 2] and not any(_names_both(pair, first, last, a, b) for a, b in beside):
            yield Problem("name", f"{first.text} {last.text}")


def _names_both(pair: Pair, first: Token, last: Token, a: str, b: str) -> bool:
    return likeness(first.low, a, pair.language) >= 0.65 and likeness(last.low, b, pair.language) >= 0.65


def _companions(pair: Pair) -> Iterator[Problem]:
    """A name or number stays with what is said of it: not where the evidence has another name or number instead."""
    ours = _marks(pair.words, {i for claim in claims(pair.words, pair.sentence) for i in (*claim.speaker, claim.cue)})
    theirs = _marks(pair.others, {j for claim in claims(pair.others, pair.evidence) for j in (*claim.speaker, claim.cue)})
    for run in ours:
        if not _surely_named(pair.words, run):
            continue
        clause = pair.words[run[0]].clause
        others = [other for other in theirs if _comparable(pair, run, other) and (
            _same_mark(pair, run, other)
            or not any(pair.words[mine[0]].clause == clause and _same_mark(pair, mine, other) for mine in ours))]
        good = bad = 0
        for i, word in enumerate(pair.words):
            place = pair.placed[i]
            told = (word.content and not word.capital) or (word.number and not pair.words[run[0]].number)
            if word.clause != clause or i in run or not told or place is None:
                continue
            beside = [other for other in others if pair.others[other[0]].clause == pair.others[place].clause]
            same = any(_same_mark(pair, run, other) for other in beside)
            good += same
            bad += not same and any(_surely_named(pair.others, other) for other in beside)
        if bad > good and bad >= 2:
            yield Problem("number" if pair.words[run[0]].number else "name", " ".join(pair.words[i].text for i in run))


def _comparable(pair: Pair, run: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one could stand in the other's place: two names in the same role, or two numbers of the same unit."""
    if pair.words[run[0]].number or pair.others[other[0]].number:
        return _counted(pair.words, run[0]) == _counted(pair.others, other[0]) != "date"
    return _alike(_governor(pair.words, run[0]), _governor(pair.others, other[0]))


def _counted(words: Sequence[Token], i: int) -> str:
    """The unit after a number; "date" for a day or a year; "name" for what is no number."""
    if not words[i].number:
        return "name"
    following = words[i + 1].low if i + 1 < len(words) else ""
    if month(following) or words[i].low[1:].isdigit() and 1000 <= int(words[i].low[1:]) <= 2100:
        return "date"
    return unit(following)


def _alike(ours: str, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} <= AGENTS


def _marks(words: Sequence[Token], without: Collection[int]) -> list[list[int]]:
    """Runs of names, and single numbers."""
    runs: list[list[int]] = []
    for i, word in enumerate(words):
        named = word.capital and word.low not in LIGHT
        if i in without or not (named or word.number):
            continue
        if named and not word.number and runs and runs[-1][-1] == i - 1 and words[i - 1].capital and words[i - 1].clause == word.clause:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _surely_named(words: Sequence[Token], run: Sequence[int]) -> bool:
    """Whether the capital is a name's, not only the opening of a sentence."""
    return len(run) > 1 or words[run[0]].number or not words[run[0]].opening


def _same_mark(pair: Pair, run: Sequence[int], other: Sequence[int]) -> bool:
    if any(pair.placed[i] in other for i in run):
        return True
    return any(likeness(pair.words[i].low, pair.others[j].low, pair.language) >= 0.65 for i in run for j in other)


def _attributions(pair: Pair) -> Iterator[Problem]:
    """What somebody claims stays that person's claim."""
    ours = [claim for claim in claims(pair.words, pair.sentence) if _names_speaker(pair, claim)]
    theirs = claims(pair.others, pair.evidence)
    covered: set[int] = set()
    for claim in ours:
        covered |= claim.content | {i for i, word in enumerate(pair.words)
                                    if word.clause in {pair.words[k].clause for k in (*claim.speaker, claim.cue)}}
        yield from _spoken(pair, claim, theirs)
    loose = {j for i, word in enumerate(pair.words)
             if (word.content or word.number) and i not in covered and (j := pair.placed[i]) is not None}
    if _typed(pair.sentence)[:1] in ("-", '"'):
        return
    willing = any("intended" in modality(word.low) for word in pair.words)
    kept = {j for j in pair.placed if j is not None}
    lost = [claim for claim in theirs if not claim.vouched and loose & claim.content
            and not (willing and loose & set(claim.speaker))
            and not (claim.cue in kept and claiming(pair.others[claim.cue].low) and kept & set(claim.speaker))]
    if len(loose & {j for claim in lost for j in claim.content}) * 2 > len(loose) > 0:
        yield Problem("attribution", " ".join(pair.others[k].text for k in (*lost[0].speaker, lost[0].cue)))


def _names_speaker(pair: Pair, claim: Claim) -> bool:
    low = pair.words[claim.cue].low
    return claiming(low) or low in ("ifølge", "enligt", "following", "to", "følge", "iflg")


def _spoken(pair: Pair, claim: Claim, theirs: Sequence[Claim]) -> Iterator[Problem]:
    """The sentence's speaker is the one the evidence names for those words."""
    places = {j for i in claim.content if pair.words[i].content and (j := pair.placed[i]) is not None}
    rivals = sorted(theirs, key=lambda c: -len(places & c.content))
    if not rivals or not places & rivals[0].content:
        if pair.words[claim.cue].low not in VOUCHING and not _is_source(pair, claim):
            yield Problem("attribution", " ".join(pair.words[i].text for i in (*claim.speaker, claim.cue)))
        return
    best = [c for c in rivals if len(places & c.content) == len(places & rivals[0].content)]
    if not any(_same_speaker(pair, claim, c) for c in best):
        yield Problem("speaker", " ".join(pair.words[i].text for i in claim.speaker))


def _is_source(pair: Pair, claim: Claim) -> bool:
    """Whether the evidence is the speaker's own account: a report, an article, a statement."""
    return False


def _same_speaker(pair: Pair, ours: Claim, theirs: Claim) -> bool:
    if pronoun(pair.words, ours):
        return True
    named = [i for i in ours.speaker if pair.words[i].capital and pair.words[i].low not in LIGHT and not pair.words[i].opening] \
        or [i for i in ours.speaker if pair.words[i].content]
    if any(_is_speaker(pair, pair.words[i]) for i in named):
        return True
    if not theirs.speaker:
        return False
    if pronoun(pair.others, theirs):
        earlier = {other.low for other in pair.others[:theirs.cue]}
        return any(pair.words[i].low in earlier for i in named)
    return any(likeness(pair.words[i].low, pair.others[j].low, pair.language) >= 0.75 for i in named for j in theirs.speaker)


_CHECKS: tuple[Callable[[Pair], Iterator[Problem]], ...] = (
    _quotations, _numbers, _heads, _dates, _names, _words, _negations, _modalities, _scopes, _directions, _causes, _roles,
    _exchanges, _substitutions, _full_names, _companions, _attributions,
)
