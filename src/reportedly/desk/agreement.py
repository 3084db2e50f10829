"""How far people agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def krippendorff_alpha(units: Iterable[Mapping[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal verdicts: 1 is full agreement, 0 what chance would give.

    Each unit holds the verdicts of two or more people on one record. ``None`` where nothing can vary: no unit, or one verdict
    only. (Krippendorff, Content Analysis, chapter on reliability.)

    >>> krippendorff_alpha([{"a": "accept", "b": "accept"}, {"a": "reject", "b": "reject"}])
    1.0
    """
    coincidences: dict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        verdicts = list(unit.values())
        if len(verdicts) < 2:
            continue
        for i, one in enumerate(verdicts):
            for j, other in enumerate(verdicts):
                if i != j:
                    coincidences[one, other] += 1 / (len(verdicts) - 1)
    totals: dict[str, float] = defaultdict(float)
    for (one, _), number in coincidences.items():
        totals[one] += number
    total = sum(totals.values())
    expected = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    if not expected:
        return None
    observed = sum(number for (one, other), number in coincidences.items() if one != other)
    return 1 - (total - 1) * observed / expected
