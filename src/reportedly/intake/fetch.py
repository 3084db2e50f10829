"""Fetches pages: http and https, public addresses, a few redirects, bounded size and time, nothing kept between fetches.

Every connection, also that of a redirect, goes through :class:`_Network`, which resolves the name, checks all addresses it has
and connects to a checked one: a name cannot mean something else when it is asked a second time.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urljoin

import httpcore
import httpx

from reportedly.errors import FetchError, IntakeError
from reportedly.intake.bounded import inflate
from reportedly.intake.item import Options

Result = TypeVar("Result")
AGENT = "reportedly (reads reports for research: pages that a person asks for, and feeds, with robots.txt obeyed)"
MOST_REDIRECTS = 5
CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
PORTS = frozenset({80, 443})
LONGEST_ADDRESS = 4_000
READABLE = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/tab-separated-values",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/pdf",
    "application/json",
    "application/feed+json",
    "application/jsonl",
    "application/x-ndjson",
    "application/warc",
    "application/gzip",
    "application/octet-stream",
    "binary/octet-stream",
    "message/rfc822",
)
_HOST = re.compile(rb"[A-Za-z0-9._:\-]+")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Fetched:
    """One answer: the body after decompression, the address it came from at last, and what the server says it is.

    ``etag`` and ``last_modified`` are what the server names this version by, for asking again.
    """

    body: bytes
    address: str
    content_type: str | None
    charset: str | None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Known:
    """The version of a page that is known already, as the server named it (see :class:`Fetched`)."""

    etag: str | None = None
    last_modified: str | None = None


class Unchanged(Exception):
    """The page is still the version that is known."""


def fetch(address: str, options: Options | None = None, known: Known | None = None) -> Fetched:
    """The page at an address. Where its version is ``known``, the server is asked for a newer one only.

    Raises :class:`FetchError` for what is refused (other schemes, private addresses, other ports than 80 and 443, names and
    passwords in the address, more than five redirects, too large, too slow, no text) and for what went wrong; :class:`Unchanged`
    where the version is still the known one.
    """
    options = options or Options()
    deadline = time.monotonic() + options.fetch_seconds
    current = address
    for _ in range(MOST_REDIRECTS + 1):
        url = check_address(current, allow_private=options.allow_private)
        answer = _request(url, deadline, options, _asking(known))
        if isinstance(answer, Fetched):
            return answer
        current = urljoin(str(url), answer)
    raise FetchError(f"more than {MOST_REDIRECTS} redirects.", where=_shown(address), remedy="Give the page's last address.")


def post(address: str, body: bytes, headers: Mapping[str, str], options: Options | None = None) -> None:
    """Send bytes to an address, under the rules of :func:`fetch`; redirects are not followed.

    Raises :class:`FetchError` where it was not taken; ``is_unsure`` says that it may have arrived all the same.
    """
    options = options or Options()
    url = check_address(address, allow_private=options.allow_private)
    sent = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close", "Content-Length": str(len(body)), **headers}
    _exchange(url, "POST", sent, body, time.monotonic() + options.fetch_seconds, options, _taken)


def check_address(address: str, *, allow_private: bool = False) -> httpx.URL:
    """The parsed address. Raises :class:`FetchError` if it must not be fetched whatever its name resolves to."""
    where = _shown(address)
    if len(address) > LONGEST_ADDRESS:
        raise FetchError("the address is too long.", where=where)
    try:
        url = httpx.URL(address)
        host = url.host
        port = url.port
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"this is no address: {error}.", where=where) from error
    if url.scheme not in ("http", "https"):
        raise FetchError(f"{url.scheme or 'no scheme'}: only http and https are fetched.", where=where)
    if url.userinfo:
        raise FetchError(
            "the address holds a user name or password.", where=where, remedy="Remove it; only public pages are fetched."
        )
    if not host or _HOST.fullmatch(url.raw_host) is None:
        raise FetchError("the address names no host.", where=where)
    if port is not None and port not in PORTS and not allow_private:
        raise FetchError(f"port {port} is not fetched, only 80 and 443.", where=where)
    return url


def check_host(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """The IP addresses of a host, all of them checked.

    Raises :class:`FetchError` if the host is unknown, or if one of its addresses is private, loopback, link-local, multicast,
    reserved, or leads to such a one.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("the host is not known.", where=host, remedy="Check the address and the network.") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(f"{host} is the private or reserved address {address}: refused.", where=host)
    return addresses


def is_public(address: str) -> bool:
    """True for an IP address that anyone on the internet can reach, also inside IPv6 forms that carry an IPv4 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_private or ip.is_unspecified
    )


def _asking(known: Known | None) -> dict[str, str]:
    """The headers that ask for a newer version than the known one only."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _request(url: httpx.URL, deadline: float, options: Options, more: Mapping[str, str]) -> Fetched | str:
    """The answer, or the address it redirects to."""
    headers = {
        "User-Agent": AGENT,
        "Accept": "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **more,
    }
    return _exchange(url, "GET", headers, None, deadline, options, _answer)


def _exchange(
    url: httpx.URL,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    deadline: float,
    options: Options,
    read: Callable[[httpcore.Response, httpx.URL, str, Options], Result],
) -> Result:
    """What ``read`` makes of the answer to one request, over a connection of its own."""
    where = _shown(str(url))
    network = _Network(deadline, options.allow_private)
    context = httpx.create_ssl_context(trust_env=False) if url.scheme == "https" else None
    timeout = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    # What a server names a version by goes back as it came: bytes read as Latin-1.
    sent: list[tuple[bytes, bytes]] = [(b"Host", url.netloc)]
    sent += [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=network) as pool,
            pool.stream(method, target, headers=sent, content=body, extensions={"timeout": timeout}) as response,
        ):
            return read(response, url, where, options)
    except IntakeError as error:
        raise _refused(error, where) from error
    except httpcore.TimeoutException as error:
        raise _failed("the server is too slow.", where, is_unsure=not isinstance(error, httpcore.ConnectTimeout)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        told = str(error)[:200] or type(error).__name__
        is_unsure = not isinstance(error, (httpcore.ConnectError, httpcore.UnsupportedProtocol, ValueError))
        raise _failed(f"the fetch failed: {told}.", where, is_unsure=is_unsure) from error


def _refused(error: IntakeError, where: str) -> FetchError:
    """The error with the address it belongs to."""
    made = FetchError(error.what, where=where, remedy=error.remedy)
    if isinstance(error, FetchError):
        made.status, made.retry_after, made.is_unsure = error.status, error.retry_after, error.is_unsure
    return made


def _failed(what: str, where: str, *, is_unsure: bool) -> FetchError:
    made = FetchError(what, where=where, remedy="Try again later.")
    made.is_unsure = is_unsure
    return made


def _status(response: httpcore.Response, headers: Mapping[str, str], where: str) -> FetchError:
    told = f"the server answered {response.status}."
    made = FetchError(told, where=where, remedy="Open the address in a browser to see why.")
    made.status, made.retry_after = response.status, headers.get("retry-after")
    return made


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _taken(response: httpcore.Response, url: httpx.URL, where: str, options: Options) -> None:
    """Nothing, where the server took what was sent; its answer is not read."""
    if not 200 <= response.status < 300:
        raise _status(response, _headers(response), where)


def _answer(response: httpcore.Response, url: httpx.URL, where: str, options: Options) -> Fetched | str:
    headers = _headers(response)
    if response.status == 304:
        raise Unchanged
    if response.status in (301, 302, 303, 307, 308):
        if not headers.get("location"):
            raise FetchError(f"the server answered {response.status} without an address.", where=where)
        return headers["location"].encode("latin-1").decode("utf-8", "replace")
    if response.status != 200:
        raise _status(response, headers, where)
    full_type = headers.get("content-type", "").lower()
    content_type = full_type.partition(";")[0].strip() or None
    if content_type is not None and content_type not in READABLE:
        raise FetchError(f"this is {content_type[:60]}, not a report.", where=where)
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > options.fetch_bytes:
        raise FetchError("the answer is larger than the limit.", where=where)
    coding = headers.get("content-encoding", "identity").strip().lower()
    body = inflate(response.iter_stream(), coding, options.fetch_bytes, where)
    charset = full_type.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    return Fetched(body, str(url), content_type, charset, headers.get("etag"), headers.get("last-modified"))


class _Network(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets no operation outlive the deadline of the whole fetch."""

    def __init__(self, deadline: float, allow_private: bool) -> None:
        self._deadline, self._allow_private = deadline, allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        last: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in check_host(host, port, allow_private=self._allow_private)[:4]:
            try:
                stream = self._backend.connect_tcp(address, port, _left(self._deadline, timeout, httpcore.ConnectTimeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            return _Stream(stream, self._deadline)
        raise last or httpcore.ConnectError("no address")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        raise httpcore.UnsupportedProtocol("no local sockets")

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the whole fetch took too long")
    return min(left, timeout) if timeout is not None else left


def _shown(address: str) -> str:
    """An address for messages: without name and password, and not endless."""
    head, mark, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{head}{mark}{authority.rpartition('@')[2]}{slash}{path}"[:300]
