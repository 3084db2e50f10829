"""Keys by which claims that may tell one incident find each other; claims without a shared key are never compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reportedly.incidents.facts import Facts, Party
from reportedly.incidents.weights import LOOKED_FOR_TOGETHER

WEEK = 7
SLACK = 1
"""Days around the told time that are searched too."""
FEWEST = 3
"""The smallest toll that a claim is found by."""
LONGEST = 70
"""Days: a claim whose time is vaguer is compared only within its own report and its copies."""


def block_keys(claim: Facts) -> tuple[str, ...]:
    """The keys of a claim, sorted: its report (and what that copies), and place, dyad or group by week."""
    kind = LOOKED_FOR_TOGETHER.get(claim.family, claim.family)
    keys = {f"report|{kind}|{claim.origin}"}
    ends = _ends(claim)
    if ends is None:
        return tuple(sorted(keys))
    heads = [*_place_keys(claim), *_party_keys(claim), *_toll_keys(claim)]
    weeks = range((ends[0] - SLACK) // WEEK, (ends[1] + SLACK) // WEEK + 1)
    keys |= {f"{kind}|{head[:120]}|{week}" for head in heads for week in weeks}
    return tuple(sorted(keys))


def _ends(claim: Facts) -> tuple[int, int] | None:
    if claim.first is None or claim.last is None:
        return None
    first, last = sorted((_ordinal(claim.first), _ordinal(claim.last)))
    return (first, last) if last - first <= LONGEST else None


def _ordinal(day: date) -> int:
    return day.toordinal()


def _place_keys(claim: Facts) -> Iterable[str]:
    if claim.place is None:
        return
    if claim.admin1:
        yield f"in|{claim.iso2}|{claim.admin1}"
    if claim.precision is None or claim.precision < 6:
        yield f"at|{claim.place}"


def _toll_keys(claim: Facts) -> Iterable[str]:
    """A toll in a country finds the report that names no place, or another one."""
    for what, figure in (("killed", claim.killed), ("injured", claim.injured), ("others", claim.others)):
        if claim.iso2 and figure is not None and figure[0] is not None and figure[0] >= FEWEST:
            yield f"toll|{claim.iso2}|{what}|{figure[0]}"


def _party_keys(claim: Facts) -> Iterable[str]:
    for party in (*claim.actors, *claim.targets):
        if not party.is_busy and party.token:
            yield f"by|{party.token}"
    for actor in _tokens(claim.actors):
        for target in _tokens(claim.targets):
            yield "dyad|" + "|".join(sorted((actor, target)))


def _tokens(parties: tuple[Party, ...]) -> list[str]:
    return sorted({party.token for party in parties if party.token})
