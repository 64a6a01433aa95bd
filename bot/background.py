"""What an archive tells of a subject, over several articles and in order of time: whole sentences, each from another place.

The sentences are chosen one by one: each time the one that adds most of what the passages about the subject say and no
sentence before it said (budgeted maximum coverage: Takamura and Okumura 2009, "Text summarization model based on maximum
coverage problem and its variant"; Lin and Bilmes 2011, "A class of submodular functions for document summarization").
Knows no generator: every sentence stands as the article has it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answer import Evidence, Query, Sentence, Told
from bot.grammar import GRAMMARS, TIME
from index.archive import Archive
from index.article import Article, Hit
from index.language import WORD, grams, share_words, words
from index.retriever import Retriever
from index.split import units
from index.topic import Topic
from index.words import words_of

MOST = 6  # pieces in an overview
ROOM = 160  # words in them together
LONGEST = 50  # words in a piece
SHORTEST = 4
PASSAGES = 16  # whose sentences are weighed, at about 15 ms each
NOBODY = Told("no_evidence")

# Set by hand on 69 questions over two archives, 29 of them about what is not there; of 28 others 26 were then decided
# rightly. The weights from FORM on change little about an answer within a factor of about 1.3.
SURE = 0.882  # cosine of the nearest passage plus what the best's words add, from which the archive knows of the subject
SURE_FOREIGN = 0.85  # … where the passages are in a language that shares no words with the question's
SURE_BESIDE = 0.862  # … and others are in the question's own, and do not know of it
NAMED = 0.03  # what all the subject's words add
FORM = 0.6  # share of a word's grams from which another is a form of it, or a compound with it
NAME = 2.0  # what a name counts beside another word of the same rarity
BESIDE = 0.6  # how near a sentence is to the subject that its neighbour names
WITHIN = 0.4  # … or that its article's title or first line names
MEANING = 0.6  # what the vector counts in the geometric mean, the words having the rest: both must agree
FAINT = 0.1  # what no word of the subject counts
SPREAD = 0.15  # cosine below that of the best sentence at which the vector counts nothing
BEHIND = 0.6  # score of a passage below the best at which its sentences count nothing
LEAST = 0.6  # of the mean relevance of the best six: what has less is about something else
POWER, LENGTH = 1.5, 0.25  # how much relevance counts beside what is new, and length against it
LEANING = 0.4  # what a sentence counts that leans on the one before
BROKEN = 0.15  # … or that is none: a headline, a caption, a line of a table
AGAIN = 0.5  # … or is another one of the same article
LED = 0.5  # of its relevance that the sentence before must have, to be told with it
ALIKE = 0.5  # share of a piece's grams that another has, from which it says the same


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that carry a topic: for each its grams with their rarity, what it weighs (the square of their mean), and
    whether it is a name, which other languages have too."""

    parts: tuple[tuple[Mapping[str, float], float, bool], ...]

    @classmethod
    def of(cls, topic: str, rarity: Mapping[str, float]) -> "Subject":
        names = {word.casefold() for word in WORD.findall(topic) if word[0].isupper()}
        cut = [({gram: max(rarity[gram], 0.1) for gram in grams(word)}, word in names)
               for word in Topic.of(TIME.sub(" ", topic)).words]
        return cls(tuple((own, (sum(own.values()) / len(own)) ** 2 * (NAME if name else 1.0), name) for own, name in cut))

    def share(self, text: str, foreign: bool = False) -> float:
        """How much of the subject a text says, 0…1; in a foreign language names alone count."""
        said = [frozenset(grams(word)) for word in set(words(text))]
        wanted = [part for part in self.parts if part[2] or not foreign]
        total = sum(weight for _, weight, _ in wanted)
        return sum(weight * _said(own, said) for own, weight, _ in wanted) / total if total else 0.0

    @property
    def named(self) -> bool:
        return any(name for _, _, name in self.parts)


def _said(own: Mapping[str, float], said: Sequence[frozenset[str]]) -> float:
    """The share of a word's grams that some word of a text has, the rare ones counting more; 0 where it is another word."""
    best = max((sum(weight for gram, weight in own.items() if gram in word) for word in said), default=0.0)
    share = best / sum(own.values())
    return share if share >= FORM else 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or one with the sentence before it that it leans on. `relevance` is 0…1: how near its passage and it are
    to the subject."""

    article: Article
    start: int
    end: int
    relevance: float
    grams: frozenset[str]
    alone: float = 1.0  # how well it stands alone
    story: int | None = None  # which copies share

    @property
    def text(self) -> str:
        return self.article.text[self.start:self.end]

    @property
    def length(self) -> int:
        return len(self.text.split())

    @property
    def source(self) -> object:
        """What counts as one source: an article with its copies."""
        return self.article.id if self.story is None else self.story

    def same(self, other: "Piece") -> bool:
        """Whether one says mostly what the other says, or they overlap."""
        if self.article.id == other.article.id and self.start < other.end and other.start < self.end:
            return True
        return len(self.grams & other.grams) > ALIKE * min(len(self.grams), len(other.grams))


class Background:
    """Overviews of one archive."""

    def __init__(self, archive: Archive, retriever: Retriever) -> None:
        self._archive = archive
        self._retriever = retriever

    def find(self, query: Query, topic: str) -> list[Hit]:
        """The passages that an overview is told from."""
        return self._retriever.search(topic, query.filters, PASSAGES, query.language, query.timing)

    def told(self, query: Query, topic: str, hits: Sequence[Hit]) -> Told:
        """At most six pieces about a topic, of at most 160 words together, in order of time."""
        subject = Subject.of(topic, self._archive.engine().rarity(grams(topic)))
        if not known(subject, query, hits):
            return NOBODY
        places = _places(hits)
        texts = [hit.article.text[start:end] for hit, start, end in places]
        embedder = self._archive.embedder
        cosines = [float(value) for value in embedder.passages(texts) @ embedder.query(topic)]
        rarity = self._archive.engine().rarity([gram for text in texts for gram in grams(text)])
        return _answer(chosen(pieces(subject, query, places, cosines), rarity))


def known(subject: Subject, query: Query, hits: Sequence[Hit]) -> bool:
    """Whether the archive tells of the subject at all: a passage lies near it, the more so where some say its words.

    Across languages a name that is asked for must stand there, since no other word can be looked for.
    """
    own = [hit for hit in hits if share_words(query.language, hit.article.language)]
    foreign = [hit for hit in hits if hit not in own]
    named = max((subject.share(_whole(hit), foreign=True) for hit in foreign), default=0.0)
    if foreign and (named or not subject.named) and _nearest(foreign) + NAMED * named >= (SURE_BESIDE if own else SURE_FOREIGN):
        return True
    return bool(own) and _nearest(own) + NAMED * max(subject.share(_whole(hit)) for hit in own) >= SURE


def _nearest(hits: Sequence[Hit]) -> float:
    return max(hit.parts["cosine"] for hit in hits)


def _whole(hit: Hit) -> str:
    return f"{hit.article.title} {hit.passage.text}"


def _places(hits: Sequence[Hit]) -> list[tuple[Hit, int, int]]:
    """The sentences of the passages, each once, with the best passage that holds it, in the order of their articles."""
    found: dict[tuple[str, int], tuple[Hit, int, int]] = {}
    for hit in hits:
        for start, end in units(hit.article.text, hit.article.language, hit.passage.start, hit.passage.end):
            found.setdefault((hit.article.id, start), (hit, start, end))
    return [found[key] for key in sorted(found)]


def pieces(
    subject: Subject, query: Query, places: Sequence[tuple[Hit, int, int]], cosines: Sequence[float],
) -> list[Piece]:
    """The sentences with how near each is to the subject, and those that lean on the one before with it.

    Near is what lies near the topic by its vector and what names the subject; less so, what stands beside that, or in an
    article whose title or first line does.
    """
    texts = [hit.article.text[start:end] for hit, start, end in places]
    foreign = [not share_words(query.language, hit.article.language) for hit, _, _ in places]
    about = {hit.article.id: subject.share(_head(hit.article), other)
             for (hit, _, _), other in zip(places, foreign, strict=True)}
    named = [max(subject.share(text, other), WITHIN * about[hit.article.id])
             for (hit, _, _), text, other in zip(places, texts, foreign, strict=True)]
    together = [(one, two) for one, two in pairwise(range(len(places))) if _adjoin(places[one], places[two])]
    near = list(named)
    for one, two in together:
        near[one], near[two] = max(near[one], BESIDE * named[two]), max(near[two], BESIDE * named[one])
    best = max(cosines, default=0.0)
    meant = [max(0.0, 1 - (best - cosine) / SPREAD) for cosine in cosines]
    top = max((hit.score for hit, _, _ in places), default=0.0)
    passage = [max(0.0, 1 - (top - hit.score) / BEHIND) for hit, _, _ in places]
    found = [
        Piece(hit.article, start, end, share * max(word, FAINT) ** (1 - MEANING) * vector ** MEANING, frozenset(grams(text)),
              alone(text), hit.story)
        for (hit, start, end), text, share, word, vector in zip(places, texts, passage, _scaled(near), meant, strict=True)]
    joined = [_joined(found[one], found[two]) for one, two in together
              if found[two].alone == LEANING and found[one].alone == 1 and found[one].length >= SHORTEST
              and found[one].relevance >= LED * found[two].relevance]
    return [each for each in found + joined if SHORTEST <= each.length <= LONGEST]


def _head(article: Article) -> str:
    first = article.text[:300].partition("\n")[0]
    return f"{article.title} {first}"


def _adjoin(one: tuple[Hit, int, int], two: tuple[Hit, int, int]) -> bool:
    article = one[0].article
    between = article.text[one[2]:two[1]]
    return article.id == two[0].article.id and not between.strip() and between.count("\n") < 2


def _joined(one: Piece, two: Piece) -> Piece:
    """Both, with the mean of their relevance by length: what only leads up to the other must be worth its words."""
    mean = (one.relevance * one.length + two.relevance * two.length) / (one.length + two.length)
    return Piece(one.article, one.start, two.end, mean, one.grams | two.grams, story=one.story)


def chosen(found: Sequence[Piece], rarity: Mapping[str, float]) -> list[Piece]:
    """The pieces that together say most of what all say, the rare and the relevant counting more; none said twice."""
    worth: dict[str, float] = {}
    for each in found:
        for gram in each.grams:
            worth[gram] = worth.get(gram, 0.0) + each.relevance
    worth = {gram: rarity[gram] * math.sqrt(total) for gram, total in worth.items()}
    best = sorted((each.relevance for each in found), reverse=True)[:MOST]
    left = [each for each in found if each.relevance >= LEAST * sum(best) / len(best)]
    of_one = max(2, MOST // max(1, len({each.source for each in left})))
    told: list[Piece] = []
    room = ROOM
    while left and len(told) < MOST:
        taken = max(left, key=lambda each: _gain(each, worth, told))
        told.append(taken)
        room -= taken.length
        left = [each for each in left if each.length <= room and not each.same(taken)
                and sum(other.source == each.source for other in told) < of_one]
    return told


def _gain(each: Piece, worth: Mapping[str, float], told: Sequence[Piece]) -> float:
    """What a piece adds to what is told."""
    new = each.grams.difference(*(other.grams for other in told))
    gain: float = each.alone * each.relevance ** POWER * sum(worth[gram] for gram in new) / each.length ** LENGTH
    if any(other.source == each.source for other in told):
        gain *= AGAIN
    return gain


_ENDS = (".", "!", "?", "…", ":")
_CLOSING = "\"”»'’) "
_PERSONS = frozenset(word for grammar in GRAMMARS.values()
                     for table in (grammar.subjects, grammar.objects, grammar.possessives)
                     for word, bearer in table.items() if bearer in ("f", "m"))
_OPENERS = _PERSONS | frozenset(word for grammar in GRAMMARS.values() for word in grammar.subjects) | words_of(
    "men och også även också samt eller og and but or so yes no well ja jo nej nei så sedan siden då da then här her "
    "here",
    "dit hit dessa denna denne dette disse this these those samma samme same jag du vi ni jeg eg we i you dessutom dessuten",
    "alltså altså detta thus also något noe noget någon",
)


def alone(text: str) -> float:
    """How well a sentence stands alone: less where it opens with a pronoun or a joint, asks or exclaims, and least where it
    is no sentence."""
    first = words(text)[:3]
    shouted = 2 * sum(map(str.isupper, text)) > len(text)
    if not first or text[0] == "(" or "\t" in text or shouted or text.rstrip(_CLOSING)[-1:] not in _ENDS:
        return BROKEN
    leans = (first[0] in _OPENERS or not _PERSONS.isdisjoint(first) or not text[0].isalnum() or text[0].islower()
             or text.rstrip(_CLOSING)[-1] != ".")
    return LEANING if leans else 1.0


def _scaled(values: Sequence[float]) -> list[float]:
    most = max(values, default=0.0)
    return [max(0.0, value / most) if most > 0 else 0.0 for value in values]


def _answer(told: Sequence[Piece]) -> Told:
    if not told:
        return NOBODY
    ordered = sorted(told, key=lambda each: (each.article.published is None, each.article.published or "", each.article.id,
                                             each.start))
    evidence = tuple(Evidence(each.article, each.start, each.end, each.text, each.relevance) for each in ordered)
    sentences = tuple(Sentence(each.text, (n,), "quoted") for n, each in enumerate(evidence, 1))
    return Told("answered", evidence, sentences)
