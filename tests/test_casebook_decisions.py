"""Decisions of people: signed, dated, undoable, apart from what the machine wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import clash

from reportedly.errors import CasebookError, ReportedlyError, SettingError
from reportedly.incidents.records import Incident
from reportedly.records import Reading, Report, Span

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


def test_decision_is_kept_and_changes_no_claim(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    decision = casebook.decide(told.id, "reject", by="Reviewer", why="this was an exercise")
    assert list(casebook.claims()) == [told]
    assert (decision.subject_kind, decision.subject, decision.verdict, decision.by) == ("claim", told.id, "reject", "Reviewer")
    assert (decision.report, decision.start, decision.end) == (told.report, told.trigger.start, told.trigger.end)
    assert decision.when.endswith("+00:00")
    assert list(casebook.decisions(told.id)) == [decision]
    assert casebook.get(decision.id) == decision


def test_undone_decision_stays_on_record(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    decision = casebook.decide(told.id, "correct", by="Reviewer", correction='{"killed": 5}')
    casebook.undo(decision.id, by="Chief")
    assert list(casebook.decisions()) == []
    (undone,) = casebook.decisions(undone=True)
    assert (undone.undone_by, undone.correction) == ("Chief", '{"killed": 5}')
    with pytest.raises(CasebookError, match="undone by Chief"):
        casebook.undo(decision.id, by="Reviewer")


def test_judged_incident_is_reviewed_until_undone(casebook: Casebook) -> None:
    casebook.add(clash())
    casebook.merge()
    (incident,) = casebook.incidents()
    decision = casebook.decide(incident.id, "accept", by="Reviewer")
    casebook.add(clash(source="Valley Post"))
    casebook.merge()
    judged = casebook.get(incident.id)
    assert isinstance(judged, Incident)
    assert (judged.review, judged.reports) == ("reviewed", 2)
    casebook.undo(decision.id, by="Reviewer")
    assert casebook.get(incident.id).review == "candidate"  # type: ignore[union-attr]


@ON_SQLITE
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"verdict": "accept", "by": " "}, SettingError, id="unsigned"),
        pytest.param({"verdict": "maybe", "by": "R"}, SettingError, id="no verdict"),
        pytest.param({"verdict": "same", "by": "R"}, SettingError, id="same as nothing"),
        pytest.param({"verdict": "accept", "by": "R", "other": "x"}, SettingError, id="accept two"),
        pytest.param({"verdict": "correct", "by": "R"}, SettingError, id="correct to nothing"),
        pytest.param({"verdict": "accept", "by": "R", "correction": "5"}, SettingError, id="accept with correction"),
        pytest.param({"verdict": "same", "by": "R", "other": "claim-none"}, CasebookError, id="same as unknown"),
        pytest.param({"verdict": "same", "by": "R", "other": "grp-blue-ridge"}, SettingError, id="same as an actor"),
        pytest.param({"verdict": "accept", "by": "R\x00"}, SettingError, id="unstorable"),
    ],
)
def test_what_is_no_decision(casebook: Casebook, arguments: dict[str, Any], error: type[ReportedlyError]) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    with pytest.raises(error):
        casebook.decide(told.id, **arguments)
    assert list(casebook.decisions(undone=True)) == []


@ON_SQLITE
def test_unknown_subject_or_decision(casebook: Casebook) -> None:
    with pytest.raises(CasebookError):
        casebook.decide("claim-none", "accept", by="Reviewer")
    with pytest.raises(CasebookError):
        casebook.undo("decision-none", by="Reviewer")


@ON_SQLITE
def test_same_is_law_for_all_claims_of_both_incidents(casebook: Casebook) -> None:
    """Not only for the first claims: the claim that a decision was first tied to may be read no more."""
    early = [clash(source=source) for source in ("A", "B")]
    late = [clash(day="2025-06-04", killed=9, source=source) for source in ("C", "D")]
    casebook.add_many([*early, *late])
    casebook.merge()
    one, other = casebook.incidents()
    casebook.decide(one.id, "same", other=other.id, by="Reviewer")
    casebook.merge()
    (whole,) = casebook.incidents()
    assert whole.reports == 4
    first = whole.members[0]
    gone = next(item for item in early if item.report.id == first.report)
    casebook.add(gone.model_copy(update={"reader": "reportedly 0.2.0", "claims": ()}))
    casebook.merge()
    (left,) = casebook.incidents()
    assert (left.id, left.reports) == (whole.id, 3)
    (stale,) = casebook.stale_decisions()
    assert (stale.record, stale.why) == (one.id, "1 of the 2 claims that it speaks of are not read any more")


@ON_SQLITE
def test_different_is_law_for_all_claims_of_both_incidents(casebook: Casebook) -> None:
    casebook.add_many([clash(source=source) for source in ("A", "B")])
    casebook.merge()
    casebook.add_many([clash(day="2025-06-04", source=source) for source in ("C", "D")])
    casebook.merge()
    one, other = casebook.incidents()
    casebook.decide(one.id, "different", other=other.id, by="Reviewer")
    a, c = one.members[1].claim, other.members[1].claim
    casebook.decide(a, "same", other=c, by="Hasty")
    casebook.merge()
    assert [incident.reports for incident in casebook.incidents()] == [2, 2]


@pytest.mark.parametrize("kind", ["claim", "incident"])
def test_rejected_makes_no_incident_until_undone(casebook: Casebook, kind: str) -> None:
    casebook.add_many([clash(), clash(source="Valley Post")])
    casebook.merge()
    (incident,) = casebook.incidents()
    subject = incident.id if kind == "incident" else incident.members[0].claim
    decision = casebook.decide(subject, "reject", by="Reviewer", why="an exercise")
    casebook.merge()
    assert [found.reports for found in casebook.incidents()] == ([] if kind == "incident" else [1])
    assert len(list(casebook.claims())) == 2
    assert len(list(casebook.claims(corrected=True))) == (2 if kind == "incident" else 1)
    casebook.undo(decision.id, by="Reviewer")
    casebook.merge()
    assert [(found.id, found.reports) for found in casebook.incidents()] == [(incident.id, 2)]


def test_corrections_are_laid_over_and_outlive_a_new_reading(casebook: Casebook) -> None:
    first = clash()
    casebook.add(first)
    (told,) = casebook.claims()
    casebook.decide(told.id, "correct", by="Reviewer", correction='{"killed": 5, "place": "Ansongo", "actors": ["River Guard"]}')
    later = casebook.decide(told.id, "correct", by="Chief", correction='{"killed": [6, null], "from": "2025-06-01"}')
    (machine,), (person,) = casebook.claims(), casebook.claims(corrected=True)
    assert machine == told
    assert person.corrected == ("actors", "from", "killed", "place")
    assert [(count.what, count.low, count.high) for count in person.counts] == [("killed", 6, None)]
    assert (person.place and person.place.name, person.time and person.time.from_, person.time and person.time.to) == (
        "Ansongo",
        "2025-06-01",
        "2025-06-01",
    )
    casebook.undo(later.id, by="Chief")
    renamed = first.claims[0].model_copy(update={"id": "claim-anew"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.2.0", "claims": (renamed,)}))
    (person,) = casebook.claims(corrected=True)
    assert (person.id, [count.low for count in person.counts]) == ("claim-anew", [5])
    assert casebook.stale_decisions() == []
    casebook.add(first.model_copy(update={"reader": "reportedly 0.3.0", "claims": ()}))
    (stale,) = casebook.stale_decisions()
    assert (stale.record, stale.why, stale.decision.by) == (told.id, "no claim rests on its words any more", "Reviewer")


@ON_SQLITE
def test_claim_rejected_before_it_was_joined(casebook: Casebook) -> None:
    """Undoing finds the incident that the claim would have joined."""
    casebook.add(clash())
    (told,) = casebook.claims()
    decision = casebook.decide(told.id, "reject", by="Hasty")
    casebook.add(clash(source="Valley Post"))
    casebook.merge()
    assert [incident.reports for incident in casebook.incidents()] == [1]
    casebook.undo(decision.id, by="Reviewer")
    casebook.merge()
    assert [incident.reports for incident in casebook.incidents()] == [2]


@ON_SQLITE
def test_corrected_incident(casebook: Casebook) -> None:
    casebook.add(clash())
    casebook.merge()
    (incident,) = casebook.incidents()
    casebook.decide(incident.id, "correct", by="Reviewer", correction='{"place": "Ansongo", "note": "see the map"}')
    (machine,), (person,) = casebook.incidents(), casebook.incidents(corrected=True)
    assert (machine.place, person.place, machine.review) == ("Gao", "Ansongo", "reviewed")


@ON_SQLITE
@pytest.mark.parametrize(
    "correction",
    ["five", "5", "{}", '{"colour": 1}', '{"status": "maybe"}', '{"killed": -1}', '{"killed": "five"}', '{"from": "June"}'],
)
def test_what_is_no_correction(casebook: Casebook, correction: str) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    with pytest.raises(SettingError):
        casebook.decide(told.id, "correct", by="Reviewer", correction=correction)
    with pytest.raises(SettingError, match="cannot be corrected"):
        casebook.decide(told.report, "correct", by="Reviewer", correction='{"place": "Gao"}')


def test_merge_leaves_a_trail_and_can_be_taken_back(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(day="2025-06-04", source="Valley Post")])
    casebook.merge()
    one, other = casebook.incidents()
    casebook.decide(one.id, "same", other=other.id, by="Hasty")
    casebook.merge()
    steps = casebook.trail(other.id)
    assert [(step.kind, step.incident, step.other) for step in steps] == [("made", other.id, None), ("merged", other.id, one.id)]
    back = casebook.reverse(steps[-1].id, by="Reviewer", why="two attacks")
    assert (back.verdict, back.by) == ("different", "Reviewer")
    casebook.merge()
    assert {incident.id for incident in casebook.incidents()} == {one.id, other.id}
    with pytest.raises(SettingError, match="only a merge or a split"):
        casebook.reverse(steps[0].id, by="Reviewer")
    with pytest.raises(CasebookError, match="no such change"):
        casebook.reverse(10**6, by="Reviewer")
    split = next(step for step in casebook.trail(other.id) if step.kind == "split")
    casebook.undo(back.id, by="Reviewer")
    casebook.reverse(split.id, by="Reviewer")
    casebook.merge()
    assert len(list(casebook.incidents())) == 1


@ON_SQLITE
def test_rereading_tells_what_changed(casebook: Casebook) -> None:
    first, second = clash(), clash(source="Valley Post")
    casebook.add_many([first, second])
    (told, _) = casebook.claims()
    casebook.decide(told.id, "accept", by="Reviewer")

    def read(report: Report) -> Reading:
        old = first if report.id == first.report.id else second
        changed = old.claims[0].model_copy(update={"status": "alleged"})
        more = old.claims[0].model_copy(update={"id": "claim-more", "trigger": Span(text="in", start=40, end=42)})
        claims = {told.report: ()}.get(report.id, (changed, more))
        return old.model_copy(update={"reader": "reportedly 0.2.0", "claims": claims})

    dry = casebook.reread(read, dry=True)
    assert len(list(casebook.claims())) == 2
    wet = casebook.reread(read)
    assert (wet.changes, wet.reports, wet.same, wet.reader) == (dry.changes, 2, 0, "reportedly 0.2.0")
    assert [wet.number(kind) for kind in ("gained", "lost", "changed")] == [1, 1, 1]
    changed = next(change for change in wet.changes if change.kind == "changed")
    assert (changed.fields, changed.was, changed.now) == (("status",), "status occurred", "status alleged")
    assert ([stale.record for stale in wet.stale], dry.stale) == ([told.id], ())
    again = casebook.reread(read)
    assert (again.same, again.changes) == (2, ())
