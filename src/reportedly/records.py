"""The plain records that flow through Reportedly: report, mention, claim, attribution, relation, reading.

Frozen, no I/O. Whatever was read from the text carries ``text``, ``start`` and ``end`` (character offsets into
``report.text``) with ``report.text[start:end] == text``. Three outcomes are kept apart: *absent* is ``None`` or an empty
tuple, *unsure* is ranked readings or a low/high pair that differ, *failed* is an error and never a record.
"""

from __future__ import annotations

import hashlib
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "https://reportedly.example/schemas/reading-1.json"

Family = Literal[
    "battle",
    "explosion_remote_violence",
    "violence_against_civilians",
    "abduction",
    "protest",
    "riot",
    "arrest",
    "agreement",
    "truce_end",
    "threat",
    "accusation",
    "claim_of_responsibility",
    "denial",
    "statement",
    "movement",
    "other",
]
Status = Literal["occurred", "ongoing", "planned", "threatened", "requested", "hypothetical", "alleged", "denied"]
Stance = Literal[
    "asserts",
    "confirms",
    "denies",
    "accuses",
    "claims_responsibility",
    "threatens",
    "demands",
    "condemns",
    "doubts",
    "cannot_confirm",
    "no_comment",
    "promises",
    "asks",
]
ActorKind = Literal[
    "armed_group",
    "state",
    "government",
    "military",
    "police",
    "intelligence",
    "paramilitary",
    "militia",
    "party",
    "international_force",
    "international_organisation",
    "media_wing",
    "media",
    "office",
    "ngo",
    "company",
    "community",
    "facility",
    "person",
    "class",
    "unknown",
]
CountWhat = Literal[
    "killed",
    "injured",
    "casualties",
    "abducted",
    "arrested",
    "displaced",
    "surrendered",
    "released",
    "missing",
    "participants",
]
CountGroup = Literal["attackers", "military", "police", "security_forces", "armed_group", "civilians", "officials", "mixed"]
TimePrecision = Literal["day", "range", "week", "month", "season", "year"]
TimeBasis = Literal["stated", "worked_out", "bounded_by_publication"]
Medium = Literal[
    "statement",
    "video",
    "audio",
    "post",
    "interview",
    "broadcast",
    "paper",
    "report",
    "press_conference",
    "call",
    "letter",
    "speech",
]
RelationKind = Literal[
    "hostile",
    "rival",
    "truce",
    "non_aggression",
    "allied",
    "part_of",
    "splinter_of",
    "proxy_of",
    "media_wing_of",
    "spokesperson_of",
    "supplies",
    "hosts",
    "pledged_allegiance_to",
    "merged_into",
]
MUTUAL: frozenset[RelationKind] = frozenset({"hostile", "rival", "truce", "non_aggression", "allied"})
"""Kinds of relation that hold both ways; all others go from the first actor to the second."""
RelationStatus = Literal["current", "ended", "alleged", "alleged_ended", "denied"]
MentionKind = Literal["actor", "place", "time", "count"]


class Record(BaseModel):
    """Base of all records: immutable, and closed to unknown fields.

    >>> Span(text="Goma", start=0, end=4).model_copy(update={"start": 8, "end": 12}).start
    8
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, ser_json_inf_nan="constants")


class Span(Record):
    """A stretch of the report's text: ``report.text[start:end] == text``. Offsets count Unicode code points.

    >>> text = "Rebels attacked Goma."
    >>> span = Span(text="Goma", start=16, end=20)
    >>> text[span.start : span.end] == span.text
    True
    """

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class ActorReading(Record):
    """One candidate of the register for a name, with the reason it was considered. Candidates come best first.

    >>> ActorReading(id="x-front", name="X Front", reason="abbreviation").id
    'x-front'
    """

    id: str
    name: str
    reason: str


class Actor(Span):
    """An actor named or referred to in the text.

    ``name`` is the usual full form (of the register where known, else as written); ``id`` the register's id or ``None``.
    A *class* ("gunmen", "Baloch militants") names no organisation and never gets a register id of one.
    ``basis`` tells how the span was tied to the name: ``named``, ``reference`` ("the group", "he") or ``inferred``.

    >>> actor = Actor(text="the group", start=4, end=13, name="X Front", id="x-front", kind="armed_group", basis="reference")
    >>> actor.name, actor.text
    ('X Front', 'the group')
    """

    name: str
    id: str | None = None
    kind: ActorKind = "unknown"
    basis: Literal["named", "reference", "inferred"] = "named"
    readings: tuple[ActorReading, ...] = ()


class Place(Span):
    """Where something happened, as written and as resolved.

    ``precision`` follows UCDP: 1 exact place, 2 near a place, 3 second-level unit, 4 first-level unit, 5 part of a country
    or a region, 6 country, 7 sea or international airspace. ``stand_in`` is true where the coordinates only stand for a
    wider area. ``lat``/``lon`` are WGS84 degrees, or ``None`` where no honest point exists.

    >>> place = Place(text="North Kivu", start=0, end=10, name="North Kivu", iso2="CD", precision=4)
    >>> place.lat is None, place.precision
    (True, 4)
    """

    name: str
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None
    iso2: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int | None = Field(default=None, ge=1, le=7)
    stand_in: bool = False
    geonames_id: int | None = None


class Time(Record):
    """When something happened. ``from``/``to`` are ISO dates, both inclusive; a ``None`` end is open.

    ``precision`` is that of the wording. ``basis``: ``stated`` in the words themselves; ``worked_out`` from the publication
    date or the passage; ``bounded_by_publication`` where the text gives no time and only "not later than" is known (then
    ``text``, ``start`` and ``end`` are ``None``).

    >>> time = Time(text="in March", start=0, end=8, from_="2025-03-01", to="2025-03-31", precision="month")
    >>> time.from_, time.basis
    ('2025-03-01', 'stated')
    """

    text: str | None = None
    start: int | None = None
    end: int | None = None
    from_: str | None = Field(default=None, alias="from", serialization_alias="from")
    to: str | None = None
    precision: TimePrecision = "day"
    basis: TimeBasis = "stated"


class Count(Span):
    """How many people: ``low`` to ``high``, ``None`` where that end is open; ``best`` only where the text supports it.

    "at least nine" is low 9, high ``None``; "no one" is 0 and 0; a death told without a number has no ``low`` and no ``high``.
    ``hedge`` is the wording that loosens the number; ``group`` whose people were counted.

    >>> Count(text="at least nine", start=0, end=13, what="killed", low=9, hedge="at least").high is None
    True
    """

    what: CountWhat
    low: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    hedge: str | None = None
    group: CountGroup | None = None
    group_text: str | None = None
    total: bool = True


class Voice(Record):
    """One link of the chain of voices behind a claim. The first link is the report itself and has no span.

    >>> Voice(name="Pakistani police", kind="police", stance="confirms", text="police", start=40, end=46).stance
    'confirms'
    """

    name: str
    kind: str = "unknown"
    id: str | None = None
    medium: Medium | None = None
    cue: Span | None = None
    stance: Stance = "asserts"
    text: str | None = None
    start: int | None = None
    end: int | None = None


class Crosswalk(Record):
    """The row of each neighbouring coding scheme that the claim's type maps to; ``None`` is declared unmapped.

    >>> Crosswalk(acled_event_type="Battles", acled_sub_event_type="Armed clash").cameo_root is None
    True
    """

    acled_event_type: str | None = None
    acled_sub_event_type: str | None = None
    ucdp_type_of_violence: int | None = None
    plover_type: str | None = None
    plover_mode: str | None = None
    cameo_root: str | None = None


class Claim(Record):
    """One statement of one event by one voice, with the words it was read from.

    >>> words = Span(text="Rebels attacked Goma", start=0, end=20)
    >>> trigger = Span(text="attacked", start=7, end=15)
    >>> voices = (Voice(name="article"),)
    >>> told = Claim(id="c-1", type="attack", family="battle", trigger=trigger, attribution=voices, evidence=(words,))
    >>> told.status, told.place, told.counts
    ('occurred', None, ())
    """

    id: str
    type: str
    family: Family
    trigger: Span
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    instrument: Span | None = None
    place: Place | None = None
    time: Time | None = None
    counts: tuple[Count, ...] = ()
    status: Status = "occurred"
    negated: bool = False
    background: bool = False
    attribution: tuple[Voice, ...]
    hedges: tuple[Span, ...] = ()
    evidence: tuple[Span, ...]
    about: tuple[str, ...] = ()
    crosswalk: Crosswalk = Crosswalk()
    rules: tuple[str, ...] = ()


class Relation(Record):
    """Two actors and what is said to bind or divide them. Direction is from ``a`` to ``b`` where the kind has one.

    >>> one, other = (Actor(text=name, start=0, end=1, name=name) for name in "AB")
    >>> said = Relation(id="r-1", kind="truce", a=one, b=other, attribution=(Voice(name="article"),), evidence=(one,))
    >>> said.status, said.kind in MUTUAL
    ('current', True)
    """

    id: str
    kind: RelationKind
    a: Actor
    b: Actor
    status: RelationStatus = "current"
    attribution: tuple[Voice, ...]
    evidence: tuple[Span, ...]
    claims: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Mention(Span):
    """A span that names an actor, place, time or count, with what it was read as.

    >>> place = Place(text="Goma", start=16, end=20, name="Goma", iso2="CD")
    >>> Mention(kind="place", text="Goma", start=16, end=20, reading=place).reading.iso2
    'CD'
    """

    kind: MentionKind
    reading: Actor | Place | Time | Count


class Attribution(Record):
    """Who says what: the words that name the source, the cue, and the content (in pieces where it is interrupted).

    ``source`` is ``None`` where no one is named ("it was reported that"); ``cue`` where only quotation marks tell.

    >>> said = Attribution(source=Span(text="police", start=0, end=6), cue=Span(text="denied", start=7, end=13), stance="denies")
    >>> said.source.text, said.content
    ('police', ())
    """

    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    stance: Stance = "asserts"
    medium: Medium | None = None


class Report(Record):
    """One text from a source. The text never changes after it is stored; offsets are into it.

    ``published`` is an ISO date or date-time with zone, or ``None`` where unknown; ``published_basis`` says how it is
    known. ``published_until`` bounds an unknown date from above. ``sha256`` is that of the original bytes.

    >>> report = Report(id="report-1", text="Rebels attacked Goma.", sha256="0" * 64)
    >>> report.published is None, report.language
    (True, 'en')
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    byline: str | None = None
    address: str | None = None
    published: str | None = None
    published_basis: str | None = None
    language: str = "en"
    sha256: str


class Reading(Record):
    """What one report says: the object that ``reportedly read --json`` prints.

    >>> reading = Reading(reader="1.0", report=Report(id="report-1", text="Nothing happened.", sha256="0" * 64))
    >>> Reading.from_json(reading.to_json()) == reading
    True
    """

    schema_: str = Field(default=SCHEMA, alias="schema", serialization_alias="schema")
    reader: str
    report: Report
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    unread: str | None = None

    def to_json(self, indent: int | None = None) -> str:
        """The reading as JSON text, same bytes for the same input and version.

        >>> report = Report(id="report-1", text="Nothing happened.", sha256="0" * 64)
        >>> Reading(reader="1.0", report=report).to_json()[:74]
        '{"schema":"https://reportedly.example/schemas/reading-1.json","reader":"1.'
        """
        return self.model_dump_json(by_alias=True, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The reading that :meth:`to_json` wrote.

        >>> report = Report(id="report-1", text="Nothing happened.", sha256="0" * 64)
        >>> Reading.from_json(Reading(reader="1.0", report=report).to_json()).report.text
        'Nothing happened.'
        """
        return cls.model_validate_json(text)


def content_id(prefix: str, *parts: object) -> str:
    """An id that depends on the parts alone: the same content gets the same id in every run.

    >>> content_id("claim", "report-1", 7) == content_id("claim", "report-1", 7) != content_id("claim", "report-2", 7)
    True
    """
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{prefix}-{digest[:16]}"
