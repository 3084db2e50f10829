"""The timeline as a drawing: how many incidents a day, week, month or year, by standing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 1120
HEIGHT: Final = 96
ORDER: Final = ("several_independent", "acknowledged_by_both", "one_voice", "disputed", "denied")
STEPS: Final = (("day", 62), ("week", 62 * 7), ("month", 62 * 31), ("year", 10**7))


@dataclass(frozen=True, slots=True)
class Part:
    """The incidents of one standing within a bar."""

    standing: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of time: its first and last day, how many incidents, and where it stands on the page."""

    first: date
    last: date
    count: int
    x: float
    width: float
    parts: tuple[Part, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in a frame of ``width`` by ``height``; ``step`` says what one bar is."""

    width: int
    height: int
    step: str
    most: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


def draw(days: Iterable[tuple[date, str, int]], width: int = WIDTH, height: int = HEIGHT) -> Timeline | None:
    """The timeline of incidents given as day, standing, number; ``None`` where no day is known."""
    rows = [row for row in days if row[0] != date.max]
    if not rows:
        return None
    first, last = min(row[0] for row in rows), max(row[0] for row in rows)
    step = next(name for name, longest in STEPS if (last - first).days <= longest)
    bins: dict[date, dict[str, int]] = {}
    for day, standing, count in rows:
        within = bins.setdefault(_start(day, step), {})
        within[standing] = within.get(standing, 0) + count
    starts = _starts(_start(first, step), last, step)
    most = max(sum(within.values()) for within in bins.values())
    wide = width / max(len(starts), 12)
    bars = [_bar(start, step, bins.get(start, {}), most, index * wide, wide, height - 18) for index, start in enumerate(starts)]
    every = max(1, -(-len(starts) // 10))
    ticks = [(round(index * wide, 1), _label(start, step)) for index, start in enumerate(starts) if index % every == 0]
    return Timeline(width, height, step, most, tuple(bar for bar in bars if bar.count), tuple(ticks))


def _bar(start: date, step: str, within: dict[str, int], most: int, x: float, wide: float, tall: float) -> Bar:
    parts, top = [], tall
    for standing in [*ORDER, *sorted(set(within) - set(ORDER))]:
        if within.get(standing):
            part = max(1.5, within[standing] / most * (tall - 4))
            top -= part
            parts.append(Part(standing, round(top, 1), round(part, 1)))
    end = _next(start, step) - timedelta(days=1)
    count = sum(within.values())
    return Bar(start, end, count, round(x + 0.5, 1), round(max(1.0, wide - 1.5), 1), tuple(parts), _label(start, step))


def _start(day: date, step: str) -> date:
    match step:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _next(start: date, step: str) -> date:
    match step:
        case "week":
            return start + timedelta(days=7)
        case "month":
            return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        case "year":
            return start.replace(year=start.year + 1)
    return start + timedelta(days=1)


def _starts(first: date, last: date, step: str) -> Sequence[date]:
    found = [first]
    while (following := _next(found[-1], step)) <= last:
        found.append(following)
    return found


def _label(start: date, step: str) -> str:
    match step:
        case "year":
            return f"{start.year}"
        case "month":
            return f"{start:%b} {start.year}"
    return f"{start.day} {start:%b} {start.year}"


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of a toll as told on a day: from ``low`` to ``high`` people; an open end is ``None``."""

    day: date
    low: int | None
    high: int | None
    words: str
    voices: str
    claim: str


@dataclass(frozen=True, slots=True)
class TollMark:
    """Where a told figure stands on the page; ``top`` is the upper end, ``is_open`` where it has none."""

    x: float
    y: float
    top: float
    is_open: bool
    told: Told
    label_y: float


@dataclass(frozen=True, slots=True)
class Toll:
    """Figures over the days of publication, in a frame of ``width`` by ``height``."""

    width: int
    height: int
    marks: tuple[TollMark, ...]
    lines: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]


def draw_toll(figures: Sequence[Told], width: int = 720, height: int = 220) -> Toll | None:
    """The toll over time, each figure at the day its report was published; ``None`` where there is no figure."""
    known = sorted((one for one in figures if one.low is not None or one.high is not None), key=lambda one: (one.day, one.words))
    if not known:
        return None
    top = max(max(one.low or 0, one.high or 0) for one in known) or 1
    first, last = known[0].day, known[-1].day
    days = max(1, (last - first).days)
    left, right, base, ceiling = 36.0, width - 30.0, height - 26.0, 18.0

    def level(value: int) -> float:
        return round(base - value / top * (base - ceiling), 1)

    marks: list[TollMark] = []
    on_day: dict[date, int] = {}
    for one in known:
        beside = on_day.get(one.day, 0)
        on_day[one.day] = beside + 1
        x = left + 18 + (one.day - first).days / days * (right - left - 120) + beside * 26
        low = one.low if one.low is not None else 0
        high = one.high if one.high is not None else low
        marks.append(TollMark(round(min(x, right), 1), level(low), level(high), one.high is None, one, level(max(low, high)) - 7))
    steps = sorted({0, top, *(round(top * share) for share in (0.5,))})
    ticks = [
        (mark.x, f"{mark.told.day.day} {mark.told.day:%b}")
        for index, mark in enumerate(marks)
        if mark.told.day not in {before.told.day for before in marks[:index]}
    ]
    return Toll(width, height, tuple(marks), tuple((level(value), str(value)) for value in steps), tuple(ticks))
