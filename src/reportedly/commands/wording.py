"""Records in words, as people read them: acts, parties, places, times, counts, voices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reportedly.commands.terminal import one_line
from reportedly.records import Actor, Claim, Count, Place, Relation, Time, Voice
from reportedly.wording import STANCES as STANCES
from reportedly.wording import STANDINGS as STANDINGS
from reportedly.wording import source_words as source_words
from reportedly.wording import words as words

BOUNDS: Final = {1: "exact place", 2: "near", 3: "district", 4: "province", 5: "region", 6: "country", 7: "sea or air"}
_OWN_ID: Final = re.compile(r"(?:claim|relation|report|incident|decision)-[0-9a-f]{16}")


def short_id(key: str) -> str:
    """The beginning of an id that is enough to name the record; a report's own id stays whole.

    >>> short_id("claim-7846b3045baef5b4"), short_id("wire 12")
    ('claim-7846b304', 'wire 12')
    """
    return key[:-8] if _OWN_ID.fullmatch(key) else one_line(key)


def caveats(claim: Claim) -> str:
    """What keeps a claim from being plain news: its status where it is not "occurred", negation, background; may be empty."""
    found = [] if claim.status == "occurred" else [words(claim.status)]
    if claim.negated:
        found.append("said not to have happened")
    if claim.background:
        found.append("background, not news")
    return ", ".join(found)


def parties(actors: Sequence[Actor]) -> str:
    """Names of actors, those told first first; may be empty."""
    return ", ".join(dict.fromkeys(one_line(actor.name) for actor in actors))


def sides(claim: Claim) -> str:
    """Who did it to whom, as far as the text says; empty where it says neither."""
    does, bears = parties(claim.actors), parties(claim.targets)
    if not does and not bears:
        return ""
    if not bears:
        return does
    return f"{does or '(not said)'} → {bears}"


def place_words(place: Place) -> str:
    """A place with the units it lies in."""
    units = [one_line(unit) for unit in (place.name, place.admin2, place.admin1, place.country) if unit]
    return ", ".join(list({unit.casefold(): unit for unit in reversed(units)}.values())[::-1])


def place_notes(place: Place) -> str:
    """How exactly a place is known, and its point."""
    notes = [BOUNDS[place.precision]] if place.precision else []
    if place.lat is not None and place.lon is not None:
        notes.append(f"{place.lat:.3f}, {place.lon:.3f}" + (" (stands in for a wider area)" if place.stand_in else ""))
    return "; ".join(notes) or "not located"


def day_words(time: Time | None) -> str:
    """A time in a few characters: a day, a span, a bound; empty where nothing is known."""
    if time is None or (time.from_ is None and time.to is None):
        return ""
    if time.from_ is None:
        return f"by {time.to}"
    if time.to is None:
        return f"from {time.from_}"
    if time.from_ == time.to:
        return time.from_
    return f"{time.from_} to {time.to}"


def figure(count: Count) -> str:
    """A count in words, with what was counted, whose people, and the wording that loosens an exact number.

    >>> figure(Count(text="at least nine", start=0, end=13, what="killed", low=9, high=None, group="civilians"))
    '9 or more killed (civilians)'
    >>> figure(Count(text="nearly 30", start=0, end=9, what="killed", low=30, high=30, hedge="nearly"))
    '30 killed, “nearly”'
    """
    from reportedly.incidents.summary import count_words

    whose = f" ({words(count.group)})" if count.group else ""
    amount = "some" if count.low is None and count.high is None else count_words(count)
    hedge = f", “{one_line(count.hedge)}”" if count.hedge and count.low == count.high else ""
    return f"{amount} {words(count.what)}{whose}{hedge}"


def figures(claim: Claim) -> str:
    """All counts of a claim, each once, those without a group only where no other says the same; may be empty."""
    grouped = {(count.what, count.low, count.high) for count in claim.counts if count.group}
    told = [count for count in claim.counts if count.group or (count.what, count.low, count.high) not in grouped]
    return "; ".join(dict.fromkeys(figure(count) for count in told))


def stance(voice: Voice) -> str:
    """What a voice does, with its medium."""
    return STANCES[voice.stance] + (f", {words(voice.medium)}" if voice.medium else "")


def chain(voices: Sequence[Voice], source: str | None) -> str:
    """The chain of voices from the report inward; the report stands under its source's name where that is known."""
    first = one_line(source) if source else "the report"
    inner = [f"{one_line(voice.name)} ({stance(voice)})" for voice in voices[1:]]
    return " › ".join([first, *inner])


def quote(claim: Claim | Relation) -> str:
    """The words that a claim rests on: those around its trigger first."""
    if isinstance(claim, Relation):
        return claim.evidence[0].text
    holding = [span for span in claim.evidence if span.start <= claim.trigger.start < span.end]
    return (holding or list(claim.evidence))[0].text


def bond(relation: Relation) -> str:
    """A relation in words.

    ``a`` and ``b`` keep their direction.
    """
    middle = words(relation.kind)
    return f"{one_line(relation.a.name)} — {middle} — {one_line(relation.b.name)}"
