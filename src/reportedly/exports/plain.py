"""The plain layouts: whole records of one kind, as JSON Lines or as CSV for spreadsheets; nothing is reduced."""

from __future__ import annotations

from typing import Any, Final, TextIO

from reportedly.exports import csv, jsonl
from reportedly.exports.layout import Column, Layout
from reportedly.exports.material import Material


def write(material: Material, layout: str, what: str, stream: TextIO) -> int:
    """Write records of one kind; the number written."""
    records = records_of(material, what)
    return jsonl.write(records, stream) if layout == "jsonl" else csv.write(records, what, stream)


def records_of(material: Material, what: str) -> Any:
    """The records of one kind that the filter asks for; claims and incidents as corrected, where that is asked."""
    if what in {"claims", "incidents"}:
        return getattr(material.book, what)(material.asked, corrected=material.corrected)
    return getattr(material.book, what)(material.asked)


JSONL: Final = Layout(
    name="jsonl",
    title="JSON Lines",
    imitates="the published records, whole, one a line (`reportedly schema`)",
    suffix="jsonl",
    unit="any",
    write=lambda material, stream: write(material, "jsonl", "claims", stream),
    reduces=False,
)
CSV: Final = Layout(
    name="csv",
    title="CSV",
    imitates="our own columns, a table a kind of record",
    suffix="csv",
    unit="any",
    write=lambda material, stream: write(material, "csv", "claims", stream),
    columns=tuple(Column(name, "see below") for name in csv.CLAIM),
    reduces=False,
)
