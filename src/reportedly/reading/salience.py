"""Decides which drafts tell of an act in particular; words for violence in general make no claim."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.status import StatusLexicon
from reportedly.reading.actors import FoundActor
from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.merge import HABIT, HARM_WORDS, OPEN_TYPES, STANDING
from reportedly.reading.parse import Parse, Token
from reportedly.reading.senses import HAPPENING
from reportedly.reading.status import NO_REPORTS
from reportedly.reading.topic import SHORT
from reportedly.reading.wars import TOLL, WAR

UNREAL = frozenset({"planned", "hypothetical", "requested", "threatened"})
FICTION = frozenset(
    "film movie novel opera play drama thriller sitcom comic cartoon musical videogame episode sequel fiction painting".split()
)
ROUGH = frozenset({"foul", "gun", "rough"})
"""Words before "play" that make it no work of art."""
EXERCISES = frozenset({"exercise", "exercises", "drill", "drills", "simulation"})
NO_PARTY = frozenset(
    "company bank firm school club team coach accountant airline manufacturer shop store studio label producer".split()
)
"""Speakers of other worlds, whose denials and accusations are no matter of conflict."""
GENERAL_TERMS = frozenset(
    "violence terrorism terror abuses abuse war conflict fighting hostilities insurgency unrest crime atrocities combat "
    "militancy aggression bloodshed clash battle fight struggle rebellion threat protest agreement".split()
)
"""Nouns for states of affairs; they tell of an act only with a place, a time or a toll of their own."""
FINDS = frozenset({"weapons_seizure", "disarming"})
"""Types whose object is the weapon itself."""
ACCORDS = frozenset({"peace_agreement", "ceasefire", "truce", "pact"})
"""Agreements that a date alone makes particular ("a 2009 peace agreement")."""
PLOTS = frozenset({"suicide_attack", "bombing", "assassination", "ied", "massacre", "hostage_taking", "coup"})
"""Violence so definite that the plan for it alone is told ("he came to carry out a suicide attack")."""
POWERS = frozenset({"state", "government", "armed_group", "military", "international_force", "international_organisation"})
"""Kinds of actors whose words to each other are a matter of conflict."""
BY_WEAPON = frozenset({"armed_attack", "stabbing"})
"""Acts with a weapon in the hand: whoever is shot or stabbed is not hit by chance, whatever the report is about."""
HARMS = frozenset({"killed", "injured", "casualties"})
"""Counts of people who were hurt."""
EASING = tuple("subsid eas abat lull die wane waning cease stop halt end declin drop fell fall".split())
"""Beginnings of verbs by which fighting grows less: no act is told by that."""
CULPRITS = frozenset("perpetrators perpetrator culprits culprit suspects offenders responsible those anyone".split())
"""Whom one calls to arrest; nobody in particular."""
SENT = frozenset("sent deployed dispatched rushed called brought flown moved".split())
"""Participles by which reinforcements are told to have come."""
NEEDED = 2.0


def mark_told(parse: Parse, drafts: Sequence[Draft], lexicon: StatusLexicon, of_conflict: bool) -> None:
    """Marks the drafts that tell of a particular act, with all mentions folded into them, rather than of violence in general.

    In a report that is not of conflict, only what can hardly mean anything else is told.
    """
    other_world = _of_other_world(parse, lexicon)
    for draft in drafts:
        draft.told = (of_conflict or _unmistakable(parse, draft)) and _is_told(parse, draft, lexicon, other_world)
    _hand_on_tolls(drafts)


def weigh_mentions(parse: Parse, drafts: Sequence[Draft]) -> None:
    """Notes how much each mention tells by its own words, before mentions of one act fill each other up."""
    for draft in drafts:
        draft.fullness = _fullness(parse, draft)


def _fullness(parse: Parse, draft: Draft) -> float:
    told = [_names_one(draft, draft.roles.actors), _names_one(draft, draft.roles.targets)]
    told.append(any(count.count.low is not None for count in draft.counts))
    told.append(draft.place is not None and (draft.place.precision or 9) <= 3)
    told.append(draft.time is not None and draft.time.precision in ("day", "range"))
    told.append(not draft.found.nominal)
    head = parse.tokens[draft.found.head]
    return sum(told) - 0.5 * (head.dep in ("relcl", "acl"))


def _names_one(draft: Draft, actors: Sequence[FoundActor]) -> bool:
    """True if the words of the mention itself name one of these actors."""
    return any(draft.evidence.start <= actor.actor.start < draft.evidence.end for actor in actors)


def _hand_on_tolls(drafts: Sequence[Draft]) -> None:
    """Gives the toll that the news opens with to the act told right after ("Three are dead. Police said a man shot …")."""
    acts = [draft for draft in drafts if draft.told and draft.family in VIOLENT_FAMILIES and not draft.background]
    for draft in drafts:
        bare = draft.type.id == "killing" and draft.lead and not (draft.background or draft.cumulative or draft.status.negated)
        if draft.told or not bare or draft.status.status != "occurred" or not _harms(draft):
            continue
        heir = next((act for act in acts if 0 <= act.sent - draft.sent <= 2 and not act.status.negated), None)
        if heir is not None:
            heir.counts.extend(count for count in draft.counts if count not in heir.counts)


def _unmistakable(parse: Parse, draft: Draft) -> bool:
    """True for an act whose words, parties or weapon tell of conflict in a report on something else.

    Of a few sentences the words of dealings without force are enough.
    """
    parts = [draft, *draft.merged]
    everybody = [actor for part in parts for actor in part.roles.actors + part.roles.targets]
    if any(actor.armed and actor.group != "police" for actor in everybody):
        return True
    if draft.speech or draft.family in ("agreement", "statement", "other"):
        return len(parse.tokens) < SHORT or len({actor.actor.name for actor in everybody if actor.actor.kind in POWERS}) > 1
    if draft.family == "movement":
        return False
    if any(part.type.id in BY_WEAPON and (part.roles.targets or _harms(part)) for part in parts):
        return True
    if any(part.type.id == "killing" and part.roles.targets and _by_persons(part) for part in parts):
        return True
    return any(part.found.act.strength == "strong" and part.type.id not in OPEN_TYPES for part in parts)


def _harms(draft: Draft) -> bool:
    """True where somebody is told to have been killed or hurt, with a number or without ("a deadly shooting")."""
    return any(count.count.what in HARMS and count.count.high != 0 for count in draft.counts)


def _by_persons(draft: Draft) -> bool:
    """True where people did it ("a woman killed her daughter"), not a flood or a bus."""
    return any(actor.actor.kind in ("person", "class") for actor in draft.roles.actors)


def _is_told(parse: Parse, draft: Draft, lexicon: StatusLexicon, other_world: bool) -> bool:
    if _off_topic(parse, draft, lexicon, other_world):
        return False
    if NO_REPORTS in draft.status.rules:
        return False
    if draft.speech:
        return _speech_told(draft) and not _standing_threat(parse, draft)
    if draft.family in ("movement", "other") and {"status:purpose", "status:infinitive"} & set(draft.status.rules):
        return False
    return max(_weight(parse, part) for part in [draft, *draft.merged]) + _joint(draft) >= NEEDED


def _off_topic(parse: Parse, draft: Draft, lexicon: StatusLexicon, other_world: bool) -> bool:
    words = [token.lower for token in parse.sentence(draft.sent)]
    if sum(word in lexicon.not_conflict for word in words) >= 2 or _in_fiction(parse, draft):
        return True
    armed = any(actor.armed for part in [draft, *draft.merged] for actor in part.roles.actors + part.roles.targets)
    if armed or draft.speech:
        return False
    if any(word in lexicon.accident for word in words) and not _deliberate(draft):
        return True
    return other_world


def _in_fiction(parse: Parse, draft: Draft) -> bool:
    """True if the sentence tells a story or an exercise: "in the film", "her novel opens with", "an exercise in which"."""
    for token in parse.sentence(draft.sent):
        if token.lower in FICTION and token.is_noun and not any(kid.lower in ROUGH for kid in token.kids("amod", "compound")):
            if token.dep in ("nsubj", "nsubjpass") or (token.dep == "pobj" and token.head.lower in ("in", "of", "during")):
                return True
        if (
            token.lower in EXERCISES
            and token.dep in ("dobj", "pobj", "nsubj")
            and token.i < draft.found.first
            and draft.family in VIOLENT_FAMILIES
        ):
            return True
    return False


def _deliberate(draft: Draft) -> bool:
    """True if the trigger itself tells of a deed, not of a mere blast or death."""
    kinds = {part.type.id for part in [draft, *draft.merged]}
    return bool(kinds - {"killing", "explosion", "attack", "flight", "evacuation", "bombing", "property_destruction"})


def _of_other_world(parse: Parse, lexicon: StatusLexicon) -> bool:
    """True where the words of sport, markets or art fill the report."""
    words = [token.lower for token in parse.tokens if token.lower in lexicon.not_conflict]
    return len(set(words)) >= 3 and len(words) * 40 > len(parse.tokens)


def _speech_told(draft: Draft) -> bool:
    """A speech act needs a speaker; of the vaguer kinds also somebody or something spoken of."""
    if not draft.roles.actors or draft.roles.actors[0].actor.text.lower().split()[-1] in NO_PARTY:
        return False
    speaker = draft.roles.actors[0]
    if draft.family == "accusation" and not draft.roles.targets and speaker.actor.kind == "class" and speaker.group is None:
        return bool(speaker.armed)  # "analysts blamed the slide on the price of oil"
    if draft.type.id == "claim_of_responsibility" and draft.status.status == "planned":
        draft.status.status = "occurred"
    if draft.status.status in ("hypothetical", "planned", "requested") and draft.type.id not in (
        "threat",
        "promise",
        "warning",
        "ultimatum",
    ):
        return False
    if draft.status.negated:
        return False
    return True


def _standing_threat(parse: Parse, draft: Draft) -> bool:
    """True for "the threat posed by the group": a danger, not something said."""
    head = parse.tokens[draft.found.head]
    if draft.family != "threat" or not draft.found.nominal:
        return False
    if head.tag == "NNS" and head.dep == "nsubj" and head.child("conj") is not None and head.child("acl") is None:
        return True  # "threats and attacks by the rebels kept voters at home"
    words = {child.lower for child in head.children} | {head.head.lower}
    return bool(
        words
        & {"posed", "pose", "poses", "posing", "counter", "countering", "face", "facing", "combat", "remains", "remain", "from"}
    )


def _war_fought(head: Token, draft: Draft) -> bool:
    """True for "fought two wars", "the war between A and B": a war in particular, not war in general."""
    if head.lower not in ("war", "wars") or draft.type.id != "clash":
        return False
    fought = head.dep == "dobj" and head.head.lower in ("fought", "fighting", "fight", "waged", "wage", "waging")
    return fought or len(draft.roles.actors + draft.roles.targets) > 1


def _joint(draft: Draft) -> float:
    """Mentions that agree make an act more particular."""
    return min(1.0, 0.5 * len(draft.merged))


GOING_ON = frozenset("continue continues continued persist persists persisted spread".split())
"""Verbs of protests that go on."""
CARRIED_OUT = frozenset("made carried conducted launched staged mounted fired".split())
"""Passive verbs that say no more of their subject than that it took place."""


def _weight(parse: Parse, draft: Draft) -> float:
    head = parse.tokens[draft.found.head]
    weight = 1.0
    if draft.found.nominal:
        weight = 0.5 if head.dep in ("nsubj", "nsubjpass", "dobj") or draft.type.group == "peace" else 0.0
        if head.dep == "nsubj" and head.head.lower.startswith(HAPPENING) and not head.head.kids("aux"):
            weight += 1.0
        if head.dep == "nsubj" and head.head.is_verb and head.head.lower.startswith(EASING):
            weight -= 1.5
    weight += 0.7 if draft.lead else 0.0
    weight += 0.7 if draft.found.nominal and "roles:light:claimed" in draft.roles.rules else 0.0
    weight += 0.3 if draft.found.act.strength == "strong" else 0.0
    weight += 1.0 if draft.found.act.frame == "blast" and draft.found.instrument is not None else 0.0
    weight += 0.5 if draft.found.instrument is not None and not draft.found.nominal else 0.0
    weight += 1.0 if draft.roles.actors else 0.0
    weight += 1.0 if draft.roles.targets else 0.0
    weight += 0.7 if draft.type.id in FINDS and draft.found.instrument is not None and not draft.roles.targets else 0.0
    weight += 1.0 if any(count.count.low is not None for count in draft.counts) else 0.0
    if draft.place is not None:
        weight += 1.0 if (draft.place.precision or 6) <= 5 else 0.4
    if draft.time is not None:
        weight += 1.0 if draft.time.precision in ("day", "range", "week", "month") or draft.type.group == "peace" else 0.5
    if draft.found.act.pos == "adj" or head.dep == "amod":
        weight -= 1.0
    numbered = any(count.count.low is not None for count in draft.counts)
    if draft.found.act.words[0] in HARM_WORDS and not numbered and not draft.roles.actors:
        weight -= 1.0
    if draft.status.negated and draft.found.act.words[0] in HARM_WORDS | {"harm"} and not numbered:
        weight -= 2.0
    if draft.type.id in ACCORDS and draft.time is not None:
        weight += 0.5
    if _war_fought(head, draft) or WAR in draft.rules or TOLL in draft.rules:
        weight += 2.5
    if draft.found.nominal:
        words = {child.lower for child in head.kids("det")} | {parse.tokens[max(0, draft.found.first - 1)].lower}
        if (draft.found.act.term in GENERAL_TERMS or head.lower in GENERAL_TERMS) and not draft.roles.actors:
            somewhere = draft.place is not None and (draft.place.precision or 9) <= 4
            weight -= 0.0 if draft.lead and somewhere and draft.found.act.strength == "strong" else 1.0
        if draft.type.id == "deployment" and head.dep == "nsubjpass" and head.head.lower in SENT:
            weight += 1.5
        if head.tag == "NNS" and not head.kids("nummod"):
            weight -= 0.5
        if draft.type.group == "unrest" and head.dep == "nsubj" and head.head.lower in GOING_ON and draft.place is not None:
            weight += 1.3  # "demonstrations continue throughout the country"
        if head.dep == "nsubjpass" and head.head.lower in CARRIED_OUT:
            weight += 1.0  # "some arrests were made"
        if draft.family == "truce_end":
            weight += 1.0
        if words & {"any", "no", "such", "future", "further"}:
            weight -= 1.5
        if (
            "the" in words
            and draft.family in VIOLENT_FAMILIES
            and draft.place is None
            and draft.time is None
            and not draft.roles.targets
        ):
            weight -= 0.5
    if draft.type.group == "law" and draft.status.status in ("planned", "requested"):
        weight -= 2.0 if any(target.actor.text.lower().split()[-1] in CULPRITS for target in draft.roles.targets) else 0.0
    if STANDING in draft.rules and head.dep == "acl":
        weight -= 3.0  # "the coalition fighting the group" only says who they are
    if HABIT in draft.rules:
        weight -= 1.5
    if draft.status.status in UNREAL:
        weight -= 0.5 if draft.status.status == "planned" else 2.0
        if "status:purpose" in draft.status.rules:
            weight += 0.3 if draft.type.id in PLOTS and draft.roles.actors else -1.0
    return weight
