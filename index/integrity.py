"""What of the truth is not what was stored: damage to the disk that the database itself does not see."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.exc import DatabaseError

from index import store
from index.article import ArticleError
from index.schema import article, embedding, passage

STEP = 500  # rows read together

Kind = Literal["article", "passages", "embedding"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not what was stored. `where` is an article's id, or its key where that cannot be read, or the digest
    of what was embedded. All but an article can be derived anew."""

    kind: Kind
    where: str
    told: str

    @property
    def repairable(self) -> bool:
        return self.kind != "article"


def flaws(connection: Connection) -> Iterator[Flaw]:
    """Goes through all articles, their passages and the embeddings, and holds them against their checksums."""
    lost: list[int] = []
    yield from _articles(connection, lost)
    yield from _passages(connection, lost)
    yield from _embeddings(connection)


def forget(connection: Connection, digests: list[str]) -> None:
    """Removes embeddings that are not what was stored."""
    for at in range(0, len(digests), STEP):
        connection.execute(delete(embedding).where(embedding.c.digest.in_(digests[at:at + STEP])))


def _articles(connection: Connection, lost: list[int]) -> Iterator[Flaw]:
    """The keys of those that cannot be read are added to `lost`."""
    for key, row in _rows(connection, article):
        if row is None:
            lost.append(key)
            yield Flaw("article", _name(connection, key), "it cannot be read")
            continue
        try:
            sound = store.article_of(row).digest == row["digest"]
        except (ArticleError, TypeError):
            sound = False
        if not sound:
            yield Flaw("article", str(row["id"]), "it is not what was stored")


def _name(connection: Connection, key: int) -> str:
    """An article's id, which may be readable where its text is not."""
    try:
        return str(connection.execute(select(article.c.id).where(article.c.key == key)).scalar_one())
    except DatabaseError:
        return f"key {key}"


def _passages(connection: Connection, lost: list[int]) -> Iterator[Flaw]:
    """Those that do not stand in their article, and articles that lost theirs; of what is `lost` nothing can be said."""
    beyond = passage.c.stop > func.length(article.c.text)
    wrong = select(article.c.id).join(passage, passage.c.article_key == article.c.key).where(
        article.c.key.not_in(lost), beyond | (passage.c.start >= passage.c.stop)).distinct()
    none = select(article.c.id).where(
        article.c.key.not_in(lost), article.c.withdrawn == 0, article.c.key.not_in(select(passage.c.article_key)))
    for query in (wrong, none):
        for identifier in connection.execute(query).scalars():
            yield Flaw("passages", str(identifier), "its passages are not those of its text")


def _embeddings(connection: Connection) -> Iterator[Flaw]:
    query = select(embedding.c.digest, embedding.c.vector, embedding.c.crc).where(embedding.c.crc.is_not(None))
    for row in connection.execute(query):
        if zlib.crc32(row.vector) != row.crc:
            yield Flaw("embedding", row.digest, "it is not what was computed")


def _rows(connection: Connection, table: Table) -> Iterator[tuple[int, Any]]:
    """Key and row of all; None in place of a row that cannot be read."""
    last = connection.execute(select(func.max(table.c.key))).scalar_one() or 0
    for first in range(0, last + 1, STEP):
        near = table.c.key.between(first, first + STEP - 1)
        try:
            yield from ((row["key"], row) for row in connection.execute(select(table).where(near)).mappings().all())
        except (DatabaseError, UnicodeDecodeError):
            for key in connection.execute(select(table.c.key).where(near)).scalars().all():
                try:
                    yield key, connection.execute(select(table).where(table.c.key == key)).mappings().one()
                except (DatabaseError, UnicodeDecodeError):
                    yield key, None
