"""What broke, formed, escalated or eased since a day: the turns in all histories and in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reportedly.relations.records import Direction, History, Shift, State, Statement, Status, Threat, Track

FRIENDLY: Final = frozenset(
    {"truce", "non_aggression", "allied", "part_of", "proxy_of", "supplies", "hosts", "pledged_allegiance_to", "merged_into"}
)
BAD: Final = frozenset({"violated", "ended", "expired"})


def changes(found: Iterable[History], threats: Iterable[Threat], since: str, until: str | None = None) -> tuple[Shift, ...]:
    """Every turn from a day on (ISO, inclusive), up to ``until``; by day, the worst first within a day.

    A turn is a new status of a relation, a declaration of war, or a step in the life of a threat. A relation that is merely told
    again is none, nor is one that was told for the first time as standing for long.
    """
    made = [shift for history in found for shift in _of_history(history)]
    made += [shift for threat in threats for shift in _of_threat(threat)]
    chosen = [shift for shift in made if since <= shift.day and (until is None or shift.day <= until)]
    return tuple(sorted(chosen, key=_order))


def _of_history(history: History) -> Iterator[Shift]:
    by_id = {statement.id: statement for statement in history.statements}
    for statement in history.statements:
        if statement.event == "declaration_of_war" and not statement.denies:
            yield _declared(statement)
    for track in history.tracks:
        before: State | None = None
        for state in track.states:
            if before is None or before.status != state.status or before.standing != state.standing:
                shift = _turn(track, before, state, by_id)
                if shift is not None:
                    yield shift
            before = state


def _turn(track: Track, before: State | None, state: State, by_id: Mapping[str, Statement]) -> Shift | None:
    direction = _direction(track, before, state)
    if direction is None:
        return None
    words = [by_id[key] for key in state.statements if key in by_id]
    of_day = [statement for statement in words if statement.day == state.from_day]
    telling = [statement for statement in of_day if statement.denies is (state.status == "denied")]
    latest = next(reversed(telling or of_day), None)
    if latest is not None and latest.event in ("declaration_of_war", "threat") and state.status == "current":
        return None  # told as the declaration or the threat
    if latest is None and state.status != "expired":
        return None
    if before is None and latest is not None and latest.event == "told" and latest.basis == "published":
        return None  # first told as standing: nobody says that it is new
    return Shift(
        direction=direction,
        day=state.from_day,
        a=track.a,
        b=track.b,
        what=track.kind,
        before=before.status if before is not None else None,
        now=state.status,
        standing=state.standing,
        by=state.by,
        against=state.against,
        evidence=latest.evidence if latest is not None else (),
        report=latest.report if latest is not None else None,
        statements=(latest.id,) if latest is not None else (),
    )


def _direction(track: Track, before: State | None, state: State) -> Direction | None:
    """Which way a new state turns a relation; ``None`` where it turns neither way."""
    status, was = state.status, _held(before)
    if track.kind in FRIENDLY:
        if status == "current":
            return "formed" if was != "current" else None
        return "broke" if status in BAD and was in (None, "current", "violated") and was != status else None
    if track.kind in ("hostile", "rival"):
        if status == "current":
            return "escalated" if was != "current" else None
        return "eased" if status in ("paused", "ended") and was == "current" else None
    if track.kind == "splinter_of" and status == "current" and was is None:
        return "broke"
    return None


def _held(state: State | None) -> Status | None:
    """What was last known of a relation, as far as it is not forgotten."""
    return None if state is None or state.status == "unknown" else state.status


def _declared(statement: Statement) -> Shift:
    return Shift(
        direction="escalated",
        day=statement.day or "",
        a=statement.a,
        b=statement.b,
        what="declaration_of_war",
        now="declared",
        by=(statement.voice.name,),
        evidence=statement.evidence,
        report=statement.report,
        statements=(statement.id,),
    )


def _of_threat(threat: Threat) -> Iterator[Shift]:
    """A threat uttered, and what came of it."""
    told = threat.tellings[0]
    voices = tuple(sorted({telling.voice for telling in threat.tellings}))
    if threat.said is not None:
        yield _step(threat, "escalated", threat.said, "uttered", voices, told.words, told.report)
    if threat.outcome_day is not None:
        direction: Direction = "escalated" if threat.outcome == "carried_out" else "eased"
        deed = threat.deeds[0] if threat.deeds else None
        yield _step(
            threat,
            direction,
            threat.outcome_day,
            threat.outcome,
            (deed.voice,) if deed is not None else (),
            deed.words if deed is not None else (),
            deed.report if deed is not None else None,
        )


def _step(
    threat: Threat, direction: Direction, day: str, now: str, by: tuple[str, ...], words: object, report: str | None
) -> Shift:
    return Shift.model_validate(
        {
            "direction": direction,
            "day": day,
            "a": threat.who,
            "b": threat.against,
            "what": threat.type,
            "before": None if now == "uttered" else "open",
            "now": now,
            "by": by,
            "evidence": words,
            "report": report,
            "statements": (threat.id,),
        }
    )


ORDER: Final[tuple[Direction, ...]] = ("escalated", "broke", "formed", "eased")


def _order(shift: Shift) -> tuple[str, int, str, str, str, str]:
    other = shift.b.name if shift.b is not None else ""
    return shift.day, ORDER.index(shift.direction), shift.a.name, other, shift.what, shift.now
