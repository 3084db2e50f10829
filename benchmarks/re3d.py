"""Syria and Iraq: who fights whom, who is allied with whom, who belongs to whom, and which names are one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise, product
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, shorten
from benchmarks.sources import happened, overlaps, read_set, read_texts
from reportedly.evaluation.scoring import VIOLENCE
from reportedly.reading.reader import Input, Reader
from reportedly.records import Actor, Mention, Reading

NAME = "re3d"
KINDS = {
    "hostile": "FightingAgainst",
    "rival": "FightingAgainst",
    "allied": "AlliesOf",
    "supplies": "AlliesOf",
    "hosts": "AlliesOf",
    "pledged_allegiance_to": "AlliesOf",
    "part_of": "BelongsTo",
    "media_wing_of": "BelongsTo",
    "spokesperson_of": "BelongsTo",
}
MEASURED = ("FightingAgainst", "AlliesOf", "BelongsTo", "IsSynonymOf")
BOTH_WAYS = frozenset({"FightingAgainst", "AlliesOf", "IsSynonymOf"})
SURE = 0.5
"""Relations of the answers that the crowd model holds for less likely are left out."""
LONGEST_GAP = 40
"""Characters between a name and its other name: brackets, "also known as"."""
_LEADING = re.compile(r"^(?:the|a|an|some|two|his|their|its)\s+", re.IGNORECASE)

Name = tuple[int, int, str]
Triple = tuple[str, Name, Name]


def measure(reader: Reader) -> Result:
    """Triple F1 over the four kinds: both names the same (without article), or their spans overlapping; kind the same."""
    cases = read_set("re3d_dev")
    readings = read_texts(reader, (Input(text=case["text"], id=case["id"], title=case["title"], language="en") for case in cases))
    exact, near = [0, 0, 0], [0, 0, 0]
    by_kind: dict[str, list[int]] = {kind: [0, 0, 0] for kind in MEASURED}
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = _unique(gold_triples(case["relations"]))
        found = _unique(found_triples(reading))
        left = list(found)
        exact = [exact[0] + _hits(gold, found, _same), exact[1] + len(gold), exact[2] + len(found)]
        near[1], near[2] = near[1] + len(gold), near[2] + len(found)
        for triple in gold:
            by_kind[triple[0]][1] += 1
            met = next((one for one in left if _fits(triple, one, _touch)), None)
            if met is None:
                words = case["text"][max(0, min(triple[1][0], triple[2][0]) - 20) : max(triple[1][1], triple[2][1]) + 20]
                errors.append(
                    Miss(f"missed {triple[0]}", case["id"], f"{triple[1][2]} -> {triple[2][2]} | {shorten(words, 300)}")
                )
                continue
            left.remove(met)
            near[0] += 1
            by_kind[triple[0]][0] += 1
        for triple in found:
            by_kind[triple[0]][2] += 1
        for triple in left:
            words = case["text"][max(0, min(triple[1][0], triple[2][0]) - 20) : max(triple[1][1], triple[2][1]) + 20]
            errors.append(Miss(f"false {triple[0]}", case["id"], f"{triple[1][2]} -> {triple[2][2]} | {shorten(words, 300)}"))
    return Result(
        NAME,
        f"{len(cases)} documents, {near[1]} relations",
        [Figure("triple F1 (spans overlap)", f1(*near), 0.45), Figure("triple F1 (same words)", f1(*exact))]
        + [Figure(f"{kind} F1 (spans overlap)", f1(*by_kind[kind])) for kind in MEASURED],
        errors,
    )


def gold_triples(relations: Iterable[Mapping[str, Any]]) -> Iterable[Triple]:
    """The relations of the answers that are measured, without blanks around the names."""
    for relation in relations:
        if relation["type"] in MEASURED and relation["confidence"] >= SURE:
            yield relation["type"], _name(*relation["source"]), _name(*relation["target"])


def found_triples(reading: Reading) -> Iterable[Triple]:
    """The relations read, the sides of violence that happened, and names that stand side by side for one actor."""
    for claim in happened(reading.claims):
        if claim.family in VIOLENCE:
            for a, b in product(claim.actors, claim.targets):
                yield "FightingAgainst", _name(a.start, a.end, a.text), _name(b.start, b.end, b.text)
    for relation in reading.relations:
        kind = KINDS.get(relation.kind)
        if kind:
            yield (
                kind,
                _name(relation.a.start, relation.a.end, relation.a.text),
                _name(relation.b.start, relation.b.end, relation.b.text),
            )
    actors = [mention for mention in reading.mentions if isinstance(mention.reading, Actor) and mention.reading.basis == "named"]
    for before, after in pairwise(actors):
        if _synonyms(before, after):
            yield "IsSynonymOf", _name(before.start, before.end, before.text), _name(after.start, after.end, after.text)


def _synonyms(a: Mention, b: Mention) -> bool:
    same = isinstance(a.reading, Actor) and isinstance(b.reading, Actor) and a.reading.name == b.reading.name
    return same and a.text.lower() != b.text.lower() and 0 <= b.start - a.end <= LONGEST_GAP


def _name(start: int, end: int, text: str) -> Name:
    stripped = text.strip()
    begin = start + len(text) - len(text.lstrip())
    return begin, begin + len(stripped), _LEADING.sub("", stripped).lower()


def _unique(triples: Iterable[Triple]) -> list[Triple]:
    """Each triple once; of kinds that go both ways, each pair once."""
    found: dict[tuple[str, object], Triple] = {}
    for kind, a, b in triples:
        key: object = frozenset((a[:2], b[:2])) if kind in BOTH_WAYS else (a[:2], b[:2])
        found.setdefault((kind, key), (kind, a, b))
    return list(found.values())


def _fits(gold: Triple, found: Triple, same: Callable[[Name, Name], bool]) -> bool:
    if gold[0] != found[0]:
        return False
    straight = same(gold[1], found[1]) and same(gold[2], found[2])
    return straight or (gold[0] in BOTH_WAYS and same(gold[1], found[2]) and same(gold[2], found[1]))


def _hits(gold: list[Triple], found: list[Triple], same: Callable[[Name, Name], bool]) -> int:
    left, hits = list(found), 0
    for triple in gold:
        met = next((one for one in left if _fits(triple, one, same)), None)
        if met is not None:
            left.remove(met)
            hits += 1
    return hits


def _touch(a: Name, b: Name) -> bool:
    return overlaps((a[0], a[1]), (b[0], b[1]))


def _same(a: Name, b: Name) -> bool:
    return a[2] == b[2]
