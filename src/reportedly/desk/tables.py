"""States of relations and entries of the ledger as rows of a table, for downloads: what the pages show, one row each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TextIO

from reportedly.desk import wording
from reportedly.desk.models import LedgerEntry, PairState
from reportedly.exports.layout import Column, columns, write_table
from reportedly.records import MUTUAL
from reportedly.relations import Side, State, Threat

STATE: Final = columns(
    "day,kind,symmetric,a,a_id,b,b_id,status,was,standing,from,to,since,last_told,by,against,worked_out,statements",
    {
        "day": "the chosen day",
        "kind": "kind of relation",
        "symmetric": "true where the kind goes both ways, else it goes from the first side to the second",
        "a": "the first side",
        "a_id": "its register id",
        "b": "the second side",
        "b_id": "its register id",
        "status": "how the relation stands",
        "was": "what it was before it aged to unknown",
        "standing": "on whose word: told, both_sides, one_side, others, alleged, disputed",
        "from": "first day of the state",
        "to": "last day of the state; empty while it goes on",
        "since": "day from which it has the status unbroken",
        "last_told": "last day that a report vouches for",
        "by": "who says so",
        "against": "who denies it",
        "worked_out": "from what, where nobody tells the state as such",
        "statements": "ids of the first and the latest statement that it rests on",
    },
)
THREAT: Final = columns(
    "id,said,type,who,who_id,against,against_id,target,words,voice,window,until,outcome,outcome_day,reason,lapses,tellings,"
    "claims,reports,deeds",
    {
        "id": "of the threat",
        "said": "day on which it was uttered; empty where none is told",
        "type": "kind of threat",
        "who": "who threatens",
        "who_id": "its register id",
        "against": "the side that is threatened; empty where the text names none",
        "against_id": "its register id",
        "target": "what or whom the text names",
        "words": "verbatim, of the telling that came first",
        "voice": "whose telling that is",
        "window": "first day of the threatened time",
        "until": "last day of the threatened time, or the deadline",
        "outcome": "open, carried_out (an act followed), withdrawn, lapsed",
        "outcome_day": "day of the outcome",
        "reason": "why, in words",
        "lapses": "day on which it lapses by the rule",
        "tellings": "how often it is told",
        "claims": "ids of the claims that tell it",
        "reports": "ids of their reports",
        "deeds": "ids of the claims of acts that followed",
    },
)
FORMS: Final[Mapping[str, str]] = {"csv": "Table, CSV", "jsonl": "JSON Lines, whole records"}
"""What such a table downloads as."""
Row = dict[str, object]


def write_states(rows: Iterable[PairState], day: str, form: str, stream: TextIO) -> None:
    """Write the states that hold on a day."""
    _write((_state(row, day) for row in rows), STATE, _state_row, form, stream)


def write_threats(rows: Iterable[LedgerEntry], form: str, stream: TextIO) -> None:
    """Write entries of the ledger."""
    _write((Threat.model_validate_json(row.record).model_dump() for row in rows), THREAT, _threat_row, form, stream)


def _write(
    records: Iterator[dict[str, Any]],
    given: tuple[Column, ...],
    row_of: Callable[[dict[str, Any]], Row],
    form: str,
    stream: TextIO,
) -> None:
    if form == "csv":
        write_table(map(row_of, records), given, stream)
        return
    for record in records:
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _state(row: PairState, day: str) -> dict[str, Any]:
    told = json.loads(row.record)
    sides = {end: Side.model_validate(told[end]).model_dump() for end in ("a", "b")}
    return {"day": day, "kind": row.kind, **sides, "state": State.model_validate(told["state"]).model_dump()}


def _state_row(record: dict[str, Any]) -> Row:
    a, b, state = record["a"], record["b"], record["state"]
    return {
        **state,
        "day": record["day"],
        "kind": record["kind"],
        "symmetric": record["kind"] in MUTUAL,
        "a": a["name"],
        "a_id": a["id"],
        "b": b["name"],
        "b_id": b["id"],
        "from": state["from_day"],
        "to": state["to_day"],
        **{name: _joined(state[name]) for name in ("by", "against", "statements")},
    }


def _threat_row(record: dict[str, Any]) -> Row:
    who, against, first = record["who"], record["against"] or {}, record["tellings"][0]
    return {
        **record,
        "who": who["name"],
        "who_id": who["id"],
        "against": against.get("name"),
        "against_id": against.get("id"),
        "words": _joined(wording.line(span["text"]) for span in first["words"]),
        "voice": first["voice"],
        "tellings": len(record["tellings"]),
        "claims": _joined(telling["claim"] for telling in record["tellings"]),
        "reports": _joined(dict.fromkeys(telling["report"] for telling in record["tellings"])),
        "deeds": _joined(deed["claim"] for deed in record["deeds"]),
    }


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)
