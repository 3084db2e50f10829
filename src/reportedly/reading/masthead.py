"""Finds the outlet's name that a saved page carries in its heading ("Two hurt in fire - KXYZ News, Weather | Tyler, Texas")."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of a first line above which it is no heading."""
_SEPARATOR = re.compile(r"\s(?:[|]|-+|–|—)+(?=\s)")
_OUTLET = re.compile(
    r"\b(?:News(?:\s?(?:Center|Channel|Now|Radio))?|Weather|Sports|TV|Channel|Radio|Herald|Tribune|Gazette|Chronicle|Courier|"
    r"Messenger|Observer|Examiner|Dispatch|Daily [A-Z]\w+|The [A-Z]\w+ Times|Newspaper|(?:CBS|NBC|ABC|FOX|Fox|CNN|BBC)\b)"
    r"(?![a-z])"
    r"|\w\.(?:com|org|net|info|tv|COM|TV)\b|\b[WK][A-Z]{2,3}(?:-?TV\d*|\d{1,2})?\b"
)
"""Words, addresses and call signs by which outlets are known."""


def masthead(text: str) -> tuple[int, int] | None:
    """Where the outlet's name stands in the first line: the offsets from its separator to its end; ``None`` without one.

    What is named there says who publishes, not where something happened. Only a first line with a text below it is looked at.

    >>> heading = "Two hurt in fire - KXYZ News | Tyler, Texas"
    >>> start, end = masthead(heading + "\\n\\nTwo men were hurt.") or (0, 0)
    >>> heading[start:end]
    '- KXYZ News | Tyler, Texas'
    >>> masthead("Ceasefire holds - army\\n\\nThe army said so.") is None
    True
    """
    end = text.find("\n")
    if not 0 < end <= LONGEST:
        return None
    for match in _SEPARATOR.finditer(text, 0, end):
        if _OUTLET.search(text, match.end(), end):
            return match.start() + 1, end
    return None
