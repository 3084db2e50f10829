"""Reduces the claims of a report to one toll, as a user of the readings would."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.records import Claim, Count


def claim_toll(claim: Claim, what: str) -> int | None:
    """The number one claim gives for a kind of harm: its total, else the sum of its parts; ``None`` where it gives none.

    Of differing totals the highest counts; a range counts by its lower end.
    """
    mine = [count for count in claim.counts if count.what == what and _number(count) is not None]
    if not mine:
        return None
    totals = [count for count in mine if count.total]
    if totals:
        return max(_number(count) or 0 for count in totals)
    return sum(_number(count) or 0 for count in mine)


def highest_toll(claims: Sequence[Claim], what: str) -> int:
    """The highest toll that any one claim gives: that of one incident told several times; silence is 0."""
    return max((claim_toll(claim, what) or 0 for claim in claims), default=0)


def _number(count: Count) -> int | None:
    return count.best if count.best is not None else count.low if count.low is not None else count.high
