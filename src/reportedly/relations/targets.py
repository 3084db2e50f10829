"""What a threat names, and what an act struck: proper names in their words, for targets that the register does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reportedly.records import Claim, Place
from reportedly.relations.records import Side
from reportedly.relations.sides import folded

NAME: Final = re.compile(
    r"\b[A-Z][^\W\d_]*(?:['’-]\w+)*(?:(?: (?:of|for|of the|for the|de|la|del))? [A-Z][^\W\d_]*(?:['’-](?!s\b)\w+)*)*"
)
CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december ramadan christmas easter eid".split()
)
ORGANISED: Final = frozenset(
    "front army brigade brigades movement militia militias group council guard guards forces force union party coalition "
    "alliance battalion command resistance organisation organization faction network legion corps fighters state "
    "government".split()
)
"""Last words of names that name a group, and no place."""
ROAD: Final = re.compile(r"\b(?:roads?|highways?|routes?|motorways?|railways?|bridges?)\b", re.IGNORECASE)
FINE: Final = 3
"""UCDP precision up to which a place is a town or a district; what is wider is an area that holds others."""
LONGEST: Final = 6
"""Words of the longest name that is looked for in other words."""


def names_after(claim: Claim) -> list[str]:
    """The proper names in the words of a claim behind its trigger, in their order: what a threat is against."""
    found: dict[str, None] = {}
    for span in claim.evidence:
        inside = span.start <= claim.trigger.start < span.end
        tail = span.text[max(0, claim.trigger.end - span.start) :] if inside else ""
        for match in NAME.finditer(tail):
            if folded(match.group()) not in CALENDAR and match.group() != "I":
                found.setdefault(match.group())
    return list(found)


def is_organised(name: str) -> bool:
    """Whether a name is that of a group by its last word ("the Karo Front")."""
    words = folded(name).split()
    return len(words) > 1 and words[-1] in ORGANISED


def tells_road(claim: Claim) -> bool:
    """Whether the words are of a road, line or bridge."""
    return any(ROAD.search(span.text) for span in claim.evidence)


def places_threatened(claim: Claim, names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The towns and the areas that a threat names, folded: its place where that stands behind its trigger or among the names, and
    each name that names no group, which may be a town that the gazetteer does not know."""
    place = claim.place
    if place is not None and place.start > claim.trigger.start:
        names = (*names, place.name)
    return _places_named(names, place)


def _places_named(names: Iterable[str], place: Place | None) -> tuple[frozenset[str], frozenset[str]]:
    towns: set[str] = set()
    areas: set[str] = set()
    for name in names:
        if place is not None and folded(name) in (folded(place.text), folded(place.name)):
            (towns if (place.precision or FINE) <= FINE else areas).update({folded(name), folded(place.name)})
        elif not is_organised(name):
            towns.add(folded(name))
    return frozenset(towns), frozenset(areas)


def places_struck(claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    """The towns, and the areas around them, where an act took place or that it struck, folded."""
    towns = {folded(actor.name) for actor in claim.targets if actor.kind in ("person", "unknown", "facility", "community")}
    areas: set[str] = set()
    if claim.place is not None:
        own = {folded(claim.place.name), folded(claim.place.text)}
        (towns if (claim.place.precision or FINE) <= FINE else areas).update(own)
        areas |= {folded(name) for name in (claim.place.admin1, claim.place.admin2) if name}
    return frozenset(towns), frozenset(areas)


def known_in(words: str, known: Mapping[str, Side]) -> list[Side]:
    """The sides whose names stand in some words, longest names first, each once. ``known``: sides by folded name."""
    tokens = folded(words).split()
    found: dict[str, Side] = {}
    at = 0
    while at < len(tokens):
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            side = known.get(" ".join(tokens[at : at + length]))
            if side is not None:
                found.setdefault(side.key, side)
                at += length - 1
                break
        at += 1
    return list(found.values())


def stems(words: Iterable[str]) -> Iterator[str]:
    """Words without the ending of the plural, so that "trucks" meets "truck drivers"."""
    for word in words:
        yield word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
