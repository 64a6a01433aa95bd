"""Adding, changing and removing on real SQLite, tantivy and FAISS."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from index import schema
from index.archive import Archive
from index.article import Article, Filters
from index.db import ArchiveBusy, ArchiveError, ArchiveNewer
from index.engines import Attributes
from index.readers import Skipped
from index.retriever import Retriever
from tests.fakes import HashedGrams


def bridge(text: str = "Bron över Ymlaren öppnar i maj, säger kommunalrådet.", **more: str) -> Article:
    return Article(id="bro", title="Bron öppnar", text=text, language="sv", **more)  # type: ignore[arg-type]


SCHOOL = Article(id="skola", title="Skolan stänger", text="Skolan i Hallvika stänger efter sommaren.", language="sv",
                 published="2025-03", byline="Åsa Lind", section="Nyheter")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", HashedGrams())


def found(archive: Archive, question: str, **filters: object) -> list[str]:
    return [hit.article.id for hit in Retriever(archive).search(question, Filters(**filters), language="sv")]  # type: ignore[arg-type]


def actions(archive: Archive, *items: Article | Skipped) -> list[str]:
    return [outcome.action for outcome in archive.add(items)]


def test_add_again_change_and_remove(archive: Archive) -> None:
    assert actions(archive, bridge(), SCHOOL) == ["added", "added"]
    embedder = archive.embedder
    assert isinstance(embedder, HashedGrams)
    before = embedder.embedded
    assert actions(archive, bridge(), SCHOOL) == ["unchanged", "unchanged"]
    assert embedder.embedded == before
    assert actions(archive, bridge("Bron rivs nästa år.")) == ["updated"]
    assert found(archive, "När rivs bron?")[0] == "bro"
    assert archive.remove(["bro", "okänd"]) == ["bro"]
    assert found(archive, "När rivs bron?") == ["skola"]
    assert archive.stats().articles == 1


TALK = Article(id="prat", title="Två Lindar", language="sv", published="2025-01-02", section="Nyheter", text=(
    "– Jag vill ha en hamn, säger rektorn Åsa Lind.\n\n– Jag vill ha en fyr, säger lotsen Per Lind.\n\n"
    "– Det vill ingen annan, säger Eva Strøm."))


@pytest.mark.parametrize(("speaker", "speakers"), [
    ("Lind", ["Åsa Lind", "Per Lind"]), ("asa LIND", ["Åsa Lind"]), ("strom", ["Eva Strøm"]), ("Åsa", []), ("Åsa Strøm", []),
    ("", []), (None, ["Åsa Lind", "Per Lind", "Eva Strøm"]),
])
def test_quotes_by_speaker(archive: Archive, speaker: str | None, speakers: list[str]) -> None:
    actions(archive, TALK, SCHOOL)
    assert [item.quote.speaker for item in archive.quotes(speaker)] == speakers


def test_quotes_come_with_their_place_and_go_with_the_article(archive: Archive) -> None:
    actions(archive, TALK)
    (first, *_) = archive.quotes("Åsa Lind")
    quote = first.quote
    assert (first.article, quote.quote, quote.role, quote.cue, quote.kind) == (
        TALK, "Jag vill ha en hamn", "rektorn", "säger", "direct")
    assert TALK.text[quote.start:quote.end] == quote.quote
    assert TALK.text[quote.speaker_start:quote.speaker_end] == "Åsa Lind"
    assert archive.quotes(articles=["skola"]) == []
    assert len(archive.quotes(articles=["prat"], limit=2)) == 2
    assert len(archive.quotes(filters=Filters(since="2025", sections=("nyheter",)))) == 3
    assert archive.quotes(filters=Filters(until="2024")) == []
    assert actions(archive, Article(id="prat", title="Ny", text="– Nej, säger Eva Strøm.", language="sv")) == ["updated"]
    assert [item.quote.quote for item in archive.quotes()] == ["Nej"]
    archive.remove(["prat"])
    assert archive.quotes() == []


def test_quotes_come_in_order_of_time(archive: Archive) -> None:
    dated = [Article(id=str(n), title="Lind", text=f"– Det är år {n}, säger Åsa Lind.", published=date, language="sv")
             for n, date in enumerate(["2025-06", None, "2024", "2025-01-31"])]
    actions(archive, *dated)
    assert [item.article.id for item in archive.quotes("Lind")] == ["2", "3", "0", "1"]


def test_quotes_about_a_topic_come_by_relevance(archive: Archive) -> None:
    actions(archive, TALK, SCHOOL, bridge())
    # What is said before tells what "that" is, but counts less.
    assert [item.quote.speaker for item in Retriever(archive).quotes("fyren")] == ["Per Lind", "Eva Strøm"]
    assert [item.quote.speaker for item in Retriever(archive).quotes("fyren", speaker="Strøm")] == ["Eva Strøm"]
    assert Retriever(archive).quotes("kvantdatorer", speaker="Strøm") == []


def test_an_archive_from_before_there_were_quotes_gets_them(archive: Archive) -> None:
    actions(archive, TALK)
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.executescript("DROP TABLE quote; DROP TABLE extraction; UPDATE state SET version = 1")
    again = Archive(archive.folder, HashedGrams())
    assert len(again.quotes()) == 3
    assert actions(again, TALK) == ["unchanged"]


def test_quotes_that_earlier_rules_found_are_found_anew(archive: Archive) -> None:
    actions(archive, TALK)
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.execute("DELETE FROM quote")
        database.execute("UPDATE extraction SET version = 0")
    with FileLock(archive.folder / "writer.lock"):
        assert archive.quotes() == []  # another process is writing: not now
    assert len(archive.quotes()) == 3


def test_removing_leaves_nothing_behind(archive: Archive) -> None:
    actions(archive, bridge(), SCHOOL, TALK)
    archive.remove(["bro", "skola", "prat"])
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        for table in ("article", "passage", "embedding", "quote"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_of_two_with_one_id_the_later_counts(archive: Archive) -> None:
    outcomes = list(archive.add([bridge(), bridge("En annan text om bron.")]))
    assert [outcome.action for outcome in outcomes] == ["added", "updated"]
    assert "earlier in this run" in outcomes[1].why
    article = archive.get("bro")
    assert article is not None
    assert article.text == "En annan text om bron."


def test_filters(archive: Archive) -> None:
    actions(archive, bridge(published="2024-05-01T10:00:00+02:00", byline="Per Ek"), SCHOOL,
            Article(id="utan", title="Utan datum", text="Ingen vet när bron byggdes.", language="sv"))
    assert set(found(archive, "bron skolan", since="2025-01-01")) == {"skola"}
    assert set(found(archive, "bron skolan", until="2024-12-31")) == {"bro"}
    assert set(found(archive, "bron skolan", since="2025-03-15", until="2025-03-20")) == {"skola"}
    assert set(found(archive, "bron skolan", authors=("åsa lind",))) == {"skola"}
    assert set(found(archive, "bron skolan", sections=("Nyheter", "Sport"))) == {"skola"}
    assert found(archive, "bron skolan", languages=("en",)) == []
    assert len(found(archive, "bron skolan")) == 3


def test_a_stale_index_is_never_used(archive: Archive) -> None:
    actions(archive, bridge())
    (archive.folder / "search" / "fingerprint.json").write_text(json.dumps({"fingerprint": "7:other"}))
    again = Archive(archive.folder, HashedGrams())
    embedder = again.embedder
    assert isinstance(embedder, HashedGrams)
    assert found(again, "När öppnar bron?") == ["bro"]
    assert embedder.embedded == 0, "a rebuild uses the stored embeddings"


@pytest.mark.parametrize("damaged", ["vectors.faiss", "keywords/meta.json", "fingerprint.json"])
def test_a_damaged_index_is_built_anew(archive: Archive, damaged: str) -> None:
    actions(archive, bridge(), SCHOOL)
    (archive.folder / "search" / damaged).write_bytes(b"\0broken")
    assert found(Archive(archive.folder, HashedGrams()), "När öppnar bron?")[0] == "bro"


def test_another_model_means_new_vectors(archive: Archive) -> None:
    actions(archive, bridge())
    other = HashedGrams("other")
    assert found(Archive(archive.folder, other), "När öppnar bron?") == ["bro"]
    assert other.embedded == 1


def test_what_was_told_as_added_survives_a_caller_that_stops(archive: Archive) -> None:
    many = [Article(id=str(n), title=f"Nr {n}", text=f"Mening nummer {n}. " * 4000, language="sv") for n in range(20)]
    with closing(archive.add(iter(many))) as adding:  # type: ignore[type-var]  # a generator
        first = next(adding)
    again = Archive(archive.folder, HashedGrams())
    assert again.get(first.where) is not None
    assert found(again, "Mening nummer 0")


MANY = tuple(
    Article(id=f"{n}", title="T", text="En rad.", language=language, published=published, byline=byline, section=section,
            source=source)
    for n, (language, published, byline, section, source) in enumerate((
        ("sv", "2025-03-01", "Åsa Lind", "Nyheter", "Hallvika Allehanda"), ("sv", "2025-03", "ÅSA LIND", "nyheter", None),
        ("no", "2025", "Eva Strøm", "Sport", "Hallvika Allehanda"), ("da", "2024-12-31T23:30", "İbrahim Strauß", None, None),
        ("en", None, "100 % Lind", "Nyheter_1", "Hallvika Allehanda"), ("sv", "2025-03-31", None, "NyheterX1", "HALLVIKA"))))


@pytest.mark.parametrize("filters", [
    Filters(), Filters(since="2025"), Filters(since="2025-03-02"), Filters(until="2025-03-01"), Filters(until="2024"),
    Filters(since="2025-03", until="2025-03"), Filters(since="2024-12-31T23:00", until="2025-01-01"), Filters(since="2026"),
    Filters(authors=("åsa lind",)), Filters(authors=("EVA STRØM", "Åsa Lind")), Filters(authors=("İBRAHIM STRAUSS",)),
    Filters(authors=("100 % lind",)), Filters(authors=("Lind",)), Filters(sections=("nyheter_1",)),
    Filters(sections=("NYHETER",), sources=("hallvika allehanda",)), Filters(languages=("sv", "no"), since="2025-03-31"),
    Filters(authors=("ingen",)),
])
def test_what_filters_let_through_is_counted_as_a_search_counts_it(archive: Archive, filters: Filters) -> None:
    actions(archive, *MANY)
    met = [article for article in MANY if Attributes.of(article).meet(filters)]
    dates = sorted(article.published for article in met if article.published)
    told = archive.coverage(filters)
    assert (told.articles, told.first, told.last) == (len(met), dates[0] if dates else None, dates[-1] if dates else None)


def test_what_is_counted_goes_through_no_text(archive: Archive) -> None:
    """Also in an archive that was made before there was an index for it."""
    actions(archive, *MANY)
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.execute("DROP INDEX article_facts")
        database.execute("UPDATE state SET version = 2")
    again = Archive(archive.folder, HashedGrams())
    asked: list[str] = []
    from sqlalchemy import event

    event.listen(again._db._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert again.coverage(Filters(since="2025", authors=("Åsa Lind",))).articles == 2
    (query,) = asked[1:]
    with sqlite3.connect(archive.folder / "citera.db") as database:
        plan = database.execute(f"EXPLAIN QUERY PLAN {query}", ("",) * query.count("?")).fetchall()
    assert "COVERING INDEX article_facts" in str(plan)


def test_a_second_writer_is_told_and_readers_go_on(archive: Archive) -> None:
    actions(archive, bridge())
    archive = Archive(archive.folder, HashedGrams(), wait=0.1)
    with FileLock(archive.folder / "writer.lock"):
        with pytest.raises(ArchiveBusy, match="another process is adding"):
            actions(archive, SCHOOL)
        assert found(archive, "När öppnar bron?") == ["bro"]
    assert actions(archive, SCHOOL) == ["added"]


def test_a_kill_loses_nothing_that_was_told(tmp_path: Path) -> None:
    script = """
import sys
from contextlib import closing
from pathlib import Path
from index.archive import Archive
from index.article import Article
from tests.fakes import HashedGrams
archive = Archive(Path(sys.argv[1]), HashedGrams())
for outcome in archive.add(Article(id=str(n), title=f"Nr {n}", text=f"Ord {n} " * 60000, language="sv") for n in range(99)):
    print(outcome.where, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(3)]
        process.kill()
    archive = Archive(tmp_path, HashedGrams())
    assert all(archive.get(identifier) for identifier in told)
    assert found(archive, "Ord 1")


def test_an_archive_of_a_newer_version_is_left_alone(archive: Archive) -> None:
    actions(archive, bridge())
    archive.close()
    with sqlite3.connect(archive.folder / "citera.db") as database:
        database.execute("UPDATE state SET version = ?", (schema.VERSION + 1,))
    with pytest.raises(ArchiveNewer, match="update the program"):
        Archive(archive.folder, HashedGrams())


def test_what_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "citera.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(ArchiveError, match="damaged"):
        Archive(tmp_path, HashedGrams())


def test_skipped_files_are_told_among_the_rest(archive: Archive) -> None:
    assert actions(archive, bridge(), Skipped("x.pdf", "no text"), SCHOOL) == ["added", "skipped", "added"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveError, match="cannot be made"):
        Archive(tmp_path / "file" / "archive", HashedGrams())


def test_a_read_only_database_is_said_and_can_still_be_read(archive: Archive) -> None:
    actions(archive, bridge())
    from sqlalchemy import event

    archive._db._engine.dispose()
    event.listen(archive._db._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    with pytest.raises(ArchiveError, match="read-only"):
        actions(archive, SCHOOL)
    assert found(archive, "När öppnar bron?") == ["bro"]


def test_a_full_disk_is_said_and_the_rest_stays(archive: Archive) -> None:
    """SQLite's own limit on pages stands for the disk: the error is the same."""
    actions(archive, bridge())
    with archive._db.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    archive._db._engine.dispose()
    from sqlalchemy import event

    event.listen(archive._db._engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages + 2}"))
    with pytest.raises(ArchiveError, match="disk"):
        actions(archive, Article(id="stor", title="Stor", text="Stor text. " * 40000, language="sv"))
    again = Archive(archive.folder, HashedGrams())
    assert found(again, "När öppnar bron?") == ["bro"]
    assert again.get("stor") is None
