"""Keeps what is costly to count until the casebook changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max

from reportedly.casebook import models

Value = TypeVar("Value")
SECONDS = 3600


def version(using: str) -> str:
    """What changes whenever reports, claims, incidents or decisions do."""
    tables = (
        models.Report,
        models.Claim,
        models.IncidentClaim,
        models.IncidentChange,
        models.Relation,
        models.Grade,
        models.SourceNote,
    )
    newest = [table._default_manager.using(using).aggregate(top=Max("pk"))["top"] for table in tables]
    decided = models.Decision.objects.using(using).aggregate(top=Max("pk"), undone=Count("undone_by"))
    return "-".join(str(part) for part in (*newest, decided["top"], decided["undone"]))


def incidents_version(using: str) -> str:
    """What changes whenever incidents do: all links of a changed incident are made anew."""
    tables = (models.IncidentClaim, models.IncidentChange)
    newest = [table._default_manager.using(using).aggregate(top=Max("pk"))["top"] for table in tables]
    judged = models.Decision.objects.using(using).filter(subject_kind="incident")
    told = judged.aggregate(top=Max("pk"), undone=Count("undone_by"))
    return "-".join(str(part) for part in (*newest, told["top"], told["undone"]))


def kept(using: str, name: str, make: Callable[[], Value], state: Callable[[str], str] = version) -> Value:
    """What ``make`` gave for this name since the casebook last changed, as ``state`` tells; ``name`` must tell all else that it
    depends on."""
    key = hashlib.sha256(f"{using} {state(using)} {name}".encode()).hexdigest()
    found: list[Value] | None = cache.get(key)
    if found is None:
        found = [make()]
        cache.set(key, found, SECONDS)
    return found[0]
