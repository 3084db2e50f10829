"""Reports of shootings: date, city, killed and injured of the incident that each report tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.result import Figure, Miss, Result, ratio, shorten
from benchmarks.sources import happened, read_set, read_texts
from benchmarks.toll import highest_toll
from reportedly.linking.gazetteer import normalise, without_unit
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim

NAME = "gvc"
VIOLENT = frozenset({"battle", "violence_against_civilians", "explosion_remote_violence", "riot", "abduction"})


def measure(reader: Reader) -> Result:
    """Slot accuracy over all reports; a slot that is not read is wrong, and a toll that is not told counts as 0."""
    incidents = {row["incident"]: row for row in read_set("gvc_dev_incidents")}
    cases = [case for case in read_set("gvc_dev_reports") if case["incident"] in incidents]
    readings = read_texts(
        reader, (Input(text=c["text"], id=c["doc"], title=c["title"], published=c["date"], language="en") for c in cases)
    )
    right = {"killed": 0, "injured": 0, "date": 0, "city": 0}
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = incidents[case["incident"]]
        claims = main_claims(reading.claims)
        cities = city_names(claims)
        found = {
            "killed": highest_toll(claims, "killed"),
            "injured": highest_toll(claims, "injured"),
            "date": first_day(claims),
            "city": next((city for city in cities if _same(city, gold["city"])), cities[0] if cities else None),
        }
        for slot, value in found.items():
            ok = _same(str(value), gold["city"]) if slot == "city" and value else value == gold[slot]
            right[slot] += ok
            if not ok:
                kind = f"{slot} " + _how(value, gold[slot], bool(claims))
                words = " / ".join(f"{claim.type}: {claim.trigger.text} [{_toll(claim)}]" for claim in claims[:6])
                said = f"gold {gold[slot]}; read {value}; published {case['date']}; read {words or 'no violent claim'}"
                errors.append(Miss(kind, case["doc"], f"{said} | {case['title']} | {shorten(case['text'], 600)}"))
    n = len(cases)
    bars = {"killed": 0.92, "injured": 0.88, "date": 0.90, "city": 0.90}
    figures = [Figure(f"{slot} exact" if slot in ("killed", "injured") else slot, ratio(right[slot], n), bar) for slot, bar in bars.items()]
    return Result(NAME, f"{n} reports", figures, errors)


def main_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The violence that the report is about: what happened and is not background, else whatever violence it tells."""
    violent = [claim for claim in happened(claims) if claim.family in VIOLENT]
    return [claim for claim in violent if not claim.background] or violent


def first_day(claims: Sequence[Claim]) -> str | None:
    """The day that most claims give, of equals the first told; ``None`` where none gives a day."""
    days = Counter(claim.time.from_ for claim in claims if claim.time and claim.time.from_ and claim.time.from_ == claim.time.to)
    return days.most_common(1)[0][0] if days else None


def city_names(claims: Sequence[Claim]) -> list[str]:
    """The name of the place that most claims give, of equals the first told, with the wider unit it lies in."""
    places = Counter(claim.place.name for claim in claims if claim.place)
    if not places:
        return []
    name = places.most_common(1)[0][0]
    place = next(claim.place for claim in claims if claim.place and claim.place.name == name)
    return [name, *([place.admin2] if place.admin2 and place.precision and place.precision <= 2 else [])]


def _same(a: str, b: str) -> bool:
    return without_unit(normalise(a)) == without_unit(normalise(b))


def _toll(claim: Claim) -> str:
    return ", ".join(f"{count.what} {count.low}-{count.high} «{count.text}»" for count in claim.counts)


def _how(found: object, gold: object, any_claim: bool) -> str:
    if not any_claim:
        return "no violent claim"
    if found is None:
        return "not read"
    if isinstance(found, int) and isinstance(gold, int):
        return "too few" if found < gold else "too many"
    return "other"
