"""The page of formats: every layout column by column, made from the layouts themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.exports import COLUMNAR, csv, layouts
from reportedly.exports.attributed import COLUMNS
from reportedly.exports.layout import RULES, UNITS, Layout

HEAD = """# Formats of export

`reportedly export --layout NAME` writes these. Made by `reportedly formats --markdown`; change the layouts, not this page.

All of them: UTF-8; the same casebook and filter give the same bytes; an empty cell (or null) is "not told", never 0, and 0 is
a stated zero; ids are the casebook's own, and no other data set's ids are made up; a point that stands for a wider area is said
to be one where the layout has room for it. Cells of CSV that a spreadsheet would run begin with an apostrophe; numbers do not.

Where versions differ, type, place, time and names are those told most often or most precisely, as each column says. Numbers
are never added up over reports; the one number is chosen by `--reduction`:

"""
BESIDE = """
A file gets two more beside it. `NAME.meta.json` states layout, version, rule, filter, how many records were left out and why, and
what the layout cannot say. `NAME.attributed.csv` holds every claim behind every record: `record` (id of the exported record),
`role` (tells it, denies it, speaks about it), `score` and `reasons` (why it was joined), then the columns of `csv` for claims.

`reportedly import FILE --layout NAME` reads acled, ucdp-ged, gtd, icews, polecat, plover and reports-csv to compare with a
casebook. `--layout jsonl --records casebook` writes a whole casebook, and `reportedly import FILE --layout jsonl` makes the same
casebook of it: readings by every version, incidents with their trail, decisions and those taken back, grades and notes of
sources. With a filter it writes a part: the reports asked for (and what they copy) with their readings, the incidents that they
tell under the same ids and with their trail, and the decisions that rest on these reports alone. The file's first line, its side
file and the import say what stayed behind; an incident that other reports tell too tells less in the part.

| layout | what | one record | file |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def section(layout: Layout) -> Iterator[str]:
    """The lines of one layout."""
    yield f"## {layout.name}\n"
    yield f"{layout.title}: {layout.imitates}. {UNITS[layout.unit].capitalize()}."
    if layout.cannot_say:
        yield "\nIt cannot say:\n"
        yield from (f"- {words}" for words in layout.cannot_say)
    if layout.name == "csv":
        yield ""
        yield csv_columns()
        return
    if layout.name in COLUMNAR:
        return
    filled = [column for column in layout.columns if column.rule is not None]
    empty: dict[str, list[str]] = {}
    for column in layout.columns:
        if column.rule is None:
            empty.setdefault(column.why, []).append(column.name)
    yield "\n| column | what fills it |\n| --- | --- |"
    for column in filled:
        yield f"| `{column.name.replace('|', '` `')}` | {column.rule} |"
    if empty:
        yield f"\n{len(layout.columns)} columns in the layout's order; these always stay empty:\n"
        yield from (f"- {', '.join(f'`{name}`' for name in names)}: {why}" for why, names in empty.items())


def csv_columns() -> str:
    """What the plain CSV says of its columns."""
    told = re.sub(r"``", "`", csv.__doc__ or "")
    return told.split("\n\n", 1)[1].strip()


def _lines() -> Iterator[str]:
    assert COLUMNS
    yield HEAD + "\n".join(f"- `{rule.replace('_', '-')}`: {words}" for rule, words in RULES.items())
    yield BESIDE + "\n".join(
        f"| [{layout.name}](#{layout.name}) | {layout.title} | {UNITS[layout.unit]} | .{layout.suffix} |"
        for layout in layouts().values()
    )
    for layout in layouts().values():
        yield ""
        yield from section(layout)
