"""Writes one draft for each act told in a text: the trigger with its roles, status, place, time, counts and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportedly.knowledge.status import StatusLexicon
from reportedly.knowledge.types import EventType
from reportedly.reading.actors import FoundActor
from reportedly.reading.acts import FoundAct
from reportedly.reading.counts import FoundCount
from reportedly.reading.crowds import tell_crowds
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft, armed_target
from reportedly.reading.parse import Parse, Token
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import ARMED_PLACE, FACILITY, RoleReader
from reportedly.reading.senses import SenseReader
from reportedly.reading.setting import SettingReader
from reportedly.reading.status import read_status
from reportedly.reading.times import FoundTime
from reportedly.reading.voices import VoiceReader
from reportedly.reading.wars import tell_wars
from reportedly.records import Span

HITTING = frozenset({"attack", "explosion", "remote_fire", "air", "destruction", "fighting"})
"""Groups of types whose target may be a thing."""
BODIES = frozenset({"state", "government", "international_organisation", "international_force", "office"})
"""Kinds of owners that stand for their soldiers where their bases are attacked."""


class DraftWriter:
    """Writes the drafts of one report from the finders' results."""

    def __init__(
        self,
        parse: Parse,
        *,
        types: Mapping[str, EventType],
        status: StatusLexicon,
        roles: RoleReader,
        voices: VoiceReader,
        places: Sequence[FoundPlace],
        times: Sequence[FoundTime],
        counts: Sequence[FoundCount],
        blast_words: frozenset[str],
        published: date | None,
    ) -> None:
        self.parse, self.types, self.lexicon, self.roles, self.voices = parse, types, status, roles, voices
        self.blast_words = blast_words
        self.cue_heads = {link.found.cue_head for link in voices.links if link.found.cue_head is not None}
        self.setting = SettingReader(
            parse, lexicon=status, places=places, times=times, counts=counts, cue_heads=self.cue_heads, published=published
        )

    def write(self, acts: Sequence[FoundAct]) -> list[Draft]:
        """The drafts of all acts that are told as acts, in the order of the text."""
        senses = SenseReader(
            self.parse,
            types=self.types,
            lexicon=self.lexicon,
            roles=self.roles,
            places_by_sent=self.setting.places_by_sent,
            counts_by_sent=self.setting.counts_by_sent,
            blast_words=self.blast_words,
            cue_heads=self.cue_heads,
            event_nouns={act.head for act in acts if act.nominal and self.types[act.type].group != "speech"},
        )
        drafts: list[Draft] = []
        by_sent: dict[int, list[FoundAct]] = {}
        for act in acts:
            by_sent.setdefault(self.parse.tokens[act.head].sent, []).append(act)
        for sent, found in by_sent.items():
            here = [draft for act in found if (draft := self.draft(act, sent, found, senses)) is not None]
            self.setting.place_and_time(here, sent)
            self.setting.attach_counts(here, sent)
            drafts.extend(here)
        drafts = tell_wars(self.parse, drafts, self.types, self.setting.published)
        tell_crowds(self.parse, drafts, self.types, self.roles.discourse)
        mark_lead(drafts, self.voices)
        self.setting.mark_these(drafts)
        self.setting.attach_left(drafts)
        return drafts

    def draft(self, act: FoundAct, sent: int, others: Sequence[FoundAct], senses: SenseReader) -> Draft | None:
        head = self.parse.tokens[act.head]
        chosen = senses.sense(act, head)
        if chosen is None:
            return None
        act, roles = chosen
        if not roles.targets and self.types[act.type].group in HITTING:
            roles.targets = self.roles.thing_hit(head, act)
        if act.nominal and (
            senses.mere_weapon(act, head) or (head.lower in FACILITY and self.types[act.type].group == "movement")
        ):
            return None
        if act.act.strength == "weak" and not (
            senses.crowd_demands(act, roles) or senses.conflict_nearby(act, sent, roles, others)
        ):
            return None
        if self.stationed(act, head):
            return None
        if any(self.parse.tokens[i].lower in ARMED_PLACE for i in act.words):  # "attacked bases of the mission"
            roles.targets = [replace(t, armed=True) if t.actor.kind in BODIES else t for t in roles.targets]
        type_ = self.types[senses.retyped(act, head, roles)]
        status = read_status(self.parse, head, self.lexicon, nominal=act.nominal)
        if type_.family in VIOLENT_FAMILIES:
            roles.actors = self.doers(roles.actors)
        links = [link for link in self.voices.telling(act.head) if link.found.cue_head != act.head]
        draft = Draft(
            found=act,
            type=type_,
            family=type_.family,
            sent=sent,
            roles=roles,
            status=status,
            evidence=self.clause(head, act),
            voices=self.voices.chain(act.head),
            links=links,
        )
        family = type_.family_for(armed_target(roles.targets))
        if family != draft.family:
            draft.family = family
            draft.rules.append("family:by-target")
        draft.rules.extend([f"trigger:{act.act.term}", *act.rules, *roles.rules, *status.rules])
        return draft

    def stationed(self, act: FoundAct, head: Token) -> bool:
        """True for "troops stationed at the base": where somebody is, no move."""
        return act.type == "deployment" and act.act.words[0] == "station" and head.tag == "VBN" and head.dep in ("acl", "relcl")

    def doers(self, actors: Sequence[FoundActor]) -> list[FoundActor]:
        """Those who can do violence: for a media wing its group, and for other media and for places nobody."""
        found = []
        for actor in actors:
            if actor.actor.kind == "media_wing":
                found.extend(self.roles.discourse.whole_of(actor))
            elif actor.actor.kind == "facility":
                found.extend([actor] if actor.armed is True else [])
            elif actor.actor.kind != "media" and not actor.actor.name.lower().endswith(" media"):
                found.append(actor)
        return found

    def clause(self, head: Token, act: FoundAct) -> Span:
        """The clause around the trigger: its verb with all that hangs on it, without coordinated and reporting clauses."""
        verb = head
        if act.nominal:
            for above in head.ancestors():
                if above.is_verb:
                    verb = above
                    break
        first, past = self.parse.sents[head.sent]
        if verb.i in self.cue_heads or not verb.is_verb:
            verb = head
        if verb is not head and verb.i != head.i and verb.i in self.cue_heads:
            verb = head
        stop = {child.i for child in verb.children if child.dep == "conj" and child.is_verb and child.i != head.i}
        inside: list[int] = []
        stack = [verb]
        while stack:
            token = stack.pop()
            inside.append(token.i)
            stack.extend(child for child in token.children if child.i not in stop)
        low, high = max(first, min(inside)), min(past - 1, max(inside))
        low, high = min(low, act.first), max(high, act.last)
        while low < high and (self.parse.tokens[low].text.isspace() or self.parse.tokens[low].text in ",.;:"):
            low += 1
        while high > low and self.parse.tokens[high].text.isspace():
            high -= 1
        return self.parse.span(low, high)


def mark_lead(drafts: Sequence[Draft], voices: VoiceReader) -> None:
    """Marks what the first two sentences tell that tell of any act; sentences about other things do not count.

    A headline and the sentence under it count as one first sentence.
    """
    telling = sorted({draft.sent for draft in drafts if draft.type.id != "statement"})
    firsts = telling[:2] if telling and voices.is_headline(telling[0]) else telling[:1]
    for draft in drafts:
        draft.lead = draft.sent in telling[:2]
        draft.first = draft.sent in firsts
