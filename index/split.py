"""Article -> passages: runs of whole sentences with exact offsets. Pure; knows no database and no model."""

import re
from itertools import accumulate

from index.article import Article, Passage
from index.language import sentences

LONGEST = 80  # words in a unit: what a citation may quote
TARGET = 100  # words in a passage

_WORD = re.compile(r"\S+")
_CLAUSE_END = (";", ":", ",", "–", "—")


def units(text: str, language: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`; one of more than 80 words is cut, after a clause where it can be."""
    found: list[tuple[int, int]] = []
    for begin, stop in sentences(text, language, start, end):
        if stop - begin <= LONGEST * 2:  # too few characters for 80 words
            found.append((begin, stop))
        else:
            found.extend(_cut(text, begin, stop))
    return found


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    places = [match.span() for match in _WORD.finditer(text, start, end)]
    pieces, first = [], 0
    while len(places) - first > LONGEST:
        last = first + LONGEST
        while last > first + LONGEST // 2 and not text[places[last - 1][1] - 1].endswith(_CLAUSE_END):
            last -= 1
        if last == first + LONGEST // 2:
            last = first + LONGEST
        pieces.append((places[first][0], places[last - 1][1]))
        first = last
    pieces.append((places[first][0], places[-1][1]))
    return pieces


def split(article: Article, target: int = TARGET) -> tuple[Passage, ...]:
    """Passages of about `target` words, each beginning with the last sentence of the one before.

    A sentence that would fill a third of a passage is not repeated.
    """
    text = article.text
    spans = units(text, article.language)
    lengths = [len(_WORD.findall(text, begin, end)) for begin, end in spans]
    remaining = [*accumulate(reversed(lengths), initial=0)][::-1]
    passages: list[Passage] = []
    first = 0
    while first < len(spans):
        last, total = first + 1, lengths[first]
        while last < len(spans) and total + lengths[last] <= target * 1.15 and total < target * 0.9:
            total += lengths[last]
            last += 1
        if 0 < remaining[last] < target / 3:
            last = len(spans)  # a short remainder is no passage of its own
        begin, end = spans[first][0], spans[last - 1][1]
        passages.append(Passage(article.id, len(passages), begin, end, text[begin:end]))
        if last == len(spans):
            break
        repeat = last - first > 1 and lengths[last - 1] <= target / 3
        first = last - 1 if repeat else last
    return tuple(passages)
