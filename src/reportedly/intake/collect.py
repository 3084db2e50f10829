"""Takes sources in, whatever they are, one item after the other; what is wrong with one never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from reportedly.errors import IntakeError, SettingError
from reportedly.intake import email, feed, folder, html, markdown, pdf, table, text, warc, web
from reportedly.intake.bounded import Gunzip, Joined, read_bounded
from reportedly.intake.dates import parse_published
from reportedly.intake.duplicates import mark
from reportedly.intake.formats import HEAD, Format, detect
from reportedly.intake.item import Item, Options, Origin, utc_now

UNREAD: dict[Format, str] = {
    "archive": "it is a packed archive or an office document",
    "xml": "it is XML, but no feed and no page",
    "binary": "it is binary data of a kind that is not read",
}
REMEDIES: dict[Format, str] = {
    "archive": "Unpack it, or save it as PDF or text, and add that.",
    "xml": "Save it as text.",
    "binary": "Save it as PDF or text.",
}


def collect(sources: Iterable[str | Path], options: Options | None = None) -> Iterator[Item]:
    """Reports from files, folders, addresses and ``-`` (standard input), as they are read.

    Formats are recognised by content, then by name: text, Markdown, HTML, PDF, e-mail (.eml, mbox), RSS and Atom, WARC, CSV,
    TSV, JSON, JSON lines, Parquet, and gzip of any of these. Errors are items: this raises nothing because of a source. With
    ``options.duplicates`` each report is compared with those before it.

    Raises :class:`SettingError` at once if ``options.published`` is no full date.
    """
    options = options or Options()
    if options.published and parse_published(options.published) is None:
        raise SettingError(f"the given date {options.published!r} is no full date.", remedy="Write it like 2025-06-01.")
    items = (item for source in sources for item in _one(source, options))
    return mark(items, options.duplicates) if options.duplicates is not None else items


def _one(source: str | Path, options: Options) -> Iterator[Item]:
    where = str(source)
    try:
        if isinstance(source, str) and web.is_address(source):
            fetched, origin = web.fetch_origin(source, options, options.collected or utc_now())
            yield from read_stream(BytesIO(fetched.body), origin, options, fetched.charset)
        elif source == "-":
            origin = Origin("standard input", "-", "standard input", options.collected or utc_now())
            yield from read_stream(sys.stdin.buffer, origin, options)
        elif Path(source).is_dir():
            for found in folder.walk(Path(source)):
                yield from [found] if isinstance(found, Item) else _file(found, options, named=False)
        else:
            yield from _file(Path(source), options, named=True)
    except (IntakeError, OSError, ValueError) as error:
        yield _failed(where, error)


def _file(path: Path, options: Options, *, named: bool) -> Iterator[Item]:
    """The items of one file. Files that no reader reads are errors if the user named them, skips in a folder."""
    where = str(path)
    try:
        if path.exists() and not path.is_file():
            raise IntakeError("this is no regular file.", where=where)
        with path.open("rb") as stream:
            origin = Origin(where, where, "file", options.collected or utc_now())
            yield from read_stream(stream, origin, options, skip_unread=not named)
    except (IntakeError, OSError) as error:
        yield _failed(where, error)


def _failed(where: str, error: Exception) -> Item:
    if isinstance(error, IntakeError):
        place = error.where or where
        return Item(place, error=error if error.where else type(error)(error.what, where=place, remedy=error.remedy))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    what = "no such file." if isinstance(error, FileNotFoundError) else f"it cannot be opened: {reason}."
    return Item(where, error=IntakeError(what, where=where, remedy="Check the name and its permissions."))


def read_stream(
    stream: BinaryIO, origin: Origin, options: Options, charset: str | None = None, *, skip_unread: bool = False
) -> Iterator[Item]:
    """The items of one document or table in an open stream, by its content.

    Raises :class:`IntakeError` for a fault of the whole.
    """
    head, kind = _look(stream, origin.name)
    whole: BinaryIO = cast(BinaryIO, Joined(head, stream))
    if kind == "gzip":
        unpacked = cast(BinaryIO, Gunzip(whole, origin.where))
        head, kind = _look(unpacked, origin.name)
        whole, stream = cast(BinaryIO, Joined(head, unpacked)), unpacked
        if kind == "gzip":
            raise IntakeError(
                "gzip inside gzip is not unpacked.", where=origin.where, remedy="Unpack it yourself if you trust it."
            )
    if kind == "empty":
        yield Item(origin.where, skipped="it is empty")
        return
    if kind in UNREAD:
        if skip_unread:
            yield Item(origin.where, skipped=UNREAD[kind])
            return
        raise IntakeError(f"{UNREAD[kind]}.", where=origin.where, remedy=REMEDIES[kind])
    part = replace(origin, way=f"{origin.way}: {kind}")
    empty = True
    for item in _read(kind, whole, stream, part, options, charset):
        empty = False
        yield item
    if empty:
        yield Item(origin.where, skipped="it holds no reports")


def _look(stream: BinaryIO, name: str) -> tuple[bytes, Format]:
    """The first bytes of a stream, and the format they and the name tell."""
    head = b""
    while len(head) < HEAD and (block := stream.read(HEAD - len(head))):
        head += block
    return head, detect(head, name)


def _read(
    kind: Format, whole: BinaryIO, stream: BinaryIO, origin: Origin, options: Options, charset: str | None
) -> Iterator[Item]:
    match kind:
        case "csv":
            return table.read_delimited(whole, origin, options)
        case "tsv":
            return table.read_delimited(whole, origin, options, "\t")
        case "jsonl":
            return table.read_jsonl(whole, origin, options)
        case "json":
            return table.read_json(whole, origin, options)
        case "parquet":
            return table.read_parquet(_seekable(whole, stream, origin, options), origin, options)
        case "mbox":
            return email.read_mbox(whole, origin, options)
        case "warc":
            return warc.read(whole, origin, options, _archived)
    data = read_bounded(whole, options.max_bytes, origin.where)
    match kind:
        case "html":
            return html.read(data, origin, options, charset)
        case "pdf":
            return pdf.read(data, origin, options)
        case "email":
            return email.read(data, origin, options)
        case "feed":
            return feed.read(data, origin, options)
        case "markdown":
            return markdown.read(data, origin, options)
        case _:
            return text.read(data, origin, options)


def _seekable(whole: BinaryIO, stream: BinaryIO, origin: Origin, options: Options) -> BinaryIO:
    """The stream itself where it can be read from any place, else a bounded copy in memory."""
    if getattr(stream, "seekable", bool)():
        stream.seek(0)
        return stream
    return BytesIO(read_bounded(whole, options.max_bytes, origin.where))


def _archived(payload: bytes, origin: Origin, options: Options, charset: str | None) -> Iterator[Item]:
    """The items of a page kept in an archive; what no reader reads is skipped."""
    return read_stream(BytesIO(payload), replace(origin, name=origin.address or origin.name), options, charset, skip_unread=True)
