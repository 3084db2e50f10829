"""Feeds: which are due, what they bring, and how the last time went. A feed that fails is asked less and less often."""

from __future__ import annotations

import email.utils
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.db.models import Q

from reportedly.casebook import models
from reportedly.casebook.anchors import chunks
from reportedly.errors import FetchError, IntakeError, SettingError
from reportedly.intake.collect import read_stream
from reportedly.intake.fetch import Fetched, Known, Unchanged, check_address, fetch
from reportedly.intake.item import Item, Options, Origin, RawReport, utc_now
from reportedly.watches.courtesy import Courtesy
from reportedly.watches.records import Round

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

LEASE: Final = timedelta(minutes=30)
"""After this time a feed that another process took is taken for left behind."""
LONGEST_BACK_OFF: Final = timedelta(hours=24)
SPREAD: Final = 0.1
"""Share of a feed's interval by which it is asked later at random, so that not all feeds are asked at once."""
Keep = Callable[[Sequence[Item]], tuple[int, int]]
"""Reads and stores items; gives the number of new reports, and of those that failed."""


def add(book: Casebook, address: str, name: str, every: int, *, pages: bool = False) -> bool:
    """Watch a feed; false where it was watched already (its name, interval and ``pages`` are changed then).

    Raises :class:`FetchError` for an address that is never fetched.
    """
    check_address(address, allow_private=True)
    return book._database.call(_add, book.alias, address, {"name": name, "every": every, "pages": pages})


def _add(using: str, address: str, values: Mapping[str, Any]) -> bool:
    _, made = models.Feed.objects.using(using).update_or_create(address=address, defaults=values)
    return made


def remove(book: Casebook, address: str) -> bool:
    """Watch a feed no more; false where it was not watched."""
    return book._database.call(lambda: models.Feed.objects.using(book.alias).filter(address=address).delete()[0] > 0)


def every_feed(book: Casebook) -> list[models.Feed]:
    """All feeds, by address."""
    return book._database.call(lambda: list(models.Feed.objects.using(book.alias).order_by("address")))


def poll(book: Casebook, keep: Keep, courtesy: Courtesy, options: Options, told: Round) -> None:
    """Ask every feed that is due, one after the other, and keep what it brings. What fails is recorded, and the rest goes on."""
    for pk in book._database.call(_due, book.alias):
        feed = book._database.call(_take, book.alias, pk)
        if feed is not None:
            _poll_one(book, feed, keep, courtesy, options, told)


def _poll_one(book: Casebook, feed: models.Feed, keep: Keep, courtesy: Courtesy, options: Options, told: Round) -> None:
    try:
        courtesy.before(feed.address)
        fetched = fetch(feed.address, options, Known(feed.etag, feed.last_modified))
        items = list(_items(fetched, feed, options))
        if feed.pages:
            items = list(_pages(book, items, courtesy, options))
    except Unchanged:
        told.feeds += 1
        book._database.call(_answered, book.alias, feed, None, 0)
        return
    except IntakeError as error:
        told.failed_feeds.append((feed.address, error.what))
        book._database.call(_failed, book.alias, feed, error)
        return
    # The server's name for this version is kept only when all of it is stored: a killed run asks for the same version again.
    new, failed = keep(items)
    told.feeds += 1
    told.reports += new
    told.failed_reports += failed
    book._database.call(_answered, book.alias, feed, fetched if not failed else None, new)


def _items(fetched: Fetched, feed: models.Feed, options: Options) -> Iterator[Item]:
    origin = Origin(fetched.address, feed.address, "fetched", options.collected or utc_now(), fetched.address)
    return read_stream(BytesIO(fetched.body), origin, options, fetched.charset)


def _pages(book: Casebook, items: Sequence[Item], courtesy: Courtesy, options: Options) -> Iterator[Item]:
    """The pages that entries link to, those left out that the casebook has; the entry itself where its page cannot be had."""
    known = book._database.call(_known, book.alias, [item.page for item in items if item.page])
    for item in items:
        if item.page is None:
            yield item
        elif item.page not in known:
            yield from _page(item, item.page, courtesy, options)


def _page(entry: Item, address: str, courtesy: Courtesy, options: Options) -> Iterator[Item]:
    try:
        courtesy.before(address)
        fetched = fetch(address, options)
        origin = Origin(fetched.address, address, "fetched", options.collected or utc_now(), address)
        found = list(read_stream(BytesIO(fetched.body), origin, options, fetched.charset))
    except IntakeError as error:
        yield entry if entry.report is not None else Item(entry.where, error=error)
        return
    for item in found:
        yield item if item.report is None else replace(item, report=_completed(item.report, entry.report, address))


def _completed(page: RawReport, entry: RawReport | None, address: str) -> RawReport:
    """The page's report, under the address that the feed gives, with what only the entry tells."""
    made = replace(page, address=address)
    if entry is None:
        return made
    # A page that names no publisher goes by its host; what the feed calls itself says more.
    is_named = made.source is not None and made.source not in urlsplit(address).netloc
    made = replace(made, title=made.title or entry.title, source=made.source if is_named else entry.source or made.source)
    return made if made.published else replace(made, published=entry.published, published_basis=entry.published_basis)


def _known(using: str, addresses: Sequence[str]) -> set[str]:
    """Those of the addresses that a report came from."""
    found: set[str] = set()
    for chunk in chunks(addresses):
        rows = models.Report.objects.using(using).filter(address__in=chunk).values_list("address", flat=True)
        found |= {address for address in rows if address is not None}
    return found


def _due(using: str) -> list[int]:
    """Feeds that are due, the longest waiting first."""
    now = datetime.now(UTC)
    rows = models.Feed.objects.using(using).filter(Q(due=None) | Q(due__lte=now))
    never = datetime.min.replace(tzinfo=UTC)
    return [pk for _, pk in sorted((due or never, pk) for pk, due in rows.values_list("pk", "due"))]


def _take(using: str, pk: int) -> models.Feed | None:
    """The feed, for this process alone; ``None`` where another asks it just now, or did so meanwhile."""
    now = datetime.now(UTC)
    free = models.Feed.objects.using(using).filter(Q(taken=None) | Q(taken__lt=now - LEASE), Q(due=None) | Q(due__lte=now), pk=pk)
    return models.Feed.objects.using(using).get(pk=pk) if free.update(taken=now) else None


def _answered(using: str, feed: models.Feed, fetched: Fetched | None, new: int) -> None:
    now = datetime.now(UTC)
    due = now + timedelta(minutes=feed.every * (1 + random.uniform(0, SPREAD)))
    changed = {"last_fetched": now, "last_new": new, "error": None, "failures": 0, "due": due, "taken": None}
    if fetched is not None:
        changed |= {"etag": fetched.etag, "last_modified": fetched.last_modified}
    models.Feed.objects.using(using).filter(pk=feed.pk).update(**changed)


def _failed(using: str, feed: models.Feed, error: IntakeError) -> None:
    now = datetime.now(UTC)
    wait = min(timedelta(minutes=feed.every) * 2 ** min(feed.failures + 1, 12), LONGEST_BACK_OFF)
    if isinstance(error, FetchError) and error.retry_after is not None:
        wait = max(wait, min(_retry_after(error.retry_after, now), LONGEST_BACK_OFF))
    models.Feed.objects.using(using).filter(pk=feed.pk).update(
        error=str(error)[:2000], failures=feed.failures + 1, due=now + wait, taken=None
    )


def _retry_after(text: str, now: datetime) -> timedelta:
    """How long a server asks to be left alone: seconds, or a date; nothing where it says neither."""
    if text.strip().isdecimal():
        return timedelta(seconds=min(int(text), 10**6))
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    return max(until.astimezone(UTC) - now, timedelta())


def check_every(every: int) -> int:
    """The interval of a feed in minutes. Raises :class:`SettingError` for one that would press a server."""
    if every < 5:
        raise SettingError("a feed is asked every 5 minutes at most.", where="--every", remedy="Write --every 15m.")
    return every
