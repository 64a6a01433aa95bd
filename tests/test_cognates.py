"""Cognates: spelt alike across languages, and not by chance."""

import pytest

from index.alignment import likeness
from index.cognates import cognate


@pytest.mark.parametrize(("word", "other"), [
    ("commission", "kommission"), ("photograph", "fotograf"), ("lærerforbund", "lärarförbund"), ("president", "presidenten"),
    ("electric", "elektrisk"),
])
def test_one_by_origin(word: str, other: str) -> None:
    assert cognate(word, other)


@pytest.mark.parametrize(("word", "other"), [("road", "väg"), ("council", "kansli"), ("harbour", "hamnen"), ("killed", "kilo")])
def test_two_by_origin(word: str, other: str) -> None:
    assert not cognate(word, other)


@pytest.mark.parametrize(("word", "other", "language", "theirs", "same"), [
    ("gift", "gift", "en", "sv", False), ("for", "for", "en", "no", False), ("harvard", "harvard", "en", "sv", True),
    ("oil", "oljepriset", "en", "sv", True), ("price", "oljepriset", "en", "sv", True),
    ("fish", "oljepriset", "en", "sv", False),
    ("sunday", "söndagen", "en", "sv", True), ("sunday", "fredagen", "en", "sv", False),
    ("hospital", "sykehuset", "en", "no", True),
])
def test_across_languages(word: str, other: str, language: str, theirs: str, same: bool) -> None:
    assert (likeness(word, other, language, theirs) > 0) is same
