"""Reads many reports on all cores so that one that cannot be read never stops the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from reportedly.reading.reader import CHUNK, Input

if TYPE_CHECKING:
    from reportedly.reading.reader import Reader
    from reportedly.records import Reading

Item = TypeVar("Item")


@dataclass(frozen=True)
class Outcome(Generic[Item]):
    """What came of one item: its reading, or why there is none."""

    item: Item
    reading: Reading | None
    failure: str | None = None


def read_each(reader: Reader, items: Iterable[tuple[Item, Input]]) -> Iterator[Outcome[Item]]:
    """Outcomes in the order of the items, on all cores, with flat memory.

    A few reports are read in this process: they would wait longer for the other processes than for each other. An error of
    ``items`` itself is raised once all items before it have their outcomes.
    """
    stream = _Stream(items)
    while ahead := list(islice(stream, CHUNK + 1)):
        stream.put_back(ahead)
        waiting: deque[tuple[Item, Input]] = deque()
        inputs = _handed_on(stream, waiting)
        readings = reader.read_all(inputs) if len(ahead) > CHUNK else reader.read_inputs(inputs)
        try:
            for reading in readings:
                yield Outcome(waiting.popleft()[0], reading)
        except Exception:
            if not waiting:
                raise  # the reader cannot start: no report is at fault
            for item, given in list(islice(waiting, CHUNK)):
                yield _one(reader, item, given)
            stream.put_back(list(islice(waiting, CHUNK, None)))
    if stream.fault is not None:
        raise stream.fault


class _Stream(Generic[Item]):
    """Items that can be put back; a fault of their source ends the stream and is kept."""

    def __init__(self, items: Iterable[tuple[Item, Input]]) -> None:
        self._items = iter(items)
        self._back: deque[tuple[Item, Input]] = deque()
        self.fault: Exception | None = None

    def __iter__(self) -> Iterator[tuple[Item, Input]]:
        return self

    def __next__(self) -> tuple[Item, Input]:
        if self._back:
            return self._back.popleft()
        if self.fault is not None:
            raise StopIteration
        try:
            return next(self._items)
        except StopIteration:
            raise
        except Exception as error:  # noqa: BLE001 - raised again by read_each, after the outcomes of what came before
            self.fault = error
            raise StopIteration from None

    def put_back(self, items: Iterable[tuple[Item, Input]]) -> None:
        """Have these come next."""
        self._back.extendleft(reversed(list(items)))


def _handed_on(items: Iterable[tuple[Item, Input]], waiting: deque[tuple[Item, Input]]) -> Iterator[Input]:
    """The inputs, while ``waiting`` keeps the items whose reading has not come back."""
    for item, given in items:
        waiting.append((item, given))
        yield given


def _one(reader: Reader, item: Item, given: Input) -> Outcome[Item]:
    try:
        return Outcome(item, reader.read_input(given))
    except Exception as error:  # noqa: BLE001 - a fault of reading one report is an outcome, not the end of the run
        reason = str(error).splitlines()
        return Outcome(item, None, f"{type(error).__name__}: {reason[0] if reason else 'no message'}"[:300])
