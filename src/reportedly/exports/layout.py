"""What a layout is: its columns with the rule that fills each, what it cannot say, and the function that writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TextIO

from reportedly.exports.csv import cell
from reportedly.exports.material import Material

Unit = Literal["incidents", "reports", "objects", "acts", "relations", "any"]
UNITS: Final[Mapping[Unit, str]] = {
    "incidents": "one record an incident",
    "reports": "one record a report of each incident",
    "objects": "the objects that make up each incident, then the relations beside them",
    "acts": "one record an incident, and one a claim that tells of none (threats, denials, plans, the past)",
    "relations": "one record a relation or threat",
    "any": "one record a claim, report, incident or relation, as asked for",
}
RULES: Final[Mapping[str, str]] = {
    "lowest": "the lowest figure told",
    "median": "the median over independent voices, each with its last figure (of two the lower)",
    "latest": "the figure published last",
    "best_graded": "the figure of the source with the highest grade; empty where no source is graded",
    "highest": "the highest figure told",
}
"""The rules that reduce conflicting counts to one number, in words. Numbers are never added up over reports."""
MEDIA: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "geojson": "application/geo+json",
    "md": "text/markdown; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "zip": "application/zip",
}
"""The type of content by the ending of a file."""
BYTES: Final = "application/octet-stream"


def media_of(name: str) -> str:
    """The type of content of a file, by the end of its name.

    >>> media_of("ucdp-ged.csv"), media_of("claims.parquet")
    ('text/csv; charset=utf-8', 'application/octet-stream')
    """
    return MEDIA.get(name.rpartition(".")[2], BYTES)


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the rule that fills it; ``rule`` is ``None`` where it always stays empty, and ``why`` says why."""

    name: str
    rule: str | None = None
    why: str = "not in the records"


@dataclass(frozen=True)
class Layout:
    """One layout of export.

    ``imitates`` names what is imitated and in which version; ``suffix`` of its files; ``cannot_say`` lists what is lost.
    ``write`` takes what there is to write and an open stream, of bytes if ``is_binary``.
    """

    name: str
    title: str
    imitates: str
    suffix: str
    unit: Unit
    write: Callable[[Material, Any], int]
    columns: tuple[Column, ...] = ()
    cannot_say: tuple[str, ...] = ()
    is_binary: bool = False
    reduces: bool = True

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(names) == len(set(names)), self.name


def columns(names: str, rules: Mapping[str, str], empty: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """The columns of a layout in order; each has a rule, or stays empty with a reason (else "not in the records")."""
    order = names.split(",")
    unknown = (set(rules) | set(empty or {})) - set(order)
    assert not unknown, unknown
    reasons = empty or {}
    return tuple(
        Column(name, rules[name]) if name in rules else Column(name, None, reasons.get(name, "not in the records"))
        for name in order
    )


def write_table(
    rows: Iterable[Mapping[str, object]], given: tuple[Column, ...], stream: TextIO, *, tab: bool = False, tags: bool = False
) -> int:
    """Write a header (with a row of HXL tags below it, where ``tags``) and the rows; the number of rows written.

    Cells that a spreadsheet would run are neutralised; a column that a row does not hold stays empty.
    """
    writer = csv.writer(stream, delimiter="\t" if tab else ",")
    writer.writerow([column.name.split("|")[0] for column in given])
    if tags:
        writer.writerow([column.name.split("|")[1] for column in given])
    written = 0
    for row in rows:
        values = [cell(row.get(column.name)) for column in given]
        writer.writerow([" ".join(value.split()) for value in values] if tab else values)
        written += 1
    return written


class Nowhere(io.RawIOBase):
    """A stream for text or bytes that keeps nothing.

    >>> Nowhere().write("a record")
    8
    """

    def writable(self) -> bool:
        """It takes anything."""
        return True

    def write(self, data: Any) -> int:
        """Let it go."""
        return len(data)
