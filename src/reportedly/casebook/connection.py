"""Opens databases: sets Django up once a process, gives every casebook an alias of its own, applies migrations."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, Error

from reportedly.errors import CasebookError
from reportedly.settings import APPS, django_settings

Args = ParamSpec("Args")
Result = TypeVar("Result")
Progress = Callable[[str], None]

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
SQLITE_WAIT = 60.0
"""Seconds that a writer waits for another writer of the same file."""
MIGRATION_TRIES = 40
FIRST_LOOK = "SELECT id FROM casebook_report LIMIT 1"
"""A snapshot is of the moment of the first look, not of the beginning of the transaction."""
POSTGRES = re.compile(r"postgres(?:ql)?://")

_setup = threading.Lock()


class Database:
    """One open casebook database, reached through a Django alias.

    Calls run in the caller's thread; while an event loop runs there (Jupyter), they run in a thread kept for it, because
    Django refuses database work on the thread of an event loop.
    """

    def __init__(self, alias: str, name: str) -> None:
        self.alias, self.name = alias, name
        self._worker: ThreadPoolExecutor | None = None

    @property
    def vendor(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return connections[self.alias].vendor

    def call(self, function: Callable[Args, Result], *args: Args.args, **named: Args.kwargs) -> Result:
        """The function's result, run where database work is allowed."""
        if not _loop_runs():
            return self._direct(function, *args, **named)
        if self._worker is None:
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self.alias)
        return self._worker.submit(partial(self._direct, function, *args, **named)).result()

    def close(self) -> None:
        """Close this thread's connection and the one kept for event loops; a later call opens them again."""
        if self._worker is not None:
            self._worker.submit(self._close).result()
            self._worker.shutdown()
            self._worker = None
        if not _loop_runs():
            self._close()

    def _direct(self, function: Callable[Args, Result], *args: Args.args, **named: Args.kwargs) -> Result:
        connection = connections[self.alias]
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return function(*args, **named)

    def _close(self) -> None:
        connections[self.alias].close()


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """Within the block all is read as it is at its beginning, and nobody who writes has to wait. Nothing may be written."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(FIRST_LOOK)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute(FIRST_LOOK)
            yield
        finally:
            cursor.execute("ROLLBACK")


def connect(casebook: str | Path, *, create: bool, progress: Progress | None) -> Database:
    """An open, migrated database for a file path or a PostgreSQL address."""
    configure()
    text = str(casebook)
    config, name = _postgres(text) if POSTGRES.match(text) else _sqlite(text, create=create)
    database = Database(_add_alias(config), name)
    try:
        database.call(_migrate, database, create, progress)
    except (Error, ImproperlyConfigured) as error:
        database.close()
        raise CasebookError(
            f"this casebook cannot be opened ({_first_line(error)}).",
            where=name,
            remedy="Check that the path or address is right, that it is a casebook, and that you may write to it.",
        ) from error
    return database


def configure() -> None:
    """Set Django up, unless a web application did so before; then its settings must list the casebook's application."""
    with _setup:
        if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
            settings.configure(**django_settings())
        if not apps.ready:
            django.setup()
    missing = [app for app in APPS if not apps.is_installed(app)]
    if missing:
        raise CasebookError(
            f"this process runs Django for another application, without {', '.join(missing)}.",
            remedy="Add it to INSTALLED_APPS of that application's settings.",
        )


def _sqlite(path: str, *, create: bool) -> tuple[dict[str, Any], str]:
    if "://" in path or path == ":memory:" or not path:
        raise CasebookError(
            "this is neither a file path nor a postgresql:// address.",
            where=path or "(empty)",
            remedy="Name a file, as in cases.sqlite, or postgresql://user@host/name.",
        )
    file = Path(path).expanduser().absolute()
    if file.is_dir():
        raise CasebookError("this is a folder, not a casebook.", where=str(file), remedy="Name a file in it.")
    if not file.exists():
        if not create:
            raise CasebookError("there is no such casebook.", where=str(file), remedy="Make one with: reportedly add FILES.")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CasebookError(f"the folder cannot be made ({error.strerror}).", where=str(file.parent)) from error
    options = {"transaction_mode": "IMMEDIATE", "timeout": SQLITE_WAIT, "init_command": SQLITE_START}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": options}, str(file)


def _postgres(address: str) -> tuple[dict[str, Any], str]:
    shown = re.sub(r"(://[^:/@]*):[^@/]*@", r"\1@", re.sub(r"(password=)[^&]*", r"\1***", address))
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise CasebookError(
            "PostgreSQL needs the package psycopg.", where=shown, remedy="Install it with: pip install 'reportedly[postgres]'."
        ) from error
    try:
        parts = {key: value for key, value in conninfo_to_dict(address).items() if value is not None}
    except ProgrammingError as error:
        raise CasebookError(f"this address cannot be read ({_first_line(error)}).", where=shown) from error
    config: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True}
    for theirs, ours in (("dbname", "NAME"), ("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"), ("port", "PORT")):
        config[ours] = str(parts.pop(theirs, ""))
    if not config["NAME"]:
        raise CasebookError("this address names no database.", where=shown, remedy="Write postgresql://user@host/name.")
    return config | {"OPTIONS": parts}, shown


def _add_alias(config: dict[str, Any]) -> str:
    alias = "casebook_" + hashlib.sha256(repr(sorted(config.items(), key=lambda item: item[0])).encode()).hexdigest()[:12]
    with _setup:
        if alias not in connections.settings:
            # The handler fills in every default of a setting; it wants a default database to be among them.
            filled = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: config | {"CONN_MAX_AGE": None}})
            connections.settings[alias] = filled[alias]
    return alias


def _migrate(database: Database, create: bool, progress: Progress | None) -> None:
    """Apply what is missing. Where another process does the same at the same time, wait for it."""
    for attempt in range(MIGRATION_TRIES):
        try:
            return _migrate_once(database, create, progress)
        except DatabaseError:
            if attempt == MIGRATION_TRIES - 1 or not _half_migrated(database):
                raise
            time.sleep(0.25)
    return None


def _migrate_once(database: Database, create: bool, progress: Progress | None) -> None:
    executor = MigrationExecutor(connections[database.alias])
    loader = executor.loader
    ours = {key for key in loader.applied_migrations if key[0] == "casebook"}
    if not ours and not create:
        raise CasebookError("there is no casebook here.", where=database.name, remedy="Make one with: reportedly add FILES.")
    unknown = sorted(name for app, name in ours if (app, name) not in loader.disk_migrations)
    if unknown:
        raise CasebookError(
            f"this casebook was made by a newer version ({', '.join(unknown)}).",
            where=database.name,
            remedy="Install the newest version of reportedly.",
        )
    targets = [key for key in loader.graph.leaf_nodes() if key[0] == "casebook"]
    for migration, _ in executor.migration_plan(targets):
        if progress is not None:
            progress(f"{migration.app_label} {migration.name}")
    executor.migrate(targets)


def _half_migrated(database: Database) -> bool:
    """Whether the database answers at all, so that an error may come from another process migrating it."""
    connection = connections[database.alias]
    connection.close()
    try:
        connection.introspection.table_names()
    except DatabaseError:
        return False
    return True


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
