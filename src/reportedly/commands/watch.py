"""``reportedly watch``: feeds that are polled, saved filters, and what is told where when something new matches."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reportedly.casebook import Filter
from reportedly.commands.brief import AreaOption
from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    CasebookOption,
    JsonOption,
    check_event_terms,
    one_of,
    open_casebook,
    takes_filter,
)
from reportedly.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.casebook.book import Casebook
    from reportedly.casebook.models import Outgoing
    from reportedly.intake.item import Item, Options
    from reportedly.watches.records import Round, Send
    from reportedly.watches.running import Watcher

FAILED: Final = 3
UNUSED: Final = ("since", "until", "place", "limit", "newest")
NAME: Final = re.compile(r"[\w .-]{1,80}")
SENDS: Final = "Where it goes"
HELP: Final = "Poll feeds, and tell by e-mail, webhook, CAP, RSS or brief when something new matches a saved filter."
STATES: Final = {
    "waiting": "waiting",
    "sending": "being sent",
    "sent": "sent",
    "doubtful": "in doubt",
    "given_up": "given up",
    "dropped": "dismissed",
}


def build() -> typer.Typer:
    """The command with its subcommands."""
    app = typer.Typer(help=HELP, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
    app.command("feed")(feed)
    app.command("add")(takes_filter(add, leave=UNUSED))
    app.command("list")(list_)
    app.command("remove")(remove)
    app.command("run")(run)
    app.command("outbox")(outbox)
    app.command("resend")(resend)
    app.command("dismiss")(dismiss)
    return app


def feed(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of an RSS or Atom feed.", show_default=False)],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What you call it.")] = "",
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often it is asked (15m, 6h).")] = "30m",
    pages: Annotated[
        bool, typer.Option("--pages", help="Read the pages that entries link to, for feeds that hold only first lines.")
    ] = False,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
) -> None:
    """Poll a feed from now on: its entries become reports of the casebook. Makes the casebook if it is new."""
    from reportedly import casebook as casebooks
    from reportedly.commands.terminal import notice
    from reportedly.intake.fetch import check_address
    from reportedly.watches.schedule import minutes

    interval = minutes("--every", every)
    check_address(address, allow_private=True)
    with casebooks.open(casebook) as book:
        from reportedly.watches import feeds

        made = feeds.add(book, address, name, feeds.check_every(interval), pages=pages)
    notice(f"{'Watched' if made else 'Changed'}: {address}, every {every}. Ask it with: reportedly watch run")


def add(
    asked: Filter,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call the watch.", show_default=False)],
    area: AreaOption = None,
    email: Annotated[
        list[str] | None, typer.Option("--email", metavar="ADDRESS", help="Send a letter.", rich_help_panel=SENDS)
    ] = None,
    webhook: Annotated[
        list[str] | None, typer.Option("--webhook", metavar="URL", help="Post each alert as JSON.", rich_help_panel=SENDS)
    ] = None,
    cap: Annotated[
        list[str] | None,
        typer.Option("--cap", metavar="FOLDER|URL", help="Write or post each alert as CAP 1.2.", rich_help_panel=SENDS),
    ] = None,
    rss: Annotated[
        list[str] | None, typer.Option("--rss", metavar="FILE", help="Write the latest alerts as RSS.", rich_help_panel=SENDS)
    ] = None,
    brief: Annotated[
        list[str] | None,
        typer.Option(
            "--brief", metavar="FOLDER|ADDRESS", help="Write or mail briefs, by --at or --every.", rich_help_panel=SENDS
        ),
    ] = None,
    layouts: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help="Format of briefs (html); repeat for more.", rich_help_panel=SENDS),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="A brief each day: 06:00, or '06:00 Asia/Karachi'.", rich_help_panel=SENDS),
    ] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help="A brief every 6h, 1d, 1w.", rich_help_panel=SENDS)
    ] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
) -> None:
    """Save a filter, and where to tell when something new matches it. What is in the casebook already is not told."""
    from reportedly.commands.terminal import notice
    from reportedly.watches.schedule import check_at, minutes

    if NAME.fullmatch(name) is None:
        raise SettingError("a name has letters, digits, blanks, dots and dashes, 80 at most.", where="NAME")
    check_event_terms(asked, standing=True)
    sends = _sends(email or [], webhook or [], cap or [], rss or [], brief or [], layouts or ["html"])
    _check_schedule(bool(brief), at, every)
    interval = minutes("--every", every) if every is not None else None
    with open_casebook(casebook) as book:
        from reportedly.watches import watching

        watching.add(book, name, replace(asked, place=area), sends, at=check_at(at) if at is not None else None, every=interval)
    notice(f"Saved: {name}. It tells what is new from now on, when this runs: reportedly watch run")


def _sends(
    email: Sequence[str],
    webhook: Sequence[str],
    cap: Sequence[str],
    rss: Sequence[str],
    brief: Sequence[str],
    layouts: Sequence[str],
) -> list[Send]:
    """Where things go. Raises :class:`SettingError` where nothing is named, or what cannot be reached."""
    from pathlib import Path

    from reportedly.briefs import FORMATS
    from reportedly.intake.fetch import check_address
    from reportedly.watches.channels.mail import ADDRESS
    from reportedly.watches.records import Send

    for layout in layouts:
        one_of("--format", layout, FORMATS)
    for address in (*email, *(to for to in brief if "@" in to)):
        if ADDRESS.fullmatch(address) is None:
            raise SettingError(f"{address!r} is no e-mail address.", where="--email", remedy="Write it as name@example.org.")
    for address in (*webhook, *(to for to in cap if "://" in to)):
        check_address(address, allow_private=True)

    def at_home(path: str) -> str:
        """A path that means the same wherever the watch runs."""
        return path if "://" in path or "@" in path else str(Path(path).expanduser().absolute())

    sends = [Send(kind="email", to=to) for to in email] + [Send(kind="webhook", to=to) for to in webhook]
    sends += [Send(kind="cap", to=at_home(to)) for to in cap] + [Send(kind="rss", to=at_home(to)) for to in rss]
    sends += [Send(kind="brief", to=at_home(to), formats=tuple(layouts)) for to in brief]
    if not sends:
        raise SettingError("nothing is told anywhere.", where="watch", remedy="Name --email, --webhook, --cap, --rss or --brief.")
    return sends


def _check_schedule(has_brief: bool, at: str | None, every: str | None) -> None:
    if at is not None and every is not None:
        raise SettingError("a brief is due at a time of day or every so often, not both.", where="--at", remedy="Leave one out.")
    if has_brief and at is None and every is None:
        raise SettingError("when is the brief due?", where="--brief", remedy="Add --at 06:00, or --every 6h.")
    if not has_brief and (at is not None or every is not None):
        raise SettingError("only briefs have a time.", where="--at", remedy="Add --brief FOLDER, or leave the time out.")


def list_(casebook: CasebookOption = DEFAULT_CASEBOOK, as_json: JsonOption = False) -> None:
    """List feeds with their last fetch and what failed, and watches with what they look for and what went out."""
    from reportedly.commands.terminal import console, json_of, notice, write

    with open_casebook(casebook) as book:
        from reportedly.watches import feeds, watching

        polled, saved = feeds.every_feed(book), watching.every_watch(book)
        counts = {watch.name: watching.counts(book, watch) for watch in saved}
    if as_json:
        write(
            json_of({"feeds": [_feed_data(one) for one in polled], "watches": [_watch_data(one, counts) for one in saved]}) + "\n"
        )
        return
    if not polled and not saved:
        notice("Nothing is watched. Begin with: reportedly watch feed ADDRESS; and: reportedly watch add NAME --email YOU")
        return
    from reportedly.commands.terminal import Rows

    feed_rows = Rows(("Feed", {"ratio": 1}), ("Last fetch (UTC)", {"width": 34}), spaced=True)
    for one in polled:
        feed_rows.put(f"{one.name}\n{one.address}".strip(), _fetched(one))
    watch_rows = Rows(("Watch", {"width": 22}), ("Looks for", {"ratio": 1}), ("Tells", {"width": 32}), spaced=True)
    for watch in saved:
        asked = "\n".join(f"{term}: {value}" for term, value in watch.asked.items()) or "everything"
        watch_rows.put(watch.name, asked, _tells(watch.sends, watch.due, counts[watch.name]))
    for rows in (feed_rows, watch_rows):
        if rows.row_count:
            console().print(rows)
            console().print()
    _say_stuck(sum(count.get(state, 0) for count in counts.values() for state in ("doubtful", "given_up")))
    notice("To poll and tell: reportedly watch run")


def _feed_data(one: object) -> dict[str, object]:
    fields = ("address", "name", "every", "pages", "last_fetched", "last_new", "error", "failures", "due")
    return {name: _plain(getattr(one, name)) for name in fields}


def _watch_data(watch: object, counts: dict[str, dict[str, int]]) -> dict[str, object]:
    fields = ("name", "asked", "sends", "at", "every", "made", "checked", "due")
    data = {name: _plain(getattr(watch, name)) for name in fields}
    return {**data, "outgoing": counts[str(data["name"])]}


def _plain(value: object) -> object:
    from datetime import datetime

    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _fetched(one: object) -> str:
    last, new, error = (getattr(one, name) for name in ("last_fetched", "last_new", "error"))
    told = f"{last:%Y-%m-%d %H:%M}, {new or 0} new" if last is not None else "not yet"
    if error is None:
        return told
    failures, due = getattr(one, "failures", 0), getattr(one, "due", None)
    again = f"; again {due:%Y-%m-%d %H:%M}" if due is not None else ""
    return f"{told}\nfailed {failures} times: {error}{again}"


def _tells(sends: Sequence[dict[str, str]], due: object, counts: dict[str, int]) -> str:
    lines = [f"{send['kind']}: {send['to']}" for send in sends]
    if due is not None:
        lines.append(f"next brief {due:%Y-%m-%d %H:%M} UTC")
    if counts:
        lines.append(", ".join(f"{number} {STATES[state]}" for state, number in counts.items()))
    return "\n".join(lines)


def remove(
    name: Annotated[str, typer.Argument(metavar="NAME|ADDRESS", help="A watch, or the address of a feed.", show_default=False)],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
) -> None:
    """Watch something no more. Reports that came stay; what was told is forgotten."""
    from reportedly.commands.terminal import notice

    with open_casebook(casebook) as book:
        from reportedly.watches import feeds, watching

        if not (feeds.remove(book, name) or watching.remove(book, name)):
            raise SettingError(
                f"neither a watch nor a feed is called {name!r}.", where="NAME", remedy="See: reportedly watch list"
            )
    notice(f"Removed: {name}")


def run(
    once: Annotated[bool, typer.Option("--once", help="One round, then end (for cron and timers).")] = False,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="Time between two rounds.")] = "5m",
    again: Annotated[bool, typer.Option("--again", help="Send what was cut off while being sent; it may arrive twice.")] = False,
    private: Annotated[
        bool, typer.Option("--allow-private", help="Feeds and webhooks may be on this machine or a private network.")
    ] = False,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
) -> None:
    """Ask the feeds that are due, look for what is new, and tell it; again and again until stopped with Ctrl-C.

    A feed that fails is named, and asked less often; the rest goes on. Stopped at any moment, the next run goes on where
    this one was.
    """
    import time

    from reportedly.intake import Options
    from reportedly.watches.schedule import minutes

    pause = minutes("--every", every)
    with open_casebook(casebook) as book:
        watcher = make_watcher(book, Options(keep_original=True, allow_private=private))
        if once:
            failed = _show(watcher.round(again=again))
            _say_stuck(_stuck(book))
            if failed:
                raise typer.Exit(FAILED)
            return
        try:
            while True:
                _round(watcher, book, again=again)
                again = False
                time.sleep(pause * 60)
        except KeyboardInterrupt:
            from reportedly.commands.terminal import notice

            notice("Stopped. The next run goes on where this one was.")


def outbox(
    everything: Annotated[bool, typer.Option("--all", help="Also what was sent or dismissed.")] = False,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List what has not gone out: waiting, being sent, in doubt (cut off: it may have arrived or not), given up."""
    from reportedly.commands.terminal import Rows, console, json_of, notice, write

    with open_casebook(casebook) as book:
        from reportedly.watches import outbox as letters
        from reportedly.watches.noticing import headings

        found = letters.pending(book, everything=everything)
        about = headings(book, found)
    if as_json:
        fields = ("kind", "to", "state", "tries", "due", "taken", "sent", "error")
        told = [
            {"number": row.pk, "watch": row.watch.name, "about": about[row.pk]}
            | {name: _plain(getattr(row, name)) for name in fields}
            for row in found
        ]
        write(json_of(told) + "\n")
        return
    if not found:
        notice("Everything went out." if not everything else "Nothing was ever to go out.")
        return
    rows = Rows(("No.", {"justify": "right"}), ("What", {"ratio": 1}), ("State (UTC)", {"width": 34}), spaced=True)
    for row in found:
        rows.put(str(row.pk), f"{row.watch.name}: {about[row.pk]}\n{row.kind} to {row.to}", _state(row))
    console().print(rows)
    _say_stuck(sum(row.state in {"doubtful", "given_up"} for row in found))


def _state(row: Outgoing) -> str:
    """How it stands with one letter or call."""
    told = STATES[row.state]
    if row.state == "waiting" and row.tries:
        told += f", tried {row.tries} times, again {row.due:%Y-%m-%d %H:%M}"
    if row.state == "sending" and row.taken is not None:
        told += f" since {row.taken:%Y-%m-%d %H:%M}"
    if row.state == "sent" and row.sent is not None:
        told += f" {row.sent:%Y-%m-%d %H:%M}"
    if row.state == "doubtful":
        told += ": cut off while it was being sent; it may have arrived or not"
    return f"{told}\n{row.error}" if row.error else told


def _say_stuck(number: int) -> None:
    from reportedly.commands.terminal import notice

    if number:
        notice(
            f"{number} in doubt or given up. See them: reportedly watch outbox. Send them again (what is in doubt may arrive "
            "twice): reportedly watch resend. Or let them be: reportedly watch dismiss"
        )


NumbersArgument = Annotated[
    list[int] | None, typer.Argument(metavar="[NUMBER]...", help="As watch outbox lists them; all where none is named.")
]


def resend(numbers: NumbersArgument = None, casebook: CasebookOption = DEFAULT_CASEBOOK) -> None:
    """Send again what is in doubt or was given up, at the next round; what is in doubt may arrive twice."""
    from reportedly.commands.terminal import notice

    with open_casebook(casebook) as book:
        from reportedly.watches import outbox as letters

        number = letters.send_again(book, numbers or [])
    notice(f"{number} to be sent again by: reportedly watch run" if number else "Nothing is in doubt or given up.")


def dismiss(numbers: NumbersArgument = None, casebook: CasebookOption = DEFAULT_CASEBOOK) -> None:
    """Never send what is in doubt or was given up (or waits, where it is named); it stays on record."""
    from reportedly.commands.terminal import notice

    with open_casebook(casebook) as book:
        from reportedly.watches import outbox as letters

        number = letters.dismiss(book, numbers or [])
    notice(f"{number} dismissed." if number else "Nothing is in doubt or given up.")


def make_watcher(book: Casebook, options: Options) -> Watcher:
    """A watcher that reads with this version, on all cores."""
    from reportedly.commands.add import Keeper
    from reportedly.commands.histories import follow
    from reportedly.commands.setup import lineage
    from reportedly.intake.duplicates import mark
    from reportedly.reading.reader import reader_version
    from reportedly.watches.running import Watcher

    keeper = Keeper(book)

    def keep(items: Sequence[Item]) -> tuple[int, int]:
        """Only what brings a report asks for the reader and the known copies, which take a while to make."""
        if not items:
            return 0, 0
        counts = keeper.keep(mark(iter(items), keeper.copies.index))
        return counts["read"], counts["failed"]

    return Watcher(book, keep, lambda: follow(book), options=options, related=lineage(), made_by=f"reportedly {reader_version()}")


def _stuck(book: Casebook) -> int:
    """How many letters and calls wait for a word of a person."""
    from reportedly.watches import outbox as letters

    return sum(row.state in {"doubtful", "given_up"} for row in letters.pending(book))


def _round(watcher: Watcher, book: Casebook, *, again: bool) -> None:
    """One round of many: what stops it is told, and the next one comes all the same."""
    from django.db import DatabaseError

    from reportedly.commands.terminal import notice
    from reportedly.errors import ReportedlyError

    try:
        _show(watcher.round(again=again))
        _say_stuck(_stuck(book))
    except (ReportedlyError, DatabaseError, OSError) as error:
        notice(f"This round was cut short, the next one comes: {error}")


def _show(told: Round) -> bool:
    """Say how a round went; whether anything failed."""
    from reportedly.commands.terminal import amount, notice

    for address, why in told.failed_feeds:
        notice(f"failed: {address}: {why}")
    for what, why in told.unsent:
        notice(f"not sent: {what}: {why}")
    parts = [f"{amount(told.feeds, 'feeds')} asked", f"{amount(told.reports, 'reports')} read", amount(told.alerts, "alerts")]
    notice(f"{', '.join(parts)}, {told.sent} sent.")
    return bool(told.failed_feeds or told.unsent or told.failed_reports)
