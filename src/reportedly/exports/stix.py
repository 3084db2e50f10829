"""A STIX 2.1 bundle: incidents, identities, locations, reports, relationships; denials and claims of responsibility are
opinions."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from reportedly.casebook.stored import StoredReport
from reportedly.exports.layout import RULES, Layout, columns
from reportedly.exports.material import Case, Material, actor_key, is_organisation
from reportedly.exports.wording import notes, title
from reportedly.reading.reader import reader_version
from reportedly.records import Actor, Place

Thing = dict[str, Any]
NAMESPACE: Final = uuid.UUID("6f0b6f0e-8c3f-5d4a-9b51-7d7d6c5e2a10")
"""Ids are made of what they name within this space, so that two exports of one record agree."""
UNDATED: Final = "1970-01-01T00:00:00.000Z"
"""Stands where STIX requires a time and no report of the record is dated."""
OPINIONS: Final = {
    "denies": "strongly-disagree",
    "doubts": "disagree",
    "confirms": "agree",
    "claims_responsibility": "strongly-agree",
}
CLASS_OF_KIND: Final = {"person": "individual", "community": "group", "class": "class"}
PRECISION: Final = {1: 5_000, 2: 25_000}
"""Metres within which a point is meant, for places and their surroundings; coarser places have none that is honest."""


def things(material: Material) -> Iterator[Thing]:
    """Each object once; what an object refers to comes before it."""
    seen: set[str] = set()
    for case in material.cases():
        yield from _new(_of_case(material, case), seen)
    for relation in material.relations_beside():
        if not (is_organisation(relation.a) and is_organisation(relation.b)):
            material.leave_out("relations with a class of people at one end")
            continue
        stamp = timestamp(relation.published)
        ends = [_identity(relation.a), _identity(relation.b)]
        link = _link(relation.kind.replace("_", "-"), ends[0]["id"], ends[1]["id"], stamp, relation.id)
        words = " … ".join(span.text for span in relation.evidence)
        voice = relation.attribution[-1].name if len(relation.attribution) > 1 else relation.source
        link["description"] = f"{relation.status.replace('_', ' ')}; said by {voice or 'the report'}: {words}"
        yield from _new(iter((*ends, link)), seen)


def timestamp(published: str | None) -> str:
    """A time of publication as STIX writes it (UTC, milliseconds); a day is its midnight."""
    if published is None:
        return UNDATED
    told = datetime.fromisoformat(published)
    told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    return told.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _new(told: Iterator[Thing], seen: set[str]) -> Iterator[Thing]:
    for thing in told:
        if thing["id"] not in seen:
            seen.add(thing["id"])
            yield thing


def _of_case(material: Material, case: Case) -> Iterator[Thing]:
    days = sorted(claim.published for claim in case.claims if claim.published)
    stamp = timestamp(days[0] if days else None)
    incident = _thing("incident", stamp, case.id, name=title(case), description=notes(case), labels=[case.type, case.family])
    assert case.incident is not None
    incident["labels"].append(f"standing:{case.incident.standing}")
    incident["external_references"] = [{"source_name": "reportedly", "external_id": case.id}]
    yield incident
    if case.place is not None and (location := _location(case.place)) is not None:
        yield location
        yield _link("located-at", incident["id"], location["id"], stamp, case.id)
    for parties, kind in ((case.parties("actors"), "attributed-to"), (case.parties("targets"), "targets")):
        for party in parties:
            if party.is_organisation:
                identity = _identity(party.actor)
                yield identity
                link = _link(kind, incident["id"], identity["id"], stamp, case.id)
                link["description"] = f"told by {', '.join(party.told_by)}{'; only alleged' if party.only_alleged else ''}"
                yield link
    for position in case.incident.positions:
        if position.stance in OPINIONS:
            yield _thing(
                "opinion",
                stamp,
                f"{case.id} {position.voice} {position.stance}",
                opinion=OPINIONS[position.stance],
                explanation=f"{position.stance.replace('_', ' ')} ({', '.join(position.claims)})",
                authors=[position.voice],
                object_refs=[incident["id"]],
            )
    for key in dict.fromkeys(claim.report for claim in case.claims):
        report = material.report(key)
        if report.published is None:
            material.leave_out("reports without a day of publication, which STIX requires")
        else:
            yield _report(case, report, incident["id"])


def _report(case: Case, report: StoredReport, incident: str) -> Thing:
    stamp = timestamp(report.published)
    found = _thing(
        "report",
        stamp,
        f"{report.id} {case.id}",
        name=report.title or report.id,
        published=stamp,
        object_refs=[incident],
        lang=report.language,
    )
    reference = {"source_name": report.source or "not told", "external_id": report.id}
    found["external_references"] = [reference | ({"url": report.address} if report.address else {})]
    return found


def _identity(actor: Actor) -> Thing:
    kind = CLASS_OF_KIND.get(actor.kind, "organization")
    return _thing("identity", UNDATED, actor_key(actor), name=actor.name, identity_class=kind, roles=[actor.kind])


def _location(place: Place) -> Thing | None:
    if place.iso2 is None and place.lat is None:
        return None
    key = f"{place.name}|{place.admin2}|{place.admin1}|{place.iso2}|{place.precision}"
    found = _thing("location", UNDATED, key, name=place.name)
    found |= {"country": place.iso2} if place.iso2 else {}
    found |= {"administrative_area": place.admin1} if place.admin1 else {}
    if place.lat is not None and place.lon is not None and not place.stand_in:
        found |= {"latitude": place.lat, "longitude": place.lon}
        found |= {"precision": float(PRECISION[place.precision])} if place.precision in PRECISION else {}
    return found if found.keys() & {"country", "latitude"} else None


def _link(kind: str, source: str, target: str, stamp: str, of: str) -> Thing:
    key = f"{of} {kind} {source} {target}"
    return _thing("relationship", stamp, key, relationship_type=kind, source_ref=source, target_ref=target)


def _thing(kind: str, stamp: str, key: str, **told: Any) -> Thing:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid.uuid5(NAMESPACE, f'{kind} {key}')}",
        "created": stamp,
        "modified": stamp,
        **told,
    }


def _write(material: Material, stream: TextIO) -> int:
    digest, written = hashlib.sha256(), 0
    stream.write('{"type": "bundle", "objects": [')
    statement = f"Layout stix, Reportedly {reader_version()}. One number is {RULES[material.rule]} ({material.rule})."
    author = _thing("identity", UNDATED, "reportedly", name="Reportedly", identity_class="system", description=statement)
    stream.write("\n" + json.dumps(author, ensure_ascii=False))
    for thing in things(material):
        line = json.dumps(thing, ensure_ascii=False)
        digest.update(line.encode())
        stream.write(f",\n{line}")
        written += 1
    stream.write(f'\n], "id": "bundle--{uuid.uuid5(NAMESPACE, digest.hexdigest())}"}}\n')
    return written


LAYOUT: Final = Layout(
    name="stix",
    title="STIX 2.1 bundle",
    imitates="STIX 2.1",
    suffix="stix.json",
    unit="objects",
    write=_write,
    columns=columns(
        "identity,incident,location,report,relationship,opinion",
        {
            "identity": "an actor that is registered or a named organisation; the first states layout, version and rule",
            "incident": "name (type, place, time), description (all versions), labels (type, family, standing)",
            "location": "the most precise place told; coordinates only where they are no stand-in, `precision` in metres",
            "report": "a report that tells the incident, with publisher and address; without a day of publication it is left out",
            "relationship": "located-at, attributed-to (who acts; its description says who tells so), targets; relations with"
            " their kind",
            "opinion": "denies: strongly-disagree; doubts: disagree; confirms: agree; claims responsibility: strongly-agree",
        },
    ),
    cannot_say=(
        "counts other than as free text",
        "when an identity or place was first known: created is 1970-01-01, as for incidents of undated reports",
        "confidence: nobody graded it, so it is not set",
    ),
)
