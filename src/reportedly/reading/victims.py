"""Ties the names of victims that a sentence of its own tells to the act told before: "the dead were identified as X and Y"."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.parse import Parse, Token
from reportedly.reading.roles import RoleReader

NAMING = frozenset({"identified", "named"})
"""Participles of verbs by which somebody's name is told."""
VICTIMS = frozenset(
    "victim victims dead deceased slain killed wounded injured hostage hostages captive captives fatality fatalities "
    "casualty casualties body bodies corpse corpses abductee abductees".split()
)
"""Nouns for those whom an act hit."""
HIT = frozenset("dead slain killed murdered wounded injured kidnapped abducted assassinated executed missing".split())
"""Adjectives of those whom an act hit."""
REACH = 4
"""How many sentences after an act its victims may be named."""


def name_victims(parse: Parse, drafts: Sequence[Draft], roles: RoleReader) -> None:
    """Adds the persons by whose names a later sentence tells the victims of an act to those whom it hit."""
    acts = [d for d in drafts if d.family in VIOLENT_FAMILIES and not (d.status.negated or d.background)]
    if not acts:
        return
    for token in parse.tokens:
        if token.lower in NAMING and token.tag in ("VBN", "VBD"):
            subject = token.child("nsubjpass") or token.child("dobj")
            behind = next((child for child in token.kids("prep") if child.lower == "as"), None)
            name = behind.child("pobj") if behind is not None else token.child("oprd")
        elif token.lower in ("are", "were", "is", "was") and token.is_verb:
            subject, name = token.child("nsubj"), token.child("attr")
        else:
            continue
        if subject is None or name is None or name.ent != "PERSON" or token.child("neg") is not None:
            continue
        act = _act_of(parse, subject, acts)
        if act is not None:
            _add(act, [person for person in roles.resolve_all(name) if person.actor.kind == "person"])


def _act_of(parse: Parse, subject: Token, acts: Sequence[Draft]) -> Draft | None:
    """The last act told before whose victims a noun means; ``None`` where it means somebody else."""
    near = [act for act in acts if any(0 <= subject.sent - part.sent <= REACH for part in [act, *act.merged])]
    if subject.lower in VICTIMS or any(kid.lower in HIT for kid in subject.kids("amod")):
        return near[-1] if near else None
    if not any(kid.lower in ("the", "both", "two", "three") for kid in subject.children):
        return None
    same = [act for act in near if any(parse.tokens[t.head].lower == subject.lower for t in act.roles.targets)]
    return same[-1] if same else None


def _add(act: Draft, persons: Sequence[FoundActor]) -> None:
    known = {actor.actor.name for actor in act.roles.actors + act.roles.targets}
    new = [person for person in persons if person.actor.name not in known]
    if new:
        act.roles.targets = [*act.roles.targets, *new]
        act.rules.append("roles:named-later")
