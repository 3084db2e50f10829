"""Floors under the figures that have a bar: a figure may rise above its floor, never fall below it, and floors only rise."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from benchmarks.result import Figure, Result

FLOORS = Path(__file__).resolve().parent / "floors.json"
DIGITS = 1000
"""Floors are kept to three digits, rounded to the side that is easier to hold."""
UNHELD = frozenset({"desk", "speed"})
"""Sets whose figures depend on the machine."""
SLACK = 1e-9

Floors = dict[str, dict[str, float]]


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors by set and figure; empty where none are kept yet."""
    if not path.is_file():
        return {}
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def check_floors(results: Sequence[Result], path: Path = FLOORS) -> list[str]:
    """A line for each figure that is below its floor, or that has a floor and was not measured in its set."""
    floors = read_floors(path)
    found = []
    for result in results:
        figures = {figure.name: figure for figure in result.figures}
        for name, floor in floors.get(result.name, {}).items():
            figure = figures.get(name)
            if figure is None or figure.value is None:
                found.append(f"{result.name}: {name} was not measured; its floor is {floor:g}")
            elif _worse(figure, figure.value, floor):
                found.append(f"{result.name}: {name} is {figure.value:.4f}; its floor is {floor:g}")
    return found


def raise_floors(results: Sequence[Result], path: Path = FLOORS) -> None:
    """Set each floor to the figure where that is better; a worse figure leaves it as it is."""
    floors = read_floors(path)
    for result in results:
        if result.name in UNHELD:
            continue
        mine = floors.setdefault(result.name, {})
        for figure in result.figures:
            if figure.bar is None or figure.value is None:
                continue
            value = math.ceil(figure.value * DIGITS) / DIGITS if figure.most else math.floor(figure.value * DIGITS) / DIGITS
            if figure.name not in mine or _worse(figure, mine[figure.name], value):
                mine[figure.name] = value
    path.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _worse(figure: Figure, value: float, floor: float) -> bool:
    return value > floor + SLACK if figure.most else value < floor - SLACK
