"""Files to articles, one module a format. Knows no archive; what cannot be read is named, never raised."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from index.article import ArticleError
from index.readers import docx, html, jsonl, markdown, text, xml
from index.readers.record import Read, Skipped

__all__ = ["FORMATS", "Read", "Skipped", "discover", "read"]

FORMATS: Mapping[str, Callable[[Path], Iterator[Read]]] = {
    ".txt": text.read,
    ".md": markdown.read, ".markdown": markdown.read,
    ".html": html.read, ".htm": html.read,
    ".docx": docx.read,
    ".jsonl": jsonl.read, ".json": jsonl.read,
    ".xml": xml.read, ".nitf": xml.read, ".rss": xml.read, ".atom": xml.read,
}
_WILD = set("*?[")
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


def read(path: Path) -> Iterator[Read]:
    """The articles of one file, by its suffix. Never raises for what the file holds: that is Skipped."""
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        suffix = path.suffix or "a name without suffix"
        yield Skipped(str(path), f"{suffix} is no known format; known are {', '.join(FORMATS)}")
        return
    try:
        if path.exists() and not path.is_file():
            yield Skipped(str(path), "this is not a regular file")
            return
        yield from reader(path)
    except ArticleError as error:
        yield Skipped(str(path), str(error))
    except OSError as error:
        yield Skipped(str(path), f"the file cannot be opened: {error.strerror or error}; check its permissions")


def _expand(told: str) -> Iterator[Path | Skipped]:
    path = Path(told).expanduser() if told.startswith("~") else Path(told)
    if not told.strip() or "\0" in told:
        yield Skipped(told, "this is not a path")
    elif path.is_dir():
        yield from _walk(path)
    elif os.path.lexists(path):
        yield Skipped(told, _NO_ARTICLES) if _is_other(path.name) else path
    else:
        yield from _match(told, path)


def _match(told: str, path: Path) -> Iterator[Path | Skipped]:
    matches = sorted(glob.glob(str(path), recursive=True)) if _WILD & set(told) else []
    if not matches:
        yield Skipped(told, "no file or folder matches this; check the spelling")
    for match in map(Path, matches):
        if match.is_dir():
            yield from _walk(match)
        elif not _is_other(match.name):
            yield match


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    """Everything below a folder. Links are followed, but no folder twice, so that a loop of links ends."""
    failed: list[OSError] = []
    visited = {os.path.realpath(folder)}
    for here, folders, files in os.walk(folder, onerror=failed.append, followlinks=True):
        folders[:] = [name for name in sorted(folders) if not name.startswith(".") and _is_new(here, name, visited)]
        yield from (Path(here, name) for name in sorted(files) if not name.startswith(".") and not _is_other(name))
    for error in failed:
        yield Skipped(str(error.filename), f"the folder cannot be opened: {error.strerror}; check its permissions")


def _is_new(here: str, name: str, visited: set[str]) -> bool:
    real = os.path.realpath(os.path.join(here, name))
    if real in visited:
        return False
    visited.add(real)
    return True


def _is_other(name: str) -> bool:
    return name.lower().startswith("readme") or name.lower() == "questions.jsonl"
