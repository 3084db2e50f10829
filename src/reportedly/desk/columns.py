"""Light columns of all incidents as arrays, and which claims they have: what a filter finds is counted, drawn and put in order
without asking the database for every record again. Read anew when the casebook has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import chain
from typing import Any, Final

import numpy as np
from django.db import connections
from django.db.models import CharField, Count, Max, QuerySet
from django.db.models.functions import Cast
from numpy.typing import NDArray

from reportedly.casebook import Filter, models, search
from reportedly.casebook.conditions import MEMBER_TERMS, claim_terms, incident_terms
from reportedly.desk.keeping import incidents_version, kept

Whole = NDArray[np.int64]
Broken = NDArray[np.float64]
COLUMNS: Final = ("pk", "told", "reports", "lat", "lon", "family", "standing", "review", "place")
CODED: Final = ("family", "standing", "review", "place")
"""Columns of text: kept as numbers, with the texts in the order of the alphabet."""
BY_ARRAYS: Final = frozenset({*MEMBER_TERMS, "located", "box"})
"""Terms of a filter that are not asked of the table of incidents."""


@dataclass(frozen=True, slots=True)
class Columns:
    """All incidents that hold claims, by day and id.

    ``day`` is an ordinal; ``lat`` and ``lon`` are not-a-number where an incident is not located; ``codes`` hold the texts of the
    coded columns by their place in ``texts``.
    """

    pk: Whole
    day: Whole
    reports: Whole
    lat: Broken
    lon: Broken
    codes: dict[str, Whole]
    texts: dict[str, tuple[str, ...]]

    def rows(self, keys: Whole) -> Whole:
        """The rows of some primary keys, oldest first."""
        return np.flatnonzero(_among(self.pk, keys))

    def located(self, rows: Whole) -> NDArray[np.bool_]:
        """Which of some rows are located."""
        return ~np.isnan(self.lat[rows])

    def counts(self, rows: Whole, name: str) -> dict[str, int]:
        """How many of some rows bear each text of a coded column."""
        numbers = np.bincount(self.codes[name][rows], minlength=len(self.texts[name]))
        return {text: int(number) for text, number in zip(self.texts[name], numbers, strict=True) if number}

    def days(self, rows: Whole) -> list[tuple[date, str, int]]:
        """How many of some rows there are by day and standing."""
        texts = self.texts["standing"]
        both, numbers = np.unique(self.day[rows] * len(texts) + self.codes["standing"][rows], return_counts=True)
        return [
            (date.fromordinal(day), texts[standing], number)
            for (day, standing), number in zip((divmod(one, len(texts)) for one in both.tolist()), numbers.tolist(), strict=True)
        ]

    def ordered(self, rows: Whole, order: str) -> Whole:
        """Some rows, which come oldest first, in an order of the table."""
        newest = rows[::-1]
        match order:
            case "oldest":
                return rows
            case "reports":
                return newest[np.argsort(-self.reports[newest], kind="stable")]
            case "place":
                return rows[np.lexsort((-self.day[rows], self.codes["place"][rows]))]
        return newest


def prepare(using: str) -> None:
    """Read all that :func:`found` needs before somebody waits for it."""
    columns(using), _links(using)


def columns(using: str) -> Columns:
    """The columns of a casebook as it is now."""
    return kept(using, "columns", lambda: _read(using), incidents_version)


def found(using: str, light: Columns, asked: Filter) -> Whole:
    """The rows that a filter asks for, oldest first."""
    members = Filter(**{name: getattr(asked, name) for name in MEMBER_TERMS})
    own = Filter(**{one.name: getattr(asked, one.name) for one in fields(asked) if one.name not in BY_ARRAYS})
    chosen = np.ones(len(light.pk), dtype=bool)
    if own != Filter():
        wanted = models.Incident.objects.using(using).filter(incident_terms(using, own))
        chosen &= _among(light.pk, _keys(using, wanted))
    if members != Filter():
        chosen &= _among(light.pk, _incidents_of(using, _claims(using, members)))
    if asked.located is not None:
        chosen &= np.isnan(light.lat) != asked.located
    if asked.box is not None:
        west, south, east, north = asked.box
        chosen &= (light.lat >= south) & (light.lat <= north) & (light.lon >= west) & (light.lon <= east)
    return np.flatnonzero(chosen)


def _claims(using: str, asked: Filter) -> Whole:
    """The primary keys of the claims that fit. Words are looked for by themselves: very many claims may hold them, and to look up
    each of them for the other terms would take long."""
    bare = replace(asked, text=None)
    held = None if asked.text is None else _holding(using, asked.text)
    if held is not None and bare == Filter():
        return held
    fitting = _keys(using, models.Claim.objects.using(using).filter(claim_terms(using, bare)))
    return fitting if held is None else fitting[_among(fitting, held)]


def _holding(using: str, text: str) -> Whole:
    words = search.matching(using, "claim", text)
    return _numbers(using, words.sql, words.params)


def _keys(using: str, query: QuerySet[Any]) -> Whole:
    """The primary keys of what a query finds."""
    return _numbers(using, *query.values_list("pk").query.get_compiler(using).as_sql())


def _numbers(using: str, sql: str, parameters: Sequence[Any]) -> Whole:
    """The whole numbers that a statement selects. They come as one text, which takes a third of the time that so many rows do."""
    with connections[using].cursor() as cursor:
        joined = "string_agg(number::text, ',')" if connections[using].vendor == "postgresql" else "group_concat(number)"
        cursor.execute(f"WITH found(number) AS ({sql}) SELECT {joined} FROM found", parameters)
        told: str | None = cursor.fetchone()[0]
    return np.fromstring(told, dtype=np.int64, sep=",") if told else np.empty(0, dtype=np.int64)


def _incidents_of(using: str, claims: Whole) -> Whole:
    """The primary keys of the incidents that have one of some claims."""
    claim, incident = _links(using)
    return incident[_among(claim, claims)]


def _among(values: Whole, wanted: Whole) -> NDArray[np.bool_]:
    """Which of some primary keys are among others."""
    if not len(values) or not len(wanted):
        return np.zeros(len(values), dtype=bool)
    is_wanted = np.zeros(max(int(values.max()), int(wanted.max())) + 1, dtype=bool)
    is_wanted[wanted] = True
    found: NDArray[np.bool_] = is_wanted[values]
    return found


def _links(using: str) -> tuple[Whole, Whole]:
    """Which claim belongs to which incident."""
    return kept(using, "links", lambda: _read_links(using), links_version)


def links_version(using: str) -> str:
    """What changes whenever links do: they are made, taken away, or go over to a newly read claim."""
    links = models.IncidentClaim.objects.using(using).aggregate(top=Max("pk"), number=Count("pk"))
    newest = models.Claim.objects.using(using).aggregate(top=Max("pk"))
    return f"{links['top']}-{links['number']}-{newest['top']}"


def _read_links(using: str) -> tuple[Whole, Whole]:
    rows = _rows(using, models.IncidentClaim.objects.using(using).values_list("claim", "incident"))
    both = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _rows(using: str, query: QuerySet[Any]) -> list[tuple[Any, ...]]:
    sql, parameters = query.query.get_compiler(using).as_sql()
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _read(using: str) -> Columns:
    # A day read as text is as quick as any text; read as a date it costs more than all else.
    query = models.Incident.objects.using(using).filter(claims__gt=0).order_by("day", "key")
    rows = _rows(using, query.annotate(told=Cast("day", CharField())).values_list(*COLUMNS))
    by_name = dict(zip(COLUMNS, zip(*rows, strict=True) if rows else [()] * len(COLUMNS), strict=True))
    days = {day: date.fromisoformat(day).toordinal() for day in set(by_name["told"])}
    texts = {name: tuple(sorted(set(by_name[name]))) for name in CODED}
    return Columns(
        pk=np.array(by_name["pk"], dtype=np.int64),
        day=_coded(by_name["told"], days),
        reports=np.array(by_name["reports"], dtype=np.int64),
        lat=np.array(by_name["lat"], dtype=np.float64),
        lon=np.array(by_name["lon"], dtype=np.float64),
        codes={name: _coded(by_name[name], {text: at for at, text in enumerate(texts[name])}) for name in CODED},
        texts=texts,
    )


def _coded(values: Sequence[str], codes: dict[str, int]) -> Whole:
    return np.fromiter(map(codes.__getitem__, values), dtype=np.int64, count=len(values))
