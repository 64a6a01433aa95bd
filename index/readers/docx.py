"""Word documents (.docx) to an article: one paragraph or table row a line, tracked changes as if they were accepted.

The stored text has no styles, notes or text boxes; offsets count that text, not the file. Who last saved the file, and
when, tells nothing of who wrote the article: only the text says that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import ArticleError
from index.readers import encoding, zipfiles
from index.readers.blocks import of_blocks
from index.readers.record import Read

if TYPE_CHECKING:
    from docx.document import Document

_TITLES = ("Title", "Heading 1")
_NO_DOCUMENT = "this is not a Word document (.docx) that can be read; open it in Word and save it anew"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(path: Path) -> Iterator[Read]:
    """The one article of the file: its title is the title or first heading that it opens with, or its first line.

    Raises ArticleError where it holds none or is no Word document, OSError where it won't open.
    """
    yield of_blocks(_blocks(_opened(path)))


def _opened(path: Path) -> "Document":
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        zipfiles.check(path)
        return Document(str(path))
    except ArticleError:
        raise
    except (*zipfiles.BROKEN, OpcError, PythonDocxError, SyntaxError) as error:
        raise ArticleError(_NO_DOCUMENT) from error


def _blocks(document: "Document") -> Iterator[tuple[bool, str]]:
    """Each paragraph that says something, and whether it is a title; a table's rows, their cells parted by a bar."""
    from docx.text.paragraph import Paragraph

    first = True  # later ones are not asked for their style: it takes time
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            words = _words(block._p)
            if words:
                yield first and block.style is not None and block.style.name in _TITLES, words
                first = False
            continue
        for row in block.rows:
            cells = [" ".join(filter(None, (_words(paragraph._p) for paragraph in cell.paragraphs))) for cell in row.cells]
            if any(cells):
                yield False, " | ".join(cells)
                first = False


def _words(paragraph: object) -> str:
    """What a paragraph says. python-docx's own `text` leaves out what was inserted while changes were tracked."""
    parts = []
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):  # type: ignore[attr-defined]
        if any(above.tag in (f"{_W}txbxContent", f"{_W}tabs", f"{_W}del", f"{_W}moveFrom") for above in piece.iterancestors()):
            continue
        name = piece.tag.removeprefix(_W)
        parts.append(piece.text or "" if name == "t" else "-" if name == "noBreakHyphen" else " ")
    return encoding.plain("".join(parts)).strip()
