"""The map as a drawing: countries and first-level units, clusters of incidents, rings for what is only known by area. Nothing is
fetched for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportedly.drawing.base_map import COARSE, FINE, STEP, UNIT, Outline, base_map, country_names

WIDTH: Final = 440
HEIGHT: Final = 400
NAMED: Final = 14
"""Places whose names are written, at most, where they do not cover each other."""
NARROWEST: Final = 1.6
"""Degrees of latitude that a map shows at least: closer would promise more than reports tell."""
AREA_KM: Final = {3: 20.0, 4: 70.0, 5: 120.0, 6: 200.0}
"""Radius of the ring for what is only known by district, province, region, country: a sign, not a border."""
KM_A_DEGREE: Final = 111.2
FINE_BELOW: Final = 60.0
"""Degrees of longitude below which a map shows fine outlines."""
UNITS_BELOW: Final = 40.0
"""Degrees of longitude below which a map shows first-level units."""
BESIDE: Final = (("west", -0.4, 0.0), ("north", 0.0, 0.4), ("south", 0.0, -0.4), ("east", 0.4, 0.0))
"""The sections beside a map: where, and how far in its widths and heights."""
COUNTRIES: Final = 24
"""Countries whose names are written, at most."""
Box = tuple[float, float, float, float]
Frame = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Point:
    """One incident, or several close together, to be drawn. ``precision`` as in the records, ``None`` where unknown; ``key`` is
    empty where they are at several places."""

    lat: float
    lon: float
    count: int = 1
    key: str = ""
    label: str = ""
    standing: str = ""
    precision: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle on the page. ``box`` is the section that a click on a cluster asks for: its place, or the way closer."""

    x: float
    y: float
    r: float
    point: Point
    is_area: bool
    box: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map ready for a page, in a frame of ``width`` by ``height``.

    ``land``: paths to be filled by the even-odd rule; ``borders``: by kind (unit, country, disputed) one path; where
    names of ``countries`` stand; ``wider``, ``closer``, ``beside``: sections to go to.
    """

    width: int
    height: int
    land: tuple[str, ...]
    borders: tuple[tuple[str, str], ...]
    countries: tuple[tuple[float, float, str], ...]
    lines: tuple[tuple[float, float, float, float], ...]
    dots: tuple[Dot, ...]
    box: Box
    wider: str
    closer: str
    beside: tuple[tuple[str, str], ...]
    scale_km: int
    scale_px: float
    names: tuple[tuple[float, float, str, str], ...]


class View:
    """From degrees to the page: plate carrée, true to scale at the middle latitude."""

    def __init__(self, box: Box, width: int = WIDTH, height: int = HEIGHT) -> None:
        west, south, east, north = box
        middle = (south + north) / 2
        self.squeeze = max(0.2, math.cos(math.radians(middle)))
        tall = max(north - south, NARROWEST, (east - west) * self.squeeze * height / width)
        wide = tall * width / height / self.squeeze
        centre = (west + east) / 2
        self.west, self.east = centre - wide / 2, centre + wide / 2
        self.south, self.north = middle - tall / 2, middle + tall / 2
        self.width, self.height = width, height
        self.per_lon, self.per_lat = width / wide, height / tall

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A point of the earth on the page."""
        return (lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat

    @property
    def box(self) -> Box:
        """The section shown, in degrees."""
        return self.west, self.south, self.east, self.north

    def zoomed(self, factor: float) -> str:
        """The query value of a section that is so many times as wide."""
        wide, tall = (self.east - self.west) * factor / 2, (self.north - self.south) * factor / 2
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return box_text((x - wide, y - tall, x + wide, y + tall))

    def moved(self, right: float, up: float) -> str:
        """The query value of a section that lies so many of its widths and heights away; it stops at the ends of the earth."""
        wide, tall = self.east - self.west, self.north - self.south
        west = min(max(self.west + right * wide, -180.0), max(180.0 - wide, -180.0))
        south = min(max(self.south + up * tall, -90.0), max(90.0 - tall, -90.0))
        return box_text((west, south, west + wide, south + tall))


def box_text(box: Box) -> str:
    """A section as the address bar holds it, kept on the earth.

    >>> box_text((-181.0, 2.0, 10.123456, 95.0))
    '-180.00,2.00,10.12,90.00'
    """
    west, south, east, north = box
    return f"{max(-180.0, west):.2f},{max(-90.0, south):.2f},{min(180.0, east):.2f},{min(90.0, north):.2f}"


def around(points: Iterable[tuple[float, float]]) -> Box | None:
    """The section that holds all points (latitude, longitude) with a margin; ``None`` where there are none."""
    found = list(points)
    if not found:
        return None
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    tall = max(max(lats) - min(lats), NARROWEST * 0.6) * 0.15
    wide = max(max(lons) - min(lons), NARROWEST * 0.6) * 0.15
    return min(lons) - wide, min(lats) - tall, max(lons) + wide, max(lats) + tall


def together(points: Sequence[Point], view: View, apart: float) -> list[Point]:
    """The points with those that would lie closer on the page than so many pixels made one; areas stay by themselves."""
    made: list[tuple[float, float, list[Point]]] = []
    found = [point for point in points if point.count == 1 and point.precision in AREA_KM]
    for point in points:
        if point in found:
            continue
        x, y = view.at(point.lat, point.lon)
        near = next((group for left, top, group in made if math.hypot(left - x, top - y) < apart), None)
        if near is None:
            made.append((x, y, [point]))
        else:
            near.append(point)
    return found + [group[0] if len(group) == 1 else _one(group) for _, _, group in made]


def _one(group: Sequence[Point]) -> Point:
    count = sum(point.count for point in group)
    lat, lon = (sum(getattr(point, axis) * point.count for point in group) / count for axis in ("lat", "lon"))
    return Point(lat, lon, count, "", f"{count} incidents", place="")


def draw(points: Sequence[Point], box: Box, width: int = WIDTH, height: int = HEIGHT) -> Drawn:
    """The map of a section with its points; many at one place grow a larger dot."""
    view = View(box, width, height)
    dots = [_dot(view, point) for point in points]
    dots.sort(key=lambda dot: (not dot.is_area, -dot.r))
    km, length = _scale(view)
    return Drawn(
        width,
        height,
        *_ground(tuple(round(value, 3) for value in view.box), width, height),
        _countries(view, dots),
        _grid(view),
        tuple(dots),
        view.box,
        view.zoomed(2.2),
        view.zoomed(0.45),
        tuple((where, view.moved(right, up)) for where, right, up in BESIDE),
        km,
        length,
        _names(dots, width),
    )


def _dot(view: View, point: Point) -> Dot:
    x, y = view.at(point.lat, point.lon)
    is_area = point.count == 1 and point.precision in AREA_KM
    r = 5.0 if point.count == 1 else min(26.0, 5 + 3.2 * math.log2(point.count))
    if is_area and point.precision is not None:
        r = min(90.0, max(9.0, AREA_KM[point.precision] / KM_A_DEGREE * view.per_lat))
    half_x, half_y = (0.01, 0.01) if point.key else ((view.east - view.west) / 8, (view.north - view.south) / 8)
    section = box_text((point.lon - half_x, point.lat - half_y, point.lon + half_x, point.lat + half_y))
    return Dot(round(x, 1), round(y, 1), round(r, 1), point, is_area, section)


@lru_cache(maxsize=128)
def _ground(box: tuple[float, ...], width: int, height: int) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Land and borders as paths."""
    west, south, east, north = box
    view = View((west, south, east, north), width, height)
    wide = view.east - view.west
    base = base_map(FINE if wide < FINE_BELOW else COARSE)
    land = "".join(_joined(rings, view, "Z") for _, rings in base.land)
    borders = [(kind, _joined(lines, view, "")) for kind, lines in base.lines if kind != UNIT or wide < UNITS_BELOW]
    return (land,) if land else (), tuple((kind, path) for kind, path in borders if path)


def _joined(outlines: Sequence[Outline], view: View, end: str) -> str:
    """What lies in the view of some outlines as one SVG path."""
    least = 4 if end else 2
    return "".join(
        "M" + "L".join(points) + end
        for one in outlines
        if not (one.east < view.west or one.west > view.east or one.north < view.south or one.south > view.north)
        and len(points := _points(one.points, view)) >= least
    )


def _points(points: Sequence[int], view: View) -> list[str]:
    """A line in whole pixels; far outside the frame it is clamped, and what falls together is told once."""
    low_x, high_x, low_y, high_y = -view.width, 2 * view.width, -view.height, 2 * view.height
    a, b, c, d = view.per_lon / STEP, view.west * view.per_lon, view.per_lat / STEP, view.north * view.per_lat
    found: list[str] = []
    last = None
    for x, y in zip(points[0::2], points[1::2]):
        at = (round(min(max(x * a - b, low_x), high_x)), round(min(max(d - y * c, low_y), high_y)))
        if at != last:
            found.append(f"{at[0]} {at[1]}")
            last = at
    return found


def _countries(view: View, dots: Sequence[Dot]) -> tuple[tuple[float, float, str], ...]:
    """Names of countries where there is room for them, largest first, away from the dots."""
    taken = [(dot.x - dot.r, dot.y - dot.r, dot.x + dot.r, dot.y + dot.r) for dot in dots if not dot.is_area]
    found: list[tuple[float, float, str]] = []
    for named in country_names():
        x, y = view.at(named.lat, named.lon)
        half = 3.4 * len(named.name)
        room = math.sqrt(named.size * view.per_lon * view.per_lat)
        if not (half < x < view.width - half and 14 < y < view.height - 30) or room < 2.2 * half:
            continue
        frame = (x - half, y - 9, x + half, y + 9)
        if any(_meet(frame, other) for other in taken):
            continue
        taken.append(frame)
        found.append((round(x, 1), round(y, 1), named.name))
        if len(found) == COUNTRIES:
            break
    return tuple(found)


def _grid(view: View) -> tuple[tuple[float, float, float, float], ...]:
    step = next((step for step in (0.5, 1, 2, 5, 10, 20, 30) if (view.north - view.south) / step <= 6), 45)
    lines = []
    at = math.ceil(view.west / step) * step
    while at < view.east:
        x = round((at - view.west) * view.per_lon, 1)
        lines.append((x, 0.0, x, float(view.height)))
        at += step
    at = math.ceil(view.south / step) * step
    while at < view.north:
        y = round((view.north - at) * view.per_lat, 1)
        lines.append((0.0, y, float(view.width), y))
        at += step
    return tuple(lines)


def _names(dots: Sequence[Dot], width: int) -> tuple[tuple[float, float, str, str], ...]:
    """Names beside the dots, largest dots first: on the side with more room, else on the other where they cover no dot either;
    left out where they would cover one another."""
    taken: list[Frame] = []
    found: list[tuple[float, float, str, str]] = []
    for dot in sorted(dots, key=lambda dot: (-dot.point.count, dot.y, dot.x)):
        name = dot.point.place
        if not name or len(found) >= NAMED:
            continue
        others: list[Frame] = [(one.x - 5, one.y - 5, one.x + 5, one.y + 5) for one in dots if one is not dot and not one.is_area]
        is_left_first = dot.x > width * 0.7
        for is_left, covered in ((is_left_first, taken), (not is_left_first, [*taken, *others])):
            reach, long = min(dot.r, 14.0) + 4, 6.6 * min(len(name), 28)
            left = dot.x - reach - long if is_left else dot.x + reach
            frame = (left, dot.y - 8, left + long, dot.y + 8)
            if left >= 0 and left + long <= width and not any(_meet(frame, other) for other in covered):
                taken.append(frame)
                found.append((round(dot.x - reach if is_left else dot.x + reach, 1), dot.y, "end" if is_left else "start", name))
                break
    return tuple(found)


def _meet(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(view: View) -> tuple[int, float]:
    km_a_pixel = KM_A_DEGREE / view.per_lat
    for km in (2000, 1000, 500, 200, 100, 50, 20, 10):
        if km / km_a_pixel <= view.width / 4:
            return km, round(km / km_a_pixel, 1)
    return 5, round(5 / km_a_pixel, 1)
