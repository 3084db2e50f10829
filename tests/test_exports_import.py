"""Tables of others set against a casebook, and a whole casebook out and in again."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import exports_casebook as cases
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.commands import main
from reportedly.errors import IntakeError, SettingError
from reportedly.exports import export_file, layouts
from reportedly.exports.compare import Comparison, compare
from reportedly.exports.foreign import ForeignEvent, day, read_table, readable, whole_number
from reportedly.exports.material import Material

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ACLED: dict[str, str] = {
    "event_id_cnty": "MLI900001",
    "event_date": "2025-06-02",
    "event_type": "Battles",
    "actor1": "Blue Ridge Army",
    "actor2": "Red Lantern Front",
    "country": "Mali",
    "admin1": "Gao",
    "location": "Gao",
    "latitude": "16.2700",
    "longitude": "-0.0400",
    "fatalities": "4",
}


@pytest.fixture(scope="module")
def book(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    file = tmp_path_factory.mktemp("exports") / "casebook.sqlite"
    with reportedly.casebook.open(shutil.copy(migrated_file, file)) as opened:
        yield cases.fill(opened)


def table(tmp_path: Path, rows: list[dict[str, str]], *, header: bool = True, encoding: str = "utf-8", tab: bool = False) -> Path:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter="\t" if tab else ",")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "table.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def compared(book: Casebook, path: Path, layout: str, **more: Any) -> Comparison:
    return compare(read_table(path, layout).events, Material(book, Filter()).cases(), layout, **more)


def ged(**cells: str) -> dict[str, str]:
    row = {column.name: "" for column in layouts()["ucdp-ged"].columns}
    told = {
        "id": "615.0",
        "type_of_violence": "2.0",
        "side_a": "Red Lantern Front",
        "side_b": "Blue Ridge Army",
        "where_coordinates": "Gao town",
        "adm_1": "Gao",
        "country": "Mali",
        "latitude": "16.27",
        "longitude": "-0.04",
        "date_start": "2025-06-02 00:00:00.000",
        "date_end": "2025-06-02 00:00:00.000",
        "best": "6.0",
        "low": "4",
        "high": "9",
    }
    return row | told | cells


class TestReading:
    def test_numbers_days_and_codes_as_such_files_have_them(self, tmp_path: Path) -> None:
        (event,) = read_table(table(tmp_path, [ged()]), "ucdp-ged").events
        assert (event.id, event.code, event.killed, event.killed_low, event.killed_high) == ("615", "2", 6, 4, 9)
        assert (event.first, event.last, event.lat) == (date(2025, 6, 2), date(2025, 6, 2), 16.27)

    def test_a_missing_header(self, tmp_path: Path) -> None:
        told = read_table(table(tmp_path, [ged(), ged(id="616")], header=False), "ucdp-ged")
        assert [event.id for event in told.events] == ["615", "616"]

    def test_cp1252(self, tmp_path: Path) -> None:
        path = table(tmp_path, [ged(side_a="Frente Nación", where_coordinates="São Tomé")], encoding="cp1252")
        (event,) = read_table(path, "ucdp-ged").events
        assert (event.actors, event.place) == (("Frente Nación",), "São Tomé")

    def test_a_byte_order_mark_and_blank_rows(self, tmp_path: Path) -> None:
        path = table(tmp_path, [ged()], encoding="utf-8-sig")
        path.write_bytes(path.read_bytes() + b",,,\r\n\r\n")
        told = read_table(path, "ucdp-ged")
        assert (len(told.events), told.refused) == (1, ())

    def test_another_name_of_a_column_and_surplus_tabs(self, tmp_path: Path) -> None:
        names = [
            "Intensity",
            "Event ID",
            "Event Date",
            "Event Type",
            "Actor Name",
            "Recipient Name",
            "Country",
            "Latitude",
            "Longitude",
        ]
        cells = ["-8", "E1", "2025-06-02", "ASSAULT", "Red Lantern Front", "Blue Ridge Army", "MLI", "16.27", "-0.04"]
        path = tmp_path / "p.tsv"
        path.write_text(
            "\t".join(["Event Intensity", *names[1:], "Headline"]) + "\n" + "\t".join([*cells, "H", "", ""]) + "\n", "utf-8"
        )
        (event,) = read_table(path, "polecat").events
        assert (event.id, event.code, event.actors, event.country) == ("E1", "ASSAULT", ("Red Lantern Front",), "MLI")

    def test_rows_that_cannot_be_understood_are_named(self, tmp_path: Path) -> None:
        told = read_table(table(tmp_path, [ged(), ged(best="many"), ged(date_start="soon"), ged(id="")]), "ucdp-ged")
        assert (len(told.events), [row for row, _ in told.refused]) == (1, [2, 3, 4])
        assert "many" in told.refused[0][1]

    @pytest.mark.parametrize(("name", "layout"), [("none.csv", "acled"), ("short.csv", "ucdp-ged"), ("x.json", "plover")])
    def test_files_that_are_none_of_it(self, tmp_path: Path, name: str, layout: str) -> None:
        if name != "none.csv":
            (tmp_path / name).write_text("a,b\n1,2\n", "utf-8")
        with pytest.raises(IntakeError):
            read_table(tmp_path / name, layout)

    def test_plover_records_of_any_shape_raise_nothing_unforeseen(self, tmp_path: Path) -> None:
        whole = {"id": 7, "date": "2025-06-02", "event": ["ASSAULT"], "actor": [{"entity_text": "A"}], "size": {"dead": 3.0}}
        broken: list[dict[str, Any]] = [
            {"actor": "A"},
            {"actor": [1]},
            {"event_loc": [1]},
            {"size": {"dead": [1]}},
            {"date": "x"},
        ]
        broken += [{"event_loc": {"lat": "north"}}, {"event_loc": {"lat": float("nan")}}]
        (tmp_path / "p.json").write_text(json.dumps([whole, *(whole | cells for cells in broken)]), "utf-8")
        told = read_table(tmp_path / "p.json", "plover")
        assert [(event.id, event.code, event.actors, event.killed) for event in told.events] == [("7", "ASSAULT", ("A",), 3)]
        assert len(told.refused) == len(broken)

    @given(st.binary(max_size=300), st.sampled_from(readable()))
    def test_any_bytes_are_a_table_or_an_error_of_ours(
        self, tmp_path_factory: pytest.TempPathFactory, data: bytes, layout: str
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(data)
        try:
            read_table(path, layout)
        except IntakeError as error:
            assert str(path) in str(error)

    def test_a_layout_that_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(SettingError):
            read_table(tmp_path / "x", "stix")

    @given(st.integers(-(10**9), 10**9))
    def test_whole_numbers_with_and_without_a_point(self, number: int) -> None:
        assert whole_number(str(number)) == whole_number(f"{number}.0") == number

    @pytest.mark.parametrize("text", ["", " ", None])
    def test_nothing_is_no_zero(self, text: str | None) -> None:
        assert whole_number(text) is None
        assert day(text) is None

    @pytest.mark.parametrize("text", ["6.5", "several", "1e3", "0x1"])
    def test_what_is_no_whole_number(self, text: str) -> None:
        with pytest.raises(ValueError, match="no whole number"):
            whole_number(text)


class TestComparing:
    @pytest.mark.parametrize("layout", readable())
    def test_an_export_is_found_again_without_a_difference(self, book: Casebook, layout: str, tmp_path: Path) -> None:
        done = export_file(book, Filter(), layout, tmp_path / "x")
        told = read_table(done.files[0], layout)
        assert told.refused == ()
        found = compare(told.events, Material(book, Filter()).cases(), layout)
        assert found.matched
        for match in found.matched:
            assert match.theirs == match.ours
            assert layout == "reports-csv" or not [one for one in match.differences if one.field != "killed"], match
            if layout not in {"icews", "polecat", "reports-csv"}:
                assert not match.differences

    def test_matched_missing_and_differing(self, book: Casebook, tmp_path: Path) -> None:
        rows = [
            ACLED | {"event_date": "2025-06-03", "fatalities": "7", "actor1": "Red Lantern Front", "actor2": "Hill Watch"},
            ACLED
            | {"event_id_cnty": "MLI900002", "location": "Kayes", "admin1": "Kayes", "latitude": "14.45", "longitude": "-11.44"},
        ]
        found = compared(book, table(tmp_path, rows), "acled")
        (match,) = found.matched
        assert (match.theirs, match.days, match.km) == ("MLI900001", 1, 0.0)
        assert {(one.field, one.theirs, one.ours) for one in match.differences} == {
            ("time", "2025-06-03", "2025-06-02"),
            ("targets", "Hill Watch", "Blue Ridge Army"),
            ("killed", "7", "4 (told: 4 to 9)"),
        }
        assert found.missing_here == ("MLI900002",)
        assert len(found.missing_there) == 2
        assert len(found.undated_here) == 1

    @pytest.mark.parametrize(
        "cells",
        [
            {"event_date": "2025-06-09"},
            {"latitude": "17.9", "longitude": "-0.9", "location": "Elsewhere", "admin1": "Kidal"},
            {"latitude": "", "longitude": "", "country": "Niger"},
        ],
    )
    def test_other_days_and_places_are_other_events(self, book: Casebook, tmp_path: Path, cells: dict[str, str]) -> None:
        assert compared(book, table(tmp_path, [ACLED | cells]), "acled").matched == ()

    def test_each_incident_is_taken_once(self, book: Casebook, tmp_path: Path) -> None:
        twice = [ACLED | {"event_id_cnty": "A", "event_date": "2025-06-03"}, ACLED | {"event_id_cnty": "B"}]
        found = compared(book, table(tmp_path, twice), "acled")
        assert [match.theirs for match in found.matched] == ["B"]
        assert found.missing_here == ("A",)

    def test_a_number_not_told_is_no_zero(self, book: Casebook, tmp_path: Path) -> None:
        erbil = {"event_type": "Explosions/Remote violence", "country": "Iraq", "admin1": "Erbil", "location": "Erbil"}
        row = ACLED | erbil | {"latitude": "36.19", "longitude": "44.01", "fatalities": "", "actor1": "", "actor2": ""}
        (match,) = compared(book, table(tmp_path, [row]), "acled").matched
        assert [(one.field, one.theirs, one.ours) for one in match.differences] == [("killed", None, "0")]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("REPORTEDLY_CASEBOOK", raising=False)
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        told = capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return run_command


@pytest.mark.parametrize(("layout", "number"), [("ucdp-ged", 0), ("icews", 2)])
def test_a_first_side_that_need_not_act_may_stand_second(book: Casebook, tmp_path: Path, layout: str, number: int) -> None:
    """The state is UCDP's side A whoever attacks; ICEWS's source acts."""
    clash = next(case for case in Material(book, Filter(type="clash")).cases())
    target, actor = (tuple(party.actor.name for party in clash.parties(side)) for side in ("targets", "actors"))
    assert target and actor and set(target) != set(actor)
    assert clash.place is not None
    event = ForeignEvent(
        id="7", row=1, first=clash.when.first, last=clash.when.last, code=None, actors=target, targets=actor, country=None,
        admin1=None, place=clash.place.name, lat=clash.place.lat, lon=clash.place.lon,
    )  # fmt: skip
    found = compare([event], [clash], layout)
    assert [one.field for match in found.matched for one in match.differences if one.field in {"actors", "targets"}] == (
        ["actors", "targets"][:number]
    )


class TestCommand:
    def test_a_table_for_people_and_json_for_programs(
        self, book: Casebook, run: Callable[..., tuple[int, str, str]], tmp_path: Path
    ) -> None:
        path = table(tmp_path, [ACLED | {"fatalities": "7"}, ACLED | {"event_id_cnty": "X", "fatalities": "?"}])
        status, out, err = run("import", str(path), "--layout", "acled", "--casebook", book.name)
        assert (status, "killed" in out, "MLI900001" in out) == (0, True, True)
        assert "1 matched" in err
        assert "nothing differs" not in out
        assert "1 rows not understood (row 2" in err
        told = json.loads(run("import", str(path), "--layout", "acled", "--json", "--casebook", book.name)[1])
        assert [match["theirs"] for match in told["matched"]] == ["MLI900001"]
        assert told["refused"] == [{"row": 2, "why": "'?' is no whole number"}]

    def test_a_match_without_a_difference_says_nothing_of_values(
        self, book: Casebook, run: Callable[..., tuple[int, str, str]], tmp_path: Path
    ) -> None:
        target = tmp_path / "own.csv"
        export_file(book, Filter(), "acled", target)
        out = run("import", str(target), "--layout", "acled", "--casebook", book.name)[1]
        assert "nothing differs" in out and "not told" not in out

    def test_filters_narrow_the_casebook(self, book: Casebook, run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
        path = table(tmp_path, [ACLED])
        out = run("import", str(path), "--layout", "acled", "--country", "IQ", "--json", "--casebook", book.name)[1]
        assert json.loads(out)["matched"] == []

    def test_wrong_use(self, book: Casebook, run: Callable[..., tuple[int, str, str]]) -> None:
        assert run("import", "x.csv", "--layout", "stix", "--casebook", book.name)[0] == 2
        assert run("import", "x.csv", "--layout", "acled", "--casebook", book.name)[0] == 1
        assert run("export", "--layout", "acled", "--records", "claims", "--casebook", book.name)[0] == 2
        assert run("export", "--layout", "acled", "--reduction", "mean", "--casebook", book.name)[0] == 2

    def test_out_and_in_by_command(self, book: Casebook, run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
        assert run("export", "--records", "casebook", "--output", "all.jsonl", "--casebook", book.name)[0] == 0
        status, _, err = run("import", "all.jsonl", "--layout", "jsonl", "--casebook", "new.sqlite")
        assert (status, "6 reports" in err) == (0, True)
        with reportedly.casebook.open(tmp_path / "new.sqlite", create=False) as new:
            assert list(new.incidents()) == list(book.incidents())

    def test_export_to_a_file_says_what_was_left_out(
        self, book: Casebook, run: Callable[..., tuple[int, str, str]], tmp_path: Path
    ) -> None:
        status, _, err = run(
            "export", "--layout", "ucdp-ged", "--reduction", "best-graded", "-o", "g.csv", "--casebook", book.name
        )
        assert (status, "Left out: 3 incidents" in err or "Left out: 2 incidents" in err) == (0, True)
        assert json.loads((tmp_path / "g.csv.meta.json").read_text("utf-8"))["reduction"] == "best_graded"

    def test_formats(self, run: Callable[..., tuple[int, str, str]]) -> None:
        status, out, _ = run("formats")
        assert (status, all(name in out for name in layouts())) == (0, True)
        assert "`fatalities`" in run("formats", "acled")[1]
        assert run("formats", "xls")[0] == 2
