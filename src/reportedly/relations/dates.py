"""When an event happened, as far as its report tells: bounds, the day it counts from, and how long it speaks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportedly.records import Time
from reportedly.relations.records import Basis, Event

STANDING = frozenset({"told"})
"""Events that are no acts but speak of how things stand on the day they are told."""


@dataclass(frozen=True)
class Dated:
    """``day`` is the last day the event may have happened on, ``from_day`` the first; ``window`` and ``until`` bound what lies
    ahead (a threatened time, the term of a truce). All ISO days; ``None``: not known."""

    day: str | None
    from_day: str | None
    vouched: str | None
    told: str | None
    basis: Basis
    window: str | None = None
    until: str | None = None
    agreed: bool = False

    def fields(self) -> dict[str, Any]:
        """The fields of a statement."""
        return {
            "day": self.day,
            "from_day": self.from_day,
            "vouched": self.vouched,
            "expires": self.until if self.agreed else None,
            "told": self.told,
            "basis": self.basis,
        }

    def as_told(self) -> Dated:
        """The same, dated by publication: for what is said of an event, which has a day of its own."""
        if self.told is None:
            return self
        return replace(self, day=self.told, from_day=self.told, vouched=self.told, basis="published", window=None, until=None)


def dated(time: Time | None, published: str | None, event: Event, *, background: bool = False) -> Dated:
    """The days of an event from the time of its claim and the day of publication.

    Without a time it is dated by publication, as not later; background without a time has no day, and neither has a report
    without a date. What runs beyond publication is a term or a threatened time, never the day of the event.
    """
    agreed = event == "agreement"
    if time is None or time.basis == "bounded_by_publication" or (time.from_ is None and time.to is None):
        day = None if background else published
        return Dated(day, day, day, published, "published", agreed=agreed)
    basis: Basis = "stated" if time.basis == "stated" else "worked_out"
    first, last = time.from_, time.to
    if published is not None and (first or last or "") > published:
        return Dated(published, published, published, published, "published", window=first, until=last, agreed=agreed)
    if published is not None and last is not None and last > published:
        day = first if agreed and first is not None else published
        return Dated(day, first or day, published, published, basis, window=first, until=last, agreed=agreed)
    if last is None:
        return Dated(first, first, published or first, published, basis, agreed=agreed)
    vouched = published if event in STANDING and published is not None and not background else last
    return Dated(last, first, vouched, published, basis, agreed=agreed)
