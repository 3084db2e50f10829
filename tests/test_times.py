"""Times: found where they are, read no narrower than they are worded, and left open where nothing is known."""

from __future__ import annotations

import itertools
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import open_layers
from reportedly.language import load_model
from reportedly.linking import calendar
from reportedly.reading.parse import Parse
from reportedly.reading.times import FoundTime, find_times, load_times, timex_value

PUBLISHED = date(2025, 6, 18)
CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "times.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


@cache
def _model() -> Any:
    return load_model()


def _parse(text: str) -> Parse:
    return Parse.from_doc(_model()(text))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(found: FoundTime) -> list[str]:
    time = found.time
    return [time.text or "", found.kind, time.from_ or "-", time.to or "-", time.precision, time.basis]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_case(case: dict[str, Any]) -> None:
    parse = _parse(case["text"])
    found = find_times(parse, _day(case.get("published")), _day(case.get("until")))
    assert [_row(one) for one in found] == case["expected"]
    for one in found:
        assert one.time.start is not None and one.time.end is not None
        assert case["text"][one.time.start : one.time.end] == one.time.text
        assert parse.tokens[one.first].start <= one.time.start
        assert parse.tokens[one.last].end >= one.time.end


def test_case_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


TEXT = "Rebels shelled the port on 3 April and last Friday. The next day they left. It has been quiet since mid-May."


def test_neutral_sentence_in_front_moves_offsets_only() -> None:
    lead = "The harbour lies in the south. "
    plain, moved = find_times(_parse(TEXT), PUBLISHED), find_times(_parse(lead + TEXT), PUBLISHED)
    assert plain
    assert [_row(one) for one in plain] == [_row(one) for one in moved]
    assert [(one.time.start or 0) + len(lead) for one in plain] == [one.time.start for one in moved]


def test_two_runs_agree_and_nothing_overlaps() -> None:
    parse = _parse(TEXT)
    first, second = find_times(parse, PUBLISHED), find_times(parse, PUBLISHED)
    assert first == second
    ends = [(one.time.start or 0, one.time.end or 0) for one in first]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "31 February 2021",
        "99/99/2021",
        "0 days ago",
        "9999 years ago",
        "in the next 9999 decades",
        "0000-00-00",
        "İ on Monday",
    ],
)
def test_odd_text_raises_nothing(text: str) -> None:
    for published in (None, PUBLISHED, date.min, date.max):
        for one in find_times(_parse(text), published):
            assert text[one.time.start : one.time.end] == one.time.text
            timex_value(one)


def test_typographic_signs_count_like_plain_ones() -> None:
    (found,) = find_times(_parse("The siege of April\xa05–7 was lifted."), PUBLISHED)
    assert (found.time.text, found.time.from_, found.time.to) == ("April\xa05–7", "2025-04-05", "2025-04-07")


def test_a_bound_keeps_the_date_it_is_bound_by() -> None:
    (found,) = find_times(_parse("The base was built before 2014."), PUBLISHED)
    assert found.kind == "bound" and found.inner is not None
    assert (found.inner.text, found.inner.from_, found.inner.to) == ("2014", "2014-01-01", "2014-12-31")


def test_every_pattern_matches_its_example() -> None:
    grammar = load_times().grammar
    for group, patterns in grammar.patterns.items():
        for pattern in patterns:
            assert pattern.regex.search(pattern.example), (group, pattern.example)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened on 15 September 2008.", "2008-09-15"),
        ("It happened in September 2008.", "2008-09"),
        ("It happened in late 2008.", "2008"),
        ("It happened in the 1980s.", "198"),
        ("It happened last week.", "2025-W24"),
        ("It happened over the weekend.", "2025-W24-WE"),
        ("It happened in the spring of 2009.", "2009-SP"),
        ("It happened in the third quarter of 2009.", "2009-Q3"),
        ("It happened on Friday morning.", "2025-06-13TMO"),
        ("It happened at 18:00 UTC on Tuesday.", "2025-06-17T18:00Z"),
        ("The siege lasted three days.", "P3D"),
        ("The siege lasted two and a half years.", "P2.5Y"),
        ("The siege lasted twelve hours.", "PT12H"),
        ("The siege lasted several months.", "PXM"),
        ("It rose over the past two decades.", "P20Y"),
        ("They meet every week.", "P1W"),
        ("It has been so since March 2009.", "2009-03"),
    ],
)
def test_timex_value(text: str, value: str) -> None:
    (found,) = find_times(_parse(text), PUBLISHED)
    assert timex_value(found) == value


def test_no_timex_value_without_days() -> None:
    (found,) = find_times(_parse("A bomb killed two policemen on Monday."), None)
    assert timex_value(found) is None


def test_calendar_edges() -> None:
    assert calendar.day_or_none(2023, 2, 29) is None
    assert calendar.shift_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert calendar.shift_days(date.max, 1) == date.max
    assert calendar.season_span(2023, "winter") == (date(2023, 12, 1), date(2024, 2, 29))
    assert calendar.weekday_before(PUBLISHED, 2) == PUBLISHED
    assert calendar.weekday_before(PUBLISHED, 2, same_day=False) == date(2025, 6, 11)
    assert calendar.weekend_before(date(2025, 6, 15)) == (date(2025, 6, 14), date(2025, 6, 15))
    with pytest.raises(KeyError):
        calendar.season_span(2023, "monsoon")


@pytest.mark.parametrize("faulty", ["moons: full new\n", "months:\n  may: jun\n", "seasons:\n  monsoon: monsoon\n"])
def test_faults_of_the_lexicon_are_refused(tmp_path: Path, faulty: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "times.yaml").write_text(faulty, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"times\.yaml:\d+"):
        load_times(open_layers([tmp_path]))
