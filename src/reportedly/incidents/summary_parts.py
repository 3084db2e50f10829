"""A claim as a part of an incident, and what is asked of it when the incident is told: its voice, its day, its side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.incidents.facts import SORTS, Facts, Party, folded_words
from reportedly.incidents.features import SIDED, Related
from reportedly.incidents.records import Role
from reportedly.knowledge.demonyms import load_demonyms
from reportedly.records import Actor, Claim, Count, Voice

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
        self.related = related
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


def voice_side(part: Part, sides: Sides, related: Related) -> Side | None:
    """The side of the incident that the innermost voice of a claim speaks for; ``None`` for neither or both."""
    inner = part.claim.attribution[1:]
    if not inner:
        return None
    voice = next(iter(names(inner[-1])))
    found = [side for side, ids in sides.names.items() if voice in ids or any(related(voice, other) for other in ids)]
    if not found and speaks_for_a_state(inner[-1], sides.countries):
        return sides.of_the_state
    return found[0] if len(found) == 1 else None


SERVICES = {
    "police": frozenset({"police", "policeman", "policemen", "policewoman", "officer", "officers"}),
    "army": frozenset({"army", "military", "soldier", "soldiers", "troops", "patrol"}),
}
"""Words for the people of a service, who are told without the name of their state."""
SERVICE_WORDS = frozenset(word for words in SERVICES.values() for word in words)
STATE_WORDS = frozenset({"ministry", "minister", "government", "army", "military", "police", "officials", "authorities"})
"""Words of voices that speak for a state."""
PLACES_OF_SERVICE = frozenset({"post", "station", "base", "camp", "convoy", "checkpoint", "barracks", "headquarters", "the", "a"})
NAMELESS = frozenset({"class", "facility", "unknown", "police", "military"})
"""Kinds of actors that may be told by their service alone."""
STATE_FORCES = "forces of a state"


def serves(voice: Voice, party: Actor) -> bool:
    """Whether a nameless party ("police officers") is of the service that the voice speaks for ("Bolivian police")."""
    if party.kind not in NAMELESS:
        return False
    speaking, told = _words(voice.name), _words(party.name)
    return any(
        service in speaking and told & words and told - words - PLACES_OF_SERVICE <= speaking
        for service, words in SERVICES.items()
    )


def speaks_for_a_state(voice: Voice, countries: frozenset[str]) -> bool:
    """Whether a voice is a service or office of the state where the incident is: its words name no other country."""
    words = _words(voice.name)
    named = {iso2 for word in words if (iso2 := load_demonyms().get(word)) is not None}
    return bool(words & STATE_WORDS) and named <= countries


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower()))


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of an incident: their names, which of them alone has forces of the state, and the countries it is in."""

    names: dict[Side, set[str]]
    of_the_state: Side | None
    countries: frozenset[str]


def sides_of(parts: Sequence[Part]) -> Sides:
    """The sides over all members."""
    members = [part.claim for part in parts if part.role == "member"]
    parties: dict[Side, list[Actor]] = {
        "actor": [actor for claim in members for actor in claim.actors],
        "target": [actor for claim in members for actor in claim.targets],
    }
    of_state: list[Side] = [
        side
        for side, own in parties.items()
        if any(
            SORTS.get(party.kind) == STATE_FORCES or (party.kind in NAMELESS and _words(party.name) & SERVICE_WORDS)
            for party in own
        )
    ]
    return Sides(
        names={side: {name for party in own for name in names(party)} for side, own in parties.items()},
        of_the_state=of_state[0] if len(of_state) == 1 else None,
        countries=frozenset(claim.place.iso2 for claim in members if claim.place is not None and claim.place.iso2),
    )


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


def losses_of_attackers(part: Part, count: Count) -> bool:
    """Whether a count is of the people of those who attacked: it stands apart from that of their victims. In a fight or a riot,
    either side may be told as the attacker."""
    if part.claim.family in SIDED:
        return count.group == "attackers"
    return counted_side(count.group, count.group_text, part.facts.actors, part.facts.targets) == "actor"


def own_figures(part: Part, what: str) -> list[Count]:
    """The counts of one kind in a claim, without those that are part of a larger one of the same people there ("seven officers
    were killed; one of them died in hospital")."""
    told = [count for count in part.claim.counts if count.what == what]

    def is_part_of_another(count: Count) -> bool:
        return count.high is not None and any(
            other.low is not None
            and other.low > (count.high or 0) > 0
            and other.total
            and losses_of_attackers(part, other) == losses_of_attackers(part, count)
            for other in told
        )

    return [count for count in told if not (count.total and is_part_of_another(count))]


GROUP_SORTS = {
    "military": STATE_FORCES,
    "police": "forces of a state",
    "security_forces": "forces of a state",
    "armed_group": "armed groups",
    "civilians": "civilians",
}
