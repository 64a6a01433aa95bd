"""ZIP files: what is packed is read like files of its own, within limits, and nothing is written where it says."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Read, Skipped, encoding, parts, read
from tests.bench.bombs import BOMBS
from tests.formats import FIRST, docx, json_lines, mail, packed, plain


def items(folder: Path, held: bytes) -> list[Read]:
    path = folder / "a.zip"
    path.write_bytes(held)
    return list(read(path))


def reasons(found: list[Read]) -> dict[str, str]:
    return {item.where.partition("a.zip:")[2]: item.why for item in found if isinstance(item, Skipped)}


def test_every_entry_is_read_and_what_is_none_is_named(tmp_path: Path) -> None:
    found = items(tmp_path, packed({
        "2025/brygga.txt": plain(), "b.docx": docx(), "rader.jsonl": json_lines() + b"\n{", "post.eml": mail(),
        "bild.png": b"x", "inre.zip": packed({"c.txt": FIRST.encode(), "tom.txt": b""}),
        "README.md": b"x", "__MACOSX/._a.txt": b"x",
        ".dold.txt": b"x",
    }))
    assert sum(isinstance(item, Article) for item in found) == 9
    assert list(reasons(found)) == ["rader.jsonl:4", "bild.png", "inre.zip:tom.txt"]


def test_names_are_no_paths(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ["../ut.txt", "/tmp/ut.txt", "..\\..\\ut.txt", "a\n\x1b[31m.txt", "x" * 5000 + ".txt", "con:.txt"]
    found = items(tmp_path / "in", packed({name: f"{FIRST} {n}".encode() for n, name in enumerate(names)}))
    assert [type(item) for item in found] == [Article] * len(names)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_links_and_encrypted_entries_are_named(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("hemlig.txt", FIRST)
        file.writestr("bra.txt", FIRST)
        file.writestr("ovanlig.txt", FIRST, zipfile.ZIP_BZIP2)
    raw = bytearray(held.getvalue())
    place = raw.rindex(b"hemlig.txt") - 46  # of its line in the list of entries
    raw[place + 8] |= 1
    found = items(tmp_path, bytes(raw))
    told = reasons(found)
    assert "is a link" in told["link.txt"]
    assert "encrypted" in told["hemlig.txt"]
    assert "deflate" in told["ovanlig.txt"]
    assert sum(isinstance(item, Article) for item in found) == 1


def test_a_broken_entry_leaves_the_others(tmp_path: Path) -> None:
    raw = packed({"a.txt": plain(), "b.txt": FIRST.encode()})
    at = raw.index(b"a.txt") + 20
    found = items(tmp_path, raw[:at] + b"\xff\xff\xff" + raw[at + 3:])
    assert list(reasons(found)) == ["a.txt"]
    assert sum(isinstance(item, Article) for item in found) == 1


def test_depth_is_limited(tmp_path: Path) -> None:
    inner = packed({"a.zip": packed({"b.zip": packed({"c.txt": plain()})}), "d.txt": plain()})
    found = items(tmp_path, inner)
    assert "depth 2" in reasons(found)["a.zip:b.zip"]
    assert sum(isinstance(item, Article) for item in found) == 1


def test_what_is_unpacked_is_counted_over_all_depths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed({f"{n}.txt": f"{FIRST} {n}".encode() for n in range(4)})
    monkeypatch.setattr(parts.Left.__init__, "__defaults__", (4, 10_000))
    found = items(tmp_path, packed({"a.zip": inner, "b.txt": plain()}))
    assert sum(isinstance(item, Article) for item in found) == 3
    assert "parts" in reasons(found)["a.zip"]
    monkeypatch.setattr(parts.Left.__init__, "__defaults__", (100, len(inner) + 300))
    found = items(tmp_path, packed({"a.zip": inner, "b.txt": plain()}))
    assert sum(isinstance(item, Article) for item in found) == 1
    assert any("unpacks to over" in item.why for item in found if isinstance(item, Skipped))


def test_bombs_are_named(tmp_path: Path) -> None:
    held = packed({"a.txt": bytes(encoding.LARGEST + 1), "b.txt": bytes(2_000_000), "c.txt": plain()})
    found = items(tmp_path, held)
    assert "limit is 50 MB" in reasons(found)["a.txt"]
    assert "200 times" in reasons(found)["b.txt"]
    assert sum(isinstance(item, Article) for item in found) == 1
    BOMBS["a size that lies .zip"](tmp_path / "a.zip")
    (item,) = read(tmp_path / "a.zip")
    assert isinstance(item, Skipped)
    assert "broken" in item.why


def test_what_is_no_zip_file_is_named(tmp_path: Path) -> None:
    for held, why in ((b"PK\x03\x04", "not a ZIP file"), (packed({}), "nothing is packed"), (b"", "not a ZIP file")):
        (item,) = items(tmp_path, held)
        assert isinstance(item, Skipped)
        assert why in item.why
