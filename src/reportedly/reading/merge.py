"""Puts together the mentions of one act within one report: the headline, the lead, "the attack", "killing 14"."""

from __future__ import annotations

from datetime import date

from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft, armed_target
from reportedly.reading.parse import Parse, Token
from reportedly.reading.roles import FACILITY, HELPING
from reportedly.reading.status import FOILED
from reportedly.reading.wars import TOLL, WAR
from reportedly.records import Place, Time

OPEN_TYPES = frozenset(
    {
        "attack",
        "killing",
        "armed_attack",
        "armed_assault",
        "explosion",
        "massacre",
        "assassination",
        "execution",
        "crowd_violence",
    }
)
"""Types that a more definite one may fill in: "the attack" was a bombing."""
PEACE_TYPES = frozenset({"ceasefire", "truce", "peace_agreement", "pact", "agreement"})
ANOTHER = frozenset(
    "similar another second third separate previous earlier other subsequent new further additional fresh first more".split()
)
"""Adjectives that tell one act from another."""
APART = frozenset("earlier also separately meanwhile elsewhere later previously".split())
"""Adverbs that set an act beside the one told before."""
THINGS = FACILITY - frozenset(
    "village villages town towns city cities neighborhood neighbourhood area areas district position positions post posts "
    "border territory field fields site sites property infrastructure facility facilities settlement settlements".split()
)
"""Things that are attacked one by one; not the places where it happens."""
ENTERING = frozenset({"invade", "storm"})
"""Verbs of those who come to take people away."""
HARM_WORDS = frozenset("wound injure hurt maim kill die injured wounded casualty victim death".split())
"""First words of triggers that tell a result, not a form."""
WAYS = (
    frozenset({"advance", "territory_taken", "infiltration", "deployment"}),
    frozenset({"withdrawal", "territory_lost", "flight", "evacuation"}),
)
"""Types of movement that may be told of one move."""
ATTACKERS = frozenset(
    "bomber bombers attacker attackers assailant assailants gunman gunmen blast explosion explosive explosives device "
    "bomb kidnappers abductors hijackers perpetrators victims strike missiles rockets shooter vehicle car".split()
)
"""Subjects that, with "the", point back at an act already told."""
COMING = frozenset("come comes came coming follow follows followed following precede precedes preceded".split())
"""Verbs that set one act after another: "the raid comes two months after fighters killed"."""
PROTESTING = frozenset("protest protesting protests protested mourn mourning mourned avenge avenging".split())
"""Verbs whose object is the cause of an act, not the act ("to protest the death")."""
PLURAL_ACTS = frozenset("attacks raids bombings strikes killings massacres operations".split())
"""Last words of triggers that sum up acts ("carried out attacks")."""
HEARD = frozenset("heard hear hears hearing".split())
"""Verbs of those who were near: the gunfire that they heard is the act that the report is about."""
ANSWERING = ("retaliat", "respond", "return", "respons", "repris", "replied", "replying")
"""Beginnings of words for acts that answer another; the answer is not the act that it answers."""
REPELLING = frozenset("repel repulse fend beat drive thwart foil".split())
"""First words of triggers that tell how an attack ended."""
UNITS = frozenset("hours day days week weeks month months year years decade decades".split())
WARS = frozenset({"war", "wars", "insurgency", "rebellion", "revolt", "uprising", "conflict"})
"""A war is no clash within it."""
HABIT = "background:habitual"
ANSWERED = "background:answered"
"""The rule of an act that another act of its sentence answers."""
STANDING = "background:long-fight"
"""The rule of an act that tells how things stand between two sides."""
SEVERAL_WARS = "background:wars"
"""The rule of the wars that two sides have fought."""
WAR_RULES = frozenset({WAR, TOLL, STANDING})
"""The rules of wars told as a whole."""
SAME = 2.5
"""The least score at which two mentions are taken for the same act."""
SAME_PASSAGE = 4.5
"""The least score once place and day may be taken over from the passage."""
BARE = 1.0
"""The least score for a definite noun that tells nothing of its own."""
ONE_WAR = 1.5
"""How much it says that two mentions both tell a war: a report rarely tells two."""
NEAR = 8
"""Days up to which an interval is as good as a day."""
WIDE = 40
"""Days above which an interval is too wide for a day within it to say that two acts are one."""
UNHURT_REACH = 3
"""How many sentences on an act may be told to have hurt nobody."""
REACH = 40
"""How many drafts back a mention may point."""


UNRESOLVED = 4
"""The precision that a named place counts for which no gazetteer knows: a wider one beside it does not replace it."""


def merge_mentions(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """One draft an act: later mentions and consequences are folded into the fullest one, which keeps them in ``merged``."""
    kept: list[Draft] = []
    for draft in fold_consequences(parse, drafts):
        _put(parse, kept, draft, BARE if bare(parse, draft) else SAME)
    return kept


def merge_passage(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """A second round once place and day are taken from the passage: what then agrees in all is one act."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.found.first):
        if draft.speech:
            kept.append(draft)
        else:
            _put(parse, kept, draft, SAME_PASSAGE)
    return kept


def _put(parse: Parse, kept: list[Draft], draft: Draft, least: float) -> None:
    """Folds a draft into the likest one kept, of equals the last, where the likeness reaches ``least``; else keeps it."""
    best: tuple[float, Draft] | None = None
    for other in kept[-REACH:]:
        score = likeness(parse, other, draft)
        if score >= least and (best is None or score >= best[0]):
            best = score, other
    if best is None:
        kept.append(draft)
    else:
        absorb(best[1], draft)


def bare(parse: Parse, draft: Draft) -> bool:
    """True for a definite noun with nothing of its own ("the attack"): it can only point back."""
    if not draft.found.nominal or draft.speech or draft.place is not None or draft.roles.targets:
        return False
    if any(count.count.low is not None for count in draft.counts):
        return False
    return _reference(parse, draft) > 0.5


def fold_consequences(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """Folds "killing 14" into the bombing of the same sentence, and a general word into the definite one beside it."""
    kept: list[Draft] = []
    drafts = _fold_unhurt(drafts)
    by_sent: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sent.setdefault(draft.sent, []).append(draft)
    for group in by_sent.values():
        gone: set[int] = set()
        for number, draft in enumerate(group):
            owner = [pair for pair in enumerate(group) if pair[1] is not draft and _of_its_noun(parse, draft, pair[1])]
            for other_number, other in owner or enumerate(group):
                if number == other_number or number in gone or other_number in gone:
                    continue
                if consequence(parse, draft, other):
                    absorb(other, draft)
                    gone.add(number)
        kept.extend(draft for number, draft in enumerate(group) if number not in gone)
    return kept


def _fold_unhurt(drafts: list[Draft]) -> list[Draft]:
    """Gives "no one was hurt" to the act it speaks of: the last one told before in reach, else one of the same sentence."""
    kept: list[Draft] = []
    for draft in drafts:
        zero = [count for count in draft.counts if count.count.low == 0 and count.count.high == 0]
        unhurt = draft.status.negated or (draft.found.nominal and len(zero) == len(draft.counts))
        if draft.speech or not zero or _specific(draft) or not unhurt:
            kept.append(draft)
            continue
        told = [d for d in drafts if not d.speech and d.family in VIOLENT_FAMILIES and d is not draft and not d.status.negated]
        near = [d for d in told if d.found.first < draft.found.first and draft.sent - d.sent <= UNHURT_REACH] or [
            d for d in told if d.sent == draft.sent
        ]
        if near:
            near[-1].counts.extend(count for count in zero if count not in near[-1].counts)
        else:
            kept.append(draft)
    return kept


def consequence(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True if ``draft`` only tells the result, or the general name, of ``main`` in the same sentence."""
    if draft.speech or main.speech:
        return False
    if draft.status.negated != main.status.negated:
        return main.status.negated and _of_its_noun(parse, draft, main)
    if draft.family == "truce_end" and main.family in VIOLENT_FAMILIES:
        return _by_violence(parse, draft, main)
    if draft.type.group == main.type.group == "unrest" and {"status:purpose", "status:infinitive"} & set(draft.status.rules):
        return main.status.status == "occurred" and _linked(parse, draft, main)  # "marched to protest"
    if draft.type.id == "talks" and main.type.id in PEACE_TYPES and main.found.nominal:  # "an accord was brokered"
        noun = parse.tokens[main.found.head]
        return noun.dep in ("dobj", "nsubjpass") and noun.head.i == draft.found.head and not draft.found.nominal
    if draft.type.id in ("territory_taken", "territory_lost") and main.family == "battle" and main.found.nominal:
        subject = parse.tokens[draft.found.head].child("nsubj")
        return subject is not None and subject.i == main.found.head  # "an offensive drove the rebels out"
    if (
        draft.family not in VIOLENT_FAMILIES
        or main.family not in VIOLENT_FAMILIES
        or (ANSWERED in draft.rules and ANSWERED not in main.rules)
    ):
        return False
    if main.family == "abduction" and draft.found.act.words[0] in ENTERING and shares(draft.roles.actors, main.roles.actors):
        inside = any(parse.tokens[target.head].lower in THINGS for target in draft.roles.targets)
        return inside and _linked(parse, draft, main) and not draft.counts  # "invaded the school and took 30 girls"
    if main.family == "abduction" or (
        main.type.group == "unrest" and draft.roles.actors and not shares(draft.roles.actors, main.roles.actors)
    ):
        return False
    if main.cumulative and not draft.cumulative and _under_another_verb(parse, draft, main):
        return False  # "was shot dead, bringing the toll in weeks of clashes to 18"
    if not _specific(draft) and not _specific(main) and _hurt_too(parse, draft, main):
        return True
    if _one_clause(parse, draft, main):
        return True
    if draft.found.act.words[0] in REPELLING and shares(draft.roles.targets, main.roles.actors):
        return True  # "attacked the airport and were repelled"
    if _specific(draft) >= _specific(main):
        return False
    if _told_apart(draft, main) or (_answering(parse, draft) and not _done_by(parse, draft, main)):
        return False
    if main.status.status != draft.status.status and "occurred" not in (main.status.status, draft.status.status):
        return False
    return _linked(parse, draft, main)


def _under_another_verb(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True if a verb stands in the tree between an act and what it would be folded into."""
    for above in parse.tokens[main.found.head].ancestors():
        if above.i == draft.found.head:
            return False
        if above.is_verb:
            return True
    return True


def _of_its_noun(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True for the harm of a denied act: "denied it carried out strikes that killed three" tells of no dead beside it."""
    verb = parse.tokens[draft.found.head]
    if verb.dep == "conj" and verb.head.is_verb:
        verb = verb.head
    return not _specific(draft) and verb.dep == "relcl" and verb.head.i in main.found.words


def _beyond_fight(act: Draft, fight: Draft) -> bool:
    """True for an act on things or persons whom nobody armed holds, beside a fight: "they shelled the mayor's house"."""
    if fight.type.id != "clash" or act.type.id == "clash" or act.found.act.words[0] in HARM_WORDS or not act.roles.actors:
        return False
    return any(t.actor.kind in ("facility", "person") and not t.armed for t in act.roles.targets) and not any(
        t.armed for t in act.roles.targets
    )


def _told_apart(draft: Draft, main: Draft) -> bool:
    """True if day, place, doers or victims of two clauses of one sentence say that they are two acts."""
    if _beyond_fight(draft, main) or _beyond_fight(main, draft):
        return True
    if _set_elsewhere(draft, main) or (draft.time is not None and main.time is not None and _one_is_wide(draft.time, main.time)):
        return True
    doers, others = draft.roles.actors, main.roles.actors
    return bool(doers and others) and not shares(doers, others) and _other_side(doers, others)


def _set_elsewhere(a: Draft, b: Draft) -> bool:
    """True if both name a place or a time, and these do not meet."""
    if a.place is not None and b.place is not None and not places_meet(a.place, b.place):
        return True
    return a.time is not None and b.time is not None and not times_meet(a.time, b.time)


def _answering(parse: Parse, draft: Draft) -> bool:
    """True for "retaliated", "returned fire", "the reprisal"."""
    head = parse.tokens[draft.found.head]
    words = [parse.tokens[i] for i in draft.found.words] + ([head.head] if head.dep == "dobj" else [])
    return any(word.lower.startswith(ANSWERING) for word in words)


def _in_answer(parse: Parse, draft: Draft) -> bool:
    """True for "the peacekeepers responded, killing one"."""
    head = parse.tokens[draft.found.head]
    told = head.dep == "advcl" and head.tag == "VBG" and head.child("nsubj") is None and not head.kids("mark", "prep")
    return told and head.head.lower.startswith(ANSWERING)


def _done_by(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True for "retaliated by firing", "responded with a volley": the one verb tells that they answered, the other how."""
    verb, how = parse.tokens[draft.found.head], parse.tokens[main.found.head]
    return how.head.i == verb.i or (how.dep in ("pcomp", "pobj") and how.head.head.i == verb.i)


def _by_violence(parse: Parse, breach: Draft, main: Draft) -> bool:
    """True for a breach that is the act itself: "opened fire in violation of the truce", "a violation that killed two"."""
    noun, verb = parse.tokens[breach.found.head], parse.tokens[main.found.head]
    if not breach.found.nominal:
        return False
    if noun.dep == "pobj" and noun.head.lower == "of" and noun.head.head.is_noun:
        noun = noun.head.head  # "in violation of a truce"
    if noun.dep == "pobj" and noun.head.lower == "in":
        return _linked(parse, breach, main)
    return verb.dep == "relcl" and noun.i in (verb.head.i, verb.head.head.i, verb.head.head.head.i)


def _hurt_too(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True for the wounded told beside the dead: "nine were killed and six were wounded"."""
    injuring = draft.found.act.words[0] in ("wound", "injure", "hurt", "maim", "injured", "wounded")
    killing = main.type.id == "killing"
    return injuring and killing and draft.found.first > main.found.first and _linked(parse, draft, main)


def _one_clause(parse: Parse, draft: Draft, main: Draft) -> bool:
    """True for a noun of violence that is subject or object of a verb of violence: "airstrikes hit", "a bomb ripped through"."""
    noun, verb = parse.tokens[draft.found.head], parse.tokens[main.found.head]
    if noun.dep == "acl" and noun.head.i in main.found.words:
        return True
    if (
        noun.dep in ("advcl", "xcomp", "acl")
        and verb.i in (noun.head.i, noun.head.head.i)
        and {"status:purpose", "status:infinitive"} & set(draft.status.rules)
        and main.status.status == "occurred"
    ):
        return True
    if not draft.found.nominal or main.found.nominal:
        return False
    while noun.dep in ("conj", "appos") and noun.head.is_noun:
        noun = noun.head
    return noun.dep in ("nsubj", "nsubjpass", "dobj", "agent") and noun.head.i == verb.i


def _specific(draft: Draft) -> int:
    """How much the type tells of the form of the act."""
    if draft.type.id == "killing" or draft.found.act.words[0] in HARM_WORDS:
        return 0
    if draft.type.id == "attack":
        return 1
    if draft.type.id in ("explosion", "armed_attack", "armed_assault"):
        return 2
    return 3


def _linked(parse: Parse, draft: Draft, main: Draft) -> bool:
    """Near in the tree: one hangs on the other, or both on one verb, with no coordination of full clauses between."""
    a, b = parse.tokens[draft.found.head], parse.tokens[main.found.head]
    chain_a = [a, *a.ancestors()]
    chain_b = [b, *b.ancestors()]
    positions = {token.i: n for n, token in enumerate(chain_b)}
    for steps, token in enumerate(chain_a):
        if token.i in positions:
            path = chain_a[:steps] + chain_b[: positions[token.i]]
            if any(t.lower in COMING or _later(parse, t) for t in [*path, token]):
                return False
            if any(t.lower in HELPING and t.dep in ("acl", "advcl", "relcl") for t in path):
                return False  # "fighters, assisted by air strikes, launched an offensive"
            if _specific(draft) and any(
                t.dep == "conj" and t.is_verb and t.child("nsubj", "nsubjpass") is not None for t in path
            ):
                return False
            return steps + positions[token.i] <= 6
    return False


def _later(parse: Parse, verb: Token) -> bool:
    """True for the verb of "a day after rebels attacked": an act of its own, which only dates the other."""
    marks = [mark for mark in verb.kids("mark") if mark.lower in ("after", "before") and mark.i > 0]
    return any(parse.tokens[mark.i - 1].lower in UNITS for mark in marks)


def likeness(parse: Parse, a: Draft, b: Draft) -> float:
    """How much speaks for two mentions being one act; below zero where something speaks against it."""
    if a.speech != b.speech:
        return -1
    return _speech_likeness(a, b) if a.speech else _act_likeness(parse, a, b)


def _speech_likeness(a: Draft, b: Draft) -> float:
    if a.type.family != b.type.family or not shares(a.roles.actors, b.roles.actors):
        return -1
    if a.roles.targets and b.roles.targets and not shares(a.roles.targets, b.roles.targets):
        return -1
    if a.type.id == "claim_of_responsibility" and _set_elsewhere(a, b):
        return -1  # each names the day or the place of an act of its own
    if a.type.id in ("statement", "demand", "appeal", "promise", "condemnation"):
        return -1 if abs(a.sent - b.sent) > 1 else 2 + (a.type.id == b.type.id)
    near = abs(a.sent - b.sent) <= 1 or a.sent <= 1
    return 2.0 + 1.5 * near + (a.type.id == b.type.id) * 0.5


def _act_likeness(parse: Parse, a: Draft, b: Draft) -> float:
    if a.status.negated != b.status.negated or (a.status.status in ("planned", "hypothetical", "requested")) != (
        b.status.status in ("planned", "hypothetical", "requested")
    ):
        return -1
    kind = _kinds(a, b)
    if a.sent == b.sent and (ANSWERED in a.rules) != (ANSWERED in b.rules):
        return -1
    wars = _is_war(a) and _is_war(b)
    if not wars and (a.cumulative != b.cumulative or (STANDING in a.rules) != (STANDING in b.rules)):
        return -1
    if (HABIT in a.rules) != (HABIT in b.rules):
        return -1
    if kind < 0 or _several(parse, a) != _several(parse, b) or _beyond_fight(a, b) or _beyond_fight(b, a):
        return -1
    if (FOILED in a.rules) != (FOILED in b.rules) and any(d.type.id == "killing" or _deadly(d) for d in (a, b)):
        return -1
    if _in_answer(parse, b) and not _in_answer(parse, a):
        return -1
    if any(_answering(parse, part) for part in b.merged) and not any(_answering(parse, part) for part in [a, *a.merged]):
        return -1
    score = kind + (ONE_WAR if wars and _told_alike(a, b) else 0.0)
    if a.place is not None and b.place is not None:
        if not places_meet(a.place, b.place):
            return -1
        score += 1.0 if a.place.precision and a.place.precision >= 6 else 2.0
    if a.time is not None and b.time is not None:
        if not times_meet(a.time, b.time):
            return -1
        score += _days_agree(a.time, b.time)
    for mine, theirs in ((a.roles.actors, b.roles.actors), (a.roles.targets, b.roles.targets)):
        if mine and theirs:
            if shares(mine, theirs):
                score += 1.5
            elif (_named(mine) and _named(theirs) and not (a.roles.mutual or b.roles.mutual)) or (
                mine is a.roles.actors and not (a.roles.mutual or b.roles.mutual) and _other_side(mine, theirs)
            ):
                return -1
            elif all(x.actor.kind not in ("class", "facility") for x in mine + theirs):
                score -= 0.5
    if _one_assassinated(a, b) or (not a.roles.mutual and not b.roles.mutual and _answers(a, b)):
        return -1
    if (a.roles.mutual or b.roles.mutual) and shares(a.roles.actors + a.roles.targets, b.roles.actors + b.roles.targets):
        score += 0.5
    reference = max(_reference(parse, part) for part in [b, *(part for part in b.merged if part.sent == b.sent)])
    if _other_victims(a, b):
        reference = min(reference, 0.0)
    tolls = _tolls(a, b, reference > 0.5)
    if tolls < 0 and a.family != b.family:
        return -1
    score += tolls + reference
    if not _specific(b) and not b.roles.actors and b.sent - a.sent <= 2 and not _told_toll(a, b):
        score += 1.8
    if b.background and not a.background and a.time is None and b.time is not None and b.time.precision == "year":
        score -= 1.5  # an old act dates none that is told without a day
    distance = b.sent - a.sent
    score += 1.0 if distance <= 1 else 0.5 if distance <= 3 or a.sent == 0 else 0.0
    return score


def _one_assassinated(a: Draft, b: Draft) -> bool:
    """True where one of two acts is an assassination and the other hit other people."""
    if "assassination" not in (a.found.act.type, b.found.act.type) or not (a.roles.targets and b.roles.targets):
        return False
    people = all(target.actor.kind in ("class", "person") for target in a.roles.targets + b.roles.targets)
    return people and not shares(a.roles.targets, b.roles.targets)


def _other_victims(a: Draft, b: Draft) -> bool:
    """True where a noun of an act names by itself whom it hit, and the act before hit others: "the attack on X"."""
    return (
        b.found.nominal
        and bool(a.roles.targets)
        and bool(b.roles.targets)
        and not shares(a.roles.targets, b.roles.targets)
        and all(target.actor.kind == "person" and target.actor.basis == "named" for target in b.roles.targets)
    )


def _deadly(draft: Draft) -> bool:
    """True where people are told to have been killed."""
    return any(count.count.what == "killed" and count.count.low != 0 for count in draft.counts)


def _one_is_wide(a: Time, b: Time) -> bool:
    """True if one of two intervals is too wide for the other to say anything of it."""
    return (_days(a) > WIDE) != (_days(b) > WIDE)


def _days_agree(a: Time, b: Time) -> float:
    """How much it says that two times meet: much of two days, little of a day and the month about it."""
    if _one_is_wide(a, b):
        return 0.0
    short, long = sorted((_days(a), _days(b)))
    return 1.5 if long <= NEAR or 2 * short >= long else 0.5


def _answers(a: Draft, b: Draft) -> bool:
    """True if one act hits those who did the other: a blow and its answer."""
    return (shares(a.roles.actors, b.roles.targets) or shares(b.roles.actors, a.roles.targets)) and not (
        shares(a.roles.actors, b.roles.actors) or shares(a.roles.targets, b.roles.targets)
    )


def _several(parse: Parse, draft: Draft) -> bool:
    """True for a plural noun that sums up acts ("its deadly attacks"); "these attacks" may be any number."""
    head = parse.tokens[draft.found.head]
    if not draft.found.nominal and len(draft.found.words) > 1 and parse.tokens[max(draft.found.words)].tag == "NNS":
        return parse.tokens[max(draft.found.words)].lower in PLURAL_ACTS
    if not draft.found.nominal or head.tag != "NNS" or draft.type.group in ("peace", "unrest", "fighting"):
        return False
    return not any(child.lower in ("the", "these", "those", "two", "twin", "both") for child in head.children)


def _kinds(a: Draft, b: Draft) -> float:
    if _is_war(a) != _is_war(b) or _of_wars(a) != _of_wars(b):
        return -1
    if a.type.id == b.type.id:
        return 1.0
    if (
        (a.type.id == "clash") != (b.type.id == "clash")
        and not shares(a.roles.actors + a.roles.targets, b.roles.actors + b.roles.targets)
        and not (a.family == b.family and _tolls(a, b, known=False) > 0)
    ):
        return -1
    if "landmine" in (a.type.id, b.type.id) and not a.found.nominal and not b.found.nominal:
        return -1  # to lay mines is no attack
    if a.family in VIOLENT_FAMILIES and b.family in VIOLENT_FAMILIES:
        if a.type.id in OPEN_TYPES or b.type.id in OPEN_TYPES:
            return 0.5 if "abduction" not in (a.family, b.family) else -1
        if a.family == b.family:
            return 0.3
        return -1
    if a.type.id in PEACE_TYPES and b.type.id in PEACE_TYPES:
        return 0.8
    if a.family == b.family and a.type.group == b.type.group:
        return 0.3 if a.family != "movement" or _same_way(a, b) else -1
    return -1


def _same_way(a: Draft, b: Draft) -> bool:
    """True for moves that may be one: ground is not taken by who withdraws."""
    return any({a.type.id, b.type.id} <= way for way in WAYS)


def _told_alike(a: Draft, b: Draft) -> bool:
    """False for a war of the past beside one that goes on; a toll may be that of either."""
    told = {draft.status.status for draft in (a, b) if TOLL not in draft.rules}
    return len(told) < 2


def _of_wars(draft: Draft) -> bool:
    """True for several wars at once ("have fought two wars"), which are no single one."""
    return any(SEVERAL_WARS in part.rules for part in (draft, *draft.merged))


def _is_war(draft: Draft) -> bool:
    """True for a war and for the fighting of one ("have been fighting a long war")."""
    parts = [draft, *draft.merged]
    return any(part.found.act.words[-1] in WARS or WAR_RULES & set(part.rules) for part in parts)


def _told_toll(a: Draft, b: Draft) -> bool:
    """True if the first act has numbers of the same kind already, so that the second may be another."""
    told = {count.count.what for count in a.counts if count.count.low is not None}
    return bool(told & {count.count.what for count in b.counts})


def _tolls(a: Draft, b: Draft, known: bool) -> float:
    """The same toll speaks for one act; another toll against it, unless another voice tells it of an act that is ``known``."""
    for what in ("killed", "injured", "abducted"):
        mine = {(c.count.low, c.count.high) for c in a.counts if c.count.what == what and c.count.low is not None}
        theirs = {(c.count.low, c.count.high) for c in b.counts if c.count.what == what and c.count.low is not None}
        if mine and theirs:
            if mine & theirs:
                return 2.0
            return 0.0 if known and a.voices[-1].name != b.voices[-1].name else -0.7
    return 0.0


def _reference(parse: Parse, draft: Draft) -> float:
    """A definite noun points back; an indefinite one opens a new act; a plural one is wider than one act."""
    if not draft.found.nominal:
        subject = parse.tokens[draft.found.head].child("nsubj", "nsubjpass")
        known = (
            subject is not None
            and subject.lower in ATTACKERS
            and any(c.lower in ("the", "these", "both") for c in subject.children)
        )
        if known or _of_known_pact(parse, draft):
            return 1.5
        return -2.0 if _set_apart(parse, draft) else 0.0
    head = parse.tokens[draft.found.head]
    if (head.dep == "dobj" and head.head.lower in PROTESTING) or (head.dep == "pobj" and head.head.lower == "over"):
        return -2.0
    if head.dep == "dobj" and head.head.lower in HEARD and draft.found.instrument is None:
        return 1.5
    determiners = {child.lower for child in head.kids("det", "poss")} | {
        parse.tokens[draft.found.first - 1].lower if draft.found.first else ""
    }
    plural = head.tag == "NNS"
    if {child.lower for child in head.kids("amod", "advmod")} & ANOTHER:
        return -3.0
    if determiners & {"the", "this", "that", "these", "those"}:
        return 1.0 if plural else 1.5
    if determiners & {"a", "an", "another", "other", "no", "any", "such"}:
        return -1.0
    if head.child("poss") is not None:
        return 0.8
    return -0.3


def _of_known_pact(parse: Parse, draft: Draft) -> bool:
    """True for "called the cease-fire", whose noun points back; "signed a truce" tells of a new one."""
    carried = [parse.tokens[i] for i in draft.found.words[1:]] if draft.type.id in PEACE_TYPES else []
    return any(child.lower in ("the", "this", "that") for noun in carried for child in noun.kids("det"))


def _set_apart(parse: Parse, draft: Draft) -> bool:
    """True for "earlier, a gunboat shelled", "also assassinated", "carried out a similar operation"."""
    verb = parse.tokens[draft.found.head]
    if verb.dep == "advcl" and verb.tag == "VBG" and verb.head.is_verb:
        verb = verb.head  # "also raided a town, killing four"
    also = draft.found.act.words[0] in HARM_WORDS  # "children were also wounded": more victims of the one act
    if ({child.lower for child in verb.kids("advmod")} & APART) - ({"also"} if also else set()) or _later(parse, verb):
        return True
    carried = [parse.tokens[i] for i in draft.found.words[1:]]
    return bool({child.lower for noun in carried for child in noun.kids("amod", "det")} & ANOTHER)


def _other_side(mine: list[FoundActor], theirs: list[FoundActor]) -> bool:
    """True if soldiers stand against rebels: the groups of both are known, and none is on both sides."""
    if any(x.actor.kind == "community" for x in mine + theirs):
        return False  # "the Kurds" who attack are fighters of that people
    a, b = {x.group for x in mine}, {x.group for x in theirs}
    return None not in a | b and not a & b and "mixed" not in a | b and "attackers" not in a | b


def _named(actors: list[FoundActor]) -> bool:
    """True for sides by name; a people ("the Kurds") names no side of its own."""
    return any(a.actor.kind == "person" or (a.actor.id is not None and a.actor.kind != "community") for a in actors)


def shares(a: list[FoundActor], b: list[FoundActor]) -> bool:
    """True if one actor stands in both lists, by id, by name, or by a class word that both hold."""
    for x in a:
        for y in b:
            if x.actor.id is not None and x.actor.id == y.actor.id:
                return True
            if x.actor.id is None or y.actor.id is None:
                if x.actor.name.lower() == y.actor.name.lower():
                    return True
                last_x, last_y = x.actor.name.lower().split()[-1], y.actor.name.lower().split()[-1]
                if last_x == last_y and "class" in (x.actor.kind, y.actor.kind):
                    return True
            if x.group is not None and x.group == y.group and (x.generic or y.generic):
                return True
    return False


def places_meet(a: Place, b: Place) -> bool:
    """True unless the two places lie apart: one within the other, or the same, is a meeting."""
    if a.iso2 is not None and b.iso2 is not None and a.iso2 != b.iso2:
        return False
    if (a.precision or 0) >= 5 or (b.precision or 0) >= 5:
        return True
    if a.name == b.name or a.name in (b.admin1, b.admin2) or b.name in (a.admin1, a.admin2):
        return True
    if a.admin1 is not None and b.admin1 is not None and a.admin1 != b.admin1:
        return False
    if a.precision == 4 or b.precision == 4:
        return True
    if a.admin2 is not None and a.admin2 == b.admin2 and 3 in (a.precision, b.precision):
        return True
    return False


def times_meet(a: Time, b: Time) -> bool:
    """True if the two intervals share a day; open ends reach as far as they may."""
    low_a, high_a = _bounds(a)
    low_b, high_b = _bounds(b)
    return low_a <= high_b and low_b <= high_a


def _days(time: Time) -> int:
    low, high = _bounds(time)
    return (high - low).days + 1


def _bounds(time: Time) -> tuple[date, date]:
    low = date.fromisoformat(time.from_) if time.from_ else date.min
    high = date.fromisoformat(time.to) if time.to else date.max
    return low, high


def _joined(main: Draft, other: Draft) -> list[FoundActor]:
    """Whom the act hit by both mentions: each once, and nobody whom the other mention calls a doer."""
    if main.roles.mutual or other.roles.mutual or not main.roles.targets:
        return main.roles.targets or other.roles.targets
    doers = main.roles.actors + other.roles.actors
    beside = main.sent == other.sent and not other.found.nominal
    new = [
        t
        for t in other.roles.targets
        if (_sayable(t) or (beside and t.actor.kind == "facility")) and not shares([t], main.roles.targets + doers)
    ]
    return main.roles.targets + new


def _sayable(target: FoundActor) -> bool:
    """True for persons by name and for buildings and vehicles: what a second mention adds; a class may be the same people."""
    if target.actor.basis != "named":
        return False
    thing = target.actor.kind in ("facility", "class") and target.actor.text.lower().split()[-1] in THINGS
    return target.actor.kind == "person" or thing


def absorb(main: Draft, other: Draft) -> None:
    """Folds one mention into another: absent fields are filled, the more definite type wins, nothing told is lost."""
    main.merged.extend([other, *other.merged])
    if _specific(other) > _specific(main) and main.type.id in OPEN_TYPES and other.family in VIOLENT_FAMILIES:
        main.type, main.family = other.type, other.family
    accused = _only_accused(other) and not _only_accused(main)  # who is accused of a known act is not thereby its doer
    if not accused and (not main.roles.actors or (not _named(main.roles.actors) and _named(other.roles.actors))):
        main.roles.actors = other.roles.actors or main.roles.actors
    main.roles.targets = _joined(main, other)
    if main.place is None or (other.place is not None and (other.place.precision or 9) < (main.place.precision or UNRESOLVED)):
        main.place = other.place or main.place
    if main.time is None:
        main.time, main.background = other.time, main.background or (other.background and other.time is not None)
    elif other.time is not None and _is_within(other.time, main.time):
        main.time = other.time  # "earlier this month … on May 4"
    elif other.time is not None and _is_war(main) and _is_war(other):
        main.time = _joined_ends(main.time, other.time)
    if other.cumulative and (main.time is None or main.time.precision not in ("day", "range")):
        main.cumulative = main.background = True  # "500 have been killed in attacks since 2021"
    main.lead, main.first = main.lead or other.lead, main.first or other.first
    main.counts.extend(count for count in other.counts if count not in main.counts)
    main.status.hedges.extend(hedge for hedge in other.status.hedges if hedge not in main.status.hedges)
    if other.status.status == "occurred" and (main.status.status == "alleged" or (_begun(main) and other.time is not None)):
        main.status.status = "occurred"
    if main.type.family_if_target_armed or main.type.family_if_target_unarmed:
        armed = armed_target(main.roles.targets or other.roles.targets)
        if armed is None and armed_target(other.roles.targets):
            armed = True  # "attacked the mission … soldiers were killed in the attack"
        main.family = main.type.family_for(armed)
    main.rules.append(f"same-act:{other.found.act.term}")


def _is_within(day: Time, wide: Time) -> bool:
    """True for a single day inside an interval of at most :data:`WIDE` days with two known ends."""
    if day.from_ is None or day.from_ != day.to or wide.from_ is None or wide.to is None or wide.from_ == wide.to:
        return False
    return wide.from_ <= day.from_ <= wide.to and _days(wide) <= WIDE


def _joined_ends(a: Time, b: Time) -> Time:
    """Beginning and end of a war told apart ("began in 1991 … ended in 1995"); else the first."""
    if a.from_ is None and b.to is None and b.from_ is not None:
        return a.model_copy(update={"from_": b.from_, "basis": "worked_out"})
    if a.to is None and b.from_ is None and b.to is not None:
        return a.model_copy(update={"to": b.to, "basis": "worked_out"})
    return a


def _only_accused(draft: Draft) -> bool:
    """True for an act told only in an accusation: "I accuse the minister of killing him"."""
    return any(rule.startswith("status:governor:accus") for rule in draft.status.rules)


def _begun(draft: Draft) -> bool:
    """True for "with soldiers firing": told as going on only by its form."""
    return draft.status.status == "ongoing" and draft.time is None
