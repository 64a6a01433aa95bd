"""What an export of WordPress tells besides a feed: whether an entry is published, by whom, and its paragraphs. Pure."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

_TAKEN_BACK = frozenset({"trash", "private"})  # statuses of what readers may have seen before
_PUBLISHED = "publish"
_PARTS = frozenset({"attachment", "nav_menu_item", "page", "revision"})  # kinds that are no articles
_HELD = r"\s*(?:<!\[CDATA\[)?(.{0,200}?)(?:\]\]>)?\s*"
_AUTHOR = re.compile(
    rf"<wp:author_login>{_HELD}</wp:author_login>(?:(?!</wp:author>).){{0,1000}}?"
    rf"<wp:author_display_name>{_HELD}</wp:author_display_name>", re.DOTALL)
_MARK = re.compile(r"<!--.*?-->|<[^>]*>|(\n\s*\n)|(\n)", re.DOTALL)
_PICTURES = re.compile(
    r"\[(caption|embed|gallery|audio|video|playlist)\b[^\]\n]*\](?:(?:(?!\[\1\b).){0,2000}?\[/\1\])?", re.DOTALL)
_PAIR = re.compile(r"\[([a-z][\w-]*)(?: [^\]\n]*)?\]((?:(?!\[\1\b).){0,2000}?)\[/\1\]", re.DOTALL)
_ALONE = re.compile(r"\[/?[a-z][\w-]*(?:\s+[\w-]+=[^\]\n]*|_[\w-]*)\]")


def status(entry: Mapping[str, Any]) -> str | None:
    """The status of an entry of an export, in lower case; None where the feed is no export."""
    told = entry.get("wp_status")
    return told.strip().lower() if isinstance(told, str) else None


def taken_back(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of an export is an article that readers may have seen and shall see no more."""
    return status(entry) in _TAKEN_BACK and _kind(entry) not in _PARTS


def unpublished(entry: Mapping[str, Any]) -> str | None:
    """Why an entry of an export is no published article; None where it is one, or the feed is no export."""
    told, kind = status(entry), _kind(entry)
    if told is None:
        return None
    if kind in _PARTS or kind.startswith("wp_"):
        return f"this is an entry of the type {kind}; only articles are added"
    if told != _PUBLISHED:
        return f"its status is {told[:40]!r}, and only what is published (publish) is added"
    if str(entry.get("wp_post_password") or "").strip():
        return "it is kept behind a password, so that it is not for all readers"
    return None


def modified(entry: Mapping[str, Any]) -> str | None:
    """When an entry of an export was changed last, in ISO 8601 with its zone."""
    told = str(entry.get("wp_post_modified_gmt") or "").strip()
    return f"{told}+00:00" if re.fullmatch(r"[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d", told) else None


def authors(text: str) -> dict[str, str]:
    """The names by which an export shows its authors, by the names under which they log in."""
    return {unescape(login): unescape(name) for login, name in _AUTHOR.findall(text) if name}


def html(words: str) -> str:
    """The HTML of an entry's words as WordPress shows them: an empty line parts paragraphs, and its own codes are gone."""
    words = _PICTURES.sub("\n\n", words)
    words = _ALONE.sub("", _PAIR.sub(r"\2", words))
    marked = "<p" in words

    def mark(found: re.Match[str]) -> str:
        return "<br>" if found[1] or (found[2] and not marked) else found[0]

    return _MARK.sub(mark, words)


def _kind(entry: Mapping[str, Any]) -> str:
    return str(entry.get("wp_post_type") or "post").strip().lower()
