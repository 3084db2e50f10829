"""The command line as its users meet it: output, exit status, errors, JSON; each command run in this process."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import casebook_factory as factory
import own_knowledge
import pytest
from jsonschema import Draft202012Validator

import reportedly
from reportedly.commands import build_app, main
from reportedly.commands.schema import reading_schema, schema_text
from reportedly.knowledge.types import ontology
from reportedly.records import Reading

ROOT = Path(__file__).parents[1]
COMMANDS_PAGE = ROOT / "docs" / "commands.md"
TEXT = "Rebels attacked a village near Goma on Sunday, killing five people, an official said.\r\nThe army denied the attack.\n"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder, 80 columns wide, with the given standard input."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("REPORTEDLY_CASEBOOK", raising=False)
    monkeypatch.setattr("reportedly.commands.terminal.EVERY", math.inf)  # no line of progress, however slow the machine
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str, stdin: str | bytes = b"") -> Outcome:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        told = capsys.readouterr()
        return Outcome(left.value.code if isinstance(left.value.code, int) else int(left.value.code is not None), *told)

    return run_command


@pytest.fixture
def book(migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    """A casebook of three readings made by hand; an incident told twice, and a denial."""
    file = tmp_path / "made.sqlite"
    file.write_bytes(migrated_file.read_bytes())
    text = "The Blue Ridge Army denied that it had shelled Ansongo on 2025-06-05."
    denial = factory.claim(
        text, "denied", "denial", actors=["Blue Ridge Army"], voice="Blue Ridge Army", stance="denies", day="2025-06-05"
    )
    with reportedly.open(file) as casebook:
        casebook.add_many(
            [factory.clash(), factory.clash(killed=9, source="Border Post"), factory.reading(factory.report(text), denial)]
        )
        casebook.merge()
    yield str(file)


def ids(casebook: str) -> dict[str, str]:
    """One id of each kind."""
    with reportedly.open(casebook) as made:
        return {
            "report": next(made.reports()).id,
            "claim": next(made.claims()).id,
            "incident": next(made.incidents()).id,
            "relation": next(made.relations()).id,
            "actor": next(made.actors()).id,
            "decision": made.decide(next(made.claims()).id, "accept", by="tester").id,
        }


class TestStart:
    def test_nothing_heavy_is_imported_for_help(self) -> None:
        code = "import sys; from reportedly.commands import build_app; build_app(); print(*sys.modules)"
        modules = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
        assert not modules & {"spacy", "numpy", "pandas", "django", "trafilatura", "pyarrow", "httpx"}

    def test_python_m_runs_it(self) -> None:
        done = subprocess.run([sys.executable, "-m", "reportedly", "--version"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, f"reportedly {reportedly.__version__}\n")

    def test_help_tells_the_exit_statuses(self, run: Run) -> None:
        done = run("--help")
        assert done.status == 0
        assert all(f"{number} " in done.out.partition("Exit status:")[2] for number in (0, 1, 2, 3))

    @pytest.mark.parametrize("arguments", [["frobnicate"], ["claims", "--nonsense"], ["show"], ["claims", "--limit", "0"]])
    def test_wrong_use_is_status_2(self, run: Run, arguments: list[str]) -> None:
        assert run(*arguments).status == 2


class TestDocumentation:
    def test_every_command_and_option_is_documented(self) -> None:
        page = COMMANDS_PAGE.read_text("utf-8")
        sections = dict(re.findall(r"^## `reportedly (\w+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
        missing = []
        for name, options in _options().items():
            shared = page.partition("## Filters")[2].partition("\n## ")[0] if "--since" in options else ""
            told = sections.get(name, "") + shared + page.partition("## Every command")[2].partition("\n## ")[0]
            missing += [f"{name} {option}" for option in options if f"`{option}" not in told]
            missing += [] if name in sections else [name]
        assert missing == []

    def test_no_command_is_documented_that_does_not_exist(self) -> None:
        told = set(re.findall(r"^## `reportedly (\w+)`", COMMANDS_PAGE.read_text("utf-8"), re.MULTILINE))
        assert told == set(_options())

    def test_every_setting_is_documented(self) -> None:
        files = [*(ROOT / "src").rglob("*.py")]
        used = {name for file in files for name in re.findall(r"\bREPORTEDLY_[A-Z_]+\b", file.read_text("utf-8"))}
        assert {name for name in used if f"`{name}`" not in COMMANDS_PAGE.read_text("utf-8")} == set()
        assert "REPORTEDLY_CASEBOOK" in used

    def test_every_exit_status_is_documented(self) -> None:
        assert all(f"| {number} |" in COMMANDS_PAGE.read_text("utf-8") for number in (0, 1, 2, 3))


def _options() -> dict[str, list[str]]:
    """The long options of every command."""
    import typer.main

    group = typer.main.get_command(build_app())
    commands = group.commands  # type: ignore[attr-defined]
    return {
        name: [
            option for parameter in command.params for option in parameter.opts if option.startswith("--") and option != "--help"
        ]
        for name, command in commands.items()
    }


class TestSchema:
    def test_the_published_file_is_current(self) -> None:
        assert (ROOT / "docs" / "schema" / "reading-1.json").read_text("utf-8") == schema_text()

    def test_the_command_prints_it(self, run: Run) -> None:
        assert run("schema").out == schema_text()

    def test_the_schema_is_one(self) -> None:
        Draft202012Validator.check_schema(reading_schema())

    @pytest.mark.parametrize("demo", sorted((ROOT / "src/reportedly/demo/reports").glob("*.md")), ids=lambda path: path.stem)
    def test_real_output_is_valid(self, demo: Path) -> None:
        body = demo.read_text("utf-8").split("---\n", 2)[2]
        reading = reportedly.read(body, published="2025-03-10", title="T", source="S")
        Draft202012Validator(reading_schema()).validate(json.loads(reading.to_json()))

    @pytest.mark.parametrize("change", [{"claims": None}, {"extra": 1}, {"report": {"id": "x"}}])
    def test_other_output_is_not(self, change: dict[str, object]) -> None:
        whole = json.loads(factory.clash().to_json()) | change
        assert not Draft202012Validator(reading_schema()).is_valid(whole)


class TestRead:
    def test_json_is_one_object_for_the_exact_text(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(TEXT.encode())
        done = run("read", "a.txt", "--published", "2025-06-03", "--title", "T", "--source", "S", "--json")
        reading = Reading.from_json(done.out)
        assert (done.status, done.out.count("\n")) == (0, 1)
        assert reading == reportedly.read(TEXT, published="2025-06-03", title="T", source="S")
        assert (reading.report.text, reading.report.title, reading.report.source) == (TEXT, "T", "S")
        assert all(TEXT[span.start : span.end] == span.text for claim in reading.claims for span in claim.evidence)

    def test_the_head_of_a_markdown_file(self, run: Run, tmp_path: Path) -> None:
        """For people it is a head; as JSON it is text, so that offsets fit the file, and that is said."""
        (tmp_path / "a.md").write_text(f"---\nsource: Lake Courier\n---\n{TEXT}", encoding="utf-8")
        done = run("read", "a.md", "--json")
        assert Reading.from_json(done.out).report.text.startswith("---")
        assert "its head is read as text too" in done.err
        assert "head" not in run("read", "a.md").err

    def test_standard_input_is_read_where_no_file_is_named(self, run: Run) -> None:
        assert Reading.from_json(run("read", "--json", stdin=TEXT).out).report.text == TEXT
        assert Reading.from_json(run("read", "-", "--json", stdin=TEXT).out).report.text == TEXT

    def test_people_see_claims_words_and_voices(self, run: Run) -> None:
        done = run("read", "--published", "2025-06-03", "--source", "Lake Courier", stdin=TEXT)
        assert done.status == 0
        assert all(words in done.out for words in ("2025-06-01", "Lake Courier", "official", "5 killed", "“"))

    def test_the_last_day_bounds_an_unknown_date(self, run: Run) -> None:
        reading = Reading.from_json(run("read", "--published-until", "2025-06-30", "--json", stdin=TEXT).out)
        assert all(claim.time is None or (claim.time.to or "") <= "2025-06-30" for claim in reading.claims)

    def test_no_claims_is_said_and_is_no_failure(self, run: Run) -> None:
        done = run("read", "--published", "2025-06-03", stdin="The bakery opens at six and sells bread.")
        assert (done.status, done.out.strip()) == (0, "")
        assert "No claim" in done.err

    def test_a_missing_date_is_said(self, run: Run) -> None:
        assert "--published" in run("read", stdin=TEXT).err

    def test_markdown_loses_its_marks_for_people_only(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text("---\npublished: 2025-06-03\n---\n\n# Attack\n\n" + TEXT, "utf-8")
        assert "2025-06-01" in run("read", "a.md").out
        assert Reading.from_json(run("read", "a.md", "--json").out).report.text.startswith("---\n")

    def test_a_page_is_turned_into_text(self, run: Run, tmp_path: Path) -> None:
        page = "<html><body><article><p>" + TEXT * 3 + "</p></article></body></html>"
        (tmp_path / "a.html").write_text(page, "utf-8")
        assert "<" not in Reading.from_json(run("read", "a.html", "--json").out).report.text

    @pytest.mark.parametrize(
        ("arguments", "status", "words"),
        [
            (["none.txt"], 1, "none.txt"),
            (["--published", "soon"], 2, "--published"),
            (["--published-until", "2025-13-01"], 2, "--published-until"),
            (["--jsonl", "--title", "T"], 2, "--jsonl"),
        ],
    )
    def test_errors_are_one_line(self, run: Run, arguments: list[str], status: int, words: str) -> None:
        done = run("read", *arguments, stdin=TEXT)
        assert (done.status, done.out, done.err.count("\n")) == (status, "", 1)
        assert words in done.err

    def test_bytes_that_are_no_text_are_an_error(self, run: Run) -> None:
        done = run("read", "--json", stdin=b"ok \xff\xfe")
        assert (done.status, done.out) == (1, "")
        assert "byte 3 is no UTF-8" in done.err


class TestReadLines:
    def test_objects_come_in_order_and_bad_lines_are_named(self, run: Run, tmp_path: Path) -> None:
        lines = [
            json.dumps({"id": "a", "text": TEXT, "published": "2025-06-03", "title": "T", "source": "S"}),
            "not json",
            "[1]",
            json.dumps({"id": "b"}),
            json.dumps({"id": "c", "text": 5}),
            json.dumps({"id": "d", "text": "x", "published": "soon"}),
            json.dumps({"id": "e", "text": "half \ud800"}),
            "",
            json.dumps({"id": 7, "text": "The bakery opens at six.", "published": None, "place": "Goma"}),
        ]
        (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
        done = run("read", "--jsonl", "in.jsonl")
        readings = [Reading.from_json(line) for line in done.out.splitlines()]
        assert done.status == 3
        assert [reading.report.id for reading in readings] == ["a", "7"]
        assert readings[0] == reportedly.read(TEXT, id="a", published="2025-06-03", title="T", source="S")
        assert re.findall(r"line (\d+): ", done.err) == ["2", "3", "4", "5", "6", "7"]
        assert "Not used: place" in done.err

    def test_standard_input_with_all_good_lines_is_status_0(self, run: Run) -> None:
        done = run("read", "--jsonl", stdin=json.dumps({"text": "The bakery opens at six."}) + "\n")
        assert (done.status, done.err) == (0, "")
        assert Reading.from_json(done.out).claims == ()

    def test_no_lines_give_no_output(self, run: Run) -> None:
        assert run("read", "--jsonl", stdin=b"\n\n") == Outcome(0, "", "")


class TestAdd:
    def test_a_batch_goes_on_after_bad_input(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        (tmp_path / "empty.txt").write_text("", "utf-8")
        done = run("add", "none.txt", "a.txt", "empty.txt", "--published", "2025-06-03", "--source", "Lake Courier")
        assert done.status == 3
        assert "1 report read, 1 skipped, 1 failed" in done.out
        assert "failed: none.txt" in done.err and "skipped: empty.txt" in done.err

    def test_a_second_run_reads_nothing_again(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        assert run("add", "a.txt").status == 0
        again = run("add", "a.txt", "--json")
        assert again.status == 0
        assert again.json == {
            "casebook": str(tmp_path / "casebook.sqlite"),
            "read": 0,
            "copies": 0,
            "known": 1,
            "skipped": 0,
            "failed": 0,
            "holds": again.json["holds"],
        }

    def test_a_wire_copy_is_found_in_a_later_run(self, run: Run, tmp_path: Path) -> None:
        story = " ".join(f"Witness number {number} told the court what she had seen at the mill that day." for number in range(9))
        (tmp_path / "a.txt").write_text(f"{story} {TEXT}", "utf-8")
        (tmp_path / "b.txt").write_text(f"{story} {TEXT} Reporting by the news desk.", "utf-8")
        run("add", "a.txt", "--source", "One")
        assert "1 report read (1 a copy of another)" in run("add", "b.txt", "--source", "Two").out

    def test_columns_are_taken_as_told(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text(f'when,body,who\n2025-06-03,"{TEXT.strip()}",Lake Courier\n', "utf-8")
        assert run("add", "t.csv", "--columns", "text=body,published=when", "--columns", "source=who").status == 0
        reports = run("reports", "--json").json
        assert [(row["source"], row["published"][:10]) for row in reports] == [("Lake Courier", "2025-06-03")]

    @pytest.mark.parametrize("columns", ["body", "text=", "words=body"])
    def test_columns_that_say_nothing_are_wrong_use(self, run: Run, columns: str) -> None:
        done = run("add", "t.csv", "--columns", columns)
        assert (done.status, done.err.count("\n")) == (2, 1)

    def test_the_casebook_may_be_named_by_the_setting(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPORTEDLY_CASEBOOK", str(tmp_path / "named.sqlite"))
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        assert run("add", "a.txt").status == 0
        assert (tmp_path / "named.sqlite").exists() and not (tmp_path / "casebook.sqlite").exists()


LISTS = ("claims", "reports", "incidents", "actors", "relations")


class TestLists:
    @pytest.mark.parametrize("command", LISTS)
    def test_a_table_fits_80_columns(self, run: Run, book: str, command: str) -> None:
        done = run(command, "--casebook", book)
        assert done.status == 0
        assert done.out.strip()
        assert max(len(line) for line in done.out.splitlines()) <= 80

    @pytest.mark.parametrize("command", LISTS)
    def test_json_gives_the_same_records(self, run: Run, book: str, command: str) -> None:
        with reportedly.open(book) as casebook:
            expected = [json.loads(record.model_dump_json(by_alias=True)) for record in getattr(casebook, command)()]
        assert run(command, "--casebook", book, "--json").json == expected
        assert expected

    @pytest.mark.parametrize("command", LISTS)
    def test_nothing_found_says_what_to_do(self, run: Run, book: str, command: str) -> None:
        done = run(command, "--casebook", book, "--since", "2031-01-01")
        assert (done.status, done.out) == (0, "")
        assert "leave one out" in done.err
        assert run(command, "--casebook", book, "--since", "2031-01-01", "--json").json == []

    @pytest.mark.parametrize("command", LISTS)
    def test_an_empty_casebook_says_how_to_fill_it(self, run: Run, migrated_file: Path, tmp_path: Path, command: str) -> None:
        (tmp_path / "empty.sqlite").write_bytes(migrated_file.read_bytes())
        assert "reportedly add" in run(command, "--casebook", "empty.sqlite").err

    @pytest.mark.parametrize("command", [*LISTS, "search x", "show claim-1", "export"])
    def test_no_casebook_says_how_to_make_one(self, run: Run, tmp_path: Path, command: str) -> None:
        done = run(*command.split(), "--casebook", "none.sqlite")
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
        assert "none.sqlite" in done.err and "reportedly add" in done.err
        assert not (tmp_path / "none.sqlite").exists()

    @pytest.mark.parametrize(
        ("narrowed", "found"),
        [
            (["--family", "battle"], 2),
            (["--type", "ambush"], 0),
            (["--family", "denial"], 1),
            (["--place", "Gao"], 2),
            (["--country", "IQ"], 0),
            (["--actor", "Blue Ridge"], 3),
            (["--voice", "blue ridge army"], 1),
            (["--status", "planned"], 0),
            (["--until", "2025-06-03"], 2),
            (["--text", "shelled"], 1),
            (["--limit", "1"], 1),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters_narrow(self, run: Run, book: str, narrowed: list[str], found: int) -> None:
        done = run("claims", "--casebook", book, "--json", *narrowed)
        assert (done.status, len(done.json)) == (0, found)

    def test_newest_comes_first_when_asked(self, run: Run, book: str) -> None:
        days = [claim["time"]["from"] for claim in run("claims", "--casebook", book, "--json", "--newest").json]
        assert days == sorted(days, reverse=True) and len(set(days)) == 2

    @pytest.mark.parametrize(
        ("command", "option", "value", "near"),
        [
            ("claims", "--family", "battel", "battle"),
            ("claims", "--type", "ambsh", "ambush"),
            ("claims", "--status", "Occured", "occurred"),
            ("incidents", "--status", "denyed", "denied"),
            ("relations", "--type", "hostil", "hostile"),
            ("claims", "--since", "yesterday", "2025-06-01"),
        ],
    )
    def test_a_word_that_no_record_can_have_is_wrong_use(
        self, run: Run, book: str, command: str, option: str, value: str, near: str
    ) -> None:
        done = run(command, "--casebook", book, option, value)
        assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
        assert near in done.err

    def test_a_long_list_says_that_there_is_more(self, run: Run, book: str) -> None:
        done = run("claims", "--casebook", book, "--limit", "2")
        assert "there are more" in done.err
        assert "there are more" not in run("claims", "--casebook", book, "--limit", "3").err


class TestShow:
    @pytest.mark.parametrize("kind", ["report", "claim", "incident", "relation", "actor", "decision"])
    def test_every_kind_is_shown_by_id(self, run: Run, book: str, kind: str) -> None:
        key = ids(book)[kind]
        done = run("show", key, "--casebook", book)
        assert done.status == 0
        assert key in done.out
        assert max(len(line) for line in done.out.splitlines()) <= 80
        assert run("show", key, "--casebook", book, "--json").json["id"] == key

    def test_a_claim_marks_its_words_in_the_text(self, run: Run, book: str) -> None:
        done = run("show", ids(book)["claim"], "--casebook", book)
        assert "«Red Lantern Front» «attacked» «Blue Ridge Army» in «Gao»" in " ".join(done.out.split())

    def test_an_incident_keeps_the_figures_apart(self, run: Run, book: str) -> None:
        out = run("show", ids(book)["incident"], "--casebook", book).out
        killed = out.partition("killed")[2]
        assert "4" in killed and "9" in killed and "13" not in killed
        assert "Desert Courier" in out and "Border Post" in out and "joined because" in out

    def test_a_figure_is_not_put_into_the_mouth_of_who_denies_it(self, run: Run, book: str) -> None:
        text = "The River Guard denied that nine soldiers were killed when Red Lantern Front attacked Blue Ridge Army in Gao."
        sides: dict[str, Any] = {
            "actors": ["Red Lantern Front"],
            "targets": ["Blue Ridge Army"],
            "at": factory.GAO,
            "day": "2025-06-02",
        }
        denied = factory.claim(text, "attacked", voice="River Guard", stance="denies", killed=("nine", 9, 9), **sides)
        with reportedly.open(book) as casebook:
            casebook.add(factory.reading(factory.report(text, published="2025-06-04"), denied))
            casebook.merge()
            key = casebook.get(denied.id).incidents[0]  # type: ignore[union-attr]
        for done in (run("show", key, "--casebook", book), run("incidents", "--casebook", book)):
            assert "River Guard (denies)" in done.out and "Border Post (denies)" not in done.out

    def test_the_beginning_of_an_id_is_enough(self, run: Run, book: str) -> None:
        key = ids(book)["claim"]
        assert key in run("show", key[:14], "--casebook", book).out

    def test_an_unknown_id_is_an_error(self, run: Run, book: str) -> None:
        done = run("show", "claim-ffffffffffff", "--casebook", book)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


class TestSearch:
    def test_words_are_marked(self, run: Run, book: str) -> None:
        done = run("search", "shelled", "--casebook", book)
        assert done.out.count("«shelled»") == 2
        assert max(len(line) for line in done.out.splitlines()) <= 80

    def test_one_kind_alone(self, run: Run, book: str) -> None:
        found = run("search", "shelled", "--kind", "claim", "--limit", "5", "--casebook", book, "--json").json
        assert [hit["kind"] for hit in found] == ["claim"]

    @pytest.mark.parametrize("text", ["zebra", "", '"', "-", "NOT AND"])
    def test_nothing_found_is_no_failure(self, run: Run, book: str, text: str) -> None:
        done = run("search", "--casebook", book, "--", text)
        assert (done.status, done.out) == (0, "")
        assert done.err

    def test_an_unknown_kind_is_wrong_use(self, run: Run, book: str) -> None:
        assert run("search", "x", "--kind", "reprot", "--casebook", book).status == 2


class TestExport:
    def test_csv_goes_into_a_file(self, run: Run, book: str, tmp_path: Path) -> None:
        done = run("export", "--layout", "csv", "--output", "out.csv", "--casebook", book)
        rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
        assert (done.status, done.out, len(rows)) == (0, "", 3)
        assert not list(tmp_path.glob("*.part"))

    @pytest.mark.parametrize("records", ["claims", "reports", "incidents", "relations"])
    def test_json_lines_go_to_the_screen(self, run: Run, book: str, records: str) -> None:
        done = run("export", "--records", records, "--casebook", book)
        assert [json.loads(line)["id"] for line in done.out.splitlines()]

    def test_filters_narrow(self, run: Run, book: str) -> None:
        assert run("export", "--family", "denial", "--casebook", book).out.count("\n") == 1

    @pytest.mark.parametrize("arguments", [["--layout", "xls"], ["--records", "people"], ["--output", "no/such/folder/x"]])
    def test_what_cannot_be_is_wrong_use(self, run: Run, book: str, arguments: list[str]) -> None:
        assert run("export", *arguments, "--casebook", book).status == 2


class TestDoctor:
    def test_it_tells_what_is_there(self, run: Run, book: str) -> None:
        found = {entry["what"]: entry for entry in run("doctor", "--quick", "--json", "--casebook", book).json}
        assert set(found) == {"program", "model", "knowledge", "gazetteer", "casebook", "SQLite", "PostgreSQL", "machine"}
        assert "3 reports" in found["casebook"]["found"] and reportedly.__version__ in found["program"]["found"]

    def test_a_missing_model_is_status_1_with_its_remedy(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPORTEDLY_MODEL", "no_such_model")
        for arguments in (["--quick"], []):
            done = run("doctor", *arguments)
            assert done.status == 1
            assert "pip install" in done.out


class TestKnowledge:
    def test_layers_are_shown(self, run: Run) -> None:
        done = run("knowledge")
        assert done.status == 0
        assert re.search(r"shipped: \d+,\d{3} actors", done.out)
        assert run("knowledge", "--json").json["reader"].startswith(f"{reportedly.__version__}+k")

    def test_a_sound_folder_is_told_by_file(self, run: Run, tmp_path: Path) -> None:
        folder = own_knowledge.write(
            tmp_path, {"lexicon/classes.csv": own_knowledge.CLASSES, "actors/mine.csv": own_knowledge.ACTORS}
        )
        found = run("knowledge", str(folder), "--json").json
        assert [Path(part["file"]).name for part in found["files"]] == ["mine.csv", "classes.csv"]
        assert ".own" in found["reader"]

    def test_a_fault_is_one_line_with_file_and_line(self, run: Run, tmp_path: Path) -> None:
        folder = own_knowledge.write(tmp_path, {"lexicon/classes.csv": own_knowledge.CLASSES.replace("armed_group", "rebels")})
        done = run("knowledge", str(folder))
        assert done.status == 1
        assert "classes.csv:2: unknown group 'rebels'" in done.err

    def test_the_setting_is_shown_and_used(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = own_knowledge.write(tmp_path, {"actors/mine.csv": own_knowledge.ACTORS})
        monkeypatch.setenv("REPORTEDLY_KNOWLEDGE", str(folder))
        assert [entry.get("folder") for entry in run("knowledge", "--json").json["layers"]] == [None, str(folder)]
        doctor = {entry["what"]: entry for entry in run("doctor", "--quick", "--json").json}
        assert ".own" in doctor["knowledge"]["found"] and "over it" in doctor["knowledge"]["found"]

    def test_a_setting_that_cannot_be_used_is_missing(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPORTEDLY_KNOWLEDGE", str(tmp_path / "none"))
        done = run("doctor", "--quick")
        assert done.status == 1
        assert "no such folder" in done.out

    def test_versions_are_listed(self, run: Run) -> None:
        assert isinstance(run("knowledge", "--versions", "--json").json, list)
        assert reportedly.__version__ in run("knowledge", "--versions").out

    def test_the_codebook_holds_own_types(self, run: Run, tmp_path: Path) -> None:
        folder = own_knowledge.own_folder(tmp_path)
        page = run("knowledge", str(folder), "--codebook").out
        assert page.count("\n## ") == len(ontology()) + 1
        assert "`cattle_raid`: Armed people take a herd away from its owners." in page
        assert "| CAMEO |  | not mapped (no root for herds) |" in page

    def test_a_record_needs_words(self, run: Run) -> None:
        assert run("knowledge", "--record", " ").status == 2


HOSTILE = (
    "Rebels attacked\x1b[2J a \x9b31mvillage\x07 near \u202eGoma\u202c on Sunday, killing five people, "
    "\x1b]0;x\x07police said.\x7f"
)


class TestHostileText:
    def test_people_never_get_what_steers_a_terminal(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text(
            json.dumps({"text": HOSTILE, "title": HOSTILE, "source": HOSTILE, "published": "2025-06-03", "id": HOSTILE[:40]}),
            "utf-8",
        )
        run("add", "a.jsonl")
        shown = [run("read", "--published", "2025-06-03", "--title", HOSTILE, "--source", HOSTILE, stdin=HOSTILE)]
        shown += [run(command) for command in LISTS]
        shown += [
            run("search", "rebels"),
            run("add", "\x1b[2Jnone.txt"),
            run("show", "\x1b[2J"),
            run("claims", "--place", "\x1b[2J"),
        ]
        with reportedly.open(tmp_path / "casebook.sqlite") as casebook:
            keys = [record.id for kind in LISTS for record in getattr(casebook, kind)()]
        shown += [run("show", key) for key in keys]
        assert any("village" in outcome.out for outcome in shown)
        assert [hit for outcome in shown for hit in STEERING.findall(outcome.out + outcome.err)] == []

    def test_json_escapes_it_and_keeps_the_text(self, run: Run) -> None:
        done = run("read", "--json", stdin=HOSTILE)
        assert STEERING.findall(done.out) == []
        assert Reading.from_json(done.out).report.text == HOSTILE


class TestEvaluate:
    @pytest.fixture
    def gold(self, tmp_path: Path) -> str:
        first = "Rebels attacked the village of Mabalako on Sunday, killing five people."
        text = f"{first} The army shelled a \x1b[2Jmarket on Monday."
        event: dict[str, Any] = {
            "targets": [],
            "place": None,
            "date": None,
            "killed": None,
            "injured": None,
            "attributed_to": ["article"],
        }
        event |= {"status": "occurred", "actors": ["rebels"], "attributed_to": ["article"]}
        events = [
            event | {"id": "e1", "type": "violence_against_civilians", "evidence": first},
            event | {"id": "e2", "type": "protest", "evidence": "The army shelled a \x1b[2Jmarket"},
        ]
        (tmp_path / "gold").mkdir()
        report = {"id": "r", "text": text, "published": "2025-06-03", "events": events, "relations": []}
        (tmp_path / "gold" / "r.json").write_text(json.dumps(report), "utf-8")
        return str(tmp_path / "gold")

    def test_scores_and_errors_are_shown(self, run: Run, gold: str) -> None:
        done = run("evaluate", gold, "--errors")
        assert done.status == 0
        assert "precision" in done.out and "missed protest" in done.out
        assert STEERING.findall(done.out) == []
        assert max(len(line) for line in done.out.splitlines()) <= 80

    def test_json_holds_the_same(self, run: Run, gold: str) -> None:
        found = run("evaluate", gold, "--json").json
        assert found["reports"] == 1 and [error["type"] for error in found["event_errors"] if error["kind"] == "missed"] == [
            "protest"
        ]

    @pytest.mark.parametrize("folder", ["none", "."])
    def test_a_folder_without_gold_is_wrong_use(self, run: Run, folder: str) -> None:
        done = run("evaluate", folder)
        assert (done.status, done.out) == (2, "")


class TestBrief:
    def test_markdown_is_printed(self, run: Run, book: str) -> None:
        done = run("brief", "--casebook", book, "--since", "7d", "--until", "2025-06-04")
        assert done.status == 0
        assert done.out.startswith("# Brief\n") and "## What is not known" in done.out and "[^1]: " in done.out

    @pytest.mark.parametrize(
        ("name", "start"), [("a.html", b"<!doctype"), ("a.md", b"# Brief"), ("a.docx", b"PK"), ("a.json", b"{")]
    )
    def test_the_name_of_the_file_decides(self, run: Run, book: str, tmp_path: Path, name: str, start: bytes) -> None:
        done = run("brief", "--casebook", book, "--since", "7d", "--until", "2025-06-04", "-o", name)
        assert (done.status, done.out) == (0, "")
        assert (tmp_path / name).read_bytes().startswith(start)
        assert "footnotes" in done.err

    def test_an_empty_window_is_no_failure_and_says_what_to_do(self, run: Run, book: str) -> None:
        done = run("brief", "--casebook", book, "--area", "Gao")
        assert done.status == 0
        assert all(words in done.out for words in ("Nothing to tell", "2025-06-04", "area"))

    @pytest.mark.parametrize("option", ["--area", "--place"])
    def test_area_and_place_are_one(self, run: Run, book: str, option: str) -> None:
        done = run("brief", "--casebook", book, "--since", "7d", "--until", "2025-06-04", option, "Gao", "--format", "json")
        assert done.json["asked"] == [["area", "Gao"]] and not done.json["is_empty"]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--since", "soon"], "24h"),
            (["--by", "read"], "--by"),
            (["--type", "atack"], "attack"),
            (["-o", "brief.odt"], "--format"),
            (["--format", "odt"], "--format"),
            (["--since", "2025-07-01", "--until", "2025-06-01"], "before"),
        ],
    )
    def test_wrong_use_is_one_line(self, run: Run, book: str, arguments: list[str], words: str) -> None:
        done = run("brief", "--casebook", book, *arguments)
        assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
        assert words in done.err

    def test_without_a_browser_no_pdf_and_no_file(
        self, run: Run, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shutil.which", lambda name: None)
        done = run("brief", "--casebook", book, "--since", "7d", "--until", "2025-06-04", "-o", "a.pdf")
        assert done.status == 2 and "Chromium" in done.err
        assert [file.name for file in tmp_path.iterdir() if file.name.startswith("a.")] == []
