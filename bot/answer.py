"""A question as it was understood, and an answer whose every sentence is cited. Knows no model and no engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.period import Period
from index.article import Article, Coverage, Filters, Hit, Story
from index.correction import correction
from index.span import Timing

Status = Literal["answered", "corrected", "no_evidence"]
Origin = Literal["composed", "quoted", "framing"]
Outside = Literal["", "period", "filters"]
LONGEST_QUOTE = 80  # words in one citation


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of the conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question made to stand alone. `asked` is what the reader typed; `text` is what is searched for, first in the
    `periods` that its words name (places in `text`)."""

    asked: str
    text: str
    language: str
    filters: Filters = field(default_factory=Filters)
    periods: tuple[Period, ...] = ()

    @property
    def rewritten(self) -> bool:
        return self.text != self.asked

    @property
    def timing(self) -> Timing:
        return Timing(tuple(period.span for period in self.periods if not period.newest),
                      any(period.newest for period in self.periods))

    @property
    def timeless(self) -> str:
        """The question without those words for time that no article of that time would use, such as "last year"."""
        return self._without([period for period in self.periods if period.deictic])

    @property
    def topical(self) -> str:
        """The question without the words that tell nothing but the time."""
        return self._without([period for period in self.periods if period.aside])

    def _without(self, periods: Sequence[Period]) -> str:
        text = self.text
        for period in reversed(periods):
            text = text[:period.start].rstrip() + text[period.end:]
        return text if len(text.split()) > 1 else self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One or two neighbouring sentences of an article: `article.text[start:end] == text`, at most 80 words.

    `score` is what the selection gives it (higher answers better; comparable within one question). `speaker` is the
    full name of the person whose words the text holds, where it is known. `marks` are the places in `text` of the words
    that answer, in order and apart, where the reader is sure of them.
    """

    article: Article
    start: int
    end: int
    text: str
    score: float = 0.0
    speaker: str | None = None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The number a reader clicks, the evidence behind it, and the story that its article shares with others."""

    n: int
    evidence: Evidence
    story: Story | None = None

    def as_json(self) -> dict[str, Any]:
        article, evidence = self.evidence.article, self.evidence
        told: dict[str, Any] = {
            "n": self.n, "article_id": article.id, "title": article.title, "byline": article.byline,
            "published": article.published, "url": article.url, "quote": evidence.text,
            "start": evidence.start, "end": evidence.end,
            "marks": [[evidence.start + start, evidence.start + end] for start, end in evidence.marks],
        }
        if evidence.speaker:
            told["speaker"] = evidence.speaker
        if corrected := correction(article):
            told["correction"] = corrected
        if self.story:
            told["story"] = self.story.as_json()
        return told


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, without its marks; `marked` has them."""

    text: str
    citations: tuple[int, ...]
    origin: Origin

    @property
    def marked(self) -> str:
        return self.text + "".join(f" [{n}]" for n in self.citations)

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "citations": list(self.citations), "origin": self.origin}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Citations that give one thing differently, and what each gives, the newer first where their dates tell."""

    citations: tuple[int, ...]
    values: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"citations": list(self.citations), "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be answered, before it is numbered. The citations of its sentences index its evidence from 1."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    disagreement: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets. `searched` is what was gone through, `nearest` what comes closest where nothing answered: one
    piece an article.

    `outside`: all that is cited is from outside the `period` asked about; or nothing is, but outside the reader's `filters`
    the archive has an answer.
    """

    query: Query
    status: Status
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Evidence, ...] = ()
    searched: Coverage = field(default_factory=Coverage)
    model: str = "none"
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    outside: Outside = ""
    disagreement: tuple[Disagreement, ...] = ()

    def __post_init__(self) -> None:
        known = [citation.n for citation in self.citations]
        if len(set(known)) != len(known):
            raise ValueError(f"a citation number stands twice: {known}")
        for sentence in self.sentences:
            if sentence.origin != "framing" and not sentence.citations:
                raise ValueError(f"a sentence without a citation: {sentence.text!r}")
            if unknown := set(sentence.citations) - set(known):
                raise ValueError(f"sentence {sentence.text!r} cites {sorted(unknown)}, which the answer does not have")

    @property
    def text(self) -> str:
        return " ".join(sentence.marked for sentence in self.sentences)

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "question": self.query.asked, "understood": self.query.text, "language": self.query.language,
            "status": self.status, "answer": self.text,
            "sentences": [sentence.as_json() for sentence in self.sentences],
            "citations": [citation.as_json() for citation in self.citations],
            "nearest": [nearest_json(evidence) for evidence in self.nearest],
            "searched": {"articles": self.searched.articles, "since": self.searched.first, "until": self.searched.last,
                         "filters": self.query.filters.as_json()},
            "filters": self.query.filters.as_json(), "periods": [period.as_json() for period in self.query.periods],
            "outside": self.outside or None, "model": self.model, "milliseconds": dict(self.milliseconds),
        }
        return told | ({"disagreement": [each.as_json() for each in self.disagreement]} if self.disagreement else {})


def nearest_json(evidence: Evidence) -> dict[str, Any]:
    """What comes nearest, without the claim that it answers."""
    article = evidence.article
    return {
        "article_id": article.id, "title": article.title, "published": article.published, "text": evidence.text,
        "start": evidence.start, "end": evidence.end, "score": round(evidence.score, 6),
    }


def passage_json(hit: Hit) -> dict[str, Any]:
    """A found passage as the command line prints it."""
    passage, article = hit.passage, hit.article
    return {
        "passage_id": passage.id, "article_id": article.id, "title": article.title, "published": article.published,
        "text": passage.text, "start": passage.start, "end": passage.end, "score": round(hit.score, 6),
    }


# What the assistant tells while it works, in this order; a page shows each as it comes.


@dataclass(frozen=True, slots=True)
class Understood:
    query: Query


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence that will be cited, before anything is composed; empty where there is none."""

    evidence: Sequence[Evidence]
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence that passed the check. Its citation numbers index the evidence of `Found` from 1."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Finished:
    answer: Answer


Event = Understood | Found | Written | Finished
Events = Iterator[Event]
