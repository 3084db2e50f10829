"""CSV for spreadsheets: UTF-8, comma, header row, one record a line. Cells that a spreadsheet would run as a formula begin
with an apostrophe.

An empty cell is "not said", never 0. Several values of one cell stand with ``; `` between.

**claims**: ``id``; ``type``, ``family``; ``status``; ``negated``, ``background`` (true, false); ``actors``, ``targets``
(names) and ``actor_ids``, ``target_ids`` (of the register, empty between semicolons where not registered); ``place``,
``admin2``, ``admin1``, ``country``, ``iso2``, ``lat``, ``lon`` (WGS84 degrees), ``precision`` (UCDP 1 to 7), ``stand_in``;
``from``, ``to`` (ISO days, both inclusive), ``time_precision``, ``time_basis``; ``killed_low``, ``killed_high``,
``injured_low``, ``injured_high`` (people); ``voices`` (the chain from the report inward, ``>`` between), ``voice``
(innermost), ``stance`` (of that voice); ``hedges``; ``trigger``, ``evidence`` (verbatim), ``start``, ``end`` (offsets of the
trigger in the report's text); ``acled_event_type``, ``acled_sub_event_type``, ``ucdp_type_of_violence``, ``plover_type``,
``plover_mode``, ``cameo_root``; ``incidents`` (ids); ``report`` (id), ``title``, ``source``, ``published``.

**reports**: ``id``, ``title``, ``source``, ``byline``, ``address``, ``published``, ``published_basis``, ``language``,
``sha256``, ``unread``, ``duplicate_of``, ``duplicate_kind``, ``claims``
(their number), ``characters`` (length of the text).

**incidents**: ``id``, ``type``, ``family``, ``standing``, ``rule``, ``review``, ``place``, ``iso2``, ``lat``, ``lon``,
``from``, ``to``, ``reports``, ``sources`` (their numbers); ``actors``, ``targets``, ``killed``, ``injured`` (every version
told, most voices first), ``killed_low``, ``killed_high``, ``injured_low``, ``injured_high`` (span of the figures told, never
a sum); ``claims`` (ids).

**relations**: ``id``, ``kind``, ``a``, ``a_id``, ``b``, ``b_id``, ``status``, ``voices``, ``voice``, ``stance``,
``evidence``, ``report``, ``source``, ``published``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Any, Final, TextIO

from reportedly.casebook.stored import StoredClaim, StoredRelation, StoredReport
from reportedly.incidents.facts import people
from reportedly.incidents.records import Incident
from reportedly.records import Actor, Crosswalk, Span, Voice

Row = dict[str, object]
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet may run."""


def write(records: Iterable[Any], what: str, stream: TextIO) -> int:
    """Write a header and the records; the number written. ``what`` names the columns: claims, reports, incidents, relations."""
    names, row_of = LAYOUTS[what]
    writer = csv.writer(stream)
    writer.writerow(names)
    written = 0
    for record in records:
        row = row_of(record)
        writer.writerow([cell(row[name]) for name in names])
        written += 1
    return written


def cell(value: object) -> str:
    """A value as a spreadsheet may safely hold it; numbers stay numbers."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            text = str(value).replace("\x00", "")
            return f"'{text}" if text.startswith(FORMULA) or text.lstrip(" \n").startswith(FORMULA) else text


def _claim(claim: StoredClaim) -> Row:
    place, time = claim.place, claim.time
    killed, injured = people(claim.counts, "killed"), people(claim.counts, "injured")
    return {
        "id": claim.id,
        "type": claim.type,
        "family": claim.family,
        "status": claim.status,
        "negated": claim.negated,
        "background": claim.background,
        "actors": _joined(actor.name for actor in claim.actors),
        "actor_ids": _ids(claim.actors),
        "targets": _joined(actor.name for actor in claim.targets),
        "target_ids": _ids(claim.targets),
        **{name: getattr(place, name) if place else None for name in PLACE},
        "place": place.name if place else None,
        "from": time.from_ if time else None,
        "to": time.to if time else None,
        "time_precision": time.precision if time else None,
        "time_basis": time.basis if time else None,
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        **_voices(claim.attribution),
        "hedges": _texts(claim.hedges),
        "trigger": claim.trigger.text,
        "evidence": _texts(claim.evidence),
        "start": claim.trigger.start,
        "end": claim.trigger.end,
        **{name: getattr(claim.crosswalk, name) for name in CROSSWALK},
        "incidents": _joined(claim.incidents),
        "report": claim.report,
        "title": claim.title,
        "source": claim.source,
        "published": claim.published,
    }


def _report(report: StoredReport) -> Row:
    return dict(report) | {"characters": len(report.text)}


def _incident(incident: Incident) -> Row:
    spreads = {spread.field: spread for spread in incident.spreads}
    told = {name: _joined(version.value for version in spread.versions) for name, spread in spreads.items()}
    row: Row = dict(incident) | {
        "from": incident.from_day,
        "to": incident.to_day,
        "claims": _joined(m.claim for m in incident.members),
    }
    row |= {
        "actors": told.get("actor"),
        "targets": told.get("target"),
        "killed": told.get("killed"),
        "injured": told.get("injured"),
    }
    row |= {"killed_low": None, "killed_high": None, "injured_low": None, "injured_high": None}
    for name in spreads.keys() & {"killed", "injured"}:
        row |= {f"{name}_low": spreads[name].low, f"{name}_high": spreads[name].high}
    return row


def _relation(relation: StoredRelation) -> Row:
    return dict(relation) | {
        "a": relation.a.name,
        "a_id": relation.a.id,
        "b": relation.b.name,
        "b_id": relation.b.id,
        **_voices(relation.attribution),
        "evidence": _texts(relation.evidence),
    }


def _voices(chain: tuple[Voice, ...]) -> Row:
    inner = chain[-1] if chain else None
    return {
        "voices": " > ".join(voice.name for voice in chain),
        "voice": inner.name if inner else None,
        "stance": inner.stance if inner else None,
    }


def _ids(actors: tuple[Actor, ...]) -> str:
    return _joined(actor.id or "" for actor in actors)


def _texts(spans: tuple[Span, ...]) -> str:
    return _joined(span.text for span in spans)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


PLACE: Final = ("admin2", "admin1", "country", "iso2", "lat", "lon", "precision", "stand_in")
CROSSWALK: Final = tuple(Crosswalk.model_fields)
COUNTS: Final = ("killed_low", "killed_high", "injured_low", "injured_high")
VOICES: Final = ("voices", "voice", "stance")
CLAIM: Final = (
    *("id", "type", "family", "status", "negated", "background", "actors", "actor_ids", "targets", "target_ids", "place", *PLACE),
    *("from", "to", "time_precision", "time_basis", *COUNTS, *VOICES, "hedges", "trigger", "evidence", "start", "end"),
    *(*CROSSWALK, "incidents", "report", "title", "source", "published"),
)
REPORT: Final = (
    *("id", "title", "source", "byline", "address", "published", "published_basis", "language", "sha256", "unread"),
    *("duplicate_of", "duplicate_kind", "claims", "characters"),
)
INCIDENT: Final = (
    *("id", "type", "family", "standing", "rule", "review", "place", "iso2", "lat", "lon", "from", "to", "reports", "sources"),
    *("actors", "targets", "killed", "injured", *COUNTS, "claims"),
)
RELATION: Final = ("id", "kind", "a", "a_id", "b", "b_id", "status", *VOICES, "evidence", "report", "source", "published")
LAYOUTS: Final[dict[str, tuple[tuple[str, ...], Callable[[Any], Row]]]] = {
    "claims": (CLAIM, _claim),
    "reports": (REPORT, _report),
    "incidents": (INCIDENT, _incident),
    "relations": (RELATION, _relation),
}
