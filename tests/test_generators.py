import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from pathlib import Path

import pytest

from bot.generators import GeneratorError, Message, generator
from bot.generators.openai import Server
from bot.generators.transformers import Transformers, converted, packaged

MODELS = Path(__file__).parent.parent / "models"
COUNTING = [Message("user", "one, two, three, four, five, six,")]
TEMPLATE = "{{ bos_token }}{% for message in messages %}{{ message.content }}{% endfor %}"


@pytest.fixture(scope="module")
def gemma() -> Transformers:
    return packaged(MODELS)


def test_the_packaged_model_continues_a_text(gemma: Transformers) -> None:
    pieces = list(gemma.stream(COUNTING, limit=8))
    assert "seven, eight" in "".join(pieces)
    assert 1 < len(pieces) <= 8
    assert not gemma.chat


def test_a_reader_who_leaves_stops_the_model(gemma: Transformers) -> None:
    asked = iter([False, False, False])
    pieces = list(gemma.stream(COUNTING, limit=200, stop=lambda: next(asked, True)))
    assert len(pieces) == 3


def test_a_dropped_text_holds_nobody_up(gemma: Transformers) -> None:
    dropped = gemma.stream(COUNTING, limit=200)
    next(dropped)
    alone = "".join(gemma.stream(COUNTING, limit=4))
    assert next(dropped)
    assert alone == "".join(islice(gemma.stream(COUNTING, limit=200), 4))


def test_letters_of_several_tokens_come_whole(gemma: Transformers) -> None:
    text = "".join(gemma.stream([Message("user", "𓀀 𓀁 𓀂 𓀀 𓀁 𓀂 𓀀 𓀁 𓀂 𓀀")], limit=12))
    assert "𓀁" in text
    assert "\ufffd" not in text


def test_two_readers_at_once_get_what_each_would_get_alone(gemma: Transformers) -> None:
    prompts = {"count": "1, 2, 3, 4, 5,", "days": "Monday, Tuesday, Wednesday,"}
    alone = {name: "".join(gemma.stream([Message("user", text)], limit=8)) for name, text in prompts.items()}
    together: dict[str, str] = {}

    def write(name: str) -> None:
        together[name] = "".join(gemma.stream([Message("user", prompts[name])], limit=8))

    threads = [threading.Thread(target=write, args=(name,)) for name in prompts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_killed_conversion_leaves_no_half_model(tmp_path: Path) -> None:
    command = "import sys, pathlib, bot.generators.transformers as t; t.converted(pathlib.Path(sys.argv[1]))"
    half = tmp_path / "gemma-3-270m.half"
    with subprocess.Popen([sys.executable, "-c", command, str(tmp_path)], cwd=MODELS.parent) as conversion:
        deadline = time.monotonic() + 60
        while not (half / "packed.gguf").exists() and conversion.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        conversion.kill()
    assert half.is_dir()
    assert not list(tmp_path.glob("*bf16"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file is in the way")
    with pytest.raises(GeneratorError, match=r"gemma-3-270m cannot be loaded.*models"):
        packaged(tmp_path / "models").load()


def test_a_folder_without_a_model_is_named() -> None:
    with pytest.raises(GeneratorError, match=r"tests.*cannot be loaded"):
        next(Transformers(str(Path(__file__).parent)).stream(COUNTING, limit=1))


@pytest.mark.parametrize(("setting", "name"), [
    (None, "gemma-3-270m"), ("default", "gemma-3-270m"), ("some/model", "some/model"),
    ("http://127.0.0.1:8000", "127.0.0.1:8000"), ("https://models.example/v1#big", "big"),
    ("http://127.0.0.1:8000/v1/?model=a/b", "a/b"), ("http://user:secret@host:1/v1", "host:1"),
])
def test_a_setting_names_a_generator(setting: str | None, name: str) -> None:
    chosen = generator(setting, models=MODELS)
    assert chosen is not None
    assert chosen.name == name


def test_none_is_no_generator() -> None:
    assert generator("none", models=MODELS) is None


def test_a_url_that_is_none_is_named() -> None:
    with pytest.raises(GeneratorError, match="http://host:port"):
        generator("http://127.0.0.1:many/v1", models=MODELS)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `transformers serve` over a hub cache that holds the packaged model with a chat template."""
    home = tmp_path_factory.mktemp("hub")
    cached = home / "hub" / "models--newsroom--gemma"
    snapshot = cached / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0" * 40)
    for file in converted(MODELS).iterdir():
        (snapshot / file.name).symlink_to(file)
    (snapshot / "chat_template.jinja").write_text(TEMPLATE)
    port = _free_port()
    command = [str(Path(sys.executable).with_name("transformers")), "serve", "--host", "127.0.0.1", "--port", str(port)]
    offline = os.environ | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    with (home / "log").open("w") as told, subprocess.Popen(command, env=offline, stdout=told, stderr=told) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/health", server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
    shutil.rmtree(home)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"transformers serve did not start: {log.read_text()}")


def test_a_real_server_answers_with_its_first_model(served: str) -> None:
    server = Server(served)
    pieces = list(server.stream(COUNTING, limit=8))
    assert "seven, eight" in "".join(pieces)
    assert len(pieces) > 1
    assert server.name == "newsroom/gemma"
    assert list(server.stream(COUNTING, limit=8, stop=lambda: True)) == []


def test_a_model_that_the_server_lacks_is_named(served: str) -> None:
    with pytest.raises(GeneratorError, match="no-such-model"):
        list(Server(f"{served}/v1#no-such-model").stream(COUNTING, limit=8))


def test_an_absent_server_is_named() -> None:
    url = f"http://127.0.0.1:{_free_port()}"
    with pytest.raises(GeneratorError, match=f"{url[7:]} cannot be reached.*{url}/v1"):
        list(Server(url).stream(COUNTING, limit=8))


class BreaksOff(BaseHTTPRequestHandler):
    """A server that dies after its first word, or stays silent, or has no models, as its path says."""

    def do_GET(self) -> None:
        self._send(json.dumps({"object": "list", "data": []}).encode())

    def do_POST(self) -> None:
        if self.path.startswith("/silent"):
            time.sleep(1)
            return
        word = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m",
                "choices": [{"index": 0, "delta": {"content": "Bron"}}]}
        self._send(b"data: " + json.dumps(word).encode() + b"\n\n", missing=100)

    def _send(self, body: bytes, missing: int = 0) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if missing else "application/json")
        self.send_header("Content-Length", str(len(body) + missing))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def failing() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), BreaksOff) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "words"), [
    ("/v1#m", "broke off"), ("/silent#m", "cannot be reached"), ("/v1", "names no model"),
])
def test_a_failing_server_is_named(failing: str, path: str, words: str) -> None:
    with pytest.raises(GeneratorError, match=words):
        list(Server(failing + path, patience=0.3).stream(COUNTING, limit=8))
