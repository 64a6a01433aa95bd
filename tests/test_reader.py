"""The reader on sentences of our own: whose tokens are whose, and which sentence answers."""

import math

import numpy as np
import pytest
from tokenizers import Tokenizer

from bot.reader import LONGEST, Reader, Sheet, tokens
from bot.select import Selector

BRIDGE = Sheet("Ny bro", (
    "Kommunen vill bygga nytt.", "Bron över Ymlaren kostar 412 miljoner kronor.", "Den blir klar i maj 2027.",
    "– Jag är nöjd, säger kommunalrådet Åsa Lind."))
SCHOOL = Sheet("Skolan stänger", ("Skolan i Gråvika har 47 elever.", "Rektorn heter Hanna Ekvret."))


@pytest.fixture(scope="module")
def reader(selector: Selector) -> Reader:
    selector.load()
    return selector._reader


@pytest.fixture(scope="module")
def tokenizer(reader: Reader) -> Tokenizer:
    assert reader._loaded is not None
    return reader._loaded.tokenizer


def test_each_token_belongs_to_its_sentence(tokenizer: Tokenizer) -> None:
    cut = tokens(tokenizer, "Vad kostar bron?", BRIDGE)
    assert len(cut.ids) == len(cut.owner) == len(cut.spans)
    assert set(cut.owner) == {-1, 0, 1, 2, 3}
    for owner, (start, end) in zip(cut.owner, cut.spans, strict=True):
        assert owner < 0 or 0 <= start < end <= len(BRIDGE.sentences[owner]) + 1
    said = "".join(BRIDGE.sentences[1][a:b] for owner, (a, b) in zip(cut.owner, cut.spans, strict=True) if owner == 1)
    assert said.replace(" ", "") == BRIDGE.sentences[1].replace(" ", "")


def test_what_is_too_long_is_cut_off(tokenizer: Tokenizer) -> None:
    cut = tokens(tokenizer, "Vad? " * 500, Sheet("T", ("Mening. " * 2000, "Sist.")))
    assert len(cut.ids) == LONGEST
    assert 1 not in set(cut.owner)


@pytest.mark.parametrize(("question", "sheet", "sentence"), [
    ("Vad kostar bron över Ymlaren?", 0, 1), ("När blir bron klar?", 0, 2), ("Hur många elever har skolan i Gråvika?", 1, 0),
    ("Vad heter rektorn?", 1, 1)])
def test_the_sentence_that_answers_weighs_most(reader: Reader, question: str, sheet: int, sentence: int) -> None:
    reading = reader.read(question, [BRIDGE, SCHOOL])
    flat = {(n, m): value for n, row in enumerate(reading.sentences) for m, value in enumerate(row)}
    assert max(flat, key=lambda place: flat[place]) == (sheet, sentence)


def test_the_shares_of_all_sentences_and_of_nowhere_are_one(reader: Reader) -> None:
    reading = reader.read("Vem är nöjd?", [BRIDGE, SCHOOL])
    total = sum(math.exp(value) for row in reading.sentences for value in row) + math.exp(reading.null)
    assert 0.8 < total <= 1.0001  # the titles' tokens have no sentence, and no share either
    assert all(np.isfinite(value) for row in reading.sentences for value in row)


def test_nowhere_weighs_more_where_nothing_answers(reader: Reader) -> None:
    there = reader.read("Vad kostar bron över Ymlaren?", [BRIDGE]).null
    nowhere = reader.read("Vem vann backhoppningen i Garmisch?", [BRIDGE]).null
    assert nowhere > there
