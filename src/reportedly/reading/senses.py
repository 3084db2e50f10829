"""Decides which sense of a trigger the words around it bear, and whether it tells of conflict at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from reportedly.knowledge.status import StatusLexicon
from reportedly.knowledge.types import EventType
from reportedly.reading.actors import QUANTITIES, ROLE_WORDS, FoundActor
from reportedly.reading.acts import FoundAct, as_sense
from reportedly.reading.counts import FoundCount
from reportedly.reading.drafts import VIOLENT_FAMILIES, armed_target
from reportedly.reading.parse import Parse, Token
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import AGENT_LIGHT, FACILITY, PLATFORM, RELATIVE, RoleReader, Roles
from reportedly.reading.voices import DEEDS
from reportedly.reading.wars import lasted

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
CAPTIVES = frozenset({"prisoner", "prisoners"})
"""Those whom soldiers take in a fight; nobody abducts them."""
UNNAMED = frozenset({"they", "it", "he", "she"})
INSTITUTIONS = frozenset(
    "government governments court tribunal ministry department parliament senate congress assembly cabinet office "
    "commission committee council agency authority authorities party parties union unions movement organisation "
    "organisations organization organizations regime administration embassy embassies coalition opposition junta "
    "delegation delegates lawmakers prosecutors nations allies union federation alliance mission headquarters "
    "legislature presidency kremlin pentagon".split()
)
"""Last words of names and descriptions of bodies that deal with each other."""
PACT_WORDS = frozenset("ceasefire cease fire truce pact accord agreement deal treaty armistice peace it".split())
ARMED_WORDS = frozenset(
    "police troops soldiers army forces rebels militants militia gunmen fighters insurgents guerrillas".split()
)
BODILY = frozenset(
    {"arrest", "beating", "stabbing", "killing", "execution", "assassination", "torture", "abduction", "hostage_taking"}
)
"""Acts on bodies, which no state has: "beat Colombia 2-1"."""
VEHICLES = frozenset(
    "car cars truck trucks vehicle vehicles van vans bus buses motorcycle motorcycles tanker plane lorry lorries minibus "
    "minibuses minivan tram trams train trains taxi taxis motorbike motorbikes tractor tractors pickup suv coach scooter "
    "ambulance trailer bulldozer locomotive".split()
)
GOING_OFF = frozenset({"explode", "detonate", "go", "blow"})
"""What a vehicle with a bomb does; one that hits a pole has an accident."""
ATTACKING = frozenset({"attack", "raid", "bomb", "dynamite", "firebomb", "assault", "sabotage"})
"""Words for what only people do to things."""
COLLIDING = frozenset("hit hits hitting strike strikes struck striking".split())
CRASHING = frozenset("crash crashes crashed crashing capsize capsized overturned derailed sank sinks sunk".split())
CRAFT_THAT_FALL = frozenset(
    "helicopter helicopters plane planes jet jets aircraft airliner airplane boat boats ship ferry".split()
)
"""Subjects of crashes beside the vehicles of the road."""
DEFEATING = frozenset({"annihilate", "wipe", "decimate"})
"""Verbs that tell of a massacre, but of armed people only that they were beaten."""
ABSTRACT_FOES = frozenset(
    "terrorism terror extremism militancy radicalism banditry piracy smuggling crime drugs corruption poverty impunity "
    "disease covid violence hunger trafficking".split()
)
UNDERTAKINGS = frozenset(
    "programme programmes program programs project projects proposal proposals bill bills motion amendment initiative deal "
    "deals contract contracts merger bid idea ideas plan plans talks order orders sentence sale time".split()
)
"""What is killed or executed only in a manner of speaking."""
WAR_MACHINES = frozenset("tanks warships warplanes vehicles convoys convoy column columns helicopters howitzers".split())
"""What moves where forces move: "dozens of tanks pulled back"."""
FIGHTS = frozenset(
    "encounter encounters firefight firefights gunfight gunfights gunbattle battle battles combat fighting fight fights skirmish "
    "skirmishes clash clashes exchange shootout operation operations".split()
)
"""What armed people engage in when they fight."""
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
    "happen",
    "start",
    "beg",
    "went",
)
HOLDING = frozenset({"hold", "seize", "take", "capture", "grab", "nab", "keep", "round"})
PEOPLE = frozenset(
    "people person others men women man woman them him her us dozens hundreds scores thousands children "
    "team teams crew crews staff delegation family families couple passengers".split()
)
TERRITORY = frozenset(
    "territory territories land ground area areas control region province capital border hill hills stretch valley state "
    "county island sector".split()
)
CROWD = frozenset(
    "protester protesters demonstrator demonstrators crowd crowds mob mobs rioter rioters marchers students supporters "
    "fans strikers youths activists".split()
)
GATHERINGS = frozenset("protest protests demonstration demonstrations dissent uprising".split())


KEEPING = frozenset(
    "take takes took taken taking hold holds held holding keep keeps kept keeping remain remains remained remaining place placed "
    "put remand remanded bring brought be is are was were been being".split()
)
"""Verbs of those who are in custody, or bring somebody there."""
OFFICES = frozenset("office post posts seat seats duty duties position positions command".split())
"""What is taken up without force ("took up his post")."""
POSITIONS = frozenset("post posts position positions base bases checkpoint checkpoints outpost outposts".split())
"""Ground that is held; who seizes it seizes no weapons."""
SIDES = frozenset(
    "sides parties countries nations neighbours neighbors governments factions delegates delegations negotiators envoys "
    "representatives".split()
)
"""Those who deal with each other, where the text does not name them again ("the two sides agreed on a truce")."""


class SenseReader:
    """Reads senses in one parsed report."""

    def __init__(
        self,
        parse: Parse,
        *,
        types: Mapping[str, EventType],
        lexicon: StatusLexicon,
        roles: RoleReader,
        places_by_sent: Mapping[int, Sequence[FoundPlace]],
        counts_by_sent: Mapping[int, Sequence[FoundCount]],
        blast_words: frozenset[str],
        cue_heads: Set[int],
        event_nouns: Set[int],
    ) -> None:
        self.parse, self.types, self.lexicon, self.roles = parse, types, lexicon, roles
        self.places_by_sent, self.counts_by_sent = places_by_sent, counts_by_sent
        self.blast_words, self.cue_heads, self.event_nouns = blast_words, cue_heads, event_nouns

    def mere_weapon(self, act: FoundAct, head: Token) -> bool:
        """True for a weapon that is only carried, made or found ("armed with explosives"); no act is told."""
        if head.lower not in self.blast_words or self.types[act.act.type].group not in ("explosion", "remote_fire", "air"):
            return False
        first = head
        while first.dep in ("conj", "appos") and first.head.is_noun:
            first = first.head
        if first.dep == "pobj" and first.head.lower == "with":
            return True
        if head.i + 1 < len(self.parse.tokens) and self.parse.tokens[head.i + 1].text == "-":
            return True
        if first.dep == "dobj" and not any(
            form in first.head.lower
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
        if self.types[act.type].group == "unrest" and act.act.words[0] == "clash" and any(map(self.irregular, roles.actors)):
            return "clash"  # "gunmen clashed with police"
        if self.crowd_demands(act, roles):
            return "protest"
        if (
            act.type == "arrest"
            and act.act.words[0] in HOLDING
            and roles.actors
            and all(a.group == "armed_group" for a in roles.actors)
        ):
            return "hostage_taking"
        if act.type == "air_strike" and act.act.words == ("bomb",) and roles.actors and all(map(self.irregular, roles.actors)):
            return "bombing"
        if (
            act.type == "arrest"
            and act.act.words[0] in ("capture", "seize")
            and not roles.actors
            and roles.targets
            and all(target.armed is False for target in roles.targets)
            and not any(target.actor.text.lower().split()[-1] in CAPTIVES for target in roles.targets)
        ):
            return "abduction"
        if act.type == "advance" and act.act.words[0] == "invade" and roles.actors and all(map(self.irregular, roles.actors)):
            return "attack"
        if act.type == "massacre" and act.act.words[0] in DEFEATING and armed_target(roles.targets):
            return "killing"
        if act.type == "blockade" and roles.actors and all(self.is_crowd(actor) for actor in roles.actors):
            return "blockade_by_protesters"
        states = bool(roles.actors) and all(actor.actor.kind in ("state", "government") for actor in roles.actors)
        if act.type == "attack" and act.nominal and head.lower in ("strike", "strikes") and states:
            return "air_strike"
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

    def bodiless(self, target: FoundActor) -> bool:
        """True for a state, and for a thing that holds no people ("slashing bureaucracy")."""
        words = target.actor.text.lower().split()
        return target.actor.kind == "state" or (target.actor.kind == "facility" and words[-1] not in FACILITY)

    def irregular(self, actor: FoundActor) -> bool:
        """True for people without aircraft: rebels, gunmen, terrorists."""
        return actor.group in ("armed_group", "attackers")

    def crowd_demands(self, act: FoundAct, roles: Roles) -> bool:
        """True for "protesters demanded answers": the demand of a crowd is a protest."""
        demanding = act.type in ("demand", "appeal") and not act.nominal
        return demanding and bool(roles.actors) and all(self.is_crowd(actor) for actor in roles.actors)

    def fits(self, act: FoundAct, head: Token, roles: Roles) -> bool:
        """Whether the object is of the kind that this sense of the trigger needs."""
        if not act.nominal and not self.subject_fits(act, head, roles):
            return False
        foes = [*head.kids("dobj"), *(inner for c in head.kids("prep") for inner in c.children)]
        if act.act.type == "clash" and any(foe.lower in ABSTRACT_FOES for foe in foes):
            return False
        if head.lower == "stricken":
            return False  # with grief or disease
        matter = next((prep.child("pobj") for prep in head.kids("prep") if prep.lower == "in"), None)
        if act.act.term == "engage" and matter is not None and matter.lower not in FIGHTS:
            return False  # "engaged in an offensive", "engage in talks": the noun tells it
        if act.act.type == "flight" and act.act.term == "displace" and (head.dep == "amod" or self.plan(head)):
            return False  # "internally displaced people", "the plan would displace farmers"
        if act.act.type in BODILY and (hit := head.child("nsubjpass", "dobj")) is not None and hit.lower in UNDERTAKINGS:
            return False
        if act.act.term == "custody" and head.dep == "pobj" and head.head.head.lower not in KEEPING:
            return False  # "a death in custody", "died while in police custody"
        if act.act.type == "territory_taken" and not act.nominal and self.takes_office(head):
            return False
        if act.act.type == "alert" and roles.targets and not roles.actors and not any(target.armed for target in roles.targets):
            return False  # hospitals put on high alert
        if act.act.term == "seize" and act.act.type == "weapons_seizure" and self.place_taken(head):
            return False
        if act.act.type == "flight" and head.lower == "displaced" and head.child("det") is not None:
            return False  # "camps for the displaced"
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
            hit = head.child("nsubjpass" if self.roles.is_passive(head) else "dobj")
            if len(act.senses) > 1 and hit is not None and hit.i not in act.words:  # "attacked the town after protests"
                crowd = any(token.lower in CROWD | GATHERINGS for token in hit.subtree())
                return crowd or any(self.is_crowd(target) for target in roles.targets)
            return any(self.parse.tokens[i].lower in CROWD | GATHERINGS for i in range(first, past))
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
        people = ("person", "class") if act.act.type == "weapons_seizure" else ("person",)
        return direct is not None and not (roles.targets and all(t.actor.kind in people for t in roles.targets))

    def takes_office(self, head: Token) -> bool:
        """True for "take office", "took up his post", "assumed their seats"; rebels may take "the post"."""
        taken = head.child("dobj", "nsubjpass")
        if taken is None or taken.lower not in OFFICES:
            return False
        up = any(kid.lower == "up" for kid in head.kids("prt"))
        return up or taken.child("poss") is not None or not taken.children

    def place_taken(self, head: Token) -> bool:
        """True for "seized two army posts": ground is taken, no weapons."""
        taken = head.child("dobj", "nsubjpass")
        return taken is not None and taken.lower in TERRITORY | POSITIONS

    def plan(self, head: Token) -> bool:
        """True for a plan, a project or a deal as the subject."""
        subject = self.roles.subject(head)
        return subject is not None and subject.lower in UNDERTAKINGS

    def subject_fits(self, act: FoundAct, head: Token, roles: Roles) -> bool:
        """Whether the subject is of the kind that the frame needs: a bomb explodes, forces move, somebody speaks."""
        frame = act.act.frame
        subject = self.roles.subject(head)
        violent = self.types[act.act.type].family in VIOLENT_FAMILIES
        if violent and subject is not None and self.blaze(subject):
            return False
        if violent and self.of_collision(head):
            return False
        if frame == "blast":
            if self.roles.is_passive(head):
                return any(
                    token.lower in self.blast_words - VEHICLES
                    for child in head.kids("agent", "prep")
                    for token in child.subtree()[:6]
                )
            if subject is not None and subject.lower in VEHICLES and act.act.words[0] not in GOING_OFF:
                return False
            return subject is not None and (
                subject.lower in self.blast_words
                or any(t.lower in self.blast_words and self.parse.tokens[t.i - 1].text != "-" for t in subject.children)
            )
        if (
            self.types[act.act.type].family in VIOLENT_FAMILIES
            and not self.roles.is_passive(head)
            and self.mere_thing(head, roles)
        ):
            return False
        if act.act.type == "clash" and not self.can_clash(head.sent, roles):
            return False
        if act.act.type == "territory_lost" and not any(self.forces(actor) for actor in roles.actors + roles.targets):
            return False
        if act.act.type == "armed_assault" and act.act.words[-1] in ("back", "off"):
            if not any(self.forces(actor) for actor in roles.actors + roles.targets):
                return False
        if act.act.type == "territory_taken" and roles.actors and not any(self.forces(actor) for actor in roles.actors):
            return False
        if act.act.term == "reach" and act.act.type == "territory_taken" and all(actor.armed is False for actor in roles.actors):
            return False  # marchers who reach a square
        if (
            act.act.type in ("accusation", "allegiance")
            and head.tag == "VBN"
            and head.dep == "acl"
            and head.child("agent") is None
        ):
            return False  # "militants linked to the group"
        if act.act.type == "diplomacy" and not any(
            self.organised(actor) and not actor.armed for actor in roles.actors + roles.targets
        ):
            return False
        if act.act.type in BODILY and roles.targets and all(self.bodiless(target) for target in roles.targets):
            return False
        if act.act.type == "advance" and roles.actors and all(actor.armed is False for actor in roles.actors):
            return False  # tourists who invade a beach
        if frame == "mover":
            movers = roles.actors or roles.targets
            if not movers and subject is not None:
                return any(token.lower in WAR_MACHINES for token in subject.subtree()[:6])
            return any(mover.armed or mover.actor.kind in ("state", "government") or self.many(mover) for mover in movers)
        if self.types[act.act.type].group == "unrest" and frame in ("agent_only", "agent_target"):
            if not roles.actors and not self.roles.is_passive(head):
                return subject is not None and (subject.tag == "NNS" or subject.lower in QUANTITIES)
            if act.act.words[0] == "clash" and any(map(self.irregular, roles.actors)):
                return True
            weak = act.act.strength == "weak"
            return any(
                self.is_crowd(a) or (self.plural(a) and not (weak and self.organised(a))) or a.actor.kind == "community"
                for a in roles.actors
            ) and not any(a.armed for a in roles.actors)
        if act.act.type in ("truce_ended", "truce_violation") and len(act.act.words) == 1:
            about = head.child("nsubj", "nsubjpass", "dobj")
            return about is not None and any(token.lower in PACT_WORDS for token in about.subtree())
        if self.types[act.act.type].family == "agreement" and not roles.actors:
            return subject is not None and subject.lower in SIDES and act.act.strength == "strong"
        if act.act.type == "pact" and not roles.targets and len(roles.actors) == 1:
            if roles.actors[0].actor.kind != "class" or not self.plural(roles.actors[0]):
                return False
        if act.act.type == "support" and head.tag == "VBN" and self.roles.is_passive(head) and not roles.actors:
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
        return not words & (self.blast_words | DEEDS | PLATFORM) and self.roles.discourse.at(subject.i) is None

    def of_collision(self, head: Token) -> bool:
        """True for a collision and what it did: "killing nine and injuring four"."""
        first = head
        while first.dep == "conj" and first.head.tag == head.tag:
            first = first.head
        below = first.dep == "advcl" and first.tag == "VBG"
        return self.collides(head) or (below and (self.collides(first.head) or self.crashes(first.head)))

    def crashes(self, verb: Token) -> bool:
        """True for a crash that nobody is told to have caused: "a helicopter crashed"."""
        mover = verb.child("nsubj")
        if verb.lower not in CRASHING or mover is None or (mover.lower not in VEHICLES | CRAFT_THAT_FALL):
            return False
        return verb.child("prep") is None or all(kid.lower != "into" for kid in verb.kids("prep"))

    def collides(self, verb: Token) -> bool:
        """True for an accident on a road or a railway: "a car hit a bus", "was hit by a train"."""
        by = verb.child("agent")
        mover = by.child("pobj") if by is not None else verb.child("nsubj")
        if mover is None or mover.lower not in VEHICLES or verb.lower not in COLLIDING:
            return False
        hit = verb.child("dobj")
        if hit is not None and hit.lower in self.blast_words - VEHICLES:
            return False  # "a lorry hit a mine"
        return not any(token.lower in self.blast_words - VEHICLES or token.lower == "suicide" for token in mover.subtree())

    def blaze(self, subject: Token) -> bool:
        """True for "a fire": flames, for fire from guns takes no such article."""
        return subject.lower == "fire" and any(child.lower in ("a", "another") for child in subject.children)

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

    def many(self, actor: FoundActor) -> bool:
        """True for people in the plural; cars that move are no matter of forces."""
        return self.plural(actor) and actor.actor.kind != "facility" and self.parse.tokens[actor.last].lower not in VEHICLES

    def is_crowd(self, actor: FoundActor) -> bool:
        words = actor.actor.text.lower().split()
        return bool(CROWD & set(words)) and not self.irregular(actor)  # "militants among the protesters"

    def conflict_nearby(self, act: FoundAct, sent: int, roles: Roles, others: Sequence[FoundAct]) -> bool:
        """Whether the sentence holds what makes an ambiguous trigger one of conflict, or of dealings between organised sides."""
        type_ = self.types[act.act.type]
        if type_.family in CIVIL_FAMILIES and not act.nominal and self.parse.tokens[act.head].dep == "amod":
            return False
        if self.dealing(act, sent, roles):
            return True
        if type_.group == "unrest" and (not act.nominal or any(self.is_crowd(actor) for actor in roles.actors)):
            return True
        if type_.family in VIOLENT_FAMILIES and act.nominal and (self.happens(act.head) or self.known(act.head)):
            return True
        if type_.id == "clash" and act.nominal and lasted(self.parse.tokens[act.head]):
            return True  # "three decades of conflict"
        things = any(t.actor.kind == "facility" and self.parse.tokens[t.head].lower in FACILITY for t in roles.targets)
        if things and (act.act.frame == "blast" or self.hit_by_somebody(act)):
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

    def hit_by_somebody(self, act: FoundAct) -> bool:
        """True for "was attacked" of a thing; what was hit or destroyed may have met with weather or an accident."""
        head = self.parse.tokens[act.head]
        attacked = act.act.words[0] in ATTACKING and (not head.is_verb or self.roles.is_passive(head))
        return attacked and self.types[act.act.type].family in VIOLENT_FAMILIES

    def happens(self, head: int) -> bool:
        """True for a noun that is the subject of a verb of happening ("fighting is continuing", "clashes erupted")."""
        return happening(self.parse.tokens[head]) is not None

    def known(self, head: int) -> bool:
        """True for a noun that speaks of an act as known ("the attack", "Monday's attack")."""
        token = self.parse.tokens[head]
        day = token.child("poss")
        if token.lower == "strike":  # of workers as well
            return False
        return token.tag == "NN" and (
            any(child.lower in ("the", "this", "that") for child in token.kids("det")) or (day is not None and day.ent == "DATE")
        )

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


def happening(noun: Token) -> Token | None:
    """The verb of happening whose subject a noun is ("the attack took place"), or ``None``."""
    if noun.dep not in ("nsubj", "nsubjpass"):
        return None
    verb = noun.head
    placed = verb.lower in ("take", "taking", "taken") and any(kid.lower == "place" for kid in verb.kids("dobj"))
    return verb if placed or verb.lower.startswith(HAPPENING) else None
