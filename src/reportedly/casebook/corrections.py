"""People's corrections laid over what the machine read, when it is read out; what is stored stays as it was.

A correction is a JSON object of the fields that are wrong, as in ``{"killed": 5, "place": "Gao"}``. Of a claim: ``type``,
``family``, ``status``, ``negated``, ``background``, ``place``, ``from``, ``to`` (ISO days), ``actors``, ``targets`` (lists of
names), ``killed``, ``injured`` (a number, or a list of lowest and highest). Of an incident: ``type``, ``family``, ``standing``,
``place``, ``from_day``, ``to_day``. ``null`` says that the report tells nothing of it; ``note`` may hold any words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError

from reportedly.casebook import models
from reportedly.casebook.anchors import as_words, chunks
from reportedly.casebook.law import rejected_reports
from reportedly.casebook.stored import StoredClaim
from reportedly.errors import SettingError
from reportedly.incidents.records import Incident, Standing
from reportedly.knowledge.types import crosswalk, ontology
from reportedly.records import Actor, Count, Family, Place, Status, Time

CLAIM_FIELDS = frozenset(
    {"type", "family", "status", "negated", "background", "place", "from", "to", "actors", "targets", "killed", "injured"}
)
INCIDENT_FIELDS = frozenset({"type", "family", "standing", "place", "from_day", "to_day"})
CHOICES: dict[str, tuple[str, ...]] = {"family": get_args(Family), "status": get_args(Status), "standing": get_args(Standing)}
NOTE_FIELD = "note"


def read_correction(kind: str, text: str) -> dict[str, Any]:
    """The fields of a correction, checked. Raises :class:`SettingError` for what is no correction of this kind of record."""
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingError("a correction is a JSON object.", where=text[:80], remedy='Write it as {"killed": 5}.') from error
    if not isinstance(told, dict) or not told:
        raise SettingError("a correction is a JSON object with one field or more.", where=text[:80])
    if kind not in {"claim", "incident"}:
        raise SettingError(f"a {kind} cannot be corrected; accept or reject it.")
    known = CLAIM_FIELDS if kind == "claim" else INCIDENT_FIELDS
    unknown = sorted(set(told) - known - {NOTE_FIELD})
    if unknown:
        raise SettingError(f"a {kind} has no {unknown[0]} to correct.", remedy=f"Correct {', '.join(sorted(known))}.")
    for name, choices in CHOICES.items():
        if name in told and told[name] not in choices:
            raise SettingError(f"{told[name]!r} is no {name}.", remedy=f"Use one of {', '.join(choices)}.")
    if "type" in told and told["type"] not in ontology():
        near = get_close_matches(str(told["type"]), ontology(), 3, 0.5)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "Types are listed in the codebook."
        raise SettingError(f"{told['type']!r} is no type of event.", remedy=remedy)
    if kind == "claim":
        _check(told)
    else:
        _check_incident(told)
    return told


def lay_over_claims(using: str, claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """The claims as people corrected them, without those they rejected (or all of whose report they did); the newest decision of
    a field holds."""
    claims = list(claims)
    decided = _by_words(using, {claim.report for claim in claims})
    refused = set(rejected_reports(using))
    found = []
    for claim in claims:
        if claim.report in refused:
            continue
        start, end = claim.trigger.start, claim.trigger.end
        rows = [row for (first, past), row in decided.get(claim.report, ()) if first < end and start < past]
        if any(row.verdict == "reject" for row in rows):
            continue
        told: dict[str, Any] = {}
        for row in rows:
            if row.correction is not None:
                told |= json.loads(row.correction)
        found.append(_corrected_claim(claim, told) if told else claim)
    return found


def lay_over_incidents(using: str, incidents: Iterable[Incident]) -> list[Incident]:
    """The incidents as people corrected them, without those they rejected."""
    incidents = list(incidents)
    held = models.Decision.objects.using(using).filter(undone_by=None, subject_kind="incident", verdict__in=["correct", "reject"])
    told: dict[str, dict[str, Any]] = {}
    rejected: set[str] = set()
    for chunk in chunks([incident.id for incident in incidents]):
        for row in held.filter(subject__in=chunk).order_by("when", "pk"):
            if row.verdict == "reject":
                rejected.add(row.subject)
            else:
                told.setdefault(row.subject, {}).update(_with_type(json.loads(row.correction or "{}")))
    return [
        incident.model_copy(update={name: value for name, value in told.get(incident.id, {}).items() if name != NOTE_FIELD})
        for incident in incidents
        if incident.id not in rejected
    ]


def _by_words(using: str, reports: set[str]) -> Mapping[str, list[tuple[tuple[int, int], models.Decision]]]:
    """Corrections and rejections of claims by report, each with the words that it rests on, oldest first."""
    held = models.Decision.objects.using(using).filter(undone_by=None, subject_kind="claim", verdict__in=["correct", "reject"])
    found: dict[str, list[tuple[tuple[int, int], models.Decision]]] = {}
    for chunk in chunks(sorted(reports)):
        for row in held.filter(report__in=chunk).order_by("when", "pk"):
            for report, start, end in map(as_words, row.words):
                found.setdefault(report, []).append(((start, end), row))
    return found


def _check(told: Mapping[str, Any]) -> None:
    """Raise for values that no claim can hold."""
    try:
        for name in ("killed", "injured"):
            if name in told:
                _count(name, told[name])
        if "from" in told or "to" in told:
            _time(told, None)
        for name in ("actors", "targets"):
            for actor in told.get(name) or ():
                _actor(actor)
        if told.get("place") is not None:
            Place(text="", start=0, end=0, name=told["place"])
    except (ValidationError, TypeError, ValueError) as error:
        raise SettingError(f"this is no correction of a claim ({str(error).splitlines()[0]}).") from error


def _check_incident(told: Mapping[str, Any]) -> None:
    """Raise for values that no incident can hold."""
    place = told.get("place")
    if place is not None and not isinstance(place, str):
        raise SettingError(f"{place!r} is no place.", remedy="Write its name.")
    try:
        days = [date.fromisoformat(told[name]) for name in ("from_day", "to_day") if told.get(name) is not None]
    except (TypeError, ValueError) as error:
        raise SettingError(f"this is no day ({error}).", remedy="Write it as 2025-06-01.") from error
    if days != sorted(days):
        raise SettingError("the last day is before the first.", remedy="Write from and to in order.")


def _with_type(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, with the family that a corrected type belongs to."""
    return {**({"family": ontology()[told["type"]].family} if "type" in told else {}), **told}


def _corrected_claim(claim: StoredClaim, told: Mapping[str, Any]) -> StoredClaim:
    names = ("type", "family", "status", "negated", "background")
    update: dict[str, Any] = {name: value for name, value in _with_type(told).items() if name in names}
    if "type" in update:
        kinds = [[actor.kind for actor in actors] for actors in (claim.actors, claim.targets)]
        state = {name: update.get(name, getattr(claim, name)) for name in ("status", "negated")}
        update["crosswalk"] = crosswalk(update["type"], None, *kinds, **state)
    if "place" in told:
        name = told["place"]
        update["place"] = None if name is None else Place(text="", start=0, end=0, name=name)
    if "from" in told or "to" in told:
        update["time"] = _time(told, claim.time)
    for role in ("actors", "targets"):
        if role in told:
            update[role] = tuple(_actor(name) for name in told[role] or ())
    counts = list(claim.counts)
    for what in ("killed", "injured"):
        if what in told:
            counts = [count for count in counts if count.what != what]
            if (count := _count(what, told[what])) is not None:
                counts.append(count)
    fields = tuple(sorted(set(told) - {NOTE_FIELD}))
    return claim.model_copy(update=update | {"counts": tuple(counts), "corrected": fields})


def _count(what: str, value: Any) -> Count | None:
    """A corrected number; it rests on no words of the text."""
    if value is None:
        return None
    low, high = value if isinstance(value, list) else (value, value)
    return Count.model_validate({"text": "", "start": 0, "end": 0, "what": what, "low": low, "high": high})


def _time(told: Mapping[str, Any], known: Time | None) -> Time | None:
    first = told.get("from", known.from_ if known else None)
    last = told.get("to", first if "from" in told else known.to if known else None)
    if first is None and last is None:
        return None
    days = [date.fromisoformat(day) for day in (first, last) if day is not None]
    if days != sorted(days):
        raise ValueError("the last day is before the first")
    precision = "day" if first == last else "range"
    return Time.model_validate({"from": first, "to": last, "precision": precision, "basis": "stated"})


def _actor(name: Any) -> Actor:
    return Actor(text="", start=0, end=0, name=name)
