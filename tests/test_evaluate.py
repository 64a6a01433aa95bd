"""Measuring sets: what is asked of which archive, what is switched off, and the command with its exit codes."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot import cli, select
from bot.evaluate import PARTS, Setting, evaluated, needs_archive
from bot.gold import Row, read
from bot.runs import Run, load
from index import retriever
from index.archive import Archive

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "seeds" / "questions.jsonl"
COST = "Bron kostade 14 kronor."
PAIRS = [{"id": "p1", "sentence": COST, "evidence": COST, "supported": True, "kind": "same"},
         {"id": "p2", "sentence": "Bron kostade 41 kronor.", "evidence": COST, "supported": False, "kind": "number"}]
QUOTED = [{"article_id": "a", "lang": "sv", "text": "– Vi åker nu, säger kaptenen Ola Ek.",
           "quotes": [{"quote": "Vi åker nu", "start": 2, "end": 12, "speaker": "Ola Ek"}]}]


def lines(path: Path, rows: Iterable[Any]) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def asked(archive: Path, folder: Path, *arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(cli.app, [
        "--archive", str(archive), "eval", *map(str, arguments), "--runs", str(folder / "runs"), "--generator", "none"])
    assert result.exit_code == code, result.output
    return result


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def values(run: dict[str, Any]) -> dict[str, float]:
    return {figure["name"]: figure["value"] for figure in run["figures"]}


def rewritten(folder: Path, **better: float) -> Path:
    """The one run that is kept, as if it had been better."""
    (path,) = folder.glob("*.json")
    row = json.loads(path.read_text("utf-8"))
    for figure in row["figures"]:
        figure["value"] = better.get(figure["name"], figure["value"])
    path.write_text(json.dumps(row), "utf-8")
    return path


# -- the parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [part for part in PARTS if part.startswith("search.")])
def test_without_a_part_of_the_search_nothing_else_changes(part: str) -> None:
    before, after = Setting().search, PARTS[part](Setting()).search
    name = part.removeprefix("search.")
    assert (getattr(before, name) > 0, getattr(after, name)) == (True, 0)
    assert replace(after, **{name: getattr(before, name)}) == before


def test_every_weight_is_a_part() -> None:
    of = {prefix: sum(part.startswith(prefix) for part in PARTS) for prefix in ("search.", "choice.")}
    foreign = 1  # stands for words where there are none, and cannot be taken away
    assert of == {"search.": len(fields(retriever.Weights)) - foreign, "choice.": len(fields(select.Weights))}
    for part, changed in PARTS.items():
        assert changed(Setting()) != Setting(), part


# -- without an archive -----------------------------------------------------------------------------------------------


def test_pairs_and_quotes_need_no_archive(tmp_path: Path) -> None:
    pairs, quotes = lines(tmp_path / "p.jsonl", PAIRS), lines(tmp_path / "q.jsonl", QUOTED)
    first, second = told(asked(tmp_path / "none", tmp_path, pairs, quotes, "--json"))
    assert (first["kind"], second["kind"]) == ("pairs", "quotes")
    assert values(first) | {"ms p50": 0, "ms p95": 0} == {"accepted": 1, "rejected": 1, "ms p50": 0, "ms p95": 0}
    assert values(second)["attributed f1"] == 1
    assert (first["archive"], first["generator"], first["compared"]) == (None, None, None)
    assert not (tmp_path / "none" / "citera.db").exists()
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_runs_are_kept_in_the_archive(tmp_path: Path) -> None:
    pairs = lines(tmp_path / "p.jsonl", PAIRS)
    result = CliRunner().invoke(cli.app, ["--archive", str(tmp_path / "archive"), "eval", str(pairs)])
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "archive" / "evaluations").iterdir()
    assert load(path).set == "p.jsonl"


def test_a_figure_that_fell_is_marked_and_the_exit_code_is_one(tmp_path: Path) -> None:
    pairs = lines(tmp_path / "p.jsonl", [*PAIRS, {**PAIRS[1], "id": "p3", "supported": True}])
    assert "no earlier run" in asked(tmp_path, tmp_path, pairs).stdout
    path = rewritten(tmp_path / "runs", accepted=0.53)
    table = asked(tmp_path, tmp_path, pairs, "--against", path, "--margin", 0.05).stdout
    assert "+0.000" in table
    assert "FELL" not in table
    fallen = asked(tmp_path, tmp_path, pairs, "--against", path, "--failures", 1, code=1).stdout
    assert "-0.030  FELL by more than 0.01" in fallen
    assert "p3: number, supported: True" in fallen
    assert "FELL" not in asked(tmp_path, tmp_path, pairs).stdout  # since the run before this one was as good


def test_a_broken_row_is_named_and_the_exit_code_is_one(tmp_path: Path) -> None:
    pairs = lines(tmp_path / "p.jsonl", [PAIRS[0], '{"id": ', PAIRS[1]])
    result = asked(tmp_path, tmp_path, pairs, "--json", code=1)
    (row,) = told(result)
    assert (row["rows"], row["measured"], row["partial"]) == (2, 2, False)
    assert "p.jsonl, line 2: this is not JSON" in result.stderr


@pytest.mark.parametrize("arguments", [
    ["articles.jsonl"], ["empty.jsonl"], ["nosuch.jsonl"], ["p.jsonl", "--margin", "2"], ["p.jsonl", "--without", "luck"],
    ["p.jsonl", "--against", "articles.jsonl"], ["p.jsonl", "--sample", "0"], []])
def test_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    lines(tmp_path / "p.jsonl", PAIRS)
    lines(tmp_path / "articles.jsonl", [{"id": "a", "text": "En artikel."}])
    (tmp_path / "empty.jsonl").touch()
    paths = [tmp_path / each if each.endswith(".jsonl") else each for each in arguments]
    assert not asked(tmp_path, tmp_path, *paths, code=2).stdout


def test_a_run_of_another_kind_is_wrong_usage(tmp_path: Path) -> None:
    pairs, quotes = lines(tmp_path / "p.jsonl", PAIRS), lines(tmp_path / "q.jsonl", QUOTED)
    asked(tmp_path, tmp_path, pairs)
    (path,) = (tmp_path / "runs").iterdir()
    assert "cannot be compared" in asked(tmp_path, tmp_path, quotes, "--against", path, code=2).stderr


def test_what_was_measured_before_ctrl_c_is_told_and_is_partial(tmp_path: Path) -> None:
    def stopping(rows: Iterable[Row]) -> Iterator[Row]:
        yield next(iter(rows))
        raise KeyboardInterrupt

    run, stopped = evaluated(read(lines(tmp_path / "p.jsonl", PAIRS)), None, stopping)
    assert stopped
    assert run.partial
    assert (run.rows, run.measured) == (2, 1)
    assert [figure.name for figure in run.figures] == ["accepted", "ms p50", "ms p95"]


def test_only_what_needs_an_archive_asks_for_one(tmp_path: Path) -> None:
    bare = [{**QUOTED[0], "text": None}]
    assert [needs_archive(read(lines(tmp_path / "x.jsonl", rows))) for rows in (PAIRS, QUOTED, bare)] == [False, False, True]
    assert needs_archive(read(QUESTIONS))


# -- with the example articles ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds(seeded: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    (run,) = told(asked(seeded.folder, tmp_path_factory.mktemp("seeds"), QUESTIONS, "--json", "--failures", 99))
    return run


def test_the_project_s_own_questions(seeds: dict[str, Any]) -> None:
    got = values(seeds)
    assert got["correct"] > 0.8
    assert got["refused"] > 0.7
    assert got["hit@10"] > 0.9
    assert got["verbatim"] == got["cited"] == got["grounded"] == 1
    assert 0 < got["ms p50"] <= got["ms p95"]
    assert (seeds["articles"], seeds["generator"], seeds["notes"]) == (16, "none", [])
    assert set(seeds["models"]) == {"embedder", "reader", "calibration"}
    short = {failure["id"] for failure in seeds["failures"]}
    right = {name: of * got[name] for name, of in (("correct", 35), ("refused", 8))}
    assert len(short) >= 43 - round(sum(right.values()))


def test_always_answering_refuses_nothing(seeded: Archive, tmp_path: Path) -> None:
    rows = [line for line in QUESTIONS.read_text("utf-8").splitlines() if '"absent"' in line]
    absent = lines(tmp_path / "absent.jsonl", rows)
    (run,) = told(asked(seeded.folder, tmp_path, absent, "--without", "no", "--json"))
    without = {figure["name"]: figure["value"] for figure in run["without"]["no"]}
    assert (values(run)["refused"], without["refused"]) == (1, 0)
    assert load(next((tmp_path / "runs").iterdir())).without.keys() == {"no"}


def test_questions_with_an_answer_in_words(seeded: Archive, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("question;ground_truth;source\nHur lång ska bron över Tjärsundet bli?;Bron blir 640 meter lång;"
                    "haverland-2025-03-11-tjarsundsbron\nHur lång ska bron över Tjärsundet bli?;Den blir 46 meter;\n", "utf-8")
    (run,) = told(asked(seeded.folder, tmp_path, path, "--json", "--failures", 9))
    assert (values(run)["correct"], values(run)["hit@1"]) == (0.5, 0.5)
    assert {failure["id"] for failure in run["failures"]} == {"line 3"}


def test_what_the_archive_does_not_hold_is_said(seeded: Archive, tmp_path: Path) -> None:
    lost = lines(tmp_path / "a.jsonl", [{"question": "Vad kostar bron?", "expected": "9 kronor", "article_id": "gone"}])
    assert "questions about articles that the archive does not hold: 1" in asked(seeded.folder, tmp_path, lost).stdout
    empty = asked(tmp_path / "new", tmp_path, lost, code=1)
    assert "holds no articles" in str(empty.exception)


def test_quotes_of_the_archive_s_own_articles(seeded: Archive, tmp_path: Path) -> None:
    said = next(item for item in seeded.quotes() if item.quote.kind == "direct" and item.quote.speaker)
    found = seeded.quotes(articles=[said.article.id])
    gold = {"article_id": said.article.id, "quotes": [
        {"quote": item.quote.quote, "start": item.quote.start, "end": item.quote.end, "speaker": item.quote.speaker}
        for item in found if item.quote.kind == "direct"]}
    (run,) = told(asked(seeded.folder, tmp_path, lines(tmp_path / "q.jsonl", [gold, {"article_id": "gone", "quotes": []}]),
                        "--json"))
    assert values(run)["attributed f1"] == 1
    assert run["notes"] == ["articles without a text, in the set and in the archive: 1"]


def test_a_question_that_fails_counts_as_wrong_and_is_named(seeded: Archive, tmp_path: Path) -> None:
    rows = [{"id": "long", "question": "Vad kostar bron? " * 2000, "expected": "640 meter"}]
    result = asked(seeded.folder, tmp_path, lines(tmp_path / "a.jsonl", rows), "--json", code=1)
    (run,) = told(result)
    assert values(run)["correct"] == 0
    assert "a.jsonl, long: " in result.stderr


def test_a_run_can_be_read_again(seeds: dict[str, Any]) -> None:
    assert {each.name for each in fields(Run)} | {"partial", "compared"} == set(seeds)
