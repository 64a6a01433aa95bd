"""IPTC's NITF to articles: an element of its tree in, as it stands in a file of its own or within NewsML-G2."""

import re
from collections.abc import Iterator, Mapping

from index import correction
from index.article import ArticleError, moment
from index.readers import dates, markup, wire
from index.readers.markup import Element
from index.readers.record import Read, Skipped

ENDLESS = "without an end"  # an embargo that tells no moment
_KINDS = frozenset({"news", "nyheter", "nyheder", "feature", "article"})  # of items, which name no section


def read(where: str, root: Element) -> Iterator[Read]:
    """The one article of an element nitf."""
    try:
        told = fields(root)
        corrected = _attribute(root, "docdata/correction", "info")
        note = _attribute(root, "docdata/ed-msg", "info")
        if corrected and not correction.told(note or ""):
            note = corrected
        yield wire.article(told, note=note, corrects=bool(corrected))
    except ArticleError as error:
        yield Skipped(where, str(error))


def fields(root: Element) -> dict[str, object]:
    """What it says under our names."""
    status = _attribute(root, "docdata", "management-status")
    issued = _date(_attribute(root, "docdata/date.issue", "norm"))
    told: dict[str, object] = {
        "id": _identity(root), "title": _title(root), "text": text(root),
        "byline": _byline(root), "published": issued or _date(_attribute(root, "pubdata", "date.publication")),
        "section": _attribute(root, "pubdata", "position.section") or _subject(root),
        "source": markup.line(_first(root, "distributor")) or _attribute(root, "pubdata", "name"),
        "language": _language(root), "status": status, "embargo": _embargo(root, status, issued),
        "copyright": _attribute(root, "docdata/doc.copyright", "holder") or _attribute(root, "docdata/doc.rights", "owner")
        or markup.line(_first(root, "rights.owner")),
        "version": _attribute(root, "docdata/du-key", "version"), "url": _attribute(root, "pubdata", "ex-ref"),
    }
    if (status or "").lower() == "embargoed":
        told["status"] = None
    return {name: value for name, value in told.items() if value}


def text(root: Element) -> str:
    """The paragraphs of abstract and body, a paragraph a line, those of the abstract but once: to many desks it is the lead."""
    content, abstract = _first(root, "body.content"), _first(root, "abstract")
    body = ""
    if content is not None:
        for note in content.xpath(".//*[local-name()='note' and @type='npa']"):  # by NITF's word not for publication
            note.getparent().remove(note)
        body = "\n".join(line for line in markup.paragraphs(content).splitlines() if not _is_embed(line))
    lead = markup.paragraphs(abstract).splitlines() if abstract is not None else []
    return "\n".join(filter(None, [*(line for line in lead if line not in body), body]))


def _is_embed(line: str) -> bool:
    """Whether a paragraph is nothing but markup that was to stand in a page, such as a frame of another site."""
    return line.startswith("<") and line.endswith(">") and not markup.fragment(line)


def _identity(root: Element) -> str | None:
    """The document's id. Norway's has the number of the version at its end, which would make each an article of its own."""
    told = _attribute(root, "docdata/doc-id", "id-string")
    version = _attribute(root, "docdata/du-key", "version") or ""
    ended = re.fullmatch(r"(.+)_0*(\d{1,4})", told or "")
    if not ended or not re.fullmatch(r"\d{1,4}", version) or int(ended[2]) != int(version) - 1:
        return told
    is_theirs = _attribute(root, "docdata/doc-id", "regsrc") == "NTB" or _attribute(root, "docdata/du-key", "key") == ended[1]
    return ended[1] if is_theirs else told


def _embargo(root: Element, status: str | None, issued: str | None) -> str | None:
    """The date of release, where it is later than that of issue."""
    release = _attribute(root, "docdata/date.release", "norm")
    if release is None:
        return ENDLESS if (status or "").lower() == "embargoed" else None
    read = _date(release)
    ends, begins = moment(read or ""), moment(issued or "")
    over = read == issued or (ends is not None and begins is not None and ends <= begins)
    return None if over else read


def _date(told: str | None) -> str | None:
    """ISO 8601 of `20250301T101500+0100`; what cannot be read as it is, so that it is named."""
    return dates.iso(told) or told if told else None


def _title(root: Element) -> str:
    return markup.line(_first(root, "hl1")) or markup.line(_first(root, "hedline")) or markup.line(_first(root, "title"))


def _byline(root: Element) -> str | None:
    """The people in it by their names; else its words without titles, as long as any are left."""
    byline = _first(root, "byline")
    if byline is None:
        return None
    people = [markup.line(person) for person in byline.xpath(".//*[local-name()='person']")]
    if any(people):
        return ", ".join(filter(None, people))
    whole = markup.line(byline)
    for title in byline.xpath(".//*[local-name()='byttl']"):
        title.text = None
        for inner in list(title):
            title.remove(inner)
    return markup.line(byline).strip(" ,;/–-") or whole or None


def _subject(root: Element) -> str | None:
    told = root.xpath(".//*[local-name()='tobject.subject']")
    names = (each.get(name) for each in told for name in ("tobject.subject.type", "tobject.subject.matter"))
    kind = _attribute(root, "tobject", "tobject.type")
    return next(filter(None, names), None) or (kind if kind and kind.lower() not in _KINDS else None)


def _language(root: Element) -> str | None:
    here = _first(root, "body")
    attributes: list[Mapping[str, str]] = [each.attrib for each in (here, root) if each is not None]
    names = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
    return next(filter(None, (told.get(name) for told in attributes for name in names)), None)


def _first(root: Element, name: str) -> Element | None:
    found = root.xpath(".//*[local-name()=$name]", name=name)
    return found[0] if found else None


def _attribute(root: Element, path: str, attribute: str) -> str | None:
    """The attribute of the first element at `docdata/doc-id` or `pubdata` under the head; None where it says nothing."""
    steps = "".join(f"/*[local-name()='{step}']" for step in path.split("/"))
    found = root.xpath(f"./*[local-name()='head']{steps}[@{attribute}]/@{attribute}")
    return str(found[0]).strip() or None if found else None
