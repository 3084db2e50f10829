"""``reportedly reports``: the reports of a casebook."""

from __future__ import annotations

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, check_event_terms, open_casebook


def reports(asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, as_json: JsonOption = False) -> None:
    """List reports by day of publication, with their sources, copies, and what could not be read."""
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import reports_table

    check_event_terms(asked)
    with open_casebook(casebook) as book:
        show_list(
            book,
            asked,
            book.reports,
            reports_table,
            as_json=as_json,
            what="reports",
            foot="The text of one with its claims marked: reportedly show ID",
        )
