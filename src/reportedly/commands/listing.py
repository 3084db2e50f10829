"""How the listing commands print: a table with a foot line, JSON for programs, or what to do where nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from rich.console import RenderableType

from reportedly.commands.options import SCREENFUL
from reportedly.commands.terminal import amount, console, near_path, notice, write_array

if TYPE_CHECKING:
    from reportedly.casebook import Filter
    from reportedly.casebook.book import Casebook
    from reportedly.records import Record

Kind = TypeVar("Kind", bound="Record")


def show_list(
    casebook: Casebook,
    asked: Filter,
    listing: Callable[[Filter], Iterator[Kind]],
    view: Callable[[list[Kind]], RenderableType],
    *,
    as_json: bool,
    what: str,
    foot: str,
) -> None:
    """Print what a listing gives. ``what`` is the plural of the records; ``foot`` says what to do next."""
    if as_json:
        write_array(listing(asked))
        return
    most = asked.limit or SCREENFUL
    found = list(islice(listing(replace(asked, limit=most + 1)), most + 1))
    if not found:
        nothing(casebook, asked, what)
        return
    console().print(view(found[:most]))
    if len(found) > most:
        notice(f"The first {most:,} {what}; there are more: use --limit N, narrower filters, or --json for all.")
    notice(foot)


def show_rows(
    casebook: Casebook,
    asked: Filter,
    rows: list[Kind],
    view: Callable[[list[Kind]], RenderableType],
    *,
    as_json: bool,
    what: str,
    foot: str,
    absent: str | None = None,
) -> None:
    """Print rows that are all known, in their order. ``absent`` names what is missing where there are none, if not ``what``."""
    if as_json:
        write_array(rows[: asked.limit])
        return
    if not rows:
        nothing(casebook, asked, absent or what)
        return
    most = asked.limit or SCREENFUL
    console().print(view(rows[:most]))
    if len(rows) > most:
        notice(f"The first {most} of {amount(len(rows), what)}: use --limit N, narrower filters, or --json for all.")
    notice(foot)


def nothing(casebook: Casebook, asked: Filter, what: str) -> None:
    """Say that nothing was found, and what to do next."""
    from reportedly.casebook import Filter

    counts = casebook.counts()
    if not counts["reports"]:
        notice(f"The casebook {near_path(casebook.name)} is empty. Add reports with: reportedly add FILE")
    elif asked == Filter(limit=asked.limit, newest=asked.newest):
        held = amount(counts["reports"], "reports")
        notice(f"There are no {what} among the {held} of {near_path(casebook.name)}. See them: reportedly reports")
    else:
        notice(f"No {what} match all of these filters; leave one out. The casebook holds {_holds(counts)}.")


def _holds(counts: dict[str, int]) -> str:
    kinds = ("reports", "claims", "incidents", "relations")
    return ", ".join(amount(counts[kind], kind) for kind in kinds)
