"""XML and HTML to trees, and trees to paragraphs. The only lxml; no document type, entity or address is ever followed."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from index.article import ArticleError
from index.readers import encoding

Element = Any  # an element of lxml, which has no types

_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)")
_SPACE = re.compile(r"\s*")
_ROOT = re.compile(r"<((?:[\w.-]+:)?[\w.-]+)")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_CONTROL = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.IGNORECASE)
_BLOCKS = frozenset({
    "abstract", "address", "article", "aside", "block", "blockquote", "body", "bq", "br", "caption", "center", "dd", "div",
    "dl", "dt", "element", "footer", "group", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hedline", "hl1", "hl2", "hr",
    "html", "lede", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tagline", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})
_PASSED = frozenset({
    "audio", "button", "canvas", "embed", "figcaption", "figure", "form", "head", "iframe", "img", "math", "media",
    "noscript", "object", "picture", "script", "select", "style", "svg", "template", "textarea", "video",
})
_DEEP = "it is nested over 256 elements deep, which no article is; export it anew"


def load(raw: bytes, charset: str | None = None) -> tuple[str, str]:
    """The name of a document's outermost element without prefix, and the document from there on: no prologue is read.

    `charset` is what others say of its encoding; what it says itself comes first. Raises ArticleError where there is no
    element, or where the document type declares entities of its own.
    """
    declared = _DECLARED.match(raw[:400])
    text = encoding.plain(encoding.decode(raw, declared[1].decode() if declared else charset))
    at = _after_prologue(text)
    root = _ROOT.match(text, at)
    if not root:
        raise ArticleError("this is not XML: it begins with no element; save it under the suffix of its format")
    return root[1].rpartition(":")[2], text[at:]


def tree(text: str) -> Element:
    """The outermost element of a document as `load` gives it. Raises ArticleError, which says where it is broken."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(plain(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise ArticleError(_DEEP) from None
        told = str(error.msg).partition(", line")[0]
        raise ArticleError(f"this is not XML: {told} at line {error.lineno}; correct it there, or export it anew") from None


def plain(text: str) -> str:
    """A document with the characters that HTML's names for them stand for, and without those that no XML may hold."""
    return _CONTROL.sub("", _ENTITY.sub(lambda name: unescape(name[0]), text))


def fragment(markup: str) -> str:
    """The paragraphs of a piece of HTML, one a line; plain text stays as it is. Raises ArticleError where it is too deep."""
    from lxml import etree

    if "<" not in markup:
        return lines(unescape(markup))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    found = etree.fromstring(encoding.plain(markup).encode("utf-8", "replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise ArticleError(_DEEP)
    return "" if found is None else paragraphs(found)


def paragraphs(element: Element) -> str:
    """The text of an element, a paragraph a line, without pictures, captions, scripts and forms."""
    return lines("".join(_pieces(element)))


def lines(text: str) -> str:
    """Each line with single spaces; empty lines left out."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def line(element: Element | None) -> str:
    """The text of an element on one line; empty where there is none."""
    return "" if element is None else " ".join(paragraphs(element).split())


def name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _after_prologue(text: str) -> int:
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("<?", at):
            end, length = text.find("?>", at), 2
        elif text.startswith("<!--", at):
            end, length = text.find("-->", at), 3
        elif text[at:at + 9].upper() == "<!DOCTYPE":
            end, length = text.find(">", at), 1
            if "[" in text[at:end]:
                raise ArticleError("its document type declares entities or elements of its own, which may hide a file or grow "
                                   "without end and are never read; export it without them")
        else:
            return at
        if end < 0:
            raise ArticleError("this is not XML: it breaks off before its first element; export it anew")
        at = end + length


def _pieces(element: Element) -> Iterator[str]:
    """Text in the document's order, with line breaks around blocks. Without recursion, for depth is the writer's choice."""
    from lxml import etree

    walker = etree.iterwalk(element, events=("start", "end"))
    for event, each in walker:
        tag = name(each).lower()
        passed, block = tag in _PASSED, tag in _BLOCKS
        if event == "start":
            if passed:
                walker.skip_subtree()
                continue
            if block:
                yield "\n"
            yield _inner(each.text)
        else:
            if block:
                yield "\n"
            if each is not element:
                yield _inner(each.tail)


def _inner(text: str | None) -> str:
    """A line break within markup is a space."""
    return re.sub(r"\s+", " ", text) if text else ""
