"""What an adapter hands back: figures against their bars, and the errors with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure. ``value`` is ``None`` where there was nothing to measure.

    ``bar`` is what is to be reached, ``None`` where no bar is set; ``most`` is true where less is better.
    """

    name: str
    value: float | None
    bar: float | None = None
    most: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the bar is reached; ``None`` without a bar or a value."""
        if self.bar is None or self.value is None:
            return None
        return self.value <= self.bar if self.most else self.value >= self.bar

    @property
    def shown(self) -> str:
        """The value as the table shows it."""
        if self.value is None:
            return "-"
        return f"{self.value:.3f}" if abs(self.value) < 10 else f"{self.value:,.0f}"


@dataclass(frozen=True)
class Miss:
    """One error: its class, the case, and the words that explain it."""

    kind: str
    case: str
    words: str


@dataclass
class Result:
    """The figures of one set. ``cases`` says how many of what were measured."""

    name: str
    cases: str
    figures: list[Figure]
    errors: list[Miss] = field(default_factory=list)
    seconds: float = 0.0

    def error_counts(self) -> list[tuple[str, int]]:
        """How many errors of each class, the largest first."""
        return Counter(error.kind for error in self.errors).most_common()

    def to_data(self) -> dict[str, Any]:
        """The figures and error counts as plain data; the words of the sets stay out of it."""
        return {
            "cases": self.cases,
            "figures": [asdict(figure) | {"value": _rounded(figure.value)} for figure in self.figures],
            "errors": dict(self.error_counts()),
            "seconds": round(self.seconds, 1),
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def ratio(part: float, whole: float) -> float | None:
    """A share, or ``None`` of nothing."""
    return part / whole if whole else None


def f1(hits: float, gold: float, found: float) -> float:
    """The harmonic mean of precision and recall; 0 where nothing was hit."""
    return 2 * hits / (gold + found) if hits else 0.0


def macro_f1(pairs: Iterable[tuple[str, str | None]], classes: Sequence[str] | None = None) -> float | None:
    """Mean F1 over the gold classes of ``(gold, found)`` pairs; a found ``None`` is a miss of its class."""
    pairs = list(pairs)
    gold = Counter(right for right, _ in pairs)
    found = Counter(said for _, said in pairs)
    hits = Counter(right for right, said in pairs if right == said)
    kinds = list(classes) if classes is not None else sorted(gold)
    return ratio(sum(f1(hits[kind], gold[kind], found[kind]) for kind in kinds), len(kinds))


def shorten(text: str, most: int = 220) -> str:
    """A text on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
