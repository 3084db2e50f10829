"""Manners toward other people's servers: what robots.txt allows, and a pause between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from reportedly.errors import FetchError
from reportedly.intake.fetch import fetch
from reportedly.intake.item import Options

NAME: Final = "reportedly"
"""What robots.txt files may call this program by."""
KEPT_SECONDS: Final = 24 * 3600.0
PAUSE: Final = 1.0
"""Seconds between two requests to one host at least."""
LONGEST_PAUSE: Final = 60.0
ROBOTS_BYTES: Final = 512_000


class Courtesy:
    """Knows what sites allow, for a day, and waits before asking one again. Lives as long as the process."""

    def __init__(self, options: Options, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._options, self._sleep = replace(options, fetch_bytes=ROBOTS_BYTES), sleep
        self._rules: dict[str, tuple[float, Protego]] = {}
        self._asked: dict[str, float] = {}

    def before(self, address: str) -> None:
        """Wait as long as the site asks for, before an address is fetched.

        Raises :class:`FetchError` where its robots.txt refuses the address, or cannot be had: then nobody knows what is allowed.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules_of(site)
        if not rules.can_fetch(address, NAME):
            raise FetchError("robots.txt of this site does not allow it.", where=address, remedy="Ask the site for leave.")
        self._wait(site, min(rules.crawl_delay(NAME) or PAUSE, LONGEST_PAUSE))

    def _rules_of(self, site: str) -> Protego:
        known = self._rules.get(site)
        if known is not None and time.monotonic() - known[0] < KEPT_SECONDS:
            return known[1]
        self._wait(site, PAUSE)
        try:
            text = fetch(f"{site}/robots.txt", self._options).body.decode("utf-8", "replace")
        except FetchError as error:
            # Refused without a status: not reached. A server in trouble says 5xx or 429: its rules are not known.
            if error.status is None or error.status >= 500 or error.status == 429:
                made = FetchError(f"robots.txt cannot be had ({error.what})", where=site, remedy="It is tried again later.")
                made.status, made.retry_after = error.status, error.retry_after
                raise made from error
            text = ""
        rules = Protego.parse(text)
        self._rules[site] = (time.monotonic(), rules)
        return rules

    def _wait(self, site: str, pause: float) -> None:
        last = self._asked.get(site)
        if last is not None and (left := last + pause - time.monotonic()) > 0:
            self._sleep(left)
        self._asked[site] = time.monotonic()
