"""Attributions by a verb: which of its complements is what was said, and with what stance."""

from __future__ import annotations

from reportedly.knowledge.cues import Cue
from reportedly.reading.attribution_objects import CONFIRMING, SpeechObjects
from reportedly.reading.attribution_spans import (
    EDGE,
    MEDIUM_PREPS,
    RELATIVES,
    Draft,
    Range,
    has_mark,
    is_infinitive,
    is_negated,
    is_neither,
)
from reportedly.reading.parse import Token
from reportedly.reading.quotations import Quotation
from reportedly.records import Stance

LEADS_OUT = frozenset([",", "-", "--", "—", "–", "―", "?", "!"])
CONNECTIVES = frozenset(
    ["however", "meanwhile", "still", "instead", "moreover", "furthermore", "nevertheless", "also", "additionally"]
)
CONNECTIVE_PHRASES = frozenset([("for", "instance"), ("for", "example"), ("in", "addition"), ("in", "fact"), ("by", "contrast")])
CONCESSIONS = frozenset(["though", "although", "while", "whereas"])
SENTENCE_END = frozenset([".", "?", "!"])
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
ATTRIBUTIVE = frozenset(["amod", "compound", "nmod", "aux", "auxpass", "det", "nummod"])
SAYING = frozenset(["say", "comment", "respond", "reply", "answer", "elaborate", "disclose", "specify", "reveal", "explain"])
COMMENTING = SAYING | frozenset(
    ["discuss", "speak", "talk", "speculate", "identify", "name", "provide", "give", "confirm", "release"]
)
ANONYMOUS = frozenset(["named", "identified", "quoted"])
POSSIBLE = frozenset(["can", "could", "may", "might", "should", "would", "must"])


class SpeechVerbs(SpeechObjects):
    """The rules for verbs; what they find is put into ``drafts``."""

    def verb(self, token: Token, cue: Cue) -> None:
        """An attribution by a verb: its source, and whichever of its complements may be a content."""
        if token.i in self.done or token.dep in ATTRIBUTIVE or (token.child("prt") is not None and cue.base == "tell"):
            return
        turned = token.tag == "VBN" and "quote" in cue.takes and self.follows_quote(token)
        passive = token.child("auxpass") is not None or (
            token.tag == "VBN" and not turned and not any(c.dep in ("aux", "nsubj") for c in token.children)
        )
        if passive and token.child("auxpass") is None and token.dep not in ("acl", "advcl", "conj", "ROOT", "ccomp"):
            return
        if token.tag == "VB" and cue.base in CONFIRMING and self.unconfirmable(token):
            return
        if token.tag == "VB" and not self.is_done(token):
            return
        governor = self.lexicon.verbs.get(token.head.lower) if token.dep == "xcomp" else None
        if governor is not None and governor.stance == "no_comment":
            return
        draft = Draft("mind" if "mind" in cue.takes else "verb", cue.stance, token.i, cue_head=token.i, medium=cue.medium)
        draft.cue = self.cue_range(token)
        if passive:
            self.agent_source(token, draft)
        else:
            self.subject_source(token, draft)
        if not (self.quoted_as(token, cue, draft, passive) or self.contents(token, cue, draft, passive)):
            return
        if not self.is_voiced(token, draft, passive):
            return
        if not self.is_utterance(token, draft):
            return
        draft.stance = self.stance(token, cue, draft)
        self.widen_given(token, draft)
        draft.medium = draft.medium or self.medium(token, draft, "addressee" in cue.takes)
        self.drafts.append(draft)

    def widen_given(self, token: Token, draft: Draft) -> None:
        """ "X issued a statement saying …": X is the source, the statement the medium, and both verbs are the cue."""
        noun = self.tokens[draft.source_head] if draft.source_head is not None else None
        if token.dep not in ("acl", "advcl") or token.tag != "VBG" or noun is None or noun.dep != "dobj" or draft.cue is None:
            return
        host = noun.head
        if host.lower not in self.words["giving"] or noun.lower not in self.lexicon.media or noun.i > token.i:
            return
        giver = Draft(draft.rule, draft.stance, host.i, cue=self.cue_range(host), cue_head=host.i)
        self.subject_source(host, giver)
        if giver.source is not None and giver.cue is not None and giver.source[1] < giver.cue[0]:
            draft.medium = self.lexicon.media[noun.lower]
            draft.source, draft.source_head, draft.cue = giver.source, giver.source_head, (giver.cue[0], draft.cue[1])

    def unconfirmable(self, token: Token) -> bool:
        """ "It was impossible to confirm the claims", "X was unable to verify the toll"."""
        verb = token.head if token.head.is_verb else token.head.head
        bar = token.head if token.head is not verb else verb.child("acomp")
        if token.dep not in ("xcomp", "advcl") or bar is None or not verb.is_verb:
            return False
        negated = any(child.dep == "neg" for child in verb.children)
        if not (bar.lower in ("impossible", "unable") or (negated and bar.lower in ("possible", "able"))):
            return False
        thing = token.child("dobj", "ccomp", "nsubj")
        subject = verb.child("nsubj", "expl")
        if thing is None or thing.i < token.i or subject is None:
            return False
        draft = Draft("verb.object", "cannot_confirm", token.i, cue=(self.cue_range(verb)[0], token.i), cue_head=token.i)
        if subject.lower != "it":
            self.set_source(draft, subject)
        if self.fill(draft, (self.left(thing), self.right(thing))):
            self.drafts.append(draft)
        return True

    def is_done(self, token: Token) -> bool:
        """Whether an infinitive tells of speech that took place: "went on to say", "did not comment", not "would say"."""
        aux = [child.lower for child in token.children if child.dep == "aux"]
        if not aux:
            return self.is_plural(token)
        if "to" in aux:
            bound = token.dep == "xcomp" or (token.dep == "advcl" and 0 < token.i - token.head.i < 4)
            return bound and token.head.lower in self.words["implicative"]
        if any(word in ("did", "do", "does") for word in aux):
            return True
        return is_negated(token) and bool(aux)

    def is_plural(self, token: Token) -> bool:
        """Whether a bare verb is a present tense that was tagged as an infinitive: it has a plural subject just before it."""
        subject = token.child("nsubj")
        return subject is not None and subject.i < token.i and subject.tag in ("NNS", "NNPS", "DT", "PRP")

    def is_voiced(self, token: Token, draft: Draft, passive: bool) -> bool:
        """Whether someone may speak here: no imperative, no plan or law, no "I think" inside the words of another."""
        if draft.source_head is None or draft.source is None:
            possible = any(child.dep == "aux" and child.lower in POSSIBLE for child in token.children)
            if not passive or (possible and not is_negated(token)):
                return False
            if draft.rule.endswith((".clause", ".quote")):
                subject = token.child("nsubjpass", "expl", "nsubj")
                return subject is not None and subject.lower in ("it", "there") and draft.pieces[0][0] > token.i
            return True
        head = self.tokens[draft.source_head]
        if head.lower in self.words["unvoiced"]:
            return False
        if draft.rule.startswith("mind"):
            if head.lower in ("you", "everyone", "anyone", "it") or (head.lower in ("i", "we") and self.inside[token.i] >= 0):
                return False
            return self.inside[token.i] < 0 or head.tag != "PRP"
        return not (head.lower == "you" or (self.inside[token.i] >= 0 and head.lower in ("i", "we")))

    def is_utterance(self, token: Token, draft: Draft) -> bool:
        """Whether a cue in a dependent clause is more than a trait of the thing it describes ("a problem that demands …")."""
        if token.dep == "xcomp" and token.tag == "VBG":
            return token.head.lower in self.words["implicative"]
        agent = draft.rule.endswith(".infinitive") and draft.stance in ("threatens", "promises", "demands", "no_comment")
        told = (
            agent
            or draft.rule.startswith(("quoted", "citing", "responsibility"))
            or draft.rule.endswith((".clause", ".quote", ".passive"))
        )
        if told or draft.source_head is None or draft.source is None:
            return True
        head = self.tokens[draft.source_head]
        speaks = head.lower in self.lexicon.media or self.is_voice(head)
        if token.dep == "acl":
            return speaks
        return self.tokens[draft.source[0]].lower not in ("that", "which") or speaks

    def contents(self, token: Token, cue: Cue, draft: Draft, passive: bool) -> bool:
        """Fills the draft with the first complement that the cue takes; False if there is none."""
        takes = cue.takes
        if token.dep == "advcl" and "clause" in takes and has_mark(token, "as") and token.child("ccomp") is None:
            return self.fill_host(token, draft)
        if "predicate" in takes and not passive and self.fill_predicate(token, draft):
            return True
        if "as" in takes and not passive and self.complement_prep(token, "as") is not None and token.child("dobj") is not None:
            return self.fill_object(token, cue, draft, passive)
        if "clause" in takes or "quote" in takes:
            clause = self.clause(token, takes, passive)
            before = after = None
            if "quote" in takes:
                after = self.quote_after(token, draft)
                before = self.quote_before(token, draft) if token.tag != "VBG" else None
                if before is not None and clause is not None and clause.i > token.i and self.inside[clause.i] < 0:
                    spoken = (
                        token.dep != "conj" and not has_mark(clause, "that") and self.begins_sentence(self.quotations[before])
                    )
                    before, clause = (before, None) if spoken else (None, clause)
                if (
                    before is not None
                    and after is not None
                    and self.tokens[self.quotations[after].first - 1].text not in (",", ":")
                ):
                    after = None
            if clause is not None or before is not None or after is not None:
                self.fill_clause(token, draft, clause, before, after)
                if draft.pieces:
                    return True
        complement = token.child("xcomp") or self.controlled(token)
        if complement is not None:
            if complement.lower in ANONYMOUS and token.lower == "asked":
                return False
            if cue.base == "refuse" and complement.lower not in COMMENTING:
                return False
            if "infinitive" in takes and is_infinitive(complement):
                return self.fill_infinitive(token, draft, complement, passive)
            if "gerund" in takes and complement.tag == "VBG":
                draft.rule += ".gerund"
                return self.fill(draft, (self.left(complement), self.right(complement)))
        if cue.base == "claim" and self.fill_claimed(token, draft, passive):
            return True
        if "pointout" in takes or "layout" in takes:
            if self.fill_particle(token, draft):
                return True
        if "quote" in takes and not passive and self.fill_block(draft):
            return True
        return self.fill_object(token, cue, draft, passive) or (
            "quote" in takes and not passive and self.fill_sentence(token, draft)
        )

    def fill_block(self, draft: Draft) -> bool:
        """ "The spokesman added:" at the end of a paragraph, with his words in the next one and no quotation marks."""
        if draft.cue is None or draft.source is None or self.tokens[draft.cue[1]].text != ":":
            return False
        first = draft.cue[1] + 1
        while first < len(self.tokens) and self.tokens[first].text.isspace():
            first += 1
        if first >= len(self.tokens) or self.block[first] == self.block[draft.cue[1]] or first in self.opens:
            return False
        last = first
        while last + 1 < len(self.tokens) and self.block[last + 1] == self.block[first]:
            last += 1
        draft.rule += ".clause"
        return self.fill(draft, (first, last))

    def fill_sentence(self, token: Token, draft: Draft) -> bool:
        """ "The road is closed, police in X said." where the parse does not join the two: all that stands before."""
        if token.tag not in ("VBD", "VBZ", "VBP") or draft.source is None or "mind" in draft.rule:
            return False
        first, last = self.frame(token, draft)
        if (
            first == 0
            or self.tokens[first - 1].text != ","
            or not (last + 1 >= len(self.tokens) or self.tokens[last + 1].text in SENTENCE_END)
        ):
            return False
        start = first - 1
        while start > 0 and self.block[start - 1] == self.block[first] and self.tokens[start - 1].sent == token.sent:
            start -= 1
        if not any(self.tokens[i].tag in FINITE for i in range(start, first)):
            return False
        draft.rule += ".sentence"
        return self.fill(draft, (start, first - 1))

    def fill_host(self, token: Token, draft: Draft, thing: Token | None = None) -> bool:
        """ "As X reported, …", "…, as reported by X": the clause that the "as" hangs on."""
        host = token.head
        if draft.source is None or not host.is_verb or token.child("dobj") is not thing:
            return False
        draft.rule += ".host"
        return self.fill(draft, *self.around((self.left(host), self.right(host)), (self.left(token), self.right(token))))

    def clause(self, token: Token, takes: frozenset[str], passive: bool) -> Token | None:
        """The clause that a verb governs, or whose parenthesis it is."""
        clause = None
        for child in token.children:
            if self.block[child.i] != self.block[token.i]:
                continue
            if child.dep == "ccomp":
                if clause is None or child.i > token.i:
                    clause = child
            elif child.dep in ("advcl", "acl", "relcl") and clause is None and child.i > token.i:
                if has_mark(child, "that") or self.is_asked(token, child):
                    clause = child
        clause = clause or self.hidden(token, takes)
        if clause is not None:
            if clause.tag == "VBG" and clause.child("aux", "nsubj") is None and "gerund" not in takes:
                return None
            return clause
        if token.dep == "parataxis" and not passive and self.block[token.head.i] == self.block[token.i]:
            return token.head
        return None

    def is_asked(self, token: Token, clause: Token) -> bool:
        """Whether a "when", "why" or "how" straight after a negated cue opens what was not said ("did not say when …")."""
        if clause.dep != "advcl" or token.i + 1 >= len(self.tokens) or not is_negated(token):
            return False
        word = self.tokens[token.i + 1]
        return word.tag == "WRB" and word.head is clause

    def hidden(self, token: Token, takes: frozenset[str]) -> Token | None:
        """A that-clause the parse hangs on a noun in between: "said in a video that …", "told reporters in X that …"."""
        for child in token.children:
            if child.i < token.i or not (
                (child.dep == "prep" and child.lower in MEDIUM_PREPS)
                or child.dep == "npadvmod"
                or (child.dep in ("dobj", "dative") and "addressee" in takes)
            ):
                continue
            near: Token | None = child
            while near is not None:
                for clause in near.children:
                    if clause.dep in ("relcl", "acl", "ccomp") and self.is_said(clause):
                        return clause
                near = next((t for t in reversed(near.children) if t.dep in ("prep", "pobj", "acl", "agent")), None)
        return None

    def is_said(self, clause: Token) -> bool:
        """Whether a that-clause has a subject of its own, so that "that" is no relative pronoun."""
        that = [child for child in clause.children if child.lower == "that" and child.i < clause.i]
        opened = any(child.dep in ("mark", "dobj", "advmod") for child in that)
        return opened and any(child.dep in ("nsubj", "nsubjpass", "expl") and child.lower != "that" for child in clause.children)

    def controlled(self, token: Token) -> Token | None:
        """An infinitive that the parse hangs on the verb under another label."""
        for child in token.children:
            if child.dep in ("advcl", "ccomp") and child.i > token.i and child.i - token.i < 12 and is_infinitive(child):
                return child
        return None

    def fill_clause(self, token: Token, draft: Draft, clause: Token | None, before: int | None, after: int | None) -> None:
        """The content from a clause, from quotations beside the cue, or from both where they overlap."""
        pieces: list[Range] = []
        if clause is not None:
            frame = self.frame(token, draft)
            if clause.i > frame[0] and token.dep != "parataxis":
                frame = (frame[0], max(token.i, min(frame[1], self.left(clause) - 1)))
            span = self.clause_range(token, draft, clause, frame)
            pieces = [self.whole_quotes(piece, token.i) for piece in self.around(span, frame)] if span is not None else []
            pieces = self.fronted(token, clause, frame, pieces)
            if len(pieces) == 2 and pieces[0][1] in self.closes and self.inside[pieces[1][1]] < 0:
                first = next((i for i in range(*pieces[1]) if self.tokens[i].text not in EDGE), pieces[1][0])
                if self.tokens[first].tag == "CC":
                    pieces = pieces[:1]
            if len(pieces) == 2 and pieces[1][0] > token.i:
                first, last = pieces[0]
                if self.tokens[first].tag == "CC" and self.inside[first] < 0:
                    pieces = [(first + 1, last), pieces[1]]
            relative = self.relative(token, clause)
            if relative is not None and pieces:
                pieces = [(relative, relative), *pieces]
        if pieces:
            draft.rule += ".clause"
        for n in (before, after):
            if n is None:
                continue
            quotation = self.quotations[n]
            span = (quotation.first, quotation.last)
            same_side = [p for p in pieces if (p[0] < token.i) == (span[0] < token.i)]
            overlapping = [p for p in same_side if p[0] <= span[1] and span[0] <= p[1]]
            if overlapping and not (n == before and self.begins_sentence(quotation)):
                span = (min(span[0], overlapping[0][0]), max(span[1], overlapping[-1][1]))
            elif n == after and same_side and not overlapping:
                continue
            pieces = [p for p in pieces if p not in same_side] + [span]
            draft.quoted = draft.quoted or span == (quotation.first, quotation.last)
            self.claimed.setdefault(n, draft)
            if draft.rule in ("verb", "mind", "quoted_as"):
                draft.rule += ".quote"
        draft.pieces = sorted(set(self.trimmed(pieces)))
        if before is None and after is None and len(draft.pieces) == 1:
            first, last = draft.pieces[0]
            if first in self.opens and last in self.closes and self.opens[first] == self.closes[last]:
                draft.quoted = True
                self.claimed.setdefault(self.opens[first], draft)

    def fronted(self, token: Token, clause: Token, frame: Range, pieces: list[Range]) -> list[Range]:
        """What stands before words of speaking that are put into the middle of a sentence ("If it rains, he said, …")."""
        if clause.i < token.i or token.dep != "ROOT" or not pieces or frame[0] < 2 or pieces[0][0] < frame[0]:
            return pieces
        n = self.inside[pieces[0][0]]
        if n >= 0 and self.quotations[n].first == pieces[0][0] and self.begins_sentence(self.quotations[n]):
            return pieces
        if self.tokens[frame[0] - 1].text != "," or self.tokens[min(frame[1] + 1, len(self.tokens) - 1)].text != ",":
            return pieces
        start = frame[0] - 1
        while start > 0 and self.block[start - 1] == self.block[frame[0]] and self.tokens[start - 1].sent == token.sent:
            start -= 1
        return [(start, frame[0] - 2), *pieces] if start < frame[0] - 1 else pieces

    def relative(self, token: Token, clause: Token) -> int | None:
        """The "which" or "who" before the cue that is the subject or object of the clause said ("which X said killed ten")."""
        if clause.i < token.i:
            return None
        for child in (*clause.children, *token.children):
            if child.i < token.i and child.tag in RELATIVES and child.dep in ("nsubj", "nsubjpass", "dobj"):
                return (
                    child.i if child.head is clause or not any(c.dep in ("nsubj", "nsubjpass") for c in clause.children) else None
                )
        return None

    def begins_sentence(self, quotation: Quotation) -> bool:
        """Whether a quotation opens with a capital letter, as a sentence of its own does."""
        word = self.tokens[quotation.first + 1].text if quotation.first + 1 < len(self.tokens) else ""
        return word[:1].isupper() and not word.isupper()

    def clause_range(self, token: Token, draft: Draft, clause: Token, frame: Range) -> Range | None:
        """The tokens of the clause said; one before its cue reaches back to the beginning of the sentence."""
        first, last = self.left(clause), self.right(clause)
        if clause.i > token.i and token.dep == "parataxis":
            return first, last
        if clause.i > token.i:
            end = self.cut_tail(clause, last)
            first, last = max(first, token.i + 1), self.joined(token, clause, end) if end == last else end
            if last + 2 < len(self.tokens) and self.tokens[last + 1].text == ":" and last + 2 in self.opens:
                last = self.quotations[self.opens[last + 2]].last
            return first, last
        bound = frame[0]
        if self.tokens[bound - 1].text not in LEADS_OUT and bound - 1 not in self.closes:
            return None
        while bound > 0 and "\n" not in self.tokens[bound - 1].text and self.tokens[bound - 1].sent == token.sent:
            bound -= 1
        if token.dep in ("ROOT", "parataxis"):
            first = bound
        first = max(first, bound)
        for i in range(frame[0] - 2, first, -1):
            if i in self.closes and self.tokens[i - 1].text[-1] in ".?!":
                first = i + 1
                break
        if first < frame[0] and self.tokens[first].lower in CONNECTIVES and self.tokens[first + 1].text == ",":
            first += 2
        if first + 2 < frame[0] and self.tokens[first + 2].text == ",":
            if (self.tokens[first].lower, self.tokens[first + 1].lower) in CONNECTIVE_PHRASES:
                first += 3
        return (first, max(last, frame[0] - 1)) if first < frame[0] else None

    def cut_tail(self, clause: Token, last: int) -> int:
        """The end of a clause said, without what the reporter adds: ", though …", ", adding …", "and Y said …"."""
        tokens, verbs = self.tokens, self.lexicon.verbs
        for i in range(clause.i + 1, last):
            if i in self.closes and tokens[i + 1].tag == "VBG" and tokens[i + 1].lower in verbs:
                return i
            if tokens[i].text == "," and self.inside[i] < 0:
                after = tokens[i + 1]
                if after.lower in CONCESSIONS and after.dep in ("mark", "advmod"):
                    return i - 1
                if after.tag == "VBG" and after.lower in verbs and after.dep in ("advcl", "conj", "xcomp", "ccomp", "acl"):
                    return i - 1
        for child in clause.children:
            if (
                child.i > clause.i
                and child.dep == "conj"
                and child.tag == "VBD"
                and child.lower in verbs
                and not has_mark(child, "that")
            ):
                cue = verbs[child.lower]
                if "mind" not in cue.takes and "quote" in cue.takes:
                    end = self.left(child) - 1
                    while end > clause.i and (tokens[end].tag == "CC" or tokens[end].text in EDGE):
                        end -= 1
                    return min(last, end)
        return last

    def joined(self, token: Token, clause: Token, last: int) -> int:
        """The end of what is said where a further clause of it was read as one of the reporter's: "he said X, but Y did"."""
        for child in token.children:
            if child.dep == "conj" and child.i > last and child.lower not in self.lexicon.verbs:
                if self.block[child.i] != self.block[token.i]:
                    continue
                subject = child.child("nsubj", "nsubjpass", "expl")
                if subject is not None and subject.i < child.i and self.left(child) - last < 4 and subject.tag not in RELATIVES:
                    last = self.right(child)
        return last

    def fill_infinitive(self, token: Token, draft: Draft, complement: Token, passive: bool) -> bool:
        """ "vowed to retaliate", "urged people to leave", "is said to have fled"."""
        first, last = self.left(complement), self.right(complement)
        draft.rule += ".infinitive"
        if passive:
            subject = token.child("nsubjpass")
            if subject is None:
                return False
            named = subject.lower not in ("it", "there")
            pieces = [(self.left(subject), self.right(subject))] if named else []
            return self.fill(draft, *pieces, (first, last))
        target = token.child("dobj")
        if target is not None and token.i < target.i < complement.i:
            first = min(first, self.left(target))
        last = self.before_finite(complement, last)
        for i in range(complement.i + 1, last):
            after = self.tokens[i + 1]
            if self.tokens[i].text == "," and self.inside[i] < 0 and after.tag in ("VBG", "WDT", "WP"):
                if self.right(after if after.tag == "VBG" else after.head) >= last:
                    last = i - 1
                    break
        return self.fill(draft, (max(first, token.i + 1), last))

    def before_finite(self, verb: Token, last: int) -> int:
        """The end of an infinitive without a finite verb that was read as joined to it ("urged him to leave and said …")."""
        for child in verb.children:
            if child.dep == "conj" and child.tag in FINITE and child.i > verb.i:
                end = self.left(child) - 1
                while end > verb.i and (self.tokens[end].tag == "CC" or self.tokens[end].text in EDGE):
                    end -= 1
                return min(last, end)
        return last

    def quoted_as(self, token: Token, cue: Cue, draft: Draft, passive: bool) -> bool:
        """ "quoted X as saying", "X was quoted as saying", "citing X": who is quoted is a source of their own."""
        if "quoteas" not in cue.takes:
            return False
        prep = self.complement_prep(token, "as")
        saying = prep.child("pcomp") if prep is not None else None
        if prep is not None and saying is not None and saying.tag == "VBG":
            target = token.child("nsubjpass") if passive else token.child("dobj")
            inner = Draft("quoted_as", "asserts", token.i, cue_head=saying.i)
            inner.cue = (draft.cue[0], saying.i) if passive and draft.cue is not None else (prep.i, saying.i)
            if target is not None:
                self.set_source(inner, target)
            clause, after = self.clause(saying, frozenset(["clause"]), False), self.quote_after(saying, inner)
            self.fill_clause(saying, inner, clause, None, after)
            if not inner.pieces:
                return False
            inner.medium = self.medium(saying, inner) or self.medium(token, inner)
            self.drafts.append(inner)
            self.done.add(saying.i)
            draft.rule = "quoted_as.outer"
            if passive:
                draft.pieces = list(inner.pieces) if draft.source is not None else []
            else:
                draft.pieces = self.trimmed([(token.i + 1 if target is None else self.left(target), inner.pieces[-1][1])])
            return bool(draft.pieces)
        target = token.child("dobj")
        if cue.base != "cite" or passive or target is None or not self.is_voice(target):
            return False
        return self.citing(token, draft, target)

    def citing(self, token: Token, draft: Draft, target: Token) -> bool:
        """ "…, citing officials": the officials stand behind the clause that the participle hangs on."""
        host = token.head
        if token.tag != "VBG" or token.dep not in ("advcl", "conj", "prep", "acl", "xcomp") or not host.is_verb:
            return False
        self.set_source(draft, target)
        draft.rule = "citing"
        clause = host.child("ccomp")
        if clause is not None and host.lower in self.lexicon.verbs:
            span = (self.left(clause), self.right(clause))
        else:
            span = (self.left(host), self.right(host))
        frame = (self.left(token), self.right(token))
        return self.fill(draft, *self.around(span, frame))

    def quote_before(self, token: Token, draft: Draft) -> int | None:
        """The quotation that ends just before the words of speaking."""
        if self.inside[token.i] >= 0 or draft.cue is None:
            return None
        first = draft.cue[0]
        if draft.source is not None and draft.source[1] < first and first - draft.source[1] < 12:
            first = draft.source[0]
        i = first - 1
        for _ in range(5):
            if i < 0:
                return None
            if i in self.closes:
                quotation = self.quotations[self.closes[i]]
                if i == first - 1 and self.tokens[i - 1].text == "." and self.tokens[first].text[0].isupper():
                    return None
                clause = self.tokens[i + 1].text == "," and any(t.tag in FINITE for t in self.tokens[quotation.first : i])
                short = i - quotation.first < 5 and self.tokens[i - 1].text in (",", "?", "!")
                return self.closes[i] if quotation.speech or clause or short else None
            near = self.tokens[i]
            if not (near.text in (",", "-", "--", "—", "–") or near.text == " " or near.tag in ("RB", "CC")):
                return None
            i -= 1
        return None

    def quote_after(self, token: Token, draft: Draft) -> int | None:
        """The quotation that the words of speaking lead up to, over a colon into the next paragraph too."""
        if self.inside[token.i] >= 0 or draft.cue is None:
            return None
        last = draft.cue[1]
        if draft.source is not None and draft.source[0] > last and draft.source[0] - last < 3:
            last = draft.source[1]
        opened = self.tokens[last].text == ":"
        for i in range(last + 1, min(last + 18, len(self.tokens))):
            near = self.tokens[i]
            if i in self.opens:
                quotation = self.quotations[self.opens[i]]
                return self.opens[i] if quotation.speech or self.tokens[i - 1].text in (",", ":") else None
            if near.text == ":":
                opened = True
            elif (
                near.text in SENTENCE_END
                or near.tag in FINITE
                or near.lower in ("that", "if", "whether")
                or (near.text.isspace() and "\n" in near.text and not opened)
            ):
                return None
        return None

    def stance(self, token: Token, cue: Cue, draft: Draft) -> Stance:
        """The stance of the cue as negation and the content turn it."""
        if draft.rule == "responsibility":
            return "claims_responsibility"
        if cue.stance in ("confirms", "denies") and is_neither(token):
            if token.dep == "conj" and draft.cue is not None:
                first = self.cue_range(token.head)[0]
                draft.cue = (first - 1 if first and self.tokens[first - 1].lower == "neither" else first, draft.cue[1])
            return "no_comment"
        negated = is_negated(token)
        first = draft.pieces[0][0]
        words = [self.tokens[i].lower for i in range(first, min(draft.pieces[-1][1] + 1, first + 6))]
        if cue.base in CONFIRMING and negated:
            return "cannot_confirm"
        if negated and cue.base in SAYING:
            return "no_comment"
        if negated and cue.stance in ("denies", "doubts"):
            return "asserts"
        if cue.stance == "no_comment":
            return "no_comment"
        if cue.base == "call" and draft.rule.endswith((".predicate", ".quote")):
            return "asserts"
        if cue.base in ("tell", "encourage") and draft.rule.endswith(".infinitive"):
            return "demands"
        if cue.base == "agree" and draft.rule.endswith(".infinitive"):
            return "promises"
        if cue.base in ("vow", "pledge", "promise", "threaten") and cue.base != "threaten":
            hostile = any(word in self.words["hostile"] for word in words)
            return "threatens" if hostile else "promises"
        return cue.stance
