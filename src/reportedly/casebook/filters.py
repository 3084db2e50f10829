"""What a listing is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from reportedly.casebook.text import storable
from reportedly.errors import SettingError

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records a listing shows; ``None`` narrows nothing.

    ``text``: words found by full-text search. ``since``, ``until``: days (a date or ISO), both inclusive; an event that may
    fall into the span is shown. ``place``: part of any name of the place. ``country``: its two-letter code or part of its
    name. ``actor``: a register id or part of a name, in any role. ``type``, ``family``, ``status``: as in the records
    (``type`` is the kind for relations; ``status`` the standing for incidents). ``voice``: part of the name of any voice in
    the chain. ``background``: only or no background claims. ``report``: the id of one report. ``source``: id or name of the
    publisher. ``precision``: place known at least so exactly (1 exact place to 7). ``located``: only with or only without
    coordinates. ``box``: within west, south, east, north in degrees. ``review``: review status of the incident. ``told``: the
    incident is told by at least so many reports. ``within``: only what belongs to incidents that fit this other filter: the
    incidents, their claims, the reports that tell them, the relations of these reports. ``newest``: last day first. ``limit``,
    ``offset``: number of records.

    >>> Filter(place="Gao", since="2025-06-01").since
    datetime.date(2025, 6, 1)
    >>> Filter().has_event_terms
    False
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
    source: str | None = None
    precision: int | None = None
    located: bool | None = None
    box: Box | None = None
    review: str | None = None
    told: int | None = None
    within: Filter | None = None
    newest: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        if self.offset < 0 or (self.limit is not None and self.limit < 0):
            raise SettingError("limit and offset cannot be negative.")
        if self.precision is not None and not 1 <= self.precision <= 7:
            raise SettingError("a precision is a number from 1 (exact place) to 7.")
        if self.box is not None and not is_box(self.box):
            raise SettingError("a box is west, south, east, north in degrees.")
        for name in ("since", "until"):
            object.__setattr__(self, name, _day(name, getattr(self, name)))
        for name in NAMES:
            if isinstance(value := getattr(self, name), str):
                object.__setattr__(self, name, storable(value))

    @property
    def has_event_terms(self) -> bool:
        """Whether anything is asked that only claims can answer.

        >>> Filter(country="ML").has_event_terms
        True
        """
        of_claims = ("place", "country", "actor", "type", "family", "status", "voice", "background", "precision")
        names = (*of_claims, "located", "box", "review", "told", "within")
        return any(getattr(self, name) is not None for name in names)


NAMES = tuple(field.name for field in fields(Filter))


def terms(asked: Filter) -> dict[str, str]:
    """What a filter asks for, by name; what narrows nothing is left out.

    >>> terms(Filter(place="Gao", since="2025-06-01"))
    {'since': '2025-06-01', 'place': 'Gao'}
    """
    return {
        field.name: str(getattr(asked, field.name)) for field in fields(Filter) if getattr(asked, field.name) != field.default
    }


def is_box(box: Box) -> bool:
    """Whether west, south, east, north bound a part of the earth that does not cross the date line."""
    west, south, east, north = box
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


def _day(name: str, value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingError(f"{name} is no day: {value!r}.", remedy="Write it as 2025-06-01.") from error
