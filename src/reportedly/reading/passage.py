"""Fills the place and the day of an act from the passage it stands in, where its own words name none.

The report tells "police fired tear gas" two sentences after "in Baramulla on Friday" and means the same town and day. What is
taken over keeps the span it was read from, the rule that took it, and for days the basis ``worked_out``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from reportedly.reading.drafts import Draft
from reportedly.reading.parse import Parse
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import FACILITY
from reportedly.records import Time

PLACE_REACH = 4
"""How many sentences back a place still holds for an act that names none."""
VAGUE_TIMES = frozenset("recent previous earlier past last former latest repeated several".split())
"""Adjectives that set an act apart from the day of the story."""
DAYS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
SAYING = frozenset("said says say told tells reported announced added warned confirmed stated claimed".split())
NEWS = frozenset({"occurred", "ongoing", "alleged"})


def fill_from_passage(parse: Parse, drafts: Sequence[Draft], places: Sequence[FoundPlace], country: str | None) -> None:
    """Gives acts without place or day those of the passage; speech acts stay as told.

    ``country`` is the ISO2 code of the country that the report is about, ``None`` where it is about none in particular.
    """
    acts = sorted((draft for draft in drafts if not draft.speech), key=lambda draft: draft.found.first)
    _fill_places(parse, acts, places, country)
    _fill_days(parse, acts, [draft for draft in drafts if draft.speech])


def _fill_places(parse: Parse, acts: Sequence[Draft], places: Sequence[FoundPlace], country: str | None) -> None:
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
            wide = _country_around(parse, draft, places, country)
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
        nearest = _nearest_place(parse, draft, places, country)
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


def _country_around(parse: Parse, draft: Draft, places: Sequence[FoundPlace], country: str | None) -> FoundPlace | None:
    """The country of the nearest place, where the report names it: an accord, or an act long ago, has no town of today's news."""
    home = _home(parse, draft, places)
    if home is not None:
        return home
    nearest = _nearest_place(parse, draft, places, country)
    if nearest is None or (nearest.place.precision or 0) >= 5:
        return nearest
    named = [p for p in places if p.place.iso2 == nearest.place.iso2 and p.place.precision == 6 and p.place.iso2 is not None]
    return named[0] if named else None


def _home(parse: Parse, draft: Draft, places: Sequence[FoundPlace]) -> FoundPlace | None:
    """The country of the parties, where all that have one share it and the sentence names it ("South Sudan's government")."""
    codes = {actor.country for actor in draft.roles.actors + draft.roles.targets if actor.country}
    if len(codes) != 1:
        return None
    named = [place for place in places if place.place.precision == 6 and place.place.iso2 in codes]
    here = [place for place in named if parse.tokens[place.first].sent == draft.sent]
    return here[0] if here else None


def _of_speaker(parse: Parse, place: FoundPlace) -> bool:
    """True for where a speaker is ("diplomats in New York said")."""
    token = parse.tokens[place.last]
    if token.dep != "pobj" or not token.head.head.is_noun:
        return False
    noun = token.head.head
    return noun.dep == "nsubj" and noun.head.lower in SAYING


def _nearest_place(parse: Parse, draft: Draft, places: Sequence[FoundPlace], country: str | None) -> FoundPlace | None:
    """The last place named before the act in reach, else the first of the report."""
    able = (
        [place for place in places if place.role == "place" and parse.tokens[place.last].dep != "poss"]
        or [place for place in places if place.role == "place"]
        or [place for place in places if place.role == "org_part"]
    )
    able = [place for place in able if not _of_speaker(parse, place)] or able
    named = [place for place in places if place.role == "place" and place.place.iso2 == country]
    able = [place for place in able if place.place.iso2 == country] or named or able
    before = [p for p in able if p.first < draft.found.first and draft.sent - parse.tokens[p.first].sent <= PLACE_REACH]
    if before:
        return before[-1]
    return able[0] if able else None


def _fill_days(parse: Parse, acts: Sequence[Draft], spoken: Sequence[Draft]) -> None:
    story = next((d.time for d in acts if d.lead and _is_day(d.time) and not d.background), None) or next(
        (d.time for d in acts if _is_day(d.time) and not d.background), None
    )
    for draft in [*acts, *spoken]:
        days = _days_before(parse, draft)
        if days is not None:
            _set_back(parse, draft, acts, days, story)
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


def _days_before(parse: Parse, draft: Draft) -> int | None:
    """How many days before the act above it this one lies: 1 in "a day after rebels attacked"; ``None`` where not told so."""
    head = parse.tokens[draft.found.head]
    near = [head, *list(head.ancestors())[:4]]
    after = next((mark for verb in near for mark in verb.kids("mark") if mark.lower == "after"), None)
    if after is None or after.i < 2 or parse.tokens[after.i - 1].lower not in ("day", "days"):
        return None
    if draft.time is not None and (draft.time.start is None or draft.time.start > parse.tokens[after.i].start):
        return None  # a day of its own
    return DAYS.get(parse.tokens[after.i - 2].lower)


def _set_back(parse: Parse, draft: Draft, acts: Sequence[Draft], days: int, story: Time | None) -> None:
    above = {token.i for token in parse.tokens[draft.found.head].ancestors()}
    main = next((d.time for d in acts if d is not draft and d.found.head in above and _is_day(d.time)), story)
    if main is None or main.from_ is None or main.from_ != main.to:
        return
    day = (date.fromisoformat(main.from_) - timedelta(days=days)).isoformat()
    draft.time = Time(**{**main.model_dump(), "from_": day, "to": day, "basis": "worked_out"})
    draft.rules.append("time:days-before")


def _is_day(time: Time | None) -> bool:
    return time is not None and time.precision in ("day", "range") and time.from_ is not None and time.to is not None
