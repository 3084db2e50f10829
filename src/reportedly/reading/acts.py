"""Finds the words that tell of an act, by the trigger lexicon, and refines their type by the instrument named with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.knowledge.acts import PARTICLES, Act, ActLexicon, Instrument, Match
from reportedly.reading.parse import Parse, Token
from reportedly.records import Span

REFINABLE = frozenset(
    {"attack", "armed_attack", "killing", "explosion", "armed_assault", "assassination", "bombing", "massacre", "ambush"}
)
"""Types whose form is open enough for an instrument to decide it."""
COMPOUNDED = frozenset({"amod", "compound", "nmod", "punct"})
WORKING = frozenset("workers worker staff agency agencies official officials group groups convoy convoys".split())

BESIDE = frozenset("at near outside beside behind opposite".split())
"""Prepositions that set an act beside a thing, which it does not hit."""
DESTROYING = frozenset(
    "destroy destroyed destroys destroying damage damaged damaging engage engaged engaging target targeted targeting hit strike "
    "struck disable disabled suppress suppressed burn burned burnt burning torch torched torching attack attacked attacking "
    "bombed dynamited ambush ambushed ambushing".split()
)
"""Verbs whose object is hit, whatever it is."""
CARRIERS = frozenset({"vehicle"})
"""Kinds of instruments that mostly carry people and seldom are the weapon."""
RIDING = frozenset("in on into aboard inside at against from near of to behind".split())


@dataclass(frozen=True)
class FoundAct:
    """One trigger in the text. ``head`` is the token that carries it in the tree; ``type`` an ontology id."""

    act: Act
    type: str
    first: int
    last: int
    head: int
    instrument: Span | None = None
    rules: tuple[str, ...] = ()
    instrument_type: str | None = None
    senses: tuple[Act, ...] = ()
    words: tuple[int, ...] = ()

    @property
    def nominal(self) -> bool:
        return self.act.pos == "noun"


def find_acts(
    parse: Parse, lexicon: ActLexicon, instruments: Mapping[str, Sequence[Instrument]], names: Mapping[int, object]
) -> list[FoundAct]:
    """Every trigger in the order of the text, longest match first; ``names`` are tokens inside proper names, which are no acts.

    Where a word has several senses (to capture a man, a town), the first is returned and the others stand in ``senses``.
    """
    found: list[FoundAct] = []
    taken: set[int] = set()
    lowers = [token.lower for token in parse.tokens]
    for token in parse.tokens:
        if token.i in taken or token.tag[0] not in "VNJ" or _compounded(parse, token):
            continue
        matches = _matches(parse, token, lowers, lexicon, names)
        if not matches:
            continue
        indexes = matches[0].indexes
        head = _head(parse, indexes, matches[0].act)
        if matches[0].act.pos == "noun" and _modifies(parse.tokens[head]):
            continue
        around = _clause_words(parse, parse.tokens[head])
        senses = tuple(
            sorted(
                (match.act for match in matches if match.indexes == indexes and not match.act.not_with & around),
                key=lambda act: act.strength != "strong",
            )
        )
        if not senses:
            continue
        taken.update(indexes)
        act = FoundAct(
            act=senses[0], type=senses[0].type, first=indexes[0], last=max(indexes), head=head, senses=senses, words=indexes
        )
        found.append(refined(parse, act, instruments))
    return found


def _matches(parse: Parse, token: Token, lowers: Sequence[str], lexicon: ActLexicon, names: Mapping[int, object]) -> list[Match]:
    """The triggers that begin at ``token`` and fit its part of speech, longest first, all within the sentence."""
    past = parse.sents[token.sent][1]
    gerund = (
        token.tag in ("VBG", "NN", "NNS")
        and token.lower.endswith("ing")
        and (token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "attr") or token.child("det") is not None)
    )
    if token.tag == "VBG" and token.dep == "pcomp" and token.child("dobj") is None:
        gerund = True  # "killed by shelling"
    mistagged = token.tag[0] == "N" and token.child("nsubj") is not None and token.child("dobj") is not None
    if (token.tag[0] == "V" and not gerund) or mistagged:
        found = [m for m in lexicon.match(lowers, token.i, "verb") if m.indexes[-1] < past and _holds(parse, m)]
        if found:
            return found
    if token.i in names:
        return []
    found = [
        m
        for m in lexicon.match(lowers, token.i, "noun")
        if m.indexes[-1] < past and m.indexes[-1] not in names and (gerund or any(parse.tokens[i].is_noun for i in m.indexes))
    ]
    if not found and gerund:
        found = [m for m in lexicon.match(lowers, token.i, "verb") if m.indexes[-1] < past]
    if found or token.tag[0] != "J":
        return found
    return [m for m in lexicon.match(lowers, token.i, "adj") if m.indexes[-1] < past]


def _compounded(parse: Parse, token: Token) -> bool:
    """True for the second half of a compound that describes ("famine-hit", "rebel-held")."""
    return token.i > 0 and parse.tokens[token.i - 1].text == "-" and token.tag in ("VBN", "VBD", "JJ") and token.dep in COMPOUNDED


def _holds(parse: Parse, match: Match) -> bool:
    """False where words of a verb trigger stand by chance: a particle of another verb, another verb between, half a name."""
    first, rest = match.indexes[0], [i for i in match.indexes[1:] if i > match.indexes[0]]
    if not rest:
        return True
    if parse.tokens[first].dep in ("aux", "auxpass"):
        return False  # "have taken control of bases in" has no bases
    if parse.tokens[first].dep == "amod" and parse.tokens[first].tag == "VBG":
        return False  # "detonating plugs and explosives" detonate nothing
    last = parse.tokens[rest[-1]]
    if last.dep == "compound" and last.is_noun and last.head.i > last.i and last.head.lower in WORKING:
        return False  # "hijacked aid workers" hijacks no aid
    beside = last.head
    if last.dep == "pobj" and beside.lower in BESIDE and beside.i not in match.indexes and beside.head.i == first:
        return False  # "burned papers at the office" burns no office
    if rest[-1] - first == len(rest):
        return True
    if last.lower in PARTICLES and last.i - 1 not in rest and last.i - 1 != first:
        hyphened = any(parse.tokens[i].text == "-" for i in (last.i - 1, last.i + 1) if i < len(parse.tokens))
        if hyphened or (last.dep != "prt" and last.head.i != first):
            return False
    between = [parse.tokens[i] for i in range(first + 1, rest[-1]) if i not in rest]
    if last.dep == "pobj" and last.head.lower != "of" and last.head.i in {token.i for token in between}:
        return False  # "conduct an investigation into the attack" conducts no attack
    return not any(token.is_verb and token.dep in ("acl", "advcl", "xcomp", "ccomp", "relcl") for token in between)


def _head(parse: Parse, indexes: Sequence[int], act: Act) -> int:
    """The word of a trigger that carries it in the tree: of a verb the first, of a noun the one hung highest."""
    if act.pos != "noun":
        return indexes[0]
    inside = set(indexes)
    for i in reversed(indexes):
        head = parse.tokens[i].head.i
        if head not in inside or head == i:
            return i
    return indexes[-1]


def _modifies(token: Token) -> bool:
    """True for a noun that only describes another one ("attack helicopter", "protest leader")."""
    return token.dep in ("compound", "nmod", "amod") and token.head.i > token.i and token.head.is_noun


def _clause_words(parse: Parse, token: Token) -> set[str]:
    """The words of the sentence near a trigger; the second half of a compound ("cease-fire") is no word of its own."""
    first, past = parse.sents[token.sent]
    near = parse.tokens[max(first, token.i - 8) : min(past, token.i + 9)]
    return {
        t.lower
        for t in near
        if not (t.i > first + 1 and parse.tokens[t.i - 1].text == "-") and (t.head is token or not _of_violence(t))
    }


HARMING = frozenset("kill killed kills killing wound wounded wounding injure injured injuring hurt maim maimed".split())
"""Verbs whose object was hurt: those "aid workers" are no sign of labour."""
GUNS = frozenset(
    "gun machine small arms mortar artillery rocket sniper tank rifle hostile enemy heavy friendly direct live".split()
)
"""Words before "fire" that make it gunfire."""
FIRING = frozenset(
    "open opened opens opening return returned returning exchange exchanged exchanging draw drew trade traded".split()
)
"""Verbs whose object "fire" is gunfire."""


def _of_violence(token: Token) -> bool:
    """True for a word that elsewhere tells of other worlds, not here: gunfire, those who were killed, a seat of government."""
    if token.dep in ("dobj", "nsubjpass") and token.head.lower in HARMING:
        return True
    if token.lower == "fire":
        beside = {kid.lower for kid in token.kids("amod", "compound", "nmod")}
        named = any(kid.ent == "NORP" for kid in token.children)
        return named or bool(beside & GUNS) or token.head.lower in FIRING | {"under"} or token.is_verb
    if token.lower == "storm":
        return token.is_verb
    return token.lower == "capital" and token.child("det", "poss") is not None and token.dep in ("pobj", "dobj", "appos", "nsubj")


def refined(parse: Parse, found: FoundAct, instruments: Mapping[str, Sequence[Instrument]]) -> FoundAct:
    """The act with the instrument named in its clause, and the narrower type that it tells."""
    first, past = parse.sents[parse.tokens[found.head].sent]
    best: tuple[int, Instrument, int, int] | None = None
    for i in range(max(first, found.first - 6), min(past, found.last + 14)):
        for instrument in instruments.get(parse.tokens[i].lower, ()):
            last = _follows(parse, i, past, instrument.words)
            if last is None or not _belongs(parse, found, last) or (instrument.kind in CARRIERS and _carries(parse.tokens[last])):
                continue
            distance = abs(i - found.head) - 3 * len(instrument.words)
            if best is None or distance < best[0]:
                best = distance, instrument, i, last
    if best is None:
        return found
    _, instrument, i, last = best
    return replace(found, instrument=parse.span(i, last), instrument_type=instrument.type)


def as_sense(found: FoundAct, sense: Act) -> FoundAct:
    """The act read in one of its senses, its type narrowed by the instrument where it is open."""
    vague = found.instrument_type == "attack" and sense.type != "killing"
    if found.instrument is not None and found.instrument_type is not None and sense.type in REFINABLE and not vague:
        rules = (f"instrument:{found.instrument.text.lower()}",)
        return replace(found, act=sense, type=found.instrument_type, rules=rules)
    return replace(found, act=sense, type=sense.type)


def _follows(parse: Parse, i: int, past: int, words: Sequence[str]) -> int | None:
    """The last token of an instrument's words that begin at ``i``, hyphens stepped over."""
    at = i
    for word in words[1:]:
        at += 1
        while at < past and parse.tokens[at].text == "-":
            at += 1
        if at >= past or parse.tokens[at].lower != word:
            return None
    return at


def _carries(token: Token) -> bool:
    """True for a vehicle that people ride in or that is hit itself: "men in a car", "burned a truck"."""
    if token.dep == "pobj":
        return token.head.lower in RIDING
    return token.dep in ("dobj", "nsubjpass", "conj", "appos")


def _is_hit(token: Token, trigger: Token) -> bool:
    """True for a weapon that is itself among the things hit: "destroyed two tunnels, three mortar systems and a tank"."""
    passive = trigger.child("nsubjpass")
    for above in (token, *token.ancestors()):
        if above is trigger:
            return token.i > trigger.i and passive is None and trigger.child("auxpass", "agent") is None
        if above is passive:
            return True  # "two artillery systems and a house were destroyed"
        if above.dep == "prep":
            return False
    return False


def _belongs(parse: Parse, found: FoundAct, i: int) -> bool:
    """True if the instrument word hangs on the trigger in the tree, or the trigger on it, without a clause between."""
    token, trigger = parse.tokens[i], parse.tokens[found.head]
    if found.first <= i <= found.last:
        return True
    if trigger.lower in DESTROYING and _is_hit(token, trigger):
        return False
    if token.dep in ("nsubj", "nsubjpass") and trigger.is_verb and trigger.head.i == token.head.i:
        return True
    for near, far in ((token, trigger), (trigger, token)):
        for steps, head in enumerate(near.ancestors(), 1):
            if head.i == far.i:
                return True
            if steps > 3 or (head.is_verb and head.i != trigger.i):
                break
    return False
