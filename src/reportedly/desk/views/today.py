"""The first page: what came in, what waits, what changed."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import Filter, models
from reportedly.desk import queue
from reportedly.desk.middleware import casebook
from reportedly.desk.models import Feed
from reportedly.incidents.records import Incident

SHOWN = 6


def today(request: HttpRequest) -> HttpResponse:
    """What came in, what waits for review, new threats, relations that changed, incidents that are disputed or grew."""
    book = casebook()
    using = book.alias
    arrived = models.Report.objects.using(using).select_related("source").defer("text").order_by("-pk")[:SHOWN]
    newest = Filter(newest=True, limit=SHOWN)
    context: dict[str, Any] = {
        "counts": book.counts(),
        "waiting": queue.left(),
        "arrived": arrived,
        "threats": list(islice(book.claims(Filter(family="threat", newest=True, limit=SHOWN)), SHOWN)),
        "relations": list(islice(book.relations(newest), SHOWN)),
        "incidents": changed(using),
        "failed": failures(using),
    }
    return render(request, "desk/today.html", context)


def changed(using: str) -> list[Incident]:
    """Incidents that were made, joined or split last; each once."""
    rows = models.IncidentChange.objects.using(using).filter(incident__claims__gt=1).order_by("-pk")
    keys = list(dict.fromkeys(rows.values_list("incident_id", flat=True)[:200]))[:SHOWN]
    found = models.Incident.objects.using(using).in_bulk(keys)
    return [Incident.model_validate_json(found[key].record) for key in keys if key in found]


def failures(using: str) -> list[tuple[str, str]]:
    """What failed last: feeds that gave an error, and reports that could not be read."""
    feeds = [(feed.address, feed.error or "") for feed in Feed.objects.exclude(error=None).order_by("-last_fetched")[:SHOWN]]
    items = models.WorkItem.objects.using(using).filter(state=models.WorkItem.FAILED).order_by("-pk")[:SHOWN]
    return [*feeds, *((item.where or "", item.error or "") for item in items)][:SHOWN]
