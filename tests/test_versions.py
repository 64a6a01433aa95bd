"""How an article's corrections, earlier versions and withdrawal are shown."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot import render
from bot.answer import Citation, Evidence
from bot.page import build
from bot.view_versions import versions
from index.article import Article
from index.store import Version
from tests.newsroom import HOSTILE, Archive, Newsroom, desk

FIRST = Article(id="fyr", title="Fyren tänds", language="sv", text=(
    "Fyren tänds i maj.\n\nDet kostar 40 miljoner kronor.\n\nIngen vet mer."))
SECOND = replace(FIRST, text=FIRST.text.replace("40", "44"), correction="Summan var fel <b>först</b>.")
THIRD = replace(SECOND, title="Fyren tänds till sist", text=f"{SECOND.text}\n\n{HOSTILE}", correction=None)


def earlier(*articles: Article) -> list[Version]:
    return [Version(article, f"2026-05-0{9 - n}T10:00:00+00:00") for n, article in enumerate(articles)]


def test_what_changed_is_shown_word_by_word_the_latest_first() -> None:
    told = versions(THIRD, earlier(SECOND, FIRST), "sv")
    assert told.index("Ändrad 9 maj 2026") < told.index("Ändrad 8 maj 2026")
    assert "Det kostar <del><span class=\"unseen\">Borttaget: </span>40</del>" in told
    assert "Tillagt: </span>44</ins> miljoner kronor." in told
    assert "Ingen vet mer" not in told, "what is the same is left out"
    assert "Summan var fel &lt;b&gt;först&lt;/b&gt;." in told
    assert "<script>" not in told
    assert "<img" not in told


def test_where_only_facts_changed_that_is_said() -> None:
    assert "Headline and text are the same" in versions(replace(FIRST, byline="Eva Ek"), earlier(FIRST), "en")
    assert "no earlier version" in versions(FIRST, [], "en")


def test_a_long_piece_is_shown_as_a_whole() -> None:
    old, new = (replace(FIRST, text=f"{word} " * 9000) for word in ("förr", "nu"))
    told = versions(new, earlier(old), "en")
    assert told.count("<del>") == told.count("<ins>") == 1


def test_a_correction_stands_with_every_citation() -> None:
    evidence = Evidence(SECOND, 0, 18, SECOND.text[:18])
    assert Citation(1, evidence).as_json()["correction"] == SECOND.correction
    inside = replace(FIRST, text=f"{FIRST.text}\n\nRättelse: I en tidigare version angavs fel summa.")
    assert "fel summa" in Citation(1, replace(evidence, article=inside)).as_json()["correction"]
    assert "correction" not in Citation(1, replace(evidence, article=FIRST)).as_json()
    assert "Summan var fel &lt;b&gt;" in render._card(evidence, "", "sv")


@pytest.fixture
def archive() -> Archive:
    return Archive([SECOND, replace(THIRD, id="dragen", status="withheld")])


def test_the_article_leads_to_its_changes(archive: Archive) -> None:
    with TestClient(build(desk(Newsroom(archive)), hosts=("testserver",))) as client:
        assert "tidigare version" not in client.get("/article", params={"id": "fyr"}).text
        archive.earlier["fyr"] = earlier(FIRST)
        shown = client.get("/article", params={"id": "fyr"}).text
        assert "Artikeln har en tidigare version." in shown
        assert 'href="versions?id=fyr' in shown
        assert "Rättat:" in shown
        assert "44</ins>" in client.get("/versions", params={"id": "fyr"}).text


def test_of_a_withdrawn_article_only_that_is_shown(archive: Archive) -> None:
    with TestClient(build(desk(Newsroom(archive)), hosts=("testserver",))) as client:
        shown = client.get("/article", params={"id": "dragen", "whole": "1", "end": "18"}).text
        assert "indragen" in shown
        assert "Fyren tänds i maj" not in shown
        assert client.get("/versions", params={"id": "dragen"}).status_code == 404
