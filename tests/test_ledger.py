"""The log over real SQLite: what it keeps and forgets, side by side with other processes, and what a purge leaves."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.answer import Answer, Citation, Evidence, Query, Sentence
from bot.assistant import Assistant
from bot.compose import prompts
from bot.ledger import Ledger, Rules
from bot.select import Calibration, Selector
from index import db
from index.archive import Archive
from index.article import Article, Hit, Passage, Story
from index.db import ArchiveBusy, Database
from tests.fakes import HashedGrams, Pointing, Scripted

ROOT = Path(__file__).parent.parent
DAY = 86_400
NOON = 1_780_000_000.0  # 2026-05-28, 20:26:40 UTC
BRIDGE = Article(id="bro", title="Ny bro", language="sv", text=(
    "Bron över Ymlaren kostar 412 miljoner kronor. Den ritas av kvastprästen Hanna Ekvret i Vendsta."))
SCHOOL = Article(id="skola", title="Skolan", language="sv", text="Skolan i Vendsta öppnar i augusti.")
QUOTE = "Bron över Ymlaren kostar 412 miljoner kronor."


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive", HashedGrams())
    assert len(list(archive.add([BRIDGE, SCHOOL]))) == 2
    yield archive
    archive.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(archive: Archive, clock: Clock) -> Iterator[Ledger]:
    ledger = Ledger(archive.database, clock=clock)
    yield ledger
    ledger.close()


def evidence(article: Article, text: str) -> Evidence:
    start = article.text.index(text)
    return Evidence(article, start, start + len(text), text)


def answered(article: Article = BRIDGE, quote: str = QUOTE, asked: str = "Vad kostar den?") -> Answer:
    return Answer(Query(asked, "Vad kostar bron?", "sv"), "answered", (Sentence(quote, (1,), "quoted"),),
                  (Citation(1, evidence(article, quote)),), model="scripted")


def refused() -> Answer:
    return Answer(Query("Vem?", "Vem?", "sv"), "no_evidence", nearest=(evidence(BRIDGE, QUOTE),))


def hit(article: Article, score: float = 0.5) -> Hit:
    return Hit(Passage(article.id, 0, 0, len(article.text), article.text), article, score)


def kept(ledger: Ledger, answer: Answer, *hits: Hit) -> None:
    ledger.keep(answer, hits, "prompts", "2:hashed")
    ledger.flush()


# What is kept ---------------------------------------------------------------------------------------------------------


def test_an_entry_tells_what_was_asked_found_and_answered_by_what(ledger: Ledger) -> None:
    kept(ledger, answered(), *[hit(BRIDGE, 0.75)] * 7, *[hit(SCHOOL)] * 7)
    (entry,) = ledger.entries()
    told = entry.as_json()
    assert {name: told[name] for name in (
        "at", "question", "understood", "language", "status", "answer", "model", "prompt", "state")} == {
        "at": "2026-05-28T20:26:40+00:00", "question": "Vad kostar den?", "understood": "Vad kostar bron?", "language": "sv",
        "status": "answered", "answer": f"{QUOTE} [1]", "model": "scripted", "prompt": "prompts", "state": "2:hashed"}
    assert told["sentences"] == [{"text": QUOTE, "citations": [1], "origin": "quoted"}]
    (citation,) = told["citations"]
    assert BRIDGE.text[citation["start"]:citation["end"]] == citation["quote"] == QUOTE
    assert (citation["article_id"], citation["digest"]) == ("bro", BRIDGE.digest)
    assert told["passages"] == [{"passage_id": "bro#0", "score": 0.75}] * 7 + [{"passage_id": "skola#0", "score": 0.5}] * 3


def test_a_no_is_kept_with_what_came_nearest(ledger: Ledger) -> None:
    kept(ledger, refused())
    (entry,) = ledger.entries()
    assert (entry.status, entry.answer) == ("no_evidence", "")
    assert [(near["article_id"], near["text"], near["digest"]) for near in entry.told["nearest"]] == [
        ("bro", QUOTE, BRIDGE.digest)]


def test_the_assistant_keeps_its_answers_before_anyone_can_go_away(archive: Archive, ledger: Ledger) -> None:
    selector = Selector(Pointing("412"), calibration=Calibration({"reader": 1.0}, 0.0, 0.5, "nothing"))
    composer = Scripted("[]")
    answer = Assistant(archive, composer, selector, ledger=ledger).ask("Vad kostar bron över Ymlaren?")
    Assistant(archive, composer, selector).ask("Vad kostar skolan i Vendsta?")
    ledger.flush()
    (entry,) = ledger.entries()
    assert (entry.question, entry.answer, entry.status) == ("Vad kostar bron över Ymlaren?", answer.text, answer.status)
    assert entry.told["milliseconds"] == answer.milliseconds
    assert {each["passage_id"] for each in entry.told["passages"]} == {"bro#0", "skola#0"}
    assert (entry.prompt, entry.state) == (prompts(answer.query, composer), archive.fingerprint)


def test_prompts_are_told_apart() -> None:
    swedish, english = Query("Vad?", "Vad?", "sv"), Query("What?", "What?", "en")
    chat, base = Scripted(""), Scripted("", chat=False)
    assert len({prompts(swedish, chat), prompts(english, chat), prompts(swedish, base), prompts(english, base)}) == 4
    assert prompts(replace(english, language="nl"), chat) == prompts(english, chat)


def test_entries_come_newest_first_and_by_date(ledger: Ledger, clock: Clock) -> None:
    for n in range(5):
        clock.now = NOON + n * DAY
        kept(ledger, answered(asked=f"Fråga {n}?"))

    def days(**limits: object) -> str:
        return "".join(entry.question[-2] for entry in ledger.entries(**limits))  # type: ignore[arg-type]

    assert days() == "43210"
    assert days(last=2) == "43"
    assert days(since="2026-05-29", until="2026-05-31") == "321"
    assert days(until="2026-05") == "3210"
    assert days(since="2026-06") == "4"


def test_half_a_character_is_no_obstacle(ledger: Ledger) -> None:
    kept(ledger, answered(asked="Vad \ud800 kostar?"))
    assert ledger.entries()[0].question == "Vad ? kostar?"


# A log that cannot be written -----------------------------------------------------------------------------------------


def test_a_read_only_log_costs_one_warning_and_no_answer(
    archive: Archive, ledger: Ledger, caplog: pytest.LogCaptureFixture,
) -> None:
    archive.database._engine.dispose()
    event.listen(archive.database._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    selector = Selector(Pointing("412"), calibration=Calibration({"reader": 1.0}, 0.0, 0.5, "nothing"))
    assistant = Assistant(archive, None, selector, ledger=ledger)
    with caplog.at_level(logging.WARNING):
        assert [assistant.ask("Vad kostar bron över Ymlaren?").status for _ in range(3)] == ["answered"] * 3
        ledger.flush()
    (record,) = caplog.records
    assert "not written" in record.getMessage()
    assert "read-only" in record.getMessage()
    assert ledger.entries() == []


def test_an_answer_does_not_wait_for_another_writer(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    hasty = Ledger(Database.in_folder(archive.folder))
    with archive.database.writing():
        kept(hasty, answered())
        assert "another process is writing" in caplog.text
    monkeypatch.undo()
    patient = Ledger(archive.database)
    with archive.database.writing() as connection:
        patient.keep(answered(), [], "", "")  # comes back at once, though nothing can be written yet
        connection.exec_driver_sql("SELECT 1")
    patient.flush()
    assert patient.count() == 1
    hasty.close()
    patient.close()


def test_a_ledger_that_is_closed_costs_no_answer(ledger: Ledger, caplog: pytest.LogCaptureFixture) -> None:
    ledger.close()
    ledger.keep(answered(), [], "", "")
    assert "was not logged" in caplog.text


WRITER = """
import sys
from pathlib import Path
from bot.ledger import Ledger
from index.db import Database
from tests.test_ledger import answered
ledger = Ledger(Database.in_folder(Path(sys.argv[1])))
for n in range(40):
    ledger.keep(answered(asked=f"{sys.argv[2]} {n}"), [], "", "")
"""


def test_two_processes_write_while_articles_come_in(archive: Archive, ledger: Ledger) -> None:
    """And what is handed over is written before a process ends."""
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(archive.folder), name], cwd=ROOT) for name in "ab"]
    for n in range(20):
        assert len(list(archive.add([replace(SCHOOL, id=f"skola-{n}")]))) == 1
    assert [process.wait(60) for process in running] == [0, 0]
    assert sorted(entry.question for entry in ledger.entries()) == sorted(f"{name} {n}" for name in "ab" for n in range(40))


def test_a_transaction_that_reads_first_is_not_overtaken(archive: Archive, ledger: Ledger) -> None:
    """Between its reading and its writing no entry of the log gets in, which would end it."""
    with archive.database.writing() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM article")
        ledger.keep(answered(), [], "", "")
        connection.exec_driver_sql("UPDATE state SET generation = generation")
    ledger.flush()
    assert ledger.count() == 1


# How long it is kept --------------------------------------------------------------------------------------------------


def test_what_is_too_old_goes_with_the_next_entry_at_most_once_an_hour(ledger: Ledger, clock: Clock) -> None:
    kept(ledger, answered(asked="Först?"))
    clock.now = NOON + 90 * DAY - 60
    kept(ledger, answered(asked="Sedan?"))
    assert ledger.count() == 2
    clock.now += 120  # the first is too old, but it was just looked
    kept(ledger, answered(asked="Nu?"))
    assert ledger.count() == 3
    clock.now += 3600
    kept(ledger, answered(asked="Sist?"))
    assert [entry.question for entry in ledger.entries()] == ["Sist?", "Nu?", "Sedan?"]
    assert ledger.affected("bro")[-1].entry.question == "Sedan?"


def test_the_rules_are_kept_in_the_archive(archive: Archive, ledger: Ledger, clock: Clock) -> None:
    assert ledger.rules() == Rules(True, 90)
    ledger.set(days=7)
    ledger.set(on=False)
    assert Ledger(archive.database).rules() == Rules(False, 7)
    kept(ledger, answered())
    assert ledger.count() == 0
    ledger.set(on=True)
    kept(ledger, answered())
    assert ledger.trim() == 0
    clock.now += 7 * DAY + 1
    assert (ledger.trim(), ledger.count()) == (1, 0)


def test_all_is_erased_with_its_bytes(archive: Archive, ledger: Ledger) -> None:
    kept(ledger, answered(asked="Vad är sjumilaorkestern?"))
    assert held(archive, "sjumilaorkestern")
    assert (ledger.erase(), ledger.count(), ledger.affected("bro")) == (1, 0, [])
    assert not held(archive, "sjumilaorkestern")


# What an article stood behind -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "state", "stands"), [
    ({}, "same", True), ({"title": "Bro"}, "changed", True), ({"text": f"Rättad. {BRIDGE.text}"}, "changed", True),
    ({"text": BRIDGE.text.replace("412", "421")}, "changed", False), ({"status": "withdrawn"}, "withdrawn", True)])
def test_which_answers_an_article_stood_behind(
    archive: Archive, ledger: Ledger, clock: Clock, change: dict[str, Any], state: str, stands: bool,
) -> None:
    kept(ledger, refused())
    clock.now += 60
    kept(ledger, answered())
    kept(ledger, answered(SCHOOL, SCHOOL.text), hit(BRIDGE))  # found is not shown
    list(archive.add([replace(BRIDGE, **change)]))
    cited, near = ledger.affected("bro")
    assert (cited.cited, near.cited) == (True, False)
    assert (cited.sentences, near.sentences) == ((QUOTE,), ())
    assert [(each.quote, each.start, each.end) for each in cited.quotations] == [(QUOTE, 0, len(QUOTE))]
    assert (cited.state, near.state) == (state, state)
    assert [each.stands for each in (*cited.quotations, *near.quotations)] == [stands, stands]
    assert cited.as_json()["quotations"] == [{"quote": QUOTE, "start": 0, "end": len(QUOTE), "stands": stands}]


def test_an_article_that_is_gone(archive: Archive, ledger: Ledger) -> None:
    kept(ledger, answered())
    archive.remove(["bro"])
    (item,) = ledger.affected("bro")
    assert (item.state, [each.stands for each in item.quotations]) == ("gone", [False])
    assert ledger.affected("skola") == []


# Purge ----------------------------------------------------------------------------------------------------------------


def held(archive: Archive, word: str) -> list[str]:
    """The files of the database that hold a word anywhere in their bytes, as it is or as JSON writes it."""
    wanted = {word.encode(), word.encode("unicode_escape")}
    return [path.name for path in archive.folder.glob("citera.db*")
            if any(each in path.read_bytes() for each in wanted)]


RARE = ("kvastprästen", "Ymlaren", "412 miljoner")


def test_of_an_article_that_came_under_embargo_nothing_is_told(archive: Archive, ledger: Ledger, clock: Clock) -> None:
    kept(ledger, answered())
    list(archive.add([replace(BRIDGE, text=f"{BRIDGE.text} Nytt.", embargo="2026-05-28T21:00:00+00:00")]))
    (item,) = ledger.affected("bro")
    assert (item.state, [each.stands for each in item.quotations]) == ("gone", [False])
    clock.now += DAY
    (item,) = ledger.affected("bro")
    assert (item.state, [each.stands for each in item.quotations]) == ("changed", [True])


def test_a_purge_leaves_no_word_of_the_article(archive: Archive, ledger: Ledger) -> None:
    both = Answer(Query("Vad händer?", "Vad händer med bron och skolan?", "sv"), "answered",
                  (Sentence("Den ritas av kvastprästen Hanna Ekvret i Vendsta.", (1,), "quoted"),
                   Sentence(SCHOOL.text, (2,), "quoted")),
                  (Citation(1, evidence(BRIDGE, "Den ritas av kvastprästen Hanna Ekvret i Vendsta.")),
                   Citation(2, evidence(SCHOOL, SCHOOL.text))))
    for answer in (answered(), both, refused()):
        kept(ledger, answer, hit(BRIDGE), hit(SCHOOL))
    kept(ledger, answered(SCHOOL, SCHOOL.text, "När?"), hit(SCHOOL), hit(BRIDGE))
    assert all(held(archive, word) for word in RARE)
    archive.remove(["bro"])
    assert ledger.purge("bro") == 4
    for word in RARE:
        assert held(archive, word) == []
    when, *erased = ledger.entries()
    assert (when.answer, when.told["passages"]) == (f"{SCHOOL.text} [1]", [{"passage_id": "skola#0", "score": 0.5}])
    assert [(entry.question, entry.status, entry.answer) for entry in erased] == [
        ("Vem?", "no_evidence", ""), ("Vad händer?", "answered", ""), ("Vad kostar den?", "answered", "")]
    assert all(entry.told == {"erased": entry.erased} and entry.understood == entry.question for entry in erased)
    assert ledger.affected("bro") == []
    assert [(item.entry.question, item.sentences) for item in ledger.affected("skola")] == [
        ("När?", (SCHOOL.text,)), ("Vad händer?", ())]
    assert ledger.purge("bro") == 0


def test_a_purge_leaves_no_word_where_the_article_is_not_cited_itself(archive: Archive, ledger: Ledger) -> None:
    kept(ledger, answered())
    copied = Citation(1, evidence(SCHOOL, SCHOOL.text), Story(replace(BRIDGE, title="Kvastprästens bro"), 1, ("Ymlarbladet",)))
    followed = Query("Vad mer?", "Vad mer sa kvastprästen Hanna Ekvret?", "sv")
    kept(ledger, Answer(followed, "answered", (Sentence(SCHOOL.text, (1,), "quoted"),), (copied,)))
    archive.remove(["bro"])
    ledger.purge("bro")
    entry = ledger.entries()[0]
    assert (entry.understood, entry.answer) == ("Vad mer?", f"{SCHOOL.text} [1]")
    for word in ("kvastpräst", "Ekvret", "Kvastpräst", "Ymlarbladet"):
        assert held(archive, word) == []


def test_an_article_with_a_similar_id_is_left_alone(archive: Archive, ledger: Ledger) -> None:
    others = [replace(SCHOOL, id=each) for each in ("bro-2", "x/bro", "BRO", "b_o", 'ny "bro" åäö%')]
    list(archive.add(others))
    for other in others:
        kept(ledger, answered(other, other.text), hit(other))
    assert ledger.purge("bro") == 0
    assert ledger.purge("b_o") == 1
    assert len(ledger.affected('ny "bro" åäö%')) == 1
    kept(ledger, answered(SCHOOL, SCHOOL.text), hit(others[-1]))
    assert ledger.purge('ny "bro" åäö%') == 2
    assert ledger.entries()[0].told["passages"] == []


def test_an_answer_that_was_on_its_way_brings_nothing_back(archive: Archive, ledger: Ledger) -> None:
    archive.remove(["bro"])
    ledger.purge("bro")
    kept(ledger, answered(), hit(BRIDGE))
    kept(ledger, answered(SCHOOL, SCHOOL.text), hit(SCHOOL), hit(BRIDGE))
    other, entry = ledger.entries()
    assert (entry.question, entry.understood, entry.answer, entry.told) == (
        "Vad kostar den?", "Vad kostar den?", "", {"erased": entry.at})
    assert other.told["passages"] == [{"passage_id": "skola#0", "score": 0.5}]
    assert held(archive, "Ymlaren") == []
    assert ledger.affected("bro") == []


def test_a_reader_that_stays_is_said(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    hasty = Database.in_folder(archive.folder)
    with archive.database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM article")
        with pytest.raises(ArchiveBusy, match="still stands"):
            hasty.scrub()
    hasty.scrub()
    assert (archive.folder / "citera.db-wal").stat().st_size == 0
    hasty.close()
