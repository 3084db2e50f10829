"""Gathers the material of a brief from a casebook: the only part that asks the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q, QuerySet

from reportedly.briefs.material import Head, Material
from reportedly.briefs.records import Window
from reportedly.briefs.window import told_in
from reportedly.casebook import corrections, models, query
from reportedly.casebook.anchors import chunks
from reportedly.casebook.book import Casebook
from reportedly.casebook.conditions import claim_terms, incident_terms, report_terms
from reportedly.casebook.filters import Filter
from reportedly.casebook.histories import tellings
from reportedly.casebook.stored import StoredClaim
from reportedly.exports.fetch import Fetcher
from reportedly.exports.material import case_of
from reportedly.linking.register import Register
from reportedly.relations import Collected, Threat, changes, collect, histories, ledger
from reportedly.relations.sides import names

BESIDE: Final = ("accusation", "denial", "claim_of_responsibility")
"""Families of what is said and may be tied to no act."""
TURNING: Final = ("threat", "truce_end", "agreement", "statement")
"""Families that may tell of a threat, or of a turn in a relation."""
AHEAD: Final = ("planned", "requested", "hypothetical")
"""Statuses of what has not happened."""
FIRST_DAY: Final = "0001-01-01"


def gather(book: Casebook, asked: Filter, window: Window, follow: Callable[[], Collected] | None, *, outcomes: bool) -> Material:
    """The material for one window. ``asked`` narrows it; its days are not used, and corrections of people are laid over.

    With a filter of place, country or words, threats and relations count if they are told in a report that tells of it.
    """
    asked = replace(asked, since=None, until=None, limit=None, offset=0, newest=False)
    fresh = book._database.call(_fresh, book.alias, window)
    fetcher = Fetcher(book, corrected=True)
    keys = book._database.call(_incident_keys, book.alias, asked, fresh)
    incidents = fetcher.incidents(keys)
    claims = dict(fetcher.claims_of(list(incidents.values())))
    cases = [case for key in keys if key in incidents and (case := case_of(incidents[key], claims)) is not None]
    said = book._database.call(_said, book.alias, asked, fresh)
    held, last_published = book._database.call(_held, book.alias)
    material = Material(
        window=window,
        asked=asked,
        fresh=fresh,
        heads={},
        cases=tuple(cases),
        threats=(),
        shifts=(),
        said=tuple(said),
        claims=claims,
        casebook=book.name,
        held=held,
        last_published=last_published,
    )
    if fresh and material.threats_are_asked and (outcomes or book._database.call(_tell_of_relations, book.alias, fresh)):
        collected = follow() if follow is not None else collect(tellings(book), Register.load())
        material = _with_relations(book, material, collected)
    told = {*fresh, *(report for report, _ in material.claims), *(claim.report for claim in said)}
    told |= {shift.report for shift in material.shifts if shift.report is not None}
    heads = book._database.call(_heads, book.alias, told)
    copied = {head.copies for head in heads.values() if head.copies is not None} - set(heads)
    return replace(material, heads={**heads, **book._database.call(_heads, book.alias, copied)})


def _with_relations(book: Casebook, material: Material, collected: Collected) -> Material:
    """The material with threats and turns of relations that reports of the window tell."""
    asked, fresh = material.asked, material.fresh
    entries = ledger(collected, material.window.until[:10])
    turns = changes(histories(collected), (), FIRST_DAY, material.window.until[:10])
    within = book._database.call(_reports_asked, book.alias, asked, fresh)
    first, last = material.window.since[:10], material.window.until[:10]

    def is_new(threat: Threat) -> bool:
        reports = {telling.report for telling in threat.tellings} | {deed.report for deed in threat.deeds}
        turned = threat.outcome != "open" and threat.outcome_day is not None and first <= threat.outcome_day <= last
        return bool(reports & within) or (turned and within == fresh)

    threats = [
        threat
        for threat in entries
        if is_new(threat)
        and (asked.type is None or threat.type == asked.type)
        and (asked.actor is None or any(names(side, asked.actor) for side in (threat.who, threat.against) if side is not None))
        and (asked.voice is None or any(asked.voice.casefold() in told.voice.casefold() for told in threat.tellings))
    ]
    shifts = [
        shift
        for shift in turns
        if (shift.report in within if shift.report is not None else within == fresh and first <= shift.day <= last)
        and asked.type is None
        and asked.family is None
        and (asked.actor is None or any(names(side, asked.actor) for side in (shift.a, shift.b) if side is not None))
        and (asked.voice is None or any(asked.voice.casefold() in voice.casefold() for voice in shift.by))
    ]
    wanted = [(telling.report, telling.claim) for threat in threats for telling in threat.tellings]
    wanted += [(deed.report, deed.claim) for threat in threats for deed in threat.deeds]
    more = book._database.call(_claims, book.alias, wanted)
    return replace(material, threats=tuple(threats), shifts=tuple(shifts), claims={**material.claims, **more})


def _reports_of(using: str, window: Window) -> QuerySet[models.Report]:
    """Reports that may belong to the window, with a day to spare on both sides."""
    first, last = datetime.fromisoformat(window.since), datetime.fromisoformat(window.until)
    added = Q(added__gte=first, added__lte=last + timedelta(seconds=1))
    reports = models.Report.objects.using(using)
    if window.basis == "added":
        return reports.filter(added)
    days = Q(published_on__gte=first.date() - timedelta(days=1), published_on__lte=last.date() + timedelta(days=1))
    return reports.filter(days | (Q(published_on=None) & added))


def _fresh(using: str, window: Window) -> frozenset[str]:
    rows = _reports_of(using, window).values_list("key", "published", "added")
    return frozenset(key for key, published, added in rows if told_in(published, added.isoformat(timespec="seconds"), window))


def _reports_asked(using: str, asked: Filter, fresh: frozenset[str]) -> frozenset[str]:
    """Those of the reports that tell of what is asked for, apart from its actor, voice, type and family."""
    narrowed = replace(asked, actor=None, voice=None, type=None, family=None, status=None)
    if narrowed == Filter():
        return fresh
    terms = report_terms(using, narrowed)
    found: set[str] = set()
    for chunk in chunks(sorted(fresh)):
        found |= set(models.Report.objects.using(using).filter(terms, key__in=chunk).values_list("key", flat=True))
    return frozenset(found)


def _tell_of_relations(using: str, fresh: frozenset[str]) -> bool:
    """Whether any of the reports tells a threat, a truce or its end, or any relation."""
    for chunk in chunks(sorted(fresh)):
        claims = models.Claim.objects.using(using).filter(report__key__in=chunk, family__in=TURNING)
        if claims.exists() or models.Relation.objects.using(using).filter(report__key__in=chunk).exists():
            return True
    return False


def _incident_keys(using: str, asked: Filter, fresh: frozenset[str]) -> list[str]:
    """Incidents asked for that claims of these reports tell, deny or speak of, by day."""
    terms = incident_terms(using, asked)
    told: set[int] = set()
    for chunk in chunks(sorted(fresh)):
        links = models.IncidentClaim.objects.using(using).filter(claim__report__key__in=chunk)
        told |= set(links.exclude(claim__background=True).values_list("incident", flat=True))
    found: list[tuple[object, str]] = []
    for part in chunks(sorted(told)):
        found += models.Incident.objects.using(using).filter(terms, pk__in=part).values_list("day", "key")
    return [key for _, key in sorted(found)]


def _said(using: str, asked: Filter, fresh: frozenset[str]) -> list[StoredClaim]:
    """What fresh reports tell that is tied to no incident: accusations, denials, claims, and what lies ahead."""
    within = _reports_asked(using, asked, fresh)
    kinds = Q(family__in=BESIDE) | Q(status__in=AHEAD)
    terms = claim_terms(using, replace(asked, place=None, country=None, text=None))
    found: list[StoredClaim] = []
    for chunk in chunks(sorted(within)):
        rows = models.Claim.objects.using(using).filter(terms & kinds, report__key__in=chunk, links=None, background=False)
        rows = rows.select_related("report__source").defer("report__text").order_by(*query.CLAIM_ORDER)
        found += corrections.lay_over_claims(using, query.stored_claims(using, list(rows)))
    return sorted(found, key=lambda claim: (claim.published or "9999", claim.report, claim.trigger.start, claim.id))


def _claims(using: str, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], StoredClaim]:
    pairs = set(wanted)
    found: dict[tuple[str, str], StoredClaim] = {}
    for chunk in chunks(sorted({claim for _, claim in pairs})):
        rows = models.Claim.objects.using(using).filter(key__in=chunk).select_related("report__source").defer("report__text")
        claims = corrections.lay_over_claims(using, query.stored_claims(using, list(rows)))
        found |= {(claim.report, claim.id): claim for claim in claims if (claim.report, claim.id) in pairs}
    return found


def _heads(using: str, keys: Iterable[str]) -> dict[str, Head]:
    found: dict[str, Head] = {}
    columns = ("key", "source__name", "title", "published", "address", "language", "unread", "duplicate_of__key")
    for chunk in chunks(sorted(keys)):
        rows = models.Report.objects.using(using).filter(key__in=chunk).values_list(*columns)
        found |= {row[0]: Head(*row) for row in rows}
    return found


def _held(using: str) -> tuple[int, str | None]:
    """How many reports the casebook holds, and the last day of publication."""
    reports = models.Report.objects.using(using)
    last = reports.aggregate(last=Max("published_on"))["last"]
    return reports.count(), last.isoformat() if last else None
