"""Tables: CSV, TSV, JSON lists, JSON lines and Parquet, a row a report, streamed with flat memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, cast

from reportedly.errors import IntakeError
from reportedly.intake.bounded import BLOCK, PARSER_FAULTS, Joined, lines, read_bounded
from reportedly.intake.build import Found, build
from reportedly.intake.dates import parse_published
from reportedly.intake.decode import byte_order, decode
from reportedly.intake.html import fragment_text
from reportedly.intake.item import Item, Options, Origin

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text",
        "fulltext",
        "bodytext",
        "articletext",
        "body",
        "articlebody",
        "content",
        "article",
        "maintext",
        "story",
        "reporttext",
        "notes",
        "description",
        "summary",
        "message",
        "post",
        "tweet",
        "abstract",
    ),
    "title": ("title", "headline", "articletitle", "heading", "subject"),
    "source": (
        "source",
        "sourcename",
        "publisher",
        "outlet",
        "newspaper",
        "media",
        "medium",
        "site",
        "sitename",
        "publication",
        "sourcetitle",
        "feed",
        "channel",
    ),
    "published": (
        "published",
        "publishedat",
        "publisheddate",
        "publishedtime",
        "datepublished",
        "publicationdate",
        "publicationtime",
        "publishdate",
        "pubdate",
        "articledate",
        "reportdate",
        "sourcedate",
        "datetime",
        "date",
        "timestamp",
        "createdat",
        "posted",
        "postedat",
        "dct",
    ),
    "byline": ("byline", "author", "authors", "writer", "journalist", "creator"),
    "address": ("address", "url", "link", "href", "sourceurl", "articleurl", "permalink", "uri", "canonicalurl"),
    "language": ("language", "lang", "languagecode", "langcode"),
    "id": ("id", "docid", "documentid", "articleid", "reportid", "recordid", "uid", "uuid", "guid", "key"),
}
"""Names of columns by role, the surest first; letters and digits alone count."""
LISTS = (
    "articles",
    "reports",
    "items",
    "documents",
    "docs",
    "results",
    "records",
    "entries",
    "data",
    "rows",
    "posts",
    "stories",
    "hits",
)
PARQUET_BATCH = 64
PARQUET_LARGEST_CHUNK = 2_000_000_000
DELIMITERS = ",\t;|"

Row = Mapping[str, object]


def guess_columns(header: Iterable[str]) -> Mapping[str, str]:
    """Which column holds what, guessed from their names: role to column name, roles without a column left out.

    A column serves one role only. Without a ``text`` there is nothing to read.
    """
    names = {_plain_name(name): name for name in reversed([name for name in header if name])}
    taken: dict[str, str] = {}
    for role, known in COLUMNS.items():
        found = next((names[name] for name in known if name in names and names[name] not in taken.values()), None)
        if found is not None:
            taken[role] = found
    return taken


def choose_columns(header: Sequence[str], origin: Origin, options: Options) -> Mapping[str, str]:
    """The columns to read: given ones first, then guessed ones, which are shown through ``options.notify``.

    Raises :class:`IntakeError` for a given column that the table lacks, an unknown role, or a table without a text column.
    """
    if unknown := set(options.columns) - set(COLUMNS):
        raise IntakeError(
            f"no such role of a column: {', '.join(sorted(unknown))}.",
            where=origin.where,
            remedy=f"Roles are {', '.join(COLUMNS)}.",
        )
    if missing := [name for name in options.columns.values() if name not in header]:
        raise IntakeError(
            f"the table has no column {', '.join(missing)}.", where=origin.where, remedy=f"It has {_shown(header)}."
        )
    given = set(options.columns.values())
    columns = {**guess_columns([name for name in header if name not in given]), **options.columns}
    if "text" not in columns:
        raise IntakeError(
            "no column looks like the text of reports.",
            where=origin.where,
            remedy=f"Say which it is (text=NAME); the table has {_shown(header)}.",
        )
    if options.notify is not None:
        options.notify(
            f"{origin.where}: columns taken as {', '.join(f'{role}={columns[role]}' for role in COLUMNS if role in columns)}"
        )
    return columns


def read_delimited(stream: BinaryIO, origin: Origin, options: Options, delimiter: str | None = None) -> Iterator[Item]:
    """The reports of a CSV or TSV file. A row that cannot be read is an error item, and the next one follows."""
    source = _Recorder(stream, options, origin)
    limit = options.max_record_bytes
    csv.field_size_limit(max(csv.field_size_limit(), limit))  # a report is longer than the module's 131,072 characters
    first = next(source, None)
    if first is None:
        raise IntakeError("the table is empty.", where=origin.where)
    source.push_back(first)
    mark = delimiter or max(DELIMITERS, key=first.count)
    rows = csv.reader(source, delimiter=mark, strict=True)
    header = [name.strip() for name in _next_row(rows) or []]
    table = _Table(origin, options, header)
    if twice := {
        name for name in choose_columns(header, origin, replace(options, notify=None)).values() if header.count(name) > 1
    }:
        raise IntakeError(f"two columns are named {', '.join(sorted(twice))}.", where=origin.where, remedy="Rename one.")
    number = 1
    while True:
        source.begin_row()
        number += 1
        part = origin.part(f"row {number}")
        try:
            cells = next(rows, None)
        except (csv.Error, IntakeError) as error:
            what = error.what if isinstance(error, IntakeError) else f"{error}."
            yield Item(
                part.where,
                error=IntakeError(f"the row cannot be read: {what}", where=part.where, remedy="Check its quotation marks."),
            )
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Item(
                part.where,
                error=IntakeError(
                    f"the row has {len(cells)} cells where the header has {len(header)}.",
                    where=part.where,
                    remedy="Quote cells that hold the separator.",
                ),
            )
            continue
        yield _row_item(dict(zip(header, cells, strict=True)), table, source.row(), part)


def read_jsonl(stream: BinaryIO, origin: Origin, options: Options) -> Iterator[Item]:
    """The reports of a file with one JSON object a line. A bad line is an error item, and the next one follows."""
    table = _Table(origin, options)
    for number, line in enumerate(lines(stream, options.max_record_bytes), start=1):
        if line is not None and line.isspace():
            continue
        part = origin.part(f"line {number}")
        if line is None:
            yield Item(
                part.where,
                error=IntakeError(
                    "the line is longer than the limit.", where=part.where, remedy="Raise the limit for one record."
                ),
            )
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        yield _json_item(line, table, part)


def read_json(stream: BinaryIO, origin: Origin, options: Options) -> Iterator[Item]:
    """The reports of a JSON file: a list of objects, streamed; or one object, or one that holds a list of objects."""
    table = _Table(origin, options)
    reader = _Elements(stream, options.max_record_bytes, origin)
    if not reader.is_list():
        yield from _whole_json(reader.rest(options.max_bytes), table, origin)
        return
    number = 0
    try:
        for number, (value, raw) in enumerate(reader, start=1):
            yield _value_item(value, raw, table, origin.part(f"element {number}"))
    except IntakeError as error:
        where = f"{origin.where}, element {number + 1}"
        yield Item(where, error=IntakeError(error.what, where=where, remedy=error.remedy))


def read_parquet(stream: BinaryIO, origin: Origin, options: Options) -> Iterator[Item]:
    """The reports of a Parquet file, a few rows in memory at a time, the needed columns alone.

    Raises :class:`IntakeError` for a damaged file and for column chunks larger than 2 GB, as decompression bombs have.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream, memory_map=False, pre_buffer=False)
        header = list(file.schema_arrow.names)
        columns = choose_columns(header, origin, replace(options, notify=None))
        table = _Table(origin, options, header)
        wanted = list(dict.fromkeys(columns.values()))
        _refuse_large_chunks(file, wanted, origin)
        number = 0
        for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=wanted, use_threads=False):
            for row in _rows(batch):
                number += 1
                part = origin.part(f"row {number}")
                if row is None:
                    yield Item(part.where, error=IntakeError("the row holds text that is not UTF-8.", where=part.where))
                else:
                    yield _row_item(row, table, _canonical(row), part)
    except (pa.ArrowException, OSError, *PARSER_FAULTS) as error:
        reason = (str(error).splitlines() or ["unreadable"])[0][:200]
        raise IntakeError(f"the Parquet file is damaged: {reason}.", where=origin.where, remedy="Get the file again.") from error


def _rows(batch: Any) -> Iterator[dict[str, object] | None]:
    """The rows of a batch, ``None`` for one whose text is damaged."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for number in range(batch.num_rows):
            try:
                yield batch.slice(number, 1).to_pylist()[0]
            except UnicodeDecodeError:
                yield None


def _refuse_large_chunks(file: Any, wanted: Sequence[str], origin: Origin) -> None:
    metadata = file.metadata
    for group in range(metadata.num_row_groups):
        for index in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(index)
            if chunk.path_in_schema.split(".")[0] in wanted and chunk.total_uncompressed_size > PARQUET_LARGEST_CHUNK:
                raise IntakeError(
                    "a column chunk unpacks to more than 2 GB.",
                    where=origin.where,
                    remedy="Write the file with smaller row groups.",
                )


def _plain_name(name: str) -> str:
    return "".join(c for c in str(name).lower() if c.isalnum())


def _shown(header: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in header[:30])
    return f"{shown}, …" if len(header) > 30 else shown


class _Recorder:
    """Lines of text for the csv module, which keeps the bytes it handed out for a row."""

    def __init__(self, stream: BinaryIO, options: Options, origin: Origin) -> None:
        self._lines = _encoded_lines(stream, options, origin)
        self._limit = options.max_record_bytes
        self._pushed: list[str] = []
        self._taken: list[bytes] = []
        self._size = 0

    def push_back(self, line: str) -> None:
        self._pushed.append(line)

    def begin_row(self) -> None:
        """Forget the bytes of the row before."""
        self._taken.clear()
        self._size = 0

    def row(self) -> bytes:
        """The bytes of the row."""
        return b"".join(self._taken)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._pushed:
            return self._pushed.pop()
        line = next(self._lines)
        if line is None:
            raise IntakeError("a line is longer than the limit for one row.")
        taken = line.encode("utf-8", "surrogatepass")
        self._taken.append(taken)
        self._size += len(taken)
        if self._size > self._limit:
            raise IntakeError("it does not end within the limit for one row; a quotation mark may be open.")
        return line


def _encoded_lines(stream: BinaryIO, options: Options, origin: Origin) -> Iterator[str | None]:
    """Lines in the table's encoding: UTF-16 by its mark, else each as UTF-8 or Windows-1252; ``None`` for one too long."""
    head = stream.read(4)
    marked = byte_order(head)
    if marked is not None and marked[0] != "utf-8":
        whole = decode(head + read_bounded(stream, options.max_bytes, origin.where), origin.where)
        yield from whole.splitlines(keepends=True)
        return
    begun = cast(BinaryIO, Joined(head.removeprefix(b"\xef\xbb\xbf"), stream))
    for line in lines(begun, options.max_record_bytes):
        yield decode(line, origin.where, "cp1252").replace("\0", "\ufffd") if line is not None else None


def _next_row(rows: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error:
        return None


class _Table:
    """What the rows of one table share: the columns, chosen at the first row, and what was said of them already."""

    def __init__(self, origin: Origin, options: Options, header: Sequence[str] | None = None) -> None:
        self._origin, self.options = origin, options
        self._chosen = choose_columns(header, origin, options) if header is not None else None
        self._said_date = False

    def columns(self, row: Row, where: str) -> Mapping[str, str]:
        """Role to column. Raises :class:`IntakeError` for a row without the text column."""
        if self._chosen is None:
            self._chosen = choose_columns(list(row), self._origin, self.options)
        if self._chosen["text"] not in row:
            raise IntakeError(f"the row has no `{self._chosen['text']}`.", where=where, remedy=f"It has {_shown(list(row))}.")
        return self._chosen

    def published(self, row: Row, column: str | None, where: str) -> str | None:
        """The row's date; one that is no full date is ``None``, and is spoken of once a table."""
        written = row.get(column) if column is not None else None
        found = parse_published(written)
        if found is None and written not in (None, "") and not self._said_date and self.options.notify is not None:
            self._said_date = True
            self.options.notify(
                f"{where}: `{column}` is {str(written)[:60]!r}, which is no full date; such rows have no date of publication"
            )
        return found


def _json_item(raw: bytes, table: _Table, part: Origin) -> Item:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        reason = str(error)[:120] if isinstance(error, ValueError) else "it is nested too deeply"
        return Item(
            part.where, error=IntakeError(f"this is no JSON: {reason}.", where=part.where, remedy="Correct or remove the line.")
        )
    return _value_item(value, raw.strip(), table, part)


def _value_item(value: object, raw: bytes, table: _Table, part: Origin) -> Item:
    if not isinstance(value, dict):
        return Item(
            part.where, error=IntakeError("this is no JSON object.", where=part.where, remedy="Write one object a report.")
        )
    row = _flat(value)
    try:
        return _row_item(row, table, raw, part)
    except IntakeError as error:
        return Item(part.where, error=error)


def _flat(value: Mapping[str, Any]) -> dict[str, object]:
    """An object with the fields of nested objects beside its own, as ``source.name``."""
    row: dict[str, object] = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            row.setdefault(key, inner.get("name") or inner.get("title"))
            row.update({f"{key}.{name}": part for name, part in inner.items()})
        else:
            row[key] = inner
    return row


def _whole_json(data: bytes, table: _Table, origin: Origin) -> Iterator[Item]:
    try:
        value = json.loads(decode(data, origin.where))
    except (ValueError, RecursionError) as error:
        reason = str(error)[:120] if isinstance(error, ValueError) else "it is nested too deeply"
        raise IntakeError(f"this is no JSON: {reason}.", where=origin.where, remedy="Check that the file is whole.") from error
    inner = next((value[name] for name in LISTS if _is_rows(value.get(name))), None) if isinstance(value, dict) else None
    if inner is None:
        yield _value_item(value, data, table, origin)
        return
    for number, element in enumerate(inner, start=1):
        yield _value_item(element, _canonical(element), table, origin.part(f"element {number}"))


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(element, dict) for element in value)


class _Elements:
    """The elements of a JSON list, decoded one after the other, with the bytes of each."""

    def __init__(self, stream: BinaryIO, limit: int, origin: Origin) -> None:
        import codecs

        head = stream.read(4)
        marked = byte_order(head)
        self._decoder = codecs.getincrementaldecoder(marked[0] if marked else "utf-8")("replace")
        self._stream, self._limit, self._origin = stream, limit, origin
        self._buffer = self._decoder.decode(head[marked[1] :] if marked else head)
        self._at = 0
        self._ended = False

    def is_list(self) -> bool:
        """True if the file's first mark opens a list."""
        return self._peek() == "["

    def rest(self, limit: int) -> bytes:
        """All of the file as UTF-8."""
        held = self._buffer.encode("utf-8", "surrogatepass")
        more = read_bounded(self._stream, limit, self._origin.where)
        return held + self._decoder.decode(more, True).encode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[tuple[object, bytes]]:
        scan = json.JSONDecoder()
        self._at += 1
        while (mark := self._peek()) != "]":
            if mark == ",":
                self._at += 1
                continue
            if mark is None:
                raise IntakeError("the list has no end.", remedy="The file was cut off; what stands before was read.")
            yield self._element(scan)

    def _peek(self) -> str | None:
        """The next mark that is no white space, ``None`` at the end of the file."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at].isspace():
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(BLOCK):
                return None

    def _element(self, scan: json.JSONDecoder) -> tuple[object, bytes]:
        step = BLOCK
        while True:
            try:
                value, end = scan.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended:
                    raw = self._buffer[self._at : end].encode("utf-8", "surrogatepass")
                    self._at = end
                    return value, raw
            except RecursionError as error:
                raise IntakeError("the element is nested too deeply.") from error
            except ValueError as error:
                if self._ended or len(self._buffer) - self._at > self._limit:
                    raise IntakeError(f"this is no JSON: {str(error)[:120]}.", remedy="What stands before was read.") from error
            self._more(step)
            step *= 2

    def _more(self, size: int) -> bool:
        block = self._stream.read(size)
        self._ended = not block
        self._buffer = self._buffer[self._at :] + self._decoder.decode(block, not block)
        self._at = 0
        return bool(block)


def _canonical(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")


def _row_item(row: Row, table: _Table, raw: bytes, part: Origin) -> Item:
    columns, options = table.columns(row, part.where), table.options
    text = row.get(columns["text"])
    if text is None or (isinstance(text, str) and not text.strip()):
        return Item(part.where, skipped=f"the row's `{columns['text']}` is empty")
    if not isinstance(text, str):
        return Item(
            part.where, error=IntakeError(f"`{columns['text']}` holds {type(text).__name__}, not text.", where=part.where)
        )
    if len(text) > options.max_record_bytes:
        return Item(
            part.where,
            error=IntakeError("the row is larger than the limit.", where=part.where, remedy="Raise the limit for one record."),
        )
    published = table.published(row, columns.get("published"), part.where)
    address = _cell(row, columns, "address")
    found = Found(
        text=fragment_text(text) if _is_markup(text) else text,
        title=_cell(row, columns, "title"),
        source=_cell(row, columns, "source"),
        byline=_cell(row, columns, "byline"),
        address=address,
        published=published,
        published_basis=f"column {columns['published']}" if published else None,
        language=_cell(row, columns, "language"),
        id=_cell(row, columns, "id"),
    )
    try:
        return build(found, raw, part, options)
    except IntakeError as error:
        return Item(part.where, error=error)
    except PARSER_FAULTS as error:
        return Item(part.where, error=IntakeError(f"the row could not be read: {error}.", where=part.where))


def _is_markup(text: str) -> bool:
    return "</p>" in text or "<br" in text or "</div>" in text


def _cell(row: Row, columns: Mapping[str, str], role: str) -> str | None:
    value = row.get(columns.get(role, ""))
    if isinstance(value, list):
        value = ", ".join(str(part.get("name", "")) if isinstance(part, dict) else str(part) for part in value[:20])
    if value is None or isinstance(value, (dict, bytes)):
        return None
    return str(value).strip() or None
