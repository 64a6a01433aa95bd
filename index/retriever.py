"""A question -> the passages that may answer it: keyword and vector scores joined, under filters.

The scores are added as they are: a BM25 score is a share of the most that the question's terms could give, so it is
small where the passages say the same in other words, and the vectors then decide by themselves. Scaling each score to
0…1 first, over what was found, gives keywords the same weight in every question: on paraphrased questions to newsreels
that cost .05 of the mean reciprocal rank. Joining by ranks loses more still.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from index.archive import Archive
from index.article import Filters, Hit
from index.copies import told_once
from index.engines import Scored, Terms
from index.language import detect, grams, share_words, stems
from index.span import EARLY, LAG, Span, Timing, recency
from index.store import StoredPassage, StoredQuote
from index.stories import said_once
from index.topic import Topic, surroundings

REACH = 200  # candidates by each score
NEAR = 30  # passages among which the quotes about a topic are looked for
_ALIKE = 6  # letters of a name that stay the same where its ending is inflected
_ABOUT = 0.5  # share of a topic's words that a statement or its surroundings must say
_UNDATED = 0.5  # as near as an article without a date is taken to lie to the time that is asked about
RIVALS = 0.25  # below the best: what may answer as well, and among which the newest counts
SPARE = 50  # more than wanted, since some may be removed or in another language
WIDER = 4  # times as many, where most of what was found is copies
WIDEST = 16  # times as many at most


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each score counts.

    For a passage in a language that does not share its words with the question's, keywords are chance: there `foreign`
    stands for what they give on the average, and `names` counts the share of the question's names and figures, which
    are written alike in most languages. `timely` is added for an article of the time that is asked about, less of it the
    further away it lies; `newest` for the newest of those near the best, where the newest is asked for.
    """

    grams: float = 0.5
    stems: float = 0.2
    cosine: float = 3.0
    foreign: float = 0.15
    names: float = 0.06
    timely: float = 0.08
    newest: float = 0.1


class Retriever:
    """Search over one archive."""

    def __init__(self, archive: Archive, weights: Weights | None = None) -> None:
        self._archive = archive
        self._weights = weights or Weights()

    def search(
        self, question: str, filters: Filters | None = None, k: int = 10, language: str = "", timing: Timing | None = None,
    ) -> list[Hit]:
        """The best `k` passages, best first. `language` is the question's, detected where it is not given.

        `timing` shuts nothing out: it moves passages of that time forward. What copies of one story say is found once, in
        the one that was published first; more is looked at where too little is left then.
        """
        language = language or detect(question)
        terms = Terms(grams=grams(question), stems=stems(question, language))
        vector = self._archive.embedder.query(question)
        engine, timing, limits = self._archive.engine(), timing or Timing(), filters or Filters()
        now, times = self._archive.now, 1
        while True:
            timely = {each.key: each for span in timing.spans
                      for each in engine.search(terms, vector, _within(limits, span), REACH * times, now)}
            found = {each.key: each for each in engine.search(terms, vector, limits, REACH * times, now)} | timely
            hits, read = self._ranked(list(found.values()), question, language, (2 * k + SPARE) * times, timing, timely)
            if 2 * len(hits) >= read or len(hits) >= 2 * k or times == WIDEST:
                return hits[:k]
            times *= WIDER

    def quotes(
        self, about: str, *, speaker: str | None = None, articles: Sequence[str] | None = None, filters: Filters | None = None,
        limit: int | None = None,
    ) -> list[StoredQuote]:
        """What was said about a topic, the most relevant first: the words themselves count more than their surroundings. What
        copies of one story repeat is there once.

        Of one speaker (or in given articles) every statement is looked at, otherwise those near the 30 nearest passages.
        """
        if speaker is None and articles is None:
            hits = self.search(about, filters, NEAR)
            near = {(hit.article.id, hit.passage.start, hit.passage.end): hit.score for hit in hits}
            found = self._archive.quotes(articles=list({hit.article.id for hit in hits}), filters=filters)
            found = [item for item in found if any(
                owner == item.article.id and start < item.quote.end and item.quote.start < end for owner, start, end in near)]
        else:
            found = self._archive.quotes(speaker, articles=articles, filters=filters)
        topic = Topic.of(about)
        scored = [(relevance(topic, item), item) for item in found]
        kept = [pair for pair in scored if pair[0] > 0]
        return said_once([item for _, item in sorted(kept, key=lambda pair: -pair[0])])[:limit]

    def _ranked(
        self, found: Sequence[Scored], question: str, language: str, most: int, timing: Timing, timely: Collection[int],
    ) -> tuple[list[Hit], int]:
        """The hits, best first, without what copies say again, and how many there were with it.

        Reads from the database only what may come among the best: whole articles are read with their passages.
        """
        weights = self._weights
        chance = weights.foreign + weights.names
        hopeful = sorted(found, key=lambda one: -weights.cosine * one.cosine - max(self._shared(one), chance)
                         - weights.timely * (one.key in timely))
        near = {scored.key: scored for scored in hopeful[:most]}
        constant = constant_words(question)
        hits = []
        for key, item in sorted(self._archive.passages(list(near)).items()):
            scored = near[key]
            if share_words(language, item.article.language):
                words = self._shared(scored)
            else:
                words = weights.foreign + weights.names * _named(constant, item)
            score = weights.cosine * scored.cosine + words
            if timing.spans:
                nearness = timing.nearness(item.article.published)
                score += weights.timely * (_UNDATED if nearness is None else nearness)
            parts = {"grams": scored.grams, "stems": scored.stems, "cosine": scored.cosine}
            hits.append(Hit(item.passage, item.article, score, parts, item.story))
        read, hits = len(hits), told_once(hits, question, timing)
        hits = self._renewed(hits) if timing.newest else hits
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id)), read

    def _renewed(self, hits: Sequence[Hit]) -> list[Hit]:
        """With the newest of those near the best moved forward."""
        best = max((hit.score for hit in hits), default=0.0)
        near = [hit for hit in hits if hit.score > best - RIVALS]
        new = recency([hit.article.published for hit in near])
        return [*(hit for hit in hits if hit.score <= best - RIVALS), *(
            replace(hit, score=hit.score + self._weights.newest * share) for hit, share in zip(near, new, strict=True))]

    def _shared(self, scored: Scored) -> float:
        return self._weights.grams * scored.grams + self._weights.stems * scored.stems


def relevance(topic: Topic, item: StoredQuote) -> float:
    """How much a statement is about a topic, 0…1; 0 where neither it nor its surroundings say half of the topic."""
    language = item.article.language
    said = topic.share(item.quote.quote, language)
    around = said if said == 1 else topic.share(surroundings(item.article, item.quote.start, item.quote.end), language)
    return 0.6 * said + 0.4 * around if max(said, around) >= _ABOUT else 0.0


def constant_words(question: str) -> list[str]:
    """The words of a question that most languages write alike: figures, and what has a capital without opening it."""
    words = re.findall(r"[^\W_]+", question)
    return [word.casefold()[:_ALIKE] for n, word in enumerate(words) if word.isdigit() or (n and word[0].isupper())]


def _named(constant: Sequence[str], item: StoredPassage) -> float:
    """The share of a question's names and figures that a passage or its title says."""
    said = f"{item.article.title} {item.passage.text}".casefold()
    return sum(word in said for word in constant) / len(constant) if constant else 0.0


def _within(filters: Filters, span: Span) -> Filters:
    """Filters narrowed to articles that may report what happened in a span."""
    since = (span.since - timedelta(days=EARLY)).isoformat() if span.since else filters.since
    until = (span.until + timedelta(days=LAG)).isoformat() if span.until else filters.until
    return replace(filters, since=since, until=until)
