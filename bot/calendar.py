"""The words for time in Swedish, Norwegian, Danish and English, and the days they mean. Data and arithmetic only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.span import Span, month_end

YEAR = r"(?:1[5-9]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Calendar:
    """One group of languages. Alternatives are parted by `|`, as a regular expression has them."""

    months: str
    seasons: Mapping[int, str]    # the month that begins one -> its names
    gone: str                     # names that mean the one that was: "i somras"
    units: Mapping[str, str]      # day, week, month, year, decade -> its forms
    single: str                   # those forms of which there is one
    years: Mapping[str, int]      # an expression -> its distance from this year
    days: Mapping[str, int]       # the same from today
    last: str
    this: str
    next: str
    recent: str                   # "the last", of ten years
    decades: Mapping[str, int]
    before_month: str             # words that make a month's name a month where no year follows


NORDIC = Calendar(
    months="januari?|februari?|mars|marts|april|maj|mai|juni|juli|augusti?|september|oktober|november|de[cs]ember",
    seasons={
        3: "våren|våras|vår|foråret|forår", 6: "sommaren|sommeren|somras|sommar|sommer",
        9: "hösten|høsten|hausten|höstas|höst|høst|haust|efteråret|efterår", 12: "vintern|vinteren|vintras|vinter",
    },
    gone="våras|somras|höstas|vintras",
    units={
        "day": "dagarna|dagene|dagane|dagen|dagar|dager|dage|dag|dygnet|dygnen|dygn|døgnene|døgnet|døgn",
        "week": "veckorna|veckor|veckan|vecka|ukene|uker|uken|uka|uke|ugerne|ugen|uger|uge|vekene|veker|veka|veke",
        "month": "månaderna|månader|månaden|månad|månedene|månederne|måneder|måneden|måned|månadene|månadane",
        "year": "åren|årene|åra|året|år", "decade": "decennierna|decennier|decenniet|tiårene|tiåret|tiår|årtier|årti",
    },
    single="dygnet|døgnet|døgn|dagen|veckan|uken|uka|uke|ugen|uge|veka|månaden|måneden|måned|året|år|decenniet|tiåret|årti",
    years={
        "i förfjol": -2, "i forfjor": -2, "förrförra året": -2, "i fjol": -1, "ifjol": -1, "i fjor": -1, "ifjor": -1,
        "förra året": -1, "førre året": -1, "førre år": -1, "forrige år": -1, "sidste år": -1, "i år": 0, "detta år": 0,
        "dette år": 0, "dette året": 0, "nästa år": 1, "neste år": 1, "næste år": 1,
    },
    days={"i förrgår": -2, "i forgårs": -2, "i går": -1, "igår": -1, "i gjår": -1, "i morgon": 1, "imorgon": 1, "i morgen": 1,
          "imorgen": 1},
    last="förra|førre|forrige|sidste|sist", this="den här|denna|denne|det här|detta|dette", next="nästa|neste|næste",
    recent="senaste|siste|seneste|sidste",
    decades={
        "trettiotalet|trettitallet": 30, "fyrtiotalet|förtitalet|førtitallet|førtitalet": 40,
        "femtiotalet|femtitallet|femtitalet": 50, "sextiotalet|sekstitallet|sekstitalet": 60,
        "sjuttiotalet|syttitallet|syttitalet": 70, "åttiotalet|åttitallet|åttitalet": 80,
        "nittiotalet|nittitallet|nittitalet": 90,
    },
    before_month="i|under|sedan|sen|siden|sidan|från|fra|frå|till|til|före|før|innan|inden|efter|etter|inför|och|og|mellan"
                 "|mellom|mellem|av|af|månad",
)
ENGLISH = Calendar(
    months="January|February|March|April|May|June|July|August|September|October|November|December",
    seasons={3: "spring", 6: "summer", 9: "autumn|fall", 12: "winter"}, gone="(?!)",
    units={"day": "days?", "week": "weeks?", "month": "months?", "year": "years?", "decade": "decades?"},
    single="day|week|month|year|decade",
    years={"the year before last": -2, "last year": -1, "this year": 0, "next year": 1},
    days={"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1},
    last="last", this="this", next="next", recent="last|past",
    decades={"thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90},
    before_month="in|since|from|until|till|to|by|before|after|during|of|last|this|early|late|mid|and|between|through",
)


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31))


def month(year_: int, number: int) -> Span:
    return Span(date(year_, number, 1), month_end(year_, number))


def season(begins: int, year_: int) -> Span:
    """The three months from the first of `begins` of a year."""
    ends = begins + 2
    return Span(date(year_, begins, 1), month_end(year_ + ends // 13, (ends - 1) % 12 + 1))


def latest_season(begins: int, today: date) -> Span:
    """The one that has begun last."""
    return season(begins, today.year if date(today.year, begins, 1) <= today else today.year - 1)


def latest_month(number: int, today: date) -> Span:
    return month(today.year if number <= today.month else today.year - 1, number)


def unit(name: str, today: date, away: int) -> Span:
    """The day, calendar week, month, year or ten years that lie `away` units from today's."""
    if name == "day":
        return Span(today + timedelta(days=away), today + timedelta(days=away))
    if name == "week":
        monday = today + timedelta(days=7 * away - today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if name == "month":
        months = today.year * 12 + today.month - 1 + away
        return month(months // 12, months % 12 + 1)
    return year(today.year + (10 if name == "decade" else 1) * away)
