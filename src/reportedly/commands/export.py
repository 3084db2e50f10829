"""``reportedly export``: a casebook's records for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    CasebookOption,
    CorrectedOption,
    check_event_terms,
    check_relation_terms,
    one_of,
    open_casebook,
)


def export(
    asked: Filter,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    layout: Annotated[
        str, typer.Option(metavar="LAYOUT", help="jsonl, csv, acled, ucdp-ged, geojson …: see reportedly formats.")
    ] = "jsonl",
    records: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="Of jsonl, csv, parquet: claims, reports, incidents, relations; of jsonl also casebook."
        ),
    ] = None,
    reduction: Annotated[
        str, typer.Option(metavar="RULE", help="One number of several: lowest, median, latest, best-graded, highest.")
    ] = "lowest",
    corrected: CorrectedOption = False,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")] = "-",
) -> None:
    """Write claims, incidents, relations or reports in the layouts of other programs and data sets.

    A file appears under its name only when it is whole; beside it, what it was reduced from and by which rule.
    """
    from reportedly.commands.terminal import notice
    from reportedly.exports import COLUMNAR, layouts
    from reportedly.exports import export_file as write_file
    from reportedly.exports.layout import RULES

    one_of("--layout", layout, layouts())
    rule = reduction.replace("-", "_")
    what = checked_kind(layout, records, asked, rule)
    told = "reports with their readings" if what == "casebook" else what if layout in COLUMNAR else "records"
    with open_casebook(casebook) as book:
        if output == "-":
            written = to_screen(book, asked, layout, what, rule, corrected=corrected)
            where = ""
            if layouts()[layout].reduces:
                notice(f"The one number is {RULES[rule]}. With --output FILE the rows behind each record are written beside it.")
        else:
            done = write_file(book, asked, layout, Path(output), what, reduction=rule, corrected=corrected)  # type: ignore[arg-type]
            written, where = done.records, f" to {output}"
            for why, number in sorted(done.left_out.items()):
                notice(f"Left out: {number:,} {why}.")
    notice(f"{written:,} {told} written{where}." if written else f"No {told} match; nothing but the frame was written{where}.")


def checked_kind(layout: str, records: str | None, asked: Filter, rule: str) -> str:
    """The kind of record that is asked for. Raises :class:`SettingError` for options that mean nothing together."""
    from typing import get_args

    from reportedly.errors import SettingError
    from reportedly.exports import COLUMNAR, What, layouts
    from reportedly.incidents.records import Reduction

    one_of("--reduction", rule, get_args(Reduction))
    if layout not in COLUMNAR:
        if records is not None:
            raise SettingError(f"the layout {layout} has its own kind of record.", where="--records", remedy="Leave it out.")
        unit = layouts()[layout].unit
        if unit == "relations":
            check_relation_terms(asked)
        else:
            check_event_terms(asked, standing=unit != "acts")
        return "claims"
    what = records or "claims"
    one_of("--records", what, (*get_args(What), *(("casebook",) if layout == "jsonl" else ())))
    if what == "relations":
        check_relation_terms(asked)
    else:
        check_event_terms(asked, standing=what == "incidents")
    return what


def to_screen(book: object, asked: Filter, layout: str, what: str, rule: str, *, corrected: bool) -> int:
    """Write to standard output; the number of records."""
    import sys

    from reportedly.commands.terminal import Harmless
    from reportedly.errors import SettingError
    from reportedly.exports import export as write_export
    from reportedly.exports import layouts

    stream: object
    if layouts()[layout].is_binary:
        if sys.stdout.isatty():
            raise SettingError("this layout is no text.", where="--layout", remedy="Name a file with --output.")
        stream = sys.stdout.buffer
    else:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        stream = Harmless(sys.stdout) if sys.stdout.isatty() else sys.stdout
    return write_export(book, asked, layout, stream, what, reduction=rule, corrected=corrected)  # type: ignore[arg-type]
