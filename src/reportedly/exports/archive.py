"""A whole casebook as JSON Lines, and back: every report with its reading in use, its original bytes and what it copies; then
what people decided.

Lines are ``{"reading": …, "duplicate_of": …, "duplicate_kind": …, "original": base64 or null}`` and ``{"decision": …}``. What is
not in it: readings by older versions, decisions that were undone, the trail of incidents. Incidents are joined anew, and have the
same ids where they were joined in one go.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TextIO

from pydantic import ValidationError

from reportedly.casebook.stored import Decision, StoredReport
from reportedly.errors import IntakeError, ReportedlyError
from reportedly.incidents.features import Related
from reportedly.incidents.score import unrelated
from reportedly.records import Reading

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.filters import Filter

WHAT: Final = "casebook"
"""The name of this kind of record."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought in: reports new to the casebook, those it had, decisions, and decisions that could not be (id and why)."""

    reports: int
    known: int
    decisions: int
    refused: tuple[tuple[str, str], ...]


def write(book: Casebook, asked: Filter, stream: TextIO) -> int:
    """Write the reports that the filter asks for, first copies before copies of them, then all decisions that hold; the number of
    reports."""
    written, late = 0, list[StoredReport]()
    for report in book.reports(asked):
        if report.duplicate_of is not None:
            late.append(report.model_copy(update={"text": ""}))
        else:
            stream.write(_line(book, report) + "\n")
            written += 1
    for report in late:
        stream.write(_line(book, report) + "\n")
        written += 1
    for decision in book.decisions():
        stream.write(json.dumps({"decision": decision.model_dump(mode="json")}, ensure_ascii=False) + "\n")
    return written


def read(book: Casebook, lines: Iterable[str], where: str, *, related: Related = unrelated) -> Restored:
    """Bring in what :func:`write` wrote, and join claims into incidents. Decisions are signed by those who made them; the reason
    says when.

    Raises :class:`IntakeError` for a line that is neither, naming it; what stood before it is kept.
    """
    added = known = 0
    decisions: list[Decision] = []
    for number, line in enumerate(lines, 1):
        told = _object(line, f"{where}:{number}")
        try:
            if "decision" in told:
                decisions.append(Decision.model_validate(told["decision"]))
                continue
            reading = Reading.model_validate(told["reading"])
            original = base64.b64decode(told["original"], validate=True) if told.get("original") else None
        except (ValidationError, binascii.Error, TypeError) as error:
            raise IntakeError("this line holds no whole reading or decision.", where=f"{where}:{number}") from error
        near = told.get("duplicate_of") if told.get("duplicate_kind") == "near" else None
        outcome = book.add(reading, original, near=near).outcome
        added += outcome == "new"
        known += outcome != "new"
    early = [decision for decision in decisions if "incident" not in {decision.subject_kind, _kind(decision.other)}]
    refused = list(_decide(book, early))
    book.merge(related=related)
    late = [decision for decision in decisions if decision not in early]
    refused += _decide(book, late)
    if any(decision.verdict in {"same", "different", "reject"} for decision in late):
        book.merge(related=related)
    return Restored(added, known, len(decisions) - len(refused), tuple(refused))


def _line(book: Casebook, report: StoredReport) -> str:
    original = book.original(report.id)
    told = {
        "reading": json.loads(book.reading(report.id).to_json()),
        "duplicate_of": report.duplicate_of,
        "duplicate_kind": report.duplicate_kind,
        "original": base64.b64encode(original).decode() if original is not None else None,
    }
    return json.dumps(told, ensure_ascii=False)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except json.JSONDecodeError as error:
        raise IntakeError("this line is no JSON.", where=where) from error
    if not isinstance(told, dict) or not ({"reading", "decision"} & told.keys()):
        raise IntakeError(
            "this line holds no reading and no decision.",
            where=where,
            remedy="Write the file with: reportedly export --layout jsonl --records casebook",
        )
    return told


def _kind(key: str | None) -> str | None:
    return key.split("-")[0] if key else None


def _decide(book: Casebook, decisions: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    """Make decisions again; those that do not fit come back with the reason."""
    for decision in decisions:
        why = f"{decision.why} (decided {decision.when})" if decision.why else f"decided {decision.when}"
        try:
            book.decide(
                decision.subject,
                decision.verdict,  # type: ignore[arg-type]
                by=decision.by,
                why=why,
                other=decision.other,
                correction=decision.correction,
            )
        except ReportedlyError as error:
            yield decision.id, error.what
