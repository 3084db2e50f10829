"""Recognises the language of a text, and restores the case of upper-case wires so that the parser can read them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.knowledge.layers import SHIPPED, Layers
from reportedly.reading.masthead import masthead

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 5_000
SHORT = 40
"""Characters below which a text is too short for its language to be told, and English is assumed."""
UPPER_SHARE = 0.85
HEADLINE_WORDS = 4
"""Words that a line in capitals must hold to be a headline rather than a label, in a text of ordinary case."""
_WORD = re.compile(r"[A-Z][A-Z'’]*[A-Z]|[A-Z]")
_HEADING_END = re.compile(r"(?<=[\w)’”\"'])(?<![.!?][)’”\"'])[ \t]?\n(?=\s*[A-Z\"“‘(\[])")
_DATELINE_END = re.compile(
    r"(?m)^([ \t]*[A-Z][\w.'’]*(?:[ -][A-Z][\w.'’]*){0,3}(?: \([A-Z][\w ]{1,20}\))?"
    r"(?:, (?:[A-Z][\w. ]{2,30}|\d{1,2} [A-Z][\w. ]{2,12}))?(?: ?\([A-Z][^()\[\]]{1,80}\))?[ ]?)([-–—]+)( )(?=[A-Z\"“\[])"
)
_MARK = re.compile(r"\[[^\]\[a-z]*[A-Z]{2}[^\]\[a-z]*\]")
_OPENS_MARK = re.compile(r"(?:\A|\n[ \t]*\n|[.!?][\"”')]*|[-–—]|[\]]|\A[^\w]+)\s*\Z")
_SINGLE_BREAK = re.compile(r"(?<=\S)[ \t]?\n(?=[ \t]?\S)")
_CAPITAL_LINES = re.compile(r"(?m)^(?=[^a-z\n]*[A-Z]{3})[^a-z\n]{20,}$(?:\n[^a-z\n]+$)*")
_MISTAKEN = re.compile(r"\b([Aa])irstrike(?=s?\b)")
"""A noun that the parser now and then takes for a verb; it gets one of the same length, which it does not."""
_INNER_WORD = re.compile(r"(?<=[a-z,] )[^\W\d_]+")


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def recognise_language(text: str) -> str:
    """The ISO 639-1 code of the language a text is written in; ``en`` for texts too short to tell."""
    sample = text[:SAMPLE].strip()
    if len(sample) < SHORT:
        return "en"
    if is_upper(sample):
        sample = sample.lower()
    code, probability = _identifier().classify(sample)
    return str(code) if probability > 0.9 or len(sample) > 400 else "en"


def is_upper(text: str) -> bool:
    """True for text in capitals throughout, as old wires and some cables are."""
    letters = sum(map(str.isalpha, text))
    return letters > 60 and sum(map(str.isupper, text)) / letters > UPPER_SHARE


def parser_text(text: str, layers: Layers = SHIPPED) -> str:
    """The text as the parser gets it, of the same length: ordinary case, and full stops where headings and datelines end.

    A heading without a full stop would run into the sentence below it, and "KABUL — Gunmen" would make the town a gunman.
    Editors' marks ("[TEXT]", "[REPORTER]") and headings before an outlet's name end with one as well, and the lines of a text
    wrapped by hand are joined.
    """
    prepared = _without_masthead(_without_marks(restore_case(text, layers), text), text)
    prepared = _DATELINE_END.sub(lambda match: match.group(1) + "." * len(match.group(2)) + match.group(3), prepared)
    return _MISTAKEN.sub(lambda match: "Explosion" if match[1] == "A" else "explosion", _joined_lines(prepared))


def _without_masthead(text: str, original: str) -> str:
    """A full stop for the mark between a heading and the outlet's name behind it, which would else run into one sentence."""
    found = masthead(original)
    return text if found is None else f"{text[: found[0]]}.{text[found[0] + 1 :]}"


def _without_marks(text: str, original: str) -> str:
    """Full stops for the closing brackets of marks in capitals that open a paragraph, or follow a sentence or a dateline."""
    if "[" not in original:
        return text
    pieces: list[str] = []
    last = 0
    for match in _MARK.finditer(original):
        start, end = match.span()
        if _OPENS_MARK.search(original, max(0, start - 12), start) or start == 0:
            pieces.append(text[last : end - 1] + ".")
            last = end
    return "".join(pieces) + text[last:]


def _joined_lines(text: str) -> str:
    """Full stops at the ends of headings; in a text wrapped by hand blanks for the breaks within its paragraphs."""
    if "\n" not in text:
        return text
    from reportedly.reading.casing_restore import wrap_width

    width = wrap_width(text)
    if width is not None:
        text = _SINGLE_BREAK.sub(lambda match: _unbroken(match, width), text)
    return _HEADING_END.sub(lambda match: "." + match.group()[1:], text)


def _unbroken(match: re.Match[str], width: int) -> str:
    """A blank for a line break within a paragraph; the break itself where the line is short, as in headings and lists."""
    line = match.start() - match.string.rfind("\n", 0, match.start()) - 1
    return match.group().replace("\n", " ") if line > 0.6 * width else match.group()


def restore_case(text: str, layers: Layers = SHIPPED) -> str:
    """The text in ordinary case where it is in capitals; same length, so offsets hold.

    A text that is in capitals throughout is restored whole; of another only the headlines and paragraphs in capitals,
    with the words written as they are in the rest.
    """
    from reportedly.reading.casing_restore import restored

    if is_upper(text):
        return restored(text, {}, layers)
    parts = [match.span() for match in _CAPITAL_LINES.finditer(text) if len(_WORD.findall(match.group())) >= HEADLINE_WORDS]
    if not parts:
        return text
    known = _written_forms(text, parts)
    pieces, last = [], 0
    for start, end in parts:
        pieces += [text[last:start], restored(text[start:end], known, layers)]
        last = end
    return "".join(pieces) + text[last:]


def _written_forms(text: str, parts: list[tuple[int, int]]) -> dict[str, str]:
    """How words are written within the sentences outside the parts in capitals; those written in two ways are left out."""
    forms: dict[str, set[str]] = {}
    last = 0
    for start, end in (*parts, (len(text), len(text))):
        for match in _INNER_WORD.finditer(text, last, start):
            forms.setdefault(match.group().lower(), set()).add(match.group())
        last = end
    return {word: next(iter(written)) for word, written in forms.items() if len(written) == 1 and len(word) > 1}
