"""JSON Lines: one record a line, whole, in the fields of the published records (with those that the casebook adds)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from reportedly.records import Record


def write(records: Iterable[Record], stream: TextIO) -> int:
    """Write records one a line; the number written."""
    written = 0
    for record in records:
        stream.write(record.model_dump_json(by_alias=True))
        stream.write("\n")
        written += 1
    return written
