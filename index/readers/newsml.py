"""IPTC's NewsML-G2 to articles: news items, alone or many in a message; their words as NITF, XHTML or plain text."""

import re
from collections.abc import Iterator

from index.article import ArticleError, moment
from index.readers import encoding, markup, nitf, ttnitf, wire
from index.readers.markup import Element
from index.readers.record import Read, Skipped

ROOTS = frozenset({"newsItem", "packageItem", "newsMessage", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
_TEXTS = frozenset({"text", "composite", ""})
_CORRECTS = "correction"
_MEDIA = "medtop:", "subj:"  # IPTC's own subjects, which come nearest to a newspaper's sections
_MARKED = re.compile(r"\s*<(?:p|div|html|body)\b", re.IGNORECASE)  # HTML, whatever is said of it
_LOGIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")  # under which somebody works, and which is no byline
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(where: str, root: Element) -> Iterator[Read]:
    """The articles of an item or a message (`where:item N`); what is no text is named."""
    if markup.name(root) != "newsMessage":
        yield _read(where, root)
        return
    items = _all(root, "itemSet", "*")
    if not items:
        yield Skipped(where, "this message holds no items")
    for number, item in enumerate(items, 1):
        yield _read(f"{where}:item {number}", item)


def _read(where: str, item: Element) -> Read:
    kind = markup.name(item)
    if kind == "packageItem":
        return Skipped(where, "this is a package, which only refers to other items; add those")
    if kind != "newsItem":
        return Skipped(where, f"this is a {kind}, which holds no article; news items (newsItem) do")
    media = _code(_at(item, "itemMeta", "itemClass")).lower()
    if media not in _TEXTS:
        return Skipped(where, f"this is an item of the class {media}; only texts become articles")
    signals = {_code(signal).lower() for signal in _all(item, "itemMeta", "signal")}
    notes = [markup.paragraphs(note) for note in _all(item, "itemMeta", "edNote")]
    try:
        return wire.article(_fields(item), note="\n".join(filter(None, notes)), corrects=_CORRECTS in signals)
    except ArticleError as error:
        return Skipped(where, str(error))


def _fields(item: Element) -> dict[str, object]:
    told, inner = _content(item)
    updated = _words(item, "itemMeta", "versionCreated")
    shown = _shown(item)
    later = _later(shown, updated)
    first = shown or _words(item, "itemMeta", "firstCreated") or _words(item, "contentMeta", "contentCreated")
    language = _at(item, "contentMeta", "language")
    here: dict[str, object] = {
        "id": item.get("guid"), "version": item.get("version"), "text": told,
        "title": _words(item, "contentMeta", "headline") or _words(item, "itemMeta", "title"),
        "byline": _byline(item), "published": first or updated, "updated": None if later else updated,
        "section": _section(item), "source": _source(item), "status": _status(item), "embargo": _embargo(item) or later,
        "language": language.get("tag") if language is not None else item.get(_LANGUAGE), "copyright": _copyright(item),
    }
    return {name: here.get(name) or inner.get(name) for name in (*here, *inner)}


def _content(item: Element) -> tuple[str, dict[str, object]]:
    """The words of the first rendition that has any, and what it tells besides (NITF has a head of its own)."""
    for rendition in _all(item, "contentSet", "*"):
        inner = next((each for each in rendition if isinstance(each.tag, str)), None)
        form = markup.name(rendition)
        if form == "inlineXML" and inner is not None:
            told: dict[str, object] = {}
            if markup.name(inner) == "nitf":
                told = nitf.fields(inner)
            elif ttnitf.matches(inner):
                told = ttnitf.fields(inner)
            if found := str(told.pop("text", "")) or _paragraphs(inner):
                return found, told
        elif form == "inlineData" and not rendition.get("encoding"):
            raw = rendition.text or ""
            is_html = "html" in rendition.get("contenttype", "") or _MARKED.match(raw)
            if found := markup.fragment(raw) if is_html else encoding.plain(raw).strip():
                return found, {}
    return "", {}


def _paragraphs(element: Element) -> str:
    """The paragraphs without the page's header, which says again what the item's own head says."""
    for header in [each for each in element.iter() if markup.name(each) == "header"]:
        if any(markup.name(each) == "h1" for each in header.iter()):
            header.clear(keep_tail=True)
    return markup.paragraphs(element)


def _status(item: Element) -> str | None:
    status = _at(item, "itemMeta", "pubStatus")
    return None if status is None else status.get("qcode") or status.get("uri") or status.get("literal") or "unnamed"


def _embargo(item: Element) -> str | None:
    """When it ends; where the element holds nothing, that it has no end, which is no date and so keeps the item out."""
    embargo = _at(item, "itemMeta", "embargoed")
    return None if embargo is None else markup.line(embargo) or nitf.ENDLESS


def _shown(item: Element) -> str | None:
    """From when readers see it, which the Swedish editor Writer tells; it is usable to the desk before."""
    told = (each.get("value") for each in _all(item, "itemMeta", "itemMetaExtProperty")
            if _code(each, "type") == "pubstart")
    return next(filter(None, told), None)


def _later(shown: str | None, updated: str | None) -> str | None:
    """When it is shown, where that is later than when it was written."""
    begins, written = moment(shown or ""), moment(updated or "")
    return shown if shown and not (begins is not None and written is not None and begins <= written) else None


def _byline(item: Element) -> str | None:
    if told := _words(item, "contentMeta", "by"):
        return told
    names = [name for creator in _all(item, "contentMeta", "creator") if (name := _name(creator))]
    return ", ".join(name for name in names if not _LOGIN.fullmatch(name)) or None


def _source(item: Element) -> str | None:
    """The name that readers know: the credit line, else who made it and who sent it."""
    credit = (_words(item, "contentMeta", "creditline") or "").strip(" –—-/")
    parties = [*_all(item, "contentMeta", "infoSource"), *_all(item, "itemMeta", "provider")]
    writers = {_name(creator) for creator in _all(item, "contentMeta", "creator")}  # whom Writer calls the provider too
    names = (name for party in parties for name in (_name(party), party.get("literal")) if name not in writers)
    codes = (_code(party) for party in parties)
    return credit or next(filter(None, names), None) or next(filter(None, codes), None)


def _section(item: Element) -> str | None:
    for link in _all(item, "itemMeta", "links", "link"):
        if link.get("type") == "x-im/mainsection" and link.get("title"):  # Writer's
            return str(link.get("title"))
    subjects = sorted(_all(item, "contentMeta", "subject"),
                      key=lambda each: not (each.get("qcode") or "").startswith(_MEDIA))
    places = [*subjects, *_all(item, "contentMeta", "genre")]
    return next(filter(None, map(_name, places)), None)


def _copyright(item: Element) -> str | None:
    holder = _at(item, "rightsInfo", "copyrightHolder")
    named = (_name(holder) or holder.get("literal")) if holder is not None else None
    return named or _words(item, "rightsInfo", "copyrightNotice") or (_code(holder) if holder is not None else None)


def _name(concept: Element) -> str | None:
    return _words(concept, "name")


def _code(concept: Element | None, *names: str) -> str:
    """The code without its scheme, of a qcode or a uri (or the attributes named); empty where there is none."""
    told = "" if concept is None else next(filter(None, map(concept.get, names or ("qcode", "uri"))), "")
    return re.split(r"[:/]", told)[-1]


def _words(element: Element, *path: str) -> str | None:
    return next(filter(None, map(markup.line, _all(element, *path))), None)


def _at(element: Element, *path: str) -> Element | None:
    return next(iter(_all(element, *path)), None)


def _all(element: Element, *path: str) -> list[Element]:
    """The elements at a path of names, whatever their namespace."""
    found = [element]
    for step in path:
        found = [child for each in found for child in each
                 if isinstance(child.tag, str) and (step == "*" or markup.name(child) == step)]
    return found
