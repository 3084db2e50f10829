"""The codebook as Markdown, made from the ontology that reading uses, own layers included: what belongs to each type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportedly.knowledge.layers import Layers, per_layers
from reportedly.knowledge.tables import ROOT, read_yaml
from reportedly.knowledge.types import CROSSWALK_COLUMNS, EventType, crosswalk_rows, ontology
from reportedly.wording import words

SCHEMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "acled": ("ACLED-style", ("event_type", "sub_event_type")),
    "ucdp": ("UCDP type of violence", ("type_of_violence",)),
    "plover": ("PLOVER", ("event", "mode", "context")),
    "cameo": ("CAMEO", ("root", "code")),
}
"""How each crosswalk is called, and the cells that tell its row."""
CONDITIONS: Mapping[str, str] = {
    "target_armed": "the target is armed",
    "target_unarmed": "the target is unarmed",
    "actor_state": "a state acts",
    "actor_nonstate": "an armed group acts",
    "state_based": "a state fights an armed side",
    "non_state": "two armed groups fight",
}


@dataclass(frozen=True)
class Chapter:
    """One group of types: its name, its definition, and its page as Markdown, with headings from the second level on."""

    group: str
    definition: str
    types: tuple[str, ...]
    text: str


def codebook(layers: Layers | None = None) -> Iterator[Chapter]:
    """The chapters of the codebook in the order of the ontology; ``None`` stands for the layers of the setting.

    >>> from reportedly.knowledge.layers import SHIPPED
    >>> next(chapter.definition for chapter in codebook(SHIPPED) if chapter.group == "air")
    'Weapons delivered from the air.'
    """
    groups: dict[str, list[EventType]] = {}
    for type_ in ontology(layers).values():
        groups.setdefault(type_.group, []).append(type_)
    definitions = group_definitions(layers)
    for group, types in groups.items():
        text = "\n".join(line for type_ in types for line in _entry(type_, layers))
        yield Chapter(group, definitions[group], tuple(type_.id for type_ in types), text)


@per_layers("ontology/*.yaml")
def group_definitions(layers: Layers) -> Mapping[str, str]:
    """What the types of each group have in common."""
    paths = (*sorted((ROOT / "ontology").glob("*.yaml")), *layers.files("ontology/*.yaml"))
    return {path.stem: str(read_yaml(path)["definition"]) for path in paths}


def page(layers: Layers | None = None) -> str:
    """The whole codebook as one Markdown page."""
    head = f"{len(ontology(layers))} types of events. Made from the ontology; change its files, not this page."
    lines = ["# Codebook", "", head, ""]
    for chapter in codebook(layers):
        lines += [f"# {words(chapter.group).capitalize()}", "", chapter.definition, "", chapter.text]
    return "\n".join(lines)


def _entry(type_: EventType, layers: Layers | None) -> Iterator[str]:
    yield from (f"## {words(type_.id)}", "", f"`{type_.id}`: {type_.definition}", "", f"Family: {_family(type_)}.", "")
    for name, texts in (("Include", type_.include), ("Exclude", type_.exclude)):
        yield from _list(name, [_plain(text) for text in texts])
    yield from _list("Examples", [f"“{_plain(text)}”" for text in type_.examples])
    yield from _list("Counter-examples, read as something else", [f"“{_plain(text)}”" for text in type_.counter_examples])
    yield from ("| scheme | where | code |", "| --- | --- | --- |")
    for scheme in CROSSWALK_COLUMNS:
        yield from _crosswalk(scheme, type_.id, layers)
    yield ""


def _family(type_: EventType) -> str:
    told = [words(type_.family)]
    if type_.family_if_target_armed:
        told.append(f"{words(type_.family_if_target_armed)} where the target is armed")
    if type_.family_if_target_unarmed:
        told.append(f"{words(type_.family_if_target_unarmed)} where the target is unarmed")
    return "; ".join(told)


def _list(name: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield from (f"{name}:", "", *(f"- {entry}" for entry in entries), "")


def _crosswalk(scheme: str, type_id: str, layers: Layers | None) -> Iterator[str]:
    name, cells = SCHEMES[scheme]
    for when, row in crosswalk_rows(scheme, layers)[type_id].items():
        code = " / ".join(row[cell] for cell in cells if row[cell])
        note = f" ({_plain(row['note'])})" if row["note"] else ""
        yield f"| {name} | {CONDITIONS.get(when, '')} | {code or 'not mapped'}{note} |"


def _plain(text: str) -> str:
    """The text with what Markdown would read as marks made harmless."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#$" else letter for letter in text)
