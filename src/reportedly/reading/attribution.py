"""Finds who says what: every source, cue and content of a text, direct and indirect.

A *source* is the whole noun phrase that names the speaker; a *cue* the word or words that tell of the speaking, with
auxiliaries and adverbs that touch them; a *content* the clause, phrase or quotation that is said, with its "that" and its
quotation marks. Contents nest, so the chain of voices over any token is read from the contents that hold it, outside in.
The conventions follow PolNeAR (Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.knowledge.cues import Cue, CueLexicon, load_cues
from reportedly.reading.attribution_objects import CREDIT
from reportedly.reading.attribution_phrases import PLAIN, PUTTING, SpeechPhrases
from reportedly.reading.attribution_spans import EDGE, NOBODY, Draft, Range, is_negated
from reportedly.reading.attribution_verbs import SENTENCE_END
from reportedly.reading.parse import Parse, Token
from reportedly.reading.quotations import Quotation
from reportedly.reading.reference import is_first_person
from reportedly.records import Attribution, Stance

OPEN_MARKS = frozenset(["“", "”", '"', "''", "``"])
STATEMENTS = frozenset(["statement", "message", "remarks", "comment", "comments"])
STATING = frozenset(
    ["provided", "issued", "released", "gave", "made", "sent", "published", "posted", "delivered", "had", "issues", "provides"]
)
"""Verbs with a statement as their object, which may stand before its words."""
ADDRESS_GAP = 4
"""Sentences without "we" or "I" over which a statement may go on."""
DASHES = frozenset(["-", "--", "—", "–", "―"])


@dataclass(frozen=True)
class FoundAttribution:
    """One attribution with its token ranges, all inclusive at both ends.

    ``source`` is ``None`` where no one is named; ``cue`` where only quotation marks tell. ``source_head`` is the head noun; for
    "who" and "which" that of the noun they stand for. ``quoted`` tells that the content is given in the speaker's own words.
    ``rule`` names what decided; rules that begin with ``mind`` tell of an attitude (believes, wants), not of an utterance.
    A claim of responsibility that no one has made has rule ``nobody`` and no source.
    """

    attribution: Attribution
    source: Range | None
    source_head: int | None
    cue: Range | None
    cue_head: int | None
    content: tuple[Range, ...]
    quoted: bool
    rule: str


def find_attributions(parse: Parse, cues: CueLexicon | None = None) -> list[FoundAttribution]:
    """Every attribution of a text, in the order in which their first words stand; ``None``: the cues of the setting's layers."""
    return _Finder(parse, load_cues() if cues is None else cues).run()


class _Finder(SpeechPhrases):
    """All rules over one parse."""

    def run(self) -> list[FoundAttribution]:
        """Visits each token once, then ties the quotations that are left to their speakers."""
        verbs, nouns, adverbs = self.lexicon.verbs, self.lexicon.nouns, self.lexicon.adverbs
        convictions = self.words["conviction"]
        for token in self.tokens:
            lower, kind = token.lower, token.tag[0]
            if lower in DASHES:
                self.signature(token)
            elif kind == "V":
                if lower in verbs:
                    self.verb(token, verbs[lower])
                elif lower == "according":
                    self.according(token)
                elif lower in PUTTING:
                    self.put_it(token)
                if lower == "report":
                    self.bare_report(token)
                elif lower in convictions:
                    self.convinced(token)
            elif kind == "N":
                if lower == "report":
                    self.bare_report(token)
                if lower in CREDIT:
                    self.credit(token)
                elif lower == "comment" and token.dep == "pobj":
                    self.unavailable(token)
                elif lower in nouns:
                    self.noun(token, nouns[lower])
                if lower in STATEMENTS:
                    self.statement_below(token)
            elif kind == "J" and (lower in PLAIN or lower in convictions):
                self.made_clear(token) if lower in PLAIN else self.convinced(token)
            elif lower in adverbs:
                self.adverb(token, adverbs[lower])
            elif lower == "according":
                self.according(token)
            elif token.text == ":" and (token.i < 6 or self.block[token.i - 6] != self.block[token.i]):
                self.label(token)
        self.carry()
        self.carry_addresses()
        found = [self.freeze(draft) for draft in self.kept()]
        return sorted(found, key=_place)

    def kept(self) -> list[Draft]:
        """The drafts without those that add no voice: attitudes, and what the same speaker says, inside what is said."""
        held = [False] * len(self.tokens)
        for draft in self.drafts:
            if draft.rule.startswith("mind"):
                continue
            for first, last in draft.pieces:
                for i in range(first, last + 1):
                    held[i] = True
        kept = []
        for draft in self.drafts:
            if not draft.pieces:
                continue
            if held[draft.at] and draft.cue is not None:
                head = self.tokens[draft.source_head] if draft.source_head is not None else None
                same = head is None or head.tag == "PRP"
                told = draft.rule in ("verb.clause", "verb.quote", "verb.host", "noun") and not same
                if draft.rule.startswith("mind") or (
                    draft.stance == "asserts" and draft.rule.startswith(("verb", "noun")) and not told
                ):
                    continue
            kept.append(draft)
        return kept

    def carry(self) -> None:
        """Quotations that no cue has claimed: they go on with, or belong to, the speaker before."""
        for n in range(len(self.quotations) - 1, 0, -1):
            if self.quotations[n].carried and n in self.claimed and n - 1 not in self.claimed:
                self.extend(n - 1, self.quotations[n - 1], self.claimed[n])
        by_place = sorted((draft for draft in self.drafts if draft.cue is not None), key=lambda draft: draft.at)
        position, latest, last_quoted = 0, None, None
        for n, quotation in enumerate(self.quotations):
            while position < len(by_place) and by_place[position].at < quotation.first:
                latest = by_place[position]
                position += 1
            if n in self.claimed:
                last_quoted = self.claimed[n]
                continue
            if not quotation.speech:
                continue
            if quotation.carried and n > 0 and n - 1 in self.claimed:
                self.extend(n, quotation, self.claimed[n - 1])
                continue
            if not self.stands_alone(quotation):
                continue
            if last_quoted is not None and (self.follows(quotation, last_quoted) or self.goes_on(quotation, last_quoted, latest)):
                self.extend(n, quotation, last_quoted)
            elif latest is not None and latest is not last_quoted and self.explains(quotation, latest):
                self.extend(n, quotation, latest)
                last_quoted = latest
            elif latest is not None and self.near(quotation, latest):
                speaker = last_quoted if last_quoted is not None and last_quoted.at >= latest.at else latest
                draft = Draft("quote.carried", "asserts", quotation.first, source=speaker.source, source_head=speaker.source_head)
                draft.pieces, draft.quoted, draft.medium = [(quotation.first, quotation.last)], True, speaker.medium
                self.claimed[n] = draft
                self.drafts.append(draft)
                last_quoted = draft

    def carry_addresses(self) -> None:
        """Statements without quotation marks ("The minister said:" and paragraphs of "we") go on while he speaks of himself."""
        labels = {draft.cue[1] for draft in self.drafts if draft.cue is not None and self.tokens[draft.cue[1]].text == ":"}
        for draft in self.drafts:
            if draft.quoted or draft.source is None or draft.cue is None or draft.cue[1] not in labels or not draft.pieces:
                continue
            first, last = draft.pieces[-1]
            if first > draft.cue[1] and self.inside[first] < 0:
                draft.pieces[-1] = (first, self.address_end(last, labels))

    def address_end(self, last: int, labels: set[int]) -> int:
        """Where an unquoted statement ends: with its last sentence in the first person, before anybody else is quoted."""
        end, passed = last, 0
        for first, past in self.parse.sents[self.tokens[last].sent + 1 :]:
            sentence = self.tokens[first:past]
            if passed > ADDRESS_GAP or any(self.inside[token.i] >= 0 or token.i in labels for token in sentence):
                break
            if any(token.text == ":" for token in sentence[:ADDRESS_GAP]):
                break
            passed += any(token.text[0].isalnum() for token in sentence)
            if any(is_first_person(token) for token in sentence):
                end, passed = self.trimmed([(first, past - 1)])[-1][1], 0
        return end

    def extend(self, n: int, quotation: Quotation, draft: Draft) -> None:
        """One more piece of a quotation already begun."""
        draft.pieces = sorted([*draft.pieces, (quotation.first, quotation.last)])
        self.claimed[n] = draft

    def stands_alone(self, quotation: Quotation) -> bool:
        """Whether a quotation opens a sentence of its own, so that no clause around it uses it as a word or title."""
        before = quotation.first - 1
        while before >= 0 and self.tokens[before].text.isspace():
            before -= 1
        if before >= 0 and self.tokens[before].text not in SENTENCE_END and self.tokens[before].text[-1] not in '.?!:”"':
            if "\n" not in self.parse.text[self.tokens[before].end : self.tokens[quotation.first].start]:
                return False
        return (
            quotation.carries
            or quotation.carried
            or self.tokens[quotation.last - 1].text[-1] in ".?!…"
            or self.ends(quotation.last)
        )

    def ends(self, last: int) -> bool:
        """Whether the sentence ends with the mark at a token."""
        return last + 1 >= len(self.tokens) or self.tokens[last + 1].text in SENTENCE_END or "\n" in self.tokens[last + 1].text

    def follows(self, quotation: Quotation, draft: Draft) -> bool:
        """Whether the quotation comes straight after the sentence of a quoted attribution in the same paragraph."""
        if draft.cue is None:
            return False
        end = max(draft.cue[1], draft.pieces[-1][1], draft.source[1] if draft.source is not None else 0)
        if self.paragraph(end) != self.paragraph(quotation.first):
            return False
        return self.tokens[quotation.first].sent - self.tokens[end].sent <= 1

    def goes_on(self, quotation: Quotation, draft: Draft, latest: Draft | None) -> bool:
        """Whether no one else has spoken since, in the same paragraph."""
        return latest is draft and self.paragraph(draft.pieces[-1][1]) == self.paragraph(quotation.first)

    def explains(self, quotation: Quotation, draft: Draft) -> bool:
        """Whether a quotation follows what its speaker was just said to have stated: "X said … . “…”"."""
        if draft.stance != "asserts" or draft.source is None or not draft.rule.startswith("verb") or not draft.pieces:
            return False
        end = max(draft.at, draft.pieces[-1][1])
        same = self.paragraph(end) == self.paragraph(quotation.first)
        return same and 0 <= self.tokens[quotation.first].sent - self.tokens[end].sent <= 1

    def near(self, quotation: Quotation, draft: Draft) -> bool:
        """Whether an attribution stands in the same paragraph or in the one before."""
        end = max(draft.at, draft.pieces[-1][1]) if draft.quoted and draft.pieces else draft.at
        return self.paragraph(quotation.first) - self.paragraph(end) <= 1

    def according(self, token: Token) -> None:
        """ "according to X": X says the clause it stands in."""
        prep = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if prep is None or prep.lower != "to":
            return
        target = prep.child("pobj") or prep.child("pcomp")
        if target is None or target.lower in self.words["unvoiced"]:
            return
        draft = Draft("according", "asserts", token.i, cue=(token.i, token.i + 1), cue_head=token.i)
        self.set_source(draft, target)
        host = token.head if token.head is not prep else prep.head
        while host.head is not host and not (host.is_verb and host.dep in ("ROOT", "ccomp", "parataxis", "advcl", "relcl")):
            host = host.head
        span = (self.left(host), self.right(host))
        if host.dep in ("advcl", "relcl") and token.i < host.i:
            span = (max(span[0], token.i), span[1])
        source = draft.source or (token.i, token.i)
        frame = (token.i, source[1])
        pieces = self.trimmed([self.whole_quotes(piece, token.i) for piece in self.around(span, frame)])
        if len(pieces) == 2 and self.tokens[frame[0] - 1].text in (",", "—", "--") and pieces[1][1] - pieces[1][0] < 3:
            pieces = pieces[:1]
        draft.pieces = self.trimmed([(self.without_and(first, last), last) for first, last in pieces])
        draft.medium = self.medium(token, draft)
        self.drafts.append(draft)

    def without_and(self, first: int, last: int) -> int:
        """Where a clause begins without the "and" or "but" that ties it to the one before."""
        return first + 1 if first < last and self.tokens[first].tag == "CC" and self.inside[first] < 0 else first

    def credit(self, token: Token) -> None:
        """ "X claimed responsibility for Y", "no group has claimed responsibility"."""
        host = token.head
        if token.dep not in ("dobj", "nsubjpass") or host.lower not in self.words["claiming"]:
            return
        draft = Draft("responsibility", "claims_responsibility", host.i, cue_head=host.i)
        draft.cue = cue = self.cue_range(host)
        if token.dep == "nsubjpass":
            self.agent_source(host, draft)
            if draft.source is None and not is_negated(host):
                return
        else:
            self.subject_source(host, draft)
        nobody = is_negated(host) or any(self.tokens[i].lower == "yet" for i in range(*cue))
        if draft.source is not None and not nobody:
            nobody = any(
                self.tokens[i].lower in NOBODY for i in range(draft.source[0], min(draft.source[0] + 2, draft.source[1] + 1))
            )
        if nobody:
            draft.rule = "nobody"
            if draft.source is not None and draft.source[1] < cue[0]:
                draft.cue = (draft.source[0], cue[1])
            draft.source = draft.source_head = None
        last = self.right(token)
        for prep in host.kids("prep"):
            if prep.i > token.i and prep.lower == "for":
                last = max(last, self.right(prep))
        self.fill(draft, (self.left(token), last))
        draft.medium = self.medium(host, draft)
        self.drafts.append(draft)

    def unavailable(self, token: Token) -> None:
        """ "X could not be reached for comment", "was not available for comment"."""
        host = token.head.head
        if host.lower not in ("available", "reached", "unavailable"):
            return
        verb = host if host.is_verb else host.head
        subject = verb.child("nsubj", "nsubjpass")
        if subject is None or not (is_negated(verb) or host.lower == "unavailable"):
            return
        first = self.cue_range(verb)[0]
        draft = Draft("no_comment", "no_comment", host.i, cue=(first, max(host.i, verb.i)), cue_head=host.i)
        self.set_source(draft, subject)
        self.fill(draft, (token.i, token.i))
        self.drafts.append(draft)

    def noun(self, token: Token, cue: Cue) -> None:
        """ "the group's claim that …", "reports of …", "a denial of …"."""
        none = any(child.dep == "det" and child.lower in NOBODY for child in token.children)
        if token.lower in ("claim", "claims", "confirmation"):
            if self.noun_of_credit(token, none):
                return
        if none:
            return
        clause = self.noun_clause(token, cue)
        prep = None
        if clause is None:
            prep = self.noun_prep(token, cue)
            if prep is None:
                return
        draft = Draft("noun", cue.stance, token.i, cue=(token.i, token.i), cue_head=token.i, medium=cue.medium)
        self.noun_source(token, draft)
        if "given" in cue.takes and (draft.source is None or token.dep != "dobj" or token.child("poss") is not None):
            return
        if (
            clause is None
            and draft.source is None
            and cue.stance not in ("accuses", "doubts")
            and token.lower not in ("reports", "claims")
        ):
            return
        if draft.source is None and cue.base not in self.words["hearsay"]:
            return
        if clause is not None:
            self.fill(draft, self.whole_quotes((self.left(clause), self.right(clause)), token.i))
        elif prep is not None:
            draft.rule = "noun.prep"
            if prep.i == token.i + 1 and draft.cue is not None:
                draft.cue = (draft.cue[0], prep.i)
            self.fill(draft, (prep.i + 1, self.right(prep)))
        self.drafts.append(draft)

    def statement_below(self, token: Token) -> None:
        """ "X issued the following statement on the raid:" before a quotation: X says it."""
        host = token.head
        if token.dep != "dobj" or not host.is_verb or host.lower not in STATING or host.lower in self.lexicon.verbs:
            return
        if is_negated(host) or any(child.lower in NOBODY for child in token.kids("det")):
            return
        colon = next((i for i in range(token.i + 1, min(token.i + 14, len(self.tokens))) if self.tokens[i].text in ":.?!"), None)
        if colon is None or self.tokens[colon].text != ":":
            return
        first = colon + 1
        while first < len(self.tokens) and self.tokens[first].text.isspace():
            first += 1
        n = self.opens.get(first)
        if n is None or n in self.claimed:
            return
        draft = Draft("verb.quote", "asserts", host.i, cue=self.cue_range(host), cue_head=host.i, medium="statement", quoted=True)
        self.subject_source(host, draft)
        if draft.source is None:
            return
        draft.pieces = [(self.quotations[n].first, self.quotations[n].last)]
        self.claimed[n] = draft
        self.drafts.append(draft)

    def noun_of_credit(self, token: Token, none: bool) -> bool:
        """ "the group's claim of responsibility", "no claim of responsibility", "no independent confirmation of …"."""
        prep = token.child("prep")
        thing = prep.child("pobj") if prep is not None and prep.lower == "of" else None
        claimed = thing is not None and thing.lower in CREDIT and token.lower != "confirmation"
        if prep is None or thing is None or not (claimed or (none and token.lower == "confirmation")):
            return False
        stance: Stance = "claims_responsibility" if claimed else "cannot_confirm"
        draft = Draft("responsibility" if claimed else "noun.prep", stance, token.i, cue=(token.i, token.i), cue_head=token.i)
        self.noun_source(token, draft)
        if none:
            draft.rule, draft.source, draft.source_head = "nobody" if claimed else draft.rule, None, None
            draft.cue = (self.left(token), token.i)
        elif draft.source is None:
            return True
        self.fill(draft, (self.left(thing), self.right(thing)))
        self.drafts.append(draft)
        return True

    def noun_prep(self, token: Token, cue: Cue) -> Token | None:
        """The preposition that opens what a noun of speaking is about."""
        wanted = cue.preps | ({"of"} if "of" in cue.takes else set())
        if not wanted:
            return None
        for prep in token.kids("prep"):
            if prep.lower in wanted and prep.child("pobj", "pcomp") is not None:
                return prep
        return None

    def noun_source(self, token: Token, draft: Draft) -> None:
        """The owner of a claim: its possessor, "by X", "from X", or who makes it."""
        owner = token.child("poss")
        if owner is not None:
            self.set_source(draft, owner)
            first = (draft.source[1] + 1) if draft.source is not None else token.i
            if all(self.tokens[i].tag[:2] in ("JJ", "VB", "RB") for i in range(first, token.i)):
                draft.cue = (first, token.i)
            return
        for prep in token.children:
            if prep.dep in ("prep", "agent") and prep.lower in ("by", "from"):
                target = prep.child("pobj")
                if target is not None:
                    self.set_source(draft, target)
                    return
        first = token.i
        while first > 0 and self.tokens[first - 1].dep == "amod" and self.tokens[first - 1].head is token:
            first -= 1
        draft.cue = (first, token.i)
        host = token.head
        if token.dep == "dobj" and host.lower in self.words["giving"] and host.is_verb:
            self.subject_source(host, draft)
            if draft.source is not None:
                first = self.cue_range(host)[0]
                if draft.source[1] < first:
                    draft.cue = (first, token.i)

    def adverb(self, token: Token, cue: Cue) -> None:
        """ "reportedly", "allegedly": the clause is someone's word, no one says whose."""
        host = token.head
        if host is token:
            return
        if not host.is_verb and host.head is not host and host.head.is_verb and host.dep in ("aux", "auxpass", "advmod"):
            host = host.head
        span = (self.left(host), self.right(host))
        draft = Draft("adverb", cue.stance, token.i, cue=(token.i, token.i), cue_head=token.i)
        self.fill(draft, *self.around(span, (token.i, token.i)))
        self.drafts.append(draft)

    def signature(self, dash: Token) -> None:
        """A quotation signed with a dash and a name: its paragraph holds nothing else."""
        close = dash.i - 1
        while close > 0 and self.tokens[close].text.isspace():
            close -= 1
        if close not in self.closes:
            return
        start = dash.i + 1
        while start + 1 < len(self.tokens) and self.tokens[start].text.isspace():
            start += 1
        last = dash.i
        while last + 1 < len(self.tokens) and self.block[last + 1] == self.block[dash.i] and last - dash.i < 14:
            last += 1
        while last > dash.i and (self.tokens[last].text in EDGE or self.tokens[last].text.isspace()):
            last -= 1
        n = self.closes[close]
        quotation = self.quotations[n]
        ends = last + 1 >= len(self.tokens) or self.block[last + 1] != self.block[dash.i] or self.tokens[last + 1].text in EDGE
        alone = (
            quotation.first == 0
            or self.block[quotation.first - 1] != self.block[dash.i]
            or "\n" in self.tokens[quotation.first - 1].text
        )
        if last < start or not ends or not alone or n in self.claimed or not self.tokens[start].is_proper:
            return
        draft = Draft("signature", "asserts", dash.i, cue=(dash.i, dash.i), cue_head=dash.i, quoted=True)
        draft.source, draft.source_head = (start, last), self.top(start, last)
        draft.pieces = [(quotation.first, quotation.last)]
        self.claimed[n] = draft
        self.drafts.append(draft)

    def label(self, colon: Token) -> None:
        """A speaker named before a colon that opens a paragraph: a transcript, or a headline ("Army: ten killed in X")."""
        block, first = self.block[colon.i], colon.i - 1
        while first >= 0 and self.block[first] == block and colon.i - first < 6:
            first -= 1
        first += 1
        while first < colon.i and (
            self.tokens[first].text.isspace() or first in self.opens or self.tokens[first].text in OPEN_MARKS
        ):
            first += 1
        if first >= colon.i or (
            first > 0
            and self.block[first] == self.block[first - 1]
            and not ("\n" in self.tokens[first - 1].text or self.tokens[first - 1].text in OPEN_MARKS)
        ):
            return
        words = self.tokens[first : colon.i]
        head = self.tokens[self.top(first, colon.i - 1)]
        upper = capitals = all(word.text.isupper() and len(word.text) > 2 for word in words)
        titled = not upper and (first == 0 or (block <= 1 and all(word.is_noun for word in words)))
        lone = first == colon.i - 1 and first == 0 and head.text[0].isupper() and self.opens_headline(colon)
        named = head.ent in ("PERSON", "ORG", "NORP")
        voice = lone or named or head.lower in self.words["voice"] or head.lower in self.lexicon.media
        capitals = capitals and (
            head.lower in self.words["voice"] or self.parse.text.count(f"{self.parse.span(first, colon.i - 1).text}:") > 1
        )
        if not all(word.is_noun or word.tag in ("CC", "POS", "JJ", ",") for word in words) or not (
            capitals or (titled and voice)
        ):
            return
        last = colon.i
        while last + 1 < len(self.tokens) and self.block[last + 1] == block:
            last += 1
        while last in self.closes and self.quotations[self.closes[last]].first <= first and self.tokens[last].text in OPEN_MARKS:
            last -= 1
        draft = Draft("label", "asserts", colon.i, cue=(colon.i, colon.i), cue_head=colon.i)
        draft.source, draft.source_head = (first, colon.i - 1), head.i
        draft.pieces = self.trimmed([(colon.i + 1, last)])
        if draft.pieces and capitals and last == draft.pieces[-1][1] + 1 and self.tokens[last].text in SENTENCE_END:
            draft.pieces = [(draft.pieces[0][0], last)]
        if draft.pieces:
            for n in {self.inside[i] for i in range(draft.pieces[0][0], draft.pieces[0][1] + 1)} | {self.inside[first]}:
                self.claimed.setdefault(n, draft)
            self.drafts.append(draft)

    def opens_headline(self, colon: Token) -> bool:
        """Whether a whole statement follows the colon in a first line that ends without a verb of speaking."""
        line = [token for token in self.tokens[colon.i + 1 : colon.i + 25] if self.block[token.i] == self.block[colon.i]]
        subject = next((token for token in line if token.dep in ("nsubj", "nsubjpass", "expl")), None)
        return subject is not None and subject.i - colon.i < 6 and any(token.tag in ("VBZ", "VBP", "VBD", "MD") for token in line)

    def top(self, first: int, last: int) -> int:
        """The token of a range whose head lies outside it."""
        for i in range(first, last + 1):
            if not first <= self.tokens[i].head.i <= last or self.tokens[i].head is self.tokens[i]:
                return i
        return last

    def freeze(self, draft: Draft) -> FoundAttribution:
        span = self.parse.span
        record = Attribution(
            source=span(*draft.source) if draft.source is not None else None,
            cue=span(*draft.cue) if draft.cue is not None else None,
            content=tuple(span(*piece) for piece in draft.pieces),
            stance=draft.stance,
            medium=draft.medium,
        )
        return FoundAttribution(
            record, draft.source, draft.source_head, draft.cue, draft.cue_head, tuple(draft.pieces), draft.quoted, draft.rule
        )


def _place(found: FoundAttribution) -> tuple[int, bool, int, int]:
    """Where an attribution begins, the wider one first; who is cited comes after who cites, the inner voice last."""
    ranges = [r for r in (found.source, found.cue, *found.content) if r is not None]
    cue = found.cue[0] if found.cue is not None else -1
    return min(r[0] for r in ranges), found.rule == "citing", -max(r[1] for r in ranges), cue
