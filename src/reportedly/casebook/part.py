"""What a part of a casebook holds: some reports and what they copy, the incidents that they tell, and the decisions that rest on
them; and what stays behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from reportedly.casebook import models
from reportedly.casebook.anchors import chunks
from reportedly.casebook.stored import Behind


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a casebook: keys of its reports, numbers of its incidents and decisions.

    ``incidents`` are those with a member in these reports, and those without claims that led to them. ``behind`` is what is
    not in the part.
    """

    reports: frozenset[str]
    incidents: frozenset[int]
    decisions: frozenset[int]
    behind: Behind


def part_of(using: str, asked: Iterable[str]) -> Part:
    """The part that some reports (by key) make, with the reports that these copy."""
    named = set(asked)
    reports = frozenset(named | _copied(using, named))
    living = _told_by(using, reports)
    incidents = living | _led_to(using, living) | _emptied(using, reports)
    held = frozenset(row.pk for row in models.Decision.objects.using(using).order_by("pk") if _rests_on(row, reports))
    return Part(
        reports=reports,
        incidents=frozenset(incidents),
        decisions=held,
        behind=Behind(
            reports=models.Report.objects.using(using).count() - len(reports),
            decisions=models.Decision.objects.using(using).count() - len(held),
            **_cut(using, living, reports),
        ),
    )


def _copied(using: str, part: set[str]) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(sorted(part)):
        copies = models.Report.objects.using(using).filter(key__in=chunk).exclude(duplicate_of=None)
        found |= set(copies.values_list("duplicate_of__key", flat=True))
    return found


def _told_by(using: str, reports: frozenset[str]) -> set[int]:
    """The incidents with a member in some reports."""
    links = models.IncidentClaim.objects.using(using).filter(role=models.IncidentClaim.MEMBER)
    found: set[int] = set()
    for chunk in chunks(sorted(reports)):
        found |= set(links.filter(claim__report_key__in=chunk).values_list("incident", flat=True))
    return found


def _cut(using: str, incidents: set[int], reports: frozenset[str]) -> dict[str, int]:
    """How many of some incidents have claims in other reports too, and how many claims these are."""
    links = models.IncidentClaim.objects.using(using)
    outside: list[int] = []
    for chunk in chunks(sorted(incidents)):
        tellers = links.filter(incident__in=chunk).values_list("incident", "claim__report_key")
        outside += [incident for incident, report in tellers if report not in reports]
    return {"incidents": len(set(outside)), "claims": len(outside)}


def _led_to(using: str, heirs: set[int]) -> set[int]:
    """The incidents without claims that were merged into some, over any number of steps."""
    found: set[int] = set()
    frontier = set(heirs)
    while frontier:
        further: set[int] = set()
        for chunk in chunks(sorted(frontier)):
            rows = models.Incident.objects.using(using).filter(merged_into__in=chunk, claims=0)
            further |= set(rows.values_list("pk", flat=True))
        frontier = further - found - heirs
        found |= frontier
    return found


def _emptied(using: str, reports: frozenset[str]) -> set[int]:
    """The incidents that no claim tells any more and that led to no other, of which these reports told before."""
    emptied = models.Incident.objects.using(using).filter(claims=0, merged_into=None)
    changes = models.IncidentChange.objects.using(using).annotate(is_emptied=Exists(emptied.filter(pk=OuterRef("incident"))))
    return {
        incident
        for incident, words in changes.filter(is_emptied=True).values_list("incident", "words")
        if words and {str(item[0]) for item in words} <= reports
    }


def _rests_on(row: models.Decision, reports: frozenset[str]) -> bool:
    """Whether all words that a decision rests on, or the report that it is of, are in some reports."""
    told = {str(words[0]) for words in (*row.words, *row.other_words)}
    return bool(told and told <= reports) or (row.subject_kind == "report" and row.subject in reports)
