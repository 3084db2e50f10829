"""Claims gained and lost between two saved runs over the same reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.errors import SettingError

FIELDS = ("status", "actors", "targets", "place", "date", "killed", "injured", "attributed_to")
"""Fields of a claim that both runs hold, compared one by one."""


@dataclass(frozen=True)
class Change:
    """One claim that differs. ``kind`` is ``gained``, ``lost`` or ``changed``; ``details`` says from what to what."""

    report: str
    kind: str
    type: str
    words: str
    details: str = ""


def save_codings(codings: Iterable[Mapping[str, Any]], path: Path | str) -> None:
    """Write codings as JSON Lines, one report a line."""
    with Path(path).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(coding, ensure_ascii=False, sort_keys=True) + "\n" for coding in codings)


def load_codings(path: Path | str) -> dict[str, Mapping[str, Any]]:
    """Codings by report id. Raises :class:`SettingError` if the file is missing or a line is no coding."""
    file = Path(path)
    if not file.is_file():
        raise SettingError("there is no such file.", where=str(file), remedy="Save a run first.")
    found: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            coding = json.loads(line)
            found[coding["id"]] = coding
        except (ValueError, TypeError, KeyError) as error:
            where = f"{file}:{number}"
            raise SettingError("this line is no coding of a report.", where=where, remedy="Write the run again.") from error
    return found


def changes(old: Path | str, new: Path | str) -> list[Change]:
    """What the new run gained, lost and changed, report by report in the order of their ids."""
    before, after = load_codings(old), load_codings(new)
    found = []
    for name in sorted(before.keys() | after.keys()):
        found += compare_codings(name, before.get(name, {}), after.get(name, {}))
    return found


def compare_codings(report: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The changes of one report. A claim is the same if its family is and its words overlap."""
    left = list(after.get("events", ()))
    found = []
    for event in before.get("events", ()):
        same = [other for other in left if other["type"] == event["type"] and _overlap(event, other)]
        if not same:
            found.append(Change(report, "lost", event["type"], event["evidence"]))
            continue
        best = max(same, key=lambda other: (_overlap(event, other), sum(other.get(key) == event.get(key) for key in FIELDS)))
        left.remove(best)
        if details := _differences(event, best):
            found.append(Change(report, "changed", event["type"], best["evidence"], details))
    return found + [Change(report, "gained", event["type"], event["evidence"]) for event in left]


def _overlap(a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
    """Characters that the evidence of two claims shares."""
    (start_a, end_a), (start_b, end_b) = a["span"], b["span"]
    return max(0, int(min(end_a, end_b)) - int(max(start_a, start_b)))


def _differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    pairs = ((key, _shown(a.get(key)), _shown(b.get(key))) for key in FIELDS)
    return "; ".join(f"{key}: {old} -> {new}" for key, old, new in pairs if old != new)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} {item}" for key, item in value.items() if key != "text") + "}"
    if isinstance(value, list):
        return " > ".join(map(str, value)) or "nobody"
    return "nothing" if value is None else str(value)


def changes_text(found: Iterable[Change]) -> str:
    """Changes as lines for people, with their number first."""
    rows = list(found)
    counts = ", ".join(f"{sum(row.kind == kind for row in rows)} {kind}" for kind in ("gained", "lost", "changed"))
    marks = {"gained": "+", "lost": "-", "changed": "~"}
    lines = [
        f"{marks[row.kind]} {row.report} {row.type} | {' '.join(row.words.split())}"
        + (f" | {row.details}" if row.details else "")
        for row in rows
    ]
    return "\n".join([counts, *lines])
