"""Markdown to an article: YAML front matter is metadata, the body is plain prose without markup.

The stored text has one paragraph, heading or list item a line; offsets count that text, not the file. Raw HTML is text
like any other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.article import Article, ArticleError
from index.readers import encoding
from index.readers.furniture import Notes, note
from index.readers.record import Read, article

# What others call our fields in front matter.
_RENAMED = {
    "author": "byline", "authors": "byline", "date": "published", "lang": "language", "category": "section",
    "lastmod": "updated", "modified": "updated", "publisher": "source", "link": "url", "canonical": "url",
}
_NOTHING = {"null", "~"}
_LONGEST_FRONT = 100_000  # characters: reading YAML takes long
_CLOSED = re.compile(r"^---\s*$", re.MULTILINE)
_NOTED = 4  # so many paragraphs at the top may tell who wrote and when


def read(path: Path) -> Iterator[Read]:
    """The one article of the file. Raises ArticleError where it holds none, or its front matter is not YAML."""
    yield parse(encoding.load(path))


def parse(text: str) -> Article:
    """An article of a Markdown text: its title is the front matter's, or the heading that it opens with."""
    fields, body = _front_matter(encoding.plain(text))
    blocks = list(_blocks(MarkdownIt("commonmark", {"html": False}).enable("table").parse(body)))
    if blocks and blocks[0][0] and fields.get("title") in (None, "", blocks[0][1]):
        fields["title"] = blocks.pop(0)[1]
    notes = Notes()
    noted = [note(words, notes, bare=True) for _, words in blocks[:_NOTED]]
    lines = [words for number, (_, words) in enumerate(blocks) if number >= len(noted) or not noted[number]]
    return article({**notes.as_fields(), **fields, "text": "\n".join(lines)})


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    import frontmatter
    import yaml  # type: ignore[import-untyped]
    from frontmatter.default_handlers import YAMLHandler

    class Words(YAMLHandler):
        """Leaves every value as it is written: a date stays a date, `0042` and `no` stay what they are."""

        def load(self, fm: str, **_: object) -> Any:
            return yaml.load(fm, Loader=yaml.BaseLoader)

    text = text.lstrip("\n")
    handler = Words()
    if not handler.detect(text) or not _CLOSED.search(text, 3, _LONGEST_FRONT):
        return {}, text
    try:
        told, body = frontmatter.parse(text, handler=handler)
    except (yaml.YAMLError, RecursionError) as error:
        raise ArticleError(f"the front matter is not YAML: {_problem(error)}; put quotation marks round it") from None
    return (_renamed(told), body) if told else ({}, text)


def _problem(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{getattr(error, 'problem', None) or 'nested too deeply'}" + (f" in line {mark.line + 2}" if mark else "")


def _renamed(told: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in told.items():
        if not (isinstance(value, str) and value in _NOTHING):
            fields[_RENAMED.get(str(name).lower(), str(name).lower())] = value
    fields.pop("text", None)
    fields.pop("content", None)
    return fields


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Each block of the document as one line of prose, and whether it is a heading."""
    marker, heading, row = "", False, list[str]()
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else "- " if token.markup == "-" else "• "
        elif token.type == "heading_open":
            heading = True
        elif token.type in ("th_open", "td_open"):
            row.append("")
        elif token.type == "tr_close":
            yield False, " | ".join(row)
            row = []
        elif token.type in ("code_block", "fence", "html_block"):
            yield False, token.content.strip("\n")
        elif token.type == "inline":
            words = _inline(token.children or [])
            if row:
                row[-1] = words
            elif words:
                yield heading, marker + words
                marker, heading = "", False


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type != "image":
            parts.append(token.content)
    return "".join(parts).strip()
