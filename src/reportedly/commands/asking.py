"""Questions on relations over time, answered by reading only the reports that each needs (:mod:`reportedly.casebook.wanted`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from reportedly.casebook.histories import last_day, naming, tellings
from reportedly.casebook.wanted import Wanted
from reportedly.commands.terminal import Progress
from reportedly.knowledge.histories import load_ageing
from reportedly.linking.register import Register
from reportedly.relations import PairState, Shift, Threat, changes, collect, histories, ledger, states_at
from reportedly.relations.threats import last_day_of

if TYPE_CHECKING:
    from reportedly.casebook import Filter
    from reportedly.casebook.book import Casebook
    from reportedly.relations import Collected, History, Telling

FIRST_CLAIMS: Final = 100
"""Claims of threats that are looked at before more are; then four times as many, until enough threats are found."""


class Asking:
    """One casebook, asked about threats, changes and states of a day. Says how far it is where that takes long."""

    def __init__(self, book: Casebook) -> None:
        self._book, self._register = book, Register.load()
        self._wanted = Wanted(book, self._register)

    def last_day(self) -> str | None:
        """The last day of publication (ISO)."""
        return last_day(self._book)

    def threats(self, asked: Filter, on: str | None, most: int | None) -> Iterator[Threat]:
        """The threats made between the days of a filter, in their order, with outcomes as of a day. ``most``: so many will be
        looked at, ``None``: all; what a filter says beside its days and the actor is left to the caller."""
        since, until = _iso(asked.since), _iso(asked.until)
        number = FIRST_CLAIMS
        shown: set[str] = set()
        while True:
            bound = self._wanted.threat_days(asked.newest, number) if most is not None else None
            first, last = since, until
            if bound is not None:
                first, last = (_later(first, bound), last) if asked.newest else (first, _earlier(last, bound))
            found = [
                threat
                for threat in self._ledger(asked, first, last, on)
                if threat.id not in shown and _within(threat, first, last)
            ]
            for threat in reversed(found) if asked.newest else found:
                shown.add(threat.id)
                yield threat
            if bound is None:
                return
            number *= 4

    def _ledger(self, asked: Filter, since: str | None, until: str | None, on: str | None) -> tuple[Threat, ...]:
        told = self._wanted.threatening(since, until, asked.type)
        if asked.actor is not None:
            told &= naming(self._book, (asked.actor,), self._register)
        return ledger(self._collected(told | self._following(self._read(told))), on)

    def _following(self, told: Collected) -> frozenset[int]:
        """The reports that may tell what came of threats: of those who made them, until the last of them has lapsed."""
        rules = load_ageing()
        threats = [threat for threat in told.threats if threat.dated.day is not None]
        if not threats:
            return frozenset()
        days = [threat.dated.day or "" for threat in threats]
        ends = [last_day_of(threat, rules) or "" for threat in threats]
        return self._wanted.of_sides_between({threat.who.key for threat in threats}, min(days), max(ends))

    def changes(self, since: str, until: str | None) -> tuple[Shift, ...]:
        """What broke, formed, escalated or eased between two days (ISO)."""
        told = self._wanted.told_between(since, until)
        lookback = max(lapse.days for lapse in load_ageing().threats.values()) + 1
        threatened = self._wanted.threatening(_before(since, lookback), until)
        reports = told | threatened | self._following(self._read(threatened))
        collected, pairs = self._read(told), set[tuple[str, str]]()
        while new := _pairs(collected, since, until) - pairs:
            pairs |= new
            reports |= self._wanted.of_pairs(pairs) | self._wanted.truces_of(collected.alone)
            collected = self._collected(reports)
        touched = [history for history in histories(collected) if _pair(history) in pairs]
        return changes(touched, ledger(self._collected(reports)), since, until)

    def states(self, day: str, actor: str | None) -> Iterator[PairState]:
        """How all pairs stand on a day (ISO), by name; a side at a time is in memory. ``actor``: only pairs of this one."""
        if actor is not None:
            reports = naming(self._book, (actor,), self._register)
            yield from states_at(histories(self._read(reports)), day)
            return
        for key, _ in self._wanted.sides():
            yield from self._states_of(key, day)

    def newest_states(self, day: str, most: int | None, fits: Callable[[PairState], bool]) -> list[PairState]:
        """Of the states of all pairs on a day (ISO) those that fit, last told first; ``most``: only so many, for which sides of
        which nothing is told that late are not read."""
        found: list[PairState] = []
        days = self._last_told()
        for key, _ in sorted(self._wanted.sides(), key=lambda side: (days.get(side[0], ""), side), reverse=True):
            if most is not None and len(found) >= most and days.get(key, "") < found[most - 1].state.last_told:
                break
            found += filter(fits, self._states_of(key, day))
            found.sort(key=lambda row: (row.a.name, row.b.name, row.kind))
            found.sort(key=lambda row: row.state.last_told, reverse=True)
        return found[:most]

    def _last_told(self) -> dict[str, str]:
        """By the key of a side the last day for which a report can vouch; what people corrected may name other sides."""
        days = {key: day.isoformat() for key, day in self._wanted.last_days().items()}
        if corrected := self._wanted.corrected():
            for told in self._read(corrected).statements:
                for side in (told.a, told.b):
                    days[side.key] = date.max.isoformat()
        return days

    def _states_of(self, key: str, day: str) -> list[PairState]:
        """How the pairs stand of which a side is the first."""
        reports = self._wanted.of_sides((key,))
        collected = self._read(reports)
        truced = {side.key for told in collected.statements if told.kind == "truce" for side in (told.a, told.b)}
        if truces := self._wanted.truces_of(truced) - reports:
            collected = self._read(reports | truces)
        return states_at((history for history in histories(collected) if history.a.key == key), day)

    def _collected(self, reports: frozenset[int]) -> Collected:
        """What some reports tell, as of the last day of the whole casebook."""
        return replace(self._read(reports), last_day=self.last_day())

    def _read(self, reports: frozenset[int]) -> Collected:
        reports |= self._wanted.bridges()
        with Progress("Following relations", total=len(reports)) as progress:
            return collect(_counted(tellings(self._book, reports), progress), self._register)


def _counted(found: Iterator[Telling], progress: Progress) -> Iterator[Telling]:
    for telling in found:
        yield telling
        progress.advance()


def _pairs(collected: Collected, since: str, until: str | None) -> set[tuple[str, str]]:
    """The pairs of which something is told of the days between, or runs out then."""
    return {
        (min(told.a.key, told.b.key), max(told.a.key, told.b.key))
        for told in collected.statements
        if ((told.day or "") >= since and (until is None or (told.day or "") <= until)) or (told.expires or "") >= since
    }


def _pair(history: History) -> tuple[str, str]:
    return history.a.key, history.b.key


def _within(threat: Threat, since: str | None, until: str | None) -> bool:
    if threat.said is None:
        return since is None and until is None
    return (since is None or threat.said >= since) and (until is None or threat.said <= until)


def _before(day: str, days: int) -> str:
    at = date.fromisoformat(day)
    return (at - min(timedelta(days), at - date.min)).isoformat()


def _later(one: str | None, other: str) -> str:
    return max(one or "", other)


def _earlier(one: str | None, other: str) -> str:
    return min(one, other) if one is not None else other


def _iso(day: date | str | None) -> str | None:
    return None if day is None else str(day)
