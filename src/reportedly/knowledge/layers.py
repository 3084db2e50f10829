"""Layers of knowledge: a user's own folders over the shipped one.

A layer is a folder that looks like ``reportedly/knowledge`` and holds only what is to be added or changed, in files of the
same names and columns. What it says of a key (a term, an id, a type) takes the place of what the layers below say of it; all
else is added. :data:`LAYERED` lists what may be layered and the key of each file.

Layers are named with ``Reader(knowledge=...)`` or, for the whole process, with the setting ``REPORTEDLY_KNOWLEDGE``. A loader
made with :func:`per_layers` keeps one result for each distinct content, so readers with other layers never mix.
"""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import ROOT, read_csv, read_yaml

Loaded = TypeVar("Loaded", covariant=True)
Row = TypeVar("Row")
SETTING: Final = "REPORTEDLY_KNOWLEDGE"
"""Folders of own knowledge, parted like the folders of ``PATH``; the later lie over the earlier."""
DIGITS: Final = 8
"""Length of a digest in a version."""
PLACE: Final = ("name", "kind", "iso2")
LAYERED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "actors/*.csv": ("id",),
        "ontology/*.yaml": ("id",),
        "crosswalks/acled.csv": ("type",),
        "crosswalks/cameo.csv": ("type",),
        "crosswalks/gtd.csv": ("type",),
        "crosswalks/plover.csv": ("type",),
        "crosswalks/plover_by_status.csv": ("event", "status"),
        "crosswalks/ucdp.csv": ("type",),
        "lexicon/acts.csv": ("term", "pos"),
        "lexicon/casing_words.csv": ("form",),
        "lexicon/classes.csv": ("word",),
        "lexicon/cues.csv": ("base", "pos"),
        "lexicon/instruments.csv": ("term",),
        "lexicon/irregular.csv": ("base",),
        "lexicon/metonyms.csv": ("metonym",),
        "lexicon/casing.yaml": (),
        "lexicon/counts.yaml": (),
        "lexicon/cue_words.yaml": (),
        "lexicon/furniture.yaml": (),
        "lexicon/relation_ageing.yaml": (),
        "lexicon/relation_events.yaml": (),
        "lexicon/relations.yaml": (),
        "lexicon/status.yaml": (),
        "lexicon/times.yaml": (),
        "places/abbreviations.csv": ("form",),
        "places/camps.csv": PLACE,
        "places/demonyms.csv": ("word",),
        "places/regions.csv": PLACE,
        "places/towns.csv": PLACE,
        "places/units.csv": PLACE,
        "places/variants.csv": PLACE,
        "places/waters.csv": PLACE,
        "places/*.txt": (),
        "places/*.geojson": (),
        "places/*.shp": (),
    }
)
"""The files that a layer may hold, and the cells by which their entries take the place of those below.

None are named where entries are only added: lists in YAML, GeoNames dumps (``.txt``), and geoBoundaries or COD maps of units.
"""
COMPANIONS: Final = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx"})
"""Endings of the files that belong to a shapefile."""
PASSED_OVER: Final = ("README*", "LICENSE*", "LICENCE*", "NOTICE*", "*.md", ".*")
"""What may lie in a layer beside its knowledge, and is not read."""


@dataclass(frozen=True)
class Layers:
    """Own folders of knowledge, each over the one before, all over the shipped knowledge.

    ``digest`` is of all they hold, ``None`` where there are none; two with other content are never equal.
    """

    folders: tuple[Path, ...] = ()
    digest: str | None = None

    def files(self, pattern: str) -> Iterator[Path]:
        """The files of the own folders that match a pattern such as ``actors/*.csv``, lowest layer first."""
        for folder in self.folders:
            yield from sorted(path for path in folder.glob(pattern) if path.is_file())


SHIPPED: Final = Layers()
"""The shipped knowledge alone."""


def open_layers(folders: Iterable[str | Path]) -> Layers:
    """Layers of these folders, in their order, with their content digested.

    Raises :class:`KnowledgeError` for a folder that does not exist or holds a file that means nothing here.
    """
    found = tuple(Path(folder).expanduser().resolve() for folder in folders)
    if not found:
        return SHIPPED
    digest = hashlib.sha256()
    for folder in found:
        if not folder.is_dir():
            raise KnowledgeError("no such folder.", where=str(folder), remedy=f"Correct the path, or {SETTING}.")
        digest.update(b"\0layer")
        for path in _held(folder):
            digest.update(_signed(path.relative_to(folder).as_posix(), path))
    return Layers(found, digest.hexdigest()[:DIGITS])


def chosen() -> Layers:
    """The layers that the setting ``REPORTEDLY_KNOWLEDGE`` names; their content is that of the first use in this process."""
    return _chosen(os.environ.get(SETTING, ""))


@cache
def _chosen(value: str) -> Layers:
    return open_layers(part for part in value.split(os.pathsep) if part.strip())


@cache
def shipped_digest() -> str:
    """A digest of all knowledge of the package."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/*")):
        if path.suffix in (".csv", ".yaml"):
            digest.update(_signed(path.relative_to(ROOT).as_posix(), path))
    return digest.hexdigest()[:DIGITS]


def knowledge_version(layers: Layers) -> str:
    """What tells one state of knowledge from all others: ``k`` and the shipped digest, ``own`` and that of the layers.

    >>> knowledge_version(Layers((), "12345678")).endswith(".own12345678")
    True
    """
    own = f".own{layers.digest}" if layers.digest else ""
    return f"k{shipped_digest()}{own}"


class Loader(Protocol[Loaded]):
    """Gives knowledge of some layers; ``None`` stands for those of the setting."""

    def __call__(self, layers: Layers | None = None) -> Loaded: ...


def per_layers(*files: str) -> Callable[[Callable[[Layers], Loaded]], Loader[Loaded]]:
    """Keeps each result of a loader by layers; ``None`` stands for the layers of the setting.

    ``files`` are the patterns of all that the loader reads; layers that hold none of them share the shipped result.
    """

    def keeping(load: Callable[[Layers], Loaded]) -> Loader[Loaded]:
        kept = cache(load)

        @cache
        def concerned(layers: Layers) -> Layers:
            return layers if any(path for name in files for path in layers.files(name)) else SHIPPED

        @wraps(load)
        def loaded(layers: Layers | None = None) -> Loaded:
            return kept(concerned(chosen() if layers is None else layers))

        return loaded

    return keeping


def layered_rows(layers: Layers, name: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table over all layers, each with file and line; a row gives way to those of its key in a higher layer."""
    return upmost(
        ((key_of(name, row), (f"{path}:{line}", row)) for line, row in read_csv(path, columns))
        for path in (ROOT / name, *layers.files(name))
    )


def key_of(pattern: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """The key of a row of one of the files of :data:`LAYERED`; case does not matter."""
    return tuple(row[column].lower() for column in LAYERED[pattern])


def upmost(tables: Iterable[Iterable[tuple[Hashable, Row]]]) -> Iterator[Row]:
    """The rows of tables that lie over each other (lowest first), without those whose key a higher table holds.

    Rows of the highest table come first, so that they win where two entries share a form.

    >>> list(upmost([[("a", 1), ("b", 2)], [("a", 3)]]))
    [3, 2]
    """
    read = [list(table) for table in tables]
    highest = {key: level for level, table in enumerate(read) for key, _ in table}
    for level, table in reversed(list(enumerate(read))):
        yield from (row for key, row in table if highest[key] == level)


def layered_yaml(
    layers: Layers, name: str, parse: Callable[[Any, Path], Loaded], *, words: Container[str] = frozenset()
) -> Loaded:
    """What ``parse`` makes of a YAML file with the own ones laid over it.

    Mappings are joined by their keys, entries of lists are added, and a single value takes the place of the one below. In the
    parts named by ``words`` a value is a line of words, and those of an own line are added.
    Raises :class:`KnowledgeError` naming the file, and the line where it can be told, for what cannot be laid over or parsed.
    """
    data = read_yaml(ROOT / name)
    result = parse(data, ROOT / name)
    for path in layers.files(name):
        data = _laid(data, read_yaml(path), path, words)
        try:
            result = parse(data, path)
        except KnowledgeError as error:
            raise KnowledgeError(error.what, where=_line_of(path, error.what), remedy=error.remedy) from error
    return result


def _laid(below: Any, over: Any, path: Path, words: Container[str], *, are_words: bool = False) -> Any:
    """One value of a YAML file over another."""
    if isinstance(below, dict) and isinstance(over, dict):
        laid = dict(below)
        for key, value in over.items():
            known = key in below
            laid[key] = _laid(below[key], value, path, words, are_words=are_words or key in words) if known else value
        return laid
    if isinstance(below, list) and isinstance(over, list):
        return [*below, *(entry for entry in over if entry not in below)]
    if isinstance(below, str) and isinstance(over, str):
        known_words = below.split()
        return " ".join([*known_words, *(word for word in over.split() if word not in known_words)]) if are_words else over
    due = "keys with values" if isinstance(below, dict) else "a list" if isinstance(below, list) else "a single value"
    raise KnowledgeError(
        f"{str(over)[:40]!r} stands where {due} belongs.",
        where=_line_of(path, f"{str(over)!r}"),
        remedy="Build the file like the shipped one.",
    )


def _line_of(path: Path, message: str) -> str:
    """File and line of the first word that a message quotes or names, else the file's first line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for word in (word.strip("'\",.:;{}[]") for word in sorted(message.split(), key=lambda word: "'" not in word)):
        for number, line in enumerate(lines, 1):
            if len(word) > 2 and word in line.partition("#")[0]:
                return f"{path}:{number}"
    return f"{path}:1"


def _held(folder: Path) -> list[Path]:
    """The files of a layer in the order of their names, each of them one that means something here."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or any(fnmatchcase(part, pattern) for part in Path(name).parts for pattern in PASSED_OVER):
            continue
        beside = path.suffix in COMPANIONS and path.with_suffix(".shp").exists()
        if beside or (name.count("/") == 1 and any(fnmatchcase(name, pattern) for pattern in LAYERED)):
            found.append(path)
        else:
            near = difflib.get_close_matches(name, LAYERED, 1, 0.6)
            meant = f"Did you mean {near[0]}? " if near else ""
            raise KnowledgeError(
                "no part of knowledge has this name.", where=str(path), remedy=f"{meant}It may hold: {', '.join(LAYERED)}."
            )
    return found


def _signed(name: str, path: Path) -> bytes:
    """A file's name and a digest of its content, whatever its line ends."""
    if path.suffix in (".csv", ".yaml"):
        digest = hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n"))
    else:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
    return f"\0{name}\0{digest.hexdigest()}".encode()
