"""Fetching: what is refused, what is bounded, and that redirects and names cannot go around it. The server is a real one."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from intake_files import NEWS, answer, gzip_bomb, page, redirect, server

from reportedly.errors import FetchError
from reportedly.intake import Options, collect
from reportedly.intake.fetch import AGENT, check_address, check_host, fetch, is_public

SEEN: list[dict[str, str]] = []
LOCAL = Options(allow_private=True)


def _slow_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def _slow_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(b"X-%d: a\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    for _ in range(2_000):
        handler.wfile.write(b"a" * 10_000)


def _remembered(handler: BaseHTTPRequestHandler) -> None:
    SEEN.append(dict(handler.headers.items()))
    answer(page().encode(), Set_Cookie="tracker=1; Path=/")(handler)


def _closed(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nshort")


def _nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"this is not http\r\n\r\n")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    body = page(head="<title>Ambush</title>").encode()
    answers = {
        "/page": answer(body),
        "/gzip": answer(gzip.compress(body), Content_Encoding="gzip"),
        "/deflate": answer(zlib.compress(body), Content_Encoding="deflate"),
        "/bomb": answer(gzip_bomb(40), Content_Encoding="gzip"),
        "/one-member-bomb": answer(gzip.compress(b"a" * 30_000_000, 9), Content_Encoding="gzip"),
        "/damaged": answer(b"\x1f\x8b\x08\x00nonsense", Content_Encoding="gzip"),
        "/brotli": answer(body, Content_Encoding="br"),
        "/large": _endless,
        "/said-large": answer(b"a", Content_Length="99999999999"),
        "/picture": answer(b"\x89PNG", "image/png"),
        "/untyped": answer(body, None),
        "/typed-wrong": answer(b"%PDF-1.4 broken", "text/html"),
        "/slow": _slow_body,
        "/slow-headers": _slow_headers,
        "/cut": _closed,
        "/nonsense": _nonsense,
        "/once": redirect("/page"),
        "/loop": redirect("/loop"),
        "/to-file": redirect("file:///etc/passwd"),
        "/to-ftp": redirect("ftp://127.0.0.1/x"),
        "/to-password": redirect("http://me:secret@127.0.0.1/page"),
        "/to-metadata": redirect("http://169.254.169.254/latest"),
        "/to-nothing": redirect(""),
        "/remember": _remembered,
        "/latin": answer("<p>Größe</p>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        **{f"/hop{number}": redirect(f"/hop{number + 1}") for number in range(5)},
        "/hop5": answer(body),
    }
    with server(answers) as address:
        yield address


@pytest.mark.parametrize("path", ["/page", "/gzip", "/deflate", "/once", "/untyped", "/hop0"])
def test_pages_are_fetched(site: str, path: str) -> None:
    fetched = fetch(site + path, LOCAL)
    assert NEWS[0].encode() in fetched.body


def test_the_last_address_is_kept(site: str) -> None:
    assert fetch(f"{site}/once", LOCAL).address == f"{site}/page"
    assert fetch(f"{site}/latin", LOCAL).charset == "iso-8859-1"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bomb", "larger than"),
        ("/one-member-bomb", "larger than"),
        ("/large", "larger than"),
        ("/said-large", "larger than"),
        ("/damaged", "damaged"),
        ("/brotli", "coded as"),
        ("/picture", "image/png"),
        ("/cut", "failed"),
        ("/nonsense", "failed"),
        ("/loop", "more than 5 redirects"),
        ("/to-file", "only http and https"),
        ("/to-ftp", "only http and https"),
        ("/to-password", "password"),
        ("/to-nothing", "without an address"),
        ("/missing", "404"),
    ],
)
def test_bad_answers_are_errors(site: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as caught:
        fetch(site + path, Options(allow_private=True, fetch_bytes=5_000_000))
    assert caught.value.where is not None
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("path", ["/slow", "/slow-headers"])
def test_a_dripping_server_does_not_hold_us(site: str, path: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match="too slow"):
        fetch(site + path, Options(allow_private=True, fetch_seconds=0.5))
    assert time.monotonic() - begun < 3


def test_nothing_is_kept_between_fetches_and_the_agent_is_honest(site: str) -> None:
    SEEN.clear()
    fetch(f"{site}/remember", LOCAL)
    fetch(f"{site}/remember", LOCAL)
    assert all("Cookie" not in headers and "Authorization" not in headers for headers in SEEN)
    assert SEEN[1]["User-Agent"] == AGENT
    assert AGENT.startswith("reportedly")


def test_the_loopback_address_is_refused_unless_allowed(site: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises(FetchError, match="port"):
        fetch(f"{site}/page")
    with pytest.raises(FetchError, match="private or reserved"):
        fetch("http://127.0.0.1/page")
    assert port.isdigit()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.5.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "not an address",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/x",
        "example.org",
        "http://",
        "http:///path",
        "http://user:secret@example.org/",
        "http://user@example.org/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://[::1/",
        "http://" + "a" * 5_000 + ".org/",
    ],
)
def test_addresses_refused_before_any_connection(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("the name was asked for"))
    with pytest.raises(FetchError) as caught:
        fetch(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::1]"])
def test_other_spellings_of_the_loopback_address(host: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"http://{host}/")


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        check_host("rebind.example", 80)


def test_a_name_is_asked_once_and_the_checked_address_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connected: list[object] = []

    def resolve(host: str, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", 80))]

    def connect(address: object, *args: object, **kwargs: object) -> socket.socket:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        fetch("http://rebind.example/")
    assert asked == ["rebind.example"]
    assert connected == [("93.184.216.34", 80)]


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    real = is_public
    monkeypatch.setattr("reportedly.intake.fetch.is_public", lambda address: address == "127.0.0.1" or real(address))
    monkeypatch.setattr("reportedly.intake.fetch.PORTS", frozenset({80, 443, int(site.rpartition(":")[2])}))
    assert fetch(f"{site}/page").content_type == "text/html"
    with pytest.raises(FetchError, match="private or reserved"):
        fetch(f"{site}/to-metadata")


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert fetch(f"{site}/page", LOCAL).body


def test_international_names_are_allowed() -> None:
    assert check_address("https://bücher.example/ä?b=ü").raw_host == b"xn--bcher-kva.example"


def test_collect_reads_addresses_and_goes_on_after_refusals(site: str) -> None:
    sources = [f"{site}/page", "ftp://example.org/", f"{site}/missing", f"{site}/typed-wrong", f"{site}/gzip"]
    items = list(collect(sources, Options(allow_private=True, collected="2025-03-06T10:00:00+00:00")))
    assert [item.error is None for item in items] == [True, False, False, False, True]
    report = items[0].report
    assert report is not None
    assert report.address == f"{site}/page"
    assert report.way == "fetched: html"
    assert report.collected == "2025-03-06T10:00:00+00:00"
