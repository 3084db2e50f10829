"""Counts of people: cases as data, the rule for totals, and what must hold for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import open_layers
from reportedly.language import load_model
from reportedly.reading.counts import FoundCount, find_counts, load_count_lexicon, total
from reportedly.reading.numbers import find_numbers
from reportedly.reading.parse import Parse

if TYPE_CHECKING:
    from spacy.language import Language

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "counts.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)


@cache
def model() -> Language:
    return load_model()


def parsed(text: str) -> Parse:
    return Parse.from_doc(model()(text))


def shown(found: FoundCount) -> dict[str, str]:
    """A count as the cases write it: what is absent is left out."""
    count = found.count
    row = {
        "what": count.what,
        "text": count.text,
        "low": count.low,
        "high": count.high,
        "hedge": count.hedge,
        "group": count.group,
    }
    row |= {"total": None if count.total else "no", "part_of": found.part_of}
    return {key: str(value) for key, value in row.items() if value is not None}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    parse = parsed(case["text"])
    found = find_counts(parse)
    assert [shown(one) for one in found] == (case["counts"] or [])
    for one in found:
        assert case["text"][one.count.start : one.count.end] == one.count.text
    for what, (low, high) in (case.get("totals") or {}).items():
        expected = (int(low) if low else None, int(high) if high else None)
        assert total(found, what) == expected


def test_ids_are_unique_and_half_of_the_cases_are_traps() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    traps = [case for case in CASES if case["id"].startswith("trap")]
    assert 2 * len(traps) >= len(CASES)


def test_indexes_point_at_number_cue_and_people() -> None:
    parse = parsed("Gunmen killed at least nine officials near the old mill.")
    (one,) = find_counts(parse)
    assert parse.tokens[one.number].text == "nine"
    assert parse.tokens[one.cue].text == "killed"
    assert one.people == "officials" == parse.span(one.people_first, one.people_last).text
    assert one.count.best is None and one.count.group_text == "officials"


def test_best_is_given_only_for_one_figure() -> None:
    found = find_counts(parsed("About 20 rebels were killed and between 10 and 12 soldiers were wounded."))
    assert [one.count.best for one in found] == [20, None]


def test_total_refuses_counts_of_two_statements() -> None:
    found = find_counts(parsed("Three soldiers were killed. Two civilians were killed."))
    with pytest.raises(ValueError, match="different sentences"):
        total(found, "killed")


def test_total_of_nothing_is_absent_not_zero() -> None:
    assert total([], "killed") == (None, None)
    assert total(find_counts(parsed("No one was killed.")), "killed") == (0, 0)
    assert total(find_counts(parsed("Soldiers were killed.")), "killed") == (None, None)


def test_a_sentence_in_front_moves_offsets_and_nothing_else() -> None:
    text, before = "Gunmen killed three soldiers and wounded two farmers.", "The market opened early. "
    alone, moved = find_counts(parsed(text)), find_counts(parsed(before + text))
    assert [shown(one) for one in alone] == [shown(one) for one in moved]
    assert [one.count.start + len(before) for one in alone] == [one.count.start for one in moved]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "killed", "12", "12 dead", "-", "killed killed killed", "of them", "not", "including", "toll to"]
)
def test_odd_texts_raise_nothing(text: str) -> None:
    find_counts(parsed(text))


@pytest.mark.parametrize(
    "text", ["$40", "aged 30", "12 km", "June 12", "12-member", "10:30", "45 percent", "Highway 7", "in 2011", "a 25-year-old"]
)
def test_numbers_that_count_nobody(text: str) -> None:
    assert find_numbers(parsed(f"It was {text}.")) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("two hundred and five", 205, 205),
        ("1.2 million", 1_200_000, 1_200_000),
        ("1,250", 1250, 1250),
        ("twenty-three", 23, 23),
        ("tens of thousands of", 20_000, None),
        ("hundreds of thousands of", 200_000, None),
        ("several dozen", 36, None),
        ("half a dozen", 6, 6),
        ("15-20", 15, 20),
        ("up to 40", None, 40),
        ("30 or more", 30, None),
        ("at least 12 and possibly 20", 12, 20),
    ],
)
def test_number_words(text: str, low: int | None, high: int | None) -> None:
    (number,) = find_numbers(parsed(f"They met {text} people."))
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["9" * 400, "9" * 400 + "-" + "9" * 401, "1,2,3", "1,2-3", "²²²² people", "1e999", "12 " * 60])
def test_odd_numerals_raise_nothing(text: str) -> None:
    for sentence in (text, f"They killed {text} people.", f"It was {text} of June."):
        find_counts(parsed(sentence))


def test_full_width_digits_are_read() -> None:
    (one,) = find_counts(parsed("Gunmen killed １２ soldiers."))
    assert (one.count.low, one.count.high) == (12, 12)


def test_a_suicide_is_added_to_those_it_harmed_and_told_twice_counts_once() -> None:
    found = find_counts(parsed("He killed three men before killing himself."))
    assert total(found, "killed") == (4, 4)
    assert [one.own for one in found] == [False, True]


WORDS = [
    "killed",
    "shot",
    "himself",
    "12",
    "two",
    ",",
    ";",
    ":",
    "of",
    "the",
    "a",
    "died",
    "in",
    "hospital",
    "condition",
    "they",
    "fatally",
    "not",
    "since",
    "2011",
    "year",
    "suicide",
    "old",
    "-",
    "with",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_words_are_read_without_fault_and_alike_each_time(words: list[str]) -> None:
    text = " ".join(words)
    found = find_counts(parsed(text))
    assert found == find_counts(parsed(text))
    for one in found:
        assert text[one.count.start : one.count.end] == one.count.text
        assert one.count.low is None or one.count.high is None or one.count.low <= one.count.high


def test_a_word_with_two_meanings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "counts.yaml").write_text("cues:\n  arrested:\n    act: killing\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"'killing' stands for killed and for arrested") as caught:
        load_count_lexicon(open_layers([tmp_path]))
    assert str(caught.value.where).endswith("counts.yaml:3")
