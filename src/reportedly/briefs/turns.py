"""Threats and turns of relations as entries of a brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reportedly.briefs.notes import Notes, joined_words
from reportedly.briefs.records import Entry, Sentence
from reportedly.casebook.stored import StoredClaim
from reportedly.relations import Shift, Threat
from reportedly.wording import ON_WHOSE_WORD, days_words, line, voices_words, words

OUTCOMES = {
    "open": "open",
    "carried_out": "an act followed",
    "withdrawn": "taken back",
    "lapsed": "lapsed",
}
"""What became of a threat. *Carried out* is said with care: an act followed, nobody knows that it is the one threatened."""
DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
Claims = Mapping[tuple[str, str], StoredClaim]


def threat_heading(threat: Threat) -> str:
    """Who threatens whom, and when, in one line."""
    whom = line(threat.against.name) if threat.against is not None else line(threat.target)
    aimed = line(threat.target) if threat.against is not None and threat.target else ""
    whom += f" ({aimed})" if aimed and aimed.casefold() != whom.casefold() else ""
    day = days_words(threat.said, threat.said) if threat.said else "day not told"
    against = f"against {whom}" if whom else "(against whom is not told)"
    return f"{words(threat.type).capitalize()} – {line(threat.who.name)} {against} – {day}"


def threat_entry(threat: Threat, number: int, claims: Claims, notes: Notes) -> Entry:
    """One threat: its words and voices, its term, and what became of it."""
    return Entry(
        number=number,
        key=threat.id,
        heading=threat_heading(threat),
        badge=OUTCOMES[threat.outcome],
        sentences=tuple(_threat_sentences(threat, claims, notes)),
    )


def _threat_sentences(threat: Threat, claims: Claims, notes: Notes) -> Iterator[Sentence]:
    first = threat.tellings[0]
    told = tuple(notes.words(one.report, one.claim, one.words) for one in threat.tellings)
    known = claims.get((first.report, first.claim))
    voice = voices_words(known.attribution, known.source) if known is not None else line(first.voice)
    yield Sentence(label="In the words of", text=f"{voice}: “{joined_words(first.words)}”", notes=told[:1])
    if threat.until is not None:
        yield Sentence(label="Until", text=f"{days_words(threat.window or threat.until, threat.until)}.", notes=told[:1])
    deeds = tuple(dict.fromkeys(notes.words(deed.report, deed.claim, deed.words) for deed in threat.deeds))
    day = f" on {days_words(threat.outcome_day, threat.outcome_day)}" if threat.outcome_day else ""
    after = f" It lapses on {days_words(threat.lapses, threat.lapses)}." if threat.outcome == "open" and threat.lapses else ""
    yield Sentence(
        label="What came of it", text=f"{OUTCOMES[threat.outcome]}{day}: {_said(threat.reason)}.{after}", notes=deeds or told[:1]
    )
    if len(threat.tellings) > 1:
        voices = ", ".join(dict.fromkeys(line(one.voice) for one in threat.tellings))
        yield Sentence(label="Told by", text=f"{voices}.", notes=tuple(dict.fromkeys(told)))


def _said(reason: str) -> str:
    """A reason with its ISO days as the rest of a brief writes them."""
    return DAY.sub(lambda found: days_words(found[0], found[0]), line(reason))


def shift_heading(shift: Shift) -> str:
    """Which relation turned, and when, in one line."""
    pair = line(shift.a.name) if shift.b is None else f"{line(shift.a.name)} and {line(shift.b.name)}"
    return f"{words(shift.what).capitalize()}, told as {words(shift.now)} – {pair} – {days_words(shift.day, shift.day)}"


def shift_entry(shift: Shift, number: int, notes: Notes) -> Entry:
    """One turn of a relation, on whose word, in which words."""
    return Entry(
        number=number,
        key=shift.statements[0] if shift.statements else f"{shift.a.key} {shift.what} {shift.day}",
        heading=shift_heading(shift),
        badge=shift.direction,
        sentences=tuple(_shift_sentences(shift, notes)),
    )


def _shift_sentences(shift: Shift, notes: Notes) -> Iterator[Sentence]:
    told: tuple[int, ...] = ()
    if shift.report is not None and shift.evidence:
        told = (notes.words(shift.report, None, shift.evidence),)
        text = f"{', '.join(map(line, shift.by))}: “{joined_words(shift.evidence)}”"
        yield Sentence(label="In the words of", text=text, notes=told)
    before = f"{words(shift.before)} before, now {words(shift.now)}" if shift.before else f"now {words(shift.now)}"
    standing = ON_WHOSE_WORD[shift.standing] if shift.standing is not None else ""
    denied = f" Against it: {', '.join(map(line, shift.against))}." if shift.against else ""
    yield Sentence(label="State", text=f"{before}{f', {standing}' if standing else ''}.{denied}", notes=told)
