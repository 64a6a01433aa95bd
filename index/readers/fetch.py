"""The bytes behind an address that the user named. The only way out to the network, and only to public addresses.

Loaded only when there is an address: it brings the HTTP library along.
"""

import contextlib
import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2

from index.article import ArticleError
from index.readers.encoding import LARGEST

REDIRECTS = 5
SECONDS = 60.0  # for all of it
PATIENCE = 10.0  # seconds without a byte
_PACKINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]+)", re.IGNORECASE)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 within IPv6 (RFC 6052)

Clock = Callable[[], float]


class FetchError(ArticleError):
    """An address that could not be read, or may not be; the message names it and the remedy. `wait` is how many seconds the
    server asks for until the next try, 0 where it asks for nothing."""

    def __init__(self, why: str, wait: float = 0) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a server knows whether something has changed: its ETag and Last-Modified, as they came."""

    etag: str | None = None
    modified: str | None = None

    def as_headers(self) -> dict[str, str]:
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    raw: bytes
    charset: str | None
    mark: Mark


def fetch(
    url: str, *, mark: Mark | None = None, allow_private: bool = False, seconds: float = SECONDS, patience: float = PATIENCE,
    largest: int = LARGEST,
) -> Fetched | None:
    """What stands at a http or https address; None where the server says that it is as `mark` knows it.

    At most five redirects are followed. Without `allow_private` no connection is made to this machine, a private network or
    any other that is not public, by whatever name or redirect. Proxies that the surroundings name are not used, for they
    would connect in our place. Raises FetchError.
    """
    deadline = time.monotonic() + seconds
    headers = {"User-Agent": "Citera", "Accept-Encoding": "gzip, deflate"} | (mark or Mark()).as_headers()
    try:
        with httpx2.Client(transport=_Transport(_Guard(allow_private, deadline)), timeout=patience, trust_env=False,
                           headers=headers) as client:
            request: httpx2.Request | None = client.build_request("GET", url)
            for _ in range(REDIRECTS + 1):
                if request is None or request.url.scheme not in ("http", "https") or not request.url.host:
                    raise FetchError(f"{shown(url)} leads to no http or https address; give the feed's own")
                response = client.send(request, stream=True)
                with contextlib.closing(response):
                    if response.has_redirect_location:
                        request = response.next_request
                        continue
                    return _received(response, largest)
        raise FetchError(f"{shown(url)} redirects more than {REDIRECTS} times; give the address at the end")
    except httpx2.TimeoutException:
        told = (f"takes longer than {seconds:.0f} seconds" if time.monotonic() >= deadline
                else f"sends nothing for {patience:.0f} seconds")
        raise FetchError(f"{shown(url)} {told}; try again later") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        raise FetchError(f"{shown(url)} cannot be read: {error}; check the address, or try again later") from None


def shown(url: str) -> str:
    """An address without the name and password in it."""
    return re.sub(r"(?<=://)[^/?#]*@", "", url)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also one that carries an IPv4 address within IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _received(response: httpx2.Response, largest: int) -> Fetched | None:
    if response.status_code == httpx2.codes.NOT_MODIFIED:
        return None
    told = response.headers
    if response.status_code != httpx2.codes.OK:
        after = told.get("retry-after", "")
        raise FetchError(f"the server answers {response.status_code} {response.reason_phrase}; check the address, or try again "
                         "later", float(after) if re.fullmatch(r"\d{1,6}", after) else 0)
    if (packing := told.get("content-encoding", "").lower()) not in _PACKINGS:
        raise FetchError(f"the server packs its answer as {packing}, which was not asked for; ask its owner for gzip or none")
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > largest:
            raise FetchError(f"the answer is over the limit of {largest / 10**6:.0f} MB; fetch it as a file and split it")
    charset = _CHARSET.search(told.get("content-type", ""))
    return Fetched(b"".join(parts), charset[1] if charset else None, Mark(told.get("etag"), told.get("last-modified")))


class _Transport(httpx2.HTTPTransport):
    """HTTP over connections that the guard makes."""

    def __init__(self, guard: "_Guard") -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=httpx2.create_ssl_context(), network_backend=guard)


class _Guard(httpcore2.NetworkBackend):
    """Connects to the very address that it has checked, so that a name cannot mean another one a moment later.

    TLS still checks the certificate against the name.
    """

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, _left(self._deadline, timeout), local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore2.ConnectError(f"{host} is unknown ({error.strerror or error})") from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise FetchError(f"{host} is {address}, which is this machine or no public network; with --allow-private it is "
                                 "read all the same")
        return addresses


class _Stream(httpcore2.NetworkStream):
    """A connection on which nothing goes on after the deadline, however slowly the other end drips."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> "_Stream":
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return left if timeout is None else min(left, timeout)
