"""``reportedly import``: another table of events set against a casebook, or a whole casebook brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, check_event_terms, one_of, open_casebook

if TYPE_CHECKING:
    from reportedly.casebook.stored import Behind
    from reportedly.exports.compare import Comparison
    from reportedly.exports.foreign import Table

SHOWN = 50
"""Rows of each table on the screen; --json gives all."""


def import_(
    asked: Filter,
    table: Annotated[Path, typer.Argument(metavar="FILE", help="A table of events, or a casebook as JSON Lines.")],
    layout: Annotated[
        str,
        typer.Option(
            metavar="LAYOUT", help="acled, ucdp-ged, gtd, icews, polecat, plover, reports-csv; jsonl: a whole casebook."
        ),
    ],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    days: Annotated[int, typer.Option(metavar="N", min=0, max=31, help="Days that one event may be told apart.")] = 1,
    km: Annotated[float, typer.Option(metavar="KM", min=0, max=500, help="Kilometres that one event may be told apart.")] = 25.0,
    watches: Annotated[
        bool, typer.Option("--watches", help="With a casebook also its feeds and watches; they poll and send from here too.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare a table of events with the incidents of a casebook: matched, missing on either side, differing fields.

    Nothing is stored, save with --layout jsonl, which brings a whole casebook back (reportedly export --records casebook).
    """
    from reportedly.commands.terminal import json_of, notice, write
    from reportedly.exports.compare import compare
    from reportedly.exports.foreign import read_table, readable
    from reportedly.exports.material import Material

    one_of("--layout", layout, (*readable(), "jsonl"))
    if layout == "jsonl":
        bring_back(table, casebook, watches=watches)
        return
    check_event_terms(asked, standing=True)
    told = read_table(table, layout)
    with open_casebook(casebook) as book:
        found = compare(told.events, Material(book, asked).cases(), layout, days=days, km=km)
    if as_json:
        refused = [{"row": row, "why": why} for row, why in told.refused]
        write(json_of(found.to_data() | {"refused": refused}) + "\n")
    else:
        show(found)
    notice(summary(found, told))


def bring_back(path: Path, casebook: str, *, watches: bool) -> None:
    """Load a whole casebook that was exported, into a new casebook or beside what one holds; all of it or nothing."""
    from reportedly import casebook as casebooks
    from reportedly.commands.setup import lineage
    from reportedly.commands.terminal import notice
    from reportedly.errors import IntakeError
    from reportedly.exports import archive

    try:
        with path.open(encoding="utf-8") as lines, casebooks.open(casebook) as book:
            done = archive.read(book, lines, str(path), related=lineage(), watches=watches)
    except OSError as error:
        raise IntakeError(f"the file cannot be read ({error.strerror}).", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise IntakeError(f"byte {error.start} is no UTF-8.", where=str(path)) from error
    known = f"; {done.known:,} reports were there already" if done.known else ""
    with_them = f", {done.feeds:,} feeds and {done.watches:,} watches" if watches else ""
    notice(f"{done.reports:,} reports and {done.decisions:,} decisions{with_them} brought in{known}.")
    if done.behind is not None:
        notice(left_behind(done.behind))
    if done.left:
        notice(f"{done.left:,} feeds and watches stay out, as they would poll and send from here too; --watches brings them.")


def left_behind(behind: Behind) -> str:
    """What the file of a part does not hold, in one line."""
    rest = f"{behind.reports:,} reports and {behind.decisions:,} decisions stayed behind"
    cut = f"; they tell {behind.claims:,} more claims of {behind.incidents:,} of its incidents" if behind.incidents else ""
    return f"The file is a part of a casebook: {rest}{cut}."


def show(found: Comparison) -> None:
    """The matched pairs with their differences, then what one side alone has."""
    from reportedly.commands.terminal import Rows, console, one_line, say, shorten

    if found.matched:
        table = Rows("Table", "Casebook", "Apart", "Field", "Table says", "Casebook says", spaced=False)
        for match in found.matched[:SHOWN]:
            apart = f"{match.days} d" + ("" if match.km is None else f", {match.km:g} km")
            lines = [(one.field, one.theirs, one.ours) for one in match.differences] or [("nothing differs", None, None)]
            for number, (name, theirs, ours) in enumerate(lines):
                head = (match.theirs, match.ours[:17], apart) if number == 0 else ("", "", "")
                told = (shorten(side or "not told", 40) if match.differences else "" for side in (theirs, ours))
                table.put(*map(one_line, head), name, *told)
        console().print(table)
    for title, ids in (("Only in the table", found.missing_here), ("Only in the casebook", found.missing_there)):
        if ids:
            say(f"\n{title}", "bold")
            say(", ".join(map(one_line, ids[:SHOWN])) + (" …" if len(ids) > SHOWN else ""))


def summary(found: Comparison, table: Table) -> str:
    """One line of figures."""
    same = sum(not match.differences for match in found.matched)
    parts = [
        f"{len(found.matched):,} matched ({same:,} without a difference)",
        f"{len(found.missing_here):,} only in the table",
        f"{len(found.missing_there):,} only in the casebook",
    ]
    undated = len(found.undated_here) + len(found.undated_there)
    parts += [f"{undated:,} without a day to compare by"] if undated else []
    parts += (
        [f"{len(table.refused):,} rows not understood (row {table.refused[0][0]}: {table.refused[0][1]})"]
        if table.refused
        else []
    )
    return "; ".join(parts) + "."
