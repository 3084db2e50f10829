"""Reads who did it and to whom: from grammar around the trigger to actor mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportedly.reading.actors import KEEP_VAGUE, QUANTITIES, ROLE_WORDS, VAGUE, FoundActor
from reportedly.reading.acts import DESTROYING, FoundAct
from reportedly.reading.parse import Parse, Token, in_one_line
from reportedly.reading.reference import PLURAL, SINGULAR_PERSON, THING, UNION_NOUNS, Discourse, is_first_person
from reportedly.records import Actor

RELATIVE = frozenset({"who", "which", "that", "whom", "where", "whose"})
FINDING = frozenset({"find", "discover", "recover"})
"""First words of triggers of those who come upon the dead."""
DEEDS_OF_STATES = frozenset(
    "air_strike drone_strike missile_strike rocket_attack shelling armed_assault advance withdrawal deployment".split()
)
"""Types of acts whose adjective of a state names the doer ("Turkish shelling"); in "the Russian bombings" it may be the place."""
AGENT_LIGHT = frozenset(
    "return returns returned returning "
    "carry carries carried carrying launch launches launched launching stage stages staged staging conduct conducts "
    "conducted conducting mount mounts mounted mounting commit commits committed committing perpetrate perpetrates "
    "perpetrated perpetrating wage wages waged waging unleash unleashed unleashes order orders ordered ordering make "
    "makes made making hold holds held holding begin begins began begun beginning start starts started starting continue "
    "continues continued continuing resume resumes resumed resuming plan plans planned planning sign signs signed "
    "signing reach reaches reached reaching announce announces announced announcing agree agrees agreed agreeing "
    "declare declares declared declaring "
    "break breaks broke broken breaking violate violates violated violating impose imposes imposed imposing undertake "
    "undertook undertaken lead leads led leading join joins joined joining organize organizes organized organizing "
    "organise organised orchestrate orchestrated attempt attempted attempts try tried tries prepare prepared prepares "
    "preparing use used uses using do did does doing done execute executed answer answered answers respond responded "
    "responds retaliate retaliated retaliates react reacted fight fought fights threaten threatened call called calls "
    "calling end ended ends ending observe observed observes observing engage engaged engages engaging exchange "
    "exchanged trade trades traded trading issue issued issues issuing "
    "press presses pressed pressing step steps stepped stepping "
    "intensify intensifies intensified intensifying escalate escalates escalated escalating expand expands expanded expanding "
    "pursue pursues pursued pursuing widen widens widened widening renew renews renewed renewing suspend suspends suspended "
    "suspending halt halts halted halting abandon abandons abandoned spearhead spearheads spearheaded".split()
)
"""Verbs whose subject does the act that their object names ("carried out an attack")."""
REPLYING = frozenset("answer answered answers respond responded responds retaliate retaliated retaliates react reacted".split())
"""Of these the acts that stand behind "with" alone: who responds to an attack has not carried it out."""
TARGET_LIGHT = frozenset(
    "suffer suffers suffered suffering face faces faced facing come comes came coming survive survives survived "
    "surviving repel repels repelled repelling repulse repulsed withstand withstood foil foiled thwart thwarted escape "
    "escaped witness".split()
)
"""Verbs whose subject suffers the act ("came under attack", "survived an assassination attempt")."""
CLAIMING = frozenset(
    "claim claims claimed claiming responsibility credit admit admitted admits responsible behind perpetrators blamed".split()
)
GATHERINGS = frozenset("group groups band bands gang gangs squad team crowd mob bunch unit units number".split())
"""Nouns that gather the people named behind "of"; without a name of their own, those people are meant."""
FACILITY = frozenset(
    "base bases camp camps checkpoint checkpoints checkpost post posts outpost outposts station stations convoy convoys "
    "vehicle vehicles patrol patrols barracks headquarters compound garrison position positions truck trucks bus buses "
    "train trains plane planes aircraft helicopter helicopters ship ships boat boats tanker tankers vessel vessels "
    "market markets marketplace mosque mosques church churches temple shrine shrines school schools hospital hospitals "
    "clinic university universities hotel hotels restaurant cafe embassy embassies consulate building buildings house "
    "houses home homes village villages town towns city cities neighborhood neighbourhood area areas district office "
    "offices palace parliament court prison prisons jail airport airports port bridge bridges road highway pipeline "
    "pipelines plant refinery power dam tower towers bank banks shop shops store warehouse farm farms ranch field fields "
    "cemetery funeral wedding procession rally gathering ceremony infrastructure facility facilities site sites center "
    "centre ministry motorcade car cars jeep van motorcycle ambulance loudspeaker loudspeakers property settlement "
    "settlements mission missions residence residences enclave territory border substation substations pylon pylons pole poles "
    "transformer transformers wagon wagons mansion mansions newspaper newspapers branch branches installation installations "
    "tunnel tunnels bunker bunkers depot depots hideout hideouts stronghold strongholds trench trenches "
    "drugstore bookstore supermarket factory factories theater theatre museum monument airplane airplanes oleoduct railway "
    "locomotive antenna antennas grid terminal silo kiosk toll-booth workshop workshops business businesses car".split()
)
"""Things that are attacked and stand for who is in them; armed where an armed owner is named with them."""
ADDRESSED = frozenset(
    "accuse accuses accused accusing blame blames blamed blaming urge urges urged urging warn warns warned warning tell "
    "told ask asked asks criticise criticised criticize criticized condemn condemned condemns threaten threatened "
    "threatens denounce denounced".split()
)
"""Verbs whose object is spoken to or of; a capital in that place is a government."""
PEOPLE_ENDINGS = (
    "builders",
    "workers",
    "drivers",
    "makers",
    "sellers",
    "keepers",
    "holders",
    "owners",
    "hands",
    "folk",
    "goers",
    "ists",
    "icians",
    "mates",
)
NO_PEOPLE = frozenset({"lists", "exists", "fists", "twists", "hands"})
PLATFORM = frozenset(
    "helicopter helicopters gunship gunships gunboat gunboats warship warships warplane warplanes plane planes jet jets "
    "aircraft fighter fighters bomber bombers drone drones tank tanks artillery missile missiles rocket rockets shell "
    "shells mortar mortars fire gunfire airstrike airstrikes strike strikes bombardment navy patrol patrols snipers guns "
    "shelling forces ships boats".split()
)
"""Weapons and their carriers, which act for the state or group named before them."""
ARMED_OWNERS = frozenset(
    "military army police security rebel paramilitary militant guerrilla insurgent enemy armored armoured troop troops".split()
)
"""Words before a thing that tell that it is held or manned by armed people."""
MANNED = frozenset("forces fighters fighter snipers patrol patrols navy bomber bombers".split())
"""Words of platforms that also name people."""
ARMED_PLACE = frozenset("checkpoint checkpoints checkpost barracks garrison outpost outposts base bases patrol patrols".split())

OPEN_GROUND = frozenset(
    "village villages town towns city cities neighborhood neighbourhood area areas district road highway field fields border "
    "territory position positions site sites settlement settlements enclave property".split()
)
"""Where a blast happens, not what it is meant for."""
CIVIL_PLACE = frozenset(
    "market markets marketplace mosque mosques church churches temple shrine shrines school schools hospital hospitals "
    "clinic university universities hotel hotels restaurant cafe house houses home homes village villages neighborhood "
    "neighbourhood shop shops store farm farms ranch funeral wedding procession gathering ceremony settlement "
    "settlements mission ambulance bus buses train trains".split()
)
"""Places of people who are not armed."""
SITE_PREPOSITIONS = frozenset(
    {"at", "in", "inside", "outside", "near", "beside", "under", "underneath", "behind", "opposite", "on"}
)
"""Between a blast, or the placing of a bomb, and the thing it was meant for."""
OWNED = frozenset(
    "office offices branch branches headquarters residence residences house houses home homes facility facilities "
    "installation installations premises property embassy embassies consulate building buildings".split()
)
"""Things of which there are many; whose they are tells which."""
UNTELLING = VAGUE - KEEP_VAGUE
"""Adjectives that say nothing of a thing: "several houses" are houses."""
PARTS = frozenset(
    "front vicinity side entrance gate door doors doorway courtyard basement floor roof wall walls facade grounds garden rear "
    "lobby corner interior exterior outside inside middle foot part parts section windows window shelves ceiling facing masonry "
    "cockpit fence porch balcony staircase rooftop outskirts".split()
)
"""Parts of a thing, or places beside it, which stand for it: "in front of the embassy"."""
LOSING = frozenset("sustain sustains sustained sustaining suffer suffers suffered suffering lose loses lost losing".split())
"""Verbs whose subject counts its own dead: "the army sustained 20 killed"."""
BESIDE_NUMBER = frozenset({"advcl", "acl", "xcomp", "ccomp", "oprd", "amod"})
"""How the parse hangs the participle in "sustained 20 killed"."""
CAUSING = frozenset("cause causes caused causing do does did doing inflict inflicts inflicted inflicting wreak wreaked".split())
"""Verbs by which a blast does damage."""
PLACED = frozenset("placed planted left hidden put laid buried thrown hurled lobbed tossed set attached".split())
"""What was done with a bomb before it went off."""
THROWN = PLACED - frozenset("left hidden put laid set attached".split())
"""What is done with a bomb only to hit something."""
HELP = frozenset("support backing assistance aid help training".split())
"""What one side gives another in its fight."""
HELPING = frozenset(
    "support supports supported supporting back backs backed backing help helps helped helping assist assists assisted assisting "
    "aid aids aided aiding".split()
)
"""Verbs whose object fights its own fight, in which it is helped."""
AIMED_AT = frozenset("target targets object objects objective objectives victim victims scene".split())
"""Nouns that link what is hit with the act: "the target of an attack"."""
BEING = frozenset({"is", "are", "was", "were", "be", "been"})
ABSTRACT = frozenset(
    "freedom expression bureaucracy sovereignty dignity values democracy economy euphoria nation institutions honor honour "
    "others shots round rounds bullets fire missile missiles weapon weapons responsibility people number attack attacks "
    "raid fire time day night morning way place part area areas life lives "
    "death order orders plan plans threat effort efforts peace law laws rule rules right rights policy campaign end one "
    "ones thing things violence war truce talks agreement power control demand demands word words claim claims issue side "
    "dead injured toll violations occasion site scene head back face stomach leg chest arm hand body hopes hope game match "
    "record dawn dusk noon midday midnight daybreak nightfall sunrise sunset hour hours moment moments "
    "afternoon type types "
    "kind kinds sort sorts form forms assistance brakes "
    "munition munitions bomb bombs missile missiles rocket rockets shell shells round rounds grenade grenades shot shots "
    "bullet bullets salvo salvos volley volleys support counterattack counterattacks assault assaults sortie sorties".split()
)
"""Nouns that no act of violence hits as a thing; what is fired is none either."""
INCLUDING = frozenset({"include", "includes", "included"})
"""Verbs that give one by one what a noun before them sums up."""
BLOWS = frozenset(
    "attack attacks strike strikes airstrike airstrikes raid raids sortie sorties bombing bombings assault assaults".split()
)
"""Nouns of what is carried out against somebody."""
MUNITIONS = frozenset("munitions bomb bombs missile missiles rocket rockets shells grenade grenades weapon weapons".split())
"""What is fired, and what a strike may hit as well."""
CHARGING = frozenset(
    "arrest arrests detention capture trial prosecution conviction indictment imprisonment sentencing extradition".split()
)
"""What is done to people for an act: their deed follows with "for"."""
BLAMING = frozenset("blame blames blamed blaming accuse accuses accused accusing hold holds held".split())
"""Verbs whose object is said to have done what "for" or "of" names."""
ATTRIBUTING = frozenset("blamed attribute attributes attributed attributing pinned".split())
"""Verbs that lay an act at the door of whoever follows "on" or "to"."""
HELD_TO_BE = frozenset({"responsible", "behind", "involved", "implicated", "guilty"})
"""What links a doer with his act: "soldiers are responsible for the killing", "those involved in the murder"."""
SEEING = frozenset({"see", "sees", "saw", "seen", "seeing", "leave", "leaves", "left", "leaving"})
"""Verbs with a participle of what was done to somebody: "clashes that left two men wounded"."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Tags of verbs that no infinitive is coordinated with."""
DYING = frozenset({"drown", "suffocate", "choke", "burn", "starve"})
"""Verbs whose subject dies where they have no object."""
REPRESENTING = frozenset("representatives delegates envoys negotiators delegations emissaries".split())
"""Those who sign and talk for the sides named behind them ("representatives of the government and the rebels")."""
TELLERS = frozenset({"state", "government", "media_wing", "party"})


@dataclass
class Roles:
    """Who acts, on whom, and through which grammar it was read."""

    actors: list[FoundActor] = field(default_factory=list)
    targets: list[FoundActor] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    mutual: bool = False


def wields(found: FoundAct, token: Token) -> bool:
    """True for the weapon that an act is done with, which it does not hit: "fired rifles at the car"."""
    tool = found.instrument
    return tool is not None and bool(found.act.preps) and tool.start <= token.start < tool.end


class RoleReader:
    """Reads roles in one parsed report."""

    def __init__(self, parse: Parse, discourse: Discourse) -> None:
        self.parse, self.discourse = parse, discourse

    def read(self, found: FoundAct) -> Roles:
        """Actors and targets of one act; empty lists where the text does not say."""
        roles = Roles()
        head = self.parse.tokens[found.head]
        if found.nominal:
            self.noun(head, found, roles)
        else:
            self.verb(head, found, roles)
        roles.targets = [t for t in roles.targets if all(t.first != a.first for a in roles.actors) or roles.mutual]
        return roles

    # Verbs

    def verb(self, head: Token, found: FoundAct, roles: Roles) -> None:
        frame, passive = found.act.frame, self.is_passive(head)
        if head.tag == "VBN" and head.dep in BESIDE_NUMBER and head.head.lower in LOSING and not head.kids("dobj", "nsubj"):
            roles.targets = self.resolve_all(self.subject(head.head))
            roles.rules.append("roles:losing")
            return
        objects = [] if found.act.words[:2] == ("agree", "to") else self.objects(head, found)  # "agreed to pull back forces"
        if found.act.type == "killing" and found.act.words[0] in FINDING:
            roles.targets = objects
            roles.rules.append("roles:found-dead")
            return  # who finds the dead did not kill them
        subjects = self.resolve_all(self.subject(head))
        if passive:
            agents = self.agents(head)
            patients = subjects
            if frame in ("agent_target", "speech", "agent_only", "mover", "mutual"):
                roles.actors, roles.targets = agents, patients or objects
            elif frame == "target_subject":
                roles.actors, roles.targets = agents, patients
            else:
                roles.actors, roles.targets = agents if frame == "blast" else [], objects
            roles.rules.append("roles:passive")
            return
        if frame == "mutual":
            others = objects or self.behind(head, ("with", "against", "between")) or self.behind_noun(head)
            roles.mutual = True
            roles.actors, roles.targets = subjects, others
            if not others and len(subjects) > 1:
                roles.targets = subjects[1:] + subjects[:1]
            roles.rules.append("roles:mutual")
        elif frame == "target_subject":
            roles.targets = subjects
            roles.actors = self.behind(head, ("by", "from", "to")) or self.agents(head)
            roles.rules.append("roles:subject-suffers")
        elif frame == "blast":
            roles.targets = objects or self.behind(head, found.act.preps) or self.site(head, self.subject(head))
            roles.actors = [s for s in subjects if s.armed] or self.placers(self.subject(head))
            roles.rules.append("roles:blast")
        elif found.act.words[0] in DYING and not head.kids("dobj"):
            roles.targets = subjects
            roles.rules.append("roles:subject-dies")
        else:
            roles.actors, roles.targets = subjects, objects
            roles.rules.append("roles:active")
        if head.lower in DESTROYING and roles.targets:
            roles.targets = self.with_things(head, found, roles.targets)

    def with_things(self, verb: Token, found: FoundAct, targets: list[FoundActor]) -> list[FoundActor]:
        """What is hit with all things listed beside it: "strikes engaged a tactical unit, two loaders, and a supply cache"."""
        listed = [token for c in verb.kids("dobj") for token in self.listed_through(c) if token.i not in found.words]
        known = {target.head for target in targets}
        untold = ABSTRACT - MUNITIONS
        people = [t for t in listed if self.discourse.at(t.i) is not None or t.lower.removesuffix("s") in ROLE_WORDS]
        nouns = [t for t in listed if t.tag in ("NN", "NNS") and not t.ent and t.lower not in untold]
        things = [noun for noun in nouns if noun.i not in known and noun not in people]
        return [*targets, *(self.facility(thing) for thing in things if all(not t.first <= thing.i <= t.last for t in targets))]

    def listed_through(self, first: Token) -> list[Token]:
        """A noun and all nouns that hang on it as a list, whether the parse joins them or sets them in apposition."""
        found, waiting = [], [first]
        while waiting:
            token = waiting.pop(0)
            found.append(token)
            waiting += [kid for kid in token.kids("conj", "appos") if kid.is_noun]
        pair = len(found) == 2 and (found[1].dep == "conj" or found[1].child("det", "nummod") is not None)
        return found if pair or len(found) > 2 else []

    def site(self, verb: Token, bomb: Token | None) -> list[FoundActor]:
        """The thing a blast was meant for: what the verb, or the placing of the bomb told beside it, sets near it."""
        placing = [c for c in bomb.kids("acl", "relcl") if c.lower in PLACED] if bomb is not None else []
        for holder in (*placing, verb):
            for child in holder.kids("prep"):
                noun = child.child("pobj") if child.lower in SITE_PREPOSITIONS else None
                if noun is not None and noun.lower in PARTS:
                    noun = self.under_of(noun)
                if noun is not None and noun.lower in FACILITY - OPEN_GROUND:
                    return [self.facility(part) for part in (noun, *noun.conjuncts()) if part.lower in FACILITY]
        return []

    def placers(self, bomb: Token | None) -> list[FoundActor]:
        """Those who placed the bomb that went off: "a bomb planted by rebels exploded"."""
        if bomb is None:
            return []
        return [actor for c in bomb.kids("acl", "relcl") if c.lower in PLACED for actor in self.agents(c)]

    def is_passive(self, verb: Token) -> bool:
        if any(child.dep in ("auxpass", "nsubjpass", "agent") and child.text != "IS" for child in verb.children):
            return True
        if self.parse.is_participle_of_heading(verb):
            return True
        if verb.dep == "ccomp" and verb.head.lower in SEEING and verb.i > verb.head.i and not verb.kids("aux", "dobj", "mark"):
            return verb.tag in ("VBN", "VBD")  # "fighting that saw ten soldiers killed"
        if verb.tag != "VBN" or verb.kids("aux"):
            return False
        if verb.dep in ("oprd", "xcomp", "ccomp", "acomp"):  # "were reported killed"
            return verb.head.child("auxpass") is not None and verb.child("nsubj") is None
        if verb.dep == "conj" and verb.head.tag == "VBN" and not verb.kids("dobj"):
            return self.is_passive(verb.head)  # "one was killed and another wounded"
        return verb.dep in ("acl", "amod")

    def subject(self, verb: Token) -> Token | None:
        """The subject token of a verb, followed through coordination, participles, infinitives and relative clauses."""
        seen, current = 0, verb
        while seen < 6:
            seen += 1
            own = self.own_subject(current)
            if own is not None:
                return self.antecedent(own, current)
            swallowed = next(
                (c for c in current.kids("aux", "auxpass") if c.text.isupper() and self.discourse.at(c.i) is not None), None
            )
            if swallowed is not None:
                return swallowed
            if current.dep in ("conj", "xcomp", "advcl", "pcomp", "ccomp") and current.head.i != current.i:
                if current.dep in ("ccomp", "pcomp") and current.tag not in ("VBG", "VBN", "VB"):
                    return None
                above = current.head
                if current.tag in FINITE and current.dep == "conj":
                    finite = (higher for higher in current.ancestors() if higher.is_verb and higher.tag != "VB")
                    above = above if above.tag != "VB" else next(finite, above)
                if above is not current.head and above.child("nsubj", "nsubjpass") is not None:
                    current = above
                    continue
                if current.dep == "advcl" and above.dep == "ccomp" and self.quote_between(above.i, current.i):
                    above = above.head
                if current.dep == "xcomp" and (controller := above.child("dobj")) is not None:
                    return controller
                if (
                    current.dep == "pcomp"
                    and above.lower in ("of", "for", "from")
                    and (controller := above.head.child("dobj", "nsubjpass") or self.under_of_noun(above.head)) is not None
                ):
                    return controller
                while above.dep in ("prep", "acomp") and above.head.i != above.i:
                    above = above.head
                if above.is_noun:
                    return above
                current = above
                continue
            if current.dep == "acl" and current.head.is_noun:
                return current.head
            if current.dep == "relcl":
                return current.head
            if current.dep in ("acomp", "oprd") and current is not verb and current.head.is_verb:
                current = current.head
                continue
            return None
        return None

    def own_subject(self, verb: Token) -> Token | None:
        """The subject among the children of a verb; the place in front of it is none ("Near Mosul, two strikes hit")."""
        found = verb.kids("nsubj", "nsubjpass", "csubj")
        if len(found) > 1 and found[0].subtree()[0].lower in ("near", "in", "at", "outside"):
            return found[1]
        return found[0] if found else None

    def under_of_noun(self, token: Token) -> Token | None:
        """Who is charged in "the arrest of soldiers for killing farmers"."""
        return self.under_of(token) if token.is_noun and token.lower in CHARGING else None

    def quote_between(self, first: int, last: int) -> bool:
        """True if a quotation ends between two tokens: what follows it belongs to the one who quotes."""
        return any(self.parse.tokens[i].text in ("”", '"', "''") for i in range(first, last))

    def antecedent(self, token: Token, verb: Token) -> Token:
        if token.lower in RELATIVE and verb.dep == "relcl":
            return verb.head
        if token.lower in RELATIVE:
            for head in verb.ancestors():
                if head.dep == "relcl":
                    return head.head
                if head.is_noun:
                    return head
        return token

    def agents(self, verb: Token) -> list[FoundActor]:
        for child in verb.children:
            if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
                return self.resolve_all(child.child("pobj"))
        return []

    def objects(self, verb: Token, found: FoundAct) -> list[FoundActor]:
        trigger = found.words or tuple(range(found.first, found.last + 1))
        targets: list[FoundActor] = []
        direct = [c for c in verb.children if c.dep in ("dobj", "dative") and c.i not in trigger and not wields(found, c)]
        for token in direct:
            if token.lower in RELATIVE and verb.dep == "relcl":
                token = verb.head
            targets.extend(self.resolve_all(token))
        if (
            not direct
            and verb.dep == "relcl"
            and verb.child("nsubj") is not None
            and verb.child("dobj") is None
            and not found.act.preps
        ):
            if verb.child("nsubj") is not None and verb.child("nsubj").lower not in RELATIVE:  # type: ignore[union-attr]
                targets.extend(self.resolve_all(verb.head))
        if not targets and found.act.preps:
            targets.extend(self.against_below(trigger) or self.behind(verb, found.act.preps, trigger))
        if targets:
            told = [self.parse.tokens[i] for i in trigger[1:]]
            things = [self.facility(t) for t in told if t.dep == "dobj" and t.lower in FACILITY]
            return [thing for thing in things if all(thing.first != t.first for t in targets)] + targets
        for i in trigger[1:]:
            token = self.parse.tokens[i]
            if token.is_noun and token.dep in ("dobj", "pobj"):
                targets.extend(self.resolve_all(self.under_of(token)) or self.resolve_all(token))
            targets.extend(self.resolve_all(token.child("pobj")))
        return targets

    def against_below(self, trigger: Sequence[int]) -> list[FoundActor]:
        """Whom the noun of a strike is against, also where the parse hangs it lower: "strikes using aircraft against X"."""
        for i in trigger[1:]:
            noun = self.parse.tokens[i]
            for below in noun.subtree() if noun.lower in BLOWS else ():
                against = below.child("pobj") if below.lower == "against" and below.dep == "prep" else None
                if against is not None:
                    return self.resolve_all(against) or [self.facility(against)]
        return []

    def behind(self, token: Token, preps: object, trigger: Sequence[int] = ()) -> list[FoundActor]:
        """Actors in prepositional phrases on ``token`` or on the words of its trigger."""
        wanted = set(preps)  # type: ignore[call-overload]
        holders = [token] + [self.parse.tokens[i] for i in trigger if i != token.i]
        holders += [child for child in token.children if child.dep in ("npadvmod", "advmod", "prt")]
        for holder in holders:
            for child in holder.children:
                if child.dep in ("prep", "prt", "dative") and child.lower in wanted:
                    noun = child.child("pobj") or ((clause := child.child("pcomp")) and clause.child("nsubj"))
                    if noun is not None and (actors := self.resolve_all(noun)):
                        return actors
                    inner = child.child("prep")
                    if inner is not None and (noun := inner.child("pobj")) is not None and (actors := self.resolve_all(noun)):
                        return actors
        return []

    def behind_noun(self, verb: Token) -> list[FoundActor]:
        """The other side in "engaged in a three-day battle with X"."""
        for child in verb.children:
            noun = child.child("pobj") if child.dep == "prep" and child.lower in ("in", "into") else None
            if noun is not None and (actors := self.behind(noun, ("with", "against"))):
                return actors
        return []

    # Nouns

    def noun(self, head: Token, found: FoundAct, roles: Roles) -> None:
        if self.thrown(head, roles):
            return
        frame = found.act.frame
        helped = self.resolve_all(self.helped(head))
        if helped:
            roles.rules.append("roles:helped")
        owner = helped or self.resolve_all(head.child("poss"))
        premodifiers = self.premodifiers(head, found)
        by = self.noun_agents(head)
        between = self.behind(head, ("between", "among") if frame != "event_of_target" else ("between",))
        if not between and head.dep in ("nsubj", "nsubjpass") and frame == "mutual_event":
            between = self.behind(head.head, ("between", "among"))
        against = self.behind(head, tuple(found.act.preps) or ("of", "on", "against", "at"))
        if not against:
            against = self.behind(head, ("against", "on", "targeting"))
        if not against and head.dep == "nsubj" and head.head.is_verb:
            against = self.aimed_against(head.head)
        if not against and head.dep == "dobj" and head.head.lower in AGENT_LIGHT:
            against = self.behind(head.head, ("against",))  # "stepped up its offensive against the rebels"
        if frame == "mutual_event" or between:
            roles.mutual = True
            sides = between or by or owner or premodifiers
            others = self.behind(head, ("with", "against"))
            roles.actors, roles.targets = sides, others or sides[1:]
            if not sides and not others:
                roles.actors = []
            roles.rules.append("roles:nominal-mutual")
        elif frame == "event_of_target":
            roles.actors = by
            suffering = self.behind(head, ("of",)) or self.behind(head, ("among",) if head.tag == "NN" else ("among", "on"))
            roles.targets = suffering or owner or premodifiers or self.shared_target(head)
            roles.rules.append("roles:nominal-of-target")
        else:
            roles.actors = by or owner or premodifiers
            roles.targets = against
            roles.rules.append("roles:nominal")
        self.light_verb(head, roles)
        if not roles.targets and head.dep == "nsubj":
            roles.targets = self.damaged(head.head)
        if not roles.targets and head.dep == "pobj" and head.head.head.lower in AIMED_AT:
            roles.targets = self.aimed_at(head.head.head)
        if not roles.actors and not roles.mutual:
            self.held_to_be(head, roles)
        if roles.mutual and not helped and len(roles.actors) + len(roles.targets) == 1:
            self.teller_side(head, roles)

    def aimed_against(self, verb: Token) -> list[FoundActor]:
        """Whom a strike is against by its verb: "strikes delivered bombs against X targets, which include two tunnels"."""
        for child in (kid for holder in (verb, *verb.kids("dobj")) for kid in holder.kids("prep")):
            noun = child.child("pobj") if child.lower == "against" else None
            if noun is None:
                continue
            found = self.resolve_all(noun) or ([self.facility(noun)] if noun.lower in ("target", "targets") else [])
            listed = [
                token
                for rel in noun.kids("relcl")
                if rel.lower in INCLUDING
                for one in rel.kids("dobj")
                for token in self.listed_through(one)
            ]
            return [*found, *(self.resolve(token) or self.facility(token) for token in listed)] if found else []
        return []

    def thrown(self, weapon: Token, roles: Roles) -> bool:
        """Reads who threw or placed a weapon at what: "firebombs were hurled at a temple by students"."""
        verb = weapon.head
        if weapon.dep != "nsubjpass" or verb.lower not in THROWN:
            return False
        roles.actors = self.agents(verb)
        roles.targets = self.behind(verb, ("at", "into", "against")) or self.site(verb, weapon)
        roles.rules.append("roles:thrown")
        return True

    def helped(self, noun: Token) -> Token | None:
        """Whose fight it is where somebody helps in it: X in "support for X in their fight against Y", "helps X in the fight"."""
        owner = noun.child("poss")
        if noun.dep != "pobj" or noun.head.lower != "in" or (owner is not None and owner.lower not in ("its", "their")):
            return None
        for above in list(noun.ancestors())[1:5]:
            thing = above.child("dobj", "xcomp") if above.is_verb else above
            if thing is not None and thing.is_noun and thing.lower in HELP:
                behind = (child for child in thing.kids("prep") if child.lower in ("of", "for", "to"))
                return next((helped for child in behind if (helped := child.child("pobj")) is not None), None)
            if above.is_verb:
                helps = above.lower in HELPING and not self.is_passive(above) and thing is not None and thing.is_noun
                return thing if helps else None
        return None

    def aimed_at(self, target: Token) -> list[FoundActor]:
        """What is called the target of an act: "the residence was the target of an attack"."""
        verb = target.head
        if target.dep != "attr" or verb.lower not in BEING or self.denied(verb):
            return []
        return self.resolve_all(self.subject(verb))

    def damaged(self, verb: Token) -> list[FoundActor]:
        """What a blast does damage to: "the explosion caused heavy damage to the school"."""
        harm = verb.child("dobj") if verb.lower in CAUSING else None
        if harm is None or harm.lower not in ("damage", "damages", "destruction"):
            return []
        to = next((kid for kid in (*harm.kids("prep"), *verb.kids("prep", "dative")) if kid.lower == "to"), None)
        noun = to.child("pobj") if to is not None else None
        return [
            thing for thing in self.resolve_all(noun) if thing.actor.kind in ("facility", "class", "office", "company", "media")
        ]

    def shared_target(self, head: Token) -> list[FoundActor]:
        """Whom two joined nouns share, and what stands behind a date: "the kidnapping and killing on 3 May of a nurse"."""
        joined = [head, *head.kids("conj")] + ([head.head] if head.dep == "conj" else [])
        for noun in joined[1:]:
            if noun.is_noun and (found := self.behind(noun, ("of",))):
                return found
        for noun in (*joined, head.head):
            for child in noun.kids("prep"):
                date = child.child("pobj")
                if child.i > head.i and date is not None and date.ent == "DATE" and (found := self.behind(date, ("of",))):
                    return found
        return []

    def teller_side(self, head: Token, roles: Roles) -> None:
        """One side is named by "with"; the other is whoever tells of his own clash ("the group confirmed a clash with X")."""
        for above in head.ancestors():
            if above.is_verb:
                side = [actor for actor in self.resolve_all(self.subject(above)) if actor.armed or actor.actor.kind in TELLERS]
                known = roles.actors or roles.targets
                if side and all(s.actor.name != k.actor.name for s in side for k in known):
                    roles.actors, roles.targets = side, known
                    roles.rules.append("roles:teller-is-side")
                return

    def noun_agents(self, head: Token) -> list[FoundActor]:
        for child in head.children:
            if child.dep in ("prep", "agent") and child.lower in ("by", "from") and child.i > head.i:
                noun = child.child("pobj")
                if noun is not None and (actors := self.resolve_all(noun)):
                    return actors
            if child.dep == "acl" and child.tag == "VBN" and (actors := self.agents(child)):
                return actors
            if child.dep == "relcl" and child.lower in AGENT_LIGHT | CLAIMING and (actors := self.agents(child)):
                return actors
        return []

    def premodifiers(self, head: Token, found: FoundAct) -> list[FoundActor]:
        """Actor names that stand before the noun as adjectives ("a Taliban attack", "army shelling")."""
        actors: list[FoundActor] = []
        for child in head.children:
            if child.dep in ("compound", "amod", "nmod") and child.i < found.first:
                mention = self.discourse.at(child.i)
                if mention is not None and mention.actor.kind not in ("person", "media"):
                    actors.append(self.discourse.resolve(mention))
                elif mention is None and self.deed_of_state(head, found) and (state := self.discourse.state(child)) is not None:
                    actors.append(state)
        return actors

    @staticmethod
    def deed_of_state(head: Token, found: FoundAct) -> bool:
        """True for acts whose adjective names the doer: "an Israeli strike", "Turkish shelling"."""
        return found.act.type in DEEDS_OF_STATES or (found.act.type == "attack" and head.lower in ("strike", "strikes"))

    def held_to_be(self, head: Token, roles: Roles) -> None:
        """Whoever is said to have done a nominal act: blamed or accused, responsible for it, involved in it, or behind it."""
        above, link = head.head, head.head.head
        found: list[FoundActor] = []
        if head.dep == "pobj" and above.lower == "behind":
            found = self.doer_of(above)
        elif head.dep == "pobj" and above.lower in ("for", "of", "in") and link.lower in HELD_TO_BE:
            found = self.doer_of(link)
        elif head.dep == "pobj" and above.lower in ("for", "of") and link.lower in BLAMING and not self.denied(link):
            found = self.resolve_all(link.child("nsubjpass" if self.is_passive(link) else "dobj"))
        elif head.dep in ("nsubjpass", "dobj") and above.lower in ATTRIBUTING and not self.denied(above):
            found = self.behind(above, ("on", "to"))
        taken = {target.first for target in roles.targets}
        doers = [doer for doer in found if doer.first not in taken]
        if doers:
            roles.actors = [replace(d, actor=d.actor.model_copy(update={"basis": "inferred"})) for d in doers]
            roles.rules.append("roles:held-responsible")

    def doer_of(self, link: Token) -> list[FoundActor]:
        """Who is said to be responsible for an act, or behind it, in a plain statement, or the noun it stands with."""
        verb = link.head
        if verb.lower in BLAMING and not self.denied(verb):
            return self.resolve_all(link.child("nsubj") or verb.child("dobj"))
        if link.dep in ("amod", "acl") and verb.is_noun:
            return self.resolve_all(verb)
        if link.dep == "prep" and verb.is_noun:
            return []
        if verb.lower not in BEING or self.denied(verb) or any(c.lower in ("if", "whether", "not") for c in verb.children):
            return []
        return self.resolve_all(self.subject(verb))

    def denied(self, verb: Token) -> bool:
        return any(child.dep == "neg" for child in verb.children)

    def light_verb(self, head: Token, roles: Roles) -> None:
        """The subject of the verb that carries a nominal act acts or suffers."""
        token = below = head
        while token.dep in ("conj", "pobj", "prep", "pcomp") and token.head.i != token.i and not token.is_verb:
            if token.dep == "pobj" and token.head.lower not in ("of", "in", "under", "out", "to", "for", "on", "with"):
                return
            token, below = token.head, token
        verb = token if token.is_verb else token.head
        if not verb.is_verb or (
            token.dep not in ("dobj", "pobj", "prep", "pcomp", "conj", "nsubjpass", "attr", "prt") and token is not verb
        ):
            return
        if verb.child("oprd") is not None or any(kid.i > head.i for kid in head.kids("dobj", "oprd", "attr", "acomp")):
            return  # "called the attack a crime"
        if token.dep == "nsubjpass":
            if not roles.actors and verb.lower in AGENT_LIGHT | CLAIMING:
                roles.actors = self.agents(verb)
                roles.rules.append("roles:light-passive")
            return
        if verb.lower in REPLYING and below.lower != "with":
            return
        if verb.lower in (AGENT_LIGHT | CLAIMING) - BLAMING and not self.is_passive(verb):
            subjects = self.resolve_all(self.subject(verb))
            if roles.mutual:
                known = {a.first for a in roles.actors}
                roles.actors = roles.actors or subjects
                roles.targets = roles.targets or [a for a in self.behind(head, ("with", "against")) if a.first not in known]
            elif not roles.actors:
                roles.actors = [s for s in subjects if all(s.first != t.first for t in roles.targets)]
            roles.rules.append(f"roles:light:{verb.lower}")
        elif verb.lower in TARGET_LIGHT and not roles.targets:
            roles.targets = self.resolve_all(self.subject(verb))
            roles.rules.append(f"roles:suffering:{verb.lower}")

    # Tokens to actors

    def resolve_all(self, token: Token | None) -> list[FoundActor]:
        """The actors a noun phrase names, with all members of a coordination."""
        if token is None:
            return []
        found: list[FoundActor] = []
        parts = self.members(token)
        for part in list(parts):
            if part.lower in REPRESENTING and (sent := self.under_of(part)) is not None and sent not in parts:
                parts[parts.index(part) : parts.index(part) + 1] = [sent, *sent.conjuncts()]
        for part in parts:
            actor = self.resolve(part)
            if actor is not None and all(actor.first != other.first for other in found):
                found.append(actor)
        return found

    def members(self, token: Token) -> list[Token]:
        """A noun phrase and all that is listed with it, also where the parse breaks the list up.

        Long lists are often parsed as several subjects or objects of one verb, as nouns joined to the verb itself, or as
        things in apposition to each other: "attacked the residence, the hotel, a bank, and the council".
        """
        parts = [token, *token.conjuncts(), *self.listed(token)]
        parts += [name for part in parts for one in (part, *part.kids("appos")) for name in self.persons_beside(one)]
        verb = token.head
        if token.dep in ("nsubj", "nsubjpass", "dobj") and verb.is_verb:
            before = token.i < verb.i
            for other in verb.children:
                beside = other.dep == token.dep or (other.dep == "conj" and token.dep == "dobj")
                if beside and other.is_noun and other.i > token.i and (other.i < verb.i) == before and self.parted(other):
                    parts += [other, *other.conjuncts()]
        for part in list(parts):
            parts += self.listed_beside(part, len(parts) > 1)
        parts += self.continued(max(parts, key=lambda part: part.i)) if token.dep in ("dobj", "pobj", "conj") else []
        return list(dict.fromkeys(self.whole(part) for part in parts))

    def continued(self, last: Token) -> list[Token]:
        """Things that go on a list where the parse lets go of it: "attacks on the mayor's house, the bank, and a school".

        Only where each stands right behind a comma and "and" comes before the last.
        """
        found: list[Token] = []
        tokens, end = self.parse.tokens, last.subtree()[-1].i
        while last.lower in FACILITY and end + 2 < len(tokens) and tokens[end + 1].text == ",":
            closes = tokens[end + 2].lower == "and"
            start = end + 2 + closes
            noun = next((t for t in tokens[start : start + 8] if t.is_noun and t.subtree()[0].i == start), None)
            if noun is None or noun.dep in ("nsubj", "nsubjpass") or noun.sent != last.sent:
                return []
            if noun.lower in FACILITY or ((named := self.discourse.at(noun.i)) is not None and named.actor.kind == "office"):
                found.append(noun)
            if closes:
                return found
            end = next((t.i - 1 for t in tokens[noun.i + 1 : noun.i + 12] if t.text == ","), len(tokens))
        return []

    def persons_beside(self, part: Token) -> list[Token]:
        """Persons by name whom the parse hangs on a place or a preposition behind people.

        "Ana Ruiz of Lima and Jorge Paz of Cuzco", "two nurses together with Ana Ruiz", "four clerks, including Ana Ruiz".
        """
        found: list[Token] = []
        for child in part.kids("prep"):
            noun = child.child("pobj")
            if noun is None or child.i < part.i:
                continue
            with_them = child.lower == "including" or (child.lower in ("with", "as") and child.child("advmod") is not None)
            if child.lower == "with" and self.parse.tokens[child.i - 1].lower in ("together", "along"):
                with_them = True
            if with_them or (part.ent == "PERSON" and noun.ent in ("GPE", "LOC")):
                names = [noun, *noun.conjuncts()] if with_them else noun.conjuncts()
                found += [name for name in names if name.ent == "PERSON"]
        return found

    def listed_beside(self, part: Token, joined: bool) -> list[Token]:
        """Members of a list that hang as appositions on one before them: things on a thing, several people on one."""
        beside = part.child("appos")
        if beside is None or not (joined or beside.child("conj")):
            return []
        if beside.ent == "PERSON" and part.tag == "NN":  # "the nurse Marta Salcedo, four clerks, and two drivers"
            return [*self.listed_beside(beside, joined=True), *beside.conjuncts()]
        things = part.lower in FACILITY and beside.lower in FACILITY
        several = part.tag in ("NN", "NNP") and beside.tag == "NNS" and bool(beside.kids("nummod"))
        return [beside, *beside.conjuncts()] if things or several else []

    def whole(self, part: Token) -> Token:
        """The thing a part belongs to: the vehicle in "the roof of the vehicle"; anything else is its own whole."""
        joined = (part, *part.conjuncts()) if part.lower in PARTS else ()
        thing = next((whole for one in joined if (whole := self.under_of(one)) is not None), None)
        return thing if thing is not None and thing.lower in FACILITY else part

    def parted(self, token: Token) -> bool:
        """True where a comma, a dash or "and" stands right before the phrase of a noun."""
        first = token.subtree()[0].i
        return first > 0 and self.parse.tokens[first - 1].text in (",", ";", "and", "-", "--", "–", "—")

    def listed(self, token: Token) -> list[Token]:
        """The names or things given one by one beside a number of people or things: "two guards, X and Y"."""
        gathered = self.under_of(token) if token.tag == "CD" and token.child("appos") is None else None
        token = gathered or token
        beside = token.child("appos")
        if beside is None or (token.tag not in ("NNS", "NNPS", "CD") and not token.kids("nummod")):
            return []
        named = [part for part in (beside, *beside.conjuncts()) if part.ent == "PERSON" or part.lower in FACILITY]
        return named if len(named) > 1 else []

    def resolve(self, token: Token, depth: int = 0) -> FoundActor | None:
        word = token.lower
        if any(child.dep == "det" and child.lower in ("no", "neither") for child in token.children):
            return None
        if word in SINGULAR_PERSON or word in PLURAL or word in THING:
            return self.discourse.pronoun(token)
        if is_first_person(token):
            return None
        mention = self.discourse.at(token.i)
        full_name = mention is not None and mention.actor.kind == "person" and mention.first != mention.last
        unlisted = mention is not None and mention.actor.id is None and not full_name
        if unlisted and (metonym := self.discourse.metonym(token)) is not None:
            return metonym
        if mention is not None and mention.generic and word in GATHERINGS and depth < 3:
            people = self.under_of(token)
            if people is not None and (inside := self.resolve(people, depth + 1)) is not None:
                return inside
        if mention is not None:
            if mention.actor.kind == "class" and word in PLATFORM - MANNED and (owner := self.platform_owner(token)) is not None:
                return owner
            if mention.armed and mention.actor.kind == "class" and (owner := self.own_fighters(token, mention)) is not None:
                return owner
            if mention.actor.kind == "class" and (named := self.called(token)) is not None and named.actor.kind != "class":
                return named
            return self.discourse.resolve(mention)
        if word in QUANTITIES or token.tag == "CD" or word in ("one", "both", "members"):
            inner = self.under_of(token)
            if inner is not None and depth < 3:
                return self.resolve(inner, depth + 1)
        if (metonym := self.discourse.metonym(token)) is not None and (
            token.dep in ("nsubj", "nsubjpass", "agent", "poss") or (token.dep == "dobj" and token.head.lower in ADDRESSED)
        ):
            return metonym
        if (named := self.called(token)) is not None:
            return named
        if word in ROLE_WORDS:
            return self.facility(token)
        if word in PLATFORM and (owner := self.platform_owner(token)) is not None:
            return owner
        if word in FACILITY or (token.tag in ("NN", "NNS") and word.endswith(PEOPLE_ENDINGS) and word not in NO_PEOPLE):
            return self.facility(token)
        return None

    def own_fighters(self, token: Token, mention: FoundActor) -> FoundActor | None:
        """The group or state in "its fighters", "four of their suicide bombers"."""
        owner = token.child("poss")
        if owner is None or owner.lower not in ("its", "their"):
            return None
        group = self.discourse.pronoun(owner)
        if group is not None and group.actor.kind == "state" and mention.group == "armed_group":
            group = self.discourse.nearest_armed(mention.first, named=True) or group
        if group is None or group.actor.kind not in ("armed_group", "militia", "state", "military", "international_force"):
            return None
        span = {"text": mention.actor.text, "start": mention.actor.start, "end": mention.actor.end}
        return replace(
            group,
            actor=group.actor.model_copy(update=span),
            first=mention.first,
            last=mention.last,
            head=mention.head,
            armed=True,
            group=group.group or mention.group,
        )

    def thing_hit(self, head: Token, found: FoundAct) -> list[FoundActor]:
        """What an act of violence hits where it is no actor: the object of the verb, or what stands after "on" or "against"."""
        words = found.words or (found.head,)
        objects = [c for c in head.children if c.dep == ("nsubjpass" if self.is_passive(head) else "dobj") and c.i not in words]
        if found.nominal or not objects:
            preps = set(found.act.preps) | {"on", "against", "at"}
            objects = [
                noun for c in head.children if c.dep == "prep" and c.lower in preps and (noun := c.child("pobj")) is not None
            ]
        things = [self.whole(part) for token in objects for part in (token, *token.conjuncts())]
        things = [thing for thing in things if thing.tag in ("NN", "NNS") and thing.ent == "" and thing.lower not in ABSTRACT]
        return [self.discourse.resolve(m) if (m := self.discourse.at(t.i)) is not None else self.facility(t) for t in things]

    def called(self, token: Token) -> FoundActor | None:
        """The name given with a noun that says little: "the regional affiliate, known as X", or an apposition."""
        for child in token.children:
            if child.dep == "appos" and (mention := self.discourse.at(child.i)) is not None:
                return self.discourse.resolve(mention)
            if child.dep in ("acl", "relcl") and child.lower in ("known", "called", "dubbed", "named", "referred", "calling"):
                for inner in child.subtree():
                    mention = self.discourse.at(inner.i)
                    if mention is not None and mention.actor.kind not in ("person", "state", "community"):
                        return self.discourse.resolve(mention)
        if token.lower in (
            "affiliate",
            "branch",
            "wing",
            "arm",
            "faction",
            "chapter",
            "offshoot",
            "leader",
            "leaders",
            "leadership",
        ):
            for child in token.children:
                if child.dep in ("poss", "compound", "nmod", "amod") and (mention := self.discourse.at(child.i)) is not None:
                    return self.discourse.resolve(mention)
        return None

    def platform_owner(self, token: Token) -> FoundActor | None:
        """ "Israeli helicopters", "a Turkish gunboat": the state or group whose weapon acts."""
        for child in token.children:
            if child.dep in ("amod", "compound", "nmod", "poss"):
                mention = self.discourse.at(child.i)
                if mention is not None and mention.actor.kind not in ("person", "class", "community"):
                    return self.discourse.resolve(mention)
                if mention is not None and mention.actor.kind == "class" and self.parse.tokens[mention.last].lower in UNION_NOUNS:
                    return self.discourse.resolve(mention)
                state = self.discourse.state(child)
                if state is not None:
                    return state
            if child.dep == "prep" and child.lower in ("by", "from") and (noun := child.child("pobj")) is not None:
                mention = self.discourse.at(noun.i)
                if mention is not None and (mention.armed or mention.actor.kind in ("state", "government")):
                    return self.discourse.resolve(mention)
        return None

    def under_of(self, token: Token) -> Token | None:
        for child in token.children:
            if child.dep == "prep" and child.lower in ("of", "from"):
                return child.child("pobj")
        return None

    def facility_edge(self, token: Token) -> int:
        """The first token of a thing's name; both halves of a hyphened word before it belong to it ("a six-floor building")."""
        tokens, first = self.parse.tokens, token.i
        while first > 0:
            before = tokens[first - 1]
            spaced = tokens[first - 2].end != before.start or before.end != tokens[first].start
            hyphened = before.text == "-" and first > 1 and not spaced
            numbered = before.dep == "nummod" and first > 1 and tokens[first - 2].dep in ("compound", "nmod")
            inside = first <= before.head.i <= token.i
            if hyphened:
                first -= 2
            elif numbered or (inside and before.dep in ("compound", "amod", "nmod") and before.lower not in VAGUE - KEEP_VAGUE):
                first -= 1
            else:
                break
        return first

    def owned_from(self, token: Token, first: int) -> int:
        """The first token of a thing's name with the name of its owner: "the mayor's office", not "their office"."""
        owner = token.child("poss")
        if owner is None or not owner.is_noun or owner.i > first or owner.ent == "DATE":
            return first
        return min((part.i for part in owner.subtree() if part.dep in ("compound", "amod", "nmod")), default=owner.i)

    def owner_behind(self, token: Token) -> int:
        """The last token of a thing's name with whose it is, where the noun alone says little: "offices of the union"."""
        owner = self.under_of(token) if token.lower in OWNED else None
        return token.i if owner is None or not owner.is_noun or owner.i < token.i else owner.i

    def facility(self, token: Token) -> FoundActor:
        """A thing attacked, as a class mention with the owner named beside it."""
        first = self.facility_edge(token)
        last = self.owner_behind(token)
        armed: bool | None = True if token.lower in ARMED_PLACE else False if token.lower in CIVIL_PLACE else None
        country = None
        for i in range(first, token.i):
            owner = self.discourse.at(i)
            if owner is not None and owner.actor.kind != "community":
                armed, country = (owner.armed if owner.armed is not None else armed), owner.country
            if self.parse.tokens[i].lower in ARMED_OWNERS:
                armed = True
        inner = self.under_of(token)
        if inner is not None and (owner := self.discourse.at(inner.i)) is not None and owner.armed is not None:
            armed = owner.armed
        span = self.parse.span(self.owned_from(token, first), last)
        people = token.lower.removesuffix("s") in ROLE_WORDS or token.lower.endswith(PEOPLE_ENDINGS)
        actor = Actor(
            text=span.text, start=span.start, end=span.end, name=in_one_line(span.text), kind="class" if people else "facility"
        )
        return FoundActor(actor=actor, first=first, last=token.i, head=token.i, armed=armed, country=country)
