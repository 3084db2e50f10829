"""States by day of each pair: in sum and by the word of each voice, from dated statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from reportedly.knowledge.histories import Ageing, load_ageing
from reportedly.linking.register import Register
from reportedly.records import MUTUAL, RelationKind
from reportedly.relations.collect import Collected, statement_order
from reportedly.relations.records import (
    Background,
    Event,
    History,
    PairState,
    Part,
    Says,
    Side,
    Standing,
    State,
    Statement,
    Status,
    Teller,
    Track,
    VoiceState,
    VoiceTrack,
)
from reportedly.relations.sides import folded, initials

Mode = Literal["act", "told", "denial", "derived"]
BARE: Final[frozenset[Event]] = frozenset({"told", "accusation", "threat", "designation"})
"""Events that tell how a pair stands and change it only where nothing else was known."""
DEEDS: Final[frozenset[Event]] = frozenset({"attack", "clash", "threat", "accusation"})
"""Events whose denial leaves the relation as it is: who denies an attack does not deny the enmity."""
TRUCES: Final[tuple[RelationKind, ...]] = ("truce", "non_aggression")
FOLLOWS: Final[Mapping[Event, str]] = {
    "attack": "an act of violence after the truce began",
    "clash": "a clash after the truce began",
    "declaration_of_war": "war was declared",
    "agreement": "a truce was agreed",
    "truce_end": "the truce was called over",
    "split": "the one split from the other",
}
FEW: Final = 5
"""Statements that a state lists."""
HOLDING: Final = frozenset({"current", "violated", "paused"})


@dataclass(frozen=True)
class _Position:
    """What one statement makes of one kind of relation."""

    kind: RelationKind
    says: Says | Literal["paused"]
    mode: Mode
    statement: Statement


@dataclass
class _Head:
    """The state as it stands while statements are taken in by day."""

    status: Status
    start: str
    vouched: str
    since: str
    expires: str | None = None
    supporters: dict[str, tuple[Teller, bool]] = field(default_factory=dict)
    """Voices that tell it, with whether they only allege it."""
    opponents: dict[str, Teller] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    reason: str | None = None
    """From what the state follows that nobody tells as such."""


def histories(collected: Collected, ageing: Ageing | None = None) -> tuple[History, ...]:
    """The history of every pair, by name. Depends on the statements alone, not on their order of arrival nor on today's date.

    Each statement is taken in on its day (of one day, in the order of
    :func:`~reportedly.relations.collect.statement_order`); silence ages what it left by ``ageing`` (the package's rules).
    """
    rules = ageing or load_ageing()
    pairs: dict[tuple[str, str], list[Statement]] = {}
    for statement in collected.statements:
        pairs.setdefault(_pair(statement), []).append(statement)
    found = [_history(told, rules, collected.register) for told in pairs.values()]
    return tuple(sorted(found, key=lambda history: (history.a.name, history.b.name, history.a.key, history.b.key)))


def on_day(states: Sequence[State], day: str) -> State | None:
    """The state that holds on a day (ISO); ``None`` before anything is told."""
    return next(
        (state for state in reversed(states) if state.from_day <= day and (state.to_day is None or day <= state.to_day)), None
    )


def states_at(found: Iterable[History], day: str) -> list[PairState]:
    """How every pair stands on a day (ISO), as far as anything was known of it by then."""
    return [
        PairState(
            day=day,
            kind=track.kind,
            a=track.a,
            b=track.b,
            state=state,
            voices=tuple(
                VoiceState(voice=told.voice, state=theirs)
                for told in track.voices
                if (theirs := on_day(told.states, day)) is not None
            ),
        )
        for history in found
        for track in history.tracks
        if (state := on_day(track.states, day)) is not None
    ]


def find_pairs(found: Iterable[History], a: str, b: str, register: Register) -> list[History]:
    """The histories of a pair that a person names by ids, names, abbreviations or parts of names; only the exact if there is."""
    every = list(found)
    exact = [history for history in every if _meets(history, a, b, register, exact=True)]
    return exact or [history for history in every if _meets(history, a, b, register, exact=False)]


def _meets(history: History, a: str, b: str, register: Register, *, exact: bool) -> bool:
    one, two = ([_is(side, name, register, exact=exact) for name in (a, b)] for side in (history.a, history.b))
    return (one[0] and two[1]) or (one[1] and two[0])


def _is(side: Side, name: str, register: Register, *, exact: bool) -> bool:
    wanted = folded(name)
    if side.key == name or folded(side.name) == wanted or initials(side.name) == name:
        return True
    if side.id is not None and any(entry.id == side.id for entry in register.find(name)[:1]):
        return True
    return not exact and bool(wanted) and wanted in folded(side.name)


def _pair(statement: Statement) -> tuple[str, str]:
    first, second = sorted((statement.a.key, statement.b.key))
    return first, second


def _history(told: Sequence[Statement], ageing: Ageing, register: Register) -> History:
    ends = {side.key: side for statement in told for side in (statement.a, statement.b)}
    a, b = (ends[key] for key in sorted(ends))
    ordered = tuple(sorted((statement for statement in told if statement.day is not None), key=statement_order))
    undated = tuple(sorted((statement for statement in told if statement.day is None), key=statement_order))
    return History(
        a=a,
        b=b,
        statements=ordered,
        undated=undated,
        tracks=tuple(_tracks(ordered, a, b, ageing)),
        background=tuple(_background(a, b, register)),
    )


def _tracks(statements: Sequence[Statement], a: Side, b: Side, ageing: Ageing) -> Iterator[Track]:
    """The tracks of a pair: a mutual kind once, another once a direction."""
    seen: dict[tuple[RelationKind, str, str], tuple[Side, Side]] = {}
    for statement in statements:
        if statement.kind is not None:
            ends = (a, b) if statement.kind in MUTUAL else (statement.a, statement.b)
            seen.setdefault((statement.kind, ends[0].key, ends[1].key), ends)
    for key in sorted(seen):
        kind, ends = key[0], seen[key]
        positions = [position for statement in statements for position in _positions(statement, kind, ends)]
        voices: dict[str, Teller] = {}
        for position in positions:
            if position.mode != "derived":
                teller = position.statement.voice
                voices.setdefault(teller.key, teller.model_copy(update={"part": _part(teller, ends)}))
        told = [
            VoiceTrack(
                voice=voices[voice],
                states=_states([p for p in positions if p.statement.voice.key == voice], kind, ends, ageing),
            )
            for voice in sorted(voices)
        ]
        yield Track(kind=kind, a=ends[0], b=ends[1], states=_states(positions, kind, ends, ageing), voices=tuple(told))


def _positions(statement: Statement, kind: RelationKind, ends: tuple[Side, Side]) -> Iterator[_Position]:
    """What a statement makes of one kind of relation of its pair: what it says of it, or what follows for it."""
    straight = kind in MUTUAL or (statement.a.key, statement.b.key) == (ends[0].key, ends[1].key)
    if statement.kind == kind and statement.says is not None and straight:
        if statement.denies:
            if statement.event not in DEEDS:
                yield _Position(kind, statement.says, "denial", statement)
        else:
            is_bare = statement.event in BARE and statement.says == "current"
            yield _Position(kind, statement.says, "told" if is_bare else "act", statement)
    elif not statement.denies and (says := _follows(statement.event, statement.kind, kind)) is not None:
        yield _Position(kind, says, "derived", statement)


def _follows(event: Event, told: RelationKind | None, kind: RelationKind) -> Says | Literal["paused"] | None:
    """What an event means for other kinds of relation of the same pair, where these were known to hold."""
    if event in ("attack", "clash") and kind in TRUCES:
        return "violated"
    if event == "declaration_of_war" and kind in (*TRUCES, "allied"):
        return "ended"
    if event == "agreement" and told in TRUCES and kind == "hostile":
        return "paused"
    if event == "truce_end" and kind == "hostile":
        return "current"
    if event == "split" and kind in ("part_of", "pledged_allegiance_to"):
        return "ended"
    return None


def _states(positions: Sequence[_Position], kind: RelationKind, ends: tuple[Side, Side], ageing: Ageing) -> tuple[State, ...]:
    """The states that positions, in their order, leave from day to day."""
    head: _Head | None = None
    found: list[State] = []
    days = sorted({position.statement.day for position in positions if position.statement.day is not None})
    at = 0
    for number, day in enumerate(days):
        while at < len(positions) and positions[at].statement.day == day:
            head = _take(head, positions[at], kind, ageing)
            at += 1
        if head is not None:
            past = days[number + 1] if number + 1 < len(days) else None
            found += _spans(head, day, past, kind, ends, ageing)
    return tuple(_joined(found))


def _joined(states: Iterable[State]) -> Iterator[State]:
    """States that differ in nothing but their days as one."""
    last: State | None = None
    for state in states:
        if last is not None and last.model_copy(update={"from_day": state.from_day, "to_day": state.to_day}) == state:
            last = last.model_copy(update={"to_day": state.to_day})
            continue
        if last is not None:
            yield last
        last = state
    if last is not None:
        yield last


def _take(head: _Head | None, position: _Position, kind: RelationKind, ageing: Ageing) -> _Head | None:
    """The state after one more position."""
    statement, says = position.statement, position.says
    day = statement.day or ""
    is_gone = head is not None and _gone(head, day, kind, ageing)
    if position.mode == "derived":
        return head if is_gone else _derive(head, position)
    if is_gone:
        head = None
    if position.mode == "denial":
        return _deny(head, position)
    if head is None:
        return _new(position, says)
    if says == head.status:
        head.reason = None
        return _support(head, position)
    match says, head.status:
        case "current", "violated" if position.mode == "told":
            return _keep(head, position)
        case "current", "paused" if position.mode == "told" or (statement.from_day or day) <= head.start:
            return _keep(head, position)
        case "violated", "ended":
            return head
        case "current", "denied":
            made = _new(position, says)
            made.opponents = {key: teller for key, (teller, _) in head.supporters.items() if key != statement.voice.key}
            return made
        case "current", "ended" if _contradicts(head, position):
            head.opponents[statement.voice.key] = statement.voice
            head.supporters.pop(statement.voice.key, None)
            head.ids.append(statement.id)
            return head
    made = _new(position, says)
    if says == "violated" and head.status == "current":
        made.start, made.expires = head.start, head.expires
    return made


def _derive(head: _Head | None, position: _Position) -> _Head | None:
    """What follows from an event for a relation that holds."""
    if head is None:
        return None
    says, statement = position.says, position.statement
    first = statement.from_day or statement.day or ""
    if says == "violated" and head.status in ("current", "violated") and first > head.start:
        if head.status == "violated":
            return _support(head, position)
        made = _new(position, "violated")
        made.start, made.expires = head.start, head.expires
        return made
    if says == "ended" and head.status in HOLDING:
        return _new(position, "ended")
    if says == "paused" and head.status in ("current", "paused"):
        return _new(position, "paused") if head.status == "current" else _support(head, position)
    if says == "current" and head.status == "paused":
        return _new(position, "current")
    return head


def _deny(head: _Head | None, position: _Position) -> _Head | None:
    """A voice says that something is not so."""
    statement, says = position.statement, position.says
    opposite: dict[str, Status] = {"current": "denied", "ended": "current", "violated": "current"}
    if head is None:
        return _new(position, opposite[says])
    denied = {"current": ("current", "violated", "paused"), "ended": ("ended",), "violated": ("violated",)}[says]
    if head.status not in denied:
        return _support(head, position) if head.status == opposite[says] or says == "ended" else head
    head.supporters.pop(statement.voice.key, None)
    if not head.supporters:
        made = _new(position, opposite[says])
        made.supporters |= {key: (teller, False) for key, teller in head.opponents.items()}
        return made
    head.opponents[statement.voice.key] = statement.voice
    head.ids.append(statement.id)
    return head


def _new(position: _Position, status: Status) -> _Head:
    statement = position.statement
    day = statement.day or ""
    return _Head(
        status=status,
        start=day,
        since=day,
        vouched=max(day, statement.vouched or day),
        expires=statement.expires if status == "current" else None,
        supporters={statement.voice.key: (statement.voice, statement.alleged)},
        ids=[statement.id],
        reason=FOLLOWS[statement.event] if position.mode == "derived" else None,
    )


def _support(head: _Head, position: _Position) -> _Head:
    statement = position.statement
    key = statement.voice.key
    head.opponents.pop(key, None)
    known = head.supporters.get(key)
    head.supporters[key] = (statement.voice, statement.alleged and (known is None or known[1]))
    if statement.expires is not None:
        head.expires = statement.expires
    return _keep(head, position)


def _keep(head: _Head, position: _Position) -> _Head:
    statement = position.statement
    head.vouched = max(head.vouched, statement.vouched or statement.day or "")
    head.ids.append(statement.id)
    return head


def _contradicts(head: _Head, position: _Position) -> bool:
    """Whether somebody tells as standing what others, one-sidedly, said had ended."""
    is_changed_mind = set(head.supporters) == {position.statement.voice.key}
    return position.mode == "told" and not is_changed_mind and not _is_firm(head)


def _is_firm(head: _Head) -> bool:
    """Whether more than one side's word or an allegation stands behind a state."""
    parts = {teller.part for teller, alleged in head.supporters.values() if not alleged}
    return "report" in parts or {"a", "b"} <= parts


def _gone(head: _Head, day: str, kind: RelationKind, ageing: Ageing) -> bool:
    """Whether a state has aged or run out before a day."""
    end = _last_day(head, kind, ageing)
    return end is not None and day > end


def _last_day(head: _Head, kind: RelationKind, ageing: Ageing) -> str | None:
    """The last day that a state holds if nothing more is told; ``None``: it does not age."""
    limit = ageing.limit(kind, head.status)
    aged = _later(head.vouched, limit) if limit is not None else None
    if head.expires is not None and head.status in HOLDING:
        return head.expires
    return aged


def _spans(
    head: _Head, day: str, past: str | None, kind: RelationKind, ends: tuple[Side, Side], ageing: Ageing
) -> Iterator[State]:
    """The state from a day until the day before ``past``, and what it ages to on the way."""
    limit = ageing.limit(kind, head.status)
    last = _last_day(head, kind, ageing)
    stop = _later(past, -1) if past is not None else None
    by = tuple(sorted({teller.name for teller, _ in head.supporters.values()}))
    against = tuple(sorted({teller.name for teller in head.opponents.values()}))
    shared = State(
        from_day=day,
        to_day=stop,
        status=head.status,
        standing=_standing(head, ends),
        since=head.since,
        by=by,
        against=against,
        last_told=head.vouched,
        limit=limit,
        statements=_ends_of(head.ids),
        worked_out=head.reason,
    )
    if last is None or (stop is not None and stop <= last):
        yield shared
        return
    if day <= last:
        yield shared.model_copy(update={"to_day": last})
    after = _later(last, 1)
    aged: Status = "expired" if head.expires is not None and head.status in HOLDING else "unknown"
    yield shared.model_copy(update={"from_day": max(day, after), "since": after, "status": aged, "was": head.status})


def _standing(head: _Head, ends: tuple[Side, Side]) -> Standing:
    """Who stands behind a state."""
    if head.supporters and head.opponents:
        return "disputed"
    parts: set[Part] = {_part(teller, ends) for teller, alleged in head.supporters.values() if not alleged}
    if not parts:
        return "alleged"
    if "report" in parts:
        return "told"
    if {"a", "b"} <= parts:
        return "both_sides"
    if parts == {"other"}:
        return "others"
    return "told" if "other" in parts else "one_side"


def _part(teller: Teller, ends: tuple[Side, Side]) -> Part:
    if teller.part == "report":
        return "report"
    return "a" if teller.key == ends[0].key else "b" if teller.key == ends[1].key else "other"


def _ends_of(ids: Sequence[str]) -> tuple[str, ...]:
    """The first and the latest of many, so that a long war does not list each of its battles on each of its days."""
    return tuple(ids) if len(ids) <= FEW else (ids[0], *ids[1 - FEW :])


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _background(a: Side, b: Side, register: Register) -> Iterator[Background]:
    """What the register knows of two sides: part, wing or heir of one another, at any distance."""
    for one, other in ((a, b), (b, a)):
        entry = register.by_id(one.id) if one.id is not None else None
        if entry is None or other.id is None or other.id not in register.lineage(entry.id):
            continue
        above = _line(entry.part_of, register)
        kind: Literal["part_of", "comes_from", "media_wing_of"]
        if other.id in above:
            kind = "media_wing_of" if entry.kind == "media_wing" else "part_of"
        else:
            kind = "comes_from"
        yield Background(kind=kind, a=one.key, b=other.key, since=entry.from_, until=entry.to)


def _line(part_of: str | None, register: Register) -> list[str]:
    """What an entry is part of, from near to far."""
    found: list[str] = []
    while part_of is not None and part_of not in found:
        found.append(part_of)
        entry = register.by_id(part_of)
        part_of = entry.part_of if entry is not None else None
    return found
