"""Milliseconds that the desk's pages take on the server, on a generated casebook of 100,000 incidents and 300,000 claims.

``python -m benchmarks.desk FILE INCIDENTS`` fills (or keeps) a casebook and prints every page.
"""

from __future__ import annotations

import html
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from benchmarks.desk_casebook import fill
from benchmarks.result import Figure, Miss, Result
from reportedly.reading.reader import Reader

NAME = "desk"
INCIDENTS: Final = 100_000
ROUNDS: Final = 12
MEDIAN, LATE, REVIEW = 300, 1000, 150
"""The bars in milliseconds: for every page at the median and the 95th percentile, and for key to next item of review."""
PAIR: Final = "/relations/pair"
"""The story of the pair that the list of relations names first."""
PATIENCE: Final = 3600
"""Seconds that the background work on a new casebook may take."""
Times = dict[str, tuple[float, float]]


def measure(reader: Reader) -> Result:
    """The slowest page at the median and at the 95th percentile, and the review of one item; ``reader`` is not used."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "casebook.sqlite")
        fill(file, INCIDENTS)
        found = times(file, INCIDENTS, ROUNDS)
    review = found.pop("review of one item")
    (slow, (median, _)), (late, (_, worst)) = (max(found.items(), key=lambda one: one[1][at]) for at in (0, 1))
    return Result(
        NAME,
        f"{INCIDENTS:,} incidents, {3 * INCIDENTS:,} claims, {len(found)} pages, {ROUNDS} rounds, SQLite",
        [
            Figure("slowest page, median ms", median, MEDIAN, most=True, note=slow),
            Figure("slowest page, 95th percentile ms", worst, LATE, most=True, note=late),
            Figure("review, key to next item, median ms", review[0], REVIEW, most=True),
        ],
        [
            Miss("slow page", page, f"{one:.0f} ms, late {two:.0f} ms")
            for page, (one, two) in found.items()
            if one > MEDIAN or two > LATE
        ],
    )


def pages(incidents: int) -> list[str]:
    """The pages that are measured. ``{round}`` makes a filter that nothing is kept for yet."""
    middle = incidents // 2
    return [
        "/",
        "/reports",
        "/reports?text=attacked&source=source-7",
        f"/reports/report-{middle:012x}-1",
        f"/reports/report-{middle:012x}-1?claim=claim-{middle:012x}-1",
        "/incidents",
        "/incidents?since=2015-01-{round:02}",
        "/incidents?page=40",
        "/incidents?order=reports",
        "/incidents?status=disputed&since=2020-01-{round:02}",
        "/incidents?family=battle&country=AZ",
        "/incidents?actor=actor-{round}",
        "/incidents?text=bana{round:03}",
        "/incidents?place=place+{round}2",
        "/incidents?source=source-{round}",
        f"/incidents/incident-{middle:016x}",
        "/map",
        "/map?box=-5,-{round},15,20",
        "/map?family=abduction&until=2022-03-{round:02}",
        "/actors",
        "/actors/actor-7",
        "/relations",
        "/relations?day=2019-05-{round:02}",
        "/relations?day=2023-05-{round:02}&actor=bana007",
        PAIR,
        "/threats",
        "/threats?text=bana0{round:02}&outcome=open",
        "/review",
        "/review/agreement",
        "/search?q=attacked+front",
        "/search?q=bana0{round:02}",
        "/sources",
        "/codebook",
        "/team/trail",
    ]


def times(casebook: str, incidents: int, rounds: int) -> Times:
    """Milliseconds on the server for every page: the median, and the 95th percentile; and for one review by key.

    Measured once the work in the background is done: the review queue, and following relations.
    """
    found: Times = {}
    with served(casebook) as client:
        _wait(client, "/review", r">0 items? wait")
        _wait(client, "/relations", "being followed anew")
        pair = html.unescape(re.findall(rf'"({PAIR}[^"]+)"', client.get("/relations").text)[0])
        for path in pages(incidents):
            taken = []
            for turn in range(rounds):
                asked = pair if path == PAIR else path.format(round=turn + 1)
                began = time.perf_counter()
                answer = client.get(asked)
                taken.append((time.perf_counter() - began) * 1000)
                if answer.status_code != 200:
                    raise RuntimeError(f"{path}: status {answer.status_code}")
            found[path] = percentiles(taken)
        found["review of one item"] = percentiles([_review(client) for _ in range(rounds)])
    return found


@contextmanager
def served(casebook: str) -> Iterator[httpx.Client]:
    """A client signed in to a desk of its own process."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "REPORTEDLY_DESK_KEY": "only for measuring " * 3}
    command = [sys.executable, "-m", "reportedly", "desk", "--casebook", casebook, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        told = ""
        while not (link := re.search(r"(http://\S+?)(/start/\S+)", told)):
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"the desk did not start: {told}")
            told += line
        with httpx.Client(base_url=link[1], timeout=600, headers={"Origin": link[1]}) as client:
            client.post(link[2], data={"csrfmiddlewaretoken": token_of(client.get(link[2]).text)})
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _wait(client: httpx.Client, path: str, words: str) -> None:
    """Wait until a page does not say any more that something is under way."""
    end = time.monotonic() + PATIENCE
    while re.search(words, client.get(path).text):
        if time.monotonic() > end:
            raise RuntimeError(f"{path} still says {words!r}")
        time.sleep(1)


def _review(client: httpx.Client) -> float:
    page = client.get("/review?kind=claim").text
    subject = re.findall(r'name="subject" value="([^"]+)"', page)[0]
    data = {"csrfmiddlewaretoken": token_of(page), "subject": subject, "verdict": "accept", "from": "queue", "kind": "claim"}
    began = time.perf_counter()
    answer = client.post("/review/decide", data=data, headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise RuntimeError(f"a decision was answered with {answer.status_code}")
    return (time.perf_counter() - began) * 1000


def token_of(page: str) -> str:
    """The CSRF token that a page's forms carry."""
    return str(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0])


def percentiles(taken: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(taken), sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


if __name__ == "__main__":
    if not Path(sys.argv[1]).exists():
        fill(sys.argv[1], int(sys.argv[2]))
    for name, (middle, late) in times(sys.argv[1], int(sys.argv[2]), ROUNDS).items():
        print(f"{middle:8.0f} ms {late:8.0f} ms  {name}")
