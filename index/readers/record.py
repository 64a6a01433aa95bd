"""What every format ends in: named fields to an Article, or the reason why not. Knows no format and no file."""

import hashlib
import re
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index import language
from index.article import WITHDRAWN, Article, ArticleError, zoned
from index.readers import dates

MOST_BROKEN = 10_000  # lines, rows or messages in a row
LONGEST_TITLE = 200  # characters, where the title is the article's first line
# Our names first, then those of others (Dewey).
NAMES = {
    "id": ("id",), "title": ("title", "headline"), "text": ("text", "content"), "byline": ("byline", "authors"),
    "published": ("published", "publish_date"), "updated": ("updated",), "url": ("url",), "section": ("section",),
    "source": ("source",), "language": ("language",), "status": ("status", "pubstatus"),
    "embargo": ("embargo",), "copyright": ("copyright",), "correction": ("correction",), "version": ("version",),
}
# What editors' systems call an article that no reader has seen, and one that readers shall see no more.
_UNPUBLISHED = frozenset({"draft", "auto-draft", "pending", "future", "scheduled", "utkast", "kladd", "kladde"})
_TAKEN_BACK = frozenset({"trash", "trashed", "private", "unpublished", "avpublicerad", "avpublisert"})
_DATES = ("published", "updated", "embargo")
_WHOLE = ("id", "version", *_DATES)  # may be told as a number
_show = reprlib.Repr()
_show.maxlevel, _show.maxdict, _show.maxlist = 2, 2, 3
_show.maxstring = _show.maxother = 60


@dataclass(frozen=True, slots=True)
class Skipped:
    """What did not become an article. `where` is a path, or `path:line`; `why` is a sentence with the remedy."""

    where: str
    why: str


Read = Article | Skipped


def article(fields: Mapping[str, object]) -> Article:
    """An article from fields under our names or Dewey's; others are ignored, empty ones count as absent.

    An absent id is the hash of title and text, an absent title the first line, an absent language is detected. The text
    is kept as it is. Raises ArticleError, which names the field and the value.
    """
    told = {name: _value(fields, name) for name in NAMES}
    status = (told["status"] or "").casefold()
    if status in _UNPUBLISHED:
        raise ArticleError(f"the status is {told['status']!r}, and only what is published is added; "
                           "leave the status empty where it is")
    if status in _TAKEN_BACK:
        told["status"] = "withdrawn"
    version = _version(told.pop("version"))
    text = told.pop("text")
    if text is None and (told["status"] or "").casefold() in WITHDRAWN:
        text = told["correction"] or told["title"] or told["status"]  # a notice that takes an article back may hold no more
    if text is None:
        raise ArticleError("the text is missing or empty; put the article's words in the field text")
    title = told.pop("title") or first_line(text)
    name = told.pop("id") or identity(title, text)
    tongue = language.code(told.pop("language"))
    if not re.fullmatch(r"[a-z]{2,3}", tongue):
        tongue = language.detect(text)
    return Article(id=name, title=title, text=text, language=tongue, version=version, **told)


def hopeful(items: Iterable[Read], where: str) -> Iterator[Read]:
    """The items, until so many in a row are no articles that the rest will be none either, which is Skipped as a whole."""
    broken = 0
    for item in items:
        yield item
        broken = broken + 1 if isinstance(item, Skipped) else 0
        if broken >= MOST_BROKEN:
            yield Skipped(where, f"{broken:,} in a row are no articles; the rest was not read: correct what the first one says")
            return


def first_line(text: str) -> str:
    """The first line that says something, cut at a word where it is a whole paragraph."""
    line = text.lstrip()[:LONGEST_TITLE + 1].split("\n", 1)[0].strip()
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def identity(title: str, text: str) -> str:
    """The id of an article that brings none: a hash of what it says. 16 hex digits."""
    return hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=8).hexdigest()


def _value(fields: Mapping[str, object], ours: str) -> str | None:
    for name in NAMES[ours]:
        told = _words(name, ours, fields.get(name))
        if told.strip():
            if ours in _DATES:
                return _moment(name, told) if ours == "embargo" else _date(name, told)
            return told if ours == "text" else told.strip()
    return None


def _words(name: str, ours: str, value: object) -> str:
    if value is None:
        return ""
    if ours == "byline" and isinstance(value, list):
        value = ", ".join(_author(name, author) for author in value)
    elif ours in _WHOLE and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ArticleError(f"{name} is {_show.repr(value)}, which is not text; write it in quotation marks")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(value[error.start]):04X}"
        raise ArticleError(f"{name} holds half a character ({half} at {error.start}); export it anew") from None
    return value


def _author(name: str, author: object) -> str:
    if isinstance(author, Mapping):
        author = author.get("name")
    if not isinstance(author, str):
        raise ArticleError(f"{name} holds {_show.repr(author)}, which is not a name; write names in quotation marks")
    return author.strip()


def _date(name: str, told: str) -> str:
    if date := dates.iso(told):
        return date
    raise ArticleError(f"{name} is {_show.repr(told)}, which does not read as one certain date; write it as 2026-03-01")


def _moment(name: str, told: str) -> str:
    date = _date(name, told)
    if len(date) < len("2026-03-01"):
        raise ArticleError(f"{name} is {_show.repr(told)}, which tells no day; write it as 2026-03-01T18:00:00+01:00")
    try:
        return zoned(date)
    except (ValueError, OverflowError):
        raise ArticleError(f"{name} is {_show.repr(told)}, which no calendar holds; correct it") from None


def _version(told: str | None) -> int | None:
    if told is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", told):
        raise ArticleError(f"version is {_show.repr(told)}, which is not a whole number such as 2")
    return int(told)
