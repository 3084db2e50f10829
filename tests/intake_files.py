"""Documents for the intake tests, made in memory: PDF, WARC, mail, pages, and a web server on the loopback address."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NEWS = (
    "Gunmen of the Ostrova Front killed three soldiers in an ambush near the town of Torre on Tuesday, the army said.",
    "No group has claimed responsibility for the attack, which wounded four other people, according to the governor.",
    "Residents told reporters that they had heard shots for about an hour before the army closed the road to the north.",
)


def page(body: str = "", head: str = "", paragraphs: Sequence[str] = NEWS) -> str:
    """A page with an article."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html><head>{head}</head><body><article>{words}{body}</article></body></html>"


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, title: str | None = None, encrypted: bool = False) -> bytes:
    """A PDF with lines of text at points from the lower left corner of each page."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree, font = add(b""), add(b""), add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        drawn = "\n".join(f"BT /F1 10 Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in lines).encode("latin-1")
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, font)
            )
        )
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    trailer = b"/Root %d 0 R" % catalog
    if title is not None:
        trailer += b" /Info %d 0 R" % add(b"<< /Title (%s) >>" % title.encode("latin-1"))
    if encrypted:
        lock = add(b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32))
        trailer += b" /Encrypt %d 0 R /ID [<00><00>]" % lock
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def warc_record(
    body: bytes,
    *,
    address: str = "https://herald.example/ambush",
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: bytes = b"",
) -> bytes:
    """One response record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n".encode() + headers + b"\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-06T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def gzip_bomb(megabytes: int) -> bytes:
    """Gzip data that unpacks to this many megabytes of the letter ``a``."""
    return gzip.compress(b"a" * 1_000_000, 9) * megabytes


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answers: dict[str, Answer]) -> Iterator[str]:
    """A web server on the loopback address; gives its address. Requests are handled in threads that end with the test."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            answer = answers.get(self.path)
            try:
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client has enough: that is what some tests are about

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_address[1]}"
    finally:
        web.shutdown()
        web.server_close()
        thread.join(5)


def answer(body: bytes, content_type: str | None = "text/html; charset=utf-8", **headers: str) -> Answer:
    """An answer with a body; ``_`` in header names stands for ``-``."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if content_type is not None:
            handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def redirect(address: str, status: int = 302) -> Answer:
    """A redirect."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", address)
        handler.end_headers()

    return send
