"""Checks a user's own knowledge: whether it loads, what it adds and replaces, and whether its examples are read as it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportedly.knowledge.histories import load_ageing, load_event_words
from reportedly.knowledge.layers import LAYERED, Layers, key_of
from reportedly.knowledge.tables import ROOT, header_of, read_csv, read_yaml
from reportedly.knowledge.types import crosswalks, gtd_attacks, ontology, plover_by_status, read_ontology

if TYPE_CHECKING:
    from reportedly.reading.reader import Reader

LINES_OF_WORDS: Final = frozenset({"lexicon/counts.yaml", "lexicon/times.yaml"})
"""Files whose values are lines of words."""


@dataclass(frozen=True)
class Part:
    """One file of a layer: how many entries it holds, and how many of them take the place of entries below.

    ``entries`` is ``None`` for dumps and maps of places, whose entries are counted by the gazetteer alone.
    """

    file: Path
    entries: int | None
    replaced: int


@dataclass(frozen=True)
class Misread:
    """An example of an own type that is not read as its type, or a counter-example that is; ``found`` are the types read."""

    type: str
    text: str
    counter: bool
    found: tuple[str, ...]


def parts(layers: Layers) -> Iterator[Part]:
    """What each file of these layers holds, lowest layer first. Raises :class:`KnowledgeError` for a file that cannot be read."""
    below: dict[str, set[tuple[str, ...]]] = {pattern: _shipped_keys(pattern) for pattern in LAYERED}
    for folder in layers.folders:
        for pattern in LAYERED:
            for path in sorted(folder.glob(pattern)):
                keys, entries = _keys(pattern, path)
                yield Part(path, entries, len(keys & below[pattern]))
                below[pattern] |= keys


def load_all(layers: Layers) -> None:
    """Load everything that these layers change. Raises :class:`KnowledgeError`, naming file and line, for the first fault."""
    from reportedly.intake.clean import load_furniture
    from reportedly.linking.gazetteer_build import abbreviations, demonyms
    from reportedly.reading.assembly import Knowledge

    for load in (
        crosswalks,
        gtd_attacks,
        plover_by_status,
        load_ageing,
        load_event_words,
        load_furniture,
        demonyms,
        abbreviations,
    ):
        load(layers)
    Knowledge.load(layers)


def own_types(layers: Layers) -> list[str]:
    """The ids of the types that these layers add or replace, in the order of the ontology."""
    found = {type_id for folder in layers.folders for type_id in read_ontology(folder / "ontology")}
    return [type_id for type_id in ontology(layers) if type_id in found]


def misread_examples(reader: Reader) -> Iterator[Misread]:
    """The examples and counter-examples of the own types of a reader that it reads otherwise."""
    types = ontology(reader.layers)
    for type_id in own_types(reader.layers):
        for texts, counter in ((types[type_id].examples, False), (types[type_id].counter_examples, True)):
            for text in texts:
                found = tuple(dict.fromkeys(claim.type for claim in reader.read(text).claims))
                if (type_id in found) == counter:
                    yield Misread(type_id, text, counter, found)


def _shipped_keys(pattern: str) -> set[tuple[str, ...]]:
    return {key for path in sorted(ROOT.glob(pattern)) for key in _keys(pattern, path)[0]}


def _keys(pattern: str, path: Path) -> tuple[set[tuple[str, ...]], int | None]:
    """The keys of a file's entries, and how many entries there are."""
    if fnmatchcase(path.name, "*.csv"):
        keys = [key_of(pattern, row) for _, row in read_csv(path, header_of(path))]
        return set(keys), len(keys)
    if pattern == "ontology/*.yaml":
        types = [entry["id"] for entry in read_yaml(path)["types"]]
        return {(type_id.lower(),) for type_id in types}, len(types)
    return set(), _leaves(read_yaml(path), pattern in LINES_OF_WORDS) if path.suffix == ".yaml" else None


def _leaves(value: Any, are_words: bool) -> int:
    """How many single values a YAML file holds, or how many words."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return sum(_leaves(one, are_words) for one in value)
    return len(str(value).split()) if are_words else 1
