"""The desk is quick on a generated casebook; ``make bench`` measures it on a large one."""

from __future__ import annotations

import pytest
from benchmarks.desk import pages, percentiles, times
from benchmarks.desk_casebook import TELLINGS, fill

import reportedly.casebook
from reportedly.casebook import Filter

INCIDENTS = 600


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small generated casebook."""
    address = str(tmp_path_factory.mktemp("generated") / "casebook.sqlite")
    fill(address, INCIDENTS)
    return address


def test_pages_are_quick_on_a_small_casebook(generated: str) -> None:
    found = times(generated, INCIDENTS, 3)
    assert set(found) == {*pages(INCIDENTS), "review of one item"}
    assert {path: taken for path, taken in found.items() if taken[0] > 1500} == {}


def test_generated_casebook_is_like_a_real_one(generated: str) -> None:
    """Its records are read as any others, and exports and filters work on them."""
    with reportedly.casebook.open(generated) as book:
        assert book.counts()["claims"] == INCIDENTS * TELLINGS
        incident = next(book.incidents(Filter(newest=True)))
        assert len(incident.members) == TELLINGS
        claim = next(book.claims(Filter(within=Filter(status="disputed"))))
        assert claim.incidents and claim.evidence


def test_percentiles() -> None:
    assert percentiles([float(number) for number in range(1, 101)]) == (50.5, 95.0)
