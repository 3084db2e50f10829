"""Template filters of the desk: records in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict

from reportedly.desk import correcting, wording

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
    wording.names,
    correcting.correction_words,
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


@register.filter
def gist(claim: Any) -> str:
    """Who did it to whom, where and when, as far as told; may be empty."""
    does, bears = who(claim.actors), who(claim.targets)
    sides = f"{does or 'by whom is not told'} → {bears}" if bears else does
    parts = [sides, wording.place_words(claim.place) if claim.place else "", wording.day_words(claim.time)]
    return " · ".join(part for part in parts if part)


@register.filter
def fixes(mark: str) -> str:
    """The field that a marked word corrects."""
    return correcting.OF_MARK.get(mark, "note")


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], name: str) -> str:
    """The address bar's query without one value, on the first page."""
    made: QueryDict = context["request"].GET.copy()
    made.pop(name, None)
    made.pop("page", None)
    return f"?{made.urlencode()}"


@register.simple_tag(takes_context=True)
def same(context: dict[str, Any]) -> str:
    """The address bar's query for another view of the same records, on the first page."""
    made: QueryDict = context["request"].GET.copy()
    made.pop("page", None)
    return f"?{made.urlencode()}" if made else ""


@register.simple_tag(takes_context=True)
def narrowed(context: dict[str, Any], name: str, value: str) -> str:
    """The address bar's query with one more narrowing, on the first page."""
    made: QueryDict = context["request"].GET.copy()
    made.pop("page", None)
    made[name] = value
    return f"?{made.urlencode()}"


@register.filter
def plus(number: float, other: float) -> float:
    """The sum, for places in a drawing."""
    return round(number + other, 1)


@register.simple_tag(takes_context=True)
def span(context: dict[str, Any], first: Any, last: Any) -> str:
    """The address bar's query narrowed to a span of days, on the first page."""
    made: QueryDict = context["request"].GET.copy()
    made.pop("page", None)
    made["since"], made["until"] = first.isoformat(), last.isoformat()
    return f"?{made.urlencode()}"


@register.filter
def told_number(number: int | None) -> str:
    """A number that a rule gave; a dash where it had nothing to choose from."""
    return "–" if number is None else f"{number:,}"
