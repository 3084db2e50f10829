"""What the layouts draw from: incidents with the claims that tell them, acts that make no incident, relations, reports.

Everything streams: a few hundred incidents with their claims are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from reportedly.casebook.filters import Filter
from reportedly.casebook.stored import StoredClaim, StoredRelation, StoredReport
from reportedly.exports.fetch import ClaimsById, Fetcher
from reportedly.incidents.facts import facts, makes_incident
from reportedly.incidents.grades import Told, with_best_graded
from reportedly.incidents.records import Incident, Reduction, Role, Toll
from reportedly.incidents.score import unrelated
from reportedly.incidents.summary_parts import Part, voice_key
from reportedly.incidents.tolls import tolls
from reportedly.knowledge.types import crosswalk, ontology
from reportedly.records import Actor, ActorKind, Crosswalk, Place

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

CHUNK: Final = 200
"""Incidents or claims that are looked up together."""
ORGANISATIONS: Final = frozenset(
    {"armed_group", "state", "government", "military", "police", "intelligence", "paramilitary", "militia", "party", "office"}
    | {"international_force", "international_organisation", "media_wing", "media", "ngo", "company"}
)
"""Kinds of actor that are one and the same organisation wherever they are named."""
HARMED: Final[Mapping[str | None, ActorKind]] = MappingProxyType(
    {"military": "military", "police": "police", "security_forces": "paramilitary"}
)
"""Whose people were harmed, by the group of a count, where that leaves no doubt of the side."""
Side = Literal["actors", "targets"]


UNGRADED: Final[Mapping[str, Told]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Party:
    """A side as told over all claims of a case. ``told_by``: voices that name it, first told first; ``only_alleged``: no claim
    states it as a fact."""

    actor: Actor
    told_by: tuple[str, ...]
    only_alleged: bool

    @property
    def is_organisation(self) -> bool:
        """Whether it is a registered entry or a named organisation, not a class of people or a thing."""
        return is_organisation(self.actor)


@dataclass(frozen=True, slots=True)
class When:
    """The narrowest time told. Days are inclusive; ``None`` is an open end or not told. ``bound``: where no time is told, the day
    it was not later than. ``words`` as written."""

    first: date | None = None
    last: date | None = None
    precision: str | None = None
    words: str | None = None
    bound: date | None = None

    @property
    def days(self) -> int | None:
        """Length in days, ``None`` where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None


@dataclass(frozen=True, slots=True)
class Figure:
    """People harmed in one way. ``number`` is what the rule of reduction gives, ``low`` and ``high`` the span told; ``None`` is
    not told, of ``high`` also that it is open. ``is_part``: only parts were told, and this is the largest of them."""

    number: int | None = None
    low: int | None = None
    high: int | None = None
    is_part: bool = False


@dataclass(frozen=True)
class Case:
    """One incident with its claims, or one claim that belongs to none (``incident`` is ``None``).

    ``claims`` tell it, in the order they were published; ``others`` deny it or speak of it.
    """

    id: str
    claims: tuple[StoredClaim, ...]
    incident: Incident | None = None
    others: tuple[tuple[Role, StoredClaim], ...] = ()
    rule: Reduction = "lowest"
    reasons: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    grades: Mapping[str, Told] = field(default_factory=dict)
    """Who published the reports, by id, with the grade, where people graded that source."""

    @property
    def first(self) -> StoredClaim:
        """The claim published first of those that tell the case as the type it has."""
        return next((claim for claim in self.claims if claim.type == self.type), self.claims[0])

    @property
    def type(self) -> str:
        """The type told most often."""
        return self.incident.type if self.incident else self.claims[0].type

    @property
    def family(self) -> str:
        """The family told most often."""
        return self.incident.family if self.incident else self.claims[0].family

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The codes of the claims of that type; of several, those that say most. Where no claim names both sides, the UCDP type
        of violence is that between those who act by any claim, and those who are the target or were harmed by any."""
        rows = [claim.crosswalk for claim in self.claims if claim.type == self.type] or [self.claims[0].crosswalk]
        most = max(rows, key=lambda row: sum(value is not None for value in dict(row).values()))
        is_known = self.type in ontology()  # a casebook read with own types can be exported without them
        if most.ucdp_type_of_violence is not None or len(self.claims) == 1 or not is_known:
            return most
        acting = [actor.kind for claim in self.claims for actor in claim.actors]
        suffering = [actor.kind for claim in self.claims for actor in claim.targets]
        suffering += [HARMED[count.group] for claim in self.claims for count in claim.counts if count.group in HARMED]
        between = crosswalk(self.type, None, acting, suffering).ucdp_type_of_violence
        return most.model_copy(update={"ucdp_type_of_violence": between})

    @cached_property
    def place(self) -> Place | None:
        """The most precise place told; of equals the one told first."""
        places = [claim.place for claim in self.claims if claim.place is not None]
        return min(places, key=lambda place: (place.precision or 8, place.lat is None), default=None)

    @cached_property
    def when(self) -> When:
        """The narrowest time told; where none is told only a bound."""
        told = [when for claim in self.claims if (when := _when(claim)) is not None]
        timed = [when for when in told if when.first or when.last]
        if timed:
            return min(timed, key=lambda when: when.days or 10**6)
        return When(bound=min((when.bound for when in told if when.bound), default=None))

    def parties(self, side: Side) -> tuple[Party, ...]:
        """Who acts or is the target, named by most voices first; of equals organisations before classes of people."""
        found: dict[str, list[tuple[Actor, StoredClaim]]] = {}
        for claim in self.claims:
            for actor in getattr(claim, side):
                found.setdefault(actor.id or actor.name.casefold(), []).append((actor, claim))
        parties = [
            Party(
                actor=told[0][0],
                told_by=tuple(dict.fromkeys(voice_of(claim) for _, claim in told)),
                only_alleged=all(claim.status == "alleged" for _, claim in told),
            )
            for told in found.values()
        ]
        return tuple(sorted(parties, key=lambda party: (-len(party.told_by), not party.is_organisation)))

    @cached_property
    def tolls(self) -> tuple[Toll, ...]:
        """All figures told; those that a person corrected are taken in."""
        if self.incident is not None and not any({"killed", "injured"} & set(claim.corrected) for claim in self.claims):
            return self.incident.tolls
        parts = [
            Part(
                claim=claim.plain(),
                facts=facts(claim, claim.report, claim.report, _day(claim.published)),
                source=claim.source,
                first_source=claim.source,
                role="member",
                score=0.0,
                reasons=(),
            )
            for claim in self.claims
        ]
        homes = {claim.id: claim.report for claim in self.claims}
        return with_best_graded(tolls(parts, voice_key, unrelated), lambda claim: self.grades.get(homes[claim]))

    def figure(self, what: str, wanted: Callable[[Toll], bool] | None = None) -> Figure:
        """The number of people harmed in one way, all of them or those of the tolls ``wanted``. Never a sum.

        Where no total is told, the largest part stands for it, and ``is_part`` says so.
        """
        own = [toll for toll in self.tolls if toll.what == what and (wanted is None or wanted(toll))]
        totals = [toll for toll in own if toll.group is None] if wanted is None else own
        if totals:
            toll = max(totals, key=lambda toll: len(toll.figures))
            reduced = toll.reductions
            return Figure(getattr(reduced, self.rule), reduced.lowest, _highest(toll))
        numbers = [number for toll in own if (number := getattr(toll.reductions, self.rule)) is not None]
        lows = [toll.reductions.lowest for toll in own if toll.reductions.lowest is not None]
        if not own:
            return Figure()
        return Figure(max(numbers, default=None), max(lows, default=None), None, is_part=True)

    @property
    def told(self) -> tuple[tuple[Role, StoredClaim], ...]:
        """All claims with their part in the case."""
        return (*(("member", claim) for claim in self.claims), *self.others)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Publishers of the reports that tell it, first published first."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims if claim.source))


class Material:
    """What one export draws from a casebook.

    ``rule`` reduces conflicting counts to one number; ``corrected`` lays people's corrections over what was read. ``watch`` sees
    each case that was handed out and not dropped, so that the rows behind it are written beside the export. ``left_out``
    counts, by reason, what a layout cannot hold.
    """

    def __init__(self, book: Casebook, asked: Filter, rule: Reduction = "lowest", *, corrected: bool = False) -> None:
        self.book, self.asked, self.rule, self.corrected = book, asked, rule, corrected
        self.watch: Callable[[Case], None] | None = None
        self.left_out: dict[str, int] = {}
        self._is_dropped = False
        self._fetcher = Fetcher(book, corrected=corrected)

    def cases(self) -> Iterator[Case]:
        """Incidents that the filter asks for, by day."""
        incidents = self.book.incidents(self.asked, corrected=self.corrected)
        while chunk := list(islice(incidents, CHUNK)):
            claims = self._fetcher.claims_of(chunk)
            for incident in chunk:
                yield from self._hand_out(self._case(incident, claims))

    def acts(self) -> Iterator[Case]:
        """Everything claims tell: each incident once, at its first claim, and each claim that tells of none (threats, denials,
        plans, the past)."""
        told: set[str] = set()
        stream = self.book.claims(self.asked, corrected=self.corrected)
        while chunk := list(islice(stream, CHUNK)):
            homes = [claim.incidents[0] if claim.incidents and makes_incident(claim) else None for claim in chunk]
            incidents = self._fetcher.incidents(dict.fromkeys(home for home in homes if home is not None and home not in told))
            claims = self._fetcher.claims_of(list(incidents.values()), chunk)
            for claim, home in zip(chunk, homes, strict=True):
                if home is None:
                    yield from self._hand_out(Case(claim.id, (claim,), rule=self.rule, grades=self._fetcher.grades))
                elif home not in told and home in incidents:
                    told.add(home)
                    yield from self._hand_out(self._case(incidents[home], claims))

    def relations(self) -> Iterator[StoredRelation]:
        """Relations that the filter asks for."""
        yield from self.book.relations(self.asked)

    def relations_beside(self) -> Iterator[StoredRelation]:
        """Relations beside incidents: those that the filter asks for as far as it can speak of relations; none where it asks for
        a place or a family."""
        asked = self.asked
        if asked.place is None and asked.country is None and asked.family is None and asked.background is None:
            yield from self.book.relations(replace(asked, type=None, status=None))

    def threats(self) -> Iterator[Case]:
        """Threats that the filter asks for; its type and status speak of relations and do not narrow them."""
        if self.asked.family not in {None, "threat"}:
            return
        for claim in self.book.claims(replace(self.asked, family="threat", type=None, status=None), corrected=self.corrected):
            yield Case(claim.id, (claim,), rule=self.rule)

    def report(self, key: str) -> StoredReport:
        """A report by its id."""
        return self._fetcher.report(key)

    def leave_out(self, why: str) -> None:
        """Count what a layout cannot hold."""
        self.left_out[why] = self.left_out.get(why, 0) + 1

    def drop(self, why: str) -> None:
        """Leave out the case that was handed out last."""
        self.leave_out(why)
        self._is_dropped = True

    def _hand_out(self, case: Case | None) -> Iterator[Case]:
        """The case, if there is one; when the next is asked for, ``watch`` sees it, unless it was dropped."""
        if case is not None:
            self._is_dropped = False
            yield case
            if self.watch is not None and not self._is_dropped:
                self.watch(case)

    def _case(self, incident: Incident, claims: ClaimsById) -> Case | None:
        case = case_of(incident, claims, self.rule, self._fetcher.grades)
        if case is None:
            self.leave_out("incidents whose claims were all rejected")
        return case


def _highest(toll: Toll) -> int | None:
    """The highest figure told; ``None`` where an open one ("dozens", "24 or more") reaches above all others."""
    ends = [figure.high for figure in toll.figures if figure.high is not None]
    is_open = any(figure.high is None and (figure.low or 0) >= max(ends, default=0) for figure in toll.figures)
    return None if is_open else toll.reductions.highest


def case_of(
    incident: Incident, claims: ClaimsById, rule: Reduction = "lowest", grades: Mapping[str, Told] = UNGRADED
) -> Case | None:
    """An incident with those of its claims that are at hand; ``None`` where none of them tells it."""
    found = [(member, claims.get((member.report, member.claim))) for member in incident.members]
    held = [(member, claim) for member, claim in found if claim is not None]
    tell = [claim for member, claim in held if member.role == "member"]
    if not tell:
        return None
    return Case(
        id=incident.id,
        grades=grades,
        claims=tuple(sorted(tell, key=lambda claim: (claim.published or "9999", claim.report, claim.trigger.start))),
        incident=incident,
        others=tuple((member.role, claim) for member, claim in held if member.role != "member"),
        rule=rule,
        reasons={member.claim: (member.score, member.reasons) for member in incident.members},
    )


def voice_of(claim: StoredClaim) -> str:
    """Who says it, as people read it: the innermost named voice, else the publisher."""
    inner = claim.attribution[1:]
    return inner[-1].name if inner else claim.source or claim.report


def is_organisation(actor: Actor) -> bool:
    """Whether an actor is the same wherever it is named: registered, or a named organisation."""
    return actor.kind != "class" and (actor.id is not None or actor.kind in ORGANISATIONS)


def actor_key(actor: Actor) -> str:
    """What an organisation is known by over all reports."""
    return actor.id or actor.name.casefold()


def joined(values: Iterable[str | None], between: str = "; ") -> str | None:
    """Values in one cell, each once; ``None`` where there is none."""
    told = [value for value in dict.fromkeys(values) if value]
    return between.join(told) if told else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _when(claim: StoredClaim) -> When | None:
    time = claim.time
    if time is None:
        return None
    if time.basis == "bounded_by_publication":
        return When(bound=_day(time.to))
    return When(_day(time.from_), _day(time.to), time.precision, time.text)
