"""The dates, weeks, months, seasons, years and decades that a question names, each with the days it may mean.

Never guesses: a number that may be something else than a year (a count, a paragraph, a product, a title, a birth) is no
moment, and an expression that reads in two ways covers both or is left alone. Knows no words such as "before".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot import calendar
from bot.calendar import ENGLISH, NORDIC, YEAR, Calendar
from index import numbers
from index.readers.dates import iso
from index.span import Span

Kind = Literal["point", "month", "open"]
Match = re.Match[str]
Reading = Callable[[Match, date, Calendar], Span | None]

_QUOTED = re.compile(r"”[^”]*”|“[^”“]*”|\"[^\"]*\"|»[^«»]*«|«[^«»]*»|(?<!\w)['’‘][^'’‘]*['’](?!\w)")
# What makes a number of four figures something else than a year: what stands before it,
_COUNTED = re.compile(
    r"(?:[$€£§#+/:.,(\d–—]|(?<!mid)-|\d\s|(?<!\w)(?:paragraf\w*|artikel|artikkel|article|kapitel|kapittel|chapter|sida"
    r"|på sid[ae]n|side|page|nr|no|nummer|number|linj?en?|line|rum|rom|room|kl|klockan|klokken|klokka|pris|modell?|typ|type"
    r"|lag|lov|sfs|prop|bil|buss?|tåg|tog|train|flight|route|highway|boeing|airbus|volvo|saab|windows|studion?|klubb|club"
    r"|hotell?|café|kafé|radio|agenda|vision|area|formula|filmen|romanen|boken|boka|bogen|låten|pjäsen|serien|novel|movie"
    r"|song|(?:född|fødd|født|født|born)(?:\s+(?:år|i|in))?|kr|drygt|nästan|nesten|næsten|över|minst|högst|mindst|almost"
    r"|nearly)\.?\s)\s*$", re.I)
_NAMED = re.compile(r"(?:(?P<lead>\w+)\s+)?[A-ZÅÄÖÆØ]\w*[a-zåäöæø]\s$")  # a round number behind a name: "Hos Greta 1900"
_PLACING = frozenset(["i", "på", "vid", "ved", "till", "til", "från", "fra", "at", "in", "on", "to", "from", "under"])
_OWNED = re.compile(
    r"(?:(?<!\w)(?:hans|hennes|hendes|deras|deres|sin|sitt|sit|his|her|their|its|my)|\w(?<!de)(?<!te)s|['’]s)\s$")
# and what stands behind it, where it is a year.
_SMALL = (
    "års i på om av af för for fra från till til med vid ved hos mot mellan mellom mellem efter etter före før enligt ifølge "
    "och og eller når när då da som att at men så den det de han hon hun man en ett et ei inte ikke ikkje jämfört under utan "
    "uten uden mens medan innan inden in on by of to from and or when while that which who the a an it he she they "
    "according as with after before than än enn end var är er was is were did vann vant vandt won blev ble fick fikk fik kom "
    "came gick gikk gik tog tok skulle kunde had hade hadde havde has har byggdes hölls"
)
_EVENTS = (
    "elections?|olympics|games|budget|seasons?|festival|championships?|war|crisis|strike|report|survey|census|edition"
    "|agreement|treaty|law|act|flood|fire|crash|accident|disaster|review|race|finals?|tournament|congress|revolution|uprising"
    "|earthquake|storm|winter|summer|spring|autumn|fall|referendum|campaign|coup|attack|world"
)
_BEHIND = re.compile(rf"\s*(?:[?.!,;)”\"»«–—]|$)|\s+(?:[A-ZÅÄÖÆØ]|(?:{_SMALL.replace(' ', '|')}|{_EVENTS})\b)")
_COMPOUND = "-?(?:valet|valget|budgeten|budsjettet|budgettet|upplagan|utgaven|säsongen|sesongen|sæsonen)"


@dataclass(frozen=True, slots=True)
class Moment:
    """`question[start:end]`, and the days that it may mean. Of a `month` the year is the latest where none is told; an
    `open` one reaches until today."""

    start: int
    end: int
    span: Span
    kind: Kind
    told: bool = True  # whether its year is


def moments(question: str, today: date, words: Calendar) -> list[Moment]:
    """In the order in which they stand, none overlapping another."""
    taken = [match.span() for match in _QUOTED.finditer(question)]
    found = []
    for kind, form, reading in _forms(words is ENGLISH):
        for match in form.finditer(question):
            start, end = match.span()
            if any(start < other and begin < end for begin, other in taken):
                continue
            try:
                span = reading(match, today, words)
            except (ValueError, OverflowError):  # the 31st of June, or a year out of reach
                continue
            if span is not None:
                groups = match.groupdict()
                found.append(Moment(start, end, span, kind, bool(groups.get("year") or groups.get("near"))))
                taken.append((start, end))
    return sorted(found, key=lambda moment: moment.start)


@lru_cache(maxsize=2)
def _forms(english: bool) -> tuple[tuple[Kind, re.Pattern[str], Reading], ...]:
    """What is looked for, in an order in which the whole comes before its parts: what one has taken no later one gets."""
    words = ENGLISH if english else NORDIC
    near = "|".join(words.years)
    of_year = rf"(?:,?\s+(?:(?:år|i|in|of)\s+)?(?P<year>{YEAR})(?![\w:]|[.,]\d|\s\d{{3}})|\s+(?P<near>{near}))"
    month, season = rf"(?P<month>(?-i:{words.months}))", rf"(?P<season>{'|'.join(words.seasons.values())})"
    unit, ordinal = rf"(?P<unit>{'|'.join(words.units.values())})", r"(?P<day>\d{1,2})(?:\.|:?[ea]|st|nd|rd|th)?(?!\d)"
    listed: tuple[tuple[Kind, str, Reading], ...] = (
        ("point", r"\d{4}-\d\d-\d\d|\d{1,2}[./]\s?\d{1,2}[./ -]\s?\d{4}", _numeric),
        ("point", rf"(?:(?:den|the)\s+)?{ordinal}\s+(?:of\s+)?{month}{of_year}?", _day),
        ("point", rf"{month}\s+{ordinal}{of_year}?" if english else "(?!)", _day),
        ("month", rf"{month}{of_year}?", _month),
        ("point", rf"(?P<year>{YEAR})-(?P<month>0\d)(?![\d-])", _month_in_figures),
        ("point", rf"{season}{of_year}(?P<next>\s?[–/-]\s?(?:\d{{4}}|\d\d)(?!\d))?", _season),
        ("point", rf"(?P<near>i fjo[rl])\s+{season}", _season),
        ("point", rf"(?:{words.last})\s+{season}", _last_season),
        ("point", rf"(?:(?:i|under|{words.this})\s+)?(?P<season>{words.gone})|(?:under|{words.this}{'' if english else '|i'})"
                  rf"\s+{season.replace('season>', 'named>')}", _this_season),
        ("point", r"(?P<decade>1[5-9]\d0|20\d0|[3-9]0)-?(?:talet|talets|talen|tallet)", _decade),
        ("point", r"(?P<decade>1[5-9]\d0|20\d0)-(?=\s+(?:och|og)\s+\d)", _decade),
        ("point", r"(?P<decade>1[5-9][1-9]0|20[1-9]0)(?:-?(?:årene|åra|årane)|['’]?(?:erne|s))", _decade),
        ("point", r"the\s+['’]?(?P<decade>[3-9]0)['’]?s", _decade),
        ("point", rf"{'the ' if english else ''}(?P<named>{'|'.join(words.decades)})", _decade_in_words),
        ("point", r"(?P<century>1[6-9]|2[01])(?:(?:th|st)\s+century|\.\s+århundrede?t?)", _century),
        ("point", rf"(?P<year>{YEAR})\s?[–—/-]\s?(?P<last>{YEAR}|\d\d)(?![\w:-])", _years),
        ("point", rf"(?:{near})(?!\s+\d)", _near_year),
        ("point", rf"(?P<year>{YEAR})(?:{_COMPOUND})?", _year),
        ("point", rf"(?:vecka|uke|uge|veke|week)\s+(?P<week>\d{{1,2}})(?:,?\s+(?:(?:år|i|in|of)\s+)?(?P<year>{YEAR}))?", _week),
        ("point", "|".join(words.days), _near_day),
        ("point", rf"(?:{words.last})\s+(?P<weekday>[^\W\d]+)|i\s+(?P<named>[^\W\d]+dag)s", _weekday),
        ("open", rf"(?:(?:de|dei|den|det|the)\s+)?(?:{words.recent})\s+(?P<number>\w+)\s+{unit}", _recent),
        ("open", rf"(?:the\s+(?:last|past)|senaste|siste|seneste|de[nt]\s+sidste)\s+{unit.replace('unit>', 'single>')}",
         _recent),
        ("point", rf"(?:(?:för|for)\s+)?(?P<number>\w+)\s+{unit}\s+(?:sedan|sen|siden|sidan|ago)", _ago),
        ("point", rf"(?P<which>{words.last}|{words.this}|{words.next})\s+{unit}", _near_unit),
    )
    return tuple((kind, re.compile(rf"(?:(?<![\w-])|(?<=mid-))(?:{form})(?!\w)", re.I), reading)
                 for kind, form, reading in listed)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the number `text[start:end]` of four figures is a year by what stands around it."""
    before, behind = text[:start], text[end:]
    if _COUNTED.search(before) or re.match(r"[:%]|[.,]\d|\s\d{3}\b|-\w", behind) or not _BEHIND.match(behind):
        return False
    named = _NAMED.search(before) if text[start + 2:start + 4] == "00" else None
    return named is None or (named["lead"] or "").lower() in _PLACING


def _told_year(match: Match, today: date, words: Calendar) -> int | None:
    """The year that an expression itself tells."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    return today.year + words.years[groups["near"].lower()] if groups.get("near") else None


def _month_number(name: str) -> int:
    return numbers.month(name) or 5  # "May" alone is no month to those who count, being a verb too


def _owned(match: Match) -> bool:
    """"The last year of the war", "krigens sidste år": of something else than the calendar."""
    lasting = re.match(r"(?:sidste|siste|last)\b", match.group(), re.I)
    return bool(lasting and _OWNED.search(match.string[:match.start()])) or bool(
        re.match(r"\s+(?:of|av|af)\b", match.string[match.end():]))


def _numeric(match: Match, today: date, words: Calendar) -> Span | None:
    told = match.group()
    if words is NORDIC and not re.match(r"\d{4}", told):
        day, month, year = re.findall(r"\d+", told)
        return Span.of(f"{year}-{month:0>2}-{day:0>2}")
    return Span.of(iso(told.replace(" ", "")))


def _day(match: Match, today: date, words: Calendar) -> Span | None:
    number, day, year = _month_number(match["month"]), int(match["day"]), _told_year(match, today, words)
    if year is None:
        year = today.year if (number, day) <= (today.month, today.day) else today.year - 1
    return Span(date(year, number, day), date(year, number, day))


def _month(match: Match, today: date, words: Calendar) -> Span | None:
    number, year = _month_number(match["month"]), _told_year(match, today, words)
    if year is not None:
        return calendar.month(year, number)
    placed = re.search(rf"(?<!\w)(?:{words.before_month}|[–-])\s*$", match.string[:match.start()], re.I)
    if placed is None or re.match(r"\s+[A-ZÅÄÖÆØ]", match.string[match.end():]):
        return None
    return calendar.latest_month(number, today)


def _month_in_figures(match: Match, today: date, words: Calendar) -> Span | None:
    return calendar.month(int(match["year"]), int(match["month"]))


def _begins(name: str, words: Calendar) -> int:
    """The month in which a season begins."""
    return next(month for month, names in words.seasons.items() if name.lower() in names.split("|"))


def _season(match: Match, today: date, words: Calendar) -> Span | None:
    begins, year = _begins(match["season"], words), _told_year(match, today, words)
    if year is None:
        return None
    if begins < 12 or match.groupdict().get("next"):
        return calendar.season(begins, year)
    return Span(date(year - 1, 12, 1), calendar.season(12, year).until)  # "vintern 1939": it began the year before, or then


def _last_season(match: Match, today: date, words: Calendar) -> Span | None:
    begins = _begins(match["season"], words)
    latest = calendar.latest_season(begins, today)  # or the one before it: usage differs
    return None if _owned(match) else Span(calendar.season(begins, today.year - 1).since, latest.until)


def _this_season(match: Match, today: date, words: Calendar) -> Span | None:
    if match["season"]:
        return calendar.latest_season(_begins(match["season"], words), today)
    named = match["named"].lower()
    if named == "vår" and re.match(r"\s+\w", match.string[match.end():]):
        return None  # "i vår stad"
    begins = _begins(named, words)
    return calendar.latest_season(begins, today) if begins == 12 else calendar.season(begins, today.year)


def _decade(match: Match, today: date, words: Calendar) -> Span | None:
    first = int(match["decade"])
    first += 1900 if first < 100 else 0
    return Span(date(first, 1, 1), date(first + (9 if first % 100 else 99), 12, 31))


def _decade_in_words(match: Match, today: date, words: Calendar) -> Span | None:
    first = next(1900 + tens for names, tens in words.decades.items() if match["named"].lower() in names.split("|"))
    return Span(date(first, 1, 1), date(first + 9, 12, 31))


def _century(match: Match, today: date, words: Calendar) -> Span | None:
    number = int(match["century"])
    return Span(date(100 * number - 99, 1, 1), date(100 * number, 12, 31))


def _years(match: Match, today: date, words: Calendar) -> Span | None:
    first, last = int(match["year"]), match["last"]
    ends = int(last) if len(last) == 4 else first - first % 100 + int(last)
    if ends <= first or not is_year(match.string, match.start("year"), match.end()):
        return None
    return Span(date(first, 1, 1), date(ends, 12, 31))


def _near_year(match: Match, today: date, words: Calendar) -> Span | None:
    return None if _owned(match) else calendar.year(today.year + words.years[match.group().lower()])


def _year(match: Match, today: date, words: Calendar) -> Span | None:
    return calendar.year(int(match["year"])) if is_year(match.string, *match.span()) else None


def _week(match: Match, today: date, words: Calendar) -> Span | None:
    number, year = int(match["week"]), int(match["year"] or today.isocalendar().year)
    monday = date.fromisocalendar(year, number, 1)
    if not match["year"] and monday > today:
        monday = date.fromisocalendar(year - 1, number, 1)
    return Span(monday, monday + timedelta(days=6))


def _near_day(match: Match, today: date, words: Calendar) -> Span | None:
    return calendar.unit("day", today, words.days[match.group().lower()])


def _weekday(match: Match, today: date, words: Calendar) -> Span | None:
    wanted = numbers.weekday(match["weekday"] or match["named"])
    return calendar.unit("day", today, -((today.weekday() - wanted - 1) % 7 + 1)) if wanted is not None else None


def _unit(told: str, words: Calendar) -> str:
    return next(name for name, forms in words.units.items() if re.fullmatch(forms, told, re.I))


def _number(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 4 else numbers.numeral(told) or (1 if told in _ONE else None)


_ONE = ("ett", "et", "eit", "en", "ei", "a", "an", "one")


def _recent(match: Match, today: date, words: Calendar) -> Span | None:
    groups = match.groupdict()
    single = groups.get("single")
    if (single and not re.fullmatch(words.single, single, re.I)) or _owned(match):
        return None  # "the last years": how many is not told
    number = 1 if single else _number(groups["number"])
    if not number:
        return None
    name = _unit(single or groups["unit"], words)
    days = {"day": 1, "week": 7, "month": 30.5, "year": 365.25, "decade": 3652.5}[name] * number
    return Span(today - timedelta(days=round(days)), today)


def _ago(match: Match, today: date, words: Calendar) -> Span | None:
    number = _number(match["number"].lower())
    return calendar.unit(_unit(match["unit"], words), today, -number) if number else None


def _near_unit(match: Match, today: date, words: Calendar) -> Span | None:
    name, which = _unit(match["unit"], words), match["which"].lower()
    if name not in ("week", "month") or _owned(match):
        return None
    away = 0 if which in words.this.split("|") else 1 if which in words.next.split("|") else -1
    return calendar.unit(name, today, away)
