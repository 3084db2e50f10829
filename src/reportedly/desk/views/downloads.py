"""What is on screen, as data, in every export format."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from reportedly.casebook import Filter
from reportedly.desk import asking, followed, following, tables
from reportedly.desk.middleware import casebook
from reportedly.errors import SettingError
from reportedly.exports import COLUMNAR, export_file, layouts
from reportedly.exports.layout import RULES, Layout, media_of
from reportedly.incidents.records import Reduction

KINDS: Final = ("incidents", "reports", "relations", "threats")
"""The lists that can be downloaded."""
SHOWN: Final = "What is on screen"
BEHIND: Final = "What reports say of it, statement by statement"
FOLLOWED: Final = ("relations", "threats")
"""Lists of what was worked out over time: they download as tables of their own."""


def offered(kind: str) -> list[Layout]:
    """The layouts of export that can hold what a list shows: of incidents all, of others those that speak of them."""
    match kind:
        case "incidents":
            return list(layouts().values())
        case "reports":
            return [layout for layout in layouts().values() if layout.name in COLUMNAR]
        case "relations":
            return [layout for layout in layouts().values() if layout.unit == "relations"]
    return []


def choices(kind: str) -> dict[str, Any]:
    """What the form for downloads offers, in groups."""
    given = [(one.name, one.title) for one in offered(kind)]
    groups = [(SHOWN, list(tables.FORMS.items())), (BEHIND, given)] if kind in FOLLOWED else [(SHOWN, given)]
    return {"kind": kind, "groups": [group for group in groups if group[1]], "rules": list(RULES.items())}


def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The records that the address bar asks for. A layout that makes one number of several comes as an archive, with the rows
    that it was reduced from and a statement of the rule beside it."""
    if kind in FOLLOWED and request.GET.get("layout", "csv") in tables.FORMS:
        return _table(kind, request)
    layout = next((one for one in offered(kind) if one.name == request.GET.get("layout", "csv")), None)
    if kind not in KINDS or layout is None:
        raise Http404
    rule = request.GET.get("rule", "lowest")
    if rule not in get_args(Reduction):
        raise SettingError(f"{rule!r} is no rule of reduction.", remedy=f"Rules: {', '.join(get_args(Reduction))}.")
    asked, what = _asked(kind, request)
    if layout.name not in COLUMNAR:
        what = "claims"  # these layouts hold what they hold
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        target = Path(folder) / f"{kind}-{layout.name}.{layout.suffix}".replace(f"-{layout.suffix}.", ".")
        done = export_file(casebook(), asked, layout.name, target, what, reduction=rule, corrected=True)  # type: ignore[arg-type]
        if layout.reduces:
            target = _packed(done.files, Path(folder) / f"{kind}-{layout.name}.zip")
        stream = target.open("rb")  # the open file outlives its name
    return FileResponse(stream, as_attachment=True, filename=target.name, content_type=media_of(target.name))


def _table(kind: str, request: HttpRequest) -> HttpResponseBase:
    """The states of relations, or the threats, that the page shows, and those that it has no room for."""
    form, run = request.GET.get("layout", "csv"), following.latest()
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        if kind == "relations":
            asked = followed.states_asked(run, request.GET)
            target = Path(folder) / f"relations{f'-{asked.day}' if asked.day else ''}.{form}"
            with target.open("w", encoding="utf-8", newline="") as file:
                tables.write_states(followed.states(run, asked).iterator(), str(asked.day), form, file)
        else:
            target = Path(folder) / f"threats.{form}"
            entries = followed.ledger(run, asking.asked_of(request.GET).filter, request.GET.get("outcome", ""))
            with target.open("w", encoding="utf-8", newline="") as file:
                tables.write_threats(entries.iterator(), form, file)
        stream = target.open("rb")  # the open file outlives its name
    return FileResponse(stream, as_attachment=True, filename=target.name, content_type=media_of(target.name))


def _asked(kind: str, request: HttpRequest) -> tuple[Filter, str]:
    """The filter of a list, and the kind of record that it shows."""
    narrowed = asking.asked_of(request.GET).filter
    if kind == "incidents":
        return Filter(within=narrowed, newest=True), "incidents"
    if kind == "relations":  # that page asks for one day, one kind and one actor: all that was said by then
        asked = followed.states_asked(following.latest(), request.GET)
        narrowed = Filter(until=asked.day, type=asked.kind or None, actor=asked.actor or None)
    return replace(narrowed, newest=True), kind


def _packed(files: tuple[Path, ...], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return target
