"""Copies of an archive in use, and what a check finds and mends: real SQLite, tantivy and FAISS."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from index.archive import Archive
from index.article import Article
from index.backup import backup, restore
from index.db import ArchiveBusy, ArchiveError
from index.retriever import Retriever
from tests.fakes import HashedGrams

ARTICLES = [Article(id=str(n), title=f"Nr {n}", text=f"Båt nummer {n} gick på grund. Ingen skadades.", language="sv")
            for n in range(40)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive", HashedGrams())
    assert len(list(archive.add(ARTICLES))) == 40
    list(archive.add([replace(ARTICLES[0], title="Nollan")]))
    return archive


def found(archive: Archive, question: str) -> list[str]:
    return [hit.article.id for hit in Retriever(archive).search(question, language="sv")]


def test_a_backup_made_in_use_is_one_state(archive: Archive, tmp_path: Path) -> None:
    more = [replace(each, id=f"b{each.id}") for each in ARTICLES] * 3
    busy = threading.Thread(target=lambda: [list(archive.add([each])) for each in more[:60]])
    busy.start()
    told = [backup(archive.folder, tmp_path / f"copy{n}") for n in range(5)]
    busy.join()
    assert all(manifest.articles >= 40 for manifest in told)
    for n, manifest in enumerate(told):
        folder = tmp_path / f"restored{n}"
        assert restore(tmp_path / f"copy{n}", folder) == manifest
        again = Archive(folder, HashedGrams())
        assert again.flaws() == []
        assert again.damage() == ""
        assert again.stats().articles == manifest.articles
        assert again.agrees()
        assert found(again, "Båt nummer 17")[0] == "17"
        assert again.versions("0")[0].article.title == "Nr 0"


def test_a_restored_archive_keeps_what_it_replaces(archive: Archive, tmp_path: Path) -> None:
    backup(archive.folder, tmp_path / "copy")
    archive.remove(["17"])
    list(archive.add([Article(id="ny", title="Ny", text="En ny artikel om fyren.", language="sv")]))
    with pytest.raises(ArchiveError, match="--replace"):
        restore(tmp_path / "copy", archive.folder)
    archive.close()
    restore(tmp_path / "copy", archive.folder, replace=True)
    again = Archive(archive.folder, HashedGrams())
    assert again.get("17")
    assert again.get("ny") is None
    assert found(again, "Båt nummer 17")[0] == "17"
    assert "ny" not in found(again, "En ny artikel om fyren")
    (before,) = archive.folder.glob("citera.db.before-*")
    with sqlite3.connect(before) as database:
        assert database.execute("SELECT count(*) FROM article WHERE id IN ('ny', '17')").fetchone() == (1,)


def test_who_has_the_archive_open_goes_on_in_the_restored_one(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other", HashedGrams())  # as many changes lie behind it
    list(other.add([replace(each, text=f"Tåg nummer {each.id} stod still.") for each in ARTICLES]))
    list(other.add([replace(ARTICLES[0], title="Nollan", text="Tåg nummer 0 stod still.")]))
    assert other.fingerprint == archive.fingerprint
    assert found(archive, "Båt nummer 17")[0] == "17"
    backup(other.folder, tmp_path / "copy")
    restore(tmp_path / "copy", archive.folder, replace=True)
    Archive(archive.folder, HashedGrams()).engine()
    assert archive.get("17") == other.get("17")
    assert found(archive, "Tåg nummer 17")[0] == "17"
    new = Article(id="ny", title="Ny", text="Fyren tänds.", language="sv")
    assert [each.action for each in archive.add([new])] == ["added"]
    archive.close()
    assert Archive(archive.folder, HashedGrams()).get("ny") is not None


def test_a_backup_takes_the_place_of_an_archive_that_cannot_be_opened(archive: Archive, tmp_path: Path) -> None:
    backup(archive.folder, tmp_path / "copy")
    archive.close()
    (archive.folder / "citera.db").write_bytes(b"no database" * 1000)
    restore(tmp_path / "copy", archive.folder, replace=True)
    assert found(Archive(archive.folder, HashedGrams()), "Båt nummer 17")[0] == "17"
    assert [path.read_bytes()[:11] for path in archive.folder.glob("citera.db.before-*")] == [b"no database"]


def test_a_backup_that_is_not_whole_is_refused(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup(archive.folder, copy)
    with pytest.raises(ArchiveError, match="exists already"):
        backup(archive.folder, copy)
    path = copy / "citera.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 4
    path.write_bytes(raw)
    with pytest.raises(ArchiveError, match="not what was written"):
        restore(copy, tmp_path / "new")
    assert not (tmp_path / "new" / "citera.db").exists()
    (copy / "manifest.json").unlink()
    with pytest.raises(ArchiveError, match="is no backup"):
        restore(copy, tmp_path / "new")
    with pytest.raises(ArchiveError, match="there is no archive"):
        backup(tmp_path / "new", tmp_path / "other")


def test_nothing_is_restored_while_another_process_writes(archive: Archive, tmp_path: Path) -> None:
    backup(archive.folder, tmp_path / "copy")
    with FileLock(archive.folder / "writer.lock"), pytest.raises(ArchiveBusy):
        restore(tmp_path / "copy", archive.folder, replace=True)


def change(archive: Archive, statement: str, *values: object) -> None:
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.execute(statement, values)


def test_bit_rot_in_the_truth_is_told_with_what_is_affected_and_not_backed_up(archive: Archive, tmp_path: Path) -> None:
    change(archive, "UPDATE article SET text = replace(text, 'grund', 'gruod') WHERE id = '17'")
    again = Archive(archive.folder, HashedGrams())
    (flaw,) = again.flaws()
    assert (flaw.kind, flaw.where, flaw.repairable) == ("article", "17", False)
    with pytest.raises(ArchiveError, match="17"):
        backup(archive.folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize(("statement", "kind"), [
    ("UPDATE embedding SET vector = zeroblob(128) WHERE digest = (SELECT min(digest) FROM embedding)", "embedding"),
    ("UPDATE passage SET stop = 9999 WHERE key = 5", "passages"),
    ("DELETE FROM passage WHERE key = 5", "passages"),
])
def test_what_is_derived_is_made_anew(archive: Archive, statement: str, kind: str) -> None:
    change(archive, statement)
    again = Archive(archive.folder, HashedGrams())
    flaws = again.flaws()
    assert [flaw.kind for flaw in flaws] == [kind]
    again.repair(flaws)
    assert again.flaws() == []
    assert again.agrees()
    assert again.stats().passages == 40
    assert found(again, "Båt nummer 17")[0] == "17"


def test_an_index_that_lost_a_passage_is_noticed_and_built_anew(archive: Archive) -> None:
    archive._open_engine().remove([7])
    archive._open_engine().commit(archive.fingerprint)
    assert not archive.agrees()
    archive.repair([])
    assert archive.agrees()


def test_a_page_of_the_database_that_cannot_be_read(archive: Archive) -> None:
    """What it held is named; the rest is found."""
    list(archive.add([Article(id="lång", title="Lång", text="Ett långt stycke. " * 3000, language="sv")]))
    archive.close()
    path = archive.folder / "citera.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
    raw = bytearray(path.read_bytes())
    page = raw.index("Ett långt stycke. ".encode() * 200) // size + 1  # a whole page of its text
    raw[page * size:page * size + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)
    again = Archive(archive.folder, HashedGrams())
    assert again.damage()
    assert [flaw.where for flaw in again.flaws() if flaw.kind == "article"] == ["lång"]
    assert again.get("17")
