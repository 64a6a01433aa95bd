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
from bot.select import Candidate, Selector
from index.archive import Archive
from index.article import Article, Hit
from index.language import WORD, grams, words
from index.retriever import Retriever, share_words
from index.topic import Topic

MOST = 6  # sentences in an overview
ROOM = 160  # words in them together
REACH = 30  # passages that are found
READ = 16  # of these, the ones that are read, at 12 ms each
NOTHING = Told("no_evidence")
ABSENT = 0.4  # of a subject's words, by weight: where no passage says so many, the archive has nothing of it

NAME = 2.0  # what a name counts beside another word of the same rarity
BESIDE = 0.6  # how near a sentence is to the subject that its neighbour names
WITHIN = 0.4  # … or that its article's title or first sentence names
READER = 0.4  # what the reader counts beside the words
LEAST = 0.3  # of the best sentence's relevance: what has less is about something else
POWER, LENGTH = 1.5, 0.5  # how much relevance counts beside what is new, and length against it
LEANING = 0.4  # what a sentence counts that does not stand alone
AGAIN = 0.5  # … and another one of the same article
ALIKE = 0.5  # share of a sentence's grams that another has, from which it says the same


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that carry a topic: the grams of each, what it weighs (the square of its rarest gram), and whether it is a
    name, which other languages have too."""

    parts: tuple[tuple[frozenset[str], float, bool], ...]

    @classmethod
    def of(cls, topic: str, rarity: Mapping[str, float]) -> "Subject":
        names = {word.casefold() for word in WORD.findall(topic) if word[0].isupper()}
        cut = [(frozenset(grams(word)), word in names) for word in Topic.of(TIME.sub(" ", topic)).words]
        return cls(tuple((own, max(rarity[gram] for gram in own) ** 2 * (NAME if name else 1.0), name) for own, name in cut))

    def share(self, said: frozenset[str], foreign: bool = False) -> float:
        """How much of the subject a text with these grams says, 0…1; in a foreign language names alone count."""
        total = sum(weight for _, weight, name in self.parts if name or not foreign)
        found = sum(weight * _part(own, said) for own, weight, name in self.parts if name or not foreign)
        return found / total if total else 0.0


def _part(own: frozenset[str], said: frozenset[str]) -> float:
    """The share of a word's grams that a text has; 0 below a half, since other words share a few."""
    share = len(own & said) / len(own)
    return share if share >= 0.5 else 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its grams. `relevance` is 0…1: how near its passage and it are to the subject."""

    candidate: Candidate
    grams: frozenset[str]
    relevance: float

    @property
    def length(self) -> int:
        return len(self.candidate.text.split())

    @property
    def article(self) -> Article:
        return self.candidate.hit.article


class Background:
    """Overviews of one archive."""

    def __init__(self, archive: Archive, retriever: Retriever, selector: Selector) -> None:
        self._archive = archive
        self._retriever = retriever
        self._selector = selector

    def told(self, query: Query, topic: str) -> Told:
        """At most six sentences about a topic, of at most 160 words together, in order of time."""
        hits = self._retriever.search(topic, query.filters, REACH, query.language)[:READ]
        subject = Subject.of(topic, self._archive.engine().rarity(grams(topic)))
        if not known(subject, query, hits):
            return NOTHING
        candidates, _ = self._selector.read(query, hits)
        rarity = self._archive.engine().rarity([gram for each in candidates for gram in grams(each.text)])
        return _answer(chosen(weighed(subject, query, candidates), rarity))


def known(subject: Subject, query: Query, hits: Sequence[Hit]) -> bool:
    """Whether some passage, with its title, is about the subject at all."""
    return max((subject.share(frozenset(grams(f"{hit.article.title} {hit.passage.text}")),
                              not share_words(query.language, hit.article.language)) for hit in hits), default=0.0) >= ABSENT


def weighed(subject: Subject, query: Query, candidates: Sequence[Candidate]) -> list[Weighed]:
    """The sentences with how near each is to the subject.

    Near is what the reader takes for an answer and what names the subject; less so, what stands beside that, or in an
    article whose title or first sentence does.
    """
    cut = [frozenset(grams(each.text)) for each in candidates]
    foreign = [not share_words(query.language, each.hit.article.language) for each in candidates]
    about = {each.hit.article.id: subject.share(_head(each.hit.article), other)
             for each, other in zip(candidates, foreign, strict=True)}
    named = [max(subject.share(own, other), WITHIN * about[each.hit.article.id])
             for each, own, other in zip(candidates, cut, foreign, strict=True)]
    near = list(named)
    order = sorted(range(len(candidates)), key=lambda n: (candidates[n].hit.article.id, candidates[n].start))
    for one, other in [*pairwise(order), *pairwise(order[::-1])]:
        if candidates[one].hit.article.id == candidates[other].hit.article.id:
            near[other] = max(near[other], BESIDE * named[one])
    likely = _scaled([math.exp(0.5 * each.reader) for each in candidates])
    passage = _scaled([each.hit.score for each in candidates])
    mixed = [(1 - READER) * one + READER * other for one, other in zip(_scaled(near), likely, strict=True)]
    return [Weighed(*each) for each in zip(candidates, cut, [a * b for a, b in zip(mixed, passage, strict=True)], strict=True)]


def _head(article: Article) -> frozenset[str]:
    return frozenset(grams(f"{article.title} {article.text[:300].partition(chr(10))[0]}"))


def chosen(sentences: Sequence[Weighed], rarity: Mapping[str, float]) -> list[Weighed]:
    worth: dict[str, float] = {}
    for each in sentences:
        for gram in each.grams:
            worth[gram] = worth.get(gram, 0.0) + each.relevance
    worth = {gram: rarity.get(gram, 0.0) * math.sqrt(total) for gram, total in worth.items()}
    best = max(each.relevance for each in sentences)
    left = [each for each in sentences if each.relevance >= LEAST * best and each.length >= 4]
    most = max(2, math.ceil(MOST / len({each.article.id for each in left if each.relevance >= 0.5 * best})))
    covered: set[str] = set()
    told: list[Weighed] = []
    room = ROOM
    while left and len(told) < MOST:
        next_ = max(left, key=lambda each: _gain(each, worth, covered, told))
        told.append(next_)
        room -= next_.length
        covered |= next_.grams
        left = [each for each in left if each is not next_ and each.length <= room and not _alike(each, next_)
                and sum(other.article.id == each.article.id for other in told) < most]
    return told


def _gain(each: Weighed, worth: Mapping[str, float], covered: set[str], told: Sequence[Weighed]) -> float:
    new = sum(worth[gram] for gram in each.grams if gram not in covered)
    gain = each.relevance ** POWER * new / each.length ** LENGTH
    if leans(each.candidate.text):
        gain *= LEANING
    if any(other.article.id == each.article.id for other in told):
        gain *= AGAIN
    return gain


def _alike(one: Weighed, other: Weighed) -> bool:
    return len(one.grams & other.grams) > ALIKE * min(len(one.grams), len(other.grams))


_OPENERS = frozenset().union(*(set(g.subjects) | set(g.objects) | set(g.possessives) for g in GRAMMARS.values())) | frozenset(
    "men och så ja jo nej nå men og så ja jo nei nej and but so yes no well här her here dit hit dessa denna denne dette disse "
    "jag du vi ni jeg eg we i you sedan siden då da också also även även dessutom alltså this these samma same något".split())


def leans(text: str) -> bool:
    """Whether a sentence needs the one before it, or tells nothing: what opens with a pronoun, asks, or exclaims."""
    first = words(text)[:1]
    return (not first or first[0] in _OPENERS or text.rstrip("\"”»'’ ").endswith(("?", "!", ":"))
            or not text[0].isalnum() or text[0].islower())


def _scaled(values: Sequence[float]) -> list[float]:
    most = max(values, default=0.0)
    return [value / most if most > 0 else 0.0 for value in values]


def _answer(told: Sequence[Weighed]) -> Told:
    ordered = sorted(told, key=_time)
    evidence = tuple(Evidence(each.article, each.candidate.start, each.candidate.end, each.candidate.text, each.relevance)
                     for each in ordered)
    return Told("answered", evidence, tuple(Sentence(each.text, (n,), "quoted") for n, each in enumerate(evidence, 1)))


def _time(each: Weighed) -> tuple[bool, str, str, int]:
    return each.article.published is None, each.article.published or "", each.article.id, each.candidate.start
