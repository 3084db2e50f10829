"""Event tables of others in the layouts that this program writes, row by row, as plain values to compare with.

Tolerant where such files are known to vary: a missing header, integers as ``615.0``, days with a time behind them, cp1252,
surplus columns, surplus tabs. Not tolerant of what cannot be understood: such rows are counted with the reason.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, Final

from reportedly.errors import IntakeError, SettingError

BLOCK: Final = 1 << 16
_NUMBER: Final = re.compile(r"-?\d+(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """One event of another table. ``None`` and empty are "not told"; days are inclusive. ``code`` is the type in the scheme of
    the layout; ``row`` counts from 1 without the header. ``is_stand_in``: the days are the week or month that a stand-in day was
    written for."""

    id: str
    row: int
    first: date | None
    last: date | None
    code: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    country: str | None
    admin1: str | None
    place: str | None
    lat: float | None
    lon: float | None
    killed: int | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    injured: int | None = None
    is_stand_in: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The events of a file, and the rows that could not be understood with the reason."""

    events: tuple[ForeignEvent, ...]
    refused: tuple[tuple[int, str], ...]


Row = Mapping[str, str]
Reader = Callable[[Row, int], ForeignEvent]


def readable() -> tuple[str, ...]:
    """The layouts that can be read."""
    return (*READERS, "plover")


def read_table(path: Path, layout: str) -> Table:
    """The events of a file in one layout.

    Raises :class:`SettingError` for a layout that cannot be read, :class:`IntakeError` for a file that is none of it.
    """
    if layout not in readable():
        raise SettingError(f"{layout!r} cannot be read to compare with.", remedy=f"Layouts: {', '.join(readable())}.")
    if layout == "plover":
        return _gather(enumerate(_plover_records(path), 1), _plover, path)
    from reportedly.exports import layouts

    known = [column.name.split("|")[0] for column in layouts()[layout].columns]
    return _gather(_rows(path, known, tab=layout == "polecat"), READERS[layout], path)


def whole_number(text: str | None) -> int | None:
    """A count: ``615`` and ``615.0`` are 615, empty is ``None``. Raises :class:`ValueError` for anything else."""
    told = (text or "").strip()
    if not told:
        return None
    if not _NUMBER.fullmatch(told):
        raise ValueError(f"{told[:40]!r} is no whole number")
    return int(told.split(".")[0])


def day(text: str | None) -> date | None:
    """A day: ``1992-03-17`` with or without a time behind it; empty is ``None``. Raises :class:`ValueError` for anything else."""
    told = (text or "").strip()
    return date.fromisoformat(told[:10]) if told else None


def _gather(rows: Iterator[tuple[int, Any]], read: Callable[[Any, int], ForeignEvent], path: Path) -> Table:
    events, refused = [], []
    try:
        for number, row in rows:
            try:
                events.append(read(row, number))
            except ValueError as error:
                refused.append((number, str(error)))
    except csv.Error as error:
        raise IntakeError(
            f"the table cannot be read ({error}).", where=f"{path}, after row {len(events) + len(refused)}"
        ) from error
    return Table(tuple(events), tuple(refused))


def _encoding(path: Path) -> str:
    """UTF-8 where all bytes are, else cp1252 as spreadsheets of one platform write it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


@contextmanager
def _text(path: Path) -> Iterator[io.TextIOWrapper]:
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            yield file
    except OSError as error:
        raise IntakeError(f"the file cannot be read ({error.strerror}).", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise IntakeError(f"the bytes are neither UTF-8 nor cp1252 ({error.reason}).", where=str(path)) from error


def _rows(path: Path, known: Sequence[str], *, tab: bool) -> Iterator[tuple[int, Row]]:
    """Rows with their cells by column name; without a header the columns stand in the order of the layout."""
    with _text(path) as file:
        reader = csv.reader(file, delimiter="\t" if tab else ",")
        header: list[str] | None = None
        number = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                is_header = len({cell.strip() for cell in cells} & {*known, *RENAMED}) >= min(4, len(known))
                header = [RENAMED.get(cell.strip(), cell.strip()) for cell in cells] if is_header else list(known)
                if is_header:
                    continue
                if len(cells) < len(known):
                    raise IntakeError(
                        f"the first row is no header, and has {len(cells)} cells where the layout has {len(known)}.",
                        where=str(path),
                        remedy="Name the layout of the file with --layout.",
                    )
            if cells[0].startswith("#"):
                continue
            number += 1
            yield number, {name: _clean(cell) for name, cell in zip(header, cells, strict=False)}


def _clean(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    told = cell.strip()
    return told[1:] if told[:1] == "'" and told[1:].lstrip()[:1] in {"=", "+", "-", "@"} else told


def _number(text: object) -> float | None:
    if text is None or text == "":
        return None
    number = float(str(text))
    if not isfinite(number):
        raise ValueError(f"{str(text)[:40]!r} is no number")
    return number


def _several(*cells: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for cell in cells for part in (cell or "").split(";") if part.strip()))


def _need(row: Row, name: str) -> str:
    if not row.get(name):
        raise ValueError(f"the column {name} is missing or empty")
    return row[name]


def _acled_days(row: Row) -> tuple[date | None, date | None]:
    """The day, or the week or month in whose middle a day was written for it."""
    told, precision = day(row.get("event_date")), whole_number(row.get("time_precision"))
    if told is None or precision not in {2, 3}:
        return told, told
    if precision == 2:
        return told - timedelta(3), told + timedelta(3)
    return told.replace(day=1), (told.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _acled(row: Row, number: int) -> ForeignEvent:
    first, last = _acled_days(row)
    return ForeignEvent(
        id=_need(row, "event_id_cnty"),
        row=number,
        first=first,
        last=last,
        code=row.get("event_type") or None,
        actors=_several(row.get("actor1"), row.get("assoc_actor_1")),
        targets=_several(row.get("actor2"), row.get("assoc_actor_2")),
        country=row.get("country") or None,
        admin1=row.get("admin1") or None,
        place=row.get("location") or None,
        lat=_number(row.get("latitude")),
        lon=_number(row.get("longitude")),
        killed=whole_number(row.get("fatalities")),
        is_stand_in=first != last,
    )


def _ucdp(row: Row, number: int) -> ForeignEvent:
    violence = whole_number(row.get("type_of_violence"))
    return ForeignEvent(
        id=str(_need(row, "id")).removesuffix(".0"),
        row=number,
        first=day(row.get("date_start")),
        last=day(row.get("date_end")),
        code=str(violence) if violence else None,
        actors=_several(row.get("side_a")),
        targets=_several(row.get("side_b")),
        country=row.get("country") or None,
        admin1=row.get("adm_1") or None,
        place=row.get("where_coordinates") or None,
        lat=_number(row.get("latitude")),
        lon=_number(row.get("longitude")),
        killed=whole_number(row.get("best")),
        killed_low=whole_number(row.get("low")),
        killed_high=whole_number(row.get("high")),
    )


def _gtd(row: Row, number: int) -> ForeignEvent:
    parts = [whole_number(row.get(name)) or 0 for name in ("iyear", "imonth", "iday")]
    told = date(*parts) if all(parts) else None
    return ForeignEvent(
        id=_need(row, "eventid").removesuffix(".0"),
        row=number,
        first=told,
        last=told,
        code=row.get("attacktype1", "").removesuffix(".0") or None,
        actors=tuple(name for name in _several(*(row.get(n) for n in ("gname", "gname2", "gname3"))) if name != "Unknown"),
        targets=_several(*(row.get(name) for name in ("target1", "target2", "target3"))),
        country=row.get("country_txt") or None,
        admin1=row.get("provstate") or None,
        place=row.get("city") or None,
        lat=_number(row.get("latitude")),
        lon=_number(row.get("longitude")),
        killed=whole_number(row.get("nkill")),
        injured=whole_number(row.get("nwound")),
    )


def _icews(row: Row, number: int) -> ForeignEvent:
    told = day(row.get("Event Date"))
    return ForeignEvent(
        id=_need(row, "Event ID"),
        row=number,
        first=told,
        last=told,
        code=(row.get("CAMEO Code") or "")[:2] or None,
        actors=_several(row.get("Source Name")),
        targets=_several(row.get("Target Name")),
        country=row.get("Country") or None,
        admin1=row.get("Province") or None,
        place=row.get("City") or None,
        lat=_number(row.get("Latitude")),
        lon=_number(row.get("Longitude")),
    )


def _polecat(row: Row, number: int) -> ForeignEvent:
    told = day(row.get("Event Date"))
    return ForeignEvent(
        id=_need(row, "Event ID"),
        row=number,
        first=told,
        last=told,
        code=row.get("Event Type") or None,
        actors=_several(row.get("Actor Name")),
        targets=_several(row.get("Recipient Name")),
        country=row.get("Country") or None,
        admin1=row.get("Province") or None,
        place=row.get("City") or row.get("Placename") or None,
        lat=_number(row.get("Latitude")),
        lon=_number(row.get("Longitude")),
    )


def _report_level(row: Row, number: int) -> ForeignEvent:
    sides: dict[str, list[str | None]] = {"actor": [], "target": []}
    for place in range(1, 7):
        sides.get(row.get(f"actor{place}_role", ""), []).append(row.get(f"actor{place}"))
    return ForeignEvent(
        id=_need(row, "event_id"),
        row=number,
        first=day(row.get("date_start")),
        last=day(row.get("date_end")),
        code=row.get("event_type") or None,
        actors=_several(*sides["actor"]),
        targets=_several(*sides["target"]),
        country=row.get("country") or None,
        admin1=row.get("admin1") or None,
        place=row.get("location") or None,
        lat=_number(row.get("latitude")),
        lon=_number(row.get("longitude")),
        killed=whole_number(row.get("deaths_best")),
        killed_low=whole_number(row.get("deaths_low")),
        killed_high=whole_number(row.get("deaths_high")),
        injured=whole_number(row.get("injuries_best")),
    )


def _plover_records(path: Path) -> Iterator[Mapping[str, Any]]:
    with _text(path) as file:
        try:
            told = json.load(file)
        except json.JSONDecodeError as error:
            raise IntakeError(f"the file is no JSON ({error.msg}).", where=f"{path}:{error.lineno}") from error
    if not isinstance(told, list) or not all(isinstance(record, dict) for record in told):
        raise IntakeError("the file is no list of events.", where=str(path))
    yield from told


def _plover(record: Mapping[str, Any], number: int) -> ForeignEvent:
    where, size, events = _object(record, "event_loc"), _object(record, "size"), record.get("event")
    first = day(_word(record, "date"))
    return ForeignEvent(
        id=_word(record, "id") or str(number),
        row=number,
        first=first,
        last=day(_word(record, "enddate")) or first,
        code=str(events[0]) if isinstance(events, list) and events else events if isinstance(events, str) else None,
        actors=_entities(record, "actor"),
        targets=_entities(record, "recipient"),
        country=_word(where, "country"),
        admin1=_word(where, "province"),
        place=_word(where, "resolved_place"),
        lat=_number(where.get("lat")),
        lon=_number(where.get("lon")),
        killed=whole_number(_word(size, "dead")),
        injured=whole_number(_word(size, "injured")),
    )


def _object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    told = record.get(name)
    if told is not None and not isinstance(told, dict):
        raise ValueError(f"{name} is no object")
    return told or {}


def _word(record: Mapping[str, Any], name: str) -> str | None:
    told = record.get(name)
    if isinstance(told, dict | list):
        raise ValueError(f"{name} is no single value")
    return None if told is None else str(told)


def _entities(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    told = record.get(name) or []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ValueError(f"{name} is no list of entities")
    return tuple(text for one in told if (text := _word(one, "entity_text")))


RENAMED: Final = {"Event Intensity": "Intensity"}
READERS: Final[Mapping[str, Reader]] = {
    "acled": _acled,
    "ucdp-ged": _ucdp,
    "gtd": _gtd,
    "icews": _icews,
    "polecat": _polecat,
    "reports-csv": _report_level,
}
