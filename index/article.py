"""The values that the archive is made of. Standard library only."""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

QuoteKind = Literal["direct", "indirect"]

# IPTC's publication statuses but "usable", and the words that others use: what has one of these is never cited.
WITHDRAWN = frozenset({"withheld", "canceled", "cancelled", "removed", "retracted", "withdrawn", "killed"})

_LATER = frozenset({"copyright", "correction", "version"})  # not in the digests of archives from before they were
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ].*)?)?)?")


class ArticleError(ValueError):
    """A record that cannot be an article; the message names the field and the value."""


@dataclass(frozen=True)
class Article:
    """One article as the newsroom gave it.

    `text` is kept exactly as given: every offset in the project counts Unicode code points of it. `published` and
    `updated` are ISO 8601, or a bare year or year and month where no more is known. Nothing of the article is shown before
    `embargo`, a moment with its zone. `correction` says what an earlier version had wrong. Of two with one id the higher
    `version` counts; without one, the later to come.
    """

    id: str
    title: str
    text: str
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    section: str | None = None
    source: str | None = None
    language: str = ""
    status: str | None = None
    embargo: str | None = None
    copyright: str | None = None
    correction: str | None = None
    version: int | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ArticleError(f"article {self.id or self.title!r}: the text is empty")
        if not self.id:
            raise ArticleError(f"article {self.title!r}: the id is empty")
        for name in ("published", "updated"):
            value = getattr(self, name)
            if value is not None and not _DATE.fullmatch(value):
                raise ArticleError(f"article {self.id}: {name} is {value!r}, which is not ISO 8601 (such as 2026-03-01)")
        if self.embargo is not None and moment(self.embargo) is None:
            raise ArticleError(f"article {self.id}: embargo is {self.embargo!r}, which is not a moment with its zone "
                               "(such as 2026-03-01T18:00:00+01:00)")

    @property
    def withdrawn(self) -> bool:
        """Whether its publisher has taken it back, so that it may not be cited."""
        return (self.status or "").casefold() in WITHDRAWN

    @property
    def release(self) -> int | None:
        """When its embargo ends, in seconds since 1970 (UTC); None where it has none."""
        return moment(self.embargo) if self.embargo else None

    @cached_property
    def digest(self) -> str:
        """Hash of everything the article says, so that an unchanged one is recognised. 32 hex digits."""
        held = {name: value for name, value in asdict(self).items() if value is not None or name not in _LATER}
        told = json.dumps(held, sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def moment(told: str) -> int | None:
    """Seconds since 1970 (UTC) of an ISO 8601 moment with its zone, a part of a second counted as a whole one; None where it
    is not one."""
    try:
        read = datetime.fromisoformat(told)
        return math.ceil(read.astimezone(UTC).timestamp()) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def zoned(told: str) -> str:
    """An ISO 8601 moment or day with its zone: this machine's where it tells none; a bare day ends as it begins. Raises
    ValueError or OverflowError where it is neither."""
    read = datetime.fromisoformat(told)
    return read.isoformat() if read.tzinfo else read.astimezone().isoformat()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: `article.text[start:end] == text`."""

    article_id: str
    position: int
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.article_id}#{self.position}"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: `article.text[start:end] == quote`, with the words that name the speaker.

    `speaker` is the full name that the article gives, or None where the article leaves it open. `speaker_start` and
    `speaker_end` bound the words that introduce that person by name (not the pronoun beside the quote).
    """

    article_id: str
    start: int
    end: int
    quote: str
    speaker: str | None
    role: str | None
    cue: str | None
    kind: QuoteKind
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrows a search to. Dates are ISO (inclusive); an empty field leaves all through."""

    since: str | None = None
    until: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.since, self.until, self.authors, self.sections, self.sources, self.languages))

    def as_json(self) -> dict[str, Any]:
        """Only what is set."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What filters let through: how many articles, and the earliest and latest of their dates of publication."""

    articles: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What several publishers carry: the copy that was published first, how many others there are, and the names of all in
    order of publication. A publisher is named by `source`, else by the host of `url`, the holder of the copyright, or the
    title."""

    first: Article
    others: int
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        first = {name: getattr(self.first, name) for name in ("title", "source", "published")}
        return {"first": {"article_id": self.first.id, **first}, "others": self.others, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is comparable within one search only; `parts` tells what it is joined from."""

    passage: Passage
    article: Article
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    story: int | None = None  # which copies of one story share
