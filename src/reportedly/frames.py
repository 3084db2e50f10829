"""Readings as data frames, for notebooks: one row a claim, relation, mention or attribution.

Numbers that the text does not give are missing values, never 0. A frame of nothing has all its columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from reportedly.records import Attribution, Claim, Count, Mention, Reading, Relation, Span

if TYPE_CHECKING:
    import pandas as pd

CLAIMS: Final = (
    "report", "claim", "type", "family", "status", "negated", "background", "actors", "targets", "place", "country", "lat",
    "lon", "place_precision", "from", "to", "time_precision", "killed_low", "killed_high", "injured_low", "injured_high",
    "voice", "chain", "words",
)  # fmt: skip
RELATIONS: Final = ("report", "relation", "kind", "a", "b", "status", "voice", "words")
MENTIONS: Final = ("report", "kind", "text", "start", "end", "reading")
ATTRIBUTIONS: Final = ("report", "source", "cue", "stance", "medium", "content", "start", "end")


def claims_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a claim. Numbers that the text does not give are missing values, never 0; dates stay ISO text.

    >>> import reportedly
    >>> reading = reportedly.read("Rebels attacked Goma on Sunday, killing at least five people.", published="2025-06-03")
    >>> claims_frame(reading)[["family", "place", "from", "killed_low"]].values.tolist()
    [['violence_against_civilians', 'Goma', '2025-06-01', 5]]
    """
    return _frame(CLAIMS, (_claim_row(reading, claim) for reading in _each(readings) for claim in reading.claims))


def relations_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a relation, with the voice that asserts it and the words.

    >>> import reportedly
    >>> reading = reportedly.read("The Taliban are allied with al-Qaeda.")
    >>> relations_frame(reading)[["kind", "status"]].values.tolist()
    [['allied', 'current']]
    """
    return _frame(RELATIONS, (_relation_row(reading, relation) for reading in _each(readings) for relation in reading.relations))


def mentions_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a mention of an actor, place, time or count; ``reading`` is its reading as JSON text.

    >>> import reportedly
    >>> mentions_frame(reportedly.read("Rebels attacked Goma."))[["kind", "text"]].values.tolist()
    [['actor', 'Rebels'], ['place', 'Goma']]
    """
    return _frame(MENTIONS, (_mention_row(reading, mention) for reading in _each(readings) for mention in reading.mentions))


def attributions_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row an attribution: who says what. Content in several pieces is joined with " ... "; ``start`` and ``end`` span it.

    >>> import reportedly
    >>> attributions_frame(reportedly.read("The army denied that it had fled."))[["source", "cue", "stance"]].values.tolist()
    [['The army', 'denied', 'denies']]
    """
    rows = (_attribution_row(reading, found) for reading in _each(readings) for found in reading.attributions)
    return _frame(ATTRIBUTIONS, rows)


def _each(readings: Reading | Iterable[Reading]) -> Iterable[Reading]:
    return [readings] if isinstance(readings, Reading) else readings


def _frame(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(list(rows), columns=list(columns)).convert_dtypes()


def _text(span: Span | None) -> str | None:
    return None if span is None else span.text


def _relation_row(reading: Reading, relation: Relation) -> dict[str, Any]:
    return {
        "report": reading.report.id,
        "relation": relation.id,
        "kind": relation.kind,
        "a": relation.a.name,
        "b": relation.b.name,
        "status": relation.status,
        "voice": relation.attribution[-1].name,
        "words": relation.evidence[0].text,
    }


def _mention_row(reading: Reading, mention: Mention) -> dict[str, Any]:
    return {
        "report": reading.report.id,
        "kind": mention.kind,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "reading": mention.reading.model_dump_json(by_alias=True, exclude_none=True),
    }


def _attribution_row(reading: Reading, found: Attribution) -> dict[str, Any]:
    return {
        "report": reading.report.id,
        "source": _text(found.source),
        "cue": _text(found.cue),
        "stance": found.stance,
        "medium": found.medium,
        "content": " ... ".join(span.text for span in found.content) or None,
        "start": min((span.start for span in found.content), default=None),
        "end": max((span.end for span in found.content), default=None),
    }


def _count(claim: Claim, what: str) -> Count | None:
    return next((count for count in claim.counts if count.what == what), None)


def _claim_row(reading: Reading, claim: Claim) -> dict[str, Any]:
    killed, injured = _count(claim, "killed"), _count(claim, "injured")
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
