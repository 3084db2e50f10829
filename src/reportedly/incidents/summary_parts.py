"""A claim as a part of an incident, and what is asked of it when the incident is told: its voice, its day, its side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.incidents.facts import Facts, Party, folded_words
from reportedly.incidents.features import Related
from reportedly.incidents.records import Role
from reportedly.records import Actor, Claim, Voice

Side = Literal["actor", "target"]
AGAINST = frozenset({"denies", "doubts"})
UNTOLD = frozenset({"cannot_confirm", "no_comment", "asks", "demands", "doubts", "denies"})
"""Stances that do not tell the event."""


@dataclass(frozen=True, slots=True)
class Part:
    """A claim of an incident with all that its summary needs. ``source`` is the publisher of the report, ``first_source``
    that of the report it copies (else the same); ``None`` where unknown."""

    claim: Claim
    facts: Facts
    source: str | None
    first_source: str | None
    role: Role
    score: float
    reasons: tuple[str, ...]


def voice_name(part: Part) -> str:
    """Who says it, as people read it: the innermost named voice, else the publisher."""
    inner = part.claim.attribution[1:]
    return inner[-1].name if inner else part.source or part.facts.report


def told_day(part: Part) -> str:
    """The day a claim was published (ISO); of unknown days, after all others."""
    return part.facts.published.isoformat() if part.facts.published else "9999"


def voice_key(part: Part) -> str:
    """Who stands behind a claim: the innermost named voice, else the publisher; copies of one report are one voice."""
    inner = part.claim.attribution[1:]
    if inner:
        return inner[-1].id or inner[-1].name.casefold()
    return f"published by {part.first_source.casefold()}" if part.first_source else f"published in {part.facts.origin}"


class Voices:
    """The independent voices of an incident: two of one lineage (a group and its media wing) are one."""

    def __init__(self, keys: list[str], related: Related) -> None:
        self._first: dict[str, str] = {}
        for key in sorted(set(keys)):
            kin = next(
                (first for first in dict.fromkeys(self._first.values()) if related(key, first) or related(first, key)), key
            )
            self._first[key] = kin

    def of(self, part: Part) -> str:
        """The independent voice behind a claim."""
        key = voice_key(part)
        return self._first.get(key, key)


def names(party: Actor | Voice) -> set[str]:
    """What a party or voice is compared by."""
    return {party.id or party.name.casefold()}


def voice_side(part: Part, sides: dict[Side, set[str]], related: Related) -> Side | None:
    """The side of the incident that the innermost voice of a claim speaks for; ``None`` for neither or both."""
    inner = part.claim.attribution[1:]
    if not inner:
        return None
    voice = next(iter(names(inner[-1])))
    found = [side for side, ids in sides.items() if voice in ids or any(related(voice, other) for other in ids)]
    return found[0] if len(found) == 1 else None


def side_names(parts: list[Part]) -> dict[Side, set[str]]:
    """The ids and names of each side over all members."""
    members = [part for part in parts if part.role == "member"]
    return {
        "actor": {name for part in members for actor in part.claim.actors for name in names(actor)},
        "target": {name for part in members for actor in part.claim.targets for name in names(actor)},
    }


def counted_side(group: str | None, group_text: str | None, actors: tuple[Party, ...], targets: tuple[Party, ...]) -> Side | None:
    """Whose people a count tells of: by the name in its words, else by the sort of its group."""
    if group == "attackers":
        return "actor"
    words = folded_words(group_text or "")
    matching = [side for side, own in (("actor", actors), ("target", targets)) if words and any(words & p.words for p in own)]
    if not matching and group in GROUP_SORTS:
        sort = GROUP_SORTS[group]
        matching = [side for side, own in (("actor", actors), ("target", targets)) if any(p.sort == sort for p in own)]
    if len(matching) != 1:
        return None
    return "actor" if matching[0] == "actor" else "target"


GROUP_SORTS = {
    "military": "forces of a state",
    "police": "forces of a state",
    "security_forces": "forces of a state",
    "armed_group": "armed groups",
    "civilians": "civilians",
}
