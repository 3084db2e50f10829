"""What the commands on relations over time share: reading the casebook once, days, and the words of states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.commands import wording
from reportedly.commands.terminal import Progress, Rows, one_line, shorten
from reportedly.commands.views import quoted
from reportedly.relations.sides import names as names
from reportedly.wording import EVENTS
from reportedly.wording import ON_WHOSE_WORD as STANDING

if TYPE_CHECKING:
    from datetime import date

    from reportedly.casebook.book import Casebook
    from reportedly.records import Span
    from reportedly.relations import Collected, History, PairState, Shift, State, Statement, Telling, Threat


def follow(book: Casebook, sides: Sequence[str] = ()) -> Collected:
    """All that a casebook tells of relations, or of those of some sides, however they are named; says how far it is where that
    takes long."""
    from reportedly.casebook.histories import last_day, naming, tellings
    from reportedly.linking.register import Register
    from reportedly.relations import collect

    register = Register.load()
    reports = naming(book, sides, register) if sides else None
    total = book.counts()["reports"] if reports is None else len(reports)
    with Progress("Following relations", total=total) as progress:
        found = collect(_counted(tellings(book, reports), progress), register)
    return found if reports is None else replace(found, last_day=last_day(book))


def _counted(found: Iterable[Telling], progress: Progress) -> Iterator[Telling]:
    for telling in found:
        yield telling
        progress.advance()


def iso(day: date | str | None) -> str | None:
    """A day of a filter as ISO text."""
    return None if day is None else str(day)


def state_text(state: State) -> Text:
    """A state in words: what, since when, on whose word."""
    status = f"unknown (was {state.was})" if state.status == "unknown" else state.status
    made = Text(status, style="bold red" if state.standing == "disputed" or state.status in ("violated", "ended") else "bold")
    if STANDING[state.standing]:
        made.append(f", {STANDING[state.standing]}", style="not bold yellow")
    made.append(f"\nsince {state.since}", style="not bold default")
    if state.worked_out is not None:
        made.append(f"\nworked out: {state.worked_out}", style="not bold dim")
    return made


def by_text(state: State) -> Text:
    """Who tells a state and who denies it."""
    made = Text(", ".join(map(one_line, state.by)))
    if state.against:
        made.append(f"\nagainst: {', '.join(map(one_line, state.against))}", style="red")
    made.append(f"\nlast told {state.last_told}", style="dim")
    return made


def states_table(rows: Iterable[PairState]) -> Rows:
    """How pairs stand on one day."""
    made = Rows(("Relation", {"ratio": 1}), ("State", {"width": 23}), ("By whose word", {"width": 24}), spaced=True)
    for row in rows:
        told = Text(one_line(row.a.name))
        told.append(f"\n{wording.words(row.kind)} ", style="bold")
        told.append(one_line(row.b.name), style="not bold")
        made.put(told, state_text(row.state), by_text(row.state))
    return made


def day_cell(first: str | None, last: str | None, basis: str) -> Text:
    """The days of an event; told by publication only is said so."""
    made = Text((first or "") if first == last or first is None else f"{first} to\n{last}")
    if last is None:
        made = Text("day not known")
    if basis == "published" and last is not None:
        made.append("\nor before", style="dim")
    return made


def story_table(history: History, statements: Iterable[Statement], last: str | None) -> Rows:
    """The dated story of a pair up to the day ``last``: each change with its words, and what it made of the relation."""
    made = Rows(("Day", {"width": 13}), ("What, and the words", {"ratio": 1}), ("Who says so", {"width": 20}), spaced=True)
    chosen = list(statements)
    lines = [(list(group), key) for key, group in groupby(chosen, key=_line)]
    turns = [turn for turn in _turns(history) if last is None or turn[0] <= last]
    for number, (group, _) in enumerate(lines):
        day = group[0].day or ""
        is_last = number + 1 == len(lines) or (lines[number + 1][0][0].day or "") != day
        following = lines[number + 1][0][0].day if number + 1 < len(lines) else None
        made.put(day_cell(group[0].from_day, group[0].day, group[0].basis), _told(history, group), _teller(group))
        if is_last:
            for turn_day, words in turns:
                if day <= turn_day and (following is None or turn_day < following):
                    made.put(Text("" if turn_day == day else turn_day), words, Text(""))
    return made


def _line(statement: Statement) -> tuple[object, ...]:
    return statement.day, statement.event, statement.kind, statement.says, statement.denies, statement.voice.key


def _told(history: History, group: list[Statement]) -> Text:
    first = group[0]
    denied = "denied: " if first.denies else ""
    made = Text(f"{denied}{EVENTS[first.event]}", style="bold")
    if first.kind is not None and (first.event == "told" or first.kind not in ("hostile", "truce")):
        made.append(f" ({'no longer ' if first.says == 'ended' else ''}{wording.words(first.kind)})", style="not bold")
    if first.alleged:
        made.append("  alleged", style="not bold yellow")
    made.append(f"\n{one_line(first.a.name)} → {one_line(first.b.name)}\n", style="not bold default")
    made.append_text(quoted(first.evidence[0].text))
    if len(group) > 1:
        made.append(f"\nand {len(group) - 1} more so", style="dim")
    if first.worked_out and not first.worked_out.startswith(("follows from", "denies")):
        made.append(f"\nthe other side is worked out: {one_line(first.worked_out)}", style="dim")
    return made


def _teller(group: list[Statement]) -> Text:
    first = group[0]
    made = Text(one_line(first.source or "the report"))
    if first.voice.part != "report":
        made.append(f"\n› {one_line(first.voice.name)}", style="bold")
    made.append(f"\n{wording.short_id(first.claim or first.relation or first.report)}", style="dim")
    return made


def _turns(history: History) -> list[tuple[str, Text]]:
    """The days on which a relation of the pair takes another state, in words."""
    found: list[tuple[str, Text]] = []
    for track in history.tracks:
        before: tuple[object, ...] | None = None
        for state in track.states:
            now = (state.status, state.standing, state.by if state.standing == "disputed" else ())
            if now != before:
                words = Text(f"→ {wording.words(track.kind)}: ", style="cyan")
                words.append(state.status, style="bold cyan")
                if state.status == "unknown":
                    words.append(f" after {state.limit} days of silence (was {state.was})", style="cyan")
                elif state.status == "expired":
                    words.append(" at the end of its term", style="cyan")
                elif state.standing != "told":
                    words.append(f", {STANDING[state.standing]} ({_who(state)})", style="cyan")
                if state.worked_out is not None and state.status not in ("unknown", "expired"):
                    words.append(f" — worked out: {state.worked_out}", style="dim cyan")
                found.append((state.from_day, words))
            before = now
    return sorted(found, key=lambda turn: (turn[0], turn[1].plain))


def _who(state: State) -> str:
    by = ", ".join(map(one_line, state.by))
    return f"{by}; against: {', '.join(map(one_line, state.against))}" if state.against else by


def threats_table(rows: Iterable[Threat]) -> Rows:
    """The ledger of threats."""
    made = Rows(("Said", {"width": 10}), ("Threat", {"ratio": 1}), ("Outcome", {"width": 24}), spaced=True)
    for threat in rows:
        told = Text(wording.words(threat.type), style="bold")
        told.append(f"\n{one_line(threat.who.name)} → {_target(threat)}\n", style="not bold")
        told.append_text(quoted(threat.tellings[0].words[0].text))
        if threat.until is not None:
            time = f"{threat.window} to {threat.until}" if threat.window else f"until {threat.until}"
            told.append(f"\ntime: {time}", style="not bold default")
        told.append(f"\n{', '.join(dict.fromkeys(one_line(telling.voice) for telling in threat.tellings))}", style="cyan")
        told.append(f"\n{wording.short_id(threat.tellings[0].claim)}", style="dim")
        made.put(Text(threat.said or "not known"), told, _outcome(threat))
    return made


def _target(threat: Threat) -> str:
    side = one_line(threat.against.name) if threat.against is not None else None
    words = shorten(threat.target, 60) if threat.target else None
    if side is None:
        return words or "(not said)"
    return f"{side} ({words})" if words and words.casefold() != side.casefold() else side


def _outcome(threat: Threat) -> Text:
    made = Text(wording.words(threat.outcome), style="bold red" if threat.outcome == "carried_out" else "bold")
    if threat.outcome_day is not None:
        made.append(f" {threat.outcome_day}", style="not bold")
    made.append(f"\n{one_line(threat.reason)}", style="not bold")
    for deed in threat.deeds[:1]:
        for key in deed.incidents[:1] or (deed.claim,):
            made.append(f"\n{wording.short_id(key)}", style="dim")
    if threat.outcome == "open" and threat.lapses is not None:
        made.append(f"\nlapses {threat.lapses}", style="not bold")
    return made


def changes_table(rows: Iterable[Shift]) -> Rows:
    """What turned, by day."""
    made = Rows(
        ("Day", {"width": 10}), ("Turn", {"width": 9}), ("What, and the words", {"ratio": 1}), ("By", {"width": 18}), spaced=True
    )
    colours = {"escalated": "bold red", "broke": "red", "formed": "green", "eased": "cyan"}
    for shift in rows:
        other = f" — {one_line(shift.b.name)}" if shift.b is not None else ""
        told = Text(f"{one_line(shift.a.name)}{other}\n")
        before = f"{wording.words(shift.before)} → " if shift.before is not None else ""
        told.append(f"{wording.words(shift.what)}: {before}{wording.words(shift.now)}", style="bold")
        if shift.standing is not None and STANDING[shift.standing]:
            told.append(f", {STANDING[shift.standing]}", style="not bold yellow")
        if shift.evidence:
            told.append("\n")
            told.append_text(quoted(words_of(shift.evidence)))
        by = Text(", ".join(map(one_line, shift.by)))
        if shift.against:
            by.append(f"\nagainst: {', '.join(map(one_line, shift.against))}", style="red")
        made.put(Text(shift.day), Text(shift.direction, style=colours[shift.direction]), told, by)
    return made


def words_of(evidence: tuple[Span, ...]) -> str:
    """The first words of evidence."""
    return evidence[0].text
