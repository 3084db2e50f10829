"""The records of a casebook as it gives them back: those of :mod:`reportedly.records`, with what the casebook adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from reportedly.records import Claim, Record, Relation, Report

Plain = TypeVar("Plain", bound=Record)


class StoredReport(Report):
    """A report of a casebook. ``unread``: why nothing was read from it; ``claims``: how many claims the reading in use has.

    ``duplicate_of`` is the id of the report that this one copies and ``duplicate_kind`` how closely (exact, near).
    """

    unread: str | None = None
    duplicate_of: str | None = None
    duplicate_kind: str | None = None
    claims: int = 0

    def plain(self) -> Report:
        """The report as it was added."""
        return _only(self, Report)


class StoredClaim(Claim):
    """A claim of a casebook with its report's id and head, and the ids of the incidents it belongs to or speaks of.

    ``corrected`` names the fields that a person corrected, where corrections were asked for.
    """

    report: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    incidents: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    def plain(self) -> Claim:
        """The claim as it was read."""
        return _only(self, Claim)


class StoredRelation(Relation):
    """A relation of a casebook with its report's id and head."""

    report: str
    source: str | None = None
    published: str | None = None

    def plain(self) -> Relation:
        """The relation as it was read."""
        return _only(self, Relation)


class ActorUse(Record):
    """A register entry and its use in a casebook: claims as actor and as target, and the first and last day (ISO) of those."""

    id: str
    name: str
    kind: str
    as_actor: int
    as_target: int
    first: str | None = None
    last: str | None = None


class Hit(Record):
    """A find of a full-text search: ``kind`` report or claim, best first within a kind.

    ``snippet`` is a piece of the text around the found words; ``marks`` are their offsets in the snippet.
    """

    kind: str
    id: str
    report: str
    title: str | None
    published: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


class Decision(Record):
    """What a person said of a record. ``when`` is an ISO date-time in UTC; ``undone_by`` is ``None`` while it holds."""

    id: str
    subject_kind: str
    subject: str
    other: str | None = None
    verdict: str
    correction: str | None = None
    by: str
    when: str
    why: str | None = None
    report: str | None = None
    start: int | None = None
    end: int | None = None
    undone_by: str | None = None
    undone_when: str | None = None
    undone_why: str | None = None


class MovedDecision(Record):
    """A decision that holds for a claim with another id than the one it was made of: both rest on the same words."""

    decision: Decision
    record: str
    now: str


class StaleDecision(Record):
    """A decision that holds but no longer fits: which record of it lost its words or reads otherwise now, and how."""

    decision: Decision
    record: str
    why: str


class Fitting(Record):
    """How the decisions that hold fit what is read now: ``held`` fit (among them the ``moved``), the ``stale`` do not."""

    held: int
    moved: tuple[MovedDecision, ...] = ()
    stale: tuple[StaleDecision, ...] = ()


class Change(Record):
    """One step in the life of an incident: ``made``; ``merged`` into another; ``split`` from another; ``emptied``. ``claims``
    is how many it concerned, ``when`` an ISO date-time in UTC."""

    id: int
    incident: str
    kind: str
    other: str | None = None
    when: str
    claims: int


SourceKind = Literal["wire", "newspaper", "broadcaster", "online", "official", "ngo", "party", "social_media", "other"]
"""What a source is: a wire service, a newspaper, a broadcaster, a site without paper or station, an office of a state, an
organisation that belongs to none, a party to the conflict or its own medium, accounts of social media."""


class GradedSource(Record):
    """A publisher of a casebook: what it is, whom it speaks for and who owns it, as people noted (``None``: not known), by whom
    and when (``noted_by``, ``noted``); how many reports it published; and its grade on the Admiralty scales (reliability A to F,
    credibility 1 to 6), by whom, when (ISO date-time in UTC) and why; ``None`` where nobody graded it."""

    id: str
    name: str
    kind: str | None = None
    speaks_for: str | None = None
    owner: str | None = None
    noted_by: str | None = None
    noted: str | None = None
    reports: int
    reliability: str | None = None
    credibility: str | None = None
    by: str | None = None
    when: str | None = None
    why: str | None = None


class ClaimChange(Record):
    """One claim that a new reading gained, lost or changed: ``fields`` names what changed, ``was`` and ``now`` say it."""

    report: str
    kind: Literal["gained", "lost", "changed"]
    claim: str
    trigger: str
    fields: tuple[str, ...] = ()
    was: str | None = None
    now: str | None = None


class Reread(Record):
    """What reading reports anew changed.

    ``reports``: read anew, ``same`` of them with no claim changed; ``earlier``: not read, as this version or a newer one read
    them before (a run that was killed and begun again counts those it did before under ``reports``). ``failed``: (report, why).
    ``held`` decisions still fit, ``moved`` of them by their words under another id; ``stale`` no longer fit and still hold.
    """

    reader: str | None
    reports: int
    same: int
    earlier: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    changes: tuple[ClaimChange, ...]
    held: int = 0
    moved: tuple[MovedDecision, ...] = ()
    stale: tuple[StaleDecision, ...] = ()

    def number(self, kind: Literal["gained", "lost", "changed"]) -> int:
        """How many claims were gained, lost or changed."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one reading did.

    ``outcome``: ``new`` report; ``updated`` by a newer reader; ``older`` reading kept beside the one in use; ``unchanged``.
    ``report`` is the id under which the report is stored (of the earlier report, where the same bytes were there already).
    """

    report: str
    outcome: str
    claims: int = 0
    relations: int = 0
    duplicate_of: str | None = None
    duplicate_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How a loading run went, in reports; ``errors`` holds (where, why) of the failed."""

    read: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failed: int = 0
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What joining claims into incidents did: claims looked at, pairs compared, incidents made, joined, merged, split,
    emptied."""

    claims: int = 0
    pairs: int = 0
    made: int = 0
    joined: int = 0
    merged: int = 0
    split: int = 0
    emptied: int = 0


@dataclass(frozen=True, slots=True)
class Behind:
    """What stays behind when a part of a casebook is written: ``reports`` and ``decisions`` that are not in it; and of
    ``incidents`` that are in it, ``claims`` by such reports: these incidents tell less in the part."""

    reports: int
    incidents: int
    claims: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought in: reports new to the casebook and those it had, decisions, and, where asked for, feeds and watches.

    ``is_whole``: the casebook was empty, and now holds what the other held; claims need not be joined. ``left`` counts feeds and
    watches that were passed over. ``behind``: what stayed behind when the file was written, ``None`` where it holds all.
    """

    reports: int = 0
    known: int = 0
    decisions: int = 0
    feeds: int = 0
    watches: int = 0
    left: int = 0
    is_whole: bool = False
    behind: Behind | None = None


def _only(record: Record, base: type[Plain]) -> Plain:
    return base.model_validate({name: getattr(record, name) for name in base.model_fields})
