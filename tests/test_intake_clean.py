"""Cleaning, dates of publication and unwrapping: cases as data, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import KnowledgeError
from reportedly.intake import clean
from reportedly.intake.clean import find_byline, first_line_title, load_furniture, tidy
from reportedly.intake.dates import find_dateline, parse_published
from reportedly.intake.wrapping import unwrap
from reportedly.knowledge.layers import open_layers

CASES = Path(__file__).parent / "cases" / "intake"


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.load((CASES / name).read_text("utf-8"), Loader=yaml.CBaseLoader)
    return loaded


@pytest.mark.parametrize("case", cases("clean.yaml"), ids=lambda case: case["id"])
def test_clean(case: dict[str, Any]) -> None:
    before = [line for line in tidy(unwrap(case["text"])).split("\n") if line]
    for gone in case["gone"]:
        assert gone in before, "a paragraph that goes must stand in the text"
        before.reverse()
        before.remove(gone)  # the last one: a title stays at the top
        before.reverse()
    after = clean(case["text"], case.get("title"))
    assert [line for line in after.split("\n") if line] == before
    assert clean(after, case.get("title")) == after


@pytest.mark.parametrize("case", cases("dates.yaml"), ids=lambda case: case["written"])
def test_published(case: dict[str, str]) -> None:
    assert parse_published(case["written"]) == (case["expected"] or None)


@pytest.mark.parametrize("value", [None, 0, 1741113000, 20250304, True, ["2025-03-04"], b"2025-03-04", "", " ", "x" * 10_000])
def test_what_is_no_written_date(value: object) -> None:
    assert parse_published(value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSTROVA, Nova, March 4, 2025 — Rebels attacked a convoy.", ("2025-03-04", "dateline")),
        (
            "Rebels attack convoy\n\nPublished: 4 March 2025, 18:30 GMT\n\nThe convoy was hit.",
            ("2025-03-04T18:30:00+00:00", "date line"),
        ),
        ("4 March 2025\nThe convoy was hit.", ("2025-03-04", "date line")),
        ("OSTROVA, March 4 (Nova News) — Rebels attacked a convoy.", None),
        ("The war began on March 4, 2022 - and it goes on.", None),
        ("Rebels who fought since 4 March 2021 attacked a convoy.", None),
        ("", None),
    ],
)
def test_dateline(text: str, expected: tuple[str, str] | None) -> None:
    assert find_dateline(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ana Rios\n\nThe convoy was hit.", "Ana Rios"),
        ("Title\n\nBY ANA RIOS, Staff Writer\n\nThe convoy was hit.", "ANA RIOS, Staff Writer"),
        ("By AFP\n\nThe convoy was hit.", "AFP"),
        ("By Force\n\nThe convoy was hit.", None),
        ("By Monday Evening\n\nThe army had left.", None),
        ("By Ana Rios was the book written.", None),
        ("By the river stood soldiers", None),
    ],
)
def test_byline(text: str, name: str | None) -> None:
    assert find_byline(text) == name


def test_a_headline_is_a_short_first_line_above_longer_ones() -> None:
    assert first_line_title("Rebels attack convoy\n\nRebels attacked a convoy near the river on Monday, police said.") is not None
    assert first_line_title("Rebels attacked a convoy.\n\nThe police said on Monday that it was near the river.") is None
    assert first_line_title("Rebels attack convoy") is None


def test_characters_that_cannot_be_stored_are_replaced_and_invisible_ones_go() -> None:
    assert clean("a\x00b \ud800 so\u00adft zero\u200bwidth \u202eturn\u202c") == "a\ufffdb \ufffd soft zerowidth turn"


def test_combining_marks_are_not_composed() -> None:
    assert clean("e\u0301te \u00e9t\u00e9") == "e\u0301te \u00e9t\u00e9"


def test_line_ends_and_spaces_are_made_plain() -> None:
    assert clean("One\u00a0two\r\n\r\n\r\n\tThree  four\u2028five\f") == "One two\n\nThree four\nfive"


def test_wrapped_lines_are_joined_and_short_lines_end_paragraphs() -> None:
    text = (
        "Rebels of the Ostrova Front attacked an army convoy on the road to the\n"
        "north early on Monday morning, and at least three soldiers were killed in\n"
        "the attack, the army said.\n\n"
        "The governor of the province visited the wounded men in the hospital of\n"
        "the town, where he told reporters that the road would be closed for some\n"
        "days.\n"
    )
    assert [line.count(" ") for line in clean(text).split("\n") if line] == [31, 27]


def test_one_sentence_a_line_is_not_joined() -> None:
    lines = [f"Number {n}: rebels attacked a convoy on the road to the north on Monday." for n in range(5)]
    assert unwrap("\n".join(lines)) == "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_is_cleaned_once_for_all(text: str, title: str | None) -> None:
    once = clean(text, title)
    assert clean(once, title) == once
    once.encode("utf-8")
    assert "\x00" not in once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_date_is_iso_or_unknown(text: str) -> None:
    found = parse_published(text)
    assert found is None or parse_published(found) == found


@pytest.mark.parametrize("text", ["unknown: [a]\n", "whole: [zorb, zorb]\n", "whole: [Zorb]\n", "whole: [\n"])
def test_the_lexicon_refuses_unknown_parts_and_doubles(tmp_path: Path, text: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "furniture.yaml").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=r"furniture\.yaml:[12]"):
        load_furniture(open_layers([tmp_path]))
