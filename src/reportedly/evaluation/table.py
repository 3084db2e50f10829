"""An evaluation as tables for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reportedly.evaluation.report import Evaluation
from reportedly.evaluation.scoring import Tally

LABELS = {
    "status": "status",
    "voice": "innermost voice",
    "chain": "whole chain of voices",
    "date": "date",
    "place": "place",
    "country": "country",
    "near": "within 25 km",
    "killed": "killed, low and high",
    "injured": "injured, low and high",
    "actors": "actors (F1)",
    "targets": "targets (F1)",
}


def evaluation_table(found: Evaluation, errors: bool = False) -> RenderableType:
    """The scores of an evaluation; with ``errors`` also every error with its words."""
    parts: list[RenderableType] = [_counts(found), _fields(found), _alarms(found)]
    if errors:
        parts += [_event_lines(found), _field_lines(found), _relation_lines(found)]
    return Group(*parts)


def _counts(found: Evaluation) -> Table:
    table = Table("", "precision", "recall", "F1", "gold", "found", title=f"{found.reports} reports")
    rows: list[tuple[str, Tally]] = [
        ("events", found.events),
        ("statement and other", found.apart),
        ("relations", found.relations),
    ]
    for name, tally in rows:
        scores = (f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1))
        table.add_row(name, *scores, str(tally.gold), str(tally.found))
    return table


def _fields(found: Evaluation) -> Table:
    table = Table("field of matched events", "right")
    for name, label in LABELS.items():
        score = found.fields.get(name)
        table.add_row(label, "-" if score is None else f"{score:.3f}")
    if found.median_km is not None:
        table.add_row("median distance", f"{found.median_km:,.0f} km")
    return table


def _alarms(found: Evaluation) -> Text:
    return Text(
        f"Claims on reports without any event: {found.false_alarms}. "
        f"Claims of violence on reports without violence: {found.violence_alarms}."
    )


def _event_lines(found: Evaluation) -> Table:
    table = Table("report", "", "family", "status", "words", title="Events missed and falsely found")
    for error in found.event_errors:
        table.add_row(*map(Text, (error.report, error.kind, error.type, error.status, error.words)))
    return table


def _field_lines(found: Evaluation) -> Table:
    table = Table("report", "field", "family", "gold", "read", "words", title="Fields that differ")
    for error in found.field_errors:
        cells = (error.report, error.field, error.type, str(error.gold), str(error.found), error.words)
        table.add_row(*map(Text, cells))
    return table


def _relation_lines(found: Evaluation) -> Table:
    table = Table("report", "", "relation", "a", "b", "words", title="Relations missed and falsely found")
    for error in found.relation_errors:
        table.add_row(*map(Text, (error.report, error.kind, error.relation, error.a, error.b, error.words)))
    return table
