"""Words for kinds of people ("gunmen", "villagers"): classes that name no organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, layered_rows, per_layers
from reportedly.records import CountGroup

COLUMNS = ("word", "plural", "kind", "group", "armed", "sector", "unidentified")


@dataclass(frozen=True)
class ClassWord:
    """One class noun. ``armed`` decides between battle and violence against civilians; ``None`` where the word is silent."""

    word: str
    plural: str
    group: CountGroup | None
    armed: bool | None
    sector: str
    unidentified: bool


@per_layers("lexicon/classes.csv")
def load_classes(layers: Layers) -> Mapping[str, ClassWord]:
    """All class nouns by each of their forms, lower case; the last word of a phrase stands for the phrase."""
    found: dict[str, ClassWord] = {}
    for where, row in layered_rows(layers, "lexicon/classes.csv", COLUMNS):
        if row["group"] and row["group"] not in get_args(CountGroup):
            raise KnowledgeError(f"unknown group {row['group']!r}.", where=where, remedy="Use a value of records.CountGroup.")
        word = ClassWord(
            word=row["word"],
            plural=row["plural"],
            group=cast(CountGroup, row["group"]) if row["group"] else None,
            armed={"yes": True, "no": False}.get(row["armed"]),
            sector=row["sector"],
            unidentified=row["unidentified"] == "yes",
        )
        for form in {word.word, word.plural}:
            if form:
                found.setdefault(form.lower(), word)
    return found
