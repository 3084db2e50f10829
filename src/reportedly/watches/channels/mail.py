"""E-mail: letters by SMTP. What was not taken is tried again; what was cut off after it was handed over is in doubt."""

from __future__ import annotations

import email.utils
import os
import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from reportedly.briefs.words import footnote_line, footnote_words, marks
from reportedly.errors import SettingError
from reportedly.watches.records import SendError, Told
from reportedly.wording import line

SERVER: Final = "REPORTEDLY_SMTP"
SENDER: Final = "REPORTEDLY_SENDER"
DEFAULT_SENDER: Final = "reportedly@localhost"
SECONDS: Final = 30.0
ADDRESS: Final = re.compile(r"[^\s@,<>&\"]+@[^\s@,<>&\"]+")
FOOT: Final = "\n\n-- \nRead by machine. Look at the words before you rely on it.\n"
REMEDY: Final = "Set REPORTEDLY_SMTP to smtp://user:password@host:587, or smtps:// for TLS from the start."


@dataclass(frozen=True)
class Server:
    """A mail server. ``is_tls``: TLS from the start; else STARTTLS where it is offered, and always before a password is said."""

    host: str
    port: int
    user: str | None
    password: str | None
    is_tls: bool


def sender() -> str:
    """The address that letters and CAP messages come from. Raises :class:`SettingError` for what is no address."""
    told = os.environ.get(SENDER, DEFAULT_SENDER)
    if ADDRESS.fullmatch(told) is None:
        raise SettingError(f"{told!r} is no e-mail address.", where=SENDER, remedy="Write it as desk@example.org.")
    return told


def server() -> Server:
    """The mail server by ``REPORTEDLY_SMTP``. Raises :class:`SettingError` where it is not set or means nothing."""
    told = os.environ.get(SERVER)
    if not told:
        raise SettingError("no mail server is named.", where=SERVER, remedy=REMEDY)
    try:
        parts = urlsplit(told)
        port = parts.port
    except ValueError as error:
        raise SettingError("this is no address of a mail server.", where=SERVER, remedy=REMEDY) from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError("this is no address of a mail server.", where=SERVER, remedy=REMEDY)
    is_tls = parts.scheme == "smtps"
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return Server(parts.hostname, port or (465 if is_tls else 587), user, password, is_tls)


def letter(watch: str, alerts: Sequence[Told], to: str, key: str) -> EmailMessage:
    """One letter for all alerts of a round."""
    first = line(alerts[0].entry.heading)
    more = f" (and {len(alerts) - 1} more)" if len(alerts) > 1 else ""
    made = blank(f"[{line(watch)}] {first}{more}"[:200], to, key)
    made.set_content("\n\n".join(map(_text, alerts)) + FOOT)
    return made


def blank(subject: str, to: str, key: str) -> EmailMessage:
    """A letter without content; ``key`` names it, so that a mail server knows one that comes twice."""
    own = sender()
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, own, to
    made["Date"] = email.utils.format_datetime(datetime.now(UTC))
    made["Message-ID"] = f"<{re.sub('[^A-Za-z0-9.-]', '-', key)}@{own.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    return made


def send(message: EmailMessage) -> None:
    """Hand a letter to the mail server. Raises :class:`SendError`, which says whether it may have been taken all the same."""
    asked = server()
    try:
        connection = _connect(asked)
    except (smtplib.SMTPException, OSError) as error:
        raise _not_sent(asked, error) from error
    try:
        connection.send_message(message)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPHeloError) as error:
        made = _not_sent(asked, error)
        made.is_final = _is_refused(error)
        raise made from error
    except (smtplib.SMTPException, OSError) as error:
        made = _not_sent(asked, error)
        made.is_unsure = True
        raise made from error
    finally:
        connection.close()


def _connect(asked: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if asked.is_tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(asked.host, asked.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(asked.host, asked.port, timeout=SECONDS)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=context)
        elif asked.user is not None:
            connection.close()
            raise smtplib.SMTPNotSupportedError("the server offers no TLS, and a password is not said in the open")
    if asked.user is not None:
        connection.login(asked.user, asked.password or "")
    return connection


def _is_refused(error: smtplib.SMTPException) -> bool:
    """Whether the server says that it will never take this letter (5xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600


def _not_sent(asked: Server, error: Exception) -> SendError:
    told = " ".join(str(error).split())[:200] or type(error).__name__
    where = f"{asked.host}:{asked.port}"
    return SendError(f"the mail server did not take it ({told}).", where=where, remedy="It is tried again.")


def _text(told: Told) -> str:
    lines = [line(told.entry.heading), *([f"Standing: {told.entry.badge}"] if told.entry.badge else [])]
    for one in told.entry.sentences:
        lines.append(f"{one.label}: {one.text} {marks(one)}" if one.label else f"{one.text} {marks(one)}")
    lines += [f"{told.about}", *(f"[{note.number}] {footnote_words(note)} {footnote_line(note)}" for note in told.footnotes)]
    return "\n".join(lines)
