"""Readings on screen in a notebook: the text with the words of its claims marked, and the claims below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from reportedly import wording
from reportedly.marking import Piece, claim_marks, pieces
from reportedly.records import Claim, Reading

COLOURS: Final = {
    "trigger": "#f6dca4",
    "actor": "#cfe0f5",
    "target": "#f5d5d8",
    "place": "#d3ead3",
    "time": "#e3d9f3",
    "count": "#fbd9bd",
    "instrument": "#e6e0c8",
    "voice": "#cdeaea",
    "cue": "#cdeaea",
    "hedge": "#e9e3d0",
}
"""Background of each kind of mark; black on it has a contrast of at least 7 to 1."""
LEGEND: Final = {
    "trigger": "what",
    "actor": "who",
    "target": "to whom",
    "place": "where",
    "time": "when",
    "count": "how many",
    "voice": "who says so",
}
FRAME: Final = "font-family:system-ui,sans-serif;line-height:1.6;max-width:60rem;color:#111;background:#fff;padding:.5rem"


@dataclass(frozen=True)
class Shown:
    """A reading to look at. A notebook draws it where it is the last value of a cell; ``str`` gives plain lines.

    >>> from reportedly.records import Report
    >>> str(Shown(Reading(reader="1.0", report=Report(id="r", text="Nothing happened.", sha256="0" * 64))))
    'no claims'
    """

    reading: Reading

    def __str__(self) -> str:
        return "\n".join(_lines(self.reading))

    def _repr_html_(self) -> str:
        return to_html(self.reading)


def show(reading: Reading) -> Shown:
    """The reading with the words of its claims marked in the text, for a notebook.

    >>> import reportedly
    >>> from reportedly.display import show
    >>> print(show(reportedly.read("Gunmen killed three soldiers in Chad on Monday, a priest said.", published="2025-06-03")))
    battle: killing | Gunmen → soldiers | Chad | 2 June 2025 | 3 killed | priest
    """
    return Shown(reading)


def to_html(reading: Reading) -> str:
    """The same as HTML that stands by itself, without scripts. All text is escaped, and marks that would turn it are shown.

    >>> from reportedly.records import Report
    >>> reading = Reading(reader="1.0", report=Report(id="r", text="<b>Nothing</b> happened.", sha256="0" * 64))
    >>> "&lt;b&gt;Nothing&lt;/b&gt;" in to_html(reading)
    True
    """
    report = reading.report
    head = " · ".join(wording.line(part) for part in (report.title, report.source, report.published) if part)
    parts = [f'<div style="{FRAME}">']
    if head:
        parts.append(f"<p><strong>{escape(head)}</strong></p>")
    if reading.unread is not None:
        parts.append(f"<p>Not read: {escape(wording.line(reading.unread))}.</p>")
    marks = [mark for claim in reading.claims for mark in claim_marks(claim)]
    parts.append('<div style="white-space:pre-wrap;unicode-bidi:isolate">')
    parts += map(_piece, pieces(report.text, marks))
    parts.append("</div>")
    if reading.claims:
        legend = " ".join(f'<span style="background:{COLOURS[role]}">&nbsp;{told}&nbsp;</span>' for role, told in LEGEND.items())
        parts += [f"<p>{legend}</p>", _table(reading.claims, report.source)]
    parts.append("</div>")
    return "".join(parts)


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    coloured = [role for role in piece.roles if role in COLOURS]
    if not piece.roles:
        return text
    note = f' title="{escape(piece.note)}"' if piece.note else ""
    style = f"background:{COLOURS[coloured[-1]]};color:#111" if coloured else "background:none;color:inherit"
    return f'<mark style="{style};border-bottom:1px dotted #888"{note}>{text}</mark>'


def _table(claims: tuple[Claim, ...], source: str | None) -> str:
    cell = 'style="text-align:left;vertical-align:top;padding:.2em .6em .2em 0"'
    names = ("What", "Who", "To whom", "Where", "When", "How many", "Status", "Who says so")
    head = "".join(f'<th scope="col" {cell}>{name}</th>' for name in names)
    rows = ("".join(f"<td {cell}>{escape(value)}</td>" for value in _cells(claim, source)) for claim in claims)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _cells(claim: Claim, source: str | None) -> tuple[str, ...]:
    status = [wording.words(claim.status), "negated" if claim.negated else "", "background" if claim.background else ""]
    return (
        wording.words(claim.type),
        ", ".join(wording.line(actor.name) for actor in claim.actors),
        ", ".join(wording.line(target.name) for target in claim.targets),
        wording.place_words(claim.place) if claim.place else "",
        wording.day_words(claim.time),
        _figures(claim),
        ", ".join(filter(None, status)),
        wording.voices_words(claim.attribution, source),
    )


def _figures(claim: Claim) -> str:
    return ", ".join(f"{wording.amount(count.low, count.high, count.hedge)} {count.what}" for count in claim.counts)


def _lines(reading: Reading) -> Iterator[str]:
    """One line a claim; one that says so where there is none."""
    if not reading.claims:
        yield f"not read: {wording.line(reading.unread)}" if reading.unread is not None else "no claims"
    for claim in reading.claims:
        what, who, whom, where, when, figures, status, _ = _cells(claim, None)
        parties = " → ".join(part for part in (who, whom) if part)
        told = "" if status == "occurred" else status
        voice = wording.line(claim.attribution[-1].name)
        family = wording.words(claim.family)
        yield " | ".join(part for part in (f"{family}: {what}", parties, where, when, figures, told, voice) if part)
