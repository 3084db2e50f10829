"""The records of a brief: sections of entries and sentences, with the numbers of their footnotes. Writers add nothing."""

from __future__ import annotations

from typing import Literal

from reportedly.incidents.records import Standing
from reportedly.records import Record

Basis = Literal["published", "added"]


class Window(Record):
    """The time that a brief is about: from ``since`` to ``until``, both UTC (ISO, to the second), both inclusive.

    ``basis``: reports ``published`` in that time (of those without a known time, added in it), or ``added`` in it.
    """

    since: str
    until: str
    basis: Basis = "published"


class Footnote(Record):
    """What a sentence rests on. ``words`` are verbatim in the report, ``None`` where nothing was read from it.

    ``published`` is ISO as known, ``None`` where unknown. ``address`` is defanged.
    """

    number: int
    report: str
    claim: str | None = None
    source: str | None = None
    title: str | None = None
    published: str | None = None
    address: str | None = None
    words: str | None = None


class Sentence(Record):
    """One statement. ``label`` says what it is about, where it stands in a list of an entry; ``notes`` are footnote numbers.

    A sentence without notes speaks of the brief itself (how many, what to do), never of an act.
    """

    text: str
    notes: tuple[int, ...] = ()
    label: str | None = None


class Entry(Record):
    """One act, threat or relation. ``number`` is how other parts of the brief refer to it, ``key`` the id of its record.

    ``standing`` is that of an incident, else ``None``; ``badge`` the same or the state of a threat in words.
    """

    number: int
    key: str
    heading: str
    badge: str | None = None
    standing: Standing | None = None
    sentences: tuple[Sentence, ...]


class Group(Record):
    """Entries under one heading, as those of one standing; ``heading`` is ``None`` where a section has one group only."""

    heading: str | None = None
    lead: str | None = None
    entries: tuple[Entry, ...]


class Section(Record):
    """A part of a brief: loose sentences, then groups of entries. ``key`` names it for writers and tests."""

    key: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    groups: tuple[Group, ...] = ()


class Spot(Record):
    """An act on the map. ``is_area``: only an area is told, and the point stands for it. ``precision`` as in UCDP."""

    number: int
    lat: float
    lon: float
    precision: int
    is_area: bool
    standing: Standing
    place: str


class Stretch(Record):
    """An act on the timeline, from its first to its last possible day (ISO); one day where both are the same."""

    number: int
    first: str
    last: str
    standing: Standing
    label: str


class Brief(Record):
    """A whole brief. ``asked`` are the filters in words; ``made_by`` the version that made it.

    ``off_map`` and ``off_timeline`` say in words which acts are on neither drawing, and why.
    """

    title: str
    window: Window
    asked: tuple[tuple[str, str], ...] = ()
    casebook: str
    made_by: str
    is_empty: bool
    sections: tuple[Section, ...]
    spots: tuple[Spot, ...] = ()
    off_map: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    off_timeline: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
