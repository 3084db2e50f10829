"""Whole readings as cases: loads them, checks what they expect against their own text, and compares a reading with it.

A case gives a text and *all* claims it must yield; each expected claim names only the fields the case is about. Words:

- ``a|b`` either is right; a list of actors, targets or voices is compared whole, in any order for actors and targets;
- ``none`` (or an empty list) the field must be empty; ``time: none`` the claim must not have a date read from the text;
- ``about`` the families of the claims that a speech act speaks of;
- ``optional: yes`` the claim is neither demanded nor, with these fields, punished.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from reportedly.knowledge.types import ontology
from reportedly.linking.register import Register
from reportedly.records import Actor, Claim, CountWhat, Family, Reading, Stance, Status, Voice

FOLDER = Path(__file__).parent / "cases" / "reading"
GAPS = "gaps"
PUBLISHED = "2025-06-05"
"""A Thursday: the day of publication where a case gives none."""
CASE_KEYS = frozenset({"id", "family", "published", "text", "expected", "why"})
CLAIM_KEYS = frozenset(
    {"family", "type", "status", "negated", "background", "actors", "targets", "place", "from", "to", "precision", "time"}
    | {"counts", "chain", "stance", "trigger", "about", "optional"}
)
SAID = frozenset({"alleged", "denied", "planned", "threatened", "hypothetical", "requested"})
MISSING, EXTRA = 1000, 500

Expected = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One text with the claims it must yield; ``family`` names the file it belongs in, ``why`` the reason of a known gap."""

    id: str
    family: str
    text: str
    published: str | None
    expected: tuple[Expected, ...]
    why: str | None = None

    @property
    def is_trap(self) -> bool:
        """True where the text holds nothing to find, or something denied, planned, old, alleged or known from hearsay."""
        demanded = [claim for claim in self.expected if claim.get("optional") != "yes"]
        return not demanded or any(
            claim.get("background") == "yes" or claim.get("negated") == "yes" or set(_either(claim.get("status", ""))) & SAID
            for claim in demanded
        )


def load_cases(name: str) -> list[Case]:
    """The cases of one file. Raises :class:`ValueError` for a key that no case knows."""
    rows = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader) or []
    return [_case(row, name) for row in rows]


def families() -> list[str]:
    """The names of the case files, without that of the known gaps."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != GAPS)


def _case(row: dict[str, Any], family: str) -> Case:
    unknown = set(row) - CASE_KEYS
    if unknown or not {"id", "text", "expected"} <= set(row):
        raise ValueError(f"{family}.yaml, case {row.get('id')}: unknown or missing keys {sorted(unknown)}")
    return Case(
        id=row["id"],
        family=row.get("family", family),
        text=row["text"],
        published=row.get("published", PUBLISHED) or None,
        expected=tuple(row["expected"] or ()),
        why=row.get("why"),
    )


def faults(case: Case) -> list[str]:
    """What is wrong with the case itself: fields, value lists, and words that are not in its text."""
    found = []
    for claim in case.expected:
        if unknown := set(claim) - CLAIM_KEYS:
            found.append(f"unknown fields {sorted(unknown)}")
        found += _value_faults(claim)
        names = [*_list(claim.get("actors")), *_list(claim.get("targets")), *_list(claim.get("chain"))]
        found += [f"{name!r} is neither in the text nor in the register" for name in names if not _is_known(case, name)]
        if claim.get("trigger", "") not in case.text:
            found.append(f"trigger {claim['trigger']!r} is not in the text")
        place = claim.get("place", "none")
        name = place.get("name", "none") if isinstance(place, dict) else place
        if name != "none" and not any(one in case.text for one in _either(name)):
            found.append(f"place {name!r} is not in the text")
    return found


def _value_faults(claim: Expected) -> list[str]:
    allowed = {
        "family": set(get_args(Family)),
        "type": set(ontology()),
        "status": set(get_args(Status)),
        "stance": set(get_args(Stance)),
        "negated": {"yes", "no"},
        "background": {"yes", "no"},
    }
    wrong = [
        f"{key}: {value!r} is no such value"
        for key, values in allowed.items()
        for value in _either(claim.get(key, ""))
        if value and value not in values
    ]
    counts = claim.get("counts") or {}
    kinds = set(counts) if isinstance(counts, dict) else set()
    wrong += [f"counts: {what!r} is not counted" for what in sorted(kinds - set(get_args(CountWhat)))]
    return wrong if "family" in claim else [*wrong, "no family"]


def _is_known(case: Case, name: str) -> bool:
    return all(one.casefold() in case.text.casefold() or _register().by_id(one) is not None for one in _either(name))


@cache
def _register() -> Register:
    return Register.load()


def differences(case: Case, reading: Reading) -> list[str]:
    """How a reading differs from what the case expects, a line each; nothing where it is right."""
    lines: list[str] = []
    pairs, spare = _paired(case, reading.claims)
    for expected, claim in pairs:
        if claim is None:
            if expected.get("optional") != "yes":
                lines.append(f"missing: {_shown_expected(expected)}")
            continue
        lines += [f"{claim.family} {claim.trigger.text!r}: {line}" for line in claim_differences(expected, claim, reading.claims)]
    return lines + [f"extra: {shown(claim)}" for claim in spare]


def _paired(case: Case, claims: Sequence[Claim]) -> tuple[list[tuple[Expected, Claim | None]], list[Claim]]:
    """Each expected claim with the claim that fits it best (fewest differences over all), and the claims left over."""
    best: tuple[int, tuple[int | None, ...]] | None = None
    cost = [[_cost(expected, claim, claims) for claim in claims] for expected in case.expected]
    for chosen in _choices(cost, 0, frozenset()):
        price = sum(
            (0 if expected.get("optional") == "yes" else MISSING) if j is None else cost[i][j] or 0
            for i, (expected, j) in enumerate(zip(case.expected, chosen, strict=True))
        )
        price += EXTRA * (len(claims) - sum(j is not None for j in chosen))
        if best is None or price < best[0]:
            best = price, chosen
    chosen = best[1] if best else ()
    pairs = [(expected, None if j is None else claims[j]) for expected, j in zip(case.expected, chosen, strict=True)]
    return pairs, [claim for j, claim in enumerate(claims) if j not in chosen]


def _choices(cost: list[list[int | None]], i: int, used: frozenset[int]) -> Iterable[tuple[int | None, ...]]:
    if i == len(cost):
        yield ()
        return
    for j in [None, *(j for j, price in enumerate(cost[i]) if price is not None and j not in used)]:
        for rest in _choices(cost, i + 1, used if j is None else used | {j}):
            yield (j, *rest)


def _cost(expected: Expected, claim: Claim, claims: Sequence[Claim]) -> int | None:
    """The number of differing fields, or ``None`` where the two cannot be about the same act."""
    if claim.family not in _either(expected["family"]):
        return None
    differing = len(claim_differences(expected, claim, claims))
    return None if differing and expected.get("optional") == "yes" else differing


def claim_differences(expected: Expected, claim: Claim, claims: Sequence[Claim]) -> list[str]:
    """The fields of one claim, out of all claims of its reading, that are not as expected."""
    dated = claim.time is not None and claim.time.basis != "bounded_by_publication"
    got = {
        "type": claim.type,
        "status": claim.status,
        "negated": "yes" if claim.negated else "no",
        "background": "yes" if claim.background else "no",
        "from": (claim.time.from_ if claim.time else None) or "none",
        "to": (claim.time.to if claim.time else None) or "none",
        "precision": claim.time.precision if claim.time and dated else "none",
        "time": "dated" if dated else "none",
        "stance": claim.attribution[-1].stance,
    }
    lines = [
        f"{key} {value} for {expected[key]}"
        for key, value in got.items()
        if key in expected and value not in _either(expected[key])
    ]
    if "trigger" in expected and not _touch(expected["trigger"], claim.trigger.text):
        lines.append(f"trigger {claim.trigger.text!r} for {expected['trigger']!r}")
    if "about" in expected:
        about = sorted(other.family for other in claims if other.id in claim.about)
        if about != sorted(_list(expected["about"])):
            lines.append(f"about {about} for {_list(expected['about'])}")
    for key, actors in (("actors", claim.actors), ("targets", claim.targets)):
        if key in expected and not _same_names(_list(expected[key]), actors):
            lines.append(f"{key} {[actor.name for actor in actors]} for {_list(expected[key])}")
    if "chain" in expected and not _same_chain(_list(expected["chain"]), claim.attribution[1:]):
        lines.append(f"chain {[voice.name for voice in claim.attribution[1:]]} for {_list(expected['chain'])}")
    return lines + _place_differences(expected, claim) + _count_differences(expected, claim)


def _place_differences(expected: Expected, claim: Claim) -> list[str]:
    if "place" not in expected:
        return []
    wanted = expected["place"] if isinstance(expected["place"], dict) else {"name": expected["place"]}
    place = claim.place
    if place is None:
        return [] if wanted.get("name") == "none" else [f"place none for {wanted}"]
    right = all(
        any(_folded(one) in (_folded(place.name), _folded(place.text)) for one in _either(value))
        if key == "name"
        else place.iso2 == value
        for key, value in wanted.items()
    )
    return [] if right else [f"place {place.text!r} ({place.name}, {place.iso2}) for {wanted}"]


def _count_differences(expected: Expected, claim: Claim) -> list[str]:
    """Counts are compared by kind; of one kind the first is the statement's total. A kind too many differs too."""
    if "counts" not in expected:
        return []
    wanted = expected["counts"] if isinstance(expected["counts"], dict) else {}
    got: dict[str, list[str]] = {}
    for count in claim.counts:
        got.setdefault(count.what, ["" if count.low is None else str(count.low), "" if count.high is None else str(count.high)])
    return [] if got == wanted else [f"counts {got} for {wanted}"]


def _same_names(wanted: list[str], actors: Sequence[Actor]) -> bool:
    left = list(actors)
    for name in wanted:
        found = next((actor for actor in left if any(_names(one, actor) for one in _either(name))), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_chain(wanted: list[str], voices: Sequence[Voice]) -> bool:
    return len(wanted) == len(voices) and all(
        any(_names(one, voice) for one in _either(name)) for name, voice in zip(wanted, voices, strict=True)
    )


def _names(wanted: str, named: Actor | Voice) -> bool:
    """True if a name is that of the actor: its register id, its name, its words in the text, or the last words of either."""
    if wanted == named.id:
        return True
    folded = _folded(wanted)
    return any(name == folded or name.endswith(" " + folded) for name in (_folded(named.name), _folded(named.text or "")))


def _folded(name: str) -> str:
    words = name.casefold().removesuffix("’s").removesuffix("'s").split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _touch(one: str, other: str) -> bool:
    return one in other or other in one


def _either(value: str) -> list[str]:
    return value.split("|")


def _list(value: object) -> list[str]:
    return [] if value in (None, "", "none") else list(value)  # type: ignore[call-overload]


def _shown_expected(expected: Expected) -> str:
    return ", ".join(f"{key} {value}" for key, value in expected.items())


def shown(claim: Claim) -> str:
    """A claim on one line, for people who look at a failed case."""
    place = claim.place.text if claim.place else None
    actors, targets = [actor.name for actor in claim.actors], [actor.name for actor in claim.targets]
    chain = [voice.name for voice in claim.attribution[1:]]
    counts = {count.what: (count.low, count.high) for count in reversed(claim.counts)}
    marks = " negated" * claim.negated + " background" * claim.background
    return (
        f"{claim.family} {claim.type} {claim.trigger.text!r} {claim.status}{marks}, actors {actors}, targets {targets}, "
        f"place {place}, counts {counts}, chain {chain}"
    )
