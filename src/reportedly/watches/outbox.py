"""The outbox: what is to go out stands in the casebook first, and is sent from there, once.

A thing is marked as being sent before it is sent, and as sent after. If a process is killed in between, nobody knows whether a
letter or a call arrived: it is then in doubt, told so, and a person says what becomes of it (:func:`send_again`,
:func:`dismiss`), for an alarm that comes twice may be taken for two. Files are written anew: that does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from reportedly.casebook import models
from reportedly.errors import SettingError
from reportedly.watches.records import Round, Send, SendError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

Outgoing = models.Outgoing
LEASE: Final = timedelta(minutes=10)
"""After this time what is still being sent was cut off: no sending takes so long."""
TRIES: Final = 12
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
REPEATABLE: Final = frozenset({"rss", "cap", "brief"})
"""Kinds that may be done twice where they go to a file."""


def put(using: str, watch: models.Watch, send: Send, key: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Put something into the outbox, unless it was put there before. Called within a transaction."""
    Outgoing.objects.using(using).get_or_create(
        watch=watch, kind=send.kind, to=send.to, key=key, defaults={"payload": json.dumps(payload), "due": now}
    )


def deliver(book: Casebook, send: Callable[[models.Outgoing], None], told: Round, *, again: bool = False) -> None:
    """Send everything that is due, the oldest first. With ``again`` also what is in doubt, which may then arrive twice."""
    book._database.call(_recover, book.alias, again)
    while (row := book._database.call(_take, book.alias)) is not None:
        try:
            send(row)
        except SendError as error:
            told.unsent.append((f"{row.kind} to {row.to}", str(error)))
            book._database.call(_put_back, book.alias, row, error)
        else:
            told.sent += 1
            book._database.call(_settle, book.alias, row.pk, state=Outgoing.SENT, sent=datetime.now(UTC), error=None, taken=None)


def pending(book: Casebook, *, everything: bool = False) -> list[models.Outgoing]:
    """What has not gone out, oldest first: waiting, being sent, in doubt, given up; with ``everything`` also the rest."""
    rows = Outgoing.objects.using(book.alias).select_related("watch").order_by("pk")
    if not everything:
        rows = rows.exclude(state__in=[Outgoing.SENT, Outgoing.DISMISSED])
    return book._database.call(lambda: list(rows))


def send_again(book: Casebook, numbers: Sequence[int]) -> int:
    """Let go out at the next round what is in doubt or was given up: those with these numbers, or all; how many.

    Raises :class:`SettingError` for a number that is none of these.
    """
    return book._database.call(_decide, book.alias, numbers, (Outgoing.DOUBTFUL, Outgoing.GIVEN_UP), Outgoing.WAITING)


def dismiss(book: Casebook, numbers: Sequence[int]) -> int:
    """Never send what is in doubt, was given up, or, where it is named, waits; how many. It stays on record.

    Raises :class:`SettingError` for a number that is none of these.
    """
    waiting = (Outgoing.WAITING,) if numbers else ()
    return book._database.call(_decide, book.alias, numbers, (Outgoing.DOUBTFUL, Outgoing.GIVEN_UP, *waiting), Outgoing.DISMISSED)


def _decide(using: str, numbers: Sequence[int], before: tuple[str, ...], after: str) -> int:
    with transaction.atomic(using=using):
        rows = Outgoing.objects.using(using).filter(state__in=before)
        if numbers:
            rows = rows.filter(pk__in=numbers)
            if odd := sorted(set(numbers) - set(rows.values_list("pk", flat=True))):
                raise SettingError(
                    f"number {odd[0]} is neither in doubt nor given up.", where="NUMBER", remedy="See: reportedly watch outbox"
                )
        return rows.update(state=after, due=datetime.now(UTC), tries=0, taken=None)


def is_repeatable(row: models.Outgoing) -> bool:
    """Whether a thing may be done twice without harm: it makes a file, under a name of its own."""
    return row.kind in REPEATABLE and "://" not in row.to and "@" not in row.to


def _recover(using: str, again: bool) -> None:
    """What was cut off while it was being sent goes back, or is in doubt."""
    rows = Outgoing.objects.using(using)
    for row in rows.filter(state=Outgoing.SENDING, taken__lt=datetime.now(UTC) - LEASE):
        state = Outgoing.WAITING if is_repeatable(row) else Outgoing.DOUBTFUL
        rows.filter(pk=row.pk, state=Outgoing.SENDING, taken=row.taken).update(state=state, taken=None)
    if again:
        rows.filter(state=Outgoing.DOUBTFUL).update(state=Outgoing.WAITING, due=datetime.now(UTC))


def _take(using: str) -> models.Outgoing | None:
    """The next thing, for this process alone; ``None`` where nothing is due."""
    rows = Outgoing.objects.using(using).select_related("watch")
    while True:
        now = datetime.now(UTC)
        row = rows.filter(state=Outgoing.WAITING, due__lte=now).order_by("id").first()
        if row is None:
            return None
        # The update decides: of two processes only one changes the row.
        if Outgoing.objects.using(using).filter(pk=row.pk, state=Outgoing.WAITING).update(state=Outgoing.SENDING, taken=now):
            return row


def _put_back(using: str, row: models.Outgoing, error: SendError) -> None:
    tries = row.tries + 1
    state = Outgoing.WAITING
    if error.is_unsure and not is_repeatable(row):
        state = Outgoing.DOUBTFUL
    elif error.is_final or tries >= TRIES:
        state = Outgoing.GIVEN_UP
    due = datetime.now(UTC) + min(FIRST_WAIT * 2 ** min(row.tries, 10), LONGEST_WAIT)
    _settle(using, row.pk, state=state, tries=tries, due=due, error=str(error)[:2000], taken=None)


def _settle(using: str, pk: int, **values: Any) -> None:
    Outgoing.objects.using(using).filter(pk=pk).update(**values)
