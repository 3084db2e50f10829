"""Who counts as a side of a relation: organised actors, with a state's services folded into the state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reading.actors import ARMED_KINDS, FoundActor, label
from reportedly.reading.parse import Parse, Token
from reportedly.reading.reference import FIRST_PERSON
from reportedly.reading.roles import RoleReader
from reportedly.reading.voices import VoiceReader
from reportedly.records import Actor, ActorKind

if TYPE_CHECKING:
    from reportedly.linking.register import Entry, Register

ORGANISED: frozenset[ActorKind] = frozenset(
    {"armed_group", "state", "government", "military", "police", "paramilitary", "militia", "international_force", "party", "intelligence"}
)
SERVICES: frozenset[ActorKind] = frozenset({"government", "military", "police", "paramilitary", "intelligence", "office"})
"""Kinds that act for a state and are folded into it where a side is meant."""
STATE_KINDS: frozenset[ActorKind] = SERVICES | {"state"}
GROUP_KINDS: frozenset[ActorKind] = frozenset({"armed_group", "militia", "party"})
SERVICE_GROUPS = frozenset({"military", "police", "security_forces", "officials"})
STATE_WORDS = frozenset("military army police security government paramilitary troops soldiers policemen governmental".split())
COLLECTIVE = frozenset("rebels rebel insurgents insurgency separatists guerrillas guerillas rebellion opposition".split())
"""Words that make a nameless armed class a side of its own: there is one such side in a report."""
SERVICE_ENDINGS = {"government": "government", "military": "military", "army": "army", "police": "police"}
"""Bare words before a hyphen or "spokesman", to the endings of register ids."""
NAMING = frozenset({"known", "called", "dubbed", "named", "calling"})


class SideReader:
    """Asked for the sides that words of one report name."""

    def __init__(self, parse: Parse, voices: VoiceReader, roles: RoleReader, register: Register) -> None:
        self.parse, self.voices, self.roles, self.register = parse, voices, roles, register
        self.discourse = roles.discourse

    def all(self, token: Token | None) -> list[FoundActor]:
        """The actors a noun phrase names, each member of a coordination once."""
        if token is None:
            return []
        found: list[FoundActor] = []
        for part in [token, *token.conjuncts()]:
            actor = self.one(part)
            if actor is not None and all(actor.first != other.first for other in found):
                found.append(actor)
        return found

    def one(self, token: Token) -> FoundActor | None:
        """The actor that one word heads: named, referred to, the speaker of "we", or the state of an adjective."""
        if token.lower in FIRST_PERSON:
            return self.speaker_side(token)
        if (called := self.called(token)) is not None:
            return called
        found = self.roles.resolve(token)
        if found is None or (found.actor.kind == "class" and found.group is None and not self.is_side(found)):
            return self.discourse.state(token) or found
        return found

    def called(self, token: Token) -> FoundActor | None:
        """The name given behind a common noun: "its local branch, known as X", "a rebel group called X"."""
        if not token.is_noun or token.is_proper:
            return None
        for child in token.children:
            if child.dep in ("acl", "relcl") and child.lower in NAMING:
                for inner in child.subtree():
                    mention = self.discourse.at(inner.i)
                    if mention is not None and mention.actor.kind not in ("person", "state", "community", "class"):
                        return self.discourse.resolve(mention)
        return None

    def speaker_side(self, token: Token) -> FoundActor | None:
        """The organisation whose voice says "we" at this word."""
        for link in reversed(self.voices.telling(token.i)):
            side = self.voice_side(link.actor)
            if side is not None and self.is_side(side):
                update = {"text": token.text, "start": token.start, "end": token.end, "basis": "reference"}
                return replace(side, actor=side.actor.model_copy(update=update), first=token.i, last=token.i, head=token.i)
        return None

    def voice_side(self, speaker: FoundActor | None) -> FoundActor | None:
        """The organisation that a speaker stands for, himself if he is none's."""
        if speaker is None or speaker.actor.kind != "person":
            return speaker
        return self.discourse.owners.get(speaker.actor.name)

    # What counts

    def is_side(self, found: FoundActor) -> bool:
        """True for organised actors, and for armed classes that are told apart by a name or are the rebels of the report."""
        kind = found.actor.kind
        if kind in ORGANISED or kind == "office":
            return True
        if kind == "unknown":
            return found.armed is not False and len(found.actor.name.split()) > 1
        if kind != "class":
            return False
        return self.is_armed_class(found) or self.state_of_class(found) is not None

    def is_armed_class(self, found: FoundActor) -> bool:
        if found.actor.kind != "class" or found.armed is not True or found.group in SERVICE_GROUPS:
            return False
        return self.named(found) or bool(COLLECTIVE & set(found.actor.name.lower().split()))

    def named(self, found: FoundActor) -> bool:
        """True if a class has a name or adjective of a people, place or state in it ("Baloch militants")."""
        return any(word[:1].isupper() for word in found.actor.name.split()[0 if found.first else 1 :])

    def is_group(self, found: FoundActor) -> bool:
        """True for a side that is no state."""
        return found.actor.kind in GROUP_KINDS or self.is_armed_class(found)

    def is_state(self, found: FoundActor) -> bool:
        """True for a state, its services, and forces of a state."""
        return found.actor.kind in STATE_KINDS or (not self.is_armed_class(found) and self.state_of_class(found) is not None)

    # States

    def fold(self, found: FoundActor) -> Actor:
        """The actor as a side: the state for its government, ministries and services, else the actor itself."""
        actor = found.actor
        state: Entry | None = None
        if actor.kind in SERVICES:
            state = self.state_of(actor.id, found.country)
        elif actor.kind == "class" and not self.is_armed_class(found):
            state = self.state_of_class(found)
        if state is None:
            return actor
        return actor.model_copy(update={"name": state.name, "id": state.id, "kind": state.kind, "basis": "inferred", "readings": ()})

    def state_of(self, actor_id: str | None, country: str | None) -> Entry | None:
        """The state that a service is part of, by the register's lineage or else by country."""
        for above in (actor_id, *self.register.lineage(actor_id)) if actor_id else ():
            entry = self.register.by_id(above) if above else None
            if entry is not None and entry.kind == "state":
                return entry
            if entry is not None and country is None and len(entry.countries) == 1:
                country = entry.countries[0]
        return self.state_by_code(country)

    def state_by_code(self, code: str | None) -> Entry | None:
        entry = self.register.by_id(code.lower()) if code else None
        return entry if entry is not None and entry.kind == "state" else None

    def state_of_class(self, found: FoundActor) -> Entry | None:
        """The state whose forces or posts a class names: by an adjective or name in it, else that of the report."""
        words = set(found.actor.name.lower().split())
        service = found.group in SERVICE_GROUPS or (found.armed is True and found.group is None) or bool(words & STATE_WORDS)
        if not service or words & COLLECTIVE:
            return None
        code = found.country or self.country_within(found.first, found.last)
        if code is None and self.named(found):
            return None
        return self.state_by_code(code or self.discourse.country)

    def country_within(self, first: int, last: int) -> str | None:
        """The country that an adjective or a state's name among the tokens points at."""
        for token in self.parse.tokens[first : last + 1]:
            if not token.text[:1].isupper():
                continue
            if (code := self.discourse.demonyms.get(token.lower)) is not None:
                return code
            entries = self.register.find(token.text)
            if entries and entries[0].kind == "state" and entries[0].countries:
                return entries[0].countries[0]
        return None

    def of_claim(self, actor: Actor) -> FoundActor:
        """The mention behind a claim's actor, with what the finders know of it."""
        first = self.parse.token_at(actor.start)
        mention = self.discourse.at(first)
        if mention is not None and mention.actor.start == actor.start:
            known = self.discourse.resolve(mention)
            return replace(known, actor=actor)
        last = max(first, self.parse.token_at(max(actor.start, actor.end - 1)))
        armed = True if actor.kind in ORGANISED else None
        country = self.country_within(first, last)
        if actor.kind == "class":
            armed = True if set(actor.name.lower().split()) & (STATE_WORDS | {"checkpoint", "checkpoints", "barracks", "garrison", "outpost", "outposts"}) else None
        return FoundActor(actor=actor, first=first, last=last, head=last, armed=armed, country=country)

    def key(self, actor: Actor) -> str:
        """What tells one side from another within a report: the register's id, or the names in a class."""
        if actor.id is not None:
            return actor.id
        capitals = [word.lower() for word in actor.name.split() if word[:1].isupper()]
        return " ".join(capitals) if actor.kind == "class" and capitals else actor.name.lower()

    def owner_in(self, text: str) -> Entry | None:
        """The entry that words before "spokesman" name: an actor, or "government", "army", "police" of the report's country."""
        entries = self.register.find(text)
        if entries:
            return entries[0]
        ending = SERVICE_ENDINGS.get(text.lower())
        country = self.discourse.country
        return self.register.by_id(f"{country.lower()}-{ending}") if ending and country else None

    def entry_at(self, text: str, token: Token) -> FoundActor | None:
        """The state or organisation that a name or adjective inside a compound stands for ("Iran" in "Iran-backed")."""
        code = self.discourse.demonyms.get(text.lower())
        entry = self.state_by_code(code)
        if entry is None:
            entry = next((e for e in self.register.find(text) if e.kind in ORGANISED or e.kind == "international_organisation"), None)
        if entry is None:
            entry = self.owner_in(text)
        return None if entry is None or not (text[:1].isupper() or text.lower() in SERVICE_ENDINGS) else self.mention_of(entry, token.i, token.i)

    def mention_of(self, entry: Entry, first: int, last: int) -> FoundActor:
        """A register entry as a mention at some tokens."""
        span = self.parse.span(first, last)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=label(entry), id=entry.id, kind=entry.kind)
        country = entry.countries[0] if entry.countries else None
        return FoundActor(actor=actor, first=first, last=last, head=last, armed=entry.kind in ARMED_KINDS or None, country=country)
