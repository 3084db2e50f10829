"""Finds place names in a parsed report and resolves each by the company it keeps.

The finder works in four steps: spans that may be places (entity labels, prepositions, datelines, adjectives), what the
words around them say (kind, direction, distance, what lies in what), the choice among the gazetteer's readings by the
whole report, and the record with UCDP's precision. Everything is a rule over the parse and the gazetteer; no name is
decided by who uses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from reportedly.linking.gazetteer import Candidate, Gazetteer, normalise, without_unit
from reportedly.reading.masthead import masthead
from reportedly.reading.parse import Parse, Token
from reportedly.records import Place

Role = Literal["place", "adjective", "metonym", "org_part"]
"""``place`` is where something is; ``adjective`` a demonym or a country before a noun; ``metonym`` a government named by its
country or capital; ``org_part`` a place inside the name of an organisation."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named in the text, from token ``first`` up to and including token ``last``.

    ``relation`` is what the words before it say: ``near``, ``55 km south-east of``, ``off``, ``dateline``; ``None`` is at or in.
    ``within`` is the position in the returned list of the place that the text says it lies in ("Mastung, Balochistan").
    """

    place: Place
    first: int
    last: int
    role: Role = "place"
    relation: str | None = None
    within: int | None = None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
NEVER_LABELS: Final = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})
DESCRIBED_BY: Final = frozenset(
    "led backed supported based allied funded trained sponsored brokered mediated armed born owned made registered".split()
)
"""What follows a place and a hyphen where the whole only describes ("U.S.-backed troops", "a Boone-based charity")."""
IN_WORDS: Final = frozenset({"in", "at", "near", "around", "outside", "inside", "across", "throughout", "within"})
"""What follows one of these is a place unless it is a time."""
TO_WORDS: Final = frozenset({"from", "to", "into", "towards", "toward", "via", "through", "of", "on", "off", "over", "between"})
"""What follows one of these is often a place."""
KIND_AFTER: Final[dict[str, tuple[str, ...]]] = {
    "district": ("admin2", "quarter", "admin1"),
    "province": ("admin1", "admin2"),
    "state": ("admin1",),
    "governorate": ("admin1",),
    "oblast": ("admin1",),
    "region": ("region", "admin1", "city", "admin2"),
    "county": ("admin2", "admin1"),
    "department": ("admin1", "admin2"),
    "prefecture": ("admin1", "admin2"),
    "municipality": ("city", "admin2"),
    "division": ("admin2", "admin1"),
    "territory": ("admin2", "region", "admin1"),
    "subdistrict": ("admin2", "city"),
    "sub-district": ("admin2", "city"),
    "tehsil": ("admin2", "city"),
    "mandal": ("admin2", "city"),
    "block": ("admin2", "city"),
    "zone": ("admin2", "region"),
    "commune": ("city", "admin2"),
    "area": ("city", "region", "admin2", "quarter"),
    "city": ("city",),
    "town": ("city",),
    "village": ("city",),
    "camp": ("camp",),
    "neighborhood": ("quarter", "city"),
    "neighbourhood": ("quarter", "city"),
    "suburb": ("city", "quarter"),
    "quarter": ("quarter", "city"),
    "island": ("region", "city", "feature"),
    "peninsula": ("region",),
    "valley": ("region",),
    "agency": ("admin2",),
    "republic": ("country", "admin1"),
    "airport": ("city",),
    "airbase": ("city", "feature"),
    "port": ("city",),
    "prison": ("city",),
}
PLURAL_KINDS: Final = {
    "districts": "district",
    "provinces": "province",
    "states": "state",
    "regions": "region",
    "governorates": "governorate",
    "counties": "county",
    "departments": "department",
    "oblasts": "oblast",
    "camps": "camp",
    "villages": "village",
    "towns": "town",
    "cities": "city",
}
NAME_JOINTS: Final = _words("al el ez es ad ad-din de la las los da do dos das du del e i ul ur le sur bin ibn kwa")
NO_COUNTRY: Final = frozenset({"province", "district", "governorate", "oblast"})
"""No country is called one of these."""
ROUTES: Final = frozenset(
    {"road", "highway", "route", "train", "railway", "bus", "border", "area", "pipeline", "convoy", "line", "somewhere"}
)
"""What runs between two places, and so is at neither."""
LIST_ENDS: Final = frozenset({",", "and", "or", ".", ";", "in", "near", "on"})
SETTLED: Final = _words(
    "district village town province county governorate oblast municipality subdistrict sub-district tehsil mandal "
    "neighborhood neighbourhood hamlet"
)
"""Words that make a name next to them a place even if no gazetteer lists it."""
ALSO_PEOPLE: Final = _words(
    "jordan chad kenya georgia israel austin dallas lincoln washington paris victoria santiago sofia lima georgetown "
    "kingston hamilton stanley jamestown florence cairo nelson"
)
TITLES: Final = _words(
    "mr mr. mrs mrs. ms ms. dr dr. gen gen. col col. capt capt. sgt sgt. president minister senator judge prince general"
)
SETTLEMENTS: Final = frozenset({"town", "city", "village", "port", "camp"})
FACILITIES: Final = frozenset({"airport", "airbase", "prison", "port"})
SITES: Final = _words(
    "market mosque school hospital bridge square road street avenue hotel church university college mall club stadium hall "
    "checkpoint barracks cemetery junction"
)
"""What bears a name that may be that of a town elsewhere ("Raja market")."""
STREETS: Final = _words(
    "street st st. avenue ave ave. road rd rd. drive dr dr. boulevard blvd blvd. lane ln parkway pkwy highway freeway terrace "
    "circle"
)
"""What is named after a town and does not lie in it, where its own word has a capital ("Alameda Drive")."""
DIRECTIONS: Final = _words(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west northern "
    "southern eastern western northeastern northwestern southeastern southwestern north-eastern north-western south-eastern "
    "south-western central northernmost southernmost easternmost westernmost northeasterly"
)
FEATURES: Final = _words(
    "mount lake fort cape gulf strait river sea ocean desert delta mountains mountain hills forest valley bay island "
    "islands canal peninsula plateau base airport"
)
GROUND: Final = (
    SITES
    | FACILITIES
    | FEATURES
    | _words(
        "station stations post outpost park zone dam strip border crossing highway farm plant refinery terminal beach heights "
        "ridge crossroads intersection roundabout township sector gate tower towers mine mines wall barrier corridor pass front"
    )
)
"""Last words of names that are places themselves ("Mosul Dam"), where other last words make an organisation ("Accra Herald")."""
DISTRICT_KINDS: Final = frozenset({"district", "county", "department", "prefecture", "division", "raion", "woreda", "regency"})
"""Units of the second level, as a rule."""
STATE_KINDS: Final = frozenset({"province", "state", "governorate", "oblast"})
"""Units of the first level, as a rule."""
UNIT_KINDS: Final = DISTRICT_KINDS | STATE_KINDS
CHAIN_STOPS: Final = _words(
    "to from with by against and or but who which that when where while after before between , ; : ( ) . \" '' “ ” – —"
)
"""Words that end the phrase which says where a place lies."""
CHAIN_TOKENS: Final = 16
"""The longest way from a place to the unit it lies in ("N village under M Police Station limits in X District")."""
BORDER_KM: Final = 130.0
"""A town this close to the middle of a district that the text puts it in was once in it, or the maps differ."""
WIDE_KINDS: Final = frozenset({"country", "admin1", "region", "city"})
"""What has a north and a south."""
OUTSKIRTS: Final = frozenset({"outskirts", "suburbs", "suburb", "edge", "vicinity", "environs", "periphery"})
LENGTHS: Final = _words("km kilometers kilometres kilometer kilometre miles mile mi kms metres meters")
SPEECH: Final = frozenset(
    f"{verb}{ending}"
    for verb, endings in {
        "say": ("", "s", "ing"),
        "said": ("",),
        "den": ("y", "ies", "ied", "ying"),
        "accus": ("e", "es", "ed", "ing"),
        "claim": ("", "s", "ed", "ing"),
        "warn": ("", "s", "ed", "ing"),
        "condemn": ("", "s", "ed", "ing"),
        "reject": ("", "s", "ed", "ing"),
        "insist": ("", "s", "ed", "ing"),
        "announc": ("e", "es", "ed", "ing"),
        "blam": ("e", "es", "ed", "ing"),
        "agre": ("e", "es", "ed"),
        "urg": ("e", "es", "ed", "ing"),
        "demand": ("", "s", "ed", "ing"),
        "respond": ("", "s", "ed", "ing"),
        "confirm": ("", "s", "ed", "ing"),
        "admit": ("", "s", "ted", "ting"),
        "acknowledg": ("e", "es", "ed", "ing"),
        "vow": ("", "s", "ed", "ing"),
        "refus": ("e", "es", "ed", "ing"),
        "threaten": ("", "s", "ed", "ing"),
        "declar": ("e", "es", "ed", "ing"),
        "want": ("", "s", "ed"),
        "recall": ("", "s", "ed"),
        "impos": ("e", "es", "ed"),
        "expel": ("", "s", "led"),
        "support": ("", "s", "ed"),
        "alleg": ("e", "es", "ed", "ing"),
        "maintain": ("", "s", "ed"),
        "believ": ("e", "es", "ed"),
        "protest": ("", "s", "ed"),
        "summon": ("", "s", "ed"),
        "designat": ("e", "es", "ed"),
        "regard": ("", "s", "ed"),
        "deploy": ("", "s", "ed"),
        "sign": ("", "s", "ed"),
        "back": ("", "s", "ed"),
        "back-track": ("ed",),
        "fear": ("", "s", "ed"),
        "call": ("", "s", "ed"),
        "ask": ("", "s", "ed"),
        "offer": ("", "s", "ed"),
        "propos": ("e", "es", "ed"),
        "attribut": ("e", "es", "ed"),
        "suspect": ("", "s", "ed"),
    }.items()
    for ending in endings
)
"""Forms of verbs whose subject is a government, not a place."""
ADDRESSED: Final = _words(
    "accuse accuses accused accusing blame blames blamed blaming urge urges urged urging warn warns warned warning condemn "
    "condemns condemned condemning criticise criticised criticize criticized thank thanked ask asked"
)
"""Forms of verbs whose object is a government, not a place."""
HELD: Final = _words(
    "shelled shell bombed bomb attacked attack raided raid captured capture seized seize took take entered enter overran "
    "left stormed besieged encircled reached hit struck occupied liberated retook recaptured recapture controlled control "
    "controls lost surrounded shook rocked looted burned burnt fled shelling bombing attacking raiding capturing seizing taken "
    "taking takes entering enters enter retaken retake retaking retakes seizes captures attacks storm storming storms besiege "
    "besieging occupy occupying occupies liberate liberating recapturing reach reaching overrun overrunning invade invaded "
    "invading abandon abandoned leave leaving visit visited pounded pound pounding defend defended defending"
)
"""Forms of verbs whose object, without a preposition, is often a place."""
FALLEN: Final = frozenset({"fell", "falls", "fall", "fallen", "surrendered"})
"""Forms of verbs whose subject may be a town that is lost."""
LOCAL_OFFICES: Final = frozenset({"police", "sheriff", "superintendent", "municipal"})
"""What follows the town in the name of its office ("Ranchi Police")."""
OFFICE_NOUNS: Final = _words(
    "army military government police officials official forces force troops soldiers president minister ministry "
    "authorities embassy ambassador navy parliament prime foreign senate congress citizen citizens national nationals "
    "intelligence diplomat diplomats spokesman spokeswoman secretary administration defense defence interior state "
    "department policy sanctions envoy senator"
)
SHORT_COUNTRIES: Final = frozenset({"u.s.", "us", "u.k.", "uk", "usa", "u.s", "eu", "uae"})
SKIPPED: Final = frozenset(
    {"the", "a", "an", "restive", "volatile", "remote", "troubled", "nearby", "neighboring", "neighbouring"}
)
LINKS: Final = _words(
    "in of on the a an , ( capital main largest city town village district province region state area territory county "
    "island islands country nation department governorate commune municipality division northern southern eastern western "
    "central northeastern northwestern southeastern southwestern north south east west north-eastern north-western "
    "south-eastern south-western northeast northwest southeast southwest restive volatile remote mountainous coastal border "
    "tribal troubled 's ’s neighbourhood neighborhood locality tehsil block agency valley camp camps second second-largest "
    "provincial regional administrative port part parts"
)
"""Words that may stand between a place and the larger place it lies in."""
NOT_NAMES: Final = _words(
    "police army university ministry government president minister security state council court commission force forces "
    "general colonel major captain monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december islam muslim muslims christian christians god allah the in on "
    "at mr mrs dr sunni shia shiite northern southern eastern western central north south east west taliban hamas hezbollah "
    "isis houthis un nato eu party front group movement arabic pashto urdu dari swahili kinyarwanda amharic tigrinya "
    "lingala hausa ap afp reuters photo file video news media press english parliament congress senate house white street "
    "road camp side metro federal department station office hospital center centre sheriff christmas easter ramadan county"
)
DATELINE: Final = re.compile(
    r"[ \t]*(?:[-–—] )?(?P<town>[A-Z][A-Z'’.\- ]{1,30}[A-Z]|[A-Z][a-z'’\-]+(?: [A-Z][a-z'’\-]+){0,2})"
    r"(?:, (?P<land>[A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?))?"
    r"(?:[, ]+[A-Z][a-z]{2,8}\.? \d{1,2})?(?P<agency>,? ?\([A-Za-z /.\-]{2,30}\))?\s?(?P<dash>—|–|--| - |:)"
)
SHORT: Final = 4
"""Capitals of fewer letters before a dash are the name of an agency, unless a town is called just that."""
SPLITTERS: Final = frozenset({",", "/", ";", "(", ")", "and", "or", "&", "-", "–", "—", ":"})
NEAR_SCORE: Final = 2.4
"""From this weight of its best reading on, a name without an entity label counts where the words allow a place."""


LARGE_UNIT: Final = 2.3
"""From this weight on, some half a million people, a first-level unit is likelier than a town of its name elsewhere."""
HOME: Final = 0.8
"""The weight of other names from which on a first-level unit is the one that a report is about."""
HOMES: Final = _words("home house apartment residence neighborhood neighbourhood nightclub suburb street")
"""What stands behind the name of a town that it is in ("his Salem home")."""


@dataclass(slots=True)
class _Name:
    """A name under study.

    ``sure`` says how far the words demand a place: 3 name its kind, 2 demand one, 1 allow it, 0 do not tell. ``tentative``
    names count only if the report speaks of their country; ``silent`` ones only tell which countries it speaks of. ``holds``
    are the names said to lie in it. ``force`` marks the town of a local police. ``seat`` marks a capital that is not named: the
    code of its country, ``""`` for the report's.
    """

    first: int
    last: int
    form: str
    readings: tuple[Candidate, ...]
    role: Role = "place"
    sure: int = 0
    relation: str | None = None
    kind_word: str | None = None
    direction: str | None = None
    facility: str | None = None
    site: bool = False
    tentative: bool = False
    capital: bool = False
    demonym: tuple[str, ...] = ()
    within: _Name | None = None
    firm: bool = False
    units: dict[str | None, str | None] | None = None
    crowded: frozenset[str | None] | None = None
    bare_units: set[tuple[str | None, str | None]] | None = None
    listed: str | None = None
    follower: _Name | None = None
    holds: list[_Name] = field(default_factory=list)
    seat: str | None = None
    chosen: Candidate | None = None
    silent: bool = False
    force: bool = False


def find_places(
    parse: Parse, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]] = (), hints: Mapping[str, float] | None = None
) -> list[FoundPlace]:
    """The places named in a report, in the order of the text, each with its best reading.

    ``taken`` are token ranges (first, past-last) of names of actors, which are no places. ``hints`` are weights of countries
    (ISO code to 0..1) known from elsewhere, such as the actors. A name that no reading fits keeps its words and has no
    coordinates; it gets those of the larger place that the text puts it in, marked as a stand-in.
    """
    names = _Finder(parse, gazetteer, taken).names()
    plain = [name for name in names if name.seat is None]
    _link(parse, plain)
    _chain(parse, plain)
    for name in plain:
        if name.within is not None:
            name.within.holds.append(name)
    _choose(names, gazetteer, hints or {})
    outlet = masthead(parse.text)
    for name in names:
        if outlet is not None and outlet[0] <= parse.tokens[name.first].start < outlet[1]:
            name.role = "org_part"  # where the outlet is, for want of any better
    kept = [name for name in names if not name.silent]
    numbers = {id(name): number for number, name in enumerate(kept)}
    return [
        FoundPlace(_record(parse, name, gazetteer), name.first, name.last, name.role, name.relation, numbers.get(id(name.within)))
        for name in kept
    ]


class _Finder:
    """Collects the names of one report."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]) -> None:
        self.parse, self.tokens, self.gazetteer = parse, parse.tokens, gazetteer
        self.taken = {index for first, past in taken for index in range(first, past)}
        self.found: list[_Name] = []
        self.used: set[int] = set()
        self.common = {token.text for token in self.tokens if token.text.islower()}
        self.person_words = {
            token.lower
            for first, past, label in parse.ents
            if label == "PERSON" and past - first > 1
            for token in parse.tokens[first:past]
        }
        self.surnames = {
            parse.tokens[past - 1].lower for first, past, label in parse.ents if label == "PERSON" and past - first > 1
        }

    def names(self) -> list[_Name]:
        self._streets()
        self._datelines()
        for first, past, label in self.parse.ents:
            if label in PLACE_LABELS:
                self._entity(first, past, label)
        self._abbreviations()
        self._others()
        self.found.sort(key=lambda name: name.first)
        self._listed()
        self._spread_kinds()
        self._spread_offices()
        self._seats()
        return self.found

    def _streets(self) -> None:
        """Passes over a street told by its house numbers ("in the 300 block of Granada"): many bear the name of a town."""
        tokens = self.tokens
        for index in range(2, len(tokens) - 1):
            block, number = tokens[index - 1], tokens[index - 2].lower
            if tokens[index].lower != "of" or block.lower != "block" or not (number.isdigit() and len(number) > 2):
                continue
            last = index
            while last + 1 < len(tokens) and (_is_name_word(tokens[last + 1]) or tokens[last + 1].text[0].isdigit()):
                last += 1
            self.used.update(range(index + 1, last + 1))

    # --- datelines

    def _datelines(self) -> None:
        text = self.parse.text
        for start in self.parse.paragraphs[:4]:
            match = DATELINE.match(text, start)
            if match is None:
                continue
            town = match["town"]
            plain = not town.isupper()
            if plain and match["agency"] is None and (match["land"] is None or match["dash"] == ":"):
                continue
            if match["dash"] == ":" and plain:
                continue
            for group in ("town", "land"):
                if match[group] is not None:
                    self._dateline_part(match.start(group), match.end(group))

    def _dateline_part(self, start: int, end: int) -> None:
        first, last = self.parse.token_at(start), self.parse.token_at(end - 1)
        tokens = self.tokens[first : last + 1]
        if not tokens or tokens[0].start != start or tokens[-1].end != end or self._is_used(first, last):
            return
        form = self.parse.text[start:end]
        short = self._short_state(first) if first == last else ()
        readings = short or self.gazetteer.lookup(form)
        agency = len(form) < SHORT and (not readings or readings[0].kind != "city" or readings[0].quality < 0.95)
        if readings and not agency:  # "CNN —" is none, "ROY —" is
            self._keep(_Name(first, last, form, readings, sure=2, relation="dateline"))

    # --- entities that the parser calls places

    def _entity(self, first: int, past: int, label: str) -> None:
        tokens = self.tokens
        whole = self._form(first, past - 1)
        if whole and self.gazetteer.lookup(whole) and not any(tokens[i].text == "," for i in range(first, past)):
            self._part(first, past - 1, label)
            return
        start = first
        for i in range(first, past + 1):
            unit_of = i < past and i - 1 > start and tokens[i].lower == "of" and tokens[i - 1].lower in KIND_AFTER
            if i == past or unit_of or (tokens[i].lower in SPLITTERS and (tokens[i].text != "-" or not _is_joined(tokens, i))):
                if i > start:
                    self._part(start, i - 1, label)
                start = i + 1

    def _form(self, first: int, last: int) -> str:
        return self.parse.text[self.tokens[first].start : self.tokens[last].end]

    def _part(self, first: int, last: int, label: str) -> None:
        """One name of an entity, less the lower-case words around it."""
        tokens = self.tokens
        while last >= first and (tokens[last].lower in ("'s", "'") or not _is_name_word(tokens[last])):
            if tokens[last].text[:2].lower() in ("d'", "d’", "l'") and self.gazetteer.lookup(self._form(first, last)):
                break
            last -= 1
        while first <= last and (tokens[first].lower in ("the", "a", "an") or not _is_name_word(tokens[first])):
            first += 1
        if first + 2 <= last and tokens[first].lower in KIND_AFTER and tokens[first + 1].lower == "of":
            first += 0 if self.gazetteer.lookup(self._form(first, last)) else 2
        if last > first + 1 and tokens[last].lower == "district" and tokens[last - 1].lower == "police":
            last -= 2
        if first > last or self._is_used(first, last) or (first == last and tokens[first].lower in KIND_AFTER):
            return
        readings = self._lookup(first, last)
        last, readings = self._extend(first, last, readings)
        sure, feature = self._context(first, last), False
        direction = None
        if not readings and last > first and tokens[first].lower in DIRECTIONS:
            readings = tuple(one for one in self.gazetteer.lookup(self._form(first + 1, last)) if one.kind in WIDE_KINDS)
            if readings and tokens[first].text[0].isupper() and readings[0].kind == "city" and readings[0].population < 100_000:
                readings = ()  # "West Ashley" is a name of its own
            direction = tokens[first].lower
        if not readings and last > first:
            feature = tokens[first].lower in FEATURES or tokens[last].lower in FEATURES
        if not readings and last > first and not feature and tokens[first].lower not in DIRECTIONS:
            shorter = self._inside(first, last)
            if shorter is not None:
                first, last, readings = shorter
        if first == last and tokens[first].lower in self.surnames and sure < (1 if label == "GPE" else 2):
            return
        if first == last and (tokens[first].lower in NOT_NAMES or len(tokens[first].text) < 2 or self._is_forename(first)):
            return
        if not readings:
            unknown = self._form(first, last)
            office = tokens[last].lower in OFFICE_NOUNS or tokens[last].lower in LOCAL_OFFICES
            if last > first and tokens[last].lower not in GROUND and (sure < 2 or (office and sure < 3)):
                self._org_part(first, last)
                return
            if tokens[last].tag == "JJ" and sure < 3:
                return
            if not (feature and label == "LOC") and (
                (label == "FAC" and sure < 3) or sure < 1 or len(unknown) < 3 or self._demonym_at(first, last)
            ):
                return
        if first == last and sure < 2 and self._demonym_at(first, last) and (not readings or readings[0].kind != "country"):
            return
        name = _Name(first, last, self._form(first, last), readings, sure=2 if feature else max(sure, 1))
        name.tentative = direction is not None and bool(readings) and readings[0].kind != "country"
        self._keep_read(name)
        name.direction = direction or name.direction

    def _lookup(self, first: int, last: int) -> tuple[Candidate, ...]:
        """The readings of a name; short capitals ("SAP", "OMP") are no towns, and a word for an office is no name."""
        form = self._form(first, last)
        if first == last:
            unit = self._short_state(first)
            if unit:
                return unit
        elif all(token.lower in NOT_NAMES or token.lower in KIND_AFTER for token in self.tokens[first : last + 1]):
            return ()
        readings = self.gazetteer.lookup(form)
        if first != last or len(form) > 4 or not readings:
            return readings
        if self.tokens[first].lower in self.common or (
            len(form) < 4 and form.isalpha() and readings[0].quality < 0.9 and not form.isupper()
        ):
            return ()
        if form.isupper():
            return tuple(one for one in readings if one.kind in ("country", "admin1", "region"))
        return readings

    def _is_forename(self, index: int) -> bool:
        """ "Sofia Marin": a name that people bear too, with a capitalised word after it that is no word for a place."""
        if self.tokens[index].lower not in ALSO_PEOPLE or index + 1 >= len(self.tokens):
            return False
        after = self.tokens[index + 1]
        return after.is_proper and after.text[0].isupper() and after.lower not in KIND_AFTER and after.lower not in OFFICE_NOUNS

    def _extend(self, first: int, last: int, readings: tuple[Candidate, ...]) -> tuple[int, tuple[Candidate, ...]]:
        """A name with the capitalised words after it, where the longer name is known ("Burkina" and "Faso")."""
        for end in (last + 2, last + 1):
            if end < len(self.tokens) and _is_name_word(self.tokens[end]) and not self._is_used(last + 1, end):
                if self.tokens[end].sent == self.tokens[first].sent and self.tokens[end].lower not in KIND_AFTER:
                    longer = self.gazetteer.lookup(self._form(first, end))
                    if longer and longer[0].quality >= 0.95:
                        return end, longer
        return last, readings

    def _inside(self, first: int, last: int) -> tuple[int, int, tuple[Candidate, ...]] | None:
        """The known place at the start or the end of a longer name ("Kabul Airport", "downtown Aleppo")."""
        for begin, end in (
            *((first, end) for end in range(last - 1, first - 1, -1)),
            *((i, last) for i in range(first + 1, last + 1)),
        ):
            readings = self._lookup(begin, end)
            if self.tokens[end].lower in KIND_AFTER or self.tokens[begin].lower in NOT_NAMES:
                continue
            if not _is_name_word(self.tokens[begin]) or not _is_name_word(self.tokens[end]):
                continue
            if readings and readings[0].weight >= NEAR_SCORE:
                return begin, end, readings
        return None

    # --- names without such a label

    def _others(self) -> None:
        """Runs of capitalised words outside place entities: adjectives, mislabelled places, places in other names."""
        tokens, count = self.tokens, len(self.tokens)
        index = 0
        while index < count:
            token = tokens[index]
            if index in self.used or not (token.text[0].isupper() or _is_article(tokens, index)):
                index += 1
                continue
            end = index + 2 if _is_article(tokens, index) else index
            while end + 1 < count and end + 1 not in self.used and _continues(tokens, end + 1, token):
                end += 1
            while end > index and not _is_name_word(tokens[end]):
                end -= 1
            self._run(index, end)
            index = end + 1

    def _run(self, first: int, last: int) -> None:
        if last > first + 1 and self.tokens[last].lower == "district" and self.tokens[last - 1].lower == "police":
            last -= 2
        if self._adjective(first, last):
            return
        if self._is_used(first, last):
            if any(i in self.taken for i in range(first, last + 1)):
                self._silent_parts(first, last)
            return
        label = self.tokens[first].ent
        if label in NEVER_LABELS or label in PLACE_LABELS or last - first > 7:
            return
        sure = self._context(first, last)
        form = self._form(first, last)
        lower = self.tokens[first].lower
        if first == last:
            if lower in NOT_NAMES or lower in KIND_AFTER or (lower in self.surnames and sure < 2) or lower in self.common:
                return
            if (len(form) < 3 and form not in ("US", "UK")) or (
                last + 1 < len(self.tokens) and _is_joined(self.tokens, last + 1)
            ):
                return
        readings = self._lookup(first, last) if last - first < 6 else ()
        if readings and self._admits(first, last, label, sure, readings[0]):
            self._keep_read(_Name(first, last, form, readings, sure=sure))
        elif readings and label in ("PERSON", "ORG") and self._is_held(first, last) and readings[0].quality >= 0.8:
            lower = self.tokens[last].lower
            if lower not in self.person_words and lower not in ALSO_PEOPLE:
                self._keep_read(_Name(first, last, form, readings, sure=1, tentative=True))
        elif readings and sure == 1 and readings[0].quality >= 0.95 and (last > first or lower not in self.person_words):
            self._keep_read(_Name(first, last, form, readings, sure=sure, tentative=True))
        elif not readings and self._admits_unknown(first, last, label, sure):
            self._keep_read(_Name(first, last, form, (), sure=sure))
        elif readings and self._has_police(last, readings[0]):
            self._keep(_Name(first, last, form, readings, role="org_part", sure=2, tentative=not _in_one_land(readings)))
        elif label in ("ORG", "FAC", "EVENT", "PRODUCT", "NORP") or (label == "" and last > first):
            self._org_part(first, last)

    def _after(self, last: int) -> str:
        """The word behind a token in lower case, ``""`` at the end of the text."""
        return self.tokens[last + 1].lower if last + 1 < len(self.tokens) else ""

    def _has_police(self, last: int, best: Candidate) -> bool:
        """True for a town by the name of its force, which the parser may take for anything ("Gretna police said")."""
        return self._after(last) == "police" and best.kind == "city" and best.quality >= 0.95 and self.tokens[last].is_proper

    def _keep_read(self, name: _Name) -> None:
        self._read_around(name)
        self._keep(name)

    def _admits_unknown(self, first: int, last: int, label: str, sure: int) -> bool:
        """Whether a name that no gazetteer lists is a place by the words around it ("the village of Zurmalan", "in Zurmalan")."""
        if last - first > 3 or self.tokens[first].lower in NOT_NAMES or self.tokens[last].lower in NOT_NAMES:
            return False
        return sure == 3 or (
            sure == 2 and label == "PERSON" and first == last and self.tokens[first - 1].lower in ("in", "at", "near")
        )

    def _admits(self, first: int, last: int, label: str, sure: int, best: Candidate) -> bool:
        if (
            first == last
            and len(form := self.tokens[first].text) < 5
            and form.isupper()
            and best.kind not in ("country", "admin1")
        ):
            return False
        if best.kind == "country" and best.quality >= 0.95:
            return label != "PERSON" or sure > 0
        if label == "PERSON":
            return (sure >= 2 and best.quality >= 0.75) or self._speaks_as_capital(first, last, best)
        if sure >= 2:
            return best.quality >= 0.7
        if sure == 1:
            return best.weight >= NEAR_SCORE - 0.4 and best.quality >= 0.75
        return (last > first and best.weight >= NEAR_SCORE and best.quality >= 0.95 and label != "ORG") or best.weight >= 2.9

    def _speaks_as_capital(self, first: int, last: int, best: Candidate) -> bool:
        """ "Kigali has denied": a capital that the parser takes for a person."""
        token = self.tokens[last]
        if not best.capital or best.quality < 0.95 or token.dep != "nsubj" or token.head.lower not in SPEECH:
            return False
        before = self.tokens[first - 1].lower if first else ""
        return token.lower not in self.person_words and token.lower not in ALSO_PEOPLE and before not in TITLES

    def _is_held(self, first: int, last: int) -> bool:
        """Whether the name is what is taken, entered or attacked, or what fell, by the parse or by the verb right before it."""
        token, before = self.tokens[last], self.tokens[first - 1].lower if first else ""
        head = token.head
        if token.dep in ("conj", "appos"):
            token, head = head, head.head
        if token.dep in ("dobj", "nsubjpass") and head.lower in HELD:
            return True
        return before in HELD or (token.dep == "nsubj" and head.lower in FALLEN)

    def _context(self, first: int, last: int) -> int:
        """3 where the words around say which kind of place, 2 where they demand one, 1 where they allow one, else 0."""
        tokens = self.tokens
        after = self._after(last)
        index = first - 1
        while index >= 0 and (tokens[index].lower in SKIPPED or tokens[index].lower in DIRECTIONS or tokens[index].tag == "JJ"):
            index -= 1
        before = tokens[index].lower if index >= 0 else ""
        ruling = tokens[index - 1].lower if index > 0 else ""
        if after == "police" and last + 2 < len(tokens) and tokens[last + 2].lower == "district":
            return 3
        if last > first and tokens[last].lower in UNIT_KINDS and (before in IN_WORDS or before in TO_WORDS):
            return 3
        if after in SETTLED or (before in IN_WORDS and after in ("area", "region")):
            return 3
        if before in ("of", ",", ":") and ((ruling in SETTLED and before == "of") or PLURAL_KINDS.get(ruling) in SETTLED):
            return 3
        if (after in KIND_AFTER or after in PLURAL_KINDS) and after not in ("agency", "block", "state"):
            return 2
        if before in IN_WORDS or before in KIND_AFTER or before == "capital" or (before in (",", ":") and ruling == "capital"):
            return 2
        if before == "of" and (ruling in KIND_AFTER or ruling in DIRECTIONS or ruling in OUTSKIRTS or ruling in LENGTHS):
            return 2
        if before == "of" and ruling == "out":
            return 2
        if before in TO_WORDS or after in HOMES or self._is_held(first, last):
            return 1
        return 0

    def _adjective(self, first: int, last: int) -> bool:
        """Demonyms in a run of capitalised words; true if they make up the run."""
        index, others = first, False
        while index <= last:
            for past in (min(index + 3, last + 1), min(index + 2, last + 1), index + 1):
                codes = self._demonym_at(index, past - 1)
                if codes:
                    name = _Name(index, past - 1, self._form(index, past - 1), (), role="adjective", demonym=codes)
                    name.silent = any(i in self.taken for i in range(index, past))
                    self.found.append(name)
                    self.used.update(range(index, past))
                    index = past
                    break
            else:
                others = True
                index += 1
        return not others

    def _demonym_at(self, first: int, last: int) -> tuple[str, ...]:
        word = self._form(first, last) if last > first else self.tokens[first].lower
        codes = self.gazetteer.demonym(word)
        if not codes and word[-1:] == "s":
            codes = self.gazetteer.demonym(word[:-1])
        return codes

    def _org_part(self, first: int, last: int) -> None:
        """Places at the start of an organisation's name, or after "of" or "in" in it."""
        tokens = self.tokens
        first += tokens[first].lower == "the"
        starts = [i for i in range(first, last + 1) if i == first or tokens[i - 1].lower in ("of", "in", "de", "for")]
        if not tokens[first].ent:  # a headline: every word is capitalised
            starts = list(range(first, last + 1))
        for start in starts:
            for end in range(min(last, start + 3), start - 1, -1):
                if (start, end) == (first, last) or self._is_used(start, end) or not _is_name_word(tokens[end]):
                    continue
                city = end > start and end < last and tokens[end].lower == "city" and tokens[end + 1].lower == "police"
                if (tokens[end].lower in KIND_AFTER and not city) or (end + 1 < len(tokens) and tokens[end + 1].lower in STREETS):
                    continue
                if not _is_name_word(tokens[start]):
                    continue
                lower = tokens[start].lower
                readings = self._lookup(start, end)
                if (
                    start == end
                    and tokens[end].text.isupper()
                    and len(lower) < 5
                    and readings[:1]
                    and readings[0].kind != "country"
                ):
                    continue
                if not readings or (start == end and (lower in NOT_NAMES or lower in self.surnames)):
                    continue
                best = readings[0]
                if not tokens[first].ent and start > first and best.weight < 2.9:
                    continue
                unit_follows = end < last and tokens[end + 1].lower in KIND_AFTER and best.quality >= 0.75
                if not unit_follows and end < last and tokens[end + 1].lower in LOCAL_OFFICES and best.quality >= 0.8:
                    ground = end + 2 < len(tokens) and tokens[end + 2].lower in GROUND  # "Ranchi Police station"
                    name = _Name(start, end, self._form(start, end), readings, role="place" if ground else "org_part", sure=1)
                    name.tentative = best.weight < NEAR_SCORE and not _in_one_land(readings)
                    self._keep(name)
                    break
                if unit_follows and end + 1 == last and not self._is_name_at(last + 1):
                    self._keep_read(_Name(start, last, self._form(start, last), readings, sure=3))
                    break
                if unit_follows or (best.quality >= 0.8 and best.weight >= NEAR_SCORE) or best.kind == "country":
                    self._keep(_Name(start, end, self._form(start, end), readings, role="org_part"))
                    break

    def _is_name_at(self, index: int) -> bool:
        return index < len(self.tokens) and _is_name_word(self.tokens[index])

    def _silent_parts(self, first: int, last: int) -> None:
        """Names of actors say which country a report is about, though they are no places; a local force also says which town."""
        for end in range(first, min(last, len(self.tokens) - 2) + 1):
            if self.tokens[end + 1].lower == "police" and end not in self.used and _is_name_word(self.tokens[end]):
                for start in range(max(first, end - 2), end + 1):
                    readings = self._lookup(start, end) if _is_name_word(self.tokens[start]) else ()
                    if readings and readings[0].kind == "city" and readings[0].quality >= 0.8:
                        self._keep(_Name(start, end, self._form(start, end), readings, role="org_part"))
                        break
        for index in range(first, last + 1):
            if index in self.taken and index not in self.used and _is_name_word(self.tokens[index]):
                readings = self.gazetteer.lookup(self.tokens[index].text)
                if readings and readings[0].weight >= 2.6 and self.tokens[index].lower not in NOT_NAMES:
                    self.found.append(_Name(index, index, self.tokens[index].text, readings, role="org_part", silent=True))
                    self.used.add(index)

    # --- what the words around say

    def _read_around(self, name: _Name) -> None:
        tokens = self.tokens
        after = self._after(name.last)
        if after in NO_COUNTRY:
            name.readings = tuple(reading for reading in name.readings if reading.kind != "country")
        if after in KIND_AFTER and (
            after not in ("state", "agency", "block") or any(reading.kind in KIND_AFTER[after] for reading in name.readings)
        ):
            name.kind_word = after
            if after in FACILITIES:
                name.facility = after
        closing = tokens[name.last].lower
        if name.last > name.first and closing in UNIT_KINDS | PLURAL_KINDS.keys():
            name.kind_word = PLURAL_KINDS.get(closing, closing)
        if after == "police" and name.last + 2 < len(tokens) and tokens[name.last + 2].lower == "district":
            name.kind_word = "district"
        name.site = after in SITES
        self._part_of_possessor(name)
        self._read_before(name)
        self._use(name)
        if name.role == "place" and name.kind_word is None and self._in_organisation(name):
            name.role = "org_part"
        if name.role == "place" and after in STREETS and tokens[name.last + 1].text[:1].isupper():
            name.role, name.silent = "org_part", True

    def _part_of_possessor(self, name: _Name) -> None:
        """ "Pakistan's restive southwest": a part of the country."""
        tokens = self.tokens
        if name.last + 2 < len(tokens) and tokens[name.last + 1].lower == "'s":
            for index in range(name.last + 2, min(name.last + 5, len(tokens))):
                lower = tokens[index].lower
                if lower in DIRECTIONS:
                    follows = tokens[index + 1] if index + 1 < len(tokens) else None
                    if follows is None or (not follows.text[0].isupper() and follows.lower not in KIND_AFTER):
                        name.direction = lower
                    return
                if not tokens[index].tag.startswith("JJ") and lower not in SKIPPED:
                    return

    def _read_before(self, name: _Name) -> None:
        tokens = self.tokens
        index = name.first - 1
        if index >= 0 and tokens[index].lower in DIRECTIONS:
            name.direction = tokens[index].lower
            index -= 1
        while index >= 0 and tokens[index].lower in SKIPPED:
            index -= 1
        if index >= 0 and tokens[index].lower == "," and index > 0 and tokens[index - 1].lower == "capital":
            name.capital = True
            return
        if index >= 0 and tokens[index].lower == "capital":
            name.capital = True
            index -= 1
            while index >= 0 and (tokens[index].lower in SKIPPED or tokens[index].tag.startswith("JJ")):
                index -= 1
        elif (
            index >= 0
            and tokens[index].lower in KIND_AFTER
            and tokens[index].lower not in ("state", "agency")
            and name.kind_word is None
        ):
            name.kind_word = tokens[index].lower
            index = self._back_over_kind(index)
        elif (
            index > 0
            and tokens[index].lower == "of"
            and (tokens[index - 1].lower in KIND_AFTER or tokens[index - 1].lower in PLURAL_KINDS)
        ):
            if index > 1 and tokens[index - 2].is_proper and tokens[index - 1].lower not in SETTLEMENTS:
                return  # "Shopian district of Kashmir": the district is the one before
            before = tokens[index - 1].lower
            name.kind_word = name.kind_word or PLURAL_KINDS.get(before, before)
            index = self._back_over_kind(index - 1)
        if index >= 0:
            self._relation(name, index)

    def _back_over_kind(self, index: int) -> int:
        index -= 1
        while index >= 0 and (
            self.tokens[index].lower in SKIPPED
            or self.tokens[index].tag.startswith(("JJ", "VBN"))
            or self.tokens[index].lower in DIRECTIONS
        ):
            index -= 1
        return index

    def _relation(self, name: _Name, index: int) -> None:
        tokens = self.tokens
        lower = tokens[index].lower
        if lower in ("near", "outside", "off", "around", "beyond") or (
            lower == "between" and index > 0 and tokens[index - 1].lower in ROUTES
        ):
            name.relation = lower
        elif lower == "to" and index > 0 and tokens[index - 1].lower in ("close", "next", "adjacent"):
            name.relation = f"{tokens[index - 1].lower} to"
        elif lower in ("of", "from") and index > 0:
            self._distance(name, index)

    def _distance(self, name: _Name, index: int) -> None:
        tokens = self.tokens
        before = tokens[index - 1].lower
        if before in OUTSKIRTS:
            name.relation = "on the outskirts of"
            return
        if before in ("coast", "coastline", "shores", "waters"):
            if (index > 2 and tokens[index - 3].lower == "off") or before == "waters":
                name.relation = "off the coast of"
            return
        start = index - 1
        while start >= 0 and index - start < 6 and _measures(tokens[start]):
            start -= 1
        start += 1
        words = [token.lower for token in tokens[start:index]]
        if not words or (start > 0 and tokens[start - 1].lower == "the" and len(words) == 1):
            if words and words[0] in DIRECTIONS and tokens[index].lower == "of":
                name.direction = words[0]
            return
        if any(word in LENGTHS for word in words) or (words[-1] in DIRECTIONS and not words[-1].endswith("ern")):
            name.relation = self.parse.text[tokens[start].start : tokens[index].end]

    def _use(self, name: _Name) -> None:
        """Whether a country or capital stands for its government, or before a noun as an adjective."""
        best = name.readings[0] if name.readings else None
        if (
            best is None
            or name.relation is not None
            or name.kind_word is not None
            or not (best.kind == "country" or best.capital)
        ):
            return
        token = self.tokens[name.last]
        head = token.head
        if token.dep == "conj":
            token, head = head, head.head
        if (
            (token.dep == "nsubj" and head.lower in SPEECH)
            or (token.dep == "pobj" and head.dep == "agent" and head.head.lower in SPEECH)
            or (token.dep == "dobj" and head.lower in ADDRESSED)
        ):
            name.role = "metonym"
        elif best.kind == "country" and token.dep in ("compound", "nmod", "amod") and head.i > token.i:
            if head.lower in OFFICE_NOUNS or name.form.lower() in SHORT_COUNTRIES:
                name.role = "adjective"
        after = self.tokens[name.last + 1 : name.last + 3]
        if len(after) == 2 and after[0].text == "-" and after[1].lower in DESCRIBED_BY:
            name.role = "adjective"
        before = self.tokens[max(0, name.first - 2) : name.first]
        if len(before) == 2 and before[1].text == "-" and before[0].lower in ("anti", "pro"):
            name.role = "adjective"  # "anti-Pyongyang broadcasts"

    def _in_organisation(self, name: _Name) -> bool:
        """Whether the name only opens that of an office, firm or paper ("Accra Zoo", "Ranchi Police")."""
        tokens, token = self.tokens, self.tokens[name.last]
        head = token.head
        after = tokens[name.last + 1] if name.last + 1 < len(tokens) else token
        if after.text == "Police" and name.last + 2 < len(tokens) and tokens[name.last + 2].lower not in GROUND:
            return True
        if not name.last < head.i <= name.last + 6 or token.dep not in ("compound", "nmod", "amod"):
            return False
        if head.ent == "PERSON" or head.lower in GROUND or head.lower in KIND_AFTER or head.lower in PLURAL_KINDS:
            return False
        if head.i + 1 < len(tokens) and tokens[head.i + 1].lower in GROUND:
            return False  # "Ranchi Police station"
        between = tokens[name.last + 1 : head.i + 1]
        if not all(_is_name_word(one) and one.lower not in GROUND for one in between):
            return False
        return not any(one.i in self.used for one in between)

    # --- whole-text passes

    def _abbreviations(self) -> None:
        """States in short after their towns: "Salem, Ore.", "Tyler, TX"."""
        for left in list(self.found):
            step = left.last + 2
            if step < len(self.tokens) and left.role == "place" and not self._is_used(step, step):
                found = self._short_state(step)
                if found:
                    self._keep(_Name(step, step, self.tokens[step].text, found, sure=2))

    def _short_state(self, index: int) -> tuple[Candidate, ...]:
        """The state whose short form stands at ``index``, behind a name and a comma; empty if none does."""
        tokens = self.tokens
        if index < 2 or tokens[index - 1].text != "," or not _is_name_word(tokens[index - 2]):
            return ()
        text = tokens[index].text
        if len(text) > 3 and text.isupper():
            text = text.title()  # "FLA."
        stop = index + 1 < len(tokens) and tokens[index + 1].text == "." and tokens[index].end == tokens[index + 1].start
        stop = stop or (index + 1 < len(tokens) and tokens[index + 1].text in ("(", "—", "–", "--"))
        unit = self.gazetteer.abbreviations.get(text) or (self.gazetteer.abbreviations.get(f"{text}.") if stop else None)
        if unit is None:
            return ()
        return tuple(one for one in self.gazetteer.lookup(unit[1]) if one.kind == "admin1" and one.iso2 == unit[0])

    def _seats(self) -> None:
        """Capitals that are not named: "Iraq's capital", "the Haitian capital", "in the capital"."""
        tokens = self.tokens
        ends = {name.last: name for name in self.found}
        for index, token in enumerate(tokens):
            if token.lower != "capital" or index == 0 or index in self.used:
                continue
            last = index + (index + 1 < len(tokens) and tokens[index + 1].lower == "city")
            follows = next((one for one in self.found if last < one.first <= last + 2), None)
            if follows is not None or not self._is_where(tokens[last]):
                continue
            owner = ends.get(index - 2 if tokens[index - 1].lower in ("'s", "'") else index - 1)
            if owner is not None and not owner.silent:
                best = owner.readings[0] if owner.readings else None
                code = owner.demonym[0] if len(owner.demonym) == 1 else best.iso2 if best and best.kind == "country" else None
                first = owner.first
            else:
                code, first = "", index - 1
                if tokens[index - 1].lower != "the" and not (
                    tokens[index - 1].lower == "'s" and tokens[index - 2].lower in ("country", "nation")
                ):
                    continue
            if code is not None:
                self.found.append(_Name(first, last, self._form(first, last), (), sure=2, seat=code))
        self.found.sort(key=lambda name: (name.first, name.last))

    def _is_where(self, token: Token) -> bool:
        """Whether something is in, goes to or takes what the token names."""
        after = self.tokens[token.i + 1].lower if token.i + 1 < len(self.tokens) else ""
        if after == "of" or token.tag not in ("NN", "NNP"):
            return False
        head = token.head
        if token.dep == "pobj":
            return head.lower in IN_WORDS or head.lower in ("from", "to", "into", "towards", "toward", "on")
        return token.dep in ("dobj", "nsubjpass") and head.lower in HELD

    def _listed(self) -> None:
        """Names in a list with places: "Quetta, Mastung and Kech"."""
        for name in [name for name in self.found if name.role == "place"]:
            member: _Name | None = name
            while member is not None:
                member = self._list_member(member, unknown=not name.readings and name.sure == 3)
        self.found.sort(key=lambda name: name.first)

    def _list_member(self, before: _Name, *, unknown: bool) -> _Name | None:
        """The next member of a list if it is a place not yet found; ``unknown`` members pass where the first is unknown too."""
        tokens, step = self.tokens, before.last + 1
        while step < len(tokens) and step < before.last + 3 and tokens[step].lower in (",", "and", "or"):
            step += 1
        if step == before.last + 1 or step >= len(tokens) or self._is_used(step, step):
            return None
        opened = tokens[step]
        if not _is_name_word(opened) or opened.ent in NEVER_LABELS or opened.lower in NOT_NAMES:
            return None
        end = step
        while end + 1 < len(tokens) and not self._is_used(end + 1, end + 1) and _continues(tokens, end + 1, opened):
            end += 1
        after = tokens[end + 1].lower if end + 1 < len(tokens) else "."
        if opened.ent == "PERSON" and after not in LIST_ENDS:
            return None
        readings = self._lookup(step, end)
        if readings and readings[0].quality < 0.75:
            readings = ()
        if not readings and not unknown:
            return None
        if readings and opened.dep not in ("conj", "appos", "pobj", "compound") and readings[0].weight < 2:
            return None
        name = _Name(step, end, self._form(step, end), readings, sure=1 if readings else 3)
        self._keep_read(name)
        return name

    def _spread_kinds(self) -> None:
        """ "Kabul, Balkh and Badakhshan provinces": the plural says the kind of each."""
        tokens = self.tokens
        for position, name in enumerate(self.found):
            after = self._after(name.last)
            kind = PLURAL_KINDS.get(after)
            if kind is None or name.role != "place":
                continue
            name.kind_word = kind
            right = name
            for left in reversed(self.found[:position]):
                gap = tokens[left.last + 1 : right.first]
                if not gap or any(token.lower not in (",", "and", "or") for token in gap):
                    break
                left.kind_word, right = left.kind_word or kind, left

    def _spread_offices(self) -> None:
        """ "The Bihar, Odisha and Jharkhand Police": each is a part of an office's name."""
        for left, right in pairwise(reversed(self.found)):
            left, right = right, left
            gap = self.tokens[left.last + 1 : right.first]
            before = self.tokens[left.first - 1].lower if left.first else ""
            if right.role == "org_part" and not right.silent and left.role == "place" and left.kind_word is None:
                if gap and all(token.lower in (",", "and", "the") for token in gap) and before not in IN_WORDS:
                    left.role = "org_part"

    def _is_used(self, first: int, last: int) -> bool:
        return any(index in self.used or index in self.taken for index in range(first, last + 1))

    def _keep(self, name: _Name) -> None:
        name.force = self._after(name.last) == "police" and bool(name.readings) and name.readings[0].kind == "city"
        self.found.append(name)
        self.used.update(range(name.first, name.last + 1))


def _is_joined(tokens: list[Token], index: int) -> bool:
    """Whether a hyphen token touches both neighbours ("Deir ez-Zor")."""
    if tokens[index].text != "-":
        return False
    return (
        0 < index < len(tokens) - 1
        and tokens[index - 1].end == tokens[index].start
        and tokens[index].end == tokens[index + 1].start
    )


def _is_article(tokens: list[Token], index: int) -> bool:
    """Whether the token is an Arabic article in lower case, joined to a name ("al-Fashir" in three tokens)."""
    if tokens[index].text not in ("al", "el", "as", "ad", "ar", "an", "ez") or index + 2 >= len(tokens):
        return False
    return _is_joined(tokens, index + 1) and tokens[index + 2].text[0].isupper()


def _is_name_word(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or (
        len(text) > 3 and text[:3].lower() in ("al-", "el-", "as-", "ad-", "ar-", "an-") and text[3].isupper()
    )


def _continues(tokens: list[Token], index: int, opened: Token) -> bool:
    """Whether the token at ``index`` goes on with the capitalised run that ``opened`` began."""
    token = tokens[index]
    if token.sent != opened.sent:
        return False
    if opened.ent and not token.ent_start and token.ent == opened.ent:
        return True
    if (token.ent_start and token.ent != opened.ent) or token.ent != opened.ent:
        return False
    if _is_name_word(token):
        return not (opened.ent and token.ent_start)
    if token.text == "-":
        return _is_joined(tokens, index)
    if tokens[index - 1].text == "-":
        return True
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    return token.lower in NAME_JOINTS and follows is not None and follows.text[0].isupper()


def _measures(token: Token) -> bool:
    lower = token.lower
    return (
        lower in LENGTHS
        or lower in DIRECTIONS
        or token.tag in ("CD", "HYPH")
        or lower in ("about", "some", "away", "just", "-", "around")
    )


# --- what lies in what


def _link(parse: Parse, names: list[_Name]) -> None:
    """Ties each name to the next one where the words between say that it lies in it."""
    tokens = parse.tokens
    for left, right in pairwise(names):
        if tokens[left.first].sent != tokens[right.first].sent and left.relation != "dateline":
            continue
        gap = tokens[left.last + 1 : right.first]
        if not gap and left.role != "adjective":
            if left.role == "place" and right.role == "place":
                right.within = left if right.within is None else right.within
            continue
        if len(gap) > 8:
            continue
        words = [token.lower for token in gap]
        if not left.readings and right.relation is not None and "," in words[:2]:
            left.follower = right  # "the Bir Zalmi area, 30 km west of Mukalla": in the same province
        if words and all(word in (",", "and", "or") for word in words):
            left.follower = right
            if left.relation == "between" and right.relation is None and right.role == "place":
                right.relation = "between"
        if left.follower is right and left.readings and right.readings:
            _list_together(left, right)
            if words != [","] or left.listed == "country" or (left.listed == "admin1" and _same_level(left, right)):
                continue
        if left.role == "adjective" or words[:1] == ["'s"]:
            rest = words[1:] if words[:1] == ["'s"] else words
            if len(rest) <= 5 and all(
                w in LINKS or token.tag.startswith("JJ") for w, token in zip(rest, gap[len(words) - len(rest) :], strict=True)
            ):
                if "," not in rest and right.role == "place":
                    right.within = left
        elif left.role in ("place", "org_part") and right.role in ("place", "adjective") and all(word in LINKS for word in words):
            if right.role == "adjective" and words[-1] not in ("the", "'s", "of", "in"):
                continue
            if right.kind_word in DISTRICT_KINDS and (left.kind_word in STATE_KINDS or (words[0] == "," and _is_far(left))):
                continue
            if words[0] in (",", "(", "in", "of", "on") or {"in", "of", "on", ","} & set(words):
                short = words == [","] and (_is_short(right) or (_is_unit(right) and _closes(tokens, right.last)))
                left.within, left.firm = right, short or (bool({"in", "of"} & set(words)) and left.sure > 0)


def _closes(tokens: list[Token], last: int) -> bool:
    """Whether no list goes on behind a name: "Salem, Oregon, on Monday", but not "Salem, Oregon and Ohio"."""
    after = tokens[last + 1 : last + 3]
    if not after or after[0].lower in ("and", "or", "&"):
        return False
    return after[0].text != "," or len(after) < 2 or not (_is_name_word(after[1]) or after[1].lower in ("and", "or"))


def _is_far(name: _Name) -> bool:
    """Whether the text gives a distance from the place ("70 km from Ranchi, in Gumla district")."""
    return name.relation is not None and any(word in LENGTHS for word in name.relation.lower().split())


def _is_short(name: _Name) -> bool:
    """Whether a name is the short form of a state ("Ore.")."""
    return len(name.readings) == 1 and name.readings[0].kind == "admin1" and len(name.form) < 0.6 * len(name.readings[0].name)


def _chain(parse: Parse, names: list[_Name]) -> None:
    """Ties places to the district or state that closes their phrase ("N village under M Police Station limits in X District")."""
    for position, unit in enumerate(names):
        if unit.role != "place" or not _is_unit(unit):
            continue
        before = parse.tokens[unit.first - 1].lower if unit.first else ""
        if before in ("the", "same"):
            before = parse.tokens[unit.first - 2].lower if unit.first > 1 else ""
        if before not in ("in", "of", "under", "inside", "within"):
            continue
        for inner in reversed(names[:position]):
            if inner.within is not None or inner.role != "place" or inner.relation == "dateline":
                continue
            if not _leads_to(parse, inner, unit):
                break
            if inner.readings and inner.readings[0].kind in ("country", "sea") and inner.kind_word is None:
                continue
            if _is_unit(inner) and not _is_wider(unit, inner):
                break
            inner.within, inner.firm = unit, True
    for name in reversed(names):  # members of a list lie where the last of them lies
        if name.follower is not None and name.within in (None, name.follower) and name.role == "place":
            if name.follower.firm and name.follower.within is not None and not _is_unit(name):
                name.within, name.firm = name.follower.within, True


def _is_unit(name: _Name) -> bool:
    if name.kind_word is not None:
        return name.kind_word in UNIT_KINDS
    return bool(name.readings) and name.readings[0].kind == "admin1" and name.readings[0].quality >= 0.95


def _is_wider(unit: _Name, inner: _Name) -> bool:
    return unit.kind_word not in DISTRICT_KINDS and inner.kind_word in DISTRICT_KINDS


def _leads_to(parse: Parse, inner: _Name, unit: _Name) -> bool:
    """Whether the words from a place to a unit are one phrase: no verb, no stop, no distance."""
    gap = parse.tokens[inner.last + 1 : unit.first]
    if len(gap) > CHAIN_TOKENS or parse.tokens[inner.first].sent != parse.tokens[unit.first].sent:
        return False
    return not any(
        token.lower in CHAIN_STOPS or token.tag[0] == "V" or token.tag == "MD" or token.lower in LENGTHS for token in gap
    )


def _list_together(left: _Name, right: _Name) -> None:
    """Members of a list are of one kind more often than not."""
    for one, other in ((left, right), (right, left)):
        best = other.readings[0]
        if best.kind in ("country", "admin1") and any(
            reading.kind == best.kind and reading.quality >= 0.95 for reading in one.readings
        ):
            one.listed = best.kind


def _same_level(left: _Name, right: _Name) -> bool:
    """ "Oregon, Ohio and Texas" lists states: none of them is a town in the next."""
    lands = {reading.iso2 for reading in right.readings[:3] if reading.kind == "admin1"}
    return any(reading.kind == "admin1" and reading.iso2 in lands and reading.quality >= 0.95 for reading in left.readings[:5])


def _lies_in(inner: Candidate, outer: Candidate) -> bool:
    if inner.key == outer.key:
        return False
    if inner.iso2 is None:
        return outer.iso2 in inner.countries if outer.iso2 else bool(set(inner.countries) & set(outer.countries))
    if outer.kind == "country":
        return inner.iso2 == outer.iso2 and inner.kind != "country"
    if (outer.iso2 is not None and outer.iso2 != inner.iso2) or (outer.iso2 is None and inner.iso2 not in outer.countries):
        return False
    if outer.kind == "admin1":
        return inner.admin1 == outer.admin1 and inner.kind not in ("admin1", "country")
    if outer.kind == "admin2":
        return inner.admin2 == outer.admin2 and inner.kind not in ("admin1", "admin2", "country")
    if outer.kind in ("region", "sea"):
        return inner.kind != "country" and _close(inner, outer, 600.0)
    if outer.kind == "city":
        return (
            inner.kind in ("quarter", "camp", "feature", "city", "admin2")
            and outer.population >= inner.population
            and _close(inner, outer, 60.0)
        )
    return False


def _close(one: Candidate, other: Candidate, km: float) -> bool:
    """Whether two points lie roughly within a distance; false where either has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) * 111 < km and abs(one.lon - other.lon) * 90 < km


# --- the choice among readings


def _choose(names: list[_Name], gazetteer: Gazetteer, hints: Mapping[str, float]) -> None:
    shares = _Shares(names, hints)
    states = frozenset(code for code, _ in gazetteer.abbreviations.values())
    _pick(names, gazetteer, shares)
    _agree(names)
    for name in names:
        _doubt(name, shares, states)
        if name.tentative and name.chosen is not None and name.within is None:
            name.silent = name.chosen.iso2 is None or shares.without(name.form, name.chosen.iso2) < 0.5
        if name.seat is not None:
            code = name.seat or shares.leader()
            name.chosen = gazetteer.capital(code) if code else None
            name.silent = name.chosen is None
    for name in names:
        if name.role != "adjective" and name.sure < 2 and name.chosen is None and not (name.firm and name.within is not None):
            name.silent = True


class _Shares:
    """How far the report is about each country: 0 to 1, the leading country has 1; a name's own vote can be left out."""

    def __init__(self, names: Iterable[_Name], hints: Mapping[str, float]) -> None:
        self.votes = {code: 2.0 * weight for code, weight in hints.items()}
        self.own: dict[str, dict[str, float]] = {}
        self.units: dict[str, float] = {}
        self.districts: dict[tuple[str | None, str | None, str | None], float] = {}
        counted: dict[str, int] = {}
        for name in names:
            form = name.form.lower()
            counted[form] = counted.get(form, 0) + 1
            worth = (0.7 if name.relation == "dateline" else 1.0) / counted[form]
            for key, vote in _votes(name):
                self.votes[key] = self.votes.get(key, 0.0) + worth * vote
                own = self.own.setdefault(form, {})
                own[key] = own.get(key, 0.0) + worth * vote
                if name.role == "place" or name.force:
                    self.units[key] = self.units.get(key, 0.0) + worth * vote
            for district in _districts(name):
                self.districts[district] = 1.0
        self.top = max((vote for key, vote in self.votes.items() if len(key) == 2), default=1.0) or 1.0

    def without(self, form: str, code: str) -> float:
        own = self.own.get(form.lower())
        return max(0.0, self.votes.get(code, 0.0) - (own.get(code, 0.0) if own else 0.0)) / self.top

    def of_unit(self, form: str, unit: str) -> float:
        """How far other names lie in a first-level unit: 0 to 1, where 1 is one sure name or several likely ones."""
        own = self.own.get(form.lower())
        return min(1.0, max(0.0, self.votes.get(unit, 0.0) - (own.get(unit, 0.0) if own else 0.0)))

    def leading_unit(self, form: str, code: str) -> tuple[str | None, float]:
        """The first-level unit of a country for which other names speak most, and how far; ``None`` and 0 where none does."""
        own = self.own.get(form.lower(), {})
        units = [
            (vote - own.get(key, 0.0), key.removeprefix(f"{code} "))
            for key, vote in self.units.items()
            if key.startswith(f"{code} ")
        ]
        worth, unit = max(units, default=(0.0, None))
        return unit, worth

    def votes_against(self, code: str) -> float:
        """The votes of the leading country, or 0 if that is this one."""
        return 0.0 if self.votes.get(code, 0.0) >= self.top else self.top

    def leader(self) -> str | None:
        """The country that the report is about, if one stands out."""
        ranked = sorted(((vote, key) for key, vote in self.votes.items() if len(key) == 2), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] < 1.5 * ranked[1][0]):
            return None
        return ranked[0][1]

    def of(self, code: str) -> float:
        return self.votes.get(code, 0.0) / self.top


def _districts(name: _Name) -> list[tuple[str | None, str | None, str | None]]:
    """The second-level unit that a name with its kind ("Bamberg County") leaves no doubt of; of many namesakes none."""
    if name.form.lower().split()[-1] not in DISTRICT_KINDS and name.kind_word not in DISTRICT_KINDS:
        return []
    found = [(one.iso2, one.admin1, one.admin2) for one in name.readings if one.kind == "admin2" and one.quality >= 0.95]
    return found if len(found) == 1 else []


def _votes(name: _Name) -> list[tuple[str, float]]:
    if name.demonym:
        return [(code, 1.2 / len(name.demonym)) for code in name.demonym]
    readings = name.readings[:10]
    if not readings:
        return []
    weights = [2.7 ** (1.5 * (reading.weight - readings[0].weight)) for reading in readings]
    total = sum(weights)
    votes: list[tuple[str, float]] = []
    for reading, weight in zip(readings, weights, strict=True):
        if reading.iso2:
            votes.append((reading.iso2, weight / total))
            if reading.admin1:
                votes.append((f"{reading.iso2} {reading.admin1}", weight / total))
        else:
            votes += [(code, weight / total / 3) for code in reading.countries[:5]]
    return votes


def _pick(names: list[_Name], gazetteer: Gazetteer, shares: _Shares) -> None:
    for name in reversed(names):
        if name.demonym:
            name.chosen = _country_of(name.demonym, gazetteer, shares)
        elif name.readings:
            name.chosen = max(name.readings, key=lambda reading: (_score(name, reading, shares), -reading.key))
    for name in names:  # a container on the left is chosen only now
        if name.within is not None and name.within.first < name.first and name.readings:
            name.chosen = max(name.readings, key=lambda reading: (_score(name, reading, shares), -reading.key))


def _country_of(codes: tuple[str, ...], gazetteer: Gazetteer, shares: _Shares) -> Candidate | None:
    if len(codes) == 1:
        return gazetteer.country(codes[0])
    if len(codes) > 2:
        return None  # a people of many countries says nothing of any
    known = sorted(((shares.of(code), -number, code) for number, code in enumerate(codes)), reverse=True)
    if known[0][0] > 1.3 * known[1][0]:
        return gazetteer.country(known[0][2])
    return gazetteer.country(codes[0])


def _score(name: _Name, reading: Candidate, shares: _Shares) -> float:
    score = reading.weight
    if reading.iso2:
        score += 2.4 * shares.without(name.form, reading.iso2)
    elif reading.countries:
        score += 1.2 + 1.2 * max(shares.without(name.form, code) for code in reading.countries)
    else:
        score += 1.6
    if reading.kind == "admin1" and name.readings[0].kind == "country":
        score += 1.3  # Georgia, Niger: the country unless the report is about the other one
    if reading.kind == "admin2" and reading.quality < 0.7 and name.kind_word is None:
        score -= 1.5  # a county is called one
    if reading.kind == "city" and _is_elsewhere(name, reading):
        score -= 0.7  # Ontario is the province before it is a town of another country
    if name.holds and reading.kind != "city":
        score += _holding(name, reading)
    if reading.kind == "city" and (reading.iso2, reading.admin1, reading.admin2) in shares.districts:
        score += 2.5 if name.readings[0].kind == "country" else 1.2  # the Lebanon of Boone County
    if reading.kind == "city" and name.relation not in (None, "dateline"):
        score += 0.6  # one is near a town, not near a province
    if reading.admin1 and not _is_namesake(name, reading):
        pull = 2.0 if reading.iso2 in _crowded(name) else 1.2
        score += pull * reading.quality * shares.of_unit(name.form, f"{reading.iso2} {reading.admin1}")
    if name.listed is not None and reading.kind == name.listed:
        score += 1.2
    if name.kind_word is not None:
        wanted = KIND_AFTER[name.kind_word]
        score += 2.0 - 0.4 * wanted.index(reading.kind) if reading.kind in wanted else -0.8
    if name.capital and (reading.capital or reading.kind == "city"):
        score += 2.0 if reading.capital else 0.8
    if name.within is not None and name.within.chosen is not None and _lies_in(reading, name.within.chosen):
        score += 3.0 if reading.kind != "city" or name.readings[0].kind != "country" else 0.0
    return score


def _holding(name: _Name, reading: Candidate) -> float:
    """How well a reading fits what is said to lie in it: the Georgia of Atlanta is the state."""
    best = 0.0
    for inner in name.holds:
        if inner.readings:
            top = inner.readings[0].weight
            fits = [one.weight - top for one in inner.readings[:20] if one.quality >= 0.75 and _lies_in(one, reading)]
            best = max(best, 2.5 + max(fits, default=-2.5))
    return best


def _crowded(name: _Name) -> frozenset[str | None]:
    """The countries with several towns of this name, where the state that the report speaks of decides (Springfield)."""
    if name.crowded is None:
        towns = [one.iso2 for one in name.readings if one.kind == "city" and one.quality >= 0.95]
        name.crowded = frozenset(code for code in set(towns) if towns.count(code) >= 3)
    return name.crowded


def _is_elsewhere(name: _Name, town: Candidate) -> bool:
    """Whether a first-level unit without a town of that name bears the name too, and the town lies in none of these units."""
    if name.bare_units is None:
        seats = {(one.iso2, one.admin1) for one in name.readings if one.kind == "city" and one.quality >= 0.75}
        large = {(one.iso2, one.admin1) for one in name.readings if one.kind == "admin1" and one.weight >= LARGE_UNIT}
        name.bare_units = {unit for unit in _units(name).items() if unit in large and unit not in seats}
    return bool(name.bare_units) and (town.iso2, town.admin1) not in name.bare_units


def _units(name: _Name) -> dict[str | None, str | None]:
    """The first-level units of this name, by country."""
    return {one.iso2: one.admin1 for one in name.readings if one.kind == "admin1" and one.quality >= 0.95}


def _is_namesake(name: _Name, reading: Candidate) -> bool:
    """Whether a town bears the name of another first-level unit of its country (California in Pennsylvania)."""
    if name.units is None:
        name.units = _units(name)
    return reading.kind == "city" and name.units.get(reading.iso2, reading.admin1) != reading.admin1


def _agree(names: list[_Name]) -> None:
    """One name, one place: a reading that the text itself fixes ("Tripoli, Lebanon") holds for the whole report."""
    fixed: dict[str, Candidate] = {}
    for name in reversed(names):  # "Tarmul, Qesh and Boran, in Nangarhar": all of them lie there
        if name.follower is not None and name.chosen is None and name.within in (None, name.follower):
            name.within = name.follower.within
    for name in names:
        while name.within is not None and name.within.chosen is None and name.within.within not in (None, name):
            if name.within.kind_word in UNIT_KINDS:
                break
            name.within = name.within.within
        outer = name.within.chosen if name.within is not None else None
        if outer is None:
            if not (name.firm and name.within is not None and name.within.kind_word in UNIT_KINDS):
                name.within = None
        elif name.chosen is None:
            continue
        elif name.firm and outer.kind in ("admin2", "city") and _is_unit(name.within) and not _lies_in(name.chosen, outer):  # type: ignore[arg-type]
            if not (name.chosen.iso2 == outer.iso2 and _close(name.chosen, outer, BORDER_KM)):
                name.chosen, name.readings = None, ()
        elif name.firm and outer.kind == "admin1" and _is_small(name.chosen) and not _lies_in(name.chosen, outer):
            if name.chosen.iso2 == outer.iso2 and _close(name.chosen, outer, 2.5 * BORDER_KM):
                name.within = None
            else:
                name.chosen, name.readings = None, ()
        elif _lies_in(name.chosen, outer):
            if name.role == "place":
                fixed.setdefault(normalise(name.form), name.chosen)
        elif name.firm and outer.iso2 is not None and _is_small(name.chosen) and outer.iso2 != name.chosen.iso2:
            name.chosen, name.readings = None, ()
        else:
            name.within = None
    unknown = {normalise(name.form): name.within for name in names if name.firm and name.within is not None and not name.readings}
    for name in names:
        outer_of_same = unknown.get(normalise(name.form))
        if outer_of_same is not None and name.within is None and name.kind_word is None and name.role == "place":
            name.chosen, name.readings, name.within = None, (), outer_of_same
        same = fixed.get(normalise(name.form))
        if same is not None and name.within is None and name.kind_word is None and name.role in ("place", "org_part"):
            name.chosen = same


def _in_one_land(readings: Sequence[Candidate]) -> bool:
    """Whether all towns of a name lie in one country, so that the name alone tells it."""
    return len({one.iso2 for one in readings if one.kind == "city" and one.quality >= 0.95}) == 1


def _is_small(place: Candidate) -> bool:
    return place.kind in ("city", "admin2") and not place.capital and place.population < 300_000


def _is_foreign(name: _Name, town: Candidate, shares: _Shares) -> bool:
    """Whether a town without a word on its state lies in another one than all that the report speaks of.

    Where reports write the state behind a town, they leave it out only in their own state: the name is then that of a quarter,
    a street or a hamlet there which no gazetteer lists.
    """
    if name.within is not None:
        return False
    home, worth = shares.leading_unit(name.form, str(town.iso2))
    return worth >= HOME and home != town.admin1 and shares.of_unit(name.form, f"{town.iso2} {town.admin1}") < worth / 4


def _doubt(name: _Name, shares: _Shares, states: frozenset[str]) -> None:
    """A small town of a country that the report does not speak of is no reading at all: the place is unknown."""
    chosen = name.chosen
    if chosen is None or chosen.iso2 is None or chosen.kind not in ("city", "admin2"):
        return
    if (chosen.capital or chosen.population > 1_000_000) and chosen.quality >= 0.7:
        return
    if chosen.iso2 in states and _is_small(chosen) and chosen.population < 100_000 and _is_foreign(name, chosen, shares):
        name.chosen, name.readings = None, ()
        return
    if (not _is_small(chosen) or chosen.population > 100_000) and chosen.quality >= 0.95:
        return
    outer = name.within.chosen if name.within is not None else None
    if (outer is not None and _lies_in(chosen, outer)) or name.relation == "dateline":
        return
    others = shares.votes_against(chosen.iso2)
    if name.site and shares.without(name.form, chosen.iso2) < 0.5 and others > 0:
        name.silent = True
        return
    if shares.without(name.form, chosen.iso2) < 0.05 and others >= 1.5:
        name.chosen, name.readings = None, ()


# --- the record


def _record(parse: Parse, name: _Name, gazetteer: Gazetteer) -> Place:
    span = parse.span(name.first, name.last)
    found = name.chosen
    if found is None:
        return _unresolved(name, span.text, span.start, span.end)
    lat, lon = found.lat, found.lon
    is_unit = name.kind_word in UNIT_KINDS and found.kind == "city"
    return Place(
        text=span.text,
        start=span.start,
        end=span.end,
        name=_usual_name(name, found),
        admin2=_stated_district(name) or found.admin2,
        admin1=found.admin1,
        country=found.country,
        iso2=found.iso2,
        lat=lat,
        lon=lon,
        precision=_precision(name, found),
        stand_in=lat is not None
        and (found.kind in ("country", "admin1", "admin2", "region") or found.point == "admin1" or is_unit),
        geonames_id=found.geonames_id,
    )


def _unresolved(name: _Name, text: str, start: int, end: int) -> Place:
    """A place that the gazetteer does not know, or an adjective of several countries: only what the text itself tells."""
    above = name.within
    while above is not None and above.chosen is None and above.within is not above:
        above = above.within
    outer = above.chosen if above is not None else None
    written = text
    if name.kind_word in KIND_AFTER and name.kind_word not in ("city", "area") and not text.lower().endswith(name.kind_word):
        written = f"{text} {name.kind_word}"
    if outer is None:
        district = _stated_district(name)
        return Place(text=text, start=start, end=end, name=written if name.role == "place" else text, admin2=district)
    return Place(
        text=text,
        start=start,
        end=end,
        name=written,
        admin2=_stated_district(name) or outer.admin2,
        admin1=outer.admin1,
        country=outer.country,
        iso2=outer.iso2,
        lat=outer.lat,
        lon=outer.lon,
        precision=max(_kind_precision(outer), 2),
        stand_in=outer.lat is not None,
    )


def _stated_district(name: _Name) -> str | None:
    """The district that the text puts the place in or names, as written where that is not its usual name; else ``None``."""
    unit: _Name | None = name
    for _ in range(4):
        if unit is None:
            return None
        chosen = unit.chosen
        if (chosen is not None and chosen.kind == "admin2") or (
            unit.kind_word in DISTRICT_KINDS and (chosen is None or chosen.kind == "city") and not _is_quarter(unit)
        ):
            plain = without_unit(normalise(unit.form))
            if chosen is not None and chosen.admin2 is not None and without_unit(normalise(chosen.admin2)) == plain:
                return chosen.admin2
            return _bare(unit.form)
        unit = unit.within
    return None


def _is_quarter(name: _Name) -> bool:
    """Whether an unknown district lies in a town: then it is a quarter of it."""
    return (
        name.chosen is None and name.within is not None and name.within.chosen is not None and name.within.chosen.kind == "city"
    )


def _bare(form: str) -> str:
    """A name as written, less the word for its kind behind it."""
    words = form.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in UNIT_KINDS | PLURAL_KINDS.keys() else form


def _usual_name(name: _Name, found: Candidate) -> str:
    """The name in its usual form, with the kind or the part of it that the text names."""
    usual = found.name
    if name.role == "adjective":
        return usual
    word = name.kind_word
    if word in ("district", "province", "state", "governorate", "county", "department", "region", "division") and found.kind in (
        "admin1",
        "admin2",
    ):
        base = normalise(usual)
        bare = re.sub(
            r" (district|province|state|governorate|county|department|region|division|oblast)$", "", usual, flags=re.IGNORECASE
        )
        usual = f"{bare} {word}" if base != normalise(bare) or word not in base else usual
    if name.facility is not None:
        return f"{usual} {name.facility}"
    if name.direction is not None and found.kind in ("country", "admin1", "region", "admin2"):
        direction = name.direction if name.direction.endswith(("ern", "central")) else f"{name.direction}ern"
        return f"{direction} {usual}"
    return usual


def _precision(name: _Name, found: Candidate) -> int:
    """UCDP's seven levels, of the place as the text gives it."""
    precision = _kind_precision(found)
    if precision < 3 and name.kind_word in UNIT_KINDS:
        return 3 if name.kind_word in DISTRICT_KINDS else 4
    if name.relation == "off the coast of":
        return 7
    if precision == 6 and name.direction is not None:
        return 5
    if precision == 1 and name.relation not in (None, "dateline"):
        return 2
    return precision


def _kind_precision(found: Candidate) -> int:
    if found.kind == "sea":
        return 7
    if found.kind == "country":
        return 6
    if found.kind == "region" or (found.kind == "feature" and len(found.countries) > 1):
        return 5
    if found.kind == "admin1" or found.point == "admin1":
        return 4
    return 3 if found.kind == "admin2" else 1
