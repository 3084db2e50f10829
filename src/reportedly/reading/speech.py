"""Speech as acts: what negations, promises and reports of the other side's deeds make of their speakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportedly.knowledge.types import EventType
from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import shares
from reportedly.reading.parse import Parse, Token
from reportedly.reading.reference import is_first_person
from reportedly.reading.status import FUTURE, MODAL, NO_REPORTS, PRESUPPOSING
from reportedly.reading.voices import Link, VoiceReader

CLAIMANTS = frozenset({"armed_group", "militia"})
COMMITTING = frozenset({"promise", "statement", "warning"})
"""Types of speech that are threats where what is promised is violence by the speaker's side."""
MENACE = frozenset(
    "revenge retaliate retaliation retaliating avenge avenged avenging reprisal reprisals vengeance jihad punish "
    "punished punishing punishment hunt hunted crush crushed annihilate eliminate destroy slaughter kill bomb attack "
    "attacks strike strikes war".split()
)
DENIABLE = frozenset(
    "presence involvement role link links tie ties evidence base bases part connection truth intention attack coup "
    "involved involve existence contact contacts responsible behind participate present".split()
)  # fmt: skip
"""What a denial denies, beside acts of violence."""
NEUTRAL = ("according", "report", "confirm", "announc")
"""Beginnings of cues of those who tell what happened; they accuse nobody."""
ONLOOKERS = frozenset(
    "resident residents witness witnesses villager villagers relatives people protesters survivors locals".split()
)
"""Voices that tell what they saw; that is no accusation."""
AHEAD = frozenset({"planned", "threatened", "hypothetical"})
AFTERMATH = frozenset("consequences retaliation retaliate revenge reprisals punished punishment".split())
PARTIES = frozenset({"state", "government", "armed_group", "militia", "party", "military", "community", "paramilitary"})
"""Kinds of speakers whose warnings may be threats."""
OWN_WORDS = frozenset({"its", "their", "our", "his"})
TARGET_WORDS = frozenset({"target", "targets"})


def write_speech(parse: Parse, drafts: list[Draft], voices: VoiceReader, types: Mapping[str, EventType]) -> list[Draft]:
    """The drafts with those that are really speech acts turned into them.

    A negated act told by somebody is his denial. An armed group that says that it did something claims responsibility. A
    promise of violence is a threat. Who tells of a deed of the side he fights accuses it. A mere "said" whose content holds an
    act of its own is no claim beside it.
    """
    writer = _SpeechWriter(parse, voices, types)
    out = []
    for draft in drafts:
        out.extend(writer.turned(draft) if not draft.speech else [draft])
    for draft in out:
        writer.threaten(draft, out)
        writer.deny(draft)
        writer.complain(draft, out)
    out.extend(writer.blamed(out))
    return once_each([draft for draft in out if not writer.idle(draft, out)])


EXCHANGING = frozenset("exchange exchanged exchanges exchanging trade traded trades trading swap swapped swaps swapping".split())
"""Verbs that make an accusation mutual ("traded accusations")."""
EACH_WAY = "speech:each-way"
"""The rule of an accusation that the other side makes in the same words."""
RECIPROCAL = ({"each", "other"}, {"one", "another"})
"""The words of an object that makes an accusation mutual."""


def once_each(drafts: list[Draft]) -> list[Draft]:
    """Each cue makes one speech act of a kind, however many acts its content tells."""
    seen: set[tuple[int, str]] = set()
    kept = []
    for draft in drafts:
        key = draft.found.head, draft.type.id
        if draft.speech and key in seen:
            continue
        seen.add(key)
        kept.append(draft)
    return kept


def each_accuser(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """Two sides that accuse each other make two accusations, one of either side."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.family == "accusation" and len(draft.roles.actors) == 2 and not draft.roles.targets and _mutual(parse, draft):
            one, other = draft.roles.actors
            ways = ([one], [other]), ([other], [one])
            kept += [
                replace(draft, roles=replace(draft.roles, actors=actors, targets=targets), rules=[*draft.rules, EACH_WAY])
                for actors, targets in ways
            ]
        else:
            kept.append(draft)
    return kept


def _mutual(parse: Parse, draft: Draft) -> bool:
    """True for "accused each other", "traded accusations"."""
    head = parse.tokens[draft.found.head]
    if head.is_noun:
        return head.dep == "dobj" and head.head.lower in EXCHANGING
    return any({kid.lower, *(det.lower for det in kid.kids("det"))} in RECIPROCAL for kid in head.kids("dobj"))


def shall_not_be(word: Token) -> bool:
    """True for what shall not be: "no attack will go unpunished", "it is not bombs that should"."""
    verb = word if word.is_verb or word.tag == "MD" else word.head
    verbs = [verb, *(clause for kid in (verb, *verb.kids("attr")) for clause in kid.kids("relcl", "acl", "ccomp", "advcl"))]
    cleft = (token for noun in verb.kids("attr") for token in noun.subtree() if token.dep == "aux")
    return any(aux.lower in FUTURE | MODAL for aux in (*cleft, *(aux for one in verbs for aux in one.kids("aux"))))


def spoken_of_as_known(act: Token) -> bool:
    """True for an act that is spoken of as known: "the target of the strike was a car"."""
    if act.dep in ("acl", "relcl"):
        return True  # "a sheikh targeted by the strikes"
    if not act.is_noun:
        return False
    if any(kid.lower in ("the", "this", "that", "these", "those") for kid in act.kids("det")):
        return True
    for above in (act, *act.ancestors()):
        if above.is_verb and above.dep != "prep":
            return False
        if above.lower in PRESUPPOSING:
            return True  # "following the death of a man in strikes"
    return False


class _SpeechWriter:
    def __init__(self, parse: Parse, voices: VoiceReader, types: Mapping[str, EventType]) -> None:
        self.parse, self.voices, self.types = parse, voices, types
        self.contents: dict[int, list[Link]] = {}
        for link in voices.links:
            if link.found.cue_head is not None:
                self.contents.setdefault(link.found.cue_head, []).append(link)

    def turned(self, draft: Draft) -> list[Draft]:
        """The draft itself, or its denial; with the claim or the accusation that telling it makes."""
        link = draft.links[-1] if draft.links else None
        if link is None or link.actor is None or draft.family not in VIOLENT_FAMILIES | {"truce_end"}:
            return [draft]
        self.own_fighters(draft, link)
        own = self.first_person(draft, link)
        if own and not draft.roles.actors:
            draft.roles.actors = [self.speaking(draft, link.actor)]
            draft.rules.append("roles:first-person")
        if draft.status.negated and any(count.count.high == 0 for count in draft.counts):
            return [draft]
        if draft.status.negated and draft.status.status == "occurred":
            media = link.actor.actor.kind == "media"
            if media or NO_REPORTS in draft.status.rules or shall_not_be(self.parse.tokens[draft.found.head]):
                return [draft]
            return [draft, self.speech_act(draft, link, "denial")]
        if draft.status.status not in ("occurred", "ongoing"):
            return [draft]
        if link.voice.stance == "accuses":
            return [draft]
        side = self.side(link.actor)
        if draft.family == "truce_end" and (own or shares(draft.roles.actors, side)):
            return [draft]
        if own or shares(draft.roles.actors, side):
            claims = self.claimant(side) and not draft.roles.mutual
            return [draft, self.speech_act(draft, link, "claim_of_responsibility")] if claims else [draft]
        spoken = (
            link.actor.actor.kind != "media"
            and link.found.cue_head is not None
            and not self.parse.tokens[link.found.cue_head].lower.startswith(NEUTRAL)
        )
        if (
            spoken
            and draft.roles.actors
            and (self.partial(link, side) or self.against(link, draft))
            and not shares(draft.roles.targets, draft.roles.actors)
            and not spoken_of_as_known(self.parse.tokens[draft.found.head])
            and "roles:helped" not in draft.rules  # whoever speaks of help in a fight does not accuse those who fight it
        ):
            return [draft, self.speech_act(draft, link, "accusation")]
        return [draft]

    def speaking(self, draft: Draft, speaker: FoundActor) -> FoundActor:
        """Whom "we" means in the mouth of a spokesman: those he speaks for; "I" means himself."""
        subject = self.parse.tokens[draft.found.head].child("nsubj")
        owner = self.voices.discourse.owners.get(speaker.actor.name)
        return owner if owner is not None and subject is not None and subject.lower == "we" else speaker

    def own_fighters(self, draft: Draft, link: Link) -> None:
        """Reads "their fighters" in the mouth of a group's spokesman as the group."""
        if link.actor is None or not draft.roles.actors:
            return
        groups = [actor for actor in self.side(link.actor) if actor.actor.kind in CLAIMANTS]
        owner = self.parse.tokens[draft.roles.actors[0].head].child("poss")
        if groups and owner is not None and owner.lower in OWN_WORDS and draft.roles.actors[0].armed:
            draft.roles.actors = groups[-1:]
            draft.rules.append("roles:own-fighters")

    def side(self, actor: FoundActor) -> list[FoundActor]:
        """The speaker and whom he speaks for."""
        owner = self.voices.discourse.owners.get(actor.actor.name)
        whole = self.voices.discourse.whole_of(actor) if actor.actor.kind == "media_wing" else []
        return [actor, *whole] if owner is None else [actor, owner, *whole]

    def party(self, actor: FoundActor) -> bool:
        """True for somebody who has something to deny: a side of the conflict, a state, an office of either."""
        return any(one.armed or one.role or one.actor.kind in PARTIES for one in self.side(actor))

    def claimant(self, side: list[FoundActor]) -> bool:
        return any(actor.actor.kind in CLAIMANTS for actor in side)

    def partial(self, link: Link, side: list[FoundActor]) -> bool:
        if set((link.voice.text or link.voice.name).lower().split()) & ONLOOKERS:
            return False
        return self.voices.is_partial(link.voice, side)

    def against(self, link: Link, draft: Draft) -> bool:
        """True where a government tells of a deed of a named enemy: it accuses him."""
        if link.voice.kind not in ("state", "government"):
            return False
        home = link.actor.country if link.actor is not None else None
        return any(
            (a.actor.id is not None and a.actor.kind in ("armed_group", "state", "government"))
            or (a.armed and None not in (a.country, home) and a.country != home)
            for a in draft.roles.actors
        )

    def first_person(self, draft: Draft, link: Link) -> bool:
        """True if the act's subject is the speaker in the first person."""
        subject = self.parse.tokens[draft.found.head].child("nsubj")
        return subject is not None and is_first_person(subject) and link.found.quoted

    def speech_act(self, draft: Draft, link: Link, type_id: str) -> Draft:
        """A speech act made of an act and the attribution that holds it."""
        type_ = self.types[type_id]
        first, last = link.found.cue if link.found.cue is not None else (draft.found.first, draft.found.last)
        head = link.found.cue_head if link.found.cue_head is not None else draft.found.head
        found = replace(draft.found, first=first, last=last, head=head)
        targets = {"accusation": draft.roles.actors, "claim_of_responsibility": draft.roles.targets}.get(type_id, [])
        roles = replace(draft.roles, actors=[link.actor] if link.actor is not None else [], targets=list(targets), mutual=False)
        status = replace(draft.status, status="occurred", negated=False, hedges=list(draft.status.hedges), rules=[])
        return replace(
            draft,
            found=found,
            type=type_,
            family=type_.family,
            roles=roles,
            status=status,
            voices=self.voices.chain(head),
            links=[],
            counts=[],
            rules=[f"speech:{type_id}-by-content"],
            merged=[],
        )

    def content_tokens(self, draft: Draft) -> range | None:
        links = self.contents.get(draft.found.head)
        if links:
            return range(min(link.start for link in links), max(link.end for link in links) + 1)
        if draft.type.id == "promise":
            tokens = self.parse.tokens[draft.found.head].subtree()
            return range(draft.found.last + 1, tokens[-1].i + 1)
        return None

    def threaten(self, draft: Draft, drafts: list[Draft]) -> None:
        """Turns a promise or statement into a threat where its content promises violence by the speaker."""
        if draft.family == "threat":
            if draft.type.id == "warning" and self.of_others(draft, drafts):
                draft.type, draft.family = self.types["statement"], "statement"
                draft.rules.append("speech:warning-of-others")
                return
            self.threatened(draft, drafts)
            return
        if draft.type.id not in COMMITTING or not draft.roles.actors:
            return
        content = self.content_tokens(draft)
        if content is None:
            return
        speaker = self.side(draft.roles.actors[0])
        planned = [
            other
            for other in drafts
            if other.found.head in content
            and other is not draft
            and not other.speech
            and other.family in VIOLENT_FAMILIES
            and other.status.status in ("planned", "threatened")
            and not other.status.negated
            and (shares(other.roles.actors, speaker) or (draft.type.id == "promise" and not other.roles.actors))
        ]
        words = [self.parse.tokens[i] for i in content]
        menace = draft.type.id == "promise" and any(token.lower in MENACE for token in words)
        targeted = any(token.lower in TARGET_WORDS and self.future(token.i, content) for token in words)
        if not (planned or menace or targeted):
            return
        draft.type, draft.family = self.types["threat"], "threat"
        draft.rules.append("speech:threat-by-content")
        if not draft.roles.targets or draft.found.act.type == "statement":
            named = [actor for other in planned for actor in other.roles.targets] or self.others(content, speaker)
            draft.roles.targets = named
        for other in planned:
            other.status.rules.append("speech:part-of-threat")
            draft.place, draft.time = draft.place or other.place, draft.time or other.time

    def of_others(self, warning: Draft, drafts: list[Draft]) -> bool:
        """True for a warning of what is already done, or of no act by somebody who fights nobody: nobody is threatened."""
        below = self.parse.tokens[warning.found.head].subtree()
        if any(token.lower in TARGET_WORDS | AFTERMATH for token in below):
            return False
        within = {token.i for token in below} | set(self.content_tokens(warning) or ())
        acts = [d for d in drafts if d is not warning and not d.speech and d.found.head in within]
        if any(act.status.status in AHEAD for act in acts):
            return False
        speaker = self.side(warning.roles.actors[0]) if warning.roles.actors else []
        party = bool(warning.roles.actors) and self.party(warning.roles.actors[0])
        return bool(acts) or not party or shares(warning.roles.targets, speaker)

    def accused(self, draft: Draft, drafts: list[Draft]) -> bool:
        """True for an act that only stands in an accusation, with no place, day or toll of its own."""
        if any(count.count.low is not None for count in draft.counts) or (draft.lead and draft.family != "truce_end"):
            return False
        if draft.family not in VIOLENT_FAMILIES | {"truce_end"} or (draft.place is not None and draft.time is not None):
            return False
        above = {token.i for token in self.parse.tokens[draft.found.head].ancestors()}
        return any(
            other.family == "accusation" and other.found.head in above and other.found.act.type == "accusation"
            for other in drafts
        )

    def threatened(self, threat: Draft, drafts: list[Draft]) -> None:
        """Folds the act that a threat announces into it: "threatened to kidnap oil workers in Arauca" is one threat."""
        below = {token.i for token in self.parse.tokens[threat.found.head].subtree()}
        for other in drafts:
            if other is threat or other.speech or other.found.head not in below or other.family not in VIOLENT_FAMILIES:
                continue
            if other.status.status in ("planned", "threatened", "hypothetical"):
                other.status.rules.append("speech:part-of-threat")
                threat.roles.targets = threat.roles.targets or other.roles.targets
                threat.place, threat.time = threat.place or other.place, threat.time or other.time

    def deny(self, draft: Draft) -> None:
        """Turns a statement that nothing of the kind is so into a denial ("maintains there is no presence of the group")."""
        if draft.type.id != "statement" or not draft.roles.actors:
            return
        content = self.content_tokens(draft)
        if content is None:
            return
        words = [self.parse.tokens[i] for i in content]
        for token in words:
            if token.lower not in ("no", "not", "n't", "never", "neither"):
                continue
            about = token.head
            if shall_not_be(about) or (about.lower == "evidence" and not self.party(draft.roles.actors[0])):
                continue
            if about.lower in DENIABLE or any(child.lower in DENIABLE for child in about.children):
                draft.type, draft.family = self.types["denial"], "denial"
                draft.rules.append("speech:denial-by-statement")
                return

    def complain(self, draft: Draft, drafts: list[Draft]) -> None:
        """Turns a complaint that somebody else did something into an accusation ("complained that the army had shelled them")."""
        if (
            draft.type.id != "condemnation"
            or not draft.found.act.term.startswith(("complain", "protest"))
            or not draft.roles.actors
        ):
            return
        below = {token.i for token in self.parse.tokens[draft.found.head].subtree()}
        for act in drafts:
            if act.speech or act.found.head not in below or not act.roles.actors or act.status.negated:
                continue
            if shares(act.roles.actors, draft.roles.actors):
                continue
            draft.type, draft.family = self.types["accusation"], "accusation"
            draft.roles.targets = list(act.roles.actors)
            draft.rules.append("speech:accusation-by-complaint")
            return

    def blamed(self, drafts: list[Draft]) -> list[Draft]:
        """Accusations and claims by "X is behind the attack": a link is asserted between somebody and an act that is known."""
        found = []
        for draft in drafts:
            if draft.speech or draft.family not in VIOLENT_FAMILIES:
                continue
            noun = self.parse.tokens[draft.found.head]
            if not draft.found.nominal or noun.dep != "pobj":
                continue
            prep = noun.head
            holder = (
                prep
                if prep.lower == "behind"
                else prep.head
                if prep.lower == "for" and prep.head.lower == "responsible"
                else None
            )
            if holder is None:
                continue
            verb = next((above for above in [holder, *holder.ancestors()] if above.is_verb or above.lower == "responsible"), None)
            if verb is None or any(mark.lower in ("whether", "if") for mark in verb.kids("mark")):
                continue
            if verb.lower == "responsible":
                verb = verb.head
            blamed = self.voices.roles.resolve_all(self.voices.roles.subject(verb))
            links = self.voices.around(draft.found.head)
            if not blamed or not links or links[-1].actor is None:
                continue
            side = self.side(links[-1].actor)
            kind = "claim_of_responsibility" if shares(blamed, side) else "accusation"
            draft.status.status = "occurred" if draft.status.status == "hypothetical" else draft.status.status
            speech = self.speech_act(draft, links[-1], kind)
            speech.roles.targets = blamed if kind == "accusation" else []
            found.append(speech)
        return found

    def future(self, i: int, content: range) -> bool:
        return any(
            self.parse.tokens[j].lower in ("will", "'ll", "future", "next", "now", "legitimate")
            for j in range(max(content.start, i - 12), i + 1)
        )

    def others(self, content: range, speaker: list[FoundActor]) -> list[FoundActor]:
        found = []
        for i in content:
            mention = self.voices.discourse.at(i)
            if (
                mention is not None
                and mention.first == i
                and not shares([mention], speaker)
                and mention.actor.kind not in ("person", "media")
            ):
                found.append(self.voices.discourse.resolve(mention))
        return found[:2]

    def idle(self, draft: Draft, drafts: list[Draft]) -> bool:
        """True for a plan that a threat holds, and for a mere statement that says nothing beside the acts in it."""
        if "speech:part-of-threat" in draft.status.rules:
            return True
        if not draft.speech and self.accused(draft, drafts):
            return True
        if draft.type.id != "statement":
            return False
        head = self.parse.tokens[draft.found.head]
        above = {token.i for token in head.ancestors()} if head.dep in ("advcl", "xcomp", "conj", "acl") else set()
        if any(other.speech and other is not draft and other.found.head in above for other in drafts):
            return True
        content = self.content_tokens(draft)
        if content is None:
            return True
        if any(other is not draft and other.found.head in content for other in drafts):
            return True
        speaker = draft.roles.actors[0] if draft.roles.actors else None
        return (
            speaker is None
            or (speaker.actor.kind == "person" and not speaker.role)
            or speaker.actor.kind in ("media", "unknown", "class")
        )
