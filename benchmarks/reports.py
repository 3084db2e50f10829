"""The project's own gold on whole reports."""

from __future__ import annotations

from pathlib import Path

from benchmarks.result import Figure, Miss, Result, shorten
from benchmarks.sources import Absent, shared_folder
from reportedly.evaluation.changes import save_codings
from reportedly.evaluation.coding import to_coding
from reportedly.evaluation.report import Evaluation, evaluate, gold_input, load_gold
from reportedly.reading.reader import Reader

NAME = "reports"
BARS = {"voice": 0.90, "status": 0.90, "killed": 0.95, "date": 0.85, "place": 0.90, "actors": 0.85}


def gold_folder() -> Path:
    """The folder of gold. Raises :class:`Absent` where it is not here."""
    folder = shared_folder() / "reports"
    if not folder.is_dir():
        raise Absent(f"there is no folder {folder}")
    return folder


def measure(reader: Reader) -> Result:
    """Event F1 and the fields of the matched."""
    found = evaluate(gold_folder(), reader)
    figures = [
        Figure("event F1", found.events.f1, 0.80),
        Figure("event P", found.events.precision),
        Figure("event R", found.events.recall),
        Figure("statement and other F1", found.apart.f1),
        *(Figure(f"{name}, of the matched", score, BARS.get(name)) for name, score in found.fields.items() if score is not None),
        Figure("relations F1", found.relations.f1),
        Figure("claims of violence on reports without", found.violence_alarms, 0, most=True),
        Figure("claims on reports without any event", found.false_alarms, note="all families but statement and other"),
    ]
    return Result(NAME, f"{found.reports} reports, {found.events.gold} events", figures, list(errors(found)))


def errors(found: Evaluation) -> list[Miss]:
    """Every error of an evaluation as the benchmarks list them."""
    rows = [Miss(f"{e.kind} {e.type}", e.report, f"{e.status} | {shorten(e.words)}") for e in found.event_errors]
    rows += [
        Miss(f"field {e.field}", e.report, f"{e.type} | gold {e.gold} | read {e.found} | {shorten(e.words)}")
        for e in found.field_errors
    ]
    rows += [
        Miss(f"relation {e.kind} {e.relation}", e.report, f"{e.a} / {e.b} | {shorten(e.words)}") for e in found.relation_errors
    ]
    return rows


def save_run(path: str) -> None:
    """Read the gold's reports and save their codings."""
    gold = load_gold(gold_folder())
    save_codings((to_coding(reading) for reading in Reader().read_all(map(gold_input, gold.values()))), path)
