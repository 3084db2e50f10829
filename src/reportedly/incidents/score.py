"""How much speaks for two claims telling one incident."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.incidents.facts import Facts
from reportedly.incidents.features import Related, features
from reportedly.incidents.weights import AGAINST, HOLD, KEPT, POINTS


@dataclass(frozen=True, slots=True)
class Score:
    """Points, the reasons in words with the points of each, as in "same day (2025-06-01): +2.0", and :func:`holds` of them."""

    points: float
    reasons: tuple[str, ...]
    holds: bool


def unrelated(one: str, other: str) -> bool:
    """The lineage of actors where no register is at hand: nobody is related."""
    return False


def score(a: Facts, b: Facts, related: Related = unrelated) -> Score:
    """The points of two claims; the same whichever comes first."""
    if (b.report, b.start, b.key) < (a.report, a.start, a.key):
        a, b = b, a
    told = [(POINTS[name], words) for name, words in features(a, b, related)]
    points = [points for points, _ in told]
    reasons = tuple(f"{words}: {points:+.1f}" for points, words in told)
    return Score(round(sum(points), 3), reasons, holds(points))


def holds(points: Iterable[float]) -> bool:
    """Whether a pair with these points may stand in one group: weak ones only where nothing speaks strongly against them."""
    every = list(points)
    return sum(every) >= (HOLD if min(every, default=0.0) <= AGAINST else KEPT)
