"""The demo: invented reports of one week from several sides, read and shown; the README's examples; what tests need."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import services
import yaml

import reportedly
from reportedly.casebook import Filter
from reportedly.commands import main

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ROOT = Path(__file__).parents[1]
REPORTS = sorted((ROOT / "src/reportedly/demo/reports").glob("*.md"))


@dataclass(frozen=True)
class Shown:
    """The demo's folder and what it printed."""

    folder: Path
    out: str
    err: str


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The demo run once, 80 columns wide, over what an earlier one left."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo-casebook").mkdir()
    (folder / "demo-casebook" / "casebook.sqlite").write_text("left over", "utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
            main(["demo"])
    assert left.value.code in (0, None)
    yield Shown(folder, out.getvalue(), err.getvalue())


@pytest.fixture
def casebook(shown: Shown) -> Iterator[Casebook]:
    """The demo's casebook."""
    with reportedly.open(shown.folder / "demo-casebook" / "casebook.sqlite") as made:
        yield made


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_report_is_marked_as_invented(path: Path) -> None:
    head = yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.CBaseLoader)
    assert set(head) == {"title", "source", "published", "note"}
    assert head["note"].startswith("Invented for the Reportedly demo.")


def test_it_says_that_all_is_invented_and_names_the_next_commands(shown: Shown) -> None:
    assert "All is invented" in shown.out.partition("Claims")[0]
    following = shown.out.partition("Go on with:")[2]
    assert all(command in following for command in (" show incident-", " claims ", " search ", " export "))


def test_all_reports_are_read_and_the_wire_copy_is_found(shown: Shown, casebook: Casebook) -> None:
    assert f"{len(REPORTS)} reports read (1 a copy of another)" in shown.out
    assert "failed" not in shown.out + shown.err
    copies = [report for report in casebook.reports() if report.duplicate_of]
    assert [copy.source for copy in copies] == ["Agencia Andina Sur"]


def test_the_attack_is_one_incident_with_the_tolls_of_several_voices(shown: Shown, casebook: Casebook) -> None:
    attacks = [incident for incident in casebook.incidents(Filter(place="Charagua")) if incident.from_day == "2025-03-04"]
    largest = max(attacks, key=lambda incident: incident.reports)
    killed = next(spread for spread in largest.spreads if spread.field == "killed")
    assert largest.reports >= 4
    assert {"4 or more", "6", "11"} <= {version.value for version in killed.versions}
    assert all(f"{toll} — " in shown.out for toll in ("4 or more", "6", "11"))


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Who claims it", "claimed responsibility"),
        ("Who denies what", "denied that it had taken hostages"),
        ("Threats", "threatened in a video to attack"),
        ("Relations between the groups", "breakaway faction"),
    ],
)
def test_speech_and_relations_are_shown_with_their_words(shown: Shown, heading: str, words: str) -> None:
    assert words in " ".join(shown.out.partition(f"{heading}\n")[2].split())


def test_nothing_happens_on_the_football_pitch(casebook: Casebook) -> None:
    match = next(report for report in casebook.reports() if "derby" in (report.title or ""))
    assert [claim.trigger.text for claim in casebook.claims(Filter(report=match.id))] == []


def test_it_fits_80_columns(shown: Shown) -> None:
    told = shown.out.partition("Go on with:")[0]
    assert [line for line in told.splitlines() if len(line) > 80] == []


def test_the_examples_of_the_readme_run(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shown.folder)
    examples = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        # Not as the main module: processes that are started would look for its file.
        lines = example.replace('if __name__ == "__main__":', "if True:").replace("Reader()", "Reader(workers=1)")
        capsys.readouterr()
        exec(compile(lines, "README.md", "exec"), {"__name__": "readme"})
        assert capsys.readouterr().out.strip()


class TestServices:
    def test_nothing_is_said_where_all_is_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "install", lambda packages: pytest.fail("nothing is missing"))
        assert services.report([services.Service("a clock", lambda: True, ("clock",))]) == ""

    @pytest.mark.parametrize("can_install", [True, False])
    def test_what_is_missing_is_one_line(self, monkeypatch: pytest.MonkeyPatch, can_install: bool) -> None:
        asked: list[tuple[str, ...]] = []
        monkeypatch.setattr(services, "can_install", lambda: can_install)
        monkeypatch.setattr(services, "install", lambda packages: asked.append(tuple(packages)))
        line = services.report([services.Service("a clock", lambda: False, ("clock",))])
        assert line.startswith("Missing: a clock;") and line.endswith("apt-get install clock") and "\n" not in line
        assert asked == ([("clock",)] if can_install else [])

    def test_an_install_that_fails_is_no_error(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        program = tmp_path / "apt-get"
        program.write_text("#!/bin/sh\nexit 100\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        assert services.install(["clock"]) is False
