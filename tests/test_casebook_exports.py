"""Exports: every record, every column documented, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import ERBIL, claim, clash, reading, report

from reportedly.casebook import Filter
from reportedly.errors import SettingError
from reportedly.exports import csv as layout
from reportedly.exports import export

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

TEXT = "=cmd|'/c calc'!A0 exploded in Erbil; no one was killed, \"Red\" said."


@pytest.fixture
def filled(casebook: Casebook) -> Casebook:
    casebook.add(clash())
    told = claim(
        TEXT,
        "exploded",
        "explosion_remote_violence",
        at=ERBIL | {"lat": -1.5},
        killed=("no one", 0, 0),
        voice="@channel",
        day=(None, "2025-06-03"),
    )
    casebook.add(reading(report(TEXT, title="+1 reason", source="-Post"), told))
    casebook.merge()
    return casebook


def rows(casebook: Casebook, what: Any, asked: Filter | None = None) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    written = export(casebook, asked or Filter(), "csv", stream, what)
    stream.seek(0)
    found = list(csv.DictReader(stream))
    assert len(found) == written
    return found


def test_claims_as_csv(filled: Casebook) -> None:
    blast = next(row for row in rows(filled, "claims") if row["family"] == "explosion_remote_violence")
    assert blast["evidence"] == "'" + TEXT
    assert (blast["voice"], blast["voices"], blast["title"], blast["source"]) == (
        "'@channel",
        "article > @channel",
        "'+1 reason",
        "'-Post",
    )
    assert (blast["lat"], blast["killed_low"], blast["killed_high"], blast["injured_low"]) == ("-1.5", "0", "0", "")
    assert (blast["from"], blast["to"], blast["time_basis"]) == ("", "2025-06-03", "bounded_by_publication")
    clashes = rows(filled, "claims", Filter(family="battle"))
    assert [(row["actors"], row["actor_ids"], row["targets"]) for row in clashes] == [
        ("Red Lantern Front", "grp-red-lantern", "Blue Ridge Army")
    ]


def test_other_records_as_csv(filled: Casebook) -> None:
    assert [row["claims"] for row in rows(filled, "reports")] == ["1", "1"]
    assert [(row["a"], row["kind"], row["b"]) for row in rows(filled, "relations")] == [
        ("Red Lantern Front", "hostile", "Blue Ridge Army")
    ]
    incidents = rows(filled, "incidents")
    assert {(row["killed"], row["killed_low"], row["standing"]) for row in incidents} == {
        ("4", "4", "one_voice"),
        ("0", "0", "one_voice"),
    }


@pytest.mark.parametrize("what", ["claims", "reports", "incidents", "relations"])
def test_every_column_is_documented(what: str) -> None:
    """The module's page names all columns of each kind of record, and no others."""
    assert layout.__doc__ is not None
    section = layout.__doc__.split(f"**{what}**: ")[1].split("**")[0]
    told = set(re.findall(r"``(\w+)``", section))
    assert told == set(layout.LAYOUTS[what][0])


@pytest.mark.parametrize("what", ["claims", "reports", "incidents", "relations"])
def test_jsonl_holds_whole_records(filled: Casebook, what: Any) -> None:
    stream = io.StringIO()
    written = export(filled, Filter(), "jsonl", stream, what)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == written == len(list(getattr(filled, what)()))
    assert lines == [json.loads(record.model_dump_json(by_alias=True)) for record in getattr(filled, what)()]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-3", "'-3"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("\n=1", "'\n=1"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (-1.5, "-1.5"),
        (0, "0"),
        (False, "false"),
        ("'=1", "'=1"),
    ],
)
def test_cell(value: object, told: str) -> None:
    assert layout.cell(value) == told


@pytest.mark.parametrize(("layout_name", "what"), [("xlsx", "claims"), ("csv", "decisions"), ("", "")])
def test_unknown_layout(filled: Casebook, layout_name: Any, what: Any) -> None:
    with pytest.raises(SettingError, match="there is no export"):
        export(filled, Filter(), layout_name, io.StringIO(), what)
