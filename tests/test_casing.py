"""Restoring the case of upper-case texts, and the text that the parser gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import KnowledgeError
from reportedly.knowledge import casing as knowledge
from reportedly.knowledge.layers import open_layers
from reportedly.knowledge.tables import read_yaml
from reportedly.reading.casing import is_upper, parser_text, recognise_language, restore_case

CASES = read_yaml(Path(__file__).parent / "cases" / "casing.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case_is_restored(case: dict[str, str]) -> None:
    assert restore_case(case["text"]) == case["expected"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "THE",
                "US",
                "MAY",
                "[TEXT]",
                "--",
                "3",
                "P.M.",
                "O'NEIL'S",
                "(FMLN)",
                "SAN",
                "M-16",
                "\n",
                "\n\n",
                "ÉTÉ",
                "ẞ",
                "İ",
                "a",
                '"',
                "1980'S",
            ]
        ),
        max_size=60,
    )
)
def test_length_never_changes(words: list[str]) -> None:
    text = " ".join(words)
    assert len(restore_case(text)) == len(text)
    assert len(parser_text(text)) == len(text)
    assert restore_case(text) == restore_case(text)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200).map(
        lambda text: "GUNMEN ATTACKED A POST NEAR THE RIVER AND FLED INTO THE HILLS BEFORE ANYBODY CAME. " + text
    )
)
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(parser_text(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GUNMEN ATTACKED A POST NEAR THE RIVER AND FLED INTO THE HILLS BEFORE ANYBODY CAME.", True),
        ("Gunmen attacked a post near the river and fled into the hills before anybody came.", False),
        ("FMLN", False),
        ("", False),
    ],
)
def test_upper_case_is_recognised(text: str, expected: bool) -> None:
    assert is_upper(text) is expected


def test_language_of_an_upper_case_text() -> None:
    assert recognise_language("GUNMEN ATTACKED A POST NEAR THE RIVER AND FLED INTO THE HILLS BEFORE ANYBODY CAME.") == "en"
    spanish = "HOMBRES ARMADOS ATACARON UN PUESTO CERCA DEL RIO Y HUYERON HACIA LOS CERROS ANTES DE QUE LLEGARA NADIE."
    assert recognise_language(spanish) == "es"


def test_parser_text_ends_datelines_and_marks() -> None:
    text = "BOGOTA, 4 FEB 90 (EFE) -- [TEXT] [COMMUNIQUE] NOBODY WAS HURT IN THE ATTACK, THE NATIONAL POLICE SAID TODAY."
    expected = "Bogota, 4 Feb 90 (EFE) .. [Text. [Communique. Nobody was hurt in the attack, the National Police said today."
    assert parser_text(text) == expected


def test_parser_text_keeps_brackets_within_sentences() -> None:
    text = "THE REBELS [WORDS INDISTINCT] WERE NOT SEEN AGAIN, AND THE SOLDIERS OF THE FRONT [FLN] LEFT THE VALLEY."
    assert "[words indistinct] were" in parser_text(text)
    assert "[His] brother" in parser_text("Nobody was hurt. [His] brother left.")


def test_parser_text_joins_wrapped_lines_but_ends_headings() -> None:
    text = (
        "GUNMEN ATTACK POST\n\n   GUNMEN ATTACKED A POST OF THE NATIONAL POLICE IN THE TOWN OF SAN\n"
        "MIGUEL ON MONDAY, BUT COLONEL ALBERTO QUIROGA SAID THAT NOBODY WAS\nHURT. THE COLONEL DID NOT NAME A GROUP.\n"
    )
    assert parser_text(text) == (
        "Gunmen attack post.\n   Gunmen attacked a post of the National Police in the town of San "
        "Miguel on Monday, but Colonel Alberto Quiroga said that nobody was hurt. The colonel did not name a group.\n"
    )


def test_parser_text_does_not_join_a_list() -> None:
    lines = [
        "Rebels attack a convoy in the northern hills",
        "Army denies that soldiers fired on protesters",
        "Talks go on in the capital for a third week",
    ]
    assert parser_text("\n".join(lines)) == ".".join(lines)


def test_ordinary_words_are_not_names() -> None:
    odds = knowledge.load_casing().odds
    assert odds["attack"] > 2 and odds["soldiers"] > 2
    assert odds.get("monday", -9) < 0 and "bogota" not in odds


@pytest.mark.parametrize(
    ("rows", "fault"), [("attack,3\nATTACK,2", "listed twice"), ("attack,many", "not a number"), ("attack,12", "beyond")]
)
def test_faulty_words_are_refused(tmp_path: Path, rows: str, fault: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "casing_words.csv").write_text(f"form,odds\n{rows}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        knowledge.load_casing(open_layers([tmp_path]))


def test_faulty_rules_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "casing.yaml").write_text("titles: [supremo]\nnonsense: [x]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="nonsense"):
        knowledge.load_casing(open_layers([tmp_path]))
