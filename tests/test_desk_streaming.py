"""Exports are sent while they are written, in bounded memory, and a broken one cannot be taken for a whole one."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from reportedly.desk import streaming
from reportedly.desk.streaming import PIECE, WAITING, streamed
from reportedly.errors import SettingError


class Writer:
    """Writes lines until told to stop; notes how far it came and that it was closed."""

    def __init__(self, lines: int, fault: Exception | None = None) -> None:
        self.lines, self.fault = lines, fault
        self.written = self.closed = 0

    def write(self, stream: Any) -> None:
        for _ in range(self.lines):
            stream.write("é" * 499 + "\n")
            self.written += 1
        if self.fault:
            raise self.fault

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("lines", [0, 1, 5000])
def test_all_is_sent(lines: int) -> None:
    writer = Writer(lines)
    assert b"".join(streamed(writer.write, writer.close)).decode() == ("é" * 499 + "\n") * lines
    assert writer.closed == 1


def test_writer_waits_for_who_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LOOK", 0.01)
    writer = Writer(100_000)
    pieces = streamed(writer.write, writer.close)
    next(pieces)
    time.sleep(0.2)
    assert 0 < writer.written * 999 < PIECE * (WAITING + 4)
    del pieces  # whoever fetched is gone: the thread ends
    for _ in range(100):
        if writer.closed:
            break
        time.sleep(0.02)
    assert writer.closed == 1 and writer.written < 100_000
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("export")]


def test_what_is_wrong_with_a_request_is_said_at_once() -> None:
    writer = Writer(0, SettingError("no such layout."))
    with pytest.raises(SettingError):
        streamed(writer.write, writer.close)
    assert writer.closed == 1


def test_what_breaks_later_breaks_the_answer() -> None:
    writer = Writer(1000, ValueError("broken"))
    pieces = streamed(writer.write, writer.close)
    with pytest.raises(ValueError, match="broken"):
        b"".join(pieces)
