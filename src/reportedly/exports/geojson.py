"""GeoJSON (RFC 7946): one feature an incident; without an honest point its geometry is null."""

from __future__ import annotations

import json
from typing import Any, Final, TextIO

from reportedly.exports.layout import RULES, Layout, columns
from reportedly.exports.material import Case, Material
from reportedly.exports.wording import title, voices_of
from reportedly.reading.reader import reader_version

PRECISION: Final = {
    1: "exact place",
    2: "near a place",
    3: "second-level unit",
    4: "first-level unit",
    5: "region",
    6: "country",
    7: "sea or airspace",
}


def feature(case: Case) -> dict[str, Any]:
    """One incident. The point of a wider area is there only with ``stand_in`` true beside it."""
    place, when, incident = case.place, case.when, case.incident
    has_point = place is not None and place.lat is not None and place.lon is not None and place.precision != 6
    killed, injured = case.figure("killed"), case.figure("injured")
    return {
        "type": "Feature",
        "id": case.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place and has_point else None,
        "properties": {
            "title": title(case),
            "type": case.type,
            "family": case.family,
            "standing": incident.standing if incident else None,
            "review": incident.review if incident else None,
            "place": place.name if place else None,
            "admin2": place.admin2 if place else None,
            "admin1": place.admin1 if place else None,
            "country": place.country if place else None,
            "iso2": place.iso2 if place else None,
            "precision": place.precision if place else None,
            "precision_words": PRECISION.get(place.precision or 0) if place else None,
            "stand_in": place.stand_in if place else None,
            "from": when.first.isoformat() if when.first else None,
            "to": when.last.isoformat() if when.last else None,
            "not_later_than": when.bound.isoformat() if when.bound else None,
            "actors": [party.actor.name for party in case.parties("actors")],
            "targets": [party.actor.name for party in case.parties("targets")],
            "killed": killed.number,
            "killed_low": killed.low,
            "killed_high": killed.high,
            "injured": injured.number,
            "injured_low": injured.low,
            "injured_high": injured.high,
            "voices": voices_of(case),
            "sources": incident.sources if incident else None,
            "reports": incident.reports if incident else None,
        },
    }


def _write(material: Material, stream: TextIO) -> int:
    head = {"layout": "geojson", "version": reader_version(), "reduction": material.rule, "rule": RULES[material.rule]}
    stream.write(f'{{"type": "FeatureCollection", "reportedly": {json.dumps(head)}, "features": [')
    written = 0
    for case in material.cases():
        stream.write(",\n" if written else "\n")
        stream.write(json.dumps(feature(case), ensure_ascii=False))
        written += 1
    stream.write("\n]}\n")
    return written


LAYOUT: Final = Layout(
    name="geojson",
    title="GeoJSON",
    imitates="RFC 7946; the member `reportedly` states version and rule",
    suffix="geojson",
    unit="incidents",
    write=_write,
    columns=columns(
        "id,geometry,title,type,family,standing,review,place,admin2,admin1,country,iso2,precision,precision_words,stand_in,from,to,"
        "not_later_than,actors,targets,killed,killed_low,killed_high,injured,injured_low,injured_high,voices,sources,reports",
        {
            "id": "the incident's id",
            "geometry": "point of the most precise place told, longitude first; null where only a country or no place is told",
            "title": "type, place and time",
            "type": "told most often",
            "family": "told most often",
            "standing": "what stands behind it",
            "review": "candidate, reviewed or settled",
            "place": "its name",
            "admin2": "second-level unit",
            "admin1": "first-level unit",
            "country": "its name",
            "iso2": "ISO alpha-2 code",
            "precision": "UCDP's seven levels",
            "precision_words": "the same in words",
            "stand_in": "true where the point stands for a wider area",
            "from": "first day told",
            "to": "last day told",
            "not_later_than": "the bound, where no time is told",
            "actors": "who acts, named by most voices first",
            "targets": "likewise",
            "killed": "by the rule of reduction; 0 only where zero is stated, else null where not told",
            "killed_low": "lowest figure told",
            "killed_high": "highest figure told; null where open",
            "injured": "by the rule of reduction",
            "injured_low": "lowest figure told",
            "injured_high": "highest figure told; null where open",
            "voices": "who tells it",
            "sources": "independent voices",
            "reports": "reports that tell it",
        },
    ),
    cannot_say=("which voice told which number",),
)
