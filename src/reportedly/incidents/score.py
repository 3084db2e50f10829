"""How much speaks for two claims telling one incident."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.incidents.facts import Facts
from reportedly.incidents.features import Related, features
from reportedly.incidents.weights import POINTS


@dataclass(frozen=True, slots=True)
class Score:
    """Points, and the reasons in words with the points of each, as in "same day (2025-06-01): +2.0"."""

    points: float
    reasons: tuple[str, ...]


def unrelated(one: str, other: str) -> bool:
    """The lineage of actors where no register is at hand: nobody is related."""
    return False


def score(a: Facts, b: Facts, related: Related = unrelated) -> Score:
    """The points of two claims; the same whichever comes first."""
    if (b.report, b.start, b.key) < (a.report, a.start, a.key):
        a, b = b, a
    told = [(POINTS[name], words) for name, words in features(a, b, related)]
    return Score(round(sum(points for points, _ in told), 3), tuple(f"{words}: {points:+.1f}" for points, words in told))
