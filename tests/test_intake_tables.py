"""Tables: columns, rows that are read, rows that are not, and memory that stays flat."""

from __future__ import annotations

import gc
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from intake_files import NEWS

from reportedly.intake import DuplicateIndex, Item, Options, Summary, collect, guess_columns

ROWS = {"a.jsonl": 200_000, "a.csv": 40_000, "a.parquet": 40_000}
FLAT = 30_000_000
"""Bytes of Python objects that reading a large table may hold at any time."""
FIELDS = {
    "headline": "Ambush near Torre",
    "body": NEWS[0],
    "outlet": "The Herald",
    "pub_date": "2025-03-04",
    "lang": "en",
    "url": "https://h.example/1",
}


def taken(path: Path, content: bytes | str, options: Options | None = None) -> list[Item]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(collect([path], options))


def outcomes(items: list[Item]) -> str:
    """A letter for each item: read, skipped, failed."""
    return "".join("r" if item.report else "s" if item.skipped else "f" for item in items)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["headline", "body", "outlet", "pub_date"],
            {"text": "body", "title": "headline", "source": "outlet", "published": "pub_date"},
        ),
        (
            ["ID", "Full Text", "Publication Date", "URL"],
            {"text": "Full Text", "published": "Publication Date", "address": "URL", "id": "ID"},
        ),
        (["text", "body", "content"], {"text": "text"}),
        (["summary", "description"], {"text": "description"}),
        (["source.name", "content", "publishedAt"], {"text": "content", "source": "source.name", "published": "publishedAt"}),
        (["a", "b"], {}),
        (["event_date", "fatalities"], {}),
        ([], {}),
        (["", "Text", "text"], {"text": "Text"}),
    ],
)
def test_columns_are_guessed_from_names(header: list[str], expected: dict[str, str]) -> None:
    assert guess_columns(header) == expected


def _csv(delimiter: str = ",") -> str:
    return f"{delimiter.join(FIELDS)}\n{delimiter.join(FIELDS.values())}\n"


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", _csv(";").encode()),
        ("a.tsv", _csv("\t").encode()),
        ("a.csv", b"\xef\xbb\xbf" + _csv("|").encode()),
        ("a.csv", _csv(";").encode("utf-16")),
        ("a.json", json.dumps([FIELDS]).encode()),
        ("a.json", json.dumps(FIELDS, indent=1).encode()),
        ("a.json", json.dumps({"status": "ok", "articles": [FIELDS]}, indent=1).encode()),
        ("a.json", json.dumps([FIELDS]).encode("utf-16")),
        ("a.jsonl", json.dumps(FIELDS).encode()),
        ("a.ndjson", b"\n\n" + json.dumps(FIELDS).encode() + b"\r\n"),
        ("a.parquet", _parquet([FIELDS])),
        ("unnamed", _parquet([FIELDS])),
    ],
)
def test_every_kind_of_table(tmp_path: Path, name: str, content: bytes) -> None:
    said: list[str] = []
    items = taken(tmp_path / name, content, Options(notify=said.append))
    assert outcomes(items) == "r", items
    report = items[0].report
    assert report is not None
    assert (report.text, report.title, report.source) == (NEWS[0], "Ambush near Torre", "The Herald")
    assert (report.published, report.published_basis) == ("2025-03-04", "column pub_date")
    assert (report.language, report.address) == ("en", "https://h.example/1")
    assert len(said) == 1
    assert "text=body" in said[0]


def test_given_columns_go_before_guessed_ones(tmp_path: Path) -> None:
    items = taken(tmp_path / "a.csv", "text,notes\nshort,Gunmen killed three soldiers.\n", Options(columns={"text": "notes"}))
    assert items[0].report is not None
    assert items[0].report.text == "Gunmen killed three soldiers."


@pytest.mark.parametrize("columns", [{"text": "none"}, {"words": "text"}])
def test_given_columns_that_are_none(tmp_path: Path, columns: dict[str, str]) -> None:
    items = taken(tmp_path / "a.csv", "text,notes\na,b\n", Options(columns=columns))
    assert outcomes(items) == "f"


def test_quoted_cells_with_line_ends(tmp_path: Path) -> None:
    first, second = taken(tmp_path / "a.csv", 'id,text\n7,"One ""two"",\n\nthree."\n8,Four.\n')
    assert first.report is not None
    assert second.report is not None
    assert (first.report.id, first.report.text) == ("7", 'One "two",\n\nthree.')
    assert second.where.endswith("row 3")
    assert first.report.sha256 != second.report.sha256


def test_markup_in_cells_is_taken_off(tmp_path: Path) -> None:
    items = taken(tmp_path / "a.csv", f"id,text\n1,<p>{NEWS[0].replace(',', ';')}</p><p>Two &amp; three.</p>\n")
    assert items[0].report is not None
    assert items[0].report.text.endswith("said.\n\nTwo & three.")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id,text\n1,One.\n2\n3,Three.\n", "rfr"),
        ("id,text\n1,One.\n2,two,too many\n3,Three.\n", "rfr"),
        ("id,text\n1,One.\n2,\n\n3,Three.\n", "rsr"),
        ('id,text\n1,One.\n2,"two" x\n3,Three.\n', "rfr"),
        ('id,text\n1,One.\n2,"open\n3,Three.\n', "rf"),
        ("id,text\n1,One.\n2," + "x" * 5_000 + "\n3,Three.\n", "rfr"),
        ("id,text\n1,One.\n2,tw\0o\n3,Three.\n", "rrr"),
        ("id,amount\n1,2\n", "f"),
        ("id,text,text\n1,a,b\n", "f"),
        ("id,text\n", "s"),
    ],
)
def test_rows_that_cannot_be_read(tmp_path: Path, content: str, expected: str) -> None:
    items = taken(tmp_path / "a.csv", content, Options(max_record_bytes=2_000))
    assert outcomes(items) == expected, items
    assert all("row " in item.where for item in items if item.error and len(items) > 1)


def test_a_row_in_another_encoding(tmp_path: Path) -> None:
    items = taken(tmp_path / "a.csv", "id,text\n1,Café bombed.\n".encode() + "2,Café bombed.\n".encode("cp1252"))
    assert [item.report.text for item in items if item.report] == ["Café bombed.", "Café bombed."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (['{"text": "One."}', "not json", '{"text": "Three."}'], "rfr"),
        (['{"text": "One."}', '["a"]', "12", "null", '{"text": "Five."}'], "rfffr"),
        (['{"text": "One."}', '{"other": "x"}', '{"text": null}', '{"text": ""}', '{"text": 5}'], "rfssf"),
        (['{"text": "One."}', "[" * 100_000, '{"text": "Three."}'], "rfr"),
        (['{"text": "One."}', '{"text": "' + "x" * 500_000 + '"}', '{"text": "Three."}'], "rfr"),
        (['{"text": "One."}', '{"text": "lone \\ud800 half"}'], "rr"),
        (['{"text": "One."}', '{"text": "nul \\u0000 mark"}'], "rr"),
        (['{"text": "One."}', '{"text": "cut'], "rf"),
        (['{"number": 1}', '{"number": 2}'], "ff"),
    ],
)
def test_json_lines_that_cannot_be_read(tmp_path: Path, lines: list[str], expected: str) -> None:
    items = taken(tmp_path / "a.jsonl", "\n".join(lines), Options(max_record_bytes=200_000))
    assert outcomes(items) == expected, items
    for item in items:
        if item.report is not None:
            item.report.text.encode("utf-8")
            assert "\0" not in item.report.text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('[{"text": "One."}, {"text": "Two."}', "rrf"),
        ('[{"text": "One."}, {"text": ', "rf"),
        ('[{"text": "One."}, nonsense, {"text": "Three."}]', "rf"),
        ('[{"text": "One."}, 5, "x", {"text": "Four."}]', "rffr"),
        ("[]", "s"),
        ('[{"text": "One."}]' + " " * 100_000, "r"),
        ('{"text": "One.", "x": ' + "[" * 50_000, "f"),
        ("[" * 50_000, "f"),
        ('[{"a": ' + "[" * 50_000, "f"),
        ('{"data": []}', "f"),
    ],
)
def test_json_that_cannot_be_read(tmp_path: Path, content: str, expected: str) -> None:
    assert outcomes(taken(tmp_path / "a.json", content)) == expected


def test_json_elements_larger_than_a_block(tmp_path: Path) -> None:
    texts = [f"{NEWS[0]} " * 3_000, "Short.", f"{NEWS[1]} " * 3_000]
    items = taken(tmp_path / "a.json", json.dumps([{"text": text} for text in texts]))
    assert [item.report.text if item.report else None for item in items] == [text.strip() for text in texts]


def test_parquet_with_other_types(tmp_path: Path) -> None:
    import datetime

    zone = datetime.timezone(datetime.timedelta(hours=2))
    rows: list[dict[str, Any]] = [
        {
            "text": "One.",
            "date": datetime.datetime(2025, 3, 4, 18, 30, tzinfo=zone),
            "id": 7,
            "authors": ["Ana", "Tom"],
            "extra": b"x",
        },
        {"text": None, "date": None, "id": 8, "authors": None, "extra": None},
    ]
    items = taken(tmp_path / "a.parquet", _parquet(rows))
    assert outcomes(items) == "rs"
    report = items[0].report
    assert report is not None
    assert (report.id, report.byline, report.published) == ("7", "Ana, Tom", "2025-03-04T18:30:00+02:00")


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"x" * 500 + b"PAR1", _parquet([FIELDS])[:-30], _parquet([{"a": 1}])])
def test_bad_parquet(tmp_path: Path, content: bytes) -> None:
    assert outcomes(taken(tmp_path / "a.parquet", content)) == "f"


def test_a_parquet_row_that_is_not_utf_8(tmp_path: Path) -> None:
    rows = pa.array([b"One.", b"Tw\xff.", b"Three."]).view(pa.string())
    pq.write_table(pa.table({"text": rows}), tmp_path / "a.parquet")
    assert outcomes(list(collect([tmp_path / "a.parquet"]))) == "rfr"


def test_dates_that_could_be_two_days_are_said_once_and_not_used(tmp_path: Path) -> None:
    said: list[str] = []
    items = taken(tmp_path / "a.csv", "date,text\n03/04/2025,One.\n04/05/2025,Two.\n", Options(notify=said.append))
    assert [item.report.published if item.report else "" for item in items] == [None, None]
    assert len([line for line in said if "no full date" in line]) == 1


def test_copies_in_a_table_are_marked(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": NEWS[0]}, {"id": "b", "text": NEWS[0].upper()}, {"id": "c", "text": NEWS[1]}]
    summary = Summary()
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    items = list(summary.watch(collect([path], Options(duplicates=DuplicateIndex()))))
    assert [item.duplicate.of if item.duplicate else None for item in items] == [None, "a", None]
    assert (summary.read, summary.duplicates) == (3, 1)


def _write_jsonl(path: Path, rows: int) -> None:
    with path.open("w") as file:
        for number in range(rows):
            file.write(
                json.dumps({"id": number, "text": f"Gunmen killed {number} soldiers.", "date": "2025-03-04", "lang": "en"}) + "\n"
            )


def _write_csv(path: Path, rows: int) -> None:
    with path.open("w") as file:
        file.write("id,text,date,lang\n")
        file.writelines(f'{number},"Gunmen killed {number} soldiers.",2025-03-04,en\n' for number in range(rows))


def _write_parquet(path: Path, rows: int) -> None:
    numbers = range(rows)
    table = {"id": list(numbers), "text": [f"Gunmen killed {number} soldiers." for number in numbers], "lang": ["en"] * rows}
    pq.write_table(pa.table(table), path, row_group_size=10_000)


def _resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * 4096 if path.exists() else 0


@pytest.mark.parametrize(("name", "write"), [("a.jsonl", _write_jsonl), ("a.csv", _write_csv), ("a.parquet", _write_parquet)])
def test_memory_is_flat_on_a_large_table(tmp_path: Path, name: str, write: Callable[[Path, int], None]) -> None:
    path = tmp_path / name
    write(path, ROWS[name])
    items: Iterator[Item] = collect([path])
    for _ in range(1_000):  # what is loaded once is loaded now
        assert next(items).report is not None
    gc.collect()
    before = most = _resident()
    count = 1_000
    for item in items:
        count += item.report is not None
        if count % 5_000 == 0:
            most = max(most, _resident())
    assert count == ROWS[name]
    assert most - before < FLAT


def test_python_memory_is_flat_on_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{number} {NEWS[0]}", "lang": "en"}) + "\n" for number in range(3_000)))
    items = collect([path])
    next(items)
    tracemalloc.start()
    try:
        assert sum(item.report is not None for item in items) == 2_999
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
