"""Places found in text: cases as data, and what must hold for any text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.language import load_model
from reportedly.linking.gazetteer import Gazetteer
from reportedly.reading.parse import Parse
from reportedly.reading.places import FoundPlace, find_places

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "places.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
Parser = Callable[[str], Parse]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="module")
def parse() -> Parser:
    nlp = load_model()
    return lambda text: Parse.from_doc(nlp(text))


def row(found: FoundPlace) -> str:
    """A found place as the case file writes it."""
    place = found.place
    stand_in = "stand-in" if place.stand_in else None
    fields = (
        place.text,
        place.name,
        place.admin2,
        place.admin1,
        place.iso2,
        place.precision,
        stand_in,
        found.role,
        found.relation,
    )
    return " | ".join("-" if field is None else str(field) for field in fields)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any], parse: Parser, gazetteer: Gazetteer) -> None:
    assert all(line.split(" | ")[0] in case["text"] for line in case["places"])
    assert [row(found) for found in find_places(parse(case["text"]), gazetteer)] == case["places"]


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids)) >= 50


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "—", "In", "KABUL —", "U.S.", "al-", "the", "'s", "in in in", "A" * 300, "محلي", "٣"]
)
def test_odd_text_raises_nothing(text: str, parse: Parser, gazetteer: Gazetteer) -> None:
    for found in find_places(parse(text), gazetteer):
        assert text[found.place.start : found.place.end] == found.place.text


@pytest.mark.parametrize("case", CASES[::4], ids=[case["id"] for case in CASES[::4]])
def test_spans_slice_the_text_and_runs_agree(case: dict[str, Any], parse: Parser, gazetteer: Gazetteer) -> None:
    parsed = parse(case["text"])
    found = find_places(parsed, gazetteer)
    assert found == find_places(parsed, gazetteer)
    for one in found:
        assert parsed.text[one.place.start : one.place.end] == one.place.text
        assert (parsed.tokens[one.first].start, parsed.tokens[one.last].end) == (one.place.start, one.place.end)
        assert (one.place.lat is None) == (one.place.lon is None)
        assert one.within is None or one.within < len(found)


def test_a_place_lies_within_the_one_the_text_names(parse: Parser, gazetteer: Gazetteer) -> None:
    found = find_places(parse("Two men died in Mastung district, Balochistan, on Friday."), gazetteer)
    assert [one.place.text for one in found] == ["Mastung", "Balochistan"]
    assert found[0].within == 1
    assert found[1].within is None


def test_names_of_actors_are_no_places(parse: Parser, gazetteer: Gazetteer) -> None:
    parsed = parse("The Islamic State in Iraq attacked a post near Kirkuk.")
    whole = [one.place.text for one in find_places(parsed, gazetteer)]
    taken = [one.place.text for one in find_places(parsed, gazetteer, taken=[(1, 5)])]
    assert "Kirkuk" in whole
    assert taken == ["Kirkuk"]


def test_actors_tell_which_country_is_meant(parse: Parser, gazetteer: Gazetteer) -> None:
    parsed = parse("Gunmen opened fire in Tripoli.")
    assert [one.place.iso2 for one in find_places(parsed, gazetteer)] == ["LY"]
    assert [one.place.iso2 for one in find_places(parsed, gazetteer, hints={"LB": 1.0})] == ["LB"]


def test_a_far_town_is_no_reading_of_an_unknown_name(parse: Parser, gazetteer: Gazetteer) -> None:
    """Better no point than one in a country that the report does not speak of."""
    text = "Pakistani police said men were shot in Norwich. Officials in Quetta and Karachi confirmed it."
    found = {one.place.text: one.place for one in find_places(parse(text), gazetteer)}
    assert found["Quetta"].iso2 == "PK"
    assert "Norwich" not in found or found["Norwich"].iso2 in (None, "GB")


def test_an_unknown_place_borrows_the_point_of_the_larger_one(parse: Parser, gazetteer: Gazetteer) -> None:
    found = find_places(parse("They burnt the village of Zurmalabad in Mastung district."), gazetteer)
    village, district = found[0].place, found[1].place
    assert village.stand_in
    assert village.geonames_id is None
    assert (village.lat, village.precision, village.admin1) == (district.lat, 3, "Balochistan")


def test_a_neutral_sentence_in_front_moves_offsets_only(parse: Parser, gazetteer: Gazetteer) -> None:
    front, text = "It was quiet at first. ", "Rebels shelled a market in Idlib, Syria, and a road near Azaz."
    plain, moved = find_places(parse(text), gazetteer), find_places(parse(front + text), gazetteer)
    shifted = [
        one.place.model_copy(update={"start": one.place.start - len(front), "end": one.place.end - len(front)}) for one in moved
    ]
    assert shifted == [one.place for one in plain]


def test_a_village_is_chained_to_district_and_state(parse: Parser, gazetteer: Gazetteer) -> None:
    text = "Men were shot in Dorvana village under Mahuadanr Police Station limits in Latehar District of Jharkhand."
    found = find_places(parse(text), gazetteer)
    assert [(one.place.text, one.within) for one in found] == [("Dorvana", 1), ("Latehar District", 2), ("Jharkhand", None)]


def test_a_district_is_given_as_the_text_names_it(parse: Parser, gazetteer: Gazetteer) -> None:
    found = find_places(parse("A teacher was abducted at Lalgarh in Midnapore District."), gazetteer)
    assert found[0].place.admin2 == "Midnapore"
    assert found[0].within == 1


def test_a_namesake_far_from_the_stated_district_gives_no_point_of_its_own(parse: Parser, gazetteer: Gazetteer) -> None:
    far = find_places(parse("Two guards died at Karanja."), gazetteer, hints={"IN": 1.0})
    near = find_places(parse("Two guards died at Karanja in Latehar District."), gazetteer, hints={"IN": 1.0})
    assert far[0].place.geonames_id is not None
    assert (near[0].place.geonames_id, near[0].place.admin2, near[0].place.stand_in) == (None, "Latehar", True)
    assert near[0].place.lat == near[1].place.lat


def test_an_unnamed_capital_is_that_of_the_country_reported(parse: Parser, gazetteer: Gazetteer) -> None:
    parsed = parse("Shots were heard in the capital on Friday.")
    assert find_places(parsed, gazetteer) == []
    assert [one.place.name for one in find_places(parsed, gazetteer, hints={"ML": 1.0})] == ["Bamako"]
    assert find_places(parsed, gazetteer, hints={"ML": 1.0, "NE": 0.9}) == []
