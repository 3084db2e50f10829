"""The ledger of threats: who threatens whom, in which words and voices, until when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook.models import Claim
from reportedly.casebook.query import stored_claims
from reportedly.casebook.stored import StoredClaim
from reportedly.desk import asking, followed, following
from reportedly.desk.middleware import casebook
from reportedly.desk.views import downloads
from reportedly.relations import Threat
from reportedly.relations.records import Outcome

OUTCOMES: Final = {"open": "open", "carried_out": "an act followed", "withdrawn": "taken back", "lapsed": "lapsed"}
"""*Carried out* is said with care: an act followed; nobody knows that it is the one that was threatened."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One threat with its outcome in words, and the claim that told it first (``None``: not read any more)."""

    threat: Threat
    outcome: str
    claim: StoredClaim | None


def listing(request: HttpRequest) -> HttpResponse:
    """Threats, the latest first, as far as the address bar asks for them."""
    run = following.latest()
    is_current = following.is_current(run, casebook())
    if not is_current:
        following.soon(casebook())
    asked = asking.asked_of(request.GET)
    outcome = request.GET.get("outcome", "")
    rows = followed.ledger(run, asked.filter, outcome)
    pages = asking.Pages(asked.page, rows.count())
    page = rows[asked.offset : asked.offset + asking.PAGE]
    context: dict[str, Any] = {
        "asked": asked,
        "pages": pages,
        "outcome": outcome,
        "outcomes": [(name, OUTCOMES[name]) for name in get_args(Outcome)],
        "rows": entries([Threat.model_validate_json(row.record) for row in page]),
        "run": run,
        "is_current": is_current,
        "download": downloads.choices("threats"),
    }
    return render(request, "desk/threats.html", context)


def entries(threats: list[Threat]) -> list[Entry]:
    """The threats with the claims that told them first."""
    using = casebook().alias
    keys = [threat.tellings[0].claim for threat in threats]
    rows = Claim.objects.using(using).filter(key__in=keys).select_related("report__source").defer("report__text")
    claims = {claim.id: claim for claim in stored_claims(using, list(rows))}
    return [Entry(threat, OUTCOMES[threat.outcome], claims.get(threat.tellings[0].claim)) for threat in threats]
