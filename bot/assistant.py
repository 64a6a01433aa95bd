"""The whole flow, from a question to a cited answer. What the page, the command line and the tests call."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.answer import (
    Answer,
    Citation,
    Disagreement,
    Events,
    Evidence,
    Finished,
    Found,
    Outside,
    Query,
    Sentence,
    Told,
    Turn,
    Understood,
    Written,
)
from bot.background import Background
from bot.compose import Draft, compose, prompts
from bot.contradiction import contradicted
from bot.disagreement import disagreement
from bot.finder import Finder
from bot.framing import foreign, framed
from bot.generators import Generator, GeneratorError, never
from bot.ledger import Ledger
from bot.overview import asked_overview
from bot.saying import asked_saying
from bot.select import Selection, Selector
from bot.testimony import Testimony
from bot.texts import text
from bot.understand import understand
from bot.verify import shortens, verify
from index.archive import Archive
from index.article import Filters, Hit
from index.retriever import Retriever

log = logging.getLogger(__name__)

NEAREST = 3  # articles shown where nothing answers
SHOWN = 10  # passages found, beside the evidence
NONE = "none"


class Assistant:
    """Answers from one archive. Holds no conversation: whoever asks gives the turns before. With a ledger, what was asked
    and answered is kept in it."""

    def __init__(
        self, archive: Archive, generator: Generator | None, selector: Selector, *, retriever: Retriever | None = None,
        today: Callable[[], date] = date.today, ledger: Ledger | None = None,
    ) -> None:
        self.archive = archive
        self._generator = generator
        self._retriever = retriever or Retriever(archive)
        self._selector = selector
        self._finder = Finder(self._retriever, selector)
        self._today = today
        self._ledger = ledger
        self._testimony = Testimony(archive, self._retriever)
        self._background = Background(archive, self._retriever)

    @property
    def model(self) -> str:
        """Who composes, as the reader is told."""
        return self._generator.name if self._generator else NONE

    def warm(self) -> None:
        """Loads the models behind the first question's back."""
        threading.Thread(target=self._load, daemon=True, name="warm").start()

    def ask(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None, *, dismissed: Sequence[str] = (),
    ) -> Answer:
        """The finished answer. Raises QuestionError for a question that is empty or too long."""
        for event in self.stream(question, history, filters or Filters(), dismissed=dismissed):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with Finished")

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None, *,
        stop: Callable[[], bool] = never, dismissed: Sequence[str] = (),
    ) -> Events:
        """Understood, Found, a Written for each sentence as it passes the check, Finished.

        `dismissed` are words for time in the question that are not to count.
        """
        events = self._events(question, history, filters or Filters(), stop, dismissed)
        return self._logged(events, self._ledger) if self._ledger else events

    def _logged(self, events: Events, ledger: Ledger) -> Events:
        """The same events, the answer entered in the log before whoever asked has it and may go away."""
        hits: Sequence[Hit] = ()
        state = self.archive.fingerprint
        for event in events:
            if isinstance(event, Found):
                hits = event.hits
            elif isinstance(event, Finished):
                prompt = prompts(event.answer.query, self._generator) if self._generator else ""
                ledger.keep(event.answer, hits, prompt, state)
            yield event

    def _events(
        self, question: str, history: Sequence[Turn], filters: Filters, stop: Callable[[], bool], dismissed: Sequence[str],
    ) -> Events:
        clock = _Clock()
        held = self.archive.stats()
        query = understand(question, history, filters, languages=held.languages, held=held.span,
                           today=self._today(), dismissed=dismissed)
        yield Understood(query)
        told, selection, hits = self._read(query)
        clock.mark("retrieve")
        if told.status == "no_evidence" if told else not selection.answers:
            yield Found((), hits[:SHOWN])
            yield Finished(self._nothing(query, hits, clock, "filters" if self._finder.beyond(query) else ""))
            return
        evidence = told.evidence if told else selection.evidence
        yield Found(evidence, hits[:SHOWN])
        outside = (told is None or told.status == "answered") and self._finder.outside(query, evidence)
        sentences = []
        if outside:
            sentences.append(Sentence(text("answer.elsewhen", query.language), (), "framing"))
            yield Written(sentences[0])
        said = told.sentences if told else self._sentences(query, selection, stop)
        for sentence in framed(said, evidence, query.language):
            clock.mark("first_sentence")
            sentences.append(sentence)
            yield Written(sentence)
        told = told or Told("answered", selection.evidence)
        yield Finished(self._answer(query, told, sentences, clock, "period" if outside else ""))

    def _read(self, query: Query) -> tuple[Told | None, Selection, Sequence[Hit]]:
        """What answers word for word, where the question asks for an overview or for who said what, takes for granted what
        is not so, or has two answers; the evidence; and what was found."""
        if topic := asked_overview(query.text):
            near = self._background.find(query, topic)
            overview = self._background.told(query, topic, near)
            spoken = self._testimony.attributed(Selection(overview.evidence, bool(overview.evidence), {}))
            return replace(overview, evidence=spoken.evidence), spoken, near
        hits, selection = self._finder.find(query)
        selection = self._testimony.attributed(selection)
        saying = asked_saying(query.topical)
        told = self._testimony.told(query, saying, selection, hits) if saying else None
        return told or contradicted(query, hits) or disagreement(query, hits, selection), selection, hits

    def _sentences(self, query: Query, selection: Selection, stop: Callable[[], bool]) -> Iterator[Sentence]:
        """The model's sentences that pass, as they come; then the evidence that none of them stands for, in its words."""
        told: set[int] = set()
        for draft in self._drafts(query, selection, stop):
            backing = self._backing(draft, query, selection)
            if backing and not told.intersection(backing):
                told.update(backing)
                own = any(draft.text == selection.evidence[n - 1].text for n in backing)
                yield Sentence(draft.text, backing, "quoted" if own else "composed")
        for n, evidence in enumerate(selection.evidence, 1):
            if n not in told:
                yield Sentence(evidence.text, (n,), "quoted")

    def _drafts(self, query: Query, selection: Selection, stop: Callable[[], bool]) -> Iterator[Draft]:
        """What the model writes from the evidence, the best first, with its citations by the evidence's own order."""
        if self._generator is None:
            return
        best = sorted(range(len(selection.evidence)), key=lambda at: -selection.evidence[at].score)
        if best and not self._generator.chat and foreign(query.language, selection.evidence[best[0]]):
            return  # a base model may only shorten what stands there, which is no answer in the question's language
        number = {shown: at + 1 for shown, at in enumerate(best, 1)}
        try:
            for draft in compose(query, [selection.evidence[at] for at in best], self._generator, stop=stop):
                yield Draft(draft.text, tuple(number[n] for n in draft.cites if n in number))
        except GeneratorError as error:
            log.warning("%s The answer is given in the articles' own words.", error)

    def _backing(self, draft: Draft, query: Query, selection: Selection) -> tuple[int, ...]:
        """The evidence that supports a draft and whose answer it keeps; empty where there is none.

        The model's own citations are tried first, then each piece of evidence: which one stands behind a sentence is for
        the check to say, whatever number the model wrote.
        """
        single = [(n,) for n in range(1, len(selection.evidence) + 1)]
        for backing in dict.fromkeys([draft.cites, *single]):
            pieces = [selection.evidence[n - 1] for n in backing]
            if pieces and self._supported(draft.text, query, pieces) and all(
                    selection.keeps_answer(draft.text, n - 1, translated=foreign(query.language, selection.evidence[n - 1]))
                    for n in backing):
                return backing
        return ()

    def _supported(self, text: str, query: Query, pieces: Sequence[Evidence]) -> bool:
        """By the verifier; a base model, which often misses what a sentence is about, may only shorten what stands there."""
        evidence = "\n".join(piece.text for piece in pieces)
        if self._generator is not None and not self._generator.chat and not shortens(text, evidence):
            return False
        return verify(
            text, evidence, language=query.language, evidence_language=pieces[0].article.language,
            speakers=[piece.speaker for piece in pieces if piece.speaker]).supported

    def _answer(
        self, query: Query, told: Told, sentences: Sequence[Sentence], clock: "_Clock", outside: Outside,
    ) -> Answer:
        """Citations are numbered in the order in which the answer cites them."""
        order = list(dict.fromkeys(n for sentence in sentences for n in sentence.citations))
        number = {old: new for new, old in enumerate(order, 1)}
        stories = self.archive.stories(list({told.evidence[n - 1].article.id for n in order}))
        return Answer(
            query=query, status=told.status, model=self.model, outside=outside,
            sentences=tuple(Sentence(sentence.text, tuple(number[n] for n in sentence.citations), sentence.origin)
                            for sentence in sentences),
            citations=tuple(Citation(number[n], piece, stories.get(piece.article.id))
                            for n in order for piece in [told.evidence[n - 1]]),
            searched=self.archive.coverage(query.filters), milliseconds=clock.told(),
            disagreement=tuple(Disagreement(tuple(number[n] for n in each.citations), each.values)
                               for each in told.disagreement))

    def _nothing(self, query: Query, hits: Sequence[Hit], clock: "_Clock", outside: Outside) -> Answer:
        return Answer(query=query, status="no_evidence", nearest=self._selector.nearest(query, hits, NEAREST),
                      model=self.model, searched=self.archive.coverage(query.filters), milliseconds=clock.told(),
                      outside=outside)

    def _load(self) -> None:
        self._selector.load()
        if self._generator is not None:
            try:
                self._generator.load()
            except GeneratorError as error:
                log.warning("%s", error)


class _Clock:
    """Milliseconds since the question came, at named moments; the first of a name counts."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._marks: dict[str, float] = {}

    def mark(self, name: str) -> None:
        self._marks.setdefault(name, round((time.perf_counter() - self._start) * 1000, 1))

    def told(self) -> dict[str, float]:
        self.mark("total")
        return dict(self._marks)
