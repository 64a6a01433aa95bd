"""Drafts from files and from what was pasted: nothing is lost, and what cannot be read is said."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.draft import DraftError, from_file, pasted

TEXT = "Ny hamn i Sund\n\nText: Alva Ström\n\n– Den öppnar i juni, säger hon."


def test_a_pasted_draft_keeps_every_letter() -> None:
    assert pasted(TEXT.replace("\n", "\r\n")).text == TEXT
    assert pasted(TEXT).language == "sv"


def test_a_text_file_keeps_headline_and_byline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert from_file(tmp_path / "a.txt").text == TEXT


def test_markdown_is_read_as_prose(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Ny hamn\n\n> – Den öppnar i **juni**, säger hon.", "utf-8")
    assert from_file(tmp_path / "a.md").text == "Ny hamn\n– Den öppnar i juni, säger hon."


def test_a_word_document_is_read_with_its_tracked_changes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Ny hamn", 0)
    paragraph = document.add_paragraph("– Den ")
    for kind, tag, words in (("ins", "t", "öppnar"), ("del", "delText", "stänger")):
        change = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="A"><w:r><w:{tag}>{words}</w:{tag}></w:r></w:{kind}>'
        paragraph._p.append(parse_xml(change))
    paragraph.add_run(" i juni, säger hon.").bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Kaj", "4 meter"
    document.save(str(tmp_path / "a.docx"))
    assert from_file(tmp_path / "a.docx").text == "Ny hamn\n– Den öppnar i juni, säger hon.\nKaj | 4 meter"


@pytest.mark.parametrize(("name", "held", "why"), [
    ("a.txt", b"", "empty"), ("a.txt", b" \n ", "empty"), ("a.docx", b"PK\x03\x04", "not a Word document"),
    ("a.docx", b"text", "not a Word document"), ("a.pdf", b"%PDF-", "known are .txt, .md"),
    ("a.txt", b"PK\x03\x04", "not a text file"),
])
def test_what_is_no_draft_is_said(tmp_path: Path, name: str, held: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(held)
    with pytest.raises(DraftError, match=why):
        from_file(tmp_path / name)


def test_a_draft_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="cannot be opened"):
        from_file(tmp_path / "nowhere.txt")
