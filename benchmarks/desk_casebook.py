"""A generated casebook for measuring the desk: invented groups and places, three claims an incident, one claim a report."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import reportedly.casebook
from reportedly.records import Actor, Claim, Count, Family, Place, Relation, Span, Time, Voice

TYPES: Final[dict[Family, str]] = {
    "battle": "clash",
    "explosion_remote_violence": "bombing",
    "violence_against_civilians": "attack",
    "abduction": "abduction",
    "protest": "protest",
    "threat": "threat",
}
"""The families of the incidents, with the type that stands for each."""
STANDINGS: Final = ("one_voice", "several_independent", "acknowledged_by_both", "disputed", "denied")
WEIGHTS: Final = (50, 25, 5, 15, 5)
TELLINGS: Final = 3
"""Claims of an incident."""
PLACES: Final = 4000
SOURCES: Final = 120
ACTORS: Final = 300
FIRST: Final = date(2015, 1, 1)
DAYS: Final = 3650
BATCH: Final = 2000


@dataclass(frozen=True)
class Act:
    """What an incident is about."""

    number: int
    family: Family
    day: date
    one: int
    other: int
    place: Place | None
    name: str
    killed: int


def fill(address: str, incidents: int, seed: int = 1) -> None:
    """Fill a new casebook with so many incidents, straight into its tables: days over ten years, most in the later ones; a few
    places with many incidents and many with few; some incidents without a place."""
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
            rows = _Rows(using, models, sources, actors)
            for number in range(start_at, min(incidents, start_at + BATCH)):
                rows.add(_act(dice, number, places), dice)
            with transaction.atomic(using=using):
                rows.store()
        with connections[using].cursor() as cursor:
            cursor.execute("ANALYZE")


def called(number: int) -> str:
    """The name of a group, as no other begins."""
    return f"Bana{number:03} Front"


def _act(dice: random.Random, number: int, places: list[tuple[str, float, float, str]]) -> Act:
    day = FIRST + timedelta(days=int(dice.triangular(0, DAYS, DAYS * 0.8)))
    name, lat, lon, iso2 = places[min(int(dice.expovariate(10 / PLACES)), PLACES - 1)]
    place = Place(text=name, start=0, end=1, name=name, country="Nowhere", iso2=iso2, lat=lat, lon=lon, precision=2)
    one, other = dice.sample(range(ACTORS), 2)
    placed = place if dice.random() > 0.06 else None
    return Act(number, dice.choice(list(TYPES)), day, one, other, placed, name, dice.randrange(12))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(text=words, start=start, end=start + len(words))


def _claim(act: Act, turn: int, killed: int) -> tuple[str, Claim]:
    """The text of a report and the claim in it."""
    sides = f"{called(act.one)} attacked {called(act.other)}"
    text = f"{sides} near {act.name} on {act.day}, killing at least {killed} people, police said. {act.number}"

    def actor(number: int) -> Actor:
        return Actor(**dict(_span(text, called(number))), name=called(number), kind="armed_group")

    day = act.day.isoformat()
    count = _span(text, f"at least {killed} people")
    place = act.place and act.place.model_copy(update=dict(_span(text, act.name)))
    claim = Claim(
        id=f"claim-{act.number:012x}-{turn}",
        type=TYPES[act.family],
        family=act.family,
        status="threatened" if act.family == "threat" else "occurred",
        trigger=_span(text, "attacked"),
        actors=(actor(act.one),),
        targets=(actor(act.other),),
        place=place,
        time=Time.model_validate({"from": day, "to": day, "precision": "day", "basis": "worked_out"}),
        counts=(Count(**dict(count), what="killed", low=killed, high=None),),
        attribution=(Voice(name="article", kind="media"), Voice(name="police", stance="asserts")),
        evidence=(Span(text=text, start=0, end=len(text)),),
    )
    return text, claim


class _Rows:
    """The rows of one batch."""

    def __init__(self, using: str, models: Any, sources: list[Any], actors: list[Any]) -> None:
        self.using, self.models, self.sources, self.actors = using, models, sources, actors
        self.now = datetime.now(UTC)
        self.reports: list[Any] = []
        self.claims: list[Any] = []
        self.parties: list[Any] = []
        self.incidents: list[Any] = []
        self.links: list[Any] = []
        self.relations: list[Any] = []

    def add(self, act: Act, dice: random.Random) -> None:
        """One incident with its reports and claims."""
        incident = self._incident(act, dice.choices(STANDINGS, WEIGHTS)[0])
        members = []
        for turn in range(TELLINGS):
            text, claim = _claim(act, turn, max(0, act.killed + dice.randrange(-1, 2)))
            report = self._report(act, turn, text, dice)
            row = self._claim_row(act, claim, report, text)
            reasons = ["same place", "same day"]
            members.append({"claim": claim.id, "report": report.key, "role": "member", "score": 3.0, "reasons": reasons})
            self.links.append(self.models.IncidentClaim(incident=incident, claim=row, role="member", score=3.0, reasons=reasons))
        incident.record = json.dumps(self._record(act, incident, members))
        if act.number % 5 == 0:
            self._relate(act)

    def store(self) -> None:
        """Write all rows."""
        for table, rows in (
            (self.models.Report, self.reports),
            (self.models.Claim, self.claims),
            (self.models.ClaimActor, self.parties),
            (self.models.Incident, self.incidents),
            (self.models.IncidentClaim, self.links),
            (self.models.Relation, self.relations),
        ):
            table.objects.using(self.using).bulk_create(rows, batch_size=1000)

    def _kept(self, rows: list[Any], row: Any) -> Any:
        row._state.db = self.using
        rows.append(row)
        return row

    def _report(self, act: Act, turn: int, text: str, dice: random.Random) -> Any:
        published = act.day + timedelta(days=turn)
        digest = f"{act.number:060x}{turn:04x}"
        row = self.models.Report(
            key=f"report-{act.number:012x}-{turn}",
            sha256=digest,
            text_sha256=digest,
            source=self.sources[dice.randrange(SOURCES)],
            title=f"Attack near {act.name}",
            published=published.isoformat(),
            published_on=published,
            language="en",
            text=text,
            added=self.now,
            day=published,
        )
        return self._kept(self.reports, row)

    def _claim_row(self, act: Act, claim: Claim, report: Any, text: str) -> Any:
        place = act.place
        row = self.models.Claim(
            report=report,
            report_key=report.key,
            key=claim.id,
            type=claim.type,
            family=claim.family,
            status=claim.status,
            negated=False,
            background=False,
            place=act.name.lower() if place else "",
            iso2=place.iso2 if place else None,
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            precision=place.precision if place else None,
            first_day=act.day,
            last_day=act.day,
            killed_low=claim.counts[0].low,
            voice="police",
            voice_folded="article | police",
            start=claim.trigger.start,
            end=claim.trigger.end,
            evidence=text,
            record=claim.model_dump_json(by_alias=True),
            day=act.day,
            merging=2,
        )
        for role, number in (("actor", act.one), ("target", act.other)):
            name = called(number)
            party = {"actor": self.actors[number], "name": name, "folded": name.lower(), "kind": "armed_group"}
            self.parties.append(self.models.ClaimActor(claim=row, role=role, **party))
        return self._kept(self.claims, row)

    def _incident(self, act: Act, standing: str) -> Any:
        place = act.place
        row = self.models.Incident(
            key=f"incident-{act.number:016x}",
            type=TYPES[act.family],
            family=act.family,
            standing=standing,
            place=act.name.lower() if place else "",
            iso2=place.iso2 if place else None,
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            first_day=act.day,
            last_day=act.day,
            claims=TELLINGS,
            reports=TELLINGS,
            record="",
            day=act.day,
        )
        return self._kept(self.incidents, row)

    def _record(self, act: Act, incident: Any, members: list[dict[str, Any]]) -> dict[str, Any]:
        version = {"value": f"{act.killed} or more", "voices": ["police"], "claims": [members[0]["claim"]]}
        return {
            "id": incident.key,
            "type": incident.type,
            "family": act.family,
            "standing": incident.standing,
            "rule": "generated",
            "place": act.name if act.place else None,
            "iso2": incident.iso2,
            "lat": incident.lat,
            "lon": incident.lon,
            "from_day": act.day.isoformat(),
            "to_day": act.day.isoformat(),
            "reports": TELLINGS,
            "sources": 1,
            "members": members,
            "spreads": [{"field": "killed", "versions": [version], "low": act.killed}],
        }

    def _relate(self, act: Act) -> None:
        a, b, report = self.actors[act.one], self.actors[act.other], self.reports[-1]
        text = f"{a.name} fought {b.name} there."
        record = Relation(
            id=f"relation-{act.number:016x}",
            kind="hostile",
            a=Actor(**dict(_span(text, a.name)), name=a.name, kind="armed_group"),
            b=Actor(**dict(_span(text, b.name)), name=b.name, kind="armed_group"),
            attribution=(Voice(name="article", kind="media"),),
            evidence=(Span(text=text, start=0, end=len(text)),),
        )
        self.relations.append(
            self.models.Relation(
                report=report,
                report_key=report.key,
                key=record.id,
                kind="hostile",
                status="current",
                a=a,
                b=b,
                a_folded=a.name.lower(),
                b_folded=b.name.lower(),
                voice="article",
                voice_folded="article",
                record=record.model_dump_json(by_alias=True),
                day=act.day,
            )
        )
