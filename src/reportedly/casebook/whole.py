"""A whole casebook as plain objects, and back: what was read by every version, what people decided and undid, what became of each
incident, and what is watched.

:func:`tell` passes on one object after another, each with a name that says what it is; :func:`restore` stores them again, in one
transaction. Claims, relations and the keys that claims are found by are not told: they follow from the readings. In an empty
casebook the same tables arise; one that holds something gets what it lacks, and claims are joined with those that are there.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError as FieldError
from django.db import DataError, IntegrityError, connections, transaction
from django.db.models import Field, Model, QuerySet
from pydantic_core import from_json

from reportedly.casebook import decisions, load, models, query, rows
from reportedly.casebook.anchors import as_words, chunks
from reportedly.casebook.connection import Database, snapshot
from reportedly.casebook.corrections import read_correction
from reportedly.casebook.filters import Filter, terms
from reportedly.casebook.locking import one_joins
from reportedly.casebook.merge import hold_known
from reportedly.casebook.part import Part, part_of
from reportedly.casebook.stored import Behind, Restored
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError, IntakeError
from reportedly.incidents.records import Incident
from reportedly.records import Reading

Put = Callable[[dict[str, Any]], object]
Row = TypeVar("Row", bound=Model)
FORMAT: Final = 2
"""The version of what is told; a file without it was written before there was one."""
CHUNK: Final = 200
PAIRS: Final = 500
"""Pairs of claims in one object."""
WATCHING: Final = (models.Watch, models.Noticed, models.Alert, models.Outgoing)
NAMES: Final[Mapping[type[Model], str]] = {
    models.Source: "source",
    models.Actor: "actor",
    models.Run: "run",
    models.WorkItem: "work",
    models.Incident: "incident",
    models.IncidentChange: "change",
    models.Decision: "decision",
    models.Feed: "feed",
    models.Watch: "watch",
    models.Noticed: "noticed",
    models.Alert: "alert",
    models.Outgoing: "outgoing",
}
"""What a row of a table is called; the others are told with these, or follow from readings."""
SAID_OF_SOURCES: Final[Mapping[str, type[models.Grade] | type[models.SourceNote]]] = {
    "grades": models.Grade,
    "notes": models.SourceNote,
}
"""What people said of a source is told with it."""
KNOWN_BY: Final[Mapping[type[Model], str]] = {
    models.Source: "key",
    models.Actor: "key",
    models.Incident: "key",
    models.Watch: "name",
}
"""By what a row is named in others."""


def tell(database: Database, asked: Filter, version: str, put: Put) -> int:
    """Pass on a casebook as it is at this moment; the number of reports.

    A filter that narrows anything gives a part: its reports with all their readings (and what these copy), the incidents that
    they tell with their trail, and the decisions that rest on them alone. The first object says what stays behind.
    """
    is_whole = replace(asked, newest=False) == Filter()
    chosen = None if is_whole else [report.id for report in query.reports(database, asked)]

    def told() -> int:
        with snapshot(database.alias):
            part = part_of(database.alias, chosen) if chosen is not None else None
            return _Telling(database.alias, version, part, asked, put).run()

    return database.call(told)


class _Telling:
    """One casebook, or a part of it, being passed on."""

    def __init__(self, using: str, version: str, part: Part | None, asked: Filter, put: Put) -> None:
        self._using, self._version, self._part, self._asked, self._put = using, version, part, asked, put

    def run(self) -> int:
        is_whole = self._part is None
        self._put({"casebook": FORMAT, "version": self._version, "whole": is_whole} | self._left())
        self._sources()
        if is_whole:
            self._plain(models.Actor)
            runs = self._runs()
        number = self._reports()
        if is_whole:
            self._work(runs)
        self._incidents()
        self._trail()
        if is_whole:
            self._pairs()
        self._decisions()
        if is_whole:
            self._plain(models.Feed)
            for model in WATCHING:
                self._plain(model)
        return number

    def _left(self) -> dict[str, Any]:
        """Of a part: by which filter, and what stays behind."""
        if self._part is None:
            return {}
        return {"filter": terms(self._asked), "left": asdict(self._part.behind)}

    def _rows(self, model: type[Row]) -> Iterator[Row]:
        links = [item.name for item in model._meta.concrete_fields if item.is_relation]
        asked: QuerySet[Row] = model._default_manager.using(self._using).select_related(*links).order_by("pk")
        return asked.iterator(CHUNK)

    def _plain(self, model: type[Model]) -> None:
        """The rows of a table."""
        for row in self._rows(model):
            self._put({NAMES[model]: _told(row)})

    def _trail(self) -> None:
        """What became of the incidents, with the numbers that people know."""
        for row in self._rows(models.IncidentChange):
            if self._part is None or row.incident_id in self._part.incidents:
                self._put({NAMES[models.IncidentChange]: {"id": row.pk} | _told(row)})

    def _sources(self) -> None:
        said: dict[str, dict[int, list[dict[str, Any]]]] = {name: {} for name in SAID_OF_SOURCES}
        for name, table in SAID_OF_SOURCES.items():
            for one in table._default_manager.using(self._using).order_by("pk"):
                said[name].setdefault(one.source_id, []).append(_told(one, leave=("source",)))
        mine = self._publishers()
        for row in self._rows(models.Source):
            if mine is None or row.pk in mine:
                self._put({"source": _told(row) | {name: by_source.get(row.pk, []) for name, by_source in said.items()}})

    def _publishers(self) -> set[int] | None:
        """Who published the reports of a part; ``None`` for all."""
        if self._part is None:
            return None
        found: set[int] = set()
        for chunk in chunks(sorted(self._part.reports)):
            reports = models.Report.objects.using(self._using).filter(key__in=chunk).exclude(source=None)
            found |= set(reports.values_list("source", flat=True))
        return found

    def _runs(self) -> dict[int, int]:
        """Tell the runs; their places by primary key."""
        places: dict[int, int] = {}
        for place, row in enumerate(self._rows(models.Run)):
            places[row.pk] = place
            self._put({"run": _told(row)})
        return places

    def _work(self, runs: Mapping[int, int]) -> None:
        for row in models.WorkItem.objects.using(self._using).order_by("pk").iterator(CHUNK):
            self._put({"work": _told(row, leave=("run",)) | {"run": runs[row.run_id] if row.run_id else None}})

    def _reports(self) -> int:
        """The reports in the order they were added, so that what is copied stands before its copies."""
        number, last = 0, 0
        table = models.Report.objects.using(self._using).select_related("source", "duplicate_of").defer("duplicate_of__text")
        while chunk := list(table.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = chunk[-1].pk
            chosen = [row for row in chunk if self._part is None or row.key in self._part.reports]
            for told in self._told_reports(chosen):
                self._put(told)
            number += len(chosen)
        return number

    def _told_reports(self, chunk: Sequence[models.Report]) -> Iterator[dict[str, Any]]:
        keys = [row.pk for row in chunk]
        originals = dict(models.Original.objects.using(self._using).filter(report__in=keys).values_list("report", "data"))
        readings: dict[int, list[models.Reading]] = {}
        for row in models.Reading.objects.using(self._using).filter(report__in=keys).order_by("added", "pk"):
            readings.setdefault(row.report_id, []).append(row)
        waiting: dict[int, dict[str, int]] = {}
        if self._part is None:
            not_done = models.Claim.objects.using(self._using).filter(report__in=keys).exclude(merging=models.Claim.DONE)
            for pk, key, state in not_done.order_by("start", "key").values_list("report", "key", "merging"):
                waiting.setdefault(pk, {})[key] = state
        for report in chunk:
            own = readings.get(report.pk, [])
            used = next((row for row in own if row.current), None)
            if used is None:
                continue  # stored by a run that goes on: a report and its reading come in one transaction, so this is never seen
            head = rows.report_record(report).model_dump(by_alias=True)
            original = originals.get(report.pk)
            yield {
                "reading": _whole(used, head),
                "read": _plain_value(used.added),
                "added": _plain_value(report.added),
                "duplicate_of": report.duplicate_of.key if report.duplicate_of else None,
                "duplicate_kind": report.duplicate_kind,
                "original": base64.b64encode(zlib.decompress(bytes(original))).decode() if original is not None else None,
                "earlier": [
                    {"read": _plain_value(row.added), "reading": from_json(row.record)} for row in own if not row.current
                ],
                "waiting": waiting.get(report.pk, {}),
            }

    def _incidents(self) -> None:
        last = 0
        table = models.Incident.objects.using(self._using).select_related("merged_into").order_by("pk")
        columns = ("incident", "claim__report_key", "claim__key", "role", "score", "reasons")
        while chunk := list(table.filter(pk__gt=last)[:CHUNK]):
            last = chunk[-1].pk
            chosen = [row for row in chunk if self._part is None or row.pk in self._part.incidents]
            links: dict[int, list[list[Any]]] = {}
            found = models.IncidentClaim.objects.using(self._using).filter(incident__in=[row.pk for row in chosen])
            for incident, *link in found.order_by("pk").values_list(*columns):
                if self._part is None or link[0] in self._part.reports:
                    links.setdefault(incident, []).append(link)
            for row in chosen:
                self._put({"incident": _told(row) | {"links": links.get(row.pk, [])}})

    def _pairs(self) -> None:
        columns = ("a__report_key", "a__key", "b__report_key", "b__key", "score", "reasons")
        found = models.ClaimPair.objects.using(self._using).order_by("pk").values_list(*columns)
        held: list[list[Any]] = []
        for row in found.iterator(CHUNK):
            held.append(list(row))
            if len(held) == PAIRS:
                self._put({"pairs": held})
                held = []
        if held:
            self._put({"pairs": held})

    def _decisions(self) -> None:
        for row in self._rows(models.Decision):
            if self._part is None or row.pk in self._part.decisions:
                self._put({"decision": _told(row)})


def _whole(row: models.Reading, report: dict[str, Any]) -> dict[str, Any]:
    """A stored reading with its report in the place where the published record has it."""
    record: dict[str, Any] = from_json(row.record)
    head = {name: record.pop(name) for name in ("schema", "reader") if name in record}
    return head | {"report": report} | record


def _told(row: Model, leave: Sequence[str] = ()) -> dict[str, Any]:
    """The columns of a row save its number; other rows by what they are known by."""
    told: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if column.primary_key or column.name in leave:
            continue
        value = getattr(row, column.name)
        if isinstance(value, Model):
            value = getattr(value, KNOWN_BY[type(value)])
        told[column.name] = _plain_value(value)
    return told


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict | list):  # PostgreSQL keeps keys in an order of its own
        return json.loads(json.dumps(value, sort_keys=True))
    return value.isoformat() if isinstance(value, date) else value


def restore(database: Database, told: Iterable[tuple[str, dict[str, Any]]], *, watches: bool) -> Restored:
    """Store what :func:`tell` passed on; each object comes with where it stands. All of it, or nothing.

    ``watches``: also feeds and watches, with what they noticed and what waits to be sent. Raises :class:`IntakeError` for an
    object that cannot be stored, naming where it stands.
    """

    def stored() -> Restored:
        with transaction.atomic(using=database.alias):
            one_joins(database.alias)
            return _Restoring(database, watches).run(told)

    return database.call(stored)


@dataclass
class _Held:
    """What must wait until everything it speaks of is there."""

    waiting: dict[tuple[str, str], int] = field(default_factory=dict)
    incidents: dict[str, models.Incident] = field(default_factory=dict)
    links: list[tuple[str, models.Incident, list[Any]]] = field(default_factory=list)
    merged: list[tuple[models.Incident, str]] = field(default_factory=list)
    changes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    pairs: list[tuple[str, list[Any]]] = field(default_factory=list)
    decisions: list[models.Decision] = field(default_factory=list)


class _Restoring:
    """One casebook being brought in, in one transaction."""

    def __init__(self, database: Database, watches: bool) -> None:
        self._database, self._using, self._with_watches = database, database.alias, watches
        self._is_empty = not any(
            model._default_manager.using(self._using).exists()
            for model in (models.Report, models.Source, models.Decision, models.Incident, models.Run)
        )
        self._is_whole = False
        self._behind: Behind | None = None
        self._counts: Counter[str] = Counter()
        self._runs: list[models.Run] = []
        self._own_watches: dict[str, models.Watch] = {}
        self._stored_as: dict[str, str] = {}
        """Under which id a report of the file is here."""
        self._held = _Held()

    def run(self, told: Iterable[tuple[str, dict[str, Any]]]) -> Restored:
        takes: dict[str, Callable[[str, Any], None]] = {
            "casebook": self._begin,
            "source": self._source,
            "actor": self._actor,
            "run": self._run,
            "reading": self._reading,
            "work": self._work,
            "incident": self._incident,
            "change": lambda where, row: self._held.changes.append((where, row)),
            "pairs": lambda where, row: self._held.pairs.append((where, row)),
            "decision": self._decision,
            "feed": self._feed,
            "watch": self._watch,
            "noticed": lambda where, row: self._of_watch(models.Noticed, where, row),
            "alert": lambda where, row: self._of_watch(models.Alert, where, row),
            "outgoing": lambda where, row: self._of_watch(models.Outgoing, where, row),
        }
        for number, (where, line) in enumerate(told):
            name = next((name for name in takes if name in line), None)
            if name is None or (name == "casebook") is not (number == 0):
                raise IntakeError(
                    "this line holds no part of a casebook, or not in its place.",
                    where=where,
                    remedy="Write the file with: reportedly export --layout jsonl --records casebook",
                )
            with _told_as(name, where):
                takes[name](where, line if name in {"reading", "casebook"} else line[name])
        self._finish()
        counts = {name: self._counts[name] for name in ("reports", "known", "decisions", "feeds", "watches", "left")}
        return Restored(**counts, is_whole=self._is_exact, behind=self._behind)

    @property
    def _is_exact(self) -> bool:
        """Whether the casebook becomes the same as the other, so that everything is stored as it was."""
        return self._is_empty and self._is_whole

    def _begin(self, where: str, line: dict[str, Any]) -> None:
        if line["casebook"] != FORMAT:
            raise IntakeError(
                f"this file was written in format {line['casebook']!r}, and format {FORMAT} is read.",
                where=where,
                remedy="Install the version of reportedly that it names.",
            )
        self._is_whole = bool(line["whole"])
        if not self._is_whole and "left" in line:
            self._behind = Behind(**{name: int(number) for name, number in line["left"].items()})

    def _source(self, where: str, told: dict[str, Any]) -> None:
        table = models.Source.objects.using(self._using)
        said = [(table, one) for name, table in SAID_OF_SOURCES.items() for one in told.pop(name)]
        row = table.filter(key=told["key"]).first()
        if row is None:
            row = _made(models.Source, told, where)
            row.save(using=self._using, force_insert=True)
        for table_of, one in said:
            made = _made(table_of, one, where, source=row)
            if not table_of._default_manager.using(self._using).filter(source=row, by=made.by, when=made.when).exists():
                made.save(using=self._using, force_insert=True)

    def _actor(self, where: str, told: dict[str, Any]) -> None:
        row = _made(models.Actor, told, where)
        if not models.Actor.objects.using(self._using).filter(key=row.key).exists():
            row.save(using=self._using, force_insert=True)

    def _run(self, where: str, told: dict[str, Any]) -> None:
        row = _made(models.Run, told, where)
        if self._is_exact:
            row.save(using=self._using, force_insert=True)
        self._runs.append(row)

    def _reading(self, where: str, line: dict[str, Any]) -> None:
        """A report with all its readings, in the order in which they were stored."""
        reading = Reading.model_validate(line["reading"])
        original = base64.b64decode(line["original"], validate=True) if line["original"] is not None else None
        near = line["duplicate_of"] if line["duplicate_kind"] == models.Report.NEAR else None
        found = [(_moment(line["read"]), reading)]
        for one in line["earlier"]:
            earlier = Reading.model_validate({**one["reading"], "report": line["reading"]["report"]})
            found.append((_moment(one["read"]), earlier))
        is_new = False
        for when, one in sorted(found, key=lambda item: item[0]):
            known_as = self._stored_as.get(near, near) if near is not None else None
            past = load.Past(when, _moment(line["added"]), is_settled_here=not self._is_exact)
            done = load.add(self._database, one, original, known_as, past=past)
            is_new = is_new or done.outcome == "new"
            self._stored_as[reading.report.id] = done.report
        self._counts["reports" if is_new else "known"] += 1
        self._held.waiting |= {(reading.report.id, str(key)): int(state) for key, state in line["waiting"].items()}

    def _work(self, where: str, told: dict[str, Any]) -> None:
        if not self._is_exact:
            return  # whether this casebook has read a report, it knows by itself
        place = told.pop("run")
        row = _made(models.WorkItem, told, where, run=self._runs[place] if place is not None else None)
        row.save(using=self._using, force_insert=True)

    def _incident(self, where: str, told: dict[str, Any]) -> None:
        links, heir = told.pop("links"), told.pop("merged_into")
        row = _made(models.Incident, told, where)
        if Incident.model_validate_json(row.record).id != row.key:
            raise ValueError("another incident's record")
        table = models.Incident.objects.using(self._using)
        if table.filter(key=row.key).exists():
            return
        if not self._is_exact:
            links = self._free(links)
            if row.claims and not links:
                return
        row.save(using=self._using, force_insert=True)
        self._held.incidents[row.key] = row
        self._held.links += [(where, row, link) for link in links]
        if heir is not None:
            self._held.merged.append((row, heir))

    def _free(self, links: list[Any]) -> list[Any]:
        """Of the claims of an incident, those that belong to none here."""
        here = models.Claim.objects.using(self._using)
        return [link for link in links if here.filter(report_key=link[0], key=link[1], links=None).exists()]

    def _decision(self, where: str, told: dict[str, Any]) -> None:
        row = _made(models.Decision, told, where)
        for item in (*row.words, *row.other_words):
            as_words(item)
        if row.correction is not None:
            read_correction(row.subject_kind, row.correction)
        table = models.Decision.objects.using(self._using)
        known = table.filter(key=row.key).first()
        if known is None:
            row.save(using=self._using, force_insert=True)
            self._held.decisions.append(row)
            self._counts["decisions"] += 1
        elif known.undone_by is None and row.undone_by is not None:  # taken back elsewhere, after it was brought in here
            table.filter(pk=known.pk).update(undone_by=row.undone_by, undone_when=row.undone_when, undone_why=row.undone_why)
            self._held.decisions.append(known)

    def _feed(self, where: str, told: dict[str, Any]) -> None:
        if not self._with_watches:
            self._counts["left"] += 1
            return
        row = _made(models.Feed, told, where)
        if not models.Feed.objects.using(self._using).filter(address=row.address).exists():
            row.save(using=self._using, force_insert=True)
            self._counts["feeds"] += 1

    def _watch(self, where: str, told: dict[str, Any]) -> None:
        if not self._with_watches:
            self._counts["left"] += 1
            return
        row = _made(models.Watch, told, where)
        if not models.Watch.objects.using(self._using).filter(name=row.name).exists():
            row.save(using=self._using, force_insert=True)
            self._own_watches[row.name] = row
            self._counts["watches"] += 1

    def _of_watch(self, model: type[Model], where: str, told: dict[str, Any]) -> None:
        """What belongs to a watch that came in just now; a watch that was here keeps its own."""
        watch = self._own_watches.get(told.pop("watch"))
        if watch is not None:
            _made(model, told, where, watch=watch).save(using=self._using, force_insert=True)

    def _finish(self) -> None:
        """Tie together what is there now."""
        for row, heir in self._held.merged:
            row.merged_into = models.Incident.objects.using(self._using).filter(key=heir).first()
            row.save(using=self._using, update_fields=["merged_into"])
        self._link()
        self._change()
        if self._is_exact:
            self._settle()
        else:
            for decision in self._held.decisions:
                decisions.take_effect(self._using, decision)

    def _link(self) -> None:
        claims = self._claims((link[0], link[1]) for _, _, link in self._held.links)
        made = []
        for where, incident, link in self._held.links:
            with _told_as("incident", where):
                report, key, role, score, reasons = link
                told = {"role": role, "score": score, "reasons": reasons}
                made.append(_made(models.IncidentClaim, told, where, incident=incident, claim_id=claims[report, key]))
        models.IncidentClaim.objects.using(self._using).bulk_create(made, batch_size=CHUNK)

    def _change(self) -> None:
        """The trail of the incidents that came in; in an empty casebook with the numbers that people know."""
        incidents = models.Incident.objects.using(self._using)
        for where, told in self._held.changes:
            with _told_as("change", where):
                number, incident = told.pop("id"), self._held.incidents.get(told.pop("incident"))
                other = told.pop("other")
                if incident is None:
                    continue
                heir = incidents.filter(key=other).first() if other is not None else None
                change = _made(models.IncidentChange, told, where, incident=incident, other=heir)
                for item in change.words:
                    as_words(item)
                change.pk = int(number) if self._is_exact else None
                change.save(using=self._using, force_insert=True)
        if self._is_exact and self._held.changes:
            _count_on(self._using, models.IncidentChange)

    def _settle(self) -> None:
        """What was joined stays joined; what waited to be joined waits."""
        claims = models.Claim.objects.using(self._using)
        claims.update(merging=models.Claim.DONE)
        for words, pk in self._claims(self._held.waiting).items():
            claims.filter(pk=pk).update(merging=self._held.waiting[words])
        hold_known(self._using)
        for where, pairs in self._held.pairs:
            with _told_as("pair", where):
                ends = self._claims((pair[at], pair[at + 1]) for pair in pairs for at in (0, 2))
                made = []
                for one, a, other, b, score, reasons in pairs:
                    told = {"score": score, "reasons": reasons}
                    made.append(_made(models.ClaimPair, told, where, a_id=ends[one, a], b_id=ends[other, b]))
                models.ClaimPair.objects.using(self._using).bulk_create(made, batch_size=CHUNK)

    def _claims(self, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The primary keys of claims by report and id."""
        wanted = set(asked)
        found: dict[tuple[str, str], int] = {}
        for chunk in chunks(sorted({key for _, key in wanted})):
            columns = ("report_key", "key", "pk")
            for report, key, pk in models.Claim.objects.using(self._using).filter(key__in=chunk).values_list(*columns):
                if (report, key) in wanted:
                    found[report, key] = pk
        return found


@contextmanager
def _told_as(name: str, where: str) -> Iterator[None]:
    """Faults of what a line tells, as an :class:`IntakeError` that names the line."""
    try:
        yield
    except (FieldError, DataError, IntegrityError, TypeError, ValueError, LookupError) as error:
        raise IntakeError(f"this line holds no whole {name}.", where=where, remedy="Export the casebook again.") from error
    except CasebookError as error:
        raise IntakeError(f"this {name} cannot be stored: {error.what}", where=where, remedy=error.remedy) from error


def _made(model: type[Row], told: Mapping[str, Any], where: str, **links: Any) -> Row:
    """A row of plain values, checked. Raises :class:`ValueError` or a field's error for what the table cannot hold."""
    columns = {column.name: column for column in model._meta.concrete_fields}
    if unknown := sorted(set(told) - set(columns)):
        raise IntakeError(f"{unknown[0]!r} means nothing here.", where=where, remedy="Install the newest version of reportedly.")
    given = {*told, *(name.removesuffix("_id") for name in links)}
    for name, column in columns.items():
        if name not in given and not (column.primary_key or column.null or column.has_default()):
            raise ValueError(f"{name} is missing")
    return model(**{name: _value(columns[name], value) for name, value in told.items()}, **links)


def _value(column: Field[Any, Any], value: Any) -> Any:
    kind = column.get_internal_type()
    if value is None:
        if not column.null:
            raise ValueError(f"{column.name} is missing")
        return None
    if kind in {"CharField", "TextField"}:
        if not isinstance(value, str) or UNSTORABLE.search(value) or len(value) > (column.max_length or len(value)):
            raise ValueError(f"{column.name} is no text that can be stored")
        return value
    if kind == "JSONField":
        if UNSTORABLE.search(json.dumps(value, ensure_ascii=False)) or "\\u0000" in json.dumps(value):
            raise ValueError(f"{column.name} holds a character that no database stores")
        return value
    if kind != "BooleanField" and isinstance(value, bool):
        raise ValueError(f"{column.name} is true or false")
    return column.to_python(value)


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    return found


def _count_on(using: str, model: type[Model]) -> None:
    """After numbers were given by hand, the next one must be free."""
    from django.core.management.color import no_style

    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
