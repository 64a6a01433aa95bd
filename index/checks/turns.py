"""The small words that turn a statement: negation, modality, scope, direction and cause, agreeing both ways."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from index.alignment import Token
from index.checks import Pair, Problem, clause_of
from index.claims import CLAIMING
from index.numbers import month
from index.polarity import (
    ALL,
    AMBIGUOUS_CAUSES,
    CAUSE_NOUNS,
    CAUSE_PHRASES,
    DENIALS,
    HEDGES,
    OPPOSED,
    REASON_FOLLOWS,
    REASON_PRECEDES,
    SEVERAL,
    SOFTENERS,
    SOME,
    STRONG_MODALS,
    directions,
    modality,
    negates,
)
from index.synonyms import phrases
from index.words import words_of

PERMITTED = frozenset({"lar", "lot", "an"})  # "det går an"
_WITHOUT = words_of("utan uten uden without")
_DECIDED = words_of(
    "beslutade beslutat beslöt beslutit bestämde bestämt klubbade vedtok vedtatt besluttet bestemte bestemt vedtog vedtaget",
    "besluttede decided agreed",
)
_DONE = words_of("är er is are har hade hadde havde has have had blev ble blitt blivit was were been")
QUESTIONS = words_of("hur hvordan how vad hva hvad what vem hvem who var hvor where when när når whether vilken hvilken which")


def negations(pair: Pair) -> Iterator[Problem]:
    """Each negation has its counterpart about the same words, both ways."""
    ours, theirs = _denying(pair.words), _denying(pair.others)
    free = list(theirs)
    denied = [j for j, other in enumerate(pair.others) if other.low in DENIALS and j not in pair.placed]
    for i in ours:
        about = {j for k in clause_of(pair.words, i) if (j := pair.placed[k]) is not None}
        pool = [j for j in free if _only(pair.others, j) == _only(pair.words, i)] + denied
        if pair.words[i].low in _WITHOUT and any(other.low in _WITHOUT for other in pair.others):
            pool = [j for j in pool if pair.others[j].low in _WITHOUT]
        match = max(pool, default=None, key=lambda j: len(about & set(clause_of(pair.others, j))))
        if _reversed(pair, i):
            continue
        if match is None or (about and not about & set(clause_of(pair.others, match))):
            yield Problem("negation", pair.words[i].text)
        else:
            (free if match in free else denied).remove(match)
    hit = pair.hit()
    softened = [word for word, place in zip(pair.words, pair.placed, strict=True) if word.low in DENIALS and place is None]
    free = [j for j in free if not _only(pair.others, j)]
    for j in free + [j for j in denied if j not in hit]:
        if _governs_hits(pair.others, j, hit) or _left_out(pair, j):
            if softened:
                softened.pop()
            else:
                yield Problem("negation", pair.others[j].text)


def _reversed(pair: Pair, i: int) -> bool:
    """Whether "not agreed" stands for "disagreed": the word denied begins with a denying syllable in the evidence."""
    denied = next((word for word in pair.words[i + 1:i + 4] if word.content), None)
    low = {other.low for other in pair.others}
    return denied is not None and len(denied.low) > 3 and denied.low not in low and any(
        other.low in (prefix + denied.low for prefix in ("u", "o", "un", "in", "im", "dis")) for other in pair.others)


def softeners(pair: Pair) -> Iterator[Problem]:
    """What the evidence only says softly ("soon", "almost", "as a rule") the sentence does not say outright."""
    if any(word.low in SOFTENERS for word in pair.words):
        return
    hit = pair.hit()
    for j, other in enumerate(pair.others):
        if other.low in SOFTENERS and j not in hit and (near := _beside(pair.others, j)) and near <= hit:
            yield Problem("modality", other.text)


def _beside(words: Sequence[Token], j: int) -> set[int]:
    """The next content word of the clause, on either side where there is one, or of the next ("as a rule, that …")."""
    scope = clause_of(words, j)
    near = {*[k for k in scope if k > j][:1], *[k for k in scope if k < j][-1:]}
    following = [k for k in range(j + 1, min(j + 8, len(words))) if words[k].content and words[k].sentence == words[j].sentence]
    return near or set(following[:1])


def _governs_hits(words: Sequence[Token], j: int, hit: Collection[int]) -> bool:
    """Whether the sentence uses what is negated here: the next content word, or half of the clause."""
    scope = clause_of(words, j)
    struck = [k for k in scope if k in hit]
    following = [k for k in scope if 0 < k - j <= 4][:1] or scope[:1]
    return bool(struck) and (len(struck) * 2 > len(scope) or following[0] in hit)


def _left_out(pair: Pair, j: int) -> bool:
    """Whether the sentence goes on from the word before to the word after, as if nothing stood between."""
    around = [other.low for other in (*pair.others[max(0, j - 1):j], *pair.others[j + 1:j + 2])]
    low = [word.low for word in pair.words]
    return len(around) == 2 and any(low[i:i + 2] == around for i in range(len(low) - 1))


def _denying(words: Sequence[Token]) -> list[int]:
    """Positions of negations; the Swedish "utan" that means "but" is none."""
    found: list[int] = []
    for i, word in enumerate(words):
        if not negates(word.low) or (word.low == "utan" and any(words[k].sentence == word.sentence for k in found)):
            continue
        found.append(i)
    return found


def _only(words: Sequence[Token], i: int) -> bool:
    """Whether it is "not only", which affirms."""
    return i + 1 < len(words) and words[i + 1].low in ("bara", "bare", "only", "minst", "least", "kun")


def modalities(pair: Pair) -> Iterator[Problem]:
    """What the evidence holds possible, intended or required is not told as done; nothing is told as required without cause."""
    told = {family for word in pair.words for family in _modality(word)} | _periphrastic(pair.words)
    if any(two in _PURPOSE for two in pairwise(word.low for word in pair.words)):
        told.add("intended")
    if any(word.low in PERMITTED for word in pair.words):
        told.add("possible")
    known = {family for word in pair.others for family in _modality(word)} | _periphrastic(pair.others)
    for word in pair.words:
        if word.low in STRONG_MODALS and not modality(word.low) <= known:
            yield Problem("modality", word.text)
    hit = pair.hit()
    for j, other in enumerate(pair.others):
        families = _modality(other)
        if families and not families & told and j not in hit and _struck(pair.others, j, hit):
            yield Problem("modality", other.text)
    marked = {word.low for word in pair.words}
    for j, other in enumerate(pair.others):
        if other.low in _DECIDED and j not in hit and "intended" not in told and marked & _DONE and not marked & _DECIDED \
                and sum(k > j and pair.others[k].sentence == other.sentence for k in hit) > 1:
            yield Problem("modality", other.text)
    for j, other in enumerate(pair.others):
        dismissed = other.low == "sägs" and j + 1 < len(pair.others) and pair.others[j + 1].low == "upp"
        if other.low in HEDGES and j not in hit and not HEDGES & marked and not dismissed and _struck(pair.others, j, hit):
            yield Problem("modality", other.text)


_PURPOSE = frozenset({("för", "att"), ("for", "å"), ("for", "at"), ("in", "order"), ("aimed", "at")})


def _modality(word: Token) -> frozenset[str]:
    """The families of a word that is no month ("in May")."""
    dated = word.text in ("May", "Mars") or (word.capital and month(word.low) is not None and not word.opening)
    return frozenset() if dated else modality(word.low)


def _periphrastic(words: Sequence[Token]) -> set[str]:
    """The families told in several words: "kommer att", "is going to", "had to"."""
    found = set()
    for first, second in pairwise(word.low for word in words):
        if first in ("kommer", "kom", "going") and second in ("att", "til", "to"):
            found.add("intended")
        if first in ("has", "have", "had") and second == "to":
            found.add("obliged")
    return found


def _struck(words: Sequence[Token], j: int, hit: Collection[int]) -> bool:
    """Whether the sentence uses the words that a modal governs: the next content words of its clause, or most of it."""
    if any(word.clause == words[j].clause and word.low in QUESTIONS for word in words[max(0, j - 6):j]):
        return False
    scope = [*clause_of(words, j), *[k for k, word in enumerate(words) if word.clause == words[j].clause and word.number]]
    near = [k for k in range(j + 1, min(j + 8, len(words))) if words[k].sentence == words[j].sentence
            and words[k].content and not words[k].capital and words[k].low not in CLAIMING][:3]
    if near and near[0] - j <= 3 and near[0] in hit:
        return True
    return sum(k in hit for k in near) >= min(2, len(near)) > 0 or sum(k in hit for k in scope) * 2 > len(scope) > 0


def scopes(pair: Pair) -> Iterator[Problem]:
    """"All" needs an "all" in the evidence; a "some" there must not be lost."""
    for word in pair.words:
        if word.low in ALL and not any(pair.like(word, other) >= 0.8 or other.low in ALL for other in pair.others):
            yield Problem("scope", word.text)
    ours = {word.low for word in pair.words}
    hit = pair.hit()
    for j, other in enumerate(pair.others):
        if other.low in SOME and not ours & (SOME | SEVERAL) and j not in hit:
            near = [k for k in range(j + 1, min(j + 4, len(pair.others))) if pair.others[k].content][:1]
            if near and near[0] in hit:
                yield Problem("scope", other.text)


def directions_agree(pair: Pair) -> Iterator[Problem]:
    """Words that have opposites stand on the same side in the evidence."""
    sides = [directions(other.low) for other in pair.others]
    for i, word in enumerate(pair.words):
        ours = directions(word.low)
        if not ours or word.number:
            continue
        place = pair.placed[i]
        if i and any(phrase == (pair.words[i - 1].low, word.low) for phrase, _ in phrases(pair.words[i - 1].low)):
            continue
        here = _home(pair, i)
        if place is not None and pair.like(word, pair.others[place]) >= 0.9:
            turned = {(family, 1 - s) for family, s in ours}
            if here and pair.others[place].clause not in here and any(
                    turned & sides[j] for j, other in enumerate(pair.others) if other.clause in here and j not in pair.placed):
                yield Problem("direction", word.text)
            continue
        same = [j for j, side in enumerate(sides) if side & ours]
        opposite = [j for j, side in enumerate(sides) if {(family, 1 - s) for family, s in ours} & side
                    and not any(negates(other.low) for other in pair.others[max(0, j - 3):j])]
        if opposite and not same:
            yield Problem("direction", word.text)


def _home(pair: Pair, i: int) -> set[int]:
    """The clauses of the evidence that hold at least two thirds of what else the word's clause says."""
    told = [pair.others[j].clause for k in clause_of(pair.words, i) if k != i and (j := pair.placed[k]) is not None]
    return {clause for clause in told if told.count(clause) * 3 >= len(told) * 2 > 2}


def prepositions_agree(pair: Pair) -> Iterator[Problem]:
    """"For" where the evidence, between the same words, has "against"."""
    low = {word.low for word in pair.words}
    for i in range(1, len(pair.words) - 1):
        for j in range(1, len(pair.others) - 1):
            if frozenset({pair.words[i].low, pair.others[j].low}) in OPPOSED and pair.others[j].low not in low \
                    and pair.placed[i - 1] == j - 1 and pair.placed[i + 1] == j + 1:
                yield Problem("direction", pair.words[i].text)


def causes(pair: Pair) -> Iterator[Problem]:
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
    if low in ("ledde", "leder", "førte", "fører") and any(
            word.low in ("till", "til") and word.clause == words[i].clause for word in words[i + 1:i + 6]):
        return True  # "ledde nedskärningen till"
    return any(phrase[0] == low and [word.low for word in words[i:i + len(phrase)]] == list(phrase) for phrase in CAUSE_PHRASES)


def _reason(words: Sequence[Token], i: int) -> list[int]:
    """The content words of the reason: after "because", before "therefore" and "led to"."""
    low = words[i].low
    if low in REASON_PRECEDES or any(phrase[0] == low and phrase[-1] in ("til", "till", "to") for phrase in CAUSE_PHRASES):
        until = next((k for k in range(i, min(i + 8, len(words))) if words[k].low in ("till", "til", "to")), i)
        return [k for k in range(max(0, i - 14), until) if words[k].content and k != i]
    start = max(0, i - 8) if low in CAUSE_NOUNS else i + 1
    return [k for k in range(start, min(i + 14, len(words))) if words[k].content and words[k].sentence == words[i].sentence]
