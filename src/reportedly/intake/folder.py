"""Folders: every file below, in the order of names; links and hidden files are not followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reportedly.errors import IntakeError
from reportedly.intake.item import Item


def walk(folder: Path) -> Iterator[Path | Item]:
    """The regular files of a folder and of those inside it; skips and unreadable folders as items."""
    faults: list[Item] = []

    def fault(error: OSError) -> None:
        where = str(error.filename or folder)
        faults.append(
            Item(
                where,
                error=IntakeError(f"the folder cannot be read: {error.strerror}.", where=where, remedy="Check its permissions."),
            )
        )

    for root, folders, names in os.walk(folder, onerror=fault):
        yield from faults
        faults.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for link in (path for name in folders if (path := Path(root) / name).is_symlink()):
            yield Item(str(link), skipped="links in folders are not followed")
        for name in sorted(names):
            path = Path(root) / name
            if name.startswith("."):
                continue
            if path.is_symlink():
                yield Item(str(path), skipped="links in folders are not followed")
            elif not path.is_file():
                yield Item(str(path), skipped="it is no regular file")
            else:
                yield path
    yield from faults
