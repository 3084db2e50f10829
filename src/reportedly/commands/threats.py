"""``reportedly threats``: who threatens whom, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, one_of, open_casebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.relations import Threat

UNUSED = ("place", "country", "family", "text")
"""Filters that say nothing about threats."""


def threats(
    asked: Filter,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DAY", help="Outcomes as of this day (default: the last day of publication).")
    ] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List threats by day: who, against whom, in which words, until when, and whether carried out, withdrawn, lapsed or open."""
    from itertools import islice
    from typing import get_args

    from reportedly.commands.histories import threats_table
    from reportedly.commands.listing import show_list
    from reportedly.knowledge.histories import THREATS
    from reportedly.relations.records import Outcome

    one_of("--type", asked.type, THREATS)
    one_of("--status", asked.status, get_args(Outcome))
    day = Filter(since=at).since
    with open_casebook(casebook) as book:
        from reportedly.commands.asking import Asking

        asking = Asking(book)

        def listing(wanted: Filter) -> Iterator[Threat]:
            found = asking.threats(wanted, str(day) if day else None, wanted.limit)
            return islice((threat for threat in found if _fits(threat, wanted)), wanted.limit)

        foot = f"Outcomes as of {day or asking.last_day() or 'no known day'}. The words in their report: reportedly show ID"
        show_list(book, asked, listing, threats_table, as_json=as_json, what="threats", foot=foot)


def _fits(threat: Threat, asked: Filter) -> bool:
    from reportedly.commands.histories import iso, names

    since, until, said = iso(asked.since), iso(asked.until), threat.said
    if (since is not None or until is not None) and said is None:
        return False
    sides = (threat.who, *((threat.against,) if threat.against is not None else ()))
    return (
        (since is None or (said or "") >= since)
        and (until is None or (said or "") <= until)
        and (asked.type is None or threat.type == asked.type)
        and (asked.status is None or threat.outcome == asked.status)
        and (asked.actor is None or any(names(side, asked.actor) for side in sides))
        and (asked.voice is None or any(asked.voice.casefold() in told.voice.casefold() for told in threat.tellings))
    )
