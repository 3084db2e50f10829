"""The benchmarks' own arithmetic: floors, tolls, figures; no set of others is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.floors import check_floors, raise_floors, read_floors
from benchmarks.plover_spans import marked_spans
from benchmarks.result import Figure, Miss, Result, f1, macro_f1, shorten
from benchmarks.sources import Absent, read_set
from benchmarks.table import page, spread
from benchmarks.toll import claim_toll, highest_toll

from reportedly.records import Claim, Count, Span, Voice


def result(*figures: Figure) -> Result:
    return Result("invented", "3 cases", list(figures))


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    raise_floors([result(Figure("found", 0.61239, 0.9), Figure("error", 0.2004, 0.1, most=True), Figure("no bar", 0.5))], path)
    assert read_floors(path) == {"invented": {"found": 0.612, "error": 0.201}}
    raise_floors([result(Figure("found", 0.5, 0.9), Figure("error", 0.1, 0.1, most=True))], path)
    assert read_floors(path) == {"invented": {"found": 0.612, "error": 0.1}}


@pytest.mark.parametrize(
    ("figure", "below"),
    [
        (Figure("found", 0.612, 0.9), False),
        (Figure("found", 0.6119, 0.9), True),
        (Figure("found", None, 0.9), True),
        (Figure("another", 1.0, 0.9), True),
    ],
)
def test_a_figure_below_its_floor_is_told(tmp_path: Path, figure: Figure, below: bool) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"invented": {"found": 0.612}, "not measured": {"x": 1.0}}), encoding="utf-8")
    assert bool(check_floors([result(figure)], path)) is below


def test_less_is_better_where_a_figure_counts_errors(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"invented": {"error": 0.2}}), encoding="utf-8")
    assert check_floors([result(Figure("error", 0.3, 0.1, most=True))], path)
    assert not check_floors([result(Figure("error", 0.1, 0.1, most=True))], path)


def test_speed_has_no_floor(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    raise_floors([Result("speed", "", [Figure("ratio", 1.2, 1.5, most=True)])], path)
    assert read_floors(path) == {}


def test_macro_f1_counts_a_missing_answer_as_missed() -> None:
    assert macro_f1([("a", "a"), ("b", "b")]) == 1.0
    assert macro_f1([("a", "a"), ("b", None)]) == 0.5
    assert macro_f1([]) is None
    assert f1(0, 0, 0) == 0.0


def test_a_missing_set_is_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPORTEDLY_SHARED", str(tmp_path))
    with pytest.raises(Absent, match="quotes_dev"):
        read_set("quotes_dev")


def test_marks_are_taken_out_of_a_sentence() -> None:
    assert marked_spans("<s>Velia</s> warned <t>Arvel</t>.") == ((0, 5), (13, 18))
    assert marked_spans("<t>Two papers</t> were closed.") == ((0, 0), (0, 10))


def count(text: str, start: int, low: int | None, *, what: str = "killed", total: bool = True) -> Count:
    return Count.model_validate(
        {
            "text": text,
            "start": start,
            "end": start + len(text),
            "what": what,
            "low": low,
            "high": low,
            "best": low,
            "total": total,
        }
    )


def claim(*counts: Count) -> Claim:
    span = Span(text="killed", start=0, end=6)
    return Claim(
        id="c",
        type="killing",
        family="battle",
        trigger=span,
        counts=counts,
        attribution=(Voice(name="article"),),
        evidence=(span,),
    )


def test_a_total_goes_before_its_parts() -> None:
    assert claim_toll(claim(count("five", 0, 5), count("two", 10, 2, total=False)), "killed") == 5
    assert claim_toll(claim(count("three", 0, 3, total=False), count("two", 10, 2, total=False)), "killed") == 5


def test_silence_has_no_toll() -> None:
    assert claim_toll(claim(), "killed") is None
    assert claim_toll(claim(count("died", 0, None)), "killed") is None
    assert claim_toll(claim(count("no one", 0, 0)), "killed") == 0
    assert highest_toll([claim()], "killed") == 0


def test_an_incident_told_twice_counts_once() -> None:
    same = claim(count("five", 0, 5))
    assert highest_toll([same, same, claim(count("two", 30, 2))], "killed") == 5


def test_errors_are_spread_over_their_classes() -> None:
    errors = [Miss("many", str(number), "") for number in range(90)] + [Miss("few", str(number), "") for number in range(10)]
    chosen = spread(errors, 10)
    assert [error.kind for error in chosen].count("few") == 1
    assert spread(errors[:3], 10) == errors[:3]


def test_the_page_says_what_is_reached() -> None:
    one = result(Figure("found", 0.95, 0.9), Figure("error", 0.3, 0.1, most=True), Figure("nothing", None, 0.5))
    text = page({"invented": {"date": "2025-03-03", "version": "0.1.0", **one.to_data()}})
    assert "| found | 0.950 | 0.9 | yes |" in text
    assert "| error | 0.300 | at most 0.1 | no |" in text
    assert "| nothing | - | 0.5 |  |" in text


def test_the_page_tells_the_effect_of_each_feature() -> None:
    one = result(Figure("pair F1", 0.8), Figure("effect of “same day” (+1.7)", 0.04), Figure("effect of “same type” (+0.4)", 0.0))
    other = result(Figure("effect of “same day” (+1.7)", -0.002), Figure("effect of “same site” (+0.2)", -0.1))
    found = {"date": "2025-03-03", "version": "0.1.0"}
    text = page({"coded": {**found, **one.to_data()}, "read": {**found, **other.to_data()}})
    assert "| effect of" not in text
    assert "| “same site” (+0.2) |  | -0.100 |\n| “same day” (+1.7) | +0.040 | -0.002 |\n" in text
    assert "Without effect on these sets: “same type” (+0.4)." in text


def test_words_are_cut_to_one_line() -> None:
    assert shorten("a\n b", 10) == "a b"
    assert shorten("abcdef", 4) == "abc…"
