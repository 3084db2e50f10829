"""Parquet: the columns of the plain CSV, with types; claims, incidents or relations, a row group a few thousand records."""

from __future__ import annotations

from itertools import islice
from typing import Any, BinaryIO, Final

from reportedly.exports import csv
from reportedly.exports.layout import Layout
from reportedly.exports.material import Material
from reportedly.exports.plain import records_of
from reportedly.reading.reader import reader_version

GROUP: Final = 5000
WHOLE: Final = frozenset(
    {"precision", "killed_low", "killed_high", "injured_low", "injured_high", "start", "end", "ucdp_type_of_violence", "reports"}
    | {"sources", "characters"}
)
DECIMAL: Final = frozenset({"lat", "lon"})
TRUTH: Final = frozenset({"negated", "background", "stand_in"})


def write(material: Material, what: str, stream: BinaryIO) -> int:
    """Write records of one kind; the number written. The file's metadata states layout, version and kind of record."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, row_of = csv.LAYOUTS[what]
    stated = {"layout": "parquet", "version": reader_version(), "records": what, "reduction": "none: spans of all figures told"}
    schema = pa.schema([pa.field(name, _type(name, what)) for name in names], metadata=stated)
    records = iter(records_of(material, what))
    written = 0
    with pq.ParquetWriter(stream, schema, compression="zstd") as file:
        while chunk := list(islice(records, GROUP)):
            rows = [row_of(record) for record in chunk]
            file.write_table(pa.table({name: [row[name] for row in rows] for name in names}, schema=schema))
            written += len(chunk)
    return written


def _type(name: str, what: str) -> Any:
    import pyarrow as pa

    if name in WHOLE or (name == "claims" and what == "reports"):
        return pa.int64()
    if name in DECIMAL:
        return pa.float64()
    return pa.bool_() if name in TRUTH else pa.string()


LAYOUT: Final = Layout(
    name="parquet",
    title="Parquet",
    imitates="the columns of the layout csv, with types; empty is null",
    suffix="parquet",
    unit="any",
    write=lambda material, stream: write(material, "claims", stream),
    is_binary=True,
    reduces=False,
)
