"""Which words are names, for restoring the case of upper-case texts."""

from __future__ import annotations

from functools import cache


@cache
def proper_words() -> frozenset[str]:
    """Lower-case words that are written with a capital, and upper-case abbreviations as they stand."""
    from reportedly.linking.register import Register

    words: set[str] = set()
    for entry in Register.load():
        for name in (entry.name, *entry.aliases):
            words.update(word.lower() for word in name.split() if word[:1].isupper() and len(word) > 2)
        words.update(entry.abbreviations)
    return frozenset(words)
