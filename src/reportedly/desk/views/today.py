"""The first page: what came in, what waits, what changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import models
from reportedly.desk import following, queue, telling
from reportedly.desk.keeping import kept
from reportedly.desk.middleware import casebook
from reportedly.desk.models import Following, LedgerEntry, Turn
from reportedly.desk.turns import IncidentTurn
from reportedly.desk.views.relations import turns
from reportedly.desk.views.threats import entries
from reportedly.incidents.records import Incident
from reportedly.relations import Threat
from reportedly.watches.records import Told

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Changed:
    """An incident, and what changed in it: of each toll and of how it stands the latest, with who told it before and who now."""

    incident: Incident
    turns: tuple[tuple[IncidentTurn, str, str], ...]


def today(request: HttpRequest) -> HttpResponse:
    """What came in, what waits for review, new threats, relations and incidents that changed, and what failed."""
    book = casebook()
    using = book.alias
    run = following.latest()
    is_current = following.is_current(run, book)
    if not is_current:
        following.soon(book)
    arrived = models.Report.objects.using(using).select_related("source").defer("text").order_by("-pk")[:SHOWN]
    context: dict[str, Any] = {
        "counts": kept(using, "counts", book.counts),
        "waiting": queue.left(),
        "arrived": arrived,
        "run": run,
        "is_current": is_current,
        "threats": new_threats(run) if run else [],
        "turns": turns(run, Turn.RELATION, None, None)[:SHOWN] if run else [],
        "incidents": changed(using, run) if run else [],
        "noticed": noticed(using),
        "failed": failures(using),
    }
    return render(request, "desk/today.html", context)


def new_threats(run: Following) -> list[Any]:
    """The threats uttered last."""
    rows = LedgerEntry.objects.filter(run=run).exclude(said=None).order_by("-said", "-pk")
    return entries([Threat.model_validate_json(row.record) for row in rows[:SHOWN]])


def changed(using: str, run: Following) -> list[Changed]:
    """Incidents whose toll or standing changed last, each once."""
    rows = Turn.objects.filter(run=run, kind=Turn.INCIDENT).order_by("-day", "-pk")[: SHOWN * 8]
    found: dict[str, list[IncidentTurn]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(IncidentTurn(**json.loads(row.record)))
    keys = list(found)[:SHOWN]
    records = dict(models.Incident.objects.using(using).filter(key__in=keys).values_list("key", "record"))
    shown = [turn for key in keys for turn in found[key]]
    known = telling.tellers(using, {claim for turn in shown for claim in (*turn.before_claims, *turn.now_claims)})
    return [
        Changed(
            Incident.model_validate_json(records[key]),
            tuple((turn, telling.by(turn.before_claims, known), telling.by(turn.now_claims, known)) for turn in found[key]),
        )
        for key in keys
        if key in records
    ]


def noticed(using: str) -> list[Told]:
    """What watches noticed last, as they told it."""
    rows = models.Alert.objects.using(using).order_by("-made", "-pk").values_list("record", flat=True)[:SHOWN]
    return [Told.model_validate_json(record) for record in rows]


def failures(using: str) -> list[tuple[str, str]]:
    """What failed last: feeds that gave an error, and reports that could not be read."""
    feeds = [
        (feed.address, feed.error or "") for feed in models.Feed.objects.exclude(error=None).order_by("-last_fetched")[:SHOWN]
    ]
    items = models.WorkItem.objects.using(using).filter(state=models.WorkItem.FAILED).order_by("-pk")[:SHOWN]
    return [*feeds, *((item.where or "", item.error or "") for item in items)][:SHOWN]
