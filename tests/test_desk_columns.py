"""What the desk finds by arrays is what the casebook finds by asking, in the same order, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.desk_casebook import fill

import reportedly.casebook
from reportedly.casebook import Filter

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

INCIDENTS = 150
FILTERS = (
    Filter(),
    Filter(since="2022-03-01"),
    Filter(until="2019-01-01", family="battle"),
    Filter(status="disputed"),
    Filter(review="candidate", told=3),
    Filter(review="settled"),
    Filter(told=9),
    Filter(text="attacked"),
    Filter(text="nobody wrote this"),
    Filter(text="attacked", actor="actor-7"),
    Filter(text="Bana007 near", precision=2, since="2018-01-01"),
    Filter(precision=1),
    Filter(voice="police", country="AZ"),
    Filter(place="place 1"),
    Filter(place="..."),
    Filter(source="source-3"),
    Filter(source="Outlet 3", status="one_voice"),
    Filter(located=False),
    Filter(located=True, family="threat"),
    Filter(box=(-10.0, -30.0, 40.0, 30.0)),
    Filter(box=(-10.0, -30.0, 40.0, 30.0), actor="bana"),
    Filter(type="bombing", background=False),
    Filter(report="report-000000000005-1"),
    Filter(within=Filter(status="denied"), since="2016-01-01"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """A small generated casebook."""
    if request.param == "sqlite":
        address = str(tmp_path_factory.mktemp("columns") / "casebook.sqlite")
    else:
        address = request.getfixturevalue("postgres").new_database()
    fill(address, INCIDENTS)
    with reportedly.casebook.open(address) as book:
        yield book


def keys_of(book: Casebook, rows: Any) -> list[str]:
    """The ids of the incidents in some rows."""
    from reportedly.casebook import models
    from reportedly.desk import columns

    keys = dict(models.Incident.objects.using(book.alias).values_list("pk", "key"))
    return [keys[pk] for pk in columns.columns(book.alias).pk[rows].tolist()]


@pytest.mark.parametrize("asked", FILTERS, ids=lambda asked: repr(asked)[7:60])
def test_arrays_find_what_the_casebook_finds(filled: Casebook, asked: Filter) -> None:
    from reportedly.desk import columns

    light = columns.columns(filled.alias)
    found = columns.found(filled.alias, light, asked)
    assert keys_of(filled, found) == [incident.id for incident in filled.incidents(asked)]


def test_filters_find_some_and_not_all(filled: Casebook) -> None:
    """The comparison above would say nothing if all filters found everything or nothing."""
    numbers = {len(list(filled.incidents(asked))) for asked in FILTERS}
    assert {0, INCIDENTS} < numbers and len(numbers) > 10


def test_orders_and_counts(filled: Casebook) -> None:
    from reportedly.desk import columns

    light = columns.columns(filled.alias)
    rows = columns.found(filled.alias, light, Filter(since="2018-01-01"))
    incidents = {incident.id: incident for incident in filled.incidents(Filter(since="2018-01-01"))}
    by_day = sorted(incidents.values(), key=lambda one: (one.from_day, one.id))
    assert keys_of(filled, light.ordered(rows, "oldest")) == [one.id for one in by_day]
    assert keys_of(filled, light.ordered(rows, "newest")) == [one.id for one in reversed(by_day)]
    assert keys_of(filled, light.ordered(rows, "reports")) == [one.id for one in reversed(by_day)]
    by_place = sorted(by_day, key=lambda one: ((one.place or "").lower(), -int((one.from_day or "").replace("-", ""))))
    assert keys_of(filled, light.ordered(rows, "place")) == [one.id for one in by_place]
    standings = [one.standing for one in by_day]
    assert light.counts(rows, "standing") == {name: standings.count(name) for name in sorted(set(standings))}
    days: dict[tuple[str, str], int] = {}
    for one in by_day:
        days[one.from_day or "", one.standing] = days.get((one.from_day or "", one.standing), 0) + 1
    assert {(day.isoformat(), standing): number for day, standing, number in light.days(rows)} == days
    assert int(light.located(rows).sum()) == sum(one.lat is not None for one in by_day)


def test_columns_follow_what_people_decide(filled: Casebook) -> None:
    from reportedly.desk import columns

    one = next(filled.incidents(Filter(newest=True)))
    decision = filled.decide(one.id, "accept", by="ana")
    rows = columns.found(filled.alias, columns.columns(filled.alias), Filter(review="reviewed"))
    assert keys_of(filled, rows) == [one.id]
    assert columns.columns(filled.alias).counts(rows, "review") == {"reviewed": 1}
    filled.undo(decision.id, by="ana")
    light = columns.columns(filled.alias)
    assert len(columns.found(filled.alias, light, Filter(review="reviewed"))) == 0
    assert set(light.counts(light.rows(light.pk), "review")) == {"candidate"}


def test_an_empty_casebook_has_empty_columns(casebook: Casebook) -> None:
    from reportedly.desk import columns

    light = columns.columns(casebook.alias)
    for asked in FILTERS:
        assert len(columns.found(casebook.alias, light, asked)) == 0
    assert light.days(light.rows(light.pk)) == []
