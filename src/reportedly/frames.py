"""Readings as data frames, for notebooks: one row a claim, relation, mention or attribution.

Each frame has the same columns of the same types whatever was read, so that frames of many runs can be put together. What a text
does not give is a missing value (``<NA>``), never 0 or an empty text; dates stay ISO text, because a month is no day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reportedly.incidents.facts import people
from reportedly.records import Attribution, Claim, Mention, Reading, Relation

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | None
TEXT, WHOLE, NUMBER, FLAG = "string", "Int64", "Float64", "boolean"

CLAIMS: Final = {
    "report": TEXT,
    "claim": TEXT,
    "type": TEXT,
    "family": TEXT,
    "status": TEXT,
    "negated": FLAG,
    "background": FLAG,
    "actors": TEXT,
    "targets": TEXT,
    "place": TEXT,
    "country": TEXT,
    "lat": NUMBER,
    "lon": NUMBER,
    "place_precision": WHOLE,
    "from": TEXT,
    "to": TEXT,
    "time_precision": TEXT,
    "killed_low": WHOLE,
    "killed_high": WHOLE,
    "injured_low": WHOLE,
    "injured_high": WHOLE,
    "voice": TEXT,
    "chain": TEXT,
    "words": TEXT,
}
RELATIONS: Final = {
    "report": TEXT,
    "relation": TEXT,
    "kind": TEXT,
    "a": TEXT,
    "b": TEXT,
    "status": TEXT,
    "voice": TEXT,
    "words": TEXT,
}
MENTIONS: Final = {"report": TEXT, "kind": TEXT, "text": TEXT, "start": WHOLE, "end": WHOLE, "reading": TEXT}
ATTRIBUTIONS: Final = {
    "report": TEXT,
    "source": TEXT,
    "cue": TEXT,
    "content": TEXT,
    "stance": TEXT,
    "medium": TEXT,
    "start": WHOLE,
    "end": WHOLE,
}
"""The columns of each frame, with their types."""


def claims_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a claim. ``killed_low`` to ``injured_high`` are the totals it tells, an open end missing; of several actors or
    targets the names stand one after the other (``; ``); ``words`` is the first piece of its evidence.

    >>> import reportedly
    >>> reading = reportedly.read("Rebels attacked Goma on Sunday, killing at least five people.", published="2025-06-03")
    >>> claims_frame(reading)[["family", "place", "from", "killed_low"]].values.tolist()
    [['violence_against_civilians', 'Goma', '2025-06-01', 5]]
    """
    rows = (_claim(reading, claim) for reading in _each(readings) for claim in reading.claims)
    return _frame(rows, CLAIMS)


def relations_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a relation, with the voice that asserts it and the words.

    >>> import reportedly
    >>> reading = reportedly.read("The Taliban are allied with al-Qaeda.")
    >>> relations_frame(reading)[["kind", "status"]].values.tolist()
    [['allied', 'current']]
    """
    rows = (_relation(reading, relation) for reading in _each(readings) for relation in reading.relations)
    return _frame(rows, RELATIONS)


def mentions_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row a mention of an actor, place, time or count; ``reading`` is what it was read as, as JSON text.

    >>> import reportedly
    >>> mentions_frame(reportedly.read("Rebels attacked Goma."))[["kind", "text"]].values.tolist()
    [['actor', 'Rebels'], ['place', 'Goma']]
    """
    rows = (_mention(reading, mention) for reading in _each(readings) for mention in reading.mentions)
    return _frame(rows, MENTIONS)


def attributions_frame(readings: Reading | Iterable[Reading]) -> pd.DataFrame:
    """One row for each time somebody is said to say something: the words for who, the cue, and what is said, whose pieces are
    put together with `` … `` where it is interrupted; ``start`` and ``end`` bound all of these in the report's text.

    >>> import reportedly
    >>> attributions_frame(reportedly.read("The army denied that it had fled."))[["source", "cue", "stance"]].values.tolist()
    [['The army', 'denied', 'denies']]
    """
    rows = (_attribution(reading, said) for reading in _each(readings) for said in reading.attributions)
    return _frame(rows, ATTRIBUTIONS)


def _each(readings: Reading | Iterable[Reading]) -> Iterable[Reading]:
    return [readings] if isinstance(readings, Reading) else readings


def _frame(rows: Iterator[tuple[Value, ...]], columns: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame.from_records(list(rows), columns=list(columns)).astype(columns)


def _claim(reading: Reading, claim: Claim) -> tuple[Value, ...]:
    place, time = claim.place, claim.time
    return (
        reading.report.id,
        claim.id,
        claim.type,
        claim.family,
        claim.status,
        claim.negated,
        claim.background,
        "; ".join(actor.name for actor in claim.actors) or None,
        "; ".join(actor.name for actor in claim.targets) or None,
        place.name if place else None,
        place.country if place else None,
        place.lat if place else None,
        place.lon if place else None,
        place.precision if place else None,
        time.from_ if time else None,
        time.to if time else None,
        time.precision if time else None,
        *people(claim.counts, "killed"),
        *people(claim.counts, "injured"),
        claim.attribution[-1].name,
        " > ".join(voice.name for voice in claim.attribution),
        claim.evidence[0].text,
    )


def _relation(reading: Reading, relation: Relation) -> tuple[Value, ...]:
    return (
        reading.report.id,
        relation.id,
        relation.kind,
        relation.a.name,
        relation.b.name,
        relation.status,
        relation.attribution[-1].name,
        relation.evidence[0].text,
    )


def _mention(reading: Reading, mention: Mention) -> tuple[Value, ...]:
    read = mention.reading.model_dump_json(by_alias=True, exclude_none=True)
    return reading.report.id, mention.kind, mention.text, mention.start, mention.end, read


def _attribution(reading: Reading, said: Attribution) -> tuple[Value, ...]:
    spans = [span for span in (said.source, said.cue, *said.content) if span is not None]
    return (
        reading.report.id,
        said.source.text if said.source else None,
        said.cue.text if said.cue else None,
        " … ".join(span.text for span in said.content) or None,
        said.stance,
        said.medium,
        min((span.start for span in spans), default=None),
        max((span.end for span in spans), default=None),
    )
