"""Questions of who said what, answered from the quotes: verbatim, with the speaker, in order of time.

Where somebody else said it, the answer says that; where nobody did, there is none. Knows no generator: what somebody said
is never reworded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answer import LONGEST_QUOTE, Evidence, Query, Sentence, Told
from bot.saying import Saying
from bot.select import Selection
from bot.texts import text
from index.archive import Archive
from index.article import Article, Filters, Hit
from index.engines import Attributes
from index.language import share_words
from index.names import folded
from index.retriever import Retriever, relevance
from index.split import units
from index.store import StoredQuote
from index.stories import said_once
from index.topic import Topic

MOST = 6  # statements in an answer
_SAME = 0.6  # share of a claim's words that a statement must say to be that claim
_LIKE = 0.4  # below that it is something else
_RIVAL = 0.7  # of another's share of the claim: where the person asked for has less, it was the other who said it
_NEAR = 0.4  # of the best statement's relevance: what has less is left out
_FIRST = 5  # passages in which what nobody says in the question's words may be said in others
_ROOM = 160  # words in an answer; the best statement may fill more


NOBODY = Told("no_evidence")


class Testimony:
    """Who said what in one archive."""

    def __init__(self, archive: Archive, retriever: Retriever) -> None:
        self._archive = archive
        self._retriever = retriever

    def attributed(self, selection: Selection) -> Selection:
        """The same evidence, each with the speaker in whose words it lies."""
        found = self._archive.quotes(articles=list({item.article.id for item in selection.evidence}))
        return replace(selection, evidence=tuple(
            replace(evidence, speaker=_speaker(evidence, found)) for evidence in selection.evidence))

    def told(self, query: Query, saying: Saying, selection: Selection, hits: Sequence[Hit]) -> Told | None:
        """The answer by what was said, or None where the question is one for the whole archive after all.

        `selection` (with speakers) and `hits` are what a search for the question found.
        """
        if saying.asking == "speaker":
            return self._who_said(query, saying, selection)
        if saying.asking == "speakers":
            return self._who_spoke(query, saying, selection)
        mine = said_once(self._archive.quotes(saying.speaker, filters=query.filters))
        if not mine and not (saying.speaker or "")[:1].isupper():
            return None
        timely = _in_time(mine, query)
        told = (self._what if saying.asking == "topic" else self._whether)(query, saying, timely, selection)
        unknown = not mine and any(_named(saying.speaker or "", hit.passage.text) for hit in hits)
        return None if told is NOBODY and unknown else told

    def _what(self, query: Query, saying: Saying, mine: Sequence[StoredQuote], selection: Selection) -> Told | None:
        """What somebody says, about something or at all."""
        timely = [item for item in mine if _at(item, saying.when)]
        if saying.topic is None:
            return _answer(_newest(_spread(timely), query), None) if timely else NOBODY
        topic = Topic.of(saying.topic)
        chosen = _best([(relevance(topic, item), item) for item in timely])
        chosen = chosen or self._in_other_words(query, saying, selection, saying.speaker)
        if chosen:
            return _answer(_newest(chosen, query), topic)
        if _own(topic, saying, selection) >= _LIKE and saying.when is None:
            return None
        _, others = self._others(saying.topic, mine, query)
        if mine and others and saying.when is None:
            return _corrected("answer.silent", query, saying, others[0], topic)
        return NOBODY

    def _whether(self, query: Query, saying: Saying, mine: Sequence[StoredQuote], selection: Selection) -> Told | None:
        """Did somebody say it, or why: whether it was that person, another, or nobody."""
        topic = Topic.of(saying.topic or "")
        same = _best([(_said(topic, item, framed=True), item) for item in mine], _LIKE)
        own = max([_said(topic, item, framed=True) for item in same[:1]] + [_own(topic, saying, selection)])
        rival, others = self._others(saying.topic or "", mine, query)
        if mine and not any(share_words(query.language, item.article.language) for item in mine):
            return None  # what cannot be compared word by word is left to the search
        if others and own < _RIVAL * rival:
            return _corrected("answer.other", query, saying, others[0], topic)
        if same and saying.asking == "whether":
            return _answer(same[:1], topic)
        return None if own >= _LIKE else NOBODY

    def _who_said(self, query: Query, saying: Saying, selection: Selection) -> Told | None:
        """The statement that says it, where the words leave no doubt or the search for the question found it too."""
        topic = Topic.of(saying.topic or "")
        found = self._retriever.quotes(saying.topic or "", filters=query.filters)
        same = _best([(_said(topic, item), item) for item in found if _at(item, saying.when)], _SAME)
        if same and same[0].quote.speaker:
            best = _said(topic, same[0])
            if best > 0.8 or _chosen_by(selection, same[:1]):
                return _answer(same[:1], topic, named=True)
        return None

    def _who_spoke(self, query: Query, saying: Saying, selection: Selection) -> Told:
        """Of each person the statement that is most about the topic."""
        topic = Topic.of(saying.topic or "")
        found = self._retriever.quotes(saying.topic or "", filters=query.filters)
        first: dict[str, tuple[float, StoredQuote]] = {}
        for item in found:
            if item.quote.speaker and _at(item, saying.when):
                first.setdefault(folded(item.quote.speaker), (relevance(topic, item), item))
        chosen = _best(first.values()) or self._in_other_words(query, saying, selection)
        return _answer(chosen, topic, named=True) if chosen else NOBODY

    def _others(self, claim: str, mine: Sequence[StoredQuote], query: Query) -> tuple[float, list[StoredQuote]]:
        """Statements of that very claim by other people whom the articles name, the nearest first, and how near it is;
        only in a language that the claim can be compared with word by word."""
        topic = Topic.of(claim)
        names = {item.quote.speaker for item in mine}
        found = [(_said(topic, item, framed=True), item) for item in self._retriever.quotes(claim, filters=query.filters)
                 if item.quote.speaker and item.quote.speaker not in names and item.quote.speaker_start is not None
                 and share_words(query.language, item.article.language)]
        return max((share for share, _ in found), default=0.0), _best(found, _SAME)

    def _in_other_words(
        self, query: Query, saying: Saying, selection: Selection, speaker: str | None = None,
    ) -> list[StoredQuote]:
        """Statements in the passages nearest to the topic.

        Of a given speaker those where the search for the whole question found its answer too, or whose language shares no
        words with the question's. Of everybody the latter alone, and only where that search found an answer.
        """
        hits = self._retriever.search(saying.topic or "", query.filters, _FIRST, query.language)
        found = self._archive.quotes(speaker, articles=list({hit.article.id for hit in hits}), filters=query.filters)
        items = said_once(found)
        near = [item for item in items if item.quote.speaker and _at(item, saying.when) and any(
            hit.article.id == item.article.id and hit.passage.start < item.quote.end and item.quote.start < hit.passage.end
            for hit in hits)]
        foreign = [item for item in near if not share_words(query.language, item.article.language)]
        if speaker is None:
            return foreign[:MOST] if selection.answers else []
        return (foreign or _chosen_by(selection, near))[:MOST]


def _best(scored: Iterable[tuple[float, StoredQuote]], least: float = 0.01) -> list[StoredQuote]:
    """The statements that come near the best, the best first, at most six that fit into the room."""
    ranked = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: -pair[0])
    chosen: list[StoredQuote] = []
    room = _ROOM
    for score, item in ranked:
        room -= len(item.quote.quote.split())
        if chosen and (score < _NEAR * ranked[0][0] or room < 0 or len(chosen) == MOST):
            break
        chosen.append(item)
    return chosen


def _spread(items: Sequence[StoredQuote]) -> list[StoredQuote]:
    """At most six: from each article one before any gives two, spoken words before reported ones, the latest first."""
    ranked = sorted(sorted(items, key=_time, reverse=True), key=lambda item: item.quote.kind != "direct")
    turns: dict[str, int] = {}
    placed = []
    for item in ranked:
        turn = turns[item.article.id] = turns.get(item.article.id, 0) + 1
        placed.append((turn, item))
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])][:MOST]


def _chosen_by(selection: Selection, items: Sequence[StoredQuote]) -> list[StoredQuote]:
    """Those statements among which the search for the whole question found its answer."""
    return [item for item in items if selection.answers and any(
        evidence.article.id == item.article.id and evidence.start < item.quote.end and item.quote.start < evidence.end
        for evidence in selection.evidence)][:MOST]


def _said(topic: Topic, item: StoredQuote, framed: bool = False) -> float:
    """How much of the topic a statement says; `framed`: with the whole sentences that it stands in."""
    return topic.share(_frame(item) if framed else item.quote.quote, item.article.language)


def _at(item: StoredQuote, when: str | None) -> bool:
    """Whether it was said then: by the article's date, or because the sentence says that year."""
    return when is None or Attributes.of(item.article).meet(Filters(since=when, until=when)) or when in _frame(item)


def _in_time(items: Sequence[StoredQuote], query: Query) -> Sequence[StoredQuote]:
    """What was said in the time that the question names; all of it where nothing was."""
    return [item for item in items if query.timing.holds(item.article.published)] or items


def _newest(items: Sequence[StoredQuote], query: Query) -> Sequence[StoredQuote]:
    """What the newest article has of it, where the newest is asked for."""
    dates = [item.article.published for item in items if item.article.published]
    if not query.timing.newest or not dates:
        return items
    return [item for item in items if item.article.published == max(dates)]


def _named(name: str, told: str) -> bool:
    surname = folded(name).rpartition(" ")[2]
    return any(word in (surname, surname + "s") for word in folded(told).split())


def _own(topic: Topic, saying: Saying, selection: Selection) -> float:
    """How much of the topic a search's evidence says of the person asked for, outside the words of others."""
    name = saying.speaker or ""
    telling = [evidence for evidence in selection.evidence
               if _named(name, evidence.text) and (evidence.speaker is None or _named(name, evidence.speaker))]
    return max((topic.share(evidence.text, evidence.article.language) for evidence in telling), default=0.0)


def _answer(items: Sequence[StoredQuote], topic: Topic | None, named: bool = False) -> Told:
    """The statements in order of time, each backed by the words that introduce its speaker. `named`: those words are told
    where the statement itself does not say who speaks."""
    evidence: list[Evidence] = []
    sentences: list[Sentence] = []
    for item in sorted(items, key=_time):
        spoken = _evidence(item, topic)
        if any(_overlap(spoken, other) for other in evidence if other.speaker == spoken.speaker):
            continue
        n = _cite(evidence, spoken)
        backing = [n]
        introduced = _introduction(item, spoken)
        if introduced is not None:
            backing.append(_cite(evidence, introduced))
            if named:
                sentences.append(Sentence(introduced.text, (backing[1],), "quoted"))
        sentences.append(Sentence(spoken.text, tuple(backing), "quoted"))
    return Told("answered", tuple(evidence), tuple(sentences))


def _corrected(key: str, query: Query, saying: Saying, item: StoredQuote, topic: Topic) -> Told:
    """Somebody else said it: who, by the full name that the evidence holds, and what."""
    told = _answer([item], topic)
    name = item.quote.speaker or ""
    introduced = _introduction(item, Evidence(item.article, 0, 0, ""))
    evidence = list(told.evidence)
    (sentence,) = told.sentences
    if introduced is not None and not any(name in each.text for each in evidence):
        sentence = replace(sentence, citations=(*sentence.citations, _cite(evidence, introduced)))
    frame = Sentence(text(key, query.language, asked=saying.speaker, name=name), (), "framing")
    return Told("corrected", tuple(evidence), (frame, sentence))


def _cite(evidence: list[Evidence], new: Evidence) -> int:
    """The number of a piece of evidence, which is added where it is not there."""
    for n, old in enumerate(evidence, 1):
        if (old.article.id, old.start, old.end) == (new.article.id, new.start, new.end):
            return n
    evidence.append(new)
    return len(evidence)


def _time(item: StoredQuote) -> tuple[bool, str, str, int]:
    published = item.article.published
    return published is None, published or "", item.article.id, item.quote.start


def _frame(item: StoredQuote) -> str:
    """A statement with its whole sentences."""
    spans = _spans(item.article, item.quote.start, item.quote.end)
    return item.article.text[spans[0][0]:spans[-1][1]]


def _spans(article: Article, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences that `article.text[start:end]` touches."""
    begin, stop = article.text.rfind("\n", 0, start) + 1, article.text.find("\n", end)
    spans = units(article.text, article.language, begin, len(article.text) if stop < 0 else stop)
    return [span for span in spans if span[0] < end and start < span[1]] or [(start, end)]


def _evidence(item: StoredQuote, topic: Topic | None) -> Evidence:
    """The statement's sentences: two at most, the one that says most of the topic and its neighbour towards the frame."""
    article = item.article
    spans = _spans(article, item.quote.start, item.quote.end)
    at = max(range(len(spans)), key=lambda n: topic.share(article.text[slice(*spans[n])], article.language)) if topic else 0
    start, end = spans[at]
    for other in (spans[at + 1:at + 2] or spans[max(0, at - 1):at]):
        wide = min(start, other[0]), max(end, other[1])
        if len(article.text[wide[0]:wide[1]].split()) <= LONGEST_QUOTE:
            start, end = wide
    return Evidence(article, start, end, article.text[start:end], speaker=item.quote.speaker)


def _introduction(item: StoredQuote, spoken: Evidence) -> Evidence | None:
    """The sentence that introduces the speaker by name; None where the statement's own does, or the article has none."""
    quote, article = item.quote, item.article
    if quote.speaker is None or quote.speaker_start is None or quote.speaker_end is None or _named(quote.speaker, spoken.text):
        return None
    start, end = _spans(article, quote.speaker_start, quote.speaker_end)[0]
    return Evidence(article, start, end, article.text[start:end])


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end


def _speaker(evidence: Evidence, found: Sequence[StoredQuote]) -> str | None:
    """Whose spoken words fill most of the evidence; None where nobody's or several people's do."""
    words: dict[str | None, int] = {}
    for item in found:
        quote = item.quote
        shared = min(quote.end, evidence.end) - max(quote.start, evidence.start)
        if quote.kind == "direct" and item.article.id == evidence.article.id and shared > 0:
            words[quote.speaker] = words.get(quote.speaker, 0) + shared
    return next(iter(words)) if len(words) == 1 and 2 * sum(words.values()) > evidence.end - evidence.start else None
