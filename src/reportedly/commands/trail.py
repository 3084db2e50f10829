"""``reportedly trail``: how incidents were made, merged and split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, SCREENFUL, CasebookOption, JsonOption, open_casebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import Change
    from reportedly.commands.terminal import Rows


def trail(
    key: Annotated[str | None, typer.Argument(metavar="[INCIDENT]", help="Only the changes of this incident.")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="Last change first.")] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many (tables: 50, --json: all).")] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List how an incident was made, merged and split, or the merges and splits of all; each can be taken back."""
    from reportedly.commands.terminal import amount, console, notice, write_array

    with open_casebook(casebook) as book:
        steps = book.trail(key)
        if newest:
            steps.reverse()
        if as_json:
            write_array(steps[:limit])
            return
        if not steps:
            notice("No incident was merged or split yet. How one was made: reportedly trail INCIDENT")
            return
        most = limit or SCREENFUL
        console().print(table(book, steps[:most]))
        if len(steps) > most:
            notice(f"The first {most:,} of {amount(len(steps), 'changes')}: use --limit N, --newest, or --json for all.")
        notice("Take a merge or a split back: reportedly undo change-N")


def table(book: Casebook, steps: Iterable[Change]) -> Rows:
    """Changes of incidents."""
    from rich.text import Text

    from reportedly.commands.terminal import Rows, amount
    from reportedly.commands.views import record_text

    made = Rows(("When", {"width": 17}), ("Change", {"ratio": 1}), spaced=True)
    words = {"merged": "merged into", "split": "split from", "made": "made", "emptied": "emptied: no report tells it any more"}
    for step in steps:
        when = Text(step.when[:10])
        when.append(f"\nchange-{step.id}", style="dim")
        told = record_text(book, step.incident)
        told.append(f"\n{words[step.kind]}", style="bold")
        told.append(f" ({amount(step.claims, 'claims')})", style="not bold")
        if step.other is not None:
            told.append("\n")
            told.append_text(record_text(book, step.other))
        made.put(when, told)
    return made
