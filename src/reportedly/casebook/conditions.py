"""How a filter reads in SQL, for each table."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from reportedly.casebook import models, search
from reportedly.casebook.filters import NAMES, Filter
from reportedly.casebook.text import fold

MEMBER_TERMS: Final = ("place", "country", "actor", "voice", "text", "report", "background", "source", "precision")
"""What a filter of incidents asks of one claim of each."""


def claim_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of claims."""
    terms = _event_terms(using, asked)
    if asked.text is not None:
        terms &= Q(pk__in=search.matching(using, "claim", asked.text))
    if asked.report is not None:
        terms &= Q(report_key=asked.report)
    if asked.source is not None:
        terms &= Q(report__in=_published_by(using, asked.source))
    if (wanted := _incidents_of(asked)) is not None:
        terms &= Q(pk__in=_links(using, wanted).values("claim"))
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
    if asked.source is not None:
        terms &= Q(pk__in=_published_by(using, asked.source))
    if asked.has_event_terms:
        own = {"since", "until", "text", "report", "source", "newest", "limit", "offset"}
        event = Filter(**{name: getattr(asked, name) for name in NAMES if name not in own})
        terms &= Q(pk__in=models.Claim.objects.using(using).filter(claim_terms(using, event)).values("report"))
    return terms


def incident_terms(using: str, asked: Filter) -> Q:
    """The condition on the table of incidents: place, precision, actor, voice, source, text and report ask for a member claim
    that fits all of them."""
    terms = Q(claims__gt=0) & _days(asked)
    if asked.type is not None:
        terms &= Q(type=asked.type)
    if asked.family is not None:
        terms &= Q(family=asked.family)
    if asked.status is not None:
        terms &= Q(standing=asked.status)
    if asked.review is not None:
        terms &= Q(review=asked.review)
    if asked.told is not None:
        terms &= Q(reports__gte=asked.told)
    terms &= _on_the_map(asked)
    if asked.within is not None:
        terms &= incident_terms(using, asked.within)
    if any(getattr(asked, name) is not None for name in MEMBER_TERMS):
        claims = claim_terms(using, Filter(**{name: getattr(asked, name) for name in MEMBER_TERMS}))
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
        by_id = Q(a__key=asked.actor) | Q(b__key=asked.actor)
        terms &= by_id | _holds("a_folded", asked.actor) | _holds("b_folded", asked.actor)
    if asked.voice is not None:
        terms &= _holds("voice_folded", asked.voice)
    if asked.text is not None:
        terms &= Q(report__in=search.matching(using, "report", asked.text))
    if asked.report is not None:
        terms &= Q(report_key=asked.report)
    if asked.source is not None:
        terms &= Q(report__in=_published_by(using, asked.source))
    if (wanted := _incidents_of(asked)) is not None:
        told = models.Claim.objects.using(using).filter(pk__in=_links(using, wanted).values("claim"))
        terms &= Q(report__in=told.values("report"))
    return terms


def _incidents_of(asked: Filter) -> Filter | None:
    """What is asked of the incidents that a claim belongs to; ``None`` for nothing."""
    if asked.review is None and asked.told is None:
        return asked.within
    return Filter(review=asked.review, told=asked.told, within=asked.within)


def _links(using: str, wanted: Filter) -> QuerySet[models.IncidentClaim]:
    chosen = models.Incident.objects.using(using).filter(incident_terms(using, wanted)).values("pk")
    return models.IncidentClaim.objects.using(using).filter(incident__in=chosen)


def _published_by(using: str, source: str) -> QuerySet[models.Report, Any]:
    named = models.Source.objects.using(using).filter(Q(key=source) | Q(name=source)).values("pk")
    return models.Report.objects.using(using).filter(source__in=named).values("pk")


def _on_the_map(asked: Filter) -> Q:
    terms = Q()
    if asked.located is not None:
        terms &= Q(lat__isnull=not asked.located)
    if asked.box is not None:
        west, south, east, north = asked.box
        terms &= Q(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east)
    return terms


def _event_terms(using: str, asked: Filter) -> Q:
    terms = _days(asked) & _on_the_map(asked)
    if asked.precision is not None:
        terms &= Q(precision__lte=asked.precision)
    for name in ("type", "family", "status", "background"):
        value = getattr(asked, name)
        if value is not None:
            terms &= Q(**{name: value})
    if asked.place is not None:
        terms &= _holds("place", asked.place)
    if asked.country is not None:
        terms &= Q(iso2=asked.country.upper()) if len(asked.country) == 2 else _holds("place", asked.country)
    if asked.actor is not None:
        terms &= Q(pk__in=models.ClaimActor.objects.using(using).filter(party_terms(using, asked.actor)).values("claim"))
    if asked.voice is not None:
        terms &= _holds("voice_folded", asked.voice)
    return terms


def party_terms(using: str, actor: str) -> Q:
    """The condition on the table of claims' actors: a register id, else part of a name."""
    if models.Actor.objects.using(using).filter(key=actor).exists():
        return Q(actor__key=actor)
    return Q(actor__key=actor) | _holds("folded", actor)


def _days(asked: Filter) -> Q:
    terms = Q()
    if asked.since is not None:
        terms &= Q(last_day__gte=asked.since)
    if asked.until is not None:
        terms &= Q(first_day__lte=asked.until)
    return terms


def _holds(column: str, text: str) -> Q:
    """Whether a folded column holds a text; what folds to nothing is in none, not in all."""
    folded = fold(text)
    return Q(**{f"{column}__contains": folded}) if folded else Q(pk__in=[])
