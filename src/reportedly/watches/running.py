"""One round of watching: ask the feeds that are due, look for what is new for each watch, send what is to go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportedly.incidents.features import Related
from reportedly.intake.item import Options
from reportedly.relations import Collected
from reportedly.watches import feeds, noticing, outbox, watching
from reportedly.watches.courtesy import Courtesy
from reportedly.watches.feeds import Keep
from reportedly.watches.records import Round
from reportedly.watches.sending import Sender

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook


class Watcher:
    """Watches a casebook, round by round; all that matters is in the casebook, so that a killed one loses nothing.

    ``keep`` reads and stores what a feed brought; ``follow`` gives what the casebook tells of relations. ``made_by`` names the
    version.
    """

    def __init__(
        self,
        book: Casebook,
        keep: Keep,
        follow: Callable[[], Collected],
        *,
        options: Options,
        related: Related,
        made_by: str,
        courtesy: Courtesy | None = None,
    ) -> None:
        self._book, self._keep, self._follow, self._options, self._related = book, keep, follow, options, related
        self._courtesy = courtesy or Courtesy(options)
        self._sender = Sender(book, options, related, made_by)

    def round(self, *, again: bool = False) -> Round:
        """One round. ``again``: also send what is in doubt."""
        told = Round()
        feeds.poll(self._book, self._keep, self._courtesy, self._options, told)
        self._book.merge(related=self._related)
        found: list[Collected] = []

        def follow() -> Collected:
            """What the casebook tells of relations, asked once a round."""
            if not found:
                found.append(self._follow())
            return found[0]

        for watch in watching.every_watch(self._book):
            told.alerts += noticing.look(self._book, watch, datetime.now(UTC), self._related, follow)
        outbox.deliver(self._book, self._sender, told, again=again)
        return told
