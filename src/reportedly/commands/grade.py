"""``reportedly grade``: a person's grade of a source."""

from __future__ import annotations

import re
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
GRADE: Final = re.compile(r"([A-Fa-f])([1-6])?")


def grade(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source: its name, part of it, or its id.")],
    value: Annotated[
        str, typer.Argument(metavar="GRADE", help="Reliability A to F, credibility 1 to 6: B2 or B; none takes it away.")
    ],
    by: ByOption = "",
    why: WhyOption = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Grade a source on the Admiralty scales; the rule best-graded takes the figures of the best graded source. Signed, dated."""
    from reportedly.commands.terminal import console, json_text, notice, write
    from reportedly.commands.views import sources_table
    from reportedly.errors import SettingError

    check_signed(by)
    told = GRADE.fullmatch(value)
    if told is None and value.casefold() != NONE:
        raise SettingError(
            f"{value!r} is no grade.", remedy="Write reliability A to F and credibility 1 to 6, as in B2, or none."
        )
    reliability, credibility = (told[1].upper(), told[2]) if told is not None else (None, None)
    with open_casebook(casebook) as book:
        kept = book.grade(source, reliability, credibility, by=by, why=why)
    if as_json:
        write(json_text(kept, indent=2) + "\n")
        return
    console().print(sources_table([kept]))
    notice("Incidents tell what the best graded source says: reportedly show INCIDENT")
