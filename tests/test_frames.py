"""Readings as data frames: a row a record, columns that never change, and missing values that are no zeros."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from casebook_factory import GAO, actor, claim, clash, reading, relation, report, span

from reportedly.frames import (
    ATTRIBUTIONS,
    CLAIMS,
    MENTIONS,
    RELATIONS,
    attributions_frame,
    claims_frame,
    mentions_frame,
    relations_frame,
)
from reportedly.records import Attribution, Count, Mention, Reading

FRAMES: list[tuple[Callable[..., pd.DataFrame], dict[str, str]]] = [
    (claims_frame, CLAIMS),
    (relations_frame, RELATIONS),
    (mentions_frame, MENTIONS),
    (attributions_frame, ATTRIBUTIONS),
]


def row(frame: pd.DataFrame) -> dict[str, Any]:
    """The one row of a frame, with ``None`` for what is missing."""
    (only,) = frame.to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in only.items()}


def silent() -> Reading:
    """A claim that tells as little as a claim can."""
    text = "There was fighting."
    return reading(report(text, published=None), claim(text, "fighting"))


def spoken() -> Reading:
    """One attribution whose content is interrupted, one where nobody is named."""
    text = "“They came at dawn,” the mayor said, “and left at noon.” Reportedly they were armed."
    told = Attribution(
        source=span(text, "the mayor"),
        cue=span(text, "said"),
        content=(span(text, "They came at dawn"), span(text, "and left at noon")),
        stance="asserts",
        medium="interview",
    )
    heard = Attribution(cue=span(text, "Reportedly"), content=(span(text, "they were armed"),))
    return reading(report(text), attributions=(told, heard))


@pytest.mark.parametrize(("frame", "columns"), FRAMES)
@pytest.mark.parametrize(
    "readings",
    [
        pytest.param([], id="nothing read"),
        pytest.param([reading(report("Nothing happened."))], id="nothing found"),
        pytest.param([clash(), silent(), spoken()], id="something"),
    ],
)
def test_columns_and_types_never_change(
    frame: Callable[..., pd.DataFrame], columns: dict[str, str], readings: list[Reading]
) -> None:
    found = frame(readings)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == columns


def test_a_claim_is_a_row() -> None:
    told = clash()
    found = row(claims_frame(told))
    assert found == {
        "report": told.report.id,
        "claim": told.claims[0].id,
        "type": "battle",
        "family": "battle",
        "status": "occurred",
        "negated": False,
        "background": False,
        "actors": "Red Lantern Front",
        "targets": "Blue Ridge Army",
        "place": "Gao",
        "country": "Mali",
        "lat": 16.27,
        "lon": -0.04,
        "place_precision": 1,
        "from": "2025-06-02",
        "to": "2025-06-02",
        "time_precision": "day",
        "killed_low": 4,
        "killed_high": 4,
        "injured_low": None,
        "injured_high": None,
        "voice": "article",
        "chain": "article",
        "words": told.report.text,
    }


def test_silence_is_missing_and_never_zero() -> None:
    found = row(claims_frame(silent()))
    told = {name for name, value in found.items() if value is not None}
    assert told == {"report", "claim", "type", "family", "status", "negated", "background", "voice", "chain", "words"}


def test_a_stated_zero_is_zero() -> None:
    text = "Red Lantern Front attacked Gao. No one was killed."
    none = claim(text, "attacked", at=GAO, killed=("No one", 0, 0))
    found = row(claims_frame(reading(report(text), none)))
    assert (found["killed_low"], found["killed_high"], found["injured_low"]) == (0, 0, None)


def test_an_open_end_is_missing() -> None:
    text = "Red Lantern Front attacked Gao, killing at least nine."
    found = row(claims_frame(reading(report(text), claim(text, "attacked", killed=("nine", 9, None)))))
    assert (found["killed_low"], found["killed_high"]) == (9, None)


@pytest.mark.parametrize(
    ("counts", "killed"),
    [
        pytest.param([("three", 3, False), ("nine", 9, True)], (9, 9), id="the total goes before a part"),
        pytest.param([("three", 3, False)], (3, None), id="a part bounds from below"),
        pytest.param([], (None, None), id="none told"),
    ],
)
def test_killed_is_the_total(counts: list[tuple[str, int, bool]], killed: tuple[int | None, int | None]) -> None:
    text = "Red Lantern Front attacked Gao, killing nine, three of them guards."
    told = claim(text, "attacked").model_copy(
        update={
            "counts": tuple(
                Count(**span(text, words).model_dump(), what="killed", low=number, high=number, total=total)
                for words, number, total in counts
            )
        }
    )
    found = row(claims_frame(reading(report(text), told)))
    assert (found["killed_low"], found["killed_high"]) == killed


def test_several_parties_and_voices_stand_in_order() -> None:
    text = "Red Lantern Front and River Guard attacked Blue Ridge Army, River Guard said."
    told = claim(text, "attacked", actors=["Red Lantern Front", "River Guard"], targets=["Blue Ridge Army"], voice="River Guard")
    found = row(claims_frame(reading(report(text), told)))
    assert (found["actors"], found["targets"]) == ("Red Lantern Front; River Guard", "Blue Ridge Army")
    assert (found["voice"], found["chain"]) == ("River Guard", "article > River Guard")


def test_rows_keep_the_order_of_the_readings() -> None:
    readings = [clash(day=f"2025-06-0{day}") for day in (3, 1, 2)]
    assert list(claims_frame(iter(readings))["from"]) == ["2025-06-03", "2025-06-01", "2025-06-02"]


def test_a_month_stays_a_month() -> None:
    text = "Red Lantern Front attacked Gao in May."
    told = claim(text, "attacked", day=("2025-05-01", "2025-05-31"))
    found = row(claims_frame(reading(report(text), told)))
    assert (found["from"], found["to"], found["time_precision"]) == ("2025-05-01", "2025-05-31", "range")


def test_a_relation_is_a_row() -> None:
    text = "Red Lantern Front is at war with Blue Ridge Army."
    stated = relation(text, "Red Lantern Front", "Blue Ridge Army", status="alleged")
    found = row(relations_frame(reading(report(text), relations=(stated,))))
    assert found == {
        "report": found["report"],
        "relation": stated.id,
        "kind": "hostile",
        "a": "Red Lantern Front",
        "b": "Blue Ridge Army",
        "status": "alleged",
        "voice": "article",
        "words": text,
    }


def test_a_mention_keeps_its_characters_and_what_it_was_read_as() -> None:
    text = "The Red Lantern Front came."
    named = actor(text, "Red Lantern Front")
    mention = Mention(text=named.text, start=named.start, end=named.end, kind="actor", reading=named)
    found = row(mentions_frame(reading(report(text), mentions=(mention,))))
    assert (found["kind"], text[found["start"] : found["end"]]) == ("actor", "Red Lantern Front")
    assert json.loads(found["reading"])["id"] == "grp-red-lantern"


def test_an_attribution_is_a_row() -> None:
    told = spoken()
    said, heard = attributions_frame(told).to_dict("records")
    assert (said["source"], said["cue"], said["content"]) == ("the mayor", "said", "They came at dawn … and left at noon")
    assert (said["stance"], said["medium"]) == ("asserts", "interview")
    assert told.report.text[said["start"] : said["end"]].startswith("They came at dawn,” the mayor said")
    assert pd.isna(heard["source"]) and pd.isna(heard["medium"])
    assert told.report.text[heard["start"] : heard["end"]] == "Reportedly they were armed"
