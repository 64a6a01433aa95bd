"""Copies of one story in the tables: how they meet, which belong together, and who published first.

An article is joined in the transaction that stores it. `article.story` is the key of the first of its copies to come.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Select, delete, insert, select, update

from index.article import Story
from index.copies import VERSION, Sketch, alike, bands, published_first
from index.language import words
from index.schema import article, band
from index.store import StoredQuote, article_of, chunks, citable, set_setting, settings

_SETTING = "copies"  # the version of the rules by which all are joined, and until then the last key that is
_CANDIDATES = 20  # articles that one is compared with
_HOLDERS = 50  # articles that a band is stored for: one that more have is some paper's boilerplate


@dataclass
class _Met:
    """An article that a new one may be a copy of."""

    sketch: Sketch
    house: str
    story: int | None = None


@dataclass
class _Meeting:
    """The bands that a batch of articles has, with who has them, and what is known of those."""

    holders: dict[int, list[int]] = field(default_factory=dict)
    met: dict[int, _Met] = field(default_factory=dict)

    def candidates(self, values: Sequence[int]) -> list[int]:
        """Who shares bands, first who shares most, a band that many have counting less."""
        shared: Counter[int] = Counter()
        for value in values:
            found = self.holders.get(value, ())
            for key in found:
                shared[key] += 1 / len(found)  # type: ignore[assignment]
        return [key for key, _ in shared.most_common(_CANDIDATES)]

    def hold(self, key: int, values: Sequence[int]) -> list[int]:
        """Takes an article up; returns those of its bands that are to be stored."""
        kept = [value for value in values if len(self.holders.setdefault(value, [])) < _HOLDERS]
        for value in kept:
            self.holders[value].append(key)
        return kept


def join(connection: Connection, ids: Sequence[str]) -> None:
    """Puts stored articles that are in no story yet into those of their copies, which may be among them."""
    fresh: dict[int, _Met] = {}
    for chunk in chunks(ids):
        for row in connection.execute(_light().add_columns(article.c.text).where(article.c.id.in_(chunk))):
            fresh[row.key] = _Met(Sketch.of(row.text), _publisher(row.source, row.url))
    _join(connection, dict(sorted(fresh.items())))


def _join(connection: Connection, fresh: Mapping[int, _Met]) -> None:
    values = dict(zip(fresh, bands([each.sketch for each in fresh.values()]), strict=True))
    meeting = _meeting(connection, values, fresh)
    rows = []
    for key, mine in fresh.items():
        copies: list[int] = []
        for other in meeting.candidates(values[key]):
            theirs = meeting.met.get(other)
            if theirs is None or theirs.story in {meeting.met[copy].story for copy in copies} - {None}:
                continue
            if alike(mine.sketch, theirs.sketch, house=mine.house == theirs.house):
                copies.append(other)
        if copies:
            _unite(connection, meeting.met, [key, *copies])
        rows += [{"value": value, "article_key": key} for value in meeting.hold(key, values[key])]
    if rows:
        connection.execute(insert(band), rows)


def _meeting(connection: Connection, values: Mapping[int, Sequence[int]], fresh: Mapping[int, _Met]) -> _Meeting:
    meeting = _Meeting(met=dict(fresh))
    wanted = list({value for each in values.values() for value in each})
    for chunk in chunks(wanted):
        for row in connection.execute(select(band.c.value, band.c.article_key).where(band.c.value.in_(chunk))):
            meeting.holders.setdefault(row.value, []).append(row.article_key)
    likely = {key for each in values.values() for key in meeting.candidates(each)}
    for chunk in chunks(sorted(likely - set(fresh))):
        for row in connection.execute(_light().add_columns(article.c.text, article.c.story).where(article.c.key.in_(chunk))):
            meeting.met[row.key] = _Met(Sketch.of(row.text), _publisher(row.source, row.url), row.story)
    return meeting


def _unite(connection: Connection, met: Mapping[int, _Met], copies: Sequence[int]) -> None:
    """Makes one story of articles and the stories that they are in."""
    old = {story for key in copies if (story := met[key].story) is not None}
    new = [key for key in copies if met[key].story is None]
    story = min([*old, *new])
    for each in old - {story}:
        connection.execute(update(article).where(article.c.story == each).values(story=story))
    connection.execute(update(article).where(article.c.key.in_(new)).values(story=story))
    for key, one in met.items():
        if one.story in old or key in new:
            one.story = story


def held(connection: Connection, ids: Sequence[str]) -> set[int]:
    """The stories that articles are in."""
    found: set[int] = set()
    for chunk in chunks(ids):
        query = select(article.c.story).where(article.c.id.in_(chunk), article.c.story.is_not(None))
        found.update(connection.execute(query).scalars())
    return found


def settle(connection: Connection, left: Iterable[int]) -> None:
    """Puts in order stories that lost an article: named by the first that is left, and a story of one is none."""
    for story in left:
        keys = list(connection.execute(select(article.c.key).where(article.c.story == story)).scalars())
        named = min(keys, default=story) if len(keys) != 1 else None
        if keys and named != story:
            connection.execute(update(article).where(article.c.story == story).values(story=named))


def behind(connection: Connection) -> bool:
    """Whether some articles were stored before these rules, and are not joined."""
    return _progress(connection) != (VERSION, None)


def fill(connection: Connection, number: int) -> bool:
    """Joins the next so many of those articles; returns whether more are left. Each call is whole in its own transaction."""
    version, last = _progress(connection)
    if version != VERSION:
        connection.execute(delete(band))
        connection.execute(update(article).where(article.c.story.is_not(None)).values(story=None))
        last = None
    query = _light().add_columns(article.c.text).where(article.c.key > (last or 0)).order_by(article.c.key).limit(number)
    rows = connection.execute(query).all()
    _join(connection, {row.key: _Met(Sketch.of(row.text), _publisher(row.source, row.url)) for row in rows})
    told = f"{VERSION}:{rows[-1].key}" if len(rows) == number else str(VERSION)
    set_setting(connection, _SETTING, told)
    return len(rows) == number


def _progress(connection: Connection) -> tuple[int, int | None]:
    """By which version of the rules the archive is joined (0: none), and up to which key; None where all of it is."""
    version, _, last = settings(connection).get(_SETTING, "0").partition(":")
    return int(version), int(last) if last else None


def stories(connection: Connection, ids: Sequence[str], now: int) -> dict[str, Story]:
    """id -> its story, of those articles that others carry too; embargoed until after `now` (seconds since 1970, UTC) or
    withdrawn ones do not count. A publisher that carries a story twice is one."""
    wanted: dict[str, int] = {}
    for chunk in chunks(ids):
        query = select(article.c.id, article.c.story).where(article.c.id.in_(chunk), article.c.story.is_not(None))
        wanted.update((row.id, row.story) for row in connection.execute(query))
    told = {story: found for story in set(wanted.values()) if (found := _story(connection, story, now))}
    return {identifier: told[story] for identifier, story in wanted.items() if story in told}


def _story(connection: Connection, story: int, now: int) -> Story | None:
    query = _light().where(article.c.story == story, citable(now))
    members = sorted(connection.execute(query), key=lambda row: (published_first(row.published), row.key))
    publishers = {}
    for row in members:
        name = _publisher(row.source, row.url)
        publishers[name or f"#{row.key}"] = name or row.copyright or row.title
    if len(publishers) < 2:
        return None
    first = connection.execute(select(article).where(article.c.key == members[0].key)).mappings().one()
    return Story(article_of(first), len(publishers) - 1, tuple(publishers.values()))


def said_once(items: Sequence[StoredQuote]) -> list[StoredQuote]:
    """Statements without those that copies of one story repeat word for word; the first to publish one stands for all,
    among those that tell the speaker."""
    first: dict[tuple[object, ...], StoredQuote] = {}
    for item in items:
        key = (item.story, *words(item.quote.quote)) if item.story is not None else (item.article.id, item.quote.start)
        best = first.setdefault(key, item)
        if _told_first(item) < _told_first(best):
            first[key] = item
    return list(first.values())


def _told_first(item: StoredQuote) -> tuple[bool, tuple[bool, str]]:
    return item.quote.speaker is None, published_first(item.article.published)


def _publisher(source: str | None, url: str | None) -> str:
    if source and source.strip():
        return source.strip()
    try:
        return (urlsplit((url or "").strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _light() -> Select[Any]:
    """All of an article but its text."""
    return select(article.c.key, article.c.id, article.c.title, article.c.source, article.c.url, article.c.published,
                  article.c.copyright)
