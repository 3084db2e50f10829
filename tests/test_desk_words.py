"""The desk's words, marks and drawings: never more exact than told, never a bare figure, every text whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import marking
from reportedly.desk import wording
from reportedly.desk.agreement import krippendorff_alpha
from reportedly.drawing import map as maps
from reportedly.drawing import network, timeline
from reportedly.records import Count, Place, Voice


@pytest.mark.parametrize(
    ("low", "high", "hedge", "words"),
    [
        (9, None, "at least", "at least 9"),
        (None, 5, "up to", "up to 5"),
        (24, 99, "dozens", "24 to 99"),
        (0, 0, None, "none"),
        (30, 30, "nearly", "nearly 30"),
        (None, None, None, "number not given"),
        (1200, 1200, None, "1,200"),
    ],
)
def test_amount(low: int | None, high: int | None, hedge: str | None, words: str) -> None:
    assert wording.amount(low, high, hedge) == words


def test_count_without_a_number_is_not_zero() -> None:
    told = Count(text="several", start=0, end=7, what="killed", low=None, high=None)
    assert wording.count_words(told) == "killed, number not given"


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2025-03-04", "2025-03-04", "day", "4 March 2025"),
        (None, "2025-03-04", "day", "by 4 March 2025"),
        ("2025-03-04", None, "day", "from 4 March 2025"),
        ("2025-03-01", "2025-03-31", "month", "March 2025"),
        ("2025-01-01", "2025-12-31", "year", "2025"),
        ("2025-03-04", "2025-03-06", "range", "4 – 6 March 2025"),
        ("2025-02-27", "2025-03-02", "range", "27 February – 2 March 2025"),
        ("2024-12-30", "2025-01-02", "range", "30 December 2024 – 2 January 2025"),
        (None, None, "day", ""),
    ],
)
def test_days(first: str | None, last: str | None, precision: str, words: str) -> None:
    assert wording.days_words(first, last, precision) == words


def test_voices_name_the_source_first() -> None:
    chain = (Voice(name="article"), Voice(name="police"), Voice(name="a witness"))
    assert wording.voices_words(chain, "Reuters") == "Reuters, citing police, who cites a witness"
    assert wording.voices_words(chain[:1], None) == "a report without a named source"


def test_area_is_not_called_a_place() -> None:
    place = Place(text="Gao", start=0, end=3, name="Gao", precision=4, lat=16.0, lon=0.0, stand_in=True)
    assert wording.precision_words(place) == "first-level unit; the point only stands in for the area"
    assert wording.precision_words(Place(text="Gao", start=0, end=3, name="Gao")) == "precision not known; not located"


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=12))
def test_marked_text_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        marking.Mark(min(span), max(span), marking.ROLES[number % len(marking.ROLES)], f"c{number}")
        for number, span in enumerate(spans)
    ]
    found = marking.pieces(text, marks)
    assert "".join(piece.text for piece in found) == wording.visible(text)
    assert len(wording.visible(text)) == len(text)


def test_overlapping_marks_keep_all_their_claims() -> None:
    found = marking.pieces("abcdef", [marking.Mark(0, 4, "evidence", "one"), marking.Mark(2, 6, "actor", "two")])
    assert [(piece.text, piece.claims) for piece in found] == [("ab", ("one",)), ("cd", ("one", "two")), ("ef", ("two",))]
    assert [piece.main for piece in found] == ["evidence", "actor", "actor"]


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        ([{"a": "x", "b": "x"}, {"a": "y", "b": "y"}], 1.0),
        ([{"a": "x", "b": "y"}, {"a": "y", "b": "x"}], -0.5),
        ([{"a": "x", "b": "x"}], None),
        ([{"a": "x"}, {"b": "y"}], None),
        ([], None),
    ],
)
def test_alpha(units: list[dict[str, str]], alpha: float | None) -> None:
    assert krippendorff_alpha(units) == (None if alpha is None else pytest.approx(alpha))


def test_alpha_of_three_people_with_gaps() -> None:
    units = [{"a": "1", "b": "1"}, {"a": "2", "b": "2", "c": "2"}, {"a": "3", "b": "3", "c": "1"}, {"b": "1"}]
    # By hand: 8 pairable values; disagreement observed 2 of 8; expected from 3, 3, 2 values: 42 of 56.
    assert krippendorff_alpha(units) == pytest.approx(1 - (2 / 8) / (42 / 56))


@given(
    st.lists(
        st.tuples(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.just("one_voice"), st.integers(1, 50)), min_size=1, max_size=40
    )
)
def test_timeline_counts_everything_once(rows: list[tuple[date, str, int]]) -> None:
    drawn = timeline.draw(rows)
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(count for _, _, count in rows)
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width + 1 for bar in drawn.bars)


def test_timeline_without_days_is_none() -> None:
    assert timeline.draw([(date.max, "one_voice", 3)]) is None


def test_open_figures_are_drawn_open() -> None:
    day = date(2025, 3, 4)
    drawn = timeline.draw_toll(
        [
            timeline.Told(day, 9, None, "at least 9", "police", "c1"),
            timeline.Told(day + timedelta(1), 4, 6, "4 to 6", "army", "c2"),
        ]
    )
    assert drawn is not None
    assert [mark.is_open for mark in drawn.marks] == [True, False]
    assert timeline.draw_toll([timeline.Told(day, None, None, "number not given", "police", "c1")]) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-179, 179)), min_size=1, max_size=20))
def test_every_point_is_on_the_map(points: list[tuple[float, float]]) -> None:
    box = maps.around(points)
    assert box is not None
    drawn = maps.draw([maps.Point(lat, lon) for lat, lon in points], box)
    assert all(-1 <= dot.x <= drawn.width + 1 and -1 <= dot.y <= drawn.height + 1 for dot in drawn.dots)


def test_area_is_a_ring_not_a_point() -> None:
    drawn = maps.draw([maps.Point(16.0, 0.0, precision=4), maps.Point(16.2, 0.1, precision=1)], (-2, 14, 2, 18))
    assert [dot.is_area for dot in drawn.dots] == [True, False]


def test_network_is_the_same_every_time() -> None:
    edges = [network.Edge("a", "b", "hostile", "current"), network.Edge("b", "c", "part_of", "current", is_stale=True)]
    names = {"a": "A", "b": "B", "c": "C"}
    first = network.draw(edges, names)
    assert first == network.draw(edges, names)
    assert first is not None
    assert [line.is_directed for line in first.lines] == [False, True]
    assert network.draw([], {}) is None
