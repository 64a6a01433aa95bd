"""The command line over the example articles, with the real models; what is printed is what the contract says."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import cli, page, terminal
from bot.answer import Answer, Citation, Evidence, Query, Sentence
from bot.ledger import Ledger
from index.archive import Archive
from index.article import Article, Coverage, Filters
from tests.fakes import HashedGrams

ROOT = Path(__file__).parent.parent
PASSAGE = {"passage_id", "article_id", "title", "published", "text", "start", "end", "score"}
CITATION = {"n", "article_id", "title", "byline", "published", "url", "quote", "start", "end", "marks"}
ANSWER = {"id", "question", "language", "status", "answer", "sentences", "citations", "nearest", "searched", "filters",
          "model", "milliseconds"}


def run(archive: Path, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    """Runs a command and gives the JSON lines it printed; what it said beside them goes to standard error."""
    result = CliRunner().invoke(cli.app, ["--archive", str(archive), *arguments])
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    rows = [{"id": "a", "question": "Hur lång ska bron över Tjärsundet bli?", "more": 1}, {"id": "b", "question": ""},
            {"id": "c", "question": "How long will the train from Tallhyttan to Vendsta take?"}]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_ask_a_batch(seeded: Archive, questions: Path) -> None:
    first, second, third = run(seeded.folder, "ask", "--batch", str(questions), "--generator", "none", "--json", code=1)
    assert set(first) >= ANSWER
    assert (first["id"], first["language"], first["status"]) == ("a", "sv", "answered")
    assert all(set(citation) >= CITATION for citation in first["citations"])
    assert first["answer"] == " ".join(
        sentence["text"] + "".join(f" [{n}]" for n in sentence["citations"]) for sentence in first["sentences"])
    assert second == {"id": "b", "error": second["error"]}
    assert third["language"] == "en"


def test_a_sample_of_a_batch_is_seeded(seeded: Archive, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(json.dumps({"id": n, "question": f"Vad kostar bron {n}?"}) for n in range(9)), encoding="utf-8")
    asked = ("ask", "--batch", str(file), "--generator", "none", "--sample", "3", "--json")
    once, again = run(seeded.folder, *asked), run(seeded.folder, *asked)
    assert [row["id"] for row in once] == [row["id"] for row in again]
    assert len(once) == 3


QUOTE = ["article_id", "title", "published", "quote", "start", "end", "speaker", "role", "cue", "kind"]


def test_quotes(seeded: Archive) -> None:
    everything = run(seeded.folder, "quotes", "--json")
    assert all(list(row) == QUOTE for row in everything)
    for row in everything:
        article = seeded.get(row["article_id"])
        assert article is not None
        assert article.text[row["start"]:row["end"]] == row["quote"]
    hers = run(seeded.folder, "quotes", "--speaker", "fältmo", "--json")
    assert {row["speaker"] for row in hers} == {"Katarina Fältmo"}
    about = run(seeded.folder, "quotes", "--speaker", "Fältmo", "--about", "att ha haft fel om nattakuten", "--json")
    assert about[0]["quote"].startswith("Jag hade fel om nattakuten")
    one = run(seeded.folder, "quotes", "--article", hers[0]["article_id"], "--json")
    assert {row["article_id"] for row in one} == {hers[0]["article_id"]}
    assert run(seeded.folder, "quotes", "--speaker", "Ingen Alls", "--json") == []


def test_quotes_as_csv(seeded: Archive) -> None:
    result = CliRunner().invoke(cli.app, ["--archive", str(seeded.folder), "quotes", "--speaker", "Fältmo", "--csv"])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == QUOTE
    assert {row["speaker"] for row in rows} == {"Katarina Fältmo"}


def test_search(seeded: Archive, questions: Path) -> None:
    (found,) = run(seeded.folder, "search", "bron över Tjärsundet", "-k", "4", "--json")
    assert [set(passage) for passage in found["passages"]] == [PASSAGE] * 4
    assert [passage["score"] for passage in found["passages"]] == sorted(
        (passage["score"] for passage in found["passages"]), reverse=True)
    (narrowed,) = run(seeded.folder, "search", "bron över Tjärsundet", "--since", "2025-12", "--json")
    assert narrowed["passages"]
    assert all(passage["published"] >= "2025-12" for passage in narrowed["passages"])


def test_add_stats_remove(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    shutil.copy(ROOT / "seeds" / "tjarsundsbron.md", notes)
    (notes / "broken.jsonl").write_text('{"text": "Det går bra.", "id": "bra"}\n{"text": \n', encoding="utf-8")
    archive = tmp_path / "archive"
    told = run(archive, "add", str(notes), str(tmp_path / "nowhere"), "--json")
    assert sorted(row["action"] for row in told) == ["added", "added", "skipped", "skipped"]
    assert all(row["why"] for row in told if row["action"] == "skipped")
    assert {row["action"] for row in run(archive, "add", str(notes), "--json")} == {"unchanged", "skipped"}
    (stats,) = run(archive, "stats", "--json")
    assert stats["articles"] == 2
    assert run(archive, "remove", "bra", "--json") == [{"id": "bra", "action": "removed"}]
    assert run(archive, "remove", "bra", "--json", code=1) == [{"id": "bra", "action": "unknown"}]


def test_add_takes_the_columns_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "wires.csv").write_text("Rubrik;Brödtext\nNy brygga;Bryggan byts ut.\n", encoding="utf-8")
    asked = ("add", str(tmp_path / "wires.csv"), "--column", "title=Rubrik", "--column", "text=brödtext", "--json")
    (told,) = run(tmp_path / "archive", *asked)
    assert (told["title"], told["action"]) == ("Ny brygga", "added")
    (told,) = run(tmp_path / "archive", *asked[:2], "--json")
    assert "'Rubrik', 'Brödtext'" in told["why"]
    for wrong in ("Rubrik", "titel=Rubrik", "title="):
        result = CliRunner().invoke(cli.app, ["--archive", str(tmp_path / "archive"), *asked[:2], "--column", wrong])
        assert result.exit_code == 2
        assert "FIELD=COLUMN" in result.output


def test_verify(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    evidence = "Bron över Ymlaren kostade 14 miljoner kronor, säger Ulla Granath."
    rows = [{"id": 1, "sentence": evidence, "evidence": evidence},
            {"id": 2, "sentence": "Bron över Ymlaren kostade 41 miljoner kronor.", "evidence": evidence}]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    good, bad = run(tmp_path, "verify", "--batch", str(file), "--json")
    assert (good["supported"], bad["supported"]) == (True, False)
    assert any("41" in problem for problem in bad["problems"])


def test_doctor_finds_nothing_wrong(seeded: Archive) -> None:
    findings = run(seeded.folder, "doctor", "--json")
    assert {"package", "embedder", "generator", "archive", "database", "search index"} <= {row["what"] for row in findings}
    assert all(row["ok"] for row in findings)


@pytest.mark.parametrize("arguments", [
    ["ask"], ["ask", "a", "--batch", "app.py"], ["search", "x", "-k", "0"], ["ask", "x", "--since", "igår"], ["nosuch"]])
def test_wrong_usage(seeded: Archive, arguments: list[str]) -> None:
    assert CliRunner().invoke(cli.app, ["--archive", str(seeded.folder), *arguments]).exit_code == 2


def test_common_options_may_follow_the_command(tmp_path: Path) -> None:
    result = subprocess.run([sys.executable, "app.py", "stats", "--json", "--archive", str(tmp_path / "new")],
                            cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout)["articles"] == 0


def test_an_error_is_one_sentence_and_exit_code_one(tmp_path: Path) -> None:
    (tmp_path / "citera.db").write_bytes(b"no database" * 500)
    result = subprocess.run([sys.executable, "app.py", "--archive", str(tmp_path), "stats"],
                            cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "damaged" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_loads_nothing_heavy() -> None:
    code = ("import sys; sys.argv = ['app.py', '--help']\n"
            "import app\n"
            "try: app.main()\n"
            "except SystemExit: pass\n"
            "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'faiss', 'tantivy'} & set(sys.modules)\n"
            "sys.exit(f'loaded: {heavy}' if heavy else 0)")
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_everything_works_without_a_network(seeded: Archive, models: Path) -> None:
    """In a network namespace of its own, which has no route; the packaged generator included."""
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets no process cut itself off the network (unshare -n)")
    result = subprocess.run(
        ["unshare", "-rn", sys.executable, "app.py", "ask", "Hur lång ska bron över Tjärsundet bli?", "--json",
         "--archive", str(seeded.folder), "--models", str(models)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert "gemma" in answer["model"].lower()


def test_a_no_is_shown_with_what_was_searched_and_what_came_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    article = Article(id="bro", title="Ny bro", text="Bron är lång.", published="2031-04-02")
    filters = Filters(since="2031", authors=("Åsa Lind", "Per Lind"))
    answer = Answer(Query("Vem?", "Vem?", "sv", filters), "no_evidence", nearest=(Evidence(article, 0, 13, article.text),),
                    searched=Coverage(1234, "1914", "2031-04-02"))
    terminal.show_answer(answer.as_json())
    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert "– Ny bro, 2031-04-02\n    Bron är lång.\n" in told
    assert told.endswith("(Genomsökta artiklar: 1 234 · 1914 – 2 april 2031 · "
                         "Begränsat till: från och med 2031, Åsa Lind, Per Lind)\n")


# The log --------------------------------------------------------------------------------------------------------------

BRIDGE = Article(id="bro", title="Ny bro", text="Bron är lång. Den kostar mycket.", language="sv", published="2031-04-02")
ENTRY = ANSWER - {"id"} | {"at", "understood", "passages", "prompt", "state"}


def say(archive: Path, *arguments: str, code: int = 0) -> tuple[str, str]:
    """What a command prints, and what it says beside it."""
    result = CliRunner().invoke(cli.app, ["--archive", str(archive), *arguments])
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


@pytest.fixture
def logged(tmp_path: Path) -> Path:
    """An archive with one article and a log of 25 answers from it, and one refusal."""
    folder = tmp_path / "archive"
    archive = Archive(folder, HashedGrams())
    assert len(list(archive.add([BRIDGE]))) == 1
    ledger = Ledger(archive.database)
    first = Evidence(BRIDGE, 0, 13, "Bron är lång.")
    ledger.keep(Answer(Query("=Vem?", "=Vem?", "sv"), "no_evidence", nearest=(first,)), [], "p", "1:x")
    for n in range(25):
        ledger.keep(Answer(Query(f"Hur lång {n}?", f"Hur lång är bron {n}?", "sv"), "answered",
                           (Sentence(first.text, (1,), "quoted"),), (Citation(1, first),)), [], "p", "1:x")
    ledger.close()
    archive.close()
    return folder


def test_a_question_is_logged_and_can_be_traced(seeded: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(seeded.folder, folder)
    (answer,) = run(folder, "ask", "Hur lång ska bron över Tjärsundet bli?", "--generator", "none", "--json")
    (entry,) = run(folder, "log", "--last", "1", "--json")
    assert set(entry) >= ENTRY
    assert {name: entry[name] for name in answer if name != "citations"} == {
        name: value for name, value in answer.items() if name != "citations"}
    assert (entry["prompt"], entry["state"]) == ("", seeded.fingerprint)
    cited = answer["citations"][0]
    (item, *_) = run(folder, "affected", cited["article_id"], "--json")
    assert (item["question"], item["shown"], item["article"]) == (answer["question"], "cited", "same")
    assert item["quotations"][0] == {name: cited[name] for name in ("quote", "start", "end")} | {"stands": True}
    assert item["sentences"]


def test_the_page_logs_its_questions_and_eval_does_not(
    seeded: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def serve(desk: page.Desk, **_: object) -> None:
        list(desk.assistant.stream("Hur lång ska bron över Tjärsundet bli?"))

    folder = tmp_path / "archive"
    shutil.copytree(seeded.folder, folder)
    say(folder, "log", "--erase")
    say(folder, "eval", str(ROOT / "seeds" / "questions.jsonl"), "--sample", "1", "--generator", "none")
    monkeypatch.setattr(page, "serve", serve)
    say(folder, "chat", "--generator", "none")
    assert [row["question"] for row in run(folder, "log", "--json")] == ["Hur lång ska bron över Tjärsundet bli?"]


def test_the_log_is_listed_newest_first(logged: Path) -> None:
    everything = [f"Hur lång {n}?" for n in range(24, -1, -1)] + ["=Vem?"]
    assert [row["question"] for row in run(logged, "log", "--json")] == everything
    assert [row["question"] for row in run(logged, "log", "--last", "2", "--json")] == ["Hur lång 24?", "Hur lång 23?"]
    assert run(logged, "log", "--until", "2020", "--json") == []
    told, beside = say(logged, "log")
    assert told.count("answered") == 20
    assert ("answered     Hur lång 24?\n    (Hur lång är bron 24?)\n    Bron är lång. [1]\n    [1] Ny bro (bro, 0–13)\n\n"
            in told)
    assert beside == "The log is on and keeps each question for 90 days. It holds 26 entries.\n"


def test_the_log_as_csv(logged: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(say(logged, "log", "--csv")[0])))
    assert len(rows) == 26
    assert {name: rows[0][name] for name in ("question", "answer", "cited", "nearest")} == {
        "question": "Hur lång 24?", "answer": "Bron är lång. [1]", "cited": "bro", "nearest": ""}
    assert (rows[-1]["question"], rows[-1]["nearest"]) == ("'=Vem?", "bro")


def test_the_log_is_settled(logged: Path) -> None:
    assert run(logged, "log", "--keep", "30", "--json") == [{"on": True, "days": 30, "entries": 26, "erased": 0}]
    assert say(logged, "log", "--off")[0] == (
        "The log is off: no question is kept. It holds 26 entries from before, each for 30 days. Erased: 0.\n")
    assert say(logged, "log", "--on", "--erase")[0] == (
        "The log is on and keeps each question for 30 days. It holds 0 entries. Erased: 26.\n")


@pytest.mark.parametrize("arguments", [
    ["--keep", "0"], ["--last", "0"], ["--since", "igår"], ["--erase", "--last", "3"], ["--off", "--csv"]])
def test_wrong_usage_of_the_log(logged: Path, arguments: list[str]) -> None:
    assert CliRunner().invoke(cli.app, ["--archive", str(logged), "log", *arguments]).exit_code == 2
    assert len(run(logged, "log", "--json")) == 26


def test_answers_that_an_article_stood_behind(logged: Path) -> None:
    told, beside = say(logged, "affected", "bro")
    assert ("    cited; the article is as it was then\n    answer: Bron är lång.\n    still stands: ”Bron är lång.” (0–13)\n"
            in told)
    assert "shown as nearest, not cited" in told
    assert beside.startswith("25 answers cited bro, 1 showed it as nearest.\nThe log is on")
    archive = Archive(logged, HashedGrams())
    list(archive.add([Article(id="bro", title="Ny bro", text="Bron är kort.", language="sv")]))
    archive.close()
    assert "has changed since then\n    answer: Bron är lång.\n    NO LONGER STANDS: ”Bron är lång.”" in say(
        logged, "affected", "bro")[0]
    say(logged, "remove", "bro")
    assert "is not to be seen in the archive now" in say(logged, "affected", "bro")[0]


def test_what_was_purged_is_told_as_erased(logged: Path) -> None:
    archive = Archive(logged, HashedGrams())
    ledger = Ledger(archive.database)
    assert ledger.purge("bro") == 26
    ledger.close()
    archive.close()
    told, _ = say(logged, "log", "--last", "1")
    assert told.splitlines()[1].startswith("    The answer was erased on 2")
    assert {row["answer"] for row in csv.DictReader(io.StringIO(say(logged, "log", "--csv")[0]))} == {""}
    assert run(logged, "affected", "bro", "--json") == []


def test_an_article_that_nobody_knows(logged: Path) -> None:
    assert "Neither the archive nor the log knows bor" in say(logged, "affected", "bor", code=1)[1]


def test_a_purge_leaves_no_word_behind(tmp_path: Path, models: Path) -> None:
    """Not in the database, the index, the log or the kept runs."""
    folder = tmp_path / "archive"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "Zwölfkarpfen heter båten som gick på grund i Sälvik."})
                                      + "\n" + json.dumps({"id": "b", "text": "Skolan i Hallvika stänger efter sommaren."}))
    run(folder, "add", str(tmp_path / "a.jsonl"), "--json")
    (answered,) = run(folder, "ask", "Vad heter båten som gick på grund i Sälvik?", "--generator", "none", "--json")
    assert "Zwölfkarpfen" in answered["answer"]

    def held() -> list[str]:
        return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and any(
            word in path.read_bytes() for word in ("Zwölfkarpfen".encode(), "zwölfkarpf".encode()))]

    assert held()
    (told,) = run(folder, "remove", "a", "--purge", "--json")
    assert told == {"id": "a", "action": "removed", "entries": 1}
    assert held() == []
    (kept,) = run(folder, "log", "--json")
    assert kept["question"] == "Vad heter båten som gick på grund i Sälvik?"
