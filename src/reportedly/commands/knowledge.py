"""``reportedly knowledge``: what reading knows, by layers; checks of own folders; and the register of its changes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands.options import JsonOption
from reportedly.errors import KnowledgeError, SettingError

if TYPE_CHECKING:
    from reportedly.evaluation.own_knowledge import Misread, Part
    from reportedly.knowledge.layers import Layers
    from reportedly.reading.reader import Reader


def knowledge(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER]...", help="Own knowledge to check, each over the one before.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Do not read the examples of own types.")] = False,
    versions: Annotated[bool, typer.Option("--versions", help="List the recorded changes to the shipped knowledge.")] = False,
    record: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Record the shipped knowledge as it is now, with what changed.")
    ] = None,
    codebook: Annotated[bool, typer.Option("--codebook", help="Print the codebook as Markdown, own types included.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the layers of knowledge that reading uses; or check folders of your own before you use them.

    Exit status 1 if a folder cannot be used, or an example of its types is misread.
    """
    if record is not None:
        _record(record)
    elif versions:
        _show_versions(as_json)
    elif codebook:
        _show_codebook(folders or [])
    elif folders:
        _check(folders, quick, as_json)
    else:
        _show_layers(as_json)


def _check(folders: list[Path], quick: bool, as_json: bool) -> None:
    from reportedly.commands.setup import build_gazetteer
    from reportedly.commands.terminal import Progress, json_of, say, write
    from reportedly.evaluation.own_knowledge import load_all, misread_examples, own_types, parts
    from reportedly.knowledge.layers import SHIPPED
    from reportedly.reading.reader import Reader

    reader = Reader(knowledge=folders, workers=1)
    found = list(parts(reader.layers))
    build_gazetteer(SHIPPED)
    with Progress("Loading", after=0.5):
        load_all(reader.layers)
    types = own_types(reader.layers)
    misread: list[Misread] = []
    if types and not quick:
        with Progress("Reading examples", after=0.5):
            misread = list(misread_examples(reader))
    if as_json:
        write(json_of(_as_data(reader, found, types, misread)) + "\n")
    else:
        _show_parts(found)
        for one in misread:
            say(_told(one), "yellow")
        read = "their examples are not read" if quick else "all examples are read as told"
        told = (
            f", {len(types)} type{'s' if len(types) > 1 else ''} of events" + ("" if misread else f" ({read})") if types else ""
        )
        files = "1 file" if len(found) == 1 else f"{len(found)} files"
        say(f"{files}{told}. Mark in readings: {reader.version}")
    if misread:
        raise typer.Exit(1)


def _show_codebook(folders: list[Path]) -> None:
    from reportedly.commands.terminal import write
    from reportedly.knowledge.codebook import page
    from reportedly.knowledge.layers import chosen, open_layers

    write(page(open_layers(folders) if folders else chosen()))


def _as_data(reader: Reader, found: list[Part], types: list[str], misread: list[Misread]) -> dict[str, Any]:
    return {
        "reader": reader.version,
        "files": [{**asdict(part), "file": str(part.file)} for part in found],
        "types": types,
        "misread": [asdict(one) for one in misread],
    }


def _told(one: Misread) -> str:
    from reportedly.commands.terminal import one_line

    read = ", ".join(one.found) or "nothing"
    kind = "counter-example" if one.counter else "example"
    return f"✗ {one.type}: {kind} “{one_line(one.text)}” is read as {read}."


def _show_parts(found: list[Part]) -> None:
    from reportedly.commands.terminal import Rows, console, near_path, one_line

    table = Rows(("File", {"ratio": 1}), ("Entries", {"justify": "right"}), ("In place of others", {"justify": "right"}))
    for part in found:
        entries = "?" if part.entries is None else f"{part.entries:,}"
        table.put(one_line(near_path(str(part.file))), entries, f"{part.replaced:,}" if part.replaced else "")
    console().print(table)


def _show_layers(as_json: bool) -> None:
    from reportedly.commands.terminal import json_of, say, write
    from reportedly.evaluation.own_knowledge import parts
    from reportedly.knowledge.layers import SETTING, SHIPPED, chosen
    from reportedly.reading.reader import reader_version

    layers = chosen()
    found = list(parts(layers))
    if as_json:
        data = {
            "reader": reader_version(layers),
            "layers": [_shipped(SHIPPED), *({"folder": str(folder)} for folder in layers.folders)],
            "files": [{**asdict(part), "file": str(part.file)} for part in found],
        }
        write(json_of(data) + "\n")
        return
    shipped = _shipped(SHIPPED)
    say(f"1. shipped: {shipped['actors']:,} actors, {shipped['types']} types of events, {shipped['acts']:,} terms of acts")
    for number, folder in enumerate(layers.folders, 2):
        say(f"{number}. {folder}")
    if found:
        _show_parts(found)
    else:
        say(f"No layer of your own: name folders in {SETTING}, or check one with: reportedly knowledge FOLDER")
    say(f"Mark in readings: {reader_version(layers)}")


def _shipped(layers: Layers) -> dict[str, int]:
    from reportedly.knowledge.acts import load_acts
    from reportedly.knowledge.types import ontology
    from reportedly.linking.register import Register

    return {"actors": len(Register.load(layers=layers)), "types": len(ontology(layers)), "acts": len(load_acts(layers).acts)}


def _show_versions(as_json: bool) -> None:
    from reportedly.commands.terminal import Rows, console, json_of, one_line, say, write
    from reportedly.knowledge.layers import SHIPPED, knowledge_version
    from reportedly.knowledge.versions import read_versions, unrecorded
    from reportedly.reading.reader import program_version

    states, now = read_versions(), knowledge_version(SHIPPED)
    if as_json:
        write(json_of([{**asdict(state), "date": state.date.isoformat()} for state in states]) + "\n")
        return
    table = Rows("Version", "Since", "Knowledge", ("What changed", {"ratio": 1}))
    for state in states:
        table.put(state.version, state.date.isoformat(), state.knowledge, one_line(state.changed))
    console().print(table)
    changed = unrecorded(program_version(), now, states)
    is_last = bool(states) and states[-1].knowledge == now
    end = (
        "as recorded last" if is_last else "changed since it was recorded" if changed else "of a version that is not yet recorded"
    )
    say(f"Here: version {program_version()}, knowledge {now}, {end}.")


def _record(changed: str) -> None:
    from datetime import date

    from reportedly.commands.terminal import say
    from reportedly.knowledge.layers import SHIPPED, knowledge_version
    from reportedly.knowledge.versions import VERSIONS, State, record
    from reportedly.reading.reader import program_version

    if not changed.strip():
        raise SettingError("nothing is told.", where="--record", remedy="Write what changed, in one sentence.")
    try:
        record(State(program_version(), date.today(), knowledge_version(SHIPPED), " ".join(changed.split())))
    except PermissionError as error:
        raise KnowledgeError(
            "the register cannot be written.", where=str(VERSIONS), remedy="Record changes where the source is edited."
        ) from error
    say(f"Recorded {knowledge_version(SHIPPED)} for version {program_version()}.")
