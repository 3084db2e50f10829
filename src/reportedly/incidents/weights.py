"""The weights of joining, all in one place.

Points are added up over the features of two claims. A pair with :data:`LINK` points or more may bring two groups together; it
does so only if the reports of the groups have :data:`HOLD` points on average, two reports counting as much as their most like
claims, so that one weak link never chains two incidents. Reports that were never compared, or have fewer than :data:`KEPT`
points, or fewer than :data:`HOLD` with something of :data:`AGAINST` or worse among them, count :data:`ABSENT`: who joins a group
must be like most of it, and contradict nobody in it.

The points are log-odds, estimated from labelled pairs of coded and of read reports (``python -m benchmarks.estimate`` prints
them), then rounded. Where such pairs say little, judgement was stricter: two towns, two countries or two days keep look-alikes
apart unless much speaks for them, because in a war one group strikes often, in many places, with like effect.
"""

from __future__ import annotations

from typing import Final

LINK: Final = 2.8
HOLD: Final = 2.0
KEPT: Final = 1.5
AGAINST: Final = -3.0
ABSENT: Final = -8.0

POINTS: Final[dict[str, float]] = {
    # the text itself
    "same words of one report": 8.0,
    "same words in a copy": 8.0,
    "points back in one report": 4.0,
    "told in one report": 1.0,
    "coded apart in one report": -3.5,
    "same headline": 1.5,
    # where
    "same point": 2.9,
    "places agree": 1.8,
    "place within the wider place": 0.5,
    "place named by the other": 2.4,
    "place not told by both": -2.0,
    "same site": 0.0,
    "other site": -4.5,
    "only one names a site": -2.0,
    "same first-level unit": -1.3,
    "same country": -1.3,
    "far place named by the other": 1.7,
    "places apart": -1.0,
    "places too far apart": -6.0,
    "other country": -5.5,
    # when
    "same day": 1.7,
    "same span of days": 1.9,
    "times overlap within a week": 0.6,
    "times overlap": 0.9,
    "days differ by one": -4.2,
    "days differ by two": -4.5,
    "days differ by a week at most": -5.0,
    "days from elsewhere in a report differ": -2.0,
    "as long before each report": -1.0,
    "happened before": 0.0,
    "times apart": -4.5,
    "published within a day": 1.9,
    "published within four days": 0.9,
    "published within weeks": 0.2,
    "published months apart": 0.0,
    # what
    "same type": 0.4,
    "same family": -0.9,
    "one kind is general": 0.0,
    "kinds compatible": 0.0,
    "kinds differ": -20.0,
    "looks back upon it": 0.0,
    # who
    "same actor": 1.5,
    "same busy actor": -0.5,
    "actor related": 0.6,
    "actor's name alike": 1.2,
    "actor of the same sort": 0.4,
    "actor of another sort": -0.4,
    "other actor": -1.5,
    "same target": 0.2,
    "same busy target": 0.0,
    "target related": 0.3,
    "target's name alike": 0.2,
    "target of the same sort": 0.0,
    "target of another sort": -0.3,
    "other target": -1.0,
    # how many
    "same large figure": 3.0,
    "same figure": 1.8,
    "same small figure": 0.5,
    "figures near": 0.5,
    "figures compatible": 1.3,
    "figures differ": 0.5,
    "figures differ widely": -0.3,
    "figures differ in one report": -2.5,
    "none against many": -1.0,
    "only one counts the killed": -0.2,
    # further
    "same occasion": 1.0,
    "other occasion": -0.0,
    "one shared rare word": 0.3,
    "two shared rare words": 1.2,
    "three shared rare words": 5.0,
    "several shared rare words": 6.5,
    "many shared rare words": 8.0,
    "told in nearly the same words": 3.0,
    "told in like words": 2.0,
    "told in some like words": 1.0,
    "told in other words": -0.5,
    "no shared word of many": -1.8,
}

TOLERANCE_KM: Final[dict[int, float]] = {1: 12.0, 2: 35.0, 3: 60.0, 4: 200.0, 5: 400.0, 6: 900.0, 7: 500.0}
"""How far the told point may lie from the true one, by UCDP precision."""
SAME_POINT_KM: Final = 1.0
"""Points that are no farther apart name one place."""
NEAR_TIMES: Final = 3.0
"""Places apart by no more than so many times their tolerance contradict only weakly: one of the points may stand in."""

GENERAL: Final = frozenset({"attack", "killing", "armed_assault", "explosion", "violence"})
"""Types that name an act without its method: another report may name the method."""

COMPATIBLE: Final[tuple[frozenset[str], ...]] = (
    frozenset({"battle", "explosion_remote_violence", "violence_against_civilians"}),
    frozenset({"violence_against_civilians", "abduction"}),
    frozenset({"protest", "riot"}),
    frozenset({"riot", "violence_against_civilians"}),
    frozenset({"battle", "movement"}),
)
"""Families that two reports may give to one act."""

LOOKED_FOR_TOGETHER: Final[dict[str, str]] = {
    "battle": "violence",
    "explosion_remote_violence": "violence",
    "violence_against_civilians": "violence",
    "abduction": "violence",
    "riot": "violence",
    "protest": "violence",
    "movement": "violence",
}
"""Families that are compared with each other at all; others only with their own."""
