"""Joins claims into incidents outside a casebook, and measures the result: pair F1, B-cubed F1."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.result import f1
from reportedly.incidents.block import block_keys
from reportedly.incidents.facts import Facts
from reportedly.incidents.features import Related, features
from reportedly.incidents.group import group
from reportedly.incidents.score import holds, unrelated
from reportedly.incidents.weights import POINTS

Pair = tuple[int, int]


@dataclass(frozen=True)
class Measure:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def blocked_pairs(claims: Sequence[Facts]) -> list[Pair]:
    """The pairs of claims, by number, that share a block key."""
    holders: dict[int, list[int]] = defaultdict(list)
    keys = [block_keys(claim) for claim in claims]
    for number, own in enumerate(keys):
        for key in own.held:
            holders[key].append(number)
    found = {(number, other) for number, own in enumerate(keys) for key in own.sought for other in holders.get(key, ())}
    return sorted(pair for pair in found if pair[0] < pair[1] and keys[pair[0]].meets(keys[pair[1]]))


def named_features(claims: Sequence[Facts], pairs: Iterable[Pair], related: Related = unrelated) -> dict[Pair, tuple[str, ...]]:
    """The names of the features of each pair."""
    found = {}
    for a, b in pairs:
        one, other = (a, b) if _order(claims[a]) <= _order(claims[b]) else (b, a)
        found[a, b] = tuple(name for name, _ in features(claims[one], claims[other], related))
    return found


def join(claims: Sequence[Facts], named: Mapping[Pair, Sequence[str]], points: Mapping[str, float] = POINTS) -> list[list[int]]:
    """The groups of the claims, by number, that the pairs' features make by these weights."""
    told = {pair: [points[name] for name in names] for pair, names in named.items()}
    scores = {pair: sum(every) for pair, every in told.items() if holds(every)}
    reports = {number: claim.origin for number, claim in enumerate(claims)}
    return group(range(len(claims)), scores, reports=reports)


def pair_measure(groups: Iterable[Sequence[int]], gold: Sequence[str]) -> Measure:
    """How many pairs of one group are of one gold event, and how many pairs of one gold event are in one group."""
    held = found = 0
    for members in groups:
        found += len(members) * (len(members) - 1) // 2
        held += sum(n * (n - 1) // 2 for n in Counter(gold[member] for member in members).values())
    wanted = sum(n * (n - 1) // 2 for n in Counter(gold).values())
    return Measure(held / found if found else 0.0, held / wanted if wanted else 0.0, f1(held, wanted, found))


def b_cubed(groups: Iterable[Sequence[int]], gold: Sequence[str]) -> Measure:
    """Over all items, the share of an item's group that is of its gold event, and of its gold event that is in its group."""
    size = Counter(gold)
    precision = recall = 0.0
    for members in groups:
        for event, shared in Counter(gold[member] for member in members).items():
            precision += shared * shared / len(members)
            recall += shared * shared / size[event]
    number = max(1, len(gold))
    precision, recall = precision / number, recall / number
    return Measure(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def _order(claim: Facts) -> tuple[str, int, str]:
    return claim.report, claim.start, claim.key
