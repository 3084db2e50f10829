"""Options that several commands share, and the filter that the listing commands make of theirs."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

import typer

from reportedly.casebook import Filter
from reportedly.errors import SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

DEFAULT_CASEBOOK: Final = "casebook.sqlite"

CasebookOption = Annotated[
    str,
    typer.Option(
        "--casebook",
        metavar="FILE|ADDRESS",
        envvar="REPORTEDLY_CASEBOOK",
        help="The casebook: a file (SQLite), or a postgresql:// address.",
    ),
]
CorrectedOption = Annotated[bool, typer.Option("--corrected", help="As people corrected it, without what they rejected.")]
ByOption = Annotated[
    str,
    typer.Option(
        "--by", metavar="NAME", envvar="REPORTEDLY_BY", help="Who decides: every decision is signed.", show_default=False
    ),
]
WhyOption = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept with it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON for programs instead of a table.")]


def _term(metavar: str, words: str) -> Any:
    return Annotated[str | None, typer.Option(metavar=metavar, help=words, rich_help_panel=NARROW)]


NARROW: Final = "Narrow down"
FILTERS: Final[dict[str, Any]] = {
    "since": _term("DAY", "On this day or later (2025-06-01)."),
    "until": _term("DAY", "On this day or earlier."),
    "place": _term("NAME", "Part of a name of the place, district or province."),
    "country": _term("NAME", "Two-letter code, or part of the name."),
    "actor": _term("NAME", "Register id or part of a name, in any role."),
    "type": _term("TYPE", "Type of event (or kind of relation)."),
    "family": _term("FAMILY", "Family of events."),
    "status": _term("STATUS", "Status (of incidents: standing)."),
    "voice": _term("NAME", "Part of the name of anyone who says so."),
    "text": _term("WORDS", "Words found by full-text search."),
    "limit": Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="At most so many (tables: 50, --json: all).", rich_help_panel=NARROW),
    ],
    "newest": Annotated[bool, typer.Option("--newest", help="Last day first.", rich_help_panel=NARROW)],
}
"""The options of the listing commands; each sets the field of the same name in a filter."""

SCREENFUL: Final = 50
"""Rows of a table where no limit is given."""


def takes_filter(command: Callable[..., None], leave: Iterable[str] = ()) -> Callable[..., None]:
    """The command with the filter options in place of its parameter ``asked``, save those to ``leave`` out."""
    names = [name for name in FILTERS if name not in set(leave)]
    hints = get_type_hints(command, include_extras=True)
    del hints["asked"]
    given = inspect.signature(command).parameters.values()
    own = [parameter.replace(annotation=hints[parameter.name]) for parameter in given if parameter.name != "asked"]
    added = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=False if name == "newest" else None, annotation=FILTERS[name]
        )
        for name in names
    ]

    def with_filter(**values: Any) -> None:
        narrowed = {name: values.pop(name) for name in names}
        command(asked=Filter(**narrowed), **values)

    with_filter.__name__, with_filter.__doc__ = command.__name__, command.__doc__
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    with_filter.__signature__ = inspect.Signature([*keyword, *added])  # type: ignore[attr-defined]
    with_filter.__annotations__ = {parameter.name: parameter.annotation for parameter in (*keyword, *added)}
    return with_filter


def open_casebook(casebook: str) -> Casebook:
    """The casebook named by the option. Raises :class:`~reportedly.errors.CasebookError` where there is none."""
    from pathlib import Path

    from reportedly import casebook as casebooks
    from reportedly.errors import CasebookError

    if "://" not in casebook and not Path(casebook).exists():
        raise CasebookError(
            "there is no casebook here yet.",
            where=casebook,
            remedy="Make one with: reportedly add FILE (or look at: reportedly demo); or name another with --casebook.",
        )
    return casebooks.open(casebook, create=False)


def check_signed(by: str) -> None:
    """Check that somebody signs. Raises :class:`SettingError` that says how."""
    if not by.strip():
        raise SettingError(
            "who decides? Every decision is signed.",
            where="--by",
            remedy="Name yourself with --by NAME, or once in REPORTEDLY_BY.",
        )


def one_of(option: str, value: str | None, known: Iterable[str]) -> None:
    """Check that a value is one of those known. Raises :class:`SettingError` that names the nearest."""
    choices = sorted(known)
    if value is None or value in choices:
        return
    near = difflib.get_close_matches(value.lower().replace(" ", "_").replace("-", "_"), choices, 3, 0.5)
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(choices)}."
    raise SettingError(f"{value!r} is unknown.", where=option, remedy=remedy)


def check_event_terms(asked: Filter, *, standing: bool = False) -> None:
    """Check type, family and status of a filter on claims, reports or (``standing``) incidents.

    Raises :class:`SettingError` for one that no record can have.
    """
    from typing import get_args

    from reportedly.incidents.records import Standing
    from reportedly.records import Family, Status

    if asked.type is not None:
        from reportedly.knowledge.types import ontology

        one_of("--type", asked.type, ontology())
    one_of("--family", asked.family, get_args(Family))
    one_of("--status", asked.status, get_args(Standing if standing else Status))


def check_relation_terms(asked: Filter) -> None:
    """Check kind and status of a filter on relations. Raises :class:`SettingError` for one that no relation can have."""
    from typing import get_args

    from reportedly.records import RelationKind, RelationStatus

    one_of("--type", asked.type, get_args(RelationKind))
    one_of("--status", asked.status, get_args(RelationStatus))
