"""RSS and Atom to articles, by feedparser: an article an entry, its full text where the feed gives it."""

import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from index.article import Article, ArticleError
from index.readers import dates, markup, wordpress
from index.readers.record import Read, Skipped, article, first_line

ROOTS = frozenset({"rss", "RDF", "feed"})

# What blogs put under each entry.
_TAIL = re.compile(r"\n(?:the post|inlägget|innlegget|indlægget)\b[^\n]{1,400}\b(?:appeared first on|dök först upp på"
                   r"|dukket først opp på|blev først vist på)\b[^\n]{1,200}\Z", re.IGNORECASE)


def read(where: str, text: str) -> Iterator[Read]:
    """The articles of a feed's text, from its outermost element on (`where:item N`).

    A feed that breaks off still gives the entries before. Raises ArticleError where there are none.
    """
    import feedparser

    found = feedparser.parse(
        markup.plain(text).encode("utf-8", "replace"), response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False, resolve_relative_uris=False)
    broken = found.get("bozo_exception") if found.get("bozo") else None
    if not found.entries:
        raise ArticleError(f"this feed is broken: {_why(broken)}; export it anew" if broken else "this feed holds no entries")
    names = wordpress.authors(text) if found.feed.get("wp_wxr_version") else {}
    for number, entry in enumerate(found.entries, 1):
        try:
            yield _article(entry, found.feed, names)
        except ArticleError as error:
            yield Skipped(f"{where}:item {number}", str(error))
    if broken:
        yield Skipped(where, f"this feed is broken: {_why(broken)}; what was read of it is added, and the rest may be missing")


def _why(broken: Any) -> str:
    line = broken.getLineNumber() if hasattr(broken, "getLineNumber") else None
    told = broken.getMessage() if hasattr(broken, "getMessage") else str(broken)
    return f"{told} at line {line}" if line else told


def _article(entry: dict[str, Any], channel: Mapping[str, Any], names: Mapping[str, str]) -> Article:
    origin = entry.get("source") or {}
    title = " ".join(markup.fragment(entry.get("title") or "").split())
    if wordpress.taken_back(entry):
        return article({"id": _identity(entry, channel), "title": first_line(title), "status": "withdrawn"})
    if why := wordpress.unpublished(entry):
        raise ArticleError(why)
    words, language = _words(entry)
    if not words:
        raise ArticleError("this entry has neither a text nor a summary")
    published, updated = _date(entry, "published"), wordpress.modified(entry) or _date(entry, "updated")
    return article({
        "id": _identity(entry, channel), "title": first_line(title), "text": words, "byline": _authors(entry, names),
        "published": published or updated, "updated": updated if published and updated != published else None,
        "url": entry.get("link"), "section": _section(entry),
        "source": _plain(origin.get("title") or channel.get("title")), "language": language or channel.get("language"),
        "copyright": _plain(entry.get("rights") or channel.get("rights")),
    })


def _identity(entry: Mapping[str, Any], channel: Mapping[str, Any]) -> str | None:
    """The entry's id or address. A bare number or word is an id within its feed only, so that its feed goes before."""
    told = (entry.get("id") or entry.get("link") or "").strip()
    if told and ":" not in told and (home := channel.get("id") or channel.get("link")):
        return f"{home}#{told}"
    return told or None


def _words(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    """The longest of full text and summary, and its language where the feed tells it."""
    told = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    html = wordpress.html if wordpress.status(entry) else str
    found = [(markup.fragment(html(each["value"])), each.get("language")) for each in told if each.get("value")]
    words, language = max(found, key=lambda each: len(each[0]), default=("", None))
    return _TAIL.sub("", words), language


def _authors(entry: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    told = [_plain(author.get("name")) for author in entry.get("authors") or [] if author] or [_plain(entry.get("author"))]
    return ", ".join(names.get(name, name) for name in told if name) or None


def _section(entry: Mapping[str, Any]) -> str | None:
    """The first category; WordPress says which are categories, and which are but tags."""
    tags = sorted(entry.get("tags") or [], key=lambda tag: tag.get("scheme") == "post_tag")
    return next(filter(None, map(_tag, tags)), None)


def _tag(tag: Mapping[str, Any]) -> str | None:
    return _plain(tag.get("label") or tag.get("term"))


def _plain(told: str | None) -> str | None:
    return " ".join(markup.fragment(told).split()) or None if told else None


def _date(entry: dict[str, Any], name: str) -> str | None:
    """ISO 8601 with the zone that the feed wrote; None for what cannot be read for certain (feedparser guesses)."""
    told = dict.get(entry, name)  # feedparser's own get() takes the one date for the other
    if not isinstance(told, str):
        return None
    try:
        return parsedate_to_datetime(told).isoformat()
    except (ValueError, TypeError, IndexError):
        return dates.iso(told)
