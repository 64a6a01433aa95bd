"""Who claims what: the words of a text that hang on "X says", "according to X" or a dash quote. Knows tokens only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import cues
from index.alignment import LIGHT, Token
from index.numbers import weekday
from index.words import words_of

# Verbs whose object is a claim. Those that vouch for it themselves stand apart: their loss changes nothing.
_CLAIMING = words_of(
    "säger sade sa sagt säga sier si siger sagde says said say saying tell tells told uttalar uttalade uttaler",
    "uttalte udtaler udtalte berättar berättade berättat forteller fortalte fortalt fortæller states stated uppger",
    "uppgav uppgett oppgir oppga opplyser opplyste oplyser oplyste upplyser upplyste förklarar förklarade förklarat",
    "forklarer forklarte forklarede explains explained kommenterar kommenterade kommenterer kommenterte comments",
    "commented tillägger tillade tilføyer tilføyde tilføjer adds added framhåller framhöll framholder framholdt",
    "fremholder understryker underströk understreker understreket betonar betonade konstaterar konstaterade",
    "konstaterer konstaterte declares declared announces announced meddelar meddelade meddelte melder meldte",
    "kunngjør kunngjorde tillkännager tillkännagav notes noted noterar noterade noterte remarks remarked menar",
    "menade mener mente anser ansåg tycker tyckte thinks thought believes believed hävdar hävdade hävdat hevder",
    "hevdet hævder hævdede claims claimed påstår påstod påstått påsto argues argued skriver skrev skrevet writes",
    "wrote rapporterar rapporterade rapporterer rapporterte reports reported tror trodde tviler fruktar frykter",
    "håper hoppas hoppades håpet innrømmer innrømmet medger medgav medgir erkjenner erkjente erkänner erkände",
    "admits admitted förnekar förnekade benekter benektet denies denied avviser avviste avvisar avvisade lovar",
    "lovade lover lovet promises promised varnar varnade advarer advarte warns warned föreslår föreslog foreslår",
    "foreslo proposes proposed suggests suggested antyder antydet antydde insisterar insisterer insists insisted",
    "fastholder fastholdt vidhåller vidhöll poengterer poengterte påpeker påpekte påpekar påpekade fortsätter",
    "fortsetter presiserer presiserte svarar svarade svarer svarte replied replies uppskattar anslår mistenker",
    "misstänker beskriver beskrev describes described kaller kalte kallar kallade krever krevde kräver krävde",
    "oppfordrer uppmanar spår vurderer bedømmer bedömer bedömde konkluderer konkluderte hevda syns synes opplever",
    "beklager beklaget beklagar forsikrer försäkrar försäkrade gjentok gjentar upprepar upprepade minner påminner",
    "utdyper utvecklar ropte ropade",
)
VOUCHING = words_of(
    "visar visade visat viser viste vist shows showed bekräftar bekräftade bekrefter bekreftet bekræfter confirms",
    "confirmed framgår fremgår framkommer fremkommer avslöjar avslöjade avslører avslørte reveals revealed fastslår",
    "fastslog opplyser opplyste oplyser oplyste upplyser upplyste meddelar meddelade meddeler announces announced",
    "kunngjør kunngjorde",
)
_MORE = words_of("estimates estimated calls called kalder kaldte")
CLAIMING = (_CLAIMING | cues.INDIRECT | _MORE) - VOUCHING - frozenset(cues.SPLIT) - {"lader"}
TWO_PARTS = {
    "slår": "fast", "slo": "fast", "slog": "fast", "legger": "til", "la": "til", "lägger": "till", "lade": "till",
    "peker": "på", "pekte": "på", "pekar": "på", "pekade": "på", "trekker": "fram", "trakk": "fram", "lyfter": "fram",
    "lyfte": "fram", "løfter": "fram", "viser": "til", "viste": "til", "hänvisar": "till", "hänvisade": "till",
    "points": "out", "pointed": "out", "går": "ut", "gikk": "ut", "gick": "ut",
}
_SOURCING = words_of("ifølge enligt ifölge iflg enl följe")
_PRONOUNS = words_of("han hon hun de she he they vedkommende den det hen")
_PERSONS = words_of("han hon hun she he they de")
_WHILE = words_of("mens medan while whereas")
_AND = words_of("og och and men but")
_FIRST = words_of("jag jeg vi i we man en you du")
_THAT = words_of("att at that")
_AIMS = words_of("til till to overfor inför")
_PLACES = words_of("i in på on vid ved hos av of for för från fra from at")
_TELLING = words_of("told tells")  # what follows is the hearer
# These take a claim without "that" too ("hun mener det er bra").
_BARE = words_of(
    "säger sade sa menar anser tror tycker sier mener mente siger synes sagde said says believes thinks believed",
    "thought claims claimed uppger hevder hævder håper hoppas hevdet hävdar estimates",
)
_NAMING = words_of(
    "kallar kallade kaller kalte kalder kaldte calls called beskriver beskrev describes described",
)
_IT = words_of("det dette detta den it this that")
_LIKE = words_of("slik som as såsom sånn")  # "as X wrote" vouches for it
_ADVERBS = words_of("nå nu altså alltså også också derfor därför dog da då imidlertid dessutom dessuten now also")
_TIMES = words_of(
    "nå nu now etter efter after under før före before igår idag nylig nyligen tidligere tidigare senere senare her här der",
    "där",
)
_PASSIVE = words_of("er var ble blir bli blitt blei blev blivit bliver blevet vart är varit vært was were been being be is are")
_OWNERS = words_of("av af of fra från from")
_POINTERS = words_of("det dette detta so")
# Before "that" these make another clause than a claim ("for at", "etter at", "så att").
_NO_CLAIM = words_of(
    "til till for för etter efter uten utan så slik sånn om på med av ved vid i enn än end mot före før innan trots",
    "genom gjennom från fra hos so and og och men but or eller försöker försökte går gick kommer kom börjar började",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: positions of the speaker's words, of the verb, and of the words that are claimed.

    `vouched` where the verb itself says that it is so. `speaker` is empty where the text names nobody (a dash quote).
    """

    speaker: tuple[int, ...]
    cue: int
    content: frozenset[int]
    vouched: bool = False


def claims(words: Sequence[Token], text: str) -> list[Claim]:
    """Every attribution in the text. A dash quote without one inherits its neighbour's ("Det sier X.", "– ...")."""
    found: list[Claim] = []
    spans = _sentences(words)
    for n, (first, last) in enumerate(spans):
        for claim in _parted(words, _claims_of(words, text, first, last)):
            pointing = n and words[first].low in _POINTERS and claim.cue == first + 1
            found.append(replace(claim, content=frozenset(range(*spans[n - 1]))) if pointing else claim)
    return found + _inherited(words, text, spans, found)


def claiming(word: str) -> bool:
    """Whether a lower-case word is a verb of claiming, vouching verbs and verbs in two parts included."""
    return word in CLAIMING or word in VOUCHING or word in TWO_PARTS


def pronoun(words: Sequence[Token], claim: Claim) -> bool:
    """Whether the speaker is only pointed at ("hon")."""
    return any(words[i].low in _PRONOUNS for i in claim.speaker) and not any(
        words[i].capital and words[i].low not in _PRONOUNS for i in claim.speaker)


def _sentences(words: Sequence[Token]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for i, word in enumerate(words):
        if spans and words[spans[-1][0]].sentence == word.sentence:
            spans[-1] = (spans[-1][0], i + 1)
        else:
            spans.append((i, i + 1))
    return spans


def _parted(words: Sequence[Token], found: list[Claim]) -> list[Claim]:
    """Claims of one sentence, each ending where "while Y says" begins the next."""
    kept = []
    for n, claim in enumerate(found):
        for then in found[n + 1:]:
            start = min(then.speaker, default=0)
            if claim.cue < start <= then.cue and then.speaker != claim.speaker and (
                    words[start - 1].low in _AND | _WHILE or words[start].low in _AND | _WHILE):
                claim = replace(claim, content=frozenset(k for k in claim.content if k < start - 1))
                break
        kept.append(claim)
    return kept


def _claims_of(words: Sequence[Token], text: str, first: int, last: int) -> list[Claim]:
    found = []
    for i in range(first, last):
        low = words[i].low
        if low in _SOURCING or (low == "følge" and i > first and words[i - 1].low == "i") or (
                low == "to" and i > first and words[i - 1].low == "according"):
            speaker = _source(words, text, i + 1, last)
            found.append(Claim(speaker, i, _sourced(words, i, speaker, first, last)))
        elif low in CLAIMING or low in VOUCHING or _introduces(words, i, last) or _in_two_parts(words, i, last):
            claim = _claim_at(words, text, i, first, last, found[-1].speaker if found else ())
            if claim is not None:
                found.append(claim)
    return found


def _in_two_parts(words: Sequence[Token], i: int, last: int) -> bool:
    """"slår X fast", "legger X til": the verb with its particle within six words."""
    particle = TWO_PARTS.get(words[i].low)
    return particle is not None and any(words[k].low == particle for k in range(i + 1, min(i + 7, last)))


def _introduces(words: Sequence[Token], i: int, last: int) -> bool:
    """Whether any other word leads up to "that" ("trekker fram at"). Only used to find the speaker, never to demand one."""
    return i + 1 < last and words[i + 1].low in _THAT and words[i].low not in _NO_CLAIM | _PRONOUNS and not words[i].capital


def _claim_at(words: Sequence[Token], text: str, cue: int, first: int, last: int, speaking: tuple[int, ...]) -> Claim | None:
    that = next((k for k in range(cue + 1, min(cue + 14, last)) if words[k].low in _THAT), None)
    if that is not None and any(c in text[words[cue].end:words[that].start] for c in ".;:–"):
        that = None
    if cue > first and words[cue - 1].low in _PASSIVE:
        return None
    if words[cue].low == "states" and (words[cue].capital or words[cue - 1].low in ("member", "the", "all")):
        return None
    if cue + 1 < last and words[cue + 1].low in _FIRST and not _gap(text, words, cue, cue + 1):
        return None
    before = text[words[cue - 1].end:words[cue].start] if cue > first else "\n"
    parted = any(c in before for c in ",»”\"“–\n!?") or (cue == first + 1 and words[first].low in _POINTERS)
    appositive = "," in before and that == cue + 1
    if cue > first and words[cue - 1].low in _AND and not parted:
        subject = speaking or _opening_name(words, first, cue)
    elif words[cue].low in _TELLING:
        subject = _subject_before(words, text, cue, first, "," in before)
    elif not appositive and (parted or _inverted(words, text, cue, first, last)):
        subject = _subject_after(words, text, cue, last)
    else:
        subject = _subject_before(words, text, cue, first, appositive)
    if not subject or any(words[k].low in _FIRST for k in subject):
        return None
    if not claiming(words[cue].low) and not any(
            (words[k].capital and words[k].low not in LIGHT) or words[k].low in _PERSONS for k in subject):
        return None
    quoting = any(c in text[words[cue].end:words[last - 1].end] for c in ":«»\"”“–")
    if parted and not appositive:
        span = range(first, last if quoting or cue == first + 1 else cue)
    elif that is None and words[cue].low not in _BARE and not quoting and not _of_it(words, cue, last):
        return None
    else:
        span = range((cue if that is None else that) + 1, last)
    if that is None and not any(words[k].content for k in span) and min(subject) > first:
        span = range(first, min(subject))
    content = frozenset(span) - {cue, *subject}
    vouched = words[cue].low in VOUCHING or not claiming(words[cue].low) or words[subject[0]].low in _LIKE
    return Claim(subject, cue, content, vouched)


def _of_it(words: Sequence[Token], cue: int, last: int) -> bool:
    """"calls it a waste": naming something pointed at is claiming it."""
    return words[cue].low in _NAMING and cue + 1 < last and words[cue + 1].low in _IT


def _sourced(words: Sequence[Token], i: int, speaker: Sequence[int], first: int, last: int) -> frozenset[int]:
    """What "according to X" covers: what follows after "but", what precedes at the end, otherwise its whole sentence."""
    start, stop = first, last
    if i > first and words[i - 1].low in _AND:
        start = i
    elif i > first + 2 and last - max(speaker, default=i) <= 3:
        stop = i
    return frozenset(range(start, stop)) - {i, *speaker}


def _inverted(words: Sequence[Token], text: str, cue: int, first: int, last: int) -> bool:
    """Verb before subject ("Til VG sier hun", "I dag sier Berg"): a name or pronoun follows and none stands right before."""
    if cue + 1 >= last or _gap(text, words, cue, cue + 1):
        return False
    opening = next((k for k in range(cue - 1, first - 1, -1) if k == first or _gap(text, words, k - 1, k)), first)
    while opening < cue and words[opening].low in _AND:
        opening += 1
    if opening < cue and words[cue + 1].low not in _THAT and (
            words[opening].low in _PLACES | _AIMS | _TIMES or weekday(words[opening].low) is not None) \
            and len(_outside_places(words, range(opening, cue))) <= 1:
        return True
    then = next((k for k in range(cue + 1, last) if words[k].low not in _ADVERBS), cue + 1)
    if not (words[then].low in _PRONOUNS or words[then].capital):
        return False
    if cue == first or (not words[cue - 1].capital and words[cue - 1].low not in _PRONOUNS):
        return True
    if cue == first + 1 and (words[then].capital or weekday(words[first].low) is not None or words[first].low in LIGHT):
        return words[first].low not in _PRONOUNS
    return any(words[k].low in _PLACES | _AIMS for k in range(max(first, cue - 3), cue))


def _gap(text: str, words: Sequence[Token], left: int, right: int) -> bool:
    return any(c in text[words[left].end:words[right].start] for c in ",:;–«\"”")


def _subject_after(words: Sequence[Token], text: str, cue: int, last: int) -> tuple[int, ...]:
    """The words after the verb, up to the person spoken to ("til NTB") or the comma after the name."""
    found: list[int] = []
    k = cue + 1
    while k < min(cue + 16, last):
        if words[k].low in _THAT or words[k].low in ("om", "about", "som", "who"):
            break
        if words[k].low in _AIMS:
            if found:
                break
            k += 2
            while k < last and words[k].capital and words[k - 1].capital and not _gap(text, words, k - 1, k):
                k += 1
            continue
        if found and _gap(text, words, k - 1, k) and _named(words, found):
            break
        found.append(k)
        k += 1
    return _without_places(words, found)


def _subject_before(words: Sequence[Token], text: str, cue: int, first: int, appositive: bool) -> tuple[int, ...]:
    """The words before the verb, back to punctuation; across it where an apposition stands between ("X, leder i Y, sier")."""
    found: list[int] = []
    for k in range(cue - 1, first - 1, -1):
        if words[k].low in _THAT:
            break
        if found and not appositive and _gap(text, words, k, k + 1) and any(
                words[f].capital or words[f].content or words[f].low in _PRONOUNS for f in found):
            break
        if found and words[k].low in _WHILE:
            break
        found.append(k)
    return _without_places(words, list(reversed(found)))


def _named(words: Sequence[Token], found: Sequence[int]) -> bool:
    return any(words[k].capital for k in _without_places(words, found))


def _without_places(words: Sequence[Token], found: Sequence[int]) -> tuple[int, ...]:
    """Without the names that a preposition brings in ("ordfører i Luster kommune, X"); with them where nothing is left."""
    return _outside_places(words, found) or tuple(found)


def _outside_places(words: Sequence[Token], found: Sequence[int]) -> tuple[int, ...]:
    kept = []
    inside = False
    for n, k in enumerate(found):
        if words[k].low in _PLACES:
            inside = True
        elif not (inside and n and found[n - 1] == k - 1 and words[k].start - words[k - 1].end < 2):
            inside = False
            kept.append(k)
    return tuple(kept)


def _source(words: Sequence[Token], text: str, start: int, last: int) -> tuple[int, ...]:
    """After "according to": the first names, or the first two nouns, before a comma or a preposition."""
    found: list[int] = []
    for k in range(start, min(start + 8, last)):
        if found and (_gap(text, words, k - 1, k) or words[k].low in _PLACES - _OWNERS):
            break
        if found and any(words[f].capital for f in found) and not words[k].capital and text[words[k].start - 1] != "-":
            break
        found.append(k)
    named = tuple(k for k in found if words[k].capital)
    return named or tuple(k for k in found if words[k].content)[:2]


def _inherited(words: Sequence[Token], text: str, spans: list[tuple[int, int]], found: list[Claim]) -> list[Claim]:
    """Claims for sentences that open with a dash or stand between quotation marks and name no speaker themselves."""
    covered = {k for claim in found for k in claim.content}
    more: list[Claim] = []
    for n, (first, last) in enumerate(spans):
        empty = not any(k in covered for k in range(first, last))
        if not empty or not _quoted(words, text, first):
            continue
        speaker = _neighbour(words, text, spans, found + more, n)
        more.append(Claim(speaker, first, frozenset(range(first, last))))
    return more


def _quoted(words: Sequence[Token], text: str, first: int) -> bool:
    """Whether the sentence opens with a dash or a quotation mark, or its line does."""
    start = text.rfind("\n", 0, words[first].start) + 1
    opening = text[max(start, words[first].start - 3):words[first].start]
    return any(c in opening + text[start:start + 1] for c in "–—-«\"”“")


def _neighbour(words: Sequence[Token], text: str, spans: list[tuple[int, int]], found: list[Claim], n: int) -> tuple[int, ...]:
    """Whoever speaks on the same line, "Det sier X" after the quote, else the last speaker before it, else nobody."""
    line = _line(words, text, spans[n][0])
    for claim in found:
        if _line(words, text, claim.cue) == line and claim.speaker:
            return claim.speaker
    if n + 1 < len(spans):
        first, last = spans[n + 1]
        if words[first].low in _POINTERS:
            for claim in found:
                if first <= claim.cue < last:
                    return claim.speaker
    earlier = [claim for claim in found if claim.cue < spans[n][0]]
    if earlier:
        return max(earlier, key=lambda claim: claim.cue).speaker
    return _first_name(words, *spans[n - 1]) if n else ()


def _opening_name(words: Sequence[Token], first: int, cue: int) -> tuple[int, ...]:
    """What the sentence is about: the name it opens with, or else its first noun."""
    name = _first_name(words, first, min(cue, first + 5))
    return name or tuple(k for k in range(first, cue) if words[k].content)[:1]


def _first_name(words: Sequence[Token], first: int, last: int) -> tuple[int, ...]:
    """The first run of names in a sentence: whoever it is about."""
    run: list[int] = []
    for k in range(first, last):
        if words[k].capital and (not words[k].opening or (k + 1 < last and words[k + 1].capital)):
            run.append(k)
        elif run:
            break
    return tuple(run)


def _line(words: Sequence[Token], text: str, i: int) -> int:
    return text.count("\n", 0, words[i].start)
