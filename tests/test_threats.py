"""Threats followed from the text, against groups of no register, towns, roads and people: ``cases/threats.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.linking.register import Register
from reportedly.reading.reader import Reader
from reportedly.relations import Telling, Threat, collect, ledger

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "threats.yaml").read_text(encoding="utf-8"))


@cache
def reader() -> Reader:
    return Reader()


def telling(day: str, text: str) -> Telling:
    reading = reader().read(text, published=day, source="Desert Courier")
    return Telling(
        report=reading.report.id,
        published=day,
        source="Desert Courier",
        claims=reading.claims,
        relations=reading.relations,
        incidents={claim.id: (f"incident of {claim.id}",) for claim in reading.claims},
    )


def followed(reports: dict[Any, str]) -> list[Threat]:
    made = [telling(str(day), text) for day, text in reports.items()]
    found = list(ledger(collect(made, Register.load())))
    assert found == list(ledger(collect(reversed(made), Register.load()))), "the order of arrival makes a difference"
    return found


def words(threat: Threat) -> str:
    whom = threat.against.name if threat.against is not None else threat.target
    return f"{threat.who.name} > {whom}: {threat.outcome}" + (f" {threat.outcome_day}" if threat.outcome_day else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_ledger(case: dict[str, Any]) -> None:
    found = followed(case["reports"])
    assert [words(threat) for threat in found] == case["ledger"]
    for threat in found:
        assert bool(threat.deeds) or threat.outcome in ("open", "lapsed")
        if threat.outcome == "carried_out":
            assert all(deed.incidents for deed in threat.deeds), "it leads to the incident"
