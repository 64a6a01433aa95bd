"""Words that changed places: who does it to whom, and what is said of which name or number."""

from collections.abc import Collection, Iterator, Sequence

from index.alignment import LIGHT, Token
from index.checks import (
    PREPOSITIONS,
    Pair,
    Problem,
    governor,
    known_name,
    marks,
    predicate,
)
from index.claims import claims
from index.numbers import month, unit, weekday
from index.words import words_of

PASSIVES = words_of("ble blei blev bli blir blitt blivit bliver blevet vart was were been being be is are är er")
AGENTS = frozenset({"", "av"})
_JOINING = words_of("och og and eller or samt & respektive")


def doers(pair: Pair) -> Iterator[Problem]:
    """Who does it to whom: around one verb, the doer and the done-to must not change sides, the passive reckoned with."""
    for v, verb in enumerate(pair.words):
        there = pair.placed[v]
        if there is None or not verb.content or verb.capital:
            continue
        ours = _sides(pair.words, v)
        if ours is None:
            continue
        if not any(pair.words[k].capital and not pair.words[k].opening for k in ours) \
                and not predicate(pair.words, v) and not predicate(pair.others, there):
            continue
        doer, done = pair.placed[ours[0]], pair.placed[ours[1]]
        if doer is None or done is None or doer == done:
            continue
        clause = pair.others[there].clause
        if pair.others[doer].clause == clause == pair.others[done].clause \
                and _sides(pair.others, there, {doer, done}) == (done, doer):
            yield Problem("role", f"{pair.words[ours[0]].text} {verb.text} {pair.words[ours[1]].text}")


def agents(pair: Pair) -> Iterator[Problem]:
    """Whoever does it by a passive verb's "by" is the one whom the evidence names so for the same verb."""
    for v, verb in enumerate(pair.words):
        there = pair.placed[v]
        if there is None or not verb.content or verb.capital:
            continue
        mine, theirs = _agent(pair.words, v), _agent(pair.others, there)
        if mine is None or theirs is None or pair.placed[mine] is None:
            continue
        near = range(max(0, theirs - 2), min(len(pair.others), theirs + 4))
        if pair.placed[mine] not in near and not any(pair.like(pair.words[mine], pair.others[j]) >= 0.65 for j in near):
            yield Problem("role", f"{verb.text} {pair.words[mine].text}")


def _agent(words: Sequence[Token], v: int) -> int | None:
    """The first word after "by" behind a passive verb."""
    passive = any(word.low in PASSIVES for word in words[max(0, v - 3):v]) or words[v].low.endswith(("s", "des"))
    behind = [k for k in range(v + 1, min(len(words), v + 4)) if words[k].clause == words[v].clause]
    by = next((k for k in behind if words[k].low in ("av", "af", "by")), None)
    if not passive or by is None:
        return None
    return next((k for k in range(by + 1, min(len(words), by + 4)) if words[k].content or words[k].capital), None)


def _sides(words: Sequence[Token], v: int, only: Collection[int] = ()) -> tuple[int, int] | None:
    """The doer and the done-to of a word taken for a verb: before and behind it, or round in the passive."""
    near = [k for k in range(len(words)) if words[k].clause == words[v].clause and words[k].content and k != v
            and (not only or k in only)]
    before = [k for k in near if k < v and not governor(words, k)]
    behind = [k for k in near if k > v and governor(words, k) in AGENTS]
    if not before or not behind:
        return None
    passive = any(word.low in PASSIVES for word in words[max(0, v - 3):v]) or words[v].low.endswith(("s", "des"))
    agents = [k for k in behind if governor(words, k) in AGENTS - {""}]
    if passive and agents:
        return agents[0], before[0]
    return None if passive or agents else (before[0], next((k for k in behind if words[k].capital), behind[0]))


def exchanges(pair: Pair) -> Iterator[Problem]:
    """Two words must not have changed places: each under the preposition (or none) that the other has in the evidence."""
    known = [(i, j) for i, j in enumerate(pair.placed) if j is not None and pair.words[i].content
             and len(pair.words[i].low) > 3 and not (i and pair.placed[i - 1] == j)
             and (pair.words[i].capital or pair.language == pair.theirs)]
    under = {i: (governor(pair.words, i), governor(pair.others, j)) for i, j in known}
    for n, (a, _) in enumerate(known):
        for b, _ in known[n + 1:]:
            if under[a][0] != under[b][0] and under[a] == under[b][::-1] and pair.placed[a] != pair.placed[b] \
                    and not _joined(pair, a, b):
                yield Problem("role", f"{pair.words[a].text}, {pair.words[b].text}")


def _joined(pair: Pair, a: int, b: int) -> bool:
    """Whether both texts join the two by "and": then their order tells nothing."""
    places = sorted((pair.placed[a] or 0, pair.placed[b] or 0))
    return any(word.low in _JOINING for word in pair.words[a + 1:b][:3]) \
        and any(word.low in _JOINING for word in pair.others[places[0] + 1:places[1]][:3])


def _in_row(pair: Pair, i: int) -> bool:
    """Whether a name is joined to others by "and" in both texts, and these are the same."""
    place = pair.placed[i]
    if place is None or pair.words[i].number:
        return False
    mine, theirs = _row(pair.words, i), _row(pair.others, place)
    return len(mine) > 1 and all(any(pair.like(pair.words[k], pair.others[j]) >= 0.9 for j in theirs) for k in mine)


def _row(words: Sequence[Token], i: int) -> list[int]:
    """The names that stand beside a name, commas and "and" between them."""
    row, joined = [i], False
    for step in (-1, 1):
        k = i + step
        while 0 <= k < len(words) and words[k].sentence == words[i].sentence and (
                words[k].low in _JOINING or (words[k].capital and not words[k].opening)):
            row += [k] if words[k].capital else []
            joined = joined or words[k].low in _JOINING
            k += step
    return row if joined else [i]


def holders(pair: Pair) -> Iterator[Problem]:
    """A name hangs on the same word as in the evidence: "two goals by Orre", "named after Edmund", "Captain Foss"."""
    for i, word in enumerate(pair.words):
        if not word.capital or word.number or word.low in LIGHT or pair.placed[i] is None or (
                i and pair.words[i - 1].capital and pair.words[i - 1].low not in LIGHT and not pair.words[i - 1].opening):
            continue
        head = _bearer(pair.words, i)
        place = None if head is None else pair.placed[head]
        if head is None or place is None:
            continue
        others = [n for j, other in enumerate(pair.others) if pair.like(pair.words[head], other) >= 0.8
                  and (n := [k for k in _borne(pair.others, j, i - head > 1) if k > j])]
        run = [k for k in next((run for run in marks(pair.words, ()) if i in run), [i]) if k > head]
        chained = any(pair.others[j].sentence == pair.others[place].sentence and -3 <= j - place <= 9 for k in run
                      if (j := pair.placed[k]) is not None)
        if others and not chained and not _in_row(pair, i) and not any(
                pair.like(pair.words[k], pair.others[j]) >= 0.65 for k in run for n in others for j in n):
            yield Problem("name", f"{pair.words[head].text} {word.text}")


def _bearer(words: Sequence[Token], i: int) -> int | None:
    """The word before a name, a preposition between them at most."""
    k = i - 1
    if k > 0 and words[k].low in PREPOSITIONS:
        k -= 1
    near = k >= 0 and words[k].clause == words[i].clause and words[k].content and not words[k].number
    return k if near and (k < i - 1 or not words[k].capital or words[k].opening) else None


def _borne(words: Sequence[Token], j: int, governed: bool) -> list[int]:
    """The name behind a word, a preposition and the name's title between them; empty where there is none."""
    k = j + 1
    if governed:
        if k >= len(words) or words[k].low not in PREPOSITIONS:
            return []
        k += 1
    reach = k + (4 if governed else 1)
    first = next((n for n in range(k, min(len(words), reach)) if words[n].capital and words[n].low not in LIGHT), None)
    if first is None or words[first].clause != words[j].clause or any(words[n].low in PREPOSITIONS for n in range(k, first)):
        return []
    return [] if words[first].number else next((run for run in marks(words, ()) if first in run), [first])


def substitutions(pair: Pair) -> Iterator[Problem]:
    """A word that stands where the evidence, in the same surroundings, has another one."""
    for i, word in enumerate(pair.words):
        kind = _kind(word)
        if pair.placed[i] is None or not kind or (kind == "name" and word.opening and not known_name(pair, i)) \
                or _in_row(pair, i):
            continue
        like = unlike = 0
        for j, other in enumerate(pair.others):
            if not other.content and not other.number:
                continue
            left, right = _company(pair.words, i, pair.others, j, -1), _company(pair.words, i, pair.others, j, 1)
            score = left + right
            if pair.like(word, other) >= 0.65 or j == pair.placed[i]:
                like = max(like, score)
            elif left and right and _kind(other) == kind and not (kind == "name" and other.opening):
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


def _company(words: Sequence[Token], i: int, others: Sequence[Token], j: int, step: int) -> int:
    """How far the same words stand on one side of two places, up to three; a word that carries something counts twice."""
    score = 0
    for n in range(1, 4):
        left, right = _beside(words, i, step * n), _beside(others, j, step * n)
        if left is None and right is None and n == 1:
            return 1
        if left is None or right is None or left.low != right.low:
            break
        score += 1 if left.low in LIGHT else 2
    return score


def _beside(words: Sequence[Token], i: int, step: int) -> Token | None:
    """The word some steps away in the same sentence."""
    k = i + step
    return words[k] if 0 <= k < len(words) and words[k].sentence == words[i].sentence else None


def companions(pair: Pair) -> Iterator[Problem]:
    """A name or number stays with what is said of it: not where the evidence has another name or number instead."""
    ours = marks(pair.words, {i for claim in claims(pair.words, pair.sentence) for i in (*claim.speaker, claim.cue)})
    theirs = marks(pair.others, {j for claim in claims(pair.others, pair.evidence) for j in (*claim.speaker, claim.cue)})
    for run in ours:
        if (not _surely_named(pair.words, run) and not known_name(pair, run[0])) or all(_in_row(pair, i) for i in run):
            continue
        clause = pair.words[run[0]].clause
        mates = [mine for mine in ours if pair.words[mine[0]].clause == clause]
        others = [other for other in theirs if _same_mark(pair, run, other) or (
            _comparable(pair, run, other) and not any(_same_mark(pair, mine, other) for mine in mates))]
        good = bad = weak = 0
        for i, word in enumerate(pair.words):
            place = pair.placed[i]
            if word.clause != clause or i in run or place is None or not _tells(word, pair.words[run[0]].number):
                continue
            beside = [other for other in others if pair.others[other[0]].clause == pair.others[place].clause] or [
                other for other in others if pair.others[other[0]].number
                and pair.others[other[0]].sentence == pair.others[place].sentence]
            same = any(_same_mark(pair, run, other) for other in beside)
            good += same
            wrong = not same and any(_surely_named(pair.others, other) and not _in_compound(pair, other) for other in beside)
            bad += wrong
            weak += not same and not wrong
        if bad > good and (bad >= 3 or not good + weak):
            yield Problem("number" if pair.words[run[0]].number else "name", " ".join(pair.words[i].text for i in run))


def _tells(word: Token, of_number: bool) -> bool:
    """Whether a word says something of a name or number beside it; another number does so of names alone."""
    if word.number:
        return not of_number
    return word.content and not unit(word.low) and (word.opening or not word.capital)


def _comparable(pair: Pair, run: Sequence[int], other: Sequence[int]) -> bool:
    """Whether one could stand in the other's place: two names in the same role, or two numbers of the same unit."""
    if pair.words[run[0]].number or pair.others[other[0]].number:
        return _counted(pair.words, run[0]) == _counted(pair.others, other[0]) != "date"
    return _alike(governor(pair.words, run[0]), governor(pair.others, other[0]))


def _counted(words: Sequence[Token], i: int) -> str:
    """The unit after a number; "date" for a day or a year; "name" for what is no number."""
    if not words[i].number:
        return "name"
    following = words[i + 1].low if i + 1 < len(words) else ""
    year = words[i].low[1:]
    if month(following) or (year.isdigit() and 1000 <= int(year) <= 2100):
        return "date"
    return unit(following)


def _alike(ours: str, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} <= AGENTS


def _in_compound(pair: Pair, other: Sequence[int]) -> bool:
    """Whether the name only opens a compound: "FN-organisationer"."""
    return pair.evidence[pair.others[other[-1]].end:][:1] == "-"


def _surely_named(words: Sequence[Token], run: Sequence[int]) -> bool:
    """Whether the capital is a name's, not only the opening of a sentence."""
    return len(run) > 1 or words[run[0]].number or not words[run[0]].opening


def _same_mark(pair: Pair, run: Sequence[int], other: Sequence[int]) -> bool:
    if any(pair.placed[i] in other for i in run):
        return True
    return any(pair.like(pair.words[i], pair.others[j]) >= 0.65 for i in run for j in other)
