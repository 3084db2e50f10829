"""The register of changes to knowledge: which state of it belongs to which version, since when, and what changed.

Every reading names its state of knowledge in ``reader`` ("0.1.0+k1a2b3c4d"). The register, ``versions.csv``, tells the
version to install to read as that reading was read. A row is written by ``reportedly knowledge --record "what changed"``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from reportedly.errors import KnowledgeError
from reportedly.knowledge.tables import ROOT, read_csv

VERSIONS: Final = ROOT / "versions.csv"
COLUMNS: Final = ("version", "date", "knowledge", "changed")
DIGEST: Final = re.compile(r"k[0-9a-f]{8}")
READER: Final = re.compile(r"(?P<version>[^+]+)\+(?P<knowledge>k[0-9a-f]{8})(?:\.own(?P<own>[0-9a-f]{8}))?")


@dataclass(frozen=True)
class State:
    """One recorded state of knowledge: in which version of the package, since which day, and what changed with it."""

    version: str
    date: date
    knowledge: str
    changed: str


@dataclass(frozen=True)
class ReaderParts:
    """What a reading's ``reader`` names: the package's version, its state of knowledge, and the digest of own layers, if any."""

    version: str
    knowledge: str
    own: str | None


def read_versions(path: Path = VERSIONS) -> tuple[State, ...]:
    """All recorded states, oldest first. Raises :class:`KnowledgeError`, naming file and line, for a faulty row."""
    states: list[State] = []
    for line, row in read_csv(path, COLUMNS):
        where = f"{path}:{line}"
        if not all(row.values()) or not DIGEST.fullmatch(row["knowledge"]):
            raise KnowledgeError(
                "a row lacks a cell, or its knowledge is no digest.", where=where, remedy="Record it by command."
            )
        try:
            day = date.fromisoformat(row["date"])
        except ValueError as error:
            raise KnowledgeError(f"{row['date']!r} is no ISO date.", where=where, remedy="Write it like 2025-06-01.") from error
        if states and (day < states[-1].date or row["knowledge"] == states[-1].knowledge):
            raise KnowledgeError("the row is older than the one before, or its like.", where=where, remedy="Newest stand last.")
        states.append(State(row["version"], day, row["knowledge"], row["changed"]))
    return tuple(states)


def unrecorded(version: str, knowledge: str, states: Sequence[State]) -> bool:
    """Whether knowledge has changed since it was last recorded for this version; a version without a row is still open."""
    own = [state for state in states if state.version == version]
    return bool(own) and own[-1].knowledge != knowledge


def record(state: State, path: Path = VERSIONS) -> None:
    """Write one more row. Raises :class:`KnowledgeError` if that state is the last recorded one."""
    states = read_versions(path)
    if states and states[-1].knowledge == state.knowledge:
        raise KnowledgeError("this state is recorded already.", where=f"{path}:{len(states) + 1}", remedy="Nothing is to do.")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([state.version, state.date.isoformat(), state.knowledge, state.changed])


def parse_reader(reader: str) -> ReaderParts | None:
    """The parts of a reading's ``reader``, or ``None`` for one that names no state of knowledge.

    >>> parse_reader("0.1.0+k1a2b3c4d.own00112233")
    ReaderParts(version='0.1.0', knowledge='k1a2b3c4d', own='00112233')
    """
    found = READER.fullmatch(reader)
    return ReaderParts(found["version"], found["knowledge"], found["own"]) if found else None
