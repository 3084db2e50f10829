"""``reportedly undo``: take back a decision, or a merge or split of incidents."""

from __future__ import annotations

from typing import Annotated

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

CHANGE = "change-"


def undo(
    key: Annotated[str, typer.Argument(metavar="ID", help="A decision, or a change of the trail (change-12).")],
    by: ByOption = "",
    why: WhyOption = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Take back a decision, or a merge or split of incidents. It stays on record, and taking it back can be undone too."""
    from reportedly.commands.decide import JOINING, effect
    from reportedly.commands.setup import join_claims
    from reportedly.commands.show import show_decision
    from reportedly.commands.terminal import json_text, notice, say, write
    from reportedly.commands.wording import short_id
    from reportedly.errors import SettingError

    check_signed(by)
    number = key.removeprefix(CHANGE)
    if key.startswith(CHANGE) and not (number.isascii() and number.isdecimal()):
        raise SettingError("this is no change.", where=key, remedy="List changes with: reportedly trail")
    with open_casebook(casebook) as book:
        is_change = key.startswith(CHANGE)
        made = book.reverse(int(number), by=by, why=why) if is_change else book.undo(key, by=by, why=why)
        if made.verdict in JOINING:
            join_claims(book)
        if as_json:
            write(json_text(made, indent=2) + "\n")
            return
        show_decision(made)
        if (outcome := effect(book, made)) is not None:
            say(f"\n{outcome}")
        if is_change:
            notice(
                f"This decision takes {key} back, for all later reports too. Undo it with: reportedly undo {short_id(made.id)}"
            )
