"""Articles, passages, quotes and embeddings in the tables: the truth that every index is derived from.

What is under embargo and what its publisher has withdrawn is stored as well. Whoever reads says with `now` (seconds since
1970) when that is, and gets only what may be seen then; `now=None` is for the archive's own upkeep and sees all.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, delete, func, insert, or_, select, tuple_, update

from index.article import Article, Coverage, Filters, Passage, Quote
from index.engines import Attributes
from index.names import folded
from index.schema import article, change, embedding, extraction, passage, quote, setting, state, version
from index.span import Span

Value = TypeVar("Value")
CHUNK = 500  # values in one IN (…)
_FIELDS = tuple(field.name for field in fields(Article))
_EVERY = 0  # no passage's key: noted with every change, so that a gap is seen
_LATEST = "9999-12-31"  # what a date leaves open is filled from here
_ATTRIBUTES = ("byline", "published", "section", "source", "language")


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its key in the database, its article, the digest of what was embedded for it, and the story that the
    article shares with its copies."""

    key: int
    passage: Passage
    article: Article
    digest: str
    story: int | None = None


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """What somebody said, with the article that says so."""

    quote: Quote
    article: Article
    story: int | None = None  # which copies of one story share


@dataclass(frozen=True, slots=True)
class Known:
    """What is to be compared of an article that is stored."""

    digest: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said before it was replaced. `replaced` is when that was (ISO 8601, UTC)."""

    article: Article
    replaced: str


@dataclass(frozen=True, slots=True)
class Stats:
    """What an archive holds. `first` and `last` are the earliest and latest dates of publication known."""

    articles: int
    passages: int
    undated: int
    first: str | None
    last: str | None
    authors: tuple[str, ...]
    sections: tuple[str, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def span(self) -> Span:
        """From the first to the last day that an article may be of; open where none is dated."""
        first, last = Span.of(self.first), Span.of(self.last)
        return Span(first.since, last.until) if first and last else Span()


def embedded_text(owner: Article, text: str) -> str:
    """What is embedded for a passage: the title gives it its subject."""
    return text if text.startswith(owner.title) else f"{owner.title}. {text}"


def text_digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def generation(connection: Connection) -> int:
    """How many changes the archive has seen."""
    return int(connection.execute(select(state.c.generation)).scalar_one())


def advance(connection: Connection) -> int:
    """Counts one more change, at the beginning of the transaction that makes it; returns its number."""
    connection.execute(update(state).values(generation=state.c.generation + 1))
    number = generation(connection)
    _note(connection, number, [_EVERY], gone=True)
    return number


def renumber(connection: Connection, number: int) -> None:
    """Counts on from `number`, where that is more than the changes so far."""
    connection.execute(update(state).values(generation=func.max(state.c.generation + 1, number)))


def changes(connection: Connection, since: int) -> tuple[list[int], list[int]] | None:
    """The keys of the passages that went and of those that came after the change `since`; None where not all of those
    changes are noted any more."""
    noted = change.c.generation > since
    number = connection.execute(select(func.count()).where(noted, change.c.passage_key == _EVERY)).scalar_one()
    if number != generation(connection) - since:
        return None
    rows = connection.execute(select(change.c.passage_key, change.c.gone).where(noted).order_by(change.c.key)).all()
    last = {row.passage_key: row.gone for row in rows}
    last.pop(_EVERY, None)
    # What came is removed first as well: an index may hold it already, and a key may be another passage's by now.
    return list(last), [key for key, gone in last.items() if not gone]


def forget_changes(connection: Connection, until: int) -> None:
    """Clears away what the index has taken up."""
    connection.execute(delete(change).where(change.c.generation <= until))


def known(connection: Connection, ids: Sequence[str]) -> dict[str, Known]:
    """id -> what is to be compared, of those articles that are stored."""
    found: dict[str, Known] = {}
    for chunk in chunks(ids):
        query = select(article.c.id, article.c.digest, article.c.version).where(article.c.id.in_(chunk))
        found.update((row.id, Known(row.digest, row.version)) for row in connection.execute(query))
    return found


def put(
    connection: Connection, owner: Article, passages: Sequence[Passage], quotes: Sequence[Quote], number: int,
) -> list[StoredPassage]:
    """Stores a new article with its passages and quotes, within the change `number`; returns the passages with their
    keys."""
    values = {name: getattr(owner, name) for name in _FIELDS} | {
        "digest": owner.digest, "release": owner.release, "withdrawn": int(owner.withdrawn)}
    key = connection.execute(insert(article).values(**values).returning(article.c.key)).scalar_one()
    rows = [
        {"article_key": key, "position": item.position, "start": item.start, "stop": item.end,
         "digest": text_digest(embedded_text(owner, item.text))}
        for item in passages
    ]
    if not rows:
        return []
    _put_quotes(connection, key, quotes)
    keys = connection.execute(insert(passage).returning(passage.c.key, sort_by_parameter_order=True), rows).scalars().all()
    _note(connection, number, keys, gone=False)
    return [StoredPassage(stored, item, owner, row["digest"])
            for stored, item, row in zip(keys, passages, rows, strict=True)]


def drop(connection: Connection, ids: Sequence[str], number: int) -> list[int]:
    """Removes articles with their passages and quotes, and embeddings that no passage needs any more, within the change
    `number`; returns the keys of the passages."""
    gone: list[int] = []
    for chunk in chunks(ids):
        owners = select(article.c.key).where(article.c.id.in_(chunk)).scalar_subquery()
        rows = connection.execute(select(passage.c.key, passage.c.digest).where(passage.c.article_key.in_(owners))).all()
        connection.execute(delete(passage).where(passage.c.article_key.in_(owners)))
        connection.execute(delete(quote).where(quote.c.article_key.in_(owners)))
        connection.execute(delete(article).where(article.c.id.in_(chunk)))
        _drop_orphans(connection, [row.digest for row in rows])
        gone.extend(row.key for row in rows)
    _note(connection, number, gone, gone=True)
    return gone


def keep_versions(connection: Connection, digests: Mapping[str, str], replaced: str) -> None:
    """Keeps what is stored of articles (id -> the digest that they are about to have) as their earlier versions, where it is
    another. `replaced` is when that is (ISO 8601, UTC)."""
    for chunk in chunks(list(digests)):
        for row in connection.execute(select(article).where(article.c.id.in_(chunk))).mappings().all():
            if row["digest"] == digests[row["id"]]:
                continue
            same = (version.c.article_id == row["id"], version.c.digest == row["digest"])
            connection.execute(delete(version).where(*same))
            told = zlib.compress(json.dumps(asdict(article_of(row)), ensure_ascii=False).encode())
            connection.execute(insert(version).values(
                article_id=row["id"], digest=row["digest"], replaced=replaced, told=told))


def drop_versions(connection: Connection, ids: Sequence[str]) -> None:
    """Removes the earlier versions of articles."""
    for chunk in chunks(ids):
        connection.execute(delete(version).where(version.c.article_id.in_(chunk)))


def versions(connection: Connection, identifier: str, now: int) -> list[Version]:
    """What an article said before, the latest first; nothing of one that may not be seen itself."""
    current = get(connection, identifier, now)
    if current is None or current.withdrawn:
        return []
    query = select(version).where(version.c.article_id == identifier).order_by(version.c.key.desc())
    found = [Version(Article(**json.loads(zlib.decompress(row.told))), row.replaced) for row in connection.execute(query)]
    return [each for each in found if not each.article.withdrawn and (each.article.release or now) <= now]


def _note(connection: Connection, number: int, keys: Sequence[int], *, gone: bool) -> None:
    if keys:
        connection.execute(insert(change), [{"generation": number, "passage_key": key, "gone": int(gone)} for key in keys])


def _released(now: int | None) -> ColumnElement[bool]:
    """Whether an article is under no embargo."""
    return and_(True) if now is None else or_(article.c.release.is_(None), article.c.release <= now)


def citable(now: int | None) -> ColumnElement[bool]:
    """Whether an article is under no embargo and not withdrawn."""
    return and_(True) if now is None else and_(article.c.withdrawn == 0, _released(now))


def _drop_orphans(connection: Connection, candidates: Sequence[str]) -> None:
    for chunk in chunks(candidates):
        used = select(passage.c.digest).where(passage.c.digest.in_(chunk))
        connection.execute(delete(embedding).where(embedding.c.digest.in_(chunk), embedding.c.digest.not_in(used)))


def get(connection: Connection, identifier: str, now: int | None) -> Article | None:
    """An article, also one that was withdrawn."""
    row = connection.execute(select(article).where(article.c.id == identifier, _released(now))).mappings().one_or_none()
    return article_of(row) if row else None


def articles(connection: Connection, now: int | None) -> Iterator[Article]:
    """All articles, in the order they came in."""
    for row in connection.execute(select(article).where(citable(now)).order_by(article.c.key)).mappings():
        yield article_of(row)


def newest(connection: Connection, number: int, now: int | None) -> list[Article]:
    dated = select(article).where(article.c.published.is_not(None), citable(now))
    query = dated.order_by(article.c.published.desc()).limit(number)
    return [article_of(row) for row in connection.execute(query).mappings()]


def last_release(connection: Connection, now: int) -> int:
    """When the last embargo ended; 0 where none has."""
    return int(connection.execute(select(func.max(article.c.release)).where(article.c.release <= now)).scalar_one() or 0)


def passages(connection: Connection, keys: Sequence[int], now: int | None) -> dict[int, StoredPassage]:
    """Passages by key, with their articles; a key that is gone is left out."""
    found: dict[int, StoredPassage] = {}
    for chunk in chunks(keys):
        query = _joined().where(passage.c.key.in_(chunk), citable(now))
        owners: dict[int, Article] = {}
        for row in connection.execute(query).mappings():
            owner = owners.setdefault(row["article_key"], article_of(row))
            found[row["passage_key"]] = _stored(row, owner)
    return found


def passage_keys(connection: Connection) -> list[int]:
    """The keys of all passages."""
    return list(connection.execute(select(passage.c.key)).scalars())


def all_passages(connection: Connection) -> Iterator[StoredPassage]:
    """Every passage, article by article."""
    owner: tuple[int, Article] | None = None
    for row in connection.execute(_joined().order_by(article.c.key, passage.c.position)).mappings():
        if owner is None or owner[0] != row["article_key"]:
            owner = (row["article_key"], article_of(row))
        yield _stored(row, owner[1])


def extracted(connection: Connection) -> int:
    """The version of the rules by which the quotes of all articles were found; 0 where none were yet."""
    return int(connection.execute(select(extraction.c.version)).scalar_one())


def extract(connection: Connection, found: Iterable[tuple[str, Sequence[Quote]]], version: int) -> None:
    """Puts the quotes of all articles (each with its id) in the place of those that were there."""
    connection.execute(delete(quote))
    for identifier, quotes in found:
        key = connection.execute(select(article.c.key).where(article.c.id == identifier)).scalar_one()
        _put_quotes(connection, key, quotes)
    connection.execute(update(extraction).values(version=version))


def quotes(
    connection: Connection, now: int | None, speaker: str | None = None, ids: Sequence[str] | None = None,
    filters: Filters | None = None, limit: int | None = None,
) -> list[StoredQuote]:
    """Quotes by speaker (a full name, or the last words of one) and by the articles' ids.

    In order of time where a speaker is asked for, otherwise as the articles came in.
    """
    query = select(quote, *(article.c[name] for name in _ATTRIBUTES)).join(article, quote.c.article_key == article.c.key)
    query = query.where(citable(now))
    order: list[ColumnElement[Any]] = [quote.c.article_key, quote.c.start]
    wanted = folded(speaker).split() if speaker is not None else []
    if speaker is not None:
        query = query.where(quote.c.surname == (wanted[-1] if wanted else ""))
        query = query.where(*(quote.c.folded.contains(word) for word in wanted[:-1]))
        order = [article.c.published.is_(None), article.c.published, *order]
    if ids is not None:
        query = query.where(article.c.id.in_(ids))
    if limit is not None and not filters and len(wanted) < 2:
        query = query.limit(limit)
    rows = [row for row in connection.execute(query.order_by(*order)).mappings()
            if (not wanted or set(wanted) <= set(row["folded"].split())) and (not filters or _attributes(row).meet(filters))]
    return _stored_quotes(connection, rows[:limit])


def vectors(connection: Connection, wanted: Sequence[str], model: str) -> dict[str, NDArray[np.float16]]:
    """digest -> embedding by that model, of those that are stored."""
    found: dict[str, NDArray[np.float16]] = {}
    for chunk in chunks(wanted):
        query = select(embedding.c.digest, embedding.c.vector).where(
            embedding.c.model == model, embedding.c.digest.in_(chunk))
        found.update((row.digest, np.frombuffer(row.vector, "<f2")) for row in connection.execute(query))
    return found


def put_vectors(connection: Connection, model: str, new: Mapping[str, NDArray[np.float16]]) -> None:
    """Stores embeddings; one that is there stays."""
    known: set[tuple[str, str]] = set()
    for chunk in chunks(list(new)):
        pairs = [(digest, model) for digest in chunk]
        query = select(embedding.c.digest, embedding.c.model).where(
            tuple_(embedding.c.digest, embedding.c.model).in_(pairs))
        known.update((row.digest, row.model) for row in connection.execute(query))
    rows = []
    for digest, vector in new.items():
        if (digest, model) not in known:
            raw = vector.astype("<f2").tobytes()
            rows.append({"digest": digest, "model": model, "vector": raw, "crc": zlib.crc32(raw)})
    if rows:
        connection.execute(insert(embedding), rows)


def stats(connection: Connection, now: int | None) -> Stats:
    counts = connection.execute(
        select(func.count(), func.count(article.c.published), func.min(article.c.published), func.max(article.c.published))
        .select_from(article).where(citable(now))).one()
    # Few are hidden: to count theirs and take them off is quicker than to go through all with their articles.
    number = connection.execute(select(func.count()).select_from(passage)).scalar_one()
    if now is not None:
        hidden = select(article.c.key).where(article.c.release > now).scalar_subquery()
        number -= connection.execute(select(func.count()).where(passage.c.article_key.in_(hidden))).scalar_one()
    return Stats(
        articles=counts[0], passages=number, undated=counts[0] - counts[1], first=counts[2], last=counts[3],
        authors=_distinct(connection, "byline", now), sections=_distinct(connection, "section", now),
        sources=_distinct(connection, "source", now), languages=_distinct(connection, "language", now))


def coverage(connection: Connection, filters: Filters, now: int | None) -> Coverage:
    """How many articles meet the filters, and from when to when: one query, as an engine's filter decides it.

    The database lets through what may meet them, and what is left is compared here, group by group, because SQL does not
    fold the case of every letter.
    """
    wanted = {name: frozenset(value.casefold() for value in values) for name, values in (
        ("byline", filters.authors), ("section", filters.sections), ("source", filters.sources),
        ("language", filters.languages)) if values}
    columns = [article.c[name] for name in wanted]
    query = select(func.count(), func.min(article.c.published), func.max(article.c.published), *columns)
    for column, values in zip(columns, wanted.values(), strict=True):
        query = query.where(or_(*(column.ilike(_alike(value)) for value in values)))
    met = [row for row in connection.execute(query.where(*_within(filters), citable(now)).group_by(*columns))
           if all((mine or "").casefold() in values for mine, values in zip(row[3:], wanted.values(), strict=True))]
    dates = [date for row in met for date in row[1:3] if date]
    return Coverage(sum(row[0] for row in met), min(dates, default=None), max(dates, default=None))


def _alike(folded: str) -> str:
    """A pattern of LIKE for a value in folded case: anything may stand where the database cannot fold."""
    return re.sub(r".?[^ -~]+|ss|[%_\\]", "%", folded)


def _within(filters: Filters) -> list[ColumnElement[bool]]:
    """The dates compared as text: what a date leaves open counts as its earliest and as its latest."""
    day = func.substr(article.c.published, 1, len(_LATEST))
    first, last = (filters.since or "")[:len(_LATEST)], (filters.until or "")[:len(_LATEST)]
    conditions = []
    if first:
        conditions.append(day.concat(func.substr(_LATEST, func.length(day) + 1)) >= first)
    if last:
        conditions.append(day <= last + _LATEST[len(last):])
    return conditions


def _put_quotes(connection: Connection, key: int, quotes: Sequence[Quote]) -> None:
    rows = []
    for item in quotes:
        name = folded(item.speaker or "")
        rows.append({
            "article_key": key, "start": item.start, "stop": item.end, "kind": item.kind, "speaker": item.speaker,
            "folded": name or None, "surname": name.rpartition(" ")[2] or None, "role": item.role, "cue": item.cue,
            "intro_start": item.speaker_start, "intro_stop": item.speaker_end})
    if rows:
        connection.execute(insert(quote), rows)


def _stored_quotes(connection: Connection, rows: Sequence[RowMapping]) -> list[StoredQuote]:
    keys = list(dict.fromkeys(row["article_key"] for row in rows))
    owners: dict[int, tuple[Article, int | None]] = {}
    for chunk in chunks(keys):
        found = connection.execute(select(article).where(article.c.key.in_(chunk))).mappings()
        owners.update((row["key"], (article_of(row), row["story"])) for row in found)
    return [StoredQuote(_quote(row, owners[row["article_key"]][0]), *owners[row["article_key"]]) for row in rows]


def _quote(row: RowMapping, owner: Article) -> Quote:
    start, end = row["start"], row["stop"]
    return Quote(owner.id, start, end, owner.text[start:end], row["speaker"], row["role"], row["cue"], row["kind"],
                 row["intro_start"], row["intro_stop"])


def _attributes(row: RowMapping) -> Attributes:
    return Attributes.of(Article("-", "-", "-", **{name: row[name] for name in _ATTRIBUTES}))


def _distinct(connection: Connection, column: str, now: int | None) -> tuple[str, ...]:
    field = article.c[column]
    query = select(field).where(field.is_not(None), field != "", citable(now)).distinct().order_by(field)
    return tuple(connection.execute(query).scalars())


def _joined() -> Select[Any]:
    return select(article, article.c.key.label("article_key"), passage.c.key.label("passage_key"), passage.c.position,
                  passage.c.start, passage.c.stop, passage.c.digest.label("passage_digest")).join(
                      passage, passage.c.article_key == article.c.key)


def _stored(row: RowMapping, owner: Article) -> StoredPassage:
    start, end = row["start"], row["stop"]
    return StoredPassage(row["passage_key"], Passage(owner.id, row["position"], start, end, owner.text[start:end]),
                         owner, row["passage_digest"], row["story"])


def article_of(row: RowMapping) -> Article:
    """The article of a row of its table."""
    return Article(**{name: row[name] for name in _FIELDS})


def settings(connection: Connection) -> dict[str, str]:
    """What the newsroom has chosen, and how far upkeep is, by name."""
    return {row.name: row.value for row in connection.execute(select(setting))}


def set_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(setting).where(setting.c.name == name))
    connection.execute(insert(setting).values(name=name, value=value))


def chunks(values: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """The values in groups that one IN (…) takes."""
    for at in range(0, len(values), CHUNK):
        yield values[at:at + CHUNK]
