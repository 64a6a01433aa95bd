"""The vector index on disk: a file of all vectors and a log of changes, with real FAISS."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.engines import Damaged
from index.engines import vectors as module
from index.engines.vectors import Extent, Vectors

NONE = np.array([], dtype=np.int64)


def row(*places: int) -> NDArray[np.float32]:
    return np.eye(8, dtype=np.float32)[list(places)]


def opened(folder: Path) -> Vectors:
    return Vectors(folder / "vectors.faiss", 8)


def nearest(index: Vectors, place: int) -> int:
    found = index.search(row(place)[0], 1, None, NONE)
    return max(found, key=lambda key: found[key])


@pytest.fixture
def index(tmp_path: Path) -> Vectors:
    index = opened(tmp_path)
    index.add([10, 11], row(0, 1))
    index.commit()
    return index


def test_small_changes_go_to_the_log_and_others_take_up_the_rest(index: Vectors, tmp_path: Path) -> None:
    other, base = opened(tmp_path), (tmp_path / "vectors.faiss").read_bytes()
    index.add([12], row(2))
    index.remove([10])
    index.commit()
    index.remove([11])
    index.add([11], row(3))
    index.commit()
    assert (tmp_path / "vectors.faiss").read_bytes() == base
    other.refresh()
    assert other.extent == index.extent
    for each in (index, other, opened(tmp_path)):
        assert each.keys() == {11, 12}
        assert (nearest(each, 3), nearest(each, 2)) == (11, 12)


def test_a_long_log_is_worked_into_the_file(index: Vectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST_LOG", 300)
    other = opened(tmp_path)
    for key in range(20, 40):
        index.add([key], row(key % 8))
        index.commit()
        assert (tmp_path / "vectors.log").stat().st_size <= 300
        other.refresh()
        assert other.keys() == index.keys() == opened(tmp_path).keys()
    assert len(index) == 22


def test_half_a_record_counts_for_nothing_and_is_written_over(index: Vectors, tmp_path: Path) -> None:
    with (tmp_path / "vectors.log").open("ab") as file:
        file.write(b"\x01\x00\x00\x00\x01\x00")
    again = opened(tmp_path)
    assert again.extent == index.extent
    again.add([12], row(2))
    again.commit()
    assert opened(tmp_path).keys() == {10, 11, 12}


def test_a_log_of_another_file_counts_for_nothing(index: Vectors, tmp_path: Path) -> None:
    """As a kill leaves it between the two renames."""
    index.add([12], row(2))
    index.commit()
    log = (tmp_path / "vectors.log").read_bytes()
    index.add([13], row(3))
    index.commit()
    index._rewrite()
    (tmp_path / "vectors.log").write_bytes(log)
    again = opened(tmp_path)
    assert again.keys() == {10, 11, 12, 13}
    again.add([14], row(4))
    again.commit()
    assert opened(tmp_path).keys() == {10, 11, 12, 13, 14}


@pytest.mark.parametrize("at", [20, 40, -1])
def test_a_flipped_bit_in_the_log_is_noticed(index: Vectors, tmp_path: Path, at: int) -> None:
    index.add([12], row(2))
    index.commit()
    path = tmp_path / "vectors.log"
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    again = opened(tmp_path)
    with pytest.raises(Damaged, match="log"):
        again.verify(index.extent)
    again.verify(Extent(index.extent.base + 1, 999))  # of a file that was replaced since


def test_clearing_leaves_nothing(index: Vectors, tmp_path: Path) -> None:
    index.clear()
    index.add([5], row(5))
    index.commit()
    assert opened(tmp_path).keys() == index.keys() == {5}
