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
    tables = (models.Report, models.Claim, models.IncidentChange, models.Relation, models.Grade, models.SourceNote)
    newest = [table._default_manager.using(using).aggregate(top=Max("pk"))["top"] for table in tables]
    decided = models.Decision.objects.using(using).aggregate(top=Max("pk"), undone=Count("undone_by"))
    return "-".join(str(part) for part in (*newest, decided["top"], decided["undone"]))


def kept(using: str, name: str, make: Callable[[], Value]) -> Value:
    """What ``make`` gave for this name since the casebook last changed; ``name`` must tell all that it depends on."""
    key = hashlib.sha256(f"{using} {version(using)} {name}".encode()).hexdigest()
    found: list[Value] | None = cache.get(key)
    if found is None:
        found = [make()]
        cache.set(key, found, SECONDS)
    return found[0]
