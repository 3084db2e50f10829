"""Another table of events set against a casebook: what both have, what only one has, and where they differ.

Two events can be one if their days overlap or lie at most ``days`` apart, and their points lie at most ``km`` apart or, where
one has no honest point, they name the same place, or the same unit and country where one names no place. Pairs are taken best
first, each event once: nearer days, nearer places, the same type and a shared name count, in that order of weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

from unidecode import unidecode

from reportedly.exports.codes import iso3
from reportedly.exports.foreign import ForeignEvent
from reportedly.exports.material import Case, Side
from reportedly.knowledge.types import gtd_attacks

EARTH_KM: Final = 6371.0
LONGEST_DAYS: Final = 31
"""Events told of longer times are looked up by their first month only."""
SIDES: Final[tuple[Side, Side]] = ("actors", "targets")
UNORDERED: Final = frozenset({"acled", "ucdp-ged"})
"""Layouts whose first side need not be who acts: ACLED's order means nothing in battles, UCDP's puts a state first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two matched events differ: the values in words, ``None`` where that side tells none."""

    field: str
    theirs: str | None
    ours: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A pair taken for one event. ``days`` and ``km`` are how far they lie apart, ``km`` ``None`` where one has no point."""

    theirs: str
    ours: str
    days: int
    km: float | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table against a casebook. ``missing_here`` are ids of the table that the casebook has no incident for,
    ``missing_there`` incidents that the table has no event for; ``undated`` of them have no time to compare by."""

    matched: tuple[Match, ...]
    missing_here: tuple[str, ...]
    missing_there: tuple[str, ...]
    undated_here: tuple[str, ...]
    undated_there: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "matched": [
                {
                    "theirs": match.theirs,
                    "ours": match.ours,
                    "days_apart": match.days,
                    "km_apart": match.km,
                    "differences": [{"field": one.field, "theirs": one.theirs, "ours": one.ours} for one in match.differences],
                }
                for match in self.matched
            ],
            "missing_in_casebook": list(self.missing_here),
            "missing_in_table": list(self.missing_there),
            "without_day_in_casebook": list(self.undated_here),
            "without_day_in_table": list(self.undated_there),
        }


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    theirs: ForeignEvent
    ours: Case
    days: int
    km: float | None


def compare(events: Iterable[ForeignEvent], cases: Iterable[Case], layout: str, *, days: int = 1, km: float = 25.0) -> Comparison:
    """Match the events of a table with incidents; ``days`` and ``km`` are the most that one event may be told apart."""
    told, held = list(events), list(cases)
    by_day: dict[date, list[Case]] = defaultdict(list)
    for case in held:
        for each in _span(case.when.first, case.when.last):
            by_day[each].append(case)
    pairs = sorted(
        (pair for event in told for pair in _pairs(event, by_day, layout, days, km)),
        key=lambda pair: (-pair.score, pair.theirs.row, pair.ours.id),
    )
    matches: dict[int, _Pair] = {}
    taken: set[str] = set()
    for pair in pairs:
        if pair.theirs.row not in matches and pair.ours.id not in taken:
            matches[pair.theirs.row] = pair
            taken.add(pair.ours.id)
    return Comparison(
        matched=tuple(
            Match(pair.theirs.id, pair.ours.id, pair.days, pair.km, tuple(_differences(pair, layout)))
            for _, pair in sorted(matches.items())
        ),
        missing_here=tuple(event.id for event in told if event.row not in matches and event.first),
        missing_there=tuple(case.id for case in held if case.id not in taken and case.when.first),
        undated_here=tuple(case.id for case in held if not case.when.first),
        undated_there=tuple(event.id for event in told if not event.first),
    )


def _pairs(event: ForeignEvent, by_day: Mapping[date, list[Case]], layout: str, days: int, km: float) -> Iterator[_Pair]:
    if event.first is None:
        return
    margin = timedelta(days)
    seen: set[str] = set()
    for each in _span(event.first - margin, (event.last or event.first) + margin, extra=2 * days):
        for case in by_day.get(each, ()):
            if case.id in seen:
                continue
            seen.add(case.id)
            apart, distance = _days_apart(event, case), _distance(event, case)
            if apart > days or not _same_place(event, case, distance, km):
                continue
            score = 4.0 * (1 - apart / (days + 1)) + 3.0 * (1 - (distance or 0.0) / (km + 1)) + _likeness(event, case, layout)
            yield _Pair(score, event, case, apart, None if distance is None else round(distance, 1))


def _span(first: date | None, last: date | None, extra: int = 0) -> Iterator[date]:
    if first is None:
        return
    length = min(((last or first) - first).days, LONGEST_DAYS + extra)
    for number in range(length + 1):
        yield first + timedelta(number)


def _days_apart(event: ForeignEvent, case: Case) -> int:
    assert event.first is not None and case.when.first is not None
    their_last, our_last = event.last or event.first, case.when.last or case.when.first
    return max((case.when.first - their_last).days, (event.first - our_last).days, 0)


def _distance(event: ForeignEvent, case: Case) -> float | None:
    place = case.place
    if place is None or place.stand_in or None in {place.lat, place.lon, event.lat, event.lon}:
        return None
    assert place.lat is not None and place.lon is not None and event.lat is not None and event.lon is not None
    north, east = radians(place.lat - event.lat) / 2, radians(place.lon - event.lon) / 2
    return 2 * EARTH_KM * asin(sqrt(sin(north) ** 2 + cos(radians(place.lat)) * cos(radians(event.lat)) * sin(east) ** 2))


def _same_place(event: ForeignEvent, case: Case, distance: float | None, km: float) -> bool:
    if distance is not None and distance <= km:
        return True
    place = case.place
    if place is None or (distance is not None and not _folded(event.place)):
        return False
    if not _same_country(event.country, case):
        return False
    theirs, ours = _folded(event.place), {_folded(place.name), _folded(place.admin2)}
    if theirs and theirs in ours:
        return True
    is_coarse = not theirs or place.stand_in
    return is_coarse and _folded(event.admin1) is not None and _folded(event.admin1) == _folded(place.admin1)


def _same_country(name: str | None, case: Case) -> bool:
    place = case.place
    if not name or place is None or not place.country:
        return True
    return _folded(name) in {_folded(place.country), _folded(place.iso2), _folded(iso3(place.iso2))} or (
        (_folded(name) or "").split(" (")[0] == _folded(place.country)
    )


def _likeness(event: ForeignEvent, case: Case, layout: str) -> float:
    is_same_type = event.code is not None and event.code == code_of(case, layout)
    return 2.0 * is_same_type + 1.0 * bool(_names(event) & _our_names(case))


def _names(event: ForeignEvent) -> set[str]:
    return {name for one in (*event.actors, *event.targets) if (name := _folded(one))}


def _our_names(case: Case) -> set[str]:
    parties = (*case.parties("actors"), *case.parties("targets"))
    return {name for party in parties if (name := _folded(party.actor.name))}


def code_of(case: Case, layout: str) -> str | None:
    """The type of an incident in the scheme of a layout, ``None`` where it has none."""
    return CODES[layout](case)


def _gtd_code(case: Case) -> str | None:
    attack = gtd_attacks().get(case.type)
    return str(attack[0]) if attack else None


def _ucdp_code(case: Case) -> str | None:
    violence = case.crosswalk.ucdp_type_of_violence
    return str(violence) if violence else None


CODES: Final[Mapping[str, Callable[[Case], str | None]]] = {
    "acled": lambda case: case.crosswalk.acled_event_type,
    "ucdp-ged": _ucdp_code,
    "gtd": _gtd_code,
    "icews": lambda case: case.crosswalk.cameo_root,
    "polecat": lambda case: case.crosswalk.plover_type,
    "plover": lambda case: case.crosswalk.plover_type,
    "reports-csv": lambda case: case.type,
}


def _differences(pair: _Pair, layout: str) -> Iterator[Difference]:
    """Fields that both tell and tell otherwise, and numbers that one of them does not tell."""
    event, case = pair.theirs, pair.ours
    is_same = (event.first, event.last or event.first) == (case.when.first, case.when.last or case.when.first)
    if not is_same and not (event.is_stand_in and pair.days == 0):
        yield Difference("time", _time(event.first, event.last), _time(case.when.first, case.when.last))
    ours = code_of(case, layout)
    if event.code != ours:
        yield Difference("type", event.code, ours)
    if case.place is not None and event.place and _folded(event.place) != _folded(case.place.name):
        yield Difference("place", event.place, case.place.name)
    if event.country and not _same_country(event.country, case):
        yield Difference("country", event.country, case.place.country if case.place else None)
    yield from _party_differences(event, case, layout)
    for what, number in (("killed", event.killed), ("injured", event.injured)):
        figure = case.figure(what)
        if number != figure.number and not (what == "injured" and number is None):
            yield Difference(what, None if number is None else str(number), _figure_words(figure.number, figure.low, figure.high))


def _party_differences(event: ForeignEvent, case: Case, layout: str) -> list[Difference]:
    """Sides of which no name is the same. Where a layout's first side need not be who acts, they may be swapped."""
    own = {side: [party.actor.name for party in case.parties(side)] for side in SIDES}

    def apart(theirs: Mapping[Side, Sequence[str]]) -> list[Difference]:
        return [
            Difference(side, "; ".join(theirs[side]), "; ".join(own[side]))
            for side in SIDES
            if theirs[side] and own[side] and not set(map(_folded, theirs[side])) & set(map(_folded, own[side]))
        ]

    straight = apart({"actors": event.actors, "targets": event.targets})
    if not straight or layout not in UNORDERED:
        return straight
    turned = apart({"actors": event.targets, "targets": event.actors})
    return min(straight, turned, key=len)


def _figure_words(number: int | None, low: int | None, high: int | None) -> str | None:
    if number is None:
        return None
    return str(number) if low == high else f"{number} (told: {low} to {'open' if high is None else high})"


def _time(first: date | None, last: date | None) -> str | None:
    if first is None:
        return None
    return first.isoformat() if last in {None, first} else f"{first.isoformat()} to {last}"


def _folded(text: str | None) -> str | None:
    return " ".join(unidecode(text).lower().replace("-", " ").split()) if text else None
