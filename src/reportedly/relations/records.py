"""The records of relations over time. Days are ISO dates; ``None`` for a day means not known, for an end still open."""

from __future__ import annotations

from typing import Literal

from reportedly.records import ActorKind, Record, RelationKind, Span

Event = Literal[
    "told",
    "agreement",
    "violation",
    "truce_end",
    "declaration_of_war",
    "joint_operation",
    "clash",
    "attack",
    "threat",
    "accusation",
    "designation",
    "pledge",
    "renunciation",
    "merger",
    "split",
]
Says = Literal["current", "violated", "ended", "denied"]
Status = Literal["current", "violated", "paused", "ended", "expired", "denied", "unknown"]
Standing = Literal["told", "both_sides", "one_side", "others", "alleged", "disputed"]
Part = Literal["a", "b", "other", "report"]
Basis = Literal["stated", "worked_out", "published"]
Outcome = Literal["open", "carried_out", "withdrawn", "lapsed"]
Direction = Literal["formed", "broke", "escalated", "eased"]


class Side(Record):
    """One end of a relation, the same in all reports. ``key`` is the register's id, or the folded name of an actor without one.

    A service of a state is that state.
    """

    key: str
    name: str
    id: str | None = None
    kind: ActorKind = "unknown"


class Teller(Record):
    """The voice behind a statement: the innermost of its chain, or the report itself.

    ``part``: one of the two sides (``a``, ``b``), somebody ``other``, or the ``report`` in its own words.
    """

    key: str
    name: str
    part: Part


class Statement(Record):
    """One dated change that one voice tells of a pair, with the words it was read from.

    ``says`` is what it makes of the relation ``kind`` (``None``: nothing, it only belongs to the story); ``denies`` is true where
    the voice says that the ``event`` is not so. ``day`` is the last day that the event may have happened on, ``from_day`` the
    first; both ``None`` where no day is known. ``vouched`` is the last day for which the statement speaks, ``expires`` the last
    day of what was agreed for a time. ``told`` is the day of publication. ``basis`` ``published``: the report gives no day of the
    event, which is dated by publication. ``worked_out`` tells what was inferred and from what.
    """

    id: str
    event: Event
    kind: RelationKind | None
    says: Says | None
    denies: bool = False
    alleged: bool = False
    a: Side
    b: Side
    day: str | None
    from_day: str | None = None
    vouched: str | None = None
    expires: str | None = None
    told: str | None = None
    basis: Basis = "published"
    voice: Teller
    evidence: tuple[Span, ...]
    report: str
    source: str | None = None
    claim: str | None = None
    relation: str | None = None
    worked_out: str | None = None


class State(Record):
    """How a relation stands from one day to another, both inclusive; ``since`` is the day from which it has the status unbroken.

    ``standing``: ``told`` in a report's own words; by ``both_sides``; by ``one_side`` only, whose assertion it is; by ``others``
    only; only ``alleged``; ``disputed``: told by ``by`` and denied by ``against`` (names). ``last_told`` is the last day that a
    report vouches for; a state ``unknown`` has aged by the rule in ``limit`` days of silence, and was ``was``. ``statements``
    are the ids of the first and the latest of those it rests on. ``worked_out``: nobody tells the state as such; it follows from
    an event, named in words.
    """

    from_day: str
    to_day: str | None
    since: str
    status: Status
    standing: Standing
    was: Status | None = None
    by: tuple[str, ...]
    against: tuple[str, ...] = ()
    last_told: str
    limit: int | None = None
    statements: tuple[str, ...]
    worked_out: str | None = None


class VoiceTrack(Record):
    """The states of a relation by the word of one voice alone."""

    voice: Teller
    states: tuple[State, ...]


class Track(Record):
    """One kind of relation of a pair over time, in sum and per voice. Direction is from ``a`` to ``b`` where the kind has one."""

    kind: RelationKind
    a: Side
    b: Side
    states: tuple[State, ...]
    voices: tuple[VoiceTrack, ...]


class VoiceState(Record):
    """How a relation stands by the word of one voice."""

    voice: Teller
    state: State


class PairState(Record):
    """One kind of relation of a pair as it stands on a day, in sum and per voice."""

    day: str
    kind: RelationKind
    a: Side
    b: Side
    state: State
    voices: tuple[VoiceState, ...]


class Background(Record):
    """What the actor register knows of a pair. It is no report's word: it has no evidence and dates no change.

    ``comes_from`` covers renamed, split and succeeding groups, which the register does not tell apart.
    """

    kind: Literal["part_of", "comes_from", "media_wing_of"]
    a: str
    b: str
    since: str | None = None
    until: str | None = None
    basis: Literal["register"] = "register"


class History(Record):
    """All that is told of one pair: statements by day, what they make of each kind of relation, and the register's background.

    ``undated`` statements are in no state.
    """

    a: Side
    b: Side
    statements: tuple[Statement, ...]
    undated: tuple[Statement, ...] = ()
    tracks: tuple[Track, ...] = ()
    background: tuple[Background, ...] = ()


class Uttered(Record):
    """One telling of a threat: report, claim, voice and words."""

    report: str
    claim: str
    voice: str
    told: str | None
    words: tuple[Span, ...]


class Deed(Record):
    """An act that followed a threat: the claim that tells it, who says so, and the incidents that the claim belongs to."""

    claim: str
    report: str
    voice: str
    day: str
    incidents: tuple[str, ...] = ()
    words: tuple[Span, ...] = ()


class Threat(Record):
    """One entry of the ledger: who threatened whom with what, when, until when, and what came of it.

    ``who`` made it may bear no name ("gunmen", "the army" of no known state); that side is of this report alone. ``against`` is
    ``None`` where the text names no side (``target`` has its words, ``None`` where it names nobody). ``window`` to
    ``until`` is the threatened time, or ``until`` the deadline; ``None`` where none is stated. ``lapses`` is the day on which it
    lapses by the rule. ``outcome`` holds as of the day asked for, with the ``reason`` in words and the ``deeds`` it rests on.
    *Carried out* means that an act of that actor against that target is told of a later day, not that the one is known to be the
    other.
    """

    id: str
    type: str
    who: Side
    against: Side | None
    target: str | None = None
    said: str | None
    until: str | None = None
    window: str | None = None
    lapses: str | None = None
    outcome: Outcome
    outcome_day: str | None = None
    reason: str
    deeds: tuple[Deed, ...] = ()
    tellings: tuple[Uttered, ...]
    worked_out: str | None = None


class Shift(Record):
    """What broke, formed, escalated or eased: the day, the pair, what it was before and is now, and the words behind it.

    ``b`` is ``None`` for a threat against nobody that is named. ``statements`` are ids of statements, or of the threat.
    """

    direction: Direction
    day: str
    a: Side
    b: Side | None
    what: str
    before: str | None = None
    now: str
    standing: Standing | None = None
    by: tuple[str, ...]
    against: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    report: str | None = None
    statements: tuple[str, ...] = ()
