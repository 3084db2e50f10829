"""A stream of reports mixed with rewritten copies, joined as they arrive: how many incidents are told twice."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import reportedly.casebook
from benchmarks.reports import gold_folder
from benchmarks.result import Figure, Miss, Result, ratio, shorten
from benchmarks.rewriting import Copy, copies, original
from benchmarks.sources import read_texts
from reportedly.evaluation.report import gold_input, load_gold
from reportedly.incidents.facts import makes_incident
from reportedly.incidents.weights import LOOKED_FOR_TOGETHER
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Reading

NAME = "stream"
BAR = 0.05
ARRIVE = 8
"""Reports that arrive together."""

Told = tuple[str, str]
"""A report and one of its claims."""


@dataclass(frozen=True)
class Version:
    """A report of the stream: which original it tells, ``number`` 0 for the original itself."""

    report: str
    number: int
    copy: Copy


def measure(reader: Reader) -> Result:
    """Duplicates are incidents that only copies tell although the original tells the same act in the same sentence. Copies are
    not marked as such: no text is like enough to be found by its words."""
    gold = load_gold(gold_folder())
    versions, inputs = stream(gold)
    readings = read_texts(reader, inputs)
    return measure_readings(gold, versions, readings)


def stream(gold: Mapping[str, Mapping[str, Any]]) -> tuple[list[Version], list[Input]]:
    """The originals and their copies in one mixed order, the same in every run. A report of unknown day is taken for one of the
    last day that it may be of: a stream has days."""
    versions, inputs = [], []
    for name, report in gold.items():
        given = gold_input(report)
        published = given.published or given.published_until
        told = [original(given.text, published), *copies(given.text, published)]
        for number, copy in enumerate(told):
            versions.append(Version(name, number, copy))
            inputs.append(
                Input(
                    text=copy.text,
                    id=f"{name} {number}",
                    title=given.title if number == 0 else None,
                    source=given.source if number == 0 else f"Paper {number}",
                    published=copy.published,
                    language="en",
                )
            )
    order = random.Random(3).sample(range(len(inputs)), len(inputs))
    return [versions[at] for at in order], [inputs[at] for at in order]


def measure_readings(gold: Mapping[str, Mapping[str, Any]], versions: Sequence[Version], readings: Sequence[Reading]) -> Result:
    """As :func:`measure`, for reports that were read before."""
    incidents = joined(readings)
    version_of = {reading.report.id: version for reading, version in zip(readings, versions, strict=True)}
    claim_of = {(reading.report.id, claim.id): claim for reading in readings for claim in reading.claims}
    first = _first_told(versions, readings)
    duplicates, alone, errors = 0, 0, []
    for members in incidents:
        if any(version_of[report].number == 0 for report, _ in members):
            continue
        again = [told for told in members if _place(told, version_of, claim_of) in first]
        duplicates += bool(again)
        alone += not again
        shown = again or members
        kind = "told twice" if again else "read in a copy only"
        errors.append(Miss(kind, shown[0][0], " / ".join(_words(claim_of[told]) for told in shown[:3])))
    wrong = _joined_wrongly(gold, incidents, version_of, claim_of)
    errors += wrong
    figures = [
        Figure("duplicate incidents, of all", ratio(duplicates, len(incidents)), BAR, most=True),
        Figure("incidents that are read in copies only, of all", ratio(alone, len(incidents))),
        Figure("incidents of reports that tell different ones, of all", ratio(len(wrong), len(incidents))),
        Figure("incidents", float(len(incidents))),
    ]
    return Result(NAME, f"{len(gold)} reports and {len(readings) - len(gold)} rewritten copies", figures, errors)


def joined(readings: Sequence[Reading]) -> list[list[Told]]:
    """The incidents that a casebook makes of readings that arrive a few at a time: the claims that tell each."""
    with tempfile.TemporaryDirectory() as folder, reportedly.casebook.open(Path(folder) / "stream.sqlite") as book:
        for at in range(0, len(readings), ARRIVE):
            book.add_many(readings[at : at + ARRIVE])
            book.merge()
        return [
            [(member.report, member.claim) for member in incident.members if member.role == "member"]
            for incident in book.incidents()
        ]


def _first_told(versions: Sequence[Version], readings: Sequence[Reading]) -> set[tuple[str, int | None, str]]:
    """The acts that originals tell: report, sentence and kind."""
    return {
        (version.report, version.copy.sentence_at(claim.trigger.start), _kind(claim))
        for version, reading in zip(versions, readings, strict=True)
        if version.number == 0
        for claim in reading.claims
        if makes_incident(claim)
    }


def _place(told: Told, version_of: Mapping[str, Version], claim_of: Mapping[Told, Claim]) -> tuple[str, int | None, str]:
    version, claim = version_of[told[0]], claim_of[told]
    return version.report, version.copy.sentence_at(claim.trigger.start), _kind(claim)


def _kind(claim: Claim) -> str:
    return LOOKED_FOR_TOGETHER.get(claim.family, claim.family)


def _joined_wrongly(
    gold: Mapping[str, Mapping[str, Any]],
    incidents: Iterable[Sequence[Told]],
    version_of: Mapping[str, Version],
    claim_of: Mapping[Told, Claim],
) -> list[Miss]:
    """Incidents that hold claims of reports which tell nothing of each other's incidents."""
    errors = []
    for members in incidents:
        by_report: dict[str, Told] = {}
        for told in members:
            by_report.setdefault(version_of[told[0]].report, told)
        if any(other not in gold[one].get("same_incident_as", ()) for one, other in combinations(sorted(by_report), 2)):
            errors.append(Miss("joined", min(by_report), " / ".join(_words(claim_of[told]) for told in by_report.values())))
    return errors


def _words(claim: Claim) -> str:
    place = claim.place.name if claim.place else "-"
    day = f"{claim.time.from_}–{claim.time.to}" if claim.time else "-"
    return f"{claim.type}, {place}, {day}: {shorten(claim.evidence[0].text, 100)}"
