"""People's grades and notes of sources, and the rule best graded in incidents, exports and commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from casebook_factory import clash, reading
from test_commands import Run, run

from reportedly.errors import CasebookError, SettingError
from reportedly.incidents.records import Incident

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

__all__ = ["run"]


def best(casebook: Casebook) -> tuple[int | None, str | None, str | None]:
    (incident,) = casebook.incidents()
    (toll,) = incident.tolls
    given = toll.reductions
    assert casebook.get(incident.id) == incident
    return given.best_graded, given.best_graded_source, given.best_graded_grade


def test_grade_gives_the_rule_a_figure_at_once(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(killed=9, source="Valley Post"), clash(killed=6, source="Hill Post")])
    casebook.merge()
    assert best(casebook) == (None, None, None)
    casebook.grade("Valley Post", "B", "2", by="Ana", why="right so far")
    assert best(casebook) == (9, "Valley Post", "B2")
    casebook.grade("Desert", "A", by="Ana")
    assert best(casebook) == (4, "Desert Courier", "A")
    casebook.grade("Desert Courier", "F", by="Ben")
    assert best(casebook) == (9, "Valley Post", "B2")
    casebook.grade("Valley Post", None, by="Ben")
    assert best(casebook) == (None, None, None)
    told = {source.name: (source.reports, source.reliability, source.by) for source in casebook.sources()}
    assert told == {"Desert Courier": (1, "F", "Ben"), "Valley Post": (1, None, "Ben"), "Hill Post": (1, None, None)}


def test_copy_counts_as_the_graded_source_that_it_copies(casebook: Casebook) -> None:
    wire = clash(source="Wire Service")
    printed = wire.report.model_copy(update={"id": "report-printed", "source": "Hill Post", "sha256": "0" * 64})
    casebook.add_many([wire, reading(printed, *wire.claims), clash(killed=9, source="Valley Post")])
    casebook.merge()
    casebook.grade("Hill Post", "A", by="Ana")
    assert best(casebook) == (4, "Hill Post", "A")
    casebook.grade("Wire Service", "D", by="Ana")
    casebook.grade("Valley Post", "C", by="Ana")
    assert best(casebook) == (9, "Valley Post", "C")


@pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
def test_what_is_no_grade(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(source="Valley Post"), clash(source="Hill Post")])
    with pytest.raises(SettingError, match="completely reliable"):
        casebook.grade("Valley Post", "G", by="Ana")
    with pytest.raises(SettingError, match="confirmed by others"):
        casebook.grade("Valley Post", "A", "7", by="Ana")
    with pytest.raises(SettingError, match="signed"):
        casebook.grade("Valley Post", "A", by=" ")
    with pytest.raises(CasebookError, match="several"):
        casebook.grade("Post", "A", by="Ana")
    with pytest.raises(CasebookError, match="no source"):
        casebook.grade("Nobody", "A", by="Ana")


def test_grades_by_command(run: Run, casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(killed=9, source="Valley Post")])
    casebook.merge()
    where = ("--casebook", casebook.name)
    assert "REPORTEDLY_BY" in run("grade", "Valley", "B2", *where).err
    done = run("grade", "Valley", "b2", "--by", "Ana", "--why", "right so far", *where)
    assert done.status == 0
    assert all(words in done.out for words in ("B2", "usually reliable", "probably", "because:"))
    listed = json.loads(run("sources", "--json", *where).out)
    assert [(row["name"], row["reliability"], row["credibility"]) for row in listed] == [
        ("Desert Courier", None, None),
        ("Valley Post", "B", "2"),
    ]
    (incident,) = casebook.incidents()
    shown = run("show", incident.id, *where).out
    assert "9  Valley Post, B2" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert run("grade", "Valley", "Z9", "--by", "Ana", *where).status == 2
    assert run("grade", "Valley", "none", "--by", "Ana", *where).status == 0
    assert (
        Incident.model_validate(json.loads(run("show", incident.id, "--json", *where).out)).tolls[0].reductions.best_graded
        is None
    )


def test_notes_of_a_source_hold_and_stay_on_record(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(killed=9, source="Valley Post")])
    assert [(one.kind, one.speaks_for, one.owner, one.noted_by) for one in casebook.sources()] == [(None, None, None, None)] * 2
    casebook.note_source("Valley", kind="newspaper", owner=" Valley Press ", by="Ana")
    noted = casebook.note_source("Valley Post", kind="party", speaks_for="Blue Ridge Army", by="Ben", why="its masthead says so")
    assert (noted.kind, noted.speaks_for, noted.owner, noted.noted_by) == ("party", "Blue Ridge Army", None, "Ben")
    assert casebook.source("Desert").kind is None
    casebook.add(clash(killed=5, source="Valley Post"))
    assert casebook.source("Valley Post").kind == "party"
    from reportedly.casebook import models

    kept = models.SourceNote.objects.using(casebook.alias).order_by("pk").values_list("kind", "owner", "by")
    assert list(kept) == [("newspaper", "Valley Press", "Ana"), ("party", None, "Ben")]


@pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
def test_what_is_no_note(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(source="Valley Post"), clash(source="Hill Post")])
    with pytest.raises(SettingError, match="newspaper"):
        casebook.note_source("Valley Post", kind="gazette", by="Ana")
    with pytest.raises(SettingError, match="signed"):
        casebook.note_source("Valley Post", kind="wire", by="")
    with pytest.raises(SettingError, match="characters"):
        casebook.note_source("Valley Post", owner="x" * 201, by="Ana")
    with pytest.raises(SettingError, match="no database"):
        casebook.note_source("Valley Post", owner="a\x00b", by="Ana")
    with pytest.raises(CasebookError, match="several"):
        casebook.note_source("Post", kind="wire", by="Ana")
    with pytest.raises(CasebookError, match="no source"):
        casebook.note_source("Nobody", kind="wire", by="Ana")


def test_notes_by_command(run: Run, casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(killed=9, source="Valley Post")])
    where = ("--casebook", casebook.name)
    assert "REPORTEDLY_BY" in run("note", "Valley", "--kind", "wire", *where).err
    assert run("note", "Valley", "--by", "Ana", *where).status == 2
    assert run("note", "Valley", "--kind", "gazette", "--by", "Ana", *where).status == 2
    assert run("note", "Valley", "--kind", "social-media", "--owner", "Valley Press", "--by", "Ana", *where).status == 0
    done = run("note", "Valley", "--speaks-for", "Blue Ridge Army", "--by", "Ana", *where)
    told = " ".join(done.out.split())
    assert all(words in told for words in ("social media", "speaks for Blue", "Valley Press"))
    assert max(map(len, done.out.splitlines())) <= 80
    assert run("note", "Valley", "--owner", "none", "--by", "Ana", *where).status == 0
    listed = {row["name"]: row for row in json.loads(run("sources", "--json", *where).out)}
    assert (listed["Valley Post"]["kind"], listed["Valley Post"]["owner"]) == ("social_media", None)
    assert (listed["Valley Post"]["speaks_for"], listed["Desert Courier"]["kind"]) == ("Blue Ridge Army", None)
