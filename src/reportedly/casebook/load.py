"""Loading: a reading goes in whole or not at all, the same one twice changes nothing, a newer one takes the older one's place."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q

from reportedly.casebook import models, rows
from reportedly.casebook.connection import Database
from reportedly.casebook.locking import one_joins
from reportedly.casebook.merge import retire
from reportedly.casebook.stored import Added, Summary
from reportedly.casebook.text import storable
from reportedly.errors import CasebookError
from reportedly.records import Actor, Reading, content_id

Item = TypeVar("Item")
CHUNK = 200
VERSION = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Past:
    """When a reading was stored in another casebook, and its report added; ``is_settled_here``: that it was read is noted too."""

    read: datetime
    added: datetime
    is_settled_here: bool


def add(
    database: Database,
    reading: Reading,
    original: bytes | None,
    near: str | None,
    run: models.Run | None = None,
    past: Past | None = None,
) -> Added:
    """Store one reading in one transaction; see :meth:`reportedly.casebook.book.Casebook.add`. ``past``: it comes from another
    casebook."""
    rows.check_storable(reading)
    if original is not None and hashlib.sha256(original).hexdigest() != reading.report.sha256:
        raise CasebookError("the original bytes do not have the report's SHA-256.", where=reading.report.id)
    try:
        return _add(database.alias, reading, original, near, run, past)
    except IntegrityError:  # another process stored the same report or actor at the same moment: now it is there
        return _add(database.alias, reading, original, near, run, past)


def _add(
    using: str,
    reading: Reading,
    original: bytes | None,
    near: str | None,
    run: models.Run | None,
    past: Past | None,
) -> Added:
    with transaction.atomic(using=using):
        report, is_new = _report(using, reading, original, near, past)
        added = Added(
            report.key,
            "new" if is_new else "updated",
            duplicate_of=report.duplicate_of.key if report.duplicate_of else None,
            duplicate_kind=report.duplicate_kind,
        )
        added = _add_reading(using, report, reading, added, is_new, past)
        if past is None or past.is_settled_here:
            _settle(using, reading.report.sha256, reading.reader, run=run, state=models.WorkItem.DONE)
        return added


def _report(
    using: str, reading: Reading, original: bytes | None, near: str | None, past: Past | None
) -> tuple[models.Report, bool]:
    """The stored row of the reading's report, and whether it was made just now."""
    report = reading.report
    text_hash = rows.text_hash(report.text)
    reports = models.Report.objects.using(using)
    alike = reports.filter(Q(key=report.id) | Q(text_sha256=text_hash)).order_by("pk")
    heads = list(alike.values_list("pk", "key", "sha256", "text_sha256"))
    by_id = next((pk for pk, key, _, found in heads if key == report.id and found == text_hash), None)
    if by_id is None and any(key == report.id for _, key, _, _ in heads):
        raise CasebookError(
            "another text is stored under this id, and a stored text never changes.",
            where=report.id,
            remedy="Give the changed text an id of its own.",
        )
    same = by_id or next((pk for pk, _, sha256, _ in heads if sha256 == report.sha256), None)
    if same is not None:
        return reports.select_related("source", "duplicate_of").get(pk=same), False
    copied, kind = _copied(using, heads[0][0] if heads else None, near)
    row = models.Report(
        key=report.id,
        added=past.added if past else datetime.now(UTC),
        duplicate_of=copied,
        duplicate_kind=kind,
        **rows.report_row(report, _source(using, report.source), reading.unread),
    )
    row.save(using=using, force_insert=True)
    if original is not None:
        models.Original(report=row, data=zlib.compress(original)).save(using=using, force_insert=True)
    return row, True


def _copied(using: str, same_text: int | None, near: str | None) -> tuple[models.Report | None, str | None]:
    """The first report that this one copies, and how closely."""
    reports = models.Report.objects.using(using).select_related("duplicate_of")
    if same_text is not None:
        first = reports.get(pk=same_text)
        return first.duplicate_of or first, models.Report.EXACT
    if near is None:
        return None, None
    found = reports.filter(key=near).first()
    if found is None:
        raise CasebookError("the report that this one is a copy of is not in the casebook.", where=near, remedy="Add it first.")
    return found.duplicate_of or found, models.Report.NEAR


def _source(using: str, name: str | None) -> models.Source | None:
    if name is None:
        return None
    key = content_id("source", name)
    source, _ = models.Source.objects.using(using).get_or_create(key=key, defaults={"name": name})
    return source


def _add_reading(using: str, report: models.Report, reading: Reading, added: Added, is_new: bool, past: Past | None) -> Added:
    readings = models.Reading.objects.using(using).filter(report=report)
    known = {} if is_new else dict(readings.values_list("reader", "current"))
    in_use = next((reader for reader, current in known.items() if current), None)
    is_newest = in_use is None or version_key(reading.reader) >= version_key(in_use)
    if known.get(reading.reader) or (reading.reader in known and not is_newest):
        return replace(added, outcome="unchanged")
    if is_newest and in_use is not None:
        readings.update(current=False)
    models.Reading.objects.using(using).update_or_create(  # there already: another knowledge was used in between
        report=report,
        reader=reading.reader,
        defaults={
            "record": reading.model_dump_json(by_alias=True, exclude={"report"}),
            "current": is_newest,
            "added": past.read if past else datetime.now(UTC),
        },
    )
    if not is_newest:
        return replace(added, outcome="older")
    if not is_new:
        _make_room(using, report, reading)
    _store_claims(using, report, reading)
    return replace(added, claims=len(reading.claims), relations=len(reading.relations))


def _make_room(using: str, report: models.Report, reading: Reading) -> None:
    """Take away what an older reading left that is stored anew."""
    if report.unread != reading.unread:
        models.Report.objects.using(using).filter(pk=report.pk).update(unread=reading.unread)
    models.ClaimActor.objects.using(using).filter(claim__report=report).delete()
    models.Relation.objects.using(using).filter(report=report).delete()


def _store_claims(using: str, report: models.Report, reading: Reading) -> None:
    """Put the reading's claims and relations in the place of those read before; incidents keep the claims that are still read."""
    register = _register(using, rows.named_actors(reading))
    claims = [rows.claim_row(claim, report) for claim in reading.claims]
    _replace_claims(using, report, claims)
    parties = [
        party for claim, row in zip(reading.claims, claims, strict=True) for party in rows.party_rows(claim, row, register)
    ]
    models.ClaimActor.objects.using(using).bulk_create(parties, batch_size=CHUNK)
    relations = [rows.relation_row(relation, report, register) for relation in reading.relations]
    models.Relation.objects.using(using).bulk_create(relations, batch_size=CHUNK)


def _replace_claims(using: str, report: models.Report, new: list[models.Claim]) -> None:
    """Store claim rows; those whose id is known keep their primary key, those not among the new ones go."""
    table = models.Claim.objects.using(using)
    old = {row.key: row for row in table.filter(report=report)}
    if old:
        one_joins(using)
    fresh = [row for row in new if row.key not in old]
    table.bulk_create(fresh, batch_size=CHUNK)
    changed = []
    for row in new:
        if row.key in old:
            row.pk = old[row.key].pk
            if row.record != old[row.key].record:
                row.save(using=using, force_update=True)
                changed.append(row.pk)
    kept = {row.key for row in new}
    gone = [row for row in old.values() if row.key not in kept]
    stale = changed + [row.pk for row in gone]
    if stale:
        touched = _unsettle(using, stale)
        _hand_on(using, gone, fresh)
        table.filter(pk__in=[row.pk for row in gone]).delete()
        _retire_empty(using, touched)


def _unsettle(using: str, stale: list[int]) -> list[int]:
    """What was joined with claims that changed must be joined anew, and what was known of their likeness is forgotten.

    Returns the incidents that hold those claims.
    """
    links = models.IncidentClaim.objects.using(using)
    incidents = list(links.filter(claim__in=stale).values_list("incident", flat=True).distinct())
    mates = links.filter(incident__in=incidents).exclude(claim__in=stale).values_list("claim", flat=True)
    done = models.Claim.objects.using(using).filter(pk__in=list(mates), merging=models.Claim.DONE)
    done.update(merging=models.Claim.REGROUP)
    models.ClaimPair.objects.using(using).filter(Q(a__in=stale) | Q(b__in=stale)).delete()
    models.ClaimBlock.objects.using(using).filter(claim__in=stale).delete()
    return incidents


def _hand_on(using: str, gone: list[models.Claim], fresh: list[models.Claim]) -> None:
    """A new claim that rests on the words of one that is gone takes its place in incidents, so that their ids live on."""
    taken: set[int] = set()
    for row in gone:
        heir = next((new for new in fresh if new.pk not in taken and new.start < row.end and row.start < new.end), None)
        if heir is not None:
            taken.add(heir.pk)
            models.IncidentClaim.objects.using(using).filter(claim=row).update(claim=heir)


def _retire_empty(using: str, incidents: list[int]) -> None:
    """Incidents whose last member is gone stay, without claims."""
    member = models.IncidentClaim.objects.using(using).filter(role=models.IncidentClaim.MEMBER)
    for row in models.Incident.objects.using(using).filter(pk__in=incidents, claims__gt=0):
        if not member.filter(incident=row).exists():
            retire(using, row, None)


def _register(using: str, actors: dict[str, Actor]) -> dict[str, models.Actor]:
    """The rows of register entries, made where missing."""
    table = models.Actor.objects.using(using)
    known = {row.key: row for row in table.filter(key__in=list(actors))}
    missing = sorted(set(actors) - set(known))
    if missing:
        table.bulk_create(
            [models.Actor(key=key, name=actors[key].name, kind=actors[key].kind) for key in missing], ignore_conflicts=True
        )
        known |= {row.key: row for row in table.filter(key__in=missing)}
    return known


def version_key(reader: str) -> tuple[int, ...]:
    """A reader's version for comparing: the numbers of its first dotted figure; of no figure, the empty tuple."""
    found = VERSION.search(reader)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _settle(
    using: str,
    content: str,
    version: str,
    *,
    run: models.Run | None,
    state: str,
    where: str | None = None,
    error: str | None = None,
) -> None:
    """Note how a piece of work ended."""
    item = models.WorkItem(hash=content, version=version, state=state, where=where, error=error, run=run)
    changed = ["state", "error", "run"] if where is None else ["state", "error", "run", "where"]
    models.WorkItem.objects.using(using).bulk_create(
        [item], update_conflicts=True, unique_fields=["hash", "version"], update_fields=changed
    )


class Loading:
    """One loading run over many reports, which a killed process can begin again where it stopped.

    Use it as a context manager: :meth:`todo` passes on what this version has not read yet, :meth:`store` and :meth:`fail` settle
    each. ``summary`` tells how it goes.
    """

    def __init__(self, database: Database, version: str) -> None:
        self._database, self._version = database, version
        self._run: models.Run | None = None
        self.summary = Summary()

    def __enter__(self) -> Self:
        self._run = self._database.call(self._start)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._database.call(self._save_run, finished=kind is None)

    def todo(self, items: Iterable[Item], hash_of: Callable[[Item], str], where: Callable[[Item], str] = str) -> Iterator[Item]:
        """The items whose content this version has not read; failed ones come again. Items are taken a few hundred at a time.

        ``hash_of`` gives the SHA-256 of the original bytes (of the row or entry, where a file holds many), ``where`` a name
        for people.
        """
        stream = iter(items)
        while chunk := list(islice(stream, CHUNK)):
            done = self._database.call(self._note, {hash_of(item): where(item) for item in chunk})
            for item in chunk:
                if hash_of(item) in done:
                    self.summary = replace(self.summary, unchanged=self.summary.unchanged + 1)
                else:
                    yield item

    def store(self, reading: Reading, original: bytes | None = None, near: str | None = None) -> Added:
        """Store one reading (see ``Casebook.add``) and count it."""
        added = self._database.call(add, self._database, reading, original, near, self._run)
        read, unchanged, duplicates = self.summary.read, self.summary.unchanged, self.summary.duplicates
        is_copy = added.outcome == "new" and added.duplicate_of is not None
        self.summary = replace(
            self.summary,
            read=read + (added.outcome != "unchanged"),
            unchanged=unchanged + (added.outcome == "unchanged"),
            duplicates=duplicates + is_copy,
        )
        return added

    def fail(self, content: str, where: str, why: str) -> None:
        """Record that the item with this content hash failed, and why; the next run tries it again."""
        item = {"where": storable(where), "error": storable(why)}
        state = models.WorkItem.FAILED
        self._database.call(_settle, self._database.alias, content, self._version, run=self._run, state=state, **item)
        self.summary = replace(self.summary, failed=self.summary.failed + 1, errors=(*self.summary.errors, (where, why)))

    def _start(self) -> models.Run:
        return models.Run.objects.using(self._database.alias).create(started=datetime.now(UTC), version=self._version)

    def _note(self, hashes: dict[str, str]) -> set[str]:
        """Queue what is new; the hashes that are done."""
        items = models.WorkItem.objects.using(self._database.alias)
        known = dict(items.filter(version=self._version, hash__in=list(hashes)).values_list("hash", "state"))
        fresh = [
            models.WorkItem(hash=key, version=self._version, where=storable(where), run=self._run)
            for key, where in hashes.items()
            if key not in known
        ]
        items.bulk_create(fresh, ignore_conflicts=True)
        return {key for key, state in known.items() if state == models.WorkItem.DONE}

    def _save_run(self, finished: bool) -> None:
        if self._run is None:
            return
        counts = self.summary
        models.Run.objects.using(self._database.alias).filter(pk=self._run.pk).update(
            finished=datetime.now(UTC) if finished else None,
            read=counts.read,
            unchanged=counts.unchanged,
            duplicates=counts.duplicates,
            failed=counts.failed,
        )
