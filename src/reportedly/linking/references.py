"""Checks that what own knowledge refers to is there: the types of its triggers and weapons, the offices of its metonyms."""

from __future__ import annotations

from collections.abc import Container

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import ACT_COLUMNS, INSTRUMENT_COLUMNS
from reportedly.knowledge.layers import Layers
from reportedly.knowledge.tables import read_csv
from reportedly.knowledge.types import ontology
from reportedly.linking.register import Register


def check_references(layers: Layers) -> None:
    """Raise :class:`KnowledgeError`, naming file and line, for a type or actor that no layer knows."""
    types = ontology(layers)
    for name, columns in (("lexicon/acts.csv", ACT_COLUMNS), ("lexicon/instruments.csv", INSTRUMENT_COLUMNS)):
        _check(layers, name, columns, "type", types, "event type")
    if any(layers.files("lexicon/metonyms.csv")):
        _check(layers, "lexicon/metonyms.csv", ("metonym", "id"), "id", Register.load(layers=layers), "actor")


def _check(layers: Layers, name: str, columns: tuple[str, ...], cell: str, known: Container[str], what: str) -> None:
    for path in layers.files(name):
        for line, row in read_csv(path, columns):
            if row[cell] not in known:
                raise KnowledgeError(
                    f"no {what} {row[cell]!r}.", where=f"{path}:{line}", remedy="Correct it, or add it to your layer."
                )
