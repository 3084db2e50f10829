"""Spans of speech: the phrases that name a source, the words of a cue, and the bounds of what is said.

The ground that the rules of attribution stand on; conventions follow PolNeAR (Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reportedly.knowledge.cues import Cue, CueLexicon
from reportedly.reading.parse import Parse, Token
from reportedly.reading.quotations import find_quotations
from reportedly.records import Medium, Stance

Range = tuple[int, int]
"""First and last token, both inclusive."""

EDGE = frozenset([",", ".", ";", ":", "-", "--", "—", "–", "―", "...", "…", "?", "!", "(", ")"])
"""Punctuation that never begins or ends a content outside quotation marks."""
SUBJECTS = ("nsubj", "csubj")
AUXILIARIES = frozenset(["aux", "auxpass", "neg", "advmod"])
RELATIVES = frozenset(["WP", "WDT"])
ASIDES = frozenset([",", "-", "--", "—", "–"])
NOBODY = frozenset(["no", "none", "neither", "nobody", "no-one"])
MEDIUM_PREPS = frozenset(["in", "on", "via", "through", "during", "by", "at", "over", "to"])
SHARING = frozenset(["shared", "posted", "published", "released", "uploaded", "reposted", "wrote"])
"""Verbs of those who put something before others, where what they note stands beside it."""


DATELINE = re.compile(
    r"^[ \t\"“]*(?P<place>"
    r"[A-Z][A-Z.'’-]+(?:[ -][A-Z][A-Z.'’-]+){0,3}(?:[,/] ?[A-Z][\w.'’-]*(?: [A-Z0-9][\w.'’-]*){0,3}){0,3}(?: ?\([^()\n]{1,40}\))?"
    r"|[A-Z][\w'’-]+(?:[ ,]{1,2}[A-Z][\w'’-]+){0,3} ?\([^()\n]{1,40}\)"
    r")(?: ?(?P<dash>—|–|--|―)| (?P<hyphen>-)|:)[ \t]+(?=\S)",
    re.MULTILINE,
)
"""The place, and day and agency if told, that open a report: a word in capitals, or one with an agency in brackets."""


@dataclass
class Draft:
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


def is_infinitive(token: Token) -> bool:
    """Whether the verb stands with "to"."""
    return any(child.lower == "to" and child.tag == "TO" for child in token.children)


def has_mark(token: Token, word: str) -> bool:
    """Whether the clause opens with that conjunction."""
    return any(child.dep == "mark" and child.lower == word for child in token.children)


def is_negated(token: Token) -> bool:
    """Whether the verb, or the "unable to" before it, says that it did not happen."""
    for child in token.children:
        if child.dep == "neg" or (child.dep in ("advmod", "preconj", "det") and child.lower in ("never", "neither", "nor")):
            return True
        if child.dep in SUBJECTS or child.dep == "nsubjpass":
            if any(grand.dep == "det" and grand.lower in NOBODY for grand in child.children) or child.lower in NOBODY:
                return True
    return token.dep == "xcomp" and token.head.lower in ("unable", "impossible", "failed", "declined", "refused")


def is_neither(token: Token) -> bool:
    """Whether the verb is one of "neither confirmed nor denied"."""
    first = token.head if token.dep == "conj" else token
    words = {child.lower for child in (*first.children, *token.children)}
    return "neither" in words and "nor" in words


class SpeechSpans:
    """One parse with its quotations, and the spans that rules ask for."""

    def __init__(self, parse: Parse, lexicon: CueLexicon) -> None:
        self.parse, self.tokens, self.lexicon, self.words = parse, parse.tokens, lexicon, lexicon.words
        self.quotations = find_quotations(parse)
        self.opens = {quotation.first: n for n, quotation in enumerate(self.quotations)}
        self.closes = {quotation.last: n for n, quotation in enumerate(self.quotations)}
        self.inside = [-1] * len(self.tokens)
        for n, quotation in enumerate(self.quotations):
            for i in range(quotation.first, quotation.last + 1):
                self.inside[i] = n
        self.block = self.blocks()
        self.datelines = self.find_datelines()
        self.claimed: dict[int, Draft] = {}
        self.drafts: list[Draft] = []
        self.done: set[int] = set()

    def blocks(self) -> list[int]:
        """The number of the paragraph of each token: no clause reaches over the end of one, whatever the parse says."""
        numbers, number = [], 0
        for token in self.tokens:
            if token.text[0] == "\n" or (token.text[0].isspace() and "\n" in token.text):
                number += 1
            numbers.append(number)
        return numbers

    def find_datelines(self) -> dict[int, int]:
        """The first token after the dateline ("KABUL, Nov 3 (Agency) — ") for each token that belongs to one.

        A dash that has its pair in the same sentence sets off a remark and ends no dateline ("NATO — the alliance — denied it").
        """
        after: dict[int, int] = {}
        for match in DATELINE.finditer(self.parse.text):
            dash = match["dash"] or match["hyphen"]
            sentence = self.parse.text[match.end() : match.end() + 400].partition("\n")[0].partition(". ")[0]
            if dash and sentence.count(f" {dash} ") % 2:
                continue
            first, past = self.parse.token_at(match.start("place")), self.parse.token_at(match.end())
            after.update((i, past) for i in range(first, past))
        return after

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

    def noun_clause(self, token: Token, cue: Cue) -> Token | None:
        """The that-clause or infinitive that a noun of speaking takes ("the claim that …", "a threat to …")."""
        for child in token.children:
            if child.i < token.i or child.dep not in ("acl", "ccomp", "relcl", "xcomp"):
                continue
            if "clause" in cue.takes and child.dep in ("acl", "ccomp") and has_mark(child, "that"):
                return child
            if "infinitive" in cue.takes and child.dep in ("acl", "xcomp") and is_infinitive(child):
                return child
        return None

    def fill(self, draft: Draft, *pieces: Range) -> bool:
        """Gives the draft its content; False if nothing is left of it."""
        at = draft.cue_head if draft.cue_head is not None else draft.at
        draft.pieces = self.trimmed([self.whole_quotes(piece, at) for piece in pieces])
        return bool(draft.pieces)

    def trimmed(self, pieces: Iterable[Range]) -> list[Range]:
        """Pieces without the punctuation and blanks at their edges; empty ones are dropped."""
        kept = []
        for first, last in pieces:
            first = self.datelines.get(first, first)
            while first <= last and (self.tokens[first].text in EDGE or self.tokens[first].text.isspace()):
                first += 1
            while last >= first and (
                self.tokens[last].text.isspace()
                or (self.tokens[last].text in EDGE and self.tokens[last].text not in "?!" and not self.keeps(last, first))
            ):
                last -= 1
            if last - first > 3:
                last = self.closed(first, last)
            if first == last and self.tokens[first].lower == "that" and self.tokens[first].dep == "mark":
                continue
            if first <= last and any(self.tokens[i].text[0].isalnum() for i in range(first, last + 1)):
                kept.append((first, last))
        return kept

    def closed(self, first: int, last: int) -> int:
        """The end of a piece without a bracket that opens in it and does not close."""
        for i in range(last, first, -1):
            if self.tokens[i].text == ")":
                return last
            if self.tokens[i].text == "(":
                return i - 1
        return last

    def keeps(self, last: int, first: int) -> bool:
        """Whether a closing bracket has its opening one in the piece."""
        return self.tokens[last].text == ")" and any(self.tokens[i].text == "(" for i in range(max(first, last - 30), last))

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

    def cut_aside(self, first: int, last: int) -> int:
        """The end of a thing spoken of, without what the reporter knows of it: ", which …", ", who …"."""
        for i in range(first + 1, last):
            if self.tokens[i].text == "," and self.inside[i] < 0 and self.tokens[i + 1].tag in ("WDT", "WP", "WP$", "WRB"):
                return i - 1
        return last

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

    def frame(self, token: Token, draft: Draft) -> Range:
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

    def set_source(self, draft: Draft, head: Token, before: int | None = None) -> None:
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
        if self.tokens[first].lower == "even" and first < head.i:
            first += 1
        while last > head.i and (
            (self.tokens[last].text in EDGE and self.tokens[last].text != ")") or self.tokens[last].text.isspace()
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
            and self.tokens[last + 1].text in ASIDES
            and draft.cue is not None
            and draft.cue[0] == last + 2
        ):
            if any(self.tokens[i].text == self.tokens[last + 1].text for i in range(head.i, last)):
                last += 1
        if head.dep == "poss" and last + 1 < len(self.tokens) and self.tokens[last + 1].lower in ("'s", "'"):
            last += 1
        draft.source, draft.source_head = (first, last), head.i

    def subject_source(self, token: Token, draft: Draft) -> None:
        """The subject of the verb, or of the verb it depends on or is joined to."""
        if token.tag == "VBG" and (n := self.closes.get(token.i - 1)) is not None and n in self.claimed:
            draft.source, draft.source_head = self.claimed[n].source, self.claimed[n].source_head
            return
        verb, steps = token, 0
        while steps < 6:
            subject = self.subject(verb) or (verb.child("nsubjpass") if verb is not token else None)
            if subject is not None and subject.dep != "expl":
                self.set_source(draft, subject)
                return
            if verb is token:
                inverted = self.inverted(token)
                if inverted is not None:
                    self.set_source(draft, inverted)
                    return
            if verb.dep in ("acl", "relcl"):
                if verb.head.is_noun or verb.head.tag in ("PRP", "CD", "DT"):
                    self.set_source(draft, verb.head, before=verb.i)
                return
            if verb.dep == "pcomp" and verb.head.head.is_noun:
                return
            if verb.dep == "pcomp":
                verb = verb.head
            controller = verb.head.child("dobj") if verb.dep == "xcomp" else None
            if controller is not None and controller.i < verb.i and verb.head.lower in self.words["controller"]:
                self.set_source(draft, controller)
                return
            if verb is token and token.tag == "VBG" and self.is_afterthought(token):
                verb, steps = verb.head.head, steps + 1
                continue
            if verb.head is verb or verb.dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "prep", "parataxis"):
                return
            verb, steps = verb.head, steps + 1

    def subject(self, verb: Token) -> Token | None:
        """The subject of a verb; of several the last that stands in no dateline and no quotation that the verb is not in."""
        subjects = verb.kids("nsubj")
        for subject in reversed(subjects[1:]):
            if subject.i < verb.i and self.inside[subject.i] == self.inside[verb.i]:
                return subject
        return subjects[0] if subjects and subjects[0].i not in self.datelines else None

    def is_afterthought(self, token: Token) -> bool:
        """Whether ", adding that …" hangs on the clause that was said although it goes on with the words of speaking."""
        host = token.head
        return self.tokens[token.i - 1].text == "," and host.dep == "ccomp" and host.head.lower in self.lexicon.verbs

    def inverted(self, token: Token) -> Token | None:
        """The subject that follows its verb ("…," said X) where the parse took it for an object."""
        if (token.tag not in ("VBD", "VBZ", "VBP") and not (token.tag == "VBN" and self.follows_quote(token))) or token.i == 0:
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

    def agent_source(self, token: Token, draft: Draft) -> None:
        """The "by X" of a passive."""
        for child in token.children:
            if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
                target = child.child("pobj")
                if target is not None:
                    self.set_source(draft, target)
                    return

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
        if token.tag == "VB" and token.dep in ("xcomp", "advcl") and self.tokens[first].lower == "to" and token.head.i < first:
            inner = range(token.head.i + 1, first)
            if token.head.is_verb and all(self.tokens[i].tag in ("RB", "RP") for i in inner):
                first = self.cue_range(token.head)[0]
        after = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        if after is not None and after.dep == "prt" and after.head is token:
            last += 1
        if last + 1 < len(self.tokens) and self.tokens[last + 1].text == ":":
            last += 1
        return first, last

    def medium(self, token: Token, draft: Draft, addressed: bool = False) -> Medium | None:
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
        if token.dep == "advcl" and token.head.lower in SHARING:  # "shared the video on X, noting that"
            for inner in token.head.subtree():
                if inner.i < token.i and inner.dep == "pobj" and inner.head.lower == "on" and media.get(inner.lower) == "post":
                    if inner.lower != "x" or inner.text == "X":
                        return "post"
        return None

    def paragraph(self, i: int) -> int:
        return self.parse.paragraph_of(self.tokens[i].start)
