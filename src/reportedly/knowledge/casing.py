"""How words are written, in small letters or capitals, for restoring the case of upper-case texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unidecode import unidecode

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, layered_rows, layered_yaml, per_layers

WORDS = "lexicon/casing_words.csv"
RULES = "lexicon/casing.yaml"
MOST = 9
ODDS = "Write a whole number from -9 (nearly always with a capital) to 9 (nearly always small)."


@dataclass(frozen=True)
class CasingLexicon:
    """How words are written. All words are in lower case.

    ``odds`` tells of an ordinary word how many half e-folds commoner it is in small letters (above 0) or with a capital
    (below 0), from -9 to 9; a word that is not listed is most likely a name. ``forms`` holds words of another form
    ("NATO", "NGOs"). ``lists`` are the word lists of ``casing.yaml`` by name; ``phrases`` stand as they are written.
    """

    odds: Mapping[str, int]
    forms: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    given_names: frozenset[str]
    phrases: tuple[str, ...]


@per_layers("lexicon/casing_words.csv", "lexicon/casing.yaml")
def load_casing(layers: Layers) -> CasingLexicon:
    """The casing lexicon. Raises :class:`KnowledgeError` that names file and line for a faulty row."""
    odds: dict[str, int] = {}
    forms: dict[str, str] = {}
    for where, row in layered_rows(layers, WORDS, ("form", "odds")):
        form = row["form"]
        word = form.lower()
        if not form:
            raise KnowledgeError("a row has no form.", where=where, remedy="Write the word as it is usually written.")
        if word in odds or word in forms:
            raise KnowledgeError(f"{form!r} is listed twice.", where=where, remedy="Remove one of the rows.")
        value = _number(row["odds"], where)
        if form == word:
            odds[word] = value
        else:
            forms[word] = form
    return CasingLexicon(odds, forms, *layered_yaml(layers, RULES, _rules))


def _number(cell: str, where: str) -> int:
    try:
        value = int(cell)
    except ValueError as error:
        raise KnowledgeError(f"odds is {cell!r}, not a number.", where=where, remedy=ODDS) from error
    if not -MOST <= value <= MOST:
        raise KnowledgeError(f"odds is {value}, beyond {MOST}.", where=where, remedy=ODDS)
    return value


LISTS = frozenset(
    [
        "joining",
        "particles",
        "opening",
        "closed",
        "calendar",
        "titles",
        "roles",
        "short_titles",
        "bodies",
        "qualities",
        "bodies_of",
        "features",
        "determiners",
        "articles",
        "locating",
        "units",
        "suffixes",
        "strong_qualities",
        "abbreviations",
        "place_openings",
    ]
)
"""The word lists of ``casing.yaml``."""


def _rules(data: Any, path: Path) -> tuple[dict[str, frozenset[str]], frozenset[str], tuple[str, ...]]:
    expected = {*LISTS, "given_names", "phrases"}
    if not isinstance(data, dict) or set(data) != expected:
        odd = sorted(set(data) ^ expected) if isinstance(data, dict) else sorted(expected)
        raise KnowledgeError(f"missing or unknown: {', '.join(odd)}.", where=f"{path}:1", remedy="Correct the keys.")
    lists = {name: frozenset(_distinct(data[name], f"{path}:1")) for name in sorted(LISTS)}
    names = [name for group in data["given_names"].values() for name in group]
    given = frozenset(unidecode(name).lower() for name in _distinct(names, f"{path}:1"))
    return lists, given, tuple(_distinct(data["phrases"], f"{path}:1"))


def _distinct(words: list[str], where: str) -> list[str]:
    twice = sorted({word for word in words if words.count(word) > 1}) if len(set(words)) < len(words) else []
    if twice:
        raise KnowledgeError(f"listed twice: {', '.join(map(repr, twice))}.", where=where, remedy="Remove one.")
    return words
