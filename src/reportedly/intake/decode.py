"""Turns bytes into text, and takes out the characters that no stored text may hold."""

from __future__ import annotations

import codecs
import re

from reportedly.errors import IntakeError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes(n for n in range(32) if n not in b"\t\n\r\f\x0b\x1b")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"
MOSTLY_ASCII = 10
"""Where fewer than one byte in this many is beyond ASCII, statistics see too little, and Western European is likeliest."""


def repair(text: str) -> str:
    """The text with NUL and unpaired surrogates replaced by U+FFFD, which no database or encoder refuses."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def byte_order(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark tells, and the mark's length; ``None`` without a mark."""
    return next(((name, len(mark)) for mark, name in MARKS if data.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """True for bytes that are no text in any encoding: many control bytes and no byte order mark."""
    if byte_order(data) is not None or not data:
        return False
    return sum(data.count(byte) for byte in _CONTROL_BYTES) > max(2, len(data) // 200)


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text of bytes: by byte order mark, as UTF-8, by the ``declared`` encoding, or by the bytes' own statistics.

    Raises :class:`IntakeError` for bytes that are no text.
    """
    marked = byte_order(data)
    if marked is not None:
        name, length = marked
        return data[length:].decode(name, "replace")
    if looks_binary(data):
        raise IntakeError(
            "this is binary data, not text.", where=where, remedy="Give a text, page, PDF, e-mail, feed, table or WARC."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, declared, where)


def _decode_other(data: bytes, declared: str | None, where: str) -> str:
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration is common; the bytes decide
    mostly = data.decode("utf-8", "replace")
    if mostly.count(REPLACEMENT) * 200 < len(mostly):
        return mostly
    if sum(byte >= 0x80 for byte in data[:200_000]) * MOSTLY_ASCII < len(data[:200_000]):
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise IntakeError("the encoding of the text is not recognised.", where=where, remedy="Save it as UTF-8.")
    return data.decode(best.encoding, "replace")
