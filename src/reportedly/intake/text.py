"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.intake.build import Found, build
from reportedly.intake.decode import decode
from reportedly.intake.item import Item, Options, Origin


def read(data: bytes, origin: Origin, options: Options) -> Iterator[Item]:
    """The one report in a plain text file. Raises :class:`IntakeError` for binary data."""
    yield build(Found(decode(data, origin.where)), data, origin, options)
