"""Sends one thing of the outbox by its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from reportedly.briefs import ENDINGS, Brief, Format, Window, compose, gather, window_words, write
from reportedly.casebook import models
from reportedly.errors import ReportedlyError, SettingError
from reportedly.exports import whole_file
from reportedly.incidents.features import Related
from reportedly.intake.item import Options
from reportedly.watches.channels import cap, mail, rss, web
from reportedly.watches.noticing import alerts
from reportedly.watches.records import SendError, Told
from reportedly.watches.watching import filter_of

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

UNSAFE: Final = re.compile(r"[^\w.-]+")
TYPES: Final[dict[Format, tuple[str, str]]] = {
    "markdown": ("text", "markdown"),
    "html": ("text", "html"),
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "json": ("application", "json"),
}


class Sender:
    """Knows how each kind goes out. ``made_by`` names the version in briefs."""

    def __init__(self, book: Casebook, options: Options, related: Related, made_by: str) -> None:
        self._book, self._options, self._related, self._made_by = book, options, related, made_by

    def __call__(self, row: models.Outgoing) -> None:
        """Send it. Raises :class:`SendError` where it did not go."""
        kinds: dict[str, Callable[[models.Outgoing, dict[str, Any]], None]] = {
            "cap": self._cap,
            "webhook": self._webhook,
            "email": self._letter,
            "rss": self._rss,
            "brief": self._brief,
        }
        try:
            kinds[row.kind](row, json.loads(row.payload))
        except SendError:
            raise
        except ReportedlyError as error:
            raise SendError(error.what, where=error.where, remedy=error.remedy) from error
        except OSError as error:
            raise SendError(f"it cannot be written ({error.strerror or error}).", where=row.to) from error

    def _cap(self, row: models.Outgoing, payload: dict[str, Any]) -> None:
        told = self._alert(payload["alert"])
        data = cap.message(told, mail.sender())
        if "://" in row.to:
            web.send(row.to, data, "application/cap+xml", row.key, self._options)
        else:
            _write(Path(row.to) / f"{told.key}.xml", data)

    def _webhook(self, row: models.Outgoing, payload: dict[str, Any]) -> None:
        told = self._alert(payload["alert"])
        web.send(row.to, told.model_dump_json().encode(), "application/json", row.key, self._options)

    def _letter(self, row: models.Outgoing, payload: dict[str, Any]) -> None:
        mail.send(mail.letter(row.watch.name, alerts(self._book, payload["alerts"]), row.to, row.key))

    def _rss(self, row: models.Outgoing, payload: dict[str, Any]) -> None:
        rows = models.Alert.objects.using(self._book.alias).filter(watch=row.watch).order_by("-pk")
        latest = self._book._database.call(lambda: [Told.model_validate_json(one.record) for one in rows[: rss.LATEST]])
        _write(Path(row.to), rss.channel(row.watch.name, latest))

    def _brief(self, row: models.Outgoing, payload: dict[str, Any]) -> None:
        asked = Window(since=payload["since"], until=payload["until"], basis="added")
        made = compose(gather(self._book, filter_of(row.watch), asked), made_by=self._made_by, related=self._related)
        layouts = [cast("Format", layout) for layout in payload["formats"]]
        name = f"{UNSAFE.sub('-', row.watch.name)}-{re.sub('[-:]', '', asked.until[:16])}Z"
        if "@" in row.to:
            mail.send(_brief_letter(row, made, layouts, name))
            return
        for layout in layouts:
            _write(Path(row.to) / f"{name}{ENDINGS[layout]}", write(made, layout))

    def _alert(self, key: str) -> Told:
        found = alerts(self._book, [key])
        if not found:
            raise SettingError("the alert is gone.", where=key)
        return found[0]


def _brief_letter(row: models.Outgoing, made: Brief, layouts: list[Format], name: str) -> Any:
    """A brief as a letter: its first section as text, the brief attached."""
    letter = mail.blank(f"[{row.watch.name}] {made.title}"[:200], row.to, f"brief-{row.watch.pk}-{row.key}")
    lines = [made.title, window_words(made.window), ""]
    lines += [f"- {one.label}: {one.text}" if one.label else f"- {one.text}" for one in made.sections[0].sentences]
    letter.set_content("\n".join(lines) + "\n")
    for layout in layouts:
        kind, subkind = TYPES[layout]
        letter.add_attachment(write(made, layout), maintype=kind, subtype=subkind, filename=f"{name}{ENDINGS[layout]}")
    return letter


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file, binary=True) as stream:
        stream.write(data)
