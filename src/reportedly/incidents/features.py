"""The named features of two claims: each yields a weight's name and the reason in words, for the reader of an incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import asin, cos, radians, sin, sqrt

from reportedly.incidents.facts import Facts, Party
from reportedly.incidents.weights import COMPATIBLE, MOST_RARE_NAMES, TOLERANCE_KM

Reason = tuple[str, str]
"""The name of a weight, and the reason in words."""
Related = Callable[[str, str], bool]
"""Whether two register ids are of one lineage: part of, renamed, split from."""

EARTH_KM = 6371.0
SIDED = frozenset({"battle", "agreement", "truce_end"})
"""Families where either side may be told as the actor."""


def features(a: Facts, b: Facts, related: Related) -> Iterator[Reason]:
    """All reasons for and against one incident, in a fixed order."""
    yield from text(a, b)
    yield from kinds(a, b)
    yield from places(a, b)
    yield from times(a, b)
    yield from parties(a, b, related)
    yield from counts(a, b)
    yield from rare_names(a, b)


def text(a: Facts, b: Facts) -> Iterator[Reason]:
    """The same words of one report, or of a report and its copy; "the attack" after an attack."""
    if a.origin != b.origin:
        return
    if a.report == b.report:
        if a.start < b.end and b.start < a.end:
            yield "same words of one report", f"both rest on the word “{a.trigger}”"
        elif _later(a, b).is_reference:
            yield "points back in one report", f"“the {_later(a, b).trigger}” points back in the same report"
    elif a.start == b.start and a.trigger == b.trigger:
        yield "same words in a copy", f"the same words (“{a.trigger}”) in a copy of the report"


def kinds(a: Facts, b: Facts) -> Iterator[Reason]:
    """Type and family."""
    if a.type == b.type:
        yield "same type", f"same type of act ({_plain(a.type)})"
    elif a.family == b.family:
        yield "same family", f"same kind of act ({_plain(a.family)})"
    elif any(a.family in kinds and b.family in kinds for kinds in COMPATIBLE):
        yield "kinds compatible", f"{_plain(a.family)} and {_plain(b.family)} may be one act"
    else:
        yield "kinds differ", f"{_plain(a.family)} is not {_plain(b.family)}"


def places(a: Facts, b: Facts) -> Iterator[Reason]:
    """Distance against both precisions where points are known, else names."""
    if a.place is None or b.place is None:
        return
    if a.iso2 and b.iso2 and a.iso2 != b.iso2:
        yield "other country", f"in different countries ({a.iso2}, {b.iso2})"
        return
    fine, wide = _tolerances(a, b)
    if wide >= TOLERANCE_KM[6]:
        if a.iso2 and a.iso2 == b.iso2:
            yield "same country", f"same country ({a.iso2})"
        return
    if a.place == b.place and a.admin1 == b.admin1:
        yield ("places agree" if wide < TOLERANCE_KM[4] else "same first-level unit"), f"same place ({a.place})"
        return
    distance = distance_km(a, b)
    if distance is None:
        if a.admin1 and a.admin1 == b.admin1:
            yield "same first-level unit", f"both in {a.admin1}"
    elif distance <= fine:
        agree = "places agree" if wide < TOLERANCE_KM[4] else "same first-level unit"
        yield agree, f"{distance:.0f} km apart, within what both places allow"
    elif distance <= wide and (a.admin1 is None or b.admin1 is None or a.admin1 == b.admin1):
        yield "place within the wider place", f"{distance:.0f} km apart, within the vaguer of the two places"
    else:
        yield "places too far apart", f"{distance:.0f} km apart ({a.place}, {b.place})"


def times(a: Facts, b: Facts) -> Iterator[Reason]:
    """Overlap of the intervals, and how narrow they are."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return
    gap = max((a.first - b.last).days, (b.first - a.last).days)
    if gap > 0:
        name = "days differ by one" if gap == 1 else "times apart"
        yield name, f"{gap} day{'s' if gap > 1 else ''} apart ({_span(a)}, {_span(b)})"
    elif a.day_is_known and b.day_is_known:
        yield "same day", f"same day ({a.first.isoformat()})"
    elif max((a.last - a.first).days, (b.last - b.first).days) <= 7 and not (a.time_is_bound_only or b.time_is_bound_only):
        yield "times overlap within a week", f"same time within a week ({_span(a)}, {_span(b)})"
    else:
        yield "times overlap", f"times may be the same ({_span(a)}, {_span(b)})"


def parties(a: Facts, b: Facts, related: Related) -> Iterator[Reason]:
    """Who did it, to whom; either side may be called the actor of a fight or a pact."""
    if (
        a.family in SIDED
        and b.family in SIDED
        and _shares(a.actors, b.targets) + _shares(a.targets, b.actors)
        > (_shares(a.actors, b.actors) + _shares(a.targets, b.targets))
    ):
        yield from _side("actor", a.actors, b.targets, related)
        yield from _side("target", a.targets, b.actors, related)
        return
    yield from _side("actor", a.actors, b.actors, related)
    yield from _side("target", a.targets, b.targets, related)


def counts(a: Facts, b: Facts) -> Iterator[Reason]:
    """Killed, else injured; tolls change, so that a difference says little."""
    for what, one, other in (("killed", a.killed, b.killed), ("injured", a.injured, b.injured)):
        if one is None or other is None:
            continue
        if one == other and one[0]:
            yield "same figure", f"same number {what} ({_figure(one)})"
        elif (one[1] == 0 and (other[0] or 0) > 0) or (other[1] == 0 and (one[0] or 0) > 0):
            yield "none against many", f"none {what} against {_figure(other if one[1] == 0 else one)}"
        elif _meet(one, other):
            yield "figures compatible", f"numbers {what} agree ({_figure(one)}, {_figure(other)})"
        else:
            yield "figures differ", f"numbers {what} differ ({_figure(one)}, {_figure(other)})"
        return


def rare_names(a: Facts, b: Facts) -> Iterator[Reason]:
    """Names in the words of both claims that are neither their places nor their parties: a bridge, a hotel, a weapon."""
    if a.report == b.report:
        return
    for word in sorted(a.words & b.words)[:MOST_RARE_NAMES]:
        yield "shared rare name", f"both name “{word}”"


def distance_km(a: Facts, b: Facts) -> float | None:
    """Great-circle distance of the told points, or ``None`` where one has none."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    lat, other = radians(a.lat), radians(b.lat)
    half = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _side(role: str, ours: tuple[Party, ...], theirs: tuple[Party, ...], related: Related) -> Iterator[Reason]:
    if not ours or not theirs:
        return
    shared = sorted({one.name for one in ours for other in theirs if one.id and one.id == other.id})
    shared = shared or sorted({one.name for one in ours for other in theirs if one.words and one.words == other.words})
    if shared:
        yield f"same {role}", f"same {role} ({shared[0]})"
        return
    pairs = sorted(((one, other) for one in ours for other in theirs), key=lambda pair: (pair[0].name, pair[1].name))
    for one, other in pairs:
        if one.id and other.id and (related(one.id, other.id) or related(other.id, one.id)):
            yield f"{role} related", f"{one.name} and {other.name} are of one lineage"
            return
    for one, other in pairs:
        if one.words & other.words:
            yield f"{role}'s name alike", f"{role}s alike ({one.name}, {other.name})"
            return
    if all(party.is_named for party in (*ours, *theirs)):
        yield f"other {role}", f"different {role}s ({pairs[0][0].name}, {pairs[0][1].name})"


def _shares(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> int:
    return len({one.token for one in ours} & {other.token for other in theirs})


def _tolerances(a: Facts, b: Facts) -> tuple[float, float]:
    one, other = TOLERANCE_KM[a.precision or 5], TOLERANCE_KM[b.precision or 5]
    return min(one, other), max(one, other)


def _later(a: Facts, b: Facts) -> Facts:
    return a if (a.start, a.key) > (b.start, b.key) else b


def _meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    infinity = float("inf")
    low, high = max(one[0] or 0, other[0] or 0), min(infinity if end is None else end for end in (one[1], other[1]))
    return low <= high


def _figure(count: tuple[int | None, int | None]) -> str:
    low, high = count
    if low == high:
        return str(low)
    if high is None:
        return f"{low} or more"
    return f"up to {high}" if low is None else f"{low} to {high}"


def _span(claim: Facts) -> str:
    if claim.first is None or claim.last is None:
        return "no day"
    if claim.first == claim.last:
        return claim.first.isoformat()
    return f"{claim.first.isoformat()} to {claim.last.isoformat()}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
