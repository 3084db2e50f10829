"""Reads whether an act happened: negation, modality, plans, attempts, doubt and time frame around its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.knowledge.status import StatusLexicon
from reportedly.reading.parse import Parse, Token
from reportedly.records import Span, Status

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MODAL = frozenset({"would", "could", "might", "may", "should", "can", "must", "ought", "'d", "’d"})
IF = frozenset({"if", "unless", "until", "whether", "lest", "in case"})
IMPLICATIVE = frozenset(
    "began begin begins beginning start started starts starting continue continued continues continuing manage managed "
    "manages proceed proceeded go going went come came help helped use used force forced forces appear appeared appears "
    "seem seemed seems said say reported report believed alleged thought understood claim claimed claims accused known "
    "forced led caused prompted happened dare dared contacted telephoned called phoned is are was were has have had".split()
)
"""Verbs over an infinitive that leave it told as done ("began to shell", "is said to have fled", "had to retreat")."""
CLIMB = frozenset(
    {"xcomp", "ccomp", "pcomp", "pobj", "dobj", "prep", "conj", "advcl", "acl", "nsubj", "nsubjpass", "attr", "oprd", "relcl"}
)


@dataclass
class FoundStatus:
    """What was read: the status, whether it is negated, the hedging words, and the rules that decided."""

    status: Status = "occurred"
    negated: bool = False
    attempted: bool = False
    hedges: list[Span] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


def read_status(parse: Parse, act: Token, lexicon: StatusLexicon, *, nominal: bool) -> FoundStatus:
    """The status of the act whose head word is ``act``; ``nominal`` where that word is a noun."""
    found = FoundStatus()
    _own_words(parse, act, lexicon, found, nominal)
    if not nominal:
        _verb_group(parse, act, found)
    _governors(parse, act, lexicon, found)
    return found


def _set(found: FoundStatus, status: Status, rule: str, span: Span | None = None) -> None:
    if found.status == "occurred":
        found.status = status
        found.rules.append(f"status:{rule}")
    if span is not None and span not in found.hedges:
        found.hedges.append(span)


def _own_words(parse: Parse, act: Token, lexicon: StatusLexicon, found: FoundStatus, nominal: bool) -> None:
    """Adjectives, adverbs and determiners that stand with the act itself."""
    for child in act.children:
        word = child.lower
        if child.dep == "neg" or (child.dep == "det" and word in ("no", "neither")):
            found.negated = True
            found.rules.append("status:negation")
        elif child.dep in ("amod", "advmod", "compound", "acomp", "npadvmod"):
            effect = lexicon.modifiers.get(word)
            span = parse.span(child.i, child.i)
            if effect == "alleged":
                _set(found, "alleged", "alleged-word", span)
            elif effect == "planned":
                _set(found, "planned", "planned-word", span)
            elif effect == "hypothetical":
                _set(found, "hypothetical", "possible-word", span)
            elif effect == "attempted":
                found.attempted = True
                found.rules.append("status:attempted-word")
            elif effect == "ongoing":
                _set(found, "ongoing", "ongoing-word")
            elif effect == "hedge":
                found.hedges.append(span)
            elif effect == "negated" and not nominal:
                found.negated = True


def _verb_group(parse: Parse, verb: Token, found: FoundStatus) -> None:
    """Auxiliaries, tense and clause markers of a verb."""
    auxiliaries = verb.kids("aux", "auxpass")
    words = {aux.lower for aux in auxiliaries}
    perfect = bool(words & {"have", "has", "had", "'ve", "having"})
    for aux in auxiliaries:
        if aux.lower in FUTURE:
            _set(found, "planned", "future")
        elif aux.lower in MODAL:
            if perfect and aux.lower in ("may", "might", "must", "could"):
                _set(found, "alleged", "modal-perfect", parse.span(aux.i, aux.i))
            elif aux.lower == "would" and not perfect:
                _set(found, "planned", "future-in-past")
            else:
                _set(found, "hypothetical", "modal", parse.span(aux.i, aux.i))
        elif aux.lower == "to" and verb.dep in ("advcl", "relcl", "acl", "ROOT"):
            _set(found, "planned", "purpose")
    if verb.tag == "VBG" and words & {"is", "are", "'s", "'re", "am"}:
        _set(found, "ongoing", "present-progressive")
    if verb.tag == "VBG" and words & {"been", "be"} and words & {"have", "has", "'ve"}:
        _set(found, "ongoing", "perfect-progressive")
    if verb.tag == "VBG" and {"to", "be"} <= words and verb.dep == "xcomp":
        _set(found, "ongoing", "progressive-infinitive")
    for mark in verb.kids("mark", "advmod"):
        if mark.lower in IF:
            _set(found, "hypothetical", "condition", parse.span(mark.i, mark.i))
    for argument in verb.kids("nsubjpass", "nsubj", "dobj"):
        if argument.lower in ("nobody", "none", "neither") or any(
            c.lower in ("no", "neither") and c.dep == "det" for c in argument.children
        ):
            found.negated = True
            found.rules.append("status:no-argument")
    if verb.dep == "xcomp" and "to" in words and verb.head.is_verb and verb.head.lower not in IMPLICATIVE:
        _set(found, "planned", "infinitive")


PRESUPPOSING = frozenset({"under", "amid", "amidst", "despite", "during", "since", "following"})
"""Prepositions whose noun is taken for fact, whatever is asked or allowed above it ("allowed to move under a truce")."""


def _governors(parse: Parse, act: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """Verbs and nouns above the act that make it planned, tried, prevented, asked for, feared, doubted."""
    child = act
    content = any(mark.lower == "that" for mark in act.kids("mark"))
    if act.is_verb and (
        act.dep in ("relcl", "advcl")
        or (act.dep == "acl" and not content and not any(aux.lower == "to" for aux in act.kids("aux")))
    ):
        return
    if act.dep == "pobj" and act.head.lower in PRESUPPOSING:
        return
    for head in act.ancestors():
        if child.dep not in CLIMB or head.i == child.i:
            break
        low, high = sorted((child.i, head.i))
        if any(parse.tokens[i].text == ";" for i in range(low, high)):
            break
        if child.dep in ("advcl", "relcl") or (child.dep == "acl" and child.i != act.i and child.is_verb):
            break
        if (
            child.dep == "conj"
            and child.i == act.i
            and act.is_verb
            and any(k.dep in ("nsubj", "nsubjpass") for k in act.children)
        ):
            child = head
            continue
        if child.dep in ("nsubj", "nsubjpass") and head.lower not in lexicon.subject_governors:
            break
        effect = _effect(lexicon, head, child)
        finite = child.dep == "ccomp" and child.child("nsubj", "nsubjpass") is not None
        if finite and effect not in ("hypothetical", "denied") and not (effect == "requested" and child.tag == "VB"):
            effect = None
        if effect is not None and child.dep not in ("advcl", "relcl", "conj"):
            _apply(parse, effect, head, found)
            if effect in ("planned", "requested", "hypothetical", "prevented", "threatened"):
                return
        if child.dep in ("xcomp", "pcomp", "dobj", "pobj", "prep", "attr") and head.is_verb:
            if any(kid.dep == "neg" for kid in head.children):
                found.negated = True
                found.rules.append("status:negated-above")
            for aux in head.kids("aux"):
                if aux.lower in FUTURE:
                    _set(found, "planned", "future-above")
                elif aux.lower in MODAL:
                    _set(found, "hypothetical", "modal-above", parse.span(aux.i, aux.i))
            for mark in head.kids("mark", "advmod"):
                if mark.lower in IF:
                    _set(found, "hypothetical", "condition-above", parse.span(mark.i, mark.i))
        if head.is_verb and child.dep == "ccomp":
            return
        if head.i == head.head.i:
            return
        child = head


def _effect(lexicon: StatusLexicon, head: Token, child: Token) -> str | None:
    """What a word above the act makes of it, its particle or preposition regarded."""
    governors = lexicon.governors.get(head.lower)
    if governors is None or not (head.is_verb or head.is_noun):
        return None
    beside = {child.lower} | {kid.lower for kid in head.children if kid.dep in ("prt", "prep")}
    for governor in governors:
        if governor.second is not None and governor.second in beside:
            return governor.effect
    return next((governor.effect for governor in governors if governor.second is None), None)


def _apply(parse: Parse, effect: str, head: Token, found: FoundStatus) -> None:
    span = parse.span(head.i, head.i)
    if effect in ("planned", "requested", "hypothetical", "threatened", "alleged", "ongoing"):
        statuses: dict[str, Status] = {
            "planned": "planned",
            "requested": "requested",
            "hypothetical": "hypothetical",
            "threatened": "threatened",
            "alleged": "alleged",
            "ongoing": "ongoing",
        }
        _set(found, statuses[effect], f"governor:{head.lower}", span if effect != "ongoing" else None)
    elif effect == "prevented":
        found.negated = True
        _set(found, "planned", f"prevented:{head.lower}")
    elif effect == "failed":
        found.negated = True
        found.rules.append(f"status:failed:{head.lower}")
    elif effect == "attempted":
        found.attempted = True
        found.rules.append(f"status:attempted:{head.lower}")
    elif effect == "denied":
        found.rules.append(f"status:denied:{head.lower}")
        found.status = "denied"
        found.negated = True
