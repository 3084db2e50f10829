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
    "forced led caused prompted prompting causing forcing leading happened pushed drove driven "
    "dare dared contacted telephoned called phoned has have had".split()
)
"""Verbs over an infinitive that leave it told as done ("began to shell", "is said to have fled", "had to retreat")."""
RESULTING = frozenset(
    "rose risen rises rising fell fallen falls falling dropped drops dropping climbed climbs climbing grew grown grows growing "
    "rebounded plunged plummeted soared surged slipped slid shrank swelled jumped recovered".split()
)
"""Verbs of change whose infinitive is where it ended ("the toll rose to reach 90")."""
BE_FORMS = frozenset({"is", "are", "was", "were", "'s", "'re", "am"})
CLAUSES_ABOVE = frozenset({"advcl", "relcl", "acl", "ROOT"})
"""Clauses whose bare infinitive tells a purpose ("to arrest him")."""
TOLD_AS_DONE = frozenset({"attempted", "failed", "ongoing", "alleged"})
"""What a verb may make of its infinitive without moving it to the future ("tried to storm", "refused to leave")."""
CLIMB = frozenset(
    {
        "xcomp",
        "ccomp",
        "pcomp",
        "pobj",
        "dobj",
        "prep",
        "conj",
        "advcl",
        "acl",
        "nsubj",
        "nsubjpass",
        "attr",
        "oprd",
        "relcl",
        "acomp",
    }
)


@dataclass
class FoundStatus:
    """What was read: the status, whether it is negated, the hedging words, and the rules that decided."""

    status: Status = "occurred"
    negated: bool = False
    attempted: bool = False
    hedges: list[Span] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


FOILED = "status:foiled-word"
"""The rule of "the foiled attack": it was tried, and hurt nobody."""
UNTRUE = frozenset("unfounded untrue false baseless groundless incorrect wrong fabricated invented unsubstantiated".split())
"""What makes a report of an act a denial of it."""
TALES = frozenset(
    "report reports claim claims rumor rumors rumour rumours allegation allegations story news charge charges".split()
)
"""Nouns of what is told: "the report that he was shot is unfounded"."""


def _untrue(act: Token) -> Token | None:
    """The word that calls the telling of an act untrue, or ``None``."""
    noun = act.head
    if not act.is_verb or act.dep not in ("relcl", "acl", "ccomp") or noun.lower not in TALES or noun.dep != "nsubj":
        return None
    told = next((kid for kid in noun.head.kids("acomp", "attr", "oprd") if kid.lower in UNTRUE), None)
    return told if told is not None and noun.head.child("neg") is None and act.child("mark") is not None else None


def read_status(parse: Parse, act: Token, lexicon: StatusLexicon, *, nominal: bool) -> FoundStatus:
    """The status of the act whose head word is ``act``; ``nominal`` where that word is a noun."""
    found = FoundStatus()
    _own_words(parse, act, lexicon, found, nominal)
    if not nominal:
        _verb_group(parse, act, lexicon, found)
    _governors(parse, act, lexicon, found)
    if (word := _untrue(act)) is not None:
        _apply(parse, "denied", word, found)
    return found


def _set(found: FoundStatus, status: Status, rule: str, span: Span | None = None) -> None:
    if found.status == "occurred":
        found.status = status
        found.rules.append(f"status:{rule}")
    if span is not None and span not in found.hedges:
        found.hedges.append(span)


def _own_words(parse: Parse, act: Token, lexicon: StatusLexicon, found: FoundStatus, nominal: bool) -> None:
    """Adjectives, adverbs and determiners that stand with the act itself."""
    if [token.lower for token in parse.tokens[max(0, act.i - 2) : act.i]] in (["rather", "than"], ["instead", "of"]):
        found.negated = True
        found.rules.append("status:rather-than")
    for child in act.children:
        word = child.lower
        if (
            nominal
            and word == "no"
            and act.dep in ("nsubj", "nsubjpass")
            and any(a.lower in FUTURE for a in act.head.kids("aux"))
        ):
            _set(found, "hypothetical", "none-to-come", parse.span(child.i, child.i))  # "no attack will go unpunished"
        elif child.dep == "neg" or (child.dep == "det" and word in ("no", "neither")):
            found.negated = True
            found.rules.append("status:negation")
        elif word in NEARLY and not nominal and child.dep == "advmod" and act.tag == "VBD" and act.i - child.i == 1:
            found.negated = True  # "nearly hit the bus"
            found.rules.append("status:nearly")
        elif word == "longer" and any(kid.lower == "no" for kid in child.children):
            found.negated = True
            found.rules.append("status:no-longer")
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
            elif effect == "prevented" and nominal:
                found.attempted = True
                found.rules.append(FOILED)
            elif effect == "ongoing":
                _set(found, "ongoing", "ongoing-word")
            elif effect == "hedge":
                found.hedges.append(span)
            elif effect == "negated" and not nominal:
                found.negated = True


def _sharer(verb: Token) -> Token:
    """The verb whose auxiliaries, negation and infinitive marker serve this one too ("will attack and kill"), else itself."""
    first = verb
    while (
        first.dep == "conj"
        and first.is_verb
        and first.head.is_verb
        and first.child("nsubj", "nsubjpass", "aux", "auxpass") is None
        and (first.tag == first.head.tag or {first.tag, first.head.tag} == BARE)
        and first.tag not in FINITE_PAST
        and not any(cc.lower == "but" for cc in first.head.kids("cc"))
    ):
        first = first.head
    return first


NEARLY = frozenset({"nearly", "almost"})
"""What stands right before the verb of an act that did not come about."""
BARE = frozenset({"VB", "VBP"})
"""Tags of the base form, which the tagger mixes up behind "and"."""
FINITE_PAST = frozenset({"VBD", "VBZ"})


def _modal(aux: Token, perfect: bool) -> tuple[Status, str] | None:
    """What a future or modal auxiliary makes of its verb, and the rule; ``None`` for any other auxiliary."""
    if aux.lower in FUTURE:
        return "planned", "future"
    if aux.lower not in MODAL:
        return None
    if perfect and aux.lower in ("may", "might", "must", "could"):
        return "alleged", "modal-perfect"
    if aux.lower == "would" and not perfect:
        return "planned", "future-in-past"
    return "hypothetical", "modal"


def _set_modals(parse: Parse, verb: Token, found: FoundStatus, above: str = "") -> None:
    auxiliaries = verb.kids("aux", "auxpass")
    perfect = bool({aux.lower for aux in auxiliaries} & {"have", "has", "had", "'ve", "having"})
    for aux in auxiliaries:
        if (read := _modal(aux, perfect)) is not None:
            status, rule = read
            _set(found, status, rule + above, None if status == "planned" else parse.span(aux.i, aux.i))


def _conditions(verb: Token) -> list[Token]:
    """Words that make a clause a condition or an open question, also where it only continues one ("if X attacks and Y fires")."""
    marks = [mark for mark in verb.kids("mark", "advmod") if mark.lower in IF]
    while not marks and verb.dep == "conj" and verb.head.is_verb and verb.child("mark", "advmod") is None:
        verb = verb.head
        marks = [mark for mark in verb.kids("mark") if mark.lower in IF]
    return marks


def _verb_group(parse: Parse, verb: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """Auxiliaries, tense and clause markers of a verb; a verb joined to another by "and" may share those of the first."""
    first = _sharer(verb)
    words = {aux.lower for aux in first.kids("aux", "auxpass")}
    _set_modals(parse, first, found)
    if "to" in words and first.dep in CLAUSES_ABOVE:
        _set(found, "planned", "purpose")
        if first.dep == "acl" and first.head.lower != "order":  # "an effort to ease", but "in order to ease"
            found.rules.append("status:aim-of-noun")
    never = verb.dep == "conj" and verb.tag == verb.head.tag and any(kid.lower == "never" for kid in verb.head.children)
    if (first is not verb and first.child("neg") is not None) or (never and verb.child("nsubj", "nsubjpass", "neg") is None):
        found.negated = True
        found.rules.append("status:negation-shared")
    if verb.tag == "VBG" and words & {"is", "are", "'s", "'re", "am"}:
        _set(found, "ongoing", "present-progressive")
    if verb.tag == "VBG" and words & {"been", "be"} and words & {"have", "has", "'ve"}:
        _set(found, "ongoing", "perfect-progressive")
    if verb.tag == "VBG" and {"to", "be"} <= words and first.dep == "xcomp":
        _set(found, "ongoing", "progressive-infinitive")
    for mark in _conditions(verb):
        _set(found, "hypothetical", "condition", parse.span(mark.i, mark.i))
    for argument in verb.kids("nsubjpass", "nsubj", "dobj"):
        if argument.lower in ("nobody", "nothing", "none", "neither") or any(
            c.lower in ("no", "neither") and c.dep == "det" for c in argument.children
        ):
            found.negated = True
            found.rules.append("status:no-argument")
    above = first.head
    if first.dep == "xcomp" and "to" in words and above.is_verb and above.lower not in IMPLICATIVE | RESULTING:
        effect = _effect(lexicon, above, first)
        if above.lower in BE_FORMS and above.child("acomp", "attr") is None:
            _set(found, "planned", "be-to")  # "is to visit the front"
        elif effect not in TOLD_AS_DONE and not _became(first, above):
            _set(found, "planned", "infinitive")
        elif above.dep in ("advcl", "acl") and any(aux.lower == "to" for aux in above.kids("aux")):
            _set(found, "planned", "purpose")  # "arrived to try to free them"


def _became(verb: Token, above: Token) -> bool:
    """True for what a past act led to: "passed the border to become the largest of the camps"."""
    return verb.lower == "become" and above.tag == "VBD"


PRESUPPOSING = frozenset({"under", "amid", "amidst", "despite", "during", "since", "following", "after"})
"""Prepositions whose noun is taken for fact, whatever is asked or allowed above it ("allowed to move under a truce")."""
SHARE = frozenset(
    "involvement responsibility role part participation complicity blame credit connection link links knowledge details detail "
    "account accounts news reports report perpetrators suspects suspect motive anniversary victims investigation investigations "
    "inquiry inquiries probe interest trial verdict response reaction retaliation revenge reprisal result wake aftermath".split()
)
"""Nouns of somebody's share in an act, or of what is known or asked of it: the act is taken for fact ("denied any role in the
attack", "name a person of interest in the shooting")."""
NO_REPORTS = "status:no-reports"
"""The rule of an act of which there are "no reports": nobody denies it, and nobody tells it."""
REPORTED = frozenset("report reports account accounts news".split())
"""Nouns whose "no" is that of what they tell ("no reports of clashes")."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
BREAKING_OFF = frozenset(
    "stop stops stopped stopping cease ceases ceased ceasing suspend suspends suspended suspending disrupt disrupts disrupted "
    "disrupting halt halts halted halting".split()
)
"""Verbs that break off what is under way ("suspended its offensive"); of an act not yet begun they prevent it."""

LASTING = frozenset({"fighting", "violence", "clashes", "bloodshed", "shelling", "hostilities", "unrest"})


TIDINGS = frozenset("information detail details comment comments explanation figures specifics motive update updates".split())
"""Nouns of what is told about an act; that they are withheld says nothing of the act ("gave no details of the blast")."""


def _governors(parse: Parse, act: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """Verbs and nouns above the act that make it planned, tried, prevented, asked for, feared, doubted."""
    child = act
    content = any(mark.lower == "that" for mark in act.kids("mark"))
    if act.is_verb and (
        act.dep in ("relcl", "advcl")
        or (act.dep == "acl" and not content and not any(aux.lower == "to" for aux in act.kids("aux")))
    ):
        return
    if _presupposed(act):
        return
    if act.dep == "compound" and not act.is_verb:
        _planning_noun(parse, act, lexicon, found)
        return
    for head in act.ancestors():
        if child.dep not in CLIMB or head.i == child.i or child.lower in TIDINGS:
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
        if child.dep == "conj" and child.tag in FINITE_PAST and head.tag == "VB":
            break
        if child.dep in ("nsubj", "nsubjpass") and head.lower not in lexicon.subject_governors:
            if child.dep == "nsubjpass":
                _passive(parse, act, head, lexicon, found)
                _performed(parse, act, head, found)
            elif child is act and not act.is_verb and _happens(head):
                _set_modals(parse, head, found, "-of-happening")
                if head.child("neg") is not None:
                    found.negated = True
                    found.rules.append("status:did-not-happen")
            break
        if child.dep == "prep" and head.lower in SHARE and not act.is_verb:
            told = child.child("pobj")
            direct = told is not None and act.i in (told.i, *(part.i for part in told.conjuncts()))
            if direct and head.lower in REPORTED and any(kid.lower == "no" for kid in head.kids("det")):
                found.negated = True
                found.rules.append(NO_REPORTS)
            return
        wish = head.child("acomp") if child.dep == "ccomp" else None
        if wish is not None and lexicon.predicates.get(wish.lower) == "requested":  # "it is vital that both withdraw"
            _apply(parse, "requested", wish, found)
            return
        effect = _effect(lexicon, head, child)
        finite = child.dep == "ccomp" and child.child("nsubj", "nsubjpass") is not None
        if finite and effect not in ("hypothetical", "denied") and not (effect == "requested" and child.tag == "VB"):
            effect = None
        if effect == "alleged" and child.dep == "dobj" and _definite(child):
            effect = None
        if effect is not None and child.dep not in ("advcl", "relcl", "conj"):
            if effect == "prevented" and (left := _left_standing(lexicon, head, child)) is not None:
                if left == "hypothetical":
                    _set(found, left, f"prevented-unsure:{head.lower}", parse.span(head.i, head.i))
                return
            _apply(parse, effect, head, found)
            if effect in ("planned", "requested", "hypothetical", "prevented", "threatened"):
                return
        quality = child is act and child.dep == "acomp"  # "is not dead"
        if (quality or child.dep in ("xcomp", "pcomp", "dobj", "pobj", "prep", "attr")) and head.is_verb:
            if not act.is_verb and head.lower not in lexicon.performing and _definite(act):
                return
            first = _sharer(head)
            if any(kid.dep == "neg" for kid in first.children):
                found.negated = True
                found.rules.append("status:negated-above")
            _set_modals(parse, first, found, "-above")
            if child is act and not act.is_verb and head.lower in lexicon.performing and _under_way(first):
                _set(found, "ongoing", "carried-on")  # "have been pressing an offensive"
            for mark in _conditions(head):
                _set(found, "hypothetical", "condition-above", parse.span(mark.i, mark.i))
        if head.is_verb and child.dep == "ccomp":
            if child is act and act.tag in ("VBP", "VBZ"):
                _yet_to_be_said(parse, head, lexicon, found)
            return
        if head.i == head.head.i:
            return
        child = head


def _under_way(verb: Token) -> bool:
    """True for "is pressing", "have been pressing"; of "had been pressing" the end is open."""
    words = {aux.lower for aux in verb.kids("aux")}
    now = bool(words & {"is", "are", "'s", "'re"}) or ("been" in words and bool(words & {"have", "has", "'ve"}))
    return verb.tag == "VBG" and now


def _yet_to_be_said(parse: Parse, cue: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """What is told in the present by words that are yet to be said has not come about ("must announce that they accept")."""
    first = _sharer(cue)
    _set_modals(parse, first, found, "-above")
    infinitive = first.dep == "xcomp" and any(aux.lower == "to" for aux in first.kids("aux"))
    if infinitive and first.head.lower not in IMPLICATIVE and _effect(lexicon, first.head, first) not in TOLD_AS_DONE:
        _set(found, "hypothetical", "yet-to-be-said")


def _presupposed(act: Token) -> bool:
    """True for an act that a preposition of time or cause takes for fact: "shut due to the fighting"."""
    link = act.head
    if act.dep not in ("pobj", "pcomp"):
        return False
    if link.lower in PRESUPPOSING:
        return True
    cause = link.head if link.lower in ("to", "of") else link
    return cause.lower == "due" if link.lower == "to" else link.lower == "of" and _because(link)


def _because(link: Token) -> bool:
    return link.head.lower == "because" or any(kid.lower == "because" for kid in link.children)


def _planning_noun(parse: Parse, act: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """What a noun of plans, threats or wishes makes of the act that it is a plan, threat or wish of: "a bombing plot"."""
    noun = act.head
    if noun.is_noun and noun.lower in lexicon.governing_nouns:
        effect = next((one.effect for one in lexicon.governors[noun.lower] if one.second is None), None)
        if effect in ("planned", "threatened", "requested", "hypothetical"):
            _apply(parse, effect, noun, found)


def _happens(verb: Token) -> bool:
    """True for "happen", "occur", "take place": their negation and future are those of the act that is their subject."""
    return verb.lower in ("happen", "happened", "happening", "occur", "occurred", "occurring") or (
        verb.lower in ("take", "taking", "taken") and any(kid.lower == "place" for kid in verb.kids("dobj"))
    )


def _definite(noun: Token) -> bool:
    """True for a noun that points at something known: "the attack", "its offensive", "Friday's bombing"."""
    return any(kid.dep == "poss" or kid.lower in DEFINITE for kid in noun.children)


def _passive(parse: Parse, act: Token, verb: Token, lexicon: StatusLexicon, found: FoundStatus) -> None:
    """What a passive verb makes of its subject: "the march was called off", "an assault is feared"."""
    particles = {kid.lower for kid in verb.kids("prt")}
    effect = next(
        (one.effect for one in lexicon.passives.get(verb.lower, ()) if one.second is None or one.second in particles), None
    )
    if effect is None or act.is_verb or verb.child("xcomp", "ccomp", "oprd") is not None:
        return
    past = any(aux.lower in ("was", "were", "had") for aux in verb.kids("aux", "auxpass"))
    if effect in ("planned", "hypothetical", "requested") and past and _definite(act):
        return
    announced = verb.lower in CALLED_OFF and any(aux.lower in FUTURE for aux in verb.kids("aux"))
    if effect == "prevented" and not announced and _left_standing(lexicon, verb, act) is not None:
        return
    _apply(parse, effect, verb, found)


PERFORMED = frozenset(
    "carried launched staged conducted mounted committed held signed reached completed finished finalised finalized resumed "
    "renewed undertaken executed repeated extended".split()
)
"""Participles that only say that their subject takes place."""
CALLED_OFF = frozenset("cancelled canceled called postponed scrapped shelved delayed put".split())
"""Participles of what those who planned an act decide: once announced it does not take place ("the march will be called off")."""


def _performed(parse: Parse, act: Token, verb: Token, found: FoundStatus) -> None:
    """Future, doubt and negation of an act that is said to be performed: "the truce may be signed", "no raid was carried out"."""
    if act.is_verb or verb.lower not in PERFORMED:
        return
    if not ({aux.lower for aux in verb.kids("aux", "auxpass")} & {"have", "has", "had"}):
        _set_modals(parse, verb, found, "-of-performing")
    if verb.child("neg") is not None:
        found.negated = True
        found.rules.append("status:not-performed")


def _left_standing(lexicon: StatusLexicon, verb: Token, act: Token) -> Status | None:
    """What a verb of prevention leaves of the act where it does not undo it; ``None`` where it does.

    ``occurred`` where nobody prevented it ("could not stop the attack") or where it was under way ("suspended its offensive");
    ``hypothetical`` where it has yet to be prevented ("was sent to prevent attacks").
    """
    if not verb.is_verb:
        return None
    lasting = act.lower in LASTING or (_definite(act) and act.lower not in ("advance", "advances", "push", "spread"))
    under_way = verb.lower in BREAKING_OFF and lasting
    first = _sharer(verb)
    above = _effect(lexicon, first.head, first) if first.dep == "xcomp" else None
    if first.child("neg") is not None or above == "failed":
        return "occurred"
    words = {aux.lower for aux in first.kids("aux")}
    unsure = bool(words & (FUTURE | MODAL)) or ("to" in words and (first.dep != "xcomp" or above not in TOLD_AS_DONE))
    if unsure:
        return "occurred" if under_way else "hypothetical"
    return "occurred" if under_way else None


def _effect(lexicon: StatusLexicon, head: Token, child: Token) -> str | None:
    """What a word above the act makes of it, its particle, preposition or infinitive regarded."""
    if not (head.is_verb or head.is_noun):
        if child.dep in ("xcomp", "ccomp") or child.lower in ("for", "of", "to", "on"):
            return lexicon.predicates.get(head.lower)
        return None
    if head.tag == "VBG" and child.dep == "xcomp" and head.lower in lexicon.predicates:
        return lexicon.predicates[head.lower]
    if child.dep == "prep" and child.lower == "to" and head.lower.startswith("agree"):
        return None  # "agreed to a truce" makes it
    if head.lower == "order" and child.dep == "acl" and head.dep == "pobj" and head.head.lower == "in":
        return None  # "in order to free them"
    governors = lexicon.governors.get(head.lower)
    if governors is None or (head.is_noun and child.dep == "prep" and _no_governor(head, lexicon)):
        return None
    beside = {child.lower} | {kid.lower for kid in head.children if kid.dep in ("prt", "prep", "advmod")}
    if child.dep in ("xcomp", "ccomp", "acl", "advcl"):
        beside |= {aux.lower for aux in child.kids("aux")}
    for governor in governors:
        if governor.second is not None and governor.second in beside:
            return governor.effect
    named = head.is_verb and child.dep == "oprd"  # "what they call interference"
    return next((one.effect for one in governors if one.second is None and not (named and head.lower.startswith("call"))), None)


def _no_governor(noun: Token, lexicon: StatusLexicon) -> bool:
    """True for a noun that only looks like a verb of the lexicon: "blocks from where he was shot"."""
    return noun.lower not in lexicon.governing_nouns and not noun.lower.endswith("ing") and noun.child("dobj", "nsubj") is None


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
