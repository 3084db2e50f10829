"""Anything by its id, or by the beginning of its id where that is enough."""

from __future__ import annotations

from typing import Final

from reportedly.casebook import models
from reportedly.casebook.text import UNSTORABLE
from reportedly.errors import CasebookError

Found = models.Report | models.Claim | models.Incident | models.Relation | models.Actor | models.Decision
TABLES: Final[dict[str, type[Found]]] = {
    "report": models.Report,
    "claim": models.Claim,
    "incident": models.Incident,
    "relation": models.Relation,
    "actor": models.Actor,
    "decision": models.Decision,
}
SHORTEST = 5
"""Fewest characters of an id that are tried as its beginning."""


def locate(using: str, key: str) -> tuple[str, Found]:
    """The kind and row of a record; raises :class:`CasebookError` for none, and for a beginning that fits several."""
    if UNSTORABLE.search(key) is None:
        for kind, table in TABLES.items():
            row = table._default_manager.using(using).filter(key=key).order_by("pk").first()
            if row is not None:
                return kind, row
        if len(key) >= SHORTEST:
            return _by_beginning(using, key)
    raise CasebookError(
        "nothing in the casebook has this id.", where=key, remedy="List ids with: reportedly reports, claims, incidents."
    )


def _by_beginning(using: str, key: str) -> tuple[str, Found]:
    found = [
        (kind, row)
        for kind, table in TABLES.items()
        for row in table._default_manager.using(using).filter(key__startswith=key).order_by("key", "pk")[:3]
    ]
    if not found:
        raise CasebookError(
            "nothing in the casebook has this id.", where=key, remedy="List ids with: reportedly reports, claims, incidents."
        )
    if len({row.key for _, row in found}) > 1:
        some = ", ".join(row.key for _, row in found[:3])
        raise CasebookError(f"several ids begin so ({some} …).", where=key, remedy="Write more of the id.")
    return found[0]
