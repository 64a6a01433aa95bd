"""Parquet to articles, a row each, by pyarrow, a batch of rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.article import ArticleError
from index.readers import columns
from index.readers.columns import Columns
from index.readers.record import Read, Skipped

if TYPE_CHECKING:
    from pyarrow import Array

_BATCH = 100  # rows: an article may be long
_RATIO, _SMALL = 200, 100_000_000  # times the file's size; characters below which no ratio matters
_NO_PARQUET = "this is not a Parquet file that can be read; export it anew"


def read(path: Path, mapped: Columns) -> Iterator[Read]:
    """The articles of the rows; one that is none is Skipped as `path:row N`, counted from 1.

    Raises ArticleError where the file is no Parquet file, or its columns are not those that `mapped` names.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    number, size = 1, 0
    most = max(_SMALL, _RATIO * path.stat().st_size)
    try:
        with ParquetFile(path, memory_map=False, pre_buffer=False, buffer_size=1_000_000) as file:
            names = file.schema_arrow.names
            fields = columns.chosen(names, mapped)
            wanted = list(dict.fromkeys(names[at] for at in fields.values()))
            held = {field: wanted.index(names[at]) for field, at in fields.items()}
            for batch in file.iter_batches(_BATCH, columns=wanted, use_threads=False):
                rows = list(zip(*(_values(batch.column(name)) for name in wanted), strict=True))
                size += sum(len(value) for row in rows for value in row if isinstance(value, str))
                if size > most:
                    raise ArticleError(f"the rows hold over {_RATIO} times the file's size; the rest was not read: split it")
                yield from columns.articles(str(path), number, rows, held)
                number += len(rows)
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, MemoryError) as error:
        if isinstance(error, ArticleError) or (isinstance(error, OSError) and error.errno):
            raise
        if number == 1:
            raise ArticleError(_NO_PARQUET) from error
        yield Skipped(f"{path}:row {number}", "the file is broken here; the rest was not read: export it anew")
        return
    if number == 1:
        raise ArticleError("the table has no rows")


def _values(column: "Array[Any]") -> list[Any]:
    """A column's values as Python's own; nanoseconds, which Python's dates have not, are cut off."""
    import pyarrow

    if pyarrow.types.is_timestamp(column.type):
        column = column.cast(pyarrow.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values
