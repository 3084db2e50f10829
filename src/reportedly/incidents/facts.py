"""What a claim offers for comparing, in plain small values: taken from the record once, used in many comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from unidecode import unidecode

from reportedly.incidents.figures import Figure
from reportedly.incidents.plain_words import ACTS, OCCASIONS, PLAIN_WORDS
from reportedly.knowledge.demonyms import load_demonyms, load_metonyms
from reportedly.knowledge.tables import ROOT, read_csv
from reportedly.records import Actor, Claim, Count

SPEECH = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})
"""Families of acts of speech: they make no incident, but may speak of one."""
AFTERMATH = frozenset({"trial"})
"""Types of acts that only follow upon an incident: they point at it and make none."""
HAPPENED = frozenset({"occurred", "ongoing", "alleged"})
BOUND_DAYS = 10
"""How far before its bound an event is looked for whose time is only bounded by publication."""
LONGEST_RANGE = 92
"""Days: what is told of a longer range is a sum over a period, no incident."""
SUMMED = frozenset({"killed", "injured", "casualties", "displaced", "arrested", "abducted"})
"""What is counted over periods."""
COUNTRY_COLUMNS = ("iso2", "name", "lat", "lon", "aliases")
STEM = 6
"""Letters by which two forms of a word are the same."""
LEAD = 1200
"""Characters of a report's beginning whose names count as words of all its claims."""
NAME_WORD = re.compile(r"[A-Z][^\W\d_][\w'’-]+")
FULL_NAME = re.compile(r"(?=\b([A-Z][^\W\d_][\w'’-]+ [A-Z][^\W\d_][\w'’-]+))")
OFFICIAL = re.compile(
    r"\b(?:President|Premier|Minister|Secretary|Chancellor|Ambassador|Senator|Governor|Mayor|King|Queen|Prince|Pope"
    r"|Chief|Commissioner|Sheriff|Detective|Officer|Inspector|Superintendent|Spokesman|Spokeswoman|Spokesperson|spokesman"
    r"|spokeswoman|spokesperson|General|Gen|Colonel|Col|Major|Maj|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Cpl"
    r"|Commander|Cmdr"
    r"|Judge|Attorney|Prosecutor|Dr|Director)\.? ((?:[A-Z][\w'’-]+\.? ?){1,3})"
)
"""Holders of an office: they speak of many incidents."""
AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b|,\s(\d{1,2}),")
GIVEN = (
    r"\b(?:in|during|for|behind|from|after|with|to|over|about|on) (?:the|that|this|those|these|its|their|his|our|[^\W\d_]+['’]s?)"
)
"""Before an act that the words take for given, as "in the attack"; an act after "a" is open."""
GIVEN_BEFORE = re.compile(rf"(?:{GIVEN} (?:\S+ ){{0,3}}|\b(?:when|while|after|before|as) [^.,;:]{{0,80}})$", re.IGNORECASE)
POINTING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|dispute[sd]?) (?:all |both )?"
    r"(?:(?:it|this|that)(?=\W*$|\s*[.,;:!?)\]”\"]|\s+(?:and|but|in|on|at|through|saying|later|as|when|while|again)\b)"
    r"|(?:the|this|these|those|such) (?:claim|report|allegation|accusation|charge|account|news)s?\b(?! (?:that|of)\b))",
    re.IGNORECASE,
)
"""Words of a denial that name nothing and point back; "denied that it had lost men" and "denied it had" name what they deny."""
REMEMBERED_DAYS = 30
"""Days after which an act that is told where a court or an anniversary is the news is known from before."""
REMEMBERING = re.compile(
    r"\b(?:anniversar(?:y|ies)|commemorat(?:e|es|ed|ing|ion|ions)|sentenced|convicted|acquitted|found guilty|verdict"
    r"|(?:on|stood|stand|face|faces|faced|facing) trial|trial of|pleaded (?:not )?guilty"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years? (?:after|since|on from))\b",
    re.IGNORECASE,
)
"""Words of a report that looks back upon an act."""
STATE_KINDS = frozenset({"state", "government", "military", "police", "intelligence", "class", "community", "unknown"})
"""Kinds of actors too busy, or too vague, to find an incident by alone."""
SORTS: dict[str, str] = {
    **dict.fromkeys(("state", "government", "military", "police", "intelligence", "paramilitary"), "forces of a state"),
    **dict.fromkeys(("armed_group", "militia"), "armed groups"),
    **dict.fromkeys(("international_force", "international_organisation"), "international forces"),
    **dict.fromkeys(("party",), "parties"),
    **dict.fromkeys(("community", "ngo", "media", "company", "person"), "civilians"),
}
"""The sort of an actor by its kind; a class or an unknown actor has none."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or target: its register id or ``None``, the words of its name, and whether it names an organisation.

    ``sort`` is what kind of actor it is in the roughest terms, ``None`` where unknown.
    """

    name: str
    id: str | None
    words: frozenset[str]
    is_named: bool
    is_busy: bool
    sort: str | None = None

    @property
    def token(self) -> str:
        """What it is found by: the register id, else its folded name."""
        return self.id or " ".join(sorted(self.words))


@dataclass(frozen=True, slots=True)
class Facts:
    """A claim for comparing. ``origin`` is the report that the claim's report is a copy of, else the report itself.

    ``first`` and ``last`` bound the day; ``day_is_known`` if one day is told. ``killed`` and ``injured`` are (low, high),
    ``None`` where not told. ``words`` are uncommon names and ages near the claim that are neither its place nor its parties;
    ``names`` also hold those, but not the units that the place lies in; ``terms`` are the longer words. ``is_coded``: a person
    coded it as an act of its own, apart from the others of its report. ``looks_back``: it points at an act known from before.
    ``day_is_taken_over``: its words stand away from the words of the act, and were taken for its day by the reader.
    ``day_words`` are those words, folded; ``None`` where the day has none.
    ``site`` are the words of a quarter, building or street within the place. ``occasions``: what was going on (a funeral, a
    protest). ``full_names`` are uncommon names of two words in the report's beginning and near the claim.
    """

    key: str
    report: str
    origin: str
    family: str
    type: str
    place: str | None
    admin1: str | None
    iso2: str | None
    lat: float | None
    lon: float | None
    precision: int | None
    first: date | None
    last: date | None
    day_is_known: bool
    time_is_bound_only: bool
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    killed: Figure | None
    injured: Figure | None
    start: int
    end: int
    trigger: str
    is_reference: bool
    words: frozenset[str]
    names: frozenset[str] = frozenset()
    published: date | None = None
    headline: frozenset[str] = frozenset()
    others: Figure | None = None
    terms: frozenset[str] = frozenset()
    is_coded: bool = False
    looks_back: bool = False
    site: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    full_names: frozenset[str] = frozenset()
    day_is_taken_over: bool = False
    day_words: str | None = None


def makes_incident(claim: Claim) -> bool:
    """Whether a claim tells of an incident: an act that is said to have happened, as news."""
    return claim.status in HAPPENED and not claim.negated and not _is_refused(claim) and _is_event_news(claim)


def denies_incident(claim: Claim) -> bool:
    """Whether a claim says of an act that it did not happen, or not so; it joins an incident that others tell but makes none."""
    if claim.family == "denial":
        return denied_act(claim) is not None
    if len(claim.attribution) == 1 and claim.time is None and any(count.high == 0 for count in claim.counts):
        return False  # "No one was injured" in the report's own words, of no day, answers nobody
    is_denied = claim.status == "denied" or (claim.status in HAPPENED and (claim.negated or _is_refused(claim)))
    return is_denied and _is_event_news(claim)


def denied_act(claim: Claim) -> tuple[str, str] | None:
    """Family and type of the act that a denial names in its own words, where the reader tied it to no claim of its report;
    ``None`` for all others."""
    if claim.family != "denial" or claim.about or claim.negated or claim.background or claim.status not in HAPPENED:
        return None
    words = re.findall(r"[a-z]+", " ".join(span.text for span in claim.evidence).lower())
    return next((ACTS[word] for word in words if word in ACTS), None)


def denies_what_was_told(claim: Claim) -> bool:
    """Whether a denial only points back at what its report told before it: "the army denied it", "denied the report"."""
    is_untied = claim.family == "denial" and not claim.about and not claim.negated and not claim.background
    return is_untied and denied_act(claim) is None and any(POINTING.search(span.text) for span in claim.evidence)


def takes_for_given(claim: Claim) -> bool:
    """Whether the words take the act for given: "killed in the attack", "when rebels attacked"."""
    return any(
        GIVEN_BEFORE.search(span.text[: claim.trigger.start - span.start])
        for span in claim.evidence
        if span.start <= claim.trigger.start < span.end
    )


def _is_refused(claim: Claim) -> bool:
    """Whether the innermost voice denies the act itself, not only something about an act that its words take for given."""
    return claim.attribution[-1].stance == "denies" and not takes_for_given(claim)


def points_back(claim: Claim) -> bool:
    """Whether a claim speaks of an act as known from before (an anniversary, a trial, background): it points at the incident of
    that act, if one is known, and makes none."""
    is_old = claim.background or claim.type in AFTERMATH
    is_act = claim.status in HAPPENED and not claim.negated and claim.family not in SPEECH
    return is_old and is_act and _is_short(claim) and not _lasts(claim)


def remembers(claim: Claim, published: date | None, words: str) -> bool:
    """Whether an act is told as news though a court or an anniversary is the news: it happened long before the report was
    ``published``, and the ``words`` of the report's beginning look back. Like background, it points at the incident of old."""
    _, last, is_bound_only = _days(claim)
    if published is None or last is None or is_bound_only or (published - last).days <= REMEMBERED_DAYS:
        return False
    return REMEMBERING.search(words) is not None


def facts(
    claim: Claim,
    report: str,
    origin: str,
    published: date | None = None,
    source: str | None = None,
    title: str | None = None,
    lead: str = "",
) -> Facts:
    """What is compared of a claim of a report; ``origin`` is the report that it copies, or itself.

    A claim without any time happened not later than its report was ``published``. Names of voices and of the ``source`` say
    nothing of the incident; those of the ``title`` and the ``lead`` (the beginning of the text) belong to all claims of a report.
    """
    first, last, is_bound_only = _days(claim, published) if claim.time is not None else _bounded(published)
    place = claim.place
    actors, targets = tuple(map(_party, claim.actors)), tuple(map(_party, claim.targets))
    told = frozenset().union(*(uncommon_words(span.text) for span in claim.evidence), uncommon_words(lead))
    told |= uncommon_words(title or "")
    named = frozenset().union(*map(full_names, (title or "", lead, *(span.text for span in claim.evidence))))
    own = frozenset(word for party in (*actors, *targets) for word in party.words)
    own |= folded_words(" ".join(filter(None, (place.name, place.text, place.admin1, place.country) if place else ())))
    around = folded_words(" ".join(filter(None, (place.admin2, place.admin1, place.country) if place else ())))
    voices = folded_words(" ".join((source or "", *(voice.name for voice in claim.attribution))))
    family, type_ = denied_act(claim) or (claim.family, claim.type)
    return Facts(
        key=claim.id,
        report=report,
        origin=origin,
        family=family,
        type=type_,
        place=_fold(place.name) if place else None,
        admin1=_fold(place.admin1) if place and place.admin1 else None,
        iso2=place.iso2 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else None,
        first=first,
        last=last,
        day_is_known=first is not None and first == last and not is_bound_only,
        time_is_bound_only=is_bound_only,
        actors=actors,
        targets=targets,
        killed=_figure(claim.counts, "killed"),
        injured=_figure(claim.counts, "injured"),
        others=_figure(claim.counts, "abducted") or _figure(claim.counts, "arrested"),
        start=claim.trigger.start,
        end=claim.trigger.end,
        trigger=claim.trigger.text.lower(),
        is_reference=_is_reference(claim),
        words=told - own - voices,
        names=told - around,
        published=published,
        headline=folded_words(title or ""),
        looks_back=points_back(claim) or (makes_incident(claim) and remembers(claim, published, f"{title or ''} {lead}")),
        terms=told_words(" ".join((title or "", *(span.text for span in claim.evidence), lead))),
        occasions=occasions(" ".join((title or "", *(span.text for span in claim.evidence)))),
        full_names=frozenset(name for name in named if voices.isdisjoint(name.split())),
        day_is_taken_over=_is_taken_over(claim),
        day_words=_fold(claim.time.text) if claim.time is not None and claim.time.text else None,
    )


def is_private(actor: Actor) -> bool:
    """Whether somebody is a person whom the register does not have for a public role: no index has such a victim."""
    return actor.kind == "person" and actor.id is None


def people(counts: Iterable[Count], what: str) -> Figure:
    """The lowest and highest total of one kind; parts count only where no total is given, and then only from below."""
    told = [count for count in counts if count.what == what]
    totals = [count for count in told if count.total] or told
    lows = [count.low for count in totals if count.low is not None]
    highs = [count.high for count in totals if count.high is not None]
    if totals and not totals[0].total:
        return (max(lows) if lows else None), None
    return min(lows) if lows else None, max(highs) if highs and len(highs) == len(totals) else None


@lru_cache(maxsize=8192)
def uncommon_words(text: str) -> frozenset[str]:
    """The folded name words of a text, and ages as in "56 years", without what is too common to tell two things apart."""
    names = frozenset(word for found in NAME_WORD.findall(text) for word in folded_words(found)) - _public_words()
    officials = frozenset(word for found in OFFICIAL.findall(text) for word in folded_words(found))
    return (names - officials) | {f"{one or other} years" for one, other in AGE.findall(text)}


@lru_cache(maxsize=8192)
def full_names(text: str) -> frozenset[str]:
    """The uncommon names of two words in a text, each as its folded words in alphabetical order."""
    uncommon = uncommon_words(text)
    names = (folded_words(found) for found in FULL_NAME.findall(text))
    return frozenset(" ".join(sorted(words)) for words in names if len(words) == 2 and words <= uncommon)


@lru_cache(maxsize=8192)
def told_words(text: str) -> frozenset[str]:
    """The longer words of a text, cut to their beginnings, without those that all such reports use."""
    return frozenset(word[:STEM] for word in re.findall(r"[a-z]{5,}", _fold(text)) if word not in PLAIN_WORDS)


@cache
def _public_words() -> frozenset[str]:
    """Words of the names of countries and peoples, and of places that stand for a government: in the news every day."""
    countries = [row["name"] for _, row in read_csv(ROOT / "places" / "countries.csv", COUNTRY_COLUMNS)]
    return folded_words(" ".join((*countries, *load_demonyms(), *load_metonyms())))


def folded_words(text: str) -> frozenset[str]:
    """The words of three letters or more, folded, without what is too common to tell two things apart."""
    return frozenset(word for word in re.findall(r"\w{3,}", _fold(text)) if word not in PLAIN_WORDS)


def occasions(text: str) -> frozenset[str]:
    """What the text says was going on: a protest, a funeral, an election."""
    return frozenset(OCCASIONS[word] for word in re.findall(r"[a-z]{4,}", text.lower()) if word in OCCASIONS)


def _is_event_news(claim: Claim) -> bool:
    is_old = claim.background or claim.type in AFTERMATH
    return not is_old and claim.family not in SPEECH and _is_short(claim)


def _is_short(claim: Claim) -> bool:
    """Whether the told time is that of one event, not of a whole period over which numbers are summed up."""
    first, last, _ = _days(claim)
    time = claim.time
    if time is None or first is None or _sums_up(claim):
        return time is None or first is None
    return time.precision != "range" or last is None or (last - first).days <= LONGEST_RANGE


def _lasts(claim: Claim) -> bool:
    """Whether a state of things is told that goes on ("has fought the government since 2021"); who is held was taken then."""
    time = claim.time
    return time is not None and time.from_ is not None and time.to is None and claim.family != "abduction"


def _sums_up(claim: Claim) -> bool:
    """Whether figures are told of all that happened from some month or year on ("since January", "this year")."""
    time, counts = claim.time, [count for count in claim.counts if count.what in SUMMED]
    if time is None or time.from_ is None or not counts or any(count.total for count in counts):
        return False
    if time.precision not in ("month", "season", "year"):
        return False
    if time.to is None:
        return True
    days = (date.fromisoformat(time.to[:10]) - date.fromisoformat(time.from_[:10])).days
    return days > LONGEST_RANGE and not time.to.endswith("-12-31")


def _days(claim: Claim, published: date | None = None) -> tuple[date | None, date | None, bool]:
    """First and last day, and whether only a bound is known; an open end reaches to the day of publication."""
    time = claim.time
    if time is None:
        return None, None, False
    first = date.fromisoformat(time.from_[:10]) if time.from_ else None
    last = date.fromisoformat(time.to[:10]) if time.to else None
    if first is None:
        return _bounded(last)
    if last is None and published is not None:
        last = max(first, published)
    return first, last, time.basis == "bounded_by_publication"


def _is_taken_over(claim: Claim) -> bool:
    """Whether the words of the day stand outside the claim's evidence."""
    start = claim.time.start if claim.time is not None else None
    return start is not None and not any(span.start <= start < span.end for span in claim.evidence)


def _bounded(last: date | None) -> tuple[date | None, date | None, bool]:
    """The days looked at where only "not later than" is known."""
    return (None if last is None else last - min(timedelta(BOUND_DAYS), last - date.min)), last, last is not None


def _party(actor: Actor) -> Party:
    is_named = actor.kind != "class" and (actor.id is not None or actor.kind not in {"unknown", "community", "person"})
    return Party(actor.name, actor.id, folded_words(actor.name), is_named, actor.kind in STATE_KINDS, SORTS.get(actor.kind))


def _figure(counts: Iterable[Count], what: str) -> Figure | None:
    figure = people(counts, what)
    return None if figure == (None, None) else figure


def _is_reference(claim: Claim) -> bool:
    """Whether the trigger points back: "the attack", "this blast"."""
    for span in claim.evidence:
        if span.start <= claim.trigger.start < span.end:
            before = span.text[: claim.trigger.start - span.start].lower().split()
            return bool(before) and before[-1] in {"the", "this", "that"}
    return False


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    return unidecode(text).lower()
