"""What was followed last, as the address bar asks for it: the relations that stand on a day, and entries of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from django.db.models import F, QuerySet

from reportedly.casebook import Filter
from reportedly.casebook.text import fold
from reportedly.desk.models import Following, LedgerEntry, PairState
from reportedly.relations.records import Outcome


@dataclass(frozen=True, slots=True)
class StatesAsked:
    """Which states of relations are asked for: those of a day between ``first`` and ``last`` (``None``: nothing was followed)."""

    day: date | None
    first: date | None
    last: date | None
    kind: str
    actor: str


def states_asked(run: Following | None, query: Mapping[str, str]) -> StatesAsked:
    """What ``day``, ``kind`` and ``actor`` of a query ask for; without a day that can be read, the last there is."""
    first, last = _span(run)
    return StatesAsked(day_of(query.get("day", ""), last), first, last, query.get("kind", ""), query.get("actor", "").strip())


def states(run: Following | None, asked: StatesAsked) -> QuerySet[PairState]:
    """The states asked for, those told last first."""
    if run is None or asked.day is None:
        return PairState.objects.none()
    rows = PairState.objects.filter(run=run, first__lte=asked.day, last__gte=asked.day)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.actor:
        rows = rows.filter(names__contains=fold(asked.actor))
    return rows.order_by("-told", "-pk")


def ledger(run: Following | None, asked: Filter, outcome: str) -> QuerySet[LedgerEntry]:
    """The entries that a filter asks for by days, words and actor, and with an outcome where one is named; the latest first."""
    rows = LedgerEntry.objects.filter(run=run) if run else LedgerEntry.objects.none()
    if asked.since:
        rows = rows.filter(said__gte=asked.since)
    if asked.until:
        rows = rows.filter(said__lte=asked.until)
    for told in (asked.text, asked.actor):
        for word in fold(told or "").split():
            rows = rows.filter(words__contains=word)
    if outcome in get_args(Outcome):
        rows = rows.filter(outcome=outcome)
    return rows.order_by(F("said").desc(nulls_last=True), "-pk")


def day_of(text: str, fallback: date | None) -> date | None:
    """The day that a text names, else another."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback


def _span(run: Following | None) -> tuple[date | None, date | None]:
    """The first day that anything is told of, and the last day of publication."""
    first = PairState.objects.filter(run=run).order_by("first").values_list("first", flat=True).first() if run else None
    if run is None or first is None:
        return None, None
    return first, max(day_of(run.day, first) or first, first)
