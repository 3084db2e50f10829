"""Figures as told: whether two can be one number, and how people write them."""

from __future__ import annotations

Figure = tuple[int | None, int | None]
"""Lowest and highest number, ``None`` where that end is open."""


def figures_meet(one: Figure, other: Figure) -> bool:
    """True if one number fits both.

    >>> figures_meet((4, None), (9, 9)), figures_meet((4, 5), (9, 9))
    (True, False)
    """
    infinity = float("inf")
    low, high = max(one[0] or 0, other[0] or 0), min(infinity if end is None else end for end in (one[1], other[1]))
    return low <= high


def figure_words(low: int | None, high: int | None) -> str:
    """A figure as people write it.

    >>> figure_words(30, 30), figure_words(9, None), figure_words(None, 5), figure_words(40, 99), figure_words(None, None)
    ('30', '9 or more', 'up to 5', '40 to 99', 'number not given')
    """
    match low, high:
        case None, None:
            return "number not given"
        case low, None:
            return f"{low} or more"
        case None, high:
            return f"up to {high}"
        case low, high:
            return str(low) if low == high else f"{low} to {high}"
