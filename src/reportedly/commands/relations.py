"""``reportedly relations``: who is said to be whose enemy, ally, part or proxy."""

from __future__ import annotations

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, check_relation_terms, open_casebook

UNUSED = ("place", "country", "family")
"""Filters that say nothing about relations."""


def relations(asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, as_json: JsonOption = False) -> None:
    """List what is said to bind or divide two actors, by day of publication, and who says so."""
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import relations_table

    check_relation_terms(asked)
    with open_casebook(casebook) as book:
        show_list(
            book,
            asked,
            book.relations,
            lambda rows: relations_table((row, row.source) for row in rows),
            as_json=as_json,
            what="relations",
            foot="One with its evidence: reportedly show ID",
        )
