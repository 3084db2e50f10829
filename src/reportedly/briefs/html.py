"""A brief as one HTML page: no script, nothing fetched, print-ready; every text from reports escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from reportedly.briefs.pictures import COLOURS, legend, map_svg, timeline_svg
from reportedly.briefs.records import Brief, Entry, Section, Sentence
from reportedly.briefs.words import MAP_NOTE, READ_BY_MACHINE, footnote_line, footnote_words, head_lines, timeline_note

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
LONG: Final = 14
"""Lines of an entry that is not kept on one page."""
SEE: Final = re.compile(r"See (\d+)\.$")
STYLE: Final = """
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; } }
* { box-sizing: border-box; }
body { font: 15px/1.45 "Liberation Sans", Arial, "Noto Sans", sans-serif; color: #1f2428; background: #fff; margin: 0 auto;
  max-width: 820px; padding: 24px; overflow-wrap: anywhere; }
h1 { font-size: 1.7em; margin: 0 0 .3em; line-height: 1.2; }
h2 { font-size: 1.2em; margin: 1.6em 0 .5em; border-bottom: 2px solid #1f2428; padding-bottom: .15em; }
h3 { font-size: 1em; margin: 1.1em 0 .2em; color: #343b42; }
h3.what, h4 { font-size: 1em; margin: 0 0 .25em; color: inherit; }
p, ul, dl, ol { margin: 0 0 .5em; }
.head { display: grid; grid-template-columns: max-content 1fr; gap: 0 .9em; margin: 0 0 .6em; }
.head dt, .soft { color: #565e66; } .head dd { margin: 0; }
.soft, .lead { font-size: .87em; } .lead { color: #565e66; margin-bottom: .5em; }
.short li { margin-bottom: .3em; } .short { padding-left: 1.1em; }
.entry { border: 1px solid #d5d1c6; border-left: 5px solid #6b7482; border-radius: 4px; padding: .55em .8em; margin: 0 0 .7em;
  break-inside: avoid; }
.entry.long { break-inside: auto; }
.entry dl { display: grid; grid-template-columns: 8.2em 1fr; gap: .12em .8em; margin: 0; font-size: .93em; }
.entry dt { color: #565e66; } .entry dd { margin: 0; }
.no { display: inline-block; min-width: 1.5em; font-weight: 700; }
.badge { font-size: .8em; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: .02em .6em;
  white-space: nowrap; }
sup { line-height: 0; font-size: .72em; } sup a { color: #0d5666; text-decoration: none; padding: 0 .1em; }
a:focus-visible { outline: 2px solid #b4530a; }
figure { margin: 0 0 1em; break-inside: avoid; } figure svg { width: 100%; height: auto; display: block; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1.1em; font-size: .87em; margin: .4em 0; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .35em; }
.notes { font-size: .85em; padding-left: 2.4em; } .notes li { margin-bottom: .35em; break-inside: avoid; }
.notes q { quotes: none; }
.mono { font-family: "Liberation Mono", monospace; font-size: .9em; }
@media (max-width: 34em) {
  body { padding: 12px; } .entry dl, .head { grid-template-columns: 1fr; } .entry dd { margin-bottom: .3em; } }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; }
  h2, h3, h4, .lead { break-after: avoid; } }
"""


def write(brief: Brief) -> str:
    """The whole page."""
    title = escape(brief.title)
    head = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{STYLE}{_colours()}</style></head>'
    )
    return f"{head}\n<body>\n{''.join(_body(brief))}</body></html>\n"


def _colours() -> str:
    return "".join(
        f".{standing} {{ border-left-color: {colour}; }} .badge.{standing} {{ color: {colour}; }} "
        for standing, colour in COLOURS.items()
    )


def _body(brief: Brief) -> Iterator[str]:
    yield f'<header><h1 dir="auto">{escape(brief.title)}</h1><dl class="head">'
    yield "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{escape(value)}</dd>' for label, value in head_lines(brief))
    yield f'</dl><p class="soft">{escape(READ_BY_MACHINE)}</p></header>\n<main>\n'
    for section in brief.sections:
        yield from _section(section)
        if section.key == "short":
            yield from _drawings(brief)
    yield "</main>\n"
    if brief.footnotes:
        yield '<section aria-labelledby="notes"><h2 id="notes">Footnotes: the reports, and their exact words</h2>\n'
        yield '<ol class="notes">\n'
        for note in brief.footnotes:
            yield f'<li id="n{note.number}" value="{note.number}"><q dir="auto">{escape(footnote_words(note))}</q><br>'
            yield f'<span class="soft" dir="auto">{escape(footnote_line(note))}</span></li>\n'
        yield "</ol></section>\n"


def _section(section: Section) -> Iterator[str]:
    yield f'<section id="{section.key}"><h2>{escape(section.title)}</h2>\n'
    if section.sentences:
        items = "".join(f'<li dir="auto">{_labelled(sentence)}</li>\n' for sentence in section.sentences)
        yield f'<ul class="short">\n{items}</ul>\n'
    for group in section.groups:
        if group.heading:
            yield f"<h3>{escape(group.heading)}</h3>\n"
        if group.lead:
            yield f'<p class="lead">{escape(group.lead)}</p>\n'
        level = "h4" if group.heading else "h3"
        yield from (_entry(entry, level) for entry in group.entries)
    yield "</section>\n"


def _entry(entry: Entry, level: str) -> str:
    standing = entry.standing or "plain"
    length = " long" if len(entry.sentences) > LONG else ""
    badge = f' <span class="badge {standing}">{escape(entry.badge)}</span>' if entry.badge else ""
    rows = "".join(f'<dt>{escape(one.label or "")}</dt><dd dir="auto">{_text(one)}</dd>\n' for one in entry.sentences)
    heading = f'<{level} class="what" dir="auto"><span class="no">{entry.number}</span> {escape(entry.heading)}{badge}</{level}>'
    return f'<article class="entry {standing}{length}" id="e{entry.number}">{heading}<dl>\n{rows}</dl></article>\n'


def _labelled(sentence: Sentence) -> str:
    label = f"<strong>{escape(sentence.label)}:</strong> " if sentence.label else ""
    return f"{label}{_text(sentence)}"


def _text(sentence: Sentence) -> str:
    notes = ",".join(f'<a href="#n{number}">{number}</a>' for number in sentence.notes)
    text = SEE.sub(r'See <a href="#e\1">\1</a>.', escape(sentence.text))
    return f"{text}{f'<sup>[{notes}]</sup>' if notes else ''}"


def _drawings(brief: Brief) -> Iterator[str]:
    drawings = (
        ("Where", map_svg(brief), MAP_NOTE, brief.off_map),
        ("When", timeline_svg(brief), timeline_note(brief), brief.off_timeline),
    )
    for title, svg, note, missing in drawings:
        if svg is None and not missing:
            continue
        yield f"<section><h2>{title}</h2><figure>{svg or ''}<figcaption>"
        if svg is not None:
            keys = "".join(
                f'<li><span class="swatch" style="background:{colour}"></span>{escape(words)}</li>'
                for colour, words in legend(brief)
            )
            yield f'<ul class="legend">{keys}</ul><span class="soft">{escape(note)}</span>'
        yield "".join(f'<br><span class="soft">{escape(line)}</span>' for line in missing)
        yield "</figcaption></figure></section>\n"
