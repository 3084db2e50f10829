"""The rows that an export was reduced from: every claim behind every record, with its voices and why it is there."""

from __future__ import annotations

import csv as writing
from typing import IO, Final

from reportedly.exports import csv
from reportedly.exports.csv import cell
from reportedly.exports.material import Case

COLUMNS: Final = ("record", "role", "score", "reasons", *csv.CLAIM)


class AttributedRows:
    """Writes the rows behind each record of an export. ``record`` is the id of the exported record, ``role`` the claim's part in
    it, ``reasons`` why it was joined; the other columns are those of the layout csv."""

    def __init__(self, stream: IO[str]) -> None:
        self._writer = writing.writer(stream)
        self._writer.writerow(COLUMNS)

    def __call__(self, case: Case) -> None:
        """Write the rows behind one record."""
        _, row_of = csv.LAYOUTS["claims"]
        for role, claim in case.told:
            score, reasons = case.reasons.get(claim.id, (None, ()))
            row = row_of(claim) | {"record": case.id, "role": role, "score": score, "reasons": "; ".join(reasons)}
            self._writer.writerow([cell(row[name]) for name in COLUMNS])
