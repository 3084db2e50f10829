"""Reportedly reads reports of armed conflict and political violence and keeps who said what happened.

>>> import reportedly
>>> reading = reportedly.read("Gunmen killed three soldiers near Quetta on Monday, police said.", published="2025-06-03")
>>> claim = reading.claims[0]
>>> claim.family, claim.counts[0].low, claim.time.from_, claim.attribution[-1].name
('battle', 3, '2025-06-02', 'Pakistani police')
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.reading.reader import Input, Reader, program_version
from reportedly.records import Reading

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

__all__ = ["Input", "Reader", "Reading", "open", "read"]
__version__ = program_version()


@cache
def _reader() -> Reader:
    return Reader(workers=1)


def read(
    text: str,
    *,
    published: str | date | None = None,
    published_until: str | date | None = None,
    title: str | None = None,
    source: str | None = None,
    id: str | None = None,
) -> Reading:
    """What one report says: its claims, relations, mentions and attributions, each with the words it was read from.

    ``published`` is an ISO date or date-time, ``None`` where it is not known; ``published_until`` bounds an unknown date from
    above. The first call loads the language model (about two seconds) and builds the gazetteer if there is none yet.

    Raises :class:`reportedly.errors.SettingError` if a date is not ISO.

    >>> import reportedly
    >>> reading = reportedly.read("Gunmen abducted two teachers in Zinder on Monday, the ministry said.", published="2025-06-03")
    >>> [(claim.family, claim.counts[0].low, claim.time.from_) for claim in reading.claims]
    [('abduction', 2, '2025-06-02')]
    """
    return _reader().read(text, published=published, published_until=published_until, title=title, source=source, id=id)


def open(casebook: str | Path) -> Casebook:
    """The casebook at a file path (SQLite, made if there is none) or at a ``postgresql://`` address.

    Raises :class:`reportedly.errors.CasebookError` if it cannot be opened.

    >>> import reportedly
    >>> with reportedly.open("example.sqlite") as casebook:
    ...     casebook.counts()["claims"]
    0
    """
    from reportedly.casebook import open as open_casebook

    return open_casebook(casebook)
