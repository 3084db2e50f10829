"""Estimates the weights of joining from labelled pairs: ``python -m benchmarks.estimate``.

Logistic regression with a small penalty over the named features; the intercept becomes the threshold. Figures only leave this
script: the table is read by people, who write round weights into ``reportedly/incidents/weights.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import gvc_incidents, maverick
from benchmarks.joining import Pair, blocked_pairs, named_features
from benchmarks.sources import read_set, read_texts
from reportedly.incidents.weights import POINTS
from reportedly.reading.reader import Input, Reader

PENALTY = 1.0
NEAR_DAYS = 20
"""Reports of the read set published farther apart are no hard case."""

Named = dict[Pair, tuple[str, ...]]


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


def coded_pairs() -> tuple[Named, list[str]]:
    """The coded reports' pairs with their features, and the gold event of each report."""
    cases = read_set("maverick_dev")
    claims = [maverick.case_facts(case) for case in cases]
    return named_features(claims, blocked_pairs(claims)), [str(case["event_id"]) for case in cases]


def read_pairs(reader: Reader) -> tuple[Named, list[str]]:
    """Pairs of claims read from different reports of about one time, with their features, and the gold incident of each claim."""
    cases = gvc_incidents.gold_cases()
    inputs = (Input(text=c["text"], id=c["doc"], title=c["title"], published=c["date"], language="en") for c in cases)
    claims, owner = gvc_incidents.reading_facts(read_texts(reader, inputs))
    pairs = [
        (a, b)
        for a, b in combinations(range(len(claims)), 2)
        if owner[a] != owner[b]
        and (one := claims[a].published)
        and (other := claims[b].published)
        and abs((one - other).days) <= NEAR_DAYS
    ]
    return named_features(claims, pairs), [str(cases[report]["incident"]) for report in owner]


def main() -> None:
    """Print each feature's pairs, its estimated log-odds on each set and on both, and the weight in use."""
    read, read_gold = read_pairs(Reader())
    coded, coded_gold = coded_pairs()
    offset = len(read_gold)
    both = {**read, **{(a + offset, b + offset): names for (a, b), names in coded.items()}}
    gold = [*read_gold, *coded_gold]
    estimates = [estimate(read, read_gold), estimate(coded, coded_gold), estimate(both, gold)]
    table = Table("feature", "read: one incident / pairs", "coded: one event / pairs", "read", "coded", "both", "in use")
    for name, points in sorted(POINTS.items(), key=lambda item: -item[1]):
        odds = (f"{found.points[name]:+.1f}" if name in found.points else "-" for found in estimates)
        table.add_row(name, _share(read, read_gold, name), _share(coded, coded_gold, name), *odds, f"{points:+.1f}")
    table.add_row("(none)", "", "", *(f"{found.intercept:+.1f}" for found in estimates), "")
    Console(width=140).print(table)


def _share(named: Mapping[Pair, Sequence[str]], gold: Sequence[str], name: str) -> str:
    told = [gold[a] == gold[b] for (a, b), names in named.items() if name in names]
    return f"{sum(told)} / {len(told)}" if told else "-"


if __name__ == "__main__":
    main()
