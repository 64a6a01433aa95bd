"""Keeping runs, comparing them, and the table that tells of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.gold import Broken
from bot.report import report, shortened
from bot.runs import Failure, Run, RunError, compared, forget, last_like, load, save
from bot.scores import Figure

RUN = Run(
    set="questions.jsonl", kind="questions", digest="d1", date="2026-03-01T12:00:00+01:00", rows=40, measured=40,
    archive="/archives/local", articles=16, generator="none", models={"embedder": "e5", "reader": "reader 1"},
    figures=(Figure("correct", 0.8, 40), Figure("words", 30.0, 40, "words"), Figure("correct: who", 0.5, 2, part=True),
             Figure("ms p50", 90.0, 40, "milliseconds")),
    without={"no": (Figure("correct", 0.82, 40),)}, notes=("a note",), failures=(Failure("q1", ("missed",)),),
    broken=(Broken("line 3", "no JSON"),))


def later(**values: float) -> Run:
    """The next day's run, with other values."""
    told = tuple(replace(each, value=values.get(each.name.replace(" ", "_"), each.value)) for each in RUN.figures)
    return replace(RUN, date="2026-03-02T12:00:00+01:00", figures=told)


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    path = save(RUN, tmp_path / "new" / "folder")
    assert load(path) == RUN
    assert save(RUN, path.parent) != path
    assert [item.suffix for item in path.parent.iterdir()] == [".json", ".json"]


def test_the_words_of_single_rows_are_taken_out_of_all_runs(tmp_path: Path) -> None:
    failed = Failure("q1", ("wanted 412: Vad kostar den? -> Bron kostar 14 kronor.",))
    first, second = save(replace(RUN, failures=(failed, failed)), tmp_path), save(later(), tmp_path)
    assert forget(tmp_path) == 2
    assert [load(path) for path in (first, second)] == [
        replace(run, failures=(Failure("q1", ("erased",)),) * number, broken=(Broken("line 3", "erased"),))
        for run, number in ((RUN, 2), (later(), 1))]
    assert forget(tmp_path) == 0
    assert forget(tmp_path / "nowhere") == 0
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_the_last_one_like_it_is_found(tmp_path: Path) -> None:
    assert last_like(RUN, tmp_path / "nothing") is None
    first, second = RUN, later(correct=0.7)
    for other in (second, first, replace(later(), measured=9, date="2026-03-03"), replace(later(), digest="d2"),
                  replace(later(), archive="/archives/other"), replace(later(), generator="gemma"),
                  replace(later(), kind="pairs")):
        save(other, tmp_path)
    (tmp_path / "stray.json").write_text('{"set": "x"}', "utf-8")
    assert last_like(RUN, tmp_path) == second


@pytest.mark.parametrize("told", ["", "[]", '{"partial": false}', '{"partial": false, "figures": [], "without": 3}'])
def test_a_file_that_is_no_run(tmp_path: Path, told: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(told, "utf-8")
    with pytest.raises(RunError, match=r"a\.json is no run"):
        load(path)


def test_a_run_of_another_kind_is_not_compared(tmp_path: Path) -> None:
    path = save(RUN, tmp_path)
    assert load(path, ["questions"]) == RUN
    with pytest.raises(RunError, match="measured questions and cannot be compared with pairs"):
        load(path, ["questions", "pairs"])


@pytest.mark.parametrize(("now", "fell"), [
    ({"correct": 0.78}, ["correct"]), ({"correct": 0.79}, []), ({"correct": 0.9}, []), ({"words": 90.0}, []),
    ({"words": 3.0}, []), ({"ms_p50": 900.0}, []), ({"correct:_who": 0.0}, [])])
def test_only_shares_of_the_whole_can_fall(now: dict[str, float], fell: list[str]) -> None:
    changes = compared(later(**now), RUN, 0.01)
    assert [change.figure.name for change in changes if change.fell] == fell
    assert all(change.last is not None for change in changes)


def test_the_margin_is_what_may_be_lost() -> None:
    assert any(change.fell for change in compared(later(correct=0.74), RUN, 0.05))
    assert not any(change.fell for change in compared(later(correct=0.76), RUN, 0.05))


def test_a_partial_run_says_nothing_fell_and_a_first_run_has_no_last() -> None:
    assert not any(change.fell for change in compared(replace(later(correct=0.1), measured=3), RUN))
    assert {change.last for change in compared(RUN, None)} == {None}


def test_the_table() -> None:
    now = replace(later(correct=0.7), articles=18, models={"embedder": "e5", "reader": "reader 2"}, failures=(
        Failure("q1", ("missed",)), Failure("q2", ("wrong", "ungrounded"))))
    told = report(now, compared(now, RUN), RUN, margin=0.01, failures=5)
    rows = [line.split() for line in told.splitlines()]
    assert ["correct", "0.700", "40", "0.800", "-0.100", "FELL", "by", "more", "than", "0.01"] in rows
    assert ["words", "30.0", "40", "30.0", "+0.0"] in rows
    assert ["correct", "0.700", "0.820"] in rows
    for expected in ("questions.jsonl: 40 questions, 2026-03-02 12:00", "archive local, 18 articles", "a note",
                     "generator none, embedder e5, reader reader 2", "last run 2026-03-01 12:00",
                     "since then: articles 16 to 18", "since then: reader reader 1 to reader 2", "2 fell short",
                     "  q1: missed", "  new, q2: wrong", "  new, q2: ungrounded"):
        assert expected in told.splitlines()


def test_the_table_of_a_first_run_and_of_a_partial_one() -> None:
    assert "no earlier run" in report(RUN, compared(RUN, None), None, margin=0.01)
    assert "q1" not in report(RUN, compared(RUN, None), None, margin=0.01)
    part = replace(later(), measured=7)
    assert "7 of 40 questions, stopped" in report(part, compared(part, RUN), RUN, margin=0.01)
    none = replace(later(), measured=0, figures=(), without={})
    assert "0 of 40 questions, stopped" in report(none, compared(none, RUN), RUN, margin=0.01)


def test_what_is_compared_across_archives_is_said() -> None:
    other = replace(RUN, digest="d0", archive="/elsewhere", generator="gemma")
    told = report(RUN, compared(RUN, other), other, margin=0.01)
    for expected in ("other rows", "another archive, /elsewhere", "another generator, gemma"):
        assert f"it was measured on {expected}" in told


def test_as_json() -> None:
    now = later(correct=0.7)
    told = json.loads(json.dumps(shortened(now, compared(now, RUN), RUN)))
    assert (told["set"], told["failures"], told["compared"]["date"]) == ("questions.jsonl", [], RUN.date)
    assert told["compared"]["figures"][0] | {"difference": 0} == {
        "name": "correct", "value": 0.7, "last": 0.8, "difference": 0, "fell": True}
    assert told["figures"][0] == {"name": "correct", "value": 0.7, "of": 40, "unit": "share", "part": False}
