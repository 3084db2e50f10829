"""Coded reports of electoral violence, grouped by hand into events: joined from their columns alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from benchmarks.joining import blocked_pairs, join, named_features, pair_measure
from benchmarks.result import Figure, Miss, Result
from benchmarks.sources import Case, read_set
from reportedly.incidents.facts import Facts, Party, folded_words, uncommon_words
from reportedly.incidents.figures import Figure as Toll
from reportedly.incidents.weights import POINTS
from reportedly.reading.reader import Reader

NAME = "maverick"
BAR = 0.75
ISO2 = {"Kenya": "KE", "Ivory Coast": "CI"}
SOURCE = re.compile(r"(.*?)\((\d{4}-\d{2}-\d{2})\)\s*(.*)", re.S)
PRECISION = {1: 6, 2: 3, 3: 1, 4: 1, 5: 1, 6: 1}
"""The set's six levels of precision, from country to building, as UCDP's."""
SORTS = {
    "Security forces": "forces of a state",
    "Political actor": "parties",
    "Citizens": "civilians",
    "Non-state armed actor": "armed groups",
}
TARGET_SORTS = {
    "Citizens": "civilians",
    "Other ethnic group": "civilians",
    "Voters or party supporters": "parties",
    "Election-related activists or protesters": "civilians",
    "Political candidate or politician": "parties",
    "Security forces": "forces of a state",
    "Party offices": "parties",
    "Election workers or personnel": "electoral body",
    "Electoral infrastructure or material": "electoral body",
    "Non-state armed group members": "armed groups",
}
BUSY = frozenset({"Police", "Military", "Administration Police", "General Service Unit (GSU)"})
ACTORS = range(1, 7)
METHODS = ("Sexual violence", "Stabbing", "Shooting", "Arson", "Looting", "Riot", "Melee", "Crowd control measures", "Other")
"""Of several methods in one row, the first of these is compared."""
OCCASIONS = {
    "Protest": "protest",
    "Security force crack-down on protest": "protest",
    "Riot": "riot",
    "Voting": "election",
    "Vote counting": "election",
    "Party primary": "primary",
    "Clash": "clash",
    "Military operation": "raid",
    "Arrest or raid": "raid",
    "Opposition campaign event": "rally",
    "Incumbent campaign event": "rally",
}


def measure(reader: Reader) -> Result:
    """Pair F1 of "same event"; the note of each feature's figure tells F1 without it."""
    cases = read_set("maverick_dev")
    gold = [str(case["event_id"]) for case in cases]
    claims = [case_facts(case) for case in cases]
    named = named_features(claims, blocked_pairs(claims))
    groups = join(claims, named)
    whole = pair_measure(groups, gold)
    figures = [
        Figure("pair F1", whole.f1, BAR),
        Figure("pair precision", whole.precision),
        Figure("pair recall", whole.recall),
    ]
    used = {name for names in named.values() for name in names}
    for name in POINTS:
        if name in used:
            without = pair_measure(join(claims, named, {**POINTS, name: 0.0}), gold)
            figures.append(Figure(f"effect of “{name}” ({POINTS[name]:+.1f})", whole.f1 - without.f1))
    return Result(NAME, f"{len(cases)} coded reports", figures, _misses(cases, groups, gold))


def case_facts(case: Case) -> Facts:
    """The columns of a coded report as the facts of a claim."""
    source, published, headline = split_source(str(case["source"]))
    first, last = (date.fromisoformat(case[name]) for name in ("date_start", "date_end"))
    doers = [party for number in ACTORS if (party := _party(case, number)) is not None]
    actors, targets = tuple(doers[:1]), (*doers[1:], *_target(case))
    place = str(case.get("location") or case.get("city") or "")
    city = str(case.get("city") or "")
    title = sorted(folded_words(headline))
    document = " ".join(title) if len(title) >= 4 else str(case["source"])
    own = folded_words(" ".join((source, city, *(party.name for party in (*actors, *targets)))))
    words = uncommon_words(headline)
    site = folded_words(place) - folded_words(city)
    return Facts(
        key=str(case["id"]),
        report=document,
        origin=document,
        family="violence_against_civilians",
        type=_method(case),
        place=" ".join(sorted(folded_words(city or place))) or None if "latitude" in case else None,
        admin1=" ".join(sorted(folded_words(city))) or None,
        iso2=ISO2[case["country"]],
        lat=case.get("latitude"),
        lon=case.get("longitude"),
        precision=PRECISION[int(case["geo_precision"])],
        first=first,
        last=last,
        day_is_known=first == last,
        time_is_bound_only=False,
        actors=actors,
        targets=targets,
        killed=_toll(case, "deaths"),
        injured=_toll(case, "injuries"),
        start=0,
        end=0,
        trigger="",
        is_reference=False,
        words=words - own,
        names=words | own,
        published=published,
        headline=folded_words(headline),
        is_coded=True,
        site=site if PRECISION[int(case["geo_precision"])] == 1 else frozenset(),
        occasions=frozenset({OCCASIONS[context]}) if (context := str(case.get("event_context"))) in OCCASIONS else frozenset(),
    )


def split_source(source: str) -> tuple[str, date | None, str]:
    """Outlet, day and headline of a source string."""
    found = SOURCE.match(source)
    if found is None:
        return source, None, ""
    return found[1].strip(), date.fromisoformat(found[2]), found[3].strip()


def _method(case: Case) -> str:
    told = str(case.get("actor1_violence") or "")
    return next((method.lower() for method in METHODS if method in told), "attack")


def _party(case: Case, number: int) -> Party | None:
    name = case.get(f"actor{number}")
    if not name:
        return None
    plain = re.sub(r"\s*\((?:Côte d'Ivoire|Kenya)\)", "", str(name))
    is_class = plain.startswith("Unknown") or plain.islower()
    words = frozenset() if plain.startswith("Unknown") else folded_words(plain)
    sort = SORTS.get(str(case.get(f"actor{number}_type") or ""))
    return Party(plain, None if is_class else str(case[f"actor{number}_id"]), words, not is_class, plain in BUSY, sort)


def _target(case: Case) -> Sequence[Party]:
    name = str(case["target"])
    if name in {"Unknown", "Other"}:
        return ()
    return (Party(name, None, frozenset({name}), False, True, TARGET_SORTS.get(name)),)


def _toll(case: Case, what: str) -> Toll | None:
    """The figures of a column; in this set 0 also stands for nothing said."""
    low, high = int(case[f"{what}_low"]), int(case[f"{what}_high"])
    return (low, high) if high else None


def _misses(cases: Sequence[Case], groups: Sequence[Sequence[int]], gold: Sequence[str]) -> list[Miss]:
    """Groups of several gold events, and gold events in several groups."""
    home = {member: number for number, members in enumerate(groups) for member in members}
    errors = []
    for members in groups:
        events = sorted({gold[member] for member in members})
        if len(events) > 1:
            errors.append(Miss("joined", events[0], " / ".join(_words(cases[member]) for member in members[:6])))
    for event in sorted(set(gold)):
        members = [number for number, own in enumerate(gold) if own == event]
        if len({home[member] for member in members}) > 1:
            errors.append(Miss("apart", event, " / ".join(_words(cases[member]) for member in members[:6])))
    return errors


def _words(case: Case) -> str:
    names = ("date_start", "date_end", "location", "city", "actor1", "target", "deaths_best", "source")
    return ", ".join(str(case.get(name, "-"))[:80] for name in names)
