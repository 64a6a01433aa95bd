"""The archive: articles go in, are corrected and removed, and the indexes derived from them follow."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index import integrity, store, stories
from index.article import Article, Coverage, Filters, Passage, Quote, Story
from index.db import ArchiveBusy, ArchiveError, Database
from index.embed import Embedder
from index.engines import Attributes, Damaged, Engine, EngineError, Entry
from index.engines.embedded import Embedded
from index.integrity import Flaw
from index.language import grams, stems
from index.quotes import VERSION, quotes
from index.readers import Skipped
from index.split import split
from index.store import Known, Stats, StoredPassage, StoredQuote, Version

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
Action = Literal["added", "unchanged", "updated", "skipped", "removed"]
BATCH = 512  # passages embedded and stored together: large enough to sort by length, small enough to lose little
CHARACTERS = 600  # in a passage, about
COMMIT_SECONDS = 10.0  # at least so long between two states of the indexes while articles come in
COMMIT_SHARE = 0.05  # of the time, at most, goes into writing them
_TRIES, _PAUSE = 5, 0.1  # to open what another process is just replacing; seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article or file. `where` is the article's id, or the place in a file that was skipped."""

    where: str
    title: str
    action: Action
    why: str = ""


class Archive:
    """One newsroom's articles in a folder: `citera.db` is the truth, `search/` is derived from it.

    Many processes may read; one writes at a time, and a second waits for `wait` seconds. What is under embargo at the time
    of `clock` (seconds since 1970) is seen by no reader, and appears by itself when the time has come; what its publisher
    has withdrawn is found by no search.
    Raises ArchiveError (or ArchiveBusy, ArchiveNewer) with the remedy.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, *, wait: float = 5.0, clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self.embedder = embedder
        self._wait = wait
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"the archive's folder {folder} cannot be made: {error.strerror}") from error
        self._db = Database.in_folder(folder)
        self._lock = FileLock(folder / "writer.lock")
        self._engine: Engine | None = None
        self._opening = threading.RLock()
        self._committed = (0.0, 0.0)  # when the indexes were last written, and how long that took, in seconds

    # -- changing -----------------------------------------------------------------------------------------------------

    def add(self, items: Iterable[Article | Skipped], *, progress: Progress | None = None) -> Iterator[Outcome]:
        """Takes in articles; yields what became of each, once it is stored.

        A generator: what was yielded stays when the caller stops. `progress` is told the items done and their number
        (0 where it is not known).
        """
        total, done = len(items) if isinstance(items, Sized) else 0, 0
        with self._writing():
            seen: set[str] = set()
            try:
                for batch in _batches(items):
                    outcomes = self._add_batch(batch, seen)
                    if self._due():
                        self._commit()
                    done += len(batch)
                    if progress:
                        progress(done, total)
                    yield from outcomes
            finally:
                self._commit()

    def remove(self, ids: Sequence[str], *, purge: bool = False) -> list[str]:
        """Takes articles out with their earlier versions and everything derived from them; returns the ids that were
        there. With `purge` the indexes are built anew, so that not a word of them is left in their files."""
        with self._writing():
            with self._db.writing() as connection:
                known = list(store.known(connection, ids))
                left = stories.held(connection, known)
                keys = store.drop(connection, known, store.advance(connection)) if known else []
                store.drop_versions(connection, known)
                stories.settle(connection, left)
            if purge:
                self._forget_engine()
                self._rebuild()
            else:
                self._open_engine().remove(keys)
                self._commit()
        return known

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        """Seconds since 1970 (UTC): what is under embargo then is not to be seen."""
        return int(self._clock())

    def get(self, article_id: str) -> Article | None:
        """An article, also one that was withdrawn."""
        with self._db.reading() as connection:
            return store.get(connection, article_id, self.now)

    def versions(self, article_id: str) -> list[Version]:
        """What an article said before it was replaced, the latest first; nothing of one that was withdrawn."""
        with self._db.reading() as connection:
            return store.versions(connection, article_id, self.now)

    def articles(self) -> Iterator[Article]:
        with self._db.reading() as connection:
            yield from store.articles(connection, self.now)

    def newest(self, number: int) -> list[Article]:
        """The latest articles by date of publication."""
        with self._db.reading() as connection:
            return store.newest(connection, number, self.now)

    def passages(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by key; one that was removed is left out."""
        with self._db.reading() as connection:
            return store.passages(connection, keys, self.now)

    def quotes(
        self, speaker: str | None = None, *, articles: Sequence[str] | None = None, filters: Filters | None = None,
        limit: int | None = None,
    ) -> list[StoredQuote]:
        """Who said what, by speaker and by the articles' ids (some hundreds at most); without either: all.

        `speaker` is a full name or a last name, in any case, with or without accents; one that two people share gives
        both. In order of time where a speaker is given, otherwise as the articles came in. What is about a topic the
        retriever finds. Quotes that earlier rules found are found anew first, unless another process is writing.
        """
        if self._behind():
            self._try_writing()
        with self._db.reading() as connection:
            return store.quotes(connection, self.now, speaker, articles, filters, limit)

    def stories(self, ids: Sequence[str]) -> dict[str, Story]:
        """id -> the story, of those articles that others carry too; what is embargoed or withdrawn does not count."""
        with self._db.reading() as connection:
            return stories.stories(connection, ids, self.now)

    def stats(self) -> Stats:
        with self._db.reading() as connection:
            return store.stats(connection, self.now)

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """How many articles a search under these filters goes through, and of which dates."""
        with self._db.reading() as connection:
            return store.coverage(connection, filters or Filters(), self.now)

    def engine(self) -> Engine:
        """The search engine in step with the database. Where it is not (a kill between storing and indexing, damage,
        another model) it is derived anew, unless another process is writing: then its last complete state serves."""
        if not self._in_step():
            self._refresh()
        if not self._in_step():
            self._try_writing()
        return self._open_engine()

    def damage(self) -> str:
        """What the database finds wrong with itself; empty where it is sound."""
        return self._db.damage()

    def flaws(self) -> list[Flaw]:
        """What of the database is not what was stored; every article is read."""
        with self._db.reading() as connection:
            return list(integrity.flaws(connection))

    def agrees(self) -> bool:
        """Whether keywords and vectors hold just the passages of the database."""
        try:
            held = self.engine().keys()
        except Damaged:
            return False
        with self._db.reading() as connection:
            return held == frozenset(store.passage_keys(connection))

    def repair(self, flaws: Sequence[Flaw]) -> None:
        """Derives anew what can be: passages and quotes of articles, embeddings, and then the indexes."""
        with self._writing():
            with self._db.writing() as connection:
                integrity.forget(connection, [flaw.where for flaw in flaws if flaw.kind == "embedding"])
                torn = {flaw.where: store.get(connection, flaw.where, None) for flaw in flaws if flaw.kind == "passages"}
            for article in torn.values():
                if article is not None:
                    self._keep([self._read(article)])
            self._forget_engine()
            self._rebuild()

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._db.close()

    # -- within -------------------------------------------------------------------------------------------------------

    def _try_writing(self) -> None:
        """Becoming the writer brings everything in step."""
        try:
            with self._writing(wait=0):
                pass
        except ArchiveBusy:
            log.info("another process is writing to %s: searching its last complete state", self.folder)

    @contextmanager
    def _writing(self, wait: float | None = None) -> Iterator[None]:
        """The one writer, with engine and quotes in step before it begins. The lock dies with its process."""
        try:
            self._lock.acquire(timeout=self._wait if wait is None else wait)
        except Timeout as error:
            raise ArchiveBusy(
                f"another process is adding to {self.folder}: wait until it is done, then try again") from error
        except OSError as error:
            raise ArchiveError(f"{self.folder} cannot be written ({error.strerror}): give write permission, "
                               "or choose another folder with --archive") from error
        try:
            if not self._open_engine().intact:
                self._close_engine()
            if not self._in_step():
                self._refresh()
            if not self._in_step():
                self._follow()
            if self._behind():
                self._extract()
            self._join()
            yield
        finally:
            self._lock.release()

    def _in_step(self) -> bool:
        return self._open_engine().fingerprint == self.fingerprint

    @property
    def database(self) -> Database:
        """Where the articles are; the log stands beside them."""
        return self._db

    @property
    def fingerprint(self) -> str:
        """The state of the database that an index must match: changes so far, and the embedding model."""
        with self._db.reading() as connection:
            return f"{store.generation(connection)}:{self.embedder.name}"

    @property
    def edition(self) -> str:
        """What readers see is the same as long as this is: changes so far, the embedding model, and the last embargo that
        ended."""
        with self._db.reading() as connection:
            return f"{store.generation(connection)}:{self.embedder.name}:{store.last_release(connection, self.now)}"

    def _open_engine(self) -> Engine:
        with self._opening:
            if self._engine is None:
                self._engine = self._opened()
            return self._engine

    def _refresh(self) -> None:
        """Takes up what another process committed."""
        try:
            self._open_engine().refresh()
        except Damaged:
            self._close_engine()
            self._open_engine()

    def _opened(self) -> Engine:
        """The engine's files; what is damaged is thrown away, under the lock: it may be what another process is just
        writing."""
        place, dimensions = self.folder / "search", self.embedder.dimensions
        for _ in range(_TRIES):
            try:
                return Embedded(place, dimensions)
            except Damaged as error:
                log.info("%s", error)
                if self._lock.is_locked:
                    break
                time.sleep(_PAUSE)
        try:
            with self._lock.acquire(timeout=self._wait):
                Embedded.erase(place)
                return Embedded(place, dimensions)
        except Timeout as error:
            raise EngineError(f"the search index {place} is damaged, and another process is writing: try again when it is "
                              "done") from error

    def _forget_engine(self) -> None:
        """Throws the indexes away, to be built anew."""
        with self._opening:
            self._close_engine()
            Embedded.erase(self.folder / "search")

    def _close_engine(self) -> None:
        """It is opened anew when it is next asked."""
        with self._opening:
            if self._engine is not None:
                self._engine.close()
            self._engine = None

    def _follow(self) -> None:
        """Brings the indexes in step: by the changes since, where they are noted, and otherwise by building them anew."""
        number, _, model = self._open_engine().fingerprint.partition(":")
        changed = None
        if number.isdecimal() and model == self.embedder.name:
            with self._db.reading() as connection:
                changed = store.changes(connection, int(number))
        if changed is None:
            self._rebuild()
            return
        gone, came = changed
        self._open_engine().remove(gone)
        for keys in _chunks(iter(came), BATCH):
            with self._db.reading() as connection:
                stored = store.passages(connection, keys, None)
            self._open_engine().add(self._entries(list(stored.values())))
        self._commit()

    def _rebuild(self) -> None:
        """Derives the indexes anew. Embeds only what has no stored embedding by this model."""
        log.info("building the search index of %s anew", self.folder)
        engine = self._open_engine()
        engine.clear()
        with self._db.reading() as connection:
            fingerprint = f"{store.generation(connection)}:{self.embedder.name}"
            for stored in _chunks(store.all_passages(connection), BATCH):
                engine.add(self._entries(stored))
        engine.commit(fingerprint)

    def _behind(self) -> bool:
        """Whether the quotes were found by earlier rules, or by none."""
        with self._db.reading() as connection:
            return store.extracted(connection) < VERSION

    def _extract(self) -> None:
        """Finds the quotes of all articles anew."""
        log.info("finding who said what in %s", self.folder)
        with self._db.writing() as connection:
            held = store.articles(connection, None)
            store.extract(connection, ((each.id, quotes(each)) for each in held if not each.withdrawn), VERSION)

    def _due(self) -> bool:
        """Whether it is time to make findable what came in, without spending too much of the time on it."""
        at, took = self._committed
        return time.monotonic() - at > max(COMMIT_SECONDS, took / COMMIT_SHARE)

    def _join(self) -> None:
        """Finds the copies among articles from before there was a search for them, a part at a time: a kill loses one part."""
        with self._db.reading() as connection:
            left = stories.behind(connection)
        if left:
            log.info("finding copies in %s", self.folder)
        while left:
            with self._db.writing() as connection:
                left = stories.fill(connection, BATCH)

    def _commit(self) -> None:
        begun = time.monotonic()
        if not self._in_step():
            self._open_engine().commit(self.fingerprint)
            with self._db.writing() as connection:
                store.forget_changes(connection, store.generation(connection))
        self._committed = (time.monotonic(), time.monotonic() - begun)

    def _add_batch(self, batch: Sequence[Article | Skipped], seen: set[str]) -> list[Outcome]:
        told, fresh = self._compare(batch, seen)
        if fresh:
            self._keep([self._read(article) for article in fresh])
        return told

    @staticmethod
    def _read(article: Article) -> tuple[Article, tuple[Passage, ...], tuple[Quote, ...]]:
        """With its passages and quotes; one that was withdrawn has none."""
        return (article, (), ()) if article.withdrawn else (article, split(article), quotes(article))

    def _compare(self, batch: Sequence[Article | Skipped], seen: set[str]) -> tuple[list[Outcome], list[Article]]:
        """What is to be said of each, and the articles that are new or changed: of two with one id the later counts.

        `seen` holds the ids that this run brought so far, and is added to.
        """
        with self._db.reading() as connection:
            known = store.known(connection, [item.id for item in batch if isinstance(item, Article)])
        told: list[Outcome] = []
        fresh: dict[str, Article] = {}
        for item in batch:
            if isinstance(item, Skipped):
                told.append(Outcome(item.where, "", "skipped", item.why))
            elif (held := known.get(item.id)) and held.digest == item.digest:
                told.append(Outcome(item.id, item.title, "unchanged"))
            elif held and held.version is not None and item.version is not None and held.version > item.version:
                why = f"version {held.version} is here already, and this is version {item.version}"
                told.append(Outcome(item.id, item.title, "unchanged", why))
            else:
                why = "the id stood earlier in this run with another text; this one counts" if item.id in seen else ""
                told.append(Outcome(item.id, item.title, "updated" if item.id in known else "added", why))
                known[item.id] = Known(item.digest, item.version)
                fresh[item.id] = item
            if isinstance(item, Article):
                seen.add(item.id)
        return told, list(fresh.values())

    def _keep(self, read: Sequence[tuple[Article, tuple[Passage, ...], tuple[Quote, ...]]]) -> None:
        """Embeds, then stores all in one transaction, then indexes: a kill leaves each article whole or absent."""
        texts = {store.text_digest(text): text for article, passages, _ in read
                 for text in (store.embedded_text(article, passage.text) for passage in passages)}
        vectors = self._vectors(texts)
        stored: list[StoredPassage] = []
        digests = {article.id: article.digest for article, _, _ in read}
        ids = list(digests)
        with self._db.writing() as connection:
            number = store.advance(connection)
            store.keep_versions(connection, digests, datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"))
            left = stories.held(connection, ids)
            gone = store.drop(connection, ids, number)
            for article, passages, said in read:
                stored += store.put(connection, article, passages, said, number)
            stories.join(connection, ids)
            stories.settle(connection, left)
            store.put_vectors(connection, self.embedder.name, vectors)
        self._open_engine().remove(gone)
        self._open_engine().add([_entry(item, vectors[item.digest]) for item in stored])

    def _entries(self, stored: Sequence[StoredPassage]) -> list[Entry]:
        texts = {item.digest: store.embedded_text(item.article, item.passage.text) for item in stored}
        vectors = self._vectors(texts)
        return [_entry(item, vectors[item.digest]) for item in stored]

    def _vectors(self, texts: Mapping[str, str]) -> dict[str, NDArray[np.float16]]:
        """digest -> embedding; what is stored is not embedded again."""
        with self._db.reading() as connection:
            known = store.vectors(connection, list(texts), self.embedder.name)
        missing = [digest for digest in texts if digest not in known]
        if missing:
            new = self.embedder.passages([texts[digest] for digest in missing]).astype(np.float16)
            known.update(zip(missing, new, strict=True))
        return known


def _entry(stored: StoredPassage, vector: NDArray[np.float16]) -> Entry:
    text = store.embedded_text(stored.article, stored.passage.text)
    return Entry(key=stored.key, grams=grams(text), stems=stems(text, stored.article.language), vector=vector,
                 attributes=Attributes.of(stored.article))


def _batches(items: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    """Articles in groups of about BATCH passages, of one id never two: each that is replaced is to stay as a version."""
    batch: list[Article | Skipped] = []
    ids: set[str] = set()
    size = 0
    for item in items:
        if size >= BATCH * CHARACTERS or (isinstance(item, Article) and item.id in ids):
            yield batch
            batch, ids, size = [], set(), 0
        batch.append(item)
        if isinstance(item, Article):
            ids.add(item.id)
            size += len(item.text)
    if batch:
        yield batch


def _chunks(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while chunk := list(islice(items, size)):
        yield chunk
