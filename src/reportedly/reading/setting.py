"""Gives the drafts of a sentence their place, their time and their counts, and tells background from news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from reportedly.knowledge.status import StatusLexicon
from reportedly.reading.counts import FoundCount
from reportedly.reading.drafts import OLD_AFTER, VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import ANSWERED, COMING, HABIT, PLURAL_ACTS, SEVERAL_WARS, STANDING
from reportedly.reading.parse import Parse, Token
from reportedly.reading.places import FoundPlace
from reportedly.reading.roles import FACILITY
from reportedly.reading.senses import TERRITORY, happening
from reportedly.reading.times import FoundTime
from reportedly.reading.wars import over_weeks, part_of_force
from reportedly.records import Place, Time

PARTING = frozenset("independence autonomy secession freedom separation breakaway".split())
"""Nouns of what a people wants from the state that it lives in."""
EARLIER = ("earlier this month", "earlier this year", "last month", "last year")
"""Words of time that set an act behind the news, where the report does not open with it."""
EVENT_PREPS = frozenset(
    {"in", "at", "near", "outside", "inside", "around", "across", "throughout", "on", "off", "along", "from", "to", "into", "of"}
)
HABITUAL = frozenset(
    "often routinely regularly frequently usually repeatedly sometimes periodically occasionally always long "
    "traditionally".split()
)
TREND_VERBS = frozenset(
    "step stepped stepping intensify intensified intensifying increase increased increasing escalate escalated multiply "
    "multiplied lessen lessened decrease decreased decline declined diminish diminished subside subsided surge surged "
    "soar soared ramp ramped spike spiked risen rise rose fallen continue continued "
    "seen saw sees witnessed experienced".split()
)
TREND_NOUNS = frozenset("surge resurgence increase rise uptick upsurge decline decrease drop fall spike escalation lull".split())
CHARGED = frozenset(
    "accused wanted involved involvement connection convicted conviction charged charges charge suspected sentenced "
    "tried trial case cases probe inquiry investigation investigating anniversary commemorating commemorate complicity "
    "mastermind masterminding masterminded allegedly plotting participating participation verdict role linked relation".split()
)
"""Words over an act that make it a matter of the past which the news has to do with."""

INQUIRED = frozenset({"probe", "inquiry", "investigation", "investigating"})
"""Of these what is asked about a fresh act, told with its day, which is the news itself."""
ANSWERS = frozenset("retaliation revenge reprisal reprisals vengeance response wake aftermath".split())
AVENGING = frozenset("avenge avenged avenging avenges".split())
"""Words between an act and the earlier one that it answers or follows."""
AFTERMATH = frozenset(
    "investigation inquiry autopsy arraignment hearing trial funeral vigil verdict investigating investigated investigate "
    "probing probe charged charges arraigned arrested indicted sentenced convicted pleaded pled appeared appear identified "
    "released announced buried mourned gathered mourning jailed booked acquitted testified remembered filed remained remains "
    "recovering identifies autopsies hearings arraignments trials funerals vigils investigations verdicts announces announce "
    "identify".split()
)
"""Verbs and nouns of what follows an act on another day."""

LONG_AGO = frozenset({"years", "year", "decade", "decades", "months", "century", "centuries"})
"""Units before "after" that make the act behind it one of long ago."""
STAMPS = frozenset({"posted", "updated", "published"})

Setting = TypeVar("Setting", FoundPlace, FoundTime)


class SettingReader:
    """Reads where and when in one parsed report."""

    def __init__(
        self,
        parse: Parse,
        *,
        lexicon: StatusLexicon,
        places: Sequence[FoundPlace],
        times: Sequence[FoundTime],
        counts: Sequence[FoundCount],
        cue_heads: Set[int],
        published: date | None,
    ) -> None:
        self.parse, self.lexicon, self.places, self.published = parse, lexicon, places, published
        self.cue_heads = cue_heads
        self.places_by_sent: Mapping[int, list[FoundPlace]] = _by_sentence(parse, places)
        self.times_by_sent: Mapping[int, list[FoundTime]] = _by_sentence(parse, [t for t in times if t.kind in ("date", "bound")])
        self.counts_by_sent: dict[int, list[FoundCount]] = {}
        for count in counts:
            self.counts_by_sent.setdefault(parse.tokens[count.cue].sent, []).append(_fatal(parse, count))

    def place_and_time(self, drafts: list[Draft], sent: int) -> None:
        places = [p for p in self.places_by_sent.get(sent, ()) if p.role == "place" and p.relation != "dateline"]
        times = self.times_by_sent.get(sent, [])
        heads = {draft.found.head for draft in drafts}
        for draft in drafts:
            draft.place_found = self.narrowest(self.nearest(draft, places, heads), places)
            draft.place = self.completed(draft.place_found, places) if draft.place_found is not None else None
            time = self.nearest(draft, times, heads)
            if time is not None and (time.time.from_ or time.time.to):
                draft.time = time.time
            elif not draft.speech:
                draft.time = self.told_on(draft, times, drafts)
            draft.cumulative = self.is_cumulative(draft, times)
            draft.background = self.is_background(draft) or draft.cumulative

    def told_on(self, draft: Draft, times: Sequence[FoundTime], drafts: list[Draft]) -> Time | None:
        """The latest day of an act told long ago: what "a statement of 30 September reported" took place by then.

        So did what came before another thing of long ago ("the war began in 1993, after the president was killed").
        """
        head = self.parse.tokens[draft.found.head]
        later = head.head if head.dep == "advcl" and any(mark.lower == "after" for mark in head.kids("mark")) else None
        cues = {link.found.cue_head for link in draft.links if link.found.cue_head is not None}
        acts = {other.found.head for other in drafts if not other.speech}
        for found in times:
            token = self.parse.tokens[self.head_of(found.first, found.last)]
            owner = next((above.i for above in token.ancestors() if above.i in cues | acts), None)
            day = found.time.to
            before = later is not None and owner is None and later in token.ancestors()
            if day is None or self.published is None or (owner not in cues and not before):
                continue
            if date.fromisoformat(day) < self.published - OLD_AFTER:
                return found.time.model_copy(update={"from_": None, "basis": "worked_out"})
        return None

    def nearest(self, draft: Draft, spans: Sequence[Setting], heads: Set[int]) -> Setting | None:
        """The place or time that hangs on the act's own clause, else the one that no other act and no speaker owns."""
        head = self.parse.tokens[draft.found.head]
        actors = {i for actor in draft.roles.actors + draft.roles.targets for i in range(actor.first, actor.last + 1)}
        best: tuple[int, int, Setting] | None = None
        for span in spans:
            if isinstance(span, FoundTime) and (self.yet_to_come(draft, span.time) or stamped(self.parse, span.first)):
                continue
            token = self.parse.tokens[self.head_of(span.first, span.last)]
            elsewhere = (
                taken_to(token) or home_of(token) or parted_from(token)
                if isinstance(span, FoundPlace)
                else since_then(token, head) or comes_after(token, head, heads)
            )
            if elsewhere:
                continue
            if token.dep in ("compound", "nmod") and token.head.lower in FACILITY | TERRITORY:
                token = token.head
            place = isinstance(span, FoundPlace)
            if isinstance(span, FoundPlace) and self.subject_place(token, span):
                continue
            distance = self.tree_distance(token, head)
            said = None if place or token.dep == "poss" else self.told(span.first)
            owner = self.owner(token, heads, place) if said is None else said
            penalty = 0 if owner == draft.found.head else 4 if owner is None else 8 if self.same_clause(owner, head) else 40
            if owner is not None and owner in self.cue_heads and owner != draft.found.head and not draft.speech:
                penalty = 40
            if not place and draft.family in VIOLENT_FAMILIES and self.dates_aftermath(token, head):
                penalty = 40
            if place and any(i in actors for i in range(span.first, span.last + 1)) and not self.prepositional(token):
                penalty += 10
            score = distance + penalty + abs(token.i - head.i) // 8
            if best is None or (score, span.first) < best[:2]:
                best = score, span.first, span
        return best[2] if best is not None and best[0] < 24 else None

    def told(self, first: int) -> int | None:
        """The verb of saying that a day stands right behind ("said on Monday"): it tells when it was said."""
        before = first - 1
        while before > 0 and self.parse.tokens[before].lower in ("on", "late", "early", "earlier"):
            before -= 1
        return before if before in self.cue_heads and self.parse.tokens[before].is_verb else None

    def yet_to_come(self, draft: Draft, time: Time) -> bool:
        """True for a day after publication beside an act that is told as done: it belongs to something else."""
        done = draft.status.status in ("occurred", "ongoing", "alleged") and not draft.speech
        if not done or time.from_ is None or self.published is None:
            return False
        return date.fromisoformat(time.from_) > self.published

    def dates_aftermath(self, token: Token, head: Token) -> bool:
        """True for the day of an inquest, a charge or a burial beside the act it is about ("on Friday police investigated")."""
        if any(kid.lower in AFTERMATH for kid in token.kids("amod", "compound")):
            return True  # "an autopsy Saturday ruled it a homicide", as the parser has it
        for above in token.ancestors():
            if above.i == head.i:
                return False
            if above.is_verb or above.lower in AFTERMATH:
                return self.is_aftermath(above) or ahead(above) or asked_of(above, head)
        return False

    def is_aftermath(self, verb: Token) -> bool:
        """Whether a verb or noun tells of what follows an act, itself, by who does it, or by the verb that it accompanies."""
        near = verb.kids("nsubj", "nsubjpass", "dobj")
        words = {verb.lower} | {kid.lower for kid in near} | {kid.lower for noun in near for kid in noun.kids("compound")}
        if words & AFTERMATH:
            return True
        accompanies = verb.dep == "advcl" and verb.tag == "VBG" and verb.child("nsubj", "nsubjpass", "mark") is None
        return accompanies and self.is_aftermath(verb.head)

    def head_of(self, first: int, last: int) -> int:
        for i in range(first, last + 1):
            head = self.parse.tokens[i].head.i
            if not first <= head <= last or head == i:
                return i
        return last

    def prepositional(self, token: Token) -> bool:
        return token.dep == "pobj" and token.head.lower in EVENT_PREPS

    def subject_place(self, token: Token, span: FoundPlace) -> bool:
        """A state or town that acts ("Turkey attacked") is no place of the act."""
        if token.dep in ("dobj", "npadvmod", "conj", "appos") and span.place.precision == 6:
            if token.dep == "dobj" or not any(above.dep == "pobj" for above in token.ancestors()):
                return True
        if any(above.lower in ("border", "borders", "boundary", "frontier") for above in list(token.ancestors())[:3]):
            return True
        return token.dep in ("nsubj", "poss", "agent", "compound", "dative") or (
            token.dep == "pobj" and token.head.lower in ("by", "with", "between", "for")
        )

    def tree_distance(self, token: Token, head: Token) -> int:
        """Steps through the tree between two tokens of a sentence."""
        up = {token.i: 0}
        for steps, above in enumerate(token.ancestors(), 1):
            up[above.i] = steps
        if head.i in up:
            return up[head.i]
        for steps, above in enumerate(head.ancestors(), 1):
            if above.i in up:
                return up[above.i] + steps
        return 20

    def same_clause(self, owner: int, head: Token) -> bool:
        """True if ``owner`` governs ``head``, or hangs on it as a participle with no subject of its own ("killing 14")."""
        if any(above.i == owner for above in head.ancestors()):
            return True
        token = self.parse.tokens[owner]
        for above in [token, *token.ancestors()]:
            if above.i == head.i:
                return True
            if above.dep in ("relcl", "ccomp", "acl") or (above.is_verb and above.child("nsubj", "nsubjpass") is not None):
                return False
        return False

    def owner(self, token: Token, heads: Set[int], place: bool) -> int | None:
        """The trigger (of those at ``heads``) or reporting verb that the token hangs on most closely.

        A reporting verb does not own what stands in the clause that it reports; where the one who acts in it sits is no place.
        """
        child, of_doer = token, False
        for above in token.ancestors():
            of_doer = of_doer or (place and child.dep == "nsubj")
            reported = above.i in self.cue_heads and child.dep == "ccomp" and child.is_verb and not of_doer
            if (above.i in heads or above.i in self.cue_heads) and not reported:
                return above.i
            child = above
            subject = above.child("nsubj", "nsubjpass")
            if subject is not None and subject.i in heads and happening(subject) is not None:
                return subject.i
        return None

    def narrowest(self, found: FoundPlace | None, places: Sequence[FoundPlace]) -> FoundPlace | None:
        """The narrowest place that the sentence says lies within the chosen one ("Mastung, Balochistan")."""
        if found is None:
            return None
        for _ in range(4):
            inner = [
                place
                for place in places
                if place.within is not None and self.places[place.within] is found and place is not found
            ]
            if not inner:
                return found
            found = inner[0]
        return found

    def completed(self, found: FoundPlace, places: Sequence[FoundPlace]) -> Place:
        """The place with the district that the same sentence names, where the place itself has none."""
        place = found.place
        if place.precision is not None and place.precision >= 3:
            return place
        for other in places:
            near = other.place
            stated = found.within is not None and self.places[found.within] is other
            if place.admin2 is not None and not stated:
                continue
            if near.precision == 3 and (place.iso2 is None or near.iso2 == place.iso2) and near.name != place.name:
                fields = {"admin2": near.admin2 or near.name, "admin1": place.admin1 or near.admin1}
                return place.model_copy(
                    update={**fields, "country": place.country or near.country, "iso2": place.iso2 or near.iso2}
                )
        return place

    def long_fight(self, draft: Draft, head: Token) -> bool:
        """True for "has fought the government since 2021": how things stand between two sides, no clash of the day."""
        if draft.type.id == "clash" and head.dep == "acl" and head.tag == "VBG" and draft.time is None and draft.place is None:
            return not part_of_force(head)  # "the coalition fighting the group": who they are
        if (
            draft.type.id != "clash"
            or draft.found.nominal
            or not any(aux.lower in ("has", "have", "had") for aux in head.kids("aux"))
        ):
            return False
        words = {token.lower for child in head.children for token in (child, *child.subtree())}
        start = draft.time.from_ if draft.time is not None else None
        old = start is None or self.published is None or date.fromisoformat(start) < self.published - OLD_AFTER
        return bool(words & {"years", "decade", "decades", "long"}) or ("since" in words and old)

    def long_after(self, head: Token) -> bool:
        """True for "two years after a bomb killed": an act that only dates another one, long ago."""
        for above in [head, *list(head.ancestors())[:3]]:
            for mark in [*above.kids("mark", "prep"), above] if above.lower == "after" else above.kids("mark"):
                if mark.lower == "after" and mark.i > 0 and self.parse.tokens[mark.i - 1].lower in LONG_AGO:
                    return True
            if above.lower in ("after", "since") and above.i > 0 and self.parse.tokens[above.i - 1].lower in LONG_AGO:
                return True
        return False

    def under_charge(self, head: Token, *, dated: bool) -> bool:
        """True for an act that somebody is accused of, wanted or tried for: it lies in the past.

        So does one under inquiry, unless it is ``dated``: then it is of late, as older ones are background by their day.
        """
        charged = CHARGED - INQUIRED if dated else CHARGED
        child = head
        for above in head.ancestors():
            if child.dep in ("relcl", "ccomp", "advcl") and child is not head:
                return False
            if above.lower in charged and child.dep in ("prep", "pobj", "pcomp", "acl", "compound", "nmod", "dobj"):
                return True
            if above.is_verb and above.lower not in charged and above.lower != "including":
                return False
            child = above
        return False

    def is_cumulative(self, draft: Draft, times: Sequence[FoundTime]) -> bool:
        """Whether the words sum a toll over a stretch of time."""
        head = self.parse.tokens[draft.found.head]
        if draft.found.nominal and draft.type.group in ("fighting", "unrest") and over_weeks(head):
            draft.rules.append("background:weeks-of")
            return True
        if draft.found.nominal or draft.speech or draft.type.id not in ("killing", "attack", "flight"):
            return False
        perfect = any(aux.lower in ("have", "has", "had") for aux in head.kids("aux"))
        words = {token.lower for token in self.parse.sentence(draft.sent)}
        bound = any(t.kind == "bound" or t.time.precision == "year" for t in times) or "since" in words
        many = any((count.count.low or 0) >= 500 for count in self.counts_by_sent.get(draft.sent, ()))
        wide = bool(words & {"war", "conflict", "insurgency", "years", "decades"}) or self.spans_weeks(draft.sent)
        return perfect and (bound or wide or (many and draft.type.id != "flight"))

    def spans_weeks(self, sent: int) -> bool:
        """True for "weeks of protests", "days of fighting": what happened in them is told as a sum."""
        return any(
            token.lower in ("days", "weeks", "months") and any(child.lower == "of" for child in token.kids("prep"))
            for token in self.parse.sentence(sent)
        )

    def is_background(self, draft: Draft) -> bool:
        time = draft.time
        if time is not None and self.published is not None:
            if draft.found.nominal and self.parse.tokens[draft.found.head].tag == "NNS" and _years_long(time):
                return True  # "its attacks over the past four years"
            if time.to is not None and date.fromisoformat(time.to) < self.published - OLD_AFTER:
                return True
            if draft.sent > 1 and (time.text or "").lower().startswith(EARLIER):
                return True
            if time.to is None and time.from_ is not None and draft.status.status != "ongoing":
                return self.long_fight(draft, self.parse.tokens[draft.found.head])
        head = self.parse.tokens[draft.found.head]
        words = {child.lower for child in head.children}
        if self.long_fight(draft, head):
            draft.rules.append(STANDING)
            return True
        if self.long_after(head):
            draft.rules.append("background:long-after")
            return True
        if self.under_charge(head, dated=time is not None and time.precision in ("day", "range") and time.from_ is not None):
            draft.rules.append("background:charge")
            return True
        if draft.found.nominal and answered(head):
            draft.rules.append(ANSWERED)
            return True
        if fought_wars(head):
            draft.rules.append(SEVERAL_WARS)
            return True
        if (not draft.found.nominal and (words & HABITUAL or on_many_occasions(head))) or self.trend(draft, head):
            draft.rules.append(HABIT)
            return True
        return bool(words & self.lexicon.background)

    def trend(self, draft: Draft, head: Token) -> bool:
        """True for "stepped up attacks", "a surge in attacks", "has waged attacks for years": no attack in particular."""
        if self.waged(draft, head):
            return True
        if not draft.found.nominal or head.tag != "NNS":
            return False
        above = head.head
        if head.dep in ("dobj", "nsubj", "nsubjpass") and above.lower in TREND_VERBS:
            return True
        return head.dep == "pobj" and above.lower in ("in", "of") and above.head.lower in TREND_NOUNS

    def waged(self, draft: Draft, head: Token) -> bool:
        """True for acts in the plural that a side "has carried out" with no day, or for years."""
        if draft.family not in VIOLENT_FAMILIES | {"other"} or (
            draft.time is not None and draft.time.precision in ("day", "range")
        ):
            return False
        if draft.found.nominal:
            plural, verb = head.tag == "NNS" and head.dep == "dobj" and not head.kids("nummod"), head.head
        else:
            last = self.parse.tokens[max(draft.found.words)]
            plural, verb = last.lower in PLURAL_ACTS and last.i != head.i and not last.kids("nummod"), head
        if not plural or not verb.is_verb or verb.tag != "VBN":
            return False
        auxiliaries = {aux.lower for aux in verb.kids("aux")}
        return bool(auxiliaries & {"has", "have"}) and not draft.lead

    def attach_counts(self, drafts: list[Draft], sent: int) -> None:
        """Gives every count to the act whose trigger is its cue, else to the nearest violent act of its clause."""
        able = [draft for draft in drafts if not draft.speech]
        for count in self.counts_by_sent.get(sent, ()):
            exact = [draft for draft in able if draft.found.first <= count.cue <= draft.found.last]
            chosen = exact or sorted(
                (draft for draft in able if self.can_count(draft, count)),
                key=lambda draft: (
                    self.tree_distance(self.parse.tokens[count.cue], self.parse.tokens[draft.found.head]),
                    draft.found.first,
                ),
            )
            if chosen:
                chosen[0].counts.append(count)

    def mark_these(self, drafts: Sequence[Draft]) -> None:
        """Background is also what "these attacks" are that were told as background before."""
        before: Draft | None = None
        for draft in drafts:
            if draft.speech or draft.family not in VIOLENT_FAMILIES:
                continue
            head = self.parse.tokens[draft.found.head]
            near = [head, *(inner for child in head.kids("nsubj", "nsubjpass") for inner in child.subtree()[:6])]
            these = any(child.lower in ("these", "those") for token in near for child in token.kids("det"))
            if before is not None and before.background and these and draft.sent - before.sent <= 2:
                draft.background = True
                draft.rules.append("background:these")
            before = draft

    def attach_left(self, drafts: Sequence[Draft]) -> None:
        """Gives a toll told in a sentence without an act of its own to the last act of violence before it, else the first."""
        able = [draft for draft in drafts if draft.family in VIOLENT_FAMILIES and not draft.status.negated]
        taken = {id(count) for draft in drafts for count in draft.counts}
        for sent, counts in self.counts_by_sent.items():
            for count in counts:
                if id(count) in taken or count.count.what not in ("killed", "injured", "casualties") or not able:
                    continue
                before = [draft for draft in able if draft.sent <= sent]
                (before[-1] if before else able[0]).counts.append(count)

    def can_count(self, draft: Draft, count: FoundCount) -> bool:
        if count.count.what in ("killed", "injured", "casualties", "missing"):
            return draft.family in VIOLENT_FAMILIES or draft.type.group in ("unrest", "destruction")
        wanted = {
            "abducted": {"abduction"},
            "arrested": {"arrest"},
            "displaced": {"movement"},
            "participants": {"protest", "riot"},
        }
        return draft.family in wanted.get(count.count.what, {draft.family})


def ahead(verb: Token) -> bool:
    """True for what will be ("counselors will be at the school on Monday after the shooting"): its day is not the act's."""
    return any(aux.lower in ("will", "'ll", "shall") for aux in verb.kids("aux"))


def asked_of(verb: Token, head: Token) -> bool:
    """True for an act that somebody asks or wonders about ("on Monday they struggled to see how he killed her")."""
    for above in [head, *head.ancestors()]:
        if above.i == verb.i:
            return False
        if above.dep == "ccomp" and any(kid.lower in ("how", "why", "whether") for kid in above.kids("advmod", "mark")):
            return any(outer.i == verb.i for outer in above.ancestors())
    return False


def stamped(parse: Parse, first: int) -> bool:
    """True for the day that a page stamps on a report ("Posted: Monday, May 4")."""
    before = parse.tokens[max(0, first - 3) : first]
    return any(token.lower in STAMPS and token.text[0].isupper() for token in before)


def comes_after(token: Token, head: Token, heads: Set[int]) -> bool:
    """True for the day in "the raid comes in the wake of an attack on Tuesday", which is that of the attack."""
    verb = head.head
    return head.dep == "nsubj" and verb.lower in COMING and any(verb.i < other < token.i for other in heads)


def since_then(token: Token, head: Token) -> bool:
    """True for the day in "the first attack since the truce ended on Monday", which only bounds the act."""
    clause = next((above for above in token.ancestors() if above.is_verb), None)
    if clause is None or not any(mark.lower == "since" for mark in clause.kids("mark")):
        return False
    return head is not clause and clause not in head.ancestors()


def answered(noun: Token) -> bool:
    """True for the act that the news answers ("in retaliation for a bombing", "to avenge the killing").

    Where the answer is all that is said ("the attack was in retaliation for the killing"), the act is what is told.
    """
    if noun.dep == "dobj":
        return noun.head.lower in AVENGING
    answer = noun.head.head
    if noun.dep != "pobj" or noun.head.lower not in ("for", "to", "of") or answer.lower not in ANSWERS:
        return False
    return (
        answer.head.i != answer.i - 1 or answer.head.head.i != answer.i - 2 or answer.head.head.lower not in ("was", "were", "is")
    )


def fought_wars(head: Token) -> bool:
    """True for the war or the verb of "have fought two wars": the past of two sides."""
    verb = head if head.is_verb else head.head
    thing = verb.child("dobj")
    if thing is None or thing.lower not in ("war", "wars") or head not in (verb, thing):
        return False
    return any(aux.lower in ("has", "have", "had") for aux in verb.kids("aux"))


def _years_long(time: Time) -> bool:
    if time.from_ is None or time.to is None:
        return False
    return date.fromisoformat(time.to) - date.fromisoformat(time.from_) > timedelta(days=300)


def _fatal(parse: Parse, count: FoundCount) -> FoundCount:
    """A count of people shot or stabbed is one of the killed where the same words say that it was fatal."""
    cue = parse.tokens[count.cue]
    if count.count.what != "casualties" or not cue.is_verb:
        return count
    near = [*cue.children, *cue.conjuncts()] + ([cue.head] if cue.dep == "conj" else [])
    words = {token.lower for token in near} | {inner.lower for token in near if token.dep == "prep" for inner in token.children}
    if words & {"fatally", "dead", "death", "killed", "died", "mortally"}:
        return replace(count, count=count.count.model_copy(update={"what": "killed"}))
    return count


def _by_sentence(parse: Parse, spans: Sequence[Setting]) -> dict[int, list[Setting]]:
    found: dict[int, list[Setting]] = {}
    for span in spans:
        found.setdefault(parse.tokens[span.first].sent, []).append(span)
    return found


HOSPITALS = frozenset({"hospital", "hospitals", "clinic", "infirmary", "morgue", "mortuary", "center", "centre", "medical"})
CARRIED = frozenset(
    "take takes took taken taking transport transports transported rush rushed fly flown flew airlift airlifted bring brings "
    "brought transfer transferred admit admitted treat treated treating evacuate evacuated carry carried die died dying "
    "pronounce pronounced recover recovering recuperating stabilize stabilized stabilised".split()
)
"""Verbs of what becomes of the hurt after the act."""


def taken_to(token: Token) -> bool:
    """True for a place where the hurt were brought ("taken to a hospital in X"): the act was elsewhere."""
    hospital = token.lower in HOSPITALS
    for above in token.ancestors():
        hospital = hospital or above.lower in HOSPITALS
        if above.is_verb:
            return hospital and above.lower in CARRIED
    return False


def parted_from(token: Token) -> bool:
    """True for the state in "fight for independence from X": they fight for another place."""
    return token.dep == "pobj" and token.head.lower == "from" and token.head.head.lower in PARTING


ORIGIN = frozenset(
    "peacekeeper peacekeepers soldier soldiers troops contingent citizen citizens national nationals worker workers man woman "
    "men women journalist journalists tourist tourists migrant migrants refugee refugees delegate delegates diplomat diplomats "
    "envoy envoys condemnation criticism praise pressure support aid help statement statements calls offers reactions".split()
)
"""People and words that come from somewhere else than where the act is."""


def _of_origin(token: Token) -> bool:
    """True for where people or words come from: "a peacekeeper from Egypt", "condemnation from the UN and the US"."""
    while token.dep in ("conj", "appos") and token.head.is_noun:
        token = token.head
    if token.dep != "pobj" or token.head.lower != "from":
        return False
    above = token.head.head
    near = [above, *(above.kids("attr", "nsubj") if above.lower in ("is", "was", "were", "came", "come", "has", "had") else [])]
    if above.dep == "pobj" and above.head.lower == "of":
        near.append(above.head.head)
    return any(word.lower in ORIGIN for word in near)


def on_many_occasions(verb: Token) -> bool:
    """True for "has attacked on many occasions", "has attacked many times"; "shot several times at the house" is one act."""
    if not any(aux.lower in ("has", "have", "had", "'ve") for aux in verb.kids("aux")):
        return False
    told = [prep.child("pobj") for prep in verb.kids("prep") if prep.lower == "on"] + verb.kids("npadvmod", "dobj")
    return any(
        noun is not None
        and noun.lower in ("occasions", "times")
        and any(kid.lower in ("many", "several", "numerous") for kid in noun.kids("amod"))
        for noun in told
    )


def home_of(token: Token) -> bool:
    """True for where a named person is from ("Ann Lee, 30, of Tyler, was shot"): the act may have been anywhere."""
    while token.dep == "appos":  # the state behind the town
        token = token.head
    if _of_origin(token):
        return True
    if token.dep != "pobj" or token.head.lower != "of":
        return False
    above = token.head.head  # behind an age the parser hangs it on the age or on the verb
    if above.is_verb:  # not in "took control of Goma"
        before = next((kid for kid in above.children if kid.i == token.head.i - 1), None)
        return before is not None and (before.text == "," or before.tag == "CD")
    return above.ent == "PERSON" or above.tag == "CD"
