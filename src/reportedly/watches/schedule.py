"""When a brief is due: at a time of day in a zone, or every so many minutes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reportedly.errors import SettingError

AT: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?")
EVERY: Final = re.compile(r"(\d{1,5})\s*([mhdw])")
MINUTES: Final = {"m": 1, "h": 60, "d": 60 * 24, "w": 60 * 24 * 7}


def next_due(at: str | None, every: int | None, after: datetime) -> datetime | None:
    """The first time after a moment that a brief is due; ``None`` where no schedule is set.

    >>> next_due("06:00 Asia/Karachi", None, datetime(2025, 6, 1, 2, tzinfo=UTC)).isoformat()
    '2025-06-02T01:00:00+00:00'
    >>> next_due(None, 90, datetime(2025, 6, 1, 2, tzinfo=UTC)).isoformat()
    '2025-06-01T03:30:00+00:00'
    """
    if at is not None:
        hour, minute, zone = _read_at(at)
        local = after.astimezone(zone)
        due = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if due <= local:
            due = (due + timedelta(days=1)).replace(hour=hour, minute=minute)
        return due.astimezone(UTC)
    return after + timedelta(minutes=every) if every is not None else None


def check_at(text: str) -> str:
    """A time of day as watches keep it. Raises :class:`SettingError` for what is none, or an unknown zone."""
    _read_at(text)
    return text


def minutes(option: str, text: str) -> int:
    """A length of time in minutes, from "15m", "6h", "1d".

    >>> minutes("--every", "6h")
    360

    Raises :class:`SettingError` for what is none.
    """
    found = EVERY.fullmatch(text.strip().lower())
    if found is None or int(found[1]) == 0:
        raise SettingError(f"{text!r} is no length of time.", where=option, remedy="Write it as 15m, 6h, 1d or 1w.")
    return int(found[1]) * MINUTES[found[2]]


def _read_at(text: str) -> tuple[int, int, ZoneInfo]:
    found = AT.fullmatch(text.strip())
    if found is None:
        raise SettingError(f"{text!r} is no time of day.", where="--at", remedy="Write it as 06:00 or '06:00 Asia/Karachi'.")
    try:
        zone = ZoneInfo(found[3] or "UTC")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingError(f"the zone {found[3]!r} is unknown.", where="--at", remedy="Write it like Asia/Karachi.") from error
    return int(found[1]), int(found[2]), zone
