"""The review queue: what a person should look at next, most doubtful and weightiest first."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Max

from reportedly.casebook import models
from reportedly.casebook.book import Casebook
from reportedly.desk.models import QueueItem, QueueMark
from reportedly.incidents.weights import LINK

BATCH = 2000
SETTLING = ("accept", "correct", "reject", "same", "different", "unsure")
_lock = threading.Lock()


def refresh(casebook: Casebook) -> None:
    """Put what came into the casebook since the last time into the queue. Cheap where nothing came; where another thread is at
    it, nobody waits for that."""
    if not _lock.acquire(blocking=False):
        return
    try:
        _take_claims(casebook.alias)
        _take_pairs(casebook.alias)
    finally:
        _lock.release()


def following(kind: str | None = None, after: Sequence[int] = (), limit: int = 1) -> list[QueueItem]:
    """The next items to look at, of one kind or of both; those named in ``after`` are left out."""
    # "in" keeps the order of the index on SQLite, where "not done" would sort all that wait.
    open_items = QueueItem.objects.filter(done__in=[False]).exclude(pk__in=list(after))
    if kind is not None:
        return list(open_items.filter(kind=kind).order_by("-weight", "id")[:limit])
    both = [
        item
        for name in (QueueItem.PAIR, QueueItem.CLAIM)
        for item in open_items.filter(kind=name).order_by("-weight", "id")[:limit]
    ]
    return sorted(both, key=lambda item: (-item.weight, item.pk))[:limit]


def second(using: str, by: str, kind: str | None = None, after: Sequence[int] = ()) -> list[QueueItem]:
    """The next item that others decided and this person did not: what agreement is measured on."""
    held = models.Decision.objects.using(using).filter(undone_by=None, verdict__in=SETTLING)
    mine = held.filter(by=by)
    others = held.exclude(by=by)
    items = QueueItem.objects.using(using).filter(done=True).exclude(pk__in=list(after))
    if kind is not None:
        items = items.filter(kind=kind)
    # A decision on a pair is one on its first claim too: both are told apart by the second.
    items = items.filter(subject__in=others.values("subject")).exclude(subject__in=mine.values("subject"))
    return list(items.order_by("-weight", "id")[:1])


def settle(subject: str, other: str | None, *, done: bool = True) -> None:
    """Mark an item as decided, or as open again after an undo."""
    QueueItem.objects.filter(subject=subject, other=other or "").update(done=done)


def left() -> int:
    """How many items wait."""
    return QueueItem.objects.filter(done=False).count()


def _mark(table: str) -> QueueMark:
    return QueueMark.objects.get_or_create(table=table)[0]


def _newest(table: type[models.Claim] | type[models.ClaimPair], using: str) -> int:
    return table._default_manager.using(using).aggregate(top=Max("pk"))["top"] or 0


def _take_claims(using: str) -> None:
    mark = _mark("claim")
    top = _newest(models.Claim, using)
    columns = ("pk", "key", "status", "negated", "background", "precision", "killed_low", "killed_high", "place", "family")
    while mark.seen < top:
        rows = list(
            models.Claim.objects.using(using).filter(pk__gt=mark.seen).order_by("pk").values_list(*columns, named=True)[:BATCH]
        )
        if not rows:
            break
        decided = _decided(using, [row.key for row in rows])
        items = []
        for row in rows:
            weight, why = claim_weight(row)
            items.append(QueueItem(kind=QueueItem.CLAIM, subject=row.key, weight=weight, why=why, done=row.key in decided))
        mark.seen = rows[-1].pk
        with transaction.atomic(using=DEFAULT_DB_ALIAS):
            QueueItem.objects.bulk_create(items, ignore_conflicts=True)
            mark.save()


def _take_pairs(using: str) -> None:
    mark = _mark("pair")
    top = _newest(models.ClaimPair, using)
    while mark.seen < top:
        rows = list(
            models.ClaimPair.objects.using(using)
            .filter(pk__gt=mark.seen)
            .order_by("pk")
            .values_list("pk", "a__key", "b__key", "score", "a__report_key", "b__report_key", named=True)[:BATCH]
        )
        if not rows:
            break
        items = [
            QueueItem(kind=QueueItem.PAIR, subject=row.a__key, other=row.b__key, weight=weight, why=why)
            for row in rows
            if (told := pair_weight(row.score, row.a__report_key == row.b__report_key)) is not None
            for weight, why in (told,)
        ]
        mark.seen = rows[-1].pk
        with transaction.atomic(using=DEFAULT_DB_ALIAS):
            QueueItem.objects.bulk_create(items, ignore_conflicts=True)
            mark.save()


def claim_weight(row: Any) -> tuple[float, str]:
    """How soon a claim should be looked at, and why in words: deaths weigh, so do gaps and doubtful status."""
    weight, why = 0.0, []
    killed = row.killed_high or row.killed_low
    if killed:
        weight += 1 + math.log10(1 + min(killed, 10_000))
        why.append("people killed")
    if row.status in {"alleged", "denied"} or row.negated:
        weight += 0.8
        why.append("alleged or denied")
    if not row.place:
        weight += 0.4
        why.append("no place read")
    elif row.precision is None or row.precision >= 5:
        weight += 0.3
        why.append("place only roughly known")
    if row.killed_low != row.killed_high:
        weight += 0.3
        why.append("open figure")
    if row.background:
        weight -= 1.5
        why.append("background")
    if row.family in {"statement", "other"}:
        weight -= 0.7
    return weight, ", ".join(why)


def pair_weight(score: float, is_one_report: bool) -> tuple[float, str] | None:
    """How soon two claims should be compared: those near the limit of joining first; ``None`` where there is no doubt."""
    distance = abs(score - LINK)
    if distance > 2.0 or is_one_report:
        return None
    return 2.4 - distance, "joined, but only just" if score >= LINK else "kept apart, but only just"


def _decided(using: str, keys: Iterable[str]) -> set[str]:
    held = models.Decision.objects.using(using).filter(subject__in=list(keys), undone_by=None, verdict__in=SETTLING)
    return set(held.values_list("subject", flat=True))
