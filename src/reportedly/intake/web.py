"""Addresses: fetched under :mod:`reportedly.intake.fetch`'s rules, then read by what they hold."""

from __future__ import annotations

import re

from reportedly.intake.fetch import Fetched, fetch
from reportedly.intake.item import Options, Origin

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(source: str) -> bool:
    """True for what is written as an address, of whatever scheme: those that are not fetched get their error from the fetch."""
    return _SCHEME.match(source) is not None


def fetch_origin(address: str, options: Options, collected: str) -> tuple[Fetched, Origin]:
    """The page and where it comes from. Raises :class:`reportedly.errors.FetchError`."""
    fetched = fetch(address, options)
    return fetched, Origin(fetched.address, address, "fetched", collected, fetched.address)
