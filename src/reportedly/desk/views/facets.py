"""Facets: values to narrow a list by, each with how many records it would leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from django.db.models import Count

from reportedly.casebook import models
from reportedly.desk.columns import Columns, Whole
from reportedly.desk.wording import STANDINGS, words
from reportedly.incidents.records import Review, Standing
from reportedly.records import Family

MOST = 12


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: the key of the address bar it sets, its label, and its values with label and number (``None``: not
    counted)."""

    key: str
    label: str
    values: tuple[tuple[str, str, int | None], ...]


def source_facet(using: str) -> Facet:
    """The sources with most reports."""
    counted = (
        models.Report.objects.using(using)
        .exclude(source=None)
        .values_list("source")
        .annotate(number=Count("pk"))
        .order_by("-number", "source")[:MOST]
    )
    numbers = dict(counted)
    names = models.Source.objects.using(using).in_bulk(list(numbers))
    return Facet("source", "Source", tuple((names[pk].key, names[pk].name, number) for pk, number in numbers.items()))


def claim_facets(using: str) -> list[Facet]:
    """The families of claims."""
    counted = models.Claim.objects.using(using).values_list("family").annotate(number=Count("pk")).order_by("-number", "family")
    return [Facet("family", "Tells of", tuple((name, words(name), number) for name, number in counted[:MOST]))]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents there are, how many of them have no place on the map, and their facets."""

    total: int
    unlocated: int
    facets: list[Facet]


def count_incidents(light: Columns, rows: Whole) -> Counted:
    """All counts of some incidents."""
    keys = (("family", "Kind", "family"), ("status", "Standing", "standing"), ("review", "Review", "review"))
    facets = [
        Facet(
            key,
            label,
            tuple(
                (name, STANDINGS.get(name, words(name)), number) for name, number in ordered(light.counts(rows, column))[:MOST]
            ),
        )
        for key, label, column in keys
    ]
    return Counted(len(rows), len(rows) - int(light.located(rows).sum()), facets)


def ordered(counted: dict[str, int]) -> list[tuple[str, int]]:
    """Values with their numbers, greatest first, equals by name."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def choices() -> dict[str, list[tuple[str, str]]]:
    """The values that the filter form offers, in words."""
    return {
        "family": [(name, words(name)) for name in get_args(Family)],
        "status": [(name, STANDINGS[name]) for name in get_args(Standing) if name != "no_claims"],
        "review": [(name, words(name)) for name in get_args(Review)],
    }
