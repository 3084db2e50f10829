"""The words that decisions and changes rest on, and the claims that rest on them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Q

from reportedly.casebook import models
from reportedly.incidents.facts import AFTERMATH, SPEECH
from reportedly.records import Claim, Relation

Item = TypeVar("Item")
Words = tuple[str, int, int]
"""A report, and the first and past-last offset of some words in it."""
Anchor = tuple[int, int, str, int, bool]
"""A claim's trigger, its id, its number, and whether it makes incidents."""
CHUNK = 800
"""Values in one IN list."""


def anchored(using: str, words: Iterable[Sequence[object]]) -> dict[Words, int]:
    """The claims that rest on some words now: that with the very trigger, else the first that overlaps it and makes
    incidents. Words that no claim rests on any more are left out."""
    asked = sorted({as_words(item) for item in words})
    found: dict[str, list[Anchor]] = {}
    columns = ("report_key", "start", "end", "key", "pk", "family", "type", "background")
    for chunk in chunks(sorted({report for report, _, _ in asked})):
        rows = models.Claim.objects.using(using).filter(report_key__in=chunk).values_list(*columns)
        for report, start, end, key, pk, family, kind, background in rows:
            found.setdefault(report, []).append((start, end, key, pk, _makes(family, kind, background)))
    homes = {(report, start, end): _home(found.get(report, ()), start, end) for report, start, end in asked}
    return {words: home[3] for words, home in homes.items() if home is not None}


def anchored_among(claims: Sequence[Claim], start: int, end: int) -> Claim | None:
    """The claim of one reading that rests on some words, by the rule of :func:`anchored`."""
    triggers: list[Anchor] = [
        (claim.trigger.start, claim.trigger.end, claim.id, at, _makes(claim.family, claim.type, claim.background))
        for at, claim in enumerate(claims)
    ]
    home = _home(triggers, start, end)
    return claims[home[3]] if home is not None else None


def _home(anchors: Iterable[Anchor], start: int, end: int) -> Anchor | None:
    near = sorted(item for item in anchors if item[0] < end and start < item[1])
    best = next((item for item in near if (item[0], item[1]) == (start, end) and item[4]), None)
    return best or next((item for item in near if item[4]), None) or next(iter(near), None)


def _makes(family: str, kind: str, background: bool) -> bool:
    return family not in SPEECH and kind not in AFTERMATH and not background


def overlapping(side: str, report: str, start: int, end: int) -> Q:
    """Decisions whose first words (``side`` empty or ``other_``) meet a stretch of a report."""
    return Q(**{f"{side}report": report, f"{side}start__lt": end, f"{side}end__gt": start})


def relation_words(report: str, relation: Relation) -> Words:
    """The words that a relation rests on: from the first of its two names to the last."""
    ends = (relation.a, relation.b)
    return report, min(end.start for end in ends), max(end.end for end in ends)


def as_words(item: Sequence[object]) -> Words:
    """Words as they come out of JSON."""
    report, start, end = item
    return str(report), int(str(start)), int(str(end))


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items, a limited number at a time."""
    items = list(items)
    for at in range(0, len(items), size):
        yield items[at : at + size]
