"""The only faiss: cosine over unit vectors, kept in one file that is replaced by rename."""

import struct
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import faiss
import numpy as np
from numpy.typing import NDArray

from index.engines import Damaged, EngineError

_END = b"CRC32"  # after FAISS's own bytes, before the checksum of them
_CHUNK = 1 << 24


class Vectors:
    """A flat index by key: exact, and what is removed is gone (`remove_ids` does not work on HNSW)."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._dimensions = dimensions
        self._lock = threading.Lock()  # faiss must not search while it changes
        self._pending: list[Callable[[], object]] = []
        self.refresh()

    @property
    def there(self) -> bool:
        """Whether its file is."""
        return self._path.exists()

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """`vectors`: unit length, fp32, shape (len(keys), dimensions)."""
        rows, ids = np.ascontiguousarray(vectors, dtype=np.float32), np.array(keys, dtype=np.int64)
        self._pending.append(lambda: self._index.add_with_ids(rows, ids))

    def remove(self, keys: Sequence[int]) -> None:
        gone = faiss.IDSelectorBatch(np.array(keys, dtype=np.int64))
        self._pending.append(lambda: self._index.remove_ids(gone))

    def clear(self) -> None:
        self._pending = [self._empty]

    def commit(self) -> None:
        beside = self._path.with_suffix(".new")
        with self._lock:
            for change in self._pending:
                change()
            self._pending = []
        try:
            faiss.write_index(self._index, str(beside))
            with beside.open("r+b") as file:
                crc = _crc(file, beside.stat().st_size)
                file.write(_END + struct.pack("<I", crc))
            beside.replace(self._path)
        except (RuntimeError, OSError) as error:
            raise EngineError(f"the vector index {self._path} cannot be written: {error}") from error

    def refresh(self) -> None:
        with self._lock:
            if self._path.exists():
                self._index = self._load()
            else:
                self._empty()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def keys(self) -> frozenset[int]:
        with self._lock:
            return frozenset(faiss.vector_to_array(self._index.id_map).tolist())  # type: ignore[attr-defined]

    def search(
        self, vector: NDArray[np.float32], reach: int, allowed: NDArray[np.int64] | None, hidden: NDArray[np.int64],
    ) -> dict[int, float]:
        """key -> cosine, the best `reach`, among `allowed` keys where they are given, and never of a `hidden` one."""
        if allowed is not None and not len(allowed):
            return {}
        parameters, apart = None, faiss.IDSelectorBatch(hidden)
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]  # its stub lacks it
        elif len(hidden):
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorNot(apart))  # type: ignore[call-arg]
        reach = min(reach, self._index.ntotal)
        if not reach:
            return {}
        with self._lock:
            scores, keys = self._index.search(vector[None].astype(np.float32), reach, params=parameters)
        return {int(key): float(score) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0}

    def cosines(self, vector: NDArray[np.float32], keys: Sequence[int]) -> dict[int, float]:
        """key -> cosine of just these keys, of those that are held."""
        found = {}
        with self._lock:
            for key in keys:
                try:
                    found[key] = float(self._index.reconstruct(key) @ vector)
                except RuntimeError:
                    continue  # another process is between its commits of keywords and of vectors
        return found

    def _load(self) -> faiss.Index:
        try:
            self._verify()
            index = faiss.read_index(str(self._path))
        except (RuntimeError, OSError, struct.error) as error:
            raise Damaged(f"the vector index {self._path} cannot be read: {error}") from error
        if index.d != self._dimensions:
            raise Damaged(f"the vector index has {index.d} dimensions, the embedding model {self._dimensions}")
        return index

    def _verify(self) -> None:
        """Raises Damaged where the file is not what was written."""
        told = len(_END) + 4
        with self._path.open("rb") as file:
            crc = _crc(file, self._path.stat().st_size - told)
            if file.read(told) != _END + struct.pack("<I", crc):
                raise Damaged(f"the vector index {self._path} is damaged")

    def _empty(self) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._dimensions))


def _crc(file: BinaryIO, size: int) -> int:
    """Of the next `size` bytes."""
    crc = 0
    while size > 0 and (read := file.read(min(size, _CHUNK))):
        crc = zlib.crc32(read, crc)
        size -= len(read)
    return crc
