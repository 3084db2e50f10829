"""Marks spans in a text: overlapping spans become a row of pieces that never overlap, each with all that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.records import Claim
from reportedly.wording import visible

ROLES = ("evidence", "trigger", "actor", "target", "place", "time", "count", "instrument", "voice", "cue", "hedge")
"""What a mark can stand for; of several over one piece the later wins its colour."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, what it is read as, for which claim, and a short word on that."""

    start: int
    end: int
    role: str
    claim: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; ``roles`` and ``claims`` are empty where it is plain."""

    text: str
    roles: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    note: str = ""
    first_of: str = ""

    @property
    def classes(self) -> str:
        """The names by which the style sheet knows the piece."""
        return " ".join(f"m-{role}" for role in self.roles)

    @property
    def main(self) -> str:
        """The role that gives the piece its colour."""
        return self.roles[-1] if self.roles else ""


def claim_marks(claim: Claim) -> list[Mark]:
    """All spans of a claim: its evidence, and the words of each field."""
    marks = [Mark(span.start, span.end, "evidence", claim.id) for span in claim.evidence]
    marks.append(Mark(claim.trigger.start, claim.trigger.end, "trigger", claim.id, "act"))
    marks += [Mark(actor.start, actor.end, "actor", claim.id, f"who: {actor.name}") for actor in claim.actors]
    marks += [Mark(actor.start, actor.end, "target", claim.id, f"to whom: {actor.name}") for actor in claim.targets]
    marks += [Mark(count.start, count.end, "count", claim.id, "how many") for count in claim.counts]
    if claim.place is not None:
        marks.append(Mark(claim.place.start, claim.place.end, "place", claim.id, f"where: {claim.place.name}"))
    if claim.instrument is not None:
        marks.append(Mark(claim.instrument.start, claim.instrument.end, "instrument", claim.id, "with what"))
    if claim.time is not None and claim.time.start is not None and claim.time.end is not None:
        marks.append(Mark(claim.time.start, claim.time.end, "time", claim.id, "when"))
    for voice in claim.attribution:
        if voice.start is not None and voice.end is not None:
            marks.append(Mark(voice.start, voice.end, "voice", claim.id, f"who says so: {voice.name}"))
        if voice.cue is not None:
            marks.append(Mark(voice.cue.start, voice.cue.end, "cue", claim.id, "how it is said"))
    marks += [Mark(span.start, span.end, "hedge", claim.id, "hedge") for span in claim.hedges]
    return marks


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The whole text in pieces, in order; joined they are the text again (with direction marks made visible)."""
    chosen = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(mark.start for mark in chosen), *(mark.end for mark in chosen)})
    starts: dict[int, list[Mark]] = {}
    for mark in chosen:
        starts.setdefault(mark.start, []).append(mark)
    found: list[Piece] = []
    active: list[Mark] = []
    seen: set[str] = set()
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start] + starts.get(start, [])
        found.append(_piece(text[start:end], active, seen))
    return found


def paragraphs(found: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by paragraph, for a page; blank lines are where paragraphs end."""
    made: list[list[Piece]] = [[]]
    for piece in found:
        parts = piece.text.split("\n")
        for number, part in enumerate(parts):
            if number and made[-1]:
                made.append([])
            if part:
                made[-1].append(Piece(part, piece.roles, piece.claims, piece.note, piece.first_of if number == 0 else ""))
    return [paragraph for paragraph in made if any(piece.text.strip() for piece in paragraph)]


def _piece(text: str, active: Sequence[Mark], seen: set[str]) -> Piece:
    if not active:
        return Piece(visible(text))
    roles = tuple(role for role in ROLES if any(mark.role == role for mark in active))
    claims = tuple(dict.fromkeys(mark.claim for mark in active))
    note = "; ".join(dict.fromkeys(mark.note for mark in active if mark.note))
    first = next((claim for claim in claims if claim not in seen), "")
    if first:
        seen.add(first)
    return Piece(visible(text), roles, claims, visible(note), first)
