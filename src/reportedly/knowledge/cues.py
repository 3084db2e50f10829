"""Words that tell of someone saying, writing or thinking something, with the stance they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, layered_rows, layered_yaml, per_layers
from reportedly.knowledge.tables import cells
from reportedly.records import Medium, Stance

COLUMNS = ("base", "pos", "stance", "takes", "forms", "medium")
COMPLEMENTS = frozenset(
    [
        "clause",
        "quote",
        "infinitive",
        "gerund",
        "object",
        "as",
        "predicate",
        "addressee",
        "of",
        "mind",
        "quoteas",
        "pointout",
        "layout",
        "judged",
        "quality",
        "unsourced",
        "given",
    ]
)
"""What a cue may take as its content; ``+for`` and the like name a preposition. ``mind`` marks an attitude, not an utterance.

``judged``: an object that goes on with "for" or "as" ("blasted X for Y"); ``quality``: an object that is a quality or deed
of someone ("questioned X's honesty"); ``unsourced``: a passive that names no source; ``given``: a noun after "make", "issue"
and their like alone.
"""

WORD_LISTS = frozenset(
    [
        "act",
        "hostile",
        "voice",
        "unvoiced",
        "giving",
        "implicative",
        "controller",
        "claiming",
        "reporters",
        "conviction",
        "hearsay",
    ]
)

CuePos = Literal["verb", "noun", "adverb"]


@dataclass(frozen=True)
class Cue:
    """One cue word. ``takes`` holds the complements that may be its content; ``preps`` the prepositions that open one."""

    base: str
    pos: CuePos
    stance: Stance
    takes: frozenset[str]
    preps: frozenset[str]
    medium: Medium | None


@dataclass(frozen=True)
class CueLexicon:
    """Cues by each inflected form in lower case, and the words for media. A phrase is listed under its own words."""

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adverbs: Mapping[str, Cue]
    media: Mapping[str, Medium]
    words: Mapping[str, frozenset[str]]


@per_layers("lexicon/cues.csv", "lexicon/cue_words.yaml")
def load_cues(layers: Layers) -> CueLexicon:
    """The lexicon of cues. Raises :class:`KnowledgeError` that names file and line for a faulty row."""
    tables: dict[str, dict[str, Cue]] = {"verb": {}, "noun": {}, "adverb": {}}
    media: dict[str, Medium] = {}
    for where, row in layered_rows(layers, "lexicon/cues.csv", COLUMNS):
        base, pos = row["base"], row["pos"]
        medium = _checked(row["medium"], get_args(Medium), "medium", where) if row["medium"] else None
        if pos == "medium":
            if medium is None or base in media:
                raise KnowledgeError(
                    f"{base!r} is listed twice or has no medium.", where=where, remedy="Keep one row with a medium."
                )
            for form in (base, _with_s(base)):
                media[form] = cast(Medium, medium)
            continue
        _checked(pos, tuple(tables), "part of speech", where)
        takes = cells(row["takes"])
        for name in takes:
            _checked(name, tuple(COMPLEMENTS), "complement", where) if name[0] != "+" else None
        cue = Cue(
            base=base,
            pos=cast(CuePos, pos),
            stance=cast(Stance, _checked(row["stance"], get_args(Stance), "stance", where)),
            takes=frozenset(name for name in takes if name[0] != "+"),
            preps=frozenset(name[1:] for name in takes if name[0] == "+"),
            medium=cast(Medium, medium) if medium else None,
        )
        for form in inflect(base, pos, cells(row["forms"])):
            if tables[pos].setdefault(form, cue) is not cue and tables[pos][form].base == base:
                raise KnowledgeError(f"{base!r} is listed twice as a {pos}.", where=where, remedy="Keep one row.")
    words = layered_yaml(layers, "lexicon/cue_words.yaml", _word_lists)
    return CueLexicon(tables["verb"], tables["noun"], tables["adverb"], media, words)


def _word_lists(lists: Any, path: Path) -> dict[str, frozenset[str]]:
    """The closed lists of ``cue_words.yaml``, each checked for its name and for words listed twice."""
    if not isinstance(lists, dict) or set(lists) != WORD_LISTS:
        raise KnowledgeError(
            f"expected the lists {', '.join(sorted(WORD_LISTS))}.", where=f"{path}:1", remedy="Correct the keys."
        )
    for name, words in lists.items():
        if len(set(words)) != len(words):
            raise KnowledgeError(f"a word is listed twice in {name}.", where=f"{path}:1", remedy="Keep one.")
    return {name: frozenset(words) for name, words in lists.items()}


def inflect(base: str, pos: str, irregular: tuple[str, ...] = ()) -> set[str]:
    """The forms of a word that texts use. ``irregular`` past (and -ing) forms replace the regular ones.

    >>> sorted(inflect("deny", "verb", ("denied",)))
    ['denied', 'denies', 'deny', 'denying']
    """
    forms = {base, *irregular}
    if pos == "adverb":
        return forms
    forms.add(_with_s(base))
    if pos == "noun":
        return forms
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    if not any(form.endswith("ing") for form in irregular):
        forms.add(f"{stem}ing")
    if not any(not form.endswith("ing") for form in irregular):
        past = (
            f"{base[:-1]}ied"
            if base.endswith("y") and base[-2] not in "aeiou"
            else f"{base}d"
            if base[-1] == "e"
            else f"{base}ed"
        )
        forms.add(past)
    return forms


def _with_s(base: str) -> str:
    """The plural of a noun or the third person of a verb."""
    if base.endswith(("s", "x", "ch", "sh", "z")):
        return f"{base}es"
    if base.endswith("y") and len(base) > 1 and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}s"


def _checked(value: str, allowed: tuple[str, ...], what: str, where: str) -> str:
    """The value if it is one of those allowed."""
    if value not in allowed:
        raise KnowledgeError(f"unknown {what} {value!r}.", where=where, remedy=f"Use one of: {', '.join(sorted(allowed))}.")
    return value
