"""Adjectives and people's names of countries ("Afghan", "Congolese") and the ISO2 codes they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reportedly.knowledge.tables import ROOT, cells, read_csv


@cache
def load_demonyms() -> Mapping[str, str]:
    """Lower-case adjectives to ISO2 codes; an adjective of several countries stands for the first."""
    found: dict[str, str] = {}
    for _, row in read_csv(ROOT / "places" / "demonyms.csv", ("word", "iso2")):
        codes = cells(row["iso2"])
        if codes:
            found.setdefault(row["word"].lower(), codes[0])
    return found


@cache
def load_metonyms() -> Mapping[str, str]:
    """Names that stand for a government when they speak or act ("Moscow", "the Kremlin"), to register ids."""
    return {row["metonym"]: row["id"] for _, row in read_csv(ROOT / "lexicon" / "metonyms.csv", ("metonym", "id"))}
