"""Quotations in a foreign language are led by a sentence that names it, once a run, and by nothing else."""

import pytest

from bot.answer import Evidence, Sentence
from bot.framing import framed
from index.article import Article


def piece(language: str, text: str) -> Evidence:
    return Evidence(Article(id=language + text, title="T", text=text, language=language), 0, len(text), text)


EVIDENCE = (piece("sv", "Bron är lång."), piece("sv", "Den är röd."), piece("en", "It is red."), piece("no", "Den er rød."))


def quoted(*cites: int) -> list[Sentence]:
    return [Sentence(EVIDENCE[n - 1].text, (n,), "quoted") for n in cites]


def told(language: str, sentences: list[Sentence]) -> list[str]:
    return [sentence.text for sentence in framed(sentences, EVIDENCE, language)]


@pytest.mark.parametrize(("language", "frame"), [
    ("en", "The archive says, in its own language:"), ("de", "The archive says, in its own language:"), ("sv", None),
    ("no", None), ("da", None), ("", None),
])
def test_swedish_evidence_is_foreign_outside_scandinavia_alone(language: str, frame: str | None) -> None:
    assert told(language, quoted(1, 2)) == [*([frame] if frame else []), "Bron är lång.", "Den är röd."]


@pytest.mark.parametrize(("language", "frame"), [
    ("sv", "Så här står det i arkivet, på artikelns språk:"), ("no", "Slik står det i arkivet, på artikkelens språk:"),
    ("da", "Sådan står der i arkivet, på artiklens sprog:"),
])
def test_english_evidence_is_framed_in_the_questions_language(language: str, frame: str) -> None:
    assert told(language, quoted(3)) == [frame, "It is red."]


def test_each_run_of_a_language_is_framed_once() -> None:
    assert told("en", quoted(1, 2, 3, 1, 4)) == [
        "The archive says, in its own language:", "Bron är lång.", "Den är röd.", "It is red.",
        "The archive says, in its own language:", "Bron är lång.", "The archive says, in its own language:", "Den er rød."]


def test_what_is_composed_needs_no_frame_and_what_is_led_no_second_one() -> None:
    composed, led = Sentence("It is long.", (1,), "composed"), Sentence("Somebody else said:", (), "framing")
    assert told("en", [composed, *quoted(2)]) == ["It is long.", "The archive says, in its own language:", "Den är röd."]
    assert told("en", [led, *quoted(1, 2)]) == ["Somebody else said:", "Bron är lång.", "Den är röd."]
    assert told("en", [composed]) == ["It is long."]
