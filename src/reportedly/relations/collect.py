"""Brings what all reports tell together: one name a side, one order of days: the plain input of states and ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportedly.linking.register import Register
from reportedly.relations.records import Event, Side, Statement
from reportedly.relations.sides import SideReader, folded, same_names, usual_names
from reportedly.relations.targets import known_in
from reportedly.relations.tellings import Act, Telling, TellingReader, Uttering, Withdrawal, as_teller


@dataclass(frozen=True)
class Collected:
    """All that the tellings say of pairs. ``unplaced`` counts statements of a truce whose other side nobody could tell; ``alone``
    are the keys of their named sides.

    ``last_day`` is the last day of publication.
    """

    statements: tuple[Statement, ...]
    threats: tuple[Uttering, ...]
    acts: tuple[Act, ...]
    withdrawals: tuple[Withdrawal, ...]
    unplaced: int
    last_day: str | None
    register: Register
    alone: frozenset[str] = frozenset()


def collect(tellings: Iterable[Telling], register: Register) -> Collected:
    """Every dated statement on a pair, every threat and every act of violence; the order of the tellings does not matter.

    Claims that are planned, asked for or imagined say nothing here. Tellings with one report id count once.
    """
    collector = _Collector(register)
    for telling in tellings:
        collector.add(telling)
    return collector.collected()


class _Collector:
    def __init__(self, register: Register) -> None:
        self.register, self.sides = register, SideReader(register)
        self.statements: dict[str, Statement] = {}
        self.halves: dict[str, Statement] = {}
        """Statements of which only one side is named, which stands at both ends."""
        self.threats: list[Uttering] = []
        self.acts: list[Act] = []
        self.withdrawals: list[Withdrawal] = []
        self.named: dict[str, dict[str, Side]] = {}
        self.last_day: str | None = None

    def add(self, telling: Telling) -> None:
        if telling.report in self.named:
            return
        reader = TellingReader(telling, self.sides)
        reader.read()
        self.named[telling.report] = reader.named
        self.statements.update(reader.statements)
        self.halves.update(reader.halves)
        self.threats += reader.threats
        self.acts += reader.acts
        self.withdrawals += reader.withdrawals
        if reader.published is not None and reader.published > (self.last_day or ""):
            self.last_day = reader.published

    def collected(self) -> Collected:
        same = same_names(self.named.values())
        usual = usual_names(side for _, sides in sorted(self.named.items()) for side in sides.values())

        def one(side: Side) -> Side:
            side = same.get(side.key, side)
            return usual.get(side.key, side)

        def whole(statement: Statement) -> Statement | None:
            a, b = one(statement.a), one(statement.b)
            if a.key == b.key:
                return None
            key = same[statement.voice.key].key if statement.voice.key in same else statement.voice.key
            teller = as_teller(key, statement.voice, a, b)
            if (a, b, teller) == (statement.a, statement.b, statement.voice):
                return statement
            return statement.model_copy(update={"a": a, "b": b, "voice": teller})

        found = [made for statement in self.statements.values() if (made := whole(statement)) is not None]
        placed, unplaced = _placed(list(self.halves.values()), found, one)
        found += placed
        keys = {key: side.key for key, side in same.items()}
        threatened = [threat.against for threat in self.threats if threat.against is not None]
        named = (side for sides in self.named.values() for side in sides.values())
        known = {folded(side.name): one(side) for side in (*threatened, *named)}
        self.acts = [_struck(act, known) for act in self.acts]
        self.threats = [_against(threat, known) for threat in self.threats]
        return Collected(
            statements=tuple(sorted(found, key=statement_order)),
            threats=tuple(
                sorted(
                    (
                        replace(threat, who=one(threat.who), against=one(threat.against) if threat.against else None)
                        for threat in self.threats
                    ),
                    key=lambda threat: (threat.dated.day or "", threat.who.key, threat.report, threat.claim),
                )
            ),
            acts=tuple(
                sorted(
                    (
                        replace(
                            act,
                            actors=frozenset(keys.get(key, key) for key in act.actors),
                            targets=frozenset(keys.get(key, key) for key in act.targets),
                        )
                        for act in self.acts
                    ),
                    key=lambda act: (act.day, act.report, act.claim),
                )
            ),
            withdrawals=tuple(
                sorted(
                    (replace(words, who=keys.get(words.who, words.who)) for words in self.withdrawals),
                    key=lambda words: (words.day, words.report, words.claim),
                )
            ),
            unplaced=unplaced,
            last_day=self.last_day,
            register=self.register,
            alone=frozenset(one(statement.a).key for statement in self.halves.values()) if unplaced else frozenset(),
        )


def _struck(act: Act, known: Mapping[str, Side]) -> Act:
    """The act with its target, where its words name one other side that any report knows ("a camp of the Karo Front")."""
    if not act.struck_text:
        return act
    found = [side for side in known_in(act.struck_text, known) if side.key not in act.actors]
    return replace(act, targets=act.targets | {found[0].key}) if len(found) == 1 else act


def _against(threat: Uttering, known: Mapping[str, Side]) -> Uttering:
    """The threat with its target, where its words name one other side that any report knows."""
    if threat.against is not None:
        return threat
    found = [side for name in threat.names for side in known_in(name, known) if side.key != threat.who.key]
    found = list({side.key: side for side in found}.values())
    if len(found) != 1:
        return threat
    return replace(threat, against=found[0], worked_out=f"{found[0].name} is named in the words of the threat")


def _placed(halves: Sequence[Statement], known: Sequence[Statement], one: Callable[[Side], Side]) -> tuple[list[Statement], int]:
    """Statements of one named side with the other worked out: the voice, if it had a truce with it, or its only partner."""
    partners: dict[str, dict[str, list[Statement]]] = {}
    for statement in known:
        if statement.kind in ("truce", "non_aggression") and not statement.denies and statement.day is not None:
            for side, other in ((statement.a, statement.b), (statement.b, statement.a)):
                partners.setdefault(side.key, {}).setdefault(other.key, []).append(statement)
    found: list[Statement] = []
    for statement in halves:
        side = one(statement.a)
        day = statement.day or ""
        fitting = {
            key: told[0].b if told[0].a.key == side.key else told[0].a
            for key, told in sorted(partners.get(side.key, {}).items())
            if any((other.day or "") <= day for other in told)
        }
        voice = one(Side(key=statement.voice.key, name=statement.voice.name)).key
        if voice not in fitting and len(fitting) != 1:
            continue
        other = fitting[voice] if voice in fitting else next(iter(fitting.values()))
        why = f"{other.name} is the voice" if other.key == voice else f"{side.name} has a truce with {other.name} alone"
        found.append(
            statement.model_copy(
                update={"a": side, "b": other, "voice": as_teller(voice, statement.voice, side, other), "worked_out": why}
            )
        )
    return found, len(halves) - len(found)


def statement_order(statement: Statement) -> tuple[str, int, str, str, str, int, str]:
    """By day; on one day acts of violence, then what is told as standing, agreements, breaches, ends and denials, as each
    presupposes those before it; then by what was told first."""
    return (
        statement.day or "",
        len(RANKS) if statement.denies else RANKS[statement.event],
        statement.says or "",
        statement.told or "",
        statement.report,
        statement.evidence[0].start if statement.evidence else 0,
        statement.id,
    )


RANKS: Final[Mapping[Event, int]] = {
    "clash": 0,
    "attack": 0,
    "accusation": 1,
    "threat": 1,
    "designation": 1,
    "told": 2,
    "split": 3,
    "agreement": 4,
    "joint_operation": 4,
    "pledge": 4,
    "merger": 4,
    "violation": 5,
    "truce_end": 6,
    "renunciation": 6,
    "declaration_of_war": 7,
}
"""The order of events of one day."""
