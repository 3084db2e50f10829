"""Reading many reports: one that cannot be read never stops the rest, on one core or all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import casebook_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reading.batch import read_each
from reportedly.reading.reader import CHUNK, Input, Reader
from reportedly.records import Reading


class FakeReader(Reader):
    """Reads without a model; a text that says so cannot be read. ``ahead`` inputs are taken before the first reading comes."""

    def __init__(self, ahead: int = CHUNK * 3) -> None:
        super().__init__()
        self.ahead = ahead
        self.runs: list[str] = []

    def read_inputs(self, inputs: Iterable[Input]) -> Iterator[Reading]:
        self.runs.append("here")
        return map(_read, inputs)

    def read_all(self, inputs: Iterable[Input]) -> Iterator[Reading]:
        self.runs.append("all cores")
        taken: list[Input] = []
        for one in inputs:
            taken.append(one)
            if len(taken) > self.ahead:
                yield _read(taken.pop(0))
        yield from map(_read, taken)


def _read(given: Input) -> Reading:
    if "unreadable" in given.text:
        raise RuntimeError("the parser\nfell over")
    return factory.reading(factory.report(given.text, id=given.id))


def _items(texts: Iterable[str]) -> Iterator[tuple[int, Input]]:
    return ((number, Input(text=text, id=str(number))) for number, text in enumerate(texts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), max_size=CHUNK * 5), st.integers(0, CHUNK * 4))
def test_every_item_has_its_outcome_in_order(is_good: list[bool], ahead: int) -> None:
    outcomes = list(read_each(FakeReader(ahead), _items("fine" if good else "unreadable" for good in is_good)))
    assert [outcome.item for outcome in outcomes] == list(range(len(is_good)))
    assert [outcome.reading is not None for outcome in outcomes] == is_good
    assert all(outcome.reading is None or outcome.reading.report.id == str(outcome.item) for outcome in outcomes)
    assert {outcome.failure for outcome in outcomes if outcome.reading is None} <= {"RuntimeError: the parser"}


@pytest.mark.parametrize(("number", "where"), [(1, "here"), (CHUNK, "here"), (CHUNK + 1, "all cores")])
def test_a_few_are_read_in_this_process(number: int, where: str) -> None:
    reader = FakeReader()
    assert len(list(read_each(reader, _items(["fine"] * number)))) == number
    assert reader.runs == [where]


@pytest.mark.parametrize("before", [0, 3, CHUNK, CHUNK * 3])
def test_a_fault_of_the_source_comes_after_what_was_before_it(before: int) -> None:
    def source() -> Iterator[tuple[int, Input]]:
        yield from _items(["fine"] * before)
        raise OSError("the disk is gone")

    outcomes = []
    with pytest.raises(OSError, match="the disk is gone"):
        for outcome in read_each(FakeReader(), source()):
            outcomes.append(outcome.item)
    assert outcomes == list(range(before))


def test_memory_stays_flat() -> None:
    taken = 0

    def source() -> Iterator[tuple[int, Input]]:
        nonlocal taken
        for item in _items(["fine"] * CHUNK * 40):
            taken += 1
            yield item

    outcomes = read_each(FakeReader(ahead=CHUNK), source())
    next(outcomes)
    assert taken <= CHUNK * 3


def test_a_reader_that_cannot_start_is_an_error_of_its_own() -> None:
    class Broken(FakeReader):
        def read_inputs(self, inputs: Iterable[Input]) -> Iterator[Reading]:
            raise RuntimeError("the model is gone")

    with pytest.raises(RuntimeError, match="the model is gone"):
        list(read_each(Broken(), _items(["fine"])))
