"""Actors: the register's entries that this casebook names, and one actor with lineage, activity and counterparts."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import models
from reportedly.casebook.query import stored_claims
from reportedly.casebook.stored import StoredClaim
from reportedly.casebook.text import fold
from reportedly.desk import asking, following
from reportedly.desk.joining import register
from reportedly.desk.middleware import casebook
from reportedly.desk.models import PairState
from reportedly.desk.views.relations import Standing, standing_of
from reportedly.drawing import timeline
from reportedly.errors import CasebookError

RECENT: Final = 12


def listing(request: HttpRequest) -> HttpResponse:
    """Entries named in claims, those named most first, with the parties that are in no register beside them."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    kind = request.GET.get("kind", "")
    entries = models.Actor.objects.using(using).all()
    if asked.filter.actor:
        entries = entries.filter(Q(name__icontains=asked.filter.actor) | Q(key=asked.filter.actor))
    if kind:
        entries = entries.filter(kind=kind)
    pages = asking.Pages(asked.page, entries.count())
    counted = entries.annotate(number=Count("parts")).order_by("-number", "key")[asked.offset : asked.offset + asking.PAGE]
    shown = list(counted)
    parts: dict[int, Counter[str]] = {row.pk: Counter() for row in shown}
    roles = models.ClaimActor.objects.using(using).filter(actor__in=list(parts)).values_list("actor", "role")
    for pk, role, number in roles.annotate(number=Count("pk")).order_by():
        parts[pk][role] = number
    context: dict[str, Any] = {
        "asked": asked,
        "pages": pages,
        "kind": kind,
        "kinds": models.Actor.objects.using(using).values_list("kind").annotate(number=Count("pk")).order_by("-number", "kind"),
        "rows": [(row, parts[row.pk]["actor"], parts[row.pk]["target"]) for row in shown],
        "unnamed": unnamed(using, asked),
    }
    return render(request, "desk/actors.html", context)


def unnamed(using: str, asked: asking.Asked) -> list[tuple[str, str, int]]:
    """Parties that are in no register, as they are called, most often called first."""
    rows = models.ClaimActor.objects.using(using).filter(actor=None)
    if asked.filter.actor:
        rows = rows.filter(folded__contains=fold(asked.filter.actor))
    return list(rows.values_list("name", "kind").annotate(number=Count("pk")).order_by("-number", "name")[:20])


def actor(request: HttpRequest, key: str) -> HttpResponse:
    """One entry: its names, its lineage, when it was named, against whom, and its latest claims and relations."""
    book = casebook()
    using = book.alias
    row = models.Actor.objects.using(using).filter(key=key).first()
    entry = register().by_id(key)
    if row is None and entry is None:
        raise CasebookError("there is no such actor.", where=key)
    context: dict[str, Any] = {
        "key": key,
        "name": row.name if row else entry.name if entry else key,
        "kind": row.kind if row else entry.kind if entry else "unknown",
        "entry": entry,
        "lineage": lineage(key),
        "activity": activity(using, row) if row else None,
        "counterparts": counterparts(using, row) if row else [],
        "claims": latest_claims(using, row) if row else [],
        "states": standings(key),
    }
    return render(request, "desk/actor.html", context)


def latest_claims(using: str, row: models.Actor) -> list[StoredClaim]:
    """The claims of the latest events that name an actor."""
    named = models.ClaimActor.objects.using(using).filter(actor=row).values("claim")
    rows = models.Claim.objects.using(using).filter(pk__in=named).order_by("-day", "-report_key", "-start", "-key")
    return stored_claims(using, list(rows.select_related("report__source").defer("report__text")[:RECENT]))


def standings(key: str) -> list[Standing]:
    """How an actor stands with others by the last day that is followed; what was told last first."""
    run = following.latest()
    if run is None:
        return []
    side = following.bounded(key)
    standing = PairState.objects.filter(run=run, last=following.ENDLESS)
    keys = {row for end in ({"a": side}, {"b": side}) for row in standing.filter(**end).order_by().values_list("told", "pk")}
    chosen = [pk for _, pk in sorted(keys, reverse=True)[:RECENT]]
    rows = PairState.objects.in_bulk(chosen)
    return [standing_of(rows[pk]) for pk in chosen]


def lineage(key: str) -> list[tuple[str, str, str]]:
    """What an entry belongs to or comes from: how, id, name."""
    entry = register().by_id(key)
    if entry is None:
        return []
    found = [("part of", entry.part_of)] if entry.part_of else []
    found += [("successor of", other) for other in entry.successor_of]
    named = []
    for how, other in found:
        known = register().by_id(other)
        named.append((how, other, known.name if known else other))
    return named


def activity(using: str, row: models.Actor) -> timeline.Timeline | None:
    """How many claims name the actor, over the days of the events."""
    claims = models.Claim.objects.using(using).filter(parties__actor=row, background=False)
    counted = claims.values_list("day").annotate(number=Count("pk", distinct=True)).order_by()
    return timeline.draw(((day, "one_voice", number) for day, number in counted), 720, 80)


def counterparts(using: str, row: models.Actor) -> list[tuple[str, str | None, str, int]]:
    """Who stands on the other side in the same claims: name, id, family of the acts, number."""
    mine = models.ClaimActor.objects.using(using).filter(actor=row)
    numbers: Counter[tuple[str, str | None, str]] = Counter()
    for role, other in ((models.ClaimActor.ACTOR, models.ClaimActor.TARGET), (models.ClaimActor.TARGET, models.ClaimActor.ACTOR)):
        claims = mine.filter(role=role).values("claim")
        parties = models.ClaimActor.objects.using(using).filter(claim__in=claims, role=other).exclude(actor=row)
        direction = "acts on" if role == models.ClaimActor.ACTOR else "is acted on by"
        for name, key, number in (
            parties.values_list("name", "actor__key").annotate(number=Count("pk")).order_by("-number", "name")[:20]
        ):
            numbers[name, key, direction] += number
    return [(name, key, direction, number) for (name, key, direction), number in numbers.most_common(20)]
