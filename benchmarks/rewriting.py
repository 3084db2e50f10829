"""Rewrites reports as another paper might: cut, reordered, reworded, a day or two later, with days told by their dates.

What is told stays the same. Each sentence of a copy knows which sentence of the original it tells again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’]?(?=\s+[\"“A-Z])|(?=\n)|$)")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY = re.compile(
    rf"\b(?:(on|since|by|until|late|early|last) )?(?<!next )(?<!every )({'|'.join(WEEKDAYS)})(?: (morning|evening|night))?\b"
    rf"(?!s|, {MONTH})",
    re.IGNORECASE,
)
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
).split()
NAMES = {str(number): name for number, name in enumerate(NUMBERS, 2)}
FIGURES = {name: number for number, name in NAMES.items()}
WORDS: Sequence[tuple[str, str]] = (
    (r"at least", "no fewer than"),
    (r"more than", "over"),
    (r"nearly", "almost"),
    (r"gunmen", "armed men"),
    (r"soldiers", "troops"),
    (r"villagers", "residents"),
    (r"officials said", "authorities said"),
    (r"police said", "police reported"),
    (r"said in a statement", "announced in a statement"),
    (r"children", "minors"),
    (r"wounded", "injured"),
    (r"kidnapped", "abducted"),
    (r"attacked", "assaulted"),
    (r"attack on", "assault on"),
    (r"were killed", "lost their lives"),
    (r"was killed", "lost his life"),
    (r"blast", "explosion"),
    (r"took place", "occurred"),
    (r"violence", "bloodshed"),
    (r"people", "persons"),
    (r"however, ", ""),
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: where it stands, and which sentence of the original it tells."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Copy:
    """A rewritten report."""

    text: str
    published: str | None
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> int | None:
        """The number of the original's sentence that is told at an offset."""
        return next((one.number for one in self.sentences if one.start <= offset < one.end), None)


def original(text: str, published: str | None) -> Copy:
    """The report itself, with its sentences."""
    spans = [found.span() for found in SENTENCE.finditer(text)]
    return Copy(text, published, tuple(Sentence(start, end, number) for number, (start, end) in enumerate(spans)))


def copies(text: str, published: str | None) -> list[Copy]:
    """Three rewritten copies: shortened; reordered and reworded; every fourth sentence left out and reworded."""
    told = [(number, found.group().strip()) for number, found in enumerate(SENTENCE.finditer(text))]
    day = date.fromisoformat(published[:10]) if published else None
    half = told[: max(3, (2 * len(told) + 2) // 3)]
    turned = [*told[:2], *told[:1:-1]] if len(told) > 3 else told
    thinned = [one for place, one in enumerate(told) if place % 4 != 3]
    return [
        _copy(half, day, 1, lambda sentence: sentence),
        _copy(turned, day, 0, reworded),
        _copy(thinned, day, 2, lambda sentence: spelled(reworded(sentence))),
    ]


def reworded(sentence: str) -> str:
    """Other words for the same."""
    for words, others in WORDS:
        sentence = re.sub(rf"\b{words}", others, sentence)
    return sentence


def spelled(sentence: str) -> str:
    """Small figures in words, numbers in figures; days of a month stay."""

    def turned(found: re.Match[str]) -> str:
        month, figure, name = found.groups()
        if month:
            return found[0]
        return f"{NAMES.get(figure, figure)} " if figure else f"{FIGURES[name]} "

    return re.sub(
        rf"(?<![\d.,:$-])\b({MONTH} )?(?:(\d{{1,2}}) (?=[a-z])|({'|'.join(NUMBERS[2:])}) (?=[a-z]+s\b))", turned, sentence
    )


def dated(sentence: str, day: date) -> str:
    """Weekdays, today and yesterday told by their dates: they mean other days in a paper of another day."""

    def on(found: re.Match[str]) -> str:
        before, name, part = found.groups()
        back = (day.weekday() - WEEKDAYS.index(name.capitalize())) % 7
        before = (before or "").lower()
        if before == "last" and back == 0:
            back = 7
        head = f"{before} " if before in ("since", "by", "until") else f"in the {part} of " if part else "on "
        told = head + _written(day - timedelta(days=back))
        return told[0].upper() + told[1:] if found[0][0].isupper() and found.start() == 0 else told

    yesterday = day - timedelta(days=1)
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    sentence = DAY.sub(on, sentence)
    sentence = re.sub(r"\b(?:late |early )?yesterday\b", f"on {_written(yesterday)}", sentence)
    sentence = re.sub(r"\blast night\b", f"in the night of {_written(yesterday)}", sentence)
    sentence = re.sub(r"\b(?:earlier |late |early )?today\b", f"on {_written(day)}", sentence)
    weekend = f"on {_written(saturday)} and {(saturday + timedelta(days=1)).day}"
    return re.sub(r"\b(?:over|during|at|on) (?:the|this|last) weekend\b", weekend, sentence)


def _written(day: date) -> str:
    return f"{day:%B} {day.day}"


def _copy(told: Sequence[tuple[int, str]], day: date | None, later: int, change: Callable[[str], str]) -> Copy:
    text, sentences = "", []
    for number, words in told:
        words = change(dated(words, day) if day and later else words)
        sentences.append(Sentence(len(text), len(text) + len(words), number))
        text += words + "\n\n"
    return Copy(text.rstrip(), (day + timedelta(days=later)).isoformat() if day else None, tuple(sentences))
