"""Asks a set's questions, or reads its articles and pairs, and scores what comes out. Switches off single parts to see
what each brings. Used by a command, never while answering.

A part is a weight of the pipeline's own: to be without it is to count it for nothing.
"""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import select
from bot.answer import passage_json
from bot.assistant import NONE, Assistant
from bot.generators import Generator
from bot.gold import Broken, GoldSet, Question, Quoted, Row, SentencePair
from bot.reader import Reader
from bot.runs import Failure, Run
from bot.scores import REACH, Figure, Judged, figures, judge_answer, judge_quotes, judge_search, judge_verdict
from bot.select import Calibration, Selector
from bot.understand import understand
from bot.verify import verify
from index import retriever
from index.archive import Archive
from index.article import Article
from index.db import ArchiveError
from index.quotes import quotes
from index.retriever import Retriever

Watched = Callable[[Iterable[Row]], Iterable[Row]]  # hands the rows on, and shows how far it has come


@dataclass(frozen=True, slots=True)
class Setting:
    """What the pipeline weighs."""

    search: retriever.Weights = field(default_factory=retriever.Weights)
    choice: select.Weights = field(default_factory=select.Weights)
    calibration: Calibration = field(default_factory=Calibration.load)


Switch = Callable[[Setting], Setting]


def _without_search(name: str) -> Switch:
    return lambda setting: replace(setting, search=replace(setting.search, **{name: 0.0}))


def _without_choice(name: str) -> Switch:
    return lambda setting: replace(setting, choice=replace(setting.choice, **{name: 0.0}))


def _always_answers(setting: Setting) -> Setting:
    return replace(setting, calibration=Calibration({}, 0.0, 0.0, "always answers"))


# What can be switched off: each weight of the search and of the choice, and the calibrated no. A new weight is a new part.
PARTS: Mapping[str, Switch] = {
    **{f"search.{each.name}": _without_search(each.name) for each in fields(retriever.Weights) if each.name != "foreign"},
    **{f"choice.{each.name}": _without_choice(each.name) for each in fields(select.Weights)},
    "no": _always_answers,
}


class Bench:
    """An archive with the models that answer from it, to be asked under one setting or another. `files` are those that
    decide the answers, by what they are: a run remembers which they were."""

    def __init__(
        self, archive: Archive, generator: Generator | None, reader: Reader, files: Mapping[str, Path] | None = None,
    ) -> None:
        self.archive = archive
        self._generator = generator
        self._reader = reader
        self._files = dict(files or {})

    @property
    def models(self) -> dict[str, str]:
        """By name, files with the first digits of their hash."""
        return {"embedder": self.archive.embedder.name} | {
            part: f"{path.name} {hashlib.blake2b(path.read_bytes(), digest_size=3).hexdigest()}"
            for part, path in self._files.items()}

    @property
    def composer(self) -> str:
        return self._generator.name if self._generator else NONE

    def assistant(self, setting: Setting) -> tuple[Assistant, Retriever]:
        search = Retriever(self.archive, setting.search)
        selector = Selector(self._reader, weights=setting.choice, calibration=setting.calibration)
        return Assistant(self.archive, self._generator, selector, retriever=search), search


def evaluated(
    gold: GoldSet, bench: Bench | None, watched: Watched, *, without: Iterable[str] = (),
) -> tuple[Run, bool]:
    """What a set came to, and whether it was stopped (by Ctrl-C) on the way: then with what was measured until then.

    `bench` is needed where `needs_archive`; its archive must hold articles, or ArchiveError is raised. `without` names
    parts: a set of questions is measured once more without each.
    """
    placed, notes = _located(gold, bench.archive) if bench else (gold, ())
    judged, stopped = _measured(placed, bench, watched, Setting())
    others: dict[str, tuple[Figure, ...]] = {}
    for part in without:
        if stopped or gold.kind != "questions":
            break
        ablated, stopped = _measured(placed, bench, watched, PARTS[part](Setting()))
        if not stopped:
            others[part] = figures(gold.kind, ablated)
    broken = (*gold.broken, *(Broken(each.id, each.error) for each in judged if each.error))
    run = Run(
        set=gold.path.name, kind=gold.kind, digest=gold.digest, date=datetime.now().astimezone().isoformat(timespec="seconds"),
        rows=len(gold.rows), measured=len(judged), archive=None, articles=None, generator=None, models={},
        figures=figures(gold.kind, judged), without=others, notes=notes,
        failures=tuple(Failure(each.id, each.why) for each in judged if each.why), broken=broken)
    return (_by(bench, run) if bench else run), stopped


def _by(bench: Bench, run: Run) -> Run:
    """The run with what answered it."""
    placed = replace(run, archive=str(bench.archive.folder.resolve()), articles=bench.archive.stats().articles)
    return replace(placed, generator=bench.composer, models=bench.models) if run.kind == "questions" else placed


def needs_archive(gold: GoldSet) -> bool:
    return any(isinstance(row, Question) or (isinstance(row, Quoted) and not row.text) for row in gold.rows)


def _measured(gold: GoldSet, bench: Bench | None, watched: Watched, setting: Setting) -> tuple[list[Judged], bool]:
    told: list[Judged] = []
    try:
        told.extend(_judged(gold, bench, watched, setting))  # what came before an interruption stays in the list
    except KeyboardInterrupt:
        return told, True
    return told, False


def _located(gold: GoldSet, archive: Archive) -> tuple[GoldSet, tuple[str, ...]]:
    """The set with the articles' ids where it names titles or addresses, and with the texts that it lacks; and notes on
    what the archive does not hold."""
    bare = {row.id for row in gold.rows if isinstance(row, Quoted) and not row.text}
    ids: set[str] = set()
    known: dict[str, str] = {}
    texts: dict[str, str] = {}
    for article in archive.articles():
        ids.add(article.id)
        known |= {key.casefold(): article.id for key in (article.title, article.url) if key}
        if article.id in bare:
            texts[article.id] = article.text
    if not ids:
        raise ArchiveError(f"the archive {archive.folder} holds no articles; put in those that are asked about with `add`")
    known |= {each.casefold(): each for each in ids}
    rows = tuple(_completed(row, known, texts) for row in gold.rows)
    return replace(gold, rows=rows), tuple(_missing(rows, ids))


def _completed(row: Row, known: Mapping[str, str], texts: Mapping[str, str]) -> Row:
    if isinstance(row, Quoted):
        return replace(row, text=row.text or texts.get(row.id, ""))
    if not isinstance(row, Question):
        return row
    meant = [known.get(name.casefold(), name) for name in row.articles]
    meant += [known[hint.casefold()] for hint in row.hints if hint.casefold() in known]
    return replace(row, articles=tuple(dict.fromkeys(meant)))


def _missing(rows: Sequence[Row], ids: Collection[str]) -> Iterator[str]:
    lost = sum(isinstance(row, Question) and bool(row.articles) and not set(ids) & set(row.articles) for row in rows)
    if lost:
        yield f"questions about articles that the archive does not hold: {lost}"
    bare = sum(isinstance(row, Quoted) and not row.text for row in rows)
    if bare:
        yield f"articles without a text, in the set and in the archive: {bare}"


def _judged(gold: GoldSet, bench: Bench | None, watched: Watched, setting: Setting) -> Iterator[Judged]:
    if gold.kind == "questions":
        assert bench is not None
        yield from _asked(gold.rows, bench, watched, setting)
        return
    for row in watched(gold.rows):
        started = time.perf_counter()
        if isinstance(row, SentencePair):
            verdict = verify(row.sentence, row.evidence)
            told = judge_verdict(row, {"supported": verdict.supported, "problems": [
                f"{problem.kind}: {problem.text}" for problem in verdict.problems]})
        else:
            assert isinstance(row, Quoted)
            told = _read(row)
        yield replace(told, milliseconds=(time.perf_counter() - started) * 1000)


def _read(row: Quoted) -> Judged:
    if not row.text:
        return judge_quotes(row, [])
    found = quotes(Article(id=row.id, title=row.id, text=row.text, language=row.language))
    return judge_quotes(row, [{"quote": each.quote, "start": each.start, "end": each.end, "speaker": each.speaker,
                               "kind": each.kind} for each in found])


def _asked(rows: Sequence[Row], bench: Bench, watched: Watched, setting: Setting) -> Iterator[Judged]:
    """Each question answered as `ask` answers it and searched as `search` searches. Its time is that until the evidence;
    before the first the models are loaded."""
    assistant, search = bench.assistant(setting)
    held = bench.archive.stats()

    def answer(question: Question) -> dict[str, Any]:
        return assistant.ask(question.text).as_json()

    def passages(question: Question) -> dict[str, Any]:
        query = understand(question.text, languages=held.languages, held=held.span)
        hits = search.search(query.timeless, k=REACH, language=query.language, timing=query.timing)
        return {"passages": [passage_json(hit) for hit in hits]}

    _outcome(answer, _question(rows[0]))
    for question in map(_question, watched(rows)):
        answered = _outcome(answer, question)
        found = _outcome(passages, question) if question.answerable else {}
        told = judge_answer(question, answered, _articles(bench.archive, answered))
        ranked = judge_search(question, found.get("passages", []))
        yield replace(told, values={**told.values, **ranked.values}, why=told.why + ranked.why,
                      milliseconds=answered.get("milliseconds", {}).get("retrieve"))


def _question(row: Row) -> Question:
    assert isinstance(row, Question)
    return row


def _outcome(work: Callable[[Question], dict[str, Any]], question: Question) -> dict[str, Any]:
    """What the command line would print: a question that fails is an error, and the rest goes on."""
    try:
        return work(question)
    except (ValueError, KeyError, RuntimeError) as error:
        return {"error": str(error)}


def _articles(archive: Archive, answer: Mapping[str, Any]) -> dict[str, Article]:
    ids = {citation["article_id"] for citation in answer.get("citations") or []}
    return {each: article for each in ids if (article := archive.get(each)) is not None}
