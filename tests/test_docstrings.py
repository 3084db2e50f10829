"""The examples in docstrings print what they say, and every public name has one."""

from __future__ import annotations

import doctest
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casebook_factory as factory
import pytest

import reportedly

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

SOURCE = Path(__file__).parent.parent / "src"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in (SOURCE / "reportedly").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)
PUBLIC = {
    "reportedly": ("read", "open", "Reader", "Reader.read_all", "Input"),
    "reportedly.records": ("Report", "Claim", "Reading.to_json"),
    "reportedly.frames": ("claims_frame", "relations_frame", "mentions_frame", "attributions_frame"),
    "reportedly.display": ("show", "to_html"),
    "reportedly.component": ("ReportedlyComponent", "reading_of"),
    "reportedly.casebook": ("Filter", "open"),
    "reportedly.exports": ("export", "export_file", "statement"),
    "reportedly.casebook.book": ("Casebook", "Casebook.add", "Casebook.incidents", "Casebook.decide"),
}
"""The modules whose names people may rely on, with some of them; docs/library/api.md shows all."""


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str, tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner()
    for number, test in enumerate(doctest.DocTestFinder().find(module)):
        if name in {"reportedly.casebook.book", "reportedly.exports"} and test.examples:
            test.globs |= {"casebook": example_casebook(tmp_path / f"{number}.sqlite", migrated_file), "readings": readings()}
        runner.run(test)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0


def readings() -> list[Any]:
    """Two outlets on one clash, and a denial; all invented, in real geography."""
    text = "The Blue Ridge Army denied that it had shelled Ansongo on 2025-06-05."
    denial = factory.claim(
        text, "denied", "denial", actors=["Blue Ridge Army"], voice="Blue Ridge Army", stance="denies", day="2025-06-05"
    )
    made = [factory.clash(), factory.clash(killed=9, source="Border Post"), factory.reading(factory.report(text), denial)]
    return [reading.model_copy(update={"reader": "1.0"}) for reading in made]


def example_casebook(file: Path, empty: Path) -> Casebook:
    """The casebook that the examples of :class:`Casebook` speak of, anew for each."""
    file.write_bytes(empty.read_bytes())
    casebook = reportedly.open(file)
    casebook.add_many(readings())
    casebook.merge()
    return casebook


def public_names(name: str) -> Iterator[tuple[str, Any]]:
    """Every public class, function, method and property of a module."""
    module = importlib.import_module(name)
    offered = getattr(module, "__all__", ())
    for own, value in vars(module).items():
        here = getattr(value, "__module__", None) == name or own in offered
        if own.startswith("_") or not here or not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        yield own, value
        if inspect.isclass(value):
            yield from ((f"{own}.{part}", member) for part, member in members(value))


def members(owner: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class defines itself."""
    for name, value in vars(owner).items():
        member = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        is_property = isinstance(member, property) or type(member).__name__ == "cached_property"
        if not name.startswith(("_", "model_")) and (is_property or inspect.isfunction(member)):
            yield name, member


@pytest.mark.usefixtures("migrated_file")
@pytest.mark.parametrize(("name", "some"), PUBLIC.items())
def test_public_names_are_told_with_examples(name: str, some: tuple[str, ...]) -> None:
    names = dict(public_names(name))
    assert set(some) <= set(names)
    assert [own for own, value in names.items() if ">>> " not in (inspect.getdoc(value) or "")] == []
    assert name in (SOURCE.parent / "docs" / "library" / "api.md").read_text("utf-8")
