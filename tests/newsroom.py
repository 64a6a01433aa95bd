"""A small newsroom that fulfils the contracts of assistant and archive, on invented articles, without a model."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event as Signal

from bot.answer import (
    Answer,
    Citation,
    Event,
    Evidence,
    Finished,
    Found,
    Query,
    Sentence,
    Status,
    Turn,
    Understood,
    Written,
)
from bot.check import Finding, Match, Progress, Verdict
from bot.page import Desk
from bot.people import Person, people
from bot.period import periods
from bot.verify import Problem
from index.article import Article, Coverage, Filters
from index.names import folded
from index.quotes import quotes
from index.readers import Skipped
from index.store import StoredQuote, Version
from index.wording import Change

HOSTILE = (
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true"> '
    "**fet** [länk](javascript:alert(1))"
)
ARTICLES = (
    Article(
        id="fyr", title="Ekholmens fyr får nytt ljus efter elva mörka år", language="sv", byline="Alva Ström",
        published="2026-02-14", section="Kust", source="Norrskärs Nyheter", url="https://example.org/fyr",
        text="Fyren på Ekholmen tänds igen i maj.\n\nRenoveringen har kostat 4,2 miljoner kronor, och länet betalar "
             "hälften. – Det här är öns hjärta, säger fyrvaktaren Ingrid Moberg.\n\nFyren släcktes 2015 sedan "
             "saltvatten trängt in i lampans drivverk. Föreningen Ekholmens vänner samlade in den första miljonen "
             "genom att sälja fyrens gamla prismor, en i taget, till tidigare sommargäster.\n\nInvigningen sker den 9 maj "
             "klockan 21, när det har hunnit bli mörkt.",
    ),
    Article(
        id="farja", title="Council keeps the winter ferry for two more years", language="en", byline="Tom Hale",
        published="2025-11", section="Transport", source="Norrskär Post",
        text="The winter ferry between Ekholmen and Sund will run until 2027, the county council decided on Monday. "
             "“We could not leave 212 people without a road,” said council chair Petra Lind.\n\n"
             "The line costs 1.9 million a year.",
    ),
    Article(
        id="odaterad", title=f"Insändare {HOSTILE}", language="sv",
        text=f"Bryggan i Sund är stängd för reparation. {HOSTILE}\n\nDen som vill bada får gå till Norra viken.",
    ),
)
LATER = Article(
    id="vaktmästare", title="Museichefen slutar efter trettio år", language="sv", byline="Alva Ström", published="2027-09-03",
    text="Museichefen Ingrid Moberg lämnar Ekholmen i höst.\n\n– Jag vill se fastlandet, säger Ingrid Moberg.\n\n"
         f"Enligt kommunalrådet Petra Lind blir tjänsten kvar.\n\n– Vi söker en ny, säger Petra Lind till {HOSTILE}.",
)
EARLIER = Article(
    id="rektor", title="Rektorn vill ha skolskjuts över isen", language="sv", byline="Tom Hale", published="2011-01-20",
    text="– Barnen kan inte gå, säger Sunds rektor Ingrid Moberg.",
)
LONG = Article(
    id="krönika", title="Öns krönika", language="sv", published="1938",
    text="En rad om vädret på ön.\n" * 4000 + "Fyrskeppet gick på grund 1911.\n" + "En rad om fisket.\n" * 4000,
)


@dataclass(frozen=True)
class Stats:
    articles: int
    first: str | None
    last: str | None
    authors: tuple[str, ...]
    sections: tuple[str, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    where: str
    title: str
    action: str
    why: str | None = None


class Archive:
    def __init__(self, articles: Iterable[Article] = (*ARTICLES, EARLIER, LATER, LONG)) -> None:
        self.held = {article.id: article for article in articles}
        self.earlier: dict[str, list[Version]] = {}

    def get(self, article_id: str) -> Article | None:
        return self.held.get(article_id)

    def versions(self, article_id: str) -> list[Version]:
        return self.earlier.get(article_id, [])

    def stats(self) -> Stats:
        held = self.held.values()
        dates = sorted(article.published for article in held if article.published)
        named = (
            tuple(sorted({value for article in held if (value := getattr(article, name))}))
            for name in ("byline", "section", "source", "language")
        )
        return Stats(len(self.held), dates[0] if dates else None, dates[-1] if dates else None, *named)

    def add(
        self, items: Iterable[Article | Skipped], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        listed = list(items)
        for done, item in enumerate(listed, 1):
            if isinstance(item, Skipped):
                yield Outcome(item.where, "", "skipped", item.why)
            else:
                action = "updated" if item.id in self.held else "added"
                self.held[item.id] = item
                yield Outcome(item.id, item.title, action)
            if progress is not None:
                progress(done, len(listed))


def evidence(article_id: str, quote: str, speaker: str | None = None) -> Evidence:
    article = next(article for article in (*ARTICLES, EARLIER, LATER, LONG) if article.id == article_id)
    start = article.text.index(quote)
    return Evidence(article, start, start + len(quote), quote, speaker=speaker)


COST = evidence("fyr", "Renoveringen har kostat 4,2 miljoner kronor, och länet betalar hälften.")
HEART = evidence("fyr", "– Det här är öns hjärta, säger fyrvaktaren Ingrid Moberg.", "Ingrid Moberg")
ROAD = "“We could not leave 212 people without a road,” said council chair Petra Lind."
FERRY = evidence("farja", ROAD, "Petra Lind")
PIER = evidence("odaterad", f"Bryggan i Sund är stängd för reparation. {HOSTILE}")
DARK = replace(evidence("fyr", "Fyren släcktes 2015 sedan saltvatten trängt in i lampans drivverk."), marks=((15, 19),))
GROUND = evidence("krönika", "Fyrskeppet gick på grund 1911.")


@dataclass(frozen=True)
class Reply:
    """What the newsroom answers to a question that holds `word`."""

    word: str
    found: tuple[Evidence, ...]
    written: tuple[Sentence, ...]
    cited: tuple[int, ...]  # of `found`, from 1
    status: Status = "answered"
    understood: str | None = None


REPLIES = (
    Reply("kosta", (HEART, COST, FERRY), (
        Sentence("Renoveringen av fyren har kostat 4,2 miljoner kronor.", (2,), "composed"),
        Sentence(COST.text, (2,), "quoted"),
        Sentence(HEART.text, (1,), "quoted"),
    ), (2, 1)),
    Reply("ferry", (FERRY,), (Sentence(FERRY.text, (1,), "quoted"),), (1,), "corrected"),
    Reply("hon", (HEART,), (Sentence(HEART.text, (1,), "quoted"),), (1,), understood="Vad sa Ingrid Moberg om fyren?"),
    Reply("bryggan", (PIER,), (Sentence(PIER.text, (1,), "quoted"),), (1,)),
    Reply("släcktes", (DARK,), (Sentence(DARK.text, (1,), "quoted"),), (1,)),
    Reply("dark", (DARK,), (
        Sentence("The archive says, in its own language:", (), "framing"), Sentence(DARK.text, (1,), "quoted")), (1,)),
    Reply("fyrskeppet", (GROUND,), (Sentence(GROUND.text, (1,), "quoted"),), (1,)),
)


ALL = Filters()
TODAY = date(2027, 3, 1)


@dataclass(frozen=True)
class People:
    """Who said what in an archive, found anew each time. A topic is a word that a statement holds."""

    archive: Archive

    def all(self) -> tuple[Person, ...]:
        return people(self.statements())

    def statements(self, speaker: str | None = None, about: str | None = None) -> list[StoredQuote]:
        held = [StoredQuote(quote, article) for article in self.archive.held.values() for quote in quotes(article)]
        wanted = set(folded(speaker or "").split())
        return [item for item in held if wanted <= set(folded(item.quote.speaker or "").split())
                and (about or "").casefold() in item.quote.quote.casefold()]


DRAFT = (
    "Fyren tänds igen\n\n– Det här är öns hjärta, säger Ingrid Moberg.\n\n– Jag vill aldrig se fastlandet, säger hon.\n\n"
    "”Vi söker en ny”, säger Alva Ström.\n\n– Havet är djupare än så, säger Petra Lind.\n\n"
    f"Fyren släcktes 2016. Renoveringen har kostat 4,2 miljoner kronor. Ingen vet vad lampan väger {HOSTILE}."
)
_WANTED = "Jag vill se fastlandet"


def _found(text: str, verdict: Verdict, speaker: str | None, match: Match | None, *changes: Change) -> Finding:
    start = DRAFT.index(text)
    return Finding(text, start, start + len(text), "quotation", verdict, speaker, match, changes)


def _claimed(text: str, verdict: Verdict, match: Match | None, *problems: Problem) -> Finding:
    start = DRAFT.index(text)
    return Finding(text, start, start + len(text), "claim", verdict, match=match, problems=problems)


def _source(article: Article, quote: str, speaker: str | None = None) -> Match:
    start = article.text.index(quote)
    return Match(article, start, start + len(quote), quote, speaker)


FINDINGS = (
    _found("Det här är öns hjärta", "verbatim", "Ingrid Moberg",
           _source(ARTICLES[0], "Det här är öns hjärta", "Ingrid Moberg")),
    _found("Jag vill aldrig se fastlandet", "altered", "Ingrid Moberg", _source(LATER, _WANTED, "Ingrid Moberg"),
           Change("same", "Jag vill", "Jag vill"), Change("added", "aldrig", ""),
           Change("same", "se fastlandet", "se fastlandet")),
    _found("Vi söker en ny", "misattributed", "Alva Ström", _source(LATER, "Vi söker en ny", "Petra Lind")),
    _found("Havet är djupare än så", "not_found", "Petra Lind", None),
    _claimed("Fyren släcktes 2016.", "contradicted",
             _source(ARTICLES[0], "Fyren släcktes 2015 sedan saltvatten trängt in i lampans drivverk."),
             Problem("date", "2016")),
    _claimed("Renoveringen har kostat 4,2 miljoner kronor.", "supported",
             _source(ARTICLES[0], "Renoveringen har kostat 4,2 miljoner kronor, och länet betalar hälften.")),
    _claimed(f"Ingen vet vad lampan väger {HOSTILE}.", "not_found", None),
)


@dataclass
class Checker:
    """Finds `FINDINGS` in whatever draft holds their words. Waits for `gate` after the first."""

    gate: Signal = field(default_factory=Signal)
    checked: list[Article] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    def check(self, draft: Article, *, claims: bool = True, progress: Progress | None = None) -> tuple[Finding, ...]:
        self.checked.append(draft)
        found = [finding for finding in FINDINGS
                 if finding.text in draft.text and (claims or finding.kind == "quotation")]
        for done in range(len(found)):
            if progress is not None:
                progress(done + 1, len(found))
            while not self.gate.wait(0.02):
                if progress is not None:
                    progress(done + 1, len(found))
        return tuple(found) if draft.text == DRAFT else ()


@dataclass
class Newsroom:
    """Answers from `REPLIES`. Waits for `gate` before each sentence, so that a test sees the states in between."""

    archive: Archive = field(default_factory=Archive)
    gate: Signal = field(default_factory=Signal)
    model: str = "Testmodell"
    histories: list[tuple[Turn, ...]] = field(default_factory=list)
    asked_with: list[Filters] = field(default_factory=list)
    dismissed: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = ALL, *,
        stop: Callable[[], bool] = lambda: False, dismissed: Sequence[str] = (),
    ) -> Iterator[Event]:
        self.histories.append(tuple(history))
        self.asked_with.append(filters)
        self.dismissed.append(tuple(dismissed))
        if "krasch" in question:
            raise KeyError("the model is gone")
        language = "en" if question.lower().startswith(("who", "why", "what", "when")) else "sv"
        reply = next((reply for reply in REPLIES if reply.word in question.lower()), None)
        understood = (reply and reply.understood) or question
        timed = tuple(period for period in periods(understood, TODAY, language) if period.words not in dismissed)
        query = Query(question, understood, language, filters, timed)
        yield Understood(query)
        if reply is None:
            stats = self.archive.stats()
            near = (Evidence(ARTICLES[0], 0, 35, ARTICLES[0].text[:35]),) if self.archive.held else ()
            yield Found((), ())
            yield Finished(Answer(query, "no_evidence", nearest=near, model=self.model,
                                  searched=Coverage(stats.articles, stats.first, stats.last),
                                  outside="filters" if filters else ""))
            return
        yield Found(reply.found, ())
        for sentence in reply.written:
            while not self.gate.wait(0.02):
                if stop():
                    return
            if stop():
                return
            yield Written(sentence)
        yield Finished(self._answer(query, reply))

    def _answer(self, query: Query, reply: Reply) -> Answer:
        numbers = {old: new for new, old in enumerate(reply.cited, 1)}
        return Answer(
            query, reply.status,
            tuple(Sentence(s.text, tuple(numbers[n] for n in s.citations), s.origin) for s in reply.written),
            tuple(Citation(numbers[old], reply.found[old - 1]) for old in reply.cited), model=self.model,
        )


def desk(newsroom: Newsroom, checker: Checker | None = None) -> Desk:
    """Everything that the page is served by."""
    return Desk(newsroom, People(newsroom.archive), checker or Checker())
