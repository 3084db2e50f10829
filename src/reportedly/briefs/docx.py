"""A brief as a Word document (Office Open XML): headings, drawings as pictures with their key, footnotes as numbered notes at the
end, to which the numbers lead."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reportedly.briefs.pictures import COLOURS, legend, map_svg, png, timeline_svg
from reportedly.briefs.records import Brief, Entry, Sentence
from reportedly.briefs.words import MAP_NOTE, READ_BY_MACHINE, footnote_line, footnote_words, head_lines, timeline_note

if TYPE_CHECKING:
    from docx.document import Document

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document holds."""
ALT: Final = re.compile(r'aria-label="([^"]*)"')
KEPT: Final = 7
"""Lines of an entry that stay with its heading on one page; no last line stands alone on the next."""
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write(brief: Brief) -> bytes:
    """The whole document, same bytes for the same brief."""
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    layout = document.sections[0]
    layout.page_width, layout.page_height = Cm(21), Cm(29.7)
    layout.left_margin = layout.right_margin = Cm(2)
    layout.top_margin = layout.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    _language(document)
    _numbered(layout.footer.paragraphs[0])
    _fill(document, brief)
    until = datetime.fromisoformat(brief.window.until).replace(tzinfo=None)
    head = document.core_properties
    head.title, head.author, head.last_modified_by = _clean(brief.title), _clean(brief.made_by), _clean(brief.made_by)
    head.created = head.modified = until
    head.comments = ""
    made = BytesIO()
    document.save(made)
    return _repacked(made.getvalue())


def _fill(document: Document, brief: Brief) -> None:
    document.add_heading(_clean(brief.title), 0)
    for label, value in head_lines(brief):
        _add(document, f"{label}: ", value)
    document.add_paragraph(READ_BY_MACHINE).runs[0].italic = True
    for section in brief.sections:
        document.add_heading(_clean(section.title), 1)
        for sentence in section.sentences:
            paragraph = document.add_paragraph(style="List Bullet")
            if sentence.label:
                paragraph.add_run(_clean(f"{sentence.label}: ")).bold = True
            _sentence(paragraph, sentence)
        for group in section.groups:
            if group.heading:
                document.add_heading(_clean(group.heading), 2)
            if group.lead:
                lead = document.add_paragraph(_clean(group.lead))
                lead.runs[0].italic = True
                lead.paragraph_format.keep_with_next = True
            for entry in group.entries:
                _entry(document, entry)
        if section.key == "short":
            _drawings(document, brief)
    if brief.footnotes:
        document.add_heading("Footnotes: the reports, and their exact words", 1)
    for note in brief.footnotes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_together = True
        _mark(paragraph, f"note-{note.number}", note.number)
        paragraph.add_run(f"[{note.number}] ").bold = True
        paragraph.add_run(_clean(f"{footnote_words(note)} "))
        paragraph.add_run(_clean(footnote_line(note))).italic = True


def _entry(document: Document, entry: Entry) -> None:
    from docx.shared import Cm, Pt, RGBColor

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.keep_with_next = True
    _mark(paragraph, f"entry-{entry.number}", 100_000 + entry.number)
    paragraph.add_run(_clean(f"{entry.number}. {entry.heading}")).bold = True
    if entry.badge:
        run = paragraph.add_run(_clean(f"  [{entry.badge}]"))
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(COLOURS.get(entry.standing or "", "#565e66")[1:])
    last = len(entry.sentences) - 1
    for at, one in enumerate(entry.sentences):
        line = document.add_paragraph()
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = at < min(KEPT, last) or at == last - 1
        line.paragraph_format.left_indent = Cm(0.6)
        if one.label:
            line.add_run(f"{one.label}: ").italic = True
        _sentence(line, one)


def _sentence(paragraph: Any, sentence: Sentence) -> None:
    before, see, number = sentence.text.rpartition("See ")
    if see and number.rstrip(".").isdigit():
        paragraph.add_run(_clean(f"{before}{see}"))
        _link(paragraph, number.rstrip("."), f"entry-{number.rstrip('.')}")
        paragraph.add_run(".")
    else:
        paragraph.add_run(_clean(sentence.text))
    if sentence.notes:
        paragraph.add_run(" [").font.superscript = True
        for at, note in enumerate(sentence.notes):
            if at:
                paragraph.add_run(", ").font.superscript = True
            _link(paragraph, str(note), f"note-{note}", superscript=True)
        paragraph.add_run("]").font.superscript = True


def _drawings(document: Document, brief: Brief) -> None:
    from docx.shared import Cm

    for title, svg, note, missing in _pictures(brief):
        if svg is None and not missing:
            continue
        document.add_heading(title, 1)
        if svg is not None:
            document.add_picture(BytesIO(png(svg)), width=Cm(17))
            told = ALT.search(svg)
            document.inline_shapes[-1]._inline.docPr.set("descr", _clean(unescape(told[1])) if told else title)
            _key(document, brief)
            document.add_paragraph(note).runs[0].italic = True
        for line in missing:
            document.add_paragraph(_clean(line))


def _pictures(brief: Brief) -> Iterator[tuple[str, str | None, str, tuple[str, ...]]]:
    yield "Where", map_svg(brief), MAP_NOTE, brief.off_map
    yield "When", timeline_svg(brief), timeline_note(brief), brief.off_timeline


def _key(document: Document, brief: Brief) -> None:
    """What the colours of a drawing mean."""
    from docx.shared import RGBColor

    paragraph = document.add_paragraph()
    for colour, name in legend(brief):
        paragraph.add_run("● ").font.color.rgb = RGBColor.from_string(colour[1:])
        paragraph.add_run(f"{_clean(name)}    ")


def _mark(paragraph: Any, name: str, number: int) -> None:
    """A place that links lead to."""
    for tag, more in (("w:bookmarkStart", {"w:name": name}), ("w:bookmarkEnd", {})):
        paragraph._p.append(_element(tag, {"w:id": str(number), **more}))


def _link(paragraph: Any, text: str, anchor: str, *, superscript: bool = False) -> None:
    """A piece of text that leads to a place in the document."""
    run = paragraph.add_run(text)
    run.font.superscript = superscript or None
    link = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    paragraph._p.append(link)
    link.append(run._r)


def _numbered(paragraph: Any) -> None:
    """The number of the page, and of all pages."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        if text:
            paragraph.add_run(text)
        for kind in ("begin", field, "end"):
            run = paragraph.add_run()
            if kind == field:
                told = _element("w:instrText", {})
                told.text = field
            else:
                told = _element("w:fldChar", {"w:fldCharType": kind})
            run._r.append(told)


def _language(document: Document) -> None:
    """The words of the templates are English; spell checkers should know."""
    style = document.styles["Normal"].element.get_or_add_rPr()
    style.append(_element("w:lang", {"w:val": "en-GB"}))
    document.core_properties.language = "en-GB"


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def _add(document: Document, label: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(label).bold = True
    paragraph.add_run(_clean(value))


def _clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def _repacked(data: bytes) -> bytes:
    """The same package with times of 1980, so that the bytes depend on the content alone."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
