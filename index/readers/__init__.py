"""Files to articles, one module a format. Knows no archive; what cannot be read is named, never raised."""

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from index.article import ArticleError
from index.readers import apart, docx, html, jsonl, mail, markdown, odt, parquet, pdf, table, text, xml, zipped
from index.readers.columns import Columns
from index.readers.names import is_hidden, is_other
from index.readers.parts import Exhausted, Parts
from index.readers.record import Read, Skipped

__all__ = ["FORMATS", "Read", "Skipped", "discover", "read"]

_READERS: Mapping[str, Callable[[Path], Iterator[Read]]] = {
    ".txt": text.read,
    ".md": markdown.read, ".markdown": markdown.read,
    ".html": html.read, ".htm": html.read,
    ".docx": docx.read, ".odt": odt.read, ".pdf": pdf.read,
    ".jsonl": jsonl.read, ".json": jsonl.read,
    ".xml": xml.read, ".nitf": xml.read, ".rss": xml.read, ".atom": xml.read,
}
# Tables, whose columns the user may name, and what holds files of other formats.
_TABLES: Mapping[str, Callable[[Path, Columns], Iterator[Read]]] = {
    ".csv": table.read, ".tsv": table.read, ".parquet": parquet.read,
}
_CONTAINERS: Mapping[str, Callable[[Path, Parts], Iterator[Read]]] = {
    ".zip": zipped.read, ".eml": mail.read, ".mbox": mail.read_box,
}
FORMATS = (*_READERS, *_TABLES, *_CONTAINERS)
# Read by others' parsers, and so in a process of its own.
_APART = {
    ".md", ".markdown", ".html", ".htm", ".docx", ".odt", ".pdf", ".parquet", ".xml", ".nitf", ".rss", ".atom",
}
_STREAMED = {".jsonl", ".json", ".mbox", ".zip", *_TABLES}
_WILD = set("*?[")
_CHANGED = "the file changed while it was read; add it again"
_OUTSIDE = "this link leads out of the folder that is added; name what it leads to itself"
_NO_ARTICLES = "by its name this file is not an article; rename it to add it"


def discover(paths: Iterable[str]) -> Iterator[Path | Skipped]:
    """The files under files, folders and globs, each once, folders in sorted order.

    In folders and globs hidden files, README files and questions.jsonl are passed over in silence; where one is named
    itself, a README or questions.jsonl is Skipped, as is a path that matches nothing.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path):
            if isinstance(found, Path):
                real = os.path.realpath(found)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def read(path: Path, columns: Columns | None = None) -> Iterator[Read]:
    """The articles of one file, by its suffix. Never raises for what the file holds: that is Skipped.

    `columns` says of tables which column holds which field (`{"text": "Brödtext"}`), those in ZIP files and mail included.
    """
    def reader(path: Path, parts: Parts) -> Iterator[Read]:
        return _read(path, columns or {}, parts)

    yield from reader(path, Parts(reader, FORMATS))


def _read(path: Path, columns: Columns, parts: Parts) -> Iterator[Read]:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        yield Skipped(str(path), f"{suffix or 'a name without suffix'} is no known format; known are {', '.join(FORMATS)}")
        return
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            yield Skipped(str(path), "this is not a regular file")
            return
        items = _items(path, suffix, columns, parts)
        if suffix in _STREAMED:
            yield from items
            if _has_changed(path, before):
                yield Skipped(str(path), f"{_CHANGED}: what was read so far is kept")
        else:
            whole = list(items)
            yield from [Skipped(str(path), _CHANGED)] if _has_changed(path, before) else whole
    except ArticleError as error:
        if isinstance(error, Exhausted) and parts.kinds:
            raise
        yield Skipped(str(path), _CHANGED if _has_changed(path, before) else str(error))
    except FileNotFoundError:
        why = "this link leads to nothing" if path.is_symlink() else "the file cannot be opened: it is not there any more"
        yield Skipped(str(path), why)
    except OSError as error:
        yield Skipped(str(path), f"the file cannot be opened: {error.strerror or error}; check its permissions")


def alone(path: Path, columns: Columns) -> Iterator[Read]:
    """The articles of a file that holds no others, read in this process; raises what its reader raises."""
    suffix = path.suffix.lower()
    return _TABLES[suffix](path, columns) if suffix in _TABLES else _READERS[suffix](path)


def _items(path: Path, suffix: str, columns: Columns, parts: Parts) -> Iterator[Read]:
    if suffix in _CONTAINERS:
        return _CONTAINERS[suffix](path, parts)
    return apart.read(path, columns) if suffix in _APART else alone(path, columns)


def _has_changed(path: Path, before: os.stat_result) -> bool:
    try:
        now = path.stat()
    except FileNotFoundError:
        return True
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _expand(told: str) -> Iterator[Path | Skipped]:
    path = Path(told).expanduser() if told.startswith("~") else Path(told)
    if not told.strip() or "\0" in told:
        yield Skipped(told, "this is not a path")
    elif path.is_dir():
        yield from _walk(path)
    elif os.path.lexists(path):
        yield Skipped(told, _NO_ARTICLES) if is_other(path.name) else path
    else:
        yield from _match(told, path)


def _match(told: str, path: Path) -> Iterator[Path | Skipped]:
    matches = sorted(glob.glob(str(path), recursive=True)) if _WILD & set(told) else []
    if not matches:
        yield Skipped(told, "no file or folder matches this; check the spelling")
    for match in map(Path, matches):
        if "**" in path.parts and not _leads_into(str(match), os.path.realpath(_before_wild(path))):
            yield Skipped(str(match), _OUTSIDE)
        elif match.is_dir():
            yield from _walk(match)
        elif not is_other(match.name):
            yield match


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    """Everything below a folder. Links are followed within it, but no folder twice, so that a loop of links ends."""
    failed: list[OSError] = []
    root = os.path.realpath(folder)
    visited = {root}
    for here, folders, files in os.walk(folder, onerror=failed.append, followlinks=True):
        folders[:] = [name for name in sorted(folders) if not is_hidden(name)]
        outside = [name for name in folders if not _is_inside(here, name, root)]
        folders[:] = [name for name in folders if name not in outside and _is_new(here, name, visited)]
        for name in sorted(files):
            if not is_hidden(name) and not is_other(name):
                if _is_inside(here, name, root):
                    yield Path(here, name)
                else:
                    outside.append(name)
        yield from (Skipped(os.path.join(here, name), _OUTSIDE) for name in outside)
    for error in failed:
        yield Skipped(str(error.filename), f"the folder cannot be opened: {error.strerror}; check its permissions")


def _is_inside(here: str, name: str, root: str) -> bool:
    path = os.path.join(here, name)
    return not os.path.islink(path) or _leads_into(path, root)


def _leads_into(path: str, root: str) -> bool:
    return os.path.join(os.path.realpath(path), "").startswith(os.path.join(root, ""))


def _before_wild(path: Path) -> Path:
    """The folder that a pattern searches."""
    return Path(*takewhile(lambda part: not _WILD & set(part), path.parts))


def _is_new(here: str, name: str, visited: set[str]) -> bool:
    real = os.path.realpath(os.path.join(here, name))
    if real in visited:
        return False
    visited.add(real)
    return True
