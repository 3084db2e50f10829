"""What the address bar asks for: one filter over tables, map and timeline, and the page and order of a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from reportedly.casebook import Filter, models
from reportedly.casebook.conditions import claim_terms, incident_terms, report_terms
from reportedly.errors import SettingError

PAGE: Final = 50
TERMS: Final = ("text", "since", "until", "place", "country", "actor", "type", "family", "status", "voice")
EXTRA: Final = ("review", "precision", "source", "located", "box", "reports")
LABELS: Final = {
    "text": "words",
    "since": "from",
    "until": "to",
    "status": "standing",
    "voice": "said by",
    "type": "kind",
    "review": "review",
    "source": "source",
    "precision": "place known to",
    "located": "on the map",
    "box": "map section",
    "reports": "told by at least",
}
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, and what the casebook's own filter has no word for. ``problems`` says what was left out, and why."""

    filter: Filter
    extra: Mapping[str, str]
    page: int
    problems: tuple[str, ...]
    given: Mapping[str, str]

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Each narrowing in force: its name, its label, its value."""
        return [(name, LABELS.get(name, name), value) for name, value in self.given.items()]

    @property
    def is_deep(self) -> bool:
        """Whether only claims can answer it, so that it is costly to ask twice."""
        inner = ("text", "place", "country", "actor", "voice")
        return any(getattr(self.filter, name) is not None for name in inner) or bool({"precision", "source"} & set(self.extra))

    @property
    def name(self) -> str:
        """All that it asks for, save the page, in a fixed order."""
        return repr(sorted(self.given.items()))

    @property
    def box(self) -> Box | None:
        """The asked section of the map: west, south, east, north in degrees."""
        return read_box(self.extra.get("box"))

    @property
    def offset(self) -> int:
        """Records before the asked page."""
        return (self.page - 1) * PAGE


def asked_of(query: QueryDict) -> Asked:
    """What a query string asks for. What means nothing is left out and told, never an error page."""
    problems: list[str] = []
    terms: dict[str, Any] = {}
    for name in TERMS:
        value = (query.get(name) or "").strip()[:500]
        if not value:
            continue
        try:
            given: dict[str, Any] = {name: value}
            Filter(**given)
        except SettingError as error:
            problems.append(str(error))
            continue
        terms[name] = value
    extra = {name: value for name in EXTRA if (value := (query.get(name) or "").strip()[:200])}
    if "box" in extra and read_box(extra["box"]) is None:
        problems.append(f"{extra.pop('box')!r} is no section of the map.")
    for name in ("precision", "reports"):
        if name in extra and not extra[name].isdecimal():
            problems.append(f"{extra.pop(name)!r} is no number.")
    page = query.get("page", "1")
    number = min(int(page), 100_000) if page.isascii() and page.isdecimal() and int(page) > 0 else 1
    return Asked(Filter(**terms), extra, number, tuple(problems), {**terms, **extra})


def listed(using: str, keys: list[int]) -> RawSQL:
    """Primary keys as a subquery, for as many as there may be: no database takes so many parameters."""
    if connections[using].vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [keys])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def read_box(text: str | None) -> Box | None:
    """West, south, east, north from ``w,s,e,n``; ``None`` for what is no box on the earth."""
    try:
        west, south, east, north = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def incidents(using: str, asked: Asked) -> QuerySet[models.Incident]:
    """The incidents asked for, in no order yet."""
    query = models.Incident.objects.using(using).filter(incident_terms(using, asked.filter))
    extra = asked.extra
    if "review" in extra:
        query = query.filter(review=extra["review"])
    if "located" in extra:
        query = query.filter(lat__isnull=extra["located"] == "no")
    if "reports" in extra:
        query = query.filter(reports__gte=int(extra["reports"]))
    if asked.box is not None:
        west, south, east, north = asked.box
        query = query.filter(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east)
    inner = Q()
    if "precision" in extra:
        inner &= Q(precision__lte=int(extra["precision"]))
    if "source" in extra:
        inner &= Q(report__source__key=extra["source"]) | Q(report__source__name=extra["source"])
    if inner:
        claims = models.Claim.objects.using(using).filter(inner).values("pk")
        query = query.filter(pk__in=models.IncidentClaim.objects.using(using).filter(claim__in=claims).values("incident"))
    return query


def reports(using: str, asked: Asked) -> QuerySet[models.Report]:
    """The reports asked for, in no order yet."""
    query = models.Report.objects.using(using).filter(report_terms(using, asked.filter))
    if "source" in asked.extra:
        query = query.filter(Q(source__key=asked.extra["source"]) | Q(source__name=asked.extra["source"]))
    return query


def claims(using: str, asked: Asked) -> QuerySet[models.Claim]:
    """The claims asked for, in no order yet."""
    return models.Claim.objects.using(using).filter(claim_terms(using, asked.filter))


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of a table stands among all."""

    page: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    @property
    def first_row(self) -> int:
        """The number of the page's first row, from 1; 0 where there is none."""
        return min((self.page - 1) * PAGE + 1, self.total)

    @property
    def last_row(self) -> int:
        """The number of the page's last row."""
        return min(self.page * PAGE, self.total)

    @property
    def before(self) -> int | None:
        """The page before, if any."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after, if any."""
        return self.page + 1 if self.page < self.last else None
