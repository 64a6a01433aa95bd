"""The only faiss: cosine over unit vectors, kept in one file that is replaced by rename."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.engines import EngineError


class Vectors:
    """A flat index by key: exact, and what is removed is gone (`remove_ids` does not work on HNSW)."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._dimensions = dimensions
        self._lock = threading.Lock()  # faiss must not search while it changes
        self._pending: list[Callable[[], object]] = []
        self.refresh()

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

    def search(self, vector: NDArray[np.float32], reach: int, allowed: NDArray[np.int64] | None) -> dict[int, float]:
        """key -> cosine, the best `reach`, among `allowed` keys where they are given."""
        if allowed is not None and not len(allowed):
            return {}
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]  # its stub lacks it
        reach = min(reach, self._index.ntotal)
        if not reach:
            return {}
        with self._lock:
            scores, keys = self._index.search(vector[None].astype(np.float32), reach, params=parameters)
        return {int(key): float(score) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0}

    def cosines(self, vector: NDArray[np.float32], keys: Sequence[int]) -> dict[int, float]:
        """key -> cosine of just these keys."""
        if not keys:
            return {}
        with self._lock:
            rows = self._index.reconstruct_batch(np.array(keys, dtype=np.int64))
        return dict(zip(keys, (rows @ vector).tolist(), strict=True))

    def _load(self) -> faiss.Index:
        try:
            index = faiss.read_index(str(self._path))
        except RuntimeError as error:
            raise EngineError(f"the vector index {self._path} cannot be read: {error}") from error
        if index.d != self._dimensions:
            raise EngineError(f"the vector index has {index.d} dimensions, the embedding model {self._dimensions}")
        return index

    def _empty(self) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._dimensions))
