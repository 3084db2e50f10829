"""HXL: a CSV with a row of hashtags under the header, one row an incident."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from reportedly.exports.codes import iso3
from reportedly.exports.layout import RULES, Column, Layout, write_table
from reportedly.exports.material import Material, joined
from reportedly.exports.wording import notes, voices_of

TAGGED: Final = (
    ("id", "#event+id", "the incident's id"),
    ("year", "#date+year", "where the time told lies within one"),
    ("date_start", "#date+start", "first day told"),
    ("date_end", "#date+end", "last day told"),
    ("event_type", "#event+type", "type told most often"),
    ("side_a", "#group+name+first", "who acts, `; ` between"),
    ("side_b", "#group+name+second", "targets, `; ` between"),
    ("country", "#country+name", "of the most precise place told"),
    ("iso3", "#country+code", "ISO alpha-3"),
    ("adm_1", "#adm1+name", "first-level unit"),
    ("adm_2", "#adm2+name", "second-level unit"),
    ("location", "#loc+name", "name of the place"),
    ("latitude", "#geo+lat", "WGS84"),
    ("longitude", "#geo+lon", "WGS84"),
    ("precision", "#geo+precision", "UCDP's seven levels"),
    ("stand_in", "#geo+stand_in", "whether the point stands for a wider area"),
    ("killed", "#affected+killed", "by the rule of reduction; 0 only where zero is stated"),
    ("killed_low", "#affected+killed+min", "lowest figure told"),
    ("killed_high", "#affected+killed+max", "highest figure told"),
    ("injured", "#affected+injured", "by the rule of reduction"),
    ("abducted", "#affected+abducted", "by the rule of reduction"),
    ("displaced", "#affected+displaced", "by the rule of reduction"),
    ("standing", "#status+standing", "what stands behind it"),
    ("review", "#status+review", "candidate, reviewed or settled"),
    ("source", "#meta+source", "publishers, `; ` between"),
    ("voices", "#meta+voices", "who tells it"),
    ("description", "#description", "every version with its voices"),
    ("rule", "#meta+rule", "the rule of reduction in words"),
)
"""Columns, their tags, and what fills them."""
COLUMNS: Final = tuple(Column(f"{name}|{tag}", rule) for name, tag, rule in TAGGED)


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an incident."""
    for case in material.cases():
        place, when, incident = case.place, case.when, case.incident
        killed = case.figure("killed")
        row: dict[str, object] = {
            "id": case.id,
            "year": when.first.year if when.first and when.last and when.first.year == when.last.year else None,
            "date_start": when.first,
            "date_end": when.last,
            "event_type": case.type,
            "side_a": joined(party.actor.name for party in case.parties("actors")),
            "side_b": joined(party.actor.name for party in case.parties("targets")),
            "killed": killed.number,
            "killed_low": killed.low,
            "killed_high": killed.high,
            **{what: case.figure(what).number for what in ("injured", "abducted", "displaced")},
            "standing": incident.standing if incident else None,
            "review": incident.review if incident else None,
            "source": joined(case.publishers),
            "voices": voices_of(case),
            "description": notes(case),
            "rule": RULES[case.rule],
        }
        if place is not None:
            row |= {"country": place.country, "iso3": iso3(place.iso2), "adm_1": place.admin1, "adm_2": place.admin2}
            row |= {"location": place.name, "latitude": place.lat, "longitude": place.lon}
            row |= {"precision": place.precision, "stand_in": place.stand_in}
        yield {f"{name}|{tag}": row.get(name) for name, tag, _ in TAGGED}


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream, tags=True)


LAYOUT: Final = Layout(
    name="hxl",
    title="HXL-tagged CSV",
    imitates="HXL 1.1 hashtags",
    suffix="csv",
    unit="incidents",
    write=_write,
    columns=COLUMNS,
    cannot_say=(
        "which voice told which number (description holds it as free text)",
        "codes of units (p-codes) that no gazetteer gave",
    ),
)
