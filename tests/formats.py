"""One good file of each format, made in code: for the tests that need any, and as the beginnings of broken ones.

`MADE` has the makers by suffix, each several; what a maker gives is the bytes of a file that holds at least one article.
"""

import csv
import io
import json
import mailbox
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

from tests.pdfs import Line, pdf

TITLE = "Färjan till Ytterö får en ny brygga"
BYLINE = "Hilda Sjöfors"
FIRST = (
    "Bryggan på Ytterö ska bytas ut före sommaren, beslutade hamnrådet på tisdagen. Den gamla bryggan från 1961 har "
    "sjunkit med fyra centimeter om året sedan stormen."
)
SECOND = "– Vi har väntat länge på det här, säger hamnkapten Birger Ask, som har lagt till där i trettio år."
THIRD = "Arbetet kostar 2,4 miljoner kronor och betalas av kommunen."
PROSE = (FIRST, SECOND, THIRD)
ROW = {"id": "y1", "title": TITLE, "text": "\n".join(PROSE), "byline": BYLINE, "published": "2025-02-11"}

_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def plain() -> bytes:
    return "\n\n".join((TITLE, f"Av {BYLINE}", *PROSE)).encode()


def markdown() -> bytes:
    return f"---\nauthor: {BYLINE}\ndate: 2025-02-11\n---\n# {TITLE}\n\n{FIRST}\n\n- {SECOND}\n\n> {THIRD}\n".encode()


def page() -> bytes:
    told = json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": {"name": BYLINE}, "datePublished": "2025-02-11"})
    return (f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{TITLE}</title>'
            f'<script type="application/ld+json">{told}</script></head><body><nav><a href="/">Hem</a></nav><article>'
            f"<h1>{TITLE}</h1>{''.join(f'<p>{words}</p>' for words in PROSE)}</article></body></html>").encode()


def json_lines() -> bytes:
    return "\n".join(json.dumps(ROW | {"id": f"y{n}"}, ensure_ascii=False) for n in range(3)).encode()


def json_list() -> bytes:
    return json.dumps([ROW, {"headline": TITLE, "content": SECOND, "authors": [BYLINE]}], indent=1).encode()


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 0)
    for words in (f"Av {BYLINE}", *PROSE):
        document.add_paragraph(words)
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(table.rows[0].cells):
        cell.text = f"Ruta {number}"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def odt(body: str | None = None, styles: str = "") -> bytes:
    """An OpenDocument text of this body, with automatic styles."""
    if body is None:
        body = (f'<text:p text:style-name="Title">{TITLE}</text:p><text:p>Av {BYLINE}</text:p>'
                + "".join(f"<text:p>{words}</text:p>" for words in PROSE))
    content = (f"<office:document-content {_OFFICE}><office:automatic-styles>{styles}</office:automatic-styles>"
               f"<office:body><office:text>{body}</office:text></office:body></office:document-content>")
    style = '<style:style style:name="Title" style:family="paragraph"/>'
    named = f"<office:document-styles {_OFFICE}><office:styles>{style}</office:styles></office:document-styles>"
    return packed({
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode(), "styles.xml": named.encode(),
        "META-INF/manifest.xml": _MANIFEST.encode(),
    })


def paper() -> bytes:
    lines: list[Line] = [(60, 780, 24, TITLE), (60, 750, 10, f"Av {BYLINE}")]
    y = 730.0
    for words in PROSE:
        for start in range(0, len(words), 70):
            lines.append((60, y, 10, words[start:start + 70].strip()))
            y -= 13
        y -= 10
    return pdf([lines, [(60, 780, 10, SECOND), (290, 30, 9, "2")]], {"Title": TITLE})


def table(separator: str = ",") -> bytes:
    held = io.StringIO()
    writer = csv.DictWriter(held, ROW, delimiter=separator)
    writer.writeheader()
    writer.writerows(ROW | {"id": f"y{n}"} for n in range(3))
    return held.getvalue().encode()


def parquet() -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    rows = [ROW | {"id": n, "published": date(2025, 2, n), "updated": datetime(2025, 3, n, 12, 5, tzinfo=UTC),
                   "byline": [BYLINE, "Per Ask"]} for n in (1, 2, 3)]
    held = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(rows), held)
    return held.getvalue()


def message(text: str = "\n\n".join(PROSE), **headers: str) -> EmailMessage:
    told = EmailMessage()
    defaults = {"Subject": TITLE, "From": f"{BYLINE} <hilda@ytter.example>", "Date": "Tue, 11 Feb 2025 09:30:00 +0100",
                "Message-ID": "<y1@ytter.example>"}
    for name, value in (defaults | headers).items():
        told[name] = value
    told.set_content(text)
    return told


def mail() -> bytes:
    told = message()
    told.add_alternative(page().decode(), subtype="html")
    told.add_attachment(plain(), maintype="text", subtype="plain", filename="brygga.txt")
    told.add_attachment(message(SECOND, Subject="Vidare", **{"Message-ID": "<y2@ytter.example>"}))
    return told.as_bytes()


def box() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mbox"
        held = mailbox.mbox(path)
        for number in range(3):
            held.add(message(f"{FIRST}\n\nFrom now on {number}\n", **{"Message-ID": f"<{number}@ytter.example>"}))
        held.close()
        return path.read_bytes()


def nitf() -> bytes:
    return (f'<?xml version="1.0" encoding="UTF-8"?><nitf xml:lang="sv"><head><title>{TITLE}</title><docdata>'
            f'<doc-id id-string="y1"/><date.issue norm="20250211T093000+0100"/></docdata></head><body><body.head><hedline>'
            f"<hl1>{TITLE}</hl1></hedline><byline>{BYLINE}</byline></body.head><body.content>"
            f"{''.join(f'<p>{words}</p>' for words in PROSE)}</body.content></body></nitf>").encode()


def newsml() -> bytes:
    return (f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:ytter:1" version="1" xml:lang="sv"><itemMeta>'
            f'<itemClass qcode="ninat:text"/><provider literal="Ytter"/><versionCreated>2025-02-11T09:30:00+01:00'
            f'</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>{TITLE}</headline>'
            f"<by>{BYLINE}</by></contentMeta><contentSet><inlineXML contenttype=\"application/xhtml+xml\">"
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{"".join(f"<p>{words}</p>" for words in PROSE)}</body></html>'
            f"</inlineXML></contentSet></newsItem>").encode()


def rss() -> bytes:
    return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>Ytterö Tidning</title><link>https://ytter.example/</link>'
            f"<language>sv</language><item><title>{TITLE}</title><guid>y1</guid><link>https://ytter.example/1</link>"
            f"<pubDate>Tue, 11 Feb 2025 09:30:00 +0100</pubDate><description><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]>"
            f"</description></item></channel></rss>").encode()


def atom() -> bytes:
    return (f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><title>Ytterö Tidning</title><id>tag:ytter.example,2025:0'
            f"</id><entry><id>tag:ytter.example,2025:1</id><title>{TITLE}</title><author><name>{BYLINE}</name></author>"
            f'<updated>2025-02-11T09:30:00+01:00</updated><link href="https://ytter.example/1"/><content type="xhtml">'
            f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></content></entry></feed>').encode()


def packed(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return held.getvalue()


def export() -> bytes:
    return packed({"2025/brygga.txt": plain(), "rader.jsonl": json_lines(), "post.eml": mail(),
                   "mer.zip": packed({"a.md": markdown(), "b.docx": docx()})})


MADE: Mapping[str, Sequence[Callable[[], bytes]]] = {
    ".txt": (plain, lambda: plain().decode().encode("cp1252", "replace"), lambda: plain().decode().encode("utf-16")),
    ".md": (markdown,), ".markdown": (markdown,),
    ".html": (page, lambda: f"<h1>{TITLE}</h1><p>{FIRST}</p>".encode()), ".htm": (page,),
    ".docx": (docx,), ".odt": (odt,), ".pdf": (paper,),
    ".jsonl": (json_lines, json_list), ".json": (json_list, json_lines),
    ".csv": (table, lambda: table(";")), ".tsv": (lambda: table("\t"),), ".parquet": (parquet,),
    ".eml": (mail, lambda: message().as_bytes()), ".mbox": (box,), ".zip": (export,),
    ".xml": (newsml, nitf, rss, atom), ".nitf": (nitf,), ".rss": (rss,), ".atom": (atom,),
}
