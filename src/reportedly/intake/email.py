"""Saved e-mail: one message (.eml), or many (mbox), streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from reportedly.errors import IntakeError
from reportedly.intake.bounded import lines, parser_faults
from reportedly.intake.build import Found, build
from reportedly.intake.dates import parse_published
from reportedly.intake.decode import decode
from reportedly.intake.html import fragment_text
from reportedly.intake.item import Item, Options, Origin

MOST_PARTS = 500
_QUOTED = re.compile(r"^\s{0,3}>.*$\n?", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$.*\Z", re.MULTILINE | re.DOTALL)
_ANSWERED = re.compile(r"^On .{8,120} wrote:\s*$", re.MULTILINE)
_SUBJECT_MARKS = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:|\s*\[[^\]]{1,40}\])+\s*", re.IGNORECASE)


def read(data: bytes, origin: Origin, options: Options) -> Iterator[Item]:
    """The one report of a message. Raises :class:`IntakeError` if it cannot be parsed or holds no text."""
    with parser_faults("the message", origin.where):
        try:
            message = message_from_bytes(data, policy=policy.compat32)
            found = _found(message, origin.where)
        except MessageError as error:
            raise IntakeError(f"the message could not be parsed: {error}.", where=origin.where) from error
    yield build(found, data, origin, options)


def read_mbox(stream: BinaryIO, origin: Origin, options: Options) -> Iterator[Item]:
    """The reports of an mbox file, one message in memory at a time; a bad message is an error item."""
    for number, message in enumerate(_messages(stream, options.max_record_bytes), start=1):
        part = origin.part(f"message {number}")
        if message is None:
            yield Item(
                part.where,
                error=IntakeError(
                    "the message is larger than the limit.", where=part.where, remedy="Raise the limit for one record."
                ),
            )
            continue
        try:
            yield from read(message, part, options)
        except IntakeError as error:
            yield Item(part.where, error=error)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages of an mbox stream, ``None`` for one that is too large."""
    held: list[bytes] = []
    size = 0
    begun = False
    after_gap = True
    for line in lines(stream, limit):
        if after_gap and line is not None and line.startswith(b"From "):
            if begun:
                yield b"".join(held) if size <= limit else None
            held, size, begun, after_gap = [], 0, True, False
            continue
        size += len(line) if line is not None else limit + 1
        if size <= limit and line is not None:
            held.append(line[1:] if line.startswith(b">From ") else line)
        else:
            held.clear()
        after_gap = line is not None and not line.strip()
    if begun:
        yield b"".join(held) if size <= limit else None


def _found(message: Message, where: str) -> Found:
    name, address = parseaddr(_header(message, "From") or "")
    subject = _header(message, "Subject")
    published = parse_published(_header(message, "Date"))
    body = _body(message, where)
    if not body.strip():
        raise IntakeError("the message holds no text.", where=where, remedy="Save its attachments and add them.")
    return Found(
        text=body,
        title=_SUBJECT_MARKS.sub("", subject) or None if subject else None,
        source=name or address.rpartition("@")[2] or None,
        published=published,
        published_basis="e-mail header Date" if published else None,
    )


def _header(message: Message, name: str) -> str | None:
    """A header with its encoded words decoded; as it stands where they are damaged."""
    raw = message.get(name)
    if raw is None:
        return None
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (HeaderParseError, LookupError, ValueError):
        return " ".join(str(raw).split())


def _body(message: Message, where: str) -> str:
    """The text for people: plain parts, or pages where there are none; no attachments, quotations or signatures."""
    plain: list[str] = []
    pages: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            raise IntakeError(f"the message has more than {MOST_PARTS} parts.", where=where)
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html"):
            continue
        payload = part.get_payload(decode=True)
        text = decode(payload, where, part.get_content_charset()) if isinstance(payload, bytes) else ""
        if kind == "text/plain":
            plain.append(_unflow(text) if str(part.get_param("format", "")).lower() == "flowed" else text)
        else:
            pages.append(fragment_text(text))
    if any(text.strip() for text in plain):
        return _SIGNATURE.sub("", _ANSWERED.sub("", _QUOTED.sub("", "\n\n".join(plain).replace("\r\n", "\n"))))
    return "\n\n".join(pages)


def _unflow(text: str) -> str:
    """Lines that end in a space go on (RFC 3676)."""
    return re.sub(r"(?<!^--) \r?\n(?![ \t]*>)(?=\S)", " ", text, flags=re.MULTILINE)
