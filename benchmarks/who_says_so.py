"""Whether an event is fact, claim or denied, whether its author is, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.result import Figure, Miss, Result
from benchmarks.sources import SPEECH, read_set, read_texts
from reportedly.evaluation.names import names_alike
from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim

NAME = "who_says_so"
CATEGORIES = {
    "arrest": "arrest_detention_or_security_raid",
    "raid": "arrest_detention_or_security_raid",
    "clash": "armed_clash",
    "protest": "protest_or_violent_disorder",
    "riot": "protest_or_violent_disorder",
    "mob_violence": "protest_or_violent_disorder",
    "crowd_clash": "protest_or_violent_disorder",
    "strike": "protest_or_violent_disorder",
    "disarming": "disrupted_or_foiled_attack",
    "weapons_seizure": "other_eligible_event",
    "abduction": "abduction_or_hostage_taking",
}
BY_FAMILY = {
    "battle": "direct_attack_or_targeted_violence",
    "violence_against_civilians": "direct_attack_or_targeted_violence",
    "explosion_remote_violence": "remote_or_explosive_violence",
    "abduction": "abduction_or_hostage_taking",
    "protest": "protest_or_violent_disorder",
    "riot": "protest_or_violent_disorder",
    "arrest": "arrest_detention_or_security_raid",
}
NEVER = frozenset({"planned", "requested", "threatened", "hypothetical"})
DENYING = frozenset({"denies"})


def measure(reader: Reader) -> Result:
    """Cases whose stated answers (event's status, author's status, claimants) are all right."""
    cases = read_set("who_says_so")
    readings = read_texts(
        reader, (Input(text=case["text"], id=case["id"], published="2025-06-04", language="en") for case in cases)
    )
    right = 0
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        wanted = case["events"][0]["event"] if case["events"] else None
        said = judge(reading.claims, wanted)
        expect = case["extra"]
        wrong = [name for name in said if not _agrees(expect[name], said[name])]
        right += not wrong
        if wrong:
            read = [(c.type, c.trigger.text, c.status, [f"{v.name}:{v.stance}" for v in c.attribution]) for c in reading.claims]
            pairs = "; ".join(f"{name}: gold {expect[name]} read {said[name]}" for name in wrong)
            errors.append(Miss(" and ".join(wrong), case["id"], f"{pairs} | {case['text']} | {read}"))
    return Result(NAME, f"{len(cases)} cases", [Figure("cases wholly right", right, 16)], errors)


def judge(claims: Sequence[Claim], wanted: str | None) -> Mapping[str, object]:
    """What the claims amount to: of the event of the wanted kind, or of any that took place where none is wanted."""
    acts = [c for c in claims if c.family not in SPEECH and c.status not in NEVER and not c.background]
    if wanted is not None:
        acts = [claim for claim in acts if category(claim) == wanted] or acts
    if not acts or (wanted is None and not any(category(claim) for claim in acts)):
        return {"event_assertion_status": "not_applicable", "actor_attribution_status": "not_applicable", "claimant": []}
    act = acts[0]
    same = [claim for claim in acts if claim.type == act.type or category(claim) == category(act)]
    ids = {claim.id for claim in same}
    denials = [c for c in claims if c.family == "denial" and (not c.about or ids & set(c.about))]
    owning = [c for c in claims if c.family in ("claim_of_responsibility", "accusation") and (not c.about or ids & set(c.about))]
    yes = [claim for claim in same if claim.status != "denied" and not claim.negated and not _denies(claim)]
    no = [claim for claim in same if claim not in yes]
    plain = [claim for claim in yes if len(claim.attribution) == 1 and claim.status != "alleged"]
    sides = [claim.attribution[-1].name for claim in yes if len(claim.attribution) > 1] + [
        claim.attribution[-1].name for claim in (*no, *denials, *owning) if len(claim.attribution) > 1
    ]
    denied = bool(no or denials)
    if plain:
        event = "reported_as_fact"
    elif yes:
        event = "disputed" if denied else "claimed_or_alleged"
    else:
        event = "denied"
    return {
        "event_assertion_status": event,
        "actor_attribution_status": _author(event, same, owning, denied),
        "claimant": _once(sides),
    }


def _author(event: str, same: Sequence[Claim], owning: Sequence[Claim], denied: bool) -> str:
    """The standing of the act's author."""
    if owning:
        return "disputed" if denied else "claimed_or_alleged"
    if denied:
        return "denied" if event in ("denied", "reported_as_fact") else "disputed"
    return event if any(claim.actors for claim in same) else "unknown"


def category(claim: Claim) -> str | None:
    """The set's name for a type, or ``None`` where it has none."""
    return CATEGORIES.get(claim.type) or BY_FAMILY.get(claim.family)


def _denies(claim: Claim) -> bool:
    return any(voice.stance in DENYING for voice in claim.attribution)


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _agrees(expected: object, said: object) -> bool:
    """Whether the answer is one of the right ones; what the set does not state is not asked."""
    if expected is None:
        return True
    if isinstance(expected, list) and isinstance(said, list):
        return len(expected) == len(said) and all(any(names_alike(a, b) for b in said) for a in expected)
    return said in str(expected).split("|")
