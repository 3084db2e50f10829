"""Review: one claim, or two claims that may tell one incident, at a time; worked by keys alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from reportedly import marking
from reportedly.casebook import models
from reportedly.casebook.stored import Decision, StoredClaim
from reportedly.desk import correcting, joining, queue, wording
from reportedly.desk.agreement import krippendorff_alpha
from reportedly.desk.audit import note
from reportedly.desk.middleware import casebook
from reportedly.desk.models import QueueItem
from reportedly.desk.roles import may, needs
from reportedly.desk.views.reports import claim_fields
from reportedly.errors import CasebookError

AROUND: Final = 500
"""Characters of text shown before and after the words of a claim."""
KEYS: Final = {
    "claim": (("a", "accept", "Accept"), ("f", "fix", "Fix"), ("r", "reject", "Reject"), ("u", "unsure", "Unsure")),
    "pair": (("s", "same", "Same"), ("d", "different", "Different"), ("u", "unsure", "Unsure")),
}
REJOINING: Final = ("same", "different", "reject")
"""Verdicts that change which claims tell one incident."""
VERDICTS: Final = ("accept", "correct", "reject", "same", "different", "unsure")


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """The item to look at next, with all that a person needs to decide."""
    queue.refresh(casebook())
    kind = request.GET.get("kind") or request.POST.get("kind") or None
    kind = kind if kind in {QueueItem.CLAIM, QueueItem.PAIR} else None
    skipped: list[int] = request.session.get("skipped", [])
    is_second = bool(request.GET.get("second") or request.POST.get("second"))
    asked = {name: value for name, value in (("kind", kind), ("second", "1" if is_second else None)) if value}
    here = f"/review?{urlencode(asked)}" if asked else "/review"
    context: dict[str, Any] = {
        "here": here,
        "kind": kind,
        "is_second": is_second,
        "left": queue.left(),
        "can_decide": may(request.user, "coder"),
    }

    def following() -> list[QueueItem]:
        if is_second:
            return queue.second(casebook().alias, request.user.get_username(), kind, skipped)
        return queue.following(kind, skipped)

    while items := following():
        item = items[0]
        shown = _shown(item)
        if shown is None:  # re-reading took the claim away
            item.delete()
            continue
        return context | {
            "item": item,
            "keys": KEYS[item.kind],
            "fixable": correcting.choices(),
            "values": correcting.values(),
            **shown,
        }
    if skipped:
        request.session["skipped"] = []
    return context | {"last": last_decision(request)}


def queue_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The queue as a whole page, or only what changes where the page asks for that."""
    context["last"] = last_decision(request)
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "desk/parts/review.html" if is_part else "desk/review.html", context)


def next_item(request: HttpRequest) -> HttpResponse:
    """The review queue: the next item."""
    return queue_page(request, queue_context(request))


def _shown(item: QueueItem) -> dict[str, Any] | None:
    claims = [_claim(key) for key in (item.subject, item.other) if key]
    if any(claim is None for claim in claims):
        return None
    shown = [passage(claim) for claim in claims if claim is not None]
    found: dict[str, Any] = {"passages": shown}
    if item.kind == QueueItem.PAIR:
        found["reasons"] = reasons(item)
    return found


def _claim(key: str) -> StoredClaim | None:
    try:
        found = casebook().get(key)
    except CasebookError:
        return None
    return found if isinstance(found, StoredClaim) else None


def passage(claim: StoredClaim) -> dict[str, Any]:
    """A claim with its fields and the words around it, all its spans marked."""
    using = casebook().alias
    text = models.Report.objects.using(using).values_list("text", flat=True).get(key=claim.report)
    marks = marking.claim_marks(claim)
    start = max(0, min(mark.start for mark in marks) - AROUND)
    end = min(len(text), max(mark.end for mark in marks) + AROUND)
    if end - start > 6 * AROUND:
        start, end = max(0, claim.trigger.start - 3 * AROUND), min(len(text), claim.trigger.end + 3 * AROUND)
    moved = [
        marking.Mark(m.start - start, m.end - start, m.role, m.claim, m.note) for m in marks if start <= m.start and m.end <= end
    ]
    return {
        "claim": claim,
        "fields": claim_fields(claim),
        "paragraphs": marking.paragraphs(marking.pieces(text[start:end], moved)),
        "is_cut_before": start > 0,
        "is_cut_after": end < len(text),
    }


def reasons(item: QueueItem) -> list[str]:
    """Why two claims were compared, in words."""
    pairs = models.ClaimPair.objects.using(casebook().alias)
    row = pairs.filter(a__key=item.subject, b__key=item.other).first()
    return [wording.line(str(reason)) for reason in row.reasons] if row else []


def last_decision(request: HttpRequest) -> Decision | None:
    """The latest decision of this person that holds: what undo takes back. Reaches back over all sessions."""
    from reportedly.casebook.decisions import record

    held = models.Decision.objects.using(casebook().alias).filter(by=request.user.get_username(), undone_by=None)
    row = held.order_by("-when", "-pk").first()
    return record(row) if row else None


@needs("coder")
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Store one decision and go on to the next item, or back to where the person was."""
    verdict, subject, other = (request.POST.get(name, "") for name in ("verdict", "subject", "other"))
    if verdict not in VERDICTS:
        messages.error(request, "This is no verdict.")
        return redirect("review")
    if subject.startswith("incident") and not may(request.user, "editor"):
        raise PermissionDenied("Decisions on whole incidents need the role editor.")
    correction = None
    if verdict == "correct":
        field, value = request.POST.get("field", "note"), request.POST.get("value", "")[:2000]
        correction = correcting.correction(field, value)
    made = casebook().decide(
        subject,
        verdict,  # type: ignore[arg-type]
        by=request.user.get_username(),
        why=request.POST.get("why", "").strip()[:2000] or None,
        other=other if verdict in {"same", "different"} else None,
        correction=correction,
    )
    queue.settle(subject, other or None)
    if verdict in REJOINING:
        joining.soon(casebook())
    note(request.user, f"decided {verdict}", subject, " ".join(part for part in (other, correction or "") if part))
    if request.htmx and not request.htmx.boosted and request.POST.get("from") == "queue":  # type: ignore[attr-defined]
        context = queue_context(request)
        context["made"] = made
        return queue_page(request, context)
    messages.success(request, f"Decided: {verdict}.")
    return redirect(_back(request))


@needs("coder")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the latest decision of this person, or the one named."""
    last = last_decision(request)
    key = request.POST.get("decision") or (last.id if last else "")
    if key:
        row = models.Decision.objects.using(casebook().alias).filter(key=key).first()
        if row is not None and row.by != request.user.get_username() and not may(request.user, "editor"):
            raise PermissionDenied("Taking back what others decided needs the role editor.")
        undone = casebook().undo(key, by=request.user.get_username())
        queue.settle(undone.subject, undone.other, done=False)
        if undone.verdict in REJOINING:
            joining.soon(casebook())
        note(request.user, "undid", undone.subject, f"{undone.verdict} of {undone.by}")
        if not (request.htmx and request.POST.get("from") == "queue"):  # type: ignore[attr-defined]
            messages.success(request, f"Taken back: {undone.verdict}.")
    if request.htmx and request.POST.get("from") == "queue":  # type: ignore[attr-defined]
        return queue_page(request, queue_context(request))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    return back if is_ours else "/review"


@needs("editor")
@require_POST
def reverse(request: HttpRequest) -> HttpResponse:
    """Take a merge or a split of incidents back."""
    change = request.POST.get("change", "")
    made = casebook().reverse(int(change) if change.isascii() and change.isdecimal() else 0, by=request.user.get_username())
    joining.soon(casebook())
    note(request.user, "reversed", made.subject, f"change {change}")
    messages.success(request, "It is taken back; the incidents follow in a moment.")
    return redirect(_back(request))


@needs("reader")
def agreement(request: HttpRequest) -> HttpResponse:
    """Where two people decided on one record: how far they agree, and where they do not."""
    rows = models.Decision.objects.using(casebook().alias).filter(undone_by=None).order_by("when", "pk")
    by_item: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows.values_list("subject", "other", "by", "verdict"):
        by_item[(row[0], row[1] or "")][row[2]] = row[3]
    shared = {item: verdicts for item, verdicts in by_item.items() if len(verdicts) > 1}
    context = {
        "alpha": krippendorff_alpha(shared.values()),
        "shared": len(shared),
        "disputes": [
            (subject, other, sorted(verdicts.items()))
            for (subject, other), verdicts in shared.items()
            if len(set(verdicts.values())) > 1
        ][:200],
        "people": Counter(name for verdicts in by_item.values() for name in verdicts).most_common(),
    }
    return render(request, "desk/agreement.html", context)
