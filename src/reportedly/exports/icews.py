"""ICEWS-style columns: one row an act with a CAMEO code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from reportedly.exports.codes import cameo_code, cameo_roots, coded, country_name
from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, Party, joined

NAMES: Final = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,Target Sectors,"
    "Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)
HAPPENED: Final = frozenset({"occurred", "ongoing", "alleged"})
SPEECH: Final = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an act that took place, as news: that layout cannot mark a plan, a denial or the past."""
    for case in material.acts():
        root, claim = case.crosswalk.cameo_root, case.first
        is_speech = claim.family in SPEECH
        if root is None:
            material.drop("acts without a CAMEO code")
        elif claim.background or claim.negated or not (claim.status in HAPPENED or is_speech):
            material.drop("acts that are planned, denied, hypothetical or past, which that layout cannot mark")
        else:
            yield _row(case, root)


def _row(case: Case, root: str) -> dict[str, object]:
    place, when = case.place, case.when
    return {
        "Event ID": case.id,
        "Event Date": when.first if when.days == 1 else None,
        **_party("Source", case.parties("actors"), case),
        "Event Text": cameo_roots()[root][0],
        "CAMEO Code": cameo_code(case.type, root),
        "Intensity": cameo_roots()[root][1],
        **_party("Target", case.parties("targets"), case),
        "Story ID": case.first.report,
        "Publisher": case.first.source,
        "City": place.name if place and place.precision == 1 else None,
        "District": place.admin2 if place else None,
        "Province": place.admin1 if place else None,
        "Country": place.country if place else None,
        "Latitude": place.lat if place else None,
        "Longitude": place.lon if place else None,
    }


def _party(role: str, parties: tuple[Party, ...], case: Case) -> dict[str, object]:
    codes = [coded(party.actor, case.when.first) for party in parties]
    return {
        f"{role} Name": joined(party.actor.name for party in parties),
        f"{role} Sectors": joined(sector for _, sector in codes),
        f"{role} Country": joined(country_name(code) for code, _ in codes),
    }


COLUMNS: Final = columns(
    NAMES,
    {
        "Event ID": "the incident's id, or the claim's where it tells of no incident (unique)",
        "Event Date": "the day, where one day is told; never the day of publication instead",
        "Source Name": "who acts, `; ` between",
        "Source Sectors": "PLOVER sectors (that layout's own words are not used)",
        "Source Country": "the country that the name tells",
        "Event Text": "name of the CAMEO root",
        "CAMEO Code": "crosswalk of the type; a string: 010 and 10 differ",
        "Intensity": "of the CAMEO root, -10 to 10",
        "Target Name": "targets, `; ` between",
        "Target Sectors": "PLOVER sectors",
        "Target Country": "the country that the name tells",
        "Story ID": "id of the report told first",
        "Publisher": "of that report",
        "City": "the most precise place told, where it is exact",
        "District": "second-level unit",
        "Province": "first-level unit",
        "Country": "name of the country",
        "Latitude": "WGS84; may stand for a wider area (that layout has no column for it)",
        "Longitude": "WGS84; may stand for a wider area",
    },
    {"Sentence Number": "claims hold characters, not sentences (see the side file)"},
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream)


LAYOUT: Final = Layout(
    name="icews",
    title="ICEWS-style",
    imitates="events files until April 2023, 20 columns",
    suffix="csv",
    unit="acts",
    write=_write,
    columns=COLUMNS,
    cannot_say=("any count", "who says so", "plans, denials and the past (left out)", "a time coarser than a day"),
)
