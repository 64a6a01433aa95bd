"""Which word of one text stands for which word of another: forms, stems, synonyms, compounds and abbreviations.

Knows words and their order, not what a text claims.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.cognates import FALSE_FRIENDS, cognate, folded
from index.language import stems
from index.numbers import month, quantities, weekday
from index.synonyms import expansions, groups, phrases
from index.words import words_of

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.[^\W\d_](?=\.))*")
_BREAK = re.compile(r"[,;:()…\n]|[–—](?!\s?\d|$)|[.!?](?=\s|[\"”»]|$)|\s-\s(?!\d|$)")
_SENTENCE = re.compile(r"\n|[.!?…][\"”»]?\s+(?=[\"“”«–—-]?\s?[A-ZÅÄÖÆØÉ\d])")
_INITIALS = re.compile(r"^([A-ZÅÄÖÆØ]{2,})s$")  # "EUs"
_OPENING = re.compile(r"(?:^|[\n.!?:–—\"“”«»]\s*[-–—\"“”«»'’(]*\s*)$")
# Words that open a new clause.
JOINTS = words_of(
    "men but att at that som which who fordi därför eftersom ettersom because då da når när when hvis dersom if och",
    "og and medan mens while hvor där der where selv trots although though enn än than",
)
# Function words and words so common that they carry no claim of their own.
LIGHT = words_of(
    "ännu ennå enda even varandra hverandre respektive henholdsvis respectively",
    "och att det den de dem en ett i på av som för med till är var har hade han hon sin sitt sina om men så vi jag",
    "du ni man sig kan ska skall vill bli blir blev blivit från vid nu när hur vad vilken vilket vilka denna detta",
    "dessa där här då ut upp in över under eller också även mycket sedan efter före mellan mot genom sådan sådana",
    "ju väl dock redan själv själva eftersom därför hos inom varit vara ha haft får få fick fått göra gör gjorde",
    "gjort går gå gick gått kommer kom komma ta tar tog tagit finns fanns ligger låg står stod ser såg dess deras",
    "hans hennes vår vårt våra min mitt mina er ert era oss mig dig honom henne nämligen alltså medan varje flera",
    "många mer andra annan annat enligt bland sade säger ungefär og å et ei for til hadde hun sine jeg dere seg",
    "skal vil ble blitt fra ved nå når hvordan hva hvilken hvilket hvilke denne dette disse der her da opp inn over",
    "også mye siden etter før mellom gjennom slik slike jo vel selv innen vært være hatt fikk gjøre gjør gikk komme",
    "tok tatt finnes fantes lå sto dens deres våre mine meg deg ham nemlig altså mens hver flere mange annen annet",
    "andre ifølge blant sa sier omtrent cirka ca samt igjen allerede dermed derfor dessuten imidlertid af ikke",
    "bliver fik hvor hvad hvem hende jer eders noget nogen the a an and or but of to on at by with from as is are",
    "was were be been being has have had do does did it its he she his him they them their we us our you your me my",
    "this that these those there here which who whom whose what when where how than then so such also very more",
    "most much many into onto about after before between against through during said says according can will would",
    "could should may might must shall just only up out off now still yet one sammen tilsammans sådant helt ganske",
    "ganska veldig väldigt svært lige lika like per egen eget egna egne bl hjelp kvar igen åter faktisk faktiskt",
    "nok heller dels bare bara ens imens derimot däremot dag idag ettersom tross trots personligen personlig vidare",
    "videre fram frem se sett sen cent while though although whether among within upon per via able whose rather both",
    "too very quite really än enn end var vart vilka hvilket reason så that's",
    "because since until however therefore thus already again together even without being having whatever whereas",
    "være værende bliver blevet været havde fordi når også meget endnu allerede skulle ville kunne deres vores efter",
)


SHORT_FORMS = words_of(
    "kl ca nr dr prof st mr mrs ms jf jfr f eks ex bl kap art ev evt inkl tel adv sen gov rep gen sgt capt jr sr"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its place: offsets, sentence and clause number within its text."""

    text: str
    low: str
    stem: str
    start: int
    end: int
    sentence: int
    clause: int
    capital: bool
    opening: bool
    number: bool

    @property
    def content(self) -> bool:
        return not self.number and self.low not in LIGHT and len(self.low) > 1


def tokens(text: str, language: str) -> list[Token]:
    """The words of a text in order; a number is one token whose form is its value. A clause ends at punctuation and
    before a conjunction."""
    pieces = [(q.start, q.end, "#" + min(q.values, key=lambda value: ("." in value, -len(value), value)))
              for q in quantities(text, language) if not q.loose]
    covered = iter([*pieces, (len(text) + 1, len(text) + 1, "")])
    number = next(covered)
    spans: list[tuple[int, int, str]] = []
    for match in _TOKEN.finditer(text):
        while number[1] <= match.start():
            number = next(covered)
        if match.end() <= number[0]:
            spans.append((match.start(), match.end(), plain(_INITIALS.sub(r"\1", match.group()))))
        elif not spans or spans[-1][:2] != number[:2]:
            spans.append(number)
    return _numbered(text, spans, language)


def _numbered(text: str, spans: Sequence[tuple[int, int, str]], language: str) -> list[Token]:
    found: list[Token] = []
    sentence = clause = last = 0
    for n, (start, end, low) in enumerate(spans):
        gap = text[last:start]
        short = bool(found) and gap.startswith(".") and "\n" not in gap and _shortened(found[-1])
        if found and re.search(r"[\n.!?…]", gap) and _SENTENCE.search(text[max(0, last - 1):end]) and not short:
            sentence += 1
            clause += 1
        elif found and (_BREAK.search(gap[1:] if short else gap) or (low in JOINTS and not _between_names(text, spans, n))):
            clause += 1
        last = end
        number = low.startswith("#")
        found.append(Token(text[start:end], low, low if number else stem_of(low, language), start, end, sentence, clause,
                           text[start].isupper(), bool(_OPENING.search(text[max(0, start - 8):start])), number))
    return found


def _between_names(text: str, spans: Sequence[tuple[int, int, str]], n: int) -> bool:
    """Whether "and" joins two names here, not two clauses."""
    return spans[n][2] in ("og", "och", "and") and n + 1 < len(spans) and all(
        text[spans[k][0]].isupper() for k in (n - 1, n + 1))


def _shortened(word: Token) -> bool:
    """Whether a full stop after this word belongs to it: an initial, a known short form, "næringsmin."."""
    initial = len(word.text) == 1 and word.capital
    return initial or bool(expansions(word.low)) or word.low.endswith("min") or word.low in SHORT_FORMS


def plain(word: str) -> str:
    """Lower case without the English genitive."""
    return re.sub(r"['’]s?$", "", word.casefold())


@lru_cache(maxsize=16384)
def stem_of(word: str, language: str) -> str:
    found = stems(word, language)
    return found[0] if found else word


@lru_cache(maxsize=131072)
def likeness(word: str, other: str, language: str, theirs: str = "") -> float:
    """How surely `other` stands for `word` (lower case): 1 same form, .9 stem, .8 synonym or translation, .75 inflection or
    cognate, .7 compound; 0 no. `theirs` is the language of `other` where it is another one."""
    theirs = theirs or language
    apart = language != theirs
    if word == other:
        return 0.0 if apart and _by_chance(word) else 1.0
    if word[0] == "#" or other[0] == "#":
        return 0.5 if {word, other} == {"#1", "en"} else 0.0
    if apart and (day := weekday(word)) is not None and day == weekday(other):
        return 0.9
    if apart and (named := month(word)) is not None and named == month(other):
        return 0.9
    stem, other_stem = stem_of(word, language), stem_of(other, theirs)
    if stem == other_stem and len(stem) > 1 and not (apart and (_by_chance(word) or _by_chance(other))):
        return 0.9
    if other_stem in _expanded(word, theirs) or stem in _expanded(other, language):
        return 0.85
    if groups(word, stem, language) & groups(other, other_stem, theirs):
        return 0.8
    if len(word) < 3 or len(other) < 3:
        return 0.0
    if apart:
        kin = word not in LIGHT and other not in LIGHT and not _by_chance(word)
        if kin and (cognate(stem, other_stem) or cognate(word, other)):
            return 0.75
        inside = kin and len(word) > 3 and (folded(other).startswith(folded(stem)) or other.endswith(word))
        return 0.65 if inside or _in_parts(word, stem, other, language, theirs) else 0.0
    if _inflected(stem, other_stem):
        return 0.75
    outer = len(word) > 3 and (other.startswith(word) or (other.endswith(word) and len(other) > len(word) + 1))
    return 0.7 if outer or _holds(other, stem) else 0.65 if _in_parts(word, stem, other, language, theirs) else 0.0


@lru_cache(maxsize=1024)
def _expanded(word: str, language: str) -> frozenset[str]:
    """The stems of what an abbreviation stands for."""
    return frozenset(stem_of(full, language) for full in expansions(word))


def _by_chance(word: str) -> bool:
    """Whether two languages may share the word's letters and not the meaning: "men", "for", "gift"."""
    return word in FALSE_FRIENDS or (len(word) < 4 and word in LIGHT)


def _in_parts(word: str, stem: str, other: str, language: str, theirs: str) -> bool:
    """Whether the word stands for one part of a compound: "oil" for the first of "oljepriset"."""
    ours = groups(word, stem, language)
    if not ours:
        return False
    if any(ours & part for part in parts(other, theirs)):
        return True
    return language != theirs and theirs != "en" and any(
        ours & groups(other[cut:], stem_of(other[cut:], theirs), theirs) for cut in range(3, len(other) - 4))


@lru_cache(maxsize=32768)
def parts(compound: str, language: str) -> tuple[frozenset[int], ...]:
    """The synonym groups of the known words that a compound is made of; empty where it cannot be cut so."""
    if len(compound) < 6 or language == "en":
        return ()
    for cut in range(3, len(compound) - 2):
        first, last = compound[:cut], compound[cut:]
        head = next((found for form in (first, first[:-1] if first[-1] in "seoua" else "")
                     if len(form) > 2 and (found := groups(form, stem_of(form, language), language))), None)
        if not head:
            continue
        tail = groups(last, stem_of(last, language), language)
        rest = (tail,) if tail else parts(last, language)
        if rest:
            return head, *rest
    return ()


# What two words of one root may end in, stemmed.
_SUFFIXES = words_of(
    "a e er era ere erar erer ering sion tion sjon asjon isjon ation ition ing ning nding ande ende else nelse eri",
    "ist isk lig het dom skap ment",
    "dera dere der nsion sjoner sioner tioner ning nad ad at et en t te de d ed ive iv al ant ent ans ens ence ance or ør are",
)


def _inflected(stem: str, other: str) -> bool:
    """Long common beginning and short, different endings: "økte" and "økning" are left to the synonyms."""
    common = 0
    for a, b in zip(stem, other, strict=False):
        if a != b:
            break
        common += 1
    short, long = sorted((len(stem), len(other)))
    if common >= 4 and common >= short - 1 and long - common <= 4:
        return True
    return common >= 5 and stem[common:] in _SUFFIXES and other[common:] in _SUFFIXES


def _holds(compound: str, stem: str) -> bool:
    """Whether the stem opens or closes a compound; a stem of under five letters must be followed by four more."""
    if len(stem) < 4 or len(compound) < len(stem) + 3:
        return False
    return compound.startswith(stem) or (len(stem) >= 5 and stem in compound[3:])


def candidates(words: Sequence[Token], others: Sequence[Token], language: str, theirs: str = "") -> list[dict[int, float]]:
    """For each word, the positions in `others` that may stand for it, with their likeness."""
    theirs = theirs or language
    sayings, their_sayings = _sayings(words, language), _sayings(others, theirs)
    found = []
    for i, token in enumerate(words):
        here = {j: score for j, other in enumerate(others) if (score := likeness(token.low, other.low, language, theirs))}
        if i in sayings or (their_sayings and token.content):
            ours = sayings.get(i, frozenset()) | groups(token.low, token.stem, language)
            for j, other in enumerate(others):
                same = ours & their_sayings.get(j, frozenset())
                if same or (i in sayings and sayings[i] & groups(other.low, other.stem, theirs)):
                    here[j] = max(here.get(j, 0.0), 0.8)
        if not here and len(token.low) > 6 and not token.number:
            here = _from_parts(token, others, language, theirs)
        if not here and token.content and theirs == language:
            here = _from_compound(token.stem, words, others, language)
        if not here and token.text.isupper() and 2 <= len(token.text) <= 6:
            here = _from_initials(token.low, others)
        found.append(here)
    return found


def _sayings(words: Sequence[Token], language: str) -> dict[int, frozenset[int]]:
    """The synonym groups of words that stand together ("ger stöd åt"), for each of their positions."""
    found: dict[int, frozenset[int]] = {}
    for i, word in enumerate(words):
        for phrase, group in phrases(word.low):
            if [other.low for other in words[i:i + len(phrase)]] == list(phrase):
                found.update({k: found.get(k, frozenset()) | {group} for k in range(i, i + len(phrase))})
    return found


def _from_compound(word: str, words: Sequence[Token], others: Sequence[Token], language: str) -> dict[int, float]:
    """A short word that opens a compound whose other part is here as well: "hiv" and "utbruddet" for "hivutbruddet"."""
    found = {}
    for j, other in enumerate(others):
        rest = other.low.removeprefix(word)
        if rest != other.low and len(rest) > 2 and any(
                _part(rest, token.low, language, language) for token in words if token.content):
            found[j] = 0.65
    return found


def _from_parts(token: Token, others: Sequence[Token], language: str, theirs: str) -> dict[int, float]:
    """A compound whose both parts stand as words: "hivutbruddet" for "utbruddet av hiv"."""
    for cut in range(3, len(token.low) - 3):
        first, second = token.low[:cut], token.low[cut:]
        firsts = [j for j, other in enumerate(others) if _part(first, other.low, language, theirs)]
        if not firsts:
            continue
        seconds = [j for j, other in enumerate(others) if _part(second, other.low, language, theirs)]
        if seconds:
            return dict.fromkeys(seconds, 0.65)
    return {}


@lru_cache(maxsize=65536)
def _part(part: str, word: str, language: str, theirs: str) -> bool:
    """Whether a part of a compound is the word, a linking letter or an ending aside."""
    stem = stem_of(word, theirs)
    if len(stem) < 2 or word in LIGHT:
        return False
    bare = part[:-1] if len(part) > 2 and part[-1] in "seoua" else part
    inflected = len(bare) >= 4 and word.startswith(bare) and len(word) - len(bare) <= 5
    if inflected or stem in (bare, stem_of(part, language)):
        return True
    return any(groups(form, stem_of(form, language), language) & groups(word, stem, theirs) for form in (part, bare))


def _from_initials(acronym: str, others: Sequence[Token]) -> dict[int, float]:
    """Neighbouring words whose first letters make the acronym, small words left out or in."""
    for named in ([j for j, t in enumerate(others) if t.low not in LIGHT], list(range(len(others)))):
        letters = "".join(others[j].low[0] for j in named)
        at = letters.find(acronym)
        if at >= 0 and others[named[at]].capital:
            return {named[at]: 0.7}
    return {}


def align(words: Sequence[Token], others: Sequence[Token], language: str, theirs: str = "") -> list[int | None]:
    """The best position in `others` for each word, neighbours pulling it to where they stand themselves."""
    options = candidates(words, others, language, theirs)
    placed: list[int | None] = []
    for i, here in enumerate(options):
        if not here:
            placed.append(None)
            continue
        sure = {j: score + _support(words, options, i, j) for j, score in here.items()} if len(here) > 1 else here
        placed.append(_surest(sure))
    return placed


def _surest(scores: Mapping[int, float]) -> int:
    """The place with the highest score, the first of equals."""
    return min(scores, key=lambda j: (-scores[j], j))


def _support(words: Sequence[Token], options: Sequence[dict[int, float]], i: int, j: int) -> float:
    """How many of the neighbours may stand near `j` too; the closest count most."""
    total = 0.0
    for k in range(max(0, i - 5), min(len(options), i + 6)):
        if k == i or not options[k]:
            continue
        distance = min(abs(other - j) for other in options[k])
        weight = 0.2 if words[k].content or words[k].number else 0.05
        if distance <= 6:
            total += weight * (2 if distance <= 2 and abs(k - i) <= 2 else 1)
    return total
