"""``reportedly schema``: the JSON Schema of a reading."""

from __future__ import annotations

import re
from typing import Any

EXAMPLE = re.compile(r"\n\n>{3} ")
"""Where the examples of a docstring begin."""


def schema() -> None:
    """Print the JSON Schema of what `reportedly read --json` prints."""
    from reportedly.commands.terminal import write

    write(schema_text())


def schema_text() -> str:
    """The published schema, as the file ``docs/schema/reading-1.json`` holds it."""
    import json

    return json.dumps(reading_schema(), ensure_ascii=False, indent=2) + "\n"


def reading_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of :class:`reportedly.records.Reading` as it is written."""
    from reportedly.records import SCHEMA, Reading

    made = Reading.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **_without_examples(made)}


def _without_examples(part: Any) -> Any:
    """The schema without the Python examples of the docstrings that its descriptions are made of."""
    if isinstance(part, list):
        return [_without_examples(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: EXAMPLE.split(inner)[0] if key == "description" and isinstance(inner, str) else _without_examples(inner)
        for key, inner in part.items()
    }
