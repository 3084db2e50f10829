"""Finds who says what: every source, cue and content of a text, direct and indirect.

A *source* is the whole noun phrase that names the speaker; a *cue* the word or words that tell of the speaking, with
auxiliaries and adverbs that touch them; a *content* the clause, phrase or quotation that is said, with its "that" and its
quotation marks. Contents nest, so the chain of voices over any token is read from the contents that hold it, outside in.
The conventions follow PolNeAR (Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportedly.knowledge.cues import Cue, CueLexicon, load_cues
from reportedly.reading.parse import Parse, Token
from reportedly.reading.quotations import Quotation, find_quotations
from reportedly.records import Attribution, Medium, Stance

Range = tuple[int, int]

EDGE = frozenset([",", ".", ";", ":", "-", "--", "—", "–", "―", "...", "…", "?", "!", "(", ")"])
"""Punctuation that never begins or ends a content outside quotation marks."""
LEADS_OUT = frozenset([",", "-", "--", "—", "–", "―", "?", "!"])
CONNECTIVES = frozenset(
    ["however", "meanwhile", "still", "instead", "moreover", "furthermore", "nevertheless", "also", "additionally"]
)
CONCESSIONS = frozenset(["though", "although", "while", "whereas"])
SENTENCE_END = frozenset([".", "?", "!"])
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
SUBJECTS = ("nsubj", "csubj")
AUXILIARIES = frozenset(["aux", "auxpass", "neg", "advmod"])
RELATIVES = frozenset(["WP", "WDT"])
CLAUSES = frozenset(["ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "dep", "csubj"])
ATTRIBUTIVE = frozenset(["amod", "compound", "nmod", "aux", "auxpass", "det", "nummod"])

CONFIRMING = frozenset(["confirm", "verify", "corroborate", "authenticate", "establish", "determine"])
SAYING = frozenset(["say", "comment", "respond", "reply", "answer", "elaborate", "disclose", "specify", "reveal", "explain"])
COMMENTING = SAYING | frozenset(
    ["discuss", "speak", "talk", "speculate", "identify", "name", "provide", "give", "confirm", "release"]
)
HOSTILE = frozenset(
    "retaliate avenge attack strike destroy punish kill hit crush target bomb fight eliminate annihilate respond hunt invade "
    "execute behead burn escalate continue resist wipe bring make wage launch storm seize capture pursue defeat shoot deal".split()
)
HOSTILE_NOUNS = frozenset(
    "revenge vengeance retaliation retribution attack attacks war reprisal reprisals response punishment".split()
)
CREDIT = frozenset(["responsibility", "credit"])
CREDIT_VERBS = frozenset(
    f for stem in ("claim", "assum", "accept") for f in (f"{stem}ed", f"{stem}ing", f"{stem}s", f"{stem}es", stem, f"{stem}e")
) | frozenset(["take", "takes", "took", "taken", "taking"])
ACTS = frozenset(
    "attack attacks bombing bombings blast blasts killing killings ambush ambushes strike strikes explosion explosions "
    "assassination assassinations raid raids operation operations assault assaults shooting shootings abduction abductions "
    "kidnapping kidnappings hijacking murder murders massacre shelling downing".split()
)
OPEN_MARKS = frozenset(["“", "”", '"', "''", "``"])
DASHES = frozenset(["-", "--", "—", "–", "―"])
NOBODY = frozenset(["no", "none", "neither", "nobody", "no-one"])
NOT_VOICES = frozenset(
    "plan plans schedule law laws constitution tradition custom legend rule rules protocol calendar size age need needs ability "
    "abilities preference preferences map clock type rank weight wishes taste circumstances situation timetable procedure "
    "procedures logic article alphabet height priority merit proportion".split()
) - {"article"}
VOICE_NOUNS = frozenset(
    "official officials source sources police witness witnesses resident residents spokesman spokeswoman spokesperson "
    "spokespeople media report reports statement statements agency agencies newspaper minister authorities army military "
    "government officer officers doctors medics activists relatives analysts observers diplomats documents data figures "
    "records commander commanders ministry group leaders elders villagers locals survivors prosecutors investigators monitors "
    "security people study survey letter video channel outlet outlets website network".split()
)
VOICE_ENTITIES = frozenset(["PERSON", "ORG", "GPE", "NORP"])
EXPRESSING = frozenset(["express", "voice"])
OBJECT_PREPS = frozenset(["as", "of", "for"])
GIVING = frozenset(
    "make makes made making issue issues issued issuing have has had having express expresses expressed expressing voice voiced "
    "give gives gave given giving repeat repeated repeating release released releasing file filed level leveled levelled raise "
    "raised raising renew renewed deliver delivered reiterate reiterated post posted published publish".split()
)
MEDIUM_PREPS = frozenset(["in", "on", "via", "through", "during", "by", "at", "over", "to"])


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


@dataclass
class _Draft:
    """An attribution while it is put together."""

    rule: str
    stance: Stance
    at: int
    cue: Range | None = None
    cue_head: int | None = None
    source: Range | None = None
    source_head: int | None = None
    pieces: list[Range] = field(default_factory=list)
    medium: Medium | None = None
    quoted: bool = False


def find_attributions(parse: Parse) -> list[FoundAttribution]:
    """Every attribution of a text, in the order in which their first words stand."""
    return _Finder(parse, load_cues()).run()


class _Finder:
    """The rules over one parse."""

    def __init__(self, parse: Parse, lexicon: CueLexicon) -> None:
        self.parse, self.tokens, self.lexicon = parse, parse.tokens, lexicon
        self.quotations = find_quotations(parse)
        self.opens = {quotation.first: n for n, quotation in enumerate(self.quotations)}
        self.closes = {quotation.last: n for n, quotation in enumerate(self.quotations)}
        self.inside = [-1] * len(self.tokens)
        for n, quotation in enumerate(self.quotations):
            for i in range(quotation.first, quotation.last + 1):
                self.inside[i] = n
        self.block = self.blocks()
        self.claimed: dict[int, _Draft] = {}
        self.drafts: list[_Draft] = []
        self.done: set[int] = set()

    def blocks(self) -> list[int]:
        """The number of the paragraph of each token: no clause reaches over the end of one, whatever the parse says."""
        numbers, number = [], 0
        for token in self.tokens:
            if token.text[0] == "\n" or (token.text[0].isspace() and "\n" in token.text):
                number += 1
            numbers.append(number)
        return numbers

    def run(self) -> list[FoundAttribution]:
        verbs, nouns, adverbs = self.lexicon.verbs, self.lexicon.nouns, self.lexicon.adverbs
        for token in self.tokens:
            lower, kind = token.lower, token.tag[0]
            if kind == "V":
                if lower in verbs:
                    self.verb(token, verbs[lower])
                elif lower == "according":
                    self.according(token)
            elif kind == "N":
                if lower in CREDIT:
                    self.credit(token)
                elif lower == "comment" and token.dep == "pobj":
                    self.unavailable(token)
                elif lower in nouns:
                    self.noun(token, nouns[lower])
            elif lower in adverbs:
                self.adverb(token, adverbs[lower])
            elif lower == "according":
                self.according(token)
            elif token.text in DASHES:
                self.signature(token)
            elif token.text == ":" and (token.i < 6 or self.block[token.i - 6] != self.block[token.i]):
                self.label(token)
        self.carry()
        found = [self.freeze(draft) for draft in self.kept()]
        return sorted(found, key=_place)

    def kept(self) -> list[_Draft]:
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

    # --- verbs

    def verb(self, token: Token, cue: Cue) -> None:
        """An attribution by a verb: its source, and whichever of its complements may be a content."""
        if token.i in self.done or token.dep in ATTRIBUTIVE or token.child("prt") is not None and cue.base == "tell":
            return
        turned = token.tag == "VBN" and "quote" in cue.takes and self.follows_quote(token)
        passive = token.child("auxpass") is not None or (
            token.tag == "VBN" and not turned and not any(c.dep == "aux" for c in token.children)
        )
        if passive and token.child("auxpass") is None and token.dep not in ("acl", "advcl", "conj", "ROOT", "ccomp"):
            return
        if token.tag == "VB" and not self.is_done(token):
            return
        governor = self.lexicon.verbs.get(token.head.lower) if token.dep == "xcomp" else None
        if governor is not None and governor.stance == "no_comment":
            return
        draft = _Draft("mind" if "mind" in cue.takes else "verb", cue.stance, token.i, cue_head=token.i, medium=cue.medium)
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
        draft.medium = draft.medium or self.medium(token, draft, "addressee" in cue.takes)
        self.drafts.append(draft)

    def is_done(self, token: Token) -> bool:
        """Whether an infinitive tells of speech that took place: "went on to say", "did not comment", not "would say", "to tell"."""
        aux = [child.lower for child in token.children if child.dep == "aux"]
        if "to" in aux:
            return token.dep == "xcomp" and token.head.lower in IMPLICATIVE
        if any(word in ("did", "do", "does") for word in aux):
            return True
        return _is_negated(token) and bool(aux)

    def is_voiced(self, token: Token, draft: _Draft, passive: bool) -> bool:
        """Whether someone may speak here: no imperative, no plan or law, no "I think" inside the words of another."""
        if draft.source_head is None or draft.source is None:
            possible = any(child.dep == "aux" and child.lower in POSSIBLE for child in token.children)
            if not passive or (possible and not _is_negated(token)):
                return False
            if draft.rule.endswith((".clause", ".quote")):
                subject = token.child("nsubjpass", "expl", "nsubj")
                return subject is not None and subject.lower in ("it", "there") and draft.pieces[0][0] > token.i
            return True
        head = self.tokens[draft.source_head]
        if head.lower in NOT_VOICES:
            return False
        if draft.rule.startswith("mind"):
            if head.lower in ("i", "we", "you", "everyone", "anyone", "it"):
                return False
            return self.inside[token.i] < 0 or head.tag != "PRP"
        return not (head.lower == "you" or (self.inside[token.i] >= 0 and head.lower in ("i", "we")))

    def is_utterance(self, token: Token, draft: _Draft) -> bool:
        """Whether a cue in a dependent clause is more than a trait of the thing it describes ("a problem that demands …")."""
        if token.dep == "xcomp" and token.tag == "VBG":
            return token.head.lower in IMPLICATIVE
        told = draft.rule.startswith(("quoted", "citing", "responsibility")) or draft.rule.endswith(
            (".clause", ".quote", ".passive")
        )
        if told or draft.source_head is None or draft.source is None:
            return True
        head = self.tokens[draft.source_head].lower
        speaks = head in self.lexicon.media or head in VOICE_NOUNS
        if token.dep == "acl":
            return speaks
        return self.tokens[draft.source[0]].lower not in ("that", "which") or speaks

    def contents(self, token: Token, cue: Cue, draft: _Draft, passive: bool) -> bool:
        """Fills the draft with the first complement that the cue takes; False if there is none."""
        takes = cue.takes
        if token.dep == "advcl" and "clause" in takes and _has_mark(token, "as") and token.child("ccomp") is None:
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
                before = self.quote_before(token, draft)
                if before is not None and clause is not None and clause.i > token.i and self.inside[clause.i] < 0:
                    spoken = (
                        token.dep != "conj" and not _has_mark(clause, "that") and self.begins_sentence(self.quotations[before])
                    )
                    before, clause = (before, None) if spoken else (None, clause)
                if (
                    before is not None
                    and after is not None
                    and self.tokens[self.quotations[after].first - 1].text not in (",", ":")
                ):
                    after = None
                if token.tag == "VBG" and (after is not None or clause is not None):
                    before = None
            if clause is not None or before is not None or after is not None:
                self.fill_clause(token, draft, clause, before, after)
                if draft.pieces:
                    return True
        complement = token.child("xcomp") or self.controlled(token)
        if complement is not None:
            if complement.lower in ANONYMOUS and token.lower == "asked":
                return False
            if "infinitive" in takes and _is_infinitive(complement):
                return self.fill_infinitive(token, draft, complement, passive)
            if "gerund" in takes and complement.tag == "VBG":
                draft.rule += ".gerund"
                return self.fill(draft, (self.left(complement), self.right(complement)))
        if cue.base == "claim" and self.fill_claimed(token, draft, passive):
            return True
        if "pointout" in takes or "layout" in takes:
            if self.fill_particle(token, draft):
                return True
        return self.fill_object(token, cue, draft, passive) or (
            "quote" in takes and not passive and self.fill_sentence(token, draft)
        )

    def fill_sentence(self, token: Token, draft: _Draft) -> bool:
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

    def fill_host(self, token: Token, draft: _Draft) -> bool:
        """ "As X reported, …", "…, as reported by X": the clause that the "as" hangs on."""
        host = token.head
        if draft.source is None or not host.is_verb or token.child("dobj") is not None:
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
            elif child.dep in ("advcl", "acl", "relcl") and clause is None and child.i > token.i and _has_mark(child, "that"):
                clause = child
        clause = clause or self.hidden(token, takes)
        if clause is not None:
            if clause.tag == "VBG" and clause.child("aux", "nsubj") is None and "gerund" not in takes:
                return None
            return clause
        if token.dep == "parataxis" and not passive and self.block[token.head.i] == self.block[token.i]:
            return token.head
        return None

    def hidden(self, token: Token, takes: frozenset[str]) -> Token | None:
        """A that-clause the parse hangs on a noun in between: "said in a video that …", "told reporters in X that …"."""
        for child in token.children:
            if child.i < token.i or not (
                (child.dep == "prep" and child.lower in MEDIUM_PREPS) or (child.dep in ("dobj", "dative") and "addressee" in takes)
            ):
                continue
            noun: Token | None = child if child.dep != "prep" else child.child("pobj")
            while noun is not None:
                for clause in noun.children:
                    if clause.dep in ("relcl", "acl", "ccomp") and self.is_said(clause):
                        return clause
                prep = noun.child("prep")
                noun = prep.child("pobj") if prep is not None else None
        return None

    def is_said(self, clause: Token) -> bool:
        """Whether a that-clause has a subject of its own, so that "that" is no relative pronoun."""
        opened = any(child.lower == "that" and child.dep in ("mark", "dobj") and child.i < clause.i for child in clause.children)
        return opened and any(child.dep in ("nsubj", "nsubjpass", "expl") and child.lower != "that" for child in clause.children)

    def controlled(self, token: Token) -> Token | None:
        """An infinitive that the parse hangs on the verb under another label."""
        for child in token.children:
            if child.dep in ("advcl", "ccomp") and child.i > token.i and child.i - token.i < 12 and _is_infinitive(child):
                return child
        return None

    def fill_clause(self, token: Token, draft: _Draft, clause: Token | None, before: int | None, after: int | None) -> None:
        """The content from a clause, from quotations beside the cue, or from both where they overlap."""
        pieces: list[Range] = []
        if clause is not None:
            frame = self.frame(token, draft)
            if clause.i > frame[0] and token.dep != "parataxis":
                frame = (frame[0], max(token.i, min(frame[1], self.left(clause) - 1)))
            span = self.clause_range(token, draft, clause, frame)
            pieces = [self.whole_quotes(piece, token.i) for piece in self.around(span, frame)] if span is not None else []
            pieces = self.fronted(token, clause, frame, pieces)
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
        """What stands before the words of speaking where they are put into the middle of a sentence ("If it rains, he said, …")."""
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

    def clause_range(self, token: Token, draft: _Draft, clause: Token, frame: Range) -> Range | None:
        """The tokens of the clause said; one before its cue reaches back to the beginning of the sentence."""
        first, last = self.left(clause), self.right(clause)
        if clause.i > token.i and token.dep == "parataxis":
            return first, last
        if clause.i > token.i:
            first, last = max(first, token.i + 1), self.cut_tail(clause, last)
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
        if self.tokens[first].lower in CONNECTIVES and self.tokens[first + 1].text == ",":
            first += 2
        return (first, max(last, frame[0] - 1)) if first < frame[0] else None

    def cut_tail(self, clause: Token, last: int) -> int:
        """The end of a clause said, without what the reporter adds: ", though …", ", adding …", "and Y said …"."""
        tokens, verbs = self.tokens, self.lexicon.verbs
        for i in range(clause.i + 1, last):
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
                and not _has_mark(child, "that")
            ):
                cue = verbs[child.lower]
                if "mind" not in cue.takes and "quote" in cue.takes:
                    end = self.left(child) - 1
                    while end > clause.i and (tokens[end].tag == "CC" or tokens[end].text in EDGE):
                        end -= 1
                    return min(last, end)
        return last

    def cut_aside(self, first: int, last: int) -> int:
        """The end of a thing spoken of, without what the reporter knows of it: ", which …", ", who …"."""
        for i in range(first + 1, last):
            if self.tokens[i].text == "," and self.inside[i] < 0 and self.tokens[i + 1].tag in ("WDT", "WP", "WP$", "WRB"):
                return i - 1
        return last

    def frame(self, token: Token, draft: _Draft) -> Range:
        """The stretch from source to cue, which is no part of the content around it."""
        ends = [draft.cue] if draft.cue is not None else [(token.i, token.i)]
        if draft.source is not None and abs(draft.source[0] - token.i) < 80 and self.tokens[draft.source[0]].sent == token.sent:
            ends.append(draft.source)
        first, last = min(r[0] for r in ends), max(r[1] for r in ends)
        for child in token.children:
            if child.dep in ("npadvmod", "prep", "advmod", "dative", "dobj", "tmod") and child.i > token.i:
                right = self.right(child)
                if right > last and self.left(child) <= last + 1:
                    last = right
        return first, last

    def around(self, span: Range, frame: Range) -> list[Range]:
        """What is left of a span without the frame in its middle or at its end."""
        first, last = span
        if frame[1] < first or frame[0] > last:
            return [span]
        pieces = []
        if first < frame[0]:
            pieces.append((first, frame[0] - 1))
        if last > frame[1]:
            pieces.append((frame[1] + 1, last))
        return pieces

    def whole_quotes(self, piece: Range, at: int) -> Range:
        """A content that cuts through a quotation, widened to hold it whole."""
        first, last = piece
        mine = self.inside[at]
        n = self.inside[first]
        if n >= 0 and n != mine and first - self.quotations[n].first <= 1:
            first = self.quotations[n].first
        n = self.inside[last]
        if n >= 0 and n != mine:
            quotation = self.quotations[n]
            if quotation.first >= first or quotation.first == first:
                last = quotation.last
        return first, last

    def fill_infinitive(self, token: Token, draft: _Draft, complement: Token, passive: bool) -> bool:
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
        return self.fill(draft, (max(first, token.i + 1), last))

    def fill_claimed(self, token: Token, draft: _Draft, passive: bool) -> bool:
        """ "X claimed the attack", "an attack claimed by X": not "the attack claimed five lives"."""
        if passive:
            thing = token.child("nsubjpass") or (token.head if token.dep == "acl" else None)
            while thing is not None and thing.lower not in ACTS and thing.dep == "pobj" and thing.head.head.is_noun:
                thing = thing.head.head
        else:
            thing = token.child("dobj")
        if thing is None or thing.lower not in ACTS or draft.source_head is None or self.tokens[draft.source_head].lower in ACTS:
            return False
        draft.rule, draft.stance = "responsibility", "claims_responsibility"
        last = self.right(thing) if thing.i > token.i or token.dep != "acl" else token.i - 1
        return self.fill(draft, (self.left(thing), last))

    def fill_particle(self, token: Token, draft: _Draft) -> bool:
        """ "pointed out that", "laid out plans", "spelled out"."""
        particle = token.child("prt")
        target = token.child("dobj")
        if particle is None or target is None or target.i < token.i:
            return False
        draft.rule += ".object"
        return self.fill(draft, (self.left(target), self.right(target)))

    def fill_object(self, token: Token, cue: Cue, draft: _Draft, passive: bool) -> bool:
        """ "condemned the attack", "called it a lie", "warned of reprisals", "was rejected by X"."""
        takes = cue.takes
        if passive:
            return self.fill_passive(token, cue, draft)
        nominal = token.child("xcomp")
        if "object" in takes and nominal is not None and nominal.i == token.i + 1 and nominal.tag in ("VBG", "VBN"):
            draft.rule += ".object"
            return self.fill(draft, (nominal.i, self.right(nominal)))
        charged = cue.stance == "accuses" and self.complement_prep(token, "with", "of", "over") is not None
        target = token.child("dobj", "dative") if takes & {"object", "as", "predicate"} or charged else None
        if target is not None and (takes & {"object", "as"} or charged):
            return self.fill_target(token, cue, draft, target)
        if not cue.preps or (cue.base in ("respond", "reply") and not _is_negated(token)):
            return False
        for prep in token.kids("prep", "prt"):
            if prep.lower in cue.preps and token.i < prep.i <= token.i + 2 and not self.is_when(prep):
                return self.fill_prep(token, draft, prep)
        return False

    def fill_target(self, token: Token, cue: Cue, draft: _Draft, target: Token) -> bool:
        if "as" in cue.takes and "object" not in cue.takes and self.complement_prep(token, "as") is None:
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
            if child.i > target.i and (
                (child.dep == "prep" and child.lower in preps)
                or child.dep in ("oprd", "xcomp")
                or (cue.base == "show" and child.dep == "prep")
            ):
                last = max(last, self.right(child))
        draft.rule += ".object"
        return self.fill(draft, (first, self.cut_aside(target.i, last)))

    def fill_prep(self, token: Token, draft: _Draft, prep: Token) -> bool:
        """ "called for a truce", "called on X to leave", "warned of reprisals"."""
        inner = prep
        if prep.child("pobj", "pcomp") is None:
            following = token.child("prep")
            if following is None or following.i != prep.i + 1:
                return False
            inner = following
        last = self.right(inner)
        for child in token.children:
            if child.dep in ("xcomp", "advcl") and child.i > inner.i and _is_infinitive(child):
                last = max(last, self.right(child))
        if draft.cue is not None and inner.i <= draft.cue[1] + 2:
            draft.cue = (draft.cue[0], inner.i)
        draft.rule += ".prep"
        return self.fill(draft, (inner.i + 1, last))

    def is_when(self, prep: Token) -> bool:
        target = prep.child("pobj")
        return target is not None and target.ent in ("DATE", "TIME")

    def fill_predicate(self, token: Token, draft: _Draft) -> bool:
        """ "called the raid a crime": the thing and what it is called."""
        predicate = token.child("oprd") or token.child("xcomp", "ccomp")
        target = token.child("dobj")
        if predicate is not None and predicate.i > token.i and not _is_infinitive(predicate):
            first = self.left(predicate) if target is None else min(self.left(target), self.left(predicate))
            pieces = [(max(first, token.i + 1), self.right(predicate))]
            if target is not None and target.i < token.i:
                pieces = [(target.i, target.i), (self.left(predicate), self.right(predicate))]
            draft.rule += ".predicate"
            return self.fill(draft, *pieces)
        if target is not None and target.i > token.i and self.is_described(target):
            draft.rule += ".predicate"
            return self.fill(draft, (self.left(target), self.right(target)))
        return False

    def is_described(self, target: Token) -> bool:
        """Whether what is called something and what it is called were read as one phrase."""
        if any(child.i > target.i and child.dep in ("amod", "appos", "oprd", "npadvmod") for child in target.children):
            return True
        return any(self.inside[i] >= 0 for i in range(target.i, self.right(target) + 1))

    def fill_passive(self, token: Token, cue: Cue, draft: _Draft) -> bool:
        """ "The claim was rejected by X", "an attack condemned by X", "X was accused of Y", "could not be verified"."""
        subject = token.child("nsubjpass")
        if subject is not None and subject.lower in CREDIT:
            return False
        unconfirmed = cue.base in CONFIRMING and _is_negated(token)
        accused = self.complement_prep(token, "of", "for", "on") if cue.stance == "accuses" else None
        viewed = self.complement_prep(token, "as") if "as" in cue.takes else None
        predicate = token.child("oprd") if "predicate" in cue.takes else None
        extra = accused or viewed or predicate
        bare = token.child("auxpass") is None
        if draft.source is None and not unconfirmed and (extra is None or bare):
            return False
        if not (cue.takes & {"object", "clause", "as", "predicate"} or extra):
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
        elif draft.cue is not None and draft.source is not None and draft.source[0] == draft.cue[1] + 2:
            draft.cue = (draft.cue[0], draft.cue[1] + 1)
        return self.fill(draft, *pieces)

    def quoted_as(self, token: Token, cue: Cue, draft: _Draft, passive: bool) -> bool:
        """ "quoted X as saying", "X was quoted as saying", "citing X": who is quoted is a source of their own."""
        if "quoteas" not in cue.takes:
            return False
        prep = self.complement_prep(token, "as")
        saying = prep.child("pcomp") if prep is not None else None
        if prep is not None and saying is not None and saying.tag == "VBG":
            target = token.child("nsubjpass") if passive else token.child("dobj")
            inner = _Draft("quoted_as", "asserts", token.i, cue_head=saying.i)
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
        if cue.base != "cite" or passive or target is None or not _is_voice(target):
            return False
        return self.citing(token, draft, target)

    def citing(self, token: Token, draft: _Draft, target: Token) -> bool:
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

    # --- quotations beside a verb

    def quote_before(self, token: Token, draft: _Draft) -> int | None:
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
                return self.closes[i] if quotation.speech or clause or self.tokens[i - 1].text in (",", "?", "!") else None
            near = self.tokens[i]
            if not (near.text in (",", "-", "--", "—", "–") or near.text == " " or near.tag in ("RB", "CC")):
                return None
            i -= 1
        return None

    def quote_after(self, token: Token, draft: _Draft) -> int | None:
        """The quotation that the words of speaking lead up to, over a colon into the next paragraph too."""
        if self.inside[token.i] >= 0 or draft.cue is None:
            return None
        last = draft.cue[1]
        if draft.source is not None and draft.source[0] > last and draft.source[0] - last < 3:
            last = draft.source[1]
        opened = False
        for i in range(last + 1, min(last + 18, len(self.tokens))):
            near = self.tokens[i]
            if i in self.opens:
                quotation = self.quotations[self.opens[i]]
                return self.opens[i] if quotation.speech or self.tokens[i - 1].text in (",", ":") else None
            if near.text == ":":
                opened = True
            elif near.text in SENTENCE_END or near.tag in FINITE or near.lower in ("that", "if", "whether"):
                return None
            elif near.text.isspace() and "\n" in near.text and not opened:
                return None
        return None

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
                draft = _Draft(
                    "quote.carried", "asserts", quotation.first, source=speaker.source, source_head=speaker.source_head
                )
                draft.pieces, draft.quoted, draft.medium = [(quotation.first, quotation.last)], True, speaker.medium
                self.claimed[n] = draft
                self.drafts.append(draft)
                last_quoted = draft

    def extend(self, n: int, quotation: Quotation, draft: _Draft) -> None:
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

    def follows(self, quotation: Quotation, draft: _Draft) -> bool:
        """Whether the quotation comes straight after the sentence of a quoted attribution in the same paragraph."""
        if draft.cue is None:
            return False
        end = max(draft.cue[1], draft.pieces[-1][1], draft.source[1] if draft.source is not None else 0)
        if self.paragraph(end) != self.paragraph(quotation.first):
            return False
        return self.tokens[quotation.first].sent - self.tokens[end].sent <= 1

    def goes_on(self, quotation: Quotation, draft: _Draft, latest: _Draft | None) -> bool:
        """Whether no one else has spoken since, in the same paragraph."""
        return latest is draft and self.paragraph(draft.pieces[-1][1]) == self.paragraph(quotation.first)

    def explains(self, quotation: Quotation, draft: _Draft) -> bool:
        """Whether a quotation follows what its speaker was just said to have stated: "X said … . “…”"."""
        if draft.stance != "asserts" or draft.source is None or not draft.rule.startswith("verb") or not draft.pieces:
            return False
        end = max(draft.at, draft.pieces[-1][1])
        same = self.paragraph(end) == self.paragraph(quotation.first)
        return same and 0 <= self.tokens[quotation.first].sent - self.tokens[end].sent <= 1

    def near(self, quotation: Quotation, draft: _Draft) -> bool:
        """Whether an attribution stands in the same paragraph or in the one before."""
        return (
            self.paragraph(quotation.first) - self.paragraph(draft.at) <= 1 if not draft.quoted else self.after(quotation, draft)
        )

    def after(self, quotation: Quotation, draft: _Draft) -> bool:
        return self.paragraph(quotation.first) - self.paragraph(max(draft.at, draft.pieces[-1][1] if draft.pieces else 0)) <= 1

    def paragraph(self, i: int) -> int:
        return self.parse.paragraph_of(self.tokens[i].start)

    # --- other cues

    def according(self, token: Token) -> None:
        """ "according to X": X says the clause it stands in."""
        prep = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if prep is None or prep.lower != "to":
            return
        target = prep.child("pobj") or prep.child("pcomp")
        if target is None or target.lower in NOT_VOICES:
            return
        draft = _Draft("according", "asserts", token.i, cue=(token.i, token.i + 1), cue_head=token.i)
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
        draft.pieces = pieces
        draft.medium = self.medium(token, draft)
        self.drafts.append(draft)

    def credit(self, token: Token) -> None:
        """ "X claimed responsibility for Y", "no group has claimed responsibility"."""
        host = token.head
        if token.dep not in ("dobj", "nsubjpass") or host.lower not in CREDIT_VERBS:
            if token.dep in ("pobj", "dobj") or token.child("prep") is None:
                return
            return
        draft = _Draft("responsibility", "claims_responsibility", host.i, cue_head=host.i)
        cue = self.cue_range(host)
        draft.cue = cue
        passive = token.dep == "nsubjpass"
        if passive:
            self.agent_source(host, draft)
            if draft.source is None and not _is_negated(host):
                return
        else:
            self.subject_source(host, draft)
        nobody = _is_negated(host) or any(self.tokens[i].lower == "yet" for i in range(*cue))
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
        prep = host.child("prep")
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
        if subject is None or not (_is_negated(verb) or host.lower == "unavailable"):
            return
        first = self.cue_range(verb)[0]
        draft = _Draft("no_comment", "no_comment", host.i, cue=(first, max(host.i, verb.i)), cue_head=host.i)
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
        draft = _Draft("noun", cue.stance, token.i, cue=(token.i, token.i), cue_head=token.i, medium=cue.medium)
        self.noun_source(token, draft)
        if (
            clause is None
            and draft.source is None
            and cue.stance not in ("accuses", "doubts")
            and token.lower not in ("reports", "claims")
        ):
            return
        if clause is not None:
            self.fill(draft, self.whole_quotes((self.left(clause), self.right(clause)), token.i))
        elif prep is not None:
            draft.rule = "noun.prep"
            if prep.i == token.i + 1 and draft.cue is not None:
                draft.cue = (draft.cue[0], prep.i)
            self.fill(draft, (prep.i + 1, self.right(prep)))
        self.drafts.append(draft)

    def noun_of_credit(self, token: Token, none: bool) -> bool:
        """ "the group's claim of responsibility", "no claim of responsibility", "no independent confirmation of …"."""
        prep = token.child("prep")
        thing = prep.child("pobj") if prep is not None and prep.lower == "of" else None
        claimed = thing is not None and thing.lower in CREDIT and token.lower != "confirmation"
        if prep is None or thing is None or not (claimed or (none and token.lower == "confirmation")):
            return False
        stance: Stance = "claims_responsibility" if claimed else "cannot_confirm"
        draft = _Draft("responsibility" if claimed else "noun.prep", stance, token.i, cue=(token.i, token.i), cue_head=token.i)
        self.noun_source(token, draft)
        if none:
            draft.rule, draft.source, draft.source_head = "nobody" if claimed else draft.rule, None, None
            draft.cue = (self.left(token), token.i)
        elif draft.source is None:
            return True
        self.fill(draft, (self.left(thing), self.right(thing)))
        self.drafts.append(draft)
        return True

    def noun_clause(self, token: Token, cue: Cue) -> Token | None:
        for child in token.children:
            if child.i < token.i or child.dep not in ("acl", "ccomp", "relcl", "xcomp"):
                continue
            if "clause" in cue.takes and child.dep in ("acl", "ccomp") and _has_mark(child, "that"):
                return child
            if "infinitive" in cue.takes and child.dep in ("acl", "xcomp") and _is_infinitive(child):
                return child
        return None

    def noun_prep(self, token: Token, cue: Cue) -> Token | None:
        wanted = cue.preps | ({"of"} if "of" in cue.takes else set())
        if not wanted:
            return None
        for prep in token.kids("prep"):
            if prep.lower in wanted and prep.child("pobj", "pcomp") is not None:
                return prep
        return None

    def noun_source(self, token: Token, draft: _Draft) -> None:
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
        if token.dep == "dobj" and host.lower in GIVING and host.is_verb:
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
        draft = _Draft("adverb", cue.stance, token.i, cue=(token.i, token.i), cue_head=token.i)
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
        draft = _Draft("signature", "asserts", dash.i, cue=(dash.i, dash.i), cue_head=dash.i, quoted=True)
        draft.source, draft.source_head = (start, last), self.top(start, last)
        draft.pieces = [(quotation.first, quotation.last)]
        self.claimed[n] = draft
        self.drafts.append(draft)

    def label(self, colon: Token) -> None:
        """A speaker named before a colon at the beginning of a paragraph: a transcript, or a headline ("Army: ten killed in X")."""
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
        titled = not upper and first == 0 or (block <= 1 and all(word.is_noun for word in words))
        voice = head.lower in VOICE_NOUNS or head.lower in self.lexicon.media or head.ent in ("PERSON", "ORG", "NORP")
        capitals = capitals and (
            head.lower in VOICE_NOUNS or self.parse.text.count(f"{self.parse.span(first, colon.i - 1).text}:") > 1
        )
        if not all(word.is_noun or word.tag in ("CC", "POS", "JJ", ",") for word in words) or not (
            capitals or (titled and voice)
        ):
            return
        last = colon.i
        while last + 1 < len(self.tokens) and self.block[last + 1] == block:
            last += 1
        while last in self.closes and self.quotations[self.closes[last]].first <= first:
            last -= 1
        draft = _Draft("label", "asserts", colon.i, cue=(colon.i, colon.i), cue_head=colon.i)
        draft.source, draft.source_head = (first, colon.i - 1), head.i
        draft.pieces = self.trimmed([(colon.i + 1, last)])
        if draft.pieces:
            for n in {self.inside[i] for i in range(draft.pieces[0][0], draft.pieces[0][1] + 1)} | {self.inside[first]}:
                self.claimed.setdefault(n, draft)
            self.drafts.append(draft)

    def top(self, first: int, last: int) -> int:
        """The token of a range whose head lies outside it."""
        for i in range(first, last + 1):
            if not first <= self.tokens[i].head.i <= last or self.tokens[i].head is self.tokens[i]:
                return i
        return last

    # --- sources and cues

    def subject_source(self, token: Token, draft: _Draft) -> None:
        """The subject of the verb, or of the verb it depends on or is joined to."""
        verb, steps = token, 0
        while steps < 6:
            subject = verb.child("nsubj") or (verb.child("nsubjpass") if verb is not token else None)
            if subject is not None and subject.dep != "expl":
                self.set_source(draft, subject, postposed=subject.i > token.i)
                return
            if verb is token:
                inverted = self.inverted(token)
                if inverted is not None:
                    self.set_source(draft, inverted, postposed=True)
                    return
            if verb.dep in ("acl", "relcl"):
                if verb.head.is_noun or verb.head.tag == "PRP":
                    self.set_source(draft, verb.head, before=verb.i)
                return
            if verb.dep == "pcomp" and verb.head.head.is_noun:
                return
            if verb.dep == "pcomp":
                verb = verb.head
            controller = verb.head.child("dobj") if verb.dep == "xcomp" else None
            if controller is not None and controller.i < verb.i and verb.head.lower in CONTROL_OBJECT:
                self.set_source(draft, controller)
                return
            if verb is token and token.tag == "VBG" and self.is_afterthought(token):
                verb, steps = verb.head.head, steps + 1
                continue
            if verb.head is verb or verb.dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "prep", "parataxis"):
                return
            verb, steps = verb.head, steps + 1

    def is_afterthought(self, token: Token) -> bool:
        """Whether ", adding that …" hangs on the clause that was said although it goes on with the words of speaking."""
        host = token.head
        return self.tokens[token.i - 1].text == "," and host.dep == "ccomp" and host.head.lower in self.lexicon.verbs

    def inverted(self, token: Token) -> Token | None:
        """The subject that follows its verb ("…," said X) where the parse took it for an object."""
        if token.tag not in ("VBD", "VBZ", "VBP") and not (token.tag == "VBN" and self.follows_quote(token)) or token.i == 0:
            return None
        before = self.tokens[token.i - 1]
        if before.text not in (",", "—", "--") and before.i not in self.closes:
            return None
        for child in token.children:
            if (
                child.dep in ("dobj", "attr", "npadvmod", "oprd", "dative")
                and child.i > token.i
                and (child.is_noun or child.tag == "PRP")
            ):
                return child if child.i - token.i < 8 else None
        return None

    def follows_quote(self, token: Token) -> bool:
        """Whether a quotation ends just before a verb (…," recalled X)."""
        return token.i > 1 and (
            token.i - 1 in self.closes or (token.i - 2 in self.closes and self.tokens[token.i - 1].text == ",")
        )

    def agent_source(self, token: Token, draft: _Draft) -> None:
        """The "by X" of a passive."""
        for child in token.children:
            if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
                target = child.child("pobj")
                if target is not None:
                    self.set_source(draft, target)
                    return

    def set_source(self, draft: _Draft, head: Token, postposed: bool = False, before: int | None = None) -> None:
        """The noun phrase of a head as the source of a draft, its appositions and titles included."""
        first, last = self.left(head), self.right(head)
        if head.tag in RELATIVES or head.lower == "who":
            first, last = head.i, head.i
            antecedent = next((t for t in head.ancestors() if t.is_noun or t.tag == "PRP"), None)
            draft.source, draft.source_head = (first, last), (antecedent or head).i
            return
        if before is not None:
            last = min(last, before - 1)
        if draft.cue is not None and first <= draft.cue[0] <= last and before is None:
            last = draft.cue[0] - 1 if head.i < draft.cue[0] else last
            first = draft.cue[1] + 1 if head.i > draft.cue[1] else first
        while last > head.i and (
            self.tokens[last].text in EDGE and self.tokens[last].text != ")" or self.tokens[last].text.isspace()
        ):
            last -= 1
        while first < head.i and (self.tokens[first].text in EDGE or self.tokens[first].text.isspace()):
            first += 1
        for i in range(head.i - 1, first - 1, -1):
            if (
                i in self.closes
                and self.opens.get(self.quotations[self.closes[i]].first, -1) >= 0
                and self.quotations[self.closes[i]].first < first
            ):
                first = i + 1
                break
        if (
            last + 1 < len(self.tokens)
            and self.tokens[last + 1].text == ","
            and draft.cue is not None
            and draft.cue[0] == last + 2
        ):
            if any(self.tokens[i].text == "," for i in range(head.i, last)):
                last += 1
        if head.dep == "poss" and last + 1 < len(self.tokens) and self.tokens[last + 1].lower in ("'s", "'"):
            last += 1
        draft.source, draft.source_head = (first, last), head.i

    def cue_range(self, token: Token) -> Range:
        """The verb with the auxiliaries, negations and adverbs that touch it, and its particle."""
        first = last = token.i
        while first > 0:
            before = self.tokens[first - 1]
            if before.dep not in AUXILIARIES or before.tag[0] == "W":
                break
            if before.head is not token and not (before.dep == "advmod" and before.head.i == first < token.i):
                break
            first -= 1
        if token.tag == "VB" and token.dep == "xcomp" and self.tokens[first].lower == "to" and token.head.i < first:
            inner = range(token.head.i + 1, first)
            if token.head.is_verb and all(self.tokens[i].tag in ("RB", "RP") for i in inner):
                first = self.cue_range(token.head)[0]
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        if after is not None and after.dep == "prt" and after.head is token:
            last += 1
        if last + 1 < len(self.tokens) and self.tokens[last + 1].text == ":":
            last += 1
        return first, last

    def medium(self, token: Token, draft: _Draft, addressed: bool = False) -> Medium | None:
        """Through what someone spoke: "in a statement", "told the newspaper", or a source that is itself a medium."""
        media = self.lexicon.media
        if (
            draft.source_head is not None
            and self.tokens[draft.source_head].lower in media
            and not self.tokens[draft.source_head].is_proper
        ):
            return media[self.tokens[draft.source_head].lower]
        for child in token.children:
            if child.dep == "prep" and child.lower in MEDIUM_PREPS:
                target = child.child("pobj")
                word = target.lower if target is not None else ""
                if target is not None and word in media and (word != "x" or target.text == "X"):
                    return media[word]
            elif addressed and child.dep in ("dobj", "dative") and child.lower in media and child.i > token.i:
                return media[child.lower]
        return None

    def stance(self, token: Token, cue: Cue, draft: _Draft) -> Stance:
        """The stance of the cue as negation and the content turn it."""
        if draft.rule == "responsibility":
            return "claims_responsibility"
        if cue.stance in ("confirms", "denies") and _is_neither(token):
            if token.dep == "conj" and draft.cue is not None:
                first = self.cue_range(token.head)[0]
                draft.cue = (first - 1 if first and self.tokens[first - 1].lower == "neither" else first, draft.cue[1])
            return "no_comment"
        negated = _is_negated(token)
        first = draft.pieces[0][0]
        words = [self.tokens[i].lower for i in range(first, min(draft.pieces[-1][1] + 1, first + 6))]
        if cue.base in CONFIRMING and negated:
            return "cannot_confirm"
        if negated and cue.base in SAYING:
            return "no_comment"
        if negated and cue.stance in ("denies", "doubts"):
            return "asserts"
        if cue.stance == "no_comment":
            return "no_comment" if cue.base == "decline" or any(word in COMMENTING for word in words) else "denies"
        if cue.base == "call" and draft.rule.endswith((".predicate", ".quote")):
            return "asserts"
        if cue.base in ("tell", "encourage") and draft.rule.endswith(".infinitive"):
            return "demands"
        if cue.base == "agree" and draft.rule.endswith(".infinitive"):
            return "promises"
        if cue.base in ("vow", "pledge", "promise", "threaten") and cue.base != "threaten":
            hostile = any(word in HOSTILE or word in HOSTILE_NOUNS for word in words)
            return "threatens" if hostile else "promises"
        return cue.stance

    # --- spans

    def left(self, token: Token) -> int:
        """The leftmost token below a token in its paragraph."""
        block, top = self.block[token.i], token
        while token.children and token.children[0].i < token.i:
            token = token.children[0]
        first = token.i
        while self.block[first] != block:
            first += 1
        if self.tokens[first].text.isspace() and first < top.i:
            first += 1
        return first

    def right(self, token: Token) -> int:
        """The rightmost token below a token in its paragraph."""
        block = self.block[token.i]
        while token.children and token.children[-1].i > token.i:
            token = token.children[-1]
        last = token.i
        while self.block[last] != block:
            last -= 1
        return last

    def complement_prep(self, token: Token, *words: str) -> Token | None:
        for child in token.children:
            if child.dep == "prep" and child.lower in words and child.i > token.i:
                return child
        return None

    def fill(self, draft: _Draft, *pieces: Range) -> bool:
        """Gives the draft its content; False if nothing is left of it."""
        at = draft.cue_head if draft.cue_head is not None else draft.at
        draft.pieces = self.trimmed([self.whole_quotes(piece, at) for piece in pieces])
        return bool(draft.pieces)

    def trimmed(self, pieces: Iterable[Range]) -> list[Range]:
        """Pieces without the punctuation and blanks at their edges; empty ones are dropped."""
        kept = []
        for first, last in pieces:
            while first <= last and (self.tokens[first].text in EDGE or self.tokens[first].text.isspace()):
                first += 1
            while last >= first and (
                self.tokens[last].text.isspace()
                or (self.tokens[last].text in EDGE and self.tokens[last].text not in "?!" and not self.keeps(last, first))
            ):
                last -= 1
            if first == last and self.tokens[first].lower == "that" and self.tokens[first].dep == "mark":
                continue
            if first <= last and any(self.tokens[i].text[0].isalnum() for i in range(first, last + 1)):
                kept.append((first, last))
        return kept

    def keeps(self, last: int, first: int) -> bool:
        """Whether a closing bracket has its opening one in the piece."""
        return self.tokens[last].text == ")" and any(self.tokens[i].text == "(" for i in range(max(first, last - 30), last))

    def freeze(self, draft: _Draft) -> FoundAttribution:
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


IMPLICATIVE = frozenset(
    "went go goes going gone continue continued continues continuing began begin begins beginning started start starts rushed "
    "unable impossible able proceeded hastened managed dared repeatedly appeared appears seemed seems tried tries took takes "
    "quick unwilling declined refused refuses declines declining refusing likely used".split()
)
ANONYMOUS = frozenset(["named", "identified", "quoted"])
POSSIBLE = frozenset(["can", "could", "may", "might", "should", "would", "must"])
CONTROL_OBJECT = frozenset(
    "tell told urge urged ask asked allow allowed force forced order ordered want wanted cause caused lead led".split()
)


def _place(found: FoundAttribution) -> tuple[int, bool, int, int]:
    """Where an attribution begins, the wider one first; who is cited comes after who cites, the inner voice last."""
    ranges = [r for r in (found.source, found.cue, *found.content) if r is not None]
    cue = found.cue[0] if found.cue is not None else -1
    return min(r[0] for r in ranges), found.rule == "citing", -max(r[1] for r in ranges), cue


def _is_infinitive(token: Token) -> bool:
    return any(child.lower == "to" and child.tag == "TO" for child in token.children)


def _has_mark(token: Token, word: str) -> bool:
    return any(child.dep == "mark" and child.lower == word for child in token.children)


def _is_negated(token: Token) -> bool:
    """Whether the verb, or the "unable to" before it, says that it did not happen."""
    for child in token.children:
        if child.dep == "neg" or (child.dep in ("advmod", "preconj", "det") and child.lower in ("never", "neither", "nor")):
            return True
        if child.dep in SUBJECTS or child.dep == "nsubjpass":
            if any(grand.dep == "det" and grand.lower in NOBODY for grand in child.children) or child.lower in NOBODY:
                return True
    return token.dep == "xcomp" and token.head.lower in ("unable", "impossible", "failed", "declined", "refused")


def _is_neither(token: Token) -> bool:
    """Whether the verb is one of "neither confirmed nor denied"."""
    first = token.head if token.dep == "conj" else token
    words = {child.lower for child in (*first.children, *token.children)}
    return "neither" in words and "nor" in words


def _is_voice(token: Token) -> bool:
    return token.ent in VOICE_ENTITIES or token.lower in VOICE_NOUNS
