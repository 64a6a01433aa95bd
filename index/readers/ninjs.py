"""IPTC's ninjs to articles: versions 1, 2 and 3, TT's dialect and Superdesk's. One JSON value in, no file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.article import ArticleError
from index.readers import encoding, markup, wire
from index.readers.record import Read, Skipped

_SIGNS = frozenset({"headline", "headlines", "bodies", "pubstatus", "versioncreated", "firstcreated", "representationtype"})
_OURS = frozenset({"text", "content"})
_TEXTS = frozenset({"", "text", "composite"})
_BODIES = ("body_html5", "body_richhtml5", "body_xhtml", "body_html")
_WHOLE = frozenset({"", "main", "text", "plain", "body", "html", "xhtml", "html5", "richhtml5"})  # roles of a whole text
_UNDASHED = re.compile(r"(<blockquote>(?:\s*<p>)?\s*)(?![–—\s<-])")  # TT's quotation, which leaves its dash to style
_VERSIONS = 1000  # more than one item has
_LISTS = ("items", "_items", "item", "hits")  # what servers wrap a list of items in
_MAKERS = frozenset({"author", "creator", "by"})
_WRITERS = frozenset({"", "author", "writer"})  # roles of Superdesk's authors who wrote the text
_DESKS = frozenset({"category", "department", "sttdepartment"})  # schemes of subjects that are a desk's own (NTB, STT)
_CORRECTS = frozenset({"rä", "correction"})  # TT's signal for a fact that was corrected, and the common word
# TT's codes
_SECTORS = {"inr": "Inrikes", "utr": "Utrikes", "eko": "Ekonomi", "klt": "Kultur", "spt": "Sport", "noj": "Nöje",
            "prm": "Pressmeddelanden"}

Item = Mapping[str, Any]


def matches(value: object) -> bool:
    """Whether a JSON value is ninjs rather than an article under our names: it has a uri or guid, and no field text.

    So is an object around a list of such.
    """
    if not isinstance(value, dict):
        return False
    item = _lowered(value)
    if any(map(matches, _listed(item)[:1])):
        return True
    is_named = isinstance(item.get("uri", item.get("guid")), str) and not _OURS & item.keys()
    return is_named and any(name in _SIGNS or name.startswith("body_") for name in item)


def read(where: str, value: Item) -> Iterator[Read]:
    """The article of an item; of a package without words of its own, the articles of its texts (`where:item N`)."""
    item = _lowered(value)
    if listed := _listed(item):
        for number, each in enumerate(listed, 1):
            inner = f"{where}:item {number}"
            yield from read(inner, each) if matches(each) else [Skipped(inner, "this is no item of ninjs: it has no uri")]
        return
    parts = _parts(item) if _text(item.get("type")).lower() == "composite" and not _is_withdrawn(item) else []
    if not parts or _body(item):
        yield _read(where, item)
        return
    for number, part in enumerate(parts, 1):
        yield _read(f"{where}:item {number}", part)


def _read(where: str, item: Item) -> Read:
    kind, profile = (_text(item.get(name)) for name in ("type", "profile"))
    if kind.lower() not in _TEXTS:
        return Skipped(where, f"this is an item of the type {kind}; only texts become articles")
    if profile.upper() == "INFO" and not _is_withdrawn(item):
        return Skipped(where, "its profile is INFO, which is for the desk and not to be published")
    signals = item.get("signals")
    signals = _lowered(signals) if isinstance(signals, dict) else {}
    update = _text(signals.get("updatetype")).lower()
    try:
        fields = _fields(item) | {"id": _identity(item, signals), "version": _version(item, signals)}
        if update == "avpub" or (item.get("replacedby") and not _is_withdrawn(item)):  # TT's words for what is gone
            fields["status"] = "withdrawn"
        return wire.article(fields, note=item.get("ednote"), corrects=update in _CORRECTS)
    except ArticleError as error:
        return Skipped(where, str(error))


def _fields(item: Item) -> dict[str, object]:
    updated = item.get("versioncreated")
    return {
        "title": _headline(item), "text": _body(item), "byline": _byline(item),
        "published": item.get("firstcreated") or item.get("contentcreated") or updated, "updated": updated,
        "section": _section(item), "source": _source(item),
        "language": item.get("language"), "status": item.get("pubstatus"),
        "embargo": item.get("embargoeduntil") or item.get("embargoed"),
        "copyright": item.get("copyrightholder") or item.get("copyrightnotice"),
    }


def _listed(item: Item) -> list[Any]:
    lists = [item[name] for name in _LISTS if isinstance(item.get(name), list)]
    return lists[0] if lists and "uri" not in item else []


def _lowered(value: Mapping[str, Any]) -> dict[str, Any]:
    """Names in lower case: version 1 writes `versioncreated`, version 2 `versionCreated`."""
    return {str(name).lower(): inner for name, inner in value.items()}


def _identity(item: Item, signals: Item) -> object:
    """The item's uri; of TT's, which has a new one each time the story is written anew, the first that the story had.

    Where the version stands at its end it is left out, which would make each version an article of its own.
    """
    former = _former(item)
    uri = former[0] if former else item.get("uri") or item.get("guid")
    version = signals.get("version")
    return uri.removesuffix(f"-v{version}") if isinstance(uri, str) and isinstance(version, int) else uri


def _version(item: Item, signals: Item) -> object:
    """The item's version; what stands for former items is later than all their versions."""
    told = item.get("version", signals.get("version"))
    if not (former := _former(item)):
        return told
    inner = int(told) if isinstance(told, int | str) and re.fullmatch(r"\d{1,3}", str(told)) else 0
    return min(len(former), 99_999) * _VERSIONS + inner


def _former(item: Item) -> list[str]:
    """The uris of the items that TT's item stands for, the first one first; empty where there are none."""
    uris = [_text(value.get("uri")) for value in _objects(item.get("revisions"))]
    return [uri for uri in uris if uri and uri != item.get("uri")]


def _is_withdrawn(item: Item) -> bool:
    return _text(item.get("pubstatus")).lower() not in ("", "usable", "commissioned")


def _parts(item: Item) -> list[dict[str, Any]]:
    told = item.get("associations")
    values = list(told.values()) if isinstance(told, dict) else told if isinstance(told, list) else []
    parts = [_lowered(value) for value in values if isinstance(value, dict)]
    return [part for part in parts if _text(part.get("type")).lower() == "text" and _body(part)]


def _headline(item: Item) -> object:
    if told := _of_role(item.get("headlines"), "main"):
        return markup.fragment(_text(told.get("value")))
    title = item.get("headline") or item.get("title") or item.get("slugline")
    return markup.fragment(title) if isinstance(title, str) else title


def _body(item: Item) -> str:
    """The rendition with the most paragraphs; plain text before markup, which knows less of dashes and labels."""
    told = _objects(item.get("bodies"))
    chosen = [value for value in told if _role(value) == "main"] or [value for value in told if _role(value) in _WHOLE] or told
    found = [_words(_text(value.get("value")), _text(value.get("contenttype"))) for value in chosen]
    pages = (_text(item.get(name)) for name in _BODIES)
    found += [_words(_UNDASHED.sub(r"\1– ", page) if item.get("sector") else page, "text/html") for page in pages]
    plain = encoding.plain(_text(item.get("body_text"))).strip()
    return max((plain, *found), key=lambda text: len(markup.lines(text).splitlines()))


def _words(value: str, kind: str) -> str:
    """The text of a body; none of another kind than text, HTML and NITF."""
    if "html" in kind or "nitf" in kind or (not kind and re.match(r"\s*<\w", value)):
        return markup.fragment(value)
    return encoding.plain(value).strip() if kind in ("", "text/plain") else ""


def _role(value: Item) -> str:
    return _text(value.get("role")).rpartition("/")[2].lower()


def _of_role(told: object, role: str) -> Item | None:
    """The object of that role in a list; else the first without a role, else the first that says something."""
    values = [_lowered(value) for value in told if isinstance(value, dict)] if isinstance(told, list) else []
    values = [value for value in values if _text(value.get("value")).strip()]
    ranked = sorted(values, key=lambda value: (_role(value) != role, bool(_role(value))))
    return ranked[0] if ranked else None


def _byline(item: Item) -> object:
    if told := item.get("byline") or item.get("by"):
        return told
    writers = [value for value in _objects(item.get("bylines")) if _text(value.get("internal")).lower() != "true"]
    names = [_text(value.get("byline")) or f"{_text(value.get('firstname'))} {_text(value.get('lastname'))}".strip()
             for value in writers]
    makers = [value for value in _objects(item.get("people")) if _text(value.get("rel")).rpartition("/")[2].lower() in _MAKERS]
    makers += [value for value in _objects(item.get("authors")) if _text(value.get("role")).lower() in _WRITERS]
    return ", ".join(filter(None, [*names, *(_text(value.get("name")) for value in makers)])) or None


def _source(item: Item) -> object:
    return _named(item, "infosources", "infosource") or item.get("source") or item.get("copyrightholder")


def _section(item: Item) -> str | None:
    """TT's sector, which is the nearest to a newspaper's section: a genre of its own now, a code before.

    Elsewhere the desk's own category, else the service, else the first subject.
    """
    for value in [*_objects(item.get("genres")), *_objects(item.get("genre"))]:
        if "sector" in _text(value.get("uri")) + _text(value.get("scheme")) and (name := _text(value.get("name"))):
            return name
    sector = _text(item.get("sector"))
    desks = [value for value in _objects(item.get("subject")) if _text(value.get("scheme")).lower() in _DESKS]
    return (_SECTORS.get(sector.lower(), sector) or _named({"desk": desks}, "desk")
            or _named(item, "service", "subjects", "subject"))


def _named(item: Item, *lists: str) -> str | None:
    """The first name in one of these lists of concepts."""
    names = (_text(value.get("name")) for name in lists for value in _objects(item.get(name)))
    return next(filter(None, names), None)


def _objects(value: object) -> list[dict[str, Any]]:
    return [_lowered(inner) for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
