"""Every format by its good file: each is read, and its article says what the file says."""

from pathlib import Path

import pytest

from index.article import Article
from index.readers import FORMATS, Skipped, read
from tests.formats import FIRST, MADE


def test_every_format_has_an_example() -> None:
    assert set(MADE) == set(FORMATS)


@pytest.mark.parametrize(("suffix", "number"), [(suffix, n) for suffix, makers in MADE.items() for n in range(len(makers))])
def test_an_example_is_read_whole(tmp_path: Path, suffix: str, number: int) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(MADE[suffix][number]())
    items = list(read(path))
    assert not [item for item in items if isinstance(item, Skipped)]
    first = items[0]
    assert isinstance(first, Article)
    assert FIRST.split(",")[0].split("–")[0][:30] in first.text
    assert first.language == "sv"
    assert first.title.startswith("Färjan till Ytterö")
