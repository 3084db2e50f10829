"""Reads dates of publication as pages, feeds, mails, tables and datelines write them; never more precise than written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

FIRST_YEAR, LAST_YEAR = 1900, 2100
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
ZONES = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\(?(?P<zone>z|utc|gmt|[ecmp][sd]t)?\s*(?P<offset>[+\-−]\d{1,2}:?\d{2}|[+\-−]\d{1,2})?\)?"
_TIME = rf"(?:[\s,|·–—-]*(?:t|at)?\s*{_CLOCK}\s*{_ZONE})?"
_TIME_FIRST = rf"(?:{_CLOCK}\s*{_ZONE}[\s,|·–—-]+)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_NUMERIC = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<name>{_MONTH}),?[\s-]+(?P<year>\d{{4}})"
_MONTH_FIRST = rf"(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape, re.IGNORECASE)
    for shape in (
        _NUMERIC + _TIME,
        _DAY_FIRST + _TIME,
        _MONTH_FIRST + _TIME,
        _TIME_FIRST + _DAY_FIRST,
        _TIME_FIRST + _MONTH_FIRST,
    )
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_AMBIGUOUS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_LABEL = re.compile(
    r"^(?:(?:first |date )?(?:published|posted|issued|released|date|dated)(?: on| at)?\s*[:|–-]?\s*)", re.IGNORECASE
)
_DASH = re.compile(r"\s?[—–]\s|\s--?\s")
_CONNECTING = frozenset({"of", "de", "del", "al", "el", "la", "and", "near"})


def parse_published(value: object) -> str | None:
    """A date or date-time of publication in ISO form, or ``None`` for what cannot be told for sure.

    A date-time keeps its zone; one written without a zone gives the day alone, and so does an hour that does not exist.
    A month, a year, and a day like 03/04/2025, that could be two days, give ``None``.
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat() if FIRST_YEAR <= value.year <= LAST_YEAR else None
    if not isinstance(value, str) or not 6 <= len(value) <= 100:
        return None
    text = " ".join(value.split())
    return _from_iso(text) or _from_packed(text) or _from_mail(text) or _from_shape(text) or _from_slashes(text)


def find_dateline(text: str) -> tuple[str, str] | None:
    """The date that a report's first lines state, and how: a line of its own (``date line``), or a ``dateline``.

    Only full dates count: a dateline without its year tells nothing here.
    """
    candidates = [line.strip() for line in text[:1500].split("\n") if line.strip()][:6]
    for line in candidates:
        if len(line) <= 80:
            found = parse_published(_LABEL.sub("", line))
            if found is not None:
                return found, "date line"
    found = next((date for line in candidates[:3] if (date := _from_dateline(line)) is not None), None)
    return (found, "dateline") if found is not None else None


def _from_dateline(line: str) -> str | None:
    """The full date in ``PLACE, March 4, 2025 (Agency) — Text``: nothing but names may stand beside it before the dash."""
    dash = _DASH.search(line[:140])
    head = line[: dash.start()] if dash is not None else ""
    match = next((match for shape in _SHAPES[:3] if (match := shape.search(head)) is not None), None)
    if match is None:
        return None
    names = re.findall(r"[^\W\d_]+", head[: match.start()])
    around = [*names, *re.findall(r"[^\W\d_]+", head[match.end() :])]
    if not names or not all(word[0].isupper() or word in _CONNECTING for word in around):
        return None
    return _build(match)


def _iso(value: datetime) -> str | None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    return value.replace(microsecond=0).isoformat() if value.tzinfo is not None else value.date().isoformat()


def _from_iso(text: str) -> str | None:
    try:
        return _iso(datetime.fromisoformat(text)) if "-" in text[:8] else None
    except ValueError:
        return None


def _from_packed(text: str) -> str | None:
    match = _PACKED.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zulu = match.groups()
    try:
        day_of = date(int(year), int(month), int(day))
        if zulu and hour:
            return _iso(datetime(day_of.year, day_of.month, day_of.day, int(hour), int(minute), int(second or 0), tzinfo=UTC))
    except ValueError:
        return None
    return parse_published(day_of)


def _from_mail(text: str) -> str | None:
    if ":" not in text:
        return None
    try:
        value = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if value.tzinfo is None and not re.search(r"[+-]0000\b", text):
        return None
    return _iso(value if value.tzinfo else value.replace(tzinfo=UTC))


def _from_shape(text: str) -> str | None:
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is not None:
            return _build(match)
    return None


def _build(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    month = int(part["month"]) if part.get("month") else MONTHS[part["name"].lower().rstrip(".")]
    try:
        day = date(int(part["year"]), month, int(part["day"]))
    except ValueError:
        return None
    zone = _zone(part.get("zone"), part.get("offset"))
    if part.get("hour") is None or zone is None:
        return parse_published(day)
    hour = int(part["hour"])
    half = (part.get("half") or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return parse_published(day)
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        return _iso(datetime(day.year, day.month, day.day, hour, int(part["minute"]), int(part["second"] or 0), tzinfo=zone))
    except ValueError:
        return parse_published(day)


def _zone(name: str | None, offset: str | None) -> timezone | None:
    minutes = ZONES[name.lower()] if name else None
    if offset:
        digits = offset[1:].replace(":", "")
        hours, rest = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or rest > 59:
            return None
        minutes = (hours * 60 + rest) * (1 if offset[0] == "+" else -1)
    return None if minutes is None else timezone(timedelta(minutes=minutes))


def _from_slashes(text: str) -> str | None:
    """A day like 25/03/2025, which can be one day only."""
    match = _AMBIGUOUS.match(text)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (second, first) if first > 12 or first == second else (first, second)
    try:
        return parse_published(date(year, month, day))
    except ValueError:
        return None
