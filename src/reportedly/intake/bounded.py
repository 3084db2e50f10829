"""Reads bytes within bounds: files, gzip, lines; and turns faults of foreign parsers into errors that say where."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from reportedly.errors import IntakeError

BLOCK = 1 << 16
FREE_BYTES = 20_000_000
MAX_RATIO = 200
"""Beyond ``FREE_BYTES`` of output, gzip may not hold more than this many bytes for one: text does not pack that well."""

PARSER_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError, EOFError)
"""What a foreign parser raises on input its author did not foresee."""


@contextmanager
def parser_faults(what: str, where: str) -> Iterator[None]:
    """Turn whatever a foreign parser raises on odd input into an :class:`IntakeError`."""
    try:
        yield
    except PARSER_FAULTS as error:
        reason = (str(error).splitlines() or [""])[0][:200] or type(error).__name__
        raise IntakeError(
            f"{what} could not be parsed: {reason}.", where=where, remedy="Check that the file is whole."
        ) from error


def size_words(count: int) -> str:
    """A size as people write it."""
    return f"{count / 1_000_000:.3g} MB"


def read_bounded(stream: BinaryIO, limit: int, where: str) -> bytes:
    """All of a stream. Raises :class:`IntakeError` if it holds more than ``limit`` bytes."""
    data = bytearray()
    while block := stream.read(min(BLOCK, limit + 1 - len(data))):
        data += block
        if len(data) > limit:
            raise IntakeError(
                f"the document is larger than {size_words(limit)}.",
                where=where,
                remedy="Split it, or raise the limit for one document.",
            )
    return bytes(data)


class Gunzip:
    """A readable stream over gzip data, of any number of members, that refuses decompression bombs.

    Raises :class:`IntakeError` on damaged data and once the output is out of proportion to the input.
    """

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._stream, self._where = stream, where
        self._inflater = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._ready = bytearray()
        self._in = self._out = 0
        self._inside = False

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, empty at the end; all that is left for a negative ``size``."""
        while size < 0 or len(self._ready) < size:
            if not self._more():
                break
            if size >= 0 and self._ready:
                break
        size = len(self._ready) if size < 0 else size
        piece = bytes(self._ready[:size])
        del self._ready[:size]
        return piece

    def _more(self) -> bool:
        if not self._waiting:
            self._waiting = self._stream.read(BLOCK)
            self._in += len(self._waiting)
        if not self._waiting:
            if self._inside:
                raise IntakeError("the gzip data ends too early.", where=self._where, remedy="Get the file again.")
            return False
        if not self._inside:
            self._waiting = self._waiting.lstrip(b"\0")
            if not self._waiting:
                return True
            self._inflater = zlib.decompressobj(wbits=31)
            self._inside = True
        try:
            output = self._inflater.decompress(self._waiting, BLOCK * 4)
        except zlib.error as error:
            raise IntakeError("the gzip data is damaged.", where=self._where, remedy="Get the file again.") from error
        self._waiting = self._inflater.unconsumed_tail
        if self._inflater.eof:
            self._waiting, self._inside = self._inflater.unused_data, False
        self._out += len(output)
        self._ready += output
        if self._out > FREE_BYTES and self._out > MAX_RATIO * self._in:
            raise IntakeError(
                f"{size_words(self._in)} of gzip unpack to more than {size_words(self._out)}: refused as a decompression bomb.",
                where=self._where,
                remedy="Unpack it yourself if you trust it.",
            )
        return True


class Joined:
    """A readable stream of bytes that were read already, and then of what follows them."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, all for a negative ``size``, empty at the end."""
        if size < 0:
            head, self._head = self._head, b""
            return head + self._stream.read()
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._stream.read(size)


def inflate(chunks: Iterable[bytes], coding: str, limit: int, where: str) -> bytes:
    """The body of an HTTP response, decompressed. ``coding`` is ``identity``, ``gzip`` or ``deflate``.

    Raises :class:`IntakeError` if it holds more than ``limit`` bytes, is damaged, or is coded otherwise.
    """
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise IntakeError(f"the answer is coded as {coding[:40]!r}, which was not asked for.", where=where)
    plain = coding in ("identity", "")
    inflater = zlib.decompressobj(wbits=47)
    body = bytearray()
    begun = False
    for chunk in chunks:
        while chunk:
            if plain:
                body, chunk = body + chunk, b""
            elif inflater.eof and not chunk.startswith(b"\x1f"):
                return bytes(body)  # padding after the last member
            else:
                if inflater.eof:
                    inflater = zlib.decompressobj(wbits=47)
                try:
                    body += inflater.decompress(chunk, limit + 1 - len(body))
                except zlib.error as error:
                    raise IntakeError("the compressed answer is damaged.", where=where) from error
                chunk = inflater.unconsumed_tail or inflater.unused_data
                begun = True
            if len(body) > limit:
                raise IntakeError(f"the answer is larger than {size_words(limit)}.", where=where)
    if begun and not inflater.eof:
        raise IntakeError("the compressed answer ends too early.", where=where)
    return bytes(body)


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Lines with their ends, ``None`` for each line longer than ``limit`` bytes, which is passed over."""
    held = b""
    too_long = False
    while block := stream.read(BLOCK):
        pieces = (held + block).split(b"\n") if not too_long else block.split(b"\n")
        held = pieces.pop()
        for piece in pieces:
            yield None if too_long or len(piece) > limit else piece + b"\n"
            too_long = False
        if len(held) > limit:
            held, too_long = b"", True
        elif too_long:
            held = b""
    if too_long:
        yield None
    elif held:
        yield held
