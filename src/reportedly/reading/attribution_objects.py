"""Attributions whose content is no clause: "condemned the attack", "called it a lie", "warned of reprisals"."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.reading.attribution_spans import RELATIVES, Draft, SpeechSpans, is_infinitive, is_negated
from reportedly.reading.parse import Token

SHOWING = frozenset(["show", "feature", "illustrate", "document", "detail"])
CONFIRMING = frozenset(["confirm", "verify", "corroborate", "authenticate", "establish", "determine"])
CIRCUMSTANCE = frozenset(["in", "on", "at", "by", "after", "since", "during", "before", "via"])
CREDIT = frozenset(["responsibility", "credit"])
VOICE_ENTITIES = frozenset(["PERSON", "ORG", "GPE", "NORP"])
EXPRESSING = frozenset(["express", "voice"])
OBJECT_PREPS = frozenset(["as", "of", "for"])


class SpeechObjects(SpeechSpans):
    """The rules for contents that are no clauses."""

    def fill_claimed(self, token: Token, draft: Draft, passive: bool) -> bool:
        """ "X claimed the attack", "an attack claimed by X": not "the attack claimed five lives"."""
        if passive:
            thing = token.child("nsubjpass") or (token.head if token.dep == "acl" else None)
            while thing is not None and thing.lower not in self.words["act"] and thing.dep == "pobj" and thing.head.head.is_noun:
                thing = thing.head.head
        else:
            thing = token.child("dobj")
        if (
            thing is None
            or thing.lower not in self.words["act"]
            or draft.source_head is None
            or self.tokens[draft.source_head].lower in self.words["act"]
        ):
            return False
        draft.rule, draft.stance = "responsibility", "claims_responsibility"
        last = self.right(thing) if thing.i > token.i or token.dep != "acl" else token.i - 1
        return self.fill(draft, (self.left(thing), last))

    def fill_particle(self, token: Token, draft: Draft) -> bool:
        """ "pointed out that", "laid out plans", "spelled out"."""
        particle = token.child("prt")
        target = token.child("dobj")
        if particle is None or target is None or target.i < token.i:
            return False
        draft.rule += ".object"
        return self.fill(draft, (self.left(target), self.right(target)))

    def fill_object(self, token: Token, cue: Cue, draft: Draft, passive: bool) -> bool:
        """ "condemned the attack", "called it a lie", "warned of reprisals", "was rejected by X"."""
        takes = cue.takes
        if passive:
            return self.fill_passive(token, cue, draft)
        nominal = token.child("xcomp")
        if "object" in takes and nominal is not None and nominal.i == token.i + 1 and nominal.tag in ("VBG", "VBN"):
            draft.rule += ".object"
            return self.fill(draft, (nominal.i, self.right(nominal)))
        charged = cue.stance == "accuses" and self.complement_prep(token, "with", "of", "over") is not None
        judged = self.is_judged(token, draft) if "judged" in takes else "quality" in takes and self.is_quality(token)
        if "judged" in takes and not judged:
            return False
        target = token.child("dobj", "dative") if takes & {"object", "as", "predicate"} or charged or judged else None
        if target is not None and (takes & {"object", "as"} or charged or judged):
            return self.fill_target(token, cue, draft, target)
        if not cue.preps or (cue.base in ("respond", "reply") and not is_negated(token)):
            return False
        for prep in token.kids("prep", "prt"):
            if prep.lower in cue.preps and token.i < prep.i <= token.i + 2 and not self.is_when(prep):
                return self.fill_prep(token, draft, prep)
        return False

    def fill_target(self, token: Token, cue: Cue, draft: Draft, target: Token) -> bool:
        """ "condemned the attack as a crime", "accused X of Y": the object with what belongs to it."""
        if cue.base in SHOWING and not self.is_evidence(draft):
            return False
        if cue.base == "condemn" and self.complement_prep(token, "to") is not None:
            return False
        if "as" in cue.takes and not cue.takes & {"object", "judged"} and self.complement_prep(token, "as") is None:
            return False
        if target.tag in RELATIVES and target.i < token.i:
            extra = self.complement_prep(token, "as", "of", "for")
            pieces = [(target.i, target.i)] + ([(self.left(extra), self.right(extra))] if extra else [])
            draft.rule += ".object"
            return self.fill(draft, *pieces)
        if target.i < token.i:
            return False
        first, last = self.left(target), self.right(target)
        if cue.base in EXPRESSING and target.lower in self.lexicon.nouns:
            if self.noun_clause(target, self.lexicon.nouns[target.lower]) is not None:
                return False
        if (
            cue.base in EXPRESSING
            and (prep := target.child("prep")) is not None
            and prep.lower in ("about", "for", "over", "at", "with")
        ):
            if draft.cue is not None and prep.child("pobj", "pcomp") is not None:
                draft.cue, draft.rule = (draft.cue[0], prep.i), f"{draft.rule}.prep"
                return self.fill(draft, (prep.i + 1, self.right(prep)))
        preps = OBJECT_PREPS | ({"to", "with"} if cue.base in ("liken", "compare") else set())
        preps |= {"on", "with", "over"} if cue.stance == "accuses" else set()
        for child in token.children:
            if child.i > target.i and self.belongs(child, cue, preps, last):
                last = max(last, self.right(child))
        draft.rule += ".object"
        return self.fill(draft, (first, self.cut_aside(target.i, last)))

    def belongs(self, child: Token, cue: Cue, preps: frozenset[str] | set[str], last: int) -> bool:
        """Whether a further complement of the cue belongs to the object that ends at a token."""
        if child.dep == "prep":
            return child.lower in preps or child.lower not in CIRCUMSTANCE or cue.base == "show"
        if child.dep in ("oprd", "xcomp"):
            return True
        if child.dep == "dative":
            return child.lower == "to"
        if self.left(child) != last + 1:
            return False
        if child.tag == "VBG" and child.dep in ("advcl", "ccomp"):
            return True
        return "as" in cue.takes and child.dep == "advcl" and self.tokens[last + 1].lower == "as"

    def is_judged(self, token: Token, draft: Draft) -> bool:
        """Whether "blasted", "slammed" tell of words: as something, for doing something, or by someone who speaks."""
        prep = self.complement_prep(token, "for", "over", "as")
        if prep is None or self.is_when(prep) or draft.source_head is None:
            return False
        head = self.tokens[draft.source_head]
        done = prep.lower == "as" or prep.child("pcomp") is not None
        return done or self.is_voice(head) or head.is_proper or head.tag in ("PRP", "WP")

    def is_quality(self, token: Token) -> bool:
        """Whether the object is a quality or deed of someone: "the honesty of X", "X's silence", not a person or a case."""
        target = token.child("dobj")
        if target is None or target.tag != "NN" or target.i < token.i or target.ent:
            return False
        return any(child.dep == "poss" or (child.dep == "prep" and child.lower in ("of", "for")) for child in target.children)

    def is_evidence(self, draft: Draft) -> bool:
        """Whether the source is something that can show: footage, a study, an agency."""
        if draft.source_head is None:
            return False
        head = self.tokens[draft.source_head]
        return head.lower in self.lexicon.media or head.lower == "it" or self.is_voice(head)

    def fill_prep(self, token: Token, draft: Draft, prep: Token) -> bool:
        """ "called for a truce", "called on X to leave", "warned of reprisals"."""
        inner = prep
        if prep.child("pobj", "pcomp") is None:
            following = token.child("prep")
            if following is None or following.i != prep.i + 1:
                return False
            inner = following
        last = self.right(inner)
        for child in token.children:
            if child.dep in ("xcomp", "advcl") and child.i > inner.i and is_infinitive(child):
                last = max(last, self.right(child))
        draft.rule += ".prep"
        if is_negated(token) and token.lower in ("respond", "responded", "responding", "reply", "replied"):
            return self.fill(draft, (inner.i, last))
        if draft.cue is not None and inner.i <= draft.cue[1] + 2:
            draft.cue = (draft.cue[0], inner.i)
        return self.fill(draft, (inner.i + 1, last))

    def is_when(self, prep: Token) -> bool:
        """Whether a preposition opens a date ("called on Friday")."""
        target = prep.child("pobj")
        return target is not None and target.ent in ("DATE", "TIME")

    def fill_predicate(self, token: Token, draft: Draft) -> bool:
        """ "called the raid a crime": the thing and what it is called."""
        predicate = token.child("oprd") or token.child("xcomp", "ccomp")
        target = token.child("dobj")
        if predicate is not None and predicate.i > token.i and not is_infinitive(predicate):
            first = self.left(predicate) if target is None else min(self.left(target), self.left(predicate))
            pieces = [(max(first, token.i + 1), self.widened(token, self.right(predicate)))]
            if target is not None and target.i < token.i:
                pieces = [(target.i, target.i), (self.left(predicate), self.right(predicate))]
            draft.rule += ".predicate"
            return self.fill(draft, *pieces)
        if target is not None and target.i > token.i and self.is_described(target):
            draft.rule += ".predicate"
            return self.fill(draft, (self.left(target), self.widened(token, self.right(target))))
        return False

    def widened(self, token: Token, last: int) -> int:
        """The end of what something is called, with "for …", "during …", but without the medium or the day of speaking."""
        for child in token.kids("prep"):
            if self.left(child) == last + 1 and not self.is_when(child):
                target = child.child("pobj")
                if target is None or target.lower not in self.lexicon.media:
                    last = self.right(child)
        return last

    def is_described(self, target: Token) -> bool:
        """Whether what is called something and what it is called were read as one phrase."""
        if any(child.i > target.i and child.dep in ("amod", "appos", "oprd", "npadvmod") for child in target.children):
            return True
        return any(self.inside[i] >= 0 for i in range(target.i, self.right(target) + 1))

    def fill_passive(self, token: Token, cue: Cue, draft: Draft) -> bool:
        """ "The claim was rejected by X", "an attack condemned by X", "X was accused of Y", "could not be verified"."""
        subject = token.child("nsubjpass")
        if subject is not None and subject.lower in CREDIT:
            return False
        unconfirmed = cue.base in CONFIRMING and is_negated(token)
        blaming = cue.stance == "accuses" or "unsourced" in cue.takes
        accused = self.complement_prep(token, "of", "for", "on") if blaming and cue.stance != "asserts" else None
        viewed = self.complement_prep(token, "as") if "as" in cue.takes else None
        predicate = token.child("oprd") if "predicate" in cue.takes else None
        extra = accused or viewed or predicate
        bare = token.child("auxpass") is None
        unsourced = "unsourced" in cue.takes and subject is not None and subject.i < token.i and not bare
        if draft.source is None and not unconfirmed and not unsourced and (extra is None or bare):
            return False
        if not (cue.takes & {"object", "clause", "as", "predicate", "judged"} or extra):
            return False
        draft.rule += ".passive"
        if subject is None:
            if token.dep != "acl" or token.head.i > token.i:
                return False
            thing = (self.left(token.head), token.i - 1)
        else:
            thing = (self.left(subject), self.right(subject))
        pieces = [thing]
        if extra is not None:
            opens = extra.dep == "prep" and draft.cue is not None and extra.i == draft.cue[1] + 1
            if opens and draft.cue is not None:
                draft.cue = (draft.cue[0], extra.i)
            pieces.append((extra.i + 1 if opens else self.left(extra), self.right(extra)))
        return self.fill(draft, *pieces)

    def is_voice(self, token: Token) -> bool:
        """Whether a noun names someone who may be cited."""
        return token.ent in VOICE_ENTITIES or token.lower in self.words["voice"]
