"""What a search was narrowed to, as HTML: chips that a click takes away, so that the question is asked again without them.

Pure functions. What a chip takes away stands in its `data-drop`; what the question was asked with, in `data-limits` around it.
"""

import json
from collections.abc import Sequence
from datetime import date as Day
from html import escape

from bot.period import Period
from bot.texts import date, language_name, text
from index.article import Filters
from index.span import month_end

LISTS = ("authors", "sections", "sources", "languages")


def asked(question: str, limits: Filters, dismissed: Sequence[str]) -> str:
    """The attributes from which the page asks the question again."""
    told = {"since": limits.since, "until": limits.until, "dismissed": list(dismissed)}
    told |= {name: list(getattr(limits, name)) for name in LISTS}
    return f'data-question="{escape(question)}" data-limits="{escape(json.dumps(told, ensure_ascii=False))}"'


def chips(
    question: str, limits: Filters, periods: Sequence[Period], language: str, dismissed: Sequence[str] = (),
) -> str:
    """The reader's filters, then the periods that the question's words name; nothing where there is neither."""
    set_ = "".join(_chip(name, value, told, told, language) for name, value, told in _set(limits, language))
    inferred = "".join(
        _chip("dismissed", period.words, period.words, period_told(period, language), language) for period in periods)
    groups = [(f"turn.{key}", held) for key, held in (("filtered", set_), ("period", inferred)) if held]
    if not groups:
        return ""
    listed = "".join(
        f'<div><span class="lead-in">{escape(text(key, language))}</span><ul>{held}</ul></div>' for key, held in groups)
    return f'<div class="chips" {asked(question, limits, dismissed)}>{listed}</div>'


def _set(limits: Filters, language: str) -> list[tuple[str, str, str]]:
    """Each filter's name, value and words."""
    told = [(name, value, f"{text(f'filter.{name}', language).lower()} {date(value, language)}")
            for name, value in (("since", limits.since), ("until", limits.until)) if value]
    return told + [(name, value, language_name(value, language) if name == "languages" else value)
                   for name in LISTS for value in getattr(limits, name)]


def period_told(period: Period, language: str) -> str:
    """What its words mean, from when to when, as short as it can be told; plain text."""
    if period.newest:
        return text("turn.newest", language)
    since = date(_short(period.since, period.until, first=True), language)
    until = date(_short(period.until, period.since, first=False), language)
    if since and until:
        return since if since == until else f"{since} – {until}"
    side, day = ("since", since) if since else ("until", until)
    return f"{text(f'filter.{side}', language).lower()} {day}"


def _short(day: Day | None, other: Day | None, *, first: bool) -> str | None:
    """A border as a bare year or month, where both borders are those of whole ones."""
    if day is None:
        return None
    edges = [(each, begins) for each, begins in ((day, first), (other, not first)) if each]
    if all((each.month, each.day) == ((1, 1) if begins else (12, 31)) for each, begins in edges):
        return f"{day.year:04}"
    whole = all(each.day == 1 if begins else each == month_end(each.year, each.month) for each, begins in edges)
    return day.isoformat()[:7] if whole else day.isoformat()


def _chip(name: str, value: str, words: str, told: str, language: str) -> str:
    drop, label = escape(json.dumps([name, value], ensure_ascii=False)), escape(text("turn.drop", language, what=words))
    meant = "" if told.casefold() in words.casefold() else f' <span class="meant">{escape(told)}</span>'
    return (f'<li><button type="button" class="chip" data-drop="{drop}" aria-label="{label}" title="{label}">'
            f'<span>{escape(words)}</span>{meant}<span class="cross" aria-hidden="true">×</span></button></li>')


def unlimited(question: str, dismissed: Sequence[str], language: str) -> str:
    """That an answer lies outside the reader's filters, with a button that asks without them."""
    return (f'<p class="beyond" {asked(question, Filters(), dismissed)}>{escape(text("answer.beyond", language))} '
            f'<button type="button" class="second" data-drop="[]">{escape(text("answer.unlimited", language))}</button></p>')
