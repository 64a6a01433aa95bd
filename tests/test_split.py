"""Passages: exact offsets, whole sentences, never more than one article."""

import random

import pytest

from index.article import Article
from index.language import sentences
from index.split import LONGEST, split, units


def article(text: str, language: str = "sv") -> Article:
    return Article(id="a", title="T", text=text, language=language)


def prose(seed: int, words: int) -> str:
    chosen = random.Random(seed)
    text: list[str] = []
    for number in range(words):
        word = chosen.choice(["bron", "öppnar", "kommunen", "i", "maj", "för", "bilar", "och", "tåg"])
        text.append(word.capitalize() if not number or text[-1][-1] in ".\n" else word)
        if chosen.random() < 0.08:
            text[-1] += "."
        if chosen.random() < 0.02:
            text[-1] += ".\n"
    return " ".join(text) + "."


@pytest.mark.parametrize("seed", range(8))
def test_passages_cover_the_article_with_exact_offsets(seed: int) -> None:
    text = prose(seed, 700)
    passages = split(article(text))
    for passage in passages:
        assert text[passage.start:passage.end] == passage.text
        assert len(passage.text.split()) <= 140
    spans = units(text, "sv")
    covered = {span for span in spans for passage in passages if passage.start <= span[0] and span[1] <= passage.end}
    assert covered == set(spans)
    assert [passage.position for passage in passages] == list(range(len(passages)))
    average = sum(len(passage.text.split()) for passage in passages) / len(passages)
    assert 75 <= average <= 120


def test_a_sentence_without_end_is_cut_to_what_a_citation_may_quote() -> None:
    text = "ord " * 5000
    for start, end in units(text, "sv"):
        assert len(text[start:end].split()) <= LONGEST
    assert len(split(article(text))) > 30


def test_two_million_characters_are_split_in_linear_time() -> None:
    text = "Det regnade i Hallvika hela natten. " * 56_000
    assert len(split(article(text))) > 3000


def test_short_articles_are_one_passage() -> None:
    assert [passage.text for passage in split(article("Kort notis."))] == ["Kort notis."]
    assert sentences("   \n ", "sv") == []
