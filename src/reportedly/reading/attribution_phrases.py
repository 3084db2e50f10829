"""Attributions by a phrase: "made it clear that", "is sure that", "as X put it", and a headline's "officials report X hit Y"."""

from __future__ import annotations

from reportedly.reading.attribution_spans import NOBODY, Draft, has_mark, is_negated
from reportedly.reading.attribution_verbs import ATTRIBUTIVE, FINITE, SENTENCE_END, SpeechVerbs
from reportedly.reading.parse import Token

MAKING = frozenset(["make", "makes", "made", "making"])
PLAIN = frozenset(["clear", "plain"])
MINDLESS = frozenset(["i", "we", "you", "it", "there"])
PUTTING = frozenset(["put", "puts"])
NOUN_PHRASE = frozenset(["DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "PRP$", "VBN", "HYPH"])


class SpeechPhrases(SpeechVerbs):
    """The rules for phrases; what they find is put into ``drafts``."""

    def made_clear(self, token: Token) -> None:
        """ "X made it clear that …", "X has not made clear whether …"."""
        verb = token.head
        if verb.lower not in MAKING or not verb.is_verb or (verb.tag == "VB" and not self.is_done(verb)):
            return
        clause = self.clause_after(token) or self.clause_after(verb, token.i)
        if clause is None:
            return
        negated = is_negated(verb)
        draft = Draft("verb.clause", "no_comment" if negated else "asserts", token.i, cue=self.cue_range(verb), cue_head=token.i)
        self.subject_source(verb, draft)
        if draft.cue is None or draft.source is None:
            return
        draft.cue = (draft.cue[0], token.i)
        draft.medium = self.medium(verb, draft)
        if self.fill(draft, (max(self.left(clause), token.i + 1), self.right(clause))):
            self.drafts.append(draft)

    def convinced(self, token: Token) -> None:
        """ "X is sure that …", "many are afraid that …": an attitude that an adjective tells."""
        verb = token.head
        if token.dep != "acomp" or not verb.is_verb or verb.tag not in FINITE:
            return
        clause = self.clause_after(token)
        subject = self.subject(verb)
        if clause is None or subject is None or subject.lower in MINDLESS or subject.tag in ("WP", "WDT"):
            return
        draft = Draft("mind.clause", "asserts", token.i, cue=(self.cue_range(verb)[0], token.i), cue_head=token.i)
        self.set_source(draft, subject)
        if self.fill(draft, (self.left(clause), self.right(clause))):
            self.drafts.append(draft)

    def clause_after(self, token: Token, bound: int | None = None) -> Token | None:
        """The clause that an adjective or verb governs: with "that" or "whether", or with its own subject straight after it."""
        bound = token.i if bound is None else bound
        for child in token.children:
            if child.dep not in ("ccomp", "advcl", "acl") or child.i <= bound or self.left(child) < bound:
                continue
            marked = has_mark(child, "that") or has_mark(child, "whether")
            bare = child.dep == "ccomp" and child.child("mark") is None and child.child("nsubj", "nsubjpass", "expl") is not None
            if marked or (bare and self.left(child) <= bound + 1):
                return child
        return None

    def bare_report(self, token: Token) -> None:
        """ "Local media report airstrikes hit the town": a plural source, and "report" read as a noun before a whole clause."""
        tokens, i = self.tokens, token.i
        if i == 0 or i + 2 >= len(tokens) or not (token.is_noun or token.dep in ATTRIBUTIVE):
            return
        speaker, after = tokens[i - 1], tokens[i + 1]
        if speaker.lower not in self.words["reporters"] or not (
            after.dep in ("nsubj", "nsubjpass", "compound") or (after.tag in NOUN_PHRASE and after.tag not in ("POS", "VBN"))
        ):
            return
        first = i - 1
        while first > 0 and tokens[first - 1].tag in NOUN_PHRASE and tokens[first - 1].sent == token.sent:
            if self.block[first - 1] != self.block[i]:
                break
            first -= 1
        opened = first == 0 or tokens[first - 1].sent != token.sent or tokens[first - 1].text == ","
        if not opened or tokens[first].lower in ("a", "an", "this", "that", *NOBODY):
            return
        last = i
        while last + 1 < len(tokens) and self.block[last + 1] == self.block[i] and tokens[last + 1].text not in SENTENCE_END:
            last += 1
        verb = next((t for t in tokens[i + 2 : last + 1] if t.tag in FINITE), None)
        if verb is None or any(t.tag in ("IN", "TO", ",", "WDT", "WP") for t in tokens[i + 1 : verb.i]):
            return
        draft = Draft("verb.clause", "asserts", i, cue=(i, i), cue_head=i, source=(first, i - 1), source_head=i - 1)
        if self.fill(draft, (i + 1, last)):
            self.drafts.append(draft)

    def put_it(self, token: Token) -> None:
        """ "As X put it, …", "X put it this way: “…”"."""
        thing = token.child("dobj")
        if thing is None or thing.lower != "it" or thing.i != token.i + 1:
            return
        draft = Draft("verb", "asserts", token.i, cue=(self.cue_range(token)[0], thing.i), cue_head=token.i)
        self.subject_source(token, draft)
        if draft.source is None:
            return
        after = self.quote_after(token, draft)
        if after is None and token.dep == "advcl" and has_mark(token, "as"):
            told = self.fill_host(token, draft, thing)
        else:
            self.fill_clause(token, draft, None, self.quote_before(token, draft), after)
            told = bool(draft.pieces)
        if told:
            self.drafts.append(draft)
