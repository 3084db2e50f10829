"""Decisions of people: signed, dated, undoable, apart from what the machine wrote."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import clash, many
from django.db import connections

import reportedly.casebook
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
    assert ([stale.record for stale in wet.stale], dry.stale) == ([told.id], wet.stale)
    again = casebook.reread(read)
    assert (again.same, again.changes) == (2, ())


def test_said_again_is_one_decision(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    first = casebook.decide(told.id, "correct", by="Reviewer", correction='{"killed": 5}')
    assert casebook.decide(told.id, "correct", by="Reviewer", correction='{"killed": 5}') == first
    casebook.decide(told.id, "correct", by="Chief", correction='{"killed": 6}')
    again = casebook.decide(told.id, "correct", by="Reviewer", correction='{"killed": 5}')
    assert again.id != first.id
    assert [made.by for made in casebook.decisions()] == ["Reviewer", "Chief", "Reviewer"]
    assert [made.id for made in casebook.decisions(by="Reviewer", verdict="correct")] == [first.id, again.id]
    (person,) = casebook.claims(corrected=True)
    assert [count.low for count in person.counts] == [5]


def test_undone_by_the_beginning_of_an_id_and_with_a_reason(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    made = casebook.decide(told.id, "accept", by="Reviewer")
    undone = casebook.undo(made.id[:-6], by="Chief", why="a slip")
    assert (undone.id, undone.undone_by, undone.undone_why) == (made.id, "Chief", "a slip")
    with pytest.raises(SettingError, match="no decision"):
        casebook.undo(told.id, by="Chief")
    with pytest.raises(SettingError, match="signed"):
        casebook.undo(made.id, by=" ")


@ON_SQLITE
def test_unsure_of_two_records_joins_nothing(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(day="2025-06-09", source="Valley Post")])
    casebook.merge()
    one, other = casebook.incidents()
    made = casebook.decide(one.id, "unsure", other=other.id, by="Reviewer")
    casebook.merge()
    assert (made.other, len(list(casebook.incidents()))) == (other.id, 2)
    with pytest.raises(SettingError, match="with itself"):
        casebook.decide(one.id, "same", other=one.id, by="Reviewer")


def test_rejected_report_tells_nothing_until_undone(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(source="Valley Post")])
    casebook.merge()
    (incident,) = casebook.incidents()
    made = casebook.decide(incident.members[1].report, "reject", by="Reviewer", why="a hoax")
    casebook.merge()
    assert [found.reports for found in casebook.incidents()] == [1]
    assert (len(list(casebook.claims())), len(list(casebook.claims(corrected=True)))) == (2, 1)
    casebook.undo(made.id, by="Reviewer")
    casebook.merge()
    assert [(found.id, found.reports) for found in casebook.incidents()] == [(incident.id, 2)]


def test_decision_on_a_relation_holds_by_its_words(casebook: Casebook) -> None:
    """Under another id too; it goes stale once no relation of its kind stands there, and touches no claim of those words."""
    first = clash()
    casebook.add(first)
    (bond,) = casebook.relations()
    casebook.decide(bond.id, "reject", by="Reviewer", why="they were allied then")
    casebook.merge()
    assert len(list(casebook.incidents())) == 1
    renamed = first.relations[0].model_copy(update={"id": "relation-anew"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.2.0", "relations": (renamed,)}))
    from reportedly.casebook.histories import tellings

    assert [told.relations for told in tellings(casebook)] == [()]
    assert casebook.stale_decisions() == []
    other = renamed.model_copy(update={"id": "relation-other", "kind": "allied"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.3.0", "relations": (other,)}))
    assert [len(told.relations) for told in tellings(casebook)] == [1]
    assert [stale.record for stale in casebook.stale_decisions()] == [bond.id]


@ON_SQLITE
def test_what_was_accepted_and_reads_otherwise_now_is_listed(casebook: Casebook) -> None:
    first = clash()
    casebook.add(first)
    (told,) = casebook.claims()
    accepted = casebook.decide(told.id, "accept", by="Reviewer")
    renamed = told.plain().model_copy(update={"id": "claim-anew"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.2.0", "claims": (renamed,)}))
    found = casebook.fitting()
    assert (found.held, [(moved.record, moved.now) for moved in found.moved]) == (1, [(told.id, "claim-anew")])
    assert [made.id for made in casebook.decisions("claim-anew")] == [accepted.id]
    changed = renamed.model_copy(update={"status": "alleged"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.3.0", "claims": (changed,)}))
    (stale,) = casebook.stale_decisions()
    assert stale.why == "it read otherwise when it was judged: status occurred (now status alleged)"
    casebook.decide("claim-anew", "accept", by="Chief")
    assert [stale.decision.by for stale in casebook.stale_decisions()] == ["Reviewer"]


@ON_SQLITE
def test_corrected_type_brings_its_family(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    casebook.decide(told.id, "correct", by="Reviewer", correction='{"type": "abduction"}')
    (person,) = casebook.claims(corrected=True)
    assert (person.family, person.crosswalk.acled_sub_event_type) == ("abduction", "Abduction/forced disappearance")
    with pytest.raises(SettingError, match=r"no type of event.*abduction"):
        casebook.decide(told.id, "correct", by="Reviewer", correction='{"type": "abducton"}')
    with pytest.raises(SettingError, match="before the first"):
        casebook.decide(told.id, "correct", by="Reviewer", correction='{"from": "2025-06-03", "to": "2025-06-01"}')


@ON_SQLITE
@pytest.mark.parametrize(
    "correction", ['{"from_day": "June"}', '{"place": 5}', '{"from_day": "2025-06-03", "to_day": "2025-06-01"}']
)
def test_what_is_no_correction_of_an_incident(casebook: Casebook, correction: str) -> None:
    casebook.add(clash())
    casebook.merge()
    (incident,) = casebook.incidents()
    with pytest.raises(SettingError):
        casebook.decide(incident.id, "correct", by="Reviewer", correction=correction)


def test_rereading_passes_over_what_the_version_read(casebook: Casebook) -> None:
    first, second = clash(), clash(source="Valley Post")
    casebook.add_many([first, second])
    readings = {item.report.id: item for item in (first, second)}
    asked: list[str] = []

    def read(report: Report) -> Reading:
        asked.append(report.id)
        old = readings[report.id]
        return old.model_copy(update={"reader": "reportedly 0.2.0", "claims": ()})

    done = casebook.reread(read, version="reportedly 0.2.0")
    assert (done.reports, done.earlier, done.number("lost"), len(asked)) == (2, 0, 2, 2)
    again = casebook.reread(read, version="reportedly 0.2.0")
    assert (again.reports, again.earlier, again.changes, len(asked)) == (0, 2, (), 2)
    older = casebook.reread(read, version="reportedly 0.1.5")
    assert (older.reports, older.earlier, len(asked)) == (0, 2, 2)
    dry = casebook.reread(read, version="reportedly 0.2.0", dry=True)
    assert (dry.reports, dry.same, len(asked)) == (2, 2, 4)


@ON_SQLITE
def test_rereading_with_knowledge_that_was_used_before(casebook: Casebook) -> None:
    """Of one version, another state of knowledge and back again: the last one used counts."""
    first = clash()
    casebook.add(first.model_copy(update={"reader": "0.1.0+aa"}))

    def read(reader: str) -> Callable[[Report], Reading]:
        claims = () if reader.endswith("bb") else first.claims
        return lambda _: first.model_copy(update={"reader": reader, "claims": claims})

    for reader, number in (("0.1.0+bb", 0), ("0.1.0+aa", 1), ("0.1.0+bb", 0)):
        assert casebook.reread(read(reader), version=reader).reports == 1
        assert (casebook.counts()["claims"], casebook.reading(first.report.id).reader) == (number, reader)


@ON_SQLITE
def test_report_that_failed_is_read_by_the_next_run(casebook: Casebook) -> None:
    first, second = clash(), clash(source="Valley Post")
    casebook.add_many([first, second])
    with casebook.rereading("reportedly 0.2.0") as run:
        for report in run.todo():
            if report.id == second.report.id:
                run.fail(report.id, "no memory")
            else:
                run.store(first.model_copy(update={"reader": "reportedly 0.2.0"}))
        assert run.result().failed == ((second.report.id, "no memory"),)
    with casebook.rereading("reportedly 0.2.0", reports=[first.report.id[:-4], second.report.id]) as run:
        assert [report.id for report in run.todo()] == [second.report.id]
    with pytest.raises(SettingError, match="no report"), casebook.rereading("v", reports=[first.claims[0].id]):
        pass


CHILD = """
import sys, time
sys.path.insert(0, {tests!r})
from casebook_factory import many
import reportedly.casebook
book = reportedly.casebook.open({address!r})
readings = {{item.report.id: item for item in many()}}
def read(report):
    if len(done) == 5:
        print("inside", flush=True)
        time.sleep(60)
    done.append(report.id)
    return readings[report.id].model_copy(update={{"reader": "reportedly 0.3.0", "claims": ()}})
done = []
book.reread(read, version="reportedly 0.3.0")
"""


def test_rereading_killed_in_the_middle_and_continued(new_address: Callable[[], str]) -> None:
    """Going on tells all that changed, also before the kill, and reads nothing twice."""
    address = new_address()
    with reportedly.casebook.open(address) as book:
        book.add_many(many()[:24])
    code = CHILD.format(tests=str(Path(__file__).parent), address=address)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "inside\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    readings = {item.report.id: item for item in many()[:24]}
    asked: list[str] = []

    def read(report: Report) -> Reading:
        asked.append(report.id)
        return readings[report.id].model_copy(update={"reader": "reportedly 0.3.0", "claims": ()})

    with reportedly.casebook.open(address) as book:
        done = book.reread(read, version="reportedly 0.3.0")
        assert (done.reports, done.earlier, done.number("lost"), len(set(asked)), len(asked)) == (24, 0, 24, 19, 19)
        assert book.counts()["claims"] == 0
        assert book.reread(read, version="reportedly 0.3.0").earlier == 24


def test_decision_made_while_claims_are_joined_is_obeyed(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two batches of one run: the run's later batches must not take the claims without the decision."""
    from reportedly.casebook import merge

    monkeypatch.setattr(merge, "BATCH", 2)
    casebook.add_many(clash(day=f"2025-06-{day:02}", source=source) for day in (1, 11, 21) for source in ("A", "B"))
    made: list[str] = []

    def decide(_: int) -> None:
        if not made:
            early = [incident for incident in casebook.incidents() if incident.from_day == "2025-06-01"]
            made.append(casebook.decide(early[0].members[0].claim, "reject", by="Reviewer").id)

    casebook.merge(progress=decide)
    casebook.merge()
    assert [incident.reports for incident in casebook.incidents()] == [1, 2, 2]


def test_only_one_of_two_who_undo_at_once_does(casebook: Casebook) -> None:
    casebook.add(clash())
    (told,) = casebook.claims()
    made = casebook.decide(told.id, "accept", by="Reviewer")
    outcomes = at_once(lambda name: casebook.undo(made.id, by=name).undone_by, ["Ana", "Ben", "Chi"])
    done = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(done) == 1
    assert all(f"undone by {done[0]}" in str(outcome) for outcome in outcomes if not isinstance(outcome, str))


def test_two_writers_at_once(new_casebook: Callable[[], Casebook], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two join claims while others decide and read anew: nothing fails, and all that was decided holds."""
    from reportedly.casebook import merge

    monkeypatch.setattr(merge, "BATCH", 3)
    casebook = new_casebook()
    readings = many()[:24]
    casebook.add_many(readings)
    claims = {told.report: told.id for told in casebook.claims()}
    days = [readings[at : at + 2] for at in range(0, 24, 2)]

    def reject(name: str) -> None:
        for one, _ in days[::3]:
            casebook.decide(claims[one.report.id], "reject", by=name)

    def split(name: str) -> None:
        for one, other in days[1::3]:
            casebook.decide(claims[one.report.id], "different", other=claims[other.report.id], by=name)

    def anew(name: str) -> None:
        for one, _ in days[2::3]:
            changed = one.claims[0].model_copy(update={"id": f"{one.claims[0].id}-anew"})
            casebook.add(one.model_copy(update={"reader": "reportedly 0.2.0", "claims": (changed,)}))

    work = {"one": lambda _: casebook.merge(), "two": lambda _: casebook.merge(), "Ana": reject, "Ben": split, "Chi": anew}
    assert [outcome for outcome in at_once(lambda name: work[name](name), list(work)) if isinstance(outcome, Exception)] == []
    casebook.merge()
    assert sorted(incident.reports for incident in casebook.incidents()) == [1] * 4 + [1] * 8 + [2] * 4


def at_once(work: Callable[[str], Any], names: list[str]) -> list[Any]:
    """What each of several threads that start together gives, or the error that it ends with."""
    start = threading.Barrier(len(names))

    def run(name: str) -> Any:
        start.wait()
        try:
            return work(name)
        except ReportedlyError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(run, names))
