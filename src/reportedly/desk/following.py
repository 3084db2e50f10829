"""Relations, threats and turns of a whole casebook, worked out in the background and kept for the pages.

To follow a casebook is to go through all that it holds. Pages ask for what was found last; when the casebook has changed since,
it is followed anew: in a thread where that is short, else in a process of its own, so that no page waits for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Count, Max

from reportedly.casebook import models as casebook_models
from reportedly.casebook.histories import tellings
from reportedly.casebook.text import fold
from reportedly.desk import joining
from reportedly.desk.models import Following, LedgerEntry, Pair, PairState, Turn
from reportedly.desk.turns import incident_turns
from reportedly.incidents.records import Incident
from reportedly.relations import History, Shift, Threat, changes, collect, histories, ledger

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

Item = TypeVar("Item")
SHORT: Final = 2000
"""Reports up to which a casebook is followed in a thread of the desk."""
BATCH: Final = 500
LONGEST: Final = 160
ENDLESS: Final = date.max
ADDRESS: Final = "REPORTEDLY_FOLLOWED"
"""The variable that names the casebook to the process of its own: an address may hold a password, so it is no argument."""
_lock = threading.Lock()
_at_work: list[subprocess.Popen[bytes] | threading.Thread] = []


def latest() -> Following | None:
    """What was found last; ``None`` where the casebook was never followed."""
    return Following.objects.exclude(finished=None).order_by("-pk").first()


def is_current(found: Following | None, casebook: Casebook) -> bool:
    """Whether nothing came since, and nothing was decided that matters here."""
    return found is not None and found.version == state_of(casebook.alias)


def state_of(using: str) -> str:
    """What changes whenever claims, incidents or relations do, or what people corrected or rejected of them."""
    tables = (casebook_models.Report, casebook_models.Claim, casebook_models.IncidentChange, casebook_models.Relation)
    newest = [table._default_manager.using(using).aggregate(top=Max("pk"))["top"] for table in tables]
    decided = casebook_models.Decision.objects.using(using).filter(verdict__in=("reject", "correct"))
    told = decided.aggregate(top=Max("pk"), undone=Count("undone_by"))
    return "-".join(str(part) for part in (*newest, told["top"], told["undone"]))


def soon(casebook: Casebook) -> None:
    """Follow the casebook in the background where it changed; what is at work already is waited for by nobody."""
    with _lock:
        if any(_is_alive(one) for one in _at_work) or is_current(latest(), casebook):
            return
        _at_work.clear()
        if casebook_models.Report.objects.using(casebook.alias).count() <= SHORT:
            thread = threading.Thread(target=_in_thread, args=(casebook,), daemon=True, name="following")
            _at_work.append(thread)
            thread.start()
        else:
            address = os.environ | {ADDRESS: settings.DESK_ADDRESS}
            command = [sys.executable, "-m", "reportedly.desk.apart"]
            _at_work.append(subprocess.Popen(command, env=address, stdin=subprocess.DEVNULL))


def _is_alive(work: subprocess.Popen[bytes] | threading.Thread) -> bool:
    return work.is_alive() if isinstance(work, threading.Thread) else work.poll() is None


def _in_thread(casebook: Casebook) -> None:
    follow(casebook)
    connections.close_all()


def follow(casebook: Casebook) -> Following:
    """Work out relations, threats and turns of the whole casebook, and keep them. Written in small steps, so that others can
    write meanwhile; shown once all is there, and what was there before is taken away then."""
    run = Following.objects.create(version=state_of(casebook.alias))
    collected = collect(tellings(casebook), joining.register())
    pairs = histories(collected)
    threats = ledger(collected)
    _store(Turn, _turns(run, pairs, threats))
    _store(LedgerEntry, (_entry(run, threat) for threat in threats))
    for chunk in _chunks(pairs):
        with transaction.atomic():
            made = Pair.objects.bulk_create([_pair(run, history) for history in chunk])
            PairState.objects.bulk_create(
                [state for pair, history in zip(made, chunk, strict=True) for state in _states(run, pair, history)]
            )
    _store(Turn, _incident_turns(run, casebook.alias))
    run.day, run.finished = collected.last_day or "", datetime.now(UTC)
    run.save()
    _forget(run)
    return run


def bounded(key: str) -> str:
    """The key of a side, short enough to be an index."""
    return key if len(key) <= LONGEST else f"{key[:100]}~{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def history_of(pair: Pair) -> History:
    """The stored history of a pair."""
    return History.model_validate_json(zlib.decompress(bytes(pair.record)))


def _chunks(found: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(found)
    while chunk := list(islice(stream, BATCH)):
        yield chunk


def _store(table: Any, rows: Iterable[Any]) -> None:
    for chunk in _chunks(rows):
        table.objects.bulk_create(chunk)


def _pair(run: Following, history: History) -> Pair:
    record = zlib.compress(history.model_dump_json().encode(), 6)
    a, b = sorted((bounded(history.a.key), bounded(history.b.key)))
    return Pair(run=run, a=a, b=b, record=record)


def _states(run: Following, pair: Pair, history: History) -> Iterator[PairState]:
    for track in history.tracks:
        for state in track.states:
            told = {"a": track.a.model_dump(), "b": track.b.model_dump(), "state": state.model_dump()}
            yield PairState(
                run=run,
                pair=pair,
                kind=track.kind,
                a=bounded(track.a.key),
                b=bounded(track.b.key),
                status=state.status,
                first=date.fromisoformat(state.from_day),
                last=date.fromisoformat(state.to_day) if state.to_day else ENDLESS,
                told=date.fromisoformat(state.last_told),
                names=fold(" | ".join((track.a.name, track.b.name, track.a.id or "", track.b.id or "")))[:2000],
                record=json.dumps(told, ensure_ascii=False),
            )


def _entry(run: Following, threat: Threat) -> LedgerEntry:
    names = [threat.who.name, threat.against.name if threat.against else "", threat.target or "", threat.who.id or ""]
    quotes = [span.text for telling in threat.tellings for span in telling.words]
    return LedgerEntry(
        run=run,
        key=bounded(threat.id),
        said=date.fromisoformat(threat.said) if threat.said else None,
        outcome=threat.outcome,
        words=fold(" | ".join((*names, *quotes)))[:20_000],
        record=threat.model_dump_json(),
    )


def _turns(run: Following, pairs: tuple[History, ...], threats: tuple[Threat, ...]) -> Iterator[Turn]:
    keys = {threat.id for threat in threats}
    for shift in changes(pairs, threats, ""):
        if shift.day:
            kind = Turn.THREAT if keys.intersection(shift.statements) else Turn.RELATION
            yield Turn(run=run, kind=kind, day=date.fromisoformat(shift.day), record=shift.model_dump_json())


def _incident_turns(run: Following, using: str) -> Iterator[Turn]:
    rows = casebook_models.Incident.objects.using(using).filter(reports__gt=1, claims__gt=0).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list("pk", "record")[:BATCH]):
        last = chunk[-1][0]
        incidents = [Incident.model_validate_json(record) for _, record in chunk]
        keys = {member.report for incident in incidents for member in incident.members}
        published = dict(casebook_models.Report.objects.using(using).filter(key__in=keys).values_list("key", "published"))
        for incident in incidents:
            for turn in incident_turns(incident, published):
                told = json.dumps(asdict(turn), ensure_ascii=False)
                yield Turn(run=run, kind=Turn.INCIDENT, day=date.fromisoformat(turn.day), subject=incident.id, record=told)


def _forget(run: Following) -> None:
    """Take away what was found before, and what a stopped run left, a little at a time."""
    for table in (PairState, Pair, LedgerEntry, Turn):
        old = table._default_manager.filter(run__lt=run)
        while keys := list(old.values_list("pk", flat=True)[:BATCH]):
            table._default_manager.filter(pk__in=keys).delete()
    Following.objects.filter(pk__lt=run.pk).delete()


def shift_of(turn: Turn) -> Shift:
    """The stored turn of a relation."""
    return Shift.model_validate_json(turn.record)
