"""``reportedly evaluate``: how well reports are read, measured on gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportedly.commands.options import JsonOption


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of coded reports, a JSON file each.")],
    as_json: JsonOption = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and every false claim with its words.")] = False,
) -> None:
    """Score the reading against reports coded by hand."""
    from reportedly.commands.setup import build_gazetteer
    from reportedly.errors import SettingError

    if not gold.is_dir():
        raise SettingError("this is no folder.", where=str(gold), remedy="Name the folder that holds the coded reports.")
    build_gazetteer()
