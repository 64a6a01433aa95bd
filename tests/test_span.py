"""Stretches of time, and which articles may report what happened in one."""

from datetime import date

import pytest

from index.span import Span, Timing, recency

AUTUMN = Span(date(1939, 9, 1), date(1939, 11, 30))
LATER = Span(date(2020, 1, 1), None)


@pytest.mark.parametrize(("told", "since", "until"), [
    ("1938", "1938-01-01", "1938-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2024-12", "2024-12-01", "2024-12-31"),
    ("2025-03-11T06:10:00+01:00", "2025-03-11", "2025-03-11"),
])
def test_a_date_may_mean_many_days(told: str, since: str, until: str) -> None:
    assert Span.of(told) == Span(date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize("told", [None, "", "0000", "2024-13", "2024-02-30"])
def test_what_is_no_date(told: str | None) -> None:
    assert Span.of(told) is None


def test_a_span_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Span(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(("span", "published", "held"), [
    (AUTUMN, "1939", True), (AUTUMN, "1939-10-05", True), (AUTUMN, "1940-01-05", True), (AUTUMN, "1940-02-01", False),
    (AUTUMN, "1939-08-20", True), (AUTUMN, "1939-08-01", False), (AUTUMN, "1940", True), (AUTUMN, "1941", False),
    (LATER, "2026-01-01", True), (LATER, "2019-06", False), (AUTUMN, None, True),
])
def test_a_report_may_come_some_weeks_later(span: Span, published: str | None, held: bool) -> None:
    assert Timing((span,)).holds(published) is held


def test_an_article_counts_less_the_further_away_it_lies() -> None:
    nearness = [Timing((AUTUMN,)).nearness(told) for told in ("1939-10-01", "1940-06-01", "1942-06-01", "1962-06-01")]
    assert nearness[0] == 1
    assert nearness == sorted(nearness, key=lambda each: -(each or 0))
    assert nearness[-1] is not None
    assert nearness[-1] < 0.01
    assert Timing((AUTUMN,)).nearness(None) is None
    assert Timing((AUTUMN, LATER)).nearness("2021") == 1


@pytest.mark.parametrize(("span", "parted"), [
    (AUTUMN, True), (Span(date(1914, 1, 1), date(1962, 12, 31)), False), (Span(None, date(1930, 1, 1)), True),
    (Span(date(1900, 1, 1), None), False), (LATER, False), (Span(date(1800, 1, 1), date(1850, 1, 1)), False),
])
def test_a_span_counts_where_it_parts_the_archive(span: Span, parted: bool) -> None:
    assert span.divides(Span(date(1914, 1, 1), date(1962, 12, 31))) is parted
    assert not span.divides(Span())


def test_the_newest_is_told_by_its_last_day() -> None:
    assert recency(["2024", "2022-12-31", None, "2023-12-31"]) == pytest.approx([1, 0, 0, 0.5], abs=0.01)
    assert recency(["2024", None, "2024"]) == [0, 0, 0]
