"""OpenDocument text (.odt) to an article, by odfdo: a paragraph or table row a line, tracked changes as if accepted.

The stored text has no styles, notes, text boxes or tables of contents; offsets count that text, not the file. Who last
saved the file, and when, tells nothing of who wrote the article: only the text says that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import ArticleError
from index.readers import encoding, zipfiles
from index.readers.blocks import of_blocks
from index.readers.record import Read

if TYPE_CHECKING:
    from odfdo import Document, Element

_NO_DOCUMENT = "this is not an OpenDocument text (.odt) that can be read; open it in LibreOffice and save it anew"
# What stands in the body and is no prose of it; deleted text stands among the tracked changes.
_LEFT_OUT = " or ".join(f"ancestor::{name}" for name in (
    "text:tracked-changes", "text:note", "office:annotation", "draw:frame", "draw:custom-shape", "text:table-of-content",
    "text:alphabetical-index", "text:bibliography", "office:forms",
))
_BLOCKS = (
    f"descendant::*[self::text:p or self::text:h][not(ancestor::table:table-row or {_LEFT_OUT})]"
    f" | descendant::table:table-row[not(ancestor::table:table-row or {_LEFT_OUT})]"
)
_CELLS = "table:table-cell"
_PARAGRAPHS = f"descendant::*[self::text:p or self::text:h][not({_LEFT_OUT})]"
_PIECES = f"descendant::text()[not({_LEFT_OUT})] | descendant::*[self::text:s or self::text:tab or self::text:line-break]"


def read(path: Path) -> Iterator[Read]:
    """The one article of the file: its title is the title or first heading that it opens with, or its first line.

    Raises ArticleError where it holds none or is no OpenDocument text, OSError where it won't open.
    """
    from odfdo.security import SecurityError

    try:
        zipfiles.check(path)
        blocks = list(_blocks(path))
    except ArticleError:
        raise
    except SecurityError as error:
        raise ArticleError("the document unpacks to far more than its size; save it anew, or its text as .txt") from error
    except (*zipfiles.BROKEN, SyntaxError, TypeError, AttributeError) as error:
        raise ArticleError(_NO_DOCUMENT) from error
    yield of_blocks(blocks)


def _blocks(path: Path) -> Iterator[tuple[bool, str]]:
    """Each paragraph that says something, and whether it is a title; a table's rows, their cells parted by a bar."""
    from odfdo import Document

    document = Document(path)
    if document.get_type() not in ("text", "text-template"):
        raise ArticleError("this is an OpenDocument file but no text; save it as .odt")
    first = True  # later ones are not asked for: it takes time
    for block in document.body.get_elements(_BLOCKS):
        if block.tag == "table:table-row":
            cells = [" ".join(filter(None, map(_words, cell.get_elements(_PARAGRAPHS)))) for cell in block.get_elements(_CELLS)]
            words, titled = " | ".join(cells) if any(cells) else "", False
        else:
            words = _words(block)
            titled = first and bool(words) and _is_title(document, block)
        if words:
            yield titled, words
            first = False


def _is_title(document: "Document", block: "Element") -> bool:
    if block.tag == "text:h":
        return block.get_attribute("text:outline-level") in (None, "1")
    name = block.get_attribute("text:style-name")
    for _ in range(8):  # a style is another's variant, and that another's
        if not isinstance(name, str) or name == "Title":
            return name == "Title"
        style = document.get_style("paragraph", name)
        name = style.get_attribute("style:parent-style-name") if style else None
    return False


def _words(paragraph: "Element") -> str:
    pieces = paragraph.xpath(_PIECES)
    said = "".join(piece if isinstance(piece, str) else " " for piece in pieces)
    return " ".join(encoding.plain(said).split())
