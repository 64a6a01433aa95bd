"""A question -> the passages that may answer it: keyword and vector scores joined, under filters.

The scores are scaled to 0…1 and added. Joining by ranks instead loses what the distances between scores say: with these
weights mean reciprocal rank on Norwegian news was .876 by scores, .767 by ranks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.archive import Archive
from index.article import Filters, Hit
from index.engines import Scored, Terms
from index.language import SCANDINAVIAN, detect, grams, stems
from index.store import StoredQuote
from index.topic import Topic, surroundings

REACH = 200  # candidates by each score
NEAR = 30  # passages among which the quotes about a topic are looked for
_ABOUT = 0.5  # share of a topic's words that a statement or its surroundings must say
SPARE = 50  # more than wanted, since some may be removed or in another language


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each scaled score counts. `foreign` is what the cosine alone counts for a passage in a language that does
    not share its words with the question's."""

    grams: float = 0.35
    stems: float = 0.15
    cosine: float = 0.50
    foreign: float = 0.75


class Retriever:
    """Search over one archive."""

    def __init__(self, archive: Archive, weights: Weights | None = None) -> None:
        self._archive = archive
        self._weights = weights or Weights()

    def search(self, question: str, filters: Filters | None = None, k: int = 10, language: str = "") -> list[Hit]:
        """The best `k` passages, best first. `language` is the question's, detected where it is not given."""
        language = language or detect(question)
        terms = Terms(grams=grams(question), stems=stems(question, language))
        vector = self._archive.embedder.query(question)
        found = self._archive.engine().search(terms, vector, filters or Filters(), REACH)
        return self._ranked(_with_parts(found), language, k)

    def quotes(
        self, about: str, *, speaker: str | None = None, articles: Sequence[str] | None = None, filters: Filters | None = None,
        limit: int | None = None,
    ) -> list[StoredQuote]:
        """What was said about a topic, the most relevant first: the words themselves count more than their surroundings.

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
        return [item for _, item in sorted(kept, key=lambda pair: -pair[0])][:limit]

    def _ranked(self, found: Sequence[tuple[int, dict[str, float]]], language: str, k: int) -> list[Hit]:
        """Reads from the database only what may come among the best: whole articles are read with their passages."""
        hopeful = sorted(found, key=lambda pair: -max(self._joined(pair[1]), self._weights.foreign * pair[1]["cosine"]))
        near = dict(hopeful[:2 * k + SPARE])
        hits = []
        for key, item in self._archive.passages(list(near)).items():
            parts = near[key]
            shared = share_words(language, item.article.language)
            score = self._joined(parts) if shared else self._weights.foreign * parts["cosine"]
            hits.append(Hit(item.passage, item.article, score, parts))
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:k]

    def _joined(self, parts: Mapping[str, float]) -> float:
        weights = self._weights
        return weights.grams * parts["grams"] + weights.stems * parts["stems"] + weights.cosine * parts["cosine"]


def relevance(topic: Topic, item: StoredQuote) -> float:
    """How much a statement is about a topic, 0…1; 0 where neither it nor its surroundings say half of the topic."""
    language = item.article.language
    said = topic.share(item.quote.quote, language)
    around = said if said == 1 else topic.share(surroundings(item.article, item.quote.start, item.quote.end), language)
    return 0.6 * said + 0.4 * around if max(said, around) >= _ABOUT else 0.0


def _with_parts(found: Sequence[Scored]) -> list[tuple[int, dict[str, float]]]:
    """Each key with its scores, scaled over all that was found, and as they were."""
    scaled = {name: _scaled([getattr(scored, name) for scored in found]) for name in ("grams", "stems", "cosine")}
    return [(scored.key, {name: values[at] for name, values in scaled.items()} | {
        "share_of_grams": scored.grams, "share_of_stems": scored.stems, "raw_cosine": scored.cosine})
        for at, scored in enumerate(found)]


def share_words(one: str, other: str) -> bool:
    """Whether keywords can find a text of one language by a question in the other."""
    return one == other or {one, other} <= SCANDINAVIAN or not one or not other


def _scaled(values: Sequence[float]) -> list[float]:
    """Scores to 0…1. What lies below the reach of a search counts as its least."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]
