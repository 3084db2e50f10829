"""Relations over time: how all pairs stand on a day as network and table, and the dated story of one pair."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any, Final, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook.text import fold
from reportedly.desk import followed, following, wording
from reportedly.desk.middleware import casebook
from reportedly.desk.models import Following, Pair, PairState, Turn
from reportedly.desk.views import downloads
from reportedly.drawing import network
from reportedly.errors import CasebookError, SettingError
from reportedly.records import RelationKind
from reportedly.relations import History, Shift, Side, State, Statement, on_day, states_at
from reportedly.wording import BACKGROUND, EVENTS, ON_WHOSE_WORD

MOST: Final = 150
"""States of one day that are drawn and listed; those told last first."""
LATELY: Final = timedelta(days=30)
"""How far back from the chosen day turns are listed."""
TURNS: Final = 12
HOLDING: Final = frozenset({"current", "violated", "paused", "unknown"})
"""States that are drawn; what ended, expired or is denied is only in the table."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one relation stands on the chosen day."""

    kind: RelationKind
    a: Side
    b: Side
    state: State
    words: str
    group: str

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of both sides as addresses hold them."""
        return following.bounded(self.a.key), following.bounded(self.b.key)


def listing(request: HttpRequest) -> HttpResponse:
    """How all pairs stand on a day, as network and table, and what turned shortly before."""
    run = following.latest()
    is_current = following.is_current(run, casebook())
    if not is_current:
        following.soon(casebook())
    asked = followed.states_asked(run, request.GET)
    day, first, last = asked.day, asked.first, asked.last
    # Keys first: rows are wide, and of very many only the first are shown.
    keys = list(followed.states(run, asked).values_list("pk", flat=True))
    rows = PairState.objects.in_bulk(keys[:MOST])
    found = [standing_of(rows[key]) for key in keys[:MOST]]
    context: dict[str, Any] = {
        "run": run,
        "is_current": is_current,
        "day": day,
        "first": first,
        "last": last,
        "span": (last - first).days if first and last else 0,
        "at": (day - first).days if first and day else 0,
        "kind": asked.kind,
        "kinds": get_args(RelationKind),
        "actor": asked.actor,
        "states": found,
        "more": len(keys) - len(found),
        "network": draw(found),
        "turns": turns(run, Turn.RELATION, day - LATELY, day, what=asked.kind, actor=asked.actor) if run and day else [],
        "download": downloads.choices("relations"),
    }
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "desk/parts/relations.html" if is_part else "desk/relations.html", context)


def standing_of(row: PairState) -> Standing:
    """The stored state as a page shows it."""
    told = json.loads(row.record)
    state = State.model_validate(told["state"])
    kind: RelationKind = row.kind  # type: ignore[assignment]
    group = network.STATES.get(kind, "belongs")
    return Standing(kind, Side.model_validate(told["a"]), Side.model_validate(told["b"]), state, state_words(state), group)


def state_words(state: State) -> str:
    """A state in a few words: what it is, and on whose word."""
    status = f"unknown since {wording.days_words(state.from_day, state.from_day)}" if state.status == "unknown" else state.status
    return ", ".join(part for part in (status, ON_WHOSE_WORD[state.standing]) if part)


def draw(found: list[Standing]) -> network.Network | None:
    """The network of what holds on the day."""
    edges: list[network.Edge] = []
    names: dict[str, str] = {}
    for one in found:
        if one.state.status in HOLDING:
            a, b = one.keys
            names |= {a: wording.line(one.a.name), b: wording.line(one.b.name)}
            status = "alleged" if one.state.standing in {"alleged", "disputed"} else one.state.status
            edges.append(network.Edge(a, b, one.kind, status, one.state.status == "unknown"))
    return network.draw(edges, names)


def turns(run: Following, kind: str, since: date | None, until: date | None, *, what: str = "", actor: str = "") -> list[Shift]:
    """Turns of a span of days, the latest first; those of one kind of relation and of sides that hold a name, where asked for."""
    rows = Turn.objects.filter(run=run, kind=kind)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    if what in get_args(RelationKind):
        rows = rows.filter(record__contains=f'"what":"{what}"')
    wanted = fold(actor)
    found = (following.shift_of(turn) for turn in rows.order_by("-day", "-pk").iterator(TURNS * 4))
    return list(islice((shift for shift in found if _names(shift, wanted)), TURNS))


def _names(shift: Shift, wanted: str) -> bool:
    sides = [side for side in (shift.a, shift.b) if side is not None]
    return not wanted or any(wanted in fold(f"{side.name} | {side.id or ''}") for side in sides)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a story: what one voice tells of one day, how often, and what the relation became."""

    statement: Statement
    event: str
    more: int
    turns: tuple[str, ...]

    @property
    def inferred(self) -> str:
        """From what a side was worked out; empty where both are told."""
        told = self.statement.worked_out or ""
        return "" if told.startswith(("follows from", "denies")) else told

    @property
    def day(self) -> str:
        """The day in words."""
        return wording.days_words(self.statement.from_day, self.statement.day) or "day not known"


def pair(request: HttpRequest) -> HttpResponse:
    """The dated story of two actors: every statement with its words and voice, and what it made of their relations."""
    run = following.latest()
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    if not a or not b:
        raise SettingError("a pair needs two actors.")
    history = following.history_of(pair_of(a, b))
    last = run.day if run else ""
    day = str(followed.day_of(request.GET.get("day", ""), None) or last)
    context: dict[str, Any] = {
        "history": history,
        "day": day,
        "is_current": following.is_current(run, casebook()),
        "background": _background(history),
        "states": [(one, state_words(one.state)) for one in states_at([history], day)] if day else [],
        "story": story(history),
        "undated": history.undated,
        "tracks": [(track, [(state, state_words(state)) for state in track.states]) for track in history.tracks],
    }
    return render(request, "desk/pair.html", context)


def pair_of(a: str, b: str) -> Pair:
    """What is stored of two sides, by their keys. Raises :class:`CasebookError` where nothing is told of them."""
    run = following.latest()
    low, high = sorted((following.bounded(a), following.bounded(b)))
    found = Pair.objects.filter(run=run, a=low, b=high).first() if run else None
    if found is None:
        raise CasebookError("nothing is told of these two.", where=f"{a}, {b}")
    return found


def _background(history: History) -> list[str]:
    known = {side.key: wording.line(side.name) for side in (history.a, history.b)}
    return [
        f"{known.get(one.a, one.a)} {BACKGROUND[one.kind]} {known.get(one.b, one.b)}"
        + (f" since {one.since}" if one.since else "")
        for one in history.background
    ]


def story(history: History) -> list[Told]:
    """The statements by day; what one voice tells of a day in the same way is told once, with how often."""

    def same(statement: Statement) -> tuple[Any, ...]:
        return statement.day, statement.event, statement.kind, statement.says, statement.denies, statement.voice.key

    became = _became(history)
    groups = [list(group) for _, group in groupby(history.statements, key=same)]
    told = []
    for number, group in enumerate(groups):
        day = group[0].day or ""
        is_last_of_day = number + 1 == len(groups) or groups[number + 1][0].day != group[0].day
        event = ("denied: " if group[0].denies else "") + EVENTS[group[0].event]
        told.append(Told(group[0], event, len(group) - 1, tuple(became.get(day, ())) if is_last_of_day else ()))
    return told


def _became(history: History) -> dict[str, list[str]]:
    """By day, what relations of the pair became."""
    found: dict[str, list[str]] = {}
    for track in history.tracks:
        before: tuple[str, str] | None = None
        for state in track.states:
            now = (state.status, state.standing)
            if now != before and on_day(track.states, state.from_day) is state:
                words = f"{wording.words(track.kind)}: {state_words(state)}"
                if state.worked_out:
                    words += f" (worked out: {wording.line(state.worked_out)})"
                found.setdefault(state.from_day, []).append(words)
            before = now
    return found
