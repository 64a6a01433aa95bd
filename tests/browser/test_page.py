"""The page in a real browser, over a small newsroom: what the reader sees, does, and is kept from."""

import re
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect, sync_playwright

from bot import page as served
from tests.newsroom import ARTICLES, COST, DARK, DRAFT, HEART, HOSTILE, Checker, Newsroom, desk

EXAMPLES = ("Vad kostade fyren?", "Why was the ferry kept?")
_FOREIGN = re.compile(r"(?:https?:)?//(?!127\.0\.0\.1)[\w.-]+\.\w+")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the path; install it to run the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium)
        yield started
        started.close()


@dataclass
class Site:
    """A running page, the newsroom behind it, and visitors to it."""

    browser: Browser
    newsroom: Newsroom
    checker: Checker
    address: str
    requests: list[str]
    errors: list[str]

    def visit(self, *, width: int = 1280, locale: str = "sv-SE", **settings: Any) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale=locale, **settings)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address)
        return page


@contextmanager
def serving(desk: served.Desk, examples: Sequence[str]) -> Iterator[str]:
    """The page over a desk, on a port of its own; its address."""
    with ThreadPoolExecutor(1) as aside:  # Playwright keeps an event loop running in this thread
        app = aside.submit(served.build, desk, lambda: examples).result()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    newsroom, checker = Newsroom(), Checker()
    with serving(desk(newsroom, checker), EXAMPLES) as address:
        site = Site(browser, newsroom, checker, address, [], [])
        yield site
        newsroom.gate.set()
        checker.gate.set()
        for context in browser.contexts:
            context.close()
    assert not site.errors


def ask(page: Page, question: str) -> Locator:
    """Asks and returns the turn, as soon as it begins."""
    before = page.locator(".turn").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn).to_be_visible()
    return turn


def answered(page: Page, question: str) -> Locator:
    turn = ask(page, question)
    expect(turn).not_to_have_attribute("aria-busy", "true")
    return turn


def test_nothing_is_fetched_from_elsewhere(site: Site) -> None:
    page = site.visit()
    answered(page, "Vad kostade fyren?").locator(".cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    assert site.requests
    assert not [url for url in site.requests if not url.startswith((site.address, "data:"))]
    visited = {url for url in site.requests if url.startswith(site.address) and "/call/" not in url and "?" not in url}
    for url in visited:
        assert not _FOREIGN.findall(page.request.get(url).text()), url


def test_evidence_comes_at_once_and_sentences_as_they_pass(site: Site) -> None:
    site.newsroom.gate.clear()
    page = site.visit()
    turn = ask(page, "Vad kostade fyren?")
    expect(turn.locator(".source")).to_have_count(3)
    expect(turn.locator(".stage")).to_contain_text("Källorna är framme")
    expect(turn.locator(".sentence")).to_have_count(0)
    expect(page.locator("#reader mark")).to_have_text(HEART.text)
    site.newsroom.gate.set()
    expect(turn.locator(".sentence")).to_have_count(3)
    expect(turn.locator(".sentence").first.locator(".origin")).to_have_text("Formulerat")
    expect(turn.locator(".sentence").last.locator(".origin")).to_have_text("Citat")
    expect(turn.locator(".provenance")).to_contain_text("programvara")
    expect(turn.locator(".source >> visible=true")).to_have_count(2)


def test_a_click_on_a_number_opens_the_article_at_the_quoted_words(site: Site) -> None:
    page = site.visit()
    turn = answered(page, "Vad kostade fyren?")
    turn.locator(".cite", has_text="[1]").first.click()
    reader = page.locator("#reader")
    expect(reader.locator("mark")).to_have_text(COST.text)
    expect(reader.locator("mark")).to_be_in_viewport()
    expect(reader.locator("h2")).to_have_text(ARTICLES[0].title)
    expect(reader.locator(".facts")).to_contain_text("Alva Ström")
    expect(reader.locator(".facts")).to_contain_text("14 februari 2026")
    expect(reader.get_by_role("link", name="Läs originalet")).to_have_attribute("href", "https://example.org/fyr")
    turn.locator(".cite", has_text="[2]").click()
    expect(reader.locator("mark")).to_have_text(HEART.text)


def test_the_words_that_answer_are_marked_in_answer_source_and_article(site: Site) -> None:
    page = site.visit()
    turn = answered(page, "När släcktes fyren?")
    expect(turn.locator(".said mark")).to_have_text("2015")
    expect(turn.locator(".source mark")).to_have_text("2015")
    turn.locator(".cite").click()
    expect(page.locator("#reader mark").first).to_have_text(DARK.text)
    expect(page.locator("#reader mark mark")).to_have_text("2015")


def test_a_foreign_quotation_is_led_by_its_language(site: Site) -> None:
    turn = answered(site.visit(locale="en-GB"), "When did the lighthouse go dark?")
    expect(turn.locator(".sentence").first).to_have_text("The archive says, in its own language:")
    expect(turn.locator(".quoted [lang=sv]")).to_have_text(DARK.text)
    expect(turn.locator(".sentence.framing .origin")).to_have_count(0)


def test_the_quoted_words_of_a_long_article_are_scrolled_to(site: Site) -> None:
    page = site.visit()
    answered(page, "Var gick fyrskeppet på grund?").locator(".cite").click()
    expect(page.locator("mark")).to_be_in_viewport()
    page.get_by_text("Visa hela").click()
    expect(page.locator("#reader .body p")).to_have_count(8001)
    expect(page.locator("mark")).to_be_in_viewport()


def test_markup_in_articles_and_questions_is_text(site: Site) -> None:
    page = site.visit()
    turn = answered(page, f"När öppnar bryggan? {HOSTILE}")
    expect(turn.locator("h2.question")).to_contain_text(HOSTILE)
    expect(turn.locator(".said")).to_contain_text(HOSTILE)
    turn.locator(".cite").click()
    expect(page.locator("#reader mark")).to_contain_text(HOSTILE)
    expect(page.locator("#reader h2")).to_contain_text(HOSTILE)
    for forbidden in (".desk script", ".desk img", '.desk a[href^="javascript"]'):
        assert page.locator(forbidden).count() == 0
    page.reload()
    expect(page.locator(".turn .said")).to_contain_text(HOSTILE)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(("locale", "button"), [
    ("sv-SE", "Fråga"), ("en-GB", "Ask"), ("nb-NO", "Fråga"), ("de-DE", "Ask"),
])
def test_the_browsers_language_decides(site: Site, locale: str, button: str) -> None:
    expect(site.visit(locale=locale).locator("#send")).to_have_text(button)


def test_the_language_can_be_switched_and_the_conversation_stays(site: Site) -> None:
    page = site.visit()
    answered(page, "Vad kostade fyren?")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator(".turn")).to_have_count(1)
    answered(page, "Vad sa hon?")
    assert [turn.question for turn in site.newsroom.histories[-1]] == ["Vad kostade fyren?"]


def test_two_readers_never_see_each_others_conversation(site: Site) -> None:
    first, second = site.visit(), site.visit()
    answered(first, "Vad kostade fyren?")
    answered(second, "När öppnar bryggan?")
    answered(first, "Vad sa hon?")
    assert [[turn.question for turn in history] for history in site.newsroom.histories] == [
        [], [], ["Vad kostade fyren?"],
    ]
    second.reload()
    expect(second.locator(".question")).to_have_text(["När öppnar bryggan?"])
    third = first.context.new_page()
    third.goto(site.address)
    expect(third.locator("#start")).to_be_visible()
    expect(third.locator(".turn")).to_have_count(0)


def test_a_follow_up_is_shown_as_it_was_understood(site: Site) -> None:
    page = site.visit()
    answered(page, "Vad kostade fyren?")
    turn = answered(page, "Vad sa hon?")
    expect(turn.locator(".understood")).to_contain_text("Vad sa Ingrid Moberg om fyren?")
    history = site.newsroom.histories[-1]
    assert COST.text in history[0].answer


def test_no_evidence_is_clear_and_shows_what_came_nearest(site: Site) -> None:
    page = site.visit()
    turn = answered(page, "Who won the election on Mars?")
    expect(turn.locator(".no")).to_have_text("The archive holds no answer to that question.")
    expect(turn.locator(".searched")).to_have_text("Articles searched: 6 · 1938 – 3 September 2027")
    turn.locator(".source").click()
    expect(page.locator("#reader mark")).to_have_text("Fyren på Ekholmen tänds igen i maj.")


def test_a_question_that_is_too_long_or_empty_is_refused(site: Site) -> None:
    page = site.visit()
    page.press("#question", "Enter")
    expect(page.locator("#count")).to_have_text("Skriv en fråga först.")
    page.fill("#question", "å" * 1001)
    page.click("#send")
    expect(page.locator("#count")).to_contain_text("1001 tecken lång")
    expect(page.locator(".turn")).to_have_count(0)
    assert not site.newsroom.histories


def test_an_answer_can_be_stopped(site: Site) -> None:
    site.newsroom.gate.clear()
    page = site.visit()
    turn = ask(page, "Vad kostade fyren?")
    expect(turn.locator(".source")).to_have_count(3)
    page.click("#stop")
    expect(turn.locator(".stage")).to_contain_text("Stoppat")
    site.newsroom.gate.set()
    expect(page.locator("#send")).to_be_visible()
    expect(turn.locator(".sentence")).to_have_count(0)
    expect(answered(page, "Vad kostade fyren?").locator(".sentence")).to_have_count(3)


@pytest.mark.filterwarnings("ignore:::gradio.queueing")  # counts failures with old calls of pandas
def test_an_error_is_said_and_the_next_question_is_answered(site: Site) -> None:
    page = site.visit()
    expect(answered(page, "En krasch?").locator(".problem")).to_contain_text("Något gick fel")
    expect(answered(page, "Vad kostade fyren?").locator(".sentence")).to_have_count(3)


def test_filters_reach_the_search_and_are_shown(site: Site) -> None:
    page = site.visit()
    page.click("#narrow")
    page.fill('input[name="since"]', "2026-01-01")
    page.get_by_text("Skribent").click()
    page.get_by_label("Alva Ström").check()
    page.get_by_text("Språk", exact=True).click()
    page.get_by_label("Svenska").check()
    expect(page.locator("#narrowed")).to_have_text("3")
    turn = answered(page, "Vad kostade fyren?")
    filters = site.newsroom.asked_with[-1]
    assert (filters.since, filters.until, filters.authors, filters.languages) == (
        "2026-01-01", None, ("Alva Ström",), ("sv",))
    expect(turn.locator(".chip > span:first-child")).to_have_text(
        ["från och med 1 januari 2026", "Alva Ström", "Svenska"])
    page.get_by_role("button", name="Rensa").click()
    answered(page, "Vad kostade fyren?")
    assert not site.newsroom.asked_with[-1]


def test_a_filter_is_taken_away_at_the_answer_by_click_and_by_key(site: Site) -> None:
    page = site.visit()
    page.click("#narrow")
    page.fill("[name=since]", "2026-01-01")
    page.get_by_text("Skribent").click()
    page.get_by_label("Alva Ström").check()
    turn = answered(page, "Vad kostade fyren under 2025?")
    expect(turn.locator(".chip")).to_have_count(3)
    page.fill("#question", "Ett utkast")
    turn.get_by_role("button", name="Fråga igen utan Alva Ström").click()
    second = page.locator(".turn").nth(1)
    expect(second).not_to_have_attribute("aria-busy", "true")
    assert (site.newsroom.asked_with[-1].since, site.newsroom.asked_with[-1].authors) == ("2026-01-01", ())
    expect(page.locator("#narrowed")).to_have_text("1")
    expect(page.locator("#question")).to_have_value("Ett utkast")
    second.get_by_role("button", name="Fråga igen utan under 2025").focus()
    page.keyboard.press("Enter")
    third = page.locator(".turn").nth(2)
    expect(third.locator(".chip > span:first-child")).to_have_text(["från och med 1 januari 2026"])
    assert site.newsroom.dismissed[-1] == ("under 2025",)
    third.locator(".chip").click()
    expect(page.locator(".turn")).to_have_count(4)
    expect(page.locator(".turn").nth(3)).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".turn").nth(3).locator(".chip")).to_have_count(0)
    assert (bool(site.newsroom.asked_with[-1]), site.newsroom.dismissed[-1]) == (False, ("under 2025",))


def test_an_answer_outside_the_filters_is_one_click_away(site: Site) -> None:
    page = site.visit()
    page.click("#narrow")
    page.fill("[name=until]", "2020-01-01")
    turn = answered(page, "Vem vann valet på Mars?")
    expect(turn.locator(".beyond")).to_contain_text("Utanför avgränsningen har arkivet ett svar.")
    turn.get_by_role("button", name="Fråga utan avgränsning").click()
    expect(page.locator(".turn").nth(1)).not_to_have_attribute("aria-busy", "true")
    assert not site.newsroom.asked_with[-1]
    expect(page.locator("[name=until]")).to_have_value("")
    expect(page.locator(".turn").nth(1).locator(".beyond")).to_have_count(0)


def test_articles_are_added_by_upload(site: Site) -> None:
    page = site.visit()
    page.get_by_role("button", name="Lägg till artiklar").click()
    harbour, broken, program = (
        FilePayload(name=name, mimeType="text/plain", buffer=held) for name, held in (
            ("hamn.txt", "Ny hamn i Sund\n\nDen öppnar i juni.".encode()), ("trasig.json", b"{"), ("a.exe", b"x"))
    )
    page.set_input_files("#files", [harbour, broken])
    expect(page.locator("#stage")).to_have_text("Klart: 1 nya, 0 uppdaterade, 0 oförändrade, 1 överhoppade.")
    expect(page.locator("#bar")).to_have_js_property("value", 1)
    expect(page.locator("#outcomes li")).to_have_count(2)
    expect(page.locator("#holding")).to_contain_text("7 artiklar")
    page.set_input_files("#files", program)
    expect(page.locator("#stage")).to_contain_text("”a.exe” är av ett slag som inte kan läsas")


def test_an_answer_is_copied_with_its_sources(site: Site) -> None:
    page = site.visit(permissions=["clipboard-read", "clipboard-write"])
    answered(page, "Vad kostade fyren?").get_by_role("button", name="Kopiera med källor").click()
    expect(page.locator(".copy")).to_have_text("Kopierat")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert COST.text in copied
    assert "Alva Ström, Norrskärs Nyheter, 14 februari 2026, https://example.org/fyr" in copied


def test_an_example_asks_itself(site: Site) -> None:
    page = site.visit()
    page.get_by_role("button", name="Vad kostade fyren?").click()
    expect(page.locator(".sentence")).to_have_count(3)
    page.get_by_role("button", name="Nytt samtal").click()
    expect(page.locator("#start")).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(0)


def test_all_can_be_done_with_the_keyboard(site: Site) -> None:
    page = site.visit()
    turn = answered(page, "Vad kostade fyren?")
    turn.locator(".cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(turn.locator(".cite").first).to_be_focused()
    expect(page.locator("#reader mark")).to_have_count(0)


def test_on_a_telephone_the_article_lies_over_the_conversation(site: Site) -> None:
    page = site.visit(width=390)
    turn = answered(page, "Vad kostade fyren?")
    expect(page.locator("#reader")).to_be_hidden()
    turn.locator(".cite").first.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Tillbaka").click()
    expect(page.locator("#reader")).to_be_hidden()
    expect(turn).to_be_visible()
    page.click("#narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# WCAG 2.2, 1.4.3: text against the nearest background that is painted.
_CONTRASTS = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = parse(getComputedStyle(node).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
  };
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.checkVisibility() && [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim()))
    .filter((node) => !node.matches(".unseen, .skip, noscript, noscript *"))
    .map((node) => {
      const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
      return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), node.className + " " + node.textContent.slice(0, 30)];
    }).filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(site: Site, scheme: str) -> None:
    page = site.visit(color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate(_CONTRASTS) == []
    for question in ("Vad kostade fyren förra året?", "Who kept the ferry?", "När öppnar bryggan?"):
        answered(page, question)
    page.click("#narrow")
    page.fill("[name=until]", "2020-01-01")
    answered(page, "Vem vann valet på Mars?")
    page.click("#narrow")
    page.locator(".cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    page.click("#narrow")
    assert page.evaluate(_CONTRASTS) == []


_NAMELESS = """() => [...document.querySelectorAll("button, a, input, textarea, summary")]
  .filter((node) => !(node.labels?.length || node.ariaLabel || node.textContent.trim()))
  .map((node) => node.outerHTML)"""


def test_every_control_has_a_name(site: Site) -> None:
    page = site.visit()
    answered(page, "Vad kostade fyren?").locator(".cite").first.click()
    page.click("#narrow")
    assert page.evaluate(_NAMELESS) == []


# Who said what ------------------------------------------------------------------------------------------------------

def test_people_are_listed_and_one_click_leads_to_their_words(site: Site) -> None:
    page = site.visit()
    page.get_by_role("link", name="Citat").click()
    expect(page.locator(".person")).to_have_count(2)
    page.locator(".person", has_text="Ingrid Moberg").click()
    expect(page.locator(".roles dt")).to_have_text(["Sunds rektor", "fyrvaktaren", "Museichefen"])
    expect(page.locator(".roles dd")).to_have_text(["20 januari 2011", "14 februari 2026", "3 september 2027"])
    expect(page.locator(".statement")).to_have_count(3)
    page.locator(".statement", has_text="fastlandet").click()
    expect(page.locator("#reader mark")).to_have_text("Jag vill se fastlandet")
    expect(page.locator("#reader mark")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".person")).to_have_count(2)
    page.go_back()
    expect(page.locator("#question")).to_be_visible()


def test_statements_are_found_by_name_and_topic_and_downloaded(site: Site) -> None:
    page = site.visit()
    page.goto(f"{site.address}#quotes")
    page.fill("#speaker", "Lind")
    page.fill("#about", "ny")
    page.press("#about", "Enter")
    expect(page.locator(".statement")).to_have_count(1)
    expect(page.locator(".statement .facts")).to_contain_text("Citat")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Hämta som CSV").click()
    assert downloading.value.suggested_filename == "citat.csv"
    page.fill("#about", HOSTILE)
    page.press("#about", "Enter")
    expect(page.locator(".nothing")).to_contain_text("Inget uttalande")
    page.reload()
    expect(page.locator("#about")).to_have_value(HOSTILE)
    assert page.evaluate("window.hacked") is None


def test_the_conversation_is_there_when_one_comes_back(site: Site) -> None:
    page = site.visit()
    answered(page, "Vad kostade fyren?")
    page.get_by_role("link", name="Citat").click()
    expect(page.locator("#turns")).to_be_hidden()
    page.get_by_role("link", name="Fråga", exact=True).click()
    expect(page.locator(".turn")).to_be_visible()


# Checking a draft ---------------------------------------------------------------------------------------------------

def checked(page: Page, draft: str = DRAFT) -> Locator:
    page.goto(page.url.split("#")[0] + "#check")
    page.fill("#draft", draft)
    page.click("#check")
    expect(page.locator(".software")).to_be_visible()
    return page.locator("#checked")


def test_a_draft_is_shown_with_its_marks(site: Site) -> None:
    shown = checked(site.visit())
    expect(shown.locator(".draft .verdict")).to_have_text(
        ["Ordagrant", "Ändrat", "Fel person", "Finns inte", "Motsägs"])
    expect(shown.locator(".finding")).to_have_count(7)
    expect(shown.locator(".draft")).to_contain_text(HOSTILE)
    expect(shown.locator(".summary li")).to_have_count(7)
    assert shown.page.evaluate("window.hacked") is None
    assert site.checker.checked[0].text == DRAFT


@pytest.mark.parametrize(("sort", "marked", "note"), [
    ("altered", "Jag vill se fastlandet", ["Jag vill", "aldrig", "se fastlandet"]),
    ("misattributed", "Vi söker en ny", ["Alva Ström", "Petra Lind"]),
    ("contradicted", "Fyren släcktes 2015 sedan saltvatten trängt in i lampans drivverk.", ["Stämmer inte: 2016"]),
    ("verbatim", "Det här är öns hjärta", ["Orden står så i arkivet."]),
])
def test_each_mark_opens_its_source_with_the_difference(site: Site, sort: str, marked: str, note: list[str]) -> None:
    page = site.visit()
    checked(page).locator(f".finding.{sort}").click()
    expect(page.locator("#reader mark")).to_have_text(marked)
    expect(page.locator("#reader mark")).to_be_in_viewport()
    told = page.locator("#reader .checked-note")
    expect(told).to_be_in_viewport()
    for words in note:
        expect(told).to_contain_text(words)


def test_what_is_not_in_the_archive_is_said_without_a_source(site: Site) -> None:
    page = site.visit()
    checked(page).locator(".finding.not_found").click()
    expect(page.locator("#reader .checked-note")).to_contain_text("Arkivet har inget sådant citat.")
    page.keyboard.press("Escape")
    expect(page.locator(".finding.not_found")).to_be_focused()


def test_a_draft_is_checked_from_a_file_and_without_claims(site: Site) -> None:
    page = site.visit()
    page.goto(f"{site.address}#check")
    page.set_input_files("#draft-file", FilePayload(name="utkast.txt", mimeType="text/plain", buffer=DRAFT.encode()))
    page.get_by_label("Granska även påståenden").uncheck()
    page.click("#check")
    expect(page.locator(".finding")).to_have_count(4)
    page.get_by_role("button", name="Nytt utkast").click()
    expect(page.locator("#draft")).to_be_focused()


def test_a_check_tells_its_progress_and_can_be_stopped(site: Site) -> None:
    site.checker.gate.clear()
    page = site.visit()
    page.goto(f"{site.address}#check")
    page.click("#check")
    expect(page.locator("#check-problem")).to_have_text("Klistra in ett utkast eller välj en fil först.")
    page.fill("#draft", DRAFT)
    page.click("#check")
    expect(page.locator("#check-stage")).to_have_text("Granskar … 1 av 7")
    page.locator("#uncheck").click()
    expect(page.locator("#check")).to_be_visible()
    expect(page.locator("#checking")).to_be_hidden()
    expect(page.locator("#draft")).to_have_value(DRAFT)
    site.checker.gate.set()
    checked(page)


def test_the_views_on_a_telephone(site: Site) -> None:
    page = site.visit(width=390)
    page.goto(f"{site.address}#quotes?speaker=Moberg")
    expect(page.locator(".statement")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    checked(page).locator(".finding.altered").click()
    expect(page.locator("#reader .checked-note")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Tillbaka").click()
    expect(page.locator(".draft")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_views_stand_out_from_their_background_and_are_named(site: Site, scheme: str) -> None:
    page = site.visit(color_scheme=scheme, reduced_motion="reduce")
    for hash_ in ("#quotes", "#quotes?speaker=Moberg", "#quotes?speaker=ingen"):
        page.goto(site.address + hash_)
        expect(page.locator(".finds, .nothing")).to_be_visible()
        assert page.evaluate(_CONTRASTS) == []
    checked(page)
    for sort in ("altered", "misattributed", "contradicted", "not_found"):
        page.locator(f".finding.{sort}").click()
        expect(page.locator(".checked-note")).to_be_visible()
        assert page.evaluate(_CONTRASTS) == []
        assert page.evaluate(_NAMELESS) == []
