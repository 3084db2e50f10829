"""``reportedly claims``: the claims of a casebook."""

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


def claims(
    asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, corrected: CorrectedOption = False, as_json: JsonOption = False
) -> None:
    """List claims by day: what is said to have happened, in which words, and who says so."""
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import claims_table

    check_event_terms(asked)
    with open_casebook(casebook) as book:
        show_list(
            book,
            asked,
            partial(book.claims, corrected=corrected),
            lambda rows: claims_table((row, row.source) for row in rows),
            as_json=as_json,
            what="claims",
            foot="One with its evidence: reportedly show ID",
        )
