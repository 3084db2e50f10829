"""Readings made by hand: invented groups and acts in real geography, every span verbatim in its text."""

from __future__ import annotations

import hashlib
from typing import Any

from reportedly.records import (
    Actor,
    ActorKind,
    Claim,
    Count,
    Family,
    Place,
    Reading,
    Relation,
    RelationKind,
    Report,
    Span,
    Time,
    Voice,
    content_id,
)

READER = "reportedly 0.1.0"
NAMED = {"Red Lantern Front": "grp-red-lantern", "Blue Ridge Army": "grp-blue-ridge", "River Guard": "grp-river-guard"}
GAO: dict[str, Any] = {
    "name": "Gao", "admin1": "Gao", "country": "Mali", "iso2": "ML", "lat": 16.27, "lon": -0.04, "precision": 1
}  # fmt: skip
ANSONGO: dict[str, Any] = {
    "name": "Ansongo", "admin1": "Gao", "country": "Mali", "iso2": "ML", "lat": 15.66, "lon": 0.50, "precision": 1
}  # fmt: skip
MALI: dict[str, Any] = {"name": "Mali", "country": "Mali", "iso2": "ML", "lat": None, "lon": None, "precision": 6}
ERBIL: dict[str, Any] = {
    "name": "Erbil", "admin1": "Erbil", "country": "Iraq", "iso2": "IQ", "lat": 36.19, "lon": 44.01, "precision": 1
}  # fmt: skip


def report(text: str, *, source: str | None = "Desert Courier", published: str | None = "2025-06-03", **more: Any) -> Report:
    """A report whose id and SHA-256 come from its content."""
    sha256 = more.pop("sha256", hashlib.sha256(f"{source}|{text}".encode()).hexdigest())
    key = more.pop("id", content_id("report", sha256, text))
    basis = "given" if published else None
    return Report(id=key, text=text, source=source, published=published, published_basis=basis, sha256=sha256, **more)


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth occurrence of some words in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(text=words, start=at, end=at + len(words))


def actor(text: str, words: str, nth: int = 0) -> Actor:
    """An actor of the invented register, or a class without an entry."""
    found = span(text, words, nth)
    known = NAMED.get(words)
    kind: ActorKind = "armed_group" if known else "class"
    return Actor(text=found.text, start=found.start, end=found.end, name=words, id=known, kind=kind)


def claim(text: str, trigger: str, family: Family = "battle", *, nth: int = 0, **more: Any) -> Claim:
    """A claim of a text. ``actors`` and ``targets`` are words of the text, ``killed`` a number or (words, low, high), ``at``
    a place of this module named by its ``place_words``, ``day`` an ISO day or a pair; ``voice`` the name of an inner
    voice."""
    found = span(text, trigger, nth)
    place = None
    if (at := more.pop("at", None)) is not None:
        words = span(text, more.pop("place_words", at["name"]))
        place = Place(text=words.text, start=words.start, end=words.end, **at)
    chain: tuple[Voice, ...] = (Voice(name="article", kind="media"),)
    if (voice := more.pop("voice", None)) is not None:
        chain += (Voice(name=voice, id=NAMED.get(voice), stance=more.pop("stance", "asserts")),)
    return Claim(
        id=more.pop("id", content_id("claim", text, found.start, family, more.get("status", ""))),
        type=more.pop("type", family),
        family=family,
        trigger=found,
        actors=tuple(actor(text, words) for words in more.pop("actors", ())),
        targets=tuple(actor(text, words) for words in more.pop("targets", ())),
        place=place,
        time=_time(more.pop("day", None)),
        counts=_killed(text, more.pop("killed", None)),
        attribution=more.pop("attribution", chain),
        evidence=more.pop("evidence", (Span(text=text, start=0, end=len(text)),)),
        **more,
    )


def relation(text: str, a: str, b: str, kind: RelationKind = "hostile", **more: Any) -> Relation:
    """A relation that a text states."""
    return Relation(
        id=content_id("relation", text, a, b, kind),
        kind=kind,
        a=actor(text, a),
        b=actor(text, b),
        attribution=(Voice(name="article", kind="media"),),
        evidence=(Span(text=text, start=0, end=len(text)),),
        **more,
    )


def reading(stored: Report, *claims: Claim, reader: str = READER, relations: tuple[Relation, ...] = (), **more: Any) -> Reading:
    """What a version of the reader read in a report."""
    return Reading(reader=reader, report=stored, claims=claims, relations=relations, **more)


def clash(day: str = "2025-06-02", killed: int = 4, at: dict[str, Any] = GAO, source: str = "Desert Courier") -> Reading:
    """A report of one outlet on a clash: the Red Lantern Front attacks the Blue Ridge Army."""
    text = f"Red Lantern Front attacked Blue Ridge Army in {at['name']} on {day}, killing {killed} soldiers, {source} learned."
    sides: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
    told = claim(text, "attacked", at=at, day=day, killed=(f"{killed} soldiers", killed, killed), **sides)
    between = relation(text, "Red Lantern Front", "Blue Ridge Army")
    return reading(report(text, source=source, published="2025-06-04"), told, relations=(between,))


def many() -> list[Reading]:
    """Readings for the kill tests: two outlets tell twelve clashes, and one has a newer reading."""
    found = [
        clash(day=f"2025-05-{day:02}", source=source) for day in range(1, 13) for source in ("Desert Courier", "Valley Post")
    ]
    newer = found[3].model_copy(update={"reader": "reportedly 0.2.0", "claims": ()})
    return [*found, newer]


def _time(day: str | tuple[str | None, str | None] | None) -> Time | None:
    if day is None:
        return None
    first, last = day if isinstance(day, tuple) else (day, day)
    if first is None:
        return Time(to=last, basis="bounded_by_publication")
    precision = "day" if first == last else "range"
    return Time.model_validate({"from": first, "to": last, "precision": precision, "basis": "worked_out"})


def _killed(text: str, killed: tuple[str, int | None, int | None] | None) -> tuple[Count, ...]:
    if killed is None:
        return ()
    words, low, high = killed
    found = span(text, words)
    return (Count(text=found.text, start=found.start, end=found.end, what="killed", low=low, high=high),)
