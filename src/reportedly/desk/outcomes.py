"""What came of threats, by the ledger of relations; worked out once and kept until the casebook changes."""

from __future__ import annotations

from typing import Final

from reportedly.casebook import models
from reportedly.casebook.book import Casebook
from reportedly.casebook.histories import tellings
from reportedly.desk.joining import register
from reportedly.desk.keeping import kept
from reportedly.relations import Threat, collect, ledger

MOST_REPORTS: Final = 4000
"""Reports that are gone through while a page waits; a larger casebook's ledger is for the command line."""


def outcomes(casebook: Casebook) -> dict[str, Threat]:
    """The entry of the ledger for each claim that tells a threat; empty where the casebook is too large for a page."""
    if models.Report.objects.using(casebook.alias).count() > MOST_REPORTS:
        return {}
    return kept(casebook.alias, "ledger", lambda: _ledger(casebook))


def _ledger(casebook: Casebook) -> dict[str, Threat]:
    entries = ledger(collect(tellings(casebook), register()))
    return {uttered.claim: entry for entry in entries for uttered in entry.tellings}
