"""The named features of two claims: each yields a weight's name and the reason in words, for the reader of an incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import asin, cos, radians, sin, sqrt

from reportedly.incidents.facts import AFTERMATH, Facts, Party, folded_words
from reportedly.incidents.figures import Figure, figure_words, figures_meet
from reportedly.incidents.weights import COMPATIBLE, GENERAL, NEAR_TIMES, SAME_POINT_KM, TOLERANCE_KM

Reason = tuple[str, str]
"""The name of a weight, and the reason in words."""
Related = Callable[[str, str], bool]
"""Whether two register ids are of one lineage: part of, renamed, split from."""

EARTH_KM = 6371.0
SIDED = frozenset({"battle", "agreement", "truce_end", "riot"})
"""Families where either side may be told as the actor."""
APART = {1: "days differ by one", 2: "days differ by two"}
NEAR_DAYS = 3
"""Days that are no farther apart may be one, if a report does not tell its own with the act."""
PUBLISHED = ((1, "published within a day"), (4, "published within four days"), (60, "published within weeks"))
"""Days between two reports."""
SMALL, LARGE = 2, 10
"""A figure up to the first is small, from the second on large."""
WIDE = 3.0
"""Figures that differ by so many times differ widely."""
SAME_HEADLINE = 0.6
"""The share of words that two headlines have in common if they are alike."""
FEWEST_TERMS = 12
"""A claim with fewer longer words around it has no story to compare."""
ALIKE = (
    (0.5, "told in nearly the same words"),
    (0.35, "told in like words"),
    (0.25, "told in some like words"),
    (0.0, "told in other words"),
)
"""The share of longer words in common, of the shorter of two stories."""
MANY_WORDS = 6
MOST_WORDS = 5
"""How many shared words a reason shows."""
SHARED_WORDS = (
    (6, "many shared rare words"),
    (4, "several shared rare words"),
    (3, "three shared rare words"),
    (2, "two shared rare words"),
    (1, "one shared rare word"),
)


def features(a: Facts, b: Facts, related: Related) -> Iterator[Reason]:
    """All reasons for and against one incident, in a fixed order."""
    yield from text(a, b)
    yield from kinds(a, b)
    yield from places(a, b)
    yield from times(a, b)
    yield from parties(a, b, related)
    yield from counts(a, b)
    yield from occasions(a, b)
    yield from rare_words(a, b)
    yield from stories(a, b)


def text(a: Facts, b: Facts) -> Iterator[Reason]:
    """The same words of one report, or of a report and its copy; "the attack" after an attack; the same headline."""
    if a.report == b.report:
        if a.start < b.end and b.start < a.end:
            yield "same words of one report", f"both rest on the word “{a.trigger}”"
        elif a.is_coded and b.is_coded:
            yield "coded apart in one report", "coded as two acts from one report"
        elif _later(a, b).is_reference:
            yield "points back in one report", f"“the {_later(a, b).trigger}” points back in the same report"
        else:
            yield "told in one report", "told in one report"
    elif a.origin == b.origin:
        if a.start == b.start and a.trigger == b.trigger:
            yield "same words in a copy", f"the same words (“{a.trigger}”) in a copy of the report"
    elif len(a.headline) > 2 and len(b.headline) > 2 and _likeness(a.headline, b.headline) >= SAME_HEADLINE:
        yield "same headline", f"headlines alike ({', '.join(sorted(a.headline & b.headline)[:MOST_WORDS])})"


def kinds(a: Facts, b: Facts) -> Iterator[Reason]:
    """Type and family; a trial may look back upon an act of any kind."""
    if {a.type, b.type} & AFTERMATH:
        yield "looks back upon it", "speaks of an act known from before"
    elif a.type == b.type:
        yield "same type", f"same type of act ({_plain(a.type)})"
    elif a.family == b.family and not (a.type in GENERAL or b.type in GENERAL):
        yield "same family", f"same kind of act ({_plain(a.family)})"
    elif a.family == b.family or any(a.family in kinds and b.family in kinds for kinds in COMPATIBLE):
        is_general = a.type in GENERAL or b.type in GENERAL
        yield "one kind is general" if is_general else "kinds compatible", f"{_plain(a.type)} and {_plain(b.type)} may be one act"
    else:
        yield "kinds differ", f"{_plain(a.family)} is not {_plain(b.family)}"


def places(a: Facts, b: Facts) -> Iterator[Reason]:
    """Distance against both precisions where points are known, else names."""
    if a.iso2 and b.iso2 and a.iso2 != b.iso2:
        yield "other country", f"in different countries ({a.iso2}, {b.iso2})"
        return
    yield from _sites(a, b)
    if a.place is None or b.place is None:
        named = list(_named_place(a, b))
        yield from named or [("place not told by both", "not both tell a place")]
        return
    fine, wide = _tolerances(a, b)
    if wide >= TOLERANCE_KM[6]:
        if _is_fine(a) != _is_fine(b) and (named := list(_named_place(a, b))):
            yield from named
        elif a.iso2 and a.iso2 == b.iso2:
            yield "same country", f"same country ({a.iso2})"
        return
    distance = distance_km(a, b)
    is_town = wide < TOLERANCE_KM[4]
    if a.place == b.place and a.admin1 == b.admin1 and (distance is None or distance <= fine):
        yield ("same point" if is_town else "same first-level unit"), f"same place ({a.place})"
    elif distance is None:
        if a.admin1 and a.admin1 == b.admin1:
            yield "same first-level unit", f"both in {a.admin1}"
    elif distance <= SAME_POINT_KM and is_town:
        yield "same point", f"at one point ({a.place}, {b.place})"
    elif distance <= fine:
        agree = "places agree" if is_town else "same first-level unit"
        yield agree, f"{distance:.0f} km apart, within what both places allow"
    elif distance <= wide and (a.admin1 is None or b.admin1 is None or a.admin1 == b.admin1):
        yield "place within the wider place", f"{distance:.0f} km apart, within the vaguer of the two places"
    elif named := list(_named_place(a, b)):
        yield "far place named by the other", f"{distance:.0f} km apart, but {named[0][1]}"
    elif distance <= NEAR_TIMES * wide:
        yield "places apart", f"{distance:.0f} km apart ({a.place}, {b.place})"
    else:
        yield "places too far apart", f"{distance:.0f} km apart ({a.place}, {b.place})"


def times(a: Facts, b: Facts) -> Iterator[Reason]:
    """Overlap of the intervals, how narrow they are, and how far apart the reports came out where no day is told."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return
    gap = max((a.first - b.last).days, (b.first - a.last).days)
    if (old := _upheld(a, b)) is not None:
        yield ("happened before", "happened before it was spoken of") if old else ("times apart", "spoken of before it happened")
    elif gap > 0:
        name = APART.get(gap, "days differ by a week at most" if gap <= 7 else "times apart")
        apart = f"{gap} day{'s' if gap > 1 else ''} apart ({_span(a)}, {_span(b)})"
        if _are_reckoned_alike(a, b) and gap <= NEAR_DAYS:
            yield (
                "as long before each report",
                f"{apart}, but as long before the one report as before the other (“{a.day_words}”)",
            )
        elif (a.day_is_taken_over or b.day_is_taken_over) and gap <= NEAR_DAYS:
            yield "days from elsewhere in a report differ", f"{apart}, but not told with the act in both"
        else:
            yield name, apart
    elif a.day_is_known and b.day_is_known:
        yield "same day", f"same day ({a.first.isoformat()})"
    elif (a.first, a.last) == (b.first, b.last) and not (a.time_is_bound_only or b.time_is_bound_only):
        yield "same span of days", f"same span of days ({_span(a)})"
    elif max((a.last - a.first).days, (b.last - b.first).days) <= 7 and not (a.time_is_bound_only or b.time_is_bound_only):
        yield "times overlap within a week", f"same time within a week ({_span(a)}, {_span(b)})"
    else:
        yield "times overlap", f"times may be the same ({_span(a)}, {_span(b)})"
    if gap <= 0 and a.published and b.published and a.report != b.report:
        days = abs((a.published - b.published).days)
        name = next((name for most, name in PUBLISHED if days <= most), "published months apart")
        yield name, f"published {days} day{'s' if days != 1 else ''} apart"


def parties(a: Facts, b: Facts, related: Related) -> Iterator[Reason]:
    """Who did it, to whom; either side may be called the actor of a fight or a pact."""
    if (
        a.family in SIDED
        and b.family in SIDED
        and _shares(a.actors, b.targets) + _shares(a.targets, b.actors)
        > (_shares(a.actors, b.actors) + _shares(a.targets, b.targets))
    ):
        yield from _side("actor", a.actors, b.targets, related)
        yield from _side("target", a.targets, b.actors, related)
        return
    yield from _side("actor", a.actors, b.actors, related)
    yield from _side("target", a.targets, b.targets, related)


def counts(a: Facts, b: Facts) -> Iterator[Reason]:
    """Killed, injured, others counted; tolls change, so that a difference says little, and a large number shared much."""
    for what, one, other in (
        ("killed", a.killed, b.killed),
        ("injured", a.injured, b.injured),
        ("abducted or arrested", a.others, b.others),
    ):
        if one is None or other is None:
            if what == "killed" and (one or other):
                yield "only one counts the killed", "only one of them counts the killed"
            continue
        if one == other and one[0]:
            size = "same large figure" if one[0] >= LARGE else "same figure" if one[0] > SMALL else "same small figure"
            yield size, f"same number {what} ({figure_words(*one)})"
        elif (one[1] == 0 and (other[0] or 0) > 0) or (other[1] == 0 and (one[0] or 0) > 0):
            yield "none against many", f"none {what} against {figure_words(*(other if one[1] == 0 else one))}"
        elif figures_meet(one, other):
            yield "figures compatible", f"numbers {what} agree ({figure_words(*one)}, {figure_words(*other)})"
        else:
            name = _difference(one, other) if a.report != b.report or a.is_coded else "figures differ in one report"
            yield name, f"numbers {what} differ ({figure_words(*one)}, {figure_words(*other)})"


def occasions(a: Facts, b: Facts) -> Iterator[Reason]:
    """What was going on when it happened: a protest, a funeral, an election."""
    if shared := sorted(a.occasions & b.occasions):
        yield "same occasion", f"same occasion ({shared[0]})"
    elif a.occasions and b.occasions:
        yield "other occasion", f"different occasions ({sorted(a.occasions)[0]}, {sorted(b.occasions)[0]})"


def rare_words(a: Facts, b: Facts) -> Iterator[Reason]:
    """Names and ages near both claims that are neither their places nor their parties: a bridge, a hotel, a weapon."""
    if a.report == b.report:
        return
    shared = sorted(a.words & b.words)
    if not shared:
        if min(len(a.words), len(b.words)) >= MANY_WORDS:
            yield "no shared word of many", "no name of the one is in the other"
        return
    number = next(name for least, name in SHARED_WORDS if len(shared) >= least)
    yield number, f"both name {', '.join(f'“{word}”' for word in shared[:MOST_WORDS])}"


def stories(a: Facts, b: Facts) -> Iterator[Reason]:
    """How much of the wording of two reports is the same."""
    if a.origin == b.origin or min(len(a.terms), len(b.terms)) < FEWEST_TERMS:
        return
    shared = a.terms & b.terms
    alike = len(shared) / min(len(a.terms), len(b.terms))
    name = next((name for least, name in ALIKE if alike >= least), None)
    if name is not None:
        yield name, f"{len(shared)} of their longer words are the same"


def distance_km(a: Facts, b: Facts) -> float | None:
    """Great-circle distance of the told points, or ``None`` where one has none."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    lat, other = radians(a.lat), radians(b.lat)
    half = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _side(role: str, ours: tuple[Party, ...], theirs: tuple[Party, ...], related: Related) -> Iterator[Reason]:
    if not ours or not theirs:
        return
    shared = sorted({one.name for one in ours for other in theirs if one.id and one.id == other.id})
    shared = shared or sorted({one.name for one in ours for other in theirs if one.words and one.words == other.words})
    if shared:
        is_busy = all(party.is_busy for party in ours if party.name in shared)
        yield f"same busy {role}" if is_busy else f"same {role}", f"same {role} ({shared[0]})"
        return
    pairs = sorted(((one, other) for one in ours for other in theirs), key=lambda pair: (pair[0].name, pair[1].name))
    for one, other in pairs:
        if one.id and other.id and (related(one.id, other.id) or related(other.id, one.id)):
            yield f"{role} related", f"{one.name} and {other.name} are of one lineage"
            return
    for one, other in pairs:
        if one.words & other.words:
            yield f"{role}'s name alike", f"{role}s alike ({one.name}, {other.name})"
            return
    if all(party.is_named for party in (*ours, *theirs)):
        yield f"other {role}", f"different {role}s ({pairs[0][0].name}, {pairs[0][1].name})"
        return
    sorts, others = ({party.sort for party in side if party.sort} for side in (ours, theirs))
    if sorts & others:
        yield f"{role} of the same sort", f"{role}s of one sort ({sorted(sorts & others)[0]})"
    elif sorts and others:
        yield f"{role} of another sort", f"{role}s of different sorts ({sorted(sorts)[0]}, {sorted(others)[0]})"


def _upheld(a: Facts, b: Facts) -> bool | None:
    """Whether an act of one claim came before its aftermath in the other; ``None`` if neither tells an aftermath."""
    for one, other in ((a, b), (b, a)):
        if one.type in AFTERMATH and one.last and other.first:
            return other.first <= one.last
    return None


def _are_reckoned_alike(a: Facts, b: Facts) -> bool:
    """Whether both reckon their day in the same words from their publication, as a paper that prints yesterday's wire."""
    if a.day_words is None or a.day_words != b.day_words or a.report == b.report:
        return False
    if a.first is None or b.first is None or a.published is None or b.published is None:
        return False
    return a.published - a.first == b.published - b.first


def _shares(ours: tuple[Party, ...], theirs: tuple[Party, ...]) -> int:
    return len({one.token for one in ours} & {other.token for other in theirs})


def _sites(a: Facts, b: Facts) -> Iterator[Reason]:
    """What is told of a quarter, building or street within a town."""
    if a.site and b.site:
        shared = sorted(a.site & b.site)
        yield ("same site", f"same site ({shared[0]})") if shared else ("other site", f"{min(a.site)} is not {min(b.site)}")
    elif a.site or b.site:
        yield "only one names a site", f"only one names a site ({min(a.site or b.site)})"


def _named_place(a: Facts, b: Facts) -> Iterator[Reason]:
    """The town of one claim is named near the other."""
    for one, other in ((a, b), (b, a)):
        if one.place and _is_fine(one) and (words := folded_words(one.place)) and words <= other.names:
            yield "place named by the other", f"the other report names {one.place}"
            return


def _is_fine(claim: Facts) -> bool:
    return claim.place is not None and (claim.precision or 5) <= 3


def _likeness(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours | theirs)


def _difference(one: Figure, other: Figure) -> str:
    """How far two figures that do not meet are apart."""
    below, above = sorted((one, other), key=lambda figure: figure[0] or 0)
    high, low = below[1] or below[0] or 0, above[0] or 0
    if low - high <= 1 or low <= 1.5 * high:
        return "figures near"
    return "figures differ widely" if low >= WIDE * max(high, 1) else "figures differ"


def _tolerances(a: Facts, b: Facts) -> tuple[float, float]:
    one, other = TOLERANCE_KM[a.precision or 5], TOLERANCE_KM[b.precision or 5]
    return min(one, other), max(one, other)


def _later(a: Facts, b: Facts) -> Facts:
    return a if (a.start, a.key) > (b.start, b.key) else b


def _span(claim: Facts) -> str:
    if claim.first is None or claim.last is None:
        return "no day"
    if claim.first == claim.last:
        return claim.first.isoformat()
    return f"{claim.first.isoformat()} to {claim.last.isoformat()}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
