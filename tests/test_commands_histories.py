"""Relations over time on the command line: the story of a pair, all pairs on a day, threats, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import casebook_factory as factory
import pytest
from test_commands import Outcome, Run, run

import reportedly
from reportedly.records import Reading
from reportedly.relations import History, PairState, Shift, Threat

__all__ = ["run"]

RED, BLUE = "Red Lantern Front", "Blue Ridge Army"


def told(text: str, trigger: str, family: Any, published: str, **more: Any) -> Reading:
    """A report of one claim."""
    return factory.reading(factory.report(text, published=published), factory.claim(text, trigger, family, **more))


def readings() -> list[Reading]:
    """A truce made, said to be over by one side and denied by the other; a threat and the attack after it; a union of others."""
    both = {"actors": [RED, BLUE]}
    attack = f"{RED} attacked {BLUE} in Gao on 2025-06-09."
    union = "Red Lantern Front joined River Guard for good."
    return [
        told(
            f"{RED} and {BLUE} signed a ceasefire on 2025-06-01.", "signed a ceasefire", "agreement", "2025-06-02",
            type="ceasefire", day="2025-06-01", **both,
        ),
        told(
            f"{RED} said that its truce with {BLUE} was over.", "truce", "truce_end", "2025-06-05",
            type="truce_ended", voice=RED, **both,
        ),
        told(
            f"{BLUE} denied that the truce with {RED} was over.", "truce", "truce_end", "2025-06-06",
            type="truce_ended", voice=BLUE, stance="denies", status="denied", negated=True, actors=[BLUE], targets=[RED],
        ),
        told(
            f"{RED} threatened to shell {BLUE}.", "threatened", "threat", "2025-06-07",
            status="threatened", voice=RED, stance="threatens", actors=[RED], targets=[BLUE],
        ),
        told(
            attack, "attacked", "battle", "2025-06-10",
            type="armed_assault", day="2025-06-09", actors=[RED], targets=[BLUE], at=factory.GAO,
        ),
        factory.reading(
            factory.report(union, published="2025-06-10"),
            relations=(factory.relation(union, RED, "River Guard", "allied", rules=("tie:alliance",)),),
        ),
    ]  # fmt: skip


@pytest.fixture
def book(migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "made.sqlite"
    file.write_bytes(migrated_file.read_bytes())
    with reportedly.open(file) as casebook:
        casebook.add_many(readings())
        casebook.merge()
    yield str(file)


def flat(outcome: Outcome) -> str:
    return " ".join(outcome.out.split())


COMMANDS = ("relations Lantern Ridge", "relations --at 2025-06-10", "threats", "changes --since 2025-06-01")


@pytest.mark.parametrize("command", COMMANDS)
class TestAll:
    def test_output_fits_80_columns(self, run: Run, book: str, command: str) -> None:
        done = run(*command.split(), "--casebook", book)
        assert done.status == 0 and done.out.strip()
        assert max(len(line) for line in done.out.splitlines()) <= 80

    def test_two_runs_print_the_same(self, run: Run, book: str, command: str) -> None:
        assert run(*command.split(), "--casebook", book) == run(*command.split(), "--casebook", book)

    def test_an_empty_casebook_says_how_to_fill_it(self, run: Run, migrated_file: Path, tmp_path: Path, command: str) -> None:
        (tmp_path / "empty.sqlite").write_bytes(migrated_file.read_bytes())
        done = run(*command.split(), "--casebook", "empty.sqlite")
        assert (done.status, done.out) == (0, "")
        assert "reportedly add" in done.err
        assert run(*command.split(), "--casebook", "empty.sqlite", "--json").json == []

    def test_no_casebook_says_how_to_make_one(self, run: Run, command: str) -> None:
        done = run(*command.split(), "--casebook", "none.sqlite")
        assert (done.status, done.out) == (1, "") and "reportedly add" in done.err


@pytest.mark.parametrize(
    ("command", "record"), zip(COMMANDS, (History, PairState, Threat, Shift), strict=True), ids=lambda value: str(value)[:20]
)
def test_json_holds_whole_records(run: Run, book: str, command: str, record: type[Any]) -> None:
    found = run(*command.split(), "--casebook", book, "--json").json
    assert found
    for one in found:
        record.model_validate(one)


class TestStory:
    def test_each_change_stands_with_its_words_and_voice(self, run: Run, book: str) -> None:
        text = flat(run("relations", "grp-red-lantern", "grp-blue-ridge", "--casebook", book))
        for words in (
            "signed a ceasefire on 2025-06-01",
            "denied that the truce",
            "threatened to shell",
            "attacked Blue Ridge Army",
        ):
            assert words in text
        assert text.index("agreement") < text.index("truce called over") < text.index("denied: truce called over")

    def test_what_each_change_makes_of_the_truce_is_told(self, run: Run, book: str) -> None:
        text = flat(run("relations", RED, BLUE, "--casebook", book))
        assert "→ truce: current" in text
        assert "→ truce: ended, one side's word (Red Lantern Front)" in text
        assert "→ truce: ended, disputed (Red Lantern Front; against: Blue Ridge Army)" in text
        assert "As of 2025-06-10" in text

    def test_silence_is_told_on_a_later_day(self, run: Run, book: str) -> None:
        text = flat(run("relations", RED, BLUE, "--at", "2027-01-01", "--casebook", book))
        assert "→ hostile: unknown after 365 days of silence (was current)" in text
        assert "silence" not in flat(run("relations", RED, BLUE, "--casebook", book))

    @pytest.mark.parametrize(
        ("narrowed", "kept", "left"),
        [
            (["--since", "2025-06-06"], "denied: truce called over", "signed a ceasefire"),
            (["--until", "2025-06-02"], "signed a ceasefire", "threatened"),
            (["--type", "hostile"], "threatened", "signed a ceasefire"),
            (["--voice", "blue"], "denied: truce called over", "threatened"),
            (["--limit", "1"], "signed a ceasefire", "threatened"),
            (["--limit", "1", "--newest"], "attacked", "threatened"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters_narrow(self, run: Run, book: str, narrowed: list[str], kept: str, left: str) -> None:
        text = flat(run("relations", RED, BLUE, "--casebook", book, *narrowed))
        assert kept in text and left not in text

    def test_nothing_between_two_says_with_whom_they_are_told(self, run: Run, book: str) -> None:
        done = run("relations", "River Guard", BLUE, "--casebook", book)
        assert (done.status, done.out) == (0, "")
        assert "Red Lantern Front" in done.err and "reportedly relations" in done.err

    def test_several_pairs_are_named(self, run: Run, book: str) -> None:
        done = run("relations", "Lantern", "r", "--casebook", book)
        assert "2 pairs fit" in done.err and "River Guard" in done.err

    def test_a_rejected_claim_tells_nothing(self, run: Run, book: str) -> None:
        with reportedly.open(book) as casebook:
            (threat,) = (claim for claim in casebook.claims() if claim.family == "threat")
            casebook.decide(threat.id, "reject", by="tester")
        assert "threatened" not in flat(run("relations", RED, BLUE, "--casebook", book))
        assert run("threats", "--casebook", book, "--json").json == []


class TestStates:
    def test_all_pairs_stand_as_they_did_on_that_day(self, run: Run, book: str) -> None:
        assert _states(run, book, "2025-05-31") == []
        assert _states(run, book, "2025-06-01") == [("truce", "current", "told")]
        assert _states(run, book, "2025-06-05") == [("truce", "ended", "one_side")]
        assert _states(run, book, "2025-06-10") == [
            ("hostile", "current", "told"),
            ("truce", "ended", "disputed"),
            ("allied", "current", "told"),
        ]

    def test_each_voice_keeps_its_own(self, run: Run, book: str) -> None:
        rows = run("relations", "--at", "2025-06-10", "--type", "truce", "--casebook", book, "--json").json
        voices = {told["voice"]["name"]: told["state"]["status"] for told in rows[0]["voices"]}
        assert voices == {"Desert Courier": "violated", RED: "ended", BLUE: "current"}

    @pytest.mark.parametrize(
        ("narrowed", "found"),
        [
            (["--type", "allied"], 1),
            (["--status", "ended"], 1),
            (["--actor", "river"], 1),
            (["--voice", "ridge"], 1),
            (["--limit", "2"], 2),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters_narrow(self, run: Run, book: str, narrowed: list[str], found: int) -> None:
        assert len(run("relations", "--at", "2025-06-10", "--casebook", book, "--json", *narrowed).json) == found

    def test_nothing_known_yet_says_what_to_do(self, run: Run, book: str) -> None:
        done = run("relations", "--at", "2020-01-01", "--casebook", book)
        assert (done.status, done.out) == (0, "") and done.err.strip()


class TestThreats:
    def test_the_deed_stands_beside_the_threat(self, run: Run, book: str) -> None:
        text = flat(run("threats", "--casebook", book))
        assert "carried out 2025-06-09" in text and "threatened to shell" in text and "incident-" in text

    @pytest.mark.parametrize(
        ("narrowed", "found"),
        [
            (["--status", "carried_out"], 1),
            (["--status", "open"], 0),
            (["--at", "2025-06-08", "--status", "open"], 1),
            (["--actor", BLUE], 1),
            (["--actor", "River"], 0),
            (["--type", "ultimatum"], 0),
            (["--since", "2025-06-08"], 0),
            (["--until", "2025-06-07"], 1),
            (["--voice", "lantern"], 1),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters_narrow(self, run: Run, book: str, narrowed: list[str], found: int) -> None:
        assert len(run("threats", "--casebook", book, "--json", *narrowed).json) == found

    def test_nothing_found_says_what_to_do(self, run: Run, book: str) -> None:
        done = run("threats", "--casebook", book, "--status", "withdrawn")
        assert (done.status, done.out) == (0, "") and "leave one out" in done.err


class TestChanges:
    def test_what_turned_since_a_day(self, run: Run, book: str) -> None:
        rows = run("changes", "--since", "2025-06-01", "--casebook", book, "--json").json
        assert [(row["direction"], row["day"], row["what"], row["now"]) for row in rows] == [
            ("formed", "2025-06-01", "truce", "current"),
            ("broke", "2025-06-05", "truce", "ended"),
            ("escalated", "2025-06-07", "threat", "uttered"),
            ("escalated", "2025-06-09", "threat", "carried_out"),
        ]

    @pytest.mark.parametrize(
        ("narrowed", "found"),
        [
            (["--type", "truce"], 2),
            (["--status", "broke"], 1),
            (["--actor", "river"], 0),
            (["--until", "2025-06-01"], 1),
            (["--limit", "1"], 1),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_filters_narrow(self, run: Run, book: str, narrowed: list[str], found: int) -> None:
        assert len(run("changes", "--since", "2025-06-01", "--casebook", book, "--json", *narrowed).json) == found

    def test_newest_first(self, run: Run, book: str) -> None:
        rows = run("changes", "--since", "2025-06-01", "--newest", "--casebook", book, "--json").json
        assert rows[0]["day"] == "2025-06-09"


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["relations", "Karo"], "two sides"),
        (["relations", RED, BLUE, "--status", "ended"], "--status"),
        (["relations", "--at", "soon"], "2025-06-01"),
        (["relations", "--at", "2025-06-10", "--status", "endde"], "ended"),
        (["relations", "--at", "2025-06-10", "--since", "2025-06-01"], "--since"),
        (["threats", "--type", "thraet"], "threat"),
        (["threats", "--status", "closed"], "lapsed"),
        (["changes"], "--since"),
        (["changes", "--since", "2025-06-01", "--status", "formd"], "formed"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_is_one_line(run: Run, book: str, arguments: list[str], near: str) -> None:
    done = run(*arguments, "--casebook", book)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert near in done.err


def _states(run: Callable[..., Outcome], book: str, day: str) -> list[tuple[str, str, str]]:
    rows = run("relations", "--at", day, "--casebook", book, "--json").json
    return [(row["kind"], row["state"]["status"], row["state"]["standing"]) for row in rows]


def test_a_pair_is_told_alike_from_its_own_reports_and_from_all(migrated_file: Path, tmp_path: Path) -> None:
    """Abbreviations, services of a state and voices lead to the reports of a side; what others do is not read."""
    from reportedly.casebook.histories import last_day, naming, tellings
    from reportedly.commands.histories import follow
    from reportedly.linking.register import Register
    from reportedly.relations import find_pairs, histories

    file = tmp_path / "pairs.sqlite"
    file.write_bytes(migrated_file.read_bytes())
    texts = [
        ("The Karo Liberation Front (KLF) and the Mani Brigade signed a ceasefire on 2025-06-01.", "2025-06-02"),
        ("The KLF attacked the Mani Brigade near Agadez on 2025-06-09, killing six fighters.", "2025-06-10"),
        ("The Mani Brigade said that its ceasefire with the KLF was over.", "2025-06-12"),
        ("The Kawar League attacked the Zarma Union in Zinder on 2025-06-20, killing two fighters.", "2025-06-21"),
        ("Chadian soldiers attacked the Kawar League in Abeche on 2025-06-22, killing two fighters.", "2025-06-23"),
        ("Chad declared war on the Kawar League on 2025-06-24.", "2025-06-25"),
    ]
    with reportedly.open(file) as book:
        for text, day in texts:
            book.add(reportedly.read(text, published=day, source="Lake Courier"))
        register = Register.load()
        every = follow(book)
        for a, b in (("Karo Liberation Front", "Mani"), ("KLF", "Mani Brigade"), ("Karo", "Mani"), ("Chad", "Kawar League")):
            few = follow(book, (a, b))
            found = find_pairs(histories(few), a, b, register)
            assert found and found == find_pairs(histories(every), a, b, register)
            assert few.last_day == every.last_day == last_day(book)
        assert len(list(tellings(book, naming(book, ("KLF", "Mani Brigade"), register)))) == 3
        assert list(tellings(book, naming(book, ("Nobody",), register))) == []
