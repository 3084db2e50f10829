"""Between records and table rows: the only place that knows which field of a record goes to which column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from reportedly.casebook import models
from reportedly.casebook.stored import StoredClaim, StoredRelation, StoredReport
from reportedly.casebook.text import UNSTORABLE, fold
from reportedly.errors import CasebookError
from reportedly.incidents.facts import is_private, people
from reportedly.records import Actor, Claim, Place, Reading, Relation, Report, Span

LAST_DAY = date.max
"""Where no day is known: sorts after every known day."""


def text_hash(text: str) -> str:
    """SHA-256 of a report's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def day_of(value: str | None, where: str) -> date | None:
    """The calendar day that an ISO date or date-time begins with; ``None`` for ``None``."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise CasebookError(f"{value!r} is not an ISO date.", where=where, remedy="Write dates as 2025-06-01.") from error


def check_storable(reading: Reading) -> None:
    """Raise :class:`CasebookError` for text that no database can hold, or ids that are too long or empty."""
    report = reading.report
    for name in ("id", "text", "title", "source", "byline", "address"):
        value = getattr(report, name)
        if value is not None and UNSTORABLE.search(value):
            raise CasebookError(
                f"the report's {name} holds a NUL or an unpaired surrogate, which no database stores.",
                where=report.id[:40].encode("ascii", "backslashreplace").decode(),
                remedy="Clean the text on intake.",
            )
    ids = (report.id, *(claim.id for claim in reading.claims), *(relation.id for relation in reading.relations))
    for key in ids:
        if not 0 < len(key) <= models.KEY:
            raise CasebookError(
                f"an id must have 1 to {models.KEY} characters, this has {len(key)}.", where=key[:60] or "(empty id)"
            )


def report_row(report: Report, source: models.Source | None, unread: str | None) -> dict[str, object]:
    """The columns of a report that never change after it is stored."""
    published = day_of(report.published, report.id)
    return {
        "sha256": report.sha256,
        "text_sha256": text_hash(report.text),
        "source": source,
        "title": report.title,
        "byline": report.byline,
        "address": report.address,
        "published": report.published,
        "published_on": published,
        "published_basis": report.published_basis,
        "language": report.language,
        "text": report.text,
        "unread": unread,
        "day": published or LAST_DAY,
    }


def report_record(row: models.Report) -> Report:
    """The report as it was stored; wants ``source`` to be selected."""
    return Report(
        id=row.key,
        text=row.text,
        title=row.title,
        source=row.source.name if row.source else None,
        byline=row.byline,
        address=row.address,
        published=row.published,
        published_basis=row.published_basis,
        language=row.language,
        sha256=row.sha256,
    )


def stored_report(row: models.Report, claims: int) -> StoredReport:
    """The report with what the casebook knows of it; wants ``source`` and ``duplicate_of`` to be selected."""
    return StoredReport(
        **dict(report_record(row)),
        unread=row.unread,
        duplicate_of=row.duplicate_of.key if row.duplicate_of else None,
        duplicate_kind=row.duplicate_kind,
        claims=claims,
    )


def claim_row(claim: Claim, report: models.Report) -> models.Claim:
    """An unsaved row for a claim of a stored report."""
    first, last = claim_days(claim, report.published_on, report.key)
    place, voice = claim.place, claim.attribution[-1] if claim.attribution else None
    killed, injured = people(claim.counts, "killed"), people(claim.counts, "injured")
    return models.Claim(
        report=report,
        report_key=report.key,
        key=claim.id,
        type=claim.type,
        family=claim.family,
        status=claim.status,
        negated=claim.negated,
        background=claim.background,
        place=place_folded(place),
        iso2=place.iso2 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else None,
        first_day=first,
        last_day=last,
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        voice=voice.name if voice else "",
        voice_folded=fold(" | ".join(link.name for link in claim.attribution)),
        start=claim.trigger.start,
        end=claim.trigger.end,
        evidence=evidence_text(claim.evidence),
        record=claim.model_dump_json(by_alias=True),
        day=first or last or LAST_DAY,
    )


def party_rows(claim: Claim, row: models.Claim, register: dict[str, models.Actor]) -> list[models.ClaimActor]:
    """Unsaved rows for the actors and targets of a claim; ``register`` holds the entries by id. A person whom an act hit is found
    by name only if the register has him for his public role: victims are not indexed."""
    parties = [(models.ClaimActor.ACTOR, actor) for actor in claim.actors]
    parties += [(models.ClaimActor.TARGET, actor) for actor in claim.targets]
    return [
        models.ClaimActor(
            claim=row,
            role=role,
            actor=register[actor.id] if actor.id else None,
            name=actor.name,
            folded=fold(f"{actor.name} | {actor.text}"),
            kind=actor.kind,
        )
        for role, actor in parties
        if not (role == models.ClaimActor.TARGET and is_private(actor))
    ]


def relation_row(relation: Relation, report: models.Report, register: dict[str, models.Actor]) -> models.Relation:
    """An unsaved row for a relation of a stored report."""
    return models.Relation(
        report=report,
        report_key=report.key,
        key=relation.id,
        kind=relation.kind,
        status=relation.status,
        a=register[relation.a.id] if relation.a.id else None,
        b=register[relation.b.id] if relation.b.id else None,
        a_folded=fold(f"{relation.a.name} | {relation.a.text}"),
        b_folded=fold(f"{relation.b.name} | {relation.b.text}"),
        voice=relation.attribution[-1].name if relation.attribution else "",
        voice_folded=fold(" | ".join(link.name for link in relation.attribution)),
        record=relation.model_dump_json(by_alias=True),
        day=report.day,
    )


def stored_claim(row: models.Claim, report: models.Report, incidents: tuple[str, ...]) -> StoredClaim:
    """The claim with its report's head; wants the report's ``source`` to be selected."""
    return StoredClaim(
        **dict(Claim.model_validate_json(row.record)),
        report=report.key,
        title=report.title,
        source=report.source.name if report.source else None,
        published=report.published,
        incidents=incidents,
    )


def stored_relation(row: models.Relation, report: models.Report) -> StoredRelation:
    """The relation with its report's head; wants the report's ``source`` to be selected."""
    return StoredRelation(
        **dict(Relation.model_validate_json(row.record)),
        report=report.key,
        source=report.source.name if report.source else None,
        published=report.published,
    )


def named_actors(reading: Reading) -> dict[str, Actor]:
    """Every actor of claims and relations that has a register id, by id."""
    actors = [actor for claim in reading.claims for actor in (*claim.actors, *claim.targets)]
    actors += [actor for relation in reading.relations for actor in (relation.a, relation.b)]
    return {actor.id: actor for actor in actors if actor.id}


def claim_days(claim: Claim, published: date | None, where: str) -> tuple[date | None, date | None]:
    """The first and last day that the claim's event may fall on, as far as filters need it."""
    first = last = None
    if claim.time is not None:
        first, last = day_of(claim.time.from_, where), day_of(claim.time.to, where)
    if last is None and first is not None and published is not None:
        last = max(first, published)
    return first or last or published, last or first or published


def place_folded(place: Place | None) -> str:
    """All names of a place, folded, with bars between."""
    if place is None:
        return ""
    names = (place.name, place.text, place.admin2, place.admin1, place.country)
    return fold(" | ".join(name for name in dict.fromkeys(names) if name))


def evidence_text(evidence: Iterable[Span]) -> str:
    """The words a claim rests on, in one string."""
    return " … ".join(span.text for span in evidence)
