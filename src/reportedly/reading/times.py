"""When: dates, durations, recurring times and ages in a report, resolved against its publication and its own running story.

An expression becomes a span of days that is never narrower than its wording. Relative words lean on three dates, each known
or not: the *publication*, the *running date* (the last date the text gave: "the next day"), and the *passage* (an explicit
year far from publication that the text is just speaking of: "on September 30" after "in September 2019"). Where none helps,
the mention stays with no dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, layered_yaml, per_layers
from reportedly.linking import calendar
from reportedly.reading.numbers import SMALL, TENS
from reportedly.reading.parse import Parse, Token
from reportedly.records import Time, TimeBasis, TimePrecision

Kind = Literal["date", "duration", "set", "age", "bound"]


@dataclass(frozen=True)
class FoundTime:
    """A time expression. ``first`` and ``last`` are token indexes, both inclusive; ``time`` holds text, offsets and days.

    Only ``date`` and ``bound`` (an open interval: "since July") can date an act; the days of other kinds are ``None``.
    ``inner`` is the date that a bound is bound by.
    """

    time: Time
    first: int
    last: int
    kind: Kind
    inner: Time | None = None


def find_times(
    parse: Parse, published: date | None, published_until: date | None = None, lexicon: TimeLexicon | None = None
) -> list[FoundTime]:
    """The time expressions of a text, in its order, none overlapping.

    ``published`` is the day of publication; where it is ``None``, ``published_until`` (the last day it can have been), or else a
    full date that the text sets as its dateline, takes its place. ``from_`` and ``to`` are both ``None`` where the words
    and these dates give no day; nothing is invented. ``lexicon``: the words and patterns; ``None`` for those of the setting.
    """
    return _Story(parse, published or published_until, lexicon or load_times())._read()


# --- words -----------------------------------------------------------------------------------------------------------


class _Words(NamedTuple):
    """The words of ``lexicon/times.yaml``, by form."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, str]
    units: Mapping[str, str]
    day_parts: Mapping[str, str]
    holidays: Mapping[str, tuple[int, int]]
    named_days: Mapping[str, date]
    named_day_heads: frozenset[str]
    names_after_date: frozenset[str]
    names_after_weekday: frozenset[str]
    names_before: frozenset[str]
    no_year_after: frozenset[str]
    no_year_before: frozenset[str]
    planned: frozenset[str]
    promised: frozenset[str]
    scheduled_present: frozenset[str]
    opening: frozenset[str]
    leading: frozenset[str]


GRAMMAR_KEYS = frozenset({"calls", "pieces", "patterns"})
DATES = frozenset({"holidays", "named_days"})
LISTED_UNDER = {
    "months": "january february march april may june july august september october november december".split(),
    "weekdays": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "seasons": "spring summer autumn winter".split(),
    "units": "TS TM TH D W F M Q Y E C".split(),
    "day_parts": "MO MI AF EV NI".split(),
}
"""What forms may be listed under; their order counts."""


class _Source:
    """The lexicon's file (of own layers the highest): its content with all below it, and the line of a fault in it."""

    def __init__(self, raw: dict[str, Any], path: Path) -> None:
        self.path, self.raw = path, raw
        if wrong := set(raw) ^ (set(_Words._fields) | GRAMMAR_KEYS):
            raise self.error(f"unknown or missing keys: {', '.join(sorted(wrong))}.", min(wrong))
        for key, names in LISTED_UNDER.items():
            if list(raw[key]) != names:
                odd = next(iter([name for name in raw[key] if name not in names]), names[0])
                raise self.error(f"{odd!r} is none of the {key}: {', '.join(names)}.", odd)

    def error(self, what: str, word: str) -> KnowledgeError:
        """An error that points at the last line that holds a word."""
        text = self.path.read_text(encoding="utf-8")
        line = text[: max(0, text.rfind(word))].count("\n") + 1
        return KnowledgeError(what, where=f"{self.path}:{line}", remedy="Correct the file.")

    def words(self, key: str, value: str) -> list[str]:
        """The words of a list, each of them once."""
        found = value.split()
        for word in found:
            if found.count(word) > 1:
                raise self.error(f"{word!r} is listed twice under {key!r}.", word)
        return found

    def forms(self, key: str) -> dict[str, str]:
        """Each form with the name it is listed under, which is one."""
        table: dict[str, str] = {}
        for name, value in self.raw[key].items():
            for word in self.words(key, value):
                if table.setdefault(word, name) != name:
                    raise self.error(f"{word!r} is listed twice under {key!r}.", word)
        return table

    def dates(self, key: str, read: Callable[[str], date]) -> dict[str, date]:
        """Days by name."""
        table: dict[str, date] = {}
        for name, day in self.raw[key].items():
            try:
                table[name] = read(day)
            except ValueError as error:
                raise self.error(f"{name!r} has the day {day!r}, which is none ({key}).", name) from error
        return table


def _words(source: _Source) -> _Words:
    """The words. Raises :class:`KnowledgeError` for a word listed twice, or a day that is none."""
    raw = source.raw
    months, weekdays = list(raw["months"]), list(raw["weekdays"])
    sets = {key: frozenset(source.words(key, raw[key])) for key in _Words._fields[7:]}
    for name in raw["named_days"]:
        if not re.fullmatch(rf"\d{{1,2}}/\d{{1,2}}|(?:{'|'.join(months)}) \d{{1,2}}", name):
            raise source.error(f"{name!r} is neither like '9/11' nor like 'september 11' (named_days).", name)
    every_year = source.dates("holidays", lambda day: date.fromisoformat(f"2024-{day}"))
    return _Words(
        months={word: months.index(name) + 1 for word, name in source.forms("months").items()},
        weekdays={word: weekdays.index(name) for word, name in source.forms("weekdays").items()},
        seasons=source.forms("seasons"),
        units=source.forms("units"),
        day_parts=source.forms("day_parts"),
        holidays={name: (day.month, day.day) for name, day in every_year.items()},
        named_days=source.dates("named_days", date.fromisoformat),
        **sets,
    )


PLAIN_PLURAL_TRAPS = frozenset(
    {
        "early",
        "small",
        "working",
        "office",
        "opening",
        "business",
        "daylight",
        "these",
        "those",
        "good",
        "old",
        "dark",
        "greatest",
    }
)
"""Before a bare plural they make no length: "in the early hours", "the old days"."""
LOOSE = frozenset({"few", "several", "many", "some", "dozens", "couple", "recent", "numerous", "multiple"})
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": -1, "last": -1}
NTH_DAYS = "second third fourth fifth sixth seventh eighth ninth tenth".split()
"""How many days a third day lies behind the first, by place."""
PARTS = {
    **dict.fromkeys(("early", "beginning", "start", "opening"), "early"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("late", "later", "end", "close", "closing"), "late"),
}
EDGES = {
    "beginning": "start",
    "start": "start",
    "opening": "start",
    "turn": "start",
    "end": "end",
    "close": "end",
    "closing": "end",
    "middle": "mid",
}
"""What an edge is of a year; of a month and a week it is a part."""


# --- patterns --------------------------------------------------------------------------------------------------------

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class _Days:
    """Days as worked out: either end may be unknown. ``basis`` is of the year, the loosest part."""

    low: date | None
    high: date | None
    precision: TimePrecision
    basis: TimeBasis = "worked_out"
    kind: Kind = "date"
    running: bool = True


UNKNOWN = _Days(None, None, "day", running=False)
Resolver = Callable[["_Story", Match, "_Cut"], _Days | None]


class _Cut(NamedTuple):
    """Where a pattern matched: its first and last token, and a year that the other end of a range lends it."""

    first: int
    last: int
    year: int | None


class _Pattern(NamedTuple):
    regex: re.Pattern[str]
    resolve: Resolver
    example: str


class _Grammar(NamedTuple):
    """The class of each word that calls for patterns, the patterns of a class, the words that may stand before, and the days
    that are named by figures ("9/11")."""

    anchors: Mapping[str, str]
    patterns: Mapping[str, tuple[_Pattern, ...]]
    before: frozenset[str]
    named: re.Pattern[str]


S = r"(?:(?!\s*\n\s*\n)\s{1,3})"
"""A gap inside an expression: no blank line."""
HYPHEN = rf"(?:\s?-\s?|{S})"
CLASSES = {
    "month": ("month_day", "month_alone"),
    "weekday": ("weekday", "month_day"),
    "unit": ("unit", "month_alone"),
    "year": ("year",),
    "decade": ("decade",),
    "season": ("season",),
    "part": ("part",),
    "word": ("word",),
}
"""The groups of patterns that are tried where a word of a class stands."""


class TimeLexicon(NamedTuple):
    """Calendar words and patterns of ``lexicon/times.yaml``, ready for use."""

    words: _Words
    grammar: _Grammar


@per_layers("lexicon/times.yaml")
def load_times(layers: Layers) -> TimeLexicon:
    """The lexicon of times. Raises :class:`KnowledgeError` that names file and line for what cannot be read."""
    worded = (set(_Words._fields) | {"calls"}) - DATES
    return layered_yaml(layers, "lexicon/times.yaml", _time_lexicon, words=worded)


def _time_lexicon(data: dict[str, Any], path: Path) -> TimeLexicon:
    source = _Source(data, path)
    words = _words(source)
    return TimeLexicon(words, _grammar(source, words))


def _grammar(source: _Source, lexicon: _Words) -> _Grammar:
    """The patterns, compiled. Raises :class:`KnowledgeError` for an unknown piece, reader or group, or a faulty expression."""
    pieces = _word_lists(lexicon)
    if odd := set(source.raw["patterns"]) - {group for used in CLASSES.values() for group in used}:
        raise source.error(f"{min(odd)!r} is no group of patterns.", min(odd))
    for name, template in source.raw["pieces"].items():
        pieces[name] = _expand(template, pieces, source)
    resolvers = {name: reader for name, reader in vars(_Story).items() if name[0] != "_"}
    groups: dict[str, tuple[_Pattern, ...]] = {}
    for group, rows in source.raw["patterns"].items():
        groups[group] = tuple(_compiled(row, pieces, resolvers, source) for row in rows)
    patterns = {name: tuple(pattern for group in used for pattern in groups[group]) for name, used in CLASSES.items()}
    anchors: dict[str, str] = {}
    plurals = [f"{name}s" for name in lexicon.weekdays]
    for group, names in (
        ("month", lexicon.months),
        ("season", lexicon.seasons),
        ("unit", lexicon.units),
        ("part", lexicon.day_parts),
        ("weekday", [*lexicon.weekdays, *plurals]),
        *((group, source.words("calls", words)) for group, words in source.raw["calls"].items()),
    ):
        for name in names:
            anchors.setdefault(name, group)
    before = lexicon.leading.union(SMALL, TENS, ORDINALS, lexicon.day_parts, lexicon.months, lexicon.weekdays)
    figures = _any(name for name in lexicon.named_days if "/" in name)
    named = re.compile(rf"(?<![\w/.])(?P<name>{figures})(?![\w/]|\.\d)")
    return _Grammar(anchors, patterns, before, named)


def _word_lists(lexicon: _Words) -> dict[str, str]:
    """The alternations that patterns may name."""
    return {
        "hyphen": HYPHEN,
        "months": _abbreviated(lexicon.months),
        "weekdays": _abbreviated(lexicon.weekdays),
        "weekday_names": _any(name for name in lexicon.weekdays if name.endswith("day")),
        "seasons": _any(lexicon.seasons),
        "units": _any(lexicon.units),
        "day_parts": _any(lexicon.day_parts),
        "holidays": _any(lexicon.holidays),
        "ordinals": _any(ORDINALS),
        "numbers": _any([*SMALL, *TENS]),
        "small": _any(SMALL),
        "tens": _any(TENS),
    }


def _expand(template: str, pieces: Mapping[str, str], source: _Source) -> str:
    """A template with its pieces filled in and its spaces made gaps."""
    unknown = [name for name in PIECE.findall(template) if name not in pieces]
    if unknown:
        raise source.error(f"unknown piece {unknown[0]!r}.", f"{{{unknown[0]}}}")
    return PIECE.sub(lambda match: pieces[match[1]], template.replace(" ", S))


def _compiled(row: Mapping[str, str], pieces: Mapping[str, str], resolvers: Mapping[str, Any], source: _Source) -> _Pattern:
    if set(row) != {"reads", "pattern", "example"} or row["reads"] not in resolvers:
        raise source.error(
            f"a pattern needs reads (a known reader), pattern and example; got {dict(row)}.", row.get("reads", "patterns")
        )
    try:
        regex = re.compile(_expand(row["pattern"], pieces, source), re.IGNORECASE)
    except re.error as error:
        raise source.error(f"not a regular expression: {error}.", row["pattern"]) from error
    if regex.search(row["example"]) is None:
        raise source.error(f"{row['example']!r} is no example of its pattern.", row["example"])
    return _Pattern(regex, cast(Resolver, resolvers[row["reads"]]), row["example"])


PIECE = re.compile(r"\{([a-z_]+)\}")


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _abbreviated(names: Mapping[str, int]) -> str:
    """An alternation of names in which only the shortened ones may end in a full stop."""
    longest = {number: max((name for name in names if names[name] == number), key=len) for number in names.values()}
    full = set(longest.values())
    return rf"(?:{_any(full)})\b|(?:{_any(names.keys() - full)})\b\.?"


# --- reading a text ---------------------------------------------------------------------------------------------------

WORD = re.compile(r"[A-Za-z]+|\d+(?:s\b)?")
NUMERIC = re.compile(r"(?<![\w/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\w/]|\.\d)")
PLACE_ENDS = frozenset({"GPE", "LOC"})
WITHIN = re.compile(r" (?:in|of) (?:the )?", re.IGNORECASE)
CLOCK = re.compile(
    r"(?<![\d.,:$-])(?P<hour>[01]?\d|2[0-4])(?:[:.]?(?P<minute>[0-5]\d))?\s?"
    r"(?:(?P<half>[ap])\.?m\b\.?|(?P<zone>gmt|utc)\b|(?<=\d\d\d\d )h(?:ou)?rs\b|local time)(?: \((?:[^()\n]{2,12})\))?",
    re.IGNORECASE,
)
CLOCK_GAP = re.compile(r",? (?:local time |in the \w+ )?(?:on )?(?:the )?", re.IGNORECASE)
FLAT = str.maketrans(
    {**dict.fromkeys("’‘", "'"), **dict.fromkeys("\xa0\u2007\u2009\u202f\t\r", " "), **dict.fromkeys("–—−‑‐", "-")}
)
"""Typographic signs as plain ones, one for one, so that offsets stay."""
RANGE = re.compile(
    rf"(?:{S}(?:to|until|till|through|into)|\s?-|,?{S}(?P<and>and|or)){S}?(?:the{S})?(?:on{S}|in{S}|early{S}|late{S})?$",
    re.IGNORECASE,
)
BOUND = re.compile(
    rf"\b(?P<prep>ever{S}since|since|until|till|up{S}to|before|prior{S}to|after|following|by|from|between|starting|beginning|as{S}of|"
    rf"no{S}later{S}than|through|effective|on{S}or{S}before)"
    rf"{S}(?:about{S}|around{S}|at{S}least{S}|on{S}|in{S}|as{S}early{S}as{S})?(?:the{S})?$",
    re.IGNORECASE,
)
NUMBERED_NAME = re.compile(r" \d{1,2} (?P<name>[A-Z][a-z]+)")
LOWER_BOUNDS = frozenset({"since", "ever since", "from", "starting", "beginning", "effective"})
MODIFIER_DEPS = frozenset({"compound", "nmod", "amod", "nummod", "poss"})
NAME_LABELS = frozenset({"PERSON", "ORG", "WORK_OF_ART", "GPE"})
FUTURE_AUXILIARIES = frozenset({"will", "'ll", "shall", "would", "wo", "should"})
PAST_AUXILIARIES = frozenset({"was", "were", "had", "did", "has", "have"})
BACK = frozenset({"last", "past", "previous", "preceding", "before", "earlier", "beforehand", "previously", "prior"})
AHEAD = frozenset({"next", "coming", "following", "after", "later", "afterwards", "afterward", "thereafter"})
PASSAGE_SENTENCES = 2
"""How many sentences on an explicit year still governs dates that name none."""
CLOCK_SENTENCES = 4
"""How many sentences on a time of day still belongs to the running date."""
PASSAGE_AWAY = 60
"""Days between a passage's date and publication under which the passage needs no clock of its own."""


@dataclass(slots=True)
class _Atom:
    """An expression that stands for itself, before ranges and bounds are made of it."""

    start: int
    end: int
    match: Match
    pattern: _Pattern

    def is_read_by(self, *resolvers: Resolver) -> bool:
        return self.pattern.resolve in resolvers


class _Story:
    """One reading of one text: the dates it leans on, and how far it has come.

    Public methods are the readers that patterns name; each gives the days of a match, or ``None`` where it is no time.
    """

    def __init__(self, parse: Parse, reference: date | None, lexicon: TimeLexicon) -> None:
        self._parse, self._reference = parse, reference
        self._flat = parse.text.translate(FLAT)
        self._lexicon, self._grammar = lexicon
        self._running: _Days | None = None
        self._running_sent = 0
        self._passage: tuple[int, _Days] | None = None
        self._sent = 0
        self._found: list[FoundTime] = []

    def _unit(self, match: Match) -> str:
        """The unit's code; bare words ("weeks", "decades-long") count by their first word."""
        word, units = (_said(match, "unit") or _said(match, "bare")).split("-")[0], self._lexicon.units
        return units.get(word) or units.get(word.removesuffix("long")) or "D"

    # -- the walk

    def _read(self) -> list[FoundTime]:
        atoms = self._atoms()
        if self._reference is None:
            self._reference = self._dateline(atoms)
        at = 0
        while at < len(atoms):
            at += self._read_one(atoms, at)
        return self._found

    def _atoms(self) -> list[_Atom]:
        """The expressions in order, none overlapping: where a word calls for patterns, the longest match."""
        grammar = self._grammar
        words = [(match.start(), match[0].lower()) for match in WORD.finditer(self._flat)]
        numeric, atoms, past = self._numeric_atoms(), list[_Atom](), 0
        for at, (start, word) in enumerate(words):
            group = grammar.anchors.get(word) or (_digit_group(word, self._flat, start) if word[0].isdigit() else None)
            if group is None or start < past:
                continue
            while numeric and numeric[0].start <= start:
                if (atom := numeric.pop(0)).start >= past:
                    atoms.append(atom)
                    past = atom.end
            if start < past:
                continue
            first = at
            while first > max(0, at - 8) and words[first - 1][0] >= past:
                if words[first - 1][1] not in grammar.before and not words[first - 1][1][0].isdigit():
                    break
                first -= 1
            starts = [begin for begin, _ in words[first : at + 1]]
            if start and self._flat[start - 1] == "'":
                starts.append(start - 1)
            if (found := self._longest(starts, start, grammar.patterns[group])) is not None:
                atoms.append(found)
                past = found.end
        return [*atoms, *(atom for atom in numeric if atom.start >= past)]

    def _longest(self, starts: list[int], anchor: int, patterns: tuple[_Pattern, ...]) -> _Atom | None:
        """Of the matches that begin at one of these offsets and cover the anchor, the furthest-reaching; then the earliest."""
        best: _Atom | None = None
        for start in starts:
            for pattern in patterns:
                match = pattern.regex.match(self._flat, start)
                if match is None or match.end() <= (best.end if best else anchor):
                    continue
                if self._is_time(match, pattern):
                    best = _Atom(start, match.end(), match, pattern)
        return best

    def _numeric_atoms(self) -> list[_Atom]:
        """``12/3/2025``, ``12.03.2025``, times of day, and days known by their numbers."""
        atoms: list[_Atom] = []
        for regex, resolve in ((NUMERIC, _Story.numeric), (CLOCK, _Story.clock), (self._grammar.named, _Story.named)):
            pattern = _Pattern(regex, resolve, "")
            atoms += [_Atom(match.start(), match.end(), match, pattern) for match in regex.finditer(self._flat)]
        return sorted(atoms, key=lambda atom: atom.start)

    def _read_one(self, atoms: list[_Atom], at: int) -> int:
        """Resolve one expression, with its partner where two belong together; how many were used up."""
        atom, other = atoms[at], atoms[at + 1] if at + 1 < len(atoms) else None
        cut = self._cut(atom)
        self._sent = self._parse.tokens[cut.first].sent
        if other is not None and (joined := self._joined(atom, other)) is not None:
            start, days = joined
            self._add(start, other.end, days)
            return 2
        single = atom.pattern.resolve(self, atom.match, cut)
        if single is not None:
            self._add_bound_or_date(atom, single)
        return 1

    def _joined(self, atom: _Atom, other: _Atom) -> tuple[int, _Days] | None:
        return self._range(atom, other) or self._clock_with_day(atom, other) or self._weekday_within(atom, other)

    def _weekday_within(self, atom: _Atom, other: _Atom) -> tuple[int, _Days] | None:
        """The day of "a Friday afternoon in mid-July", where the longer time has but one of it."""
        if not atom.is_read_by(_Story.weekday) or not WITHIN.fullmatch(self._flat[atom.end : other.start]):
            return None
        number = self._lexicon.weekdays[_said(atom.match, "weekday").rstrip(".")]
        days = other.pattern.resolve(self, other.match, self._cut(other))
        if days is None or days.low is None or days.high is None or days.low == days.high or days.kind != "date":
            return None
        first = calendar.weekday_after(days.low, number, same_day=True)
        if first > days.high or calendar.shift_days(first, 7) <= days.high:
            return None
        return atom.start, _Days(first, first, "day", days.basis)

    def _clock_with_day(self, atom: _Atom, other: _Atom) -> tuple[int, _Days] | None:
        """The days of "9 p.m. on Sunday", where a time of day leads a date."""
        if not atom.is_read_by(_Story.clock) or not CLOCK_GAP.fullmatch(self._flat[atom.end : other.start]):
            return None
        days = other.pattern.resolve(self, other.match, self._cut(other))
        return (atom.start, days) if days is not None and days.kind == "date" else None

    def _range(self, atom: _Atom, other: _Atom) -> tuple[int, _Days] | None:
        """Start and days of "from March to June 2014", "between Monday and Friday", "Monday and Tuesday"."""
        gap = self._flat[atom.end : other.start]
        if len(gap) > 16 or (link := RANGE.match(gap)) is None:
            return None
        before = BOUND.search(self._flat[max(0, atom.start - 16) : atom.start])
        opener = before["prep"].lower() if before else ""
        loose = bool(link["and"]) and opener != "between"
        alike = atom.is_read_by(_Story.weekday, _Story.month_day, _Story.month_only) and atom.is_read_by(other.pattern.resolve)
        if loose and not alike:
            return None
        lent = None if _said(atom.match, "year") else _said(other.match, "year")
        second = other.pattern.resolve(self, other.match, self._cut(other))
        first = atom.pattern.resolve(self, atom.match, self._cut(atom, int(lent) if lent else None))
        if first is None or second is None or first.kind != "date" or second.kind != "date":
            return None
        if first.low is None or first.high is None or second.low is None or second.high is None:
            return None
        low = first.low
        if low > second.high:
            if not lent and first.precision != "day":
                return None
            weekday = atom.is_read_by(_Story.weekday)
            low = calendar.weekday_before(second.low, low.weekday()) if weekday else calendar.shift_months(low, -12)
        if loose and (second.low - first.high).days != 1:
            return None
        start = atom.start - len(before[0]) if before and opener in ("between", "from") else atom.start
        return start, _Days(low, second.high, "range" if second.precision == "day" else second.precision, second.basis)

    def _add_bound_or_date(self, atom: _Atom, days: _Days) -> None:
        """Keep an expression; one that a preposition opens or closes becomes a bound."""
        before = BOUND.search(self._flat[max(0, atom.start - 24) : atom.start]) if days.kind == "date" else None
        bound = self._bound(atom, days, before) if before else None
        if before is None or bound is None:
            self._add(atom.start, atom.end, days)
        else:
            self._add(atom.start - len(before[0]), atom.end, bound, (atom.start, days))

    def _bound(self, atom: _Atom, days: _Days, before: Match) -> _Days | None:
        """The open interval that a preposition makes of a date, or ``None`` where it makes none."""
        if days.low is None or days.high is None or atom.is_read_by(_Story.clock) or self._modifies_noun(atom):
            return None
        prep = _said(before, "prep")
        if prep in ("between", "as of") or (prep == "from" and (days.precision == "range" or not self._opens(atom, before))):
            return None
        low: date | None = None
        high: date | None = days.high
        if prep in ("after", "following"):
            low, high = calendar.shift_days(days.high, 1), None
        elif prep in LOWER_BOUNDS:
            low, high = days.low, None
        elif prep in ("before", "prior to"):
            high = calendar.shift_days(days.low, -1)
        return _Days(low, high, days.precision, days.basis, "bound")

    def _opens(self, atom: _Atom, before: Match) -> bool:
        """Whether "from" tells when something began ("in force from Monday"), not what it is of ("footage from Monday")."""
        if self._flat[atom.end : atom.end + 7].lower() == " onward":
            return True
        return self._token(atom.start - len(before[0])).head.is_verb

    def _modifies_noun(self, atom: _Atom) -> bool:
        """Whether an expression only describes the noun after it: "after Monday's attack", "since the 2013 coup"."""
        if "'s" in (self._flat[atom.end : atom.end + 2], self._flat[atom.end - 2 : atom.end]):
            return True
        tokens, cut = self._parse.tokens, self._cut(atom)
        words = tokens[cut.first : cut.last + 1]
        return any(word.dep in MODIFIER_DEPS and word.head.i > cut.last and word.head.is_noun for word in words)

    def _add(self, start: int, end: int, days: _Days, inner: tuple[int, _Days] | None = None) -> None:
        """Keep a find, and let it move the running date and the passage."""
        first, last = self._parse.token_at(start), self._parse.token_at(end - 1)
        inner_time = self._time(inner[0], end, inner[1]) if inner else None
        self._found.append(FoundTime(self._time(start, end, days), first, last, days.kind, inner_time))
        if days.kind != "date" or days.low is None or days.high is None:
            return
        if days.running:
            self._running, self._running_sent = days, self._sent
        self._enter_passage(days, first)

    def _enter_passage(self, days: _Days, first: int) -> None:
        """A date far from publication opens a passage, a bare year only at the head of a sentence; a near one closes it."""
        if days.precision == "year" and first > self._parse.sents[self._sent][0] + 3:
            return
        if not self._is_far(days):
            self._passage = None
        elif self._passage is not None or (days.basis == "stated" and _length(days) < 400):
            self._passage = (self._sent, days)

    def _is_far(self, days: _Days) -> bool:
        return self._reference is None or (days.high is not None and (self._reference - days.high).days > PASSAGE_AWAY)

    def _time(self, start: int, end: int, days: _Days) -> Time:
        return Time(
            text=self._parse.text[start:end],
            start=start,
            end=end,
            from_=days.low.isoformat() if days.low else None,
            to=days.high.isoformat() if days.high else None,
            precision=days.precision,
            basis=days.basis,
        )

    def _cut(self, atom: _Atom, year: int | None = None) -> _Cut:
        return _Cut(self._parse.token_at(atom.start), self._parse.token_at(atom.end - 1), year)

    def _token(self, offset: int) -> Token:
        return self._parse.tokens[self._parse.token_at(offset)]

    def _dateline(self, atoms: list[_Atom]) -> date | None:
        """A full date in the report's opening that stands alone on its line or before the dash of a dateline."""
        for atom in atoms:
            if atom.start > 300:
                break
            if not atom.is_read_by(_Story.month_day) or _basis(atom.match) != "stated":
                continue
            lead = self._flat[self._flat.rfind("\n", 0, atom.start) + 1 : atom.start].strip()
            rest = self._flat[atom.end : atom.end + 4].lstrip(" )")[:1]
            alone = not lead and rest in ("", "\n", "-")
            if alone or (rest in ("-", "(") and lead[-1:] in (",", "(", "-") and len(lead) < 60):
                days = self.month_day(atom.match, self._cut(atom))
                return days.high if days else None
        return None

    # -- is it a time at all

    def _is_time(self, match: Match, pattern: _Pattern) -> bool:
        """Whether the words around and the parse let a match be a time."""
        flat, (start, end) = self._flat, match.span()
        if end < len(flat) and flat[end].isalnum() and flat[end - 1].isalnum():
            return False
        before, after = _word_before(flat, start), _word_after(flat, end)
        if _said(match, "year") and not self._is_year(match, after):
            return False
        if _said(match, "month"):
            return self._is_month(match, before, after)
        if _said(match, "weekday"):
            return self._is_weekday(match, before, after)
        if _said(match, "season"):
            return self._is_season(match, before)
        if pattern.resolve in (_Story.duration, _Story.every, _Story.ago):
            return self._is_length(match, before)
        return not (pattern.resolve is _Story.frequency and match[0][0].isupper() and self._token(start).is_proper)

    def _is_length(self, match: Match, before: str) -> bool:
        number, unit = _said(match, "n"), _said(match, "unit")
        if unit in ("second", "min", "hr") and not number[:1].isdigit():
            return False
        if unit in ("quarter", "quarters") and number in ("a", "an"):
            return False
        if not number and before.lower() in PLAIN_PLURAL_TRAPS and not match[0].lower().endswith("long"):
            return False
        return not (number and before[-1:] in ("$", "£", "€"))

    def _is_season(self, match: Match, before: str) -> bool:
        if _said(match, "year") or _said(match, "mod_year") or _said(match, "mod"):
            return True
        if _said(match, "season") == "fall" or before.lower() not in self._lexicon.opening:
            return False
        token = self._token(match.start("season"))
        return not (token.dep in MODIFIER_DEPS and token.head.i > token.i and token.head.is_noun)

    def _is_weekday(self, match: Match, before: str, after: str) -> bool:
        name, token = match["weekday"], self._token(match.start("weekday"))
        if self._ends_place(token, before):
            return True
        if self._is_name(token, match.start() == match.start("weekday"), before) or token.ent in NAME_LABELS:
            return False
        if after[:1].isupper() and after.lower() in self._lexicon.names_after_weekday:
            return False
        if len(name) > 5:
            return True
        return name[0].isupper() and (token.ent in ("DATE", "TIME") or (name[-1] == "." and before.islower()))

    def _ends_place(self, token: Token, before: str) -> bool:
        """Whether the parser took a day for the end of the place before it ("in the Bronx Thursday")."""
        if token.ent not in PLACE_ENDS or token.ent_start or len(token.text) < 6 or before.lower() in self._lexicon.names_before:
            return False
        return token.dep == "pobj" and token.head.lower in ("in", "near", "outside")

    def _is_name(self, token: Token, alone: bool, before: str) -> bool:
        """Whether a month or weekday is the last word of a name: "Theresa May", "Bloody Sunday"."""
        if before[:1].isupper() and before.lower() in self._lexicon.names_before:
            return True
        given = self._parse.tokens[token.i - 1] if token.i else token
        if given.ent == "FAC" and token.ent == "DATE" and token.ent_start:  # "on Main St. Thursday"
            return False
        return alone and given.is_proper and given.head is token and given.dep == "compound"

    def _is_year(self, match: Match, after: str) -> bool:
        """Whether four digits are a year, not a count, an hour, or part of a name."""
        lexicon, start, end = self._lexicon, match.start("year"), match.end("year")
        token, value = self._token(start), int(match["year"])
        counts = end == match.end() and (after.lower() in lexicon.no_year_before or self._counts_people(token))
        if _said(match, "m"):
            return True
        if _said(match, "month") or _said(match, "season"):
            return not counts
        previous = _word_before(self._flat, start).lower()
        sign = self._flat[start - 1 : start]
        if counts or after[:1] == "%" or previous.isdigit() or previous in lexicon.no_year_after or previous == "at":
            return False  # "at 1830" is an hour
        if _said(match, "year2"):
            return sign != "-" and 0 < _second_year(match) - value <= 30
        if _said(match, "part") or _said(match, "edge") or _said(match, "ordinal") or "year" in match[0].lower():
            return value <= 2100
        if sign and sign in "$£€#/.,-+:":
            return False
        opened = previous in lexicon.opening
        if not opened and token.i and self._parse.tokens[token.i - 1].is_proper:
            return False
        if not 1500 <= value <= 2100:
            return token.ent == "DATE" and previous in ("in", "since")
        if sign == "(":
            return self._flat[end : end + 1] in (")", ",", "-", ";")
        return token.ent == "DATE" or (opened and token.dep in ("pobj", "conj", "pcomp") and token.ent in ("", "CARDINAL"))

    def _counts_people(self, token: Token) -> bool:
        """Whether a number counts the noun after it: "2010 fighters", but not "the 2010 attacks"."""
        if token.dep != "nummod" or token.head.i <= token.i or token.head.tag not in ("NNS", "NNPS"):
            return False
        return token.ent != "DATE" and not any(child.lower in ("the", "'s") for child in token.head.children if child.i < token.i)

    def _is_month(self, match: Match, before: str, after: str) -> bool:
        name, word, token = match["month"], _said(match, "month").rstrip("."), self._token(match.start("month"))
        named_after = after.lower() in self._lexicon.names_after_date
        if not name[0].isupper():
            return len(word) > 4 and word not in ("march", "august") and bool(_said(match, "day") or _said(match, "year"))
        if _said(match, "day"):
            names_it = named_after and not _said(match, "year") and (after[:1].isupper() or before.lower() == "the")
            return not names_it and not self._counts_after(match, before, after) and (token.tag != "MD" or token.ent == "DATE")
        if named_after and (after[:1].isupper() or before.isdigit()):
            return False
        numbered = NUMBERED_NAME.match(self._flat, match.end())
        if numbered and _said(numbered, "name") in self._lexicon.names_after_date:
            return False
        if any(_said(match, group) for group in ("year", "mod_year", "part", "edge", "ordinal", "mod")):
            return True
        alone = match.start() == match.start("month")
        if self._is_name(token, alone, before) or token.ent == "PERSON" or token.tag == "MD":
            return False
        given = self._parse.tokens[token.i - 1] if token.i else token
        if alone and given.is_proper and given.sent == token.sent and given.ent != "DATE":
            return False
        if token.ent == "DATE":
            return True
        if token.ent in ("ORG", "WORK_OF_ART", "FAC", "EVENT") and not token.ent_start:
            return False
        if word in ("may", "march", "mar", "jun", "sep"):
            return token.is_noun and before.lower() in self._lexicon.opening
        return token.is_noun and (len(word) > 3 or name[-1] == ".")

    def _counts_after(self, match: Match, before: str, after: str) -> bool:
        """Whether the last number counts the noun after it: "in March 12 people died", "on March 3 and 5 people died"."""
        key = "day2" if _said(match, "day2") else "day"
        if match.start(key) < match.start("month") or match.end(key) != match.end():
            return False
        token = self._token(match.start(key))
        if before.lower() == "in" and after.lower() in self._lexicon.no_year_before:
            return True
        if token.dep != "nummod" or not token.i < token.head.i <= token.i + 3:
            return False
        return token.head.lower in self._lexicon.no_year_before or (token.head.tag == "NNS" and token.ent != "DATE")

    # -- in which direction

    def _is_future(self, first: int) -> bool:
        """Whether the words set this time ahead: "will meet on Friday", "scheduled for Friday", "by Friday"."""
        lexicon, tokens = self._lexicon, self._parse.tokens
        token, before = tokens[first], tokens[max(0, first - 1)]
        if before.lower in ("by", "until", "till") and token.lower in lexicon.weekdays:
            return True
        if before.lower in ("for", "by", "until"):
            near = [before, *islice(before.ancestors(), 2)]
            if any(other.lower in lexicon.planned or other.lower in lexicon.promised for other in near):
                return True
        describes = token.dep == "poss" or (token.dep in MODIFIER_DEPS and token.head.dep in ("dobj", "pobj"))
        for other in islice(token.ancestors(), 8):
            if describes and other.is_verb:
                return False
            if other.is_verb or other.tag == "MD":
                return self._verb_is_future(other)
            if other.lower in lexicon.planned and other.tag in ("NN", "NNS", "JJ"):
                return True
        return False

    def _verb_is_future(self, verb: Token) -> bool:
        lexicon, aux = self._lexicon, _auxiliaries(verb)
        if aux & FUTURE_AUXILIARIES:
            return "have" not in aux
        if "to" in aux:
            above = verb.head
            be_to = verb.dep == "xcomp" and above.lower in ("is", "are") and above.child("acomp", "attr") is None
            return be_to or above.lower in lexicon.planned or above.lower in lexicon.promised
        return verb.lower in lexicon.scheduled_present or (verb.lower in lexicon.planned and verb.tag != "VBD")

    def _is_past(self, first: int) -> bool:
        """Whether the nearest verb above says that it happened."""
        verb = next((other for other in self._parse.tokens[first].ancestors() if other.is_verb), None)
        return verb is not None and (verb.tag == "VBD" or bool(_auxiliaries(verb) & PAST_AUXILIARIES))

    # -- which year

    def _passage_days(self) -> tuple[date, date] | None:
        """First and last day of the passage's date, while it governs."""
        if self._passage is None:
            return None
        days, reach = self._passage[1], self._sent - self._passage[0]
        if days.low is None or days.high is None or reach > (1 if days.precision == "year" else PASSAGE_SENTENCES):
            return None
        return days.low, days.high

    def _year_of_passage(self, month: int, day: int, cut: _Cut) -> int | None:
        """The year that a passage lends to a month, unless that would put a past act after publication."""
        passage = self._passage_days()
        if passage is None:
            return None
        year = _year_near(*passage, month, day)
        there = calendar.day_or_none(year, month, min(day, 28))
        if self._reference is None or there is None or there <= self._reference or self._is_future(cut.first):
            return year
        return None

    def _year_of_day(self, month: int, day: int, weekday: int | None, cut: _Cut) -> int | None:
        """The year of a day that names none: the passage's, else the nearest past one, or a future one where the words say so."""
        if (year := self._year_of_passage(month, day, cut)) is not None or self._reference is None:
            return year
        base = self._reference
        days = [there for move in range(-8, 9) if (there := calendar.day_or_none(base.year + move, month, day))]
        past = max((there for there in days if there <= base), default=None)
        future = min((there for there in days if there > base), default=None)
        if weekday is not None:
            fits = [there for there in (past, future, *reversed(days[:8])) if there and there.weekday() == weekday]
            if fits and abs((fits[0] - base).days) < 800:
                return fits[0].year
        if past is None or future is None:
            return (past or future or base).year
        if self._is_future(cut.first):
            return future.year
        near = (future - base).days <= 100 and (base - past).days > 265
        return future.year if near and not self._is_past(cut.first) else past.year

    def _year_of_month(self, month: int, mod: str, cut: _Cut) -> int | None:
        """The year of a month that names none; ``mod`` is the last, this or next before it."""
        base = self._reference
        if mod and base is None:
            return None
        if mod and base is not None:
            back = month >= base.month if mod == "last" else mod == "this past" and month > base.month
            return base.year - back + (mod == "next" and month <= base.month)
        if (year := self._year_of_passage(month, 15, cut)) is not None or base is None:
            return year
        past = base.year - (month > base.month)
        return past + (month != base.month and self._is_future(cut.first))

    # -- readers: calendar dates

    def month_day(self, match: Match, cut: _Cut) -> _Days | None:
        lexicon, base = self._lexicon, self._reference
        month = lexicon.months[_said(match, "month").rstrip(".")]
        first = _number(match["day"])
        last = max(first, _number(_said(match, "day2") or match["day"]))
        year, basis = cut.year or _stated_year(match, base), _basis(match)
        if year is None:
            named = lexicon.named_days.get(f"{_month_name(month, lexicon)} {first}")
            heads = re.findall(r"[a-z]+", self._flat[match.end() : match.end() + 32].lower())[:2]
            if named and not lexicon.named_day_heads.isdisjoint(heads) and (base is None or base >= named):
                return _Days(named, named, "day", running=False)
            weekday = lexicon.weekdays.get(_said(match, "weekday").rstrip("."))
            year = self._year_of_day(month, first, weekday, cut)
        if year is None:
            return UNKNOWN
        low, high = calendar.day_or_none(year, month, first), calendar.day_or_none(year, month, last)
        if low is None or high is None:
            return None
        return _Days(low, high, "day" if low == high else "range", basis)

    def month_only(self, match: Match, cut: _Cut) -> _Days | None:
        month = self._lexicon.months[_said(match, "month").rstrip(".")]
        part = _said(match, "part") or _said(match, "edge")
        year = cut.year or _stated_year(match, self._reference) or self._year_of_month(month, _said(match, "mod"), cut)
        if year is None:
            return _unknown("month")
        return _Days(*calendar.part_of_month(year, month, PARTS.get(part) if part != "later" else None), "month", _basis(match))

    def nth_of_month(self, match: Match, cut: _Cut) -> _Days | None:
        whole = self.month_only(match, cut)
        if whole is None or whole.low is None or whole.high is None:
            return whole
        unit, nth = _said(match, "unit"), ORDINALS[_said(match, "ordinal")]
        low, high = whole.low, whole.high
        if unit == "half":
            middle = low.replace(day=15)
            return _Days(*((low, middle) if nth == 1 else (calendar.shift_days(middle, 1), high)), "month", whole.basis)
        if unit in ("week", "weeks"):
            start = calendar.shift_days(high, -6) if nth < 0 else calendar.shift_days(low, 7 * nth - 7)
            return _Days(start, min(high, calendar.shift_days(start, 6)), "week", whole.basis)
        if unit == "weekend":
            first = calendar.weekday_after(low, 5, same_day=True)
            saturday = calendar.weekday_before(high, 5) if nth < 0 else calendar.shift_days(first, 7 * nth - 7)
            return _Days(saturday, calendar.shift_days(saturday, 1), "range", whole.basis)
        if unit == "day":
            day = calendar.shift_days(low, nth - 1) if nth > 0 else high
            return _Days(day, day, "day", whole.basis)
        tenth = (low, calendar.shift_days(low, 9)) if nth > 0 else (calendar.shift_days(high, -9), high)
        return _Days(*tenth, "month", whole.basis)

    def weekday(self, match: Match, cut: _Cut) -> _Days | None:
        number = self._lexicon.weekdays[_said(match, "weekday").rstrip(".")]
        mod, which, base = _said(match, "mod"), _said(match, "which"), self._reference
        story = mod in ("the following", "the next", "following", "the previous", "previous", "that", "the same")
        if story and self._running and self._running.high:
            base = self._running.high
        if base is None:
            return UNKNOWN
        word = mod.split()[-1] if mod else ""
        if which:
            day = calendar.shift_days(calendar.week_span(base)[0], number + 7 * _sign(which))
        elif ago := _said(match, "ago"):
            day = calendar.shift_days(calendar.weekday_before(base, number), -14 if ago == "two" else -7)
        elif word in BACK:
            day = calendar.weekday_before(base, number, same_day=False)
        elif word in AHEAD:
            day = calendar.weekday_after(base, number)
        elif word == "this":
            day = calendar.shift_days(calendar.week_span(base)[0], number)
        elif self._is_future(cut.first):
            day = calendar.weekday_after(base, number, same_day=True)
        else:
            day = calendar.weekday_before(base, number)
        return _Days(day, day, "day")

    def iso_day(self, match: Match, cut: _Cut) -> _Days | None:
        day = calendar.day_or_none(int(match["year"]), int(match["m"]), int(match["d"]))
        return _Days(day, day, "day", "stated") if day else None

    def iso_month(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(*calendar.month_span(int(match["year"]), int(match["m"])), "month", "stated")

    def numeric(self, match: Match, cut: _Cut) -> _Days | None:
        """Day and month in either order; both where both can be, unless one of them lies after publication."""
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        if len(match["y"]) == 2:
            if match["sep"] == ".":
                return None
            year = _full_year(year, self._reference)
        day_first, month_first = calendar.day_or_none(year, b, a), calendar.day_or_none(year, a, b)
        if match["sep"] == ".":
            month_first = None if day_first else month_first
        readings = sorted({day for day in (day_first, month_first) if day})
        past = [day for day in readings if self._reference is None or day <= self._reference]
        kept = past or readings
        if not kept:
            return None
        basis: TimeBasis = "stated" if len(kept) == len(readings) else "worked_out"
        return _Days(kept[0], kept[-1], "day" if kept[0] == kept[-1] else "range", basis)

    def named(self, match: Match, cut: _Cut) -> _Days | None:
        day = self._lexicon.named_days[_said(match, "name")]
        return _Days(day, day, "day", running=False) if self._reference is None or self._reference >= day else None

    def holiday(self, match: Match, cut: _Cut) -> _Days | None:
        month, day = self._lexicon.holidays[_said(match, "holiday")]
        year = _stated_year(match, self._reference) or self._year_of_day(month, day, None, cut)
        there = calendar.day_or_none(year, month, day) if year else None
        return _Days(there, there, "day", _basis(match)) if there else UNKNOWN

    def year_pair(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(calendar.year_span(int(match["year"]))[0], calendar.year_span(_second_year(match))[1], "year", "stated")

    def year_only(self, match: Match, cut: _Cut) -> _Days | None:
        part = PARTS.get(_said(match, "part")) or EDGES.get(_said(match, "edge"))
        return _Days(*calendar.part_of_year(int(match["year"]), part), "year", "stated")

    def short_year(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(*calendar.year_span(_full_year(int(match["short"]), self._reference)), "year")

    def decade(self, match: Match, cut: _Cut) -> _Days | None:
        digits = match["decade"]
        year = int(digits) if len(digits) == 4 else _full_year(int(digits), self._reference)
        span = calendar.part_of_decade(year, PARTS.get(_said(match, "part")))
        return _Days(*span, "year", "stated" if len(digits) == 4 else "worked_out")

    def season(self, match: Match, cut: _Cut) -> _Days | None:
        season, base = self._lexicon.seasons[_said(match, "season")], self._reference
        year = cut.year or _stated_year(match, base)
        if year is None and base is not None:
            year, mod = base.year, _said(match, "mod")
            low, high = calendar.season_span(year, season)
            if mod == "next" or (not mod and self._is_future(cut.first)):
                year += low <= base
            elif mod == "this":
                year -= season == "winter" and base.month < 3
            else:
                year -= (high if mod else low) > base
        return _Days(*calendar.season_span(year, season), "season", _basis(match)) if year else _unknown("season")

    def quarter(self, match: Match, cut: _Cut) -> _Days | None:
        """ "the third quarter of 2009", "last quarter"; a half only where its year is told."""
        base, year, mod = self._reference, _stated_year(match, self._reference), _said(match, "mod")
        if mod:
            return _calendar_unit(base, _sign(mod), "Q") if base else _unknown("season")
        nth = ORDINALS[_said(match, "ordinal")]
        if _said(match, "unit") == "half":
            half = "first_half" if nth == 1 else "second_half"
            return _Days(*calendar.part_of_year(year, half), "season", _basis(match)) if year else None
        nth = nth if nth > 0 else 4
        if year is None and base is not None:
            year = base.year - (calendar.quarter_span(base.year, nth)[0] > base)
        return _Days(*calendar.quarter_span(year, nth), "season", _basis(match)) if year else _unknown("season")

    # -- readers: seen from publication

    def this_day(self, match: Match, cut: _Cut) -> _Days | None:
        return self._from_reference({"yesterday": -1, "tomorrow": 1}.get(_said(match, "word"), 0))

    def day_before_yesterday(self, match: Match, cut: _Cut) -> _Days | None:
        return self._from_reference(-2 if _said(match, "side").startswith("before") else 2)

    def _from_reference(self, days: int) -> _Days:
        if self._reference is None:
            return UNKNOWN
        day = calendar.shift_days(self._reference, days)
        return _Days(day, day, "day")

    def this_day_part(self, match: Match, cut: _Cut) -> _Days | None:
        """ "this morning", "last night" (which may be either side of midnight), "that evening"."""
        mod, word = _said(match, "mod"), _said(match, "word")
        if mod not in ("last", "this"):
            return self._from_running(_sign(mod), "D")
        if mod == "last" and word in ("night", "midnight"):
            return self.overnight(match, cut)
        return self._from_reference(_sign(mod))

    def overnight(self, match: Match, cut: _Cut) -> _Days | None:
        day = self.weekday(match, cut) if _said(match, "weekday") else self._from_reference(-1)
        if day is None or day.low is None:
            return day
        return _Days(day.low, calendar.shift_days(day.low, 1), "range")

    def weekend(self, match: Match, cut: _Cut) -> _Days | None:
        mod, base = _said(match, "mod"), self._reference
        if not mod:
            return None
        if base is None:
            return _unknown("range")
        ahead = _sign(mod) > 0 or (mod == "this" and base.weekday() < 5) or self._is_future(cut.first)
        move = 7 if ahead else -7 if mod == "last" and base.weekday() >= 5 else 0
        first, last = calendar.weekend_before(base)
        return _Days(calendar.shift_days(first, move), calendar.shift_days(last, move), "range")

    def vague(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, self._reference, "day", running=False)

    def ago(self, match: Match, cut: _Cut) -> _Days | None:
        unit, amount = self._unit(match), _amount(_said(match, "n"))
        if self._reference is None:
            return _unknown(_precision(unit))
        if amount is None:
            high = self._reference if unit[0] == "T" else calendar.shift(self._reference, -2, unit)
            return _Days(None, high, _precision(unit), running=False)
        return _away(self._reference, -amount - (0.5 if _said(match, "half") else 0), unit)

    def stretch(self, match: Match, cut: _Cut) -> _Days | None:
        """ "over the past four years", "in recent weeks", "in the next two days"; "the next day" and "last month" pass on."""
        unit, base = self._unit(match), self._reference
        mod, number = _said(match, "mod") or "next", _said(match, "n")
        plural = _said(match, "unit").endswith("s")
        if not number and not plural and mod != "past" and not (mod == "last" and _said(match, "prep")):
            if mod in ("next", "previous") and "the" in match[0].lower().split():
                return self._unit_from_running(_sign(mod), match)
            return _calendar_unit(base, _sign(mod), unit) if base and _sign(mod) else None
        precision: TimePrecision = "range" if unit[0] in "DT" else _precision(unit)
        back = mod != "next" and mod != "coming"
        amount = _amount(number) if number else None if plural else 1
        if base is None or amount is None:
            return _Days(None if back else base, base if back else None, precision, running=False)
        if unit[0] == "T":
            amount, unit = max(1, round(amount / HOURS[unit])), "D"
        moved = calendar.shift(base, round(-amount if back else amount), unit)
        return _Days(min(base, moved), max(base, moved), precision, running=False)

    def this_unit(self, match: Match, cut: _Cut) -> _Days | None:
        """ "earlier this month", "late last week", "the end of the year"."""
        unit, mod, base = self._unit(match), _said(match, "mod"), self._reference
        edge, when, word = _said(match, "edge"), _said(match, "when"), mod.split()[-1]
        if (mod == "the" and not edge) or unit[0] == "T":
            return None
        if word in ("same", "that", "following") or mod in ("the next", "the previous"):
            return self._unit_from_running(_sign(mod), match)
        if unit == "D" and word != "this":
            return None
        if base is None:
            return _unknown(_precision(unit))
        if mod == "the last" and _said(match, "prep"):
            return _Days(calendar.shift(base, -1, unit), base, _precision(unit), running=False)
        whole = _calendar_unit(base, _sign(mod), unit)
        if whole is None or whole.low is None or whole.high is None:
            return whole
        if edge or when in ("early", "late", "mid") or (when == "later" and _sign(mod)):
            return _Days(*_part_of(whole.low, whole.high, unit, PARTS.get(edge or when, "late")), whole.precision)
        if _sign(mod):
            return whole
        if when == "later" or (when != "earlier" and self._is_future(cut.first)):
            return _Days(base, whole.high, whole.precision, running=False)
        return _Days(whole.low, base, whole.precision, running=False)

    # -- readers: seen from the running date

    def later(self, match: Match, cut: _Cut) -> _Days | None:
        unit, amount = self._unit(match), _amount(_said(match, "n"))
        if amount is None:
            return _unknown(_precision(unit))
        return self._from_running(amount * _sign(_said(match, "way")), unit)

    def next_day(self, match: Match, cut: _Cut) -> _Days | None:
        return self._unit_from_running(_sign(_said(match, "mod")), match) if self._unit(match)[0] != "T" else None

    def same_day(self, match: Match, cut: _Cut) -> _Days | None:
        return self._from_running(0, "D") if self._unit(match) == "D" else None

    def clock(self, match: Match, cut: _Cut) -> _Days | None:
        """A time of day by itself belongs to the running date, where that is near and is a day."""
        running = self._running
        if running is None or running.precision not in ("day", "range") or self._sent - self._running_sent > CLOCK_SENTENCES:
            return UNKNOWN
        if running.low is not None and running.high == calendar.shift_days(running.low, 1) and match["half"]:
            before_midnight = match["half"].lower() == "p"  # a night is of two days, its hours are of one
            day = running.low if before_midnight else running.high
            return _Days(day, day, "day")
        return self._from_running(0, "D")

    def _from_running(self, amount: float, unit: str) -> _Days:
        """Days away from the running date; without one, not later than publication."""
        running, base = self._running, self._reference
        if running is not None and unit == "D" and running.precision not in ("day", "range", "week"):
            running = None  # "a day earlier" is seen from the story, not from a month that is only mentioned
        if running is None or running.low is None or running.high is None:
            return _Days(None, calendar.shift_days(base, -1) if base and amount < 0 else base, _precision(unit), running=False)
        if amount == 0 or (unit[0] == "T" and running.low != running.high):
            return _Days(running.low, running.high, running.precision)
        if running.low == running.high:
            return _away(running.low, amount, unit)
        low, high = (calendar.shift(day, round(amount), unit) for day in (running.low, running.high))
        return _Days(low, high, running.precision)

    def _unit_from_running(self, sign: int, match: Match) -> _Days | None:
        """ "the next day", "the following week", "the same month"; "in the following days" is open on its far side."""
        unit, running = self._unit(match), self._running
        plural = _said(match, "unit").endswith("s") and sign
        if running is None or running.low is None or running.high is None:
            return _Days(None, None, _precision(unit), kind="bound") if plural else self._from_running(sign, unit)
        if plural:
            low = calendar.shift_days(running.high, 1) if sign > 0 else None
            high = calendar.shift_days(running.low, -1) if sign < 0 else None
            return _Days(low, high, _precision(unit), kind="bound")
        if unit == "D" or _length(running) > UNIT_DAYS.get(unit, 366):
            return self._from_running(sign, unit)
        return _calendar_unit(running.low, sign, unit)

    # -- readers: what dates nothing

    def every_weekday(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "day", "stated", "set")

    def frequency(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "day", "stated", "set")

    def every(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, _precision(self._unit(match)), "stated", "set")

    def age(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "year", "stated", "age")

    def nth_day(self, match: Match, cut: _Cut) -> _Days | None:
        """ "for a third straight day": the days up to publication, unless the sentence names a day that may be the last."""
        base, sentence = self._reference, self._parse.sentence(self._parse.tokens[cut.first].sent)
        if base is None or any(
            token.lower in self._lexicon.weekdays or token.lower in self._lexicon.months for token in sentence
        ):
            return self.duration(match, cut)
        first = calendar.shift_days(base, -NTH_DAYS.index(_said(match, "nth")) - 1)
        return _Days(first, base, "range", running=False)

    def duration(self, match: Match, cut: _Cut) -> _Days | None:
        """A length of time, or a rate: "fifteen a year"."""
        token = self._parse.tokens[cut.last]
        rate = (
            _said(match, "n") in ("a", "an") and token.dep == "npadvmod" and token.head.i < cut.first and not token.head.is_verb
        )
        return _Days(
            None,
            None,
            _precision(self._unit(match)),
            "stated",
            "set" if rate and "-" not in match[0] else "duration",
        )


# --- small pieces ----------------------------------------------------------------------------------------------------

HOURS = {"TH": 24, "TM": 1_440, "TS": 86_400}
"""How many of a unit make a day."""
UNIT_DAYS = {"W": 7, "M": 31, "Q": 92}


def _said(match: Match, group: str) -> str:
    """A group's words in lower case with single spaces; empty where the pattern has none or it took no part."""
    if group not in match.re.groupindex or (words := match[group]) is None:
        return ""
    return " ".join(words.lower().split())


def _sign(mod: str) -> int:
    """-1 for what lies back ("last", "the previous", "earlier"), 1 for what lies ahead, 0 for what is here."""
    word = mod.split()[-1] if mod else ""
    return (word in AHEAD) - (word in BACK)


def _basis(match: Match) -> TimeBasis:
    return "stated" if _said(match, "year") or _said(match, "short") else "worked_out"


def _unknown(precision: TimePrecision) -> _Days:
    return _Days(None, None, precision, running=False)


def _length(days: _Days) -> int:
    """How many days, both ends counted; 0 where an end is open."""
    return (days.high - days.low).days + 1 if days.low and days.high else 0


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lower for child in verb.children if child.dep in ("aux", "auxpass")}


def _digit_group(word: str, flat: str, start: int) -> str | None:
    """The class of a word of digits: a year, a decade, or none."""
    if word[-1] == "s":
        return "decade" if len(word) in (3, 5) and word[-2] == "0" else None
    end = start + len(word)
    if len(word) == 4 and "1000" <= word <= "2100":
        return "decade" if word[-1] == "0" and flat[end : end + 2].lower() == "'s" else "year"
    return (
        "year"
        if len(word) == 2 and start and flat[start - 1] == "'" and not flat[max(0, start - 2) : start - 1].isalnum()
        else None
    )


def _word_before(flat: str, start: int) -> str:
    """The word or sign before an offset, within the line; a sum of money with its sign."""
    head = flat[max(0, start - 24) : start].rstrip(" (")
    if not head or head[-1] == "\n":
        return ""
    at = len(head)
    while at and (head[at - 1].isalnum() or head[at - 1] == "'"):
        at -= 1
    if at and (at == len(head) or head[at - 1] in "$£€"):
        at -= 1
    return head[at:]


def _word_after(flat: str, end: int) -> str:
    """The word or sign after an offset, across one space or hyphen."""
    tail = flat[end : end + 24]
    if tail[:1] in (" ", "-"):
        tail = tail[1:]
    at = 0
    while at < len(tail) and (tail[at].isalnum() or tail[at] == "-"):
        at += 1
    return tail[:at] or tail[:1].strip()


def _number(word: str) -> int:
    """The number at the head of "12th"."""
    return int(re.sub(r"\D", "", word))


def _month_name(month: int, lexicon: _Words) -> str:
    return next(word for word, number in lexicon.months.items() if number == month)


def _full_year(short: int, reference: date | None) -> int:
    """The latest year with these last two digits that is at most one after the reference; without one, of 1950 to 2049."""
    if reference is None:
        return 1900 + short if short >= 50 else 2000 + short
    year = reference.year - reference.year % 100 + short
    return year if year <= reference.year + 1 else year - 100


def _stated_year(match: Match, reference: date | None) -> int | None:
    """The year in the words themselves, or by "last year" in them."""
    if year := _said(match, "year"):
        return int(year)
    if short := _said(match, "short"):
        return _full_year(int(short), reference)
    if (which := _said(match, "mod_year")) and reference is not None:
        return reference.year + _sign(which)
    return None


def _second_year(match: Match) -> int:
    """The later year of "2013-14"."""
    second = match["year2"]
    return int(second if len(second) == 4 else match["year"][:2] + second)


def _year_near(low: date, high: date, month: int, day: int) -> int:
    """The year that puts a month and day nearest to a span: its own, unless that is over half a year off and another is close."""

    def away(year: int) -> int:
        there = calendar.day_or_none(year, month, day) or calendar.month_span(year, month)[1]
        return max((low - there).days, (there - high).days, 0)

    own = min(range(low.year, high.year + 1), key=away) if high.year - low.year < 12 else low.year
    best = min((own - 1, own, own + 1), key=away)
    return best if away(own) > 183 and away(best) < 92 else own


PRECISIONS: Mapping[str, TimePrecision] = {
    "W": "week",
    "F": "week",
    "M": "month",
    "Q": "season",
    "Y": "year",
    "E": "year",
    "C": "year",
}


def _precision(unit: str) -> TimePrecision:
    return PRECISIONS.get(unit, "day")


def _amount(words: str) -> float | None:
    """The number in words or digits; ``None`` for "several" and its like, and for nothing. "A couple of" is two."""
    parts = words.lower().replace("-", " ").split()
    if not parts:
        return None
    if parts[0] == "half":
        return 0.5
    if "couple" in parts:
        return 2
    if parts in (["a"], ["an"]):
        return 1
    if parts[0][0].isdigit():
        return float(parts[0].replace(",", ""))
    if all(part in SMALL or part in TENS for part in parts):
        return float(sum(SMALL.get(part, 0) or TENS.get(part, 0) for part in parts))
    return None


def _away(base: date, amount: float, unit: str) -> _Days:
    """A day moved by an amount, as wide as its unit: days exactly, weeks by up to three days, months and years whole."""
    whole = int(amount)
    if unit[0] == "T":
        days = amount / HOURS[unit]
        low = calendar.shift_days(base, int(days) - (-1 < days <= -0.5))
        high = calendar.shift_days(base, int(days))
        return _Days(low, high, "day" if low == high else "range")
    if unit == "D":
        day = calendar.shift_days(base, whole)
        return _Days(day, day, "day")
    if unit in ("W", "F"):
        centre = calendar.shift_days(base, round(amount * (7 if unit == "W" else 14)))
        slack = min(3, max(1, abs(whole)))
        return _Days(calendar.shift_days(centre, -slack), calendar.shift_days(centre, slack), "week")
    if unit == "Y" and amount == whole:
        return _Days(*calendar.year_span(calendar.shift(base, whole, "Y").year), "year")
    if unit in ("E", "C"):
        year = calendar.shift(base, whole, unit).year
        return _Days(calendar.year_span(year - 1)[0], calendar.year_span(year + 1)[1], "year")
    centre = calendar.shift_months(base, round(amount * {"M": 1, "Q": 3, "Y": 12}[unit]))
    return _Days(*calendar.month_span(centre.year, centre.month), "month")


def _calendar_unit(base: date, move: int, unit: str) -> _Days | None:
    """The calendar's week, month, quarter, year or decade that lies ``move`` of them from the one around a day."""
    if unit[0] in "TC":
        return None
    there = calendar.shift(base, move, unit)
    match unit:
        case "D":
            span = there, there
        case "M":
            span = calendar.month_span(there.year, there.month)
        case "Q":
            span = calendar.quarter_span(there.year, (there.month + 2) // 3)
        case "Y":
            span = calendar.year_span(there.year)
        case "E":
            span = calendar.part_of_decade(there.year - there.year % 10, None)
        case _:
            span = calendar.week_span(there)
    return _Days(*span, _precision(unit))


def _part_of(low: date, high: date, unit: str, part: str) -> tuple[date, date]:
    """An early, middle or late part of a week, month or year."""
    if unit == "M":
        return calendar.part_of_month(low.year, low.month, part)
    if unit == "Y":
        return calendar.part_of_year(low.year, part)
    third = (high - low).days // 3
    early, late = calendar.shift_days(low, third), calendar.shift_days(high, -third)
    return {"early": (low, early), "mid": (early, late), "late": (late, high)}[part]


# --- TIMEX3 ----------------------------------------------------------------------------------------------------------

FREQUENCIES = {
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
    "hourly": "PT1H",
}
STRETCH = re.compile(
    r"\b(?:(?:past|last|next|coming|previous)\s.*s|past \w+|for (?:a|the) \w+ (?:\w+ )?day(?: running| in a row)?)$"
)
DAY_PART = re.compile(r"\b(morning|afternoon|evening|night|tonight|dawn|overnight)\b")
DAY_PART_CODES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "dawn": "MO"}
SEASON_CODES = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def timex_value(found: FoundTime) -> str | None:
    """The TIMEX3 value of an expression (``2008-09-15``, ``2008-09``, ``2008-W38``, ``P3D``), or ``None`` where it has none.

    A bound has the value of the date that bounds it.
    """
    text = " ".join((found.time.text or "").translate(FLAT).lower().split()).removesuffix("'s")
    if found.kind in ("duration", "set", "age"):
        return _period(text)
    time = found.inner or found.time
    if time.from_ is None or time.to is None:
        return "PAST_REF" if "recent" in text or "past" in text else None
    if STRETCH.search(text) and (period := _period(text)) is not None:
        return period
    return _point(date.fromisoformat(time.from_), date.fromisoformat(time.to), time.precision, text)


def _point(low: date, high: date, precision: TimePrecision, text: str) -> str | None:
    """The value of a calendar date from its days and its precision."""
    year, month, week = (
        f"{low.year:04d}",
        f"{low.year:04d}-{low.month:02d}",
        f"{low.isocalendar().year:04d}-W{low.isocalendar().week:02d}",
    )
    match precision:
        case "year":
            if low.year // 10 == high.year // 10 and high.year - low.year >= 2:
                return year[:3]
            return year if low.year == high.year else None
        case "month":
            return month if month == f"{high.year:04d}-{high.month:02d}" else None
        case "season":
            return f"{year}-{SEASON_CODES[low.month]}" if low.month in SEASON_CODES else f"{year}-Q{(low.month + 2) // 3}"
        case "week":
            middle = calendar.shift_days(low, (high - low).days // 2)
            return middle.isoformat() if low.weekday() and "ago" in text else week
        case _:
            return f"{week}-WE" if "weekend" in text else _day_value(low, high, text)


def _day_value(low: date, high: date, text: str) -> str | None:
    """The value of one day, with the time of day that the words add; of the evening for a night."""
    part = DAY_PART.search(text)
    if low != high:
        return f"{low.isoformat()}TNI" if part and "night" in part[1] else None
    if clock := CLOCK.search(text):
        hour = int(clock["hour"])
        if clock["half"]:
            hour = hour % 12 + (12 if clock["half"] == "p" else 0)
        return f"{low.isoformat()}T{hour:02d}:{clock['minute'] or '00'}{'Z' if clock['zone'] else ''}"
    return f"{low.isoformat()}T{DAY_PART_CODES.get(part[1], 'NI')}" if part else low.isoformat()


def _period(text: str) -> str | None:
    """The value of a length of time: ``P3D``, ``PT12H``, ``PXY`` where the number is loose."""
    if text in FREQUENCIES:
        return FREQUENCIES[text]
    units, words = load_times().words.units, [word.removesuffix("long") for word in re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", text)]
    at = next((at for at in reversed(range(len(words))) if words[at] in units), None)
    if at is None:
        return None
    number = _amount_before(words, at)
    if number is None and not words[at].endswith("s") and not LOOSE.intersection(words):
        number = 1
    unit = units[words[at]]
    scale, letter = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}.get(unit, (1, unit[-1]))
    shown = "X" if number is None else f"{number * scale:g}"
    return f"P{'T' if unit[0] == 'T' else ''}{shown}{letter}"


def _amount_before(words: list[str], at: int) -> float | None:
    """The number that stands before a unit in a list of words, with a half added."""
    half = 0.5 if "half" in words else 0.0
    for i in reversed(range(at)):
        if words[i] in LOOSE:
            return None
        if words[i] == "half" or (half and words[i] in ("a", "an", "and")):
            continue
        value = _amount(words[i])
        if value is not None:
            tens = TENS.get(words[i - 1], 0) if i and words[i] in SMALL else 0
            return value + tens + half
    return half or None
