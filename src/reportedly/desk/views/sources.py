"""Sources: who publishes, for whom they speak, how they are graded; and feeds with their last fetch."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from reportedly.casebook import models
from reportedly.casebook.grading import sources as sources_of
from reportedly.casebook.rows import LAST_DAY
from reportedly.desk import asking
from reportedly.desk.audit import note
from reportedly.desk.keeping import kept
from reportedly.desk.middleware import casebook
from reportedly.desk.roles import needs
from reportedly.incidents.grades import CREDIBILITY, RELIABILITY
from reportedly.watches import feeds as watched

FEED_MINUTES: Final = (5, 7 * 24 * 60)
"""How often a feed may be asked: at most every five minutes, at least once a week."""


def listing(request: HttpRequest) -> HttpResponse:
    """Sources with most reports first, with their grades, and the feeds."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    sources = models.Source.objects.using(using)
    name = request.GET.get("name", "").strip()
    if name:
        sources = sources.filter(name__icontains=name)
    pages = asking.Pages(asked.page, sources.count())
    numbers = kept(using, "sources", lambda: use_of_sources(using))
    named = sorted(sources.values_list("pk", flat=True), key=lambda pk: (-numbers.get(pk, {"number": 0})["number"], pk))
    chosen = named[asked.offset : asked.offset + asking.PAGE]
    found = models.Source.objects.using(using).in_bulk(chosen)
    grades = {row.id: row for row in sources_of(using, chosen) if row.by is not None}
    context: dict[str, Any] = {
        "pages": pages,
        "name": name,
        "rows": [(found[pk], numbers.get(pk), grades.get(found[pk].key)) for pk in chosen],
        "feeds": models.Feed.objects.order_by("address"),
        "reliability": RELIABILITY,
        "credibility": CREDIBILITY,
        "last_day": LAST_DAY,
    }
    return render(request, "desk/sources.html", context)


def use_of_sources(using: str) -> dict[int, dict[str, Any]]:
    """For each source how many reports there are, and of which days."""
    reports = models.Report.objects.using(using).exclude(source=None).values("source")
    counted = reports.annotate(number=Count("pk"), first=Min("day"), last=Max("day")).order_by()
    return {row["source"]: dict(row) for row in counted}


@needs("editor")
@require_POST
def grade(request: HttpRequest) -> HttpResponse:
    """Grade a source on one or both of the two scales; an empty value takes the grade away."""
    source = request.POST.get("source", "")
    if not models.Source.objects.using(casebook().alias).filter(key=source).exists():
        messages.error(request, "There is no such source.")
        return redirect("sources")
    reliability, credibility = request.POST.get("reliability", ""), request.POST.get("credibility", "")
    casebook().grade(
        source,
        reliability if reliability in RELIABILITY else None,
        credibility if credibility in CREDIBILITY else None,
        by=request.user.get_username(),
    )
    note(request.user, "graded", source, f"{reliability or '–'}{credibility or '–'}")
    messages.success(request, "The grade is kept.")
    return redirect("sources")


@needs("editor")
@require_POST
def feeds(request: HttpRequest) -> HttpResponse:
    """Add a feed, or take one away."""
    book = casebook()
    address = (request.POST.get("remove") or request.POST.get("address", "")).strip()[:2000]
    if request.POST.get("remove"):
        if watched.remove(book, address):
            note(request.user, "removed feed", address)
        return redirect("sources")
    if not address.startswith(("https://", "http://")):
        messages.error(request, "A feed's address begins with https:// or http://.")
        return redirect("sources")
    every = request.POST.get("every", "")
    wanted = int(every) if every.isascii() and every.isdecimal() and len(every) < 7 else 30
    minutes = min(max(wanted, FEED_MINUTES[0]), FEED_MINUTES[1])
    if watched.add(book, address, request.POST.get("name", "").strip()[:200], minutes):
        note(request.user, "added feed", address)
    return redirect("sources")
