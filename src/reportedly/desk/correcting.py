"""What a person types to correct a field, as the casebook's corrections want it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args

from reportedly.desk.wording import amount, words
from reportedly.errors import SettingError
from reportedly.knowledge.types import ontology
from reportedly.records import Status

FIELDS: Final = {
    "type": "act",
    "actors": "who (several: with ;)",
    "targets": "to whom (several: with ;)",
    "place": "where",
    "from": "first day",
    "to": "last day",
    "killed": "killed",
    "injured": "injured",
    "status": "status",
    "negated": "did not happen (yes, no)",
    "background": "background (yes, no)",
    "note": "something else",
}
CHOSEN: Final = ("family", "standing")
"""Further fields that a program or a command may correct."""
IN_INCIDENT: Final = {"from": "from_day", "to": "to_day"}
"""What an incident calls a field otherwise."""
OF_MARK: Final = {"trigger": "type", "actor": "actors", "target": "targets", "place": "place", "time": "from", "count": "killed"}
"""The field that a marked word corrects; other marks are for a note."""
NOTHING: Final = frozenset({"", "-", "–", "not told", "nothing", "null"})
_RANGE: Final = re.compile(r"(\d+)\s*(?:-|–|to|and)\s*(\d+)")
_LEAST: Final = re.compile(r"(?:at least|more than|>=?|over)\s*(\d+)")
_MOST: Final = re.compile(r"(?:up to|at most|fewer than|<=?)\s*(\d+)")
_YES: Final = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}


def correction(field: str, value: str) -> str:
    """A correction of one field as JSON.

    >>> correction("killed", "at least 9"), correction("killed", "9 to 12"), correction("actors", "Gunmen; a gang")
    ('{"killed": [9, null]}', '{"killed": [9, 12]}', '{"actors": ["Gunmen", "a gang"]}')

    Raises :class:`SettingError` for a number that is none, and a field that cannot be corrected.
    """
    if field not in FIELDS:
        raise SettingError(f"{field!r} is no field to correct.")
    return json.dumps({field: _value(field, value.strip())}, ensure_ascii=False)


def corrections(kind: str, pairs: Iterable[str]) -> str:
    """Corrections of several fields of a claim or incident, each typed as ``field=value``, as JSON.

    >>> corrections("claim", ["killed=at least 9", "place=Gao"]), corrections("incident", ["from=2025-06-01"])
    ('{"killed": [9, null], "place": "Gao"}', '{"from_day": "2025-06-01"}')

    Raises :class:`SettingError` for what is no pair, and for what :func:`correction` refuses.
    """
    told: dict[str, Any] = {}
    for pair in pairs:
        field, mark, value = (part.strip() for part in pair.partition("="))
        if not mark:
            raise SettingError(f"{pair!r} corrects nothing.", remedy="Write field=value, as in killed=5 or place=Gao.")
        if field in CHOSEN:
            told[field] = _code(value)
        elif field in FIELDS:
            told[IN_INCIDENT.get(field, field) if kind == "incident" else field] = _value(field, value)
        else:
            known = ", ".join((*FIELDS, *CHOSEN))
            raise SettingError(f"{field!r} is no field to correct.", remedy=f"Correct one of {known}.")
    return json.dumps(told, ensure_ascii=False)


def _code(text: str) -> str:
    return text.casefold().replace(" ", "_")


def _value(field: str, text: str) -> Any:
    if field == "note":
        return text
    if text.casefold() in NOTHING:
        return [] if field in {"actors", "targets"} else None
    if field in {"killed", "injured"}:
        return _figure(text.casefold())
    if field in {"actors", "targets"}:
        return [name.strip() for name in text.split(";") if name.strip()]
    if field in {"negated", "background"}:
        if text.casefold() not in _YES:
            raise SettingError(f"{text!r} is neither yes nor no.")
        return _YES[text.casefold()]
    if field in {"type", "status"}:
        return _code(text)
    return text


def _figure(text: str) -> int | list[int | None]:
    if text.isascii() and text.isdigit():
        return int(text)
    if found := _RANGE.search(text):
        return [int(found[1]), int(found[2])]
    if found := _LEAST.search(text):
        return [int(found[1]), None]
    if found := _MOST.search(text):
        return [None, int(found[1])]
    raise SettingError(f"{text!r} is no number of people.", remedy="Write 9, 9 to 12, at least 9, up to 9, or not told.")


def correction_words(told: str | None) -> str:
    """A correction in words.

    >>> correction_words('{"killed": [9, null], "actors": ["Gunmen"]}')
    'killed: at least 9; who: Gunmen'
    """
    try:
        fields = json.loads(told or "{}")
    except json.JSONDecodeError:
        return told or ""
    plain = {theirs: ours for ours, theirs in IN_INCIDENT.items()}
    named = ((FIELDS.get(plain.get(name, name), name).partition(" (")[0], name, value) for name, value in fields.items())
    return "; ".join(f"{label}: {_words(name, value)}" for label, name, value in named)


def _words(name: str, value: Any) -> str:
    if value is None or value == []:
        return "not told"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        if name in {"killed", "injured"}:
            return amount(value[0], value[1])
        return ", ".join(str(one) for one in value)
    return words(str(value)) if name in {"type", "status", *CHOSEN} else str(value)


def choices() -> Mapping[str, str]:
    """The fields that can be corrected, in words."""
    return FIELDS


def values() -> Mapping[str, Sequence[str]]:
    """For fields of few values all of them, as records write them."""
    return {"type": tuple(ontology()), "status": get_args(Status)}
