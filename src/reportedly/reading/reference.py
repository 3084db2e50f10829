"""Resolves "he", "they", "the group", "the ministry", "the army" to somebody named in the same report."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reading.actors import ARMED_KINDS, FoundActor
from reportedly.reading.parse import SUBJECTS, Parse, Token

if TYPE_CHECKING:
    from reportedly.linking.register import Register

SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "those"})
THING = frozenset({"it", "its", "itself"})
FIRST_PERSON = frozenset({"we", "our", "us", "ours", "i", "my", "me"})
GROUP_NOUNS = frozenset("group movement organization organisation network faction outfit militia gang cartel".split())
REBEL_NOUNS = frozenset(
    "rebel rebels insurgent insurgents militant militants guerrilla guerrillas fighter fighters separatists jihadists extremists "
    "terrorists gunmen Islamists islamists forces kidnappers abductors captors hijackers attackers assailants bandits".split()
)
SERVICE_NOUNS: dict[str, str] = {
    "army": "army", "military": "military", "troops": "military", "soldiers": "military", "armed forces": "military",
    "police": "police", "policemen": "police", "officers": "police", "security forces": "security-forces",
    "government": "government", "authorities": "government", "officials": "government", "regime": "government", "state": "government",
}  # fmt: skip
"""Bare words for a state's services, to the endings of register ids that name them ("pk-police")."""
WINDOW = 6
"""How many sentences back a reference may reach."""


class Discourse:
    """The actors of one report in order, asked who a pronoun or bare noun stands for."""

    def __init__(self, parse: Parse, actors: list[FoundActor], register: Register, country: str | None) -> None:
        self.parse, self.actors, self.register, self.country = parse, actors, register, country
        self.starts = [actor.first for actor in actors]
        self.cover: dict[int, int] = {i: n for n, a in enumerate(actors) for i in range(a.first, a.last + 1)}
        self.frequency = Counter(actor.actor.name for actor in actors)

    def at(self, i: int) -> FoundActor | None:
        """The actor mention that covers token ``i``."""
        number = self.cover.get(i)
        return None if number is None else self.actors[number]

    def before(self, i: int) -> list[FoundActor]:
        """Mentions before token ``i`` within reach, nearest sentence first, subjects before others in a sentence."""
        sent = self.parse.tokens[i].sent
        near: list[tuple[int, int, int, FoundActor]] = []
        for number in range(bisect_left(self.starts, i) - 1, -1, -1):
            mention = self.actors[number]
            distance = sent - self.parse.tokens[mention.first].sent
            if distance > WINDOW:
                break
            subject = self.parse.tokens[mention.head].dep in SUBJECTS
            near.append((distance, 0 if subject else 1, -mention.first, mention))
        return [entry[3] for entry in sorted(near, key=lambda entry: entry[:3])]

    def resolve(self, mention: FoundActor) -> FoundActor:
        """The mention with the reading of what it refers to, if it is generic and a referent is found; else as it is."""
        if not mention.generic:
            return mention
        word = self.parse.tokens[mention.last].lower
        article = self.definite(mention)
        if word in GROUP_NOUNS and article:
            return self.borrow(mention, self.nearest_armed(mention.first, named=True))
        if word in REBEL_NOUNS and article:
            return self.borrow(mention, self.nearest_armed(mention.first, named=False))
        if (ending := SERVICE_NOUNS.get(word)) is not None:
            return self.borrow(mention, self.service(mention, ending))
        return mention

    def definite(self, mention: FoundActor) -> bool:
        first = self.parse.tokens[mention.first]
        before = self.parse.tokens[mention.first - 1].lower if mention.first else ""
        return before in ("the", "these", "those", "its", "their", "this", "that") or first.lower in ("the", "these", "those")

    def nearest_armed(self, i: int, named: bool) -> FoundActor | None:
        candidates = [
            found
            for found in self.before(i)
            if not found.generic
            and (
                found.actor.kind in ("armed_group", "militia", "party")
                or (not named and found.actor.kind == "class" and found.group == "armed_group")
            )
        ]
        return candidates[0] if candidates else None

    def service(self, mention: FoundActor, ending: str) -> FoundActor | None:
        """The named service of that kind mentioned before, else the one of the country that the report is about."""
        code = mention.country or self.country
        if code is None:
            return None
        for suffix in (ending, "security-forces" if ending == "military" else ending, "army" if ending == "military" else ending):
            entry = self.register.by_id(f"{code.lower()}-{suffix}")
            if entry is not None:
                actor = mention.actor.model_copy(update={"name": entry.name, "id": entry.id, "kind": entry.kind, "basis": "inferred"})
                return replace(mention, actor=actor, country=code)
        return None

    def borrow(self, mention: FoundActor, referent: FoundActor | None) -> FoundActor:
        if referent is None:
            return mention
        if referent.first == mention.first:
            return replace(referent, generic=False)
        update = {"name": referent.actor.name, "id": referent.actor.id, "kind": referent.actor.kind, "basis": "reference"}
        actor = mention.actor.model_copy(update=update)
        return replace(mention, actor=actor, armed=referent.armed, group=referent.group, country=referent.country, generic=False)

    def pronoun(self, token: Token) -> FoundActor | None:
        """Who a pronoun stands for, as a mention at the pronoun itself; ``None`` where nobody fits."""
        word = token.lower
        if word in SINGULAR_PERSON:
            referent = self.first(token.i, lambda found: found.actor.kind == "person" or self.single_role(found))
        elif word in PLURAL:
            referent = self.first(token.i, lambda found: found.actor.kind not in ("person", "media") and not self.single_role(found))
        elif word in THING:
            referent = self.first(
                token.i, lambda found: found.actor.kind not in ("person", "class", "community") or self.is_group_noun(found)
            )
        else:
            return None
        return None if referent is None else self.stand_in(token, self.resolve(referent))

    def first(self, i: int, fits: object) -> FoundActor | None:
        for found in self.before(i):
            if fits(found):  # type: ignore[operator]
                return found
        return None

    def single_role(self, found: FoundActor) -> bool:
        token = self.parse.tokens[found.last]
        return found.actor.kind == "class" and token.tag == "NN" and token.lower not in GROUP_NOUNS

    def is_group_noun(self, found: FoundActor) -> bool:
        return self.parse.tokens[found.last].lower in GROUP_NOUNS

    def stand_in(self, token: Token, referent: FoundActor) -> FoundActor:
        """A mention at ``token`` that reads as the referent does."""
        update = {"text": token.text, "start": token.start, "end": token.end, "basis": "reference"}
        return replace(
            referent, actor=referent.actor.model_copy(update=update), first=token.i, last=token.i, head=token.i, generic=False
        )

    def armed_names(self) -> list[FoundActor]:
        """All named armed actors of the report in the order of the text."""
        return [found for found in self.actors if found.actor.id is not None and found.actor.kind in ARMED_KINDS]
