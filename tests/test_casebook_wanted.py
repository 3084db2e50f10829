"""Questions on relations over time read only what they need, and give what reading the whole casebook gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casebook_factory as factory
import pytest

import reportedly
from reportedly.casebook import Filter
from reportedly.linking.register import Register
from reportedly.records import Family, Reading
from reportedly.relations import Collected, changes, collect, histories, ledger, states_at

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

SIDES = ("Red Lantern Front", "Blue Ridge Army", "River Guard", "Karo Liberation Front", "KLF", "Mani Brigade")
KINDS: tuple[tuple[str, str, Family], ...] = (
    ("signed a ceasefire with", "ceasefire", "agreement"),
    ("broke its truce with", "truce_violation", "truce_end"),
    ("ended its truce with", "truce_ended", "truce_end"),
    ("attacked", "armed_assault", "battle"),
    ("clashed with", "clash", "battle"),
    ("threatened to attack", "threat", "threat"),
    ("gave an ultimatum to", "ultimatum", "threat"),
)
START = date(2025, 1, 1)


def made(chance: random.Random, number: int) -> Reading:
    """A report of one claim, or of a relation, with an older or later day of the event than of publication now and then."""
    one, other = chance.sample(SIDES, 2)
    words, type_, family = chance.choice(KINDS)
    published = START + timedelta(days=chance.randrange(300))
    text = f"{one} {words} {other}. {'Karo Liberation Front is the KLF. ' if chance.random() < 0.2 else ''}No. {number}."
    report = factory.report(text, published=published.isoformat())
    if chance.random() < 0.1:
        return factory.reading(report, relations=(factory.relation(text, one, other, "allied", rules=("tie:alliance",)),))
    day = published + timedelta(days=chance.choice((0, 0, -1, -40, 25)))
    more: dict[str, Any] = {"day": day.isoformat()} if chance.random() < 0.7 else {}
    more |= {"targets": [other]} if chance.random() < 0.85 else {}
    more |= {"voice": chance.choice(SIDES)} if chance.random() < 0.3 else {}
    trigger = next(word for word in words.split())
    claim = factory.claim(text, trigger, family, type=type_, actors=[one], id=f"claim-{number}", **more)
    return factory.reading(report, claim)


@contextmanager
def told(folder: Path, seed: int) -> Iterator[tuple[Casebook, Collected]]:
    """A casebook of forty such reports, and all that it tells."""
    chance = random.Random(seed)
    with reportedly.open(folder / "casebook.sqlite") as book:
        book.add_many([made(chance, number) for number in range(40)])
        from reportedly.casebook.histories import tellings

        yield book, collect(tellings(book), Register.load())


@pytest.mark.parametrize("seed", range(4))
def test_what_is_needed_gives_what_all_gives(seed: int, tmp_path: Path) -> None:
    with told(tmp_path, seed) as (book, whole):
        from reportedly.commands.asking import Asking

        asking, every, threats = Asking(book), histories(whole), ledger(whole)
        for since, until in (("2025-01-01", None), ("2025-05-01", "2025-06-30"), ("2025-10-20", None), ("2026-03-01", None)):
            assert asking.changes(since, until) == changes(every, threats, since, until)
            asked = Filter(since=since, until=until)
            within = [told for told in threats if told.said and since <= told.said and (until is None or told.said <= until)]
            assert list(asking.threats(asked, None, None)) == within
        for day in ("2025-02-01", "2025-09-01", "2027-01-01"):
            states = states_at(every, day)
            assert list(asking.states(day, None)) == states
            order = sorted(states, key=lambda row: (row.a.name, row.b.name, row.kind))
            order.sort(key=lambda row: row.state.last_told, reverse=True)
            for most in (1, 3, None):
                assert asking.newest_states(day, most, lambda row: True) == order[:most]


def test_the_newest_states_are_found_without_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reportedly.open(tmp_path / "casebook.sqlite") as book:
        for number, day in enumerate(("2025-01-05", "2025-02-05", "2025-03-05")):
            one, other = f"Front {'ABC'[number]}", f"Guard {'ABC'[number]}"
            text = f"{one} attacked {other}."
            told = factory.claim(text, "attacked", actors=[one], targets=[other], day=day)
            book.add(factory.reading(factory.report(text, published=day), told))
        from reportedly.commands.asking import Asking

        read: list[int] = []
        asking = Asking(book)
        reading = asking._read

        def counted(reports: frozenset[int]) -> Collected:
            read.append(len(reports))
            return reading(reports)

        monkeypatch.setattr(asking, "_read", counted)
        (newest,) = asking.newest_states("2025-04-01", 1, lambda row: True)
        assert (newest.a.name, sum(read)) == ("Front C", 2), "the one report, for either side"


@pytest.mark.parametrize("newest", [False, True])
def test_first_threats_are_found_without_the_rest(newest: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with told(tmp_path, 7) as (book, whole):
        from reportedly.commands import asking

        monkeypatch.setattr(asking, "FIRST_CLAIMS", 2)
        order = [told.id for told in ledger(whole)]
        found = [told.id for told in asking.Asking(book).threats(Filter(newest=newest), None, 3)]
        assert found == (order[::-1] if newest else order)
