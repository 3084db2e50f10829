"""The team: accounts with roles, one-time links, tokens for programs, and the audit trail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from reportedly.desk import asking
from reportedly.desk.audit import note
from reportedly.desk.links import account, make_link, make_token
from reportedly.desk.models import Entry, Member, Token
from reportedly.desk.roles import MAY, needs


@needs("admin")
def team(request: HttpRequest, /, **shown: Any) -> HttpResponse:
    """All accounts, what they may do, and tokens."""
    members = Member.objects.select_related("user").order_by("user__username")
    context = {"members": members, "roles": MAY, "tokens": Token.objects.select_related("user").order_by("-made"), **shown}
    return render(request, "desk/team.html", context)


@needs("admin")
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Make an account, give it a role, a new one-time link, or shut it."""
    name, role, act = (request.POST.get(key, "").strip() for key in ("name", "role", "act"))
    if act == "add":
        if not 1 <= len(name) <= 100 or not name.isprintable() or role not in MAY:
            messages.error(request, "An account needs a name and a role.")
            return redirect("team")
        if get_user_model().objects.filter(username=name).exists():
            messages.error(request, "There is an account of this name.")
            return redirect("team")
        user = account(name, role)
        note(request.user, "made account", name, role)
        return team(request, link=request.build_absolute_uri(make_link(user)), link_for=name)
    member = get_object_or_404(Member.objects.select_related("user"), user__username=name)
    if act == "link":
        note(request.user, "made link", name)
        return team(request, link=request.build_absolute_uri(make_link(member.user)), link_for=name)
    if member.user == request.user:
        messages.error(request, "Your own role and access are for another admin to change.")
    elif act == "role" and role in MAY:
        member.role = role
        member.save()
        note(request.user, "changed role", name, role)
        messages.success(request, f"{name} is now {role}.")
    elif act in {"shut", "open"}:
        member.user.is_active = act == "open"
        member.user.save()
        note(request.user, "shut account" if act == "shut" else "opened account", name)
        if act == "shut":
            _end_sessions(str(member.user.pk))
    return redirect("team")


def _end_sessions(user: str) -> None:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == user:
            session.delete()


@needs("admin")
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Make a token, or take one away."""
    if request.POST.get("remove"):
        for found in Token.objects.filter(pk=request.POST["remove"]):
            note(request.user, "removed token", found.name)
            found.delete()
        return redirect("team")
    owner = get_object_or_404(Member.objects.select_related("user"), user__username=request.POST.get("name", ""))
    label = request.POST.get("label", "").strip() or "token"
    note(request.user, "made token", label, f"for {owner.user.get_username()}")
    return team(request, secret=make_token(owner.user, label), secret_for=label)


@needs("admin")
def trail(request: HttpRequest) -> HttpResponse:
    """The audit trail, latest first."""
    entries = Entry.objects.order_by("-when", "-pk")
    who = request.GET.get("who", "").strip()
    if who:
        entries = entries.filter(who=who)
    page = asking.asked_of(request.GET).page
    pages = asking.Pages(page, entries.count())
    start = (page - 1) * asking.PAGE
    return render(request, "desk/trail.html", {"entries": entries[start : start + asking.PAGE], "pages": pages, "who": who})
