"""Exports: one layout a module. :func:`export` writes what a filter asks for, a record at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TextIO, get_args

from reportedly.errors import SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.filters import Filter

Layout = Literal["jsonl", "csv"]
What = Literal["claims", "reports", "incidents", "relations"]


def export(casebook: Casebook, asked: Filter, layout: Layout, stream: TextIO, what: What = "claims") -> int:
    """Write what the filter asks for to a text stream; the number of records written.

    Open files for CSV with ``newline=""``. Raises :class:`SettingError` for an unknown layout or kind of record.
    """
    from reportedly.exports import csv, jsonl

    if layout not in get_args(Layout) or what not in get_args(What):
        raise SettingError(
            f"there is no export of {what} as {layout}.",
            remedy=f"Layouts: {', '.join(get_args(Layout))}; records: {', '.join(get_args(What))}.",
        )
    records = getattr(casebook, what)(asked)
    return jsonl.write(records, stream) if layout == "jsonl" else csv.write(records, what, stream)
