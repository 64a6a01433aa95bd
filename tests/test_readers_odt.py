"""OpenDocument texts: titles by style, tracked changes, tables, and what is no prose."""

from pathlib import Path

import pytest

from index.article import Article
from index.readers import Read, read
from tests.formats import FIRST, SECOND, odt, packed

STYLES = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'


def read_one(folder: Path, held: bytes) -> Read:
    path = folder / "a.odt"
    path.write_bytes(held)
    (item,) = read(path)
    return item


def one(folder: Path, body: str) -> Article:
    item = read_one(folder, odt(body, STYLES))
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("title", [
    '<text:p text:style-name="Title">Ny brygga</text:p>', '<text:p text:style-name="P1">Ny brygga</text:p>',
    '<text:h text:outline-level="1">Ny brygga</text:h>',
])
def test_the_title_is_the_title_or_first_heading(tmp_path: Path, title: str) -> None:
    article = one(tmp_path, f"<text:p/>{title}<text:p>Av Hilda Sjöfors</text:p><text:p>{FIRST}</text:p>")
    assert (article.title, article.byline, article.text) == ("Ny brygga", "Hilda Sjöfors", FIRST)


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>struket</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>Bryggan blir <text:change-start text:change-id="c"/>ny'
        '<text:change-end text:change-id="c"/>.</text:p>')
    assert article.text == "Bryggan blir ny."


def test_notes_comments_and_boxes_are_left_out_and_spaces_kept(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "<text:p>Bryggan<text:s text:c='9'/>blir<text:tab/>ny<text:note><text:note-body><text:p>fotnot</text:p>"
        "</text:note-body></text:note><office:annotation><dc:creator>A</dc:creator><text:p>kommentar</text:p>"
        "</office:annotation>,<text:line-break/>säger <text:span>Ask</text:span>.<draw:frame><draw:text-box><text:p>ruta"
        "</text:p></draw:text-box></draw:frame></text:p>")
    assert article.text == "Bryggan blir ny, säger Ask."


def test_tables_and_lists_are_lines(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        f"<text:p>{FIRST}</text:p><text:list><text:list-item><text:p>Ett</text:p></text:list-item></text:list><table:table>"
        "<table:table-row><table:table-cell><text:p>År</text:p></table:table-cell><table:table-cell><text:p>Besök</text:p>"
        "<text:p>i tusen</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/></table:table-row>"
        f"</table:table><text:p>{SECOND}</text:p>")
    assert article.text == "\n".join((FIRST, "Ett", "År | Besök i tusen", SECOND))


@pytest.mark.parametrize(("held", "why"), [
    (b"PK\x03\x04", "not an OpenDocument text"), (packed({"a.txt": b"a"}), "not an OpenDocument text"),
    (odt("<text:p/>"), "text is missing"),
    (odt(f"<text:p>{'ord ' * 2_000_000}</text:p>"), "far more than its size"),
    (odt("<text:p>"), "not an OpenDocument text"),
])
def test_what_is_no_document_is_named(tmp_path: Path, held: bytes, why: str) -> None:
    item = read_one(tmp_path, held)
    assert why in getattr(item, "why", "")
