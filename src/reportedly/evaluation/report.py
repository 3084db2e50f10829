"""Evaluates reading on a folder of gold: the scores, and every miss, false claim and wrong field with its words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from reportedly.errors import SettingError
from reportedly.evaluation.coding import to_coding
from reportedly.evaluation.scoring import FIELDS, VIOLENCE, Event, Pair, Tally, score_events, score_relations, split_families
from reportedly.reading.reader import Input, Reader

if TYPE_CHECKING:
    from rich.console import RenderableType

CHAIN_FIELDS = frozenset({"voice", "chain"})
"""Fields whose values stand under ``attributed_to``."""
NEEDED = ("id", "text", "events")
"""Keys without which a gold file cannot be used."""
EVENT_KEYS = ("type", "status", "actors", "targets", "place", "date", "attributed_to", "evidence")
NEAR_KM = 25.0
"""Within this distance a place counts as near."""


@dataclass(frozen=True)
class FieldError:
    """A field of a matched event that is not wholly right: what gold has, what was read, and the words."""

    report: str
    field: str
    type: str
    gold: Any
    found: Any
    words: str


@dataclass(frozen=True)
class EventError:
    """An event missed or falsely found, with its words."""

    report: str
    kind: str
    type: str
    status: str
    words: str


@dataclass(frozen=True)
class RelationError:
    """A relation missed or falsely found, with its words."""

    report: str
    kind: str
    relation: str
    a: str
    b: str
    words: str


@dataclass
class Evaluation:
    """How well a coding agrees with gold.

    ``events`` are those of the main families, ``apart`` those of ``statement`` and ``other``. ``fields`` holds the mean score of
    each field over matched events of the main families, from 0 to 1, or ``None`` where nothing matched; ``country`` and
    ``near`` (within 25 km) only count events where gold names a country, and where both have coordinates. ``median_km`` is
    the median distance of those, ``None`` without any. ``false_alarms`` counts claims of the main families on reports whose
    gold holds no event at all; ``violence_alarms`` claims of violence on reports whose gold holds no violence.
    """

    reports: int = 0
    events: Tally = field(default_factory=Tally)
    apart: Tally = field(default_factory=Tally)
    relations: Tally = field(default_factory=Tally)
    fields: dict[str, float | None] = field(default_factory=dict)
    median_km: float | None = None
    false_alarms: int = 0
    violence_alarms: int = 0
    event_errors: list[EventError] = field(default_factory=list)
    apart_errors: list[EventError] = field(default_factory=list)
    relation_errors: list[RelationError] = field(default_factory=list)
    field_errors: list[FieldError] = field(default_factory=list)

    def to_data(self) -> dict[str, Any]:
        """The evaluation as plain data: scores first, then every error."""
        data = asdict(self)
        for name in ("events", "apart", "relations"):
            tally: Tally = getattr(self, name)
            data[name] |= {"precision": round(tally.precision, 4), "recall": round(tally.recall, 4), "f1": round(tally.f1, 4)}
        data["fields"] = {name: None if score is None else round(score, 4) for name, score in self.fields.items()}
        return data

    def to_json(self, indent: int | None = 1) -> str:
        """The evaluation as JSON text."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=indent)

    def to_table(self, errors: bool = False) -> RenderableType:
        """The scores as tables for people; with ``errors`` also every miss, false claim and wrong field."""
        from reportedly.evaluation.table import evaluation_table

        return evaluation_table(self, errors)


def evaluate(gold_dir: Path | str, reader: Reader | None = None) -> Evaluation:
    """Read the reports of a folder of gold and score what was read.

    The folder holds one JSON file a report, with ``id``, ``text``, ``published`` (or ``published_estimate``), ``events`` and
    ``relations``. Raises :class:`SettingError` if the folder holds no such file, or a file lacks what is needed.
    """
    gold = load_gold(gold_dir)
    readings = (reader or Reader()).read_all(gold_input(report) for report in gold.values())
    return score_codings(gold, {reading.report.id: to_coding(reading) for reading in readings})


def load_gold(gold_dir: Path | str) -> dict[str, Mapping[str, Any]]:
    """The gold reports of a folder by id, in the order of their file names; checked as far as scoring needs it."""
    folder = Path(gold_dir)
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise SettingError(
            "no JSON files in the folder.", where=str(folder), remedy="Name the folder that holds one file a report."
        )
    reports: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        report = _load(path)
        if report["id"] in reports:
            raise SettingError(
                f"the id {report['id']!r} is in another file too.", where=str(path), remedy="Give each report its own id."
            )
        reports[report["id"]] = report
    return reports


def _load(path: Path) -> Mapping[str, Any]:
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingError(f"is no JSON: {error}.", where=str(path), remedy="Correct the file.") from error
    missing = [key for key in NEEDED if not isinstance(report, dict) or key not in report]
    if missing:
        raise SettingError(f"has no {', '.join(missing)}.", where=str(path), remedy="Give each report id, text and events.")
    for number, event in enumerate(report["events"], 1):
        if missing := [key for key in EVENT_KEYS if key not in event]:
            where = f"{path}: event {event.get('id', number)}"
            raise SettingError(
                f"has no {', '.join(missing)}.", where=where, remedy="Fill the field in; null where the text says nothing."
            )
        if event["evidence"] not in report["text"]:
            where = f"{path}: event {event.get('id', number)}"
            raise SettingError("evidence is not in the text.", where=where, remedy="Quote the text exactly.")
    return dict(report)


def gold_input(report: Mapping[str, Any]) -> Input:
    """What the reader is given of a gold report: text, title, publisher and day of publication, or its bound."""
    estimate = report.get("published_estimate") or {}
    return Input(
        text=report["text"],
        id=report["id"],
        title=report.get("title"),
        source=report.get("publisher"),
        published=report.get("published"),
        published_until=None if report.get("published") else estimate.get("end"),
        language=report.get("language"),
    )


def score_codings(gold: Mapping[str, Mapping[str, Any]], codings: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    """Score codings (``events`` and ``relations`` by report id) against gold reports; a report without a coding is empty."""
    found = Evaluation(reports=len(gold))
    pairs: list[Pair] = []
    for name, report in gold.items():
        coding = codings.get(name, {})
        pairs += _score_report(name, report, coding, found)
    found.fields = field_means(pairs)
    distances = [pair.km for pair in pairs if pair.km is not None]
    found.median_km = median(distances) if distances else None
    return found


def _score_report(name: str, report: Mapping[str, Any], coding: Mapping[str, Any], found: Evaluation) -> list[Pair]:
    """Add one report to an evaluation; returns the matched events of the main families."""
    text = report["text"]
    gold_main, gold_apart = split_families(report["events"])
    main, apart = split_families(coding.get("events", ()))
    scored, scored_apart = score_events(text, gold_main, main), score_events(text, gold_apart, apart)
    found.events.add(scored.tally)
    found.apart.add(scored_apart.tally)
    found.event_errors += _event_errors(name, scored.missed, scored.false)
    found.apart_errors += _event_errors(name, scored_apart.missed, scored_apart.false)
    for pair in scored.pairs:
        found.field_errors += _field_errors(name, pair)
    relations = score_relations(report.get("relations", ()), coding.get("relations", ()))
    found.relations.add(relations.tally)
    found.relation_errors += _relation_errors(name, relations.missed, relations.false)
    if not report["events"]:
        found.false_alarms += len(main)
    if not any(event["type"] in VIOLENCE for event in report["events"]):
        found.violence_alarms += sum(event["type"] in VIOLENCE for event in main)
    return scored.pairs


def field_means(pairs: Sequence[Pair]) -> dict[str, float | None]:
    """The mean score of each field over matched events; ``None`` where no event tells."""
    scores: dict[str, list[float]] = {name: [pair.scores[name] for pair in pairs] for name in FIELDS}
    scores["country"] = [pair.country for pair in pairs if pair.country is not None]
    scores["near"] = [float(pair.km <= NEAR_KM) for pair in pairs if pair.km is not None]
    return {name: sum(values) / len(values) if values else None for name, values in scores.items()}


def _event_errors(report: str, missed: Iterable[Event], false: Iterable[Event]) -> list[EventError]:
    rows = [("missed", event) for event in missed] + [("false", event) for event in false]
    return [EventError(report, kind, event["type"], event["status"], event["evidence"]) for kind, event in rows]


def _field_errors(report: str, pair: Pair) -> list[FieldError]:
    found = []
    for name in pair.wrong:
        key = "attributed_to" if name in CHAIN_FIELDS else name
        words = pair.found["evidence"]
        found.append(FieldError(report, name, pair.gold["type"], pair.gold.get(key), pair.found.get(key), words))
    return found


def _relation_errors(report: str, missed: Iterable[Event], false: Iterable[Event]) -> list[RelationError]:
    rows = [("missed", one) for one in missed] + [("false", one) for one in false]
    return [RelationError(report, kind, one["relation"], one["a"], one["b"], one.get("evidence", "")) for kind, one in rows]
