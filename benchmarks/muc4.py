"""Latin American wires in capitals: who did it, what and whom it hit, with what; and silence where there is no incident.

CEAF-REE as in GRIT (Du, Rush and Cardie 2021): entities of a role over a whole message, aligned one to one; a found entity is
right if all its mentions are mentions of the gold entity. Fills that the key calls optional are neither demanded nor punished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, ratio, shorten
from benchmarks.sources import Case, happened, read_set, read_texts
from reportedly.evaluation.names import name_words
from reportedly.knowledge.classes import load_classes
from reportedly.reading.reader import Input, Reader
from reportedly.records import Actor, Claim

NAME = "muc4"
ROLES = {
    "PerpInd": ("perp_individual",),
    "PerpOrg": ("perp_org",),
    "Target": ("phys_target",),
    "Victim": ("hum_target_name",),
    "Weapon": ("instrument",),
}
"""Roles of the published measure: victims are persons named; those only described are measured apart."""
DESCRIBED = {"Described victim": ("hum_target_description",)}
INCIDENTS = {
    "attack": "ATTACK",
    "armed_attack": "ATTACK",
    "armed_assault": "ATTACK",
    "ambush": "ATTACK",
    "assassination": "ATTACK",
    "execution": "ATTACK",
    "massacre": "ATTACK",
    "killing": "ATTACK",
    "beating": "ATTACK",
    "stabbing": "ATTACK",
    "torture": "ATTACK",
    "shelling": "ATTACK",
    "rocket_attack": "ATTACK",
    "missile_strike": "ATTACK",
    "grenade_attack": "BOMBING",
    "bombing": "BOMBING",
    "ied": "BOMBING",
    "landmine": "BOMBING",
    "suicide_attack": "BOMBING",
    "explosion": "BOMBING",
    "abduction": "KIDNAPPING",
    "hostage_taking": "KIDNAPPING",
    "enforced_disappearance": "KIDNAPPING",
    "arson": "ARSON",
    "property_destruction": "ATTACK",
    "looting": "ROBBERY",
}
"""The set's name for each of our types; what is not named is no incident of the set."""
GROUPS = frozenset(
    {
        "armed_group",
        "state",
        "government",
        "military",
        "police",
        "intelligence",
        "paramilitary",
        "militia",
        "party",
        "international_force",
        "international_organisation",
        "media",
        "ngo",
        "company",
        "community",
    }
)
"""Kinds of actor that are organisations."""
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_MARKS = re.compile(r"[^\w\s]")

Entity = frozenset[str]


def measure(reader: Reader) -> Result:
    """CEAF-REE over five roles of the incidents claimed; the share of messages without an incident that stay silent."""
    cases = read_set("muc4_dev")
    readings = read_texts(reader, (Input(text=case["text"], id=case["id"], language="en") for case in cases))
    strict = {role: [0, 0, 0] for role in ROLES | DESCRIBED}
    loose = {role: [0, 0, 0] for role in ROLES | DESCRIBED}
    errors: list[Miss] = []
    silent = empty = typed = types = said_types = 0
    for case, reading in zip(cases, readings, strict=True):
        claims = incidents(reading.claims)
        kinds = {INCIDENTS[claim.type] for claim in claims}
        if not case["templates"]:
            empty += 1
            silent += not claims
            if claims:
                words = "; ".join(f"{claim.type} «{shorten(claim.evidence[0].text, 110)}»" for claim in claims[:4])
                errors.append(Miss("false alarm", case["id"], f"{len(claims)} claims: {words}"))
        else:
            demanded = {
                kind for template in case["templates"] for kind in _fills(template, ("type",)) if not template["optional"]
            }
            gold_kinds = {alt for entity in demanded for alt in entity}
            typed, types, said_types = typed + len(gold_kinds & kinds), types + len(gold_kinds), said_types + len(kinds)
            if not claims:
                errors.append(Miss("no incident read", case["id"], f"{sorted(gold_kinds)} | {shorten(case['text'], 500)}"))
        for role in ROLES | DESCRIBED:
            gold, optional = gold_entities(case, role)
            found = found_entities(claims, role)
            errors += _tally(case, role, gold, optional, found, strict[role], loose[role])
    total, total_loose = (_sum(one[role] for role in ROLES) for one in (strict, loose))
    described = _sum(strict.values())
    return Result(
        NAME,
        f"{len(cases)} messages, {empty} without an incident",
        [
            Figure("CEAF-REE F1", f1(*total), 0.50),
            Figure("CEAF-REE P", ratio(total[0], total[2])),
            Figure("CEAF-REE R", ratio(total[0], total[1])),
            Figure("no incident claimed where there is none", ratio(silent, empty), 0.70),
            *(Figure(f"{role} F1", f1(*strict[role])) for role in strict),
            Figure("F1 with described victims", f1(*described)),
            Figure("F1 where a name within the other counts", f1(*total_loose)),
            Figure("incident types found F1", f1(typed, types, said_types)),
        ],
        errors,
    )


def incidents(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that the set would call an incident: of its types, not background."""
    return [claim for claim in happened(claims) if claim.type in INCIDENTS and not claim.background]


def gold_entities(case: Case, role: str) -> tuple[list[Entity], list[Entity]]:
    """The demanded and the optional entities of a role over all templates of a message, each once."""
    demanded: list[Entity] = []
    optional: list[Entity] = []
    for template in case["templates"]:
        for slot in (ROLES | DESCRIBED)[role]:
            for fill in template[slot] or ():
                entity = frozenset(plain(alt["v"]) for alt in fill["alts"])
                pool = optional if fill["optional"] or template["optional"] else demanded
                if not any(entity & other for other in demanded):
                    pool.append(entity)
    return demanded, [entity for entity in optional if not any(entity & other for other in demanded)]


def found_entities(claims: Sequence[Claim], role: str) -> list[Entity]:
    """The entities of a role in the claims, each once, with the words of their first mention."""
    found: dict[object, Entity] = {}
    for claim in claims:
        for key, words in _fillers(claim, role):
            found.setdefault(key, frozenset((plain(words),)))
    return list(dict.fromkeys(found.values()))


def _fillers(claim: Claim, role: str) -> Iterable[tuple[object, str]]:
    match role:
        case "PerpInd":
            return [(_key(actor), _words(actor)) for actor in claim.actors if actor.kind not in GROUPS and is_people(actor)]
        case "PerpOrg":
            return [(_key(actor), _words(actor)) for actor in claim.actors if actor.kind in GROUPS]
        case "Victim":
            return [(_key(actor), _words(actor)) for actor in claim.targets if actor.kind == "person"]
        case "Described victim":
            return [
                (_key(actor), _words(actor)) for actor in claim.targets if actor.kind in ("class", "office") and is_people(actor)
            ]
        case "Target":
            return [(_key(actor), _words(actor)) for actor in claim.targets if not is_people(actor) or actor.kind in GROUPS]
        case _:
            return [(plain(claim.instrument.text), claim.instrument.text)] if claim.instrument else []


def is_people(actor: Actor) -> bool:
    """Whether people are meant, and no building or vehicle: by the last word of a phrase that names nobody."""
    if actor.kind not in ("class", "unknown", "facility"):
        return True
    words = re.findall(r"[^\W_]+", actor.text.lower())
    return bool(words) and (words[-1] in load_classes() or actor.basis != "named")


def _words(actor: Actor) -> str:
    """The words of an actor; for a pronoun the name it stands for."""
    return actor.text if actor.basis == "named" else actor.name


def _key(actor: Actor) -> object:
    return actor.id or plain(actor.name)


def plain(text: str) -> str:
    """A fill as the published measure compares it: one case, no articles, no punctuation, single blanks."""
    return " ".join(_ARTICLE.sub(" ", _MARKS.sub("", text.lower())).split())


def _tally(
    case: Case, role: str, gold: list[Entity], optional: list[Entity], found: list[Entity], strict: list[int], loose: list[int]
) -> list[Miss]:
    errors = []
    for tally, same in ((strict, _within), (loose, _near)):
        left = list(found)
        hits = 0
        missed = []
        for entity in gold:
            met = next((one for one in left if same(one, entity)), None)
            if met is None:
                missed.append(entity)
                continue
            left.remove(met)
            hits += 1
        spare = [one for one in left if not any(same(one, entity) for entity in optional)]
        for i, number in enumerate((hits, len(gold), hits + len(spare))):
            tally[i] += number
        if tally is loose:
            errors += [
                Miss(f"{role} missed", case["id"], f"{sorted(entity)} | read {sorted(map(min, found))}") for entity in missed
            ]
            errors += [
                Miss(f"{role} false", case["id"], f"{min(one)} | gold {[min(entity) for entity in gold]}") for one in spare
            ]
        else:
            bounds = [(one, entity) for entity in missed for one in left if _near(one, entity)]
            errors += [Miss(f"{role} other bounds", case["id"], f"{min(one)} | gold {sorted(entity)}") for one, entity in bounds]
    return errors


def _within(found: Entity, gold: Entity) -> bool:
    """All mentions of the found entity are mentions of the gold one."""
    return found <= gold


def _near(found: Entity, gold: Entity) -> bool:
    """The words of a mention lie within those of the other."""
    pairs = ((name_words(a), name_words(b)) for a in found for b in gold)
    return any(a and b and (a <= b or b <= a) for a, b in pairs)


def _fills(template: Mapping[str, Any], slots: Sequence[str]) -> list[Entity]:
    return [frozenset(alt["v"] for alt in fill["alts"]) for slot in slots for fill in template[slot] or ()]


def _sum(tallies: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*tallies, strict=True)]
