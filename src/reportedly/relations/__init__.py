"""How actors stand to each other over time: states by day of each pair, threats, and what changed. Pure; no database."""

from __future__ import annotations

from reportedly.relations.changes import changes
from reportedly.relations.collect import Collected, collect
from reportedly.relations.records import (
    Background,
    History,
    PairState,
    Shift,
    Side,
    State,
    Statement,
    Teller,
    Threat,
    Track,
    VoiceState,
    VoiceTrack,
)
from reportedly.relations.states import find_pairs, histories, on_day, states_at
from reportedly.relations.tellings import Telling
from reportedly.relations.threats import ledger

__all__ = [
    "Background",
    "Collected",
    "History",
    "PairState",
    "Shift",
    "Side",
    "State",
    "Statement",
    "Teller",
    "Telling",
    "Threat",
    "Track",
    "VoiceState",
    "VoiceTrack",
    "changes",
    "collect",
    "find_pairs",
    "histories",
    "ledger",
    "on_day",
    "states_at",
]
