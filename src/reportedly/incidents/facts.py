"""What a claim offers for comparing, in plain small values: taken from the record once, used in many comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from unidecode import unidecode

from reportedly.records import Actor, Claim, Count

SPEECH = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})
"""Families of acts of speech: they make no incident, but may speak of one."""
HAPPENED = frozenset({"occurred", "ongoing", "alleged"})
BOUND_DAYS = 10
"""How far before its bound an event is looked for whose time is only bounded by publication."""
LONGEST_RANGE = 92
"""Days: what is told of a longer range is a sum over a period, no incident."""
NAME_WORD = re.compile(r"[A-Z][\w'’-]{2,}")
PLAIN_WORDS = frozenset(
    (
        *("the", "and", "for", "from", "with", "near", "attack", "attacks", "army", "police", "state", "states", "islamic"),
        *("group", "force", "forces", "front", "movement", "militants", "militant", "fighters", "government", "security"),
        *("military", "national", "republic", "people", "united", "party", "armed", "men", "gunmen", "soldiers", "troops"),
        *("officials", "official", "ministry", "city", "province", "district", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    )
)
"""Name words too common to tell two things apart."""
STATE_KINDS = frozenset({"state", "government", "military", "police", "intelligence", "class", "community", "unknown"})
"""Kinds of actors too busy, or too vague, to find an incident by alone."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or target: its register id or ``None``, the words of its name, and whether it names an organisation."""

    name: str
    id: str | None
    words: frozenset[str]
    is_named: bool
    is_busy: bool

    @property
    def token(self) -> str:
        """What it is found by: the register id, else its folded name."""
        return self.id or " ".join(sorted(self.words))


@dataclass(frozen=True, slots=True)
class Facts:
    """A claim for comparing. ``origin`` is the report that the claim's report is a copy of, else the report itself.

    ``first`` and ``last`` bound the day; ``day_is_known`` if one day is told. ``killed`` and ``injured`` are (low, high),
    ``None`` where not told.
    """

    key: str
    report: str
    origin: str
    family: str
    type: str
    place: str | None
    admin1: str | None
    iso2: str | None
    lat: float | None
    lon: float | None
    precision: int | None
    first: date | None
    last: date | None
    day_is_known: bool
    time_is_bound_only: bool
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    start: int
    end: int
    trigger: str
    is_reference: bool
    words: frozenset[str]


def makes_incident(claim: Claim) -> bool:
    """Whether a claim tells of an incident: an act that is said to have happened, as news."""
    return claim.status in HAPPENED and not claim.negated and _is_event_news(claim)


def denies_incident(claim: Claim) -> bool:
    """Whether a claim says of an act that it did not happen, or not so; it joins an incident that others tell but makes none."""
    return (claim.status == "denied" or (claim.negated and claim.status in HAPPENED)) and _is_event_news(claim)


def facts(claim: Claim, report: str, origin: str, published: date | None = None, source: str | None = None) -> Facts:
    """What is compared of a claim of a report; ``origin`` is the report that it copies, or itself.

    A claim without any time happened not later than its report was ``published``. Names of voices and of the ``source`` say
    nothing of the incident.
    """
    first, last, is_bound_only = _days(claim, published) if claim.time is not None else _bounded(published)
    place = claim.place
    actors, targets = tuple(map(_party, claim.actors)), tuple(map(_party, claim.targets))
    words = frozenset(folded for span in claim.evidence for word in NAME_WORD.findall(span.text) for folded in _words(word))
    named = frozenset(word for party in (*actors, *targets) for word in party.words)
    named |= _words(" ".join(filter(None, (place.name, place.text, place.admin1, place.country) if place else ())))
    named |= _words(" ".join((source or "", *(voice.name for voice in claim.attribution))))
    return Facts(
        key=claim.id,
        report=report,
        origin=origin,
        family=claim.family,
        type=claim.type,
        place=_fold(place.name) if place else None,
        admin1=_fold(place.admin1) if place and place.admin1 else None,
        iso2=place.iso2 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else None,
        first=first,
        last=last,
        day_is_known=first is not None and first == last and not is_bound_only,
        time_is_bound_only=is_bound_only,
        actors=actors,
        targets=targets,
        killed=_figure(claim.counts, "killed"),
        injured=_figure(claim.counts, "injured"),
        start=claim.trigger.start,
        end=claim.trigger.end,
        trigger=claim.trigger.text.lower(),
        is_reference=_is_reference(claim),
        words=words - named,
    )


def people(counts: Iterable[Count], what: str) -> tuple[int | None, int | None]:
    """The lowest and highest total of one kind; parts count only where no total is given, and then only from below."""
    told = [count for count in counts if count.what == what]
    totals = [count for count in told if count.total] or told
    lows = [count.low for count in totals if count.low is not None]
    highs = [count.high for count in totals if count.high is not None]
    if totals and not totals[0].total:
        return (max(lows) if lows else None), None
    return min(lows) if lows else None, max(highs) if highs and len(highs) == len(totals) else None


def _is_event_news(claim: Claim) -> bool:
    if claim.background or claim.family in SPEECH:
        return False
    first, last, _ = _days(claim)
    return (
        first is None
        or last is None
        or claim.time is None
        or claim.time.precision != "range"
        or (last - first).days <= LONGEST_RANGE
    )


def _days(claim: Claim, published: date | None = None) -> tuple[date | None, date | None, bool]:
    """First and last day, and whether only a bound is known; an open end reaches to the day of publication."""
    time = claim.time
    if time is None:
        return None, None, False
    first = date.fromisoformat(time.from_[:10]) if time.from_ else None
    last = date.fromisoformat(time.to[:10]) if time.to else None
    if first is None:
        return _bounded(last)
    if last is None and published is not None:
        last = max(first, published)
    return first, last, time.basis == "bounded_by_publication"


def _bounded(last: date | None) -> tuple[date | None, date | None, bool]:
    """The days looked at where only "not later than" is known."""
    return (None if last is None else last - min(timedelta(BOUND_DAYS), last - date.min)), last, last is not None


def _party(actor: Actor) -> Party:
    is_named = actor.kind != "class" and (actor.id is not None or actor.kind not in {"unknown", "community", "person"})
    return Party(actor.name, actor.id, _words(actor.name), is_named, actor.kind in STATE_KINDS)


def _figure(counts: Iterable[Count], what: str) -> tuple[int | None, int | None] | None:
    figure = people(counts, what)
    return None if figure == (None, None) else figure


def _is_reference(claim: Claim) -> bool:
    """Whether the trigger points back: "the attack", "this blast"."""
    for span in claim.evidence:
        if span.start <= claim.trigger.start < span.end:
            before = span.text[: claim.trigger.start - span.start].lower().split()
            return bool(before) and before[-1] in {"the", "this", "that"}
    return False


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w{3,}", _fold(text)) if word not in PLAIN_WORDS)


def _fold(text: str) -> str:
    return unidecode(text).lower()
