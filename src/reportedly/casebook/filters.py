"""What a listing is narrowed by, and how that reads in SQL."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q

from reportedly.casebook import models, search
from reportedly.casebook.rows import fold
from reportedly.errors import SettingError


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records a listing shows; ``None`` narrows nothing.

    ``text``: words found by full-text search. ``since``, ``until``: days (a date or ISO), both inclusive; an event that may
    fall into
    the span is shown. ``place``: part of any name of the place. ``country``: its two-letter code or part of its name.
    ``actor``: a register id or part of a name,
    in any role. ``type``, ``family``, ``status``: as in the records (``type`` is the kind for relations; ``status`` the
    standing for incidents).
    ``voice``: part of the name of any voice in the chain. ``background``: only or no background claims. ``report``: the id
    of one report.
    ``newest``: last day first. ``limit``, ``offset``: number of records.
    """

    text: str | None = None
    since: date | str | None = None
    until: date | str | None = None
    place: str | None = None
    country: str | None = None
    actor: str | None = None
    type: str | None = None
    family: str | None = None
    status: str | None = None
    voice: str | None = None
    background: bool | None = None
    report: str | None = None
    newest: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        if self.offset < 0 or (self.limit is not None and self.limit < 0):
            raise SettingError("limit and offset cannot be negative.")
        for name in ("since", "until"):
            object.__setattr__(self, name, _day(name, getattr(self, name)))

    @property
    def has_event_terms(self) -> bool:
        """Whether anything is asked that only claims can answer."""
        names = ("place", "country", "actor", "type", "family", "status", "voice", "background")
        return any(getattr(self, name) is not None for name in names)


NAMES = tuple(field.name for field in fields(Filter))


def _day(name: str, value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingError(f"{name} is no day: {value!r}.", remedy="Write it as 2025-06-01.") from error


def claim_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of claims."""
    terms = _event_terms(asked)
    if asked.text is not None:
        terms &= Q(pk__in=search.matching(using, "claim", asked.text))
    if asked.report is not None:
        terms &= Q(report_key=asked.report)
    return terms


def report_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of reports: days are those of publication, event terms ask for a claim that fits all of them."""
    terms = Q()
    if asked.since is not None:
        terms &= Q(published_on__gte=asked.since)
    if asked.until is not None:
        terms &= Q(published_on__lte=asked.until)
    if asked.text is not None:
        terms &= Q(pk__in=search.matching(using, "report", asked.text))
    if asked.report is not None:
        terms &= Q(key=asked.report)
    if asked.has_event_terms:
        event = Filter(**{name: getattr(asked, name) for name in NAMES if name not in {"since", "until", "text", "report"}})
        terms &= Q(pk__in=models.Claim.objects.using(using).filter(_event_terms(event)).values("report"))
    return terms


def incident_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of incidents: place, actor, voice, text and report ask for a member claim that fits all of
    them."""
    terms = Q(claims__gt=0) & _days(asked)
    if asked.type is not None:
        terms &= Q(type=asked.type)
    if asked.family is not None:
        terms &= Q(family=asked.family)
    if asked.status is not None:
        terms &= Q(standing=asked.status)
    inner = ("place", "country", "actor", "voice", "text", "report", "background")
    if any(getattr(asked, name) is not None for name in inner):
        claims = claim_terms(using, Filter(**{name: getattr(asked, name) for name in inner}))
        chosen = models.Claim.objects.using(using).filter(claims).values("pk")
        terms &= Q(pk__in=models.IncidentClaim.objects.using(using).filter(claim__in=chosen).values("incident"))
    return terms


def relation_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of relations: days are those of publication, place and text those of the report."""
    terms = Q()
    if asked.since is not None:
        terms &= Q(day__gte=asked.since)
    if asked.until is not None:
        terms &= Q(day__lte=asked.until)
    if asked.type is not None:
        terms &= Q(kind=asked.type)
    if asked.status is not None:
        terms &= Q(status=asked.status)
    if asked.actor is not None:
        name = fold(asked.actor)
        terms &= Q(a__key=asked.actor) | Q(b__key=asked.actor) | Q(a_folded__contains=name) | Q(b_folded__contains=name)
    if asked.voice is not None:
        terms &= Q(voice_folded__contains=fold(asked.voice))
    if asked.text is not None:
        terms &= Q(report__in=search.matching(using, "report", asked.text))
    if asked.report is not None:
        terms &= Q(report_key=asked.report)
    return terms


def _event_terms(asked: Filter) -> Q:
    terms = _days(asked)
    for name in ("type", "family", "status", "background"):
        value = getattr(asked, name)
        if value is not None:
            terms &= Q(**{name: value})
    if asked.place is not None:
        terms &= Q(place__contains=fold(asked.place))
    if asked.country is not None:
        terms &= Q(iso2=asked.country.upper()) if len(asked.country) == 2 else Q(place__contains=fold(asked.country))
    if asked.actor is not None:
        terms &= Q(pk__in=_parties(asked.actor))
    if asked.voice is not None:
        terms &= Q(voice_folded__contains=fold(asked.voice))
    return terms


def _parties(actor: str) -> object:
    return models.ClaimActor.objects.filter(Q(actor__key=actor) | Q(folded__contains=fold(actor))).values("claim")


def _days(asked: Filter) -> Q:
    terms = Q()
    if asked.since is not None:
        terms &= Q(last_day__gte=asked.since)
    if asked.until is not None:
        terms &= Q(first_day__lte=asked.until)
    return terms
