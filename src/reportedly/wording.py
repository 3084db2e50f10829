"""Words for the values of records, as every surface for people says them."""

from __future__ import annotations

from typing import Final

STANCES: Final = {
    "asserts": "says",
    "confirms": "confirms",
    "denies": "denies",
    "accuses": "accuses",
    "claims_responsibility": "claims responsibility",
    "threatens": "threatens",
    "demands": "demands",
    "condemns": "condemns",
    "doubts": "doubts",
    "cannot_confirm": "cannot confirm",
    "no_comment": "does not comment",
    "promises": "promises",
    "asks": "asks",
}
"""What a voice does, by its stance."""
STANDINGS: Final = {
    "one_voice": "one voice",
    "several_independent": "several independent voices",
    "acknowledged_by_both": "acknowledged by both sides",
    "disputed": "disputed",
    "denied": "denied",
    "no_claims": "no claims left",
}
"""How an incident stands."""


def words(name: str | None) -> str:
    """The words of an id of the ontology or of a code; empty for ``None``.

    >>> words("claim_of_responsibility")
    'claim of responsibility'
    """
    return (name or "").replace("_", " ")
