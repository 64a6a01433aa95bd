"""Numbers, units, dates and weekdays as they are written in Swedish, Norwegian, Danish and English. Knows no articles.

A figure that can be read in two ways (`520,159` is 520 159 or 520.159) carries both readings; two figures agree where
one reading is common to both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

_ONES = {
    "noll null nul zero": 0, "två to two": 2, "tre three": 3, "fyra fire four": 4, "fem five": 5, "sex seks six": 6,
    "sju syv seven": 7, "åtta åtte otte eight": 8, "nio ni nine": 9, "tio ti ten": 10, "elva elleve eleven": 11,
    "tolv twelve": 12, "tretton tretten thirteen": 13, "fjorton fjorten fourteen": 14, "femton femten fifteen": 15,
    "sexton seksten sixteen": 16, "sjutton sytten seventeen": 17, "arton atten eighteen": 18,
    "nitton nitten nineteen": 19,
}
_TENS = {
    "tjugo tjue tyve twenty": 20, "trettio tretti tredve thirty": 30, "fyrtio førti fyrre forty": 40,
    "femtio femti halvtreds fifty": 50, "sextio seksti tres sixty": 60, "sjuttio sytti halvfjerds seventy": 70,
    "åttio åtti firs eighty": 80, "nittio nitti halvfems ninety": 90,
}
_HUNDREDS = {"hundra hundre hundrede hundred": 100, "tusen tusind thousand": 1000}
# "en" and "ett" are articles first; they count as the number only where the other side writes 1.
_ARTICLES = frozenset(["en", "ett", "et", "én", "ei", "eitt", "one", "a", "an", "éin", "ene"])
_ORDINALS = {
    "första förste første first": 1, "andra andre anden annen andet second näst nest næst": 2, "tredje third": 3,
    "fjärde fjerde fourth": 4, "femte fifth": 5, "sjätte sjette sixth": 6, "sjunde sjuende syvende seventh": 7,
    "åttonde åttende ottende eighth": 8, "nionde niende ninth": 9, "tionde tiende tenth": 10,
    "elfte ellevte eleventh": 11, "tolfte tolvte twelfth": 12, "trettonde trettende thirteenth": 13,
    "tjugonde tjuende tyvende twentieth": 20, "hundrade hundredth": 100,
}
# "second" and its Scandinavian kin also mean "other": never demanded, only offered.
_LOOSE_ORDINALS = frozenset(["andra", "andre", "anden", "annen", "andet", "second", "näst", "nest", "næst"])
_MAGNITUDES = {
    "k": 3, "tusen": 3, "tusind": 3, "thousand": 3, "hundra": 2, "hundre": 2, "hundred": 2,
    "miljon": 6, "miljoner": 6, "million": 6, "millioner": 6, "millions": 6, "mill": 6, "milj": 6, "mn": 6, "mkr": 6,
    "mio": 6, "miljard": 9, "miljarder": 9, "milliard": 9, "milliarder": 9, "mrd": 9, "mdr": 9, "mdkr": 9, "md": 9,
    "biljon": 12, "biljoner": 12, "billioner": 12, "bn": 9, "trillion": 12, "trillions": 12,
}
_UNITS = {
    "percent": "% procent prosent pst percent pct",
    "points": "procentenheter procentenhet prosentpoeng procentpoint",
    "crowns": "kr kronor kroner krona krone sek nok dkk mkr mdkr",
    "dollars": "$ dollar dollars usd", "euros": "€ euro euros eur",
    "pounds": "£ pund pounds gbp", "kilometres": "km kilometer kilometers kilometre kilometres",
    "metres": "m meter metres meters", "miles": "miles mile engelska", "scandinavian miles": "mil",
    "centimetres": "cm centimeter centimetres centimetre", "millimetres": "mm millimeter millimetres millimetre",
    "hectares": "ha hektar hectares hectare", "acres": "acres acre tunnland", "knots": "knop knots",
    "square metres": "kvm kvadratmeter kvadratmeters m2", "square kilometres": "kvadratkilometer km2",
    "watts": "watt w", "kilowatts": "kilowatt kw", "megawatts": "megawatt mw",
    "kilowatt hours": "kwh kilowattimmar kilowattimer",
    "kilograms": "kg kilo kilos kilogram", "tonnes": "ton tonn tonnes tons",
    "litres": "l liter litres", "degrees": "° grader grad degrees", "hours": "tim timmar timme timer time hours hour",
    "minutes": "min minuter minutter minutes minute", "seconds": "sekunder sekund seconds",
    "days": "dagar dager dage dag days day dygn døgn", "weeks": "veckor vecka uker uke uger uge weeks week",
    "months": "månader månad måneder måned months month", "years": "år years year",
    "times": "gånger gång ganger gang gange times",
}
_MONTHS = (
    "januari januar january jan", "februari februar february feb", "mars marts march mar", "april apr", "maj mai may",
    "juni june jun", "juli july jul", "augusti august aug", "september sep sept", "oktober october okt oct",
    "november nov", "december desember dec des",
)
VERBS_TOO = frozenset({"may", "march", "mar", "marts"})  # months only with a capital, in English
_WEEKDAYS = (
    "måndag mandag monday", "tisdag tirsdag tuesday", "onsdag wednesday", "torsdag thursday", "fredag friday",
    "lördag lørdag saturday", "söndag søndag sunday",
)
_WEEKDAY = re.compile("|".join(f"({'|'.join(names.split())})" for names in _WEEKDAYS))
# Number words of one language that are other words in another: "elva" is the river, "to" and "fire" are English.
_OTHERWISE = {"en": "to tre fire fem ti ni sex tres firs elva seks fyra nul", "sv": "to fire ti ni seks tres firs ten nul",
              "no": "elva sex ten tres firs fyra", "da": "elva sex ten fyra", "": ""}
_FIGURE = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.,  \u202f]\d{3})+(?![\d])|\d+(?:[.,:]\d+)*)"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_TOKEN = re.compile(r"[^\W\d_]+|[%$€£°]")
_JOINED = re.compile(r"\s*(?:och|og|and|eller|or|till|til|to|–|-|,|respektive|mot|fra|från)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in a text: every reading of its value, its unit ("" where none is known) and where it stands.

    `loose` ones (an article, "second") may answer for a number elsewhere but demand nothing themselves.
    """

    values: frozenset[str]
    unit: str
    start: int
    end: int
    loose: bool = False
    digits: bool = True

    def agrees(self, other: "Quantity") -> bool:
        """Same value in one of the readings, and no two different units."""
        if not self.values & other.values:
            return False
        return self.unit == other.unit or (not (self.unit and other.unit) and "percent" not in (self.unit, other.unit))


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told: 0 where the day or the year is missing."""

    year: int
    month: int
    day: int
    start: int
    end: int

    def agrees(self, other: "Day") -> bool:
        """Whether `other` tells all that this one tells, as far as it goes; a missing year contradicts nothing."""
        return (self.month == other.month and self.day in (0, other.day)
                and (not self.year or not other.year or self.year == other.year))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, int], dict[str, int], dict[str, str], dict[str, int]]:
    cardinal = {word: value for table in (_ONES, _TENS, _HUNDREDS) for names, value in table.items() for word in names.split()}
    ordinal = {word: value for names, value in _ORDINALS.items() for word in names.split()}
    unit = {word: name for name, words in _UNITS.items() for word in words.split()}
    month = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()}
    return cardinal, ordinal, unit, month


@lru_cache(maxsize=4096)
def numeral(word: str) -> int | None:
    """The value of a number word, written together or with hyphens ("tjugofem", "twenty-five"); None for other words."""
    cardinal = _tables()[0]
    word = word.casefold().replace("-", "")
    if word in cardinal:
        return cardinal[word]
    total, rest = 0, word
    while rest:
        piece = next((rest[:n] for n in range(len(rest), 1, -1) if rest[:n] in cardinal or (total and rest[:n] == "og")), None)
        if piece is None:
            return None
        rest = rest[len(piece):]
        if piece == "og":
            continue
        value = cardinal[piece]
        total = total * value if value >= 100 and total else total + value
    return total if len(word) > 4 else None


def _readings(figure: str) -> set[str]:
    """Every value a figure may have, in plain form: "1.373" is 1373 or 1.373, "11.30" is 11.3."""
    bare = re.sub(r"[  \u202f]", "", figure)
    found = set()
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        found.add(_plain(re.sub(r"[.,]", "", bare)))
    if re.fullmatch(r"\d+[.,]\d+", bare):
        found.add(_plain(bare.replace(",", ".")))
    if re.fullmatch(r"\d{1,2}[.:]\d{2}", bare):
        found.add(bare.replace(".", ":"))
    if not found:
        found.add(_plain(bare) if bare.isdigit() else bare)
    return found


def _plain(value: str) -> str:
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole


def _scaled(value: str, power: int) -> str:
    if ":" in value or value.count(".") > 1:
        return value
    whole, _, fraction = value.partition(".")
    fraction = fraction.ljust(power, "0")
    return _plain(f"{whole}{fraction[:power]}.{fraction[power:]}")


def quantities(text: str, language: str = "") -> list[Quantity]:
    """The numbers of a text in order, figures and number words alike, magnitudes ("2,2 miljoner") multiplied out."""
    ordinal = _tables()[1]
    otherwise = _OTHERWISE.get(language, "").split()
    found = list(_eras(text))
    for match in _FIGURE.finditer(text):
        if any(era.start <= match.start() < era.end for era in found):
            continue
        figure = match.group()
        if figure[-1] in ".,:":
            figure = figure[:-1]
        found.append(_measured(text, _readings(figure), match.start(), match.start() + len(figure), language, False, True))
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        word = match.group().casefold()
        head = word.partition("-")[0]
        value = None if head in otherwise else numeral(word)
        if value is None and head != word and head not in otherwise:
            value = numeral(head) if head not in _ARTICLES else None  # "two-year"
        if value is None and word in ordinal:
            value = ordinal[word]
        if value is None and word in _ARTICLES:
            value = 1
        power = _MAGNITUDES.get(word)
        if value is None or (power and _follows_figure(text, match.start())):
            continue
        loose = word in _ARTICLES or (word in _LOOSE_ORDINALS and not (word == "second" and language == "en"))
        end = match.start() + len(head) if word in ordinal or (head != word and numeral(word) is None) else match.end()
        quantity = _measured(text, {str(value)}, match.start(), end, language, loose, False)
        if word in ordinal:
            quantity = Quantity(frozenset([str(value)]), "", match.start(), end, loose, False)
        found.append(replace(quantity, loose=False) if loose and quantity.unit == "percent" else quantity)
    found.sort(key=lambda q: q.start)
    return _inherited(text, _merged(text, found), language)


_ERA = re.compile(
    r"\b(\d{3,4})(?:s\b|-t[aä]ll?(?:et|ets)?\b)"
    r"|\b(\d{1,2})(?:st|nd|rd|th|\.|:?e)?[ -](?:century|århundra?de[t]?|seklet|sekel)\b"
)


def _eras(text: str) -> Iterator[Quantity]:
    """Centuries and decades by their first year: "1200-talet" and "the 13th century" are the same."""
    for match in _ERA.finditer(text):
        first = match.group(1) or str((int(match.group(2)) - 1) * 100)
        yield Quantity(frozenset([first]), "era", match.start(), match.end())


def _follows_figure(text: str, at: int) -> bool:
    return bool(re.search(r"\d\s*$", text[max(0, at - 3):at]))


def _measured(text: str, values: set[str], start: int, end: int, language: str, loose: bool, digits: bool) -> Quantity:
    unit_of = _tables()[2]
    unit = unit_of.get(text[start - 1:start] or text[max(0, start - 2):start].strip(), "") if start else ""
    if not unit and (before := re.search(r"([$€£]|\b[A-Z]{3}|\bkr)\s$", text[max(0, start - 5):start])):
        unit = unit_of.get(before.group(1).casefold(), "")
    at = end
    following = _next(text, at)
    if following:
        power = _power(following.group().casefold(), language)
        if power and not (following.group() == "k" and following.start() != at):
            values = {_scaled(v, power) for v in values}
            end = at = following.end()
            digits = True
            if following.group().casefold() in ("mkr", "mdkr"):
                unit = "crowns"
            following = _next(text, at + (text[at:at + 1] == "."))
    if following and not unit:
        word = following.group().casefold()
        if word == "per" and (after := _next(text, following.end())) and after.group().casefold() == "cent":
            unit = "percent"
        elif word == "us" and (after := _next(text, following.end())):
            unit = unit_of.get(after.group().casefold(), "")
        else:
            unit = unit_of.get(word, "")
    if unit:
        values = {value for value in values if ":" not in value} or values
    return Quantity(frozenset(values), unit, start, end, loose, digits)


def _power(word: str, language: str) -> int:
    if word in ("billion", "billions"):
        return 9 if language == "en" else 12
    return _MAGNITUDES.get(word, 0)


def _next(text: str, at: int) -> re.Match[str] | None:
    match = _TOKEN.search(text, at, at + 40)
    return match if match and not re.search(r"[^\s.\u00a0-]", text[at:match.start()]) else None


def _merged(text: str, found: list[Quantity]) -> list[Quantity]:
    """Without the number words that a magnitude has swallowed ("two million")."""
    kept: list[Quantity] = []
    for quantity in found:
        if not (kept and quantity.start < kept[-1].end):
            kept.append(quantity)
    return kept


def _inherited(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    """With the unit and the magnitude of the next number where only a conjunction stands between ("3 and 4 million crowns")."""
    for i in range(len(found) - 2, -1, -1):
        here, then = found[i], found[i + 1]
        if not here.unit and _JOINED.fullmatch(text[here.end:then.start]):
            power = next((power for word in text[then.start:then.end].casefold().split()[1:]
                          if (power := _power(word.strip("."), language))), 0)
            scaled = {_scaled(value, power) for value in here.values} if power else set()
            found[i] = replace(here, values=here.values | scaled, unit=then.unit)
    return found


def days(text: str, language: str = "") -> list[Day]:
    """The dates of a text that name a month, in words or in figures."""
    found = []
    for match in _ISO.finditer(text):
        y, m, d, d2, m2, y2 = (int(g) if g else 0 for g in match.groups())
        if 1 <= (m or m2) <= 12:
            found.append(Day(y or y2, m or m2, d or d2, match.start(), match.end()))
    month_of = _tables()[3]
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match.group()
        month = month_of.get(word.casefold())
        if not month or (language == "en" and word in VERBS_TOO) or _unlikely(word, text, match.end()):
            continue
        found.append(_day(text, month, match.start(), match.end()))
    return found


def _unlikely(word: str, text: str, end: int) -> bool:
    """A short form is a month only with its full stop or beside a number: "mar", "jan" and "des" are words and names."""
    return len(word) <= 4 and word.casefold() not in ("mars", "maj", "mai", "may", "juni", "juli", "june", "july") \
        and text[end:end + 1] != "." and not re.match(r"\s*\d", text[end:])


def _day(text: str, month: int, start: int, end: int) -> Day:
    before = re.search(r"(\d{1,2})(?:\.|:?\s?[ae]|st|nd|rd|th)?\s*(?:of\s+)?$", text[max(0, start - 12):start])
    after = re.match(r"\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?\b(?!\d))?,?\s*(\d{4})?\b", text[end:])
    day = int(before.group(1)) if before else 0
    if not day and after and after.group(1):
        day = int(after.group(1))
    year = int(after.group(2)) if after and after.group(2) else 0
    return Day(year, month, day, start - (len(before.group()) if before else 0), end)


def weekday(word: str) -> int | None:
    """Monday is 0; None for a word that doesn't begin with a weekday ("onsdagskvällen", "i fredags" do)."""
    found = _WEEKDAY.match(word.casefold())
    return found.lastindex - 1 if found and found.lastindex else None


def month(word: str) -> int | None:
    """January is 1; None for a word that is no month's full name."""
    return _tables()[3].get(word.casefold()) if len(word) > 3 or word.casefold() in ("maj", "mai") else None


def unit(word: str) -> str:
    """The unit that a word names; "" where it names none."""
    return _tables()[2].get(word.casefold(), "")
