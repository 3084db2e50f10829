"""Which decisions still fit what is read: each is found again by the words it rests on; what fits no more is listed, never
dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from reportedly.casebook import models
from reportedly.casebook.anchors import Words, anchored, anchored_among, as_words, chunks, relation_words
from reportedly.casebook.decisions import record
from reportedly.casebook.differences import changed_fields, field_words
from reportedly.casebook.load import version_key
from reportedly.casebook.query import BareReading
from reportedly.casebook.stored import Fitting, MovedDecision, StaleDecision
from reportedly.records import Claim, Relation

JUDGING: Final = ("accept", "reject")
"""Verdicts on what a claim said when it was judged."""
GONE: Final = "no claim rests on its words any more"
NOWHERE: Final[Mapping[str, Sequence[Claim]]] = {}


def fitting(using: str, foreseen: Mapping[str, Sequence[Claim]] = NOWHERE) -> Fitting:
    """How the decisions that hold fit the claims of now; for some reports instead those ``foreseen`` of a reading not stored."""
    rows = list(models.Decision.objects.using(using).filter(undone_by=None).order_by("when", "pk"))
    homes = _homes(using, rows, foreseen)
    known = _known(using, rows)
    then = _Then(using, rows, foreseen)
    bonds = relations_now(using, [row for row in rows if row.subject_kind == "relation"])
    moved, stale, held = [], [], 0
    for row in rows:
        moves: list[tuple[str, str]] = []
        if row.subject_kind == "relation":
            faults = [] if row.pk in bonds else [(row.subject, "no relation of this kind rests on its words any more")]
            moves = [(row.subject, bonds[row.pk])] if bonds.get(row.pk, row.subject) != row.subject else []
        else:
            faults = list(_faults(row, homes, known, then))
            moves = [] if faults else list(_moves(row, homes))
        held += not faults
        stale += [StaleDecision(decision=record(row), record=key, why=why) for key, why in faults]
        moved += [MovedDecision(decision=record(row), record=key, now=now) for key, now in moves]
    return Fitting(held=held, moved=tuple(moved), stale=tuple(stale))


def relations_now(using: str, rows: Sequence[models.Decision]) -> dict[int, str]:
    """The relations that decisions on relations speak of now (by the decision's primary key): with the same id, else of the same
    kind between the same words."""
    table = models.Relation.objects.using(using)
    alive: set[str] = set()
    for chunk in chunks({row.subject for row in rows}):
        alive |= set(table.filter(key__in=chunk).values_list("key", flat=True))
    found = {row.pk: row.subject for row in rows if row.subject in alive}
    for row in rows:
        if row.subject not in alive and row.words:
            words = as_words(row.words[0])
            was = _relation_then(using, row.subject, words[0])
            if was is not None and (heir := _heir(using, was, words)) is not None:
                found[row.pk] = heir
    return found


def _relation_then(using: str, key: str, report: str) -> Relation | None:
    """A relation of an earlier reading of a report."""
    readings = models.Reading.objects.using(using).filter(report__key=report, record__contains=f'"{key}"').order_by("-added")
    for row in readings:
        for relation in BareReading.model_validate_json(row.record).relations:
            if relation.id == key:
                return relation
    return None


def _heir(using: str, was: Relation, words: Words) -> str | None:
    for row in models.Relation.objects.using(using).filter(report_key=words[0], kind=was.kind).order_by("key"):
        now = Relation.model_validate_json(row.record)
        _, start, end = relation_words(words[0], now)
        if start < words[2] and words[1] < end and (was.a.name, was.b.name) == (now.a.name, now.b.name):
            return row.key
    return None


def _homes(using: str, rows: Sequence[models.Decision], foreseen: Mapping[str, Sequence[Claim]]) -> dict[Words, str]:
    """The ids of the claims that rest on the words of decisions."""
    asked = {as_words(item) for row in rows if row.subject_kind != "relation" for item in (*row.words, *row.other_words)}
    stored = anchored(using, [words for words in asked if words[0] not in foreseen])
    keys: dict[int, str] = {}
    for chunk in chunks(set(stored.values())):
        keys |= dict(models.Claim.objects.using(using).filter(pk__in=chunk).values_list("pk", "key"))
    homes = {words: keys[pk] for words, pk in stored.items()}
    for report, start, end in asked:
        if report in foreseen and (claim := anchored_among(foreseen[report], start, end)) is not None:
            homes[report, start, end] = claim.id
    return homes


def _known(using: str, rows: Sequence[models.Decision]) -> set[str]:
    """The ids that are still those of a record."""
    known: set[str] = set()
    for chunk in chunks({key for row in rows for key in (row.subject, row.other) if key}):
        for table in (models.Claim, models.Report, models.Actor, models.Decision):
            known |= set(table._default_manager.using(using).filter(key__in=chunk).values_list("key", flat=True))
        alive = models.Incident.objects.using(using).filter(key__in=chunk, claims__gt=0)
        known |= set(alive.values_list("key", flat=True))
    return known


def _faults(row: models.Decision, homes: Mapping[Words, str], known: set[str], then: _Then) -> Iterator[tuple[str, str]]:
    """What of a decision does not fit: the record, and why."""
    for key, words in ((row.subject, row.words), (row.other, row.other_words)):
        if key is None:
            continue
        lost = sum(as_words(item) not in homes for item in words)
        if words and lost == len(words):
            yield key, GONE
        elif lost:
            yield key, f"{lost} of the {len(words)} claims that it speaks of are not read any more"
        elif not words and key not in known:
            yield key, "its record is not in the casebook any more"
        elif row.subject_kind == "claim" and row.verdict in JUDGING and (why := then.difference(row)) is not None:
            yield key, why


def _moves(row: models.Decision, homes: Mapping[Words, str]) -> Iterator[tuple[str, str]]:
    """The claims of a decision that have another id now."""
    for key, words in ((row.subject, row.words), (row.other, row.other_words)):
        is_claim = key is not None and len(words) == 1 and not key.startswith("incident-")
        if is_claim and key is not None and (now := homes[as_words(words[0])]) != key:
            yield key, now


class _Then:
    """What claims said when they were judged: by the reading that was in use then."""

    def __init__(self, using: str, rows: Sequence[models.Decision], foreseen: Mapping[str, Sequence[Claim]]) -> None:
        self._using, self._foreseen = using, foreseen
        judged = {row.report for row in rows if row.subject_kind == "claim" and row.verdict in JUDGING and row.report}
        self._readings: dict[str, list[tuple[int, str, datetime, bool]]] = {}
        columns = ("report__key", "pk", "reader", "added", "current")
        for chunk in chunks(sorted(judged)):
            for report, *rest in models.Reading.objects.using(using).filter(report__key__in=chunk).values_list(*columns):
                self._readings.setdefault(report, []).append(tuple(rest))

    def difference(self, row: models.Decision) -> str | None:
        """How the judged claim reads otherwise now; ``None`` where it does not, or where what was judged cannot be told."""
        if row.report is None or not row.words:
            return None
        report, start, end = as_words(row.words[0])
        before = [item for item in self._readings.get(report, ()) if item[2] <= row.when]
        if not before:
            return None
        pk, _, _, is_current = max(before, key=lambda item: (version_key(item[1]), item[2]))
        if is_current and report not in self._foreseen:
            return None
        was = anchored_among([claim for claim in self._claims(pk) if claim.id == row.subject], start, end)
        now = anchored_among(self._now(report), start, end)
        fields = changed_fields(was, now) if was is not None and now is not None else ()
        if was is None or now is None or not fields:
            return None
        told = ", ".join(f"{field_words(was, name)} (now {field_words(now, name)})" for name in fields)
        return f"it read otherwise when it was judged: {told}"

    def _claims(self, reading: int) -> tuple[Claim, ...]:
        record = models.Reading.objects.using(self._using).values_list("record", flat=True).get(pk=reading)
        return BareReading.model_validate_json(record).claims

    def _now(self, report: str) -> Sequence[Claim]:
        if report in self._foreseen:
            return self._foreseen[report]
        records = models.Claim.objects.using(self._using).filter(report_key=report).values_list("record", flat=True)
        return [Claim.model_validate_json(text) for text in records]
