import json
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Turn
from bot.mentions import topic_names
from bot.understand import LONGEST, QuestionError, understand
from index.article import Filters

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "understand.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_asked(case: dict[str, Any]) -> None:
    history = [Turn(*turn) for turn in case["history"]]
    query = understand(case["question"], history, languages=case.get("languages", ()))
    assert (query.language, query.text) == (case["language"], case.get("text", case["question"]))
    assert query.asked == case["question"]
    assert query.rewritten == ("text" in case)


@pytest.mark.parametrize(("asked", "reason"), [
    ("", "empty"), (" \n\t\x00", "empty"), ("?!", "empty"), ("\u200b\u00ad", "empty"), ("\ud800", "empty"),
    ("a" * (LONGEST + 1), "long"), ("vad " * 25_000, "long"),
])
def test_what_cannot_be_asked(asked: str, reason: str) -> None:
    with pytest.raises(QuestionError) as caught:
        understand(asked)
    assert caught.value.reason == reason


def test_white_space_is_folded() -> None:
    query = understand("  Vad\u00a0kostar\n\nbron\x07 o\u0308ver Ym\u00adlaren?\u200b ")
    assert query.asked == query.text == "Vad kostar bron över Ymlaren?"
    assert understand(" " * 5000 + "b" * LONGEST + " " * 5000).asked == "b" * LONGEST


def test_filters_are_kept() -> None:
    filters = Filters(since="2025-01-01", authors=("Hanna Ekvret",))
    assert understand("Och 1938?", [Turn("Vad kostade mjölken?", "")], filters).filters == filters


def test_a_long_talk_gives_no_endless_question() -> None:
    history: list[Turn] = []
    for asked in ["Vem stängde skolan?", *["Varför?", "Vad hände sen?", "När?"] * 40]:
        query = understand(asked, history)
        assert len(query.text) < 60
        history.append(Turn(query.text, "Kommunen stängde skolan [1]."))
    full = Turn("Vem stängde " + "a" * (LONGEST - 14) + "?", "")
    assert understand("Varför?", [full]).text == "Varför?"


@pytest.mark.parametrize(("text", "names"), [
    ("Sade Anna Berg att Hällvika kommun sparar?", ("Anna Berg", "Hällvika kommun")),
    ("Vad tycker Ursula von der Leyen och Carl af Geijerstam?", ("Ursula von der Leyen", "Carl af Geijerstam")),
    ("What is Anna-Karin Berg’s view?", ("Anna-Karin Berg",)),
    ("Rektorn Hanna Ekvret gick. Regionen betalar, säger Ekvret i mars.", ("Hanna Ekvret", "Ekvret")),
    ("SVT visade Vasa i måndags.", ("SVT", "Vasa")),
    ("VAD SA HON MER?", ()),
])
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert topic_names(text) == names
