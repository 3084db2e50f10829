"""Speed of the desk on a generated casebook. As a program: ``python tests/test_desk_speed.py FILE INCIDENTS`` fills a casebook
with so many incidents, three claims each, and prints the median and 95th percentile of every page on the server."""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import casebook_factory as make
from test_desk import sign_in, start, token_of

import reportedly.casebook

TYPES: Final = {
    "battle": "clash",
    "explosion_remote_violence": "bombing",
    "violence_against_civilians": "attack",
    "abduction": "abduction",
    "protest": "protest",
    "threat": "threat",
}
"""The families of the incidents, with the type that stands for each."""
STANDINGS: Final = ("one_voice", "several_independent", "acknowledged_by_both", "disputed", "denied")
PLACES: Final = 4000
SOURCES: Final = 120
ACTORS: Final = 300
FIRST: Final = date(2015, 1, 1)
BATCH: Final = 2000


def fill(address: str, incidents: int, seed: int = 1) -> None:
    """Fill a casebook with incidents of three claims each, one claim a report, straight into its tables: invented actors and
    places, days over ten years, some incidents without place or day."""
    with reportedly.casebook.open(address) as book:
        from django.db import connections, transaction

        from reportedly.casebook import models

        using, dice = book.alias, random.Random(seed)
        sources = [models.Source(key=f"source-{n}", name=f"Outlet {n}") for n in range(SOURCES)]
        actors = [models.Actor(key=f"actor-{n}", name=called(n), kind="armed_group") for n in range(ACTORS)]
        models.Source.objects.using(using).bulk_create(sources)
        models.Actor.objects.using(using).bulk_create(actors)
        places = [
            (f"Place {n}", dice.uniform(-30, 45), dice.uniform(-15, 70), dice.choice("ABCDEFGH") + "Z") for n in range(PLACES)
        ]
        for start_at in range(0, incidents, BATCH):
            with transaction.atomic(using=using):
                _fill_batch(using, models, dice, range(start_at, min(incidents, start_at + BATCH)), sources, actors, places)
        with connections[using].cursor() as cursor:
            cursor.execute("ANALYZE")


def called(number: int) -> str:
    """The name of a group, as no other begins."""
    return f"Bana{number:03} Front"


def _fill_batch(using: str, models: Any, dice: random.Random, numbers: range, sources: Any, actors: Any, places: Any) -> None:
    now = datetime.now(UTC)
    reports, claims, parties, made, links, relations = [], [], [], [], [], []
    for number in numbers:
        day = FIRST + timedelta(days=int(dice.triangular(0, 3650, 3000)))
        name, lat, lon, iso2 = places[min(int(dice.expovariate(1 / 400)), PLACES - 1)]
        is_placed = dice.random() > 0.06
        family, one, other = dice.choice(list(TYPES)), dice.randrange(ACTORS), dice.randrange(ACTORS)
        incident = models.Incident(
            key=f"incident-{number:016x}",
            type=TYPES[family],
            family=family,
            standing=dice.choices(STANDINGS, (50, 25, 5, 15, 5))[0],
            place=name.lower() if is_placed else "",
            iso2=iso2 if is_placed else None,
            lat=lat if is_placed else None,
            lon=lon if is_placed else None,
            first_day=day,
            last_day=day,
            claims=3,
            reports=3,
            record="",
            day=day,
        )
        incident._state.db = using
        members, killed = [], dice.randrange(12)
        for turn in range(3):
            told = max(0, killed + dice.randrange(-1, 2))
            sides = f"{called(one)} attacked {called(other)}"
            text = f"{sides} near {name} on {day}, killing at least {told} people, police said. {number}"
            at = {"name": name, "country": "Nowhere", "iso2": iso2, "lat": lat, "lon": lon, "precision": 2}
            claim = make.claim(
                text,
                "attacked",
                family,  # type: ignore[arg-type]
                type=TYPES[family],
                status="threatened" if family == "threat" else "occurred",
                id=f"claim-{number:012x}-{turn}",
                actors=[called(one)],
                targets=[called(other)],
                at=at if is_placed else None,
                day=day.isoformat(),
                killed=(f"at least {told} people", told, None),
                voice="police",
            )
            source = sources[dice.randrange(SOURCES)]
            key, published = f"report-{number:012x}-{turn}", day + timedelta(days=turn)
            report = models.Report(
                key=key,
                sha256=f"{number:060x}{turn:04x}",
                text_sha256=f"{number:060x}{turn:04x}",
                source=source,
                title=f"Attack near {name}",
                published=published.isoformat(),
                published_on=published,
                language="en",
                text=text,
                added=now,
                day=published,
            )
            report._state.db = using
            reports.append(report)
            claims.append(
                models.Claim(
                    report=report,
                    report_key=key,
                    key=claim.id,
                    type=TYPES[family],
                    family=family,
                    status=claim.status,
                    negated=False,
                    background=False,
                    place=incident.place,
                    iso2=incident.iso2,
                    lat=incident.lat,
                    lon=incident.lon,
                    precision=2 if is_placed else None,
                    first_day=day,
                    last_day=day,
                    killed_low=told,
                    voice="police",
                    voice_folded="article | police",
                    start=claim.trigger.start,
                    end=claim.trigger.end,
                    evidence=text,
                    record=claim.model_dump_json(by_alias=True),
                    day=day,
                    merging=2,
                )
            )
            members.append(
                {"claim": claim.id, "report": key, "role": "member", "score": 3.0, "reasons": ["same place", "same day"]}
            )
            for role, actor in (("actor", one), ("target", other)):
                parties.append(
                    models.ClaimActor(
                        claim=claims[-1],
                        role=role,
                        actor=actors[actor],
                        name=called(actor),
                        folded=called(actor).lower(),
                        kind="armed_group",
                    )
                )
            links.append(
                models.IncidentClaim(incident=incident, claim=claims[-1], role="member", score=3.0, reasons=["same day"])
            )
        incident.record = json.dumps(
            {
                "id": incident.key,
                "type": TYPES[family],
                "family": family,
                "standing": incident.standing,
                "rule": "generated",
                "place": name if is_placed else None,
                "iso2": incident.iso2,
                "lat": incident.lat,
                "lon": incident.lon,
                "from_day": day.isoformat(),
                "to_day": day.isoformat(),
                "reports": 3,
                "sources": 1,
                "members": members,
                "spreads": [
                    {
                        "field": "killed",
                        "versions": [{"value": f"{killed} or more", "voices": ["police"], "claims": [members[0]["claim"]]}],
                        "low": killed,
                    }
                ],
            }
        )
        made.append(incident)
        if number % 5 == 0:
            told_relation = make.relation(f"{called(one)} fought {called(other)} there.", called(one), called(other))
            relations.append(
                models.Relation(
                    report=reports[-1],
                    report_key=reports[-1].key,
                    key=f"relation-{number:016x}",
                    kind="hostile",
                    status="current",
                    a=actors[one],
                    b=actors[other],
                    a_folded=called(one).lower(),
                    b_folded=called(other).lower(),
                    voice="article",
                    voice_folded="article",
                    record=told_relation.model_dump_json(by_alias=True),
                    day=day,
                )
            )
    for table, rows in (
        (models.Report, reports),
        (models.Claim, claims),
        (models.ClaimActor, parties),
        (models.Incident, made),
        (models.IncidentClaim, links),
        (models.Relation, relations),
    ):
        table.objects.using(using).bulk_create(rows, batch_size=1000)


def paths_of(incidents: int) -> list[str]:
    """The pages that are measured."""
    middle = incidents // 2
    return [
        "/",
        "/reports",
        "/reports?text=attacked&source=source-7",
        f"/reports/report-{middle:012x}-1",
        "/incidents",
        "/incidents?since=2015-01-{round:02}",
        "/incidents?page=40",
        "/incidents?order=reports",
        "/incidents?status=disputed&since=2020-01-01",
        "/incidents?family=battle&country=AZ",
        "/incidents?actor=actor-7",
        "/incidents?box=-5,5,15,20",
        "/incidents?place=place+12",
        f"/incidents/incident-{middle:016x}",
        "/actors",
        "/actors/actor-7",
        "/relations",
        "/relations?day=2019-05-01",
        "/relations/pair?a=actor-7&b=actor-8",
        "/threats",
        "/review",
        "/review/agreement",
        "/search?q=attacked+front",
        "/sources",
        "/codebook",
        "/team/trail",
    ]


def measure(address: str, incidents: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Milliseconds on the server for every page: the median, and the 95th percentile; and for one review by key."""
    desk = start(address)
    found: dict[str, tuple[float, float]] = {}
    try:
        with desk.client() as client:
            client.timeout = 600
            sign_in(client, desk.link)
            while re.search(r">0 items? wait", client.get("/review").text):
                time.sleep(1)
            for path in paths_of(incidents):
                times = []
                for turn in range(rounds):
                    began = time.perf_counter()
                    answer = client.get(path.format(round=turn + 1))  # a filter that nothing was kept for
                    times.append((time.perf_counter() - began) * 1000)
                    assert answer.status_code == 200, path
                found[path] = percentiles(times)
            found["review of one item"] = percentiles([_review(client) for _ in range(rounds)])
    finally:
        desk.process.terminate()
        desk.process.wait(10)
    return found


def _review(client: Any) -> float:
    page = client.get("/review?kind=claim").text
    subject = re.findall(r'name="subject" value="([^"]+)"', page)[0]
    data = {"csrfmiddlewaretoken": token_of(page), "subject": subject, "verdict": "accept", "from": "queue", "kind": "claim"}
    began = time.perf_counter()
    answer = client.post("/review/decide", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return (time.perf_counter() - began) * 1000


def percentiles(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(times), sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def test_pages_are_quick_on_a_small_casebook(tmp_path: Path) -> None:
    address = str(tmp_path / "generated.sqlite")
    fill(address, 600)
    slow = {path: found for path, found in measure(address, 600, 3).items() if found[0] > 1500}
    assert slow == {}


def test_percentiles() -> None:
    assert percentiles([float(number) for number in range(1, 101)]) == (50.5, 95.0)


if __name__ == "__main__":
    file, number = sys.argv[1], int(sys.argv[2])
    if not Path(file).exists():
        fill(file, number)
    for measured, (median, late) in measure(file, number, 12).items():
        print(f"{median:8.0f} ms {late:8.0f} ms  {measured}")  # noqa: T201
