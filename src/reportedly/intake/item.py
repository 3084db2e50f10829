"""What intake hands on: a report, a skip with its reason, or an error as a value; and the options that steer it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportedly.errors import IntakeError
from reportedly.reading.reader import Input

if TYPE_CHECKING:
    from reportedly.intake.duplicates import Duplicate, DuplicateIndex

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Options:
    """How sources are taken in.

    ``columns`` maps a role (``text``, ``title``, ``source``, ``published``, ``byline``, ``address``, ``language``, ``id``)
    to a column name of a table; roles left out are guessed. ``title``, ``source``, ``published``, ``language`` are given by
    the user and go before anything found. ``max_bytes`` bounds one document, ``max_record_bytes`` one row, feed entry or
    message, ``max_pages`` a PDF; ``fetch_bytes`` a fetched page after decompression; ``fetch_seconds`` one whole fetch.
    ``allow_private`` permits private and loopback addresses and any port: for tests and for a newsroom's own server.
    ``duplicates``: an index to compare with and add to; ``None`` compares nothing. ``notify`` receives one line for people
    whenever something was guessed. ``keep_original`` keeps the original bytes with the report. ``collected``: UTC date-time
    to write instead of now.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    max_bytes: int = 50 * MEGABYTE
    max_record_bytes: int = 10 * MEGABYTE
    max_pages: int = 2_000
    fetch_bytes: int = 20 * MEGABYTE
    fetch_seconds: float = 60.0
    allow_private: bool = False
    duplicates: DuplicateIndex | None = None
    notify: Callable[[str], None] | None = None
    keep_original: bool = False
    collected: str | None = None


@dataclass(frozen=True)
class Origin:
    """Where bytes come from: ``where`` for messages, ``name`` as the user knows it, ``way`` how they were collected."""

    where: str
    name: str
    way: str
    collected: str
    address: str | None = None

    def part(self, part: str) -> Origin:
        """The same origin, narrowed to a row, entry, message or record."""
        return Origin(f"{self.where}, {part}", self.name, self.way, self.collected, self.address)


@dataclass(frozen=True)
class RawReport:
    """One text with what is known of it, ready to be read.

    ``text`` is final: offsets are into it. ``published`` is an ISO date, or a date-time with zone; ``None`` where nothing
    says it. ``published_basis`` says how it is known. ``source`` is the publisher. ``language`` is ISO 639-1. ``sha256`` is
    that of the original bytes (of a row, entry or message where a file holds many). ``collected`` is a UTC date-time.
    ``way`` names the collector and the format. ``id`` is the source's own key for the report, ``None`` where it has none.
    """

    text: str
    sha256: str
    collected: str
    way: str
    name: str
    language: str
    title: str | None = None
    source: str | None = None
    byline: str | None = None
    address: str | None = None
    published: str | None = None
    published_basis: str | None = None
    id: str | None = None
    original: bytes | None = field(default=None, repr=False)

    def as_input(self) -> Input:
        """The report as :class:`reportedly.reading.reader.Reader` takes it."""
        return Input(
            text=self.text,
            id=self.id,
            title=self.title,
            source=self.source,
            published=self.published,
            address=self.address,
            language=self.language,
            sha256=self.sha256,
            published_basis=self.published_basis,
            byline=self.byline,
        )


@dataclass(frozen=True)
class Item:
    """The outcome for one document, row, entry, message or record: exactly one of ``report``, ``skipped``, ``error``.

    ``page`` is the address of the page that an entry of a feed links to.

    ``where`` is the file or address, with row, page or entry. ``skipped`` is the reason. ``duplicate`` says of which
    earlier report this one is a copy; such a report is still handed on.
    """

    where: str
    report: RawReport | None = None
    skipped: str | None = None
    error: IntakeError | None = None
    duplicate: Duplicate | None = None
    page: str | None = None


@dataclass
class Summary:
    """Counts the outcomes of a run: ``read`` holds duplicates too, which are counted beside it."""

    read: int = 0
    duplicates: int = 0
    near_duplicates: int = 0
    skipped: int = 0
    failed: int = 0

    def add(self, item: Item) -> None:
        """Count one item."""
        self.failed += item.error is not None
        self.skipped += item.skipped is not None
        self.read += item.report is not None
        if item.duplicate is not None:
            self.duplicates += item.duplicate.kind == "exact"
            self.near_duplicates += item.duplicate.kind == "near"

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Hand items through, counting them."""
        for item in items:
            self.add(item)
            yield item

    @property
    def exit_code(self) -> int:
        """1 if anything failed, else 0."""
        return 1 if self.failed else 0

    def __str__(self) -> str:
        copies = f"{self.duplicates} duplicates, {self.near_duplicates} near duplicates"
        return f"{self.read} read ({copies}), {self.skipped} skipped, {self.failed} failed"


def utc_now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def sha256(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
