"""The values that the archive is made of. Standard library only."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

QuoteKind = Literal["direct", "indirect"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ].*)?)?)?")


class ArticleError(ValueError):
    """A record that cannot be an article; the message names the field and the value."""


@dataclass(frozen=True)
class Article:
    """One article as the newsroom gave it.

    `text` is kept exactly as given: every offset in the project counts Unicode code points of it. `published` and
    `updated` are ISO 8601, or a bare year or year and month where no more is known.
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

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ArticleError(f"article {self.id or self.title!r}: the text is empty")
        if not self.id:
            raise ArticleError(f"article {self.title!r}: the id is empty")
        for name in ("published", "updated"):
            value = getattr(self, name)
            if value is not None and not _DATE.fullmatch(value):
                raise ArticleError(f"article {self.id}: {name} is {value!r}, which is not ISO 8601 (such as 2026-03-01)")

    @cached_property
    def digest(self) -> str:
        """Hash of everything the article says, so that an unchanged one is recognised. 32 hex digits."""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


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
class Hit:
    """A passage that was found. `score` is comparable within one search only; `parts` tells what it is joined from."""

    passage: Passage
    article: Article
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
