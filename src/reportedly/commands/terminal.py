"""What goes to the terminal: text from outside made harmless, consoles, notices, progress, JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TextIO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from reportedly.records import Record

WIDEST: Final = 110
"""Columns that output takes at most: longer lines tire the eye."""
EVERY: Final = 5.0
"""Seconds between two lines of progress where the output is no terminal."""

_DIRECTION = (0x061C, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = (0x00AD, *range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF)
_UNSAFE: Final = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_UNSAFE.update({0x09: 0x20, 0x7F: 0x2421, 0x2028: 0x20, 0x2029: 0x20})
_UNSAFE.update(dict.fromkeys((*range(0x80, 0xA0), *_DIRECTION, *_UNSEEN, *range(0xD800, 0xE000)), 0xFFFD))
_ESCAPED: Final = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), *_DIRECTION, 0x2028, 0x2029)}


def harmless(text: str) -> str:
    """The text with every character that steers a terminal or hides text made visible; its length stays the same.

    >>> harmless("a\\x1b[31mb\\x9bc\\td")
    'a␛[31mb�c d'
    """
    return text.translate(_UNSAFE)


def one_line(text: str) -> str:
    """The harmless text on one line, blanks run together."""
    return " ".join(harmless(text).split())


def shorten(text: str, width: int) -> str:
    """One harmless line of at most ``width`` characters, cut at a word where one ends near.

    >>> shorten("Gunmen attacked a police post near the town", 24)
    'Gunmen attacked a …'
    """
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 2]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > width // 2 else cut).rstrip(" ,;:—–-") + " …"


def console(*, errors: bool = False) -> Console:
    """A console on standard output or standard error as they are now, no wider than pleasant; it interprets no markup."""
    made = Console(file=sys.stderr if errors else sys.stdout, highlight=False, markup=False, emoji=False)
    if made.width > WIDEST:
        made.width = WIDEST
    return made


def plain_console() -> Console:
    """A console without colours that makes all it prints harmless: for tables that were not made here."""
    made = Console(file=cast(TextIO, Harmless(sys.stdout)), highlight=False, markup=False, emoji=False, color_system=None)
    made.width = min(console().width, WIDEST)
    return made


def notice(text: str) -> None:
    """One line for people on standard error, after what standard output has got so far."""
    sys.stdout.flush()
    print(one_line(text), file=sys.stderr, flush=True)  # noqa: T201 - the one place that writes notices


def say(text: str = "", style: str = "") -> None:
    """A paragraph for people on standard output; text from outside in it is made harmless."""
    console().print(Text(harmless(text), style=style))


def amount(count: int, unit: str) -> str:
    """A number of things: the plural of ``unit`` loses its last letter for one.

    >>> amount(1, "reports"), amount(2400, "claims")
    ('1 report', '2,400 claims')
    """
    return f"1 {unit[:-1]}" if count == 1 and unit.endswith("s") else f"{count:,} {unit}"


def own_command() -> str:
    """How this program was called, for examples that can be typed as they stand."""
    program = Path(sys.argv[0])
    if program.name != "reportedly":
        return "reportedly" if shutil.which("reportedly") else f"{os.path.relpath(sys.executable)} -m reportedly"
    return "reportedly" if shutil.which("reportedly") else os.path.relpath(program)


def near_path(path: str) -> str:
    """A path as seen from the folder we are in, where that is shorter; an address stays as it is."""
    return path if "://" in path else min(os.path.relpath(path), path, key=len)


class Rows(Table):
    """A table without lines that fits 80 columns; ``spaced`` rows of several lines stand apart by a blank one."""

    def __init__(self, *columns: str | tuple[str, dict[str, Any]], spaced: bool = False) -> None:
        super().__init__(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
        self._spaced = spaced
        for column in columns:
            heading, more = (column, {}) if isinstance(column, str) else column
            self.add_column(heading, **more)

    def put(self, *cells: str | Text) -> None:
        """Add a row; strings are made harmless."""
        if self._spaced and self.row_count:
            self.add_row("")
        self.add_row(*(Text(harmless(cell)) if isinstance(cell, str) else cell for cell in cells))


def json_text(record: Record, indent: int | None = None) -> str:
    """A record as JSON whose text cannot steer a terminal: such characters are escaped, which leaves its value the same."""
    return record.model_dump_json(by_alias=True, indent=indent).translate(_ESCAPED)


def json_of(value: object) -> str:
    """Plain data as indented JSON whose text cannot steer a terminal."""
    return json.dumps(value, ensure_ascii=False, indent=2).translate(_ESCAPED)


def write(text: str) -> None:
    """Text for programs on standard output, as UTF-8 whatever the locale."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def write_array(records: Iterable[Record]) -> int:
    """Records as one JSON array, a record a line; the number written. Memory stays flat."""
    written = 0
    write("[")
    for record in records:
        write(("," if written else "") + "\n" + json_text(record))
        written += 1
    write("\n]\n" if written else "]\n")
    return written


class Harmless:
    """A text stream to a terminal that shows steering characters instead of sending them; for exports to the screen."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the harmless form of a text."""
        return self._stream.write(harmless(text.replace("\r\n", "\n")))

    def flush(self) -> None:
        """Pass on what is held back."""
        self._stream.flush()


class Progress:
    """Shows how far a task is, on standard error: a bar on a terminal, else a line every few seconds.

    Nothing is shown for what is over within ``after`` seconds.
    """

    def __init__(self, doing: str, total: int | None = None, unit: str = "reports", *, after: float = 2.0) -> None:
        self._doing, self._total, self._unit, self._after = doing, total, unit, after
        self._done = 0
        self._started = time.monotonic()
        self._told = self._started
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._console = console(errors=True)

    def __enter__(self) -> Self:
        if self._after == 0 and self._console.is_terminal:
            self._show_bar()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, count: int = 1, doing: str | None = None) -> None:
        """So many more are done."""
        self.at(self._done + count, doing)

    def at(self, done: int, doing: str | None = None) -> None:
        """So many are done by now; ``doing`` replaces the words."""
        self._done, self._doing = done, doing or self._doing
        now = time.monotonic()
        if now - self._started < self._after:
            return
        if self._console.is_terminal:
            self._show_bar()
        elif now - self._told >= EVERY:
            self._told = now
            notice(f"{self._doing}: {self._share()}")

    def _share(self) -> str:
        return f"{self._done:,} of {self._total:,} {self._unit}" if self._total else amount(self._done, self._unit)

    def _show_bar(self) -> None:
        if self._bar is None:
            from rich import progress

            self._bar = progress.Progress(
                progress.TextColumn("{task.description}", markup=False),
                progress.BarColumn(bar_width=24),
                progress.TextColumn("{task.fields[share]}", markup=False),
                progress.TimeElapsedColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task(self._doing, total=self._total, share="")
            self._bar.start()
        if self._task is not None:
            words = shorten(self._doing, 34)
            self._bar.update(self._task, completed=self._done, description=words, share=self._share())
