"""Relations: the network of a day, the dated story of a pair; and threats with what followed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import Filter, models
from reportedly.casebook.query import stored_claims
from reportedly.casebook.rows import LAST_DAY, stored_relation
from reportedly.casebook.stored import StoredClaim
from reportedly.desk import asking, wording
from reportedly.desk.middleware import casebook
from reportedly.desk.outcomes import outcomes
from reportedly.drawing import network
from reportedly.errors import SettingError

STALE: Final = timedelta(days=180)
"""After so long without word a state is shown as "unknown since"."""
MOST_EDGES: Final = 150
VIOLENT: Final = ("battle", "explosion_remote_violence", "violence_against_civilians", "abduction")


def listing(request: HttpRequest) -> HttpResponse:
    """The relations as last told on or before a day, drawn and in a table."""
    using = casebook().alias
    known = models.Relation.objects.using(using).exclude(day=LAST_DAY).aggregate(first=Min("day"), last=Max("day"))
    first, last = known["first"], known["last"]
    day = last
    if (given := request.GET.get("day")) and last is not None:
        day = _day(given, last)
    kind = request.GET.get("kind", "")
    states = states_on(using, day, kind) if day else []
    edges = [
        network.Edge(s["a"], s["b"], s["kind"], s["status"], s["is_stale"])
        for s in states
        if s["status"] not in {"ended", "denied"}
    ]
    names = {key: name for s in states for key, name in ((s["a"], s["a_name"]), (s["b"], s["b_name"]))}
    context: dict[str, Any] = {
        "day": day,
        "first": first,
        "last": last,
        "span": (last - first).days if first and last else 0,
        "at": (day - first).days if first and day else 0,
        "kind": kind,
        "kinds": sorted(models.Relation.objects.using(using).values_list("kind", flat=True).distinct()),
        "states": states,
        "network": network.draw(edges, names),
    }
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "desk/parts/relations.html" if is_part else "desk/relations.html", context)


def _day(text: str, fallback: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback


def states_on(using: str, day: date, kind: str) -> list[dict[str, Any]]:
    """For each pair and kind the state last told on or before a day; those told last first."""
    rows = models.Relation.objects.using(using).filter(day__lte=day)
    if kind:
        rows = rows.filter(kind=kind)
    last = (
        rows.values("a__key", "b__key", "a_folded", "b_folded", "kind")
        .annotate(last=Max("day"), newest=Max("pk"), number=Count("pk"), since=Min("day"))
        .order_by("-last", "-newest")[:MOST_EDGES]
    )
    found = list(last)
    records = (
        models.Relation.objects.using(using)
        .select_related("report__source")
        .defer("report__text")
        .in_bulk([row["newest"] for row in found])
    )
    made: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in found:
        relation = stored_relation(records[row["newest"]], records[row["newest"]].report)
        a, b = relation.a.id or f"~{relation.a.name.casefold()}", relation.b.id or f"~{relation.b.name.casefold()}"
        if (a, b, row["kind"]) in made:
            made[a, b, row["kind"]]["number"] += row["number"]
            continue
        made[a, b, row["kind"]] = {
            "a": a,
            "b": b,
            "a_name": wording.line(relation.a.name),
            "b_name": wording.line(relation.b.name),
            "kind": row["kind"],
            "status": relation.status,
            "since": row["since"],
            "last": row["last"],
            "number": row["number"],
            "is_stale": day - row["last"] > STALE,
            "relation": relation,
            "voices": wording.voices_words(relation.attribution, relation.source),
            "state": network.STATES.get(row["kind"], "belongs"),
        }
    return list(made.values())


def pair(request: HttpRequest) -> HttpResponse:
    """The dated story of two actors: every relation told of them, and what they did to each other."""
    book = casebook()
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    if not a or not b:
        raise SettingError("a pair needs two actors.")
    names = [side.removeprefix("~") for side in (a, b)]
    of_both = [
        relation
        for relation in islice(book.relations(Filter(actor=names[0], newest=True, limit=2000)), 2000)
        if {_end(relation.a), _end(relation.b)} == {a, b}
    ]
    context: dict[str, Any] = {
        "names": _names(of_both, a, b),
        "relations": of_both,
        "claims": between(book.alias, a, b) if not a.startswith("~") and not b.startswith("~") else [],
    }
    return render(request, "desk/pair.html", context)


def _end(actor: Any) -> str:
    return actor.id or f"~{actor.name.casefold()}"


def _names(relations: list[Any], a: str, b: str) -> tuple[str, str]:
    known = {_end(actor): wording.line(actor.name) for relation in relations for actor in (relation.a, relation.b)}
    return known.get(a, a.removeprefix("~")), known.get(b, b.removeprefix("~"))


def between(using: str, a: str, b: str) -> list[StoredClaim]:
    """The latest claims in which one stands against the other."""
    parts = models.ClaimActor.objects.using(using)
    first = parts.filter(actor__key=a).values("claim")
    rows = models.Claim.objects.using(using).filter(pk__in=first, parties__actor__key=b).distinct()
    rows = rows.select_related("report__source").defer("report__text").order_by("-day", "-key")[:50]
    return stored_claims(using, list(rows))


def threats(request: HttpRequest) -> HttpResponse:
    """The ledger of threats: who threatens whom, in which words, and what is told of violence between them since."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    query = asking.claims(using, asking.Asked(Filter(**{**_terms(asked), "family": "threat"}), asked.page, (), {}))
    pages = asking.Pages(asked.page, query.count())
    rows = query.select_related("report__source").defer("report__text").order_by("-day", "-report_key", "start", "key")
    page = list(rows[asked.offset : asked.offset + asking.PAGE])
    records = stored_claims(using, page)
    entries = outcomes(casebook())
    context: dict[str, Any] = {
        "asked": asked,
        "pages": pages,
        "rows": [(record, later, entries.get(record.id)) for record, later in zip(records, since(using, page))],
    }
    return render(request, "desk/threats.html", context)


def _terms(asked: asking.Asked) -> dict[str, Any]:
    return {name: getattr(asked.filter, name) for name in ("text", "since", "until", "actor", "place", "country", "voice")}


def since(using: str, page: list[models.Claim]) -> list[int]:
    """For each threat how many later claims tell violence by those who threatened, against those threatened; it does not say
    that the threat was carried out."""
    parts = models.ClaimActor.objects.using(using)
    sides: dict[int, dict[str, set[int | None]]] = {row.pk: {"actor": set(), "target": set()} for row in page}
    for claim, role, actor in parts.filter(claim__in=list(sides)).values_list("claim", "role", "actor"):
        sides[claim][role].add(actor)
    found = []
    for row in page:
        threatening, threatened = sides[row.pk]["actor"], sides[row.pk]["target"]
        if not threatening or not threatened or None in threatening | threatened:
            found.append(0)
            continue
        against = parts.filter(actor__in=threatened, role="target").values("claim")
        by = parts.filter(actor__in=threatening, role="actor", claim__in=against)
        later = by.filter(claim__family__in=VIOLENT, claim__first_day__gt=row.day, claim__background=False)
        found.append(later.values("claim").distinct().count())
    return found
