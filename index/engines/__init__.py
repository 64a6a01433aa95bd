"""The contract of a search engine: passages go in as terms, a vector and attributes; scored keys come out.

An engine is derived from the database and can be built anew from it at any time. It knows keys and numbers, never texts:
both engines get the same terms, so that both analyse alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article, Filters

EARLIEST, LATEST = 0, 99991231


class EngineError(RuntimeError):
    """The engine's files or its server fail; the message says what to do."""


class Damaged(EngineError):
    """What the engine keeps cannot be read, or is not what was written: it has to be derived anew."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a filter may ask of a passage. Dates are whole numbers such as 20260301; an unknown one is None. `release` is
    when the embargo ends, in seconds since 1970 (UTC), 0 where there is none."""

    since: int | None
    until: int | None
    author: str
    section: str
    source: str
    language: str
    release: int = 0

    @classmethod
    def of(cls, article: Article) -> "Attributes":
        return cls(since=day(article.published, EARLIEST), until=day(article.published, LATEST),
                   author=(article.byline or "").casefold(), section=(article.section or "").casefold(),
                   source=(article.source or "").casefold(), language=article.language,
                   release=max(0, article.release or 0))

    def meet(self, filters: Filters) -> bool:
        """Whether they meet every filter; an unknown date meets none."""
        first, last = day(filters.since, EARLIEST) or EARLIEST, day(filters.until, LATEST) or LATEST
        if filters.since or filters.until:
            begun, ended = (LATEST + 1, EARLIEST - 1) if self.since is None or self.until is None else (self.since, self.until)
            if ended < first or begun > last:
                return False
        lists = ((filters.authors, self.author), (filters.sections, self.section), (filters.sources, self.source),
                 (filters.languages, self.language))
        return all(not wanted or mine.casefold() in {value.casefold() for value in wanted} for wanted, mine in lists)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as an engine stores it. `vector` has unit length, fp16 or fp32, shape (dimensions,)."""

    key: int
    grams: Sequence[str]
    stems: Sequence[str]
    vector: NDArray[np.float16] | NDArray[np.float32]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Terms:
    """A question, cut as the passages are."""

    grams: Sequence[str]
    stems: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's key with its three scores. The two of BM25 are shares of what a passage that says all terms of the
    question again and again would get, 0 where it shares none or ranks below the reach of the search."""

    key: int
    grams: float
    stems: float
    cosine: float


class Engine(Protocol):
    """Search over passages. Changes are seen by searches after `commit`.

    A kill at any moment leaves what the fingerprint tells, and perhaps some of what came later: to remove and add that once
    more does no harm.
    """

    @property
    def fingerprint(self) -> str:
        """What the last commit was given; empty where nothing usable is stored."""

    def add(self, entries: Sequence[Entry]) -> None: ...

    def remove(self, keys: Sequence[int]) -> None: ...

    @property
    def intact(self) -> bool:
        """Whether the files of the last commit are still there; where somebody took them away, it is to be opened anew. For
        the one writer to ask: another process may be replacing them."""

    def commit(self, fingerprint: str) -> None:
        """Makes the changes lasting, and all of them visible at once."""

    def clear(self) -> None:
        """Forgets everything, before a rebuild."""

    def refresh(self) -> None:
        """Takes up what another process committed since."""

    def search(
        self, terms: Terms, vector: NDArray[np.float32], filters: Filters, reach: int, now: int,
    ) -> list[Scored]:
        """The best `reach` by each of the three scores, together, each once, in no order; none that is under embargo at
        `now`, in seconds since 1970 (UTC)."""

    def keys(self) -> frozenset[int]:
        """Of all passages that it holds. Raises Damaged where its parts hold different ones."""

    def rarity(self, grams: Sequence[str]) -> dict[str, float]:
        """gram -> how much it tells: BM25's inverse document frequency among all passages, at least 0."""

    def close(self) -> None: ...


def day(date: str | None, rest: int) -> int | None:
    """`2026-03-01T10:00` as 20260301; what a bare year or month leaves open is filled from `rest` (00000000 or 99991231)."""
    if not date:
        return None
    digits = date[:10].replace("-", "")
    return int(digits + f"{rest:08d}"[len(digits):])
