"""UCDP-GED-style columns: one row an incident of organised violence with a death told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from reportedly.exports.codes import sort_of
from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, Party, When, joined
from reportedly.exports.wording import voices_of
from reportedly.incidents.records import Toll

NAMES: Final = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
STATE_BASED, ONE_SIDED = 1, 3
STATE: Final = frozenset({"state", "external"})
STATUS: Final = {"candidate": "Candidate", "reviewed": "Reviewed", "settled": "Clear"}


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an incident that has a type of violence and tells of a death."""
    for case in material.cases():
        killed = case.figure("killed")
        if case.crosswalk.ucdp_type_of_violence is None:
            material.drop("incidents without a type of violence: no violence, or the sides are not told")
        elif not any((killed.number, killed.high, killed.low)):
            material.drop("incidents of which no death is told")
        else:
            yield _row(case)


def _row(case: Case) -> dict[str, object]:
    place, when, violence = case.place, case.when, case.crosswalk.ucdp_type_of_violence
    first, second, is_turned = sides(case)
    names = joined(party.actor.name for party in first), joined(party.actor.name for party in second)
    own, other = ("target", "actor") if is_turned else ("actor", "target")
    killed = case.figure("killed")
    has_point = place is not None and place.lat is not None and place.lon is not None
    return {
        "id": case.id,
        "relid": case.id,
        "year": when.first.year if when.first and when.last and when.first.year == when.last.year else None,
        "code_status": STATUS.get(case.incident.review) if case.incident else None,
        "type_of_violence": violence,
        "dyad_name": " - ".join(name for name in names if name) or None,
        "side_a": names[0],
        "side_b": names[1] or ("Civilians" if violence == ONE_SIDED else None),
        "number_of_sources": len({claim.report for claim in case.claims}),
        "source_article": _articles(case),
        "source_office": joined(case.publishers),
        "source_date": joined((claim.published or "")[:10] for claim in case.claims),
        "source_headline": joined(claim.title for claim in case.claims),
        "source_original": voices_of(case),
        "where_prec": place.precision if place else None,
        "where_coordinates": place.name if place else None,
        "where_description": place.text if place else None,
        "adm_1": place.admin1 if place else None,
        "adm_2": place.admin2 if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if place and has_point else None,
        "country": place.country if place else None,
        "event_clarity": 1,
        "date_prec": date_precision(when),
        "date_start": when.first,
        "date_end": when.last,
        "deaths_a": case.figure("killed", lambda toll: _is_of(toll, own)).number,
        "deaths_b": case.figure("killed", lambda toll: _is_of(toll, other)).number,
        "deaths_civilians": case.figure("killed", lambda toll: toll.group == "civilians").number,
        "deaths_unknown": case.figure("killed", lambda toll: toll.group is None and toll.side is None).number,
        "best": killed.number,
        "high": killed.high,
        "low": killed.low,
    }


def _is_of(toll: Toll, side: str) -> bool:
    return toll.side == side and toll.group != "civilians"


def sides(case: Case) -> tuple[tuple[Party, ...], tuple[Party, ...], bool]:
    """Side A and B, and whether B acts: in violence with a state, the state is side A."""
    actors, targets = _named(case.parties("actors")), _named(case.parties("targets"))
    if case.crosswalk.ucdp_type_of_violence == STATE_BASED and actors and targets:
        acting, suffering = (tuple(one for one in side if sort_of(one.actor) in STATE) for side in (actors, targets))
        if suffering and not acting:
            return suffering, actors, True
        return acting or actors, targets, False
    return actors, targets, False


def _named(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The organisations; where none is named the people; things only where nothing else is told. The attributed rows hold all."""
    people = tuple(party for party in parties if party.actor.kind != "facility")
    return tuple(party for party in people if party.is_organisation) or people or parties


def date_precision(when: When) -> int | None:
    """1 a day, 2 two to six days, 3 a week, 4 a month, 5 up to a year; ``None`` where no time, or an open one, is told."""
    days = when.days
    if days is None:
        return None
    if days == 1:
        return 1
    return next((code for code, most in ((2, 6), (3, 7), (4, 31), (5, 366)) if days <= most), None)


def _articles(case: Case) -> str | None:
    articles = dict.fromkeys((claim.source, (claim.published or "")[:10], claim.title) for claim in case.claims)
    return joined(", ".join(f'"{part}"' for part in article if part) for article in articles)


COLUMNS: Final = columns(
    NAMES,
    {
        "id": "the incident's id (text, not that data set's number)",
        "relid": "the same",
        "year": "the year, where the time told lies within one",
        "code_status": "`Candidate`, `Reviewed` or `Clear` (settled): the incident's review",
        "type_of_violence": "crosswalk: 1 state-based, 2 non-state, 3 one-sided; where no claim names both sides, by what all of "
        "them name",
        "dyad_name": "both sides, ` - ` between",
        "side_a": "who acts: organisations, or where none is named people (`; ` between); in state-based violence the state",
        "side_b": "the other side; `Civilians` in one-sided violence where no target is named",
        "number_of_sources": "reports that tell it (copies count)",
        "source_article": "publisher, day and title of each report",
        "source_office": "publishers, `; ` between",
        "source_date": "days of publication, `; ` between",
        "source_headline": "titles, `; ` between",
        "source_original": "innermost voices of the claims, `; ` between",
        "where_prec": "1 exact, 2 near, 3 second-level unit, 4 first-level unit, 5 region, 6 country, 7 sea or airspace",
        "where_coordinates": "name of the most precise place told",
        "where_description": "the place as written",
        "adm_1": "of that place",
        "adm_2": "of that place",
        "latitude": "WGS84; a stand-in where where_prec is above 2",
        "longitude": "WGS84; a stand-in where where_prec is above 2",
        "geom_wkt": "`POINT (lon lat)`",
        "country": "of that place",
        "event_clarity": "1: sums over periods make no incident",
        "date_prec": "1 day, 2 two to six days, 3 a week, 4 a month, 5 up to a year; empty where no time is told",
        "date_start": "first day told; empty where only a bound is known",
        "date_end": "last day told; empty where open",
        "deaths_a": "killed of side A without civilians, where told apart, by the rule of reduction",
        "deaths_b": "killed of side B without civilians, where told apart, by the rule of reduction",
        "deaths_civilians": "civilians killed, where told apart",
        "deaths_unknown": "killed whose side is not told",
        "best": "killed by the rule of reduction; the four columns before it need not add up to it",
        "high": "highest figure told; empty where open",
        "low": "lowest figure told",
    },
    dict.fromkeys(
        ("active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "side_a_dset_id"),
        "that data set's own numbering",
    )
    | dict.fromkeys(
        ("side_a_new_id", "side_b_dset_id", "side_b_new_id", "priogrid_gid", "country_id", "region", "gwnoa", "gwnob"),
        "that data set's own numbering",
    ),
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream)


LAYOUT: Final = Layout(
    name="ucdp-ged",
    title="UCDP-GED-style",
    imitates="GED 25.1 and Candidate",
    suffix="csv",
    unit="incidents",
    write=_write,
    columns=COLUMNS,
    cannot_say=(
        "who told which number (voices and numbers stand side by side, not number by number)",
        "denials, claims of responsibility, threats",
        "incidents without a death told, or whose sides are not told",
        "injured people",
    ),
)
