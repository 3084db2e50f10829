"""Estimates the weights of joining from labelled pairs: ``python -m benchmarks.estimate``.

Logistic regression with a small penalty over the named features; the intercept becomes the threshold. Figures only leave this
script: the table is read by people, who write round weights into ``reportedly/incidents/weights.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.joining import Pair

PENALTY = 1.0


@dataclass(frozen=True)
class Estimate:
    """Log-odds of each feature, and of no feature at all."""

    intercept: float
    points: dict[str, float]


def estimate(
    named: Mapping[Pair, Sequence[str]], gold: Sequence[str], given: Mapping[str, float] | None = None, penalty: float = PENALTY
) -> Estimate:
    """Weights under which the labelled pairs are most likely; those ``given`` by judgement stay as they are."""
    given = given or {}
    names = sorted({name for found in named.values() for name in found} - set(given))
    column = {name: number for number, name in enumerate(names, 1)}
    table = np.zeros((len(named), len(names) + 1))
    table[:, 0] = 1.0
    base = np.zeros(len(named))
    for row, found in enumerate(named.values()):
        for name in found:
            if name in given:
                base[row] += given[name]
            else:
                table[row, column[name]] += 1.0
    label = np.array([gold[a] == gold[b] for a, b in named], dtype=float)
    held = np.full(len(names) + 1, penalty)
    held[0] = 1e-6
    weights = np.zeros(len(names) + 1)
    for _ in range(60):
        likely = 1.0 / (1.0 + np.exp(-np.clip(base + table @ weights, -30, 30)))
        slope = table.T @ (likely - label) + held * weights
        curve = (table * (likely * (1 - likely))[:, None]).T @ table + np.diag(held)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Estimate(float(weights[0]), {**given, **{name: float(weights[column[name]]) for name in names}})
