"""What every request and every page of the desk gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from reportedly.casebook.book import Casebook
from reportedly.desk.roles import role_of
from reportedly.errors import CasebookError, SettingError

PAGES = (
    ("Read", (("today", "Today"), ("reports", "Reports"), ("incidents", "Incidents"), ("map", "Map"), ("search", "Search"))),
    ("Follow", (("actors", "Actors"), ("relations", "Relations"), ("threats", "Threats"))),
    ("Check", (("review", "Review"), ("sources", "Sources"), ("codebook", "Codebook"))),
)


class SignedIn(LoginRequiredMiddleware):
    """Every page asks for a signed-in account, save those that say otherwise; the API asks for tokens or sessions by itself."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Send who is not signed in to the sign-in page."""
        if request.path.startswith("/api/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def casebook() -> Casebook:
    """The casebook that this desk serves."""
    book: Casebook = settings.DESK_CASEBOOK
    return book


def desk(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Pages that hold what is in a casebook are kept out of shared caches; what is not there answers 404 in words."""

    class Desk:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            response = get_response(request)
            if not request.path.startswith("/static/"):
                response.setdefault("Cache-Control", "no-store")
            response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
            return response

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if isinstance(error, CasebookError):
                return render(request, "desk/problem.html", {"what": error.what, "where": error.where}, status=404)
            if isinstance(error, SettingError):
                return render(request, "desk/problem.html", {"what": error.what, "where": error.where}, status=400)
            return None

    return Desk()


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows."""
    match = getattr(request, "resolver_match", None)
    return {
        "menu": PAGES,
        "page": match.url_name if match else "",
        "role": role_of(request.user) if hasattr(request, "user") else None,
        "casebook_name": casebook().name.rpartition("/")[2],
    }
