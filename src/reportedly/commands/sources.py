"""``reportedly sources``: who publishes, how much, and how people grade them."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, SCREENFUL, CasebookOption, JsonOption, open_casebook


def sources(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only those whose name holds this.")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many (tables: 50, --json: all).")] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List publishers, with the most reports first, and their grades on the Admiralty scales."""
    from reportedly.commands.terminal import amount, console, notice, write_array
    from reportedly.commands.views import sources_table

    with open_casebook(casebook) as book:
        wanted = (name or "").casefold()
        rows = sorted((row for row in book.sources() if wanted in row.name.casefold()), key=lambda row: (-row.reports, row.name))
        if as_json:
            write_array(rows[:limit])
            return
    if not rows:
        notice("No source fits. All: reportedly sources" if name else "No report names its source. See them: reportedly reports")
        return
    most = limit or SCREENFUL
    console().print(sources_table(rows[:most]))
    if len(rows) > most:
        notice(f"The first {most:,} of {amount(len(rows), 'sources')}: use --limit N, or --json for all.")
    notice("Grade one: reportedly grade SOURCE B2")
