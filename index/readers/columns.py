"""Columns of a table to the fields of an article: as the user maps them, and by the names that records are known by."""

import datetime
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from index.article import ArticleError
from index.readers.record import NAMES, Read, Skipped, article

Columns = Mapping[str, str]  # the name of a field of ours -> the name of a column
_SHOWN = 30  # columns that an error names
_show = reprlib.Repr()
_show.maxstring = 60


def chosen(header: Sequence[str], columns: Columns) -> dict[str, int]:
    """Which column holds each field, by number; names match exactly, or else whatever their case.

    A field that `columns` does not map is looked for under our name for it and those of others. Raises ArticleError,
    naming the columns that exist, where a mapped one does not, or none holds the text.
    """
    found: dict[str, int] = {}
    for field, names in NAMES.items():
        told = columns.get(field)
        number = next((n for name in ((told,) if told else names) if (n := _number(header, name)) is not None), None)
        if number is not None:
            found[field] = number
        elif told:
            raise ArticleError(f"there is no column {_show.repr(told)}; {_existing(header)}")
    if "text" not in found:
        raise ArticleError(f"no column holds the text; {_existing(header)}: name one with --column text=COLUMN")
    return found


def articles(where: str, first: int, rows: Sequence[Sequence[Any]], fields: Mapping[str, int]) -> Iterator[Read]:
    """The articles of rows, numbered from `first`; a row that is none is Skipped as `path:row N`, an empty one passed over."""
    for number, row in enumerate(rows, first):
        told = {field: _told(field, row[at]) for field, at in fields.items() if at < len(row)}
        if not any(told.values()):
            continue
        try:
            yield article(told)
        except ArticleError as error:
            yield Skipped(f"{where}:row {number}", str(error))


def _number(header: Sequence[str], name: str) -> int | None:
    names = [told.strip() for told in header]
    name = name.strip()
    if name in names:
        return names.index(name)
    folded = [told.casefold() for told in names]
    return folded.index(name.casefold()) if name.casefold() in folded else None


def _existing(header: Sequence[str]) -> str:
    told = ", ".join(_show.repr(name) for name in header[:_SHOWN])
    return f"the columns are {told}{' and more' if len(header) > _SHOWN else ''}"


def _told(field: str, value: Any) -> Any:
    """A value of a typed table as a record tells it: dates in ISO 8601, numbers without decimals, lists joined."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime.datetime):
        midnight = value.tzinfo is None and value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (float, Decimal)):
        if value != value:  # not a number, which is how some programs write an empty place
            return None
        return int(value) if -(10**18) < value < 10**18 and value == int(value) else str(value)
    if isinstance(value, list) and field != "byline":
        parts = (_told(field, part) for part in value)
        return ("\n" if field == "text" else ", ").join(str(part) for part in parts if part is not None)
    return value
