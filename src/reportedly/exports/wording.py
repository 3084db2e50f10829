"""Sentences over the records, made of templates alone: what a column for free text can say of the versions told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportedly.exports.layout import RULES
from reportedly.exports.material import Case, voice_of
from reportedly.incidents.figures import figure_words
from reportedly.incidents.records import Toll


def type_words(type_id: str) -> str:
    """A type or family as words: ``armed_assault`` is "Armed assault"."""
    return type_id.replace("_", " ").capitalize()


def toll_words(toll: Toll) -> str:
    """One toll with every figure and who tells it."""
    group = f" ({toll.group.replace('_', ' ')})" if toll.group else ""
    told = "; ".join(f"{figure_words(figure.low, figure.high)} told by {', '.join(figure.voices)}" for figure in toll.figures)
    return f"{toll.what.capitalize()}{group}: {told}."


def when_words(case: Case) -> str:
    """The time, or that none is told."""
    when = case.when
    if when.first or when.last:
        first, last = when.first and when.first.isoformat(), when.last and when.last.isoformat()
        return f"{first or 'open'}" if first == last else f"{first or 'open'} to {last or 'open'}"
    return f"day not told; not later than {when.bound.isoformat()}" if when.bound else "day not told"


def title(case: Case) -> str:
    """A heading: type, place and time."""
    return ", ".join(part for part in (type_words(case.type), case.place.name if case.place else None, when_words(case)) if part)


def notes(case: Case) -> str:
    """Everything that one number and one name cannot hold: versions with their voices, denials, claims of responsibility, the
    rule."""
    return " ".join(_sentences(case))


def _sentences(case: Case) -> Iterator[str]:
    yield f"{title(case)}."
    for toll in case.tolls:
        yield toll_words(toll)
    if case.tolls:
        yield f"The one number is {RULES[case.rule]}."
    if case.figure("killed").is_part:
        yield "Killed: only parts were told, and the largest stands for the whole."
    for party in case.parties("actors"):
        alleged = ", only alleged" if party.only_alleged else ""
        yield f"Actor {party.actor.name}: told by {', '.join(party.told_by)}{alleged}."
    if case.incident is None:
        claim = case.claims[0]
        yield f"Told by {' > '.join(_chain(case))}; {claim.status}{', negated' if claim.negated else ''}."
        return
    yield f"Standing: {case.incident.standing.replace('_', ' ')} ({case.incident.rule})."
    for denial in case.incident.denials:
        if denial.of != "whole":
            figure = f" ({denial.value} {denial.field})" if denial.of == "figure" and denial.value else ""
            yield f"{denial.voice} denies {_DENIED[denial.of]}{figure}."
    for stance, words in (("claims_responsibility", "Claimed by"), ("denies", "Denied by"), ("doubts", "Doubted by")):
        voices = dict.fromkeys(position.voice for position in case.incident.positions if position.stance == stance)
        if voices:
            yield f"{words} {', '.join(voices)}."


_DENIED: Final = {"figure": "a figure", "authorship": "having done it", "detail": "a detail"}


def _chain(case: Case) -> list[str]:
    claim = case.claims[0]
    return [claim.source or claim.report, *(voice.name for voice in claim.attribution[1:])]


def words_of(case: Case) -> str:
    """The verbatim words of the case's first claim."""
    return " … ".join(span.text for span in case.first.evidence)


def voices_of(case: Case) -> str:
    """Who tells it, first told first."""
    return "; ".join(dict.fromkeys(voice_of(claim) for claim in case.claims))
