"""When two names, places, dates or tolls of two codings count as the same."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

FILLERS = frozenset({"the", "of", "and", "a", "s", "group", "forces", "members"})
"""Words of a name that tell nothing apart."""
SHARED = 0.5
"""Share of words, days or names from which on two count as alike."""
FIRST_DAY, LAST_DAY = 0, 10**7
"""Stand for the open ends of an interval, in ordinal days."""
EARTH_KM = 6371.0
_BRACKETS = re.compile(r"\(.*?\)")
_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"\b[A-Z][A-Z\-]{1,6}\b")

Fields = Mapping[str, Any]


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others; what stands in brackets is left out."""
    return frozenset(_WORD.findall(_BRACKETS.sub(" ", name.lower()))) - FILLERS


def names_alike(a: str | None, b: str | None) -> bool:
    """Whether one name's words lie within the other's, an abbreviation is shared, or half of all words are.

    Two missing names are alike; one missing name is like no other.

    >>> names_alike("Tehrik-i-Taliban Pakistan (TTP)", "TTP"), names_alike("the Northern Front", "Northern Front fighters")
    (True, True)
    """
    if not a or not b:
        return not a and not b
    if set(_SHORT.findall(a)) & set(_SHORT.findall(b)):
        return True
    x, y = name_words(a), name_words(b)
    if not x or not y:
        return a.strip().lower() == b.strip().lower()
    return x <= y or y <= x or len(x & y) / len(x | y) >= SHARED


def names_f1(gold: Sequence[str] | None, found: Sequence[str] | None) -> float:
    """F1 of two lists of names, matched one to one in the order of the gold; two empty lists agree."""
    wanted, left = list(gold or ()), list(found or ())
    total = len(wanted) + len(left)
    if not total:
        return 1.0
    hits = 0
    for name in wanted:
        match = next((other for other in left if names_alike(name, other)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return 2 * hits / total


def dates_agree(gold: Fields | None, found: Fields | None) -> bool:
    """Whether two intervals share at least half of the days they span together; two missing ones agree."""
    if not gold or not found:
        return not gold and not found
    (a, b), (c, d) = _days(gold), _days(found)
    shared = min(b, d) - max(a, c) + 1
    return shared > 0 and shared / (max(b, d) - min(a, c) + 1) >= SHARED


def _days(interval: Fields) -> tuple[int, int]:
    start, end = interval.get("start"), interval.get("end")
    return (
        date.fromisoformat(start).toordinal() if start else FIRST_DAY,
        date.fromisoformat(end).toordinal() if end else LAST_DAY,
    )


def counts_agree(gold: Fields | None, found: Fields | None) -> bool:
    """Whether both ends of two tolls are the same; no toll, a toll without numbers and zero are three things."""
    if not gold or not found:
        return not gold and not found
    return (gold.get("low"), gold.get("high")) == (found.get("low"), found.get("high"))


def places_agree(gold: Fields | None, found: Fields | None) -> bool:
    """Whether the places' names are alike; a place without a name goes by its country."""
    return names_alike(_place_name(gold), _place_name(found))


def _place_name(place: Fields | None) -> str | None:
    return (place.get("name") or place.get("country")) if place else None


def distance_km(a: Fields | None, b: Fields | None) -> float | None:
    """The great-circle distance between two places with ``lat`` and ``lon``, or ``None`` where one has no point."""
    if not a or not b:
        return None
    points = [place.get(key) for place in (a, b) for key in ("lat", "lon")]
    if any(value is None for value in points):
        return None
    lat_a, lon_a, lat_b, lon_b = (math.radians(float(value)) for value in points if value is not None)
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
