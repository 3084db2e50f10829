"""A reading in the form of hand codings of whole reports: one row an event, as the gold files hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportedly.records import Actor, Claim, Count, Place, Reading, Relation, Time, Voice

GOLD_RELATIONS = {
    "hostile": "hostile",
    "allied": "allied",
    "truce": "truce",
    "non_aggression": "non_aggression",
    "part_of": "part_of",
    "media_wing_of": "part_of",
    "proxy_of": "proxy_of",
    "splinter_of": "splinter_of",
    "rival": "rival",
    "supplies": "allied",
    "hosts": "allied",
    "merged_into": "allied",
    "pledged_allegiance_to": "allied",
}
PRECISIONS = {"day": "day", "range": "day", "week": "day", "month": "month", "season": "season", "year": "year"}


def to_coding(reading: Reading) -> dict[str, Any]:
    """Events and relations of a reading as a gold file has them; speech acts name the speaker as last voice."""
    return {
        "id": reading.report.id,
        "events": [_event(number, claim) for number, claim in enumerate(reading.claims, 1)],
        "relations": [_relation(relation) for relation in reading.relations if relation.kind in GOLD_RELATIONS],
    }


def _event(number: int, claim: Claim) -> dict[str, Any]:
    status: str = "planned" if claim.status == "requested" else claim.status
    if claim.background and status in ("occurred", "threatened"):
        status = "historical_background"
    evidence = claim.evidence[0]
    return {
        "id": f"e{number}",
        "type": claim.family,
        "status": status,
        "actors": [_actor(actor) for actor in claim.actors],
        "targets": [_actor(actor) for actor in claim.targets],
        "place": _place(claim.place),
        "date": _date(claim.time),
        "killed": _count(claim.counts, "killed"),
        "injured": _count(claim.counts, "injured"),
        "abducted": _count(claim.counts, "abducted"),
        "attributed_to": [_voice(voice) for voice in claim.attribution],
        "evidence": evidence.text,
        "span": [evidence.start, evidence.end],
    }


def _actor(actor: Actor) -> str:
    return actor.name


def _voice(voice: Voice) -> str:
    return voice.name


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    coded: dict[str, Any] = {"name": place.name, "admin": place.admin1, "country": place.country}
    return coded if place.lat is None or place.lon is None else {**coded, "lat": place.lat, "lon": place.lon}


def _date(time: Time | None) -> dict[str, Any] | None:
    if time is None or (time.from_ is None and time.to is None):
        return None
    return {"start": time.from_, "end": time.to, "precision": PRECISIONS[time.precision]}


def _count(counts: Sequence[Count], what: str) -> dict[str, Any] | None:
    """The whole toll of one kind: a stated or summed total before its parts; differing totals give their span."""
    mine = [count for count in counts if count.what == what]
    if not mine:
        return None
    whole = [count for count in mine if count.total] or mine
    numbered = [count for count in whole if count.low is not None or count.high is not None]
    if not numbered:
        return {"low": None, "high": None, "text": whole[0].text}
    lows = [count.low for count in numbered if count.low is not None]
    highs = [count.high for count in numbered]
    low = min(lows) if lows else None
    high = None if any(value is None for value in highs) else max(value for value in highs if value is not None)
    return {"low": low, "high": high, "text": numbered[0].text}


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "a": relation.a.name,
        "b": relation.b.name,
        "relation": GOLD_RELATIONS[relation.kind],
        "status": relation.status,
        "attributed_to": [voice.name for voice in relation.attribution],
        "evidence": relation.evidence[0].text,
    }
