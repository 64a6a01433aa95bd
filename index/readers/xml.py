"""What ends in .xml, by its outermost element: NewsML-G2, NITF, RSS or Atom. The bytes are read once, safely."""

from collections.abc import Iterator
from pathlib import Path

from index.article import ArticleError
from index.readers import encoding, feed, markup, newsml, nitf
from index.readers.record import Read

_KNOWN = "NewsML-G2 (newsItem, newsMessage), NITF (nitf), RSS (rss, RDF) and Atom (feed)"
_OTHERS = {
    "NewsML": "NewsML 1, which is not read; have it delivered as NewsML-G2 or NITF",
    "html": "a web page; save it as .html, or give the address of its feed",
}


def read(path: Path) -> Iterator[Read]:
    """The articles of the file. Raises ArticleError where the whole of it cannot be read."""
    yield from parse(str(path), encoding.contents(path))


def parse(where: str, raw: bytes, charset: str | None = None) -> Iterator[Read]:
    """The articles of a document's bytes; `charset` is what its server says of it. Raises as `read` does."""
    root, text = markup.load(raw, charset)
    if root in feed.ROOTS:
        yield from feed.read(where, text)
    elif root == "nitf":
        yield from nitf.read(where, markup.tree(text))
    elif root in newsml.ROOTS:
        yield from newsml.read(where, markup.tree(text))
    else:
        told = _OTHERS.get(root, f"no known kind of XML; known are {_KNOWN}")
        raise ArticleError(f"its outermost element is {root}: this is {told}")
