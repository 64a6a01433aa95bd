"""Feeds at addresses that the user named: read once, or asked again and again for what is new."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.archive import Archive, Outcome
from index.article import ArticleError
from index.db import ArchiveError
from index.embed import EmbedderError
from index.engines import EngineError
from index.readers import Read, Skipped, xml
from index.readers.fetch import FetchError, Mark, fetch, shown

LONGEST = 6 * 3600.0  # seconds that a failing feed is left alone at most, unless its server asks for more
_PATIENCE = 24 * 3600.0  # a server may ask for no more than that


class Feed:
    """One address, what its server said when it was last read, and how many polls in a row have failed since."""

    def __init__(self, url: str, *, allow_private: bool = False) -> None:
        self.url = url
        self.name = shown(url)
        self._allow_private = allow_private
        self._mark = self._next = Mark()
        self.failures = 0
        self._asked = 0.0

    def poll(self) -> Iterator[Read]:
        """Its articles; nothing where it is unchanged. Never raises: what fails is Skipped."""
        try:
            fetched = fetch(self.url, mark=self._mark, allow_private=self._allow_private)
            if fetched:
                self._next = fetched.mark
                yield from xml.parse(self.name, fetched.raw, fetched.charset)
            self.failures, self._asked = 0, 0.0
        except ArticleError as error:
            self.fail(error.wait if isinstance(error, FetchError) else 0)
            yield Skipped(self.name, str(error))

    def keep(self) -> None:
        """What was polled is in the archive: from here on only what is newer is asked for."""
        self._mark = self._next

    def fail(self, asked: float = 0) -> None:
        """It did not work out, and the server asks to be left alone for so many seconds."""
        self.failures += 1
        self._asked = min(asked, _PATIENCE)
        self._next = self._mark

    def rest(self, every: float) -> float:
        """Seconds until the next poll: `every`, and twice as long after each failure in a row."""
        return max(min(every * 2.0 ** min(self.failures, 16), max(every, LONGEST)), self._asked)


def follow(
    archive: Archive, feeds: Sequence[Feed], every: float, *, stop: threading.Event | None = None,
) -> Iterator[Outcome]:
    """Polls the feeds every so many seconds until `stop`; yields what changed in the archive, and each failure. What is skipped
    is told once, not with every poll."""
    stop = stop or threading.Event()
    left = dict.fromkeys(feeds, 0.0)  # seconds until a feed is due
    told: dict[Feed, set[tuple[str, str]]] = {feed: set() for feed in feeds}
    while not stop.is_set():
        for feed in [feed for feed, rest in left.items() if rest <= 0]:
            yield from _news(archive, feed, every, told[feed])
            left[feed] = feed.rest(every)
        wait = min(left.values())
        stop.wait(wait)
        left = {feed: rest - wait for feed, rest in left.items()}


def _news(archive: Archive, feed: Feed, every: float, told: set[tuple[str, str]]) -> Iterator[Outcome]:
    """One poll's outcomes but for what is unchanged and what was skipped before; `told` is then what this one skipped."""
    skipped = set()
    for outcome in _polled(archive, feed):
        if outcome.where == feed.name and feed.failures:
            again = f"asked again in {feed.rest(every) / 60:.0f} minutes; failures in a row: {feed.failures}"
            outcome = replace(outcome, why=f"{outcome.why} ({again})")
        if outcome.action == "skipped":
            skipped.add((outcome.where, outcome.why))
        if outcome.action != "unchanged" and (outcome.where, outcome.why) not in told:
            yield outcome
    told.clear()
    told.update(skipped)


def _polled(archive: Archive, feed: Feed) -> Iterator[Outcome]:
    try:
        yield from archive.add(feed.poll())
        feed.keep()
    except (ArchiveError, EngineError, EmbedderError) as error:
        feed.fail()
        yield Outcome(feed.name, "", "skipped", str(error))
