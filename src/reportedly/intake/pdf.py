"""PDF: text in reading order with paragraphs and hyphenated words joined; running heads, feet and page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reportedly.errors import IntakeError
from reportedly.intake.bounded import parser_faults
from reportedly.intake.build import Found, build
from reportedly.intake.item import Item, Options, Origin

EDGE_LINES = 3
"""Lines at the top and bottom of a page that may be running heads or feet."""
LONGEST_PAGE = 200_000
"""Characters of one page that are read; more is a drawing made of letters."""
_SPLIT_WORD = re.compile("([^\\W\\d_]*)[\ufffe\x02](?=\\w)")
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite|pág\.?)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010\u0002\ufffe"
_KEPT_PREFIX_LIST = (
    "non anti pro ex self co counter semi half cross pre post mid multi inter trans ultra two three four five six "
    "seven eight nine ten north south east west al el abu"
)
_KEPT_PREFIX = frozenset(_KEPT_PREFIX_LIST.split())
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_LIST_ITEM = re.compile(r"(?:[•▪‣◦*–—-]|\d{1,3}[.)]|\(?[a-z]\))\s")
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft (?:word|powerpoint)|document\d*|.*\.(?:docx?|pdf|indd|rtf|odt|pptx?|qxd))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """A line as printed: ``left``, ``top`` and ``height`` in points from the page's lower left, ``None`` where unknown."""

    text: str
    left: float | None = None
    top: float | None = None
    height: float | None = None


def read(data: bytes, origin: Origin, options: Options) -> Iterator[Item]:
    """The one report of a PDF.

    Raises :class:`IntakeError` if it is damaged, asks for a password, has more than ``options.max_pages`` pages, or holds
    pictures of text only.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        what = "the PDF asks for a password." if locked else "the PDF is damaged."
        raise IntakeError(what, where=origin.where, remedy="Save an open copy." if locked else "Get the file again.") from error
    try:
        with parser_faults("the PDF", origin.where):
            yield build(_found(document, origin, options), data, origin, options)
    except PdfiumError as error:
        raise IntakeError(f"the PDF could not be read: {error}.", where=origin.where, remedy="Get the file again.") from error
    finally:
        document.close()


def _found(document: object, origin: Origin, options: Options) -> Found:
    count = len(document)  # type: ignore[arg-type]
    if count > options.max_pages:
        raise IntakeError(f"the PDF has {count} pages, the limit is {options.max_pages}.", where=origin.where, remedy="Split it.")
    pages: list[list[Line]] = []
    left = options.max_bytes
    for number in range(count):
        page = _page_lines(document, number, origin)
        pages.append(page)
        left -= sum(len(line.text) for line in page)
        if left < 0:
            raise IntakeError(
                "the text of the PDF is larger than one document may be.",
                where=f"{origin.where}, page {number + 1}",
                remedy="Split it.",
            )
    if not any(line.text.strip() for page in pages for line in page):
        raise IntakeError(
            "the PDF holds no text, only pictures.", where=origin.where, remedy="Run text recognition (OCR) on it first."
        )
    metadata = document.get_metadata_dict()  # type: ignore[attr-defined]
    title = (metadata.get("Title") or "").strip()
    author = (metadata.get("Author") or "").strip()
    return Found(
        text=paragraphs(without_running_lines(pages)),
        title=title if len(title.split()) > 1 and not _NO_TITLE.match(title) else None,
        byline=author if " " in author else None,
    )


def _page_lines(document: object, number: int, origin: Origin) -> list[Line]:
    """The lines of one page with their places."""
    from pypdfium2 import PdfiumError

    where = f"{origin.where}, page {number + 1}"
    try:
        page = document[number]  # type: ignore[index]
        text_page = page.get_textpage()
    except PdfiumError as error:
        raise IntakeError("the page is damaged.", where=where, remedy="Get the file again.") from error
    try:
        total = text_page.count_chars()
        if total > LONGEST_PAGE:
            raise IntakeError(f"the page holds more than {LONGEST_PAGE} characters.", where=where, remedy="Save its text.")
        raw = text_page.get_text_range() if total > 0 else ""
        lines = []
        index = 0
        for piece in raw.split("\n"):
            bare = _SPLIT_WORD.sub(_rejoined, piece.rstrip("\r"))
            lines.append(_line(text_page, bare, index, total))
            index += len(piece) + 1
        return lines
    finally:
        text_page.close()
        page.close()


def _rejoined(match: re.Match[str]) -> str:
    """A word that the library joined over a line end itself, marking the place of the hyphen."""
    return f"{match[1]}-" if match[1].lower() in _KEPT_PREFIX else match[1]


def _line(text_page: object, text: str, index: int, total: int) -> Line:
    from pypdfium2 import PdfiumError

    start = index + len(text) - len(text.lstrip())
    if not text.strip() or start >= total:
        return Line(text.strip())
    try:
        left, bottom, _, top = text_page.get_charbox(start, loose=True)  # type: ignore[attr-defined]
    except PdfiumError:
        return Line(text.strip())
    return Line(text.strip(), left, top, top - bottom)


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers and the lines that stand at the edges of at least half of all pages."""
    filled = [[line for line in page if line.text] for page in pages]
    seen = Counter(key for page in filled for key in {_edge_key(line.text) for line in _edges(page)})
    least = max(2, len(filled) / 2)
    running = {key for key, count in seen.items() if count >= least and len(filled) > 1}
    kept = []
    for page in filled:
        edges = {id(line) for line in _edges(page)}
        kept.append(
            [
                line
                for line in page
                if not (
                    id(line) in edges
                    and (_edge_key(line.text) in running or (len(filled) > 1 and _PAGE_NUMBER.fullmatch(line.text)))
                )
            ]
        )
    return kept


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    return [*page[:EDGE_LINES], *page[max(EDGE_LINES, len(page) - EDGE_LINES) :]]


def _edge_key(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def paragraphs(pages: Sequence[Sequence[Line]]) -> str:
    """Text with one paragraph a line: lines joined by their distance, indent and length; over page breaks by their sentences."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    width = _usual_width(lines)
    gap = _usual_gap(lines)
    joined = [lines[0].text]
    for above, line in pairwise(lines):
        if _breaks(above, line, width, gap):
            joined.append(line.text)
        else:
            joined[-1] = _join(joined[-1], line.text)
    return "\n\n".join(joined)


def _usual_width(lines: Sequence[Line]) -> float:
    long = sorted(len(line.text) for line in lines)
    return long[int(len(long) * 0.75)]


def _usual_gap(lines: Sequence[Line]) -> float | None:
    gaps = [above.top - line.top for above, line in pairwise(lines) if above.top is not None and line.top is not None]
    below = [gap for gap in gaps if gap > 1]
    return median(below) if below else None


def _breaks(above: Line, line: Line, width: float, usual: float | None) -> bool:
    """True where a new paragraph begins with ``line``."""
    if _LIST_ITEM.match(line.text):
        return True
    ended = _SENTENCE_END.search(above.text) is not None
    if above.text[-1:] in _HYPHENS and line.text[:1].islower():
        return False
    if None not in (above.top, line.top, above.height, line.height) and usual is not None:
        gap = above.top - line.top  # type: ignore[operator]
        if gap <= 0:  # next column or page
            return ended and len(above.text) < width * 0.8
        if gap > usual * 1.35:
            return True
        if abs(above.height - line.height) > 0.2 * above.height:  # type: ignore[operator]
            return True
        if ended and above.left is not None and line.left is not None and line.left - above.left > 8:
            return True
    if len(above.text) < width * 0.6:
        return ended or line.text[:1].isupper()
    return ended and len(above.text) < width * 0.8


def _join(above: str, line: str) -> str:
    if above[-1:] in _HYPHENS and above[-1:]:
        stem = re.split(r"[\s(“\"]", above[:-1])[-1].lower()
        if above[-1] != "-" or (line[:1].islower() and stem not in _KEPT_PREFIX and "-" not in stem):
            return above[:-1] + line
        return above + line
    return f"{above} {line}"
