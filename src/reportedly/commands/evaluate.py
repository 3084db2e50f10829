"""``reportedly evaluate``: how well reports are read, measured on gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands.options import JsonOption

if TYPE_CHECKING:
    from reportedly.evaluation.report import Evaluation
    from reportedly.reading.reader import Reader


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of coded reports, a JSON file each.")],
    as_json: JsonOption = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and every false claim with its words.")] = False,
) -> None:
    """Score the reading against reports coded by hand: found, missed, and how right each field is.

    Wanted are JSON files as described in the documentation of this command. Nothing is stored.
    """
    from reportedly.commands.setup import build_gazetteer
    from reportedly.commands.terminal import json_of, plain_console, write
    from reportedly.errors import SettingError
    from reportedly.evaluation.report import evaluate as measure
    from reportedly.knowledge.layers import chosen

    if not gold.is_dir():
        raise SettingError("this is no folder.", where=str(gold), remedy="Name the folder that holds the coded reports.")
    build_gazetteer(chosen())
    found = measure(gold, watched_reader(sum(1 for _ in gold.glob("*.json"))))
    if as_json:
        write(json_of(found.to_data()) + "\n")
    else:
        plain_console().print(found.to_table())
        if errors:
            show_errors(found)


def show_errors(found: Evaluation) -> None:
    """Every miss, false claim and wrong field, report by report, with its words."""
    from reportedly.commands.terminal import Rows, console, one_line, say, shorten
    from reportedly.commands.wording import words

    lines: dict[str, list[tuple[str, str]]] = {}
    for event in (*found.event_errors, *found.apart_errors):
        told = f"{words(event.status)} “{one_line(event.words)}”"
        lines.setdefault(event.report, []).append((f"{event.kind} {words(event.type)}", told))
    for error in found.field_errors:
        values = (f"{name}: {shorten(value_words(value), 150)}" for name, value in (("gold", error.gold), ("read", error.found)))
        told = "\n".join((*values, f"“{one_line(error.words)}”"))
        lines.setdefault(error.report, []).append((f"{words(error.type)}: {words(error.field)}", told))
    for relation in found.relation_errors:
        bond = f"{relation.a} — {words(relation.relation)} — {relation.b}"
        told = f"{one_line(bond)} “{one_line(relation.words)}”"
        lines.setdefault(relation.report, []).append((f"{relation.kind} relation", told))
    for report, rows in lines.items():
        say(f"\n{report}", "bold")
        table = Rows(("", {"width": 24}), ("", {"ratio": 1}), spaced=False)
        table.show_header = False
        for row in rows:
            table.put(*row)
        console().print(table)


def value_words(value: Any) -> str:
    """A value of a coding in words; what is not told is "nothing"."""
    if value is None or value == []:
        return "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item is not None and key != "text")
    if isinstance(value, list | tuple):
        return " > ".join(value_words(item) for item in value)
    return str(value)


def watched_reader(total: int) -> Reader:
    """A reader that shows how far it is."""
    from reportedly.commands.terminal import Progress
    from reportedly.reading.reader import CHUNK, Input, Reader
    from reportedly.records import Reading

    class WatchedReader(Reader):
        """Reads on all cores, with progress."""

        def read_all(self, inputs: Iterable[Input]) -> Iterator[Reading]:
            # A few reports are read sooner here than other processes start.
            read = self.read_inputs if total <= CHUNK else super().read_all
            with Progress("Reading", total, after=0) as progress:
                for reading in read(inputs):
                    progress.advance()
                    yield reading

    return WatchedReader()
