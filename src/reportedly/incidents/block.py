"""Keys by which claims that may tell one incident find each other; claims without a shared key are never compared.

A claim is stored under :attr:`Keys.held` and looks for others under :attr:`Keys.sought`. Claims of a few days meet day by day,
those of a vaguer time week by week; so a busy place stays cheap. Which claims meet does not depend on the order of arrival.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reportedly.incidents.facts import Facts, Party
from reportedly.incidents.weights import LOOKED_FOR_TOGETHER

WEEK = 7
SLACK = 2
"""Days around the told time that are searched too."""
SHORT = 7
"""Days: a claim of a longer time is found by weeks."""
LONGEST = 70
"""Days: a claim whose time is vaguer is compared only within its own report and its copies."""
FEWEST = 3
"""The smallest toll that a claim is found by."""
MOST_WORDS = 12
"""How many of its rare words a claim is found by: always the same ones of the same words."""
LONGEST_HEAD = 120


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a claim is found by, and those under which it looks for others; both sorted."""

    held: tuple[str, ...]
    sought: tuple[str, ...]


def block_keys(claim: Facts) -> Keys:
    """The keys of a claim: its report (and what that copies); place, dyad, group or toll by time; rare words by week."""
    kind = LOOKED_FOR_TOGETHER.get(claim.family, claim.family)
    origin = f"report|{kind}|{claim.origin}"
    held, sought = {origin}, {origin}
    ends = _ends(claim)
    if ends is not None:
        first, last = ends
        is_short = last - first <= SHORT
        for head in _heads(claim, is_short):
            head = f"{kind}|{head[:LONGEST_HEAD]}"
            weeks = range((first - SLACK) // WEEK, (last + SLACK) // WEEK + 1)  # of both: who finds is found
            if is_short:
                held.update(f"{head}|d{day}" for day in range(first, last + 1))
                held.update(f"{head}|s{week}" for week in weeks)
                sought.update(f"{head}|d{day}" for day in range(first - SLACK, last + SLACK + 1))
                sought.update(f"{head}|l{week}" for week in weeks)
            else:
                held.update(f"{head}|l{week}" for week in weeks)
                sought.update(f"{head}|{size}{week}" for size in "sl" for week in weeks)
    day = claim.published or claim.last
    if day is not None:
        week = day.toordinal() // WEEK
        for word in _rarest(claim.words):
            held.add(f"{kind}|word|{word}|{week}")
            sought.update(f"{kind}|word|{word}|{near}" for near in (week - 1, week, week + 1))
    return Keys(tuple(sorted(held)), tuple(sorted(sought)))


def _ends(claim: Facts) -> tuple[int, int] | None:
    if claim.first is None or claim.last is None:
        return None
    first, last = sorted((_ordinal(claim.first), _ordinal(claim.last)))
    return (first, last) if last - first <= LONGEST else None


def _ordinal(day: date) -> int:
    return day.toordinal()


def _heads(claim: Facts, is_short: bool) -> Iterable[str]:
    yield from _place_keys(claim, is_short)
    yield from _party_keys(claim)
    yield from _toll_keys(claim)


def _place_keys(claim: Facts, is_short: bool) -> Iterable[str]:
    """The place, and the first-level unit; a vague time and a vague place together find nothing."""
    if claim.place is None:
        return
    if claim.admin1 and is_short:
        yield f"in|{claim.iso2}|{claim.admin1}"
    if claim.precision is None or claim.precision < 6:
        yield f"at|{claim.place}"


def _party_keys(claim: Facts) -> Iterable[str]:
    for party in (*claim.actors, *claim.targets):
        if not party.is_busy and party.token:
            yield f"by|{party.token}"
    for actor in _tokens(claim.actors):
        for target in _tokens(claim.targets):
            yield "dyad|" + "|".join(sorted((actor, target)))


def _toll_keys(claim: Facts) -> Iterable[str]:
    """A toll in a country finds the report that names no place, or another one."""
    for what, figure in (("killed", claim.killed), ("injured", claim.injured), ("others", claim.others)):
        if claim.iso2 and figure is not None and figure[0] is not None and figure[0] >= FEWEST:
            yield f"toll|{claim.iso2}|{what}|{figure[0]}"


def _tokens(parties: tuple[Party, ...]) -> list[str]:
    return sorted({party.token for party in parties if party.token})


def _rarest(words: frozenset[str]) -> list[str]:
    """The same few of any set of words, so that two sets that share many also share some of these."""
    return sorted(words, key=lambda word: (zlib.crc32(word.encode()), word))[:MOST_WORDS]
