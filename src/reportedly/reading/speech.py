"""Speech as acts: denials that a negation makes, claims of responsibility that "say they killed" makes."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.types import EventType
from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import shares
from reportedly.reading.parse import Parse
from reportedly.reading.reference import FIRST_PERSON
from reportedly.reading.roles import RoleReader
from reportedly.reading.voices import Link, VoiceReader

CLAIMANTS = frozenset({"armed_group", "militia"})


def write_speech(
    parse: Parse, drafts: list[Draft], voices: VoiceReader, roles: RoleReader, types: Mapping[str, EventType]
) -> list[Draft]:
    """The drafts with those that are really speech acts turned into them, and the own acts of claimants claimed.

    A negated act told by somebody is his denial ("we did not attack any positions"). An armed group that says that it did
    something claims responsibility; the act stays, and the claim is added.
    """
    out: list[Draft] = []
    for draft in drafts:
        link = draft.links[-1] if draft.links else None
        if link is None or draft.speech or draft.family not in VIOLENT_FAMILIES:
            out.append(draft)
            continue
        own = _own(parse, draft, link)
        if own and link.actor is not None and not draft.roles.actors:
            draft.roles.actors = [link.actor]
            draft.rules.append("roles:first-person")
        if draft.status.negated and draft.status.status == "occurred":
            out.append(_as_speech(parse, draft, link, types["denial"], voices))
            continue
        out.append(draft)
        if link.actor is not None and link.actor.actor.kind in CLAIMANTS and draft.status.status == "occurred":
            if own or shares(draft.roles.actors, [link.actor]):
                out.append(_as_speech(parse, draft, link, types["claim_of_responsibility"], voices))
    return out


def _own(parse: Parse, draft: Draft, link: Link) -> bool:
    """True if the act's subject is the speaker in the first person."""
    head = parse.tokens[draft.found.head]
    subject = head.child("nsubj")
    return subject is not None and subject.lower in FIRST_PERSON and link.found.quoted


def _as_speech(parse: Parse, draft: Draft, link: Link, type_: EventType, voices: VoiceReader) -> Draft:
    """A speech act made of an act and the attribution that holds it."""
    from dataclasses import replace

    speaker: list[FoundActor] = [link.actor] if link.actor is not None else []
    first, last = link.found.cue if link.found.cue is not None else (draft.found.first, draft.found.last)
    found = replace(draft.found, first=first, last=last, head=link.found.cue_head if link.found.cue_head is not None else draft.found.head)
    roles = replace(draft.roles, actors=speaker, targets=[] if type_.id == "denial" else list(draft.roles.targets), mutual=False)
    status = replace(draft.status, status="occurred", negated=False, hedges=list(draft.status.hedges), rules=[])
    return replace(
        draft,
        found=found,
        type=type_,
        family=type_.family,
        roles=roles,
        status=status,
        voices=voices.chain(found.head),
        links=[],
        counts=[],
        rules=[f"speech:{type_.id}-by-content"],
        merged=[],
    )
