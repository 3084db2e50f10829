"""Whole readings: a case is a text with all its claims, compared whole; known gaps are listed and must stay gaps."""

from __future__ import annotations

from collections import Counter

import pytest
from reading_cases import GAPS, PUBLISHED, Case, differences, families, faults, load_cases

from reportedly.reading.reader import Input, Reader
from reportedly.records import Reading

CASES = [case for name in families() for case in load_cases(name)]
KNOWN_GAPS = load_cases(GAPS)


def _id(case: Case) -> str:
    return f"{case.family}-{case.id}"


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """The readings of all cases, read as one batch by one reader."""
    cases = [*CASES, *KNOWN_GAPS]
    inputs = [Input(text=case.text, id=_id(case), published=case.published) for case in cases]
    return {reading.report.id: reading for reading in Reader(workers=1).read_inputs(inputs)}


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_case(case: Case, readings: dict[str, Reading]) -> None:
    assert differences(case, readings[_id(case)]) == []


def test_claims_of_a_reading_have_ids_of_their_own(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        ids = [claim.id for claim in reading.claims] + [relation.id for relation in reading.relations]
        assert len(ids) == len(set(ids)), reading.report.id


@pytest.mark.parametrize("case", KNOWN_GAPS, ids=_id)
def test_known_gap(case: Case, readings: dict[str, Reading]) -> None:
    assert differences(case, readings[_id(case)]), f"{case.id} is read right now: move it out of gaps.yaml"


@pytest.mark.parametrize("case", [*CASES, *KNOWN_GAPS], ids=_id)
def test_case_expects_what_its_text_holds(case: Case) -> None:
    assert faults(case) == []


def test_ids_are_unique_and_gaps_say_why() -> None:
    repeated = [id_ for id_, times in Counter(_id(case) for case in [*CASES, *KNOWN_GAPS]).items() if times > 1]
    assert repeated == []
    assert all(case.why and case.family in families() for case in KNOWN_GAPS)
    assert not any(case.why for case in CASES)
    assert all(case.family in families() for case in CASES)


def test_half_of_the_cases_are_traps() -> None:
    cases = [*CASES, *KNOWN_GAPS]
    assert len(cases) >= 150
    assert 2 * sum(case.is_trap for case in cases) >= len(cases)


def test_an_extra_or_missing_claim_is_a_difference(readings: dict[str, Reading]) -> None:
    text = "Gunmen killed three soldiers near Quetta on Monday."
    reading = Reader(workers=1).read(text, published=PUBLISHED)
    battle = {"family": "battle", "counts": {"killed": ["3", "3"]}}
    assert differences(Case("a", "x", text, PUBLISHED, (battle,)), reading) == []
    assert differences(Case("a", "x", text, PUBLISHED, ()), reading)[0].startswith("extra")
    assert differences(Case("a", "x", text, PUBLISHED, (battle, {"family": "arrest"})), reading)[0].startswith("missing")
    assert differences(Case("a", "x", text, PUBLISHED, (battle | {"status": "denied"},)), reading)


def test_a_short_name_is_read_as_the_longer_one_before_it() -> None:
    reader = Reader(workers=1)
    told = reader.read("The Pakistani Taliban attacked a post in Bannu on Monday. Taliban fighters fled.", published=PUBLISHED)
    assert {actor.id for claim in told.claims for actor in claim.actors} == {"ttp"}
    both = reader.read("The Taliban took Farah on Monday. The Pakistani Taliban praised the Taliban.", published=PUBLISHED)
    assert "taliban" in {actor.id for claim in both.claims for actor in claim.actors}


def test_who_wrote_goes_on_in_the_post_that_he_shared() -> None:
    text = (
        "Omar Zaki shared a part of the video on X, noting that the group holds the town. “The Ashan Front attacked Zhob on "
        "Monday. It killed nine officers,” he wrote."
    )
    reading = Reader(workers=1).read(text, published=PUBLISHED)
    media = {voice.medium for claim in reading.claims for voice in claim.attribution if voice.name == "Omar Zaki"}
    assert media == {"post"}
    spoken = Reader(workers=1).read(text.replace("wrote", "said"), published=PUBLISHED)
    assert None in {voice.medium for claim in spoken.claims for voice in claim.attribution if voice.name == "Omar Zaki"}
