"""JSON to articles: one object, a list, or an object a line, in our schema, Dewey's or ninjs. Lines are streamed."""

import json
import reprlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from index.article import ArticleError
from index.readers import encoding, ninjs
from index.readers.record import Read, Skipped, article, hopeful

Line = tuple[int, bytes | None]  # its number, and None where it is over the limit
_show = reprlib.Repr()
_show.maxlevel, _show.maxdict, _show.maxlist = 2, 2, 3
_show.maxstring = 60
_MOST_VALUES = 3_000_000  # of one document or line: each takes a hundred bytes and more once it is parsed
_CHUNK = 1_000_000  # bytes
_TOO_LONG = f"the line is over the limit of {encoding.LARGEST // 10**6} MB; split the article"


def read(path: Path) -> Iterator[Read]:
    """The articles of the file, each broken line or value named by `path:line`, or `path:item` in a list.

    Raises ArticleError where the whole file cannot be read as JSON.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if encoding.utf16(head) or _is_document(path):
        yield from _from_document(path)
    else:
        yield from hopeful(_from_lines(path), str(path))


def _is_document(path: Path) -> bool:
    """Whether the JSON spans lines: its first line opens something that it does not close."""
    for _, raw in _lines(path):
        line = (raw or b"").strip()
        if not line:
            continue
        if not line.startswith((b"[", b"{")) or (line.startswith(b"{") and line.endswith(b"}")):
            return False
        try:
            _parse(line)
        except ArticleError:
            return path.suffix.lower() != ".jsonl" or _parses(path)
        return False
    return False


def _parses(path: Path) -> bool:
    try:
        _parse(path.read_bytes() if path.stat().st_size <= encoding.LARGEST else b"")
    except ArticleError:
        return False
    return True


def _from_document(path: Path) -> Iterator[Read]:
    text = encoding.load(path)
    try:
        value = _parse(text)
    except ArticleError:
        if not text.lstrip().split("\n", 1)[0].rstrip().endswith("}"):
            raise
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield from _parsed(f"{path}:{number}", line)
        return
    yield from _articles(str(path), value)


def _from_lines(path: Path) -> Iterator[Read]:
    empty = True
    for number, line in _lines(path):
        if line is not None and not line.strip():
            continue
        empty = False
        if line is None:
            yield Skipped(f"{path}:{number}", _TOO_LONG)
        else:
            yield from _parsed(f"{path}:{number}", line)
    if empty:
        raise ArticleError("the file is empty")


def _lines(path: Path) -> Iterator[Line]:
    with path.open("rb", buffering=_CHUNK) as file:
        number = 1
        while line := file.readline(encoding.LARGEST):
            if len(line) == encoding.LARGEST and not line.endswith(b"\n"):
                _pass_over(file)
                yield number, None
            else:
                yield number, line
            number += 1


def _pass_over(file: BinaryIO) -> None:
    while held := file.read(_CHUNK):
        if (end := held.find(b"\n")) >= 0:
            file.seek(end + 1 - len(held), 1)
            return


def _parsed(where: str, line: bytes | str) -> Iterator[Read]:
    try:
        value = _parse(line)
    except ArticleError as error:
        yield Skipped(where, str(error))
        return
    yield from _articles(where, value)


def _parse(raw: bytes | str) -> Any:
    text = encoding.decode(raw) if isinstance(raw, bytes) else raw
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        raise ArticleError(f"this holds more than {_MOST_VALUES:,} values; split it, or write an article a line")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ArticleError(f"this is not JSON: {error.msg} at {place}; correct it there") from None
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"this JSON cannot be read: {error}; export it anew") from None


def _articles(where: str, value: Any) -> Iterator[Read]:
    if not isinstance(value, list):
        yield from _item(where, value)
        return
    if not value:
        yield Skipped(where, "the list is empty")
    for number, item in enumerate(value, 1):
        yield from _item(f"{where}:item {number}", item)


def _item(where: str, value: Any) -> Iterator[Read]:
    if ninjs.matches(value):
        yield from ninjs.read(where, value)
    else:
        yield _article(where, value)


def _article(where: str, value: Any) -> Read:
    if not isinstance(value, dict):
        return Skipped(where, f"an article is a JSON object with the field text, and this is {_show.repr(value)}")
    try:
        return article(value)
    except ArticleError as error:
        return Skipped(where, str(error))
