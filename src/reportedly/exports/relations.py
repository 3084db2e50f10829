"""Relations and threats as a table: CSV for programs, Markdown for people."""

from __future__ import annotations

import re
from typing import Final, TextIO

from reportedly.exports.layout import Column, Layout, columns, write_table
from reportedly.exports.material import Material
from reportedly.exports.relation_rows import edges, row
from reportedly.reading.reader import reader_version

COLUMNS: Final = columns(
    "record,id,kind,a,a_id,b,b_id,status,voice,stance,voices,words,report,source,published",
    {
        "record": "relation or threat",
        "id": "of the relation or of the threatening claim",
        "kind": "kind of relation, or type of threat",
        "a": "the first actor; who threatens",
        "a_id": "its register id",
        "b": "the second actor; who is threatened",
        "b_id": "its register id",
        "status": "of the relation, or of the claim",
        "voice": "who says so: the innermost voice, else the publisher",
        "stance": "of that voice",
        "voices": "the chain from the report inward",
        "words": "verbatim",
        "report": "its id",
        "source": "its publisher",
        "published": "ISO day or time",
    },
)
SHOWN: Final = ("a", "kind", "b", "status", "voice", "published", "words")
HEADINGS: Final = ("First", "Kind", "Second", "Status", "Said by", "Published", "Words")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def escaped(text: object) -> str:
    """Text for one cell of a Markdown table, with nothing in it that could be a mark or end the cell."""
    return "" if text is None else _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def _write_csv(material: Material, stream: TextIO) -> int:
    return write_table(map(row, edges(material)), COLUMNS, stream)


def _write_markdown(material: Material, stream: TextIO) -> int:
    stream.write(
        f"# Relations and threats, as told\n\nLayout relations-md, Reportedly {reader_version()}. No rule of reduction: "
    )
    stream.write("each row is what one voice says.\n")
    written, section = 0, ""
    for edge in edges(material):
        if edge.record != section:
            section = edge.record
            stream.write(f"\n## {section.capitalize()}s\n\n| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}\n")
        cells = row(edge)
        stream.write(f"| {' | '.join(escaped(cells[name]) for name in SHOWN)} |\n")
        written += 1
    return written


def _layout(name: str, title: str, suffix: str, given: tuple[Column, ...]) -> Layout:
    return Layout(
        name=name,
        title=title,
        imitates="our own columns",
        suffix=suffix,
        unit="relations",
        write=_write_csv if suffix == "csv" else _write_markdown,
        columns=given,
        cannot_say=("until when a relation holds that nobody speaks of any more",),
        reduces=False,
    )


CSV: Final = _layout("relations-csv", "Relations and threats, CSV", "csv", COLUMNS)
MARKDOWN: Final = _layout(
    "relations-md", "Relations and threats, Markdown", "md", tuple(column for column in COLUMNS if column.name in SHOWN)
)
