"""What the reader sees, as HTML strings: pure functions of events, articles and the archive's figures.

Knows no server and no browser. Whatever comes from an article, a question or a model is escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from string import Template
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from bot.answer import Answer, Citation, Event, Evidence, Finished, Found, Query, Sentence, Understood, Written
from bot.chips import LISTS, chips, unlimited
from bot.texts import INTERFACE, date, language_name, number, text
from index.article import Article, Coverage, Filters, Story
from index.correction import correction

LONGEST_SHOWN = 40_000  # characters of an article shown at once
_SOURCES_SHOWN = 6
_CLIENT_TEXTS = (
    "ask.empty", "ask.long", "ask.failed", "ask.offline", "ask.searching", "ask.composing", "ask.done", "ask.stopped",
    "turn.copied", "turn.uncopied", "add.sending", "add.reading", "add.progress", "add.failed", "add.kind", "add.size",
    "add.nothing", "check.working", "check.reading", "check.empty", "check.failed", "check.long", "check.size", "check.done",
    "quotes.working",
)


class Stats(Protocol):
    """What the page tells about the archive. Dates are ISO, None where no article has one."""

    @property
    def articles(self) -> int: ...
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...
    @property
    def authors(self) -> Sequence[str]: ...
    @property
    def sections(self) -> Sequence[str]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def languages(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """How far one turn has come. `problem` is a sentence for the reader where the question could not be answered."""

    asked: str
    query: Query | None = None
    evidence: tuple[Evidence, ...] | None = None
    sentences: tuple[Sentence, ...] = ()
    answer: Answer | None = None
    stopped: bool = False
    problem: str | None = None
    filters: Filters = field(default_factory=Filters)
    dismissed: tuple[str, ...] = ()

    def after(self, event: Event) -> Shown:
        match event:
            case Understood(query):
                return replace(self, query=query)
            case Found(evidence, _):
                return replace(self, evidence=tuple(evidence))
            case Written(sentence):
                return replace(self, sentences=(*self.sentences, sentence))
            case Finished(answer):
                return replace(self, query=answer.query, sentences=answer.sentences, answer=answer)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The numbered evidence: what the answer cites once it is finished, what was found until then."""
        if self.answer is not None:
            return self.answer.citations
        return tuple(Citation(n, evidence) for n, evidence in enumerate(self.evidence or (), 1))


def page(
    stats: Stats, examples: Iterable[str], language: str, *, limit: int, megabytes: int, kinds: str, longest: int, drafts: str,
) -> str:
    """The whole document, in one of `texts.INTERFACE`.

    `limit` (of a question) and `longest` (of a draft) are in characters, `kinds` and `drafts` lists such as `.txt,.md`.
    """
    told = {name: said(key, language) for name, key in {
        "title": "page.title", "skip": "page.skip", "renew": "page.new", "add": "page.add", "noscript": "page.noscript",
        "language_label": "page.language", "conversation": "page.conversation", "ask_label": "ask.label",
        "placeholder": "ask.placeholder", "filter": "filter.title", "stop": "ask.stop", "send": "ask.send",
        "reader": "page.reader", "blank": "article.none", "drop": "add.drop", "close": "add.close", "views": "views.label",
        "view_ask": "views.ask", "view_quotes": "views.quotes", "view_check": "views.check", "quotes_title": "quotes.title",
        "quotes_lead": "quotes.lead", "speaker": "quotes.speaker", "about": "quotes.about", "show": "quotes.show",
        "everyone": "quotes.everyone", "check_title": "check.title", "check_lead": "check.lead", "draft": "check.draft",
        "draft_placeholder": "check.placeholder", "draft_file": "check.file", "claims": "check.claims", "check": "check.run",
        "check_stop": "ask.stop", "check_again": "check.again",
    }.items()}
    lead = text("add.lead", language, kinds=kinds.replace(",", " "), size=megabytes)
    told["blank"] = f"<p>{told['blank']}</p>{legend(language)}"
    skeleton = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
    return skeleton.substitute(
        told, language=language, limit=limit, megabytes=megabytes, kinds=escape(kinds), add_lead=escape(lead),
        holding=holding(stats, language), switch=_switch(language), start=start(stats, examples, language),
        filters=filters(stats, language), texts=_client_texts(language), longest=longest, drafts=escape(drafts),
        bare=f'{_bar(language)}<article><h2 tabindex="-1">{said("check.not_found", language)}</h2></article>',
    )


def said(key: str, language: str, **values: object) -> str:
    """A text of the interface, escaped."""
    return escape(text(key, language, **values))


def _client_texts(language: str) -> str:
    return "".join(f'<p data-key="{key}">{said(key, language)}</p>' for key in _CLIENT_TEXTS)


def _switch(language: str) -> str:
    links = []
    for code in INTERFACE:
        current = ' aria-current="true"' if code == language else ""
        name = text(f"page.language.{code}", language)
        links.append(f'<a href="?language={code}" hreflang="{code}" lang="{code}"{current}>{name}</a>')
    return "".join(links)


def holding(stats: Stats, language: str) -> str:
    """What the archive holds: how many articles, and of which dates."""
    if not stats.articles:
        return said("archive.empty", language)
    size = text("archive.size.one", language)
    if stats.articles != 1:
        size = text("archive.size", language, articles=number(stats.articles, language))
    first, last = date(stats.first, language), date(stats.last, language)
    dates = text("archive.undated", language)
    if first and last:
        dates = first if first == last else text("archive.dates", language, first=first, last=last)
    return f"<span>{escape(size)}</span> <span>{escape(dates)}</span>"


def legend(language: str) -> str:
    """How quoted and composed sentences are told apart."""
    rows = (
        f"<dt>{_origin(origin, language)}</dt><dd>{said(f'turn.{origin}.why', language)}</dd>"
        for origin in ("quoted", "composed")
    )
    return f'<dl class="legend">{"".join(rows)}</dl>'


def start(stats: Stats, examples: Iterable[str], language: str) -> str:
    """What stands there before the first question."""
    title = f"<h2>{said('start.title', language)}</h2>"
    if not stats.articles:
        return f"{title}<p>{said('start.empty', language)}</p>"
    asked = "".join(
        f'<li><button type="button" class="example">{escape(example)}</button></li>' for example in examples
    )
    listed = f"<h3>{said('start.examples', language)}</h3><ul>{asked}</ul>" if asked else ""
    return f"{title}<p>{said('start.lead', language)}</p>{listed}"


def filters(stats: Stats, language: str) -> str:
    """The fields that narrow a search; their names are those of `index.article.Filters`."""
    dates = "".join(
        f'<label>{said(f"filter.{name}", language)}<input type="date" name="{name}"></label>'
        for name in ("since", "until")
    )
    choices = "".join(_choices(name, getattr(stats, name), language) for name in LISTS)
    clear = f'<button type="button" class="quiet" id="clear">{said("filter.clear", language)}</button>'
    return f'<div class="dates">{dates}</div>{choices}{clear}'


def _choices(name: str, values: Sequence[str], language: str) -> str:
    if not values:
        return ""
    find = ""
    if len(values) > 10:
        label = said("filter.find", language)
        find = f'<input type="search" class="find" aria-label="{label}" placeholder="{label}">'
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{escape(value)}">'
        f"<span>{escape(language_name(value, language) if name == 'languages' else value)}</span></label>"
        for value in values
    )
    summary = f'<summary>{said(f"filter.{name}", language)}<span class="chosen"></span></summary>'
    return f'<details class="choice">{summary}<div>{find}{boxes}</div></details>'


def turn(shown: Shown, language: str) -> str:
    """One question with as much of its answer as there is."""
    parts = [f'<h2 class="question">{escape(shown.asked)}</h2>', _understood(shown, language)]
    if shown.problem:
        parts.append(f'<p class="problem" role="alert">{escape(shown.problem)}</p>')
    elif shown.answer is not None and shown.answer.status == "no_evidence":
        parts.append(_no_evidence(shown.answer, language, shown.dismissed))
    else:
        parts += [_sentences(shown, language), _stage(shown, language), _provenance(shown, language),
                  _sources(shown, language)]
    return "".join(parts)


def _understood(shown: Shown, language: str) -> str:
    query = shown.query
    if query is None:
        return chips(shown.asked, shown.filters, (), language, shown.dismissed)
    line = ""
    if query.rewritten:
        line = f"""<p class="understood">{said('turn.understood', language)}: <q>{escape(query.text)}</q></p>"""
    return line + chips(query.text, query.filters, query.periods, language, shown.dismissed)


def limited(limits: Filters, language: str) -> str:
    """The filters in words, as plain text."""
    told = [
        f"{text(f'filter.{name}', language).lower()} {date(value, language)}"
        for name, value in (("since", limits.since), ("until", limits.until)) if value
    ]
    for name in LISTS:
        values = getattr(limits, name)
        told += [language_name(value, language) for value in values] if name == "languages" else list(values)
    return ", ".join(told)


def _origin(origin: str, language: str) -> str:
    why, label = text(f"turn.{origin}.why", language), text(f"turn.{origin}", language)
    return f'<span class="origin {origin}" title="{escape(why)}">{escape(label)}</span>'


def _sentences(shown: Shown, language: str) -> str:
    if not shown.sentences:
        return ""
    known = {citation.n: citation.evidence for citation in shown.citations}
    asked_in = escape(shown.query.language if shown.query is not None else language)
    corrected = ""
    if shown.answer is not None and shown.answer.status == "corrected":
        corrected = f'<p class="corrected">{said("turn.corrected", language)}</p>'
    lines = "".join(_sentence(sentence, known, language) for sentence in shown.sentences)
    return f'{corrected}<div class="answer" lang="{asked_in}">{lines}</div>'


def _sentence(sentence: Sentence, known: dict[int, Evidence], language: str) -> str:
    marks = "".join(_mark(n, known[n], language) for n in sentence.citations if n in known)
    label = "" if sentence.origin == "framing" else _origin(sentence.origin, language)
    source = next((known[n] for n in sentence.citations if n in known and known[n].text == sentence.text), None)
    told = marked(sentence.text, source.marks if source is not None else ())
    spoken = f' lang="{escape(source.article.language)}"' if source is not None else ""
    return f'<p class="sentence {sentence.origin}">{label}<span class="said"><span{spoken}>{told}</span>{marks}</span></p>'


def marked(told: str, places: Iterable[tuple[int, int]]) -> str:
    """Escaped text, with marks around its places; these in order and apart, what lies outside the text left out."""
    parts, at = [], 0
    for start, end in places:
        start, end = max(start, at), min(end, len(told))
        if start < end:
            parts += [escape(told[at:start]), f"<mark>{escape(told[start:end])}</mark>"]
            at = end
    return "".join([*parts, escape(told[at:])])


def _mark(n: int, evidence: Evidence, language: str) -> str:
    label = said("turn.open", language, n=n, title=evidence.article.title)
    return f'&#8239;<a class="cite" href="{_place(evidence, language)}" aria-label="{label}">[{n}]</a>'


def _place(evidence: Evidence, language: str) -> str:
    keys = [(evidence.start + start, evidence.start + end) for start, end in evidence.marks]
    return place(evidence.article, evidence.start, evidence.end, language, keys)


def place(article: Article, start: int, end: int, language: str, keys: Iterable[tuple[int, int]] = ()) -> str:
    """Where the page fetches the article from, opened at `text[start:end]`, the places `keys` in it shown; escaped."""
    asked = {"id": article.id, "start": start, "end": end, "digest": article.digest, "language": language} | _asked(keys)
    return escape("article?" + urlencode(asked, errors="surrogatepass"))


def _asked(keys: Iterable[tuple[int, int]]) -> dict[str, str]:
    told = ",".join(f"{start}-{end}" for start, end in keys)
    return {"keys": told} if told else {}


def _stage(shown: Shown, language: str) -> str:
    if shown.answer is not None:
        return ""
    if shown.stopped:
        return f'<p class="stage stopped">{said("ask.stopped", language)}</p>'
    key = "ask.searching" if shown.evidence is None else "ask.composing"
    return f'<p class="stage working">{said(key, language)}</p>'


def _provenance(shown: Shown, language: str) -> str:
    if shown.answer is None:
        return ""
    return (f'<div class="provenance"><p>{escape(_software(shown.answer, language))}</p>'
            f'<button type="button" class="quiet copy" data-copy="{escape(plain(shown.answer, language))}">'
            f'{said("turn.copy", language)}</button></div>')


def _software(answer: Answer, language: str) -> str:
    """That software made the answer, and how; plain text."""
    if any(sentence.origin == "composed" for sentence in answer.sentences):
        return text("turn.software", language, model=answer.model)
    return text("turn.software.none", language)


def _sources(shown: Shown, language: str) -> str:
    if not shown.citations:
        return ""
    title = text("turn.sources" if shown.answer is not None else "turn.found", language)
    cards = [_source(citation, language) for citation in shown.citations]
    cited = {(c.evidence.article.id, c.evidence.start) for c in shown.citations}
    rest = [_card(e, "", language) for e in shown.evidence or () if (e.article.id, e.start) not in cited]
    listed = f'<ol class="sources">{"".join(cards[:_SOURCES_SHOWN])}</ol>'
    if shown.answer is not None:
        listed = f'<ol class="sources">{"".join(cards)}</ol>'
    else:
        rest = cards[_SOURCES_SHOWN:]
    return f'<h3 class="over">{escape(title)}</h3>{listed}{_others(rest, language)}'


def _others(cards: Sequence[str], language: str) -> str:
    if not cards:
        return ""
    summary = said("turn.others", language, count=len(cards))
    return f'<details class="others"><summary>{summary}</summary><ol class="sources">{"".join(cards)}</ol></details>'


def _source(citation: Citation, language: str) -> str:
    return _card(citation.evidence, f'<span class="n">{citation.n}</span>', language, citation.story)


def carried(story: Story, language: str) -> str:
    """Who published a story first, when, and how many others carry it; plain text."""
    first = story.sources[0]
    if day := date(story.first.published, language):
        first = f"{first}, {day}"
    key = "turn.carried.one" if story.others == 1 else "turn.carried"
    return text(key, language, first=first, others=number(story.others, language))


def _card(evidence: Evidence, mark: str, language: str, story: Story | None = None) -> str:
    found = evidence.article
    written_in = escape(found.language)
    speaker = f"<span>{said('turn.speaker', language, name=evidence.speaker)}</span>" if evidence.speaker else ""
    facts = f'{speaker}{when(found.published, language)}{_facts(found, ("source", "section"))}'
    shared = ""
    if story is not None:
        names = escape(", ".join(story.sources))
        shared = f'<span class="facts carried" title="{names}">{escape(carried(story, language))}</span>'
    return (
        f'<li><a class="source" href="{_place(evidence, language)}">{mark}'
        f'<span class="headline" lang="{written_in}">{escape(headline(found, language))}</span>'
        f'<span class="facts">{facts}</span><q lang="{written_in}">{marked(evidence.text, evidence.marks)}</q>'
        f'{shared}{_corrected(found, language)}</a></li>'
    )


def _corrected(found: Article, language: str) -> str:
    """The correction of an article, shown with every citation of it."""
    told = correction(found)
    return f'<span class="correction"><b>{said("article.correction", language)}</b> {escape(told)}</span>' if told else ""


def headline(article: Article, language: str) -> str:
    return article.title.strip() or text("article.untitled", language)


def when(published: str | None, language: str) -> str:
    told = date(published, language)
    if told is None or published is None:
        return f'<span class="undated">{said("article.undated", language)}</span>'
    return f'<time datetime="{escape(published)}">{escape(told)}</time>'


def _facts(article: Article, names: Iterable[str]) -> str:
    return "".join(f"<span>{escape(value)}</span>" for name in names if (value := getattr(article, name)))


def _no_evidence(answer: Answer, language: str, dismissed: Sequence[str]) -> str:
    """The honest no, in the language of the question, with what was searched and what came nearest."""
    spoken = answer.query.language if answer.query.language in ("sv", "no", "da", "en") else language
    own = " ".join(sentence.text for sentence in answer.sentences)
    if not answer.searched.articles:
        own = text("answer.outside" if answer.query.filters else "answer.empty", spoken)
    gone_through = escape(searched(answer.searched, answer.query.filters, spoken))
    cards = [_card(evidence, "", spoken) for evidence in answer.nearest]
    nearest = ""
    if cards:
        title = said("answer.nearest", spoken)
        nearest = f'<h3 class="over">{title}</h3><ol class="sources">{"".join(cards)}</ol>'
    beyond = unlimited(answer.query.text, dismissed, spoken) if answer.outside == "filters" else ""
    return (f'<div class="none" lang="{spoken}"><p class="no">{escape(own or text("answer.none", spoken))}</p>'
            f'<p class="searched">{gone_through}</p>{beyond}{nearest}</div>')


def searched(coverage: Coverage, limits: Filters, language: str) -> str:
    """Over how many articles a search went, of which dates and under which filters; plain text."""
    told = [text("answer.searched", language, articles=number(coverage.articles, language))]
    if days := dict.fromkeys(day for day in (date(coverage.first, language), date(coverage.last, language)) if day):
        told.append(" – ".join(days))
    if limits:
        told.append(text("answer.limited", language, filters=limited(limits, language)))
    return " · ".join(told)


def plain(answer: Answer, language: str) -> str:
    """An answer with its sources as plain text, to be pasted somewhere else."""
    lines = [answer.query.asked, "", answer.text, ""]
    for citation in answer.citations:
        evidence, article = citation.evidence, citation.evidence.article
        facts = (evidence.speaker, headline(article, language), article.byline, article.source,
                 date(article.published, language) or text("article.undated", language), article.url)
        quoted = f"”{evidence.text}”" if language == "sv" else f"“{evidence.text}”"
        lines.append(f"[{citation.n}] {quoted} " + ", ".join(fact for fact in facts if fact))
        if citation.story is not None:
            lines.append(f"    {carried(citation.story, language)}")
    return "\n".join([*lines, "", _software(answer, language)])


def article(
    found: Article, start: int, end: int, language: str, *, keys: Sequence[tuple[int, int]] = (), whole: bool = False,
    changed: bool = False, earlier: int = 0,
) -> str:
    """An article opened at `text[start:end]`, those words marked, and within them the places `keys` once more. A long one
    is cut around them unless `whole`. Of one that was withdrawn nothing but that is shown; `earlier` versions of others can
    be looked at."""
    if found.withdrawn:
        gone = f'<p class="note withdrawn">{said("article.withdrawn", language)}</p>'
        return reader(f'<article lang="{escape(found.language)}">{_head(found, language)}{gone}</article>', language)
    first, last = (0, len(found.text)) if whole else _window(found.text, start, end)
    notes = f'<p class="note">{said("article.changed", language)}</p>' if changed else ""
    notes += _corrected(found, language) + (_earlier(found, earlier, language) if earlier else "")
    if (first, last) != (0, len(found.text)):
        notes += _cut(found, start, end, keys, language)
    return reader(
        f'<article lang="{escape(found.language)}">{_head(found, language)}{notes}'
        f'<div class="body">{_body(found.text, first, last, start, end, keys)}</div></article>', language)


def reader(held: str, language: str) -> str:
    """What is shown beside the conversation, under its buttons."""
    return f"{_bar(language)}{held}"


def _earlier(found: Article, number_of: int, language: str) -> str:
    href = escape("versions?" + urlencode({"id": found.id, "language": language}, errors="surrogatepass"))
    told = said("article.earlier.one" if number_of == 1 else "article.earlier", language, number=number_of)
    return f'<p class="note">{told} <a class="whole" href="{href}">{said("article.earlier.show", language)}</a></p>'


def _bar(language: str) -> str:
    return (
        f'<div class="reader-bar"><button type="button" class="quiet back">{said("article.back", language)}</button>'
        f'<button type="button" class="quiet close" aria-label="{said("article.close", language)}">×</button></div>'
    )


def _head(found: Article, language: str) -> str:
    updated = date(found.updated, language)
    renewed = f"<span>{said('article.updated', language, date=updated)}</span>" if updated else ""
    byline = escape(found.byline) if found.byline else said("article.unsigned", language)
    facts = f"<span>{byline}</span>{when(found.published, language)}{renewed}{_link(found.url, language)}"
    return (
        f'<p class="over">{_facts(found, ("source", "section"))}</p>'
        f'<h2 tabindex="-1">{escape(headline(found, language))}</h2>'
        f'<p class="facts">{facts}</p>'
    )


def _cut(found: Article, start: int, end: int, keys: Iterable[tuple[int, int]], language: str) -> str:
    place = {"id": found.id, "start": start, "end": end, "language": language, "whole": 1} | _asked(keys)
    href = escape("article?" + urlencode(place, errors="surrogatepass"))
    told = said("article.cut", language, length=number(len(found.text), language))
    return f'<p class="note">{told} <a class="whole" href="{href}">{said("article.whole", language)}</a></p>'


def _window(body: str, start: int, end: int) -> tuple[int, int]:
    if len(body) <= LONGEST_SHOWN:
        return 0, len(body)
    first = max(0, start - LONGEST_SHOWN // 2)
    last = min(len(body), max(end, start) + LONGEST_SHOWN // 2)
    return body.rfind("\n", 0, first) + 1 if first else 0, last


def _body(body: str, first: int, last: int, start: int, end: int, keys: Iterable[tuple[int, int]]) -> str:
    """The lines of `body[first:last]` as paragraphs, what lies in `[start, end)` marked, and within it the `keys`."""
    paragraphs, at = [], first
    for line in body[first:last].split("\n"):
        if line.strip():
            a, b = (min(max(edge - at, 0), len(line)) for edge in (start, end))
            quoted = marked(line[a:b], [(key - at - a, stop - at - a) for key, stop in keys])
            quoted = f"<mark>{quoted}</mark>" if a < b else ""
            paragraphs.append(f"<p>{escape(line[:a])}{quoted}{escape(line[b:] if a < b else line[a:])}</p>")
        at += len(line) + 1
    return "".join(paragraphs)


def _link(url: str | None, language: str) -> str:
    """A link to the original, where the address is one of the web: a `javascript:` one is shown as text."""
    if not url:
        return ""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        return f"<span>{escape(url)}</span>"
    label = said("article.link", language)
    return f'<a href="{escape(url.strip())}" target="_blank" rel="noopener noreferrer">{label}</a>'


def missing(language: str) -> str:
    """What is shown in an article's place when it has been removed."""
    gone = f'<h2 class="gone" tabindex="-1">{said("article.missing", language)}</h2>'
    return reader(f"<article>{gone}</article>", language)


def outcome(where: str, title: str, action: str, why: str | None, language: str) -> str:
    """One line on an article that was added or skipped."""
    reason = f'<span class="why">{escape(why)}</span>' if why else ""
    return (f'<li class="{escape(action)}"><span class="action">{said(f"add.{action}", language)}</span>'
            f'<span class="what">{escape(title or where)}</span>{reason}</li>')
