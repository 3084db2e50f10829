"""Reports of shootings, read and joined: which reports tell one incident, from the text alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from benchmarks.gvc import main_claims
from benchmarks.joining import b_cubed, blocked_pairs, join, named_features, pair_measure
from benchmarks.result import Figure, Miss, Result
from benchmarks.sources import Case, read_set, read_texts
from reportedly.incidents.facts import LEAD, Facts, facts, makes_incident
from reportedly.incidents.weights import POINTS
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Reading

NAME = "gvc_incidents"
BAR = 0.93


def measure(reader: Reader) -> Result:
    """B-cubed F1 over reports. A report belongs to the incident that most of its claims of violence tell; one without any is
    alone. Effects are the F1 lost without a feature."""
    cases = gold_cases()
    readings = read_texts(
        reader, (Input(text=c["text"], id=c["doc"], title=c["title"], published=c["date"], language="en") for c in cases)
    )
    return measure_readings(cases, readings)


def gold_cases() -> list[Case]:
    """The reports whose incident is in the answers."""
    incidents = {row["incident"] for row in read_set("gvc_dev_incidents")}
    return [case for case in read_set("gvc_dev_reports") if case["incident"] in incidents]


def measure_readings(cases: Sequence[Case], readings: Sequence[Reading]) -> Result:
    """As :func:`measure`, for reports that were read before."""
    gold = [str(case["incident"]) for case in cases]
    claims, owner = reading_facts(readings)
    named = named_features(claims, blocked_pairs(claims))

    def grouped(points: Mapping[str, float]) -> list[list[int]]:
        return report_groups(join(claims, named, points), owner, len(cases))

    groups = grouped(POINTS)
    whole, pairs = b_cubed(groups, gold), pair_measure(groups, gold)
    alone = b_cubed([[number] for number in range(len(cases))], gold)
    figures = [
        Figure("B-cubed F1", whole.f1, BAR),
        Figure("B-cubed precision", whole.precision),
        Figure("B-cubed recall", whole.recall),
        Figure("pair F1", pairs.f1),
        Figure("B-cubed F1 of each report alone", alone.f1),
        Figure("reports without a claim of violence", float(len(cases) - len(set(owner)))),
    ]
    used = {name for names in named.values() for name in names}
    for name in POINTS:
        if name in used:
            without = b_cubed(grouped({**POINTS, name: 0.0}), gold)
            figures.append(Figure(f"effect of “{name}” ({POINTS[name]:+.1f})", whole.f1 - without.f1))
    return Result(NAME, f"{len(cases)} reports", figures, _misses(cases, claims, owner, groups, gold))


def reading_facts(readings: Sequence[Reading]) -> tuple[list[Facts], list[int]]:
    """The violence that each report tells, for comparing, and the number of the report of each claim."""
    found, owner = [], []
    for number, reading in enumerate(readings):
        report = reading.report
        published = date.fromisoformat(report.published[:10]) if report.published else None
        for claim in told(reading.claims):
            found.append(facts(claim, report.id, report.id, published, report.source, report.title, report.text[:LEAD]))
            owner.append(number)
    return found, owner


def told(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of violence that make incidents, else whatever violence is told."""
    main = main_claims(claims)
    return [claim for claim in main if makes_incident(claim)] or main


def report_groups(groups: Sequence[Sequence[int]], owner: Sequence[int], reports: int) -> list[list[int]]:
    """Reports by the incident of most of their claims, of equals the one that most reports tell."""
    home = {claim: number for number, members in enumerate(groups) for claim in members}
    told = {number: len({owner[claim] for claim in members}) for number, members in enumerate(groups)}
    of_report: dict[int, Counter[int]] = defaultdict(Counter)
    for claim, report in enumerate(owner):
        of_report[report][home[claim]] += 1
    found: dict[object, list[int]] = defaultdict(list)
    for report in range(reports):
        homes = of_report.get(report)
        best = max(homes, key=lambda number: (homes[number], told[number], -number)) if homes else f"alone {report}"
        found[best].append(report)
    return list(found.values())


def _misses(
    cases: Sequence[Case], claims: Sequence[Facts], owner: Sequence[int], groups: Sequence[Sequence[int]], gold: Sequence[str]
) -> list[Miss]:
    home = {report: number for number, members in enumerate(groups) for report in members}
    of_report: dict[int, list[Facts]] = defaultdict(list)
    for claim, report in zip(claims, owner, strict=True):
        of_report[report].append(claim)

    def words(report: int) -> str:
        read = "; ".join(f"{c.type} {c.place} {c.first}–{c.last} k{c.killed} i{c.injured}" for c in of_report[report][:3])
        return f"{cases[report]['date']} {cases[report]['title'][:60]} [{read}]"

    errors = []
    for members in groups:
        if len({gold[member] for member in members}) > 1:
            errors.append(Miss("joined", gold[members[0]], " / ".join(words(member) for member in members[:5])))
    for event in sorted(set(gold)):
        members = [number for number, own in enumerate(gold) if own == event]
        if len({home[member] for member in members}) > 1:
            kind = "apart" if all(of_report[member] for member in members) else "apart, one without a claim"
            errors.append(Miss(kind, event, " / ".join(words(member) for member in members[:5])))
    return errors
