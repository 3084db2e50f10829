"""``reportedly incidents``: claims of one act side by side."""

from __future__ import annotations

from functools import partial

from reportedly.casebook import Filter
from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    CasebookOption,
    CorrectedOption,
    JsonOption,
    check_event_terms,
    open_casebook,
)


def incidents(
    asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, corrected: CorrectedOption = False, as_json: JsonOption = False
) -> None:
    """List incidents by day: every figure told with who told it, and what stands behind it."""
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import incidents_table

    check_event_terms(asked, standing=True)
    with open_casebook(casebook) as book:
        show_list(
            book,
            asked,
            partial(book.incidents, corrected=corrected),
            lambda rows: incidents_table(book, rows),
            as_json=as_json,
            what="incidents",
            foot="One with all its claims and their words: reportedly show ID",
        )
