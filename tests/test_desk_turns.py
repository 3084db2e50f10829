"""What changed in an incident: told with before and after and their voices; silence and sameness change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from reportedly.desk.turns import IncidentTurn, incident_turns
from reportedly.incidents.records import ClaimLink, Incident, Reductions, ToldFigure, Toll


def incident(**more: Any) -> Incident:
    """An incident told by two reports."""
    return Incident(
        id="incident-1", type="attack", family="battle", standing=more.pop("standing", "disputed"), rule="", reports=2, sources=2,
        members=(), **more,
    )  # fmt: skip


def figure(low: int | None, high: int | None, day: str | None, *voices: str) -> ToldFigure:
    """A figure told first on a day."""
    return ToldFigure(low=low, high=high, voices=voices, independent=len(voices), first_told=day, claims=("c",))


def toll(*figures: ToldFigure) -> Toll:
    """All figures of the killed."""
    return Toll(what="killed", figures=figures, reductions=Reductions())


@pytest.mark.parametrize(
    ("figures", "turns"),
    [
        (
            [figure(6, 6, "2025-03-05", "ministry"), figure(9, None, "2025-03-07T08:00", "police")],
            [IncidentTurn("2025-03-07", "killed", "6", "at least 9", ("c",), ("c",))],
        ),
        ([figure(6, 6, "2025-03-05", "ministry")], []),
        ([figure(6, 6, "2025-03-05", "ministry"), figure(8, 8, "2025-03-05", "rebels")], []),
        ([figure(6, 6, None, "ministry"), figure(8, 8, None, "rebels")], []),
        (
            [figure(0, 0, "2025-03-05", "army"), figure(3, 3, "2025-03-06", "rebels")],
            [IncidentTurn("2025-03-06", "killed", "none", "3", ("c",), ("c",))],
        ),
    ],
)
def test_tolls(figures: list[ToldFigure], turns: list[IncidentTurn]) -> None:
    assert list(incident_turns(incident(tolls=(toll(*figures),)), {})) == turns


PUBLISHED = {"r1": "2025-03-05", "r2": "2025-03-08"}


def link(kind: Any, claim: str = "c2", report: str = "r2", other: str = "c1", other_report: str = "r1") -> ClaimLink:
    """How one claim answers another."""
    return ClaimLink(claim=claim, report=report, kind=kind, other=other, other_report=other_report, why="")


def test_denial_changes_how_it_stands() -> None:
    told = incident(links=(link("denies"),))
    assert list(incident_turns(told, PUBLISHED)) == [
        IncidentTurn("2025-03-08", "standing", "", "disputed: a denial", ("c1",), ("c2",))
    ]


@pytest.mark.parametrize(
    ("links", "published"),
    [
        ((link("repeats"),), PUBLISHED),
        ((link("updates"),), PUBLISHED),
        ((link("denies"),), {"r1": "2025-03-08", "r2": "2025-03-08"}),
        ((link("denies"),), {"r1": None, "r2": None}),
        ((), PUBLISHED),
    ],
)
def test_what_changes_nothing(links: tuple[ClaimLink, ...], published: dict[str, str | None]) -> None:
    assert list(incident_turns(incident(links=links), published)) == []
