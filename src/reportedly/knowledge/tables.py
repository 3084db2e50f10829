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

    Raises :class:`KnowledgeError` for a missing file, an unknown or missing column, a row of another length, or other bytes
    than UTF-8.
    """
    reader = None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
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
    except (UnicodeDecodeError, csv.Error) as error:
        where = f"{path}:{reader.line_num + 1 if reader else 1}"
        raise KnowledgeError(f"not a CSV file in UTF-8: {error}.", where=where, remedy="Save it as CSV, UTF-8.") from error


def header_of(path: Path) -> list[str]:
    """The names of a CSV file's columns. Raises :class:`KnowledgeError` if there is no such file, or it is no UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except FileNotFoundError as error:
        raise KnowledgeError("no such file.", where=str(path), remedy="Reinstall the package, or correct the path.") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"not in UTF-8: {error}.", where=f"{path}:1", remedy="Save it as CSV, UTF-8.") from error


def cells(value: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values."""
    return tuple(part for part in (piece.strip() for piece in value.split(LIST_SEPARATOR)) if part)


def read_yaml(path: Path) -> Any:
    """A YAML file with every scalar as a string, so that ``no``, ``1:30`` and ``010`` stay what they are.

    Raises :class:`KnowledgeError` that names file and line if it is missing or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except FileNotFoundError as error:
        raise KnowledgeError("no such file.", where=str(path), remedy="Reinstall the package, or correct the path.") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"not in UTF-8: {error}.", where=f"{path}:1", remedy="Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(f"not valid YAML: {error.problem}.", where=f"{path}:{line}", remedy="Correct the file.") from error
