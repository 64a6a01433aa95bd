"""A folder that is watched: what arrives in it goes into the archive, once it has come to rest."""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.archive import Archive, Outcome
from index.article import Article
from index.db import ArchiveBusy, ArchiveError
from index.embed import EmbedderError
from index.engines import EngineError
from index.readers import Read, discover, read
from index.readers.record import identity

log = logging.getLogger(__name__)

SETTLE = 2.0  # seconds without a change, after which a file counts as written
ROUND = 500  # files taken in together
RESCAN = 60.0  # seconds after which the whole folder is gone through, for disks that tell nothing of changes
RETRY = 10.0  # seconds until what failed is tried again
_WAKE = 500  # milliseconds between looks at files that have not come to rest
_PARTIAL = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".swp", ".lock")

Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was when it was read: size in bytes, time of change in ns, inode; and its articles that have no id but
    the hash of what they say: where the file changes, they are replaced."""

    mark: Mark
    unnamed: tuple[str, ...]


class Inbox:
    """Which files of a folder are new or changed and have come to rest. What was taken is kept in the file `memory`, so that
    it is not read again after a restart."""

    def __init__(
        self, folder: Path, memory: Path, *, settle: float = SETTLE, clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._memory = memory
        self._settle = settle
        self._clock = clock
        self._taken = self._load()
        self._resting: dict[Path, tuple[Mark, float]] = {}

    @property
    def waits(self) -> bool:
        """Whether files are there that have not come to rest."""
        return bool(self._resting)

    def look(self) -> list[Path]:
        """The files to be taken in now, at most 500, in the folder's order."""
        ready: list[Path] = []
        resting: dict[Path, tuple[Mark, float]] = {}
        now = self._clock()
        for path, mark in self._files():
            held = self._taken.get(str(path))
            if held and held.mark == mark:
                continue
            last, since = self._resting.get(path, (None, now))
            resting[path] = (mark, since if last == mark else now)
            if len(ready) < ROUND and now - resting[path][1] >= self._settle:
                ready.append(path)
        self._resting = resting
        return ready

    def take(self, read: dict[Path, Sequence[str]]) -> list[str]:
        """Remembers files as taken, with the ids of their unnamed articles; returns the ids of those that their earlier
        contents gave and no file gives any more."""
        before = {each for path in read if (held := self._taken.get(str(path))) for each in held.unnamed}
        for path, unnamed in read.items():
            if resting := self._resting.pop(path, None):
                self._taken[str(path)] = Taken(resting[0], tuple(unnamed))
        self._save()
        return sorted(before - set(chain.from_iterable(held.unnamed for held in self._taken.values()))) if before else []

    def _files(self) -> Iterator[tuple[Path, Mark]]:
        for path in discover([str(self.folder)]):
            if isinstance(path, Path) and path.suffix.lower() not in _PARTIAL and not path.name.endswith("~"):
                try:
                    told = path.stat()
                except OSError:
                    continue  # gone meanwhile
                yield path, (told.st_size, told.st_mtime_ns, told.st_ino)

    def _load(self) -> dict[str, Taken]:
        try:
            held = json.loads(self._memory.read_text(encoding="utf-8"))
            return {path: Taken((size, changed, inode), tuple(unnamed))
                    for path, (size, changed, inode, unnamed) in held.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _save(self) -> None:
        beside = self._memory.with_suffix(".new")
        told = {path: [*held.mark, held.unnamed] for path, held in self._taken.items()}
        try:
            beside.write_text(json.dumps(told), encoding="utf-8")
            os.replace(beside, self._memory)
        except OSError as error:  # then they are read once more after a restart, and found unchanged
            log.warning("What was taken in cannot be noted in %s: %s", self._memory, error.strerror)


def watch(archive: Archive, folder: Path, *, settle: float = SETTLE, stop: threading.Event | None = None) -> Iterator[Outcome]:
    """Takes in what is in the folder and what arrives, until `stop`; yields what became of each, once it is stored.

    A file is read when it has not changed for `settle` seconds, and again when it changes later. What fails is tried again.
    """
    import watchfiles

    inbox = Inbox(folder, archive.folder / "watched.json", settle=settle)
    scanned = -RESCAN
    for changes in watchfiles.watch(folder, watch_filter=None, debounce=200, rust_timeout=_WAKE, yield_on_timeout=True,
                                    stop_event=stop, raise_interrupt=True):
        if not changes and not inbox.waits and time.monotonic() - scanned < RESCAN:
            continue
        scanned = time.monotonic()
        try:
            while ready := inbox.look():
                yield from _taken_in(archive, inbox, ready)
        except ArchiveBusy as error:
            log.info("%s", error)  # and in half a second once more
        except (ArchiveError, EngineError, EmbedderError) as error:
            log.warning("%s It is tried again in %.0f seconds.", error, RETRY)
            if (stop or threading.Event()).wait(RETRY):
                return


def _taken_in(archive: Archive, inbox: Inbox, paths: Iterable[Path]) -> Iterator[Outcome]:
    held: dict[Path, list[str]] = {}
    yield from archive.add(_read(paths, held))
    if replaced := inbox.take(dict(held)):
        for identifier in archive.remove(replaced):
            yield Outcome(identifier, "", "removed", "its file holds another text now")


def _read(paths: Iterable[Path], held: dict[Path, list[str]]) -> Iterator[Read]:
    """The articles of the files; notes which of them have no id of their own."""
    for path in paths:
        unnamed = held.setdefault(path, [])
        for item in read(path):
            if isinstance(item, Article) and item.id == identity(item.title, item.text):
                unnamed.append(item.id)
            yield item
