"""Finds the words that tell a relation outright: "X, a faction of Y", "A backs B", "the war between A and B", "Iran-backed X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.knowledge.relations import INCLUDING, Frame, RelationLexicon
from reportedly.reading.actors import FoundActor
from reportedly.reading.parse import Parse, Token
from reportedly.reading.sides import FORCES, SideReader
from reportedly.records import RelationKind, RelationStatus

OPENERS = frozenset({"away", "off", "up", "out", "together"})
"""Particles that may stand between a verb and its preposition ("broke away from")."""
INNER = frozenset({"compound", "amod", "nmod", "npadvmod"})
LEADING = frozenset({"lead", "leads", "leading", "led", "rally", "rallying"})
FIGHTING = ("fight", "fights", "fighting", "fought", "battle", "battles", "battling", "battled", "combat", "combatting")
UNIONS = frozenset({"coalition", "alliance", "bloc", "umbrella", "pact", "federation"})
UNION_KINDS = frozenset({"international_force", "international_organisation", "armed_group", "militia"})
CALLED_UNITS = frozenset({"battalion", "regiment", "brigade", "division", "corps"})
"""Units that may bear a name instead of a number."""
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
MEMBER_WORDS = frozenset({"member", "members"})


@dataclass(frozen=True)
class Statement:
    """One relation told by one word: ``a`` and ``b`` in their direction, ``cue`` the word, ``rule`` the reason."""

    kind: RelationKind
    a: FoundActor
    b: FoundActor
    cue: Token
    rule: str
    status: RelationStatus = "current"
    nominal: bool = True
    given: bool = False
    """True where the words take the relation as known ("its ally", "the war"), whatever the clause around them says."""


class WordReader:
    """Reads the statements of one report, word by word."""

    def __init__(self, parse: Parse, sides: SideReader, lexicon: RelationLexicon) -> None:
        self.parse, self.sides, self.lexicon = parse, sides, lexicon
        self.roles, self.discourse = sides.roles, sides.discourse

    def read(self) -> Iterator[Statement]:
        """Every statement in the order of the text; what they are worth is decided elsewhere."""
        lexicon = self.lexicon
        for token in self.parse.tokens:
            word = token.lower
            if word not in lexicon.cues and "-" not in word:
                continue
            if token.is_verb:
                if word in lexicon.verbs:
                    yield from self.verb(token)
                if word in lexicon.designating or word in lexicon.outlawing:
                    yield from self.designation(token)
            if token.is_noun:
                yield from self.noun(token)
                if word in lexicon.ties or (token.i and f"{self.parse.tokens[token.i - 1].lower} {word}" in lexicon.ties):
                    yield from self.tie(token)
            elif word in lexicon.nouns and token.dep == "amod":
                yield from self.attribute(token)
            if word in INCLUDING:
                yield from self.membership(token)
            if word in lexicon.units:
                yield from self.unit(token)
            if word in lexicon.compounds or "-" in word:
                yield from self.compound(token)
            if word in lexicon.prefixes and token.i + 2 < len(self.parse.tokens) and self.parse.tokens[token.i + 1].text == "-":
                yield from self.prefix(token)
            if word in lexicon.qualities:
                yield from self.quality(token)
            if word in lexicon.joint_adjectives and token.dep == "amod":
                yield from self.joint(token)
            if word == "against" and token.dep == "prep" and token.head.is_noun:
                yield from self.against(token)
            if word in ("alongside", "with", "together", "in") and token.dep in ("prep", "advmod"):
                yield from self.jointly(token)

    # "A, the noun of B"

    def noun(self, token: Token) -> Iterator[Statement]:
        double = f"{self.parse.tokens[token.i - 1].lower} {token.lower}" if token.i else ""
        kind = self.lexicon.nouns.get(double) or self.lexicon.nouns.get(token.lower)
        if kind is None or self.is_civil(token) or self.in_name(token):
            return
        if token.dep in INNER and f"{token.lower} {token.head.lower}" in self.lexicon.nouns:
            return
        if kind == "spokesperson_of":
            yield from self.spokesperson(token)
            return
        owners = self.owners(token) or self.modifiers(token)
        if token.lower in MEMBER_WORDS and kind == "part_of":
            owners = [
                o for o in owners if o.actor.kind in ("international_force", "international_organisation", "armed_group", "party")
            ]
        holders = self.holders(token)
        if not holders and token.child("poss") is not None and kind in ("allied", "hostile", "rival"):
            holders = self.modifiers(token)
        holders = [h for h in holders if h.actor.kind != "person"]
        if kind == "splinter_of":
            owners = [o for o in owners if not self.sides.is_state(o)]
        if kind == "splinter_of" and holders and not owners:
            owners = self.group_before(token, holders)
        if kind in ("rival", "hostile", "allied") and not owners and len(holders) > 1 and token.tag == "NNS":
            owners = holders[1:]
        given = token.dep not in ("attr", "oprd")
        for a in holders:
            for b in owners:
                if not (a.actor.kind == "class" and token.lower in MEMBER_WORDS):
                    yield Statement(kind, a, b, token, f"noun:{token.lower}", given=given)

    def membership(self, token: Token) -> Iterator[Statement]:
        """ "the alliance, which includes A and B", "coalition nations include A", "members of the alliance, including A"."""
        if token.is_verb and token.dep not in ("prep", "acl"):
            above, members = self.roles.subject(token), token.child("dobj")
        else:
            above, members = token.head, token.child("pobj", "dobj")
        union = self.union(above) if above is not None else None
        if union is None:
            return
        for member in self.sides.all(members):
            if member.first != union.first:
                yield Statement("part_of", member, union, token, f"whole:{token.lower}", given=not token.is_verb)

    def unit(self, token: Token) -> Iterator[Statement]:
        """ "the army's 9th Division", "the 3rd Brigade of the army", "2nd Battalion, 5th Regiment": a unit and its whole."""
        mention = self.discourse.at(token.i)
        if mention is None or mention.first == token.i or mention.actor.id is not None or not self.numbered(mention):
            return
        wholes = self.sides.all(token.child("poss"))
        for child in token.children:
            if child.dep == "prep" and child.lower in ("of", "from"):
                wholes = wholes + self.sides.all(child.child("pobj"))
            named = child.dep in ("appos", "conj") and self.parse.tokens[token.i + 1].text == ","
            listed = token.child("cc") is not None or child.child("cc") is not None
            larger = self.discourse.at(child.i) if named and not listed else None
            if larger is not None and self.lexicon.units.get(child.lower, 0) > self.lexicon.units[token.lower]:
                wholes = [*wholes, larger]
        for whole in wholes:
            if whole.actor.kind in FORCES or self.numbered(whole):
                yield Statement("part_of", mention, whole, token, f"unit:{token.lower}", given=True)

    def numbered(self, found: FoundActor) -> bool:
        """True for the name of one unit: a number or a proper name before the word for it."""
        words = self.parse.tokens[found.first : found.last + 1]
        if len(words) < 2 or words[-1].lower not in self.lexicon.units:
            return False
        counted = words[0].text[:1].isdigit() or words[0].lower in ORDINALS
        return counted or (words[-1].lower in CALLED_UNITS and all(word.is_proper for word in words))

    def union(self, token: Token) -> FoundActor | None:
        """The alliance that a noun names: by itself, by the word before it, or behind "members of"."""
        found = self.sides.one(token)
        if found is not None and found.actor.kind in UNION_KINDS:
            return found
        words = [token, *token.kids("compound", "nmod")]
        if token.lower in MEMBER_WORDS and (behind := self.roles.under_of(token)) is not None:
            return self.union(behind)
        named = next((word for word in words if word.lower in UNIONS), None)
        if named is None:
            return None
        known = self.sides.one(named)
        return (
            known
            if known is not None and known.actor.kind in UNION_KINDS
            else self.sides.unlisted(named)
            if named.text[:1].isupper()
            else None
        )

    def attribute(self, token: Token) -> Iterator[Statement]:
        """ "its rival group, the X", "the breakaway X": a relation word as an adjective before the one it describes."""
        head, kind = token.head, self.lexicon.nouns[token.lower]
        if not head.is_noun or kind in ("spokesperson_of", "media_wing_of", "part_of") or self.is_civil(head):
            return
        named = [found for child in head.kids("appos") for found in self.sides.all(child)] or self.sides.all(head)
        owners = self.sides.all(head.child("poss"))
        holders = [found for found in named if all(found.actor.name != owner.actor.name for owner in owners)]
        if kind == "splinter_of":
            owners = [o for o in owners if not self.sides.is_state(o)]
        if kind == "splinter_of" and holders and not owners:
            owners = self.group_before(token, holders)
        if kind == "rival" and owners and not holders:
            holders = self.group_before(token, owners)
        if kind == "rival" and len(holders) > 1 and not owners:
            owners = holders[1:]
        for a in holders:
            for b in owners:
                yield Statement(kind, a, b, token, f"noun:{token.lower}", given=True)

    def against(self, prep: Token) -> Iterator[Statement]:
        """ "the coalition against X": a side named by whom it stands against."""
        frame = self.lexicon.ties.get(prep.head.lower)
        if frame is not None and "against" in frame.preps:
            return
        holder, noun = self.sides.one(prep.head), prep.child("pobj")
        if holder is None or noun is None or holder.actor.kind == "person":
            return
        if holder.first <= noun.i <= holder.last:
            first = next((t.i for t in noun.subtree() if t.tag != "DT"), noun.i)
            inner = self.sides.entry_at(self.parse.span(first, noun.i).text, noun)
            others = [inner] if inner is not None else []
        else:
            others = self.sides.targets(noun)
        for b in others:
            yield Statement("hostile", holder, b, prep, "tie:against", given=True)

    def in_name(self, token: Token) -> bool:
        """True for a word inside a name ("the Lakeland National Coalition")."""
        mention = self.discourse.at(token.i)
        return token.is_proper and mention is not None and mention.first != mention.last

    def is_civil(self, token: Token) -> bool:
        """True for "football rivals", "a trade partner": words of other contests."""
        return any(child.lower in self.lexicon.civil for child in token.children)

    def owners(self, token: Token) -> list[FoundActor]:
        """Whose ally, branch or enemy it is: before "'s", behind "of", "for", "to"."""
        found = self.sides.all(token.child("poss"))
        for child in token.children:
            if child.dep == "prep" and child.lower in ("of", "for", "to", "with"):
                found = found + self.sides.all(child.child("pobj"))
            if child.dep in ("compound", "amod", "nmod"):
                for inner in child.kids("prep"):
                    found = found + self.sides.all(inner.child("pobj"))
                found = found + self.sides.all(child.child("poss"))
        return found

    def modifiers(self, token: Token) -> list[FoundActor]:
        """Names and adjectives of states before a noun ("NATO ally Turkey", "a Taliban faction")."""
        found = []
        for child in token.children:
            if child.dep not in INNER or child.i > token.i:
                continue
            mention = self.discourse.at(child.i)
            if mention is not None and not mention.first <= token.i <= mention.last:
                found.append(self.discourse.resolve(mention))
            elif (state := self.discourse.state(child)) is not None:
                found.append(state)
            elif child.is_proper and child.text[:1].isupper() and (named := self.sides.entry_at(child.text, child)) is not None:
                found.append(named)
        return found

    def holders(self, token: Token) -> list[FoundActor]:
        """Who is called the noun: its apposition, the subject of "is", the object of "portrays as", the name behind it."""
        found: list[FoundActor] = []
        if (called := self.sides.called(token)) is not None:
            found.append(called)
        for child in token.kids("appos"):
            found.extend(self.sides.all(child))
        head = token.head
        if token.dep == "appos":
            found.extend(self.sides.all(head))
        if token.dep == "attr":
            subject = self.roles.subject(head)
            found.extend(self.sides.all(subject))
        if token.dep == "pobj" and head.lower == "as" and token.lower == "part":
            return self.sides.all(self.subject(head.head)) if head.head.is_verb else []
        if token.dep == "pobj" and head.lower == "as":
            thing = head.head.child("dobj", "nsubjpass")
            found.extend(self.sides.all(thing) or (self.sides.all(self.subject(head.head)) if head.head.is_verb else []))
        if token.dep == "oprd":
            found.extend(self.sides.all(head.child("dobj", "nsubjpass")))
        if token.dep in ("compound", "nmod") and head.is_noun and not (found and head.lower in ("group", "groups")):
            found.extend(self.sides.all(head))
        found = [f for f in found if not f.first <= token.i <= f.last or f.head != token.i]
        return found or self.beside(token)

    def beside(self, token: Token) -> list[FoundActor]:
        """The name behind the noun and a comma, where the parse does not see the apposition."""
        tokens, at = self.parse.tokens, token.i + 1
        if token.tag != "NN" or at + 2 >= len(tokens) or tokens[at].text != ",":
            return []
        start = at + 2 if tokens[at + 1].lower == "the" else at + 1
        mention = self.discourse.at(start)
        named = mention is not None and mention.first == start and mention.actor.kind in UNION_KINDS | {"party"}
        return [self.discourse.resolve(mention)] if mention is not None and named else []

    def group_before(self, token: Token, holders: Sequence[FoundActor]) -> list[FoundActor]:
        """The armed group last named before "a breakaway faction" with no "of": what it broke away from."""
        names = {holder.actor.name for holder in holders}
        for mention in self.discourse.before(token.i):
            actor = self.discourse.resolve(mention)
            if actor.actor.kind in ("armed_group", "party", "militia") and actor.actor.name not in names:
                return [actor]
        return []

    def spokesperson(self, token: Token) -> Iterator[Statement]:
        persons = [h for h in self.holders(token) if h.actor.kind == "person"]
        if not persons:
            return
        named = [owner for owner in self.owners(token) if owner.actor.kind not in ("person", "class") or self.sides.proper(owner)]
        known = self.discourse.owners.get(persons[0].actor.name)
        served = [known] if known is not None and self.sides.is_group(known) else []
        owners = (
            named
            or served
            or self.office(token)
            or [owner for owner in self.modifiers(token) if owner.actor.kind not in ("person", "class")]
        )
        if not owners and known is not None and known.actor.kind != "class":
            owners = [known]
        for owner in owners[:1]:
            yield Statement("spokesperson_of", persons[0], owner, token, f"noun:{token.lower}")

    def office(self, token: Token) -> list[FoundActor]:
        """The organisation named inside "the Interior Ministry spokesman", "an army spokesman"."""
        mention = self.discourse.at(token.i)
        first = mention.first if mention is not None else token.i
        for start in range(first, token.i):
            entry = self.sides.owner_in(self.parse.span(start, token.i - 1).text)
            if entry is not None and entry.kind != "person":
                return [self.sides.mention_of(entry, start, token.i - 1)]
        return []

    # "A verbs B"

    def verb(self, verb: Token) -> Iterator[Statement]:
        passive = self.roles.is_passive(verb)
        for frame in self.lexicon.verbs[verb.lower]:
            pairs = self.framed(verb, frame, passive)
            if frame.reversed:
                pairs = [(b, a) for a, b in pairs]
            for a, b in pairs:
                if not (verb.dep in ("acl", "relcl") and a.actor.basis == "reference" and self.bare(verb.head)):
                    yield Statement(frame.kind, a, b, verb, f"verb:{verb.lower}", frame.status, nominal=False)
            if pairs:
                return

    @staticmethod
    def bare(noun: Token) -> bool:
        """True for "militants linked to X": some of a kind, whoever they are."""
        return noun.is_noun and not any(child.dep in ("det", "poss") for child in noun.children)

    def framed(self, verb: Token, frame: Frame, passive: bool) -> list[tuple[FoundActor, FoundActor]]:
        """The pairs that a verb binds in one of its frames; empty where the frame does not fit."""
        subjects = [self.sides.owner(side) for side in self.sides.all(self.subject(verb))]
        if not subjects and verb.dep == "acl" and verb.tag == "VB" and verb.head.is_noun:
            subjects = self.tied(verb.head)
        if frame.intended:
            if verb.tag not in ("VB", "VBG"):
                return []
            partners = self.partners(verb)
            subjects += [one for one in partners if all(one.first != side.first for side in subjects)]
        if frame.objects:
            things = verb.kids("dobj", "nsubjpass")
            thing = next((one for one in things if one.lower in frame.objects), None)
            if thing is None:
                return []
            if passive:
                subjects = self.sides.all(self.agent(verb))
            others = self.behind(verb, frame.preps, frame.kind) or self.behind(thing, frame.preps, frame.kind)
            given = next((one for one in (*verb.kids("dative"), *things) if one is not thing and one.i < thing.i), None)
            if not others and given is not None and "to" in frame.preps:
                others = self.sides.all(given.child("pobj") or given)
        elif frame.preps:
            others = self.behind(verb, frame.preps, frame.kind)
            if not passive and frame.kind != "hostile" and verb.child("dobj") is not None and verb.tag != "VBN":
                return []
        elif passive:
            others, subjects = subjects, self.sides.all(self.agent(verb))
        else:
            thing = self.direct(verb)
            others = self.sides.all(thing) if frame.kind == "merged_into" else self.sides.targets(thing)
        if frame.kind in ("hosts", "supplies") and not frame.objects:
            others = [other for other in others if self.sides.is_group(other)]
        return [(a, b) for a in subjects for b in others]

    def partners(self, verb: Token) -> list[FoundActor]:
        """Those who share an aim: X in "leads X to defeat", "stands by X to defeat"."""
        above = verb.head
        if verb.dep == "conj" and above.dep in ("advcl", "xcomp"):
            above = above.head
        if verb.tag != "VB" or not above.is_verb or verb.dep not in ("advcl", "xcomp", "conj"):
            return []
        if above.lower in LEADING:
            return self.sides.all(above.child("dobj"))
        helps = (frame for frame in self.lexicon.verbs.get(above.lower, ()) if frame.kind == "allied" and not frame.objects)
        return next((found for frame in helps for found in (self.helped(above, frame),) if found), [])

    def helped(self, verb: Token, frame: Frame) -> list[FoundActor]:
        return self.behind(verb, frame.preps, frame.kind) if frame.preps else self.sides.all(verb.child("dobj"))

    def subject(self, verb: Token) -> Token | None:
        """The subject; behind "accused X of", "barred X from" it is X."""
        head = verb.head
        if verb.dep == "pcomp" and verb.child("nsubj") is None and head.lower in ("of", "from", "for") and head.head.is_verb:
            blamed = head.head.child("nsubjpass" if self.roles.is_passive(head.head) else "dobj")
            if blamed is not None:
                return blamed
        if verb.dep == "conj" and verb.head.dep == "pcomp" and verb.child("nsubj") is None:
            return self.subject(verb.head)
        return self.roles.subject(verb)

    def direct(self, verb: Token) -> Token | None:
        """The object; of a relative clause without one, the noun it hangs on; of coordinated verbs, the last one's."""
        token = verb.child("dobj")
        if token is not None:
            return token
        for after in verb.conjuncts():
            if after.is_verb and (token := after.child("dobj")) is not None:
                return token
        subject = verb.child("nsubj")
        if verb.dep == "relcl" and subject is not None and subject.tag[0] != "W":
            return verb.head
        return None

    def agent(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
                return child.child("pobj")
        return None

    def behind(self, token: Token, preps: Sequence[str], kind: RelationKind | None = None) -> list[FoundActor]:
        """The actors behind a preposition on a word, or on a particle or object of it."""
        holders = [token, *(c for c in token.children if c.dep in ("advmod", "prt", "dobj") or c.lower in OPENERS)]
        for holder in holders:
            for child in holder.children:
                if child.lower in preps and child.dep in ("prep", "dative", "prt"):
                    noun = child.child("pobj")
                    found = self.sides.targets(noun) if kind == "hostile" else self.sides.all(noun)
                    if found:
                        return found
        return []

    # "the war between A and B", "A's campaign against B", "the coalition against B"

    def tie(self, noun: Token) -> Iterator[Statement]:
        double = f"{self.parse.tokens[noun.i - 1].lower} {noun.lower}" if noun.i else ""
        frame = self.lexicon.ties.get(double) or self.lexicon.ties.get(noun.lower)
        if frame is None or self.is_civil(noun) or self.in_name(noun):
            return
        sides = self.behind(noun, ("between", "among"))
        if len(sides) > 1:
            yield from (
                Statement(frame.kind, a, b, noun, f"tie:{noun.lower}") for n, a in enumerate(sides) for b in sides[n + 1 :]
            )
            return
        others = self.behind(noun, frame.preps, frame.kind)
        if not others and noun.dep == "pobj":
            others = self.behind(noun.head.head, [prep for prep in frame.preps if prep in ("with", "against")], frame.kind)
        given = noun.child("poss") is not None or any(child.lower in ("the", "this", "that") for child in noun.kids("det"))
        owners = (self.sides.all(self.roles.helped(noun)) or self.tied(noun)) if others else []
        for a in owners:
            for b in others:
                yield Statement(frame.kind, a, b, noun, f"tie:{noun.lower}", given=given)

    def bound(self, noun: Token) -> list[tuple[FoundActor, FoundActor]]:
        """The two sides of a truce or pact named by a noun: "between A and B", "A and B agreed on a truce"."""
        sides = self.behind(noun, ("between", "among"))
        if len(sides) < 2:
            owners = self.tied(noun)
            others = self.behind(noun, ("with",)) or (self.behind(noun.head, ("with",)) if noun.head.is_verb else [])
            sides = [*owners[:1], *others[:1]] if others else owners
        return [(sides[0], sides[1])] if len(sides) == 2 else []

    def tied(self, noun: Token) -> list[FoundActor]:
        """Whose war or support it is: the owner, "by" whom, the words before it, or the subject of the verb that carries it."""
        found = self.sides.all(noun.child("poss")) or self.behind(noun, ("by", "of")) or self.modifiers(noun)
        if found:
            return found
        top = noun
        while top.dep in ("pobj", "prep", "dobj", "conj", "compound", "advmod") and top.head.i != top.i and not top.is_verb:
            if top.dep == "pobj" and top.head.head.is_noun and (held := self.sides.all(top.head.head)):
                return held
            top = top.head
        if top.is_verb:
            return self.sides.all(self.agent(top) if self.roles.is_passive(top) else self.roles.subject(top))
        return []

    # "Iran-backed X", "pro-Russian X"

    def compound(self, token: Token) -> Iterator[Statement]:
        before, _, last = token.lower.rpartition("-")
        kind = self.lexicon.compounds.get(last if before else token.lower)
        if kind is None:
            return
        if before:
            backers = self.by_text(token)
        elif token.i >= 2 and self.parse.tokens[token.i - 1].text == "-":
            near = self.parse.tokens[token.i - 2]
            mention = self.discourse.at(near.i)
            inside = mention is not None and mention.first <= token.i <= mention.last
            named = self.by_text(near) if inside or mention is None else [self.discourse.resolve(mention)] if mention else []
            backers = named
        else:
            return
        head = self.noun_above(token)
        backed = self.sides.one(head) if head is not None else None
        if backed is None:
            return
        for backer in backers:
            a, b = (backed, backer) if kind in ("part_of", "proxy_of") else (backer, backed)
            yield Statement(kind, a, b, token, f"compound:{last if before else token.lower}", given=True)

    def by_text(self, token: Token) -> list[FoundActor]:
        """The actor that the first part of a compound names, where the compound is one token or part of a longer name."""
        text = token.text.rpartition("-")[0] or token.text
        found = self.sides.entry_at(text, token)
        return [found] if found is not None else []

    def noun_above(self, token: Token) -> Token | None:
        head = token
        while head.dep in INNER and head.head.i != head.i:
            head = head.head
        return head if head.is_noun and head.i != token.i else None

    def prefix(self, token: Token) -> Iterator[Statement]:
        named = self.parse.tokens[token.i + 2]
        head = self.noun_above(named) or self.noun_above(token)
        if head is None:
            return
        holder = self.sides.one(head)
        other = self.sides.entry_at(named.text, named)
        if holder is not None and other is not None and holder.armed:
            yield Statement(self.lexicon.prefixes[token.lower], holder, other, token, f"prefix:{token.lower}", given=True)

    # "troops loyal to B"

    def quality(self, token: Token) -> Iterator[Statement]:
        frame = self.lexicon.qualities[token.lower]
        if token.is_verb and token.lower in self.lexicon.verbs and token.tag != "VBN":
            return
        others = self.behind(token, frame.preps)
        if not others:
            return
        if token.dep in ("amod", "acl", "relcl", "appos") and token.head.is_noun:
            holders = self.sides.all(token.head)
        elif token.dep in ("acomp", "attr", "oprd", "ROOT"):
            holders = self.sides.all(self.roles.subject(token.head if token.dep != "ROOT" else token))
        else:
            return
        for a in holders:
            for b in others:
                yield Statement(frame.kind, a, b, token, f"quality:{token.lower}", given=token.dep == "amod")

    # "joint A and B operations", "A, alongside B, fought"

    def joint(self, token: Token) -> Iterator[Statement]:
        head = self.noun_above(token)
        if head is None or head.lower not in self.lexicon.joint_acts:
            return
        sides = self.modifiers(head)
        for child in head.kids(*INNER):
            for after in child.conjuncts():
                mention = self.discourse.at(after.i)
                found = self.discourse.resolve(mention) if mention is not None else self.discourse.state(after)
                if found is not None and all(found.first != side.first for side in sides):
                    sides.append(found)
        sides = sides if len(sides) > 1 else self.behind(head, ("by", "between", "of"))
        if len(sides) < 2 and head.head.is_verb and head.dep == "dobj":
            sides = self.sides.all(self.subject(head.head))
        for number, a in enumerate(sides):
            for b in sides[number + 1 :]:
                yield Statement("allied", a, b, token, f"joint:{token.lower}")

    def jointly(self, token: Token) -> Iterator[Statement]:
        """Who acts "alongside", "together with", "with support from" another: the subject of the verb above."""
        for phrase in self.lexicon.jointly:
            last = self.follow(token, phrase)
            if last is None:
                continue
            others = self.sides.targets(last.child("pobj"))
            verb = self.nearest(token)
            if verb.is_noun:
                holders = self.sides.all(verb)
            elif verb.is_verb:
                holders = self.sides.targets(self.agent(verb) if self.roles.is_passive(verb) else self.subject(verb))
            else:
                holders = []
            for a in holders:
                for b in others:
                    yield Statement("allied", a, b, token, f"jointly:{'-'.join(phrase)}")
            if verb.lower in FIGHTING and phrase[0] in ("alongside", "together"):
                for a in others:
                    for b in self.sides.targets(self.direct(verb)):
                        yield Statement("hostile", a, b, token, f"jointly:{'-'.join(phrase)}", nominal=False)
            return

    def nearest(self, token: Token) -> Token:
        """The word that "alongside X" belongs to: a verb that stands nearer than the one the parse hangs it on."""
        if token.lower != "alongside" or not token.head.is_verb:
            return token.head
        named = self.discourse.at(token.head.i) is not None  # "fighting IS alongside X": the name IS is no verb
        for i in range(token.i - 1, self.parse.sents[token.sent][0] if named else token.head.i, -1):
            near = self.parse.tokens[i]
            if near.is_verb and self.discourse.at(i) is None:
                return near
            if near.text in (",", ";", "-", "—", "–"):
                break
        return token.head

    def follow(self, token: Token, phrase: tuple[str, ...]) -> Token | None:
        """The last preposition of a phrase that begins at a token, walked down the tree."""
        if token.lower != phrase[0]:
            return None
        last: Token | None = token
        for word in phrase[1:]:
            below = last.children if last is not None else []
            last = next((child for child in below if child.lower == word and child.dep in ("pobj", "prep", "pcomp")), None)
        return last

    # "designated B a terrorist group"

    def designation(self, verb: Token) -> Iterator[Statement]:
        passive = self.roles.is_passive(verb)
        subject, thing = self.roles.subject(verb), verb.child("dobj")
        if verb.lower not in self.lexicon.outlawing and not self.as_enemy(verb):
            return
        judges = self.sides.all(self.agent(verb) if passive else subject)
        if passive:
            judged = self.sides.all(subject)
        elif verb.dep == "relcl" and verb.child("nsubj") is not None and verb.child("nsubj") is subject:
            judged = self.sides.all(verb.head) + (self.sides.all(verb.head.head) if verb.head.dep == "appos" else [])
        else:
            inner = verb.child("ccomp", "xcomp", "oprd")
            judged = self.sides.all(thing) or (self.sides.all(inner.child("nsubj")) if inner is not None else [])
        for a in judges:
            for b in judged:
                if self.sides.is_state(a) and self.sides.is_group(b):
                    yield Statement("hostile", a, b, verb, f"designation:{verb.lower}", nominal=False)

    def as_enemy(self, verb: Token) -> bool:
        words = [
            t
            for child in verb.children
            if child.dep in ("prep", "oprd", "ccomp", "xcomp", "dobj", "attr")
            for t in child.subtree()
        ]
        return any(token.lower in self.lexicon.designated_as for token in words)
