"""The parsed text as plain data: what every finder and rule works on, free of spaCy objects.

A :class:`Parse` is a list of :class:`Token` in the order of the text, with sentence and paragraph bounds. Finders take a
``Parse`` and return plain records, so that they can be tested and reused without a model.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportedly.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


class Token:
    """One token: its place in text and tree. ``head`` and ``children`` are tokens; a root is its own head."""

    __slots__ = ("children", "dep", "end", "ent", "ent_start", "head", "i", "lower", "sent", "start", "tag", "text")

    def __init__(self, i: int, text: str, start: int, tag: str, dep: str, ent: str, ent_start: bool, sent: int) -> None:
        self.i, self.text, self.lower, self.start, self.end = i, text, text.lower().replace("’", "'"), start, start + len(text)
        self.tag, self.dep, self.ent, self.ent_start, self.sent = tag, dep, ent, ent_start, sent
        self.head: Token = self
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.tag} {self.dep}>"

    @property
    def is_verb(self) -> bool:
        return self.tag[0] == "V"

    @property
    def is_noun(self) -> bool:
        return self.tag[0] == "N"

    @property
    def is_proper(self) -> bool:
        return self.tag[:3] == "NNP"

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these dependency labels, or ``None``."""
        for child in self.children:
            if child.dep in deps:
                return child
        return None

    def kids(self, *deps: str) -> list[Token]:
        """All children with one of these dependency labels, in the order of the text."""
        return [child for child in self.children if child.dep in deps]

    def subtree(self) -> list[Token]:
        """The token and all below it, in the order of the text."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self) -> Iterator[Token]:
        """The heads above, nearest first; never endless."""
        token, steps = self, 0
        while token.head is not token and steps < 200:
            token, steps = token.head, steps + 1
            yield token

    def conjuncts(self) -> list[Token]:
        """The later members of the coordination that this token opens."""
        found, token = [], self
        while (after := token.child("conj")) is not None and after not in found:
            found.append(after)
            token = after
        return found


class Parse:
    """A text, its tokens, sentences and named-entity spans.

    Tokens carry the casing that was parsed. ``sents`` are ``(first, past-last)`` token indexes; ``ents`` are
    ``(first, past-last, label)``. ``text`` is the
    report's own text even where another casing was parsed, so spans always slice it.
    """

    __slots__ = ("_starts", "ents", "paragraphs", "sents", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], sents: list[tuple[int, int]], ents: list[tuple[int, int, str]]) -> None:
        self.text, self.tokens, self.sents, self.ents = text, tokens, sents, ents
        self._starts = [token.start for token in tokens]
        self.paragraphs = _paragraphs(text)

    def span(self, first: int, last: int) -> Span:
        """The text from token ``first`` up to and including token ``last``."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Span(text=self.text[start:end], start=start, end=end)

    def slice(self, start: int, end: int) -> Span:
        """The text between two character offsets."""
        return Span(text=self.text[start:end], start=start, end=end)

    def sentence(self, sent: int) -> list[Token]:
        """The tokens of one sentence."""
        first, past = self.sents[sent]
        return self.tokens[first:past]

    def is_line(self, sent: int) -> bool:
        """Whether a sentence ends with its line and without a full stop, as headings do."""
        first, past = self.sents[sent]
        last = next((self.tokens[i] for i in range(past - 1, first - 1, -1) if not self.tokens[i].text.isspace()), None)
        if last is None or last.text[-1] in '.!?"”':
            return False
        after = self.text[last.end : last.end + 8].lstrip(" \t\r")
        return not self.text[last.end :].strip() or after[:1] == "\n" or after[:1] in "-|–—"

    def is_participle_of_heading(self, verb: Token) -> bool:
        """Whether a past form tells in a heading what was done to its subject, without its auxiliary: "Two men shot in Tyler"."""
        if verb.lower != "shot" or verb.dep != "ROOT" or verb.tag not in ("VBD", "VBN"):
            return False
        if verb.child("nsubj") is None or verb.child("aux", "prt") is not None:
            return False
        thing, prep = verb.child("dobj"), verb.child("prep")
        if thing is not None and (prep is None or prep.children or prep.i > thing.i):  # but "shot outside Tyler nightclub"
            return False
        return not any(kid.lower in ("at", "into", "back", "toward", "towards") for kid in verb.children) and self.is_line(
            verb.sent
        )

    def token_at(self, offset: int) -> int:
        """The index of the token that covers or precedes a character offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def paragraph_of(self, offset: int) -> int:
        """The number of the paragraph that holds a character offset."""
        return max(0, bisect_right(self.paragraphs, offset) - 1)

    @classmethod
    def from_doc(cls, doc: Doc, text: str | None = None) -> Parse:
        """The plain form of a spaCy document; ``text`` replaces its text where only the casing differs."""
        text = doc.text if text is None else text
        tokens: list[Token] = []
        sents: list[tuple[int, int]] = []
        heads: list[int] = []
        for number, sent in enumerate(doc.sents):
            sents.append((sent.start, sent.end))
            for token in sent:
                start, i = token.idx, token.i
                word = text[start : start + len(token)]
                if word != token.text and word.lower() == token.text.lower():
                    word = token.text
                tokens.append(Token(i, word, start, token.tag_ or "_", token.dep_, token.ent_type_, token.ent_iob == 3, number))
                heads.append(token.head.i)
        for plain, head in zip(tokens, heads, strict=True):
            if head != plain.i:
                plain.head = tokens[head]
                tokens[head].children.append(plain)
        return cls(text, tokens, sents, [(ent.start, ent.end, ent.label_) for ent in doc.ents])


def _paragraphs(text: str) -> list[int]:
    """Offsets at which paragraphs begin: after a line break that is followed by text."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        while at < len(text) and text[at] in "\n\r\t ":
            at += 1
        starts.append(at)
        at = text.find("\n", at)
    return starts


def in_one_line(text: str) -> str:
    """The words of a span with single blanks between them: a name broken over two lines is one name."""
    return " ".join(text.split())
