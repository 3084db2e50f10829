"""ACLED-style columns: one row an incident. The columns are imitated; no row of that data set is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, TextIO

from reportedly.exports.codes import Sort, acled_disorder, iso_numeric, sort_of
from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, Party, When, joined
from reportedly.exports.wording import notes

NAMES: Final = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
VIOLENT: Final = "Political violence"
INTERS: Final[dict[str, int]] = {
    "State forces": 1,
    "Rebel group": 2,
    "Political militia": 3,
    "Identity militia": 4,
    "Rioters": 5,
    "Protesters": 6,
    "Civilians": 7,
    "External/Other forces": 8,
}
"""Actor types in words with their numbers; of two the lower number stands first in an interaction."""
SORTS: Final[dict[Sort, str]] = {
    "state": "State forces",
    "rebel": "Rebel group",
    "militia": "Political militia",
    "identity": "Identity militia",
    "civilian": "Civilians",
    "external": "External/Other forces",
}
GEO: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
"""UCDP's precision of a place to ACLED's; a country (6) is coarser than anything that scheme holds."""
WEEK, MONTH = 7, 31


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an incident that the scheme has a type for."""
    for case in material.cases():
        if case.crosswalk.acled_event_type is None:
            material.drop("incidents of a type that the scheme has none for")
            continue
        yield _row(case)


def _row(case: Case) -> dict[str, object]:
    event, sub = case.crosswalk.acled_event_type, case.crosswalk.acled_sub_event_type
    place, at = case.place, case.place.iso2 if case.place else None
    actors, targets = case.parties("actors"), case.parties("targets")
    first, second = _inter(actors, at, event, acts=True), _inter(targets, at, event, acts=False)
    day, precision = stand_in_day(case.when)
    geo = GEO.get(place.precision or 0) if place else None
    disorder = acled_disorder().get((event or "", sub or ""))
    return {
        "event_id_cnty": case.id,
        "event_date": day,
        "year": _year(case.when),
        "time_precision": precision,
        "disorder_type": disorder,
        "event_type": event,
        "sub_event_type": sub,
        "actor1": actors[0].actor.name if actors else None,
        "assoc_actor_1": joined(party.actor.name for party in actors[1:]),
        "inter1": first,
        "actor2": targets[0].actor.name if targets else None,
        "assoc_actor_2": joined(party.actor.name for party in targets[1:]),
        "inter2": second,
        "interaction": _interaction(first, second, has_second=bool(targets)),
        "civilian_targeting": "Civilians targeted" if second == "Civilians" and VIOLENT in (disorder or "") else None,
        "iso": iso_numeric(at),
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "location": place.name if place else None,
        "latitude": round(place.lat, 4) if place and geo and place.lat is not None else None,
        "longitude": round(place.lon, 4) if place and geo and place.lon is not None else None,
        "geo_precision": geo if place and place.lat is not None else None,
        "source": joined(case.publishers),
        "notes": notes(case),
        "fatalities": case.figure("killed").number,
        "tags": _tags(case),
    }


def stand_in_day(when: When) -> tuple[str | None, int | None]:
    """The day that this scheme writes, and its precision: the day itself; the middle of up to a week; the middle of up to a
    month. Nothing coarser, and nothing where no time is told."""
    if when.first is None or when.last is None or when.days is None or when.days > MONTH:
        return None, None
    middle: date = when.first + timedelta((when.days - 1) // 2)
    return middle.isoformat(), 1 if when.days == 1 else 2 if when.days <= WEEK else 3


def _year(when: When) -> int | None:
    return when.first.year if when.first and when.last and when.first.year == when.last.year else None


def _inter(parties: tuple[Party, ...], at: str | None, event: str | None, *, acts: bool) -> str | None:
    if not parties:
        return None
    sort = sort_of(parties[0].actor, at)
    if acts and event in {"Protests", "Riots"} and sort in {None, "civilian", "identity"}:
        return "Protesters" if event == "Protests" else "Rioters"
    if sort == "identity" and not acts:
        return "Civilians"
    return SORTS[sort] if sort else None


def _interaction(first: str | None, second: str | None, *, has_second: bool) -> str | None:
    if first is None:
        return None
    if not has_second:
        return f"{first} only"
    return "-".join(sorted((first, second), key=INTERS.__getitem__)) if second else None


def _tags(case: Case) -> str | None:
    incident = case.incident
    if incident is None:
        return None
    return f"standing={incident.standing}; review={incident.review}; voices={incident.sources}; reports={incident.reports}"


COLUMNS: Final = columns(
    NAMES,
    {
        "event_id_cnty": "the incident's id (not country letters and a number)",
        "event_date": "the day; of up to a week or a month its middle, as that scheme does; empty where coarser or not told",
        "year": "the year, where the time told lies within one",
        "time_precision": "1 day, 2 up to a week, 3 up to a month",
        "disorder_type": "by event_type and sub_event_type",
        "event_type": "crosswalk of the type told most often",
        "sub_event_type": "crosswalk of the type told most often",
        "actor1": "who acts, named by most voices",
        "assoc_actor_1": "others who act, `; ` between",
        "inter1": "sort of actor1 in words; empty where its name does not tell",
        "actor2": "the target named by most voices",
        "assoc_actor_2": "other targets, `; ` between",
        "inter2": "sort of actor2 in words",
        "interaction": "both sorts, lower number first; `X only` where no target is told",
        "civilian_targeting": "`Civilians targeted` where political violence hits an actor2 of that sort, else empty",
        "iso": "ISO 3166 numeric code of the country",
        "country": "of the most precise place told",
        "admin1": "of the most precise place told",
        "admin2": "of the most precise place told",
        "location": "name of the most precise place told",
        "latitude": "WGS84, at most four decimals; empty where only a country is told",
        "longitude": "WGS84, at most four decimals; empty where only a country is told",
        "geo_precision": "1 exact place; 2 near a place, or a district; 3 a province, region or sea (2 and 3: a stand-in point)",
        "source": "publishers of all reports that tell it, `; ` between",
        "notes": "every version with its voices, standing, denials, and the rule of the one number",
        "fatalities": "people killed by the rule of reduction; 0 only where zero is stated; empty where no number is told",
        "tags": "standing, review, independent voices, reports",
    },
    {
        "region": "that scheme's regions are its own",
        "source_scale": "the reach of a publisher is not in the records",
        "timestamp": "would differ from run to run",
    },
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream)


LAYOUT: Final = Layout(
    name="acled",
    title="ACLED-style",
    imitates="export columns since March 2023, actor types in words",
    suffix="csv",
    unit="incidents",
    write=_write,
    columns=COLUMNS,
    cannot_say=(
        "who told which number, name or place (notes hold it as free text)",
        "threats, denials and claims of responsibility as events",
        "the difference between no one killed and nothing told, save that this export leaves the second empty",
        "injured people",
    ),
)
