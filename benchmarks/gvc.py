"""Reports of shootings: date, city, killed and injured of the incident that each report tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.geovirus import distance_km
from benchmarks.result import Figure, Miss, Result, ratio, shorten
from benchmarks.sources import Case, happened, read_set, read_texts
from benchmarks.toll import highest_toll
from reportedly.linking.gazetteer import Gazetteer, normalise, without_unit
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Place, Reading, Time

NAME = "gvc"
VIOLENT = frozenset({"battle", "violence_against_civilians", "explosion_remote_violence", "riot", "abduction"})


TOWN, UNIT = 2, 3
"""The widest precision of a town, and that of a second-level unit."""
DENSITY = 1000.0
"""People to the square kilometre of a city, as an average."""
BARS = {"killed": 0.92, "injured": 0.88, "date": 0.90, "city": 0.90}


def measure(reader: Reader) -> Result:
    """Slot accuracy over all reports: a slot that is not read is wrong, and a toll that is not told counts as 0.

    The headline is read as the first line of the report. Day and town come from the claims of the news, else from those of
    background (a trial tells an old shooting), else they are the first that the text names; where it names no day at all, the
    answers' coders took that of publication, and so does the measure (a reading never does). Where no one is said to have died,
    those shot are injured. A place within the city counts as the city; see :func:`in_city`.
    """
    gazetteer = Gazetteer.open()
    incidents = {row["incident"]: row for row in read_set("gvc_dev_incidents")}
    cases = [case for case in read_set("gvc_dev_reports") if case["incident"] in incidents]
    readings = read_texts(
        reader,
        (
            Input(text=f"{c['title']}\n\n{c['text']}", id=c["doc"], title=c["title"], published=c["date"], language="en")
            for c in cases
        ),
    )
    right = dict.fromkeys((*BARS, "date of the claims alone", "city of the claims alone"), 0)
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = incidents[case["incident"]]
        claims = main_claims(reading.claims)
        every = [claim for claim in happened(reading.claims) if claim.family in VIOLENT]
        killed = highest_toll(claims, "killed") or (least_killed(every) if tells_death(claims) else 0)
        day = claims_day(claims) or day_within(claims, reading) or claims_day(every) or day_within(every, reading)
        town = claims_town(claims, reading) or claims_town(every, reading)
        right["date of the claims alone"] += day == gold["date"]
        right["city of the claims alone"] += in_city(gold, town, gazetteer)
        town = town or first_town(reading)
        found: dict[str, object] = {
            "killed": killed,
            "injured": max(highest_toll(claims, "injured"), 0 if tells_death(claims) else highest_toll(claims, "casualties")),
            "date": day or first_day(reading) or case["date"],
            "city": (town.name, town.admin2) if town else None,
        }
        for slot, value in found.items():
            ok = in_city(gold, town, gazetteer) if slot == "city" else value == gold[slot]
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
    """The violence that the report is about: news and what the news is the charge for, else whatever violence it tells."""
    violent = [claim for claim in happened(claims) if claim.family in VIOLENT]
    return [claim for claim in violent if not claim.background or "background:charge" in claim.rules] or violent


def tells_death(claims: Sequence[Claim]) -> bool:
    """Whether any claim speaks of deaths, counted or not, or tells a killing without its victims."""
    counted = any(count.what == "killed" and count.high != 0 for claim in claims for count in claim.counts)
    return counted or any(claim.type == "killing" and all(count.what != "killed" for count in claim.counts) for claim in claims)


def least_killed(claims: Sequence[Claim]) -> int:
    """The toll where the news tells a death without a number: that of any claim, else one."""
    return highest_toll(claims, "killed") or 1


def claims_day(claims: Sequence[Claim]) -> str | None:
    """The day that most claims give, of equals the earliest (the hurt may die later); ``None`` where none gives a day."""
    days = Counter(claim.time.from_ for claim in claims if claim.time and claim.time.from_ and claim.time.from_ == claim.time.to)
    return min(day for day, times in days.items() if times == max(days.values())) if days else None


def day_within(claims: Sequence[Claim], reading: Reading) -> str | None:
    """The first day named, before that of publication, within a longer time that a claim gives; ``None`` without one."""
    published = (reading.report.published or "")[:10]
    days = [day for day in named_days(reading) if day != published]
    times = [claim.time for claim in claims if claim.time and claim.time.from_ and claim.time.to]
    return next((day for time in times for day in days if str(time.from_) <= day <= str(time.to)), None)


def claims_town(claims: Sequence[Claim], reading: Reading) -> Place | None:
    """The town that most claims give, of equals the first told; ``None`` without one.

    Where claims give but a second-level unit, it is the first town of that unit that the report names, else the unit itself.
    """
    places = [claim.place for claim in claims if claim.place and (claim.place.precision or 9) <= UNIT]
    towns = [place for place in places if (place.precision or 9) <= TOWN]
    if not towns and places:
        units = {(place.admin1, place.admin2) for place in places}
        named = [m.reading for m in reading.mentions if isinstance(m.reading, Place) and (m.reading.precision or 9) <= TOWN]
        towns = [place for place in named if (place.admin1, place.admin2) in units][:1] or places
    names = Counter(place.name for place in towns)
    return next((place for place in towns if place.name == names.most_common(1)[0][0]), None)


def named_days(reading: Reading) -> list[str]:
    """The single days that the text names, up to its publication."""
    last = (reading.report.published or "9999")[:10]
    days = [m.reading.from_ for m in reading.mentions if isinstance(m.reading, Time) and m.reading.from_ == m.reading.to]
    return [day for day in days if day and day <= last]


def first_day(reading: Reading) -> str | None:
    """The first day that the text names, one before its publication if there is any."""
    days = named_days(reading)
    return next((day for day in days if day != (reading.report.published or "")[:10]), days[0] if days else None)


def first_town(reading: Reading) -> Place | None:
    """The first place that the text names and that is a town or within one, else a second-level unit."""
    places = [m.reading for m in reading.mentions if isinstance(m.reading, Place) and (m.reading.precision or 9) <= UNIT]
    return next((place for place in places if (place.precision or 9) <= TOWN), places[0] if places else None)


def in_city(gold: Case, place: Place | None, gazetteer: Gazetteer) -> bool:
    """Whether a place is the city of the answers, by name, or a smaller place within it.

    The answers may add a quarter or "county" in brackets; of a county its towns are right too. The gazetteer has no
    outlines: a smaller place counts as within where it is as near the city's middle as its people would reach at
    :data:`DENSITY` to the square kilometre. A suburb that near counts too.
    """
    if place is None:
        return False
    wanted = {plain for part in re.split(r"[()]", gold["city"]) if (plain := without_unit(normalise(part))) and plain != "county"}
    names = {place.name, place.text, *([place.admin2] if place.admin2 and "county" in gold["city"].lower() else [])}
    if wanted & {without_unit(normalise(name)) for name in names}:
        return True
    if place.lat is None or place.lon is None or place.admin1 != gold["state"]:
        return False
    size = _people(gazetteer, place.name, gold["state"])
    for name in wanted:
        city = next((one for one in gazetteer.lookup(name) if one.kind == "city" and one.admin1 == gold["state"]), None)
        if city is not None and city.lat is not None and city.lon is not None and size < city.population:
            reach = math.sqrt(city.population / DENSITY / math.pi)
            if distance_km((city.lat, city.lon), (place.lat, place.lon)) <= reach:
                return True
    return False


def _people(gazetteer: Gazetteer, name: str, state: str) -> int:
    return next((one.population for one in gazetteer.lookup(name) if one.kind == "city" and one.admin1 == state), 0)


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
