"""What people decide of records: kept apart from machine output, signed, dated, undoable, tied to the words they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, get_args

from django.db import transaction

from reportedly.casebook import models
from reportedly.casebook.anchors import anchored, chunks
from reportedly.casebook.corrections import read_correction
from reportedly.casebook.lookup import locate
from reportedly.casebook.stored import Change, Decision, StaleDecision
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError, SettingError
from reportedly.incidents.records import Incident
from reportedly.records import content_id

Verdict = Literal["accept", "correct", "reject", "same", "different", "unsure"]
JOINABLE = ("claim", "incident")
REVIEWING = ("accept", "correct", "reject")
JOINING = ("same", "different", "reject")
"""Verdicts that the next merge obeys."""
WordList = list[list[object]]


def decide(
    using: str, subject: str, verdict: Verdict, *, by: str, why: str | None, other: str | None, correction: str | None
) -> Decision:
    """Store a decision; see :meth:`reportedly.casebook.book.Casebook.decide`."""
    if verdict not in get_args(Verdict):
        raise SettingError(f"{verdict!r} is no verdict.", remedy=f"Use one of {', '.join(get_args(Verdict))}.")
    if not by.strip():
        raise SettingError("a decision must be signed.", remedy="Say who decides.")
    if (verdict in {"same", "different"}) is (other is None):
        raise SettingError("same and different compare two records, the other verdicts speak of one.")
    if (verdict == "correct") is (correction is None):
        raise SettingError("a correction, and only a correction, says what is right.")
    if any(text is not None and UNSTORABLE.search(text) for text in (by, why, correction)):
        raise SettingError("a decision holds a character that no database stores.")
    with transaction.atomic(using=using):
        kind, row = locate(using, subject)
        if correction is not None:
            read_correction(kind, correction)
        words, other_words, other_key = _words(using, kind, row), [], None
        if other is not None:
            other_kind, other_row = locate(using, other)
            if kind not in JOINABLE or other_kind not in JOINABLE:
                raise SettingError("only claims and incidents can be the same or different.", where=subject)
            other_words, other_key = _words(using, other_kind, other_row), other_row.key
        return record(_save(using, kind, row.key, verdict, words, other_key, other_words, by, why, correction))


def reverse(using: str, change: int, by: str, why: str | None) -> Decision:
    """Take a merge or a split of incidents back, as a decision that later merges obey.

    The claims that were moved are called different from those that they met, or the same as those that they left.
    """
    with transaction.atomic(using=using):
        row = models.IncidentChange.objects.using(using).select_related("incident", "other").filter(pk=change).first()
        if row is None:
            raise CasebookError("there is no such change.", where=str(change), remedy="List changes with Casebook.trail.")
        if row.kind not in {"merged", "split"} or row.other is None:
            raise SettingError("only a merge or a split of incidents can be taken back.", where=str(change))
        moved = list(row.words)
        stayed = [words for words in _words(using, "incident", row.other) if words not in moved]
        if not moved or not stayed:
            raise CasebookError("nothing is left of what this change moved.", where=str(change))
        verdict: Verdict = "different" if row.kind == "merged" else "same"
        return record(_save(using, "incident", row.incident.key, verdict, moved, row.other.key, stayed, by, why, None))


def trail(using: str, incident: str) -> list[Change]:
    """What became of an incident, oldest change first: its own changes, and those of others into it or from it."""
    changes = models.IncidentChange.objects.using(using).select_related("incident", "other").order_by("pk")
    rows = changes.filter(incident__key=incident) | changes.filter(other__key=incident)
    return [
        Change(
            id=row.pk,
            incident=row.incident.key,
            kind=row.kind,
            other=row.other.key if row.other else None,
            when=row.when.astimezone(UTC).isoformat(),
            claims=row.claims,
        )
        for row in rows
    ]


def stale(using: str) -> list[StaleDecision]:
    """Decisions that hold but have lost what they speak of: no claim rests on their words any more, or their record is gone."""
    rows = list(models.Decision.objects.using(using).filter(undone_by=None).order_by("when", "pk"))
    homes = anchored(using, (words for row in rows for words in (*row.words, *row.other_words)))
    known: set[str] = set()
    for chunk in chunks({key for row in rows for key in (row.subject, row.other) if key}):
        for table in (models.Claim, models.Relation, models.Report, models.Actor, models.Decision):
            known |= set(table._default_manager.using(using).filter(key__in=chunk).values_list("key", flat=True))
        alive = models.Incident.objects.using(using).filter(key__in=chunk, claims__gt=0)
        known |= set(alive.values_list("key", flat=True))
    found = []
    for row in rows:
        for key, words in ((row.subject, row.words), (row.other, row.other_words)):
            if key is None:
                continue
            lost = sum((str(report), int(start), int(end)) not in homes for report, start, end in words)
            if words and lost == len(words):
                found.append(StaleDecision(decision=record(row), record=key, why="no claim rests on its words any more"))
            elif lost:
                why = f"{lost} of the {len(words)} claims that it speaks of are not read any more"
                found.append(StaleDecision(decision=record(row), record=key, why=why))
            elif not words and key not in known:
                found.append(StaleDecision(decision=record(row), record=key, why="its record is not in the casebook any more"))
    return found


def _save(
    using: str,
    kind: str,
    subject: str,
    verdict: Verdict,
    words: WordList,
    other: str | None,
    other_words: WordList,
    by: str,
    why: str | None,
    correction: str | None,
) -> models.Decision:
    when = datetime.now(UTC)
    number = models.Decision.objects.using(using).count()
    first, other_first = (own[0] if own else (None, None, None) for own in (words, other_words))
    stored = models.Decision(
        key=content_id("decision", subject, other, verdict, by, when.isoformat(), number),
        subject_kind=kind,
        subject=subject,
        other=other,
        verdict=verdict,
        correction=correction,
        by=by,
        when=when,
        why=why,
        words=words,
        other_words=other_words,
        **dict(zip(("report", "start", "end"), first, strict=True)),
        **dict(zip(("other_report", "other_start", "other_end"), other_first, strict=True)),
    )
    stored.save(using=using, force_insert=True)
    _take_effect(using, stored)
    return stored


def undo(using: str, decision: str, by: str) -> Decision:
    """Take a decision back: it stays on record, signed by who undid it, and has no effect any more."""
    with transaction.atomic(using=using):
        row = models.Decision.objects.using(using).filter(key=decision).first()
        if row is None:
            raise CasebookError("there is no such decision.", where=decision)
        if row.undone_by is not None:
            raise CasebookError(f"this decision was undone by {row.undone_by} before.", where=decision)
        row.undone_by, row.undone_when = by, datetime.now(UTC)
        row.save(using=using)
        _take_effect(using, row)
        return record(row)


def decisions(using: str, subject: str | None, *, undone: bool) -> Iterator[Decision]:
    """Decisions in the order they were made; of one subject, and with those undone, if asked."""
    query = models.Decision.objects.using(using).order_by("when", "pk")
    if subject is not None:
        query = query.filter(subject=subject) | query.filter(other=subject)
    if not undone:
        query = query.filter(undone_by=None)
    return map(record, list(query))


def record(row: models.Decision) -> Decision:
    """The decision as people see it."""
    return Decision(
        id=row.key,
        subject_kind=row.subject_kind,
        subject=row.subject,
        other=row.other,
        verdict=row.verdict,
        correction=row.correction,
        by=row.by,
        when=row.when.astimezone(UTC).isoformat(),
        why=row.why,
        report=row.report,
        start=row.start,
        end=row.end,
        undone_by=row.undone_by,
        undone_when=row.undone_when.astimezone(UTC).isoformat() if row.undone_when else None,
    )


def _words(using: str, kind: str, row: object) -> WordList:
    """The words that a record rests on: of an incident, those of all its members, first ones first."""
    if isinstance(row, models.Incident):
        links = models.IncidentClaim.objects.using(using).filter(incident=row, role=models.IncidentClaim.MEMBER)
        links = links.order_by("claim__day", "claim__report_key", "claim__start", "claim__key")
        return [list(words) for words in links.values_list("claim__report_key", "claim__start", "claim__end")]
    return [[row.report_key, row.start, row.end]] if isinstance(row, models.Claim) else []


def _take_effect(using: str, decision: models.Decision) -> None:
    """The next merge looks again at claims called the same, different or wrong; a judged incident counts as reviewed."""
    if decision.verdict in JOINING:
        claims = set(anchored(using, (*decision.words, *decision.other_words)).values())
        for chunk in chunks(sorted(claims)):
            done = models.Claim.objects.using(using).filter(pk__in=chunk, merging=models.Claim.DONE)
            done.update(merging=models.Claim.REGROUP)
    if decision.subject_kind == "incident" and decision.verdict in REVIEWING:
        held = models.Decision.objects.using(using).filter(subject=decision.subject, verdict__in=REVIEWING, undone_by=None)
        review = "reviewed" if held.exists() else "candidate"
        for row in models.Incident.objects.using(using).filter(key=decision.subject):
            row.review = review
            row.record = Incident.model_validate_json(row.record).model_copy(update={"review": review}).model_dump_json()
            row.save(using=using)
