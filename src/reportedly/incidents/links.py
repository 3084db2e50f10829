"""How the claims of one incident answer each other: repeats, updates, contradicts, confirms, denies, retracts.

A claim is set against what was told before it: by the same voice, else by the first other voice that told the same or something
else. So each claim has few links, however many reports tell the incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportedly.incidents.figures import Figure, figure_words, figures_meet
from reportedly.incidents.records import ClaimLink, LinkKind
from reportedly.incidents.summary_parts import AGAINST, Part, told_day, voice_name

Told = dict[str, Figure]
WHAT = ("killed", "injured", "others")
CALLED = {"others": "abducted or arrested"}
"""What a reader calls the figures that are compared."""
COPIED = "the same words in a copy of the report"


def claim_links(parts: Sequence[Part], voice_of: Callable[[Part], str]) -> tuple[ClaimLink, ...]:
    """The links of an incident's claims, in the order they were told; ``voice_of`` names the independent voice of a claim."""
    order = sorted(
        (part for part in parts if part.role != "about"), key=lambda part: (told_day(part), part.facts.report, part.facts.start)
    )
    found: list[ClaimLink] = []
    latest: dict[str, Part] = {}
    firsts: list[Part] = []
    copied: dict[tuple[object, ...], Part] = {}
    for part in order:
        words = (part.facts.origin, part.facts.start, part.facts.trigger, *sorted(_figures(part).items()))
        if words in copied and copied[words].facts.report != part.facts.report:
            found.append(_link(part, "repeats", copied[words], COPIED))
            continue
        copied.setdefault(words, part)
        voice = voice_of(part)
        if is_against(part) and (refused := _refused(part, [*latest.values()])) is not None:
            found.append(refused)  # it denies a figure, whatever else that voice told
            continue
        if voice in latest:
            found += _same_voice(part, latest[voice])
        else:
            found += _other_voice(part, firsts)
            firsts.append(part)
        latest[voice] = part
    return tuple(found)


def _same_voice(part: Part, before: Part) -> Iterator[ClaimLink]:
    name = voice_name(part)
    if is_against(part) and not is_against(before):
        yield _link(part, "retracts", before, f"{name} told it before and now denies it")
    elif is_against(before) and not is_against(part):
        yield _link(part, "retracts", before, f"{name} denied it before and now tells it")
    elif (changed := _changed(before, part)) is not None:
        yield _link(part, "updates", before, f"{name}: {changed}")
    else:
        yield _link(part, "repeats", before, f"{name} tells the same again")


def _refused(part: Part, told: Sequence[Part]) -> ClaimLink | None:
    """The denial of a figure that somebody else told, by a voice that tells no such figure; ``None`` for other denials."""
    if not _figures(part) or part.role != "denies":
        return None
    fitting = [other for other in told if not is_against(other) and _same_figure(other, part)]
    if not fitting or any(voice_name(other) == voice_name(part) for other in fitting):
        return None
    other = min(fitting, key=lambda other: (told_day(other), other.facts.report, other.facts.start))
    return _link(part, "denies", other, f"{voice_name(part)} denies the figure that {voice_name(other)} tells")


def _other_voice(part: Part, firsts: Sequence[Part]) -> Iterator[ClaimLink]:
    """Against the first voice that told the same, and the first that told something else."""
    name = voice_name(part)
    if is_against(part):
        for other in firsts:
            if not is_against(other):
                yield _link(part, "denies", other, f"{name} denies what {voice_name(other)} tells")
                return
        return
    agrees = differs = False
    for other in firsts:
        if is_against(other):
            continue
        difference = _changed(other, part) or _other_actor(other, part)
        if difference is not None and not differs:
            differs = True
            is_later = told_day(part) > told_day(other) and _grew(other, part)
            yield _link(part, "updates" if is_later else "contradicts", other, f"{difference} ({voice_name(other)}, {name})")
        elif difference is None and not agrees:
            agrees = True
            is_said = any(voice.stance == "confirms" for voice in part.claim.attribution)
            yield _link(
                part, "confirms", other, f"{name} {'confirms' if is_said else 'also tells'} what {voice_name(other)} tells"
            )
        if agrees and differs:
            return


def is_against(part: Part) -> bool:
    """Whether a claim, or the voice behind it, denies the incident."""
    return part.role == "denies" or any(voice.stance in AGAINST for voice in part.claim.attribution)


def _link(part: Part, kind: LinkKind, other: Part, why: str) -> ClaimLink:
    return ClaimLink(
        claim=part.claim.id, report=part.facts.report, kind=kind, other=other.claim.id, other_report=other.facts.report, why=why
    )


def _figures(part: Part) -> Told:
    told = {name: getattr(part.facts, name) for name in WHAT}
    return {name: figure for name, figure in told.items() if figure is not None}


def _changed(before: Part, after: Part) -> str | None:
    """The first figure that both tell and that differs, in words."""
    old, new = _figures(before), _figures(after)
    for name in WHAT:
        if name in old and name in new and not figures_meet(old[name], new[name]):
            return f"{CALLED.get(name, name)} {figure_words(*old[name])}, now {figure_words(*new[name])}"
    return None


def _same_figure(one: Part, other: Part) -> bool:
    """Whether two claims tell one figure of the same people."""
    ours, theirs = _figures(one), _figures(other)
    return any(name in ours and ours[name] == theirs.get(name) for name in WHAT)


def _grew(before: Part, after: Part) -> bool:
    """Whether a toll is higher than one told before: more became known."""
    old, new = _figures(before), _figures(after)
    return any(name in old and name in new and (new[name][0] or 0) > (old[name][0] or 0) for name in WHAT)


def _other_actor(one: Part, other: Part) -> str | None:
    ours, theirs = (tuple(actor for actor in part.claim.actors if actor.id) for part in (one, other))
    if ours and theirs and not {actor.id for actor in ours} & {actor.id for actor in theirs}:
        return f"actor {ours[0].name} against {theirs[0].name}"
    return None
