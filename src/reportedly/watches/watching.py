"""Saved watches: added, listed, removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from reportedly.casebook import models
from reportedly.casebook.filters import Filter
from reportedly.errors import SettingError
from reportedly.watches.records import Send
from reportedly.watches.schedule import next_due

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.casebook.book import Casebook

TERMS = ("text", "place", "country", "actor", "type", "family", "status", "voice")
"""The terms of a filter that a watch keeps."""


def add(
    book: Casebook, name: str, asked: Filter, sends: Sequence[Send], *, at: str | None = None, every: int | None = None
) -> None:
    """Save a watch; what is in the casebook already is not told.

    Raises :class:`SettingError` where the name is taken.
    """
    now = datetime.now(UTC)
    terms = {term: value for term in TERMS if (value := getattr(asked, term)) is not None}
    has_brief = any(send.kind == "brief" for send in sends)
    row: dict[str, Any] = {
        "name": name,
        "asked": terms,
        "sends": [send.model_dump(mode="json") for send in sends],
        "at": at,
        "every": every,
        "made": now,
        "checked": now,
        "since": now,
        "due": next_due(at, every, now) if has_brief else None,
    }
    try:
        book._database.call(lambda: models.Watch(**row).save(using=book.alias, force_insert=True))
    except IntegrityError as error:
        raise SettingError(
            f"there is a watch {name!r} already.", where="NAME", remedy="Choose another name, or: reportedly watch remove NAME."
        ) from error


def remove(book: Casebook, name: str) -> bool:
    """Remove a watch with all it has told; false where there is none."""
    return book._database.call(lambda: models.Watch.objects.using(book.alias).filter(name=name).delete()[0] > 0)


def every_watch(book: Casebook) -> list[models.Watch]:
    """All watches, by name."""
    return book._database.call(lambda: list(models.Watch.objects.using(book.alias).order_by("name")))


def filter_of(watch: models.Watch) -> Filter:
    """What a watch looks for."""
    return Filter(**watch.asked)


def sends_of(watch: models.Watch) -> list[Send]:
    """Where a watch sends what."""
    return [Send.model_validate(send) for send in watch.sends]


def counts(book: Casebook, watch: models.Watch) -> dict[str, int]:
    """How many things of a watch are in each state of going out."""
    rows = models.Outgoing.objects.using(book.alias).filter(watch=watch)
    states = book._database.call(lambda: list(rows.values_list("state", flat=True)))
    return {state: states.count(state) for state in sorted(set(states))}
