"""Sentences with one PLOVER event between two marked spans: the type and the spans, read without them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.result import Figure, Miss, Result, f1, macro_f1, ratio
from benchmarks.sources import overlaps, read_set, read_texts
from reportedly.reading.reader import Input, Reader
from reportedly.records import Actor, Claim

NAME = "plover_spans"
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "DISAPPROVE": "ACCUSE", "DEMAND": "REQUEST", "FIGHT": "ASSAULT"}
"""The set's version of PLOVER merges these."""
NOTHING = "none"


def measure(reader: Reader) -> Result:
    """Macro F1 of the type of the main claim, of the claim between the marked pair, and of the best of all; F1 of spans."""
    cases = read_set("plover_spans_dev")
    readings = read_texts(reader, (Input(text=case["text"], id=case["id"], language="en") for case in cases))
    errors: list[Miss] = []
    main, paired, best = [], [], []
    spans, near, found_ends = 0, 0, 0
    for case, reading in zip(cases, readings, strict=True):
        event = case["events"][0]
        right = event["event"]
        ends = marked_spans(case["extra"]["marked"])
        claims = [claim for claim in reading.claims if plover(claim)]
        first = plover(claims[0]) if claims else NOTHING
        chosen = between(claims, ends)
        pair = plover(chosen) if chosen else NOTHING
        main.append((right, first))
        paired.append((right, pair))
        best.append((right, right if right in map(plover, claims) else first))
        if chosen is not None:
            for gold, actors in zip(ends, (chosen.actors, chosen.targets), strict=True):
                spans += any((actor.start, actor.end) == gold for actor in actors)
                near += any(overlaps((actor.start, actor.end), gold) for actor in actors)
                found_ends += bool(actors)
        if right not in map(plover, claims):
            kind = "nothing read" if not reading.claims else "no PLOVER type" if not claims else f"read {pair}"
            read = [(claim.type, claim.trigger.text) for claim in reading.claims]
            errors.append(Miss(f"{right}: {kind}", case["id"], f"{read} | {case['extra']['marked']}"))
        elif first != right:
            read = [(claim.type, claim.trigger.text) for claim in reading.claims]
            errors.append(Miss(f"{right}: another claim comes first", case["id"], f"{read} | {case['extra']['marked']}"))
    ends_all = 2 * len(cases)
    return Result(
        NAME,
        f"{len(cases)} sentences",
        [
            Figure("type macro F1, first claim", macro_f1(main), 0.75),
            Figure("type macro F1, claim between the pair", macro_f1(paired), 0.75),
            Figure("type macro F1, any claim", macro_f1(best), note="a bound: the best of all claims"),
            Figure("type accuracy, first claim", ratio(sum(a == b for a, b in main), len(main))),
            Figure("source and target overlap F1", f1(near, ends_all, found_ends)),
            Figure("source and target exact F1", f1(spans, ends_all, found_ends)),
        ],
        errors,
    )


def plover(claim: Claim) -> str:
    """The set's name for the claim's type, or an empty text."""
    kind = claim.crosswalk.plover_type or ""
    return MERGED.get(kind, kind)


def between(claims: Sequence[Claim], ends: tuple[tuple[int, int], tuple[int, int]]) -> Claim | None:
    """The claim that best fits the pair: both ends, then one, then the first of the sentence."""
    return max(claims, key=lambda claim: _touches(claim.actors, ends[0]) + _touches(claim.targets, ends[1]), default=None)


def _touches(actors: Sequence[Actor], end: tuple[int, int]) -> int:
    return int(any(overlaps((actor.start, actor.end), end) for actor in actors))


def marked_spans(marked: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The offsets of source and target in the text without its marks."""
    found: dict[str, int] = {}
    plain, rest = 0, marked
    while rest:
        mark = next((mark for mark in ("<s>", "</s>", "<t>", "</t>") if rest.startswith(mark)), None)
        if mark:
            found[mark] = plain
            rest = rest[len(mark) :]
        else:
            plain, rest = plain + 1, rest[1:]
    return (found.get("<s>", 0), found.get("</s>", 0)), (found.get("<t>", 0), found.get("</t>", 0))
