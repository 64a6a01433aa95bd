"""The view of who said what, as HTML and as CSV: pure functions of people and their statements."""

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from bot.people import Person, Role
from bot.render import headline, place, said, when
from bot.texts import date, number, text
from index.article import Quote
from index.store import StoredQuote

MOST_PEOPLE = 300  # shown at once
MOST_STATEMENTS = 200
COLUMNS = ("speaker", "role", "quote", "kind", "cue", "published", "title", "article_id", "start", "end", "url")
# A spreadsheet takes a cell that begins so for a formula, and would run it (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def everybody(people: Sequence[Person], language: str) -> str:
    """The list of people, each opening what that person said."""
    if not people:
        return f'<p class="nothing">{said("quotes.empty", language)}</p>'
    rows = "".join(_person(person, language) for person in people[:MOST_PEOPLE])
    cut = f'<p class="searched">{said("quotes.more", language, shown=MOST_PEOPLE)}</p>' if len(people) > MOST_PEOPLE else ""
    head = _head(text("quotes.everyone", language), number(len(people), language), _csv({}, language), language)
    return f'{head}<ol class="people">{rows}</ol>{cut}'


def statements(
    items: Sequence[StoredQuote], people: Sequence[Person], speaker: str, about: str, language: str,
) -> str:
    """What was said, by `speaker` or about something. `people` are those who said it."""
    if not items:
        return f'<p class="nothing" role="status">{said("quotes.none", language)}</p>'
    title = " – ".join(part for part in (people[0].name if speaker and len(people) == 1 else speaker, about) if part)
    asked = {name: value for name, value in (("speaker", speaker), ("about", about)) if value}
    roles = "".join(_roles(person, language, named=len(people) > 1) for person in people) if speaker else ""
    shown = "".join(_statement(item, language, named=not speaker or len(people) > 1) for item in items[:MOST_STATEMENTS])
    cut = ""
    if len(items) > MOST_STATEMENTS:
        told = said("quotes.cut", language, shown=MOST_STATEMENTS, count=number(len(items), language))
        cut = f'<p class="searched">{told}</p>'
    head = _head(title, _count(len(items), language), _csv(asked, language), language)
    return f'{head}{roles}<ol class="sources">{shown}</ol>{cut}'


def _head(title: str, count: str, link: str, language: str) -> str:
    return (f'<div class="finds"><h3>{escape(title)} <span class="count-of">{escape(count)}</span></h3>'
            f'<a class="download" href="{link}" download>{said("quotes.download", language)}</a></div>')


def _csv(asked: dict[str, str], language: str) -> str:
    return escape("quotes.csv?" + urlencode({**asked, "language": language}, errors="surrogatepass"))


def _count(count: int, language: str) -> str:
    one = text("quotes.count.one", language)
    return one if count == 1 else text("quotes.count", language, count=number(count, language))


def _person(person: Person, language: str) -> str:
    role = f'<span class="role">{escape(person.roles[-1].role)}</span>' if person.roles else ""
    years = _span(person.first and person.first[:4], person.last and person.last[:4], language)
    facts = f"<span>{escape(_count(person.statements, language))}</span>{f'<span>{years}</span>' if years else ''}"
    address = escape("#quotes?" + urlencode({"speaker": person.name}, errors="surrogatepass"))
    return (f'<li><a class="person" href="{address}"><span class="headline">{escape(person.name)}</span>{role}'
            f'<span class="facts">{facts}</span></a></li>')


def _roles(person: Person, language: str, *, named: bool) -> str:
    name = f"<h4>{escape(person.name)}</h4>" if named else ""
    if not person.roles:
        return name
    rows = "".join(_role(role, language) for role in person.roles)
    return f'{name}<dl class="roles" aria-label="{said("quotes.roles", language)}">{rows}</dl>'


def _role(role: Role, language: str) -> str:
    years = _span(date(role.first, language), date(role.last, language), language)
    return f"<dt>{escape(role.role)}</dt><dd>{years or said('article.undated', language)}</dd>"


def _span(first: str | None, last: str | None, language: str) -> str:
    if not first or not last:
        return ""
    return escape(first if first == last else text("archive.dates", language, first=first, last=last))


def _statement(item: StoredQuote, language: str, *, named: bool) -> str:
    quote, article = item.quote, item.article
    written_in = escape(article.language)
    kind = f'<span class="kind {quote.kind}">{said(f"quotes.{quote.kind}", language)}</span>'
    who = quote.speaker or text("quotes.unknown", language)
    speaker = f'<span class="headline">{escape(who)}</span>' if named or not quote.speaker else ""
    role = f'<span lang="{written_in}">{escape(quote.role)}</span>' if quote.role else ""
    facts = f'{role}{when(article.published, language)}<span lang="{written_in}">{escape(headline(article, language))}</span>'
    return (f'<li><a class="source statement" href="{place(article, quote.start, quote.end, language)}">{speaker}'
            f'<q lang="{written_in}">{escape(quote.quote)}</q><span class="facts">{kind}{facts}</span></a></li>')


def table(items: Iterable[StoredQuote], language: str) -> str:
    """The statements as CSV (RFC 4180), with the separator that spreadsheets of the language expect."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=text("quotes.separator", language))
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow([_cell(value) for value in _row(item.quote, item)])
    return held.getvalue()


def _row(quote: Quote, item: StoredQuote) -> tuple[object, ...]:
    article = item.article
    return (quote.speaker, quote.role, quote.quote, quote.kind, quote.cue, article.published, article.title, article.id,
            quote.start, quote.end, article.url)


def _cell(value: object) -> str:
    told = "" if value is None else str(value)
    return f"'{told}" if told.startswith(_FORMULA) else told
