"""Reads how actors stand to each other: from plain statements, and from what the claims imply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.knowledge.relations import RelationLexicon, load_relations
from reportedly.knowledge.status import StatusLexicon, load_status
from reportedly.reading.actors import FoundActor
from reportedly.reading.parse import Parse, Token
from reportedly.reading.peace import ENDING_VERBS
from reportedly.reading.reference import is_first_person
from reportedly.reading.relation_words import Statement, WordReader
from reportedly.reading.roles import RoleReader
from reportedly.reading.sides import COLLECTIVE, STATE_KINDS, SideReader
from reportedly.reading.status import FoundStatus, read_status
from reportedly.reading.voices import VoiceReader
from reportedly.records import MUTUAL, Actor, Claim, Relation, RelationKind, RelationStatus, Span, Voice, content_id

if TYPE_CHECKING:
    from reportedly.linking.register import Register

FOLDED: frozenset[RelationKind] = frozenset({"hostile", "truce", "rival", "non_aggression"})
"""Kinds whose sides are states, not their services."""
TOLD_BY_VOICE: frozenset[RelationKind] = frozenset({"proxy_of", "allied", "supplies", "hosts"})
"""Kinds that are only alleged where a voice other than the two sides tells them."""
CIVIC: frozenset[RelationKind] = frozenset({"allied", "part_of", "supplies", "hosts", "spokesperson_of", "media_wing_of"})
"""Kinds in which organisations without arms may stand."""
TRUCE_TYPES = frozenset({"ceasefire", "truce", "peace_agreement"})
HOSTILE_FAMILIES = frozenset({"battle", "threat", "explosion_remote_violence", "violence_against_civilians", "abduction"})
FRIENDLY: frozenset[RelationKind] = frozenset({"allied", "proxy_of", "supplies", "hosts"})
"""Kinds of those between whom there is no truce: whoever negotiated it for his friends is no party."""
TALK_NOUNS = frozenset(
    {
        "talks", "negotiations", "negotiation", "proposal", "proposals", "plan", "plans", "offer", "offers", "effort", "efforts",
        "call", "calls", "bid", "discussions", "process",
    }
)  # fmt: skip
MUTUAL_TYPES = frozenset({"clash", "crowd_clash"})
"""Acts whose actors fight one another; of all others the actors act together."""
FORCE_FAMILIES = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians"})
SEVERAL = frozenset({"both", "each", "separate", "separately", "respectively", "either", "or", "rival", "alike"})
"""Words by which two who do the same do it apart."""
CONTROL_TYPES = frozenset({"territory_taken", "territory_lost"})
FORMER = frozenset({"former", "onetime", "erstwhile", "previous", "then-"})
PAST = frozenset({"formerly", "previously", "once"})
DOUBT = frozenset({"alleged", "reported", "suspected", "so-called", "purported", "allegedly", "reportedly"})
WORTH: dict[RelationStatus, int] = {"ended": 4, "alleged_ended": 3, "current": 2, "alleged": 1, "denied": 0}


@dataclass
class _Reading:
    """One way a relation was read, before the readings of a report are brought together."""

    kind: RelationKind
    a: Actor
    b: Actor
    status: RelationStatus
    chain: tuple[Voice, ...]
    evidence: Span
    rule: str
    pair: tuple[str, str]
    """What tells the two sides from others in this report."""
    claims: tuple[str, ...] = ()


def find_relations(
    parse: Parse,
    report_id: str,
    claims: Sequence[Claim],
    actors: Sequence[FoundActor],
    voices: VoiceReader,
    roles: RoleReader,
    register: Register,
    lexicon: RelationLexicon | None = None,
    statuses: StatusLexicon | None = None,
    issuer: str | None = None,
) -> list[Relation]:
    """Every relation told or implied, each pair and kind once, with the words it was read from.

    A denial by another voice stands beside what it denies. Sides that are services of a state are read as that state where
    they are hostile, rivals or under a truce. ``issuer`` is the name of who published the report: "we" of its own words.
    ``None`` stands for the words of the setting's layers, and for an unknown publisher.
    """
    words = (lexicon or load_relations(), statuses or load_status())
    reader = _RelationReader(parse, voices, roles, register, words, issuer)
    for statement in reader.words.read():
        reader.told(statement)
    for claim in claims:
        reader.implied(claim)
        reader.together(claim)
    reader.rebellions(actors)
    for claim in sorted(claims, key=lambda claim: claim.type == "truce_ended"):
        reader.truce(claim)
    return reader.relations(report_id)


class _RelationReader:
    def __init__(
        self,
        parse: Parse,
        voices: VoiceReader,
        roles: RoleReader,
        register: Register,
        words: tuple[RelationLexicon, StatusLexicon],
        issuer: str | None,
    ) -> None:
        self.parse, self.voices, self.roles, self.register = parse, voices, roles, register
        self.lexicon, self.statuses = words
        self.sides = SideReader(parse, voices, roles, register, issuer)
        self.words = WordReader(parse, self.sides, self.lexicon)
        self.found: list[_Reading] = []

    # Told outright

    def told(self, statement: Statement) -> None:
        """Keeps a statement if both ends can stand in it and the text puts it forward."""
        kind, a, b = statement.kind, statement.a, statement.b
        if kind == "media_wing_of" and not self.sides.is_group(b):
            return
        unit = statement.rule.startswith("unit:")
        if not unit and not (self.fits(a, kind, first=True) and self.fits(b, kind, first=False)):
            return
        status = self.standing(statement)
        if status is None:
            return
        if status == "alleged" and self.accuses_himself(statement):
            return
        chain = self.voices.chain(statement.cue.i)
        if (
            status == "current"
            and kind in TOLD_BY_VOICE
            and len(chain) > 1
            and not self.own(statement)
            and not statement.rule.startswith("compound")
        ):
            status = "alleged"
        if (
            kind == "allied"
            and status in ("alleged", "denied")
            and not statement.given
            and self.accused(statement)
            and self.sides.is_state(a)
            and self.sides.is_group(b)
        ):
            kind, a, b = "proxy_of", b, a
        self.put(kind, a, b, status, chain, self.evidence(statement), statement.rule)

    def fits(self, found: FoundActor, kind: RelationKind, *, first: bool) -> bool:
        """True if an actor may stand at this end of a relation of this kind; private persons never do."""
        actor = found.actor
        if kind == "spokesperson_of" and first:
            return actor.kind == "person"
        if actor.kind == "person":
            return False
        if kind == "media_wing_of" and first:
            return True
        if kind == "allied" and actor.kind in ("unknown", "office", "media", "media_wing"):
            return actor.kind == "unknown" and self.sides.is_side(found) and actor.name[:1].isupper()
        if kind in CIVIC and actor.kind in ("international_organisation", "office", "media_wing", "media", "unknown"):
            return actor.kind != "unknown" or actor.name[:1].isupper()
        if kind in ("splinter_of", "merged_into", "pledged_allegiance_to", "part_of") and actor.kind == "class":
            return self.sides.named(found) and self.sides.is_side(found)
        if kind not in FOLDED and actor.kind == "class" and not (self.sides.named(found) or self.sides.is_armed_class(found)):
            return False
        return kind == "spokesperson_of" or self.sides.is_side(found)

    def standing(self, statement: Statement) -> RelationStatus | None:
        """Whether it is told as current, ended, alleged or denied; ``None`` where it is asked, imagined or plainly not so."""
        cue = statement.cue
        first, past = self.parse.sents[cue.sent]
        if any(self.parse.tokens[i].text == "?" for i in range(max(first, past - 3), past)):
            return None
        found = FoundStatus() if statement.given else read_status(self.parse, cue, self.statuses, nominal=statement.nominal)
        stances = {link.voice.stance for link in self.voices.telling(cue.i)} if not statement.given else set()
        if found.status == "denied" or (stances & {"denies"} and not found.negated):
            return "denied"
        if found.negated:
            return "denied" if len(self.voices.chain(cue.i)) > 1 else None
        if found.status in ("hypothetical", "requested") or (found.status == "planned" and statement.kind != "hostile"):
            return None
        beside = {child.lower for child in cue.children}
        if statement.rule.startswith("tie:") and cue.dep in ("dobj", "nsubjpass", "nsubj") and cue.head.lower in ENDING_VERBS:
            ending = read_status(self.parse, cue.head, self.statuses, nominal=False)
            return "ended" if ending.status == "occurred" and not ending.negated else "current"
        if beside & FORMER or beside & PAST:
            return "ended"
        if statement.status in ("ended", "denied"):
            return statement.status
        if statement.status == "alleged" or found.status == "alleged" or beside & DOUBT or stances & {"accuses", "doubts"}:
            return "alleged"
        return "current"

    def own(self, statement: Statement) -> bool:
        """True if one of the two sides tells it itself."""
        pair = {self.sides.key(self.sides.fold(statement.a)), self.sides.key(self.sides.fold(statement.b))}
        for link in self.voices.telling(statement.cue.i):
            side = self.sides.voice_side(link.actor)
            if side is not None and self.sides.key(self.sides.fold(side)) in pair:
                return True
        return False

    def accuses_himself(self, statement: Statement) -> bool:
        """True where the accuser would be the accused: a pronoun was resolved to the wrong one of two."""
        accused = self.sides.key(self.sides.fold(statement.a))
        links = [link for link in self.voices.telling(statement.cue.i) if link.voice.stance == "accuses"]
        sides = [side for link in links if (side := self.sides.voice_side(link.actor)) is not None]
        return any(self.sides.key(self.sides.fold(side)) == accused for side in sides)

    def accused(self, statement: Statement) -> bool:
        """True if the support is what somebody is accused of, or denies."""
        return bool({link.voice.stance for link in self.voices.telling(statement.cue.i)} & {"accuses", "denies"})

    def evidence(self, statement: Statement) -> Span:
        """The words from the first to the last of cue and both actors, within the sentence of the cue."""
        first, past = self.parse.sents[statement.cue.sent]
        marks = [statement.cue.i]
        for found in (statement.a, statement.b):
            marks += [i for i in (found.first, found.last) if first <= i < past]
        low, high = min(marks), max(marks)
        if low > first and self.parse.tokens[low - 1].tag in ("DT", "PRP$"):
            low -= 1
        return self.parse.span(low, high)

    # Implied by what was done

    def implied(self, claim: Claim) -> None:
        """Fighting, threats and blame between two organised sides make them hostile."""
        if claim.negated or claim.status in ("hypothetical", "requested", "denied"):
            return
        pairs = self.pairs(claim)
        if claim.family in ("violence_against_civilians", "abduction"):
            pairs = [(a, b) for a, b in pairs if b.actor.kind not in ("state", "government")]
        if claim.family in HOSTILE_FAMILIES or claim.type in CONTROL_TYPES:
            status: RelationStatus = "alleged" if claim.status == "alleged" else "current"
            for a, b in pairs:
                self.put("hostile", a, b, status, claim.attribution, claim.evidence[0], f"implied:{claim.type}", (claim.id,))
        elif claim.type == "accusation":
            for a, b in pairs:
                if self.sides.is_group(a) != self.sides.is_group(b) and self.sides.is_state(a) != self.sides.is_state(b):
                    self.put("hostile", a, b, "current", claim.attribution, claim.evidence[0], "implied:accusation", (claim.id,))

    def together(self, claim: Claim) -> None:
        """Two organised sides that carry out one act of force together are allied in it."""
        if claim.family not in FORCE_FAMILIES or claim.type in MUTUAL_TYPES or len(claim.actors) < 2:
            return
        if claim.status not in ("occurred", "ongoing", "alleged") or self.apart(claim.actors):
            return
        sides = [found for actor in claim.actors if self.party(found := self.sides.of_claim(actor))]
        status: RelationStatus = "alleged" if claim.status == "alleged" else "current"
        for number, a in enumerate(sides):
            for b in sides[number + 1 :]:
                if a.actor.basis == b.actor.basis == "named" and not self.one_state(a, b):
                    self.put(
                        "allied", a, b, status, claim.attribution, self.spanning(a, b), f"together:{claim.type}", (claim.id,)
                    )

    def apart(self, actors: Sequence[Actor]) -> bool:
        """True where the words between two who act say that each acts for himself, or that it was one or the other."""
        first, last = self.parse.token_at(actors[0].start), self.parse.token_at(actors[-1].start)
        around = self.parse.tokens[max(0, min(first, last) - 2) : max(first, last) + 6]
        return first == last or any(token.lower in SEVERAL for token in around) or around[0].sent != around[-1].sent

    def one_state(self, a: FoundActor, b: FoundActor) -> bool:
        """True for two services of one state: its army and its police are no allies."""
        return self.sides.key(self.sides.fold(a)) == self.sides.key(self.sides.fold(b))

    def spanning(self, a: FoundActor, b: FoundActor) -> Span:
        return self.parse.span(min(a.first, b.first), max(a.last, b.last))

    def pairs(self, claim: Claim) -> list[tuple[FoundActor, FoundActor]]:
        """The two sides of a claim; of a clash whose sides all act, each with each."""
        actors = [self.sides.of_claim(actor) for actor in claim.actors]
        actors = actors or self.ourselves(claim)
        targets = [self.sides.of_claim(actor) for actor in claim.targets]
        if claim.family == "agreement" and len(actors) > len(targets) > 0:  # the parties stand in both
            actors = [a for a in actors if all(a.first != b.first for b in targets)]
        if not targets and len(actors) > 1 and claim.type in MUTUAL_TYPES:
            found = [(a, b) for number, a in enumerate(actors) for b in actors[number + 1 :]]
        else:
            found = [(a, b) for a in actors for b in targets if a.first != b.first]
        sided = [(a, b) for a, b in found if self.party(a) and self.party(b)]
        if not sided and not any(self.party(target) for target in targets):
            sided = [(a, harmed) for a in actors if self.party(a) and (harmed := self.harmed(claim, a)) is not None]
        return sided

    def ourselves(self, claim: Claim) -> list[FoundActor]:
        """The side of "we" where the act of a claim is what "we" do."""
        verb = self.parse.tokens[self.parse.token_at(claim.trigger.start)]
        subject = self.roles.subject(verb) if verb.is_verb and not self.roles.is_passive(verb) else None
        side = self.sides.speaker_side(subject) if subject is not None and is_first_person(subject) else None
        return [side] if side is not None else []

    def party(self, found: FoundActor) -> bool:
        return found.actor.kind not in ("person", "unknown") and self.sides.is_side(found)

    def harmed(self, claim: Claim, actor: FoundActor) -> FoundActor | None:
        """The state whose soldiers or police a claim counts among the victims, where no target is named.

        Victims of no stated country are those of the report's, if a group did it.
        """
        for count in claim.counts:
            if count.group not in ("military", "police", "security_forces"):
                continue
            words = (count.group_text or count.text).split()
            code = next(
                (self.sides.country_of(word) for word in words if word[:1].isupper() and self.sides.country_of(word)), None
            )
            if code is None and self.sides.is_group(actor):
                code = self.voices.discourse.country
            entry = self.sides.state_by_code(code)
            if entry is not None:
                return self.sides.mention_of(entry, self.parse.token_at(count.start), self.parse.token_at(count.end - 1))
        return None

    def rebellions(self, actors: Sequence[FoundActor]) -> None:
        """A named group called the rebels of a country fights its government."""
        for mention in actors:
            if mention.actor.kind != "armed_group" and not (
                mention.actor.kind in ("class", "unknown") and self.sides.proper(mention)
            ):
                continue
            head = self.parse.tokens[mention.head]
            nouns = [head, *head.kids("appos"), *([head.head] if head.dep == "appos" else [])]
            for noun in nouns:
                phrase = [noun, *noun.kids("compound", "amod", "nmod")]
                cue = next((t for t in phrase if t.lower in self.lexicon.rebellion), None)
                if cue is None:
                    continue
                state = self.rebelled(noun, mention)
                if state is not None:
                    statement = Statement("hostile", mention, state, cue, f"rebels:{cue.lower}")
                    self.told(statement)
                    break

    def rebelled(self, noun: Token, mention: FoundActor) -> FoundActor | None:
        """The state named with the noun ("Colombia's main rebel group"), else the one the register gives the group."""
        for child in noun.kids("poss", "compound", "amod", "nmod"):
            found = self.sides.one(child)
            if found is not None and self.sides.is_state(found):
                return found
            if (state := self.sides.entry_at(child.text, child)) is not None and self.sides.is_state(state):
                return state
        for prep in noun.kids("prep"):
            if (
                prep.lower == "in"
                and (found := self.sides.one(prep.child("pobj") or prep)) is not None
                and found.actor.kind == "state"
            ):
                return found
        entry = self.sides.state_by_code(mention.country) if mention.actor.id is not None else None
        return self.sides.mention_of(entry, mention.first, mention.last) if entry is not None else None

    # Truces

    def truce(self, claim: Claim) -> None:
        """A truce, its breach and its end, between the sides named or else between the hostile sides of the report."""
        if claim.negated or claim.status in ("hypothetical", "requested", "planned", "denied"):
            return
        kind: RelationKind = "truce"
        told = any("pact" in span.text and "aggression" in span.text for span in claim.evidence)
        if told:
            kind = "non_aggression"
        elif claim.type not in TRUCE_TYPES and claim.family != "truce_end":
            return
        if self.talked_of(claim):
            return
        status: RelationStatus = "alleged" if claim.status == "alleged" and claim.type != "truce_violation" else "current"
        pairs = self.pairs(claim) or self.bound(claim) or self.before(kind) or self.stilled(claim)
        friends = [set(reading.pair) for reading in self.found if reading.kind in FRIENDLY and reading.status == "current"]
        for a, b in pairs:
            if {self.key(a, kind), self.key(b, kind)} in friends:
                continue
            if claim.type == "truce_ended":
                status = "alleged_ended" if self.hearsay(claim, a, b) else "ended"
            self.put(kind, a, b, status, claim.attribution, claim.evidence[0], f"implied:{claim.type}", (claim.id,))

    def hearsay(self, claim: Claim, a: FoundActor | Actor, b: FoundActor | Actor) -> bool:
        """True if somebody other than the two sides tells it."""
        sides = {
            self.key(a, "truce"),
            self.key(b, "truce"),
            *(x.name for x in (self.as_side(a, "allied"), self.as_side(b, "allied"))),
        }
        return any(voice.id not in sides and voice.name not in sides for voice in claim.attribution[1:])

    def before(self, kind: RelationKind) -> list[tuple[FoundActor | Actor, FoundActor | Actor]]:
        """The sides of the one truce or pact that the report has told of so far."""
        pairs = {tuple(sorted(r.pair)): (r.a, r.b) for r in self.found if r.kind == kind}
        return list(pairs.values()) if len(pairs) == 1 else []

    def bound(self, claim: Claim) -> list[tuple[FoundActor, FoundActor]]:
        """The sides that stand around the word for the truce, where the claim has not both."""
        first, last = self.parse.token_at(claim.trigger.start), self.parse.token_at(claim.trigger.end - 1)
        for token in self.parse.tokens[first : last + 1]:
            if token.is_noun and token.dep != "compound":
                pairs = self.words.bound(token)
                return [(a, b) for a, b in pairs if self.party(a) and self.party(b)]
        return []

    def talked_of(self, claim: Claim) -> bool:
        """True for "ceasefire negotiations", "a truce proposal": no truce yet."""
        following = self.parse.token_at(claim.trigger.end - 1) + 1
        return following < len(self.parse.tokens) and self.parse.tokens[following].lower in TALK_NOUNS

    def stilled(self, claim: Claim) -> list[tuple[FoundActor | Actor, FoundActor | Actor]]:
        """The hostile pair of the report that a truce with one or no named side must be between."""
        sides = {actor.start for actor in (*claim.actors, *claim.targets)}
        named = [found for actor in (*claim.actors, *claim.targets) if self.party(found := self.sides.of_claim(actor))]
        if len(sides) > 1 and len(named) < len(sides):  # the other side is named, though nothing tells who it is
            return []
        keys = {self.sides.key(self.sides.fold(found)) for found in named}
        fights = [r for r in self.found if r.kind == "hostile" and not r.rule.startswith("designation")]
        hostile = list({tuple(sorted(r.pair)): (r.a, r.b) for r in reversed(fights)}.items())[::-1]
        fitting = [pair for names, pair in hostile if not keys or keys & set(names)]
        return [fitting[0]] if fitting and (keys or len(fitting) == 1) else []

    # Brought together

    def put(
        self,
        kind: RelationKind,
        a: FoundActor | Actor,
        b: FoundActor | Actor,
        status: RelationStatus,
        chain: tuple[Voice, ...],
        evidence: Span,
        rule: str,
        claims: tuple[str, ...] = (),
    ) -> None:
        one, two = self.as_side(a, kind), self.as_side(b, kind)
        pair = (self.key(a, kind), self.key(b, kind))
        if pair[0] == pair[1]:
            return
        if kind in MUTUAL and (self.related(one, two) or self.related(two, one)):
            return
        self.found.append(_Reading(kind, one, two, status, chain, evidence, rule, pair, claims))

    def key(self, found: FoundActor | Actor, kind: RelationKind) -> str:
        return self.sides.key(
            self.sides.fold(found) if isinstance(found, FoundActor) and kind in MUTUAL else self.as_side(found, kind)
        )

    def as_side(self, found: FoundActor | Actor, kind: RelationKind) -> Actor:
        if isinstance(found, Actor):
            return found
        unnamed = found.actor.kind == "class"
        return self.sides.fold(found) if kind in FOLDED or unnamed else found.actor

    def related(self, a: Actor, b: Actor) -> bool:
        """True for a service and its own state, which are one side."""
        return a.id is not None and b.id is not None and a.kind in STATE_KINDS and b.id in self.register.lineage(a.id)

    def relations(self, report_id: str) -> list[Relation]:
        """One relation a pair and kind: the reading that says most, earlier before later; denials stand apart.

        Its evidence begins with the words of that reading; the others that tell the same follow in the order of the text.
        """
        best: dict[tuple[object, ...], _Reading] = {}
        told: dict[tuple[object, ...], list[_Reading]] = {}
        named = {
            self.sides.key(y)
            for r in self.found
            if r.kind == "hostile"
            for x, y in ((r.a, r.b), (r.b, r.a))
            if x.kind == "armed_group"
        }
        for reading in self.found:
            if reading.kind == "hostile" and self.again(reading, named):
                continue
            pair = sorted(reading.pair) if reading.kind in MUTUAL else reading.pair
            key = (reading.kind, reading.status == "denied", *pair)
            told.setdefault(key, []).append(reading)
            kept = best.get(key)
            if kept is None or self.worth(reading) > self.worth(kept):
                best[key] = reading
        return [self.record(report_id, key, reading, told[key]) for key, reading in best.items()]

    def again(self, reading: _Reading, named: set[str]) -> bool:
        """True for nameless rebels against a state that a named group of the report is said to fight: the same war."""
        ends = ((reading.a, reading.b), (reading.b, reading.a))
        return any(x.kind == "class" and COLLECTIVE & set(x.name.lower().split()) and self.sides.key(y) in named for x, y in ends)

    def worth(self, reading: _Reading) -> int:
        """How much a reading decides: an end after the truce it ends, a plain statement before an allegation."""
        if reading.kind in ("truce", "non_aggression"):
            return WORTH[reading.status]
        return 2 if reading.status == "current" else 1

    def record(self, report_id: str, key: tuple[object, ...], reading: _Reading, told: Sequence[_Reading]) -> Relation:
        again = [
            other.evidence for other in told if other.status == reading.status and not _overlap(other.evidence, reading.evidence)
        ]
        return Relation(
            id=content_id("relation", report_id, *key, reading.evidence.start),
            kind=reading.kind,
            a=reading.a,
            b=reading.b,
            status=reading.status,
            attribution=reading.chain,
            evidence=(reading.evidence, *_apart(again)),
            claims=reading.claims,
            rules=(reading.rule,),
        )


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans in the order of the text, of those that overlap the first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if not kept or not _overlap(kept[-1], span):
            kept.append(span)
    return kept
