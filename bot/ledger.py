"""The log of what was asked, found and answered, in the archive's own database: who complains about an answer gets to know
what it rested on, and who corrects an article, which answers cited it."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.answer import Answer
from index import entries, store
from index.article import Article, Hit
from index.db import ArchiveError, Database
from index.entries import Entry, Shown

log = logging.getLogger(__name__)

DAYS = 90
MOST = 10  # passages found that are kept
_DAY = 86_400  # seconds
_BETWEEN = 3_600  # seconds from one look for what is too old to the next
_COLUMNS = ("question", "understood", "language", "status", "answer", "model")  # of an answer's JSON, kept beside the rest

State = Literal["same", "changed", "withdrawn", "gone"]


@dataclass(frozen=True, slots=True)
class Rules:
    """Whether a log is kept, and for how many days.

    Questions are personal data: they tell what somebody works on. 90 days are long enough for a reader to come back with a
    complaint about an answer and for an article to be corrected, and short enough that no lasting record of anybody's
    research comes about.
    """

    on: bool = True
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that an answer quoted, with their place in the article then; whether they `stand` in it today, letter for
    letter, wherever."""

    quote: str
    start: int
    end: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """An entry that cited an article, or showed it as the nearest. `sentences` are those of the answer that cited it,
    `state` what has become of the article since."""

    entry: Entry
    cited: bool
    sentences: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    state: State

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "at": self.entry.at, "question": self.entry.question, "understood": self.entry.understood,
            "status": self.entry.status, "shown": "cited" if self.cited else "nearest", "article": self.state,
            "sentences": list(self.sentences), "quotations": [
                {"quote": each.quote, "start": each.start, "end": each.end, "stands": each.stands}
                for each in self.quotations]}
        return told | ({"erased": self.entry.erased} if self.entry.erased else {})


class Ledger:
    """The log of one archive. `clock` gives seconds since 1970.

    What is kept is written by a thread of its own, one entry after another, so that an answer waits for no disk and for no
    other process; `close`, or the end of the program, waits for it. A log that cannot be written costs a warning and never
    the answer. All else raises ArchiveError.
    """

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._writer = ThreadPoolExecutor(1, "ledger")
        self._looked = float("-inf")  # when it was last looked for what is too old
        self._failing = False

    def keep(self, answer: Answer, hits: Sequence[Hit], prompt: str, state: str) -> None:
        """Enters an answer, with the first passages found, the digest of the prompts and the state of the archive; without
        the answer where an article that it shows is gone by the time it is written."""
        at = self._now()
        try:
            self._writer.submit(self._enter, at, answer, hits, prompt, state)
        except RuntimeError as error:  # the program is ending
            log.warning("A question was not logged: %s.", error)

    def flush(self) -> None:
        """Waits until all that was handed over is written."""
        self._writer.submit(int).result()

    def close(self) -> None:
        self._writer.shutdown()

    # -- reading ------------------------------------------------------------------------------------------------------

    def rules(self) -> Rules:
        with self._database.reading() as connection:
            told = store.settings(connection)
        return Rules(told.get("log", "on") == "on", int(told.get("log_days", DAYS)))

    def count(self) -> int:
        with self._database.reading() as connection:
            return entries.count(connection)

    def entries(self, since: str = "", until: str = "", last: int | None = None) -> list[Entry]:
        """The newest first. `since` and `until` are ISO dates (UTC, inclusive), or beginnings of them."""
        with self._database.reading() as connection:
            return entries.entries(connection, since, until, last)

    def affected(self, article_id: str) -> list[Affected]:
        """The entries that cited an article or showed it as the nearest, the newest first."""
        with self._database.reading() as connection:
            present = store.get(connection, article_id, int(self._clock()))
            return [_affected(entry, shown, present) for entry, shown in entries.showing(connection, article_id)]

    # -- changing -----------------------------------------------------------------------------------------------------

    def set(self, *, on: bool | None = None, days: int | None = None) -> None:
        """Changes the rules; what is None stays."""
        values = {"log": None if on is None else "on" if on else "off", "log_days": None if days is None else str(days)}
        with self._database.writing() as connection:
            for name, value in values.items():
                if value is not None:
                    store.set_setting(connection, name, value)

    def trim(self) -> int:
        """Erases what is older than the rules allow; returns how many entries."""
        before = self._now(self.rules().days)
        with self._database.writing() as connection:
            return entries.drop(connection, before)

    def erase(self) -> int:
        """Erases all entries, also from the database's files; returns how many."""
        with self._database.writing() as connection:
            number = entries.drop(connection)
        self._database.scrub()
        return number

    def purge(self, article_id: str) -> int:
        """Takes an article out of the log, so that none of its words is left, not even in the database's files; to be called
        once the article itself is gone. Of an entry that showed it question, time and status stay, of one that only found it
        all but its passages. Returns how many entries were changed.

        An answer on its way meanwhile is no danger: it is entered only with articles that are there.
        """
        self.flush()
        with self._database.writing() as connection:
            number = entries.forget(connection, article_id, self._now())
        self._database.scrub()
        return number

    # -- within -------------------------------------------------------------------------------------------------------

    def _enter(self, at: str, answer: Answer, hits: Sequence[Hit], prompt: str, state: str) -> None:
        try:
            rules = self.rules()
            if rules.on:
                self._put(at, answer, hits[:MOST], prompt, state, rules)
            self._failing = False
        except (ArchiveError, ValueError) as error:
            if not self._failing:  # one line, however many questions follow
                log.warning("The log is not written: %s", error)
            self._failing = True

    def _put(self, at: str, answer: Answer, hits: Sequence[Hit], prompt: str, state: str, rules: Rules) -> None:
        shown = [Shown(article.id, article.digest, cited) for article, cited in _shown(answer)]
        told = answer.as_json()
        head = {name: _storable(told.pop(name)) for name in _COLUMNS}
        _sign(told, {each.article_id: each.digest for each in shown})
        now = self._clock()
        with self._database.writing() as connection:
            wanted = [each.article_id for each in shown] + [hit.article.id for hit in hits]
            there = store.known(connection, list(dict.fromkeys(wanted)))
            told["passages"] = [{"passage_id": hit.passage.id, "score": round(hit.score, 6)} for hit in hits
                                if hit.article.id in there]
            if any(each.article_id not in there for each in shown):
                head |= {"understood": head["question"], "answer": ""}
                told, shown = {"erased": at}, [each for each in shown if each.article_id in there]
            entries.put(connection, Entry(at=at, told=told, prompt=prompt, state=state, **head), shown)
            if now - self._looked >= _BETWEEN:
                entries.drop(connection, self._now(rules.days))
        if now - self._looked >= _BETWEEN:
            self._looked = now

    def _now(self, days: int = 0) -> str:
        """Now, or days ago; ISO 8601 (UTC), so that text sorts as time does."""
        return datetime.fromtimestamp(self._clock() - days * _DAY, UTC).isoformat(timespec="seconds")


def _shown(answer: Answer) -> list[tuple[Article, bool]]:
    """Each article once, with whether it was cited."""
    near = {evidence.article.id: (evidence.article, False) for evidence in answer.nearest}
    cited = {each.evidence.article.id: (each.evidence.article, True) for each in answer.citations}
    return list((near | cited).values())


def _sign(told: dict[str, Any], digests: dict[str, str]) -> None:
    """Notes which text of its article each citation and each piece that came near is from. A story is left out: it names
    articles that the answer does not show, and a purge of one of those would not find the entry."""
    for each in (*told["citations"], *told["nearest"]):
        each["digest"] = digests[each["article_id"]]
        each.pop("story", None)


def _storable(text: str) -> str:
    """Without half characters, which a browser can send and no database takes."""
    return text.encode("utf-8", "replace").decode()


def _affected(entry: Entry, shown: Shown, present: Article | None) -> Affected:
    cited = [each for each in entry.told.get("citations", ()) if each["article_id"] == shown.article_id]
    near = [each for each in entry.told.get("nearest", ()) if each["article_id"] == shown.article_id]
    numbers = {each["n"] for each in cited}
    sentences = tuple(each["text"] for each in entry.told.get("sentences", ()) if numbers.intersection(each["citations"]))
    pieces = [(each["quote"], each) for each in cited] if shown.cited else [(each["text"], each) for each in near]
    return Affected(
        entry, shown.cited, sentences, state=_state(shown, present), quotations=tuple(
            Quotation(quote, each["start"], each["end"], present is not None and quote in present.text)
            for quote, each in pieces))


def _state(shown: Shown, present: Article | None) -> State:
    if present is None:
        return "gone"
    if present.withdrawn:
        return "withdrawn"
    return "same" if present.digest == shown.digest else "changed"
