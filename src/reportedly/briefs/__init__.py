"""Briefs: what the reports of a window tell, as sections of sentences with footnotes; a writer a format.

:func:`gather` asks a casebook, :func:`compose` makes the brief, :func:`write` gives it as a file of one format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from reportedly.briefs.compose import compose, window_words
from reportedly.briefs.material import Material
from reportedly.briefs.records import Brief, Window
from reportedly.briefs.window import window

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.casebook import Filter
    from reportedly.casebook.book import Casebook
    from reportedly.relations import Collected

Format = Literal["markdown", "html", "docx", "pdf", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
ENDINGS: Final[dict[Format, str]] = {"markdown": ".md", "html": ".html", "docx": ".docx", "pdf": ".pdf", "json": ".json"}
"""How the name of a file of a format ends."""
BINARY: Final[frozenset[Format]] = frozenset({"docx", "pdf"})

__all__ = [
    "BINARY",
    "ENDINGS",
    "FORMATS",
    "Brief",
    "Format",
    "Material",
    "Window",
    "compose",
    "gather",
    "window",
    "window_words",
    "write",
]


def gather(
    book: Casebook,
    asked: Filter,
    window: Window,
    follow: Callable[[], Collected] | None = None,
    *,
    outcomes: bool = True,
) -> Material:
    """What reports of the window tell. ``asked`` narrows it; its days are not used, and corrections of people are laid over.

    With a filter of place, country or words, threats and relations count if they are told in a report that tells of it.
    ``follow`` gives what the casebook tells of relations, where that is known already: it is costly in a large casebook. Without
    ``outcomes`` it is asked only where reports of the window tell of threats or relations, so that what became of older threats
    may be missing.
    """
    from reportedly.briefs import gathering

    return gathering.gather(book, asked, window, follow, outcomes=outcomes)


def write(brief: Brief, layout: Format) -> bytes:
    """The brief as a file of one format; text is UTF-8. The same brief gives the same bytes (of PDF: the same pages; the
    bytes are those of the browser).

    Raises :class:`reportedly.errors.SettingError` for ``pdf`` where the machine has no Chromium.
    """
    from reportedly.briefs import docx, html, markdown, pdf

    match layout:
        case "markdown":
            return markdown.write(brief).encode()
        case "html":
            return html.write(brief).encode()
        case "docx":
            return docx.write(brief)
        case "pdf":
            return pdf.write(brief)
        case "json":
            return (brief.model_dump_json(indent=2) + "\n").encode()
