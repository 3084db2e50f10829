"""``reportedly relations``: who is said to be whose enemy, ally, part or proxy; the story of a pair; all pairs on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.casebook import Filter
from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, check_relation_terms, one_of, open_casebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.casebook.book import Casebook
    from reportedly.relations import History, PairState, Statement

UNUSED = ("place", "country", "family")
"""Filters that say nothing about relations."""
OF_A_PAIR = ("since", "until", "type", "voice", "limit", "newest")
OF_A_DAY = ("type", "status", "actor", "voice", "limit", "newest")
PAIRS_NAMED = 8


def relations(
    asked: Filter,
    a: Annotated[str | None, typer.Argument(metavar="A", help="One side: register id, name, or part of a name.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The other side.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DAY", help="How all pairs (or A and B) stand on this day (2025-06-01).")
    ] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List what is said to bind or divide two actors, and who says so; with A and B, tell the story of that pair by day; with
    --at, how all pairs stand on a day."""
    from reportedly.errors import SettingError

    if a is not None and b is None:
        raise SettingError("a pair has two sides.", where=a, remedy=f"Name both, or list all of one: relations --actor {a!r}.")
    day = Filter(since=at).since
    if a is not None and b is not None:
        _only(asked, OF_A_PAIR, "the story of a pair")
        check_relation_terms(asked)
        with open_casebook(casebook) as book:
            _story(book, a, b, asked, str(day) if day else None, as_json=as_json)
    elif day is not None:
        _only(asked, OF_A_DAY, "the states of one day")
        with open_casebook(casebook) as book:
            _states(book, asked, str(day), as_json=as_json)
    else:
        check_relation_terms(asked)
        with open_casebook(casebook) as book:
            _list(book, asked, as_json=as_json)


def _list(book: Casebook, asked: Filter, *, as_json: bool) -> None:
    from reportedly.commands.listing import show_list
    from reportedly.commands.views import relations_table

    show_list(
        book,
        asked,
        book.relations,
        lambda rows: relations_table((row, row.source) for row in rows),
        as_json=as_json,
        what="relations",
        foot="One with its evidence: reportedly show ID. The story of a pair: reportedly relations A B",
    )


def _story(book: Casebook, a: str, b: str, asked: Filter, at: str | None, *, as_json: bool) -> None:
    from reportedly.commands.histories import follow, iso
    from reportedly.commands.terminal import notice, one_line, write_array
    from reportedly.relations import find_pairs, histories

    collected = follow(book, (a, b))
    every = histories(collected)
    found = find_pairs(every, a, b, collected.register)
    if as_json:
        write_array(found)
        return
    if not found:
        _no_pair(book, every, a, b)
        return
    if len(found) > 1:
        some = "; ".join(f"{one_line(pair.a.name)} and {one_line(pair.b.name)}" for pair in found[:PAIRS_NAMED])
        notice(f"{len(found)} pairs fit; name one more exactly: {some}{' …' if len(found) > PAIRS_NAMED else ''}.")
        return
    last = at or collected.last_day
    since, until = iso(asked.since), iso(asked.until)
    kept = [
        statement
        for statement in found[0].statements
        if (since is None or (statement.day or "") >= since)
        and (until is None or (statement.day or "") <= until)
        and (asked.type is None or statement.kind == asked.type)
        and (asked.voice is None or asked.voice.casefold() in statement.voice.name.casefold())
    ]
    _show_story(found[0], kept, asked, last)


def _show_story(history: History, kept: list[Statement], asked: Filter, day: str | None) -> None:
    from reportedly.commands.histories import states_table, story_table
    from reportedly.commands.options import SCREENFUL
    from reportedly.commands.terminal import amount, console, notice, one_line, say
    from reportedly.relations import states_at
    from reportedly.wording import BACKGROUND

    say(f"{one_line(history.a.name)} and {one_line(history.b.name)}", "bold underline")
    known = {side.key: side.name for side in (history.a, history.b)}
    for one in history.background:
        since = f" since {one.since}" if one.since else ""
        say(f"{known[one.a]} {BACKGROUND[one.kind]} {known[one.b]}{since} (the register's knowledge, no report's word)", "dim")
    say()
    most = asked.limit or SCREENFUL
    shown = kept[-most:] if asked.newest else kept[:most]
    console().print(story_table(history, shown, day))
    standing = states_at([history], day) if day is not None else []
    if standing:
        say(f"\nAs of {day}", "bold underline")
        say()
        console().print(states_table(standing))
    if len(shown) < len(kept):
        notice(f"{len(shown):,} of {amount(len(kept), 'statements')}; use --limit N, --since DAY, or --json for all.")
    if history.undated:
        notice(f"{amount(len(history.undated), 'statements')} without a day are left out; --json holds them.")
    notice("One claim or relation with its evidence: reportedly show ID. Other days: --at DAY")


def _states(book: Casebook, asked: Filter, day: str, *, as_json: bool) -> None:
    from itertools import islice
    from typing import get_args

    from reportedly.commands.asking import Asking
    from reportedly.commands.histories import states_table
    from reportedly.commands.listing import show_list
    from reportedly.records import RelationKind
    from reportedly.relations.records import Status

    one_of("--type", asked.type, get_args(RelationKind))
    one_of("--status", asked.status, get_args(Status))
    asking = Asking(book)

    def listing(wanted: Filter) -> Iterator[PairState]:
        if wanted.newest and wanted.actor is None:
            return iter(asking.newest_states(day, wanted.limit, lambda row: _fits(row, wanted)))
        rows = (row for row in asking.states(day, wanted.actor) if _fits(row, wanted))
        newest = sorted(rows, key=lambda row: row.state.last_told, reverse=True) if wanted.newest else rows
        return islice(newest, wanted.limit)

    show_list(
        book,
        asked,
        listing,
        states_table,
        as_json=as_json,
        what="relations known by then",
        foot="The story of a pair: reportedly relations A B",
    )


def _fits(row: PairState, asked: Filter) -> bool:
    from reportedly.commands.histories import names

    if asked.voice is not None:
        wanted = asked.voice.casefold()
        if not any(wanted in name.casefold() for name in (*row.state.by, *row.state.against)):
            return False
    return (
        (asked.type is None or row.kind == asked.type)
        and (asked.status is None or row.state.status == asked.status)
        and (asked.actor is None or names(row.a, asked.actor) or names(row.b, asked.actor))
    )


def _no_pair(book: Casebook, every: tuple[History, ...], a: str, b: str) -> None:
    """Say what is told of the two sides apart from each other, and what to do next."""
    from reportedly.commands.histories import names
    from reportedly.commands.listing import nothing
    from reportedly.commands.terminal import notice, one_line

    if not book.counts()["reports"]:
        nothing(book, Filter(), "relations")
        return
    partners = [
        one_line(history.b.name if names(history.a, name) else history.a.name)
        for name in (a, b)
        for history in every
        if names(history.a, name) or names(history.b, name)
    ]
    told = f" They are told with: {', '.join(dict.fromkeys(partners[:PAIRS_NAMED]))}." if partners else ""
    notice(f"Nothing is told between {a!r} and {b!r}.{told} All relations: reportedly relations")


def _only(asked: Filter, usable: tuple[str, ...], what: str) -> None:
    """Raise :class:`SettingError` for a filter that says nothing here."""
    from dataclasses import fields

    from reportedly.errors import SettingError

    for field in fields(asked):
        if field.name not in usable and getattr(asked, field.name) != field.default:
            raise SettingError(f"this does not narrow {what}.", where=f"--{field.name}", remedy="Leave it out.")
