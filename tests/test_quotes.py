import json
import time
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.people import people
from index.quotes import quotes

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "quotes.jsonl").read_text("utf-8").splitlines()]


def article(text: str, language: str = "") -> Article:
    return Article("a", "", text, language=language)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_who_said_what(case: dict[str, Any]) -> None:
    found = quotes(article(case["text"], case["language"]))
    assert [[quote.quote, quote.speaker] for quote in found if quote.kind == "direct"] == case["direct"]
    if "indirect" in case:
        assert [[quote.quote, quote.speaker] for quote in found if quote.kind == "indirect"] == case["indirect"]
    if "role" in case:
        assert {quote.role for quote in found} == {case["role"]}
    if "introduced" in case:
        assert {case["text"][quote.speaker_start:quote.speaker_end] for quote in found} == {case["introduced"]}
    for quote in found:
        assert case["text"][quote.start:quote.end] == quote.quote


def test_table_is_large_enough_in_each_language() -> None:
    languages = [case["language"] for case in CASES]
    assert len(CASES) >= 80
    assert {code for code in languages if languages.count(code) >= 9} == {"sv", "no", "da", "en"}


def test_people_are_given_with_role_gender_and_mentions() -> None:
    text = "Meteorolog Unni Strøm har gode nyheter.\nFoto: Lise Holt\n– Det blir sol, sier Strøm til Bjørn Dale."
    found = {person.name: person for person in people(article(text))}
    assert set(found) == {"Unni Strøm", "Bjørn Dale"}
    strom = found["Unni Strøm"]
    assert (strom.role, strom.gender) == ("Meteorolog", "f")
    assert [text[start:end] for start, end in strom.mentions] == ["Unni Strøm", "Strøm"]
    assert text[strom.start:strom.end] == "Unni Strøm"


HOSTILE = {
    "long quotation": "– " + "Vi er her. " * 1000 + "Slutt, sier Kari Moe.",
    "marks only": "\"“”«»„‘’'" * 3000,
    "unbalanced marks": ("\"Vi sa “nei og «ja " * 40 + "\n") * 60,
    "one line of openers": "“a " * 15000,
    "one dash list": "- Et punkt til.\n" * 3000,
    "cues only": "sier sa mener at " * 8000,
    "names only": "Kari Moe og Ola Lie " * 5000,
    "commas and cues": "– a" + ", sier en" * 10000,
    "one long line of capitals": "Kari " * 20000,
    "direction marks": "“‏Vi‎ ‮er‬ klare​,” sier ‏Kari Moe. " * 500,
    "pronouns without people": "– Ja, sier hun.\n" * 3000,
    "colons and dashes": "Hun: – Ja " * 5000,
    "enligt": "enligt ifølge according to " * 5000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    def seconds(part: str) -> float:
        started = time.process_time()
        found = quotes(article(part))
        assert all(part[quote.start:quote.end] == quote.quote for quote in found)
        return time.process_time() - started

    # The least of three: a collection of the models' garbage may fall into one.
    half = min(seconds(text[:len(text) // 2]) for _ in range(3))
    assert min(seconds(text) for _ in range(3)) < 3.2 * half + 0.3


def test_a_dash_list_holds_no_quotation() -> None:
    assert quotes(article("- Et punkt til.\n" * 50)) == ()


def test_a_long_quotation_is_found_whole() -> None:
    text = "– " + "Vi er her. " * 1000 + "Slutt, sier Kari Moe."
    (quote,) = quotes(article(text))
    assert (quote.start, quote.end, quote.speaker) == (2, text.index(", sier"), "Kari Moe")
