"""One draft for each act told in a text: the trigger with its roles, status, place, time, counts and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from reportedly.knowledge.status import StatusLexicon
from reportedly.knowledge.types import EventType
from reportedly.reading.actors import QUANTITIES, ROLE_WORDS, FoundActor
from reportedly.reading.acts import FoundAct, as_sense
from reportedly.reading.counts import FoundCount
from reportedly.reading.parse import Parse, Token
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import AGENT_LIGHT, FACILITY, RELATIVE, RoleReader, Roles
from reportedly.reading.status import FoundStatus, read_status
from reportedly.reading.times import FoundTime
from reportedly.reading.voices import Link, VoiceReader
from reportedly.records import Family, Place, Span, Time, Voice

OLD_AFTER = timedelta(days=14)
"""An act that ended longer than this before the report is background, not news."""
SPEECH_FAMILIES = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})
VIOLENT_FAMILIES = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians", "riot", "abduction"})
CIVIL_FAMILIES = frozenset({"statement", "other"})
"""Families of dealings without force; an organised actor is enough to tell them from private life."""
ORGANISED = frozenset(
    {
        "state",
        "government",
        "party",
        "international_organisation",
        "international_force",
        "ngo",
        "office",
        "intelligence",
        "community",
    }
)
UNNAMED = frozenset({"they", "it", "he", "she"})
INSTITUTIONS = frozenset(
    "government governments court tribunal ministry department parliament senate congress assembly cabinet office "
    "commission committee council agency authority authorities party parties union unions movement organisation "
    "organisations organization organizations regime administration embassy embassies coalition opposition junta "
    "delegation delegates lawmakers prosecutors nations allies union federation alliance mission headquarters "
    "legislature presidency kremlin pentagon".split()
)
"""Last words of names and descriptions of bodies that deal with each other."""
HARM_TYPES = frozenset({"killing", "injuring"})
"""Types that tell a result, not a form; beside a told form they are its consequence."""
EVENT_PREPS = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "throughout", "on", "off", "along", "from", "to", "into", "of"}
)


HABITUAL = frozenset(
    "often routinely regularly frequently usually repeatedly sometimes periodically occasionally always long "
    "traditionally".split()
)
PACT_WORDS = frozenset("ceasefire cease fire truce pact accord agreement deal treaty armistice peace it".split())
CHARGED = frozenset(
    "accused wanted involved involvement connection convicted conviction charged charges charge suspected sentenced "
    "tried trial case cases probe inquiry investigation investigating anniversary commemorating commemorate complicity "
    "mastermind masterminding masterminded allegedly plotting participating participation verdict role linked relation".split()
)
"""Words over an act that make it a matter of the past which the news has to do with."""
DEEDS = frozenset(
    "attack attacks assault raid raids strike strikes shelling bombing bombings blast blasts explosion explosions fire "
    "gunfire shooting shootings violence clash clashes fighting battle operation operations action offensive ambush "
    "crackdown unrest riot riots war conflict incident incidents airstrike airstrikes bombardment massacre siege".split()
)
"""Nouns for acts, which may be the subject of a verb of violence."""
ARMED_WORDS = frozenset(
    "police troops soldiers army forces rebels militants militia gunmen fighters insurgents guerrillas".split()
)
HITTING = frozenset({"attack", "explosion", "remote_fire", "air", "destruction", "fighting"})
"""Groups of types whose target may be a thing."""
BODILY = frozenset(
    {"arrest", "beating", "stabbing", "killing", "execution", "assassination", "torture", "abduction", "hostage_taking"}
)
"""Acts on bodies, which no state has: "beat Colombia 2-1"."""
ABSTRACT_FOES = frozenset(
    "terrorism terror extremism crime drugs corruption poverty impunity disease covid violence hunger trafficking".split()
)
HAPPENING = (
    "continu",
    "erupt",
    "rag",
    "broke",
    "break",
    "flar",
    "resum",
    "intensif",
    "spread",
    "escalat",
    "took",
    "occur",
    "start",
    "beg",
    "went",
)
HOLDING = frozenset({"hold", "seize", "take", "capture", "grab", "nab", "keep", "round"})
PEOPLE = frozenset("people person others men women man woman them him her us dozens hundreds scores thousands children".split())
TERRITORY = frozenset(
    "territory territories land ground area areas control region province capital border hill hills stretch valley state "
    "county island sector".split()
)
CROWD = frozenset(
    "protester protesters demonstrator demonstrators crowd crowds mob mobs rioter rioters marchers students supporters "
    "fans strikers youths".split()
)


Setting = TypeVar("Setting", FoundPlace, FoundTime)


@dataclass
class Draft:
    """What one trigger tells, before mentions of the same act are put together."""

    found: FoundAct
    type: EventType
    family: Family
    sent: int
    roles: Roles
    status: FoundStatus
    evidence: Span
    voices: tuple[Voice, ...]
    links: list[Link]
    place: Place | None = None
    place_found: FoundPlace | None = None
    time: Time | None = None
    counts: list[FoundCount] = field(default_factory=list)
    background: bool = False
    cumulative: bool = False
    """True where a toll is summed over a stretch of time ("since the truce, 75 people have been killed")."""
    lead: bool = False
    """True where one of the first two telling sentences tells the act: it is what the report is about."""
    first: bool = False
    """True where the very first telling sentence tells it."""
    told: bool = False
    """True if the words tell of a particular act; see ``salience``."""
    rules: list[str] = field(default_factory=list)
    merged: list[Draft] = field(default_factory=list)

    @property
    def speech(self) -> bool:
        return self.type.group == "speech"


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
        self.places, self.times, self.counts, self.published = places, times, counts, published
        self.places_by_sent = _by_sentence(parse, places)
        self.times_by_sent = _by_sentence(parse, [t for t in times if t.kind in ("date", "bound")])
        self.counts_by_sent: dict[int, list[FoundCount]] = {}
        for count in counts:
            self.counts_by_sent.setdefault(parse.tokens[count.cue].sent, []).append(_fatal(parse, count))
        self.blast_words = blast_words
        self.cue_heads = {link.found.cue_head for link in voices.links if link.found.cue_head is not None}

    def write(self, acts: Sequence[FoundAct]) -> list[Draft]:
        """The drafts of all acts that are told as acts, in the order of the text."""
        self.event_nouns = {act.head for act in acts if act.nominal and self.types[act.type].group != "speech"}
        drafts = []
        by_sent: dict[int, list[FoundAct]] = {}
        for act in acts:
            by_sent.setdefault(self.parse.tokens[act.head].sent, []).append(act)
        for sent, found in by_sent.items():
            here = [draft for act in found if (draft := self.draft(act, sent, found)) is not None]
            self.place_and_time(here, sent)
            self.attach_counts(here, sent)
            drafts.extend(here)
        mark_lead(drafts, self.voices)
        self.attach_left(drafts)
        return drafts

    def draft(self, act: FoundAct, sent: int, others: Sequence[FoundAct]) -> Draft | None:
        head = self.parse.tokens[act.head]
        chosen = self.sense(act, head)
        if chosen is None:
            return None
        act, roles = chosen
        if not roles.targets and self.types[act.type].group in HITTING:
            roles.targets = self.roles.thing_hit(head, act)
        if act.nominal and (self.mere_weapon(act, head) or (head.lower in FACILITY and self.types[act.type].group == "movement")):
            return None
        if act.act.strength == "weak" and not (self.crowd_demands(act, roles) or self.conflict_nearby(act, sent, roles, others)):
            return None
        type_ = self.types[self.retyped(act, head, roles)]
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

    def doers(self, actors: Sequence[FoundActor]) -> list[FoundActor]:
        """Those who can do violence: for a media wing its group, and for other media nobody."""
        found = []
        for actor in actors:
            if actor.actor.kind == "media_wing":
                found.extend(self.roles.discourse.whole_of(actor))
            elif actor.actor.kind != "media":
                found.append(actor)
        return found

    def mere_weapon(self, act: FoundAct, head: Token) -> bool:
        """True for a weapon that is only carried, made or found ("armed with explosives"); no act is told."""
        if head.lower not in self.blast_words or self.types[act.act.type].group not in ("explosion", "remote_fire", "air"):
            return False
        first = head
        while first.dep == "conj" and first.head.is_noun:
            first = first.head
        if first.dep == "pobj" and first.head.lower == "with":
            return True
        if head.i + 1 < len(self.parse.tokens) and self.parse.tokens[head.i + 1].text == "-":
            return True
        if head.dep == "dobj" and not any(
            form in head.head.lower
            for form in ("fir", "deton", "explo", "launch", "lob", "throw", "threw", "hurl", "drop", "plant", "return", "exchang")
        ):
            return True
        return head.dep in ("compound", "nmod")

    def sense(self, act: FoundAct, head: Token) -> tuple[FoundAct, Roles] | None:
        """The first sense of the trigger whose object is there, with its roles; ``None`` if no sense fits."""
        for sense in act.senses or (act.act,):
            tried = as_sense(act, sense)
            roles = self.roles.read(tried)
            if self.fits(tried, head, roles):
                return tried, roles
        return None

    def retyped(self, act: FoundAct, head: Token, roles: Roles) -> str:
        """The type that the parties make of it: a clash with a crowd, a seizure of people without authority, a claimed attack."""
        everybody = roles.actors + roles.targets
        if act.type == "clash" and any(self.is_crowd(actor) for actor in everybody):
            return "crowd_clash"
        if self.crowd_demands(act, roles):
            return "protest"
        if (
            act.type == "arrest"
            and act.act.words[0] in HOLDING
            and roles.actors
            and all(a.group == "armed_group" for a in roles.actors)
        ):
            return "hostage_taking"
        if act.type == "raid" and roles.actors and all(a.group in ("armed_group", "attackers") for a in roles.actors):
            return "attack"
        if act.type == "statement" and act.act.words[0] == "claim":
            subject = head.child("dobj", "nsubjpass")
            if subject is not None and subject.lower in RELATIVE and head.dep == "relcl":
                subject = head.head
            if subject is None and head.dep == "acl" and head.tag == "VBN":
                subject = next((above for above in list(head.ancestors())[:5] if above.i in self.event_nouns), head.head)
            if subject is not None and subject.i in self.event_nouns:
                roles.targets = []
                return "claim_of_responsibility"
        return act.type

    def crowd_demands(self, act: FoundAct, roles: Roles) -> bool:
        """True for "protesters demanded answers": the demand of a crowd is a protest."""
        demanding = act.type in ("demand", "appeal") and not act.nominal
        return demanding and bool(roles.actors) and all(self.is_crowd(actor) for actor in roles.actors)

    def fits(self, act: FoundAct, head: Token, roles: Roles) -> bool:
        """Whether the object is of the kind that this sense of the trigger needs."""
        if not act.nominal and not self.subject_fits(act, head, roles):
            return False
        if act.act.type == "clash" and any(inner.lower in ABSTRACT_FOES for c in head.kids("prep") for inner in c.children):
            return False
        need = act.act.object
        if need is None:
            return True
        if need == "place" and act.nominal:
            inner = head.child("prep")
            noun = inner.child("pobj") if inner is not None else None
            return noun is not None and any(
                p.first <= noun.i <= p.last and p.role == "place" for p in self.places_by_sent.get(head.sent, ())
            )
        if need == "crowd":
            first, past = self.parse.sents[head.sent]
            return any(self.parse.tokens[i].lower in CROWD for i in range(first, past))
        if act.nominal:
            return True
        passive = self.roles.is_passive(head)
        direct = head.child("nsubjpass" if passive else "dobj") or (head.child("pobj", "prep") if act.act.preps else None)
        if need == "person":
            if any(target.actor.name.lower().split()[-1] not in FACILITY for target in roles.targets):
                return True
            return direct is not None and (direct.ent in ("PERSON", "NORP") or direct.lower in PEOPLE)
        if need == "place":
            return (
                direct is not None and any(p.first <= direct.i <= p.last for p in self.places_by_sent.get(head.sent, ()))
            ) or (direct is not None and direct.lower in FACILITY | TERRITORY)
        return direct is not None and not (roles.targets and all(t.actor.kind == "person" for t in roles.targets))

    def subject_fits(self, act: FoundAct, head: Token, roles: Roles) -> bool:
        """Whether the subject is of the kind that the frame needs: a bomb explodes, forces move, somebody speaks."""
        frame = act.act.frame
        subject = self.roles.subject(head)
        if frame == "blast":
            if self.roles.is_passive(head):
                return any(
                    token.lower in self.blast_words for child in head.kids("agent", "prep") for token in child.subtree()[:6]
                )
            return subject is not None and (
                subject.lower in self.blast_words or any(t.lower in self.blast_words for t in subject.children)
            )
        if (
            self.types[act.act.type].family in VIOLENT_FAMILIES
            and not self.roles.is_passive(head)
            and self.mere_thing(head, roles)
        ):
            return False
        if act.act.type == "clash" and not self.can_clash(head.sent, roles):
            return False
        if act.act.type == "territory_taken" and roles.actors and not any(self.forces(actor) for actor in roles.actors):
            return False
        if act.act.type in BODILY and roles.targets and all(target.actor.kind == "state" for target in roles.targets):
            return False
        if frame == "mover":
            movers = roles.actors or roles.targets
            return any(mover.armed or mover.actor.kind in ("state", "government") or self.plural(mover) for mover in movers)
        if self.types[act.act.type].group == "unrest" and frame in ("agent_only", "agent_target"):
            if not roles.actors and not self.roles.is_passive(head):
                return subject is not None and (subject.tag == "NNS" or subject.lower in QUANTITIES)
            return any(self.is_crowd(a) or self.plural(a) or a.actor.kind == "community" for a in roles.actors) and not any(
                a.armed for a in roles.actors
            )
        if act.act.type in ("truce_ended", "truce_violation") and len(act.act.words) == 1:
            about = head.child("nsubj", "nsubjpass", "dobj")
            return about is not None and any(token.lower in PACT_WORDS for token in about.subtree())
        if self.types[act.act.type].family == "agreement" and not roles.actors:
            return False
        if act.act.type == "statement" and act.act.words[0] == "claim" and self.claims_event(head):
            return True
        if act.act.type == "statement":
            return head.i in self.cue_heads
        if frame == "speech" and head.lower in AGENT_LIGHT and any(child.i in self.event_nouns for child in head.kids("dobj")):
            return False
        return True

    def mere_thing(self, head: Token, roles: Roles) -> bool:
        """True for a subject of its own that is neither people nor weapon nor act ("a crocodile killed", "the quake killed")."""
        subject = head.child("nsubj")
        if subject is not None and subject.lower in self.lexicon.accident:
            return True
        if subject is None or not subject.is_noun or subject.is_proper or subject.ent in ("PERSON", "ORG", "GPE", "NORP"):
            return False
        if roles.actors or subject.i in self.event_nouns or subject.lower in self.blast_words:
            return False
        words = {token.lower for token in subject.children} | {subject.lower}
        return not words & (self.blast_words | DEEDS) and self.roles.discourse.at(subject.i) is None

    def can_clash(self, sent: int, roles: Roles) -> bool:
        """Clashes need somebody armed, a crowd, a state or victims; candidates clash over taxes."""
        if any(a.armed or a.actor.kind in ("state", "government", "community", "unknown") for a in roles.actors + roles.targets):
            return True
        if roles.actors and all(a.armed is False for a in roles.actors) and not any(self.is_crowd(a) for a in roles.actors):
            return False
        first, past = self.parse.sents[sent]
        words = {self.parse.tokens[i].lower for i in range(first, past)}
        return bool(self.counts_by_sent.get(sent)) or bool(words & (CROWD | ARMED_WORDS))

    def claims_event(self, head: Token) -> bool:
        near = [*head.kids("dobj", "nsubjpass"), *(list(head.ancestors())[:5] if head.dep in ("relcl", "acl") else [])]
        return any(token.i in self.event_nouns for token in near)

    def forces(self, actor: FoundActor) -> bool:
        """True for whoever can take ground: armed people, a state, a named group or many."""
        return (
            bool(actor.armed) or actor.actor.kind in ("state", "government") or self.plural(actor) or actor.actor.id is not None
        )

    def plural(self, actor: FoundActor) -> bool:
        return self.parse.tokens[actor.last].tag in ("NNS", "NNPS")

    def is_crowd(self, actor: FoundActor) -> bool:
        words = actor.actor.text.lower().split()
        return bool(CROWD & set(words))

    def conflict_nearby(self, act: FoundAct, sent: int, roles: Roles, others: Sequence[FoundAct]) -> bool:
        """Whether the sentence holds what makes an ambiguous trigger one of conflict, or of dealings between organised sides."""
        type_ = self.types[act.act.type]
        if type_.family in CIVIL_FAMILIES and not act.nominal and self.parse.tokens[act.head].dep == "amod":
            return False
        if self.dealing(act, sent, roles):
            return True
        if type_.group == "unrest" and not act.nominal:
            return True
        if type_.id == "clash" and act.nominal and self.happens(act.head) and self.places_by_sent.get(sent):
            return True
        if act.instrument is not None or any(other.act.strength == "strong" and other.head != act.head for other in others):
            return True
        if any(actor.armed or actor.actor.kind in ("state", "government", "community") for actor in roles.actors + roles.targets):
            return True
        if self.counts_by_sent.get(sent):
            return True
        first, past = self.parse.sents[sent]
        if any((found := self.roles.discourse.at(i)) is not None and found.armed for i in range(first, past)):
            return True
        if self.types[act.act.type].family in VIOLENT_FAMILIES and any(
            place.role == "place" for place in self.places_by_sent.get(sent, ())
        ):
            return any(set(target.actor.text.lower().split()) & FACILITY for target in roles.targets)
        return False

    def happens(self, head: int) -> bool:
        """True for a noun that is the subject of a verb of happening ("fighting is continuing", "clashes erupted")."""
        token = self.parse.tokens[head]
        return token.dep in ("nsubj", "nsubjpass") and token.head.lower.startswith(HAPPENING)

    def dealing(self, act: FoundAct, sent: int, roles: Roles) -> bool:
        """True for an act without force by an organised side; an agreement needs two of them."""
        type_ = self.types[act.act.type]
        if type_.family == "agreement":
            return sum(map(self.organised, roles.actors + roles.targets)) >= 2
        if type_.family not in CIVIL_FAMILIES or type_.id == "statement":
            return False
        if any(self.organised(actor) for actor in roles.actors):
            return True
        if not any(actor.actor.text.lower() in UNNAMED for actor in roles.actors):
            return False
        first, past = self.parse.sents[sent]
        return any((found := self.roles.discourse.at(i)) is not None and self.organised(found) for i in range(first, past))

    def organised(self, actor: FoundActor) -> bool:
        """True for a state, an organisation or somebody who speaks for one."""
        if actor.actor.kind == "class" and (words := actor.actor.text.lower().split()):
            return (
                bool(actor.armed)
                or words[-1] in INSTITUTIONS
                or words[-1] in ROLE_WORDS
                or words[-1].removesuffix("s") in ROLE_WORDS
            )
        return (
            actor.role
            or bool(actor.armed)
            or actor.actor.kind in ORGANISED
            or (actor.actor.kind == "person" and actor.actor.id is not None)
        )

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

    # Place and time

    def place_and_time(self, drafts: list[Draft], sent: int) -> None:
        places = [p for p in self.places_by_sent.get(sent, ()) if p.role == "place" and p.relation != "dateline"]
        times = self.times_by_sent.get(sent, [])
        for draft in drafts:
            draft.place_found = self.narrowest(self.nearest(draft, places, drafts), places)
            draft.place = self.completed(draft.place_found, places) if draft.place_found is not None else None
            time = self.nearest(draft, times, drafts)
            if time is not None and (time.time.from_ or time.time.to):
                draft.time = time.time
            draft.cumulative = self.is_cumulative(draft, times)
            draft.background = self.is_background(draft) or draft.cumulative

    def nearest(self, draft: Draft, spans: Sequence[Setting], drafts: list[Draft]) -> Setting | None:
        """The place or time that hangs on the act's own clause, else the one that no other act and no speaker owns."""
        head = self.parse.tokens[draft.found.head]
        actors = {i for actor in draft.roles.actors + draft.roles.targets for i in range(actor.first, actor.last + 1)}
        best: tuple[int, int, Setting] | None = None
        for span in spans:
            token = self.parse.tokens[self.head_of(span.first, span.last)]
            if token.dep in ("compound", "nmod") and token.head.lower in FACILITY | TERRITORY:
                token = token.head
            place = isinstance(span, FoundPlace)
            if isinstance(span, FoundPlace) and self.subject_place(token, span):
                continue
            distance = self.tree_distance(token, head)
            owner = self.owner(token, drafts)
            penalty = 0 if owner == draft.found.head else 4 if owner is None else 8 if self.same_clause(owner, head) else 40
            if owner is not None and owner in self.cue_heads and owner != draft.found.head and not draft.speech:
                penalty = 40
            if place and any(i in actors for i in range(span.first, span.last + 1)) and not self.prepositional(token):
                penalty += 10
            score = distance + penalty + abs(token.i - head.i) // 8
            if best is None or (score, span.first) < best[:2]:
                best = score, span.first, span
        return best[2] if best is not None and best[0] < 24 else None

    def head_of(self, first: int, last: int) -> int:
        for i in range(first, last + 1):
            head = self.parse.tokens[i].head.i
            if not first <= head <= last or head == i:
                return i
        return last

    def prepositional(self, token: Token) -> bool:
        return token.dep == "pobj" and token.head.lower in EVENT_PREPS

    def subject_place(self, token: Token, span: FoundPlace) -> bool:
        """A state or town that acts ("Turkey attacked") is no place of the act."""
        if token.dep in ("dobj", "npadvmod", "conj", "appos") and span.place.precision == 6:
            if token.dep == "dobj" or not any(above.dep == "pobj" for above in token.ancestors()):
                return True
        if any(above.lower in ("border", "borders", "boundary", "frontier") for above in list(token.ancestors())[:3]):
            return True
        return token.dep in ("nsubj", "poss", "agent", "compound", "dative") or (
            token.dep == "pobj" and token.head.lower in ("by", "with", "between", "for")
        )

    def tree_distance(self, token: Token, head: Token) -> int:
        """Steps through the tree between two tokens of a sentence."""
        up = {token.i: 0}
        for steps, above in enumerate(token.ancestors(), 1):
            up[above.i] = steps
        if head.i in up:
            return up[head.i]
        for steps, above in enumerate(head.ancestors(), 1):
            if above.i in up:
                return up[above.i] + steps
        return 20

    def same_clause(self, owner: int, head: Token) -> bool:
        """True if ``owner`` governs ``head``, or hangs on it as a participle with no subject of its own ("killing 14")."""
        if any(above.i == owner for above in head.ancestors()):
            return True
        token = self.parse.tokens[owner]
        for above in [token, *token.ancestors()]:
            if above.i == head.i:
                return True
            if above.dep in ("relcl", "ccomp", "acl") or (above.is_verb and above.child("nsubj", "nsubjpass") is not None):
                return False
        return False

    def owner(self, token: Token, drafts: list[Draft]) -> int | None:
        """The trigger or reporting verb that the token hangs on most closely."""
        heads = {draft.found.head for draft in drafts}
        for above in token.ancestors():
            if above.i in heads or above.i in self.cue_heads:
                return above.i
        return None

    def narrowest(self, found: FoundPlace | None, places: Sequence[FoundPlace]) -> FoundPlace | None:
        """The narrowest place that the sentence says lies within the chosen one ("Mastung, Balochistan")."""
        if found is None:
            return None
        for _ in range(4):
            inner = [
                place
                for place in places
                if place.within is not None and self.places[place.within] is found and place is not found
            ]
            if not inner:
                return found
            found = inner[0]
        return found

    def completed(self, found: FoundPlace, places: Sequence[FoundPlace]) -> Place:
        """The place with the district that the same sentence names, where the place itself has none."""
        place = found.place
        if place.precision is not None and place.precision >= 3:
            return place
        for other in places:
            near = other.place
            stated = found.within is not None and self.places[found.within] is other
            if place.admin2 is not None and not stated:
                continue
            if near.precision == 3 and (place.iso2 is None or near.iso2 == place.iso2) and near.name != place.name:
                fields = {"admin2": near.admin2 or near.name, "admin1": place.admin1 or near.admin1}
                return place.model_copy(
                    update={**fields, "country": place.country or near.country, "iso2": place.iso2 or near.iso2}
                )
        return place

    def long_after(self, head: Token) -> bool:
        """True for "two years after a bomb killed": an act that only dates another one, long ago."""
        for above in [head, *list(head.ancestors())[:3]]:
            for mark in [*above.kids("mark", "prep"), above] if above.lower == "after" else above.kids("mark"):
                if (
                    mark.lower == "after"
                    and mark.i > 0
                    and self.parse.tokens[mark.i - 1].lower in ("years", "year", "decades", "months")
                ):
                    return True
            if (
                above.lower in ("after", "since")
                and above.i > 0
                and self.parse.tokens[above.i - 1].lower in ("years", "year", "decades", "months")
            ):
                return True
        return False

    def under_charge(self, head: Token) -> bool:
        """True for an act that somebody is accused of, wanted or tried for: it lies in the past."""
        child = head
        for above in head.ancestors():
            if child.dep in ("relcl", "ccomp", "advcl") and child is not head:
                return False
            if above.lower in CHARGED and child.dep in ("prep", "pobj", "pcomp", "acl", "compound", "nmod", "dobj"):
                return True
            if above.is_verb and above.lower not in CHARGED:
                return False
            child = above
        return False

    def is_cumulative(self, draft: Draft, times: Sequence[FoundTime]) -> bool:
        """Whether the words sum a toll over a stretch of time."""
        head = self.parse.tokens[draft.found.head]
        if draft.found.nominal or draft.speech or draft.type.id not in ("killing", "attack"):
            return False
        perfect = any(aux.lower in ("have", "has", "had") for aux in head.kids("aux"))
        words = {token.lower for token in self.parse.sentence(draft.sent)}
        bound = any(t.kind == "bound" or t.time.precision == "year" for t in times) or "since" in words
        many = any((count.count.low or 0) >= 500 for count in self.counts_by_sent.get(draft.sent, ()))
        return perfect and (many or bound or bool(words & {"war", "conflict", "insurgency", "far", "years", "decades"}))

    def is_background(self, draft: Draft) -> bool:
        time = draft.time
        if time is not None and self.published is not None:
            if time.to is not None and date.fromisoformat(time.to) < self.published - OLD_AFTER:
                return True
            if time.to is None and time.from_ is not None and draft.status.status != "ongoing":
                return False
        head = self.parse.tokens[draft.found.head]
        words = {child.lower for child in head.children}
        if self.long_after(head):
            draft.rules.append("background:long-after")
            return True
        if self.under_charge(head):
            draft.rules.append("background:charge")
            return True
        if words & HABITUAL and not draft.found.nominal:
            draft.rules.append("background:habitual")
            return True
        return bool(words & self.lexicon.background)

    # Counts

    def attach_counts(self, drafts: list[Draft], sent: int) -> None:
        """Gives every count to the act whose trigger is its cue, else to the nearest violent act of its clause."""
        able = [draft for draft in drafts if not draft.speech]
        for count in self.counts_by_sent.get(sent, ()):
            exact = [draft for draft in able if draft.found.first <= count.cue <= draft.found.last]
            chosen = exact or sorted(
                (draft for draft in able if self.can_count(draft, count)),
                key=lambda draft: (
                    self.tree_distance(self.parse.tokens[count.cue], self.parse.tokens[draft.found.head]),
                    draft.found.first,
                ),
            )
            if chosen:
                chosen[0].counts.append(count)

    def attach_left(self, drafts: Sequence[Draft]) -> None:
        """Gives a toll told in a sentence without an act of its own to the last act of violence before it, else the first."""
        able = [draft for draft in drafts if draft.family in VIOLENT_FAMILIES and not draft.status.negated]
        taken = {id(count) for draft in drafts for count in draft.counts}
        for sent, counts in self.counts_by_sent.items():
            for count in counts:
                if id(count) in taken or count.count.what not in ("killed", "injured", "casualties") or not able:
                    continue
                before = [draft for draft in able if draft.sent <= sent]
                (before[-1] if before else able[0]).counts.append(count)

    def can_count(self, draft: Draft, count: FoundCount) -> bool:
        if count.count.what in ("killed", "injured", "casualties", "missing"):
            return draft.family in VIOLENT_FAMILIES or draft.type.group in ("unrest", "destruction")
        wanted = {
            "abducted": {"abduction"},
            "arrested": {"arrest"},
            "displaced": {"movement"},
            "participants": {"protest", "riot"},
        }
        return draft.family in wanted.get(count.count.what, {draft.family})


def _fatal(parse: Parse, count: FoundCount) -> FoundCount:
    """A count of people shot or stabbed is one of the killed where the same words say that it was fatal."""
    cue = parse.tokens[count.cue]
    if count.count.what != "casualties" or not cue.is_verb:
        return count
    near = [*cue.children, *cue.conjuncts()] + ([cue.head] if cue.dep == "conj" else [])
    words = {token.lower for token in near} | {inner.lower for token in near if token.dep == "prep" for inner in token.children}
    if words & {"fatally", "dead", "death", "killed", "died", "mortally"}:
        return replace(count, count=count.count.model_copy(update={"what": "killed"}))
    return count


def mark_lead(drafts: Sequence[Draft], voices: VoiceReader) -> None:
    """Marks what the first two sentences tell that tell of any act; sentences about other things do not count.

    A headline and the sentence under it count as one first sentence.
    """
    telling = sorted({draft.sent for draft in drafts if draft.type.id != "statement"})
    firsts = telling[:2] if telling and voices.is_headline(telling[0]) else telling[:1]
    for draft in drafts:
        draft.lead = draft.sent in telling[:2]
        draft.first = draft.sent in firsts


def armed_target(targets: Sequence[FoundActor]) -> bool | None:
    """Whether those attacked are armed: ``True`` or ``False`` where they agree, ``None`` where unknown or mixed."""
    flags = {target.armed for target in targets}
    if True in flags:
        return None if False in flags else True
    return False if False in flags else None


def _by_sentence(parse: Parse, spans: Sequence[FoundPlace] | Sequence[FoundTime]) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for span in spans:
        found.setdefault(parse.tokens[span.first].sent, []).append(span)
    return found
