"""Signing in and out, passwords, and the pages for what went wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from reportedly.desk.audit import note
from reportedly.desk.links import use_link

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign in by a one-time link. The link is only used up by the button, so that a preview of it does no harm."""
    if request.method == "GET":
        return render(request, "desk/start.html")
    user = use_link(secret)
    if user is None:
        return render(request, "desk/start.html", {"is_used": True}, status=403)
    login(request, user, backend=BACKEND)
    note(user, "signed in", user.get_username(), "by a one-time link")
    return redirect(
        "today" if user.has_usable_password() or request.get_host().split(":")[0] in {"127.0.0.1", "localhost"} else "password"
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    following = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        following = "/"
    context: dict[str, Any] = {"next": following}
    if request.method == "POST":
        user = authenticate(request, username=request.POST.get("name", ""), password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            note(user, "signed in", user.get_username(), "with a password")
            return redirect(following)
        context["is_wrong"] = True
    return render(request, "desk/sign_in.html", context, status=403 if "is_wrong" in context else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("sign_in")


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set one's own password; the old one is asked for where there is one."""
    problems: list[str] = []
    if request.method == "POST":
        user: Any = request.user
        new = request.POST.get("new", "")
        if user.has_usable_password() and not user.check_password(request.POST.get("old", "")):
            problems.append("The old password is not right.")
        if new != request.POST.get("again", ""):
            problems.append("The two new passwords differ.")
        try:
            validate_password(new, user)
        except ValidationError as error:
            problems += error.messages
        if not problems:
            user.set_password(new)
            user.save()
            update_session_auth_hash(request, user)
            note(user, "set a password", user.get_username())
            messages.success(request, "Your password is set.")
            return redirect("today")
    return render(request, "desk/password.html", {"problems": problems}, status=400 if problems else 200)


@login_not_required
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What may not be done: 403 with the reason."""
    return render(
        request, "desk/problem.html", {"title": "Not allowed", "what": str(exception or "You may not do this.")}, status=403
    )


@login_not_required
def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A request that does not show that it comes from a page of the desk: 403."""
    what = "This request did not come from a page of this desk, or the page is too old. Load it again."
    return render(request, "desk/problem.html", {"title": "Not allowed", "what": what}, status=403)


@login_not_required
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is not there: 404."""
    return render(request, "desk/problem.html", {"title": "Not found", "what": "There is no such page."}, status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the desk: 500, without a page frame that could fail too."""
    return HttpResponse(
        "The desk met a fault and wrote it to its log. Nothing was changed.", status=500, content_type="text/plain"
    )
