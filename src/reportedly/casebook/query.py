"""Reading a casebook: streams of records in a fixed order, a chunk at a time, so that memory stays flat."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Count, Max, Min, Model, Q, QuerySet

from reportedly.casebook import models, rows
from reportedly.casebook.conditions import claim_terms, incident_terms, party_terms, relation_terms, report_terms
from reportedly.casebook.connection import Database
from reportedly.casebook.filters import Filter
from reportedly.casebook.grading import lay_grades
from reportedly.casebook.stored import ActorUse, StoredClaim, StoredRelation, StoredReport
from reportedly.incidents.records import Incident
from reportedly.records import Reading

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
Overlay = Callable[[str, Iterable[Item]], list[Item]]
CHUNK = 500

REPORT_ORDER = ("day", "key")
CLAIM_ORDER = ("day", "report_key", "start", "key")
RELATION_ORDER = ("day", "report_key", "key")
INCIDENT_ORDER = ("day", "key")


def reports(database: Database, asked: Filter) -> Iterator[StoredReport]:
    """Reports by day of publication."""
    stored = models.Report.objects.using(database.alias).select_related("source", "duplicate_of").defer("duplicate_of__text")
    query: QuerySet[Any] = stored.filter(report_terms(database.alias, asked)).annotate(claim_count=Count("claims"))
    return _stream(
        database, query, REPORT_ORDER, asked, lambda chunk: [rows.stored_report(row, row.claim_count) for row in chunk]
    )


def claims(database: Database, asked: Filter, lay_over: Overlay[StoredClaim] | None = None) -> Iterator[StoredClaim]:
    """Claims by day of the event, then by report and place in its text; with what ``lay_over`` makes of each chunk."""
    query = models.Claim.objects.using(database.alias).filter(claim_terms(database.alias, asked))
    query = query.select_related("report__source").defer("report__text")

    def convert(chunk: list[models.Claim]) -> list[StoredClaim]:
        found = stored_claims(database.alias, chunk)
        return lay_over(database.alias, found) if lay_over is not None else found

    return _stream(database, query, CLAIM_ORDER, asked, convert)


def relations(database: Database, asked: Filter) -> Iterator[StoredRelation]:
    """Relations by day of publication."""
    query = models.Relation.objects.using(database.alias).filter(relation_terms(database.alias, asked))
    query = query.select_related("report__source").defer("report__text")
    return _stream(database, query, RELATION_ORDER, asked, lambda chunk: [rows.stored_relation(row, row.report) for row in chunk])


def incidents(database: Database, asked: Filter, lay_over: Overlay[Incident] | None = None) -> Iterator[Incident]:
    """Incidents that hold claims, by day; with what ``lay_over`` makes of each chunk."""
    query = models.Incident.objects.using(database.alias).filter(incident_terms(database.alias, asked))

    def convert(chunk: list[models.Incident]) -> list[Incident]:
        found = lay_grades(database.alias, [Incident.model_validate_json(row.record) for row in chunk])
        return lay_over(database.alias, found) if lay_over is not None else found

    return _stream(database, query, INCIDENT_ORDER, asked, convert)


def actors(database: Database, asked: Filter) -> Iterator[ActorUse]:
    """Register entries that the claims asked for name, by id; ``limit`` and ``offset`` count entries."""

    def fetch(offset: int, size: int) -> list[ActorUse]:
        using = database.alias
        chosen = models.Claim.objects.using(using).filter(claim_terms(using, asked)).values("pk")
        entries = models.Actor.objects.using(using).all()
        if asked.actor is not None:  # of the claims that name this actor, only the actor's own entry
            named = models.ClaimActor.objects.using(using).filter(party_terms(using, asked.actor))
            entries = entries.filter(pk__in=named.values("actor"))
        uses = _with_use(entries.filter(parts__claim__in=chosen), Q(parts__claim__in=chosen))
        return [_actor_use(row) for row in uses.order_by("key")[offset : offset + size]]

    at, left = asked.offset, asked.limit
    while left is None or left > 0:
        size = CHUNK if left is None else min(CHUNK, left)
        chunk = database.call(fetch, at, size)
        yield from chunk
        if len(chunk) < size:
            return
        at, left = at + size, None if left is None else left - size


def stored_claims(using: str, chunk: Sequence[models.Claim]) -> list[StoredClaim]:
    """The records of claim rows, with the ids of their incidents."""
    links = models.IncidentClaim.objects.using(using).filter(claim__in=[row.pk for row in chunk])
    found: dict[int, list[str]] = {}
    for claim, incident in links.order_by("incident__day", "incident__key").values_list("claim", "incident__key"):
        found.setdefault(claim, []).append(incident)
    return [rows.stored_claim(row, row.report, tuple(found.get(row.pk, ()))) for row in chunk]


def readers(using: str) -> dict[str, int]:
    """Readings in use by the version that made them, most first."""
    counted = models.Reading.objects.using(using).filter(current=True).values_list("reader").annotate(count=Count("pk"))
    return dict(sorted(counted, key=lambda row: (-row[1], row[0])))


def reading(using: str, report_id: str, reader: str | None) -> Reading | None:
    """One reading of a report: by a named version, or the one in use."""
    query = models.Reading.objects.using(using).select_related("report__source").filter(report__key=report_id)
    row = query.filter(current=True).first() if reader is None else query.filter(reader=reader).first()
    if row is None:
        return None
    bare = BareReading.model_validate_json(row.record)
    return Reading(**dict(bare) | {"report": rows.report_record(row.report)})


def original(using: str, report_id: str) -> bytes | None:
    """The bytes that a report came as, or ``None`` where they were not kept."""
    row = models.Original.objects.using(using).filter(report__key=report_id).first()
    return zlib.decompress(bytes(row.data)) if row else None


class BareReading(Reading):
    """A reading without its report, as it is stored."""

    report: None = None  # type: ignore[assignment]


def actor_use(using: str, row: models.Actor) -> ActorUse:
    """One register entry with its use in all claims."""
    return _actor_use(_with_use(models.Actor.objects.using(using).filter(pk=row.pk), Q()).get())


def _with_use(entries: QuerySet[models.Actor], within: Q) -> QuerySet[Any]:
    return entries.annotate(
        as_actor=Count("parts__claim", distinct=True, filter=within & Q(parts__role=models.ClaimActor.ACTOR)),
        as_target=Count("parts__claim", distinct=True, filter=within & Q(parts__role=models.ClaimActor.TARGET)),
        first=Min("parts__claim__first_day", filter=within),
        last=Max("parts__claim__last_day", filter=within),
    )


def _actor_use(row: Any) -> ActorUse:
    return ActorUse(
        id=row.key,
        name=row.name,
        kind=row.kind,
        as_actor=row.as_actor,
        as_target=row.as_target,
        first=row.first.isoformat() if row.first else None,
        last=row.last.isoformat() if row.last else None,
    )


def _stream(
    database: Database, query: QuerySet[Row], order: tuple[str, ...], asked: Filter, convert: Callable[[list[Row]], list[Item]]
) -> Iterator[Item]:
    """Records in the order of unique columns. Each chunk begins after the last row before it, so nothing is held open
    between chunks."""
    descending = asked.newest
    query = query.order_by(*(f"-{name}" if descending else name for name in order))
    at: tuple[Any, ...] | None = None
    skip, left = asked.offset, asked.limit

    def fetch(skip: int, size: int, at: tuple[Any, ...] | None) -> tuple[list[Item], tuple[Any, ...] | None]:
        page = query if at is None else query.filter(_after(order, at, descending))
        chunk = list(page[skip : skip + size])
        last = tuple(getattr(chunk[-1], name) for name in order) if len(chunk) == size else None
        return convert(chunk), last

    while left is None or left > 0:
        size = CHUNK if left is None else min(CHUNK, left)
        items, at = database.call(fetch, skip, size, at)
        yield from items
        if at is None:
            return
        skip, left = 0, None if left is None else left - size


def _after(order: tuple[str, ...], at: tuple[Any, ...], descending: bool) -> Q:
    """Rows that come after one row."""
    sign = "lt" if descending else "gt"
    terms, equal = Q(), Q()
    for name, value in zip(order, at, strict=True):
        terms |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    return terms & Q(**{f"{order[0]}__{sign}e": at[0]})
