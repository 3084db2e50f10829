"""How text is folded for comparing, and which text no database holds."""

from __future__ import annotations

import re

from unidecode import unidecode

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and unpaired surrogates, which are no Unicode text."""
REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """The text with a replacement character for what no database holds."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def fold(text: str) -> str:
    """The text as searches compare it: lower case, accents and other scripts turned to plain letters, single spaces."""
    return " ".join(unidecode(storable(text)).lower().split())
