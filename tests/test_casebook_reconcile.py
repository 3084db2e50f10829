"""What the claims of one incident say side by side: tolls with their voices, links, positions, standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from casebook_factory import GAO, claim

from reportedly.incidents.facts import Party, facts
from reportedly.incidents.grades import Told, with_best_graded
from reportedly.incidents.records import Incident, Role
from reportedly.incidents.summary import summarise
from reportedly.incidents.summary_parts import Part
from reportedly.records import Count, Voice

TEXT = "Red Lantern Front attacked Blue Ridge Army in Gao and killed 4 soldiers, River Guard said."
SIDES: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}


def part(
    number: int,
    killed: int | tuple[int | None, int | None] | None = None,
    *,
    role: Role = "member",
    day: int | None = None,
    **more: Any,
) -> Part:
    """The claim of a report, published on a day of June; ``group`` and ``total`` tell of whom the count is."""
    told_of, total = more.pop("group", None), more.pop("total", True)
    source, origin = more.pop("source", f"Paper {number}"), more.pop("origin", f"r{number}")
    low, high = killed if isinstance(killed, tuple) else (killed, killed)
    counts: tuple[Count, ...] = ()
    if killed is not None:
        at = TEXT.index("4 soldiers")
        counts = (Count(text="4 soldiers", start=at, end=at + 10, what="killed", low=low, high=high, group=told_of, total=total),)
    found = claim(TEXT, "attacked", **{"at": GAO, "day": "2025-06-02", "id": f"c{number}"} | SIDES | more)
    found = found.model_copy(update={"counts": counts})
    published = date(2025, 6, number if day is None else day)
    return Part(found, facts(found, f"r{number}", origin, published, source), source, source, role, 0.0, ())


def told(parts: Sequence[Part], lineage: frozenset[tuple[str, str]] = frozenset()) -> Incident:
    """The incident of some parts; ``lineage`` holds pairs of register ids of one lineage."""
    return summarise("incident-1", parts, "candidate", lambda one, other: (one, other) in lineage)


def links(parts: Sequence[Part]) -> list[tuple[str, str, str]]:
    return [(link.claim, link.kind, link.other) for link in told(parts).links]


def test_toll_keeps_every_figure_and_adds_nothing() -> None:
    incident = told([part(3, 4), part(4, 6), part(5, 6), part(6, (9, None), source="Paper 3")])
    (toll,) = incident.tolls
    assert [(figure.low, figure.high, figure.voices, figure.first_told) for figure in toll.figures] == [
        (4, 4, ("Paper 3",), "2025-06-03"),
        (6, 6, ("Paper 4", "Paper 5"), "2025-06-04"),
        (9, None, ("Paper 3",), "2025-06-06"),
    ]
    given = toll.reductions
    assert (given.lowest, given.median, given.latest, given.highest, given.best_graded) == (4, 6, 9, 9, None)


@pytest.mark.parametrize(
    ("grades", "best"),
    [
        pytest.param({"Paper 3": "B2", "Paper 4": "B2", "Paper 5": "D"}, (6, "Paper 4", "B2"), id="of equals the latest"),
        pytest.param({"Paper 3": "B1", "Paper 4": "B2"}, (4, "Paper 3", "B1"), id="of equal reliability the more credible"),
        pytest.param({"Paper 3": "C1", "Paper 4": "B6"}, (6, "Paper 4", "B6"), id="reliability first"),
        pytest.param({"Paper 5": "E"}, (9, "Paper 5", "E"), id="the only one graded"),
        pytest.param({"Paper 3": "B", "Paper 4": "B5"}, (6, "Paper 4", "B5"), id="a doubtful word before one nobody judged"),
        pytest.param({"Paper 3": "F1", "Paper 4": "2"}, (None, None, None), id="not judged, or no reliability"),
        pytest.param({}, (None, None, None), id="nobody graded"),
    ],
)
def test_best_graded_source(grades: dict[str, str], best: tuple[int | None, str | None, str | None]) -> None:
    def graded(claim: str) -> Told | None:
        source = f"Paper {claim[1:]}"
        if source not in grades:
            return None
        letters = grades[source].strip("123456")
        return Told(source, f"2025-06-0{claim[1:]}", letters or None, grades[source][len(letters) :] or None)

    (toll,) = with_best_graded(told([part(3, 4), part(4, 6), part(5, 9)]).tolls, graded)
    given = toll.reductions
    assert (given.best_graded, given.best_graded_source, given.best_graded_grade) == best
    assert (given.lowest, given.highest) == (4, 9)


def test_zero_is_a_figure_and_silence_is_none() -> None:
    (toll,) = told([part(3, 0), part(4)]).tolls
    assert [(figure.low, figure.high) for figure in toll.figures] == [(0, 0)]
    assert toll.reductions.lowest == 0
    assert told([part(4)]).tolls == ()


@pytest.mark.parametrize(
    ("voices", "flagged"),
    [
        (["Red Lantern Front"], True),
        (["Red Lantern Front", "River Guard"], False),
        (["Blue Ridge Army"], False),
        (["Red Lantern Front", "Blue Ridge Army"], False),
        ([None], False),
    ],
)
def test_losses_told_only_by_the_enemy(voices: list[str | None], flagged: bool) -> None:
    army = Party("Blue Ridge Army", "grp-blue-ridge", frozenset(), True, True, "forces of a state")
    parts = [part(number, 4, group="military", voice=voice) for number, voice in enumerate(voices, 3)]
    parts = [replace(found, facts=replace(found.facts, targets=(army,))) for found in parts]
    (toll,) = told(parts).tolls
    assert (toll.side, toll.only_by_the_enemy) == ("target", flagged)


def test_losses_told_by_a_wing_of_the_enemy() -> None:
    """A media wing speaks for its group."""
    wing = frozenset({("grp-river-guard", "grp-red-lantern")})
    parts = [part(3, 4, group="attackers", voice="Blue Ridge Army"), part(4, 4, group="attackers", voice="Blue Ridge Army")]
    assert told(parts).tolls[0].only_by_the_enemy
    parts = [part(3, 4, group="attackers", voice="River Guard")]
    assert not told(parts, wing).tolls[0].only_by_the_enemy


def test_media_wing_and_its_group_are_one_source() -> None:
    parts = [part(3, voice="Red Lantern Front"), part(4, voice="River Guard")]
    assert (told(parts).sources, told(parts).standing) == (2, "several_independent")
    wing = frozenset({("grp-river-guard", "grp-red-lantern")})
    assert (told(parts, wing).sources, told(parts, wing).standing) == (1, "one_voice")


def test_links_of_one_voice() -> None:
    paper: dict[str, Any] = {"source": "Valley Post"}
    assert links([part(3, 4, **paper), part(4, 4, **paper)]) == [("c4", "repeats", "c3")]
    assert links([part(3, 4, **paper), part(4, 9, **paper)]) == [("c4", "updates", "c3")]
    denial = part(4, role="denies", voice="River Guard", stance="denies", status="denied")
    assert links([part(3, voice="River Guard"), denial]) == [("c4", "retracts", "c3")]


def test_links_of_two_voices() -> None:
    assert links([part(3, 4), part(4, 4)]) == [("c4", "confirms", "c3")]
    assert links([part(3, 4), part(4, 9)]) == [("c4", "updates", "c3")]
    assert links([part(3, 9), part(4, 4)]) == [("c4", "contradicts", "c3")]
    assert links([part(3, 4, day=3), part(4, 9, day=3)]) == [("c4", "contradicts", "c3")]
    assert links([part(3), part(4, actors=["River Guard"])]) == [("c4", "contradicts", "c3")]
    denial = part(4, role="denies", voice="Blue Ridge Army", stance="denies", status="denied")
    assert links([part(3), denial]) == [("c4", "denies", "c3")]


def test_copies_repeat_and_are_no_voice() -> None:
    parts = [part(3, 4), part(4, 4, origin="r3"), part(5, 4, origin="r3")]
    assert links(parts) == [("c4", "repeats", "c3"), ("c5", "repeats", "c3")]
    assert told([parts[0]]).sources == 1


def test_a_copy_with_another_toll_is_no_repetition() -> None:
    """An outlet that prints its story again with a new figure tells something new."""
    paper: dict[str, Any] = {"source": "Valley Post", "origin": "r3"}
    assert links([part(3, 4, **paper), part(4, 9, **paper), part(5, 9, **paper)]) == [
        ("c4", "updates", "c3"),
        ("c5", "repeats", "c4"),
    ]


def test_denial_of_a_figure_is_no_retraction() -> None:
    """Who told 4 and denies the 11 that another tells takes nothing back."""
    own, other = part(3, 4, voice="River Guard"), part(4, 11, voice="Red Lantern Front")
    denial = part(5, 11, role="denies", voice="River Guard", stance="denies", status="denied")
    assert [link for link in links([own, other, denial]) if link[0] == "c5"] == [("c5", "denies", "c4")]
    back = part(5, 4, role="denies", voice="River Guard", stance="denies", status="denied")
    assert [link for link in links([own, other, back]) if link[0] == "c5"] == [("c5", "retracts", "c3")]
    plain = part(5, role="denies", voice="River Guard", stance="denies", status="denied")
    assert [link for link in links([own, other, plain]) if link[0] == "c5"] == [("c5", "retracts", "c3")]


def test_positions_say_who_tells_and_who_denies() -> None:
    denial = part(5, role="denies", voice="Blue Ridge Army", stance="denies", status="denied")
    confirmed = part(4, voice="River Guard", stance="confirms")
    incident = told([part(3), confirmed, denial])
    assert [(position.voice, position.stance, position.claims) for position in incident.positions] == [
        ("Paper 3", "asserts", ("c3",)),
        ("River Guard", "confirms", ("c4",)),
        ("Blue Ridge Army", "denies", ("c5",)),
    ]
    assert (incident.standing, incident.sources) == ("disputed", 2)


def test_only_alleged_and_denied() -> None:
    denial = part(5, role="denies", voice="Blue Ridge Army", stance="denies", status="denied")
    assert told([part(3, status="alleged"), denial]).standing == "denied"


def test_summary_does_not_depend_on_unspoken_voices() -> None:
    """A voice that cannot confirm tells nothing."""
    unsure = part(4, 9, voice="River Guard", stance="cannot_confirm")
    incident = told([part(3, 4), unsure])
    assert incident.sources == 1
    assert [(figure.low,) for toll in incident.tolls for figure in toll.figures] == [(4,)]
    assert isinstance(unsure.claim.attribution[-1], Voice)
