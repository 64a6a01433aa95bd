"""Mail and mailboxes: headers, bodies, replies and signatures, attachments, and messages within messages."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Read, Skipped, read
from tests.formats import BYLINE, FIRST, SECOND, THIRD, TITLE, box, docx, message, page


def items(folder: Path, held: EmailMessage | bytes, suffix: str = ".eml") -> list[Read]:
    path = folder / f"a{suffix}"
    path.write_bytes(held if isinstance(held, bytes) else held.as_bytes())
    return list(read(path))


def one(folder: Path, held: EmailMessage | bytes) -> Article:
    (item,) = items(folder, held)
    assert isinstance(item, Article), item
    return item


def test_headers_are_the_articles_fields(tmp_path: Path) -> None:
    article = one(tmp_path, message())
    assert (article.id, article.title, article.byline) == ("y1@ytter.example", TITLE, BYLINE)
    assert (article.published, article.text) == ("2025-02-11T09:30:00+01:00", f"{FIRST}\n\n{SECOND}\n\n{THIRD}")


def test_a_date_without_a_place_is_in_utc_and_a_broken_one_is_none(tmp_path: Path) -> None:
    assert one(tmp_path, message(Date="Tue, 11 Feb 2025 09:30:00 -0000")).published == "2025-02-11T09:30:00+00:00"
    assert one(tmp_path, message().as_bytes().replace(b"Tue, 11 Feb", b"Snart")).published is None


def test_signature_replies_and_the_subject_again_are_left_out(tmp_path: Path) -> None:
    article = one(tmp_path, message(f"{TITLE}\n\n{FIRST}\n\nDen 10 feb. 2025 kl 09:12 skrev Per Ask <p@a.example>:\n\n"
                                    f"> När blir den klar?\n> Per\n\n{THIRD}\n-- \nHilda Sjöfors\nYtterö Tidning\n"))
    assert article.text == f"{FIRST}\n\n{THIRD}"


def test_what_is_all_quoted_is_kept(tmp_path: Path) -> None:
    assert one(tmp_path, message(f"> {FIRST}\n")).text == FIRST


def test_flowed_and_wrapped_lines_are_joined(tmp_path: Path) -> None:
    told = message(FIRST.replace(" före ", " före \n") + f"\n\n{THIRD}")
    told.set_param("format", "flowed")
    assert one(tmp_path, told).text == f"{FIRST}\n\n{THIRD}"


def test_html_stands_for_a_missing_text_and_charsets_may_lie(tmp_path: Path) -> None:
    told = EmailMessage()
    told["Subject"] = "Ny brygga"
    told.set_content(page().decode(), subtype="html")
    article = one(tmp_path, told)
    assert article.title == "Ny brygga"
    assert article.text.startswith(FIRST)
    raw = b"Subject: Ny brygga\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 8bit\n\n"
    assert one(tmp_path, raw + FIRST.encode("cp1252")).text == FIRST
    assert one(tmp_path, raw.replace(b"us-ascii", b"no-such") + FIRST.encode()).text == FIRST


def test_attachments_of_known_formats_are_articles_of_their_own(tmp_path: Path) -> None:
    told = message("Här kommer texten.")
    told.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="../../brygga.docx")
    told.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="bild.png")
    told.add_attachment(b"{", maintype="application", subtype="json", filename="trasig.json")
    told.add_attachment(message(SECOND, **{"Message-ID": "<inre>", "Subject": "Vidare"}))
    found = items(tmp_path, told)
    assert {item.title for item in found if isinstance(item, Article)} == {TITLE, "Vidare"}
    (broken,) = (item for item in found if isinstance(item, Skipped))
    assert broken.where.startswith(f"{tmp_path / 'a.eml'}:trasig.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.eml"]


def test_messages_in_messages_end(tmp_path: Path) -> None:
    told = message(f"{SECOND} 0")
    for number in range(1, 7):
        outer = message(f"{SECOND} {number}", **{"Message-ID": f"<{number}>"})
        outer.add_attachment(told)
        told = outer
    found = items(tmp_path, told)
    assert sum(isinstance(item, Article) for item in found) == 5
    assert ["depth" in item.why for item in found if isinstance(item, Skipped)] == [True]


@pytest.mark.parametrize(("raw", "why"), [
    (b"\n\n", "no headers"), (b"Subject: a\n\n\n", "no text"),
    (b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000)), "too deeply"),
])
def test_what_is_no_mail_is_named(tmp_path: Path, raw: bytes, why: str) -> None:
    (item,) = items(tmp_path, raw)
    assert isinstance(item, Skipped)
    assert why in item.why


def test_odd_headers_do_not_keep_a_message_out(tmp_path: Path) -> None:
    raw = b"Subject: =?utf-8?q?=ff?=\nFrom: <<>>,,;\nDate: Tue, 99 Foo\nMessage-ID: <\n\n" + FIRST.encode()
    assert one(tmp_path, raw).text == FIRST


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    found = items(tmp_path, box(), ".mbox")
    assert [item.id for item in found if isinstance(item, Article)] == [f"{n}@ytter.example" for n in range(3)]
    first = found[0]
    assert isinstance(first, Article)
    assert first.text.endswith("From now on 0")
    (other,) = items(tmp_path, b"Subject: a\n\nord", ".mbox")
    assert isinstance(other, Skipped)
    assert "no mailbox" in other.why
