import json
import time
from pathlib import Path
from typing import Any

import pytest

from bot.saying import Saying, asked_saying

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "saying.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
def test_what_is_asked_about_who_said_what(case: dict[str, Any]) -> None:
    expected = Saying(*case["saying"]) if case["saying"] else None
    assert asked_saying(case["question"]) == expected


LONG = ["Vad säger " + "Lind " * 190, "Vem sa " + "att " * 240, "Har " + "sagt " * 190, "säger " * 160]


@pytest.mark.parametrize("question", LONG)
def test_a_long_question_takes_no_time(question: str) -> None:
    started = time.process_time()
    asked_saying(question)
    assert time.process_time() - started < 0.3
