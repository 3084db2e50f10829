"""Milliseconds that the desk's pages take on the server, on a generated casebook of 100,000 incidents and 300,000 claims.

The casebook is made once for each form of it and kept in the folder for temporary files; every run measures a copy. What the
desk works out by itself in the background (the review queue, relations over time) is waited for first, and kept with it.
``python -m benchmarks.desk FILE INCIDENTS [PART]`` measures a casebook in a file of your choice (made where there is none), and
prints every page, or those whose address holds a part.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from benchmarks.desk_casebook import fill
from benchmarks.result import Figure, Miss, Result
from reportedly.reading.reader import Reader

NAME = "desk"
INCIDENTS: Final = 100_000
ROUNDS: Final = 20
MEDIAN, LATE, REVIEW = 300, 1000, 150
"""The bars in milliseconds: for every page at the median and the 95th percentile, and for key to next item of review."""
PAIR: Final = "/relations/pair"
"""The story of the pair that the list of relations names first."""
REVIEWED: Final = "review of one item"
PATIENCE: Final = 3600
"""Seconds that the background work on a new casebook may take."""
KEPT: Final = Path(tempfile.gettempdir()) / "reportedly-benchmarks"
MADE_BY: Final = (
    "benchmarks/desk_casebook.py",
    "src/reportedly/casebook/migrations",
    "src/reportedly/relations",
    *(f"src/reportedly/desk/{name}" for name in ("migrations", "indexes.py", "following.py", "turns.py", "queue.py")),
)
"""The code that a kept casebook is made by: where one of these files changes, it is made anew."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one page: by the clock, and of processor time (``None`` where the system does not tell)."""

    median: float
    late: float
    processor_median: float | None
    processor_late: float | None

    @property
    def note(self) -> str:
        """All but the median, in words."""
        told = f"95th percentile {self.late:.0f} ms"
        if self.processor_median is None:
            return told
        return f"{told}; processor {self.processor_median:.0f} and {self.processor_late:.0f} ms"


Times = dict[str, Timing]


def measure(reader: Reader) -> Result:
    """Every page at the median and at the 95th percentile, and the review of one item; ``reader`` is not used."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(shutil.copy(prepared(INCIDENTS), Path(folder) / "casebook.sqlite"))
        found = times(file, INCIDENTS, ROUNDS)
    review = found.pop(REVIEWED)
    slowest, latest = max(found, key=lambda page: found[page].median), max(found, key=lambda page: found[page].late)
    return Result(
        NAME,
        f"{INCIDENTS:,} incidents, {3 * INCIDENTS:,} claims, {len(found)} pages, {ROUNDS} rounds, SQLite",
        [
            Figure("slowest page, median ms", found[slowest].median, MEDIAN, most=True, note=slowest),
            Figure("slowest page, 95th percentile ms", found[latest].late, LATE, most=True, note=latest),
            Figure("review, key to next item, median ms", review.median, REVIEW, most=True, note=review.note),
            *(Figure(f"`{page}`, median ms", one.median, MEDIAN, most=True, note=one.note) for page, one in found.items()),
        ],
        [
            Miss("slow page", page, f"{one.median:.0f} ms, {one.note}")
            for page, one in found.items()
            if one.median > MEDIAN or one.late > LATE
        ],
    )


def prepared(incidents: int) -> Path:
    """A casebook of so many incidents, with all that the desk works out of it in the background; made where none is kept."""
    file = KEPT / f"desk-{incidents}-{_form()}.sqlite"
    if file.exists():
        return file
    KEPT.mkdir(mode=0o700, exist_ok=True)
    for old in KEPT.glob(f"desk-{incidents}-*"):
        old.unlink()
    new = file.with_suffix(".new")
    print(f"making a casebook of {incidents:,} incidents; it is kept in {KEPT}", file=sys.stderr)
    fill(str(new), incidents)
    with served(str(new)) as desk:
        worked_out(desk.client)
    with sqlite3.connect(new) as database:  # all of it in one file, so that it can be copied
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return new.rename(file)


def _form() -> str:
    """A name for the form that a casebook made now has."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for name in MADE_BY:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def pages(incidents: int) -> list[str]:
    """The pages that are measured. ``{round}`` makes a filter that nothing is kept for yet."""
    middle = incidents // 2
    return [
        "/",
        "/reports",
        "/reports?since=2015-01-{round:02}",
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
        "/incidents?text=attacked&until=2024-12-{round:02}",
        "/incidents?place=place+{round}2",
        "/incidents?precision=3&since=2015-01-{round:02}",
        "/incidents?voice=police&since=2015-02-{round:02}",
        "/incidents?source=source-{round}",
        f"/incidents/incident-{middle:016x}",
        "/map",
        "/map?since=2015-01-{round:02}",
        "/map?box=-5,-{round},15,20",
        "/map?family=abduction&until=2022-03-{round:02}",
        "/map?text=attacked&since=2015-03-{round:02}",
        "/actors",
        "/actors?actor=bana0{round:02}",
        "/actors/actor-7",
        "/relations",
        "/relations?day=2019-05-{round:02}",
        "/relations?day=2023-05-{round:02}&actor=bana007",
        PAIR,
        "/threats",
        "/threats?since=2015-01-{round:02}",
        "/threats?text=bana0{round:02}&outcome=open",
        "/review",
        "/review/agreement",
        "/search?q=attacked+front",
        "/search?q=bana0{round:02}",
        "/sources",
        "/codebook",
        "/add",
        "/team",
        "/team/trail",
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk in a process of its own, and a client that is signed in to it."""

    client: httpx.Client
    process: int


class Stopwatch:
    """Takes the time of requests, one after another."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.taken: list[float] = []
        self.worked: list[float] = []

    @contextmanager
    def lap(self) -> Iterator[None]:
        """Time what is done within."""
        worked, began = processor_time(self.desk.process), time.perf_counter()
        yield
        self.taken.append((time.perf_counter() - began) * 1000)
        done = processor_time(self.desk.process)
        if worked is not None and done is not None:
            self.worked.append((done - worked) * 1000)

    def timing(self) -> Timing:
        """The medians and 95th percentiles of all laps."""
        return Timing(*percentiles(self.taken), *(percentiles(self.worked) if self.worked else (None, None)))


def processor_time(process: int) -> float | None:
    """Seconds of processor time that all threads of a process have had; ``None`` where the system does not tell."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except OSError:
        return None


def times(casebook: str, incidents: int, rounds: int, only: str = "") -> Times:
    """How long every page takes on the server (with ``only``, those whose address holds it), and one review by key.

    Measured once the work in the background is done: the review queue, and following relations.
    """
    found: Times = {}
    with served(casebook) as desk:
        worked_out(desk.client)
        pair = html.unescape(re.findall(rf'"({PAIR}[^"]+)"', desk.client.get("/relations").text)[0])
        for path in (page for page in pages(incidents) if only in page):
            watch = Stopwatch(desk)
            for turn in range(rounds):
                asked = pair if path == PAIR else path.format(round=turn + 1)
                with watch.lap():
                    answer = desk.client.get(asked)
                if answer.status_code != 200:
                    raise RuntimeError(f"{asked}: status {answer.status_code}")
            found[path] = watch.timing()
        watch = Stopwatch(desk)
        for _ in range(rounds):
            _review(desk.client, watch)
        found[REVIEWED] = watch.timing()
    return found


@contextmanager
def served(casebook: str) -> Iterator[Desk]:
    """A desk of its own process, with a client signed in to it."""
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
            yield Desk(client, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def worked_out(client: httpx.Client) -> None:
    """Wait until the desk has worked out the review queue and followed relations."""
    _wait(client, "/review", r">0 items? wait")
    _wait(client, "/relations", "being followed anew")


def _wait(client: httpx.Client, path: str, words: str) -> None:
    """Wait until a page does not say any more that something is under way."""
    end = time.monotonic() + PATIENCE
    while re.search(words, client.get(path).text):
        if time.monotonic() > end:
            raise RuntimeError(f"{path} still says {words!r}")
        time.sleep(1)


def _review(client: httpx.Client, watch: Stopwatch) -> None:
    page = client.get("/review?kind=claim").text
    subject = re.findall(r'name="subject" value="([^"]+)"', page)[0]
    data = {"csrfmiddlewaretoken": token_of(page), "subject": subject, "verdict": "accept", "from": "queue", "kind": "claim"}
    with watch.lap():
        answer = client.post("/review/decide", data=data, headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise RuntimeError(f"a decision was answered with {answer.status_code}")


def token_of(page: str) -> str:
    """The CSRF token that a page's forms carry."""
    return str(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0])


def percentiles(taken: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(taken), sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


if __name__ == "__main__":
    if not Path(sys.argv[1]).exists():
        fill(sys.argv[1], int(sys.argv[2]))
    for name, one in times(sys.argv[1], int(sys.argv[2]), ROUNDS, *sys.argv[3:4]).items():
        print(f"{one.median:8.0f} ms  {name}  ({one.note})", flush=True)
