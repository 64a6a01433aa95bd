"""CSV and TSV to articles, a row each, streamed. The first row names the columns."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from index.article import ArticleError
from index.readers import columns, encoding
from index.readers.columns import Columns
from index.readers.record import Read, Skipped, hopeful

_SEPARATORS = ",;\t|"
_SNIFFED = 4_000  # characters: the standard library's way of telling the separator takes quadratic time
_MOST_COLUMNS = 10_000
_limit = f"the limit of {encoding.LARGEST // 10**6} MB"


def read(path: Path, mapped: Columns) -> Iterator[Read]:
    """The articles of the rows; one that is none is Skipped as `path:row N`, numbered as a spreadsheet does.

    A row that is over the limit ends the reading with a Skipped. Raises ArticleError where the file is no table of
    text, or its columns are not those that `mapped` names.
    """
    yield from hopeful(_rows(path, mapped), str(path))


def _rows(path: Path, mapped: Columns) -> Iterator[Read]:
    if not path.stat().st_size:
        raise ArticleError("the file is empty")
    with path.open(encoding=encoding.codec(path), errors="replace", newline="") as file:
        csv.field_size_limit(encoding.LARGEST)
        rows = csv.reader(_lines(file), delimiter=_separator(path, file))
        number = 1
        try:
            header = next((row for row in rows if any(map(str.strip, row))), [])
            fields = columns.chosen(header[:_MOST_COLUMNS], mapped)
            empty = True
            for number, row in enumerate(rows, 2):
                for item in columns.articles(str(path), number, [row], fields):
                    empty = False
                    yield item
        except csv.Error as error:
            why = f"a field is over {_limit}" if "limit" in str(error) else f"this is not CSV ({error})"
            yield Skipped(f"{path}:row {number + 1}", f"{why}; the rest of the file was not read: correct it there")
            return
        if empty:
            raise ArticleError("the table has no rows below the names of its columns")


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(encoding.LARGEST):
        if len(line) == encoding.LARGEST:
            raise csv.Error("a line is over the limit")
        yield line.replace("\0", "")


def _separator(path: Path, file: TextIO) -> str:
    """What parts the columns, told by the line that names them."""
    line = next((line for line in iter(lambda: file.readline(_SNIFFED), "") if line.strip()), "")
    file.seek(0)
    if path.suffix.lower() == ".tsv":
        return "\t"
    try:
        found = csv.Sniffer().sniff(line, _SEPARATORS).delimiter
    except csv.Error:
        found = ""
    return found if found and found in line else max(_SEPARATORS, key=line.count)
