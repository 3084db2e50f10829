"""Reports of shootings: date, city, killed and injured of the incident that each report tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.result import Figure, Miss, Result, ratio, shorten
from benchmarks.sources import happened, read_set, read_texts
from benchmarks.toll import highest_toll
from reportedly.linking.gazetteer import normalise, without_unit
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Place, Reading, Time

NAME = "gvc"
VIOLENT = frozenset({"battle", "violence_against_civilians", "explosion_remote_violence", "riot", "abduction"})


TOWN = 2
"""The widest precision of a town."""
BARS = {"killed": 0.92, "injured": 0.88, "date": 0.90, "city": 0.90}


def measure(reader: Reader) -> Result:
    """Slot accuracy over all reports: a slot that is not read is wrong, and a toll that is not told counts as 0.

    Day and town come from the claims, else they are the first that the text names. Where no one is said to have died, those
    shot are injured.
    """
    incidents = {row["incident"]: row for row in read_set("gvc_dev_incidents")}
    cases = [case for case in read_set("gvc_dev_reports") if case["incident"] in incidents]
    readings = read_texts(
        reader, (Input(text=c["text"], id=c["doc"], title=c["title"], published=c["date"], language="en") for c in cases)
    )
    right = dict.fromkeys((*BARS, "date of the claims alone", "city of the claims alone"), 0)
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = incidents[case["incident"]]
        claims = main_claims(reading.claims)
        killed = highest_toll(claims, "killed")
        day, towns = claims_day(claims), claims_town(claims)
        right["date of the claims alone"] += day == gold["date"]
        right["city of the claims alone"] += is_town(gold["city"], towns)
        found: dict[str, object] = {
            "killed": killed,
            "injured": highest_toll(claims, "injured") or (0 if tells_death(claims) else highest_toll(claims, "casualties")),
            "date": day or first_day(reading),
            "city": towns or first_town(reading),
        }
        for slot, value in found.items():
            ok = is_town(gold["city"], towns or first_town(reading)) if slot == "city" else value == gold[slot]
            right[slot] += ok
            if not ok:
                kind = f"{slot} " + _how(value, gold[slot], bool(claims))
                words = " / ".join(f"{claim.type}: {claim.trigger.text} [{_toll(claim)}]" for claim in claims[:6])
                said = f"gold {gold[slot]}; read {value}; published {case['date']}; read {words or 'no violent claim'}"
                errors.append(Miss(kind, case["doc"], f"{said} | {case['title']} | {shorten(case['text'], 700)}"))
    n = len(cases)
    return Result(
        NAME, f"{n} reports", [Figure(slot, ratio(number, n), BARS.get(slot)) for slot, number in right.items()], errors
    )


def main_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The violence that the report is about: what happened and is not background, else whatever violence it tells."""
    violent = [claim for claim in happened(claims) if claim.family in VIOLENT]
    return [claim for claim in violent if not claim.background] or violent


def tells_death(claims: Sequence[Claim]) -> bool:
    """Whether any claim speaks of deaths, counted or not."""
    return any(count.what == "killed" and count.high != 0 for claim in claims for count in claim.counts)


def claims_day(claims: Sequence[Claim]) -> str | None:
    """The day that most claims give, of equals the first told; ``None`` where none gives a day."""
    days = Counter(claim.time.from_ for claim in claims if claim.time and claim.time.from_ and claim.time.from_ == claim.time.to)
    return days.most_common(1)[0][0] if days else None


def claims_town(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The town that most claims give, of equals the first told, as resolved and as spelled; empty where none gives a town."""
    places = Counter(claim.place.name for claim in claims if claim.place and (claim.place.precision or 9) <= TOWN)
    if not places:
        return ()
    name = places.most_common(1)[0][0]
    return (name, next(claim.place.text for claim in claims if claim.place and claim.place.name == name))


def first_day(reading: Reading) -> str | None:
    """The first single day that the text names, not after its publication."""
    last = (reading.report.published or "9999")[:10]
    days = [m.reading.from_ for m in reading.mentions if isinstance(m.reading, Time) and m.reading.from_ == m.reading.to]
    return next((day for day in days if day and day <= last), None)


def first_town(reading: Reading) -> tuple[str, ...]:
    """The first place that the text names and that is a town or within one."""
    towns = (m.reading for m in reading.mentions if isinstance(m.reading, Place) and (m.reading.precision or 9) <= TOWN)
    return next(((town.name, town.text) for town in towns), ())


def is_town(right: str, names: Sequence[str]) -> bool:
    """Whether one of the names is the city of the answers, which may add a quarter or a kind in brackets."""
    wanted = {plain for part in re.split(r"[()]", right) if (plain := without_unit(normalise(part))) and plain != "county"}
    return bool(wanted & {without_unit(normalise(name)) for name in names})


def _toll(claim: Claim) -> str:
    return ", ".join(f"{count.what} {count.low}-{count.high} «{count.text}»" for count in claim.counts)


def _how(found: object, gold: object, any_claim: bool) -> str:
    if not any_claim:
        return "no violent claim"
    if not found and not isinstance(found, int):
        return "not read"
    if isinstance(found, int) and isinstance(gold, int):
        return "too few" if found < gold else "too many"
    return "other"
