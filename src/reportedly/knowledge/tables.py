"""Strict readers for the package's data files: every fault is an error that names file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from reportedly.errors import KnowledgeError

ROOT = Path(__file__).parent
LIST_SEPARATOR = "|"


def read_csv(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers; the header must hold exactly ``columns``, in any order.

    Raises :class:`KnowledgeError` for a missing file, an unknown or missing column, or a row of another length.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if sorted(header) != sorted(columns):
                raise KnowledgeError(
                    f"columns are {', '.join(header)}; expected {', '.join(columns)}.",
                    where=f"{path}:1",
                    remedy="Correct the header.",
                )
            for row in reader:
                if not row:
                    continue
                if len(row) != len(header):
                    raise KnowledgeError(
                        f"{len(row)} cells where the header has {len(header)}.",
                        where=f"{path}:{reader.line_num}",
                        remedy="Quote cells that hold commas.",
                    )
                yield reader.line_num, {name: cell.strip() for name, cell in zip(header, row, strict=True)}
    except FileNotFoundError as error:
        raise KnowledgeError("no such file.", where=str(path), remedy="Reinstall the package, or correct the path.") from error


def cells(value: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values."""
    return tuple(part for part in (piece.strip() for piece in value.split(LIST_SEPARATOR)) if part)


def read_yaml(path: Path) -> Any:
    """A YAML file with every scalar as a string, so that ``no``, ``1:30`` and ``010`` stay what they are.

    Raises :class:`KnowledgeError` that names file and line if it is missing or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except FileNotFoundError as error:
        raise KnowledgeError("no such file.", where=str(path), remedy="Reinstall the package, or correct the path.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(f"not valid YAML: {error.problem}.", where=f"{path}:{line}", remedy="Correct the file.") from error
