"""The only tantivy: BM25 over terms that were cut beforehand, and the filters."""

import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.article import Filters
from index.engines import EARLIEST, LATEST, Damaged, EngineError, Entry, day

K1 = 1.2  # tantivy's, not to be changed; its b is 0.75
HEAP = 64_000_000  # bytes for the writer; tantivy's least is 15 MB a thread


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("key", indexed=True, fast=True)
    for name in ("grams", "stems"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("since", "until", "release"):
        schema.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("author", "section", "source", "language"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return schema.build()


class Keywords:
    """An inverted index in a folder. Raises EngineError where its files cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._writer: tantivy.IndexWriter | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.config_reader(reload_policy="manual")
        except (ValueError, OSError) as error:
            raise Damaged(f"the keyword index in {folder} cannot be opened: {error}") from error
        self._folder = folder
        self._last = self._last_release()

    def add(self, entries: Sequence[Entry]) -> None:
        writer = self._writing()
        for entry in entries:
            writer.add_document(_document(entry))

    def remove(self, keys: Sequence[int]) -> None:
        # By query, since tantivy 0.27 takes the number given to `delete_documents_by_term` for signed: it deletes nothing.
        self._writing().delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "key", list(keys)))

    def clear(self) -> None:
        self._writing().delete_all_documents()

    def commit(self) -> None:
        """Writes what is pending and lets go of the folder's lock."""
        if self._writer is not None:
            try:
                self._writer.commit()
                self._writer.wait_merging_threads()
            except (ValueError, OSError) as error:
                raise EngineError(f"the keyword index cannot be written: {error}") from error
            self._writer = None
        self.refresh()

    def close(self) -> None:
        """Lets go of what is pending, and of the folder's lock."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer = None

    def refresh(self) -> None:
        try:
            self._index.reload()
        except (ValueError, OSError) as error:
            raise Damaged(f"the keyword index in {self._folder} cannot be read: {error}") from error
        self._last = self._last_release()

    def checksums(self, known: Mapping[str, int]) -> dict[str, int]:
        """name -> CRC-32 of the index's files, which are never changed once they are written; those that are `known` are
        not read again."""
        files = {path.name: path for path in self._folder.iterdir() if path.suffix not in (".json", ".lock")}
        return {name: known[name] if name in known else zlib.crc32(path.read_bytes()) for name, path in files.items()}

    def verify(self, known: Mapping[str, int]) -> None:
        """Raises Damaged where a file that is there is not what was written."""
        for name, crc in known.items():
            path = self._folder / name
            try:
                if zlib.crc32(path.read_bytes()) != crc:
                    raise Damaged(f"the keyword index's file {path} is damaged")
            except FileNotFoundError:
                continue  # merged into another since

    def holds(self, names: Iterable[str]) -> bool:
        """Whether its files of these names are there, and the list of them."""
        return all((self._folder / name).exists() for name in ("meta.json", *names))

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def search(self, field: str, terms: Sequence[str], filters: Filters, reach: int, now: int) -> dict[int, float]:
        """key -> BM25 over `field` as a share of the most that the terms could give, the best `reach`."""
        distinct = list(dict.fromkeys(terms))
        if not distinct:
            return {}
        wanted = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, index_option="freq"))
                  for term in distinct]
        query = tantivy.Query.boolean_query(wanted)
        if limits := self._filter(filters, now):
            kept = [(tantivy.Occur.Must, tantivy.Query.const_score_query(part, 0.0)) for part in limits]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *kept])
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=reach, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        most = sum(self._most(searcher, field, term) for term in distinct)
        return {int(key or 0): float(score) / most for key, (score, _) in zip(keys, hits, strict=True)}

    def rarity(self, field: str, terms: Sequence[str]) -> dict[str, float]:
        """term -> BM25's inverse document frequency of it among all passages: log(2 N + 2) where none has it."""
        searcher = self._index.searcher()
        return {term: self._rarity(searcher, field, term) for term in dict.fromkeys(terms)}

    @staticmethod
    def _rarity(searcher: tantivy.Searcher, field: str, term: str) -> float:
        passages, having = searcher.num_docs, searcher.doc_freq(field, term)
        return math.log(1 + (passages - having + 0.5) / (having + 0.5))

    def _most(self, searcher: tantivy.Searcher, field: str, term: str) -> float:
        """What a term gives at most in tantivy's BM25: its idf times k1 + 1."""
        return self._rarity(searcher, field, term) * (K1 + 1)

    def allowed(self, filters: Filters, now: int) -> NDArray[np.int64]:
        """The keys of all passages that pass the filters."""
        return self._keys(tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in self._filter(filters, now)]))

    def embargoed(self, now: int) -> NDArray[np.int64]:
        """The keys of all passages that are under embargo."""
        return self._keys(self._between("release", now + 1, self._last)) if self._last > now else np.array([], dtype=np.int64)

    def keys(self) -> frozenset[int]:
        return frozenset(self._keys(tantivy.Query.all_query()).tolist())

    def _keys(self, query: tantivy.Query) -> NDArray[np.int64]:
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False, order_by_field="key").hits
        return np.array([key for key, _ in hits], dtype=np.int64)

    def _last_release(self) -> int:
        """When the last of all embargoes ends; 0 where there is none."""
        hits = self._index.searcher().search(tantivy.Query.all_query(), limit=1, count=False, order_by_field="release").hits
        return int(hits[0][0]) if hits else 0

    def _filter(self, filters: Filters, now: int) -> list[tantivy.Query]:
        parts = [self._between("release", 0, now)] if self._last > now else []
        if filters.since or filters.until:
            parts += [self._between("until", day(filters.since, EARLIEST) or EARLIEST, LATEST),
                      self._between("since", EARLIEST, day(filters.until, LATEST) or LATEST)]
        for field, values in (("author", filters.authors), ("section", filters.sections),
                              ("source", filters.sources), ("language", filters.languages)):
            if values:
                parts.append(tantivy.Query.term_set_query(self._schema, field, [value.casefold() for value in values]))
        return parts

    def _between(self, field: str, low: int, high: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Unsigned, low, high)

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
                # A kill may have left files of a commit that did not come to be, and tantivy would stumble over them.
                self._writer.garbage_collect_files()
            except ValueError as error:
                raise EngineError(f"the keyword index is locked or cannot be written: {error}") from error
        return self._writer


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("key", entry.key)
    document.add_unsigned("release", entry.attributes.release)
    document.add_text("grams", " ".join(entry.grams))
    document.add_text("stems", " ".join(entry.stems))
    attributes = entry.attributes
    if attributes.since is not None and attributes.until is not None:
        document.add_unsigned("since", attributes.since)
        document.add_unsigned("until", attributes.until)
    for field in ("author", "section", "source", "language"):
        document.add_text(field, getattr(attributes, field))
    return document
