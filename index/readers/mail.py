"""Mail (.eml) and mailboxes (.mbox) to articles: a message each, and each attachment of a known format.

The stored text is the message without quoted replies and signature, a paragraph a line; offsets count that text.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from index.article import ArticleError
from index.readers import encoding, furniture, names, text
from index.readers.furniture import Notes
from index.readers.parts import Exhausted, Parts, suffix
from index.readers.record import Read, Skipped, article, hopeful

_MOST_PARTS = 10_000
_DEEPEST = 50  # multiparts within each other
_MOST_FORWARDED = 4  # messages within each other
_LONGEST_HEADER = 10_000  # characters: the standard library takes quadratic time over some
_NOTED = 4  # so many lines at the top may tell who wrote and when
_DEEP = "the message is nested too deeply; save its attachments and add them"
_SIGNATURE = "-- "
_REPLIED = re.compile(
    r"(?:on|den|am|le|på|kl\.?|el|il)\b.{5,200}\b(?:wrote|skrev|schrieb|écrit|escribió|skrifaði)\b.{0,80}:", re.IGNORECASE)
_WRAPPED = re.compile(r".{1,200}(?:wrote|skrev):", re.IGNORECASE)
# What the standard library's parsers raise on headers that they do not understand.
_ODD = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


class _Policy(policy.EmailPolicy):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read(path: Path, parts: Parts) -> Iterator[Read]:
    """The message, and its attachments of known formats, which are named by `path:attachment`.

    Raises ArticleError where the file is no mail.
    """
    parts = parts.inside(".eml")
    yield from _read(str(path), encoding.contents(path), parts)


def read_box(path: Path, parts: Parts) -> Iterator[Read]:
    """The messages of a mailbox, one at a time; what is Skipped is named by `path:message N`."""
    yield from hopeful(_box(path, parts.inside(".mbox")), str(path))


def _box(path: Path, parts: Parts) -> Iterator[Read]:
    number = 0
    for number, raw in enumerate(_messages(path), 1):
        where = f"{path}:message {number}"
        if raw is None:
            yield Skipped(where, f"the message is over the limit of {encoding.LARGEST // 10**6} MB; save its attachments")
            continue
        try:
            yield from _read(where, raw, parts)
        except Exhausted:
            raise
        except ArticleError as error:
            yield Skipped(where, str(error))
    if not number:
        raise ArticleError("this is no mailbox: its first line does not begin with From; save single mails as .eml")


def _messages(path: Path) -> Iterator[bytes | None]:
    """The messages of a mailbox, None for one that is too large. (mailbox.mbox reads lines of any length at once.)"""
    with path.open("rb", buffering=1_000_000) as file:
        if not file.readline(encoding.LARGEST).startswith(b"From "):
            return
        held: list[bytes] = []
        size, blank = 0, False
        while line := file.readline(1_000_000):
            if blank and line.startswith(b"From "):
                yield b"".join(held) if size <= encoding.LARGEST else None
                held, size, blank = [], 0, False
                continue
            blank = line in (b"\n", b"\r\n")
            size += len(line)
            if size <= encoding.LARGEST:
                held.append(re.sub(rb"^>(>*From )", rb"\1", line))
            else:
                held.clear()
        yield b"".join(held) if size <= encoding.LARGEST else None


def _read(where: str, raw: bytes, parts: Parts, depth: int = 0) -> Iterator[Read]:
    if raw.count(b"\n--") > _MOST_PARTS:
        raise ArticleError(f"the message has more than {_MOST_PARTS:,} parts; save its attachments and add them")
    try:
        message = message_from_bytes(raw, _class=EmailMessage, policy=_Policy())
    except RecursionError as error:
        raise ArticleError(_DEEP) from error
    except _ODD as error:
        raise ArticleError("this is not a mail that can be read; save it anew as .eml") from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ArticleError("this is not a mail: it has no headers such as Subject and From; save it anew as .eml")
    yield from _message(where, message, parts, depth)


def _message(where: str, message: EmailMessage, parts: Parts, depth: int) -> Iterator[Read]:
    plain, pages, attached = _leaves(message)
    items: list[Read] = []
    try:
        items = [_article(message, plain, pages, parts)]
    except ArticleError as error:
        items = [Skipped(where, str(error))]
    others = False
    for number, part in enumerate(attached, 1):
        for item in _attachment(where, part, number, parts, depth):
            others = True
            yield item
    if isinstance(items[0], Skipped) and others:
        return  # a message that says nothing and brings something
    yield from items


def _leaves(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage], list[EmailMessage]]:
    """The message's own text, the same as HTML, and what is attached. Raises ArticleError where it is nested too deeply."""
    plain: list[EmailMessage] = []
    pages: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    left: list[tuple[Any, int]] = [(message, 0)]
    while left:
        part, depth = left.pop()
        if depth > _DEEPEST:
            raise ArticleError(_DEEP)
        kind = part.get_content_type()
        if kind == "message/rfc822" or (part is not message and _name(part) and not kind.startswith("multipart/")):
            attached.append(part)
        elif isinstance(held := part.get_payload(), list):
            left += [(inner, depth + 1) for inner in reversed(held)]
        elif kind in ("text/plain", "text/html") and _told(part.get_content_disposition) != "attachment":
            (plain if kind == "text/plain" else pages).append(part)
    return plain, pages, attached


def _attachment(where: str, part: EmailMessage, number: int, parts: Parts, depth: int) -> Iterator[Read]:
    name = _name(part) or f"attachment {number}"
    where = f"{where}:{name}"
    try:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if depth >= _MOST_FORWARDED:
                yield Skipped(where, f"messages are read to depth {_MOST_FORWARDED} within each other; save this one as .eml")
            elif isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
                parts.count()
                yield from _message(where, inner[0], parts, depth + 1)
            return
        if suffix(name) not in parts.known or names.is_other(name):
            return
        held = part.get_payload(decode=True)
    except Exhausted:
        raise
    except ArticleError as error:
        yield Skipped(where, str(error))
        return
    except _ODD:
        yield Skipped(where, "this attachment is broken; save it by itself and add it")
        return
    yield from parts.read(where, name, [held if isinstance(held, bytes) else b""])


def _article(message: EmailMessage, plain: list[EmailMessage], pages: list[EmailMessage], parts: Parts) -> Read:
    lines = [line for part in plain for line in _own(_words(part), flowed=_told(part.get_param, "format") == "flowed")]
    if not any(lines) and pages:
        lines = [line for part in pages for line in _page(_words(part), parts).split("\n")]
    subject = _told(_header, message, "subject")
    notes = Notes()
    told = [number for number, line in enumerate(lines) if line][:_NOTED]
    noted = {number for number in told if lines[number] == subject or furniture.note(lines[number], notes, bare=True)}
    kept, _ = furniture.without_tail(lines)
    body = [line for number, line in enumerate(lines) if kept[number] and number not in noted]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip()
    if not said:
        raise ArticleError("the message holds no text of its own; add what is attached to it by itself")
    return article({
        "id": _told(_identity, message), "title": subject, "byline": notes.byline or _told(_sender, message),
        "published": _told(_sent, message) or notes.published, "updated": notes.updated, "text": said,
    })


def _words(part: EmailMessage) -> str:
    """What a part says, "" for what cannot be read as text."""
    try:
        raw = part.get_payload(decode=True)
        return encoding.plain(encoding.decode(raw, part.get_content_charset())) if isinstance(raw, bytes) and raw else ""
    except _ODD:
        return ""


def _page(page: str, parts: Parts) -> str:
    """What a page of HTML says, read as a file of its own would be."""
    found = parts.read("", "page.html", [page.encode("utf-8", "replace")]) if page else iter(())
    return "\n".join(item.text for item in found if not isinstance(item, Skipped))


def _own(said: str, flowed: bool) -> list[str]:
    """The lines of a message that its writer wrote: no signature, no quoted replies (unless there is nothing else)."""
    lines = said.split("\n")
    if _SIGNATURE in lines:
        lines = lines[:lines.index(_SIGNATURE)]
    own: list[str] = []
    for line in lines:
        if not line.startswith(">"):
            own.append(line)
            continue
        while own and not own[-1].strip():
            own.pop()
        if own and _REPLIED.fullmatch(own[-1].strip()):
            own.pop()
        elif _WRAPPED.fullmatch(" ".join(own[-1:]).strip()) and _REPLIED.fullmatch(" ".join(map(str.strip, own[-2:]))):
            del own[-2:]
        own.append("")
    if not any(line.strip() for line in own):
        own = [line.lstrip("> ") for line in lines]
    if flowed:
        own = _unflowed(own)
    return text.joined([line.strip() for line in own])


def _unflowed(lines: list[str]) -> list[str]:
    """Paragraphs of text that marks by a space at the end of a line that it goes on (RFC 3676)."""
    joined: list[str] = []
    goes_on = False
    for line in lines:
        line = line.removeprefix(" ")
        if goes_on and line.strip():
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = line.endswith(" ")
    return joined


def _told(told: Callable[..., Any], *arguments: Any) -> Any:
    """What a header tells, None where it is so odd that the standard library fails."""
    try:
        return told(*arguments)
    except _ODD:
        return None


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    said = encoding.plain(str(value)).encode("utf-8", "replace").decode() if value is not None else ""
    return " ".join(said.split()) or None


def _name(part: EmailMessage) -> str | None:
    name = _told(part.get_filename)
    return "".join(char for char in name if char.isprintable())[:200] if isinstance(name, str) else None


def _identity(message: EmailMessage) -> str | None:
    return (_header(message, "message-id") or "").strip("<> ") or None


def _sender(message: EmailMessage) -> str | None:
    sender = message["from"]
    addresses = getattr(sender, "addresses", ())
    named = (address.display_name.strip() or address.addr_spec for address in addresses)
    return ", ".join(name for name in named if name) or _header(message, "from")


def _sent(message: EmailMessage) -> str | None:
    """The date in ISO 8601. `-0000` stands for a time whose place is not told, in UTC."""
    moment = getattr(message["date"], "datetime", None)
    if moment is None:
        return None
    told: str = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    return told
