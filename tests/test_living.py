"""Versions, withdrawal, embargo, and indexes that follow the database after a kill or damage: real SQLite, tantivy, FAISS."""

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.people import People
from index.archive import Archive
from index.article import Article, ArticleError, Filters, zoned
from index.retriever import Retriever
from tests.fakes import HashedGrams

PORT = Article(
    id="hamn", title="Hamnen byggs ut", language="sv", published="2026-05-01", byline="Eva Ek", section="Ekonomi",
    source="Kusten", text="Hamnen i Sälvik byggs ut för 40 miljoner kronor. – Det är på tiden, säger hamnchefen Olle Dahl.")
LINE = Article(id="linje", title="Ny busslinje", language="sv", published="2026-04-01",
               text="Linje 9 går till Sälvik från maj.")
NOON = 1_780_000_000  # a moment in 2026


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Archive:
    return Archive(tmp_path / "archive", HashedGrams(), clock=clock)


def actions(archive: Archive, *items: Article) -> list[str]:
    return [outcome.action for outcome in archive.add(items)]


def found(archive: Archive, question: str, **filters: object) -> list[str]:
    return [hit.article.id for hit in Retriever(archive).search(question, Filters(**filters), language="sv")]  # type: ignore[arg-type]


def embargoed(until: int) -> Article:
    return replace(PORT, embargo=datetime.fromtimestamp(until, UTC).isoformat())


# -- embargo --------------------------------------------------------------------------------------------------------------


def seen(archive: Archive) -> set[str]:
    """By which paths the article under embargo can be noticed."""
    retriever, told = Retriever(archive), archive.stats()
    paths = {
        "search": "hamn" in found(archive, "Hamnen i Sälvik byggs ut för 40 miljoner kronor"),
        "filtered": "hamn" in found(archive, "Hamnen i Sälvik", since="2026-04-15", authors=("Eva Ek",)),
        "quotes": bool(archive.quotes("Dahl")), "all quotes": bool(archive.quotes()),
        "quotes about": bool(retriever.quotes("hamnen", speaker="Dahl")), "near quotes": bool(retriever.quotes("hamnen")),
        "people": bool(People(archive).all()), "get": archive.get("hamn") is not None,
        "articles": "hamn" in {article.id for article in archive.articles()},
        "newest": "hamn" in {article.id for article in archive.newest(5)},
        "coverage": archive.coverage().articles > 1,
        "coverage by author": bool(archive.coverage(Filters(authors=("Eva Ek",))).articles),
        "number": told.articles > 1 or told.passages > 1, "authors": bool(told.authors), "sections": bool(told.sections),
        "sources": bool(told.sources), "last": told.last != "2026-04-01", "versions": bool(archive.versions("hamn")),
        "passages": len(archive.passages([1, 2, 3])) > 1,
    }
    return {path for path, open_ in paths.items() if open_}


def test_what_is_under_embargo_is_on_no_path_and_appears_by_itself(archive: Archive, clock: Clock) -> None:
    people = People(archive)
    assert actions(archive, LINE, embargoed(NOON + 60)) == ["added", "added"]
    assert people.all() == ()
    assert seen(archive) == set()
    clock.now += 59.9
    assert seen(archive) == set()
    again = Archive(archive.folder, HashedGrams(), clock=clock)
    assert seen(again) == set()
    clock.now = NOON + 60
    assert seen(archive) == seen(again)
    assert seen(again) >= {"search", "filtered", "quotes", "people", "get", "newest", "coverage", "number", "authors", "last"}
    assert [person.name for person in people.all()] == ["Olle Dahl"], "what was counted before does not stay"


def test_an_embargo_survives_a_rebuild_and_many_others(archive: Archive, clock: Clock) -> None:
    many = [replace(LINE, id=str(n), text=f"Hamnen i Sälvik byggs ut, del {n}.") for n in range(250)]
    actions(archive, embargoed(NOON + 60), *many)
    archive.close()
    (archive.folder / "search" / "fingerprint.json").unlink()
    again = Archive(archive.folder, HashedGrams(), clock=clock)
    assert "hamn" not in found(again, PORT.text)
    assert len(found(again, PORT.text)) == 10
    clock.now += 60
    assert found(again, PORT.text)[0] == "hamn"


def test_a_new_embargo_hides_what_was_open_and_lifting_it_shows_it(archive: Archive) -> None:
    actions(archive, LINE, PORT)
    assert actions(archive, embargoed(NOON + 60)) == ["updated"]
    assert seen(archive) == set()
    assert actions(archive, PORT) == ["updated"]
    assert "search" in seen(archive)
    assert all(not version.article.embargo for version in archive.versions("hamn"))


def test_an_embargo_must_carry_its_zone() -> None:
    with pytest.raises(ArticleError, match="with its zone"):
        replace(PORT, embargo="2026-05-01T18:00")
    assert replace(PORT, embargo="2026-05-01T18:00:00+02:00").release == 1_777_651_200
    assert zoned("2026-05-01")[:19] == "2026-05-01T00:00:00"
    assert len(zoned("2026-05-01")) == 25


def test_an_embargo_of_an_older_archive_counts(archive: Archive, clock: Clock) -> None:
    """It was stored, as it was told, before anything was made of it."""
    actions(archive, LINE, PORT)
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.executescript(
            "DROP INDEX article_facts; DROP INDEX article_release; DROP INDEX article_story; ALTER TABLE article DROP release;"
            "ALTER TABLE article DROP withdrawn; ALTER TABLE article DROP story; DROP TABLE change;"
            "UPDATE state SET version = 3;"
            "UPDATE article SET embargo = '2026-12-24T18:00' WHERE id = 'hamn'")
    again = Archive(archive.folder, HashedGrams(), clock=clock)
    assert seen(again) == set()
    clock.now += 400 * 86_400
    assert "search" in seen(again)


# -- versions and withdrawal ----------------------------------------------------------------------------------------------


def test_a_new_version_answers_and_the_old_ones_stay_readable(archive: Archive, clock: Clock) -> None:
    second = replace(PORT, text=PORT.text.replace("40", "44"), version=2, correction="Summan var fel.")
    actions(archive, PORT)
    clock.now += 3600
    assert actions(archive, second) == ["updated"]
    assert actions(archive, replace(second, text=second.text.replace("44", "45"), version=3)) == ["updated"]
    assert [(each.article.text.split()[6], each.article.version) for each in archive.versions("hamn")] == [
        ("44", 2), ("40", None)]
    assert archive.versions("hamn")[0].replaced == "2026-05-28T21:26:40+00:00"
    assert [hit.passage.text.split()[6] for hit in Retriever(archive).search("hamnen", language="sv")] == ["45"]
    assert archive.versions("linje") == []


def test_an_earlier_version_that_comes_late_changes_nothing(archive: Archive) -> None:
    actions(archive, replace(PORT, version=3))
    (outcome,) = archive.add([replace(PORT, text="Äldre text.", version=2)])
    assert (outcome.action, outcome.why) == ("unchanged", "version 3 is here already, and this is version 2")
    article = archive.get("hamn")
    assert article is not None
    assert article.text == PORT.text


def test_of_versions_that_come_together_each_is_kept(archive: Archive) -> None:
    three = [replace(LINE, text=f"Linje {n} går till Sälvik från maj.", version=n) for n in (7, 8, 9)]
    assert actions(archive, three[0], PORT, *three[1:], three[1]) == ["added", "added", "updated", "updated", "unchanged"]
    assert archive.get("linje") == three[2]
    assert [version.article for version in archive.versions("linje")] == [three[1], three[0]]


def test_going_back_and_forth_keeps_each_version_once(archive: Archive) -> None:
    other = replace(PORT, text="Hamnen byggs inte ut.")
    for article in (PORT, other, PORT, other):
        actions(archive, article)
    assert [each.article.text for each in archive.versions("hamn")] == [PORT.text, other.text]


@pytest.mark.parametrize("status", ["withheld", "Canceled", "removed"])
def test_what_is_withdrawn_is_cited_no_more(archive: Archive, status: str) -> None:
    actions(archive, LINE, PORT)
    assert actions(archive, replace(PORT, status=status)) == ["updated"]
    assert seen(archive) == {"get"}, "only whoever asks for it by its id is told that it was withdrawn"
    article = archive.get("hamn")
    assert article is not None
    assert article.withdrawn
    archive.close()
    (archive.folder / "search" / "fingerprint.json").unlink()
    again = Archive(archive.folder, HashedGrams())
    assert again._behind() is False
    assert found(again, PORT.text) == ["linje"]
    assert actions(again, PORT) == ["updated"]
    assert found(again, PORT.text)[0] == "hamn"


def test_removing_takes_the_versions_along(archive: Archive) -> None:
    actions(archive, PORT)
    actions(archive, replace(PORT, text="En annan text."))
    archive.remove(["hamn"])
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        assert database.execute("SELECT count(*) FROM version").fetchone() == (0,)


# -- indexes that follow --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["add", "update", "remove", "withdraw"])
def test_an_index_that_was_left_behind_takes_up_only_the_changes(
    archive: Archive, change: str, monkeypatch: pytest.MonkeyPatch, clock: Clock,
) -> None:
    actions(archive, LINE, PORT)
    monkeypatch.setattr(Archive, "_commit", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
    crane = replace(PORT, text="Hamnen får en ny kran.")
    changed = {"add": replace(crane, id="ny"), "update": crane, "withdraw": replace(PORT, status="withheld")}
    with pytest.raises(KeyboardInterrupt):
        archive.remove(["hamn"]) if change == "remove" else actions(archive, changed[change])
    archive.close()
    monkeypatch.undo()
    monkeypatch.setattr(Archive, "_rebuild", lambda self: pytest.fail("built anew"))
    again = Archive(archive.folder, HashedGrams(), clock=clock)
    assert found(again, "Hamnen får en ny kran")[:1] == {
        "add": ["ny"], "update": ["hamn"], "withdraw": ["linje"], "remove": ["linje"]}[change]
    engine = again._open_engine()
    assert engine.fingerprint == again.fingerprint
    assert len(engine._keywords) == len(engine._vectors) == again.stats().passages  # type: ignore[attr-defined]


def test_changes_that_an_index_took_up_before_a_kill_are_taken_up_twice_without_harm(
    archive: Archive, monkeypatch: pytest.MonkeyPatch,
) -> None:
    actions(archive, LINE)
    mark = archive.folder / "search" / "fingerprint.json"
    before = mark.read_text()
    with monkeypatch.context() as patched:
        patched.setattr("index.store.forget_changes", lambda *_: None)
        actions(archive, PORT)
    mark.write_text(before)  # killed after keywords and vectors, before the mark
    again = Archive(archive.folder, HashedGrams())
    assert found(again, PORT.text) == ["hamn", "linje"]
    engine = again._open_engine()
    assert len(engine._keywords) == len(engine._vectors) == 2  # type: ignore[attr-defined]


def test_where_changes_are_not_noted_the_index_is_built_anew(archive: Archive) -> None:
    actions(archive, LINE)
    mark = archive.folder / "search" / "fingerprint.json"
    before = mark.read_text()
    actions(archive, PORT)
    mark.write_text(before)
    again = Archive(archive.folder, HashedGrams())
    assert found(again, PORT.text) == ["hamn", "linje"]


def flip(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize("kind", ["vectors", "terms", "postings"])
def test_a_flipped_bit_in_an_index_is_noticed_and_repaired(archive: Archive, kind: str) -> None:
    actions(archive, LINE, PORT)
    archive.close()
    search = archive.folder / "search"
    path = search / "vectors.faiss" if kind == "vectors" else next(
        (search / "keywords").glob("*.term" if kind == "terms" else "*.idx"))
    flip(path, path.stat().st_size // 2)
    again = Archive(archive.folder, HashedGrams())
    assert found(again, PORT.text) == ["hamn", "linje"]
    assert json.loads((search / "fingerprint.json").read_text())["fingerprint"] == again.fingerprint


@pytest.mark.parametrize("gone", ["", "keywords", "keywords/meta.json", "vectors.faiss", "fingerprint.json"])
@pytest.mark.parametrize("running", [True, False])
def test_what_is_taken_away_from_an_index_is_made_anew(archive: Archive, gone: str, running: bool) -> None:
    actions(archive, LINE, PORT)
    assert found(archive, "busslinje till Sälvik")[0] == "linje"
    place = archive.folder / "search" / gone
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    if not running:
        archive = Archive(archive.folder, HashedGrams())
    assert actions(archive, replace(LINE, id="ny", text="Färjan till Sälvik går varje timme.")) == ["added"]
    for each in (archive, Archive(archive.folder, HashedGrams())):
        assert each.agrees()
        assert found(each, "Färjan går varje timme")[0] == "ny"


def test_a_reader_never_throws_away_what_another_process_writes(archive: Archive) -> None:
    from filelock import FileLock

    from index.engines import EngineError

    actions(archive, LINE)
    flip(archive.folder / "search" / "vectors.faiss", 60)
    again = Archive(archive.folder, HashedGrams(), wait=0.1)
    with FileLock(archive.folder / "writer.lock"), pytest.raises(EngineError, match="another process is writing"):
        found(again, "linje")
    assert (archive.folder / "search" / "vectors.faiss").exists()
    assert found(again, "linje") == ["linje"]
