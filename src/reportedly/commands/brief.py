"""``reportedly brief``: what the reports of a window tell, with footnotes, as a file to read, print or send."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    NARROW,
    CasebookOption,
    check_event_terms,
    one_of,
    open_casebook,
)

if TYPE_CHECKING:
    from reportedly.briefs import Brief, Format
    from reportedly.briefs.records import Basis
    from reportedly.casebook.book import Casebook

UNUSED: Final = ("since", "until", "place", "limit", "newest")
"""Filters that a brief has in another form, or none of."""
AreaOption = Annotated[
    str | None,
    typer.Option(
        "--area", "--place", metavar="NAME", help="Part of a name of the place, district or province.", rich_help_panel=NARROW
    ),
]


def brief(
    asked: Filter,
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="A span (24h, 7d, 2w) before the end, a day, or a moment.")
    ] = "24h",
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="A day or a moment (UTC); without it, now.")
    ] = None,
    area: AreaOption = None,
    by: Annotated[str, typer.Option("--by", metavar="TIME", help="Reports published, or added, in that time.")] = "published",
    layout: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="markdown, html, docx, pdf or json; without it, by the name of FILE."),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")] = "-",
    casebook: CasebookOption = DEFAULT_CASEBOOK,
) -> None:
    """Write a brief of what reports of the last 24 hours tell: acts by standing, threats, what changed, what is not known.

    Every line has footnotes with the exact words. Made of templates over the records; nothing is added.
    """
    from datetime import UTC, datetime
    from typing import get_args

    from reportedly.briefs import window, write
    from reportedly.briefs.records import Basis
    from reportedly.commands.terminal import notice

    one_of("--by", by, get_args(Basis))
    check_event_terms(asked, standing=True)
    chosen = format_of(layout, output)
    asked = replace(asked, place=area)
    time = window(since, until, datetime.now(UTC), cast("Basis", by))
    with open_casebook(casebook) as book:
        made = make(book, asked, time)
        if output == "-":
            to_screen(write(made, chosen), chosen)
            return
        from reportedly.exports import whole_file

        data = write(made, chosen)
        with whole_file(Path(output), binary=True) as file:
            file.write(data)
    empty = "; nothing in this window matches, and the file says what to do" if made.is_empty else ""
    notice(f"Written to {output}: {len(made.footnotes)} footnotes{empty}.")


def make(book: Casebook, asked: Filter, time: object) -> Brief:
    """The brief of a casebook for a window, as this version makes it."""
    from reportedly.briefs import Window, compose, gather
    from reportedly.commands.setup import lineage
    from reportedly.reading.reader import reader_version

    material = gather(book, asked, cast("Window", time))
    return compose(material, made_by=f"reportedly {reader_version()}", related=lineage())


def format_of(layout: str | None, output: str) -> Format:
    """The format that is asked for: by its name, else by the ending of the file.

    Raises :class:`SettingError` for one that is unknown.
    """
    from reportedly.briefs import ENDINGS, FORMATS
    from reportedly.errors import SettingError

    if layout is not None:
        one_of("--format", layout, FORMATS)
        return cast("Format", layout)
    if output == "-":
        return "markdown"
    ending = Path(output).suffix.lower()
    found = next((name for name, own in ENDINGS.items() if own == ending or (ending, own) == (".htm", ".html")), None)
    if found is None:
        raise SettingError(
            f"the name ends in {ending or 'nothing'}, which is no format.",
            where="--output",
            remedy=f"End it in {', '.join(ENDINGS.values())}, or say --format.",
        )
    return found


def to_screen(data: bytes, layout: Format) -> None:
    """Write a brief to standard output. Raises :class:`SettingError` where a terminal would get what is no text."""
    import sys

    from reportedly.briefs import BINARY
    from reportedly.commands.terminal import Harmless
    from reportedly.errors import SettingError

    if layout in BINARY:
        if sys.stdout.isatty():
            raise SettingError("this format is no text.", where="--format", remedy="Name a file with --output.")
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    text = data.decode()
    if sys.stdout.isatty():
        Harmless(sys.stdout).write(text)
    else:
        from reportedly.commands.terminal import write as write_text

        write_text(text)
