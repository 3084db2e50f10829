"""RSS 2.0: the latest alerts of a watch as a file that feed readers poll."""

from __future__ import annotations

import email.utils
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Final
from xml.etree import ElementTree

from reportedly.briefs.words import footnote_line, footnote_words, marks
from reportedly.watches.channels.cap import UNWRITABLE
from reportedly.watches.records import Told
from reportedly.wording import line

LATEST: Final = 100
"""Alerts that a file holds."""
LINK: Final = "https://reportedly.example/"
"""RSS wants an address of a site; there is none."""


def channel(watch: str, alerts: Sequence[Told]) -> bytes:
    """The file with these alerts, the newest first."""
    rss = ElementTree.Element("rss", version="2.0")
    made = ElementTree.SubElement(rss, "channel")
    _add(made, "title", f"Reportedly: {watch}")
    _add(made, "link", LINK)
    _add(made, "description", "What reports tell that matches this watch. Read by machine; look at the words.")
    _add(made, "generator", "reportedly")
    for told in alerts:
        item = ElementTree.SubElement(made, "item")
        _add(item, "title", line(told.entry.heading))
        _add(item, "description", _html(told))
        _add(item, "pubDate", email.utils.format_datetime(datetime.fromisoformat(told.made)))
        _add(item, "category", told.sort)
        guid = ElementTree.SubElement(item, "guid", isPermaLink="false")
        guid.text = told.key
    ElementTree.indent(rss)
    data: bytes = ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _html(told: Told) -> str:
    """The entry and its footnotes; feed readers take a description for HTML."""
    lines = [
        f"<b>{escape(one.label)}:</b> {escape(one.text)} {marks(one)}" if one.label else f"{escape(one.text)} {marks(one)}"
        for one in told.entry.sentences
    ]
    lines += [f"[{note.number}] {escape(footnote_words(note))} {escape(footnote_line(note))}" for note in told.footnotes]
    return "<br>".join(lines)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = UNWRITABLE.sub("\ufffd", text)
