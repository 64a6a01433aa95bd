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
from dataclasses import replace
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from bot import render
from bot.answer import Event, Turn
from bot.generators import GeneratorError
from bot.texts import INTERFACE, preferred, text
from index.article import Article, Filters
from index.db import ArchiveError
from index.embed import EmbedderError
from index.engines import EngineError
from index.readers import FORMATS, Read, read

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_QUESTION = 1_000  # characters
UPLOAD_MEGABYTES = 50
KINDS = tuple(FORMATS)
_TURNS = 6  # of the conversation that a question brings along
_AT_ONCE = 4  # questions answered side by side; the next ones wait their turn
_FILES = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SMALL_BODY = 1_000_000  # bytes of a request that is no upload
_ASSETS = {"page.css": "text/css", "page.js": "text/javascript"}
_PATHS = ("/", "/page.css", "/page.js", "/article", "/stop", "/upload")
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
    def stats(self) -> render.Stats: ...
    def add(
        self, items: Iterable[Read], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterable[Outcome]: ...


class Assistant(Protocol):
    """What the page asks of the assistant. `stream` raises ValueError, with a sentence, for a question it refuses."""

    @property
    def archive(self) -> Archive: ...
    def stream(
        self, question: str, history: Sequence[Turn] = ..., filters: Filters = ..., *, stop: Callable[[], bool] = ...
    ) -> Iterator[Event]: ...


def build(assistant: Assistant, examples: Sequence[str] = (), *, hosts: Sequence[str] = ("*",)) -> "FastAPI":
    """The page as an ASGI application. `hosts` are the names it answers to; `*` stands for any.

    Not to be called where an event loop is running.
    """
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    page = Page(assistant, examples)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_route("/", page.document, methods=["GET", "HEAD"])
    app.add_route("/{name:str}.{kind:str}", page.asset, methods=["GET"])
    app.add_route("/article", page.article, methods=["GET"])
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


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860, examples: Sequence[str] = ()) -> None:
    """Serves the page until it is interrupted."""
    import uvicorn

    # On this machine alone, a foreign name that resolves to it (DNS rebinding) is turned away.
    hosts = ("127.0.0.1", "localhost") if host in ("127.0.0.1", "localhost") else ("*",)
    uvicorn.run(build(assistant, examples, hosts=hosts), host=host, port=port, access_log=False)


class Page:
    """The routes. Holds no conversation, only which answers are being written, so that they can be stopped."""

    def __init__(self, assistant: Assistant, examples: Sequence[str]) -> None:
        self._assistant = assistant
        self._examples = tuple(examples)
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
            self._assistant.archive.stats(), self._examples, language,
            limit=LONGEST_QUESTION, megabytes=UPLOAD_MEGABYTES, kinds=",".join(KINDS),
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
        start, end = (int(value) if (value := asked.get(name, "")).isdecimal() else 0 for name in ("start", "end"))
        changed = asked.get("digest", found.digest) != found.digest
        whole = asked.get("whole") == "1"
        return HTMLResponse(render.article(found, start, end, language, whole=whole, changed=changed))

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
        begun = render.Shown(asked, filters=filters)
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
            for event in self._assistant.stream(shown.asked, turns, shown.filters, stop=stopped.is_set):
                shown = shown.after(event)
                yield shown
        except (ValueError, ArchiveError, EngineError, EmbedderError, GeneratorError) as refused:
            yield replace(shown, problem=str(refused))
            return
        if shown.answer is None:
            yield replace(shown, stopped=True)

    def _told(self, shown: render.Shown, language: str) -> dict[str, Any]:
        articles = self._assistant.archive.stats().articles if shown.answer is not None else 0
        return {
            "html": render.turn(shown, language, articles=articles), "stage": _stage(shown),
            "question": shown.query.text if shown.query is not None else shown.asked,
            "answer": shown.answer.text if shown.answer is not None else "",
        }

    async def stop(self, request: "Request") -> "Response":
        from starlette.responses import JSONResponse

        running = self._running.get((await request.body()).decode("utf-8", "replace"))
        if running is not None:
            running.set()
        return JSONResponse({"stopped": running is not None})

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
                "filters": render.filters(stats, language), "start": render.start(stats, self._examples, language),
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
            path.write_bytes(await file.read())
            paths.append(path)
    if not paths:
        raise ValueError(text("add.nothing", language))
    return paths


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
    if path != "/upload" and not (size.isdecimal() and int(size) <= _SMALL_BODY):
        return 413, "Too large"
    return None
