"""Which words answer, by token weights of our own: whole names, dates, numbers and reasons, and nothing in doubt."""

import math

import pytest

from bot.highlight import LONGEST, LONGEST_REASON, highlight

NOTHING = -9.0


def marked(question: str, text: str, weights: dict[str, float], language: str = "sv") -> list[str]:
    """What is marked where the words of `weights` have such shares (log), and every other word next to none."""
    shares, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        half = start + max(1, len(word) // 2)  # two tokens a word, as a tokenizer might cut it
        share = weights.get(word.strip(",.;”“"), NOTHING)
        shares += [(start, half, share), (half, at, NOTHING)] if half < at else [(start, at, share)]
    return [text[start:end] for start, end in highlight(question, text, shares, language)]


SURE = math.log(0.9)


@pytest.mark.parametrize(("text", "weights", "told"), [
    ("Bron över Ymlaren ritades av Hanna Ekvret på kontoret i Vendsta.", {"Ekvret": SURE}, "Hanna Ekvret"),
    ("I vår slutar både Carl von der Linde och läraren Eva Ström i Hallvika.", {"Linde": SURE}, "Carl von der Linde"),
    ("Den nya bron öppnar för trafik den 19 december 2031 om allt går väl.", {"december": SURE}, "19 december 2031"),
    ("Bron kostar 412 miljoner kronor och ska stå klar till nästa sommar.", {"412": SURE}, "412 miljoner kronor"),
    ("Skolan i Gråvika har fyrtioåtta elever sedan den slogs samman med byns.", {"fyrtioåtta": SURE}, "fyrtioåtta elever"),
    ("The bridge was opened on 3 May 2031, by a minister in the rain.", {"May": SURE}, "3 May 2031"),
    ("Festivalen flyttas till den gamla hamnen i Hallvika nästa sommar igen.",
     {"gamla": -1.0, "hamnen": -0.5}, "gamla hamnen"),
    ("Festivalen flyttas till den gamla hamnen i Hallvika nästa sommar igen.",
     {"hamnen": -0.5, "i": -7.0, "Hallvika": -4.0}, "hamnen i Hallvika"),
    ("Festivalen flyttas till den gamla hamnen i Hallvika nästa sommar igen.",
     {"hamnen": -0.5, "i": -2.0}, "hamnen"),
])
def test_what_belongs_together_is_marked_whole(text: str, weights: dict[str, float], told: str) -> None:
    assert marked("Vad?", text, weights) == [told]


@pytest.mark.parametrize(("question", "text", "heavy", "told"), [
    ("Varför stängde badet?", "Badet stängde i mars, eftersom taket hade börjat läcka under vintern, och öppnar inte igen.",
     "läcka", "eftersom taket hade börjat läcka under vintern"),
    ("Hvorfor ble kampen utsatt?", "Kampen ble utsatt til neste lørdag fordi banen var oversvømmet.", "oversvømmet",
     "fordi banen var oversvømmet"),
    ("Why did the ferry stop?", "The ferry stopped on Monday because the cable had snapped.", "cable",
     "because the cable had snapped"),
    ("När stängde badet?", "Badet stängde i mars, eftersom taket hade börjat läcka under vintern.", "läcka", "läcka"),
])
def test_a_reason_is_marked_as_a_clause(question: str, text: str, heavy: str, told: str) -> None:
    assert marked(question, text, {heavy: SURE}) == [told]


def test_a_run_ends_where_a_clause_does() -> None:
    text = "Hamnen byggs om i år; skolan rivs. Och resten väntar till nästa höst."
    assert marked("Vad?", text, {"år": -0.7, "skolan": -0.9}) == ["år"]


@pytest.mark.parametrize("text", ["Bron öppnar i maj.", "", "– – –", "…"])
def test_nothing_is_marked_where_the_reader_is_unsure(text: str) -> None:
    assert marked("Vad?", text, {"maj": math.log(0.02)}) == []


@pytest.mark.parametrize("question", ["Vad?", "Varför?"])
@pytest.mark.parametrize("length", [4, 9, 20, 60])
def test_no_more_is_marked_than_half_of_a_sentence(question: str, length: int) -> None:
    text = "Det blev så för att " + " ".join(f"ord{'abcdefghij'[n % 10]}" for n in range(length)) + "."
    weights = {word.strip("."): -1.0 for word in text.split()}
    for told in marked(question, text, weights):
        assert len(told.split()) <= max(3, 0.6 * len(text.split()) + 1, 0)
        assert len(told.split()) <= max(LONGEST, LONGEST_REASON)


def test_a_name_that_fills_the_sentence_is_not_marked() -> None:
    assert marked("Vem?", "Åsa Maria Lind Ek Strand Berg.", {"Lind": SURE}) == []
