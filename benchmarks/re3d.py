"""Syria and Iraq: who fights whom, who is allied with whom, who belongs to whom, and which names are one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, shorten
from benchmarks.sources import Case, happened, overlaps, read_set, read_texts
from reportedly.evaluation.scoring import VIOLENCE
from reportedly.linking.register import Register
from reportedly.reading.reader import Input, Reader
from reportedly.records import Actor, Claim, Mention, Reading, Span

NAME = "re3d"
KINDS = {
    "hostile": "FightingAgainst",
    "rival": "FightingAgainst",
    "allied": "AlliesOf",
    "supplies": "AlliesOf",
    "hosts": "AlliesOf",
    "pledged_allegiance_to": "AlliesOf",
    "part_of": "BelongsTo",
    "media_wing_of": "BelongsTo",
    "spokesperson_of": "BelongsTo",
}
MEASURED = ("FightingAgainst", "AlliesOf", "BelongsTo", "IsSynonymOf")
BOTH_WAYS = frozenset({"FightingAgainst", "AlliesOf", "IsSynonymOf"})
SURE = 0.5
"""Relations of the answers that the crowd model holds for less likely are left out."""
LONGEST_GAP = 40
"""Characters between a name and its other name: brackets, "also known as"."""
_SENTENCE_END = re.compile(r"[.?!][\"”')]*\s+[A-Z“\"]|\n\s*\n")
NO_BODY = frozenset({"state", "community", "person", "class", "facility"})
"""Kinds of actors that nobody is a member of."""
UNIONS = frozenset({"coalition", "alliance"})
"""Bodies by their last word, whoever they are."""
PLURAL = ("s", "men", "people", "personnel")
"""Endings of words for several people; "the government of X" is a body."""
DESTRUCTION = frozenset({"property_destruction"})
"""Types of acts outside the families of violence whose parties fight, in the answers, if it is told who did it."""
HARMED = frozenset({"killed", "injured", "casualties", "abducted"})
"""Kinds of counts whose people are the party hit, in the answers."""
FIRST_PERSON = frozenset({"we", "our", "us"})
"""Pronouns that are a party by themselves in the answers."""
PRONOUNS = FIRST_PERSON | frozenset("we our us they their them it its he his him she her those who which".split())
_BETWEEN = re.compile(
    r"[\s,(\[–—\"“”'‘’]*[,(\[–—\"“][\s,(\[–—\"“”'‘’]*"
    r"|[\s,(]*(?:(?:also|better|formerly|previously)\s+)?(?:known\s+as|called|referred\s+to\s+as|or|a\.?k\.?a\.?)\s+(?:the\s+)?[\"“‘']*"
    r"|[\s]*,\s*(?:the|an?)\s+"
)
_OF = re.compile(r"(?:,?\s+deployed)?\s+(?:of|from)\s+(?:the\s+)?")
_STOP = re.compile(r"[.;]\s|\b(?:said|says|told|and|who|which)\b")
_RANK = re.compile(r"\b(?:Lt|Gen|Col|Maj|Capt|Sgt|Brig|Adm|Cmdr|Dr|Mr|Mrs|Ms)\.\s?")
_STRIKE = re.compile(r"\b(?:(?:air\s?|drone\s)?strikes|(?:air\s?|drone\s)strike)\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:the|a|an|some|two|his|their|its)\s+", re.IGNORECASE)

Name = tuple[int, int, str]
Triple = tuple[str, Name, Name]


def measure(reader: Reader) -> Result:
    """Triple F1 over the four kinds: both names the same (without article), or their spans overlapping; kind the same."""
    cases = read_set("re3d_dev")
    readings = read_texts(reader, map(_given, cases))
    exact, near = [0, 0, 0], [0, 0, 0]
    by_kind: dict[str, list[int]] = {kind: [0, 0, 0] for kind in MEASURED}
    errors: list[Miss] = []
    for case, reading in zip(cases, readings, strict=True):
        gold = _unique(gold_triples(case["relations"]))
        found = _once(_unique(found_triples(reading)))
        left = list(found)
        exact = [exact[0] + _hits(gold, found, _same), exact[1] + len(gold), exact[2] + len(found)]
        near[1], near[2] = near[1] + len(gold), near[2] + len(found)
        for triple in gold:
            by_kind[triple[0]][1] += 1
            met = next((one for one in left if _fits(triple, one, _touch)), None)
            if met is None:
                words = case["text"][max(0, min(triple[1][0], triple[2][0]) - 20) : max(triple[1][1], triple[2][1]) + 20]
                errors.append(
                    Miss(f"missed {triple[0]}", case["id"], f"{triple[1][2]} -> {triple[2][2]} | {shorten(words, 300)}")
                )
                continue
            left.remove(met)
            near[0] += 1
            by_kind[triple[0]][0] += 1
        for triple in found:
            by_kind[triple[0]][2] += 1
        for triple in left:
            words = case["text"][max(0, min(triple[1][0], triple[2][0]) - 20) : max(triple[1][1], triple[2][1]) + 20]
            errors.append(Miss(f"false {triple[0]}", case["id"], f"{triple[1][2]} -> {triple[2][2]} | {shorten(words, 300)}"))
    return Result(
        NAME,
        f"{len(cases)} documents, {near[1]} relations",
        [Figure("triple F1 (spans overlap)", f1(*near), 0.45), Figure("triple F1 (same words)", f1(*exact))]
        + [Figure(f"{kind} F1 (spans overlap)", f1(*by_kind[kind])) for kind in MEASURED],
        errors,
    )


def _given(case: Case) -> Input:
    return Input(text=case["text"], id=case["id"], title=case["title"], source=case["source"], language="en")


def gold_triples(relations: Iterable[Mapping[str, Any]]) -> Iterable[Triple]:
    """The relations of the answers that are measured, without blanks around the names."""
    for relation in relations:
        if relation["type"] in MEASURED and relation["confidence"] >= SURE:
            yield relation["type"], _name(*relation["source"]), _name(*relation["target"])


def found_triples(reading: Reading) -> Iterable[Triple]:
    """The relations read, wherever the report tells them; the sides of violence that happened; and names of one actor.

    Who does violence together is allied. Where no party to violence is named, its weapon stands for the party, as in the
    answers; whoever is counted among its victims is a party hit, and what somebody is accused of is left out. A pronoun of
    the third person gives way to the name it stands for in the same sentence.
    """
    yield from _violence(reading)
    sides = _SideFinder(reading)
    for relation in reading.relations:
        kind = KINDS.get(relation.kind)
        if kind is None:
            continue
        if sides.in_one_sentence(sides.named(relation.a), sides.named(relation.b)):
            yield kind, sides.named(relation.a), sides.named(relation.b)
        for span in relation.evidence[1:]:
            a, b = sides.within(span, relation.a, relation.b)
            if a is not None and b is not None:
                yield kind, a, b
    actors = [mention for mention in reading.mentions if isinstance(mention.reading, Actor)]
    yield from _people_of(reading.report.text, actors)
    for before, after in _neighbours(actors):
        if _synonyms(reading.report.text, before, after):
            yield "IsSynonymOf", _name(before.start, before.end, before.text), _name(after.start, after.end, after.text)


def _people_of(text: str, mentions: Sequence[Mention]) -> Iterable[Triple]:
    """People who are called those of an organisation belong to it: "airmen from the 20th Wing", "members of the coalition"."""
    for before, after in pairwise(mentions):
        people, body = before.reading, after.reading
        if not isinstance(people, Actor) or not isinstance(body, Actor) or people.kind != "class":
            continue
        if body.kind in NO_BODY and body.text.split()[-1].lower() not in UNIONS:
            continue
        if people.text.split()[-1].endswith(PLURAL) and _OF.fullmatch(text[before.end : after.start]):
            yield "BelongsTo", _name(before.start, before.end, before.text), _name(after.start, after.end, after.text)


def _violence(reading: Reading) -> Iterable[Triple]:
    """Who fights whom, and who fights together, by the claims of violence that happened."""
    sides = _SideFinder(reading)
    for claim in happened(reading.claims):
        destroyed = claim.type in DESTRUCTION and claim.actors
        if not (claim.family in VIOLENCE or destroyed) or any(voice.stance == "accuses" for voice in claim.attribution):
            continue
        mutual = {actor.start for actor in claim.actors} & {target.start for target in claim.targets}
        agents = [sides.named(actor) for actor in claim.actors]
        if not agents and (weapon := claim.instrument or _strike(claim)) is not None:
            agents = [_name(weapon.start, weapon.end, weapon.text)]
        for a, b in product(agents, [sides.named(target) for target in claim.targets if not sides.is_place(target)]):
            if a != b and sides.in_one_sentence(a, b):
                yield "FightingAgainst", a, b
        for actor, count in product(claim.actors, claim.counts):
            a, victims = sides.named(actor), _name(count.start, count.end, count.text)
            if count.what in HARMED and count.high != 0 and sides.in_one_sentence(a, victims):
                yield "FightingAgainst", a, victims
        for words, actor, target in product(claim.evidence, claim.actors, claim.targets):
            first, second = sides.within(words, actor, target, by_name=True)
            if first is not None and second is not None:
                yield "FightingAgainst", first, second
        if not mutual and claim.targets:
            for a, b in combinations(agents, 2):
                yield "AlliesOf", a, b


def _strike(claim: Claim) -> Span | None:
    """The word for the strikes that a claim says hit something, where the claim names no weapon."""
    words = claim.evidence[0]
    found = _STRIKE.search(words.text)
    if found is None:
        return None
    return Span(text=found.group(), start=words.start + found.start(), end=words.start + found.end())


def _neighbours(mentions: list[Mention]) -> Iterable[tuple[Mention, Mention]]:
    """Mentions with those that follow within a few names: an office may name its own organisation before it is told."""
    for number, before in enumerate(mentions):
        for after in mentions[number + 1 : number + 4]:
            yield before, after


class _SideFinder:
    """Asked where in one report a side of a relation is named."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.mentions = [mention for mention in reading.mentions if isinstance(mention.reading, Actor)]
        self.register = Register.load()

    def named(self, actor: Actor) -> Name:
        """The span of an actor; of a pronoun that of the name it stands for, if that stands before it in the sentence."""
        if actor.text.lower() in PRONOUNS - FIRST_PERSON:
            first = max(self.text.rfind(mark, 0, actor.start) for mark in (". ", ".\n", "\n\n"))
            for mention in reversed(self.mentions):
                if first < mention.start < actor.start and self.same(mention, actor):
                    return _name(mention.start, mention.end, mention.text)
        return _name(actor.start, actor.end, actor.text)

    def is_place(self, actor: Actor) -> bool:
        """Whether a state is named as the ground on which an act took place: "strikes in Syria"."""
        return actor.kind == "state" and self.text[: actor.start].rstrip().lower().endswith((" in", "\nin"))

    def in_one_sentence(self, a: Name, b: Name) -> bool:
        """Whether no sentence ends between two names, as in all the answers."""
        first, second = sorted((a, b))
        return _SENTENCE_END.search(self.text, first[1], max(first[1], second[0] + 1)) is None

    def same(self, mention: Mention, side: Actor) -> bool:
        """Whether a mention names a side or a service or body of it."""
        read = mention.reading
        if not isinstance(read, Actor):
            return False
        if side.id is None or read.id is None:
            return read.name == side.name
        return side.id in (read.id, *self.register.lineage(read.id))

    def within(self, span: Span, a: Actor, b: Actor, by_name: bool = False) -> tuple[Name | None, Name | None]:
        """Where both sides stand in words that tell it again: by name, else, if allowed, the mention at an edge of the words."""
        inside = [mention for mention in self.mentions if span.start <= mention.start and mention.end <= span.end]
        first = next((mention for mention in inside if self.same(mention, a)), None)
        second = next((mention for mention in inside if self.same(mention, b) and mention is not first), None)
        if by_name and (first is None or second is None):
            return None, None
        edges = [mention for mention in inside if mention.start - span.start < 5 or mention.end == span.end]
        first = first or next((mention for mention in edges if mention is not second), None)
        second = second or next((mention for mention in edges if mention is not first), None)
        return self._or_pronoun(first, span), self._or_pronoun(second, span)

    @staticmethod
    def _or_pronoun(mention: Mention | None, span: Span) -> Name | None:
        if mention is not None:
            return _name(mention.start, mention.end, mention.text)
        for at in (0, -1):
            word = span.text.split()[at]
            start = span.start if at == 0 else span.end - len(word)
            if word.lower() in PRONOUNS:
                return _name(start, start + len(word), word)
        return None


def _synonyms(text: str, a: Mention, b: Mention) -> bool:
    """Whether two names of one actor stand side by side, parted by no more than a comma, brackets or "also known as".

    A title is linked to its holder by the reading itself; words that complete the title may stand between.
    """
    if not isinstance(a.reading, Actor) or not isinstance(b.reading, Actor) or a.reading.name != b.reading.name:
        return False
    gap = text[a.end : b.start]
    if a.text.lower() == b.text.lower() or len(gap) > LONGEST_GAP:
        return False
    titled = a.reading.kind == "person" and "reference" in (a.reading.basis, b.reading.basis)
    if a.reading.kind == "person" and not any(mention.text.split()[-1] in a.reading.name for mention in (a, b)):
        return False
    gap = _RANK.sub("", gap)
    return bool(_BETWEEN.fullmatch(gap)) or (titled and "," in gap and not _STOP.search(gap))


def _name(start: int, end: int, text: str) -> Name:
    stripped = text.strip()
    begin = start + len(text) - len(text.lstrip())
    return begin, begin + len(stripped), _LEADING.sub("", stripped).lower()


def _unique(triples: Iterable[Triple]) -> list[Triple]:
    """Each triple once; of kinds that go both ways, each pair once."""
    found: dict[tuple[str, object], Triple] = {}
    for kind, a, b in triples:
        key: object = frozenset((a[:2], b[:2])) if kind in BOTH_WAYS else (a[:2], b[:2])
        found.setdefault((kind, key), (kind, a, b))
    return list(found.values())


def _once(triples: list[Triple]) -> list[Triple]:
    """Without enemies of one name or of which one is named inside the other's, and pairs told again by shorter names."""
    kept: list[Triple] = []
    for triple in sorted(triples, key=lambda one: one[1][0] - one[1][1] + one[2][0] - one[2][1]):
        inside = triple[0] == "FightingAgainst" and (_touch(triple[1], triple[2]) or triple[1][2] == triple[2][2])
        if not inside and not any(_fits(other, triple, _touch) for other in kept):
            kept.append(triple)
    return kept


def _fits(gold: Triple, found: Triple, same: Callable[[Name, Name], bool]) -> bool:
    if gold[0] != found[0]:
        return False
    straight = same(gold[1], found[1]) and same(gold[2], found[2])
    return straight or (gold[0] in BOTH_WAYS and same(gold[1], found[2]) and same(gold[2], found[1]))


def _hits(gold: list[Triple], found: list[Triple], same: Callable[[Name, Name], bool]) -> int:
    left, hits = list(found), 0
    for triple in gold:
        met = next((one for one in left if _fits(triple, one, same)), None)
        if met is not None:
            left.remove(met)
            hits += 1
    return hits


def _touch(a: Name, b: Name) -> bool:
    return overlaps((a[0], a[1]), (b[0], b[1]))


def _same(a: Name, b: Name) -> bool:
    return a[2] == b[2]
