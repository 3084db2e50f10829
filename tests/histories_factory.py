"""Tellings for tests, made of short descriptions: who is said to have done what to whom, on which day, by whose word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportedly.knowledge.types import ontology
from reportedly.records import Actor, Claim, Relation, Span, Time, Voice, content_id
from reportedly.relations import Telling

KINDS = {
    "Chad": ("td", "state"),
    "Chadian army": ("td-army", "military"),
    "truck drivers": (None, "class"),
    "rebels": (None, "class"),
}


def actor(name: str) -> Actor:
    """An invented group, a real state, or a class of people."""
    key, kind = KINDS.get(name, (None, "armed_group"))
    return Actor.model_validate({"text": name, "start": 0, "end": len(name), "name": name, "id": key, "kind": kind})


def span(words: str) -> Span:
    return Span(text=words, start=0, end=len(words))


def chain(voice: str | None, stance: str) -> tuple[Voice, ...]:
    inner = (
        () if voice is None else (Voice.model_validate({"name": voice, "id": KINDS.get(voice, (None,))[0], "stance": stance}),)
    )
    return (Voice(name="article", kind="report"), *inner)


def claim(told: Mapping[str, Any], key: str) -> Claim:
    """A claim of ``claim`` (its type), ``actors``, ``targets``, ``voice``, ``stance``, ``status``, ``negated``, ``background``,
    ``from``, ``to``, ``words``, ``about``."""
    kind = told["claim"]
    time = None
    if "from" in told or "to" in told:
        time = Time.model_validate({"from": told.get("from"), "to": told.get("to"), "basis": "stated"})
    words = told.get("words", f"{' and '.join(told.get('actors', ()))} {kind.replace('_', ' ')}")
    return Claim(
        id=told.get("id", key),
        type=kind,
        family=ontology()[kind].family,
        trigger=span(words),
        actors=tuple(map(actor, told.get("actors", ()))),
        targets=tuple(map(actor, told.get("targets", ()))),
        time=time,
        status=told.get("status", "occurred"),
        negated=told.get("negated", "no") == "yes",
        background=told.get("background", "no") == "yes",
        attribution=chain(told.get("voice"), told.get("stance", "asserts")),
        evidence=(span(words),),
        about=tuple(told.get("about", ())),
    )


def relation(told: Mapping[str, Any], key: str) -> Relation:
    """A relation of ``relation`` (its kind), ``a``, ``b``, ``voice``, ``status``, ``rule``, ``words``, ``claims``."""
    words = told.get("words", f"{told['a']} {told['relation']} {told['b']}")
    return Relation(
        id=key,
        kind=told["relation"],
        a=actor(told["a"]),
        b=actor(told["b"]),
        status=told.get("status", "current"),
        attribution=chain(told.get("voice"), told.get("stance", "asserts")),
        evidence=(span(words),),
        claims=tuple(told.get("claims", ())),
        rules=(told.get("rule", "tie:war"),),
    )


def tellings(reports: Sequence[Mapping[str, Any]]) -> list[Telling]:
    """Reports of ``published``, ``source`` and ``tells`` (a list of claims and relations; left out where it is one, which then
    stands in the report itself)."""
    made = []
    for number, report in enumerate(reports):
        told = report.get("tells", [report])
        key = report.get("report", content_id("report", number, report))
        claims = [claim(one, f"claim-{number}-{at}") for at, one in enumerate(told) if "claim" in one]
        relations = [relation(one, f"relation-{number}-{at}") for at, one in enumerate(told) if "relation" in one]
        made.append(
            Telling(
                report=key,
                published=report.get("published"),
                source=report.get("source", "Desert Courier"),
                claims=tuple(claims),
                relations=tuple(relations),
            )
        )
    return made
