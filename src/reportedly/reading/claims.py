"""Turns the drafts of one report into claims: final status, voices, counts, ids, crosswalk, and who speaks of what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportedly.knowledge.layers import Layers
from reportedly.knowledge.types import crosswalk
from reportedly.reading.actors import FoundActor
from reportedly.reading.counts import FoundCount, total
from reportedly.reading.drafts import SPEECH_FAMILIES, VIOLENT_FAMILIES, Draft, armed_target
from reportedly.reading.parse import Parse
from reportedly.reading.speech import EACH_WAY
from reportedly.reading.voices import VoiceReader
from reportedly.records import Actor, Claim, Count, CountWhat, Span, Stance, Status, Voice, content_id

SPEECH_STANCE: dict[str, Stance] = {
    "threat": "threatens", "warning": "threatens", "ultimatum": "threatens", "demand": "demands", "accusation": "accuses",
    "condemnation": "condemns", "claim_of_responsibility": "claims_responsibility", "acknowledgement": "confirms",
    "denial": "denies",
    "promise": "promises", "appeal": "asks", "statement": "asserts",
}  # fmt: skip
FULLER = 1.0
"""How much more a later mention must tell to stand first among the evidence."""
HARM = frozenset({"killed", "injured", "casualties"})
"""Kinds of counts that are the toll of an act."""
COUNTED: tuple[CountWhat, ...] = (
    "killed", "injured", "casualties", "abducted", "arrested", "displaced", "surrendered", "released", "missing", "participants",
)  # fmt: skip


def write_claims(
    parse: Parse, report_id: str, drafts: Iterable[Draft], voices: VoiceReader, layers: Layers | None = None
) -> list[Claim]:
    """The claims of one report in the order of their first mentions; ids depend on report, type and trigger offsets alone.

    Of two claims in the same words ("accused each other") also on where their speakers are named.
    """
    ordered = sorted(drafts, key=lambda draft: (draft.found.first, draft.found.last))
    ids = {id(draft): _claim_id(parse, report_id, draft) for draft in ordered}
    infer_claimants(parse, ordered, voices)
    place_of: dict[int, str] = {}
    for draft in ordered:
        for part in [draft, *draft.merged]:
            place_of[part.found.head] = ids[id(draft)]
    doubted = voices.doubted()
    return [_claim(parse, draft, ids[id(draft)], place_of, voices, doubted, layers) for draft in ordered]


def infer_claimants(parse: Parse, drafts: Sequence[Draft], voices: VoiceReader) -> None:
    """Who claims responsibility becomes the actor of the act he claims, marked as inferred, where nobody else is named."""
    for claim in drafts:
        if claim.family != "claim_of_responsibility" or not claim.roles.actors or claim.status.negated:
            continue
        able = [
            d
            for d in drafts
            if d.family in VIOLENT_FAMILIES and d.status.status in ("occurred", "alleged") and not d.status.negated
        ]
        inside = _claimed(parse, claim, able)
        before = [d for d in able if d.found.head < claim.found.head and not d.background]
        for act in inside or before[-1:]:
            if act in inside and not act.merged:
                presupposed = _presupposed(parse, act)
                act.status.status = "occurred" if presupposed else "alleged"
                if not presupposed and len(act.voices) == 1:
                    act.voices = _chain(claim, voices)
                act.rules.append("status:claimed")
            if all(actor.actor.id is None and actor.actor.kind != "person" for actor in act.roles.actors):
                claimant = voices.discourse.owners.get(claim.roles.actors[0].actor.name, claim.roles.actors[0])
                actor = claimant.actor.model_copy(update={"basis": "inferred"})
                act.roles.actors = [replace(claimant, actor=actor)]
                act.rules.append("roles:claimant")


def _claimed(parse: Parse, claim: Draft, acts: Sequence[Draft]) -> list[Draft]:
    """The acts that the mentions of a claim of responsibility hold, the first of each."""
    found: list[Draft] = []
    for words in (part.evidence for part in (claim, *claim.merged)):
        held = [a for a in acts if any(words.start <= parse.tokens[p.found.head].start < words.end for p in (a, *a.merged))]
        found.extend(act for act in held[:1] if act not in found)
    return found


def _presupposed(parse: Parse, draft: Draft) -> bool:
    """True for "Friday's bombing", which took place whoever did it; "for killing an officer" is a mere claim."""
    head = parse.tokens[draft.found.head]
    return draft.found.nominal and (head.tag != "NNS" or any(child.dep in ("det", "poss") for child in head.children))


def _instrument(draft: Draft) -> Span | None:
    """What the act was done with; where its own words do not tell, by those of another mention of it."""
    return next((part.found.instrument for part in [draft, *draft.merged] if part.found.instrument is not None), None)


def _claim_id(parse: Parse, report_id: str, draft: Draft) -> str:
    start = parse.tokens[_fullest(draft).found.first].start
    if EACH_WAY in draft.rules:  # two accusations stand in the same words; who speaks tells them apart
        speaker = draft.roles.actors[0].actor
        return content_id("claim", report_id, draft.type.id, start, speaker.start, speaker.name)
    return content_id("claim", report_id, draft.type.id, start)


def _fullest(draft: Draft) -> Draft:
    """The mention that tells most, whose words and trigger stand for the claim; the first one unless a later one tells more."""
    if draft.speech:
        return draft
    fullest = max([draft, *draft.merged], key=lambda part: part.fullness)
    return fullest if fullest.fullness >= draft.fullness + FULLER else draft


def _claim(
    parse: Parse,
    draft: Draft,
    id_: str,
    place_of: dict[int, str],
    voices: VoiceReader,
    doubted: set[int],
    layers: Layers | None,
) -> Claim:
    chain = _chain(draft, voices)
    status = _status(draft, chain, voices, doubted)
    actors = [actor.actor for actor in draft.roles.actors]
    targets = [actor.actor for actor in draft.roles.targets]
    if draft.family == "agreement":
        actors += [party for party in targets if party.kind != "facility"]  # all parties make it
    rules = list(dict.fromkeys(draft.rules))
    found = _fullest(draft).found
    if status != draft.status.status:
        rules.append(f"status:{status}-by-voice")
    return Claim(
        id=id_,
        type=draft.type.id,
        family=draft.family,
        trigger=parse.span(found.first, found.last),
        actors=tuple(_distinct(actors)),
        targets=tuple(_distinct(targets)),
        instrument=_instrument(draft),
        place=None if draft.speech and draft.family != "threat" else draft.place,
        time=draft.time,
        counts=_counts(parse, draft),
        status=status,
        negated=draft.status.negated,
        background=draft.background
        and not (draft.first and draft.family in VIOLENT_FAMILIES and not old(draft) and not _told_as_past(draft)),
        attribution=chain,
        hedges=tuple(draft.status.hedges),
        evidence=tuple(_evidence(draft)),
        about=_about(parse, draft, id_, place_of) if draft.speech else (),
        crosswalk=crosswalk(
            draft.type.id,
            armed_target(draft.roles.targets),
            [actor.actor.kind for actor in draft.roles.actors],
            [target.actor.kind for target in draft.roles.targets],
            status=status,
            negated=draft.status.negated,
            layers=layers,
        ),
        rules=tuple(rules),
    )


def _chain(draft: Draft, voices: VoiceReader) -> tuple[Voice, ...]:
    """The fullest chain among the mentions; a speech act ends with its speaker."""
    if draft.speech:
        speaker = draft.roles.actors[0] if draft.roles.actors else None
        return voices.speech_chain(draft.found.head, speaker, SPEECH_STANCE.get(draft.type.id, "asserts"))
    if draft.type.id == "truce_ended" and len(draft.voices) == 1 and draft.roles.actors:
        return voices.speech_chain(draft.found.head, draft.roles.actors[0], "asserts")
    standing_by = [part for part in draft.merged if part.voices[-1].stance not in NOT_STANDING_BY]
    if draft.voices[-1].stance == "denies" and standing_by:
        return standing_by[0].voices
    told = [part for part in standing_by if len(part.voices) > 1]
    is_bare_headline = len(draft.voices) == 1 and draft.first and voices.is_headline(draft.sent)
    if told and (draft.voices[-1].stance in DOUBTING or is_bare_headline):
        return told[0].voices
    return _fullest(draft).voices if len(draft.voices) > 1 else draft.voices


def _status(draft: Draft, chain: Sequence[Voice], voices: VoiceReader, doubted: set[int]) -> Status:
    status = draft.status.status
    if draft.family == "threat":
        return "threatened"
    if draft.type.id == "promise":
        return "planned"
    if draft.family in SPEECH_FAMILIES:
        return "occurred"
    if draft.status.negated and status == "occurred":
        return "denied"
    if status in ("occurred", "ongoing") and _partial(draft, chain, voices, doubted):
        return "alleged"
    return status


def _partial(draft: Draft, chain: Sequence[Voice], voices: VoiceReader, doubted: set[int]) -> bool:
    """True if only an interested party tells of the other side's act, or the telling itself is an accusation or a doubt."""
    if any(len(part.voices) == 1 for part in [draft, *draft.merged]):
        return False
    if any(part.voices[-1].stance in DOUBTING for part in [draft, *draft.merged]):
        return True
    voice = chain[-1]
    if voice.stance in ("accuses", "doubts", "cannot_confirm"):
        return True
    if set((voice.text or "").lower().split()) & UNVERIFIED:
        return True
    if {draft.sent + 1, draft.sent + 2} & doubted:
        return True
    owner = voices.discourse.owners.get(voice.name)
    if _boast(draft, voice, owner):
        return True
    side = [owner] if owner is not None else []
    own = any(
        actor.actor.name == voice.name
        or (actor.actor.id is not None and actor.actor.id in (voice.id, owner.actor.id if owner else None))
        for actor in draft.roles.actors
    )
    if own:
        return bool(
            voice.cue is not None and voice.cue.text.lower().split()[-1] in ("claimed", "claims", "claim") and draft.roles.targets
        )
    return voices.is_partial(voice, side) or _foreign(draft, voice, owner, voices) or voices.of_party_media(draft.links)


def _boast(draft: Draft, voice: Voice, owner: FoundActor | None) -> bool:
    """True for losses that one side claims to have inflicted ("the army claims that 29 militants have been killed")."""
    claims = voice.cue is not None and voice.cue.text.lower().split()[0] in ("claimed", "claims", "claim", "claiming")
    armed = (owner is not None and bool(owner.armed)) or voice.kind in ("armed_group", "militia", "military", "paramilitary")
    return claims and armed and draft.family in VIOLENT_FAMILIES and bool(draft.roles.targets)


DOUBTING = frozenset({"doubts", "cannot_confirm"})
NOT_STANDING_BY = DOUBTING | {"denies"}
"""Stances of a voice that does not tell the act which others tell."""
UNVERIFIED = frozenset("unconfirmed unverified rumours rumors rumour rumor facebook twitter telegram whatsapp social".split())
STATELY = frozenset({"state", "government", "military", "police", "intelligence", "paramilitary", "office"})


def _foreign(draft: Draft, voice: Voice, owner: FoundActor | None, voices: VoiceReader) -> bool:
    """True if one state tells of what another state's forces did to it."""
    speaker = owner.country if owner is not None else voices.country(voice)
    doers = {
        actor.country
        for actor in draft.roles.actors
        if actor.country and (actor.actor.kind in STATELY or (actor.armed and actor.actor.kind == "class"))
    }
    return speaker is not None and bool(doers) and speaker not in doers


def _told_as_past(draft: Draft) -> bool:
    return any(rule.startswith("background:") for rule in draft.rules)


def old(draft: Draft) -> bool:
    """True if the words themselves place the act in another year or an earlier season than the news."""
    return draft.time is not None and draft.time.precision in ("year", "season")


def _distinct(actors: Sequence[Actor]) -> list[Actor]:
    seen: set[str] = set()
    kept = []
    for actor in actors:
        key = actor.id or actor.name.lower()
        if key not in seen:
            seen.add(key)
            kept.append(actor)
    return kept


def _counts(parse: Parse, draft: Draft) -> tuple[Count, ...]:
    """All counts by kind, the statement's total first; a sum of told parts is marked as worked out and spans them all."""
    counts: list[Count] = []
    harmed = any(found.count.total for found in draft.counts if found.count.what in HARM)
    for what in COUNTED:
        mine = [found for found in draft.counts if found.count.what == what]
        mine = [found for found in mine if found.count.low is not None or found.count.high is not None] or mine
        own = [found for found in mine if found.count.total or found.part_of is not None]
        mine = own if own or (harmed and what in HARM) else mine  # the toll of a year beside that of the act
        if not mine:
            continue
        by_sent: dict[int, list[FoundCount]] = {}
        for found in mine:
            by_sent.setdefault(parse.tokens[found.number].sent, []).append(found)
        for found_here in by_sent.values():
            whole = [found for found in found_here if found.count.total]
            low, high = total(found_here, what)
            if len(whole) > 1 and low is not None and all(found.count.low != low for found in whole):
                start, end = min(f.count.start for f in whole), max(f.count.end for f in whole)
                span = parse.slice(start, end)
                best = low if low == high else None
                counts.append(
                    Count(text=span.text, start=start, end=end, what=what, low=low, high=high, best=best, hedge="sum of parts")
                )
                counts.extend(found.count.model_copy(update={"total": False}) for found in found_here)
            else:
                counts.extend(sorted((f.count for f in found_here), key=lambda count: (not count.total, count.start)))
    counts.extend(_none_of_either(counts))
    unique: list[Count] = []
    for count in counts:
        if all(
            (c.what, c.low, c.high, c.group, c.total) != (count.what, count.low, count.high, count.group, count.total)
            for c in unique
        ):
            unique.append(count)
    return tuple(unique)


def _none_of_either(counts: Sequence[Count]) -> list[Count]:
    """No casualties at all are no dead and no injured, where neither is told otherwise."""
    none = [count for count in counts if count.what == "casualties" and count.high == 0 and count.group is None]
    told = {count.what for count in counts}
    return [none[0].model_copy(update={"what": what}) for what in ("killed", "injured") if none and what not in told]


def _evidence(draft: Draft) -> list[Span]:
    """The words of the fullest mention first, then those of the others in the order of the text."""
    plain = [part for part in draft.merged if any(rule.startswith("trigger:") for rule in part.rules)]
    implied = draft.speech and any(rule.endswith("-by-content") for rule in draft.rules)
    spans: list[Span] = [plain[0].evidence if implied and plain else _fullest(draft).evidence]
    for part in [draft, *draft.merged]:
        if all(part.evidence.start >= span.end or part.evidence.end <= span.start for span in spans):
            spans.append(part.evidence)
    return spans


def _about(parse: Parse, draft: Draft, id_: str, place_of: dict[int, str]) -> tuple[str, ...]:
    """The claims whose triggers lie in the words of a speech act."""
    found = []
    for head, other in place_of.items():
        start = parse.tokens[head].start
        if other != id_ and draft.evidence.start <= start < draft.evidence.end and other not in found:
            found.append(other)
    return tuple(found)
