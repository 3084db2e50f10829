"""Who may do what: reader, coder, editor, admin; each may do what those before it may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from reportedly.desk.models import Member

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
RANK = {role: rank for rank, (role, _) in enumerate(Member.ROLES)}
MAY = {
    "reader": "reads everything and downloads it",
    "coder": "also reviews, corrects and adds reports",
    "editor": "also decides on incidents, grades sources, notes what they are, and looks after feeds",
    "admin": "also looks after accounts, tokens and the audit trail",
}


def role_of(user: Any) -> str | None:
    """The role of an account; ``None`` for nobody, and for an account without one."""
    if not user.is_authenticated or not user.is_active:
        return None
    member = Member.objects.filter(user=user).first()
    return member.role if member else None


def may(user: Any, role: str) -> bool:
    """Whether an account has this role or a greater one."""
    own = role_of(user)
    return own is not None and RANK[own] >= RANK[role]


def needs(role: str) -> Callable[[View[Rest]], View[Rest]]:
    """The view for those who have the role or a greater one; 403 for all others."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Rest.args, **named: Rest.kwargs) -> HttpResponse:
            if not may(request.user, role):
                raise PermissionDenied(f"This needs the role {role} or a greater one.")
            return view(request, *args, **named)

        return guarded  # type: ignore[return-value]

    return guard
