"""Finds what stands between quotation marks, over sentences and paragraphs, whatever kind of mark a text uses.

A quotation that is not closed in its paragraph goes on if the next paragraph opens with a mark again, as newspapers do.
Marks that find no partner are left alone, unless the text ends first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportedly.reading.parse import Parse

MARKS = re.compile(r"[“”„«»\"]|''|``|’’|‘‘|(?<![^\s(\[—-])[‘'](?=[A-Z“])|(?<=[.,!?…])[’'](?![\w’'])")
OPENING = frozenset("“„«‘") | {"``", "‘‘"}
CLOSING = frozenset("”»’") | {"’’"}
SINGLE = frozenset("‘’'")
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
END_MARKS = frozenset(".!?,…")


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks. ``first`` and ``last`` are the tokens that hold the marks, both inclusive.

    ``carries`` tells that the stretch is not closed but goes on in the next paragraph; ``carried`` that it does so from the
    one before. ``speech`` tells that it reads like something said and not like a title or a word held at arm's length.
    """

    first: int
    last: int
    carries: bool = False
    carried: bool = False
    speech: bool = False


def find_quotations(parse: Parse) -> list[Quotation]:
    """All outermost quotations in the order of the text; unpaired marks yield none."""
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    paragraph = -1
    carried = False
    text = parse.text
    for match in MARKS.finditer(text):
        start, mark = match.start(), match.group()
        here = parse.paragraph_of(start)
        if here != paragraph:
            carried, again = False, here == paragraph + 1 and start == parse.paragraphs[here] and _opens(text, start, mark)
            if opened is not None and again and opened[1] not in SINGLE:
                found.append(
                    _quotation(parse, opened[0], _paragraph_end(parse, paragraph), carries=True, carried=_continues(found))
                )
                carried = True
            if again or not _wrapped(text, opened, start, mark):
                opened = None
            paragraph = here
        if opened is None:
            if _opens(text, start, mark):
                opened = (start, mark)
        elif _pairs(opened[1], mark) and not (mark not in CLOSING and _opens(text, start, mark) and mark != opened[1]):
            found.append(_quotation(parse, opened[0], match.end() - 1, carried=carried and _continues(found)))
            opened, carried = None, False
        elif (
            opened[1] in SINGLE and _opens(text, start, mark) and mark not in SINGLE and not _closes_later(text, start, opened[1])
        ):
            opened = (start, mark)
    if opened is not None and _continues(found) and carried:
        found.append(_quotation(parse, opened[0], _paragraph_end(parse, paragraph), carried=True))
    elif opened is not None and found and _is_cut_off(parse, opened, paragraph):
        found.append(_quotation(parse, opened[0], _paragraph_end(parse, paragraph)))
    return found


def _is_cut_off(parse: Parse, opened: tuple[int, str], paragraph: int) -> bool:
    """Whether the text ends within a quotation, as an extract of a report does: its last paragraph closes no double mark that
    opened after white space."""
    start, mark = opened
    is_last = not parse.text[_paragraph_end(parse, paragraph) + 1 :].strip()
    return is_last and mark not in SINGLE and (start == 0 or parse.text[start - 1].isspace())


def _wrapped(text: str, opened: tuple[int, str] | None, start: int, mark: str) -> bool:
    """Whether an open quotation only runs over the end of a line, in a text whose lines are broken by hand."""
    return opened is not None and not _opens(text, start, mark) and BLANK_LINE.search(text, opened[0], start) is None


def _continues(found: list[Quotation]) -> bool:
    """Whether the last quotation found was left open for the next paragraph."""
    return bool(found) and found[-1].carries


def _opens(text: str, start: int, mark: str) -> bool:
    """Whether a mark can open a quotation where it stands."""
    if mark in OPENING:
        return True
    if mark in CLOSING:
        return mark == "”" and (start == 0 or text[start - 1] == "\n") and text[start + 1 : start + 2].isalnum()
    before = text[start - 1] if start else " "
    after = text[start + len(mark) : start + len(mark) + 1]
    return (before.isspace() or before in "([—–-'’‘“/:;,") and bool(after) and not after.isspace()


def _pairs(opening: str, closing: str) -> bool:
    """Whether two marks are of one kind; careless texts mix curly and straight double marks."""
    if (opening in SINGLE) != (closing in SINGLE):
        return False
    return closing not in OPENING


def _closes_later(text: str, start: int, opening: str) -> bool:
    """Whether a single mark opened before has its partner in the rest of the paragraph."""
    end = text.find("\n", start)
    rest = text[start : end if end >= 0 else len(text)]
    return ("’" if opening == "‘" else "'") in rest


def _paragraph_end(parse: Parse, paragraph: int) -> int:
    """The offset of the last character of a paragraph that is no white space."""
    past = parse.paragraphs[paragraph + 1] if paragraph + 1 < len(parse.paragraphs) else len(parse.text)
    return max(parse.paragraphs[paragraph], len(parse.text[:past].rstrip()) - 1)


def _quotation(parse: Parse, start: int, end: int, carries: bool = False, carried: bool = False) -> Quotation:
    first, last = parse.token_at(start), parse.token_at(end)
    return Quotation(first, last, carries, carried, carries or carried or _is_speech(parse, first, last))


def _is_speech(parse: Parse, first: int, last: int) -> bool:
    """A whole clause, or words that end with a mark of the sentence before the quotation closes."""
    inside = parse.tokens[first + 1 : last]
    if not inside:
        return False
    long = [token.text for token in inside if len(token.text) > 3 and token.text.isalpha()]
    if len(long) > 1 and all(word[0].isupper() for word in long):
        return False
    ends = inside[-1].text[-1] in END_MARKS
    verbs = any(token.tag in ("VBD", "VBZ", "VBP", "MD", "VB") for token in inside)
    return (verbs and len(inside) >= 4) or (ends and len(inside) >= 3) or (ends and verbs)
