"""Addresses read from a real server on this machine: what is refused, what ends in time, and what is followed."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from typer.testing import CliRunner

from bot import cli
from index import follow as following
from index.archive import Archive
from index.follow import Feed, follow
from index.readers import Skipped, fetch
from index.readers.fetch import FetchError, Mark
from tests.fakes import HashedGrams

RSS = """<rss version="2.0"><channel><title>Norrviks Allehanda</title><link>https://allehanda.example/</link>
<language>sv</language><item><guid>urn:a:1</guid><title>Simhall</title><description>Norrvik bygger en simhall vid hamnen.
</description></item><item><title>Tom</title></item></channel></rss>"""
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server whose answers a test writes; `seen` are the paths and headers that were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                try:
                    outer.answers[self.path](self)
                except OSError:  # the other end hung up, as some tests want it to
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def says(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        raw = body.encode() if isinstance(body, str) else body

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in ({"content-length": str(len(raw))} | headers).items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(raw)

        self.answers[path] = answer
        return self.url + path


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def refused(url: str, **options: Any) -> str:
    with pytest.raises(FetchError) as told:
        fetch.fetch(url, **{"allow_private": True, **options})
    return str(told.value)


def test_an_answer_is_read_and_known_again(server: Server) -> None:
    url = server.says("/a", "hej", content_type="text/xml; charset=\"iso-8859-1\"", etag='"1"', last_modified="yesterday")
    found = fetch.fetch(url, allow_private=True)
    assert found == fetch.Fetched(b"hej", "iso-8859-1", Mark('"1"', "yesterday"))
    server.says("/a", "", 304)
    assert fetch.fetch(url, allow_private=True, mark=found.mark) is None
    assert [(seen.get("if-none-match"), seen.get("if-modified-since")) for _, seen in server.seen] == [
        (None, None), ('"1"', "yesterday")]


# --- where it may go ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "127.1"])
def test_this_machine_is_refused_without_a_request(server: Server, host: str) -> None:
    server.says("/a", "hemligt")
    assert "allow-private" in refused(f"http://{host}:{server.port}/a", allow_private=False)
    assert server.seen == []


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
    "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1", "::127.0.0.1",
])
def test_what_is_no_public_address(address: str) -> None:
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_a_public_address(address: str) -> None:
    assert fetch.is_public(address)


def test_a_name_is_looked_up_once_and_the_checked_address_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public address when it is checked and this machine a moment later gets nothing."""
    asked: list[str] = []
    connected: list[str] = []

    def looked_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(_: object, host: str, port: int, *rest: Any) -> httpcore2.NetworkStream:
        connected.append(host)
        raise httpcore2.ConnectError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    assert "nobody there" in refused("http://rebinding.invalid/", allow_private=False)
    assert (asked, connected) == (["rebinding.invalid"], ["8.8.8.8"])
    assert "127.0.0.1" in refused("http://rebinding.invalid/", allow_private=False)
    assert connected == ["8.8.8.8"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "10.0.0.1" in refused("http://mixed.invalid/", allow_private=False)


def test_a_redirect_is_guarded_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here 127.0.0.1 counts as public, and 127.0.0.2 as what it is."""
    real = fetch.is_public
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1" or real(address))
    url = server.says("/a", "", 302, location=f"http://127.0.0.2:{server.port}/b")
    server.says("/b", "hemligt")
    assert "127.0.0.2" in refused(url, allow_private=False)
    assert [path for path, _ in server.seen] == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "http://"])
def test_only_http_is_followed(server: Server, target: str) -> None:
    assert refused(server.says("/a", "", 301, location=target))
    assert len(server.seen) == 1


@pytest.mark.parametrize("url", ["ftp://feeds.invalid/a", "file:///etc/hostname", "http:///a", "https://exa mple.invalid/",
                                 "http://[::1/", "http://a.invalid:99999/", "HTTP://" + "å" * 300 + ".invalid/"])
def test_what_is_no_address_of_a_feed_is_named(url: str) -> None:
    assert refused(url)


def test_five_redirects_are_followed_and_no_more(server: Server) -> None:
    for number in range(6):
        server.says(f"/{number}", "", 302, location=f"/{number + 1}")
    server.says("/6", "framme")
    assert fetch.fetch(f"{server.url}/1", allow_private=True) == fetch.Fetched(b"framme", None, Mark())
    assert "redirects more than 5" in refused(f"{server.url}/0")


def test_a_password_in_an_address_is_not_shown(server: Server) -> None:
    url = server.says("/a", "", 404).replace("://", "://anna:hemlig@")
    (told,) = Feed(url, allow_private=True).poll()
    assert isinstance(told, Skipped)
    assert "hemlig" not in told.where + told.why
    assert "404" in told.why


# --- how much and how long ---------------------------------------------------------------------------------------

def test_what_is_too_large_is_not_read_to_its_end(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    server.answers["/a"] = endless
    assert "limit of 1 MB" in refused(f"{server.url}/a", largest=1_000_000)
    bomb = gzip.compress(b"x" * 5_000_000)
    assert "limit of 1 MB" in refused(server.says("/b", bomb, content_encoding="gzip"), largest=1_000_000)
    assert "packs its answer as br" in refused(server.says("/c", b"x", content_encoding="br"))
    assert "cannot be read" in refused(server.says("/d", b"no gzip at all", content_encoding="gzip"))


def test_gzip_is_unpacked(server: Server) -> None:
    found = fetch.fetch(server.says("/a", zlib.compress(RSS.encode()), content_encoding="deflate"), allow_private=True)
    assert found
    assert found.raw == RSS.encode()


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    server.answers["/a"] = lambda _: time.sleep(1)
    assert "sends nothing" in refused(f"{server.url}/a", patience=0.1)


@pytest.mark.parametrize("in_the_head", [True, False])
def test_a_server_that_drips_is_given_up_when_the_time_is_up(server: Server, in_the_head: bool) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if not in_the_head:
            handler.end_headers()
        for number in range(100):
            handler.flush_headers()
            handler.wfile.write(b"X-%d: x\r\n" % number if in_the_head else b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    server.answers["/a"] = drip
    begun = time.monotonic()
    assert "takes longer" in refused(f"{server.url}/a", patience=5, seconds=0.2)
    assert time.monotonic() - begun < 1.5


# --- feeds -------------------------------------------------------------------------------------------------------

def test_a_feed_is_polled_and_asked_only_for_what_is_new(server: Server) -> None:
    feed = Feed(server.says("/a", RSS, etag='"1"'), allow_private=True)
    article, told = feed.poll()
    assert not isinstance(article, Skipped)
    assert article.id == "urn:a:1"
    assert isinstance(told, Skipped)
    assert told.where == f"{server.url}/a:item 2"
    assert len(list(feed.poll())) == 2  # nobody has said that the first poll's articles are kept
    feed.keep()
    server.says("/a", "", 304)
    assert list(feed.poll()) == []
    assert [seen.get("if-none-match") for _, seen in server.seen] == [None, None, '"1"']


def test_the_servers_word_for_the_encoding_counts_where_the_feed_has_none(server: Server) -> None:
    feed = Feed(server.says("/a", RSS.replace("Simhall<", "Ąž<").encode("cp1257"), content_type="text/xml; charset=cp1257"),
                allow_private=True)
    (first, _) = feed.poll()
    assert not isinstance(first, Skipped)
    assert first.title == "Ąž"


def test_a_failing_feed_rests_longer_each_time_and_as_long_as_it_asks(server: Server) -> None:
    feed = Feed(server.says("/a", "", 503), allow_private=True)
    rests = []
    for _ in range(8):
        list(feed.poll())
        rests.append(feed.rest(600) / 600)
    assert rests == [2, 4, 8, 16, 32, 36, 36, 36]
    server.says("/a", "", 429, retry_after="30000")
    list(feed.poll())
    assert feed.rest(600) == 30_000
    server.says("/a", RSS)
    list(feed.poll())
    assert feed.rest(600) == 600


def test_following_tells_what_is_new_and_each_failure(server: Server, tmp_path: Path) -> None:
    stop, changed = threading.Event(), RSS.replace("hamnen", "torget")
    polls = iter([RSS, RSS, changed, None, None, changed])

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = next(polls, "")
        if body == "":
            stop.set()
        server.says("/now", body or RSS, 200 if body is not None else 500)
        server.answers["/now"](handler)

    server.answers["/a"] = answer
    archive = Archive(tmp_path / "archive", HashedGrams())
    told = list(follow(archive, [Feed(f"{server.url}/a", allow_private=True)], 0.01, stop=stop))
    archive.close()
    empty = f"{server.url}/a:item 2"
    assert [(outcome.action, outcome.where) for outcome in told[:5]] == [
        ("added", "urn:a:1"), ("skipped", empty), ("updated", "urn:a:1"), ("skipped", f"{server.url}/a"),
        ("skipped", f"{server.url}/a")]
    assert ["in a row: 1" in told[3].why, "in a row: 2" in told[4].why, "500" in told[4].why] == [True] * 3


def test_the_command_reads_a_feed_and_refuses_this_machine_by_itself(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "_archive", lambda _: Archive(tmp_path / "archive", HashedGrams()))
    url = server.says("/a", RSS)
    result = CliRunner().invoke(cli.app, ["add", url])
    assert result.exit_code == 0
    assert "allow-private" in result.output
    assert server.seen == []
    result = CliRunner().invoke(cli.app, ["add", url, "--allow-private"])
    assert "added      Simhall" in result.output
    assert CliRunner().invoke(cli.app, ["add", "seeds", "--follow"]).exit_code == 2

    def interrupted(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(following, "follow", interrupted)
    result = CliRunner().invoke(cli.app, ["add", url, "--allow-private", "--follow", "--every", "5"])
    assert (result.exit_code, "Stopped" in result.output) == (0, True)
