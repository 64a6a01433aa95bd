import json
import time
from pathlib import Path
from typing import Any

import pytest

from bot.overview import asked_overview

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "overview.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
def test_what_an_overview_is_asked_of(case: dict[str, Any]) -> None:
    assert asked_overview(case["question"]) == case["topic"]


@pytest.mark.parametrize("part", [
    "Hur har det ", "Vad berättade de ", "kan du berätta om ", "Hur följde tidningen ", "what has been ",
])
def test_a_long_question_takes_no_time(part: str) -> None:
    started = time.process_time()
    asked_overview((part * 90)[:1000])
    assert time.process_time() - started < 0.3


def test_questions_for_a_detail_are_not_taken_for_overviews(shared: Path) -> None:
    names = ("norquad_dev.questions.jsonl", "squadsv_dev.questions.jsonl")
    asked = [json.loads(line)["question"] for name in names
             for line in (shared / "eval" / name).read_text(encoding="utf-8").splitlines()]
    taken = [question for question in asked if asked_overview(question)]
    assert len(taken) <= 0.002 * len(asked), taken
