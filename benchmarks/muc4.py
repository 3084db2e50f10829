"""Latin American wires in capitals: who did it, what and whom it hit, with what; and silence where there is no incident.

CEAF-REE as in GRIT (Du, Rush and Cardie 2021): entities of a role over a whole message, aligned one to one; a found entity is
right if all its mentions are mentions of the gold entity. Fills that the key calls optional are neither demanded nor punished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, ratio, shorten
from benchmarks.sources import Case, happened, read_set, read_texts
from reportedly.evaluation.names import name_words
from reportedly.knowledge.classes import load_classes
from reportedly.knowledge.demonyms import load_demonyms
from reportedly.reading.actors import OF_A_BODY, ROLE_WORDS
from reportedly.reading.reader import Input, Reader
from reportedly.reading.roles import ABSTRACT, OPEN_GROUND, PARTS
from reportedly.records import Actor, Claim, Reading

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
THINGS = frozenset({"facility", "company", "media", "ngo", "office", "class"})
"""Kinds of actor that, where no people are named, are things or bodies in buildings."""
PRONOUNS = frozenset("he she him her they them it those who we us".split())
WARRING = frozenset({"state", "armed_group", "military", "militia", "paramilitary"})
MILITARY = frozenset(
    "armored armoured helicopter helicopters gunship gunships position positions enemy barracks garrison troops tanks "
    "army military infantry brigade battalion company mortars guns weapons munitions".split()
)
NO_OBJECTS = OPEN_GROUND - {"property"} | PARTS | ABSTRACT | {"neighborhoods", "neighbourhoods", "outskirts", "capital", "port"}
COLLECTIVE = frozenset(
    "army armies military police government navy front guard force forces party bank company church court ministry embassy "
    "university college hospital organization organisation movement cartel union battalion brigade command ambulance convoy "
    "department consulate clinic board corporation airline firm station congress senate parliament council".split()
)
"""Words of the lexicon of people that name a body or a thing, not single people."""
GATHERED = frozenset("group groups band bands gang gangs squad units unit organization organisation movement".split())
"""Words for people of whom nothing more is said: alone they name nobody."""
FORCES = frozenset("police guard forces staff soldiers troops".split())
"""Words for those who hold a post or headquarters."""
PEOPLE = frozenset("people persons civilians population citizens children women men".split())
"""Words for people in general."""
SERVICES = frozenset("guard police army navy battalion brigade".split())
"""Last words of a service that is named by what it is."""
STALE = timedelta(days=62)
"""How long before the report an act may lie: the set's guidelines leave out what is more than two months old."""
_DATELINE = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]* (\d{2})\b")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_MARKS = re.compile(r"[^\w\s]")

Entity = frozenset[str]


def measure(reader: Reader) -> Result:
    """CEAF-REE over five roles of the incidents claimed; the share of messages without an incident that stay silent."""
    cases = read_set("muc4_dev")
    return score(cases, read_texts(reader, (Input(text=case["text"], id=case["id"], language="en") for case in cases)))


def score(cases: Sequence[Case], readings: Sequence[Reading]) -> Result:
    """The figures of readings of the cases, in the same order."""
    strict = {role: [0, 0, 0] for role in ROLES | DESCRIBED}
    loose = {role: [0, 0, 0] for role in ROLES | DESCRIBED}
    errors: list[Miss] = []
    silent = empty = typed = types = said_types = 0
    for case, reading in zip(cases, readings, strict=True):
        claims = incidents(reading.claims, dateline(case["text"]))
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
        found = found_entities(reading, claims)
        for role in ROLES | DESCRIBED:
            gold, optional = gold_entities(case, role)
            errors += _tally(case, role, gold, optional, found[role], strict[role], loose[role])
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


def dateline(text: str) -> date | None:
    """The day of a message by its first line, or ``None`` where that tells none."""
    found = _DATELINE.search(text[:200])
    return datetime.strptime(f"{found[1]} {found[2][:3]} {found[3]}", "%d %b %y").date() if found else None


def incidents(claims: Sequence[Claim], told: date | None = None) -> list[Claim]:
    """The claims that the set would call an incident: of its types, not background, with somebody or something hit.

    An act that somebody is charged with is background to us, and an incident of the set.

    Left out, as in the set's own guidelines, are fights of the armed with each other, what one state does to another, and
    what happened more than two months before the message, which is of the day ``told``, unless it tells of nothing newer.
    """
    found = [
        claim
        for claim in happened(claims)
        if claim.type in INCIDENTS
        and (not claim.background or "background:charge" in claim.rules)
        and (claim.family != "battle" or _civil(claim))
        and not _military(claim)
        and not _vague(claim)
    ]
    return [claim for claim in found if not _stale(claim, told)] or found


def _stale(claim: Claim, told: date | None) -> bool:
    """True where a claim gives a day long before the message."""
    until = claim.time.to if claim.time is not None and claim.time.text is not None else None
    return told is not None and until is not None and date.fromisoformat(until) < told - STALE


def _vague(claim: Claim) -> bool:
    """True where people in general are hit, at no place and on no day: "they have killed many people"."""
    somewhere = claim.place is not None and (claim.place.precision or 9) <= 5
    dated = claim.time is not None and claim.time.text is not None and claim.time.precision in ("day", "range", "week")
    whole = all(target.text.lower().split()[-1] in PEOPLE for target in claim.targets)
    return bool(claim.targets) and whole and not somewhere and not dated


def _military(claim: Claim) -> bool:
    """True where nobody is said to be hit, or only states, armed groups or their equipment."""
    if not claim.targets:
        return not (claim.instrument or claim.counts)
    return all(
        target.kind in WARRING or (not is_people(target) and (_armed_thing(target) or _guarded(claim, target)))
        for target in claim.targets
    )


def _guarded(claim: Claim, target: Actor) -> bool:
    """True for a police post or headquarters that is fought over; one that is bombed is a target of the set."""
    return INCIDENTS[claim.type] != "BOMBING" and bool(FORCES & set(re.findall(r"[^\W_]+", target.text.lower())))


def _civil(claim: Claim) -> bool:
    """True where a fight hits things that nobody fights from."""
    return any(target.kind == "facility" and not is_people(target) and not _armed_thing(target) for target in claim.targets)


def _armed_thing(target: Actor) -> bool:
    return bool(MILITARY & set(re.findall(r"[^\W_]+", target.text.lower())))


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


def found_entities(reading: Reading, claims: Sequence[Claim]) -> dict[str, list[Entity]]:
    """The entities of each role in the claims, each once, by the words of the text that name it best."""
    found: dict[str, dict[str, None]] = {role: {} for role in ROLES | DESCRIBED}
    names = _Names(reading)
    for claim in claims:
        for actor in claim.actors:
            for role, words in names.perpetrator(actor):
                found[role][plain(words)] = None
        for target in claim.targets:
            for role, words in () if _guarded(claim, target) and not is_people(target) else names.victim(target):
                found[role][plain(words)] = None
        if claim.instrument is not None:
            found["Weapon"][plain(claim.instrument.text)] = None
    return {role: [frozenset((words,)) for words in _wholes(fills) if words] for role, fills in found.items()}


class _Names:
    """Tells for the actors of one reading which words name them, and in which role of the set they stand."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.written: dict[str, str] = {}
        for mention in reading.mentions:
            actor = mention.reading
            if isinstance(actor, Actor) and actor.id is not None and actor.basis == "named":
                self.written.setdefault(actor.id, _name_alone(actor.text))

    def perpetrator(self, actor: Actor) -> Iterable[tuple[str, str]]:
        """Those who are named as people ("rebels of the X") are individuals, and their group beside them an organisation."""
        if actor.kind in ("state", "community", "facility"):
            return
        people = is_people(actor)
        if people and actor.text.lower() not in PRONOUNS | GATHERED:
            yield "PerpInd", _without_group(actor)
        elif actor.kind == "person":
            yield "PerpInd", self.full(actor)
        if actor.kind in GROUPS:
            name = self.written.get(actor.id or "", _name_alone(actor.name))
            if not _people_word(name.lower()) and name.lower() not in load_demonyms():
                yield "PerpOrg", name
        elif actor.kind == "class" and actor.text.lower().split()[-1] in SERVICES:
            yield "PerpOrg", actor.text

    def victim(self, actor: Actor) -> Iterable[tuple[str, str]]:
        """Persons by name, other people by description, and things."""
        if actor.kind == "person":
            yield "Victim", self.full(actor)
        elif is_people(actor):
            if actor.text.lower() not in PRONOUNS:
                yield "Described victim", actor.text
        elif actor.kind in THINGS and actor.text.lower() not in PRONOUNS and _is_object(actor):
            yield "Target", actor.text

    def full(self, actor: Actor) -> str:
        """The full name where the text has it, else the words."""
        return actor.name if actor.name.upper() in self.text.upper() else actor.text


def _without_group(actor: Actor) -> str:
    """People without the name of the group that they come from, which is told beside them: "terrorists from the X Front"."""
    return re.split(r"\s+from\s", actor.text)[0] if actor.kind in GROUPS else actor.text


def is_people(actor: Actor) -> bool:
    """Whether the words describe people, and name no organisation and no thing: by the head of the phrase."""
    if actor.kind == "person":
        return False
    whole = re.findall(r"[^\W_]+", actor.text.lower())
    words = re.findall(r"[^\W_]+", re.split(r"\b(?:of|from|belonging|who)\b", actor.text.lower())[0])
    return bool(words) and (_people_word(words[-1]) or (actor.kind in GROUPS and _people_word(whole[-1])))


def _is_object(actor: Actor) -> bool:
    """Whether the words name a thing of the set: no stretch of land, no part of a thing, nothing of soldiers'."""
    head = re.findall(r"[^\W_]+", re.split(r"\b(?:of|in|on)\b", actor.text.lower())[0])
    return bool(head) and head[-1] not in NO_OBJECTS and not _armed_thing(actor)


def _people_word(word: str) -> bool:
    return (word in load_classes() and word not in COLLECTIVE) or word in ROLE_WORDS or word in OF_A_BODY


def _name_alone(text: str) -> str:
    """A name without its abbreviation in brackets and without the words for people around it."""
    name = re.sub(r"^so-called\s+", "", " ".join(re.split(r"[(\[]", text)[0].split()), flags=re.IGNORECASE)
    name = re.split(
        r"\b(?:members|elements|guerrillas|fighters|rebels|soldiers|terrorists) (?:of|from) (?=[A-Z])", name, flags=re.IGNORECASE
    )[-1]
    words = name.split()
    while len(words) > 1 and _people_word(words[-1].lower()):
        words.pop()
    return " ".join(words)


def _wholes(fills: Iterable[str]) -> list[str]:
    """Fills without those whose words are the end of another one: "governor" beside "department governor"."""
    fills = list(fills)
    return [one for one in fills if not any(other != one and other.endswith(" " + one) for other in fills)]


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
