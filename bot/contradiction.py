"""A question's premise against what was found: "Why did she resign?" where the article says that she stays.

A sentence contradicts a premise that it says in full but for one thing: a negation, an opposite, a number of the same
thing, or who did it to whom. Where another sentence bears the premise out, or a word has no counterpart, nothing is said: a
good question that is corrected does more harm than a false one that is answered. Knows words only: no archive, no model.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.answer import LONGEST_QUOTE, Evidence, Query, Sentence, Told
from bot.grammar import GRAMMARS, MODALS
from bot.premise import Premise, premise
from bot.select import PASSAGES
from bot.texts import text
from bot.verify import verify
from index.alignment import Token, align, likeness, tokens
from index.article import Hit
from index.checks import Pair, governor
from index.checks.places import AGENTS, PASSIVES
from index.checks.turns import negations
from index.claims import claiming, claims
from index.language import grams, share_words
from index.numbers import Quantity, quantities
from index.polarity import DENIALS, OPPOSED, SOFTENERS, bound, directions, negates
from index.split import units
from index.words import words_of

_NEAR = 0.25  # share of a premise's grams that a sentence must hold to be looked at: it saves time
_FEWEST = 2  # words that must have their counterparts, besides the one at odds
_ENOUGH = 4  # words that have their counterparts, so that one more may lack it
_MOST_OF = 0.5  # of the other words: a sentence that says more of them, and the word at odds, bears the premise out
_LEAD = 400  # characters of an article that tell what it is about
_FIRM = words_of("inte icke ej aldrig ikke ikkje aldri not never cannot")
_NONE = words_of("ingen inget inga intet no")
# Behind a negation these leave something standing: "not only", "no longer", "not all".
_PARTLY = words_of(
    "bara bare kun only minst mindst least längre lengre lenger længere longer anymore mer mere more helt quite entirely "
    "alltid altid always alla alle all enn än yet ennå ännu endnu nødvendigvis nödvändigtvis necessarily förrän før until "
    "lika like mindre less heller either engang ens even mye mycket meget much hel hela hele"
)
_ONLY = words_of("bara bare kun endast only")
# What may stand for a negation, so that none follows from its absence.
_SHORT_OF = words_of(
    "utan uten uden without knappast neppe hardly barely knapt knappt ute uteblev umulig omöjlig omöjligt umuligt impossible "
    "slutade sluttet stoppade stoppet få fåtal lite lidt little less few färre færre vanskelig svårt difficult alltför avstå "
    "avstod unngå undvika undvek undgå avoid avoided hindre hindra hindret prevent slippe slipper slapp"
)
_CONDITIONS = words_of("om hvis dersom if unless whether såvida medmindre uansett oavsett selv även even")
# Where these stand, what is denied or turned is so with an exception.
_EXCEPT = words_of(
    "unntatt unntak utom förutom undantag undantaget undantagna undtagen except exception utenom bortsett bortset foruten "
    "huvudregeln huvudregel hovedregelen hovedregel"
)
_OTHER = words_of("andra annat annan andre annet annen andet anden other")
_THAN = words_of("än enn end than")
_STANCES = OPPOSED & {frozenset(pair) for pair in product(("for", "för"), ("mot", "emot", "imot", "against"))}
# What two do to each other.
_MUTUAL = words_of(
    "mötte möter møtte møter mødte møder met meets meet meeting gifte gifter giftet giftede married marries marry träffade "
    "träffar traff treffer traf træffer spelade spilte spillede played liknar ligner resembles resembled"
)
_AGENTS = AGENTS - {""}
# Of opposites that follow each other in time, one word for each.
_SEQUELS = words_of("öppna open börja köpa buy ankom lever anställd stanna")
_ABLE = MODALS | words_of("fikk fik can could will would may might shall should must")
_PRONOUNS = words_of("han hon hun ho hen she he de dei they den det it")


@dataclass(frozen=True, slots=True)
class _Odds:
    """Where a premise and a sentence are at odds: its kind by the verifier's names, and the words of either that show it.
    `about` is the word of the premise that the sentence denies."""

    kind: str
    ours: int | None
    theirs: int | None
    about: int | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A premise beside a sentence found. `before` is the sentence before it in its passage."""

    evidence: Evidence
    before: Evidence | None
    pair: Pair


def contradicted(query: Query, hits: Sequence[Hit]) -> Told | None:
    """The sentence that contradicts what the question takes for granted, framed as such; None where none does."""
    claim = premise(query.timeless, query.language)
    if claim is None:
        return None
    held = list(_held(claim.text, hits[:PASSAGES], query.language))
    for one in held:
        odds = _odds(claim, one)
        if odds is None or any(_bears_out(other.pair, odds) for other in held):
            continue
        evidence = _with_names(one)
        frame = Sentence(text("answer.premise", query.language), (), "framing")
        return Told("corrected", (evidence,), (frame, Sentence(evidence.text, (1,), "quoted")))
    return None


def _held(claim: str, hits: Sequence[Hit], language: str) -> Iterator[_Held]:
    """Each sentence once, the best passage's first, where its language shares words with the question's."""
    wanted = set(grams(claim))
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        article = hit.article
        if article.language not in GRAMMARS or not share_words(language, article.language):
            continue
        before = None
        for start, end in units(article.text, article.language, hit.passage.start, hit.passage.end):
            evidence = Evidence(article, start, end, article.text[start:end])
            if (article.id, start) not in seen and len(wanted & set(grams(evidence.text))) >= _NEAR * len(wanted):
                yield _Held(evidence, before, _pair(claim, evidence))
            seen.add((article.id, start))
            before = evidence


def _pair(claim: str, evidence: Evidence) -> Pair:
    language = evidence.article.language
    words = [replace(word, opening=False) for word in tokens(claim, language)]
    others = tokens(evidence.text, language)
    return Pair(claim, evidence.text, language, language, words, others, align(words, others, language), frozenset())


def _odds(claim: Premise, held: _Held) -> _Odds | None:
    """The one thing in which the sentence differs from the claim; None where it doesn't, or in more than that."""
    pair = held.pair
    borrowed = _borrowed(held)
    if borrowed is None or _only_speaks(pair):
        return None
    problems = None
    for find, also in _FINDERS:
        odds = find(pair)
        if odds is None or not _told_but(pair, odds, borrowed) or (claim.timed and _passing(pair, odds)):
            continue
        spared = {word.text for i, word in enumerate(pair.words) if pair.placed[i] is None or i in (*borrowed, odds.ours)}
        spared |= {pair.others[odds.theirs].text} if odds.theirs is not None else set()
        if problems is None:
            problems = verify(claim.text, held.evidence.text, language=pair.language, evidence_language=pair.language).problems
        if all(problem.kind in (odds.kind, *also) or set(problem.text.split()) <= spared for problem in problems):
            return odds
    return None


def _passing(pair: Pair, odds: _Odds) -> bool:
    """Whether both can have been so, at different times: what is closed was opened once, and prices change."""
    families = directions(pair.words[odds.ours].low) if odds.ours is not None else frozenset()
    sequels = {family for word in _SEQUELS for family, _ in directions(word)}
    return odds.kind == "number" or (odds.kind == "direction" and any(family in sequels for family, _ in families))


def _only_speaks(pair: Pair) -> bool:
    """Whether somebody whom the claim tells of is in the sentence the one who says it."""
    speakers = {j for claim in claims(pair.others, pair.evidence) for j in claim.speaker}
    named = {place for word, place in zip(pair.words, pair.placed, strict=True) if word.capital and place is not None}
    return bool(speakers & named) and not any(claiming(word.low) for word in pair.words)


def _borrowed(held: _Held) -> tuple[int, ...] | None:
    """Names of the claim that the sentence leaves to what it stands in: a place or another topic to the article, whoever
    it calls "she" to the sentence before. None where a name is not to be found there, or another stands in its stead."""
    pair, article = held.pair, held.evidence.article
    missing = [i for i, word in enumerate(pair.words) if word.capital and not word.number and not _stands(pair, i)]
    if not missing:
        return ()
    rivals = [other for j, other in enumerate(pair.others)
              if other.capital and not other.opening and not other.number and j not in pair.placed]
    if rivals or sum(_stands(pair, i) for i, word in enumerate(pair.words) if word.content and not word.capital) < _FEWEST:
        return None
    told = f"{article.title}\n{article.text[:_LEAD]}"
    before = held.before.text if held.before else ""
    pronoun = any(other.low in _PRONOUNS for other in pair.others)
    for i in missing:
        name = pair.words[i].text
        if not (name in before or (name in told and (governor(pair.words, i) or not pronoun))):
            return None
    return tuple(missing)


def _with_names(held: _Held) -> Evidence:
    """The sentence, with the one before it where that holds a name that it leaves out."""
    names = {held.pair.words[i].text for i in _borrowed(held) or ()}
    before, own = held.before, held.evidence
    if before is None or not any(name in before.text for name in names):
        return own
    joined = replace(own, start=before.start, text=own.article.text[before.start:own.end])
    return joined if len(joined.text.split()) <= LONGEST_QUOTE else own


def _told_but(pair: Pair, odds: _Odds, borrowed: Sequence[int]) -> bool:
    """Whether the sentence has a counterpart for every word of the claim but the one at odds, and there are enough.

    Where there are many, one that is no name and no number may be worded otherwise.
    """
    others = [i for i in _carrying(pair.words) if i != odds.ours and i not in borrowed]
    lost = [i for i in others if not _stands(pair, i)]
    spare = len(others) > _ENOUGH and len(lost) == 1 and not (pair.words[lost[0]].capital or pair.words[lost[0]].number)
    return len(others) >= _FEWEST and (not lost or spare)


def _carrying(words: Sequence[Token]) -> list[int]:
    return [i for i, word in enumerate(words) if (word.content or word.number) and not negates(word.low)]


def _stands(pair: Pair, i: int) -> bool:
    place = pair.placed[i]
    return place is not None and (pair.others[place].capital or not pair.words[i].capital)


def _said(pair: Pair) -> set[int]:
    """Where the claim's words stand, names aside."""
    return {j for word, j in zip(pair.words, pair.placed, strict=True) if j is not None and word.content and not word.capital}


def _denials(words: Sequence[Token]) -> list[int]:
    return [i for i, word in enumerate(words) if negates(word.low) or word.low in DENIALS]


def _excepting(words: Sequence[Token]) -> bool:
    lows = {word.low for word in words}
    return bool(lows & _EXCEPT or (lows & _OTHER and lows & _THAN))


def _after(words: Sequence[Token], i: int) -> str:
    return words[i + 1].low if i + 1 < len(words) else ""


# -- what a premise and a sentence can be at odds in ------------------------------------------------------------------


def _denied(pair: Pair) -> _Odds | None:
    """The sentence denies what the claim says: its one negation stands beside the claim's words, in their clause."""
    denying, said = _denials(pair.others), _said(pair)
    if _denials(pair.words) or len(denying) != 1 or any(word.low in _ONLY for word in pair.words):
        return None
    j = denying[0]
    low = pair.others[j].low
    firm = low in _FIRM or low.endswith(("n't", "n’t")) or (low in _NONE and j + 1 in said)
    clause = [other.low for other in pair.others if other.clause == pair.others[j].clause]
    if not firm or _after(pair.others, j) in _PARTLY or not _CONDITIONS.isdisjoint(clause) or _excepting(pair.others):
        return None
    following = next((k for k in range(j + 1, len(pair.others)) if pair.others[k].content), None)
    near = (k for k in (following, j - 1, j - 2) if k in said and pair.others[k].clause == pair.others[j].clause)
    about = next(near, None)
    if about is None:
        return None
    ours = pair.placed.index(about)
    together = [word.clause == pair.words[ours].clause for word in pair.words]
    apart = {k for k in said if pair.others[k].clause != pair.others[j].clause}
    if any(place in apart for place, close in zip(pair.placed, together, strict=True) if close):
        return None
    return _Odds("negation", None, j, ours)


def _affirmed(pair: Pair) -> _Odds | None:
    """The sentence says what the claim denies, and nothing that could stand for the denial."""
    ours = _denials(pair.words)
    if len(ours) != 1 or pair.words[ours[0]].low not in _FIRM or _after(pair.words, ours[0]) in _PARTLY:
        return None
    lows = {other.low for other in pair.others}
    if _denials(pair.others) or lows & (_SHORT_OF | _CONDITIONS) or not _said(pair) or _excepting(pair.others):
        return None
    if _ABLE.isdisjoint(lows) and not _ABLE.isdisjoint(word.low for word in pair.words):
        return None
    return _Odds("negation", ours[0], None)


def _turned(pair: Pair) -> _Odds | None:
    """The sentence has the opposite of a word in that word's place, and neither has a negation."""
    if _excepting(pair.others):
        return None
    for i, word in enumerate(pair.words):
        ours, place = directions(word.low), pair.placed[i]
        if not ours or (place is not None and likeness(word.low, pair.others[place].low, pair.language) >= 0.7):
            continue
        opposite = {(family, 1 - side) for family, side in ours}
        for j, other in enumerate(pair.others):
            if directions(other.low) & opposite and j not in pair.placed and _neighbours(pair, i, j) \
                    and {i}.issuperset(_denials(pair.words)) and {j}.issuperset(_denials(pair.others)):
                return _Odds("direction", i, j)
    return None


def _neighbours(pair: Pair, i: int, j: int) -> bool:
    """Whether the content word before or behind word `i` stands near `j` too."""
    carrying = _carrying(pair.words)
    near = [next((k for k in reversed(carrying) if k < i), None), next((k for k in carrying if k > i), None)]
    places = [place for k in near if k is not None and (place := pair.placed[k]) is not None]
    return any(abs(place - j) <= 6 and pair.others[place].clause == pair.others[j].clause for place in places)


def _opposed(pair: Pair) -> _Odds | None:
    """The sentence has "against" where the claim, between the same words, has "for"."""
    if _denials(pair.words) or _denials(pair.others):
        return None
    for i in range(1, len(pair.words) - 1):
        j = pair.placed[i + 1]
        if j and frozenset({pair.words[i].low, pair.others[j - 1].low}) in _STANCES:
            return _Odds("direction", i, j - 1)
    return None


def _counted(pair: Pair) -> _Odds | None:
    """The sentence has another number of the same unit, or before the same noun, and only one of those."""
    ours = [q for q in quantities(pair.sentence, pair.language) if not q.loose]
    if len(ours) != 1:
        return None
    theirs = [q for q in quantities(pair.evidence, pair.language) if not q.loose]
    head = _at(pair.words, ours[0]) + 1
    noun = pair.placed[head] if head < len(pair.words) and pair.words[head].content else None
    same = [q for q in theirs if (q.unit == ours[0].unit if ours[0].unit else _at(pair.others, q) + 1 == noun)]
    if len(same) != 1 or any(ours[0].values & q.values for q in theirs):
        return None
    if _rounded(pair.words, ours[0]) or _rounded(pair.others, same[0]):
        return None
    return _Odds("number", _at(pair.words, ours[0]), _at(pair.others, same[0]))


def _rounded(words: Sequence[Token], quantity: Quantity) -> bool:
    """Whether "over", "about" or the like stands before a number."""
    at = _at(words, quantity)
    return any(bound(word.low) or word.low in SOFTENERS for word in words[max(0, at - 2):at])


def _at(words: Sequence[Token], quantity: Quantity) -> int:
    return next((i for i, word in enumerate(words) if word.end > quantity.start), 0)


def _swapped(pair: Pair) -> _Odds | None:
    """Who did it in the claim had it done in the sentence: of two names, none under a preposition, the one that the claim
    has first stands behind the verb, and the other before it. Neither is in the passive."""
    names = [i for i, word in enumerate(pair.words) if word.capital]
    if len(names) < 2 or any(word.low in _AGENTS | PASSIVES for word in (*pair.words, *pair.others)):
        return None
    doer, done = pair.placed[names[0]], pair.placed[names[-1]]
    if doer is None or done is None or governor(pair.words, names[-1]):
        return None
    if governor(pair.others, doer) or governor(pair.others, done):
        return None
    for i, word in enumerate(pair.words):
        verb = pair.placed[i]
        if verb is not None and word.content and not word.capital and word.low not in _MUTUAL and done < verb < doer \
                and pair.others[done].clause == pair.others[verb].clause == pair.others[doer].clause:
            return _Odds("role", i, verb)
    return None


# Each with the other kinds of problem that come along with it.
_FINDERS: tuple[tuple[Callable[[Pair], _Odds | None], tuple[str, ...]], ...] = (
    (_denied, ("scope",)), (_affirmed, ()), (_turned, ("negation",)), (_opposed, ()), (_counted, ("modality",)),
    (_swapped, ("name",)),
)


def _bears_out(pair: Pair, odds: _Odds) -> bool:
    """Whether a sentence says most of the claim without being at odds with it in that way."""
    others = [i for i in _carrying(pair.words) if i != odds.ours]
    share = sum(pair.placed[i] is not None for i in others) / max(1, len(others))
    if odds.kind == "number" and odds.ours is not None:
        return pair.placed[odds.ours] is not None
    if odds.kind == "direction" and odds.ours is not None:
        ours = directions(pair.words[odds.ours].low)
        there = any(directions(other.low) & ours for other in pair.others) or pair.placed[odds.ours] is not None
        return share > _MOST_OF and there
    if odds.kind == "role":
        return share == 1 and _swapped(pair) is None
    if odds.about is not None:
        return share >= _MOST_OF and pair.placed[odds.about] is not None and not _denials(pair.others)
    return share >= _MOST_OF and not any(negations(pair))
