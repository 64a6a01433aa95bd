"""A consistent copy of an archive while it is in use, and back: the database alone, since all else is derived from it."""

import hashlib
import json
import os
import shutil
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index import integrity, store
from index.db import DATABASE, ArchiveBusy, ArchiveError, Database
from index.engines.embedded import Embedded

FORMAT = 1
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, beside what was under embargo then. `made` is ISO 8601, UTC; `sha256` and `size` (bytes) are of the
    database's file."""

    format: int
    made: str
    articles: int
    passages: int
    size: int
    sha256: str


def backup(archive: Path, target: Path) -> Manifest:
    """Copies the archive into the new folder `target`, which is there whole or not at all. Raises ArchiveError where it exists
    already, or where the archive is damaged."""
    if not (archive / DATABASE).exists():
        raise ArchiveError(f"there is no archive in {archive}: choose it with --archive")
    if target.exists():
        raise ArchiveError(f"{target} exists already: give a new folder for each backup")
    beside = target.with_name(f".{target.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir(parents=True)
        with closing(Database.in_folder(archive)) as database:
            database.copy(beside / DATABASE)
        manifest = _described(beside / DATABASE)
        (beside / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        _settle(beside)
        beside.rename(target)
    except OSError as error:
        raise ArchiveError(f"the backup cannot be written to {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def restore(source: Path, archive: Path, *, replace: bool = False) -> Manifest:
    """Puts a backup in the place of an archive, once it has been checked byte by byte and article by article.

    An archive that is there stays, as `citera.db.before-…` beside the restored one, and is replaced only with `replace`.
    Raises ArchiveError where the backup is not whole.
    """
    manifest = verified(source)
    archive.mkdir(parents=True, exist_ok=True)
    place = archive / DATABASE
    try:
        with FileLock(archive / "writer.lock").acquire(timeout=5):
            if place.exists() and not replace:
                raise ArchiveError(f"{archive} holds an archive already: choose another with --archive, or add --replace")
            beside = archive / f"{DATABASE}.new"
            shutil.copyfile(source / DATABASE, beside)
            _renumber(beside)
            if place.exists():
                _set_aside(place)
            beside.replace(place)
            _settle(archive)
            Embedded.erase(archive / "search")
    except Timeout as error:
        raise ArchiveBusy(f"another process is writing to {archive}: wait until it is done, then try again") from error
    except OSError as error:
        raise ArchiveError(f"the backup cannot be restored to {archive}: {error.strerror or error}") from error
    return manifest


def verified(source: Path) -> Manifest:
    """What a backup holds, once it has been checked. Raises ArchiveError where it is not what was written."""
    try:
        manifest = Manifest(**json.loads((source / _MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ArchiveError(f"{source} is no backup: {_MANIFEST} cannot be read ({error})") from error
    if manifest.format != FORMAT:
        raise ArchiveError(f"{source} has the format {manifest.format}, this program knows {FORMAT}: update the program")
    if not (source / DATABASE).exists() or _sha256(source / DATABASE) != manifest.sha256:
        raise ArchiveError(f"{source} is damaged: {DATABASE} is not what was written; take another backup")
    return manifest


def _described(copy: Path) -> Manifest:
    """Checks the copy as a whole before it counts as a backup."""
    with closing(Database(f"sqlite:///{copy}")) as database:
        if broken := database.damage():
            raise ArchiveError(f"the archive is damaged ({broken}), and so would its backup be: run `python app.py doctor`")
        with database.reading() as connection:
            stats = store.stats(connection, int(time.time()))
            found = [flaw for flaw in integrity.flaws(connection) if not flaw.repairable]
    if found:
        told = "; ".join(f"{flaw.where}: {flaw.told}" for flaw in found[:3])
        raise ArchiveError(f"the archive is damaged ({told}), and so would its backup be: run `python app.py doctor`")
    for suffix in ("-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, made, stats.articles, stats.passages, copy.stat().st_size, _sha256(copy))


def _renumber(copy: Path) -> None:
    """Gives its state a number that no archive here had: whoever has the one before open would else take an index of that
    one for its own."""
    with closing(Database(f"sqlite:///{copy}")) as database:
        with database.writing() as connection:
            store.renumber(connection, int(datetime.now(UTC).timestamp()))
        database.fold()
    for suffix in ("-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _set_aside(place: Path) -> None:
    """Keeps what is replaced; its write-ahead log is brought into it first, or goes along where it cannot be opened."""
    kept = place.with_name(f"{place.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    try:
        with closing(Database.in_folder(place.parent)) as database:
            database.fold()
    except ArchiveBusy:
        raise
    except ArchiveError:
        log = place.with_name(place.name + "-wal")
        if log.exists():
            log.rename(kept.with_name(kept.name + "-wal"))
    place.rename(kept)
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Has the disk keep a folder's files, and their names, before anything relies on them."""
    for path in [*(each for each in folder.iterdir() if each.is_file()), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
