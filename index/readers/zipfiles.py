"""ZIP files opened with limits: Word's and OpenDocument's formats are ZIP files, and so is what exports come packed in."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from index.article import ArticleError
from index.readers import encoding

MOST_ENTRIES = 100_000
LARGEST_DOCUMENT = 200_000_000  # bytes that a document unpacks to, pictures included
_LARGEST_DIRECTORY = 20_000_000  # bytes of the list of entries, which is read at once
_MOST_MARKS = 2_000_000  # elements and attributes of a document: each takes a hundred bytes and more once it is parsed
_ENCRYPTED = 0x1
_CHUNK = 1_000_000
# What the standard library raises for a file that is no ZIP, is cut off, or says of itself what is not so.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OverflowError, KeyError)


class _Bounded(FileIO):
    """A file that gives no more at once than a ZIP file's list of entries may hold."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0 or size > _LARGEST_DIRECTORY:
            size = _LARGEST_DIRECTORY + 1
        held = super().read(size) or b""
        if len(held) > _LARGEST_DIRECTORY:
            raise ArticleError(f"the file lists more than {MOST_ENTRIES:,} entries; pack it in several")
        return held


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP file at `path`. Raises ArticleError where it lists too many entries, one of BROKEN where it is none."""
    with _Bounded(path) as file, zipfile.ZipFile(file) as packed:
        if (entries := len(packed.filelist)) > MOST_ENTRIES:
            raise ArticleError(f"the file lists {entries:,} entries, and the limit is {MOST_ENTRIES:,}; pack it in several")
        yield packed


def refused(entry: zipfile.ZipInfo) -> str | None:
    """Why an entry cannot be unpacked within limits."""
    if entry.flag_bits & _ENCRYPTED:
        return "it is encrypted; pack it without a password"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in an unusual way; pack it with the method deflate"  # the others unpack without any limit
    return None


def unpacked(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry holds, in chunks: never more than its header says. Raises one of BROKEN where that is not so."""
    with packed.open(entry) as file:
        while held := file.read(_CHUNK):
            yield held


def check(path: Path) -> None:
    """Raises ArticleError for a document that unpacks to too much to be read, one of BROKEN where it is no ZIP file."""
    encoding.check_size(path)
    with opened(path) as packed:
        entries = packed.infolist()
        if why := next(filter(None, map(refused, entries)), None):
            raise ArticleError(f"a part of the document cannot be unpacked: {why}")
        if sum(entry.file_size for entry in entries) > LARGEST_DOCUMENT:
            raise ArticleError(f"the document unpacks to more than {LARGEST_DOCUMENT // 10**6} MB; take out its pictures")
        marks = size = 0
        for entry in entries:
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            for held in unpacked(packed, entry):
                marks += held.count(b"<") + held.count(b"=")
                size += len(held)
                if marks > _MOST_MARKS or size > encoding.LARGEST:
                    raise ArticleError("the document is too large to be read at once; split it")
