"""``reportedly reread``: read stored reports anew with this version, and tell what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, open_casebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import ClaimChange, Reread
    from reportedly.commands.terminal import Rows

FAILED = 3


def reread(
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT...]", help="Ids of reports; all if none is named.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry", help="Only tell what would change; store nothing.")] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Changes shown (tables: 50, --json: all).")] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Read stored reports anew with this version, and tell which claims are gained, lost or changed, and which decisions fit.

    Reports that this version has read are passed over, so that a run that was stopped can be repeated; it then tells all that
    changed. Earlier readings are kept. A report that cannot be read keeps its reading, is named, and makes the exit status 3.
    """
    from reportedly.commands.terminal import json_text, write

    with open_casebook(casebook) as book:
        found = read_anew(book, reports or (), dry=dry)
        if as_json:
            write(
                json_text(found if limit is None else found.model_copy(update={"changes": found.changes[:limit]}), indent=2)
                + "\n"
            )
        else:
            _show(book, found, limit, dry=dry)
    if found.failed:
        raise typer.Exit(FAILED)


def read_anew(book: Casebook, reports: Iterable[str], *, dry: bool) -> Reread:
    """Read reports on all cores, store and join what they give (unless ``dry``), and tell what changed."""
    from reportedly.commands.setup import join_claims, ready_reader
    from reportedly.commands.terminal import Progress, notice
    from reportedly.errors import CasebookError
    from reportedly.reading.batch import read_each
    from reportedly.reading.reader import Input

    reader = ready_reader()
    with book.rereading(reader.version, dry=dry, reports=reports) as run:
        with Progress("Reading anew", total=run.number()) as progress:
            for outcome in read_each(reader, ((report, Input.of(report)) for report in run.todo())):
                why = outcome.failure or "it could not be read."
                try:
                    if outcome.reading is None:
                        raise CasebookError(why, where=outcome.item.id)
                    run.store(outcome.reading)
                except CasebookError as error:
                    run.fail(outcome.item.id, error.what)
                    notice(f"failed: {outcome.item.id}: {error.what} The next run tries it again.")
                progress.advance()
        if not dry:
            join_claims(book)
        return run.result()


def _show(book: Casebook, found: Reread, limit: int | None, *, dry: bool) -> None:
    from reportedly.commands import decisions
    from reportedly.commands.options import SCREENFUL
    from reportedly.commands.terminal import amount, console, notice, say

    most = limit or SCREENFUL
    if found.changes:
        console().print(table(found.changes[:most]))
        say()
    if found.stale:
        say(
            "Decisions that no longer fit; they are kept, and hold until somebody undoes them"
            if not dry
            else "Decisions that would no longer fit",
            "bold underline",
        )
        say()
        console().print(decisions.table(book, [(row.decision, row.why) for row in found.stale[:most]]))
        say()
    say(summary(found, dry=dry))
    if len(found.changes) > most:
        notice(f"The first {most:,} of {amount(len(found.changes), 'changes')}: use --limit N, or --json for all.")
    if found.stale:
        notice("Again later: reportedly decisions --stale. Take one back: reportedly undo ID")


def summary(found: Reread, *, dry: bool) -> str:
    """How reading anew went, in two or three lines."""
    from reportedly.commands.terminal import amount

    read = f"{amount(found.reports, 'reports')} read anew by version {found.reader}{' (nothing is stored)' if dry else ''}"
    parts = [read, f"{found.same:,} of them unchanged"] if found.reports else [f"Nothing to read anew by version {found.reader}"]
    if found.earlier:
        parts.append(f"{found.earlier:,} read by it before")
    if found.failed:
        parts.append(f"{found.failed and len(found.failed):,} failed")
    lines = [", ".join(parts) + "."]
    if found.reports:
        numbers = ", ".join(f"{found.number(kind):,} {kind}" for kind in ("gained", "lost", "changed"))
        lines.append(f"Claims: {numbers}.")
    moved = f" ({len(found.moved):,} of them found again by their words)" if found.moved else ""
    stale = f", {len(found.stale):,} no longer" if found.stale else ""
    if found.held or found.stale:
        lines.append(f"Decisions: {found.held:,} fit{moved}{stale}.")
    return "\n".join(lines)


def table(changes: Iterable[ClaimChange]) -> Rows:
    """Claims gained, lost and changed, each with its report."""
    from rich.text import Text

    from reportedly.commands.terminal import Rows, shorten
    from reportedly.commands.wording import short_id

    colours = {"gained": "green", "lost": "red", "changed": "yellow"}
    made = Rows(("Claim", {"width": 15}), ("What", {"ratio": 1}), spaced=True)
    for change in changes:
        kind = Text(change.kind, style=f"bold {colours[change.kind]}")
        kind.append(f"\n{short_id(change.claim)}", style="not bold dim default")
        told = Text(f"“{shorten(change.trigger, 60)}”", style="italic")
        for mark, words in (("was", change.was), ("now", change.now)):
            if words is not None:
                told.append(
                    f"\n{mark}: {shorten(words, 300)}" if change.kind == "changed" else f"\n{shorten(words, 300)}",
                    style="not italic",
                )
        told.append(f"\n{short_id(change.report)}", style="not italic dim")
        made.put(kind, told)
    return made
