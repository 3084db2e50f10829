"""Relations over time: series of dated statements and the states by day that they leave; threats and what came of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import histories_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import KnowledgeError
from reportedly.knowledge.histories import load_ageing, load_event_words, parse_ageing, parse_event_words
from reportedly.knowledge.tables import ROOT, read_yaml
from reportedly.linking.register import Register
from reportedly.relations import (
    Collected,
    State,
    Telling,
    Threat,
    changes,
    collect,
    find_pairs,
    histories,
    ledger,
    on_day,
    states_at,
)

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "cases" / "histories.yaml")
AGEING, WORDS = ROOT / "lexicon" / "relation_ageing.yaml", ROOT / "lexicon" / "relation_events.yaml"
SIDES = ("Karo Front", "Dara Army", "Sefu Guard")


def collected(reports: list[dict[str, Any]]) -> Collected:
    return collect(factory.tellings(reports), Register.load())


def days(state: State) -> str:
    return f"{state.from_day}..{state.to_day or ''}"


def in_sum(found: Collected) -> list[str]:
    lines = []
    for history in histories(found):
        for track in history.tracks:
            for state in track.states:
                against = f" [{', '.join(state.against)}]" if state.against else ""
                lines.append(f"{track.kind} {days(state)} {state.status} {state.standing}: {', '.join(state.by)}{against}")
    return lines


def by_voice(found: Collected) -> list[str]:
    return [
        f"{told.voice.name} | {track.kind} {days(state)} {state.status}"
        for history in histories(found)
        for track in history.tracks
        for told in track.voices
        for state in told.states
    ]


def outcome(threat: Threat) -> str:
    whom = threat.against.name if threat.against is not None else threat.target
    day = f" {threat.outcome_day}" if threat.outcome_day else ""
    return f"{threat.who.name} > {whom}: {threat.outcome}{day}"


@pytest.mark.parametrize("case", [case for case in CASES if "states" in case], ids=lambda case: case["id"])
def test_states_by_day(case: dict[str, Any]) -> None:
    assert in_sum(collected(case["reports"])) == case["states"]


@pytest.mark.parametrize("case", [case for case in CASES if "voices" in case], ids=lambda case: case["id"])
def test_states_by_voice(case: dict[str, Any]) -> None:
    assert sorted(by_voice(collected(case["reports"]))) == sorted(case["voices"])


@pytest.mark.parametrize("case", [case for case in CASES if "threats" in case], ids=lambda case: case["id"])
def test_threats(case: dict[str, Any]) -> None:
    assert [outcome(threat) for threat in ledger(collected(case["reports"]))] == case["threats"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_order_of_arrival_does_not_matter(case: dict[str, Any]) -> None:
    told = factory.tellings(case["reports"])
    forward, backward = (collect(order, Register.load()) for order in (told, told[::-1]))
    assert histories(forward) == histories(backward)
    assert ledger(forward) == ledger(backward)


class TestStates:
    def test_nothing_is_known_before_it_is_told(self) -> None:
        found = histories(collected(CASES[0]["reports"]))
        assert states_at(found, "2025-02-28") == []
        assert [row.state.status for row in states_at(found, "2025-03-01")] == ["current"]
        assert [row.state.status for row in states_at(found, "2031-01-01")] == ["unknown"]

    def test_an_aged_state_says_what_it_was_and_by_which_rule(self) -> None:
        state = states_at(histories(collected(CASES[0]["reports"])), "2025-07-01")[0].state
        assert (state.was, state.limit, state.last_told, state.since) == ("current", 90, "2025-03-01", "2025-05-31")

    def test_every_change_has_its_words_voice_and_claim(self) -> None:
        case = next(case for case in CASES if case["id"] == "truce-signed-violated-ended-and-denied")
        (history,) = histories(collected(case["reports"]))
        assert [(s.event, s.denies, s.voice.name) for s in history.statements] == [
            ("agreement", False, "Desert Courier"),
            ("violation", False, "Dara Army"),
            ("truce_end", False, "Karo Front"),
            ("truce_end", True, "Dara Army"),
        ]
        assert all(s.evidence and s.claim and s.report and s.told for s in history.statements)
        known = {statement.id for statement in history.statements}
        assert all(state.statements and set(state.statements) <= known for track in history.tracks for state in track.states)

    def test_what_is_worked_out_says_from_what(self) -> None:
        case = next(case for case in CASES if case["id"] == "a-violation-with-one-side-named-is-of-its-only-truce")
        (history,) = histories(collected(case["reports"]))
        assert history.statements[-1].worked_out == "Dara Army is the voice"

    @pytest.mark.parametrize(
        ("case", "kind", "day", "reason"),
        [
            ("an-attack-after-the-truce-breaks-it", "truce", "2025-03-08", "an act of violence after the truce began"),
            ("an-attack-after-the-truce-breaks-it", "truce", "2025-03-01", None),
            ("war-declared-ends-the-truce", "truce", "2025-03-10", "war was declared"),
            ("a-truce-holds-the-fighting-still", "hostile", "2025-03-01", "a truce was agreed"),
            ("truce-signed-violated-ended-and-denied", "truce", "2025-03-04", None),
        ],
    )
    def test_a_state_that_nobody_tells_says_from_what_it_follows(
        self, case: str, kind: str, day: str, reason: str | None
    ) -> None:
        reports = next(one["reports"] for one in CASES if one["id"] == case)
        (state,) = (row.state for row in states_at(histories(collected(reports)), day) if row.kind == kind)
        assert state.worked_out == reason

    def test_what_fits_two_is_counted_as_unplaced(self) -> None:
        case = next(case for case in CASES if case["id"] == "a-violation-that-fits-two-truces-is-of-neither")
        assert collected(case["reports"]).unplaced == 1

    def test_undated_statements_are_kept_apart(self) -> None:
        case = next(case for case in CASES if case["id"] == "background-without-a-day-changes-nothing")
        (history,) = histories(collected(case["reports"]))
        assert (len(history.statements), len(history.undated), history.tracks) == (0, 1, ())

    def test_a_report_given_twice_counts_once(self) -> None:
        told = factory.tellings(CASES[0]["reports"])
        assert histories(collect([*told, *told], Register.load())) == histories(collect(told, Register.load()))

    def test_the_register_is_background_and_no_statement(self) -> None:
        report = {"published": "2025-03-01", "relation": "hostile", "a": "JNIM", "b": "Al-Qaida"}
        made = factory.tellings([report])[0]
        relation = made.relations[0]
        a, b = (
            end.model_copy(update={"id": key, "name": end.name}) for end, key in ((relation.a, "jnim"), (relation.b, "al-qaida"))
        )
        told = Telling(report="r", published="2025-03-01", relations=(relation.model_copy(update={"a": a, "b": b}),))
        (history,) = histories(collect([told], Register.load()))
        assert [(one.kind, one.a, one.b, one.basis) for one in history.background] == [
            ("part_of", "jnim", "al-qaida", "register")
        ]
        assert {track.kind for track in history.tracks} == {"hostile"}

    @pytest.mark.parametrize(
        ("a", "b", "found"),
        [("Karo Front", "Dara Army", 1), ("dara", "KARO", 1), ("DA", "the karo front", 1), ("Karo", "Sefu", 0), ("", "", 0)],
    )
    def test_a_pair_is_found_by_what_people_type(self, a: str, b: str, found: int) -> None:
        case = CASES[0]["reports"]
        assert len(find_pairs(histories(collected(case)), a, b, Register.load())) == found


class TestThreats:
    def test_tellings_of_one_threat_are_kept_together(self) -> None:
        case = next(case for case in CASES if case["id"] == "one-threat-told-twice-is-one")
        (threat,) = ledger(collected(case["reports"]))
        assert len({telling.report for telling in threat.tellings}) == 2

    def test_a_deed_is_linked_with_its_claim_and_voice(self) -> None:
        case = next(case for case in CASES if case["id"] == "threat-carried-out")
        (threat,) = ledger(collected(case["reports"]))
        assert [(deed.claim, deed.voice, deed.day) for deed in threat.deeds] == [("claim-1-0", "Desert Courier", "2025-03-08")]

    def test_outcomes_are_those_of_the_day_asked_for(self) -> None:
        case = next(case for case in CASES if case["id"] == "threat-carried-out")
        assert [outcome(threat) for threat in ledger(collected(case["reports"]), "2025-03-05")] == [
            "Karo Front > Dara Army: open"
        ]
        assert ledger(collected(case["reports"]), "2025-03-01") == ()

    def test_a_side_named_in_the_words_is_the_target(self) -> None:
        reports = [
            {
                "published": "2025-03-02",
                "tells": [
                    {"claim": "clash", "actors": ["Sefu Guard"], "targets": ["Dara Army"]},
                    {"claim": "threat", "actors": ["Karo Front"], "words": "threatened to burn the camps of the Dara Army"},
                ],
            }
        ]
        (threat,) = ledger(collected(reports))
        assert threat.against is not None and threat.against.name == "Dara Army"
        assert threat.worked_out == "Dara Army is named in the words of the threat"


class TestChanges:
    def test_what_broke_formed_and_escalated(self) -> None:
        case = next(case for case in CASES if case["id"] == "truce-signed-violated-ended-and-denied")
        found = collected(case["reports"])
        turns = changes(histories(found), ledger(found), "2025-03-01")
        assert [(turn.direction, turn.day, turn.now, turn.standing) for turn in turns] == [
            ("formed", "2025-03-01", "current", "told"),
            ("broke", "2025-03-04", "violated", "one_side"),
            ("broke", "2025-03-06", "ended", "one_side"),
        ]
        assert all(turn.evidence and turn.report for turn in turns)

    def test_only_since_the_day(self) -> None:
        case = next(case for case in CASES if case["id"] == "threat-carried-out")
        found = collected(case["reports"])
        turns = changes(histories(found), ledger(found), "2025-03-03")
        assert [(turn.day, turn.what, turn.now) for turn in turns] == [("2025-03-08", "threat", "carried_out")]
        assert changes(histories(found), ledger(found), "2025-03-03", "2025-03-07") == ()

    def test_an_old_enmity_told_again_is_no_change(self) -> None:
        reports = [{"published": f"2025-03-0{day}", "relation": "hostile", "a": SIDES[0], "b": SIDES[1]} for day in range(1, 5)]
        found = collected(reports)
        assert changes(histories(found), ledger(found), "2025-01-01") == ()

    def test_a_declaration_is_told_once(self) -> None:
        case = next(case for case in CASES if case["id"] == "war-declared-ends-the-truce")
        found = collected(case["reports"])
        turns = changes(histories(found), (), "2025-03-10")
        assert [(turn.direction, turn.what) for turn in turns] == [("escalated", "declaration_of_war"), ("broke", "truce")]


class TestRules:
    def test_every_kind_has_a_rule(self) -> None:
        rules = load_ageing()
        assert rules.limit("truce", "current") == 90
        assert rules.limit("truce", "violated") == 30
        assert rules.limit("splinter_of", "current") is None
        assert rules.limit("truce", "ended") is None

    def test_every_rule_is_documented(self) -> None:
        page = (Path(__file__).parents[1] / "docs" / "commands.md").read_text("utf-8")
        data = read_yaml(AGEING)
        rows = [f"| {kind.replace('_', ' ')} | {row['days']} | {row['why']} |" for kind, row in data["ageing"].items()]
        rows += [f"| {kind} | {row['days']} | {row['after']} | {row['why']} |" for kind, row in data["threats"].items()]
        assert [row for row in rows if row not in page] == []

    @pytest.mark.parametrize(
        ("words", "event"),
        [
            ("declared an open war on", "declaration_of_war"),
            ("withdrew the threat", "threat_withdrawn"),
            ("has lifted its two-day ultimatum", "threat_withdrawn"),
            ("renounced their oath", "renunciation"),
            ("formed an alliance", "alliance"),
            ("carried out a joint operation", "joint_operation"),
            ("called off the search", None),
            ("withdrew its troops", None),
            ("the war was declared over", None),
        ],
    )
    def test_words_of_events(self, words: str, event: str | None) -> None:
        assert [name for name, pattern in load_event_words().items() if pattern.search(words)] == ([event] if event else [])

    @pytest.mark.parametrize(
        ("part", "change", "message"),
        [
            ("ageing", {"truce": {"days": "soon", "why": "x"}}, "no number of days"),
            ("ageing", {"friendly": {"days": "3", "why": "x"}}, "friendly"),
            ("ageing", {"truce": {"days": "3"}}, "why"),
            ("threats", {"vow": {"days": "3", "after": "1", "why": "x"}}, "vow"),
        ],
    )
    def test_faulty_rules_are_refused(self, part: str, change: dict[str, Any], message: str) -> None:
        data = read_yaml(AGEING)
        with pytest.raises(KnowledgeError, match=message):
            parse_ageing({**data, part: {**data[part], **change}}, AGEING)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"peace": {"verbs": [], "phrases": []}}, "peace"),
            ({"alliance": {"verbs": ["form"], "phrases": []}}, "cannot read"),
            ({"alliance": {"verbs": [], "phrases": ["a", "a"]}}, "twice"),
        ],
    )
    def test_faulty_words_are_refused(self, change: dict[str, Any], message: str) -> None:
        with pytest.raises(KnowledgeError, match=message):
            parse_event_words({**read_yaml(WORDS), **change}, WORDS)


TYPES = ("ceasefire", "truce_violation", "truce_ended", "clash", "armed_assault", "threat", "ultimatum", "allegiance", "merger")
START = date(2025, 1, 1)


@st.composite
def told_reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for _ in range(draw(st.integers(1, 9))):
        a, b = draw(st.permutations(SIDES))[:2]
        published = START + timedelta(days=draw(st.integers(0, 400)))
        day = published - timedelta(days=draw(st.integers(0, 5)))
        denies = draw(st.booleans()) and draw(st.booleans())
        made.append(
            {
                "published": published.isoformat(),
                "claim": draw(st.sampled_from(TYPES)),
                "actors": [a],
                "targets": draw(st.sampled_from([[b], [b], []])),
                "voice": draw(st.sampled_from([None, a, b, "Sefu Guard"])),
                "from": day.isoformat(),
                "to": day.isoformat(),
                **({"status": "denied", "negated": "yes", "stance": "denies"} if denies else {}),
            }
        )
    return made


class TestProperties:
    @settings(max_examples=60, deadline=None)
    @given(told_reports(), st.randoms(use_true_random=False))
    def test_any_order_gives_the_same(self, reports: list[dict[str, Any]], chance: random.Random) -> None:
        told = factory.tellings(reports)
        shuffled = told[:]
        chance.shuffle(shuffled)
        one, two = (collect(order, Register.load()) for order in (told, shuffled))
        assert one == two
        assert histories(one) == histories(two)
        assert ledger(one) == ledger(two)

    @settings(max_examples=60, deadline=None)
    @given(told_reports())
    def test_states_follow_each_other_without_gap(self, reports: list[dict[str, Any]]) -> None:
        for history in histories(collected(reports)):
            for track in history.tracks:
                for states in (track.states, *(told.states for told in track.voices)):
                    for before, after in pairwise(states):
                        assert before.to_day is not None
                        assert date.fromisoformat(before.to_day) + timedelta(days=1) == date.fromisoformat(after.from_day)
                        assert on_day(states, before.to_day) == before
                    assert all(state.by or state.against for state in states)

    @settings(max_examples=60, deadline=None)
    @given(told_reports())
    def test_swapping_the_names_of_sides_swaps_them_and_nothing_else(self, reports: list[dict[str, Any]]) -> None:
        swap = {"Karo Front": "Dara Army", "Dara Army": "Karo Front"}

        def swapped(value: Any) -> Any:
            if isinstance(value, list):
                return [swapped(item) for item in value]
            return swap.get(value, value) if isinstance(value, str) else value

        turned = [{key: swapped(value) for key, value in report.items()} for report in reports]
        one, two = collected(reports), collected(turned)
        assert sorted(_shape(one, {})) == sorted(_shape(two, swap))


def _shape(found: Collected, swap: dict[str, str]) -> list[tuple[str, ...]]:
    """What is found, with names swapped back."""
    return [
        (
            track.kind,
            "-".join(sorted(swap.get(side.name, side.name) for side in (track.a, track.b))),
            days(state),
            state.status,
            state.standing,
            "-".join(sorted(swap.get(name, name) for name in state.by)),
        )
        for history in histories(found)
        for track in history.tracks
        for state in track.states
    ]


class TestFromTexts:
    """What the reader makes of invented reports, followed over time."""

    REPORTS = (
        ("2025-03-02", "The government of Chad and the Karo Salvation Front signed a ceasefire on Saturday."),
        ("2025-03-06", "The Karo Salvation Front said on Thursday it was ending its truce with Chad."),
        ("2025-03-07", "Chad denied that its truce with the Karo Salvation Front was over."),
        ("2025-03-08", "The Karo Salvation Front threatened to attack Chadian army bases."),
        ("2025-03-10", "Karo Salvation Front fighters attacked a Chadian army base near Abeche on Sunday, the army said."),
        ("2025-03-11", "The Desert Shield Brigade may sign a ceasefire with Chad, the mediator hoped."),
    )

    @pytest.fixture(scope="class")
    def read(self) -> Collected:
        from reportedly.reading.reader import Reader

        reader = Reader(workers=1)
        found = [(day, reader.read(text, published=day)) for day, text in self.REPORTS]
        return collect((Telling(one.report.id, day, None, one.claims, one.relations) for day, one in found), Register.load())

    def test_a_truce_is_made_called_over_and_disputed(self, read: Collected) -> None:
        truce = [line for line in in_sum(read) if line.startswith("truce")]
        assert truce[:2] == [
            "truce 2025-03-01..2025-03-05 current told: the report",
            "truce 2025-03-06..2025-03-06 ended one_side: Karo Salvation Front",
        ]
        assert truce[2:] == ["truce 2025-03-07.. ended disputed: Karo Salvation Front [Chad]"]

    def test_a_threat_is_followed_to_the_attack(self, read: Collected) -> None:
        assert [outcome(threat) for threat in ledger(read)] == ["Karo Salvation Front > Chad: carried_out 2025-03-09"]
