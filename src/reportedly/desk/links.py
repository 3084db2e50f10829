"""One-time links and tokens: secrets of which only the digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from reportedly.desk.models import Member, OneTimeLink, Token


def digest(secret: str) -> str:
    """The SHA-256 of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_link(user: Any, hours: float = 24) -> str:
    """The path of a new link that signs this account in once."""
    secret = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(digest=digest(secret), user=user, expires=datetime.now(UTC) + timedelta(hours=hours))
    return f"/start/{secret}"


def use_link(secret: str) -> Any | None:
    """The account that a link signs in; ``None`` where it is unknown, used or too old. It cannot be used again."""
    now = datetime.now(UTC)
    fresh = OneTimeLink.objects.filter(digest=digest(secret), used=None, expires__gt=now)
    link = fresh.select_related("user").first()
    # The update decides: of two requests at the same time only one changes the row.
    if link is None or not OneTimeLink.objects.filter(pk=link.pk, used=None).update(used=now):
        return None
    return link.user if link.user.is_active else None


def make_token(user: Any, name: str) -> str:
    """A new token for programs; it is shown this once."""
    secret = "rep_" + secrets.token_urlsafe(32)
    Token.objects.create(digest=digest(secret), name=name[:80], user=user, made=datetime.now(UTC))
    return secret


def bearer(secret: str) -> Any | None:
    """The account that a token stands for; ``None`` where there is none."""
    token = Token.objects.filter(digest=digest(secret)).select_related("user").first()
    if token is None or not token.user.is_active:
        return None
    Token.objects.filter(pk=token.pk).update(last_used=datetime.now(UTC))
    return token.user


def account(name: str, role: str) -> Any:
    """The account of this name, made with this role where there is none."""
    from django.contrib.auth import get_user_model

    user, made = get_user_model().objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save()
        Member.objects.create(user=user, role=role)
    return user
