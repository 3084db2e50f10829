"""What people decide of records: kept apart from machine output, signed, dated, undoable, tied to the words they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, get_args

from django.db import transaction

from reportedly.casebook import models
from reportedly.casebook.lookup import locate
from reportedly.casebook.merge import anchored
from reportedly.casebook.stored import Decision
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError, SettingError
from reportedly.incidents.records import Incident
from reportedly.records import content_id

Verdict = Literal["accept", "correct", "reject", "same", "different", "unsure"]
JOINABLE = ("claim", "incident")
REVIEWING = ("accept", "correct", "reject")
Words = tuple[str, int, int] | tuple[None, None, None]


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
        words = _words(using, kind, row)
        other_words: Words = (None, None, None)
        other_key = None
        if other is not None:
            other_kind, other_row = locate(using, other)
            if kind not in JOINABLE or other_kind not in JOINABLE:
                raise SettingError("only claims and incidents can be the same or different.", where=subject)
            other_words, other_key = _words(using, other_kind, other_row), other_row.key
        when = datetime.now(UTC)
        stored = models.Decision(
            key=content_id(
                "decision", row.key, other_key, verdict, by, when.isoformat(), models.Decision.objects.using(using).count()
            ),
            subject_kind=kind,
            subject=row.key,
            other=other_key,
            verdict=verdict,
            correction=correction,
            by=by,
            when=when,
            why=why,
            report=words[0],
            start=words[1],
            end=words[2],
            other_report=other_words[0],
            other_start=other_words[1],
            other_end=other_words[2],
        )
        stored.save(using=using, force_insert=True)
        _take_effect(using, stored)
        return record(stored)


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


def _words(using: str, kind: str, row: object) -> Words:
    """The words that a record rests on: of an incident, those of its first member."""
    if isinstance(row, models.Incident):
        links = models.IncidentClaim.objects.using(using).filter(incident=row, role=models.IncidentClaim.MEMBER)
        link = links.select_related("claim").order_by("claim__day", "claim__report_key", "claim__start", "claim__key").first()
        row = link.claim if link else None
    return (row.report_key, row.start, row.end) if isinstance(row, models.Claim) else (None, None, None)


def _take_effect(using: str, decision: models.Decision) -> None:
    """The next merge looks again at claims called the same or different; an incident that was judged counts as reviewed."""
    if decision.verdict in {"same", "different"}:
        for words in (
            (decision.report, decision.start, decision.end),
            (decision.other_report, decision.other_start, decision.other_end),
        ):
            claim = anchored(using, *words)
            if claim is not None:
                done = models.Claim.objects.using(using).filter(pk=claim, merging=models.Claim.DONE)
                done.update(merging=models.Claim.REGROUP)
    elif decision.subject_kind == "incident" and decision.verdict in REVIEWING:
        held = models.Decision.objects.using(using).filter(subject=decision.subject, verdict__in=REVIEWING, undone_by=None)
        review = "reviewed" if held.exists() else "candidate"
        for row in models.Incident.objects.using(using).filter(key=decision.subject):
            row.review = review
            row.record = Incident.model_validate_json(row.record).model_copy(update={"review": review}).model_dump_json()
            row.save(using=using)
