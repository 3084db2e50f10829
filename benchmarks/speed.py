"""Words a second of the bare parse and of the whole reading, in one run of one process, and the memory a worker takes."""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from benchmarks.result import Figure, Result
from benchmarks.sources import ROOT, shared_folder
from reportedly.language import one_thread_each
from reportedly.reading.reader import Input, Reader

NAME = "speed"
RATIO = 1.5
"""Reading may cost so many times the bare parse."""
WORDS = 40_000
"""Words that are measured."""
ROUND = 8
"""Texts of one round; rounds of bare parse and of reading take turns, so that a busy machine slows both."""
WARM = 2
"""Rounds that are not timed."""


def measure(reader: Reader) -> Result:
    """Speed in processor time, so that other programs do not count; ``reader`` only names the model."""
    one_thread_each()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        words, parse, whole, memory = pool.submit(_measure, reader.model, sample_texts()).result()
    return Result(
        NAME,
        f"{words} words, one process, processor time",
        [
            Figure("bare parse, words a second", words / parse),
            Figure("whole reading, words a second", words / whole),
            Figure("whole reading over bare parse", whole / parse, RATIO, most=True),
            Figure("worker, peak MB", memory),
        ],
    )


def sample_texts() -> list[str]:
    """Report texts to measure on: those of the development gold and of incident reports, else the demonstration's."""
    paths = sorted((shared_folder() / "reports").glob("*.json"))
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in paths]
    if not texts:
        demo = ROOT / "src" / "reportedly" / "demo" / "reports"
        texts = [path.read_text(encoding="utf-8") for path in sorted(demo.glob("*.md"))]
    found: list[str] = []
    words = 0
    while words < WORDS and texts:
        for text in texts:
            found.append(text)
            words += len(text.split())
    return found


def _measure(model: str, texts: Sequence[str]) -> tuple[int, float, float, float]:
    """Words, seconds of the bare parse, seconds of the reading, and peak memory in MB of this process."""
    reader = Reader(model=model, workers=1)
    words, parse, whole = 0, 0.0, 0.0
    rounds = [texts[start : start + ROUND] for start in range(0, len(texts), ROUND)]
    for number, chunk in enumerate([*rounds[:WARM], *rounds]):
        began = time.process_time()
        for _ in reader.nlp.pipe(chunk, batch_size=ROUND):
            pass
        parsed = time.process_time()
        for _ in reader.read_inputs(Input(text=text, language="en") for text in chunk):
            pass
        done = time.process_time()
        if number >= WARM:
            words += sum(len(text.split()) for text in chunk)
            parse, whole = parse + parsed - began, whole + done - parsed
    return words, parse, whole, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
