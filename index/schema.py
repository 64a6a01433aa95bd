"""The tables of the archive, and the numbered steps that led to them. Append a step; never change one that was released."""

from collections.abc import Callable

from sqlalchemy import (
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
)

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
)

# What filters and figures ask of all articles, so that they need not go through the texts.
_facts = Index("article_facts", article.c.byline, article.c.section, article.c.source, article.c.language, article.c.published)

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
)

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


def _first(connection: Connection) -> None:
    metadata.create_all(connection, tables=[state, article, passage, embedding])
    connection.execute(state.insert().values(version=0, generation=0))


def _quotes(connection: Connection) -> None:
    metadata.create_all(connection, tables=[extraction, quote])
    connection.execute(extraction.insert().values(version=0))


def _faster(connection: Connection) -> None:
    _facts.create(connection, checkfirst=True)  # a new archive has it with the table


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _quotes, _faster)
VERSION = len(MIGRATIONS)
