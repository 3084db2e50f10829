"""Builds the chain of voices behind a word of the text: from the report inward to whoever asserts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.reading.attribution import FoundAttribution
from reportedly.reading.parse import Parse
from reportedly.reading.reference import FIRST_PERSON, Discourse
from reportedly.reading.roles import RoleReader
from reportedly.records import Stance, Voice

if TYPE_CHECKING:
    from reportedly.linking.register import Register
    from reportedly.reading.actors import FoundActor

REPORT_VOICE = "article"
MEDIUM_WORDS = frozenset(
    "statement statements video videos footage post posts tweet message letter broadcast interview report reports document communique "
    "communiqué release announcement recording audio clip letter email e-mail account website site claim claims reports news "
    "comment comments remark remarks speech address press conference briefing".split()
)


@dataclass(frozen=True)
class Link:
    """One attribution with its voice; ``actor`` is who speaks, where an actor mention was found."""

    found: FoundAttribution
    voice: Voice
    actor: FoundActor | None
    start: int
    end: int


class VoiceReader:
    """Resolves the sources of all attributions of one report and answers for any token who stands behind it."""

    def __init__(
        self, parse: Parse, attributions: list[FoundAttribution], discourse: Discourse, roles: RoleReader, register: Register
    ) -> None:
        self.parse, self.discourse, self.roles, self.register = parse, discourse, roles, register
        self.report = Voice(name=REPORT_VOICE, kind="report", stance="asserts")
        self.links: list[Link] = []
        self.last_speaker: FoundActor | None = None
        for found in attributions:
            self.links.extend(self._link(found))

    def _link(self, found: FoundAttribution) -> list[Link]:
        actor = self.speaker(found)
        if found.source is None and found.attribution.stance == "asserts" and found.cue is None:
            return []
        voice = self._voice(found, actor)
        return [Link(found, voice, actor, first, last) for first, last in found.content]

    def speaker(self, found: FoundAttribution) -> FoundActor | None:
        """The actor mention that the source names, refers to, or belongs to ("the group's video")."""
        if found.source_head is None or found.source is None:
            return None
        token = self.parse.tokens[found.source_head]
        if token.lower in FIRST_PERSON:
            return self.last_speaker
        actor = self._person_in(found.source) or self.roles.resolve(token)
        if token.lower in MEDIUM_WORDS:
            owner = self.roles.resolve(poss) if (poss := token.child("poss")) is not None else None
            inside = owner or self._any_in(found.source) or self._owner_behind(found)
            actor = inside or (self.last_speaker if token.lower in ("statement", "video", "message", "letter") else actor)
        elif actor is None:
            actor = self._any_in(found.source)
        if actor is not None:
            self.last_speaker = actor
        return actor

    def _owner_behind(self, found: FoundAttribution) -> FoundActor | None:
        token = self.parse.tokens[found.source_head or 0]
        for child in token.children:
            if child.dep in ("prep", "agent", "acl") and (noun := child.child("pobj", "agent")) is not None:
                actor = self.roles.resolve(noun if noun.dep == "pobj" else (noun.child("pobj") or noun))
                if actor is not None:
                    return actor
        return None

    def _person_in(self, source: tuple[int, int]) -> FoundActor | None:
        for i in range(source[0], source[1] + 1):
            mention = self.discourse.at(i)
            if mention is not None and mention.actor.kind == "person":
                return mention
        return None

    def _any_in(self, source: tuple[int, int]) -> FoundActor | None:
        for i in range(source[0], source[1] + 1):
            mention = self.discourse.at(i)
            if mention is not None and mention.actor.kind != "state":
                return self.discourse.resolve(mention)
        return None

    def _voice(self, found: FoundAttribution, actor: FoundActor | None) -> Voice:
        attribution = found.attribution
        source = attribution.source
        name = actor.actor.name if actor is not None else (source.text if source is not None else "unnamed source")
        if actor is not None and actor.actor.kind in ("class", "unknown", "state", "community") and source is not None and len(source.text) < 60:
            name = _without_article(source.text) if actor.actor.basis == "named" else actor.actor.name
        return Voice(
            name=name,
            kind=actor.actor.kind if actor is not None else "unknown",
            id=actor.actor.id if actor is not None else None,
            medium=attribution.medium,
            cue=attribution.cue,
            stance=attribution.stance,
            text=source.text if source is not None else None,
            start=source.start if source is not None else None,
            end=source.end if source is not None else None,
        )

    def around(self, i: int) -> list[Link]:
        """The attributions whose content holds token ``i``, outermost first."""
        holding = [link for link in self.links if link.start <= i <= link.end]
        return sorted(holding, key=lambda link: (link.start - link.end, link.start))

    def chain(self, i: int) -> tuple[Voice, ...]:
        """The chain of voices for token ``i``: the report, then every speaker inward; a media wing speaks for its group."""
        voices = [self.report]
        for link in self.around(i):
            if link.found.source is None and link.voice.name == "unnamed source" and link.voice.stance in ("asserts",):
                continue
            self.append(voices, link.voice)
        return tuple(voices)

    def append(self, voices: list[Voice], voice: Voice) -> None:
        """Adds a link unless the same voice is the last one already; a media wing is followed by its owner."""
        if voices[-1].name == voice.name:
            return
        voices.append(voice)
        owner = self.register.by_id(voice.id) if voice.id else None
        if owner is not None and owner.kind == "media_wing" and owner.part_of:
            parent = self.register.by_id(owner.part_of)
            if parent is not None:
                voices.append(
                    voice.model_copy(update={"name": parent.name, "kind": parent.kind, "id": parent.id})
                )

    def speech_chain(self, trigger: int, speaker: FoundActor | None, stance: Stance) -> tuple[Voice, ...]:
        """The chain of a speech act: whoever tells of it, and last the speaker himself."""
        voices = list(self.chain(trigger))
        if speaker is not None:
            actor = speaker.actor
            self.append(
                voices,
                Voice(name=actor.name, kind=actor.kind, id=actor.id, stance=stance, text=actor.text, start=actor.start, end=actor.end),
            )
        return tuple(voices)


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "some", "several") and rest else text
