"""Scoring of codings against gold, and the comparison of two runs."""

from __future__ import annotations

import copy
import io
import json
import random
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from reportedly.errors import SettingError
from reportedly.evaluation.changes import changes, changes_text, compare_codings, load_codings, save_codings
from reportedly.evaluation.names import counts_agree, dates_agree, distance_km, names_alike, names_f1, places_agree
from reportedly.evaluation.report import Evaluation, load_gold, score_codings
from reportedly.evaluation.scoring import compare, score_events, score_relations

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[2] / "shared"
BLANK: Mapping[str, Any] = {
    "status": "occurred",
    "actors": [],
    "targets": [],
    "place": None,
    "date": None,
    "killed": None,
    "injured": None,
    "attributed_to": ["article"],
}


def load_cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file, every scalar a string but for the marks that YAML cannot hold as such."""
    rows: list[dict[str, Any]] = yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return rows


def full(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event of a case with all its fields."""
    return {**copy.deepcopy(dict(BLANK)), **event, "optional": event.get("optional") == "true"}


def report(text: str, *events: Mapping[str, Any], name: str = "r1") -> dict[str, Any]:
    return {"id": name, "text": text, "events": [full(event) for event in events], "relations": []}


@pytest.mark.parametrize("case", load_cases("evaluation"), ids=lambda case: case["id"])
def test_events_match(case: dict[str, Any]) -> None:
    for event in [*case["gold"], *case["found"]]:
        assert event["evidence"] in case["text"]
    scored = score_events(case["text"], list(map(full, case["gold"])), list(map(full, case["found"])))
    counts = {"hits": scored.tally.hits, "gold": scored.tally.gold, "found": scored.tally.found}
    assert counts == {name: int(number) for name, number in case["expected"].items()}


@pytest.mark.parametrize("case", load_cases("evaluation_names"), ids=lambda case: case["id"])
def test_names_alike(case: dict[str, Any]) -> None:
    assert names_alike(case["a"], case["b"]) is (case["expected"] == "yes")
    assert names_alike(case["b"], case["a"]) is (case["expected"] == "yes")


def test_names_f1_is_one_to_one() -> None:
    assert names_f1([], []) == 1.0
    assert names_f1(["Red Column"], []) == 0.0
    assert names_f1(["Red Column", "Red Column"], ["Red Column"]) == pytest.approx(2 / 3)


def test_zero_silence_and_uncounted_differ() -> None:
    zero, silent, uncounted = {"low": 0, "high": 0}, None, {"low": None, "high": None}
    assert counts_agree(zero, {"low": 0, "high": 0, "text": "no one"})
    assert not counts_agree(zero, silent)
    assert not counts_agree(uncounted, silent)
    assert not counts_agree(zero, uncounted)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (("2025-03-03", "2025-03-03"), ("2025-03-03", "2025-03-03"), True),
        (("2025-03-03", "2025-03-03"), ("2025-03-04", "2025-03-04"), False),
        (("2025-03-01", "2025-03-04"), ("2025-03-01", "2025-03-02"), True),
        (("2025-03-01", "2025-03-31"), ("2025-03-03", "2025-03-03"), False),
        (("2025-03-01", None), ("2025-03-01", None), True),
        ((None, "2025-03-01"), ("2025-03-01", "2025-03-01"), False),
    ],
)
def test_dates_agree(gold: tuple[str | None, str | None], found: tuple[str | None, str | None], right: bool) -> None:
    a, b = (dict(zip(("start", "end"), pair, strict=True)) for pair in (gold, found))
    assert dates_agree(a, b) is right
    assert not dates_agree(a, None)
    assert dates_agree(None, None)


def test_place_without_name_goes_by_country() -> None:
    assert places_agree({"name": None, "country": "Velia"}, {"name": "Velia", "country": "Velia"})
    assert not places_agree({"name": "Arvel", "country": "Velia"}, {"name": None, "country": "Velia"})
    assert places_agree(None, None)


def test_distance_needs_both_points() -> None:
    assert distance_km({"lat": 0, "lon": 0}, {"lat": 0, "lon": 1}) == pytest.approx(111.19, abs=0.1)
    assert distance_km({"name": "Arvel"}, {"lat": 0, "lon": 1}) is None
    assert distance_km(None, {"lat": 0, "lon": 1}) is None


def test_second_reading_is_right_too() -> None:
    gold = full({"type": "battle", "evidence": "x", "also": {"status": "alleged", "attributed_to": ["article", "army"]}})
    found = full({"type": "battle", "evidence": "x", "status": "alleged", "attributed_to": ["article", "army"]})
    assert compare(gold, found).wrong == []
    assert compare(gold, full({"type": "battle", "evidence": "x", "status": "planned"})).wrong == ["status"]


def test_each_field_takes_the_better_reading() -> None:
    gold = full(
        {"type": "battle", "evidence": "x", "actors": ["Red Column"], "also": {"actors": ["Blue Column"], "status": "alleged"}}
    )
    mixed = full({"type": "battle", "evidence": "x", "actors": ["Red Column"], "status": "alleged"})
    assert compare(gold, mixed).wrong == []


def test_empty_chain_has_no_voice() -> None:
    gold = full({"type": "battle", "evidence": "x"})
    assert compare(gold, {**gold, "attributed_to": []}).scores["voice"] == 0.0


def test_country_and_distance_are_scored_where_gold_has_them() -> None:
    there = {"name": "Arvel", "country": "Velia", "lat": 10.0, "lon": 20.0}
    gold = full({"type": "battle", "evidence": "x", "place": there})
    pair = compare(gold, full({"type": "battle", "evidence": "x", "place": {**there, "lat": 10.1}}))
    assert pair.country == 1.0
    assert pair.km == pytest.approx(11.1, abs=0.1)
    without = compare(full({"type": "battle", "evidence": "x"}), gold)
    assert without.country is None and without.km is None


@pytest.mark.parametrize(("kind", "hits"), [("hostile", 1), ("part_of", 0)])
def test_relations_have_a_direction_where_it_matters(kind: str, hits: int) -> None:
    gold = [{"a": "Red Column", "b": "Blue Front", "relation": kind}]
    turned = [{"a": "Blue Front", "b": "Red Column", "relation": kind}]
    assert score_relations(gold, turned).tally.hits == hits


def test_optional_relation_is_neither_demanded_nor_punished() -> None:
    gold = [{"a": "Red Column", "b": "Blue Front", "relation": "allied", "optional": True}]
    for found in ([], gold):
        tally = score_relations(gold, found).tally
        assert (tally.hits, tally.gold, tally.found) == (0, 0, 0)


def test_alarms_on_reports_without_violence() -> None:
    empty = report("The team crushed its rivals.")
    talk = report("Crowds marched in Arvel.", {"type": "protest", "evidence": "Crowds marched"}, name="r2")
    false = full({"type": "battle", "evidence": "crushed its rivals"})
    codings = {
        "r1": {"id": "r1", "events": [false]},
        "r2": {"id": "r2", "events": [full({"type": "battle", "evidence": "marched in"})]},
    }
    found = score_codings({"r1": empty, "r2": talk}, codings)
    assert (found.false_alarms, found.violence_alarms) == (1, 2)
    assert [(error.kind, error.type) for error in found.event_errors] == [
        ("false", "battle"),
        ("missed", "protest"),
        ("false", "battle"),
    ]


def test_statements_are_scored_apart() -> None:
    gold = report("He spoke.", {"type": "statement", "evidence": "He spoke"})
    found = score_codings({"r1": gold}, {"r1": gold})
    assert found.events.gold == 0
    assert found.apart.f1 == 1.0


def test_report_without_coding_counts_as_empty() -> None:
    gold = report("Shells fell on Tarsa.", {"type": "battle", "evidence": "Shells fell"})
    assert score_codings({"r1": gold}, {}).events.recall == 0.0


def test_evaluation_as_json_and_table() -> None:
    gold = report("Shells [fell] on Tarsa.", {"type": "battle", "evidence": "Shells [fell]", "actors": ["Red Column"]})
    coding = {"id": "r1", "events": [{**gold["events"][0], "actors": []}]}
    found = score_codings({"r1": gold}, {"r1": coding})
    data = json.loads(found.to_json())
    assert data["events"]["f1"] == 1.0
    assert data["fields"]["actors"] == 0.0
    assert [error["field"] for error in data["field_errors"]] == ["actors"]
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(found.to_table(errors=True))
    shown = console.export_text()
    assert "Shells [fell]" in shown and "innermost voice" in shown


def test_nothing_matched_gives_no_field_scores() -> None:
    assert score_codings({}, {}).fields["status"] is None
    assert Evaluation().events.f1 == 0.0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "is no JSON"),
        ('{"id": "a"}', "has no text, events"),
        ('{"id": "a", "text": "x", "events": [{"id": "e1"}]}', "event e1"),
        (json.dumps(report("abc", {"type": "battle", "evidence": "abd"})), "evidence is not in the text"),
    ],
)
def test_faulty_gold_is_named(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        load_gold(tmp_path)
    assert fault in str(caught.value)
    assert "a.json" in str(caught.value)


def test_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no JSON files"):
        load_gold(tmp_path)


def test_same_id_twice_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps(report("abc")), encoding="utf-8")
    with pytest.raises(SettingError, match="another file"):
        load_gold(tmp_path)


def coded(words: str, start: int, **fields: Any) -> dict[str, Any]:
    return {**full({"type": "battle", "evidence": words}), "span": [start, start + len(words)], **fields}


def test_changes_between_two_runs(tmp_path: Path) -> None:
    old: list[dict[str, Any]] = [
        {"id": "r1", "events": [coded("clash in Arvel", 0), coded("raid on Belo", 40)]},
        {"id": "r2", "events": []},
    ]
    new = [{"id": "r1", "events": [coded("the clash in Arvel", 0, status="denied"), coded("fire at Tarsa", 90)]}]
    save_codings(old, tmp_path / "old.jsonl")
    save_codings(new, tmp_path / "new.jsonl")
    found = changes(tmp_path / "old.jsonl", tmp_path / "new.jsonl")
    assert [(change.kind, change.words) for change in found] == [
        ("changed", "the clash in Arvel"),
        ("lost", "raid on Belo"),
        ("gained", "fire at Tarsa"),
    ]
    assert found[0].details == "status: occurred -> denied"
    assert changes_text(found).splitlines()[0] == "1 gained, 1 lost, 1 changed"


def test_same_run_has_no_changes() -> None:
    coding = {"id": "r1", "events": [coded("clash in Arvel", 0), coded("clash in Arvel", 0, status="denied")]}
    assert compare_codings("r1", coding, copy.deepcopy(coding)) == []


@pytest.mark.parametrize("line", ["{", "[]", '{"events": []}'])
def test_faulty_run_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"id": "r1", "events": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"run\.jsonl:2"):
        load_codings(path)


def test_missing_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no such file"):
        load_codings(tmp_path / "none.jsonl")


def blurred(gold: Mapping[str, Mapping[str, Any]], seed: int) -> dict[str, dict[str, Any]]:
    """Codings made from gold by dropping, doubling and altering events and relations at random."""
    chance = random.Random(seed)
    codings = {}
    for name, one in gold.items():
        events = []
        for event in one["events"]:
            mine = {**event, **(event.get("also") or {})} if chance.random() < 0.3 else dict(event)
            mine = {key: value for key, value in mine.items() if key not in ("also", "optional")}
            for key, value in (
                ("status", "alleged"),
                ("place", None),
                ("date", None),
                ("actors", []),
                ("attributed_to", ["article"]),
            ):
                if chance.random() < 0.3:
                    mine[key] = value
            if chance.random() < 0.3:
                mine["evidence"] = mine["evidence"][: max(8, len(mine["evidence"]) // 2)]
            if chance.random() < 0.15:
                mine["type"] = chance.choice(["battle", "other", "protest"])
            events += [mine] * chance.choice([0, 1, 1, 1, 2])
        relations = [relation for relation in one.get("relations", []) if chance.random() < 0.7]
        codings[name] = {"id": name, "events": events, "relations": relations}
    return codings


@pytest.mark.parametrize("seed", range(5))
def test_same_figures_as_the_reference_scorer(seed: int) -> None:
    script, folder = SHARED / "tools" / "score_reports.py", SHARED / "reports"
    if not script.is_file() or not folder.is_dir():
        pytest.skip("the development gold is not here")
    reference = runpy.run_path(str(script))
    gold = load_gold(folder)
    codings = blurred(gold, seed)
    wanted = reference["score"](gold, codings)
    found = score_codings(gold, codings)
    for key, tally in (("main", found.events), ("apart", found.apart), ("relations", found.relations)):
        mine = (round(tally.precision, 3), round(tally.recall, 3), round(tally.f1, 3), tally.gold, tally.found)
        assert mine == tuple(wanted[key].values())
    assert {name: round(found.fields[name] or 0, 3) for name in wanted["fields_on_matched"]} == wanted["fields_on_matched"]
    assert found.false_alarms == wanted["false_alarms_on_empty_reports"]
