"""Records in words, as the desk's pages show them: a figure never without its voice, a time and a place never more exact than
told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportedly.records import Claim, Count
from reportedly.wording import PRECISIONS as PRECISIONS
from reportedly.wording import SOURCE_KINDS as SOURCE_KINDS
from reportedly.wording import STANCES as STANCES
from reportedly.wording import STANDINGS as STANDINGS
from reportedly.wording import amount as amount
from reportedly.wording import day_words as day_words
from reportedly.wording import days_words as days_words
from reportedly.wording import defanged as defanged
from reportedly.wording import line as line
from reportedly.wording import names as names
from reportedly.wording import place_words as place_words
from reportedly.wording import precision_words as precision_words
from reportedly.wording import quote as quote
from reportedly.wording import short as short
from reportedly.wording import source_words as source_words
from reportedly.wording import visible as visible
from reportedly.wording import voices_words as voices_words
from reportedly.wording import words as words

BASES: Final = {
    "stated": "stated",
    "worked_out": "worked out from the context",
    "bounded_by_publication": "only known to be before publication",
}
LEAD: Final = ("killed", "injured", "abducted", "displaced", "arrested", "missing", "surrendered", "released")


def count_words(count: Count) -> str:
    """A count with what was counted and whose people: "at least 9 killed (police)"."""
    whose = f" ({words(count.group)})" if count.group else ""
    told = amount(count.low, count.high, count.hedge)
    return f"{words(count.what)}, number not given{whose}" if told == "number not given" else f"{told} {words(count.what)}{whose}"


def counts_words(claim: Claim) -> list[str]:
    """All counts of a claim, each once."""
    grouped = {(count.what, count.low, count.high) for count in claim.counts if count.group}
    told = [count for count in claim.counts if count.group or (count.what, count.low, count.high) not in grouped]
    return list(dict.fromkeys(count_words(count) for count in told))


def parties(names: Iterable[str]) -> str:
    """Names, those told first first, each once; may be empty."""
    return ", ".join({name.casefold(): line(name) for name in reversed(list(names))}.values().__reversed__())


def caveats(claim: Claim) -> list[str]:
    """What keeps a claim from being plain news: status, negation, background; may be empty."""
    found = [] if claim.status == "occurred" else [words(claim.status)]
    if claim.negated:
        found.append("said not to have happened")
    if claim.background:
        found.append("background, not news")
    return found


def version_words(field: str, value: str) -> str:
    """A version of a field as the desk writes it: "9 or more" becomes "at least 9"."""
    if field in LEAD and value.endswith(" or more"):
        return f"at least {value.removesuffix(' or more')}"
    if field in LEAD and value == "0":
        return "none"
    if field == "time":
        first, mark, last = value.partition(" to ")
        if value.startswith("not later than "):
            return days_words(None, value.removeprefix("not later than ")) if value[-1].isdigit() else "day not told"
        if first[:1].isdigit():
            return days_words(first, None if last == "open" else last if mark else first)
    return line(words(value))
