"""Joins claims into incidents again after people decided, in the background, so that no page waits for it."""

from __future__ import annotations

import threading
from functools import cache

from django.db import connections

from reportedly.casebook.book import Casebook
from reportedly.linking.register import Register

DELAY = 2.0
"""Seconds of quiet before claims are joined again: several decisions in a row are joined once."""
_lock = threading.Lock()
_waiting: list[threading.Timer] = []
_one_at_a_time = threading.Lock()


@cache
def register() -> Register:
    """The actor register of the package."""
    return Register.load()


def related(a: str, b: str) -> bool:
    """Whether two register ids are of one lineage."""
    return a in register().lineage(b) or b in register().lineage(a)


def now(casebook: Casebook) -> None:
    """Join what came or was decided since the last time."""
    with _one_at_a_time:
        casebook.merge(related=related)


def soon(casebook: Casebook) -> None:
    """Join after a short while; asked again before that, it waits anew."""
    with _lock:
        while _waiting:
            _waiting.pop().cancel()
        timer = threading.Timer(DELAY, _join, (casebook,))
        timer.daemon = True
        _waiting.append(timer)
        timer.start()


def _join(casebook: Casebook) -> None:
    from reportedly.desk import columns, following

    now(casebook)
    columns.prepare(casebook.alias)
    following.soon(casebook)
    connections.close_all()
