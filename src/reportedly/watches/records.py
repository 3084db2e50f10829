"""The records of watches: what is told of a match, where it is sent, how a round went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from reportedly.briefs.records import Entry, Footnote
from reportedly.errors import ReportedlyError
from reportedly.records import Record

Kind = Literal["cap", "webhook", "email", "rss", "brief"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Sort = Literal["act", "change", "threat", "relation", "said"]


class Send(Record):
    """Where something goes: a folder, a file, an address of the web or of mail. ``formats`` are those of briefs."""

    kind: Kind
    to: str
    formats: tuple[str, ...] = ()


class Area(Record):
    """Where something is told to be. ``lat`` and ``lon`` only where a place itself is told, never for an area."""

    words: str
    lat: float | None = None
    lon: float | None = None


class Told(Record):
    """One alert: a new act, a change in a known one, a threat, a turn of a relation, or a saying, that matched a watch.

    ``about`` is the id of the incident, threat, statement or claim; ``replaces`` are (key, made) of earlier alerts about it.
    ``days`` are the first and last day told (ISO). ``made`` is an ISO date-time in UTC.
    """

    key: str
    watch: str
    sort: Sort
    about: str
    made: str
    entry: Entry
    footnotes: tuple[Footnote, ...]
    type: str
    standing: str | None = None
    area: Area
    days: tuple[str | None, str | None] = (None, None)
    replaces: tuple[tuple[str, str], ...] = ()


class SendError(ReportedlyError):
    """Something was not sent. ``is_unsure``: it may have arrived all the same; ``is_final``: trying again is of no use."""

    is_unsure: bool = False
    is_final: bool = False


@dataclass
class Round:
    """How one round went: feeds that answered, feeds that failed (address and why), reports read, alerts made, things sent,
    things not sent (what and why)."""

    feeds: int = 0
    failed_feeds: list[tuple[str, str]] = field(default_factory=list)
    reports: int = 0
    failed_reports: int = 0
    alerts: int = 0
    sent: int = 0
    unsent: list[tuple[str, str]] = field(default_factory=list)
