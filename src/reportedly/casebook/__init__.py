"""The casebook: reports, claims, incidents, relations and people's decisions, on SQLite or PostgreSQL.

Importing this package does no work; :func:`open` sets Django up on first use.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.casebook.filters import Filter

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

__all__ = ["Filter", "open"]


def open(casebook: str | Path, *, create: bool = True, progress: Callable[[str], None] | None = None) -> Casebook:
    """A casebook, ready for use: made if it is new, brought up to date if it is old.

    ``casebook`` is a file path (SQLite) or a ``postgresql://`` address. With ``create=False`` a casebook that does not exist
    is an error. ``progress`` is called with the name of each migration that is applied. Several casebooks may be open at
    once, and all of it works while an event loop runs (as in Jupyter).

    Raises :class:`reportedly.errors.CasebookError` if the casebook cannot be opened.

    >>> with open("example.sqlite") as casebook:
    ...     casebook.counts()["claims"]
    0
    """
    from reportedly.casebook.connection import connect

    database = connect(casebook, create=create, progress=progress)
    from reportedly.casebook.book import Casebook  # the models can only be imported once Django is set up

    return Casebook(database)
