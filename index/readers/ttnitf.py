"""TT's own markup within NewsML-G2: an element of its tree in. Quotations are elements of it, which leave the dash to style."""

from collections.abc import Iterator

from index.readers import markup
from index.readers.markup import Element

_BESIDE = frozenset({"RUBRIK", "DAT", "BYLINE", "BILD"})  # what a text tells besides its paragraphs
_HOLDERS = frozenset({"INGRESS", "BRODTEXT", "UL", "OL"})
_QUOTED = "CITAT"
_DASHES = ("–", "—", "-", "−")


def matches(root: Element) -> bool:
    """Whether the outermost element is that of such a document."""
    return markup.name(root) == "BODY" and any(markup.name(child) == "TEXT" for child in root)


def fields(root: Element) -> dict[str, object]:
    """The text and the byline, under our names: the main text, and under their headlines those beside it."""
    lines: list[str] = []
    bylines: list[str] = []
    for number, text in enumerate(child for child in root if markup.name(child) == "TEXT"):
        if number:
            lines += filter(None, (markup.line(child) for child in text if markup.name(child) == "RUBRIK"))
        lines += _paragraphs(text)
        bylines += filter(None, (markup.line(child) for child in text if markup.name(child) == "BYLINE"))
    told: dict[str, object] = {"text": "\n".join(lines), "byline": ", ".join(dict.fromkeys(bylines))}
    return {name: value for name, value in told.items() if value}


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element:
        name = markup.name(child)
        if name in _HOLDERS:
            yield from _paragraphs(child)
        elif name not in _BESIDE and (line := markup.line(child)):
            yield f"– {line}" if name == _QUOTED and not line.startswith(_DASHES) else line
