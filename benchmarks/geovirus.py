"""Place names with coordinates: found as spans, and resolved to the right point."""

from __future__ import annotations

import math
from collections import Counter

from benchmarks.result import Figure, Miss, Result, f1, ratio
from benchmarks.sources import read_set, read_texts
from reportedly.reading.reader import Input, Reader
from reportedly.records import Place

NAME = "geovirus"
NEAR_KM = 161.0
"""A hundred miles: the customary bound of a right point."""
EARTH_KM = 6371.0
WIDE = {4: "province", 5: "region", 6: "country", 7: "sea"}
"""Precisions of wide areas, for the classes of errors."""
ELSEWHERE_KM = 1500.0
"""Within this distance a wide area of the same name is taken for the right one with another middle."""


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two points in degrees of latitude and longitude.

    >>> round(distance_km((0, 0), (0, 1)))
    111
    """
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def measure(reader: Reader) -> Result:
    """Exact span F1 of the mentions, and the share of the found that lie within 161 km."""
    cases = read_set("geovirus")
    readings = read_texts(reader, (Input(text=case["text"], id=case["id"], language="en") for case in cases))
    gold_all = found_all = hits = near = pointed = 0
    missed, false = Counter[str](), Counter[str]()
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        text = case["text"]
        found = {(m.start, m.end): m.reading for m in reading.mentions if m.kind == "place" and isinstance(m.reading, Place)}
        gold = {(place["start"], place["end"]): place for place in case["places"]}
        gold_all, found_all = gold_all + len(gold), found_all + len(found)
        for span, place in gold.items():
            if span not in found:
                crossing = [text[a:b] for a, b in found if a < span[1] and span[0] < b]
                missed[place["text"]] += 1
                kind = "missed, other bounds" if crossing else "missed"
                errors.append(Miss(kind, case["id"], f"{place['text']} {crossing} | {_around(text, *span)}"))
                continue
            hits += 1
            read = found[span]
            far = None
            if read.lat is not None and read.lon is not None:
                pointed += 1
                far = distance_km((place["lat"], place["lon"]), (read.lat, read.lon))
                near += far <= NEAR_KM
            if far is None or far > NEAR_KM:
                where = f"{read.name}, {read.admin1}, {read.country} ({'no point' if far is None else f'{far:,.0f} km off'})"
                kind = "no point" if far is None else _how_far(read, far)
                errors.append(
                    Miss(
                        kind,
                        case["id"],
                        f"{place['text']} -> {where} | gold {place['lat']},{place['lon']} | {_around(text, *span)}",
                    )
                )
        for span in found:
            if span not in gold:
                false[text[span[0] : span[1]]] += 1
                kind = "false, other bounds" if any(a < span[1] and span[0] < b for a, b in gold) else "false"
                errors.append(Miss(kind, case["id"], f"{text[span[0] : span[1]]} | {_around(text, *span)}"))
    return Result(
        NAME,
        f"{len(cases)} articles, {gold_all} places",
        [
            Figure("found F1 (exact span)", f1(hits, gold_all, found_all), 0.85),
            Figure("found P", ratio(hits, found_all)),
            Figure("found R", ratio(hits, gold_all)),
            Figure("within 161 km, of the found", ratio(near, hits), 0.93),
            Figure("within 161 km, of those with a point", ratio(near, pointed)),
        ],
        errors,
    )


def _how_far(read: Place, far: float) -> str:
    """Whether another place was meant, or the same wide area has its middle elsewhere."""
    if read.precision in WIDE and far < ELSEWHERE_KM:
        return f"far off: middle of a {WIDE[read.precision]}"
    return "far off: another place"


def _around(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 50]}".split())
