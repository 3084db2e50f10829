"""The record of an incident: its claims with the reasons they were joined, and per field the spread of what was said by whom."""

from __future__ import annotations

from typing import Literal

from reportedly.records import Family, Record

Standing = Literal["one_voice", "several_independent", "acknowledged_by_both", "disputed", "denied", "no_claims"]
Review = Literal["candidate", "reviewed", "settled"]
Role = Literal["member", "denies", "about"]
Field = Literal["actor", "target", "place", "time", "killed", "injured", "abducted", "arrested", "status"]


class Version(Record):
    """One version of a field: the value in words, who said so, and in which claims (ids)."""

    value: str
    voices: tuple[str, ...]
    claims: tuple[str, ...]


class Spread(Record):
    """All versions of one field, most voices first. Numbers are never added up over claims.

    ``low`` and ``high`` span the figures of a count, ``None`` where that end is open or the field is no count.
    """

    field: Field
    versions: tuple[Version, ...]
    low: int | None = None
    high: int | None = None


class Member(Record):
    """A claim's part in an incident. ``role``: tells it, denies it, or speaks about it; ``reasons`` say in words why it is
    here."""

    claim: str
    report: str
    role: Role = "member"
    score: float
    reasons: tuple[str, ...] = ()


class Incident(Record):
    """What claims of any number of reports are about. ``id`` is kept for life.

    ``from_day`` and ``to_day`` (ISO) bound the time, ``None`` where nothing is known. ``sources`` counts independent voices,
    ``standing`` is what follows from them by the rule told in ``rule``. ``lat`` and ``lon`` are those of the most precise
    place told.
    """

    id: str
    type: str
    family: Family
    standing: Standing
    rule: str
    review: Review = "candidate"
    place: str | None = None
    iso2: str | None = None
    lat: float | None = None
    lon: float | None = None
    from_day: str | None = None
    to_day: str | None = None
    reports: int
    sources: int
    members: tuple[Member, ...]
    spreads: tuple[Spread, ...] = ()
