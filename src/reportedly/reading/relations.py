"""Reads how actors stand to each other: from plain statements, and from what the claims imply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportedly.knowledge.relations import load_relations
from reportedly.reading.actors import FoundActor
from reportedly.reading.parse import Parse, Token
from reportedly.reading.roles import RoleReader
from reportedly.reading.voices import VoiceReader
from reportedly.records import Actor, Claim, Relation, RelationKind, RelationStatus, Span, Voice, content_id

if TYPE_CHECKING:
    from reportedly.linking.register import Register

ORGANISED = frozenset({"armed_group", "state", "government", "military", "police", "paramilitary", "militia", "international_force", "party"})
TRUCE_TYPES = frozenset({"ceasefire", "truce", "peace_agreement"})
FORMER = frozenset("former onetime erstwhile previous then-".split())
DOUBT = frozenset("alleged reported suspected so-called purported".split())


def find_relations(
    parse: Parse,
    report_id: str,
    claims: Sequence[Claim],
    actors: Sequence[FoundActor],
    voices: VoiceReader,
    roles: RoleReader,
    register: Register,
) -> list[Relation]:
    """Every relation told or implied, each pair, kind and status once, with the words it was read from."""
    reader = _RelationReader(parse, report_id, voices, roles)
    reader.nouns()
    reader.verbs()
    reader.adjectives()
    for claim in claims:
        reader.implied(claim)
    return reader.found


class _RelationReader:
    def __init__(self, parse: Parse, report_id: str, voices: VoiceReader, roles: RoleReader) -> None:
        self.parse, self.report_id, self.voices, self.roles = parse, report_id, voices, roles
        self.lexicon = load_relations()
        self.found: list[Relation] = []
        self.seen: set[tuple[str, ...]] = set()

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
        one, two = (a.actor if isinstance(a, FoundActor) else a), (b.actor if isinstance(b, FoundActor) else b)
        if one.name.lower() == two.name.lower() or (one.id is not None and one.id == two.id):
            return
        pair = (one.id or one.name.lower(), two.id or two.name.lower())
        key = (kind, *(pair if kind not in ("hostile", "allied", "truce", "rival", "non_aggression") else tuple(sorted(pair))))
        if key in self.seen:
            return
        self.seen.add(key)
        if status == "current" and len(chain) > 1 and kind in ("proxy_of", "allied", "supplies", "hosts"):
            status = "alleged"
        self.found.append(
            Relation(
                id=content_id("relation", self.report_id, *key, evidence.start),
                kind=kind, a=one, b=two, status=status, attribution=chain, evidence=(evidence,), claims=claims, rules=(rule,),
            )  # fmt: skip
        )

    def nouns(self) -> None:
        """ "ISKP's media wing, Al-Azaim", "the TTP, an ally of al-Qaida", "a proxy of the U.S. and Pakistan"."""
        for token in self.parse.tokens:
            if not token.is_noun:
                continue
            double = f"{self.parse.tokens[token.i - 1].lower} {token.lower}" if token.i else ""
            kind = self.lexicon.nouns.get(double) or self.lexicon.nouns.get(token.lower)
            if kind is None:
                continue
            owners = self.owners(token)
            holders = self.holders(token)
            if kind == "spokesperson_of":
                holders = [h for h in holders if h.actor.kind == "person"]
                owners = owners or self.modifiers(token)
            else:
                holders = [h for h in holders if h.actor.kind != "person"]
            modifiers = {child.lower for child in token.children}
            status: RelationStatus = "ended" if modifiers & FORMER else "alleged" if modifiers & DOUBT else "current"
            for holder in holders:
                for owner in owners:
                    if owner.actor.kind != "person":
                        self.put(kind, holder, owner, status, self.voices.chain(token.i), self.around(token), f"noun:{token.lower}")

    def owners(self, token: Token) -> list[FoundActor]:
        found = self.roles.resolve_all(token.child("poss"))
        for child in token.children:
            if child.dep == "prep" and child.lower in ("of", "for", "to"):
                found = found + self.roles.resolve_all(child.child("pobj"))
            if child.dep in ("compound", "amod", "nmod"):
                for inner in child.kids("prep"):
                    found = found + self.roles.resolve_all(inner.child("pobj"))
        return found

    def modifiers(self, token: Token) -> list[FoundActor]:
        found = []
        for child in token.children:
            if child.dep in ("compound", "amod", "nmod") and (mention := self.roles.discourse.at(child.i)) is not None:
                found.append(self.roles.discourse.resolve(mention))
        return found

    def holders(self, token: Token) -> list[FoundActor]:
        """Who is called the noun: its apposition, the subject of "is", the object of "portrays as"."""
        found: list[FoundActor] = []
        for child in token.kids("appos"):
            found.extend(self.roles.resolve_all(child))
        if token.dep == "appos":
            found.extend(self.roles.resolve_all(token.head))
        if token.dep == "attr":
            found.extend(self.roles.resolve_all(token.head.child("nsubj")))
        if token.dep == "pobj" and token.head.lower == "as":
            verb = token.head.head
            found.extend(self.roles.resolve_all(verb.child("dobj", "nsubjpass")))
        if token.dep == "compound" and token.head.is_noun:
            found.extend(self.roles.resolve_all(token.head))
        return found

    def verbs(self) -> None:
        for token in self.parse.tokens:
            kind = self.lexicon.verbs.get(token.lower) if token.is_verb else None
            if kind is None:
                continue
            passive = self.roles.is_passive(token)
            subjects = self.roles.resolve_all(self.roles.subject(token))
            objects = self.roles.agents(token) if passive else self.roles.resolve_all(token.child("dobj"))
            behind = self.roles.behind(token, ("with", "to", "into", "from", "alongside", "against"))
            if kind in ("splinter_of", "pledged_allegiance_to", "merged_into", "part_of"):
                allegiance = token.child("dobj")
                if kind == "pledged_allegiance_to" and (allegiance is None or allegiance.lower not in ("allegiance", "loyalty", "fealty", "bayah")):
                    continue
                others = behind or (self.roles.behind(allegiance, ("to",)) if allegiance is not None else [])
            else:
                others = objects or behind
            if token.child("neg") is not None:
                continue
            for a in subjects:
                for b in others:
                    if self.organised(a) and self.organised(b):
                        self.put(kind, a, b, "current", self.voices.chain(token.i), self.around(token), f"verb:{token.lower}")

    def adjectives(self) -> None:
        """ "Iran-backed Houthis", "the Saudi-led": a state, a hyphen and a participle before a name."""
        for token in self.parse.tokens:
            kind = self.lexicon.adjectives.get(token.lower)
            if kind is None or token.i < 2 or self.parse.tokens[token.i - 1].text != "-":
                continue
            backer = self.roles.discourse.at(token.i - 2)
            head = token
            while head.dep in ("amod", "compound", "nmod") and head.head.i != head.i:
                head = head.head
            backed = self.roles.resolve(head) if head.is_noun else None
            if backer is None or backed is None or not self.organised(backer):
                continue
            self.put(kind, backer, backed, "current", self.voices.chain(token.i), self.around(head), f"adjective:{token.lower}")

    def organised(self, found: FoundActor) -> bool:
        return found.actor.kind in ORGANISED or found.armed is True

    def around(self, token: Token) -> Span:
        """The noun phrase or clause that tells the relation, within its sentence."""
        top = token
        while top.dep in ("appos", "attr", "pobj", "prep", "compound", "amod", "nmod") and top.head.i != top.i:
            top = top.head
        tokens = top.subtree()
        first, past = self.parse.sents[token.sent]
        low, high = max(first, tokens[0].i), min(past - 1, tokens[-1].i)
        while high > low and (self.parse.tokens[high].text.isspace() or self.parse.tokens[high].text in ",.;"):
            high -= 1
        while low < high and self.parse.tokens[low].text.isspace():
            low += 1
        return self.parse.span(low, high)

    def implied(self, claim: Claim) -> None:
        """What an act says of its two sides: fighting makes them hostile, a truce stills them, its end wakes them."""
        sides = [(a, b) for a in claim.actors for b in claim.targets if a.start != b.start]
        if not claim.targets and len(claim.actors) > 1:
            sides = [(claim.actors[0], claim.actors[1])]
        for a, b in sides:
            if a.kind == "person" or b.kind == "person":
                continue
            both_known = _party(a) and _party(b)
            if not both_known or claim.negated:
                continue
            status: RelationStatus = "alleged" if claim.status == "alleged" else "current"
            if claim.family in ("battle", "threat") or (claim.family == "explosion_remote_violence" and claim.status != "planned"):
                self.put("hostile", a, b, status, claim.attribution, claim.evidence[0], f"implied:{claim.type}", (claim.id,))
            elif claim.type in TRUCE_TYPES:
                self.put("truce", a, b, "ended" if claim.background else status, claim.attribution, claim.evidence[0], f"implied:{claim.type}", (claim.id,))
            elif claim.type == "pact":
                self.put("non_aggression", a, b, status, claim.attribution, claim.evidence[0], "implied:pact", (claim.id,))
            elif claim.family == "truce_end":
                kind: RelationKind = "non_aggression" if "pact" in claim.evidence[0].text else "truce"
                ended: RelationStatus = "alleged_ended" if len(claim.attribution) > 1 else "ended"
                self.put(kind, a, b, ended, claim.attribution, claim.evidence[0], "implied:truce_end", (claim.id,))


def _party(actor: Actor) -> bool:
    return actor.kind in ORGANISED or (actor.kind == "class" and actor.name[:1].isupper())
