"""What changed in an incident as reports came in: a toll told anew, a denial, a confirmation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reportedly.incidents.records import Incident, Toll
from reportedly.wording import STANDINGS, amount, words

TURNING: Final = {
    "denies": "a denial",
    "retracts": "taken back",
    "contradicts": "another version",
    "confirms": "a confirmation",
}
"""Links between claims that change how an incident stands, in words."""


@dataclass(frozen=True, slots=True)
class IncidentTurn:
    """One change: the day of publication (ISO) of the report that brought it; before and after in words, with the ids of the
    claims that tell each."""

    day: str
    what: str
    before: str
    now: str
    before_claims: tuple[str, ...] = ()
    now_claims: tuple[str, ...] = ()


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
            day, "standing", "", f"{STANDINGS[incident.standing]}: {TURNING[link.kind]}", (link.other,), (link.claim,)
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
    before_words, now_words = (amount(figure.low, figure.high) for figure in (last, latest))
    return IncidentTurn((latest.first_told or "")[:10], what, before_words, now_words, last.claims, latest.claims)


def _day(text: str | None) -> str:
    return (text or "")[:10]
