"""Sources: who publishes, what they are, for whom they speak, how they are graded; and feeds with their last fetch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from reportedly.casebook import models
from reportedly.casebook.grading import sources as sources_of
from reportedly.casebook.rows import LAST_DAY
from reportedly.casebook.stored import GradedSource
from reportedly.desk import asking
from reportedly.desk.audit import note
from reportedly.desk.joining import register
from reportedly.desk.keeping import kept
from reportedly.desk.middleware import casebook
from reportedly.desk.roles import may, needs
from reportedly.desk.wording import SOURCE_KINDS, source_words, words
from reportedly.incidents.grades import CREDIBILITY, RELIABILITY
from reportedly.watches import feeds as watched

FEED_MINUTES: Final = (5, 7 * 24 * 60)
"""How often a feed may be asked: at most every five minutes, at least once a week."""


@dataclass(frozen=True, slots=True)
class Row:
    """One source: what people noted of it, what the register tells of its name, and the days of its reports."""

    source: GradedSource
    about: str
    registered: str
    use: dict[str, Any] | None


def listing(request: HttpRequest) -> HttpResponse:
    """Sources with most reports first, with what is known of them and their grades, and the feeds."""
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
    keys = models.Source.objects.using(using).in_bulk(chosen)
    found = {source.id: source for source in sources_of(using, chosen)}
    context: dict[str, Any] = {
        "pages": pages,
        "name": name,
        "rows": [row_of(found[keys[pk].key], numbers.get(pk)) for pk in chosen],
        "source_kinds": SOURCE_KINDS.items(),
        "can_edit": may(request.user, "editor"),
        "feeds": models.Feed.objects.order_by("address"),
        "reliability": RELIABILITY,
        "credibility": CREDIBILITY,
        "last_day": LAST_DAY,
    }
    return render(request, "desk/sources.html", context)


def row_of(source: GradedSource, use: dict[str, Any] | None) -> Row:
    """A source as the page shows it."""
    return Row(source, source_words(source.kind, source.speaks_for, source.owner), registered(source.name), use)


def registered(name: str) -> str:
    """What the actor register tells of a source's name; empty where it knows none or several of it."""
    entries = register().find(name)
    if len(entries) != 1:
        return ""
    above = register().by_id(entries[0].part_of) if entries[0].part_of else None
    return words(entries[0].kind) + (f", part of {above.name}" if above else "")


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
def note_source(request: HttpRequest) -> HttpResponse:
    """Note what a source is, whom it speaks for and who owns it; an empty field is one that is not known."""
    source = request.POST.get("source", "")
    if not models.Source.objects.using(casebook().alias).filter(key=source).exists():
        messages.error(request, "There is no such source.")
        return redirect("sources")
    kind, speaks_for, owner = (request.POST.get(name, "").strip() or None for name in ("kind", "speaks_for", "owner"))
    kept = casebook().note_source(source, kind=kind, speaks_for=speaks_for, owner=owner, by=request.user.get_username())
    told = source_words(kept.kind, kept.speaks_for, kept.owner)
    note(request.user, "noted source", source, told)
    messages.success(request, f"Noted of {kept.name}: {told}.")
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
