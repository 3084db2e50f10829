"""Recognises the language of a text, and restores the case of upper-case wires so that the parser can read them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 5_000
SHORT = 40
"""Characters below which a text is too short for its language to be told, and English is assumed."""
UPPER_SHARE = 0.85
_WORD = re.compile(r"[A-Z][A-Z'’]*[A-Z]|[A-Z]")
_HEADING_END = re.compile(r"(?<=[\w)’”\"'])[ \t]?\n(?=\s*[A-Z\"“‘(])")
_DATELINE_END = re.compile(r"(?m)^([ \t]*[A-Z][\w.'’]*(?:[ -][A-Z][\w.'’]*){0,3}(?:, [A-Z][\w. ]{2,30})?(?: \([A-Z][\w ]{1,20}\))?[ ]?)([-–—]+)( )(?=[A-Z\"“])")
SMALL = frozenset(
    "a an the and or but nor of in on at by for from to with without into onto over under after before during between among against as than "
    "that this these those which who whom whose what when where while because if unless until since although though it its he she they them "
    "his her their we our us you your i is are was were be been being am has have had having do does did done will would shall should can "
    "could may might must not no so also only very more most less least other another such same own out up down off about around near".split()
)


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
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 60 and sum(c.isupper() for c in letters) / len(letters) > UPPER_SHARE


def parser_text(text: str) -> str:
    """The text as the parser gets it, of the same length: ordinary case, and full stops where headings and datelines end.

    A heading without a full stop would run into the sentence below it, and "KABUL — Gunmen" would make the town a gunman.
    """
    prepared = _HEADING_END.sub(lambda match: "." + match.group()[1:], restore_case(text))
    return _DATELINE_END.sub(lambda match: match.group(1) + "." * len(match.group(2)) + match.group(3), prepared)


def restore_case(text: str) -> str:
    """The text in ordinary case if it is in capitals throughout; same length, so offsets hold. Other text is unchanged."""
    if not is_upper(text):
        return text
    from reportedly.knowledge.casing import proper_words

    names = proper_words()
    pieces: list[str] = []
    last = 0
    sentence_start = True
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        pieces.append(between)
        if re.search(r"[.!?:]\s|\n\s*\n|^\s*$|[\"“]$", between) or last == 0:
            sentence_start = True
        word = match.group()
        pieces.append(_cased(word, names, sentence_start))
        sentence_start = False
        last = match.end()
    pieces.append(text[last:])
    return "".join(pieces)


def _cased(word: str, names: frozenset[str], sentence_start: bool) -> str:
    lower = word.lower()
    if lower in SMALL:
        return lower.capitalize() if sentence_start or lower == "i" else lower
    if len(word) == 1:
        return word
    if word in names:
        return word
    if lower in names or sentence_start:
        return lower[0].upper() + lower[1:]
    return lower
