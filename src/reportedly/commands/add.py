"""``reportedly add``: take sources in, read them, keep them in a casebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption
from reportedly.errors import SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.load import Loading
    from reportedly.commands.terminal import Progress
    from reportedly.intake.item import Item, Options, RawReport
    from reportedly.reading.reader import Input

FAILED = 3


def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, web addresses, feeds, tables; - is standard input.", show_default=False),
    ],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication of all of them (goes before what is found).")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of all of them (goes before what is found).")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE=NAME", help="Which column of a table is what: text=body. Repeat, or separate with commas."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read reports into a casebook, and join claims of one act into incidents.

    What is there already is not read again, so a run that was stopped can be repeated. Bad input is named and left out,
    the rest goes on, and the exit status is 3.
    """
    from reportedly import casebook as casebooks
    from reportedly.commands.read import _check_day
    from reportedly.commands.terminal import notice
    from reportedly.intake import Options

    _check_day("--published", published)
    options = Options(columns=column_roles(columns or []), published=published, source=source, notify=notice, keep_original=True)
    with casebooks.open(casebook, progress=lambda step: None) as book:
        outcome = take_in(book, sources, options)
        _show(book, outcome, as_json)
    if outcome["failed"]:
        raise typer.Exit(FAILED)


def take_in(book: Casebook, sources: Iterable[str], options: Options) -> Counter[str]:
    """Read sources into a casebook and merge; counts of reports read, known, copies, skipped, failed, and of claims.

    ``options.duplicates`` is set here. What failed or was skipped is named on standard error as it happens.
    """
    from dataclasses import replace

    from reportedly import intake
    from reportedly.commands.batch import read_each
    from reportedly.commands.setup import lineage, ready_reader
    from reportedly.commands.terminal import Progress
    from reportedly.intake.duplicates import DuplicateIndex
    from reportedly.reading.reader import reader_version

    reader = ready_reader()
    counts: Counter[str] = Counter()
    stored: dict[str, str] = {}
    options = replace(options, duplicates=DuplicateIndex())
    with Progress("Reading") as progress, book.loading(reader_version()) as run:
        items = _reports(intake.collect(list(sources), options), counts)
        fresh = run.todo(items, lambda item: _report(item).sha256, lambda item: item.where)
        for outcome in read_each(reader, _inputs(fresh)):
            _store(run, outcome.item, outcome.reading, outcome.failure, stored, counts)
            progress.advance(doing=f"Reading {outcome.item.where}")
        counts["known"] = run.summary.unchanged
    with Progress("Joining claims into incidents", unit="claims") as progress:
        book.merge(related=lineage(), progress=progress.at)
    return counts
