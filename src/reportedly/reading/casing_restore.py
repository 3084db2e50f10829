"""Decides of each word of an upper-case text how it is ordinarily written.

Each word has a score: above 0 it is written small, below with a capital. The score begins with what the lexicon, the
actor register and the lists of names know of the word alone, is moved by titles, given names, names of bodies and other
words around it, and is settled for the whole row at once, because names stand together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reportedly.knowledge.casing import CasingLexicon, load_casing

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
LONGEST_NAME: Final = 8

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_GAP = re.compile(r"(?:[.!?:][\"”')\]]*\s|\n\s*\n|\A\s*\[|[.,!?:]\s+[\"“'‘]\Z)[^\d]*\Z")
_JOINED = re.compile(r"(?:[ \t]+|[ \t]*\r?\n[ \t]*|-)\Z")
_TAILS = frozenset({"s", "ll", "re", "ve", "d", "m"})
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõ")
_DATELINE = re.compile(r"(?:\A|\n[ \t]*\n)\s*([^\W\d_][^\n.!?\[]{2,80}(?:\n[^\n.!?\[]{0,60})?? ?)(?:--|[—–])\s")


class Prior(NamedTuple):
    """What is known of a word by itself: the word in lower case without its ending ("'s"), score, form if fixed, lists."""

    word: str
    tail: str
    score: float
    form: str | None
    lists: frozenset[str]


@cache
def _register_names() -> tuple[dict[str, str], dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[str, ...]]]]]:
    """Abbreviations and one-word names by the word in lower case; longer names by their first two words, longest first."""
    from reportedly.linking.register import Register

    lexicon = load_casing()
    single: dict[str, str] = {}
    rows: dict[tuple[str, str], dict[tuple[str, ...], tuple[str, ...]]] = {}
    for entry in Register.load():
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
def _demonyms() -> frozenset[str]:
    from reportedly.knowledge.demonyms import load_demonyms

    return frozenset(word for word in load_demonyms() if word.isalpha())


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The lists that the words stand in."""
    lexicon = load_casing()
    found: dict[str, set[str]] = {}
    for name, words in lexicon.lists.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


_NONE: Final[frozenset[str]] = frozenset()


@lru_cache(maxsize=65_536)
def prior(written: str) -> Prior:
    """What is known of one word by itself."""
    lower = written.lower()
    lexicon = load_casing()
    head, mark, tail = lower.replace("’", "'").rpartition("'")
    if lower.replace("’", "'") in lexicon.lists["closed"] or (mark and tail == "t"):
        return Prior(lower, "", SURE, None, frozenset({"closed"}))
    if mark and tail in _TAILS and head:
        known = prior(written[: len(head)])
        return known._replace(tail=lower[len(head) :], form=known.form or ("I" if head == "i" else None))
    lists = _lists().get(lower, _NONE)
    if len(lower) == 1:
        return Prior(lower, "", SURE if lower == "a" else -SURE, None if lower == "a" else written, lists)
    if mark:
        return Prior(lower, "", -4.0, _with_apostrophe(written), lists)
    score, form = _score(lower, written, lexicon)
    if "closed" in lists:
        score, form = SURE, None
    if lower in lexicon.given_names:
        lists |= {"given_names"}
    return Prior(lower, "", score, form, lists)


def _with_apostrophe(written: str) -> str:
    first, mark, rest = written.replace("’", "'").partition("'")
    rest = rest.capitalize() if len(first) == 1 else rest.lower()
    return first.capitalize() + written[len(first)] + rest if mark else written


def _score(lower: str, written: str, lexicon: CasingLexicon) -> tuple[float, str | None]:
    odds = lexicon.odds.get(lower)
    register = _register_names()[0].get(lower)
    if lower in lexicon.lists["calendar"] or lower in lexicon.lists["short_titles"]:
        return -SURE, None
    if lower in _demonyms() and (odds is None or odds < 3):
        return -SURE, None
    if lower in lexicon.lists["abbreviations"]:
        plural = lower.endswith("s") and lower[:-1] in lexicon.lists["abbreviations"]
        return -SURE, written[:-1] + "s" if plural else written
    given = lower in lexicon.given_names
    if register is not None and (odds is None or odds < 0) and not (given and register.isupper()):
        return (-SURE, register) if register.isupper() else (-4.0, register)
    if odds is not None:
        known = odds / 2 + BIAS
        if "qualities" in _lists().get(lower, _NONE) and "strong_qualities" not in _lists()[lower]:
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


_PREFIXES = ("un", "re", "non", "anti", "counter", "sub", "over", "under", "mis", "dis", "pre", "super", "inter", "para", "narco", "semi", "out")
_SUFFIXES = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("ers", ""), ("ly", ""), ("ness", ""))


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
    lines = text.split("\n")
    broken = sorted(len(line) for line, after in zip(lines, lines[1:], strict=False) if line.strip() and after.strip())
    if len(broken) < 2:
        return None
    width = broken[int(0.9 * len(broken))]
    return width if 40 <= width <= 100 and broken[len(broken) // 4] > 0.75 * width else None


class Row:
    """The words of one upper-case text with their scores."""

    __slots__ = ("forms", "gaps", "joined", "lists", "opens", "scores", "spans", "tails", "text", "words", "wrapped")

    def __init__(self, text: str) -> None:
        self.text = text
        self.wrapped = wrap_width(text) is not None
        self.spans: list[tuple[int, int]] = []
        self.words: list[str] = []
        self.tails: list[str] = []
        self.scores: list[float] = []
        self.forms: list[str | None] = []
        self.lists: list[frozenset[str]] = []
        self.gaps: list[str] = []
        self.joined: list[bool] = []
        self.opens: set[int] = {0}
        last = 0
        for match in WORD.finditer(text):
            start, end = match.span()
            gap = text[last:start]
            known = prior(match.group())
            self.spans.append((start, end))
            self.words.append(known.word)
            self.tails.append(known.tail)
            self.scores.append(known.score)
            self.forms.append(known.form)
            self.lists.append(known.lists)
            self.gaps.append(gap)
            self.joined.append(gap == " " or (_JOINED.match(gap) is not None and (self.wrapped or "\n" not in gap)))
            last = end
        self.gaps.append(text[last:])
        self.joined.append(False)
        if self.joined:
            self.joined[0] = False

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


def restored(text: str, known: Mapping[str, str]) -> str:
    """The text in ordinary case, of the same length. ``known`` tells how words are written elsewhere in the report."""
    row = Row(text)
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
        elif "units" in row.lists[at] and row.gaps[at + 1][:1] != "-" and row.gaps[at].strip(" ")[-1:].isdigit() and len(row.words[at]) < 4:
            row.scores[at], row.forms[at] = SURE, None
        elif row.words[at] == "us":
            _united_states(row, at)
        elif row.words[at] in ("may", "march") and _in_date(row, at):
            row.name(at)


def _in_date(row: Row, at: int) -> bool:
    near = row.gaps[at] + row.gaps[at + 1][:6]
    return any(c.isdigit() for c in near) or (at > 0 and row.words[at - 1] in {"in", "of", "since", "last", "until", "by", "early", "late", "mid", "next"})


def _united_states(row: Row, at: int) -> None:
    """"US" is the country after "the" or before a word it belongs to, else the pronoun."""
    before = row.words[at - 1] if at and row.joined[at] else ""
    after = at + 1 < len(row) and row.joined[at + 1] and row.scores[at + 1] < SURE
    pronoun = before in _BEFORE_PRONOUN and not after if before not in _GIVING else True
    if row.gaps[at + 1].startswith("$"):
        pronoun = False
    if pronoun or (not after and before and row.scores[at - 1] >= 1 and row.scores[at - 1] < SURE):
        row.scores[at], row.forms[at] = SURE, None
    else:
        row.scores[at], row.forms[at] = -SURE, "US"


_GIVING = frozenset({"tell", "told", "tells", "give", "gave", "gives", "let", "help", "want", "wants", "make", "makes", "made", "all", "both"})
_BEFORE_PRONOUN = frozenset(
    {"of", "to", "for", "with", "by", "among", "from", "on", "at", "about", "than", "against", "behind", "before", "like", "around", "between"}
)


def _phrases(row: Row) -> None:
    """The names of the actor register that are longer than a word."""
    starts = _register_names()[1]
    at, past = 0, len(row)
    pairs = list(zip(row.words, row.words[1:], strict=False))
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
        short = row.forms[at] is not None and str(row.forms[at]).isupper()
        if first is None and not short and (len(word) > 5 or row.scores[at] > 0 or "given_names" in row.lists[at]):
            continue
        form = row.bare(at)
        for other, same in enumerate(row.words):
            if same == word and (other == at or row.scores[other] < 2 or first is not None):
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


def _context(row: Row) -> set[str]:
    """Moves scores by the words around; the rare or ambiguous words that were found to be names of people."""
    people: set[str] = set()
    for at in range(len(row) - 1, -1, -1):
        for name in row.lists[at]:
            rule = _RULES.get(name)
            if rule is not None:
                rule(row, at, people)
    return people


def _title(row: Row, at: int, people: set[str]) -> None:
    if row.next_joined(at) and row.gaps[at + 1] != "-" and _person(row, at + 1, people, 1.5):
        row.name(at)


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
    if at and row.joined[at] and row.scores[at - 1] < 0 and row.next_joined(at) and row.is_name(at + 1):
        row.scores[at], row.forms[at] = SURE, None


def _determiner(row: Row, at: int, people: set[str]) -> None:
    del people
    if row.next_joined(at) and row.scores[at + 1] > UNKNOWN + 0.5:
        row.scores[at + 1] += 1.5


def _body(row: Row, at: int, people: set[str]) -> None:
    """"Supreme Court", "Farabundo Marti National Liberation Front": a body after a name or a quality."""
    del people
    first = at
    while first > 0 and row.joined[first] and not row.tails[first - 1] and (row.is_name(first - 1) or "qualities" in row.lists[first - 1]):
        first -= 1
    strong = any("strong_qualities" in row.lists[place] or row.is_name(place) for place in range(first, at))
    if first < at and strong:
        for place in range(first, at + 1):
            row.name(place)


def _body_of(row: Row, at: int, people: set[str]) -> None:
    """"Ministry of Defence", "University of the Andes"."""
    del people
    if not (row.next_joined(at) and row.words[at + 1] in ("of", "for")):
        return
    place = at + 2
    if place < len(row) and row.words[place] == "the":
        place += 1
    if place < len(row) and row.joined[place] and (row.is_name(place) or ("qualities" in row.lists[place] and place == at + 2)):
        row.name(at)
        row.name(place)


def _feature(row: Row, at: int, people: set[str]) -> None:
    """"Lake Chad", "Corn Island": before or after a name."""
    del people
    if row.joined[at] and at and row.scores[at - 1] < -1 and not row.tails[at - 1]:
        row.name(at)
    elif at and row.joined[at] and row.scores[at - 1] < 2.5 and _is_place(f"{row.words[at - 1]} {row.words[at]}", 20_000):
        row.name(at - 1)
        row.name(at)
    elif row.words[at] in ("lake", "mount", "cape", "port", "fort") and row.next_joined(at) and row.scores[at + 1] < -1:
        row.name(at)


@cache
def _gazetteer() -> Gazetteer:
    from reportedly.linking.gazetteer import Gazetteer

    return Gazetteer.open()


@lru_cache(maxsize=20_000)
def _is_place(name: str, least: int) -> bool:
    """Whether a place of this name is a country, province, region or town of at least so many people."""
    return any(
        one.quality >= 0.8 and (one.population >= least or one.kind in ("country", "admin1", "region", "sea", "feature"))
        for one in _gazetteer().lookup(name)[:3]
    )


def _place_opening(row: Row, at: int, people: set[str]) -> None:
    """"South Africa", "Long Beach": a known place that begins with an ordinary word."""
    del people
    if row.next_joined(at) and row.gaps[at + 1] != "-" and row.scores[at + 1] < 2.5:
        if _is_place(f"{row.words[at]} {row.words[at + 1]}", 20_000):
            row.name(at)
            row.name(at + 1)


def _locating(row: Row, at: int, people: set[str]) -> None:
    """"In Buffalo": a known town, though its name is an ordinary word."""
    del people
    after = at + 1
    if row.next_joined(at) and 0 < row.scores[after] < 2.5 and not row.lists[after] and not row.next_joined(after):
        if _is_place(row.words[after], 100_000):
            row.name(after)


_RULES: Final[dict[str, Callable[[Row, int, set[str]], None]]] = {
    "titles": _title,
    "roles": _role,
    "short_titles": _short_title,
    "given_names": _given,
    "opening": _opening,
    "particles": _particle,
    "determiners": _determiner,
    "bodies": _body,
    "bodies_of": _body_of,
    "features": _feature,
    "place_openings": _place_opening,
    "locating": _locating,
}


def _settled(row: Row) -> list[bool]:
    """Whether each word is a name, chosen for all at once: the best sum of scores and of what neighbours make likely."""
    small, name = 0.0, 0.0
    back: list[tuple[bool, bool]] = []
    for score, joined in zip(row.scores, row.joined, strict=False):
        beside_name, beside_word = (BESIDE_NAME / 2, BESIDE_WORD / 2) if joined else (0.0, 0.0)
        half = score / 2
        small_after_name, small_after_small = name + half + beside_name, small + half + beside_word
        name_after_name, name_after_small = name - half - beside_name, small - half - beside_word
        back.append((small_after_name > small_after_small, name_after_name > name_after_small))
        small = small_after_name if small_after_name > small_after_small else small_after_small
        name = name_after_name if name_after_name > name_after_small else name_after_small
    chosen = [False] * len(back)
    state = name > small
    for at in range(len(back) - 1, -1, -1):
        chosen[at] = state
        state = back[at][1] if state else back[at][0]
    return chosen


def _written(row: Row, names: list[bool]) -> str:
    return "".join(_pieces(row, names))


def _pieces(row: Row, names: list[bool]) -> Iterator[str]:
    opens = mark = False
    for at, word in enumerate(row.words):
        gap = row.gaps[at]
        yield gap
        start, end = row.spans[at]
        if at in row.opens or (gap != " " and _opens_sentence(row, at, gap)):
            opens = True
        if mark and "]" in gap:
            opens = True
            mark = False
        if gap[-1:] == "[":
            mark = opens
        original = row.text[start:end]
        if original != original.upper():
            yield original  # written with care by somebody
        elif names[at]:
            yield (row.forms[at] or word[0].upper() + word[1:]) + row.tails[at]
        elif opens:
            yield word[0].upper() + word[1:] + row.tails[at]
        else:
            yield word + row.tails[at]
        opens = False
    yield row.gaps[-1]


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
