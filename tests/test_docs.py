"""The Python examples of the pages run, and what pages point at is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import own_knowledge
import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
PAGES = [page for page in PAGES if page.parent.name != "codebook"]
"""The codebook is made by the build of the site."""
EXAMPLES = [
    (page, number, code)
    for page in PAGES
    for number, code in enumerate(re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1)
    if "scheduler:" not in code  # needs a cluster
]
LINK = re.compile(r"(?<!`)\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")


@pytest.mark.filterwarnings("ignore:.*W095.*")  # the model was trained with an earlier spaCy
@pytest.mark.parametrize("code", [code for _, _, code in EXAMPLES], ids=[f"{page.stem}-{number}" for page, number, _ in EXAMPLES])
def test_an_example_runs(code: str, tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_knowledge.write(tmp_path / "ours", {"actors/mine.csv": own_knowledge.ACTORS})
    for name in ("demo-casebook/casebook.sqlite", "casebook.sqlite"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(migrated_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {"__name__": "page"}
    exec(compile(code, "page", "exec"), known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    made = ("codebook/index.md", "../codebook/index.md")
    links = [link for link in LINK.findall(page.read_text("utf-8")) if link not in made]
    assert [link for link in links if not (page.parent / link).exists()] == []
