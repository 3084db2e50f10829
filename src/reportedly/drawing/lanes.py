"""Acts over days as a drawing: a line each, from the first to the last day that is told; nothing is more exact than told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 700
LABELS: Final = 230
"""Pixels at the left for what each line is."""
ROW: Final = 20
TOP: Final = 8
BOTTOM: Final = 24
TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Span:
    """One act to be drawn, from its first to its last possible day, both inclusive."""

    first: date
    last: date
    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A line on the page. ``is_day``: one day is told; ``is_cut``: it began before what the drawing shows."""

    x1: float
    x2: float
    y: float
    is_day: bool
    is_cut: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes in a frame of ``width`` by ``height``; ``ticks`` are where days begin, with their names."""

    width: int
    height: int
    left: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]


def draw(spans: Sequence[Span], earliest: date, latest: date, width: int = WIDTH) -> Lanes | None:
    """The lanes of spans between two days, one below the other by day; what ended earlier is left out.

    ``None`` where nothing is left.
    """
    shown = sorted(
        (span for span in spans if span.last >= earliest and span.first <= latest),
        key=lambda span: (span.first, span.last, span.label),
    )
    if not shown:
        return None
    first = max(earliest, min(span.first for span in shown))
    last = min(latest, max(span.last for span in shown))
    days = (last - first).days + 1
    per_day = (width - LABELS - 12) / days
    lanes = tuple(_lane(span, index, first, last, per_day) for index, span in enumerate(shown))
    every = max(1, -(-days // TICKS))
    ticks = tuple(
        (round(LABELS + day * per_day, 1), f"{(first + timedelta(days=day)).day} {first + timedelta(days=day):%b}")
        for day in range(0, days, every)
    )
    return Lanes(width, TOP + ROW * len(shown) + BOTTOM, LABELS, lanes, ticks)


def _lane(span: Span, index: int, first: date, last: date, per_day: float) -> Lane:
    start, end = max(span.first, first), min(span.last, last)
    x1, x2 = LABELS + (start - first).days * per_day, LABELS + ((end - first).days + 1) * per_day
    is_day = span.first == span.last
    if is_day:
        x1 = x2 = (x1 + x2) / 2
    return Lane(round(x1, 1), round(x2, 1), TOP + ROW * index + ROW / 2, is_day, span.first < first, span)
