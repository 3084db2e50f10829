"""What changed in an incident as reports came in: a toll told anew, a denial, a confirmation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportedly.incidents.records import ClaimLink, Incident, ToldFigure, Toll
from reportedly.wording import amount, names, words

TURNING: Final = ("denies", "retracts", "contradicts", "confirms")
"""Links between claims that change how an incident stands."""


@dataclass(frozen=True, slots=True)
class IncidentTurn:
    """One change: the day of publication (ISO) of the report that brought it, and before and after in words with their voices."""

    day: str
    what: str
    before: str
    now: str


def incident_turns(incident: Incident, published: Mapping[str, str | None]) -> Iterator[IncidentTurn]:
    """The latest change of each toll, and the latest that changed how the incident stands; ``published`` by report id."""
    for toll in incident.tolls:
        turn = _of_toll(toll)
        if turn is not None:
            yield turn
    dated = [(_day(published.get(link.report)), link) for link in incident.links if link.kind in TURNING]
    later = [(day, link) for day, link in dated if day and day > (_day(published.get(link.other_report)) or day)]
    if later:
        day, link = max(later, key=lambda one: (one[0], one[1].claim))
        yield IncidentTurn(
            day, "standing", "", f"{words(incident.standing)}: {_by(incident, link)} {words(link.kind)} what was told"
        )


def _of_toll(toll: Toll) -> IncidentTurn | None:
    told = [figure for figure in toll.figures if figure.first_told]
    if len(told) < 2:
        return None
    latest = max(told, key=lambda figure: (figure.first_told or "", figure.low or 0))
    before = [figure for figure in told if (figure.first_told or "") < (latest.first_told or "")]
    if not before:
        return None
    what = words(toll.what) + (f" ({words(toll.group)})" if toll.group else "")
    last = max(before, key=lambda figure: (figure.first_told or "", figure.low or 0))
    return IncidentTurn((latest.first_told or "")[:10], what, _figure(last), _figure(latest))


def _figure(figure: ToldFigure) -> str:
    return f"{amount(figure.low, figure.high)} ({names(figure.voices, 3)})"


def _by(incident: Incident, link: ClaimLink) -> str:
    told = [position.voice for position in incident.positions if link.claim in position.claims]
    return names(told, 2) if told else "a later report"


def _day(text: str | None) -> str:
    return (text or "")[:10]
