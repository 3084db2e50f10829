"""Takes page furniture out of a report: menus, share bars, comment boxes, bylines, credits, repeated captions, cookie notices.

Whole paragraphs go, by the words in ``lexicon/furniture.yaml``; sentences of news stay. Characters change only where they are
white space, invisible, or impossible to store: nothing is normalised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import KnowledgeError
from reportedly.intake.decode import repair
from reportedly.intake.wrapping import NARROWEST, unwrap
from reportedly.knowledge.layers import Layers, layered_yaml, per_layers
from reportedly.reading.casing import is_upper

PARTS = ("whole", "starts", "commands", "labels", "notices", "share", "navigation", "tails", "agencies")
LONGEST_START, LONGEST_NOTICE, LONGEST_CAPTION, LONGEST_BYLINE = 20, 60, 25, 12
"""Words of the longest paragraph that each rule may take out."""
LONGEST_CHECKED = 600
"""Characters beyond which a paragraph is news without looking at it further."""
RUN = 3
"""Lines of a menu that stand one above the other before the run is taken for one."""

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*\s?[km]?\b", re.IGNORECASE)
_ENDS = re.compile(r"^[\s.:;,!?•·*|>»›→←▼▲\-–—_=~#\[\](){}]+|[\s.:;,!?•·|>»›→←▼▲\-–—_=~#\[\](){}…]+$")
_EDGE = re.compile(r"^[\s•·*|>»›→←▼▲\-–—_=~]+|[\s|>»›→←▼▲_=~…]+$")
_SEPARATED = re.compile(r"\s*[|›»•·/>,]\s*|\s{2,}|\s+[-–—]\s+")
_RULE_LINE = re.compile(r"[\W_]*")
_BYLINE = re.compile(r"^by:?\s+(?P<name>\S.{1,80})$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*,?|[|&,/-]|@\w+", re.UNICODE)
_SMALL = frozenset(
    {
        "and",
        "with",
        "for",
        "in",
        "of",
        "the",
        "al",
        "bin",
        "ibn",
        "van",
        "von",
        "de",
        "del",
        "la",
        "da",
        "el",
        "staff",
        "agencies",
        "our",
    }
)
_NOT_NAMES_LIST = (
    "january february march april june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday force air sea land road law then now year end day night morning evening dawn "
    "dusk noon"
)
_NOT_NAMES = frozenset(_NOT_NAMES_LIST.split())
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_CREDIT_SLASH = r"(?:/\s*{0}\b|\b{0}\s*/)"


@dataclass(frozen=True)
class Furniture:
    """The words of page furniture, in lower case, digits as ``#``."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    commands: tuple[str, ...]
    labels: tuple[str, ...]
    notices: re.Pattern[str]
    share: frozenset[str]
    navigation: frozenset[str]
    tails: frozenset[str]
    agencies: frozenset[str]
    credit: re.Pattern[str]


@per_layers("lexicon/furniture.yaml")
def load_furniture(layers: Layers) -> Furniture:
    """The lexicon. Raises :class:`KnowledgeError` for an unknown part, a missing one, or a word twice in one."""
    return layered_yaml(layers, "lexicon/furniture.yaml", _furniture)


def _furniture(data: dict[str, list[str]], path: Path) -> Furniture:
    if wrong := sorted(set(data) ^ set(PARTS)):
        raise KnowledgeError(f"unknown or missing parts: {', '.join(wrong)}.", where=str(path), remedy=f"Use {', '.join(PARTS)}.")
    for part, terms in data.items():
        wrong = sorted({term for term in terms if terms.count(term) > 1 or term != term.lower() or not term.strip()})
        if wrong:
            what = f"empty, twice, or not in lower case, in {part}: {', '.join(map(repr, wrong))}."
            raise KnowledgeError(what, where=str(path), remedy="Write each once, in lower case, digits as #.")
    agencies = "|".join(re.escape(name) for name in sorted(data["agencies"], key=len, reverse=True))
    credit = rf"{_CREDIT_SLASH.format(f'(?:{agencies})')}|\bvia (?:{agencies})\b|\b(?:{agencies}) (?:photo|images?)\b"
    return Furniture(
        whole=frozenset(_ENDS.sub("", term) for term in data["whole"]),
        starts=tuple(data["starts"]),
        commands=tuple(data["commands"]),
        labels=tuple(data["labels"]),
        notices=re.compile("|".join(re.escape(term) for term in data["notices"])),
        share=frozenset(data["share"]),
        navigation=frozenset(data["navigation"]),
        tails=frozenset(data["tails"]),
        agencies=frozenset(data["agencies"]),
        credit=re.compile(credit, re.IGNORECASE),
    )


def clean(text: str, title: str | None = None) -> str:
    """The report alone: white space tidied, furniture gone, every paragraph of news untouched.

    ``title`` tells which short paragraph is a repeated headline or caption; at the very top it stays. Applied twice, it
    changes nothing more.
    """
    text = tidy(text)
    while (kept := "\n".join(_without_furniture(unwrap(text).split("\n"), title))) != text:
        text = kept
    return text


def tidy(text: str) -> str:
    """The text with plain spaces and line ends, one empty line at most, and no invisible characters."""
    if _is_tidy(text):
        return text
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", repair(text)).replace("\f", "\n\n"))
    stripped = [line.strip() for line in _SPACES.sub(" ", text).split("\n")]
    return "\n".join(_single_gaps(stripped))


def _is_tidy(text: str) -> bool:
    """True for most texts, quickly: nothing but printable characters, single spaces, and bare line ends."""
    return (
        text.replace("\n", "").isprintable()
        and "  " not in text
        and " \n" not in text
        and "\n " not in text
        and "\n\n\n" not in text
        and text == text.strip()
    )


def find_byline(text: str) -> str | None:
    """The author that a ``By …`` line among the first or last lines names, or ``None``."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:6], *lines[-3:]):
        name = _byline_name(line)
        if name is not None:
            return name
    return None


def first_line_title(text: str) -> str | None:
    """The first line where it has the shape of a headline above a longer text, or ``None``."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    words = len(first.split())
    if not 3 <= words <= 25 or _SENTENCE_END.search(first) or _byline_name(first) is not None:
        return None
    return first if len(rest) > 2 * len(first) and any(len(line) > len(first) for line in rest.split("\n")) else None


def _single_gaps(lines: Sequence[str]) -> Iterator[str]:
    """Lines without empty ones at the ends or two in a row."""
    waiting = False
    started = False
    for line in lines:
        if not line:
            waiting = started
            continue
        if waiting:
            yield ""
        yield line
        waiting, started = False, True


def _without_furniture(lines: Sequence[str], title: str | None) -> list[str]:
    furniture = load_furniture()
    filled = [number for number, line in enumerate(lines) if line]
    edge = {*filled[:6], *filled[-3:]}
    keys = [_key(line) if 0 < len(line) <= LONGEST_CHECKED else "" for line in lines]
    filled = [number for number in filled if not _continues(lines, number)]
    drop = {
        number
        for number in filled
        if _is_furniture(lines[number], keys[number], furniture)
        or (number in edge and _byline_name(lines[number]) is not None and not is_upper(" ".join(lines)[:2_000]))
    }
    if len(filled) > 1:
        drop |= _menu_runs(filled, keys, furniture) | _tail(filled, lines, keys, furniture) | _repeated(filled, lines, title)
    if not drop:
        return list(lines)
    return list(_single_gaps(["" if number in drop else line for number, line in enumerate(lines)]))


def _continues(lines: Sequence[str], number: int) -> bool:
    """True for a line that goes on with the sentence of the line above it."""
    above = lines[number - 1] if number else ""
    return lines[number][0].islower() and len(above) >= NARROWEST and _SENTENCE_END.search(above) is None


def _key(line: str) -> str:
    return _ENDS.sub("", _DIGITS.sub("#", line.lower().replace("’", "'")))


def _is_furniture(line: str, key: str, furniture: Furniture) -> bool:
    start = _EDGE.sub("", line[:80]).lower().replace("’", "'")
    if start.startswith(furniture.labels):
        return True
    if len(line) > LONGEST_CHECKED:
        return False
    if key in furniture.whole or (not key and _RULE_LINE.fullmatch(line) is not None):
        return True
    words = line.count(" ") + 1
    if words <= LONGEST_START:
        if _starts(start, furniture.commands) or (_starts(start, furniture.starts) and not _SENTENCE_END.search(line)):
            return True
    if words <= LONGEST_NOTICE and furniture.notices.search(line.lower()):
        return True
    return words <= LONGEST_START and (_is_bar(line, key, furniture) or _is_credit(line, words, furniture))


def _starts(start: str, phrases: tuple[str, ...]) -> bool:
    """True if one of the phrases begins the line and ends at a word's end."""
    if not start.startswith(phrases):
        return False
    start = f"{start} "
    return any(start.startswith(phrase) and (not phrase[-1].isalnum() or not start[len(phrase)].isalnum()) for phrase in phrases)


def _is_bar(line: str, key: str, furniture: Furniture) -> bool:
    """A share bar (every word), or a menu (three items with separators, at least half of them known, all short)."""
    words = key.replace("|", " ").replace("/", " ").replace("·", " ").replace("•", " ").split()
    if len(words) >= 2 and all(word.strip(",:") in furniture.share for word in words):
        return True
    items = [item for item in _SEPARATED.split(key) if item]
    if len(items) < RUN or any(item.count(" ") > 2 for item in items) or _SENTENCE_END.search(line):
        return False
    known = sum(item in furniture.navigation or item in furniture.share for item in items)
    return known * 2 >= len(items) and known >= 2


def _is_credit(line: str, words: int, furniture: Furniture) -> bool:
    """A photographer and an agency: ``(AP Photo/Name)``, ``Name/AFP via Getty Images``; never a sentence."""
    bare = line.strip("()[] ")
    return (
        words <= 10
        and not _SENTENCE_END.search(bare)
        and furniture.credit.search(bare) is not None
        and not re.search(r"\bsaid\b", bare)
    )


def _byline_name(line: str) -> str | None:
    """The name in ``By Name``, or ``None`` where the line is something else."""
    match = _BYLINE.match(line) if line[:2].lower() == "by" and len(line) <= 90 else None
    if match is None or _SENTENCE_END.search(line):
        return None
    words = match["name"].split()
    if any(word.endswith(".") and len(word) > 4 for word in words):
        return None
    lowered = [word.lower().strip(",|") for word in words]
    if len(words) > LONGEST_BYLINE or _NOT_NAMES.intersection(lowered):
        return None
    if not all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or not word[0].isalpha() or low in _SMALL)
        for word, low in zip(words, lowered, strict=True)
    ):
        return None
    if len(words) == 1 and lowered[0] not in load_furniture().agencies | {"staff", "agencies"}:
        return None
    return match["name"].strip(" |,-")


def _menu_runs(filled: Sequence[int], keys: Sequence[str], furniture: Furniture) -> set[int]:
    """Lines of three or more menu entries one above the other."""
    found: set[int] = set()
    run: list[int] = []
    for number in (*filled, -1):
        if (
            number >= 0
            and keys[number]
            and (keys[number] in furniture.navigation or keys[number] in furniture.share or keys[number] in furniture.whole)
        ):
            run.append(number)
            continue
        if len(run) >= RUN:
            found.update(run)
        run = []
    return found


def _tail(filled: Sequence[int], lines: Sequence[str], keys: Sequence[str], furniture: Furniture) -> set[int]:
    """A heading such as "Related stories" in the second half, and what follows it, if all of that is short and no sentence."""
    total = sum(len(lines[number]) for number in filled)
    before = 0
    for position, number in enumerate(filled):
        if keys[number] in furniture.tails and before * 2 > total:
            rest = filled[position + 1 :]
            if all(len(lines[after].split()) <= LONGEST_CAPTION and not lines[after].endswith(".") for after in rest):
                return {number, *rest}
        before += len(lines[number])
    return set()


def _repeated(filled: Sequence[int], lines: Sequence[str], title: str | None) -> set[int]:
    """Captions: the title again below the top, and any other headline-like line that stands a second time.

    Without the title's help, lines with figures, list items and whole sentences stay: two incidents of a digest may be told
    in the same words.
    """
    heading = _caption_key(title) if title else None
    found: set[int] = set()
    seen: set[str] = set()
    for number in filled:
        line = lines[number]
        if len(line) > LONGEST_CHECKED or len(line.split()) > LONGEST_CAPTION:
            continue
        key = _caption_key(line)
        if heading and key == heading:
            if number != filled[0]:
                found.add(number)
        elif key in seen:
            found.add(number)
        elif (
            len(key.split()) >= 4 and not _SENTENCE_END.search(line) and not any(c.isdigit() for c in line) and line[0].isalpha()
        ):
            seen.add(key)
    return found


def _caption_key(line: str) -> str:
    return _ENDS.sub("", line.casefold().replace("’", "'").replace("“", '"').replace("”", '"')).strip("\"' ")
