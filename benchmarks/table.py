"""Prints results, and keeps the latest figures in ``RESULTS.md`` and ``results.json``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks.result import Miss, Result
from reportedly.reading.reader import reader_version

FOLDER = Path(__file__).resolve().parent
RESULTS, PAGE = FOLDER / "results.json", FOLDER / "RESULTS.md"
NOTES = FOLDER / "notes"
"""One file a set, written by hand: what was tried, and where its errors lie."""
COMMAND = "make bench"
EFFECT = "effect of "
"""How the name of a figure begins that tells what a set loses without one feature."""


def print_table(results: Sequence[Result]) -> None:
    """Figures against bars, then the largest classes of errors."""
    console = Console()
    table = Table("set", "figure", "value", "bar", "", title=f"reportedly {reader_version()}")
    for result in results:
        for number, figure in enumerate(result.figures):
            mark = {None: "", True: "[green]reached[/]", False: "[red]below[/]"}[figure.reached]
            bar = "" if figure.bar is None else f"{'≤' if figure.most else '≥'} {figure.bar:g}"
            table.add_row(f"{result.name} ({result.cases})" if number == 0 else "", figure.name, figure.shown, bar, mark)
        table.add_section()
    console.print(table)
    for result in results:
        classes = "; ".join(f"{kind} {number}" for kind, number in result.error_counts()[:12])
        console.print(f"{result.name}: {result.seconds:.0f} s. {escape(classes)}", highlight=False)


def print_errors(results: Sequence[Result], most: int, kind: str = "") -> None:
    """Errors of each set with their words, spread over its classes in proportion."""
    console = Console(soft_wrap=True)
    for result in results:
        errors = [error for error in result.errors if kind in error.kind]
        console.print(f"\n{result.name}: {len(errors)} errors", style="bold")
        for error in spread(errors, most):
            console.print(f"- {error.kind} | {error.case} | {error.words}", markup=False, highlight=False)


def spread(errors: Sequence[Miss], most: int) -> list[Miss]:
    """At most so many errors, of every class in proportion and at even steps over the set."""
    if len(errors) <= most:
        return list(errors)
    ordered = sorted(errors, key=lambda error: error.kind)
    return [ordered[int(number * len(ordered) / most)] for number in range(most)]


def write_results(results: Sequence[Result]) -> None:
    """Put the figures of these sets into the kept results; other sets keep theirs."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    stamp = {"date": date.today().isoformat(), "version": reader_version()}
    kept |= {result.name: {**stamp, **result.to_data()} for result in results}
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


def page(kept: Mapping[str, Mapping[str, Any]]) -> str:
    """The page of results."""
    lines = [
        "# Results",
        "",
        f"Written by `{COMMAND}` (`python -m benchmarks`). The sets are answers of others, used for measuring only.",
        "",
        "| set | figure | value | to reach | reached | date | version |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in sorted(kept.items()):
        shown = [figure for figure in one["figures"] if not figure["name"].startswith(EFFECT)]
        for number, figure in enumerate(shown):
            lines.append(_row(f"{name}: {one['cases']}" if number == 0 else "", figure, one))
    lines += _effects(kept)
    lines += ["", "## Largest classes of errors", ""]
    for name, one in sorted(kept.items()):
        classes = Counter(one["errors"]).most_common(8)
        if classes:
            lines.append(f"- **{name}**: " + "; ".join(f"{kind} {number}" for kind, number in classes))
    notes = [path.read_text(encoding="utf-8").strip() for path in sorted(NOTES.glob("*.md"))]
    if notes:
        lines += ["", "## What was tried where a bar is not reached", "", "\n\n".join(notes)]
    return "\n".join(lines) + "\n"


def _effects(kept: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A table of the features of joining: what each set loses without one, the weightiest first."""
    effects: dict[str, dict[str, float]] = {}
    for name, one in sorted(kept.items()):
        for figure in one["figures"]:
            if figure["name"].startswith(EFFECT) and figure["value"] is not None:
                effects.setdefault(figure["name"].removeprefix(EFFECT), {})[name] = figure["value"]
    if not effects:
        return []
    sets = sorted({name for found in effects.values() for name in found})
    lines = ["", "## What each feature of joining gives", ""]
    lines += ["F1 that is lost without it; below 0, that is gained. In brackets its points.", ""]
    lines += [f"| feature | {' | '.join(sets)} |", f"| --- {'| --- ' * len(sets)}|"]
    order = sorted(effects.items(), key=lambda item: (-max(map(abs, item[1].values())), item[0]))
    lines += [
        f"| {name} | {' | '.join(f'{found[one]:+.3f}' if one in found else '' for one in sets)} |"
        for name, found in order
        if any(round(value, 3) for value in found.values())
    ]
    silent = [name for name, found in effects.items() if not any(round(value, 3) for value in found.values())]
    return [*lines, "", f"Without effect on these sets: {'; '.join(silent)}."] if silent else lines


def _row(name: str, figure: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    value, bar = figure["value"], figure["bar"]
    shown = "-" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"
    reached = ""
    if bar is not None and value is not None:
        reached = "yes" if (value <= bar if figure["most"] else value >= bar) else "no"
    limit = "" if bar is None else f"{'at most ' if figure['most'] else ''}{bar:g}"
    note = f" ({figure['note']})" if figure["note"] else ""
    return f"| {name} | {figure['name']}{note} | {shown} | {limit} | {reached} | {one['date']} | {one['version']} |"
