"""Readings as data frames, for notebooks: one row a claim, relation, mention or attribution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reportedly.records import Claim, Reading

if TYPE_CHECKING:
    import pandas as pd


def claims_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a claim. Numbers that the text does not give are missing values, never 0; dates stay ISO text."""
    return _frame(_claim_row(reading, claim) for reading in _each(readings) for claim in reading.claims)


def relations_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a relation, with the voice that asserts it and the words."""
    return _frame(
        {
            "report": reading.report.id,
            "relation": relation.id,
            "kind": relation.kind,
            "a": relation.a.name,
            "b": relation.b.name,
            "status": relation.status,
            "voice": relation.attribution[-1].name,
            "words": relation.evidence[0].text,
        }
        for reading in _each(readings)
        for relation in reading.relations
    )


def mentions_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a mention of an actor, place, time or count; ``reading`` is its reading as JSON text."""
    return _frame(
        {
            "report": reading.report.id,
            "kind": mention.kind,
            "text": mention.text,
            "start": mention.start,
            "end": mention.end,
            "reading": mention.reading.model_dump_json(by_alias=True, exclude_none=True),
        }
        for reading in _each(readings)
        for mention in reading.mentions
    )


def _each(readings: Reading | Iterable[Reading]) -> Iterable[Reading]:
    return [readings] if isinstance(readings, Reading) else readings


def _frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(list(rows)).convert_dtypes()


def _claim_row(reading: Reading, claim: Claim) -> dict[str, Any]:
    killed = next((count for count in claim.counts if count.what == "killed"), None)
    injured = next((count for count in claim.counts if count.what == "injured"), None)
    return {
        "report": reading.report.id,
        "claim": claim.id,
        "type": claim.type,
        "family": claim.family,
        "status": claim.status,
        "negated": claim.negated,
        "background": claim.background,
        "actors": "; ".join(actor.name for actor in claim.actors),
        "targets": "; ".join(actor.name for actor in claim.targets),
        "place": claim.place.name if claim.place else None,
        "country": claim.place.country if claim.place else None,
        "lat": claim.place.lat if claim.place else None,
        "lon": claim.place.lon if claim.place else None,
        "place_precision": claim.place.precision if claim.place else None,
        "from": claim.time.from_ if claim.time else None,
        "to": claim.time.to if claim.time else None,
        "time_precision": claim.time.precision if claim.time else None,
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "injured_low": injured.low if injured else None,
        "injured_high": injured.high if injured else None,
        "voice": claim.attribution[-1].name,
        "chain": " > ".join(voice.name for voice in claim.attribution),
        "words": claim.evidence[0].text,
    }
