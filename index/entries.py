"""The log in the tables: what was asked and answered, which articles were shown for it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from index.schema import asked, cited


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer. `at` is ISO 8601 (UTC), `told` what an answer is as JSON, with the passages found
    (`erased` alone where that was taken out), `prompt` the digest of the prompts, `state` that of the archive."""

    at: str
    question: str
    understood: str
    language: str
    status: str
    answer: str
    told: Mapping[str, Any]
    model: str
    prompt: str
    state: str

    @property
    def erased(self) -> str | None:
        """When the answer was taken out of the log."""
        return self.told.get("erased")

    def as_json(self) -> dict[str, Any]:
        return {"at": self.at, "question": self.question, "understood": self.understood, "language": self.language,
                "status": self.status, "answer": self.answer, **self.told, "model": self.model, "prompt": self.prompt,
                "state": self.state}


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that an answer cited, or showed as the nearest; `digest` is that of what it said then."""

    article_id: str
    digest: str
    cited: bool


def put(connection: Connection, entry: Entry, shown: Iterable[Shown]) -> None:
    values = {name: getattr(entry, name) for name in Entry.__slots__} | {"told": json.dumps(entry.told)}
    key = connection.execute(insert(asked).values(**values).returning(asked.c.key)).scalar_one()
    rows = [{"asked_key": key, "article_id": each.article_id, "digest": each.digest, "cited": int(each.cited)}
            for each in shown]
    if rows:
        connection.execute(insert(cited), rows)


def entries(connection: Connection, since: str = "", until: str = "", last: int | None = None) -> list[Entry]:
    """The newest first. `since` and `until` are dates, or beginnings of them, and count."""
    query = select(asked).where(asked.c.at >= since).order_by(asked.c.at.desc(), asked.c.key.desc()).limit(last)
    if until:
        query = query.where(asked.c.at < until + "~")  # which sorts behind whatever goes on with that beginning
    return [_entry(row) for row in connection.execute(query)]


def showing(connection: Connection, article_id: str) -> list[tuple[Entry, Shown]]:
    """The entries that cited an article or showed it as the nearest, the newest first."""
    query = select(asked, cited.c.digest, cited.c.cited).join(cited, cited.c.asked_key == asked.c.key)
    query = query.where(cited.c.article_id == article_id).order_by(asked.c.at.desc(), asked.c.key.desc())
    return [(_entry(row), Shown(article_id, row.digest, bool(row.cited))) for row in connection.execute(query)]


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(asked)).scalar_one())


def drop(connection: Connection, before: str | None = None) -> int:
    """Removes the entries from before a moment, or all; returns how many."""
    query = delete(asked) if before is None else delete(asked).where(asked.c.at < before)
    return connection.execute(query).rowcount


def forget(connection: Connection, article_id: str, at: str) -> int:
    """Takes an article out of the entries: where it was shown, the whole answer goes, as other sentences may tell of it too,
    and how the question was understood, which may have its words; where it was only found, its passages. Questions asked
    later may have been understood by that answer, and are kept as they were asked. Returns how many entries were changed,
    without those."""
    shown = select(cited.c.asked_key).where(cited.c.article_id == article_id)
    first = select(func.min(cited.c.asked_key)).where(cited.c.article_id == article_id).scalar_subquery()
    connection.execute(update(asked).where(asked.c.key > first).values(understood=asked.c.question))
    number = connection.execute(update(asked).where(asked.c.key.in_(shown)).values(
        understood=asked.c.question, answer="", told=json.dumps({"erased": at}))).rowcount
    connection.execute(delete(cited).where(cited.c.article_id == article_id))
    begun = json.dumps(f"{article_id}#")[1:-1]
    query = select(asked.c.key, asked.c.told).where(asked.c.told.contains(begun, autoescape=True))
    for row in connection.execute(query).all():
        told = json.loads(row.told)
        left = [each for each in told["passages"] if each["passage_id"].rpartition("#")[0] != article_id]
        if left != told["passages"]:
            changed = json.dumps(told | {"passages": left})
            connection.execute(update(asked).where(asked.c.key == row.key).values(told=changed))
            number += 1
    return number


def _entry(row: Row[Any]) -> Entry:
    values = {name: getattr(row, name) for name in Entry.__slots__}
    return Entry(**values | {"told": json.loads(row.told)})
