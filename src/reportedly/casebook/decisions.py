"""What people decide of records: kept apart from machine output, signed, dated, undoable, tied to the words they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, get_args

from django.db import transaction

from reportedly.casebook import models
from reportedly.casebook.anchors import anchored, chunks, overlapping, relation_words
from reportedly.casebook.corrections import read_correction
from reportedly.casebook.locking import one_joins
from reportedly.casebook.lookup import locate
from reportedly.casebook.stored import Change, Decision
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError, SettingError
from reportedly.incidents.records import Incident
from reportedly.records import Relation, content_id

Verdict = Literal["accept", "correct", "reject", "same", "different", "unsure"]
JOINABLE = ("claim", "incident")
REVIEWING = ("accept", "correct", "reject")
JOINING = ("same", "different", "reject")
"""Verdicts that the next merge obeys."""
OF_TWO = ("same", "different")
MOVING = ("merged", "split")
"""Changes of incidents that can be taken back."""
WordList = list[list[object]]


def decide(
    using: str, subject: str, verdict: Verdict, *, by: str, why: str | None, other: str | None, correction: str | None
) -> Decision:
    """Store a decision; see :meth:`reportedly.casebook.book.Casebook.decide`."""
    _check(verdict, by, why, other, correction)
    with transaction.atomic(using=using):
        one_joins(using)
        kind, row = locate(using, subject)
        if correction is not None:
            read_correction(kind, correction)
        words, other_words, other_key = _words(using, kind, row), [], None
        if other is not None:
            other_kind, other_row = locate(using, other)
            if kind not in JOINABLE or other_kind not in JOINABLE:
                raise SettingError("only claims and incidents can be the same or different.", where=subject)
            if row.key == other_row.key:
                raise SettingError("this compares a record with itself.", where=row.key, remedy="Name another one.")
            other_words, other_key = _words(using, other_kind, other_row), other_row.key
        last = _last(using, row.key, words)
        if last is not None and (last.verdict, last.other, last.correction, last.by, last.why) == (
            verdict, other_key, correction, by, why,
        ):  # fmt: skip
            return record(last)
        return record(_save(using, kind, row.key, verdict, words, other_key, other_words, by, why, correction))


def _check(verdict: str, by: str, why: str | None, other: str | None, correction: str | None) -> None:
    """Raise :class:`SettingError` for what is no decision."""
    if verdict not in get_args(Verdict):
        raise SettingError(f"{verdict!r} is no verdict.", remedy=f"Use one of {', '.join(get_args(Verdict))}.")
    if not by.strip():
        raise SettingError("a decision must be signed.", remedy="Say who decides.")
    if verdict in OF_TWO and other is None:
        raise SettingError(f"{verdict} compares two records.", remedy="Name the other one.")
    if verdict in REVIEWING and other is not None:
        raise SettingError(f"{verdict} speaks of one record.", remedy="Leave the other one out.")
    if (verdict == "correct") is (correction is None):
        raise SettingError("a correction, and only a correction, says what is right.")
    if any(text is not None and UNSTORABLE.search(text) for text in (by, why, correction)):
        raise SettingError("a decision holds a character that no database stores.")


def _last(using: str, subject: str, words: WordList) -> models.Decision | None:
    """The newest decision that holds of a record."""
    held = models.Decision.objects.using(using).filter(subject=subject, undone_by=None)
    row = held.order_by("-when", "-pk").first()
    return row if row is not None and row.words == words else None


def reverse(using: str, change: int, by: str, why: str | None) -> Decision:
    """Take a merge or a split of incidents back, as a decision that later merges obey.

    The claims that were moved are called different from those that they met, or the same as those that they left.
    """
    _check("unsure", by, why, None, None)
    with transaction.atomic(using=using):
        one_joins(using)
        row = models.IncidentChange.objects.using(using).select_related("incident", "other").filter(pk=change).first()
        if row is None:
            raise CasebookError("there is no such change.", where=str(change), remedy="List changes with Casebook.trail.")
        if row.kind not in MOVING or row.other is None:
            raise SettingError("only a merge or a split of incidents can be taken back.", where=str(change))
        moved = list(row.words)
        stayed = [words for words in _words(using, "incident", row.other) if words not in moved]
        if not moved or not stayed:
            raise CasebookError("nothing is left of what this change moved.", where=str(change))
        verdict: Verdict = "different" if row.kind == "merged" else "same"
        return record(_save(using, "incident", row.incident.key, verdict, moved, row.other.key, stayed, by, why, None))


def trail(using: str, incident: str | None) -> list[Change]:
    """What became of an incident, oldest change first: its own changes, and those of others into it or from it; of all
    incidents, where none is named, only merges and splits."""
    changes = models.IncidentChange.objects.using(using).select_related("incident", "other").order_by("pk")
    if incident is None:
        rows = changes.filter(kind__in=MOVING)
    else:
        kind, found = locate(using, incident)
        if kind != "incident":
            raise SettingError(f"this is a {kind}; only incidents have a trail.", where=incident)
        rows = changes.filter(incident__key=found.key) | changes.filter(other__key=found.key)
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
    take_effect(using, stored)
    return stored


def undo(using: str, decision: str, by: str, why: str | None) -> Decision:
    """Take a decision back: it stays on record, signed by who undid it, and has no effect any more."""
    _check("unsure", by, why, None, None)
    with transaction.atomic(using=using):
        one_joins(using)
        kind, row = locate(using, decision)
        if not isinstance(row, models.Decision):
            raise SettingError(f"this is a {kind}, no decision.", where=decision, remedy="List them with: reportedly decisions")
        held = models.Decision.objects.using(using).filter(pk=row.pk, undone_by=None)
        if not held.update(undone_by=by, undone_when=datetime.now(UTC), undone_why=why):
            row.refresh_from_db(using=using)
            raise CasebookError(f"this decision was undone by {row.undone_by} before.", where=row.key)
        row.refresh_from_db(using=using)
        take_effect(using, row)
        return record(row)


def decisions(using: str, subject: str | None, *, undone: bool, by: str | None, verdict: str | None) -> Iterator[Decision]:
    """Decisions in the order they were made; of one subject, and with those undone, if asked."""
    query = models.Decision.objects.using(using).order_by("when", "pk")
    if subject is not None:
        query = query.filter(pk__in=_of(using, subject))
    if by is not None:
        query = query.filter(by=by)
    if verdict is not None:
        query = query.filter(verdict=verdict)
    if not undone:
        query = query.filter(undone_by=None)
    return map(record, list(query))


def _of(using: str, subject: str) -> set[int]:
    """The decisions of a record: made under its id, or of a claim of an earlier reading that rested on the same words."""
    table = models.Decision.objects.using(using)
    found = set((table.filter(subject=subject) | table.filter(other=subject)).values_list("pk", flat=True))
    claim = models.Claim.objects.using(using).filter(key=subject).first()
    if claim is None:
        return found
    for side, key in (("", "subject"), ("other_", "other")):
        own = overlapping(side, claim.report_key, claim.start, claim.end)
        for row in table.filter(own).exclude(**{key: subject}):
            words = row.other_words if side else row.words
            is_claim = row.subject_kind == "claim" if not side else (row.other or "").startswith("claim")
            if is_claim and claim.pk in anchored(using, words).values():
                found.add(row.pk)
    return found


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
        undone_why=row.undone_why,
    )


def _words(using: str, kind: str, row: object) -> WordList:
    """The words that a record rests on: of an incident, those of all its members, first ones first; none of a report or actor."""
    if isinstance(row, models.Incident):
        links = models.IncidentClaim.objects.using(using).filter(incident=row, role=models.IncidentClaim.MEMBER)
        links = links.order_by("claim__day", "claim__report_key", "claim__start", "claim__key")
        return [list(words) for words in links.values_list("claim__report_key", "claim__start", "claim__end")]
    if isinstance(row, models.Relation):
        return [list(relation_words(row.report_key, Relation.model_validate_json(row.record)))]
    return [[row.report_key, row.start, row.end]] if isinstance(row, models.Claim) else []


def take_effect(using: str, decision: models.Decision) -> None:
    """The next merge looks again at claims called the same, different or wrong; a judged incident counts as reviewed."""
    if decision.verdict in JOINING and decision.subject_kind in (*JOINABLE, "report"):
        claims = set(anchored(using, (*decision.words, *decision.other_words)).values())
        if decision.subject_kind == "report":
            told = models.Claim.objects.using(using).filter(report_key=decision.subject)
            claims |= set(told.values_list("pk", flat=True))
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
