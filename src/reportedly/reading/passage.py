"""Fills the place and the day of an act from the passage it stands in, where its own words name none.

The report tells "police fired tear gas" two sentences after "in Baramulla on Friday" and means the same town and day. What is
taken over keeps the span it was read from, the rule that took it, and for days the basis ``worked_out``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import COMING
from reportedly.reading.parse import Parse, Token
from reportedly.reading.places import STREETS, FoundPlace
from reportedly.reading.roles import FACILITY
from reportedly.reading.setting import home_of, taken_to
from reportedly.reading.times import FoundTime
from reportedly.records import Time

PLACE_REACH = 4
"""How many sentences back a place still holds for an act that names none."""
LATER_TYPES = frozenset({"trial", "inquiry", "arrest", "weapons_seizure", "release"})
"""Types of what follows violence on another day."""
TOWN = 2
"""The widest precision of a town."""
STATE = 4
"""The narrowest precision of a first-level unit."""
PEOPLE = frozenset(
    "man woman boy girl teen teenager youth resident residents male female toddler couple family father mother men women teens "
    "teenagers".split()
)
"""Heads of phrases that tell who was hurt, or who did it, by their town."""
SCENE_REACH = 6
"""How many sentences on the scene of an act may be told that names no place of its own."""
VAGUE_TIMES = frozenset("recent previous earlier past last former latest repeated several".split())
"""Adjectives that set an act apart from the day of the story."""
DAYS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
SAYING = frozenset("said says say told tells reported announced added warned confirmed stated claimed".split())
NEWS = frozenset({"occurred", "ongoing", "alleged"})

SCENE = frozenset(
    "called responded responding found discovered arrived summoned dispatched happened occurred heard reported alerted rushed "
    "located went".split()
)
"""Verbs that tell how an act was come upon ("officers were called to a house in Gary about 9 p.m. Saturday")."""


@dataclass(frozen=True)
class Scene:
    """Where and when an act was come upon: the sentence, and its day and place where it names them."""

    sent: int
    first: int
    time: Time | None = None
    place: FoundPlace | None = None


def fill_from_passage(
    parse: Parse,
    drafts: Sequence[Draft],
    places: Sequence[FoundPlace],
    country: str | None,
    times: Sequence[FoundTime],
    published: date | None,
) -> None:
    """Gives acts without place or day those of the passage; speech acts stay as told.

    ``country`` is the ISO2 code of the country that the report is about, ``None`` where it is about none in particular;
    ``published`` is the last day that an act told as done can have.
    """
    acts = sorted((draft for draft in drafts if not draft.speech), key=lambda draft: draft.found.first)
    _mark_history(acts)
    _fill_places(parse, acts, places, country, _scene_places(parse, places))
    _fill_days(parse, acts, [draft for draft in drafts if draft.speech], _scene_days(parse, times), published)


def _mark_history(acts: Sequence[Draft]) -> None:
    """Acts without a day amid those of the past are background too ("In 2012 ... Troops intervened. In 2013 ...")."""
    told = [draft for draft in acts if draft.told]
    by_sent: dict[int, list[Draft]] = {}
    for draft in told:
        by_sent.setdefault(draft.sent, []).append(draft)
    for draft in told:
        if draft.time is not None or draft.background or draft.lead or draft.status.status not in NEWS or draft.merged:
            continue
        before, after = by_sent.get(draft.sent - 1, []), by_sent.get(draft.sent + 1, [])
        beside = [
            other
            for other in acts
            if other.time is not None
            and other is not draft
            and any(part.sent == draft.sent and part.found.first < draft.found.first for part in (other, *other.merged))
        ]
        near = beside or (before if after else [])
        if any(other.time is not None for other in near) and all(other.background for other in before + beside + after):
            draft.background = True
            draft.rules.append("background:passage")


def _scene_verb(parse: Parse, first: int, last: int) -> Token | None:
    """The verb of coming upon an act on which a time or place hangs, or ``None``; what was found later about it is no scene."""
    token = parse.tokens[first]
    while first <= token.head.i <= last and token.head is not token:
        token = token.head
    verb = next((above for above in token.ancestors() if above.is_verb), None)
    if verb is None or verb.lower not in SCENE or verb.tag not in ("VBD", "VBN") or verb.child("neg") is not None:
        return None
    if verb.lower == "reported" and verb.child("nsubj") is not None:
        return None  # what a paper reported on Sunday is no scene
    return None if any(aux.lower in ("have", "has", "had", "will", "would") for aux in verb.kids("aux")) else verb


def _scene_days(parse: Parse, times: Sequence[FoundTime]) -> list[Scene]:
    return [
        Scene(parse.tokens[found.first].sent, found.first, time=found.time)
        for found in times
        if found.kind == "date" and _is_day(found.time) and _scene_verb(parse, found.first, found.last) is not None
    ]


def _scene_places(parse: Parse, places: Sequence[FoundPlace]) -> list[Scene]:
    return [
        Scene(parse.tokens[found.first].sent, found.first, place=found)
        for found in places
        if found.role == "place"
        and found.relation != "dateline"
        and (found.place.precision or 9) <= TOWN
        and not taken_to(parse.tokens[found.last])
        and not home_of(parse.tokens[found.first])
        and _scene_verb(parse, found.first, found.last) is not None
    ]


def _fill_places(
    parse: Parse, acts: Sequence[Draft], places: Sequence[FoundPlace], country: str | None, scenes: Sequence[Scene]
) -> None:
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
            if wide is not None or draft.type.group == "peace":
                continue
        near = [
            other
            for other in own
            if other.found.first < draft.found.first
            and draft.sent - other.sent <= PLACE_REACH
            and other.background == draft.background
            and not (draft.family in VIOLENT_FAMILIES and other.type.id in LATER_TYPES)
        ]
        source = near[-1] if near else None
        if source is None and not draft.background:
            source = lead
        if source is not None:
            draft.place = source.place
            draft.rules.append("place:passage")
            continue
        scene = _scene_of(draft, scenes)
        if scene is not None and scene.place is not None:
            draft.place = scene.place.place
            draft.rules.append("place:scene")
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


def _scene_of(draft: Draft, scenes: Sequence[Scene]) -> Scene | None:
    """The first scene told with or after an act of violence, in reach; also where the news is the charge for it."""
    if draft.family not in VIOLENT_FAMILIES or (draft.background and "background:charge" not in draft.rules):
        return None
    return next((scene for scene in scenes if 0 <= scene.sent - draft.sent <= SCENE_REACH), None)


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
    if len(codes) != 1 or draft.family == "movement":  # French forces intervene elsewhere
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
        [
            place
            for place in places
            if place.role == "place"
            and parse.tokens[place.last].dep != "poss"
            and not taken_to(parse.tokens[place.last])
            and not home_of(parse.tokens[place.last])
        ]
        or [place for place in places if place.role == "place"]
        or [place for place in places if place.role == "org_part" and _is_local(parse, place)]
        or [place for place in places if place.role == "org_part" and not _names_street(parse, place)]
    )
    able = [place for place in able if not _of_speaker(parse, place)] or able
    named = [place for place in places if place.role == "place" and place.place.iso2 == country]
    able = [place for place in able if place.place.iso2 == country] or named or able
    before = [p for p in able if p.first < draft.found.first and draft.sent - parse.tokens[p.first].sent <= PLACE_REACH]
    chosen = before[-1] if before else able[0] if able else None
    if chosen is not None and chosen.relation == "dateline":
        lines = [place for place in able if place.relation == "dateline"]
        chosen = min(lines, key=lambda place: place.place.precision or 9)
    if draft.family in VIOLENT_FAMILIES and (chosen is None or chosen.relation == "dateline" or _is_wide(chosen)):
        local = next((place for place in places if _beat(parse, place, chosen)), None)
        return local or next((place for place in places if _of_people(parse, place, chosen)), chosen)
    return chosen


def _is_wide(place: FoundPlace) -> bool:
    """True for a state or a country, and for a name that no gazetteer knows."""
    return (place.place.precision or STATE) >= STATE


def _of_people(parse: Parse, place: FoundPlace, wide: FoundPlace | None) -> bool:
    """True for the town of those whom the act is about ("a Gretna man"), which is nearer to it than where the report is from."""
    token = parse.tokens[place.last]
    if not _may_hold(place, wide) or token.dep not in ("compound", "nmod", "amod"):
        return False
    return token.head.lower in PEOPLE and token.head.i > token.i


def _names_street(parse: Parse, place: FoundPlace) -> bool:
    return place.last + 1 < len(parse.tokens) and parse.tokens[place.last + 1].lower in STREETS


def _beat(parse: Parse, place: FoundPlace, wide: FoundPlace | None) -> bool:
    """True for the town of a local force ("Quetta police"), which works where the report was not written."""
    return _may_hold(place, wide) and _is_local(parse, place)


def _is_local(parse: Parse, place: FoundPlace) -> bool:
    after = parse.tokens[place.last + 1].lower if place.last + 1 < len(parse.tokens) else ""
    return after in ("police", "officers", "policemen")


def _may_hold(place: FoundPlace, wide: FoundPlace | None) -> bool:
    """True for a town that may stand for where the report is from, or for the state or country that it names at first."""
    if wide is not None and wide.place.iso2 not in (None, place.place.iso2):
        return False
    if wide is not None and wide.relation != "dateline" and wide.place.admin1 not in (None, place.place.admin1):
        return False
    return (place.place.precision or 9) <= TOWN and place.relation != "dateline" and place.role in ("place", "org_part")


def _fill_days(
    parse: Parse, acts: Sequence[Draft], spoken: Sequence[Draft], scenes: Sequence[Scene], published: date | None
) -> None:
    earlier = _come_before(parse, acts)
    dated = [d for d in acts if _is_day(d.time) and not d.background and not _after(d.time, published) and id(d) not in earlier]
    story = next((d.time for d in dated if d.lead), None) or next((d.time for d in dated), None)
    for draft in [*acts, *spoken]:
        days = _days_before(parse, draft)
        if days is not None:
            _set_back(parse, draft, acts, days, story)
    for draft in acts:
        _narrow_night(draft, scenes)
    violent = [d for d in dated if d.type.id not in LATER_TYPES and d.type.group != "peace"]
    for draft in acts:
        charged = "background:charge" in draft.rules
        if draft.time is not None or (draft.background and not charged) or draft.cumulative or draft.status.status not in NEWS:
            continue
        if _of_participant(parse, draft):
            continue
        if any(child.lower in VAGUE_TIMES for child in parse.tokens[draft.found.head].children):
            continue
        if draft.status.status == "ongoing" or draft.type.group in ("peace", "control", "organisation", "support"):
            continue
        able = violent if draft.family in VIOLENT_FAMILIES else dated
        lead = next((d.time for d in able if d.lead), None)
        before = [d for d in able if d.found.first < draft.found.first and draft.sent - d.sent <= 3]
        scene = _scene_of(draft, scenes) if lead is None else None
        around = (
            scene.time if scene is not None else lead or next((d.time for d in able if d.found.first < draft.found.first), None)
        )
        source = scene.time if charged and scene is not None else None if charged else before[-1].time if before else around
        if source is not None:
            draft.time = Time(**{**source.model_dump(), "basis": "worked_out"})
            draft.rules.append("time:passage" if source is not (scene.time if scene else None) else "time:scene")


def _narrow_night(draft: Draft, scenes: Sequence[Scene]) -> None:
    """The day of an act told as "overnight", where the scene that follows has an hour ("about 2 a.m.")."""
    time = draft.time
    if time is None or time.precision != "range" or time.from_ is None or time.to is None or draft.family not in VIOLENT_FAMILIES:
        return
    if date.fromisoformat(time.to) - date.fromisoformat(time.from_) != timedelta(days=1):
        return
    scene = _scene_of(draft, [one for one in scenes if one.time is not None and one.time.from_ == one.time.to])
    if scene is not None and scene.time is not None and scene.time.from_ in (time.from_, time.to):
        draft.time = Time(**{**scene.time.model_dump(), "basis": "worked_out"})
        draft.rules.append("time:scene")


def _after(time: Time | None, published: date | None) -> bool:
    return time is not None and time.from_ is not None and published is not None and date.fromisoformat(time.from_) > published


def _come_before(parse: Parse, acts: Sequence[Draft]) -> set[int]:
    """The acts that another one comes after ("the raid comes in the wake of an attack on Tuesday"): no day of the story's."""
    heads = {part.found.head for draft in acts for part in (draft, *draft.merged)}
    earlier = set()
    for draft in acts:
        for above in parse.tokens[draft.found.head].ancestors():
            subject = above.child("nsubj") if above.lower in COMING else None
            if subject is not None and subject.i in heads and subject.i != draft.found.head:
                earlier.add(id(draft))
    return earlier


def _of_participant(parse: Parse, draft: Draft) -> bool:
    """True for "the nurses who were abducted were released": what tells who somebody is may lie on any earlier day."""
    head = parse.tokens[draft.found.head]
    subject = head.child("nsubj", "nsubjpass")
    return head.dep == "relcl" and subject is not None and subject.lower in ("who", "that", "whom") and not draft.merged


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
