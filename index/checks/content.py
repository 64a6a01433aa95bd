"""Names and content words: each has its counterpart in the evidence."""

from collections.abc import Collection, Iterator, Sequence

from index.alignment import LIGHT, Token, likeness
from index.checks import Pair, Problem, governor, is_speaker, known_name, predicate
from index.claims import claiming
from index.numbers import month, unit, weekday
from index.polarity import (
    ALL,
    AMBIGUOUS_CAUSES,
    CAUSE_NOUNS,
    REASON_FOLLOWS,
    REASON_PRECEDES,
    ROLE_MODIFIERS,
    SEVERAL,
    SOFTENERS,
    SOME,
    bound,
    directions,
    modality,
    negates,
)
from index.words import words_of

# How many content words may lack a counterpart, as a share of all: in the place of a word of the evidence (more of them where
# the evidence is in another language, for which the synonym table is the only dictionary), and beside what it says. Names,
# numbers and turning words never may.
SPARE, SPARE_APART, ADDED = 0.12, 0.2, 0.1
REACH = 4  # words between a place and the word it may stand for
# Words that tell no more than that something is so: they may lack a counterpart.
THIN = words_of(
    "gäller gällde gjelder gjaldt gælder handlar handlade handler handlet innebär innebar innebærer betyder betyr concerns",
    "utgör utgjorde utgjør utgør uppgår uppgick ligger låg lå hamnar hamnade endte ender landar landet sker skedde",
    "skjer skjedde",
    "sker skete består består bestod pågår pågick foregår foregikk foregår sort slags typ type kind way sätt måte måde fall",
    "gång ganger gånger gange times respektive henholdsvis sak ting saker thing things del dels part",
    "lyder lød lyda kommer comes come called kallade kalte kaldte nämnda nevnte nævnte mentioned bakom involves means",
    "legge legger la lagt lægge lægger sette setter satte satt sätta sätter sätts sattes satts put puts hold holder",
    "holdt holde",
    "hålla håller höll take takes took taken get gets got getting aller allra egentlig egentligen person personer people folk",
    "order mid inside inuti inne inom innen indenfor så too quite really år years old",
    "olika ulike forskellige various different totalt sammanlagt sammenlagt overall total altogether",
)


# Who "we" may be.
ACTORS = words_of(
    "företaget bolaget firman selskapet bedriften firmaet virksomheden foretaket company firm klubben club laget holdet team",
    "kommunen kommune partiet party polisen politiet police organisationen organisasjonen organization föreningen foreningen",
    "regeringen regjeringen government skolan skolen school myndigheten etaten regionen styret styrelsen board",
)
FIRST = words_of("vi oss vår vårt våra våre vores we us our")


def names(pair: Pair) -> Iterator[Problem]:
    """Every name stands in the evidence, or is one of the speakers'."""
    for word, place in zip(pair.words, pair.placed, strict=True):
        if place is None and word.capital and not word.opening and not word.number and word.low not in LIGHT \
                and not is_speaker(pair, word) and not (weekday(word.low) is not None or month(word.low) or unit(word.low)):
            yield Problem("name", word.text)


def acronyms(pair: Pair) -> Iterator[Problem]:
    """A word all in capitals is a name, though it looks like a small word otherwise ("VAR" is not "var")."""
    capitals = {other.text for other in pair.others if other.capital}
    for word, place in zip(pair.words, pair.placed, strict=True):
        if len(word.text) > 1 and word.text.isalpha() and word.text.isupper() and word.text not in capitals \
                and not is_speaker(pair, word) and not unit(word.low) and (
                    place is None or (pair.others[place].low == word.low and not pair.others[place].capital)):
            yield Problem("name", word.text)


def full_names(pair: Pair) -> Iterator[Problem]:
    """First name and surname belong together in the evidence as they do in the sentence."""
    beside = {(a.low, b.low) for n, a in enumerate(pair.others) for b in pair.others[n + 1:n + 4]
              if a.capital and b.capital and a.sentence == b.sentence}
    for i in range(len(pair.words) - 1):
        first, last = pair.words[i], pair.words[i + 1]
        if not (first.capital and last.capital and last.start - first.end <= 1 and first.content and last.content) \
                or (first.opening and not known_name(pair, i)):
            continue
        if is_speaker(pair, first) and is_speaker(pair, last):
            continue
        if _together(pair, i):
            continue
        if None not in pair.placed[i:i + 2] and not any(_names_both(pair, first, last, a, b) for a, b in beside):
            yield Problem("name", f"{first.text} {last.text}")


def _together(pair: Pair, i: int) -> bool:
    """Whether a name of two words is one word of the evidence, or two neighbours in another language ("Europeiska unionen")."""
    a, b = pair.placed[i], pair.placed[i + 1]
    return a is not None and b is not None and (a == b or (pair.language != pair.theirs and abs(a - b) <= 2))


def _names_both(pair: Pair, first: Token, last: Token, a: str, b: str) -> bool:
    return (likeness(first.low, a, pair.language, pair.theirs) >= 0.65
            and likeness(last.low, b, pair.language, pair.theirs) >= 0.65)


def content_words(pair: Pair) -> Iterator[Problem]:
    """Content words have counterparts; a few may be the writer's own, but neither what the sentence says of its subject nor
    a circumstance ("by a neighbour") that the evidence lacks."""
    content = [i for i, word in enumerate(pair.words) if word.content and not is_speaker(pair, word)]
    if not pair.hit():
        yield Problem("word", pair.sentence)  # it says nothing that could be checked
    missing = [i for i in content if pair.placed[i] is None and not _carried(pair, pair.words[i])]
    replaced = _replacing(pair, missing)
    added = [i for i in missing if i not in replaced]
    spare = SPARE if pair.language == pair.theirs else SPARE_APART
    if len(replaced) > spare * len(content) or len(added) > ADDED * len(content) \
            or any(predicate(pair.words, i) for i in missing) or any(governor(pair.words, i) for i in added):
        yield from (Problem("word", pair.words[i].text) for i in missing)


def _replacing(pair: Pair, missing: Sequence[int]) -> dict[int, int]:
    """Which of the missing words stand where the evidence has another word that the sentence leaves out: a word in the place
    of a word may be a synonym, a word between two neighbours is one too many."""
    hit = pair.hit()
    found: dict[int, int] = {}
    for i in missing:
        if pair.words[i].capital and not pair.words[i].opening:
            continue
        anchors = [j for k in _nearest(pair, i) if (j := pair.placed[k]) is not None]
        spare = {j for anchor in anchors for j in _spare(pair, anchor, hit)
                 if j not in found.values() and _may_mean(pair.words[i], pair.others[j])}
        if spare:
            found[i] = min(spare, key=lambda j: (min(abs(j - anchor) for anchor in anchors), j))
    return found


def _may_mean(word: Token, other: Token) -> bool:
    """Whether two words are no opposites of each other."""
    turned = {(family, 1 - side) for family, side in directions(word.low)}
    bare, others = ({stem.removeprefix(prefix) for prefix in ("u", "o", "un")} for stem in (word.stem, other.stem))
    return not turned & directions(other.low) and not bare & others


def _nearest(pair: Pair, i: int) -> list[int]:
    """The next words of the sentence on either side that have a counterpart."""
    placed = [k for k, j in enumerate(pair.placed) if j is not None and k != i and pair.words[k].content
              and pair.words[k].sentence == pair.words[i].sentence]
    return [*[k for k in placed if k < i][-1:], *[k for k in placed if k > i][:1]]


def _spare(pair: Pair, anchor: int, hit: Collection[int]) -> list[int]:
    """Content words of the evidence around a place that no word of the sentence stands for."""
    return [j for j in range(max(0, anchor - REACH), min(len(pair.others), anchor + REACH + 1))
            if j not in hit and (other := pair.others[j]).content and not other.capital and other.low not in THIN
            and other.sentence == pair.others[anchor].sentence and not claiming(other.low)]


def _carried(pair: Pair, word: Token) -> bool:
    """Words that other checks answer for: claim verbs, modals, dates."""
    low = word.low
    dated = weekday(low) is not None or month(low) is not None
    turning = bool(modality(low)) or negates(low) or low in REASON_FOLLOWS | REASON_PRECEDES | ALL | SOME | SEVERAL | SOFTENERS
    acting = low in ACTORS and any(other.low in FIRST for other in pair.others)  # "we", said by the firm's director
    return dated or turning or acting or claiming(low) or low in THIN | CAUSE_NOUNS | AMBIGUOUS_CAUSES or bool(
        bound(low) or unit(low))


def titles(pair: Pair) -> Iterator[Problem]:
    """A title keeps what makes it another title: "vice", "former"."""
    hit = pair.hit()
    ours = {word.low for word in pair.words}
    own = {pair.placed[i + 1] for i, word in enumerate(pair.words[:-1]) if word.low in ROLE_MODIFIERS}
    for j, other in enumerate(pair.others[:-1]):
        if unit(pair.others[j + 1].low) or weekday(pair.others[j + 1].low) is not None:
            continue  # "last year"
        if other.low in ROLE_MODIFIERS and other.low not in ours and j + 1 in hit and j not in hit and not own & {j + 1}:
            yield Problem("role", other.text)
