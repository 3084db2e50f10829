"""Words that tell how real an act is: planned, attempted, prevented, asked for, feared, doubted, ongoing, background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import inflect, plural
from reportedly.knowledge.layers import Layers, layered_yaml, per_layers

GOVERNING = ("prevented", "requested", "threatened", "planned", "attempted", "hypothetical", "ongoing", "negation", "alleged")
"""Parts whose verbs and nouns govern an act; where a word stands in several, the earlier one decides."""
PARTS = frozenset({*GOVERNING, "performing", "background", "not_conflict", "accident"})
KEYS = frozenset(
    {"verbs", "nouns", "passives", "predicates", "auxiliaries", "adjectives", "adverbs", "markers", "words", "phrases"}
)
EFFECTS = {"negation": "failed"}
DENYING = frozenset({"deny", "reject", "refute", "dismiss", "rule out"})


@dataclass(frozen=True)
class Governor:
    """One governing word: ``second`` is the particle or preposition that must go with it, ``None`` if none must."""

    second: str | None
    effect: str


@dataclass(frozen=True)
class StatusLexicon:
    """Status words by lower-case form.

    ``governors`` stand above an act, ``governing_nouns`` are those of them that are nouns, ``passives`` are verbs whose passive
    subject it is ("the march was called off"), ``predicates`` adjectives that govern it ("ready to attack"), ``performing`` verbs
    only say that it takes place ("carried out"), ``modifiers`` stand beside it; ``background`` words beside an act make it
    context; ``not_conflict`` words make a sentence one of sport, markets or art.
    """

    governors: Mapping[str, tuple[Governor, ...]]
    governing_nouns: frozenset[str]
    passives: Mapping[str, tuple[Governor, ...]]
    predicates: Mapping[str, str]
    performing: frozenset[str]
    modifiers: Mapping[str, str]
    background: frozenset[str]
    phrases: tuple[str, ...]
    not_conflict: frozenset[str]
    accident: frozenset[str]
    subject_governors: frozenset[str]


@per_layers("lexicon/status.yaml", "lexicon/irregular.csv")
def load_status(layers: Layers) -> StatusLexicon:
    """The lexicon of status. Raises :class:`KnowledgeError` for an unknown part or key."""
    return layered_yaml(layers, "lexicon/status.yaml", partial(_status, layers))


def _status(layers: Layers, data: dict[str, dict[str, Any]], path: Path) -> StatusLexicon:
    if unknown := set(data) - PARTS:
        raise KnowledgeError(
            f"unknown parts {', '.join(sorted(unknown))}.", where=str(path), remedy=f"Use {', '.join(sorted(PARTS))}."
        )
    governors: dict[str, list[Governor]] = {}
    governing_nouns: set[str] = set()
    passives: dict[str, list[Governor]] = {}
    predicates: dict[str, str] = {}
    modifiers: dict[str, str] = {}
    for part in GOVERNING:
        lists = data.get(part, {})
        if unknown := set(lists) - KEYS:
            raise KnowledgeError(
                f"unknown keys {', '.join(sorted(unknown))} in {part}.", where=str(path), remedy=f"Use {', '.join(sorted(KEYS))}."
            )
        effect = EFFECTS.get(part, part)
        for term in lists.get("verbs", ()):
            verb, _, second = term.partition(" ")
            chosen = "denied" if term in DENYING else effect
            if verb != "be":
                _put(governors, inflect(verb, layers).all(), second or None, "failed" if term == "fail" else chosen)
        for term in lists.get("passives", ()):
            verb, _, second = term.partition(" ")
            _put(passives, inflect(verb, layers).participle, second or None, effect)
        for word in lists.get("predicates", ()):
            predicates.setdefault(word, effect)
        for noun in lists.get("nouns", ()):
            _put(governors, (noun, plural(noun)), None, effect)
            governing_nouns.update((noun, plural(noun)))
        for word in (*lists.get("adjectives", ()), *lists.get("adverbs", ())):
            modifiers.setdefault(word, effect)
    background = data.get("background", {})
    not_conflict = data.get("not_conflict", {})
    performing = data.get("performing", {}).get("verbs", ())
    return StatusLexicon(
        governors={form: tuple(found) for form, found in governors.items()},
        governing_nouns=frozenset(governing_nouns),
        passives={form: tuple(found) for form, found in passives.items()},
        predicates=predicates,
        performing=frozenset(form for verb in performing for form in inflect(verb, layers).all()),
        modifiers=modifiers,
        background=frozenset(background.get("nouns", ())),
        phrases=tuple(background.get("phrases", ())),
        not_conflict=frozenset(word for key in ("nouns", "adjectives") for word in not_conflict.get(key, ())),
        accident=frozenset(data.get("accident", {}).get("nouns", ())),
        subject_governors=frozenset(
            form for verb in ("continue", "rage", "persist", "go", "fail", "stop") for form in inflect(verb, layers).all()
        ),
    )


def _put(governors: dict[str, list[Governor]], forms: tuple[str, ...], second: str | None, effect: str) -> None:
    for form in forms:
        known = governors.setdefault(form, [])
        if all(governor.second != second for governor in known):
            known.append(Governor(second, effect))
