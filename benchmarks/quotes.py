"""Who says what: exact spans of source, cue and content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, shorten
from benchmarks.sources import read_set, read_texts
from reportedly.reading.reader import Input, Reader
from reportedly.records import Attribution, Span

NAME = "quotes"
PARTS = {"source": 0.70, "cue": 0.70, "content": 0.60}
"""The three parts with the F1 to reach."""
Pieces = tuple[tuple[int, int], ...]


def measure(reader: Reader) -> Result:
    """Exact F1 of each part, all its pieces right; and of whole attributions."""
    cases = read_set("quotes_dev")
    readings = read_texts(reader, (_input(case) for case in cases))
    tallies = {part: [0, 0, 0] for part in (*PARTS, "whole")}
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = [{part: gold_pieces(row[part]) for part in PARTS} for row in case["attributions"]]
        found = [{part: found_pieces(one, part) for part in PARTS} for one in reading.attributions]
        for part in PARTS:
            _add(tallies[part], (row[part] for row in gold), (row[part] for row in found))
        _add(tallies["whole"], (tuple(row.values()) for row in gold), (tuple(row.values()) for row in found))
        errors += explain(case["id"], case["text"], gold, found)
    return Result(
        NAME,
        f"{len(cases)} articles, {tallies['cue'][1]} attributions with a cue",
        [Figure(f"{part} exact F1", f1(*tallies[part]), bar) for part, bar in PARTS.items()]
        + [
            Figure(f"{part} {side}", tallies[part][0] / max(1, tallies[part][i]))
            for part in PARTS
            for side, i in (("P", 2), ("R", 1))
        ]
        + [Figure("all three exact F1", f1(*tallies["whole"]))],
        errors,
    )


def _input(case: Mapping[str, Any]) -> Input:
    return Input(text=case["text"], id=case["id"], published=case["date"], title=case["title"], language="en")


def gold_pieces(spans: Iterable[Sequence[Any]]) -> Pieces:
    """The pieces of a part of the answers."""
    return tuple((start, end) for start, end, _ in spans)


def found_pieces(one: Attribution, part: str) -> Pieces:
    """The pieces of a part of an attribution that was read."""
    value: Span | Sequence[Span] | None = getattr(one, part)
    spans = () if value is None else (value,) if isinstance(value, Span) else value
    return tuple((span.start, span.end) for span in spans)


def _add(tally: list[int], gold: Iterable[Any], found: Iterable[Any]) -> None:
    """Count the equal ones, one to one; an empty part is none."""
    right, said = Counter(filter(None, gold)), Counter(filter(None, found))
    for i, number in enumerate(((right & said).total(), right.total(), said.total())):
        tally[i] += number


def explain(case: str, text: str, gold: Sequence[Mapping[str, Pieces]], found: Sequence[Mapping[str, Pieces]]) -> list[Miss]:
    """Each attribution missed, falsely read, or read with other bounds, with the words."""
    errors, left = [], list(found)
    for row in gold:
        other = next((one for one in left if _meet(row["cue"], one["cue"])), None) or next(
            (one for one in left if not (row["cue"] and one["cue"]) and _meet(row["content"], one["content"])), None
        )
        if other is None:
            errors.append(Miss("missed", case, _show(text, row)))
            continue
        left.remove(other)
        for part in PARTS:
            if row[part] != other[part]:
                kind = "none read" if not other[part] else "none in gold" if not row[part] else _how(row[part], other[part])
                errors.append(Miss(f"{part}: {kind}", case, f"gold {_words(text, row[part])} | read {_words(text, other[part])}"))
    errors += [Miss("false", case, _show(text, one)) for one in left]
    return errors


def _meet(a: Pieces, b: Pieces) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def _how(gold: Pieces, found: Pieces) -> str:
    if not _meet(gold, found):
        return "elsewhere"
    if len(gold) != len(found):
        return f"{len(found)} pieces for {len(gold)}" if max(len(gold), len(found)) < 4 else "other pieces"
    starts = "starts early" if found[0][0] < gold[0][0] else "starts late" if found[0][0] > gold[0][0] else ""
    ends = "ends early" if found[-1][1] < gold[-1][1] else "ends late" if found[-1][1] > gold[-1][1] else ""
    return " and ".join(filter(None, (starts, ends))) or "inner bounds"


def _words(text: str, pieces: Pieces) -> str:
    return " … ".join(f"«{shorten(text[start:end], 160)}»" for start, end in pieces) or "nothing"


def _show(text: str, row: Mapping[str, Pieces]) -> str:
    return " | ".join(f"{part} {_words(text, row[part])}" for part in PARTS)
