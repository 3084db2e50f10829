"""Reports: the list, and the reader with claims marked in the text and the chain of voices beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reportedly import marking
from reportedly.casebook import Filter, models
from reportedly.casebook.corrections import lay_over_claims
from reportedly.casebook.stored import Decision, StoredClaim, StoredReport
from reportedly.desk import asking, correcting, wording
from reportedly.desk.keeping import kept
from reportedly.desk.middleware import casebook
from reportedly.desk.views import downloads
from reportedly.desk.views.facets import claim_facets, source_facet
from reportedly.errors import CasebookError

MARKED = 400
"""Claims of one report whose marks are shown at once."""


def listing(request: HttpRequest) -> HttpResponse:
    """Reports, newest first, narrowed by the address bar."""
    using = casebook().alias
    asked = asking.asked_of(request.GET)
    query = asking.reports(using, asked)
    pages = asking.Pages(asked.page, kept(using, f"reports {asked.name}", query.count))
    page = query.select_related("source", "duplicate_of").defer("text", "duplicate_of__text").order_by("-day", "-key")
    page = page[asked.offset : asked.offset + asking.PAGE]
    shown = list(page)
    counts = Counter(
        dict(
            models.Claim.objects.using(using)
            .filter(report__in=[row.pk for row in shown])
            .values_list("report")
            .annotate(number=Count("pk"))
        )
    )
    context: dict[str, Any] = {
        "asked": asked,
        "pages": pages,
        "rows": [(row, counts[row.pk]) for row in shown],
        "download": downloads.choices("reports"),
        "facets": kept(using, "report facets", lambda: [source_facet(using), *claim_facets(using)]),
    }
    return render(request, "desk/reports.html", context)


def reader(request: HttpRequest, key: str) -> HttpResponse:
    """One report: its text with claims marked, the fields of the chosen claim, and every claim's chain of voices."""
    book = casebook()
    report = book.get(key)
    if not isinstance(report, StoredReport):
        raise CasebookError("there is no such report.", where=key)
    claims = sorted(book.claims(Filter(report=report.id, limit=MARKED)), key=lambda claim: (claim.trigger.start, claim.id))
    chosen = next((claim for claim in claims if claim.id == request.GET.get("claim")), None)
    if chosen is not None:
        marks = marking.claim_marks(chosen)
    else:
        marks = [
            mark
            for claim in claims
            for mark in marking.claim_marks(claim)
            if mark.role in {"evidence", "trigger", "voice", "cue"}
        ]
    text, offset = body(report)
    shifted = [marking.Mark(m.start - offset, m.end - offset, m.role, m.claim, m.note) for m in marks if m.start >= offset]
    decided = decisions_of(claim.id for claim in claims)
    context: dict[str, Any] = {
        "report": report,
        "paragraphs": marking.paragraphs(marking.pieces(text, shifted)),
        "claims": claims,
        "chosen": chosen,
        "fields": corrected_fields(chosen) if chosen else [],
        "fixable": correcting.choices(),
        "values": correcting.values(),
        "decided": decided,
        "relations": list(book.relations(Filter(report=report.id, limit=50))),
    }
    return render(request, "desk/report.html", context)


def body(report: StoredReport) -> tuple[str, int]:
    """The text without its title, which the page shows above it, and how many characters were left off."""
    title = (report.title or "").strip()
    if title and report.text.startswith(title):
        rest = report.text[len(title) :]
        return rest, len(title)
    return report.text, 0


def claim(request: HttpRequest, key: str) -> HttpResponse:
    """A claim by its id: its place in its report."""
    found = casebook().get(key)
    if not isinstance(found, StoredClaim):
        raise CasebookError("there is no such claim.", where=key)
    response = redirect("report", key=found.report)
    response["Location"] += f"?claim={found.id}#{found.id}"
    return response


def decisions_of(keys: Any) -> dict[str, list[Decision]]:
    """The decisions in force of each record."""
    using = casebook().alias
    held = models.Decision.objects.using(using).filter(subject__in=list(keys), undone_by=None).order_by("when", "pk")
    found: dict[str, list[Decision]] = {}
    for row in held:
        found.setdefault(row.subject, []).append(decision_record(row))
    return found


def decision_record(row: models.Decision) -> Decision:
    """A decision as people see it."""
    from reportedly.casebook.decisions import record

    return record(row)


def corrected_fields(found: StoredClaim) -> list[dict[str, str]]:
    """The fields of a claim as people corrected them, with what the machine read beside a corrected one."""
    fixed = next(iter(lay_over_claims(casebook().alias, [found])), found)
    if not fixed.corrected:
        return claim_fields(found)
    fields = claim_fields(fixed)
    read: dict[str, list[str]] = {}
    for one in claim_fields(found):
        read.setdefault(one["name"], []).append(one["value"])
    for one in fields:
        if one["value"] not in read.get(one["name"], []):
            was = ", ".join(read.get(one["name"], [])) or "nothing"
            one["note"] = f"corrected; the machine read: {was}"
    return fields


def claim_fields(found: StoredClaim) -> list[dict[str, str]]:
    """Each field of a claim: its name, its value in words, the words it was read from, and a note."""
    fields = [row("act", "trigger", wording.words(found.type), found.trigger.text, f"family: {wording.words(found.family)}")]
    fields += [row("who", "actor", actor.name, actor.text, _actor_note(actor)) for actor in found.actors]
    fields += [row("to whom", "target", actor.name, actor.text, _actor_note(actor)) for actor in found.targets]
    if found.place is not None:
        place = found.place
        fields.append(row("where", "place", wording.place_words(place), place.text, wording.precision_words(place)))
    if found.time is not None:
        time = found.time
        fields.append(row("when", "time", wording.day_words(time), time.text or "", wording.BASES[time.basis]))
    fields += [row("how many", "count", wording.count_words(count), count.text, "") for count in found.counts]
    if found.instrument is not None:
        fields.append(row("with what", "instrument", found.instrument.text, found.instrument.text, ""))
    status = wording.words(found.status) + (", said not to have happened" if found.negated else "")
    fields.append(row("status", "status", status, "", "background, not news" if found.background else ""))
    fields += [row("hedge", "hedge", span.text, span.text, "") for span in found.hedges]
    return fields


def row(name: str, role: str, value: str, text: str, note: str) -> dict[str, str]:
    """One field as the template wants it."""
    return {"name": name, "role": role, "value": value, "text": "" if text == value else text, "note": note}


def _actor_note(actor: Any) -> str:
    known = "in the register" if actor.id else "not in the register"
    basis = {"named": "", "reference": "read by reference", "inferred": "inferred"}[actor.basis]
    return ", ".join(part for part in (wording.words(actor.kind), known, basis) if part)
