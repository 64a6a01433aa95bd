"""Whether a question asks who said what, of whom, about what, and when. Knows words only: no archive, no model."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.grammar import PREPOSITIONS
from index import numbers

Asking = Literal["topic", "speaker", "speakers", "whether", "premise"]
# `topic`: what somebody says, about something or at all. `speaker`: who said a certain thing. `speakers`: who has spoken on
# something. `whether`: did somebody say it. `premise`: why or when somebody said it, which takes for granted that it was said.

_SAYS = (
    "säger|sade|sa|tycker|tyckte|menar|menade|anser|ansåg|påstår|påstod|hävdar|hävdade|skriver|skrev|berättar|berättade"
    "|uppger|uppgav|lovar|lovade|erkänner|erkände|medger|medgav|förklarar|förklarade"
    "|sier|mener|mente|synes|syntes|hevder|hevdet|forteller|fortalte|uttaler|uttalte|lover|lovet|innrømmer|innrømmet|innrømte"
    "|forklarer|forklarte"
    "|siger|sagde|hævder|hævdede|påstår|påstod|fortæller|fortalte|udtaler|udtalte|oplyser|oplyste|indrømmer|indrømmede|forklarede"
)
_SAID = (
    "sagt|uttalat|tyckt|menat|ansett|påstått|hävdat|skrivit|berättat|uppgett|lovat|erkänt|medgett|förklarat"
    "|uttalt|ment|synes|hevdet|skrevet|fortalt|lovet|udtalt|hævdet|påstået|oplyst|innrømmet|indrømmet|forklart|forklaret"
)
_SAY = "say|think|tell us|write|claim|argue|state|promise|suggest|admit|explain|warn"
_SAID_EN = (
    "said|says|thought|thinks|told us|written|wrote|claimed|claims|argued|argues|stated|states|promised|admitted|admits"
    "|explained|warned"
)
_ABOUT = r"om|kring|angående|gällande|beträffande|rundt|vedrørende|rundt om|about|on|regarding|concerning"
_REALLY = r"(?:verkligen|faktiskt|någonsin|virkelig|faktisk|noen gang|noensinde|nogensinde|really|actually|ever)\s+"
_WHY = r"varför|hvorfor|kvifor|why|när|når|hvornår|when"
_WHO = r"(?P<who>\S.*?)"
_TOPIC = rf"(?:\s+(?:{_ABOUT})\s+(?P<topic>.+))?"
_THAT = r"(?:att|at)\s+(?P<topic>.+)"

_HAS = r"(?:har|hade|hadde|havde)"
_SELF = rf"(?:{_SAYS}|{_SAID}|uttalar|uttalade)\s+(?:sig|seg)|yttrat\s+sig|(?:{_SAYS}|{_SAID})\s+(?:något|någonting|noe|noget)"
_SPOKEN = r"(?:commented|comments) on|(?:spoken|spoke)(?: out)? (?:about|on)|said (?:anything|something) (?:about|on)"
_SMALL = r"(?-i:[^\WA-ZÅÄÖÆØ]\w*)"
_PATTERNS: tuple[tuple[Asking, str], ...] = (
    ("topic", rf"(?:vad|hva|kva|hvad)\s+(?:{_SAYS})\s+{_WHO}{_TOPIC}"),
    ("topic", rf"(?:vad|hva|kva|hvad)\s+{_HAS}\s+{_WHO}\s+(?:{_SAID}){_TOPIC}"),
    ("topic", rf"what\s+(?:did|does|do|has|have|had)\s+{_WHO}\s+(?:{_SAY}|{_SAID_EN}){_TOPIC}"),
    ("topic", rf"what\s+(?:is|was)\s+{_WHO}\s+saying{_TOPIC}"),
    ("speakers", rf"(?:vem|vilka|hvem|hvilke)\s+(?:{_HAS}\s+)?(?:{_SELF})\s+(?:{_ABOUT})\s+(?P<topic>.+)"),
    ("speakers", rf"who\s+(?:(?:has|have|had)\s+)?(?:{_SPOKEN})\s+(?P<topic>.+)"),
    ("speaker", rf"(?:vem|hvem|kven)\s+(?:(?:var|är|er)\s+det\s+som\s+)?(?:{_HAS}\s+)?(?:{_SAYS}|{_SAID})"
                rf"(?:\s+{_SMALL}){{0,4}}?\s+{_THAT}"),
    ("speaker", rf"who\s+(?:(?:was|is)\s+it\s+(?:that|who)\s+)?(?:(?:has|had)\s+)?(?:{_SAID_EN})(?:\s+that)?\s+(?P<topic>.+)"),
    ("whether", rf"(?:{_SAYS})\s+{_WHO}\s+(?:{_REALLY})?{_THAT}"),
    ("whether", rf"{_HAS}\s+{_WHO}\s+(?:{_REALLY})?(?:{_SAID})\s+{_THAT}"),
    ("whether", rf"(?:did|does|has|had)\s+{_WHO}\s+(?:{_REALLY})?(?:{_SAY}|{_SAID_EN})(?:\s+that)?\s+(?P<topic>.+)"),
    ("whether", rf"(?:var|er|är)\s+det\s+(?:{_REALLY})?{_WHO}\s+som\s+(?:{_SAYS}|har\s+(?:{_SAID}))\s+{_THAT}"),
    ("whether", rf"(?:was|is)\s+it\s+(?:{_REALLY})?{_WHO}\s+(?:who|that)\s+(?:{_SAID_EN})(?:\s+that)?\s+(?P<topic>.+)"),
    ("premise", rf"(?:{_WHY})\s+(?:{_SAYS})\s+{_WHO}\s+{_THAT}"),
    ("premise", rf"(?:{_WHY})\s+{_HAS}\s+{_WHO}\s+(?:{_SAID})\s+{_THAT}"),
    ("premise", rf"(?:{_WHY})\s+(?:did|does|has|had)\s+{_WHO}\s+(?:{_SAY}|{_SAID_EN})(?:\s+that)?\s+(?P<topic>.+)"),
)
_NAME = re.compile(r"[^\W\d_][^\W_]*(?:[-'’.][^\W_]+)*\.?")
_IN = r"(?:i|in|under|during|år|year)"
_YEAR = re.compile(r"(?:\s(?P<month>[^\W\d_]{3,}))?\s(?P<year>(?:1[5-9]|20)\d\d)$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATE = _words("mer mere more idag nu nå now egentligen egentlig verkligen virkelig faktiskt faktisk")
_NO_NAME = _words(
    "och og and eller or att at that som who hon han hun hen de dem du ni man she he they it you vi we"
)
_ARTICLES = _words("the a an den det de en ett et ei")
_PARTICLES = _words("von van de der den da di del la le el al bin ibn af ter zu dos")


@dataclass(frozen=True, slots=True)
class Saying:
    """`speaker` and `topic` are as the question has them; None where it leaves them open. `when` is a year or `2013-05`."""

    asking: Asking
    speaker: str | None
    topic: str | None
    when: str | None = None


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[Asking, re.Pattern[str]], ...]:
    return tuple((asking, re.compile(form, re.I)) for asking, form in _PATTERNS)


def asked_saying(question: str) -> Saying | None:
    """What a question asks about who said what; None for every other question (and for one about two people at once)."""
    text = " ".join(question.split()).rstrip(" ?.!")
    text, when = _dated(text)
    for asking, form in _forms():
        if match := form.fullmatch(text):
            found = match.groupdict()
            speaker = _speaker(found["who"]) if "who" in found else None
            if "who" in found and speaker is None:
                return None
            return Saying(asking, speaker, found.get("topic"), when)
    return None


def _dated(text: str) -> tuple[str, str | None]:
    """A question without the year, or month and year, at its end; a year that belongs to a name ("valet 2018") stays."""
    match = _YEAR.search(text)
    if match is None:
        return text, None
    month = 5 if match["month"] == "May" else numbers.month(match["month"] or "")
    begin = match.start("month") - 1 if month else match.start("year") - 1
    stated = re.search(rf"(?:\s+{_IN})+$", text[:begin], re.I)
    if month is None and stated is None and _names_topic(text):
        return text, None
    return text[:stated.start() if stated else begin], f"{match['year']}-{month:02}" if month else match["year"]


def _names_topic(text: str) -> bool:
    return re.search(rf"\s(?:{_ABOUT}|att|at|that)\s", text) is not None


def _speaker(told: str) -> str | None:
    """The name in "presstalesperson Stefan Wickberg"; three words at most where none has a capital. None for no name."""
    parts = told.strip(" ,").split()
    while len(parts) > 1 and parts[-1].lower() in _LATE:
        parts.pop()
    if parts and parts[-1].lower() in _ARTICLES:
        return None  # "Why does the state …": no verb of saying after all
    if not all(_NAME.fullmatch(part) for part in parts) or not _NO_NAME.isdisjoint(map(str.lower, parts)):
        return None
    first = len(parts)
    while first and (parts[first - 1][0].isupper() or parts[first - 1] in _PARTICLES):
        first -= 1
    while first < len(parts) and parts[first] in _PARTICLES:
        first += 1
    before = parts[:first]
    if first < len(parts):
        placed = before and before[-1].lower() in PREPOSITIONS
        return None if placed or any(part[0].isupper() for part in before) else " ".join(parts[first:])
    return " ".join(parts) if len(parts) <= 3 and parts and not any(part[0].isupper() for part in parts) else None
