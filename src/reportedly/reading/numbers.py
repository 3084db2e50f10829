"""Numbers as reports write them: value or range, the words that loosen it, and what is a number but counts nobody.

A number has a ``low`` and a ``high``; either is ``None`` where that side is open ("at least nine", "dozens"). Words that are
vaguer than any figure ("many") have neither. Zero is a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.reading.parse import Parse, Token

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_TO_NINETEEN.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
}
PLURAL_SCALES = {
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
}
"""At least two of each: "dozens" is 24 or more."""
SETS = {"both": 2, "duo": 2, "trio": 3}
"""Words that stand for an exact number of people."""
VAGUE = {"several": 3, "few": 2, "handful": 3, "couple": 2, "many": None, "numerous": None, "countless": None, "various": None}
"""Lower bounds of vague words; ``None`` where the word sets none. "A couple" is exactly two."""
HOW_MANY = "how many"
"""The hedge of a number that is asked for, not told."""
NOTHING = frozenset({"no", "none", "nobody", "nil"})

LOW, HIGH, NEAR, ONLY = "low", "high", "near", "only"
HEDGES: dict[tuple[str, ...], str] = {
    ("at", "least"): LOW,
    ("more", "than"): LOW,
    ("greater", "than"): LOW,
    ("over",): LOW,
    ("above",): LOW,
    ("no", "fewer", "than"): LOW,
    ("no", "less", "than"): LOW,
    ("not", "fewer", "than"): LOW,
    ("not", "less", "than"): LOW,
    ("upwards", "of"): LOW,
    ("upward", "of"): LOW,
    ("in", "excess", "of"): LOW,
    ("a", "minimum", "of"): LOW,
    ("well", "over"): LOW,
    ("just", "over"): LOW,
    ("up", "to"): HIGH,
    ("upto",): HIGH,
    ("as", "many", "as"): HIGH,
    ("as", "much", "as"): HIGH,
    ("fewer", "than"): HIGH,
    ("less", "than"): HIGH,
    ("no", "more", "than"): HIGH,
    ("not", "more", "than"): HIGH,
    ("at", "most"): HIGH,
    ("under",): HIGH,
    ("a", "maximum", "of"): HIGH,
    ("about",): NEAR,
    ("around",): NEAR,
    ("some",): NEAR,
    ("nearly",): NEAR,
    ("almost",): NEAR,
    ("approximately",): NEAR,
    ("roughly",): NEAR,
    ("an", "estimated"): NEAR,
    ("estimated",): NEAR,
    ("close", "to"): NEAR,
    ("just", "under"): NEAR,
    ("possibly",): NEAR,
    ("probably",): NEAR,
    ("perhaps",): NEAR,
    ("maybe",): NEAR,
    ("reportedly",): NEAR,
    ("allegedly",): NEAR,
    ("circa",): NEAR,
    ("only",): ONLY,
    ("just",): ONLY,
    ("exactly",): ONLY,
    ("all",): ONLY,
}
"""Words before a number, and which side they open. ``ONLY`` belongs to the wording and loosens nothing."""
LAST_HEDGE_WORDS = frozenset(words[-1] for words in HEDGES)
AFTER: dict[tuple[str, ...], str] = {
    ("or", "more"): LOW,
    ("or", "so"): NEAR,
    ("-", "odd"): NEAR,
    ("odd",): NEAR,
    ("or", "fewer"): HIGH,
}

_MONTHS = (
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
_UNITS = (
    "% percent pc per-cent km kms kilometre kilometres kilometer kilometers mile miles metre metres meter meters mm cm"
    " kg kgs gram grams tonne tonnes ton tons hectare hectares acre acres year years yr yrs month months week weeks day"
    " days hour hours minute minutes second seconds pm am p.m. a.m. o'clock gmt ist local dollar dollars euro euros pound"
    " pounds rupee rupees degrees feet foot ft inches y.o y.o. yo y/o 's block blocks"
)
_NAMED = (
    "no no. number highway route road sector section article phase chapter brigade battalion division unit district block"
    " ward page aged age ages class grade point resolution flight room ak group-"
)
_BEFORE_YEARS = "in since of by until till from during before after between early mid late through the and to"
MONTHS = frozenset(_MONTHS.split())
MONEY = frozenset({"$", "€", "£", "¥", "₹", "₨", "rs", "rs.", "inr", "usd", "us$", "eur", "gbp", "pkr", "c$", "a$"})
UNIT_AFTER = frozenset(_UNITS.split())
"""A number before one of these measures; it counts nobody."""
NAME_BEFORE = frozenset(_NAMED.split())
"""A number after one of these is a name or an age."""
YEAR_BEFORE = frozenset(_BEFORE_YEARS.split())

PARENTS = frozenset({"father", "mother", "dad", "mom", "mum", "parent", "grandfather", "grandmother", "widow", "widower"})
"""A number behind "of" after one of these counts children ("the father of four was shot")."""
_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d[\d,]*)[-–—](\d[\d,]*)")
_DASHES = frozenset("-–—")
LONGEST = 12
"""Digits of the longest numeral that is read; longer ones are identifiers."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number in the text, by token indexes.

    ``first`` is the first token with the hedge, ``core`` and ``end`` bound the number itself, ``last`` is with words after it.

    ``low``/``high``: ``None`` where that side is open. ``hedge``: the words that loosen it, or ``None``.
    """

    first: int
    core: int
    end: int
    last: int
    low: int | None
    high: int | None
    hedge: str | None = None


def find_numbers(parse: Parse) -> list[Number]:
    """Every number that may count people, in text order; ages, money, measures, dates and names with a number are left out.

    "A" and "an" are not numbers here: whether they count a person depends on the noun.
    """
    found: list[Number] = []
    at, tokens = 0, parse.tokens
    while at < len(tokens):
        token = tokens[at]
        if token.lower not in _STARTERS and not token.text[0].isdigit():
            at += 1
            continue
        number = _read(parse, at)
        if number is None:
            at += 1
            continue
        if not _counts_nobody(parse, number):
            found.append(number)
        at = number.last + 1
    return found


_STARTERS = (
    frozenset(SMALL)
    | frozenset(TENS)
    | frozenset(SCALES)
    | frozenset(PLURAL_SCALES)
    | frozenset(SETS)
    | frozenset(VAGUE)
    | NOTHING
    | {"tens", "half"}
)


def _read(parse: Parse, at: int) -> Number | None:
    """The number that begins at a token, with ranges and hedges."""
    number = _vague(parse, at) or _cardinal(parse, at)
    if number is None:
        return None
    return _with_hedges(parse, _with_range(parse, number))


def cardinal_at(parse: Parse, at: int) -> int | None:
    """The value of the cardinal that begins at a token, also of one that counts nobody ("a 30-year war"); else ``None``."""
    number = _cardinal(parse, at)
    return number.low if number is not None else None


def _cardinal(parse: Parse, at: int) -> Number | None:
    tokens = parse.tokens
    text = tokens[at].text
    if (both := _RANGE.fullmatch(text)) is not None:
        if any(len(part) > LONGEST for part in both.groups()):
            return None
        low, high = (int(part.replace(",", "")) for part in both.groups())
        return Number(at, at, at, at, low, high) if low < high else None
    value, end = _words(tokens, at)
    if value is None or value != int(value):
        return None
    return Number(at, at, end, end, int(value), int(value))


def _words(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Value and last token of a cardinal in figures, words or both ("1.2 million", "two hundred and five", "twenty-three")."""
    total: float = 0
    part: float | None = None
    end = at
    position = at
    sent = tokens[at].sent
    while position < len(tokens) and tokens[position].sent == sent:
        word = tokens[position].lower
        if word in SMALL and (part is None or (part >= 20 and part % 10 == 0 and (part % 100 or SMALL[word] < 100))):
            part = (part or 0) + SMALL[word]
        elif word in TENS and (part is None or (part >= 100 and part % 100 == 0)):
            part = (part or 0) + TENS[word]
        elif word in SCALES and (part is not None or position > at or word != "score"):
            scale = SCALES[word]
            if scale >= 1_000:
                total, part = total + (1 if part is None else part) * scale, None
            else:
                part = (1 if part is None else part) * scale
        elif part is None and position == at and (digits := _figure(word)) is not None:
            part = digits
        elif "-" in word and part is None and (joined := _hyphened(word)) is not None:
            part = joined
        elif position > at and _links(tokens, position, total, part):
            position += 1
            continue
        else:
            break
        end = position
        position += 1
    if part is None and total == 0 and not (end == at and tokens[at].lower == "zero"):
        return None, at
    return total + (part or 0), end


def _links(tokens: Sequence[Token], at: int, total: float, part: float | None) -> bool:
    """Whether a word that is no number stands inside one: "and" or a hyphen."""
    word = tokens[at].lower
    return (word == "and" and _continues(tokens, at, total, part)) or (word in _DASHES and _joins(tokens, at))


def _figure(word: str) -> float | None:
    return float(word.replace(",", "")) if len(word) <= LONGEST and _DIGITS.fullmatch(word) else None


def _hyphened(word: str) -> int | None:
    left, _, right = word.partition("-")
    return TENS[left] + SMALL[right] if left in TENS and right in SMALL else None


def _continues(tokens: Sequence[Token], at: int, total: float, part: float | None) -> bool:
    """Whether "and" lies inside one number: "two hundred and five"; not in "a hundred and two others" with another noun."""
    if at + 1 >= len(tokens) or (total == 0 and (part is None or part < 100 or part % 100)):
        return False
    after = tokens[at + 1].lower
    return (after in SMALL or after in TENS) and tokens[at - 1].lower in {"hundred", "thousand", "lakh", "million"}


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen joins two number words: "twenty-three", "two-dozen"."""
    if at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1].lower, tokens[at + 1].lower
    return (before in TENS and after in SMALL) or (after in SCALES and (before in SMALL or before in TENS))


def _vague(parse: Parse, at: int) -> Number | None:
    """Dozens, several, both, none, half a dozen … that begin at a token."""
    tokens = parse.tokens
    word = tokens[at].lower
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    article = at - 1 if at and tokens[at - 1].lower in {"a", "an"} and tokens[at - 1].sent == tokens[at].sent else at
    if word in NOTHING:
        if word == "no" and after in {"one", "more", "less", "fewer", "longer"}:
            return Number(at, at, at + 1, at + 1, 0, 0) if after == "one" else None
        return Number(at, at, at, at, 0, 0)
    if word in SETS:
        return Number(at, at, at, at, SETS[word], SETS[word])
    if word == "half":
        if after in {"a", "-"} and at + 2 < len(tokens) and tokens[at + 2].lower == "dozen":
            return Number(at, at, at + 2, at + 2, 6, 6)
        return None
    if word == "tens" or word in PLURAL_SCALES:
        return _many(tokens, at)
    if word == "many" and at and tokens[at - 1].lower == "how":
        return Number(at - 1, at, at, at, None, None, HOW_MANY)
    if word in VAGUE:
        return _several(parse, at, article, after)
    if word in SCALES and article < at:
        value, end = _words(tokens, at)
        return Number(article, at, end, end, int(value), int(value)) if value else None
    return None


def _many(tokens: Sequence[Token], at: int) -> Number | None:
    """ "hundreds of thousands": twice the first, times the rest."""
    word = tokens[at].lower
    low, end = 2 * (10 if word == "tens" else PLURAL_SCALES[word]), at
    while end + 2 < len(tokens) and tokens[end + 1].lower == "of" and tokens[end + 2].lower in PLURAL_SCALES:
        low, end = low * PLURAL_SCALES[tokens[end + 2].lower], end + 2
    if word == "tens" and end == at:
        low = 20
    return Number(at, at, end, end, low, None, " ".join(token.text for token in tokens[at : end + 1]))


def _several(parse: Parse, at: int, article: int, after: str) -> Number | None:
    word = parse.tokens[at].lower
    if word == "couple":
        return Number(article, at, at, at, 2, 2) if article < at or after == "of" else None
    low = VAGUE[word]
    end = at
    if low is not None and after in SCALES and after != "score":
        low, end = low * SCALES[after], at + 1
    if word in {"few", "handful"} and article == at and end == at:
        return None
    return Number(article, at, end, end, low, None, parse.tokens[at].text)


def _with_range(parse: Parse, number: Number) -> Number:
    """Joined with the number after "to", "or" or a dash, where the second is greater ("between 10 and 15", "15-20")."""
    tokens, last = parse.tokens, len(parse.tokens)
    at = number.end + 1
    if number.low is None or number.low != number.high or at + 1 >= last:
        return number
    link = tokens[at].lower
    between = number.first > 0 and tokens[number.first - 1].lower == "between"
    if link in {"to", "or"} or link in _DASHES or (link == "and" and between):
        second = _cardinal(parse, at + 1) if _starts(tokens[at + 1]) else None
        if second is not None and second.high is not None and tokens[at + 1].sent == tokens[at].sent:
            low, high = number.low, second.high
            if (
                low < 100 <= high
                and high % 100 == 0
                and tokens[second.end].lower in SCALES
                and tokens[number.end].lower not in SCALES
            ):
                low *= SCALES[tokens[second.end].lower]
            if low < high and not _year_like(tokens, number):
                first = number.first - 1 if between else number.first
                if not between and number.first > 0 and tokens[number.first - 1].lower == "from":
                    first = number.first
                return Number(first, number.core, second.end, second.end, low, high)
    return _with_possibly(parse, number)


def _with_possibly(parse: Parse, number: Number) -> Number:
    """ "12 and possibly 20": the second figure is the upper end."""
    tokens = parse.tokens
    at = number.end + 1
    if at < len(tokens) and tokens[at].lower == ",":
        at += 1
    if at + 2 < len(tokens) and tokens[at].lower in {"and", "but", "or", "perhaps", "possibly", "maybe"}:
        start = at + 1 if tokens[at].lower in {"and", "but", "or"} else at
        if tokens[start].lower in {"perhaps", "possibly", "maybe"}:
            start += 1
            while start < len(tokens) and tokens[start].lower in {"as", "many", "up", "to"}:
                start += 1
            second = _cardinal(parse, start) if start < len(tokens) and _starts(tokens[start]) else None
            if second is not None and second.high is not None and number.low is not None and second.high > number.low:
                return replace(number, end=second.end, last=second.end, high=second.high)
    return number


def _starts(token: Token) -> bool:
    return token.lower in SMALL or token.lower in TENS or token.text[0].isdigit()


def _with_hedges(parse: Parse, number: Number) -> Number:
    """With the words before and after that open one side."""
    number = _with_words_after(parse, number)
    tokens = parse.tokens
    hedges: list[str] = [number.hedge] if number.hedge else []
    first, low, high = number.first, number.low, number.high
    for _ in range(3):
        match = _hedge_before(tokens, first)
        if match is None:
            break
        size, side = match
        if side == NEAR and tokens[first - 1].lower == "some" and low is None:
            break
        first -= size
        if side == ONLY:
            continue
        hedges.insert(0, " ".join(token.text for token in tokens[first : first + size]))
        if number.low == 0:
            continue
        if side == LOW and low == high:
            high = None
        elif side == HIGH and low is not None:
            low, high = None, (high if high is not None else None)
    hedge = " ".join(hedges) or None
    return replace(number, first=first, low=low, high=high, hedge=hedge)


def _with_words_after(parse: Parse, number: Number) -> Number:
    tokens, at = parse.tokens, number.last + 1
    for size in (2, 1):
        words = tuple(token.lower for token in tokens[at : at + size])
        side = AFTER.get(words) if len(words) == size else None
        if side is None:
            continue
        hedge = parse.text[tokens[at].start : tokens[at + size - 1].end]
        low = None if side == HIGH else number.low
        high = None if side == LOW else number.high
        return replace(number, last=at + size - 1, low=low, high=high, hedge=hedge)
    return number


def _hedge_before(tokens: Sequence[Token], first: int) -> tuple[int, str] | None:
    """Length and side of the longest hedge that ends just before a token."""
    if first == 0 or tokens[first - 1].lower not in LAST_HEDGE_WORDS:
        return None
    for size in (3, 2, 1):
        if first - size >= 0 and tokens[first - size].sent == tokens[first - 1].sent:
            side = HEDGES.get(tuple(token.lower for token in tokens[first - size : first]))
            if side is not None:
                return size, side
    return None


def _year_like(tokens: Sequence[Token], number: Number) -> bool:
    token = tokens[number.core]
    return number.core == number.end and len(token.text) == 4 and token.text.isdecimal() and 1900 <= int(token.text) <= 2100


def _counts_nobody(parse: Parse, number: Number) -> bool:
    """Whether the number is an age, sum, measure, date, score, percentage or part of a name."""
    tokens = parse.tokens
    before = tokens[number.core - 1] if number.core else None
    after = tokens[number.last + 1] if number.last + 1 < len(tokens) else None
    if after is not None and (after.lower in UNIT_AFTER or _is_attached(tokens, number.last, after)):
        return True
    if after is not None and after.lower in MONTHS and after.is_proper and number.low is not None and number.low <= 31:
        return True
    if after is not None and after.lower == "of" and number.last + 2 < len(tokens) and tokens[number.last + 2].lower in MONTHS:
        return True
    if before is None:
        return False
    word = before.lower
    if word == "of" and number.core > 1 and tokens[number.core - 2].lower in PARENTS:
        return True
    if word in MONEY or word in NAME_BEFORE or (word in MONTHS and before.is_proper):
        return True
    if (
        word in _DASHES
        and before.start
        and before.end == tokens[number.core].start
        and not parse.text[before.start - 1].isspace()
    ):
        return True
    if word == "," and number.core > 1 and _is_age(tokens, number, after):
        return True
    if word in {"also", "both"} and number.core > 1 and tokens[number.core - 2].lower == "," and _ends_here(after):
        return True
    if word == "(" and after is not None and after.lower == ")":
        return True
    if word in {"/", ":"} and before.end == tokens[number.core].start and parse.text[before.start - 1].isdigit():
        return True
    return _year_like(tokens, number) and _is_year(tokens, number, word)


def _is_age(tokens: Sequence[Token], number: Number, after: Token | None) -> bool:
    """Whether a figure set off by commas after a name or a person is an age: "Karim Dost, 34, died"."""
    token, person = tokens[number.core], tokens[number.core - 2]
    if (
        number.core != number.end
        or number.hedge is not None
        or not token.text.isdecimal()
        or int(token.text) > 110
        or person.tag not in {"NNP", "NN", "UH"}  # "Boy" at the head of a line
    ):
        return False
    follows = tokens[number.last + 2].lower if number.last + 2 < len(tokens) else ""
    if after is not None and after.lower == ",":
        return follows != "including"
    if after is not None and after.lower == ";":
        return True
    return person.ent == "PERSON" and (after is None or after.lower in {".", ";", "and", ")", "of"})


def _ends_here(after: Token | None) -> bool:
    """Whether a figure closes its phrase: "Dost, also 18." tells an age."""
    return after is None or after.tag in {".", ",", ":", "-RRB-"}


def _is_year(tokens: Sequence[Token], number: Number, before: str) -> bool:
    head = tokens[number.core].head
    return (
        before in YEAR_BEFORE
        or before in MONTHS
        or before == ","
        or not (head.is_noun and head.i == number.last + 1 and head.tag == "NNS")
    )


def _is_attached(tokens: Sequence[Token], last: int, after: Token) -> bool:
    """Whether a hyphen ties the number to a word: "25-year-old", "12-member"; but not "12 - police said"."""
    if after.lower in _DASHES and after.start == tokens[last].end:
        return last + 2 < len(tokens) and tokens[last + 2].start == after.end
    return after.text[0] in "-–/:%" and after.start == tokens[last].end and len(after.text) > 1
