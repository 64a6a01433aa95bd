"""The page's routes, without a browser: what is refused, what is not found, and how uploads are read."""

import csv
import json
import threading
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import page
from bot.draft import pasted
from tests.newsroom import DARK, DRAFT, HOSTILE, Checker, Newsroom, desk


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def client(newsroom: Newsroom) -> Iterator[TestClient]:
    with TestClient(page.build(desk(newsroom), hosts=("testserver",))) as client:
        yield client


@pytest.mark.parametrize("path", [
    "/config", "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/runs",
    "/gradio_api/proxy=https://example.org", "/gradio_api/file=/etc/passwd", "/gradio_api/upload", "/monitoring",
    "/docs", "/openapi.json", "/page.py", "/texts.py", "/assets/index.js", "/login",
])
def test_only_the_pages_own_routes_are_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_requests_from_another_site_are_refused(client: TestClient) -> None:
    for path in ("/upload", "/stop", "/check", "/gradio_api/call/ask"):
        assert client.post(path, headers={"origin": "https://example.org"}).status_code == 403
        assert client.post(path, headers={"origin": "null"}).status_code == 403


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "example.org"}).status_code == 400


def test_the_page_forbids_the_browser_to_load_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_names_no_other_host(client: TestClient) -> None:
    for path in ("/", "/page.css", "/page.js", "/views.js", "/people", "/statements?speaker=Moberg"):
        assert "//" not in client.get(path).text.replace("// ", "").replace("\n//", "")


def test_an_example_that_may_no_longer_be_shown_is_gone_from_the_page(newsroom: Newsroom) -> None:
    examples = ["Vad vet du om Fyren?"]
    with TestClient(page.build(desk(newsroom), lambda: examples, hosts=("testserver",))) as client:
        assert "Vad vet du om Fyren?" in client.get("/").text
        examples.clear()
        assert "Vad vet du om Fyren?" not in client.get("/").text


def test_a_chosen_language_is_kept(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "en"}).text
    assert '<html lang="sv">' in client.get("/?language=sv", headers={"accept-language": "en"}).text
    assert '<html lang="sv">' in client.get("/", headers={"accept-language": "en"}).text


def test_a_missing_article_is_said_to_be_missing(client: TestClient) -> None:
    answer = client.get("/article", params={"id": "nowhere", "language": "en"})
    assert (answer.status_code, "no longer in the archive" in answer.text) == (404, True)


def test_an_article_that_changed_says_so(client: TestClient) -> None:
    asked = {"id": "fyr", "start": "0", "end": "5", "digest": "another", "language": "en"}
    assert "has changed" in client.get("/article", params=asked).text


@pytest.mark.parametrize(("keys", "marked"), [
    ("15-19", "<mark><mark>2015</mark> sedan</mark>"), ("0-9999", "<mark><mark>2015 sedan</mark></mark>"), ("x-y,15", None),
    ("-5,99999999999-1", None), ("19-15", None), ("", None),
])
def test_the_words_that_answer_are_marked_in_the_article(client: TestClient, keys: str, marked: str | None) -> None:
    start = DARK.start + 15
    told = ",".join(f"{DARK.start + int(a)}-{DARK.start + int(b)}" for a, b in [keys.split("-")]) if marked else keys
    asked = {"id": "fyr", "start": str(start), "end": str(start + 10), "keys": told, "language": "sv"}
    assert (marked or "<mark>2015 sedan</mark>") in client.get("/article", params=asked).text


def _upload(client: TestClient, *files: tuple[str, bytes]) -> list[dict[str, object]]:
    answer = client.post("/upload?language=en", files=[("files", file) for file in files])
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_uploads_tell_their_progress_and_what_was_skipped(client: TestClient, newsroom: Newsroom) -> None:
    lines = _upload(client, ("a.txt", "Ny hamn\n\nDen öppnar i juni.".encode()), ("a.txt", b"En annan text."),
                    ("../../b.json", b"{broken"))
    assert [line for line in lines if "total" in line][-1] == {"done": 3, "total": 3}
    assert lines[-1]["finished"] == "Done: 2 added, 0 updated, 0 unchanged, 1 skipped."
    assert any('<span class="what">b.json</span>' in str(line.get("html")) for line in lines)
    assert newsroom.archive.stats().articles == 8


@pytest.mark.parametrize(("name", "size", "why"), [
    ("virus.exe", 10, "“virus.exe” is of a kind"), ("noending", 10, "“noending” is of a kind"),
    ("big.txt", page.UPLOAD_MEGABYTES * 1_000_000 + 1, "larger than 50 MB"),
])
def test_uploads_of_another_kind_or_size_are_refused(client: TestClient, name: str, size: int, why: str) -> None:
    answer = client.post("/upload?language=en", files=[("files", (name, b"x" * size))])
    assert answer.status_code == 400
    assert why in answer.text


def test_a_name_that_no_disk_takes_is_said(client: TestClient) -> None:
    answer = client.post("/upload?language=en", files=[("files", ("å" * 200 + ".txt", b"Fyren"))])
    assert (answer.status_code, "name too long" in answer.text) == (400, True)


def test_a_place_beyond_all_articles_is_none(client: TestClient) -> None:
    assert client.get("/article", params={"id": "fyr", "start": "9" * 5000}).status_code == 200


def test_an_upload_without_files_is_refused(client: TestClient) -> None:
    answer = client.post("/upload?language=en", data={"files": ""})
    assert (answer.status_code, answer.text) == (400, "No file was chosen.")


def _checked(client: TestClient, **sent: Any) -> list[dict[str, Any]]:
    answer = client.post("/check?language=sv", **sent)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_a_draft_is_answered_with_progress_and_marks(client: TestClient) -> None:
    lines = _checked(client, data={"text": DRAFT, "claims": "on"}, files={"file": ("", b"")})
    assert [line for line in lines if "total" in line][-1] == {"done": 7, "total": 7}
    html = lines[-1]["html"]
    assert html.count('class="finding ') == 7
    assert escape(HOSTILE) in html
    assert HOSTILE not in html
    assert "claim" not in _checked(client, data={"text": DRAFT}, files={"file": ("", b"")})[-1]["html"]


def test_a_draft_may_be_a_file(client: TestClient) -> None:
    lines = _checked(client, files={"file": ("utkast.TXT", DRAFT.encode())})
    assert "Ordagrant" in lines[-1]["html"]


@pytest.mark.parametrize(("sent", "why"), [
    ({"data": {"text": " "}, "files": {"file": ("", b"")}}, "Klistra in ett utkast"),
    ({"files": {"file": ("a.exe", b"x")}}, "known are .txt"), ({"files": {"file": ("a.docx", b"x")}}, "not a Word document"),
    ({"data": {"text": "å " * 100_001}, "files": {"file": ("", b"")}}, "längre än 200000 tecken"),
    ({"files": {"file": ("a.txt", b"x" * (page.DRAFT_MEGABYTES * 1_000_000 + 1))}}, "större än 20 MB"),
])
def test_what_cannot_be_checked_is_said_clearly(client: TestClient, sent: dict[str, Any], why: str) -> None:
    answer = client.post("/check?language=sv", **sent)
    assert answer.status_code == 400
    assert why in answer.text


def test_a_check_that_is_left_alone_ends(newsroom: Newsroom) -> None:
    checker = Checker()
    checker.gate.clear()
    lines = page.Page(desk(newsroom, checker), tuple)._checked(pasted(DRAFT), True, "sv")
    assert [json.loads(next(lines)) for _ in range(2)] == [{"done": 0, "total": 0}, {"done": 1, "total": 7}]
    lines.close()
    checker.gate.set()
    for thread in threading.enumerate():
        if thread.name == "check":
            thread.join(5)
            assert not thread.is_alive()


def test_people_are_listed_and_their_statements_told(client: TestClient) -> None:
    everybody = client.get("/people?language=sv").text
    assert "#quotes?speaker=Ingrid+Moberg" in everybody
    moberg = client.get("/statements", params={"speaker": "Moberg", "language": "sv"}).text
    assert [role in moberg for role in ("rektor", "Museichefen")] == [True, True]
    assert moberg.count('class="source statement"') == 3
    assert "Inget uttalande" in client.get("/statements", params={"speaker": "Ingen", "language": "sv"}).text
    assert HOSTILE not in client.get("/statements", params={"about": HOSTILE}).text


@pytest.mark.parametrize(("language", "separator"), [("sv", ";"), ("en", ",")])
def test_statements_are_downloaded_as_csv(client: TestClient, language: str, separator: str) -> None:
    answer = client.get("/quotes.csv", params={"speaker": "Ingrid Moberg", "language": language})
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=separator))
    assert sorted((row["quote"], row["published"]) for row in rows) == [
        ("Barnen kan inte gå", "2011-01-20"), ("Det här är öns hjärta", "2026-02-14"), ("Jag vill se fastlandet", "2027-09-03")]


def _ask(newsroom: Newsroom, question: str, **limits: object) -> dict[str, str]:
    *_, last = page.Page(desk(newsroom), tuple).ask(question, [], limits, "en", "turn")
    return last


@pytest.mark.parametrize(("question", "limits", "why"), [
    ("", {}, "Write a question"), ("   ", {}, "Write a question"), ("x" * 100_000, {}, "100000 characters long"),
    ("Vad kostade fyren?", {"since": "yesterday"}, "“yesterday” is no date"),
    ("Vad kostade fyren?", {"since": "2026-02-01", "until": "2026-01-01"}, "Swap the dates"),
])
def test_what_cannot_be_asked_is_said_clearly(
    newsroom: Newsroom, question: str, limits: dict[str, object], why: str
) -> None:
    last = _ask(newsroom, question, **limits)
    assert last["stage"] == "problem"
    assert why in last["html"]
    assert not newsroom.histories


def test_an_answer_that_is_left_alone_is_stopped(newsroom: Newsroom) -> None:
    newsroom.gate.clear()
    served = page.Page(desk(newsroom), tuple)
    steps = served.ask("Vad kostade fyren?", [], {}, "en", "turn")
    assert [next(steps)["stage"] for _ in range(3)] == ["searching", "searching", "composing"]
    steps.close()
    assert not served._running
