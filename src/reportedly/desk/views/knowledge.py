"""The codebook, generated from the ontology that reading uses."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.desk.wording import words
from reportedly.knowledge.types import EventType, crosswalk, ontology


@cache
def chapters() -> list[tuple[str, list[tuple[EventType, list[tuple[str, str]]]]]]:
    """Types by group, each with what other schemes call it."""
    found: dict[str, list[tuple[EventType, list[tuple[str, str]]]]] = {}
    for type_ in ontology().values():
        found.setdefault(type_.group, []).append((type_, _elsewhere(type_.id)))
    return list(found.items())


def _elsewhere(type_id: str) -> list[tuple[str, str]]:
    row = crosswalk(type_id)
    acled = " / ".join(part for part in (row.acled_event_type, row.acled_sub_event_type) if part)
    plover = " / ".join(part for part in (row.plover_type, row.plover_mode) if part)
    pairs = [
        ("ACLED-style", acled),
        ("UCDP", f"type of violence {row.ucdp_type_of_violence}" if row.ucdp_type_of_violence else ""),
        ("PLOVER", plover),
        ("CAMEO", f"root {row.cameo_root}" if row.cameo_root else ""),
    ]
    return [(name, value or "not mapped") for name, value in pairs]


def codebook(request: HttpRequest) -> HttpResponse:
    """Every type of event: definition, what is in and what is out, examples and counter-examples."""
    asked = request.GET.get("q", "").strip().casefold()
    shown: list[Any] = []
    for group, types in chapters():
        kept = [pair for pair in types if not asked or asked in f"{words(pair[0].id)} {pair[0].definition}".casefold()]
        if kept:
            shown.append((group, kept))
    total = sum(len(types) for _, types in chapters())
    return render(request, "desk/codebook.html", {"chapters": shown, "total": total, "q": request.GET.get("q", "")})
