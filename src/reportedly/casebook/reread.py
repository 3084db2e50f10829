"""Reading stored reports anew: what a newer version gains, loses and changes, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self

from django.db.models import QuerySet

from reportedly.casebook import holding, load, models, query, rows
from reportedly.casebook.connection import Database
from reportedly.casebook.differences import claim_changes
from reportedly.casebook.lookup import locate
from reportedly.casebook.stored import ClaimChange, Reread
from reportedly.errors import SettingError
from reportedly.records import Claim, Reading, Report

CHUNK: Final = 50


class Rereading:
    """One run of reading reports anew, which a killed process can begin again where it stopped.

    Use it as a context manager: :meth:`todo` passes on the reports, :meth:`store` and :meth:`fail` settle each, :meth:`result`
    tells what changed, also before a kill. Reports that ``version`` or a newer one has read are passed over; with ``dry`` nothing
    is stored and none is passed over, nor is one where ``version`` is ``None``.
    """

    def __init__(self, database: Database, version: str | None, *, dry: bool, reports: Sequence[str] = ()) -> None:
        self._database, self._version, self._dry, self._asked = database, version, dry, tuple(reports)
        self._reader = version
        self._run: models.Run | None = None
        self._reports: list[str] = []
        """Ids of the reports asked for; empty for all."""
        self._decided: set[str] = set()
        """Reports whose words decisions rest on, as far as a dry run must know them."""
        self._changes: list[ClaimChange] = []
        self._failed: list[tuple[str, str]] = []
        self._foreseen: dict[str, tuple[Claim, ...]] = {}
        self._done = self._same = self._earlier = 0

    def __enter__(self) -> Self:
        self._database.call(self._start)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._run is not None and kind is None:
            self._database.call(self._finish)

    def number(self) -> int:
        """How many reports there are to look at."""
        return self._database.call(lambda: self._table().count())

    def todo(self) -> Iterator[Report]:
        """The reports to read, in the order they were added; a few are in memory at a time."""
        last = 0
        while chunk := self._database.call(self._fetch, last):
            for _, report, is_known in chunk:
                if is_known:
                    self._earlier += 1
                else:
                    yield report
            last = chunk[-1][0]

    def store(self, reading: Reading) -> None:
        """Set the new reading of a report beside the one in use and, unless ``dry``, put it in its place."""
        self._database.call(self._store, reading)

    def fail(self, report: str, why: str) -> None:
        """Note that a report could not be read; the next run tries it again."""
        self._failed.append((report, why))

    def result(self) -> Reread:
        """What changed, and which decisions fit: ask for it after claims were joined again."""
        found = self._database.call(holding.fitting, self._database.alias, self._foreseen)
        return Reread(
            reader=self._reader,
            reports=self._done,
            same=self._same,
            earlier=self._earlier,
            failed=tuple(self._failed),
            changes=tuple(self._changes),
            **dict(found),
        )

    def _start(self) -> None:
        using = self._database.alias
        for key in self._asked:
            kind, row = locate(using, key)
            if kind != "report":
                raise SettingError(f"this is a {kind}, no report.", where=key, remedy="List them with: reportedly reports")
            self._reports.append(row.key)
        if self._dry:
            held = models.Decision.objects.using(using).filter(undone_by=None)
            self._decided = {str(words[0]) for row in held.iterator(CHUNK) for words in (*row.words, *row.other_words)}
        if self._dry or self._version is None:
            return
        runs = models.Run.objects.using(using)
        killed = runs.filter(kind=models.Run.REREAD, version=self._version, finished=None).order_by("-pk").first()
        if killed is not None:
            self._take_up(killed)
        self._run = killed or runs.create(started=datetime.now(UTC), version=self._version, kind=models.Run.REREAD)

    def _take_up(self, run: models.Run) -> None:
        """What a run did before it was killed."""
        readings = models.Reading.objects.using(self._database.alias).select_related("report")
        done = readings.filter(reader=self._version, added__gte=run.started, report__added__lt=run.started).order_by("report")
        for row in done.iterator(CHUNK):
            before = readings.filter(report=row.report).exclude(pk=row.pk)
            was = max(before, key=lambda item: (load.version_key(item.reader), item.added), default=None)
            old = query.BareReading.model_validate_json(was.record).claims if was is not None else ()
            self._compare(row.report.key, old, query.BareReading.model_validate_json(row.record).claims)
            self._earlier -= 1  # met again by todo, where it counts as read before

    def _finish(self) -> None:
        runs = models.Run.objects.using(self._database.alias)
        if self._run is not None:
            runs.filter(pk=self._run.pk).update(finished=datetime.now(UTC), read=self._done, failed=len(self._failed))

    def _table(self) -> QuerySet[models.Report]:
        table = models.Report.objects.using(self._database.alias)
        return table.filter(key__in=self._reports) if self._reports else table

    def _fetch(self, after: int) -> list[tuple[int, Report, bool]]:
        chunk = list(self._table().select_related("source").filter(pk__gt=after).order_by("pk")[:CHUNK])
        known: set[int] = set()
        if self._run is not None and self._version is not None:
            readings = models.Reading.objects.using(self._database.alias).filter(report__in=[row.pk for row in chunk])
            mine = load.version_key(self._version)
            for report, reader, is_current in readings.values_list("report", "reader", "current"):
                if is_current and (reader == self._version or load.version_key(reader) > mine):
                    known.add(report)
        return [(row.pk, rows.report_record(row), row.pk in known) for row in chunk]

    def _store(self, reading: Reading) -> None:
        key = reading.report.id
        old = query.reading(self._database.alias, key, None)
        self._reader = reading.reader
        self._compare(key, old.claims if old else (), reading.claims)
        if not self._dry:
            load.add(self._database, reading, None, None)
        elif key in self._decided:
            self._foreseen[key] = reading.claims

    def _compare(self, report: str, old: Sequence[Claim], new: Sequence[Claim]) -> None:
        found = claim_changes(report, tuple(old), tuple(new))
        self._changes += found
        self._same += not found
        self._done += 1
