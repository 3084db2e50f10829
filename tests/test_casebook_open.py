"""Opening casebooks: paths and addresses, migrations, event loops, and what goes wrong."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casebook_factory import clash

import reportedly.casebook
from reportedly.errors import CasebookError

if TYPE_CHECKING:
    from conftest import PostgresServer

    from reportedly.casebook.book import Casebook


def test_import_does_no_work() -> None:
    """Neither the package nor its casebook pulls in Django."""
    code = "import sys, reportedly, reportedly.casebook; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_new_file_is_made_in_new_folder(tmp_path: Path) -> None:
    steps: list[str] = []
    with reportedly.casebook.open(tmp_path / "deep" / "cases.sqlite", progress=steps.append) as book:
        assert book.counts()["reports"] == 0
        assert book.name == str(tmp_path / "deep" / "cases.sqlite")
    assert steps[0] == "casebook 0001_initial"
    again: list[str] = []
    reportedly.casebook.open(tmp_path / "deep" / "cases.sqlite", progress=again.append).close()
    assert again == []


def test_sqlite_is_tuned(tmp_path: Path) -> None:
    with reportedly.casebook.open(tmp_path / "cases.sqlite"):
        pass
    with sqlite3.connect(tmp_path / "cases.sqlite") as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_several_casebooks_at_once(new_casebook: Callable[[], Casebook]) -> None:
    one, other = new_casebook(), new_casebook()
    one.add(clash())
    other.add(clash(day="2025-05-01"))
    other.add(clash(day="2025-05-02"))
    assert (one.counts()["reports"], other.counts()["reports"]) == (1, 2)
    assert one.alias != other.alias


def test_inside_a_running_event_loop(new_address: Callable[[], str]) -> None:
    """As in a notebook: the loop runs on the thread that calls."""

    async def work() -> list[object]:
        with reportedly.casebook.open(new_address()) as book:
            book.add(clash())
            book.merge()
            found: list[object] = [claim.type for claim in book.claims()]
            found += [hit.kind for hit in book.search("soldiers")]
            found += [incident.standing for incident in book.incidents()]
            return found

    assert asyncio.run(work()) == ["battle", "report", "claim", "one_voice"]


def test_begun_outside_and_used_inside_an_event_loop(casebook: Casebook) -> None:
    casebook.add(clash())

    async def count() -> int:
        return len(list(casebook.claims()))

    assert asyncio.run(count()) == 1
    assert len(list(casebook.claims())) == 1


def test_used_from_other_threads(casebook: Casebook) -> None:
    days = [f"2025-05-0{day}" for day in range(1, 7)]

    def work(day: str) -> None:
        casebook.add(clash(day=day))
        casebook.close()

    threads = [threading.Thread(target=work, args=(day,)) for day in days]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert casebook.counts()["reports"] == len(days)


def test_two_processes_open_a_new_casebook(tmp_path: Path) -> None:
    file = tmp_path / "cases.sqlite"
    code = f"import reportedly.casebook as c; c.open({str(file)!r}).close()"
    processes = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    assert [(process.wait(), process.stderr.read() if process.stderr else b"") for process in processes] == [(0, b"")] * 3
    assert reportedly.casebook.open(file).counts()["reports"] == 0


def test_migrations_are_complete() -> None:
    """The committed migrations make the tables that the models describe."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    from reportedly.casebook.connection import configure

    configure()
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert changes.get("casebook", []) == []


def test_search_migration_can_be_taken_back(casebook: Casebook) -> None:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    casebook.add(clash())
    MigrationExecutor(connections[casebook.alias]).migrate([("casebook", "0001_initial")])
    MigrationExecutor(connections[casebook.alias]).migrate([("casebook", "0002_search")])
    assert [hit.kind for hit in casebook.search("soldiers")] == ["report", "claim"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda folder: folder, "folder", id="folder"),
        pytest.param(lambda folder: folder / "missing.sqlite", "no such casebook", id="missing"),
        pytest.param(lambda folder: _garbage(folder), "cannot be opened", id="not a database"),
        pytest.param(lambda folder: _other_database(folder), "no casebook here", id="another program's database"),
        pytest.param(lambda folder: "mysql://somewhere/x", "neither a file path", id="other scheme"),
        pytest.param(lambda folder: "", "neither a file path", id="empty"),
        pytest.param(lambda folder: f"postgresql://reader:hidden@/x?host={folder}", "cannot be opened", id="no server"),
        pytest.param(lambda folder: f"postgresql://reader:hidden@/?host={folder}", "names no database", id="no name"),
        pytest.param(lambda folder: "postgresql://reader:hidden@host/x?colour=red", "cannot be read", id="odd option"),
    ],
)
def test_what_cannot_be_opened(make: Callable[[Path], str | Path], says: str, tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match=says) as raised:
        reportedly.casebook.open(make(tmp_path), create=False)
    assert "hidden" not in str(raised.value)


def test_casebook_of_a_newer_version_is_refused(casebook: Casebook) -> None:
    from django.db import connections

    with connections[casebook.alias].cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('casebook', '9999_future', '2030-01-01')")
    address = casebook.name
    try:
        with pytest.raises(CasebookError, match="newer version"):
            reportedly.casebook.open(address)
    finally:
        with connections[casebook.alias].cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_future'")


def test_new_postgres_database_is_migrated(postgres: PostgresServer) -> None:
    address = postgres.new_database()
    with pytest.raises(CasebookError, match="no casebook here"):
        reportedly.casebook.open(address, create=False)
    with reportedly.casebook.open(address) as book:
        book.add(clash())
        assert book.counts()["claims"] == 1


def _garbage(folder: Path) -> Path:
    (folder / "notes.txt").write_text("These are notes and no database, whatever one calls the file. " * 40)
    return folder / "notes.txt"


def _other_database(folder: Path) -> Path:
    with sqlite3.connect(folder / "other.sqlite") as raw:
        raw.execute("CREATE TABLE songs (title TEXT)")
    return folder / "other.sqlite"
