"""Exports: one layout a module. :func:`export` writes what a filter asks for to a stream, :func:`export_file` to a file with what
it was reduced from beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from reportedly.errors import SettingError
from reportedly.incidents.records import Reduction

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.filters import Filter
    from reportedly.exports.layout import Layout as ExportLayout
    from reportedly.exports.material import Material

Layout = Literal["jsonl", "csv"]
"""The plain layouts: whole records of any kind to a text stream. For all of them see :func:`layouts`."""
What = Literal["claims", "reports", "incidents", "relations"]
LayoutName = Literal[
    "jsonl",
    "csv",
    "parquet",
    "reports-csv",
    "acled",
    "ucdp-ged",
    "gtd",
    "plover",
    "polecat",
    "icews",
    "geojson",
    "hxl",
    "ftm",
    "stix",
    "relations-csv",
    "relations-md",
    "gexf",
    "graphml",
]
"""The names of all layouts, in the order of :func:`layouts`."""
COLUMNAR = ("jsonl", "csv", "parquet")
"""Layouts that hold any kind of record; the others say themselves what they hold."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: records, the files (the export first), and what the layout could not hold, by reason.

    >>> Exported(2, (Path("acled.csv"),), {"incidents of which no death is told": 1}).records
    2
    """

    records: int
    files: tuple[Path, ...]
    left_out: Mapping[str, int]


@cache
def layouts() -> Mapping[str, ExportLayout]:
    """All layouts by name.

    >>> len(layouts()["acled"].columns), layouts()["geojson"].suffix
    (31, 'geojson')
    """
    from reportedly.exports import (
        acled,
        ftm,
        geojson,
        gtd,
        hxl,
        icews,
        network,
        parquet,
        plain,
        plover,
        polecat,
        relations,
        reports_csv,
        stix,
        ucdp_ged,
    )

    known = (
        *(plain.JSONL, plain.CSV, parquet.LAYOUT, reports_csv.LAYOUT, acled.LAYOUT, ucdp_ged.LAYOUT, gtd.LAYOUT),
        *(plover.LAYOUT, polecat.LAYOUT, icews.LAYOUT, geojson.LAYOUT, hxl.LAYOUT, ftm.LAYOUT, stix.LAYOUT),
        *(relations.CSV, relations.MARKDOWN, network.GEXF, network.GRAPHML),
    )
    return {layout.name: layout for layout in known}


def export(
    casebook: Casebook,
    asked: Filter,
    layout: str,
    stream: Any,
    what: str = "claims",
    *,
    reduction: Reduction = "lowest",
    corrected: bool = False,
    attributed: IO[str] | None = None,
) -> int:
    """Write what the filter asks for to a stream; the number of records written.

    The stream takes text, opened with ``newline=""``, or bytes for parquet. ``what`` is the kind of record of jsonl, csv and
    parquet (of jsonl also "casebook", which ``reportedly import`` reads back whole); the other layouts hold what they hold.
    ``reduction`` is the rule that makes one number of several told; ``corrected`` lays people's corrections over what was read.
    ``attributed`` takes the rows that the records were reduced from, as CSV.

    Raises :class:`SettingError` for an unknown layout, kind of record or rule.

    >>> import io
    >>> from reportedly.casebook import Filter
    >>> stream = io.StringIO(newline="")
    >>> export(casebook, Filter(place="Gao"), "geojson", stream, reduction="highest")
    1
    >>> [feature["geometry"]["coordinates"] for feature in json.loads(stream.getvalue())["features"]]
    [[-0.04, 16.27]]
    """
    written, _ = _export(casebook, asked, layout, stream, what, reduction, corrected, attributed)
    return written


def export_file(
    casebook: Casebook,
    asked: Filter,
    layout: str,
    path: Path | str,
    what: str = "claims",
    *,
    reduction: Reduction = "lowest",
    corrected: bool = False,
) -> Exported:
    """Write an export to a file, and beside it ``NAME.meta.json`` (layout, version, rule, filter, what was left out) and, where
    the layout reduces, ``NAME.attributed.csv`` with the rows behind it.

    A file appears under its name only when it is whole. Raises :class:`SettingError` for what :func:`export` does, and where a
    file cannot be written.

    >>> from reportedly.casebook import Filter
    >>> done = export_file(casebook, Filter(country="ML"), "geojson", "mali.geojson")
    >>> done.records, [file.name for file in done.files]
    (1, ['mali.geojson', 'mali.geojson.meta.json', 'mali.geojson.attributed.csv'])
    """
    chosen, target = _chosen(layout, what, reduction), Path(path)
    beside = target.with_name(f"{target.name}.attributed.csv") if chosen.reduces else None
    with whole_file(target, binary=chosen.is_binary) as stream:
        if beside is None:
            written, material = _export(casebook, asked, layout, stream, what, reduction, corrected, None)
        else:
            with whole_file(beside) as rows:
                written, material = _export(casebook, asked, layout, stream, what, reduction, corrected, rows)
    meta = target.with_name(f"{target.name}.meta.json")
    with whole_file(meta) as file:
        file.write(_statement(chosen, what, material, written, beside.name if beside else None))
    return Exported(written, tuple(file for file in (target, meta, beside) if file is not None), material.left_out)


def statement(
    casebook: Casebook,
    asked: Filter,
    layout: str,
    name: str,
    what: str = "claims",
    *,
    reduction: Reduction = "lowest",
    corrected: bool = False,
) -> str:
    """What :func:`export_file` writes into ``NAME.meta.json`` beside a file of that name. It counts all records for that.

    Raises :class:`SettingError` for what :func:`export` does.

    >>> from reportedly.casebook import Filter
    >>> told = json.loads(statement(casebook, Filter(country="ML"), "geojson", "mali.geojson"))
    >>> told["records"], told["rule"], told["attributed"]
    (1, 'the lowest figure told', 'mali.geojson.attributed.csv')
    """
    from reportedly.exports.layout import Nowhere

    chosen = _chosen(layout, what, reduction)
    written, material = _export(casebook, asked, layout, Nowhere(), what, reduction, corrected, None)
    return _statement(chosen, what, material, written, f"{name}.attributed.csv" if chosen.reduces else None)


def _export(
    casebook: Casebook,
    asked: Filter,
    layout: str,
    stream: Any,
    what: str,
    reduction: Reduction,
    corrected: bool,
    attributed: IO[str] | None,
) -> tuple[int, Material]:
    from reportedly.exports import archive, parquet, plain
    from reportedly.exports.attributed import AttributedRows
    from reportedly.exports.material import Material

    chosen = _chosen(layout, what, reduction)
    material = Material(casebook, asked, reduction, corrected=corrected)
    if attributed is not None:
        material.watch = AttributedRows(attributed)
    if layout == "parquet":
        return parquet.write(material, what, stream), material
    if what == archive.WHAT:
        return archive.write(material, stream), material
    if layout in COLUMNAR:
        return plain.write(material, layout, what, stream), material
    return chosen.write(material, stream), material


def _chosen(layout: str, what: str, reduction: str) -> ExportLayout:
    known = layouts()
    is_whole = (layout, what) == ("jsonl", "casebook")
    if layout not in known or (what not in get_args(What) and not is_whole):
        raise SettingError(
            f"there is no export of {what} as {layout}.",
            remedy=f"Layouts: {', '.join(known)}; records: {', '.join(get_args(What))}, of jsonl also casebook.",
        )
    if reduction not in get_args(Reduction):
        raise SettingError(f"{reduction!r} is no rule of reduction.", remedy=f"Rules: {', '.join(get_args(Reduction))}.")
    return known[layout]


def _statement(layout: ExportLayout, what: str, material: Material, written: int, beside: str | None) -> str:
    """The side file: what the export is, by which rule, and what it cannot say."""
    from reportedly.casebook.filters import terms
    from reportedly.exports.layout import RULES, UNITS
    from reportedly.reading.reader import reader_version

    told = {
        "layout": layout.name,
        "title": layout.title,
        "imitates": layout.imitates,
        "version": reader_version(),
        "unit": what if layout.name in COLUMNAR else UNITS[layout.unit],
        "records": written,
        "reduction": material.rule if layout.reduces else None,
        "rule": RULES[material.rule] if layout.reduces else None,
        "corrected": material.corrected,
        "filter": terms(material.asked),
        "left_out": dict(sorted(material.left_out.items())),
        "cannot_say": list(layout.cannot_say),
        "attributed": beside,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


@contextmanager
def whole_file(target: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A stream to a file that gets its name when the block ends well; nothing is left of it otherwise.

    >>> with whole_file(Path("notes.txt")) as stream:
    ...     _ = stream.write("all of it")
    >>> Path("notes.txt").read_text()
    'all of it'
    """
    part = target.with_name(target.name + ".part")
    try:
        stream: IO[Any] = part.open("wb") if binary else part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise SettingError(
            f"the file cannot be written ({error.strerror}).", where=str(part), remedy="Name another with --output."
        ) from error
    try:
        with stream:
            yield stream
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
