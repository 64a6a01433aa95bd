"""A watched folder: real files, a real archive."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from index.archive import Archive, Outcome
from index.watch import Inbox, watch
from tests.fakes import HashedGrams

SETTLE = 0.3


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@contextmanager
def watching(tmp_path: Path, folder: Path) -> Iterator[tuple[list[Outcome], Callable[[int], None]]]:
    """What the watch told so far, and a wait until it told so much."""
    archive = Archive(tmp_path / "archive", HashedGrams(), wait=0.1)
    told: list[Outcome] = []
    stop, news = threading.Event(), threading.Condition()

    def work() -> None:
        for outcome in watch(archive, folder, settle=SETTLE, stop=stop):
            with news:
                told.append(outcome)
                news.notify_all()

    def wait(number: int) -> None:
        with news:
            assert news.wait_for(lambda: len(told) >= number, timeout=20), told

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield told, wait
    finally:
        stop.set()
        worker.join()


def test_what_is_there_and_what_arrives_is_taken_in(tmp_path: Path, folder: Path) -> None:
    (folder / "a.txt").write_text("Fyren\n\nFyren tänds i maj.")
    with watching(tmp_path, folder) as (told, wait):
        wait(1)
        (folder / "sub").mkdir()
        (folder / "sub" / "b.jsonl").write_text('{"id": "b", "text": "Bron öppnar."}\n{"id": "c"}\n')
        (folder / "c.pages").write_text("x")
        wait(4)
    assert [(each.action, Path(each.where).name.partition(".")[2]) for each in told[:1]] == [("added", "")]
    assert sorted(each.action for each in told) == ["added", "added", "skipped", "skipped"]
    with watching(tmp_path, folder) as (again, wait):
        (folder / "d.txt").write_text("Hamnen\n\nHamnen byggs ut.")
        wait(1)
    assert [each.title for each in again] == ["Hamnen"], "what was taken is not read again after a restart"


def test_a_file_that_is_still_being_written_waits(folder: Path, tmp_path: Path) -> None:
    clock, path = Clock(), folder / "a.txt"
    inbox = Inbox(folder, tmp_path / "memory.json", settle=2, clock=clock)
    path.write_text("Fyren\n\nFyren tä")
    assert inbox.look() == []
    clock.now = 1.9
    path.write_text("Fyren\n\nFyren tänds i m")
    assert inbox.look() == []
    clock.now = 3.8
    assert inbox.look() == []
    assert inbox.waits
    clock.now = 3.9
    assert inbox.look() == [path]
    assert inbox.take({path: ["x"]}) == []
    assert not inbox.waits
    assert inbox.look() == []


@pytest.mark.parametrize("name", ["a.txt.part", ".a.txt", "a.txt~", "a.tmp"])
def test_what_is_not_yet_an_article_is_passed_over(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).write_text("Fyren")
    inbox = Inbox(folder, tmp_path / "memory.json", settle=0)
    assert inbox.look() == []
    os.rename(folder / name, folder / "a.txt")
    assert inbox.look() == [folder / "a.txt"]


def test_half_an_article_gives_way_to_the_whole(tmp_path: Path, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text("Fyren\n\nFyren tänds i maj. Sedan")
    with watching(tmp_path, folder) as (told, wait):
        wait(1)
        path.write_text("Fyren\n\nFyren tänds i maj. Sedan kommer båtarna.")
        wait(3)
    assert [each.action for each in told] == ["added", "added", "removed"]
    assert told[2].where == told[0].where
    archive = Archive(tmp_path / "archive", HashedGrams())
    assert [article.text for article in archive.articles()] == ["Fyren tänds i maj. Sedan kommer båtarna."]


def test_items_with_ids_stay_when_their_file_goes_on_without_them(tmp_path: Path, folder: Path) -> None:
    path = folder / "feed.jsonl"
    path.write_text(json.dumps({"id": "1", "text": "Ett."}))
    with watching(tmp_path, folder) as (told, wait):
        wait(1)
        path.write_text(json.dumps({"id": "2", "text": "Två."}))
        wait(2)
    assert [each.action for each in told] == ["added", "added"]
    assert len(list(Archive(tmp_path / "archive", HashedGrams()).articles())) == 2


def test_while_another_process_writes_it_waits(tmp_path: Path, folder: Path) -> None:
    (folder / "a.txt").write_text("Fyren\n\nFyren tänds i maj.")
    Archive(tmp_path / "archive", HashedGrams())
    lock = FileLock(tmp_path / "archive" / "writer.lock", thread_local=False)
    lock.acquire()
    with watching(tmp_path, folder) as (told, wait):
        threading.Event().wait(SETTLE + 0.8)
        assert told == []
        lock.release()
        wait(1)
    assert [each.action for each in told] == ["added"]


def test_a_memory_that_is_broken_means_that_all_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("Fyren")
    (tmp_path / "memory.json").write_text("[1")
    assert Inbox(folder, tmp_path / "memory.json", settle=0).look() == [folder / "a.txt"]
