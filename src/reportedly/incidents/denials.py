"""What a denial denies: the whole act, a figure, who did it, or a detail. Only the first makes an incident disputed.

The rule looks at the words and at who speaks, never at which side that is; the first that fits holds:

1. *Figure*: the denied words speak of a toll as such ("disputed the toll"), or of people harmed where the voice itself tells the
   act, or calls it its own ("in its strike").
2. *Authorship*: the denied words name the voice, or whom it speaks for, as the one who did it, or refuse responsibility or
   involvement.
3. *Figure*: the denied words speak of people harmed, and the act stands in them as given ("killed in the attack"), or others tell
   it as an act that is more than its victims (a clash, a raid).
4. *Detail*: the denied words take the act for given.
5. *Whole*: everything else ("denied that a clash had taken place").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reportedly.incidents.facts import GIVEN, takes_for_given
from reportedly.incidents.figures import figure_words
from reportedly.incidents.plain_words import ACTS
from reportedly.incidents.records import Denial, DenialOf, Field
from reportedly.incidents.summary_parts import UNTOLD, Part, Voices, names, voice_key, voice_name
from reportedly.records import Actor, Count

RESPONSIBILITY: Final = re.compile(
    r"\b(?:responsib\w+|involve\w+|complicit\w*|culpab\w+|behind the|(?:nothing|anything) to do with"
    r"|(?:any|a|no) (?:role|part|hand|links?|connection|ties) (?:in|to|with)"
    r"|(?:took|taken|taking|take|had) part in|(?:den\w+|disclaim\w+|reject\w+) (?:having|\w+ing)\b)",
    re.IGNORECASE,
)
"""Words by which a voice says that it did not do it: "denied any involvement", "denied shelling the town"."""
OWN_DOING: Final = re.compile(
    r"\bthat (?:it|they|he|she|we|(?:its|their|his|our) (?:own )?\w+) (?:had|have|has) (?:ever )?(?!been\b)\w+", re.IGNORECASE
)
"""The voice, or its people, as those who did it: "that its fighters had killed", not "had been killed"."""
TOLL: Final = re.compile(r"\b(?:tolls?|figures?|numbers?|casualty|casualties|losses|estimates?)\b", re.IGNORECASE)
HARMED: Final[dict[Field, re.Pattern[str]]] = {
    "killed": re.compile(r"\b(?:killed|killing|died|dead|deaths?|casualties|losses)\b", re.IGNORECASE),
    "injured": re.compile(r"\b(?:injured|wounded|hurt|injuries|casualties)\b", re.IGNORECASE),
    "abducted": re.compile(r"\b(?:abducted|kidnapped|hostages?|captured)\b", re.IGNORECASE),
    "arrested": re.compile(r"\b(?:arrested|detained)\b", re.IGNORECASE),
}
"""The field of people harmed that words without a number speak of."""
_NOUNS: Final = "|".join(sorted(word for word in ACTS if not word.endswith("ed")))
OWN_ACT: Final = re.compile(rf"\b(?:its|their|his|our) (?:\w+ ){{0,2}}(?:{_NOUNS})\b", re.IGNORECASE)
GIVEN_ACT: Final = re.compile(rf"{GIVEN} (?:\S+ ){{0,3}}?(?:{_NOUNS})\b", re.IGNORECASE)
VICTIMS: Final = frozenset({"killing", "massacre", "execution"})
"""Types of claims that tell no more of an act than its victims."""
ACT_NOUN: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(word for word, (_, type_) in ACTS.items() if type_ not in VICTIMS))})\b", re.IGNORECASE
)
"""Words that tell more of an act than its victims."""
WHY: Final[dict[str, str]] = {
    "toll": "its words speak of the toll",
    "own": "the voice tells the act itself",
    "own act": "its words call the act the voice's own",
    "authorship": "its words say that the voice did not do it",
    "given": "its words take the act for given",
    "victims": "its words speak of victims only, and others tell more of the act",
    "whole": "its words deny the act itself",
}


def denials(parts: Sequence[Part], known: Voices) -> tuple[Denial, ...]:
    """All that is denied of an incident, in the order of the claims; what one voice denies twice is one denial."""
    found: dict[tuple[str, DenialOf, Field | None, str | None], Denial] = {}
    for words in _utterances(parts, known):
        for denial in words.denials():
            key = (denial.voice, denial.of, denial.field, denial.value)
            before = found.get(key)
            claims = tuple(dict.fromkeys((*before.claims, *denial.claims))) if before else denial.claims
            found[key] = denial.model_copy(update={"claims": claims})
    return tuple(found.values())


@dataclass(frozen=True)
class _Utterance:
    """The claims of one report by which one voice denies something in one breath."""

    parts: tuple[Part, ...]
    every: Sequence[Part]
    known: Voices

    @cached_property
    def text(self) -> str:
        return " ".join(dict.fromkeys(span.text for part in self.parts for span in part.claim.evidence))

    @cached_property
    def speaker(self) -> Part:
        return self.parts[0]

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What is counted in the denied words; of a toll told in another sentence nothing."""
        denied = [part for part in self.parts if part.claim.status == "denied" or part.claim.negated]
        found = [count for part in denied or self.parts for count in part.claim.counts if count.what in HARMED]
        return tuple(count for count in found if count.text in self.text)

    def denials(self) -> list[Denial]:
        of, why = self.sort()
        claims = tuple(part.claim.id for part in self.parts)
        values: list[tuple[Field | None, str | None]] = [(None, None)]
        if of == "figure":
            values = list(dict.fromkeys(self.fields()))
        elif of == "authorship":
            values = [("actor", self.itself())]
        return [
            Denial(voice=voice_name(self.speaker), of=of, field=field, value=value, claims=claims, why=WHY[why])
            for field, value in values
        ]

    def fields(self) -> list[tuple[Field | None, str | None]]:
        """The denied figures: with their numbers where they are told."""
        told: list[tuple[Field | None, str | None]] = []
        for count in self.counts:
            has_number = count.low is not None or count.high is not None
            told.append((_field(count), figure_words(count.low, count.high) if has_number else None))
        bare: list[tuple[Field | None, str | None]] = [(name, None) for name, words in HARMED.items() if words.search(self.text)]
        return told or bare or [("killed", None)]

    def sort(self) -> tuple[DenialOf, str]:
        """What is denied, and by which part of the rule."""
        is_harm = bool(self.counts) or any(words.search(self.text) for words in HARMED.values())
        if TOLL.search(self.text):
            return "figure", "toll"
        if is_harm and self.tells_it():
            return "figure", "own"
        if is_harm and OWN_ACT.search(self.text):
            return "figure", "own act"
        if RESPONSIBILITY.search(self.text) or OWN_DOING.search(self.text) or self.names_itself():
            return "authorship", "authorship"
        is_given = GIVEN_ACT.search(self.text) is not None or any(takes_for_given(part.claim) for part in self.parts)
        if is_harm and is_given:
            return "figure", "given"
        if is_harm and self.tells_victims_only():
            return "figure", "victims"
        return ("detail", "given") if is_given else ("whole", "whole")

    def tells_it(self) -> bool:
        """Whether the voice itself tells the act."""
        own = self.known.of(self.speaker)
        return any(
            part.role == "member" and self.known.of(part) == own and part.claim.attribution[-1].stance not in UNTOLD
            for part in self.every
        )

    def names_itself(self) -> bool:
        """Whether the denied words have the voice, or whom it speaks for, as the one who did it."""
        acts = [part for part in self.parts if part.claim.family != "denial"]
        return any(self.is_speaker(actor) for part in acts for actor in part.claim.actors)

    def itself(self) -> str | None:
        """The name under which the voice, or whom it speaks for, is said by others to have done it."""
        told = (actor for part in self.every if part.role != "denies" and not _denies(part) for actor in part.claim.actors)
        return next((actor.name for actor in told if self.is_speaker(actor)), None)

    def is_speaker(self, actor: Actor) -> bool:
        voice = voice_key(self.speaker)
        return any(voice == name or self.known.related(voice, name) for name in names(actor))

    def tells_victims_only(self) -> bool:
        acts = [part.claim for part in self.parts if part.claim.family != "denial"]
        members = [part.claim for part in self.every if part.role == "member" and part not in self.parts]
        is_of_victims = all(act.type in VICTIMS for act in acts) if acts else not ACT_NOUN.search(self.text)
        return is_of_victims and any(member.type not in VICTIMS for member in members)


def _utterances(parts: Sequence[Part], known: Voices) -> list[_Utterance]:
    """Denials, each with the claims of its report that it speaks of; then claims of a denying voice that no denial holds."""
    found: list[_Utterance] = []
    held: set[tuple[str, str]] = set()
    for part in parts:
        if part.claim.family == "denial" and not part.claim.negated:
            about = [
                other
                for other in parts
                if other.facts.report == part.facts.report and other.claim.id in part.claim.about and _denies(other)
            ]
            found.append(_Utterance((part, *about), parts, known))
            held |= {(other.facts.report, other.claim.id) for other in about}
    for part in parts:
        if _denies(part) and part.claim.family != "denial" and (part.facts.report, part.claim.id) not in held:
            found.append(_Utterance((part,), parts, known))
    return found


def _denies(part: Part) -> bool:
    return part.role == "denies" or any(voice.stance == "denies" for voice in part.claim.attribution)


def _field(count: Count) -> Field:
    return next(name for name in HARMED if name == count.what)
