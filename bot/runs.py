"""Runs of an evaluation: kept as JSON, and held against an earlier one. Knows no model and no archive."""

import json
import logging
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from bot.gold import Broken, Kind
from bot.scores import Figure

log = logging.getLogger(__name__)

MARGIN = 0.01  # by which a share may fall before it counts
ERASED = "erased"  # what is told of a row whose words were taken out


class RunError(ValueError):
    """A file that is no run, or one that cannot be compared; the message says why."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that fell short, and why."""

    id: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one set came to. `digest` tells its rows, `archive` the folder (None where no archive was asked), `models` by
    what part they are, `without` the figures with single parts of the pipeline switched off. A `partial` run was stopped
    before all `rows` were measured."""

    set: str
    kind: Kind
    digest: str
    date: str
    rows: int
    measured: int
    archive: str | None
    articles: int | None
    generator: str | None
    models: Mapping[str, str]
    figures: tuple[Figure, ...]
    without: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    broken: tuple[Broken, ...] = ()

    @property
    def partial(self) -> bool:
        return self.measured < self.rows

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"partial": self.partial}

    def like(self, other: "Run") -> bool:
        """Whether two runs asked the same rows of the same archive through the same generator."""
        return (self.kind, self.digest, self.archive, self.generator) == (
            other.kind, other.digest, other.archive, other.generator)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside what it was; `fell` where a share lost more than the margin."""

    figure: Figure
    last: float | None = None
    fell: bool = False

    @property
    def difference(self) -> float | None:
        return None if self.last is None else self.figure.value - self.last


def compared(run: Run, last: Run | None, margin: float = MARGIN) -> tuple[Change, ...]:
    """Each figure with its last value. Only shares of a whole set can fall: neither an answer's length, nor its time,
    nor a single group, in which one question is much. Of a partial run none falls."""
    before = {figure.name: figure.value for figure in last.figures} if last else {}
    return tuple(Change(figure, before.get(figure.name), not run.partial and _fell(figure, before.get(figure.name), margin))
                 for figure in run.figures)


def _fell(figure: Figure, last: float | None, margin: float) -> bool:
    if last is None or figure.unit != "share" or figure.part:
        return False
    return figure.value < last - margin - 1e-9


def load(path: Path, kinds: Collection[Kind] = ()) -> Run:
    """A run that was kept. Raises RunError, also where it is to be held against others and theirs are other `kinds`."""
    run = _loaded(path)
    if other := set(kinds) - {run.kind}:
        raise RunError(f"{path} measured {run.kind} and cannot be compared with {', '.join(sorted(other))}")
    return run


def _loaded(path: Path) -> Run:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        told.pop("partial")
        return Run(**told | {
            "figures": _figures(told["figures"]),
            "without": {part: _figures(figures) for part, figures in told["without"].items()},
            "notes": tuple(told["notes"]),
            "failures": tuple(Failure(item["id"], tuple(item["why"])) for item in told["failures"]),
            "broken": tuple(Broken(**item) for item in told["broken"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"{path} is no run that `eval` kept: {error}") from error


def save(run: Run, folder: Path) -> Path:
    """Writes a run whole or not at all, under a name of its own; the folder is made. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{run.date[:19].replace(':', '')} {Path(run.set).stem}".replace(" ", "-")
    path = next(path for n in count(1) if not (path := folder / f"{stem}{f'-{n}' if n > 1 else ''}.json").exists())
    _write(run, path)
    return path


def last_like(run: Run, folder: Path) -> Run | None:
    """The latest whole run in a folder that asked the same; a file that cannot be read is named and passed over."""
    return max((other for other in _kept(folder) if other.like(run) and not other.partial),
               key=lambda other: other.date, default=None)


def forget(folder: Path) -> int:
    """Erases from all kept runs what was told of single rows, which may be an article's words or close to them, and no run
    knows whose; which rows fell short stays, and so do all figures. Returns the number of runs that held such words.

    Raises RunError for a file that is no run, OSError where one cannot be written.
    """
    changed = 0
    for path in sorted(folder.glob("*.json")):
        run = _loaded(path)
        bare = replace(run, failures=tuple(Failure(each.id, (ERASED,)) for each in run.failures),
                       broken=tuple(Broken(each.where, ERASED) for each in run.broken))
        if bare != run:
            _write(bare, path)
            changed += 1
    return changed


def _write(run: Run, path: Path) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def _kept(folder: Path) -> Iterator[Run]:
    for path in sorted(folder.glob("*.json")):
        try:
            yield _loaded(path)
        except RunError as error:
            log.warning("%s", error)


def _figures(rows: Sequence[Mapping[str, Any]]) -> tuple[Figure, ...]:
    return tuple(Figure(**row) for row in rows)
