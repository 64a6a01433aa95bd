"""Plain text to an article, newsroom web exports included: teaser, section, headline, byline and tail are told apart.

The stored text is the body: lines stripped, hard-wrapped paragraphs joined, runs of blank lines made one. Offsets count
that text, not the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.article import Article, ArticleError
from index.readers import encoding, furniture
from index.readers.furniture import Notes
from index.readers.record import Read, article

_NARROW, _WIDE = 45, 100  # a hard-wrapped line is between these, in characters
_SECTION = 4  # words in the name of a section or a site
_HEADLINE = 25  # words
_MENU = 3  # so many short lines above a headline are the page's menu
_NOTED = 12  # so many lines at the top may tell who wrote and when
_MOST_LINES = 1_000_000
_CLOSING = 3  # and so many at the end
_BULLETS = "•*·●▪"


@dataclass(slots=True)
class Head:
    """What stands before the body, by line number; `start` is where the text begins."""

    start: int
    title: int | None = None
    section: int | None = None


def read(path: Path) -> Iterator[Read]:
    """The one article of the file. Raises ArticleError where it holds none."""
    yield parse(encoding.load(path))


def parse(text: str) -> Article:
    """An article of a plain text. Raises ArticleError where no text is left."""
    text = encoding.plain(text)
    if text.count("\n") > _MOST_LINES:
        raise ArticleError(f"the file has more than {_MOST_LINES:,} lines, as no article has; split it")
    lines = joined([line.strip() for line in text.split("\n")])
    kept, tail = furniture.without_tail(lines)
    if not any(line for line, keep in zip(lines, kept, strict=True) if keep):
        raise ArticleError("the file holds no article text")
    notes = Notes()
    noted = _noted(lines[:tail], notes)
    head = _head(lines[:tail], kept, noted, exported=tail < len(lines))
    fields: dict[str, object] = dict(notes.as_fields())
    if head.title is not None:
        fields["title"] = lines[head.title]
    if head.section is not None:
        fields["section"] = lines[head.section]
    body = [
        line for number, line in enumerate(lines[:tail])
        if number >= head.start and kept[number] and number not in noted
    ]
    fields["text"] = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()
    return article(fields)


def joined(lines: Sequence[str]) -> list[str]:
    """Lines with hard-wrapped paragraphs joined, where the file wraps: no line is long, some go on in lower case."""
    goes_on = any(_wraps(line, after) and after[0].islower() for line, after in pairwise(lines))
    if not goes_on or any(len(line) > 2 * _WIDE for line in lines):
        return list(lines)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        if paragraphs and _wraps(before, line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        before = line
    return [" ".join(parts) for parts in paragraphs]


def _wraps(line: str, after: str) -> bool:
    return _NARROW <= len(line) <= _WIDE and 0 < len(after) <= _WIDE and not after.startswith(("–", "—", "- ", "• "))


def _noted(lines: Sequence[str], notes: Notes) -> set[int]:
    """The lines that tell who wrote and when, near the beginning or at the very end."""
    told = [number for number, line in enumerate(lines) if line]
    first = {n for n in told[:_NOTED] if furniture.note(lines[n], notes, bare=True)}
    return first | {n for n in told[_NOTED:][-_CLOSING:] if furniture.note(lines[n], notes)}


def _head(lines: Sequence[str], kept: Sequence[bool], noted: set[int], exported: bool) -> Head:
    told = [n for n, line in enumerate(lines) if line and kept[n] and n not in noted]
    if not told:
        return Head(0)
    exported = exported or any(n < told[min(3, len(told) - 1)] for n in noted)
    teasers = _teasers(lines, told, exported)
    rest = told[teasers:]
    short = _leading_short(lines, rest)
    if len(short) == len(rest) or not short:
        return _without_body(lines, told)
    chosen = _headline([lines[n] for n in short], exported=exported or teasers > 0)
    sections = [n for n in short[:chosen] if len(lines[n].split()) <= _SECTION]
    section = sections[-1] if 0 < len(sections) < _MENU else None
    return Head(start=short[chosen] + 1, title=short[chosen], section=section)


def _without_body(lines: Sequence[str], told: Sequence[int]) -> Head:
    """Where no sentence follows a headline, the text keeps all; a first line set off by a blank one is a headline."""
    first = told[0]
    if len(told) > 1 and not lines[first + 1] and _is_short(lines[first]):
        return Head(start=first + 1, title=first)
    return Head(0)


def _teasers(lines: Sequence[str], told: Sequence[int], exported: bool) -> int:
    """How many of the first lines are teasers: sentences before a headline, with a bullet or in a page's export."""
    count = 0
    while count < len(told) and lines[told[count]][0] in _BULLETS:
        count += 1
    if not count and exported and furniture.is_sentence(lines[told[0]]):
        count = 1
    short = _leading_short(lines, told[count:])
    return count if short and len(short) < len(told) - count else 0


def _leading_short(lines: Sequence[str], told: Sequence[int]) -> list[int]:
    short: list[int] = []
    for number in told:
        if not _is_short(lines[number]):
            break
        short.append(number)
    return short


def _is_short(line: str) -> bool:
    return not furniture.is_sentence(line) and len(line.split()) <= _HEADLINE and any(char.isalpha() for char in line)


def _headline(short: Sequence[str], exported: bool) -> int:
    """Which of the short lines before the body is the headline.

    In a page's export it is the last, unless that is a person's name; in other texts the first that is longer than the
    name of a section, for a second headline may follow it.
    """
    lengths = [len(line.split()) for line in short]
    last = len(short) - 1
    if exported:
        return last - 1 if last and _is_name(short[last]) and lengths[last - 1] > _SECTION else last
    longest = max(range(len(short)), key=lambda n: (lengths[n], n))
    return next((n for n, words in enumerate(lengths) if words > _SECTION), longest)


def _is_name(line: str) -> bool:
    parts = line.split()
    return 2 <= len(parts) <= 3 and all(part[0].isupper() for part in parts)
