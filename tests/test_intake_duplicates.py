"""Copies and no copies: wire stories with cuts and additions, and short reports that share their standing text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import IntakeError
from reportedly.intake import DuplicateIndex
from reportedly.intake.duplicates import signature

WIRE = (
    "Gunmen of the Ostrova Front killed three soldiers in an ambush near the town of Torre on Tuesday, the army said. "
    "The attackers fired rockets at a convoy that was carrying food to a base in the hills, General Ivo Maran told reporters. "
    "Four other soldiers were wounded and were taken to a hospital in the provincial capital, according to the governor. "
    "No group has claimed responsibility for the attack, but officials blamed the Front, at war with the government since 2019. "
    "Residents said that they had heard shots for about an hour before helicopters arrived and the road to the north was closed. "
    "The Front and the government signed a truce in January, which both sides have accused the other of breaking."
)
STANDING = (
    "The mission reports every week on incidents that affect the safety of people in the province. Figures are those of local "
    "authorities and could not be checked by the mission. The mission calls on all sides to respect humanitarian law, "
    "to protect civilians, and to let aid reach those who need it. For questions write to the press office of the mission."
)


@pytest.fixture
def index() -> DuplicateIndex:
    made = DuplicateIndex()
    made.add("wire", WIRE)
    return made


@pytest.mark.parametrize(
    "text",
    [
        WIRE,
        WIRE.upper(),
        WIRE.replace(". ", ".\n\n"),
        WIRE.replace(",", ""),
        f"  {WIRE} ",
    ],
)
def test_the_same_words_are_an_exact_copy(index: DuplicateIndex, text: str) -> None:
    found = index.find(text)
    assert found is not None
    assert (found.of, found.kind, found.similarity) == ("wire", "exact", 1.0)


@pytest.mark.parametrize(
    "text",
    [
        f"OSTROVA, Nova (Nova News) - {WIRE}",
        f"{WIRE} Additional reporting by our own staff in the capital.",
        WIRE.rsplit(". ", 1)[0] + ".",
        WIRE.rsplit(". ", 2)[0] + ".",
        WIRE.replace("killed three soldiers", "killed five soldiers"),
        WIRE.replace("the army said", "the army said in a statement").replace("about an hour", "nearly an hour"),
        WIRE.split(". ", 1)[1],
    ],
    ids=[
        "dateline",
        "note added",
        "last sentence cut",
        "two sentences cut",
        "toll changed",
        "words changed",
        "first sentence cut",
    ],
)
def test_an_edited_copy_is_near(index: DuplicateIndex, text: str) -> None:
    found = index.find(text)
    assert found is not None
    assert (found.of, found.kind) == ("wire", "near")
    assert 0.4 < found.similarity < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "Three soldiers were killed.",
        "Gunmen attacked a police post near Belgrad-Nova on Friday and killed two officers, the interior ministry said. "
        "Nobody has claimed the attack, which was the second in the district this month.",
        "The Ostrova Front denied on Wednesday that its fighters had ambushed an army convoy near Torre, and said that the "
        "soldiers had been killed by a mine that the army itself had laid on the road.",
    ],
)
def test_another_report_is_no_copy(index: DuplicateIndex, text: str) -> None:
    assert index.find(text) is None


@pytest.mark.parametrize("parts", [1, 2])
def test_short_reports_with_the_same_standing_text_are_no_copies(parts: int) -> None:
    index = DuplicateIndex()
    index.add("one", f"A bomb killed two farmers on the road to Torre on Monday, the Torre police said. {STANDING * parts}")
    assert (
        index.find(
            f"Gunmen abducted five teachers from a school in Belgrad on Friday, residents of Belgrad said. {STANDING * parts}"
        )
        is None
    )
    assert index.find(f"In Lukov, 30 families fled on 3 May when shells hit the market of Lukov. {STANDING * parts}") is None


def test_short_texts_are_copies_only_if_equal() -> None:
    index = DuplicateIndex()
    index.add("a", "Two soldiers were killed in Torre on Monday.")
    assert index.find("Two soldiers were killed in Torre on Tuesday.") is None
    assert index.find("two soldiers were killed in torre on monday") is not None


def test_of_several_the_most_similar_is_found(index: DuplicateIndex) -> None:
    index.add("cut", WIRE.rsplit(". ", 2)[0] + ".")
    found = index.find(WIRE.rsplit(". ", 2)[0] + ". More soon.")
    assert found is not None
    assert found.of == "cut"


def test_a_known_key_stays_as_it_is(index: DuplicateIndex) -> None:
    index.add("wire", STANDING)
    assert len(index) == 1
    assert "wire" in index
    assert index.find(STANDING) is None


def test_the_state_is_plain_bytes_and_gives_the_same_index(index: DuplicateIndex) -> None:
    index.add("other", STANDING)
    state = index.state()
    assert {type(key) for key in state} == {str}
    assert {type(value) for value in state.values()} == {bytes}
    assert max(map(len, state.values())) < 1_700
    again = DuplicateIndex.from_state(state)
    assert again.find(f"{WIRE} More soon.") == index.find(f"{WIRE} More soon.")
    assert again.state() == state


def test_a_signature_depends_on_the_text_alone() -> None:
    assert signature(WIRE) == signature(WIRE)
    assert signature(WIRE)[3:35].hex() == "".join(f"{byte:02x}" for byte in signature(WIRE.upper())[3:35])


@pytest.mark.parametrize(
    "damaged", [b"", b"RD1", signature(WIRE)[:-1], b"XX9" + signature(WIRE)[3:], signature(WIRE) + b"\0\0\0\0"]
)
def test_a_damaged_signature_is_refused(damaged: bytes) -> None:
    with pytest.raises(IntakeError):
        DuplicateIndex.from_state({"a": damaged})


def test_standing_text_in_many_reports_does_not_slow_or_confuse() -> None:
    index = DuplicateIndex()
    for number in range(200):
        index.add(
            str(number),
            f"In village {number} on day {number}, {number + 2} people of House{number} met Mister{number}. {STANDING}",
        )
    found = index.find(f"In village 150 on day 150, 152 people of House150 met Mister150. {STANDING} End.")
    assert found is not None
    assert found.of == "150"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_finds_itself(text: str) -> None:
    index = DuplicateIndex()
    index.add("a", text)
    found = index.find(text)
    assert found is not None
    assert found.kind == "exact"
