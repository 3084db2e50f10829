"""The lexicon of acts: which words tell of which type of event, in which grammatical frame, and when they do not.

The data are ``lexicon/acts.csv`` (triggers), ``lexicon/instruments.csv`` (weapons and means), ``lexicon/irregular.csv``
(inflections that no rule gives) and ``lexicon/status.yaml``. Loading checks every row and raises
:class:`~reportedly.errors.KnowledgeError` naming file and line for anything it does not know.

Terms are written in base form. Of a verb term the first word is inflected, of a noun term the last word gets its plural.
``*`` stands for up to six words in between ("take * hostage", "fire * rockets"). Verbs with a particle ("gun down")
also match with their object in between. ``/`` parts alternatives for one word: "lift * ban/curfew" is two terms.
Hyphens are no words: "cease-fire" is ``("cease", "fire")``, and :meth:`ActLexicon.match` steps over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import SHIPPED, Layers, layered_rows, per_layers, upmost
from reportedly.knowledge.tables import ROOT, read_csv

Pos = Literal["verb", "noun", "adj"]
Frame = Literal[
    "agent_target",
    "mutual",
    "target_subject",
    "agent_only",
    "blast",
    "mover",
    "speech",
    "event",
    "event_of_target",
    "mutual_event",
    "speech_event",
]
ObjectKind = Literal["person", "place", "thing", "crowd"]
Strength = Literal["strong", "weak"]

ACT_COLUMNS = ("term", "pos", "type", "frame", "prep", "object", "strength", "not_with")
INSTRUMENT_COLUMNS = ("term", "type", "kind")
IRREGULAR_COLUMNS = ("base", "third", "past", "participle", "gerund")
FRAMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "verb": frozenset({"agent_target", "mutual", "target_subject", "agent_only", "blast", "mover", "speech"}),
        "noun": frozenset({"event", "event_of_target", "mutual_event", "speech_event"}),
        "adj": frozenset({"target_subject", "agent_only"}),
    }
)
INSTRUMENT_KINDS = frozenset(
    {"explosive", "vehicle", "aircraft", "artillery", "firearm", "blade", "blunt", "fire", "chemical", "crowd"}
)
LEXICON = ROOT / "lexicon"
GAP = "*"
LONGEST_GAP = 6
PARTICLES = frozenset({"down", "up", "off", "out", "away", "back", "over", "in"})
VERBS_IN_LY = frozenset({"rally", "ally", "apply", "reply", "supply", "fly", "rely", "imply", "comply", "multiply", "bully"})
NOUN_LINKS = frozenset({"of", "to", "in", "on", "for", "as", "by"})
_CLAUSE_END = frozenset({".", ";", ":", "!", "?", "—", "–", "\n", "but", "which", "who", "that", "while", "because"})
_WORD = re.compile(r"[\w'*]+")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Act:
    """One sense of a trigger: a row of ``acts.csv``.

    ``words`` are the base-form words without hyphens. ``preps`` introduce the target. ``object`` limits the sense to targets
    of that kind (``crowd``: one side are protesters or a mob), ``None`` if any will do. A ``weak`` act needs a conflict
    word, an armed actor, a weapon or a casualty in its sentence. Any word of ``not_with`` in the same clause turns the
    sense off.
    """

    term: str
    words: tuple[str, ...]
    pos: Pos
    type: str
    frame: Frame
    preps: tuple[str, ...]
    object: ObjectKind | None
    strength: Strength
    not_with: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act in one inflection: the words that must follow its first, and those right before it ("sexually" assaulted).

    ``size`` counts all fixed words.
    """

    act: Act
    rest: tuple[str, ...]
    before: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Match:
    """An act found at a token: ``indexes`` are the tokens of its fixed words, the inflected one first for verbs."""

    act: Act
    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A weapon or means and the type it turns a general attack into; ``kind`` is one of ``INSTRUMENT_KINDS``."""

    term: str
    words: tuple[str, ...]
    type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Forms:
    """The inflected forms of a verb; each may have several spellings."""

    base: tuple[str, ...]
    third: tuple[str, ...]
    past: tuple[str, ...]
    participle: tuple[str, ...]
    gerund: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Every distinct form, base first."""
        return tuple(dict.fromkeys((*self.base, *self.third, *self.past, *self.participle, *self.gerund)))


@dataclass(frozen=True, slots=True)
class ActLexicon:
    """All triggers, by the lower-case first word in every inflection; the candidates of a word come longest first."""

    acts: tuple[Act, ...]
    verbs: Mapping[str, tuple[Candidate, ...]]
    nouns: Mapping[str, tuple[Candidate, ...]]
    adjectives: Mapping[str, tuple[Candidate, ...]]

    def match(self, lowers: Sequence[str], i: int, pos: Pos) -> list[Match]:
        """The acts told by word ``i`` of the lower-case ``lowers``, longest term first; rows of one term stay side by side."""
        table = self.verbs if pos == "verb" else self.nouns if pos == "noun" else self.adjectives
        found = []
        for candidate in table.get(lowers[i], ()):
            start = i - len(candidate.before)
            if start < 0 or (candidate.before and tuple(lowers[start:i]) != candidate.before):
                continue
            indexes = follow(lowers, i, candidate.rest)
            if indexes is not None:
                found.append(Match(candidate.act, (*indexes, *range(start, i))))
        return found


def follow(lowers: Sequence[str], i: int, rest: Sequence[str]) -> tuple[int, ...] | None:
    """The indexes of word ``i`` and of ``rest`` after it, over hyphens and gaps; ``None`` if they do not follow."""
    indexes, at, gap = [i], i + 1, 0
    for word in rest:
        if word == GAP:
            gap = LONGEST_GAP
            continue
        while at < len(lowers) and lowers[at] != word:
            if lowers[at] != "-":
                if gap == 0 or lowers[at] in _CLAUSE_END:
                    return None
                gap -= 1
            at += 1
        if at >= len(lowers):
            return None
        indexes.append(at)
        at, gap = at + 1, 0
    return tuple(indexes)


def split_term(term: str) -> tuple[str, ...]:
    """The words of a term without hyphens, as the tokens of a text would be compared with them."""
    return tuple(_WORD.findall(term.lower()))


@per_layers("lexicon/acts.csv", "lexicon/irregular.csv")
def load_acts(layers: Layers) -> ActLexicon:
    """The lexicon of acts, checked; rows of a term and part of speech replace those below. Raises :class:`KnowledgeError`."""
    paths = (LEXICON / "acts.csv", *layers.files("lexicon/acts.csv"))
    acts = tuple(upmost([((act.term.lower(), act.pos), act) for act in read_acts(path)] for path in paths))
    return build_lexicon(acts, layers)


@per_layers("lexicon/instruments.csv")
def load_instruments(layers: Layers) -> Mapping[str, tuple[Instrument, ...]]:
    """The instruments by lower-case first word, singular and plural, longest first."""
    table: dict[str, list[Instrument]] = {}
    paths = (LEXICON / "instruments.csv", *layers.files("lexicon/instruments.csv"))
    for instrument in upmost([(one.term.lower(), one) for one in read_instruments(path)] for path in paths):
        for words in _noun_forms(instrument.words):
            table.setdefault(words[0], []).append(Instrument(instrument.term, words, instrument.type, instrument.kind))
    return MappingProxyType({word: tuple(sorted(found, key=lambda one: -len(one.words))) for word, found in table.items()})


def build_lexicon(acts: tuple[Act, ...], layers: Layers = SHIPPED) -> ActLexicon:
    """A lexicon of these acts, inflected and indexed; irregular verbs are those of the layers."""
    tables: dict[str, dict[str, list[Candidate]]] = {"verb": {}, "noun": {}, "adj": {}}
    for act in acts:
        for first, candidate in dict.fromkeys(_candidates(act, layers)):
            tables[act.pos].setdefault(first, []).append(candidate)
    frozen = {
        pos: MappingProxyType({word: _longest_first(found) for word, found in table.items()}) for pos, table in tables.items()
    }
    return ActLexicon(acts, frozen["verb"], frozen["noun"], frozen["adj"])


def _longest_first(found: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found, key=lambda candidate: (-candidate.size, GAP in candidate.rest)))


def _candidates(act: Act, layers: Layers) -> Iterator[tuple[str, Candidate]]:
    """First word and candidate of a term in each inflection."""
    if act.pos == "verb":
        forms = _verb_forms(act, layers)
    else:
        forms = ((words, ()) for words in (_noun_forms(act.words) if act.pos == "noun" else (act.words,)))
    for words, before in forms:
        size = len(before) + sum(word != GAP for word in words)
        yield words[0], Candidate(act, words[1:], before, size)


def _verb_forms(act: Act, layers: Layers) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words from the verb on in each inflection, and the adverb before it."""
    verb, *later = act.term.lower().split(" ")
    before: tuple[str, ...] = ()
    if later and verb.endswith("ly") and verb not in VERBS_IN_LY:
        before, verb, later = (verb,), later[0], later[1:]
    tail = split_term(" ".join(later))
    separable = len(tail) == 1 and tail[0] in PARTICLES and act.frame == "agent_target" and not act.preps
    for form in inflect(verb, layers).all():
        yield (*split_term(form), *tail), before
        if separable:
            yield (*split_term(form), GAP, *tail), before


def _noun_forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Singular and plural of a noun term; in "act of terror" the noun before the preposition is the one that changes."""
    at = next((i for i, word in enumerate(words[:-1]) if i and word in NOUN_LINKS), len(words))
    yield words
    yield (*words[: at - 1], plural(words[at - 1]), *words[at:])


def plural(noun: str) -> str:
    """The regular English plural; "-man" becomes "-men", and words that are plural already stay."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("ies") or (noun.endswith("s") and not noun.endswith(("ss", "us", "is", "as"))):
        return noun
    if noun.endswith("is"):
        return noun[:-2] + "es"
    if noun.endswith("fe"):
        return noun[:-2] + "ves"
    return _with_s(noun)


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def inflect(verb: str, layers: Layers = SHIPPED) -> Forms:
    """All forms of a verb, from ``irregular.csv`` of the layers or else by rule; of a hyphenated verb the last part changes.

    >>> inflect("shoot").past, inflect("stab").past, inflect("seize").gerund
    (('shot',), ('stabbed',), ('seizing',))
    """
    irregular = load_irregular(layers).get(verb)
    if irregular is not None:
        return irregular
    if "-" in verb:
        before, last = verb.rsplit("-", 1)
        forms = inflect(last, layers)
        parts = (forms.base, forms.third, forms.past, forms.participle, forms.gerund)
        return Forms(*(tuple(f"{before}-{form}" for form in part) for part in parts))
    return _regular(verb)


def _regular(verb: str) -> Forms:
    third = verb + "es" if verb.endswith("o") else _with_s(verb)
    if verb.endswith("e"):
        past, gerund = verb + "d", verb + "ing" if verb.endswith(("ee", "oe", "ye")) else verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        past, gerund = verb[:-1] + "ied", verb + "ing"
    elif _doubles(verb):
        past, gerund = verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    else:
        past, gerund = verb + "ed", verb + "ing"
    return Forms((verb,), (third,), (past,), (past,), (gerund,))


def _doubles(verb: str) -> bool:
    """Whether a regular verb doubles its last letter: one syllable that ends in consonant, vowel, consonant."""
    return re.fullmatch(r"(?:qu|[^aeiou])*[aeiouy][bdfgklmnprstvz]", verb) is not None


@per_layers("lexicon/irregular.csv")
def load_irregular(layers: Layers) -> Mapping[str, Forms]:
    """The verbs that no rule inflects. Raises :class:`KnowledgeError` for a verb that stands twice or lacks a form."""
    table: dict[str, Forms] = {}
    for where, row in layered_rows(layers, "lexicon/irregular.csv", IRREGULAR_COLUMNS):
        if row["base"] in table:
            raise KnowledgeError(f"{row['base']!r} stands twice.", where=where, remedy="Join the two rows, forms with | between.")
        if not all(row.values()):
            empty = next(name for name, cell in row.items() if not cell)
            raise KnowledgeError(f"the form {empty!r} of {row['base']!r} is missing.", where=where, remedy="Fill the cell.")
        table[row["base"]] = Forms(*(tuple(row[column].split("|")) for column in IRREGULAR_COLUMNS))
    return MappingProxyType(table)


def read_acts(path: Path) -> Iterator[Act]:
    """The rows of a file of triggers, checked; whether their types exist is for the caller to see."""
    seen: dict[tuple[str, ...], int] = {}
    for line, row in read_csv(path, ACT_COLUMNS):
        where = f"{path}:{line}"
        for term in alternatives(row["term"]):
            act = _act({**row, "term": term}, where)
            key = (term, row["pos"], row["type"], row["object"])
            if key in seen:
                raise KnowledgeError(f"{term!r} has the same pos, type and object as line {seen[key]}.", where=where)
            seen[key] = line
            yield act


def alternatives(term: str) -> Iterator[str]:
    """Every term that a row stands for.

    >>> list(alternatives("lift/ease * ban"))
    ['lift * ban', 'ease * ban']
    """
    for words in product(*(word.split("/") for word in term.split(" "))):
        yield " ".join(words)


def _act(row: Mapping[str, str], where: str) -> Act:
    words = split_term(row["term"])
    if not words:
        raise KnowledgeError("a row has no term.", where=where)
    if row["pos"] not in FRAMES:
        raise KnowledgeError(f"unknown pos {row['pos']!r}.", where=where, remedy="Use verb, noun or adj.")
    if row["frame"] not in FRAMES[row["pos"]]:
        allowed = ", ".join(sorted(FRAMES[row["pos"]]))
        raise KnowledgeError(f"frame {row['frame']!r} is none for a {row['pos']}.", where=where, remedy=f"Use one of {allowed}.")
    if row["strength"] not in get_args(Strength):
        raise KnowledgeError(f"unknown strength {row['strength']!r}.", where=where, remedy="Use strong or weak.")
    if row["object"] and row["object"] not in get_args(ObjectKind):
        raise KnowledgeError(
            f"unknown object {row['object']!r}.", where=where, remedy="Use person, place, thing, crowd or nothing."
        )
    if not row["type"]:
        raise KnowledgeError("a row has no type.", where=where)
    return Act(
        term=row["term"],
        words=words,
        pos=cast(Pos, row["pos"]),
        type=row["type"],
        frame=cast(Frame, row["frame"]),
        preps=_listed(row["prep"], where),
        object=cast(ObjectKind, row["object"]) if row["object"] else None,
        strength=cast(Strength, row["strength"]),
        not_with=frozenset(_listed(row["not_with"], where)),
    )


def read_instruments(path: Path) -> Iterator[Instrument]:
    """The rows of a file of instruments, checked."""
    seen: dict[str, int] = {}
    for line, row in read_csv(path, INSTRUMENT_COLUMNS):
        where = f"{path}:{line}"
        if row["term"] in seen:
            raise KnowledgeError(f"{row['term']!r} stands on line {seen[row['term']]} already.", where=where)
        if row["kind"] not in INSTRUMENT_KINDS:
            allowed = ", ".join(sorted(INSTRUMENT_KINDS))
            raise KnowledgeError(f"unknown kind {row['kind']!r}.", where=where, remedy=f"Use one of {allowed}.")
        if not row["term"] or not row["type"]:
            raise KnowledgeError("a row has no term or no type.", where=where)
        seen[row["term"]] = line
        yield Instrument(row["term"], split_term(row["term"]), row["type"], row["kind"])


def _listed(cell: str, where: str) -> tuple[str, ...]:
    parts = tuple(cell.split("|")) if cell else ()
    if any(not part or part != part.strip() for part in parts) or len(set(parts)) != len(parts):
        raise KnowledgeError(f"{cell!r} is no list of distinct words separated by |.", where=where)
    return parts
