"""What all formats of a brief say alike: its head, its notes under drawings, a footnote as one line."""

from __future__ import annotations

from typing import Final

from reportedly.briefs.compose import window_words
from reportedly.briefs.pictures import shown_days
from reportedly.briefs.records import Brief, Footnote, Sentence
from reportedly.wording import days_words, number_words

READ_BY_MACHINE: Final = (
    "Read by machine from the reports named in the footnotes, put together by templates. It tells what is said and by whom, "
    "and does not judge who is right. Figures are never added up. Look at the words before you rely on a line."
)
MAP_NOTE: Final = (
    "Numbers are those of the entries. A dot: a place is told. A broken ring: only an area is told; it is a sign, not a border. "
    "Black: acts of several standings. Dotted borders are disputed; no side is taken. Outlines: Natural Earth."
)


def head_lines(brief: Brief) -> list[tuple[str, str]]:
    """What the brief is about, as label and value."""
    lines = [("Window", window_words(brief.window))]
    lines += [(label.capitalize(), value) for label, value in brief.asked]
    return [*lines, ("Casebook", brief.casebook), ("Made by", brief.made_by)]


def timeline_note(brief: Brief) -> str:
    """What the timeline shows."""
    first, last = shown_days(brief)
    shown = f"from {days_words(first.isoformat(), first.isoformat())} to {days_words(last.isoformat(), last.isoformat())} at most"
    return f"A dot: one day is told. A broken line: it happened on some day or days of that time. Shown: {shown}."


def footnote_line(note: Footnote) -> str:
    """A footnote without its number and its words: source, title, day, ids, address."""
    source = note.source or "a report without a named source"
    title = f", “{note.title}”" if note.title else ""
    day = days_words(note.published[:10], note.published[:10]) if note.published else "day of publication not known"
    at = f" {note.published[11:16]}" if note.published and len(note.published) > 16 else ""
    key = note.claim or note.report
    address = f" {note.address}" if note.address else ""
    return f"{source}{title}, {day}{at}. {key}{address}"


def footnote_words(note: Footnote) -> str:
    """The exact words of a footnote, or that there are none."""
    return f"“{note.words}”" if note.words else "No words of it were read."


def marks(sentence: Sentence) -> str:
    """The numbers of a sentence's footnotes, for formats without links: "[1, 4–6]".

    >>> marks(Sentence(text="", notes=(1, 4, 5, 6))), marks(Sentence(text=""))
    ('[1, 4–6]', '')
    """
    return f"[{number_words(sentence.notes)}]" if sentence.notes else ""
