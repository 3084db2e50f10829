"""Webhooks: something posted to an address, with a key by which the receiver knows what it has already."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from reportedly.errors import FetchError
from reportedly.intake.fetch import post
from reportedly.intake.item import Options
from reportedly.watches.records import SendError

SECRET: Final = "REPORTEDLY_WEBHOOK_SECRET"
FINAL: Final = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
"""Answers that say that the same message will never be taken."""


def send(address: str, body: bytes, content_type: str, key: str, options: Options) -> None:
    """Post a message. Raises :class:`SendError` where it was not taken.

    ``Idempotency-Key`` names the message. With ``REPORTEDLY_WEBHOOK_SECRET`` set, ``X-Reportedly-Signature`` signs the body
    (HMAC-SHA-256), so that the receiver knows who sent it.
    """
    headers = {"Content-Type": content_type, "Idempotency-Key": key}
    if secret := os.environ.get(SECRET):
        headers["X-Reportedly-Signature"] = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    try:
        post(address, body, headers, options)
    except FetchError as error:
        made = SendError(error.what, where=error.where, remedy=error.remedy)
        made.is_unsure, made.is_final = error.is_unsure, error.status in FINAL
        raise made from error
