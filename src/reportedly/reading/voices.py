"""Builds the chain of voices behind a word of the text: from the report inward to whoever asserts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.reading.actors import label
from reportedly.reading.attribution import FoundAttribution
from reportedly.reading.parse import Parse, Token, in_one_line
from reportedly.reading.reference import Discourse, is_first_person
from reportedly.reading.roles import RoleReader
from reportedly.records import Medium, Stance, Voice

if TYPE_CHECKING:
    from reportedly.linking.register import Register
    from reportedly.reading.actors import FoundActor

REPORT_VOICE = "article"
MEDIUM_WORDS = frozenset(
    "statement statements video videos footage post posts tweet message letter broadcast interview report reports "
    "document communique communiqué release announcement recording audio clip letter email e-mail account website site "
    "claim claims reports news comment comments remark remarks speech address press conference briefing".split()
)

FINDINGS = frozenset(
    "assessment assessments investigation investigations inquiry probe analysis findings figures data records tally count "
    "estimate estimates review audit".split()
)
"""Nouns for what somebody found out: who found it out speaks."""

PARTIAL_KINDS = frozenset({"armed_group", "militia", "party", "media_wing"})
"""Voices that are parties to a conflict: what only they tell of the other side's acts is alleged."""
PARTIAL_WORDS = frozenset(
    "rebel rebels militant militants insurgent insurgents opposition activist activists separatist separatists resident "
    "residents witness witnesses villager villagers protester protesters critics relatives supporters guerrillas".split()
)

STATE_VOICES = frozenset({"state", "government", "military", "police", "intelligence", "paramilitary", "office"})
RELATIVE = frozenset({"who", "which", "that"})
WRITING = frozenset({"wrote", "writes", "added", "adds"})
MEDIA_WORDS = frozenset("media tv television radio newspaper newspapers channel outlet outlets agency broadcaster press".split())
OWNED = frozenset({"owned", "run", "backed", "controlled", "affiliated", "aligned", "linked"})
DEEDS = frozenset(
    "attack attacks assault raid raids strike strikes shelling bombing bombings blast blasts explosion explosions fire "
    "gunfire shooting shootings violence clash clashes fighting battle operation operations action offensive ambush "
    "crackdown unrest riot riots war conflict incident incidents airstrike airstrikes bombardment massacre siege "
    "ceasefire truce".split()
)
"""Nouns for acts, which may be the subject of a verb of violence, and show something but say nothing."""
PRESUPPOSING = frozenset({"claims_responsibility", "no_comment"})
"""Stances whose content is taken as known, not asserted by the speaker."""


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
        self.attributions = attributions
        self.report = Voice(name=REPORT_VOICE, kind="report", stance="asserts")
        self.links: list[Link] = []
        self.last_speaker: FoundActor | None = None
        for found in attributions:
            self.links.extend(self._link(found))
        discourse.own.update(self._own())

    def _own(self) -> dict[int, FoundActor]:
        """The side whose "our troops" are, by the first token of the mention, where the speaker's side is known."""
        own: dict[int, FoundActor] = {}
        for mention in self.discourse.actors:
            if mention.generic and self.discourse.speakers_own(mention):
                side = next((side for link in reversed(self.telling(mention.first)) if (side := self.home(link.actor))), None)
                if side is not None:
                    own[mention.first] = side
        return own

    def home(self, speaker: FoundActor | None) -> FoundActor | None:
        """The group that a speaker stands for, or somebody of the state he speaks for; ``None`` where neither is known."""
        owner = self.discourse.owners.get(speaker.actor.name) if speaker is not None else None
        for found in (owner, speaker):
            if found is not None and (found.country is not None or found.actor.kind in ("armed_group", "militia")):
                return found
        return None

    def _link(self, found: FoundAttribution) -> list[Link]:
        actor = self.speaker(found)
        if found.cue_head is not None and self._found_so(self.parse.tokens[found.cue_head]):
            return []
        if found.source is None and found.attribution.stance == "asserts" and found.cue is None:
            return []
        if actor is None and found.source_head is not None and self.parse.tokens[found.source_head].lower in DEEDS:
            return []
        voice = self._voice(found, actor)
        return [Link(found, voice, actor, first, last) for first, last in found.content]

    def _found_so(self, cue: Token) -> bool:
        """True for "was found dead": nobody speaks."""
        if cue.lower not in ("found", "seen", "left", "feared"):
            return False
        verb = cue.head if cue.dep == "conj" else cue
        return verb.child("auxpass", "nsubjpass") is not None or cue.child("auxpass", "nsubjpass") is not None

    def speaker(self, found: FoundAttribution) -> FoundActor | None:
        """The actor mention that the source names, refers to, or belongs to ("the group's video")."""
        if found.source_head is None or found.source is None:
            return None
        token = self.parse.tokens[found.source_head]
        if is_first_person(token):
            return self.last_speaker
        actor = self._person_in(found.source) or self.roles.resolve(token)
        if token.lower in MEDIUM_WORDS:
            own = self._any_in(found.source)
            actor = own or self.discourse.medium_owner(token) or self.last_speaker
        elif actor is None:
            media = [t for t in self.parse.tokens[found.source[0] : found.source[1] + 1] if t.lower in MEDIUM_WORDS]
            actor = self._any_in(found.source) or (self.discourse.medium_owner(media[0]) if media else None)
        if actor is not None:
            self.last_speaker = actor
        return actor

    def _person_in(self, source: tuple[int, int]) -> FoundActor | None:
        for i in range(source[0], source[1] + 1):
            mention = self.discourse.at(i)
            if mention is not None and mention.actor.kind == "person" and not self._where(mention):
                return mention
        return None

    def _where(self, mention: FoundActor) -> bool:
        """True for what only says where the speakers are ("officials in X"), though it looks like a person's name."""
        token = self.parse.tokens[mention.head]
        return token.dep == "pobj" and token.head.lower in ("in", "near", "at")

    def _any_in(self, source: tuple[int, int]) -> FoundActor | None:
        for i in range(source[0], source[1] + 1):
            mention = self.discourse.at(i)
            if mention is not None and mention.actor.kind != "state":
                return self.discourse.resolve(mention)
        return None

    def _voice(self, found: FoundAttribution, actor: FoundActor | None) -> Voice:
        attribution = found.attribution
        source = attribution.source
        name = self._name(found, actor)
        return Voice(
            name=name,
            kind=actor.actor.kind if actor is not None else "unknown",
            id=actor.actor.id if actor is not None else None,
            medium=attribution.medium or self._written_on(found, name),
            cue=attribution.cue,
            stance=attribution.stance,
            text=source.text if source is not None else None,
            start=source.start if source is not None else None,
            end=source.end if source is not None else None,
        )

    def _written_on(self, found: FoundAttribution, name: str) -> Medium | None:
        """The post that "he wrote" goes on in, where the same voice posted in the sentences before."""
        verb = self.parse.tokens[found.cue[0]] if found.cue is not None else None
        if verb is None or verb.lower not in WRITING:
            return None
        for link in reversed(self.links):
            cue = link.found.cue_head
            if link.voice.name == name and link.found.attribution.medium == "post" and cue is not None:
                return "post" if 0 <= verb.sent - self.parse.tokens[cue].sent <= 3 else None
        return None

    def _name(self, found: FoundAttribution, actor: FoundActor | None) -> str:
        """The usual name of a known voice; for classes, offices and services the words of the report."""
        source = found.attribution.source
        if actor is None:
            return _owner(_without_article(source.text)) if source is not None else "unnamed source"
        if actor.actor.text in self.discourse.metonyms or (source is not None and source.text.lower() in RELATIVE):
            return actor.actor.name
        if actor.actor.basis == "inferred":
            return actor.actor.name
        if actor.actor.basis == "reference" or actor.actor.kind in (
            "person",
            "armed_group",
            "media_wing",
            "party",
            "international_organisation",
            "ngo",
        ):
            return actor.actor.name
        if source is not None and len(source.text) < 60 and actor.actor.kind != "media":
            return _without_article(source.text)
        return actor.actor.name

    def around(self, i: int) -> list[Link]:
        """The attributions whose content holds token ``i``, outermost first."""
        holding = [link for link in self.links if link.start <= i <= link.end]
        return sorted(holding, key=lambda link: (link.start - link.end, link.start))

    def telling(self, i: int) -> list[Link]:
        """The attributions that stand behind token ``i``; who claims an act does not tell it, he presupposes it."""
        return [link for link in self.around(i) if link.voice.stance not in PRESUPPOSING]

    def chain(self, i: int) -> tuple[Voice, ...]:
        """The chain of voices for token ``i``: the report, then every speaker inward; a media wing speaks for its group."""
        voices = [self.report]
        for link in self.telling(i):
            if link.found.source is None and link.voice.name == "unnamed source" and link.voice.stance in ("asserts",):
                continue
            self.append(voices, link.voice)
        return tuple(voices)

    def is_headline(self, sent: int) -> bool:
        """True for a short sentence above others, which as a headline leaves the voices to the body."""
        first, past = self.parse.sents[sent]
        return sent + 1 < len(self.parse.sents) and past - first <= 14

    def doubted(self) -> set[int]:
        """Sentences that say of what was told before that it could not be confirmed."""
        return {
            self.parse.tokens[found.cue[0]].sent
            for found in self.attributions
            if found.cue is not None and found.attribution.stance in ("cannot_confirm", "doubts")
        }

    def country(self, voice: Voice) -> str | None:
        """The country whose state a voice belongs to, or ``None``."""
        entry = self.register.by_id(voice.id) if voice.id else None
        if entry is not None:
            return entry.countries[0] if entry.kind in STATE_VOICES and entry.countries else None
        for word in (voice.text or "").split():
            if (code := self.discourse.demonyms.get(word.strip("'’s.,").lower())) is not None:
                return code
        return None

    def is_partial(self, voice: Voice, side: list[FoundActor]) -> bool:
        """True for a party to the conflict, whose word alone does not make the other side's act a fact."""
        if voice.kind in PARTIAL_KINDS or any(actor.actor.kind in PARTIAL_KINDS for actor in side):
            return True
        return bool(PARTIAL_WORDS & set((voice.text or voice.name).lower().replace("-", " ").split()))

    def of_party_media(self, links: Sequence[Link]) -> bool:
        """True where the media of a side tell it ("Houthi media", "Saudi-owned TV")."""
        if not links or links[-1].found.source is None:
            return False
        first, last = links[-1].found.source
        words = [self.parse.tokens[i].lower for i in range(first, last + 1)]
        if not set(words) & MEDIA_WORDS:
            return False
        if set(words) & OWNED:
            return True
        mentions = [mention for i in range(first, last + 1) if (mention := self.discourse.at(i)) is not None]
        return any(one.actor.kind in ("armed_group", "militia", "party") for m in mentions for one in (m, m.inside) if one)

    def append(self, voices: list[Voice], voice: Voice) -> None:
        """Adds a link unless the same voice is the last one already; a media wing is followed by its owner."""
        if voices[-1].name == voice.name:
            return
        voices.append(voice)
        owner = self.register.by_id(voice.id) if voice.id else None
        if owner is not None and owner.kind == "media_wing" and owner.part_of:
            parent = self.register.by_id(owner.part_of)
            if parent is not None:
                voices.append(voice.model_copy(update={"name": label(parent), "kind": parent.kind, "id": parent.id}))

    def speech_chain(self, trigger: int, speaker: FoundActor | None, stance: Stance) -> tuple[Voice, ...]:
        """The chain of a speech act: whoever tells of it, and last the speaker himself."""
        voices = list(self.chain(trigger))
        if speaker is not None:
            actor = speaker.actor
            self.append(
                voices,
                Voice(
                    name=actor.name,
                    kind=actor.kind,
                    id=actor.id,
                    stance=stance,
                    text=actor.text,
                    start=actor.start,
                    end=actor.end,
                ),
            )
        return tuple(voices)


def _owner(text: str) -> str:
    """Whose findings speak: the command in "command's initial assessment"."""
    owner, mark, rest = text.replace("’", "'").partition("'s ")
    return text[: len(owner)] if mark and rest.split()[-1].lower() in FINDINGS else text


def _without_article(text: str) -> str:
    text = in_one_line(text)
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "some", "several") and rest else text
