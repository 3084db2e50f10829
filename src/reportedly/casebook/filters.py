"""What a listing is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from reportedly.casebook.text import storable
from reportedly.errors import SettingError


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records a listing shows; ``None`` narrows nothing.

    ``text``: words found by full-text search. ``since``, ``until``: days (a date or ISO), both inclusive; an event that may
    fall into the span is shown. ``place``: part of any name of the place. ``country``: its two-letter code or part of its
    name. ``actor``: a register id or part of a name, in any role. ``type``, ``family``, ``status``: as in the records
    (``type`` is the kind for relations; ``status`` the standing for incidents). ``voice``: part of the name of any voice in
    the chain. ``background``: only or no background claims. ``report``: the id of one report. ``newest``: last day first.
    ``limit``, ``offset``: number of records.
    """

    text: str | None = None
    since: date | str | None = None
    until: date | str | None = None
    place: str | None = None
    country: str | None = None
    actor: str | None = None
    type: str | None = None
    family: str | None = None
    status: str | None = None
    voice: str | None = None
    background: bool | None = None
    report: str | None = None
    newest: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        if self.offset < 0 or (self.limit is not None and self.limit < 0):
            raise SettingError("limit and offset cannot be negative.")
        for name in ("since", "until"):
            object.__setattr__(self, name, _day(name, getattr(self, name)))
        for name in NAMES:
            if isinstance(value := getattr(self, name), str):
                object.__setattr__(self, name, storable(value))

    @property
    def has_event_terms(self) -> bool:
        """Whether anything is asked that only claims can answer."""
        names = ("place", "country", "actor", "type", "family", "status", "voice", "background")
        return any(getattr(self, name) is not None for name in names)


NAMES = tuple(field.name for field in fields(Filter))


def _day(name: str, value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingError(f"{name} is no day: {value!r}.", remedy="Write it as 2025-06-01.") from error
