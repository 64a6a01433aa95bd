"""Dates as newspapers write them, in ISO 8601. Never guesses: a date that reads two ways is no date."""

import re
from datetime import datetime

_LANGUAGES = ["en", "sv", "nb", "da", "de", "fr", "es", "fi", "nl"]
_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_CLOCK = re.compile(r"[,\s]+(?:(?:kl|klockan|klokken|klokka|at|tid|um)\b\.?:?\s*)?(\d{1,2})[.:](\d{2})(?!\.?\d)")
LONGEST = 60  # characters


def iso(told: str) -> str | None:
    """ISO 8601 (or a bare year, or year and month) of a date in words or figures; None where it cannot be read."""
    told = " ".join(told.split()).strip(" .,")
    if not told or len(told) > LONGEST:
        return None
    if re.fullmatch(r"[12]\d{3}", told) or _MONTH.fullmatch(told):
        return told
    clean = _CLOCK.sub(r" \1:\2", told)
    if _ISO.match(told):
        return _standard(told) or _standard(clean)
    slashed = _SLASHED.search(told)
    if slashed and slashed[1] != slashed[2] and int(slashed[1]) <= 12 and int(slashed[2]) <= 12:
        return None
    return _worded(clean)


def _standard(told: str) -> str | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment.date().isoformat() if len(told) <= 10 else moment.isoformat()


def _worded(told: str) -> str | None:
    for parts, shape in ((["day", "month", "year"], None), (["month", "year"], "%Y-%m")):
        if moment := _parsed(told, parts):
            if shape:
                return moment.strftime(shape)
            return moment.isoformat() if ":" in told else moment.date().isoformat()
    return None


def _parsed(told: str, parts: list[str]) -> datetime | None:
    import dateparser

    if not re.search(r"\d{2}", told):
        return None
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": parts, "PARSERS": ["absolute-time"]}
    try:
        moment: datetime | None = dateparser.parse(told, languages=_LANGUAGES, settings=settings)
    except (ValueError, OverflowError):
        return None
    return moment if moment and moment.year >= 1000 else None
