"""What people decided, as the law of joining: which claims of now are the same, which differ, which tell no incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max

from reportedly.casebook import models
from reportedly.casebook.anchors import anchored, as_words, chunks

MOST: Final = 1000
"""Most claims of one incident that are held apart from those of another one by one; more are held apart by their first."""


@dataclass(frozen=True, slots=True)
class Law:
    """What people decided, as claims of now: pairs that are the same, pairs that differ, and claims that tell no incident."""

    same: tuple[tuple[int, int], ...]
    different: tuple[tuple[int, int], ...]
    rejected: frozenset[int]


class Laws:
    """The law as it is at each moment of a long run: made anew only after somebody decided, or claims came or went."""

    def __init__(self, using: str) -> None:
        self._using = using
        self._mark: object = None
        self._law = Law((), (), frozenset())

    def now(self) -> Law:
        """The law that holds within this transaction."""
        decisions = models.Decision.objects.using(self._using)
        mark = decisions.aggregate(top=Max("pk"), undone=Count("undone_by"))
        if mark["top"] is None:
            return Law((), (), frozenset())  # nobody decided anything
        mark |= models.Claim.objects.using(self._using).aggregate(claims=Max("pk"))
        if mark != self._mark:
            self._mark, self._law = mark, decided(self._using)
        return self._law


def decided(using: str) -> Law:
    """The decisions that hold, found by the words they rest on.

    Of two incidents called the same or different, all claims that they had then are; a rejected claim, or each claim of a
    rejected incident or report, tells no incident.
    """
    held = models.Decision.objects.using(using).filter(undone_by=None)
    rows = list(
        held.filter(verdict__in=["same", "different", "reject"], subject_kind__in=["claim", "incident"]).order_by("when", "pk")
    )
    homes = anchored(using, (words for row in rows for words in (*row.words, *row.other_words)))

    def claims(words: list[list[object]]) -> list[int]:
        return list(dict.fromkeys(homes[found] for item in words if (found := as_words(item)) in homes))

    same: list[tuple[int, int]] = []
    different: list[tuple[int, int]] = []
    rejected: set[int] = set()
    for row in rows:
        ours, theirs = claims(row.words), claims(row.other_words)
        if row.verdict == "reject":
            rejected.update(ours)
        elif row.verdict == "same" and ours and theirs:
            same += [(ours[0], other) for other in (*ours[1:], *theirs) if other != ours[0]]
        elif row.verdict == "different":
            some = ours[: max(1, MOST // max(1, len(theirs)))]
            different += [(one, other) for one in some for other in theirs[:MOST] if one != other]
    for chunk in chunks(rejected_reports(using)):
        rejected |= set(models.Claim.objects.using(using).filter(report_key__in=chunk).values_list("pk", flat=True))
    return Law(tuple(same), tuple(different), frozenset(rejected))


def rejected_reports(using: str) -> list[str]:
    """Ids of the reports that people rejected."""
    held = models.Decision.objects.using(using).filter(undone_by=None, subject_kind="report", verdict="reject")
    return sorted(set(held.values_list("subject", flat=True)))
