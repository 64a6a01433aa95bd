"""Which words of a sentence answer, by the weight that the reader gives its tokens. Knows texts only.

The reader is trained to put its weight somewhere within the answer, often on a single token: it shows where the answer
lies, and what belongs together there (a name, a date, a number with what it counts, a reason) is taken whole.
"""

import math
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.grammar import PREPOSITIONS
from index import numbers
from index.tokens import Token, tokens

UNSURE = math.log(0.05)  # a sentence that the reader gives less is not marked
REACH = 5.5  # how far below the strongest word (log) a word may weigh and still count for the answer
DEAREST = 0.8  # what one that weighs less costs at most where the answer goes on behind it
LONGEST = 12  # words, and half of the sentence; a reason, which is a clause, may have more
LONGEST_REASON = 16
_APART = re.compile(r"[.!?;:–—()]|\s-\s")
_CLAUSE = re.compile(r",|" + _APART.pattern)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_WHY = re.compile(r"\b(?:varför|hvorfor|kvifor|why)\b", re.I)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LINKS = _words("von van de der den da di du la le el al bin ibn af av of")
_BECAUSE = _words("eftersom fordi ettersom emedan siden för for då da på grunnet slik så because since as due to")
_LEFT = PREPOSITIONS | _words(
    "och og and eller or men but som at att å en ett et ei den det de the a an när når då da där der sedan siden since so så")


def highlight(
    question: str, text: str, shares: Sequence[tuple[int, int, float]], language: str = "",
) -> tuple[tuple[int, int], ...]:
    """The places of the words in a sentence that answer: whole words, one run, no more than half of the sentence.

    `shares` are the letters of each token with the logarithm of its share of all that was read. Nothing where the sentence
    as a whole has too small a share, or where no such run can be told.
    """
    words = [token for token in tokens(text) if token.word]
    if not words or not shares or np.logaddexp.reduce([share for *_, share in shares]) < UNSURE:
        return ()
    weights = np.array([_weight(word, shares) for word in words])
    strongest = int(weights.argmax())
    run = _run(text, words, weights, strongest)
    if _WHY.search(question) and (reason := _reason(text, words, *run)):
        run, longest = reason, min(LONGEST_REASON, math.ceil(0.6 * len(words)))
        if run[1] - run[0] < longest:
            return ((words[run[0]].start, words[run[1]].end),)
    for first, last in (_trimmed(words, *run), (strongest, strongest)):
        first, last = _whole(text, words, first, last, language)
        if last - first < min(LONGEST, max(3, len(words) // 2)):
            return ((words[first].start, words[last].end),)
    return ()


def _weight(word: Token, shares: Sequence[tuple[int, int, float]]) -> float:
    within = [share for start, end, share in shares if start < word.end and end > word.start]
    return float(np.logaddexp.reduce(within)) if within else -math.inf


def _run(text: str, words: Sequence[Token], weights: NDArray[np.float64], strongest: int) -> tuple[int, int]:
    """The first and last word of the run around the strongest one whose weights above `REACH` sum up to most."""
    worth = np.maximum(weights - (weights[strongest] - REACH), -DEAREST)

    def end(step: int) -> int:
        best, total, at = 0.0, 0.0, strongest
        for here in _neighbours(text, words, strongest, step, _APART):
            total += worth[here]
            if total > best:
                best, at = total, here
        return at

    return end(-1), end(1)


def _neighbours(text: str, words: Sequence[Token], at: int, step: int, border: re.Pattern[str]) -> Iterator[int]:
    """The words before one (step -1) or behind it (1), the nearest first, up to a mark that parts them."""
    while 0 <= at + step < len(words):
        left, right = sorted((at, at + step))
        if border.search(text[words[left].end:words[right].start]):
            return
        at += step
        yield at


def _reason(text: str, words: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The clause around a run that begins with "because" or its like; None where there is none."""
    begun = next((at for at in (first, *_neighbours(text, words, first, -1, _CLAUSE)) if words[at].lower in _BECAUSE), None)
    ended = max((last, *_neighbours(text, words, last, 1, _CLAUSE)))
    return None if begun is None or begun == ended else (begun, ended)


def _trimmed(words: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without the small words at its end that lead to what is no longer in it."""
    while last > first and words[last].lower in _LEFT:
        last -= 1
    return first, last


def _whole(text: str, words: Sequence[Token], first: int, last: int, language: str) -> tuple[int, int]:
    """With the rest of a name, a date or a number that the run begins or ends in."""
    pieces = [*_names(text, words), *_figures(text, words, language)]
    grown = True
    while grown:
        inside = [piece for piece in pieces if piece[0] <= last and piece[1] >= first]
        wider = (min([first, *(piece[0] for piece in inside)]), max([last, *(piece[1] for piece in inside)]))
        grown = wider != (first, last)
        first, last = wider
    return first, last


def _names(text: str, words: Sequence[Token]) -> list[tuple[int, int]]:
    """Runs of capitalised words, as first and last word; "von" and its kin may stand within."""
    found: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if not word.capital:
            continue
        before = at - 1
        while before > 0 and words[before].lower in _LINKS:
            before -= 1
        between = text[words[before].end:word.start] if at else "."
        if found and found[-1][1] == before and not re.search(r"[^\w\s]", between.removeprefix(".")):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def _figures(text: str, words: Sequence[Token], language: str) -> Iterator[tuple[int, int]]:
    """Dates with their year, and numbers (but no year) with the word that they count, as first and last word."""
    for day in numbers.days(text, language):
        year = re.match(r",?\s\d{4}\b", text[day.end:])
        yield from _within(words, day.start, day.end + (year.end() if year else 0))
    for number in numbers.quantities(text, language):
        if number.loose or _YEAR.fullmatch(text[number.start:number.end]):
            continue
        counted = re.match(r"\s([^\W\d_]+)", text[number.end:])
        more = counted.end() if counted and counted[1].lower() not in _LEFT else 0
        yield from _within(words, number.start, number.end + more)


def _within(words: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = [at for at, word in enumerate(words) if word.start < end and word.end > start]
    if inside:
        yield inside[0], inside[-1]
