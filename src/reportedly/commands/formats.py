"""``reportedly formats``: the layouts of export, column by column."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.commands.options import one_of


def formats(
    layout: Annotated[str | None, typer.Argument(metavar="[LAYOUT]", help="Show the columns of this one.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="All of it as one Markdown page.")] = False,
) -> None:
    """List the layouts of export, or what fills each column of one and what it cannot say."""
    from reportedly.commands.terminal import Rows, console, write
    from reportedly.exports import layouts
    from reportedly.exports.formats_page import page, section
    from reportedly.exports.layout import UNITS

    one_of("LAYOUT", layout, layouts())
    if markdown:
        write(page())
    elif layout is not None:
        write("\n".join(section(layouts()[layout])) + "\n")
    else:
        table = Rows("Layout", "What", "One record", spaced=False)
        for each in layouts().values():
            table.put(each.name, each.title, UNITS[each.unit])
        console().print(table)
