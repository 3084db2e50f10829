"""Reads reports on a cluster: the same reading, mapped over partitions by Dask. Needs the extra ``cluster``."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from reportedly.errors import SettingError
from reportedly.reading.reader import Input, Reader, partitions
from reportedly.records import Reading

try:
    from distributed import Client, WorkerPlugin, get_worker
except ImportError as error:
    raise SettingError(
        "reading on a cluster needs Dask, which is not installed.", remedy="pip install 'reportedly[cluster]'"
    ) from error

if TYPE_CHECKING:
    from distributed import Future, Worker

PLUGIN = "reportedly"
AHEAD = 2
"""Partitions under way for each thread of the cluster."""


class ClusterReader(Reader):
    """Reads many reports on a Dask cluster, in order, with the same result as one process.

    ``client`` is connected to the cluster; its workers have this version of Reportedly installed, best one process with one
    thread for each core. Each process loads its language model once. What :meth:`read_all` is given is read there, in
    partitions; what is given one by one is read here. With :func:`reportedly.reading.batch.read_each` a report that cannot be
    read becomes a record of its failure and stops nothing.

    Folders of own ``knowledge`` must lie at the same paths on all workers.

    Raises :class:`SettingError` if a worker has another version, whose readings could differ.
    """

    def __init__(
        self, client: Client, *, model: str | None = None, knowledge: str | Path | Iterable[str | Path] | None = None
    ) -> None:
        super().__init__(model=model, workers=1, knowledge=knowledge)
        self.client = client

    def read_all(self, inputs: Iterable[Input]) -> Iterator[Reading]:
        """Readings in the order of the inputs, read by the workers of the cluster; memory does not grow with their number.

        A partition whose worker is lost is read by another one. What a worker raises is raised here.
        """
        self.client.register_plugin(_Reading(self.model, self.layers.folders, self.version), name=PLUGIN)
        most = AHEAD * max(1, sum(self.client.nthreads().values()))
        waiting: deque[Future[list[Reading]]] = deque()
        try:
            for partition in partitions(inputs):
                waiting.append(self.client.submit(_read_partition, partition, pure=False))
                if len(waiting) > most:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            self.client.cancel(list(waiting))


class _Reading(WorkerPlugin):
    """Gives each worker process one reader, for one partition at a time: a language model is not shared by threads."""

    def __init__(self, model: str, knowledge: tuple[Path, ...], version: str) -> None:
        self.model, self.knowledge, self.version = model, knowledge, version

    def setup(self, worker: Worker) -> None:
        self.reader = Reader(model=self.model, workers=1, knowledge=self.knowledge)
        if self.reader.version != self.version:
            raise SettingError(
                f"has version {self.reader.version} of reportedly, and the client {self.version}.",
                where=str(worker.address),
                remedy="Install one version everywhere, with the same own knowledge.",
            )
        self.lock = Lock()


def _read_partition(inputs: list[Input]) -> list[Reading]:
    plugin: Any = get_worker().plugins[PLUGIN]
    with plugin.lock:
        return list(plugin.reader.read_inputs(inputs))
