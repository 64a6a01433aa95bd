"""The people whom an archive quotes: their roles over time and what they said. Knows the archive, no page."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from index.archive import Archive
from index.names import folded
from index.retriever import Retriever
from index.store import StoredQuote
from index.stories import said_once


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody was when quoted, as the articles put it, and from when to when (ISO dates, None where unknown)."""

    role: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted. `roles` are in order of time; two people of one name are one here."""

    name: str
    statements: int
    roles: tuple[Role, ...]
    first: str | None
    last: str | None


class People:
    """Everybody whom one archive quotes, counted once for each state of the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._retriever = Retriever(archive)
        self._lock = threading.Lock()
        self._counted: tuple[str, tuple[Person, ...]] = ("", ())

    def all(self) -> tuple[Person, ...]:
        """Those who are quoted most first."""
        with self._lock:
            state = self._archive.edition
            if self._counted[0] != state:
                self._counted = (state, people(said_once(self._archive.quotes())))
            return self._counted[1]

    def statements(self, speaker: str | None = None, about: str | None = None) -> list[StoredQuote]:
        """What somebody said, in order of time; about a topic, the most relevant first; without either, all there is."""
        if about:
            return self._retriever.quotes(about, speaker=speaker)
        return said_once(self._archive.quotes(speaker))


def people(statements: Iterable[StoredQuote]) -> tuple[Person, ...]:
    """The people of these statements, those who said most first. A statement whose speaker is unknown counts for nobody."""
    said: dict[str, list[StoredQuote]] = {}
    for item in statements:
        if item.quote.speaker:
            said.setdefault(folded(item.quote.speaker), []).append(item)
    found = [_person(items) for items in said.values()]
    return tuple(sorted(found, key=lambda person: (-person.statements, person.name.casefold())))


def _person(items: list[StoredQuote]) -> Person:
    names = Counter(str(item.quote.speaker) for item in items)
    roles: dict[str, list[StoredQuote]] = {}
    for item in items:
        if item.quote.role:
            roles.setdefault(item.quote.role.casefold(), []).append(item)
    told = [Role(str(held[0].quote.role), *_dates(held)) for held in roles.values()]
    told.sort(key=lambda role: (role.first is None, role.first or "", role.role))
    return Person(names.most_common(1)[0][0], len(items), tuple(told), *_dates(items))


def _dates(items: Iterable[StoredQuote]) -> tuple[str | None, str | None]:
    dates = sorted(item.article.published for item in items if item.article.published)
    return (dates[0], dates[-1]) if dates else (None, None)
