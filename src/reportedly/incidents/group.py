"""Groups claims by their pair scores, without chaining through a weak link; the order of the input does not matter."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any, TypeVar

from reportedly.incidents.weights import ABSENT, HOLD, LINK

Key = TypeVar("Key", bound=Hashable)


def group(
    members: Collection[Key],
    scores: Mapping[tuple[Key, Key], float],
    same: Collection[tuple[Key, Key]] = (),
    different: Collection[tuple[Key, Key]] = (),
) -> list[list[Key]]:
    """The groups, each sorted, in the order of their first members.

    ``scores`` hold each compared pair once, in any order. ``same`` and ``different`` are people's word: the first joins
    whatever the points, the second keeps groups apart for good; where they contradict, *different* holds. Pairs join from the
    strongest down, equal ones in the order of their keys; two groups join at a pair of :data:`LINK` points if all their pairs
    have :data:`HOLD` on average.
    """
    groups = _Groups(members, scores, different)
    for a, b in sorted(_sorted_pair(pair) for pair in same):
        groups.join(a, b, must=True)
    strong = sorted((-points, _sorted_pair(pair)) for pair, points in scores.items() if points >= LINK)
    for _, (a, b) in strong:
        groups.join(a, b)
    return groups.result()


class _Groups:
    """Groups under way: between any two, the sum of points and the number of pairs that were compared."""

    def __init__(
        self, members: Collection[Any], scores: Mapping[tuple[Any, Any], float], different: Collection[tuple[Any, Any]]
    ) -> None:
        self._home = {member: member for member in members}
        self._members = {member: [member] for member in members}
        self._between: dict[Any, dict[Any, tuple[float, int]]] = {member: {} for member in members}
        self._apart: dict[Any, set[Any]] = {member: set() for member in members}
        for (a, b), points in scores.items():
            if a != b and a in self._home and b in self._home:
                self._between[a][b] = self._between[b][a] = (points, 1)
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
        for third, (points, pairs) in self._between.pop(other).items():
            del self._between[third][other]
            if third != one:
                known = self._between[one].get(third, (0.0, 0))
                self._between[one][third] = self._between[third][one] = (known[0] + points, known[1] + pairs)
        for third in self._apart.pop(other):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)

    def result(self) -> list[list[Any]]:
        return sorted(sorted(members) for members in self._members.values())

    def _hold(self, one: Any, other: Any) -> bool:
        points, pairs = self._between[one].get(other, (0.0, 0))
        every = len(self._members[one]) * len(self._members[other])
        return (points + ABSENT * (every - pairs)) / every >= HOLD


def _sorted_pair(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    return pair if pair[0] <= pair[1] else (pair[1], pair[0])
