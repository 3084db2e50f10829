"""What all the claims of one incident say, side by side: first values, the spread of each field with its voices, and the
standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar, get_args

from reportedly.incidents.denials import denials
from reportedly.incidents.facts import SORTS, Facts, is_private
from reportedly.incidents.features import Related
from reportedly.incidents.figures import figure_words
from reportedly.incidents.links import claim_links
from reportedly.incidents.records import Denial, Field, Incident, Member, Position, Review, Spread, Standing, Version
from reportedly.incidents.score import unrelated
from reportedly.incidents.summary_parts import (
    UNTOLD,
    Part,
    Voices,
    losses_of_attackers,
    names,
    own_figures,
    serves,
    voice_key,
    voice_name,
)
from reportedly.incidents.tolls import tolls
from reportedly.records import Actor, Claim, Count

Value = TypeVar("Value")

COUNTED: tuple[Field, ...] = ("killed", "injured", "abducted", "arrested")
RULES: dict[Standing, str] = {
    "one_voice": "one independent voice tells it",
    "several_independent": "two or more independent voices tell it, and none denies it",
    "acknowledged_by_both": "a voice of each side tells it, and none denies it",
    "disputed": "told by some, denied or doubted by others",
    "denied": "only alleged, and denied",
    "no_claims": "no report tells it any more",
}


def summarise(incident_id: str, parts: Sequence[Part], review: Review, related: Related = unrelated) -> Incident:
    """The incident that the parts make; the first member in order gives type and family where none is told more often.

    ``parts`` must hold at least one member and come in a fixed order.
    """
    members = [part for part in parts if part.role == "member"]
    voices = Voices([voice_key(part) for part in parts], related)
    standing, independent = standing_of(parts, voices)
    denied = denials(parts, voices)
    place = min(
        (part.claim.place for part in members if part.claim.place is not None),
        key=lambda place: (place.precision or 8, place.lat is None),
        default=None,
    )
    first, last = _bounds(members)
    family = _commonest(part.claim.family for part in members)
    return Incident(
        id=incident_id,
        type=_commonest(part.claim.type for part in members if part.claim.family == family),
        family=family,
        standing=standing,
        rule=RULES[standing],
        review=review,
        place=place.name if place else None,
        iso2=place.iso2 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        from_day=first,
        to_day=last,
        reports=len({part.facts.report for part in members}),
        sources=independent,
        members=tuple(
            Member(claim=part.claim.id, report=part.facts.report, role=part.role, score=part.score, reasons=part.reasons)
            for part in parts
        ),
        spreads=tuple(spread for name in get_args(Field) if (spread := _spread(name, members, denied)) is not None),
        tolls=tolls(parts, voices.of, related),
        positions=_positions(parts, denied),
        denials=denied,
        links=claim_links(parts, voices.of),
    )


def emptied(incident: Incident) -> Incident:
    """The incident after all its claims went elsewhere or are not read any more; it keeps its last place and time."""
    return incident.model_copy(
        update={"standing": "no_claims", "rule": RULES["no_claims"], "reports": 0, "sources": 0}
        | dict.fromkeys(("members", "spreads", "tolls", "positions", "denials", "links"), ())
    )


def standing_of(parts: Sequence[Part], known: Voices) -> tuple[Standing, int]:
    """The standing, and the number of independent voices that tell the incident."""
    members = [part for part in parts if part.role == "member"]
    telling = [part for part in members if not part.claim.attribution or part.claim.attribution[-1].stance not in UNTOLD]
    voices = {known.of(part) for part in telling}
    if any(denial.of == "whole" for denial in denials(parts, known)):
        return ("denied" if all(part.claim.status == "alleged" for part in members) else "disputed"), len(voices)
    if any(map(_is_doubted, members)):
        return "disputed", len(voices)
    if _by_side(telling, parts, "actors") and _by_side(telling, parts, "targets"):
        return "acknowledged_by_both", len(voices)
    return ("several_independent" if len(voices) > 1 else "one_voice"), len(voices)


def _is_doubted(part: Part) -> bool:
    return any(voice.stance == "doubts" for voice in part.claim.attribution)


def _by_side(telling: Sequence[Part], parts: Sequence[Part], side: str) -> bool:
    """Whether a voice of one side tells the incident, or claims it in a claim that speaks of it."""
    members = [part for part in parts if part.role == "member"]
    own = {name for part in members for actor in _actors(part.claim, side) for name in names(actor)}
    claiming = [part for part in parts if part.role == "about" and part.claim.family == "claim_of_responsibility"]
    voices = [voice for part in (*telling, *claiming) for voice in part.claim.attribution[1:]]
    if any(own & names(voice) for voice in voices):
        return True
    other = "targets" if side == "actors" else "actors"
    if any(SORTS.get(actor.kind) == "forces of a state" for part in members for actor in _actors(part.claim, other)):
        return False  # between two states, "soldiers" may be those of either
    served = [actor for part in members for actor in _actors(part.claim, side)]
    return any(serves(voice, actor) for voice in voices for actor in served)


def _actors(claim: Claim, side: str) -> tuple[Actor, ...]:
    return claim.actors if side == "actors" else claim.targets


def _positions(parts: Sequence[Part], denied: Sequence[Denial]) -> tuple[Position, ...]:
    """Each voice with each stance it takes, in the order of the claims."""
    partly = {claim for denial in denied if denial.of != "whole" for claim in denial.claims}
    found: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        inner = part.claim.attribution[1:]
        stance: str = inner[-1].stance if inner else "asserts"
        if part.role == "denies" or (part.role == "about" and part.claim.family == "denial"):
            stance = "denies"
        elif part.role == "about" and part.claim.family == "claim_of_responsibility":
            stance = "claims_responsibility"
        if stance == "denies" and part.claim.id in partly:
            stance = "denies_a_part"
        found.setdefault((voice_name(part), stance), []).append(part.claim.id)
    return tuple(Position(voice=voice, stance=stance, claims=tuple(claims)) for (voice, stance), claims in found.items())


def _spread(field: Field, members: Sequence[Part], denied: Sequence[Denial]) -> Spread | None:
    """All versions of one field; ``None`` where nobody tells it."""
    voices: dict[str, dict[str, None]] = {}
    claims: dict[str, list[str]] = {}
    figures: list[Count] = []
    for part in members:
        told = dict.fromkeys(_values(field, part))
        figures += _counts(field, part)
        for value in told:
            voices.setdefault(value, {})[voice_name(part)] = None
            claims.setdefault(value, []).append(part.claim.id)
    if not voices:
        return None
    order = sorted(voices, key=lambda value: (-len(voices[value]), value))
    against: dict[str | None, dict[str, None]] = {}
    for denial in denied:
        if denial.field == field:
            against.setdefault(denial.value, {})[denial.voice] = None
    lows, highs = [count.low for count in figures], [count.high for count in figures]
    return Spread(
        field=field,
        versions=tuple(
            Version(
                value=value, voices=tuple(voices[value]), claims=tuple(claims[value]), denied_by=tuple(against.get(value, ()))
            )
            for value in order
        ),
        disputed_by=tuple(dict.fromkeys(voice for names in against.values() for voice in names)),
        low=min((low for low in lows if low is not None), default=None),
        high=None if None in highs else max((high for high in highs if high is not None), default=None),
    )


def _values(field: Field, part: Part) -> list[str]:
    claim = part.claim
    match field:
        case "actor":
            return [actor.name for actor in claim.actors]
        case "target":
            listed = [actor.name for actor in claim.targets if not is_private(actor)]
            return listed or [actor.name for actor in claim.targets]  # "two traders", not their names
        case "place":
            return [claim.place.name] if claim.place else []
        case "time":
            return [_time_words(claim)] if claim.time else []
        case "status":
            return [claim.status]
        case "killed" | "injured" | "abducted" | "arrested":
            return [
                count_words(count) + (" (attackers)" if losses_of_attackers(part, count) else "")
                for count in _counts(field, part)
            ]


def _counts(field: Field, part: Part) -> list[Count]:
    if field not in COUNTED:
        return []
    told = own_figures(part, field)
    return [count for count in told if count.total] or told


def count_words(count: Count) -> str:
    """A count as people write it: "30", "9 or more", "up to 5", "40 to 99", "number not given"."""
    return figure_words(count.low, count.high)


def _time_words(claim: Claim) -> str:
    time = claim.time
    if time is None:
        return ""
    if time.basis == "bounded_by_publication" or time.from_ is None:
        return f"not later than {time.to}"
    return time.from_ if time.from_ == time.to else f"{time.from_} to {time.to or 'open'}"


def _bounds(members: Sequence[Part]) -> tuple[str | None, str | None]:
    """The narrowest told time: of claims with the shortest interval the one told first."""
    told = [part.facts for part in members if part.facts.first is not None and part.facts.last is not None]
    if not told:
        return None, None
    best = min(told, key=lambda facts: (facts.time_is_bound_only, _length(facts)))
    return best.first.isoformat() if best.first else None, best.last.isoformat() if best.last else None


def _length(facts: Facts) -> int:
    return (facts.last - facts.first).days if facts.first and facts.last else 0


def _commonest(values: Iterable[Value]) -> Value:
    """The value told most often; of equals the one told first."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value])
