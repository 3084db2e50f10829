"""Search over the words of reports and claims."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.casebook import models
from reportedly.casebook.stored import Hit
from reportedly.casebook.text import fold
from reportedly.desk.middleware import casebook
from reportedly.desk.wording import visible

LIMIT = 20


def search(request: HttpRequest) -> HttpResponse:
    """What the words are found in: actors by name, reports and claims by full text."""
    text = request.GET.get("q", "").strip()[:500]
    book = casebook()
    hits: dict[str, list[Any]] = {"report": [], "claim": []}
    actors: list[models.Actor] = []
    if text:
        for hit in book.search(text, limit=LIMIT):
            hits[hit.kind].append((hit, marked(hit)))
        if fold(text):
            actors = list(models.Actor.objects.using(book.alias).filter(name__icontains=text).order_by("name")[:10])
    return render(request, "desk/search.html", {"q": text, "reports": hits["report"], "claims": hits["claim"], "actors": actors})


def marked(hit: Hit) -> list[tuple[str, bool]]:
    """The snippet in pieces, each with whether it is a found word."""
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
        at = end
    pieces.append((hit.snippet[at:], False))
    return [(visible(piece), is_found) for piece, is_found in pieces if piece]
