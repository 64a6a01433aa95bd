"""The only faiss: cosine over unit vectors, kept in a file and a log of what changed since."""

import os
import struct
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import faiss
import numpy as np
from numpy.typing import NDArray

from index.engines import Damaged, EngineError

LEAST_LOG, SHARE_LOG = 4_000_000, 0.1  # bytes, and share of the file of all vectors: a longer log is worked into it
_END = b"CRC32"  # after FAISS's own bytes, before the checksum of them
_LOG = b"CHANGES1"  # at the beginning of the log, before the checksum of the file that it belongs to
_CRC, _HEAD = struct.Struct("<I"), struct.Struct("<III")
_CHUNK = 1 << 24


@dataclass(frozen=True, slots=True)
class _Change:
    """Keys that go, and keys that come with their rows, fp32, shape (len(came), dimensions)."""

    gone: NDArray[np.int64]
    came: NDArray[np.int64]
    rows: NDArray[np.float32]

    @property
    def size(self) -> int:
        """Bytes of the record."""
        return _HEAD.size + self.gone.nbytes + self.came.nbytes + self.rows.nbytes

    def packed(self) -> bytes:
        body = self.gone.tobytes() + self.came.tobytes() + self.rows.tobytes()
        return _HEAD.pack(len(self.gone), len(self.came), zlib.crc32(body)) + body


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was written: the checksum of the file of all vectors, and the bytes of its log."""

    base: int = 0
    length: int = 0


class Vectors:
    """A flat index by key: exact, and what is removed is gone (`remove_ids` does not work on HNSW).

    On disk it is a file of all vectors, replaced by rename, and a log of what changed since, so that one passage more costs
    no copy of a million. The log names the file that it belongs to; one that does not is passed over.
    """

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._log = path.with_suffix(".log")
        self._dimensions = dimensions
        self._lock = threading.Lock()  # faiss must not search while it changes
        self._pending: list[_Change] = []
        self._cleared = False
        self._extent = Extent()
        self._empty()
        self.refresh()

    @property
    def extent(self) -> Extent:
        """What is taken up of the files."""
        return self._extent

    @property
    def there(self) -> bool:
        """Whether its files are."""
        return self._path.exists() and self._log.exists()

    def verify(self, written: Extent) -> None:
        """Raises Damaged where less could be read than was written."""
        if self._extent.base == written.base and self._extent.length < written.length:
            raise Damaged(f"the log of the vector index {self._log} is damaged")

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """`vectors`: unit length, fp32, shape (len(keys), dimensions)."""
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        self._pending.append(_Change(_keys(()), _keys(keys), rows))

    def remove(self, keys: Sequence[int]) -> None:
        self._pending.append(_Change(_keys(keys), _keys(()), np.empty((0, self._dimensions), dtype=np.float32)))

    def clear(self) -> None:
        self._pending, self._cleared = [], True

    def commit(self) -> None:
        with self._lock:
            if self._cleared:
                self._empty()
            for change in self._pending:
                self._apply(change)
        told = b"".join(change.packed() for change in self._pending)
        try:
            if self._cleared or not self.there or self._extent.length + len(told) > self._room():
                self._rewrite()
            elif told:
                self._append(told)
        except (RuntimeError, OSError) as error:
            raise EngineError(f"the vector index {self._path} cannot be written: {error}") from error
        self._pending, self._cleared = [], False

    def refresh(self) -> None:
        """Takes up what was written since; only the rest of the log, where that is all."""
        with self._lock:
            if not self._path.exists():
                self._empty()
                self._extent = Extent()
                return
            base = self._crc_of_base()
            if base != self._extent.base:
                self._index = self._load()
                self._extent = Extent(base, len(_log_head(base)))
            self._extent = Extent(base, self._replay(base, self._extent.length))

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

    def _apply(self, change: _Change) -> None:
        if len(change.gone):
            self._index.remove_ids(faiss.IDSelectorBatch(change.gone))
        if len(change.came):
            self._index.add_with_ids(change.rows, change.came)

    def _room(self) -> int:
        """Bytes that the log may have before all is written anew."""
        return max(LEAST_LOG, int(self._path.stat().st_size * SHARE_LOG))

    def _rewrite(self) -> None:
        """The vectors first, then an empty log: a kill in between leaves a log of another file, which counts for nothing."""
        beside, log = self._path.with_suffix(".new"), self._log.with_suffix(".lognew")
        faiss.write_index(self._index, str(beside))
        with beside.open("r+b") as file:
            crc = _crc(file, beside.stat().st_size)
            file.write(_END + _CRC.pack(crc))
        beside.replace(self._path)
        log.write_bytes(_log_head(crc))
        log.replace(self._log)
        self._extent = Extent(crc, len(_log_head(crc)))

    def _append(self, told: bytes) -> None:
        with self._log.open("r+b") as file:
            file.truncate(self._extent.length)  # a kill may have left half a record, or the log of another file
            file.write(_log_head(self._extent.base))
            file.seek(self._extent.length)
            file.write(told)
        self._extent = Extent(self._extent.base, self._extent.length + len(told))

    def _replay(self, base: int, at: int) -> int:
        """Applies what stands in the log from byte `at` on, as far as it is whole; returns where that ends."""
        head = _log_head(base)
        try:
            with self._log.open("rb") as file:
                if file.read(len(head)) != head:
                    return at
                file.seek(at)
                rest = memoryview(file.read())
        except FileNotFoundError:
            return at
        while change := _unpacked(rest, self._dimensions):
            self._apply(change)
            rest, at = rest[change.size:], at + change.size
        return at

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
        told = len(_END) + _CRC.size
        with self._path.open("rb") as file:
            crc = _crc(file, self._path.stat().st_size - told)
            if file.read(told) != _END + _CRC.pack(crc):
                raise Damaged(f"the vector index {self._path} is damaged")

    def _crc_of_base(self) -> int:
        """The checksum that stands at the end of the file."""
        try:
            with self._path.open("rb") as file:
                file.seek(-_CRC.size, os.SEEK_END)
                return int(_CRC.unpack(file.read())[0])
        except (OSError, struct.error) as error:
            raise Damaged(f"the vector index {self._path} cannot be read: {error}") from error

    def _empty(self) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._dimensions))


def _keys(keys: Sequence[int]) -> NDArray[np.int64]:
    return np.array(keys, dtype=np.int64)


def _log_head(base: int) -> bytes:
    return _LOG + _CRC.pack(base)


def _unpacked(raw: memoryview, dimensions: int) -> _Change | None:
    """The change that bytes begin with; None where they hold no whole one."""
    if len(raw) < _HEAD.size:
        return None
    gone, came, crc = _HEAD.unpack_from(raw)
    row = dimensions * 4
    size = 8 * (gone + came) + came * row
    body = raw[_HEAD.size:_HEAD.size + size]
    if len(body) < size or zlib.crc32(body) != crc or not gone + came:
        return None
    return _Change(np.frombuffer(body, np.int64, gone), np.frombuffer(body, np.int64, came, gone * 8),
                   np.frombuffer(body, np.float32, came * dimensions, (gone + came) * 8).reshape(came, dimensions))


def _crc(file: BinaryIO, size: int) -> int:
    """Of the next `size` bytes."""
    crc = 0
    while size > 0 and (read := file.read(min(size, _CHUNK))):
        crc = zlib.crc32(read, crc)
        size -= len(read)
    return crc
