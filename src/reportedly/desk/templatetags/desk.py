"""Template filters of the desk: records in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict

from reportedly.desk import wording

register = template.Library()
for function in (
    wording.words,
    wording.line,
    wording.short,
    wording.defanged,
    wording.day_words,
    wording.place_words,
    wording.precision_words,
    wording.caveats,
    wording.counts_words,
    wording.count_words,
    wording.quote,
    wording.visible,
    wording.toll,
):
    register.filter(function.__name__, function)


@register.filter
def stance(voice: Any) -> str:
    """What a voice does, with its medium."""
    return wording.STANCES[voice.stance] + (f" ({wording.words(voice.medium)})" if voice.medium else "")


@register.filter
def standing(name: str) -> str:
    """A standing in words."""
    return wording.STANDINGS.get(name, wording.words(name))


@register.filter
def who(actors: Any) -> str:
    """The names of actors."""
    return wording.parties(actor.name for actor in actors)


@register.filter
def told_by(claim: Any) -> str:
    """Who says what a claim tells: "Reuters, citing police"."""
    return wording.voices_words(claim.attribution, claim.source)


@register.filter
def incident_days(incident: Any) -> str:
    """When an incident was, never more exact than told."""
    return wording.days_words(incident.from_day, incident.to_day) or "day not known"


@register.filter
def iso_days(day: str | None) -> str:
    """An ISO day in words."""
    return wording.days_words(day, day)


@register.filter
def basis(name: str) -> str:
    """How a time is known."""
    return wording.BASES.get(name, name)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value under a key; ``None`` where there is none."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The address bar's query with some values changed; an empty value drops its key."""
    made: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            made.pop(name, None)
        else:
            made[name] = str(value)
    return f"?{made.urlencode()}" if made else "?"
