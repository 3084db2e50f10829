"""Deciding on the command line: decide, decisions, undo, trail and reread, on either database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import casebook_factory as factory
import pytest
from test_commands import Outcome, Run, run

import reportedly
from reportedly.casebook.stored import Change, Decision, Reread, StaleDecision

__all__ = ["run"]


@pytest.fixture
def book(new_address: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A casebook of two clashes two days apart, the first told twice; whoever decides is called Ana."""
    monkeypatch.setenv("REPORTEDLY_BY", "Ana")
    address = new_address()
    with reportedly.open(address) as casebook:
        later = factory.clash(day="2025-06-04", killed=9)
        casebook.add_many([factory.clash(), factory.clash(source="Valley Post"), later])
        casebook.merge()
    yield address


def ids(book: str) -> tuple[str, str, str]:
    """The first incident, the second, and a claim of the first."""
    with reportedly.open(book) as casebook:
        one, other = casebook.incidents()
        return one.id, other.id, one.members[0].claim


def flat(outcome: Outcome) -> str:
    return " ".join(outcome.out.split())


ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)


def test_same_joins_and_undo_parts_again(run: Run, book: str) -> None:
    one, other, _ = ids(book)
    done = run("decide", one[:-4], "same", other, "--why", "the second paper errs on the day", "--casebook", book)
    assert done.status == 0
    assert f"They are one incident: {one}" in flat(done)
    assert all(words in flat(done) for words in ("same", "Ana", "the second paper errs on the day"))
    made = re.search(r"reportedly undo (decision-\w+)", done.err)
    assert made is not None
    undone = run("undo", made[1], "--by", "Ben", "--why", "it does not", "--casebook", book)
    assert (undone.status, f"different incidents: {one} and {other}" in flat(undone)) == (0, True)
    (record,) = (Decision.model_validate(row) for row in run("decisions", "--undone", "--json", "--casebook", book).json)
    assert (record.by, record.undone_by, record.undone_why) == ("Ana", "Ben", "it does not")
    again = run("undo", made[1], "--casebook", book)
    assert (again.status, "undone by Ben before" in again.err) == (1, True)


def test_merge_is_taken_back_by_its_trail(run: Run, book: str) -> None:
    one, other, _ = ids(book)
    run("decide", one, "same", other, "--casebook", book)
    (step,) = (Change.model_validate(row) for row in run("trail", "--json", "--casebook", book).json)
    assert (step.kind, step.incident, step.other) == ("merged", other, one)
    assert f"change-{step.id}" in run("show", other, "--casebook", book).out
    done = run("undo", f"change-{step.id}", "--why", "two attacks", "--casebook", book)
    assert (done.status, "different incidents" in flat(done)) == (0, True)
    shown = run("trail", other, "--newest", "--limit", "1", "--casebook", book)
    assert "split from" in flat(shown)
    made, last = (Decision.model_validate(row) for row in run("decisions", "--json", "--casebook", book).json)
    assert (made.verdict, last.verdict, last.why) == ("same", "different", "two attacks")
    assert run("undo", last.id, "--casebook", book).status == 0
    assert [change["kind"] for change in run("trail", "--json", "--casebook", book).json] == ["merged", "split", "merged"]


def test_correction_is_laid_over(run: Run, book: str) -> None:
    _, _, claim = ids(book)
    done = run("decide", claim, "correct", "killed=at least 5", "place=Ansongo", "--casebook", book)
    assert (done.status, "killed: at least 5; where: Ansongo" in flat(done)) == (0, True)
    person = next(row for row in run("claims", "--corrected", "--json", "--casebook", book).json if row["id"] == claim)
    machine = next(row for row in run("claims", "--json", "--casebook", book).json if row["id"] == claim)
    assert (person["place"]["name"], machine["place"]["name"]) == ("Ansongo", "Gao")
    assert "killed: at least 5" in run("show", claim, "--casebook", book).out


def test_saying_it_again_changes_nothing(run: Run, book: str) -> None:
    _, _, claim = ids(book)
    first = run("decide", claim, "accept", "--casebook", book)
    again = run("decide", claim, "accept", "--casebook", book)
    assert (again.status, again.out, "decided before" in again.err) == (0, first.out, True)
    assert len(run("decisions", "--json", "--casebook", book).json) == 1


@ON_SQLITE
def test_decisions_are_narrowed_and_fit_80_columns(run: Run, book: str) -> None:
    one, other, claim = ids(book)
    run(
        "decide", one, "accept", "--casebook", book, "--why", "seen the hospital's list of the dead, which names all of them " * 3
    )
    run("decide", other, "unsure", "--by", "Ben", "--casebook", book)
    run("decide", claim, "reject", "--by", "Ben", "--casebook", book)
    listed = run("decisions", "--casebook", book)
    assert max(map(len, listed.out.splitlines())) <= 80
    assert [row["by"] for row in run("decisions", "--newest", "--json", "--casebook", book).json] == ["Ben", "Ben", "Ana"]
    assert [
        row["subject"] for row in run("decisions", "--by", "Ben", "--verdict", "reject", "--json", "--casebook", book).json
    ] == [claim]
    assert len(run("decisions", other, "--json", "--casebook", book).json) == 1
    assert "The first 1 of 3 decisions" in run("decisions", "--limit", "1", "--casebook", book).err
    assert "leave one out" in run("decisions", "--by", "Chi", "--casebook", book).err
    assert "All 3 decisions fit" in run("decisions", "--stale", "--casebook", book).err


@ON_SQLITE
def test_nothing_decided_says_how(run: Run, book: str) -> None:
    assert "reportedly decide ID" in run("decisions", "--casebook", book).err
    assert "No incident was merged" in run("trail", "--casebook", book).err


@ON_SQLITE
@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        pytest.param(["decide", "CLAIM", "maybe"], "accept", id="no verdict"),
        pytest.param(["decide", "CLAIM", "same"], "other one", id="same as nothing"),
        pytest.param(["decide", "CLAIM", "accept", "CLAIM"], "speaks of one", id="accept two"),
        pytest.param(["decide", "CLAIM", "same", "CLAIM", "CLAIM"], "one other", id="three"),
        pytest.param(["decide", "CLAIM", "correct"], "killed=5", id="correct to nothing"),
        pytest.param(["decide", "CLAIM", "correct", "killed"], "field=value", id="no pair"),
        pytest.param(["decide", "CLAIM", "correct", "colour=red"], "Correct one of", id="no field"),
        pytest.param(["decide", "CLAIM", "correct", "killed=many"], "at least 9", id="no number"),
        pytest.param(["decide", "CLAIM", "accept", "--by", ""], "REPORTEDLY_BY", id="unsigned"),
        pytest.param(["undo", "CLAIM"], "reportedly decisions", id="undo a claim"),
        pytest.param(["undo", "change-one"], "reportedly trail", id="no change"),
        pytest.param(["undo", "change-1"], "merge or a split", id="undo the making"),
        pytest.param(["trail", "CLAIM"], "only incidents", id="trail of a claim"),
        pytest.param(["decisions", "--verdict", "acept"], "accept", id="no verdict to list"),
        pytest.param(["reread", "CLAIM"], "reportedly reports", id="reread a claim"),
    ],
)
def test_wrong_use_is_one_line_and_decides_nothing(run: Run, book: str, arguments: list[str], near: str) -> None:
    claim = ids(book)[2]
    done = run(*(claim if word == "CLAIM" else word for word in arguments), "--casebook", book)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert near in done.err
    assert run("decisions", "--undone", "--json", "--casebook", book).json == []


@ON_SQLITE
@pytest.mark.parametrize(
    "command", ["decide claim-000000 accept", "decisions claim-000000", "undo decision-000000", "trail incident-00000"]
)
def test_unknown_ids_are_status_1(run: Run, book: str, command: str) -> None:
    done = run(*command.split(), "--casebook", book)
    assert (done.status, done.out, "nothing in the casebook has this id" in done.err) == (1, "", True)


TEXT = "Gunmen attacked a market in Goma on Sunday, killing five traders, police said. Police arrested two men in Bukavu."


@pytest.fixture
def aged(new_address: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A casebook read by an older version, which saw another toll and an act that is not there, and what Ana decided of both."""
    monkeypatch.setenv("REPORTEDLY_BY", "Ana")
    address = new_address()
    now = reportedly.read(TEXT, published="2025-06-03", source="Lake Courier")
    attack = next(claim for claim in now.claims if claim.family == "violence_against_civilians" or claim.counts)
    told = attack.counts[0].model_copy(update={"low": 50, "high": 50, "best": 50})
    before = attack.model_copy(update={"id": "claim-before", "counts": (told,)})
    gone = attack.model_copy(update={"id": "claim-gone", "trigger": factory.span(TEXT, "market")})
    with reportedly.open(address) as casebook:
        casebook.add(now.model_copy(update={"reader": "0.0.1", "claims": (before, gone)}))
        casebook.merge()
        casebook.decide("claim-before", "correct", by="Ana", correction='{"killed": 5}')
        casebook.decide("claim-gone", "accept", by="Ana")
    yield address


def test_rereading_tells_what_changed_and_what_no_longer_fits(run: Run, aged: str) -> None:
    dry = run("reread", "--dry", "--casebook", aged)
    with reportedly.open(aged) as casebook:
        assert {claim.id for claim in casebook.claims()} == {"claim-before", "claim-gone"}
    done = run("reread", "--casebook", aged)
    assert (done.status, dry.status) == (0, 0)
    for told in (flat(dry), flat(done)):
        assert "killed 50" in told and "killed 5;" in f"{told};".replace("killed 5 ", "killed 5;")
        assert "no claim rests on its words any more" in told
        assert "1 lost" in told
        assert "Decisions: 1 fit (1 of them found again by their words), 1 no longer." in told
    assert max(map(len, done.out.splitlines())) <= 80
    with reportedly.open(aged) as casebook:
        assert "claim-before" not in {claim.id for claim in casebook.claims()}
        (attack,) = (claim for claim in casebook.claims(corrected=True) if claim.corrected)
        assert [count.low for count in attack.counts if count.what == "killed"] == [5]
    again = Reread.model_validate(run("reread", "--json", "--casebook", aged).json)
    assert (again.reports, again.earlier, again.changes, again.held, len(again.stale)) == (0, 1, (), 1, 1)
    (stale,) = (StaleDecision.model_validate(row) for row in run("decisions", "--stale", "--json", "--casebook", aged).json)
    assert stale.record == "claim-gone"
    assert "does not fit" in run("decisions", "--stale", "--casebook", aged).out


@ON_SQLITE
def test_report_that_cannot_be_read_keeps_its_reading(run: Run, aged: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("no memory")

    monkeypatch.setattr("reportedly.reading.assembly.read_parse", broken)
    done = run("reread", "--casebook", aged)
    assert (done.status, "failed: " in done.err, "1 failed" in flat(done)) == (3, True, True)
    with reportedly.open(aged) as casebook:
        assert casebook.counts()["claims"] == 2
    monkeypatch.undo()
    assert run("reread", "--casebook", aged).status == 0
