"""Which differences count: words do, typography does not; and where the nearest words stand."""

import time

import pytest

from index.wording import exact, nearest, wording

SOURCE = wording("Hun sa: «Vi bygger 1 000 nye hus, og det koster 4,2 mil\u00adlioner kroner.» Don’t e-post oss 50 %!")


@pytest.mark.parametrize("quoted", [
    "vi bygger 1.000 nye hus – og det koster 4.2 millioner", "VI  BYGGER 1000 NYE HUS", "Don't e-post oss", "oss: 50 %",
    "og det ko\u200bster", "hu\u200fs",
])
def test_typography_is_no_change(quoted: str) -> None:
    (place,) = exact(wording(quoted), SOURCE)
    assert place.exact
    assert wording(SOURCE.part(place.first, place.last)).keys == wording(quoted).keys


@pytest.mark.parametrize("quoted", ["vi bygger 100 nye hus", "det koster 42 millioner", "det koster ikke 4,2", "oss 50 $"])
def test_words_are(quoted: str) -> None:
    assert exact(wording(quoted), SOURCE) == []
    place = nearest(wording(quoted), SOURCE)
    assert place is not None
    assert not place.exact


def test_words_that_are_only_parted_otherwise_are_the_same() -> None:
    place = nearest(wording("don't epost oss"), SOURCE)
    assert place is not None
    assert place.exact


@pytest.mark.parametrize(("quoted", "changes"), [
    ("De bygger 1000 nye hus", [("replaced", "De", "Vi"), ("same", "bygger 1000 nye hus", "bygger 1 000 nye hus")]),
    ("bygger 1000 hus og", [("same", "bygger 1000", "bygger 1 000"), ("left_out", "", "nye"), ("same", "hus og", "hus, og")]),
    ("og det koster ikke 4,2", [("same", "og det koster", "og det koster"), ("added", "ikke", ""), ("same", "4,2", "4,2")]),
])
def test_the_difference_is_told_word_by_word(quoted: str, changes: list[tuple[str, str, str]]) -> None:
    place = nearest(wording(quoted), SOURCE)
    assert place is not None
    assert [(change.kind, change.quoted, change.source) for change in place.changes] == changes


def test_every_place_is_found() -> None:
    source = wording("ja ja nei ja " * 3)
    assert [place.first for place in exact(wording("ja nei"), source)] == [1, 5, 9]
    assert exact(wording("…"), source) == []
    assert nearest(wording(""), source) is None


def test_a_very_long_quotation_is_placed_in_a_long_article() -> None:
    source = wording(" ".join(f"ord{n * n % 9_973}" for n in range(20_000)))
    quoted = wording(source.part(5_000, 6_600) + " slut")
    started = time.process_time()
    place = nearest(quoted, source)
    assert time.process_time() - started < 5
    assert place is not None
    assert place.share > 0.99
