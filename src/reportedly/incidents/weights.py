"""The weights of joining, all in one place.

Points are added up over the features of two claims. A pair with :data:`LINK` points or more may bring two groups together; it
does so only if all pairs between the groups have :data:`HOLD` points on average, so that one weak link never chains two
incidents. A pair that was never compared, or has fewer than :data:`HOLD` points, counts :data:`ABSENT`: who joins a group
must be like most of it.
"""

from __future__ import annotations

from typing import Final

LINK: Final = 3.5
HOLD: Final = 1.5
ABSENT: Final = -4.0

POINTS: Final[dict[str, float]] = {
    # the text itself
    "same words of one report": 8.0,
    "same words in a copy": 8.0,
    "points back in one report": 1.5,
    "told in one report": 0.5,
    "coded apart in one report": -3.0,
    "same headline": 2.0,
    # where
    "same point": 2.3,
    "places agree": 2.0,
    "place within the wider place": 1.0,
    "place named by the other": 1.0,
    "same site": 1.0,
    "other site": -1.5,
    "only one names a site": -0.3,
    "same first-level unit": 0.7,
    "same country": 0.2,
    "far place named by the other": -0.5,
    "places apart": -2.0,
    "places too far apart": -6.0,
    "other country": -6.0,
    # when
    "same day": 2.0,
    "times overlap within a week": 1.2,
    "times overlap": 0.3,
    "days differ by one": -1.5,
    "days differ by two": -2.5,
    "days differ by a week at most": -4.0,
    "times apart": -6.0,
    "same span of days": 1.5,
    "published within a day": 0.8,
    "published within four days": 0.5,
    "published within weeks": 0.0,
    "published months apart": -0.5,
    # what
    "same type": 1.2,
    "same family": 0.8,
    "one kind is general": 0.5,
    "kinds compatible": 0.2,
    "kinds differ": -7.0,
    # who
    "same actor": 1.2,
    "actor related": 0.6,
    "actor's name alike": 0.6,
    "actor of the same sort": 0.3,
    "actor of another sort": -0.5,
    "other actor": -2.5,
    "same busy actor": 0.8,
    "same busy target": 0.6,
    "same target": 1.0,
    "target related": 0.5,
    "target's name alike": 0.6,
    "target of the same sort": 0.2,
    "target of another sort": -0.3,
    "other target": -1.5,
    # how many
    "same large figure": 2.0,
    "same figure": 1.0,
    "same small figure": 0.4,
    "figures near": 0.3,
    "figures compatible": 0.3,
    "figures differ": -0.3,
    "figures differ widely": -0.8,
    "none against many": -0.8,
    "only one counts the killed": -0.4,
    # further
    "same occasion": 0.5,
    "other occasion": -0.5,
    "one shared rare word": 0.5,
    "two shared rare words": 1.0,
    "several shared rare words": 2.0,
    "many shared rare words": 3.0,
    "no shared word of many": -0.5,
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
