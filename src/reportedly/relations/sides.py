"""Who is who over all reports: actors of claims and relations as sides, voices as the sides they speak for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from reportedly.knowledge.classes import load_classes
from reportedly.linking.register import Register, name_key
from reportedly.records import Actor, ActorKind, Relation, Voice
from reportedly.relations.records import Side

ORGANISED: Final[frozenset[ActorKind]] = frozenset(
    {
        "armed_group", "state", "government", "military", "police", "paramilitary", "militia", "international_force", "party",
        "intelligence",
    }
)  # fmt: skip
SERVICES: Final[frozenset[ActorKind]] = frozenset({"government", "military", "police", "paramilitary", "intelligence", "office"})
SPEAKING: Final = ("spokesperson_of", "media_wing_of")
INITIALS: Final = re.compile(r"[A-Z]{2,8}")
WORD: Final = re.compile(r"[^\W_]+|['’]s\b|[-–()]")
SERVICE_WORDS: Final = frozenset(
    {
        "ministry",
        "minister",
        "army",
        "military",
        "police",
        "government",
        "forces",
        "authorities",
        "officials",
        "troops",
        "spokesman",
    }
)
"""Words of the services of a state: a voice with one of them and a state's name speaks for that state."""
SMALL: Final = frozenset({"the", "of", "for", "and", "in", "de", "la", "del", "du", "des"})


class SideReader:
    """Turns actors and voices into sides; a service of a state is the state, a media wing its group."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[tuple[str, str | None, ActorKind], Side | None] = {}

    def side(self, actor: Actor) -> Side | None:
        """The side that an actor is in every report; ``None`` for nameless classes, people, places and things."""
        key = (actor.name, actor.id, actor.kind)
        if key not in self._known:
            self._known[key] = self._side(actor)
        return self._known[key]

    def _side(self, actor: Actor) -> Side | None:
        if actor.id is not None:
            return self._registered(actor.id, actor.name, actor.kind)
        if not (is_named(actor) and (actor.kind in ORGANISED or actor.kind in ("class", "unknown"))):
            return None
        return Side(key=folded(actor.name), name=actor.name, kind=actor.kind)

    def party(self, actor: Actor) -> Side | None:
        """The side of an actor of a claim: only organised ones, and classes with a name of their own."""
        if actor.kind in ORGANISED or (actor.kind in ("class", "unknown") and actor.id is None):
            return self.side(actor)
        return None

    def struck(self, actor: Actor) -> Side | None:
        """The side of a target: itself, or the one side whose service its words name ("a Chadian army base")."""
        side = self.party(actor)
        if side is not None or actor.id is not None or actor.kind not in ("facility", "class", "unknown"):
            return side
        found = self.named_in(actor.name)
        return found[0] if len(found) == 1 else None

    def voice(self, voice: Voice, owners: Mapping[str, Side]) -> Side:
        """The side that a voice speaks for, else the voice itself. ``owners`` are those of spokespersons in the report."""
        name = folded(voice.name)
        if name in owners:
            return owners[name]
        if voice.id is not None:
            found = self._registered(voice.id, voice.name, "unknown")
            if found is not None:
                return found
        states = self.named_in(voice.name) if SERVICE_WORDS & set(name.split()) else []
        if len(states) == 1 and states[0].kind == "state":
            return states[0]
        return Side(key=name or "voice", name=voice.name)

    def named_in(self, words: str) -> list[Side]:
        """The registered sides that some words name ("Chadian army bases", "Chad's ministry of defence"), each once."""
        found: dict[str, Side] = {}
        for _, _, ids in self._register.scan(WORD.findall(words)):
            entry = self._register.by_id(ids[0])
            if entry is not None and entry.kind in ORGANISED:
                side = self._registered(entry.id, entry.name, entry.kind)
                if side is not None:
                    found.setdefault(side.key, side)
        return list(found.values())

    def owners(self, relations: Iterable[Relation]) -> dict[str, Side]:
        """Whom the spokespersons and media wings of one report speak for, by folded name."""
        found: dict[str, Side] = {}
        for relation in relations:
            if relation.kind in SPEAKING and relation.status == "current":
                owner = self.side(relation.b)
                if owner is not None:
                    found[folded(relation.a.name)] = owner
        return found

    def _registered(self, key: str, name: str, kind: ActorKind) -> Side | None:
        entry = self._register.by_id(key)
        kind = entry.kind if entry is not None else kind
        if kind == "person":
            return None
        for above in self._register.lineage(key) if kind in SERVICES or kind == "media_wing" else ():
            whole = self._register.by_id(above)
            if whole is not None and whole.kind == ("armed_group" if kind == "media_wing" else "state"):
                return Side(key=whole.id, name=whole.name, id=whole.id, kind=whole.kind)
        return Side(key=key, name=entry.name if entry is not None else name, id=key, kind=kind)


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name as it is compared over reports: no case, accents or leading article.

    >>> folded("The Karo Front"), folded("the karo front")
    ('karo front', 'karo front')
    """
    words = name_key(name)
    return " ".join(words[1:] if words[:1] == ("the",) and len(words) > 1 else words)


def names(side: Side, asked: str) -> bool:
    """Whether a filter's actor is this side: its register id, or part of its name."""
    return side.id == asked or (bool(folded(asked)) and folded(asked) in folded(side.name))


def is_named(actor: Actor) -> bool:
    """Whether a name tells an actor from others of its like: "Karo militants" does, "Gunmen" and "armed group" do not."""
    if actor.kind not in ("class", "unknown"):
        return bool(re.search(r"[A-Z]", actor.name)) or not actor.name.isascii()
    if INITIALS.fullmatch(actor.name) and len(actor.name) > 2:
        return True
    classes = load_classes()
    words = [word for word in actor.name.split() if word.lower() not in SMALL]
    if len(words) < 2:
        return False
    if any(word[:1].isupper() and word.lower() not in classes for word in words[1:]):
        return True
    return words[0][:1].isupper() and words[0].lower() not in classes and not words[0].lower().endswith("ed")


def initials(name: str) -> str:
    """The initial letters of the words of a name.

    >>> initials("Chaco Liberation Front"), initials("Front for the Liberation of Karo")
    ('CLF', 'FLK')
    """
    return "".join(word[0].upper() for word in re.split(r"[\s-]+", name) if word and word.lower() not in SMALL)


def same_names(reports: Iterable[Mapping[str, Side]]) -> dict[str, Side]:
    """Abbreviations of unregistered sides, by key, with the side they stand for.

    Two names are one side where the one has the initials of the other, one report uses both, and no other name fits.
    """
    fitting: dict[str, dict[str, Side]] = {}
    for sides in reports:
        unknown = [side for side in sides.values() if side.id is None]
        short = [side for side in unknown if INITIALS.fullmatch(side.name)]
        for side in short:
            for other in unknown:
                if len(other.name.split()) > 1 and initials(other.name) == side.name:
                    fitting.setdefault(side.key, {})[other.key] = other
    return {key: next(iter(found.values())) for key, found in sorted(fitting.items()) if len(found) == 1}


def usual_names(sides: Iterable[Side]) -> dict[str, Side]:
    """One side a key, under the name it has most often; of equals the first in the alphabet."""
    counted: dict[str, Counter[Side]] = {}
    for side in sides:
        counted.setdefault(side.key, Counter())[side] += 1
    return {key: min(found, key=lambda side: (-found[side], side.name, side.kind)) for key, found in counted.items()}
