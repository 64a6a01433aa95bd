"""The only SQLAlchemy engine: opens the database, brings its tables up to date, and maps its errors."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, update
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from index import schema

DATABASE = "citera.db"  # the name of its file in an archive's folder
BUSY_SECONDS = 20


class ArchiveError(RuntimeError):
    """The archive cannot do what was asked; the message says why and what to do."""


class ArchiveBusy(ArchiveError):
    """Another process is writing."""


class ArchiveNewer(ArchiveError):
    """The archive was written by a newer version of the program."""


class Database:
    """One database by URL (`sqlite:///…/citera.db` or `postgresql://…`), its tables at the version of this program.

    Raises ArchiveNewer for a database of a later version, ArchiveError where it cannot be opened or is damaged.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _engine(url)
        self._changing = threading.Lock()
        with _mapped(url):
            self._migrate()
        self._file = self._on_disk()

    @classmethod
    def in_folder(cls, folder: Path) -> "Database":
        """The SQLite file of an archive's folder, in WAL mode."""
        return cls(f"sqlite:///{folder / DATABASE}")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _mapped(self.url), self._present().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it happens, or nothing. It waits for its turn before it reads, because one that has read
        may not write any more once another process has."""
        with _mapped(self.url), self._present().execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Leaves nothing in the files of what was deleted: SQLite writes the database anew (some seconds a gigabyte, and
        that much room on the disk) and empties the log of its changes. Raises ArchiveBusy where another process reads or
        writes all the while."""
        if self._engine.dialect.name != "sqlite":
            return
        with _mapped(self.url), self._engine.execution_options(begin="").connect() as connection:
            connection.exec_driver_sql("VACUUM")
        self.fold()

    def fold(self) -> None:
        """Brings what stands in SQLite's write-ahead log into the database's file, and empties the log. Raises ArchiveBusy
        where another process reads all the while."""
        if self._engine.dialect.name != "sqlite":
            return
        with _mapped(self.url), self._engine.execution_options(begin="").connect() as connection:
            kept, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if kept:
            raise ArchiveBusy("another process is reading the archive, so that what was changed still stands in "
                              f"{self.url.removeprefix('sqlite:///')}-wal: run the command again when it is done")

    def damage(self) -> str:
        """What a check of the whole database finds wrong; empty where it is sound (or is not SQLite's to check)."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self.reading() as connection:
            told = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
        return "" if told == ["ok"] else "; ".join(map(str, told))

    def copy(self, path: Path) -> None:
        """Writes all that was committed so far into a new file at `path`, while others go on reading and writing."""
        if self._engine.dialect.name != "sqlite":
            raise ArchiveError(f"{self.url} is copied by the database's own means, such as pg_dump")
        with _mapped(self.url), self._engine.execution_options(begin="").connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        self._engine.dispose()

    def _present(self) -> Engine:
        """Where another file has taken the place of the one that is open, as when a backup is restored, that one is opened:
        what would be written into the earlier one, nobody would see again."""
        with self._changing:
            there = self._on_disk()
            if there and there != self._file:
                self._engine.dispose()
                self._migrate()
                self._file = there
        return self._engine

    def _on_disk(self) -> tuple[int, int] | None:
        """Which file stands under the database's name; None where there is none, or it is not SQLite's."""
        path = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not path:
            return None
        try:
            told = os.stat(path)
        except OSError:
            return None
        return told.st_dev, told.st_ino

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            version = _version(connection)
        if version > schema.VERSION:
            raise ArchiveNewer(
                f"the archive has version {version}, this program knows up to {schema.VERSION}: update the program")
        for number in range(version, schema.VERSION):
            with self._engine.begin() as connection:
                schema.MIGRATIONS[number](connection)
                connection.execute(update(schema.state).values(version=number + 1))


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table(schema.state.name):
        return 0
    return int(connection.execute(select(schema.state.c.version)).scalar_one())


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes late and not before DDL: we send it ourselves
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                   "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(begin)


@contextmanager
def _mapped(url: str) -> Iterator[None]:
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise _explained(url, str(error.orig)) from error
    except SQLAlchemyError as error:
        raise ArchiveError(f"the database {url} failed: {error}") from error


def _explained(url: str, cause: str) -> ArchiveError:
    where = url.removeprefix("sqlite:///")
    if "locked" in cause:
        return ArchiveBusy(f"another process is writing to {where}: try again when it is done")
    if "readonly" in cause or "read-only" in cause:
        return ArchiveError(f"{where} is read-only: give write permission, or choose another folder with --archive")
    if "full" in cause:
        return ArchiveError(f"the disk that holds {where} is full: free some space and run the command again; nothing was lost")
    if "unable to open" in cause:
        return ArchiveError(f"{where} cannot be opened: check that the folder exists and may be written")
    if "not a database" in cause or "malformed" in cause:
        return ArchiveError(f"{where} is damaged ({cause}): restore it from a backup; `python app.py doctor` says more")
    return ArchiveError(f"the database {where} failed: {cause}")
