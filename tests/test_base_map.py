"""The base map: land where land is, borders by kind, and what several claim drawn as disputed whoever holds it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportedly.drawing import map as maps
from reportedly.drawing.base_map import COARSE, COUNTRY, DISPUTED, FINE, STEP, UNIT, base_map, country_names, disputes
from reportedly.drawing.make_base_map import make


def is_land(lon: float, lat: float, country: str | None = None) -> bool:
    """Whether a place is within the land, or the land of one country, by the even-odd rule."""
    x, y = lon * STEP + 0.123, lat * STEP + 0.123
    crossed = 0
    for name, rings in base_map(FINE).land:
        if country is None or name == country:
            for ring in rings:
                for (x1, y1), (x2, y2) in pairwise(zip(ring.points[0::2], ring.points[1::2], strict=True)):
                    crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


def kinds_near(lon: float, lat: float, reach: float = 0.15) -> set[str]:
    """The kinds of border that have a point close to a place, or pass by it."""
    found = set()
    for kind, lines in base_map(FINE).lines:
        for line in lines:
            for (x1, y1), (x2, y2) in pairwise(zip(line.points[0::2], line.points[1::2], strict=True)):
                dx, dy = x2 - x1, y2 - y1
                part = ((lon * STEP - x1) * dx + (lat * STEP - y1) * dy) / (dx * dx + dy * dy or 1)
                part = min(1.0, max(0.0, part))
                if abs(x1 + part * dx - lon * STEP) < reach * STEP and abs(y1 + part * dy - lat * STEP) < reach * STEP:
                    found.add(kind)
    return found


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (-7.9, 12.6, "MLI"),
        (-63.2, -17.8, "BOL"),
        (37.6, 55.7, "RUS"),
        (28.2, -29.5, "LSO"),
        (177.5, 67.0, "RUS"),
        (15.3, -4.4, "COD"),
    ],
)
def test_capitals_and_far_ends_are_on_land(lon: float, lat: float, country: str) -> None:
    assert is_land(lon, lat)
    assert is_land(lon, lat, country)


@pytest.mark.parametrize(("lon", "lat"), [(-30.0, 40.0), (65.0, 0.0), (51.0, 42.0), (-140.0, -20.0)])
def test_sea_is_no_land(lon: float, lat: float) -> None:
    assert not is_land(lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat", "kind"),
    [
        (33.7, 46.1, DISPUTED),  # Perekop
        (38.25, 47.3, DISPUTED),  # at the Sea of Azov
        (38.9, 48.0, UNIT),  # between two such areas of one state
        (74.0, 34.2, DISPUTED),  # the line of control
        (-8.67, 27.6, DISPUTED),  # north of Western Sahara
        (21.2, 42.25, DISPUTED),  # south of Kosovo
        (126.9, 38.0, DISPUTED),  # Korea
        (44.1, 42.63, DISPUTED),  # South Ossetia and Russia
        (45.0, 42.75, COUNTRY),  # Georgia and Russia, east of it
        (0.7, 42.75, COUNTRY),  # France and Spain
        (25.0, 28.0, COUNTRY),  # Libya and Egypt
        (-98.0, 34.1, UNIT),  # Texas and Oklahoma
    ],
)
def test_borders_by_kind(lon: float, lat: float, kind: str) -> None:
    assert kind in kinds_near(lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(0.7, 42.75), (-98.0, 34.1), (25.0, 28.0), (14.9, 51.0)])
def test_what_nobody_disputes_is_not_drawn_so(lon: float, lat: float) -> None:
    assert DISPUTED not in kinds_near(lon, lat)


def test_nothing_leaves_the_earth_and_rings_close() -> None:
    for level in (FINE, COARSE):
        base = base_map(level)
        for _, rings in base.land:
            for ring in rings:
                assert ring.points[:2] == ring.points[-2:]
                assert ring.west >= -180.1 and ring.east <= 180.1 and ring.south >= -90.1 and ring.north <= 84


def test_claimants_are_in_the_order_of_the_alphabet() -> None:
    """No claimant comes first for another reason."""
    for dispute in disputes():
        assert list(dispute.claimed_by) == sorted(dispute.claimed_by)
        assert len(dispute.claimed_by) > 1


def test_disputed_areas_bear_no_name_on_the_map() -> None:
    named = {named.name for named in country_names()}
    assert {"Bolivia", "Mali", "Sudan"} <= named
    assert not {"Western Sahara", "Kosovo", "Somaliland", "Northern Cyprus"} & named


def square(west: int, south: int, **told: str) -> dict[str, Any]:
    """A unit of one degree."""
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}


UNITS = [
    square(0, 0, iso_3166_2="AA-1", adm0_a3="AAA", admin="Aland"),
    square(1, 0, iso_3166_2="AA-2", adm0_a3="AAA", admin="Aland"),
    square(2, 0, iso_3166_2="BB-1", adm0_a3="BBB", admin="Beland"),
]


def made(folder: Path, disputed: str) -> dict[str, Any]:
    """The map of three units in a row, with what is said to be disputed."""
    (folder / "units.json").write_text(json.dumps({"features": UNITS}))
    (folder / "disputed.csv").write_text(f"area,units,claimed_by\n{disputed}")
    return make(folder / "units.json", folder / "disputed.csv")


@pytest.mark.parametrize(
    ("disputed", "kinds"),
    [
        ("", {UNIT: 1, COUNTRY: 1, DISPUTED: 0}),
        ('East,AA-2,"Aland, Beland"\n', {UNIT: 0, COUNTRY: 0, DISPUTED: 2}),
        ('All,AAA,"Aland, Beland"\n', {UNIT: 1, COUNTRY: 0, DISPUTED: 1}),
        ('Line,AAA|BBB,"Aland, Beland"\n', {UNIT: 1, COUNTRY: 0, DISPUTED: 1}),
    ],
)
def test_kinds_of_lines(tmp_path: Path, disputed: str, kinds: dict[str, int]) -> None:
    found = made(tmp_path, disputed)[FINE]
    assert {kind: len(lines) for kind, lines in found["lines"].items()} == kinds
    assert [ring[0] for ring in found["land"]] == ["AAA", "BBB"]


@pytest.mark.parametrize("disputed", ["Gone,ZZ-9,Nobody\n", "Apart,AA-1|BBB,Nobody\n"])
def test_what_fits_nothing_is_an_error(tmp_path: Path, disputed: str) -> None:
    with pytest.raises(ValueError, match=r"disputed\.csv names"):
        made(tmp_path, disputed)


def test_close_points_become_one_and_areas_stay() -> None:
    view = maps.View((0, 0, 40, 40))
    points = [
        maps.Point(10, 10, key="a"),
        maps.Point(10.1, 10.1, key="b"),
        maps.Point(30, 30, key="c"),
        maps.Point(10, 10, precision=4),
    ]
    found = maps.together(points, view, 20)
    assert sorted(point.count for point in found) == [1, 1, 2]
    assert [point.precision for point in found if point.precision] == [4]
    apart = maps.together(points, maps.View((9.9, 9.9, 10.2, 10.2)), 20)
    assert sorted(point.count for point in apart) == [1, 1, 1, 1]


def test_sections_stay_on_the_earth() -> None:
    view = maps.View((-170, -80, 170, 80))
    for where in (view.zoomed(3), view.moved(2, 0), view.moved(-2, 0), view.moved(0, 5), view.moved(0, -5)):
        west, south, east, north = map(float, where.split(","))
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90


def test_a_name_without_room_on_one_side_stands_on_the_other() -> None:
    points = [maps.Point(10, 10, key="a", place="Mastung"), maps.Point(10.1, 11, key="b", place="Mach")]
    names = {name: side for _, _, side, name in maps.draw(points, (0, 0, 40, 40)).names}
    assert names == {"Mach": "start", "Mastung": "end"}
    covered = [*points, maps.Point(10, 7, key="c", place="Kalat")]
    names = {name: side for _, _, side, name in maps.draw(covered, (0, 0, 40, 40)).names}
    assert "Mastung" not in names, "it would cover a dot on either side"
