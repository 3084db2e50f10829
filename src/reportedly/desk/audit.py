"""The audit trail: one line for every change that a person makes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from reportedly.desk.models import Entry


def note(who: Any, what: str, subject: str, details: str = "") -> None:
    """Write one line; ``who`` is an account or a name."""
    name = who if isinstance(who, str) else who.get_username()
    Entry.objects.create(when=datetime.now(UTC), who=name, what=what, subject=subject[:300], details=details)
