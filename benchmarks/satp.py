"""South Asian incident summaries: the act, the toll and the district."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from benchmarks.result import Figure, Miss, Result, f1, ratio, shorten
from benchmarks.sources import Case, happened, read_set, read_texts
from benchmarks.toll import highest_toll
from reportedly.linking.gazetteer import normalise, without_unit
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Reading

NAME = "satp"
BY_TYPE = {
    "arrest": "arrest",
    "weapons_seizure": "seizure",
    "disarming": "seizure",
    "surrender": "surrender",
    "property_destruction": "infrastructure",
    "arson": "infrastructure",
}
"""Our types that have a type of their own in the set; all others go by family."""
BY_FAMILY = {
    "battle": "armed_assault",
    "violence_against_civilians": "armed_assault",
    "explosion_remote_violence": "bombing",
    "abduction": "abduction",
    "arrest": "arrest",
}
SAME_NAME = 85
"""From this likeness (0 to 100) on, two spellings are taken for one district."""


def measure(reader: Reader) -> Result:
    """Acts of the right type, exact tolls and their mean error, and the district; background is left out."""
    cases = read_set("satp_dev")
    readings = read_texts(reader, (Input(text=case["text"], id=case["id"], language="en") for case in cases))
    errors: list[Miss] = []
    acts = [0, 0, 0]
    any_act = deaths_exact = injured_exact = district = off = placed = 0
    for case, reading in zip(cases, readings, strict=True):
        claims = [claim for claim in happened(reading.claims) if not claim.background]
        gold, found = {event["event"] for event in case["events"]}, set(filter(None, map(act_type, claims)))
        acts = [acts[0] + len(gold & found), acts[1] + len(gold), acts[2] + len(found)]
        any_act += bool(gold & found)
        errors += [_miss(f"act missed: {kind}", case, f"found {sorted(found)}") for kind in sorted(gold - found)]
        errors += [_miss(f"act false: {kind}", case, f"gold {sorted(gold)}") for kind in sorted(found - gold)]
        died, hurt = highest_toll(claims, "killed"), highest_toll(claims, "injured")
        right_died, right_hurt = case["extra"]["deaths"]["total_fatalities"], case["extra"]["injuries"]["total_injuries"]
        deaths_exact, injured_exact = deaths_exact + (died == right_died), injured_exact + (hurt == right_hurt)
        off += abs(died - right_died)
        errors += _count_error("deaths", right_died, died, case) + _count_error("injuries", right_hurt, hurt, case)
        right = case["extra"]["location"]["district"]
        if right:
            placed += 1
            names = district_names(reading, claims)
            district += in_district(right, names)
            if not in_district(right, names):
                errors.append(_miss("district none" if not names else "district wrong", case, f"gold {right}; found {names}"))
    n = len(cases)
    return Result(
        NAME,
        f"{n} incidents, {acts[1]} acts",
        [
            Figure("act found, of the right type (incidents)", ratio(any_act, n), 0.90),
            Figure("acts found, of the right type (each act)", ratio(acts[0], acts[1])),
            Figure("acts F1", f1(*acts)),
            Figure("total deaths exact", ratio(deaths_exact, n), 0.95),
            Figure("deaths, mean absolute error", ratio(off, n), 0.12, most=True),
            Figure("injuries exact", ratio(injured_exact, n), 0.93),
            Figure("district right", ratio(district, placed), 0.85),
        ],
        errors,
    )


def act_type(claim: Claim) -> str | None:
    """What the set calls an act of this type; ``None`` where it has no name for it."""
    return BY_TYPE.get(claim.type) or BY_FAMILY.get(claim.family)


def district_names(reading: Reading, claims: Sequence[Claim]) -> list[str]:
    """The district of the first act that has a place, with the place's own name and spelling; else of the first place."""
    places = [claim.place for claim in claims if claim.place] or [claim.place for claim in reading.claims if claim.place]
    if not places:
        return []
    first = places[0]
    same = [first] + [place for place in places if place.name == first.name]
    return list(dict.fromkeys(name for place in same for name in (place.admin2, place.name, place.text) if name))


def in_district(right: str, names: Sequence[str]) -> bool:
    """Whether one of the names is the district, in any usual spelling or with a word more ("Uttar Bastar Kanker")."""
    wanted = without_unit(normalise(right))
    plain = [without_unit(normalise(name)) for name in names]
    return any(fuzz.ratio(wanted, name) >= SAME_NAME or set(wanted.split()) < set(name.split()) for name in plain)


def _miss(kind: str, case: Case, what: str) -> Miss:
    return Miss(kind, case["id"], f"{what} | {shorten(case['text'], 420)}")


def _count_error(name: str, right: int, found: int, case: Case) -> list[Miss]:
    if right == found:
        return []
    kind = "too few" if found < right else "too many"
    return [_miss(f"{name} {kind}" + (" (none read)" if not found else ""), case, f"gold {right}; found {found}")]
