"""The network of relations on one day as a drawing: who is bound to whom, and how. Same input, same picture."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reportedly.records import MUTUAL

WIDTH: Final = 960
HEIGHT: Final = 560
MOST: Final = 32
"""Actors drawn; those with most relations come first, all others are in the table."""
ROUNDS: Final = 80
STATES: Final = {
    "hostile": "against",
    "rival": "against",
    "truce": "truce",
    "non_aggression": "truce",
    "allied": "with",
    "supplies": "with",
    "hosts": "with",
    "pledged_allegiance_to": "with",
}
"""How an edge is drawn; all other kinds are of belonging."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two actors (ids) to be drawn. ``is_stale``: nothing was heard of it for long."""

    a: str
    b: str
    kind: str
    status: str
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the page."""

    key: str
    name: str
    x: float
    y: float
    r: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """An edge on the page."""

    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float
    state: str
    is_directed: bool


@dataclass(frozen=True, slots=True)
class Network:
    """A drawn network; ``left_out`` is how many actors are only in the table."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int


def draw(edges: Sequence[Edge], names: dict[str, str], width: int = WIDTH) -> Network | None:
    """The network of the edges; ``None`` where there are none."""
    degree: dict[str, int] = {}
    for edge in edges:
        for key in (edge.a, edge.b):
            degree[key] = degree.get(key, 0) + 1
    if not degree:
        return None
    chosen = sorted(degree, key=lambda key: (-degree[key], key))[:MOST]
    kept = set(chosen)
    height = min(HEIGHT, 180 + 26 * len(chosen))
    within = [edge for edge in edges if edge.a in kept and edge.b in kept and edge.a != edge.b]
    pairs = sorted({(min(edge.a, edge.b), max(edge.a, edge.b)) for edge in within})
    places = _spread(tuple(chosen), tuple(pairs), width, height)
    nodes = []
    for key in chosen:
        x, y = places[key]
        r = 6 + min(8.0, 1.6 * degree[key])
        nodes.append(Node(key, names.get(key, key), round(x, 1), round(y, 1), r, round(y - r - 8, 1)))
    at = {node.key: node for node in nodes}
    beside: dict[tuple[str, str], int] = {}
    lines = []
    for edge in within:
        pair = (min(edge.a, edge.b), max(edge.a, edge.b))
        beside[pair] = beside.get(pair, -1) + 1
        lines.append(_line(edge, at[edge.a], at[edge.b], beside[pair]))
    return Network(width, height, tuple(nodes), tuple(lines), len(degree) - len(chosen))


def _line(edge: Edge, a: Node, b: Node, beside: int) -> Line:
    """From rim to rim, so that arrows end at the circle; of one pair the lines lie beside each other, whichever way they go."""
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    shift = (0.0, 5.0, -5.0, 10.0, -10.0)[beside % 5] * (1 if edge.a < edge.b else -1)
    ox, oy = -dy / length * shift, dx / length * shift
    return Line(
        edge,
        round(a.x + dx / length * a.r + ox, 1),
        round(a.y + dy / length * a.r + oy, 1),
        round(b.x - dx / length * (b.r + 4) + ox, 1),
        round(b.y - dy / length * (b.r + 4) + oy, 1),
        STATES.get(edge.kind, "belongs"),
        edge.kind not in MUTUAL,
    )


@lru_cache(maxsize=64)
def _spread(keys: tuple[str, ...], pairs: tuple[tuple[str, str], ...], width: int, height: int) -> dict[str, tuple[float, float]]:
    """Places by pushing all apart and pulling neighbours together, from a start that depends on the ids alone."""
    count = len(keys)
    ideal = math.sqrt(width * height / max(count, 1)) * 0.8
    ordered = sorted(keys, key=lambda key: hashlib.sha256(key.encode()).digest())
    xs: dict[str, float] = {}
    ys: dict[str, float] = {}
    for index, key in enumerate(ordered):
        angle = 2 * math.pi * index / count + 0.2
        xs[key] = width / 2 + math.cos(angle) * width * 0.3
        ys[key] = height / 2 + math.sin(angle) * height * 0.3
    heat = width / 10
    for _ in range(ROUNDS):
        moves = {key: [0.0, 0.0] for key in ordered}
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                dx, dy = xs[one] - xs[other], ys[one] - ys[other]
                square = max(dx * dx + dy * dy, 0.01)
                push = ideal * ideal / square
                moves[one][0] += dx * push
                moves[one][1] += dy * push
                moves[other][0] -= dx * push
                moves[other][1] -= dy * push
        for one, other in pairs:
            dx, dy = xs[one] - xs[other], ys[one] - ys[other]
            pull = math.hypot(dx, dy) / ideal
            moves[one][0] -= dx * pull
            moves[one][1] -= dy * pull
            moves[other][0] += dx * pull
            moves[other][1] += dy * pull
        for key in ordered:
            mx, my = moves[key]
            length = math.hypot(mx, my) or 1.0
            xs[key] = min(width - 90.0, max(90.0, xs[key] + mx / length * min(length, heat)))
            ys[key] = min(height - 24.0, max(40.0, ys[key] + my / length * min(length, heat)))
        heat *= 0.95
    return {key: (xs[key], ys[key]) for key in keys}
