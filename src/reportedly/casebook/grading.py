"""What people say of sources (grades, kinds, owners), and the figures of best-graded sources laid over incidents when they are
read out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import get_args

from django.db import transaction
from django.db.models import Count

from reportedly.casebook import models
from reportedly.casebook.anchors import chunks
from reportedly.casebook.stored import GradedSource, SourceKind
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError, SettingError
from reportedly.incidents.grades import CREDIBILITY, RELIABILITY, Told, with_best_graded
from reportedly.incidents.records import Incident

LONGEST = 200
"""Characters of a name of an owner, or of whom a source speaks for."""


def grade(using: str, source: str, reliability: str | None, credibility: str | None, *, by: str, why: str | None) -> GradedSource:
    """Keep a grade; see :meth:`reportedly.casebook.book.Casebook.grade`."""
    _check_signed("grade", by, why)
    for value, scale, name in ((reliability, RELIABILITY, "reliability"), (credibility, CREDIBILITY, "credibility")):
        if value is not None and value not in scale:
            choices = ", ".join(f"{key} ({words})" for key, words in scale.items())
            raise SettingError(f"{value!r} is no {name}.", remedy=f"Use one of {choices}.")
    with transaction.atomic(using=using):
        row = _source(using, source)
        last = models.Grade.objects.using(using).filter(source=row).order_by("-pk").first()
        said = (reliability, credibility, by, why)
        if last is None or (last.reliability, last.credibility, last.by, last.why) != said:
            models.Grade(
                source=row, reliability=reliability, credibility=credibility, by=by, when=datetime.now(UTC), why=why
            ).save(using=using)
        return next(found for found in sources(using, [row.pk]))


def note(
    using: str, source: str, kind: str | None, speaks_for: str | None, owner: str | None, *, by: str, why: str | None
) -> GradedSource:
    """Keep what a source is; see :meth:`reportedly.casebook.book.Casebook.note_source`."""
    speaks_for, owner = ((text or "").strip() or None for text in (speaks_for, owner))
    _check_signed("note", by, why, speaks_for, owner)
    if kind is not None and kind not in get_args(SourceKind):
        raise SettingError(f"{kind!r} is no kind of source.", remedy=f"Use one of {', '.join(get_args(SourceKind))}.")
    for text, name in ((speaks_for, "speaks for"), (owner, "owner")):
        if text is not None and len(text) > LONGEST:
            raise SettingError(f"{name} is longer than {LONGEST} characters.", remedy="Name it shortly; reasons go into why.")
    with transaction.atomic(using=using):
        row = _source(using, source)
        last = models.SourceNote.objects.using(using).filter(source=row).order_by("-pk").first()
        said = (kind, speaks_for, owner, by, why)
        if last is None or (last.kind, last.speaks_for, last.owner, last.by, last.why) != said:
            models.SourceNote(
                source=row, kind=kind, speaks_for=speaks_for, owner=owner, by=by, when=datetime.now(UTC), why=why
            ).save(using=using)
        return next(found for found in sources(using, [row.pk]))


def named(using: str, asked: str) -> GradedSource:
    """The source with this id or name, or the only one whose name holds it; see
    :meth:`reportedly.casebook.book.Casebook.source`."""
    return sources(using, [_source(using, asked).pk])[0]


def _check_signed(what: str, by: str, *texts: str | None) -> None:
    if not by.strip():
        raise SettingError(f"a {what} must be signed.", remedy="Say who says so.")
    if any(text is not None and UNSTORABLE.search(text) for text in (by, *texts)):
        raise SettingError(f"a {what} holds a character that no database stores.")


def _source(using: str, asked: str) -> models.Source:
    """The source with this id or name, or the only one whose name holds it."""
    table = models.Source.objects.using(using)
    exact = table.filter(key=asked).first() or table.filter(name=asked).first()
    if exact is not None:
        return exact
    found = list(table.filter(name__icontains=asked).order_by("name")[:4]) if asked.strip() else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise CasebookError("no source in the casebook has this name.", where=asked, remedy="List them with: reportedly sources")
    raise CasebookError(f"several sources fit ({', '.join(row.name for row in found[:3])} …).", where=asked, remedy="Write more.")


def sources(using: str, only: Iterable[int] | None = None) -> list[GradedSource]:
    """The sources by name, with how many reports each published, and the grade and the note that hold."""
    table = models.Source.objects.using(using).order_by("name", "pk")
    rows = list(table if only is None else table.filter(pk__in=list(only)))
    counted = models.Report.objects.using(using).exclude(source=None).values_list("source").annotate(number=Count("pk"))
    numbers: dict[int, int] = dict(counted.order_by())
    chosen = None if only is None else [row.pk for row in rows]
    held, notes = _newest(using, chosen), _notes(using, chosen)
    return [_graded(row, numbers.get(row.pk, 0), held.get(row.pk), notes.get(row.pk)) for row in rows]


def _graded(row: models.Source, reports: int, grade: models.Grade | None, told: models.SourceNote | None) -> GradedSource:
    about = told or row
    return GradedSource(
        id=row.key,
        name=row.name,
        kind=about.kind,
        speaks_for=about.speaks_for,
        owner=about.owner,
        noted_by=told.by if told else None,
        noted=told.when.astimezone(UTC).isoformat() if told else None,
        reports=reports,
        reliability=grade.reliability if grade else None,
        credibility=grade.credibility if grade else None,
        by=grade.by if grade else None,
        when=grade.when.astimezone(UTC).isoformat() if grade else None,
        why=grade.why if grade else None,
    )


def _notes(using: str, only: Iterable[int] | None = None) -> dict[int, models.SourceNote]:
    """The note that holds of each source, by primary key."""
    table = models.SourceNote.objects.using(using).order_by("pk")
    rows = table if only is None else table.filter(source__in=list(only))
    return {row.source_id: row for row in rows}


def _newest(using: str, only: Iterable[int] | None = None) -> dict[int, models.Grade]:
    """The grade that holds of each source, by primary key."""
    table = models.Grade.objects.using(using).order_by("pk")
    rows = table if only is None else table.filter(source__in=list(only))
    return {row.source_id: row for row in rows}


def lay_grades(using: str, incidents: Iterable[Incident]) -> list[Incident]:
    """The incidents with what the best-graded source of each toll tells; a copy counts as published by whom it copies, where that
    source is graded."""
    incidents = list(incidents)
    held = {pk: row for pk, row in _newest(using).items() if row.reliability is not None}
    if not held:
        return incidents
    told = _told(using, {member.report for incident in incidents if incident.tolls for member in incident.members}, held)
    laid = []
    for incident in incidents:
        home = {member.claim: member.report for member in incident.members}
        tolls = with_best_graded(incident.tolls, lambda claim, home=home: told.get(home.get(claim, "")))  # type: ignore[misc]
        laid.append(incident.model_copy(update={"tolls": tolls}) if tolls != incident.tolls else incident)
    return laid


def graded_reports(using: str, reports: Iterable[str]) -> Mapping[str, Told]:
    """Who published each of some reports, with the grade, where the source is graded."""
    return _told(using, set(reports), {pk: row for pk, row in _newest(using).items() if row.reliability is not None})


def _told(using: str, reports: set[str], held: Mapping[int, models.Grade]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    columns = ("key", "published_on", "source", "source__name", "duplicate_of__source", "duplicate_of__source__name")
    for chunk in chunks(sorted(reports)):
        rows = models.Report.objects.using(using).filter(key__in=chunk).values_list(*columns)
        for key, day, own, own_name, first, first_name in rows:
            pk, name = (first, first_name) if first in held else (own, own_name)
            if pk in held:
                grade = held[pk]
                found[key] = Told(name, day.isoformat() if day else None, grade.reliability, grade.credibility)
    return found
