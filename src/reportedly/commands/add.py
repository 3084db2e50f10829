"""``reportedly add``: take sources in, read them, keep them in a casebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption
from reportedly.errors import CasebookError, SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.intake.duplicates import Duplicate
    from reportedly.intake.item import Item, Options, RawReport
    from reportedly.reading.reader import Reader

FAILED = 3
COMPARED = 20_000
"""Reports of the casebook, the latest, that new ones are compared with."""
SKIPS_NAMED = 20
OUTCOMES = {"known": "known already", "skipped": "skipped", "failed": "failed"}
ROLES = ("text", "title", "source", "published", "byline", "address", "language", "id")
"""What a column of a table can be."""


def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Files, folders, web addresses, feeds, tables; - is standard input.", show_default=False
        ),
    ],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication of all of them (goes before what is found).")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Publisher of all of them (goes before what is found).")
    ] = None,
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
    from reportedly.commands.read import check_day
    from reportedly.commands.terminal import notice
    from reportedly.intake import Options

    check_day("--published", published)
    options = Options(columns=column_roles(columns or []), published=published, source=source, notify=notice, keep_original=True)
    with casebooks.open(casebook) as book:
        counts = take_in(book, sources, options)
        _show(book, counts, as_json)
    if counts["failed"]:
        raise typer.Exit(FAILED)


def take_in(book: Casebook, sources: Iterable[str], options: Options) -> Counter[str]:
    """Read sources into a casebook and merge; counts of reports read, known, copies, skipped and failed.

    What failed or was skipped is named on standard error as it happens. ``options.duplicates`` is set here.
    """
    from reportedly import intake
    from reportedly.commands.setup import join_claims

    keeper = Keeper(book)
    counts = keeper.keep(intake.collect(list(sources), replace(options, duplicates=keeper.copies.index)))
    join_claims(book)
    return counts


class Keeper:
    """Reads what intake hands on and stores it. The reader, and what is known of copies, are made once and kept."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    @cached_property
    def copies(self) -> Copies:
        """What is known of near copies."""
        return Copies(self._book)

    @cached_property
    def _reader(self) -> Reader:
        from reportedly.commands.setup import ready_reader

        return ready_reader()

    def keep(self, items: Iterable[Item]) -> Counter[str]:
        """Read and store; counts of reports read, known, copies, skipped and failed. Claims are not joined yet."""
        from reportedly.commands.terminal import Progress
        from reportedly.reading.batch import read_each

        reader = self._reader
        counts: Counter[str] = Counter()
        with Progress("Reading", after=0) as progress, self._book.loading(reader.version) as run:
            found = _reports(items, counts)
            fresh = run.todo(found, lambda item: item.report.sha256, lambda item: item.where)
            for outcome in read_each(reader, ((item, item.report.as_input()) for item in fresh)):
                item, reading = outcome.item, outcome.reading
                try:
                    if reading is None:
                        raise CasebookError(outcome.failure or "it could not be read.", where=item.where)
                    added = run.store(reading, item.report.original, self.copies.near(item, reading.report.id))
                    self.copies.stored(item, added.report)
                except CasebookError as error:
                    run.fail(item.report.sha256, item.where, error.what)
                    _name(f"failed: {item.where}: {error.what} The next run tries it again.")
                progress.advance(doing=f"Reading {Path(item.where).name}")
            done = run.summary
        counts.update(read=done.read, known=done.unchanged, copies=done.duplicates, failed=done.failed)
        return counts


@dataclass(frozen=True)
class Taken:
    """A report that intake hands on, with where it comes from and what it copies."""

    where: str
    report: RawReport
    duplicate: Duplicate | None


class Copies:
    """Knows which reports are nearly copies of others: of this run, and of the latest in the casebook."""

    def __init__(self, book: Casebook) -> None:
        from reportedly.casebook import Filter
        from reportedly.commands.terminal import Progress
        from reportedly.intake import DuplicateIndex

        self.index = DuplicateIndex()
        self._ids: dict[str, str] = {}
        with Progress("Looking through known reports") as progress:
            for report in book.reports(Filter(newest=True, limit=COMPARED)):
                self.index.add(report.id, report.text)
                self._ids[report.id] = report.id
                progress.advance()

    def near(self, item: Taken, own: str) -> str | None:
        """The id of the stored report that an item copies; ``None`` for one that copies none, or only itself."""
        key = self._ids.get(item.duplicate.of) if item.duplicate else None
        return None if key == own else key

    def stored(self, item: Taken, report: str) -> None:
        """Remember under which id an item was stored."""
        self._ids[item.report.id or item.report.sha256] = report


def _reports(items: Iterable[Item], counts: Counter[str]) -> Iterator[Taken]:
    """The reports among items; the others are counted and named."""
    for item in items:
        if item.report is not None:
            yield Taken(item.where, item.report, item.duplicate)
        elif item.error is not None:
            counts["failed"] += 1
            _name(f"failed: {item.error}")
        else:
            counts["skipped"] += 1
            if counts["skipped"] <= SKIPS_NAMED:
                _name(f"skipped: {item.where}: {item.skipped}.")
            elif counts["skipped"] == SKIPS_NAMED + 1:
                _name("skipped: more, which are only counted.")


def _name(line: str) -> None:
    from reportedly.commands.terminal import notice

    notice(line)


def summary(counts: Counter[str], book: Casebook) -> str:
    """One line on how a run went, one on what the casebook holds."""
    from reportedly.commands.terminal import amount, near_path

    read = f"{amount(counts['read'], 'reports')} read"
    copies = "1 a copy of another" if counts["copies"] == 1 else f"{counts['copies']:,} copies of others"
    parts = [f"{read} ({copies})" if counts["copies"] else read]
    parts += [f"{counts[name]:,} {words}" for name, words in OUTCOMES.items() if counts[name]]
    held = book.counts()
    kinds = ", ".join(amount(held[kind], kind) for kind in ("reports", "claims", "incidents", "relations"))
    return f"{', '.join(parts)}.\n{near_path(book.name)} holds {kinds}."


def _show(book: Casebook, counts: Counter[str], as_json: bool) -> None:
    from reportedly.commands.terminal import json_of, notice, say, write

    if as_json:
        told = {name: counts[name] for name in ("read", "copies", *OUTCOMES)}
        write(json_of({"casebook": book.name, **told, "holds": book.counts()}) + "\n")
        return
    say(summary(counts, book))
    notice("Next: reportedly incidents, reportedly claims, reportedly search WORDS")


def column_roles(given: Iterable[str]) -> dict[str, str]:
    """Roles to column names from ``role=name`` pairs. Raises :class:`SettingError` for what is none, or an unknown role."""
    from reportedly.commands.options import one_of

    roles: dict[str, str] = {}
    for pair in ",".join(given).split(","):
        role, mark, name = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not mark or not name:
            raise SettingError(
                f"{pair!r} is no pair.", where="--columns", remedy="Write role=column, like text=body,published=date."
            )
        one_of("--columns", role, ROLES)
        roles[role] = name
    return roles
