"""A stretch of time that is asked for, and how near an article's date lies to it. Knows no words and no archive."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LAG = 42  # days: a report is often published some weeks after what it reports
EARLY = 14  # days: and sometimes announces it
_FADES = 365  # days after which an article outside counts a third, at least


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` to `until`, both inclusive; None where it is open."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"a span that ends before it begins: {self.since} to {self.until}")

    @classmethod
    def of(cls, told: str | None) -> "Span | None":
        """The days that an ISO date, or a bare year or month, may mean; None without a date or for one that is none."""
        if not told:
            return None
        parts = [int(part) if part.isdigit() else 0 for part in told[:10].split("-")]
        try:
            if len(parts) == 1:
                return cls(date(parts[0], 1, 1), date(parts[0], 12, 31))
            if len(parts) == 2:
                return cls(date(parts[0], parts[1], 1), month_end(parts[0], parts[1]))
            return cls(date(*parts), date(*parts))
        except ValueError:
            return None

    def gap(self, other: "Span") -> int:
        """Days between this span and another: negative where the other lies before it, 0 where they touch."""
        if self.since and other.until and other.until < self.since:
            return (other.until - self.since).days
        if self.until and other.since and other.since > self.until:
            return (other.since - self.until).days
        return 0

    def holds(self, other: "Span") -> bool:
        """Whether an article with that date may report what happened in this span: within it, or some weeks about it."""
        return -EARLY <= self.gap(other) <= LAG

    def nearness(self, other: "Span") -> float:
        """1 for an article that may report it, less the further away its date lies, towards 0."""
        gap = self.gap(other)
        if -EARLY <= gap <= LAG:
            return 1.0
        length = (self.until - self.since).days if self.since and self.until else 0
        return math.exp(-(gap - LAG if gap > 0 else -gap - EARLY) / max(_FADES, length))

    def divides(self, archive: "Span") -> bool:
        """Whether an archive of those dates has articles on both sides of a border of this span."""
        if archive.since is None or archive.until is None or self.gap(archive):
            return False
        return bool((self.since and archive.since < self.since) or (self.until and archive.until > self.until))


@dataclass(frozen=True, slots=True)
class Timing:
    """When it was that is asked for: any of the spans, and whether the newest counts most."""

    spans: tuple[Span, ...] = ()
    newest: bool = False

    def __bool__(self) -> bool:
        return bool(self.spans) or self.newest

    def nearness(self, published: str | None) -> float | None:
        """Of the nearest span, 0…1; None without a span or a date."""
        dated = Span.of(published)
        return max((span.nearness(dated) for span in self.spans), default=None) if dated else None

    def holds(self, published: str | None) -> bool:
        """Whether an article of that date may report it; one without a date may."""
        dated = Span.of(published)
        return dated is None or not self.spans or any(span.holds(dated) for span in self.spans)


def recency(published: Sequence[str | None]) -> list[float]:
    """For each date how new it is among them, from 0 for the oldest to 1 for the newest; 0 without a date."""
    days = [(dated.until or date.min).toordinal() if (dated := Span.of(told)) else None for told in published]
    known = [day for day in days if day is not None]
    if len(set(known)) < 2:
        return [0.0] * len(days)
    low, high = min(known), max(known)
    return [(day - low) / (high - low) if day is not None else 0.0 for day in days]


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if (year, month) != (9999, 12) else date.max
