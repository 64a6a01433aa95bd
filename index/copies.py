"""Whether two articles are copies of one story: paragraphs cut, a headline changed, a local introduction added.

Candidates meet by MinHash (Broder 1997, "On the resemblance and containment of documents"), cut into bands so that any
database can look them up; what they are is then decided by the runs of words that they really share. Knows no archive.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.article import Hit, moment
from index.cues import FUNCTION
from index.language import words
from index.numbers import numeral
from index.polarity import negates
from index.span import Timing

VERSION = 1  # of the rules: bands and stories from another version are made anew
BANDS = 64
ROWS = 2  # hashes in a band: two articles that share a share `s` of their runs meet with probability 1 - (1 - s^2)^64
RUN = 3  # words
SHARED = 0.45  # of the runs of the shorter article
FEWEST = 20  # runs that are shared at least
SHORT = 40  # words, below which …
EQUAL = 0.85  # … this share of the runs of the longer article must be shared, and all names and figures, …
NOTICE = 5  # … and so many runs
NAMED = 0.6  # of the shorter article's names and figures stand in the other: a template has its own
LEAST = 0.15  # length of the shorter article beside the longer: what is less is one item of a round-up
FOOTER = 150  # words at most, in which articles of one paper may end alike
SAID = 0.6  # of a passage's words that stand in pairs which others have, who then say it
AGAIN = 0.75  # of the words of the shorter of two sentences
BETTER = 0.15  # score by which a passage may be better for what only it says

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-zà-öø-ÿ]\w+")  # has a capital without opening a sentence
_ACCENT = re.compile("[\u0300-\u036f]")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


@dataclass(frozen=True)
class Sketch:
    """What of a text is compared: its words in order, as 32-bit hashes, and its names and figures."""

    words: NDArray[np.uint32]
    marks: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Sketch":
        told = _WORD.findall(_ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())))
        hashes = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in told], dtype=np.uint32)
        figures = (word for word in told if not word.isalpha())
        return cls(hashes, frozenset((*figures, *map(str.casefold, _NAME.findall(text)))))

    @cached_property
    def runs(self) -> NDArray[np.uint64]:
        """Hashes of the runs of words, sorted, each once."""
        return _runs(self.words)


def _runs(words: NDArray[np.uint32]) -> NDArray[np.uint64]:
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    wide = words.astype(np.uint64)
    summed = np.zeros(len(wide) - RUN + 1, dtype=np.uint64)
    for n in range(RUN):
        summed += wide[n:n + len(summed)] * _MIX[n]
    return np.unique(summed)


def bands(sketches: Sequence[Sketch]) -> list[list[int]]:
    """The values by which each article meets its copies, as signed 64-bit integers; none for a text of a word or two."""
    from datasketch import MinHash  # brings scipy: half a second

    hashed = MinHash.bulk(((each.runs >> np.uint64(32)).tolist() for each in sketches), num_perm=BANDS * ROWS,
                          hashfunc=int, scheme="affine32")
    number = np.arange(BANDS, dtype=np.uint64)
    found = []
    for each, one in zip(sketches, hashed, strict=True):
        pairs = one.hashvalues.astype(np.uint64).reshape(BANDS, ROWS)
        values = ((pairs[:, 0] << np.uint64(32) | pairs[:, 1]) + number * _MIX[0]) * _MIX[1]
        found.append(np.unique(values.view(np.int64)).tolist() if len(each.runs) else [])
    return found


def alike(one: Sketch, other: Sketch, *, house: bool = False) -> float:
    """The share of the shorter article's runs of words that the other has too, where they are copies; else 0.

    `house`: both are of one paper, so that what they end in may be its footer, and what stands before must be alike too.
    """
    few, many = sorted((len(one.runs), len(other.runs)))
    shared = _shared(one.runs, other.runs)
    if min(len(one.words), len(other.words)) < SHORT:
        return shared / many if shared >= max(NOTICE, EQUAL * many) and one.marks == other.marks else 0.0
    if shared < max(FEWEST, SHARED * few) or few < LEAST * many:
        return 0.0
    if house and (last := _ending(one.words, other.words)):
        before = [_runs(each.words[:-last]) for each in (one, other)]
        if _shared(*before) < SHARED * min(map(len, before)):
            return 0.0
    marks = sorted((one.marks, other.marks), key=len)
    return shared / few if len(marks[0] & marks[1]) >= NAMED * len(marks[0]) else 0.0


def _shared(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


def _ending(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> int:
    """How many words both end in, where that may be a footer: not all of either, neither few nor too many."""
    shortest = min(len(one), len(other))
    differ = np.flatnonzero(one[::-1][:shortest] != other[::-1][:shortest])
    same = int(differ[0]) if len(differ) else shortest
    return same if same < shortest and FEWEST <= same <= FOOTER else 0


def published_first(published: str | None) -> tuple[bool, str]:
    """A key that sorts dates of publication, moments by their zones and the undated last."""
    at = moment(published) if published and len(published) > 10 else None
    if at is None:
        return published is None, published or ""
    return False, str(np.datetime64(at, "s"))


def told_once(hits: Sequence[Hit], question: str, timing: Timing) -> list[Hit]:
    """Without the passages of copies that say again what passages of the same story say that were published earlier, or in
    the time that is asked about.

    What stands for them gets their best score. What a paper added stays where it bears on the question: the earlier passages
    do not have a word of the question, a figure or a denial that it has, or it scores much better. Of equal dates the
    earlier in `hits` counts as the first.
    """
    by_story: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.story is not None:
            by_story.setdefault(hit.story, []).append(hit)
    kept = [hit for hit in hits if hit.story is None]
    asked = _beginnings(word for word in words(question) if word not in FUNCTION)
    for each in by_story.values():
        kept += _first_told(sorted(each, key=lambda hit: first_of(hit.article.published, timing)), asked)
    return kept


def first_of(published: str | None, timing: Timing) -> tuple[bool, tuple[bool, str]]:
    """A key that sorts what is of the time that is asked about first, and the earlier before the later."""
    return not timing.holds(published), published_first(published)


@dataclass
class _Telling:
    """A passage, what it says of the question with its figures and denials, and the score that it gets."""

    hit: Hit
    said: Sketch
    named: frozenset[str]
    score: float

    @classmethod
    def of(cls, hit: Hit, asked: Set[str]) -> "_Telling":
        told = hit.passage.text
        return cls(hit, Sketch.of(told), _decisive(told) | (asked & _beginnings(words(told))), hit.score)

    def again(self, earlier: Sequence["_Telling"]) -> bool:
        """Whether earlier passages of one article say it."""
        if not self.named <= frozenset().union(*(each.named for each in earlier)):
            return False
        return self.hit.score <= max(each.score for each in earlier) + BETTER and (
            covered(self.said, [each.said for each in earlier]) >= SAID)


def covered(one: Sketch, others: Sequence[Sketch]) -> float:
    """The share of a text's words that stand in pairs of words which some of the others have too, 0…1."""
    if len(one.words) < 2:
        return float(any(np.isin(one.words, each.words).all() for each in others))
    shared = np.isin(_pairs(one.words), np.concatenate([_pairs(each.words) for each in others]))
    return float((np.append(shared, False) | np.append(False, shared)).mean())


def _pairs(hashed: NDArray[np.uint32]) -> NDArray[np.uint64]:
    wide = hashed.astype(np.uint64)
    return wide[:-1] << np.uint64(32) | wide[1:]


def _decisive(text: str) -> frozenset[str]:
    """The words of which one makes another statement of the same words: figures, numerals and denials."""
    return frozenset(word for word in words(text) if any(map(str.isdigit, word)) or numeral(word) is not None or negates(word))


def says_again(one: str, other: str) -> bool:
    """Whether a sentence of a copy says what one of another copy says: all but a few of its words, each way."""
    mine, theirs = (Sketch.of(text) for text in (one, other))
    few, many = sorted((np.unique(mine.words), np.unique(theirs.words)), key=len)
    return len(few) > 0 and bool(np.isin(few, many).mean() >= AGAIN)


def _beginnings(told: Iterable[str]) -> frozenset[str]:
    """Words without what inflection changes, about."""
    return frozenset(word[:5] for word in told)


def _first_told(hits: Sequence[Hit], asked: Set[str]) -> list[Hit]:
    told: dict[str, list[_Telling]] = {}
    for hit in hits:
        mine = _Telling.of(hit, asked)
        earlier = next((found for owner, found in told.items() if owner != hit.article.id and mine.again(found)), None)
        if earlier is None:
            told.setdefault(hit.article.id, []).append(mine)
        else:
            nearest = max(earlier, key=lambda each: covered(mine.said, [each.said]))
            nearest.score = max(nearest.score, hit.score)
    return [replace(each.hit, score=each.score) for found in told.values() for each in found]
