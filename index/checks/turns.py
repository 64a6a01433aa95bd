"""The small words that turn a statement: negation, modality, scope, direction and cause, agreeing both ways."""

from collections.abc import Collection, Iterator, Sequence

from index.alignment import Token, likeness
from index.checks import Pair, Problem, clause_of
from index.claims import CLAIMING
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
from index.words import words_of

PERMITTED = frozenset({"lar", "lot", "an"})  # "det går an"
QUESTIONS = words_of("hur hvordan how vad hva hvad what vem hvem who var hvor where when när når whether vilken hvilken which")


def negations(pair: Pair) -> Iterator[Problem]:
    """Each negation has its counterpart about the same words, both ways."""
    ours, theirs = _denying(pair.words), _denying(pair.others)
    free = list(theirs)
    denied = [j for j, other in enumerate(pair.others) if other.low in DENIALS and j not in pair.placed]
    for i in ours:
        about = {j for k in clause_of(pair.words, i) if (j := pair.placed[k]) is not None}
        pool = [j for j in free if _only(pair.others, j) == _only(pair.words, i)] + denied
        match = max(pool, default=None, key=lambda j: len(about & set(clause_of(pair.others, j))))
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
    told = {family for word in pair.words for family in modality(word.low)}
    if any(word.low in PERMITTED for word in pair.words):
        told.add("possible")
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
        if other.low in HEDGES and j not in hit and not HEDGES & marked and _struck(pair.others, j, hit):
            yield Problem("modality", other.text)


def _struck(words: Sequence[Token], j: int, hit: Collection[int]) -> bool:
    """Whether the sentence uses the words that a modal governs: the next content words of its clause, or most of it."""
    if any(word.clause == words[j].clause and word.low in QUESTIONS for word in words[max(0, j - 6):j]):
        return False
    scope = clause_of(words, j)
    near = [k for k in range(j + 1, min(j + 8, len(words))) if words[k].sentence == words[j].sentence
            and words[k].content and not words[k].capital and words[k].low not in CLAIMING][:3]
    if near and near[0] - j <= 3 and near[0] in hit:
        return True
    return sum(k in hit for k in near) >= min(2, len(near)) > 0 or sum(k in hit for k in scope) * 2 > len(scope) > 0


def scopes(pair: Pair) -> Iterator[Problem]:
    """"All" needs an "all" in the evidence; a "some" there must not be lost."""
    theirs = [other.low for other in pair.others]
    for word in pair.words:
        if word.low in ALL and not any(likeness(word.low, low, pair.language) >= 0.8 or low in ALL for low in theirs):
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
        if place is not None and likeness(word.low, pair.others[place].low, pair.language) >= 0.9:
            continue
        same = [j for j, side in enumerate(sides) if side & ours]
        opposite = [j for j, side in enumerate(sides) if {(family, 1 - s) for family, s in ours} & side]
        if opposite and not same:
            yield Problem("direction", word.text)


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
    return any(phrase[0] == low and [word.low for word in words[i:i + len(phrase)]] == list(phrase) for phrase in CAUSE_PHRASES)


def _reason(words: Sequence[Token], i: int) -> list[int]:
    """The content words of the reason: after "because", before "therefore" and "led to"."""
    low = words[i].low
    if low in REASON_PRECEDES or any(phrase[0] == low and phrase[-1] in ("til", "till", "to") for phrase in CAUSE_PHRASES):
        return [k for k in range(max(0, i - 14), i) if words[k].content]
    start = max(0, i - 8) if low in CAUSE_NOUNS else i + 1
    return [k for k in range(start, min(i + 14, len(words))) if words[k].content and words[k].sentence == words[i].sentence]
