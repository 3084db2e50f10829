"""``reportedly actors``: register entries that a casebook's claims name."""

from __future__ import annotations

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, check_event_terms, open_casebook


def actors(asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, as_json: JsonOption = False) -> None:
    """List the registered actors in claims: how often each acts and is a target, first and last day."""
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import actors_table

    check_event_terms(asked)
    with open_casebook(casebook) as book:
        show_list(
            book,
            asked,
            book.actors,
            actors_table,
            as_json=as_json,
            what="actors of the register",
            foot="Claims of one: reportedly claims --actor ID",
        )
