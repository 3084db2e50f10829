"""The words that decisions and changes rest on, and the claims that rest on them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from reportedly.casebook import models
from reportedly.incidents.facts import AFTERMATH, SPEECH

Item = TypeVar("Item")
Words = tuple[str, int, int]
"""A report, and the first and past-last offset of some words in it."""
CHUNK = 800
"""Values in one IN list."""


def anchored(using: str, words: Iterable[Sequence[object]]) -> dict[Words, int]:
    """The claims that rest on some words now: that with the very trigger, else the first that overlaps it and makes
    incidents. Words that no claim rests on any more are left out."""
    asked = sorted({as_words(item) for item in words})
    found: dict[str, list[tuple[int, int, str, int, bool]]] = {}
    columns = ("report_key", "start", "end", "key", "pk", "family", "type", "background")
    for chunk in chunks(sorted({report for report, _, _ in asked})):
        rows = models.Claim.objects.using(using).filter(report_key__in=chunk).values_list(*columns)
        for report, start, end, key, pk, family, kind, background in rows:
            makes = family not in SPEECH and kind not in AFTERMATH and not background
            found.setdefault(report, []).append((start, end, key, pk, makes))
    homes: dict[Words, int] = {}
    for report, start, end in asked:
        near = sorted(item for item in found.get(report, ()) if item[0] < end and start < item[1])
        best = next((item for item in near if (item[0], item[1]) == (start, end) and item[4]), None)
        best = best or next((item for item in near if item[4]), None) or next(iter(near), None)
        if best is not None:
            homes[report, start, end] = best[3]
    return homes


def as_words(item: Sequence[object]) -> Words:
    """Words as they come out of JSON."""
    report, start, end = item
    return str(report), int(str(start)), int(str(end))


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items, a limited number at a time."""
    items = list(items)
    for at in range(0, len(items), size):
        yield items[at : at + size]
