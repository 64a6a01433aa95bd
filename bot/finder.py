"""The evidence for a question, looked for first where its words for time point, then everywhere.

A reader's filters shut out what does not meet them. The time that a question's own words name only goes first: the words
may be a detail of what happened, and what happened may have been told years later.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Evidence, Query
from bot.calendar import YEAR
from bot.select import Selection, Selector
from index.article import Filters, Hit
from index.retriever import RIVALS, Retriever
from index.span import Span, Timing

_WEAKER = 2.0  # log-odds by which the reader may find an answer of the right time weaker
_ROUNDS = 3  # times that something newer is looked for
_AROUND = 300  # letters about a piece of evidence in which it may name its own time
_YEAR = re.compile(rf"(?<![\d.,]){YEAR}(?!\d)")


class Finder:
    """Searches and selects, with a second try where the first finds no answer."""

    def __init__(self, retriever: Retriever, selector: Selector) -> None:
        self._retriever = retriever
        self._selector = selector

    def find(self, query: Query) -> tuple[list[Hit], Selection]:
        """What was found, best first, and what of it answers; without regard to the time where nothing answers then.

        What answers within the time that is asked about goes before what answers elsewhere, and the newer before the older
        where the newest is asked for.
        """
        hits, selection = self._found(query)
        if query.timing and not selection.answers:
            anywhere = self._found(replace(query, periods=()))
            hits, selection = anywhere if anywhere[1].answers else (hits, selection)
        for _ in range(_ROUNDS):
            better = self._better(query, hits, selection)
            if better is None:
                break
            selection = better
        return hits, self._timely(query, selection)

    def beyond(self, query: Query) -> bool:
        """Whether an answer is found without the reader's filters."""
        return bool(query.filters) and self.find(replace(query, filters=Filters()))[1].answers

    @staticmethod
    def outside(query: Query, evidence: Sequence[Evidence]) -> bool:
        """Whether all of the evidence is from another time than the question names, and names another itself."""
        timing = query.timing
        return bool(timing.spans) and not any(
            timing.holds(each.article.published) or _names(each, timing.spans) for each in evidence)

    def _better(self, query: Query, hits: Sequence[Hit], selection: Selection) -> Selection | None:
        """An answer that fits the time better, where the reader thinks nearly as much of it."""
        wanted = self._wanted(query, hits, selection)
        if not wanted or not selection.answers:
            return None
        second = self._selector.select(query, hits, wanted)
        enough = second.reader > selection.reader - _WEAKER
        return replace(second, answers=True) if enough else None

    def _timely(self, query: Query, selection: Selection) -> Selection:
        """Without what is from another time, where the best of it is from the time that is asked about."""
        best = max(selection.evidence, key=lambda each: each.score, default=None)
        if best is None or self.outside(query, [best]):
            return selection
        kept = [n for n, each in enumerate(selection.evidence) if not self.outside(query, [each])]
        return replace(selection, evidence=tuple(selection.evidence[n] for n in kept),
                       answer_words=tuple(selection.answer_words[n] for n in kept))

    def _wanted(self, query: Query, hits: Sequence[Hit], selection: Selection) -> set[str]:
        """The articles that would fit better than what is selected: of the time asked about where all of that is from
        another, or newer than some of it."""
        if self.outside(query, selection.evidence):
            return {hit.article.id for hit in hits if query.timing.holds(hit.article.published)}
        dates = [each.article.published for each in selection.evidence if each.article.published]
        if not query.timing.newest or not dates:
            return set()
        best = max(hit.score for hit in hits)
        return {hit.article.id for hit in hits
                if hit.score > best - RIVALS and (hit.article.published or "") > min(dates)}

    def _found(self, query: Query) -> tuple[list[Hit], Selection]:
        hits = self._retriever.search(
            query.timeless, query.filters, self._selector.reach, query.language, Timing(query.timing.spans))
        return hits, self._selector.select(query, hits)


def _names(evidence: Evidence, spans: Sequence[Span]) -> bool:
    """Whether a piece of evidence, or what stands about it, names a year of one of the spans."""
    around = evidence.article.text[max(0, evidence.start - _AROUND):evidence.end + _AROUND]
    years = [year for match in _YEAR.finditer(around) if (year := Span.of(match.group()))]
    return any(span.gap(year) == 0 for span in spans if span.since and span.until for year in years)
