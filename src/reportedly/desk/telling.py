"""Who tells a figure, with the report it stands in: "Reuters, citing police", never a bare number or a bare voice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.casebook import models
from reportedly.desk import wording
from reportedly.incidents.records import Incident
from reportedly.records import Voice

NAMED: Final = 3
"""Tellers of a figure that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """One version of a figure: what was counted, how many in words, and who tells it."""

    what: str
    amount: str
    by: str


def tellers(using: str, keys: Iterable[str]) -> dict[str, str]:
    """Who tells each claim (by id), in words."""
    rows = models.Claim.objects.using(using).filter(key__in=list(keys))
    found: dict[str, str] = {}
    for key, record, source in rows.order_by("pk").values_list("key", "record", "report__source__name"):
        chain = [Voice.model_validate(voice) for voice in json.loads(record)["attribution"]]
        found.setdefault(key, wording.voices_words(chain, source))
    return found


def by(claims: Sequence[str], known: Mapping[str, str]) -> str:
    """Who tells these claims, each once, the later ones counted."""
    told = list(dict.fromkeys(known[key] for key in claims if key in known))
    more = len(told) - NAMED
    return "; ".join(told[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def figures(using: str, incidents: Sequence[Incident], most: int) -> dict[str, list[ToldVersion]]:
    """For each incident (by id) its figures with their tellers; of each at most so many versions are looked up."""
    chosen = {
        incident.id: [
            (spread.field, version) for spread in incident.spreads if spread.field in wording.LEAD for version in spread.versions
        ]
        for incident in incidents
    }
    known = tellers(
        using, {claim for versions in chosen.values() for _, one in versions[:most] for claim in one.claims[: NAMED + 1]}
    )
    return {
        key: [
            ToldVersion(what, wording.version_words(what, one.value), by(one.claims, known) or wording.names(one.voices))
            for what, one in versions
        ]
        for key, versions in chosen.items()
    }
