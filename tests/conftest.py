"""Casebooks for tests, on SQLite and on a PostgreSQL server of our own."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

UNPRIVILEGED = ("postgres", "nobody")
"""Users that a server may run as where the tests run as root, which PostgreSQL refuses."""


class PostgresServer:
    """A throw-away server that listens on a socket in its own folder; durable in nothing, fast in all."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._names = (f"casebook_{number}" for number in itertools.count())
        self._free: list[str] = []
        self._account = next((pwd.getpwnam(name) for name in UNPRIVILEGED if _is_user(name)), None) if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
        if self._account is not None:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)

    def start(self) -> None:
        """Make the cluster and start the server; returns when it answers."""
        self._run("initdb", "--pgdata", "data", "--username", "reportedly", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = "-F -c listen_addresses= -c full_page_writes=off -c synchronous_commit=off -k ."
        options = options.replace("-k .", f"-k {self.folder}")
        self._run("pg_ctl", "--pgdata", "data", "--log", "log", "--wait", "--options", options, "start")
        self._admin("CREATE DATABASE migrated ENCODING 'UTF8'")
        import reportedly.casebook

        reportedly.casebook.open(self.address("migrated")).close()

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._run("pg_ctl", "--pgdata", "data", "--mode", "immediate", "stop")
        shutil.rmtree(self.folder)

    def address(self, name: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://reportedly@/{name}?host={self.folder}"

    def new_casebook(self) -> str:
        """The address of a new, migrated casebook."""
        if self._free:
            return self._free.pop()
        name = next(self._names)
        self._admin(f"CREATE DATABASE {name} TEMPLATE migrated")
        return self.address(name)

    def give_back(self, address: str) -> None:
        """Empty a casebook, so that another test may have it."""
        import psycopg

        with psycopg.connect(address, autocommit=True) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'casebook%'").fetchall()
            connection.execute(f"TRUNCATE {', '.join(name for (name,) in names)} RESTART IDENTITY CASCADE".encode())
        self._free.append(address)

    def new_database(self) -> str:
        """The address of a new database without tables."""
        name = next(self._names)
        self._admin(f"CREATE DATABASE {name}")
        return self.address(name)

    def _admin(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            extra_groups=[] if self._account else None,
            user=self._account.pw_uid if self._account else None,
            group=self._account.pw_gid if self._account else None,
            check=False,
        )
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program} failed: {done.stderr.decode()} {log.read_text() if log.exists() else ''}")


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _server_programs() -> Path | None:
    """The folder that holds PostgreSQL's server programs: on the path, or where Debian and its kin keep them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return next((path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, or a skip with one line that says what is missing."""
    programs = _server_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs (initdb, pg_ctl) are not installed: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    server = PostgresServer(programs)
    try:
        server.start()
    except BaseException:
        shutil.rmtree(server.folder, ignore_errors=True)
        raise
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite casebook to copy."""
    import reportedly.casebook

    file = tmp_path_factory.mktemp("casebook") / "migrated.sqlite"
    reportedly.casebook.open(file).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes empty casebooks on one of the two databases; each call gives the address of a new one."""
    made: list[str] = []
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")

        def make() -> str:
            made.append(server.new_casebook())
            return made[-1]

        yield make
        for address in made:
            server.give_back(address)
    else:
        source: Path = request.getfixturevalue("migrated_file")
        numbers = itertools.count()
        yield lambda: str(shutil.copy(source, tmp_path / f"casebook-{next(numbers)}.sqlite"))


@pytest.fixture
def new_casebook(new_address: Callable[[], str]) -> Iterator[Callable[[], Casebook]]:
    """Opens empty casebooks on one of the two databases and closes them after the test."""
    import reportedly.casebook

    opened: list[Casebook] = []

    def make() -> Casebook:
        opened.append(reportedly.casebook.open(new_address()))
        return opened[-1]

    yield make
    for casebook in opened:
        casebook.close()


@pytest.fixture
def casebook(new_casebook: Callable[[], Casebook]) -> Casebook:
    """An empty casebook, once on SQLite and once on PostgreSQL."""
    return new_casebook()
