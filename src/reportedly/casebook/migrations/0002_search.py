"""Full-text indexes. On SQLite, FTS5 tables over the content of reports and claims, kept by triggers; on PostgreSQL, GIN indexes.

A later migration that makes SQLite rebuild one of the two tables must make its triggers again.
"""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = {"report": ("title", "text"), "claim": ("evidence",)}
VECTORS = {
    "report": "to_tsvector('english', left(coalesce(title, '') || ' ' || text, 200000))",
    "claim": "to_tsvector('english', left(evidence, 200000))",
}


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the indexes and fill them with what is there."""
    for kind in COLUMNS:
        for statement in _postgres(kind) if editor.connection.vendor == "postgresql" else _sqlite(kind):
            editor.execute(statement)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the indexes away."""
    for kind in COLUMNS:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX IF EXISTS casebook_{kind}_search")
            continue
        for event in ("insert", "delete", "update"):
            editor.execute(f"DROP TRIGGER IF EXISTS casebook_{kind}_search_{event}")
        editor.execute(f"DROP TABLE IF EXISTS casebook_{kind}_search")


def _postgres(kind: str) -> list[str]:
    return [f"CREATE INDEX casebook_{kind}_search ON casebook_{kind} USING gin (({VECTORS[kind]}))"]


def _sqlite(kind: str) -> list[str]:
    table, search, names = f"casebook_{kind}", f"casebook_{kind}_search", ", ".join(COLUMNS[kind])
    new, old = (", ".join(f"{row}.{name}" for name in COLUMNS[kind]) for row in ("new", "old"))
    put = f"INSERT INTO {search}(rowid, {names}) VALUES (new.id, {new});"
    take = f"INSERT INTO {search}({search}, rowid, {names}) VALUES ('delete', old.id, {old});"
    return [
        f"CREATE VIRTUAL TABLE {search} USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {search}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {search}_delete AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {search}_update AFTER UPDATE OF {names} ON {table} BEGIN {take} {put} END",
        f"INSERT INTO {search}({search}) VALUES ('rebuild')",
    ]


class Migration(migrations.Migration):
    """Full-text search."""

    dependencies: ClassVar = [("casebook", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(make, drop)]
