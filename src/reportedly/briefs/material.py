"""What a brief is made of, as plain data: the records of a casebook that reports of the window tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.briefs.records import Window
from reportedly.casebook.filters import Filter
from reportedly.casebook.stored import StoredClaim
from reportedly.exports.material import Case
from reportedly.knowledge.histories import THREATS
from reportedly.relations import Shift, Threat


@dataclass(frozen=True, slots=True)
class Head:
    """A report without its text. ``published`` is ISO as known; ``unread`` says why nothing was read from it."""

    id: str
    source: str | None
    title: str | None
    published: str | None
    address: str | None
    language: str
    unread: str | None
    copies: str | None


@dataclass(frozen=True)
class Material:
    """All that one brief draws from. ``fresh`` are the ids of the reports of the window, ``heads`` those of all reports named.

    ``cases`` are incidents that a fresh report tells or speaks of; ``said`` what fresh reports tell that belongs to no incident.
    ``last_published`` (ISO day) and ``held`` say what the casebook holds at all.
    """

    window: Window
    asked: Filter
    fresh: frozenset[str]
    heads: Mapping[str, Head]
    cases: tuple[Case, ...]
    threats: tuple[Threat, ...]
    shifts: tuple[Shift, ...]
    said: tuple[StoredClaim, ...]
    claims: Mapping[tuple[str, str], StoredClaim]
    casebook: str
    held: int
    last_published: str | None

    @property
    def threats_are_asked(self) -> bool:
        """Whether the filters leave room for threats and relations: they do unless another type or family is asked for."""
        return self.asked.family in (None, "threat") and (self.asked.type is None or self.asked.type in THREATS)
