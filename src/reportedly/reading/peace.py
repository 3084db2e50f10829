"""Tells the end or breach of a truce from the truce: "announced an end to the ceasefire", "the pact is now void"."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.acts import inflect
from reportedly.knowledge.types import EventType
from reportedly.reading.drafts import Draft
from reportedly.reading.parse import Parse, Token

PACTS = frozenset({"ceasefire", "truce", "pact", "peace_agreement", "agreement"})
VOID = frozenset("void over dead off finished invalid null moot collapsed broken ended dissolved cancelled canceled".split())
ENDS = frozenset(
    "end collapse breakdown failure termination expiry abandonment cancellation demise unravelling unraveling".split()
)
BREACHES = frozenset(["violation", "violations", "breach", "breaches", "breaking"])
ENDING_VERBS = frozenset(
    form
    for verb in ("end", "wreck", "scrap", "shatter", "abandon", "cancel", "terminate", "renounce", "revoke", "destroy", "derail",
                 "collapse", "expire",
                 "suspend", "lapse", "unravel", "break", "void", "annul", "rescind", "repudiate", "tear", "call")
    for form in inflect(verb).all()
)  # fmt: skip
BREAKING_VERBS = frozenset(form for verb in ("violate", "breach", "flout") for form in inflect(verb).all())
POSSIBLY = frozenset({"may", "might", "could", "would", "should", "can", "ca"})
CONDITION = frozenset({"if", "unless", "lest", "until"})
NEEDS_PARTICLE = frozenset(form for verb in ("call", "tear") for form in inflect(verb).all())
INTRANSITIVE = frozenset(
    form for verb in ("collapse", "expire", "lapse", "unravel", "end", "break") for form in inflect(verb).all()
)


def retype_peace(parse: Parse, drafts: list[Draft], types: Mapping[str, EventType]) -> None:
    """Makes nominal truces that their sentence ends or breaks into drafts of that end or breach."""
    for draft in drafts:
        if draft.type.id not in PACTS:
            continue
        ending = _ending(parse.tokens[draft.found.head]) or (_ending_within(parse, draft) if not draft.found.nominal else None)
        if ending is None:
            continue
        draft.type = types[ending]
        draft.family = draft.type.family
        draft.rules.append(f"peace:{ending}")


def _ending(noun: Token) -> str | None:
    """The type that the words around a truce make of it, or ``None``."""
    head = noun
    while head.dep in ("compound", "nmod") and head.head.is_noun:
        head = head.head
        if head.lower in BREACHES:
            return "truce_violation"
    above = head.head
    if head.dep in ("nsubj", "nsubjpass"):
        if _is_open(above):
            return None
        if any(child.lower in VOID for child in above.children):
            return "truce_ended"
        if above.lower in INTRANSITIVE or (head.dep == "nsubjpass" and above.lower in ENDING_VERBS):
            return "truce_ended"
        if head.dep == "nsubjpass" and above.lower in BREAKING_VERBS:
            return "truce_violation"
    if head.dep == "dobj" and above.lower in ENDING_VERBS and _has_particle(above):
        return "truce_ended"
    if head.dep == "dobj" and above.lower in BREAKING_VERBS:
        return "truce_violation"
    if head.dep == "pobj" and above.lower in ("of", "to") and above.head.lower in ENDS:
        return "truce_ended"
    if head.dep == "pobj" and above.lower == "of" and above.head.lower in BREACHES:
        return "truce_violation"
    return None


def _is_open(verb: Token) -> bool:
    """True for "may become void", "is not over", "if the truce ends": the truce still holds."""
    beside = verb.kids("aux", "neg", "mark")
    return any(child.dep == "neg" or child.lower in POSSIBLY or child.lower in CONDITION for child in beside)


def _has_particle(verb: Token) -> bool:
    return verb.lower not in NEEDS_PARTICLE or any(child.lower in ("off", "up") for child in verb.children)


def _ending_within(parse: Parse, draft: Draft) -> str | None:
    """An end named inside the words of a verb phrase ("announced an end to a ceasefire"); who agrees to end a war makes one."""
    if draft.found.act.words[0] == "agree":
        return None
    words = {parse.tokens[i].lower for i in range(draft.found.first, draft.found.last + 1)}
    return "truce_ended" if words & ENDS else None
