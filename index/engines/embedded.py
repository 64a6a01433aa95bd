"""The engine that lives in the archive's folder: keywords and vectors side by side under one fingerprint."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.article import Filters
from index.engines import Damaged, EngineError, Entry, Scored, Terms
from index.engines.keywords import Keywords
from index.engines.vectors import Extent, Vectors


@dataclass(frozen=True, slots=True)
class _Mark:
    fingerprint: str = ""
    checksums: Mapping[str, int] = field(default_factory=dict)
    vectors: Extent = field(default_factory=Extent)


class Embedded:
    """tantivy and FAISS in one folder. `fingerprint.json`, written last and by rename, says for which state they hold at
    least, with the checksums of tantivy's files and how much was written of the vectors, whose own stand in their files.

    Raises Damaged where a file is not what was written.
    """

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._mark = folder / "fingerprint.json"
        folder.mkdir(parents=True, exist_ok=True)
        mark = self._read_mark()  # before the files: another process may commit meanwhile, and they are then newer
        self._keywords = Keywords(folder / "keywords")
        self._keywords.verify(mark.checksums)
        self._vectors = Vectors(folder / "vectors.faiss", dimensions)
        self._vectors.verify(mark.vectors)
        self._fingerprint = self._told(mark)

    @staticmethod
    def erase(folder: Path) -> None:
        """Throws away what cannot be read. Only for whoever holds the archive's lock."""
        (folder / "fingerprint.json").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def intact(self) -> bool:
        return not self._fingerprint or (
            self._mark.exists() and self._vectors.there and self._keywords.holds(self._read_mark().checksums))

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
        """Keywords, vectors, and then the mark: a kill between them leaves the earlier mark, which says less than they
        hold."""
        self._keywords.commit()
        self._vectors.commit()
        mark = _Mark(fingerprint, self._keywords.checksums(self._read_mark().checksums), self._vectors.extent)
        beside = self._mark.with_suffix(".new")
        try:
            beside.write_text(json.dumps(asdict(mark)), encoding="utf-8")
            beside.replace(self._mark)
        except OSError as error:
            raise EngineError(f"the search index {self._mark} cannot be written ({error.strerror}): free some space, or give "
                              "write permission; nothing was lost") from error
        self._fingerprint = fingerprint

    def refresh(self) -> None:
        mark = self._read_mark()
        if mark.fingerprint and mark.fingerprint != self._fingerprint:
            self._keywords.refresh()
            self._vectors.refresh()
            self._vectors.verify(mark.vectors)
            self._fingerprint = self._told(mark)

    def search(
        self, terms: Terms, vector: NDArray[np.float32], filters: Filters, reach: int, now: int,
    ) -> list[Scored]:
        allowed = self._keywords.allowed(filters, now) if filters else None
        grams = self._keywords.search("grams", terms.grams, filters, reach, now)
        stems = self._keywords.search("stems", terms.stems, filters, reach, now)
        cosines = self._vectors.search(vector, reach, allowed, self._keywords.embargoed(now))
        missing = [key for key in grams.keys() | stems.keys() if key not in cosines]
        cosines |= self._vectors.cosines(vector, missing)
        return [Scored(key, grams.get(key, 0.0), stems.get(key, 0.0), cosine) for key, cosine in cosines.items()]

    def keys(self) -> frozenset[int]:
        keywords, vectors = self._keywords.keys(), self._vectors.keys()
        if keywords != vectors:
            raise Damaged("the keyword and the vector index hold different passages")
        return keywords

    def rarity(self, grams: Sequence[str]) -> dict[str, float]:
        return self._keywords.rarity("grams", grams)

    def close(self) -> None:
        self._keywords.close()

    def _told(self, mark: _Mark) -> str:
        """What a mark says, unless keywords or vectors are gone."""
        return mark.fingerprint if bool(len(self._keywords)) == bool(len(self._vectors)) else ""

    def _read_mark(self) -> _Mark:
        try:
            told = json.loads(self._mark.read_text(encoding="utf-8"))
            return _Mark(str(told["fingerprint"]), {str(name): int(crc) for name, crc in told["checksums"].items()},
                         Extent(**told["vectors"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return _Mark()
