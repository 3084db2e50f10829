"""Tells clashes with a crowd from fights between armed sides, by who takes part and by the protests told around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.knowledge.types import EventType
from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import Draft
from reportedly.reading.parse import Parse
from reportedly.reading.reference import Discourse
from reportedly.reading.wars import TOLL, WAR

SCUFFLING = frozenset({"clash", "clashes", "fight", "fighting", "battle", "battles", "confront", "confrontation", "skirmish"})
"""First words of triggers that may tell of stones and batons as well as of guns."""
MARCHERS = frozenset("protester protesters demonstrator demonstrators rioter rioters marchers crowd crowds mob mobs".split())
REACH = 4
"""How many sentences from a protest a clash may be told that is one with its crowd."""
CLASHING = frozenset({"clash", "clashes", "confront", "confrontation"})
"""Of these what crowds do; soldiers on two sides fight and battle."""
OUTSIDE_LAW = frozenset({"armed_group", "attackers"})
"""Groups of armed people who serve no state."""


def tell_crowds(parse: Parse, drafts: Sequence[Draft], types: Mapping[str, EventType], discourse: Discourse) -> None:
    """Makes clashes of people without arms, or of nobody named amid protests, clashes with a crowd."""
    crowded = {draft.sent for draft in drafts if draft.type.group == "unrest" or draft.type.id == "crowd_violence"}
    crowded |= {token.sent for token in parse.tokens if token.lower in MARCHERS}
    for draft in drafts:
        if draft.type.id != "clash" or draft.found.act.words[0] not in SCUFFLING or {WAR, TOLL} & set(draft.rules):
            continue
        if _of_crowd(draft, crowded) and not _outlaws_near(parse, draft, discourse):
            draft.type = types["crowd_clash"]
            draft.family = draft.type.family
            draft.rules.append("unrest:crowd-by-context")


def _of_crowd(draft: Draft, crowded: set[int]) -> bool:
    """True for a clash of civilians, and amid protests of a people, or of sides that are not told to be armed."""
    sides = draft.roles.actors + draft.roles.targets
    if any(side.group in OUTSIDE_LAW or _fights(side) for side in sides):
        return False
    civil = [side for side in sides if side.armed is False and side.actor.kind == "class"]
    serving = [side for side in sides if side.armed]
    if civil and serving:
        return True
    if draft.found.act.words[0] not in CLASHING or len(serving) > 1:
        return False
    return any(0 <= draft.sent - sent <= REACH or (sides and 0 < sent - draft.sent <= REACH) for sent in crowded)


def _fights(side: FoundActor) -> bool:
    """True for an armed group by name."""
    return side.actor.kind in ("armed_group", "militia")


def _outlaws_near(parse: Parse, draft: Draft, discourse: Discourse) -> bool:
    """True where the sentence of a clash names armed people who serve no state."""
    first, past = parse.sents[draft.sent]
    for i in range(first, past):
        found = discourse.at(i)
        if found is not None and (found.group in OUTSIDE_LAW or _fights(found)):
            return True
    return False
