"""``reportedly changes``: what broke, formed, escalated or eased since a day."""

from __future__ import annotations

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, one_of, open_casebook

UNUSED = ("place", "country", "family", "text", "voice")
"""Filters that say nothing about changes."""


def changes(asked: Filter, casebook: CasebookOption = DEFAULT_CASEBOOK, as_json: JsonOption = False) -> None:
    """List by day what broke, formed, escalated or eased between groups since a day: truces, alliances, wars, threats."""
    from typing import get_args

    from reportedly.commands.histories import changes_table, iso, names
    from reportedly.commands.listing import show_rows
    from reportedly.errors import SettingError
    from reportedly.knowledge.histories import THREATS
    from reportedly.records import RelationKind
    from reportedly.relations.records import Direction

    since = iso(asked.since)
    if since is None:
        raise SettingError("no day is named.", where="--since", remedy="Name it: reportedly changes --since 2025-06-01.")
    one_of("--type", asked.type, (*get_args(RelationKind), *THREATS, "declaration_of_war"))
    one_of("--status", asked.status, get_args(Direction))
    with open_casebook(casebook) as book:
        from reportedly.commands.asking import Asking

        rows = [
            shift
            for shift in Asking(book).changes(since, iso(asked.until))
            if (asked.type is None or shift.what == asked.type)
            and (asked.status is None or shift.direction == asked.status)
            and (asked.actor is None or any(names(side, asked.actor) for side in (shift.a, shift.b) if side is not None))
        ]
        if asked.newest:
            rows.reverse()
        foot = "The story of a pair: reportedly relations A B. All threats: reportedly threats"
        show_rows(book, asked, rows, changes_table, as_json=as_json, what="changes", foot=foot)
