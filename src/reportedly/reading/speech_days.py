"""When somebody said something: the day of the speech, which is not the day of what it speaks of.

A speech act has the day that its own verb or its own statement is given ("said Monday", "in a statement on Sunday"), else that
of the speech it is told in one breath with, else that of the same speaker elsewhere in the report. A reaction without any of
these came between the act that it is about and the report: after the day of the act, not later than publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.reading.drafts import VIOLENT_FAMILIES, Draft
from reportedly.reading.parse import Parse, Token
from reportedly.reading.times import FoundTime
from reportedly.reading.voices import VoiceReader
from reportedly.records import Time

REACTIONS = frozenset({"accusation", "denial", "claim_of_responsibility", "threat", "truce_end"})
"""Families that answer an act of the report."""
PROMPT = frozenset({"claim_of_responsibility", "truce_end"})
"""Families whose perfect tense ("has claimed") is news, not a habit ("has accused")."""
SPEAKING = frozenset("speaking writing addressing appearing talking briefing announcing".split())
"""Participles before a verb of saying that tell of the same speech."""
ACT_REACH = 3
"""How many sentences back the act may stand that a speech reacts to."""
LONGEST = timedelta(days=7)
"""A reaction later than this after the act is not tied to it."""


@dataclass(frozen=True)
class Spoken:
    """A verb or noun of saying with the day it is given, and who spoke."""

    head: int
    speakers: frozenset[str]
    time: Time


def date_speech(
    parse: Parse, drafts: Sequence[Draft], times: Sequence[FoundTime], voices: VoiceReader, published: date | None
) -> None:
    """Gives the speech acts of a report their days. ``published`` is the last day they can have, ``None`` where not known."""
    _SpeechDays(parse, drafts, times, voices, published).fill()


class _SpeechDays:
    def __init__(
        self, parse: Parse, drafts: Sequence[Draft], times: Sequence[FoundTime], voices: VoiceReader, published: date | None
    ) -> None:
        self.parse, self.voices, self.published = parse, voices, published
        self.drafts = sorted(drafts, key=lambda draft: draft.found.first)
        self.cues = {link.found.cue_head for link in voices.links if link.found.cue_head is not None}
        self.cues |= {part.found.head for draft in drafts if draft.speech for part in (draft, *draft.merged)}
        self.acts = {part.found.head for draft in drafts if not draft.speech for part in (draft, *draft.merged)} - self.cues
        self.stated: dict[int, Time] = {}
        for found in times:
            owner = self.owner(found)
            if owner in self.cues and (found.time.from_ or found.time.to) and found.kind in ("date", "bound"):
                self.stated.setdefault(owner, found.time)
        self.spoken = self._spoken()

    def owner(self, found: FoundTime) -> int | None:
        """The trigger or the verb of saying that a time belongs to; ``None`` where a clause of something else holds it."""
        before = self.parse.tokens[max(0, found.first - 1)]
        if before.lower in ("on", "late", "early", "earlier") and before.i > 0:
            before = self.parse.tokens[before.i - 1]
        if before.i in self.cues and before.is_verb and self.parse.tokens[found.last].dep != "poss":
            return before.i
        token = self._head(found)
        for above in token.ancestors():
            if above.i in self.acts or above.i in self.cues:
                return above.i
            if above.is_verb and not (above.lower in SPEAKING and above.dep == "advcl"):
                return None
        return None

    def _head(self, found: FoundTime) -> Token:
        token = self.parse.tokens[found.last]
        for i in range(found.first, found.last + 1):
            head = self.parse.tokens[i].head.i
            if not found.first <= head <= found.last or head == i:
                return self.parse.tokens[i]
        return token

    def _spoken(self) -> list[Spoken]:
        found = []
        for link in self.voices.links:
            cue = link.found.cue_head
            if cue is not None and cue in self.stated:
                found.append(Spoken(cue, self._names(link.actor.actor.name if link.actor else link.voice.name), self.stated[cue]))
        for draft in self.drafts:
            if draft.speech and draft.found.head in self.stated and draft.roles.actors:
                names = self._names(draft.roles.actors[0].actor.name)
                found.append(Spoken(draft.found.head, names, self.stated[draft.found.head]))
        return found

    def _names(self, name: str) -> frozenset[str]:
        """The speaker, and whom he speaks for."""
        owner = self.voices.discourse.owners.get(name)
        return frozenset({name} if owner is None else {name, owner.actor.name})

    def fill(self) -> None:
        for draft in self.drafts:
            if not draft.speech and draft.family != "truce_end":
                continue
            if "time:days-before" in draft.rules:
                continue
            if draft.speech and draft.time is not None and not self._own(draft):
                draft.time = None
            if draft.time is None:
                self._date(draft)

    def _own(self, draft: Draft) -> bool:
        """True for a time of the speech itself, or ahead of the report (that of what is threatened)."""
        time = draft.time
        if time is None or time.start is None:
            return False
        if draft.family == "threat" and self.published is not None and time.to and date.fromisoformat(time.to) > self.published:
            return True
        return any(self.stated.get(part.found.head) == time for part in (draft, *draft.merged))

    def _date(self, draft: Draft) -> None:
        head = self.parse.tokens[draft.found.head]
        for above in (head, *head.ancestors()):
            if above.i in self.stated and (above is head or self._one_breath(head, above)):
                draft.time = self.stated[above.i]
                draft.rules.append("time:of-speech")
                return
        inside = self._inside(draft)
        if draft.family == "claim_of_responsibility" and inside is not None and inside.time and not _is_day(inside.time):
            draft.time = inside.time.model_copy(update={"basis": "worked_out"})  # who claims an old act did so in its time
            draft.rules.append("time:of-claimed-act")
            return
        if draft.background or not self._news(draft, head):
            return
        same = self._of_speaker(draft)
        if same is not None:
            draft.time = same.model_copy(update={"basis": "worked_out"})
            draft.rules.append("time:of-speaker")
            return
        if draft.family in REACTIONS:
            self._react(draft)

    def _one_breath(self, head: Token, above: Token) -> bool:
        """True where only coordination and participles lie between two verbs of saying ("said Monday, adding")."""
        token = head
        while token is not above:
            if token.dep not in ("conj", "advcl", "xcomp") or token.child("mark") is not None:
                return False
            token = token.head
        return True

    def _news(self, draft: Draft, head: Token) -> bool:
        """True unless a present tense tells a standing position, a perfect an old charge, or a clause an earlier speech."""
        verb = head if head.is_verb else next((above for above in head.ancestors() if above.is_verb), head)
        if (verb.child("mark") is not None and verb.dep == "advcl") or (verb.dep == "relcl" and draft.family not in PROMPT):
            return False
        if any(kid.lower in ("long", "previously", "repeatedly", "often", "routinely") for kid in verb.kids("advmod")):
            return False
        if draft.family in PROMPT:
            return True
        if verb.tag in ("VBZ", "VBP"):
            return False
        return not any(aux.lower in ("has", "have", "had") for aux in verb.kids("aux"))

    def _of_speaker(self, draft: Draft) -> Time | None:
        if not draft.roles.actors:
            return None
        names = self._names(draft.roles.actors[0].actor.name)
        mine = [spoken for spoken in self.spoken if spoken.speakers & names]
        if not mine:
            return None
        before = [spoken for spoken in mine if spoken.head < draft.found.head]
        return (before[-1] if before else mine[0]).time

    def _react(self, draft: Draft) -> None:
        """Bounds a reaction by the day of the act it is about and by publication."""
        about = self._about(draft)
        if about is None or about.time is None or about.time.from_ is None:
            return
        first, last = date.fromisoformat(about.time.from_), self.published
        if last is None:
            last = date.fromisoformat(about.time.to) if about.time.to else None
        if last is None or last < first or last - first > LONGEST:
            return
        days = {"from_": first.isoformat(), "to": last.isoformat(), "precision": "day" if first == last else "range"}
        draft.time = about.time.model_copy(update={**days, "basis": "worked_out"})
        draft.rules.append("time:after-act")

    def _about(self, draft: Draft) -> Draft | None:
        """The dated act that a speech holds or follows: the one in its own words, else the last told before, else the first."""
        inside = self._inside(draft)
        if inside is not None and _is_day(inside.time):
            return inside
        able = [
            act
            for act in self.drafts
            if not act.speech and act.family in VIOLENT_FAMILIES and not act.background and _is_day(act.time)
        ]
        before = [act for act in able if act.found.first < draft.found.first and draft.sent - act.sent <= ACT_REACH]
        lead = [act for act in able if act.lead]
        return before[-1] if before else lead[0] if lead else None

    def _inside(self, draft: Draft) -> Draft | None:
        """The first act of violence, with a time, that the words of a speech hold."""
        told = [(part.evidence.start, part.evidence.end) for part in (draft, *draft.merged)]
        for act in self.drafts:
            if act.speech or act.family not in VIOLENT_FAMILIES or act.time is None:
                continue
            heads = [self.parse.tokens[part.found.head].start for part in (act, *act.merged)]
            if any(start <= at < end for at in heads for start, end in told):
                return act
        return None


def _is_day(time: Time | None) -> bool:
    return time is not None and time.precision in ("day", "range") and time.from_ is not None
