"""Fills the place and the day of an act from the passage it stands in, where its own words name none.

The report tells "police fired tear gas" two sentences after "in Baramulla on Friday" and means the same town and day. What is
taken over keeps the span it was read from, the rule that took it, and for days the basis ``worked_out``.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.drafts import Draft
from reportedly.reading.parse import Parse
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import FACILITY
from reportedly.records import Time

PLACE_REACH = 4
"""How many sentences back a place still holds for an act that names none."""
VAGUE_TIMES = frozenset("recent previous earlier past last former latest repeated several".split())
"""Adjectives that set an act apart from the day of the story."""
NEWS = frozenset({"occurred", "ongoing", "alleged"})


def fill_from_passage(parse: Parse, drafts: Sequence[Draft], places: Sequence[FoundPlace]) -> None:
    """Gives acts without place or day those of the passage; speech acts stay as told."""
    acts = sorted((draft for draft in drafts if not draft.speech), key=lambda draft: draft.found.first)
    _fill_places(parse, acts, places)
    _fill_days(parse, acts)


def _fill_places(parse: Parse, acts: Sequence[Draft], places: Sequence[FoundPlace]) -> None:
    own = [draft for draft in acts if draft.place is not None]
    news = [draft for draft in own if not draft.background]
    lead = next((draft for draft in own if draft.lead), news[0] if news else None)
    sites = _sites(parse, places)
    for draft in acts:
        if draft.place is not None:
            continue
        site = next((sites[word] for word in _things(draft) if word in sites), None)
        if site is not None:
            draft.place = site.place
            draft.rules.append("place:of-site")
            continue
        if draft.type.group == "peace" or draft.background:
            wide = _country_around(parse, draft, places)
            if wide is not None:
                draft.place = wide.place
                draft.rules.append("place:country-of-passage")
                continue
        near = [
            other
            for other in own
            if other.found.first < draft.found.first
            and draft.sent - other.sent <= PLACE_REACH
            and other.background == draft.background
        ]
        source = near[-1] if near else None
        if source is None and not draft.background:
            source = lead
        if source is not None:
            draft.place = source.place
            draft.rules.append("place:passage")
            continue
        nearest = _nearest_place(parse, draft, places)
        if nearest is not None:
            draft.place = nearest.place
            draft.rules.append("place:nearest")


def _sites(parse: Parse, places: Sequence[FoundPlace]) -> dict[str, FoundPlace]:
    """Where things lie, by their noun, as sentences on them say: "The base is in Lakki", "the camp, located near Bor"."""
    found: dict[str, FoundPlace] = {}
    for place in places:
        token = parse.tokens[place.last]
        prep = token.head
        if place.role != "place" or token.dep != "pobj" or prep.lower not in ("in", "near", "at", "outside"):
            continue
        verb, thing = prep.head, None
        if verb.lower in ("is", "was", "lies", "sits", "stands"):
            thing = verb.child("nsubj")
        elif verb.lower in ("located", "situated"):
            thing = verb.head if verb.dep == "acl" else verb.child("nsubjpass")
        if thing is not None and thing.lower in FACILITY:
            found.setdefault(thing.lower, place)
    return found


def _things(draft: Draft) -> list[str]:
    """The last words of what an act hit, in all its mentions."""
    return [target.actor.name.lower().split()[-1] for part in (draft, *draft.merged) for target in part.roles.targets]


def _country_around(parse: Parse, draft: Draft, places: Sequence[FoundPlace]) -> FoundPlace | None:
    """The country of the nearest place, where the report names it: an accord, or an act long ago, has no town of today's news."""
    nearest = _nearest_place(parse, draft, places)
    if nearest is None or (nearest.place.precision or 0) >= 5:
        return nearest
    named = [p for p in places if p.place.iso2 == nearest.place.iso2 and p.place.precision == 6 and p.place.iso2 is not None]
    return named[0] if named else None


def _nearest_place(parse: Parse, draft: Draft, places: Sequence[FoundPlace]) -> FoundPlace | None:
    """The last place named before the act in reach, else the first of the report."""
    able = (
        [place for place in places if place.role == "place" and parse.tokens[place.last].dep != "poss"]
        or [place for place in places if place.role == "place"]
        or [place for place in places if place.role == "org_part"]
    )
    before = [p for p in able if p.first < draft.found.first and draft.sent - parse.tokens[p.first].sent <= PLACE_REACH]
    if before:
        return before[-1]
    return able[0] if able else None


def _fill_days(parse: Parse, acts: Sequence[Draft]) -> None:
    story = next((d.time for d in acts if d.lead and _is_day(d.time) and not d.background), None) or next(
        (d.time for d in acts if _is_day(d.time) and not d.background), None
    )
    for draft in acts:
        if draft.time is not None or draft.background or draft.cumulative or draft.status.status not in NEWS:
            continue
        if any(child.lower in VAGUE_TIMES for child in parse.tokens[draft.found.head].children):
            continue
        if draft.status.status == "ongoing" or draft.type.group in ("peace", "control", "organisation", "support"):
            continue
        before = [
            d
            for d in acts
            if d.found.first < draft.found.first and _is_day(d.time) and not d.background and draft.sent - d.sent <= 3
        ]
        source = before[-1].time if before else story
        if source is not None:
            draft.time = Time(**{**source.model_dump(), "basis": "worked_out"})
            draft.rules.append("time:passage")


def _is_day(time: Time | None) -> bool:
    return time is not None and time.precision in ("day", "range") and time.from_ is not None and time.to is not None
