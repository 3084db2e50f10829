"""Who counts as a side of a relation: organised actors, with a state's services folded into the state."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from reportedly.reading.actors import ARMED_KINDS, OPPOSING, FoundActor, label
from reportedly.reading.parse import Parse, Token
from reportedly.reading.quotations import find_quotations
from reportedly.reading.reference import is_first_person
from reportedly.reading.roles import RoleReader
from reportedly.reading.voices import VoiceReader
from reportedly.records import Actor, ActorKind

if TYPE_CHECKING:
    from reportedly.linking.register import Entry, Register

ORGANISED: frozenset[ActorKind] = frozenset(
    {
        "armed_group",
        "state",
        "government",
        "military",
        "police",
        "paramilitary",
        "militia",
        "international_force",
        "party",
        "intelligence",
    }
)
SERVICES: frozenset[ActorKind] = frozenset({"government", "military", "police", "paramilitary", "intelligence", "office"})
"""Kinds that act for a state and are folded into it where a side is meant."""
FORCES: frozenset[ActorKind] = frozenset({"military", "paramilitary", "armed_group", "militia", "international_force", "police"})
"""Kinds that units are part of."""
STATE_KINDS: frozenset[ActorKind] = SERVICES | {"state"}
GROUP_KINDS: frozenset[ActorKind] = frozenset({"armed_group", "militia", "party"})
SERVICE_GROUPS = frozenset({"military", "police", "security_forces", "officials"})
STATE_WORDS = frozenset(
    {
        "military", "army", "police", "security", "government", "paramilitary", "troops", "soldiers", "policemen", "governmental",
    }
)  # fmt: skip
COLLECTIVE = frozenset(
    {
        "rebels", "rebel", "insurgents", "insurgency", "separatists", "guerrillas", "guerillas", "rebellion", "opposition",
    }
)  # fmt: skip
"""Words that make a nameless armed class a side of its own: there is one such side in a report."""
SERVICE_ENDINGS = {
    "government": "government",
    "governments": "government",
    "authorities": "government",
    "leaders": "government",
    "military": "military",
    "army": "army",
    "police": "police",
}
"""Bare words before a hyphen or "spokesman", to the endings of register ids."""
SERVICE_WORDS = frozenset(
    {
        "army", "military", "troops", "soldiers", "forces", "force", "police", "navy", "air", "jets", "warplanes", "guards",
        "commandos",
    }
)  # fmt: skip
STATE_NOUNS = frozenset({"government", "governments", "army", "military", "authorities", "leaders"})
BODIES = frozenset(
    {
        "group", "force", "army", "police", "military", "militia", "opposition", "insurgency", "rebellion", "navy", "side",
        "regime", "government",
    }
)  # fmt: skip
"""Singular class words that mean many people."""
FOREIGN = frozenset(
    {"coalition", "allied", "alliance", "foreign", "international", "peacekeeping", "peacekeepers", "multinational", "un", "u.n."}
)
"""Words of forces that are not those of the country of the report."""
GROUP_NAMES = frozenset(
    {
        "front", "movement", "army", "brigade", "brigades", "battalion", "faction", "militia", "organization", "organisation",
        "group", "force", "forces", "resistance",
    }
)  # fmt: skip
UNARMED = frozenset({"sailors", "sailor", "seamen", "crew"})
NOT_OWN = frozenset(
    "opponents opponent enemies enemy foes adversaries critics rivals victims victim hostages hostage captives prisoners "
    "prisoner detainees relatives families survivors defectors deserters former ex widows wives children".split()
)
"""Words for people who are told by the name of a group without being of it ("opponents of X", "former X fighters")."""
OWN_PEOPLE = frozenset("men women members personnel troops soldiers fighters forces airmen sailors marines".split())
"""Words for the people of a force, which act as the force does ("men and women of the 4th Division")."""
NAMING = frozenset({"known", "called", "dubbed", "named", "calling"})
STATE_OFFICES = frozenset({"president", "minister", "secretary", "premier", "chancellor", "ambassador", "envoy", "king", "emir"})
"""Words of offices whose holders speak for their state, where no office of it is named with them."""
COMMANDS = frozenset("commander general colonel admiral gen. col. adm. maj. brig.".split())
"""Ranks and posts of those who speak for an army."""
OFFICE_REACH = 6
"""Words around a name in which its office stands."""


class SideReader:
    """Asked for the sides that words of one report name."""

    def __init__(
        self, parse: Parse, voices: VoiceReader, roles: RoleReader, register: Register, issuer: str | None = None
    ) -> None:
        """``issuer``: the name of who published the report; it is a side where the register knows it as one."""
        self.parse, self.voices, self.roles, self.register = parse, voices, roles, register
        self.discourse = roles.discourse
        entries = register.find(issuer) if issuer else []
        self.issuer = entries[0] if entries and entries[0].kind in ORGANISED else None

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens between quotation marks."""
        return frozenset(i for one in find_quotations(self.parse) for i in range(one.first, one.last + 1))

    def all(self, token: Token | None) -> list[FoundActor]:
        """The actors a noun phrase names, each member of a coordination once."""
        if token is None:
            return []
        found: list[FoundActor] = []
        parts = self.roles.members(token)
        shared = self.shared_state(parts)
        for part in parts:
            actor = shared if shared is not None and part is token else self.one(part)
            if actor is not None and all(actor.first != other.first for other in found):
                found.append(actor)
        return found

    def targets(self, token: Token | None) -> list[FoundActor]:
        """Like :meth:`all`, with things and people taken for whose they are: "ISIL positions", "a Taliban convoy"."""
        found = [] if token is None else [self.owner(side) for side in self.all(token)]
        if found or token is None:
            return found
        for part in [token, *token.conjuncts()]:
            if part.lower in NOT_OWN:
                continue
            for child in part.kids("compound", "amod", "nmod", "poss"):
                mention = self.discourse.at(child.i)
                owner = (
                    self.discourse.resolve(mention) if mention is not None else self.one(child) if child.tag == "PRP$" else None
                )
                if owner is not None and owner.actor.kind in ORGANISED - {"state"}:
                    found.append(owner)
            behind = self.roles.under_of(part) if not found else None
            mention = self.discourse.at(behind.i) if behind is not None else None
            if mention is not None and self.is_group(mention):
                found.append(mention)
        return found

    def owner(self, found: FoundActor) -> FoundActor:
        """The organisation named within a class ("Hamas activists", "an Afghan police post"), else the class itself."""
        if found.actor.basis != "named" or found.actor.kind == "class":
            state = self.possessor(self.parse.tokens[found.head])
            if state is not None:
                update = {"name": state.actor.name, "id": state.actor.id, "kind": state.actor.kind, "basis": "inferred"}
                return replace(found, actor=found.actor.model_copy(update=update), armed=True, country=state.country)
        if found.actor.kind != "class" or self.opposed(found) or self.not_own(found):
            return found
        behind = self.roles.under_of(self.parse.tokens[found.head]) if found.head == found.last else None
        whole = self.discourse.at(behind.i) if behind is not None else None
        own = whole is not None and whole.actor.kind in FORCES and self.parse.tokens[found.head].lower in OWN_PEOPLE
        if whole is not None and whole.first > found.last and (own or self.is_group(whole)):
            update = {"name": whole.actor.name, "id": whole.actor.id, "kind": whole.actor.kind, "basis": "inferred"}
            return replace(whole, actor=found.actor.model_copy(update=update))
        if not self.named(found):
            return found
        words = [token.text for token in self.parse.tokens[found.first : found.last + 1]]
        for _, past, ids in self.register.scan(words):
            entry = self.register.by_id(ids[0])
            if entry is not None and entry.kind in ORGANISED - {"state"} and past < len(words):
                update = {"name": label(entry), "id": entry.id, "kind": entry.kind, "basis": "inferred"}
                country = entry.countries[0] if entry.countries else None
                return replace(found, actor=found.actor.model_copy(update=update), armed=True, country=country)
        return found

    def possessor(self, token: Token) -> FoundActor | None:
        """The state whose service is meant: "Pakistan's army", "India's border forces"."""
        if token.lower not in SERVICE_WORDS and token.lower not in STATE_NOUNS:
            return None
        named = token.child("poss") or self.roles.under_of(token)
        if named is not None and named.tag == "WP$":
            named = next((above.head for above in token.ancestors() if above.dep == "relcl"), None)
        mention = self.discourse.at(named.i) if named is not None else None
        if mention is None or mention.actor.kind != "state" or mention.country is None:
            return None
        entry = self.register.by_id(f"{mention.country.lower()}-{SERVICE_ENDINGS.get(token.lower, 'military')}")
        return self.mention_of(entry, token.i, token.i) if entry is not None else mention

    def shared_state(self, parts: list[Token]) -> FoundActor | None:
        """The state behind "the government and people of X": "of X" hangs on the last word and belongs to the first too."""
        first, last = parts[0], parts[-1]
        if len(parts) < 2 or first.lower not in STATE_NOUNS or first.child("prep", "poss") is not None:
            return None
        noun = self.roles.under_of(last)
        mention = self.discourse.at(noun.i) if noun is not None else None
        return mention if mention is not None and mention.actor.kind == "state" else None

    def one(self, token: Token) -> FoundActor | None:
        """The actor that one word heads: named, referred to, the speaker of "we", or the state of an adjective."""
        if is_first_person(token):
            return self.speaker_side(token)
        if (called := self.called(token)) is not None:
            return called
        if (state := self.possessor(token)) is not None:
            return state
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
                    if mention is None and inner.is_proper and inner.dep in ("pobj", "oprd", "dobj"):
                        return self.unlisted(inner)
        return None

    def unlisted(self, token: Token) -> FoundActor:
        """A name that no finder took for an actor, as an organisation of unknown kind."""
        first = token.i
        while first and self.parse.tokens[first - 1].head is token and self.parse.tokens[first - 1].is_proper:
            first -= 1
        span = self.parse.span(first, token.i)
        return FoundActor(Actor(text=span.text, start=span.start, end=span.end, name=span.text), first, token.i, token.i)

    def speaker_side(self, token: Token) -> FoundActor | None:
        """The organisation whose voice says "we" at this word; outside of all speech the one that issued the report."""
        telling = self.voices.telling(token.i)
        for link in reversed(telling):
            side = self.voice_side(link.actor)
            if side is not None and self.is_side(side):
                return self.discourse.stand_in(token, side)
        if self.issuer is None or (token.i in self.quoted and not telling):
            return None
        if all(self.holds_office(link.actor) for link in telling):
            issuer = self.mention_of(self.issuer, token.i, token.i)
            return replace(issuer, actor=issuer.actor.model_copy(update={"basis": "inferred"}))
        return None

    def holds_office(self, speaker: FoundActor | None) -> bool:
        """True for somebody with an office of state beside the name, whichever state it is: "Defence Minister X".

        In what an army issues, its commanders hold office.
        """
        if speaker is None or speaker.actor.kind != "person":
            return False
        military = self.issuer is not None and self.issuer.kind == "military"
        words = STATE_OFFICES | COMMANDS if military else STATE_OFFICES
        surname = speaker.actor.name.split()[-1]
        for named in (token for token in self.parse.tokens if token.text == surname):
            near = self.parse.tokens[max(0, named.i - OFFICE_REACH) : named.i + OFFICE_REACH]
            if any(token.lower in words and token.sent == named.sent for token in near):
                return True
        return False

    def voice_side(self, speaker: FoundActor | None) -> FoundActor | None:
        """The organisation that a speaker stands for, himself if he is none's; the state of a minister."""
        if speaker is None or speaker.actor.kind != "person":
            return speaker
        owner = self.discourse.owners.get(speaker.actor.name)
        if owner is not None and owner.actor.kind != "class":
            return owner
        known = self.register.by_id(speaker.actor.id) if speaker.actor.id else None
        served = self.register.by_id(known.part_of) if known is not None and known.part_of and known.to is None else None
        if served is None and owner is not None and STATE_OFFICES & set(owner.actor.text.lower().split()):
            served = self.state_by_code(owner.country or self.country_within(owner.first, owner.last))
        return self.mention_of(served, speaker.first, speaker.last) if served is not None else owner

    # What counts

    def is_side(self, found: FoundActor) -> bool:
        """True for organised actors, and for armed classes that are told apart by a name or are the rebels of the report."""
        kind = found.actor.kind
        if found.actor.text.lower().startswith("former "):
            return False
        if kind in ORGANISED or kind == "office":
            return True
        if kind == "unknown":
            return found.armed is not False and len(found.actor.name.split()) > 1
        if kind != "class" or self.single(found):
            return False
        return self.is_armed_class(found) or self.state_of_class(found) is not None

    def single(self, found: FoundActor) -> bool:
        """True for one person of a class ("a soldier"), who is no side."""
        head = self.parse.tokens[found.head]
        return head.tag == "NN" and found.group is not None and head.lower not in BODIES

    def is_armed_class(self, found: FoundActor) -> bool:
        words = set(found.actor.name.lower().split())
        if found.actor.kind != "class":
            return False
        if self.proper(found):
            return True
        if found.armed is not True:
            return False
        if words & FOREIGN:
            return True
        if found.group in SERVICE_GROUPS or words & STATE_WORDS:
            return False
        return self.named(found) or bool(COLLECTIVE & words)

    def proper(self, found: FoundActor) -> bool:
        """True for a class that is written as a name throughout ("Karo Liberation Front")."""
        tokens = self.parse.tokens[found.first : found.last + 1]
        return len(tokens) > 1 and all(t.text[:1].isupper() and t.is_proper for t in tokens) and tokens[-1].lower in GROUP_NAMES

    def named(self, found: FoundActor) -> bool:
        """True if a class has a name or adjective of a people, place or state in it ("Baloch militants")."""
        words = found.actor.name.split()
        return self.opposed(found) or any(word[:1].isupper() for word in words[0 if found.first else 1 :])

    @staticmethod
    def not_own(found: FoundActor) -> bool:
        """True for a class of people told by the name of those they are not, or no longer, of."""
        return not NOT_OWN.isdisjoint(found.actor.name.lower().replace("-", " ").split())

    @staticmethod
    def opposed(found: FoundActor) -> bool:
        """True if a class is named by whom it stands against ("counter-Karo coalition"): its enemy is no owner of it."""
        parts = (word.partition("-") for word in found.actor.name.split())
        return any(before.lower() in OPPOSING and after[:1].isupper() for before, _, after in parts)

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
        if actor.kind in SERVICES and not (actor.kind == "military" and self.stateless(actor)):
            state = self.state_of(actor.id, found.country)
        elif actor.kind == "class" and not self.is_armed_class(found):
            state = self.state_of_class(found)
        if state is None:
            return actor
        return actor.model_copy(
            update={"name": state.name, "id": state.id, "kind": state.kind, "basis": "inferred", "readings": ()}
        )

    def stateless(self, actor: Actor) -> bool:
        """True for forces of the register that are part of nothing, such as those of a region: they stand for themselves."""
        entry = self.register.by_id(actor.id) if actor.id else None
        return entry is not None and entry.part_of is None

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
        if not service or words & (COLLECTIVE | UNARMED):
            return None
        code = found.country or self.country_within(found.first, found.last)
        behind = self.roles.under_of(self.parse.tokens[found.head]) if code is None else None
        if behind is not None and (code := self.country_of(behind.text)) is None:
            return None
        if code is None and (self.named(found) or words & FOREIGN):
            return None
        if code is None and self.discourse.speakers_own(found):
            side = self.speaker_side(self.parse.tokens[found.head])
            return self.state_by_code(side.country) if side is not None else None
        return self.state_by_code(code or self.discourse.country)

    def country_within(self, first: int, last: int) -> str | None:
        """The country that an adjective or a state's name among the tokens points at."""
        for token in self.parse.tokens[first : last + 1]:
            if token.text[:1].isupper() and (code := self.country_of(token.text)) is not None:
                return code
        return None

    def country_of(self, word: str) -> str | None:
        """The ISO2 code of a demonym or of a state's name in one word, or ``None``."""
        code = self.discourse.demonyms.get(word.lower())
        if code is not None:
            return code
        entries = self.register.find(word)
        return entries[0].countries[0] if entries and entries[0].kind == "state" and entries[0].countries else None

    def of_claim(self, actor: Actor) -> FoundActor:
        """The mention behind a claim's actor, with what the finders know of it."""
        first = self.parse.token_at(actor.start)
        mention = self.discourse.at(first)
        if mention is not None and actor.kind == "facility" and mention.actor.kind in ORGANISED - {"state"}:  # "X targets"
            named = self.discourse.resolve(mention)
            update = {"name": named.actor.name, "id": named.actor.id, "kind": named.actor.kind, "basis": "inferred"}
            return replace(named, actor=actor.model_copy(update=update))
        if mention is not None and mention.actor.start == actor.start:
            return self.owner(replace(self.discourse.resolve(mention), actor=actor))
        last = max(first, self.parse.token_at(max(actor.start, actor.end - 1)))
        armed = True if actor.kind in ORGANISED else None
        country = self.country_within(first, last)
        if actor.kind == "class":
            armed = (
                True
                if set(actor.name.lower().split())
                & (STATE_WORDS | {"checkpoint", "checkpoints", "barracks", "garrison", "outpost", "outposts"})
                else None
            )
        return self.owner(FoundActor(actor=actor, first=first, last=last, head=last, armed=armed, country=country))

    def key(self, actor: Actor) -> str:
        """What tells one side from another within a report: the register's id, or the names in a class."""
        if actor.id is not None:
            return actor.id
        words = actor.name.split()
        if actor.kind != "class":
            return actor.name.lower()
        capitals = [word.lower() for word in words if word[:1].isupper() and word.lower() not in COLLECTIVE and "-" not in word]
        if capitals:
            return " ".join(capitals)
        return "rebels" if COLLECTIVE & {word.lower() for word in words} else actor.name.lower()

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
            entry = next(
                (e for e in self.register.find(text) if e.kind in ORGANISED or e.kind == "international_organisation"), None
            )
        if entry is None:
            entry = self.owner_in(text)
        return (
            None
            if entry is None or not (text[:1].isupper() or text.lower() in SERVICE_ENDINGS)
            else self.mention_of(entry, token.i, token.i)
        )

    def mention_of(self, entry: Entry, first: int, last: int) -> FoundActor:
        """A register entry as a mention at some tokens."""
        span = self.parse.span(first, last)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=label(entry), id=entry.id, kind=entry.kind)
        country = entry.countries[0] if entry.countries else None
        return FoundActor(
            actor=actor, first=first, last=last, head=last, armed=entry.kind in ARMED_KINDS or None, country=country
        )
