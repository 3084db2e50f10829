"""Recognises the format of a document: by its content first, then by its name."""

from __future__ import annotations

import json
import re
from typing import Literal

from reportedly.intake.decode import byte_order, looks_binary
from reportedly.intake.table import DELIMITERS, guess_columns

Format = Literal[
    "text",
    "markdown",
    "html",
    "pdf",
    "email",
    "mbox",
    "feed",
    "warc",
    "csv",
    "tsv",
    "json",
    "jsonl",
    "parquet",
    "gzip",
    "archive",
    "xml",
    "binary",
    "empty",
]
HEAD = 16_384
"""Bytes that recognition looks at."""
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\xd0\xcf\x11\xe0", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"\x7fELF", "binary"),
    (b"SQLite format 3\x00", "binary"),
    (b"{\\rtf", "binary"),
)
_NAMES: dict[str, Format] = {
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "eml": "email",
    "mbox": "mbox",
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "rss": "feed",
    "atom": "feed",
    "txt": "text",
}
_HEADER_LINE = re.compile(
    r"^(from|date|subject|message-id|mime-version|received|return-path|delivered-to|content-type|to|x-[a-z-]+): ?\S",
    re.IGNORECASE,
)
_FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:rdf|atom:feed)[\s>]", re.IGNORECASE)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_HTML_START = re.compile(r"\s*<(?:div|p|article|section|main|h1|table|meta|title|header|nav|span)[\s>]", re.IGNORECASE)
_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z_-]+\s*:")


def detect(head: bytes, name: str = "") -> Format:
    """The format of a document whose first :data:`HEAD` bytes are ``head`` and whose file name or address is ``name``.

    ``gzip`` must be unpacked and asked again; ``archive``, ``xml`` and ``binary`` are not read; ``empty`` holds white space.
    """
    if not head.strip(b" \t\r\n\0"):
        return "empty"
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found is not None:
        return found
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if looks_binary(head):
        return "binary"
    marked = byte_order(head)
    text = head[marked[1] :].decode(marked[0], "ignore") if marked else head.decode("utf-8", "replace")
    return _by_text(text.lstrip("\ufeff"), _extension(name))


def _extension(name: str) -> str:
    name = name.lower().partition("?")[0]
    return name.removesuffix(".gz").rpartition(".")[2] if "." in name else ""


def _by_text(text: str, extension: str) -> Format:
    named = _NAMES.get(extension)
    start = text.lstrip()
    if start.startswith("<"):
        kind = _markup(start, named)
        if kind is not None:
            return kind
    if start.startswith(("{", "[")):
        kind = _json(start, named)
        if kind is not None:
            return kind
    if start.startswith("From ") and _headers(start.partition("\n")[2]) >= 2:
        return "mbox"
    if named in ("csv", "tsv"):
        return named
    if _headers(start) >= 2 and re.search(r"^from: ?\S", start[:4000], re.IGNORECASE | re.MULTILINE):
        return "email"
    if _MATTER.match(start):
        return "markdown"
    if named is not None and named != "text":
        return named
    return _delimited(start) or "text"


def _markup(start: str, named: Format | None) -> Format | None:
    if _FEED_ROOT.search(start):
        return "feed"
    if _HTML.search(start):
        return "html"
    if start[:5].lower() == "<?xml" or start[:9].lower() == "<!doctype":
        return named if named in ("html", "feed") else "xml"
    return "html" if _HTML_START.match(start) and named != "markdown" else None


def _json(start: str, named: Format | None) -> Format | None:
    if start.startswith("["):
        return "json" if start[1:].lstrip()[:1] in ("{", "]") or named == "json" else None
    first, _, rest = start.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        if named in ("json", "jsonl"):
            return named
        return "json" if re.match(r'\{\s*["}]', start) else None
    return "jsonl" if rest.lstrip() or named == "jsonl" else "json"


def _headers(text: str) -> int:
    """How many lines at the top are e-mail headers; 0 if something else stands among them."""
    count = 0
    for line in text[:4000].splitlines():
        if not line.strip():
            break
        if _HEADER_LINE.match(line):
            count += 1
        elif not (count and (line[0] in " \t" or re.match(r"[A-Za-z-]{2,40}:(?: |$)", line))):
            return 0
    return count


def _delimited(start: str) -> Format | None:
    """``csv`` or ``tsv`` where the first line is a header that names a text column."""
    header = start.partition("\n")[0].strip()
    if "\n" not in start or len(header) > 2_000:
        return None
    mark = max(DELIMITERS, key=header.count)
    names = [name.strip(' "') for name in header.split(mark)]
    columns = guess_columns(names)
    if len(names) < 2 or "text" not in columns or len(columns) < 2 or any(len(name.split()) > 4 for name in names):
        return None
    return "tsv" if mark == "\t" else "csv"
