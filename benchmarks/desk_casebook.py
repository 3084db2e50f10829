"""A generated casebook for measuring the desk: invented groups and places, three claims an incident, one claim a report.

Nothing is read or joined to make it: rows and records are written straight, in bulk, in the form that the casebook writes them in
(a test holds them against the casebook's own models). What the desk works out of a casebook by itself, the review queue and the
history of relations, is left to the desk.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import reportedly.casebook
from reportedly.casebook.text import fold
from reportedly.incidents.records import Incident, Member, Spread, Version
from reportedly.records import Actor, Claim, Count, Family, Place, Relation, Span, Time, Voice

Row = dict[str, Any]

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
BATCH: Final = 5000
TRIGGER: Final = "attacked"
REASONS: Final = ("same place", "same day")


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

    @property
    def incident(self) -> str:
        """The id of the incident."""
        return f"incident-{self.number:016x}"

    def report(self, turn: int) -> str:
        """The id of a report that tells it."""
        return f"report-{self.number:012x}-{turn}"

    def claim(self, turn: int) -> str:
        """The id of the claim in that report."""
        return f"claim-{self.number:012x}-{turn}"


def fill(address: str, incidents: int, seed: int = 1) -> None:
    """Fill a new casebook with so many incidents: days over ten years, most in the later ones; a few places with many incidents
    and many with few; some incidents without a place."""
    with reportedly.casebook.open(address) as book:
        from django.core.management.color import no_style
        from django.db import connections, transaction

        from reportedly.casebook import models

        connection, dice = connections[book.alias], random.Random(seed)
        places = [
            (f"Place {n}", dice.uniform(-30, 45), dice.uniform(-15, 70), dice.choice("ABCDEFGH") + "Z") for n in range(PLACES)
        ]
        now = connection.ops.adapt_datetimefield_value(datetime.now(UTC))
        _insert(connection, models.Source, ({"id": n + 1, "key": f"source-{n}", "name": f"Outlet {n}"} for n in range(SOURCES)))
        groups = ({"id": n + 1, "key": f"actor-{n}", "name": called(n), "kind": "armed_group"} for n in range(ACTORS))
        _insert(connection, models.Actor, groups)
        for start_at in range(0, incidents, BATCH):
            tables: dict[str, list[Row]] = {name: [] for name in TABLES}
            for number in range(start_at, min(incidents, start_at + BATCH)):
                _add(tables, _act(dice, number, places), dice, now)
            with transaction.atomic(using=book.alias):
                for name in TABLES:
                    _insert(connection, getattr(models, name), tables[name])
        filled = [models.Source, models.Actor, *(getattr(models, name) for name in TABLES)]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), filled):
                cursor.execute(statement)
            cursor.execute("ANALYZE")


TABLES: Final = ("Report", "Claim", "ClaimActor", "Incident", "IncidentClaim", "Relation")
"""The tables that every incident fills, in the order in which rows point at each other."""


def _insert(connection: Any, model: Any, rows: Iterable[Row]) -> None:
    """Write rows of one form straight into a table."""
    rows = list(rows)
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in rows[0])
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", [tuple(row.values()) for row in rows]
        )


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


def _add(tables: dict[str, list[Row]], act: Act, dice: random.Random, now: Any) -> None:
    """The rows of one incident, with its reports, claims and, for one in five, a relation."""
    standing = dice.choices(STANDINGS, WEIGHTS)[0]
    tables["Incident"].append(_incident(act, standing))
    for turn in range(TELLINGS):
        text, record = _claim(act, turn, max(0, act.killed + dice.randrange(-1, 2)))
        number = act.number * TELLINGS + turn + 1
        tables["Report"].append(_report(act, turn, text, dice.randrange(SOURCES), now))
        tables["Claim"].append(_claim_row(act, number, record, text))
        tables["ClaimActor"] += _parties(act, number)
        link = {"incident_id": act.number + 1, "claim_id": number, "role": "member", "score": 3.0}
        tables["IncidentClaim"].append(link | {"reasons": json.dumps(REASONS)})
    if act.number % 5 == 0:
        tables["Relation"].append(_relation(act, text, number))


def _span(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def _blank(record: Any) -> dict[str, Any]:
    """A record as it is stored, to be filled in."""
    found: dict[str, Any] = record.model_dump(mode="json", by_alias=True)
    return found


_WORD: Final = Span(text="a", start=0, end=1)
_ACTOR: Final = _blank(Actor(**dict(_WORD), name="a", kind="armed_group"))
_TIME: Final = _blank(Time(basis="worked_out", precision="day"))
_COUNT: Final = _blank(Count(**dict(_WORD), what="killed"))
_ARTICLE: Final = _blank(Voice(name="article", kind="media"))
_POLICE: Final = _blank(Voice(name="police", stance="asserts"))
_CLAIM: Final = _blank(
    Claim(id="c", type="t", family="other", trigger=_WORD, attribution=(Voice(name="article"),), evidence=(_WORD,))
)
_RELATION: Final = _blank(
    Relation(
        id="r",
        kind="hostile",
        a=Actor(**dict(_WORD), name="a"),
        b=Actor(**dict(_WORD), name="b"),
        attribution=(Voice(name="article"),),
        evidence=(_WORD,),
    )
)
_MEMBER: Final = _blank(Member(claim="c", report="r", score=3.0, reasons=REASONS))
_VERSION: Final = _blank(Version(value="v", voices=("police",), claims=()))
_SPREAD: Final = _blank(Spread(field="killed", versions=()))
_INCIDENT: Final = _blank(
    Incident(
        id="i",
        type="t",
        family="other",
        standing="one_voice",
        rule="generated",
        reports=TELLINGS,
        sources=1,
        members=(),
    )
)


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _actor(text: str, number: int) -> dict[str, Any]:
    return _ACTOR | _span(text, called(number)) | {"name": called(number), "id": f"actor-{number}"}


def _claim(act: Act, turn: int, killed: int) -> tuple[str, dict[str, Any]]:
    """The text of a report and the claim in it."""
    sides = f"{called(act.one)} {TRIGGER} {called(act.other)}"
    text = f"{sides} near {act.name} on {act.day}, killing at least {killed} people, police said. {act.number}"
    day = act.day.isoformat()
    record = _CLAIM | {
        "id": act.claim(turn),
        "type": TYPES[act.family],
        "family": act.family,
        "status": "threatened" if act.family == "threat" else "occurred",
        "trigger": _span(text, TRIGGER),
        "actors": [_actor(text, act.one)],
        "targets": [_actor(text, act.other)],
        "place": _blank(act.place) | _span(text, act.name) if act.place else None,
        "time": _TIME | {"from": day, "to": day},
        "counts": [_COUNT | _span(text, f"at least {killed} people") | {"low": killed}],
        "attribution": [_ARTICLE, _POLICE],
        "evidence": [{"text": text, "start": 0, "end": len(text)}],
    }
    return text, record


def _report(act: Act, turn: int, text: str, source: int, now: Any) -> Row:
    published = act.day + timedelta(days=turn)
    digest = f"{act.number:060x}{turn:04x}"
    return {
        "id": act.number * TELLINGS + turn + 1,
        "key": act.report(turn),
        "sha256": digest,
        "text_sha256": digest,
        "source_id": source + 1,
        "title": f"Attack near {act.name}",
        "published": published.isoformat(),
        "published_on": published,
        "language": "en",
        "text": text,
        "added": now,
        "day": published,
    }


def _claim_row(act: Act, number: int, record: dict[str, Any], text: str) -> Row:
    place = act.place
    return {
        "id": number,
        "report_id": number,
        "report_key": act.report((number - 1) % TELLINGS),
        "key": record["id"],
        "type": record["type"],
        "family": act.family,
        "status": record["status"],
        "negated": False,
        "background": False,
        "place": f"{place.name} | {place.country}".lower() if place else "",
        "iso2": place.iso2 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "first_day": act.day,
        "last_day": act.day,
        "killed_low": record["counts"][0]["low"],
        "voice": "police",
        "voice_folded": "article | police",
        "start": record["trigger"]["start"],
        "end": record["trigger"]["end"],
        "evidence": text,
        "record": _json(record),
        "day": act.day,
        "merging": 2,
    }


def _parties(act: Act, claim: int) -> list[Row]:
    return [
        {
            "claim_id": claim,
            "role": role,
            "actor_id": number + 1,
            "name": called(number),
            "folded": fold(f"{called(number)} | {called(number)}"),
            "kind": "armed_group",
        }
        for role, number in (("actor", act.one), ("target", act.other))
    ]


def _incident(act: Act, standing: str) -> Row:
    place = act.place
    row: Row = {
        "id": act.number + 1,
        "key": act.incident,
        "type": TYPES[act.family],
        "family": act.family,
        "standing": standing,
        "review": "candidate",
        "place": act.name.lower() if place else "",
        "iso2": place.iso2 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "first_day": act.day,
        "last_day": act.day,
        "claims": TELLINGS,
        "reports": TELLINGS,
        "day": act.day,
    }
    return row | {"record": _json(_incident_record(act, row))}


def _incident_record(act: Act, row: Row) -> dict[str, Any]:
    version = _VERSION | {"value": f"{act.killed} or more", "claims": [act.claim(0)]}
    return _INCIDENT | {
        "id": act.incident,
        "type": row["type"],
        "family": act.family,
        "standing": row["standing"],
        "place": act.name if act.place else None,
        "iso2": row["iso2"],
        "lat": row["lat"],
        "lon": row["lon"],
        "from_day": act.day.isoformat(),
        "to_day": act.day.isoformat(),
        "members": [_MEMBER | {"claim": act.claim(turn), "report": act.report(turn)} for turn in range(TELLINGS)],
        "spreads": [_SPREAD | {"versions": [version], "low": act.killed}],
    }


def _relation(act: Act, text: str, report: int) -> Row:
    """That both sides are hostile, told in the last of the reports."""
    key = f"relation-{act.number:016x}"
    told = f"{called(act.one)} {TRIGGER} {called(act.other)}"
    record = _RELATION | {
        "id": key,
        "a": _actor(text, act.one),
        "b": _actor(text, act.other),
        "attribution": [_ARTICLE],
        "evidence": [_span(text, told)],
    }
    return {
        "report_id": report,
        "report_key": act.report(TELLINGS - 1),
        "key": key,
        "kind": "hostile",
        "status": "current",
        "a_id": act.one + 1,
        "b_id": act.other + 1,
        "a_folded": fold(f"{called(act.one)} | {called(act.one)}"),
        "b_folded": fold(f"{called(act.other)} | {called(act.other)}"),
        "voice": "article",
        "voice_folded": "article",
        "record": _json(record),
        "day": act.day + timedelta(days=TELLINGS - 1),
    }
