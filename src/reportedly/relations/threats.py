"""The ledger of threats: who threatens whom with what, and what came of it by a given day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from reportedly.knowledge.histories import Ageing, Lapse, load_ageing
from reportedly.records import content_id
from reportedly.relations.collect import Collected
from reportedly.relations.records import Deed, Outcome, Threat, Uttered
from reportedly.relations.sides import folded
from reportedly.relations.targets import stems
from reportedly.relations.tellings import Act, Uttering, Withdrawal

DEEDS: Final = 5
"""Claims of a deed that an entry lists, the earliest first."""
VAGUE: Final = frozenset(
    {"attack", "attacks", "forces", "people", "group", "groups", "targets", "target", "area", "country", "region", "war", "their"}
)
"""Words of targets that tell no target from another."""


def ledger(collected: Collected, on: str | None = None, ageing: Ageing | None = None) -> tuple[Threat, ...]:
    """Every threat by day, with its outcome as of the day ``on`` (ISO; ``None``: the last day of publication).

    Tellings of one type, by one side, against one target, of one day are one threat. Of several outcomes the earliest holds.
    What is told later than ``on`` is left out. A threat of which it is not told by name who made it stays open.

    A threat is *carried out* by an act of the same side, told of a later day and before the threat lapsed, against the side it
    is against; where it names no side but places, in one of these (on a road, where it names a road); where it names neither,
    against a target of the same words. It is *withdrawn* by words of that side that take it back and name its target, or the
    target of none of its threats. It *lapses* when the two sides agree on a truce, or nothing came of it in the time that
    ``ageing`` gives.
    """
    rules = ageing or load_ageing()
    day = on or collected.last_day or ""
    grouped: dict[tuple[str, ...], list[Uttering]] = {}
    for threat in collected.threats:
        if threat.dated.told is None or threat.dated.told <= day:
            grouped.setdefault(_same(threat), []).append(threat)
    after = _After(collected, day)
    found = [_entry(key, told, after, rules, day) for key, told in grouped.items()]
    return tuple(sorted(found, key=lambda threat: (threat.said or "", threat.who.name, threat.id)))


class _After:
    """What may have followed a threat, told by a day: acts by actor and target, truces by pair, words of withdrawal by side."""

    def __init__(self, collected: Collected, on: str) -> None:
        self._acts: dict[tuple[str, str], list[Act]] = {}
        self._truces: dict[frozenset[str], list[str]] = {}
        self._withdrawals: dict[str, list[Withdrawal]] = {}
        for act in collected.acts:
            if (act.told or "") <= on:
                for actor in act.actors:
                    for target in _struck(act):
                        self._acts.setdefault((actor, target), []).append(act)
        for statement in collected.statements:
            is_truce = statement.event == "agreement" and statement.kind in ("truce", "non_aggression") and not statement.denies
            if is_truce and statement.day is not None and (statement.told or "") <= on:
                self._truces.setdefault(frozenset((statement.a.key, statement.b.key)), []).append(statement.day)
        for words in collected.withdrawals:
            self._withdrawals.setdefault(words.who, []).append(words)
        self._named: dict[str, set[str]] = {}
        for threat in collected.threats:
            self._named.setdefault(threat.who.key, set()).update(_names(threat))

    def acts(self, threat: Uttering, said: str, last: str) -> list[Act]:
        """Acts of the threatener after a day that strike what the threat named (see :func:`ledger`)."""
        found: dict[str, Act] = {}
        for target in _aims(threat):
            acts = self._acts.get((threat.who.key, target), [])
            for act in acts[bisect_right(acts, said, key=lambda act: act.day) :]:
                if act.day > last:
                    break
                if said < act.first_day and (act.is_on_road or not threat.is_of_road):
                    found[f"{act.report} {act.claim}"] = act
        return sorted(found.values(), key=lambda act: (act.day, act.report, act.claim))

    def withdrawal(self, threat: Uttering, said: str, last: str) -> Withdrawal | None:
        """The first words after the threat that take it back: they name its target, or the target of no threat of that side."""
        named = self._named.get(threat.who.key, set())
        return next(
            (
                words
                for words in self._withdrawals.get(threat.who.key, ())
                if said < words.day <= last and (words.names & _names(threat) or not words.names & named)
            ),
            None,
        )

    def truce(self, threat: Uttering, said: str, last: str) -> str | None:
        """The first day after the threat on which its two sides agreed on a truce."""
        if threat.against is None:
            return None
        days = self._truces.get(frozenset((threat.who.key, threat.against.key)), [])
        return next((day for day in days[bisect_right(days, said) :] if day <= last), None)


def _aims(threat: Uttering) -> list[str]:
    """What an act must strike to carry a threat out: the threatened side; else the towns or areas named, else targets of the same
    words."""
    if threat.against is not None:
        return [threat.against.key]
    places = [*(f"town:{name}" for name in threat.towns), *(f"area:{name}" for name in threat.areas)]
    return sorted(places or (f"word:{word}" for word in stems(threat.words - VAGUE)))


def _struck(act: Act) -> list[str]:
    """What an act struck, as threats aim at it."""
    words = (f"word:{word}" for word in stems(act.words - VAGUE))
    towns, areas = (f"town:{name}" for name in act.towns), (f"area:{name}" for name in act.areas)
    return sorted({*act.targets, *words, *towns, *areas})


def _names(threat: Uttering) -> set[str]:
    """What a threat names, folded."""
    against = {threat.against.key, folded(threat.against.name)} if threat.against is not None else set()
    return {*threat.towns, *threat.areas, *map(folded, threat.names), *against}


def _same(threat: Uttering) -> tuple[str, ...]:
    named = " ".join(sorted(threat.towns | threat.areas)) or folded(threat.target or "")
    target = threat.against.key if threat.against is not None else named
    return threat.type, threat.who.key, target, threat.dated.day or "", threat.dated.until or ""


def _entry(
    key: tuple[str, ...],
    told: Sequence[Uttering],
    after: _After,
    rules: Ageing,
    on: str,
) -> Threat:
    first = min(told, key=lambda threat: (threat.dated.told or "", threat.report, threat.claim))
    said, until = first.dated.day, first.dated.until
    lapse = rules.threats.get(first.type, rules.threats["threat"])
    last = _last_day(said, until, lapse)
    outcome, day, reason, deeds = _outcome(first, after, last, lapse, on)
    return Threat(
        id=content_id("threat", *key),
        type=first.type,
        who=first.who,
        against=first.against,
        target=first.target or (", ".join(first.names) or None if first.against is None else None),
        said=said,
        window=first.dated.window,
        until=until,
        lapses=_later(last, 1) if last is not None and not first.is_nameless else None,
        outcome=outcome,
        outcome_day=day,
        reason=reason,
        deeds=deeds,
        tellings=tuple(
            Uttered(report=one.report, claim=one.claim, voice=one.voice.name, told=one.dated.told, words=one.evidence)
            for one in sorted(told, key=lambda threat: (threat.dated.told or "", threat.report, threat.claim))
        ),
        worked_out=first.worked_out,
    )


def _outcome(
    threat: Uttering,
    after: _After,
    last: str | None,
    lapse: Lapse,
    on: str,
) -> tuple[Outcome, str | None, str, tuple[Deed, ...]]:
    """What became of a threat by a day, since when, and why."""
    said = threat.dated.day
    if said is None or last is None:
        return "open", None, "no day is known of it, so that it is not followed", ()
    if threat.is_nameless:
        return "open", None, "it is not told by name who made it, so that it is not followed", ()
    ends: list[tuple[str, int, Outcome, str, tuple[Deed, ...]]] = []
    done = after.acts(threat, said, last)
    if done:
        ends.append((done[0].day, 0, "carried_out", _deed_words(threat, done[0]), tuple(map(_deed, done[:DEEDS]))))
    if (words := after.withdrawal(threat, said, min(last, on))) is not None:
        deed = Deed(claim=words.claim, report=words.report, voice=words.voice, day=words.day, words=words.evidence)
        ends.append((words.day, 1, "withdrawn", f"{words.voice} tells that it was taken back", (deed,)))
    if (truce := after.truce(threat, said, min(last, on))) is not None:
        ends.append((truce, 2, "lapsed", "the two sides agreed on a truce", ()))
    if ends:
        day, _, outcome, reason, deeds = min(ends, key=lambda end: end[:2])
        return outcome, day, reason, deeds
    if on > last:
        return "lapsed", _later(last, 1), _lapse_words(threat, lapse), ()
    return "open", None, f"nothing came of it by {on}", ()


def _deed(act: Act) -> Deed:
    return Deed(claim=act.claim, report=act.report, voice=act.voice, day=act.day, incidents=act.incidents, words=act.evidence)


def _deed_words(threat: Uttering, act: Act) -> str:
    whom = threat.against.name if threat.against is not None else ", ".join(threat.names) or threat.target or "the same target"
    return f"an act of {threat.who.name} against {whom} is told of {act.day} by {act.voice}"


def _lapse_words(threat: Uttering, lapse: Lapse) -> str:
    if threat.dated.until is not None:
        return f"no act is told by {lapse.after} days after the time it named"
    return f"no act is told within {lapse.days} days"


def last_day_of(threat: Uttering, ageing: Ageing) -> str | None:
    """The last day (ISO) on which an act still carries a threat out; ``None`` where no day is known of it.

    >>> Ageing({}, {"threat": Lapse(90, 7)}).threats["threat"].days
    90
    """
    return _last_day(threat.dated.day, threat.dated.until, ageing.threats.get(threat.type, ageing.threats["threat"]))


def _last_day(said: str | None, until: str | None, lapse: Lapse) -> str | None:
    """The last day on which an act still carries the threat out."""
    if until is not None:
        return _later(until, lapse.after)
    return _later(said, lapse.days) if said is not None else None


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
