"""Scores a coding of a report against gold: events matched one to one, fields of the matched, relations.

An event matches one of the same family whose evidence overlaps, or with which at least three fields agree. Gold may mark
an event ``optional`` (found by one of two coders: neither demanded nor punished) and hold a second reading of its fields
under ``also`` (either is right). The families ``statement`` and ``other`` are scored apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportedly.evaluation.names import counts_agree, dates_agree, distance_km, names_alike, names_f1, places_agree

APART = frozenset({"statement", "other"})
"""Families that are scored apart."""
VIOLENCE = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians", "abduction", "riot"})
"""Families that no report without an event may be read to hold."""
DIRECTED = frozenset({"part_of", "proxy_of", "splinter_of"})
"""Relations whose two sides are no equals."""
FIELDS = ("status", "voice", "chain", "date", "place", "killed", "injured", "actors", "targets")
"""Fields that every matched event is scored on."""
WITHOUT_WORDS = 3
"""So many fields must agree where the evidence does not overlap."""

Event = Mapping[str, Any]
Span = tuple[int, int]


@dataclass
class Tally:
    """Counts of one kind of thing: how many were hit, demanded and found."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """The share of the found that is right; 0 where nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the demanded that was found; 0 where nothing was demanded."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.hits, self.gold, self.found = self.hits + other.hits, self.gold + other.gold, self.found + other.found


@dataclass(frozen=True)
class Pair:
    """A gold event and the event that matches it, with each field's score: 1 right, 0 wrong, or an F1 of names.

    ``country`` is scored where the gold names one, ``km`` is the distance where both places have coordinates; else ``None``.
    """

    gold: Event
    found: Event
    scores: Mapping[str, float]
    country: float | None
    km: float | None

    @property
    def wrong(self) -> list[str]:
        """The fields that are not wholly right."""
        return [name for name, score in self.scores.items() if score < 1]


@dataclass
class GroupScore:
    """Events of one group of families: counts, and what was matched, missed and falsely found."""

    tally: Tally = field(default_factory=Tally)
    pairs: list[Pair] = field(default_factory=list)
    missed: list[Event] = field(default_factory=list)
    false: list[Event] = field(default_factory=list)


@dataclass
class RelationScore:
    """Relations: counts, and what was missed and falsely found."""

    tally: Tally = field(default_factory=Tally)
    missed: list[Event] = field(default_factory=list)
    false: list[Event] = field(default_factory=list)


def split_families(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events of the main families, and those scored apart."""
    rows = list(events)
    return [row for row in rows if row["type"] not in APART], [row for row in rows if row["type"] in APART]


def score_events(text: str, gold: Sequence[Event], found: Sequence[Event]) -> GroupScore:
    """The score of one report's events of one group. ``text`` is the report's, into which the evidence is placed."""
    matched = match_events(text, gold, found)
    demanded = [(a, b) for a, b in matched if not gold[a].get("optional")]
    taken_gold, taken_found = {a for a, _ in matched}, {b for _, b in matched}
    tally = Tally(
        hits=len(demanded),
        gold=sum(not event.get("optional") for event in gold),
        found=len(found) - (len(matched) - len(demanded)),
    )
    return GroupScore(
        tally,
        pairs=[compare(gold[a], found[b]) for a, b in demanded],
        missed=[event for i, event in enumerate(gold) if i not in taken_gold and not event.get("optional")],
        false=[event for i, event in enumerate(found) if i not in taken_found],
    )


def match_events(text: str, gold: Sequence[Event], found: Sequence[Event]) -> list[tuple[int, int]]:
    """Indexes of gold and found events that belong together, one to one, the best pairs first."""
    pairs = []
    for i, wanted in enumerate(gold):
        for j, event in enumerate(found):
            likeness = max((_likeness(text, reading, event) for reading in readings(wanted)), default=0.0)
            if likeness:
                pairs.append((likeness - 0.1 * bool(wanted.get("optional")), i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            matched.append((i, j))
    return matched


def readings(event: Event) -> list[Event]:
    """The readings that are right for a gold event: the first, and the second where the coders differ."""
    second = event.get("also")
    return [event, {**event, **second}] if second else [event]


def _likeness(text: str, wanted: Event, event: Event) -> float:
    """How well an event fits one reading of a gold event: words first, then fields, then status; 0 where it does not."""
    if wanted["type"] != event["type"]:
        return 0.0
    a, b = find_span(text, {"evidence": wanted["evidence"]}), find_span(text, event)
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0
    agree = _agreeing(wanted, event)
    if not shared and agree < WITHOUT_WORDS:
        return 0.0
    near = shared / min(a[1] - a[0], b[1] - b[0]) if a and b and shared else 0.0
    return 4 + near * 2 + agree * 0.4 + bool(wanted["status"] == event["status"]) * 0.3


def find_span(text: str, event: Event) -> Span | None:
    """Where an event's evidence stands: its ``span`` where it has one, else the first place of its words."""
    if event.get("span"):
        start, end = event["span"]
        return int(start), int(end)
    at = text.find(event["evidence"])
    return (at, at + len(event["evidence"])) if at >= 0 else None


def _agreeing(wanted: Event, event: Event) -> int:
    """How many of place, date, toll, actors and targets both give and agree on."""
    both = [name for name in ("place", "date", "killed", "actors", "targets") if wanted.get(name) and event.get(name)]
    return sum(_agrees(name, wanted[name], event[name]) for name in both)


def _agrees(name: str, a: Any, b: Any) -> bool:
    match name:
        case "place":
            return places_agree(a, b)
        case "date":
            return dates_agree(a, b)
        case "killed":
            return counts_agree(a, b)
        case _:
            return names_f1(a, b) >= 0.5


def compare(wanted: Event, event: Event) -> Pair:
    """The fields of a found event against gold; of two readings each field takes the better."""
    every = [field_scores(reading, event) for reading in readings(wanted)]
    scores = {name: max(scores[name] for scores in every) for name in FIELDS}
    places = [reading.get("place") or {} for reading in readings(wanted)]
    place = event.get("place") or {}
    countries = [row["country"] for row in places if row.get("country")]
    country = float(any(names_alike(name, place.get("country")) for name in countries)) if countries else None
    distances = [km for row in places if (km := distance_km(row, place)) is not None]
    return Pair(wanted, event, scores, country, min(distances, default=None))


def field_scores(wanted: Event, event: Event) -> dict[str, float]:
    """Each field of a found event against one reading of a gold event."""
    chain, said = wanted["attributed_to"], event["attributed_to"]
    same_chain = len(chain) == len(said) and all(names_alike(a, b) for a, b in zip(chain, said, strict=True))
    return {
        "status": float(wanted["status"] == event["status"]),
        "voice": float(bool(said) and names_alike(chain[-1], said[-1])),
        "chain": float(same_chain),
        "date": float(dates_agree(wanted["date"], event["date"])),
        "place": float(places_agree(wanted["place"], event["place"])),
        "killed": float(counts_agree(wanted.get("killed"), event.get("killed"))),
        "injured": float(counts_agree(wanted.get("injured"), event.get("injured"))),
        "actors": names_f1(wanted["actors"], event["actors"]),
        "targets": names_f1(wanted["targets"], event["targets"]),
    }


def score_relations(gold: Sequence[Event], found: Sequence[Event]) -> RelationScore:
    """The score of one report's relations: same kind between names alike, one to one in the order of the gold."""
    left = list(found)
    hits = optional = 0
    missed = []
    for wanted in gold:
        at = next((i for i, one in enumerate(left) if _same_relation(wanted, one)), None)
        if at is not None:
            del left[at]
            hits, optional = hits + (not wanted.get("optional")), optional + bool(wanted.get("optional"))
        elif not wanted.get("optional"):
            missed.append(wanted)
    demanded = sum(not one.get("optional") for one in gold)
    return RelationScore(Tally(hits, demanded, len(found) - optional), missed, left)


def _same_relation(a: Event, b: Event) -> bool:
    if a["relation"] != b["relation"]:
        return False
    straight = names_alike(a["a"], b["a"]) and names_alike(a["b"], b["b"])
    return straight or (a["relation"] not in DIRECTED and names_alike(a["a"], b["b"]) and names_alike(a["b"], b["a"]))
