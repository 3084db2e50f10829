"""Groups claims by their pair scores, without chaining through a weak link; the order of the input does not matter."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reportedly.incidents.weights import ABSENT, HOLD, LINK

Key = TypeVar("Key", bound=Hashable)


def group(
    members: Collection[Key],
    scores: Mapping[tuple[Key, Key], float],
    same: Collection[tuple[Key, Key]] = (),
    different: Collection[tuple[Key, Key]] = (),
    reports: Mapping[Key, Hashable] | None = None,
) -> list[list[Key]]:
    """The groups, each sorted, in the order of their first members.

    ``scores`` hold each compared pair once, in any order. ``same`` and ``different`` are people's word: the first joins
    whatever the points, the second keeps groups apart for good; where they contradict, *different* holds. Pairs join from the
    strongest down, equal ones in the order of their keys; two groups join at a pair of :data:`LINK` points if their reports
    have :data:`HOLD` on average.

    ``reports`` names the report of each member (of a copy: that which it copies); without it each member is a report of its own.
    A report tells one incident in several claims, of which one has the place and another the toll: so two reports are as like as
    their most like claims. A report that is on both sides tells two acts apart: there all its pairs count, on average.
    """
    groups = _Groups(members, scores, different, reports or {member: member for member in members})
    for a, b in sorted(_sorted_pair(pair) for pair in same):
        groups.join(a, b, must=True)
    strong = sorted((-points, _sorted_pair(pair)) for pair, points in scores.items() if points >= LINK)
    for _, (a, b) in strong:
        groups.join(a, b)
    return groups.result()


@dataclass(slots=True)
class _Between:
    """What is known of two groups: of each two reports the points of their most like claims, with the sum of these; of a report
    that is in both groups the sum of points and the number of its pairs."""

    best: dict[tuple[Hashable, Hashable], float] = field(default_factory=dict)
    total: float = 0.0
    within: dict[Hashable, tuple[float, int]] = field(default_factory=dict)

    def add(self, one: Hashable, other: Hashable, points: float) -> None:
        """A compared pair of two reports."""
        known = self.best.get((one, other))
        if known is None or points > known:
            self.best[one, other] = points
            self.total += points - (known or 0.0)

    def add_within(self, report: Hashable, points: float, pairs: int = 1) -> None:
        """Compared pairs of one report."""
        known = self.within.get(report, (0.0, 0))
        self.within[report] = (known[0] + points, known[1] + pairs)

    def take(self, further: _Between) -> None:
        """What was known of a group that is part of the first now."""
        for (one, other), points in further.best.items():
            self.add(one, other, points)
        for report, (points, pairs) in further.within.items():
            self.add_within(report, points, pairs)


class _Groups:
    """Groups under way, and what is known between any two of them, from both sides."""

    def __init__(
        self,
        members: Collection[Any],
        scores: Mapping[tuple[Any, Any], float],
        different: Collection[tuple[Any, Any]],
        reports: Mapping[Any, Hashable],
    ) -> None:
        self._home = {member: member for member in members}
        self._members = {member: [member] for member in members}
        self._reports: dict[Any, dict[Hashable, int]] = {member: {reports[member]: 1} for member in members}
        self._between: dict[Any, dict[Any, _Between]] = {member: {} for member in members}
        self._apart: dict[Any, set[Any]] = {member: set() for member in members}
        for (a, b), points in scores.items():
            if a != b and a in self._home and b in self._home:
                for one, other in ((a, b), (b, a)):
                    known = self._between[one][other] = _Between()
                    if reports[one] == reports[other]:
                        known.add_within(reports[one], points)
                    else:
                        known.add(reports[one], reports[other], points)
        for a, b in different:
            if a in self._home and b in self._home:
                self._apart[a].add(b)
                self._apart[b].add(a)

    def join(self, a: Any, b: Any, must: bool = False) -> None:
        """Put the groups of two members together, if they may be."""
        if a not in self._home or b not in self._home:
            return
        one, other = self._home[a], self._home[b]
        if one == other or other in self._apart[one] or not (must or self._hold(one, other)):
            return
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for member in self._members.pop(other):
            self._home[member] = one
            self._members[one].append(member)
        for report, number in self._reports.pop(other).items():
            self._reports[one][report] = self._reports[one].get(report, 0) + number
        for third, known in self._between.pop(other).items():
            back = self._between[third].pop(other)
            if third != one:
                self._between[one].setdefault(third, _Between()).take(known)
                self._between[third].setdefault(one, _Between()).take(back)
        for third in self._apart.pop(other):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)

    def result(self) -> list[list[Any]]:
        return sorted(sorted(members) for members in self._members.values())

    def _hold(self, one: Any, other: Any) -> bool:
        known = self._between[one].get(other, _Between())
        ours, theirs = self._reports[one], self._reports[other]
        every = len(ours) * len(theirs)
        shared = list(self._within(known, ours, theirs))
        missing = every - len(shared) - len(known.best)
        return (known.total + sum(shared) + ABSENT * missing) / every >= HOLD

    @staticmethod
    def _within(known: _Between, ours: Mapping[Hashable, int], theirs: Mapping[Hashable, int]) -> Iterator[float]:
        """The average points of each report that is in both groups."""
        few, many = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
        for report, number in few.items():
            if report in many:
                every = number * many[report]
                points, pairs = known.within.get(report, (0.0, 0))
                yield (points + ABSENT * (every - pairs)) / every


def _sorted_pair(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return pair if pair[0] <= pair[1] else (pair[1], pair[0])
