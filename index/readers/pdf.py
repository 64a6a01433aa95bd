"""PDF to an article, by pypdf: lines in the order in which they are set, joined to paragraphs, without headers and footers.

The stored text is the body, a paragraph a line; offsets count that text, not the file. The title is what is set in
letters distinctly larger than the text. What the file says of its title holds only where the first page says it too, and
who saved it when tells nothing of who wrote the article: only the text says that.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from index.article import Article, ArticleError
from index.readers import encoding, furniture, text
from index.readers.furniture import Notes
from index.readers.record import LONGEST_TITLE, Read, article

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2_000
_LONGEST = 20_000_000  # characters
_EDGE = 2  # so many lines at the top and the bottom of a page may be header and footer
_LARGER = 1.2  # times the text's size: a headline
_NOTED = 6  # so many paragraphs at the top may tell who wrote and when
_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:sida|side|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:av|of|/|\()\s*\d{1,4}\)?)?[-–—|\s]*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_OPENS = ("–", "—", "- ", "•", "·", "▪", "●")
_HYPHENED = re.compile(r"[a-zà-öø-ÿ][-‐]$")
_NO_PDF = "this is not a PDF file that can be read; open it and save it anew"
_LOCKED = "the PDF file is encrypted; save it without a password"
_NO_TEXT = "the PDF file holds no text, only pictures; have a program recognise its text (OCR) and add that file"
_GARBLED = "the PDF file does not say which letters its fonts show; have a program recognise its text (OCR) and add that file"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set: `x` and `y` from the page's bottom left, and the `size` of its letters, in points."""

    words: str
    page: int
    x: float
    y: float
    size: float


def read(path: Path) -> Iterator[Read]:
    """The one article of the file. Raises ArticleError where it holds none, is encrypted, or has pictures of text only."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    encoding.check_size(path)
    try:
        with path.open("rb") as file:
            yield _article(PdfReader(file))
    except ArticleError:
        raise
    except FileNotDecryptedError as error:
        raise ArticleError(_LOCKED) from error
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError,
            NotImplementedError, EOFError) as error:
        raise ArticleError(_NO_PDF) from error


def _article(reader: "PdfReader") -> Article:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError(_LOCKED)
    if (pages := len(reader.pages)) > _MOST_PAGES:
        raise ArticleError(f"the PDF file has {pages:,} pages, and the limit is {_MOST_PAGES:,}; split it")
    lines: list[Line] = []
    size = 0
    for number, page in enumerate(reader.pages):
        held = _lines(page, number)
        size += sum(len(line.words) for line in held)
        if size > _LONGEST:
            raise ArticleError(f"the PDF file holds more than {_LONGEST:,} characters; split it")
        lines += held
    letters = "".join(line.words for line in lines)
    if not any(map(str.isalpha, letters)):
        raise ArticleError(_NO_TEXT)
    if sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in letters) > len(letters) // 4:
        raise ArticleError(_GARBLED)
    told = reader.metadata.title if reader.metadata else None
    return _told(_paragraphs(_without_edges(lines)), " ".join(told.split()) if isinstance(told, str) else "")


def _lines(page: "PageObject", number: int) -> list[Line]:
    """The lines of a page that say something, as they follow each other in the file."""
    lines: list[Line] = []
    begun: list[Line] = []

    def end() -> None:
        words = " ".join(encoding.plain("".join(piece.words for piece in begun)).replace("\xa0", " ").split())
        if words:
            first = next(piece for piece in begun if piece.words.strip())
            lines.append(replace(first, words=words.encode("utf-8", "replace").decode()))
        begun.clear()

    def visit(words: str, user: Sequence[float], matrix: Sequence[float], font: Any, size: float) -> None:
        scale = abs(matrix[3] * user[3]) or abs(matrix[1] * user[1]) or 1.0
        x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
        y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
        for place, piece in enumerate(words.split("\n")):
            if place:
                end()
            begun.append(Line(piece, number, float(x), float(y), round(float(size) * scale, 1)))

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _without_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers, and without what stands at the top or bottom of every other page or more."""
    pages: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        pages.setdefault(line.page, []).append(at)
    edges = {at for held in pages.values() for at in (*held[:_EDGE], *held[-_EDGE:])}
    seen = Counter(place for held in pages.values() for place in {_masked(lines[at].words) for at in held if at in edges})
    repeated = {words for words, times in seen.items() if times >= max(2, len(pages) / 2)}
    ends = {at for held in pages.values() for at in (held[0], held[-1])}
    dropped = {
        at for at in edges
        if _masked(lines[at].words) in repeated or (at in ends and _NUMBER.fullmatch(lines[at].words))
    }
    return [line for at, line in enumerate(lines) if at not in dropped]


def _masked(words: str) -> str:
    return re.sub(r"\d+", "0", words)


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Lines joined to paragraphs, by their places, sizes and lengths."""
    drops = [before.y - after.y for before, after in pairwise(lines)
             if before.page == after.page and before.size == after.size and 0 < before.y - after.y < 4 * max(before.size, 1)]
    leading = median(drops) if drops else 0.0
    joined: list[list[Line]] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, leading):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [replace(held[0], words=_joined([line.words for line in held])) for held in joined]


def _goes_on(held: Sequence[Line], line: Line, leading: float) -> bool:
    before = held[-1]
    if abs(before.size - line.size) > 0.6 or line.words.startswith(_OPENS):
        return False
    ended = bool(_ENDED.search(before.words))
    drop = before.y - line.y
    if before.page != line.page or drop < -0.5:  # the next page or column
        return not ended and (len(held) > 1 or line.words[:1].islower() or len(before.words) > 60)
    if drop > max(1.3 * leading, 1.3 * line.size):
        return bool(_HYPHENED.search(before.words) or (line.words[:1].islower() and not ended and drop < 2 * line.size))
    if not ended:
        return True
    widest = max(len(other.words) for other in (*held, line))
    return line.x - min(other.x for other in held) < 3 and len(before.words) > 0.75 * widest


def _joined(lines: Sequence[str]) -> str:
    said = lines[0]
    for line in lines[1:]:
        goes_on = said.endswith("\xad") or (_HYPHENED.search(said) and line[:1].islower())
        said = said[:-1] + line if goes_on else f"{said} {line}"
    return said.replace("\xad", "")


def _told(paragraphs: Sequence[Line], declared: str) -> Article:
    title = _headline(paragraphs, declared)
    if title is None:
        return text.parse("\n\n".join(line.words for line in paragraphs))
    lines = [line.words for at, line in enumerate(paragraphs) if at != title]
    kept, _ = furniture.without_tail(lines)
    notes = Notes()
    noted = {at for at, line in enumerate(lines[:title + _NOTED]) if furniture.note(line, notes, bare=True)}
    body = [line for at, line in enumerate(lines) if kept[at] and at not in noted]
    return article({**notes.as_fields(), "title": paragraphs[title].words, "text": "\n".join(body)})


def _headline(paragraphs: Sequence[Line], declared: str) -> int | None:
    """Which paragraph of the first page is the headline: the one in the largest letters, or that the file itself names."""
    first = [at for at, line in enumerate(paragraphs) if line.page == paragraphs[0].page]
    sizes: Counter[float] = Counter()
    for line in paragraphs:
        sizes[line.size] += len(line.words)
    usual = sizes.most_common(1)[0][0]
    largest = max(first, key=lambda at: paragraphs[at].size)
    words = paragraphs[largest].words
    if len(paragraphs) > 1 and paragraphs[largest].size >= _LARGER * usual and len(words) <= LONGEST_TITLE:
        return largest
    return next((at for at in first if declared and paragraphs[at].words == declared and len(paragraphs) > 1), None)
