"""The window of a brief, from what a person types: "24h", "7d", a day, a moment."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from reportedly.briefs.records import Basis, Window
from reportedly.errors import SettingError

SPAN: Final = re.compile(r"(\d{1,5})\s*([hdw])", re.IGNORECASE)
DAY: Final = len("2025-06-01")
HOURS: Final = {"h": 1, "d": 24, "w": 24 * 7}
REMEDY: Final = "Write a span (24h, 7d, 2w), a day (2025-06-01) or a moment (2025-06-01T06:00)."


def window(since: str, until: str | None, now: datetime, basis: Basis = "published") -> Window:
    """The window that two texts mean; a span counts back from the end, a moment without a zone is UTC.

    >>> window("24h", "2025-06-02T06:00", datetime(2025, 7, 1, tzinfo=UTC))
    Window(since='2025-06-01T06:00:00+00:00', until='2025-06-02T06:00:00+00:00', basis='published')

    Raises :class:`SettingError` for what is no time, and for an end before the beginning.
    """
    last = now if until is None else moment("--until", until, is_end=True)
    last = last.astimezone(UTC).replace(microsecond=0)
    length = span(since)
    # A day ends with its last second: seven days up to it begin at the midnight after it, less seven days.
    end = last + timedelta(seconds=1) if until is not None and len(until.strip()) == DAY else last
    first = end - length if length is not None else moment("--since", since, is_end=False)
    if first > last:
        raise SettingError(f"the window ends ({stamp(last)}) before it begins ({stamp(first)}).", where="--until", remedy=REMEDY)
    return Window(since=stamp(first), until=stamp(last), basis=basis)


def span(text: str) -> timedelta | None:
    """The length of time that a text like "24h" means; ``None`` for other texts."""
    found = SPAN.fullmatch(text.strip())
    return timedelta(hours=int(found[1]) * HOURS[found[2].lower()]) if found else None


def moment(option: str, text: str, *, is_end: bool) -> datetime:
    """The moment that a text means, in UTC; a day means its first or (``is_end``) its last second.

    Raises :class:`SettingError` for what is no time.
    """
    try:
        if len(text.strip()) == DAY:
            day = date.fromisoformat(text.strip())
            return datetime.combine(day, time(23, 59, 59) if is_end else time(), UTC)
        made = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingError(f"{text!r} is no time.", where=option, remedy=REMEDY) from error
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def stamp(when: datetime) -> str:
    """A moment as records hold it."""
    return when.astimezone(UTC).replace(microsecond=0).isoformat()


def told_in(published: str | None, added: str, asked: Window) -> bool:
    """Whether a report belongs to the window. A day of publication without a time belongs to every window that touches it.

    >>> asked = Window(since="2025-06-01T06:00:00+00:00", until="2025-06-02T06:00:00+00:00")
    >>> told_in("2025-06-01", "", asked), told_in("2025-06-01T05:00:00+00:00", "", asked)
    (True, False)
    """
    first, last = datetime.fromisoformat(asked.since), datetime.fromisoformat(asked.until)
    if asked.basis == "added" or published is None:
        return first <= datetime.fromisoformat(added) <= last
    if len(published) == DAY:
        return first.date() <= date.fromisoformat(published) <= last.date()
    return first <= moment("published", published, is_end=False) <= last
