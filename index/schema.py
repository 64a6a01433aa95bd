"""The tables of the archive, and the numbered steps that led to them. Append a step; never change one that was released."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    update,
)
from sqlalchemy.schema import CreateColumn

from index.article import Article, zoned

metadata = MetaData()

# One row. `generation` counts the changes of the archive: an index that was derived at another count is stale.
state = Table(
    "state", metadata,
    Column("version", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
)

article = Table(
    "article", metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("byline", Text),
    Column("published", Text),
    Column("updated", Text),
    Column("url", Text),
    Column("section", Text),
    Column("source", Text),
    Column("language", Text, nullable=False),
    Column("status", Text),
    Column("embargo", Text),
    Column("copyright", Text),
    Column("correction", Text),
    Column("version", Integer),
    Column("release", BigInteger),  # when the embargo ends, in seconds since 1970 (UTC); NULL where there is none
    Column("withdrawn", Integer, nullable=False, server_default="0"),  # 1: its publisher has taken it back
    Column("story", Integer),  # the key of the first of its copies to come; NULL where it has none
)
Index("article_release", article.c.release)
Index("article_story", article.c.story)

# What an article said before it was replaced. `told` is its JSON, deflated.
version = Table(
    "version", metadata,
    Column("key", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("replaced", Text, nullable=False),  # ISO 8601, UTC
    Column("told", LargeBinary, nullable=False),
    UniqueConstraint("article_id", "digest"),
)

# Hashes by which near copies meet: two articles that share one may be copies of each other.
band = Table(
    "band", metadata,
    Column("value", BigInteger, primary_key=True),
    Column("article_key", Integer, ForeignKey("article.key", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,  # some dozens of rows an article: half the room
)
Index("band_article", band.c.article_key)

# What filters and figures ask of all articles, so that they need not go through the texts.
_facts = Index("article_facts", article.c.byline, article.c.section, article.c.source, article.c.language, article.c.published,
               article.c.release, article.c.withdrawn)

passage = Table(
    "passage", metadata,
    Column("key", Integer, primary_key=True),
    Column("article_key", Integer, ForeignKey("article.key", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),  # `end` is a word of SQL
    Column("digest", String(32), nullable=False),  # of the text that was embedded
    UniqueConstraint("article_key", "position"),
)
Index("passage_digest", passage.c.digest)

embedding = Table(
    "embedding", metadata,
    Column("digest", String(32), primary_key=True),
    Column("model", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # little-endian fp16
    Column("crc", BigInteger),  # CRC-32 of the vector; NULL where an earlier version stored it
)

# Passages that came (`gone` 0) or went (1) by which change of the archive, so that an index that was left behind by a few
# changes takes up only those. What the index has taken up is cleared away.
change = Table(
    "change", metadata,
    Column("key", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("passage_key", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
)
Index("change_generation", change.c.generation)

# One row. `version` is that of the rules by which the quotes of all articles were found; 0 where none were yet.
extraction = Table("extraction", metadata, Column("version", Integer, nullable=False))

quote = Table(
    "quote", metadata,
    Column("key", Integer, primary_key=True),
    Column("article_key", Integer, ForeignKey("article.key", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("speaker", Text),
    Column("folded", Text),  # the speaker as a search sees the name: case and accents gone
    Column("surname", Text),  # its last word
    Column("role", Text),
    Column("cue", Text),
    Column("intro_start", Integer),
    Column("intro_stop", Integer),
)
Index("quote_article", quote.c.article_key)
Index("quote_surname", quote.c.surname)

# What was asked and answered. `told` is JSON: the answer's sentences and citations, and the passages that were found.
asked = Table(
    "asked", metadata,
    Column("key", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # ISO 8601, UTC
    Column("question", Text, nullable=False),
    Column("understood", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt", Text, nullable=False),  # digest of the prompts
    Column("state", Text, nullable=False),  # of the index: changes so far, and the embedding model
)
Index("asked_at", asked.c.at)

# Which articles an answer in the log cited, or showed as the nearest (`cited` 0).
cited = Table(
    "cited", metadata,
    Column("key", Integer, primary_key=True),
    Column("asked_key", Integer, ForeignKey("asked.key", ondelete="CASCADE"), nullable=False),
    Column("article_id", Text, nullable=False),
    Column("digest", String(32), nullable=False),  # of the article as it was then
    Column("cited", Integer, nullable=False),
)
Index("cited_article", cited.c.article_id)
Index("cited_asked", cited.c.asked_key)

setting = Table(
    "setting", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection, tables=[state, article, passage, embedding])
    connection.execute(state.insert().values(version=0, generation=0))


def _quotes(connection: Connection) -> None:
    metadata.create_all(connection, tables=[extraction, quote])
    connection.execute(extraction.insert().values(version=0))


def _faster(_connection: Connection) -> None:
    """An index that the next step makes anew."""


def _living(connection: Connection) -> None:
    """Versions, embargo and withdrawal, copies, and the log."""
    for column in (article.c.copyright, article.c.correction, article.c.version, article.c.release, article.c.withdrawn,
                   article.c.story, embedding.c.crc):
        _widen(connection, column)
    metadata.create_all(connection, tables=[version, band, change, asked, cited, setting])
    _facts.drop(connection, checkfirst=True)  # it was narrower
    for index in article.indexes:
        index.create(connection, checkfirst=True)
    query = select(article).where(article.c.status.is_not(None) | article.c.embargo.is_not(None))
    for row in connection.execute(query).mappings().all():
        ends = zoned((row["embargo"] + "-01-01")[:max(len(row["embargo"]), 10)]) if row["embargo"] else None
        told = Article(**{each.name: row[each.name] for each in fields(Article)} | {"embargo": ends})
        connection.execute(update(article).where(article.c.key == row["key"]).values(
            embargo=ends, digest=told.digest, release=told.release, withdrawn=int(told.withdrawn)))


def _widen(connection: Connection, column: Column[Any]) -> None:
    """Adds a column to a table from before it was; a new archive has it with the table."""
    table = column.table
    if column.name not in {each["name"] for each in inspect(connection).get_columns(table.name)}:
        written = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {written}")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _quotes, _faster, _living)
VERSION = len(MIGRATIONS)
