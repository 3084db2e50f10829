"""The ontology of events and its crosswalks: which types there are, what belongs to each, and what others call it.

The data are ``ontology/GROUP.yaml``, one file a group, and ``crosswalks/SCHEME.csv``. Loading checks everything and raises
:class:`~reportedly.errors.KnowledgeError` naming file and line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, chosen, layered_rows, per_layers
from reportedly.knowledge.tables import ROOT, read_csv, read_yaml
from reportedly.records import ActorKind, Crosswalk, Family, Status

ONTOLOGY = ROOT / "ontology"
CROSSWALKS = ROOT / "crosswalks"
Condition = Literal["", "target_armed", "target_unarmed", "actor_state", "actor_nonstate", "state_based", "non_state"]
CROSSWALK_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acled": ("type", "when", "event_type", "sub_event_type", "note"),
        "ucdp": ("type", "when", "type_of_violence", "note"),
        "plover": ("type", "when", "event", "mode", "context", "note"),
        "cameo": ("type", "when", "root", "code", "note"),
    }
)
GTD_ATTACKS = frozenset("123456789")
STATE_KINDS: frozenset[ActorKind] = frozenset({"state", "government", "military", "police", "intelligence", "paramilitary"})
"""Kinds of actor that act for a state."""
NONSTATE_KINDS: frozenset[ActorKind] = frozenset({"armed_group", "militia"})
"""Kinds of actor that are organised, armed and act for no state."""
STATUS_COLUMNS = ("event", "status", "becomes")
REFUSED = "refused"
"""The status under which ``plover_by_status.csv`` lists what is told as not done."""
MAPPED_FAMILIES = ("family", "family_if_target_armed", "family_if_target_unarmed")
_LISTS = ("include", "exclude", "examples", "counter_examples")
_KEYS = frozenset({"id", "definition", *MAPPED_FAMILIES, *_LISTS})
_REQUIRED = _KEYS - {"family_if_target_armed", "family_if_target_unarmed"}
_FEWEST_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event.

    ``family`` is the coarse type of the published reading; ``family_if_target_armed`` and ``family_if_target_unarmed`` replace it
    where the target is known to be armed or unarmed, ``None`` where that makes no difference. ``examples`` must be read as this
    type, ``counter_examples`` must not.
    """

    id: str
    group: str
    family: Family
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    family_if_target_armed: Family | None = None
    family_if_target_unarmed: Family | None = None

    def family_for(self, armed_target: bool | None) -> Family:
        """The family of an event of this type; ``None`` means that nothing is known of the target's arms."""
        if armed_target is True and self.family_if_target_armed is not None:
            return self.family_if_target_armed
        if armed_target is False and self.family_if_target_unarmed is not None:
            return self.family_if_target_unarmed
        return self.family


@per_layers("ontology/*.yaml")
def ontology(layers: Layers) -> Mapping[str, EventType]:
    """All types by id, checked, in the order of groups and of their files; own types follow, or stand in the place of others."""
    found = dict(read_ontology(ONTOLOGY))
    for folder in layers.folders:
        found.update(read_ontology(folder / "ontology"))
    return MappingProxyType(found)


def read_ontology(folder: Path) -> Mapping[str, EventType]:
    """The types in the YAML files of a folder. Raises :class:`KnowledgeError` for anything unknown, missing or told twice."""
    found: dict[str, EventType] = {}
    for path in sorted(folder.glob("*.yaml")):
        for type_, where in _read_group(path):
            if type_.id in found:
                raise KnowledgeError(
                    f"type {type_.id!r} stands in group {found[type_.id].group!r} already.", where=where, remedy="Keep one."
                )
            found[type_.id] = type_
    return MappingProxyType(found)


def crosswalk(
    type_id: str,
    armed_target: bool | None = None,
    actor_kinds: Collection[ActorKind] = (),
    target_kinds: Collection[ActorKind] = (),
    *,
    status: Status = "occurred",
    negated: bool = False,
    layers: Layers | None = None,
) -> Crosswalk:
    """What ACLED-style, UCDP-style, PLOVER and CAMEO codings call an event of this type between these kinds of actor.

    ``armed_target`` is ``None`` where the text does not tell. ``status`` and ``negated`` matter to PLOVER alone, which has
    events of their own for what is only promised, threatened, asked for or refused: see ``crosswalks/plover_by_status.csv``.
    Raises :class:`KnowledgeError` for an unknown type.
    """
    layers = chosen() if layers is None else layers
    if type_id not in ontology(layers):
        raise KnowledgeError(f"no event type {type_id!r}.", where="crosswalk", remedy="Use an id of the ontology.")
    conditions = _conditions(armed_target, frozenset(actor_kinds), frozenset(target_kinds))
    return _crosswalk(type_id, conditions, REFUSED if negated else status, layers)


@lru_cache(maxsize=16384)
def _crosswalk(type_id: str, conditions: frozenset[str], reality: str, layers: Layers) -> Crosswalk:
    rows = {scheme: _row(scheme, type_id, conditions, layers) for scheme in CROSSWALK_COLUMNS}
    violence = rows["ucdp"]["type_of_violence"]
    event, mode = rows["plover"]["event"], rows["plover"]["mode"]
    unreal = plover_by_status(layers).get((event, reality))
    return Crosswalk(
        acled_event_type=rows["acled"]["event_type"] or None,
        acled_sub_event_type=rows["acled"]["sub_event_type"] or None,
        ucdp_type_of_violence=int(violence) if violence else None,
        plover_type=unreal or event or None,
        plover_mode=None if unreal else mode or None,
        cameo_root=rows["cameo"]["root"] or None,
    )


def _row(scheme: str, type_id: str, conditions: frozenset[str], layers: Layers) -> Mapping[str, str]:
    """The first row of the type whose condition holds, in the order of the file; else its row without condition."""
    rows = crosswalk_rows(scheme, layers)[type_id]
    return next((row for when, row in rows.items() if when in conditions), rows[""])


def _conditions(armed: bool | None, actors: frozenset[str], targets: frozenset[str]) -> frozenset[str]:
    """The conditions of crosswalk rows that hold between these sides."""
    holds = set()
    if armed is not None:
        holds.add("target_armed" if armed else "target_unarmed")
    if actors & STATE_KINDS:
        holds.add("actor_state")
    elif actors & NONSTATE_KINDS:
        holds.add("actor_nonstate")
    if armed is not False:
        armed_kinds = STATE_KINDS | NONSTATE_KINDS
        if (actors & STATE_KINDS and targets & armed_kinds) or (actors & armed_kinds and targets & STATE_KINDS):
            holds.add("state_based")
        elif actors & NONSTATE_KINDS and targets & NONSTATE_KINDS:
            holds.add("non_state")
    return frozenset(holds)


@per_layers("crosswalks/plover_by_status.csv")
def plover_by_status(layers: Layers) -> Mapping[tuple[str, str], str]:
    """The PLOVER event that stands for an event that is only planned, asked for or refused, by event and that status."""
    table = dict(read_plover_by_status(CROSSWALKS / "plover_by_status.csv"))
    for path in layers.files("crosswalks/plover_by_status.csv"):
        table.update(read_plover_by_status(path))
    return MappingProxyType(table)


def read_plover_by_status(path: Path) -> Mapping[tuple[str, str], str]:
    """The rows of such a file. Raises :class:`KnowledgeError` for an unknown status or a row told twice."""
    table: dict[tuple[str, str], str] = {}
    for line, row in read_csv(path, STATUS_COLUMNS):
        where = f"{path}:{line}"
        key = row["event"], row["status"]
        if row["status"] not in (*get_args(Status), REFUSED):
            raise KnowledgeError(f"unknown status {row['status']!r}.", where=where)
        if key in table:
            raise KnowledgeError(f"{row['event']!r} has this row already.", where=where)
        table[key] = row["becomes"]
    return MappingProxyType(table)


@per_layers("ontology/*.yaml", "crosswalks/gtd.csv")
def gtd_attacks(layers: Layers) -> Mapping[str, tuple[int, str] | None]:
    """GTD's attack type and its name by type of event; ``None`` is declared unmapped, as is an own type without a row.

    Raises :class:`KnowledgeError` for an unknown type, a type told twice, or one without code and note.
    """
    found: dict[str, tuple[int, str] | None] = {}
    for where, row in layered_rows(layers, "crosswalks/gtd.csv", ("type", "attacktype", "name", "note")):
        if row["type"] not in ontology(layers) or row["type"] in found:
            what = f"{row['type']!r} is no event type, or has this row already."
            raise KnowledgeError(what, where=where, remedy="Write each type of the ontology once.")
        if not row["attacktype"] and not row["note"]:
            raise KnowledgeError(f"{row['type']!r} is mapped to nothing.", where=where, remedy="Say why in the note.")
        if row["attacktype"] and (row["attacktype"] not in GTD_ATTACKS or not row["name"]):
            what = f"{row['attacktype']!r} is no attack type of GTD, or lacks its name."
            raise KnowledgeError(what, where=where, remedy="Use 1 to 9, with the name beside it.")
        found[row["type"]] = (int(row["attacktype"]), row["name"]) if row["attacktype"] else None
    return MappingProxyType(found)


def crosswalk_rows(scheme: str, layers: Layers | None = None) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The rows of one of ``CROSSWALK_COLUMNS`` by type and condition, checked against the ontology.

    The rows that a layer has for a type replace all that lie below. Raises :class:`KnowledgeError` naming file and line.
    """
    return crosswalks(layers)[scheme]


@per_layers("ontology/*.yaml", "crosswalks/*.csv")
def crosswalks(layers: Layers) -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """The rows of all schemes by scheme, type and condition."""
    types = ontology(layers)
    found = {}
    for scheme, columns in CROSSWALK_COLUMNS.items():
        rows = layered_rows(layers, f"crosswalks/{scheme}.csv", columns)
        top = layers.folders[-1] / "crosswalks" if layers.folders else CROSSWALKS
        found[scheme] = _checked_crosswalk(rows, top / f"{scheme}.csv", columns, types)
    return MappingProxyType(found)


def read_crosswalk(path: Path, columns: tuple[str, ...], types: Collection[str]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The rows of a crosswalk by type and condition; each of ``types`` needs a row without condition, and no other may occur.

    Raises :class:`KnowledgeError` naming file and line.
    """
    return _checked_crosswalk(((f"{path}:{line}", row) for line, row in read_csv(path, columns)), path, columns, types)


def _checked_crosswalk(
    rows: Iterable[tuple[str, Mapping[str, str]]], path: Path, columns: tuple[str, ...], types: Collection[str]
) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    table: dict[str, dict[str, Mapping[str, str]]] = {}
    for where, row in rows:
        type_id, when = row["type"], row["when"]
        if type_id not in types:
            raise KnowledgeError(f"no event type {type_id!r}.", where=where, remedy="Use an id of the ontology.")
        if when not in get_args(Condition):
            known = ", ".join(filter(None, get_args(Condition)))
            raise KnowledgeError(f"unknown condition {when!r}.", where=where, remedy=f"Use nothing or one of {known}.")
        if when in table.setdefault(type_id, {}):
            raise KnowledgeError(f"{type_id!r} has this row already.", where=where, remedy="Keep one.")
        if not row[columns[2]] and not row["note"]:
            raise KnowledgeError(f"{type_id!r} is mapped to nothing.", where=where, remedy="Say why in the note.")
        table[type_id][when] = MappingProxyType(row)
    missing = [type_id for type_id in types if "" not in table.get(type_id, {})]
    if missing:
        raise KnowledgeError(
            f"no row for {', '.join(missing)}.", where=str(path), remedy="Map them, or leave the cells empty with a note."
        )
    return MappingProxyType({type_id: MappingProxyType(rows) for type_id, rows in table.items()})


def _read_group(path: Path) -> Iterator[tuple[EventType, str]]:
    data = read_yaml(path)
    if not isinstance(data, dict) or set(data) != {"group", "definition", "types"} or not isinstance(data["types"], list):
        raise KnowledgeError(
            "a group has the keys group, definition and types.", where=f"{path}:1", remedy="Build it like a shipped group."
        )
    if data["group"] != path.stem:
        raise KnowledgeError(
            f"group {data['group']!r} is in a file of another name.", where=f"{path}:1", remedy="Name the file like its group."
        )
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("- id:")]
    for number, entry in enumerate(data["types"]):
        where = f"{path}:{starts[number] if number < len(starts) else 1}"
        yield _event_type(entry, path.stem, where), where


def _event_type(entry: Any, group: str, where: str) -> EventType:
    if not isinstance(entry, dict):
        raise KnowledgeError("a type is a mapping of keys to values.", where=where)
    unknown, missing = sorted(set(entry) - _KEYS), sorted(_REQUIRED - set(entry))
    if unknown or missing:
        raise KnowledgeError(f"unknown keys: {unknown}; missing keys: {missing}.", where=where, remedy="Correct the keys.")
    for key in MAPPED_FAMILIES:
        if key in entry and entry[key] not in get_args(Family):
            raise KnowledgeError(
                f"{key} is {entry[key]!r}, which is no family.", where=where, remedy="Use a value of records.Family."
            )
    lists = {key: _texts(entry, key, where) for key in _LISTS}
    for key in ("examples", "counter_examples"):
        if len(lists[key]) < _FEWEST_EXAMPLES:
            raise KnowledgeError(f"{key} needs at least {_FEWEST_EXAMPLES} sentences.", where=where, remedy="Write more.")
    return EventType(
        id=entry["id"],
        group=group,
        definition=entry["definition"],
        family=cast(Family, entry["family"]),
        family_if_target_armed=cast("Family | None", entry.get("family_if_target_armed")),
        family_if_target_unarmed=cast("Family | None", entry.get("family_if_target_unarmed")),
        **lists,
    )


def _texts(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry[key]
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise KnowledgeError(f"{key} must be a list of texts.", where=where, remedy="Begin each with a dash.")
    if len(set(value)) != len(value):
        raise KnowledgeError(f"{key} holds a text twice.", where=where, remedy="Keep one.")
    return tuple(value)
