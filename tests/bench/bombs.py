"""Files made to take all time and memory: a fixed list, each laid down when its turn comes."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests import formats
from tests.pdfs import assembled

GIGABYTE = 1_000_000_000
MEGABYTE = 1_000_000


def laid(folder: Path) -> Iterator[tuple[str, Path]]:
    """The name and the file of each bomb."""
    for name, make in BOMBS.items():
        path = folder / f"bomb{name[name.index('.'):].split()[0]}"
        make(path)
        yield name, path


def _held(make: Callable[[], bytes]) -> Callable[[Path], None]:
    def lay(path: Path) -> None:
        path.write_bytes(make())
    return lay


def _sparse(head: bytes) -> Callable[[Path], None]:
    def lay(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(GIGABYTE)
    return lay


def _long_line(head: bytes) -> Callable[[Path], None]:
    """One line of a gigabyte that is text."""
    def lay(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            for _ in range(1000):
                file.write(b"ord ord o " * 100_000)
    return lay


def _zip(entries: Mapping[str, bytes], times: int = 1) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            with file.open(name, "w", force_zip64=True) as entry:
                for _ in range(times):
                    entry.write(content)
    return held.getvalue()


def _nested(depth: int, wide: int) -> bytes:
    held = formats.packed({"a.txt": b"ord " * 1_000_000})
    for _ in range(depth):
        held = formats.packed({f"{n}.zip": held for n in range(wide)})
    return held


def _empty_entries(number: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for n in range(number):
            file.writestr(zipfile.ZipInfo(f"{n}.txt"), b"")
    return held.getvalue()


def _lying(held: bytes) -> bytes:
    """A ZIP file whose list says that its entries are small."""
    with zipfile.ZipFile(io.BytesIO(held)) as file:
        size = file.infolist()[0].file_size.to_bytes(4, "little")
    return held.replace(size, (1000).to_bytes(4, "little"))


def _office(kind: str, inner: bytes, times: int = 1) -> bytes:
    good = formats.docx() if kind == "docx" else formats.odt()
    part = "word/document.xml" if kind == "docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    held = entries[part]
    mark = b"<w:body>" if kind == "docx" else b"<office:text>"
    head, found, tail = held.partition(mark)
    entries[part] = head + found + inner * times + tail
    return formats.packed(entries)


_LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ord ord'>" + b"".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>".encode() for n in range(1, 12)) + b"]>"
_QUADRATIC = b"<!DOCTYPE a [<!ENTITY a '" + b"ord " * 100_000 + b"'>]>"


def _entities(kind: str, declared: bytes, used: bytes) -> bytes:
    good = formats.docx() if kind == "docx" else formats.odt()
    part = "word/document.xml" if kind == "docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    held = entries[part]
    held = held[held.index(b"?>") + 2:] if held.startswith(b"<?xml") else held
    word = formats.FIRST.encode()[:20]
    entries[part] = declared + held.replace(word, used + word)
    return formats.packed(entries)


def _pdf(stream: bytes, filters: str = "/Filter /FlateDecode", kids: str = "[5 0 R]", count: int = 1) -> bytes:
    return assembled([
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids {kids} /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 3 0 R >> "
        "/XObject << /X0 6 0 R >> >> >>",
        f"<< /Length {len(stream)} {filters} /Type /XObject /Subtype /Form /Resources << /Font << /F1 3 0 R >> "
        "/XObject << /X0 6 0 R >> >> >>\nstream\n".encode() + stream + b"\nendstream",
    ])


def _flate(held: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(held) for _ in range(times)) + packer.flush()


def _mime(depth: int, kind: str) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    if kind == "message":
        head = "Content-Type: message/rfc822\n\nSubject: a\n" * depth
    return f"Subject: a\nFrom: b@c.example\n{head}Content-Type: text/plain\n\nord\n".encode()


def _parquet(text: str, rows: int) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, pyarrow.int32()), pyarrow.array([text]))
    held = io.BytesIO()
    write_table(pyarrow.table({"text": column}), held, compression="zstd")
    return held.getvalue()


_ROW = b'{"text": "' + b"ord " * 10 + b'"}\n'
BOMBS: Mapping[str, Callable[[Path], None]] = {
    "a line of 1 GB, sparse .txt": _sparse(b"Rubrik\n\n"), "a line of 1 GB, sparse .md": _sparse(b"# Rubrik\n\n"),
    "a line of 1 GB, sparse .html": _sparse(b"<html>"), "a line of 1 GB, sparse .jsonl": _sparse(_ROW),
    "a line of 1 GB, sparse .json": _sparse(b'[{"text": "'), "a line of 1 GB, sparse .csv": _sparse(b"title,text\na,"),
    "a line of 1 GB, sparse .tsv": _sparse(b"title\ttext\na\t"), "a line of 1 GB, sparse .parquet": _sparse(b"PAR1"),
    "a line of 1 GB, sparse .eml": _sparse(b"Subject: a\n\n"),
    "a line of 1 GB, sparse .mbox": _sparse(b"From a\nSubject: a\n\n"),
    "a line of 1 GB, sparse .pdf": _sparse(b"%PDF-1.7\n"), "a line of 1 GB, sparse .zip": _sparse(b"PK\x03\x04"),
    "a line of 1 GB, sparse .docx": _sparse(b"PK\x03\x04"), "a line of 1 GB, sparse .odt": _sparse(b"PK\x03\x04"),
    "a line of 1 GB .csv": _long_line(b"title,text\na,"), "a line of 1 GB .jsonl": _long_line(b'{"text": "'),
    "a line of 1 GB .mbox": _long_line(b"From a\nSubject: a\n\n"),
    "a line of 50 MB .txt": _held(lambda: b"ord " * 12_400_000), "a word of 50 MB .txt": _held(lambda: b"a" * 49_000_000),
    "lines of a letter, 50 MB .txt": _held(lambda: b"a\n" * 24_000_000),
    "short sentences, 20 MB .txt": _held(lambda: b"Det var en dag. Och det var en natt.\n" * 540_000),
    "hard-wrapped, 20 MB .txt": _held(lambda: (b"Kommunen sade att det blir en ny hall i dag och\n" * 400_000)),
    "quotes nested 10,000 deep .md": _held(lambda: b">" * 10_000 + b" ord"),
    "lists nested 10,000 deep .md": _held(lambda: b"".join(b"  " * n + b"- a\n" for n in range(3_000))),
    "brackets, 1 MB .md": _held(lambda: b"[" * 1_000_000), "emphasis, 1 MB .md": _held(lambda: b"*a_" * 330_000),
    "links, 1 MB .md": _held(lambda: b"[a](b" * 200_000), "backticks .md": _held(lambda: b"".join(
        b"`" * n + b" " for n in range(1_500))),
    "a table of 10,000 columns .md": _held(lambda: (b"|a" * 10_000 + b"\n" + b"|-" * 10_000 + b"\n" + b"|b\n" * 10_000)),
    "paragraphs, 20 MB .md": _held(lambda: b"Ett ord till.\n\n" * 1_300_000),
    "front matter of 20 MB .md": _held(lambda: b"---\n" + b"a: b\n" * 4_000_000 + b"---\nord\n"),
    "front matter nested .md": _held(lambda: b"---\na: " + b"[" * 100_000 + b"\n---\nord\n"),
    "front matter of laughs .md": _held(lambda: b"---\na0: &a0 [x, x]\n" + b"".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n".encode() for n in range(1, 12)) + b"author: *a11\n---\nord\n"),
    "elements nested 100,000 deep .html": _held(lambda: b"<div>" * 100_000 + b"ord"),
    "elements, 50 MB .html": _held(lambda: b"<html><body>" + b"<p>ord" * 8_000_000),
    "links, 5 MB .html": _held(lambda: b"<html><body>" + b'<a href="x">a</a> ' * 280_000),
    "comments, 50 MB .html": _held(lambda: b"<html><body>" + b"<!--" * 12_000_000),
    "attributes, 5 MB .html": _held(lambda: b"<html><body><p " + b"a=b " * 1_200_000 + b">ord"),
    "a JSON-LD nested .html": _held(lambda: b"<html><script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>a"),
    "entities .html": _held(lambda: b"<!DOCTYPE html>" + _LAUGHS + b"<html><p>&a11;</p></html>"),
    "nested 100,000 deep .json": _held(lambda: b"[" * 100_000 + b"]" * 100_000),
    "nested 100,000 deep .jsonl": _held(lambda: b'{"a":' * 100_000),
    "lists, 50 MB .json": _held(lambda: b"[" + b"[]," * 16_000_000 + b"[]]"),
    "objects, 48 MB .json": _held(lambda: b"[" + b'{"a":{}},' * 5_400_000 + b"1]"),
    "objects, 48 MB .jsonl": _held(lambda: b'{"text":"a","x":[' + b'{"a":{}},' * 5_300_000 + b"1]}"),
    "broken lines, 20 MB .jsonl": _held(lambda: b"{\n" * 3_000_000),
    "a number of 1,000,000 digits .json": _held(lambda: b'{"text": "a", "id": ' + b"9" * 1_000_000 + b"}"),
    "wrong encodings .txt": _held(lambda: bytes(range(1, 256)) * 40_000),
    "wrong encodings .csv": _held(lambda: b"text\n" + bytes(range(1, 256)) * 40_000),
    "cut UTF-16 .txt": _held(lambda: b"\xff\xfe" + "åäö".encode("utf-16-le") * 1_000_000 + b"\x00"),
    "UTF-7 and others declared .html": _held(lambda: b'<meta charset="idna"><p>' + b"\xe5a-" * 300_000),
    "a field of 100 MB .csv": _held(lambda: b'title,text\na,"' + b"ord\n" * 25_000_000 + b'"\n'),
    "an open quote .csv": _held(lambda: b'title,text\na,"' + b"ord,ord\n" * 5_000_000),
    "a million columns .csv": _held(lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b",text\n" + b"," * 1_000_000),
    "quotes for the sniffer .csv": _held(lambda: b"'," * 2_000_000 + b"text\n"),
    "empty rows .csv": _held(lambda: b"title,text\n" + b",\n" * 5_000_000),
    "wide rows .csv": _held(lambda: b"title,text\n" + b"a" + b"," * 20_000_000 + b"\n"),
    "NULs .csv": _held(lambda: b"title,text\na," + b"\0" * 40_000_000 + b"\n"),
    "one text in a million rows .parquet": _held(lambda: _parquet("ord " * 250_000, 1_000_000)),
    "a text of 500 MB .parquet": _held(lambda: _parquet("ord " * 125_000_000, 3)),
    "MIME nested 1,000 deep .eml": _held(lambda: _mime(1_000, "multipart")),
    "MIME nested 100 deep .eml": _held(lambda: _mime(100, "multipart")),
    "messages nested 1,000 deep .eml": _held(lambda: _mime(1_000, "message")),
    "messages nested 50 deep .eml": _held(lambda: _mime(50, "message")),
    "a header of 20 MB .eml": _held(lambda: b"From: " + b"a@b.example, " * 1_500_000 + b"\n\nord"),
    "headers, 5 MB .eml": _held(lambda: b"To: a@b.example\n" * 300_000 + b"\nord"),
    "encoded words .eml": _held(lambda: b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\nFrom: " + b"(" * 9_000 + b"\n\nord"),
    "a name in brackets .eml": _held(lambda: b"Subject: a\nFrom: " + b"<" * 9_000 + b"\nDate: " + b"(" * 9_000 + b"\n\nord"),
    "quoted lines .eml": _held(lambda: b"Subject: a\n\n" + b"On a b c d e f g wrote\n> ord\n" * 600_000),
    "a parameter in pieces .eml": _held(lambda: b"Subject: a\nContent-Type: text/plain; " + b"".join(
        b"name*%d=a; " % n for n in range(800)) + b"\n\nord"),
    "parts, 10 MB .eml": _held(lambda: b'Subject: a\nContent-Type: multipart/mixed; boundary="b"\n\n'
                                 + b"--b\n\nord\n" * 1_000_000),
    "messages, 20 MB .mbox": _held(lambda: b"From a\nSubject: a\n\n\n" * 200_000),
    "a ratio of 1,000 .zip": _held(lambda: _zip({"a.txt": b"0" * MEGABYTE}, 3_000)),
    "a size that lies .zip": _held(lambda: _lying(formats.packed({"a.txt": b"ord " * 500_000}))),
    "49 MB, 300 times .zip": _held(lambda: formats.packed({f"{n}.rtf": bytes(10_000) + b"\1" for n in range(300)})),
    "nested 6 deep .zip": _held(lambda: _nested(6, 10)), "nested 2 deep, wide .zip": _held(lambda: _nested(1, 300)),
    "1,000,000 empty entries .zip": _held(lambda: _empty_entries(1_000_000)),
    "20,000 empty entries .zip": _held(lambda: _empty_entries(20_000)),
    "1,000,000 empty entries .docx": _held(lambda: _empty_entries(1_000_000)),
    "1,000,000 empty entries .odt": _held(lambda: _empty_entries(1_000_000)),
    "a huge inner XML .docx": _held(lambda: _office("docx", b"<w:p/>", 30_000_000)),
    "a huge inner XML .odt": _held(lambda: _office("odt", b"<text:p/>", 20_000_000)),
    "paragraphs .docx": _held(lambda: _office("docx", b"<w:p><w:r><w:t>Ett ord.</w:t></w:r></w:p>", 200_000)),
    "paragraphs .odt": _held(lambda: _office("odt", b"<text:p>Ett ord.</text:p>", 400_000)),
    "spans in a paragraph .odt": _held(lambda: _office(
        "odt", b"<text:p>" + b"<text:span>a</text:span>" * 300_000 + b"</text:p>")),
    "runs in a paragraph .docx": _held(lambda: _office(
        "docx", b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 200_000 + b"</w:p>")),
    "a table of a million cells .odt": _held(lambda: _office(
        "odt", b"<table:table><table:table-row>" + b"<table:table-cell><text:p>a</text:p></table:table-cell>" * 200_000
        + b"</table:table-row></table:table>")),
    "a table of many cells .docx": _held(lambda: _office(
        "docx", b"<w:tbl>" + (b"<w:tr>" + b"<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 100 + b"</w:tr>") * 1_000
        + b"</w:tbl>")),
    "a cell over all rows .docx": _held(lambda: _office(
        "docx", b'<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
        b"<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")),
    "XML nested .docx": _held(lambda: _office("docx", b"<w:sdt>" * 100_000)),
    "XML nested .odt": _held(lambda: _office("odt", b"<text:section>" * 100_000)),
    "billion laughs .docx": _held(lambda: _entities("docx", _LAUGHS, b"&a11;")),
    "billion laughs .odt": _held(lambda: _entities("odt", _LAUGHS, b"&a11;")),
    "quadratic entities .docx": _held(lambda: _entities("docx", _QUADRATIC, b"&a;" * 10_000)),
    "quadratic entities .odt": _held(lambda: _entities("odt", _QUADRATIC, b"&a;" * 10_000)),
    "an entity of a file .odt": _held(lambda: _entities("odt", b'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]>', b"&x;")),
    "billion laughs .xml": _held(lambda: b"<?xml version='1.0'?>" + _LAUGHS.replace(b"DOCTYPE a", b"DOCTYPE nitf")
                                 + b"<nitf><body><p>&a11;</p></body></nitf>"),
    "quadratic entities .xml": _held(lambda: _QUADRATIC.replace(b"DOCTYPE a", b"DOCTYPE nitf") + b"<nitf><body><p>"
                                     + b"&a;" * 10_000 + b"</p></body></nitf>"),
    "nested .xml": _held(lambda: b"<nitf>" + b"<p>" * 1_000_000), "nested .rss": _held(lambda: b"<rss>" + b"<item>" * 300_000),
    "elements, 50 MB .xml": _held(lambda: b"<nitf><body>" + b"<p/>" * 12_000_000 + b"</body></nitf>"),
    "entries, 20 MB .rss": _held(lambda: b"<rss><channel>" + b"<item><title>a</title></item>" * 700_000 + b"</channel></rss>"),
    "HTML nested in an entry .rss": _held(lambda: b"<rss><channel><item><title>a</title><description><![CDATA["
                                          + b"<div>" * 500_000 + b"]]></description></item></channel></rss>"),
    "a looping page tree .pdf": _held(lambda: _pdf(b"", "", "[2 0 R 2 0 R]", 1_000_000)),
    "a flate stream of 2 GB .pdf": _held(lambda: _pdf(_flate(b"(ord) Tj " * 111_111, 2_000))),
    "a flate stream of 60 MB .pdf": _held(lambda: _pdf(_flate(b"BT /F1 9 Tf (ord) Tj ET " * 50_000, 50))),
    "flate in flate .pdf": _held(lambda: _pdf(
        zlib.compress(_flate(b"0" * MEGABYTE, 2_000)), "/Filter [/FlateDecode /FlateDecode]")),
    "a form that shows itself .pdf": _held(lambda: _pdf(b"/X0 Do /X0 Do", "")),
    "a million pages .pdf": _held(lambda: _pdf(b"BT /F1 9 Tf (ord) Tj ET", "", "[" + "5 0 R " * 1_000_000 + "]", 1_000_000)),
    "nested arrays .pdf": _held(lambda: _pdf(b"[" * 1_000_000, "")),
    "nested dictionaries .pdf": _held(lambda: _pdf(b"", f"/A {'<</A ' * 100_000}")),
    "an operator of 5 MB .pdf": _held(lambda: _pdf(b"BT /F1 9 Tf (" + b"a" * 5_000_000 + b") Tj ET", "")),
    "operands .pdf": _held(lambda: _pdf(b"BT " + b"1 " * 3_000_000 + b"Tm (a) Tj ET", "")),
    "saved states .pdf": _held(lambda: _pdf(b"q " * 2_000_000, "")),
    "no table of objects, 20 MB .pdf": _held(lambda: b"%PDF-1.7\n" + b"1 0 obj\n<< >>\nendobj\n" * 800_000),
    "lists of references .pdf": _held(lambda: _pdf(b"", "", "[" + "2 0 R " * 100_000 + "]")),
}


