"""POLECAT-style columns, tab-separated: one row an act with a PLOVER event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from reportedly.exports import plover
from reportedly.exports.codes import coded, iso3, plover_context, plover_events
from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, Party, joined
from reportedly.reading.reader import reader_version

NAMES: Final = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
    "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,"
    "Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,"
    "Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
)
QUADS: Final = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an act."""
    for case, event in plover.events(material):
        place, when = case.place, case.when
        report = material.report(case.first.report)
        yield {
            "Event ID": case.id,
            "Event Date": when.first if when.days == 1 else None,
            "Event Type": event,
            "Event Mode": joined(plover.modes(case), ","),
            "Quad Code": QUADS[plover_events()[event][0]],
            "Contexts": plover_context(case.type),
            **_party("Actor", case.parties("actors"), case),
            **_party("Recipient", case.parties("targets"), case),
            "Placename": place.name if place else None,
            "City": place.name if place and place.precision == 1 else None,
            "District": place.admin2 if place else None,
            "Province": place.admin1 if place else None,
            "Country": iso3(place.iso2) if place else None,
            "Latitude": place.lat if place else None,
            "Longitude": place.lon if place else None,
            "GeoNames ID": place.geonames_id if place else None,
            "Raw Placename": place.text if place else None,
            "Source": report.source,
            "Publication Date": (report.published or "")[:10] or None,
            "Language": report.language,
            "Version": f"reportedly {reader_version()}",
        }


def _party(role: str, parties: tuple[Party, ...], case: Case) -> dict[str, object]:
    codes = [coded(party.actor, case.when.first) for party in parties]
    return {
        f"{role} Name": joined(party.actor.name for party in parties),
        f"{role} Country": joined(country for country, _ in codes),
        f"Primary {role} Sector": codes[0][1] if codes else None,
        f"{role} Sectors": joined(sector for _, sector in codes),
        f"{role} Name Raw": joined(party.actor.text for party in parties),
    }


COLUMNS: Final = columns(
    NAMES,
    {
        "Event ID": "the incident's id, or the claim's where it tells of no incident",
        "Event Date": "the day, where one day is told; never the day of publication instead",
        "Event Type": "PLOVER event, see the layout plover",
        "Event Mode": "mode and auxiliary modes (historical, future, hypothetical, negation), `,` between",
        "Quad Code": "in words, by event",
        "Contexts": "crosswalk of the type",
        "Actor Name": "who acts, `; ` between (a list of actors is one event)",
        "Actor Country": "ISO alpha-3 (or IGO, UNO, EUR) that the name tells",
        "Primary Actor Sector": "PLOVER sector of the first",
        "Actor Sectors": "PLOVER sectors of all",
        "Actor Name Raw": "as written",
        "Recipient Name": "targets, `; ` between",
        "Recipient Country": "ISO alpha-3 that the name tells",
        "Primary Recipient Sector": "PLOVER sector of the first",
        "Recipient Sectors": "PLOVER sectors of all",
        "Recipient Name Raw": "as written",
        "Placename": "the most precise place told",
        "City": "the same, where the place is exact",
        "District": "second-level unit",
        "Province": "first-level unit",
        "Country": "ISO alpha-3",
        "Latitude": "WGS84; may stand for a wider area (that layout has no column for it)",
        "Longitude": "WGS84; may stand for a wider area",
        "GeoNames ID": "of that place",
        "Raw Placename": "as written",
        "Source": "publisher of the report told first",
        "Publication Date": "day of that report",
        "Language": "of that report",
        "Version": "this program and its version",
    },
    {"Intensity": "that scale is the layout's own"}
    | dict.fromkeys(
        ("Story People", "Story Organizations", "Story Locations"), "people are no entries; the rest are not of the event"
    )
    | dict.fromkeys(("Actor COW", "Recipient COW"), "that numbering is not shipped"),
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream, tab=True)


LAYOUT: Final = Layout(
    name="polecat",
    title="POLECAT-style",
    imitates="weekly files of NGEC output, 40 columns, tab-separated",
    suffix="tsv",
    unit="acts",
    write=_write,
    columns=COLUMNS,
    cannot_say=("any count", "who says so", "a time coarser than a day", "that a point stands for a wider area"),
)
