"""One at a time: who joins claims, decides of them or takes them away waits for who does so already."""

from __future__ import annotations

from typing import Final

from django.db import connections

JOINING: Final = 7_421_031
"""The number of the lock; any will do that nothing else in the database uses."""


def one_joins(using: str) -> None:
    """Until the end of this transaction, nobody else joins claims or changes what is joined.

    On SQLite a transaction is the only writer from its beginning; on PostgreSQL an advisory lock sees to it.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [JOINING])
