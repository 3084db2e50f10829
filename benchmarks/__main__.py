"""``python -m benchmarks``: measure all sets, print the table, and keep the results beside the code."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module

from benchmarks.result import Result
from benchmarks.sources import Absent
from benchmarks.table import print_errors, print_table, write_results
from reportedly.language import one_thread_each
from reportedly.reading.reader import Reader

SETS = (
    "reports",
    "satp",
    "plover_spans",
    "muc4",
    "quotes",
    "who_says_so",
    "meantime",
    "geovirus",
    "gvc",
    "actor_strings",
    "re3d",
    "maverick",
    "gvc_incidents",
    "stream",
    "speed",
    "desk",
)
"""The adapters, by the name of their module."""
ASKED = ("incidents_scale",)
"""Those that take many minutes: measured only where they are named."""
NAMES_HELP = f"sets to measure: {', '.join(SETS)}; all of these without a name. Also, only if named: {', '.join(ASKED)}"


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; 1 where a figure is below its floor."""
    one_thread_each()
    given = _parser().parse_args(arguments)
    if given.changes:
        from reportedly.evaluation.changes import changes, changes_text

        print(changes_text(changes(*given.changes)))
        return 0
    wanted = given.names or list(SETS)
    unknown = sorted(set(wanted) - {*SETS, *ASKED})
    if unknown:
        print(f"no set named {', '.join(unknown)}; there are {', '.join((*SETS, *ASKED))}", file=sys.stderr)
        return 2
    results = [result for name in wanted if (result := _run(name)) is not None]
    if given.json:
        print(json.dumps({result.name: result.to_data() for result in results}, indent=1))
    else:
        print_table(results)
    if given.errors:
        print_errors(results, given.errors, given.kind)
    if not given.dry:
        write_results(results)
    if given.save:
        from benchmarks.reports import save_run

        save_run(given.save)
    if given.check_floors or given.raise_floors:
        from benchmarks.floors import check_floors, raise_floors

        if given.raise_floors:
            raise_floors(results)
        below = check_floors(results)
        for line in below:
            print(line, file=sys.stderr)
        return 1 if below else 0
    return 0


def _run(name: str) -> Result | None:
    """The result of one set, or ``None`` with one line where it is absent."""
    measure: Callable[[Reader], Result] = import_module(f"benchmarks.{name}").measure
    began = time.perf_counter()
    try:
        result = measure(Reader())
    except Absent as reason:
        print(f"{name}: skipped, {reason}", file=sys.stderr)
        return None
    result.seconds = time.perf_counter() - began
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=NAMES_HELP)
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--errors", type=int, nargs="?", const=40, default=0, metavar="N", help="print N errors a set (40)")
    parser.add_argument("--kind", default="", metavar="TEXT", help="with --errors: only classes of error that hold this text")
    parser.add_argument("--dry", action="store_true", help="leave RESULTS.md and results.json as they are")
    parser.add_argument("--check-floors", action="store_true", help="fail where a figure is below its floor")
    parser.add_argument("--raise-floors", action="store_true", help="raise each floor to the figure; floors never fall")
    parser.add_argument("--save", metavar="FILE", help="save the codings of the development gold for --changes")
    parser.add_argument("--changes", nargs=2, metavar=("OLD", "NEW"), help="show claims gained and lost between two saved runs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
