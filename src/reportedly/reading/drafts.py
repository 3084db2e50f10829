"""What one trigger tells, before mentions of the same act are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from reportedly.knowledge.types import EventType
from reportedly.reading.actors import FoundActor
from reportedly.reading.acts import FoundAct
from reportedly.reading.counts import FoundCount
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import Roles
from reportedly.reading.status import FoundStatus
from reportedly.reading.voices import Link
from reportedly.records import Family, Place, Span, Time, Voice

OLD_AFTER = timedelta(days=14)
"""An act that ended longer than this before the report is background, not news; so is a war that began before then."""
SPEECH_FAMILIES = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})
VIOLENT_FAMILIES = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians", "riot", "abduction"})


@dataclass
class Draft:
    """What one trigger tells, before mentions of the same act are put together."""

    found: FoundAct
    type: EventType
    family: Family
    sent: int
    roles: Roles
    status: FoundStatus
    evidence: Span
    voices: tuple[Voice, ...]
    links: list[Link]
    place: Place | None = None
    place_found: FoundPlace | None = None
    time: Time | None = None
    counts: list[FoundCount] = field(default_factory=list)
    background: bool = False
    cumulative: bool = False
    """True where a toll is summed over a stretch of time ("since the truce, 75 people have been killed")."""
    lead: bool = False
    """True where one of the first two telling sentences tells the act: it is what the report is about."""
    first: bool = False
    """True where the very first telling sentence tells it."""
    fullness: float = 0.0
    """How much this mention tells by its own words; see ``salience``. The fullest one is the claim's first evidence."""
    told: bool = False
    """True if the words tell of a particular act; see ``salience``."""
    rules: list[str] = field(default_factory=list)
    merged: list[Draft] = field(default_factory=list)

    @property
    def speech(self) -> bool:
        return self.type.group == "speech"


def armed_target(targets: Sequence[FoundActor]) -> bool | None:
    """Whether those attacked are armed: ``True`` or ``False`` where they agree, ``None`` where unknown or mixed."""
    flags = {target.armed for target in targets}
    if True in flags:
        return True
    return False if False in flags else None
