"""Feeds: RSS and Atom, an entry a report. What the feed holds is read; its pages are not fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportedly.errors import IntakeError
from reportedly.intake.bounded import parser_faults
from reportedly.intake.build import Found, build
from reportedly.intake.dates import parse_published
from reportedly.intake.decode import byte_order
from reportedly.intake.html import fragment_text
from reportedly.intake.item import Item, Options, Origin

_ENTITY = re.compile(r"<!\s*ENTITY|<!DOCTYPE[^>]{0,500}\[", re.IGNORECASE)


def read(data: bytes, origin: Origin, options: Options) -> Iterator[Item]:
    """The reports of a feed; an entry without text is skipped.

    Raises :class:`IntakeError` for what is no feed, and for XML that declares entities: no feed needs them, and they serve
    to exhaust memory or to read files.
    """
    refuse_entities(data, origin.where)
    import feedparser

    with parser_faults("the feed", origin.where):
        # A stream, never bytes or text: feedparser would take those for a file name or an address.
        parsed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version and not parsed.entries:
        reason = str(parsed.get("bozo_exception") or "no feed element")[:200]
        raise IntakeError(
            f"this is no RSS or Atom feed: {reason}.", where=origin.where, remedy="Give the address of the feed itself."
        )
    publisher = _text(parsed.feed.get("title"))
    if not parsed.entries:
        yield Item(origin.where, skipped="the feed has no entries")
    for number, entry in enumerate(parsed.entries, start=1):
        yield _item(entry, publisher, origin.part(f"entry {number}"), options)


def refuse_entities(data: bytes, where: str) -> None:
    """Raise :class:`IntakeError` if XML declares entities or an internal subset, in any encoding."""
    marked = byte_order(data)
    encodings = [marked[0]] if marked else ["latin-1", *(["utf-16-le", "utf-16-be"] if b"\0" in data[:64] else [])]
    for encoding in encodings:
        if _ENTITY.search(data.decode(encoding, "ignore")):
            raise IntakeError(
                "the XML declares entities: refused.", where=where, remedy="Remove the DOCTYPE if you trust the file."
            )


def _item(entry: Any, publisher: str | None, origin: Origin, options: Options) -> Item:
    with parser_faults("the entry", origin.where):
        markup = (
            max((part.get("value") or "" for part in entry.get("content", ())), key=len, default="") or entry.get("summary") or ""
        )
        published, basis = _published(entry)
        source = entry.get("source") or {}
        found = Found(
            text=fragment_text(markup),
            title=_text(entry.get("title")),
            source=_text(source.get("title")) or publisher,
            byline=_text(entry.get("author")),
            address=entry.get("link") if str(entry.get("link") or "").startswith(("http://", "https://")) else None,
            published=published,
            published_basis=basis,
        )
    if len(markup) > options.max_record_bytes:
        return Item(origin.where, error=IntakeError("the entry is larger than the limit.", where=origin.where))
    if not found.text.strip():
        page = f"; its page is {found.address}" if found.address else ""
        return Item(origin.where, skipped=f"the entry holds no text{page}", page=found.address)
    try:
        return replace(build(found, _original(found, entry), origin, options), page=found.address)
    except IntakeError as error:
        return Item(origin.where, error=error)


def _published(entry: Any) -> tuple[str | None, str | None]:
    for field in ("published", "updated"):
        found = parse_published(entry.get(field))
        if found is not None:
            return found, f"feed: {field}"
    return None, None


def _text(value: object) -> str | None:
    return " ".join(fragment_text(value).split()) or None if isinstance(value, str) else None


def _original(found: Found, entry: Any) -> bytes:
    """The entry as JSON: a feed has no bytes for one entry alone that stay the same from day to day."""
    kept = {"id": entry.get("id"), "link": found.address, "published": found.published, "text": found.text, "title": found.title}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
