"""A run as a table to be read in a terminal, beside the last one. Pure text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.runs import Change, Run
from bot.scores import Figure

_ROWS = {"questions": "questions", "quotes": "articles", "pairs": "sentence pairs"}


def report(run: Run, changes: Sequence[Change], last: Run | None, *, margin: float, failures: int = 0) -> str:
    """The head, the table, the table of what was switched off, and the first rows that fell short, those that had not
    fallen short in the last run marked."""
    return "\n".join([*_head(run, last), "", *_table(changes, last, margin), *_without(run), *_failures(run, last, failures)])


def shortened(run: Run, changes: Sequence[Change], last: Run | None, *, failures: int = 0) -> dict[str, Any]:
    """The same as JSON: the run with its first failures only, and `compared`: each figure beside its last value."""
    told = [{"name": change.figure.name, "value": change.figure.value, "last": change.last, "difference": change.difference,
             "fell": change.fell} for change in changes if change.last is not None]
    return replace(run, failures=run.failures[:failures]).as_json() | {
        "compared": {"date": last.date, "figures": told} if last else None}


def _head(run: Run, last: Run | None) -> Iterator[str]:
    number = f"{run.measured:,} of {run.rows:,}" if run.partial else f"{run.rows:,}"
    yield f"{run.set}: {number} {_ROWS[run.kind]}{', stopped' if run.partial else ''}, {_when(run)}"
    if run.archive:
        yield f"archive {Path(run.archive).name}, {run.articles:,} articles"
    models = {"generator": run.generator, **run.models} if run.generator else run.models
    if models:
        yield ", ".join(f"{part} {name}" for part, name in models.items())
    yield from run.notes
    if last is None:
        yield "no earlier run of these rows, this archive and this generator"
        return
    yield f"last run {_when(last)}"
    yield from (f"it was measured on {what}" for what, same in (
        ("other rows", last.digest == run.digest), (f"another archive, {last.archive}", last.archive == run.archive),
        (f"another generator, {last.generator}", last.generator == run.generator)) if not same)
    if last.articles != run.articles:
        yield f"since then: articles {last.articles} to {run.articles}"
    yield from (f"since then: {part} {last.models[part]} to {name}" for part, name in run.models.items()
                if last.models.get(part, name) != name)


def _table(changes: Sequence[Change], last: Run | None, margin: float) -> Iterator[str]:
    wide = max([len(change.figure.name) for change in changes], default=8) + 4
    columns = ["value", "of", *(["last", "change"] if last else [])]
    yield f"{'figure':{wide}}" + "".join(f"{name:>9}" for name in columns)
    for change in changes:
        figure = change.figure
        name = f"  {figure.name}" if figure.part else figure.name
        line = f"{name:{wide}}{_number(figure, figure.value):>9}{figure.of:>9,}"
        if last and change.last is not None and change.difference is not None:
            line += f"{_number(figure, change.last):>9}{_number(figure, change.difference, '+'):>9}"
        yield line + (f"  FELL by more than {margin:g}" if change.fell else "")


def _without(run: Run) -> Iterator[str]:
    """One column for each part: what the figures are without it."""
    if not run.without:
        return
    names = [f"-{part}" for part in run.without]
    columns = {part: {figure.name: figure for figure in figures} for part, figures in run.without.items()}
    first = max(len(figure.name) for figure in run.figures if not figure.part) + 4
    wide = max(9, *(len(name) + 2 for name in names))
    yield ""
    yield f"{'without':{first}}{'(all)':>9}" + "".join(f"{name:>{wide}}" for name in names)
    for figure in run.figures:
        if not figure.part:
            told = [columns[part].get(figure.name) for part in run.without]
            yield f"{figure.name:{first}}{_number(figure, figure.value):>9}" + "".join(
                f"{_number(other, other.value) if other else '–':>{wide}}" for other in told)


def _failures(run: Run, last: Run | None, most: int) -> Iterator[str]:
    if not most or not run.failures:
        return
    before = {failure.id for failure in last.failures} if last else set()
    yield ""
    yield f"{len(run.failures):,} fell short"
    for failure in run.failures[:most]:
        new = "new, " if last and failure.id not in before else ""
        yield from (f"  {new}{failure.id}: {why}" for why in failure.why)


def _number(figure: Figure, value: float, sign: str = "") -> str:
    return f"{value:{sign}.{ {'share': 3, 'words': 1, 'milliseconds': 1}[figure.unit]}f}"


def _when(run: Run) -> str:
    return run.date[:16].replace("T", " ")
