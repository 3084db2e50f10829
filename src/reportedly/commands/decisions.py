"""``reportedly decisions``: what people decided, and which of it no longer fits what is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, one_of, open_casebook

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import Decision
    from reportedly.commands.terminal import Rows


def decisions(
    key: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only those of this record.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only those that NAME signed.")] = None,
    verdict: Annotated[str | None, typer.Option(metavar="VERDICT", help="Only this one: accept, correct, same ...")] = None,
    undone: Annotated[bool, typer.Option("--undone", help="Also those that were taken back.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only those that no longer fit what is read, and why.")] = False,
    newest: Annotated[bool, typer.Option("--newest", help="Last made first.")] = False,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many (tables: 50, --json: all).")] = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """List what people decided: of which record, by whom, when, why; and what no longer fits what is read."""
    from reportedly.commands.terminal import write_array

    with open_casebook(casebook) as book:
        from reportedly.casebook.decisions import Verdict

        one_of("--verdict", verdict, get_args(Verdict))
        subject = book.get(key).id if key is not None else None
        made = list(book.decisions(subject, by=by, verdict=verdict, undone=undone))  # type: ignore[arg-type]
        if newest:
            made.reverse()
        if stale:
            order = {decision.id: at for at, decision in enumerate(made)}
            rows: list[Any] = [row for row in book.stale_decisions() if row.decision.id in order]
            rows.sort(key=lambda row: order[row.decision.id])
        else:
            rows = [(decision, None) for decision in made]
        if as_json:
            write_array(row if stale else row[0] for row in rows[:limit])
            return
        _show(
            book,
            [(row.decision, row.why) if stale else row for row in rows],
            limit,
            stale=stale,
            narrowed=bool(key or by or verdict),
        )


def _show(book: Casebook, rows: list[tuple[Decision, str | None]], limit: int | None, *, stale: bool, narrowed: bool) -> None:
    from reportedly.commands.options import SCREENFUL
    from reportedly.commands.terminal import amount, console, notice

    if not rows:
        if stale:
            notice(f"All {amount(book.counts()['decisions'], 'decisions')} fit what is read.")
        elif narrowed:
            notice("No decision fits all of these; leave one out, or add --undone for those taken back.")
        else:
            notice(
                "Nothing is decided yet. Decide with: reportedly decide ID accept (or correct, reject, same, different, unsure)"
            )
        return
    most = limit or SCREENFUL
    console().print(table(book, rows[:most]))
    if len(rows) > most:
        notice(f"The first {most:,} of {amount(len(rows), 'decisions')}: use --limit N, or --json for all.")
    notice("One in full: reportedly show ID. Take one back: reportedly undo ID")


def table(book: Casebook, rows: Iterable[tuple[Decision, str | None]]) -> Rows:
    """Decisions, each with why it no longer fits (``None`` where it does)."""
    from rich.text import Text

    from reportedly.commands.terminal import Rows, one_line, shorten
    from reportedly.commands.views import record_text
    from reportedly.commands.wording import short_id
    from reportedly.desk.correcting import correction_words

    made = Rows(("When", {"width": 17}), ("Decision", {"ratio": 1}), ("By", {"width": 16}), spaced=True)
    for decision, why in rows:
        when = Text(decision.when[:10])
        when.append(f"\n{short_id(decision.id)}", style="dim")
        told = Text(decision.verdict, style="bold")
        if decision.correction is not None:
            told.append(f"  {shorten(correction_words(decision.correction), 120)}", style="not bold")
        for key in (decision.subject, decision.other):
            if key is not None:
                told.append("\n")
                told.append_text(record_text(book, key))
        if decision.why:
            told.append(f"\nbecause: {shorten(decision.why, 200)}", style="not bold default")
        if decision.undone_by is not None:
            reason = f": {shorten(decision.undone_why, 120)}" if decision.undone_why else ""
            told.append(
                f"\nundone {(decision.undone_when or '')[:10]} by {one_line(decision.undone_by)}{reason}", style="not bold yellow"
            )
        if why is not None:
            told.append(f"\ndoes not fit: {shorten(why, 300)}", style="not bold red")
        made.put(when, told, one_line(decision.by))
    return made
