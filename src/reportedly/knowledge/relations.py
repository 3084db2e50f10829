"""The lexicon of relations: which words tell how two actors stand to each other, and in which grammar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import inflect
from reportedly.knowledge.layers import SHIPPED, Layers, layered_yaml, per_layers
from reportedly.records import RelationKind, RelationStatus

BY_KIND = ("nouns", "verbs", "ties", "compounds", "prefixes", "qualities")
LISTS: Mapping[str, frozenset[str]] = {
    "jointly": frozenset({"prepositions", "adjectives", "nouns"}),
    "designating": frozenset({"verbs", "as", "alone"}),
    "rebellion": frozenset({"words"}),
    "civil": frozenset({"words"}),
    "units": frozenset({"smaller_to_larger"}),
}
PREPOSITIONS = frozenset(
    {
        "with", "to", "from", "against", "on", "into", "alongside", "beside", "for", "under", "by", "of", "behind", "toward",
        "towards", "upon", "at", "within",
    }
)  # fmt: skip
INCLUDING = frozenset({"include", "includes", "included", "including", "comprise", "comprises", "comprising"})
"""Words that tell the members of a whole."""
STATUSES: Mapping[str, RelationStatus] = {"alleged": "alleged", "ended": "ended", "denied": "denied"}
MARKS = frozenset({"reversed", "intended", *STATUSES})


@dataclass(frozen=True)
class Frame:
    """The grammar of one relation word.

    ``objects`` are the nouns that a verb needs as its object, none if the other side is the object or stands behind one of
    ``preps``. ``reversed`` where the grammatical subject is the second actor of the relation; ``status`` is what the
    word itself makes of it, ``intended`` where the verb tells of a standing aim only in forms such as "to defeat", "defeating".
    """

    kind: RelationKind
    objects: frozenset[str] = frozenset()
    preps: tuple[str, ...] = ()
    reversed: bool = False
    status: RelationStatus = "current"
    intended: bool = False


@dataclass(frozen=True)
class RelationLexicon:
    """Relation words by lower-case form; ``nouns`` and ``ties`` may be phrases of two words. ``relations.yaml`` tells the parts.

    ``cues`` holds every word at which a relation may be told, to pass over all others quickly.
    """

    cues: frozenset[str]
    nouns: Mapping[str, RelationKind]
    verbs: Mapping[str, tuple[Frame, ...]]
    ties: Mapping[str, Frame]
    compounds: Mapping[str, RelationKind]
    prefixes: Mapping[str, RelationKind]
    qualities: Mapping[str, Frame]
    jointly: tuple[tuple[str, ...], ...]
    joint_adjectives: frozenset[str]
    joint_acts: frozenset[str]
    designating: frozenset[str]
    designated_as: frozenset[str]
    outlawing: frozenset[str]
    rebellion: frozenset[str]
    civil: frozenset[str]
    units: Mapping[str, int]
    """Words for units of an armed force, each with its rank in size."""


@per_layers("lexicon/relations.yaml", "lexicon/irregular.csv")
def load_relations(layers: Layers) -> RelationLexicon:
    """The lexicon of relations. Raises :class:`KnowledgeError` for an unknown part or kind, or a word given twice."""
    return layered_yaml(layers, "lexicon/relations.yaml", partial(parse_relations, layers=layers))


def parse_relations(data: Mapping[str, Any], path: Path, layers: Layers = SHIPPED) -> RelationLexicon:
    """The lexicon that a file's content tells. Raises :class:`KnowledgeError` for what it must not hold."""
    if wrong := set(data) ^ {*BY_KIND, *LISTS}:
        raise KnowledgeError(
            f"unknown or missing parts {', '.join(sorted(wrong))}.", where=str(path), remedy="See the head of the file."
        )
    for part, keys in LISTS.items():
        if wrong := set(data[part]) ^ keys:
            raise KnowledgeError(f"unknown or missing lists {', '.join(sorted(wrong))} in {part}.", where=str(path))
    frames = {part: list(_frames(data[part], part, path)) for part in BY_KIND}
    verbs: dict[str, list[Frame]] = {}
    for word, frame in frames["verbs"]:
        for form in inflect(word, layers).all():
            verbs.setdefault(form, []).append(frame)
    jointly = tuple(tuple(phrase.split()) for phrase in data["jointly"]["prepositions"])
    lists = (
        {word.split()[-1] for part in BY_KIND if part != "verbs" for word, _ in frames[part]},
        {phrase[0] for phrase in jointly},
        {*data["jointly"]["adjectives"], *INCLUDING, "against"},
        set(data["units"]["smaller_to_larger"]),
        _forms(data["designating"]["verbs"], layers) | _forms(data["designating"]["alone"], layers),
    )
    return RelationLexicon(
        cues=frozenset(verbs).union(*lists),
        nouns={word: frame.kind for word, frame in frames["nouns"]},
        verbs={form: tuple(found) for form, found in verbs.items()},
        ties=dict(frames["ties"]),
        compounds={word: frame.kind for word, frame in frames["compounds"]},
        prefixes={word: frame.kind for word, frame in frames["prefixes"]},
        qualities=dict(frames["qualities"]),
        jointly=jointly,
        joint_adjectives=frozenset(data["jointly"]["adjectives"]),
        joint_acts=frozenset(data["jointly"]["nouns"]),
        designating=_forms(data["designating"]["verbs"], layers),
        designated_as=frozenset(data["designating"]["as"]),
        outlawing=_forms(data["designating"]["alone"], layers),
        rebellion=frozenset(data["rebellion"]["words"]),
        civil=frozenset(data["civil"]["words"]),
        units={word: rank for rank, word in enumerate(data["units"]["smaller_to_larger"], 1)},
    )


def _forms(verbs: list[str], layers: Layers) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in inflect(verb, layers).all())


def _frames(kinds: Mapping[str, list[str]], part: str, path: Path) -> Iterator[tuple[str, Frame]]:
    seen: set[tuple[str, Frame] | str] = set()
    for kind, entries in kinds.items():
        if kind not in get_args(RelationKind):
            raise KnowledgeError(
                f"unknown relation kind {kind!r} in {part}.", where=str(path), remedy="Use a value of records.RelationKind."
            )
        for entry in entries:
            word, frame = _frame(cast(RelationKind, kind), entry, part, path)
            key = (word, frame) if part == "verbs" else word
            if key in seen:
                raise KnowledgeError(f"{entry!r} stands twice in {part}.", where=str(path), remedy="Delete one.")
            seen.add(key)
            yield word, frame


def _frame(kind: RelationKind, entry: str, part: str, path: Path) -> tuple[str, Frame]:
    """One entry of the file: a word, the objects it needs, its prepositions, its marks."""
    if part in ("nouns", "compounds", "prefixes"):
        return entry, Frame(kind)
    words = entry.split()
    marks = {word for word in words if word in MARKS}
    status: RelationStatus = next((STATUSES[mark] for mark in sorted(marks) if mark in STATUSES), "current")
    words = [word for word in words if word not in MARKS]
    preps: tuple[str, ...] = ()
    if len(words) > 1 and set(parts := words[-1].split("/")) <= PREPOSITIONS:
        preps, words = tuple(parts), words[:-1]
    objects: frozenset[str] = frozenset()
    if part == "verbs" and len(words) == 2:
        objects, words = frozenset(words[1].split("|")), words[:1]
    if (part == "verbs" and len(words) != 1) or (part in ("ties", "qualities") and not preps) or (objects and not preps):
        raise KnowledgeError(f"cannot read {entry!r} in {part}.", where=str(path), remedy="See the head of the file.")
    return " ".join(words), Frame(kind, objects, preps, "reversed" in marks, status, "intended" in marks)
