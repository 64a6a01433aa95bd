"""The page over the example articles, with the real embedder, reader and packaged generator, in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.assistant import Assistant
from bot.check import Checker
from bot.generators.transformers import packaged
from bot.page import Desk
from bot.people import People
from bot.select import Selector
from index.archive import Archive
from tests.browser.test_page import answered, browser, serving

__all__ = ["browser"]  # the fixture

SHOTS = Path(os.environ.get("CITERA_SHOTS", "build/screenshots"))
BRIDGE = "Hur lång ska bron över Tjärsundet bli?"


@pytest.fixture(scope="module")
def address(browser: Browser, seeded: Archive, selector: Selector, models: Path) -> Iterator[str]:
    desk = Desk(Assistant(seeded, packaged(models), selector), People(seeded), Checker(seeded))
    with serving(desk, [BRIDGE]) as address:
        yield address


@pytest.fixture(params=[1280, 390])
def visitor(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(address)
    yield page
    expect.set_options(timeout=5_000)
    context.close()


def kept(page: Page, name: str) -> None:
    """Keeps a screenshot to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    assert page.viewport_size is not None
    page.screenshot(path=SHOTS / f"{name}-{page.viewport_size['width']}.png")


def test_a_question_its_source_and_a_follow_up(visitor: Page) -> None:
    kept(visitor, "start")
    turn = answered(visitor, BRIDGE)
    expect(turn.locator(".said").first).to_contain_text("640 meter")
    turn.locator(".cite").first.click()
    expect(visitor.locator("#reader mark").first).to_be_visible()
    kept(visitor, "answer")
    if visitor.get_by_role("button", name="Stäng").is_visible():
        visitor.get_by_role("button", name="Stäng").click()
    second = answered(visitor, "Och vad kostar den?")
    expect(second).to_contain_text("412 miljoner")
    kept(visitor, "follow-up")


def test_what_the_archive_does_not_hold(visitor: Page) -> None:
    turn = answered(visitor, "Vem vann skidskyttet i Ruhpolding 1992?")
    expect(turn).to_contain_text("Arkivet har inget svar på den frågan.")
    kept(visitor, "no-answer")
