"""Date arithmetic in the words of news: spans of months, thirds of months, seasons, weeks, and the nearest date of a name.

Pure functions over :class:`datetime.date`. A span is ``(first day, last day)``, both inclusive. Nothing here knows text.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

Span = tuple[date, date]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each season, by the northern meteorological convention that news English uses."""


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or ``None`` where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def year_span(year: int) -> Span:
    """All days of a year; a year outside the calendar is held at its first or last."""
    year = _held(year)
    return date(year, 1, 1), date(year, 12, 31)


def month_span(year: int, month: int) -> Span:
    """All days of a month; a year outside the calendar is held at its first or last."""
    year = _held(year)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _held(year: int) -> int:
    return min(max(year, 1), 9999)


def part_of_month(year: int, month: int, part: str | None) -> Span:
    """``early`` is days 1 to 10, ``mid`` 11 to 20, ``late`` 21 to the end; any other part is the whole month."""
    first, last = month_span(year, month)
    match part:
        case "early":
            return first, first.replace(day=10)
        case "mid":
            return first.replace(day=11), first.replace(day=20)
        case "late":
            return first.replace(day=21), last
        case _:
            return first, last


def part_of_year(year: int, part: str | None) -> Span:
    """``early`` is January to April, ``mid`` May to August, ``late`` September to December; ``first_half``, ``second_half``;
    ``start`` and ``end`` the first and last three months."""
    months = {
        "early": (1, 4),
        "mid": (5, 8),
        "late": (9, 12),
        "start": (1, 3),
        "end": (10, 12),
        "first_half": (1, 6),
        "second_half": (7, 12),
    }
    first, last = months.get(part or "", (1, 12))
    return month_span(year, first)[0], month_span(year, last)[1]


def part_of_decade(year: int, part: str | None) -> Span:
    """A decade from its first year; ``early`` is years 0 to 3, ``mid`` 4 to 6, ``late`` 7 to 9."""
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part or "", (0, 9))
    return year_span(year + first)[0], year_span(year + last)[1]


def season_span(year: int, season: str) -> Span:
    """Three whole months; winter begins in December of ``year``. Raises ``KeyError`` for a word that is no season."""
    first = month_span(year, SEASONS[season])[0]
    last = shift_months(first, 2)
    return first, last.replace(day=monthrange(last.year, last.month)[1])


def quarter_span(year: int, quarter: int) -> Span:
    """Quarter 1 to 4 of a calendar year."""
    return month_span(year, 3 * quarter - 2)[0], month_span(year, 3 * quarter)[1]


def week_span(day: date) -> Span:
    """Monday to Sunday around a day."""
    return shift_days(day, -day.weekday()), shift_days(day, 6 - day.weekday())


def weekend_before(day: date) -> Span:
    """The last Saturday and Sunday that began on or before a day."""
    saturday = shift_days(day, -((day.weekday() - 5) % 7))
    return saturday, shift_days(saturday, 1)


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter. Stays within years 1 to 9999."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_days(day: date, days: int) -> date:
    """A day moved by whole days; held at the calendar's first and last day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shift(day: date, amount: int, unit: str) -> date:
    """A day moved by days (``D``), weeks (``W``), months (``M``), quarters (``Q``), years (``Y``) or decades (``E``)."""
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    if months is not None:
        return shift_months(day, amount * months)
    return shift_days(day, amount * {"D": 1, "W": 7, "F": 14}[unit])


def weekday_before(day: date, weekday: int, *, same_day: bool = True) -> date:
    """The last such weekday (Monday is 0) on or before a day; strictly before it without ``same_day``."""
    back = (day.weekday() - weekday) % 7
    return shift_days(day, -(back if back or same_day else 7))


def weekday_after(day: date, weekday: int, *, same_day: bool = False) -> date:
    """The first such weekday after a day, or that day itself with ``same_day``."""
    ahead = (weekday - day.weekday()) % 7
    return shift_days(day, ahead if ahead or same_day else 7)
