"""A saved web page to an article, by trafilatura: headline, byline, dates and body without the page around it.

The stored text is the body, one paragraph a line; offsets count that text, not the file.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from configparser import ConfigParser
from html import unescape
from pathlib import Path
from typing import Any

from index.article import Article, ArticleError
from index.readers import dates, encoding, furniture
from index.readers.furniture import Notes
from index.readers.record import Read, article

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"\s{500,}")  # over which parsers take quadratic time
_NO_ARTICLE = "no article text was found on this page; save the page of the article itself, or add its text as .txt"
_SHORTEST = 80  # characters of an article without a full sentence
_NOTED = 6  # so many lines at the top may tell who wrote and when
# Where pages keep their dates, besides JSON-LD; the first that can be read holds.
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content", "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content",
    "//article//time[@pubdate]/@datetime", "//article//time/@datetime",
)
_UPDATED = (
    "//meta[@property='article:modified_time']/@content", "//meta[@itemprop='dateModified']/@content",
    "//*[@itemprop='dateModified']/@datetime",
)


def read(path: Path) -> Iterator[Read]:
    """The one article of the page. Raises ArticleError where none is found."""
    raw = encoding.contents(path)
    declared = _DECLARED.search(raw[:4096])
    yield parse(encoding.decode(raw, declared[1].decode() if declared else None))


def parse(page: str) -> Article:
    """An article of a page's HTML. Raises ArticleError where no article is found."""
    import trafilatura
    from trafilatura.settings import Document

    tree = _tree(page)
    fields = _metadata(tree)
    found = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, config=_config(),
        date_extraction_params={"extensive_search": False, "original_date": True},  # else "© 2024" is a date
    )
    if not isinstance(found, Document):
        raise ArticleError(_NO_ARTICLE)
    notes = Notes()
    author = found.author or ""
    guessed = {
        "title": found.title,
        "byline": furniture.names(author) or author.replace("; ", ", "), "published": found.date,
        "url": found.url, "section": next(iter(found.categories or []), None), "source": found.sitename,
    }
    told = _joined(fields, guessed)
    text = _body((found.text or "").split("\n"), {told.get("title"), told.get("section")}, notes)
    return article(_joined(told, notes.as_fields()) | {"text": text})


def _config() -> ConfigParser:
    """A short article is an article as well: below this size trafilatura takes the whole page in one lump."""
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
    return config


def _joined(*told: Mapping[str, Any]) -> dict[str, object]:
    """The fields of several, the first that holds something winning."""
    return {name: value for fields in reversed(told) for name, value in fields.items() if value}


def _tree(page: str) -> Any:
    from trafilatura.utils import load_html

    page = _SPACE.sub("\n", _PROLOGUE.sub("", encoding.plain(page), count=1))
    if "<html" not in page[:5000].lower():
        page = f"<html><body><div>{page}</div></body></html>"
    tree = load_html(page)
    if tree is None:
        raise ArticleError(_NO_ARTICLE)
    return tree


def _metadata(tree: Any) -> dict[str, Any]:
    """What the page declares of its article: JSON-LD (schema.org), meta elements and `<html lang>`."""
    data = _linked_data(tree)
    section = data.get("articleSection")
    return {
        "title": _text(data.get("headline")),
        "byline": ", ".join(_authors(data.get("author"))),
        "section": _text(section[0] if isinstance(section, list) and section else section),
        "published": _date([data.get("datePublished"), *_values(tree, _PUBLISHED)]),
        "updated": _date([data.get("dateModified"), *_values(tree, _UPDATED)]),
        "language": tree.get("lang") or _text(data.get("inLanguage")),
    }


def _values(tree: Any, paths: Sequence[str]) -> list[Any]:
    return [value for path in paths for value in tree.xpath(path)[:3]]


def _linked_data(tree: Any) -> dict[str, Any]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            value = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).endswith(("Article", "BlogPosting")) for kind in kinds):
                return item
    return {}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else [item]) if isinstance(inner, dict))


def _authors(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    names = (_text(person.get("name") if isinstance(person, dict) else person) for person in people)
    return [name for name in names if name]


def _text(value: Any) -> str | None:
    return unescape(value).strip() or None if isinstance(value, str) else None


def _date(values: Sequence[Any]) -> str | None:
    """The first that can be read; a page's own date may be nonsense, and then the next place is asked."""
    read_dates = (dates.iso(value) for value in values if isinstance(value, str))
    return next((date for date in read_dates if date), None)


def _body(lines: Sequence[str], labels: Collection[object], notes: Notes) -> str:
    """The extracted lines without headline and section again, bylines, dates, and what of the page came along."""
    lines = [line.strip() for line in lines]
    kept, _ = furniture.without_tail(lines)
    body = [line for line, keep in zip(lines, kept, strict=True) if keep and line]
    top = [line for line in body[:_NOTED] if line not in labels and not furniture.note(line, notes, bare=True)]
    body = top + body[_NOTED:]
    if len("".join(body)) < _SHORTEST and not any(map(furniture.is_sentence, body)):
        raise ArticleError(_NO_ARTICLE)
    return "\n".join(body)
