"""The actor register: who may be meant by a name, and how the named belong together.

Entries are rows of ``knowledge/actors/*.csv`` and of a user's own files in the same layout. A name resolves to ranked
readings, never to a silent guess: the usual bearer first, then those still active, then those
whose main name it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias, cast, get_args

from rapidfuzz import fuzz, process
from unidecode import unidecode

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, per_layers
from reportedly.knowledge.tables import ROOT
from reportedly.records import ActorKind

COLUMNS = (
    "id",
    "name",
    "aliases",
    "abbreviations",
    "kind",
    "sector",
    "countries",
    "part_of",
    "successor_of",
    "from",
    "to",
)
KINDS = frozenset(get_args(ActorKind))
SECTORS = frozenset(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR"}
    | {"BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
)
"""Actor sectors of the PLOVER manual 0.8."""
SHARED = "~"
"""Before an alias or abbreviation: other actors bear it too, and are ranked before this one unless they say the same."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LETTER_HYPHEN = re.compile(r"(?<=[^\W\d_])[-–](?=[^\W\d_])|/")
_BRACKETS = re.compile(r"[(),]")
_POSSESSIVE = re.compile(r"['’](?=s\b)|['’](?=\s|$)")
_JOINERS = frozenset({"-", "–", "(", ")", "'", "’", "‘"})
_DROPPED = str.maketrans("", "", "'’‘ʼʻ`´ʿʾ.,-()[]\"“”")
_SAME = {"el": "al", "i": "e", "&": "and"}
_CAPITAL_WORDS = frozenset(
    {"IS", "US", "WHO", "IT", "ARE", "AS", "AM", "AN", "MEN", "AID", "ALL", "NEW", "NOT", "MASK", "FACT", "MODEL", "MEND"}
    | {"PLAN", "ELF", "ARC", "RAM", "FAN", "FAR", "CAM", "MAS", "ARM", "ARENA"}
)
"""Ordinary words when a whole headline is in capitals; there they are not read as abbreviations."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the register.

    ``countries`` are ISO 3166 alpha-2 codes of where it mainly acts; ``from_`` and ``to`` a year or ISO date of founding
    and dissolving. ``None`` is "not known or not ended", never "never". ``shared`` holds those of its names that others
    bear too.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    kind: ActorKind
    sector: str
    countries: tuple[str, ...]
    part_of: str | None
    successor_of: tuple[str, ...]
    from_: str | None
    to: str | None
    shared: tuple[str, ...] = ()


Key: TypeAlias = tuple[str, ...]
"""A name as a row of folded words."""
Names: TypeAlias = dict[Key, tuple[str, ...]]
"""A name to the ids it may mean, likeliest first."""


class Register:
    """All known actors, found by id, by name, in running words, or by a person's approximate spelling."""

    __slots__ = ("_abbreviations", "_capitals", "_entries", "_lineage", "_names", "_without_article")

    def __init__(self, rows: Iterable[tuple[Entry, str]]) -> None:
        """Check and index entries, each given with the place it was read from.

        Raises :class:`KnowledgeError` for a duplicate id, a dangling or circular lineage, and a name borne by two
        unrelated entries of which neither marks it as shared.
        """
        self._entries: dict[str, Entry] = {}
        places: dict[str, str] = {}
        for entry, place in rows:
            if entry.id in self._entries:
                raise KnowledgeError(
                    f"the id {entry.id!r} is already used at {places[entry.id]}.", where=place, remedy="Choose another."
                )
            self._entries[entry.id], places[entry.id] = entry, place
        self._lineage = _lineages(self._entries, places)
        names, abbreviations = _split_names(self._entries.values())
        self._capitals: dict[Key, int] = {}
        for key, capitals, _, _ in names:
            if capitals < self._capitals.get(key, 99):
                self._capitals[key] = capitals
        self._names = _Lookup(self._index([(key, actor, shared) for key, _, actor, shared in names], places))
        self._abbreviations = _Lookup(self._index(abbreviations, places))
        self._add_variants()
        self._without_article = _without_article(self._names.ids)

    @classmethod
    def load(cls, extra: Sequence[Path] = (), *, layers: Layers | None = None) -> Register:
        """The shipped register with the own entries of ``layers`` (``None``: of the setting), and those of ``extra`` CSV files.

        An own entry takes the place of the one with its id in a lower layer; ``extra`` files must bring ids of their own.
        Raises :class:`KnowledgeError`, naming file and line, if a file does not hold what it must.
        """
        if not extra:
            return _register(layers)
        return cls([*_rows(layers), *(row for path in extra for row in _read(path, str(path)))])

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, actor: object) -> bool:
        return actor in self._entries

    def by_id(self, actor: str) -> Entry | None:
        """The entry with this id, or ``None``."""
        return self._entries.get(actor)

    def find(self, text: str) -> list[Entry]:
        """The entries that bear exactly this name, likeliest first; empty where none does.

        Case, accents, apostrophes, hyphens, a leading "the" and the spelling of the article ("el-", "al-") do not matter;
        the case of abbreviations does. "Shabab" finds al-Shabab where nobody is named plain Shabab.
        """
        folded, exact = name_key(text), _abbreviation_key(text)
        if folded[:1] == ("the",):
            folded, exact = folded[1:], exact[1:]
        ids = dict.fromkeys((*self._names.ids.get(folded, ()), *self._abbreviations.ids.get(exact, ())))
        if not ids:
            bare = folded[1:] if folded[:1] == ("al",) else folded
            ids = dict.fromkeys((*self._names.ids.get(bare, ()), *self._without_article.get(bare, ())))
        return [self._entries[actor] for actor in ids]

    def scan(self, words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """All names in a row of tokens: first token, past-last token, and the ids they may mean, likeliest first.

        Longest names win and never overlap. Tokens are split as spaCy splits them ("al", "-", "Shabab", "'s"). A name
        must be written with its capitals, and an abbreviation letter by letter.
        """
        folded = [fold_word(word) for word in words]
        exact = [_exact_word(word) for word in words]
        names, abbreviations = self._names.lengths, self._abbreviations.lengths
        found: list[tuple[int, int, tuple[str, ...]]] = []
        past = 0
        for at, word in enumerate(folded):
            if at < past or not word:
                continue
            long = self._names.longest(folded, folded, words, at, self._capitals) if word in names else None
            short = self._abbreviations.longest(exact, folded, words, at, {}) if exact[at] in abbreviations else None
            if short is not None and _in_capitals(words, at, short[0]):
                short = None
            hits = [hit for hit in (long, short) if hit is not None]
            if hits:
                past = max(hit[0] for hit in hits)
                ids = dict.fromkeys(actor for hit in hits if hit[0] == past for actor in hit[1])
                found.append((at, past, tuple(ids)))
        return found

    def fuzzy(self, name: str, limit: int = 5) -> list[tuple[Entry, float]]:
        """The entries whose names look most like what a person typed, with a likeness from 0 to 100, best first."""
        names = [(" ".join(key), actor) for key, ids in self._names.ids.items() for actor in ids]
        choices = [text for text, _ in names]
        best: dict[str, float] = {entry.id: 100.0 for entry in self.find(name)}
        for _, score, at in process.extract(" ".join(name_key(name)), choices, scorer=fuzz.WRatio, limit=limit * 8):
            best.setdefault(names[at][1], float(score))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [(self._entries[actor], score) for actor, score in ranked[:limit]]

    def lineage(self, actor: str) -> tuple[str, ...]:
        """The ids of what an actor is part of and comes from, nearest first; empty for an unknown id."""
        return self._lineage.get(actor, ())

    def _index(self, names: Iterable[tuple[Key, str, bool]], places: Mapping[str, str]) -> Names:
        """Names to ranked ids, after the check that no two unrelated entries claim one name unawares."""
        owners: dict[Key, dict[str, bool]] = {}
        for key, actor, shared in names:
            known = owners.setdefault(key, {})
            known[actor] = known.get(actor, True) and shared
        found: Names = {}
        for key, known in owners.items():
            if not key:
                raise KnowledgeError("a name holds no letters.", where=places[next(iter(known))], remedy="Remove it.")
            if len(known) > 1:
                self._check_owners(key, known, places)
                found[key] = tuple(sorted(known, key=partial(self._rank, key, known)))
            else:
                found[key] = tuple(known)
        return found

    def _check_owners(self, key: Key, known: Mapping[str, bool], places: Mapping[str, str]) -> None:
        usual = [actor for actor, shared in known.items() if not shared]
        for number, first in enumerate(usual):
            for second in usual[number + 1 :]:
                if {first, *self.lineage(first)}.isdisjoint({second, *self.lineage(second)}):
                    raise KnowledgeError(
                        f"{' '.join(key)!r} names both {first!r} ({places[first]}) and {second!r}.",
                        where=places[second],
                        remedy=f"Remove it from one, or write {SHARED} before it in the rarer.",
                    )

    def _rank(self, key: Key, known: Mapping[str, bool], actor: str) -> tuple[bool, bool, bool, int, str]:
        entry = self._entries[actor]
        return known[actor], entry.to is not None, name_key(entry.name) != key, len(self.lineage(actor)), actor

    def _add_variants(self) -> None:
        """Add spellings that follow from others, where no entry bears them itself."""
        for key, ids in list(self._names.ids.items()):
            for variant in _variants(key):
                self._names.add(variant, ids)
                self._capitals.setdefault(variant, min(self._capitals[key], len(variant)))
        for key, ids in list(self._abbreviations.ids.items()):
            if len(key) > 1:
                self._abbreviations.add(("".join(key),), ids)


class _Lookup:
    """Names to ids, and for each first word how many words the names that begin so have, most first."""

    __slots__ = ("ids", "lengths")

    def __init__(self, ids: Names) -> None:
        self.ids: Names = ids
        self.lengths: dict[str, list[int]] = {}
        for key in ids:
            self._note_length(key)

    def add(self, key: Key, ids: tuple[str, ...]) -> None:
        """Enter a name that no entry bears itself; a known name stays as it is."""
        if key not in self.ids:
            self.ids[key] = ids
            self._note_length(key)

    def _note_length(self, key: Key) -> None:
        lengths = self.lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def longest(
        self, keys: Sequence[str], folded: Sequence[str], words: Sequence[str], at: int, capitals: Mapping[Key, int]
    ) -> tuple[int, tuple[str, ...]] | None:
        """The end and ids of the longest name that begins at a token and is written with the capitals of one."""
        lengths = self.lengths[keys[at]]
        places = _next_words(folded, at, lengths[0])
        row = tuple(keys[place] for place in places)
        for length in lengths:
            ids = self.ids.get(row[:length]) if length <= len(row) else None
            if ids is not None:
                need = capitals.get(row[:length], 0)
                if not need or need <= sum(words[place] != words[place].lower() for place in places[:length]):
                    return _past_bracket(words, at, places[length - 1] + 1), ids
        return None


def _next_words(folded: Sequence[str], at: int, most: int) -> list[int]:
    """The first tokens from one on that are not hyphens or brackets."""
    places, past = [at], at + 1
    while len(places) < most and past < len(folded):
        if folded[past]:
            places.append(past)
        past += 1
    return places


def _past_bracket(words: Sequence[str], first: int, past: int) -> int:
    """A name that holds an opening bracket ends after the closing one."""
    closed = past < len(words) and words[past] == ")" and any("(" in word for word in words[first:past])
    return past + closed


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One token as names are compared: no case, accents or apostrophes; ``""`` for hyphens and brackets, which join words."""
    if word in _JOINERS or (word.isspace() and word.count("\n") < 2):
        return ""
    plain = (word if word.isascii() else unidecode(word.translate(_DROPPED))).casefold().translate(_DROPPED)
    return _SAME.get(plain, plain) or word


def name_key(text: str) -> Key:
    """A name as the row of folded words that the register compares."""
    return _fold(_split(text))


def _fold(words: Iterable[str]) -> Key:
    return tuple(filter(None, map(fold_word, words)))


def _split(text: str) -> list[str]:
    """A name cut as spaCy cuts running text."""
    words = text.split()
    if "".join(words).isalnum():
        return words
    spaced = _POSSESSIVE.sub(" ’", _LETTER_HYPHEN.sub(" ", text))
    return [word for word in _BRACKETS.sub(" ", spaced).split() if word not in _JOINERS]


@lru_cache(maxsize=65536)
def _exact_word(word: str) -> str:
    return word.translate(_DROPPED)


def _abbreviation_key(text: str) -> Key:
    return tuple(filter(None, (_exact_word(word) for word in _split(text))))


def _in_capitals(words: Sequence[str], first: int, past: int) -> bool:
    """Whether an ordinary word looks like an abbreviation only because its whole headline is in capitals."""
    if past - first > 1 or words[first] not in _CAPITAL_WORDS:
        return False
    beside: list[str] = []
    for side in (reversed(words[max(0, first - 3) : first]), words[past : past + 3]):
        for word in side:
            if not word.isalpha():
                break
            beside.append(word)
    return len(beside) > 1 and all(word.isupper() for word in beside)


def _capitals(words: Sequence[str]) -> int:
    """How many words of a name must hold a capital where it stands in a text; short ones ("al", "of") do not count."""
    written = 0
    for word in [word for word in words if len(word) > 3] or words:
        written += not word.islower() and word != word.lower()
    return written - written // 4


def _variants(key: Key) -> Iterator[Key]:
    """Without the article where more than one word is left, and with a possessive's "s" written together."""
    if key[0] == "al" and len(key) > 2:
        yield key[1:]
    if "s" in key[1:]:
        at = key.index("s", 1)
        yield (*key[: at - 1], key[at - 1] + "s", *key[at + 1 :])


def _without_article(index: Names) -> Names:
    found: Names = {}
    for key, ids in index.items():
        if key[0] == "al" and len(key) > 1:
            found[key[1:]] = (*found.get(key[1:], ()), *ids)
    return found


def _split_names(entries: Iterable[Entry]) -> tuple[list[tuple[Key, int, str, bool]], list[tuple[Key, str, bool]]]:
    """All names as key, capitals, id and whether shared; and all abbreviations."""
    names: list[tuple[Key, int, str, bool]] = []
    abbreviations: list[tuple[Key, str, bool]] = []
    for entry in entries:
        shared = entry.shared
        for text in (entry.name, *entry.aliases):
            words = _split(text)
            key = _fold(words)
            if key[:1] == ("the",):
                key = key[1:]
            names.append((key, _capitals(words), entry.id, text in shared))
        for text in entry.abbreviations:
            abbreviations.append((_abbreviation_key(text), entry.id, text in shared))
    return names, abbreviations


def _lineages(entries: Mapping[str, Entry], places: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Every entry's ancestors, nearest first; checks that they exist and that none is its own ancestor."""
    parents: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        parents[entry.id] = (*((entry.part_of,) if entry.part_of else ()), *entry.successor_of)
        for parent in parents[entry.id]:
            if parent not in entries:
                column = "part_of" if parent == entry.part_of else "successor_of"
                raise KnowledgeError(
                    f"{column} of {entry.id!r} names {parent!r}, which is no entry.",
                    where=places[entry.id],
                    remedy="Correct the id or add the entry.",
                )
    found: dict[str, tuple[str, ...]] = {}
    for actor, above in parents.items():
        line = dict.fromkeys(above)
        for ancestor in (queue := list(line)):
            fresh = [parent for parent in parents[ancestor] if parent not in line]
            line.update(dict.fromkeys(fresh))
            queue.extend(fresh)
        if actor in line:
            raise KnowledgeError(f"{actor!r} is its own ancestor.", where=places[actor], remedy="Break the circle.")
        found[actor] = tuple(line)
    return found


@per_layers("actors/*.csv")
def _register(layers: Layers) -> Register:
    return Register(_rows(layers))


@per_layers("actors/*.csv")
def _rows(layers: Layers) -> list[tuple[Entry, str]]:
    """The entries of all layers, lowest first, with the places they stand; without those that a higher layer replaces."""
    shipped = [row for path in sorted((ROOT / "actors").glob("*.csv")) for row in _read(path, f"knowledge/actors/{path.name}")]
    levels = [shipped]
    for folder in layers.folders:
        levels.append([row for path in sorted((folder / "actors").glob("*.csv")) for row in _read(path, str(path))])
    highest = {entry.id: number for number, level in enumerate(levels) for entry, _ in level}
    return [row for number, level in enumerate(levels) for row in level if highest[row[0].id] == number]


def _read(path: Path, label: str) -> Iterator[tuple[Entry, str]]:
    """The entries of one CSV file, each with the place it stands."""
    try:
        stream = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise KnowledgeError(
            f"the file could not be opened ({error.strerror}).", where=label, remedy="Check the path."
        ) from error
    with stream:
        reader = csv.reader(stream, strict=True)
        try:
            header = next(reader, [])
            _check_header(header, label)
            for row in reader:
                if row:
                    place = f"{label}:{reader.line_num}"
                    yield _entry(row, place), place
        except (csv.Error, UnicodeDecodeError) as error:
            raise KnowledgeError(f"not a CSV file in UTF-8: {error}.", where=f"{label}:{reader.line_num + 1}") from error


def _check_header(header: Sequence[str], label: str) -> None:
    if tuple(header) != COLUMNS:
        unknown = [column for column in header if column not in COLUMNS]
        fault = f"unknown column {unknown[0]!r}." if unknown else "columns are missing, doubled or in another order."
        raise KnowledgeError(fault, where=f"{label}:1", remedy=f"The header must be {','.join(COLUMNS)}.")


def _entry(row: Sequence[str], place: str) -> Entry:
    if len(row) != len(COLUMNS):
        raise KnowledgeError(
            f"{len(row)} cells where {len(COLUMNS)} are due.", where=place, remedy="Quote cells that hold commas."
        )
    cell = dict(zip(COLUMNS, (value.strip() for value in row), strict=True))
    _check_cells(cell, place)
    names, shared_names = _names(cell["aliases"])
    short, shared_short = _names(cell["abbreviations"])
    return Entry(
        id=cell["id"],
        name=cell["name"],
        aliases=names,
        abbreviations=short,
        kind=cast(ActorKind, cell["kind"]),
        sector=cell["sector"],
        countries=_several(cell["countries"]),
        part_of=cell["part_of"] or None,
        successor_of=_several(cell["successor_of"]),
        from_=cell["from"] or None,
        to=cell["to"] or None,
        shared=shared_names + shared_short,
    )


def _check_cells(cell: Mapping[str, str], place: str) -> None:
    if not _ID.fullmatch(cell["id"]):
        raise KnowledgeError(f"{cell['id']!r} is no id.", where=place, remedy="Use small letters, digits and single hyphens.")
    if not cell["name"]:
        raise KnowledgeError("the name is empty.", where=place, remedy="Give the usual English form.")
    for column, known in (("kind", KINDS), ("sector", SECTORS)):
        if cell[column] not in known:
            raise KnowledgeError(
                f"unknown {column} {cell[column]!r}.", where=place, remedy=f"Use one of {', '.join(sorted(known))}."
            )
    for code in _several(cell["countries"]):
        if not _COUNTRY.fullmatch(code):
            raise KnowledgeError(f"{code!r} is no country code.", where=place, remedy="Use ISO 3166 alpha-2 codes parted by |.")
    if not (cell["from"] or cell["to"]):
        return
    for column in ("from", "to"):
        if cell[column] and not _DATE.fullmatch(cell[column]):
            raise KnowledgeError(
                f"{column} is {cell[column]!r}.", where=place, remedy="Use a year or an ISO date, or leave it empty."
            )
    if cell["from"] and cell["to"] and cell["from"][: len(cell["to"])] > cell["to"]:
        raise KnowledgeError(
            f"ends ({cell['to']}) before it begins ({cell['from']}).", where=place, remedy="Correct one of them."
        )


def _several(cell: str) -> tuple[str, ...]:
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple([value for part in cell.split("|") if (value := part.strip())])


def _names(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in a cell, and those of them that are marked as shared."""
    marked = _several(cell)
    if SHARED not in cell:
        return marked, ()
    names = tuple(name.removeprefix(SHARED).strip() for name in marked)
    return names, tuple(name for name, raw in zip(names, marked, strict=True) if raw.startswith(SHARED))
