"""The record of an incident: its claims with the reasons they were joined, and per field the spread of what was said by whom."""

from __future__ import annotations

from typing import Literal

from reportedly.records import Family, Record

Standing = Literal["one_voice", "several_independent", "acknowledged_by_both", "disputed", "denied", "no_claims"]
Review = Literal["candidate", "reviewed", "settled"]
Role = Literal["member", "denies", "about"]
DenialOf = Literal["whole", "figure", "authorship", "detail"]
Field = Literal["actor", "target", "place", "time", "killed", "injured", "abducted", "arrested", "status"]


class Version(Record):
    """One version of a field: the value in words, who said so, in which claims (ids), and who denies just this value."""

    value: str
    voices: tuple[str, ...]
    claims: tuple[str, ...]
    denied_by: tuple[str, ...] = ()


class Spread(Record):
    """All versions of one field, most voices first. Numbers are never added up over claims.

    ``low`` and ``high`` span the figures of a count, ``None`` where that end is open or the field is no count. ``disputed_by``
    are the voices that deny a version of the field, or what is told of it at all.
    """

    field: Field
    versions: tuple[Version, ...]
    low: int | None = None
    high: int | None = None
    disputed_by: tuple[str, ...] = ()


class Denial(Record):
    """What one voice denies: the ``whole`` act, a ``figure``, the ``authorship`` (that it did it), or another ``detail``.

    Only a denial of the whole makes an incident disputed; others dispute their ``field``, and there the ``value`` (in words;
    ``None`` where the denial names none). ``why``: by which part of the rule, in words.
    """

    voice: str
    of: DenialOf
    field: Field | None = None
    value: str | None = None
    claims: tuple[str, ...]
    why: str


LinkKind = Literal["repeats", "updates", "contradicts", "confirms", "denies", "retracts"]
Tolled = Literal["killed", "injured", "abducted", "arrested", "missing", "displaced"]
Reduction = Literal["lowest", "median", "latest", "best_graded", "highest"]


class ClaimLink(Record):
    """How a claim answers an earlier one of the same incident, and why in words. Ids are those of claims and their reports."""

    claim: str
    report: str
    kind: LinkKind
    other: str
    other_report: str
    why: str


class ToldFigure(Record):
    """One figure of a toll, in the order first told: its ends (``None``: open), the best number where the text supports one, who
    tells it, how many of them are independent, and between which days (ISO) of publication."""

    low: int | None
    high: int | None
    best: int | None = None
    voices: tuple[str, ...]
    independent: int
    first_told: str | None = None
    last_told: str | None = None
    claims: tuple[str, ...]


class Reductions(Record):
    """The one number that each rule gives; ``None`` where a rule has nothing to choose from.

    ``lowest`` and ``highest`` figure told; ``median`` over independent voices, each with its last figure (the lower one of two);
    ``latest`` published; ``best_graded``: told by the source that people graded highest, of equals the latest, with that source
    and its grade; ``None`` where no source is graded.
    """

    lowest: int | None = None
    median: int | None = None
    latest: int | None = None
    best_graded: int | None = None
    best_graded_source: str | None = None
    best_graded_grade: str | None = None
    highest: int | None = None


class Toll(Record):
    """All figures told of people harmed in one way. ``group`` is ``None`` for all of them, else the group told apart.

    ``side``: whose people they are, where that is clear. ``only_by_the_enemy``: nobody but the other side tells this toll.
    """

    what: Tolled
    group: str | None = None
    side: Literal["actor", "target"] | None = None
    figures: tuple[ToldFigure, ...]
    reductions: Reductions
    only_by_the_enemy: bool = False


class Position(Record):
    """What one voice says of the incident as a whole: tells, confirms, claims, denies or doubts it, and in which claims.

    ``denies_a_part``: it denies a figure, that it did it, or a detail.
    """

    voice: str
    stance: str
    claims: tuple[str, ...]


class Member(Record):
    """A claim's part in an incident. ``role``: tells it, denies it, or speaks about it; ``reasons`` say in words why it is
    here."""

    claim: str
    report: str
    role: Role = "member"
    score: float
    reasons: tuple[str, ...] = ()


class Incident(Record):
    """What claims of any number of reports are about. ``id`` is kept for life.

    ``from_day`` and ``to_day`` (ISO) bound the time, ``None`` where nothing is known. ``sources`` counts independent voices,
    ``standing`` is what follows from them by the rule told in ``rule``. ``lat`` and ``lon`` are those of the most precise
    place told.
    """

    id: str
    type: str
    family: Family
    standing: Standing
    rule: str
    review: Review = "candidate"
    place: str | None = None
    iso2: str | None = None
    lat: float | None = None
    lon: float | None = None
    from_day: str | None = None
    to_day: str | None = None
    reports: int
    sources: int
    members: tuple[Member, ...]
    spreads: tuple[Spread, ...] = ()
    tolls: tuple[Toll, ...] = ()
    positions: tuple[Position, ...] = ()
    denials: tuple[Denial, ...] = ()
    links: tuple[ClaimLink, ...] = ()
