"""Finds the shared sets and reads their texts, once a run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Reading

ROOT = Path(__file__).resolve().parent.parent
HAPPENED = frozenset({"occurred", "ongoing", "alleged"})
"""Statuses of what took place or is said to have taken place."""
SPEECH = frozenset({"threat", "accusation", "claim_of_responsibility", "denial", "statement"})
"""Families of acts of speech."""

Case = Mapping[str, Any]


class Absent(Exception):
    """A set that is not here; the run goes on without it."""


def shared_folder() -> Path:
    """The folder that holds the sets: ``REPORTEDLY_SHARED``, or ``shared`` beside the repository."""
    named = os.environ.get("REPORTEDLY_SHARED")
    return Path(named) if named else ROOT.parent / "shared"


def read_set(name: str) -> list[Case]:
    """The cases of one JSON Lines file. Raises :class:`Absent` where it is not here."""
    path = shared_folder() / "benchmarks" / f"{name}.jsonl"
    if not path.is_file():
        raise Absent(f"{path.name} is not in the folder {path.parent}")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_texts(reader: Reader, inputs: Iterable[Input]) -> list[Reading]:
    """The readings of a set, in its order, on all cores."""
    return list(reader.read_all(inputs))


def happened(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of acts that took place or are said to have: no speech, nothing planned, denied or negated."""
    return [claim for claim in claims if claim.status in HAPPENED and not claim.negated and claim.family not in SPEECH]


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]
