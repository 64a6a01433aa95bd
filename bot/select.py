"""Found passages -> the few sentences that answer, or the decision that none does.

A sentence is judged by what the reader makes of it, by what it and its neighbours share with the question, and by its
passage's own score. Knows no database and no generator.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answer import Evidence, Query
from bot.highlight import highlight
from bot.reader import Reader, Reading, Sheet
from index.article import Hit
from index.copies import first_of, says_again
from index.language import grams, share_words, words
from index.span import Timing
from index.split import units

PASSAGES = 6  # that are read
MOST = 4  # pieces of evidence in an answer
ROOM = 100  # words for them together; the first may fill more
GAP = 9.0  # what lies further below the best is not worth anybody's time
DOUBT = -7.0  # nor what the reader gives less than a tenth of a percent
SURE = math.log(0.98)  # where the reader is so sure of the first, nothing need stand beside it
RIVAL = 2.3  # what the reader gives a tenth of what it gives the best (log) has no answer of its own to be marked
CALIBRATION = Path(__file__).with_name("calibration.json")
_FLOOR = -8.0  # log-probability below which the reader's doubts are all alike


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; all but the reader's are standardised over the candidates of one question."""

    reader: float = 1.0
    grams: float = 0.75
    around: float = 0.75
    passage: float = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """When to say no: a logistic regression over the signs of a whole search. `fitted` says on what, and how well."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    fitted: str

    @classmethod
    def load(cls, path: Path = CALIBRATION) -> "Calibration":
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def save(self, path: Path = CALIBRATION) -> None:
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def probability(self, signs: Mapping[str, float]) -> float:
        """That the archive holds the answer."""
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage, with the signs that it answers."""

    hit: Hit
    start: int
    end: int
    text: str
    reader: float
    grams: float
    around: float
    answer: tuple[tuple[int, int], ...]
    shares: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence in the order in which it reads well, whether it answers, and which of its words do."""

    evidence: tuple[Evidence, ...]
    answers: bool
    signs: Mapping[str, float]
    answer_words: tuple[frozenset[str], ...] = ()

    @property
    def reader(self) -> float:
        """The log-odds that the reader gives an answer in what was read."""
        return next(value for name, value in self.signs.items() if name.endswith("reader"))

    def keeps_answer(self, text: str, n: int, *, translated: bool = False) -> bool:
        """Whether a sentence says the words of evidence `n` (from 0) that answer; of these, in another language, the
        numbers and the names."""
        said = {word[:5] for word in words(text)}
        source = self.evidence[n].text
        return all(word[:5] in said for word in self.answer_words[n]
                   if not translated or word[0].isdigit() or word[0].upper() + word[1:] in source)


class Selector:
    """Chooses evidence with a reader, or without one by overlap alone."""

    def __init__(self, reader: Reader, *, weights: Weights | None = None, calibration: Calibration | None = None) -> None:
        self._reader = reader
        self._weights = weights or Weights()
        self._calibration = calibration or Calibration.load()

    reach = 30  # passages it wants to be found: enough that more than one article is among them

    def load(self) -> None:
        self._reader.load()

    def select(self, query: Query, hits: Sequence[Hit], among: Collection[str] = ()) -> Selection:
        """At most 4 pieces of evidence; none where nothing was found. `among`: from the articles with these ids alone,
        which the other hits are then held against."""
        if not hits:
            return Selection((), False, {})
        hits = sorted(hits, key=lambda hit: hit.article.id not in among) if among else hits
        candidates, null = self._read(query, [hit for hit in hits[:PASSAGES] if not among or hit.article.id in among])
        told = signs(query, hits, null)
        chosen = _chosen(candidates, self._scores(candidates), query.timing)
        evidence, kept = _joined(chosen, query.text)
        return Selection(evidence, self._calibration.probability(told) >= self._calibration.threshold, told, kept)

    def nearest(self, query: Query, hits: Sequence[Hit], most: int) -> tuple[Evidence, ...]:
        """Of each of the nearest articles, at most `most` and one of a story, the sentence that comes nearest to an answer;
        those in the question's own language first."""
        first: dict[str | int, Hit] = {}
        for hit in sorted(hits, key=lambda hit: not share_words(query.language, hit.article.language)):
            first.setdefault(hit.article.id if hit.story is None else hit.story, hit)
        if not first:
            return ()
        candidates, _ = self._read(query, list(first.values())[:most])
        best: dict[str, Evidence] = {}
        for score, candidate in sorted(zip(self._scores(candidates), candidates, strict=True), key=lambda pair: -pair[0]):
            best.setdefault(candidate.hit.article.id, _evidence(candidate, float(score)))
        return tuple(best[hit.article.id] for hit in first.values() if hit.article.id in best)

    def _read(self, query: Query, hits: Sequence[Hit]) -> tuple[list[Candidate], float]:
        """The sentences of some passages, and the reader's log-probability that none of them answers."""
        spans = [units(hit.article.text, hit.article.language, hit.passage.start, hit.passage.end) for hit in hits]
        sheets = [Sheet(hit.article.title, tuple(hit.article.text[a:b] for a, b in each))
                  for hit, each in zip(hits, spans, strict=True)]
        reading = self._reader.read(query.text, sheets)
        return _candidates(query, hits, spans, reading), reading.null

    def _scores(self, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
        weights = self._weights
        total: NDArray[np.float64] = (
                weights.reader * np.maximum([each.reader for each in candidates], _FLOOR)
                + weights.grams * _standard([each.grams for each in candidates])
                + weights.around * _standard([each.around for each in candidates])
                + weights.passage * _standard([each.hit.score for each in candidates]))
        return total


def _candidates(
    query: Query, hits: Sequence[Hit], spans: Sequence[Sequence[tuple[int, int]]], reading: Reading,
) -> list[Candidate]:
    """Each sentence once, from the best passage that holds it."""
    found: dict[tuple[str, int], Candidate] = {}
    weight = _rarity([hit.article.text[hit.passage.start:hit.passage.end] for hit in hits])
    asked = dict.fromkeys(grams(query.text))
    read = (reading.sentences, reading.answers, reading.shares)
    for hit, places, told, answers, shares in zip(hits, spans, *read, strict=True):
        texts = [hit.article.text[start:end] for start, end in places]
        cut = [set(grams(text)) for text in texts]
        for n, (start, end) in enumerate(places):
            near = set().union(*cut[max(0, n - 1):n + 2])
            found.setdefault((hit.article.id, start), Candidate(
                hit, start, end, texts[n], told[n], _covered(asked, cut[n], weight), _covered(asked, near, weight), answers[n],
                shares[n]))
    return list(found.values())


def _rarity(texts: Sequence[str]) -> Mapping[str, float]:
    """How much a gram tells: less, the more of the found passages share it (inverse document frequency)."""
    counts: dict[str, int] = {}
    for text in texts:
        for gram in set(grams(text)):
            counts[gram] = counts.get(gram, 0) + 1
    return {gram: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for gram, count in counts.items()}


def _covered(asked: Mapping[str, None], said: set[str], weight: Mapping[str, float]) -> float:
    """The share of the question's grams that a text says, the rare ones counting more."""
    rarest = max(weight.values(), default=1.0)
    total = sum(weight.get(gram, rarest) for gram in asked)
    return sum(weight[gram] for gram in asked if gram in said and gram in weight) / total if total else 0.0


def _standard(values: Sequence[float]) -> NDArray[np.float64]:
    row = np.array(values, dtype=np.float64)
    scaled: NDArray[np.float64] = (row - row.mean()) / (row.std() + 1e-6)
    return scaled


def _chosen(
    candidates: Sequence[Candidate], scores: NDArray[np.float64], timing: Timing,
) -> list[tuple[float, Candidate]]:
    """The best that fit into the room and come near the very best, none said twice, none of only a word or two."""
    chosen: list[tuple[float, Candidate]] = []
    room = ROOM
    for at in np.argsort(-scores, kind="stable"):
        candidate = _first_told(candidates[at], candidates, timing)
        if chosen and (scores[at] < chosen[0][0] - GAP or chosen[0][1].reader > SURE):
            break
        length = len(candidate.text.split())
        if length < 3 or any(_same(candidate, other) for _, other in chosen):
            continue
        if chosen and (length > room or candidate.reader < DOUBT):
            continue
        chosen.append((float(scores[at]), candidate))
        room -= length
        if len(chosen) == MOST:
            break
    return chosen


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same: in the same words, or nearly so in copies of one story."""
    return one.text == other.text or (_copies(one, other) and says_again(one.text, other.text))


def _copies(one: Candidate, other: Candidate) -> bool:
    return one.hit.story is not None and one.hit.story == other.hit.story and one.hit.article.id != other.hit.article.id


def _first_told(candidate: Candidate, candidates: Sequence[Candidate], timing: Timing) -> Candidate:
    """The same words in the copy that was published first, in the time that is asked about where one was."""
    again = [other for other in candidates if other.text == candidate.text and _copies(candidate, other)]
    return min([candidate, *again], key=lambda each: first_of(each.hit.article.published, timing))


def _joined(
    chosen: Sequence[tuple[float, Candidate]], question: str,
) -> tuple[tuple[Evidence, ...], tuple[frozenset[str], ...]]:
    """Evidence by article, the best article first, each in the article's order; with the words of each that answer."""
    order: dict[str, None] = dict.fromkeys(candidate.hit.article.id for _, candidate in chosen)
    places = {identifier: n for n, identifier in enumerate(order)}
    read = sorted(chosen, key=lambda pair: (places[pair[1].hit.article.id], pair[1].start))
    asked = set(words(question))
    surest = max((candidate.reader for _, candidate in read), default=0.0)
    evidence = tuple(_evidence(candidate, score, question if candidate.reader > surest - RIVAL else "")
                     for score, candidate in read)
    kept = tuple(frozenset(word for start, end in candidate.answer for word in words(_whole(candidate.text, start, end))
                           if word not in asked) for _, candidate in read)
    return evidence, kept


def _evidence(candidate: Candidate, score: float, question: str = "") -> Evidence:
    """With the words marked that answer the question, where there is one."""
    article = candidate.hit.article
    marks = highlight(question, candidate.text, candidate.shares, article.language) if question else ()
    return Evidence(article, candidate.start, candidate.end, candidate.text, score, marks=marks)


def _whole(text: str, start: int, end: int) -> str:
    """The words that letters belong to."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def signs(query: Query, hits: Sequence[Hit], null: float) -> dict[str, float]:
    """What tells whether a search found the answer at all.

    `null` is the reader's log-probability of "nowhere here"; `standing` is by how many standard deviations the best
    passage stands out from all that were found: where the subject is not in the archive, several are equally near. Where
    question and article share no words, the same signs weigh otherwise, and go by names of their own.
    """
    best = hits[0]
    scores = np.array([hit.score for hit in hits])
    nowhere = min(max(math.exp(null), 1e-4), 1 - 1e-4)
    told = {
        "cosine": max(hit.parts["cosine"] for hit in hits),
        "standing": float((best.score - scores.mean()) / (scores.std() + 1e-3)),
        "reader": math.log(1 - nowhere) - math.log(nowhere),
    }
    if share_words(query.language, best.article.language):
        return told | {"grams": best.parts["grams"]}
    return {f"foreign.{name}": value for name, value in told.items()} | {"foreign": 1.0}
