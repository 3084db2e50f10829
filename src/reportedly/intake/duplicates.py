"""Recognises copies: the same words again (exact), and a wire story printed with cuts, additions or small changes (near).

Two reports are near duplicates if their MinHash signatures over shingles of five words agree and neither tells much that the
other does not: reports that share only a long standing paragraph differ in their names and numbers, and are not copies.
"""

from __future__ import annotations

import hashlib
import re
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from reportedly.errors import IntakeError
from reportedly.intake.item import Item

SHINGLE = 5
PERMUTATIONS = 128
SCHEME: Final = "affine32"
BANDS, BAND_ROWS = 25, 5
"""A pair of similarity 0.5 shares a band in 55 of 100 cases, one of 0.6 in 87, one of 0.7 in 99."""
NEAR = 0.5
"""Least estimated share of shingles in common, of all shingles of both."""
CONTAINED = 0.75
"""Least estimated share of the shorter report's shingles that stand in the longer one, where a copy was cut or extended."""
FEWEST_WORDS = 20
"""Words below which only exact copies are recognised."""
MOST_FACTS = 256
MOST_SHARING = 64
"""Reports that one band leads to; a band that more share is standing text, and the latest are kept."""
_VERSION = b"RD1"
_HEADER = struct.Struct("<3s32sII")
_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_NUMBERS_LIST = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "dozen dozens scores several"
)
_NUMBERS = frozenset(_NUMBERS_LIST.split())
_FUNCTION_LIST = (
    "the a an in on at by for from to of with and or but no not he she it they his her its their this that these "
    "those there when while after before as is was were are be has had have one who which what where since until "
    "during we i you our my if so then also however meanwhile"
)
_FUNCTION = frozenset(_FUNCTION_LIST.split())


@dataclass(frozen=True)
class Duplicate:
    """``of``: the key of the earlier report; ``similarity``: 1 for exact copies, else the estimated share of common shingles."""

    of: str
    kind: Literal["exact", "near"]
    similarity: float


def signature(text: str) -> bytes:
    """What the index keeps of a text, 550 to 1,600 bytes that stay valid from run to run."""
    words = _WORD.findall(text)
    lowered = [word.lower() for word in words]
    normalised = hashlib.sha256(" ".join(lowered).encode("utf-8", "surrogatepass")).digest()
    facts = sorted({_hash32(low) for word, low in zip(words, lowered, strict=True) if _is_fact(word, low)})[:MOST_FACTS]
    header = _HEADER.pack(_VERSION, normalised, len(words), len(facts))
    return header + _minhash(lowered) + array("I", facts).tobytes()


class DuplicateIndex:
    """Finds the earlier report that a text is a copy of.

    >>> index = DuplicateIndex()
    >>> index.add("report-1", "Gunmen attacked a convoy near the town.")
    >>> index.find("Gunmen  attacked a convoy near the town")
    Duplicate(of='report-1', kind='exact', similarity=1.0)
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._signatures: list[bytes] = []
        self._known: dict[str, int] = {}
        self._exact: dict[bytes, int] = {}
        self._bands: dict[int, int | list[int]] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def add(self, key: str, text: str) -> None:
        """Remember a text under a key; a key that is known stays as it is."""
        self.add_signature(key, signature(text))

    def add_signature(self, key: str, stored: bytes) -> None:
        """Remember a signature made earlier by :func:`signature`. Raises :class:`IntakeError` if it is none."""
        parsed = _Parsed.of(stored)
        if key in self._known:
            return
        number = len(self._keys)
        self._keys.append(key)
        self._signatures.append(stored)
        self._known[key] = number
        self._exact.setdefault(parsed.normalised, number)
        if parsed.words < FEWEST_WORDS:
            return
        for band in _bands(stored):
            there = self._bands.get(band)
            if there is None:
                self._bands[band] = number
            elif isinstance(there, int):
                self._bands[band] = [there, number]
            else:
                there.append(number)
                del there[:-MOST_SHARING]

    def find(self, text: str) -> Duplicate | None:
        """The report that a text repeats, the most similar and then the earliest; ``None`` if it is new."""
        return self.find_signature(signature(text))

    def find_signature(self, stored: bytes) -> Duplicate | None:
        """Like :meth:`find`, for a signature."""
        parsed = _Parsed.of(stored)
        same = self._exact.get(parsed.normalised)
        if same is not None:
            return Duplicate(self._keys[same], "exact", 1.0)
        if parsed.words < FEWEST_WORDS:
            return None
        candidates: set[int] = set()
        for band in _bands(stored):
            there = self._bands.get(band)
            candidates.update([there] if isinstance(there, int) else there or ())
        best: tuple[float, int] | None = None
        for number in candidates:
            similarity = _copied(parsed, _Parsed.of(self._signatures[number]))
            if similarity is not None and (best is None or (similarity, -number) > (best[0], -best[1])):
                best = similarity, number
        return Duplicate(self._keys[best[1]], "near", round(best[0], 2)) if best is not None else None

    def state(self) -> dict[str, bytes]:
        """Signatures by key, in the order they were added: all that has to be stored."""
        return dict(zip(self._keys, self._signatures, strict=True))

    @classmethod
    def from_state(cls, state: Mapping[str, bytes]) -> DuplicateIndex:
        """The index that gave this :meth:`state`. Raises :class:`IntakeError` for a damaged signature."""
        index = cls()
        for key, stored in state.items():
            index.add_signature(key, stored)
        return index


def mark(items: Iterable[Item], index: DuplicateIndex) -> Iterator[Item]:
    """Items with ``duplicate`` set where the index knows the text; every new report is added under its id or its SHA-256."""
    for item in items:
        if item.report is None:
            yield item
            continue
        stored = signature(item.report.text)
        found = index.find_signature(stored)
        index.add_signature(item.report.id or item.report.sha256, stored)
        yield replace(item, duplicate=found) if found is not None else item


@dataclass(frozen=True)
class _Parsed:
    normalised: bytes
    words: int
    minima: array[int]
    facts: frozenset[int]
    cut: int | None

    @staticmethod
    def of(stored: bytes) -> _Parsed:
        size = _HEADER.size + PERMUTATIONS * 4
        if len(stored) < size:
            raise IntakeError("the stored signature is damaged.", remedy="Build the index anew from the reports.")
        version, normalised, words, count = _HEADER.unpack_from(stored)
        if version != _VERSION or len(stored) != size + count * 4:
            raise IntakeError(
                "the stored signature is damaged or of another version.", remedy="Build the index anew from the reports."
            )
        minima, facts = array("I"), array("I")
        minima.frombytes(stored[_HEADER.size : size])
        facts.frombytes(stored[size:])
        return _Parsed(normalised, words, minima, frozenset(facts), facts[-1] if count == MOST_FACTS else None)


def _minhash(words: list[str]) -> bytes:
    """128 minima of 4 bytes over the shingles; of a text too short for one, of all its words."""
    from datasketch import MinHash

    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1, scheme=SCHEME)
    minhash.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in shingles])
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def _bands(stored: bytes) -> Iterator[int]:
    for band in range(BANDS):
        start = _HEADER.size + band * BAND_ROWS * 4
        digest = hashlib.blake2b(stored[start : start + BAND_ROWS * 4], digest_size=7, salt=bytes([band])).digest()
        yield int.from_bytes(digest, "little")


def _copied(a: _Parsed, b: _Parsed) -> float | None:
    """The estimated similarity of two copies, ``None`` for reports that are none."""
    jaccard = sum(x == y for x, y in zip(a.minima, b.minima, strict=True)) / PERMUTATIONS
    short, long = sorted((a.words, b.words))
    contained = min(1.0, jaccard * (short + long) / ((1 + jaccard) * short))
    if jaccard < NEAR and contained < CONTAINED:
        return None
    cut = min((edge for edge in (a.cut, b.cut) if edge is not None), default=None)
    facts_a, facts_b = ({fact for fact in facts if cut is None or fact <= cut} for facts in (a.facts, b.facts))
    own = min(len(facts_a - facts_b), len(facts_b - facts_a))
    return jaccard if own <= max(1, min(len(facts_a), len(facts_b)) // 10) else None


def _is_fact(word: str, low: str) -> bool:
    """True for numbers and names: what tells two reports of one kind of event apart."""
    return low in _NUMBERS or any(c.isdigit() for c in word) or (word[0].isupper() and low not in _FUNCTION)


def _hash32(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")
