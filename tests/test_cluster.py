"""Reading on a cluster: two worker processes read as one process does, and a failure stops nothing."""

from __future__ import annotations

from collections.abc import Iterator

import dask.config
import pytest
from distributed import Client, LocalCluster

from reportedly.cluster import ClusterReader
from reportedly.errors import SettingError
from reportedly.reading import reader as reading_reader
from reportedly.reading.batch import read_each
from reportedly.reading.reader import CHUNK, Input, Reader

TOWNS = ("Gao", "Ansongo", "Zinder", "Diffa", "Bosaso")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "240s"}),  # where the machine is busy, processes start late
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as connected,
    ):
        yield connected


def inputs(number: int) -> list[Input]:
    """Invented reports."""
    return [
        Input(
            text=f"Gunmen of the Red Lantern Front killed {at + 2} soldiers in {TOWNS[at % 5]} on Monday, the army said.",
            published="2025-06-03",
            source=f"Paper {at}",
        )
        for at in range(number)
    ]


def test_a_cluster_reads_as_one_process(client: Client) -> None:
    """Two partitions, the last one short: the same bytes in the same order."""
    given = inputs(CHUNK + 3)
    found = list(ClusterReader(client).read_all(iter(given)))
    here = list(Reader(workers=1).read_inputs(given))
    assert [reading.model_dump_json() for reading in found] == [reading.model_dump_json() for reading in here]
    assert all(reading.claims for reading in found)


def test_nothing_to_read(client: Client) -> None:
    assert list(ClusterReader(client).read_all([])) == []


def test_inputs_are_taken_as_they_are_needed(client: Client) -> None:
    """A stream without an end gives its first readings; what is still under way is dropped."""
    taken = 0

    def endless() -> Iterator[Input]:
        nonlocal taken
        while True:
            taken += 1
            yield Input(text="", id=f"empty {taken}")

    stream = ClusterReader(client).read_all(endless())
    assert next(stream).report.id == "empty 1"
    assert taken <= CHUNK * 5
    stream.close()  # type: ignore[attr-defined]


def test_failure_is_a_record(client: Client) -> None:
    """A text of no known type makes a worker fail: that report alone is lost, and said to be."""
    given = inputs(CHUNK + 3)
    bad = Input(text=7)  # type: ignore[arg-type]
    items = [(number, one) for number, one in enumerate([*given[:5], bad, *given[5:]])]
    outcomes = list(read_each(ClusterReader(client), iter(items)))
    assert [outcome.item for outcome in outcomes] == list(range(len(items)))
    assert [outcome.item for outcome in outcomes if outcome.reading is None] == [5]
    assert (outcomes[5].failure or "").startswith("TypeError: ")


def test_another_version_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClusterReader, "version", "0.0.1")
    with pytest.raises(SettingError, match=r"has version .* of reportedly, and the client 0\.0\.1"):
        list(ClusterReader(client).read_all(inputs(1)))
    assert reading_reader.reader_version() != "0.0.1"
