"""Reads what one report tells of pairs: dated statements, threats, acts of violence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Final

from reportedly.knowledge.histories import load_event_words
from reportedly.records import Claim, Family, Relation, RelationKind, Span, content_id
from reportedly.relations.dates import Dated, dated
from reportedly.relations.records import Event, Part, Says, Side, Statement, Teller
from reportedly.relations.sides import SideReader, folded
from reportedly.relations.targets import NAME, is_organised, names_after, places_struck, places_threatened, tells_road

VIOLENT: Final[frozenset[Family]] = frozenset(
    {"battle", "explosion_remote_violence", "violence_against_civilians", "abduction", "arrest"}
)
TYPES: Final[Mapping[str, tuple[Event, RelationKind | None, Says | None]]] = {
    "ceasefire": ("agreement", "truce", "current"),
    "truce": ("agreement", "truce", "current"),
    "peace_agreement": ("agreement", "truce", "current"),
    "agreement": ("agreement", None, None),
    "truce_violation": ("violation", "truce", "violated"),
    "truce_ended": ("truce_end", "truce", "ended"),
    "clash": ("clash", "hostile", "current"),
    "territory_taken": ("attack", "hostile", "current"),
    "territory_lost": ("attack", "hostile", "current"),
    "threat": ("threat", "hostile", "current"),
    "warning": ("threat", "hostile", "current"),
    "ultimatum": ("threat", "hostile", "current"),
    "merger": ("merger", "merged_into", "current"),
    "split": ("split", "splinter_of", "current"),
    "allegiance": ("pledge", "pledged_allegiance_to", "current"),
}
"""What a type of claim makes of a pair: the event, the kind of relation it changes and how."""
FAMILIES: Final[frozenset[Family]] = frozenset(
    {*VIOLENT, "agreement", "truce_end", "threat", "accusation", "denial", "statement", "movement", "other"}
)
"""Families of claims that can say anything of a pair."""
STATED: Final[Mapping[str, Event]] = {"listing": "designation", "cooperation": "joint_operation"}
"""Types of claims whose event a relation states under another name."""
DAMAGE: Final = frozenset({"arson", "looting", "property_destruction", "blockade", "siege"})
"""Types of acts that carry a threat out though they are told as no violence against people."""
DONE: Final = ("occurred", "ongoing")
UNREAL: Final = frozenset({"hypothetical", "requested", "planned"})
AGAINST: Final = frozenset({"denies"})
WITHDRAWING: Final = "threat_withdrawn"
BARE_DENIAL: Final = "bare_denial"
MOST: Final = 4
"""Sides of one claim that are paired with each other; longer lists are mostly not sides."""


@dataclass(frozen=True)
class Telling:
    """What one report tells: its claims and relations, its day of publication (ISO, ``None``: unknown) and source.

    ``incidents`` are the ids of the incidents of each claim, by the claim's id.
    """

    report: str
    published: str | None
    source: str | None = None
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    incidents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """An act of violence that a report tells: by whom, against whom (keys of sides, words of targets), on which last day."""

    claim: str
    report: str
    actors: frozenset[str]
    targets: frozenset[str]
    words: frozenset[str]
    first_day: str
    day: str
    told: str | None
    voice: str
    incidents: tuple[str, ...]
    evidence: tuple[Span, ...]
    towns: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    is_on_road: bool = False
    struck_text: str = ""
    """The words of the act where nobody that the register or the report knows is its target; empty where somebody is."""


@dataclass(frozen=True)
class Uttering:
    """One telling of a threat, before tellings of the same threat are brought together."""

    type: str
    who: Side
    against: Side | None
    target: str | None
    words: frozenset[str]
    dated: Dated
    claim: str
    report: str
    voice: Teller
    evidence: tuple[Span, ...]
    worked_out: str | None
    names: tuple[str, ...] = ()
    """Proper names in the words of the threat, as written."""
    towns: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    is_of_road: bool = False
    is_nameless: bool = False
    """Who made it bears no name: no act of another report can be told to be his."""


@dataclass(frozen=True)
class Withdrawal:
    """Words by which somebody takes a threat back; ``names`` are the proper names in them, folded."""

    who: str
    day: str
    claim: str
    report: str
    voice: str
    evidence: tuple[Span, ...]
    names: frozenset[str] = frozenset()


class TellingReader:
    """Reads one report's claims and relations: :meth:`read`, then the lists of what was found."""

    def __init__(self, telling: Telling, sides: SideReader) -> None:
        self.telling, self.published = telling, day_of(telling.published)
        self.sides, self.words = sides, load_event_words()
        self.statements: dict[str, Statement] = {}
        self.halves: dict[str, Statement] = {}
        """Statements of which only one side is named, which stands at both ends."""
        self.threats: list[Uttering] = []
        self.acts: list[Act] = []
        self.withdrawals: list[Withdrawal] = []
        self.claims = {claim.id: claim for claim in telling.claims}
        self.owners = self.sides.owners(telling.relations)
        self.named: dict[str, Side] = {}
        self.mentions: dict[str, Side] = {}
        """Every name of a side as this report writes it."""
        self.linked: dict[str, Claim] = {}
        """The claim of the event that a relation states in the same words, by the relation's id."""
        self.of_claim: dict[str, list[Statement]] = {}

    def read(self) -> None:
        for actor in (
            *(actor for claim in self.telling.claims for actor in (*claim.actors, *claim.targets)),
            *(actor for relation in self.telling.relations for actor in (relation.a, relation.b)),
        ):
            side = self.sides.side(actor)
            if side is not None:
                self.named.setdefault(side.key, side)
                for name in (actor.name, actor.text):
                    if name[:1].isupper() and len(name) > 1:
                        self.mentions.setdefault(name, side)
        for relation in self.telling.relations:
            if not relation.claims and (claim := self.stated(relation)) is not None:
                self.linked[relation.id] = claim
        covered = {key for relation in self.telling.relations for key in relation.claims}
        covered |= {claim.id for claim in self.linked.values()}
        for relation in self.telling.relations:
            self.relation(relation)
        for claim in self.telling.claims:
            self.renouncing(claim)
            if claim.status in UNREAL:
                continue
            if claim.id not in covered:
                self.claim(claim)
            self.act(claim)
            self.threat(claim)
            self.withdrawal(claim)
        for claim in self.telling.claims:
            self.denial(claim)

    # Statements

    def relation(self, relation: Relation) -> None:
        """A relation that the report states, or that follows from a claim of it."""
        a, b = self.sides.side(relation.a), self.sides.side(relation.b)
        if a is None or b is None or a.key == b.key or relation.kind in ("spokesperson_of",):
            return
        claim = next((self.claims[key] for key in relation.claims if key in self.claims), None)
        event = self.event(relation, claim)
        claim = claim or self.linked.get(relation.id)
        says: Says = "current"
        if relation.status in ("ended", "alleged_ended"):
            says = "ended"
        elif event == "violation":
            says = "violated"
        is_denied = relation.status == "denied" or relation.attribution[-1].stance in AGAINST
        day = dated(claim.time if claim else None, self.published, event, background=claim is not None and claim.background)
        self.put(
            Statement(
                id=content_id("statement", self.telling.report, relation.id),
                event=event,
                kind=relation.kind,
                says=says,
                denies=is_denied,
                alleged=relation.status.startswith("alleged"),
                a=a,
                b=b,
                voice=self.teller(relation, a, b),
                evidence=relation.evidence,
                report=self.telling.report,
                source=self.telling.source,
                claim=claim.id if claim else None,
                relation=relation.id,
                worked_out=f"follows from the {claim.type.replace('_', ' ')}" if claim and relation.claims else None,
                **day.fields(),
            )
        )

    def stated(self, relation: Relation) -> Claim | None:
        """The claim of the event that a relation states: of the same event, its trigger within the same words."""
        event = self.event(relation, None)
        words = relation.evidence[0]
        for claim in self.telling.claims:
            is_within = words.start <= claim.trigger.start < words.end
            if is_within and not claim.negated and event != "told" and STATED.get(claim.type, self.event_of(claim)) == event:
                return claim
        return None

    def event(self, relation: Relation, claim: Claim | None) -> Event:
        """What happened, by the claim that a relation follows from, or by the words that state it."""
        words = relation.evidence[0].text
        if relation.kind == "hostile" and self.words["declaration_of_war"].search(words):
            return "declaration_of_war"
        if claim is not None:
            return self.event_of(claim)
        how, _, _ = relation.rules[0].partition(":") if relation.rules else ("", "", "")
        if how == "designation":
            return "designation"
        if relation.kind == "allied" and (how in ("joint", "jointly") or self.words["joint_operation"].search(words)):
            return "joint_operation"
        if relation.kind == "pledged_allegiance_to" and (relation.status == "ended" or self.words["renunciation"].search(words)):
            return "renunciation"
        if how == "verb":
            plain: Mapping[str, Event] = {"merged_into": "merger", "pledged_allegiance_to": "pledge", "splinter_of": "split"}
            return plain.get(relation.kind, "told")
        return "told"

    def event_of(self, claim: Claim) -> Event:
        words = " ".join((claim.trigger.text, *(span.text for span in claim.evidence)))
        if claim.family == "threat" and self.words["declaration_of_war"].search(claim.trigger.text):
            return "declaration_of_war"
        if claim.type == "accusation":
            return "accusation"
        if claim.type == "allegiance" and self.words["renunciation"].search(words):
            return "renunciation"
        if claim.type in TYPES:
            return TYPES[claim.type][0]
        if claim.type == "pact":
            return "agreement"
        return "attack" if claim.family in VIOLENT else "told"

    def meaning(self, claim: Claim) -> tuple[Event, RelationKind | None, Says | None] | None:
        """The event of a claim that no relation holds, and what it makes of its pair; ``None`` where it makes nothing."""
        words = " ".join(span.text for span in claim.evidence)
        event = self.event_of(claim)
        if event == "declaration_of_war":
            return event, "hostile", "current"
        if event == "renunciation":
            return event, "pledged_allegiance_to", "ended"
        if claim.type == "pact":
            if "aggression" in words:
                return event, "non_aggression", "current"
            return (event, "allied", "current") if self.words["alliance"].search(words) else (event, None, None)
        if claim.type in TYPES:
            return TYPES[claim.type]
        if claim.type == "cooperation" and self.words["joint_operation"].search(words):
            return "joint_operation", "allied", "current"
        if claim.family in VIOLENT - {"arrest"}:
            return "attack", "hostile", "current"
        return None

    def claim(self, claim: Claim) -> None:
        """A claim between named sides that no relation of the report holds; a denied one is its denial."""
        meaning = self.meaning(claim)
        denied = claim.status == "denied" or any(voice.stance in AGAINST for voice in claim.attribution[1:])
        if meaning is None or (claim.negated and not denied):
            return
        event, kind, says = meaning
        pairs = self.pairs(claim, event)
        if not pairs and event in ("threat", "declaration_of_war") and (who := self.threatener(claim)) is not None:
            against, _ = self.threatened(claim, who)
            pairs = [(who, against)] if against is not None else []
        voice = self.sides.voice(claim.attribution[-1], self.owners) if len(claim.attribution) > 1 else None
        if not pairs and event in ("agreement", "violation", "truce_end") and kind is not None:
            named = [side for actor in (*claim.actors, *claim.targets) if (side := self.sides.party(actor)) is not None]
            named = list({side.key: side for side in named}.values())
            if not named and voice is not None and (voice.id or voice.key in self.named):
                named = [self.named.get(voice.key, voice)]
            if len(named) == 1:
                half = self.statement(claim, event, kind, says, named[0], named[0], denied)
                self.halves[half.id] = half
            return
        for a, b in pairs:
            self.put(self.statement(claim, event, kind, says, a, b, denied))

    def statement(
        self, claim: Claim, event: Event, kind: RelationKind | None, says: Says | None, a: Side, b: Side, denied: bool
    ) -> Statement:
        day = dated(claim.time, self.published, event, background=claim.background)
        if denied:
            day = day.as_told()
        return Statement(
            id=content_id("statement", self.telling.report, claim.id, event, a.key, b.key),
            event=event,
            kind=kind,
            says=says,
            denies=denied,
            alleged=claim.status == "alleged" or any(voice.stance in ("accuses", "doubts") for voice in claim.attribution[1:]),
            a=a,
            b=b,
            voice=self.teller(claim, a, b),
            evidence=claim.evidence,
            report=self.telling.report,
            source=self.telling.source,
            claim=claim.id,
            worked_out=f"follows from the {claim.type.replace('_', ' ')}" if kind is not None else None,
            **day.fields(),
        )

    def pairs(self, claim: Claim, event: Event) -> list[tuple[Side, Side]]:
        """The pairs of sides that a claim is about."""
        doers = once(self.sides.party(actor) for actor in claim.actors)
        borne = once(self.sides.struck(actor) for actor in claim.targets)
        if event in ("agreement", "truce_end", "violation", "joint_operation") or (event == "clash" and not borne):
            everyone = once([*doers, *borne])
            return list(combinations(everyone, 2)) if len(everyone) <= MOST else []
        if len(doers) > MOST or len(borne) > MOST:
            return []
        return [(a, b) for a in doers for b in borne if a.key != b.key]

    def denial(self, claim: Claim) -> None:
        """A denial of a claim of the same report is a denial of what that claim makes of its pair."""
        if claim.family != "denial" or claim.negated or claim.status in UNREAL:
            return
        denied = {key: self.of_claim.get(key, []) for key in claim.about if key in self.claims}
        denied = {key: told for key, told in denied.items() if self.claims[key].status != "denied"}
        if not claim.about:
            denied = {statement.id: [statement] for statement in self.answered(claim)}
        day = dated(claim.time, self.published, "told", background=claim.background).as_told()
        for key, told in denied.items():
            for statement in told:
                self.put(
                    statement.model_copy(
                        update={
                            "id": content_id("statement", self.telling.report, claim.id, statement.id),
                            "denies": True,
                            "alleged": False,
                            "voice": self.teller(claim, statement.a, statement.b),
                            "evidence": claim.evidence,
                            "claim": claim.id,
                            "relation": None,
                            "worked_out": f"denies {key}",
                            **day.fields(),
                        }
                    )
                )

    def answered(self, claim: Claim) -> list[Statement]:
        """What a denial that names no act ("denied the claim") answers: what another voice told last of its speaker."""
        words = claim.evidence[0].text
        found = self.words[BARE_DENIAL].search(words)
        if found is None or re.match(r"\s*(?:$|[.,;:”\"]|as\b|when\b|on\b|in\b)", words[found.end() :]) is None:
            return []
        told = [
            statement
            for statement in self.statements.values()
            if not statement.denies
            and statement.evidence[0].start <= claim.trigger.start
            and (speaker := self.teller(claim, statement.a, statement.b)).part in ("a", "b")
            and speaker.key != statement.voice.key
        ]
        last = max((statement.evidence[0].start for statement in told), default=0)
        return [statement for statement in told if statement.evidence[0].start == last]

    def put(self, statement: Statement) -> None:
        self.statements[statement.id] = statement
        if statement.claim is not None and not statement.denies:
            self.of_claim.setdefault(statement.claim, []).append(statement)

    def teller(self, told: Claim | Relation, a: Side, b: Side) -> Teller:
        """The innermost voice, or the report in its own words."""
        if len(told.attribution) < 2:
            return Teller(
                key=f"report:{folded(self.telling.source or self.telling.report)}",
                name=self.telling.source or "the report",
                part="report",
            )
        side = self.sides.voice(told.attribution[-1], self.owners)
        return Teller(key=side.key, name=side.name, part=part_of(side.key, a, b))

    # Threats and acts

    def act(self, claim: Claim) -> None:
        """An act of violence that is told as done."""
        if not (claim.family in VIOLENT or claim.type in DAMAGE) or claim.negated or claim.status not in DONE:
            return
        day = dated(claim.time, self.published, "attack", background=claim.background)
        actors = once(self.sides.party(actor) for actor in claim.actors)
        if day.day is None or not actors:
            return
        targets = once(self.sides.struck(actor) for actor in claim.targets)
        mutual = actors if claim.type == "clash" else []
        towns, areas = places_struck(claim)
        self.acts.append(
            Act(
                claim=claim.id,
                report=self.telling.report,
                actors=frozenset(side.key for side in (*actors, *(targets if claim.type == "clash" else ()))),
                targets=frozenset(side.key for side in (*targets, *mutual)) | self.sides_of_relations(claim),
                words=target_words(claim),
                first_day=day.from_day or day.day,
                day=day.day,
                told=self.published,
                voice=self.voice_name(claim),
                incidents=tuple(self.telling.incidents.get(claim.id, ())),
                evidence=claim.evidence,
                towns=towns,
                areas=areas,
                is_on_road=tells_road(claim),
                struck_text="" if targets or mutual else " ".join(span.text for span in claim.evidence),
            )
        )

    def sides_of_relations(self, claim: Claim) -> frozenset[str]:
        """The sides that the report's relations work out of a claim, such as the state of the soldiers attacked."""
        found = [self.sides.side(relation.b) for relation in self.telling.relations if claim.id in relation.claims]
        return frozenset(side.key for side in found if side is not None)

    def threat(self, claim: Claim) -> None:
        """A threat that somebody utters or is said to have uttered; who bears no name is a side of this report alone."""
        if claim.family != "threat" or claim.negated or claim.status == "denied":
            return
        named = self.threatener(claim)
        who = named or nameless(claim, self.telling.report)
        against, reason = self.threatened(claim, who)
        own = {folded(who.name), folded(claim.attribution[-1].name)}
        names = tuple(name for name in names_after(claim) if folded(name) not in own)
        towns, areas = places_threatened(claim, names)
        if against is None and (organised := [name for name in names if is_organised(name)]):
            against = Side(key=folded(organised[0]), name=organised[0])
            reason = f"{organised[0]} is named in the words of the threat"
        target = ", ".join(dict.fromkeys(actor.text or actor.name for actor in claim.targets)) or None
        self.threats.append(
            Uttering(
                type=claim.type,
                who=who,
                against=against,
                target=target,
                words=target_words(claim),
                dated=dated(claim.time, self.published, "threat", background=claim.background),
                claim=claim.id,
                report=self.telling.report,
                voice=self.teller(claim, who, against or who),
                evidence=claim.evidence,
                worked_out=reason,
                names=names,
                towns=towns,
                areas=areas,
                is_of_road=tells_road(claim),
                is_nameless=named is None,
            )
        )

    def threatener(self, claim: Claim) -> Side | None:
        """The side that threatens: the actor of the claim, else its voice."""
        who = next(iter(once(self.sides.party(actor) for actor in claim.actors)), None)
        if who is None and len(claim.attribution) > 1:
            side = self.sides.voice(claim.attribution[-1], self.owners)
            who = self.named.get(side.key) or (side if side.id is not None else None)
        return who

    def threatened(self, claim: Claim, who: Side) -> tuple[Side | None, str | None]:
        """The side that a threat is against: its target, that of a relation that follows from it, or one named in its words."""
        for actor in claim.targets:
            side = self.sides.struck(actor)
            if side is not None and side.key != who.key:
                return side, None
        for relation in self.telling.relations:
            if claim.id in relation.claims:
                ends = [side for side in (self.sides.side(relation.a), self.sides.side(relation.b)) if side is not None]
                other = next((side for side in ends if side.key != who.key), None)
                if other is not None:
                    return other, f"follows from {relation.id}"
        words = " ".join(span.text for span in claim.evidence)
        mentioned = self.sides.named_in(words)
        named = {side.key: side for side in mentioned if side.key != who.key}
        named |= {side.key: side for name, side in sorted(self.mentions.items()) if name in words and side.key != who.key}
        if len(named) == 1:
            side = next(iter(named.values()))
            return side, f"{side.name} is named in the words of the threat"
        return None, None

    def withdrawal(self, claim: Claim) -> None:
        """Words by which a side takes its threat back, whatever type of claim they were read as."""
        words = " ".join(span.text for span in claim.evidence)
        if claim.negated or claim.status == "denied" or not self.words[WITHDRAWING].search(words):
            return
        who = next(iter(once(self.sides.party(actor) for actor in claim.actors)), None)
        day = dated(claim.time, self.published, "told", background=claim.background)
        if who is not None and day.day is not None:
            self.withdrawals.append(self.taken_back(who, day.day, claim))

    def renouncing(self, claim: Claim) -> None:
        """A side's own word that it will not do what it may have threatened ("said it would not attack the town")."""
        if claim.family not in VIOLENT or not claim.negated or claim.status != "planned" or len(claim.attribution) < 2:
            return
        who = next(iter(once(self.sides.party(actor) for actor in claim.actors)), None)
        speaker = self.sides.voice(claim.attribution[-1], self.owners)
        if who is not None and speaker.key == who.key and self.published is not None:
            self.withdrawals.append(self.taken_back(who, self.published, claim))

    def taken_back(self, who: Side, day: str, claim: Claim) -> Withdrawal:
        names = {folded(match) for span in claim.evidence for match in NAME.findall(span.text)} - {who.key, folded(who.name)}
        if claim.place is not None:
            names |= {folded(claim.place.name)}
        names |= {folded(actor.name) for actor in claim.targets}
        return Withdrawal(who.key, day, claim.id, self.telling.report, self.voice_name(claim), claim.evidence, frozenset(names))

    def voice_name(self, claim: Claim) -> str:
        if len(claim.attribution) < 2:
            return self.telling.source or "the report"
        return self.sides.voice(claim.attribution[-1], self.owners).name


def nameless(claim: Claim, report: str) -> Side:
    """Who made a threat, where no organisation is named: "gunmen" or "the army" as the report says, a person without his name,
    or nobody that it tells. Not the same as in any other report."""
    actor = next(iter(claim.actors), None)
    if actor is None:
        name = "somebody not named"
    else:
        name = "a person" if actor.kind == "person" else actor.name
    return Side(key=f"nameless {report} {folded(name)}", name=name, kind=actor.kind if actor is not None else "unknown")


def day_of(published: str | None) -> str | None:
    """The ISO day of a date or date-time; ``None`` where there is none or it is no date."""
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10]).isoformat()
    except ValueError:
        return None


def target_words(claim: Claim) -> frozenset[str]:
    """The words that name the targets of a claim, folded, for targets that are no sides."""
    names = [name for actor in claim.targets for name in (actor.name, actor.text)]
    return frozenset(word for name in names for word in folded(name).split() if len(word) > 2)


def part_of(key: str, a: Side, b: Side) -> Part:
    """Which side of a pair a voice is."""
    return "a" if key == a.key else "b" if key == b.key else "other"


def as_teller(key: str, voice: Teller, a: Side, b: Side) -> Teller:
    """The voice under its key over all reports; a side of the pair bears the pair's name for it."""
    if voice.part == "report":
        return voice
    part = part_of(key, a, b)
    name = a.name if part == "a" else b.name if part == "b" else voice.name
    return Teller(key=key, name=name, part=part)


def once(sides: Iterable[Side | None]) -> list[Side]:
    """Sides in their order, each once."""
    found: dict[str, Side] = {}
    for side in sides:
        if side is not None:
            found.setdefault(side.key, side)
    return list(found.values())
