"""``reportedly note``: what a person knows of a source: its kind, whom it speaks for, who owns it."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    ByOption,
    CasebookOption,
    JsonOption,
    WhyOption,
    check_signed,
    open_casebook,
)

NONE: Final = "none"


def note(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source: its name, part of it, or its id.")],
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="wire, newspaper, broadcaster, online, official, ngo, party (to the conflict), social-media or other.",
        ),
    ] = None,
    speaks_for: Annotated[str | None, typer.Option(metavar="NAME", help="Whom it speaks for.")] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who owns it.")] = None,
    by: ByOption = "",
    why: WhyOption = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Note what a source is, whom it speaks for and who owns it. What is not named stays; none takes it away. Signed, dated."""
    from reportedly.commands.terminal import console, json_text, notice, write
    from reportedly.commands.views import sources_table
    from reportedly.errors import SettingError

    check_signed(by)
    if kind is None and speaks_for is None and owner is None:
        raise SettingError("nothing is noted.", remedy="Say what is known: --kind, --speaks-for or --owner.")
    with open_casebook(casebook) as book:
        before = book.source(source)
        kept = book.note_source(
            before.id,
            kind=_said(kind.replace("-", "_") if kind else None, before.kind),
            speaks_for=_said(speaks_for, before.speaks_for),
            owner=_said(owner, before.owner),
            by=by,
            why=why,
        )
    if as_json:
        write(json_text(kept, indent=2) + "\n")
        return
    console().print(sources_table([kept]))
    notice("Earlier notes stay on record. All sources: reportedly sources")


def _said(said: str | None, before: str | None) -> str | None:
    """What holds now: what is said, what held before where nothing is, nothing where *none* is said."""
    if said is None:
        return before
    return None if said.casefold() == NONE else said
