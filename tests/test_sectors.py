"""Country and sector of actor phrases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportedly.knowledge.tables import read_yaml
from reportedly.linking.register import Register
from reportedly.linking.sectors import code_actor

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "cases" / "sectors.yaml")


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_phrase(case: dict[str, str], register: Register) -> None:
    country, sector = code_actor(case["text"], None, register)
    assert (country or "-", sector or "-") == (case["country"], case["sector"])


def test_the_date_tells_holders_from_former_holders(register: Register) -> None:
    assert code_actor("Jacob Zuma", date(2015, 1, 1), register) == ("ZAF", "GOV")
    assert code_actor("Jacob Zuma", date(2021, 1, 1), register) == ("ZAF", "ELI")


def test_a_group_that_came_to_govern_is_a_government_since_that_day(register: Register) -> None:
    assert code_actor("the Taliban", date(2020, 1, 1), register) == ("AFG", "REB")
    assert code_actor("the Taliban", date(2023, 1, 1), register) == ("AFG", "GOV")


def test_a_title_beside_a_name_outweighs_the_register(register: Register) -> None:
    assert code_actor("Senator Jacob Zuma", date(2015, 1, 1), register) == ("ZAF", "LEG")


@pytest.mark.parametrize("text", ["Peruvian {}", "{} from Kenya", "a group of {}"])
def test_swapping_the_country_never_changes_the_sector(text: str, register: Register) -> None:
    for people, sector in (("soldiers", "MIL"), ("farmers", "AGR"), ("journalists", "JRN")):
        phrase = text.format(people)
        other = phrase.replace("Peruvian", "Swedish").replace("Kenya", "Laos")
        assert code_actor(phrase, None, register)[1] == code_actor(other, None, register)[1] == sector
