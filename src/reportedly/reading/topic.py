"""Tells whether a report is about conflict at all, by how often it names armed people and unmistakable acts of force."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.status import StatusLexicon
from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import HARM_WORDS
from reportedly.reading.parse import Parse

DEATH_WORDS = frozenset("die dead death fatality casualty claim lose perish succumb toll body corpse".split())
"""First words of triggers that tell a death, whatever its cause."""
REMOTE_GROUPS = frozenset({"explosion", "remote_fire", "air"})
WEAPON_CRIME = frozenset(
    "shot gunshot gunshots shooting shootings gunman gunmen gunfire bullet bullets stabbed stabbing murder murdered "
    "homicide".split()
)
"""Words of killing with a weapon in the hand; two of them say as much as one armed actor."""
SHORT = 120
"""Tokens below which a report is too short for a share to mean anything."""
SHARE = 0.0075
"""Marks a token; reports of conflict hold 0.014 and more, others rarely half of this."""


def is_of_conflict(parse: Parse, drafts: Sequence[Draft], actors: Sequence[FoundActor], lexicon: StatusLexicon) -> bool:
    """True unless the report hardly names armed people and acts of force: an epidemic, a market, an election campaign.

    A short report counts as one of conflict, unless it names none of them but speaks of accidents, disease or sport.
    """
    marks = len({(draft.sent, draft.found.act.words[0]) for draft in drafts if _marks(draft)})
    marks += sum(token.lower in WEAPON_CRIME for token in parse.tokens) // 2
    marks += sum(actor.armed is True and actor.group != "police" for actor in actors)
    if len(parse.tokens) >= SHORT:
        return marks >= SHARE * len(parse.tokens)
    return marks > 0 or not any(token.lower in lexicon.accident or token.lower in lexicon.not_conflict for token in parse.tokens)


def _marks(draft: Draft) -> bool:
    """True for an act of force whose words can hardly mean anything else."""
    act = draft.found.act
    if draft.family not in VIOLENT_FAMILIES or act.words[0] in HARM_WORDS | DEATH_WORDS:
        return False
    return act.strength == "strong" or (draft.found.instrument is not None and draft.type.group in REMOTE_GROUPS)
