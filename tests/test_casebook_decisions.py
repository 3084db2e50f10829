"""Decisions of people: signed, dated, undoable, apart from what the machine wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import clash

from reportedly.errors import CasebookError, ReportedlyError, SettingError
from reportedly.incidents.records import Incident

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook


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


def test_unknown_subject_or_decision(casebook: Casebook) -> None:
    with pytest.raises(CasebookError):
        casebook.decide("claim-none", "accept", by="Reviewer")
    with pytest.raises(CasebookError):
        casebook.undo("decision-none", by="Reviewer")
