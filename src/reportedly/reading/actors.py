"""Finds who is named or described in a text: organisations of the register, classes of people, persons in public roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reportedly.knowledge.classes import ClassWord, load_classes
from reportedly.reading.parse import Parse, Token, in_one_line
from reportedly.records import Actor, ActorKind, ActorReading, CountGroup

if TYPE_CHECKING:
    from reportedly.linking.register import Entry, Register

ARMED_KINDS = frozenset({"armed_group", "military", "police", "paramilitary", "militia", "international_force", "intelligence"})
NAMED_WHOLES = ARMED_KINDS | {
    "party",
    "government",
    "media_wing",
    "international_organisation",
    "ngo",
    "company",
    "media",
    "office",
}
PLAIN_HEADS = frozenset(
    "member members fighter fighters force forces troop troops soldier soldiers militant militants rebel rebels "
    "insurgent insurgents guerrilla guerrillas gunman gunmen militia militias group groups movement organization "
    "organisation network unit units elements element cadre cadres operative operatives terrorist terrorists combatants "
    "combatant personnel men gang cartel faction insurgency separatists separatist jihadists jihadist extremists "
    "extremist loyalists recruits commandos positions position army side wing branch affiliate command leadership regime "
    "authorities terror rebellion alliance coalition officials official".split()
)
"""Head nouns that add nothing to the name they stand with: "Taliban fighters" are the Taliban."""
OF_A_BODY = frozenset({"member", "members", "element", "elements", "personnel"})
"""Plain heads that, behind the word of a body or of its people, are some of these."""
BINDERS = frozenset({"of", "from", "with", "in"})
QUANTITIES = frozenset(
    "number group groups dozens scores hundreds thousands tens lot majority handful series couple pair band bands team "
    "convoy column patrol crowd crowds hordes rest several some many most all one two three four five six seven eight "
    "nine ten squad unit units family families lives contingent wave score dozen".split()
)
"""Nouns that only measure or gather what their "of" names: "a convoy of Turkish troops"."""
LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "punct", "quantmod", "advmod", "case", "npadvmod"})
LEFT_DROP = frozenset(
    {"DT", "PDT", "PRP$", "CD", "JJR", "JJS", "RB", "RBR", "WDT", "WP$", "``", "''", ",", ":", "-LRB-", "-RRB-", "POS", "IN"}
)
VAGUE = frozenset(
    "several many more few other some armed unidentified unknown suspected alleged local nearly dozens hundreds scores "
    "various remaining fellow former late new own same certain so-called least other".split()
)
KEEP_VAGUE = frozenset({"armed", "unidentified", "unknown", "suspected", "local", "former"})
ROLE_WORDS = frozenset(
    "spokesman spokeswoman spokesperson minister president premier chancellor king queen prince emir sultan governor "
    "mayor commander general colonel brigadier major captain lieutenant sergeant admiral marshal chief leader head "
    "director secretary secretary-general ambassador envoy representative senator congressman lawmaker deputy mp "
    "official officer prosecutor judge sheikh imam ayatollah mullah bishop archbishop pope chairman chairwoman chair "
    "coordinator adviser advisor inspector superintendent constable sheriff commissioner dictator rebel-leader strongman "
    "warlord founder analyst activist negotiator mediator cleric elder chieftain administrator legislator vice-president "
    "attorney lawyer researcher monitor editor correspondent reporter journalist diplomat".split()
)
TITLES = frozenset(
    "mr mrs ms dr gen col lt maj capt sgt brig cmdr adm prof sen rep gov pres mr. mrs. ms. dr. gen. col. lt. maj. capt. "
    "sgt. brig. sen. rep. gov. sir lord".split()
)
SHORT = re.compile(r"[A-Z][A-Z0-9&.-]+")
"""The form of an abbreviation."""
OPPOSING = frozenset({"anti", "counter"})
"""Before a hyphen and a name: the name is whom the noun behind it stands against ("the counter-ISIL coalition")."""
BACKING = frozenset({"pro"})
"""Before a hyphen and a name: those whom the phrase means are for it, not of it ("pro-Taliban militants")."""
CRAFT = frozenset({"fighter", "bomber"})
"""Class words that are aircraft where they describe another noun ("a fighter squadron", "bomber pilots")."""
AIRCRAFT = frozenset({"aircraft", "planes", "jets"})
INSTITUTIONS = frozenset({"airfield", "airport", "academy", "college", "hospital", "museum", "cemetery", "school", "airbase"})
"""Last words of names in which a word for a service names no service ("Tiyas Military Airfield")."""
GROUP_NAME_WORDS = frozenset(
    "front brigade brigades army movement battalion battalions liberation militia militias resistance mujahideen "
    "mujahedin jihad fedayeen guerrilla guerrillas commandos falcons column columns rebels insurgents faction cartel "
    "tigers lions avengers fighters".split()
)
"""Words in the names of armed groups."""
NAME_MARKS = frozenset({"“", "”", '"', "'", "‘", "’", "''", "``"})
NUMBERED = re.compile(r"\d{1,4}(?:st|nd|rd|th)")
UNIT_WORDS = frozenset("battalion regiment brigade division corps squadron wing fleet group".split())
"""Last words of the names of units."""
ARMED_WORDS = frozenset(
    "special forces air army naval expeditionary strike combat tactical armoured armored airborne amphibious artillery fighter "
    "bomber carrier operational military support".split()
)
"""Words by which a numbered group is one of armed forces."""
DESCRIBING = frozenset("authorities officials official forces".split())
NO_GROUP_WORDS = frozenset(
    "street avenue hotel stadium club football cricket fc museum university hospital school park park, river bank".split()
)
ORG_KIND: tuple[tuple[ActorKind, frozenset[str]], ...] = (
    ("office", frozenset(
    "ministry department office presidency directorate bureau command headquarters commission court council parliament".split()
)),
    ("armed_group", GROUP_NAME_WORDS - frozenset({"union", "army"})),
    ("armed_group", frozenset({"resistance", "liberation"})),
    ("police", frozenset({"police", "gendarmerie"})),
    ("military", frozenset({"army", "navy", "forces", "military", "guard"})),
    ("media", frozenset(
    "news radio tv television times post newspaper agency daily press herald tribune journal broadcasting".split()
)),
    ("party", frozenset({"party", "congress"})),
)  # fmt: skip


OWNERS_IN_NAMES = frozenset(
    "people peoples lord workers worker farmers farmer peasants peasant women youth citizens patriots martyrs martyr soldiers "
    "prophet imam fighters students teachers defenders".split()
)
"""Words whose "'s" is part of a group's name ("the People's Brigade"); any other owner is none of its name."""
SAME_GIVEN = 0.6
"""How alike two spellings of a given name are at least ("Mohamed", "Muhammad")."""


@dataclass(frozen=True)
class FoundActor:
    """An actor mention with its tokens. ``armed`` is ``None`` where neither register nor words tell."""

    actor: Actor
    first: int
    last: int
    head: int
    armed: bool | None = None
    group: CountGroup | None = None
    country: str | None = None
    generic: bool = False
    """True for a bare class with no name in it ("the rebels"), which may refer to somebody named elsewhere."""
    role: bool = False
    """True for a person in a public role."""
    inside: FoundActor | None = None
    """The name within a class mention: the Houthis in "Houthi spokesman"."""


def find_actors(
    parse: Parse, register: Register, demonyms: Mapping[str, str], classes: Mapping[str, ClassWord] | None = None
) -> list[FoundActor]:
    """Every actor mention in the order of the text; mentions do not overlap, the longest name wins.

    ``demonyms`` maps lower-case adjectives to ISO2 codes ("afghan" to "AF"); ``classes`` are the class words, ``None`` for
    those of the setting's layers.
    """
    finder = _Finder(parse, register, demonyms, load_classes() if classes is None else classes)
    finder.named()
    finder.qualified()
    finder.units()
    finder.introduced()
    finder.classes()
    finder.entities()
    return finder.finish()


class _Finder:
    """One pass over one text. ``owner_of`` tells for each token which mention covers it."""

    def __init__(self, parse: Parse, register: Register, demonyms: Mapping[str, str], classes: Mapping[str, ClassWord]) -> None:
        self.parse, self.register, self.demonyms, self.class_words = parse, register, demonyms, classes
        self.tokens = parse.tokens
        self.found: dict[int, FoundActor] = {}
        self.cover: dict[int, int] = {}
        self.locals: dict[str, FoundActor] = {}

    def put(self, mention: FoundActor) -> None:
        for i in range(mention.first, mention.last + 1):
            old = self.cover.get(i)
            if old is not None and old != mention.first:
                gone = self.found.pop(old, None)
                if gone is not None:
                    for j in range(gone.first, gone.last + 1):
                        self.cover.pop(j, None)
        for i in range(mention.first, mention.last + 1):
            self.cover[i] = mention.first
        self.found[mention.first] = mention

    def at(self, i: int) -> FoundActor | None:
        first = self.cover.get(i)
        return None if first is None else self.found.get(first)

    def head_of(self, first: int, last: int) -> int:
        """The token of a span whose head lies outside it."""
        for i in range(first, last + 1):
            head = self.tokens[i].head.i
            if not first <= head <= last or head == i:
                return i
        return last

    def named(self) -> None:
        """Names of the register, by longest match; a surname alone names nobody where the text gives it to somebody else."""
        namesakes: set[str] = set()
        for first, past, ids in self.register.scan([token.text for token in self.tokens]):
            last = past - 1
            entries = [entry for id_ in ids if (entry := self.register.by_id(id_)) is not None]
            entry = entries[0]
            if not any(token.text[:1].isupper() for token in self.tokens[first : last + 1]):
                continue
            if entry.kind == "community" and self.tokens[last].tag.startswith("JJ") and first == last:
                continue
            if entry.kind == "person" and first == last:
                if self.is_namesake(entry, first):
                    namesakes.add(self.tokens[first].lower)
                if self.tokens[first].lower in namesakes:
                    continue
            self.put(self.entry_mention(entry, first, last, entries[1:]))

    def is_namesake(self, entry: Entry, i: int) -> bool:
        """Whether a surname of the register ends or begins the name of somebody else: "Rosa Espinosa" is no Pedro Espinosa."""
        near = [self.tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(self.tokens)]
        own = entry.name.lower().split()
        return any(
            token.ent == "PERSON"
            and token.text[:1].isupper()
            and token.text[-1:].isalpha()
            and token.lower not in TITLES | ROLE_WORDS
            and not any(SequenceMatcher(None, token.lower, word).ratio() >= SAME_GIVEN for word in own)
            for token in near
        )

    def qualified(self) -> None:
        """Reads a short name as the longer one before it that ends in it: after "the Pakistani Taliban", "the Taliban" are these.

        Only where the longer name comes first, and is the only one.
        """
        mentions = [self.found[first] for first in sorted(self.found)]
        known: dict[str, FoundActor | None] = {}
        for mention in mentions:
            word = mention.actor.text.lower().split()[-1]
            if mention.first != mention.last:
                if mention.actor.kind == "armed_group":
                    other = known.setdefault(word, mention)
                    if other is None or other.actor.id != mention.actor.id:
                        known[word] = None
            elif mention.actor.kind != "armed_group":
                continue
            elif (longer := known.setdefault(word, None)) is not None and longer.actor.id != mention.actor.id:
                span = {"text": mention.actor.text, "start": mention.actor.start, "end": mention.actor.end}
                self.put(
                    replace(
                        longer,
                        actor=longer.actor.model_copy(update=span),
                        first=mention.first,
                        last=mention.last,
                        head=mention.head,
                    )
                )

    def entry_mention(self, entry: Entry, first: int, last: int, others: list[Entry] | None = None) -> FoundActor:
        span = self.parse.span(first, last)
        readings = tuple(
            ActorReading(id=e.id, name=e.name, reason="the register has this name") for e in [entry, *(others or [])]
        )
        name = span.text if self.generic_alias(entry, last) else label(entry)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=name, id=entry.id, kind=entry.kind, readings=readings)
        armed = True if entry.kind in ARMED_KINDS else (None if entry.kind in ("state", "community") else False)
        return FoundActor(
            actor=actor,
            first=first,
            last=last,
            head=self.head_of(first, last),
            armed=armed,
            group=_group_of_kind(entry.kind),
            country=entry.countries[0] if entry.countries else None,
            role=entry.kind == "person",
        )

    def generic_alias(self, entry: Entry, last: int) -> bool:
        """True for "Pakistani authorities", "Turkish troops": names that describe; the words say more than the formal name."""
        return entry.kind in ("government", "military", "police") and self.tokens[last].lower in DESCRIBING

    def units(self) -> None:
        """Numbered units of armed forces by the form of their names: "the 58th Motorized Infantry Brigade"."""
        short: dict[tuple[str, str], str] = {}
        for token in self.tokens:
            if not NUMBERED.fullmatch(token.text) or token.i in self.cover:
                continue
            after = self.tokens[token.i + 1].text if token.i + 1 < len(self.tokens) else ""
            if (whole := short.get((token.text, after))) is not None:  # "the 407th AEG" behind its whole name
                unit = self.organisation(token.i, token.i + 1)
                self.put(replace(unit, actor=unit.actor.model_copy(update={"name": whole, "kind": "military"}), armed=True))
                continue
            last = token.i
            while last + 1 < len(self.tokens) and last - token.i < 6 and self.in_unit_name(last + 1):
                last += 1
            while last > token.i and self.tokens[last].lower not in UNIT_WORDS:
                last -= 1
            words = [one.lower for one in self.tokens[token.i : last + 1]]
            if len(words) < 3 or (words[-1] == "group" and ARMED_WORDS.isdisjoint(words)):
                continue
            unit = self.organisation(token.i, last)
            country = self.demonyms.get(self.tokens[token.i - 1].lower) if token.i else None
            actor = unit.actor.model_copy(update={"kind": "military"})
            self.put(replace(unit, actor=actor, armed=True, group="military", country=country))
            short[token.text, "".join(word[0] for word in words[1:]).upper()] = actor.name

    def in_unit_name(self, i: int) -> bool:
        """Whether token ``i`` goes on with the name of a unit: a word in capitals that no known name holds, or a hyphen."""
        token = self.tokens[i]
        return i not in self.cover and (token.text == "-" or (token.text[:1].isupper() and token.text.isalpha()))

    def introduced(self) -> None:
        """Groups that the register does not know, by the form of their names ("the Valley Resistance Army")."""
        i = 0
        while i < len(self.tokens):
            if i in self.cover or not self.name_word(i):
                i += 1
                continue
            last = i
            while last + 1 < len(self.tokens) and self.continues(last + 1):
                last += 1
            while last > i and not self.name_word(last):
                last -= 1
            words = {self.tokens[j].lower for j in range(i, last + 1)}
            known = any(j in self.cover for j in range(i, last + 1))
            if (
                last > i
                and (words & GROUP_NAME_WORDS or self.tokens[i].lower in ("group", "faction"))
                and not known
                and not words & NO_GROUP_WORDS
            ):
                self.put(self.organisation(i, last))
            i = last + 1

    def name_word(self, i: int) -> bool:
        token = self.tokens[i]
        return token.is_proper and token.text[:1].isupper() and token.ent not in ("PERSON", "DATE")

    def continues(self, i: int) -> bool:
        """Whether a name runs on over token ``i``: a further name word, or "of the", "for" between two."""
        if self.tokens[i].text.isspace():
            return False
        if self.name_word(i) or (self.tokens[i].text == "-" and i + 1 < len(self.tokens) and self.name_word(i + 1)):
            return True
        if self.tokens[i].tag == "POS" and self.tokens[i - 1].lower in OWNERS_IN_NAMES:
            return i + 1 < len(self.tokens) and self.name_word(i + 1)
        if self.tokens[i].lower == "and" and self.tokens[i - 1].lower in GROUP_NAME_WORDS:
            return False
        joined = self.tokens[i].lower in ("of", "for", "the", "and")
        return joined and any(
            self.name_word(j)
            for j in range(i + 1, min(i + 3, len(self.tokens)))
            if j == i + 1 or self.tokens[i + 1].lower == "the"
        )

    def classes(self) -> None:
        """Noun phrases headed by a class word, with the names and adjectives before it and the name behind "of"."""
        words = self.class_words
        for token in self.tokens:
            if token.tag[0] != "N" or (token.tag == "NNPS" and self.in_a_name(token)):
                continue
            word = words.get(token.lower)
            if token.i and (double := words.get(f"{self.tokens[token.i - 1].lower} {token.lower}")):
                word = double
            if token.is_proper and (token.ent == "PERSON" or self.named_organisation(token, word)):
                continue
            if token.lower in CRAFT and self.among_aircraft(token):
                continue
            if token.is_proper and token.dep == "compound" and token.head.is_proper and token.head.lower in INSTITUTIONS:
                continue
            if token.dep == "compound" and token.head.is_noun:
                if token.head.lower in words or token.head.lower in PLAIN_HEADS or token.lower in CRAFT:
                    continue
            if word is None:
                if token.lower in PLAIN_HEADS:
                    self.plain_head(token)
                continue
            if token.i in self.cover and self.found[self.cover[token.i]].last != token.i:
                continue
            inside = self.at(token.i)
            if inside is not None and inside.actor.kind != "class" and inside.first != inside.last:
                continue
            self.put(self.class_mention(token, word))

    def in_a_name(self, token: Token) -> bool:
        """True for "United Services"; "suspected Maoists" are no name of anybody."""
        return token.lower not in self.class_words or any(kid.is_proper for kid in token.kids("compound", "nmod"))

    def among_aircraft(self, token: Token) -> bool:
        """True in "attack, bomber, fighter and remotely piloted aircraft": kinds of aircraft, no people."""
        for after in self.tokens[token.i + 1 : token.i + 8]:
            if after.lower in AIRCRAFT:
                return True
            if after.text != "," and after.tag[0] not in "CJRN" and after.tag not in ("VBN", "HYPH"):
                return False
        return False

    def named_organisation(self, token: Token, word: ClassWord | None) -> bool:
        """True for "Karo Media", a name that ends in a class word; "Security Forces" in a headline stay forces."""
        before = self.tokens[token.i - 1] if token.i else None
        own = before is not None and before.is_proper and before.dep == "compound" and before.ent == token.ent == "ORG"
        return own and word is not None and word.armed is not True

    def plain_head(self, token: Token) -> None:
        """ "ISIS members": the group is meant; without a name the word says too little to be a mention."""
        first = self.left_edge(token)
        inner = self.named_within(first, token.i - 1)
        if inner is not None and inner.actor.kind in NAMED_WHOLES:
            self.put(self.widened(inner, first, token))
            return
        tail = self.named_behind(token)
        if tail is not None and tail.actor.kind in NAMED_WHOLES:
            self.put(self.widened(tail, first, token, last=tail.last))
            return
        words = [one.lower for one in self.tokens[max(first, token.i - 2) : token.i]]
        before = self.class_words.get(" ".join(words)) or (self.class_words.get(words[-1]) if words else None)
        if before is not None and before.group is not None and token.lower in OF_A_BODY:
            self.put(self.class_mention(token, before))  # "armed forces elements", "army members"

    def class_mention(self, token: Token, word: ClassWord) -> FoundActor:
        first = self.left_edge(token)
        inner = self.named_within(first, token.i - 1)
        tail = self.named_behind(token)
        if (
            inner is not None
            and token.lower in PLAIN_HEADS
            and inner.actor.kind in NAMED_WHOLES
            and not (word.armed and inner.actor.kind == "government")
        ):
            return self.widened(inner, first, token)
        if tail is not None and token.lower in PLAIN_HEADS and tail.actor.kind in ARMED_KINDS | {"party"}:
            if tail.actor.id is None and word.group == "military":  # "soldiers of the 24th Brigade"
                tail = replace(tail, actor=tail.actor.model_copy(update={"kind": "military"}), group="military")
            return self.widened(tail, first, token, last=tail.last)
        span = self.parse.span(first, token.i)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=in_one_line(span.text), kind="class")
        owner = self.state_owner(token)
        country = self.country_within(first, token.i - 1) or (owner.country if owner is not None else None)
        return FoundActor(
            actor=actor,
            first=first,
            last=token.i,
            head=token.i,
            armed=word.armed if word.armed is not None else (inner.armed if inner else None),
            group=word.group or self.group_before(first, token),
            country=country or (inner.country if inner else None),
            generic=first == token.i or self.bare(first, token.i - 1),
            inside=inner,
        )

    def group_before(self, first: int, token: Token) -> CountGroup | None:
        """The group of "rebel gunners", "police unit": what an armed word before a word of no group says."""
        before = self.class_words.get(self.tokens[token.i - 1].lower) if token.i > first else None
        return before.group if before is not None and before.armed else None

    def widened(self, inner: FoundActor, first: int, head: Token, last: int | None = None) -> FoundActor:
        """A name with the plain noun it stands with: the span grows, the reading stays."""
        end = head.i if last is None else last
        if inner.first < first:  # "rebels from the X group": the rebels carry it
            first, head = inner.first, self.tokens[inner.head]
        span = self.parse.span(first, end)
        actor = inner.actor.model_copy(update={"text": span.text, "start": span.start, "end": span.end})
        return replace(inner, actor=actor, first=first, last=end, head=head.i)

    def left_edge(self, token: Token) -> int:
        """The first token of the noun phrase, without article, number and quantity words."""
        first = token.i
        while first > 0:
            before = self.tokens[first - 1]
            inside = before.head.i >= first - 1 and before.head.i <= token.i and before.dep in LEFT
            inside = inside or self.coordinated(before, token)
            hyphen = before.text == "-" and first > 1
            if before.text == "\n" or before.text.isspace() or not (inside or hyphen):
                break
            if before.tag in LEFT_DROP and not hyphen and before.i not in self.cover and self.tokens[first].text != "-":
                break
            if before.lower in VAGUE and before.lower not in KEEP_VAGUE:
                break
            if before.text.lower() in ("'s", "’s"):
                break
            first -= 1
        while first < token.i and self.tokens[first].text in "-–,'\"“”‘’":
            first += 1
        return first

    def coordinated(self, before: Token, token: Token) -> bool:
        """True for the parts of "French and African" before "forces"."""
        first = before.head if before.dep in ("conj", "cc") else before
        return before.dep in ("conj", "cc") and first.dep == "amod" and first.head.i == token.i and first.lower in self.demonyms

    def named_within(self, first: int, last: int) -> FoundActor | None:
        for i in range(last, first - 1, -1):
            mention = self.at(i)
            if mention is not None and mention.actor.kind != "class" and not self.opposed(mention):
                return mention
        return None

    def opposed(self, mention: FoundActor) -> bool:
        """True for the name in "anti-Taliban fighters", "the counter-ISIL coalition": it is whom they fight, or back."""
        before = self.tokens[max(0, mention.first - 2) : mention.first]
        return len(before) == 2 and before[1].text in "-–" and before[0].lower in OPPOSING | BACKING

    def named_behind(self, token: Token) -> FoundActor | None:
        for prep in token.children:
            if prep.dep == "prep" and prep.lower in BINDERS and prep.i > token.i:
                noun = prep.child("pobj")
                if noun is None:
                    continue
                for part in (noun, *noun.kids("compound", "nmod")):
                    if (mention := self.at(part.i)) is not None and mention.actor.kind not in ("class", "state", "community"):
                        return mention
        return None

    def state_owner(self, token: Token) -> FoundActor | None:
        """The state in "India's border forces", "soldiers from Chad"."""
        poss = token.child("poss")
        if poss is None:  # "soldiers from Chad"
            prep = next((kid for kid in token.kids("prep") if kid.lower == "from"), None)
            poss = prep.child("pobj") if prep is not None else None
        owner = self.at(poss.i) if poss is not None else None
        return owner if owner is not None and owner.actor.kind == "state" else None

    def country_within(self, first: int, last: int) -> str | None:
        for i in range(first, last + 1):
            if (code := self.demonyms.get(self.tokens[i].lower)) is not None:
                return code
        return None

    def bare(self, first: int, last: int) -> bool:
        """True if only plain adjectives stand before the class noun, no name and no demonym."""
        return not any(self.tokens[i].text[:1].isupper() for i in range(first, last + 1))

    def entities(self) -> None:
        """Organisations and persons that the register does not know, as the model's entity finder sees them."""
        for first, past, label in self.whole_names():
            if label not in ("ORG", "PERSON"):
                continue
            first, last = self.trim(first, past - 1)
            if first > last or any(i in self.cover for i in range(first, last + 1)):
                continue
            breaks = self.parse.text[self.tokens[first].start : self.tokens[last].end].count("\n")
            wrapped = label == "PERSON" and breaks == 1 and self.tokens[first].sent == self.tokens[last].sent
            if not self.tokens[last].is_noun or (breaks and not wrapped):
                continue
            self.put(self.person(first, last) if label == "PERSON" else self.organisation(first, last))
        self.abbreviations()

    def whole_names(self) -> list[tuple[int, int, str]]:
        """The entities of the parse, with a person's name that it cuts in two as one ("Rosa Espinosa" and "Arango")."""
        whole: list[tuple[int, int, str]] = []
        for first, past, label in self.parse.ents:
            before = whole[-1] if whole else None
            cut = before is not None and label == before[2] == "PERSON" and before[1] == first
            if before is not None and first < before[1]:
                continue
            past = self.past_nickname(past) if label == "PERSON" else past
            if cut and before is not None and first <= self.tokens[first - 1].head.i < past:
                whole[-1] = before[0], past, label
            else:
                whole.append((first, past, label))
        return whole

    def past_nickname(self, past: int) -> int:
        """Where a name ends that goes on behind a nickname in quotation marks (John “Jack” Miller)."""
        marks = [i for i in range(max(0, past - 4), min(past + 4, len(self.tokens))) if self.tokens[i].text in NAME_MARKS]
        if len(marks) != 2 or not 1 < marks[1] - marks[0] < 4 or marks[0] > past:
            return past
        end = marks[1] + 1
        while end < len(self.tokens) and self.tokens[end].is_proper and self.tokens[end].text[:1].isupper():
            end += 1
        nickname = self.tokens[marks[0] + 1 : marks[1]]
        return end if end > marks[1] + 1 and all(token.text[:1].isupper() for token in nickname) else past

    def abbreviations(self) -> None:
        """The short form in brackets behind an organisation's name, where no finder took it for a name."""
        for mention in list(self.found.values()):
            at = mention.last + 1
            if at < len(self.tokens) and self.tokens[at].tag == "POS":
                at += 1
            if mention.actor.kind in ("person", "class", "state") or at + 2 >= len(self.tokens):
                continue
            short = self.tokens[at + 1]
            bracketed = (self.tokens[at].text, self.tokens[at + 2].text) in (("(", ")"), ("[", "]"))
            if bracketed and short.i not in self.cover and len(short.text) <= 10 and SHORT.fullmatch(short.text):
                span = self.parse.span(short.i, short.i)
                actor = mention.actor.model_copy(update={"text": span.text, "start": span.start, "end": span.end})
                self.put(replace(mention, actor=actor, first=short.i, last=short.i, head=short.i))

    def trim(self, first: int, last: int) -> tuple[int, int]:
        while first <= last and (
            self.tokens[first].tag in ("DT", "POS", "IN", "CC")
            or not self.tokens[first].text[:1].isalnum()
            or self.tokens[first].lower == "near"
        ):
            first += 1
        while last >= first and (self.tokens[last].tag == "POS" or not self.tokens[last].text[-1:].isalnum()):
            last -= 1
        return first, last

    def organisation(self, first: int, last: int) -> FoundActor:
        span = self.parse.span(first, last)
        kind = _kind_by_words(span.text)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=in_one_line(span.text), kind=kind)
        armed = True if kind in ARMED_KINDS else None
        return FoundActor(
            actor=actor, first=first, last=last, head=self.head_of(first, last), armed=armed, group=_group_of_kind(kind)
        )

    def person(self, first: int, last: int) -> FoundActor:
        head = self.head_of(first, last)
        role = self.public_role(first, last, self.tokens[head])
        span = self.parse.span(first, last)
        actor = Actor(text=span.text, start=span.start, end=span.end, name=in_one_line(span.text), kind="person")
        return FoundActor(actor=actor, first=first, last=last, head=head, role=role)

    def public_role(self, first: int, last: int, head: Token) -> bool:
        """True if a title stands before the name or an office beside it."""
        for i in range(max(0, first - 4), first):
            if self.tokens[i].lower in ROLE_WORDS or self.tokens[i].lower in TITLES:
                return True
        if self.tokens[first].lower in ROLE_WORDS | TITLES:
            return True
        beside = [child for child in head.children if child.dep == "appos"]
        if head.dep == "appos":
            beside.append(head.head)
        return any(token.lower in ROLE_WORDS or any(t.lower in ROLE_WORDS for t in token.children) for token in beside)

    def finish(self) -> list[FoundActor]:
        mentions = [self.found[first] for first in sorted(self.found)]
        return _join_names(self.parse, mentions)


def _join_names(parse: Parse, mentions: list[FoundActor]) -> list[FoundActor]:
    """Later short forms get the full name: surnames of persons, abbreviations introduced in brackets."""
    full: dict[str, FoundActor] = {}
    parts = _parts_of_names(mentions)
    roles: dict[str, bool] = {}
    for mention in mentions:
        words = mention.actor.name.split()
        if mention.actor.kind == "person" and len(words) > 1:
            full.setdefault(words[-1].lower(), mention)
            roles[mention.actor.name] = roles.get(mention.actor.name, False) or mention.role
    for number, mention in enumerate(mentions[1:], 1):
        before = mentions[number - 1]
        if _introduces(parse, before, mention):
            full.setdefault(mention.actor.text.lower(), before)
    joined = []
    for mention in mentions:
        known = full.get(mention.actor.text.lower())
        if mention.actor.kind in ("person", "unknown") and (whole := parts.get(" ".join(_untitled(mention)))) is not None:
            known = whole
        elif known is not None and known.actor.kind == "person":
            known = parts.get(" ".join(_untitled(known))) or known
        defined = known is not None and known.actor.id is None and _spells(mention.actor.text, known.actor.text)
        if known is not None and known is not mention and (mention.actor.id is None or defined):
            actor = mention.actor.model_copy(
                update={
                    "name": known.actor.name,
                    "id": known.actor.id,
                    "kind": known.actor.kind,
                    "readings": known.actor.readings,
                }
            )
            mention = replace(
                mention,
                actor=actor,
                armed=known.armed,
                group=known.group,
                role=mention.role or known.role,
                country=known.country if defined else mention.country,
            )
        if roles.get(mention.actor.name):
            mention = replace(mention, role=True)
        joined.append(mention)
    return joined


def _untitled(person: FoundActor) -> list[str]:
    """The words of a name in lower case, without titles before it."""
    words = person.actor.name.lower().split()
    while len(words) > 1 and words[0] in TITLES | ROLE_WORDS:
        words.pop(0)
    return words


def _parts_of_names(mentions: list[FoundActor]) -> dict[str, FoundActor | None]:
    """The parts by which a person of three names or more is called again, ``None`` where they fit several people.

    Of two surnames the first may stand alone or the second be left out: "Ana Ruiz Paz" is "Ana Ruiz", "Ruiz Paz" and "Ruiz".
    """
    parts: dict[str, FoundActor | None] = {}
    surnames: dict[str, list[str]] = {}
    for mention in mentions:
        words = _untitled(mention)
        if mention.actor.kind == "person" and len(words) > 1:
            surnames.setdefault(words[-1], words)
    for mention in sorted(mentions, key=lambda one: -len(one.actor.name.split())):
        words = _untitled(mention)
        if mention.actor.kind != "person" or len(words) < 3:
            continue
        first_surname = [words[-2]] if len(words[-2]) > 3 and surnames.get(words[-2]) in (None, words[:-1]) else []
        for part in (words[:-1], words[1:], words[-2:], first_surname):
            key = " ".join(part)
            other = parts.get(key, mention)
            same = other is not None and _untitled(other) in (words, [*words, *_untitled(other)[len(words) :]])
            if key:
                parts[key] = other if same else None
    return parts


def _spells(short: str, name: str) -> bool:
    """True if an abbreviation is made of the first letters of a name: the report says itself what it means by it."""
    initials = "".join(word[0] for word in name.replace("-", " ").split() if word[:1].isupper())
    return len(short) > 2 and short.upper() == initials.upper()


def _introduces(parse: Parse, before: FoundActor, mention: FoundActor) -> bool:
    """True for "Niger Movement for Justice (NMJ)": an abbreviation in brackets or dashes behind its name."""
    if before.actor.kind == "person" or mention.first - before.last not in (2, 3):
        return False
    opener = parse.tokens[before.last + 1].text
    text = mention.actor.text
    return opener in ("(", "-", "–", "—", "[", ",") and text.replace("-", "").isupper() and len(text) <= 8 and " " not in text


def label(entry: Entry) -> str:
    """The full name with the abbreviation it is best known by."""
    if entry.abbreviations and entry.kind in (
        "armed_group",
        "militia",
        "party",
        "international_force",
        "international_organisation",
    ):
        return f"{entry.name} ({entry.abbreviations[0]})"
    return entry.name


def _group_of_kind(kind: ActorKind) -> CountGroup | None:
    groups: dict[str, CountGroup] = {
        "military": "military",
        "police": "police",
        "paramilitary": "security_forces",
        "intelligence": "security_forces",
        "militia": "armed_group",
        "armed_group": "armed_group",
        "international_force": "military",
        "community": "civilians",
        "government": "officials",
    }
    return groups.get(kind)


def _kind_by_words(name: str) -> ActorKind:
    words = {word.strip("'’.,").lower() for word in name.split()}
    for kind, signs in ORG_KIND:
        if words & signs:
            return kind
    return "unknown"
