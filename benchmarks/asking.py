"""What questions on relations over time cost: ``python -m benchmarks.asking [INCIDENTS ...]``, on generated casebooks.

Each question is a command in a process of its own. Processor time holds the start of the program; what a question reads beyond
that should grow with what is asked, and memory should stay flat, however much the casebook holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.desk_casebook import TELLINGS, fill

SIZES: Final = (10_000, 100_000)
"""Incidents; each is told by three reports."""
QUESTIONS: Final = (
    ("doctor",),
    ("threats",),
    ("threats", "--since", "2024-12-01"),
    ("threats", "--since", "2024-06-01", "--limit", "1000"),
    ("changes", "--since", "2024-12-20"),
    ("changes", "--since", "2024-11-01"),
    ("relations", "--at", "2024-12-01"),
    ("relations", "--at", "2024-12-01", "--limit", "1000"),
)
"""The first reads no casebook: it shows what starting the program costs."""
MEGABYTE: Final = 1024


def asked(address: str) -> Iterator[tuple[str, float, float]]:
    """Each question with its processor seconds and its peak memory in MB."""
    for question in QUESTIONS:
        book = () if question == ("doctor",) else ("--casebook", address)
        process = subprocess.Popen(
            [sys.executable, "-m", "reportedly", *question, *book], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, used = os.wait4(process.pid, 0)
        yield " ".join(question), used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE


def main(addresses: dict[str, str]) -> None:
    """Ask each casebook (by what it holds), and print the table."""
    table = Table("question", *(f"{name}: {what}" for name in addresses for what in ("processor s", "MB")))
    rows: dict[str, list[str]] = {}
    for name, address in addresses.items():
        for question, seconds, megabytes in asked(address):
            rows.setdefault(question, []).extend((f"{seconds:.1f}", f"{megabytes:.0f}"))
            print(name, question, f"{seconds:.1f} s", f"{megabytes:.0f} MB", file=sys.stderr, flush=True)
    for question, cells in rows.items():
        table.add_row(question, *cells)
    Console(width=140).print(table)


def made(sizes: tuple[int, ...], folder: Path) -> dict[str, str]:
    """Generated casebooks of so many incidents."""
    found = {}
    for size in sizes:
        address = str(folder / f"{size}.sqlite")
        fill(address, size)
        found[f"{size * TELLINGS:,} reports"] = address
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        given = sys.argv[1:]
        if given and not given[0].isdigit():
            main({Path(address).name: address for address in given})
        else:
            main(made(tuple(map(int, given)) or SIZES, Path(place)))
