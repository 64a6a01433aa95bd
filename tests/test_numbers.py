"""Numbers, weekdays and eras as the four languages write them."""

import pytest

from index.numbers import quantities, weekday


@pytest.mark.parametrize(("text", "language", "other", "theirs"), [
    ("på 1200-talet", "sv", "in the 13th century", "en"),
    ("på 1960-tallet", "no", "in the 1960s", "en"),
    ("två år", "sv", "a two-year plan", "en"),
    ("3 miljoner kronor", "sv", "mellan 3 och 4 miljoner kronor", "sv"),
    ("SEK 320 million", "en", "320 miljoner kronor", "sv"),
    ("the first 100 days", "en", "de första hundra dagarna", "sv"),
    ("one percent", "en", "1 prosent", "no"),
])
def test_the_same_number(text: str, language: str, other: str, theirs: str) -> None:
    ours, found = quantities(text, language), quantities(other, theirs)
    assert ours
    assert all(any(mine.agrees(their) for their in found) for mine in ours)


@pytest.mark.parametrize(("text", "language"), [
    ("Elva flommet over.", "no"), ("The house is on fire.", "en"), ("according to them", "en"),
])
def test_a_word_of_another_language_is_no_number(text: str, language: str) -> None:
    assert quantities(text, language) == []


def test_one_percent_is_not_an_article() -> None:
    assert not quantities("one percent", "en")[0].agrees(quantities("two percent", "en")[0])
    assert not quantities("one percent", "en")[0].loose
    assert quantities("one man", "en")[0].loose


@pytest.mark.parametrize(("word", "day"), [
    ("fredags", 4), ("onsdagsmorgonen", 2), ("Sunday", 6), ("lørdagen", 5), ("dagen", None), ("mandel", None),
])
def test_weekdays_in_compounds(word: str, day: int | None) -> None:
    assert weekday(word) == day
