"""Common Alerting Protocol 1.2 (OASIS): an alert as a message that other warning systems read.

The tool says what is told and by whom; it rates no danger and gives no advice. So severity is always *Unknown*, urgency is *Past*
for acts and *Unknown* for what is threatened, and certainty follows from the standing alone.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from xml.etree import ElementTree

from reportedly.briefs.words import footnote_line, footnote_words
from reportedly.watches.records import Told
from reportedly.wording import STANDINGS, line, words

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
CERTAINTY: Final = {
    "acknowledged_by_both": "Observed",
    "several_independent": "Likely",
    "one_voice": "Possible",
    "disputed": "Possible",
    "denied": "Unlikely",
}
"""How sure by standing; threats, relations and sayings are Unknown: nobody knows what will come of them."""
RADIUS_KM: Final = 5
"""Radius of the circle around a place that is told: the size of a place, not of what happened."""
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RESTRICTION: Final = "For the recipients of this watch. Read by machine from reports; it tells what is said, and advises nothing."
HEADLINE: Final = 160


def message(told: Told, sender: str) -> bytes:
    """The alert as a CAP 1.2 message. ``sender`` holds no blank, comma, ``<`` or ``&``."""
    ElementTree.register_namespace("", NAMESPACE)
    alert = ElementTree.Element(f"{{{NAMESPACE}}}alert")
    replaced = told.replaces if told.sort == "change" else ()
    _add(alert, "identifier", told.key)
    _add(alert, "sender", sender)
    _add(alert, "sent", _when(told.made))
    _add(alert, "status", "Actual")
    _add(alert, "msgType", "Update" if replaced else "Alert")
    _add(alert, "source", f"reportedly watch {told.watch}")
    _add(alert, "scope", "Restricted")
    _add(alert, "restriction", RESTRICTION)
    if replaced:
        _add(alert, "references", " ".join(f"{sender},{key},{_when(made)}" for key, made in replaced))
    _add(alert, "incidents", told.about)
    _info(alert, told)
    ElementTree.indent(alert)
    made: bytes = ElementTree.tostring(alert, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _info(alert: ElementTree.Element, told: Told) -> None:
    info = ElementTree.SubElement(alert, f"{{{NAMESPACE}}}info")
    _add(info, "language", "en")
    _add(info, "category", "Security")
    _add(info, "event", words(told.type))
    _add(info, "urgency", "Past" if told.sort in ("act", "change") else "Unknown")
    _add(info, "severity", "Unknown")
    _add(info, "certainty", CERTAINTY.get(told.standing or "", "Unknown"))
    _add(info, "senderName", f"Reportedly, watch {told.watch}")
    _add(info, "headline", line(told.entry.heading)[:HEADLINE])
    lines = [f"{one.label}: {one.text}" if one.label else one.text for one in told.entry.sentences]
    lines += [f"[{note.number}] {footnote_words(note)} {footnote_line(note)}" for note in told.footnotes]
    _add(info, "description", "\n".join(lines))
    parameters = [("standing", STANDINGS.get(told.standing or "", "")), ("what is new", words(told.sort))]
    parameters += [("first day told", told.days[0] or ""), ("last day told", told.days[1] or "")]
    for name, value in parameters:
        if value:
            parameter = ElementTree.SubElement(info, f"{{{NAMESPACE}}}parameter")
            _add(parameter, "valueName", name)
            _add(parameter, "value", value)
    area = ElementTree.SubElement(info, f"{{{NAMESPACE}}}area")
    _add(area, "areaDesc", told.area.words)
    if told.area.lat is not None and told.area.lon is not None:
        _add(area, "circle", f"{told.area.lat:.3f},{told.area.lon:.3f} {RADIUS_KM}")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = UNWRITABLE.sub("\ufffd", text)


def _when(made: str) -> str:
    """A moment as CAP writes it: UTC is "-00:00", never "Z"."""
    return f"{datetime.fromisoformat(made):%Y-%m-%dT%H:%M:%S}-00:00"
