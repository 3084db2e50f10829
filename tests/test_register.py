"""The actor register: what it holds, how names are found in words, and what its loader refuses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from reportedly.errors import KnowledgeError
from reportedly.linking.register import COLUMNS, Register

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "register.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
ARMED = {"armed_group", "militia", "paramilitary"}


@cache
def tokenizer() -> Language:
    return spacy.blank("en")


def rows(tmp_path: Path, *lines: str, header: str = ",".join(COLUMNS)) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join((header, *lines)) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_names_in_text(case: dict[str, Any]) -> None:
    doc = tokenizer()(case["text"])
    found = Register.load().scan([token.text for token in doc])
    if "absent" in case:
        assert not {actor for _, _, ids in found for actor in ids} & set(case["absent"])
        return
    assert [[doc[first:past].text, ids[0]] for first, past, ids in found] == case["found"]


@given(st.lists(st.text(max_size=12), max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_tokens_scan_without_overlap(words: list[str]) -> None:
    register = Register.load()
    found = register.scan(words)
    ends = [0, *(past for _, past, _ in found)]
    assert all(end <= first < past for end, (first, past, _) in zip(ends, found, strict=False))
    assert all(actor in register for _, _, ids in found for actor in ids)


def test_coverage_of_armed_groups() -> None:
    register = Register.load()
    assert sum(entry.kind in ARMED for entry in register) >= 1200
    assert sum(entry.kind == "media_wing" for entry in register) >= 30
    assert all(entry.part_of for entry in register if entry.kind == "media_wing" and entry.id != "sabereen-news")


def test_every_name_finds_its_entry() -> None:
    register = Register.load()
    lost = [
        (entry.id, name)
        for entry in register
        for name in (entry.name, *entry.aliases, *entry.abbreviations)
        if entry not in register.find(name)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("the Taliban", "taliban"),
        ("al shabaab", "al-shabab"),
        ("Qaeda", "al-qaida"),
        ("JEMAAH ISLAMIYAH", "jemaah-islamiyah"),
        ("Tupac Amaru Revolutionary Movement", "mrta"),
        ("Hay’at Tahrir al-Sham", "hts"),
        ("EL-NUSRA FRONT", "al-nusra"),
        ("BLA", "bla"),
        ("FMLN", "fmln"),
    ],
)
def test_find(text: str, actor: str) -> None:
    assert next(entry.id for entry in Register.load().find(text)) == actor


@pytest.mark.parametrize("text", ["", "bla", "Bla", "nobody in particular", "-", "the", "'"])
def test_find_nothing(text: str) -> None:
    assert Register.load().find(text) == []


def test_ambiguous_abbreviation_keeps_every_reading() -> None:
    assert {entry.id for entry in Register.load().find("PLA")} >= {"pla-manipur", "pla-nepal"}
    assert [entry.id for entry in Register.load().find("BLA")][-1] == "black-liberation-army-us"


@pytest.mark.parametrize(
    ("typed", "actor"), [("boko harem", "boko-haram"), ("tehrik taliban pakstan", "ttp"), ("Sendero Luminso", "sendero-luminoso")]
)
def test_fuzzy(typed: str, actor: str) -> None:
    found = Register.load().fuzzy(typed, limit=3)
    assert found[0][0].id == actor
    assert len(found) == 3
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_lineage_is_nearest_first() -> None:
    register = Register.load()
    assert register.lineage("al-azaim")[:2] == ("iskp", "islamic-state")
    assert register.lineage("hts") == ("jabhat-fatah-al-sham", "al-nusra", "al-qaida")
    assert register.lineage("no-such-actor") == ()
    assert register.by_id("no-such-actor") is None


def test_shipped_register_is_loaded_once() -> None:
    assert Register.load() is Register.load()


def test_extra_entries_join_the_shipped(tmp_path: Path) -> None:
    path = rows(
        tmp_path, "x-front,Front of the Blue Hill,Blue Hill Front | ~Taliban,FBH,armed_group,REB,PK,taliban,,2020,2021-05"
    )
    register = Register.load([path])
    entry = register.by_id("x-front")
    assert entry is not None
    assert (entry.from_, entry.to, entry.shared) == ("2020", "2021-05", ("Taliban",))
    assert register.scan(["The", "Blue", "Hill", "Front", "said"]) == [(1, 4, ("x-front",))]
    assert [found.id for found in register.find("Taliban")] == ["taliban", "x-front"]
    assert "x-front" not in Register.load()


GOOD = "x-front,Front of the Blue Hill,,,armed_group,REB,PK,,,,"


@pytest.mark.parametrize(
    ("lines", "line", "fault"),
    [
        ([GOOD, GOOD], 3, "already used"),
        (["taliban,Front of the Blue Hill,,,armed_group,REB,PK,,,,"], 2, "already used"),
        (["X Front,Front of the Blue Hill,,,armed_group,REB,PK,,,,"], 2, "no id"),
        (["x-front,,,,armed_group,REB,PK,,,,"], 2, "name is empty"),
        (["x-front,Blue Hill Front,,,gang,REB,PK,,,,"], 2, "unknown kind 'gang'"),
        (["x-front,Blue Hill Front,,,armed_group,XXX,PK,,,,"], 2, "unknown sector 'XXX'"),
        (["x-front,Blue Hill Front,,,armed_group,REB,Pakistan,,,,"], 2, "no country code"),
        ([GOOD, "x-wing,Blue Hill Wing,,,armed_group,REB,PK,x-nobody,,,"], 3, "part_of of 'x-wing'"),
        (["x-wing,Blue Hill Wing,,,armed_group,REB,PK,,taliban | x-nobody,,"], 2, "successor_of of 'x-wing'"),
        (["x-front,Blue Hill Front,,,armed_group,REB,PK,x-front,,,"], 2, "its own ancestor"),
        (["x-front,Blue Hill Front,Hamas,,armed_group,REB,PK,,,,"], 2, "'hamas' names both"),
        (["x-front,Blue Hill Front,,,armed_group,REB,PK,,,in May,"], 2, "from is 'in May'"),
        (["x-front,Blue Hill Front,,,armed_group,REB,PK,,,2020,2019"], 2, "before it begins"),
        (["x-front,Blue Hill Front,,armed_group,REB,PK,,,,"], 2, "10 cells"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, lines: list[str], line: int, fault: str) -> None:
    path = rows(tmp_path, *lines)
    with pytest.raises(KnowledgeError, match=fault) as caught:
        Register.load([path])
    assert caught.value.where == f"{path}:{line}"


def test_unknown_column(tmp_path: Path) -> None:
    path = rows(tmp_path, header=",".join(COLUMNS) + ",leader")
    with pytest.raises(KnowledgeError, match="unknown column 'leader'"):
        Register.load([path])


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="could not be opened"):
        Register.load([tmp_path / "none.csv"])


def test_relatives_may_share_a_name(tmp_path: Path) -> None:
    path = rows(tmp_path, "x-front,Blue Hill Front,Hamas,,armed_group,REB,PS,hamas,,,")
    assert [entry.id for entry in Register.load([path]).find("Hamas")] == ["hamas", "x-front"]
