"""The time that a question asks about, as stretches of days: "under 1938", "sedan i våras", "between 1940 and 1945".

Knows words and today's date only. What it finds is where an answer is looked for first, never a border that hides one:
a year in a question may as well be a detail of what happened.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from bot import calendar
from bot.calendar import ENGLISH, NORDIC
from bot.moments import Moment, moments
from index.span import Span, month_end

_LANGUAGES = {"sv": NORDIC, "no": NORDIC, "da": NORDIC, "en": ENGLISH}
Side = Literal["", "since", "until", "before", "after"]

# What stands before a date and says which side of it is meant. `bare` ones may have an event between ("efter valet 2010").
_SIDES: tuple[tuple[Side, str, bool], ...] = (
    ("since", "alltsedan|ända sedan|ända sen|sedan|sen|siden|sidan|since", False),
    ("since", r"(?:sedan|sen|siden|sidan|since)(?=\s+(?:the|den|det|\w{3,}(?:en|et))\s)", True),
    ("since", r"från och med|fr\.?o\.?m\.?|fra og med|frå og med|f\.?o\.?m\.?|starting(?: in)?|as of", True),
    ("until", r"fram till och med|fram till|frem til|fram til|ända till|till och med|til og med|t\.?o\.?m\.?|tills|inntil"
              r"|indtil|op til|up until|up to|until|till|til|through|by", False),
    ("before", "före|innan|før|inden|before|prior to", True),
    ("after", "efter|etter|after|following", True),
)
_PLAIN = (
    r"(?:i løpet av|i løbet af|in the course of|under|i|på|in|during|on|vid|ved|om|åren|årene|perioden|år|året|the years?"
    r"|from|från|fra|frå)"
)
_ABOUT = r"omkring|kring|rundt|runt|around|about|circa|cirka|ca\.?"
_PARTS = {
    0: "(?:i )?(?:början|inledningen|starten|begynnelsen|begyndelsen|byrjinga) (?:av|af|på)|tidlig?t? (?:i|på|om)"
       "|(?:in |at )?(?:the )?(?:beginning|start) of|early(?: in)?",
    1: "(?:i )?(?:mitten|midten) (?:av|af|på)|mitt i|midt i|midt på|(?:in )?the middle of|mid",
    2: "(?:i |mot )?(?:slutet|slutten|slutningen|utgången|utgangen|udgangen|avslutningen) (?:av|af|på)|sent? (?:i|på)"
       "|(?:at |by )?the end of|late(?: in)?",
}
_OPENING = re.compile(r"(?<!\w)(?:mellan|mellom|mellem|between|från|fra|frå|from|åren|årene|perioden|the years)\s+$", re.I)
_JOINING = re.compile(r"\s*(?:,?\s+(?:och|og|and|till|til|to|fram till|until|through)\s+|\s?[–—-]\s?)$", re.I)
_ONWARDS = re.compile(r"\s+(?:och framåt|og fremover|og framover|og frem|(?:and )?onwards?|och senare|og senere)(?!\w)", re.I)
# What makes of a year the event that it belongs to: "before the 1952 election".
_OWN = re.compile(r"\s+års\s|\s+(?!and\b|or\b|in\b|on\b|at\b|to\b|by\b|of\b|when\b|while\b)[a-z]+")
_NEWEST = {
    "nordic": r"(?:den |det |de |dei )?(?:aller )?(?:(?:senaste|seneste)(?: nytt)?|siste nytt|sidste nyt|nyaste|nyeste"
              r"|färskaste|senast(?! (?:i|den|\d))|senest(?! (?:i|den|\d))|just nu|akkurat nå|lige nu|numera|nuvarande"
              r"|nåværende|nuværende|noverande|för närvarande|for tiden|for øyeblikket|for øjeblikket|i dag|idag|nyligen"
              r"|nylig|nyleg|for nylig)",
    "sv": "(?-i:[Nn]u)", "da": "(?-i:[Nn]u)", "no": r"nå|no(?=\s*[?.!]|$)",
    "en": r"(?:the )?(?:latest|newest|most recent(?:ly)?)|currently|(?:the )?current|right now|(?-i:[Nn]ow)|today|nowadays"
          r"|at present|at the moment|these days|recently|lately|recent",
}


@dataclass(frozen=True, slots=True)
class Period:
    """`question[start:end] == words`, and the days that they mean, both inclusive; None where a side is open.

    `newest`: no stretch of time, but what is newest is asked for.
    """

    start: int
    end: int
    words: str
    since: date | None = None
    until: date | None = None
    newest: bool = False
    event: bool = False  # whether the words name something that happened ("före valet 2010")

    @property
    def span(self) -> Span:
        return Span(self.since, self.until)

    @property
    def deictic(self) -> bool:
        """Whether its words mean nothing without today's date: they help no search."""
        return not any(char.isdigit() for char in self.words)

    @property
    def aside(self) -> bool:
        """Whether the words tell the time and nothing else: a bare year may belong to the name of an event."""
        return not self.event and not self.words.isdecimal()

    def as_json(self) -> dict[str, Any]:
        told = {"words": self.words, "since": self.since and self.since.isoformat(),
                "until": self.until and self.until.isoformat()}
        return told | ({"newest": True} if self.newest else {})


def periods(question: str, today: date, language: str) -> tuple[Period, ...]:
    """In the order in which they stand; none for a language that is not known."""
    words = _LANGUAGES.get(language)
    if words is None:
        return ()
    found = [_period(question, moment) for moment in _joined(question, moments(question, today, words))]
    return tuple(sorted([*found, *_newest(question, language, found)], key=lambda period: period.start))


def _joined(question: str, found: Sequence[Moment]) -> list[Moment]:
    """With two ends of one stretch made one: "mellan 1940 och 1945"; a month without a year gets that of the other."""
    joined: list[Moment] = []
    for moment in found:
        start, _ = _part(question, moment)
        between = question[joined[-1].end:start] if joined else ""
        if joined and question[joined[-1].end - 1] == "-":  # "1940- och 1950-talen"
            joined[-1] = Moment(joined[-1].start, moment.end, Span(joined[-1].span.since, moment.span.until), "point")
            continue
        if joined and moment.kind != "open" and joined[-1].kind != "open" and _JOINING.match(between):
            first, span = _alike(joined[-1], moment), _part(question, moment)[1]
            opening = _OPENING.search(question[:_part(question, first)[0]])
            both = re.search(r"och|og|and", between, re.I)
            since = _part(question, first)[1].since
            if (opening or not both) and since and span.until and since <= span.until:
                begin = opening.start() if opening else first.start
                joined[-1] = Moment(begin, moment.end, Span(since, span.until), "point")
                continue
            joined[-1] = first
        joined.append(moment)
    return joined


def _alike(first: Moment, second: Moment) -> Moment:
    if first.kind != "month" or first.told or not second.told or not (first.span.since and second.span.since):
        return first
    year, number = second.span.since.year, first.span.since.month
    return replace(first, span=calendar.month(year if number <= second.span.since.month else year - 1, number), told=True)


def _part(question: str, moment: Moment) -> tuple[int, Span]:
    """Where a moment begins with "the beginning of" before it, and the days that are left of it."""
    since, until = moment.span.since, moment.span.until
    for third, form in _parts():
        match = form.search(question[:moment.start])
        if match and since and until:
            return match.start(), _shortened(since, until, third)
    return moment.start, moment.span


def _shortened(since: date, until: date, third: int) -> Span:
    """The beginning, middle or end of some days: rather more than a third, and whole months of a year."""
    days = (until - since).days
    low, high = ((0.0, 0.4), (0.3, 0.7), (0.6, 1.0))[third]
    first, last = since + timedelta(days=int(low * days)), since + timedelta(days=int(high * days))
    return Span(first.replace(day=1), month_end(last.year, last.month)) if days > 60 else Span(first, last)


def _period(question: str, moment: Moment) -> Period:
    start, span = _part(question, moment)
    side, begin, event = _side(question, start, moment)
    end = moment.end
    if moment.kind == "open":
        return _told(question, start, end, span)
    if side == "" and (match := _ONWARDS.match(question[end:])):
        side, end = "since", end + match.end()
    if side == "before" and span.since and not event:
        return _told(question, begin, end, Span(None, span.since - timedelta(days=1)))
    if side == "after" and span.until and not event:
        return _told(question, begin, end, Span(span.until + timedelta(days=1), None))
    if side in ("until", "before"):
        return _told(question, begin, end, Span(None, span.until), event)
    if side in ("since", "after"):
        return _told(question, begin, end, Span(span.since, None), event)
    plain = re.search(rf"(?<!\w)(?:(?P<about>{_ABOUT})|{_PLAIN})\s+(?:(?:the|den|det|år|året)\s+)?$", question[:start], re.I)
    if plain and plain["about"] and span.since and span.until:
        length = span.until - span.since + timedelta(days=1)
        span = Span(span.since - length, span.until + length)
    return _told(question, plain.start() if plain else start, end, span)


def _told(question: str, start: int, end: int, span: Span, event: bool = False) -> Period:
    return Period(start, end, question[start:end], span.since, span.until, event=event)


def _side(question: str, start: int, moment: Moment) -> tuple[Side, int, bool]:
    """Which side of a moment is meant, where that begins, and whether of an event in that moment rather than of itself."""
    before = question[:start]
    for side, form, far in _sides():
        if match := form.search(before):
            own = moment.told and bool(_OWN.match(question[moment.end:]))
            if own and side == "until" and match.group().split()[0].lower() in ("by", "till", "til"):
                continue  # "by the 2010 review"
            return side, match.start(), own
        if far is not None and moment.told and (match := far.search(before)):
            return side, match.start(), True
    return "", start, False


def _newest(question: str, language: str, found: Sequence[Period]) -> list[Period]:
    matches = _asks_newest(language).finditer(question)
    return [Period(match.start(), match.end(), match.group(), newest=True) for match in matches
            if not any(match.start() < period.end and period.start < match.end() for period in found)]


@lru_cache(maxsize=1)
def _parts() -> tuple[tuple[int, re.Pattern[str]], ...]:
    article = r"(?:(?:the|den|det|år|året)\s+)?"
    return tuple((third, re.compile(rf"(?<!\w)(?:{form})[\s-]+{article}$", re.I)) for third, form in _PARTS.items())


@lru_cache(maxsize=1)
def _sides() -> tuple[tuple[Side, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Each side with what stands right before the date, and what stands before an event that has the date."""
    between = r"(?:(?!(?:som|att|at|that|när|då|da|when|och|og|and)\b)[^\W\d]+\s+){1,4}(?:(?:i|in|år|of)\s+)?"
    close = r"\s+(?:(?:the|den|det|i|in|år|året|the year)\s+)?"
    return tuple(
        (side, re.compile(rf"(?<!\w)(?:{form}){close}$", re.I),
         re.compile(rf"(?<!\w)(?:{form})\s+{between}$", re.I) if far else None)
        for side, form, far in _SIDES)


@lru_cache(maxsize=4)
def _asks_newest(language: str) -> re.Pattern[str]:
    form = _NEWEST["en"] if language == "en" else f"{_NEWEST['nordic']}|{_NEWEST[language]}"
    return re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.I)
