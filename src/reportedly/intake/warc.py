"""Web archives: WARC and WARC.GZ, streamed, a page a report, with the time of its capture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from reportedly.errors import IntakeError
from reportedly.intake.bounded import PARSER_FAULTS
from reportedly.intake.dates import parse_published
from reportedly.intake.item import Item, Options, Origin

Dispatch = Callable[[bytes, Origin, Options, str | None], Iterator[Item]]
READABLE = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "text/xml",
    "application/xml",
    "application/rss",
    "application/atom",
)


LONGEST_LINE = 20_000_000
"""Bytes without a line end, as of a picture, that may always stand in an archive."""


class _Guarded:
    """A stream that refuses to hand out endless lines, which the archive's parser would hold in memory."""

    def __init__(self, stream: BinaryIO, limit: int, where: str) -> None:
        self._stream, self._limit, self._where = stream, limit, where
        self._unbroken = self._offset = 0

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size if size > 0 else 1 << 16)
        self._offset += len(block)
        last = block.rfind(b"\n")
        self._unbroken = self._unbroken + len(block) if last < 0 else len(block) - last - 1
        if self._unbroken > self._limit:
            raise IntakeError("a line of the archive has no end.", where=self._where)
        return block

    def tell(self) -> int:
        return self._offset


def read(stream: BinaryIO, origin: Origin, options: Options, dispatch: Dispatch) -> Iterator[Item]:
    """The reports of an archive, one record in memory at a time. ``dispatch`` reads a payload by its content.

    Redirects, failures, pictures and scripts are skipped without an item. A damaged record is an error item, and ends the
    archive if the next one cannot be found.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(_Guarded(stream, max(2 * options.max_bytes, LONGEST_LINE), origin.where)):
            number += 1
            yield from _record(record, number, origin, options, dispatch)
    except (ArchiveLoadFailed, *PARSER_FAULTS) as error:
        where = f"{origin.where}, record {number + 1}"
        reason = " ".join(str(error).split())[:200]
        yield Item(
            where,
            error=IntakeError(f"the archive is damaged here: {reason}.", where=where, remedy="What stands before it was read."),
        )


def _record(record: object, number: int, origin: Origin, options: Options, dispatch: Dispatch) -> Iterator[Item]:
    headers = record.rec_headers  # type: ignore[attr-defined]
    http = record.http_headers  # type: ignore[attr-defined]
    kind = record.rec_type  # type: ignore[attr-defined]
    if kind not in ("response", "resource", "conversion") or (
        kind == "response" and (http is None or http.get_statuscode() != "200")
    ):
        return
    content_type = ((http.get_header("Content-Type") if http is not None else headers.get_header("Content-Type")) or "").lower()
    if not content_type.startswith(READABLE):
        return
    address = headers.get_header("WARC-Target-URI")
    where = f"{origin.where}, record {number}" + (f" ({address})" if address else "")
    captured = parse_published(headers.get_header("WARC-Date")) or origin.collected
    part = Origin(where, origin.name, f"{origin.way}: archive", captured, address)
    payload = record.content_stream().read(options.max_bytes + 1)  # type: ignore[attr-defined]
    if len(payload) > options.max_bytes:
        yield Item(where, error=IntakeError("the record is larger than the limit for one document.", where=where))
        return
    charset = content_type.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    try:
        yield from dispatch(payload, part, options, charset)
    except IntakeError as error:
        yield Item(where, error=error)
