"""Parts of a file (an entry of a ZIP file, an attachment) read like files of their own, each within limits."""

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from index.article import ArticleError
from index.readers import encoding
from index.readers.record import Read, Skipped

MOST = 100_000  # parts in all, at whatever depth
LARGEST = 2_000_000_000  # bytes of all of them together
# How often one kind may be packed in itself; mail forwards mail, and exports are packed in exports.
_DEEPEST = {".zip": 2, ".mbox": 1, ".eml": 4}


@dataclass(slots=True)
class Left:
    """What may still be unpacked, counted over all depths: a bomb is a small file in a small file."""

    parts: int = MOST
    size: int = LARGEST


class Exhausted(ArticleError):
    """Nothing more of the file is unpacked."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Reads the parts of a file by the reader of each one's suffix.

    `known` are the suffixes that have a reader, `kinds` those of the files that this part stands in, from the outermost.
    """

    reader: Callable[[Path, "Parts"], Iterator[Read]]
    known: Collection[str]
    kinds: tuple[str, ...] = ()
    left: Left = field(default_factory=Left)

    def inside(self, kind: str) -> "Parts":
        """For the parts of a file of this kind. Raises ArticleError where it stands too deep."""
        if self.kinds.count(kind) >= _DEEPEST[kind]:
            raise ArticleError(f"{kind} in {kind} is read to depth {_DEEPEST[kind]}, and this lies deeper; unpack it")
        return Parts(self.reader, self.known, (*self.kinds, kind), self.left)

    def read(self, where: str, name: str, chunks: Iterable[bytes]) -> Iterator[Read]:
        """The articles of a part named `name`; what is skipped of it is named by `where`.

        The name gives the suffix and is never a path: the part lies in a folder of its own, which is gone afterwards.
        Raises Exhausted where no more may be unpacked.
        """
        self.count()
        if (kind := suffix(name)) not in self.known:
            yield Skipped(where, f"{kind or 'a name without suffix'} is no known format; known are {', '.join(self.known)}")
            return
        with tempfile.TemporaryDirectory(prefix="citera-") as folder:
            path = Path(folder) / f"part{kind}"
            try:
                self._write(path, chunks)
            except Exhausted:
                raise
            except ArticleError as error:
                yield Skipped(where, str(error))
                return
            for item in self.reader(path, self):
                yield Skipped(item.where.replace(str(path), where, 1), item.why) if isinstance(item, Skipped) else item

    def count(self) -> None:
        """Counts a part. Raises Exhausted where there were too many."""
        self.left.parts -= 1
        if self.left.parts < 0:
            raise Exhausted(f"more than {MOST:,} parts are packed in this file; the rest is left out: pack it in several")

    def _write(self, path: Path, chunks: Iterable[bytes]) -> None:
        size = 0
        with path.open("wb") as file:
            for held in chunks:
                size += len(held)
                self.left.size -= len(held)
                if self.left.size < 0:
                    raise Exhausted(f"this unpacks to over {LARGEST // 10**9} GB; the rest is left out: pack it in several")
                if size > encoding.LARGEST:
                    raise ArticleError(f"this unpacks to more than the limit of {encoding.LARGEST // 10**6} MB; split it")
                file.write(held)


def suffix(name: str) -> str:
    """The suffix of a part's name, in lower case; "" where it has none that could be one."""
    found = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return found if found[1:].isascii() and found[1:].isalnum() and len(found) <= 10 else ""
