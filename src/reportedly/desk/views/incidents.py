"""Incidents: one filter over table, map and timeline; and one incident with all versions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import models
from reportedly.casebook.corrections import lay_over_claims, lay_over_incidents
from reportedly.casebook.query import stored_claims
from reportedly.casebook.stored import StoredClaim
from reportedly.desk import asking, telling, wording
from reportedly.desk.columns import Broken, Columns, Whole, columns, found
from reportedly.desk.keeping import kept
from reportedly.desk.middleware import casebook
from reportedly.desk.views import downloads
from reportedly.desk.views.facets import Facet, choices, count_incidents
from reportedly.desk.views.reports import decisions_of
from reportedly.drawing import map as maps
from reportedly.drawing import timeline
from reportedly.drawing.base_map import disputes
from reportedly.errors import CasebookError
from reportedly.incidents.records import Incident

ORDERS: Final = ("newest", "oldest", "reports", "place")
SINGLE: Final = 400
"""Located incidents that are drawn one by one; of more only clusters are."""
CELL: Final = 20
"""Pixels across which incidents are one cluster."""
LARGE: Final = (900, 620)
"""Width and height of the map that has a page of its own."""
UNLOCATED: Final = 8
FIGURES: Final = 4
"""Versions of figures shown in the table."""
VOICES: Final = 10
"""Columns of the table of versions; further tellings are listed below it."""


def listing(request: HttpRequest) -> HttpResponse:
    """Incidents as table, timeline and map, all under the filter of the address bar."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    order = request.GET.get("order", "newest")
    order = order if order in ORDERS else "newest"
    overview = kept(using, f"incidents {asked.name}", lambda: overview_of(using, asked))
    light = columns(using)
    page = light.pk[light.ordered(light.rows(overview.keys), order)[asked.offset : asked.offset + asking.PAGE]]
    shown = lay_over_incidents(using, records_of(using, page))
    told = telling.figures(using, shown, FIGURES)
    context = {**around(asked, overview), "incidents": shown, "figures": told, "order": order}
    return render(request, "desk/incidents.html", context)


def map_page(request: HttpRequest) -> HttpResponse:
    """The same incidents on a large map, with those that are not located beside it."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    overview = kept(using, f"map {asked.name}", lambda: overview_of(using, asked, LARGE))
    context = {
        **around(asked, overview),
        "located_count": overview.total if asked.filter.box else overview.total - overview.unlocated_count,
        "disputes": disputes(),
    }
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "desk/parts/map_page.html" if is_part else "desk/map.html", context)


def around(asked: asking.Asked, overview: Overview) -> dict[str, Any]:
    """What both views of incidents show."""
    return {
        "asked": asked,
        "pages": asking.Pages(asked.page, overview.total),
        "facets": overview.facets,
        "choices": choices(),
        "download": downloads.choices("incidents"),
        "timeline": overview.timeline,
        "map": overview.map,
        "unlocated_count": overview.unlocated_count,
        "unlocated": overview.unlocated,
    }


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands around the table: all but the rows of one page. ``keys`` are the primary keys of all that is found."""

    total: int
    facets: list[Facet]
    timeline: timeline.Timeline | None
    map: maps.Drawn | None
    unlocated_count: int
    unlocated: list[Incident]
    keys: Whole


def overview_of(using: str, asked: asking.Asked, size: tuple[int, int] = (maps.WIDTH, maps.HEIGHT)) -> Overview:
    """Counts, facets, timeline and map of the incidents asked for."""
    light = columns(using)
    rows = found(using, light, asked.filter)
    # A section of the map cannot hold what is not located: that is counted and listed all the same.
    anywhere = found(using, light, replace(asked.filter, box=None)) if asked.filter.box else rows
    counted = count_incidents(light, rows)
    unlocated = anywhere[~light.located(anywhere)]
    return Overview(
        counted.total,
        counted.facets,
        timeline.draw(light.days(rows)),
        draw_map(using, light, rows[light.located(rows)], asked.filter.box, size),
        len(unlocated),
        records_of(using, light.pk[light.ordered(unlocated, "newest")[:UNLOCATED]]),
        light.pk[rows],
    )


def records_of(using: str, keys: Whole) -> list[Incident]:
    """The incidents of some primary keys, in their order."""
    wanted = keys.tolist()
    records = dict(models.Incident.objects.using(using).filter(pk__in=wanted).values_list("pk", "record"))
    return [Incident.model_validate_json(records[key]) for key in wanted if key in records]


def draw_map(using: str, light: Columns, located: Whole, box: maps.Box | None, size: tuple[int, int]) -> maps.Drawn | None:
    """The map of some located incidents; ``None`` where there are none and no section is asked for."""
    lats, lons = light.lat[located], light.lon[located]
    if box is None:
        if not len(located):
            return None
        box = maps.around([(float(lats.min()), float(lons.min())), (float(lats.max()), float(lons.max()))])
        assert box is not None
    if len(located) <= SINGLE:
        fields = ("pk", "key", "lat", "lon", "type", "standing", "record")
        wanted = models.Incident.objects.using(using).filter(pk__in=light.pk[located].tolist()).order_by("-day", "-key")
        points = _single_points(using, list(wanted.values_list(*fields)))
        return maps.draw(maps.together(points, maps.View(box, *size), CELL), box, *size)
    return maps.draw(_clusters(lats, lons, maps.View(box, *size)), box, *size)


def _single_points(using: str, rows: list[Any]) -> list[maps.Point]:
    """Incidents one by one; several at the very same place become one dot."""
    precise = dict(
        models.IncidentClaim.objects.using(using)
        .filter(incident__in=[row[0] for row in rows], role=models.IncidentClaim.MEMBER, claim__lat__isnull=False)
        .values_list("incident")
        .annotate(best=Min("claim__precision"))
    )
    by_place: dict[tuple[float, float, int | None], list[Any]] = {}
    for row in rows:
        best = precise.get(row[0])
        by_place.setdefault((row[2], row[3], best if best in maps.AREA_KM else 1), []).append(row)
    points = []
    for (lat, lon, precision), together in by_place.items():
        first = together[0]
        label = wording.words(first[4]) if len(together) == 1 else f"{len(together)} incidents"
        if precision in maps.AREA_KM:
            label += f", known only by {wording.PRECISIONS[precision]}"
        place = wording.line(Incident.model_validate_json(first[6]).place)
        standing = first[5] if len(together) == 1 else ""
        points.append(maps.Point(lat, lon, len(together), first[1], label, standing, precision, place))
    return points


def _clusters(lats: Broken, lons: Broken, view: maps.View) -> list[maps.Point]:
    """Incidents counted by cells of a grid, each at the mean of its incidents."""
    size = (view.east - view.west) / (view.width / CELL)
    across, up = np.round(lons / size).astype(np.int64), np.round(lats / size).astype(np.int64)
    cell, numbers = np.unique(across * 1_000_000 + up, return_inverse=True, return_counts=True)[1:]
    middles = (np.bincount(cell, weights=axis) / numbers for axis in (lats, lons))
    return [
        maps.Point(lat, lon, number, "", f"{number:,} incidents")
        for lat, lon, number in zip(*(axis.tolist() for axis in middles), numbers.tolist(), strict=True)
    ]


@dataclass(slots=True)
class Telling:
    """One voice in a report: a column of the table of versions, with what it tells in ``cells``; or, where it ``is_against`` the
    incident, what it says in ``quotes``."""

    source: str
    voice: str
    stance: str
    published: str
    report: str
    claims: list[StoredClaim] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)
    quotes: list[str] = field(default_factory=list)
    is_against: bool = False


FIELDS: Final = (
    ("killed", "killed"),
    ("injured", "injured"),
    ("abducted", "abducted"),
    ("arrested", "arrested"),
    ("other", "other figures"),
    ("actor", "who"),
    ("target", "to whom"),
    ("place", "where"),
    ("time", "when"),
    ("status", "status"),
)


def incident(request: HttpRequest, key: str) -> HttpResponse:
    """One incident: who says what of each field, the toll over time, the reports with their words, why they were joined."""
    book = casebook()
    found = book.get(key)
    if not isinstance(found, Incident):
        raise CasebookError("there is no such incident.", where=key)
    using = book.alias
    row = models.Incident.objects.using(using).select_related("merged_into").get(key=found.id)
    claims = member_claims(using, found)
    told = tellings_of(found, claims)
    tellings = [telling for telling in told if telling.cells]
    tell = [claims[member.claim] for member in found.members if member.role == "member" and member.claim in claims]
    context: dict[str, Any] = {
        "incident": found,
        "merged_into": row.merged_into,
        "tellings": tellings[:VOICES],
        "more": tellings[VOICES:],
        "against": [telling for telling in told if telling.is_against],
        "lines": [(name, label) for name, label in FIELDS if any(telling.cells.get(name) for telling in tellings)],
        "spreads": found.spreads,
        "members": [(member, claims[member.claim]) for member in found.members if member.claim in claims],
        "toll": draw_toll(claim for claim in tell if not claim.negated),
        "map": incident_map(found, tell),
        "changes": book.trail(found.id)[-50:],
        "links": links_in_words(found, claims),
        "decisions": decisions_of([found.id]).get(found.id, []),
        "decided": decisions_of(claims),
    }
    return render(request, "desk/incident.html", context)


def links_in_words(found: Incident, claims: dict[str, StoredClaim]) -> list[tuple[StoredClaim, str, StoredClaim, str]]:
    """How claims answer one another: who, how, whom, and why; repetitions are left out."""
    return [
        (claims[link.claim], wording.words(link.kind), claims[link.other], link.why)
        for link in found.links
        if link.kind != "repeats" and link.claim in claims and link.other in claims
    ]


def member_claims(using: str, found: Incident) -> dict[str, StoredClaim]:
    """The claims of an incident by id, those published first first."""
    rows = models.Claim.objects.using(using).filter(key__in=[member.claim for member in found.members])
    stored = stored_claims(using, list(rows.select_related("report__source").defer("report__text")))
    stored = lay_over_claims(using, stored)
    return {
        claim.id: claim for claim in sorted(stored, key=lambda claim: (claim.published or "9", claim.report, claim.trigger.start))
    }


def tellings_of(found: Incident, claims: dict[str, StoredClaim]) -> list[Telling]:
    """One telling for each voice in each report, in order of publication."""
    roles = {member.claim: member.role for member in found.members}
    made: dict[tuple[str, str, str], Telling] = {}
    for claim in claims.values():
        inner = claim.attribution[-1] if len(claim.attribution) > 1 else None
        voice = wording.line(inner.name) if inner else ""
        stance = inner.stance if inner else "asserts"
        is_against = roles[claim.id] == "denies" or stance in {"denies", "doubts"}
        at = (claim.report, voice.casefold(), "against" if is_against else "")
        telling = made.setdefault(
            at,
            Telling(
                wording.line(claim.source or "source not known"),
                voice,
                wording.STANCES[stance],
                claim.published or "",
                claim.report,
            ),
        )
        telling.is_against = is_against
        telling.claims.append(claim)
        if is_against:  # a denial's own fields are those of the denying, not of the incident
            telling.quotes.append(wording.quote(claim))
        elif roles[claim.id] == "member":
            _tell(telling.cells, claim)
    return list(made.values())


def _tell(cells: dict[str, list[str]], claim: StoredClaim) -> None:
    def put(name: str, value: str) -> None:
        if value and value not in cells.setdefault(name, []):
            cells[name].append(value)

    totals = {count.what for count in claim.counts if count.total}
    for count in claim.counts:
        whose = f" ({wording.words(count.group)})" if count.group else ""
        told = wording.amount(count.low, count.high, count.hedge) + whose
        if count.what in {"killed", "injured", "abducted", "arrested"}:
            if count.total or count.what not in totals:
                put(count.what, told)
        else:
            put("other", wording.count_words(count))
    for actor in claim.actors:
        put("actor", wording.line(actor.name))
    for actor in claim.targets:
        put("target", wording.line(actor.name))
    if claim.place is not None:
        put("place", wording.line(claim.place.name) + (" (area)" if (claim.place.precision or 1) >= 3 else ""))
    put("time", wording.day_words(claim.time))
    put("status", wording.words(claim.status) + (", said not to have happened" if claim.negated else ""))


def draw_toll(claims: Iterable[StoredClaim]) -> timeline.Toll | None:
    """The killed as told over the days of publication, by claims that tell the incident."""
    figures = []
    for claim in claims:
        totals = [count for count in claim.counts if count.what == "killed"]
        for count in [one for one in totals if one.total] or totals:
            if claim.published is not None and (count.low is not None or count.high is not None):
                told = wording.amount(count.low, count.high, count.hedge)
                day = date.fromisoformat(claim.published[:10])
                figures.append(
                    timeline.Told(
                        day, count.low, count.high, told, wording.voices_words(claim.attribution, claim.source), claim.id
                    )
                )
    unique = {(one.day, one.words, one.voices): one for one in figures}
    return timeline.draw_toll(list(unique.values()))


def incident_map(found: Incident, claims: Iterable[StoredClaim]) -> maps.Drawn | None:
    """Every place that claims tell of the incident, each as exact as it is told."""
    points: dict[tuple[float, float], maps.Point] = {}
    for claim in claims:
        place = claim.place
        if place is not None and place.lat is not None and place.lon is not None:
            label = f"{wording.line(place.name)}: {wording.precision_words(place)}"
            precision = place.precision if not place.stand_in else max(place.precision or 4, 3)
            point = maps.Point(place.lat, place.lon, 1, "", label, found.standing, precision, wording.line(place.name))
            points.setdefault((place.lat, place.lon), point)
    box = maps.around(points)
    return maps.draw(list(points.values()), box, 440, 300) if box else None
