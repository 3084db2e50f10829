"""The base map: land, borders of countries and of first-level units, and borders that are disputed, drawn as such.

The outlines are Natural Earth's (public domain), which show who holds what. They come with the package; ``make_base_map`` makes
them. Policy: no side is taken. Where more than one government or administration claims an area, all of its land borders are
drawn dotted, whoever holds it; so are lines between two states of which a part is in dispute. Islands have no line to draw. What
the outlines lack cannot be drawn: of South Ossetia they have the line with Russia alone, and the list says so.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

STEP: Final = 50
"""Grid lines a degree."""
FILE: Final = "base_map.json.z"
FINE, COARSE = "fine", "coarse"
UNIT, COUNTRY, DISPUTED, COAST = "unit", "country", "disputed", "coast"


@dataclass(frozen=True, slots=True)
class Outline:
    """A line on the grid as flat x, y pairs, and the box around it in degrees."""

    points: tuple[int, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Outlines at one level of detail. ``land``: rings by country, to be filled by the even-odd rule. ``lines``: by kind."""

    land: tuple[tuple[str, tuple[Outline, ...]], ...]
    lines: tuple[tuple[str, tuple[Outline, ...]], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A country's name, where it is written, and its size in square degrees."""

    name: str
    lon: float
    lat: float
    size: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """An area, or a line, that more than one claims; ``claimed_by`` in alphabetical order."""

    area: str
    claimed_by: tuple[str, ...]


@cache
def base_map(level: str) -> BaseMap:
    """The base map, fine or coarse."""
    data = _data()[level]
    land: dict[str, list[Outline]] = {}
    for country, *steps in data["land"]:
        land.setdefault(country, []).append(_outline(steps))
    lines = tuple((kind, tuple(map(_outline, data["lines"][kind]))) for kind in (UNIT, COUNTRY, DISPUTED))
    return BaseMap(tuple((country, tuple(rings)) for country, rings in land.items()), lines)


@cache
def country_names() -> tuple[Named, ...]:
    """The countries to be named, largest first."""
    return tuple(sorted((Named(*row) for row in _data()["names"]), key=lambda named: -named.size))


@cache
def disputes() -> tuple[Dispute, ...]:
    """What is drawn as disputed, and who claims it."""
    text = (resources.files(__package__) / "disputed.csv").read_text(encoding="utf-8")
    return tuple(Dispute(row["area"], tuple(row["claimed_by"].split(", "))) for row in csv.DictReader(text.splitlines()))


def _data() -> Any:
    return json.loads(zlib.decompress((resources.files(__package__) / FILE).read_bytes()))


def _outline(steps: Sequence[int]) -> Outline:
    points = list(steps)
    for index in range(2, len(points)):
        points[index] += points[index - 2]
    xs, ys = points[0::2], points[1::2]
    return Outline(tuple(points), min(xs) / STEP, min(ys) / STEP, max(xs) / STEP, max(ys) / STEP)
