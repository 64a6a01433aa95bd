"""CSV, TSV and Parquet: which column holds what, separators and encodings, types, and rows that are no articles."""

import io
from datetime import date, datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow.parquet import write_table

from index.article import Article
from index.readers import Read, Skipped, encoding, read, record
from tests.formats import FIRST, SECOND, THIRD, packed


def items(folder: Path, held: str | bytes, suffix: str = ".csv", **columns: str) -> list[Read]:
    path = folder / f"a{suffix}"
    path.write_bytes(held if isinstance(held, bytes) else held.encode())
    return list(read(path, columns))


def articles(found: list[Read]) -> list[Article]:
    assert not [item for item in found if isinstance(item, Skipped)], found
    return [item for item in found if isinstance(item, Article)]


def why(found: list[Read]) -> str:
    (item,) = found
    assert isinstance(item, Skipped)
    return item.why


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, separator: str, codec: str) -> None:
    rows = [("Rubrik", "Brödtext"), ("Ny brygga", f'"{FIRST}\n\n""{SECOND}"""'), ("Åter", f'"{THIRD}"')]
    held = "\r\n".join(separator.join(row) for row in rows).encode(codec)
    first, second = articles(items(tmp_path, held, title="Rubrik", text="Brödtext"))
    assert (first.title, first.text, second.title) == ("Ny brygga", f'{FIRST}\n\n"{SECOND}"', "Åter")


def test_our_names_and_deweys_are_found_and_case_matters_last(tmp_path: Path) -> None:
    held = f"Headline,content,CONTENT,publish_date\nNy brygga,{THIRD.replace(',', '')},fel,2025-02-11\n"
    (article,) = articles(items(tmp_path, held))
    assert (article.title, article.text, article.published) == ("Ny brygga", THIRD.replace(",", ""), "2025-02-11")
    (article,) = articles(items(tmp_path, "TEXT\nett ord\n", text="text"))
    assert article.text == "ett ord"
    (article,) = articles(items(tmp_path, "a\tText\nx,y\tett, ord\n", ".tsv"))
    assert article.text == "ett, ord"


def test_columns_that_do_not_exist_are_answered_with_those_that_do(tmp_path: Path) -> None:
    assert "'Rubrik', 'Text'" in why(items(tmp_path, "Rubrik;Text\na;b\n", title="Titel"))
    assert "'Rubrik', 'Brödtext': name one with --column text=" in why(items(tmp_path, "Rubrik;Brödtext\na;b\n"))
    assert "no rows" in why(items(tmp_path, "title,text\n\n,\n"))
    assert "empty" in why(items(tmp_path, ""))


def test_a_row_that_is_no_article_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    found = items(tmp_path, "text,published\nett ord,2025\nett ord,i våras\nkort\n")
    assert [type(item) for item in found] == [Article, Skipped, Article]
    assert isinstance(found[1], Skipped)
    assert found[1].where.endswith("a.csv:row 3")


def test_a_field_over_the_limit_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "LARGEST", 1000)
    for long in ('"' + "ord\n" * 500 + '"', "ord " * 500):
        found = items(tmp_path, f"title,text\na,{SECOND.replace(',', '')}\nb,{long}\nc,d\n")
        assert [type(item) for item in found] == [Article, Skipped]
        assert isinstance(found[1], Skipped)
        assert "limit" in found[1].why


def test_a_table_of_nothing_but_broken_rows_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MOST_BROKEN", 100)
    found = items(tmp_path, "text,published\n" + "a,b\n" * 99 + "a,2025\n" + "a,b\n" * 300)
    assert len(found) == 201
    assert isinstance(found[-1], Skipped)
    assert "100 in a row" in found[-1].why


def parquet(columns: dict[str, object]) -> bytes:
    held = io.BytesIO()
    write_table(pyarrow.table(columns), held)
    return held.getvalue()


def test_parquets_types_are_told_as_records_want_them(tmp_path: Path) -> None:
    stamps = pyarrow.array([1739262600_000000001, 1739232000_000000000], pyarrow.timestamp("ns"))
    held = parquet({
        "nr": [7, 8], "Brödtext": [[FIRST, SECOND], [THIRD]], "byline": [["Ask", "Berg"], None], "published": stamps,
        "updated": [date(2025, 3, 1), None], "version": [2.0, None], "section": [["a", "b"], []],
        "other": [datetime(2025, 1, 1), None],
    })
    first, second = articles(items(tmp_path, held, ".parquet", id="nr", text="brödtext"))
    assert (first.id, first.text, first.byline, first.version) == ("7", f"{FIRST}\n{SECOND}", "Ask, Berg", 2)
    assert (first.published, first.updated, first.section) == ("2025-02-11T08:30:00", "2025-03-01", "a, b")
    assert (second.published, second.byline, second.section) == ("2025-02-11", None, None)


def test_parquet_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "not a Parquet file" in why(items(tmp_path, b"PAR1" * 10, ".parquet"))
    assert "the columns are 'a'" in why(items(tmp_path, parquet({"a": ["b"]}), ".parquet"))
    assert "no rows" in why(items(tmp_path, parquet({"text": pyarrow.array([], pyarrow.string())}), ".parquet"))


def test_columns_reach_tables_in_zip_files(tmp_path: Path) -> None:
    (article,) = articles(items(tmp_path, packed({"a.csv": b"Ord\nett ord\n"}), ".zip", text="Ord"))
    assert article.text == "ett ord"


@pytest.mark.parametrize("status", ["draft", "Pending", "future", "Utkast"])
def test_a_row_that_no_reader_has_seen_is_named(tmp_path: Path, status: str) -> None:
    published, unseen = items(tmp_path, f"ID,Title,Content,Status\n1,Brygga,Ny brygga.,publish\n2,Hall,Ny hall.,{status}\n")
    assert isinstance(published, Article)
    assert isinstance(unseen, Skipped)
    assert status in unseen.why


@pytest.mark.parametrize("status", ["trash", "Private", "avpublicerad"])
def test_a_row_that_readers_shall_see_no_more_is_withdrawn(tmp_path: Path, status: str) -> None:
    (article,) = articles(items(tmp_path, f"id,title,text,status\n1,Brygga,Ny brygga.,{status}\n"))
    assert (article.id, article.withdrawn) == ("1", True)
