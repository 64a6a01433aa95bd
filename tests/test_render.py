"""What the reader sees, as strings: escaped, cited, dated, and marked at the right words."""

import re
from dataclasses import replace
from html import unescape
from itertools import accumulate
from urllib.parse import parse_qs

import pytest

from bot import render
from bot.answer import Answer, Citation, Evidence, Finished, Query, Sentence
from index.article import Article, Coverage, Filters
from tests.newsroom import ARTICLES, COST, DARK, FERRY, GROUND, HEART, HOSTILE, LONG, PIER, Archive, Newsroom

_TAG = re.compile(r"<(/?[a-z0-9]+)")
_OURS = {"a", "article", "button", "details", "div", "h2", "h3", "input", "label", "li", "mark", "ol", "p", "q", "span",
         "summary", "time", "ul"}


def _shown(question: str) -> list[render.Shown]:
    begun = render.Shown(question)
    return list(accumulate(Newsroom().stream(question), render.Shown.after, initial=begun))[1:]


def _words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def _place(html: str) -> str:
    return unescape(re.findall(r'class="cite" href="([^"]+)"', html)[0])


def test_evidence_stands_there_before_the_first_sentence() -> None:
    found = _shown("Vad kostade fyren?")[1]
    html = render.turn(found, "sv")
    assert COST.text in _words(html)
    assert "Funnet i arkivet" in html
    assert 'class="sentence' not in html


def test_sentences_say_whether_they_are_quoted_or_composed() -> None:
    html = render.turn(_shown("Vad kostade fyren?")[-1], "sv")
    assert re.findall(r'class="sentence (\w+)"', html) == ["composed", "quoted", "quoted"]
    assert "programvara (Testmodell)" in html
    assert "Fler träffar (1)" in html


def test_quoted_answers_name_no_model() -> None:
    html = render.turn(_shown("Vad sa hon?")[-1], "sv")
    assert "ordagrant" in html
    assert "Testmodell" not in html


def test_a_citation_number_leads_to_its_own_evidence_before_and_after_the_end() -> None:
    *_, written, _, _, finished = _shown("Vad kostade fyren?")
    for shown, label in ((written, "[2]"), (finished, "[1]")):
        html = render.turn(shown, "sv")
        assert f">{label}</a>" in html
        assert f"start={COST.start}&end={COST.end}" in _place(html)


def test_a_rewritten_question_is_shown() -> None:
    assert "Förstådd som: Vad sa Ingrid Moberg om fyren?" in _words(render.turn(_shown("Vad sa hon?")[-1], "sv"))
    assert "Förstådd som" not in render.turn(_shown("Vad kostade fyren?")[-1], "sv")


@pytest.mark.parametrize(("question", "meant"), [
    ("Vad kostade fyren under 1938?", ["under 1938"]), ("Vad kostade fyren förra året?", ["förra året 2026"]),
    ("Vad kostade fyren hösten 2025?", ["hösten 2025 september 2025 – november 2025"]),
    ("Vad kostade fyren sedan 2020?", ["sedan 2020 från och med 2020"]),
    ("Vad kostade fyren nu?", ["nu nyast först"]), ("Vad kostade fyren i måndags?", ["i måndags 22 februari 2027"]),
    ("Vad kostade fyren?", []),
])
def test_the_time_that_counts_is_shown_with_what_it_means(question: str, meant: list[str]) -> None:
    html = render.turn(_shown(question)[-1], "sv")
    chips = re.findall(r'<button type="button" class="chip".*?</button>', html)
    assert [_words(chip).removesuffix("×").strip() for chip in chips] == meant


def test_a_chip_says_what_it_takes_away() -> None:
    filters = Filters(since="2026-01-01", authors=("Tom Hale",))
    shown = render.Shown("Vad kostade fyren under 1938?", filters=filters, dismissed=("i våras",))
    for event in Newsroom().stream(shown.asked, filters=filters):
        shown = shown.after(event)
    html = unescape(render.turn(shown, "en"))
    assert re.findall(r'data-drop="(\[.*?\])"', html) == [
        '["since", "2026-01-01"]', '["authors", "Tom Hale"]', '["dismissed", "under 1938"]']
    assert '"dismissed": ["i våras"]' in html
    assert 'aria-label="Ask again without under 1938"' in html


def test_every_source_has_its_date_or_says_that_it_is_unknown() -> None:
    assert "14 februari 2026" in render.turn(_shown("Vad kostade fyren?")[-1], "sv")
    assert "Datum okänt" in render.turn(_shown("När öppnar bryggan?")[-1], "sv")
    assert "Date unknown" in render.turn(_shown("När öppnar bryggan?")[-1], "en")


@pytest.mark.parametrize(("language", "no"), [
    ("sv", "Arkivet har inget svar"), ("no", "Arkivet har ikke noe svar"), ("da", "Arkivet har intet svar"),
    ("en", "The archive holds no answer"), ("fi", "Arkivet har inget svar"),
])
def test_no_evidence_is_said_in_the_language_of_the_question(language: str, no: str) -> None:
    answer = Answer(Query("?", "?", language, Filters(authors=("Tom Hale",))), "no_evidence",
                    searched=Coverage(1234, "1938", "2026-02-14"))
    html = render.turn(render.Shown("?").after(Finished(answer)), "sv")
    assert no in html
    assert "Tom Hale" in html
    assert "1,234 · 1938 – 14 February 2026" in html or "1\N{NO-BREAK SPACE}234 · 1938 – 14 februar" in html


def test_an_empty_archive_is_said_to_be_empty() -> None:
    answer = Answer(Query("?", "?", "sv"), "no_evidence")
    assert "Arkivet är tomt" in render.turn(render.Shown("?").after(Finished(answer)), "sv")


def test_filters_that_let_nothing_through_are_said_to_do_so() -> None:
    answer = Answer(Query("?", "?", "en", Filters(until="1900")), "no_evidence")
    told = _words(render.turn(render.Shown("?").after(Finished(answer)), "sv"))
    assert "No article in the archive lies within these limits." in told
    assert "Articles searched: 0 · Limited to: to 1900" in told


def test_the_nearest_passages_are_listed() -> None:
    html = render.turn(_shown("Vem vann valet på Mars?")[-1], "sv")
    assert ARTICLES[0].title in html
    assert "Fyren på Ekholmen tänds igen i maj." in html


def test_a_corrected_question_is_said_to_be_so() -> None:
    assert "does not agree" in render.turn(_shown("Who kept the ferry?")[-1], "en")


def _everything_hostile() -> list[str]:
    told = Article(id=HOSTILE, title=HOSTILE, text=HOSTILE, byline=HOSTILE, section=HOSTILE, source=HOSTILE,
                   url=f"javascript:{HOSTILE}", language="sv")
    evidence = replace(PIER, article=told, start=0, end=len(HOSTILE), text=HOSTILE, speaker=HOSTILE)
    query = Query(HOSTILE, HOSTILE + "?", "sv", Filters(authors=(HOSTILE,)))
    answer = Answer(query, "answered", (Sentence(HOSTILE, (1,), "composed"),), (Citation(1, evidence),), model=HOSTILE)
    stats = Archive([told]).stats()
    return [
        render.turn(render.Shown(HOSTILE).after(Finished(answer)), "sv"),
        render.turn(render.Shown(HOSTILE, problem=HOSTILE), "sv"),
        render.article(told, 0, 9, "sv", changed=True), render.outcome(HOSTILE, HOSTILE, "skipped", HOSTILE, "sv"),
        render.filters(stats, "sv"), render.start(stats, [HOSTILE], "sv"),
    ]


@pytest.mark.parametrize("html", _everything_hostile())
def test_nothing_hostile_becomes_markup(html: str) -> None:
    assert {tag.lstrip("/") for tag in _TAG.findall(html)} <= _OURS
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert HOSTILE in _words(html)


@pytest.mark.parametrize("evidence", [COST, HEART, FERRY, PIER, GROUND], ids=lambda evidence: evidence.article.id)
def test_the_quoted_words_are_marked(evidence: Evidence) -> None:
    html = render.article(evidence.article, evidence.start, evidence.end, "sv")
    assert [unescape(mark) for mark in re.findall("<mark>(.*?)</mark>", html)] == [evidence.text]


def test_the_words_that_answer_are_marked_wherever_the_quotation_stands() -> None:
    html = render.turn(_shown("När släcktes fyren?")[-1], "sv")
    assert html.count("Fyren släcktes <mark>2015</mark> sedan saltvatten") == 2, "in the answer and in its source"
    asked = parse_qs(_place(html).partition("?")[2])
    (keys,) = (place.split("-") for place in asked["keys"])
    assert DARK.article.text[int(keys[0]):int(keys[1])] == "2015"
    opened = render.article(DARK.article, DARK.start, DARK.end, "sv", keys=[(int(keys[0]), int(keys[1]))])
    assert "<mark>Fyren släcktes <mark>2015</mark> sedan saltvatten trängt in i lampans drivverk.</mark>" in opened


def test_what_is_composed_is_not_marked() -> None:
    shown = _shown("När släcktes fyren?")[-1]
    composed = replace(shown, sentences=(Sentence("Fyren har varit släckt sedan 2015.", (1,), "composed"),))
    assert render.turn(composed, "sv").count("<mark>") == 1, "in its source alone"


@pytest.mark.parametrize(("places", "told"), [
    (((0, 1), (4, 6)), "<mark>a</mark>&lt;b&gt;<mark>cd</mark>"), (((4, 99),), "a&lt;b&gt;<mark>cd</mark>"),
    (((-3, 0), (6, 9), (2, 2)), "a&lt;b&gt;cd"), (((0, 3), (1, 5)), "<mark>a&lt;b</mark><mark>&gt;c</mark>d"),
    ((), "a&lt;b&gt;cd"),
])
def test_marks_stand_around_escaped_words(places: tuple[tuple[int, int], ...], told: str) -> None:
    assert render.marked("a<b>cd", places) == told


def test_a_mark_may_run_over_paragraphs() -> None:
    told = Article(id="a", title="A", text="Ett.\n\n  Två.\nTre.")
    html = render.article(told, 2, len(told.text) - 1, "sv")
    assert re.findall("<mark>(.*?)</mark>", html) == ["t.", "  Två.", "Tre"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (9_999, 10_000)])
def test_offsets_that_fit_nothing_mark_nothing(start: int, end: int) -> None:
    html = render.article(ARTICLES[0], start, end, "sv")
    assert "<mark>" not in html
    assert "Invigningen sker den 9 maj" in html


def test_a_long_article_is_cut_around_the_quotation_and_can_be_seen_whole() -> None:
    cut = render.article(LONG, GROUND.start, GROUND.end, "sv")
    assert "Bara delen kring citatet visas" in cut
    assert "<mark>Fyrskeppet gick på grund 1911.</mark>" in cut
    assert len(cut) < 2 * render.LONGEST_SHOWN
    whole = render.article(LONG, GROUND.start, GROUND.end, "sv", whole=True)
    assert "Bara delen" not in whole
    assert len(whole) > len(LONG.text)


@pytest.mark.parametrize(("url", "linked"), [
    ("https://example.org/a?b=1&c=2", True), ("HTTP://example.org", True), ("javascript:alert(1)", False),
    (" javascript:alert(1)", False), ("data:text/html,x", False), ("example.org/a", False), ("http://[broken", False),
])
def test_only_addresses_of_the_web_become_links(url: str, linked: bool) -> None:
    html = render.article(replace(ARTICLES[0], url=url), 0, 0, "sv")
    assert ('target="_blank"' in html) is linked
    assert linked or unescape(url) in unescape(html)


def test_a_copied_answer_holds_its_sources_and_says_who_made_it() -> None:
    answer = _shown("Vad kostade fyren?")[-1].answer
    assert answer is not None
    copied = render.plain(answer, "sv")
    assert answer.text in copied
    for part in (COST.text, HEART.text, ARTICLES[0].title, "Alva Ström", "14 februari 2026", "https://example.org/fyr",
                 "programvara", "Ingrid Moberg"):
        assert part in copied


@pytest.mark.parametrize(("articles", "told"), [
    ((), "Arkivet är tomt"), ((ARTICLES[2],), "1 artikel inga datum"),
    ((LONG,), "1 artikel 1938"), ((*ARTICLES, LONG), "4 artiklar 1938 – 14 februari 2026"),
])
def test_the_header_tells_what_the_archive_holds(articles: tuple[Article, ...], told: str) -> None:
    assert _words(render.holding(Archive(articles).stats(), "sv")) == told


def test_a_long_list_of_authors_can_be_searched() -> None:
    many = Archive(replace(ARTICLES[0], id=str(n), byline=f"Skribent {n}") for n in range(30))
    assert render.filters(many.stats(), "sv").count('type="search"') == 1
    assert 'type="search"' not in render.filters(Archive().stats(), "sv")
