"""Two readings of one report set side by side: which claims a later one gained, lost or changed. Pure."""

from __future__ import annotations

from typing import Final

from reportedly.casebook.stored import ClaimChange
from reportedly.incidents.figures import figure_words
from reportedly.records import Claim

COMPARED: Final = ("type", "status", "negated", "background", "actors", "targets", "place", "time", "counts", "attribution")
"""The fields of a claim that people judge; offsets of its evidence and the rules that decided may differ."""


def claim_changes(report: str, old: tuple[Claim, ...], new: tuple[Claim, ...]) -> list[ClaimChange]:
    """Claims of two readings of one report set side by side by their trigger words: first the very same words and type, then
    the same words, then words that overlap."""
    left, pairs = list(old), []
    rest = list(new)
    for is_same in (_same_type, _same_words, _overlap):
        for claim in list(rest):
            mate = next((other for other in left if is_same(other, claim)), None)
            if mate is not None:
                left.remove(mate)
                rest.remove(claim)
                pairs.append((mate, claim))
    found = [_changed(report, was, now, fields) for was, now in pairs if (fields := changed_fields(was, now))]
    found += [_whole(report, "gained", claim) for claim in rest]
    found += [_whole(report, "lost", claim) for claim in left]
    return found


def changed_fields(was: Claim, now: Claim) -> tuple[str, ...]:
    """The fields in which two readings of one statement differ."""
    return tuple(name for name in COMPARED if _judged(was, name) != _judged(now, name))


def _judged(claim: Claim, name: str) -> object:
    """What a field says, without the words and reasons it was read by."""
    match name:
        case "actors" | "targets":
            return [(actor.name, actor.id) for actor in getattr(claim, name)]
        case "place":
            place = claim.place
            return place and (place.name, place.admin2, place.admin1, place.iso2, place.lat, place.lon, place.precision)
        case "time":
            time = claim.time
            return time and (time.from_, time.to, time.precision)
        case "counts":
            return sorted((count.what, str(count.group), str((count.low, count.high, count.best))) for count in claim.counts)
        case "attribution":
            return [(voice.name, voice.id, voice.stance, voice.medium) for voice in claim.attribution]
    return getattr(claim, name)


def _same_type(one: Claim, other: Claim) -> bool:
    return _same_words(one, other) and one.type == other.type


def _same_words(one: Claim, other: Claim) -> bool:
    return (one.trigger.start, one.trigger.end) == (other.trigger.start, other.trigger.end)


def _overlap(one: Claim, other: Claim) -> bool:
    return one.trigger.start < other.trigger.end and other.trigger.start < one.trigger.end


def _changed(report: str, was: Claim, now: Claim, fields: tuple[str, ...]) -> ClaimChange:
    return ClaimChange(
        report=report,
        kind="changed",
        claim=now.id,
        trigger=now.trigger.text,
        fields=fields,
        was="; ".join(field_words(was, name) for name in fields),
        now="; ".join(field_words(now, name) for name in fields),
    )


def _whole(report: str, kind: str, claim: Claim) -> ClaimChange:
    told = "; ".join(field_words(claim, name) for name in ("type", "status", "actors", "place", "time", "counts"))
    side = {"now": told} if kind == "gained" else {"was": told}
    return ClaimChange.model_validate({"report": report, "kind": kind, "claim": claim.id, "trigger": claim.trigger.text, **side})


def field_words(claim: Claim, name: str) -> str:
    """A field of a claim for people, with its name."""
    value = getattr(claim, name)
    if value is None or value == ():
        return f"no {name}"
    match name:
        case "actors" | "targets":
            return f"{name} {', '.join(actor.name for actor in value)}"
        case "attribution":
            return f"told by {' › '.join(f'{voice.name} ({voice.stance})' for voice in value)}"
        case "place":
            return f"place {', '.join(part for part in (value.name, value.admin1, value.iso2) if part)}"
        case "time":
            return f"time {value.from_ or '…'} to {value.to or '…'}"
        case "counts":
            return ", ".join(f"{count.what} {figure_words(count.low, count.high)}" for count in value)
        case "negated":
            return "did not happen" if value else "not negated"
        case "background":
            return "background" if value else "news"
    return f"{name} {value}"
