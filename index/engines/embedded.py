"""The engine that lives in the archive's folder: keywords and vectors side by side under one fingerprint."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import Filters
from index.engines import EngineError, Entry, Scored, Terms
from index.engines.keywords import Keywords
from index.engines.vectors import Vectors


class Embedded:
    """tantivy and FAISS in one folder. `fingerprint.json`, written last and by rename, says for which state they hold.

    Files that cannot be read are thrown away: they are derived, and an empty fingerprint makes the archive rebuild them.
    """

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._folder = folder
        self._mark = folder / "fingerprint.json"
        try:
            self._open(dimensions)
        except EngineError:
            self._mark.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            self._open(dimensions)
        self._fingerprint = self._read_mark()

    def _open(self, dimensions: int) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._keywords = Keywords(self._folder / "keywords")
        self._vectors = Vectors(self._folder / "vectors.faiss", dimensions)
        if self._read_mark() and len(self._keywords) != len(self._vectors):
            raise EngineError("the keyword and the vector index hold different numbers of passages")

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def add(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._keywords.add(entries)
            self._vectors.add([entry.key for entry in entries],
                              np.stack([entry.vector for entry in entries]).astype(np.float32))

    def remove(self, keys: Sequence[int]) -> None:
        if keys:
            self._keywords.remove(keys)
            self._vectors.remove(keys)

    def clear(self) -> None:
        self._keywords.clear()
        self._vectors.clear()

    def commit(self, fingerprint: str) -> None:
        self._mark.unlink(missing_ok=True)  # a kill between the two commits must not leave a mark that fits
        self._keywords.commit()
        self._vectors.commit()
        beside = self._mark.with_suffix(".new")
        beside.write_text(json.dumps({"fingerprint": fingerprint}), encoding="utf-8")
        beside.replace(self._mark)
        self._fingerprint = fingerprint

    def refresh(self) -> None:
        mark = self._read_mark()
        if mark and mark != self._fingerprint:
            self._keywords.refresh()
            self._vectors.refresh()
            self._fingerprint = mark

    def search(self, terms: Terms, vector: NDArray[np.float32], filters: Filters, reach: int) -> list[Scored]:
        allowed = self._keywords.allowed(filters) if filters else None
        grams = self._keywords.search("grams", terms.grams, filters, reach)
        stems = self._keywords.search("stems", terms.stems, filters, reach)
        cosines = self._vectors.search(vector, reach, allowed)
        missing = [key for key in grams.keys() | stems.keys() if key not in cosines]
        cosines |= self._vectors.cosines(vector, missing)
        return [Scored(key, grams.get(key, 0.0), stems.get(key, 0.0), cosine) for key, cosine in cosines.items()]

    def rarity(self, grams: Sequence[str]) -> dict[str, float]:
        return self._keywords.rarity("grams", grams)

    def close(self) -> None:
        """Nothing is held open between commits."""

    def _read_mark(self) -> str:
        try:
            return str(json.loads(self._mark.read_text(encoding="utf-8"))["fingerprint"])
        except (OSError, ValueError, KeyError):
            return ""
