"""Actor phrases: country and PLOVER sector."""

from __future__ import annotations

from datetime import date, datetime

from benchmarks.result import Figure, Miss, Result, ratio
from benchmarks.sources import Case, read_set
from reportedly.linking.register import Register
from reportedly.linking.sectors import code_actor
from reportedly.reading.reader import Reader

NAME = "actor_strings"


def measure(reader: Reader) -> Result:
    """Share of phrases whose stated country and sector are both right; a phrase that names nobody must get neither."""
    register = Register.load()
    cases = read_set("actor_strings")
    right = countries = sectors = with_country = with_sector = 0
    errors: list[Miss] = []
    for case in cases:
        on = day_of(case["date"])
        country, sector = code_actor(case["text"], on, register)
        expect = case["expect"]
        ok_country, ok_sector = country_right(case, country), sector_right(case, sector)
        with_country, with_sector = with_country + ("country" in expect), with_sector + ("code_1" in expect)
        countries += ok_country and "country" in expect
        sectors += ok_sector and "code_1" in expect
        right += ok_country and ok_sector
        if not (ok_country and ok_sector):
            kind = " and ".join(name for name, ok in (("country", ok_country), ("sector", ok_sector)) if not ok)
            kind += " not read" if (country is None or ok_country) and (sector is None or ok_sector) else " wrong"
            said = f"{case['text']} ({case['date'] or 'no date'}) | gold {expect} | read {country} {sector}"
            errors.append(Miss(kind, case["id"], said))
    return Result(
        NAME,
        f"{len(cases)} phrases",
        [
            Figure("country and sector", ratio(right, len(cases)), 0.80),
            Figure("country, where stated", ratio(countries, with_country)),
            Figure("sector, where stated", ratio(sectors, with_sector)),
        ],
        errors,
    )


def day_of(text: str | None) -> date | None:
    """The day an answer holds for, in either of the forms the set writes it."""
    if not text:
        return None
    return date.fromisoformat(text) if text[:4].isdigit() else datetime.strptime(text, "%d %B %Y").date()


def country_right(case: Case, country: str | None) -> bool:
    """Whether the country is what the answers state; an empty one is none."""
    expect = case["expect"]
    if expect.get("_none"):
        return country is None
    if case["expect_not"].get("country") and country == case["expect_not"]["country"]:
        return False
    return "country" not in expect or (expect["country"] or None) == country


def sector_right(case: Case, sector: str | None) -> bool:
    """Whether the sector is what the answers state; an empty one is none."""
    expect = case["expect"]
    if expect.get("_none"):
        return sector is None
    return "code_1" not in expect or (expect["code_1"] or None) == sector
