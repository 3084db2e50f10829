"""``reportedly export``: a casebook's records for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    CasebookOption,
    check_event_terms,
    check_relation_terms,
    one_of,
    open_casebook,
)


def export(
    asked: Filter,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    layout: Annotated[str, typer.Option(metavar="LAYOUT", help="jsonl or csv.")] = "jsonl",
    records: Annotated[str, typer.Option(metavar="KIND", help="claims, reports, incidents or relations.")] = "claims",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")] = "-",
) -> None:
    """Write claims, reports, incidents or relations as JSON Lines or CSV.

    A file appears under its name only when it is whole.
    """
    import sys
    from typing import get_args

    from reportedly.commands.terminal import Harmless, notice
    from reportedly.exports import Layout, What
    from reportedly.exports import export as write_export

    one_of("--layout", layout, get_args(Layout))
    one_of("--records", records, get_args(What))
    if records == "relations":
        check_relation_terms(asked)
    else:
        check_event_terms(asked, standing=records == "incidents")
    with open_casebook(casebook) as book:
        if output == "-":
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            stream = Harmless(sys.stdout) if sys.stdout.isatty() else sys.stdout
            written = write_export(book, asked, layout, stream, records)  # type: ignore[arg-type]
        else:
            target = Path(output)
            part = target.with_name(target.name + ".part")
            with _written(part) as file:
                written = write_export(book, asked, layout, file, records)  # type: ignore[arg-type]
            part.replace(target)
    where = "" if output == "-" else f" to {output}"
    notice(
        f"{written:,} {records} written{where}." if written else f"No {records} match; nothing but the frame was written{where}."
    )


def _written(part: Path) -> typer.FileTextWrite:
    from reportedly.errors import SettingError

    try:
        return part.open("w", encoding="utf-8", newline="")  # type: ignore[return-value]
    except OSError as error:
        raise SettingError(
            f"the file cannot be written ({error.strerror}).", where=str(part), remedy="Name another with --output."
        ) from error
