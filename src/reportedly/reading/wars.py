"""Tells wars from the fights within them: how long a war has lasted, who wages it, and what it has cost altogether.

A war is one act between sides, told as the context of the news: "nearly three decades of conflict", "the war between A and B
in 2006", "a force fighting B". A toll that sums up a war is that of a battle, whoever died in it; a toll of bombings or of
attacks on civilians stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from reportedly.knowledge.types import EventType
from reportedly.reading.drafts import OLD_AFTER, Draft
from reportedly.reading.numbers import cardinal_at
from reportedly.reading.parse import Parse, Token
from reportedly.records import Time

WAR_NOUNS = frozenset(
    "war wars conflict conflicts insurgency insurgencies rebellion rebellions uprising uprisings revolt revolts insurrection "
    "fighting hostilities carnage bloodshed".split()
)
"""Nouns that may name a whole war."""
ONLY_AS_WAR = frozenset({"conflict", "insurgency", "carnage", "bloodshed"})
"""Terms of the lexicon that tell an act only where sides, a length, a date or a toll go with them."""
LONG_UNITS = frozenset("week weeks month months year years decade decades century centuries".split())
UNIT_MONTHS = {
    "month": 1, "months": 1, "year": 12, "years": 12, "decade": 120, "decades": 120, "century": 1200, "centuries": 1200,
}  # fmt: skip
"""The units of a war's length, in months."""
FACING = frozenset(
    "contain quell crush suppress defeat battle fight combat counter face confront tackle end quash subdue".split()
)
"""Base forms of what a state does about an insurgency that goes on."""
FACED = frozenset(
    "contains containing quelling crushing suppressing battling fighting combating faces facing confronting".split()
)
GRIP = frozenset({"grip", "throes", "midst"})
BEGINNING = frozenset("began begun erupted started broke flared".split())
ENDING = frozenset("ended ceased finished stopped".split())
WAGING = frozenset(
    "wage wages waged waging fight fights fought fighting lead leads led leading stage stages staged staging".split()
)
"""Verbs whose object is the war that their subject wages."""
WORKS = frozenset(
    "show exhibition book books history histories museum story stories memoir lecture exhibit study essay poem poems song songs "
    "documentary film novel play photographs veteran veterans".split()
)
"""Nouns before "of", "on" or "about" a war that is only their matter."""
PARTS = frozenset({"part", "member", "members"})
SETTING = frozenset("battle battles clash clashes fighting".split())
"""What a war is only the setting of ("the worst battle of the six-month war")."""
SINCE = frozenset({"since"})
TOLL_PREPS = frozenset({"in", "during", "by", "from"})
WAR = "background:war"
"""The rule of a war that is told as a whole."""
TOLL = "war:toll"
"""The rule of a toll that sums up a war."""
ANYBODY = frozenset({"people", "persons", "lives"})
"""Words for the dead of all sides."""
REACH = 4
"""How many drafts back a war may stand whose toll follows."""
MANY = 500
"""Deaths that only a whole war costs."""
NEXT = 1
"""How many sentences after a war its toll may be told without naming it again."""


def tell_wars(parse: Parse, drafts: Sequence[Draft], types: Mapping[str, EventType], published: date | None) -> list[Draft]:
    """The drafts with whole wars marked as context and their tolls made those of battles.

    Left out are nouns such as "the conflict" where nothing tells of it but its name.
    """
    kept: list[Draft] = []
    for draft in drafts:
        if _sums_up_war(parse, draft, kept):
            _retype(draft, types["clash"])
            war = _by_war(parse.tokens[draft.found.head])
            for other in kept[-1:]:
                if war is not None and other.found.head == war.i and other.type.id != "clash":
                    _retype(other, types["clash"])  # "the carnage, which has killed 3,000"
                    _mark(other, war)
            if war is not None:
                _bound(draft, war)
            _sum_up(draft)
        noun = war_noun(parse, draft)
        if noun is not None and noun.dep == "pobj" and noun.head.lower in ("of", "in") and noun.head.head.lower in SETTING:
            continue
        if noun is not None and draft.type.id == "clash" and _is_whole(draft, noun, published):
            _mark(draft, noun)
            if draft.time is None or draft.time.precision == "day":  # a day is that of the talks on ending it
                draft.time = _begun(parse, noun, published) or draft.time
        elif draft.type.id == "clash" and draft.found.act.term in ONLY_AS_WAR:
            if _dead(draft) == 0:
                continue
            _sum_up(draft)
        elif draft.type.id == "clash" and part_of_force(parse.tokens[draft.found.head]) and draft.status.status == "occurred":
            draft.status.status = "ongoing"
            draft.rules.append("status:part-of-force")
        kept.append(draft)
    return kept


def _retype(draft: Draft, type_: EventType) -> None:
    draft.type, draft.family = type_, type_.family
    draft.roles.targets = [target for target in draft.roles.targets if target.armed is not False]


def _dead(draft: Draft) -> int:
    """How many are told to have been killed at least; 0 where no number is."""
    return max((count.count.low or 0 for count in draft.counts if count.count.what == "killed"), default=0)


def _sum_up(draft: Draft) -> None:
    """Marks the toll of a war, and as context what only a whole war costs."""
    whole = draft.cumulative or _dead(draft) >= MANY
    draft.rules.extend([TOLL, WAR] if whole else [TOLL])
    draft.background = draft.background or whole


def war_noun(parse: Parse, draft: Draft) -> Token | None:
    """The noun that names the war which a draft tells ("fought a long war"), or ``None`` for other acts."""
    head = parse.tokens[draft.found.head]
    if head.lower in WAR_NOUNS and draft.found.nominal:
        return head
    if not head.is_verb or head.lower not in WAGING:
        return None
    waged = head.child("dobj", "nsubjpass")
    return waged if waged is not None and waged.lower in WAR_NOUNS else None


def lasted(noun: Token) -> bool:
    """True for a war told with its length: "three decades of conflict", "the month-long war", "a 30-year insurgency"."""
    if over_weeks(noun) and noun.head.head.child("nummod") is not None:
        return True
    before = [part for kid in noun.kids("amod", "compound", "nmod", "nummod") if kid.i < noun.i for part in kid.subtree()]
    return any(part.lower in LONG_UNITS for part in before)


def _begun(parse: Parse, noun: Token, published: date | None) -> Time | None:
    """Since when a war has lasted by its length, to the year or month: "a 30-year war"; ``None`` where no number tells."""
    unit = noun.head.head if over_weeks(noun) else next((part for part in noun.subtree() if part.lower in UNIT_MONTHS), None)
    if published is None or unit is None or unit.lower not in UNIT_MONTHS or noun.head.lower in ENDING:
        return None
    at = unit.i - 2 if parse.tokens[unit.i - 1].text == "-" else unit.i - 1
    count = cardinal_at(parse, max(at, 0))
    if count is None or count <= 0:
        return None
    months = int(count * UNIT_MONTHS[unit.lower])
    years, month = divmod(published.year * 12 + published.month - 1 - months, 12)
    if years < 1:
        return None
    exact = UNIT_MONTHS[unit.lower] == 1
    span = parse.span(min(at, unit.i), unit.i)
    return Time(
        text=span.text,
        start=span.start,
        end=span.end,
        from_=date(years, month + 1 if exact else 1, 1).isoformat(),
        to=None,
        precision="month" if exact else "year",
        basis="worked_out",
    )


def over_weeks(noun: Token) -> bool:
    """True for "weeks of protests", "three decades of conflict": what went on over a stretch of time."""
    return noun.dep == "pobj" and noun.head.lower == "of" and noun.head.head.lower in LONG_UNITS


def part_of_force(verb: Token) -> bool:
    """True for "is part of the force fighting the group": the predicate tells what a side does, not only who others are."""
    force = verb.head
    if verb.dep != "acl" or verb.tag != "VBG" or force.dep != "pobj" or force.head.lower != "of":
        return False
    part = force.head.head
    return part.lower in PARTS and part.dep == "attr" and part.head.lower in ("is", "are")


def _is_whole(draft: Draft, noun: Token, published: date | None) -> bool:
    """True where length, date or sides make a war in particular of the noun, and where a state is still at grips with it."""
    if noun.dep == "pobj" and noun.head.head.lower in WORKS:
        return False
    if lasted(noun) or _at_grips(noun):
        return True
    time = draft.time
    if time is None or published is None or time.precision in ("day", "range", "week"):
        return False
    end = time.to or time.from_
    began = time.from_ or time.to
    if began is None or end is None or date.fromisoformat(began) > published - OLD_AFTER:
        return False
    return time.to is None or date.fromisoformat(end) < published - OLD_AFTER


def _at_grips(noun: Token) -> bool:
    """True for "is struggling to contain an insurgency", "in the grip of a rebellion": it goes on."""
    if noun.lower not in ("insurgency", "insurgencies", "rebellion", "uprising", "revolt"):
        return False
    above = noun.head
    if noun.dep == "pobj" and above.lower == "of" and above.head.lower in GRIP:
        return True
    if noun.dep != "dobj":
        return False
    if above.lower in FACED:
        return above.tag in ("VBZ", "VBG")
    verb = above.head
    return above.lower in FACING and above.dep == "xcomp" and verb.tag in ("VBZ", "VBP", "VBG")


def _mark(draft: Draft, noun: Token) -> None:
    """Makes a war the context of the news; one that a state is still at grips with goes on."""
    draft.rules.append(WAR)
    draft.roles.actors = [actor for actor in draft.roles.actors if not actor.first <= noun.i <= actor.last]
    draft.roles.targets = [target for target in draft.roles.targets if not target.first <= noun.i <= target.last]
    _bound(draft, noun)
    if draft.status.status in ("planned", "requested") and not draft.status.negated:
        draft.status.status = "occurred"  # "talks aimed at ending two decades of conflict"
    if _at_grips(noun) and draft.status.status in ("occurred", "planned", "hypothetical"):
        draft.status.status, draft.status.negated = "ongoing", False
    draft.background = True


def _bound(draft: Draft, noun: Token) -> None:
    """Makes the time of a war's beginning or end that of the war: open behind "began in 1991", before "ended in 2003"."""
    time = draft.time
    if time is None or noun.dep not in ("nsubj", "nsubjpass"):
        return
    if time.start is not None and time.start < noun.head.start:
        return  # "the war in 2020 ended with a truce"
    verb = noun.head.lower
    if verb in BEGINNING:
        draft.time = time.model_copy(update={"to": None})
    elif verb in ENDING and time.from_ is not None:
        draft.time = time.model_copy(update={"from_": None})


def _sums_up_war(parse: Parse, draft: Draft, before: Sequence[Draft]) -> bool:
    """True for a toll of people in general that the words, or the sentence before, make that of a war."""
    if draft.type.id != "killing" or draft.found.nominal or draft.roles.actors or draft.status.negated:
        return False
    if _dead(draft) == 0:
        return False
    if any(target.armed is False and target.actor.name.lower().split()[-1] not in ANYBODY for target in draft.roles.targets):
        return False  # a toll of villagers or children
    verb = parse.tokens[draft.found.head]
    if _by_war(verb) is not None:
        return True
    if not draft.cumulative:
        return False
    return any(WAR in told.rules and draft.sent - told.sent <= NEXT for told in before[-REACH:])


def _by_war(verb: Token) -> Token | None:
    """The war that a verb of killing has as subject, agent or setting, or since which it counts; ``None`` where none is named."""
    subject = verb.child("nsubj")
    if subject is not None and subject.lower in ("that", "which") and verb.dep == "relcl":
        subject = verb.head
    if subject is not None and subject.lower in WAR_NOUNS:
        return subject
    for prep in verb.kids("prep", "agent"):
        noun = prep.child("pobj")
        if noun is not None and prep.lower in TOLL_PREPS | SINCE and noun.lower in WAR_NOUNS:
            return noun
    for clause in verb.kids("advcl"):
        began = clause.child("nsubj")
        if began is not None and began.lower in WAR_NOUNS and any(mark.lower in SINCE for mark in clause.kids("mark")):
            return began
    return None
