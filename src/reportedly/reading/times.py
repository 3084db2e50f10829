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
from functools import cache
from typing import Literal, NamedTuple, cast

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import ROOT, read_yaml
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


def find_times(parse: Parse, published: date | None, published_until: date | None = None) -> list[FoundTime]:
    """The time expressions of a text, in its order, none overlapping.

    ``published`` is the day of publication; where it is ``None``, ``published_until`` (the last day it can have been), or else a
    full date that the text sets as its dateline, takes its place. ``from_`` and ``to`` are both ``None`` where the words
    and these dates give no day; nothing is invented.
    """
    return _Story(parse, published or published_until).read()


# --- words -----------------------------------------------------------------------------------------------------------


class _Lexicon(NamedTuple):
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


@cache
def _lexicon() -> _Lexicon:
    """The words of ``lexicon/times.yaml``. Raises :class:`KnowledgeError` for unknown or missing keys, or a word listed twice."""
    path = ROOT / "lexicon" / "times.yaml"
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != set(_Lexicon._fields):
        wrong = set(raw) ^ set(_Lexicon._fields) if isinstance(raw, dict) else set(_Lexicon._fields)
        raise KnowledgeError(f"unknown or missing keys: {', '.join(sorted(wrong))}.", where=f"{path}:1", remedy="Correct the keys.")

    def words(key: str, value: str) -> list[str]:
        found = value.split()
        for word in found:
            if found.count(word) > 1:
                raise KnowledgeError(f"{word!r} is listed twice under {key!r}.", where=_line_of(path.read_text(), word, str(path)))
        return found

    def forms(key: str) -> dict[str, str]:
        table: dict[str, str] = {}
        for name, value in raw[key].items():
            for word in words(key, value):
                if table.setdefault(word, name) != name:
                    raise KnowledgeError(f"{word!r} is listed twice under {key!r}.", where=_line_of(path.read_text(), word, str(path)))
        return table

    months, weekdays = list(raw["months"]), list(raw["weekdays"])
    sets = {key: frozenset(words(key, raw[key])) for key in _Lexicon._fields[7:]}
    return _Lexicon(
        months={word: months.index(name) + 1 for word, name in forms("months").items()},
        weekdays={word: weekdays.index(name) for word, name in forms("weekdays").items()},
        seasons=forms("seasons"),
        units=forms("units"),
        day_parts=forms("day_parts"),
        holidays={name: (int(day[:2]), int(day[3:])) for name, day in raw["holidays"].items()},
        named_days={name: date.fromisoformat(day) for name, day in raw["named_days"].items()},
        **sets,
    )


def _line_of(text: str, word: str, path: str) -> str:
    """File and line where a word stands last."""
    return f"{path}:{text[: text.rfind(word)].count(chr(10)) + 1}"


CLOCK_ADJECTIVES = frozenset("early small working office opening business daylight these those good old bad olden dark greatest".split())
"""Before a bare plural they make no length: "in the early hours", "the old days"."""
LOOSE = frozenset({"few", "several", "many", "some", "dozens", "couple", "recent", "numerous", "multiple"})
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": -1, "last": -1}
PARTS = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "later": "late",
    "beginning": "early",
    "start": "early",
    "end": "late",
    "closing": "late",
    "opening": "early",
}


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
    """Patterns by the class of the word that calls for them, the class of each word, and the words that may stand before it."""

    anchors: Mapping[str, str]
    patterns: Mapping[str, tuple[_Pattern, ...]]
    before: frozenset[str]


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _abbreviated(names: Mapping[str, int]) -> str:
    """An alternation of names in which only the shortened ones may end in a full stop."""
    shortened = {name for name in names if any(other != name and other.startswith(name[:3]) for other in names if len(other) > len(name))}
    return rf"(?:{_any(names.keys() - shortened)})\b|(?:{_any(shortened)})\b\.?"


S = r"(?:(?!\s*\n\s*\n)\s{1,3})"
"""A gap inside an expression: no blank line."""
HYPHEN = rf"(?:\s?-\s?|{S})"


@cache
def _grammar() -> _Grammar:
    """All patterns, compiled once."""
    lexicon = _lexicon()
    month = rf"(?P<month>{_abbreviated(lexicon.months)})"
    weekday = rf"(?P<weekday>{_abbreviated(lexicon.weekdays)})"
    weekday_plain = weekday.replace("(?P<weekday>", "(?:")
    year = r"(?P<year>(?:1[0-9]|20)\d\d)(?![\d/]|[,.:]\d|-\d\d-|-(?:year|mile|km))"
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|[-\s](?:year|years|hours|days|km)\b|\s?(?:a\.?m|p\.?m|gmt|utc)\b)"
    days = (
        rf"(?P<day>\b{day})(?:(?:,{S}{day})*(?:,?{S}(?P<day_and>and|or|to|through|until|till){S}(?:the{S})?|\s?(?P<day_dash>-)\s?)"
        rf"(?P<day2>{day}))?"
    )
    one_day = rf"(?P<day>\b{day})"
    parts = _any(lexicon.day_parts)
    day_pre = (
        rf"(?:(?:(?P<pre>(?:early|late|later|earlier|before|at|around|overnight|in{S}the{S}early{S}hours|just)"
        rf"(?:{S}(?:in{S}the{S})?(?:{parts}))?|(?:the|in{S}the)(?:{S}early|{S}late|{S}pre-?dawn)?{S}(?:hours|{parts})(?:{S}hours)?)"
        rf"(?:{S}of|{S}on)?{S}(?:the{S})?)?)"
    )
    day_post = rf"(?:(?:,?{S}(?:in{S}the{S}|at{S})?(?:early{S}|late{S}|pre-?dawn{S})?(?P<post>{parts})s?(?:{S}hours)?\b))?"
    with_weekday = rf"(?:{weekday},?{S}(?:the{S})?)?"
    year_after = rf"(?:,?{S}(?:of{S}|in{S})?{year}\b|,?{S}(?:of{S})?(?P<mod_year>last|this|next){S}year\b)"
    short_year = r"(?:\s'?(?P<short>\d\d)\b(?=\s?[-.,;:)\]\n]|\s*$))"
    number = rf"(?P<n>\d{{1,4}}(?:[.,]\d+)?|{_any({**SMALL, **TENS})}|(?:{_any(TENS)})[- ](?:{_any(SMALL)})|an?|one|few|several|many|a{S}few|a{S}couple{S}of|couple{S}of|some|dozens{S}of|half{S}an?)"
    half = rf"(?P<half>{S}and{S}a{S}half|{S}1/2)?"
    about = rf"(?:(?P<about>about|around|nearly|almost|over|more{S}than|less{S}than|at{S}least|some|roughly|approximately|just|up{S}to|barely|only|fewer{S}than|under){S})?(?:a{S}(?=few|couple|further))?"
    unit = rf"(?P<unit>{_any(lexicon.units)})"
    unit_s = rf"{unit}\b(?:'s?|s')?"
    part = rf"(?:(?P<part>early|mid|middle|late|later|earlier)(?:{HYPHEN})(?:in{S}|on{S})?(?:the{S})?)"
    edge = rf"(?:(?:the{S})?(?:very{S})?(?P<edge>beginning|start|end|middle|close|opening|closing|turn){S}of{S}(?:the{S})?)"
    ordinal = rf"(?P<ordinal>{_any(ORDINALS)})"
    mod = rf"(?P<mod>last|past|this{S}past|this{S}coming|this|next|previous|following|coming|that|the{S}same|the{S}following|the{S}next|the{S}previous|the{S}past|the{S}last|the{S}coming)"
    the_unit = rf"(?:(?P<mod>last|this|next|the{S}(?:last|next|previous|following|same)|previous|following|that|the|that{S}same){S}{unit}\b)"

    def compiled(resolve: Resolver, regex: str, example: str) -> _Pattern:
        return _Pattern(re.compile(regex, re.IGNORECASE), resolve, example)

    month_day = (
        compiled(_Story.month_day, rf"{day_pre}{with_weekday}\(?{days}{S}(?:of{S})?{month}(?:{year_after}|{short_year})?{day_post}", "12 March 2025"),
        compiled(_Story.month_day, rf"{day_pre}{with_weekday}\(?{month}{S}(?:the{S})?{days}{year_after}?{day_post}", "March 12, 2025"),
        compiled(_Story.month_day, rf"{day_pre}{with_weekday}\(?{month}{S}(?:the{S})?{one_day}{year_after}?{day_post}", "March 12, 2025"),
        compiled(_Story.month_day, rf"{day_pre}{with_weekday}\(?{month}{S}(?:the{S})?{one_day}{day_post}", "March 12"),
        compiled(_Story.month_day, rf"(?:the{S})?{one_day}\s?-\s?{month}(?:\s?-\s?{year}|\s?-\s?(?P<short>\d\d)\b)", "12-Mar-2025"),
        compiled(_Story.month_day, rf"{one_day},?{S}{weekday},?{S}{month}{year_after}?", "12, Monday, March"),
    )
    month_alone = (
        compiled(_Story.month_only, rf"(?:{part}|{edge})?(?:(?P<mod>last|this|next|this{S}past){S})?{month}(?:'s)?{year_after}\b", "mid-March 2025"),
        compiled(_Story.month_only, rf"(?:{part}|{edge})?(?:(?P<mod>last|this|next|this{S}past){S})?{month}", "late March"),
        compiled(_Story.month_only, rf"{month}\s?[-/]\s?{year}", "March-2025"),
        compiled(_Story.nth_of_month, rf"(?:the{S})?{ordinal}{S}(?:two{S})?(?P<unit>week|weeks|weekend|half|days|day){S}of{S}{month}{year_after}?", "the first week of March"),
    )
    weekday_alone = (
        compiled(
            _Story.weekday,
            rf"{day_pre}(?:{mod}{S})?{weekday}{day_post}(?:,?{S}(?:of{S})?(?P<which>last|this|next){S}week\b|{S}(?P<ago>an?|one|two){S}weeks?{S}ago)?",
            "late Thursday",
        ),
        compiled(_Story.every_weekday, rf"(?:(?:every|each|on){S})?{weekday_plain}s\b", "on Fridays"),
        compiled(_Story.every_weekday, rf"(?:every|each){S}(?:other{S})?{weekday_plain}", "every Friday"),
    )
    years = (
        compiled(_Story.iso_day, r"(?P<year>(?:1[89]|20)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d)(?:T[\d:]+Z?)?", "2014-03-01"),
        compiled(_Story.iso_month, r"(?P<year>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", "2014-03"),
        compiled(_Story.year_pair, rf"(?:the{S})?(?P<year>(?:1[5-9]|20)\d\d)\s?[-/]\s?(?P<year2>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\d-])\b", "2013-14"),
        compiled(_Story.year_only, rf"(?:{part}|{edge})?(?:(?:the{S})?year{S})?{year}\b", "early 2009"),
        compiled(_Story.quarter, rf"(?:the{S})?{ordinal}[- ](?P<unit>quarter|half){S}of{S}{year}", "the third quarter of 2009"),
        compiled(_Story.season, rf"(?:{part}|the{S})?(?P<season>{_any(lexicon.seasons)}),?{S}(?:of{S})?{year}", "spring 2014"),
        compiled(_Story.short_year, r"(?<=(?:in|of) )'(?P<short>\d\d)(?![\ds])", "'82"),
    )
    decades = (
        compiled(_Story.decade, rf"(?:the{S})?(?:(?P<part>early|mid|middle|late)(?:{HYPHEN})(?:to{HYPHEN}late{HYPHEN})?)?(?P<decade>(?:1[5-9]|20)\d0)'?s\b", "the 1980s"),
        compiled(_Story.decade, rf"(?:(?:the{S})(?:(?P<part>early|mid|middle|late)(?:{HYPHEN}))?'?|(?<=and )'?|')(?P<decade>[2-9]0)'?s\b", "the '80s"),
        compiled(_Story.age, rf"(?:his|her|their|its|in){S}(?:early{S}|mid{HYPHEN}|late{S})?\d0s\b", "his 30s"),
    )
    seasons = (
        compiled(
            _Story.season,
            rf"(?:{part}|{edge})?(?:(?P<mod>last|this|next|this{S}past|the{S}previous){S}|the{S})?(?P<season>{_any(lexicon.seasons)})\b(?:,?{S}(?:of{S})?(?:{year}|(?P<mod_year>last|this|next){S}year)\b)?",
            "last summer",
        ),
    )
    words = (
        compiled(_Story.day_before_yesterday, rf"(?:the{S})?day{S}(?P<side>before{S}yesterday|after{S}tomorrow)\b", "the day before yesterday"),
        compiled(_Story.this_day, rf"(?:{day_pre}|earlier{S}|later{S})?(?P<word>today|yesterday|tomorrow|tonight)\b(?:'s)?{day_post}", "earlier today"),
        compiled(_Story.overnight, rf"overnight(?:{S}(?:on{S}|from{S})?{weekday}(?:{S}(?:to|into|and){S}{weekday_plain})?)?\b", "overnight"),
        compiled(_Story.vague, r"recently\b", "recently"),
        compiled(_Story.frequency, r"(?:daily|weekly|monthly|annual|annually|yearly|nightly|hourly)\b", "weekly"),
        compiled(_Story.holiday, rf"(?P<holiday>{_any(lexicon.holidays)})\b{year_after}?", "Christmas Eve"),
        compiled(_Story.age, r"aged\s(?:between\s)?\d{1,3}(?:\s(?:and|to)\s\d{1,3})?\b", "aged 23"),
    )
    day_names = (
        compiled(_Story.this_day_part, rf"(?:early{S}|late{S}|later{S}|earlier{S})?(?P<mod>last|this|that|the{S}same|the{S}previous|the{S}next|the{S}following){S}(?P<word>{parts})\b", "last night"),
        compiled(_Story.weekend, rf"(?:(?P<mod>last|this{S}past|this|next|the|the{S}past|the{S}last|the{S}previous|the{S}following|the{S}coming){S})?weekend\b", "the weekend"),
    )
    units = (
        compiled(_Story.day_before_yesterday, rf"(?:the{S})?day{S}(?P<side>before{S}yesterday|after{S}tomorrow)\b", "the day before yesterday"),
        compiled(_Story.ago, rf"(?:{about}{number}{half}[- ])?{unit}s?{S}(?:ago|back)\b(?:{S}(?:today|this{S}week))?", "three days ago"),
        compiled(_Story.later, rf"{about}{number}{half}{S}{unit}s?{S}(?P<way>later|earlier|afterwards|afterward|beforehand|previously|thereafter)\b(?!{S}than)", "two days later"),
        compiled(_Story.later, rf"{about}{number}{S}{unit}s?{S}(?P<way>before|after|prior)(?={S}?[.,;:)\n]|$)", "a day before,"),
        compiled(
            _Story.stretch,
            rf"(?P<prep>(?:in|over|during|within|for|throughout|across){S}(?=the|this|past|recent))?(?:the{S}|this{S})?(?P<mod>past|last|previous|next|coming|recent){S}{about}(?:{number}{S})?(?:or{S}so{S})?{unit_s}",
            "over the past four years",
        ),
        compiled(_Story.stretch, rf"(?P<prep>(?:in|within){S}){number}{S}{unit}{S}time\b", "in two weeks time"),
        compiled(
            _Story.this_unit,
            rf"(?:(?P<when>early|earlier|late|later|mid|sometime|at{S}some{S}point)(?:{HYPHEN})(?:in{S})?|{edge}|(?P<prep>(?:in|over|during|within|for|throughout){S}(?=the)))?{the_unit}",
            "earlier this month",
        ),
        compiled(_Story.this_unit, rf"(?:{edge})(?P<mod>the){S}{unit}\b".replace("(?:the{S})?)(?P<mod>", "(?P<mod>"), "the end of the year"),
        compiled(_Story.next_day, rf"(?:early{S}|late{S}|later{S}|earlier{S})?(?:on{S})?(?P<mod>the{S}(?:next|following|previous|same|preceding)|that|that{S}same|the{S}very{S}next){S}{unit}\b", "the next day"),
        compiled(_Story.next_day, rf"the{S}{unit}{S}(?P<mod>before|after|previous)(?={S}?[.,;:)\n]|{S}(?:and|but|that|in|at|when)\b|$)", "the day before"),
        compiled(_Story.every, rf"(?:every|each|per){S}(?:other{S}|single{S}|{number}{S})?{unit_s}", "every week"),
        compiled(_Story.every, rf"(?:once|twice|(?:\w+){S}times){S}(?:an?|per|every|each|in{S}a){S}{unit}\b", "twice a week"),
        compiled(_Story.same_day, rf"(?:later|earlier|late|early|during|throughout){S}(?:in{S}|on{S})?the{S}(?:same{S})?{unit}\b", "later in the day"),
        compiled(_Story.age, rf"(?P<n>\d{{1,3}}|{_any({**SMALL, **TENS})})[- ]{unit}s?[- ]olds?\b", "23-year-old"),
        compiled(_Story.age, rf"{number}(?:{S}and{S}a{S}half)?{S}{unit}s?{S}(?:old|of{S}age)\b", "23 years old"),
        compiled(_Story.duration, rf"{about}{number}{half}[- ](?:(?:straight|consecutive|more|full|whole|successive|trading|further|additional|working|long){S})*{unit}s?\b(?:[- ]?long\b)?(?:{S}and{S}a{S}half)?", "36-minute"),
        compiled(_Story.duration, rf"(?:the{S}|a{S})?(?:\w+){S}(?:straight|consecutive|successive){S}{unit}s?\b", "third straight day"),
        compiled(_Story.duration, rf"(?P<bare>(?:minutes|hours|days|weeks|months|years|decades|centuries)(?:-long)?|(?:decade|month|week|day|year|hour|decades|weeks|months|years|days|hours)-?long)\b", "weeks of"),
        compiled(_Story.quarter, rf"(?:the{S})?{ordinal}[- ](?P<unit>quarter|half)(?:{S}of{S}(?:{year}|(?P<mod_year>last|this|next|the){S}year)\b)?", "third quarter of last year"),
        compiled(_Story.quarter, rf"(?:(?P<mod>last|this|next|the{S}last|the{S}previous|the{S}next){S})(?P<unit>quarter)\b", "last quarter"),
        *month_alone[-1:],
    )
    patterns = {
        "month": (*month_day, *month_alone),
        "weekday": (*weekday_alone, *month_day),
        "year": years,
        "decade": decades,
        "season": seasons,
        "unit": units,
        "part": day_names,
        "word": words,
    }
    anchors: dict[str, str] = {}
    for group, names in (
        ("month", lexicon.months),
        ("season", lexicon.seasons),
        ("unit", lexicon.units),
        ("part", lexicon.day_parts),
        ("weekday", lexicon.weekdays),
        ("weekday", [f"{name}s" for name in lexicon.weekdays]),
        ("part", ["weekend"]),
        ("word", "today yesterday tomorrow tonight overnight recently daily weekly monthly annual annually".split()),
        ("word", "yearly nightly hourly christmas boxing aged".split()),
        ("unit", "half".split()),
    ):
        for name in names:
            anchors.setdefault(name, group)
    before = frozenset(
        "the a an of early late mid middle end beginning start close opening closing turn very later earlier last next this past previous "
        "following same that preceding about around nearly almost over more less fewer than at least roughly approximately just up to only "
        "barely under and or in on some several few couple many every each per other single once twice times for during within throughout "
        "across recent coming straight consecutive successive st nd rd th half hours hour dawn new year day days week quarter final "
        "before after through until till his her their its dozens trading full whole further additional such".split()
    ) | frozenset((*SMALL, *TENS, *ORDINALS, *lexicon.day_parts, *lexicon.months, *lexicon.weekdays))
    return _Grammar(anchors, patterns, before)


# --- reading a text ---------------------------------------------------------------------------------------------------

WORD = re.compile(r"[A-Za-z]+|\d+(?:s\b)?")
NUMERIC = re.compile(r"(?<![\w/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\w/]|\.\d)")
NAMED = re.compile(r"(?<![\w/.])(?P<name>9/11|26/11|7/7)(?![\w/]|\.\d)")
CLOCK = re.compile(
    r"(?<![\d.,:$-])(?P<hour>[01]?\d|2[0-4])(?:[:.]?(?P<minute>[0-5]\d))?\s?(?:(?P<half>a|p)\.?m\b\.?|(?P<zone>gmt|utc)\b|(?<=\d\d\d\d )h(?:ou)?rs\b|local time)"
    r"(?: \((?:[^()\n]{2,12})\))?",
    re.IGNORECASE,
)
CLOCK_GAP = re.compile(r",? (?:local time |in the \w+ )?(?:on )?(?:the )?", re.IGNORECASE)
FLAT = str.maketrans(
    {"’": "'", "‘": "'", "\xa0": " ", " ": " ", " ": " ", " ": " ", "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "\t": " ", "\r": " "}
)
RANGE = re.compile(rf"(?:,?{S}(?:to|until|till|through)|\s?-|,?{S}(?P<and>and|or)){S}?(?:the{S}|into{S})?(?:on{S}|in{S}|early{S}|late{S})?$", re.IGNORECASE)
BOUND = re.compile(
    rf"\b(?P<prep>ever{S}since|since|until|till|up{S}to|before|prior{S}to|after|following|by|from|between|starting|beginning|as{S}of|"
    rf"no{S}later{S}than|through|effective|on{S}or{S}before)(?P<mid>{S}(?:about{S}|around{S}|at{S}least{S}|on{S}|in{S}|as{S}early{S}as{S})?(?:the{S})?)$",
    re.IGNORECASE,
)
NUMBERED_NAME = re.compile(r" \d{1,2} (?P<name>[A-Z][a-z]+)")
LOWER_BOUNDS = frozenset({"since", "ever since", "from", "starting", "beginning", "effective", "after", "following"})
PASSAGE_SENTENCES = 2
"""How many sentences on an explicit year still governs dates that name none."""
CLOCK_SENTENCES = 4
"""How many sentences on a time of day still belongs to the running date."""
PASSAGE_AWAY = 60
"""Days between a passage's date and publication under which the passage needs no clock of its own."""


@dataclass(slots=True)
class _Atom:
    start: int
    end: int
    match: Match
    pattern: _Pattern


class _Story:
    """One reading of one text: the dates it leans on, and how far it has come."""

    def __init__(self, parse: Parse, reference: date | None) -> None:
        self.parse, self.reference = parse, reference
        self.flat = parse.text.translate(FLAT)
        self.running: _Days | None = None
        self.running_sent = 0
        self.passage: tuple[int, _Days] | None = None
        self.sent = 0
        self.found: list[FoundTime] = []

    # -- the walk

    def read(self) -> list[FoundTime]:
        atoms = self._atoms()
        if self.reference is None:
            self.reference = self._dateline(atoms)
        at = 0
        while at < len(atoms):
            at += self._read_one(atoms, at)
        return self.found

    def _atoms(self) -> list[_Atom]:
        """Expressions that stand for themselves, in order, none overlapping: the longest pattern at the earliest word."""
        grammar = _grammar()
        anchors, before = grammar.anchors, grammar.before
        words = [(match.start(), match[0].lower()) for match in WORD.finditer(self.flat)]
        atoms: list[_Atom] = []
        numeric = self._numeric_atoms()
        past = 0
        for at, (start, word) in enumerate(words):
            group = anchors.get(word)
            if group is None and word[0].isdigit():
                group = _digit_group(word, self.flat, start)
            if group is None or start < past:
                continue
            while numeric and numeric[0].start <= start:
                if numeric[0].start >= past:
                    atoms.append(numeric[0])
                    past = numeric[0].end
                numeric.pop(0)
            if start < past:
                continue
            first = at
            while first > 0 and at - first < 8 and words[first - 1][0] >= past:
                previous = words[first - 1][1]
                if previous not in before and not previous[0].isdigit():
                    break
                first -= 1
            found = self._match_from(words, first, at, grammar.patterns[group])
            if found is not None:
                atoms.append(found)
                past = found.end
        atoms.extend(atom for atom in numeric if atom.start >= past)
        return atoms

    def _match_from(self, words: list[tuple[int, str]], first: int, at: int, patterns: tuple[_Pattern, ...]) -> _Atom | None:
        """The longest match of a pattern that begins at one of these words and covers the last of them."""
        anchor = words[at][0]
        best: _Atom | None = None
        for index in range(first, at + 1):
            start = words[index][0]
            for pattern in patterns:
                match = pattern.regex.match(self.flat, start)
                if match is None or match.end() <= anchor or (best is not None and match.end() <= best.end):
                    continue
                if self._is_time(match, pattern):
                    best = _Atom(start, match.end(), match, pattern)
        if best is not None:
            return best
        if anchor and self.flat[anchor - 1] == "'" and patterns is not None:
            for pattern in patterns:
                match = pattern.regex.match(self.flat, anchor - 1)
                if match is not None and match.end() > anchor:
                    return _Atom(anchor - 1, match.end(), match, pattern)
        return None

    def _numeric_atoms(self) -> list[_Atom]:
        """``12/3/2025``, ``12.03.2025`` and days known by their numbers."""
        atoms = []
        if "/" in self.flat or "." in self.flat:
            pattern = _Pattern(NUMERIC, _Story.numeric, "13/3/2025")
            atoms += [_Atom(match.start(), match.end(), match, pattern) for match in NUMERIC.finditer(self.flat)]
        pattern = _Pattern(CLOCK, _Story.clock, "9:30 p.m.")
        atoms += [_Atom(match.start(), match.end(), match, pattern) for match in CLOCK.finditer(self.flat)]
        if "/" in self.flat:
            named = _Pattern(NAMED, _Story.named, "9/11")
            atoms += [_Atom(match.start(), match.end(), match, named) for match in NAMED.finditer(self.flat)]
        return sorted(atoms, key=lambda atom: atom.start)

    def _clock_with_day(self, atom: _Atom, other: _Atom) -> _Days | None:
        """The days of "at 9 p.m. on Sunday", where a time of day leads a date."""
        if atom.pattern.resolve is not _Story.clock or not CLOCK_GAP.fullmatch(self.flat[atom.end : other.start]):
            return None
        days = other.pattern.resolve(self, other.match, self._cut(other))
        return days if days is not None and days.kind == "date" else None

    def _read_one(self, atoms: list[_Atom], at: int) -> int:
        """Resolve one expression, with its partner where two make a range; how many were used up."""
        atom = atoms[at]
        cut = self._cut(atom)
        self.sent = self.parse.tokens[cut.first].sent
        if at + 1 < len(atoms) and (joined := self._range(atom, atoms[at + 1])) is not None:
            start, days = joined
            self._add(start, atoms[at + 1].end, days)
            return 2
        if at + 1 < len(atoms) and (days := self._clock_with_day(atom, atoms[at + 1])) is not None:
            self._add(atom.start, atoms[at + 1].end, days)
            return 2
        days_or_none = atom.pattern.resolve(self, atom.match, cut)
        if days_or_none is not None:
            self._add_bound_or_date(atom, days_or_none)
        return 1

    def _range(self, atom: _Atom, other: _Atom) -> tuple[int, _Days] | None:
        """Start and days of "from March to June 2014", "between Monday and Friday", "Monday and Tuesday"."""
        gap = self.flat[atom.end : other.start]
        if len(gap) > 16 or (link := RANGE.match(gap)) is None:
            return None
        before = BOUND.search(self.flat[max(0, atom.start - 16) : atom.start])
        opener = before["prep"].lower() if before else ""
        is_day = atom.pattern.resolve in (_Story.weekday, _Story.month_day, _Story.month_only) and atom.pattern.resolve is other.pattern.resolve
        if link["and"] and opener != "between" and not is_day:
            return None
        second = other.pattern.resolve(self, other.match, self._cut(other))
        if second is None or second.kind != "date" or second.low is None or second.high is None:
            return None
        kept = self.running
        first = atom.pattern.resolve(self, atom.match, self._cut(atom, _year_of(other.match) if not _year_of(atom.match) else None))
        if first is None or first.kind != "date" or first.low is None:
            self.running = kept
            return None
        if first.low > second.high:
            if _year_of(other.match) or first.precision == "day":
                low = calendar.shift_months(first.low, -12) if first.precision != "day" or not _is_weekday(atom) else None
                low = calendar.shift_days(second.low, -((second.low.weekday() - first.low.weekday()) % 7)) if low is None else low
            else:
                return None
        else:
            low = first.low
        if link["and"] and opener != "between" and (first.high is None or not 0 < (second.low - first.high).days <= 1):
            self.running = kept
            return None
        basis: TimeBasis = "stated" if second.basis == "stated" and _year_of(other.match) else second.basis
        start = atom.start - len(before[0]) if before and opener in ("between", "from") else atom.start
        precision: TimePrecision = "range" if second.precision == "day" else second.precision
        return start, _Days(low, second.high, precision, basis)

    def _add_bound_or_date(self, atom: _Atom, days: _Days) -> None:
        """Keep an expression; one that a preposition opens or closes becomes a bound."""
        before = BOUND.search(self.flat[max(0, atom.start - 24) : atom.start]) if days.kind == "date" else None
        if before is None or days.low is None and days.high is None or self._modifies_noun(atom) or atom.pattern.resolve is _Story.vague:
            self._add(atom.start, atom.end, days)
            return
        prep = " ".join(before["prep"].lower().split())
        if prep in ("between", "as of") or (prep == "from" and (days.precision == "range" or not self._opens(atom, before))):
            self._add(atom.start, atom.end, days)
            return
        low, high = days.low, days.high
        if prep in ("after", "following") and high is not None:
            open_days = _Days(calendar.shift_days(high, 1), None, days.precision, days.basis, "bound")
        elif prep in LOWER_BOUNDS:
            open_days = _Days(low, None, days.precision, days.basis, "bound")
        elif prep in ("before", "prior to") and low is not None:
            open_days = _Days(None, calendar.shift_days(low, -1), days.precision, days.basis, "bound")
        else:
            open_days = _Days(None, high, days.precision, days.basis, "bound")
        self._add(atom.start - len(before[0]), atom.end, open_days, (atom.start, days))

    def _opens(self, atom: _Atom, before: Match) -> bool:
        """Whether "from" tells when something began ("in force from Monday"), not what it is of ("footage from Monday")."""
        if self.flat[atom.end : atom.end + 7].lower() == " onward":
            return True
        prep = self.parse.tokens[self.parse.token_at(atom.start - len(before[0]))]
        return prep.head.is_verb

    def _add(self, start: int, end: int, days: _Days, inner: tuple[int, _Days] | None = None) -> None:
        first, last = self.parse.token_at(start), self.parse.token_at(end - 1)
        inner_time = self._time(inner[0], end, inner[1]) if inner else None
        self.found.append(FoundTime(self._time(start, end, days), first, last, days.kind, inner_time))
        dated = inner[1] if inner else days
        if dated.kind == "date" and dated.low is not None and dated.high is not None and dated.running and inner is None:
            self.running, self.running_sent = dated, self.sent
        if dated.kind == "date":
            self._enter_passage(dated, inner is not None)

    def _enter_passage(self, days: _Days, bound: bool) -> None:
        """An explicit date far from publication opens a passage; a date tied to publication closes it."""
        if days.low is None or days.high is None or bound:
            return
        if days.precision == "year" and self.found[-1].first > self.parse.sents[self.sent][0] + 3:
            return
        if days.basis == "stated" and self._is_far(days) and (days.high - days.low).days < 400:
            self.passage = (self.sent, days)
        elif self.passage is not None and self._is_far(days):
            self.passage = (self.sent, days)
        elif not self._is_far(days):
            self.passage = None

    def _is_far(self, days: _Days) -> bool:
        return self.reference is None or (days.high is not None and (self.reference - days.high).days > PASSAGE_AWAY)

    def _time(self, start: int, end: int, days: _Days) -> Time:
        return Time(
            text=self.parse.text[start:end],
            start=start,
            end=end,
            from_=days.low.isoformat() if days.low else None,
            to=days.high.isoformat() if days.high else None,
            precision=days.precision,
            basis=days.basis,
        )

    def _cut(self, atom: _Atom, year: int | None = None) -> _Cut:
        return _Cut(self.parse.token_at(atom.start), self.parse.token_at(atom.end - 1), year)

    def _dateline(self, atoms: list[_Atom]) -> date | None:
        """A full date in the report's opening that stands alone on its line or before the dash of a dateline."""
        for atom in atoms:
            if atom.start > 300:
                break
            if atom.pattern.resolve is not _Story.month_day or not _year_of(atom.match):
                continue
            line_start = self.flat.rfind("\n", 0, atom.start) + 1
            lead, rest = self.flat[line_start : atom.start].strip(), self.flat[atom.end : atom.end + 4].lstrip(" )")
            if (not lead and (not rest or rest[0] in "\n-")) or (rest[:1] == "-" and lead[-1:] in ",(-" and len(lead) < 60):
                days = self.month_day(atom.match, self._cut(atom))
                return days.high if days else None
        return None

    # -- is it a time at all

    def _is_time(self, match: Match, pattern: _Pattern) -> bool:
        """Whether the words around and the parse let a match be a time."""
        groups, flat = match.groupdict(), self.flat
        start, end = match.span()
        before, after = _word_before(flat, start), _word_after(flat, end)
        lexicon = _lexicon()
        if end < len(flat) and flat[end].isalnum() and flat[end - 1].isalnum():
            return False
        if groups.get("year") and not self._is_year(match, before, after):
            return False
        if groups.get("month"):
            return self._is_month(match, before, after)
        if groups.get("weekday"):
            name = match["weekday"]
            token = self.parse.tokens[self.parse.token_at(match.start("weekday"))]
            if len(name) <= 5 and not name[0].isupper():
                return False
            if after[:1].isupper() and after.lower() in lexicon.names_after_weekday:
                return False
            if before[:1].isupper() and before.lower() in lexicon.names_before:
                return False
            given = self.parse.tokens[token.i - 1] if token.i else token
            if given.is_proper and given.head is token and given.dep == "compound" and match.start("weekday") == start:
                return False
            if token.ent in ("PERSON", "ORG", "WORK_OF_ART", "GPE"):
                return False
            return len(name) > 5 or token.ent in ("DATE", "TIME") or (flat[end - 1] == "." and before.islower())
        if groups.get("season"):
            return self._is_season(match, before)
        if groups.get("day2") and not groups.get("month"):
            return False
        if pattern.resolve in (_Story.duration, _Story.every, _Story.ago):
            return self._is_length(match, before)
        if pattern.resolve is _Story.vague and match[0][0].isupper() and self.parse.tokens[self.parse.token_at(start)].ent:
            return False
        return True

    def _is_length(self, match: Match, before: str) -> bool:
        number = match.groupdict().get("n")
        unit = (match.groupdict().get("unit") or "").lower()
        if unit in ("second", "min", "hr") and not (number and number[0].isdigit()):
            return False
        if unit == "quarter" or unit == "quarters":
            return bool(number) and number.lower() not in ("a", "an") if number else True
        if not number and before.lower() in CLOCK_ADJECTIVES and not match[0].lower().endswith("long"):
            return False
        if number and before and before[-1] in "$£€":
            return False
        return True

    def _is_season(self, match: Match, before: str) -> bool:
        groups = match.groupdict()
        if groups.get("year") or groups.get("mod_year") or groups.get("mod"):
            return True
        if match["season"].lower() == "fall" or before[:1].isupper() and before.lower() not in ("in", "during", "since", "this", "last"):
            return False
        opener = before.lower() in ("in", "during", "since", "by", "until", "over")
        token = self.parse.tokens[self.parse.token_at(match.start("season"))]
        return opener and not self._modifies(token)

    def _is_year(self, match: Match, before: str, after: str) -> bool:
        lexicon = _lexicon()
        start = match.start("year")
        token = self.parse.tokens[self.parse.token_at(start)]
        if match.groupdict().get("month") or match.groupdict().get("season") or match.groupdict().get("m"):
            if match.end("year") < match.end() or match.groupdict().get("m"):
                return True
            return after.lower() not in lexicon.no_year_before and not self._counts_people(token)
        alone = match.start() == start or not match.groupdict().get("part")
        previous = _word_before(self.flat, start).lower() if alone else before.lower()
        if previous.isdigit() or previous in lexicon.no_year_after or after.lower() in lexicon.no_year_before or after[:1] == "%":
            return False
        if start and self.flat[start - 1] in "$£€#/.,-+:" and not (self.flat[start - 1] == "-" and match.groupdict().get("part")):
            return False
        if match.groupdict().get("year2"):
            second = match["year2"]
            high = int(second if len(second) == 4 else match["year"][:2] + second)
            return int(match["year"]) < high <= int(match["year"]) + 30
        value = int(match["year"])
        if match.groupdict().get("part") or match.groupdict().get("edge") or match.groupdict().get("ordinal"):
            return 1000 <= value <= 2100
        if "year" in match[0].lower():
            return True
        opened = previous in ("in", "since", "of", "until", "during", "before", "after", "from", "by", "between", "and", "or", "to", "through", "till", "early", "late", "mid", "circa")
        bracketed = start > 0 and self.flat[start - 1] == "(" and self.flat[match.end() : match.end() + 1] in (")", ",", "-", ";")
        if bracketed and previous.isdigit():
            return False
        if self._counts_people(token) or (not opened and token.i and self.parse.tokens[token.i - 1].is_proper):
            return False
        if not 1500 <= value <= 2100:
            return value >= 1000 and opened and token.ent == "DATE" and previous in ("in", "since")
        return (token.ent == "DATE" and previous != "(") or bracketed or (opened and token.dep in ("pobj", "conj", "pcomp") and token.ent in ("", "CARDINAL", "DATE"))

    def _counts_people(self, token: Token) -> bool:
        """Whether a number counts the noun after it: "2010 fighters", but not "the 2010 fighting"."""
        if token.dep != "nummod" or token.head.i <= token.i:
            return False
        if token.head.tag not in ("NNS", "NNPS"):
            return False
        return token.ent != "DATE" and not any(child.lower in ("the", "'s") for child in token.head.children if child.i < token.i)

    def _is_month(self, match: Match, before: str, after: str) -> bool:
        lexicon = _lexicon()
        groups = match.groupdict()
        name = match["month"]
        token = self.parse.tokens[self.parse.token_at(match.start("month"))]
        if not name[0].isupper():
            return len(name) > 3 and name.lower() not in ("march", "may", "june", "august", "sept") and bool(groups.get("day") or groups.get("year"))
        if groups.get("day"):
            return self._is_month_day(match, before, after)
        if after[:1].isupper() and (after.lower() in lexicon.names_after_date or token.ent == "PERSON"):
            return False
        if before[:1].isupper() and before.lower() in lexicon.names_before:
            return False
        if before.isdigit() and after.lower() in lexicon.names_after_date:
            return False
        if (numbered := NUMBERED_NAME.match(self.flat, match.end())) and numbered["name"].lower() in lexicon.names_after_date:
            return False
        if groups.get("year") or groups.get("part") or groups.get("edge") or groups.get("ordinal") or groups.get("mod"):
            return True
        if token.ent == "PERSON" or (token.ent in ("ORG", "WORK_OF_ART", "FAC", "EVENT") and not token.ent_start) or token.tag == "MD":
            return False
        if len(name) <= 3 and name.lower() != "may" and self.flat[match.end("month") : match.end("month") + 1] != "." and token.ent != "DATE":
            return False
        if name.lower() in ("may", "march", "mar", "jun", "sep"):
            opener = before.lower() in ("in", "since", "until", "till", "by", "from", "of", "before", "after", "to", "and", "during", "through", "between", "or", "-")
            return token.ent == "DATE" or (opener and token.is_noun)
        return token.is_noun or token.ent == "DATE"

    def _is_month_day(self, match: Match, before: str, after: str) -> bool:
        lexicon = _lexicon()
        groups = match.groupdict()
        names_it = after[:1].isupper() or before.lower() == "the"
        if names_it and not groups.get("year") and after.lower() in lexicon.names_after_date and self.flat[match.end()] == " ":
            return False
        for key in ("day", "day2"):
            if not groups.get(key):
                continue
            token = self.parse.tokens[self.parse.token_at(match.start(key))]
            after_month = match.start(key) > match.start("month")
            if after_month and match.end(key) == match.end() and self._counts_after(token, before, after):
                return False
        token = self.parse.tokens[self.parse.token_at(match.start("month"))]
        return not (match["month"].lower() == "may" and token.tag == "MD" and token.ent != "DATE")

    def _counts_after(self, token: Token, before: str, after: str) -> bool:
        """Whether the last number counts the noun after it: "in March 12 people died", "on March 3 and 5 people died"."""
        if before.lower() == "in" and after in _lexicon().no_year_before:
            return True
        if token.dep != "nummod" or token.head.i <= token.i or token.head.i > token.i + 3:
            return False
        if token.head.lower in _lexicon().no_year_before:
            return True
        return token.head.tag == "NNS" and token.ent not in ("DATE",)

    def _modifies(self, token: Token) -> bool:
        return token.dep in ("compound", "nmod", "amod", "nummod") and token.head.i > token.i and token.head.is_noun

    def _modifies_noun(self, atom: _Atom) -> bool:
        """Whether an expression only describes the noun after it: "after Monday's attack", "since the 2013 coup"."""
        if self.flat[atom.end : atom.end + 2] == "'s" or self.flat[atom.end - 2 : atom.end] == "'s":
            return True
        last = self.parse.token_at(atom.end - 1)
        tokens = self.parse.tokens
        if last + 1 >= len(tokens):
            return False
        after = tokens[last + 1]
        if not (after.is_noun or after.tag in ("POS", "JJ", "VBG")):
            return False
        return tokens[last].dep in ("compound", "nmod", "amod", "nummod", "poss") and tokens[last].head.i > last

    # -- in which direction

    def _is_future(self, first: int) -> bool:
        """Whether the words set this time ahead: "will meet on Friday", "scheduled for Friday", "by Friday"."""
        planned = _lexicon().planned
        tokens = self.parse.tokens
        before = tokens[first - 1].lower if first and tokens[first - 1].sent == tokens[first].sent else ""
        token = tokens[first]
        if before in ("by", "until", "till") and _lexicon().weekdays.get(token.lower) is not None:
            return True
        if before in ("for", "by", "until") and any(other.lower in planned | _lexicon().promised for other in _up(tokens[first - 1], 2)):
            return True
        steps = 0
        for other in token.ancestors():
            steps += 1
            if other.tag[:1] == "V" or other.tag == "MD":
                return self._verb_is_future(other)
            if other.lower in planned and other.tag in ("NN", "NNS", "JJ"):
                return True
            if steps > 8:
                break
        return False

    def _verb_is_future(self, verb: Token) -> bool:
        planned = _lexicon().planned
        aux = {child.lower for child in verb.children if child.dep in ("aux", "auxpass")}
        if aux & {"will", "'ll", "shall", "would", "wo", "should"}:
            return "have" not in aux
        if "to" in aux:
            return verb.head.lower in planned or verb.head.lower in _lexicon().promised
        if verb.tag == "VBG" and aux & {"is", "are", "'s", "'re", "am"}:
            return True
        if verb.lower in _lexicon().scheduled_present:
            return True
        return verb.lower in planned and verb.tag in ("VBN", "VBP", "VBZ", "JJ")

    # -- resolvers: the days of one pattern

    def month_day(self, match: Match, cut: _Cut) -> _Days | None:
        lexicon, groups = _lexicon(), match.groupdict()
        month = lexicon.months[match["month"].lower().rstrip(".")]
        low_day = _ordinal(match["day"])
        high_day = _ordinal(groups["day2"]) if groups.get("day2") else low_day
        if high_day < low_day:
            high_day = low_day
        weekday = lexicon.weekdays.get((groups.get("weekday") or "").lower().rstrip("."))
        heads = set(self.flat[match.end() : match.end() + 32].lower().replace(",", " ").split()[:2])
        named = lexicon.named_days.get(f"{_month_name(month)} {low_day}")
        year = cut.year or _stated_year(groups, self.reference)
        if year is None and named and heads & lexicon.named_day_heads and (self.reference is None or self.reference >= named):
            return _Days(named, named, "day", "worked_out", running=False)
        basis: TimeBasis = "stated" if groups.get("year") or groups.get("short") else "worked_out"
        if year is None:
            year = self._year_for(month, low_day, weekday, cut)
        if year is None:
            return UNKNOWN
        low, high = calendar.day_or_none(year, month, low_day), calendar.day_or_none(year, month, high_day)
        if low is None or high is None:
            return None
        return _Days(low, high, "day" if low == high else "range", basis)

    def _year_for(self, month: int, day: int, weekday: int | None, cut: _Cut) -> int | None:
        """The year of a day or month that names none: the passage's, else the nearest past, or future where the words say so."""
        passage = self._passage_days()
        if passage is not None and passage.low is not None and passage.high is not None:
            near = _year_near(passage.low, passage.high, month, day)
            if self.reference is None or (date(near, month, min(day, 28)) <= self.reference or self._is_future(cut.first)):
                return near
        if self.reference is None:
            return self._year_of_any(month)
        years = [year for year in range(self.reference.year + 1, self.reference.year - 9, -1) if calendar.day_or_none(year, month, day)]
        past = next(year for year in years if date(year, month, day) <= self.reference)
        future = next((year for year in reversed(years) if date(year, month, day) > self.reference), past)
        if weekday is not None:
            fits = [year for year in (past, future, past - 1) if (d := calendar.day_or_none(year, month, day)) and d.weekday() == weekday]
            if fits:
                return fits[0]
        ahead = (date(future, month, day) - self.reference).days if future != past else 999
        if self._is_future(cut.first):
            return future
        if ahead <= 100 and (self.reference - date(past, month, day)).days > 265 and not self._is_past(cut.first):
            return future
        return past

    def _is_past(self, first: int) -> bool:
        """Whether the nearest verb above says that it happened."""
        for other in self.parse.tokens[first].ancestors():
            if other.is_verb:
                aux = {child.lower for child in other.children if child.dep in ("aux", "auxpass")}
                return other.tag == "VBD" or bool(aux & {"was", "were", "had", "did", "has", "have"})
        return False

    def _year_of_any(self, month: int) -> int | None:
        """Without a publication date: the year of the date that the text gave last, if it gave one."""
        running = self.running
        if running is None or running.high is None or running.low is None:
            return None
        return _year_near(running.low, running.high, month, 1)

    def _passage_days(self) -> _Days | None:
        if self.passage is None or self.sent - self.passage[0] > PASSAGE_SENTENCES:
            return None
        days = self.passage[1]
        if days.precision == "year" and self.sent - self.passage[0] > 1:
            return None
        return days

    def month_only(self, match: Match, cut: _Cut) -> _Days | None:
        groups = match.groupdict()
        month = _lexicon().months[match["month"].lower().rstrip(".")]
        part = PARTS.get((groups.get("part") or groups.get("edge") or "").lower())
        if (groups.get("part") or "").lower() in ("later", "earlier"):
            part = None
        year = cut.year or _stated_year(groups, self.reference)
        basis: TimeBasis = "stated" if groups.get("year") else "worked_out"
        mod = " ".join((groups.get("mod") or "").lower().split())
        if year is None and mod and self.reference is not None:
            back = {"last": month >= self.reference.month, "this past": month > self.reference.month, "this": False}.get(mod, False)
            ahead = mod == "next" and month <= self.reference.month
            year = self.reference.year - back + ahead
        if year is None:
            year = self._year_for_month(month, cut)
        if year is None:
            return _Days(None, None, "month", running=False)
        low, high = calendar.part_of_month(year, month, part)
        return _Days(low, high, "month", basis)

    def _year_for_month(self, month: int, cut: _Cut) -> int | None:
        passage = self._passage_days()
        if passage is not None and passage.low is not None and passage.high is not None:
            near = _year_near(passage.low, passage.high, month, 15)
            if self.reference is None or (near, month) <= (self.reference.year, self.reference.month) or self._is_future(cut.first):
                return near
        if self.reference is None:
            return self._year_of_any(month)
        if month == self.reference.month:
            return self.reference.year
        past = self.reference.year - (month > self.reference.month)
        return past + 1 if self._is_future(cut.first) else past

    def nth_of_month(self, match: Match, cut: _Cut) -> _Days | None:
        whole = self.month_only(match, cut)
        if whole is None or whole.low is None or whole.high is None:
            return whole
        unit, nth = match["unit"].lower(), ORDINALS[match["ordinal"].lower()]
        if unit == "half":
            middle = whole.low.replace(day=15)
            pair = (whole.low, middle) if nth == 1 else (calendar.shift_days(middle, 1), whole.high)
            return _Days(*pair, "month", whole.basis)
        if unit in ("week", "weeks"):
            low = calendar.shift_days(whole.high, -6) if nth < 0 else calendar.shift_days(whole.low, 7 * nth - 7)
            return _Days(low, min(whole.high, calendar.shift_days(low, 6)), "week", whole.basis)
        if unit == "weekend":
            first = calendar.weekday_after(whole.low, 5, same_day=True)
            saturday = calendar.weekday_before(whole.high, 5) if nth < 0 else calendar.shift_days(first, 7 * nth - 7)
            return _Days(saturday, calendar.shift_days(saturday, 1), "range", whole.basis)
        if unit == "day" and nth in (1, -1):
            edge = whole.low if nth == 1 else whole.high
            return _Days(edge, edge, "day", whole.basis)
        return _Days(*((whole.low, calendar.shift_days(whole.low, 9)) if nth == 1 else (calendar.shift_days(whole.high, -9), whole.high)), "month", whole.basis)

    def weekday(self, match: Match, cut: _Cut) -> _Days | None:
        groups = match.groupdict()
        number = _lexicon().weekdays[match["weekday"].lower().rstrip(".")]
        mod = " ".join((groups.get("mod") or "").lower().split())
        base = self.reference
        if mod in ("the following", "the next", "the previous", "following", "that", "the same", "previous"):
            base = self.running.high if self.running and self.running.high else self.reference
            if base is None:
                return UNKNOWN
            day = calendar.weekday_before(base, number, same_day=mod in ("that", "the same")) if mod not in ("the following", "the next", "following") else calendar.weekday_after(base, number)
            return _Days(day, day, "day")
        if base is None:
            return UNKNOWN
        if which := (groups.get("which") or "").lower():
            monday = calendar.week_span(base)[0]
            day = calendar.shift_days(monday, number + {"last": -7, "this": 0, "next": 7}[which])
        elif groups.get("ago"):
            day = calendar.shift_days(calendar.weekday_before(base, number, same_day=True), -7 * (2 if groups["ago"].lower() == "two" else 1))
        elif mod in ("last", "past", "the last", "this past", "the past"):
            day = calendar.weekday_before(base, number, same_day=False)
        elif mod in ("next", "coming", "this coming", "the coming"):
            day = calendar.weekday_after(base, number)
        elif mod == "this":
            day = calendar.shift_days(calendar.week_span(base)[0], number)
        elif self._is_future(cut.first):
            day = calendar.weekday_after(base, number, same_day=True)
        else:
            day = calendar.weekday_before(base, number)
        return _Days(day, day, "day")

    def every_weekday(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "day", "stated", "set")

    def iso_day(self, match: Match, cut: _Cut) -> _Days | None:
        day = calendar.day_or_none(int(match["year"]), int(match["m"]), int(match["d"]))
        return _Days(day, day, "day", "stated") if day else None

    def iso_month(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(*calendar.month_span(int(match["year"]), int(match["m"])), "month", "stated")

    def numeric(self, match: Match, cut: _Cut) -> _Days | None:
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        if len(match["y"]) == 2:
            if match["sep"] == "." or self.flat[match.end() : match.end() + 1] == "%":
                return None
            year = _full_year(year, self.reference)
        readings = {day for pair in ((b, a), (a, b)) if (day := calendar.day_or_none(year, *pair)) is not None}
        if match["sep"] == "." and (first := calendar.day_or_none(year, b, a)):
            readings = {first}
        if not readings:
            return None
        past = {day for day in readings if self.reference is None or day <= self.reference}
        basis: TimeBasis = "worked_out" if len(past) == 1 < len(readings) else "stated"
        kept = past if len(past) == 1 else readings
        return _Days(min(kept), max(kept), "day" if len(kept) == 1 else "range", basis)

    def named(self, match: Match, cut: _Cut) -> _Days | None:
        day = _lexicon().named_days[match["name"].lower()]
        return _Days(day, day, "day", "worked_out", running=False) if self.reference is None or self.reference >= day else None

    def year_pair(self, match: Match, cut: _Cut) -> _Days | None:
        second = match["year2"]
        high = int(second if len(second) == 4 else match["year"][:2] + second)
        return _Days(date(int(match["year"]), 1, 1), date(high, 12, 31), "year", "stated")

    def year_only(self, match: Match, cut: _Cut) -> _Days | None:
        part = (match["part"] or "").lower()
        edge = (match["edge"] or "").lower()
        name = {"middle": "mid", "later": "late", "earlier": ""}.get(part, part) or {"beginning": "start", "start": "start", "turn": "start", "end": "end", "close": "end", "middle": "mid"}.get(edge)
        return _Days(*calendar.part_of_year(int(match["year"]), name), "year", "stated")

    def short_year(self, match: Match, cut: _Cut) -> _Days | None:
        year = _full_year(int(match["short"]), self.reference)
        return _Days(*calendar.year_span(year), "year", "worked_out")

    def decade(self, match: Match, cut: _Cut) -> _Days | None:
        digits = match["decade"]
        year = int(digits) if len(digits) == 4 else _full_year(int(digits), self.reference)
        part = PARTS.get((match["part"] or "").lower())
        return _Days(*calendar.part_of_decade(year, part), "year", "stated" if len(digits) == 4 else "worked_out")

    def season(self, match: Match, cut: _Cut) -> _Days | None:
        season = _lexicon().seasons[match["season"].lower()]
        groups = match.groupdict()
        year = cut.year or _stated_year(groups, self.reference)
        basis: TimeBasis = "stated" if groups.get("year") else "worked_out"
        if year is None:
            if self.reference is None:
                return _Days(None, None, "season", running=False)
            year = self.reference.year
            low, high = calendar.season_span(year, season)
            mod = (groups.get("mod") or "").lower()
            latest = high if mod.endswith(("last", "past", "previous")) else low
            if mod == "next":
                year += low <= self.reference
            elif mod == "this":
                year -= season == "winter" and self.reference.month < 3
            elif self._is_future(cut.first):
                year += low <= self.reference
            else:
                year -= latest > self.reference
        return _Days(*calendar.season_span(year, season), "season", basis)

    def quarter(self, match: Match, cut: _Cut) -> _Days | None:
        groups = match.groupdict()
        unit = match["unit"].lower()
        year = _stated_year(groups, self.reference)
        if self.reference is None and year is None:
            return _Days(None, None, "season", running=False)
        basis: TimeBasis = "stated" if groups.get("year") else "worked_out"
        if not groups.get("ordinal"):
            assert self.reference is not None
            move = {"last": -1, "previous": -1, "this": 0, "next": 1}[(groups.get("mod") or "").lower().split()[-1]]
            start = calendar.shift_months(self.reference.replace(day=1), 3 * move)
            return _Days(*calendar.quarter_span(start.year, (start.month + 2) // 3), "season", basis)
        nth = ORDINALS[match["ordinal"].lower()]
        if unit == "half":
            if year is None:
                return None
            return _Days(*calendar.part_of_year(year, "first_half" if nth == 1 else "second_half"), "season", basis)
        nth = 4 if nth < 0 else nth
        if year is None:
            assert self.reference is not None
            year = self.reference.year - (calendar.quarter_span(self.reference.year, nth)[0] > self.reference)
        return _Days(*calendar.quarter_span(year, nth), "season", basis)

    def day_before_yesterday(self, match: Match, cut: _Cut) -> _Days | None:
        if self.reference is None:
            return UNKNOWN
        day = calendar.shift_days(self.reference, -2 if match["side"].lower().startswith("before") else 2)
        return _Days(day, day, "day")

    def this_day(self, match: Match, cut: _Cut) -> _Days | None:
        if self.reference is None:
            return UNKNOWN
        day = calendar.shift_days(self.reference, {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0))
        return _Days(day, day, "day")

    def this_day_part(self, match: Match, cut: _Cut) -> _Days | None:
        mod = " ".join(match["mod"].lower().split())
        if mod in ("last", "this"):
            if self.reference is None:
                return UNKNOWN
            low = calendar.shift_days(self.reference, -1 if mod == "last" else 0)
            high = self.reference if mod == "this" or match["word"].lower() in ("night", "midnight") else low
            return _Days(low, high, "day" if low == high else "range")
        return self._from_running({"next": 1, "following": 1, "previous": -1}.get(mod.split()[-1], 0), "D")

    def overnight(self, match: Match, cut: _Cut) -> _Days | None:
        if match.groupdict().get("weekday"):
            day = self.weekday(match, cut)
            if day is None or day.low is None:
                return day
            return _Days(day.low, calendar.shift_days(day.low, 1), "range")
        if self.reference is None:
            return UNKNOWN
        return _Days(calendar.shift_days(self.reference, -1), self.reference, "range")

    def weekend(self, match: Match, cut: _Cut) -> _Days | None:
        mod = (match["mod"] or "").lower().split()
        if not mod:
            return None
        if self.reference is None:
            return _Days(None, None, "range", running=False)
        current = calendar.weekend_before(self.reference)
        move = 0
        if "next" in mod or "coming" in mod or "following" in mod:
            move = 7
        elif mod == ["last"] and self.reference.weekday() >= 5:
            move = -7
        elif mod == ["this"] and self.reference.weekday() < 5 or self._is_future(cut.first):
            move = 7
        return _Days(calendar.shift_days(current[0], move), calendar.shift_days(current[1], move), "range")

    def vague(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, self.reference, "day", running=False)

    def frequency(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "day", "stated", "set")

    def holiday(self, match: Match, cut: _Cut) -> _Days | None:
        words = match["holiday"].lower()
        month, day = _lexicon().holidays[words]
        year = _stated_year(match.groupdict(), self.reference)
        basis: TimeBasis = "stated" if year and match.groupdict().get("year") else "worked_out"
        year = year or self._year_for(month, day, None, cut)
        if year is None:
            return UNKNOWN
        return _Days(date(year, month, day), date(year, month, day), "day", basis)

    def age(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, "year", "stated", "age")

    def every(self, match: Match, cut: _Cut) -> _Days | None:
        return _Days(None, None, _precision(_unit(match)), "stated", "set")

    def duration(self, match: Match, cut: _Cut) -> _Days | None:
        number = (match.groupdict().get("n") or "").lower()
        token = self.parse.tokens[cut.last]
        rate = number in ("a", "an") and token.dep == "npadvmod" and token.head.i < cut.first and not token.head.is_verb
        return _Days(None, None, _precision(_unit(match)), "stated", "set" if rate and "-" not in match[0] else "duration")

    def ago(self, match: Match, cut: _Cut) -> _Days | None:
        unit, amount = _unit(match), _amount(match["n"])
        precision = _precision(unit)
        if self.reference is None:
            return _Days(None, None, precision, running=False)
        if amount is None:
            return _Days(None, calendar.shift(self.reference, -2, unit) if unit[0] != "T" else self.reference, precision, running=False)
        amount_more = amount + (0.5 if match.groupdict().get("half") else 0)
        return self._away(self.reference, -amount_more, unit)

    def later(self, match: Match, cut: _Cut) -> _Days | None:
        unit, amount = _unit(match), _amount(match["n"])
        sign = 1 if match["way"].lower() in ("later", "after", "afterwards", "afterward", "thereafter") else -1
        if amount is None:
            return _Days(None, None, _precision(unit), running=False)
        return self._from_running(sign * amount, unit)

    def _from_running(self, amount: float, unit: str) -> _Days:
        """Days away from the running date; without one, not later than publication."""
        running = self.running
        if running is None or running.low is None or running.high is None:
            back = calendar.shift_days(self.reference, -1) if self.reference and amount < 0 else self.reference
            return _Days(None, back, _precision(unit), running=False)
        if amount == 0:
            return _Days(running.low, running.high, running.precision)
        if running.precision == "day" or running.low == running.high:
            return self._away(running.low, amount, unit)
        if unit[0] == "T":
            return _Days(running.low, running.high, running.precision)
        low, high = calendar.shift(running.low, int(amount), unit), calendar.shift(running.high, int(amount), unit)
        return _Days(low, high, running.precision)

    def _away(self, base: date, amount: float, unit: str) -> _Days:
        """A day moved by an amount, as wide as its unit: days exactly, weeks by up to three days, months and years whole."""
        whole = int(amount)
        if unit[0] == "T":
            hours = amount / (1 if unit == "TH" else 60 if unit == "TM" else 3600)
            low = calendar.shift_days(base, -1) if -24 < hours <= -12 else base
            days = int(hours / 24)
            return _Days(calendar.shift_days(low, days), calendar.shift_days(base, days), "day" if low == base else "range")
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
            return _Days(date(max(1, year - 1), 1, 1), date(year + 1, 12, 31), "year")
        centre = calendar.shift_months(base, round(amount * {"M": 1, "Q": 3, "Y": 12}[unit]))
        return _Days(*calendar.month_span(centre.year, centre.month), "month")

    def stretch(self, match: Match, cut: _Cut) -> _Days | None:
        """"over the past four years", "in recent weeks", "in the next two days"."""
        unit = _unit(match)
        groups = match.groupdict()
        mod, number = (groups.get("mod") or "next").lower(), groups.get("n")
        plural = match["unit"].lower().rstrip("'").endswith("s") or match["unit"].lower() == "centuries"
        if (not number and not plural and (mod in ("next", "recent", "coming", "previous") or (mod == "last" and not (groups.get("prep") and " the " in f" {match[0].lower()} ")))):
            return self.next_or_last(mod, unit) if mod in ("last", "previous", "next", "coming") else None
        precision: TimePrecision = {"D": "range", "T": "range"}.get(unit[0], _precision(unit))  # type: ignore[assignment]
        base = self.reference
        if base is None:
            return _Days(None, None, precision, running=False)
        amount = _amount(number) if number else (1 if not plural else None)
        back = mod in ("past", "last", "previous", "recent")
        if amount is None:
            return _Days(None, base, precision, running=False) if back else _Days(base, None, precision, running=False)
        days = max(1, round(amount / {"TH": 24, "TM": 1440, "TS": 86400}[unit])) if unit[0] == "T" else 0
        moved = calendar.shift_days(base, -days if back else days) if days else calendar.shift(base, int(-amount if back else amount), unit)
        return _Days(min(base, moved), max(base, moved), precision, running=False)

    def next_or_last(self, mod: str, unit: str) -> _Days | None:
        if self.reference is None or unit[0] == "T":
            return _Days(None, None, _precision(unit), running=False)
        return _calendar_unit(self.reference, {"last": -1, "previous": -1, "this": 0}.get(mod, 1), unit)

    def this_unit(self, match: Match, cut: _Cut) -> _Days | None:
        """"earlier this month", "late last week", "the end of the year"."""
        groups, unit = match.groupdict(), _unit(match)
        mod = match["mod"].lower().split()
        edge, when = (groups.get("edge") or "").lower(), (groups.get("when") or "").lower()
        if mod == ["the"] and not edge:
            return None
        if unit[0] == "T" or mod[-1] == "second":
            return None
        if mod[-1] in ("same", "following", "that") or (mod[-1] in ("next", "previous") and mod[0] == "the"):
            return self._unit_from_running({"following": 1, "next": 1, "previous": -1}.get(mod[-1], 0), match)
        precision = _precision(unit)
        if self.reference is None:
            return _Days(None, None, precision, running=False)
        if unit == "D":
            return None if mod[-1] != "this" else _Days(self.reference, self.reference, "day")
        move = {"last": -1, "previous": -1, "next": 1}.get(mod[-1], 0)
        if mod == ["the", "last"] and groups.get("prep"):
            return _Days(calendar.shift(self.reference, -1, unit), self.reference, precision, running=False)
        whole = _calendar_unit(self.reference, move, unit)
        if whole is None or whole.low is None or whole.high is None:
            return whole
        if edge or when in ("early", "late", "mid") or (when == "later" and move):
            low, high = _part_of(whole, unit, PARTS.get(edge or when, "late"))
            return _Days(low, high, precision)
        if move == 0 and when == "later":
            return _Days(self.reference, whole.high, precision, running=False)
        if move == 0 and when == "earlier":
            return _Days(whole.low, self.reference, precision, running=False)
        if move == 0:
            future = self._is_future(cut.first)
            return _Days(self.reference if future else whole.low, whole.high if future else self.reference, precision, running=False)
        return whole

    def same_day(self, match: Match, cut: _Cut) -> _Days | None:
        return self._from_running(0, "D") if _unit(match) == "D" else None

    def clock(self, match: Match, cut: _Cut) -> _Days | None:
        """A time of day by itself belongs to the running date."""
        running = self.running
        if running is None or running.precision not in ("day", "range") or self.sent - self.running_sent > CLOCK_SENTENCES:
            return UNKNOWN
        return self._from_running(0, "D")

    def next_day(self, match: Match, cut: _Cut) -> _Days | None:
        unit, mod = _unit(match), match["mod"].lower().split()[-1]
        if unit[0] == "T":
            return None
        sign = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(mod, 0)
        return self._unit_from_running(sign, match)

    def _unit_from_running(self, sign: int, match: Match) -> _Days | None:
        """"the next day", "the following week", "the same month", "in the following days", seen from the running date."""
        unit, running = _unit(match), self.running
        if match["unit"].lower().endswith("s") and sign:
            return self._open_from_running(sign, _precision(unit))
        if unit == "D" or running is None or running.low is None or running.high is None:
            return self._from_running(sign, unit)
        if (running.high - running.low).days > {"W": 7, "M": 31, "Q": 92}.get(unit, 366):
            return self._from_running(sign, unit)
        return _calendar_unit(running.low, sign, unit)

    def _open_from_running(self, sign: int, precision: TimePrecision) -> _Days:
        """"in the following days": open on the far side of the running date."""
        running = self.running
        if running is None or running.low is None or running.high is None:
            return _Days(None, None, precision, kind="bound")
        if sign > 0:
            return _Days(calendar.shift_days(running.high, 1), None, precision, kind="bound")
        return _Days(None, calendar.shift_days(running.low, -1), precision, kind="bound")


# --- small pieces ----------------------------------------------------------------------------------------------------


def _digit_group(word: str, flat: str, start: int) -> str | None:
    """The class of a word of digits: a year, a decade, or none."""
    if word[-1] == "s":
        return "decade" if len(word) in (3, 5) and word[-2] == "0" else None
    end = start + len(word)
    if len(word) == 4 and "1000" <= word <= "2100":
        return "decade" if word[-1] == "0" and flat[end : end + 2] == "'s" else "year"
    return "year" if len(word) == 2 and start and flat[start - 1] == "'" and not flat[start - 2 : start - 1].isalnum() else None


def _word_before(flat: str, start: int) -> str:
    """The word or sign before an offset, within the line."""
    head = flat[max(0, start - 24) : start].rstrip(" (")
    if not head or head[-1] == "\n":
        return ""
    if not head[-1].isalnum():
        return head[-1]
    at = len(head)
    while at and (head[at - 1].isalnum() or head[at - 1] == "'"):
        at -= 1
    if at and head[at - 1] in "$£€":
        at -= 1
    return head[at:]


def _word_after(flat: str, end: int) -> str:
    """The word after an offset, across one gap; empty where a sign follows."""
    tail = flat[end : end + 24]
    if tail[:1] in (" ", "-"):
        tail = tail[1:]
    at = 0
    while at < len(tail) and (tail[at].isalnum() or tail[at] == "-"):
        at += 1
    return tail[:at] or tail[:1].replace("\n", "")


def _up(token: Token, steps: int) -> list[Token]:
    found = [token]
    for other in token.ancestors():
        found.append(other)
        if len(found) > steps:
            break
    return found


def _ordinal(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _month_name(month: int) -> str:
    return next(word for word, number in _lexicon().months.items() if number == month)


def _full_year(short: int, reference: date | None) -> int:
    """The latest year with these last two digits that is not after the reference; without one, of 1950 to 2049."""
    if reference is None:
        return 1900 + short if short >= 50 else 2000 + short
    century = reference.year - reference.year % 100
    return century + short if century + short <= reference.year + 1 else century - 100 + short


def _stated_year(groups: Mapping[str, str | None], reference: date | None) -> int | None:
    """The year in the words themselves, or by "last year" in them."""
    if year := groups.get("year"):
        return int(year)
    if short := groups.get("short"):
        return _full_year(int(short), reference)
    if (which := groups.get("mod_year")) and reference is not None:
        return reference.year + {"last": -1, "next": 1}.get(which.lower(), 0)
    return None


def _year_of(match: Match) -> int | None:
    year = match.groupdict().get("year")
    return int(year) if year else None


def _is_weekday(atom: _Atom) -> bool:
    return atom.pattern.resolve is _Story.weekday


def _year_near(low: date, high: date, month: int, day: int) -> int:
    """The year that puts a month and day nearest to a span: its own year, unless that is over half a year off and another is close."""

    def away(year: int) -> int:
        there = calendar.day_or_none(year, month, day) or date(year, month, 28)
        return max((low - there).days, (there - high).days, 0)

    own = min(range(low.year, high.year + 1), key=away) if high.year - low.year < 12 else low.year
    best = min((own - 1, own, own + 1), key=away)
    return best if away(own) > 183 and away(best) < 92 else own


def _unit(match: Match) -> str:
    """The unit's code; bare words ("weeks", "decades-long") count by their first word."""
    word = (match.groupdict().get("unit") or match.groupdict().get("bare") or "").lower().split("-")[0].rstrip("'")
    units = _lexicon().units
    return units.get(word) or units.get(word.removesuffix("long")) or "D"


def _precision(unit: str) -> TimePrecision:
    table = {"W": "week", "F": "week", "M": "month", "Q": "season", "Y": "year", "E": "year", "C": "year"}
    return cast(TimePrecision, table.get(unit, "day"))


def _amount(word: str | None) -> float | None:
    """The number in words or digits; ``None`` for "several" and its like. "A couple of" is two."""
    if word is None:
        return None
    words = word.lower().replace("-", " ").split()
    if words[0] == "half":
        return 0.5
    if "couple" in words:
        return 2
    if words in (["a"], ["an"]):
        return 1
    if words[0][0].isdigit():
        return float(words[0].replace(",", ""))
    if all(part in SMALL or part in TENS for part in words):
        return float(sum(SMALL.get(part, 0) or TENS.get(part, 0) for part in words))
    return None


def _calendar_unit(base: date, move: int, unit: str) -> _Days | None:
    """The calendar's week, month, quarter, year or decade that lies ``move`` of them from the one around a day."""
    there = calendar.shift(base, move, unit)
    match unit:
        case "D":
            return _Days(there, there, "day")
        case "W":
            return _Days(*calendar.week_span(there), "week")
        case "M":
            return _Days(*calendar.month_span(there.year, there.month), "month")
        case "Q":
            return _Days(*calendar.quarter_span(there.year, (there.month + 2) // 3), "season")
        case "Y":
            return _Days(*calendar.year_span(there.year), "year")
        case "E":
            return _Days(*calendar.part_of_decade(there.year - there.year % 10, None), "year")
        case _:
            return None


def _part_of(whole: _Days, unit: str, part: str) -> tuple[date, date]:
    """An early, middle or late part of a week, month or year."""
    assert whole.low is not None and whole.high is not None
    if unit == "M":
        return calendar.part_of_month(whole.low.year, whole.low.month, part)
    if unit == "Y":
        return calendar.part_of_year(whole.low.year, part)
    length = (whole.high - whole.low).days + 1
    low = calendar.shift_days(whole.low, {"early": 0, "mid": length // 3, "late": length // 2}[part])
    return low, calendar.shift_days(low, length // 2) if part != "late" else whole.high


# --- TIMEX3 ----------------------------------------------------------------------------------------------------------

LENGTH = re.compile(r"(?P<n>[\w.,/-]+?)?(?:\s|-)*(?P<filler>(?:straight|consecutive|full|more|trading|successive)\s)?(?P<unit>[a-z]+?)(?:-?long|'s?|-old)?$", re.IGNORECASE)


def timex_value(found: FoundTime) -> str | None:
    """The TIMEX3 value of an expression (``2008-09-15``, ``2008-09``, ``2008-W38``, ``P3D``), or ``None`` where it has none."""
    text = " ".join((found.time.text or "").translate(FLAT).lower().split())
    if found.kind in ("duration", "set", "age"):
        return _period(text)
    time = found.inner or found.time
    if time.from_ is None or time.to is None:
        if re.search(r"\b(?:recent|past)", text):
            return _period(text) if re.search(r"\d|several|few", text) else "PAST_REF"
        return None
    if re.search(r"\b(?:(?:past|last|next|coming|previous)\s.*s|past \w+)$", text) and (period := _period(text)) not in (None, "PXD"):
        return period
    low, high = date.fromisoformat(time.from_), date.fromisoformat(time.to)
    return _point(low, high, time.precision, text)


def _point(low: date, high: date, precision: TimePrecision, text: str) -> str | None:
    """The value of a calendar date from its days and its precision."""
    match precision:
        case "year":
            if low.year // 10 == high.year // 10 and high.year - low.year >= 2:
                return str(low.year // 10)
            return f"{low.year:04d}" if low.year == high.year else None
        case "month":
            return f"{low.year:04d}-{low.month:02d}" if (low.year, low.month) == (high.year, high.month) else None
        case "season":
            if low.month in (1, 4, 7, 10):
                return f"{low.year:04d}-Q{(low.month + 2) // 3}"
            return f"{low.year:04d}-{ {3: 'SP', 6: 'SU', 9: 'FA', 12: 'WI'}[low.month] }"
        case "week":
            if low.weekday() != 0 and "ago" in text:
                return calendar.shift_days(low, (high - low).days // 2).isoformat()
            return f"{low.isocalendar().year:04d}-W{low.isocalendar().week:02d}"
        case _:
            if low == high and (clock := CLOCK.search(text)):
                return f"{low.isoformat()}T{_clock_value(clock)}"
            if "weekend" in text:
                return f"{low.isocalendar().year:04d}-W{low.isocalendar().week:02d}-WE"
            part = re.search(r"\b(morning|afternoon|evening|night|tonight|dawn|overnight)\b", text)
            codes = {"morning": "MO", "afternoon": "AF", "evening": "EV", "dawn": "MO"}
            if part and low == high or part and "night" in part[1]:
                return f"{low.isoformat()}T{codes.get(part[1], 'NI')}"
            return low.isoformat() if low == high else None


def _clock_value(match: Match) -> str:
    """Hours and minutes, with ``Z`` where they are told as universal time."""
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0) if match["half"] else int(match["hour"])
    return f"{hour:02d}:{match['minute'] or '00'}{'Z' if match['zone'] else ''}"


def _period(text: str) -> str | None:
    """The value of a length of time: ``P3D``, ``PT12H``, ``PXY`` where the number is loose."""
    fixed = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "nightly": "P1D", "hourly": "PT1H"}
    if text in fixed:
        return fixed[text]
    units = _lexicon().units
    words = re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", text)
    at = next((i for i, word in reversed(list(enumerate(words))) if word in units or word.removesuffix("long") in units), None)
    if at is None:
        return None
    unit = units.get(words[at]) or units[words[at].removesuffix("long")]
    number: float | None = None
    loose = words[at].endswith("s") or words[at] == "centuries"
    for i in range(at - 1, -1, -1):
        if words[i] == "half" or words[i] in ("and", "a", "an", "of") and number is None and i and "half" in words[i : at]:
            continue
        value = _amount(words[i])
        if value is not None:
            tens = _amount(words[i - 1]) if i and words[i - 1] in TENS and words[i] in SMALL else None
            number = value + (tens or 0)
            break
        if words[i] in LOOSE:
            break
    if number is None and not loose:
        number = 1
    if number is not None and "half" in words:
        number = number + 0.5 if "and" in words else 0.5
    letter = {"E": "Y", "C": "Y", "F": "W"}.get(unit, unit)
    scale = {"E": 10, "C": 100, "F": 2}.get(unit, 1)
    shown = "X" if number is None else f"{number * scale:g}"
    return f"PT{shown}{unit[1]}" if unit[0] == "T" else f"P{shown}{letter}"
