"""FollowTheMoney entities, JSON lines: events, organisations, articles, notes on what is denied or claimed, and links."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, TextIO

from reportedly.casebook.stored import StoredRelation, StoredReport
from reportedly.exports.codes import languages
from reportedly.exports.layout import Layout, columns
from reportedly.exports.material import Case, Material, Party, actor_key, is_organisation
from reportedly.exports.wording import notes, title
from reportedly.records import Actor, content_id

Entity = dict[str, Any]
SCHEMA_OF_KIND: Final = {
    **dict.fromkeys(("state", "government", "military", "police", "intelligence", "office"), "PublicBody"),
    "person": "Person",
    "community": "LegalEntity",
    "facility": "LegalEntity",
    "unknown": "LegalEntity",
}
"""FtM schema by kind of actor; every other kind is an Organization."""
MEMBERSHIPS: Final = frozenset({"part_of", "media_wing_of", "spokesperson_of"})
SUCCESSIONS: Final = {"splinter_of": ("b", "a"), "merged_into": ("a", "b")}
"""Kinds that are a succession, with the side that came before and the one that came after."""
NOTED: Final = {"denies": "denies it", "doubts": "doubts it", "claims_responsibility": "claims responsibility for it"}


def entities(material: Material) -> Iterator[Entity]:
    """Each entity once; what an entity refers to comes before it."""
    seen: set[str] = set()
    for case in material.cases():
        for entity in _of_case(material, case):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                yield entity
    for relation in material.relations_beside():
        if not (is_organisation(relation.a) and is_organisation(relation.b)):
            material.leave_out("relations with a class of people at one end")
            continue
        for entity in (_actor(relation.a), _actor(relation.b), _article(material.report(relation.report)), _link(relation)):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                yield entity


def _of_case(material: Material, case: Case) -> Iterator[Entity]:
    parties = [party for party in (*case.parties("actors"), *case.parties("targets")) if party.is_organisation]
    yield from (_actor(party.actor) for party in parties)
    reports = [material.report(key) for key in dict.fromkeys(claim.report for claim in case.claims)]
    articles = [_article(report) for report in reports]
    yield from articles
    yield _event(case, reports, [article["id"] for article in articles])
    assert case.incident is not None
    for position in case.incident.positions:
        if position.stance in NOTED:
            yield _entity(
                content_id("note", case.id, position.voice, position.stance),
                "Note",
                name=f"{position.voice} {NOTED[position.stance]}",
                description=f"Claims: {', '.join(position.claims)}",
                entity=case.id,
            )


def _event(case: Case, reports: list[StoredReport], articles: list[str]) -> Entity:
    place, when = case.place, case.when
    is_day = when.first is not None and when.first == when.last
    others = [party.actor.name for party in (*case.parties("actors"), *case.parties("targets")) if not party.is_organisation]
    where = [place.name, place.admin2, place.admin1, place.country] if place else []
    assert case.incident is not None
    return _entity(
        case.id,
        "Event",
        name=title(case),
        summary=notes(case),
        date=when.first.isoformat() if when.first and is_day else None,
        startDate=when.first.isoformat() if when.first and not is_day else None,
        endDate=when.last.isoformat() if when.last and not is_day else None,
        location=", ".join(dict.fromkeys(part for part in where if part)) or None,
        country=place.iso2.lower() if place and place.iso2 else None,
        organizer=_ids(case.parties("actors")),
        involved=_ids(case.parties("targets")),
        namesMentioned=others,
        keywords=[case.type, case.family, case.incident.standing],
        recordId=case.id,
        sourceUrl=[report.address for report in reports if report.address],
        publisher=list(case.publishers),
        proof=articles,
    )


def _actor(actor: Actor) -> Entity:
    schema = SCHEMA_OF_KIND.get(actor.kind, "Organization")
    return _entity(_actor_id(actor), schema, name=actor.name, summary=f"Kind: {actor.kind.replace('_', ' ')}")


def _article(report: StoredReport) -> Entity:
    return _entity(
        report.id,
        "Article",
        title=report.title,
        fileName=report.title or report.id,
        author=report.byline,
        publisher=report.source,
        publishedAt=(report.published or "")[:10] or None,
        sourceUrl=report.address,
        language=languages().get(report.language),
    )


def _link(relation: StoredRelation) -> Entity:
    a, b = _actor_id(relation.a), _actor_id(relation.b)
    ends = {"subject": a, "object": b}
    schema = "UnknownLink"
    if relation.kind in MEMBERSHIPS and SCHEMA_OF_KIND.get(relation.b.kind, "Organization") in {"Organization", "PublicBody"}:
        schema, ends = "Membership", {"member": a, "organization": b}
    elif relation.kind in SUCCESSIONS:
        before, after = SUCCESSIONS[relation.kind]
        sides = {"a": a, "b": b}
        schema, ends = "Succession", {"predecessor": sides[before], "successor": sides[after]}
    voice = relation.attribution[-1].name if len(relation.attribution) > 1 else relation.source
    return _entity(
        relation.id,
        schema,
        **ends,
        role=relation.kind.replace("_", " "),
        status=relation.status.replace("_", " "),
        summary=f"Said by {voice}." if voice else None,
        description=" … ".join(span.text for span in relation.evidence),
        recordId=relation.id,
        publisher=relation.source,
    )


def _entity(key: str, schema: str, **told: str | list[str] | None) -> Entity:
    properties = {
        name: [value] if isinstance(value, str) else list(dict.fromkeys(value)) for name, value in told.items() if value
    }
    return {"id": key, "schema": schema, "properties": properties}


def _actor_id(actor: Actor) -> str:
    return f"actor-{actor.id}" if actor.id else content_id("actor", actor_key(actor))


def _ids(parties: tuple[Party, ...]) -> list[str]:
    return [_actor_id(party.actor) for party in parties if party.is_organisation]


def _write(material: Material, stream: TextIO) -> int:
    written = 0
    for entity in entities(material):
        stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
        written += 1
    return written


LAYOUT: Final = Layout(
    name="ftm",
    title="FollowTheMoney entities",
    imitates="the default model of followthemoney 3.8 and 4; one entity a line",
    suffix="ftm.json",
    unit="objects",
    write=_write,
    columns=columns(
        "Event,Organization,PublicBody,Person,LegalEntity,Article,Note,Membership,Succession,UnknownLink",
        {
            "Event": "an incident: name (type, place, time), summary (all versions), date or startDate and endDate, location,"
            " country,"
            " organizer (who acts), involved (targets), namesMentioned (classes of people), keywords (type, family, standing),"
            " recordId, sourceUrl, publisher, proof (articles)",
            "Organization": "an actor that is registered or a named organisation",
            "PublicBody": "a state, government, military, police, intelligence service or office",
            "Person": "a person of the register (in public office only)",
            "LegalEntity": "a registered community, facility or actor of unknown kind",
            "Article": "a report: title, publisher, publishedAt, sourceUrl, language (ISO 639-3); not its text",
            "Note": "who denies, doubts or claims an event",
            "Membership": "part of, media wing of, spokesperson of",
            "Succession": "splinter of, merged into",
            "UnknownLink": "every other kind of relation; `role` is the kind, `status` its status, `summary` who says so",
        },
    ),
    cannot_say=(
        "counts and precision other than as free text",
        "which voice told which number",
        "direction of relations other than membership and succession",
    ),
)
