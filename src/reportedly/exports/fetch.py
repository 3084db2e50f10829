"""Looks up what incidents are made of, many at once, so that an export asks the database a few times for hundreds of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reportedly.casebook.stored import StoredClaim, StoredReport
from reportedly.incidents.grades import Told
from reportedly.incidents.records import Incident

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ClaimsById = Mapping[tuple[str, str], StoredClaim]
"""Claims by the id of their report and their own."""
KEPT_REPORTS: Final = 1000


class Fetcher:
    """Claims, incidents and reports by id, as they are or ``corrected`` by people."""

    def __init__(self, book: Casebook, *, corrected: bool) -> None:
        from reportedly.casebook.connection import Database

        self._database = Database(book.alias, book.name)
        self._corrected = corrected
        self._reports: dict[str, StoredReport] = {}
        self._wanted: dict[str, None] = {}
        self.grades: Mapping[str, Told] = {}
        """Who published the reports at hand, by id, with the grade, where people graded that source."""

    def claims_of(self, incidents: Sequence[Incident], beside: Sequence[StoredClaim] = ()) -> ClaimsById:
        """The claims of all these incidents; those that people rejected are missing, where corrections are asked for.

        ``beside``: claims that are handed out with them, so that their reports are looked up together.
        """
        members = [member for incident in incidents for member in incident.members]
        self._wanted = dict.fromkeys((*(member.report for member in members), *(claim.report for claim in beside)))
        from reportedly.casebook.grading import graded_reports

        self.grades = self._database.call(graded_reports, self._database.alias, self._wanted)
        return self._database.call(_claims, self._database.alias, [member.claim for member in members], self._corrected)

    def incidents(self, keys: Iterable[str]) -> dict[str, Incident]:
        """Incidents by id."""
        return self._database.call(_incidents, self._database.alias, list(keys), self._corrected)

    def report(self, key: str) -> StoredReport:
        """A report by id, looked up together with those of the incidents at hand. ``claims`` is not counted."""
        if key not in self._reports:
            if len(self._reports) > KEPT_REPORTS:
                self._reports.clear()
            wanted = [key, *(other for other in self._wanted if other not in self._reports and other != key)]
            self._reports |= self._database.call(_reports, self._database.alias, wanted)
        return self._reports[key]


def _claims(using: str, keys: Sequence[str], corrected: bool) -> dict[tuple[str, str], StoredClaim]:
    from reportedly.casebook import corrections, models, query
    from reportedly.casebook.anchors import chunks

    found: list[StoredClaim] = []
    for chunk in chunks(keys):
        rows = models.Claim.objects.using(using).filter(key__in=chunk).select_related("report__source").defer("report__text")
        claims = query.stored_claims(using, list(rows))
        found += corrections.lay_over_claims(using, claims) if corrected else claims
    return {(claim.report, claim.id): claim for claim in found}


def _incidents(using: str, keys: Sequence[str], corrected: bool) -> dict[str, Incident]:
    from reportedly.casebook import corrections, grading, models
    from reportedly.casebook.anchors import chunks

    found: list[Incident] = []
    for chunk in chunks(keys):
        records = models.Incident.objects.using(using).filter(key__in=chunk).values_list("record", flat=True)
        incidents = grading.lay_grades(using, [Incident.model_validate_json(record) for record in records])
        found += corrections.lay_over_incidents(using, incidents) if corrected else incidents
    return {incident.id: incident for incident in found}


def _reports(using: str, keys: Sequence[str]) -> dict[str, StoredReport]:
    from reportedly.casebook import models, rows
    from reportedly.casebook.anchors import chunks

    found: dict[str, StoredReport] = {}
    for chunk in chunks(keys):
        asked = models.Report.objects.using(using).filter(key__in=chunk)
        for row in asked.select_related("source", "duplicate_of").defer("duplicate_of__text"):
            found[row.key] = rows.stored_report(row, 0)
    return found
