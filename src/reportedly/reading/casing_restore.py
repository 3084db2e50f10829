"""Decides of each word of an upper-case text how it is ordinarily written.

Each word has a score: above 0 it is written small, below with a capital. The score begins with what the lexicon, the
actor register and the lists of names know of the word alone, is moved by titles, given names, names of bodies and other
words around it, and is settled for the whole row at once, because names stand together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from reportedly.knowledge.casing import CasingLexicon, load_casing
from reportedly.knowledge.layers import SHIPPED, Layers

if TYPE_CHECKING:
    from reportedly.linking.gazetteer import Gazetteer

SURE: Final = 50.0
"""A score that no neighbour can turn."""
UNKNOWN: Final = -3.0
"""The score of a word in no list: names are many, ordinary words few."""
BIAS: Final = 0.5
"""Added to the score of listed words, whose capitals come from headings and sentence starts as well."""
BESIDE_NAME: Final = -1.0
BESIDE_WORD: Final = 0.4
"""How a word is moved by the kind of the one just before it."""
TITLE_ALONE: Final = 1.5
"""The least score of a title or a word like "valley" without a name beside it."""
LONGEST_NAME: Final = 8

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_GAP = re.compile(r"(?:[.!?:][\"”')\]]*\s|\n\s*\n|[.,!?:]\s+[\"“'‘]\Z)[^\d]*\Z")
_JOINED = re.compile(r"(?:[ \t]+|[ \t]*\r?\n[ \t]*|-)\Z")
_TAILS = frozenset({"s", "ll", "re", "ve", "d", "m"})
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõ")
_DATELINE = re.compile(r"(?:\A|\n[ \t]*\n)\s*([^\W\d_][^\n.!?\[]{2,80}(?:\n[^\n.!?\[]{0,60})?? ?)(?:--|[—–])\s")


LongName: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a name in lower case, and as they are written."""


class Prior(NamedTuple):
    """What is known of a word by itself: the word in lower case without its ending ("'s"), score, form if fixed, lists."""

    word: str
    tail: str
    score: float
    form: str | None
    lists: frozenset[str]


@cache
def _register_names(
    layers: Layers,
) -> tuple[dict[str, str], dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[str, ...]]]]]:
    """Abbreviations and one-word names by the word in lower case; longer names by their first two words, longest first."""
    from reportedly.linking.register import Register

    lexicon = load_casing(layers)
    single: dict[str, str] = {}
    rows: dict[tuple[str, str], dict[tuple[str, ...], tuple[str, ...]]] = {}
    for entry in Register.load(layers=layers):
        for name in (entry.name, *entry.aliases, *entry.abbreviations):
            forms = tuple(WORD.findall(name))
            words = tuple(form.lower() for form in forms)
            capitals = sum(form[0].isupper() for form in forms)
            if len(words) == 1 and capitals and len(words[0]) > 1 and name == forms[0]:
                _prefer(single, words[0], name, lexicon)
            elif 2 <= len(words) <= LONGEST_NAME and capitals >= 2:
                rows.setdefault((words[0], words[1]), {}).setdefault(words, forms)
    for phrase in lexicon.phrases:
        forms = tuple(phrase.split())
        words = tuple(form.lower() for form in forms)
        rows.setdefault((words[0], words[1]), {}).setdefault(words, forms)
    return single, {first: sorted(found.items(), key=lambda item: (-len(item[0]), item)) for first, found in rows.items()}


def _prefer(single: dict[str, str], word: str, name: str, lexicon: CasingLexicon) -> None:
    """Of a name's ways of writing ("Hamas", "HAMAS") keep the one that is usual."""
    before = single.setdefault(word, name)
    if before != name and before.isupper() != name.isupper():
        upper = lexicon.forms.get(word, "").isupper() or not _VOWELS & set(word)
        if name.isupper() == upper:
            single[word] = name


@cache
def _demonyms(layers: Layers) -> frozenset[str]:
    from reportedly.knowledge.demonyms import load_demonyms

    return frozenset(word for word in load_demonyms(layers) if word.isalpha())


@cache
def _lists(layers: Layers) -> dict[str, frozenset[str]]:
    """The lists that the words stand in."""
    lexicon = load_casing(layers)
    found: dict[str, set[str]] = {}
    for name, words in lexicon.lists.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


_NONE: Final[frozenset[str]] = frozenset()


@lru_cache(maxsize=65_536)
def prior(written: str, layers: Layers = SHIPPED) -> Prior:
    """What is known of one word by itself."""
    lower = written.lower()
    if len(lower) != len(written):  # a few letters of other scripts have no small form of one character
        return Prior(written, "", -SURE, written, _NONE)
    lexicon = load_casing(layers)
    head, mark, tail = lower.replace("’", "'").rpartition("'")
    if lower.replace("’", "'") in lexicon.lists["closed"] or (mark and tail == "t"):
        return Prior(lower, "", SURE, None, _lists(layers).get(lower, _NONE))
    if mark and tail in _TAILS and head:
        known = prior(written[: len(head)], layers)
        return known._replace(tail=lower[len(head) :], form=known.form or ("I" if head == "i" else None))
    lists = _lists(layers).get(lower, _NONE)
    if len(lower) == 1:
        return Prior(lower, "", SURE if lower == "a" else -SURE, None if lower == "a" else written, lists)
    if mark:
        return Prior(lower, "", -4.0, _with_apostrophe(written), lists)
    score, form = _score(lower, written, lexicon, layers)
    if "closed" in lists:
        score, form = SURE, None
    if lower in lexicon.given_names:
        lists |= {"given_names"}
    return Prior(lower, "", score, form, lists)


def _capitalised(word: str) -> str:
    first = word[0].upper()
    return first + word[1:] if len(first) == 1 else word


def _with_apostrophe(written: str) -> str:
    first, mark, rest = written.replace("’", "'").partition("'")
    rest = _capitalised(rest.lower()) if len(first) == 1 else rest.lower()
    return _capitalised(first.lower()) + written[len(first)] + rest if mark else written


def _score(lower: str, written: str, lexicon: CasingLexicon, layers: Layers) -> tuple[float, str | None]:
    odds = lexicon.odds.get(lower)
    register = _register_names(layers)[0].get(lower)
    if lower in lexicon.lists["calendar"] or lower in lexicon.lists["short_titles"]:
        return -SURE, None
    if lower in _demonyms(layers) and (odds is None or odds < 3):
        return -SURE, None
    if lower in lexicon.lists["abbreviations"]:
        plural = lower.endswith("s") and lower[:-1] in lexicon.lists["abbreviations"]
        return -SURE, written[:-1] + "s" if plural else written
    given = lower in lexicon.given_names
    if register is not None and (odds is None or odds < 0) and not (given and register.isupper()):
        return (-SURE, register) if register.isupper() else (-4.0, register)
    if odds is not None:
        known = odds / 2 + BIAS
        if "qualities" in _lists(layers).get(lower, _NONE) and "strong_qualities" not in _lists(layers)[lower]:
            known = max(known, 0.6)
        if lower.endswith("ly") and len(lower) > 7:
            known = max(known, 0.6)
        return (min(known, -2.0) if given and odds < 0 else known), None
    if lower in lexicon.forms and not given:
        return -SURE, lexicon.forms[lower]
    if given:
        return UNKNOWN - 1, None
    if not _VOWELS & set(lower):
        return -SURE, written
    if lower.startswith("mc") and len(lower) > 4:
        return UNKNOWN, "Mc" + lower[2:].capitalize()
    return (1.5 if _looks_ordinary(lower, lexicon) else UNKNOWN), None


_PREFIXES = (
    "un",
    "re",
    "non",
    "anti",
    "counter",
    "sub",
    "over",
    "under",
    "mis",
    "dis",
    "pre",
    "super",
    "inter",
    "para",
    "narco",
    "semi",
    "out",
)
_SUFFIXES = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("ers", ""),
    ("ly", ""),
    ("ness", ""),
)


def _looks_ordinary(word: str, lexicon: CasingLexicon) -> bool:
    """Whether an unlisted word is made of a listed one, or ends as ordinary words do."""
    if len(word) >= 9 and any(word.endswith(suffix) for suffix in lexicon.lists["suffixes"]):
        return True

    def ordinary(stem: str) -> bool:
        return len(stem) > 3 and lexicon.odds.get(stem, -9) > 2

    return any(word.startswith(prefix) and ordinary(word[len(prefix) :]) for prefix in _PREFIXES) or any(
        word.endswith(suffix) and ordinary(word[: -len(suffix)] + instead) for suffix, instead in _SUFFIXES
    )


def wrap_width(text: str) -> int | None:
    """The width at which the lines of a text are broken by hand, or ``None`` where a line is a paragraph or heading."""
    pairs = [(line, after) for line, after in pairwise(text.split("\n")) if line.strip() and after.strip()]
    if len(pairs) < 2:
        return None
    widths = sorted(len(line) for line, _ in pairs)
    width = widths[int(0.9 * len(widths))]
    if not 40 <= width <= 100 or widths[len(widths) // 4] <= 0.75 * width:
        return None
    # A list of headlines may be as even as a wrapped text, but its lines do not go on in the middle of a sentence.
    if text.isupper():
        going_on = sum(line.rstrip()[-1] not in '.!?:;"”' for line, _ in pairs)
    else:
        going_on = sum(after.lstrip()[0].islower() for _, after in pairs)
    return width if going_on >= 0.4 * len(pairs) else None


class Row:
    """The words of one upper-case text with their scores."""

    __slots__ = ("forms", "gaps", "joined", "layers", "lists", "opens", "scores", "spans", "tails", "text", "words", "wrapped")

    def __init__(self, text: str, layers: Layers) -> None:
        self.text, self.layers = text, layers
        self.wrapped = wrap_width(text) is not None
        matches = list(WORD.finditer(text))
        self.spans = [match.span() for match in matches]
        known = [prior(match.group(), layers) for match in matches]
        self.words = [word.word for word in known]
        self.tails = [word.tail for word in known]
        self.scores = [word.score for word in known]
        self.forms = [word.form for word in known]
        self.lists = [word.lists for word in known]
        ends = [0, *(end for _, end in self.spans)]
        starts = [*(start for start, _ in self.spans), len(text)]
        self.gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        self.joined = [gap == " " or self._joins(gap) for gap in self.gaps]
        self.joined[0] = self.joined[-1] = False
        self.opens = {0}
        """Words that begin a sentence though no full stop stands before them."""

    def _joins(self, gap: str) -> bool:
        return _JOINED.match(gap) is not None and (self.wrapped or "\n" not in gap)

    def __len__(self) -> int:
        return len(self.words)

    def bare(self, at: int) -> str:
        """A word as it stands in the text, without its ending."""
        start, end = self.spans[at]
        return self.text[start : end - len(self.tails[at])]

    def is_name(self, at: int) -> bool:
        """Whether a word is taken for a name so far."""
        return 0 <= at < len(self.words) and self.scores[at] < 0

    def next_joined(self, at: int) -> bool:
        """Whether another word follows with nothing but a blank or hyphen between, and this one has no ending."""
        return self.joined[at + 1] and not self.tails[at]

    def name(self, at: int) -> None:
        """Write a word with a capital whatever stands beside it, unless it is a function word."""
        if self.scores[at] < SURE:
            self.scores[at] = -SURE


def restored(text: str, known: Mapping[str, str], layers: Layers = SHIPPED) -> str:
    """The text in ordinary case, of the same length. ``known`` tells how words are written elsewhere in the report."""
    row = Row(text, layers)
    _numbers(row)
    _phrases(row)
    _datelines(row)
    _brackets(row)
    people = _context(row)
    for at, word in enumerate(row.words):
        if word in known:
            form = known[word]
            row.scores[at], row.forms[at] = (SURE, None) if form == word else (-SURE, form)
        elif word in people and row.scores[at] < 3 and not (at and "determiners" in row.lists[at - 1]):
            row.scores[at] -= 2.5
    return _written(row, _settled(row))


_BY_PLACE = frozenset({"us", "may", "march"})


def _numbers(row: Row) -> None:
    """Units and ordinals after a number are small; other letters beside digits stay as they are."""
    for at, (start, end) in enumerate(row.spans):
        if row.gaps[at] == " " and row.gaps[at + 1] == " " and row.words[at] not in _BY_PLACE:
            continue
        if row.words[at] == "m" and row.gaps[at] == "." and row.words[at - 1] in "ap":
            row.scores[at] = row.scores[at - 1] = SURE
            row.forms[at] = row.forms[at - 1] = None
            continue
        before, after = row.text[start - 1 : start], row.text[end : end + 1]
        if before.isdigit() or (before and before in "'’" and row.text[start - 2 : start - 1].isdigit()):
            row.scores[at], row.forms[at] = (SURE, None) if "units" in row.lists[at] else (-SURE, row.bare(at))
        elif after.isdigit():
            row.scores[at], row.forms[at] = -SURE, row.bare(at)
        elif (
            "units" in row.lists[at]
            and row.gaps[at + 1][:1] != "-"
            and row.gaps[at].strip(" ")[-1:].isdigit()
            and len(row.words[at]) < 4
        ):
            row.scores[at], row.forms[at] = SURE, None
        elif row.words[at] == "us":
            _united_states(row, at)
        elif row.words[at] in ("may", "march"):
            row.scores[at], row.forms[at] = (-SURE if _in_date(row, at) else SURE), None


def _in_date(row: Row, at: int) -> bool:
    near = row.gaps[at] + row.gaps[at + 1][:6]
    return any(c.isdigit() for c in near) or (
        at > 0 and row.words[at - 1] in {"in", "of", "since", "last", "until", "by", "early", "late", "mid", "next"}
    )


def _united_states(row: Row, at: int) -> None:
    """ "US" is the country after "the" or before a word it belongs to, else the pronoun."""
    before = row.words[at - 1] if at and row.joined[at] else ""
    after = at + 1 < len(row) and row.joined[at + 1] and row.scores[at + 1] < SURE
    pronoun = before in _BEFORE_PRONOUN and not after if before not in _GIVING else True
    if row.gaps[at + 1].startswith("$"):
        pronoun = False
    if pronoun or (not after and before and row.scores[at - 1] >= 1 and row.scores[at - 1] < SURE):
        row.scores[at], row.forms[at] = SURE, None
    else:
        row.scores[at], row.forms[at] = -SURE, "US"


_GIVING = frozenset(
    {"tell", "told", "tells", "give", "gave", "gives", "let", "help", "want", "wants", "make", "makes", "made", "all", "both"}
)
_BEFORE_PRONOUN = frozenset(
    {
        "of",
        "to",
        "for",
        "with",
        "by",
        "among",
        "from",
        "on",
        "at",
        "about",
        "than",
        "against",
        "behind",
        "before",
        "like",
        "around",
        "between",
    }
)


def _phrases(row: Row) -> None:
    """The names of the actor register that are longer than a word."""
    starts = _register_names(row.layers)[1]
    at, past = 0, len(row)
    pairs = list(pairwise(row.words))
    while at < past - 1:
        step = 1
        for words, forms in starts.get(pairs[at], ()):
            end = at + len(words)
            if end <= past and tuple(row.words[at:end]) == words and all(row.joined[at + 1 : end]):
                for place, form in zip(range(at, end), forms, strict=True):
                    small = form[0].islower()
                    row.scores[place], row.forms[place] = (SURE, None) if small else (-SURE, form)
                step = len(words)
                break
        at += step


def _datelines(row: Row) -> None:
    """Everything in a dateline is a name."""
    if "--" not in row.text and "—" not in row.text and "–" not in row.text:
        return
    bounds = [match.span(1) for match in _DATELINE.finditer(row.text)]
    for start, end in bounds:
        inside = [at for at, (first, _) in enumerate(row.spans) if start <= first < end]
        plain = sum(row.scores[at] >= SURE and "joining" not in row.lists[at] for at in inside)
        if plain == 0 and (len(inside) <= 4 or "(" in row.text[start:end] or any(c.isdigit() for c in row.text[start:end])):
            for at in inside:
                row.name(at)
            if inside:
                row.opens.add(inside[-1] + 1)


def _brackets(row: Row) -> None:
    """An abbreviation in brackets stays, and makes a name of the words it stands for."""
    for at in range(1, len(row)):
        if row.gaps[at][-1:] not in ("(", "[") or row.gaps[at + 1][:1] not in (")", "]"):
            continue
        word = row.words[at]
        if not 2 <= len(word) <= 8 or row.gaps[at].strip() not in ("(", "["):
            continue
        first = _spelled_out(row, at)
        short = (row.forms[at] or _register_names(row.layers)[0].get(word, "")).isupper()
        if first is None and not short and (len(word) > 5 or row.scores[at] > 0 or "given_names" in row.lists[at]):
            continue
        form = row.bare(at)
        for other, same in enumerate(row.words):
            told = other == at or ("closed" not in row.lists[other] and (row.scores[other] < 2 or short or first is not None))
            if same == word and told:
                row.scores[other], row.forms[other] = -SURE, form
        for place in range(_body_start(row, at) if first is None else first, at):
            if "joining" not in row.lists[place]:
                row.name(place)


def _spelled_out(row: Row, at: int) -> int | None:
    """The first of the words before a bracket whose first letters make the abbreviation in it, or ``None``."""
    letters = row.words[at]
    place, need = at - 1, len(letters) - 1
    while place >= max(0, at - LONGEST_NAME - 3):
        word = row.words[place]
        if word[0] == letters[need] and (word not in ("of", "the", "and", "for") or need == 0):
            need -= 1
            if need < 0:
                return place
        elif "joining" not in row.lists[place]:
            return None
        if not row.joined[place]:
            return None
        place -= 1
    return None


def _body_start(row: Row, at: int) -> int:
    """Where the name of a body that an abbreviation in brackets follows begins: after the last word that is no part of it."""
    place = at
    while place > max(0, at - LONGEST_NAME):
        before = row.lists[place - 1]
        joins = "joining" in before and row.words[place - 1] != "the"
        named = row.scores[place - 1] < 1.5 or not before.isdisjoint(("qualities", "bodies")) or joins
        if not named or row.tails[place - 1]:
            break
        place -= 1
        if not row.joined[place]:
            break
    while place < at and "joining" in row.lists[place]:
        place += 1
    return place


Rule: TypeAlias = Callable[[Row, int, set[str]], None]
"""Moves scores by one word; adds to the set the words found to be names of people."""


def _context(row: Row) -> set[str]:
    """Moves scores by the words around; the rare or ambiguous words that were found to be names of people."""
    people: set[str] = set()
    for at in range(len(row) - 1, -1, -1):
        if row.lists[at]:
            for rule in _rules_of(row.lists[at]):
                rule(row, at, people)
    return people


def _title(row: Row, at: int, people: set[str]) -> None:
    if row.next_joined(at) and row.gaps[at + 1] != "-" and _person(row, at + 1, people, 1.5):
        row.name(at)
    elif row.scores[at] > -SURE:
        row.scores[at] = max(row.scores[at], TITLE_ALONE)


def _role(row: Row, at: int, people: set[str]) -> None:
    if row.next_joined(at) and row.gaps[at + 1] != "-":
        _person(row, at + 1, people, 0.5)


def _short_title(row: Row, at: int, people: set[str]) -> None:
    if at + 1 < len(row) and row.gaps[at + 1] in (" ", ". ", "\n", ".\n"):
        _person(row, at + 1, people, 4.0)


def _given(row: Row, at: int, people: set[str]) -> None:
    if row.next_joined(at) and row.gaps[at + 1] != "-" and row.is_name(at):
        _person(row, at + 1, people, 2.0)


def _person(row: Row, at: int, people: set[str], pull: float) -> bool:
    """Pull the word after a title or given name towards a name; whether it is one now."""
    if row.scores[at] >= SURE or "bodies" in row.lists[at]:
        return False
    if row.scores[at] > 0 and row.scores[at] < pull:
        people.add(row.words[at])
    if row.scores[at] < pull:
        row.scores[at] -= pull + 0.5
    return row.scores[at] < 0


def _opening(row: Row, at: int, people: set[str]) -> None:
    del people
    if not row.next_joined(at):
        return
    if row.gaps[at + 1] == "-" and row.words[at] in ("al", "el", "as", "ar"):
        row.scores[at] = SURE
        row.name(at + 1)
    elif row.scores[at + 1] < 2.5:
        row.name(at)
        row.name(at + 1)


def _particle(row: Row, at: int, people: set[str]) -> None:
    del people
    before = at - 1
    while before > 0 and row.joined[before + 1] and "particles" in row.lists[before]:
        before -= 1
    if before >= 0 and row.joined[before + 1] and row.scores[before] < 0 and row.next_joined(at):
        if row.is_name(at + 1) or "particles" in row.lists[at + 1]:
            row.scores[at], row.forms[at] = SURE, None


def _determiner(row: Row, at: int, people: set[str]) -> None:
    del people
    if row.next_joined(at) and row.scores[at + 1] > UNKNOWN + 0.5:
        row.scores[at + 1] += 3.0


def _article(row: Row, at: int, people: set[str]) -> None:
    """ "The army", "the hill": what has an article is seldom a name if it is an ordinary word as well."""
    del people
    if row.next_joined(at) and not row.next_joined(at + 1) and UNKNOWN + 0.5 < row.scores[at + 1] < 0:
        row.scores[at + 1] += 1.0


def _body(row: Row, at: int, people: set[str]) -> None:
    """ "Supreme Court", "Farabundo Marti National Liberation Front": a body after a name or a quality."""
    del people
    first = at
    while (
        first > 0
        and row.joined[first]
        and not row.tails[first - 1]
        and (row.is_name(first - 1) or "qualities" in row.lists[first - 1])
    ):
        first -= 1
    strong = any("strong_qualities" in row.lists[place] or row.is_name(place) for place in range(first, at))
    if first < at and strong:
        for place in range(first, at + 1):
            row.name(place)


def _body_of(row: Row, at: int, people: set[str]) -> None:
    """ "Ministry of Defence", "University of the Andes", "Army of National Liberation"."""
    del people
    if not (row.next_joined(at) and row.words[at + 1] in ("of", "for")):
        return
    place = at + 2
    if place < len(row) and row.words[place] == "the":
        place += 1
    if place < len(row) and row.joined[place] and (row.is_name(place) or ("qualities" in row.lists[place] and place == at + 2)):
        row.name(at)
        row.name(place)
        while row.next_joined(place) and "qualities" in row.lists[place + 1]:
            place += 1
            row.name(place)


def _feature(row: Row, at: int, people: set[str]) -> None:
    """ "Lake Chad", "Long Island": before or after a name."""
    del people
    if row.joined[at] and at and row.scores[at - 1] < -1 and not row.tails[at - 1]:
        row.name(at)
    elif (
        at
        and row.joined[at]
        and row.scores[at - 1] < 2.5
        and _is_place(f"{row.words[at - 1]} {row.words[at]}", 20_000, row.layers)
    ):
        row.name(at - 1)
        row.name(at)
    elif row.words[at] in ("lake", "mount", "cape", "port", "fort") and row.next_joined(at) and row.scores[at + 1] < -1:
        row.name(at)
    elif not row.next_joined(at) and row.scores[at] > -SURE:
        row.scores[at] = max(row.scores[at], TITLE_ALONE)


@lru_cache(maxsize=512)
def _rules_of(lists: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for name, rule in _RULES.items() if name in lists)


@cache
def _gazetteer(layers: Layers) -> Gazetteer:
    from reportedly.linking.gazetteer import Gazetteer

    return Gazetteer.open(layers=layers)


@lru_cache(maxsize=20_000)
def _is_place(name: str, least: int, layers: Layers) -> bool:
    """Whether a place of this name is a country, province, region or town of at least so many people."""
    return any(
        one.quality >= 0.8 and (one.population >= least or one.kind in ("country", "admin1", "region", "sea", "feature"))
        for one in _gazetteer(layers).lookup(name)[:3]
    )


def _place_opening(row: Row, at: int, people: set[str]) -> None:
    """ "South Africa", "Long Beach": a known place that begins with an ordinary word."""
    del people
    if row.next_joined(at) and row.gaps[at + 1] != "-" and row.scores[at + 1] < 2.5:
        if _is_place(f"{row.words[at]} {row.words[at + 1]}", 20_000, row.layers):
            row.name(at)
            row.name(at + 1)


def _locating(row: Row, at: int, people: set[str]) -> None:
    """ "In Buffalo": a known town, though its name is an ordinary word."""
    del people
    after = at + 1
    if row.next_joined(at) and 0 < row.scores[after] < 2.5 and not row.lists[after] and not row.next_joined(after):
        if _is_place(row.words[after], 100_000, row.layers):
            row.name(after)


_RULES: Final[dict[str, Rule]] = {
    "titles": _title,
    "roles": _role,
    "short_titles": _short_title,
    "given_names": _given,
    "opening": _opening,
    "particles": _particle,
    "determiners": _determiner,
    "articles": _article,
    "bodies": _body,
    "bodies_of": _body_of,
    "features": _feature,
    "place_openings": _place_opening,
    "locating": _locating,
}


def _settled(row: Row) -> list[bool]:
    """Whether each word is a name. A row of doubtful words is settled whole, by its scores and by what neighbours make likely."""
    names = [score < 0 for score in row.scores]
    doubtful = [at for at, score in enumerate(row.scores) if -SURE < score < SURE]
    at = 0
    while at < len(doubtful):
        past = at + 1
        while past < len(doubtful) and doubtful[past] == doubtful[past - 1] + 1 and row.joined[doubtful[past]]:
            past += 1
        _settle(row, names, doubtful[at], doubtful[past - 1] + 1)
        at = past
    return names


def _settle(row: Row, names: list[bool], first: int, past: int) -> None:
    """Settle one row of doubtful words, beside the sure words before and after it."""
    small, name = _beside(row, names, first - 1, first)
    back: list[tuple[bool, bool]] = []
    for at in range(first, past):
        half = row.scores[at] / 2
        if at == first:
            small, name = small + half, name - half
            continue
        from_name, from_small = name + BESIDE_NAME / 2, small + BESIDE_WORD / 2
        to_name, to_small = name - BESIDE_NAME / 2, small - BESIDE_WORD / 2
        back.append((from_name > from_small, to_name > to_small))
        small, name = max(from_name, from_small) + half, max(to_name, to_small) - half
    if past < len(names) and row.joined[past]:
        after_small, after_name = (BESIDE_NAME, -BESIDE_NAME) if names[past] else (0.0, 0.0)
        small, name = small + after_small / 2, name + after_name / 2
    state = name > small
    for at in range(past - 1, first - 1, -1):
        names[at] = state
        if at > first:
            state = back[at - first - 1][1 if state else 0]


def _beside(row: Row, names: list[bool], before: int, at: int) -> tuple[float, float]:
    """What a sure word just before makes likely: for small letters, for a capital."""
    if before < 0 or not row.joined[at]:
        return 0.0, 0.0
    pull = (BESIDE_NAME if names[before] else BESIDE_WORD) / 2
    return pull, -pull


def _written(row: Row, names: list[bool]) -> str:
    pieces: list[str] = []
    opens = mark = False
    for at, (word, gap, name, form, tail) in enumerate(zip(row.words, row.gaps, names, row.forms, row.tails, strict=False)):
        pieces.append(gap)
        if gap != " ":
            opens = at in row.opens or (mark and "]" in gap) or _opens_sentence(row, at, gap)
            mark = gap[-1:] == "[" and opens
        if name:
            pieces.append((form or _capitalised(word)) + tail)
        elif opens or at == 0:
            pieces.append(_capitalised(word) + tail)
        else:
            pieces.append(word + tail)
        opens = False
    pieces.append(row.gaps[-1])
    restored_text = "".join(pieces)
    return restored_text if row.text.isupper() else _kept(row, restored_text)


def _kept(row: Row, text: str) -> str:
    """The restored text with the words that were not in capitals as they were written."""
    pieces, last = [], 0
    for start, end in row.spans:
        original = row.text[start:end]
        if not original.isupper():
            pieces += [text[last:start], original]
            last = end
    return "".join(pieces) + text[last:]


def _opens_sentence(row: Row, at: int, gap: str) -> bool:
    if not row.wrapped and "\n" in gap:
        return True
    if not _SENTENCE_GAP.search(gap) or _after_abbreviation(row, at):
        return False
    return not (row.words[at] in _AFTER_QUOTE and gap.strip()[-1:] in "\"”')")


_AFTER_QUOTE = frozenset({"said", "says", "asked", "told", "added"})


def _after_abbreviation(row: Row, at: int) -> bool:
    """Whether the full stop before a word belongs to a title or an initial."""
    return row.gaps[at].strip(" ") == "." and ("short_titles" in row.lists[at - 1] or len(row.words[at - 1]) == 1)
