"""How words are written, in small letters or capitals, for restoring the case of upper-case texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unidecode import unidecode

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import ROOT, read_csv, read_yaml

WORDS = ROOT / "lexicon" / "casing_words.csv"
RULES = ROOT / "lexicon" / "casing.yaml"
MOST = 9


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


@cache
def load_casing() -> CasingLexicon:
    """The casing lexicon of the package. Raises :class:`KnowledgeError` that names file and line for a faulty row."""
    odds: dict[str, int] = {}
    forms: dict[str, str] = {}
    for line, row in read_csv(WORDS, ("form", "odds")):
        form, where = row["form"], f"{WORDS}:{line}"
        word = form.lower()
        if word in odds or word in forms:
            raise KnowledgeError(f"{form!r} is listed twice.", where=where, remedy="Make the file anew with casing_words.py.")
        value = _number(row["odds"], where)
        if form == word:
            odds[word] = value
        else:
            forms[word] = form
    return CasingLexicon(odds, forms, *_rules(RULES))


def _number(cell: str, where: str) -> int:
    try:
        value = int(cell)
    except ValueError as error:
        raise KnowledgeError(f"odds is {cell!r}, not a number.", where=where, remedy="Make the file anew.") from error
    if not -MOST <= value <= MOST:
        raise KnowledgeError(f"odds is {value}, beyond {MOST}.", where=where, remedy="Make the file anew.")
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


def _rules(path: Path) -> tuple[dict[str, frozenset[str]], frozenset[str], tuple[str, ...]]:
    data: Any = read_yaml(path)
    expected = {*LISTS, "given_names", "phrases"}
    if not isinstance(data, dict) or set(data) != expected:
        odd = sorted(set(data) ^ expected) if isinstance(data, dict) else sorted(expected)
        raise KnowledgeError(f"missing or unknown: {', '.join(odd)}.", where=f"{path}:1", remedy="Correct the keys.")
    lists = {name: frozenset(_distinct(data[name], f"{path}:{name}")) for name in sorted(LISTS)}
    names = [name for group in data["given_names"].values() for name in group]
    given = frozenset(unidecode(name).lower() for name in _distinct(names, f"{path}:given_names"))
    return lists, given, tuple(_distinct(data["phrases"], f"{path}:phrases"))


def _distinct(words: list[str], where: str) -> list[str]:
    twice = sorted({word for word in words if words.count(word) > 1}) if len(set(words)) < len(words) else []
    if twice:
        raise KnowledgeError(f"listed twice: {', '.join(twice)}.", where=where, remedy="Remove one.")
    return words
