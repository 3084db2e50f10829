"""What the reports of a casebook tell of relations over time, a report at a time: the input of :mod:`reportedly.relations`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q

from reportedly.casebook import corrections, models, query, rows
from reportedly.casebook.book import Casebook
from reportedly.casebook.connection import Database
from reportedly.casebook.holding import relations_now
from reportedly.casebook.law import rejected_reports
from reportedly.casebook.stored import StoredClaim, StoredRelation
from reportedly.relations.tellings import FAMILIES, Telling

CHUNK: Final = 100
"""Reports in memory at a time."""


def tellings(casebook: Casebook) -> Iterator[Telling]:
    """What each report tells, by day of publication; a few are in memory at a time.

    Claims as people corrected them, without those they rejected and what follows from them, and without relations they rejected.
    Exact copies of reports are left out: they tell nothing of their own.
    """
    at: tuple[date, str] | None = None
    refused = casebook._database.call(_refused, casebook.alias)
    while True:
        found, at = casebook._database.call(_chunk, casebook._database, at, refused)
        yield from found
        if at is None:
            return


def _refused(using: str) -> frozenset[str]:
    """Ids of the relations that people rejected, as they are read now."""
    rejected = models.Decision.objects.using(using).filter(subject_kind="relation", verdict="reject", undone_by=None)
    return frozenset(relations_now(using, list(rejected)).values())


def _chunk(
    database: Database, at: tuple[date, str] | None, refused: frozenset[str]
) -> tuple[list[Telling], tuple[date, str] | None]:
    """The tellings of the next reports, and where to go on; ``None`` at the end."""
    using = database.alias
    asked = models.Report.objects.using(using).exclude(duplicate_kind=models.Report.EXACT).filter(unread=None)
    asked = asked.exclude(key__in=rejected_reports(using))
    if at is not None:
        asked = asked.filter(Q(day__gt=at[0]) | Q(day=at[0], key__gt=at[1]))
    reports = list(asked.select_related("source").defer("text").order_by("day", "key")[:CHUNK])
    keys = [report.pk for report in reports]
    told = models.Claim.objects.using(using).filter(report__in=keys, family__in=FAMILIES)
    claims = query.stored_claims(
        using, list(told.select_related("report__source").defer("report__text").order_by("start", "key"))
    )
    kept = corrections.lay_over_claims(using, claims)
    gone = {(claim.report, claim.id) for claim in claims} - {(claim.report, claim.id) for claim in kept}
    bonds = models.Relation.objects.using(using).filter(report__in=keys).order_by("key")
    relations = [
        rows.stored_relation(row, row.report)
        for row in bonds.select_related("report__source").defer("report__text")
        if row.key not in refused
    ]
    mine: dict[str, list[StoredClaim]] = {}
    for claim in kept:
        mine.setdefault(claim.report, []).append(claim)
    between: dict[str, list[StoredRelation]] = {}
    for relation in relations:
        if not relation.claims or any((relation.report, key) not in gone for key in relation.claims):
            between.setdefault(relation.report, []).append(relation)
    found = [
        Telling(
            report=report.key,
            published=report.published,
            source=report.source.name if report.source else None,
            claims=tuple(mine.get(report.key, ())),
            relations=tuple(between.get(report.key, ())),
            incidents={claim.id: claim.incidents for claim in mine.get(report.key, ())},
        )
        for report in reports
    ]
    last = (reports[-1].day, reports[-1].key) if len(reports) == CHUNK else None
    return found, last
