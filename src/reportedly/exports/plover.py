"""PLOVER events (manual 0.8) as one JSON array, an event a line, with the auxiliary modes filled: historical, future,
hypothetical, negation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, TextIO

from reportedly.exports.codes import coded, country, plover_context, plover_event, plover_events
from reportedly.exports.layout import RULES, Layout, columns
from reportedly.exports.material import Case, Material, Party
from reportedly.exports.wording import notes
from reportedly.reading.reader import reader_version
from reportedly.records import Place

NAMES: Final = (
    "id,has_event,date,time,enddate,endtime,actor,recipient,event,event_loc,event_text,quad_code,event_scale,mode,context,size,"
    "link,text,text_info,cite_info,coder,coded_date,coded_time,comment"
)
RESOLUTION: Final = {1: 4, 2: 3, 3: 3, 4: 2, 5: 1, 6: 1}
"""UCDP's precision of a place to the manual's resolution: 4 city, 3 district, 2 province, 1 country."""


def modes(case: Case) -> list[str]:
    """The mode of the event and its auxiliary modes.

    An event that PLOVER codes as another one because it is only planned, asked for or refused (an assault that is threatened is
    THREATEN) gets no auxiliary mode for that: it does happen now.
    """
    claim, event, mode = case.first, case.crosswalk.plover_type, case.crosswalk.plover_mode
    found = [mode] if event and mode and mode in plover_events()[event][1] else []
    is_recast = event != plover_event(case.type)
    if claim.background:
        found.append("historical")
    if not is_recast:
        if claim.status in {"planned", "requested", "threatened"} and claim.family not in {"threat", "statement"}:
            found.append("future")
        if claim.status == "hypothetical":
            found.append("hypothetical")
        if claim.negated or claim.status == "denied":
            found.append("negation")
    return found


def events(material: Material) -> Iterator[tuple[Case, str]]:
    """Everything that the manual has an event for, with that event."""
    for case in material.acts():
        if case.crosswalk.plover_type is None:
            material.drop("acts that the manual has no event for")
            continue
        yield case, case.crosswalk.plover_type


def record(material: Material, case: Case, event: str) -> dict[str, Any]:
    """One event record."""
    when, report = case.when, material.report(case.first.report)
    context = plover_context(case.type)
    killed, injured, arrested = (case.figure(what).number for what in ("killed", "injured", "arrested"))
    return {
        "id": case.id,
        "has_event": True,
        "date": when.first.isoformat() if when.first else None,
        "time": None,
        "enddate": when.last.isoformat() if when.last and when.last != when.first else None,
        "endtime": None,
        "actor": [_entity(party, case) for party in case.parties("actors")],
        "recipient": [_entity(party, case) for party in case.parties("targets")],
        "event": [event],
        "event_loc": _location(case.place) if case.place else None,
        "event_text": [case.first.trigger.text],
        "quad_code": plover_events()[event][0],
        "event_scale": None,
        "mode": modes(case),
        "context": [context] if context else [],
        "size": {"dead": killed, "injured": injured, "arrested": arrested},
        "link": report.address,
        "text": " … ".join(span.text for span in case.first.evidence),
        "text_info": {"sequence": None, "start": case.first.trigger.start, "end": case.first.trigger.end, "text_story": None},
        "cite_info": {
            "corpus": None,
            "citation": report.id,
            "url": report.address,
            "title": report.title,
            "language": report.language,
            "publication": report.source,
            "license": None,
            "copyright": None,
            "coder": None,
            "codebook": "PLOVER 0.8",
            "version": reader_version(),
        },
        "coder": f"reportedly {reader_version()}",
        "coded_date": None,
        "coded_time": None,
        "comment": notes(case),
    }


def _entity(party: Party, case: Case) -> dict[str, Any]:
    code, sector = coded(party.actor, case.when.first)
    return {
        "code": code,
        "sector": sector,
        "entity_text": party.actor.name,
        "identifier_id": party.actor.id,
        "identifier_text": party.actor.text,
        "religion": None,
        "ethnicity": None,
        "office": None,
        "gender": None,
        "age": None,
    }


def _location(place: Place) -> dict[str, Any]:
    found = country(place.iso2)
    return {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.precision == 1 else None,
        "district": place.admin2,
        "province": place.admin1,
        "country": place.country,
        "country_code": found["iso3"] if found else None,
        "feature_class": None,
        "feature_code": None,
        "resolution": RESOLUTION.get(place.precision or 0),
    }


def _write(material: Material, stream: TextIO) -> int:
    written = 0
    stream.write("[")
    for case, event in events(material):
        stream.write(",\n" if written else "\n")
        stream.write(json.dumps(record(material, case, event), ensure_ascii=False))
        written += 1
    stream.write("\n]\n")
    return written


LAYOUT: Final = Layout(
    name="plover",
    title="PLOVER events",
    imitates="manual 0.8 (16 events), JSON",
    suffix="json",
    unit="acts",
    write=_write,
    columns=columns(
        NAMES,
        {
            "id": "the incident's id, or the claim's where it tells of no incident",
            "has_event": "always true",
            "date": "first day told; null where none is told (the manual requires one; nothing is made up)",
            "enddate": "last day told, where it is another",
            "actor": "who acts, one entity each: `code` (ISO alpha-3), `sector`, `entity_text`, `identifier_id` (register)",
            "recipient": "targets, likewise",
            "event": "crosswalk of the type told most often; what is only planned, threatened, asked for or refused has the event"
            " that stands for that",
            "event_loc": "the most precise place told; `resolution` 4 city, 3 district or near a place, 2 province, 1 country or"
            " part of it",
            "event_text": "the words that tell the act",
            "quad_code": "1 to 4, by event",
            "mode": "mode of the type, where the manual has it, then the auxiliary modes: `historical` (background),"
            " `future` (planned, asked for),"
            " `hypothetical`, `negation` (negated or denied)",
            "context": "crosswalk of the type",
            "size": "`dead`, `injured`, `arrested` by the rule of reduction; null where not told, 0 where zero is stated",
            "link": "address of the report told first",
            "text": "the words of the claim published first",
            "text_info": "`start` and `end` of event_text in the report's text",
            "cite_info": "title, publication, language, address of that report",
            "coder": "this program and its version",
            "comment": "every version with its voices, and the rule of the one number",
        },
        {"event_scale": "no scale is told in texts", "coded_date": "would differ from run to run"}
        | {"coded_time": "would differ from run to run"},
    ),
    cannot_say=(
        "who asserts the event (comment holds it as free text)",
        f"conflicting counts ({RULES['lowest']} or another rule)",
    ),
)
