"""What a denial makes of an incident, from the text: ``cases/denials.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.casebook import open as open_casebook
from reportedly.incidents.records import Denial, Incident
from reportedly.reading.reader import Reader

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "denials.yaml").read_text(encoding="utf-8"))
PUBLISHED = "2025-06-04"


@cache
def reader() -> Reader:
    return Reader()


def told(folder: Path, reports: dict[str, str]) -> Incident:
    """The one incident that some reports tell."""
    with open_casebook(folder / "casebook.sqlite") as casebook:
        for source, text in reports.items():
            casebook.add(reader().read(text, published=PUBLISHED, source=source))
        casebook.merge()
        (incident,) = [found for found in casebook.incidents() if found.members]
    return incident


def words(denial: Denial) -> str:
    value = " ".join(filter(None, (denial.field if denial.of == "figure" else None, denial.value)))
    return f"{denial.voice} denies {denial.of}" + (f": {value}" if value else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_denied(case: dict[str, Any], tmp_path: Path) -> None:
    incident = told(tmp_path, case["reports"])
    assert (incident.standing, [words(denial) for denial in incident.denials]) == (case["standing"], case["denials"])


@pytest.mark.parametrize("case", [case for case in CASES if "swap" in case], ids=lambda case: case["id"])
def test_rule_is_even_handed(case: dict[str, Any], tmp_path: Path) -> None:
    """The sides in each other's place stand alike."""
    one, other = case["swap"]

    def swapped(text: str) -> str:
        return text.replace(one, "\0").replace(other, one).replace("\0", other)

    incident = told(tmp_path, {source: swapped(text) for source, text in case["reports"].items()})
    expected = [swapped(words) for words in case["denials"]]
    assert (incident.standing, [words(denial) for denial in incident.denials]) == (case["standing"], expected)
