"""Adjectives and people's names of countries ("Afghan", "Congolese") and the ISO2 codes they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.layers import Layers, layered_rows, per_layers
from reportedly.knowledge.tables import cells


@per_layers("places/demonyms.csv")
def load_demonyms(layers: Layers) -> Mapping[str, str]:
    """Lower-case adjectives to ISO2 codes; an adjective of several countries stands for the first."""
    found: dict[str, str] = {}
    for _, row in layered_rows(layers, "places/demonyms.csv", ("word", "iso2")):
        codes = cells(row["iso2"])
        if codes:
            found.setdefault(row["word"].lower(), codes[0])
    return found


@per_layers("lexicon/metonyms.csv")
def load_metonyms(layers: Layers) -> Mapping[str, str]:
    """Names that stand for a government when they speak or act ("Moscow", "the Kremlin"), to register ids."""
    rows = layered_rows(layers, "lexicon/metonyms.csv", ("metonym", "id"))
    return {row["metonym"]: row["id"] for _, row in rows}
