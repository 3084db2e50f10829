"""Passes on what an export writes while it is written, a piece at a time, so that no export is held in memory or on disk."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Full, Queue
from typing import Any, Final

PIECE: Final = 64 * 1024
"""Bytes of a piece."""
WAITING: Final = 16
"""Pieces that may wait to be fetched; then the writer waits."""
LOOK: Final = 1.0
"""Seconds after which a waiting writer looks whether anybody still fetches."""


class Left(Exception):
    """Whoever fetched the pieces is gone."""


class _Pipe(io.RawIOBase):
    """A stream for text or bytes whose other end is a queue of pieces, ``None`` after the last."""

    def __init__(self) -> None:
        self.pieces: Queue[bytes | None] = Queue(WAITING)
        self.left = threading.Event()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data.encode() if isinstance(data, str) else data
        if len(self._held) >= PIECE:
            self.pass_on()
        return len(data)

    def pass_on(self) -> None:
        """Send what is held."""
        if self._held:
            self.put(bytes(self._held))
            self._held.clear()

    def put(self, piece: bytes | None) -> None:
        """Wait until there is room. Raises :class:`Left` where nobody fetches any more."""
        while not self.left.is_set() and threading.main_thread().is_alive():
            try:
                return self.pieces.put(piece, timeout=LOOK)
            except Full:
                continue
        raise Left


def streamed(write: Callable[[Any], object], close: Callable[[], None]) -> Iterator[bytes]:
    """What ``write`` writes to a stream of text or bytes, while it goes on in a thread; ``close`` ends what that thread opened.

    The first piece is there when this returns: what is wrong with a request is raised here, before an answer began. An error
    later on is raised from the iterator, so that a broken answer cannot be taken for a whole one.
    """
    pieces = _pieces(write, close)
    return _behind(next(pieces, b""), pieces)


def _behind(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _pieces(write: Callable[[Any], object], close: Callable[[], None]) -> Iterator[bytes]:
    pipe = _Pipe()
    with ThreadPoolExecutor(1, thread_name_prefix="export") as pool:
        try:
            writing = pool.submit(_run, pipe, write, close)
            while (piece := pipe.pieces.get()) is not None:
                yield piece
            writing.result()
        finally:
            pipe.left.set()


def _run(pipe: _Pipe, write: Callable[[Any], object], close: Callable[[], None]) -> None:
    try:
        write(pipe)
        pipe.pass_on()
    finally:
        close()
        pipe.put(None)
