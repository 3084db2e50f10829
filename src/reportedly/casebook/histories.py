"""What the reports of a casebook tell of relations over time, a report at a time: the input of :mod:`reportedly.relations`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.db.models import Max, Q

from reportedly.casebook import corrections, models, query, rows
from reportedly.casebook.anchors import chunks
from reportedly.casebook.book import Casebook
from reportedly.casebook.connection import Database
from reportedly.casebook.holding import relations_now
from reportedly.casebook.law import rejected_reports
from reportedly.casebook.stored import StoredClaim, StoredRelation
from reportedly.casebook.text import fold
from reportedly.linking.register import Register
from reportedly.records import Relation
from reportedly.relations.sides import initials
from reportedly.relations.tellings import FAMILIES, Telling

CHUNK: Final = 100
"""Reports in memory at a time."""
SHORTEST: Final = 3
"""Letters of a name that is looked for as a part of others."""


def tellings(casebook: Casebook, reports: frozenset[int] | None = None) -> Iterator[Telling]:
    """What each report tells, by day of publication; a few are in memory at a time. ``reports``: only these, in the order of
    their primary keys (see :func:`naming` and :class:`~reportedly.casebook.wanted.Wanted`).

    Claims as people corrected them, without those they rejected and what follows from them, and without relations they rejected.
    Exact copies of reports are left out: they tell nothing of their own.
    """
    at: tuple[date, str] | None = None
    refused = casebook._database.call(_refused, casebook.alias)
    if reports is not None:
        for some in chunks(sorted(reports), CHUNK):
            yield from casebook._database.call(_chunk, casebook._database, None, refused, frozenset(some))[0]
        return
    while True:
        found, at = casebook._database.call(_chunk, casebook._database, at, refused, None)
        yield from found
        if at is None:
            return


def naming(casebook: Casebook, asked: Iterable[str], register: Register) -> frozenset[int]:
    """The reports that name one of some sides, however: by part of a name, an abbreviation, the register's names and ids of the
    side, its services and wings, or as a voice. They hold all that is told of the sides; some may tell nothing of them."""
    return casebook._database.call(_naming, casebook.alias, tuple(asked), register)


def last_day(casebook: Casebook) -> str | None:
    """The last day of publication (ISO); ``None`` where none is known."""
    reports = models.Report.objects.using(casebook.alias).filter(unread=None)
    day = casebook._database.call(lambda: reports.aggregate(last=Max("published_on"))["last"])
    return day.isoformat() if day is not None else None


def _naming(using: str, asked: Sequence[str], register: Register) -> frozenset[int]:
    names, ids = {fold(name) for name in asked}, set(asked)
    for entry in [found for name in asked for found in (*register.find(name), *filter(None, [register.by_id(name)]))]:
        kin = [other for other in register if other.id == entry.id or entry.id in register.lineage(other.id)]
        ids |= {other.id for other in kin}
        names |= {fold(name) for other in kin for name in (other.name, *other.aliases, *other.abbreviations)}
    names |= _other_names(using, names)
    found: set[int] = set()
    claims, relations = models.Claim.objects.using(using), models.Relation.objects.using(using)
    parties = models.ClaimActor.objects.using(using)
    for chunk in chunks(sorted(ids)):
        found |= set(parties.filter(actor__key__in=chunk).values_list("claim__report", flat=True))
        found |= set(relations.filter(Q(a__key__in=chunk) | Q(b__key__in=chunk)).values_list("report", flat=True))
    for name in sorted(name for name in names if len(name) >= SHORTEST):
        found |= set(parties.filter(folded__contains=name).values_list("claim__report", flat=True))
        found |= set(claims.filter(voice_folded__contains=name).values_list("report", flat=True))
        held = Q(a_folded__contains=name) | Q(b_folded__contains=name) | Q(voice_folded__contains=name)
        found |= set(relations.filter(held).values_list("report", flat=True))
    return frozenset(found)


def _other_names(using: str, names: set[str]) -> set[str]:
    """Abbreviations of sides without an entry whose names hold one of some names, and full names that one of them shortens."""
    table = models.ClaimActor.objects.using(using).filter(actor=None)
    known = set(table.values_list("name", flat=True).distinct())
    ends = models.Relation.objects.using(using).filter(Q(a=None) | Q(b=None)).values_list("record", flat=True)
    for record in ends.iterator(CHUNK):
        relation = Relation.model_validate_json(record)
        known |= {relation.a.name, relation.b.name}
    short = {name: fold(initials(name)) for name in known if " " in name or "-" in name}
    found = {other for name, other in short.items() if any(part in fold(name) for part in names if len(part) >= SHORTEST)}
    return found | {fold(name) for name, other in short.items() if other in names}


def _refused(using: str) -> frozenset[str]:
    """Ids of the relations that people rejected, as they are read now."""
    rejected = models.Decision.objects.using(using).filter(subject_kind="relation", verdict="reject", undone_by=None)
    return frozenset(relations_now(using, list(rejected)).values())


def _chunk(
    database: Database, at: tuple[date, str] | None, refused: frozenset[str], only: frozenset[int] | None
) -> tuple[list[Telling], tuple[date, str] | None]:
    """The tellings of the next reports, and where to go on; ``None`` at the end."""
    using = database.alias
    asked = models.Report.objects.using(using).exclude(duplicate_kind=models.Report.EXACT).filter(unread=None)
    asked = asked.exclude(key__in=rejected_reports(using))
    if only is not None:
        asked = asked.filter(pk__in=only)
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
