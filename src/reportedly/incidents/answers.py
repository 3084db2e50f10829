"""Which incidents a denial, or a claim that looks back, can speak of: one of the same kind and the same days."""

from __future__ import annotations

from typing import Final

from reportedly.incidents.facts import AFTERMATH, Facts

ONE_VIOLENCE: Final = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians"})
"""Families that a denial may confuse: each is told of one attack."""
SLACK_DAYS: Final = 1
"""Days by which what speaks of an act may misdate it."""


def may_speak_of(claim: Facts, member: Facts, *, is_denial: bool) -> bool:
    """Whether a denial, or else a claim that looks back, can speak of what a member of an incident tells.

    Who denies to have taken hostages does not deny the attack, and who denies or remembers an act of another day speaks of
    another act. An aftermath, such as a trial, comes at any time later.
    """
    if is_denial and claim.family != member.family and not {claim.family, member.family} <= ONE_VIOLENCE:
        return False
    return claim.type in AFTERMATH or _days_meet(claim, member)


def _days_meet(one: Facts, other: Facts) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    return max((one.first - other.last).days, (other.first - one.last).days) <= SLACK_DAYS
