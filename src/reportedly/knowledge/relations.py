"""The lexicon of relations: which nouns, verbs and compound adjectives tell how two actors stand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import ROOT, read_yaml
from reportedly.records import RelationKind


@dataclass(frozen=True)
class RelationLexicon:
    """Relation words by lower-case form; ``nouns`` may be phrases of two words."""

    nouns: Mapping[str, RelationKind]
    verbs: Mapping[str, RelationKind]
    adjectives: Mapping[str, RelationKind]


@cache
def load_relations() -> RelationLexicon:
    """The lexicon of the package. Raises :class:`KnowledgeError` for an unknown part or kind."""
    path = ROOT / "lexicon" / "relations.yaml"
    data = read_yaml(path)
    if set(data) != {"nouns", "verbs", "adjectives"}:
        raise KnowledgeError(f"parts are {', '.join(data)}.", where=str(path), remedy="They must be nouns, verbs, adjectives.")
    tables: dict[str, dict[str, RelationKind]] = {"nouns": {}, "verbs": {}, "adjectives": {}}
    for part, kinds in data.items():
        for kind, words in kinds.items():
            if kind not in get_args(RelationKind):
                raise KnowledgeError(f"unknown relation kind {kind!r}.", where=str(path), remedy="Use a value of records.RelationKind.")
            flat = [word for group in words for word in (group if isinstance(group, list) else [group])]
            for word in flat:
                tables[part].setdefault(word, cast(RelationKind, kind))
    return RelationLexicon(nouns=tables["nouns"], verbs=tables["verbs"], adjectives=tables["adjectives"])
