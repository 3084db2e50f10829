"""Makes a report of what a format's reader found: given before found, cleaned, language recognised, hashed."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.intake.clean import clean, find_byline, first_line_title, tidy
from reportedly.intake.dates import find_dateline, parse_published
from reportedly.intake.decode import repair
from reportedly.intake.item import Item, Options, Origin, RawReport, sha256
from reportedly.intake.wrapping import unwrap
from reportedly.reading.casing import recognise_language

LONGEST_FIELD = 500
"""Characters of a title, source, byline or address that are kept: more is no title but a fault of the page."""


@dataclass(frozen=True)
class Found:
    """What a reader found in one document, before cleaning. ``None`` is "not said"."""

    text: str
    title: str | None = None
    source: str | None = None
    byline: str | None = None
    address: str | None = None
    published: str | None = None
    published_basis: str | None = None
    language: str | None = None
    id: str | None = None


def build(found: Found, original: bytes, origin: Origin, options: Options) -> Item:
    """The item for one document: a report, or a skip where no words are left."""
    raw = unwrap(tidy(found.text))
    title = _field(options.title or found.title or first_line_title(raw))
    text = clean(raw, title)
    if not any(c.isalnum() for c in text):
        return Item(origin.where, skipped="it holds no text")
    published, basis = _published(found, raw, options)
    language = options.language or _language_code(found.language) or recognise_language(text)
    report = RawReport(
        text=text,
        sha256=sha256(original),
        collected=origin.collected,
        way=origin.way,
        name=repair(origin.name),
        language=language,
        title=title,
        source=_field(options.source or found.source),
        byline=_field(found.byline or find_byline(raw)),
        address=_field(found.address or origin.address, 2_000),
        published=published,
        published_basis=basis,
        id=_field(found.id),
        original=original if options.keep_original else None,
    )
    return Item(origin.where, report=report)


def _published(found: Found, raw: str, options: Options) -> tuple[str | None, str | None]:
    if options.published:
        return parse_published(options.published), "given"
    if found.published:
        return found.published, found.published_basis
    line = find_dateline(raw)
    return line if line is not None else (None, None)


def _field(value: str | None, longest: int = LONGEST_FIELD) -> str | None:
    """A one-line field without what no field may hold; ``None`` where nothing is left."""
    if not value:
        return None
    return " ".join(tidy(value).split())[:longest].strip() or None


def _language_code(value: str | None) -> str | None:
    """``en`` of ``en-GB`` or ``EN``; ``None`` for what is no code."""
    code = (value or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else None
