"""The best-graded source of a toll: whose figure the rule of that name takes, by the grades that people gave to sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from reportedly.incidents.records import ToldFigure, Toll

RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY: Final = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
"""The two scales of the Admiralty code: of a source, and of what it tells."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who published a claim and when (ISO day, ``None`` where unknown), with the grade that people gave to that source."""

    source: str
    day: str | None
    reliability: str | None
    credibility: str | None

    @property
    def rank(self) -> tuple[int, int] | None:
        """How good the grade is, greatest best: first by reliability, of equals by credibility. ``None`` without a reliability,
        and for F, which says that it cannot be judged."""
        if self.reliability is None or self.reliability not in "ABCDE":
            return None
        return -"ABCDE".index(self.reliability), -"123456".index(self.credibility or "6")

    @property
    def grade(self) -> str:
        """The grade as people write it: B2, or B where nobody graded what it tells."""
        return f"{self.reliability or ''}{self.credibility or ''}"


def with_best_graded(tolls: Iterable[Toll], told: Callable[[str], Told | None]) -> tuple[Toll, ...]:
    """Tolls with the figure of their best-graded source, of equal grades the one published last.

    ``told`` gives who published a claim (by id), ``None`` where the source is unknown or has no grade. Where no source of a toll
    is graded the rule gives nothing.
    """
    return tuple(_graded(toll, told) for toll in tolls)


def _graded(toll: Toll, told: Callable[[str], Told | None]) -> Toll:
    found = [
        (rank, source.day or "", figure, source)
        for figure in toll.figures
        for claim in figure.claims
        if (source := told(claim)) is not None and (rank := source.rank) is not None
    ]
    best = max(found, key=lambda item: item[:2], default=None)
    if best is None:
        return toll
    _, _, figure, source = best
    chosen = {"best_graded": number_of(figure), "best_graded_source": source.source, "best_graded_grade": source.grade}
    return toll.model_copy(update={"reductions": toll.reductions.model_copy(update=chosen)})


def number_of(figure: ToldFigure) -> int | None:
    """One number for a figure: the best where the text supports one, else its lower end, else its upper."""
    return next((number for number in (figure.best, figure.low, figure.high) if number is not None), None)
