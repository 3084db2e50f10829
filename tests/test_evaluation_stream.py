"""Rewritten copies of reports tell the same, and the stream of them counts what is told twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from benchmarks.rewriting import copies, dated, original, spelled
from benchmarks.stream import Version, measure_readings
from casebook_factory import ERBIL, GAO, claim, reading, report


def test_days_of_a_copy_are_told_by_their_dates() -> None:
    """A paper of two days later would mean another day by the same word."""
    day = date(2025, 6, 3)  # a Tuesday
    told = "On Monday gunmen came; they left yesterday, as last Tuesday, and next Friday talks begin. Mondays are quiet."
    assert dated(told, day) == (
        "On June 2 gunmen came; they left on June 2, as on May 27, and next Friday talks begin. Mondays are quiet."
    )


def test_numbers_of_a_copy_stay_the_same_numbers() -> None:
    told = "It killed 3 guards and eleven soldiers, 15 kilometres from 14 Mile, on June 2 near Gao."
    assert spelled(told) == "It killed three guards and 11 soldiers, fifteen kilometres from 14 Mile, on June 2 near Gao."


def test_copies_know_which_sentence_they_tell() -> None:
    text = "One fell in Gao. Two fell in Ansongo. Three fled.\nFour came back. Five stayed."
    whole = original(text, "2025-06-03")
    assert [text[one.start : one.end].strip() for one in whole.sentences] == text.replace("\n", " ").replace(". ", ".|").split(
        "|"
    )
    for copy in copies(text, "2025-06-03"):
        told = {one.number: copy.text[one.start : one.end] for one in copy.sentences}
        assert all(words.startswith(text[whole.sentences[at].start :].strip()[:3]) for at, words in told.items())
        assert copy.sentence_at(copy.text.index("Ansongo")) == 1
    assert [copy.published for copy in copies(text, "2025-06-03")] == ["2025-06-04", "2025-06-03", "2025-06-05"]


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        pytest.param(GAO, [], id="joined with the original"),
        pytest.param(ERBIL, ["told twice"], id="read in another country"),
    ],
)
def test_an_act_of_a_copy_that_makes_an_incident_of_its_own_is_told_twice(place: dict[str, Any], kinds: list[str]) -> None:
    readings, versions = [], []
    for number, at in enumerate((GAO, place)):
        text = f"Red Lantern Front attacked soldiers in {at['name']} on Monday."
        told = claim(text, "attacked", actors=["Red Lantern Front"], at=at, day="2025-06-02")
        readings.append(reading(report(text, id=f"one {number}", source=f"Paper {number}"), told))
        versions.append(Version("one", number, original(text, "2025-06-03")))
    result = measure_readings({"one": {}}, versions, readings)
    assert [error.kind for error in result.errors] == kinds
    assert result.figures[0].value == len(kinds) / (1 + len(kinds))
