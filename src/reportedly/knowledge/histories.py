"""How relations and threats age with silence, and the words that tell their events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import inflect, plural
from reportedly.knowledge.layers import SHIPPED, Layers, layered_yaml, per_layers
from reportedly.records import RelationKind

EXTRA: Final = ("violated", "paused")
THREATS: Final = ("threat", "warning", "ultimatum")
WORDS: Final = ("declaration_of_war", "renunciation", "joint_operation", "alliance", "threat_withdrawn", "bare_denial")
NEVER: Final = "never"
BETWEEN: Final = r"(?:\W+\w+){0,4}?\W+"
"""What may stand between a verb and its noun."""


@dataclass(frozen=True)
class Lapse:
    """How long a threat stays open: ``days`` after it was uttered, or ``after`` days behind the end of the threatened time."""

    days: int
    after: int


@dataclass(frozen=True)
class Ageing:
    """How long a state holds without being told again, in days; ``None`` means for ever."""

    states: Mapping[str, int | None]
    threats: Mapping[str, Lapse]

    def limit(self, kind: str, status: str) -> int | None:
        """The days for which a state of a kind of relation holds in silence; ``None`` where it holds for ever."""
        if status in ("ended", "expired", "denied"):
            return None
        if status in EXTRA:
            return self.states[status]
        return self.states[kind]


@per_layers("lexicon/relation_ageing.yaml")
def load_ageing(layers: Layers) -> Ageing:
    """The rules of ageing. Raises :class:`KnowledgeError` for a missing or unknown kind, or what is no number of days."""
    return layered_yaml(layers, "lexicon/relation_ageing.yaml", parse_ageing)


def parse_ageing(data: Mapping[str, Any], path: Path) -> Ageing:
    """The rules that a file's content tells. Raises :class:`KnowledgeError` for what it must not hold."""
    _same("parts", data, ("ageing", "threats"), path)
    _same("kinds in ageing", data["ageing"], (*get_args(RelationKind), *EXTRA), path)
    _same("types in threats", data["threats"], THREATS, path)
    for kind, row in data["ageing"].items():
        _same(f"keys of {kind}", row, ("days", "why"), path)
    for kind, row in data["threats"].items():
        _same(f"keys of {kind}", row, ("days", "after", "why"), path)
    return Ageing(
        states={kind: None if row["days"] == NEVER else _days(kind, row["days"], path) for kind, row in data["ageing"].items()},
        threats={
            kind: Lapse(_days(kind, row["days"], path), _days(kind, row["after"], path)) for kind, row in data["threats"].items()
        },
    )


@per_layers("lexicon/relation_events.yaml", "lexicon/irregular.csv")
def load_event_words(layers: Layers) -> Mapping[str, re.Pattern[str]]:
    """A pattern for each event that words tell. Raises :class:`KnowledgeError` for an unknown event or entry."""
    return layered_yaml(layers, "lexicon/relation_events.yaml", partial(parse_event_words, layers=layers))


def parse_event_words(data: Mapping[str, Any], path: Path, layers: Layers = SHIPPED) -> Mapping[str, re.Pattern[str]]:
    """The patterns that a file's content tells. Raises :class:`KnowledgeError` for what it must not hold."""
    _same("events", data, WORDS, path)
    found: dict[str, re.Pattern[str]] = {}
    for event, lists in data.items():
        _same(f"lists of {event}", lists, ("verbs", "phrases"), path)
        entries = [*lists["verbs"], *lists["phrases"]]
        if len(set(entries)) != len(entries):
            raise KnowledgeError(f"an entry of {event} stands twice.", where=str(path), remedy="Delete one.")
        parts = [_verb_pattern(entry, path, layers) for entry in lists["verbs"]] + [
            re.escape(phrase) for phrase in lists["phrases"]
        ]
        found[event] = re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
    return found


def _verb_pattern(entry: str, path: Path, layers: Layers) -> str:
    words = entry.split()
    if len(words) != 2:
        raise KnowledgeError(f"cannot read {entry!r}.", where=str(path), remedy='Write it as "verb noun|noun".')
    nouns = sorted({form for noun in words[1].split("|") for form in (noun, plural(noun))})
    return rf"(?:{'|'.join(sorted(set(inflect(words[0], layers).all())))}){BETWEEN}(?:{'|'.join(nouns)})"


def _days(kind: str, value: str, path: Path) -> int:
    if not value.isdecimal():
        raise KnowledgeError(f"{value!r} of {kind} is no number of days.", where=str(path), remedy=f"Write days or {NEVER}.")
    return int(value)


def _same(what: str, data: Iterable[str], known: Iterable[str], path: Path) -> None:
    if wrong := set(data) ^ set(known):
        raise KnowledgeError(
            f"unknown or missing {what}: {', '.join(sorted(wrong))}.", where=str(path), remedy="See the head of the file."
        )
