"""``reportedly read``: what one report says, or many, with nothing stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from reportedly.errors import IntakeError, SettingError

if TYPE_CHECKING:
    from reportedly.reading.reader import Input
    from reportedly.records import Reading

FAILED = 3
LAID_OUT = frozenset({".html", ".htm", ".xhtml", ".pdf", ".eml"})
"""Files whose text is not simply their content: they go through intake."""
MARKDOWN = frozenset({".md", ".markdown"})
FIELDS = ("id", "text", "title", "published", "published_until", "source")
LONGEST_FILE = 50_000_000
LONGEST_LINE = 10_000_000


def read(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="The report; - or nothing is standard input.", show_default=False)
    ] = "-",
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day or date-time of publication (2025-06-01). Relative times hang on it.")
    ] = None,
    published_until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last possible day, where the day of publication is not known.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="Title of the report.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (see: reportedly schema).")] = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="Read one report a line (id, text, title, published, published_until, source); write one object a line.",
        ),
    ] = False,
) -> None:
    """Read one report, and show what it says happened, in which words, and who says so. Nothing is stored.

    Plain text is read exactly as given, so that offsets fit it; HTML, PDF and saved e-mail are turned into text first.
    """
    if jsonl:
        if any(value is not None for value in (published, published_until, title, source)) or as_json:
            raise SettingError(
                "--jsonl takes date, title and source from each line.", remedy="Leave out the other options, or --jsonl."
            )
        raise typer.Exit(_read_lines(file))
    given = _given(file, published, published_until, title, source, exact=as_json)
    _read_one(given, as_json)


def _read_one(given: Input, as_json: bool) -> None:
    from reportedly.commands.setup import ready_reader
    from reportedly.commands.terminal import Progress, json_text, write

    reader = ready_reader()
    with Progress("Reading", unit="done", after=0):
        reading = reader.read_input(given)
    if as_json:
        write(json_text(reading) + "\n")
    else:
        show_reading(reading)


def _given(
    file: str, published: str | None, published_until: str | None, title: str | None, source: str | None, *, exact: bool
) -> Input:
    from reportedly.commands.terminal import notice
    from reportedly.reading.reader import Input

    check_day("--published", published)
    check_day("--published-until", published_until)
    suffix = Path(file).suffix.lower()
    if "://" in file or suffix in LAID_OUT or (suffix in MARKDOWN and not exact):
        from dataclasses import replace

        return replace(_taken_in(file, published, title, source), published_until=published_until)
    data = _bytes(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"byte {error.start} is no UTF-8.",
            where=_name(file),
            remedy="Convert the file to UTF-8, or add it with: reportedly add FILE",
        ) from error
    if exact and suffix in MARKDOWN and text.startswith("---\n"):
        notice(f"{_name(file)}: with --json its head is read as text too; --title, --source and --published say what it says.")
    return Input(text=text, title=title, source=source, published=published, published_until=published_until)


def _taken_in(file: str, published: str | None, title: str | None, source: str | None) -> Input:
    """The one report of a file that is laid out, as intake turns it into text."""
    from itertools import islice

    from reportedly import intake

    items = list(islice(intake.collect([file], intake.Options(published=published, title=title, source=source)), 2))
    if len(items) > 1:
        raise IntakeError("it holds several reports.", where=file, remedy="Read them into a casebook: reportedly add FILE")
    for item in items:
        if item.error is not None:
            raise item.error
        if item.report is not None:
            return item.report.as_input()
    reason = items[0].skipped if items else "it holds no report"
    raise IntakeError(f"{reason}.", where=file, remedy="Give the text itself, or another file.")


def _read_lines(file: str) -> int:
    """Read reports given a line each; the exit status."""
    from reportedly.commands.setup import ready_reader
    from reportedly.commands.terminal import Progress, json_text, notice, write
    from reportedly.reading.batch import read_each

    reader = ready_reader()
    failed = 0
    unknown: set[str] = set()

    def inputs() -> Iterator[tuple[int, Input]]:
        nonlocal failed
        for number, line in _lines(file):
            try:
                yield number, _input(line, unknown)
            except IntakeError as error:
                failed += 1
                notice(f"{_name(file)}, line {number}: {error}")

    with Progress("Reading", after=0) as progress:
        for outcome in read_each(reader, inputs()):
            if outcome.reading is None:
                failed += 1
                notice(f"{_name(file)}, line {outcome.item}: the report could not be read ({outcome.failure}).")
            else:
                write(json_text(outcome.reading) + "\n")
            progress.advance()
    if unknown:
        notice(f"Not used: {', '.join(sorted(unknown))}. Known fields: {', '.join(FIELDS)}.")
    return FAILED if failed else 0


def _lines(file: str) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that hold something; ``None`` for one that is too long."""
    from reportedly.intake.bounded import lines

    stream = _open(file)
    with stream:
        for number, line in enumerate(lines(stream, LONGEST_LINE), 1):
            if line is None or line.strip():
                yield number, line


def _input(line: bytes | None, unknown: set[str]) -> Input:
    """The report of one line; names of fields that are not used join ``unknown``."""
    import json

    from reportedly.reading.reader import Input

    if line is None:
        raise IntakeError(f"longer than {LONGEST_LINE:,} bytes.")
    try:
        record: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IntakeError(f"byte {error.start} is no UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"no JSON ({str(error).splitlines()[0]}).") from error
    if not isinstance(record, dict):
        raise IntakeError("no JSON object.")
    if not isinstance(record.get("text"), str):
        raise IntakeError("there is no text." if record.get("text") is None else "text is no string.")
    if isinstance(record.get("id"), int) and not isinstance(record["id"], bool):
        record["id"] = str(record["id"])
    for name in FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise IntakeError(f"{name} is no string.")
        if value is not None and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise IntakeError(f"{name} holds half a character (a lone surrogate).")
    for name in ("published", "published_until"):
        check_day(name, record.get(name))
    unknown.update(set(record) - set(FIELDS))
    return Input(**{name: record.get(name) or None for name in FIELDS if name != "text"}, text=record["text"])


def check_day(name: str, value: str | None) -> None:
    """Raises :class:`IntakeError` for what is no ISO date or date-time (as an option, one of wrong use)."""
    from datetime import datetime

    if not value:
        return
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        remedy = "Write it like 2025-06-01."
        if name.startswith("--"):
            raise SettingError(f"{value!r} is no date.", where=name, remedy=remedy) from error
        raise IntakeError(f"{name} is {value!r}, which is no ISO date.", remedy=remedy) from error


def _bytes(file: str) -> bytes:
    from reportedly.intake.bounded import read_bounded

    with _open(file) as stream:
        return read_bounded(stream, LONGEST_FILE, _name(file))


def _open(file: str) -> BinaryIO:
    if file == "-":
        if sys.stdin.isatty():
            from reportedly.commands.terminal import notice

            notice("Type or paste the report; end with Ctrl-D.")
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise IntakeError(
            f"it cannot be opened ({(error.strerror or 'error').lower()}).", where=file, remedy="Check the name of the file."
        ) from error


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def show_reading(reading: Reading) -> None:
    """Show people what was read from one report."""
    from reportedly.commands.terminal import console, notice, say
    from reportedly.commands.views import claims_table, relations_table, report_head

    report = reading.report
    out = console()
    if report.title:
        out.print(report_head(report))
        say()
    if reading.unread is not None:
        notice(f"Not read: {reading.unread}.")
        return
    if reading.claims:
        out.print(claims_table(((claim, report.source) for claim in reading.claims), with_ids=False))
    if reading.relations:
        say("Relations", "bold underline")
        out.print(relations_table(((relation, report.source) for relation in reading.relations), with_ids=False))
    if not reading.claims and not reading.relations:
        notice("No claim of conflict or political violence was read from this text.")
    if report.published is None:
        notice("No date of publication was given, so times like “on Monday” stay open: add --published 2025-06-01.")
    notice("Everything with offsets: --json. To keep it in a casebook: reportedly add FILE")
