"""PDF: reading order, paragraphs, what repeats on each page, and what cannot be read."""

import io
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Skipped, read
from tests.bench.bombs import BOMBS
from tests.pdfs import Line, pdf

FIRST = (
    "Bryggan på Ytterö ska bytas ut före sommaren, beslutade hamnrådet på tisdagen. Den gamla bryggan från 1961 har sjunkit "
    "med fyra centimeter om året sedan stormen."
)
SECOND = "Arbetet kostar 2,4 miljoner kronor och betalas av kommunen, som har sparat till det i nio års tid utan att säga till."
SAID = "– Vi har väntat länge på det här, säger hamnkapten Birger Ask."


def block(x: float, y: float, words: str, size: float = 10, width: int = 60) -> list[Line]:
    return [(x, y - 1.3 * size * n, size, line) for n, line in enumerate(textwrap.wrap(words, width))]


def items(folder: Path, pages: list[list[Line]], info: Mapping[str, str] | None = None) -> list[Article | Skipped]:
    path = folder / "a.pdf"
    path.write_bytes(pdf(pages, info))
    return list(read(path))


def one(folder: Path, pages: list[list[Line]], info: Mapping[str, str] | None = None) -> Article:
    (article,) = items(folder, pages, info)
    assert isinstance(article, Article), article
    return article


def test_headline_byline_and_columns(tmp_path: Path) -> None:
    article = one(tmp_path, [[
        (50, 780, 24, "Färjan till Ytterö får en ny"), (50, 750, 24, "brygga"), (50, 725, 10, "Av Hilda Sjöfors"),
        *block(50, 700, FIRST, width=40), *block(50, 600, SAID, width=40), *block(320, 700, SECOND, width=40),
    ]])
    assert article.title == "Färjan till Ytterö får en ny brygga"
    assert article.byline == "Hilda Sjöfors"
    assert article.text == "\n".join((FIRST, SAID, SECOND))


def test_headers_footers_and_page_numbers_are_left_out_and_a_paragraph_goes_on_over_pages(tmp_path: Path) -> None:
    words = textwrap.wrap(f"{FIRST} {SECOND}", 60)
    half = len(words) // 2
    pages = []
    for number, part in enumerate((words[:half], words[half:]), 1):
        lines: list[Line] = [(50, 810, 8, f"Ytterö Tidning {number} februari")]
        lines += [(50, 780 - 13 * n, 10, line) for n, line in enumerate(part)]
        pages.append([*lines, (290, 30, 8, f"Sida {number} av 2")])
    pages[0].insert(1, (50, 795, 20, "Ny brygga"))
    assert one(tmp_path, pages).text == f"{FIRST} {SECOND}"


def test_hyphens_at_line_ends_are_joined_and_dashes_kept(tmp_path: Path) -> None:
    lines: list[Line] = [
        (50, 780, 20, "Ny brygga"), (50, 740, 10, "Hamnrådet beslutade om en ny färje-"),
        (50, 727, 10, "brygga vid Ytterö, och EU-"), (50, 714, 10, "Kommissionen betalar en del av arbe\xad"),
        (50, 701, 10, "tet."),
    ]
    assert one(tmp_path, [lines]).text == (
        "Hamnrådet beslutade om en ny färjebrygga vid Ytterö, och EU- Kommissionen betalar en del av arbetet.")


def test_metadata_is_believed_only_where_the_page_says_it(tmp_path: Path) -> None:
    lines = [(50.0, 780.0, 10.0, "Ny brygga"), *block(50, 740, FIRST)]
    told = {"Title": "Ny brygga", "Author": "Kontoret", "CreationDate": "D:20200101"}
    article = one(tmp_path, [lines], told)
    assert (article.title, article.byline, article.published, article.text) == ("Ny brygga", None, None, FIRST)
    assert one(tmp_path, [lines], told | {"Title": "Dokument1"}).title == "Ny brygga"
    assert one(tmp_path, [block(50, 740, FIRST)], {"Title": "Microsoft Word - Dok1"}).title.startswith("Bryggan på Ytterö")


def test_what_cannot_be_read_is_named_with_the_remedy(tmp_path: Path) -> None:
    (scanned,) = items(tmp_path, [[]])
    assert isinstance(scanned, Skipped)
    assert "OCR" in scanned.why
    path = tmp_path / "b.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    (broken,) = read(path)
    assert isinstance(broken, Skipped)
    assert broken.where == str(path)
    assert "save it anew" in broken.why


def test_an_encrypted_file_is_named_and_one_without_a_password_is_read(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    found = {}
    for password in ("hemligt", ""):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[(50, 780, 20, "Ny brygga"), *block(50, 740, FIRST)]]))))
        writer.encrypt(password, owner_password="ägare", algorithm="RC4-128")
        path = tmp_path / f"a{password}.pdf"
        writer.write(path)
        (found[password],) = read(path)
    locked, opened = found["hemligt"], found[""]
    assert isinstance(locked, Skipped)
    assert "without a password" in locked.why
    assert isinstance(opened, Article)
    assert opened.text == FIRST


@pytest.mark.parametrize("name", ["a looping page tree .pdf", "a million pages .pdf", "a form that shows itself .pdf"])
def test_bombs_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.pdf"
    BOMBS[name](path)
    (told,) = read(path)
    assert isinstance(told, Skipped)
