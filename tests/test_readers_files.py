"""Folders and files: links, what is no regular file, what changes or goes while it is read, and the process apart."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.readers as readers
from index.article import Article, ArticleError
from index.readers import Read, Skipped, apart, discover, read
from tests.formats import FIRST, json_lines, markdown, plain


def found(*paths: Path) -> list[str]:
    items = discover(map(str, paths))
    return [item.name if isinstance(item, Path) else f"{Path(item.where).name}: {item.why}" for item in items]


def test_links_that_lead_out_of_a_folder_are_named_and_others_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("out/secret.txt", "in/deep/a.txt"):
        (tmp_path / name).write_bytes(plain())
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "c").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "d.txt").symlink_to("deep/a.txt")
    (tmp_path / "in" / "e").symlink_to("deep")
    (tmp_path / "named").symlink_to(tmp_path / "in" / "deep")
    told = found(tmp_path / "in")
    assert sorted(name for name in told if ":" not in name) in (["a.txt"], ["d.txt"])  # one file, under either name
    assert [name.partition(":")[0] for name in told if "leads out" in name] == ["c", "b.txt"]
    assert found(tmp_path / "named") == ["a.txt"]
    assert sorted(name.partition(":")[0] for name in found(tmp_path / "in" / "**" / "*.txt") if "leads out" in name) == [
        "b.txt", "secret.txt"]
    assert found(tmp_path / "in" / "b.txt") == ["b.txt"]


def test_a_link_to_nothing_and_a_socket_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "b.txt")
    told = [item.why for path in discover([str(tmp_path)]) if isinstance(path, Path) for item in read(path)
            if isinstance(item, Skipped)]
    assert told == ["this link leads to nothing", "this is not a regular file"]


def changing(path: Path, gone: bool = False) -> Iterator[Read]:
    for item in list(readers.text.read(path)):
        if gone:
            path.unlink()
        else:
            path.write_bytes(plain() + b"\n")
        yield item


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(plain())
    monkeypatch.setitem(readers._READERS, ".txt", lambda path: changing(path, gone))
    (told,) = read(path)
    assert isinstance(told, Skipped)
    assert "changed while it was read" in told.why


def test_of_a_streamed_file_that_changes_what_was_read_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines())
    items = []
    for item in read(path):
        items.append(item)
        os.utime(path, (1, 1))
    assert [type(item) for item in items] == [Article, Article, Article, Skipped]


def test_a_process_that_takes_too_long_is_ended_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"[" * 200_000)
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    (told,) = read(path)
    assert isinstance(told, Skipped)
    assert "takes longer" in told.why
    monkeypatch.setattr(apart, "SECONDS", 30.0)
    path.write_bytes(markdown())
    (article,) = read(path)
    assert isinstance(article, Article)
    assert FIRST in article.text


def test_a_process_that_dies_is_told_and_not_used_again(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(markdown())
    reader = apart.Reader()
    reader._process.kill()
    reader._process.wait()
    with pytest.raises(ArticleError, match="broken"):
        list(reader.read(path, {}))
    assert not reader.alive


def test_two_files_may_be_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(markdown())
    first, second = apart.read(path, {}), apart.read(path, {})
    assert next(first) == next(second)
    assert [list(first), list(second)] == [[], []]
