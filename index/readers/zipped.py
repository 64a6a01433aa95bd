"""ZIP files to the articles of what is packed in them, entry by entry; one that cannot be read is named, the rest goes in."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from index.article import ArticleError
from index.readers import encoding, zipfiles
from index.readers.names import is_hidden, is_other
from index.readers.parts import Exhausted, Parts
from index.readers.record import Read, Skipped

_RATIO = 200  # times the packed size; text packs to a tenth, repetitive tables to a fiftieth
_SMALL = 1_000_000  # bytes, below which no ratio matters
_NO_ZIP = "this is not a ZIP file that can be read; pack it anew"


def read(path: Path, parts: Parts) -> Iterator[Read]:
    """The articles of all entries, each Skipped named by `path:entry`. Raises ArticleError where it is no ZIP file."""
    parts = parts.inside(".zip")
    try:
        with zipfiles.opened(path) as packed:
            yield from _entries(path, packed, parts)
    except ArticleError:
        raise
    except zipfiles.BROKEN as error:
        raise ArticleError(_NO_ZIP) from error


def _entries(path: Path, packed: zipfile.ZipFile, parts: Parts) -> Iterator[Read]:
    entries = [entry for entry in packed.infolist() if _is_meant(entry)]
    if not entries:
        raise ArticleError("nothing is packed in this ZIP file")
    for entry in entries:
        try:
            yield from _entry(packed, entry, f"{path}:{_shown(entry.filename)}", parts)
        except Exhausted as error:
            yield Skipped(str(path), str(error))
            return


def _is_meant(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return not (entry.is_dir() or any(is_hidden(name) for name in path.parts if name.strip(".")) or is_other(path.name))


def _entry(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str, parts: Parts) -> Iterator[Read]:
    if why := _refused(entry):
        parts.count()
        yield Skipped(where, why)
        return
    try:
        yield from parts.read(where, entry.filename, zipfiles.unpacked(packed, entry))
    except zipfiles.BROKEN as error:
        if isinstance(error, Exhausted):
            raise
        yield Skipped(where, "this entry is broken and cannot be unpacked; pack it anew")


def _refused(entry: zipfile.ZipInfo) -> str | None:
    """Why an entry is not unpacked. Its header may lie, so what it really unpacks to is counted as well."""
    if not entry.file_size:
        return "the file is empty"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "this entry is a link, not a file; pack the file itself"
    if entry.file_size > encoding.LARGEST:
        size, limit = entry.file_size / 1e6, encoding.LARGEST // 10**6
        return f"this entry unpacks to {size:.1f} MB, and the limit is {limit} MB; split it"
    if entry.file_size > max(_SMALL, _RATIO * entry.compress_size):
        return f"this entry unpacks to over {_RATIO} times its size, as no articles do; add the file itself if it holds some"
    return zipfiles.refused(entry)


def _shown(name: str) -> str:
    """A name as a line can show it."""
    return "".join(char if char.isprintable() else "?" for char in encoding.plain(name))[:200]
