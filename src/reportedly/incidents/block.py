"""Keys by which claims that may tell one incident find each other; claims without a shared key are never compared.

A claim is stored under :attr:`Keys.held` and looks for others under :attr:`Keys.sought`. Claims of a few days meet day by day,
those of a vaguer time week by week; so a busy place stays cheap. Two claims meet if each finds the other, so that which claims
meet does not depend on the order of arrival.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from reportedly.incidents.facts import Facts, Party, folded_words
from reportedly.incidents.weights import LOOKED_FOR_TOGETHER

WEEK, FORTNIGHT, QUARTER = 7, 14, 91
SLACK = 2
"""Days around the told time that are searched too."""
SHORT = 7
"""Days: a claim of a longer time is held by weeks."""
LONGEST = 70
"""Days: a claim whose time is vaguer is found only by its words, its own report and its copies."""
FEWEST = 3
"""The smallest toll that a claim is found by."""
MOST_WORDS = 12
"""How many of its rare words a claim is found by: always the same ones of the same words."""
MOST_NAMES = 6
"""How many of its full names: two of them together lead to reports of the same people, months later."""
FEW_WORDS = 5
"""How many of them, each with the place, lead from a claim that looks back to an act of any time."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a claim is found by, and those under which it looks for others: 63-bit numbers made of words."""

    held: frozenset[int]
    sought: frozenset[int]

    def meets(self, other: Keys) -> bool:
        """Whether each of two claims finds the other."""
        return not self.sought.isdisjoint(other.held) and not other.sought.isdisjoint(self.held)


def block_keys(claim: Facts) -> Keys:
    """The keys of a claim: its report (and what that copies); place, dyad, group or toll by time; rare words by fortnight; two
    full names by quarter of a year."""
    kind = "violence" if claim.looks_back else LOOKED_FOR_TOGETHER.get(claim.family, claim.family)
    held, sought = {f"report|{kind}|{claim.origin}"}, {f"report|{kind}|{claim.origin}"}
    ends = _ends(claim)
    if ends is not None:
        days, near = range(ends[0], ends[1] + 1), range(ends[0] - SLACK, ends[1] + SLACK + 1)
        weeks = range(near[0] // WEEK, near[-1] // WEEK + 1)
        is_short = len(days) <= SHORT + 1
        for head in _heads(claim, is_short):
            held.update([f"{kind}|{head}|d{day}" for day in days] if is_short else [f"{kind}|{head}|w{week}" for week in weeks])
            sought.update(f"{kind}|{head}|w{week}" for week in weeks)
            sought.update(f"{kind}|{head}|d{day}" for day in near)
    day, words = claim.published or claim.last, _rarest(claim.words, MOST_WORDS)
    if day is not None:
        quarter = day.toordinal() // QUARTER
        for one, other in combinations(_rarest(claim.full_names, MOST_NAMES), 2):
            held.add(f"{kind}|names|{one}|{other}|{quarter}")
            sought.update(f"{kind}|names|{one}|{other}|{near_quarter}" for near_quarter in (quarter - 1, quarter, quarter + 1))
        span = day.toordinal() // FORTNIGHT
        for mine, theirs, word in _word_keys(claim, words):
            held.add(f"{kind}|{mine}|{word}|{span}")
            sought.update(f"{kind}|{theirs}|{word}|{near_span}" for near_span in (span - 1, span, span + 1))
    if claim.place is not None and kind == "violence":
        mine, theirs = ("back", "ever") if claim.looks_back else ("ever", "back")
        held.update(f"{mine}|{claim.place}|{word}" for word in words[:FEW_WORDS])
        sought.update(f"{theirs}|{claim.place}|{word}" for word in words[:FEW_WORDS])
    return Keys(frozenset(map(_number, held)), frozenset(map(_number, sought)))


def _ends(claim: Facts) -> tuple[int, int] | None:
    if claim.first is None or claim.last is None:
        return None
    first, last = sorted((_ordinal(claim.first), _ordinal(claim.last)))
    return (first, last) if last - first <= LONGEST else None


def _ordinal(day: date) -> int:
    return day.toordinal()


def _heads(claim: Facts, is_short: bool) -> set[str]:
    return {*_place_keys(claim, is_short), *_party_keys(claim), *_toll_keys(claim)}


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


def _word_keys(claim: Facts, words: list[str]) -> Iterable[tuple[str, str, str]]:
    """Words with what they are held and sought as: rare words meet rare words; the words of a claim that tells no town meet the
    towns of others."""
    for word in words:
        yield "word", "word", word
    has_town = claim.place is not None and (claim.precision or 5) <= 3
    for word in folded_words(claim.place or "") if has_town else words:
        yield ("town", "named", word) if has_town else ("named", "town", word)


def _tokens(parties: tuple[Party, ...]) -> list[str]:
    return sorted({party.token for party in parties if party.token})


def _rarest(words: frozenset[str], most: int) -> list[str]:
    """The same few of any set of words, in one order, so that two sets that share many also share some of these."""
    return sorted(words, key=lambda word: (zlib.crc32(word.encode()), word))[:most]


def _number(key: str) -> int:
    """A key as a number that fits a database's integer; two keys with one number only cost a comparison."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
