"""Runs every console example of the documentation again and writes what it prints now into the pages.

Run as ``python docs/refresh.py``. Examples run in an empty folder, 80 columns wide. ``head=N`` after ``console`` keeps the
first N lines of output. CLAIM and INCIDENT stand for real ids of the demo's largest incident, OTHER for the second incident of a
command, DECISION for the decision that was printed last.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
PAGES = (DOCS / "commands.md", DOCS / "briefs.md", DOCS.parent / "README.md")
BLOCK = re.compile(r"^```console( head=(\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b(incident|claim|decision)-[0-9a-f]{8,16}(?=\s|$)|\b(INCIDENT|CLAIM|OTHER|DECISION)\b")
DECISION = re.compile(r"\bdecision-[0-9a-f]{8}\b")
GOLD = {
    "id": "invented-1",
    "text": "Rebels attacked the village of Mabalako on Sunday, killing five people, police said.",
    "published": "2025-06-03",
    "relations": [],
    "events": [
        {
            "id": "e1",
            "type": "violence_against_civilians",
            "status": "occurred",
            "actors": ["rebels"],
            "targets": ["people"],
            "place": {"name": "Mabalako", "admin": "North Kivu", "country": "Democratic Republic of the Congo"},
            "date": {"start": "2025-06-01", "end": "2025-06-01", "precision": "day"},
            "killed": {"low": 5, "high": 5},
            "injured": None,
            "attributed_to": ["article", "police"],
            "evidence": "Rebels attacked the village of Mabalako on Sunday, killing five people",
        }
    ],
}


def main() -> None:
    """Refresh all pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "COLUMNS": "80", "REPORTEDLY_CASEBOOK": "demo-casebook/casebook.sqlite"}
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        (folder / "gold").mkdir()
        (folder / "gold" / "invented-1.json").write_text(json.dumps(GOLD), "utf-8")
        (folder / "Makefile").write_text("demo:\n\t@reportedly demo\n", "utf-8")
        run("reportedly demo", folder, environment)
        ids = example_ids(folder, environment)
        for page in PAGES:
            # The demo's casebook is made anew, so that examples that add to it change no other page.
            run("reportedly demo", folder, environment)
            text = page.read_text("utf-8")
            page.write_text(BLOCK.sub(lambda block: refreshed(block, folder, environment, ids), text), "utf-8")


def example_ids(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The short ids of the largest incident and of its first claim."""
    incidents = json.loads(run("reportedly incidents --json", folder, environment))
    if not incidents:
        raise SystemExit("The demo makes no incidents; mend that first: reportedly demo")
    largest = max(incidents, key=lambda incident: len(incident["members"]))
    other = next(incident["id"][:-8] for incident in incidents if incident is not largest)
    return {"incident": largest["id"][:-8], "claim": largest["members"][0]["claim"][:-8], "other": other}


def refreshed(block: re.Match[str], folder: Path, environment: dict[str, str], ids: dict[str, str]) -> str:
    """One example with what its commands print now."""
    lines = []
    for line in block[3].splitlines():
        if line.startswith("$ "):
            command = with_ids(line[2:], ids)
            printed = [text.rstrip() for text in run(command, folder, environment).splitlines()]
            if made := DECISION.findall("\n".join(printed)):
                ids["decision"] = made[-1]
            if block[2] and len(printed) > int(block[2]):
                printed = [*printed[: int(block[2])], "[...]"]
            lines += [f"$ {command}", *printed]
    return f"```console{block[1] or ''}\n" + "\n".join(lines) + "\n```"


def with_ids(command: str, ids: dict[str, str]) -> str:
    """A command with the ids of this demo: of two incidents that it names, the second is another one."""
    seen: list[str] = []

    def real(found: re.Match[str]) -> str:
        kind = (found[1] or found[2]).lower()
        seen.append(kind)
        return ids["other" if kind == "incident" and seen.count(kind) > 1 else kind]

    return ID.sub(real, command)


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    """What a command prints, standard error included, with paths of this machine left out."""
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    text = done.stdout.decode()
    for path, shown in ((f"{folder.resolve()}/", ""), (str(folder), "."), (str(Path.home()), "~")):
        text = text.replace(path, shown)
    return re.sub(r"^(?:Building the gazetteer|Reading).*\n", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
