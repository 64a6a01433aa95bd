"""The chat page: routes for the document, the articles and uploads, and Gradio's queue for the questions.

Gradio runs in server mode: its queue limits, streams and ends the answers, and the page in front of it is our own
document (page.html, page.css, page.js), because Gradio's names foreign hosts. No conversation is kept here: each
question brings its history from the browser tab that it was asked in. Knows no model and no engine.
"""

import asyncio
import json
import re
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from bot import render, view_check, view_quotes, view_versions
from bot.answer import Event, Turn
from bot.check import Finding, Progress
from bot.draft import DRAFTS, from_file, pasted
from bot.generators import GeneratorError
from bot.people import Person, people
from bot.texts import INTERFACE, preferred, text
from index.article import Article, Filters
from index.db import ArchiveError
from index.embed import EmbedderError
from index.engines import EngineError
from index.names import folded
from index.readers import FORMATS, Read, read
from index.store import StoredQuote, Version

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_QUESTION = 1_000  # characters
UPLOAD_MEGABYTES = 50
KINDS = tuple(FORMATS)
LONGEST_DRAFT = 200_000  # characters
DRAFT_MEGABYTES = 20
_TURNS = 6  # of the conversation that a question brings along
_AT_ONCE = 4  # questions answered side by side; the next ones wait their turn
_DRAFTS_AT_ONCE = 2
_FILES = 200
_MOST_DISMISSED = 20
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACE = re.compile(r"\b(\d{1,9})-(\d{1,9})\b", re.ASCII)
_OFFSET = re.compile(r"\d{1,9}", re.ASCII)
_SMALL_BODY = 1_000_000  # bytes of a request that is no upload
_ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "views.js": "text/javascript"}
_PATHS = ("/", *(f"/{name}" for name in _ASSETS), "/article", "/versions", "/stop", "/upload", "/people", "/statements",
          "/quotes.csv", "/check")
_LARGE = ("/upload", "/check")  # these say themselves that a body is too large
_QUEUE = "/gradio_api/call/"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Outcome(Protocol):
    """What became of one article that was added."""

    @property
    def where(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def why(self) -> str | None: ...


class Archive(Protocol):
    """What the page asks of the archive."""

    def get(self, article_id: str) -> Article | None: ...
    def versions(self, article_id: str) -> Sequence[Version]: ...
    def stats(self) -> render.Stats: ...
    def add(
        self, items: Iterable[Read], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterable[Outcome]: ...


class Assistant(Protocol):
    """What the page asks of the assistant. `stream` raises ValueError, with a sentence, for a question it refuses."""

    @property
    def archive(self) -> Archive: ...
    def stream(
        self, question: str, history: Sequence[Turn] = ..., filters: Filters = ..., *, stop: Callable[[], bool] = ...,
        dismissed: Sequence[str] = ...,
    ) -> Iterator[Event]: ...


class People(Protocol):
    """What the page asks of those who are quoted."""

    def all(self) -> Sequence[Person]: ...
    def statements(self, speaker: str | None = ..., about: str | None = ...) -> Sequence[StoredQuote]: ...


class Checker(Protocol):
    """What the page asks of whoever checks drafts. What `progress` raises ends the check."""

    def check(self, draft: Article, *, claims: bool = ..., progress: Progress | None = ...) -> Sequence[Finding]: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Those who serve the page."""

    assistant: Assistant
    people: People
    checker: Checker


class _Left(Exception):
    """The reader has gone away; nobody waits for the check."""


def build(desk: Desk, examples: Callable[[], Sequence[str]] = tuple, *, hosts: Sequence[str] = ("*",)) -> "FastAPI":
    """The page as an ASGI application. `examples` gives questions to begin with, asked anew for each reader: an article may
    be withdrawn or under embargo by then. `hosts` are the names it answers to; `*` stands for any.

    Not to be called where an event loop is running.
    """
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    page = Page(desk, examples)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_route("/", page.document, methods=["GET", "HEAD"])
    app.add_route("/quotes.csv", page.table, methods=["GET"])
    app.add_route("/{name:str}.{kind:str}", page.asset, methods=["GET"])
    app.add_route("/people", page.people, methods=["GET"])
    app.add_route("/statements", page.statements, methods=["GET"])
    app.add_route("/check", page.check, methods=["POST"])
    app.add_route("/article", page.article, methods=["GET"])
    app.add_route("/versions", page.versions, methods=["GET"])
    app.add_route("/stop", page.stop, methods=["POST"])
    app.add_route("/upload", page.upload, methods=["POST"])
    asyncio.run(_mount_queue(app, page))
    app.add_middleware(Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return app


async def _mount_queue(app: "FastAPI", page: "Page") -> None:
    # A coroutine only because Gradio opens an event loop that it never closes where none is running.
    import gradio
    from gradio.events import api

    with gradio.Blocks(mode="server", analytics_enabled=False) as blocks:
        api(page.ask, api_name="ask", concurrency_limit=_AT_ONCE)
    gradio.mount_gradio_app(app, blocks, path="/", footer_links=[], ssr_mode=False, run_history=False, mcp_server=False)


def serve(desk: Desk, *, host: str = "127.0.0.1", port: int = 7860, examples: Callable[[], Sequence[str]] = tuple) -> None:
    """Serves the page until it is interrupted."""
    import uvicorn

    # On this machine alone, a foreign name that resolves to it (DNS rebinding) is turned away.
    hosts = ("127.0.0.1", "localhost") if host in ("127.0.0.1", "localhost") else ("*",)
    uvicorn.run(build(desk, examples, hosts=hosts), host=host, port=port, access_log=False)


class Page:
    """The routes. Holds no conversation, only which answers are being written, so that they can be stopped."""

    def __init__(self, desk: Desk, examples: Callable[[], Sequence[str]]) -> None:
        self._assistant = desk.assistant
        self._people = desk.people
        self._checker = desk.checker
        self._checking = threading.BoundedSemaphore(_DRAFTS_AT_ONCE)
        self._examples = examples
        self._running: dict[str, threading.Event] = {}

    def document(self, request: "Request") -> "Response":
        from starlette.responses import HTMLResponse, RedirectResponse

        wished = request.query_params.get("language")
        if wished in INTERFACE:
            chosen = RedirectResponse("./", status_code=303)
            chosen.set_cookie("language", wished, max_age=31_536_000, samesite="lax")
            return chosen
        cookie = request.cookies.get("language", "")
        language = cookie if cookie in INTERFACE else preferred(request.headers.get("accept-language"))
        return HTMLResponse(render.page(
            self._assistant.archive.stats(), self._examples(), language,
            limit=LONGEST_QUESTION, megabytes=UPLOAD_MEGABYTES, kinds=",".join(KINDS),
            longest=LONGEST_DRAFT, drafts=",".join(DRAFTS),
        ), headers={"cache-control": "no-store"})

    def asset(self, request: "Request") -> "Response":
        from starlette.responses import FileResponse, PlainTextResponse

        name = request.url.path.lstrip("/")
        if name not in _ASSETS:
            return PlainTextResponse("Not found", status_code=404)
        path = Path(__file__).parent / name
        return FileResponse(path, media_type=_ASSETS[name], headers={"cache-control": "no-cache"})

    def article(self, request: "Request") -> "Response":
        from starlette.responses import HTMLResponse

        asked, language = request.query_params, _interface(request.query_params.get("language"))
        found = self._assistant.archive.get(asked.get("id", ""))
        if found is None:
            return HTMLResponse(render.missing(language), status_code=404)
        start, end = (int(value) if _OFFSET.fullmatch(value := asked.get(name, "")) else 0 for name in ("start", "end"))
        changed = asked.get("digest", found.digest) != found.digest
        whole = asked.get("whole") == "1"
        keys = [(int(key), int(stop)) for key, stop in _PLACE.findall(asked.get("keys", ""))]
        earlier = len(self._assistant.archive.versions(found.id))
        return HTMLResponse(render.article(
            found, start, end, language, keys=keys, whole=whole, changed=changed, earlier=earlier))

    def versions(self, request: "Request") -> "Response":
        """What changed in an article."""
        from starlette.responses import HTMLResponse

        language, asked = _interface(request.query_params.get("language")), request.query_params.get("id", "")
        found = self._assistant.archive.get(asked)
        if found is None or found.withdrawn:
            return HTMLResponse(render.missing(language), status_code=404)
        return HTMLResponse(view_versions.versions(found, self._assistant.archive.versions(asked), language))

    def ask(
        self, question: str, history: list[dict[str, str]], limits: dict[str, Any], language: str, turn: str
    ) -> Generator[dict[str, Any], None, None]:
        """Answers one question: each step is the whole turn as HTML, so that a step that gets lost costs nothing.

        `turn` is a name that the browser makes up, by which it can stop the answer.
        """
        language = _interface(language)
        try:
            asked = _question(question, language)
            filters = _filters(limits, language)
        except ValueError as refused:
            yield self._told(render.Shown(question.strip()[:LONGEST_QUESTION], problem=str(refused)), language)
            return
        stopped = self._running[turn] = threading.Event()
        begun = render.Shown(asked, filters=filters, dismissed=_dismissed(limits))
        try:
            yield self._told(begun, language)
            for shown in self._steps(begun, history, stopped):
                yield self._told(shown, language)
        finally:
            stopped.set()
            self._running.pop(turn, None)

    def _steps(
        self, shown: render.Shown, history: list[dict[str, str]], stopped: threading.Event
    ) -> Iterator[render.Shown]:
        turns = [Turn(item["question"], item["answer"]) for item in history[-_TURNS:]]
        try:
            for event in self._assistant.stream(
                    shown.asked, turns, shown.filters, stop=stopped.is_set, dismissed=shown.dismissed):
                shown = shown.after(event)
                yield shown
        except (ValueError, ArchiveError, EngineError, EmbedderError, GeneratorError) as refused:
            yield replace(shown, problem=str(refused))
            return
        if shown.answer is None:
            yield replace(shown, stopped=True)

    def _told(self, shown: render.Shown, language: str) -> dict[str, Any]:
        return {
            "html": render.turn(shown, language), "stage": _stage(shown),
            "question": shown.query.text if shown.query is not None else shown.asked,
            "answer": shown.answer.text if shown.answer is not None else "",
        }

    async def stop(self, request: "Request") -> "Response":
        from starlette.responses import JSONResponse

        running = self._running.get((await request.body()).decode("utf-8", "replace"))
        if running is not None:
            running.set()
        return JSONResponse({"stopped": running is not None})

    def people(self, request: "Request") -> "Response":
        from starlette.responses import HTMLResponse

        return HTMLResponse(view_quotes.everybody(self._people.all(), _interface(request.query_params.get("language"))))

    def statements(self, request: "Request") -> "Response":
        """What somebody said, or what was said about something; with the speaker's roles over time."""
        from starlette.responses import HTMLResponse

        speaker, about, language = self._asked(request)
        found = self._people.statements(speaker or None, about or None)
        return HTMLResponse(view_quotes.statements(found, self._known(speaker, found), speaker, about, language))

    def table(self, request: "Request") -> "Response":
        from starlette.responses import Response

        speaker, about, language = self._asked(request)
        held = view_quotes.table(self._people.statements(speaker or None, about or None), language)
        name = text("quotes.file", language)
        # With a byte order mark, without which spreadsheets take UTF-8 for something else.
        return Response(held.encode("utf-8-sig", "replace"), media_type="text/csv; charset=utf-8", headers={
            "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"})

    @staticmethod
    def _asked(request: "Request") -> tuple[str, str, str]:
        asked = request.query_params
        speaker, about = (asked.get(name, "").strip()[:LONGEST_QUESTION] for name in ("speaker", "about"))
        return speaker, about, _interface(asked.get("language"))

    def _known(self, speaker: str, found: Sequence[StoredQuote]) -> list[Person]:
        """Those who said it, with all their roles, not only those of these statements."""
        if not speaker:
            return []
        names = {folded(person.name) for person in people(found)}
        return [person for person in self._people.all() if folded(person.name) in names]

    async def check(self, request: "Request") -> "Response":
        """Checks a draft; answers with JSON lines: progress, then the draft with its marks as HTML, or why not."""
        from starlette.responses import PlainTextResponse, StreamingResponse

        language = _interface(request.query_params.get("language"))
        try:
            draft, claims = await _drafted(request, language)
        except ValueError as refused:
            return PlainTextResponse(str(refused), status_code=400)
        return StreamingResponse(self._checked(draft, claims, language), media_type="application/x-ndjson")

    def _checked(self, draft: Article, claims: bool, language: str) -> Generator[str, None, None]:
        told: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        left = threading.Event()
        worker = threading.Thread(target=self._check, args=(draft, claims, language, told, left), daemon=True,
                                  name="check")
        worker.start()
        try:
            while (line := told.get()) is not None:
                yield json.dumps(line) + "\n"
        finally:
            left.set()

    def _check(
        self, draft: Article, claims: bool, language: str, told: "SimpleQueue[dict[str, Any] | None]", left: threading.Event,
    ) -> None:
        def progress(done: int, total: int) -> None:
            if left.is_set():
                raise _Left
            told.put({"done": done, "total": total})

        try:
            with self._checking:
                progress(0, 0)
                found = self._checker.check(draft, claims=claims, progress=progress)
            told.put({"html": view_check.checked(draft, found, language)})
        except _Left:
            pass
        except (OSError, ValueError, RuntimeError) as error:
            told.put({"failed": text("check.failed", language, why=error)})
        finally:
            told.put(None)

    async def upload(self, request: "Request") -> "Response":
        """Adds uploaded files; answers with JSON lines: progress, one outcome for each article, and the new figures."""
        from starlette.responses import PlainTextResponse, StreamingResponse

        language = _interface(request.query_params.get("language"))
        folder = tempfile.TemporaryDirectory(prefix="citera-")
        try:
            paths = await _received(request, Path(folder.name), language)
        except ValueError as refused:
            folder.cleanup()
            return PlainTextResponse(str(refused), status_code=400)
        return StreamingResponse(self._added(folder, paths, language), media_type="application/x-ndjson")

    def _added(self, folder: "tempfile.TemporaryDirectory[str]", paths: list[Path], language: str) -> Iterator[str]:
        told: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        # The archive tells its progress by a callback, in the midst of its work: only a thread can pass that on.
        worker = threading.Thread(target=self._add, args=(paths, language, told), daemon=True)
        with folder:
            worker.start()
            while (line := told.get()) is not None:
                yield json.dumps(line) + "\n"
            worker.join()

    def _add(self, paths: list[Path], language: str, told: "SimpleQueue[dict[str, Any] | None]") -> None:
        archive = self._assistant.archive
        items = list(chain.from_iterable(map(read, paths)))
        counts = dict.fromkeys(("added", "updated", "unchanged", "skipped"), 0)

        def progress(done: int, total: int) -> None:
            told.put({"done": done, "total": total})

        try:
            for outcome in archive.add(items, progress=progress):
                counts[outcome.action] += 1
                where = Path(outcome.where).name
                told.put({"html": render.outcome(where, outcome.title, outcome.action, outcome.why, language)})
            stats = archive.stats()
            told.put({
                "finished": text("add.done", language, **counts), "holding": render.holding(stats, language),
                "filters": render.filters(stats, language), "start": render.start(stats, self._examples(), language),
            })
        except (OSError, ValueError, RuntimeError) as error:
            told.put({"failed": text("add.failed", language, why=error)})
        finally:
            told.put(None)


def _interface(language: str | None) -> str:
    return language if language in INTERFACE else INTERFACE[0]


def _stage(shown: render.Shown) -> str:
    if shown.problem:
        return "problem"
    if shown.answer is not None:
        return "done"
    if shown.stopped:
        return "stopped"
    return "searching" if shown.evidence is None else "composing"


def _question(question: str, language: str) -> str:
    asked = question.strip()
    if not asked:
        raise ValueError(text("ask.empty", language))
    if len(asked) > LONGEST_QUESTION:
        raise ValueError(text("ask.long", language, length=len(asked), limit=LONGEST_QUESTION))
    return asked


def _filters(limits: Mapping[str, Any], language: str) -> Filters:
    """The filters of the form; ValueError, with a sentence for the reader, where a date is none."""
    since, until = (str(limits.get(name) or "") or None for name in ("since", "until"))
    for value in (since, until):
        if value is not None and not _DATE.fullmatch(value):
            raise ValueError(text("filter.date", language, value=value))
    if since and until and since > until:
        raise ValueError(text("filter.order", language, since=since, until=until))
    chosen = {name: tuple(map(str, limits.get(name) or ())) for name in ("authors", "sections", "sources", "languages")}
    return Filters(since, until, **chosen)


def _dismissed(limits: Mapping[str, Any]) -> tuple[str, ...]:
    """The words for time in the question that the reader has taken away."""
    return tuple(str(words)[:LONGEST_QUESTION] for words in (limits.get("dismissed") or ())[:_MOST_DISMISSED])


async def _received(request: "Request", folder: Path, language: str) -> list[Path]:
    """Puts the uploaded files into `folder`; ValueError for too many bytes or a file of another kind."""
    from starlette.datastructures import UploadFile

    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > UPLOAD_MEGABYTES * 1_000_000:
        raise ValueError(text("add.size", language, size=UPLOAD_MEGABYTES))
    paths = []
    async with request.form(max_files=_FILES, max_fields=1) as form:
        for number, file in enumerate(form.getlist("files")):
            if not isinstance(file, UploadFile) or not file.filename:
                continue
            name = Path(file.filename.replace("\\", "/")).name
            if Path(name).suffix.lower() not in KINDS:
                raise ValueError(text("add.kind", language, name=name, kinds=", ".join(KINDS)))
            path = folder / str(number) / name  # two files may have one name
            path.parent.mkdir()
            try:
                path.write_bytes(await file.read())
            except OSError as error:  # a name that is too long, or a full disk
                raise ValueError(text("add.failed", language, why=f"{name}: {error.strerror}")) from error
            paths.append(path)
    if not paths:
        raise ValueError(text("add.nothing", language))
    return paths


async def _drafted(request: "Request", language: str) -> tuple[Article, bool]:
    """The draft that was sent, as text or as a file, and whether its claims are to be checked; ValueError if it can't be."""
    from starlette.datastructures import UploadFile

    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > DRAFT_MEGABYTES * 1_000_000:
        raise ValueError(text("check.size", language, size=DRAFT_MEGABYTES))
    async with request.form(max_files=1, max_fields=3, max_part_size=DRAFT_MEGABYTES * 1_000_000) as form:
        file, written, claims = form.get("file"), form.get("text"), form.get("claims") == "on"
        if isinstance(file, UploadFile) and file.filename:
            draft = _read(Path(file.filename.replace("\\", "/")).name, await file.read())
        elif isinstance(written, str) and written.strip():
            draft = pasted(written)
        else:
            raise ValueError(text("check.empty", language))
    if len(draft.text) > LONGEST_DRAFT:
        raise ValueError(text("check.long", language, limit=LONGEST_DRAFT))
    return draft, claims


def _read(name: str, held: bytes) -> Article:
    with tempfile.TemporaryDirectory(prefix="citera-") as folder:
        suffix = Path(name).suffix.lower()
        if suffix not in DRAFTS:
            return from_file(Path(name))  # which says so
        path = Path(folder) / f"draft{suffix}"
        path.write_bytes(held)
        return from_file(path)


class Guard:
    """Lets only this page's own requests through, and tells the browser to load nothing from elsewhere.

    Gradio's other routes (its own page, its proxy, its documentation) are not found; a request that another site's
    page sends is refused, and so is a body too large for a question.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from starlette.datastructures import Headers, MutableHeaders
        from starlette.responses import PlainTextResponse

        async def guarded(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = _POLICY
                headers["referrer-policy"] = "no-referrer"
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        if refused := _refusal(scope["path"], Headers(scope=scope)):
            await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)


def _refusal(path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
    if path not in _PATHS and not path.startswith(_QUEUE):
        return 404, "Not found"
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return 403, "Requests from another site are refused"
    size = headers.get("content-length", "0")
    if path not in _LARGE and not (size.isdecimal() and int(size) <= _SMALL_BODY):
        return 413, "Too large"
    return None
