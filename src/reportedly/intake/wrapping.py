"""Joins lines that were wrapped at a fixed width into paragraphs."""

from __future__ import annotations

import re

NARROWEST, WIDEST = 45, 100
"""Characters of lines that may have been wrapped by a program or a typist."""
MOST_ENDING = 0.5
LEAST_WRAPPED = 0.7
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—]|\d{1,3}[.)]|\(?[a-z]\))\s")
_SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")


def unwrap(text: str) -> str:
    """Paragraphs on one line each, where lines were wrapped at a fixed width; other text as it is."""
    if text.count("\n") < 3 and "\r" not in text:
        return text
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    inner = [line for block in blocks for line in block.split("\n")[:-1]]
    if len(inner) < 3:
        return text
    wrapped = sum(NARROWEST <= len(line.rstrip()) <= WIDEST for line in inner)
    ending = sum(_SENTENCE_END.search(line.rstrip()) is not None for line in inner)
    if wrapped < LEAST_WRAPPED * len(inner) or ending > MOST_ENDING * len(inner) or max(map(len, inner)) > WIDEST + 40:
        return text
    width = max(len(line.rstrip()) for line in inner)
    return "\n\n".join(_joined(block.split("\n"), width) for block in blocks)


def _joined(lines: list[str], width: int) -> str:
    """One block with its wrapped lines joined: a line much shorter than the width ends its paragraph."""
    paragraphs: list[str] = []
    open_end = False
    for line in lines:
        bare = line.strip()
        if open_end and bare and _LIST_ITEM.match(line) is None:
            paragraphs[-1] += f" {bare}"
        else:
            paragraphs.append(bare)
        open_end = len(bare) >= width * 0.6
    return "\n".join(paragraphs)
