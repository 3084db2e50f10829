"""A brief as Markdown with footnotes; text from reports cannot become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reportedly.briefs.records import Brief, Sentence
from reportedly.briefs.words import READ_BY_MACHINE, footnote_line, footnote_words, head_lines

MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
ADDRESS: Final = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")


def write(brief: Brief) -> str:
    """The whole brief. The map and the timeline are told in words."""
    return "\n".join(_lines(brief)) + "\n"


def plain(text: str) -> str:
    """A text that no reader of Markdown takes for markup or for a link.

    >>> plain("<b>*x*</b> [a](b) www.example.org")
    '\\\\<b\\\\>\\\\*x\\\\*\\\\</b\\\\> \\\\[a\\\\](b) www\\\\.example.org'
    """
    return ADDRESS.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", MARKUP.sub(r"\\\1", text))


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {plain(brief.title)}\n"
    for label, value in head_lines(brief):
        yield f"- {label}: {plain(value)}"
    yield f"\n{READ_BY_MACHINE}"
    for section in brief.sections:
        yield f"\n## {plain(section.title)}\n"
        for sentence in section.sentences:
            yield f"- {f'**{plain(sentence.label)}:** ' if sentence.label else ''}{_text(sentence)}"
        for group in section.groups:
            if group.heading:
                yield f"\n### {plain(group.heading)}\n"
            if group.lead:
                yield f"{plain(group.lead)}\n"
            for entry in group.entries:
                badge = f" ({plain(entry.badge)})" if entry.badge else ""
                yield f"**{entry.number}. {plain(entry.heading)}**{badge}\n"
                for one in entry.sentences:
                    yield f"- {one.label}: {_text(one)}"
                yield ""
        if section.key == "short":
            yield from _drawings(brief)
    if brief.footnotes:
        yield "\n## Footnotes: the reports, and their exact words\n"
    for note in brief.footnotes:
        yield f"[^{note.number}]: {plain(footnote_words(note))} {plain(footnote_line(note))}"


def _text(sentence: Sentence) -> str:
    return plain(sentence.text) + "".join(f"[^{number}]" for number in sentence.notes)


def _drawings(brief: Brief) -> Iterator[str]:
    """What the drawings of other formats show."""
    if brief.spots or brief.off_map:
        yield "\n## Where\n"
        for spot in brief.spots:
            area = ", only the area is told" if spot.is_area else ""
            yield f"- {spot.number}: {plain(spot.place)} ({spot.lat:.2f}, {spot.lon:.2f}{area})"
        yield from (f"- {line}" for line in brief.off_map)
    if brief.stretches or brief.off_timeline:
        yield "\n## When\n"
        for one in sorted(brief.stretches, key=lambda one: (one.first, one.last, one.number)):
            yield f"- {one.first if one.first == one.last else f'{one.first} to {one.last}'}: {one.number}, {plain(one.label)}"
        yield from (f"- {line}" for line in brief.off_timeline)
