"""What is told of the people harmed in one incident: each figure with its voices, its course over time, and what each rule of
reduction gives. Numbers of several claims are never added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median_low

from reportedly.incidents.features import Related
from reportedly.incidents.records import Reductions, ToldFigure, Toll, Tolled
from reportedly.incidents.summary_parts import (
    UNTOLD,
    Part,
    Side,
    Sides,
    counted_side,
    losses_of_attackers,
    own_figures,
    sides_of,
    told_day,
    voice_name,
    voice_side,
)
from reportedly.records import Count

WHAT: tuple[Tolled, ...] = ("killed", "injured", "abducted", "arrested", "missing", "displaced")
GroupKey = tuple[Tolled, str | None]


def tolls(parts: Sequence[Part], voice_of: Callable[[Part], str], related: Related) -> tuple[Toll, ...]:
    """The tolls of an incident: of all people harmed in one way, then of each group of them that is told apart."""
    told: dict[GroupKey, list[tuple[Part, Count]]] = defaultdict(list)
    members = [part for part in parts if part.role == "member" and _tells(part)]
    members.sort(key=lambda part: (told_day(part), part.facts.report, part.facts.start))
    for part in members:
        for what in WHAT:
            for count in own_figures(part, what):
                if count.low is not None or count.high is not None:
                    told[what, _group(part, count)].append((part, count))
    sides = sides_of(parts)
    order = sorted(told, key=lambda key: (WHAT.index(key[0]), key[1] or ""))
    return tuple(_toll(key, told[key], voice_of, sides, related) for key in order)


def _group(part: Part, count: Count) -> str | None:
    """The group that a figure is told of, ``None`` for all victims; attackers are never counted among these."""
    if losses_of_attackers(part, count):
        return "attackers"
    return None if count.total else count.group or "others"


def _toll(
    key: GroupKey,
    told: Sequence[tuple[Part, Count]],
    voice_of: Callable[[Part], str],
    sides: Sides,
    related: Related,
) -> Toll:
    by_value: dict[tuple[int | None, int | None], list[Part]] = {}
    whose: set[Side | None] = set()
    bests: dict[tuple[int | None, int | None], int | None] = {}
    for part, count in told:
        by_value.setdefault((count.low, count.high), []).append(part)
        bests.setdefault((count.low, count.high), count.best)
        whose.add(counted_side(count.group, count.group_text, part.facts.actors, part.facts.targets))
    side = next(iter(whose)) if len(whose) == 1 else None
    voices = {voice_side(part, sides, related) for part, _ in told}
    return Toll(
        what=key[0],
        group=key[1],
        side=side,
        figures=tuple(
            ToldFigure(
                low=low,
                high=high,
                best=bests[low, high],
                voices=tuple(dict.fromkeys(voice_name(part) for part in own)),
                independent=len({voice_of(part) for part in own}),
                first_told=None if told_day(own[0]) == "9999" else told_day(own[0]),
                last_told=None if told_day(own[-1]) == "9999" else told_day(own[-1]),
                claims=tuple(dict.fromkeys(part.claim.id for part in own)),
            )
            for (low, high), own in by_value.items()
        ),
        reductions=_reductions([(part, count) for part, count in told], voice_of),
        only_by_the_enemy=side is not None and voices == {"target" if side == "actor" else "actor"},
    )


def _reductions(told: Sequence[tuple[Part, Count]], voice_of: Callable[[Part], str]) -> Reductions:
    """Each voice counts once, with the figure it told last."""
    last: dict[str, tuple[Part, Count]] = {voice_of(part): (part, count) for part, count in told}
    numbers = sorted(number for _, count in last.values() if (number := _number(count)) is not None)
    every = [number for _, count in told if (number := _number(count)) is not None]
    return Reductions(
        lowest=min(every, default=None),
        median=median_low(numbers) if numbers else None,
        latest=_number(told[-1][1]),
        highest=max(
            (count.high if count.high is not None else number for _, count in told if (number := _number(count)) is not None),
            default=None,
        ),
    )


def _number(count: Count) -> int | None:
    """One number for a figure: the best where the text supports one, else its lower end, else its upper."""
    return next((number for number in (count.best, count.low, count.high) if number is not None), None)


def _tells(part: Part) -> bool:
    return not part.claim.attribution or part.claim.attribution[-1].stance not in UNTOLD
