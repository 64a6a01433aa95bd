"""The words of a text without their typography, and where a quotation's words stand among them. Pure; knows no archive.

Two texts have the same words where they differ only in case, marks, dashes, spaces and characters that cannot be seen.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from index.tokens import visible

Kind = Literal["same", "replaced", "added", "left_out"]

_LETTERS = r"[^\W\d_][\w\u0300-\u036f]*"
_WORD = re.compile(
    r"(?P<number>(?:\d{1,3}(?:[ .,'’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*)"
    rf"|(?P<word>{_LETTERS}(?:['’ʼ`´]{_LETTERS})*)|(?P<sign>[%‰€$£§°&+])"
)
_GROUPED = re.compile(r"(?<=\d)[ .,'’\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`´", ""))
_MOST = 20  # places of the same words in one text


@dataclass(frozen=True)
class Wording:
    """The words of a text as they are compared, and the offsets of each in the text as it was given."""

    text: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def joined(self) -> str:
        return f" {' '.join(self.keys)} "

    def part(self, first: int, last: int) -> str:
        """What stands in the text from word `first` up to word `last`, that one left out."""
        return self.text[self.spans[first][0]:self.spans[last - 1][1]] if first < last else ""


@dataclass(frozen=True, slots=True)
class Change:
    """Neighbouring words that are the same, replaced, added by the quotation or left out by it, as each text writes them."""

    kind: Kind
    quoted: str
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: words `[first, last)` of the source, and `share` of the words that are the same (0…1)."""

    first: int
    last: int
    share: float
    changes: tuple[Change, ...] = ()

    @property
    def exact(self) -> bool:
        return not self.changes


class _Run(NamedTuple):
    """Words `[start, end)` of the quotation are the words `[there, until)` of the source."""

    start: int
    end: int
    there: int
    until: int


def wording(text: str) -> Wording:
    """The words of a text. Numbers are one word each, however their thousands are parted; 4,2 stays 4.2."""
    shown, origin = visible(text)
    keys, spans = [], []
    for match in _WORD.finditer(shown):
        keys.append(_key(match))
        start, end = match.span()
        spans.append((start, end) if origin is None else (origin[start], origin[end - 1] + 1))
    return Wording(text, tuple(keys), tuple(spans))


def _key(match: re.Match[str]) -> str:
    if match["number"]:
        return _GROUPED.sub("", match["number"]).replace(",", ".")
    return unicodedata.normalize("NFKC", match[0]).casefold().translate(_APOSTROPHES)


def exact(quoted: Wording, source: Wording) -> list[Place]:
    """Every place where the source has just these words, at most 20."""
    places: list[Place] = []
    sought, at, word = quoted.joined, -1, 0
    while quoted.keys and len(places) < _MOST and (found := source.joined.find(sought, at + 1)) >= 0:
        word += source.joined.count(" ", max(at, 0), found)
        places.append(Place(word, word + len(quoted.keys), 1.0))
        at = found
    return places


def nearest(quoted: Wording, source: Wording, least: float = 0.0) -> Place | None:
    """The run of the source that shares most words with the quotation; None where it is less than about `least`."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import partial_ratio_alignment

    if not quoted.keys or not source.keys:
        return None
    rough = partial_ratio_alignment(quoted.keys, source.keys, score_cutoff=100 * least)
    if rough is None:
        return None
    slack = len(quoted.keys) // 4 + 2
    low, high = max(0, rough.dest_start - slack), min(len(source.keys), rough.dest_end + slack)
    same = [_Run(step.src_start, step.src_end, step.dest_start + low, step.dest_end + low)
            for step in Indel.opcodes(quoted.keys, source.keys[low:high]) if step.tag == "equal"]
    return _place(quoted, source, _tight(same)) if same else None


def _tight(same: list[_Run]) -> list[_Run]:
    """Without runs at either end that stand farther off than they are long: those words stand there by chance."""
    while len(same) > 1 and same[1].there - same[0].until - (same[1].start - same[0].end) > same[0].end - same[0].start:
        same = same[1:]
    while len(same) > 1 and same[-1].there - same[-2].until - (same[-1].start - same[-2].end) > same[-1].end - same[-1].start:
        same = same[:-1]
    return same


def _place(quoted: Wording, source: Wording, same: Sequence[_Run]) -> Place:
    """The place that the equal runs span, with as many words more at either end as the quotation has there."""
    before, behind = same[0].start, len(quoted.keys) - same[-1].end
    first, last = max(0, same[0].there - before), min(len(source.keys), same[-1].until + behind)
    changes: list[Change] = []
    a, b, equal = 0, first, 0
    for start, end, there, until in same:
        changes += _change(quoted, source, (a, start), (b, there))
        changes.append(Change("same", quoted.part(start, end), source.part(there, until)))
        equal += end - start
        a, b = end, until
    changes += _change(quoted, source, (a, len(quoted.keys)), (b, last))
    if "".join(quoted.keys) == "".join(source.keys[first:last]):  # only parted otherwise
        return Place(first, last, 1.0)
    return Place(first, last, equal / max(len(quoted.keys), last - first), tuple(changes))


def _change(quoted: Wording, source: Wording, ours: tuple[int, int], theirs: tuple[int, int]) -> list[Change]:
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        return []
    kind: Kind = "added" if theirs[0] == theirs[1] else "left_out" if ours[0] == ours[1] else "replaced"
    return [Change(kind, quoted.part(*ours), source.part(*theirs))]
