"""How joining grows: ``python -m benchmarks.incidents_scale [CLAIMS ...]``, with made-up claims in a casebook of their own.

For each size, in a process of its own: joining in bulk, memory, and then one report more, joined at once. Claims are spread over
towns, groups and years as news is: some towns and days are busy, one incident in five is told by several reports, one in a
thousand by a hundred. What others do on the machine changes the seconds; processor time, and its ratio to the time that checking
the same claims' records takes, are more steady.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from rich.console import Console
from rich.table import Table

import reportedly.casebook
from benchmarks.result import Figure, Result
from reportedly.reading.reader import Reader
from reportedly.records import Actor, Claim, Count, Place, Reading, Report, Span, Time, Voice, content_id

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

NAME = "incidents_scale"
SIZES = (25_000, 50_000, 100_000, 200_000)
MOST_MINUTES, MOST_MEGABYTES, MOST_MS, MOST_GROWTH = 10, 2048, 50, 1.5
"""Bars: joining the largest size in bulk; its memory; joining one report more; the cost of a claim of the largest size, in those
of the smallest."""
CHECKED = 2_000
"""Claims whose records are checked for comparison."""
TOWNS, GROUPS, STREETS, YEARS, COUNTRIES = 4_000, 60, 8_000, 5, 40
LATE = 25
"""Reports that are joined one by one at the end."""
SYLLABLES = ("ba", "dor", "ki", "lum", "mer", "nu", "pra", "sel", "ta", "vo", "zi", "gan", "hu", "rek", "fi", "jo")
KINDS = ("armed_attack", "bombing", "killing", "ambush")
MEGABYTE = 1024
CHUNK = 5_000


@dataclass(frozen=True)
class Told:
    """A made-up incident, for any number of reports."""

    town: int
    day: date
    group: int
    kind: str
    killed: int
    street: int


def incidents(claims: int, seed: int = 5) -> Iterator[tuple[Told, int]]:
    """Incidents with how many reports tell each, until there are enough claims."""
    chance = random.Random(seed)
    start, left = date(2020, 1, 1), claims
    while left > 0:
        told = Told(
            town=int(TOWNS * chance.random() ** 2),
            day=start + timedelta(days=chance.randrange(365 * YEARS)),
            group=chance.randrange(GROUPS),
            kind=chance.choice(KINDS),
            killed=int(1 / (chance.random() + 0.02)),
            street=chance.randrange(STREETS),
        )
        share = chance.random()
        reports = min(left, 100 if share < 0.001 else chance.randint(2, 8) if share < 0.2 else 1)
        left -= reports
        yield told, reports


def reading(told: Told, number: int, source: int) -> Reading:
    """One report of a made-up incident, as it would be read."""
    chance = random.Random(f"{told}{number}")
    town, group, street = name(told.town), f"{name(told.group + 9_000)} Front", f"{name(told.street + 20_000)} Street"
    killed = max(0, told.killed + chance.choice((0, 0, 0, 1, -1)))
    text = f"{group} attacked soldiers on {street} in {town} on {told.day}, killing {killed}, paper {source} said. No. {number}."
    country = told.town % COUNTRIES

    def span(words: str) -> dict[str, object]:
        at = text.index(words)
        return {"text": words, "start": at, "end": at + len(words)}

    trigger = Span.model_validate(span("attacked"))
    claim = Claim(
        id=content_id("claim", text, trigger.start),
        type=told.kind,
        family="explosion_remote_violence" if told.kind == "bombing" else "violence_against_civilians",
        trigger=trigger,
        actors=(Actor.model_validate({**span(group), "name": group, "id": f"grp-{told.group}", "kind": "armed_group"}),),
        targets=(Actor.model_validate({**span("soldiers"), "name": "soldiers", "kind": "class"}),),
        place=Place.model_validate(
            {
                **span(town),
                "name": town,
                "admin1": f"province {told.town % 400}",
                "country": f"country {country}",
                "iso2": f"{chr(65 + country // 26)}{chr(65 + country % 26)}",
                "lat": -60 + 120 * ((told.town * 7919) % TOWNS) / TOWNS,
                "lon": -170 + 340 * ((told.town * 104729) % TOWNS) / TOWNS,
                "precision": 1,
            }
        ),
        time=Time.model_validate({"from": told.day.isoformat(), "to": told.day.isoformat(), "basis": "worked_out"}),
        counts=(Count.model_validate({**span(f"killing {killed}"), "what": "killed", "low": killed, "high": killed}),),
        attribution=(Voice(name="article", kind="media"),),
        evidence=(Span(text=text, start=0, end=len(text)),),
    )
    sha256 = f"{abs(hash((text, source))):064x}"[-64:]
    published = (told.day + timedelta(days=chance.randrange(3))).isoformat()
    report = Report(id=content_id("report", text), text=text, source=f"Paper {source}", published=published, sha256=sha256)
    return Reading(reader="reportedly 0.1.0", report=report, claims=(claim,))


def name(number: int) -> str:
    """A made-up name."""
    syllables = []
    number += 17
    while number:
        number, digit = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[digit])
    return "".join(syllables).capitalize()


def readings(claims: int, seed: int = 5) -> Iterator[Reading]:
    """So many made-up reports, of one claim each."""
    for number, (told, reports) in enumerate(incidents(claims, seed)):
        for report in range(reports):
            yield reading(told, number * 1_000 + report, report)


def load(book: Casebook, made: Iterator[Reading]) -> None:
    """Store readings in bulk, without the care for copies, killed runs and older readings that ``Casebook.add`` takes."""
    from reportedly.casebook import models, rows

    using, now = book.alias, datetime.now(UTC)
    sources: dict[str, models.Source] = {}
    actors: dict[str, models.Actor] = {}
    while some := list(islice(made, CHUNK)):
        for item in some:
            source = item.report.source or ""
            if source not in sources:
                sources[source] = models.Source.objects.using(using).create(key=content_id("source", source), name=source)
            for key, actor in rows.named_actors(item).items():
                if key not in actors:
                    actors[key] = models.Actor.objects.using(using).create(key=key, name=actor.name, kind=actor.kind)
        with transaction.atomic(using=using):
            reports = [
                models.Report(
                    key=item.report.id, added=now, **rows.report_row(item.report, sources[item.report.source or ""], None)
                )
                for item in some
            ]
            models.Report.objects.using(using).bulk_create(reports, batch_size=500)
            pairs = [(claim, row) for item, row in zip(some, reports, strict=True) for claim in item.claims]
            claims = [rows.claim_row(claim, row) for claim, row in pairs]
            models.Claim.objects.using(using).bulk_create(claims, batch_size=500)
            parties = [
                party for (claim, _), row in zip(pairs, claims, strict=True) for party in rows.party_rows(claim, row, actors)
            ]
            models.ClaimActor.objects.using(using).bulk_create(parties, batch_size=500)


@dataclass(frozen=True)
class Growth:
    """What one size cost: ``seconds`` by the clock and ``processor`` seconds of joining in bulk, ``checking`` processor seconds
    for the record of one claim, then milliseconds of joining one report more (half of them take longer than ``more``)."""

    claims: int
    incidents: int
    seconds: float
    processor: float
    checking: float
    pairs: int
    more: float
    more_processor: float
    longest: float
    megabytes: float

    @property
    def of_a_claim(self) -> float:
        """Processor seconds of joining one claim."""
        return self.processor / self.claims

    @property
    def row(self) -> tuple[str, ...]:
        """A row of the table."""
        return (
            f"{self.claims:,}",
            f"{self.incidents:,}",
            f"{self.seconds:,.0f}",
            f"{self.processor:,.0f}",
            f"{1e6 * self.of_a_claim:,.0f}",
            f"{self.of_a_claim / self.checking:.0f}",
            f"{self.pairs / self.claims:.1f}",
            f"{self.more:.0f}",
            f"{self.more_processor:.0f}",
            f"{self.longest:.0f}",
            f"{self.megabytes:,.0f}",
        )


def growth(claims: int) -> Growth:
    """Load, join in bulk, then join one report more at a time."""
    with tempfile.TemporaryDirectory() as folder:
        book = reportedly.casebook.open(Path(folder) / "casebook.sqlite")
        load(book, readings(claims))
        began, began_processor = time.perf_counter(), time.process_time()
        summary = book.merge()
        seconds, processor = time.perf_counter() - began, time.process_time() - began_processor
        late, late_processor = [], []
        for item in list(readings(LATE * 3, seed=7))[:LATE]:
            book.add(item)
            began, began_processor = time.perf_counter(), time.process_time()
            book.merge()
            late.append(time.perf_counter() - began)
            late_processor.append(time.process_time() - began_processor)
        found = book.counts()["incidents"]
        book.close()
    return Growth(
        claims=claims,
        incidents=found,
        seconds=seconds,
        processor=processor,
        checking=checking(),
        pairs=summary.pairs,
        more=1000 * statistics.median(late),
        more_processor=1000 * statistics.median(late_processor),
        longest=1000 * max(late),
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE,
    )


def checking() -> float:
    """Processor seconds that checking the record of one made-up claim takes: what all else is compared with."""
    records = [claim.model_dump_json(by_alias=True) for item in readings(CHECKED) for claim in item.claims]
    began = time.process_time()
    for record in records:
        Claim.model_validate_json(record)
    return (time.process_time() - began) / len(records)


def grow(sizes: Sequence[int]) -> Iterator[Growth]:
    """Each size measured in a process of its own, one after the other."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        for size in sizes:
            yield pool.submit(growth, size).result()


def measure(reader: Reader) -> Result:
    """The table as figures; nothing is read."""
    found = list(grow(SIZES))
    smallest, largest = found[0], found[-1]
    figures = [
        Figure(f"joining {largest.claims:,} claims in bulk, processor minutes", largest.processor / 60, MOST_MINUTES, most=True),
        Figure("the same by the clock, minutes", largest.seconds / 60),
        Figure("peak memory, MB", largest.megabytes, MOST_MEGABYTES, most=True),
        Figure(
            "what a claim costs at the largest size, in those of the smallest",
            largest.of_a_claim / smallest.of_a_claim,
            MOST_GROWTH,
            most=True,
        ),
        Figure(
            f"one report more, joined into {largest.incidents:,} incidents, ms (median)",
            largest.more,
            MOST_MS,
            most=True,
            note=f"processor {largest.more_processor:.0f}, longest {largest.longest:.0f}",
        ),
    ]
    for one in found:
        note = (
            f"{one.of_a_claim / one.checking:.0f} times checking its record; {one.pairs / one.claims:.1f} pairs compared a claim"
        )
        figures.append(Figure(f"{one.claims:,} claims: processor µs a claim", 1e6 * one.of_a_claim, note=note))
    return Result(NAME, f"{largest.claims:,} made-up claims", figures)


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size and print the table."""
    table = Table(
        "claims",
        "incidents",
        "joining, s",
        "processor, s",
        "processor µs a claim",
        "times checking its record",
        "pairs a claim",
        "one more, ms (median)",
        "(processor)",
        "(longest)",
        "peak memory, MB",
    )
    for found in grow(sizes):
        table.add_row(*found.row)
        print(" ".join(found.row), file=sys.stderr, flush=True)
    Console(width=140).print(table)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
