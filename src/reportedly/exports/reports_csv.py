"""Report-level rows: one row a report of an incident, so that what reports disagree on stays visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TextIO

from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, joined
from reportedly.incidents.facts import people

PLACES: Final = 6
NAMES: Final = (
    "event_id,report_id,source,byline,headline,address,published,published_basis,language,duplicate_of,duplicate_kind,event_type,"
    "event_family,standing,status,date_start,date_end,date_precision,not_later_than,country,iso2,admin1,admin2,location,latitude,"
    "longitude,where_precision,stand_in,"
    + ",".join(f"actor{number},actor{number}_id,actor{number}_kind,actor{number}_role" for number in range(1, PLACES + 1))
    + ",deaths_low,deaths_best,deaths_high,injuries_low,injuries_best,injuries_high,voices,stances,claims,words"
)


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row a report of each incident."""
    for case in material.cases():
        for report in dict.fromkeys(claim.report for claim in case.claims):
            own = tuple(claim for claim in case.claims if claim.report == report)
            yield _row(material, case, replace(case, claims=own))


def _row(material: Material, case: Case, own: Case) -> dict[str, object]:
    report, when, place, incident = material.report(own.claims[0].report), own.when, own.place, case.incident
    assert incident is not None
    parties = [("actor", party) for party in own.parties("actors")] + [("target", party) for party in own.parties("targets")]
    row: dict[str, object] = {
        "event_id": case.id,
        "report_id": report.id,
        "source": report.source,
        "byline": report.byline,
        "headline": report.title,
        "address": report.address,
        "published": report.published,
        "published_basis": report.published_basis,
        "language": report.language,
        "duplicate_of": report.duplicate_of,
        "duplicate_kind": report.duplicate_kind,
        "event_type": own.claims[0].type,
        "event_family": own.claims[0].family,
        "standing": incident.standing,
        "status": joined(claim.status for claim in own.claims),
        "date_start": when.first,
        "date_end": when.last,
        "date_precision": when.precision,
        "not_later_than": when.bound,
        "voices": joined(" > ".join(voice.name for voice in claim.attribution[1:]) for claim in own.claims),
        "stances": joined(claim.attribution[-1].stance for claim in own.claims if claim.attribution),
        "claims": joined(claim.id for claim in own.claims),
        "words": joined(claim.trigger.text for claim in own.claims),
    }
    if place is not None:
        row |= {"country": place.country, "iso2": place.iso2, "admin1": place.admin1, "admin2": place.admin2}
        row |= {"location": place.name, "latitude": place.lat, "longitude": place.lon}
        row |= {"where_precision": place.precision, "stand_in": place.stand_in}
    for number, (role, party) in enumerate(parties[:PLACES], 1):
        row |= {f"actor{number}": party.actor.name, f"actor{number}_id": party.actor.id}
        row |= {f"actor{number}_kind": party.actor.kind, f"actor{number}_role": role}
    return row | _people(own, "killed", "deaths") | _people(own, "injured", "injuries")


def _people(own: Case, what: str, name: str) -> dict[str, object]:
    told = [count for claim in own.claims for count in claim.counts]
    low, high = people(told, what)
    best = {count.best for count in told if count.what == what and count.total and count.best is not None}
    only = best.pop() if len(best) == 1 else low if low == high else None
    return {f"{name}_low": low, f"{name}_high": high, f"{name}_best": only}


COLUMNS: Final = columns(
    NAMES,
    {
        "event_id": "the incident's id",
        "report_id": "the report's id",
        "source": "publisher",
        "byline": "of the report",
        "headline": "of the report",
        "address": "of the report",
        "published": "ISO day or time",
        "published_basis": "how that is known",
        "language": "ISO 639-1",
        "duplicate_of": "id of the report that it copies",
        "duplicate_kind": "exact or near",
        "event_type": "type of the report's first claim of the incident",
        "event_family": "its family",
        "standing": "of the incident, over all reports",
        "status": "of the report's claims",
        "date_start": "first day that this report tells",
        "date_end": "last day that this report tells",
        "date_precision": "of the wording: day, range, week, month, season, year",
        "not_later_than": "the bound, where this report tells no time",
        "country": "of the most precise place that this report tells",
        "iso2": "its ISO alpha-2 code",
        "admin1": "first-level unit",
        "admin2": "second-level unit",
        "location": "name of the place",
        "latitude": "WGS84",
        "longitude": "WGS84",
        "where_precision": "UCDP's seven levels",
        "stand_in": "whether the point stands for a wider area",
        **{
            f"actor{number}{part}": rule
            for number in range(1, PLACES + 1)
            for part, rule in (
                ("", f"party {number} of this report, those who act first"),
                ("_id", "its register id"),
                ("_kind", "its kind"),
                ("_role", "actor or target"),
            )
        },
        "deaths_low": "lowest figure of this report; 0 only where zero is stated",
        "deaths_best": "the figure, where the report tells one only; else empty",
        "deaths_high": "highest figure of this report; empty where open",
        "injuries_low": "likewise",
        "injuries_best": "likewise",
        "injuries_high": "likewise",
        "voices": "chain of voices of each claim, ` > ` inward, `; ` between claims",
        "stances": "stance of the innermost voices",
        "claims": "ids",
        "words": "the words that tell the act",
    },
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream)


LAYOUT: Final = Layout(
    name="reports-csv",
    title="Report-level rows",
    imitates="the shape of MAVERICK event reports; the column names are our own",
    suffix="csv",
    unit="reports",
    write=_write,
    columns=COLUMNS,
    cannot_say=("which voice of one report told which number (the side file does)", "more than six parties of one report"),
)
